"""`durable-workflow workflow`: start workflows and see how they are."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from durable_workflow.cli._inputs import GRAMMAR, arguments, pairs
from durable_workflow.cli._output import Record, Table, record_of
from durable_workflow.cli._progress import await_end
from durable_workflow.cli._session import Session, command

if TYPE_CHECKING:
    from durable_workflow.client import WorkflowExecution

__all__ = ["ARGUMENTS", "RUN_ID", "WAIT_TIMEOUT", "WORKFLOW_ID", "input_options", "workflow"]


@click.group()
def workflow() -> None:
    """Start, watch and steer workflows."""


def _workflow_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    from durable_workflow.cli._completion import workflow_ids

    return workflow_ids(context, incomplete)


WORKFLOW_ID = click.argument("workflow_id", shell_complete=_workflow_ids)
RUN_ID = click.option("--run-id", metavar="TEXT", help="One run of the workflow; default is the newest.")
WAIT_TIMEOUT = click.option(
    "--wait-timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    help="Seconds to wait; default is as long as it takes.",
)
ARGUMENTS = f"VALUE is {GRAMMAR}."


def input_options(function: Any) -> Any:
    """Add the options for positional arguments to a command."""
    whole = click.option("--input", "whole", metavar="VALUE", help="All arguments as one JSON list.")
    each = click.option(
        "--arg",
        "-a",
        "each",
        multiple=True,
        metavar="VALUE",
        help=f"An argument; may be repeated. {ARGUMENTS}",
    )
    return each(whole(function))


@command(workflow, "start")
@click.argument("workflow_type")
@click.option("--task-queue", "-q", required=True, metavar="TEXT", help="Queue whose workers run it.")
@click.option("--id", "workflow_id", metavar="TEXT", help="Id of the workflow; default is a new one.")
@input_options
@click.option(
    "--execution-timeout",
    type=click.IntRange(min=0),
    default=0,
    metavar="S",
    help="Seconds for the workflow with all its runs; default is no limit.",
)
@click.option(
    "--run-timeout",
    type=click.IntRange(min=0),
    default=0,
    metavar="S",
    help="Seconds for one run; default is no limit.",
)
@click.option(
    "--duplicate-policy",
    type=click.Choice(["reject", "use-existing", "allow", "terminate_existing"]),
    help="What to do when the id is taken.",
)
@click.option("--memo", multiple=True, metavar="NAME=VALUE", help="A note; may be repeated.")
@click.option(
    "--search-attribute", multiple=True, metavar="NAME=VALUE", help="An indexed fact; may be repeated."
)
@click.option("--wait", is_flag=True, help="Show its progress, and wait for its result.")
@WAIT_TIMEOUT
def start(
    session: Session,
    *,
    workflow_type: str,
    task_queue: str,
    workflow_id: str | None,
    each: tuple[str, ...],
    whole: str | None,
    execution_timeout: int,
    run_timeout: int,
    duplicate_policy: str | None,
    memo: tuple[str, ...],
    search_attribute: tuple[str, ...],
    wait: bool,
    wait_timeout: float | None,
) -> None:
    """Start a workflow of a type.

    With --wait the exit code tells how it ended: 0 completed, 1 anything else, 9 not yet.
    """
    # Time-outs are left to those who want them: a person at a terminal starts workflows that wait for days.
    handle = session.client.start_workflow(
        workflow_type=workflow_type,
        task_queue=task_queue,
        workflow_id=workflow_id or _new_id(workflow_type),
        input=arguments(each, whole),
        execution_timeout_seconds=execution_timeout or None,
        run_timeout_seconds=run_timeout or None,
        duplicate_policy=duplicate_policy,
        memo=pairs(memo, "--memo"),
        search_attributes=pairs(search_attribute, "--search-attribute"),
    )
    if wait:
        session.output.note(f"started {handle.workflow_id}, run {handle.run_id}")
        await_end(session, handle.workflow_id, handle.run_id, wait_timeout)
        return
    started = {"workflow_id": handle.workflow_id, "run_id": handle.run_id, "workflow_type": workflow_type}
    session.answer(started, record_of(started))


def _new_id(workflow_type: str) -> str:
    import re
    import uuid

    return f"{re.sub(r'[^a-zA-Z0-9._:-]', '-', workflow_type)[:80]}-{uuid.uuid4()}"


@command(workflow, "describe")
@WORKFLOW_ID
@RUN_ID
def describe(session: Session, *, workflow_id: str, run_id: str | None) -> None:
    """Show a workflow: its state, arguments, result, memo and search attributes."""
    found = session.client.describe_workflow(workflow_id, run_id=run_id)
    session.answer(*_described(session, found))


def _described(session: Session, found: WorkflowExecution) -> tuple[Any, Record]:
    from durable_workflow.cli._text import plain

    document = plain(found)
    document["input"] = session.payloads.shown(found.input)
    document["output"] = session.payloads.shown(found.output)
    return document, Record(
        [
            ("workflow", found.workflow_id),
            ("run", found.run_id),
            ("run number", found.run_number),
            ("type", found.workflow_type),
            ("status", found.status),
            ("closed reason", found.closed_reason if found.closed_reason != found.status else None),
            ("namespace", found.namespace),
            ("task queue", found.task_queue),
            ("started", found.started_at),
            ("closed", found.closed_at),
            ("input", document["input"]),
            ("output", document["output"]),
            ("memo", found.memo),
            ("search attributes", found.search_attributes),
        ]
    )


@command(workflow, "list")
@click.option("--type", "workflow_type", metavar="TEXT", help="Only runs of this type.")
@click.option(
    "--status",
    metavar="TEXT",
    help="running, completed, or failed (all that ended otherwise); or an exact one, where servers know it.",
)
@click.option(
    "--query", metavar="TEXT", help="Text in ids; or a predicate such as \"WorkflowType = 'order'\"."
)
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, metavar="N", help="Most rows."
)
@click.option("--page-token", metavar="TEXT", help="Continue where another list ended.")
def list_(
    session: Session,
    *,
    workflow_type: str | None,
    status: str | None,
    query: str | None,
    limit: int,
    page_token: str | None,
) -> None:
    """List runs, the newest start first."""
    filters = {"workflow_type": workflow_type, "status": status, "query": query}
    rows, token = _rows(session, limit, page_token, filters)
    cells = [
        [each.workflow_id, each.workflow_type, each.status, each.started_at, each.closed_at] for each in rows
    ]
    keep = ("workflow_id", "run_id", "workflow_type", "status", "namespace", "task_queue", "is_terminal")
    kept = (*keep, "started_at", "closed_at", "memo", "search_attributes")
    session.answer(
        {
            "workflows": [{name: getattr(each, name) for name in kept} for each in rows],
            "next_page_token": token,
        },
        Table(
            ("workflow", "type", "status", "started", "closed"),
            cells,
            "No run matches.",
            f"There are more: --page-token {token}" if token else "",
        ),
    )


def _rows(
    session: Session, limit: int, token: str | None, filters: dict[str, str | None]
) -> tuple[list[WorkflowExecution], str | None]:
    rows: list[WorkflowExecution] = []
    while True:
        # A page never holds more than is still wanted, so that its token is where the next list begins.
        size = min(limit - len(rows), 200)
        page = session.client.list_workflows(**filters, page_size=size, next_page_token=token)
        rows += page.executions
        token = page.next_page_token
        if token is None or len(rows) >= limit:
            return rows, token


@command(workflow, "runs")
@WORKFLOW_ID
def runs(session: Session, *, workflow_id: str) -> None:
    """List all runs of a workflow, the first one first."""
    found = session.client.list_workflow_runs(workflow_id)
    cells = [[run.run_number, run.run_id, run.status, run.started_at, run.closed_at] for run in found]
    session.answer({"runs": found}, Table(("number", "run", "status", "started", "closed"), cells))


@command(workflow, "history")
@WORKFLOW_ID
@RUN_ID
@click.option("--follow", "-f", is_flag=True, help="Go on until the run closes, one line for each event.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first events.")
@click.option("--raw-payloads", is_flag=True, help="Leave payloads as they are on the wire.")
def history(
    session: Session,
    *,
    workflow_id: str,
    run_id: str | None,
    follow: bool,
    limit: int | None,
    raw_payloads: bool,
) -> None:
    """Show the events of a run, payloads decoded.

    With --follow and --json each event is one line of JSON.
    """
    from durable_workflow.cli._events import cells

    handle = session.client.get_workflow_handle(workflow_id, run_id=run_id)
    known = run_id or handle.describe().run_id
    source = islice(session.client.iter_history(workflow_id, known, follow=follow), limit)
    events = source if raw_payloads else map(session.payloads.decoded, source)
    if follow:
        for event in events:
            session.output.line(event, cells(event))
        return
    all_events = list(events)
    session.answer(
        {"workflow_id": workflow_id, "run_id": known, "events": all_events},
        Table(("#", "time", "event", "about"), [cells(event) for event in all_events]),
    )


@command(workflow, "export")
@WORKFLOW_ID
@RUN_ID
@click.option("--output", "-o", type=click.Path(dir_okay=False), metavar="FILE", help="Write it to a file.")
def export(session: Session, *, workflow_id: str, run_id: str | None, output: str | None) -> None:
    """Write the replay bundle of a run as JSON, payloads as they are on the wire."""
    import json
    from pathlib import Path

    bundle = session.client.get_workflow_handle(workflow_id, run_id=run_id).export_history()
    if output is None:
        click.echo(json.dumps(bundle, indent=2))
        return
    try:
        Path(output).write_text(json.dumps(bundle, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"--output: {output} cannot be written: {error}") from error
    told = {"workflow_id": workflow_id, "file": output}
    session.answer(told, record_of(told))


@command(workflow, "result")
@WORKFLOW_ID
@RUN_ID
@WAIT_TIMEOUT
def result(session: Session, *, workflow_id: str, run_id: str | None, wait_timeout: float | None) -> None:
    """Wait for a workflow with its progress shown, and write its result.

    The exit code tells how it ended: 0 completed, 1 anything else, 9 not yet.
    """
    await_end(session, workflow_id, run_id, wait_timeout)
