# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["RenewActivityTaskLeaseRequest"]

T = TypeVar("T", bound="RenewActivityTaskLeaseRequest")


@_attrs_define
class RenewActivityTaskLeaseRequest:
    """Whose lease it is.

    Attributes:
        activity_attempt_id (str): The attempt, from the task.
        lease_owner (str): The worker that holds the task.
    """

    activity_attempt_id: str
    lease_owner: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        activity_attempt_id = self.activity_attempt_id

        lease_owner = self.lease_owner

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["activity_attempt_id"] = activity_attempt_id
        members_["lease_owner"] = lease_owner
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        activity_attempt_id = members_.pop("activity_attempt_id")
        lease_owner = members_.pop("lease_owner")
        model_ = cls(
            activity_attempt_id=activity_attempt_id,
            lease_owner=lease_owner,
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
