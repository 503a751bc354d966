# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.update_wait_for import UpdateWaitFor, check_update_wait_for
from ..types import UNSET, Unset

__all__ = ["UpdateWorkflowTarget"]

T = TypeVar("T", bound="UpdateWorkflowTarget")


@_attrs_define
class UpdateWorkflowTarget:
    """Which update of which workflow the event means.

    Attributes:
        workflow_id (str): Names a workflow. Chosen by the caller, or a lower-case ULID made by the
            server.
        update_name (str): The update.
        wait_for (None | Unset | UpdateWaitFor): What the answer waits for; `accepted` when absent.
        wait_timeout_seconds (int | None | Unset): How long to wait for `completed`.
    """

    workflow_id: str
    update_name: str
    wait_for: None | Unset | UpdateWaitFor = UNSET
    wait_timeout_seconds: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        workflow_id = self.workflow_id

        update_name = self.update_name

        wait_for: None | str | Unset
        if isinstance(self.wait_for, Unset):
            wait_for = UNSET
        elif isinstance(self.wait_for, str):
            wait_for = self.wait_for
        else:
            wait_for = self.wait_for

        wait_timeout_seconds: int | None | Unset
        if isinstance(self.wait_timeout_seconds, Unset):
            wait_timeout_seconds = UNSET
        else:
            wait_timeout_seconds = self.wait_timeout_seconds

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["workflow_id"] = workflow_id
        members_["update_name"] = update_name
        if wait_for is not UNSET:
            members_["wait_for"] = wait_for
        if wait_timeout_seconds is not UNSET:
            members_["wait_timeout_seconds"] = wait_timeout_seconds
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        workflow_id = members_.pop("workflow_id")
        update_name = members_.pop("update_name")

        def _parse_wait_for(data: object) -> None | Unset | UpdateWaitFor:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, str):
                raise TypeError("wait_for has the wrong type")
            wait_for_type_0 = check_update_wait_for(data)

            return wait_for_type_0

        wait_for = _parse_wait_for(members_.pop("wait_for", UNSET))

        def _parse_wait_timeout_seconds(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        wait_timeout_seconds = _parse_wait_timeout_seconds(members_.pop("wait_timeout_seconds", UNSET))

        model_ = cls(
            workflow_id=workflow_id,
            update_name=update_name,
            wait_for=wait_for,
            wait_timeout_seconds=wait_timeout_seconds,
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
