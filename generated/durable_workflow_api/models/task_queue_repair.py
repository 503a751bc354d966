# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.task_queue_repair_policy import TaskQueueRepairPolicy

__all__ = ["TaskQueueRepair"]

T = TypeVar("T", bound="TaskQueueRepair")


@_attrs_define
class TaskQueueRepair:
    """Tasks that the background repair would look at.

    Attributes:
        candidates (int): All of them.
        dispatch_failed (int): Tasks that could not be handed to the queue.
        expired_leases (int): Tasks whose lease has passed.
        dispatch_overdue (int): Ready tasks that nobody took for a while.
        needs_attention (bool): Whether there are any.
        policy (TaskQueueRepairPolicy): When the repair acts.
    """

    candidates: int
    dispatch_failed: int
    expired_leases: int
    dispatch_overdue: int
    needs_attention: bool
    policy: TaskQueueRepairPolicy
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        candidates = self.candidates

        dispatch_failed = self.dispatch_failed

        expired_leases = self.expired_leases

        dispatch_overdue = self.dispatch_overdue

        needs_attention = self.needs_attention

        policy = self.policy.to_dict()

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["candidates"] = candidates
        members_["dispatch_failed"] = dispatch_failed
        members_["expired_leases"] = expired_leases
        members_["dispatch_overdue"] = dispatch_overdue
        members_["needs_attention"] = needs_attention
        members_["policy"] = policy
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.task_queue_repair_policy import TaskQueueRepairPolicy

        members_ = dict(src_dict)
        candidates = members_.pop("candidates")
        dispatch_failed = members_.pop("dispatch_failed")
        expired_leases = members_.pop("expired_leases")
        dispatch_overdue = members_.pop("dispatch_overdue")
        needs_attention = members_.pop("needs_attention")
        policy = TaskQueueRepairPolicy.from_dict(members_.pop("policy"))

        model_ = cls(
            candidates=candidates,
            dispatch_failed=dispatch_failed,
            expired_leases=expired_leases,
            dispatch_overdue=dispatch_overdue,
            needs_attention=needs_attention,
            policy=policy,
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
