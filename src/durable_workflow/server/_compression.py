"""Compression of answers, where the caller takes it."""

from __future__ import annotations

import asyncio
import re
import zlib

from durable_workflow.server._http import Answer

__all__ = ["ENCODINGS", "compressed", "encoding_for"]

ENCODINGS = ("gzip", "deflate")
"""What answers can be compressed with, the preferred one first."""

_FROM = 1024
# From here on compression takes longer than the event loop should stand still.
_ASIDE_FROM = 1024 * 1024
# Fast rather than small: most answers stay on one machine or in one network.
_LEVEL = 1
# deflate is raw here, without the header of zlib; gzip has its own.
_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "deflate": -zlib.MAX_WBITS}
_CHOICE = re.compile(r"\s*([a-z*-]+)\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?", re.ASCII | re.IGNORECASE)


async def compressed(answer: Answer, accepted: str) -> Answer:
    """Return an answer in the encoding that the caller likes best.

    Args:
        answer: The answer.
        accepted: The request's ``Accept-Encoding``, empty without one. What cannot be read counts as absent.
    """
    if len(answer.content) < _FROM or "content-type" in answer.headers:
        return answer
    encoding = encoding_for(accepted) if accepted else None
    if encoding is None:
        return answer
    if len(answer.content) < _ASIDE_FROM:
        content = _pack(answer.content, encoding)
    else:
        content = await asyncio.to_thread(_pack, answer.content, encoding)
    headers = {**answer.headers, "content-encoding": encoding, "vary": "Accept-Encoding"}
    return Answer(answer.status, content, headers)


def encoding_for(accepted: str) -> str | None:
    """Return the encoding for a value of ``Accept-Encoding``, None to leave an answer as it is."""
    weights: dict[str, float] = {}
    for choice in accepted.split(","):
        found = _CHOICE.fullmatch(choice)
        if found is not None:
            weights[found[1].lower()] = 1.0 if found[2] is None else float(found[2])
    common = weights.get("*", 0.0)
    best = max(ENCODINGS, key=lambda name: weights.get(name, common))
    return best if weights.get(best, common) > 0 else None


def _pack(content: bytes, encoding: str) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOWS[encoding])
    return packer.compress(content) + packer.flush()
