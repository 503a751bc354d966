# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.backfill_fire import BackfillFire

__all__ = ["BackfillScheduleResponse"]

T = TypeVar("T", bound="BackfillScheduleResponse")


@_attrs_define
class BackfillScheduleResponse:
    """What became of the fires of the range.

    Attributes:
        schedule_id (str): The schedule.
        outcome (str): `backfill_started`.
        fires_attempted (int): How many fires the range has.
        results (list[BackfillFire]): The fires in order.
    """

    schedule_id: str
    outcome: str
    fires_attempted: int
    results: list[BackfillFire]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        schedule_id = self.schedule_id

        outcome = self.outcome

        fires_attempted = self.fires_attempted

        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["schedule_id"] = schedule_id
        members_["outcome"] = outcome
        members_["fires_attempted"] = fires_attempted
        members_["results"] = results
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.backfill_fire import BackfillFire

        members_ = dict(src_dict)
        schedule_id = members_.pop("schedule_id")
        outcome = members_.pop("outcome")
        fires_attempted = members_.pop("fires_attempted")
        results = []
        _results = members_.pop("results")
        for results_item_data in _results:
            results_item = BackfillFire.from_dict(results_item_data)

            results.append(results_item)

        model_ = cls(
            schedule_id=schedule_id,
            outcome=outcome,
            fires_attempted=fires_attempted,
            results=results,
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
