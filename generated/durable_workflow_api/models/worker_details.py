# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["WorkerDetails"]

T = TypeVar("T", bound="WorkerDetails")


@_attrs_define
class WorkerDetails:
    """A worker as it registered, and when that was last changed.

    Attributes:
        worker_id (str): The worker.
        namespace (str): Its namespace.
        task_queue (str): Its task queue.
        runtime (str): Its language.
        sdk_version (None | str): Name and version of its SDK.
        build_id (None | str): Its build.
        supported_workflow_types (list[str]): Workflow types that it hosts; none means any.
        workflow_definition_fingerprints (Any): Fingerprint of the definition by workflow type. Servers
            of protocol 1.0 write none as an empty array.
        supported_activity_types (list[str]): Activity types that it hosts; none means any.
        max_concurrent_workflow_tasks (int): How many workflow tasks it takes at once.
        max_concurrent_activity_tasks (int): How many activity tasks it takes at once.
        status (str): `active`, `draining`, or `stale` when it has not been heard of for a while.
        last_heartbeat_at (datetime.datetime | None): A timestamp, or null where there is none.
        registered_at (datetime.datetime | None): A timestamp, or null where there is none.
        updated_at (datetime.datetime | None): A timestamp, or null where there is none.
    """

    worker_id: str
    namespace: str
    task_queue: str
    runtime: str
    sdk_version: None | str
    build_id: None | str
    supported_workflow_types: list[str]
    workflow_definition_fingerprints: Any
    supported_activity_types: list[str]
    max_concurrent_workflow_tasks: int
    max_concurrent_activity_tasks: int
    status: str
    last_heartbeat_at: datetime.datetime | None
    registered_at: datetime.datetime | None
    updated_at: datetime.datetime | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        worker_id = self.worker_id

        namespace = self.namespace

        task_queue = self.task_queue

        runtime = self.runtime

        sdk_version: None | str
        sdk_version = self.sdk_version

        build_id: None | str
        build_id = self.build_id

        supported_workflow_types = self.supported_workflow_types

        workflow_definition_fingerprints = self.workflow_definition_fingerprints

        supported_activity_types = self.supported_activity_types

        max_concurrent_workflow_tasks = self.max_concurrent_workflow_tasks

        max_concurrent_activity_tasks = self.max_concurrent_activity_tasks

        status = self.status

        last_heartbeat_at: None | str
        if isinstance(self.last_heartbeat_at, datetime.datetime):
            last_heartbeat_at = self.last_heartbeat_at.isoformat()
        else:
            last_heartbeat_at = self.last_heartbeat_at

        registered_at: None | str
        if isinstance(self.registered_at, datetime.datetime):
            registered_at = self.registered_at.isoformat()
        else:
            registered_at = self.registered_at

        updated_at: None | str
        if isinstance(self.updated_at, datetime.datetime):
            updated_at = self.updated_at.isoformat()
        else:
            updated_at = self.updated_at

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["worker_id"] = worker_id
        members_["namespace"] = namespace
        members_["task_queue"] = task_queue
        members_["runtime"] = runtime
        members_["sdk_version"] = sdk_version
        members_["build_id"] = build_id
        members_["supported_workflow_types"] = supported_workflow_types
        members_["workflow_definition_fingerprints"] = workflow_definition_fingerprints
        members_["supported_activity_types"] = supported_activity_types
        members_["max_concurrent_workflow_tasks"] = max_concurrent_workflow_tasks
        members_["max_concurrent_activity_tasks"] = max_concurrent_activity_tasks
        members_["status"] = status
        members_["last_heartbeat_at"] = last_heartbeat_at
        members_["registered_at"] = registered_at
        members_["updated_at"] = updated_at
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        worker_id = members_.pop("worker_id")
        namespace = members_.pop("namespace")
        task_queue = members_.pop("task_queue")
        runtime = members_.pop("runtime")

        def _parse_sdk_version(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        sdk_version = _parse_sdk_version(members_.pop("sdk_version"))

        def _parse_build_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        build_id = _parse_build_id(members_.pop("build_id"))

        supported_workflow_types: list[str] = members_.pop("supported_workflow_types")

        workflow_definition_fingerprints = members_.pop("workflow_definition_fingerprints")
        supported_activity_types: list[str] = members_.pop("supported_activity_types")

        max_concurrent_workflow_tasks = members_.pop("max_concurrent_workflow_tasks")
        max_concurrent_activity_tasks = members_.pop("max_concurrent_activity_tasks")
        status = members_.pop("status")

        def _parse_last_heartbeat_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("last_heartbeat_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        last_heartbeat_at = _parse_last_heartbeat_at(members_.pop("last_heartbeat_at"))

        def _parse_registered_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("registered_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        registered_at = _parse_registered_at(members_.pop("registered_at"))

        def _parse_updated_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("updated_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        updated_at = _parse_updated_at(members_.pop("updated_at"))

        model_ = cls(
            worker_id=worker_id,
            namespace=namespace,
            task_queue=task_queue,
            runtime=runtime,
            sdk_version=sdk_version,
            build_id=build_id,
            supported_workflow_types=supported_workflow_types,
            workflow_definition_fingerprints=workflow_definition_fingerprints,
            supported_activity_types=supported_activity_types,
            max_concurrent_workflow_tasks=max_concurrent_workflow_tasks,
            max_concurrent_activity_tasks=max_concurrent_activity_tasks,
            status=status,
            last_heartbeat_at=last_heartbeat_at,
            registered_at=registered_at,
            updated_at=updated_at,
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
