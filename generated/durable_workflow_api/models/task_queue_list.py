# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.task_queue_list_item import TaskQueueListItem

__all__ = ["TaskQueueList"]

T = TypeVar("T", bound="TaskQueueList")


@_attrs_define
class TaskQueueList:
    """Queues that have tasks or workers, by name.

    Attributes:
        namespace (str): The namespace.
        task_queues (list[TaskQueueListItem]): The queues.
    """

    namespace: str
    task_queues: list[TaskQueueListItem]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        namespace = self.namespace

        task_queues = []
        for task_queues_item_data in self.task_queues:
            task_queues_item = task_queues_item_data.to_dict()
            task_queues.append(task_queues_item)

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["namespace"] = namespace
        members_["task_queues"] = task_queues
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.task_queue_list_item import TaskQueueListItem

        members_ = dict(src_dict)
        namespace = members_.pop("namespace")
        task_queues = []
        _task_queues = members_.pop("task_queues")
        for task_queues_item_data in _task_queues:
            task_queues_item = TaskQueueListItem.from_dict(task_queues_item_data)

            task_queues.append(task_queues_item)

        model_ = cls(
            namespace=namespace,
            task_queues=task_queues,
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
