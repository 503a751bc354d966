# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["CompleteWorkflowTaskRequest"]

T = TypeVar("T", bound="CompleteWorkflowTaskRequest")


@_attrs_define
class CompleteWorkflowTaskRequest:
    """The lease and what the workflow wants next.

    Attributes:
        lease_owner (str): The worker that holds the task.
        workflow_task_attempt (int): The attempt of the hand-out that the worker answers.
        commands (list[Any]): The commands in the order in which the workflow issued them. An empty list
            says that there was nothing to do; only servers with the capability
            `empty_workflow_task_completion` take it. Cluster info says how many there may be, as
            `structural_limits.command_batch_size`.
        next_task_poll_request_id (None | str | Unset): Asks for an activity task that the commands
            create, as a poll of the worker's queue with this `poll_request_id` would. When the answer is
            lost, a poll of activity tasks with it gets the same task.
    """

    lease_owner: str
    workflow_task_attempt: int
    commands: list[Any]
    next_task_poll_request_id: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        lease_owner = self.lease_owner

        workflow_task_attempt = self.workflow_task_attempt

        commands = self.commands

        next_task_poll_request_id: None | str | Unset
        if isinstance(self.next_task_poll_request_id, Unset):
            next_task_poll_request_id = UNSET
        else:
            next_task_poll_request_id = self.next_task_poll_request_id

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["lease_owner"] = lease_owner
        members_["workflow_task_attempt"] = workflow_task_attempt
        members_["commands"] = commands
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
        lease_owner = members_.pop("lease_owner")
        workflow_task_attempt = members_.pop("workflow_task_attempt")
        commands: list[Any] = members_.pop("commands")

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
            lease_owner=lease_owner,
            workflow_task_attempt=workflow_task_attempt,
            commands=commands,
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
