# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["BuildIdRollout"]

T = TypeVar("T", bound="BuildIdRollout")


@_attrs_define
class BuildIdRollout:
    """The workers of one build. A drained build stays listed without workers until it is resumed.

    Attributes:
        build_id (None | str): The build; null stands for workers without one.
        rollout_status (str): `active`, `active_with_draining`, `draining`, `stale_only` or
            `no_workers`.
        drain_intent (str): `active` or `draining`.
        drained_at (datetime.datetime | None): A timestamp, or null where there is none.
        active_worker_count (int): Workers heard of lately.
        draining_worker_count (int): Workers that are draining.
        stale_worker_count (int): Workers not heard of lately.
        total_worker_count (int): All its workers.
        runtimes (list[str]): Their languages.
        sdk_versions (list[str]): Their SDKs.
        last_heartbeat_at (datetime.datetime | None): A timestamp, or null where there is none.
        first_seen_at (datetime.datetime | None): A timestamp, or null where there is none.
    """

    build_id: None | str
    rollout_status: str
    drain_intent: str
    drained_at: datetime.datetime | None
    active_worker_count: int
    draining_worker_count: int
    stale_worker_count: int
    total_worker_count: int
    runtimes: list[str]
    sdk_versions: list[str]
    last_heartbeat_at: datetime.datetime | None
    first_seen_at: datetime.datetime | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        build_id: None | str
        build_id = self.build_id

        rollout_status = self.rollout_status

        drain_intent = self.drain_intent

        drained_at: None | str
        if isinstance(self.drained_at, datetime.datetime):
            drained_at = self.drained_at.isoformat()
        else:
            drained_at = self.drained_at

        active_worker_count = self.active_worker_count

        draining_worker_count = self.draining_worker_count

        stale_worker_count = self.stale_worker_count

        total_worker_count = self.total_worker_count

        runtimes = self.runtimes

        sdk_versions = self.sdk_versions

        last_heartbeat_at: None | str
        if isinstance(self.last_heartbeat_at, datetime.datetime):
            last_heartbeat_at = self.last_heartbeat_at.isoformat()
        else:
            last_heartbeat_at = self.last_heartbeat_at

        first_seen_at: None | str
        if isinstance(self.first_seen_at, datetime.datetime):
            first_seen_at = self.first_seen_at.isoformat()
        else:
            first_seen_at = self.first_seen_at

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["build_id"] = build_id
        members_["rollout_status"] = rollout_status
        members_["drain_intent"] = drain_intent
        members_["drained_at"] = drained_at
        members_["active_worker_count"] = active_worker_count
        members_["draining_worker_count"] = draining_worker_count
        members_["stale_worker_count"] = stale_worker_count
        members_["total_worker_count"] = total_worker_count
        members_["runtimes"] = runtimes
        members_["sdk_versions"] = sdk_versions
        members_["last_heartbeat_at"] = last_heartbeat_at
        members_["first_seen_at"] = first_seen_at
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)

        def _parse_build_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        build_id = _parse_build_id(members_.pop("build_id"))

        rollout_status = members_.pop("rollout_status")
        drain_intent = members_.pop("drain_intent")

        def _parse_drained_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("drained_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        drained_at = _parse_drained_at(members_.pop("drained_at"))

        active_worker_count = members_.pop("active_worker_count")
        draining_worker_count = members_.pop("draining_worker_count")
        stale_worker_count = members_.pop("stale_worker_count")
        total_worker_count = members_.pop("total_worker_count")
        runtimes: list[str] = members_.pop("runtimes")

        sdk_versions: list[str] = members_.pop("sdk_versions")

        def _parse_last_heartbeat_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("last_heartbeat_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        last_heartbeat_at = _parse_last_heartbeat_at(members_.pop("last_heartbeat_at"))

        def _parse_first_seen_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("first_seen_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        first_seen_at = _parse_first_seen_at(members_.pop("first_seen_at"))

        model_ = cls(
            build_id=build_id,
            rollout_status=rollout_status,
            drain_intent=drain_intent,
            drained_at=drained_at,
            active_worker_count=active_worker_count,
            draining_worker_count=draining_worker_count,
            stale_worker_count=stale_worker_count,
            total_worker_count=total_worker_count,
            runtimes=runtimes,
            sdk_versions=sdk_versions,
            last_heartbeat_at=last_heartbeat_at,
            first_seen_at=first_seen_at,
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
