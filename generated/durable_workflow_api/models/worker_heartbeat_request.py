# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["WorkerHeartbeatRequest"]

T = TypeVar("T", bound="WorkerHeartbeatRequest")


@_attrs_define
class WorkerHeartbeatRequest:
    """Who is alive.

    Attributes:
        worker_id (str): The worker.
        heartbeat_interval_seconds (int | None | Unset): How often the worker means to beat. A worker
            that misses three beats loses its leases at once on servers that read it.
    """

    worker_id: str
    heartbeat_interval_seconds: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        worker_id = self.worker_id

        heartbeat_interval_seconds: int | None | Unset
        if isinstance(self.heartbeat_interval_seconds, Unset):
            heartbeat_interval_seconds = UNSET
        else:
            heartbeat_interval_seconds = self.heartbeat_interval_seconds

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["worker_id"] = worker_id
        if heartbeat_interval_seconds is not UNSET:
            members_["heartbeat_interval_seconds"] = heartbeat_interval_seconds
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        worker_id = members_.pop("worker_id")

        def _parse_heartbeat_interval_seconds(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        heartbeat_interval_seconds = _parse_heartbeat_interval_seconds(
            members_.pop("heartbeat_interval_seconds", UNSET)
        )

        model_ = cls(
            worker_id=worker_id,
            heartbeat_interval_seconds=heartbeat_interval_seconds,
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
