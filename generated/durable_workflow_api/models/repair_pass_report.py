# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.repair_failure import RepairFailure
    from ..models.repair_run_failure import RepairRunFailure
    from ..models.repair_task_failure import RepairTaskFailure

__all__ = ["RepairPassReport"]

T = TypeVar("T", bound="RepairPassReport")


@_attrs_define
class RepairPassReport:
    """What a pass of the repair did.

    Attributes:
        connection (None | str): The connection that it was limited to.
        queue (None | str): The queue that it was limited to.
        run_ids (list[str]): The runs that it was limited to.
        instance_id (None | str): The workflow that it was limited to.
        respect_throttle (bool): Whether it kept the shortest time between passes.
        throttled (bool): Whether it therefore did nothing.
        selected_existing_task_candidates (int): Overdue tasks that it looked at.
        selected_missing_task_candidates (int): Runs without a task that it looked at.
        selected_total_candidates (int): Both together.
        repaired_existing_tasks (int): Overdue tasks that it mended.
        repaired_missing_tasks (int): Tasks that it made anew.
        dispatched_tasks (int): Tasks that it handed to their queue.
        existing_task_failures (list[RepairTaskFailure]): Overdue tasks that it could not mend.
        missing_run_failures (list[RepairRunFailure]): Runs for which it could make no task.
        deadline_expired_candidates (int): Runs over their time.
        deadline_expired_tasks_created (int): Tasks that it made to close them.
        deadline_expired_failures (list[RepairFailure]): Those that it could not close.
        activity_timeout_candidates (int): Activities over their time.
        activity_timeouts_enforced (int): Time-outs that it recorded.
        activity_timeout_failures (list[RepairFailure]): Those that it could not record.
        selected_command_contract_candidates (int): Runs without recorded contracts.
        backfilled_command_contracts (int): Contracts that it recorded.
        command_contract_backfill_unavailable (int): Runs whose contracts are not known.
        command_contract_failures (list[RepairFailure]): Those that it could not record.
    """

    connection: None | str
    queue: None | str
    run_ids: list[str]
    instance_id: None | str
    respect_throttle: bool
    throttled: bool
    selected_existing_task_candidates: int
    selected_missing_task_candidates: int
    selected_total_candidates: int
    repaired_existing_tasks: int
    repaired_missing_tasks: int
    dispatched_tasks: int
    existing_task_failures: list[RepairTaskFailure]
    missing_run_failures: list[RepairRunFailure]
    deadline_expired_candidates: int
    deadline_expired_tasks_created: int
    deadline_expired_failures: list[RepairFailure]
    activity_timeout_candidates: int
    activity_timeouts_enforced: int
    activity_timeout_failures: list[RepairFailure]
    selected_command_contract_candidates: int
    backfilled_command_contracts: int
    command_contract_backfill_unavailable: int
    command_contract_failures: list[RepairFailure]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        connection: None | str
        connection = self.connection

        queue: None | str
        queue = self.queue

        run_ids = self.run_ids

        instance_id: None | str
        instance_id = self.instance_id

        respect_throttle = self.respect_throttle

        throttled = self.throttled

        selected_existing_task_candidates = self.selected_existing_task_candidates

        selected_missing_task_candidates = self.selected_missing_task_candidates

        selected_total_candidates = self.selected_total_candidates

        repaired_existing_tasks = self.repaired_existing_tasks

        repaired_missing_tasks = self.repaired_missing_tasks

        dispatched_tasks = self.dispatched_tasks

        existing_task_failures = []
        for existing_task_failures_item_data in self.existing_task_failures:
            existing_task_failures_item = existing_task_failures_item_data.to_dict()
            existing_task_failures.append(existing_task_failures_item)

        missing_run_failures = []
        for missing_run_failures_item_data in self.missing_run_failures:
            missing_run_failures_item = missing_run_failures_item_data.to_dict()
            missing_run_failures.append(missing_run_failures_item)

        deadline_expired_candidates = self.deadline_expired_candidates

        deadline_expired_tasks_created = self.deadline_expired_tasks_created

        deadline_expired_failures = []
        for deadline_expired_failures_item_data in self.deadline_expired_failures:
            deadline_expired_failures_item = deadline_expired_failures_item_data.to_dict()
            deadline_expired_failures.append(deadline_expired_failures_item)

        activity_timeout_candidates = self.activity_timeout_candidates

        activity_timeouts_enforced = self.activity_timeouts_enforced

        activity_timeout_failures = []
        for activity_timeout_failures_item_data in self.activity_timeout_failures:
            activity_timeout_failures_item = activity_timeout_failures_item_data.to_dict()
            activity_timeout_failures.append(activity_timeout_failures_item)

        selected_command_contract_candidates = self.selected_command_contract_candidates

        backfilled_command_contracts = self.backfilled_command_contracts

        command_contract_backfill_unavailable = self.command_contract_backfill_unavailable

        command_contract_failures = []
        for command_contract_failures_item_data in self.command_contract_failures:
            command_contract_failures_item = command_contract_failures_item_data.to_dict()
            command_contract_failures.append(command_contract_failures_item)

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["connection"] = connection
        members_["queue"] = queue
        members_["run_ids"] = run_ids
        members_["instance_id"] = instance_id
        members_["respect_throttle"] = respect_throttle
        members_["throttled"] = throttled
        members_["selected_existing_task_candidates"] = selected_existing_task_candidates
        members_["selected_missing_task_candidates"] = selected_missing_task_candidates
        members_["selected_total_candidates"] = selected_total_candidates
        members_["repaired_existing_tasks"] = repaired_existing_tasks
        members_["repaired_missing_tasks"] = repaired_missing_tasks
        members_["dispatched_tasks"] = dispatched_tasks
        members_["existing_task_failures"] = existing_task_failures
        members_["missing_run_failures"] = missing_run_failures
        members_["deadline_expired_candidates"] = deadline_expired_candidates
        members_["deadline_expired_tasks_created"] = deadline_expired_tasks_created
        members_["deadline_expired_failures"] = deadline_expired_failures
        members_["activity_timeout_candidates"] = activity_timeout_candidates
        members_["activity_timeouts_enforced"] = activity_timeouts_enforced
        members_["activity_timeout_failures"] = activity_timeout_failures
        members_["selected_command_contract_candidates"] = selected_command_contract_candidates
        members_["backfilled_command_contracts"] = backfilled_command_contracts
        members_["command_contract_backfill_unavailable"] = command_contract_backfill_unavailable
        members_["command_contract_failures"] = command_contract_failures
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.repair_failure import RepairFailure
        from ..models.repair_run_failure import RepairRunFailure
        from ..models.repair_task_failure import RepairTaskFailure

        members_ = dict(src_dict)

        def _parse_connection(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        connection = _parse_connection(members_.pop("connection"))

        def _parse_queue(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        queue = _parse_queue(members_.pop("queue"))

        run_ids: list[str] = members_.pop("run_ids")

        def _parse_instance_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        instance_id = _parse_instance_id(members_.pop("instance_id"))

        respect_throttle = members_.pop("respect_throttle")
        throttled = members_.pop("throttled")
        selected_existing_task_candidates = members_.pop("selected_existing_task_candidates")
        selected_missing_task_candidates = members_.pop("selected_missing_task_candidates")
        selected_total_candidates = members_.pop("selected_total_candidates")
        repaired_existing_tasks = members_.pop("repaired_existing_tasks")
        repaired_missing_tasks = members_.pop("repaired_missing_tasks")
        dispatched_tasks = members_.pop("dispatched_tasks")
        existing_task_failures = []
        _existing_task_failures = members_.pop("existing_task_failures")
        for existing_task_failures_item_data in _existing_task_failures:
            existing_task_failures_item = RepairTaskFailure.from_dict(existing_task_failures_item_data)

            existing_task_failures.append(existing_task_failures_item)

        missing_run_failures = []
        _missing_run_failures = members_.pop("missing_run_failures")
        for missing_run_failures_item_data in _missing_run_failures:
            missing_run_failures_item = RepairRunFailure.from_dict(missing_run_failures_item_data)

            missing_run_failures.append(missing_run_failures_item)

        deadline_expired_candidates = members_.pop("deadline_expired_candidates")
        deadline_expired_tasks_created = members_.pop("deadline_expired_tasks_created")
        deadline_expired_failures = []
        _deadline_expired_failures = members_.pop("deadline_expired_failures")
        for deadline_expired_failures_item_data in _deadline_expired_failures:
            deadline_expired_failures_item = RepairFailure.from_dict(deadline_expired_failures_item_data)

            deadline_expired_failures.append(deadline_expired_failures_item)

        activity_timeout_candidates = members_.pop("activity_timeout_candidates")
        activity_timeouts_enforced = members_.pop("activity_timeouts_enforced")
        activity_timeout_failures = []
        _activity_timeout_failures = members_.pop("activity_timeout_failures")
        for activity_timeout_failures_item_data in _activity_timeout_failures:
            activity_timeout_failures_item = RepairFailure.from_dict(activity_timeout_failures_item_data)

            activity_timeout_failures.append(activity_timeout_failures_item)

        selected_command_contract_candidates = members_.pop("selected_command_contract_candidates")
        backfilled_command_contracts = members_.pop("backfilled_command_contracts")
        command_contract_backfill_unavailable = members_.pop("command_contract_backfill_unavailable")
        command_contract_failures = []
        _command_contract_failures = members_.pop("command_contract_failures")
        for command_contract_failures_item_data in _command_contract_failures:
            command_contract_failures_item = RepairFailure.from_dict(command_contract_failures_item_data)

            command_contract_failures.append(command_contract_failures_item)

        model_ = cls(
            connection=connection,
            queue=queue,
            run_ids=run_ids,
            instance_id=instance_id,
            respect_throttle=respect_throttle,
            throttled=throttled,
            selected_existing_task_candidates=selected_existing_task_candidates,
            selected_missing_task_candidates=selected_missing_task_candidates,
            selected_total_candidates=selected_total_candidates,
            repaired_existing_tasks=repaired_existing_tasks,
            repaired_missing_tasks=repaired_missing_tasks,
            dispatched_tasks=dispatched_tasks,
            existing_task_failures=existing_task_failures,
            missing_run_failures=missing_run_failures,
            deadline_expired_candidates=deadline_expired_candidates,
            deadline_expired_tasks_created=deadline_expired_tasks_created,
            deadline_expired_failures=deadline_expired_failures,
            activity_timeout_candidates=activity_timeout_candidates,
            activity_timeouts_enforced=activity_timeouts_enforced,
            activity_timeout_failures=activity_timeout_failures,
            selected_command_contract_candidates=selected_command_contract_candidates,
            backfilled_command_contracts=backfilled_command_contracts,
            command_contract_backfill_unavailable=command_contract_backfill_unavailable,
            command_contract_failures=command_contract_failures,
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
