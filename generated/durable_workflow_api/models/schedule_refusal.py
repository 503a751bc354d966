# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.schedule_cursor import ScheduleCursor

__all__ = ["ScheduleRefusal"]

T = TypeVar("T", bound="ScheduleRefusal")


@_attrs_define
class ScheduleRefusal:
    """An error about a schedule. Which members beside `message` are present depends on `reason`.

    Attributes:
        message (str): A text for people.
        reason (str): The cause for programs; the possible values stand at each answer.
        schedule_id (str | Unset): The schedule whose id is taken.
        json_error (str | Unset): What is wrong with the JSON.
        supported_version (str | Unset): The version that the server speaks.
        requested_version (None | str | Unset): The version that was asked for, null when none was.
        limit (int | Unset): The largest memo in bytes.
        field (str | Unset): The parameter that is refused.
        last_safe_cursor (None | ScheduleCursor | Unset): Where to read on after a page token became
            stale.
        namespace (str | Unset): The namespace that does not exist.
        remediation (str | Unset): What to do about it.
        role (str | Unset): The role of the caller.
        allowed_roles (list[str] | Unset): The roles that may call the operation.
        errors (Any | Unset): Messages by dotted path of the member or parameter.
        validation_errors (Any | Unset): Messages by dotted path of the member or parameter.
    """

    message: str
    reason: str
    schedule_id: str | Unset = UNSET
    json_error: str | Unset = UNSET
    supported_version: str | Unset = UNSET
    requested_version: None | str | Unset = UNSET
    limit: int | Unset = UNSET
    field: str | Unset = UNSET
    last_safe_cursor: None | ScheduleCursor | Unset = UNSET
    namespace: str | Unset = UNSET
    remediation: str | Unset = UNSET
    role: str | Unset = UNSET
    allowed_roles: list[str] | Unset = UNSET
    errors: Any | Unset = UNSET
    validation_errors: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""
        from ..models.schedule_cursor import ScheduleCursor

        message = self.message

        reason = self.reason

        schedule_id = self.schedule_id

        json_error = self.json_error

        supported_version = self.supported_version

        requested_version: None | str | Unset
        if isinstance(self.requested_version, Unset):
            requested_version = UNSET
        else:
            requested_version = self.requested_version

        limit = self.limit

        field = self.field

        last_safe_cursor: dict[str, Any] | None | Unset
        if isinstance(self.last_safe_cursor, Unset):
            last_safe_cursor = UNSET
        elif isinstance(self.last_safe_cursor, ScheduleCursor):
            last_safe_cursor = self.last_safe_cursor.to_dict()
        else:
            last_safe_cursor = self.last_safe_cursor

        namespace = self.namespace

        remediation = self.remediation

        role = self.role

        allowed_roles: list[str] | Unset = UNSET
        if not isinstance(self.allowed_roles, Unset):
            allowed_roles = self.allowed_roles

        errors = self.errors

        validation_errors = self.validation_errors

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["message"] = message
        members_["reason"] = reason
        if schedule_id is not UNSET:
            members_["schedule_id"] = schedule_id
        if json_error is not UNSET:
            members_["json_error"] = json_error
        if supported_version is not UNSET:
            members_["supported_version"] = supported_version
        if requested_version is not UNSET:
            members_["requested_version"] = requested_version
        if limit is not UNSET:
            members_["limit"] = limit
        if field is not UNSET:
            members_["field"] = field
        if last_safe_cursor is not UNSET:
            members_["last_safe_cursor"] = last_safe_cursor
        if namespace is not UNSET:
            members_["namespace"] = namespace
        if remediation is not UNSET:
            members_["remediation"] = remediation
        if role is not UNSET:
            members_["role"] = role
        if allowed_roles is not UNSET:
            members_["allowed_roles"] = allowed_roles
        if errors is not UNSET:
            members_["errors"] = errors
        if validation_errors is not UNSET:
            members_["validation_errors"] = validation_errors
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.schedule_cursor import ScheduleCursor

        members_ = dict(src_dict)
        message = members_.pop("message")
        reason = members_.pop("reason")
        schedule_id = members_.pop("schedule_id", UNSET)
        json_error = members_.pop("json_error", UNSET)
        supported_version = members_.pop("supported_version", UNSET)

        def _parse_requested_version(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        requested_version = _parse_requested_version(members_.pop("requested_version", UNSET))

        limit = members_.pop("limit", UNSET)
        field = members_.pop("field", UNSET)

        def _parse_last_safe_cursor(data: object) -> None | ScheduleCursor | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, dict):
                raise TypeError("last_safe_cursor has the wrong type")
            last_safe_cursor_type_0 = ScheduleCursor.from_dict(data)

            return last_safe_cursor_type_0

        last_safe_cursor = _parse_last_safe_cursor(members_.pop("last_safe_cursor", UNSET))

        namespace = members_.pop("namespace", UNSET)
        remediation = members_.pop("remediation", UNSET)
        role = members_.pop("role", UNSET)
        allowed_roles: list[str] | Unset = members_.pop("allowed_roles", UNSET)

        errors = members_.pop("errors", UNSET)
        validation_errors = members_.pop("validation_errors", UNSET)
        model_ = cls(
            message=message,
            reason=reason,
            schedule_id=schedule_id,
            json_error=json_error,
            supported_version=supported_version,
            requested_version=requested_version,
            limit=limit,
            field=field,
            last_safe_cursor=last_safe_cursor,
            namespace=namespace,
            remediation=remediation,
            role=role,
            allowed_roles=allowed_roles,
            errors=errors,
            validation_errors=validation_errors,
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
