# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["ScheduleState"]

T = TypeVar("T", bound="ScheduleState")


@_attrs_define
class ScheduleState:
    """Whether the schedule fires.

    Attributes:
        status (str): `active` or `paused`.
        paused (bool): Whether it is paused.
        note (None | str): A text for operators.
    """

    status: str
    paused: bool
    note: None | str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        status = self.status

        paused = self.paused

        note: None | str
        note = self.note

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["status"] = status
        members_["paused"] = paused
        members_["note"] = note
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        status = members_.pop("status")
        paused = members_.pop("paused")

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(members_.pop("note"))

        model_ = cls(
            status=status,
            paused=paused,
            note=note,
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
