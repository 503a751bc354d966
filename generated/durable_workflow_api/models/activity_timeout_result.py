# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["ActivityTimeoutResult"]

T = TypeVar("T", bound="ActivityTimeoutResult")


@_attrs_define
class ActivityTimeoutResult:
    """What the pass did with one activity.

    Attributes:
        execution_id (str): The activity.
        outcome (str): `enforced`, `skipped` or `error`.
        has_retry (bool | Unset): Whether a retry follows; when enforced.
        reason (str | Unset): Why it was skipped, for example `execution_not_found`, or what went wrong.
    """

    execution_id: str
    outcome: str
    has_retry: bool | Unset = UNSET
    reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        execution_id = self.execution_id

        outcome = self.outcome

        has_retry = self.has_retry

        reason = self.reason

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["execution_id"] = execution_id
        members_["outcome"] = outcome
        if has_retry is not UNSET:
            members_["has_retry"] = has_retry
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
        execution_id = members_.pop("execution_id")
        outcome = members_.pop("outcome")
        has_retry = members_.pop("has_retry", UNSET)
        reason = members_.pop("reason", UNSET)
        model_ = cls(
            execution_id=execution_id,
            outcome=outcome,
            has_retry=has_retry,
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
