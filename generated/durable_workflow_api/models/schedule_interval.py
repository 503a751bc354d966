# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["ScheduleInterval"]

T = TypeVar("T", bound="ScheduleInterval")


@_attrs_define
class ScheduleInterval:
    """Fires at `offset` and every multiple of `every` after it, counted from the Unix epoch in UTC. Both
    are ISO 8601 durations such as `PT30M`, `P1D` or `P1W`. On servers of protocol 1.0 an interval that
    cannot be read never fires.

    Attributes:
        every (str): The distance between two fires.
        offset (None | str | Unset): The shift against the epoch; none when absent.
    """

    every: str
    offset: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        every = self.every

        offset: None | str | Unset
        if isinstance(self.offset, Unset):
            offset = UNSET
        else:
            offset = self.offset

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["every"] = every
        if offset is not UNSET:
            members_["offset"] = offset
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        every = members_.pop("every")

        def _parse_offset(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        offset = _parse_offset(members_.pop("offset", UNSET))

        model_ = cls(
            every=every,
            offset=offset,
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
