# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.update_workflow_target import UpdateWorkflowTarget

__all__ = ["UpdateWorkflowEvent"]

T = TypeVar("T", bound="UpdateWorkflowEvent")


@_attrs_define
class UpdateWorkflowEvent:
    """Sends an update.

    Attributes:
        action (Literal['update_workflow']):
        idempotency_key (str): Names the event for its repeated deliveries.
        target (UpdateWorkflowTarget): Which update of which workflow the event means.
        input_ (Any | Unset): The arguments: an envelope around the encoded list (recommended, it
            survives byte for byte), a plain array of positional arguments, a plain object of named
            arguments, or nothing.
        correlation (Any | Unset): Facts of the sender about the event, which the answer repeats; null
            for none.
    """

    action: Literal["update_workflow"]
    idempotency_key: str
    target: UpdateWorkflowTarget
    input_: Any | Unset = UNSET
    correlation: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        action = self.action

        idempotency_key = self.idempotency_key

        target = self.target.to_dict()

        input_ = self.input_

        correlation = self.correlation

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["action"] = action
        members_["idempotency_key"] = idempotency_key
        members_["target"] = target
        if input_ is not UNSET:
            members_["input"] = input_
        if correlation is not UNSET:
            members_["correlation"] = correlation
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.update_workflow_target import UpdateWorkflowTarget

        members_ = dict(src_dict)
        action = cast(Literal["update_workflow"], members_.pop("action"))
        if action != "update_workflow":
            raise ValueError(f"action must match const 'update_workflow', got '{action}'")
        idempotency_key = members_.pop("idempotency_key")
        target = UpdateWorkflowTarget.from_dict(members_.pop("target"))

        input_ = members_.pop("input", UNSET)
        correlation = members_.pop("correlation", UNSET)
        model_ = cls(
            action=action,
            idempotency_key=idempotency_key,
            target=target,
            input_=input_,
            correlation=correlation,
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
