"""The Python of docs/payloads.md runs as it stands there, and all settings are told."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from durable_workflow import payloads
from support.imports import ROOT

GUIDE = (ROOT / "docs" / "payloads.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=["typed", "sealed"])
def test_a_block_runs(block: str, tmp_path: Path) -> None:
    program = tmp_path / "block.py"
    program.write_text(block, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(program)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_every_part_of_the_settings_is_told() -> None:
    inner = {"Coded", "ExternalStorage", "PayloadGate"}
    assert {name for name in payloads.__all__ if name not in GUIDE} <= inner
