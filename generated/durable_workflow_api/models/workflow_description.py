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
    from ..models.workflow_actions import WorkflowActions

__all__ = ["WorkflowDescription"]

T = TypeVar("T", bound="WorkflowDescription")


@_attrs_define
class WorkflowDescription:
    """One run of a workflow as the server sees it.

    Attributes:
        workflow_id (str): The workflow.
        run_id (str): The run.
        namespace (str): Its namespace.
        workflow_type (str): Its type.
        business_key (None | str): Its business key.
        status (str): `pending`, `running`, `waiting`, `completed`, `failed`, `cancelled` or
            `terminated`.
        status_bucket (None | str): `running`, `completed` or `failed`.
        is_terminal (bool): Whether the run is closed.
        closed_reason (None | str): `completed`, `continued`, `failed`, `timed_out`, `cancelled` or
            `terminated`.
        task_queue (None | str): Its task queue.
        run_number (int): 1 for the first run of the workflow, one more for each further run.
        run_count (int | None): Number of runs of the workflow.
        is_current_run (bool | None): Whether it is the newest run.
        compatibility (None | str): Build marker that workers must carry.
        payload_codec (None | str): The codec of its payloads.
        execution_timeout_seconds (int | None): Time for all runs together.
        run_timeout_seconds (int | None): Time for this run.
        execution_deadline_at (datetime.datetime | None): When the workflow times out.
        run_deadline_at (datetime.datetime | None): When the run times out.
        input_ (Any): A value of the user, decoded to JSON.
        output (Any): A value of the user, decoded to JSON.
        input_envelope (None | PayloadEnvelope): A payload envelope, or null where there is no payload.
        output_envelope (None | PayloadEnvelope): A payload envelope, or null where there is no payload.
        started_at (datetime.datetime | None): When the run started.
        closed_at (datetime.datetime | None): When the run closed.
        last_progress_at (datetime.datetime | None): When the run last moved on.
        wait_kind (None | str): What the run waits for: `activity`, `update`, `signal`, `timer`,
            `condition`, `workflow-task` or `child`.
        wait_reason (None | str): The same in words.
        memo (Any): The memo of a run. Servers of protocol 1.0 write an empty one as an empty array.
        search_attributes (Any): The search attributes of a run. Servers of protocol 1.0 write none as
            an empty array.
        actions (WorkflowActions): Which commands the run would take now.
        control_plane (Any | Unset): Says which operation answers and under which contract, and mirrors
            members of the body. Clients read the body.
    """

    workflow_id: str
    run_id: str
    namespace: str
    workflow_type: str
    business_key: None | str
    status: str
    status_bucket: None | str
    is_terminal: bool
    closed_reason: None | str
    task_queue: None | str
    run_number: int
    run_count: int | None
    is_current_run: bool | None
    compatibility: None | str
    payload_codec: None | str
    execution_timeout_seconds: int | None
    run_timeout_seconds: int | None
    execution_deadline_at: datetime.datetime | None
    run_deadline_at: datetime.datetime | None
    input_: Any
    output: Any
    input_envelope: None | PayloadEnvelope
    output_envelope: None | PayloadEnvelope
    started_at: datetime.datetime | None
    closed_at: datetime.datetime | None
    last_progress_at: datetime.datetime | None
    wait_kind: None | str
    wait_reason: None | str
    memo: Any
    search_attributes: Any
    actions: WorkflowActions
    control_plane: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""
        from ..models.payload_envelope import PayloadEnvelope

        workflow_id = self.workflow_id

        run_id = self.run_id

        namespace = self.namespace

        workflow_type = self.workflow_type

        business_key: None | str
        business_key = self.business_key

        status = self.status

        status_bucket: None | str
        status_bucket = self.status_bucket

        is_terminal = self.is_terminal

        closed_reason: None | str
        closed_reason = self.closed_reason

        task_queue: None | str
        task_queue = self.task_queue

        run_number = self.run_number

        run_count: int | None
        run_count = self.run_count

        is_current_run: bool | None
        is_current_run = self.is_current_run

        compatibility: None | str
        compatibility = self.compatibility

        payload_codec: None | str
        payload_codec = self.payload_codec

        execution_timeout_seconds: int | None
        execution_timeout_seconds = self.execution_timeout_seconds

        run_timeout_seconds: int | None
        run_timeout_seconds = self.run_timeout_seconds

        execution_deadline_at: None | str
        if isinstance(self.execution_deadline_at, datetime.datetime):
            execution_deadline_at = self.execution_deadline_at.isoformat()
        else:
            execution_deadline_at = self.execution_deadline_at

        run_deadline_at: None | str
        if isinstance(self.run_deadline_at, datetime.datetime):
            run_deadline_at = self.run_deadline_at.isoformat()
        else:
            run_deadline_at = self.run_deadline_at

        input_ = self.input_

        output = self.output

        input_envelope: dict[str, Any] | None
        if isinstance(self.input_envelope, PayloadEnvelope):
            input_envelope = self.input_envelope.to_dict()
        else:
            input_envelope = self.input_envelope

        output_envelope: dict[str, Any] | None
        if isinstance(self.output_envelope, PayloadEnvelope):
            output_envelope = self.output_envelope.to_dict()
        else:
            output_envelope = self.output_envelope

        started_at: None | str
        if isinstance(self.started_at, datetime.datetime):
            started_at = self.started_at.isoformat()
        else:
            started_at = self.started_at

        closed_at: None | str
        if isinstance(self.closed_at, datetime.datetime):
            closed_at = self.closed_at.isoformat()
        else:
            closed_at = self.closed_at

        last_progress_at: None | str
        if isinstance(self.last_progress_at, datetime.datetime):
            last_progress_at = self.last_progress_at.isoformat()
        else:
            last_progress_at = self.last_progress_at

        wait_kind: None | str
        wait_kind = self.wait_kind

        wait_reason: None | str
        wait_reason = self.wait_reason

        memo = self.memo

        search_attributes = self.search_attributes

        actions = self.actions.to_dict()

        control_plane = self.control_plane

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["workflow_id"] = workflow_id
        members_["run_id"] = run_id
        members_["namespace"] = namespace
        members_["workflow_type"] = workflow_type
        members_["business_key"] = business_key
        members_["status"] = status
        members_["status_bucket"] = status_bucket
        members_["is_terminal"] = is_terminal
        members_["closed_reason"] = closed_reason
        members_["task_queue"] = task_queue
        members_["run_number"] = run_number
        members_["run_count"] = run_count
        members_["is_current_run"] = is_current_run
        members_["compatibility"] = compatibility
        members_["payload_codec"] = payload_codec
        members_["execution_timeout_seconds"] = execution_timeout_seconds
        members_["run_timeout_seconds"] = run_timeout_seconds
        members_["execution_deadline_at"] = execution_deadline_at
        members_["run_deadline_at"] = run_deadline_at
        members_["input"] = input_
        members_["output"] = output
        members_["input_envelope"] = input_envelope
        members_["output_envelope"] = output_envelope
        members_["started_at"] = started_at
        members_["closed_at"] = closed_at
        members_["last_progress_at"] = last_progress_at
        members_["wait_kind"] = wait_kind
        members_["wait_reason"] = wait_reason
        members_["memo"] = memo
        members_["search_attributes"] = search_attributes
        members_["actions"] = actions
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
        from ..models.workflow_actions import WorkflowActions

        members_ = dict(src_dict)
        workflow_id = members_.pop("workflow_id")
        run_id = members_.pop("run_id")
        namespace = members_.pop("namespace")
        workflow_type = members_.pop("workflow_type")

        def _parse_business_key(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        business_key = _parse_business_key(members_.pop("business_key"))

        status = members_.pop("status")

        def _parse_status_bucket(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        status_bucket = _parse_status_bucket(members_.pop("status_bucket"))

        is_terminal = members_.pop("is_terminal")

        def _parse_closed_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        closed_reason = _parse_closed_reason(members_.pop("closed_reason"))

        def _parse_task_queue(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        task_queue = _parse_task_queue(members_.pop("task_queue"))

        run_number = members_.pop("run_number")

        def _parse_run_count(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        run_count = _parse_run_count(members_.pop("run_count"))

        def _parse_is_current_run(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        is_current_run = _parse_is_current_run(members_.pop("is_current_run"))

        def _parse_compatibility(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        compatibility = _parse_compatibility(members_.pop("compatibility"))

        def _parse_payload_codec(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        payload_codec = _parse_payload_codec(members_.pop("payload_codec"))

        def _parse_execution_timeout_seconds(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        execution_timeout_seconds = _parse_execution_timeout_seconds(
            members_.pop("execution_timeout_seconds")
        )

        def _parse_run_timeout_seconds(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        run_timeout_seconds = _parse_run_timeout_seconds(members_.pop("run_timeout_seconds"))

        def _parse_execution_deadline_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("execution_deadline_at has the wrong type")
            execution_deadline_at_type_0 = datetime.datetime.fromisoformat(data)

            return execution_deadline_at_type_0

        execution_deadline_at = _parse_execution_deadline_at(members_.pop("execution_deadline_at"))

        def _parse_run_deadline_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("run_deadline_at has the wrong type")
            run_deadline_at_type_0 = datetime.datetime.fromisoformat(data)

            return run_deadline_at_type_0

        run_deadline_at = _parse_run_deadline_at(members_.pop("run_deadline_at"))

        input_ = members_.pop("input")
        output = members_.pop("output")

        def _parse_input_envelope(data: object) -> None | PayloadEnvelope:
            if data is None:
                return data
            if not isinstance(data, dict):
                raise TypeError("input_envelope has the wrong type")
            componentsschemas_nullable_payload_envelope_type_0 = PayloadEnvelope.from_dict(data)

            return componentsschemas_nullable_payload_envelope_type_0

        input_envelope = _parse_input_envelope(members_.pop("input_envelope"))

        def _parse_output_envelope(data: object) -> None | PayloadEnvelope:
            if data is None:
                return data
            if not isinstance(data, dict):
                raise TypeError("output_envelope has the wrong type")
            componentsschemas_nullable_payload_envelope_type_0 = PayloadEnvelope.from_dict(data)

            return componentsschemas_nullable_payload_envelope_type_0

        output_envelope = _parse_output_envelope(members_.pop("output_envelope"))

        def _parse_started_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("started_at has the wrong type")
            started_at_type_0 = datetime.datetime.fromisoformat(data)

            return started_at_type_0

        started_at = _parse_started_at(members_.pop("started_at"))

        def _parse_closed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("closed_at has the wrong type")
            closed_at_type_0 = datetime.datetime.fromisoformat(data)

            return closed_at_type_0

        closed_at = _parse_closed_at(members_.pop("closed_at"))

        def _parse_last_progress_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("last_progress_at has the wrong type")
            last_progress_at_type_0 = datetime.datetime.fromisoformat(data)

            return last_progress_at_type_0

        last_progress_at = _parse_last_progress_at(members_.pop("last_progress_at"))

        def _parse_wait_kind(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        wait_kind = _parse_wait_kind(members_.pop("wait_kind"))

        def _parse_wait_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        wait_reason = _parse_wait_reason(members_.pop("wait_reason"))

        memo = members_.pop("memo")
        search_attributes = members_.pop("search_attributes")
        actions = WorkflowActions.from_dict(members_.pop("actions"))

        control_plane = members_.pop("control_plane", UNSET)
        model_ = cls(
            workflow_id=workflow_id,
            run_id=run_id,
            namespace=namespace,
            workflow_type=workflow_type,
            business_key=business_key,
            status=status,
            status_bucket=status_bucket,
            is_terminal=is_terminal,
            closed_reason=closed_reason,
            task_queue=task_queue,
            run_number=run_number,
            run_count=run_count,
            is_current_run=is_current_run,
            compatibility=compatibility,
            payload_codec=payload_codec,
            execution_timeout_seconds=execution_timeout_seconds,
            run_timeout_seconds=run_timeout_seconds,
            execution_deadline_at=execution_deadline_at,
            run_deadline_at=run_deadline_at,
            input_=input_,
            output=output,
            input_envelope=input_envelope,
            output_envelope=output_envelope,
            started_at=started_at,
            closed_at=closed_at,
            last_progress_at=last_progress_at,
            wait_kind=wait_kind,
            wait_reason=wait_reason,
            memo=memo,
            search_attributes=search_attributes,
            actions=actions,
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
