"""The environment that the published peer runs in, made once and kept under `.cache/`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks._processes import ROOT

__all__ = ["PEER", "peer_python"]

PEER = "durable-workflow==2.12.0"


def peer_python() -> Path:
    """Return the interpreter of an environment with the peer, made if there is none.

    Raises:
        RuntimeError: If the peer cannot be installed.
    """
    folder = ROOT / ".cache" / "peer"
    python, done = folder / "bin" / "python", folder / ".installed"
    if done.exists():
        return python
    print(f"Installing {PEER} into .cache/peer ...", file=sys.stderr)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    _run([sys.executable, "-m", "venv", str(folder)])
    # It asks for the newest certificates, which not every index has; they do not matter here.
    _run([*pip, "--no-deps", PEER])
    _run([*pip, "httpx", "fastavro", "certifi"])
    done.touch()
    return python


def _run(command: list[str]) -> None:
    if subprocess.run(command, check=False).returncode:  # noqa: S603  # fixed commands
        raise RuntimeError("the peer could not be installed; run with --without-peer to measure ours alone")
