# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.webhook_target_view import WebhookTargetView

__all__ = ["WebhookOutcome"]

T = TypeVar("T", bound="WebhookOutcome")


@_attrs_define
class WebhookOutcome:
    """What the event led to. Members without a value are absent.

    Attributes:
        schema (str): `durable-workflow.v2.bridge-adapter-outcome.contract`.
        version (int): The version of this object.
        adapter (str): The adapter of the path.
        action (str): The action of the event.
        accepted (bool): Whether the event led to a command now.
        outcome (str): `accepted` or `duplicate`.
        idempotency_key (str): The key of the event.
        target (WebhookTargetView): The members of the target that are safe to repeat; only those that
            were given or derived.
        workflow_id (str): The workflow that was met.
        reason (str | Unset): `duplicate_start` when a start met an open run.
        correlation (Any | Unset): The facts of the sender about the event. Servers of protocol 1.0 may
            write none as an empty array.
        run_id (str | Unset): Its run.
        workflow_type (str | Unset): The type of a started workflow.
        control_plane_outcome (str | Unset): The outcome of the command, or `deduped_existing_command`.
            A refused start says `rejected_duplicate` here.
    """

    schema: str
    version: int
    adapter: str
    action: str
    accepted: bool
    outcome: str
    idempotency_key: str
    target: WebhookTargetView
    workflow_id: str
    reason: str | Unset = UNSET
    correlation: Any | Unset = UNSET
    run_id: str | Unset = UNSET
    workflow_type: str | Unset = UNSET
    control_plane_outcome: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        schema = self.schema

        version = self.version

        adapter = self.adapter

        action = self.action

        accepted = self.accepted

        outcome = self.outcome

        idempotency_key = self.idempotency_key

        target = self.target.to_dict()

        workflow_id = self.workflow_id

        reason = self.reason

        correlation = self.correlation

        run_id = self.run_id

        workflow_type = self.workflow_type

        control_plane_outcome = self.control_plane_outcome

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["schema"] = schema
        members_["version"] = version
        members_["adapter"] = adapter
        members_["action"] = action
        members_["accepted"] = accepted
        members_["outcome"] = outcome
        members_["idempotency_key"] = idempotency_key
        members_["target"] = target
        members_["workflow_id"] = workflow_id
        if reason is not UNSET:
            members_["reason"] = reason
        if correlation is not UNSET:
            members_["correlation"] = correlation
        if run_id is not UNSET:
            members_["run_id"] = run_id
        if workflow_type is not UNSET:
            members_["workflow_type"] = workflow_type
        if control_plane_outcome is not UNSET:
            members_["control_plane_outcome"] = control_plane_outcome
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.webhook_target_view import WebhookTargetView

        members_ = dict(src_dict)
        schema = members_.pop("schema")
        version = members_.pop("version")
        adapter = members_.pop("adapter")
        action = members_.pop("action")
        accepted = members_.pop("accepted")
        outcome = members_.pop("outcome")
        idempotency_key = members_.pop("idempotency_key")
        target = WebhookTargetView.from_dict(members_.pop("target"))

        workflow_id = members_.pop("workflow_id")
        reason = members_.pop("reason", UNSET)
        correlation = members_.pop("correlation", UNSET)
        run_id = members_.pop("run_id", UNSET)
        workflow_type = members_.pop("workflow_type", UNSET)
        control_plane_outcome = members_.pop("control_plane_outcome", UNSET)
        model_ = cls(
            schema=schema,
            version=version,
            adapter=adapter,
            action=action,
            accepted=accepted,
            outcome=outcome,
            idempotency_key=idempotency_key,
            target=target,
            workflow_id=workflow_id,
            reason=reason,
            correlation=correlation,
            run_id=run_id,
            workflow_type=workflow_type,
            control_plane_outcome=control_plane_outcome,
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
