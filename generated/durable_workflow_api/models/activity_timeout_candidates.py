# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["ActivityTimeoutCandidates"]

T = TypeVar("T", bound="ActivityTimeoutCandidates")


@_attrs_define
class ActivityTimeoutCandidates:
    """Activities whose time is over, in all namespaces.

    Attributes:
        expired_count (int): Number of them.
        expired_execution_ids (list[str]): The activities.
        scan_limit (int): How many were looked for.
        scan_pressure (bool): Whether there may be more.
    """

    expired_count: int
    expired_execution_ids: list[str]
    scan_limit: int
    scan_pressure: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        expired_count = self.expired_count

        expired_execution_ids = self.expired_execution_ids

        scan_limit = self.scan_limit

        scan_pressure = self.scan_pressure

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["expired_count"] = expired_count
        members_["expired_execution_ids"] = expired_execution_ids
        members_["scan_limit"] = scan_limit
        members_["scan_pressure"] = scan_pressure
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        expired_count = members_.pop("expired_count")
        expired_execution_ids: list[str] = members_.pop("expired_execution_ids")

        scan_limit = members_.pop("scan_limit")
        scan_pressure = members_.pop("scan_pressure")
        model_ = cls(
            expired_count=expired_count,
            expired_execution_ids=expired_execution_ids,
            scan_limit=scan_limit,
            scan_pressure=scan_pressure,
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
