# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.search_attribute_type import SearchAttributeType, check_search_attribute_type

__all__ = ["CreateSearchAttributeRequest"]

T = TypeVar("T", bound="CreateSearchAttributeRequest")


@_attrs_define
class CreateSearchAttributeRequest:
    """Name and type of a search attribute.

    Attributes:
        name (str): Its name.
        type_ (SearchAttributeType): The type of the values of a search attribute.
    """

    name: str
    type_: SearchAttributeType
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        name = self.name

        type_: str = self.type_

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["name"] = name
        members_["type"] = type_
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        name = members_.pop("name")
        type_ = check_search_attribute_type(members_.pop("type"))

        model_ = cls(
            name=name,
            type_=type_,
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
