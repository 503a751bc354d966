# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["TriggerScheduleFault"]

T = TypeVar("T", bound="TriggerScheduleFault")


@_attrs_define
class TriggerScheduleFault:
    """The start failed (`outcome` is `trigger_failed` and `reason` the text of the error), or the server
    did.

    Attributes:
        message (str | Unset): A text for people, of a failure of the server.
        reason (str | Unset): The text of the error, or `server_error`.
        schedule_id (str | Unset): The schedule.
        outcome (str | Unset): `trigger_failed`.
    """

    message: str | Unset = UNSET
    reason: str | Unset = UNSET
    schedule_id: str | Unset = UNSET
    outcome: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        message = self.message

        reason = self.reason

        schedule_id = self.schedule_id

        outcome = self.outcome

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        if message is not UNSET:
            members_["message"] = message
        if reason is not UNSET:
            members_["reason"] = reason
        if schedule_id is not UNSET:
            members_["schedule_id"] = schedule_id
        if outcome is not UNSET:
            members_["outcome"] = outcome
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        message = members_.pop("message", UNSET)
        reason = members_.pop("reason", UNSET)
        schedule_id = members_.pop("schedule_id", UNSET)
        outcome = members_.pop("outcome", UNSET)
        model_ = cls(
            message=message,
            reason=reason,
            schedule_id=schedule_id,
            outcome=outcome,
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
