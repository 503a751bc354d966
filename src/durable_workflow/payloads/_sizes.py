"""How large a request may be, and which part of it is the large one."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any, Final

from durable_workflow.codec import decode, step_of
from durable_workflow.errors import PayloadDecodeError, PayloadTooLarge

_LOG = logging.getLogger("durable_workflow.payloads")

WARNING_SHARE: Final = 0.8
_DEEPEST: Final = 12


def check_size(operation_id: str, size_bytes: int, limit_bytes: int, body: Any) -> None:
    """Warn of a request that comes near the limit, refuse one that exceeds it.

    Args:
        operation_id: The operation.
        size_bytes: Size of what would be sent.
        limit_bytes: Size that the server takes.
        body: The request, its payloads not sealed.

    Raises:
        PayloadTooLarge: If it is larger than the limit.
    """
    if size_bytes <= WARNING_SHARE * limit_bytes:
        return
    path = heaviest(body)
    if size_bytes > limit_bytes:
        raise PayloadTooLarge(
            f"{operation_id}: the request has {size_bytes} bytes and the server takes {limit_bytes}; most of "
            f"it is {path}. Keep large data elsewhere and pass a reference to it, or compress payloads: "
            "PayloadSettings(codecs=[Deflate()]).",
            path=path,
            size_bytes=size_bytes,
            limit_bytes=limit_bytes,
        )
    share = round(100 * size_bytes / limit_bytes)
    _LOG.warning(
        "%s: the request has %d bytes, %d %% of the %d that the server takes; most of it is %s",
        operation_id,
        size_bytes,
        share,
        limit_bytes,
        path,
    )


def heaviest(body: Any) -> str:
    """Give the path of the part that makes a request large, inside of encoded payloads too: `input[1].rows`.

    Args:
        body: The request as plain JSON.
    """
    path = ""
    for _ in range(_DEEPEST):
        body = _inside(body)
        parts = [(len(_text(part)), step, part) for step, part in _parts(body)]
        if not parts:
            break
        weight, step, part = max(parts, key=lambda each: each[0])
        # Among many parts of a size none is the culprit: then it is what holds them all.
        if path and 2 * weight < sum(each[0] for each in parts):
            break
        path, body = path + step_of(step), part
    return path.removeprefix(".") or "its body"


def _inside(value: Any) -> Any:
    if isinstance(value, Mapping) and value.keys() == {"codec", "blob"}:
        value = value["blob"]
        try:
            return decode(value, "avro")
        except PayloadDecodeError:
            return value
    return value


def _parts(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=repr)
