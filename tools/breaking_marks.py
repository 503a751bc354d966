"""The marks by which a request may grow: `x-dw-since` and `x-dw-capability`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tools.spec_document import SpecDocument

__all__ = ["Marks"]

_SINCE, _CAPABILITY = "x-dw-since", "x-dw-capability"


class Marks:
    """Tells marks that announce something new from those that released servers carry already."""

    def __init__(self, base: SpecDocument) -> None:
        nodes = [place.node for place in base.places]
        self._newest = max((_version(node.get(_SINCE)) for node in nodes), default=())
        self._known = frozenset(node[_CAPABILITY] for node in nodes if _CAPABILITY in node)

    def announce(self, nodes: Iterable[Mapping[str, Any]]) -> bool:
        """Say whether an object carries a version newer than all of the base, or a new capability."""
        return any(self._is_new(node) for node in nodes)

    def _is_new(self, node: Mapping[str, Any]) -> bool:
        capability = node.get(_CAPABILITY)
        if isinstance(capability, str) and capability not in self._known:
            return True
        return _version(node.get(_SINCE)) > self._newest


def _version(text: Any) -> tuple[int, ...]:
    """Return a protocol version in its order; `ours` and the like come before all of them."""
    found = isinstance(text, str) and re.fullmatch(r"[0-9]+(\.[0-9]+)*", text)
    return tuple(int(number) for number in text.split(".")) if found else ()
