"""`durable-workflow workflow` against a real server and a real worker."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from durable_workflow import activity, workflow
from durable_workflow.testing import dev_server
from support.command_line import Done, run, working

QUEUE = "cli-orders"


@activity.defn(name="cli.price")
def price(item: str) -> dict[str, object]:
    return {"item": item, "cents": 1250}


@workflow.defn(name="cli.order")
class Order:
    def __init__(self) -> None:
        self.approved_by: str | None = None

    @workflow.signal("approve")
    def approve(self, by: str) -> None:
        self.approved_by = by

    @workflow.query("approver")
    def approver(self, fallback: str) -> dict[str, str]:
        return {"by": self.approved_by or fallback}

    @workflow.update("approve_now")
    def approve_now(self, by: str) -> str:
        if not by:
            raise ValueError("nobody approves")
        self.approved_by = by
        return f"thanks, {by}"

    async def run(self, ctx: workflow.WorkflowContext, item: str, wait: bool) -> Any:
        priced = await ctx.schedule_activity("cli.price", [item])
        if wait:
            await ctx.wait_condition(lambda: self.approved_by is not None, key="approval")
        return {**priced, "approved_by": self.approved_by}


@workflow.defn(name="cli.relay")
class Relay:
    async def run(self, ctx: workflow.WorkflowContext, left: int) -> Any:
        await ctx.schedule_activity("cli.price", [f"lap {left}"])
        return ctx.continue_as_new(left - 1) if left else "home"


@workflow.defn(name="cli.broken")
class Broken:
    async def run(self, ctx: workflow.WorkflowContext) -> None:
        raise ValueError("no such item")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with (
        dev_server(poll_timeout=1) as address,
        working(address, QUEUE, workflows=[Order, Relay, Broken], activities=[price]),
    ):
        yield address


def start(url: str, name: str, *arguments: str, workflow_type: str = "cli.order") -> Done:
    done = run("workflow", "start", workflow_type, "-q", QUEUE, "--id", name, *arguments, url=url)
    assert done.code == 0, done.err
    return done


WAITING = ("--arg", "text:ink", "--arg", "true")
AT_ONCE = ("--input", '["pen", false]')


def test_start_tells_which_run_it_started(url: str) -> None:
    told = start(url, "started", *WAITING, "--json").json
    assert told == {"workflow_id": "started", "run_id": told["run_id"], "workflow_type": "cli.order"}
    shown = start(url, "started-2", *WAITING)
    assert "workflow id:" in shown.out and "started-2" in shown.out


def test_start_makes_an_id_if_none_is_given(url: str) -> None:
    done = run("workflow", "start", "cli.order", "-q", QUEUE, *WAITING, "--json", url=url)
    assert done.json["workflow_id"].startswith("cli.order-")


def test_start_and_wait_shows_the_events_and_then_the_result(url: str) -> None:
    done = start(url, "waited", *AT_ONCE, "--wait")
    assert json.loads(done.out) == {"item": "pen", "cents": 1250, "approved_by": None}
    lines = done.err.splitlines()
    assert lines[0].startswith("started waited, run ")
    assert any("ActivityCompleted" in line and "1250" in line for line in lines)
    assert "WorkflowCompleted" in lines[-1]


def test_start_and_wait_as_json_writes_nothing_but_the_result(url: str) -> None:
    done = start(url, "waited-json", *AT_ONCE, "--wait", "--json")
    assert (done.json["status"], done.json["result"]["cents"], done.err) == ("completed", 1250, "")


def test_a_wait_that_is_over_ends_with_its_own_code(url: str) -> None:
    start(url, "endless", *WAITING)
    done = run("workflow", "result", "endless", "--wait-timeout", "0.3", "--json", url=url)
    assert (done.code, done.error["type"], done.error["exit_code"]) == (9, "ResultTimeout", 9)


def test_a_signal_lets_it_end_and_result_writes_how(url: str) -> None:
    start(url, "approved", *WAITING)
    sent = run("workflow", "signal", "approved", "approve", "--arg", "text:Ada", url=url)
    assert (sent.code, sent.out) == (0, "signal approve sent to approved\n")
    done = run("workflow", "result", "approved", url=url)
    assert (done.code, json.loads(done.out)["approved_by"]) == (0, "Ada")
    assert "SignalReceived          approve" in done.err


def test_signal_and_wait_goes_on_to_the_end(url: str) -> None:
    start(url, "approved-now", *WAITING)
    done = run("workflow", "signal", "approved-now", "approve", "-a", '"Ada"', "--wait", "--json", url=url)
    assert (done.code, done.json["result"]["approved_by"]) == (0, "Ada")


def test_a_query_writes_what_its_handler_returns(url: str) -> None:
    start(url, "asked", *WAITING)
    done = run("workflow", "query", "asked", "approver", "--arg", "text:nobody", url=url)
    assert (done.code, json.loads(done.out), done.err) == (0, {"by": "nobody"}, "")
    told = run("workflow", "query", "asked", "approver", "--arg", "text:x", "--json", url=url).json
    assert told == {"workflow_id": "asked", "query_name": "approver", "result": {"by": "x"}}
    unknown = run("workflow", "query", "asked", "colour", "--json", url=url)
    assert (unknown.code, unknown.error["type"]) == (1, "QueryFailed")


def test_an_update_is_waited_for_or_only_accepted(url: str) -> None:
    start(url, "updated", *WAITING)
    failed = run("workflow", "update", "updated", "approve_now", "--arg", "text:", "--json", url=url)
    assert (failed.code, "nobody approves" in failed.error["message"]) == (1, True)
    unknown = run("workflow", "update", "updated", "colour", url=url)
    assert (unknown.code, "@workflow.update" in unknown.err) == (3, True)
    accept = ("--wait-for", "accepted", "--request-id", "u-1", "--json")
    accepted = run("workflow", "update", "updated", "approve_now", "-a", '"Ada"', *accept, url=url).json
    assert (accepted["status"], accepted["request_id"]) == ("accepted", "u-1")
    again = ("--request-id", "u-1", "--json")
    done = run("workflow", "update", "updated", "approve_now", "-a", '"Ada"', *again, url=url)
    assert (done.code, done.json["result"]) == (0, "thanks, Ada")
    result = run("workflow", "result", "updated", "--json", url=url).json["result"]
    assert result["approved_by"] == "Ada"


def test_a_failed_workflow_is_told_with_its_type_and_code_1(url: str) -> None:
    start(url, "broken", workflow_type="cli.broken")
    done = run("workflow", "result", "broken", "--json", url=url)
    assert done.code == 1
    assert done.json["status"] == "failed"
    assert done.json["failure"] == {"type": "ValueError", "message": "no such item", "details": None}
    shown = run("workflow", "result", "broken", url=url)
    assert (shown.code, "no such item" in shown.out) == (1, True)


@pytest.mark.parametrize(("word", "status"), [("cancel", "cancelled"), ("terminate", "terminated")])
def test_endings_are_asked_for_and_told(url: str, word: str, status: str) -> None:
    start(url, f"ending-{word}", *WAITING)
    asked = run("workflow", word, f"ending-{word}", "--reason", "not needed", "--json", url=url)
    assert (asked.code, asked.json["workflow_id"]) == (0, f"ending-{word}")
    done = run("workflow", "result", f"ending-{word}", "--json", url=url)
    assert (done.code, done.json["status"]) == (1, status)


def test_describe_decodes_arguments_and_result(url: str) -> None:
    start(url, "described", *AT_ONCE, "--memo", "note=text:hi", "--wait")
    told = run("workflow", "describe", "described", "--json", url=url).json
    assert (told["status"], told["input"], told["memo"]) == ("completed", ["pen", False], {"note": "hi"})
    assert told["output"]["cents"] == 1250
    shown = run("workflow", "describe", "described", url=url).out
    assert '["pen", false]' in shown and "completed" in shown


def test_a_wait_follows_the_runs_that_continue_a_workflow(url: str) -> None:
    done = start(url, "relay", "--arg", "2", "--wait", workflow_type="cli.relay")
    assert json.loads(done.out) == "home"
    laps = [line for line in done.err.splitlines() if "ActivityCompleted" in line]
    assert [lap for lap in ("lap 2", "lap 1", "lap 0") if any(lap in line for line in laps)] == [
        "lap 2",
        "lap 1",
        "lap 0",
    ]


def test_export_says_where_it_cannot_write(url: str, tmp_path: Path) -> None:
    start(url, "exported", *WAITING)
    done = run("workflow", "export", "exported", "-o", str(tmp_path / "no" / "file"), url=url)
    assert (done.code, "cannot be written" in done.err) == (2, True)


def test_what_this_server_does_not_have_ends_with_its_own_code(url: str) -> None:
    done = run("schedule", "list", url=url)
    assert (done.code, "`durable-workflow server info`" in done.err) == (8, True)


def test_list_shows_columns_and_goes_on_with_its_token(url: str) -> None:
    for number in range(3):
        start(url, f"listed-{number}", *WAITING)
    first = run("workflow", "list", "--query", "listed-", "--limit", "2", "--json", url=url).json
    token = first["next_page_token"]
    assert len(first["workflows"]) == 2 and token
    rest = run("workflow", "list", "--query", "listed-", "--page-token", token, "--json", url=url).json
    found = {row["workflow_id"] for row in first["workflows"] + rest["workflows"]}
    assert found == {"listed-0", "listed-1", "listed-2"} and rest["next_page_token"] is None
    lines = run("workflow", "list", "--query", "listed-", "--limit", "2", url=url).out.splitlines()
    assert lines[0].split() == ["WORKFLOW", "TYPE", "STATUS", "STARTED", "CLOSED"]
    assert lines[-1].startswith("There are more: --page-token ")


def test_history_decodes_payloads_or_leaves_them(url: str) -> None:
    start(url, "remembered", *AT_ONCE, "--wait")
    events = run("workflow", "history", "remembered", "--json", url=url).json["events"]
    (done,) = [event for event in events if event["event_type"] == "ActivityCompleted"]
    assert done["payload"]["result"] == {"item": "pen", "cents": 1250}
    raw = run("workflow", "history", "remembered", "--json", "--raw-payloads", url=url).json["events"]
    (done,) = [event for event in raw if event["event_type"] == "ActivityCompleted"]
    assert isinstance(done["payload"]["result"], str)
    shown = run("workflow", "history", "remembered", "--limit", "2", url=url).out.splitlines()
    assert shown[0].split() == ["#", "TIME", "EVENT", "ABOUT"] and len(shown) == 3


def test_history_follows_a_run_line_by_line(url: str) -> None:
    start(url, "followed", *AT_ONCE)
    done = run("workflow", "history", "followed", "--follow", "--json", url=url)
    kinds = [json.loads(line)["event_type"] for line in done.out.splitlines()]
    assert kinds[-1] == "WorkflowCompleted" and "ActivityCompleted" in kinds


def test_runs_repair_archive_debug_and_export(url: str, tmp_path: Path) -> None:
    start(url, "looked-at", *AT_ONCE, "--wait")
    assert run("workflow", "runs", "looked-at", "--json", url=url).json["runs"][0]["status"] == "completed"
    assert run("workflow", "repair", "looked-at", url=url).code == 4
    archived = run("workflow", "archive", "looked-at", "--json", url=url)
    assert archived.json["outcome"] == "archived"
    assert run("workflow", "debug", "looked-at", "--json", url=url).json["workflow_id"] == "looked-at"
    target = tmp_path / "bundle.json"
    assert run("workflow", "export", "looked-at", "-o", str(target), url=url).code == 0
    assert json.loads(target.read_text())["integrity"]
    written = run("workflow", "export", "looked-at", url=url).json
    assert written["history_events"] == json.loads(target.read_text())["history_events"] != []


def test_server_commands_tell_how_it_is(url: str) -> None:
    assert run("server", "health", url=url).code == 0
    assert run("server", "ready", "--json", url=url).code == 0
    assert "worker protocol:" in run("server", "info", url=url).out
    assert run("server", "info", "--json", url=url).json["control_plane"]["version"] == "2"
