# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["BuildIdDrainState"]

T = TypeVar("T", bound="BuildIdDrainState")


@_attrs_define
class BuildIdDrainState:
    """What is now wanted of a build.

    Attributes:
        namespace (str): The namespace.
        task_queue (str): The queue.
        build_id (None | str): The build; null stands for workers without one.
        drain_intent (str): `active` or `draining`.
        drained_at (datetime.datetime | None): A timestamp, or null where there is none.
    """

    namespace: str
    task_queue: str
    build_id: None | str
    drain_intent: str
    drained_at: datetime.datetime | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        namespace = self.namespace

        task_queue = self.task_queue

        build_id: None | str
        build_id = self.build_id

        drain_intent = self.drain_intent

        drained_at: None | str
        if isinstance(self.drained_at, datetime.datetime):
            drained_at = self.drained_at.isoformat()
        else:
            drained_at = self.drained_at

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["namespace"] = namespace
        members_["task_queue"] = task_queue
        members_["build_id"] = build_id
        members_["drain_intent"] = drain_intent
        members_["drained_at"] = drained_at
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        namespace = members_.pop("namespace")
        task_queue = members_.pop("task_queue")

        def _parse_build_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        build_id = _parse_build_id(members_.pop("build_id"))

        drain_intent = members_.pop("drain_intent")

        def _parse_drained_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("drained_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        drained_at = _parse_drained_at(members_.pop("drained_at"))

        model_ = cls(
            namespace=namespace,
            task_queue=task_queue,
            build_id=build_id,
            drain_intent=drain_intent,
            drained_at=drained_at,
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
