"""What the README of the spec says is so: extensions, payloads, options, names."""

from __future__ import annotations

import re

from tools.generated_clients import languages
from tools.spec_document import SpecDocument
from tools.spec_extensions import EXTENSIONS

from durable_workflow import serializer
from support.imports import ROOT

TEXT = (ROOT / "openapi" / "README.md").read_text(encoding="utf-8")
SPEC = SpecDocument.read(ROOT / "openapi" / "durable-workflow.yaml")


def test_every_extension_is_explained_and_none_is_invented() -> None:
    explained = re.findall(r"^\| `(x-dw-[a-z-]+)` \|", TEXT, re.MULTILINE)
    assert sorted(explained) == sorted(EXTENSIONS)
    used = {key for place in SPEC.places for key in place.node if key.startswith("x-dw-")}
    assert used <= set(explained)


def test_the_example_blobs_hold_what_the_table_says() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| `00` `(\w\w)` `([^`]+)` `02` \| `([^`]+)` \|$", TEXT, re.MULTILINE)
    assert len(rows) == 2
    for value, length, text, blob in rows:
        assert bytes.fromhex(length)[0] == 2 * len(text.encode())
        assert value == text
        decoded = serializer.decode(blob, "avro")
        assert serializer.encode(decoded, "avro") == blob


def test_every_language_with_options_has_a_row_and_every_named_option_is_set() -> None:
    names = {"go": "Go", "java": "Java", "kotlin": "Kotlin", "csharp": "C#", "php": "PHP", "rust": "Rust"}
    assert sorted(names) == languages()
    for language, name in names.items():
        (row,) = re.findall(rf"^\| {re.escape(name)} \| (.*?) \|", TEXT, re.MULTILINE)
        options = (ROOT / "openapi" / "clients" / f"{language}.yaml").read_text(encoding="utf-8")
        for option in re.findall(r"`(\w+)(?:: [\w]+)?`", row):
            assert f"{option}: " in options, (language, option)


def test_every_operation_that_is_named_exists() -> None:
    known = {entry.node["operationId"] for entry in SPEC.operations}
    called = re.findall(r"`((?:complete|fail|get|heartbeat|poll|register|signal)[A-Z]\w+)`", TEXT)
    assert len(set(called)) >= 8
    assert set(called) <= known


def test_every_local_link_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", TEXT) if "://" not in link]
    assert [link for link in links if not (ROOT / "openapi" / link).exists()] == []
