# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

__all__ = ["WorkflowActions"]

T = TypeVar("T", bound="WorkflowActions")


@_attrs_define
class WorkflowActions:
    """Which commands the run would take now.

    Attributes:
        can_signal (bool): Whether a signal is admitted.
        can_query (bool): Whether the server itself can answer a query.
        can_update (bool): Whether an update is admitted.
        can_cancel (bool): Whether the run can be cancelled.
        can_terminate (bool): Whether the run can be terminated.
        can_repair (bool): Whether the run can be repaired.
        can_archive (bool): Whether the run can be archived.
    """

    can_signal: bool
    can_query: bool
    can_update: bool
    can_cancel: bool
    can_terminate: bool
    can_repair: bool
    can_archive: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        can_signal = self.can_signal

        can_query = self.can_query

        can_update = self.can_update

        can_cancel = self.can_cancel

        can_terminate = self.can_terminate

        can_repair = self.can_repair

        can_archive = self.can_archive

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["can_signal"] = can_signal
        members_["can_query"] = can_query
        members_["can_update"] = can_update
        members_["can_cancel"] = can_cancel
        members_["can_terminate"] = can_terminate
        members_["can_repair"] = can_repair
        members_["can_archive"] = can_archive
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        can_signal = members_.pop("can_signal")
        can_query = members_.pop("can_query")
        can_update = members_.pop("can_update")
        can_cancel = members_.pop("can_cancel")
        can_terminate = members_.pop("can_terminate")
        can_repair = members_.pop("can_repair")
        can_archive = members_.pop("can_archive")
        model_ = cls(
            can_signal=can_signal,
            can_query=can_query,
            can_update=can_update,
            can_cancel=can_cancel,
            can_terminate=can_terminate,
            can_repair=can_repair,
            can_archive=can_archive,
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
