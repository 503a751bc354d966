from __future__ import annotations

from pathlib import Path

import pytest
from tools.spec_document import SpecDocument, SpecError, load_yaml, pointer


def test_scalars_are_those_of_yaml_1_2() -> None:
    read = load_yaml(
        "a: on\nb: 12:30\nc: 2026-01-01T00:00:00Z\nd: 007\ne: 1.0\nf: 3\ng: null\nh: true\ni: '1.0'"
    )
    assert read["a"] == "on"
    assert read["b"] == "12:30"
    assert read["c"] == "2026-01-01T00:00:00Z"
    assert read["d"] == "007"
    assert (read["e"], read["f"], read["g"], read["h"], read["i"]) == (1.0, 3, None, True, "1.0")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3", "line 3: the key a appears twice"),
        ("responses:\n  200: {}", 'line 2: the key 200 is not a string: write it in quotes, "200"'),
        ("a: [1", "not readable as YAML"),
        ("- 1", "the document is not a mapping"),
    ],
)
def test_what_readers_would_understand_differently_is_refused(text: str, message: str) -> None:
    with pytest.raises(SpecError, match=message):
        load_yaml(text)


def test_a_missing_file_is_a_readable_error(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="cannot be read"):
        SpecDocument.read(tmp_path / "none.yaml")


def test_pointer_escapes_for_json_and_for_uris() -> None:
    assert pointer(("paths", "/a~b/{id}", "get")) == "#/paths/~1a~0b~1%7Bid%7D/get"


def test_references_are_followed_and_circles_noticed() -> None:
    spec = SpecDocument(
        {"a": {"$ref": "#/b"}, "b": {"$ref": "#/c~1d"}, "c/d": {"x": 1}, "e": {"$ref": "#/e"}}
    )
    assert spec.resolve({"$ref": "#/a"}) == {"x": 1}
    for reference, message in (("#/e", "leads back"), ("#/z", "at nothing"), ("other.yaml#/a", "leaves")):
        with pytest.raises(SpecError, match=message):
            spec.resolve({"$ref": reference})


def test_a_property_named_like_a_keyword_is_no_place_of_its_own() -> None:
    spec = SpecDocument(
        {
            "components": {
                "schemas": {"A": {"properties": {"schema": {"type": "string"}, "items": {"const": 1}}}}
            }
        }
    )
    assert [place.path[2:] for place in spec.of_kind("schema")] == [
        ("A",),
        ("A", "properties", "schema"),
        ("A", "properties", "items"),
    ]
