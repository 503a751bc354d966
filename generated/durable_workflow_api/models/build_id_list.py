# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.build_id_rollout import BuildIdRollout

__all__ = ["BuildIdList"]

T = TypeVar("T", bound="BuildIdList")


@_attrs_define
class BuildIdList:
    """Cohorts of workers by build, active ones first, then by last heartbeat.

    Attributes:
        namespace (str): The namespace.
        task_queue (str): The queue.
        stale_after_seconds (int): After how many seconds without a heartbeat a worker counts as stale.
        build_ids (list[BuildIdRollout]): The cohorts.
    """

    namespace: str
    task_queue: str
    stale_after_seconds: int
    build_ids: list[BuildIdRollout]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        namespace = self.namespace

        task_queue = self.task_queue

        stale_after_seconds = self.stale_after_seconds

        build_ids = []
        for build_ids_item_data in self.build_ids:
            build_ids_item = build_ids_item_data.to_dict()
            build_ids.append(build_ids_item)

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["namespace"] = namespace
        members_["task_queue"] = task_queue
        members_["stale_after_seconds"] = stale_after_seconds
        members_["build_ids"] = build_ids
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.build_id_rollout import BuildIdRollout

        members_ = dict(src_dict)
        namespace = members_.pop("namespace")
        task_queue = members_.pop("task_queue")
        stale_after_seconds = members_.pop("stale_after_seconds")
        build_ids = []
        _build_ids = members_.pop("build_ids")
        for build_ids_item_data in _build_ids:
            build_ids_item = BuildIdRollout.from_dict(build_ids_item_data)

            build_ids.append(build_ids_item)

        model_ = cls(
            namespace=namespace,
            task_queue=task_queue,
            stale_after_seconds=stale_after_seconds,
            build_ids=build_ids,
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
