# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["WorkflowListItem"]

T = TypeVar("T", bound="WorkflowListItem")


@_attrs_define
class WorkflowListItem:
    """One run.

    Attributes:
        workflow_id (str): The workflow.
        run_id (str): The run.
        workflow_type (str): Its type.
        business_key (None | str): Its business key.
        status (str): `pending`, `running`, `waiting`, `completed`, `failed`, `cancelled` or
            `terminated`.
        status_bucket (str): `running`, `completed` or `failed`.
        task_queue (None | str): Its task queue.
        is_terminal (bool): Whether it is closed.
        started_at (datetime.datetime | None): A timestamp, or null where there is none.
        closed_at (datetime.datetime | None): A timestamp, or null where there is none.
        search_attributes (Any): The search attributes of a run. Servers of protocol 1.0 write none as
            an empty array.
        namespace (str | Unset): Its namespace.
        payload_codec (None | str | Unset): The codec of its payloads.
        memo (Any | Unset): The memo of a run. Servers of protocol 1.0 write an empty one as an empty
            array.
    """

    workflow_id: str
    run_id: str
    workflow_type: str
    business_key: None | str
    status: str
    status_bucket: str
    task_queue: None | str
    is_terminal: bool
    started_at: datetime.datetime | None
    closed_at: datetime.datetime | None
    search_attributes: Any
    namespace: str | Unset = UNSET
    payload_codec: None | str | Unset = UNSET
    memo: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        workflow_id = self.workflow_id

        run_id = self.run_id

        workflow_type = self.workflow_type

        business_key: None | str
        business_key = self.business_key

        status = self.status

        status_bucket = self.status_bucket

        task_queue: None | str
        task_queue = self.task_queue

        is_terminal = self.is_terminal

        started_at: None | str
        if isinstance(self.started_at, datetime.datetime):
            started_at = self.started_at.isoformat()
        else:
            started_at = self.started_at

        closed_at: None | str
        if isinstance(self.closed_at, datetime.datetime):
            closed_at = self.closed_at.isoformat()
        else:
            closed_at = self.closed_at

        search_attributes = self.search_attributes

        namespace = self.namespace

        payload_codec: None | str | Unset
        if isinstance(self.payload_codec, Unset):
            payload_codec = UNSET
        else:
            payload_codec = self.payload_codec

        memo = self.memo

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["workflow_id"] = workflow_id
        members_["run_id"] = run_id
        members_["workflow_type"] = workflow_type
        members_["business_key"] = business_key
        members_["status"] = status
        members_["status_bucket"] = status_bucket
        members_["task_queue"] = task_queue
        members_["is_terminal"] = is_terminal
        members_["started_at"] = started_at
        members_["closed_at"] = closed_at
        members_["search_attributes"] = search_attributes
        if namespace is not UNSET:
            members_["namespace"] = namespace
        if payload_codec is not UNSET:
            members_["payload_codec"] = payload_codec
        if memo is not UNSET:
            members_["memo"] = memo
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        workflow_id = members_.pop("workflow_id")
        run_id = members_.pop("run_id")
        workflow_type = members_.pop("workflow_type")

        def _parse_business_key(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        business_key = _parse_business_key(members_.pop("business_key"))

        status = members_.pop("status")
        status_bucket = members_.pop("status_bucket")

        def _parse_task_queue(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        task_queue = _parse_task_queue(members_.pop("task_queue"))

        is_terminal = members_.pop("is_terminal")

        def _parse_started_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("started_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        started_at = _parse_started_at(members_.pop("started_at"))

        def _parse_closed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("closed_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        closed_at = _parse_closed_at(members_.pop("closed_at"))

        search_attributes = members_.pop("search_attributes")
        namespace = members_.pop("namespace", UNSET)

        def _parse_payload_codec(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        payload_codec = _parse_payload_codec(members_.pop("payload_codec", UNSET))

        memo = members_.pop("memo", UNSET)
        model_ = cls(
            workflow_id=workflow_id,
            run_id=run_id,
            workflow_type=workflow_type,
            business_key=business_key,
            status=status,
            status_bucket=status_bucket,
            task_queue=task_queue,
            is_terminal=is_terminal,
            started_at=started_at,
            closed_at=closed_at,
            search_attributes=search_attributes,
            namespace=namespace,
            payload_codec=payload_codec,
            memo=memo,
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
