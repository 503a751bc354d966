"""Replaying recorded runs with today's code, before it meets them in production.

from durable_workflow.replayer import Replayer

def test_new_code_fits_old_runs():
    Replayer([Order]).replay_file("tests/histories/order-7.json")
"""

from __future__ import annotations

from durable_workflow.replayer._histories import RecordedRun, read_history, read_history_file
from durable_workflow.replayer._replayer import Replayer, ReplayReport

__all__ = ["RecordedRun", "ReplayReport", "Replayer", "read_history", "read_history_file"]
