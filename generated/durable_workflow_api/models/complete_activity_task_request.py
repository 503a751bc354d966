# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["CompleteActivityTaskRequest"]

T = TypeVar("T", bound="CompleteActivityTaskRequest")


@_attrs_define
class CompleteActivityTaskRequest:
    """The lease and the result.

    Attributes:
        activity_attempt_id (str): The attempt, from the task.
        lease_owner (str): The worker that holds the task.
        result (Any | Unset): A value of the user, decoded to JSON.
        next_task_poll_request_id (None | str | Unset): Asks for the workflow task that the result
            creates, as a poll of the worker's queue with this `poll_request_id` would. When the answer is
            lost, a poll of workflow tasks with it gets the same task.
    """

    activity_attempt_id: str
    lease_owner: str
    result: Any | Unset = UNSET
    next_task_poll_request_id: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        activity_attempt_id = self.activity_attempt_id

        lease_owner = self.lease_owner

        result = self.result

        next_task_poll_request_id: None | str | Unset
        if isinstance(self.next_task_poll_request_id, Unset):
            next_task_poll_request_id = UNSET
        else:
            next_task_poll_request_id = self.next_task_poll_request_id

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["activity_attempt_id"] = activity_attempt_id
        members_["lease_owner"] = lease_owner
        if result is not UNSET:
            members_["result"] = result
        if next_task_poll_request_id is not UNSET:
            members_["next_task_poll_request_id"] = next_task_poll_request_id
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        activity_attempt_id = members_.pop("activity_attempt_id")
        lease_owner = members_.pop("lease_owner")
        result = members_.pop("result", UNSET)

        def _parse_next_task_poll_request_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        next_task_poll_request_id = _parse_next_task_poll_request_id(
            members_.pop("next_task_poll_request_id", UNSET)
        )

        model_ = cls(
            activity_attempt_id=activity_attempt_id,
            lease_owner=lease_owner,
            result=result,
            next_task_poll_request_id=next_task_poll_request_id,
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
