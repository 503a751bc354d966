# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["OldestReadyTask"]

T = TypeVar("T", bound="OldestReadyTask")


@_attrs_define
class OldestReadyTask:
    """The task that has waited longest.

    Attributes:
        task_id (str): The task.
        task_type (str): `workflow` or `activity`.
        workflow_id (None | str): Its workflow.
        run_id (None | str): Its run.
        available_at (datetime.datetime | None): A timestamp, or null where there is none.
        age_seconds (int | None): For how many seconds it is ready.
    """

    task_id: str
    task_type: str
    workflow_id: None | str
    run_id: None | str
    available_at: datetime.datetime | None
    age_seconds: int | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        task_id = self.task_id

        task_type = self.task_type

        workflow_id: None | str
        workflow_id = self.workflow_id

        run_id: None | str
        run_id = self.run_id

        available_at: None | str
        if isinstance(self.available_at, datetime.datetime):
            available_at = self.available_at.isoformat()
        else:
            available_at = self.available_at

        age_seconds: int | None
        age_seconds = self.age_seconds

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["task_id"] = task_id
        members_["task_type"] = task_type
        members_["workflow_id"] = workflow_id
        members_["run_id"] = run_id
        members_["available_at"] = available_at
        members_["age_seconds"] = age_seconds
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        task_id = members_.pop("task_id")
        task_type = members_.pop("task_type")

        def _parse_workflow_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        workflow_id = _parse_workflow_id(members_.pop("workflow_id"))

        def _parse_run_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        run_id = _parse_run_id(members_.pop("run_id"))

        def _parse_available_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("available_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        available_at = _parse_available_at(members_.pop("available_at"))

        def _parse_age_seconds(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        age_seconds = _parse_age_seconds(members_.pop("age_seconds"))

        model_ = cls(
            task_id=task_id,
            task_type=task_type,
            workflow_id=workflow_id,
            run_id=run_id,
            available_at=available_at,
            age_seconds=age_seconds,
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
