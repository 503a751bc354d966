"""The examples play to their ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

from support.imports import ROOT


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("order_fulfilment", "every step has exactly one terminal event"),
        ("trip_booking", "held at the end: lisbon/car lisbon/flight lisbon/hotel |"),
    ],
)
def test_an_example_plays_to_its_end(name: str, told: str) -> None:
    command = [sys.executable, "-m", f"examples.{name}.demo"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert told in done.stdout
