"""Shared by the tests of the worker."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def short_last_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scripted polls answer at once, so a stopping worker need not give them a quarter of a second."""
    monkeypatch.setattr("durable_workflow.worker._session._LAST_POLLS_SECONDS", 0.01)
