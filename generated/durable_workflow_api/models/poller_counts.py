# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["PollerCounts"]

T = TypeVar("T", bound="PollerCounts")


@_attrs_define
class PollerCounts:
    """Workers of a queue.

    Attributes:
        active_count (int): Workers heard of lately.
        stale_count (int): Workers not heard of lately.
        stale_after_seconds (int): After how many seconds without a heartbeat a worker counts as stale.
    """

    active_count: int
    stale_count: int
    stale_after_seconds: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        active_count = self.active_count

        stale_count = self.stale_count

        stale_after_seconds = self.stale_after_seconds

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["active_count"] = active_count
        members_["stale_count"] = stale_count
        members_["stale_after_seconds"] = stale_after_seconds
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        active_count = members_.pop("active_count")
        stale_count = members_.pop("stale_count")
        stale_after_seconds = members_.pop("stale_after_seconds")
        model_ = cls(
            active_count=active_count,
            stale_count=stale_count,
            stale_after_seconds=stale_after_seconds,
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
