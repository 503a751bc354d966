# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["WorkflowRunListItem"]

T = TypeVar("T", bound="WorkflowRunListItem")


@_attrs_define
class WorkflowRunListItem:
    """One run.

    Attributes:
        run_id (str): The run.
        run_number (int): 1 for the first run, one more for each further run.
        workflow_type (str): Its type.
        business_key (None | str): Its business key.
        status (str): `pending`, `running`, `waiting`, `completed`, `failed`, `cancelled` or
            `terminated`.
        task_queue (None | str): Its task queue.
        started_at (datetime.datetime | None): A timestamp, or null where there is none.
        closed_at (datetime.datetime | None): A timestamp, or null where there is none.
    """

    run_id: str
    run_number: int
    workflow_type: str
    business_key: None | str
    status: str
    task_queue: None | str
    started_at: datetime.datetime | None
    closed_at: datetime.datetime | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        run_id = self.run_id

        run_number = self.run_number

        workflow_type = self.workflow_type

        business_key: None | str
        business_key = self.business_key

        status = self.status

        task_queue: None | str
        task_queue = self.task_queue

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

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["run_id"] = run_id
        members_["run_number"] = run_number
        members_["workflow_type"] = workflow_type
        members_["business_key"] = business_key
        members_["status"] = status
        members_["task_queue"] = task_queue
        members_["started_at"] = started_at
        members_["closed_at"] = closed_at
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        run_id = members_.pop("run_id")
        run_number = members_.pop("run_number")
        workflow_type = members_.pop("workflow_type")

        def _parse_business_key(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        business_key = _parse_business_key(members_.pop("business_key"))

        status = members_.pop("status")

        def _parse_task_queue(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        task_queue = _parse_task_queue(members_.pop("task_queue"))

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

        model_ = cls(
            run_id=run_id,
            run_number=run_number,
            workflow_type=workflow_type,
            business_key=business_key,
            status=status,
            task_queue=task_queue,
            started_at=started_at,
            closed_at=closed_at,
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
