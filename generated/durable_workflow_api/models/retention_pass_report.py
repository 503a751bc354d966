# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.retention_result import RetentionResult

__all__ = ["RetentionPassReport"]

T = TypeVar("T", bound="RetentionPassReport")


@_attrs_define
class RetentionPassReport:
    """What the pass did.

    Attributes:
        processed (int): Runs that it looked at.
        pruned (int): Runs that it removed.
        skipped (int): Runs that it left alone.
        failed (int): Runs with which it failed.
        results (list[RetentionResult]): The runs one by one.
    """

    processed: int
    pruned: int
    skipped: int
    failed: int
    results: list[RetentionResult]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        processed = self.processed

        pruned = self.pruned

        skipped = self.skipped

        failed = self.failed

        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["processed"] = processed
        members_["pruned"] = pruned
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
        from ..models.retention_result import RetentionResult

        members_ = dict(src_dict)
        processed = members_.pop("processed")
        pruned = members_.pop("pruned")
        skipped = members_.pop("skipped")
        failed = members_.pop("failed")
        results = []
        _results = members_.pop("results")
        for results_item_data in _results:
            results_item = RetentionResult.from_dict(results_item_data)

            results.append(results_item)

        model_ = cls(
            processed=processed,
            pruned=pruned,
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
