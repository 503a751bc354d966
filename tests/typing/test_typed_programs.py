"""Programs that must type-check, with lines that must not, under mypy and pyright.

`PYRIGHT` is basedpyright, which is pyright with the same rules in its mode `standard`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROGRAMS = sorted((HERE / "programs").glob("*.py"))
MARK = "# must fail"

Lines = set[tuple[str, int]]


def marked() -> Lines:
    return {
        (program.name, number)
        for program in PROGRAMS
        for number, line in enumerate(program.read_text().splitlines(), start=1)
        if line.endswith(MARK)
    }


def mypy() -> tuple[Lines, str]:
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-error-summary",
        "--config-file=",
        *map(str, PROGRAMS),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    found = re.findall(r"^(\S+?):(\d+): error", answer.stdout, re.MULTILINE)
    return {(Path(name).name, int(line)) for name, line in found}, answer.stdout + answer.stderr


def pyright(tmp_path: Path) -> tuple[Lines, str]:
    settings = {
        "typeCheckingMode": "standard",
        "include": [str(HERE / "programs")],
        "reportMissingTypeStubs": False,
    }
    project = tmp_path / "pyrightconfig.json"
    project.write_text(json.dumps(settings))
    command = [sys.executable, "-m", "basedpyright", "--outputjson", "-p", str(project)]
    command += ["--pythonpath", sys.executable]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    diagnostics = json.loads(answer.stdout)["generalDiagnostics"]
    errors = [each for each in diagnostics if each["severity"] == "error"]
    lines = {(Path(each["file"]).name, each["range"]["start"]["line"] + 1) for each in errors}
    return lines, json.dumps(errors, indent=1)


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_exactly_the_marked_lines_are_refused(checker: str, tmp_path: Path) -> None:
    refused, said = mypy() if checker == "mypy" else pyright(tmp_path)
    assert refused == marked(), said


def test_there_is_something_to_refuse() -> None:
    assert len(marked()) >= 10
    assert {name for name, _ in marked()} == {program.name for program in PROGRAMS}
