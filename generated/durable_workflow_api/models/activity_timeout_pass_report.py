# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.activity_timeout_result import ActivityTimeoutResult

__all__ = ["ActivityTimeoutPassReport"]

T = TypeVar("T", bound="ActivityTimeoutPassReport")


@_attrs_define
class ActivityTimeoutPassReport:
    """What the pass did.

    Attributes:
        processed (int): Activities that it looked at.
        enforced (int): Time-outs that it recorded.
        skipped (int): Activities that it left alone.
        failed (int): Activities with which it failed.
        results (list[ActivityTimeoutResult]): The activities one by one.
    """

    processed: int
    enforced: int
    skipped: int
    failed: int
    results: list[ActivityTimeoutResult]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        processed = self.processed

        enforced = self.enforced

        skipped = self.skipped

        failed = self.failed

        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["processed"] = processed
        members_["enforced"] = enforced
        members_["skipped"] = skipped
        members_["failed"] = failed
        members_["results"] = results
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.activity_timeout_result import ActivityTimeoutResult

        members_ = dict(src_dict)
        processed = members_.pop("processed")
        enforced = members_.pop("enforced")
        skipped = members_.pop("skipped")
        failed = members_.pop("failed")
        results = []
        _results = members_.pop("results")
        for results_item_data in _results:
            results_item = ActivityTimeoutResult.from_dict(results_item_data)

            results.append(results_item)

        model_ = cls(
            processed=processed,
            enforced=enforced,
            skipped=skipped,
            failed=failed,
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
