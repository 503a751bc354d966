# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.task_repair_scope import TaskRepairScope

__all__ = ["TaskRepairCandidates"]

T = TypeVar("T", bound="TaskRepairCandidates")


@_attrs_define
class TaskRepairCandidates:
    """What the background repair would look at now.

    Attributes:
        existing_task_candidates (int): Tasks that are overdue or lost their lease.
        missing_task_candidates (int): Runs that should have a task and have none.
        total_candidates (int): Both together.
        scan_limit (int): How many candidates a pass looks at.
        scan_strategy (str): How they are chosen.
        selected_existing_task_candidates (int): Overdue tasks that the next pass would look at.
        selected_missing_task_candidates (int): Runs without a task that it would look at.
        selected_total_candidates (int): Both together.
        existing_task_scan_limit_reached (bool): Whether there are more tasks than a pass looks at.
        missing_task_scan_limit_reached (bool): Whether there are more runs than a pass looks at.
        scan_pressure (bool): Whether either is the case.
        oldest_task_candidate_created_at (datetime.datetime | None): A timestamp, or null where there is
            none.
        oldest_missing_run_started_at (datetime.datetime | None): A timestamp, or null where there is
            none.
        max_task_candidate_age_ms (int): Age of that task.
        max_missing_run_age_ms (int): Age of that run.
        scopes (list[TaskRepairScope]): The candidates by queue.
    """

    existing_task_candidates: int
    missing_task_candidates: int
    total_candidates: int
    scan_limit: int
    scan_strategy: str
    selected_existing_task_candidates: int
    selected_missing_task_candidates: int
    selected_total_candidates: int
    existing_task_scan_limit_reached: bool
    missing_task_scan_limit_reached: bool
    scan_pressure: bool
    oldest_task_candidate_created_at: datetime.datetime | None
    oldest_missing_run_started_at: datetime.datetime | None
    max_task_candidate_age_ms: int
    max_missing_run_age_ms: int
    scopes: list[TaskRepairScope]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        existing_task_candidates = self.existing_task_candidates

        missing_task_candidates = self.missing_task_candidates

        total_candidates = self.total_candidates

        scan_limit = self.scan_limit

        scan_strategy = self.scan_strategy

        selected_existing_task_candidates = self.selected_existing_task_candidates

        selected_missing_task_candidates = self.selected_missing_task_candidates

        selected_total_candidates = self.selected_total_candidates

        existing_task_scan_limit_reached = self.existing_task_scan_limit_reached

        missing_task_scan_limit_reached = self.missing_task_scan_limit_reached

        scan_pressure = self.scan_pressure

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

        scopes = []
        for scopes_item_data in self.scopes:
            scopes_item = scopes_item_data.to_dict()
            scopes.append(scopes_item)

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["existing_task_candidates"] = existing_task_candidates
        members_["missing_task_candidates"] = missing_task_candidates
        members_["total_candidates"] = total_candidates
        members_["scan_limit"] = scan_limit
        members_["scan_strategy"] = scan_strategy
        members_["selected_existing_task_candidates"] = selected_existing_task_candidates
        members_["selected_missing_task_candidates"] = selected_missing_task_candidates
        members_["selected_total_candidates"] = selected_total_candidates
        members_["existing_task_scan_limit_reached"] = existing_task_scan_limit_reached
        members_["missing_task_scan_limit_reached"] = missing_task_scan_limit_reached
        members_["scan_pressure"] = scan_pressure
        members_["oldest_task_candidate_created_at"] = oldest_task_candidate_created_at
        members_["oldest_missing_run_started_at"] = oldest_missing_run_started_at
        members_["max_task_candidate_age_ms"] = max_task_candidate_age_ms
        members_["max_missing_run_age_ms"] = max_missing_run_age_ms
        members_["scopes"] = scopes
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.task_repair_scope import TaskRepairScope

        members_ = dict(src_dict)
        existing_task_candidates = members_.pop("existing_task_candidates")
        missing_task_candidates = members_.pop("missing_task_candidates")
        total_candidates = members_.pop("total_candidates")
        scan_limit = members_.pop("scan_limit")
        scan_strategy = members_.pop("scan_strategy")
        selected_existing_task_candidates = members_.pop("selected_existing_task_candidates")
        selected_missing_task_candidates = members_.pop("selected_missing_task_candidates")
        selected_total_candidates = members_.pop("selected_total_candidates")
        existing_task_scan_limit_reached = members_.pop("existing_task_scan_limit_reached")
        missing_task_scan_limit_reached = members_.pop("missing_task_scan_limit_reached")
        scan_pressure = members_.pop("scan_pressure")

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
        scopes = []
        _scopes = members_.pop("scopes")
        for scopes_item_data in _scopes:
            scopes_item = TaskRepairScope.from_dict(scopes_item_data)

            scopes.append(scopes_item)

        model_ = cls(
            existing_task_candidates=existing_task_candidates,
            missing_task_candidates=missing_task_candidates,
            total_candidates=total_candidates,
            scan_limit=scan_limit,
            scan_strategy=scan_strategy,
            selected_existing_task_candidates=selected_existing_task_candidates,
            selected_missing_task_candidates=selected_missing_task_candidates,
            selected_total_candidates=selected_total_candidates,
            existing_task_scan_limit_reached=existing_task_scan_limit_reached,
            missing_task_scan_limit_reached=missing_task_scan_limit_reached,
            scan_pressure=scan_pressure,
            oldest_task_candidate_created_at=oldest_task_candidate_created_at,
            oldest_missing_run_started_at=oldest_missing_run_started_at,
            max_task_candidate_age_ms=max_task_candidate_age_ms,
            max_missing_run_age_ms=max_missing_run_age_ms,
            scopes=scopes,
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
