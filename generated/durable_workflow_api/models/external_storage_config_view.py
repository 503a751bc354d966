# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["ExternalStorageConfigView"]

T = TypeVar("T", bound="ExternalStorageConfigView")


@_attrs_define
class ExternalStorageConfigView:
    """How the storage is reached; only the members that are set.

    Attributes:
        uri (str | Unset): Address.
        bucket (str | Unset): Bucket or container.
        disk (str | Unset): The name of the disk in the server's configuration.
        prefix (str | Unset): Path below which payloads are kept.
        region (str | Unset): Region of the bucket.
        endpoint (str | Unset): Address of the storage service.
        auth_profile (str | Unset): Which of the server's credentials is used.
    """

    uri: str | Unset = UNSET
    bucket: str | Unset = UNSET
    disk: str | Unset = UNSET
    prefix: str | Unset = UNSET
    region: str | Unset = UNSET
    endpoint: str | Unset = UNSET
    auth_profile: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        uri = self.uri

        bucket = self.bucket

        disk = self.disk

        prefix = self.prefix

        region = self.region

        endpoint = self.endpoint

        auth_profile = self.auth_profile

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        if uri is not UNSET:
            members_["uri"] = uri
        if bucket is not UNSET:
            members_["bucket"] = bucket
        if disk is not UNSET:
            members_["disk"] = disk
        if prefix is not UNSET:
            members_["prefix"] = prefix
        if region is not UNSET:
            members_["region"] = region
        if endpoint is not UNSET:
            members_["endpoint"] = endpoint
        if auth_profile is not UNSET:
            members_["auth_profile"] = auth_profile
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        uri = members_.pop("uri", UNSET)
        bucket = members_.pop("bucket", UNSET)
        disk = members_.pop("disk", UNSET)
        prefix = members_.pop("prefix", UNSET)
        region = members_.pop("region", UNSET)
        endpoint = members_.pop("endpoint", UNSET)
        auth_profile = members_.pop("auth_profile", UNSET)
        model_ = cls(
            uri=uri,
            bucket=bucket,
            disk=disk,
            prefix=prefix,
            region=region,
            endpoint=endpoint,
            auth_profile=auth_profile,
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
