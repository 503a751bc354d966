from __future__ import annotations

import importlib
import pickle
from typing import Any

import pytest
from tools.operation_table import operation_facts, operation_table
from tools.spec_document import SpecDocument

import durable_workflow_api.spec
from durable_workflow_api.operations import OPERATIONS, LongPoll


@pytest.fixture
def table(mini: dict[str, Any]) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "durable_workflow_api.operations"}
    exec(compile(operation_table(SpecDocument(mini)), "operations.py", "exec"), names)  # generated a line ago
    return names


def test_rows_carry_what_the_spec_says(table: dict[str, Any]) -> None:
    describe = table["OPERATIONS"]["describeBook"]
    assert (describe.id, describe.method, describe.path) == ("describeBook", "GET", "/api/books/{bookId}")
    assert (describe.tag, describe.plane, describe.roles) == ("book-loans", "control", ("operator", "admin"))
    assert describe.success == (200, 202)
    assert describe.errors == {404: ("book_not_found",)}
    assert describe.long_poll == table["LongPoll"](timeout_field="wait_seconds", empty="the book as it is")
    assert (describe.idempotency, describe.paging, describe.semantic) == ("natural", None, ())
    assert (describe.since, describe.capability) == ("1.2", None)
    assert describe.module == "durable_workflow_api.api.book_loans.describe_book"


def test_errors_are_sorted_and_reasons_of_shared_responses_resolved(table: dict[str, Any]) -> None:
    lend = table["OPERATIONS"]["lendBook"]
    assert list(lend.errors.items()) == [
        (404, ("book_not_found",)),
        (422, ("validation_failed", "too_many")),
        (500, ()),
    ]
    assert (lend.semantic, lend.capability, lend.since) == ((422,), "lending", "1.0")
    assert lend.paging == table["Paging"](token="page", next="next_page")


def test_the_table_cannot_be_changed(table: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        table["OPERATIONS"]["x"] = None
    with pytest.raises(AttributeError):
        table["OPERATIONS"]["lendBook"].id = "x"


def test_templates_learn_the_operation_ids(mini: dict[str, Any]) -> None:
    assert operation_facts(SpecDocument(mini)) == {"describe_book": "describeBook", "lend_book": "lendBook"}


def test_the_real_table_names_existing_modules_and_every_operation_of_the_spec() -> None:
    paths = durable_workflow_api.spec.spec()["paths"]
    ids = {
        node["operationId"] for item in paths.values() for key, node in item.items() if key != "parameters"
    }
    assert set(OPERATIONS) == ids
    for operation in OPERATIONS.values():
        module = importlib.import_module(operation.module)
        assert callable(module.build_request)
        assert callable(module.parse_response)
    assert isinstance(OPERATIONS["describeWorkflow"].long_poll, LongPoll)


def test_operations_are_values() -> None:
    operation = OPERATIONS["startWorkflow"]
    assert pickle.loads(pickle.dumps(operation)) == operation
    assert len({operation, *OPERATIONS.values()}) == len(OPERATIONS)
