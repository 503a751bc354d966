"""The TypeScript example made ready to run: packages, types from the spec, strict check, compiled."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

__all__ = ["EXAMPLE", "BuildFailed", "NotInstallable", "build"]

EXAMPLE = Path(__file__).parent.parent / "examples" / "typescript"

_INSTALL = ("npm", "install", "--silent", "--no-audit", "--no-fund")
_STEPS = (("npm", "run", "--silent", "types"), ("npm", "run", "--silent", "build"))


class BuildFailed(Exception):
    """A step of the build ended with an error; the message holds its own words."""


class NotInstallable(BuildFailed):
    """Node, npm or the packages cannot be had here."""


def build() -> Path:
    """Build the example and return the program to run with node.

    Raises:
        NotInstallable: Node, npm or a package cannot be had.
        BuildFailed: The types cannot be made, or the example does not fit them.
    """
    if missing := [name for name in ("node", "npm") if shutil.which(name) is None]:
        raise NotInstallable(f"{' and '.join(missing)} not installed: Node 20 or newer is needed")
    shutil.rmtree(EXAMPLE / "build", ignore_errors=True)
    _run(_INSTALL, NotInstallable)
    for step in _STEPS:
        _run(step, BuildFailed)
    return EXAMPLE / "build" / "main.js"


def _run(step: Sequence[str], error: type[BuildFailed]) -> None:
    done = subprocess.run(step, cwd=EXAMPLE, capture_output=True, text=True, check=False)
    if done.returncode:
        raise error(f"{' '.join(step)}:\n{(done.stdout + done.stderr).strip()}")
