"""Measures of the house style that a machine can take."""

from __future__ import annotations

import subprocess
import sys

import pytest

from support.imports import ROOT

HAND_WRITTEN = [
    path
    for folder in ("src", "tools", "tests", "examples", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "_sync" not in path.parts
]


def test_no_hand_written_file_is_longer_than_a_reader_can_hold() -> None:
    long = {str(p.relative_to(ROOT)): n for p in HAND_WRITTEN if (n := len(p.read_text().splitlines())) > 400}
    assert HAND_WRITTEN
    assert not long


@pytest.mark.parametrize(
    "module", ["durable_workflow", "durable_workflow.client", "durable_workflow.workflow"]
)
def test_importing_loads_no_http_library_server_or_cli(module: str) -> None:
    heavy = [
        "httpx",
        "uvicorn",
        "click",
        "jsonschema_rs",
        "fastavro",
        "durable_workflow.server",
        "durable_workflow.cli",
    ]
    code = f"import sys, {module}; print([name for name in {heavy!r} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_exported_names_exist_and_are_sorted() -> None:
    import durable_workflow

    assert list(durable_workflow.__all__) == sorted(durable_workflow.__all__)
    missing = [name for name in durable_workflow.__all__ if not hasattr(durable_workflow, name)]
    assert not missing
