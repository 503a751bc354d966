"""The Python of docs/messages.md runs as it stands there, and everything about messages is told."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from durable_workflow import workflow
from support.imports import ROOT

GUIDE = (ROOT / "docs" / "messages.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


def test_every_block_runs(tmp_path: Path) -> None:
    programs = []
    for number, block in enumerate(BLOCKS):
        programs.append(tmp_path / f"block_{number}.py")
        programs[-1].write_text(block, encoding="utf-8")
    # In one process: the first execution starts the server, and the others share it.
    code = "import runpy, sys\nfor program in sys.argv[1:]: runpy.run_path(program)"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *map(str, programs)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    # The worker tells of the failures that the guide makes on purpose, and of nothing else.
    assert all("failed: " in line for line in done.stderr.splitlines()), done.stderr


def test_everything_about_messages_is_told() -> None:
    names = {"signal", "query", "update", "update_validator", "query_state", "apply_update"}
    assert names <= set(workflow.__all__)
    assert {name for name in names if f"workflow.{name}(" not in GUIDE} == set()
    offered = {"wait_condition", "cancellation_scope", "shield", "cancel_requested", "saga"}
    assert offered <= set(dir(workflow.WorkflowContext))
    assert {name for name in offered if f"ctx.{name}" not in GUIDE} == set()
