"""The Python of docs/determinism.md runs as it stands there, and its table holds."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from durable_workflow.replay import _guard
from support.imports import ROOT

GUIDE = (ROOT / "docs" / "determinism.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


def test_every_block_runs(tmp_path: Path) -> None:
    assert len(BLOCKS) == 2
    for block in BLOCKS:
        program = tmp_path / "snippet.py"
        program.write_text(block, encoding="utf-8")
        command = [sys.executable, "-W", "error", str(program)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, "")


def test_the_sample_that_is_watched_is_the_one_that_is_told() -> None:
    told = f"first {_guard._FIRST_RUNS} runs of each type and then one in {_guard._THEN_ONE_IN}, "
    assert f"{told}{_guard._RESUMES_OF_A_RUN} steps" in GUIDE
