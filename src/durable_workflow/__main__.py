"""`python -m durable_workflow` is the command `durable-workflow`."""

from __future__ import annotations

import sys

from durable_workflow.cli import main

if __name__ == "__main__":
    sys.exit(main())
