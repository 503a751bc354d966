# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.storage_payload_report import StoragePayloadReport

__all__ = ["StorageTestReport"]

T = TypeVar("T", bound="StorageTestReport")


@_attrs_define
class StorageTestReport:
    """Both payloads were written, read back and compared.

    Attributes:
        status (str): `passed`.
        namespace (str): The namespace whose policy was tried.
        driver (str): The driver.
        small_payload (StoragePayloadReport): One payload that came back as it went.
        large_payload (StoragePayloadReport): One payload that came back as it went.
    """

    status: str
    namespace: str
    driver: str
    small_payload: StoragePayloadReport
    large_payload: StoragePayloadReport
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        status = self.status

        namespace = self.namespace

        driver = self.driver

        small_payload = self.small_payload.to_dict()

        large_payload = self.large_payload.to_dict()

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["status"] = status
        members_["namespace"] = namespace
        members_["driver"] = driver
        members_["small_payload"] = small_payload
        members_["large_payload"] = large_payload
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.storage_payload_report import StoragePayloadReport

        members_ = dict(src_dict)
        status = members_.pop("status")
        namespace = members_.pop("namespace")
        driver = members_.pop("driver")
        small_payload = StoragePayloadReport.from_dict(members_.pop("small_payload"))

        large_payload = StoragePayloadReport.from_dict(members_.pop("large_payload"))

        model_ = cls(
            status=status,
            namespace=namespace,
            driver=driver,
            small_payload=small_payload,
            large_payload=large_payload,
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
