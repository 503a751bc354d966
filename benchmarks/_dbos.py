"""The environment that DBOS runs in, made once and kept under `.cache/`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks._processes import ROOT

__all__ = ["dbos_python"]


def dbos_python() -> Path:
    """Return the interpreter of an environment with DBOS, made if there is none.

    Raises:
        RuntimeError: If DBOS cannot be installed.
    """
    folder = ROOT / ".cache" / "dbos"
    python, done = folder / "bin" / "python", folder / ".installed"
    if done.exists():
        return python
    print("Installing dbos into .cache/dbos ...", file=sys.stderr)
    pip = ("-m", "pip", "--disable-pip-version-check", "--quiet", "install", "dbos")
    for command in ((sys.executable, "-m", "venv", str(folder)), (str(python), *pip)):
        if subprocess.run(command, check=False).returncode:  # noqa: S603  # fixed commands
            raise RuntimeError("DBOS could not be installed; run with --without-dbos to measure ours alone")
    done.touch()
    return python
