# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["SearchAttributeList"]

T = TypeVar("T", bound="SearchAttributeList")


@_attrs_define
class SearchAttributeList:
    """The registered search attributes. Workflows may carry others too.

    Attributes:
        system_attributes (Any): Types by name. Servers of protocol 1.0 write none as an empty array.
        custom_attributes (Any): Types by name. Servers of protocol 1.0 write none as an empty array.
    """

    system_attributes: Any
    custom_attributes: Any
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        system_attributes = self.system_attributes

        custom_attributes = self.custom_attributes

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["system_attributes"] = system_attributes
        members_["custom_attributes"] = custom_attributes
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        system_attributes = members_.pop("system_attributes")
        custom_attributes = members_.pop("custom_attributes")
        model_ = cls(
            system_attributes=system_attributes,
            custom_attributes=custom_attributes,
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
