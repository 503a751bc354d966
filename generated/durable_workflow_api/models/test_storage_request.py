# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.storage_driver import StorageDriver, check_storage_driver
from ..types import UNSET, Unset

__all__ = ["TestStorageRequest"]

T = TypeVar("T", bound="TestStorageRequest")


@_attrs_define
class TestStorageRequest:
    """Which driver to try and with how many bytes.

    Attributes:
        small_payload_bytes (int): Size of the small payload.
        large_payload_bytes (int): Size of the large payload.
        driver (None | StorageDriver | Unset): The driver; that of the namespace when absent.
    """

    small_payload_bytes: int
    large_payload_bytes: int
    driver: None | StorageDriver | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        small_payload_bytes = self.small_payload_bytes

        large_payload_bytes = self.large_payload_bytes

        driver: None | str | Unset
        if isinstance(self.driver, Unset):
            driver = UNSET
        elif isinstance(self.driver, str):
            driver = self.driver
        else:
            driver = self.driver

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["small_payload_bytes"] = small_payload_bytes
        members_["large_payload_bytes"] = large_payload_bytes
        if driver is not UNSET:
            members_["driver"] = driver
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        small_payload_bytes = members_.pop("small_payload_bytes")
        large_payload_bytes = members_.pop("large_payload_bytes")

        def _parse_driver(data: object) -> None | StorageDriver | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, str):
                raise TypeError("driver has the wrong type")
            driver_type_0 = check_storage_driver(data)

            return driver_type_0

        driver = _parse_driver(members_.pop("driver", UNSET))

        model_ = cls(
            small_payload_bytes=small_payload_bytes,
            large_payload_bytes=large_payload_bytes,
            driver=driver,
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
