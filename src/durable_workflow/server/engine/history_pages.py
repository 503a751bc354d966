"""Pages of history for workers: their size and their compression."""

from __future__ import annotations

import base64
import gzip
import zlib
from collections.abc import Mapping
from typing import Any

from durable_workflow.server.engine.history import worker_event
from durable_workflow.server.engine.refusals import to_json
from durable_workflow.server.store.events import Event

__all__ = ["page_size", "rendered"]

_DEFAULT_SIZE = 500
_MAX_SIZE = 1000
_COMPRESS_FROM = 50


def page_size(body: Mapping[str, Any]) -> int:
    """Return how many events the page of a request has at most."""
    return min(body.get("history_page_size") or _DEFAULT_SIZE, _MAX_SIZE)


def rendered(events: list[Event], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members that carry a page, compressed if the request asks and the page is long."""
    page = [worker_event(event) for event in events]
    encoding = _encoding(body.get("accept_history_encoding")) if len(page) >= _COMPRESS_FROM else None
    if encoding is None:
        return {"history_events": page}
    compressed = base64.b64encode(_compressed(to_json(page).encode(), encoding)).decode("ascii")
    return {
        "history_events": [],
        "history_events_compressed": compressed,
        "history_events_encoding": encoding,
    }


def _encoding(accepted: str | None) -> str | None:
    names = {name.split(";")[0].strip().lower() for name in (accepted or "").split(",")}
    return next((name for name in ("gzip", "deflate") if name in names), None)


def _compressed(text: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.compress(text, compresslevel=6, mtime=0)
    # Raw DEFLATE: the protocol's deflate has no zlib header.
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(text) + packer.flush()
