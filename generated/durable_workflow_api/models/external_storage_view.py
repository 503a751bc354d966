# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.external_storage_config_view import ExternalStorageConfigView

__all__ = ["ExternalStorageView"]

T = TypeVar("T", bound="ExternalStorageView")


@_attrs_define
class ExternalStorageView:
    """Where payloads above a threshold go.

    Attributes:
        driver (str): `local`, `s3`, `gcs` or `azure`.
        enabled (bool): Whether it is in use.
        threshold_bytes (int | Unset): The size from which a payload is kept outside; absent when unset.
        config (ExternalStorageConfigView | Unset): How the storage is reached; only the members that
            are set.
    """

    driver: str
    enabled: bool
    threshold_bytes: int | Unset = UNSET
    config: ExternalStorageConfigView | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        driver = self.driver

        enabled = self.enabled

        threshold_bytes = self.threshold_bytes

        config: dict[str, Any] | Unset = UNSET
        if not isinstance(self.config, Unset):
            config = self.config.to_dict()

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["driver"] = driver
        members_["enabled"] = enabled
        if threshold_bytes is not UNSET:
            members_["threshold_bytes"] = threshold_bytes
        if config is not UNSET:
            members_["config"] = config
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.external_storage_config_view import ExternalStorageConfigView

        members_ = dict(src_dict)
        driver = members_.pop("driver")
        enabled = members_.pop("enabled")
        threshold_bytes = members_.pop("threshold_bytes", UNSET)
        _config = members_.pop("config", UNSET)
        config: ExternalStorageConfigView | Unset
        if isinstance(_config, Unset):
            config = UNSET
        else:
            config = ExternalStorageConfigView.from_dict(_config)

        model_ = cls(
            driver=driver,
            enabled=enabled,
            threshold_bytes=threshold_bytes,
            config=config,
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
