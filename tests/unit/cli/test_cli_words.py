"""What commands do without a server: completion, schemas, the list of operations, refusals of `raw`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from durable_workflow.cli._commands import group
from durable_workflow.cli._output import record_of
from durable_workflow.cli._schemas import OUTPUTS
from durable_workflow.cli._text import moment, shown
from durable_workflow.testing import dev_server
from durable_workflow_api.operations import OPERATIONS
from support.command_line import NO_FILE, run


def completed(*words: str, url: str = "http://127.0.0.1:9") -> list[str]:
    """Return the completions of the last word."""
    complete = ShellComplete(group, {}, "durable-workflow", "_DURABLE_WORKFLOW_COMPLETE")
    with CliRunner(env={"DURABLE_WORKFLOW_CONFIG": NO_FILE, "DURABLE_WORKFLOW_SERVER_URL": url}).isolation():
        return [item.value for item in complete.get_completions(list(words[:-1]), words[-1])]


def test_commands_operations_and_profiles_are_completed(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[profiles.staging]\n[profiles.production]\n")
    assert completed("work") == ["worker", "workflow"]
    assert completed("raw", "signal") == ["signalWorkflow", "signalWorkflowRun"]
    assert completed("schema", "workflow", "r") == ["repair", "result", "runs"]
    assert completed("--config", str(config), "--profile", "st") == ["staging"]


def test_ids_of_workflows_are_completed_when_the_server_can_be_asked() -> None:
    with dev_server() as url:
        run("workflow", "start", "t", "-q", "q", "--id", "order-17", url=url)
        assert completed("workflow", "describe", "ord", url=url) == ["order-17"]
    assert completed("workflow", "describe", "ord") == []


def test_the_program_answers_a_shell() -> None:
    variables = {"COMP_WORDS": "durable-workflow serv", "COMP_CWORD": "1"}
    environment = {**os.environ, **variables, "_DURABLE_WORKFLOW_COMPLETE": "bash_complete"}
    program = str(Path(sys.executable).with_name("durable-workflow"))
    done = subprocess.run([program], capture_output=True, text=True, env=environment, timeout=30, check=True)
    assert done.stdout == "plain,server\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_one_that_it_reads(shell: str, tmp_path: Path) -> None:
    script = run("completion", shell).out
    assert "_DURABLE_WORKFLOW_COMPLETE" in script
    if shell == "bash":
        path = tmp_path / "script"
        path.write_text(script)
        bash = shutil.which("bash")
        assert bash is not None
        subprocess.run([bash, "-n", str(path)], check=True, timeout=10)


@pytest.mark.parametrize("name", [*OUTPUTS, "error"])
def test_every_schema_is_written_and_is_one(name: str) -> None:
    done = run("schema", *name.split())
    assert done.code == 0
    jsonschema_rs.meta.validate(done.json)
    jsonschema_rs.validator_for(done.json)


def test_schemas_are_listed_and_others_refused() -> None:
    assert run("schema").out.splitlines() == [*sorted(OUTPUTS), "error"]
    assert run("schema", "workflow").code == 2


def test_schemas_leave_no_room_for_other_members() -> None:
    (schema,) = [run("schema", "workflow", "list").json]
    wanted = {"workflows": [], "next_page_token": None}
    validator = jsonschema_rs.validator_for(schema)
    assert validator.is_valid(wanted) and not validator.is_valid({**wanted, "more": 1})


def test_operations_are_listed() -> None:
    lines = run("raw", "--list").out.splitlines()
    assert {line.split()[0] for line in lines[1:]} == set(OPERATIONS)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("signalWorkflo",), "is it signalWorkflow"),
        (("signalWorkflow", "a"), "takes these path parameters: workflowId, signalName; got 1"),
        (("getHealth", "a"), "takes these path parameters: none; got 1"),
        (("getHealth", "--header", "a b=c"), "'a b' is no header"),
        (("getHealth", "--header", "X-A=\r\nX-B: 1"), "'X-A' is no header"),
        (("getHealth", "--query", "a"), "is not NAME=TEXT"),
        (("startWorkflow", "--body", "{"), "is no JSON"),
    ],
)
def test_raw_refuses_what_cannot_be_sent(arguments: tuple[str, ...], says: str) -> None:
    done = run("raw", *arguments, url="http://127.0.0.1:9")
    assert (done.code, says in done.err) == (2, True), done.err


def test_raw_escapes_path_values_and_decodes_only_when_asked() -> None:
    with dev_server() as url:
        run("workflow", "start", "t", "-q", "q", "--id", "a", "--arg", "1", url=url)
        gone = run("raw", "describeWorkflow", "../a", url=url)
        plain = run("raw", "describeWorkflow", "a", "--json", url=url).json
        decoded = run("raw", "describeWorkflow", "a", "--decode", "--json", url=url).json
    assert gone.code == 4 and "not_found" in gone.out
    assert (plain["input_envelope"]["codec"], decoded["input_envelope"]) == ("avro", [1])


def test_members_of_members_are_shown_one_by_one() -> None:
    view = record_of({"stats": {"ready_count": 1, "oldest": {"id": "a"}}, "pollers": [{"id": "p"}], "x": [1]})
    assert view.members == [
        ("stats ready count", 1),
        ("stats oldest id", "a"),
        ("pollers 1 id", "p"),
        ("x", [1]),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-11-22T14:12:50+01:00", "2026-11-22 13:12:50Z"),
        ("2026-11-22T14:12:50", "2026-11-22 14:12:50Z"),
        ("soon", "soon"),
        (None, ""),
    ],
)
def test_moments_of_servers_are_shown_alike(text: str | None, told: str) -> None:
    assert shown(moment(text)) == told
