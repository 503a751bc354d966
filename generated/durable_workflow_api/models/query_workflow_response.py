# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.payload_envelope import PayloadEnvelope

__all__ = ["QueryWorkflowResponse"]

T = TypeVar("T", bound="QueryWorkflowResponse")


@_attrs_define
class QueryWorkflowResponse:
    """What the query handler returned. It leaves no trace in the history.

    Attributes:
        workflow_id (str): The workflow.
        run_id (str): The run that was asked.
        target_scope (str): `instance`.
        query_name (str): The query.
        result (Any): A value of the user, decoded to JSON.
        result_envelope (None | PayloadEnvelope): A payload envelope, or null where there is no payload.
        reason (None | str): Null.
        control_plane (Any | Unset): Says which operation answers and under which contract, and mirrors
            members of the body. Clients read the body.
    """

    workflow_id: str
    run_id: str
    target_scope: str
    query_name: str
    result: Any
    result_envelope: None | PayloadEnvelope
    reason: None | str
    control_plane: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""
        from ..models.payload_envelope import PayloadEnvelope

        workflow_id = self.workflow_id

        run_id = self.run_id

        target_scope = self.target_scope

        query_name = self.query_name

        result = self.result

        result_envelope: dict[str, Any] | None
        if isinstance(self.result_envelope, PayloadEnvelope):
            result_envelope = self.result_envelope.to_dict()
        else:
            result_envelope = self.result_envelope

        reason: None | str
        reason = self.reason

        control_plane = self.control_plane

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["workflow_id"] = workflow_id
        members_["run_id"] = run_id
        members_["target_scope"] = target_scope
        members_["query_name"] = query_name
        members_["result"] = result
        members_["result_envelope"] = result_envelope
        members_["reason"] = reason
        if control_plane is not UNSET:
            members_["control_plane"] = control_plane
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.payload_envelope import PayloadEnvelope

        members_ = dict(src_dict)
        workflow_id = members_.pop("workflow_id")
        run_id = members_.pop("run_id")
        target_scope = members_.pop("target_scope")
        query_name = members_.pop("query_name")
        result = members_.pop("result")

        def _parse_result_envelope(data: object) -> None | PayloadEnvelope:
            if data is None:
                return data
            if not isinstance(data, dict):
                raise TypeError("result_envelope has the wrong type")
            componentsschemas_nullable_payload_envelope_type_0 = PayloadEnvelope.from_dict(data)

            return componentsschemas_nullable_payload_envelope_type_0

        result_envelope = _parse_result_envelope(members_.pop("result_envelope"))

        def _parse_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        reason = _parse_reason(members_.pop("reason"))

        control_plane = members_.pop("control_plane", UNSET)
        model_ = cls(
            workflow_id=workflow_id,
            run_id=run_id,
            target_scope=target_scope,
            query_name=query_name,
            result=result,
            result_envelope=result_envelope,
            reason=reason,
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
