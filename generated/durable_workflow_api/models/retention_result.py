# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["RetentionResult"]

T = TypeVar("T", bound="RetentionResult")


@_attrs_define
class RetentionResult:
    """What the pass did with one run. The numbers are there when it was removed.

    Attributes:
        run_id (str): The run.
        outcome (str): `pruned`, `skipped` or `error`.
        reason (str | Unset): Why it was skipped (`run_not_found`, `run_not_terminal`, `run_archived` or
            a reason of the payload storage), or what went wrong.
        history_events_deleted (int | Unset): Events that were removed.
        tasks_deleted (int | Unset): Tasks that were removed.
        external_payloads_deleted (int | Unset): Payloads that were removed from the external storage.
        deleted (Any | Unset): Number of removed rows, by table and `_deleted`. Servers of protocol 1.0
            write none as an empty array.
    """

    run_id: str
    outcome: str
    reason: str | Unset = UNSET
    history_events_deleted: int | Unset = UNSET
    tasks_deleted: int | Unset = UNSET
    external_payloads_deleted: int | Unset = UNSET
    deleted: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        run_id = self.run_id

        outcome = self.outcome

        reason = self.reason

        history_events_deleted = self.history_events_deleted

        tasks_deleted = self.tasks_deleted

        external_payloads_deleted = self.external_payloads_deleted

        deleted = self.deleted

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["run_id"] = run_id
        members_["outcome"] = outcome
        if reason is not UNSET:
            members_["reason"] = reason
        if history_events_deleted is not UNSET:
            members_["history_events_deleted"] = history_events_deleted
        if tasks_deleted is not UNSET:
            members_["tasks_deleted"] = tasks_deleted
        if external_payloads_deleted is not UNSET:
            members_["external_payloads_deleted"] = external_payloads_deleted
        if deleted is not UNSET:
            members_["deleted"] = deleted
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        run_id = members_.pop("run_id")
        outcome = members_.pop("outcome")
        reason = members_.pop("reason", UNSET)
        history_events_deleted = members_.pop("history_events_deleted", UNSET)
        tasks_deleted = members_.pop("tasks_deleted", UNSET)
        external_payloads_deleted = members_.pop("external_payloads_deleted", UNSET)
        deleted = members_.pop("deleted", UNSET)
        model_ = cls(
            run_id=run_id,
            outcome=outcome,
            reason=reason,
            history_events_deleted=history_events_deleted,
            tasks_deleted=tasks_deleted,
            external_payloads_deleted=external_payloads_deleted,
            deleted=deleted,
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
