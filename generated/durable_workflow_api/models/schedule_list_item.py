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
    from ..models.schedule_spec_view import ScheduleSpecView

__all__ = ["ScheduleListItem"]

T = TypeVar("T", bound="ScheduleListItem")


@_attrs_define
class ScheduleListItem:
    """One schedule. Later servers write the times in both spellings.

    Attributes:
        schedule_id (str): The schedule.
        workflow_type (None | str): The type of the workflows that it starts.
        status (str): `active` or `paused`.
        paused (bool): Whether it is paused.
        next_fire (datetime.datetime | None): A timestamp, or null where there is none.
        last_fire (datetime.datetime | None): A timestamp, or null where there is none.
        overlap_policy (str): What a fire does while the last workflow is open.
        note (None | str): A text for operators.
        fires_count (int): How often it has started a workflow.
        jitter_seconds (int | Unset): By how many seconds a fire may be late; absent when none.
        max_runs (int | None | Unset): After how many starts it is deleted; absent when unset.
        remaining_actions (int | None | Unset): How many starts are left; absent when unset.
        namespace (str | Unset): Its namespace.
        spec (ScheduleSpecView | Unset): When the schedule fires, as it was stored.
        action (ScheduleActionView | Unset): What each fire starts, as it was stored.
        search_attributes (Any | Unset): The search attributes of a schedule, null when unset.
        next_fire_at (datetime.datetime | None | Unset): A timestamp, or null where there is none.
        last_fired_at (datetime.datetime | None | Unset): A timestamp, or null where there is none.
        created_at (datetime.datetime | None | Unset): A timestamp, or null where there is none.
        updated_at (datetime.datetime | None | Unset): A timestamp, or null where there is none.
    """

    schedule_id: str
    workflow_type: None | str
    status: str
    paused: bool
    next_fire: datetime.datetime | None
    last_fire: datetime.datetime | None
    overlap_policy: str
    note: None | str
    fires_count: int
    jitter_seconds: int | Unset = UNSET
    max_runs: int | None | Unset = UNSET
    remaining_actions: int | None | Unset = UNSET
    namespace: str | Unset = UNSET
    spec: ScheduleSpecView | Unset = UNSET
    action: ScheduleActionView | Unset = UNSET
    search_attributes: Any | Unset = UNSET
    next_fire_at: datetime.datetime | None | Unset = UNSET
    last_fired_at: datetime.datetime | None | Unset = UNSET
    created_at: datetime.datetime | None | Unset = UNSET
    updated_at: datetime.datetime | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        schedule_id = self.schedule_id

        workflow_type: None | str
        workflow_type = self.workflow_type

        status = self.status

        paused = self.paused

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

        overlap_policy = self.overlap_policy

        note: None | str
        note = self.note

        fires_count = self.fires_count

        jitter_seconds = self.jitter_seconds

        max_runs: int | None | Unset
        if isinstance(self.max_runs, Unset):
            max_runs = UNSET
        else:
            max_runs = self.max_runs

        remaining_actions: int | None | Unset
        if isinstance(self.remaining_actions, Unset):
            remaining_actions = UNSET
        else:
            remaining_actions = self.remaining_actions

        namespace = self.namespace

        spec: dict[str, Any] | Unset = UNSET
        if not isinstance(self.spec, Unset):
            spec = self.spec.to_dict()

        action: dict[str, Any] | Unset = UNSET
        if not isinstance(self.action, Unset):
            action = self.action.to_dict()

        search_attributes = self.search_attributes

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

        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        elif isinstance(self.created_at, datetime.datetime):
            created_at = self.created_at.isoformat()
        else:
            created_at = self.created_at

        updated_at: None | str | Unset
        if isinstance(self.updated_at, Unset):
            updated_at = UNSET
        elif isinstance(self.updated_at, datetime.datetime):
            updated_at = self.updated_at.isoformat()
        else:
            updated_at = self.updated_at

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["schedule_id"] = schedule_id
        members_["workflow_type"] = workflow_type
        members_["status"] = status
        members_["paused"] = paused
        members_["next_fire"] = next_fire
        members_["last_fire"] = last_fire
        members_["overlap_policy"] = overlap_policy
        members_["note"] = note
        members_["fires_count"] = fires_count
        if jitter_seconds is not UNSET:
            members_["jitter_seconds"] = jitter_seconds
        if max_runs is not UNSET:
            members_["max_runs"] = max_runs
        if remaining_actions is not UNSET:
            members_["remaining_actions"] = remaining_actions
        if namespace is not UNSET:
            members_["namespace"] = namespace
        if spec is not UNSET:
            members_["spec"] = spec
        if action is not UNSET:
            members_["action"] = action
        if search_attributes is not UNSET:
            members_["search_attributes"] = search_attributes
        if next_fire_at is not UNSET:
            members_["next_fire_at"] = next_fire_at
        if last_fired_at is not UNSET:
            members_["last_fired_at"] = last_fired_at
        if created_at is not UNSET:
            members_["created_at"] = created_at
        if updated_at is not UNSET:
            members_["updated_at"] = updated_at
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.schedule_action_view import ScheduleActionView
        from ..models.schedule_spec_view import ScheduleSpecView

        members_ = dict(src_dict)
        schedule_id = members_.pop("schedule_id")

        def _parse_workflow_type(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        workflow_type = _parse_workflow_type(members_.pop("workflow_type"))

        status = members_.pop("status")
        paused = members_.pop("paused")

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

        overlap_policy = members_.pop("overlap_policy")

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(members_.pop("note"))

        fires_count = members_.pop("fires_count")
        jitter_seconds = members_.pop("jitter_seconds", UNSET)

        def _parse_max_runs(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        max_runs = _parse_max_runs(members_.pop("max_runs", UNSET))

        def _parse_remaining_actions(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        remaining_actions = _parse_remaining_actions(members_.pop("remaining_actions", UNSET))

        namespace = members_.pop("namespace", UNSET)
        _spec = members_.pop("spec", UNSET)
        spec: ScheduleSpecView | Unset
        if isinstance(_spec, Unset):
            spec = UNSET
        else:
            spec = ScheduleSpecView.from_dict(_spec)

        _action = members_.pop("action", UNSET)
        action: ScheduleActionView | Unset
        if isinstance(_action, Unset):
            action = UNSET
        else:
            action = ScheduleActionView.from_dict(_action)

        search_attributes = members_.pop("search_attributes", UNSET)

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

        def _parse_created_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, str):
                raise TypeError("created_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        created_at = _parse_created_at(members_.pop("created_at", UNSET))

        def _parse_updated_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, str):
                raise TypeError("updated_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        updated_at = _parse_updated_at(members_.pop("updated_at", UNSET))

        model_ = cls(
            schedule_id=schedule_id,
            workflow_type=workflow_type,
            status=status,
            paused=paused,
            next_fire=next_fire,
            last_fire=last_fire,
            overlap_policy=overlap_policy,
            note=note,
            fires_count=fires_count,
            jitter_seconds=jitter_seconds,
            max_runs=max_runs,
            remaining_actions=remaining_actions,
            namespace=namespace,
            spec=spec,
            action=action,
            search_attributes=search_attributes,
            next_fire_at=next_fire_at,
            last_fired_at=last_fired_at,
            created_at=created_at,
            updated_at=updated_at,
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
