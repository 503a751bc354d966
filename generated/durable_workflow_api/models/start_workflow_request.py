# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.duplicate_policy import DuplicatePolicy, check_duplicate_policy
from ..types import UNSET, Unset

__all__ = ["StartWorkflowRequest"]

T = TypeVar("T", bound="StartWorkflowRequest")


@_attrs_define
class StartWorkflowRequest:
    """What to start, where it runs and with which arguments.

    Attributes:
        workflow_type (str): The type key under which workers know the workflow.
        workflow_id (None | str | Unset): The id of the workflow; null or absent lets the server choose.
        task_queue (None | str | Unset): The queue whose workers run it.
        input_ (Any | Unset): The arguments: an envelope around the encoded list (recommended, it
            survives byte for byte), a plain array of positional arguments, a plain object of named
            arguments, or nothing.
        business_key (None | str | Unset): A second name for people to search by.
        memo (Any | Unset): Notes to keep with the workflow.
        search_attributes (Any | Unset): Indexed facts to keep with the workflow.
        duplicate_policy (DuplicatePolicy | None | Unset): What to do when the workflow id is taken;
            `fail` when absent.
        execution_timeout_seconds (int | None | Unset): Time for the whole workflow, all its runs
            together. Absent means no limit.
        run_timeout_seconds (int | None | Unset): Time for one run. Absent means no limit.
    """

    workflow_type: str
    workflow_id: None | str | Unset = UNSET
    task_queue: None | str | Unset = UNSET
    input_: Any | Unset = UNSET
    business_key: None | str | Unset = UNSET
    memo: Any | Unset = UNSET
    search_attributes: Any | Unset = UNSET
    duplicate_policy: DuplicatePolicy | None | Unset = UNSET
    execution_timeout_seconds: int | None | Unset = UNSET
    run_timeout_seconds: int | None | Unset = UNSET
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

        input_ = self.input_

        business_key: None | str | Unset
        if isinstance(self.business_key, Unset):
            business_key = UNSET
        else:
            business_key = self.business_key

        memo = self.memo

        search_attributes = self.search_attributes

        duplicate_policy: None | str | Unset
        if isinstance(self.duplicate_policy, Unset):
            duplicate_policy = UNSET
        elif isinstance(self.duplicate_policy, str):
            duplicate_policy = self.duplicate_policy
        else:
            duplicate_policy = self.duplicate_policy

        execution_timeout_seconds: int | None | Unset
        if isinstance(self.execution_timeout_seconds, Unset):
            execution_timeout_seconds = UNSET
        else:
            execution_timeout_seconds = self.execution_timeout_seconds

        run_timeout_seconds: int | None | Unset
        if isinstance(self.run_timeout_seconds, Unset):
            run_timeout_seconds = UNSET
        else:
            run_timeout_seconds = self.run_timeout_seconds

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["workflow_type"] = workflow_type
        if workflow_id is not UNSET:
            members_["workflow_id"] = workflow_id
        if task_queue is not UNSET:
            members_["task_queue"] = task_queue
        if input_ is not UNSET:
            members_["input"] = input_
        if business_key is not UNSET:
            members_["business_key"] = business_key
        if memo is not UNSET:
            members_["memo"] = memo
        if search_attributes is not UNSET:
            members_["search_attributes"] = search_attributes
        if duplicate_policy is not UNSET:
            members_["duplicate_policy"] = duplicate_policy
        if execution_timeout_seconds is not UNSET:
            members_["execution_timeout_seconds"] = execution_timeout_seconds
        if run_timeout_seconds is not UNSET:
            members_["run_timeout_seconds"] = run_timeout_seconds
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

        input_ = members_.pop("input", UNSET)

        def _parse_business_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        business_key = _parse_business_key(members_.pop("business_key", UNSET))

        memo = members_.pop("memo", UNSET)
        search_attributes = members_.pop("search_attributes", UNSET)

        def _parse_duplicate_policy(data: object) -> DuplicatePolicy | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, str):
                raise TypeError("duplicate_policy has the wrong type")
            duplicate_policy_type_0 = check_duplicate_policy(data)

            return duplicate_policy_type_0

        duplicate_policy = _parse_duplicate_policy(members_.pop("duplicate_policy", UNSET))

        def _parse_execution_timeout_seconds(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        execution_timeout_seconds = _parse_execution_timeout_seconds(
            members_.pop("execution_timeout_seconds", UNSET)
        )

        def _parse_run_timeout_seconds(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        run_timeout_seconds = _parse_run_timeout_seconds(members_.pop("run_timeout_seconds", UNSET))

        model_ = cls(
            workflow_type=workflow_type,
            workflow_id=workflow_id,
            task_queue=task_queue,
            input_=input_,
            business_key=business_key,
            memo=memo,
            search_attributes=search_attributes,
            duplicate_policy=duplicate_policy,
            execution_timeout_seconds=execution_timeout_seconds,
            run_timeout_seconds=run_timeout_seconds,
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
