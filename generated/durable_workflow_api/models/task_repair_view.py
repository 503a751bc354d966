# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.task_repair_candidates import TaskRepairCandidates
    from ..models.task_repair_policy import TaskRepairPolicy

__all__ = ["TaskRepairView"]

T = TypeVar("T", bound="TaskRepairView")


@_attrs_define
class TaskRepairView:
    """Policy and candidates of the background repair of lost tasks.

    Attributes:
        policy (TaskRepairPolicy): How the background repair works.
        candidates (TaskRepairCandidates): What the background repair would look at now.
    """

    policy: TaskRepairPolicy
    candidates: TaskRepairCandidates
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        policy = self.policy.to_dict()

        candidates = self.candidates.to_dict()

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["policy"] = policy
        members_["candidates"] = candidates
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.task_repair_candidates import TaskRepairCandidates
        from ..models.task_repair_policy import TaskRepairPolicy

        members_ = dict(src_dict)
        policy = TaskRepairPolicy.from_dict(members_.pop("policy"))

        candidates = TaskRepairCandidates.from_dict(members_.pop("candidates"))

        model_ = cls(
            policy=policy,
            candidates=candidates,
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
