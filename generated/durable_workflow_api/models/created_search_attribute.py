# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["CreatedSearchAttribute"]

T = TypeVar("T", bound="CreatedSearchAttribute")


@_attrs_define
class CreatedSearchAttribute:
    """The search attribute that was created.

    Attributes:
        name (str): Its name.
        type_ (str): Its type.
        outcome (str): `created`.
    """

    name: str
    type_: str
    outcome: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        name = self.name

        type_ = self.type_

        outcome = self.outcome

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["name"] = name
        members_["type"] = type_
        members_["outcome"] = outcome
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        name = members_.pop("name")
        type_ = members_.pop("type")
        outcome = members_.pop("outcome")
        model_ = cls(
            name=name,
            type_=type_,
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
