# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.oldest_ready_task import OldestReadyTask
    from ..models.poller_counts import PollerCounts
    from ..models.task_counts import TaskCounts

__all__ = ["TaskQueueStats"]

T = TypeVar("T", bound="TaskQueueStats")


@_attrs_define
class TaskQueueStats:
    """What waits in a queue.

    Attributes:
        approximate_backlog_count (int): Ready tasks.
        approximate_backlog_age (None | str): Age of the oldest ready task in words, such as `5m15s`.
        approximate_backlog_age_seconds (int | None): The same in seconds.
        oldest_ready_task (None | OldestReadyTask): The oldest ready task.
        workflow_tasks (TaskCounts): Tasks of one kind.
        activity_tasks (TaskCounts): Tasks of one kind.
        pollers (PollerCounts): Workers of a queue.
    """

    approximate_backlog_count: int
    approximate_backlog_age: None | str
    approximate_backlog_age_seconds: int | None
    oldest_ready_task: None | OldestReadyTask
    workflow_tasks: TaskCounts
    activity_tasks: TaskCounts
    pollers: PollerCounts
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""
        from ..models.oldest_ready_task import OldestReadyTask

        approximate_backlog_count = self.approximate_backlog_count

        approximate_backlog_age: None | str
        approximate_backlog_age = self.approximate_backlog_age

        approximate_backlog_age_seconds: int | None
        approximate_backlog_age_seconds = self.approximate_backlog_age_seconds

        oldest_ready_task: dict[str, Any] | None
        if isinstance(self.oldest_ready_task, OldestReadyTask):
            oldest_ready_task = self.oldest_ready_task.to_dict()
        else:
            oldest_ready_task = self.oldest_ready_task

        workflow_tasks = self.workflow_tasks.to_dict()

        activity_tasks = self.activity_tasks.to_dict()

        pollers = self.pollers.to_dict()

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["approximate_backlog_count"] = approximate_backlog_count
        members_["approximate_backlog_age"] = approximate_backlog_age
        members_["approximate_backlog_age_seconds"] = approximate_backlog_age_seconds
        members_["oldest_ready_task"] = oldest_ready_task
        members_["workflow_tasks"] = workflow_tasks
        members_["activity_tasks"] = activity_tasks
        members_["pollers"] = pollers
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.oldest_ready_task import OldestReadyTask
        from ..models.poller_counts import PollerCounts
        from ..models.task_counts import TaskCounts

        members_ = dict(src_dict)
        approximate_backlog_count = members_.pop("approximate_backlog_count")

        def _parse_approximate_backlog_age(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        approximate_backlog_age = _parse_approximate_backlog_age(members_.pop("approximate_backlog_age"))

        def _parse_approximate_backlog_age_seconds(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        approximate_backlog_age_seconds = _parse_approximate_backlog_age_seconds(
            members_.pop("approximate_backlog_age_seconds")
        )

        def _parse_oldest_ready_task(data: object) -> None | OldestReadyTask:
            if data is None:
                return data
            if not isinstance(data, dict):
                raise TypeError("oldest_ready_task has the wrong type")
            oldest_ready_task_type_0 = OldestReadyTask.from_dict(data)

            return oldest_ready_task_type_0

        oldest_ready_task = _parse_oldest_ready_task(members_.pop("oldest_ready_task"))

        workflow_tasks = TaskCounts.from_dict(members_.pop("workflow_tasks"))

        activity_tasks = TaskCounts.from_dict(members_.pop("activity_tasks"))

        pollers = PollerCounts.from_dict(members_.pop("pollers"))

        model_ = cls(
            approximate_backlog_count=approximate_backlog_count,
            approximate_backlog_age=approximate_backlog_age,
            approximate_backlog_age_seconds=approximate_backlog_age_seconds,
            oldest_ready_task=oldest_ready_task,
            workflow_tasks=workflow_tasks,
            activity_tasks=activity_tasks,
            pollers=pollers,
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
