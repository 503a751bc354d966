"""What a command says that could not do its work: what was tried, what to do next, and its exit code."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from durable_workflow import errors
from durable_workflow.cli._failures import ExitCode, explain
from durable_workflow.cli._settings import resolve
from durable_workflow.testing import DevServer
from support.command_line import Done, run

TOKEN = "t-operator"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with DevServer(token="t-admin", role_tokens={"worker": "t-worker", "operator": TOKEN}) as server:
        yield server.url


def ask(url: str, *arguments: str, token: str | None = TOKEN) -> Done:
    return run(*arguments, url=url, env={"DURABLE_WORKFLOW_AUTH_TOKEN": token})


def start(url: str, name: str, *more: str) -> Done:
    return ask(url, "workflow", "start", "t", "-q", "q", "--id", name, *more)


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
    done = run("workflow", "list", url=address)
    assert done.code == ExitCode.NOT_REACHED
    first, tried, after = done.err.splitlines()
    assert first.startswith("durable-workflow: no connection to 127.0.0.1")
    assert tried == f"  tried: listWorkflows at {address}, namespace default, 3 times"
    assert "`durable-workflow dev`" in after and done.out == ""


def test_verbose_tells_of_every_attempt_and_of_no_token(url: str) -> None:
    done = ask(url, "workflow", "describe", "gone", "-v")
    assert "describeWorkflow gone: 404 after" in done.err and TOKEN not in done.err
    quiet = ask(url, "workflow", "describe", "gone")
    assert "404 after" not in quiet.err


def test_what_is_not_there(url: str) -> None:
    done = ask(url, "workflow", "describe", "gone")
    assert (done.code, done.out) == (3, "")
    assert "describeWorkflow at" in done.err and "answer 404 (instance_not_found)" in done.err
    assert "`durable-workflow workflow list`" in done.err


def test_errors_for_programs_carry_the_facts_of_the_call(url: str) -> None:
    error = ask(url, "workflow", "describe", "gone", "--json").error
    assert error["type"] == "WorkflowNotFound"
    assert (error["exit_code"], error["operation"], error["status"]) == (3, "describeWorkflow", 404)
    assert error["next"] and error["tried"]


def test_no_token_another_token_and_a_token_of_another_role(url: str) -> None:
    assert ask(url, "workflow", "list", token=None).code == 5
    wrong = ask(url, "workflow", "list", "--token", "t-wrong")
    assert (wrong.code, "DURABLE_WORKFLOW_AUTH_TOKEN" in wrong.err) == (5, True)
    assert "t-wrong" not in wrong.err
    assert ask(url, "workflow", "list", token="t-worker").code == 5


def test_refusals_say_what_can_be_done(url: str) -> None:
    assert start(url, "taken").code == 0
    taken = start(url, "taken")
    assert (taken.code, "--duplicate-policy use-existing" in taken.err) == (4, True)
    assert start(url, "taken", "--duplicate-policy", "use-existing").code == 0
    assert start(url, "not/an/id").code == 2
    assert ask(url, "workflow", "archive", "taken").code == 4
    assert ask(url, "workflow", "terminate", "taken").code == 0
    assert ask(url, "workflow", "signal", "taken", "go").code == 4


def test_a_query_without_a_worker_has_no_success(url: str) -> None:
    start(url, "asked")
    done = ask(url, "workflow", "query", "asked", "status")
    assert (done.code, "A query needs a running worker" in done.err) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--arg", "hello"), """for text write --arg "text:hello\""""),
        (("--arg", "NaN"), "NaN is no number in JSON"),
        (("--input", '{"a": 1}'), "--input must be the JSON list"),
        (("--input", "[1]", "--arg", "2"), "not both"),
        (("--memo", "note"), "is not NAME=VALUE"),
        (("--arg", "@/gone.json"), "/gone.json cannot be read"),
        (("--wait-timeout", "0"), "--wait-timeout"),
    ],
)
def test_arguments_that_cannot_be_read_name_option_and_remedy(
    url: str, arguments: tuple[str, ...], says: str
) -> None:
    done = start(url, "never", *arguments)
    assert (done.code, says in done.err) == (2, True), done.err


def test_json_may_come_from_a_file_or_standard_input(url: str, tmp_path: object) -> None:
    done = run(
        "workflow", "start", "t", "-q", "q", "--id", "from-stdin", "--input", "@-",
        url=url, env={"DURABLE_WORKFLOW_AUTH_TOKEN": TOKEN}, given='["ü", 1]',
    )  # fmt: skip
    assert done.code == 0
    assert ask(url, "workflow", "describe", "from-stdin", "--json").json["input"] == ["ü", 1]


def every_error() -> list[type[errors.DurableWorkflowError]]:
    return [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.DurableWorkflowError)
    ]


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_every_error_has_a_code_and_something_to_do_next(kind: type[errors.DurableWorkflowError]) -> None:
    error = kind.__new__(kind)
    if isinstance(error, errors.CallError):
        errors.CallError.__init__(error, "it failed")
    error.__dict__["message"] = "it failed"
    explanation = explain(error, resolve({}, {}))
    assert explanation.exit_code not in (ExitCode.DONE, ExitCode.INTERRUPTED)
    assert explanation.next and explanation.tried


def test_text_from_a_server_cannot_steer_the_terminal(url: str) -> None:
    start(url, "evil", "--arg", '"\\u001b[31m\\u202e"', "--memo", r'note="\u009b2J"')
    for arguments in (("workflow", "describe", "evil"), ("workflow", "history", "evil")):
        shown = ask(url, *arguments).out
        assert not {"\x1b", "\u202e", "\x9b"} & set(shown)
    assert "u001b" in ask(url, "workflow", "describe", "evil").out


def test_without_rich_the_extra_is_named() -> None:
    hide = "u.find_spec = lambda name, *rest: None if name == 'rich' else find(name, *rest)"
    code = f"import importlib.util as u; find = u.find_spec; {hide}; from durable_workflow.cli import main"
    code += "; raise SystemExit(main())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
    assert (done.returncode, 'pip install "durable-workflow[cli,server]"' in done.stderr) == (2, True)


def test_the_server_command_loads_neither_tables_nor_a_client() -> None:
    heavy = [
        "rich",
        "httpx",
        "durable_workflow.client",
        "durable_workflow.sync",
        "durable_workflow_api.models",
    ]
    code = f"import sys, durable_workflow.cli._commands; print([n for n in {heavy!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
