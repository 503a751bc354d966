# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""Models, operations and the OpenAPI document of the Durable Workflow protocol.

Importing this package loads nothing else: the HTTP client classes come with their first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .client import AuthenticatedClient, Client

__all__ = ["AuthenticatedClient", "Client"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import client

    return getattr(client, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
