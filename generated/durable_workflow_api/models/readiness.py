# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.readiness_checks import ReadinessChecks

__all__ = ["Readiness"]

T = TypeVar("T", bound="Readiness")


@_attrs_define
class Readiness:
    """Whether the server can take traffic, with the checks behind the answer.

    Attributes:
        status (str): `ready` or `not_ready`; ready when every check is `ok`.
        timestamp (datetime.datetime): UTC, in one of two spellings: `2026-04-25T12:34:56.123456Z` (six
            decimals) or `2026-04-25T12:34:56+00:00` (whole seconds). Readers accept both and any number of
            decimals.
        checks (ReadinessChecks): The single checks.
    """

    status: str
    timestamp: datetime.datetime
    checks: ReadinessChecks
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        status = self.status

        timestamp = self.timestamp.isoformat()

        checks = self.checks.to_dict()

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["status"] = status
        members_["timestamp"] = timestamp
        members_["checks"] = checks
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.readiness_checks import ReadinessChecks

        members_ = dict(src_dict)
        status = members_.pop("status")
        timestamp = datetime.datetime.fromisoformat(members_.pop("timestamp"))

        checks = ReadinessChecks.from_dict(members_.pop("checks"))

        model_ = cls(
            status=status,
            timestamp=timestamp,
            checks=checks,
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
