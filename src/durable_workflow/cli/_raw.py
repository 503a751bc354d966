"""`durable-workflow raw`: any operation of the protocol, as the OpenAPI document has it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import click

from durable_workflow.cli._failures import ExitCode
from durable_workflow.cli._inputs import members, value
from durable_workflow.cli._output import Output, Table
from durable_workflow.cli._session import Session, command

__all__ = ["add_raw"]


def _operation_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    from durable_workflow_api.operations import OPERATIONS

    return sorted(name for name in OPERATIONS if name.lower().startswith(incomplete.lower()))


def _list(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from durable_workflow_api.operations import OPERATIONS

    rows = [[each.id, each.method, each.path, each.plane, each.idempotency] for each in OPERATIONS.values()]
    table = Table(("operation", "method", "path", "plane", "idempotency"), rows)
    Output(as_json=False).answer(None, table)
    context.exit()


def add_raw(group: click.Group) -> None:
    """Add the command to the root."""

    @command(group, "raw")
    @click.option(
        "--list",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_list,
        help="List the operations and end.",
    )
    @click.argument("operation_id", shell_complete=_operation_ids)
    @click.argument("path", nargs=-1)
    @click.option("--query", multiple=True, metavar="NAME=TEXT", help="A query parameter; may be repeated.")
    @click.option("--header", multiple=True, metavar="NAME=TEXT", help="A header; may be repeated.")
    @click.option("--body", metavar="VALUE", help="The body: JSON, @FILE, or @- for standard input.")
    @click.option("--decode", is_flag=True, help="Decode the payloads in the answer.")
    def raw(
        session: Session,
        *,
        operation_id: str,
        path: tuple[str, ...],
        query: tuple[str, ...],
        header: tuple[str, ...],
        body: str | None,
        decode: bool,
    ) -> None:
        """Make the call of OPERATION_ID with the values of its PATH parameters, and write the answer.

        The body is sent as it is. Exit code 0 for an answer of success, 4 for a refusal; the status is
        written to standard error.
        """
        answer = session.client.raw.send(
            operation_id,
            *path,
            query=members(query, "--query"),
            headers=_checked(members(header, "--header")),
            body=None if body is None else value(body, "--body"),
        )
        session.output.note(f"status {answer.status}")
        text = answer.content.decode("utf-8", "replace")
        _write(session, text, decode=decode)
        session.end(ExitCode.DONE if 200 <= answer.status < 300 else ExitCode.REFUSED)


def _checked(headers: Mapping[str, str]) -> dict[str, str]:
    for name, text in headers.items():
        if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", name) or not re.fullmatch(r"[\x20-\x7e]*", text):
            raise click.UsageError(
                f"--header: {name!r} is no header, or its value has other than ASCII text."
            )
    return dict(headers)


def _write(session: Session, text: str, *, decode: bool) -> None:
    try:
        found: Any = json.loads(text)
    except ValueError:
        session.output.value(text, text)
        return
    found = session.payloads.decoded(session.client.payload_gate.open_all(found)) if decode else found
    session.output.value(found, found)
