# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["StoragePayloadReport"]

T = TypeVar("T", bound="StoragePayloadReport")


@_attrs_define
class StoragePayloadReport:
    """One payload that came back as it went.

    Attributes:
        status (str): `passed`.
        bytes_ (int): Its size.
        sha256 (str): Its digest in hex.
        reference_uri (str): Where it was kept.
    """

    status: str
    bytes_: int
    sha256: str
    reference_uri: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        status = self.status

        bytes_ = self.bytes_

        sha256 = self.sha256

        reference_uri = self.reference_uri

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["status"] = status
        members_["bytes"] = bytes_
        members_["sha256"] = sha256
        members_["reference_uri"] = reference_uri
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        status = members_.pop("status")
        bytes_ = members_.pop("bytes")
        sha256 = members_.pop("sha256")
        reference_uri = members_.pop("reference_uri")
        model_ = cls(
            status=status,
            bytes_=bytes_,
            sha256=sha256,
            reference_uri=reference_uri,
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
