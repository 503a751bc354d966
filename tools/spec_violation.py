"""What a house rule says when it is broken."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Violation"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: where, what, and what to do about it."""

    path: tuple[str, ...]
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{'.'.join(self.path) or '(document)'}: {self.problem}: {self.remedy}"
