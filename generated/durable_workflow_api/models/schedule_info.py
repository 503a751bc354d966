# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.schedule_buffered_action import ScheduleBufferedAction
    from ..models.schedule_recent_action import ScheduleRecentAction

__all__ = ["ScheduleInfo"]

T = TypeVar("T", bound="ScheduleInfo")


@_attrs_define
class ScheduleInfo:
    """What the schedule did and will do.

    Attributes:
        next_fire (datetime.datetime | None): A timestamp, or null where there is none.
        last_fire (datetime.datetime | None): A timestamp, or null where there is none.
        fires_count (int): How often it has started a workflow.
        failures_count (int): How often a start failed.
        recent_actions (list[ScheduleRecentAction]): The last ten fires.
        buffered_actions (list[ScheduleBufferedAction]): Fires that wait for the last workflow to close.
        skipped_trigger_count (int): How many fires were dropped.
        last_skip_reason (None | str): Why the last of them was dropped: `status_not_triggerable`,
            `remaining_actions_exhausted`, `overlap_policy_skip` or `buffer_full`.
        last_skipped_at (datetime.datetime | None): A timestamp, or null where there is none.
    """

    next_fire: datetime.datetime | None
    last_fire: datetime.datetime | None
    fires_count: int
    failures_count: int
    recent_actions: list[ScheduleRecentAction]
    buffered_actions: list[ScheduleBufferedAction]
    skipped_trigger_count: int
    last_skip_reason: None | str
    last_skipped_at: datetime.datetime | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        next_fire: None | str
        if isinstance(self.next_fire, datetime.datetime):
            next_fire = self.next_fire.isoformat()
        else:
            next_fire = self.next_fire

        last_fire: None | str
        if isinstance(self.last_fire, datetime.datetime):
            last_fire = self.last_fire.isoformat()
        else:
            last_fire = self.last_fire

        fires_count = self.fires_count

        failures_count = self.failures_count

        recent_actions = []
        for recent_actions_item_data in self.recent_actions:
            recent_actions_item = recent_actions_item_data.to_dict()
            recent_actions.append(recent_actions_item)

        buffered_actions = []
        for buffered_actions_item_data in self.buffered_actions:
            buffered_actions_item = buffered_actions_item_data.to_dict()
            buffered_actions.append(buffered_actions_item)

        skipped_trigger_count = self.skipped_trigger_count

        last_skip_reason: None | str
        last_skip_reason = self.last_skip_reason

        last_skipped_at: None | str
        if isinstance(self.last_skipped_at, datetime.datetime):
            last_skipped_at = self.last_skipped_at.isoformat()
        else:
            last_skipped_at = self.last_skipped_at

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["next_fire"] = next_fire
        members_["last_fire"] = last_fire
        members_["fires_count"] = fires_count
        members_["failures_count"] = failures_count
        members_["recent_actions"] = recent_actions
        members_["buffered_actions"] = buffered_actions
        members_["skipped_trigger_count"] = skipped_trigger_count
        members_["last_skip_reason"] = last_skip_reason
        members_["last_skipped_at"] = last_skipped_at
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.schedule_buffered_action import ScheduleBufferedAction
        from ..models.schedule_recent_action import ScheduleRecentAction

        members_ = dict(src_dict)

        def _parse_next_fire(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("next_fire has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        next_fire = _parse_next_fire(members_.pop("next_fire"))

        def _parse_last_fire(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("last_fire has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        last_fire = _parse_last_fire(members_.pop("last_fire"))

        fires_count = members_.pop("fires_count")
        failures_count = members_.pop("failures_count")
        recent_actions = []
        _recent_actions = members_.pop("recent_actions")
        for recent_actions_item_data in _recent_actions:
            recent_actions_item = ScheduleRecentAction.from_dict(recent_actions_item_data)

            recent_actions.append(recent_actions_item)

        buffered_actions = []
        _buffered_actions = members_.pop("buffered_actions")
        for buffered_actions_item_data in _buffered_actions:
            buffered_actions_item = ScheduleBufferedAction.from_dict(buffered_actions_item_data)

            buffered_actions.append(buffered_actions_item)

        skipped_trigger_count = members_.pop("skipped_trigger_count")

        def _parse_last_skip_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        last_skip_reason = _parse_last_skip_reason(members_.pop("last_skip_reason"))

        def _parse_last_skipped_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("last_skipped_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        last_skipped_at = _parse_last_skipped_at(members_.pop("last_skipped_at"))

        model_ = cls(
            next_fire=next_fire,
            last_fire=last_fire,
            fires_count=fires_count,
            failures_count=failures_count,
            recent_actions=recent_actions,
            buffered_actions=buffered_actions,
            skipped_trigger_count=skipped_trigger_count,
            last_skip_reason=last_skip_reason,
            last_skipped_at=last_skipped_at,
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
