# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.query_task_failure import QueryTaskFailure

__all__ = ["FailQueryTaskRequest"]

T = TypeVar("T", bound="FailQueryTaskRequest")


@_attrs_define
class FailQueryTaskRequest:
    """The lease and the failure.

    Attributes:
        lease_owner (str): The worker that holds the task.
        query_task_attempt (int): The attempt of the hand-out that the worker answers.
        failure (QueryTaskFailure): Why the query could not be answered.
    """

    lease_owner: str
    query_task_attempt: int
    failure: QueryTaskFailure
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        lease_owner = self.lease_owner

        query_task_attempt = self.query_task_attempt

        failure = self.failure.to_dict()

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["lease_owner"] = lease_owner
        members_["query_task_attempt"] = query_task_attempt
        members_["failure"] = failure
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.query_task_failure import QueryTaskFailure

        members_ = dict(src_dict)
        lease_owner = members_.pop("lease_owner")
        query_task_attempt = members_.pop("query_task_attempt")
        failure = QueryTaskFailure.from_dict(members_.pop("failure"))

        model_ = cls(
            lease_owner=lease_owner,
            query_task_attempt=query_task_attempt,
            failure=failure,
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
