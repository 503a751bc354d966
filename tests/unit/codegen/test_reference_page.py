"""The reference page shows everything of the spec, and needs nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tools.make_reference import reference_page
from tools.spec_document import SpecDocument

from support.imports import ROOT

SPEC = SpecDocument.read(ROOT / "openapi/durable-workflow.yaml")
VOID = {"br", "hr", "input", "link", "meta"}
LOADS = {"src", "srcset", "poster", "data", "action", "formaction", "background"}


class Page(HTMLParser):
    """What a page holds: identifiers, links, things that a browser loads, and the text of each section."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.source = text
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: set[str] = set()
        self.sections: dict[str, str] = {}
        self._section = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told["href"]] if tag == "a" else []
        self.loads += [value for name, value in told.items() if name in LOADS]
        self.loads += [told["href"]] if tag == "link" else []
        if tag == "section":
            self._section = told["id"]

    def handle_data(self, data: str) -> None:
        self.sections[self._section] = self.sections.get(self._section, "") + data


@pytest.fixture(scope="module")
def page() -> Page:
    return Page((ROOT / "generated/durable_workflow_api/reference.html").read_text(encoding="utf-8"))


def made(content: dict[str, Any]) -> Page:
    return Page(reference_page(SpecDocument(content)))


def test_every_operation_has_its_place_with_its_facts(page: Page) -> None:
    assert len(SPEC.operations) > 20
    for entry in SPEC.operations:
        text = page.sections[f"operation/{entry.node['operationId']}"]
        wanted = [
            entry.path,
            entry.method.upper(),
            " ".join(entry.node["x-dw-roles"][:1]),
            "repeating",
            "since",
        ]
        wanted += [parameter["name"] for parameter in entry.parameters]
        wanted += [entry.node["x-dw-capability"]] if "x-dw-capability" in entry.node else []
        for status, answer in SPEC.responses(entry.node).items():
            wanted += [status, *answer.get("x-dw-reasons", ())]
        assert [one for one in wanted if one not in text] == []


def test_every_schema_has_its_place_with_its_members(page: Page) -> None:
    schemas = SPEC.content["components"]["schemas"]
    assert len(schemas) > 100
    for name, schema in schemas.items():
        text = page.sections[f"schema/{name}"]
        members = [*schema.get("properties", {}), *schema.get("x-dw-event-payloads", {})]
        assert [one for one in members if one not in text] == []


def test_every_example_value_is_shown(page: Page) -> None:
    examples = [place.node["value"] for place in SPEC.of_kind("example") if "value" in place.node]
    assert len(examples) > 40
    named = [value for example in examples if isinstance(example, dict) for value in example.values()]
    strings = {value for value in named if isinstance(value, str)}
    shown = "".join(page.sections.values())
    assert [one for one in strings if one not in shown and one.replace('"', '\\"') not in shown] == []


def test_every_link_within_the_page_leads_somewhere(page: Page) -> None:
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert len(inner) > 150
    assert inner - set(page.ids) == set()
    assert len(page.ids) == len(set(page.ids)), "an identifier that stands twice is no place"
    assert {link for link in page.links if not link.startswith("#")} == {"openapi.yaml", "openapi.json"}


def test_a_browser_has_nothing_to_load(page: Page) -> None:
    assert page.loads == ["data:,"]
    assert not page.tags & {"img", "iframe", "object", "embed", "video", "audio", "source", "base", "form"}
    style, script = inline(page, "style"), inline(page, "script")
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(|innerHTML|eval\(|//", script)


def inline(page: Page, tag: str) -> str:
    found = re.findall(f"<{tag}>(.*?)</{tag}>", page.source, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def test_the_policy_allows_this_script_and_this_style_alone(page: Page) -> None:
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', page.source)
    assert found
    rules = dict(rule.split(" ", 1) for rule in found[1].split("; "))
    assert rules["default-src"] == "'none'"
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(inline(page, tag).encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"


def test_a_text_of_the_spec_cannot_become_markup(mini: dict[str, Any]) -> None:
    evil = '<script>alert(1)</script><img src="http://elsewhere/">'
    mini["info"]["title"] = mini["info"]["description"] = mini["info"]["version"] = evil
    book = mini["components"]["schemas"]["Book"]
    book |= {"title": evil, "description": evil, "pattern": evil, "x-dw-open": evil, "x-dw-since": evil}
    book["properties"][evil] = {"enum": [evil], "default": evil, "x-dw-legacy": evil, evil: evil}
    mini["paths"]["/api/books/{bookId}"]["get"]["summary"] = evil
    page = made(mini)
    assert page.loads == ["data:,"]
    assert page.source.count("<script>") == 1
    assert evil in page.sections["schema/Book"]


def test_facts_are_told_in_words(mini: dict[str, Any]) -> None:
    describe, lend = (made(mini).sections[f"operation/{name}"] for name in ("describeBook", "lendBook"))
    for words in (
        "operator, admin",
        "safe: the same request again has no further effect",
        "at most wait_seconds seconds; without news: the book as it is",
        "protocol 1.2",
    ):
        assert words in describe
    for words in (
        "recognised by request_id in the body",
        "next_page of the answer goes into page",
        "may still be refused with 422",
        "lending",
        "too_many",
        "without reason",
    ):
        assert words in lend


def test_schemas_are_told_in_words(mini: dict[str, Any]) -> None:
    schemas = mini["components"]["schemas"]
    schemas["Book"]["properties"] |= {
        "pages": {"type": "integer", "minimum": 1, "maximum": 9},
        "tags": {"type": "array", "maxItems": 1, "items": {"type": "object", "properties": {"text": {}}}},
        "index": {"type": "object", "additionalProperties": {"type": "object", "properties": {"at": {}}}},
        "odd": {"type": "string", "contentEncoding": "base64"},
    }
    book = made(mini).sections["schema/Book"]
    for words in (
        "Cover or null",
        "string or null",
        "1 to 9",
        "at most 1 entry",
        "tags[].text",
        "index.*.at",
        'contentEncoding: "base64"',
    ):
        assert words in book


def test_unions_and_cases_are_told_in_words(mini: dict[str, Any]) -> None:
    schemas = mini["components"]["schemas"]
    schemas["Loan"]["allOf"] = [
        {"$ref": "#/components/schemas/Notes"},
        {
            "if": {"properties": {"id": {"const": "x"}}},
            "then": {"properties": {"to": {"$ref": "#/components/schemas/Cover"}}},
        },
    ]
    page = made(mini)
    assert "one of 2, told apart by type" in page.sections["schema/Step"]
    assert "type is take" in page.sections["schema/Step"]
    assert "Has all members of Notes" in page.sections["schema/Loan"]
    assert re.search(r'id is "x"\s*to: Cover', page.sections["schema/Loan"])


def test_a_schema_names_those_who_use_it(mini: dict[str, Any]) -> None:
    sections = made(mini).sections
    assert "Used by describeBook, lendBook" in sections["schema/Problem"], "through a shared answer, too"
    assert "Used by Book" in sections["schema/Cover"]
    assert "Given by describeBook, lendBook" in sections["answer/NotFound"]


def test_a_new_field_of_the_spec_is_on_the_page(mini: dict[str, Any]) -> None:
    assert "publisher" not in made(mini).sections["schema/Book"]
    mini["components"]["schemas"]["Book"]["properties"]["publisher"] = {"type": "string"}
    assert "publisher" in made(mini).sections["schema/Book"]


def test_names_in_descriptions_become_links(mini: dict[str, Any]) -> None:
    mini["components"]["schemas"]["Loan"]["description"] = "Made by lendBook for a `Book`; a Book is no link."
    source = made(mini).source
    assert (
        'Made by <a href="#operation/lendBook">lendBook</a> for a <code><a href="#schema/Book">Book' in source
    )
    assert "; a Book is no link." in source


def test_the_page_ships_in_the_package(generated_project: Path) -> None:
    page = Page((generated_project / "generated/durable_workflow_api/reference.html").read_text())
    assert {"operation/lendBook", "schema/Book"} <= set(page.ids)
