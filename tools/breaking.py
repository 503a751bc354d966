"""The breaking-change guard: holds the spec against the newest released one.

A change that breaks released clients or released servers must be acknowledged in
`openapi/released/ACKNOWLEDGED.yaml`; one that makes retained histories unreadable is always refused.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from tools.breaking_acknowledged import ack_problems, acknowledged
from tools.breaking_findings import Finding, Findings, Kind
from tools.breaking_history import HistoryComparison
from tools.breaking_marks import Marks
from tools.breaking_operations import OperationComparison
from tools.breaking_schemas import SchemaComparison
from tools.breaking_shapes import Shapes
from tools.spec_document import SpecDocument, SpecError

__all__ = ["compare", "main", "newest_release"]

_SPEC = Path("openapi/durable-workflow.yaml")
_RELEASED = Path("openapi/released")
_ACKNOWLEDGED = "ACKNOWLEDGED.yaml"
_VERSION = re.compile(r"([0-9]+(?:\.[0-9]+)*)(?:(a|b|rc)([0-9]+))?")


def main(arguments: list[str] | None = None) -> int:
    """Run the guard; return the exit status (0 nothing breaks unacknowledged, 1 otherwise).

    Args:
        arguments: The command line without the program's name; None means that of the process.
    """
    parser = argparse.ArgumentParser(prog="python -m tools.breaking", description=__doc__)
    parser.add_argument("--base", type=Path, help="compare with this file, not with the newest release")
    parser.add_argument("--verbose", action="store_true", help="also list the changes that break nobody")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    try:
        return _run(options.root.resolve(), options.base, verbose=options.verbose)
    except SpecError as problem:
        print(problem, file=sys.stderr)
        return 1


def compare(base: SpecDocument, current: SpecDocument) -> Findings:
    """Return everything that differs between two documents, as what it breaks.

    Args:
        base: The document as it was released.
        current: The document as it is to be released.

    Raises:
        SpecError: A reference points at nothing.
    """
    findings = Findings()
    old, new = Shapes(base), Shapes(current)
    schemas = SchemaComparison(old, new, Marks(base), findings.add_change)
    OperationComparison(schemas, findings).compare()
    HistoryComparison(schemas, findings).compare()
    return findings


def newest_release(directory: Path) -> Path | None:
    """Return the released spec with the highest version; None when nothing is released.

    Raises:
        SpecError: A file there is not called after a version.
    """
    files = [path for path in directory.glob("*.y*ml") if path.name != _ACKNOWLEDGED]
    return max(files, key=_version, default=None)


def _version(path: Path) -> tuple[tuple[int, ...], str, int]:
    found = _VERSION.fullmatch(path.stem)
    if found is None or path.suffix != ".yaml":
        raise SpecError(
            f"{path.name}: not called <version>.yaml: give it the version that it was released with"
        )
    numbers, stage, count = found.groups()
    return tuple(int(number) for number in numbers.split(".")), stage or "~", int(count or 0)


def _run(root: Path, base: Path | None, *, verbose: bool) -> int:
    released = root / _RELEASED
    acks = acknowledged(released / _ACKNOWLEDGED)
    path = base or newest_release(released)
    findings = Findings()
    if path is None:
        print("no released spec yet: nothing to compare")
    else:
        findings = compare(SpecDocument.read(path), SpecDocument.read(root / _SPEC))
    problems = list(ack_problems(acks, findings))
    unsettled = [found for found in findings if found.kind is Kind.HISTORY or found.key not in acks]
    _print_findings(findings, acks, verbose=verbose)
    _print_problems(unsettled, problems)
    if path is not None and not unsettled and not problems:
        print(f"nothing breaks since {path.name}" + (f", but for {len(acks)} acknowledged" if acks else ""))
    return 1 if unsettled or problems else 0


def _print_findings(findings: Findings, acks: Iterable[str], *, verbose: bool) -> None:
    known = frozenset(acks)
    for found in findings:
        settled = found.key in known and found.kind is not Kind.HISTORY
        if not settled or verbose:
            print(f"{found}{' [acknowledged]' if settled else ''}")
    for text in findings.additions if verbose else ():
        print(f"fine     {text}")


def _print_problems(unsettled: list[Finding], problems: list[str]) -> None:
    for problem in problems:
        print(f"{_RELEASED.as_posix()}/{_ACKNOWLEDGED}: {problem}", file=sys.stderr)
    if not unsettled:
        return
    open_keys = [found.key for found in unsettled if found.kind is not Kind.HISTORY]
    print(f"\n{len(unsettled)} breaking change(s) that nobody acknowledged.", file=sys.stderr)
    if len(open_keys) < len(unsettled):
        print("What breaks histories cannot be acknowledged: take it back.", file=sys.stderr)
    if open_keys:
        print(f"Take them back, or add to {_RELEASED.as_posix()}/{_ACKNOWLEDGED}:", file=sys.stderr)
    for key in open_keys:
        print(f"- change: {json.dumps(key)}\n  why: ", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
