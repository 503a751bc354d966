"""Reading failures out of events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from durable_workflow.codec import decode_envelope
from durable_workflow.errors import PayloadDecodeError
from durable_workflow.replay._events import Event


@frozen(kw_only=True)
class RecordedFailure:
    """What an event tells of a failure. The event's own members come before those of its `exception`.

    Attributes:
        message: Its text; empty if there is none.
        failure_category: What kind of failure it is.
        exception_type: Language-neutral type.
        exception_class: Language-specific class.
        non_retryable: Whether it was marked as final.
        code: Its code, if it has one.
        details: Decoded data that it carries.
    """

    message: str
    failure_category: str | None
    exception_type: str | None
    exception_class: str | None
    non_retryable: bool
    code: str | int | None
    details: Any


def read_failure(event: Event, payload_codec: str) -> RecordedFailure:
    """Read the failure that an event records.

    Args:
        event: The event.
        payload_codec: Codec of the run's payloads.
    """
    payload = event.payload
    exception = payload.get("exception")
    exception = exception if isinstance(exception, Mapping) else {}
    code = payload.get("code")
    return RecordedFailure(
        message=str(payload.get("message") or exception.get("message") or ""),
        failure_category=payload.get("failure_category") or None,
        exception_type=payload.get("exception_type") or exception.get("type") or None,
        exception_class=payload.get("exception_class") or exception.get("class") or None,
        non_retryable=bool(payload.get("non_retryable") or exception.get("non_retryable")),
        code=exception.get("code") if code is None else code,
        details=_details(exception, payload_codec),
    )


def _details(exception: Mapping[str, Any], payload_codec: str) -> Any:
    details = exception.get("details")
    codec = exception.get("details_payload_codec")
    if not isinstance(details, str | Mapping):
        return details
    try:
        return decode_envelope(details, codec if isinstance(codec, str) else payload_codec)
    except PayloadDecodeError:
        # Other SDKs put plain data here; a failure must stay readable whatever its details are.
        return details
