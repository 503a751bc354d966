"""Compares and replaces directories of generated files."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterator
from pathlib import Path

__all__ = ["differences", "files_of", "replace_tree"]

_SHOWN_LINES = 40


def files_of(directory: Path) -> set[Path]:
    """Return the files below a directory, relative to it, without caches of the interpreter and tools."""
    return {
        file.relative_to(directory)
        for file in directory.rglob("*")
        if file.is_file()
        and "__pycache__" not in file.parts
        and not any(part[0] == "." for part in file.parts[-1:])
    }


def differences(wanted: Path, found: Path, label: str) -> Iterator[str]:
    """Yield a readable text for each file that is missing, extra or different.

    Args:
        wanted: The directory as it should be.
        found: The directory as it is; may be absent.
        label: How the directory is called in the texts.
    """
    wanted_files, found_files = files_of(wanted), files_of(found)
    for file in sorted(wanted_files | found_files):
        name = f"{label}/{file}"
        if file not in found_files:
            yield f"{name}: missing"
        elif file not in wanted_files:
            yield f"{name}: not generated from anything, remove it"
        elif (wanted / file).read_bytes() != (found / file).read_bytes():
            yield f"{name}: differs\n{_diff(wanted / file, found / file, name)}"


def _diff(wanted: Path, found: Path, name: str) -> str:
    before, after = (
        file.read_text(encoding="utf-8", errors="replace").splitlines() for file in (found, wanted)
    )
    lines = [
        line if len(line) <= 200 else line[:200] + " …"
        for line in difflib.unified_diff(before, after, name, f"{name} (as generated)", lineterm="", n=2)
    ]
    if len(lines) > _SHOWN_LINES:
        lines[_SHOWN_LINES:] = [f"… {len(lines) - _SHOWN_LINES} more lines"]
    return "\n".join(lines)


def replace_tree(wanted: Path, target: Path) -> None:
    """Make a directory equal to another one; files that are equal already are not touched."""
    for file in files_of(target) - files_of(wanted):
        (target / file).unlink()
    for file in files_of(wanted):
        new = (wanted / file).read_bytes()
        place = target / file
        if not place.is_file() or place.read_bytes() != new:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(new)
    for directory in sorted((path for path in target.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.name != "__pycache__" for path in directory.iterdir()):
            shutil.rmtree(directory)
