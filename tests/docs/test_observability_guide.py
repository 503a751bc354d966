"""The Python of docs/observability.md runs as it stands there, and its table names what is measured."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from durable_workflow import hooks, metrics, telemetry
from support.imports import ROOT

GUIDE = (ROOT / "docs" / "observability.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_an_observability_block_runs(number: int, tmp_path: Path) -> None:
    program = tmp_path / "snippet.py"
    program.write_text(BLOCKS[number], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(program)], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_metric_is_in_the_guide() -> None:
    names = [getattr(metrics, name) for name in metrics.__all__ if name.isupper()]
    assert [name for name in names if f"`{name}`" not in GUIDE] == []


def test_every_name_of_hooks_and_telemetry_is_in_the_guide() -> None:
    names = [*hooks.__all__, *telemetry.__all__]
    assert [name for name in names if name[0].isupper() and name not in GUIDE] == []
