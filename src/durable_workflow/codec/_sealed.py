"""Sealed payloads: plain data that only programs with the right codecs can turn back into the value.

Servers look into payloads (arguments must be a list), so a sealed value is an ordinary payload: an object
with one member, and for arguments a list of that object. What it holds is the frame of the value, changed by
one codec after the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from durable_workflow.codec._faults import undecodable

SEALED: Final = "durable-workflow/sealed"
"""The one member of the object that stands for a sealed value."""


def sealed_in(value: Any) -> Mapping[str, Any] | None:
    """Give what a decoded payload says about its sealing; None if it is not sealed."""
    if type(value) is list and len(value) == 1:
        value = value[0]
    if type(value) is not dict or len(value) != 1:
        return None
    inner = value.get(SEALED)
    return inner if isinstance(inner, Mapping) else None


def opened(value: Any) -> Any:
    """Return a decoded value.

    Raises:
        PayloadDecodeError: If it is sealed: whoever gets here had not what opens it.
    """
    sealed = sealed_in(value)
    if sealed is None:
        return value
    raise undecodable("sealed_payload", f"it is sealed by {sealed_by(sealed)}")


def sealed_by(sealed: Mapping[str, Any]) -> str:
    """Put the codecs of a sealed payload into words: `deflate, aes-gcm (key 2026-11)`."""
    steps = sealed.get("by")
    steps = steps if isinstance(steps, list) else []
    return ", ".join(map(_in_words, steps)) or "an unnamed codec"


def _in_words(step: Any) -> str:
    if not isinstance(step, Mapping):
        return "an unnamed codec"
    facts = [f"{name} {fact}"[:80] for name, fact in step.items() if name != "codec"]
    return f"{step.get('codec')!s:.60}" + (f" ({', '.join(facts)})" if facts else "")
