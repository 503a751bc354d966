# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["RetentionCandidates"]

T = TypeVar("T", bound="RetentionCandidates")


@_attrs_define
class RetentionCandidates:
    """Closed runs of the namespace that have been kept long enough. Archived runs are kept for ever.

    Attributes:
        namespace (str): The namespace.
        retention_days (int): For how many days closed runs are kept.
        cutoff (datetime.datetime): UTC, in one of two spellings: `2026-04-25T12:34:56.123456Z` (six
            decimals) or `2026-04-25T12:34:56+00:00` (whole seconds). Readers accept both and any number of
            decimals.
        expired_run_count (int): Number of them.
        expired_run_ids (list[str]): The runs.
        scan_limit (int): How many were looked for.
        scan_pressure (bool): Whether there may be more.
    """

    namespace: str
    retention_days: int
    cutoff: datetime.datetime
    expired_run_count: int
    expired_run_ids: list[str]
    scan_limit: int
    scan_pressure: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        namespace = self.namespace

        retention_days = self.retention_days

        cutoff = self.cutoff.isoformat()

        expired_run_count = self.expired_run_count

        expired_run_ids = self.expired_run_ids

        scan_limit = self.scan_limit

        scan_pressure = self.scan_pressure

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["namespace"] = namespace
        members_["retention_days"] = retention_days
        members_["cutoff"] = cutoff
        members_["expired_run_count"] = expired_run_count
        members_["expired_run_ids"] = expired_run_ids
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
        namespace = members_.pop("namespace")
        retention_days = members_.pop("retention_days")
        cutoff = datetime.datetime.fromisoformat(members_.pop("cutoff"))

        expired_run_count = members_.pop("expired_run_count")
        expired_run_ids: list[str] = members_.pop("expired_run_ids")

        scan_limit = members_.pop("scan_limit")
        scan_pressure = members_.pop("scan_pressure")
        model_ = cls(
            namespace=namespace,
            retention_days=retention_days,
            cutoff=cutoff,
            expired_run_count=expired_run_count,
            expired_run_ids=expired_run_ids,
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
