"""Makes the reference page of the spec: one HTML file that needs nothing else, no network and no server."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tools.reference_operations import AnswerView, Operations
from tools.reference_schemas import Shapes
from tools.reference_text import Prose, link, trusted
from tools.spec_document import SpecDocument

__all__ = ["reference_page"]

_PARTS = Path(__file__).with_name("reference")
_COMPONENTS = "#/components/"


def reference_page(spec: SpecDocument) -> str:
    """Return the page: the same text for the same document, whatever the machine.

    Args:
        spec: A document that passed the house rules.
    """
    components = spec.content.get("components", {})
    schemas = components.get("schemas", {})
    prose = Prose([entry.node["operationId"] for entry in spec.operations], schemas)
    shapes = Shapes(prose, schemas)
    operations = Operations(spec, prose, shapes)
    style, script = _part("page.css"), _part("page.js")
    page: str = _template().render(
        style=style,
        script=script,
        policy=_policy(style, script),
        info=spec.content["info"],
        about=prose.blocks(spec.content["info"].get("description", "")),
        tags=[(tag["name"], prose.line(tag.get("description", ""))) for tag in spec.content.get("tags", ())],
        operations=[operations.view(entry) for entry in spec.operations],
        schemas=[shapes.view(name, schema) for name, schema in sorted(schemas.items())],
        used_by=_users(spec),
        answers=_shared_answers(spec, operations),
        headers=[operations.carrier(node, name) for name, node in components.get("headers", {}).items()],
    )
    return page


def _part(name: str) -> str:
    return (_PARTS / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return a policy under which only this style and this script exist; nothing else can be loaded."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(_PARTS),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.filters["pretty"] = _pretty
    return environment.get_template("page.html")


def _pretty(value: Any) -> Markup:
    return trusted(html.escape(json.dumps(value, ensure_ascii=False, indent=1), quote=False))


def _shared_answers(spec: SpecDocument, operations: Operations) -> list[tuple[AnswerView, list[Markup]]]:
    """Return the named answers in alphabetical order, each with the operations that give it."""
    users = defaultdict(list)
    statuses = {}
    for entry in spec.operations:
        for status, node in entry.node.get("responses", {}).items():
            if "$ref" in node:
                users[node["$ref"]].append(link("operation", entry.node["operationId"]))
                statuses[node["$ref"]] = status
    return [
        (operations.answer(statuses[reference], {"$ref": reference}), users[reference])
        for reference in sorted(users)
    ]


def _users(spec: SpecDocument) -> Mapping[str, list[Markup]]:
    """Return for each schema the operations and schemas that refer to it, through shared parts, too."""
    referrers: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for place in spec.places:
        reference = place.node.get("$ref")
        if isinstance(reference, str) and reference.startswith(_COMPONENTS):
            _, _, kind, name = reference.split("/", 3)
            referrers[f"{kind}/{name}"].add(_owner(spec, place.path))
    return {
        name: [link(kind, user) for kind, user in sorted(_named(referrers, f"schemas/{name}"))]
        for name in spec.content.get("components", {}).get("schemas", {})
    }


def _owner(spec: SpecDocument, path: tuple[str, ...]) -> tuple[str, str]:
    """Return what a place belongs to: an operation, a schema, or another shared part."""
    if path[0] == "components":
        return path[1], path[2]
    node = spec.content["paths"][path[1]].get(path[2], {})
    # What stands on a path itself has no operation of its own; the operations below it show it.
    return "operation", node.get("operationId", "")


def _named(referrers: Mapping[str, set[tuple[str, str]]], target: str) -> Iterator[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    waiting = [target]
    while waiting:
        for kind, name in referrers.get(waiting.pop(), ()):
            if kind in ("operation", "schemas"):
                found.add(("schema" if kind == "schemas" else kind, name))
            else:
                waiting.append(f"{kind}/{name}")
    yield from found
