# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.overlap_policy import OverlapPolicy, check_overlap_policy
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.schedule_action_patch import ScheduleActionPatch
    from ..models.schedule_spec import ScheduleSpec

__all__ = ["UpdateScheduleRequest"]

T = TypeVar("T", bound="UpdateScheduleRequest")


@_attrs_define
class UpdateScheduleRequest:
    """What to change; absent members stay as they are.

    Attributes:
        spec (None | ScheduleSpec | Unset): The rules that replace the old ones.
        action (None | ScheduleActionPatch | Unset): The members of the action that replace the old
            ones.
        overlap_policy (None | OverlapPolicy | Unset): An overlap policy, or null for the one that
            applies otherwise.
        jitter_seconds (int | None | Unset): Each fire is late by a random number of seconds up to this
            one; 0 means none.
        max_runs (int | None | Unset): After so many starts the schedule is deleted.
        memo (Any | Unset): A memo, or null for none.
        search_attributes (Any | Unset): Search attributes, or null for none.
        note (None | str | Unset): A text for operators.
    """

    spec: None | ScheduleSpec | Unset = UNSET
    action: None | ScheduleActionPatch | Unset = UNSET
    overlap_policy: None | OverlapPolicy | Unset = UNSET
    jitter_seconds: int | None | Unset = UNSET
    max_runs: int | None | Unset = UNSET
    memo: Any | Unset = UNSET
    search_attributes: Any | Unset = UNSET
    note: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""
        from ..models.schedule_action_patch import ScheduleActionPatch
        from ..models.schedule_spec import ScheduleSpec

        spec: dict[str, Any] | None | Unset
        if isinstance(self.spec, Unset):
            spec = UNSET
        elif isinstance(self.spec, ScheduleSpec):
            spec = self.spec.to_dict()
        else:
            spec = self.spec

        action: dict[str, Any] | None | Unset
        if isinstance(self.action, Unset):
            action = UNSET
        elif isinstance(self.action, ScheduleActionPatch):
            action = self.action.to_dict()
        else:
            action = self.action

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

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        if spec is not UNSET:
            members_["spec"] = spec
        if action is not UNSET:
            members_["action"] = action
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
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.schedule_action_patch import ScheduleActionPatch
        from ..models.schedule_spec import ScheduleSpec

        members_ = dict(src_dict)

        def _parse_spec(data: object) -> None | ScheduleSpec | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, dict):
                raise TypeError("spec has the wrong type")
            spec_type_0 = ScheduleSpec.from_dict(data)

            return spec_type_0

        spec = _parse_spec(members_.pop("spec", UNSET))

        def _parse_action(data: object) -> None | ScheduleActionPatch | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, dict):
                raise TypeError("action has the wrong type")
            action_type_0 = ScheduleActionPatch.from_dict(data)

            return action_type_0

        action = _parse_action(members_.pop("action", UNSET))

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

        model_ = cls(
            spec=spec,
            action=action,
            overlap_policy=overlap_policy,
            jitter_seconds=jitter_seconds,
            max_runs=max_runs,
            memo=memo,
            search_attributes=search_attributes,
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
