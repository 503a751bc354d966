# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["CommandRefusal"]

T = TypeVar("T", bound="CommandRefusal")


@_attrs_define
class CommandRefusal:
    """Either the receipt of a rejected command, without `message`, or an error of the control plane with
    one.

    Attributes:
        reason (None | str): The cause for programs; the possible values stand at each answer.
        message (str | Unset): A text for people.
        outcome (None | str | Unset): The outcome of a rejected command.
        workflow_id (str | Unset): The workflow.
        run_id (None | str | Unset): The run that the request named or met.
        requested_run_id (None | str | Unset): The run that was asked for.
        resolved_run_id (None | str | Unset): The run that was met.
        command_id (str | Unset): The rejected command.
        command_sequence (int | None | Unset): Its number among the commands of the run.
        target_scope (str | Unset): `instance`, or `run` when the path named another run than the
            newest.
        workflow_type (str | Unset): The type of the workflow.
        command_status (str | Unset): `rejected`.
        command_source (str | Unset): `control_plane`.
        rejection_reason (None | str | Unset): The cause of the rejection.
        signal_name (str | Unset): The signal.
        namespace (str | Unset): The namespace that does not exist.
        remediation (str | Unset): What to do about it.
        errors (Any | Unset): Messages by dotted path of the member or parameter.
        validation_errors (Any | Unset): Messages by dotted path of the member or parameter.
        control_plane (Any | Unset): Says which operation answers and under which contract, and mirrors
            members of the body. Clients read the body.
        blocked_reason (str | Unset): Why the server cannot load the definition of the workflow.
    """

    reason: None | str
    message: str | Unset = UNSET
    outcome: None | str | Unset = UNSET
    workflow_id: str | Unset = UNSET
    run_id: None | str | Unset = UNSET
    requested_run_id: None | str | Unset = UNSET
    resolved_run_id: None | str | Unset = UNSET
    command_id: str | Unset = UNSET
    command_sequence: int | None | Unset = UNSET
    target_scope: str | Unset = UNSET
    workflow_type: str | Unset = UNSET
    command_status: str | Unset = UNSET
    command_source: str | Unset = UNSET
    rejection_reason: None | str | Unset = UNSET
    signal_name: str | Unset = UNSET
    namespace: str | Unset = UNSET
    remediation: str | Unset = UNSET
    errors: Any | Unset = UNSET
    validation_errors: Any | Unset = UNSET
    control_plane: Any | Unset = UNSET
    blocked_reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        reason: None | str
        reason = self.reason

        message = self.message

        outcome: None | str | Unset
        if isinstance(self.outcome, Unset):
            outcome = UNSET
        else:
            outcome = self.outcome

        workflow_id = self.workflow_id

        run_id: None | str | Unset
        if isinstance(self.run_id, Unset):
            run_id = UNSET
        else:
            run_id = self.run_id

        requested_run_id: None | str | Unset
        if isinstance(self.requested_run_id, Unset):
            requested_run_id = UNSET
        else:
            requested_run_id = self.requested_run_id

        resolved_run_id: None | str | Unset
        if isinstance(self.resolved_run_id, Unset):
            resolved_run_id = UNSET
        else:
            resolved_run_id = self.resolved_run_id

        command_id = self.command_id

        command_sequence: int | None | Unset
        if isinstance(self.command_sequence, Unset):
            command_sequence = UNSET
        else:
            command_sequence = self.command_sequence

        target_scope = self.target_scope

        workflow_type = self.workflow_type

        command_status = self.command_status

        command_source = self.command_source

        rejection_reason: None | str | Unset
        if isinstance(self.rejection_reason, Unset):
            rejection_reason = UNSET
        else:
            rejection_reason = self.rejection_reason

        signal_name = self.signal_name

        namespace = self.namespace

        remediation = self.remediation

        errors = self.errors

        validation_errors = self.validation_errors

        control_plane = self.control_plane

        blocked_reason = self.blocked_reason

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["reason"] = reason
        if message is not UNSET:
            members_["message"] = message
        if outcome is not UNSET:
            members_["outcome"] = outcome
        if workflow_id is not UNSET:
            members_["workflow_id"] = workflow_id
        if run_id is not UNSET:
            members_["run_id"] = run_id
        if requested_run_id is not UNSET:
            members_["requested_run_id"] = requested_run_id
        if resolved_run_id is not UNSET:
            members_["resolved_run_id"] = resolved_run_id
        if command_id is not UNSET:
            members_["command_id"] = command_id
        if command_sequence is not UNSET:
            members_["command_sequence"] = command_sequence
        if target_scope is not UNSET:
            members_["target_scope"] = target_scope
        if workflow_type is not UNSET:
            members_["workflow_type"] = workflow_type
        if command_status is not UNSET:
            members_["command_status"] = command_status
        if command_source is not UNSET:
            members_["command_source"] = command_source
        if rejection_reason is not UNSET:
            members_["rejection_reason"] = rejection_reason
        if signal_name is not UNSET:
            members_["signal_name"] = signal_name
        if namespace is not UNSET:
            members_["namespace"] = namespace
        if remediation is not UNSET:
            members_["remediation"] = remediation
        if errors is not UNSET:
            members_["errors"] = errors
        if validation_errors is not UNSET:
            members_["validation_errors"] = validation_errors
        if control_plane is not UNSET:
            members_["control_plane"] = control_plane
        if blocked_reason is not UNSET:
            members_["blocked_reason"] = blocked_reason
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)

        def _parse_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        reason = _parse_reason(members_.pop("reason"))

        message = members_.pop("message", UNSET)

        def _parse_outcome(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        outcome = _parse_outcome(members_.pop("outcome", UNSET))

        workflow_id = members_.pop("workflow_id", UNSET)

        def _parse_run_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        run_id = _parse_run_id(members_.pop("run_id", UNSET))

        def _parse_requested_run_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        requested_run_id = _parse_requested_run_id(members_.pop("requested_run_id", UNSET))

        def _parse_resolved_run_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        resolved_run_id = _parse_resolved_run_id(members_.pop("resolved_run_id", UNSET))

        command_id = members_.pop("command_id", UNSET)

        def _parse_command_sequence(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        command_sequence = _parse_command_sequence(members_.pop("command_sequence", UNSET))

        target_scope = members_.pop("target_scope", UNSET)
        workflow_type = members_.pop("workflow_type", UNSET)
        command_status = members_.pop("command_status", UNSET)
        command_source = members_.pop("command_source", UNSET)

        def _parse_rejection_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rejection_reason = _parse_rejection_reason(members_.pop("rejection_reason", UNSET))

        signal_name = members_.pop("signal_name", UNSET)
        namespace = members_.pop("namespace", UNSET)
        remediation = members_.pop("remediation", UNSET)
        errors = members_.pop("errors", UNSET)
        validation_errors = members_.pop("validation_errors", UNSET)
        control_plane = members_.pop("control_plane", UNSET)
        blocked_reason = members_.pop("blocked_reason", UNSET)
        model_ = cls(
            reason=reason,
            message=message,
            outcome=outcome,
            workflow_id=workflow_id,
            run_id=run_id,
            requested_run_id=requested_run_id,
            resolved_run_id=resolved_run_id,
            command_id=command_id,
            command_sequence=command_sequence,
            target_scope=target_scope,
            workflow_type=workflow_type,
            command_status=command_status,
            command_source=command_source,
            rejection_reason=rejection_reason,
            signal_name=signal_name,
            namespace=namespace,
            remediation=remediation,
            errors=errors,
            validation_errors=validation_errors,
            control_plane=control_plane,
            blocked_reason=blocked_reason,
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
