# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.schedule_action_view import ScheduleActionView
    from ..models.schedule_info import ScheduleInfo
    from ..models.schedule_spec_view import ScheduleSpecView
    from ..models.schedule_state import ScheduleState

__all__ = ["ScheduleDescription"]

T = TypeVar("T", bound="ScheduleDescription")


@_attrs_define
class ScheduleDescription:
    """A schedule with its state. Later servers repeat members of `state` and `info` at the top, times in
    the other spelling.

    Attributes:
        schedule_id (str): The schedule.
        spec (ScheduleSpecView): When the schedule fires, as it was stored.
        action (ScheduleActionView): What each fire starts, as it was stored.
        overlap_policy (str): What a fire does while the last workflow is open.
        state (ScheduleState): Whether the schedule fires.
        info (ScheduleInfo): What the schedule did and will do.
        memo (Any): The memo of a schedule, null when unset.
        search_attributes (Any): The search attributes of a schedule, null when unset.
        created_at (datetime.datetime | None): A timestamp, or null where there is none.
        updated_at (datetime.datetime | None): A timestamp, or null where there is none.
        jitter_seconds (int): By how many seconds a fire may be late.
        max_runs (int | None): After how many starts it is deleted.
        remaining_actions (int | None): How many starts are left.
        latest_workflow_instance_id (None | str): The workflow that it started last.
        namespace (str | Unset): Its namespace.
        status (str | Unset): `active` or `paused`.
        note (None | str | Unset): A text for operators.
        fires_count (int | Unset): How often it has started a workflow.
        failures_count (int | Unset): How often a start failed.
        next_fire_at (datetime.datetime | None | Unset): A timestamp, or null where there is none.
        last_fired_at (datetime.datetime | None | Unset): A timestamp, or null where there is none.
        paused_at (datetime.datetime | None | Unset): A timestamp, or null where there is none.
    """

    schedule_id: str
    spec: ScheduleSpecView
    action: ScheduleActionView
    overlap_policy: str
    state: ScheduleState
    info: ScheduleInfo
    memo: Any
    search_attributes: Any
    created_at: datetime.datetime | None
    updated_at: datetime.datetime | None
    jitter_seconds: int
    max_runs: int | None
    remaining_actions: int | None
    latest_workflow_instance_id: None | str
    namespace: str | Unset = UNSET
    status: str | Unset = UNSET
    note: None | str | Unset = UNSET
    fires_count: int | Unset = UNSET
    failures_count: int | Unset = UNSET
    next_fire_at: datetime.datetime | None | Unset = UNSET
    last_fired_at: datetime.datetime | None | Unset = UNSET
    paused_at: datetime.datetime | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        schedule_id = self.schedule_id

        spec = self.spec.to_dict()

        action = self.action.to_dict()

        overlap_policy = self.overlap_policy

        state = self.state.to_dict()

        info = self.info.to_dict()

        memo = self.memo

        search_attributes = self.search_attributes

        created_at: None | str
        if isinstance(self.created_at, datetime.datetime):
            created_at = self.created_at.isoformat()
        else:
            created_at = self.created_at

        updated_at: None | str
        if isinstance(self.updated_at, datetime.datetime):
            updated_at = self.updated_at.isoformat()
        else:
            updated_at = self.updated_at

        jitter_seconds = self.jitter_seconds

        max_runs: int | None
        max_runs = self.max_runs

        remaining_actions: int | None
        remaining_actions = self.remaining_actions

        latest_workflow_instance_id: None | str
        latest_workflow_instance_id = self.latest_workflow_instance_id

        namespace = self.namespace

        status = self.status

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        fires_count = self.fires_count

        failures_count = self.failures_count

        next_fire_at: None | str | Unset
        if isinstance(self.next_fire_at, Unset):
            next_fire_at = UNSET
        elif isinstance(self.next_fire_at, datetime.datetime):
            next_fire_at = self.next_fire_at.isoformat()
        else:
            next_fire_at = self.next_fire_at

        last_fired_at: None | str | Unset
        if isinstance(self.last_fired_at, Unset):
            last_fired_at = UNSET
        elif isinstance(self.last_fired_at, datetime.datetime):
            last_fired_at = self.last_fired_at.isoformat()
        else:
            last_fired_at = self.last_fired_at

        paused_at: None | str | Unset
        if isinstance(self.paused_at, Unset):
            paused_at = UNSET
        elif isinstance(self.paused_at, datetime.datetime):
            paused_at = self.paused_at.isoformat()
        else:
            paused_at = self.paused_at

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["schedule_id"] = schedule_id
        members_["spec"] = spec
        members_["action"] = action
        members_["overlap_policy"] = overlap_policy
        members_["state"] = state
        members_["info"] = info
        members_["memo"] = memo
        members_["search_attributes"] = search_attributes
        members_["created_at"] = created_at
        members_["updated_at"] = updated_at
        members_["jitter_seconds"] = jitter_seconds
        members_["max_runs"] = max_runs
        members_["remaining_actions"] = remaining_actions
        members_["latest_workflow_instance_id"] = latest_workflow_instance_id
        if namespace is not UNSET:
            members_["namespace"] = namespace
        if status is not UNSET:
            members_["status"] = status
        if note is not UNSET:
            members_["note"] = note
        if fires_count is not UNSET:
            members_["fires_count"] = fires_count
        if failures_count is not UNSET:
            members_["failures_count"] = failures_count
        if next_fire_at is not UNSET:
            members_["next_fire_at"] = next_fire_at
        if last_fired_at is not UNSET:
            members_["last_fired_at"] = last_fired_at
        if paused_at is not UNSET:
            members_["paused_at"] = paused_at
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.schedule_action_view import ScheduleActionView
        from ..models.schedule_info import ScheduleInfo
        from ..models.schedule_spec_view import ScheduleSpecView
        from ..models.schedule_state import ScheduleState

        members_ = dict(src_dict)
        schedule_id = members_.pop("schedule_id")
        spec = ScheduleSpecView.from_dict(members_.pop("spec"))

        action = ScheduleActionView.from_dict(members_.pop("action"))

        overlap_policy = members_.pop("overlap_policy")
        state = ScheduleState.from_dict(members_.pop("state"))

        info = ScheduleInfo.from_dict(members_.pop("info"))

        memo = members_.pop("memo")
        search_attributes = members_.pop("search_attributes")

        def _parse_created_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("created_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        created_at = _parse_created_at(members_.pop("created_at"))

        def _parse_updated_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("updated_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        updated_at = _parse_updated_at(members_.pop("updated_at"))

        jitter_seconds = members_.pop("jitter_seconds")

        def _parse_max_runs(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        max_runs = _parse_max_runs(members_.pop("max_runs"))

        def _parse_remaining_actions(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        remaining_actions = _parse_remaining_actions(members_.pop("remaining_actions"))

        def _parse_latest_workflow_instance_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        latest_workflow_instance_id = _parse_latest_workflow_instance_id(
            members_.pop("latest_workflow_instance_id")
        )

        namespace = members_.pop("namespace", UNSET)
        status = members_.pop("status", UNSET)

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(members_.pop("note", UNSET))

        fires_count = members_.pop("fires_count", UNSET)
        failures_count = members_.pop("failures_count", UNSET)

        def _parse_next_fire_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, str):
                raise TypeError("next_fire_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        next_fire_at = _parse_next_fire_at(members_.pop("next_fire_at", UNSET))

        def _parse_last_fired_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, str):
                raise TypeError("last_fired_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        last_fired_at = _parse_last_fired_at(members_.pop("last_fired_at", UNSET))

        def _parse_paused_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, str):
                raise TypeError("paused_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        paused_at = _parse_paused_at(members_.pop("paused_at", UNSET))

        model_ = cls(
            schedule_id=schedule_id,
            spec=spec,
            action=action,
            overlap_policy=overlap_policy,
            state=state,
            info=info,
            memo=memo,
            search_attributes=search_attributes,
            created_at=created_at,
            updated_at=updated_at,
            jitter_seconds=jitter_seconds,
            max_runs=max_runs,
            remaining_actions=remaining_actions,
            latest_workflow_instance_id=latest_workflow_instance_id,
            namespace=namespace,
            status=status,
            note=note,
            fires_count=fires_count,
            failures_count=failures_count,
            next_fire_at=next_fire_at,
            last_fired_at=last_fired_at,
            paused_at=paused_at,
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
