"""Helpers for tests of workflows and of programs that use them.

Importing this package loads neither the server nor an HTTP library; they come with the first use.
"""

from __future__ import annotations

from durable_workflow.testing._dev_server import DevServer, dev_server

__all__ = ["DevServer", "dev_server"]
