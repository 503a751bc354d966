# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.external_storage_view import ExternalStorageView

__all__ = ["CreatedNamespace"]

T = TypeVar("T", bound="CreatedNamespace")


@_attrs_define
class CreatedNamespace:
    """The namespace that was created.

    Attributes:
        name (str): Its name in lower case.
        description (None | str): What it is for.
        retention_days (int): For how many days closed runs are kept.
        status (str): `active`.
        external_payload_storage (ExternalStorageView | None): Where large payloads go, null when
            nowhere.
        created_at (datetime.datetime | None): A timestamp, or null where there is none.
    """

    name: str
    description: None | str
    retention_days: int
    status: str
    external_payload_storage: ExternalStorageView | None
    created_at: datetime.datetime | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""
        from ..models.external_storage_view import ExternalStorageView

        name = self.name

        description: None | str
        description = self.description

        retention_days = self.retention_days

        status = self.status

        external_payload_storage: dict[str, Any] | None
        if isinstance(self.external_payload_storage, ExternalStorageView):
            external_payload_storage = self.external_payload_storage.to_dict()
        else:
            external_payload_storage = self.external_payload_storage

        created_at: None | str
        if isinstance(self.created_at, datetime.datetime):
            created_at = self.created_at.isoformat()
        else:
            created_at = self.created_at

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["name"] = name
        members_["description"] = description
        members_["retention_days"] = retention_days
        members_["status"] = status
        members_["external_payload_storage"] = external_payload_storage
        members_["created_at"] = created_at
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.external_storage_view import ExternalStorageView

        members_ = dict(src_dict)
        name = members_.pop("name")

        def _parse_description(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        description = _parse_description(members_.pop("description"))

        retention_days = members_.pop("retention_days")
        status = members_.pop("status")

        def _parse_external_payload_storage(data: object) -> ExternalStorageView | None:
            if data is None:
                return data
            if not isinstance(data, dict):
                raise TypeError("external_payload_storage has the wrong type")
            external_payload_storage_type_0 = ExternalStorageView.from_dict(data)

            return external_payload_storage_type_0

        external_payload_storage = _parse_external_payload_storage(members_.pop("external_payload_storage"))

        def _parse_created_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("created_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        created_at = _parse_created_at(members_.pop("created_at"))

        model_ = cls(
            name=name,
            description=description,
            retention_days=retention_days,
            status=status,
            external_payload_storage=external_payload_storage,
            created_at=created_at,
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
