# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.payload_envelope import PayloadEnvelope

__all__ = ["CompleteQueryTaskRequest"]

T = TypeVar("T", bound="CompleteQueryTaskRequest")


@_attrs_define
class CompleteQueryTaskRequest:
    """The lease and the value, in both forms.

    Attributes:
        lease_owner (str): The worker that holds the task.
        query_task_attempt (int): The attempt of the hand-out that the worker answers.
        result (Any | Unset): A value of the user, decoded to JSON.
        result_envelope (None | PayloadEnvelope | Unset): A payload envelope, or null where there is no
            payload.
    """

    lease_owner: str
    query_task_attempt: int
    result: Any | Unset = UNSET
    result_envelope: None | PayloadEnvelope | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""
        from ..models.payload_envelope import PayloadEnvelope

        lease_owner = self.lease_owner

        query_task_attempt = self.query_task_attempt

        result = self.result

        result_envelope: dict[str, Any] | None | Unset
        if isinstance(self.result_envelope, Unset):
            result_envelope = UNSET
        elif isinstance(self.result_envelope, PayloadEnvelope):
            result_envelope = self.result_envelope.to_dict()
        else:
            result_envelope = self.result_envelope

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["lease_owner"] = lease_owner
        members_["query_task_attempt"] = query_task_attempt
        if result is not UNSET:
            members_["result"] = result
        if result_envelope is not UNSET:
            members_["result_envelope"] = result_envelope
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.payload_envelope import PayloadEnvelope

        members_ = dict(src_dict)
        lease_owner = members_.pop("lease_owner")
        query_task_attempt = members_.pop("query_task_attempt")
        result = members_.pop("result", UNSET)

        def _parse_result_envelope(data: object) -> None | PayloadEnvelope | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, dict):
                raise TypeError("result_envelope has the wrong type")
            componentsschemas_nullable_payload_envelope_type_0 = PayloadEnvelope.from_dict(data)

            return componentsschemas_nullable_payload_envelope_type_0

        result_envelope = _parse_result_envelope(members_.pop("result_envelope", UNSET))

        model_ = cls(
            lease_owner=lease_owner,
            query_task_attempt=query_task_attempt,
            result=result,
            result_envelope=result_envelope,
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
