# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.overlap_policy import OverlapPolicy, check_overlap_policy
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.schedule_action import ScheduleAction
    from ..models.schedule_spec import ScheduleSpec

__all__ = ["CreateScheduleRequest"]

T = TypeVar("T", bound="CreateScheduleRequest")


@_attrs_define
class CreateScheduleRequest:
    """When to start what.

    Attributes:
        spec (ScheduleSpec): When a schedule fires: at the earliest of what its rules say. It needs at
            least one cron expression or interval. Cron expressions have five fields (minute, hour, day of
            month, month, day of week; names, lists, ranges and steps) or are one of the macros `@yearly`,
            `@annually`, `@monthly`, `@weekly`, `@daily`, `@midnight` and `@hourly`. They are read in the
            time zone of the spec. Unknown members are dropped.
        action (ScheduleAction): What each fire starts. Every fire makes a new workflow whose id the
            server chooses. Servers also take the old names `workflow_execution_timeout` and
            `workflow_run_timeout`. Unknown members are dropped.
        schedule_id (None | str | Unset): The id of the schedule; the server makes one when absent. One
            with a slash cannot be named in a path.
        overlap_policy (None | OverlapPolicy | Unset): An overlap policy, or null for the one that
            applies otherwise.
        jitter_seconds (int | None | Unset): Each fire is late by a random number of seconds up to this
            one; 0 means none.
        max_runs (int | None | Unset): After so many starts the schedule is deleted.
        memo (Any | Unset): A memo, or null for none.
        search_attributes (Any | Unset): Search attributes, or null for none.
        note (None | str | Unset): A text for operators.
        paused (bool | None | Unset): Create it paused.
    """

    spec: ScheduleSpec
    action: ScheduleAction
    schedule_id: None | str | Unset = UNSET
    overlap_policy: None | OverlapPolicy | Unset = UNSET
    jitter_seconds: int | None | Unset = UNSET
    max_runs: int | None | Unset = UNSET
    memo: Any | Unset = UNSET
    search_attributes: Any | Unset = UNSET
    note: None | str | Unset = UNSET
    paused: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        spec = self.spec.to_dict()

        action = self.action.to_dict()

        schedule_id: None | str | Unset
        if isinstance(self.schedule_id, Unset):
            schedule_id = UNSET
        else:
            schedule_id = self.schedule_id

        overlap_policy: None | str | Unset
        if isinstance(self.overlap_policy, Unset):
            overlap_policy = UNSET
        elif isinstance(self.overlap_policy, str):
            overlap_policy = self.overlap_policy
        else:
            overlap_policy = self.overlap_policy

        jitter_seconds: int | None | Unset
        if isinstance(self.jitter_seconds, Unset):
            jitter_seconds = UNSET
        else:
            jitter_seconds = self.jitter_seconds

        max_runs: int | None | Unset
        if isinstance(self.max_runs, Unset):
            max_runs = UNSET
        else:
            max_runs = self.max_runs

        memo = self.memo

        search_attributes = self.search_attributes

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        paused: bool | None | Unset
        if isinstance(self.paused, Unset):
            paused = UNSET
        else:
            paused = self.paused

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["spec"] = spec
        members_["action"] = action
        if schedule_id is not UNSET:
            members_["schedule_id"] = schedule_id
        if overlap_policy is not UNSET:
            members_["overlap_policy"] = overlap_policy
        if jitter_seconds is not UNSET:
            members_["jitter_seconds"] = jitter_seconds
        if max_runs is not UNSET:
            members_["max_runs"] = max_runs
        if memo is not UNSET:
            members_["memo"] = memo
        if search_attributes is not UNSET:
            members_["search_attributes"] = search_attributes
        if note is not UNSET:
            members_["note"] = note
        if paused is not UNSET:
            members_["paused"] = paused
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.schedule_action import ScheduleAction
        from ..models.schedule_spec import ScheduleSpec

        members_ = dict(src_dict)
        spec = ScheduleSpec.from_dict(members_.pop("spec"))

        action = ScheduleAction.from_dict(members_.pop("action"))

        def _parse_schedule_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        schedule_id = _parse_schedule_id(members_.pop("schedule_id", UNSET))

        def _parse_overlap_policy(data: object) -> None | OverlapPolicy | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, str):
                raise TypeError("overlap_policy has the wrong type")
            componentsschemas_nullable_overlap_policy_type_0 = check_overlap_policy(data)

            return componentsschemas_nullable_overlap_policy_type_0

        overlap_policy = _parse_overlap_policy(members_.pop("overlap_policy", UNSET))

        def _parse_jitter_seconds(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        jitter_seconds = _parse_jitter_seconds(members_.pop("jitter_seconds", UNSET))

        def _parse_max_runs(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        max_runs = _parse_max_runs(members_.pop("max_runs", UNSET))

        memo = members_.pop("memo", UNSET)
        search_attributes = members_.pop("search_attributes", UNSET)

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(members_.pop("note", UNSET))

        def _parse_paused(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        paused = _parse_paused(members_.pop("paused", UNSET))

        model_ = cls(
            spec=spec,
            action=action,
            schedule_id=schedule_id,
            overlap_policy=overlap_policy,
            jitter_seconds=jitter_seconds,
            max_runs=max_runs,
            memo=memo,
            search_attributes=search_attributes,
            note=note,
            paused=paused,
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
