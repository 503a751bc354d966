# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["ControlPlaneError"]

T = TypeVar("T", bound="ControlPlaneError")


@_attrs_define
class ControlPlaneError:
    """An error of the control plane. Which members beside `message` are present depends on `reason`.

    Attributes:
        message (str): A text for people.
        reason (str): The cause for programs; the possible values stand at each answer.
        json_error (str | Unset): What is wrong with the JSON.
        supported_version (str | Unset): The version that the server speaks.
        requested_version (None | str | Unset): The version that was asked for, null when none was.
        remediation (str | Unset): What to do about it.
        role (str | Unset): The role of the caller.
        allowed_roles (list[str] | Unset): The roles that may call the operation.
        namespace (str | Unset): The namespace that does not exist.
        limit (int | Unset): The largest body in bytes.
        accepted_content_types (list[str] | Unset): Media types that are accepted.
        errors (Any | Unset): Messages by dotted path of the member or parameter.
        validation_errors (Any | Unset): Messages by dotted path of the member or parameter.
        workflow_id (str | Unset): The workflow that the request named.
        run_id (None | str | Unset): The run that the request named or met.
        target_scope (str | Unset): `run` when a command named a run that is not the newest.
        control_plane (Any | Unset): Says which operation answers and under which contract, and mirrors
            members of the body. Clients read the body.
        blocked_reason (str | Unset): Why the server cannot load the definition of the workflow.
        retryable (bool | Unset): Whether the same request may succeed later.
    """

    message: str
    reason: str
    json_error: str | Unset = UNSET
    supported_version: str | Unset = UNSET
    requested_version: None | str | Unset = UNSET
    remediation: str | Unset = UNSET
    role: str | Unset = UNSET
    allowed_roles: list[str] | Unset = UNSET
    namespace: str | Unset = UNSET
    limit: int | Unset = UNSET
    accepted_content_types: list[str] | Unset = UNSET
    errors: Any | Unset = UNSET
    validation_errors: Any | Unset = UNSET
    workflow_id: str | Unset = UNSET
    run_id: None | str | Unset = UNSET
    target_scope: str | Unset = UNSET
    control_plane: Any | Unset = UNSET
    blocked_reason: str | Unset = UNSET
    retryable: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        message = self.message

        reason = self.reason

        json_error = self.json_error

        supported_version = self.supported_version

        requested_version: None | str | Unset
        if isinstance(self.requested_version, Unset):
            requested_version = UNSET
        else:
            requested_version = self.requested_version

        remediation = self.remediation

        role = self.role

        allowed_roles: list[str] | Unset = UNSET
        if not isinstance(self.allowed_roles, Unset):
            allowed_roles = self.allowed_roles

        namespace = self.namespace

        limit = self.limit

        accepted_content_types: list[str] | Unset = UNSET
        if not isinstance(self.accepted_content_types, Unset):
            accepted_content_types = self.accepted_content_types

        errors = self.errors

        validation_errors = self.validation_errors

        workflow_id = self.workflow_id

        run_id: None | str | Unset
        if isinstance(self.run_id, Unset):
            run_id = UNSET
        else:
            run_id = self.run_id

        target_scope = self.target_scope

        control_plane = self.control_plane

        blocked_reason = self.blocked_reason

        retryable = self.retryable

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["message"] = message
        members_["reason"] = reason
        if json_error is not UNSET:
            members_["json_error"] = json_error
        if supported_version is not UNSET:
            members_["supported_version"] = supported_version
        if requested_version is not UNSET:
            members_["requested_version"] = requested_version
        if remediation is not UNSET:
            members_["remediation"] = remediation
        if role is not UNSET:
            members_["role"] = role
        if allowed_roles is not UNSET:
            members_["allowed_roles"] = allowed_roles
        if namespace is not UNSET:
            members_["namespace"] = namespace
        if limit is not UNSET:
            members_["limit"] = limit
        if accepted_content_types is not UNSET:
            members_["accepted_content_types"] = accepted_content_types
        if errors is not UNSET:
            members_["errors"] = errors
        if validation_errors is not UNSET:
            members_["validation_errors"] = validation_errors
        if workflow_id is not UNSET:
            members_["workflow_id"] = workflow_id
        if run_id is not UNSET:
            members_["run_id"] = run_id
        if target_scope is not UNSET:
            members_["target_scope"] = target_scope
        if control_plane is not UNSET:
            members_["control_plane"] = control_plane
        if blocked_reason is not UNSET:
            members_["blocked_reason"] = blocked_reason
        if retryable is not UNSET:
            members_["retryable"] = retryable
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        message = members_.pop("message")
        reason = members_.pop("reason")
        json_error = members_.pop("json_error", UNSET)
        supported_version = members_.pop("supported_version", UNSET)

        def _parse_requested_version(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        requested_version = _parse_requested_version(members_.pop("requested_version", UNSET))

        remediation = members_.pop("remediation", UNSET)
        role = members_.pop("role", UNSET)
        allowed_roles: list[str] | Unset = members_.pop("allowed_roles", UNSET)

        namespace = members_.pop("namespace", UNSET)
        limit = members_.pop("limit", UNSET)
        accepted_content_types: list[str] | Unset = members_.pop("accepted_content_types", UNSET)

        errors = members_.pop("errors", UNSET)
        validation_errors = members_.pop("validation_errors", UNSET)
        workflow_id = members_.pop("workflow_id", UNSET)

        def _parse_run_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        run_id = _parse_run_id(members_.pop("run_id", UNSET))

        target_scope = members_.pop("target_scope", UNSET)
        control_plane = members_.pop("control_plane", UNSET)
        blocked_reason = members_.pop("blocked_reason", UNSET)
        retryable = members_.pop("retryable", UNSET)
        model_ = cls(
            message=message,
            reason=reason,
            json_error=json_error,
            supported_version=supported_version,
            requested_version=requested_version,
            remediation=remediation,
            role=role,
            allowed_roles=allowed_roles,
            namespace=namespace,
            limit=limit,
            accepted_content_types=accepted_content_types,
            errors=errors,
            validation_errors=validation_errors,
            workflow_id=workflow_id,
            run_id=run_id,
            target_scope=target_scope,
            control_plane=control_plane,
            blocked_reason=blocked_reason,
            retryable=retryable,
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
