# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.bridge_duplicate_policy import BridgeDuplicatePolicy, check_bridge_duplicate_policy
from ..types import UNSET, Unset

__all__ = ["StartWorkflowTarget"]

T = TypeVar("T", bound="StartWorkflowTarget")


@_attrs_define
class StartWorkflowTarget:
    """What the event starts.

    Attributes:
        workflow_type (str): The type of the workflow.
        workflow_id (None | str | Unset): A workflow id, or null to let the server choose.
        task_queue (None | str | Unset): The queue whose workers run it.
        business_key (None | str | Unset): A second name for people to search by.
        duplicate_policy (BridgeDuplicatePolicy | None | Unset): What to do when the workflow id has an
            open run; `use_existing` when absent.
    """

    workflow_type: str
    workflow_id: None | str | Unset = UNSET
    task_queue: None | str | Unset = UNSET
    business_key: None | str | Unset = UNSET
    duplicate_policy: BridgeDuplicatePolicy | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        workflow_type = self.workflow_type

        workflow_id: None | str | Unset
        if isinstance(self.workflow_id, Unset):
            workflow_id = UNSET
        else:
            workflow_id = self.workflow_id

        task_queue: None | str | Unset
        if isinstance(self.task_queue, Unset):
            task_queue = UNSET
        else:
            task_queue = self.task_queue

        business_key: None | str | Unset
        if isinstance(self.business_key, Unset):
            business_key = UNSET
        else:
            business_key = self.business_key

        duplicate_policy: None | str | Unset
        if isinstance(self.duplicate_policy, Unset):
            duplicate_policy = UNSET
        elif isinstance(self.duplicate_policy, str):
            duplicate_policy = self.duplicate_policy
        else:
            duplicate_policy = self.duplicate_policy

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["workflow_type"] = workflow_type
        if workflow_id is not UNSET:
            members_["workflow_id"] = workflow_id
        if task_queue is not UNSET:
            members_["task_queue"] = task_queue
        if business_key is not UNSET:
            members_["business_key"] = business_key
        if duplicate_policy is not UNSET:
            members_["duplicate_policy"] = duplicate_policy
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        workflow_type = members_.pop("workflow_type")

        def _parse_workflow_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        workflow_id = _parse_workflow_id(members_.pop("workflow_id", UNSET))

        def _parse_task_queue(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        task_queue = _parse_task_queue(members_.pop("task_queue", UNSET))

        def _parse_business_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        business_key = _parse_business_key(members_.pop("business_key", UNSET))

        def _parse_duplicate_policy(data: object) -> BridgeDuplicatePolicy | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, str):
                raise TypeError("duplicate_policy has the wrong type")
            duplicate_policy_type_0 = check_bridge_duplicate_policy(data)

            return duplicate_policy_type_0

        duplicate_policy = _parse_duplicate_policy(members_.pop("duplicate_policy", UNSET))

        model_ = cls(
            workflow_type=workflow_type,
            workflow_id=workflow_id,
            task_queue=task_queue,
            business_key=business_key,
            duplicate_policy=duplicate_policy,
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
