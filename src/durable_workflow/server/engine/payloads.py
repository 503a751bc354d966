"""Payloads as they come in and go out: envelopes, bare blobs and plain values."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from durable_workflow.codec import AVRO_CODEC, Framing, decode, encode, framing_of
from durable_workflow.errors import PayloadDecodeError, PayloadEncodeError
from durable_workflow.server.engine.refusals import invalid
from durable_workflow.server.store.runs import Run

__all__ = [
    "arguments_blob",
    "arguments_of",
    "copy_like_run",
    "decoded",
    "envelope",
    "given_arguments",
    "native_blob",
    "no_arguments",
    "payload_problem",
    "text_blob",
]

_UNKNOWN_CODEC = 'The codec is not supported; use "avro".'


def envelope(codec: str, blob: str | None) -> dict[str, str] | None:
    """Return a stored blob as an envelope, None for no payload."""
    return None if blob is None else {"codec": codec, "blob": blob}


def decoded(codec: str, blob: str | None) -> Any:
    """Return the value of a stored blob; None where there is none or it cannot be read.

    Workers may store any text, so a blob that cannot be read must not make its run unreadable.
    """
    try:
        return decode(blob, codec)
    except PayloadDecodeError:
        return None


def _like_run(run: Run, value: Any) -> str:
    """Encode a value of the server's own in the framing that the run's payloads have."""
    framing: Framing = "wrapper"
    with contextlib.suppress(PayloadDecodeError):
        framing = framing_of(run.arguments)
    return encode(value, framing=framing)


def no_arguments(run: Run) -> str:
    """Return an encoded empty list, in the framing that the run's payloads have."""
    return _like_run(run, [])


def copy_like_run(run: Run, value: Any) -> str | None:
    """Encode a value that is also kept elsewhere; None if the run's framing cannot hold it."""
    try:
        return _like_run(run, value)
    except PayloadEncodeError:
        return None


def arguments_of(value: Any, field: str = "input") -> tuple[str, str, list[Any]]:
    """Read the arguments of a start or a signal.

    Args:
        value: None, a list, a mapping of named arguments, or an envelope around a list.
        field: The member's name, for messages.

    Returns:
        The codec, the blob and the decoded list.

    Raises:
        Refusal: 422, if they cannot be used.
    """
    if _is_envelope(value):
        return _opened(value, field)
    if isinstance(value, Mapping):
        value = list(value.values())
    if value is None:
        value = []
    if not isinstance(value, list):
        raise invalid({field: ["Arguments are a list, an object or an envelope."]})
    try:
        return AVRO_CODEC, encode(value), value
    except PayloadEncodeError as error:
        raise invalid({field: [str(error)]}) from error


def given_arguments(value: Any, field: str = "input") -> tuple[str | None, list[Any] | Mapping[str, Any]]:
    """Read the arguments of a message to a run.

    Args:
        value: None, a list, a mapping of named arguments, or an envelope around a list.
        field: The member's name, for messages.

    Returns:
        The blob as it came, None if none did, and the arguments.

    Raises:
        Refusal: 422, if they cannot be used.
    """
    if _is_envelope(value):
        _, blob, arguments = _opened(value, field)
        return blob, arguments
    if value is None:
        return None, []
    if not isinstance(value, list | Mapping):
        raise invalid({field: ["Arguments are a list, an object or an envelope."]})
    return None, value


def arguments_blob(run: Run, arguments: list[Any], field: str = "input") -> str:
    """Encode the arguments of a message as the run's payloads are encoded.

    Raises:
        Refusal: 422, if one of them cannot be encoded.
    """
    try:
        return _like_run(run, arguments)
    except PayloadEncodeError as error:
        raise invalid({field: [str(error)]}) from error


def _is_envelope(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) in ({"codec", "blob"}, {"codec", "external_storage"})


def _opened(value: Mapping[str, Any], field: str) -> tuple[str, str, list[Any]]:
    if value["codec"] != AVRO_CODEC:
        raise invalid({f"{field}.codec": [_UNKNOWN_CODEC]})
    if "external_storage" in value:
        raise invalid(
            {f"{field}.external_storage": ["The namespace has no external storage; send the blob."]}
        )
    blob = value["blob"]
    try:
        arguments = decode(blob, AVRO_CODEC)
    except PayloadDecodeError as error:
        raise invalid({f"{field}.blob": [str(error)]}) from error
    if not isinstance(arguments, list):
        raise invalid({f"{field}.blob": ["The arguments must be an encoded list."]})
    return AVRO_CODEC, blob, arguments


def payload_problem(value: Any) -> tuple[str, str] | None:
    """Say what is wrong with the payload of a command.

    Returns:
        The path below the member (``""``, ``".codec"`` or ``".blob"``) and a message; None for a usable
        payload: an envelope, a bare blob, or None.
    """
    if value is None or (isinstance(value, str) and value.strip()):
        return None
    if not isinstance(value, Mapping):
        return "", "A payload is an envelope, a blob or null."
    if "external_storage" in value:
        return ".external_storage", "The namespace has no external storage; send the blob."
    if set(value) != {"codec", "blob"}:
        return "", "An envelope has exactly the members codec and blob."
    if value["codec"] != AVRO_CODEC:
        return ".codec", _UNKNOWN_CODEC
    if not isinstance(value["blob"], str):
        return ".blob", "The blob is text."
    return None


def text_blob(value: Any) -> str | None:
    """Return the blob of a command's payload that has no problem."""
    if isinstance(value, Mapping):
        blob: str = value["blob"]
        return blob
    return value if isinstance(value, str) else None


def native_blob(run: Run, value: Any, field: str) -> str | None:
    """Return the blob of an activity's result or details; a value that is no envelope is encoded here.

    Raises:
        Refusal: 422, if an envelope has another codec or a value cannot be encoded.
    """
    if value is None:
        return None
    if _is_envelope(value):
        problem = payload_problem(value)
        if problem is not None:
            raise invalid({field + problem[0]: [problem[1]]})
        return text_blob(value)
    try:
        return _like_run(run, value)
    except PayloadEncodeError as error:
        raise invalid({field: [str(error)]}) from error
