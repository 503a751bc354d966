# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.schedule_list_item import ScheduleListItem

__all__ = ["ScheduleList"]

T = TypeVar("T", bound="ScheduleList")


@_attrs_define
class ScheduleList:
    """Schedules that are not deleted, newest first.

    Attributes:
        schedules (list[ScheduleListItem]): The schedules.
        next_page_token (None | str): Token of the next page; always null on protocol 1.0, which answers
            in one page.
        schedule_count (int | Unset): Number of schedules on this page.
    """

    schedules: list[ScheduleListItem]
    next_page_token: None | str
    schedule_count: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        schedules = []
        for schedules_item_data in self.schedules:
            schedules_item = schedules_item_data.to_dict()
            schedules.append(schedules_item)

        next_page_token: None | str
        next_page_token = self.next_page_token

        schedule_count = self.schedule_count

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["schedules"] = schedules
        members_["next_page_token"] = next_page_token
        if schedule_count is not UNSET:
            members_["schedule_count"] = schedule_count
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.schedule_list_item import ScheduleListItem

        members_ = dict(src_dict)
        schedules = []
        _schedules = members_.pop("schedules")
        for schedules_item_data in _schedules:
            schedules_item = ScheduleListItem.from_dict(schedules_item_data)

            schedules.append(schedules_item)

        def _parse_next_page_token(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        next_page_token = _parse_next_page_token(members_.pop("next_page_token"))

        schedule_count = members_.pop("schedule_count", UNSET)
        model_ = cls(
            schedules=schedules,
            next_page_token=next_page_token,
            schedule_count=schedule_count,
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
