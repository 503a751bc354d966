# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.namespace_description import NamespaceDescription

__all__ = ["NamespaceList"]

T = TypeVar("T", bound="NamespaceList")


@_attrs_define
class NamespaceList:
    """All namespaces, in one page.

    Attributes:
        namespaces (list[NamespaceDescription]): The namespaces.
    """

    namespaces: list[NamespaceDescription]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        namespaces = []
        for namespaces_item_data in self.namespaces:
            namespaces_item = namespaces_item_data.to_dict()
            namespaces.append(namespaces_item)

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["namespaces"] = namespaces
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.namespace_description import NamespaceDescription

        members_ = dict(src_dict)
        namespaces = []
        _namespaces = members_.pop("namespaces")
        for namespaces_item_data in _namespaces:
            namespaces_item = NamespaceDescription.from_dict(namespaces_item_data)

            namespaces.append(namespaces_item)

        model_ = cls(
            namespaces=namespaces,
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
