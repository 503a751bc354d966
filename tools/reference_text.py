"""Texts of the reference page: Markdown, JSON, and links from names to where they are explained."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup

__all__ = ["Prose", "code", "json_text", "link", "trusted"]

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAG = re.compile(r"(<[^>]*>)")
_WORD = re.compile(r"\b[A-Za-z][A-Za-z0-9]*\b")
_PARAGRAPH = re.compile(r"<p>(.*)</p>\n?", re.DOTALL)


def trusted(text: str) -> Markup:
    """Return HTML that was made here, of parts that are escaped already."""
    return Markup(text)  # noqa: S704 - the one place; the texts of the spec come escaped


def code(value: object) -> Markup:
    """Return a text as code, escaped no more than an element needs."""
    return trusted("<code>" + html.escape(str(value), quote=False) + "</code>")


def json_text(value: Any) -> str:
    """Return a JSON value on one line, as it stands in the spec."""
    return json.dumps(value, ensure_ascii=False)


def link(kind: str, name: str, text: str = "") -> Markup:
    """Return a link to the place of an operation, schema, answer or header on the page."""
    return trusted(f'<a href="#{kind}/{name}">{text or name}</a>')


class Prose:
    """Renders the descriptions of one document.

    Args:
        operations: The operationIds; they become links wherever they stand.
        schemas: The schema names; they become links where they stand as code.
    """

    def __init__(self, operations: Collection[str], schemas: Collection[str]) -> None:
        self._operations, self._schemas = frozenset(operations), frozenset(schemas)

    def blocks(self, text: str) -> Markup:
        """Render a text that may have headings, lists and tables."""
        return trusted(self._linked(_MARKDOWN.render(text)))

    def line(self, text: str) -> Markup:
        """Render a description; a single paragraph comes without its element."""
        rendered = self.blocks(text)
        whole = _PARAGRAPH.fullmatch(rendered)
        return trusted(whole[1]) if whole and "<p>" not in whole[1] else rendered

    def _linked(self, rendered: str) -> str:
        """Turn names into links, outside of tags and of links that are there already."""
        parts, in_link, in_code = _TAG.split(rendered), False, False
        for index, part in enumerate(parts):
            if part.startswith("<"):
                in_link = part.startswith("<a ") or (in_link and part != "</a>")
                in_code = part == "<code>" or (in_code and part != "</code>")
            elif not in_link:
                parts[index] = _WORD.sub(self._named if in_code else self._operation, part)
        return "".join(parts)

    def _operation(self, word: re.Match[str]) -> str:
        return link("operation", word[0]) if word[0] in self._operations else word[0]

    def _named(self, word: re.Match[str]) -> str:
        return link("schema", word[0]) if word[0] in self._schemas else self._operation(word)
