# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["TaskRepairScope"]

T = TypeVar("T", bound="TaskRepairScope")


@_attrs_define
class TaskRepairScope:
    """What the background repair would look at in one queue.

    Attributes:
        scope_key (str): Connection, queue and build marker, joined by colons.
        connection (None | str): A routing name inside the server.
        queue (None | str): The queue.
        compatibility (None | str): The build marker.
        existing_task_candidates (int): Tasks that are overdue or lost their lease.
        missing_task_candidates (int): Runs that should have a task and have none.
        total_candidates (int): Both together.
        selected_existing_task_candidates (int): Overdue tasks that the next pass would look at.
        selected_missing_task_candidates (int): Runs without a task that it would look at.
        selected_total_candidates (int): Both together.
        oldest_task_candidate_created_at (datetime.datetime | None): A timestamp, or null where there is
            none.
        oldest_missing_run_started_at (datetime.datetime | None): A timestamp, or null where there is
            none.
        max_task_candidate_age_ms (int): Age of that task.
        max_missing_run_age_ms (int): Age of that run.
        scan_limited_by_global_policy (bool): Whether the limit of the pass cuts this queue short.
    """

    scope_key: str
    connection: None | str
    queue: None | str
    compatibility: None | str
    existing_task_candidates: int
    missing_task_candidates: int
    total_candidates: int
    selected_existing_task_candidates: int
    selected_missing_task_candidates: int
    selected_total_candidates: int
    oldest_task_candidate_created_at: datetime.datetime | None
    oldest_missing_run_started_at: datetime.datetime | None
    max_task_candidate_age_ms: int
    max_missing_run_age_ms: int
    scan_limited_by_global_policy: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        scope_key = self.scope_key

        connection: None | str
        connection = self.connection

        queue: None | str
        queue = self.queue

        compatibility: None | str
        compatibility = self.compatibility

        existing_task_candidates = self.existing_task_candidates

        missing_task_candidates = self.missing_task_candidates

        total_candidates = self.total_candidates

        selected_existing_task_candidates = self.selected_existing_task_candidates

        selected_missing_task_candidates = self.selected_missing_task_candidates

        selected_total_candidates = self.selected_total_candidates

        oldest_task_candidate_created_at: None | str
        if isinstance(self.oldest_task_candidate_created_at, datetime.datetime):
            oldest_task_candidate_created_at = self.oldest_task_candidate_created_at.isoformat()
        else:
            oldest_task_candidate_created_at = self.oldest_task_candidate_created_at

        oldest_missing_run_started_at: None | str
        if isinstance(self.oldest_missing_run_started_at, datetime.datetime):
            oldest_missing_run_started_at = self.oldest_missing_run_started_at.isoformat()
        else:
            oldest_missing_run_started_at = self.oldest_missing_run_started_at

        max_task_candidate_age_ms = self.max_task_candidate_age_ms

        max_missing_run_age_ms = self.max_missing_run_age_ms

        scan_limited_by_global_policy = self.scan_limited_by_global_policy

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["scope_key"] = scope_key
        members_["connection"] = connection
        members_["queue"] = queue
        members_["compatibility"] = compatibility
        members_["existing_task_candidates"] = existing_task_candidates
        members_["missing_task_candidates"] = missing_task_candidates
        members_["total_candidates"] = total_candidates
        members_["selected_existing_task_candidates"] = selected_existing_task_candidates
        members_["selected_missing_task_candidates"] = selected_missing_task_candidates
        members_["selected_total_candidates"] = selected_total_candidates
        members_["oldest_task_candidate_created_at"] = oldest_task_candidate_created_at
        members_["oldest_missing_run_started_at"] = oldest_missing_run_started_at
        members_["max_task_candidate_age_ms"] = max_task_candidate_age_ms
        members_["max_missing_run_age_ms"] = max_missing_run_age_ms
        members_["scan_limited_by_global_policy"] = scan_limited_by_global_policy
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        scope_key = members_.pop("scope_key")

        def _parse_connection(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        connection = _parse_connection(members_.pop("connection"))

        def _parse_queue(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        queue = _parse_queue(members_.pop("queue"))

        def _parse_compatibility(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        compatibility = _parse_compatibility(members_.pop("compatibility"))

        existing_task_candidates = members_.pop("existing_task_candidates")
        missing_task_candidates = members_.pop("missing_task_candidates")
        total_candidates = members_.pop("total_candidates")
        selected_existing_task_candidates = members_.pop("selected_existing_task_candidates")
        selected_missing_task_candidates = members_.pop("selected_missing_task_candidates")
        selected_total_candidates = members_.pop("selected_total_candidates")

        def _parse_oldest_task_candidate_created_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("oldest_task_candidate_created_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        oldest_task_candidate_created_at = _parse_oldest_task_candidate_created_at(
            members_.pop("oldest_task_candidate_created_at")
        )

        def _parse_oldest_missing_run_started_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("oldest_missing_run_started_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        oldest_missing_run_started_at = _parse_oldest_missing_run_started_at(
            members_.pop("oldest_missing_run_started_at")
        )

        max_task_candidate_age_ms = members_.pop("max_task_candidate_age_ms")
        max_missing_run_age_ms = members_.pop("max_missing_run_age_ms")
        scan_limited_by_global_policy = members_.pop("scan_limited_by_global_policy")
        model_ = cls(
            scope_key=scope_key,
            connection=connection,
            queue=queue,
            compatibility=compatibility,
            existing_task_candidates=existing_task_candidates,
            missing_task_candidates=missing_task_candidates,
            total_candidates=total_candidates,
            selected_existing_task_candidates=selected_existing_task_candidates,
            selected_missing_task_candidates=selected_missing_task_candidates,
            selected_total_candidates=selected_total_candidates,
            oldest_task_candidate_created_at=oldest_task_candidate_created_at,
            oldest_missing_run_started_at=oldest_missing_run_started_at,
            max_task_candidate_age_ms=max_task_candidate_age_ms,
            max_missing_run_age_ms=max_missing_run_age_ms,
            scan_limited_by_global_policy=scan_limited_by_global_policy,
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
