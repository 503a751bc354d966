"""`durable-workflow system`: what the operators of a server look at and set going."""

from __future__ import annotations

import click

from durable_workflow.cli._inputs import value
from durable_workflow.cli._output import record_of
from durable_workflow.cli._session import Session, command
from durable_workflow.cli._text import plain

__all__ = ["system"]

_LIMIT = click.option("--limit", type=click.IntRange(1, 100), metavar="N", help="Most rows; at most 100.")


@click.group()
def system() -> None:
    """Operate a server: metrics, repairs, time-outs, retention."""


@command(system, "metrics")
def metrics(session: Session) -> None:
    """Show the metrics of the server."""
    found = session.client.get_system_metrics()
    session.answer(found, record_of(found))


@command(system, "operator-metrics")
def operator_metrics(session: Session) -> None:
    """Show what operators watch: runs, tasks, backlog, repairs, workers."""
    found = session.client.get_operator_metrics()
    session.answer(found, record_of(found))


@command(system, "repair")
def repair(session: Session) -> None:
    """Show which tasks would be repaired."""
    found = plain(session.client.get_task_repair())
    session.answer(found, record_of(found))


@command(system, "repair-pass")
@click.option("--run-id", "run_ids", multiple=True, metavar="TEXT", help="Only this run; may be repeated.")
@click.option("--workflow-id", metavar="TEXT", help="Only this workflow.")
def repair_pass(session: Session, *, run_ids: tuple[str, ...], workflow_id: str | None) -> None:
    """Repair lost tasks now."""
    found = plain(session.client.run_task_repair_pass(run_ids=run_ids or None, workflow_id=workflow_id))
    session.answer(found, record_of(found))


@command(system, "activity-timeouts")
@_LIMIT
def activity_timeouts(session: Session, *, limit: int | None) -> None:
    """Show which activities are over their time."""
    found = plain(session.client.get_activity_timeouts(limit=limit))
    session.answer(found, record_of(found))


@command(system, "activity-timeouts-pass")
@click.option(
    "--execution-id", "execution_ids", multiple=True, metavar="TEXT", help="Only this one; may be repeated."
)
@_LIMIT
def activity_timeouts_pass(session: Session, *, execution_ids: tuple[str, ...], limit: int | None) -> None:
    """Time out activities that are over their time, now."""
    found = plain(session.client.run_activity_timeout_pass(execution_ids=execution_ids or None, limit=limit))
    session.answer(found, record_of(found))


@command(system, "retention")
@_LIMIT
def retention(session: Session, *, limit: int | None) -> None:
    """Show which closed runs are old enough to be removed."""
    found = plain(session.client.get_retention(limit=limit))
    session.answer(found, record_of(found))


@command(system, "retention-pass")
@click.option("--run-id", "run_ids", multiple=True, metavar="TEXT", help="Only this run; may be repeated.")
@_LIMIT
def retention_pass(session: Session, *, run_ids: tuple[str, ...], limit: int | None) -> None:
    """Remove closed runs that are old enough, now."""
    found = plain(session.client.run_retention_pass(run_ids=run_ids or None, limit=limit))
    session.answer(found, record_of(found))


@command(system, "test-storage")
@click.option("--small-bytes", type=click.IntRange(min=1), default=1024, show_default=True, metavar="N")
@click.option("--large-bytes", type=click.IntRange(min=1), default=1048576, show_default=True, metavar="N")
@click.option("--driver", metavar="TEXT", help="Try this driver instead of the namespace's.")
def test_storage(session: Session, *, small_bytes: int, large_bytes: int, driver: str | None) -> None:
    """Write and read back a small and a large payload where the namespace keeps them."""
    found = plain(
        session.client.test_storage(
            small_payload_bytes=small_bytes, large_payload_bytes=large_bytes, driver=driver
        )
    )
    session.answer(found, record_of(found))


@command(system, "deliver-webhook")
@click.argument("adapter")
@click.argument("event")
def deliver_webhook(session: Session, *, adapter: str, event: str) -> None:
    """Hand an EVENT (JSON, or @FILE with JSON) to a bridge adapter, as its provider would."""
    found = plain(session.client.deliver_webhook(adapter, value(event, "EVENT")))
    session.answer(found, record_of(found))
