# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["WorkflowTaskHistoryRequest"]

T = TypeVar("T", bound="WorkflowTaskHistoryRequest")


@_attrs_define
class WorkflowTaskHistoryRequest:
    """The lease and the token of the page.

    Attributes:
        lease_owner (str): The worker that holds the task.
        workflow_task_attempt (int): The attempt of the hand-out that the worker answers.
        next_history_page_token (str): The token of the previous page.
        history_page_size (int | None | Unset): Events on the page; 500 when absent.
        accept_history_encoding (None | str | Unset): Comma-separated list of `gzip` and `deflate`.
    """

    lease_owner: str
    workflow_task_attempt: int
    next_history_page_token: str
    history_page_size: int | None | Unset = UNSET
    accept_history_encoding: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        lease_owner = self.lease_owner

        workflow_task_attempt = self.workflow_task_attempt

        next_history_page_token = self.next_history_page_token

        history_page_size: int | None | Unset
        if isinstance(self.history_page_size, Unset):
            history_page_size = UNSET
        else:
            history_page_size = self.history_page_size

        accept_history_encoding: None | str | Unset
        if isinstance(self.accept_history_encoding, Unset):
            accept_history_encoding = UNSET
        else:
            accept_history_encoding = self.accept_history_encoding

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["lease_owner"] = lease_owner
        members_["workflow_task_attempt"] = workflow_task_attempt
        members_["next_history_page_token"] = next_history_page_token
        if history_page_size is not UNSET:
            members_["history_page_size"] = history_page_size
        if accept_history_encoding is not UNSET:
            members_["accept_history_encoding"] = accept_history_encoding
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
        next_history_page_token = members_.pop("next_history_page_token")

        def _parse_history_page_size(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        history_page_size = _parse_history_page_size(members_.pop("history_page_size", UNSET))

        def _parse_accept_history_encoding(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        accept_history_encoding = _parse_accept_history_encoding(
            members_.pop("accept_history_encoding", UNSET)
        )

        model_ = cls(
            lease_owner=lease_owner,
            workflow_task_attempt=workflow_task_attempt,
            next_history_page_token=next_history_page_token,
            history_page_size=history_page_size,
            accept_history_encoding=accept_history_encoding,
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
