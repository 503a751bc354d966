# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["PollQueryTaskRequest"]

T = TypeVar("T", bound="PollQueryTaskRequest")


@_attrs_define
class PollQueryTaskRequest:
    """Who asks, for which queue.

    Attributes:
        worker_id (str): The registered worker; becomes the lease owner.
        task_queue (str): The queue of the registration.
        build_id (None | str | Unset): The build of the registration.
        poll_request_id (None | str | Unset): Names this poll for its repeats. A fresh one for every
            poll, the same one only after a lost answer.
        timeout_seconds (int | None | Unset): How long the server may hold the poll.
    """

    worker_id: str
    task_queue: str
    build_id: None | str | Unset = UNSET
    poll_request_id: None | str | Unset = UNSET
    timeout_seconds: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        worker_id = self.worker_id

        task_queue = self.task_queue

        build_id: None | str | Unset
        if isinstance(self.build_id, Unset):
            build_id = UNSET
        else:
            build_id = self.build_id

        poll_request_id: None | str | Unset
        if isinstance(self.poll_request_id, Unset):
            poll_request_id = UNSET
        else:
            poll_request_id = self.poll_request_id

        timeout_seconds: int | None | Unset
        if isinstance(self.timeout_seconds, Unset):
            timeout_seconds = UNSET
        else:
            timeout_seconds = self.timeout_seconds

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["worker_id"] = worker_id
        members_["task_queue"] = task_queue
        if build_id is not UNSET:
            members_["build_id"] = build_id
        if poll_request_id is not UNSET:
            members_["poll_request_id"] = poll_request_id
        if timeout_seconds is not UNSET:
            members_["timeout_seconds"] = timeout_seconds
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        worker_id = members_.pop("worker_id")
        task_queue = members_.pop("task_queue")

        def _parse_build_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        build_id = _parse_build_id(members_.pop("build_id", UNSET))

        def _parse_poll_request_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        poll_request_id = _parse_poll_request_id(members_.pop("poll_request_id", UNSET))

        def _parse_timeout_seconds(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        timeout_seconds = _parse_timeout_seconds(members_.pop("timeout_seconds", UNSET))

        model_ = cls(
            worker_id=worker_id,
            task_queue=task_queue,
            build_id=build_id,
            poll_request_id=poll_request_id,
            timeout_seconds=timeout_seconds,
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
