"""The generated package of the small spec: what calls it makes possible, and what it does not load."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from durable_workflow_api.types import UNSET, Unset, quote_path

ROOT = Path(__file__).parents[3]


def run(package_parent: Path, code: str) -> Any:
    """Run code in a fresh interpreter that sees one generated package; it prints one JSON value."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(package_parent)!r})\n{code}"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("value", "escaped"),
    [
        ("a/b", "a%2Fb"),
        ("a?b", "a%3Fb"),
        ("a#b", "a%23b"),
        ("..", "%2E%2E"),
        (".", "%2E"),
        ("...", "..."),
        ("a.b", "a.b"),
        ("%2F", "%252F"),
        ("ä ö", "%C3%A4%20%C3%B6"),
        ("a:b~c", "a%3Ab~c"),
        (17, "17"),
    ],
)
def test_a_path_value_is_exactly_one_segment(value: object, escaped: str) -> None:
    assert quote_path(value) == escaped


def test_an_empty_path_value_is_refused() -> None:
    with pytest.raises(ValueError, match="must not be empty"):
        quote_path("")


def test_unset_survives_copies_and_pickles() -> None:
    assert copy.deepcopy(UNSET) is UNSET
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET
    assert isinstance(UNSET, Unset)
    assert not UNSET


BUILD = """
import json
from durable_workflow_api.api.book_loans import describe_book, lend_book
from durable_workflow_api.models import LendRequest
from dataclasses import asdict
from durable_workflow_api.types import UNSET
out = []
for parts in (
    describe_book.build_request("a/../b"),
    describe_book.build_request("x", wait_seconds=3, detailed=True, x_namespace="other"),
    lend_book.build_request(body=LendRequest.from_dict({"steps": [{"type": "take", "shelf": 2}], "new": 1})),
):
    out.append({key: None if value is UNSET else value for key, value in asdict(parts).items()})
print(json.dumps(out))
"""


def test_build_request_fills_path_query_headers_and_body(generated_project: Path) -> None:
    plain, full, post = run(generated_project / "generated", BUILD)
    assert plain == {
        "operation_id": "describeBook",
        "method": "GET",
        "path": "/api/books/a%2F..%2Fb",
        "query": {},
        "headers": {"X-Namespace": "default"},
        "json": None,
    }
    assert full["query"] == {"wait_seconds": 3, "detailed": True}
    assert full["headers"] == {"X-Namespace": "other"}
    assert (post["operation_id"], post["method"], post["path"]) == ("lendBook", "POST", "/api/loans")
    assert post["headers"] == {"X-Version": "1.0"}
    assert post["json"] == {"new": 1, "steps": [{"type": "take", "shelf": 2}]}


PARSE = """
import json
from durable_workflow_api.api.book_loans import describe_book, lend_book
from durable_workflow_api.errors import UnexpectedStatus
def parse(module, status, content):
    try:
        parsed = module.parse_response(status_code=status, headers={}, content=content)
    except Exception as error:
        return [type(error).__name__, str(error)]
    return [type(parsed).__name__, parsed.to_dict() if hasattr(parsed, "to_dict") else parsed]
cover = {"codec": "zstd", "blob": "x"}
book = {"title": "Emma", "cover": cover, "notes": {"a": [1]}, "model": None, "later": 1}
print(json.dumps([
    parse(describe_book, 200, json.dumps(book).encode()),
    parse(describe_book, 202, b""),
    parse(describe_book, 404, b'{"message": "no", "errors": {"id": ["bad"]}}'),
    parse(lend_book, 200, b'{"loans": [{"id": "1"}], "next_page": null}'),
    parse(lend_book, 500, b"<html>"),
    parse(describe_book, 499, b"<html>"),
    parse(describe_book, 200, b"<html>"),
    parse(describe_book, 200, b'{"title": "Emma"}'),
    parse(describe_book, 200, b'{"title": "Emma", "cover": 3}'),
    parse(describe_book, 200, b'{"title": "Emma", "cover": {"codec": 3, "blob": "x"}}'),
]))
"""


def test_parse_response_gives_models_plain_json_or_an_error(generated_project: Path) -> None:
    answers = run(generated_project / "generated", PARSE)
    book = {
        "title": "Emma",
        "cover": {"codec": "zstd", "blob": "x"},
        "notes": {"a": [1]},
        "model": None,
        "later": 1,
    }
    assert answers[0] == ["Book", book], "unknown members and unknown enum values are kept"
    assert answers[1] == ["NoneType", None]
    assert answers[2] == ["Problem", {"message": "no", "errors": {"id": ["bad"]}}]
    assert answers[3] == ["dict", {"loans": [{"id": "1"}], "next_page": None}]
    assert answers[4] == ["NoneType", None]
    assert answers[5] == ["UnexpectedStatus", "unexpected status 499: <html>"]
    assert answers[6][0] == "JSONDecodeError"
    assert answers[7] == ["KeyError", "'cover'"]
    assert answers[8] == ["TypeError", "cover has the wrong type"], (
        "a wrong payload is not passed off as a model"
    )
    assert answers[9] == ["TypeError", "CoverCodec is not 3"]


LOADED = """
import json, sys
before = set(sys.modules)
{statement}
loaded = set(sys.modules) - before
print(json.dumps([
    sorted(name for name in loaded if name.split(".")[0] in ("httpx", "yaml", "anyio", "ssl", "asyncio")),
    sorted(name.rpartition(".")[2] for name in loaded if name.startswith("durable_workflow_api.models.")),
]))
"""


@pytest.mark.parametrize(
    ("statement", "models"),
    [
        ("import durable_workflow_api", []),
        ("import durable_workflow_api.operations", []),
        ("import durable_workflow_api.spec; durable_workflow_api.spec.spec()", []),
        ("import durable_workflow_api.models", []),
        ("from durable_workflow_api.models import Problem", ["problem"]),
        ("from durable_workflow_api.api.book_loans import describe_book as m; m.build_request('x')", []),
        (
            "from durable_workflow_api.api.book_loans import describe_book as m;"
            'm.parse_response(status_code=404, headers={}, content=b\'{"message": "x"}\')',
            ["problem", "problem_errors"],
        ),
    ],
)
def test_importing_loads_what_is_used_and_no_http_library(
    generated_project: Path, statement: str, models: list[str]
) -> None:
    libraries, loaded = run(generated_project / "generated", LOADED.format(statement=statement))
    assert (libraries, loaded) == ([], models)


@pytest.mark.parametrize(
    "statement",
    [
        "import durable_workflow_api, durable_workflow_api.operations, durable_workflow_api.spec",
        "from durable_workflow_api.api.workflows import start_workflow, describe_workflow",
    ],
)
def test_the_real_package_is_as_lazy(statement: str) -> None:
    assert run(ROOT / "generated", LOADED.format(statement=statement)) == [[], []]


def test_lazy_doors_list_their_names_and_refuse_others(generated_project: Path) -> None:
    code = (
        "import json, durable_workflow_api as api, durable_workflow_api.models as models\n"
        "seen = [set(models.__all__) <= set(dir(models)), 'Client' in dir(api), api.Client.__name__]\n"
        "for module in (api, models):\n"
        "    try: module.Nothing\n"
        "    except AttributeError as error: seen.append(str(error))\n"
        "print(json.dumps(seen))"
    )
    seen = run(generated_project / "generated", code)
    assert seen[:3] == [True, True, "Client"]
    assert all("has no attribute 'Nothing'" in text for text in seen[3:])
    assert len(seen) == 5


SEND = """
import json, asyncio, httpx
from durable_workflow_api import AuthenticatedClient, Client
from durable_workflow_api.api.book_loans import describe_book
from durable_workflow_api.errors import UnexpectedStatus
seen = []
def answer(request):
    seen.append([request.method, request.url.raw_path.decode(), request.headers.get("authorization")])
    return httpx.Response(404 if "gone" in str(request.url) else 299, json={"message": "no"})
def client(kind, **options):
    return kind(base_url="http://server", httpx_args={"transport": httpx.MockTransport(answer)}, **options)
with client(AuthenticatedClient, token="t") as sync_client:
    seen.append(describe_book.sync("gone/..", client=sync_client, wait_seconds=2).to_dict())
    detailed = describe_book.sync_detailed("..", client=sync_client)
    seen.append([detailed.status_code, detailed.parsed, detailed.headers["content-type"]])
async def main():
    async with client(Client, raise_on_unexpected_status=True) as async_client:
        seen.append((await describe_book.asyncio("gone", client=async_client)).to_dict())
        try:
            await describe_book.asyncio_detailed("other", client=async_client)
        except UnexpectedStatus as error:
            seen.append(error.status_code)
asyncio.run(main())
print(json.dumps(seen))
"""


def test_the_functions_that_send(generated_project: Path) -> None:
    assert run(generated_project / "generated", SEND) == [
        ["GET", "/api/books/gone%2F..?wait_seconds=2", "Bearer t"],
        {"message": "no"},
        ["GET", "/api/books/%2E%2E", "Bearer t"],
        [299, None, "application/json"],
        ["GET", "/api/books/gone", None],
        {"message": "no"},
        ["GET", "/api/books/other", None],
        299,
    ]


def test_the_spec_ships_as_it_was_published(generated_project: Path) -> None:
    code = (
        "import json, durable_workflow_api.spec as s\n"
        "print(json.dumps([str(s.spec_path()), s.spec_text(), s.spec()]))"
    )
    path, text, parsed = run(generated_project / "generated", code)
    published = generated_project / "openapi/durable-workflow.yaml"
    assert Path(path).read_bytes() == published.read_bytes()
    assert text == published.read_text(encoding="utf-8")
    assert parsed["paths"]["/api/loans"]["post"]["operationId"] == "lendBook"
    assert list(parsed)[:2] == ["openapi", "info"], "the order of the document is kept"


def test_every_generated_module_says_so() -> None:
    package = ROOT / "generated/durable_workflow_api"
    modules = list(package.rglob("*.py"))
    assert len(modules) > 20
    for module in modules:
        assert module.read_text(encoding="utf-8").startswith("# Generated from openapi/")
    assert (package / "py.typed").is_file()
