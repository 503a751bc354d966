"""The documented API, held as data: names, order, kinds and defaults, in both twins."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from durable_workflow import (
    Client,
    TransportRetryPolicy,
    WorkflowExecution,
    WorkflowList,
    client,
    sync,
)

REQUIRED = inspect.Parameter.empty

ROOT = Path(__file__).parents[2]
DOCUMENTED: dict[str, Any] = json.loads((ROOT / "data" / "documented_api.json").read_text())


def parsed(signature: str) -> ast.arguments:
    statement = ast.parse(f"def f{signature}: ...").body[0]
    assert isinstance(statement, ast.FunctionDef)
    return statement.args


def documented_parameters(signature: str) -> list[tuple[str, str, Any]]:
    """Return name, kind and default of each documented parameter."""
    given = parsed(signature)
    missing = [REQUIRED] * (len(given.args) - len(given.defaults))
    defaults = [*missing, *(ast.literal_eval(each) for each in given.defaults)]
    positional = [(p.arg, "positional", d) for p, d in zip(given.args, defaults, strict=True)]
    keyword = [
        (p.arg, "keyword", REQUIRED if d is None else ast.literal_eval(d))
        for p, d in zip(given.kwonlyargs, given.kw_defaults, strict=True)
    ]
    return positional + keyword


def real_parameters(callable_: Any, *, bound: bool) -> list[tuple[str, str, Any]]:
    parameters = list(inspect.signature(callable_).parameters.values())[bound:]
    named = [p for p in parameters if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)]
    return [(p.name, "keyword" if p.kind is p.KEYWORD_ONLY else "positional", p.default) for p in named]


def compare(signature: str, callable_: Any, *, bound: bool) -> None:
    wanted, real = documented_parameters(signature), real_parameters(callable_, bound=bound)
    assert [p for p in real if p[1] == "positional"] == [p for p in wanted if p[1] == "positional"]
    keyword = [p for p in wanted if p[1] == "keyword"]
    assert [p for p in real if p in keyword] == keyword
    # Additions may only be keywords with a default.
    assert all(p[1] == "keyword" and p[2] is not REQUIRED for p in real if p not in wanted)


METHODS = [
    (cls, method, signature, kind == "async")
    for cls, parts in (*DOCUMENTED["classes"].items(), *DOCUMENTED["also"].items())
    for kind in ("async", "plain")
    for method, signature in parts.get(kind, {}).items()
]


@pytest.mark.parametrize("twin", [client, sync], ids=["async", "sync"])
@pytest.mark.parametrize(
    ("cls", "method", "signature", "is_async"), METHODS, ids=[f"{m[0]}.{m[1]}" for m in METHODS]
)
def test_a_documented_method_is_there(
    twin: ModuleType, cls: str, method: str, signature: str, is_async: bool
) -> None:
    name = "close" if method == "aclose" and twin is sync else method
    function = getattr(getattr(twin, cls), name)
    compare(signature, function, bound=True)
    assert inspect.iscoroutinefunction(function) == (is_async and twin is client)


@pytest.mark.parametrize("twin", [client, sync], ids=["async", "sync"])
@pytest.mark.parametrize("cls", DOCUMENTED["classes"])
def test_a_documented_class_is_made_as_documented(twin: ModuleType, cls: str) -> None:
    compare(DOCUMENTED["classes"][cls]["signature"], getattr(twin, cls).__init__, bound=True)


@pytest.mark.parametrize("twin", [client, sync], ids=["async", "sync"])
@pytest.mark.parametrize("name", DOCUMENTED["dataclasses"])
def test_a_documented_value_has_its_fields(twin: ModuleType, name: str) -> None:
    cls = getattr(twin, name)
    assert dataclasses.is_dataclass(cls)
    compare(DOCUMENTED["dataclasses"][name], cls, bound=False)
    fields = [p[0] for p in documented_parameters(DOCUMENTED["dataclasses"][name])]
    assert positional_fields(cls) == fields


FUNCTIONS = [
    (module, name, signature)
    for module, functions in DOCUMENTED["functions"].items()
    for name, signature in functions.items()
]


@pytest.mark.parametrize(
    ("module", "name", "signature"), FUNCTIONS, ids=[f"{f[0]}.{f[1]}" for f in FUNCTIONS]
)
def test_a_name_of_existing_programs_takes_what_they_give(module: str, name: str, signature: str) -> None:
    wanted = documented_parameters(signature)
    real = real_parameters(getattr(importlib.import_module(module), name), bound=False)
    positional = [p for p in wanted if p[1] == "positional"]
    given = real[: len(positional)] + [p for p in real if p[1] == "keyword"]
    assert [p[:2] for p in given if any(p[0] == w[0] for w in wanted)] == [p[:2] for p in wanted]
    defaults = {p[0]: p[2] for p in real}
    assert {p[0]: defaults[p[0]] for p in wanted if p[2] is not REQUIRED} == {
        p[0]: p[2] for p in wanted if p[2] is not REQUIRED
    }
    # What they do not give must not be needed.
    assert all(p[2] is not REQUIRED for p in real if p[0] not in {w[0] for w in wanted})


NAMES = [(module, name) for module, names in DOCUMENTED["names"].items() for name in names]


@pytest.mark.parametrize(("module", "name"), NAMES, ids=[".".join(each) for each in NAMES])
def test_a_name_of_existing_programs_is_there(module: str, name: str) -> None:
    assert hasattr(importlib.import_module(module), name)


def positional_fields(cls: Any) -> list[str]:
    return [field.name for field in dataclasses.fields(cls) if not field.kw_only]


def test_values() -> None:
    assert WorkflowExecution("w", "r", "t").status is None
    assert WorkflowList([]).next_page_token is None


def test_attributes_and_defaults() -> None:
    client = Client("http://localhost:8080", token="t")
    assert (client.base_url, client.token, client.control_token, client.worker_token) == (
        "http://localhost:8080",
        "t",
        None,
        None,
    )
    assert (client.namespace, client.retry_policy) == ("default", TransportRetryPolicy())
    assert client.metrics is not None
    assert "t" not in repr(client).replace("Client", "").replace(
        "http://localhost:8080 namespace=default", ""
    )


@pytest.mark.parametrize(
    "code",
    [
        "import durable_workflow",
        "import durable_workflow.client",
        "import durable_workflow.sync",
        "from durable_workflow import Client; Client('http://localhost:1')",
        "from durable_workflow import errors, TransportRetryPolicy, RetryPolicy",
    ],
)
def test_importing_loads_no_http_library(code: str) -> None:
    heavy = (
        *("httpx", "httpcore", "aiohttp", "yarl", "anyio", "fastavro", "durable_workflow.server"),
        *("opentelemetry", "prometheus_client", "cryptography", "pydantic", "click", "rich"),
    )
    check = f"{code}\nimport sys\nprint([name for name in {heavy!r} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_every_exported_name_can_be_listed_and_unknown_ones_are_refused() -> None:
    import durable_workflow

    assert list(durable_workflow.__all__) == sorted(durable_workflow.__all__)
    assert set(durable_workflow.__all__) <= set(dir(durable_workflow))
    assert durable_workflow.RetryPolicy is durable_workflow.TransportRetryPolicy
    assert durable_workflow.__version__ == "0.9.0"
    with pytest.raises(AttributeError, match="Clinet"):
        durable_workflow.Clinet  # noqa: B018 - reading it is the test
