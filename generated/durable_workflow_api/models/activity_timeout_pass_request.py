# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["ActivityTimeoutPassRequest"]

T = TypeVar("T", bound="ActivityTimeoutPassRequest")


@_attrs_define
class ActivityTimeoutPassRequest:
    """Which activities to look at; those over their time when none is named.

    Attributes:
        limit (int | None | Unset): How many at most; 100 when absent, and never more.
        execution_ids (list[str] | None | Unset): The activities.
    """

    limit: int | None | Unset = UNSET
    execution_ids: list[str] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        limit: int | None | Unset
        if isinstance(self.limit, Unset):
            limit = UNSET
        else:
            limit = self.limit

        execution_ids: list[str] | None | Unset
        if isinstance(self.execution_ids, Unset):
            execution_ids = UNSET
        elif isinstance(self.execution_ids, list):
            execution_ids = self.execution_ids

        else:
            execution_ids = self.execution_ids

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        if limit is not UNSET:
            members_["limit"] = limit
        if execution_ids is not UNSET:
            members_["execution_ids"] = execution_ids
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)

        def _parse_limit(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        limit = _parse_limit(members_.pop("limit", UNSET))

        def _parse_execution_ids(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if not isinstance(data, list):
                raise TypeError("execution_ids has the wrong type")
            execution_ids_type_0: list[str] = data

            return execution_ids_type_0

        execution_ids = _parse_execution_ids(members_.pop("execution_ids", UNSET))

        model_ = cls(
            limit=limit,
            execution_ids=execution_ids,
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
