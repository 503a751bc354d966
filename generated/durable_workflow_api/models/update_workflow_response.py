# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.payload_envelope import PayloadEnvelope

__all__ = ["UpdateWorkflowResponse"]

T = TypeVar("T", bound="UpdateWorkflowResponse")


@_attrs_define
class UpdateWorkflowResponse:
    """The receipt of an update. `outcome` is null while it is accepted and open. There is no operation
    that fetches it again: send the same `request_id` where the server recognises it, or read the
    history.

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
        update_id (None | str): The update.
        update_status (None | str): `accepted`, `completed`, `failed` or `rejected`.
        update_name (str): Its name.
        workflow_sequence (int | None): The step sequence at which the workflow applied it.
        result (Any): A value of the user, decoded to JSON.
        result_envelope (None | PayloadEnvelope): A payload envelope, or null where there is no payload.
        failure_id (None | str): The failure of the handler.
        failure_message (None | str): Its message.
        accepted_at (datetime.datetime | None): A timestamp, or null where there is none.
        applied_at (datetime.datetime | None): A timestamp, or null where there is none.
        rejected_at (datetime.datetime | None): A timestamp, or null where there is none.
        closed_at (datetime.datetime | None): A timestamp, or null where there is none.
        wait_for (str): What the answer waited for.
        wait_timed_out (bool): Whether the wait was over first.
        wait_timeout_seconds (int | None): How long it would have waited; null for `accepted`.
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
    update_id: None | str
    update_status: None | str
    update_name: str
    workflow_sequence: int | None
    result: Any
    result_envelope: None | PayloadEnvelope
    failure_id: None | str
    failure_message: None | str
    accepted_at: datetime.datetime | None
    applied_at: datetime.datetime | None
    rejected_at: datetime.datetime | None
    closed_at: datetime.datetime | None
    wait_for: str
    wait_timed_out: bool
    wait_timeout_seconds: int | None
    control_plane: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""
        from ..models.payload_envelope import PayloadEnvelope

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

        update_id: None | str
        update_id = self.update_id

        update_status: None | str
        update_status = self.update_status

        update_name = self.update_name

        workflow_sequence: int | None
        workflow_sequence = self.workflow_sequence

        result = self.result

        result_envelope: dict[str, Any] | None
        if isinstance(self.result_envelope, PayloadEnvelope):
            result_envelope = self.result_envelope.to_dict()
        else:
            result_envelope = self.result_envelope

        failure_id: None | str
        failure_id = self.failure_id

        failure_message: None | str
        failure_message = self.failure_message

        accepted_at: None | str
        if isinstance(self.accepted_at, datetime.datetime):
            accepted_at = self.accepted_at.isoformat()
        else:
            accepted_at = self.accepted_at

        applied_at: None | str
        if isinstance(self.applied_at, datetime.datetime):
            applied_at = self.applied_at.isoformat()
        else:
            applied_at = self.applied_at

        rejected_at: None | str
        if isinstance(self.rejected_at, datetime.datetime):
            rejected_at = self.rejected_at.isoformat()
        else:
            rejected_at = self.rejected_at

        closed_at: None | str
        if isinstance(self.closed_at, datetime.datetime):
            closed_at = self.closed_at.isoformat()
        else:
            closed_at = self.closed_at

        wait_for = self.wait_for

        wait_timed_out = self.wait_timed_out

        wait_timeout_seconds: int | None
        wait_timeout_seconds = self.wait_timeout_seconds

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
        members_["update_id"] = update_id
        members_["update_status"] = update_status
        members_["update_name"] = update_name
        members_["workflow_sequence"] = workflow_sequence
        members_["result"] = result
        members_["result_envelope"] = result_envelope
        members_["failure_id"] = failure_id
        members_["failure_message"] = failure_message
        members_["accepted_at"] = accepted_at
        members_["applied_at"] = applied_at
        members_["rejected_at"] = rejected_at
        members_["closed_at"] = closed_at
        members_["wait_for"] = wait_for
        members_["wait_timed_out"] = wait_timed_out
        members_["wait_timeout_seconds"] = wait_timeout_seconds
        if control_plane is not UNSET:
            members_["control_plane"] = control_plane
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.payload_envelope import PayloadEnvelope

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

        def _parse_update_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        update_id = _parse_update_id(members_.pop("update_id"))

        def _parse_update_status(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        update_status = _parse_update_status(members_.pop("update_status"))

        update_name = members_.pop("update_name")

        def _parse_workflow_sequence(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        workflow_sequence = _parse_workflow_sequence(members_.pop("workflow_sequence"))

        result = members_.pop("result")

        def _parse_result_envelope(data: object) -> None | PayloadEnvelope:
            if data is None:
                return data
            if not isinstance(data, dict):
                raise TypeError("result_envelope has the wrong type")
            componentsschemas_nullable_payload_envelope_type_0 = PayloadEnvelope.from_dict(data)

            return componentsschemas_nullable_payload_envelope_type_0

        result_envelope = _parse_result_envelope(members_.pop("result_envelope"))

        def _parse_failure_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        failure_id = _parse_failure_id(members_.pop("failure_id"))

        def _parse_failure_message(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        failure_message = _parse_failure_message(members_.pop("failure_message"))

        def _parse_accepted_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("accepted_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        accepted_at = _parse_accepted_at(members_.pop("accepted_at"))

        def _parse_applied_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("applied_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        applied_at = _parse_applied_at(members_.pop("applied_at"))

        def _parse_rejected_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("rejected_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        rejected_at = _parse_rejected_at(members_.pop("rejected_at"))

        def _parse_closed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("closed_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        closed_at = _parse_closed_at(members_.pop("closed_at"))

        wait_for = members_.pop("wait_for")
        wait_timed_out = members_.pop("wait_timed_out")

        def _parse_wait_timeout_seconds(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        wait_timeout_seconds = _parse_wait_timeout_seconds(members_.pop("wait_timeout_seconds"))

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
            update_id=update_id,
            update_status=update_status,
            update_name=update_name,
            workflow_sequence=workflow_sequence,
            result=result,
            result_envelope=result_envelope,
            failure_id=failure_id,
            failure_message=failure_message,
            accepted_at=accepted_at,
            applied_at=applied_at,
            rejected_at=rejected_at,
            closed_at=closed_at,
            wait_for=wait_for,
            wait_timed_out=wait_timed_out,
            wait_timeout_seconds=wait_timeout_seconds,
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
