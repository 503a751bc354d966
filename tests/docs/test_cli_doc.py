"""docs/cli.md: its captures are what the commands write, and its tables are complete."""

from __future__ import annotations

import contextlib
import re
import shlex
from pathlib import Path

import pytest
from tools.cli_captures import IMAGES, Capture, captures

from durable_workflow.cli._commands import group
from durable_workflow.cli._failures import ExitCode
from durable_workflow.cli._options import connection_options
from durable_workflow.cli._profiles import CONFIG_VARIABLE, KNOWN, PROFILE_VARIABLE
from durable_workflow.cli._settings import ENVIRONMENT
from support.command_line import leaves
from support.imports import ROOT

DOCUMENT = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
CONSOLES = re.findall(r"```console\n(.*?)```", DOCUMENT, re.DOTALL)
COMMANDS = [
    line[len("$ durable-workflow ") :] for block in CONSOLES for line in block.splitlines() if line[0] == "$"
]


@pytest.fixture(scope="module")
def captured() -> dict[str, Capture]:
    return {capture.name: capture for capture in captures()}


@pytest.mark.parametrize("name", ["start", "list", "signal", "describe", "failure"])
def test_captures_are_what_the_command_writes(name: str, captured: dict[str, Capture]) -> None:
    capture = captured[name]
    assert f"$ durable-workflow {capture.command}\n{capture.text}" in CONSOLES


@pytest.mark.parametrize("name", ["list", "history"])
def test_images_show_what_the_command_writes(name: str, captured: dict[str, Capture]) -> None:
    image = (IMAGES / f"cli-{name}.svg").read_text(encoding="utf-8")
    shown = set(re.findall(r">([^<>]+)</text>", image.replace("&#160;", " ").replace("&quot;", '"')))
    words = {word for text in shown for word in text.split()}
    written = re.sub(r"\x1b\[[0-9;]*m", "", captured[name].colored)
    assert set(written.split()) <= words | {"─" * 106}
    assert "http" not in image.replace("http://www.w3.org/2000/svg", "").replace(
        "https://www.textualize.io", ""
    )
    assert f"images/cli-{name}.svg" in DOCUMENT


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_of_the_document_are_commands(command: str, tmp_path: Path) -> None:
    words = shlex.split(command.partition(" > ")[0])
    at = group
    while hasattr(at, "commands"):
        at = at.commands[words.pop(0)]
    with contextlib.chdir(tmp_path):
        Path("bundle.json").touch()
        at.make_context("durable-workflow", words)


def test_every_command_is_in_the_table() -> None:
    assert {" ".join(path) for path in leaves()} <= set(re.findall(r"`([a-z -]+)`", DOCUMENT))


def test_the_exit_codes_are_all_there() -> None:
    table = DOCUMENT.partition("## Exit codes")[2]
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == {*ExitCode}


def test_the_settings_are_all_there() -> None:
    table = DOCUMENT.partition("## Settings")[2].partition("The profile file")[0]
    named = set(re.findall(r"`([^`]+)`", table))
    assert named >= {*ENVIRONMENT.values(), CONFIG_VARIABLE, PROFILE_VARIABLE, *KNOWN}
    command = connection_options(hidden=False)(lambda: None)
    options = {name for option in command.__click_params__ for name in (*option.opts, *option.secondary_opts)}
    assert options - {"--json", "--color", "--verbose", "-v"} <= named
