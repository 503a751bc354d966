"""The environment that the published peer runs in, made once and kept under `.cache/`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks._processes import ROOT

__all__ = ["OLD_PEER", "PEER", "peer_python"]

PEER = "durable-workflow==2.12.0"
OLD_PEER = "durable-workflow==0.4.3"
"""The last one that speaks protocol 1.0."""


def peer_python(peer: str = PEER) -> Path:
    """Return the interpreter of an environment with the peer, made if there is none.

    Args:
        peer: Which version of it.

    Raises:
        RuntimeError: If the peer cannot be installed.
    """
    folder = ROOT / ".cache" / ("peer" if peer == PEER else peer.replace("==", "-"))
    python, done = folder / "bin" / "python", folder / ".installed"
    if done.exists():
        return python
    print(f"Installing {peer} into {folder.relative_to(ROOT)} ...", file=sys.stderr)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    _run([sys.executable, "-m", "venv", str(folder)])
    # It asks for the newest certificates, which not every index has; they do not matter here.
    _run([*pip, "--no-deps", peer])
    _run([*pip, "httpx", "avro", "fastavro", "certifi"])
    done.touch()
    return python


def _run(command: list[str]) -> None:
    if subprocess.run(command, check=False).returncode:  # noqa: S603  # fixed commands
        raise RuntimeError("the peer could not be installed; run with --without-peer to measure ours alone")
