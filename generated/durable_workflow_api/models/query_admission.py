# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["QueryAdmission"]

T = TypeVar("T", bound="QueryAdmission")


@_attrs_define
class QueryAdmission:
    """How many queries the queue would take now.

    Attributes:
        budget_source (str): The setting of the server that gives the limit.
        max_pending_per_queue (int): Most queries that wait.
        approximate_pending_count (int): Queries that wait.
        remaining_pending_capacity (int): Queries that may still come.
        lock_required (bool): Whether the limit needs a lock.
        lock_supported (bool): Whether the server has one.
        status (str): `accepting`, `full` or `unavailable`.
    """

    budget_source: str
    max_pending_per_queue: int
    approximate_pending_count: int
    remaining_pending_capacity: int
    lock_required: bool
    lock_supported: bool
    status: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        budget_source = self.budget_source

        max_pending_per_queue = self.max_pending_per_queue

        approximate_pending_count = self.approximate_pending_count

        remaining_pending_capacity = self.remaining_pending_capacity

        lock_required = self.lock_required

        lock_supported = self.lock_supported

        status = self.status

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["budget_source"] = budget_source
        members_["max_pending_per_queue"] = max_pending_per_queue
        members_["approximate_pending_count"] = approximate_pending_count
        members_["remaining_pending_capacity"] = remaining_pending_capacity
        members_["lock_required"] = lock_required
        members_["lock_supported"] = lock_supported
        members_["status"] = status
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        budget_source = members_.pop("budget_source")
        max_pending_per_queue = members_.pop("max_pending_per_queue")
        approximate_pending_count = members_.pop("approximate_pending_count")
        remaining_pending_capacity = members_.pop("remaining_pending_capacity")
        lock_required = members_.pop("lock_required")
        lock_supported = members_.pop("lock_supported")
        status = members_.pop("status")
        model_ = cls(
            budget_source=budget_source,
            max_pending_per_queue=max_pending_per_queue,
            approximate_pending_count=approximate_pending_count,
            remaining_pending_capacity=remaining_pending_capacity,
            lock_required=lock_required,
            lock_supported=lock_supported,
            status=status,
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
