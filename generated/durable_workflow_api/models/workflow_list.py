# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.workflow_list_item import WorkflowListItem

__all__ = ["WorkflowList"]

T = TypeVar("T", bound="WorkflowList")


@_attrs_define
class WorkflowList:
    """Runs by start, newest first. A workflow that continued as new has a row for each run.

    Attributes:
        workflows (list[WorkflowListItem]): The runs.
        workflow_count (int): Number of runs on this page.
        next_page_token (None | str): Token of the next page when there is more.
        control_plane (Any | Unset): Says which operation answers and under which contract, and mirrors
            members of the body. Clients read the body.
    """

    workflows: list[WorkflowListItem]
    workflow_count: int
    next_page_token: None | str
    control_plane: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        workflows = []
        for workflows_item_data in self.workflows:
            workflows_item = workflows_item_data.to_dict()
            workflows.append(workflows_item)

        workflow_count = self.workflow_count

        next_page_token: None | str
        next_page_token = self.next_page_token

        control_plane = self.control_plane

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["workflows"] = workflows
        members_["workflow_count"] = workflow_count
        members_["next_page_token"] = next_page_token
        if control_plane is not UNSET:
            members_["control_plane"] = control_plane
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """
        from ..models.workflow_list_item import WorkflowListItem

        members_ = dict(src_dict)
        workflows = []
        _workflows = members_.pop("workflows")
        for workflows_item_data in _workflows:
            workflows_item = WorkflowListItem.from_dict(workflows_item_data)

            workflows.append(workflows_item)

        workflow_count = members_.pop("workflow_count")

        def _parse_next_page_token(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        next_page_token = _parse_next_page_token(members_.pop("next_page_token"))

        control_plane = members_.pop("control_plane", UNSET)
        model_ = cls(
            workflows=workflows,
            workflow_count=workflow_count,
            next_page_token=next_page_token,
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
