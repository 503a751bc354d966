"""The Python of docs/workflows.md runs as it stands there, and all that a workflow may ask for is told."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import attrs

from durable_workflow.workflow import WorkflowContext, WorkflowInfo
from durable_workflow.workflow._asking import Asking
from support.imports import ROOT

GUIDE = (ROOT / "docs" / "workflows.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
# Told in docs/messages.md, or another name of something that is told.
MESSAGES = {"wait_condition", "cancel_requested", "cancellation_scope", "saga", "shield"}
TOLD = {"start_timer", "is_replaying", *MESSAGES}


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
    assert (done.returncode, done.stderr) == (0, "")


def test_everything_that_a_workflow_may_ask_for_is_told() -> None:
    offered = {name for name in {*vars(Asking), *vars(WorkflowContext)} if not name.startswith("_")} - TOLD
    assert {name for name in offered if f"{name}(" not in GUIDE and f"ctx.{name}" not in GUIDE} == set()


def test_every_fact_of_a_run_is_told() -> None:
    facts = {field.name for field in attrs.fields(WorkflowInfo)}
    ids = {name for name in facts if name.endswith("_id")}
    assert {name for name in facts - ids if f"{name}`" not in GUIDE and f"{name} " not in GUIDE} == {
        "workflow_type"
    }
