"""The pytest plugin, in a pytest of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from support.imports import ROOT

PLUGIN = "durable_workflow.testing.pytest_plugin"

TESTS = """
import httpx
import pytest
from durable_workflow import workflow


@workflow.defn(name="naps")
class Naps:
    def run(self, ctx, days):
        yield ctx.sleep(days * 86_400)
        return (yield ctx.schedule_activity("wake", []))


def test_plain(workflow_environment):
    workflow_environment.register_activity_result("wake", "up")
    assert workflow_environment.execute_workflow(Naps, 30) == "up"
    assert workflow_environment.always_replay is False


@pytest.mark.durable_workflow(always_replay=True, iteration_limit=1)
class TestMarked:
    @pytest.mark.durable_workflow(iteration_limit=2)
    def test_marked(self, workflow_environment):
        assert workflow_environment.always_replay is True
        with pytest.raises(Exception, match="more than 2 tasks"):
            workflow_environment.register_activity_result("wake", "up")
            workflow_environment.execute_workflow(Naps, 1)


def test_activities(activity_environment):
    assert activity_environment.run(lambda: 1) == 1


def test_server(durable_workflow_server):
    assert httpx.get(durable_workflow_server.url + "/api/health").status_code == 200
"""


def run(folder: Path, *options: str) -> str:
    (folder / "test_mine.py").write_text(TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-W", "error", "-q", "--strict-markers", "-p", PLUGIN]
    command += ["-p", "no:cacheprovider", "--rootdir", str(folder), *options, str(folder)]
    # The plugins of this environment have their own options and warnings.
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=folder, env=alone)
    return done.stdout + done.stderr


def test_the_fixtures_work_and_are_configured_by_marks(tmp_path: Path) -> None:
    assert "4 passed" in run(tmp_path)


def test_the_option_drops_cached_runs_in_all_tests(tmp_path: Path) -> None:
    printed = run(tmp_path, "--always-replay", "-k", "test_plain")
    assert "assert True is False" in printed, printed


def test_the_plugin_is_announced_to_pytest_under_the_name_of_its_module() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {PLUGIN: PLUGIN}
