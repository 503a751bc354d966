# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["TaskQueueLease"]

T = TypeVar("T", bound="TaskQueueLease")


@_attrs_define
class TaskQueueLease:
    """A leased task. A workflow task brings its attempt, an activity task the two members of its attempt.

    Attributes:
        task_id (str): The task.
        task_type (str): `workflow` or `activity`.
        workflow_id (None | str): Its workflow.
        run_id (None | str): Its run.
        lease_owner (None | str): The worker that holds it.
        lease_expires_at (datetime.datetime | None): A timestamp, or null where there is none.
        is_expired (bool): Whether it has ended.
        workflow_task_attempt (int | None | Unset): The attempt of a workflow task.
        activity_attempt_id (None | str | Unset): The attempt of an activity task.
        attempt_number (int | None | Unset): Its number.
    """

    task_id: str
    task_type: str
    workflow_id: None | str
    run_id: None | str
    lease_owner: None | str
    lease_expires_at: datetime.datetime | None
    is_expired: bool
    workflow_task_attempt: int | None | Unset = UNSET
    activity_attempt_id: None | str | Unset = UNSET
    attempt_number: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        task_id = self.task_id

        task_type = self.task_type

        workflow_id: None | str
        workflow_id = self.workflow_id

        run_id: None | str
        run_id = self.run_id

        lease_owner: None | str
        lease_owner = self.lease_owner

        lease_expires_at: None | str
        if isinstance(self.lease_expires_at, datetime.datetime):
            lease_expires_at = self.lease_expires_at.isoformat()
        else:
            lease_expires_at = self.lease_expires_at

        is_expired = self.is_expired

        workflow_task_attempt: int | None | Unset
        if isinstance(self.workflow_task_attempt, Unset):
            workflow_task_attempt = UNSET
        else:
            workflow_task_attempt = self.workflow_task_attempt

        activity_attempt_id: None | str | Unset
        if isinstance(self.activity_attempt_id, Unset):
            activity_attempt_id = UNSET
        else:
            activity_attempt_id = self.activity_attempt_id

        attempt_number: int | None | Unset
        if isinstance(self.attempt_number, Unset):
            attempt_number = UNSET
        else:
            attempt_number = self.attempt_number

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["task_id"] = task_id
        members_["task_type"] = task_type
        members_["workflow_id"] = workflow_id
        members_["run_id"] = run_id
        members_["lease_owner"] = lease_owner
        members_["lease_expires_at"] = lease_expires_at
        members_["is_expired"] = is_expired
        if workflow_task_attempt is not UNSET:
            members_["workflow_task_attempt"] = workflow_task_attempt
        if activity_attempt_id is not UNSET:
            members_["activity_attempt_id"] = activity_attempt_id
        if attempt_number is not UNSET:
            members_["attempt_number"] = attempt_number
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

        def _parse_lease_owner(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        lease_owner = _parse_lease_owner(members_.pop("lease_owner"))

        def _parse_lease_expires_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            if not isinstance(data, str):
                raise TypeError("lease_expires_at has the wrong type")
            componentsschemas_nullable_timestamp_type_0 = datetime.datetime.fromisoformat(data)

            return componentsschemas_nullable_timestamp_type_0

        lease_expires_at = _parse_lease_expires_at(members_.pop("lease_expires_at"))

        is_expired = members_.pop("is_expired")

        def _parse_workflow_task_attempt(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        workflow_task_attempt = _parse_workflow_task_attempt(members_.pop("workflow_task_attempt", UNSET))

        def _parse_activity_attempt_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        activity_attempt_id = _parse_activity_attempt_id(members_.pop("activity_attempt_id", UNSET))

        def _parse_attempt_number(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        attempt_number = _parse_attempt_number(members_.pop("attempt_number", UNSET))

        model_ = cls(
            task_id=task_id,
            task_type=task_type,
            workflow_id=workflow_id,
            run_id=run_id,
            lease_owner=lease_owner,
            lease_expires_at=lease_expires_at,
            is_expired=is_expired,
            workflow_task_attempt=workflow_task_attempt,
            activity_attempt_id=activity_attempt_id,
            attempt_number=attempt_number,
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
