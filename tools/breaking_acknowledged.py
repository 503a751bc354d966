"""The list of breaks that were accepted on purpose: `openapi/released/ACKNOWLEDGED.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from tools.breaking_findings import Finding, Kind
from tools.spec_document import SpecError

__all__ = ["ack_problems", "acknowledged"]

_SHAPE = "write a list of entries with exactly `change` (the text the tool prints) and `why`"


def acknowledged(path: Path) -> dict[str, str]:
    """Return why each acknowledged break was accepted, by its key; nothing when there is no file.

    Args:
        path: The list.

    Raises:
        SpecError: The file is not such a list, gives no reason, or names a break twice.
    """
    if not path.exists():
        return {}
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as error:
        raise SpecError(f"{path.name}: not readable as YAML: {error}") from error
    if not isinstance(entries, list):
        raise SpecError(f"{path.name}: not a list: {_SHAPE}")
    found: dict[str, str] = {}
    for number, entry in enumerate(entries, 1):
        key, why = _entry(f"{path.name}: entry {number}", entry)
        if key in found:
            raise SpecError(
                f"{path.name}: entry {number}: names the same change as an earlier one: remove it"
            )
        found[key] = why
    return found


def _entry(where: str, entry: Any) -> tuple[str, str]:
    if not isinstance(entry, dict) or set(entry) != {"change", "why"}:
        raise SpecError(f"{where}: wrong members: {_SHAPE}")
    if not all(isinstance(text, str) and text.strip() for text in entry.values()):
        raise SpecError(f"{where}: an empty text: {_SHAPE}")
    return " ".join(entry["change"].split()), entry["why"].strip()


def ack_problems(acks: Iterable[str], findings: Iterable[Finding]) -> Iterator[str]:
    """Yield what is wrong with the acknowledgements: those of history breaks, and those of nothing."""
    kinds = {finding.key: finding.kind for finding in findings}
    for key in acks:
        if key not in kinds:
            yield f"acknowledged, but there is no such change: {key}: remove the entry"
        elif kinds[key] is Kind.HISTORY:
            yield f"cannot be acknowledged, histories are kept for ever: {key}: take the change back"
