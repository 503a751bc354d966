# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["ScheduleRecentAction"]

T = TypeVar("T", bound="ScheduleRecentAction")


@_attrs_define
class ScheduleRecentAction:
    """One fire. A failed one names no workflow.

    Attributes:
        outcome (str): `scheduled` (by the clock or by hand), `backfilled`, `drained` (after waiting) or
            `failed`.
        fired_at (datetime.datetime): UTC, in one of two spellings: `2026-04-25T12:34:56.123456Z` (six
            decimals) or `2026-04-25T12:34:56+00:00` (whole seconds). Readers accept both and any number of
            decimals.
        workflow_id (str | Unset): The workflow that it started.
        run_id (None | str | Unset): Its run.
        reason (None | str | Unset): Why it failed.
    """

    outcome: str
    fired_at: datetime.datetime
    workflow_id: str | Unset = UNSET
    run_id: None | str | Unset = UNSET
    reason: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        outcome = self.outcome

        fired_at = self.fired_at.isoformat()

        workflow_id = self.workflow_id

        run_id: None | str | Unset
        if isinstance(self.run_id, Unset):
            run_id = UNSET
        else:
            run_id = self.run_id

        reason: None | str | Unset
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["outcome"] = outcome
        members_["fired_at"] = fired_at
        if workflow_id is not UNSET:
            members_["workflow_id"] = workflow_id
        if run_id is not UNSET:
            members_["run_id"] = run_id
        if reason is not UNSET:
            members_["reason"] = reason
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        outcome = members_.pop("outcome")
        fired_at = datetime.datetime.fromisoformat(members_.pop("fired_at"))

        workflow_id = members_.pop("workflow_id", UNSET)

        def _parse_run_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        run_id = _parse_run_id(members_.pop("run_id", UNSET))

        def _parse_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reason = _parse_reason(members_.pop("reason", UNSET))

        model_ = cls(
            outcome=outcome,
            fired_at=fired_at,
            workflow_id=workflow_id,
            run_id=run_id,
            reason=reason,
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
