# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["TriggerScheduleResponse"]

T = TypeVar("T", bound="TriggerScheduleResponse")


@_attrs_define
class TriggerScheduleResponse:
    """What became of a manual fire.

    Attributes:
        schedule_id (str): The schedule.
        outcome (str): `triggered`, `buffered`, `buffer_full` or `skipped`.
        workflow_id (str | Unset): The workflow that was started.
        run_id (None | str | Unset): Its run.
        buffer_depth (int | Unset): How many fires wait, this one included.
        reason (str | Unset): Why it was skipped (`status_not_triggerable`,
            `remaining_actions_exhausted` or `overlap_policy_skip`), or a text about the full buffer.
    """

    schedule_id: str
    outcome: str
    workflow_id: str | Unset = UNSET
    run_id: None | str | Unset = UNSET
    buffer_depth: int | Unset = UNSET
    reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        schedule_id = self.schedule_id

        outcome = self.outcome

        workflow_id = self.workflow_id

        run_id: None | str | Unset
        if isinstance(self.run_id, Unset):
            run_id = UNSET
        else:
            run_id = self.run_id

        buffer_depth = self.buffer_depth

        reason = self.reason

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["schedule_id"] = schedule_id
        members_["outcome"] = outcome
        if workflow_id is not UNSET:
            members_["workflow_id"] = workflow_id
        if run_id is not UNSET:
            members_["run_id"] = run_id
        if buffer_depth is not UNSET:
            members_["buffer_depth"] = buffer_depth
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
        schedule_id = members_.pop("schedule_id")
        outcome = members_.pop("outcome")
        workflow_id = members_.pop("workflow_id", UNSET)

        def _parse_run_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        run_id = _parse_run_id(members_.pop("run_id", UNSET))

        buffer_depth = members_.pop("buffer_depth", UNSET)
        reason = members_.pop("reason", UNSET)
        model_ = cls(
            schedule_id=schedule_id,
            outcome=outcome,
            workflow_id=workflow_id,
            run_id=run_id,
            buffer_depth=buffer_depth,
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
