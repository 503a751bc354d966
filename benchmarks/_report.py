"""What was measured, as numbers and as a table for people."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Line", "percentile", "table"]


@dataclass(slots=True)
class Line:
    """One measurement of us and of others, round by round.

    Args:
        name: What is measured.
        unit: In what.
        more_is_better: Whether a larger number wins.
        aim: The ratio aimed at: at least this, or at most this where less is better.
        against: Whose numbers the aim is about.
        rounds: The number of each round, by whose it is; ours is ``ours``.
    """

    name: str
    unit: str
    more_is_better: bool
    aim: float
    against: str
    rounds: dict[str, list[float]] = field(default_factory=dict)

    def add(self, whose: str, number: float) -> None:
        """Note the number of one more round."""
        self.rounds.setdefault(whose, []).append(number)

    def median(self, whose: str) -> float:
        """Return the median over the rounds."""
        return statistics.median(self.rounds[whose])

    def ratio(self, whose: str) -> float:
        """Return the median of the ratios of ours to another's, each within one round."""
        pairs = zip(self.rounds["ours"], self.rounds[whose], strict=True)
        return statistics.median(ours / other for ours, other in pairs)

    @property
    def others(self) -> list[str]:
        """Everybody but us."""
        return [whose for whose in self.rounds if whose != "ours"]

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where it was not measured against whom it is about."""
        if self.against not in self.rounds:
            return None
        ratio = self.ratio(self.against)
        return ratio >= self.aim if self.more_is_better else ratio <= self.aim

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "name": self.name,
            "unit": self.unit,
            "rounds": self.rounds,
            "medians": {whose: self.median(whose) for whose in self.rounds},
            "ratios": {whose: self.ratio(whose) for whose in self.others},
            "aim": self.aim,
            "against": self.against,
            "met": self.met,
        }


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share (0 to 1) of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def table(lines: Sequence[Line]) -> str:
    """Return the medians and ratios of all lines."""
    rows = [("", "whose", "median", "ours is", "aim", "")]
    for line in lines:
        rows.append((f"{line.name} [{line.unit}]", "ours", _number(line.median("ours")), "", "", ""))
        rows += [_row(line, whose) for whose in line.others]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return "\n".join(_joined(row, widths) for row in rows)


def _row(line: Line, whose: str) -> tuple[str, str, str, str, str, str]:
    aim = met = ""
    if whose == line.against:
        aim = f"{'>=' if line.more_is_better else '<='} {line.aim:g} x"
        met = "met" if line.met else "MISSED"
    return "", whose, _number(line.median(whose)), f"{line.ratio(whose):.2f} x", aim, met


def _joined(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.ljust(width) if column < 2 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
