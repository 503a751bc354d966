# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.overlap_policy import OverlapPolicy, check_overlap_policy
from ..types import UNSET, Unset

__all__ = ["BackfillScheduleRequest"]

T = TypeVar("T", bound="BackfillScheduleRequest")


@_attrs_define
class BackfillScheduleRequest:
    """The past time range whose fires are made up for.

    Attributes:
        start_time (str): The first instant, in ISO 8601 with an offset or `Z`.
        end_time (str): The instant at which the range ends, in ISO 8601 with an offset or `Z`.
        overlap_policy (None | OverlapPolicy | Unset): An overlap policy, or null for the one that
            applies otherwise.
    """

    start_time: str
    end_time: str
    overlap_policy: None | OverlapPolicy | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        start_time = self.start_time

        end_time = self.end_time

        overlap_policy: None | str | Unset
        if isinstance(self.overlap_policy, Unset):
            overlap_policy = UNSET
        elif isinstance(self.overlap_policy, str):
            overlap_policy = self.overlap_policy
        else:
            overlap_policy = self.overlap_policy

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["start_time"] = start_time
        members_["end_time"] = end_time
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
        start_time = members_.pop("start_time")
        end_time = members_.pop("end_time")

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
            start_time=start_time,
            end_time=end_time,
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
