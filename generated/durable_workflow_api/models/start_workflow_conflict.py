# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["StartWorkflowConflict"]

T = TypeVar("T", bound="StartWorkflowConflict")


@_attrs_define
class StartWorkflowConflict:
    """The workflow id is taken. A duplicate names the existing run by the members of a start; the other
    cases carry `message` and `reason`.

    Attributes:
        workflow_id (str): The workflow.
        run_id (None | str | Unset): Its newest run.
        workflow_type (str | Unset): Its type.
        namespace (str | Unset): Its namespace.
        status (str | Unset): Status of that run.
        business_key (None | str | Unset): Its business key.
        payload_codec (None | str | Unset): The codec of its payloads.
        outcome (str | Unset): `rejected_duplicate` for a duplicate.
        reason (str | Unset): The cause for programs; absent for a duplicate on protocol 1.0.
        message (str | Unset): A text for people.
        control_plane (Any | Unset): Says which operation answers and under which contract, and mirrors
            members of the body. Clients read the body.
    """

    workflow_id: str
    run_id: None | str | Unset = UNSET
    workflow_type: str | Unset = UNSET
    namespace: str | Unset = UNSET
    status: str | Unset = UNSET
    business_key: None | str | Unset = UNSET
    payload_codec: None | str | Unset = UNSET
    outcome: str | Unset = UNSET
    reason: str | Unset = UNSET
    message: str | Unset = UNSET
    control_plane: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        workflow_id = self.workflow_id

        run_id: None | str | Unset
        if isinstance(self.run_id, Unset):
            run_id = UNSET
        else:
            run_id = self.run_id

        workflow_type = self.workflow_type

        namespace = self.namespace

        status = self.status

        business_key: None | str | Unset
        if isinstance(self.business_key, Unset):
            business_key = UNSET
        else:
            business_key = self.business_key

        payload_codec: None | str | Unset
        if isinstance(self.payload_codec, Unset):
            payload_codec = UNSET
        else:
            payload_codec = self.payload_codec

        outcome = self.outcome

        reason = self.reason

        message = self.message

        control_plane = self.control_plane

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["workflow_id"] = workflow_id
        if run_id is not UNSET:
            members_["run_id"] = run_id
        if workflow_type is not UNSET:
            members_["workflow_type"] = workflow_type
        if namespace is not UNSET:
            members_["namespace"] = namespace
        if status is not UNSET:
            members_["status"] = status
        if business_key is not UNSET:
            members_["business_key"] = business_key
        if payload_codec is not UNSET:
            members_["payload_codec"] = payload_codec
        if outcome is not UNSET:
            members_["outcome"] = outcome
        if reason is not UNSET:
            members_["reason"] = reason
        if message is not UNSET:
            members_["message"] = message
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
        workflow_id = members_.pop("workflow_id")

        def _parse_run_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        run_id = _parse_run_id(members_.pop("run_id", UNSET))

        workflow_type = members_.pop("workflow_type", UNSET)
        namespace = members_.pop("namespace", UNSET)
        status = members_.pop("status", UNSET)

        def _parse_business_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        business_key = _parse_business_key(members_.pop("business_key", UNSET))

        def _parse_payload_codec(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        payload_codec = _parse_payload_codec(members_.pop("payload_codec", UNSET))

        outcome = members_.pop("outcome", UNSET)
        reason = members_.pop("reason", UNSET)
        message = members_.pop("message", UNSET)
        control_plane = members_.pop("control_plane", UNSET)
        model_ = cls(
            workflow_id=workflow_id,
            run_id=run_id,
            workflow_type=workflow_type,
            namespace=namespace,
            status=status,
            business_key=business_key,
            payload_codec=payload_codec,
            outcome=outcome,
            reason=reason,
            message=message,
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
