# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.activity_failure_kind import ActivityFailureKind, check_activity_failure_kind
from ..models.activity_timeout_type import ActivityTimeoutType, check_activity_timeout_type
from ..types import UNSET, Unset

__all__ = ["ActivityFailure"]

T = TypeVar("T", bound="ActivityFailure")


@_attrs_define
class ActivityFailure:
    """Why an attempt failed.

    Attributes:
        message (str): What happened.
        type_ (None | str | Unset): The type of the failure; compared with non_retryable_error_types.
        stack_trace (None | str | Unset): Where it happened.
        non_retryable (bool | None | Unset): Whether trying again is pointless.
        retryable (bool | None | Unset): Accepted and unused.
        kind (ActivityFailureKind | None | Unset): What went wrong in general.
        timeout_type (ActivityTimeoutType | None | Unset): Which time was over.
        cancelled (bool | None | Unset): Whether the attempt stopped because it was told to.
        malformed_output (bool | None | Unset): Whether the result could not be sent.
        details (Any | Unset): A value of the user, decoded to JSON.
    """

    message: str
    type_: None | str | Unset = UNSET
    stack_trace: None | str | Unset = UNSET
    non_retryable: bool | None | Unset = UNSET
    retryable: bool | None | Unset = UNSET
    kind: ActivityFailureKind | None | Unset = UNSET
    timeout_type: ActivityTimeoutType | None | Unset = UNSET
    cancelled: bool | None | Unset = UNSET
    malformed_output: bool | None | Unset = UNSET
    details: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        message = self.message

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

        non_retryable: bool | None | Unset
        if isinstance(self.non_retryable, Unset):
            non_retryable = UNSET
        else:
            non_retryable = self.non_retryable

        retryable: bool | None | Unset
        if isinstance(self.retryable, Unset):
            retryable = UNSET
        else:
            retryable = self.retryable

        kind: None | str | Unset
        if isinstance(self.kind, Unset):
            kind = UNSET
        elif isinstance(self.kind, str):
            kind = self.kind
        else:
            kind = self.kind

        timeout_type: None | str | Unset
        if isinstance(self.timeout_type, Unset):
            timeout_type = UNSET
        elif isinstance(self.timeout_type, str):
            timeout_type = self.timeout_type
        else:
            timeout_type = self.timeout_type

        cancelled: bool | None | Unset
        if isinstance(self.cancelled, Unset):
            cancelled = UNSET
        else:
            cancelled = self.cancelled

        malformed_output: bool | None | Unset
        if isinstance(self.malformed_output, Unset):
            malformed_output = UNSET
        else:
            malformed_output = self.malformed_output

        details = self.details

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["message"] = message
        if type_ is not UNSET:
            members_["type"] = type_
        if stack_trace is not UNSET:
            members_["stack_trace"] = stack_trace
        if non_retryable is not UNSET:
            members_["non_retryable"] = non_retryable
        if retryable is not UNSET:
            members_["retryable"] = retryable
        if kind is not UNSET:
            members_["kind"] = kind
        if timeout_type is not UNSET:
            members_["timeout_type"] = timeout_type
        if cancelled is not UNSET:
            members_["cancelled"] = cancelled
        if malformed_output is not UNSET:
            members_["malformed_output"] = malformed_output
        if details is not UNSET:
            members_["details"] = details
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        message = members_.pop("message")

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

        def _parse_non_retryable(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        non_retryable = _parse_non_retryable(members_.pop("non_retryable", UNSET))

        def _parse_retryable(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        retryable = _parse_retryable(members_.pop("retryable", UNSET))

        def _parse_kind(data: object) -> ActivityFailureKind | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, str):
                raise TypeError("kind has the wrong type")
            kind_type_0 = check_activity_failure_kind(data)

            return kind_type_0

        kind = _parse_kind(members_.pop("kind", UNSET))

        def _parse_timeout_type(data: object) -> ActivityTimeoutType | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, str):
                raise TypeError("timeout_type has the wrong type")
            timeout_type_type_0 = check_activity_timeout_type(data)

            return timeout_type_type_0

        timeout_type = _parse_timeout_type(members_.pop("timeout_type", UNSET))

        def _parse_cancelled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        cancelled = _parse_cancelled(members_.pop("cancelled", UNSET))

        def _parse_malformed_output(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        malformed_output = _parse_malformed_output(members_.pop("malformed_output", UNSET))

        details = members_.pop("details", UNSET)
        model_ = cls(
            message=message,
            type_=type_,
            stack_trace=stack_trace,
            non_retryable=non_retryable,
            retryable=retryable,
            kind=kind,
            timeout_type=timeout_type,
            cancelled=cancelled,
            malformed_output=malformed_output,
            details=details,
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
