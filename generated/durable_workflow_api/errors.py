# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""Errors that the functions of this package raise."""

from __future__ import annotations

__all__ = ["UnexpectedStatus"]


class UnexpectedStatus(Exception):
    """The server answered with a status that the spec does not document for the operation."""

    def __init__(self, status_code: int, content: bytes):
        self.status_code = status_code
        self.content = content
        super().__init__(f"unexpected status {status_code}: {content[:500].decode(errors='replace')}")
