"""A generator that complains, or leaves something out, is a failure with its own words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tools.generated_clients import generate, languages, parse

COMPLETE = "def start_workflow(): pass"


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "spec.json"
    path.write_text(json.dumps({"paths": {"/api": {"post": {"operationId": "startWorkflow"}}}}))
    return path


def generator(folder: Path, code: str, words: str = "", status: int = 0) -> Path:
    program = folder / "generator"
    body = f"mkdir -p \"$7\"; echo '{code}' > \"$7/client.py\"; echo '{words}'; exit {status}"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    return program


def test_complete_code_is_fine(spec: Path, tmp_path: Path) -> None:
    outcome = generate(generator(tmp_path, COMPLETE), "go", spec, tmp_path / "out")
    assert (outcome.state, outcome.step) == ("ok", "go from spec.json")


@pytest.mark.parametrize(
    ("code", "words", "status", "said"),
    [
        (COMPLETE, "cannot read the links", 1, "cannot read the links"),
        (COMPLETE, "[main] ERROR o.o.codegen - no such template", 0, "no such template"),
        ("def end_workflow(): pass", "done", 0, "lacks startWorkflow"),
    ],
)
def test_a_complaint_or_a_gap_is_a_failure(
    spec: Path, tmp_path: Path, code: str, words: str, status: int, said: str
) -> None:
    outcome = generate(generator(tmp_path, code, words, status), "go", spec, tmp_path / "out")
    assert outcome.state == "FAILED"
    assert said in outcome.detail


def test_what_cannot_be_parsed_here_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert {parse(language, tmp_path).state for language in languages()} == {"NOT RUN"}
