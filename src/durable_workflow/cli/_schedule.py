"""`durable-workflow schedule`: workflows that are started by the calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from durable_workflow.cli._inputs import arguments, pairs
from durable_workflow.cli._output import Record, Table, Text, record_of
from durable_workflow.cli._session import Session, command
from durable_workflow.cli._text import moment, plain
from durable_workflow.cli._workflow import input_options

if TYPE_CHECKING:
    from durable_workflow.client import ScheduleAction, ScheduleDescription, ScheduleSpec

__all__ = ["schedule"]

_POLICIES = ("skip", "buffer_one", "buffer_all", "cancel_other", "terminate_other", "allow_all")


@click.group()
def schedule() -> None:
    """Start workflows by the calendar."""


_ID = click.argument("schedule_id")
_NOTE = click.option("--note", metavar="TEXT", help="Text for people.")
_OVERLAP = click.option(
    "--overlap-policy",
    type=click.Choice(_POLICIES),
    help="What happens when the workflow of the fire before is still open.",
)


_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _definition(*, created: bool) -> _Decorator:
    """Add the options that say when a schedule fires and what it starts."""
    options: list[_Decorator] = [
        click.option(
            "--cron", multiple=True, metavar="TEXT", help="Five fields, as cron has them; may be repeated."
        ),
        click.option(
            "--every",
            multiple=True,
            metavar="DURATION[/OFFSET]",
            help="ISO-8601 durations such as PT30M or PT1H/PT5M; may be repeated.",
        ),
        click.option("--timezone", metavar="TEXT", help="Zone of the cron fields; default is UTC."),
        click.option(
            "--type", "workflow_type", required=created, metavar="TEXT", help="Type of the workflow."
        ),
        click.option("--task-queue", "-q", metavar="TEXT", help="Queue whose workers run it."),
        input_options,
        click.option("--execution-timeout", type=click.IntRange(min=1), metavar="S", help="Seconds in all."),
        click.option("--run-timeout", type=click.IntRange(min=1), metavar="S", help="Seconds for one run."),
        _OVERLAP,
        click.option("--jitter", type=click.IntRange(0, 3600), metavar="S", help="Largest random delay."),
        click.option(
            "--max-runs", type=click.IntRange(min=1), metavar="N", help="How often it fires at most."
        ),
        click.option("--memo", multiple=True, metavar="NAME=VALUE", help="A note on every workflow."),
        click.option("--search-attribute", multiple=True, metavar="NAME=VALUE", help="A fact on every one."),
        _NOTE,
    ]

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            function = option(function)
        return function

    return add


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of the client's call for the options of a definition."""
    return {
        "spec": _spec(given),
        "action": _action(given),
        "overlap_policy": given["overlap_policy"],
        "jitter_seconds": given["jitter"],
        "max_runs": given["max_runs"],
        "memo": pairs(given["memo"], "--memo"),
        "search_attributes": pairs(given["search_attribute"], "--search-attribute"),
        "note": given["note"],
    }


def _spec(given: dict[str, Any]) -> ScheduleSpec | None:
    from durable_workflow.client import ScheduleSpec

    if not given["cron"] and not given["every"]:
        if given["timezone"]:
            raise click.UsageError("--timezone belongs to the --cron fields; give these, too.")
        return None
    return ScheduleSpec(
        cron_expressions=list(given["cron"]) or None,
        intervals=[_interval(each) for each in given["every"]] or None,
        timezone=given["timezone"],
    )


def _interval(text: str) -> dict[str, str]:
    every, _, offset = text.partition("/")
    return {"every": every, "offset": offset} if offset else {"every": every}


def _action(given: dict[str, Any]) -> ScheduleAction | None:
    from durable_workflow.client import ScheduleAction

    values = {
        "task_queue": given["task_queue"],
        "input": arguments(given["each"], given["whole"]),
        "execution_timeout_seconds": given["execution_timeout"],
        "run_timeout_seconds": given["run_timeout"],
    }
    if given["workflow_type"] is None:
        if any(value is not None for value in values.values()):
            raise click.UsageError("What a schedule starts is replaced as a whole: give --type, too.")
        return None
    return ScheduleAction(given["workflow_type"], **values)


@command(schedule, "create")
@click.option(
    "--id", "schedule_id", metavar="TEXT", help="Id of the schedule; default is one that the server makes."
)
@_definition(created=True)
@click.option("--paused", is_flag=True, help="Fire only after `schedule resume`.")
def create(session: Session, *, schedule_id: str | None, paused: bool, **given: Any) -> None:
    """Create a schedule."""
    fields = _fields(given)
    if fields["spec"] is None:
        raise click.UsageError("When shall it fire? Give --cron or --every.")
    handle = session.client.create_schedule(schedule_id=schedule_id, paused=paused, **fields)
    session.answer(
        {"schedule_id": handle.schedule_id, "outcome": "created"}, Text(f"{handle.schedule_id} was created")
    )


@command(schedule, "update")
@_ID
@_definition(created=False)
@click.option(
    "--clear",
    multiple=True,
    type=click.Choice(["memo", "search-attributes"]),
    help="Leave it empty from now on; may be repeated.",
)
def update(session: Session, *, schedule_id: str, clear: tuple[str, ...], **given: Any) -> None:
    """Change a schedule; what is not given stays as it is."""
    fields = {name: value for name, value in _fields(given).items() if value is not None}
    for name in clear:
        fields.setdefault(name.replace("-", "_"), {})
    if not fields:
        raise click.UsageError("Nothing to change was given.")
    session.client.update_schedule(schedule_id, **fields)
    _done(session, schedule_id, "updated")


def _done(session: Session, schedule_id: str, outcome: str) -> None:
    session.answer({"schedule_id": schedule_id, "outcome": outcome}, Text(f"{schedule_id} was {outcome}"))


@command(schedule, "list")
@click.option("--status", type=click.Choice(["active", "paused"]), help="Only those in this state.")
@click.option("--type", "workflow_type", metavar="TEXT", help="Only those that start this type.")
@click.option("--query", metavar="TEXT", help="Text to look for.")
def list_(session: Session, *, status: str | None, workflow_type: str | None, query: str | None) -> None:
    """List schedules, the newest first."""
    found = session.client.list_schedules(status=status, workflow_type=workflow_type, query=query)
    rows = [
        [each.schedule_id, each.status, _type_of(each), _when(each), each.fires_count, each.next_fire_at]
        for each in found.schedules
    ]
    heads = ("schedule", "status", "type", "fires at", "fires", "next")
    session.answer(
        {"schedules": [_document(session, each) for each in found.schedules]},
        Table(heads, rows, "No schedule matches."),
    )


def _type_of(found: ScheduleDescription) -> str | None:
    return None if found.action is None else found.action.workflow_type


def _when(found: ScheduleDescription) -> list[str]:
    if found.spec is None:
        return []
    intervals = [
        each if isinstance(each, str) else each.get("every", "") for each in found.spec.intervals or []
    ]
    return [*(found.spec.cron_expressions or []), *(f"every {each}" for each in intervals)]


def _document(session: Session, found: ScheduleDescription) -> dict[str, Any]:
    document: dict[str, Any] = plain(found)
    if document["action"] is not None:
        document["action"]["input"] = session.payloads.shown(document["action"]["input"])
    document["info"] = session.payloads.decoded(document["info"])
    return document


@command(schedule, "describe")
@_ID
def describe(session: Session, *, schedule_id: str) -> None:
    """Show a schedule: when it fires, what it starts, what it did."""
    document = _document(session, session.client.describe_schedule(schedule_id))
    names = [name for name in document if name != "info"]
    session.answer(document, record_of(document, *names))


@command(schedule, "pause")
@_ID
@_NOTE
def pause(session: Session, *, schedule_id: str, note: str | None) -> None:
    """Stop a schedule from firing until it is resumed."""
    session.client.pause_schedule(schedule_id, note=note)
    _done(session, schedule_id, "paused")


@command(schedule, "resume")
@_ID
@_NOTE
def resume(session: Session, *, schedule_id: str, note: str | None) -> None:
    """Let a paused schedule fire again."""
    session.client.resume_schedule(schedule_id, note=note)
    _done(session, schedule_id, "resumed")


@command(schedule, "trigger")
@_ID
@_OVERLAP
def trigger(session: Session, *, schedule_id: str, overlap_policy: str | None) -> None:
    """Fire a schedule now."""
    found = session.client.trigger_schedule(schedule_id, overlap_policy=overlap_policy)
    session.answer(found, record_of(plain(found)))


@command(schedule, "backfill")
@_ID
@click.option("--from", "start_time", required=True, metavar="TIME", help="ISO-8601, with its zone.")
@click.option("--to", "end_time", required=True, metavar="TIME", help="ISO-8601, with its zone.")
@_OVERLAP
def backfill(
    session: Session, *, schedule_id: str, start_time: str, end_time: str, overlap_policy: str | None
) -> None:
    """Fire a schedule for every moment of a range of time, both ends included."""
    found = session.client.backfill_schedule(
        schedule_id, start_time=start_time, end_time=end_time, overlap_policy=overlap_policy
    )
    members = [("schedule", found.schedule_id), ("outcome", found.outcome), ("fires", found.fires_attempted)]
    session.answer(found, Record(members))


@command(schedule, "delete")
@_ID
def delete(session: Session, *, schedule_id: str) -> None:
    """Delete a schedule; workflows that it started go on."""
    session.client.delete_schedule(schedule_id)
    _done(session, schedule_id, "deleted")


@command(schedule, "history")
@_ID
@click.option(
    "--after", type=click.IntRange(min=0), default=0, metavar="N", help="Only events after this one."
)
def history(session: Session, *, schedule_id: str, after: int) -> None:
    """Show what a schedule did and what was done to it."""
    events = session.client.iter_schedule_history(schedule_id, after_sequence=after)
    found = [session.payloads.decoded(event) for event in events]
    rows = [
        [
            each.get("sequence"),
            moment(each.get("recorded_at")),
            each.get("event_type"),
            each.get("workflow_instance_id"),
        ]
        for each in found
    ]
    session.answer(
        {"schedule_id": schedule_id, "events": found}, Table(("#", "time", "event", "workflow"), rows)
    )
