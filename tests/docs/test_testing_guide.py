"""The Python of docs/testing.md runs as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.imports import ROOT

GUIDE = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_a_block_runs(number: int, tmp_path: Path) -> None:
    program = tmp_path / "snippet.py"
    program.write_text(BLOCKS[number], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(program)], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_name_of_the_room_is_in_the_guide() -> None:
    from durable_workflow import testing

    told = {"ScriptedCall"}  # by what it does
    missing = [name for name in testing.__all__ if f"`{name}" not in GUIDE and f"{name}(" not in GUIDE]
    assert sorted(set(missing) - told) == []
