# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.webhook_target_view import WebhookTargetView

__all__ = ["WebhookRefusal"]

T = TypeVar("T", bound="WebhookRefusal")


@_attrs_define
class WebhookRefusal:
    """Why the event led to nothing. An event whose outer members are not valid names neither action nor
    target; an envelope that is not valid gives the general validation error without the members of an
    outcome.

    Attributes:
        reason (str): The cause for programs; the possible values stand at each answer.
        schema (str | Unset): `durable-workflow.v2.bridge-adapter-outcome.contract`.
        version (int | Unset): The version of this object.
        adapter (str | Unset): The adapter of the path.
        action (str | Unset): The action of the event.
        accepted (bool | Unset): False.
        outcome (str | Unset): `rejected`.
        idempotency_key (str | Unset): The key of the event.
        target (WebhookTargetView | Unset): The members of the target that are safe to repeat; only
            those that were given or derived.
        correlation (Any | Unset): The facts of the sender about the event. Servers of protocol 1.0 may
            write none as an empty array.
        workflow_id (str | Unset): The workflow that was met.
        run_id (str | Unset): Its run.
        workflow_type (str | Unset): Its type.
        control_plane_outcome (str | Unset): The outcome of the refused command.
        message (str | Unset): A text for people; absent for a refused command.
        errors (Any | Unset): Messages by dotted path of the member or parameter.
        validation_errors (Any | Unset): Messages by dotted path of the member or parameter.
    """

    reason: str
    schema: str | Unset = UNSET
    version: int | Unset = UNSET
    adapter: str | Unset = UNSET
    action: str | Unset = UNSET
    accepted: bool | Unset = UNSET
    outcome: str | Unset = UNSET
    idempotency_key: str | Unset = UNSET
    target: WebhookTargetView | Unset = UNSET
    correlation: Any | Unset = UNSET
    workflow_id: str | Unset = UNSET
    run_id: str | Unset = UNSET
    workflow_type: str | Unset = UNSET
    control_plane_outcome: str | Unset = UNSET
    message: str | Unset = UNSET
    errors: Any | Unset = UNSET
    validation_errors: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        reason = self.reason

        schema = self.schema

        version = self.version

        adapter = self.adapter

        action = self.action

        accepted = self.accepted

        outcome = self.outcome

        idempotency_key = self.idempotency_key

        target: dict[str, Any] | Unset = UNSET
        if not isinstance(self.target, Unset):
            target = self.target.to_dict()

        correlation = self.correlation

        workflow_id = self.workflow_id

        run_id = self.run_id

        workflow_type = self.workflow_type

        control_plane_outcome = self.control_plane_outcome

        message = self.message

        errors = self.errors

        validation_errors = self.validation_errors

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["reason"] = reason
        if schema is not UNSET:
            members_["schema"] = schema
        if version is not UNSET:
            members_["version"] = version
        if adapter is not UNSET:
            members_["adapter"] = adapter
        if action is not UNSET:
            members_["action"] = action
        if accepted is not UNSET:
            members_["accepted"] = accepted
        if outcome is not UNSET:
            members_["outcome"] = outcome
        if idempotency_key is not UNSET:
            members_["idempotency_key"] = idempotency_key
        if target is not UNSET:
            members_["target"] = target
        if correlation is not UNSET:
            members_["correlation"] = correlation
        if workflow_id is not UNSET:
            members_["workflow_id"] = workflow_id
        if run_id is not UNSET:
            members_["run_id"] = run_id
        if workflow_type is not UNSET:
            members_["workflow_type"] = workflow_type
        if control_plane_outcome is not UNSET:
            members_["control_plane_outcome"] = control_plane_outcome
        if message is not UNSET:
            members_["message"] = message
        if errors is not UNSET:
            members_["errors"] = errors
        if validation_errors is not UNSET:
            members_["validation_errors"] = validation_errors
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.webhook_target_view import WebhookTargetView

        members_ = dict(src_dict)
        reason = members_.pop("reason")
        schema = members_.pop("schema", UNSET)
        version = members_.pop("version", UNSET)
        adapter = members_.pop("adapter", UNSET)
        action = members_.pop("action", UNSET)
        accepted = members_.pop("accepted", UNSET)
        outcome = members_.pop("outcome", UNSET)
        idempotency_key = members_.pop("idempotency_key", UNSET)
        _target = members_.pop("target", UNSET)
        target: WebhookTargetView | Unset
        if isinstance(_target, Unset):
            target = UNSET
        else:
            target = WebhookTargetView.from_dict(_target)

        correlation = members_.pop("correlation", UNSET)
        workflow_id = members_.pop("workflow_id", UNSET)
        run_id = members_.pop("run_id", UNSET)
        workflow_type = members_.pop("workflow_type", UNSET)
        control_plane_outcome = members_.pop("control_plane_outcome", UNSET)
        message = members_.pop("message", UNSET)
        errors = members_.pop("errors", UNSET)
        validation_errors = members_.pop("validation_errors", UNSET)
        model_ = cls(
            reason=reason,
            schema=schema,
            version=version,
            adapter=adapter,
            action=action,
            accepted=accepted,
            outcome=outcome,
            idempotency_key=idempotency_key,
            target=target,
            correlation=correlation,
            workflow_id=workflow_id,
            run_id=run_id,
            workflow_type=workflow_type,
            control_plane_outcome=control_plane_outcome,
            message=message,
            errors=errors,
            validation_errors=validation_errors,
        )
        model_.additional_properties = members_
        return model_

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
