# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["TaskCounts"]

T = TypeVar("T", bound="TaskCounts")


@_attrs_define
class TaskCounts:
    """Tasks of one kind.

    Attributes:
        ready_count (int): Ready tasks.
        leased_count (int): Leased tasks.
        expired_lease_count (int): Leased tasks whose lease has passed.
    """

    ready_count: int
    leased_count: int
    expired_lease_count: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        ready_count = self.ready_count

        leased_count = self.leased_count

        expired_lease_count = self.expired_lease_count

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["ready_count"] = ready_count
        members_["leased_count"] = leased_count
        members_["expired_lease_count"] = expired_lease_count
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        ready_count = members_.pop("ready_count")
        leased_count = members_.pop("leased_count")
        expired_lease_count = members_.pop("expired_lease_count")
        model_ = cls(
            ready_count=ready_count,
            leased_count=leased_count,
            expired_lease_count=expired_lease_count,
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
