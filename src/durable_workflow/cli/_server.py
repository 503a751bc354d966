"""`durable-workflow server`: how the server is, and what it can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from durable_workflow.cli._failures import ExitCode
from durable_workflow.cli._output import Record
from durable_workflow.cli._session import Session, command
from durable_workflow.cli._text import plain

__all__ = ["server"]


@click.group()
def server() -> None:
    """Ask a server how it is and what it can do."""


@command(server, "health")
def health(session: Session) -> None:
    """Tell whether the server serves; needs no token. Exit code 0 if it does."""
    _tell(session, session.client.health())


@command(server, "ready")
def ready(session: Session) -> None:
    """Tell whether the server is ready for work. Exit code 0 if it is."""
    _tell(session, plain(session.client.ready()))


def _tell(session: Session, found: Mapping[str, Any]) -> None:
    checks = [(f"check {name}", _state(state)) for name, state in (found.get("checks") or {}).items()]
    session.answer(
        found, Record([("status", found.get("status")), ("time", found.get("timestamp")), *checks])
    )
    session.end(ExitCode.DONE if found.get("status") in ("serving", "ok", "ready") else ExitCode.NO_SUCCESS)


def _state(state: Any) -> Any:
    return state.get("status", state) if isinstance(state, Mapping) else state


@command(server, "info")
def info(session: Session) -> None:
    """Show what the server says about itself: version, protocols, capabilities, limits."""
    found = session.client.get_cluster_info()
    worker = found.get("worker_protocol") or {}
    session.answer(
        found,
        Record(
            [
                ("server", found.get("server_id")),
                ("version", found.get("version")),
                ("default namespace", found.get("default_namespace")),
                ("control plane", (found.get("control_plane") or {}).get("version")),
                ("worker protocol", worker.get("version")),
                ("capabilities", _offered(found.get("capabilities"))),
                ("worker capabilities", _offered(worker.get("server_capabilities"))),
                ("limits", found.get("limits")),
            ]
        ),
    )


def _offered(capabilities: Any) -> list[str]:
    known = capabilities if isinstance(capabilities, Mapping) else {}
    return sorted(name for name, offered in known.items() if offered is True)
