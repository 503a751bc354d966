# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["ExternalStorageConfig"]

T = TypeVar("T", bound="ExternalStorageConfig")


@_attrs_define
class ExternalStorageConfig:
    """How to reach the storage. Null, empty and unknown members are dropped.

    Attributes:
        uri (None | str | Unset): Address; `file://` and a path for the driver `local`.
        bucket (None | str | Unset): Bucket or container.
        disk (None | str | Unset): The name of the disk in the server's configuration.
        prefix (None | str | Unset): Path below which payloads are kept.
        region (None | str | Unset): Region of the bucket.
        endpoint (None | str | Unset): Address of the storage service.
        auth_profile (None | str | Unset): Which of the server's credentials to use.
    """

    uri: None | str | Unset = UNSET
    bucket: None | str | Unset = UNSET
    disk: None | str | Unset = UNSET
    prefix: None | str | Unset = UNSET
    region: None | str | Unset = UNSET
    endpoint: None | str | Unset = UNSET
    auth_profile: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        uri: None | str | Unset
        if isinstance(self.uri, Unset):
            uri = UNSET
        else:
            uri = self.uri

        bucket: None | str | Unset
        if isinstance(self.bucket, Unset):
            bucket = UNSET
        else:
            bucket = self.bucket

        disk: None | str | Unset
        if isinstance(self.disk, Unset):
            disk = UNSET
        else:
            disk = self.disk

        prefix: None | str | Unset
        if isinstance(self.prefix, Unset):
            prefix = UNSET
        else:
            prefix = self.prefix

        region: None | str | Unset
        if isinstance(self.region, Unset):
            region = UNSET
        else:
            region = self.region

        endpoint: None | str | Unset
        if isinstance(self.endpoint, Unset):
            endpoint = UNSET
        else:
            endpoint = self.endpoint

        auth_profile: None | str | Unset
        if isinstance(self.auth_profile, Unset):
            auth_profile = UNSET
        else:
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

        def _parse_uri(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        uri = _parse_uri(members_.pop("uri", UNSET))

        def _parse_bucket(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        bucket = _parse_bucket(members_.pop("bucket", UNSET))

        def _parse_disk(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        disk = _parse_disk(members_.pop("disk", UNSET))

        def _parse_prefix(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        prefix = _parse_prefix(members_.pop("prefix", UNSET))

        def _parse_region(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        region = _parse_region(members_.pop("region", UNSET))

        def _parse_endpoint(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        endpoint = _parse_endpoint(members_.pop("endpoint", UNSET))

        def _parse_auth_profile(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        auth_profile = _parse_auth_profile(members_.pop("auth_profile", UNSET))

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
