# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.task_queue_admission import TaskQueueAdmission
    from ..models.task_queue_lease import TaskQueueLease
    from ..models.task_queue_poller import TaskQueuePoller
    from ..models.task_queue_repair import TaskQueueRepair
    from ..models.task_queue_stats import TaskQueueStats

__all__ = ["TaskQueueDescription"]

T = TypeVar("T", bound="TaskQueueDescription")


@_attrs_define
class TaskQueueDescription:
    """A queue with everything about it. A queue that nobody uses is shown with zeros.

    Attributes:
        name (str): The queue.
        pollers (list[TaskQueuePoller]): Its workers.
        stats (TaskQueueStats): What waits in a queue.
        current_leases (list[TaskQueueLease]): Leased tasks, at most 50.
        repair (TaskQueueRepair): Tasks that the background repair would look at.
        admission (TaskQueueAdmission): What the queue would take now, by kind of task.
    """

    name: str
    pollers: list[TaskQueuePoller]
    stats: TaskQueueStats
    current_leases: list[TaskQueueLease]
    repair: TaskQueueRepair
    admission: TaskQueueAdmission
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        name = self.name

        pollers = []
        for pollers_item_data in self.pollers:
            pollers_item = pollers_item_data.to_dict()
            pollers.append(pollers_item)

        stats = self.stats.to_dict()

        current_leases = []
        for current_leases_item_data in self.current_leases:
            current_leases_item = current_leases_item_data.to_dict()
            current_leases.append(current_leases_item)

        repair = self.repair.to_dict()

        admission = self.admission.to_dict()

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["name"] = name
        members_["pollers"] = pollers
        members_["stats"] = stats
        members_["current_leases"] = current_leases
        members_["repair"] = repair
        members_["admission"] = admission
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.task_queue_admission import TaskQueueAdmission
        from ..models.task_queue_lease import TaskQueueLease
        from ..models.task_queue_poller import TaskQueuePoller
        from ..models.task_queue_repair import TaskQueueRepair
        from ..models.task_queue_stats import TaskQueueStats

        members_ = dict(src_dict)
        name = members_.pop("name")
        pollers = []
        _pollers = members_.pop("pollers")
        for pollers_item_data in _pollers:
            pollers_item = TaskQueuePoller.from_dict(pollers_item_data)

            pollers.append(pollers_item)

        stats = TaskQueueStats.from_dict(members_.pop("stats"))

        current_leases = []
        _current_leases = members_.pop("current_leases")
        for current_leases_item_data in _current_leases:
            current_leases_item = TaskQueueLease.from_dict(current_leases_item_data)

            current_leases.append(current_leases_item)

        repair = TaskQueueRepair.from_dict(members_.pop("repair"))

        admission = TaskQueueAdmission.from_dict(members_.pop("admission"))

        model_ = cls(
            name=name,
            pollers=pollers,
            stats=stats,
            current_leases=current_leases,
            repair=repair,
            admission=admission,
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
