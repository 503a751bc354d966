"""`durable-workflow settings`: what a command would use, and where that comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from durable_workflow.cli._options import connection_options, given
from durable_workflow.cli._output import Output, Table
from durable_workflow.cli._session import settings_of

if TYPE_CHECKING:
    from durable_workflow.cli._settings import Settings

__all__ = ["settings"]


@click.command()
@connection_options(hidden=False)
@click.pass_context
def settings(context: click.Context) -> None:
    """Show the settings that commands use here, and where each comes from; no token is shown."""
    found = settings_of(context)
    document = _document(found)
    chosen = given(context)
    rows = [[name, _value(part), part["source"]] for name, part in document.items()]
    Output(bool(chosen.get("as_json")), chosen.get("color", "auto")).answer(
        document, Table(("setting", "value", "source"), rows)
    )


def _value(part: dict[str, Any]) -> Any:
    return next((part[name] for name in ("value", "name", "verify") if part.get(name) is not None), "none")


def _document(found: Settings) -> dict[str, Any]:
    """Return the settings in the shape that the protocol gives them (`auth_composition_contract`)."""
    plain = {name: _plain(found, name) for name in ("timeout_seconds", "payloads", "redactor")}
    return {
        "profile": {
            "name": found.profile.name,
            "source": found.profile.selected_by,
            "config": str(found.config),
        },
        "server_url": _plain(found, "server_url"),
        "namespace": _plain(found, "namespace"),
        "auth": _secret(found, "token", "token"),
        "worker_auth": _secret(found, "worker_token", "token"),
        "tls": {
            "verify": found.get("tls_verify"),
            "source": found.source("tls_verify"),
            "ca_file": found.get("ca_file"),
            "cert_file": found.get("cert_file"),
        },
        **plain,
        "payload_keys": _secret(found, "payload_keys", "aes-gcm"),
    }


def _plain(found: Settings, name: str) -> dict[str, Any]:
    return {"value": found.get(name), "source": found.source(name)}


def _secret(found: Settings, name: str, kind: str) -> dict[str, Any]:
    known = found.get(name) is not None
    return {
        "type": kind if known else "none",
        "value": "redacted" if known else None,
        "source": found.source(name),
    }
