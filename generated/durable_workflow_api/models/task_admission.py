# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["TaskAdmission"]

T = TypeVar("T", bound="TaskAdmission")


@_attrs_define
class TaskAdmission:
    """Slots of the workers and limits of the server for one kind of task. A limit of null means none.

    Attributes:
        budget_source (str): The setting of the workers that gives their slots.
        server_budget_source (str): The setting of the server that gives its limits.
        active_worker_count (int): Workers heard of lately.
        configured_slot_count (int): Their slots together.
        leased_count (int): Leased tasks.
        ready_count (int): Ready tasks.
        available_slot_count (int): Free slots.
        server_max_active_leases_per_queue (int | None): Most leases of the queue.
        server_active_lease_count (int): Its leases.
        server_remaining_active_lease_capacity (int | None): Leases that it may still give.
        server_max_active_leases_per_namespace (int | None): Most leases of the namespace.
        server_namespace_active_lease_count (int): Its leases.
        server_remaining_namespace_active_lease_capacity (int | None): Leases that it may still give.
        server_max_dispatches_per_minute (int | None): Most hand-outs of the queue in a minute.
        server_dispatch_count_this_minute (int): Its hand-outs in this minute.
        server_remaining_dispatch_capacity (int | None): Hand-outs that it may still make.
        server_max_dispatches_per_minute_per_namespace (int | None): Most hand-outs of the namespace in
            a minute.
        server_namespace_dispatch_count_this_minute (int): Its hand-outs in this minute.
        server_remaining_namespace_dispatch_capacity (int | None): Hand-outs that it may still make.
        server_dispatch_budget_group (None | str): The group of queues that shares a limit.
        server_max_dispatches_per_minute_per_budget_group (int | None): Most hand-outs of the group in a
            minute.
        server_budget_group_dispatch_count_this_minute (int): Its hand-outs in this minute.
        server_remaining_budget_group_dispatch_capacity (int | None): Hand-outs that it may still make.
        server_lock_required (bool): Whether the limits need a lock.
        server_lock_supported (bool): Whether the server has one.
        status (str): `accepting`, `throttled`, `saturated`, `no_slots`, `no_active_workers` or
            `unavailable`.
    """

    budget_source: str
    server_budget_source: str
    active_worker_count: int
    configured_slot_count: int
    leased_count: int
    ready_count: int
    available_slot_count: int
    server_max_active_leases_per_queue: int | None
    server_active_lease_count: int
    server_remaining_active_lease_capacity: int | None
    server_max_active_leases_per_namespace: int | None
    server_namespace_active_lease_count: int
    server_remaining_namespace_active_lease_capacity: int | None
    server_max_dispatches_per_minute: int | None
    server_dispatch_count_this_minute: int
    server_remaining_dispatch_capacity: int | None
    server_max_dispatches_per_minute_per_namespace: int | None
    server_namespace_dispatch_count_this_minute: int
    server_remaining_namespace_dispatch_capacity: int | None
    server_dispatch_budget_group: None | str
    server_max_dispatches_per_minute_per_budget_group: int | None
    server_budget_group_dispatch_count_this_minute: int
    server_remaining_budget_group_dispatch_capacity: int | None
    server_lock_required: bool
    server_lock_supported: bool
    status: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        budget_source = self.budget_source

        server_budget_source = self.server_budget_source

        active_worker_count = self.active_worker_count

        configured_slot_count = self.configured_slot_count

        leased_count = self.leased_count

        ready_count = self.ready_count

        available_slot_count = self.available_slot_count

        server_max_active_leases_per_queue: int | None
        server_max_active_leases_per_queue = self.server_max_active_leases_per_queue

        server_active_lease_count = self.server_active_lease_count

        server_remaining_active_lease_capacity: int | None
        server_remaining_active_lease_capacity = self.server_remaining_active_lease_capacity

        server_max_active_leases_per_namespace: int | None
        server_max_active_leases_per_namespace = self.server_max_active_leases_per_namespace

        server_namespace_active_lease_count = self.server_namespace_active_lease_count

        server_remaining_namespace_active_lease_capacity: int | None
        server_remaining_namespace_active_lease_capacity = (
            self.server_remaining_namespace_active_lease_capacity
        )

        server_max_dispatches_per_minute: int | None
        server_max_dispatches_per_minute = self.server_max_dispatches_per_minute

        server_dispatch_count_this_minute = self.server_dispatch_count_this_minute

        server_remaining_dispatch_capacity: int | None
        server_remaining_dispatch_capacity = self.server_remaining_dispatch_capacity

        server_max_dispatches_per_minute_per_namespace: int | None
        server_max_dispatches_per_minute_per_namespace = self.server_max_dispatches_per_minute_per_namespace

        server_namespace_dispatch_count_this_minute = self.server_namespace_dispatch_count_this_minute

        server_remaining_namespace_dispatch_capacity: int | None
        server_remaining_namespace_dispatch_capacity = self.server_remaining_namespace_dispatch_capacity

        server_dispatch_budget_group: None | str
        server_dispatch_budget_group = self.server_dispatch_budget_group

        server_max_dispatches_per_minute_per_budget_group: int | None
        server_max_dispatches_per_minute_per_budget_group = (
            self.server_max_dispatches_per_minute_per_budget_group
        )

        server_budget_group_dispatch_count_this_minute = self.server_budget_group_dispatch_count_this_minute

        server_remaining_budget_group_dispatch_capacity: int | None
        server_remaining_budget_group_dispatch_capacity = self.server_remaining_budget_group_dispatch_capacity

        server_lock_required = self.server_lock_required

        server_lock_supported = self.server_lock_supported

        status = self.status

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["budget_source"] = budget_source
        members_["server_budget_source"] = server_budget_source
        members_["active_worker_count"] = active_worker_count
        members_["configured_slot_count"] = configured_slot_count
        members_["leased_count"] = leased_count
        members_["ready_count"] = ready_count
        members_["available_slot_count"] = available_slot_count
        members_["server_max_active_leases_per_queue"] = server_max_active_leases_per_queue
        members_["server_active_lease_count"] = server_active_lease_count
        members_["server_remaining_active_lease_capacity"] = server_remaining_active_lease_capacity
        members_["server_max_active_leases_per_namespace"] = server_max_active_leases_per_namespace
        members_["server_namespace_active_lease_count"] = server_namespace_active_lease_count
        members_["server_remaining_namespace_active_lease_capacity"] = (
            server_remaining_namespace_active_lease_capacity
        )
        members_["server_max_dispatches_per_minute"] = server_max_dispatches_per_minute
        members_["server_dispatch_count_this_minute"] = server_dispatch_count_this_minute
        members_["server_remaining_dispatch_capacity"] = server_remaining_dispatch_capacity
        members_["server_max_dispatches_per_minute_per_namespace"] = (
            server_max_dispatches_per_minute_per_namespace
        )
        members_["server_namespace_dispatch_count_this_minute"] = server_namespace_dispatch_count_this_minute
        members_["server_remaining_namespace_dispatch_capacity"] = (
            server_remaining_namespace_dispatch_capacity
        )
        members_["server_dispatch_budget_group"] = server_dispatch_budget_group
        members_["server_max_dispatches_per_minute_per_budget_group"] = (
            server_max_dispatches_per_minute_per_budget_group
        )
        members_["server_budget_group_dispatch_count_this_minute"] = (
            server_budget_group_dispatch_count_this_minute
        )
        members_["server_remaining_budget_group_dispatch_capacity"] = (
            server_remaining_budget_group_dispatch_capacity
        )
        members_["server_lock_required"] = server_lock_required
        members_["server_lock_supported"] = server_lock_supported
        members_["status"] = status
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        budget_source = members_.pop("budget_source")
        server_budget_source = members_.pop("server_budget_source")
        active_worker_count = members_.pop("active_worker_count")
        configured_slot_count = members_.pop("configured_slot_count")
        leased_count = members_.pop("leased_count")
        ready_count = members_.pop("ready_count")
        available_slot_count = members_.pop("available_slot_count")

        def _parse_server_max_active_leases_per_queue(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        server_max_active_leases_per_queue = _parse_server_max_active_leases_per_queue(
            members_.pop("server_max_active_leases_per_queue")
        )

        server_active_lease_count = members_.pop("server_active_lease_count")

        def _parse_server_remaining_active_lease_capacity(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        server_remaining_active_lease_capacity = _parse_server_remaining_active_lease_capacity(
            members_.pop("server_remaining_active_lease_capacity")
        )

        def _parse_server_max_active_leases_per_namespace(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        server_max_active_leases_per_namespace = _parse_server_max_active_leases_per_namespace(
            members_.pop("server_max_active_leases_per_namespace")
        )

        server_namespace_active_lease_count = members_.pop("server_namespace_active_lease_count")

        def _parse_server_remaining_namespace_active_lease_capacity(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        server_remaining_namespace_active_lease_capacity = (
            _parse_server_remaining_namespace_active_lease_capacity(
                members_.pop("server_remaining_namespace_active_lease_capacity")
            )
        )

        def _parse_server_max_dispatches_per_minute(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        server_max_dispatches_per_minute = _parse_server_max_dispatches_per_minute(
            members_.pop("server_max_dispatches_per_minute")
        )

        server_dispatch_count_this_minute = members_.pop("server_dispatch_count_this_minute")

        def _parse_server_remaining_dispatch_capacity(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        server_remaining_dispatch_capacity = _parse_server_remaining_dispatch_capacity(
            members_.pop("server_remaining_dispatch_capacity")
        )

        def _parse_server_max_dispatches_per_minute_per_namespace(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        server_max_dispatches_per_minute_per_namespace = (
            _parse_server_max_dispatches_per_minute_per_namespace(
                members_.pop("server_max_dispatches_per_minute_per_namespace")
            )
        )

        server_namespace_dispatch_count_this_minute = members_.pop(
            "server_namespace_dispatch_count_this_minute"
        )

        def _parse_server_remaining_namespace_dispatch_capacity(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        server_remaining_namespace_dispatch_capacity = _parse_server_remaining_namespace_dispatch_capacity(
            members_.pop("server_remaining_namespace_dispatch_capacity")
        )

        def _parse_server_dispatch_budget_group(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        server_dispatch_budget_group = _parse_server_dispatch_budget_group(
            members_.pop("server_dispatch_budget_group")
        )

        def _parse_server_max_dispatches_per_minute_per_budget_group(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        server_max_dispatches_per_minute_per_budget_group = (
            _parse_server_max_dispatches_per_minute_per_budget_group(
                members_.pop("server_max_dispatches_per_minute_per_budget_group")
            )
        )

        server_budget_group_dispatch_count_this_minute = members_.pop(
            "server_budget_group_dispatch_count_this_minute"
        )

        def _parse_server_remaining_budget_group_dispatch_capacity(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        server_remaining_budget_group_dispatch_capacity = (
            _parse_server_remaining_budget_group_dispatch_capacity(
                members_.pop("server_remaining_budget_group_dispatch_capacity")
            )
        )

        server_lock_required = members_.pop("server_lock_required")
        server_lock_supported = members_.pop("server_lock_supported")
        status = members_.pop("status")
        model_ = cls(
            budget_source=budget_source,
            server_budget_source=server_budget_source,
            active_worker_count=active_worker_count,
            configured_slot_count=configured_slot_count,
            leased_count=leased_count,
            ready_count=ready_count,
            available_slot_count=available_slot_count,
            server_max_active_leases_per_queue=server_max_active_leases_per_queue,
            server_active_lease_count=server_active_lease_count,
            server_remaining_active_lease_capacity=server_remaining_active_lease_capacity,
            server_max_active_leases_per_namespace=server_max_active_leases_per_namespace,
            server_namespace_active_lease_count=server_namespace_active_lease_count,
            server_remaining_namespace_active_lease_capacity=server_remaining_namespace_active_lease_capacity,
            server_max_dispatches_per_minute=server_max_dispatches_per_minute,
            server_dispatch_count_this_minute=server_dispatch_count_this_minute,
            server_remaining_dispatch_capacity=server_remaining_dispatch_capacity,
            server_max_dispatches_per_minute_per_namespace=server_max_dispatches_per_minute_per_namespace,
            server_namespace_dispatch_count_this_minute=server_namespace_dispatch_count_this_minute,
            server_remaining_namespace_dispatch_capacity=server_remaining_namespace_dispatch_capacity,
            server_dispatch_budget_group=server_dispatch_budget_group,
            server_max_dispatches_per_minute_per_budget_group=server_max_dispatches_per_minute_per_budget_group,
            server_budget_group_dispatch_count_this_minute=server_budget_group_dispatch_count_this_minute,
            server_remaining_budget_group_dispatch_capacity=server_remaining_budget_group_dispatch_capacity,
            server_lock_required=server_lock_required,
            server_lock_supported=server_lock_supported,
            status=status,
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
