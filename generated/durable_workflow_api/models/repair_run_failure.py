# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["RepairRunFailure"]

T = TypeVar("T", bound="RepairRunFailure")


@_attrs_define
class RepairRunFailure:
    """A run and what went wrong.

    Attributes:
        run_id (str): The run.
        message (str): What went wrong.
    """

    run_id: str
    message: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        run_id = self.run_id

        message = self.message

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["run_id"] = run_id
        members_["message"] = message
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        run_id = members_.pop("run_id")
        message = members_.pop("message")
        model_ = cls(
            run_id=run_id,
            message=message,
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
