# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.overlap_policy import OverlapPolicy, check_overlap_policy
from ..types import UNSET, Unset

__all__ = ["TriggerScheduleRequest"]

T = TypeVar("T", bound="TriggerScheduleRequest")


@_attrs_define
class TriggerScheduleRequest:
    """How to fire.

    Attributes:
        overlap_policy (None | OverlapPolicy | Unset): An overlap policy, or null for the one that
            applies otherwise.
    """

    overlap_policy: None | OverlapPolicy | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        overlap_policy: None | str | Unset
        if isinstance(self.overlap_policy, Unset):
            overlap_policy = UNSET
        elif isinstance(self.overlap_policy, str):
            overlap_policy = self.overlap_policy
        else:
            overlap_policy = self.overlap_policy

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        if overlap_policy is not UNSET:
            members_["overlap_policy"] = overlap_policy
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)

        def _parse_overlap_policy(data: object) -> None | OverlapPolicy | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, str):
                raise TypeError("overlap_policy has the wrong type")
            componentsschemas_nullable_overlap_policy_type_0 = check_overlap_policy(data)

            return componentsschemas_nullable_overlap_policy_type_0

        overlap_policy = _parse_overlap_policy(members_.pop("overlap_policy", UNSET))

        model_ = cls(
            overlap_policy=overlap_policy,
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
