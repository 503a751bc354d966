# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.storage_driver import StorageDriver, check_storage_driver
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.external_storage_config import ExternalStorageConfig

__all__ = ["SetExternalStorageRequest"]

T = TypeVar("T", bound="SetExternalStorageRequest")


@_attrs_define
class SetExternalStorageRequest:
    """Where payloads above a threshold go. It replaces the whole policy. A usable `local` driver needs
    nothing more than perhaps `config.uri`; the others need `config.disk` and `config.bucket`.

    Attributes:
        driver (StorageDriver): Where external payloads are kept.
        enabled (bool | None | Unset): Whether it is in use; true when absent.
        threshold_bytes (int | None | Unset): The size from which a payload is kept outside.
        config (ExternalStorageConfig | None | Unset): How to reach the storage.
    """

    driver: StorageDriver
    enabled: bool | None | Unset = UNSET
    threshold_bytes: int | None | Unset = UNSET
    config: ExternalStorageConfig | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""
        from ..models.external_storage_config import ExternalStorageConfig

        driver: str = self.driver

        enabled: bool | None | Unset
        if isinstance(self.enabled, Unset):
            enabled = UNSET
        else:
            enabled = self.enabled

        threshold_bytes: int | None | Unset
        if isinstance(self.threshold_bytes, Unset):
            threshold_bytes = UNSET
        else:
            threshold_bytes = self.threshold_bytes

        config: dict[str, Any] | None | Unset
        if isinstance(self.config, Unset):
            config = UNSET
        elif isinstance(self.config, ExternalStorageConfig):
            config = self.config.to_dict()
        else:
            config = self.config

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["driver"] = driver
        if enabled is not UNSET:
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
        from ..models.external_storage_config import ExternalStorageConfig

        members_ = dict(src_dict)
        driver = check_storage_driver(members_.pop("driver"))

        def _parse_enabled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        enabled = _parse_enabled(members_.pop("enabled", UNSET))

        def _parse_threshold_bytes(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        threshold_bytes = _parse_threshold_bytes(members_.pop("threshold_bytes", UNSET))

        def _parse_config(data: object) -> ExternalStorageConfig | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, dict):
                raise TypeError("config has the wrong type")
            config_type_0 = ExternalStorageConfig.from_dict(data)

            return config_type_0

        config = _parse_config(members_.pop("config", UNSET))

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
