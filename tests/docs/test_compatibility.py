"""Every row of the compatibility table names a test that exists."""

from __future__ import annotations

import re

from support.imports import ROOT

TABLE = (ROOT / "docs" / "compatibility.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(test_\w+)` \|$", TABLE, re.MULTILINE)


def test_every_row_names_a_test() -> None:
    rows = [line for line in TABLE.splitlines() if line.startswith("| ") and not line.startswith("| matter")]
    assert rows
    assert [line for line in rows if not re.search(r"`test_\w+` \|$", line)] == []


def test_every_named_test_exists() -> None:
    defined = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        defined |= set(
            re.findall(r"^(?:async )?def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        )
    assert sorted(set(NAMED) - defined) == []
