# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["AuthCheck"]

T = TypeVar("T", bound="AuthCheck")


@_attrs_define
class AuthCheck:
    """Whether credentials are configured.

    Attributes:
        status (str): `ok`, `missing` or `invalid`.
        driver (str): `none`, `token`, `signature` or a provider of the operator.
        provider (str | Unset): The provider.
        remediation (str | Unset): What to do about it.
        message (str | Unset): A text for people.
    """

    status: str
    driver: str
    provider: str | Unset = UNSET
    remediation: str | Unset = UNSET
    message: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        status = self.status

        driver = self.driver

        provider = self.provider

        remediation = self.remediation

        message = self.message

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["status"] = status
        members_["driver"] = driver
        if provider is not UNSET:
            members_["provider"] = provider
        if remediation is not UNSET:
            members_["remediation"] = remediation
        if message is not UNSET:
            members_["message"] = message
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        status = members_.pop("status")
        driver = members_.pop("driver")
        provider = members_.pop("provider", UNSET)
        remediation = members_.pop("remediation", UNSET)
        message = members_.pop("message", UNSET)
        model_ = cls(
            status=status,
            driver=driver,
            provider=provider,
            remediation=remediation,
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
