"""The command `durable-workflow`."""

from __future__ import annotations

import sys
from importlib.util import find_spec

__all__ = ["main"]


def main() -> int:
    """Run the command line.

    Returns:
        The exit code; 2 if what the command line needs is not installed.
    """
    if find_spec("click") is None or find_spec("rich") is None:
        print(
            'The command line needs an extra: pip install "durable-workflow[cli,server]"',
            file=sys.stderr,
        )
        return 2
    from durable_workflow.cli._commands import group

    return int(group(standalone_mode=True) or 0)
