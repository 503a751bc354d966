# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["StorageTestRefusal"]

T = TypeVar("T", bound="StorageTestRefusal")


@_attrs_define
class StorageTestRefusal:
    """Why nothing could be tried: the storage is not usable, or the request is not valid.

    Attributes:
        message (str): A text for people.
        reason (str): The cause for programs.
        status (str | Unset): `failed`, absent for a request that is not valid.
        namespace (str | Unset): The namespace whose policy was tried.
        driver (None | str | Unset): The driver, null when there is none.
        supported_diagnostic_drivers (list[str] | Unset): Drivers that can be tried.
        errors (Any | Unset): Messages by dotted path of the member or parameter.
        validation_errors (Any | Unset): Messages by dotted path of the member or parameter.
    """

    message: str
    reason: str
    status: str | Unset = UNSET
    namespace: str | Unset = UNSET
    driver: None | str | Unset = UNSET
    supported_diagnostic_drivers: list[str] | Unset = UNSET
    errors: Any | Unset = UNSET
    validation_errors: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        message = self.message

        reason = self.reason

        status = self.status

        namespace = self.namespace

        driver: None | str | Unset
        if isinstance(self.driver, Unset):
            driver = UNSET
        else:
            driver = self.driver

        supported_diagnostic_drivers: list[str] | Unset = UNSET
        if not isinstance(self.supported_diagnostic_drivers, Unset):
            supported_diagnostic_drivers = self.supported_diagnostic_drivers

        errors = self.errors

        validation_errors = self.validation_errors

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["message"] = message
        members_["reason"] = reason
        if status is not UNSET:
            members_["status"] = status
        if namespace is not UNSET:
            members_["namespace"] = namespace
        if driver is not UNSET:
            members_["driver"] = driver
        if supported_diagnostic_drivers is not UNSET:
            members_["supported_diagnostic_drivers"] = supported_diagnostic_drivers
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
        status = members_.pop("status", UNSET)
        namespace = members_.pop("namespace", UNSET)

        def _parse_driver(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        driver = _parse_driver(members_.pop("driver", UNSET))

        supported_diagnostic_drivers: list[str] | Unset = members_.pop("supported_diagnostic_drivers", UNSET)

        errors = members_.pop("errors", UNSET)
        validation_errors = members_.pop("validation_errors", UNSET)
        model_ = cls(
            message=message,
            reason=reason,
            status=status,
            namespace=namespace,
            driver=driver,
            supported_diagnostic_drivers=supported_diagnostic_drivers,
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
