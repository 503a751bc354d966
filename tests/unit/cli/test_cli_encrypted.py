"""Encrypted payloads: written by the command line, run by a worker, readable only with the key."""

from __future__ import annotations

import base64
import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from durable_workflow import activity, workflow
from durable_workflow.payloads import AesGcm, PayloadSettings
from durable_workflow.testing import dev_server
from support.command_line import run, working

KEY, OTHER = bytes(range(32)), bytes(32)
TEXT = f"2026-11={base64.b64encode(KEY).decode()}"
SECRET = "4929-2222-3333"
PAYLOADS = PayloadSettings(codecs=[AesGcm({"2026-11": KEY})])
KEYS = {"DURABLE_WORKFLOW_PAYLOAD_KEYS": TEXT}


@activity.defn(name="sealed.charge")
def charge(card: str) -> dict[str, str]:
    return {"charged": card}


@workflow.defn(name="sealed.order")
class Order:
    async def run(self, ctx: workflow.WorkflowContext, card: str) -> Any:
        return await ctx.schedule_activity("sealed.charge", [card])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    path = tmp_path_factory.mktemp("sealed") / "server.sqlite"
    with (
        dev_server(str(path), poll_timeout=1) as url,
        working(url, "sealed", workflows=[Order], activities=[charge], payloads=PAYLOADS),
    ):
        start = ("workflow", "start", "sealed.order", "-q", "sealed", "--id", "sealed", "--wait")
        done = run(*start, "--arg", f"text:{SECRET}", url=url, env=KEYS)
        assert (done.code, json.loads(done.out)) == (0, {"charged": SECRET}), done.err
        yield url, path


@pytest.mark.parametrize(
    "words", [("history", "sealed"), ("describe", "sealed"), ("history", "sealed", "--json")]
)
def test_only_the_key_makes_payloads_readable(server: tuple[str, Path], words: tuple[str, ...]) -> None:
    url, _ = server
    with_key = run("workflow", *words, url=url, env=KEYS)
    without = run("workflow", *words, url=url)
    assert with_key.code == without.code == 0
    assert SECRET in with_key.out and SECRET not in without.out
    assert "2026-11" in without.out and "aes-gcm" in without.out
    assert without.err == ""


def test_a_result_without_the_key_says_which_key_is_needed(server: tuple[str, Path]) -> None:
    url, _ = server
    done = run("workflow", "result", "sealed", "--json", url=url)
    assert (done.code, done.out) == (4, "")
    assert "2026-11" in done.error["message"] and "--payload-keys-file" in done.error["next"]


def test_another_key_does_not_open_it(server: tuple[str, Path], tmp_path: Path) -> None:
    url, _ = server
    path = tmp_path / "keys"
    path.write_text(f"2026-11={base64.b64encode(OTHER).decode()}\n")
    closed = run("workflow", "history", "sealed", "--payload-keys-file", str(path), url=url)
    assert (closed.code, SECRET in closed.out) == (0, False)
    (warning,) = closed.err.splitlines()
    assert warning.startswith("warning: a payload stays sealed") and "2026-11" in warning
    path.write_text(f"{TEXT}\n2026-12={base64.b64encode(OTHER).decode()}\n")
    opened = run("workflow", "history", "sealed", "--payload-keys-file", str(path), url=url)
    assert SECRET in opened.out


def test_raw_opens_payloads_only_when_asked_to_decode(server: tuple[str, Path]) -> None:
    url, _ = server
    assert SECRET not in run("raw", "describeWorkflow", "sealed", url=url, env=KEYS).out
    assert SECRET in run("raw", "describeWorkflow", "sealed", "--decode", url=url, env=KEYS).out
    assert SECRET not in run("raw", "describeWorkflow", "sealed", "--decode", url=url).out


def test_settings_may_name_payload_settings_of_a_module(server: tuple[str, Path]) -> None:
    url, _ = server
    name = {"DURABLE_WORKFLOW_PAYLOADS": f"{__name__}:PAYLOADS"}
    assert SECRET in run("workflow", "describe", "sealed", url=url, env=name).out
    wrong = run("workflow", "describe", "sealed", url=url, env={"DURABLE_WORKFLOW_PAYLOADS": "json:dumps"})
    assert wrong.code == 2


@pytest.mark.parametrize("keys", ["nonsense", "a=###", "a=c2hvcnQ="])
def test_keys_that_are_none_are_refused_and_not_repeated(keys: str) -> None:
    done = run("workflow", "list", url="http://127.0.0.1:9", env={"DURABLE_WORKFLOW_PAYLOAD_KEYS": keys})
    assert (done.code, "the payload keys cannot be used" in done.err) == (2, True)
    assert "###" not in done.err and "c2hvcnQ" not in done.err


def test_the_database_holds_no_secret(server: tuple[str, Path]) -> None:
    _, path = server
    with contextlib.closing(sqlite3.connect(path)) as connection:
        dump = "\n".join(connection.iterdump())
    assert "sealed.order" in dump
    assert SECRET not in dump and base64.b64encode(SECRET.encode()).decode()[:12] not in dump


def test_encrypted_runs_are_replayed_with_the_key_from_server_and_file(
    server: tuple[str, Path], tmp_path: Path
) -> None:
    url, _ = server
    bundle = tmp_path / "bundle.json"
    run("workflow", "export", "sealed", "-o", str(bundle), url=url)
    assert SECRET not in bundle.read_text()
    for source in (("--workflow-id", "sealed"), (str(bundle),)):
        words = ("replay", "--workflows", f"{__name__}:Order", *source, "--json")
        (report,) = run(*words, url=url, env=KEYS).json
        assert (report["fits"], report["finished"], report["problem"]) == (True, True, None)
        assert not run(*words, url=url).json[0]["fits"]
