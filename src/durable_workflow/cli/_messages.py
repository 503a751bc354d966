"""`durable-workflow workflow signal|query|update|cancel|…`: tell workflows something, and ask them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from durable_workflow.cli._inputs import arguments
from durable_workflow.cli._output import Record, Text, record_of
from durable_workflow.cli._progress import await_end
from durable_workflow.cli._session import Session, command
from durable_workflow.cli._workflow import RUN_ID, WAIT_TIMEOUT, WORKFLOW_ID, input_options, workflow

if TYPE_CHECKING:
    from durable_workflow.client import CommandReceipt

__all__: list[str] = []

_PINNED = click.option("--run-id", metavar="TEXT", help="Refuse if this is not the workflow's current run.")
_REASON = click.option("--reason", metavar="TEXT", help="Text for people; history keeps it.")
_WAIT = click.option("--wait", is_flag=True, help="Show the workflow's progress until it ends.")


@command(workflow, "signal")
@WORKFLOW_ID
@click.argument("signal_name")
@input_options
@_PINNED
@_WAIT
@WAIT_TIMEOUT
def signal(
    session: Session,
    *,
    workflow_id: str,
    signal_name: str,
    each: tuple[str, ...],
    whole: str | None,
    run_id: str | None,
    wait: bool,
    wait_timeout: float | None,
) -> None:
    """Send a signal to a running workflow."""
    session.client.signal_workflow(workflow_id, signal_name, args=arguments(each, whole), run_id=run_id)
    if wait:
        await_end(session, workflow_id, run_id, wait_timeout)
        return
    document = {"workflow_id": workflow_id, "signal_name": signal_name, "outcome": "signal_received"}
    session.answer(document, Text(f"signal {signal_name} sent to {workflow_id}"))


@command(workflow, "query")
@WORKFLOW_ID
@click.argument("query_name")
@input_options
@_PINNED
def query(
    session: Session,
    *,
    workflow_id: str,
    query_name: str,
    each: tuple[str, ...],
    whole: str | None,
    run_id: str | None,
) -> None:
    """Ask a workflow something; it is not changed by it. A worker must be running."""
    found = session.client.query_workflow(workflow_id, query_name, args=arguments(each, whole), run_id=run_id)
    found = session.payloads.shown(found)
    session.output.value({"workflow_id": workflow_id, "query_name": query_name, "result": found}, found)


@command(workflow, "update")
@WORKFLOW_ID
@click.argument("update_name")
@input_options
@_PINNED
@click.option("--request-id", metavar="TEXT", help="Names this update; the same one again is not done twice.")
@click.option(
    "--wait-for", type=click.Choice(["accepted", "completed"]), default="completed", show_default=True
)
@click.option(
    "--wait-timeout", type=click.IntRange(min=1), metavar="S", help="Seconds to wait for the handler."
)
def update(
    session: Session,
    *,
    workflow_id: str,
    update_name: str,
    each: tuple[str, ...],
    whole: str | None,
    run_id: str | None,
    request_id: str | None,
    wait_for: str,
    wait_timeout: int | None,
) -> None:
    """Call an update handler of a running workflow, and write what it returns."""
    found = session.client.update_workflow(
        workflow_id,
        update_name,
        args=arguments(each, whole),
        wait_for=wait_for,
        wait_timeout_seconds=wait_timeout,
        request_id=request_id,
        run_id=run_id,
    )
    document: dict[str, Any] = {"workflow_id": workflow_id, "update_name": update_name}
    if wait_for == "accepted":
        document |= {"update_id": found.update_id, "request_id": found.request_id, "status": "accepted"}
        session.answer(document, record_of(document))
        return
    found = session.payloads.shown(found)
    session.output.value({**document, "status": "completed", "result": found}, found)


@command(workflow, "cancel")
@WORKFLOW_ID
@_REASON
@_PINNED
@_WAIT
@WAIT_TIMEOUT
def cancel(
    session: Session,
    *,
    workflow_id: str,
    reason: str | None,
    run_id: str | None,
    wait: bool,
    wait_timeout: float | None,
) -> None:
    """Ask a workflow to end; code that can hear it cleans up first."""
    session.client.cancel_workflow(workflow_id, reason=reason, run_id=run_id)
    if wait:
        await_end(session, workflow_id, run_id, wait_timeout)
        return
    document = {"workflow_id": workflow_id, "outcome": "cancel_requested"}
    session.answer(document, Text(f"{workflow_id} was asked to end"))


@command(workflow, "terminate")
@WORKFLOW_ID
@_REASON
@_PINNED
def terminate(session: Session, *, workflow_id: str, reason: str | None, run_id: str | None) -> None:
    """Stop a workflow at once; its code cannot clean up."""
    session.client.terminate_workflow(workflow_id, reason=reason, run_id=run_id)
    session.answer(
        {"workflow_id": workflow_id, "outcome": "terminated"}, Text(f"{workflow_id} was terminated")
    )


@command(workflow, "repair")
@WORKFLOW_ID
def repair(session: Session, *, workflow_id: str) -> None:
    """Have a lost task of a workflow made anew."""
    receipt = session.client.repair_workflow(workflow_id)
    session.answer(receipt, _receipt(receipt))


@command(workflow, "archive")
@WORKFLOW_ID
@_REASON
def archive(session: Session, *, workflow_id: str, reason: str | None) -> None:
    """Mark a closed workflow as archived, which keeps its history."""
    receipt = session.client.archive_workflow(workflow_id, reason=reason)
    session.answer(receipt, _receipt(receipt))


def _receipt(receipt: CommandReceipt) -> Record:
    return record_of(asdict(receipt))


@command(workflow, "debug")
@WORKFLOW_ID
@RUN_ID
@click.option("--event-payload", is_flag=True, help="Show the start of the newest event's payload, too.")
def debug(session: Session, *, workflow_id: str, run_id: str | None, event_payload: bool) -> None:
    """Show what an operator wants to know of a workflow that does not go on."""
    found = session.client.debug_workflow(
        workflow_id, run_id=run_id, include_last_event_payload=event_payload
    )
    found = session.payloads.decoded(found)
    # How the protocol describes its own answers is of no use to people.
    session.answer(found, record_of(found, *(name for name in found if name != "control_plane")))
