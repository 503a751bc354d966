# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.worker_runtime import WorkerRuntime, check_worker_runtime
from ..types import UNSET, Unset

__all__ = ["RegisterWorkerRequest"]

T = TypeVar("T", bound="RegisterWorkerRequest")


@_attrs_define
class RegisterWorkerRequest:
    """Who polls which queue for what. Empty lists of types mean any type.

    Attributes:
        task_queue (str): Its one task queue.
        runtime (WorkerRuntime): The language of a worker. Servers of protocol 1.0 do not know `rust`.
        worker_id (None | str | Unset): The worker; the server makes an id when absent.
        sdk_version (None | str | Unset): Name and version of its SDK.
        build_id (None | str | Unset): Its build.
        supported_workflow_types (list[str] | None | Unset): Workflow types that it hosts.
        workflow_definition_fingerprints (Any | Unset): An opaque fingerprint of the definition by
            workflow type.
        supported_activity_types (list[str] | None | Unset): Activity types that it hosts.
        max_concurrent_workflow_tasks (int | None | Unset): How many workflow tasks it takes at once;
            advisory.
        max_concurrent_activity_tasks (int | None | Unset): How many activity tasks it takes at once;
            advisory.
        workflow_command_contracts (Any | Unset): What each hosted workflow type takes, by type.
        capabilities (list[str] | None | Unset): What the worker can do, for example `query_tasks`,
            `workflow_updates`, `memo_upserts` or `typed_search_attributes`. Since protocol 1.6 a worker
            gets queries only with `query_tasks`. On the reference server `cancellation_delivery` says that
            the worker tells workflow code of a cancellation, `sticky_execution` that it keeps runs live
            between their tasks, and `sticky_history_tail` that it then needs only the new events.
            `answers_any_update` says that it answers every update that it sees, whichever its task names.
        heartbeat_interval_seconds (int | None | Unset): How often the worker means to beat. A worker
            that misses three beats loses its leases at once on servers that read it.
    """

    task_queue: str
    runtime: WorkerRuntime
    worker_id: None | str | Unset = UNSET
    sdk_version: None | str | Unset = UNSET
    build_id: None | str | Unset = UNSET
    supported_workflow_types: list[str] | None | Unset = UNSET
    workflow_definition_fingerprints: Any | Unset = UNSET
    supported_activity_types: list[str] | None | Unset = UNSET
    max_concurrent_workflow_tasks: int | None | Unset = UNSET
    max_concurrent_activity_tasks: int | None | Unset = UNSET
    workflow_command_contracts: Any | Unset = UNSET
    capabilities: list[str] | None | Unset = UNSET
    heartbeat_interval_seconds: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        task_queue = self.task_queue

        runtime: str = self.runtime

        worker_id: None | str | Unset
        if isinstance(self.worker_id, Unset):
            worker_id = UNSET
        else:
            worker_id = self.worker_id

        sdk_version: None | str | Unset
        if isinstance(self.sdk_version, Unset):
            sdk_version = UNSET
        else:
            sdk_version = self.sdk_version

        build_id: None | str | Unset
        if isinstance(self.build_id, Unset):
            build_id = UNSET
        else:
            build_id = self.build_id

        supported_workflow_types: list[str] | None | Unset
        if isinstance(self.supported_workflow_types, Unset):
            supported_workflow_types = UNSET
        elif isinstance(self.supported_workflow_types, list):
            supported_workflow_types = self.supported_workflow_types

        else:
            supported_workflow_types = self.supported_workflow_types

        workflow_definition_fingerprints = self.workflow_definition_fingerprints

        supported_activity_types: list[str] | None | Unset
        if isinstance(self.supported_activity_types, Unset):
            supported_activity_types = UNSET
        elif isinstance(self.supported_activity_types, list):
            supported_activity_types = self.supported_activity_types

        else:
            supported_activity_types = self.supported_activity_types

        max_concurrent_workflow_tasks: int | None | Unset
        if isinstance(self.max_concurrent_workflow_tasks, Unset):
            max_concurrent_workflow_tasks = UNSET
        else:
            max_concurrent_workflow_tasks = self.max_concurrent_workflow_tasks

        max_concurrent_activity_tasks: int | None | Unset
        if isinstance(self.max_concurrent_activity_tasks, Unset):
            max_concurrent_activity_tasks = UNSET
        else:
            max_concurrent_activity_tasks = self.max_concurrent_activity_tasks

        workflow_command_contracts = self.workflow_command_contracts

        capabilities: list[str] | None | Unset
        if isinstance(self.capabilities, Unset):
            capabilities = UNSET
        elif isinstance(self.capabilities, list):
            capabilities = self.capabilities

        else:
            capabilities = self.capabilities

        heartbeat_interval_seconds: int | None | Unset
        if isinstance(self.heartbeat_interval_seconds, Unset):
            heartbeat_interval_seconds = UNSET
        else:
            heartbeat_interval_seconds = self.heartbeat_interval_seconds

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["task_queue"] = task_queue
        members_["runtime"] = runtime
        if worker_id is not UNSET:
            members_["worker_id"] = worker_id
        if sdk_version is not UNSET:
            members_["sdk_version"] = sdk_version
        if build_id is not UNSET:
            members_["build_id"] = build_id
        if supported_workflow_types is not UNSET:
            members_["supported_workflow_types"] = supported_workflow_types
        if workflow_definition_fingerprints is not UNSET:
            members_["workflow_definition_fingerprints"] = workflow_definition_fingerprints
        if supported_activity_types is not UNSET:
            members_["supported_activity_types"] = supported_activity_types
        if max_concurrent_workflow_tasks is not UNSET:
            members_["max_concurrent_workflow_tasks"] = max_concurrent_workflow_tasks
        if max_concurrent_activity_tasks is not UNSET:
            members_["max_concurrent_activity_tasks"] = max_concurrent_activity_tasks
        if workflow_command_contracts is not UNSET:
            members_["workflow_command_contracts"] = workflow_command_contracts
        if capabilities is not UNSET:
            members_["capabilities"] = capabilities
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
        task_queue = members_.pop("task_queue")
        runtime = check_worker_runtime(members_.pop("runtime"))

        def _parse_worker_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        worker_id = _parse_worker_id(members_.pop("worker_id", UNSET))

        def _parse_sdk_version(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        sdk_version = _parse_sdk_version(members_.pop("sdk_version", UNSET))

        def _parse_build_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        build_id = _parse_build_id(members_.pop("build_id", UNSET))

        def _parse_supported_workflow_types(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, list):
                raise TypeError("supported_workflow_types has the wrong type")
            supported_workflow_types_type_0: list[str] = data

            return supported_workflow_types_type_0

        supported_workflow_types = _parse_supported_workflow_types(
            members_.pop("supported_workflow_types", UNSET)
        )

        workflow_definition_fingerprints = members_.pop("workflow_definition_fingerprints", UNSET)

        def _parse_supported_activity_types(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, list):
                raise TypeError("supported_activity_types has the wrong type")
            supported_activity_types_type_0: list[str] = data

            return supported_activity_types_type_0

        supported_activity_types = _parse_supported_activity_types(
            members_.pop("supported_activity_types", UNSET)
        )

        def _parse_max_concurrent_workflow_tasks(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        max_concurrent_workflow_tasks = _parse_max_concurrent_workflow_tasks(
            members_.pop("max_concurrent_workflow_tasks", UNSET)
        )

        def _parse_max_concurrent_activity_tasks(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        max_concurrent_activity_tasks = _parse_max_concurrent_activity_tasks(
            members_.pop("max_concurrent_activity_tasks", UNSET)
        )

        workflow_command_contracts = members_.pop("workflow_command_contracts", UNSET)

        def _parse_capabilities(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, list):
                raise TypeError("capabilities has the wrong type")
            capabilities_type_0: list[str] = data

            return capabilities_type_0

        capabilities = _parse_capabilities(members_.pop("capabilities", UNSET))

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
            task_queue=task_queue,
            runtime=runtime,
            worker_id=worker_id,
            sdk_version=sdk_version,
            build_id=build_id,
            supported_workflow_types=supported_workflow_types,
            workflow_definition_fingerprints=workflow_definition_fingerprints,
            supported_activity_types=supported_activity_types,
            max_concurrent_workflow_tasks=max_concurrent_workflow_tasks,
            max_concurrent_activity_tasks=max_concurrent_activity_tasks,
            workflow_command_contracts=workflow_command_contracts,
            capabilities=capabilities,
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
