# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["ScheduleActionView"]

T = TypeVar("T", bound="ScheduleActionView")


@_attrs_define
class ScheduleActionView:
    """What each fire starts, as it was stored.

    Attributes:
        workflow_type (str): The type of the workflow.
        task_queue (None | str | Unset): The queue whose workers run it.
        input_ (Any | Unset): The arguments: an envelope around the encoded list (recommended, it
            survives byte for byte), a plain array of positional arguments, a plain object of named
            arguments, or nothing.
        execution_timeout_seconds (int | None | Unset): Time for the whole workflow, all its runs
            together.
        run_timeout_seconds (int | None | Unset): Time for one run.
    """

    workflow_type: str
    task_queue: None | str | Unset = UNSET
    input_: Any | Unset = UNSET
    execution_timeout_seconds: int | None | Unset = UNSET
    run_timeout_seconds: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        workflow_type = self.workflow_type

        task_queue: None | str | Unset
        if isinstance(self.task_queue, Unset):
            task_queue = UNSET
        else:
            task_queue = self.task_queue

        input_ = self.input_

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
        if task_queue is not UNSET:
            members_["task_queue"] = task_queue
        if input_ is not UNSET:
            members_["input"] = input_
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

        def _parse_task_queue(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        task_queue = _parse_task_queue(members_.pop("task_queue", UNSET))

        input_ = members_.pop("input", UNSET)

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
            task_queue=task_queue,
            input_=input_,
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
