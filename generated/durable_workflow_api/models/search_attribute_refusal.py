# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["SearchAttributeRefusal"]

T = TypeVar("T", bound="SearchAttributeRefusal")


@_attrs_define
class SearchAttributeRefusal:
    """An error about a search attribute.

    Attributes:
        message (str): A text for people.
        reason (str): The cause for programs; the possible values stand at each answer.
        name (str | Unset): The name that is taken.
        type_ (str | Unset): The type that it has.
        limit (int | Unset): The largest number of search attributes.
        namespace (str | Unset): The namespace that does not exist.
        remediation (str | Unset): What to do about it.
        errors (Any | Unset): Messages by dotted path of the member or parameter.
        validation_errors (Any | Unset): Messages by dotted path of the member or parameter.
    """

    message: str
    reason: str
    name: str | Unset = UNSET
    type_: str | Unset = UNSET
    limit: int | Unset = UNSET
    namespace: str | Unset = UNSET
    remediation: str | Unset = UNSET
    errors: Any | Unset = UNSET
    validation_errors: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        message = self.message

        reason = self.reason

        name = self.name

        type_ = self.type_

        limit = self.limit

        namespace = self.namespace

        remediation = self.remediation

        errors = self.errors

        validation_errors = self.validation_errors

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["message"] = message
        members_["reason"] = reason
        if name is not UNSET:
            members_["name"] = name
        if type_ is not UNSET:
            members_["type"] = type_
        if limit is not UNSET:
            members_["limit"] = limit
        if namespace is not UNSET:
            members_["namespace"] = namespace
        if remediation is not UNSET:
            members_["remediation"] = remediation
        if errors is not UNSET:
            members_["errors"] = errors
        if validation_errors is not UNSET:
            members_["validation_errors"] = validation_errors
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        message = members_.pop("message")
        reason = members_.pop("reason")
        name = members_.pop("name", UNSET)
        type_ = members_.pop("type", UNSET)
        limit = members_.pop("limit", UNSET)
        namespace = members_.pop("namespace", UNSET)
        remediation = members_.pop("remediation", UNSET)
        errors = members_.pop("errors", UNSET)
        validation_errors = members_.pop("validation_errors", UNSET)
        model_ = cls(
            message=message,
            reason=reason,
            name=name,
            type_=type_,
            limit=limit,
            namespace=namespace,
            remediation=remediation,
            errors=errors,
            validation_errors=validation_errors,
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
