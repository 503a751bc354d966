from __future__ import annotations

import copy
from typing import Any

from tools.derived_spec import derive

Node = dict[str, Any]


def _schemas(spec: Node) -> Node:
    return spec["components"]["schemas"]


def test_plain_and_open_schemas_become_any_json(mini: Node) -> None:
    schemas = _schemas(derive(mini))
    assert schemas["LoanPage"] == {"description": "A page."}
    assert schemas["Notes"] == {}
    assert schemas["AnyJson"] == {"description": "Anything."}


def test_an_open_schema_with_members_keeps_them(mini: Node) -> None:
    _schemas(mini)["Notes"]["properties"] = {"by": {"type": "string"}}
    assert "properties" in _schemas(derive(mini))["Notes"]


def test_a_plain_property_without_a_name_becomes_any_json(mini: Node) -> None:
    _schemas(mini)["Book"]["properties"]["title"] = {"type": "string", "x-dw-plain": True}
    assert _schemas(derive(mini))["Book"]["properties"]["title"] == {}


def test_what_only_plain_schemas_used_is_gone(mini: Node) -> None:
    assert "Loan" in _schemas(mini)
    assert "Loan" not in _schemas(derive(mini))
    assert "Cover" in _schemas(derive(mini))


def test_titles_do_not_rename_models(mini: Node) -> None:
    assert "title" not in _schemas(derive(mini))["Book"]
    assert "title" in _schemas(derive(mini))["Book"]["properties"], "the member named title stays"


def test_descriptions_reach_the_arguments_and_are_unwrapped(mini: Node) -> None:
    operation = derive(mini)["paths"]["/api/books/{bookId}"]["get"]
    assert operation["description"] == "Says what is known about a book."
    assert operation["parameters"][1]["schema"]["description"] == "How long to wait."


def test_lists_in_descriptions_keep_their_lines(mini: Node) -> None:
    mini["info"]["description"] = "One\nparagraph.\n\n* a\n* b\n"
    assert derive(mini)["info"]["description"] == "One paragraph.\n\n* a\n* b"


def test_the_published_document_is_not_changed(mini: Node) -> None:
    before = copy.deepcopy(mini)
    derive(mini)
    assert mini == before
