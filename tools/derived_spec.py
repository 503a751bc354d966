"""The spec the generator sees: the published one with plain and open schemas reduced to any JSON.

The published spec stays exact. Here a schema marked `x-dw-plain: true`, and an opaque one marked
`x-dw-open`, becomes `{}`: generated code hands such values on as they are. It exists in a temporary
directory only.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from tools.spec_document import SpecDocument
from tools.spec_schema_rules import is_opaque, reachable_components

__all__ = ["derive"]

_KEPT = ("title", "description")
_BLOCK = re.compile(r"^\s*([-*|#>]|[0-9]+\.\s|```)", re.MULTILINE)


def derive(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the derived document; the argument is not changed.

    Args:
        content: A document that passed the house rules.
    """
    derived: dict[str, Any] = copy.deepcopy(dict(content))
    for place in SpecDocument(derived).places:
        if isinstance(place.node.get("description"), str):
            place.node["description"] = _unwrapped(place.node["description"])
        if place.kind == "schema" and _is_plain(place.node):
            _reduce(place.node)
        elif place.kind == "schema" and place.is_component:
            # A title would replace the name of the component as the name of the generated class.
            place.node.pop("title", None)
        elif place.kind == "parameter" and "$ref" not in place.node.get("schema", {"$ref": ""}):
            # The generator documents an argument with the description of its schema.
            place.node["schema"].setdefault("description", place.node.get("description", ""))
    _prune(derived)
    return derived


def _is_plain(schema: Mapping[str, Any]) -> bool:
    return schema.get("x-dw-plain") is True or ("x-dw-open" in schema and is_opaque(schema))


def _reduce(schema: dict[str, Any]) -> None:
    for key in [key for key in schema if key not in _KEPT]:
        del schema[key]


def _unwrapped(text: str) -> str:
    """Join the lines of each paragraph, lists and tables aside: docstrings wrap at their own width."""
    paragraphs = [
        paragraph if _BLOCK.search(paragraph) else " ".join(paragraph.split())
        for paragraph in text.strip().split("\n\n")
    ]
    return "\n\n".join(paragraphs)


def _prune(derived: dict[str, Any]) -> None:
    """Drop the component schemas that only reduced schemas used, or they would become models."""
    used = reachable_components(derived)
    schemas = derived.get("components", {}).get("schemas", {})
    for name in [name for name in schemas if f"#/components/schemas/{name}" not in used]:
        del schemas[name]
