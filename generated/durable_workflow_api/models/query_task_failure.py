# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["QueryTaskFailure"]

T = TypeVar("T", bound="QueryTaskFailure")


@_attrs_define
class QueryTaskFailure:
    """Why the query could not be answered.

    Attributes:
        message (str): What happened, for the caller.
        reason (None | str | Unset): The cause for programs, `query_rejected` when absent. Known are
            `rejected_unknown_query`, `query_rejected`, `query_workflow_type_not_registered`,
            `query_payload_decode_failed` and `invalid_query_arguments`.
        type_ (None | str | Unset): The kind of failure.
        stack_trace (None | str | Unset): Where it happened.
    """

    message: str
    reason: None | str | Unset = UNSET
    type_: None | str | Unset = UNSET
    stack_trace: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        message = self.message

        reason: None | str | Unset
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        else:
            type_ = self.type_

        stack_trace: None | str | Unset
        if isinstance(self.stack_trace, Unset):
            stack_trace = UNSET
        else:
            stack_trace = self.stack_trace

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["message"] = message
        if reason is not UNSET:
            members_["reason"] = reason
        if type_ is not UNSET:
            members_["type"] = type_
        if stack_trace is not UNSET:
            members_["stack_trace"] = stack_trace
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        message = members_.pop("message")

        def _parse_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reason = _parse_reason(members_.pop("reason", UNSET))

        def _parse_type_(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        type_ = _parse_type_(members_.pop("type", UNSET))

        def _parse_stack_trace(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        stack_trace = _parse_stack_trace(members_.pop("stack_trace", UNSET))

        model_ = cls(
            message=message,
            reason=reason,
            type_=type_,
            stack_trace=stack_trace,
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
