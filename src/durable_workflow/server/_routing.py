"""From a request's path to the operation of the specification."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from durable_workflow_api.operations import Operation

__all__ = ["Route", "Router"]


@dataclass(frozen=True, slots=True)
class Route:
    """A place that a path leads to.

    Args:
        operations: The operation of each method.
        path: Decoded path parameters by their name in the specification.
    """

    operations: Mapping[str, Operation]
    path: Mapping[str, str]

    @property
    def allow(self) -> str:
        """The value of an `Allow` header: HEAD is understood wherever GET is."""
        methods = set(self.operations)
        if "GET" in methods:
            methods.add("HEAD")
        return ", ".join(sorted(methods))

    def operation(self, method: str) -> Operation | None:
        """Return the operation that a method asks for, None where the method is not allowed."""
        return self.operations.get("GET" if method == "HEAD" else method)


@dataclass(slots=True)
class _Node:
    operations: dict[str, Operation] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    fixed: dict[str, _Node] = field(default_factory=dict)
    free: _Node | None = None


class Router:
    """Finds operations by the raw path, so an encoded slash never splits a segment.

    Args:
        operations: The operations to route to.
    """

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = _Node()
        for operation in operations:
            self._add(operation)

    def find(self, raw_path: str) -> Route | None:
        """Return where a percent-encoded path leads, None for nowhere.

        Args:
            raw_path: The path as it was sent; one trailing slash is accepted.
        """
        segments = _segments(raw_path)
        if segments is None:
            return None
        found = _walk(self._root, segments, 0, ())
        if found is None:
            return None
        node, values = found
        return Route(node.operations, dict(zip(node.names, values, strict=True)))

    def _add(self, operation: Operation) -> None:
        node, names = self._root, []
        for segment in operation.path.strip("/").split("/"):
            if segment.startswith("{"):
                names.append(segment.strip("{}"))
                node.free = node = node.free or _Node()
            else:
                node = node.fixed.setdefault(segment, _Node())
        node.names = tuple(names)
        node.operations[operation.method] = operation


def _walk(
    node: _Node, segments: list[str], index: int, values: tuple[str, ...]
) -> tuple[_Node, tuple[str, ...]] | None:
    if index == len(segments):
        return (node, values) if node.operations else None
    segment = segments[index]
    found = None
    if (fixed := node.fixed.get(segment)) is not None:
        found = _walk(fixed, segments, index + 1, values)
    if found is None and node.free is not None:
        found = _walk(node.free, segments, index + 1, (*values, segment))
    return found


def _segments(raw_path: str) -> list[str] | None:
    if not raw_path.startswith("/"):
        return None
    segments = []
    for raw in raw_path.removesuffix("/")[1:].split("/"):
        try:
            segment = unquote_to_bytes(raw.encode("latin-1")).decode("utf-8")
        except UnicodeDecodeError:
            return None
        if not segment or "/" in segment:
            return None
        segments.append(segment)
    return segments
