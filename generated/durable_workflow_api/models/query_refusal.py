# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["QueryRefusal"]

T = TypeVar("T", bound="QueryRefusal")


@_attrs_define
class QueryRefusal:
    """Either an error of the control plane or a failed query, which always names the query and brings all
    of its members.

    Attributes:
        message (str): A text for people, that of the worker when a worker failed the query.
        reason (str): The cause for programs; the possible values stand at each answer.
        workflow_id (str | Unset): The workflow.
        run_id (None | str | Unset): The run that the request named or met.
        target_scope (str | Unset): `instance`, or `run` when the path named another run than the
            newest.
        query_name (str | Unset): The query.
        result (Any | Unset): A value of the user, decoded to JSON.
        blocked_reason (str | Unset): Why the server cannot load the definition of the workflow.
        workflow_type (str | Unset): The type of the workflow.
        retryable (bool | Unset): Whether the same query may succeed later.
        namespace (str | Unset): The namespace that does not exist.
        remediation (str | Unset): What to do about it.
        errors (Any | Unset): Messages by dotted path of the member or parameter.
        validation_errors (Any | Unset): Messages by dotted path of the member or parameter.
        control_plane (Any | Unset): Says which operation answers and under which contract, and mirrors
            members of the body. Clients read the body.
    """

    message: str
    reason: str
    workflow_id: str | Unset = UNSET
    run_id: None | str | Unset = UNSET
    target_scope: str | Unset = UNSET
    query_name: str | Unset = UNSET
    result: Any | Unset = UNSET
    blocked_reason: str | Unset = UNSET
    workflow_type: str | Unset = UNSET
    retryable: bool | Unset = UNSET
    namespace: str | Unset = UNSET
    remediation: str | Unset = UNSET
    errors: Any | Unset = UNSET
    validation_errors: Any | Unset = UNSET
    control_plane: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        message = self.message

        reason = self.reason

        workflow_id = self.workflow_id

        run_id: None | str | Unset
        if isinstance(self.run_id, Unset):
            run_id = UNSET
        else:
            run_id = self.run_id

        target_scope = self.target_scope

        query_name = self.query_name

        result = self.result

        blocked_reason = self.blocked_reason

        workflow_type = self.workflow_type

        retryable = self.retryable

        namespace = self.namespace

        remediation = self.remediation

        errors = self.errors

        validation_errors = self.validation_errors

        control_plane = self.control_plane

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["message"] = message
        members_["reason"] = reason
        if workflow_id is not UNSET:
            members_["workflow_id"] = workflow_id
        if run_id is not UNSET:
            members_["run_id"] = run_id
        if target_scope is not UNSET:
            members_["target_scope"] = target_scope
        if query_name is not UNSET:
            members_["query_name"] = query_name
        if result is not UNSET:
            members_["result"] = result
        if blocked_reason is not UNSET:
            members_["blocked_reason"] = blocked_reason
        if workflow_type is not UNSET:
            members_["workflow_type"] = workflow_type
        if retryable is not UNSET:
            members_["retryable"] = retryable
        if namespace is not UNSET:
            members_["namespace"] = namespace
        if remediation is not UNSET:
            members_["remediation"] = remediation
        if errors is not UNSET:
            members_["errors"] = errors
        if validation_errors is not UNSET:
            members_["validation_errors"] = validation_errors
        if control_plane is not UNSET:
            members_["control_plane"] = control_plane
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
        workflow_id = members_.pop("workflow_id", UNSET)

        def _parse_run_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        run_id = _parse_run_id(members_.pop("run_id", UNSET))

        target_scope = members_.pop("target_scope", UNSET)
        query_name = members_.pop("query_name", UNSET)
        result = members_.pop("result", UNSET)
        blocked_reason = members_.pop("blocked_reason", UNSET)
        workflow_type = members_.pop("workflow_type", UNSET)
        retryable = members_.pop("retryable", UNSET)
        namespace = members_.pop("namespace", UNSET)
        remediation = members_.pop("remediation", UNSET)
        errors = members_.pop("errors", UNSET)
        validation_errors = members_.pop("validation_errors", UNSET)
        control_plane = members_.pop("control_plane", UNSET)
        model_ = cls(
            message=message,
            reason=reason,
            workflow_id=workflow_id,
            run_id=run_id,
            target_scope=target_scope,
            query_name=query_name,
            result=result,
            blocked_reason=blocked_reason,
            workflow_type=workflow_type,
            retryable=retryable,
            namespace=namespace,
            remediation=remediation,
            errors=errors,
            validation_errors=validation_errors,
            control_plane=control_plane,
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
