# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["SignalWorkflowResponse"]

T = TypeVar("T", bound="SignalWorkflowResponse")


@_attrs_define
class SignalWorkflowResponse:
    """The receipt of a signal.

    Attributes:
        workflow_id (str): The workflow.
        run_id (None | str): The run on which the command was recorded.
        requested_run_id (None | str): The run that was asked for.
        resolved_run_id (None | str): The run that was met.
        command_id (str): The command.
        command_sequence (int | None): Its number among the commands of the run.
        target_scope (str): `instance`.
        workflow_type (str): The type of the workflow.
        command_status (str): `accepted` or `rejected`.
        command_source (str): `control_plane`.
        outcome (None | str): What happened: `signal_received`, `update_completed`, `update_failed`,
            `repair_dispatched`, `repair_not_needed`, `cancelled`, `cancel_requested` (the workflow is told
            first), `terminated`, `archived`, `archive_not_needed`, or of a rejected command
            `rejected_not_started`, `rejected_not_active`, `rejected_not_current`,
            `rejected_run_not_closed`, `rejected_unknown_signal`, `rejected_unknown_update`,
            `rejected_invalid_arguments`, `rejected_pending_signal`,
            `rejected_workflow_definition_unavailable`. Null while an update is accepted and open.
        reason (None | str): Of an accepted command the caller's own text, of a rejected one the cause.
        rejection_reason (None | str): The cause of a rejection.
        validation_errors (Any): Messages by dotted path of the member or parameter.
        signal_name (str): The signal.
        control_plane (Any | Unset): Says which operation answers and under which contract, and mirrors
            members of the body. Clients read the body.
    """

    workflow_id: str
    run_id: None | str
    requested_run_id: None | str
    resolved_run_id: None | str
    command_id: str
    command_sequence: int | None
    target_scope: str
    workflow_type: str
    command_status: str
    command_source: str
    outcome: None | str
    reason: None | str
    rejection_reason: None | str
    validation_errors: Any
    signal_name: str
    control_plane: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        workflow_id = self.workflow_id

        run_id: None | str
        run_id = self.run_id

        requested_run_id: None | str
        requested_run_id = self.requested_run_id

        resolved_run_id: None | str
        resolved_run_id = self.resolved_run_id

        command_id = self.command_id

        command_sequence: int | None
        command_sequence = self.command_sequence

        target_scope = self.target_scope

        workflow_type = self.workflow_type

        command_status = self.command_status

        command_source = self.command_source

        outcome: None | str
        outcome = self.outcome

        reason: None | str
        reason = self.reason

        rejection_reason: None | str
        rejection_reason = self.rejection_reason

        validation_errors = self.validation_errors

        signal_name = self.signal_name

        control_plane = self.control_plane

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["workflow_id"] = workflow_id
        members_["run_id"] = run_id
        members_["requested_run_id"] = requested_run_id
        members_["resolved_run_id"] = resolved_run_id
        members_["command_id"] = command_id
        members_["command_sequence"] = command_sequence
        members_["target_scope"] = target_scope
        members_["workflow_type"] = workflow_type
        members_["command_status"] = command_status
        members_["command_source"] = command_source
        members_["outcome"] = outcome
        members_["reason"] = reason
        members_["rejection_reason"] = rejection_reason
        members_["validation_errors"] = validation_errors
        members_["signal_name"] = signal_name
        if control_plane is not UNSET:
            members_["control_plane"] = control_plane
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        workflow_id = members_.pop("workflow_id")

        def _parse_run_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        run_id = _parse_run_id(members_.pop("run_id"))

        def _parse_requested_run_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        requested_run_id = _parse_requested_run_id(members_.pop("requested_run_id"))

        def _parse_resolved_run_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        resolved_run_id = _parse_resolved_run_id(members_.pop("resolved_run_id"))

        command_id = members_.pop("command_id")

        def _parse_command_sequence(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        command_sequence = _parse_command_sequence(members_.pop("command_sequence"))

        target_scope = members_.pop("target_scope")
        workflow_type = members_.pop("workflow_type")
        command_status = members_.pop("command_status")
        command_source = members_.pop("command_source")

        def _parse_outcome(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        outcome = _parse_outcome(members_.pop("outcome"))

        def _parse_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        reason = _parse_reason(members_.pop("reason"))

        def _parse_rejection_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        rejection_reason = _parse_rejection_reason(members_.pop("rejection_reason"))

        validation_errors = members_.pop("validation_errors")
        signal_name = members_.pop("signal_name")
        control_plane = members_.pop("control_plane", UNSET)
        model_ = cls(
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
            outcome=outcome,
            reason=reason,
            rejection_reason=rejection_reason,
            validation_errors=validation_errors,
            signal_name=signal_name,
            control_plane=control_plane,
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
