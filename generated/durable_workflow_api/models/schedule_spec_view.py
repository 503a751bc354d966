# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.schedule_interval_view import ScheduleIntervalView

__all__ = ["ScheduleSpecView"]

T = TypeVar("T", bound="ScheduleSpecView")


@_attrs_define
class ScheduleSpecView:
    """When the schedule fires, as it was stored.

    Attributes:
        cron_expressions (list[str] | None | Unset): Cron rules.
        intervals (list[ScheduleIntervalView] | None | Unset): Interval rules.
        timezone (None | str | Unset): IANA name of the time zone of the cron rules.
    """

    cron_expressions: list[str] | None | Unset = UNSET
    intervals: list[ScheduleIntervalView] | None | Unset = UNSET
    timezone: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        cron_expressions: list[str] | None | Unset
        if isinstance(self.cron_expressions, Unset):
            cron_expressions = UNSET
        elif isinstance(self.cron_expressions, list):
            cron_expressions = self.cron_expressions

        else:
            cron_expressions = self.cron_expressions

        intervals: list[dict[str, Any]] | None | Unset
        if isinstance(self.intervals, Unset):
            intervals = UNSET
        elif isinstance(self.intervals, list):
            intervals = []
            for intervals_type_0_item_data in self.intervals:
                intervals_type_0_item = intervals_type_0_item_data.to_dict()
                intervals.append(intervals_type_0_item)

        else:
            intervals = self.intervals

        timezone: None | str | Unset
        if isinstance(self.timezone, Unset):
            timezone = UNSET
        else:
            timezone = self.timezone

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        if cron_expressions is not UNSET:
            members_["cron_expressions"] = cron_expressions
        if intervals is not UNSET:
            members_["intervals"] = intervals
        if timezone is not UNSET:
            members_["timezone"] = timezone
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.schedule_interval_view import ScheduleIntervalView

        members_ = dict(src_dict)

        def _parse_cron_expressions(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, list):
                raise TypeError("cron_expressions has the wrong type")
            cron_expressions_type_0: list[str] = data

            return cron_expressions_type_0

        cron_expressions = _parse_cron_expressions(members_.pop("cron_expressions", UNSET))

        def _parse_intervals(data: object) -> list[ScheduleIntervalView] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, list):
                raise TypeError("intervals has the wrong type")
            intervals_type_0 = []
            _intervals_type_0 = data
            for intervals_type_0_item_data in _intervals_type_0:
                intervals_type_0_item = ScheduleIntervalView.from_dict(intervals_type_0_item_data)

                intervals_type_0.append(intervals_type_0_item)

            return intervals_type_0

        intervals = _parse_intervals(members_.pop("intervals", UNSET))

        def _parse_timezone(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        timezone = _parse_timezone(members_.pop("timezone", UNSET))

        model_ = cls(
            cron_expressions=cron_expressions,
            intervals=intervals,
            timezone=timezone,
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
