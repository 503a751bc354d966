# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["BackfillFire"]

T = TypeVar("T", bound="BackfillFire")


@_attrs_define
class BackfillFire:
    """One fire of the range.

    Attributes:
        fire_time (datetime.datetime): UTC, in one of two spellings: `2026-04-25T12:34:56.123456Z` (six
            decimals) or `2026-04-25T12:34:56+00:00` (whole seconds). Readers accept both and any number of
            decimals.
        outcome (str): `started`, `skipped` or `failed`.
        workflow_id (str | Unset): The workflow that was started.
        reason (str | Unset): Why it failed.
    """

    fire_time: datetime.datetime
    outcome: str
    workflow_id: str | Unset = UNSET
    reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        fire_time = self.fire_time.isoformat()

        outcome = self.outcome

        workflow_id = self.workflow_id

        reason = self.reason

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["fire_time"] = fire_time
        members_["outcome"] = outcome
        if workflow_id is not UNSET:
            members_["workflow_id"] = workflow_id
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
        fire_time = datetime.datetime.fromisoformat(members_.pop("fire_time"))

        outcome = members_.pop("outcome")
        workflow_id = members_.pop("workflow_id", UNSET)
        reason = members_.pop("reason", UNSET)
        model_ = cls(
            fire_time=fire_time,
            outcome=outcome,
            workflow_id=workflow_id,
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
