# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["WebhookTargetView"]

T = TypeVar("T", bound="WebhookTargetView")


@_attrs_define
class WebhookTargetView:
    """The members of the target that are safe to repeat; only those that were given or derived.

    Attributes:
        workflow_id (str | Unset): The workflow; a derived id appears here too.
        workflow_type (str | Unset): Its type.
        signal_name (str | Unset): The signal.
        update_name (str | Unset): The update.
        task_queue (str | Unset): The task queue.
        business_key (str | Unset): The business key.
    """

    workflow_id: str | Unset = UNSET
    workflow_type: str | Unset = UNSET
    signal_name: str | Unset = UNSET
    update_name: str | Unset = UNSET
    task_queue: str | Unset = UNSET
    business_key: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        workflow_id = self.workflow_id

        workflow_type = self.workflow_type

        signal_name = self.signal_name

        update_name = self.update_name

        task_queue = self.task_queue

        business_key = self.business_key

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        if workflow_id is not UNSET:
            members_["workflow_id"] = workflow_id
        if workflow_type is not UNSET:
            members_["workflow_type"] = workflow_type
        if signal_name is not UNSET:
            members_["signal_name"] = signal_name
        if update_name is not UNSET:
            members_["update_name"] = update_name
        if task_queue is not UNSET:
            members_["task_queue"] = task_queue
        if business_key is not UNSET:
            members_["business_key"] = business_key
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        workflow_id = members_.pop("workflow_id", UNSET)
        workflow_type = members_.pop("workflow_type", UNSET)
        signal_name = members_.pop("signal_name", UNSET)
        update_name = members_.pop("update_name", UNSET)
        task_queue = members_.pop("task_queue", UNSET)
        business_key = members_.pop("business_key", UNSET)
        model_ = cls(
            workflow_id=workflow_id,
            workflow_type=workflow_type,
            signal_name=signal_name,
            update_name=update_name,
            task_queue=task_queue,
            business_key=business_key,
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
