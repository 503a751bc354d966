# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["ActivityTaskHeartbeatRequest"]

T = TypeVar("T", bound="ActivityTaskHeartbeatRequest")


@_attrs_define
class ActivityTaskHeartbeatRequest:
    """The lease and, if there is any, the progress. Numbers are finite and not negative.

    Attributes:
        activity_attempt_id (str): The attempt, from the task.
        lease_owner (str): The worker that holds the task.
        message (None | str | Unset): The progress in words.
        current (float | None | Unset): How far the attempt is.
        total (float | None | Unset): How far it has to go.
        unit (None | str | Unset): What is counted; needs `current` or `total`.
        details (Any | Unset): Facts about the progress, not nested.
    """

    activity_attempt_id: str
    lease_owner: str
    message: None | str | Unset = UNSET
    current: float | None | Unset = UNSET
    total: float | None | Unset = UNSET
    unit: None | str | Unset = UNSET
    details: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        activity_attempt_id = self.activity_attempt_id

        lease_owner = self.lease_owner

        message: None | str | Unset
        if isinstance(self.message, Unset):
            message = UNSET
        else:
            message = self.message

        current: float | None | Unset
        if isinstance(self.current, Unset):
            current = UNSET
        else:
            current = self.current

        total: float | None | Unset
        if isinstance(self.total, Unset):
            total = UNSET
        else:
            total = self.total

        unit: None | str | Unset
        if isinstance(self.unit, Unset):
            unit = UNSET
        else:
            unit = self.unit

        details = self.details

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["activity_attempt_id"] = activity_attempt_id
        members_["lease_owner"] = lease_owner
        if message is not UNSET:
            members_["message"] = message
        if current is not UNSET:
            members_["current"] = current
        if total is not UNSET:
            members_["total"] = total
        if unit is not UNSET:
            members_["unit"] = unit
        if details is not UNSET:
            members_["details"] = details
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        activity_attempt_id = members_.pop("activity_attempt_id")
        lease_owner = members_.pop("lease_owner")

        def _parse_message(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        message = _parse_message(members_.pop("message", UNSET))

        def _parse_current(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        current = _parse_current(members_.pop("current", UNSET))

        def _parse_total(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        total = _parse_total(members_.pop("total", UNSET))

        def _parse_unit(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        unit = _parse_unit(members_.pop("unit", UNSET))

        details = members_.pop("details", UNSET)
        model_ = cls(
            activity_attempt_id=activity_attempt_id,
            lease_owner=lease_owner,
            message=message,
            current=current,
            total=total,
            unit=unit,
            details=details,
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
