"""What of a payload appears: decoded, redacted, or left as it is."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from durable_workflow import serializer
from durable_workflow.cli._payloads import Payloads
from durable_workflow.testing import dev_server
from support.command_line import run, served_recordings
from support.imports import ROOT
from support.replaying import Recorded, first, replaying

SECRET = "4929-1111"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with dev_server() as address:
        order = json.dumps([{"card": SECRET, "cents": 5}])
        run("workflow", "start", "order", "-q", "q", "--id", "paid", "--input", order, url=address)
        run("workflow", "signal", "paid", "pay", "--input", order, url=address)
        yield address


@pytest.fixture
def redactor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The redactor of docs/cli.md, in the folder where the command runs."""
    document = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    (tmp_path / "house_rules.py").write_text(document.partition("```python\n")[2].partition("```")[0])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    yield "house_rules:hide_cards"
    sys.modules.pop("house_rules", None)


@pytest.mark.parametrize("words", ["describe", "history"])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_redactor_decides_what_appears(url: str, redactor: str, words: str, form: tuple[str, ...]) -> None:
    open_ = run("workflow", words, "paid", *form, url=url)
    assert SECRET in open_.out
    closed = run("workflow", words, "paid", *form, url=url, env={"DURABLE_WORKFLOW_REDACTOR": redactor})
    assert closed.code == 0
    assert SECRET not in closed.out and "***" in closed.out and "cents" in closed.out


def test_a_redactor_that_fails_shows_nothing(url: str) -> None:
    done = run("workflow", "describe", "paid", url=url, env={"DURABLE_WORKFLOW_REDACTOR": "operator:neg"})
    assert (done.code, SECRET in done.out) == (0, False)
    assert "<not shown: the redactor failed with TypeError>" in done.out


def test_what_a_server_repeats_of_a_payload_in_an_error_is_redacted_too() -> None:
    answer = {"reason": "invalid", "message": f"no such card: {SECRET}", "errors": {"input": [SECRET]}}
    refusal = replace(first("describeWorkflow").exchange, status=422, response_body=answer)
    each = Recorded("describeWorkflow", {"workflowId": "a"}, refusal)
    words = ("raw", "describeWorkflow", first("describeWorkflow").path["workflowId"])
    hide = {"DURABLE_WORKFLOW_REDACTOR": "durable_workflow.redaction:hide"}
    with served_recordings(replaying(each)) as url:
        describe = ("workflow", "describe", words[-1])
        open_, closed = run(*describe, url=url), run(*describe, url=url, env=hide)
        raw = run(*words, "--decode", url=url)
    assert (open_.code, closed.code, raw.code) == (2, 2, 4)
    assert SECRET in open_.err and SECRET in raw.out
    assert SECRET not in closed.err


@pytest.mark.parametrize("name", ["nothing", "gone.module:name", "json:gone", "json:__name__"])
def test_a_redactor_that_is_not_there_stops_the_command(url: str, name: str) -> None:
    done = run("workflow", "describe", "paid", url=url, env={"DURABLE_WORKFLOW_REDACTOR": name})
    assert (done.code, done.out, name in done.err) == (2, "", True)


def test_payloads_are_found_at_any_depth_and_text_stays_text() -> None:
    blob = serializer.encode([1, {"a": "ü"}])
    document = {
        "payload": {"arguments": blob, "payload_codec": "avro", "activity": {"result": blob}},
        "input": {"codec": "avro", "blob": blob},
        "details": "text that is no blob",
        "list": [{"output": blob}],
        "name": blob,
        "other": {"result": blob, "payload_codec": "php"},
    }
    value = [1, {"a": "ü"}]
    assert Payloads().decoded(document) == {
        "payload": {"arguments": value, "payload_codec": "avro", "activity": {"result": value}},
        "input": value,
        "details": "text that is no blob",
        "list": [{"output": value}],
        "name": blob,
        "other": {"result": blob, "payload_codec": "php"},
    }


def test_what_cannot_be_decoded_is_kept_with_the_reason() -> None:
    envelope = {"codec": "avro", "blob": "AAA="}
    found = Payloads().decoded({"input": envelope})["input"]
    assert {**found, "undecoded": None} == {**envelope, "undecoded": None}
    assert "decode" in found["undecoded"]
