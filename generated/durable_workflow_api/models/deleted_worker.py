# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["DeletedWorker"]

T = TypeVar("T", bound="DeletedWorker")


@_attrs_define
class DeletedWorker:
    """The worker is no longer registered.

    Attributes:
        worker_id (str): The worker.
        outcome (str): `deregistered`.
    """

    worker_id: str
    outcome: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        worker_id = self.worker_id

        outcome = self.outcome

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["worker_id"] = worker_id
        members_["outcome"] = outcome
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        worker_id = members_.pop("worker_id")
        outcome = members_.pop("outcome")
        model_ = cls(
            worker_id=worker_id,
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
