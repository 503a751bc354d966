"""`durable-workflow worker` and `durable-workflow task-queue`: who works, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from durable_workflow.cli._output import Table, Text, record_of
from durable_workflow.cli._session import Session, command
from durable_workflow.cli._text import moment, plain

__all__ = ["task_queue", "worker"]


@click.group()
def worker() -> None:
    """See the workers of a namespace."""


@click.group("task-queue")
def task_queue() -> None:
    """See task queues, and drain builds of workers."""


@command(worker, "list")
@click.option("--task-queue", "-q", metavar="TEXT", help="Only workers of this queue.")
@click.option("--status", metavar="TEXT", help="Only workers in this state, such as active or stale.")
def list_workers(session: Session, *, task_queue: str | None, status: str | None) -> None:
    """List workers, the newest heartbeat first."""
    found = [plain(each) for each in session.client.list_workers(task_queue=task_queue, status=status)]
    names = ("worker_id", "task_queue", "status", "runtime", "sdk_version", "build_id", "last_heartbeat_at")
    heads = ("worker", "task queue", "status", "runtime", "sdk", "build", "last heartbeat")
    session.answer(
        {"workers": found},
        Table(heads, [_row(each, names) for each in found], "No worker is registered."),
    )


def _row(each: dict[str, Any], names: Sequence[str]) -> list[Any]:
    return [moment(each.get(name)) if name.endswith("_at") else each.get(name) for name in names]


@command(worker, "describe")
@click.argument("worker_id")
def describe_worker(session: Session, *, worker_id: str) -> None:
    """Show a worker: what it runs, how much at once, and when it was heard of last."""
    found = plain(session.client.describe_worker(worker_id))
    session.answer(found, record_of(found))


@command(worker, "delete")
@click.argument("worker_id")
def delete_worker(session: Session, *, worker_id: str) -> None:
    """Forget a worker that is gone; one that still runs registers again."""
    found = plain(session.client.delete_worker(worker_id))
    session.answer(found, Text(f"{worker_id}: {found['outcome']}"))


@command(task_queue, "list")
def list_task_queues(session: Session) -> None:
    """List the task queues of the namespace, and what waits in them."""
    found = [plain(each) for each in session.client.list_task_queues()]
    heads = ("task queue", "ready", "leased", "oldest ready (s)", "pollers")
    session.answer(
        {"task_queues": found}, Table(heads, [_queue_row(each) for each in found], "No queue is used.")
    )


def _queue_row(queue: dict[str, Any]) -> list[Any]:
    stats: dict[str, Any] = queue.get("stats") or {}
    return [
        queue["name"],
        _ready(stats),
        _both(stats, "leased_count"),
        stats.get("approximate_backlog_age_seconds"),
        (stats.get("pollers") or {}).get("active_count"),
    ]


def _ready(stats: dict[str, Any]) -> Any:
    return stats.get("approximate_backlog_count", _both(stats, "ready_count"))


def _both(stats: dict[str, Any], name: str) -> Any:
    """Return a count of both kinds of tasks together, None where the server does not say it."""
    kinds = [stats.get(kind) or {} for kind in ("workflow_tasks", "activity_tasks")]
    counts = [kind[name] for kind in kinds if isinstance(kind.get(name), int)]
    return sum(counts) if counts else None


@command(task_queue, "describe")
@click.argument("task_queue_name", metavar="TASK_QUEUE")
def describe_task_queue(session: Session, *, task_queue_name: str) -> None:
    """Show a task queue: its backlog, its workers, what it admits."""
    found = plain(session.client.describe_task_queue(task_queue_name))
    session.answer(found, record_of(found))


@command(task_queue, "build-ids")
@click.argument("task_queue_name", metavar="TASK_QUEUE")
def build_ids(session: Session, *, task_queue_name: str) -> None:
    """List the builds of the workers of a queue."""
    found = plain(session.client.list_task_queue_build_ids(task_queue_name))
    names = ("build_id", "rollout_status", "drain_intent", "active_worker_count", "last_heartbeat_at")
    heads = ("build", "rollout", "drain intent", "active workers", "last heartbeat")
    rows = [_row(each, names) for each in found["build_ids"]]
    session.answer(found, Table(heads, rows, "No worker of this queue is registered."))


_BUILD = click.option("--build-id", metavar="TEXT", help="The build; default are the workers that name none.")


@command(task_queue, "drain")
@click.argument("task_queue_name", metavar="TASK_QUEUE")
@_BUILD
def drain(session: Session, *, task_queue_name: str, build_id: str | None) -> None:
    """Give no new tasks to the workers of a build."""
    found = plain(session.client.drain_task_queue_build_id(task_queue_name, build_id))
    session.answer(found, record_of(found))


@command(task_queue, "resume")
@click.argument("task_queue_name", metavar="TASK_QUEUE")
@_BUILD
def resume(session: Session, *, task_queue_name: str, build_id: str | None) -> None:
    """Give tasks again to the workers of a build that was drained."""
    found = plain(session.client.resume_task_queue_build_id(task_queue_name, build_id))
    session.answer(found, record_of(found))
