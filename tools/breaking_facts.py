"""Changes of what is said about an operation as a whole: address, security, delivery semantics."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tools.breaking_findings import Kind
from tools.spec_document import OperationEntry, SpecDocument

__all__ = ["fact_breaks"]

_Break = tuple[Kind, str, str]
_Side = tuple[SpecDocument, OperationEntry]
_FIXED = {
    "x-dw-plane": "released clients send the headers and the token of the other plane",
    "x-dw-paging": "released clients stop after the first page",
}
_STRENGTH = ("none", "key", "natural")


def fact_breaks(old: _Side, new: _Side) -> Iterator[_Break]:
    """Yield whom a change of an operation's own facts breaks, what changed, and how it breaks them."""
    before, after = old[1], new[1]
    yield from _address(before, after)
    yield from _security(_alternatives(*old), _alternatives(*new))
    yield from _roles(before.node, after.node)
    yield from _idempotency(before.node, after.node)
    for key, how in _FIXED.items():
        was, now = before.node.get(key), after.node.get(key)
        if was is not None and was != now:
            texts = (json.dumps(value, sort_keys=True) for value in (was, now))
            yield Kind.CLIENT, "{} changed from {} to {}".format(key, *texts), how


def _address(old: OperationEntry, new: OperationEntry) -> Iterator[_Break]:
    was, now = old.node.get("operationId"), new.node.get("operationId")
    if was != now:
        what = f"operationId changed from {was} to {now}"
        yield Kind.CLIENT, what, "code generated from the next spec no longer has the old name"
    for noun, one, other in (
        ("method", old.method.upper(), new.method.upper()),
        ("path", old.path, new.path),
    ):
        if one != other:
            what = f"{noun} changed from {one} to {other}"
            yield Kind.CLIENT, what, "new servers do not answer where released clients ask"
            yield Kind.SERVER, what, "released servers do not answer where new clients ask"


def _alternatives(spec: SpecDocument, entry: OperationEntry) -> tuple[frozenset[str], ...]:
    """Return the ways to be let in, each as the set of proofs it asks for; one empty set is nobody's need."""
    declared = entry.node.get("security", spec.content.get("security", []))
    schemes = spec.content.get("components", {}).get("securitySchemes", {})
    return tuple(_proofs(need, schemes) for need in declared) or (frozenset(),)


def _proofs(need: Mapping[str, Any], schemes: Mapping[str, Any]) -> frozenset[str]:
    found: set[str] = set()
    for name, scopes in need.items():
        scheme = {key: value for key, value in schemes.get(name, {}).items() if key not in _TEXTS}
        kind = " ".join(str(value) for _, value in sorted(scheme.items())) or name
        found |= {kind, *(f"{kind} with {scope}" for scope in scopes)}
    return frozenset(found)


_TEXTS = frozenset({"description", "bearerFormat"})


def _security(old: tuple[frozenset[str], ...], new: tuple[frozenset[str], ...]) -> Iterator[_Break]:
    what = f"security changed from {_ways(old)} to {_ways(new)}"
    if not all(any(now <= was for now in new) for was in old):
        yield Kind.CLIENT, what, "new servers refuse the credentials of released clients"
    if not all(any(was <= now for was in old) for now in new):
        yield Kind.SERVER, what, "released servers ask for credentials that new clients need not send"


def _ways(alternatives: tuple[frozenset[str], ...]) -> str:
    return " or ".join(sorted(" and ".join(sorted(proofs)) or "none" for proofs in alternatives))


def _roles(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[_Break]:
    """Compare who may call; an empty list lets everybody in."""
    if "x-dw-roles" not in old or "x-dw-roles" not in new:
        return
    before, after = frozenset(old["x-dw-roles"]), frozenset(new["x-dw-roles"])
    what = f"roles changed from {_some(before)} to {_some(after)}"
    if after and (not before or before - after):
        yield Kind.CLIENT, what, "new servers refuse roles that could call it"
    if before and (not after or after - before):
        yield Kind.SERVER, what, "released servers refuse roles that may call it now"


def _some(roles: frozenset[str]) -> str:
    return ", ".join(sorted(roles)) or "everybody"


def _idempotency(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[_Break]:
    was, now = (str(node.get("x-dw-idempotency", "none")) for node in (old, new))
    before, after = (_STRENGTH.index(text.partition(":")[0]) for text in (was, now))
    what = f"idempotency changed from {was} to {now}"
    if after < before or (was != now and before == after):
        yield Kind.CLIENT, what, "repeats that released clients take for safe act twice"
    elif after > before and now == "natural":
        yield Kind.SERVER, what, "repeats that new clients take for safe act twice on released servers"
