# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.query_admission import QueryAdmission
    from ..models.task_admission import TaskAdmission

__all__ = ["TaskQueueAdmission"]

T = TypeVar("T", bound="TaskQueueAdmission")


@_attrs_define
class TaskQueueAdmission:
    """What the queue would take now, by kind of task.

    Attributes:
        workflow_tasks (TaskAdmission): Slots of the workers and limits of the server for one kind of
            task. A limit of null means none.
        activity_tasks (TaskAdmission): Slots of the workers and limits of the server for one kind of
            task. A limit of null means none.
        query_tasks (QueryAdmission): How many queries the queue would take now.
    """

    workflow_tasks: TaskAdmission
    activity_tasks: TaskAdmission
    query_tasks: QueryAdmission
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        workflow_tasks = self.workflow_tasks.to_dict()

        activity_tasks = self.activity_tasks.to_dict()

        query_tasks = self.query_tasks.to_dict()

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["workflow_tasks"] = workflow_tasks
        members_["activity_tasks"] = activity_tasks
        members_["query_tasks"] = query_tasks
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.query_admission import QueryAdmission
        from ..models.task_admission import TaskAdmission

        members_ = dict(src_dict)
        workflow_tasks = TaskAdmission.from_dict(members_.pop("workflow_tasks"))

        activity_tasks = TaskAdmission.from_dict(members_.pop("activity_tasks"))

        query_tasks = QueryAdmission.from_dict(members_.pop("query_tasks"))

        model_ = cls(
            workflow_tasks=workflow_tasks,
            activity_tasks=activity_tasks,
            query_tasks=query_tasks,
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
