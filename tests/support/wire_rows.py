"""The recordings that `docs/compatibility.md` names for what the spec tolerates."""

from __future__ import annotations

import re

from support.imports import ROOT

SECTION = "What the spec tolerates because real servers deviate"
Key = tuple[str, int]


def cited(test: str) -> set[Key]:
    """The recordings, as (file, seq), that the rows naming a test show as their evidence."""
    rows = [row for row in _rows() if row.endswith(f"`{test}` |")]
    return {
        (file, int(seq))
        for row in rows
        for file, numbers in re.findall(r"`([a-z0-9-]+)` ((?:\d+, )*\d+)", row)
        for seq in numbers.split(", ")
    }


def _rows() -> list[str]:
    text = (ROOT / "docs" / "compatibility.md").read_text(encoding="utf-8")
    section = text.partition(f"## {SECTION}\n")[2].partition("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| ")]
