# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

__all__ = ["PayloadEnvelope"]

T = TypeVar("T", bound="PayloadEnvelope")


@_attrs_define
class PayloadEnvelope:
    """A payload with the name of its codec. An object counts as an envelope only with exactly these two
    members. The universal codec is `avro`; its blob is base64.

    Attributes:
        codec (str): The codec that made the blob.
        blob (str): The encoded value.
    """

    codec: str
    blob: str

    def to_dict(self) -> dict[str, Any]:
        """Return the plain JSON object; members that are not set are left out."""

        codec = self.codec

        blob = self.blob

        members_: dict[str, Any] = {}
        members_["codec"] = codec
        members_["blob"] = blob
        return members_

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Build the model from a plain JSON object; members that the spec does not name are kept.

        Raises:
            KeyError, TypeError, ValueError: The object is not what the spec says.
        """

        members_ = dict(src_dict)
        codec = members_.pop("codec")
        blob = members_.pop("blob")
        model_ = cls(
            codec=codec,
            blob=blob,
        )
        return model_
