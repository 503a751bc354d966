"""The command line: what it says, and what it says it needs."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

# Stands for an environment in which a package is not installed.
HIDE = """
import sys, importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == {name!r} else find(name, *rest)
"""
RUN = (
    "from durable_workflow.cli import main; sys.argv = ['durable-workflow', *{arguments!r}]; sys.exit(main())"
)


def run(*arguments: str, hidden: str = "") -> subprocess.CompletedProcess[str]:
    code = HIDE.format(name=hidden) + RUN.format(arguments=arguments)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)


def test_the_version_is_that_of_the_distribution() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"durable-workflow {version('durable-workflow')}\n")


def test_help_names_the_commands_and_their_options() -> None:
    assert "dev" in run("--help").stdout
    told = run("dev", "--help").stdout
    for option in (
        "host",
        "port",
        "db",
        "token",
        "workflow-lease",
        "activity-lease",
        "cancel-grace",
        "poll-timeout",
        "virtual-time",
        "worker-token",
        "allowed-host",
    ):
        assert f"--{option}" in told
    for name in ("AUTH", "WORKER", "OPERATOR", "ADMIN"):
        assert f"DURABLE_WORKFLOW_{name}_TOKEN" in told


def test_without_click_the_extra_is_named() -> None:
    done = run("--version", hidden="click")
    assert done.returncode == 2
    assert 'pip install "durable-workflow[cli,server]"' in done.stderr


@pytest.mark.parametrize("missing", ["uvicorn", "jsonschema_rs"])
def test_without_the_server_the_extra_is_named(missing: str) -> None:
    done = run("dev", hidden=missing)
    assert done.returncode == 2
    assert 'pip install "durable-workflow[server]"' in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--port", "65536"),
        ("--workflow-lease", "0"),
        ("--activity-lease", "-1"),
        ("--cancel-grace", "-1"),
        ("--poll-timeout", "61"),
    ],
)
def test_numbers_out_of_range_are_refused(arguments: tuple[str, str]) -> None:
    done = run("dev", *arguments)
    assert done.returncode == 2
    assert arguments[0] in done.stderr


def test_the_testing_door_loads_no_server_and_no_http_library() -> None:
    heavy = ["httpx", "uvicorn", "click", "jsonschema_rs", "sqlite3", "durable_workflow.server"]
    code = f"import sys, durable_workflow.testing; print([n for n in {heavy!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
