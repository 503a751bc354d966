"""The Python of the guide to workers runs as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from durable_workflow.testing import dev_server
from support.imports import ROOT

GUIDE = (ROOT / "docs" / "worker.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


def test_every_block_runs(tmp_path: Path) -> None:
    printed = []
    with dev_server() as url:
        for number, block in enumerate(BLOCKS):
            program = tmp_path / f"block{number}.py"
            program.write_text(block.replace("http://127.0.0.1:8080", url), encoding="utf-8")
            done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, timeout=60)
            assert done.returncode == 0, done.stderr
            printed.append(done.stdout)
    assert printed == ["charged 4711\n", "new False {} 0\n", "", ""]
