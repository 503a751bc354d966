"""`durable-workflow replay`: does today's code fit the runs of yesterday?"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve

from durable_workflow.cli._failures import ExitCode
from durable_workflow.cli._output import Table, Text
from durable_workflow.cli._session import Session, command
from durable_workflow.errors import DefinitionError

if TYPE_CHECKING:
    from durable_workflow.replayer import RecordedRun, Replayer, ReplayReport

__all__ = ["replay"]

_root = click.Group("root")


@command(_root, "replay")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option(
    "--workflows",
    "-w",
    required=True,
    multiple=True,
    metavar="MODULE[:CLASS]",
    help="Where the workflow classes are; may be repeated.",
)
@click.option("--workflow-id", metavar="ID", help="Replay a run of this workflow from the server.")
@click.option("--run-id", metavar="ID", help="Which run of it; the newest by default.")
@click.option("--from-server", is_flag=True, help="Replay the newest runs of these types from the server.")
@click.option("--query", metavar="TEXT", help="With --from-server: only runs that match.")
@click.option(
    "--limit",
    default=100,
    show_default=True,
    type=click.IntRange(1),
    help="With --from-server: at most so many runs of each type.",
)
def replay(session: Session, files: Sequence[Path], workflows: Sequence[str], **where: Any) -> None:
    """Replay recorded runs with the workflow code that is here now.

    A FILE holds an export bundle, a history or a list of events, as JSON. Made for continuous integration:
    exit code 0 if all runs fit, 1 if one does not, 2 if the command cannot be understood.
    """
    replayer = _replayer(session, workflows)
    if not files and not where["workflow_id"] and not where["from_server"]:
        raise click.UsageError("Name files, or --workflow-id, or --from-server.")
    runs = _runs(session, replayer, files, **where)
    reports = [replayer.check(_opened(session, run)) for run in runs]
    session.answer([_document(report) for report in reports], _table(reports))
    for report in reports:
        if report.problem is not None and not session.output.as_json:
            session.output.note(f"{report.run.source}: {report.problem}")
    session.end(ExitCode.DONE if all(report.fits for report in reports) else ExitCode.NO_SUCCESS)


def _opened(session: Session, run: RecordedRun) -> RecordedRun:
    """Return a run with the payloads opened that bundles and files hold as the server stores them."""
    gate = session.client.payload_gate
    return evolve(run, events=gate.open_all(list(run.events)), arguments=gate.open_all(run.arguments))


def _replayer(session: Session, names: Sequence[str]) -> Replayer:
    from durable_workflow.replayer import Replayer

    try:
        classes = [cls for name in names for cls in _classes(name)]
        return Replayer(classes, payloads=session.client.payloads)
    except DefinitionError as error:
        raise click.UsageError(str(error)) from error


def _classes(name: str) -> list[type]:
    from durable_workflow.workflow import registry

    module_name, _, class_name = name.partition(":")
    # As `python -m` does: the project that one stands in.
    if str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise click.UsageError(f"--workflows {name}: cannot import {module_name}: {error}") from error
    if class_name:
        if not hasattr(module, class_name):
            raise click.UsageError(f"--workflows {name}: {module_name} has no {class_name}")
        return [getattr(module, class_name)]
    known = set(registry().values())
    found = [value for value in vars(module).values() if isinstance(value, type) and value in known]
    if not found:
        raise click.UsageError(f"--workflows {name}: {module_name} declares no workflow")
    return found


def _runs(
    session: Session,
    replayer: Replayer,
    files: Sequence[Path],
    *,
    workflow_id: str | None,
    run_id: str | None,
    from_server: bool,
    query: str | None,
    limit: int,
) -> Iterator[RecordedRun]:
    from durable_workflow.replayer import read_history_file

    for path in files:
        try:
            yield read_history_file(path)
        except (OSError, ValueError) as error:
            raise click.UsageError(str(error)) from error
    if workflow_id:
        run = run_id or session.client.describe_workflow(workflow_id).run_id
        yield _exported(session, workflow_id, str(run))
    for name in replayer.workflow_types if from_server else ():
        executions = session.client.iter_workflows(workflow_type=name, query=query)
        for _, execution in zip(range(limit), executions, strict=False):
            yield _exported(session, execution.workflow_id, str(execution.run_id))


def _exported(session: Session, workflow_id: str, run_id: str) -> RecordedRun:
    from durable_workflow.replayer import read_history

    bundle = session.client.export_history(workflow_id, run_id)
    return read_history(bundle, source=f"{workflow_id} ({run_id})")


def _document(report: ReplayReport) -> dict[str, Any]:
    problem = report.problem
    return {
        "source": report.run.source,
        "workflow_type": report.run.workflow_type,
        "workflow_id": report.run.workflow_id or None,
        "run_id": report.run.run_id or None,
        "events": len(report.run.events),
        "fits": report.fits,
        "finished": report.finished,
        "problem": None if problem is None else {"type": type(problem).__name__, "message": str(problem)},
    }


def _table(reports: Sequence[ReplayReport]) -> Table | Text:
    if not reports:
        return Text("There was no run to replay.")
    rows = [
        (
            report.run.source,
            report.run.workflow_type or "",
            len(report.run.events),
            "fits" if report.fits else type(report.problem).__name__,
        )
        for report in reports
    ]
    return Table(columns=("run", "type", "events", "outcome"), rows=rows)
