# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

__all__ = ["StartWorkflowResponse"]

T = TypeVar("T", bound="StartWorkflowResponse")


@_attrs_define
class StartWorkflowResponse:
    """The run that the start created or met.

    Attributes:
        workflow_id (str): The workflow.
        run_id (None | str): Its newest run.
        workflow_type (str): Its type.
        namespace (str): Its namespace.
        status (str): Status of that run: `pending`, `running`, `waiting`, `completed`, `failed`,
            `cancelled` or `terminated`.
        business_key (None | str): Its business key.
        payload_codec (None | str): The codec of its payloads.
        outcome (str): `started_new`, `returned_existing_active`, `returned_existing_closed` or
            `rejected_duplicate`.
        control_plane (Any | Unset): Says which operation answers and under which contract, and mirrors
            members of the body. Clients read the body.
    """

    workflow_id: str
    run_id: None | str
    workflow_type: str
    namespace: str
    status: str
    business_key: None | str
    payload_codec: None | str
    outcome: str
    control_plane: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        workflow_id = self.workflow_id

        run_id: None | str
        run_id = self.run_id

        workflow_type = self.workflow_type

        namespace = self.namespace

        status = self.status

        business_key: None | str
        business_key = self.business_key

        payload_codec: None | str
        payload_codec = self.payload_codec

        outcome = self.outcome

        control_plane = self.control_plane

        members_: dict[str, Any] = {}
        members_.update(self.additional_properties)
        members_["workflow_id"] = workflow_id
        members_["run_id"] = run_id
        members_["workflow_type"] = workflow_type
        members_["namespace"] = namespace
        members_["status"] = status
        members_["business_key"] = business_key
        members_["payload_codec"] = payload_codec
        members_["outcome"] = outcome
        if control_plane is not UNSET:
            members_["control_plane"] = control_plane
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        workflow_id = members_.pop("workflow_id")

        def _parse_run_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        run_id = _parse_run_id(members_.pop("run_id"))

        workflow_type = members_.pop("workflow_type")
        namespace = members_.pop("namespace")
        status = members_.pop("status")

        def _parse_business_key(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        business_key = _parse_business_key(members_.pop("business_key"))

        def _parse_payload_codec(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        payload_codec = _parse_payload_codec(members_.pop("payload_codec"))

        outcome = members_.pop("outcome")
        control_plane = members_.pop("control_plane", UNSET)
        model_ = cls(
            workflow_id=workflow_id,
            run_id=run_id,
            workflow_type=workflow_type,
            namespace=namespace,
            status=status,
            business_key=business_key,
            payload_codec=payload_codec,
            outcome=outcome,
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
