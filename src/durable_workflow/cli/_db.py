"""`durable-workflow db`: looking after the database file of a server."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from durable_workflow.server.store.upkeep import Report

__all__ = ["db"]

_FILE = click.option(
    "--db",
    "path",
    default="durable-workflow.sqlite",
    show_default=True,
    metavar="FILE",
    help="The database file of the server.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


class _Failure(click.ClickException):
    """What a command says that could not do its work."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"durable-workflow: {self.message}", file=file, err=True)


class _Commands(click.Group):
    """Turns the errors of the store into messages and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        from durable_workflow.server.store.errors import StoreError

        try:
            return super().invoke(ctx)
        except StoreError as error:
            raise _Failure(str(error)) from error


@click.group(cls=_Commands)
def db() -> None:
    """Check, copy and shrink the database file of a server.

    Exit codes: 0 done and, for check, sound; 1 the check found something; 2 the command could not do its
    work.
    """


@db.command()
@_FILE
@_JSON
def check(path: str, as_json: bool) -> None:
    """Check the file and what is in it, also while a server runs.

    SQLite looks for damage, then the rules of a sound database are checked: histories without gaps, one
    terminal event per step, one workflow task per run, no open work of closed runs, no row without the row
    it refers to. Due things that the server keeps failing to do are found, too.

    With --json: database, schema_version, sound, runs, events, damages (texts), problems (rule, where, text)
    and setbacks (chore, item, failures, error, failed_at, again_at).
    """
    from durable_workflow.server.store import upkeep

    report = upkeep.check(path)
    if as_json:
        found = {"database": path, "sound": report.sound, **asdict(report)}
        click.echo(json.dumps(found, indent=2))
    else:
        _tell(path, report)
    raise SystemExit(0 if report.sound else 1)


def _tell(path: str, report: Report) -> None:
    for damage in report.damages:
        click.echo(f"damage: {damage}")
    for problem in report.problems:
        click.echo(f"{problem.rule}: {problem.where}: {problem.text}")
    for setback in report.setbacks:
        click.echo(
            f"set back: {setback.chore} {setback.item} failed {setback.failures} times: {setback.error}"
        )
    verdict = "sound" if report.sound else "NOT SOUND"
    if report.damages:
        click.echo(f"{path}: {verdict}; restore a backup", err=True)
    else:
        size = f"schema {report.schema_version}, {report.runs} runs, {report.events} events"
        click.echo(f"{path}: {verdict} ({size})", err=not report.sound)


@db.command()
@_FILE
@click.option("--force", is_flag=True, help="Replace TARGET if it exists.")
@_JSON
@click.argument("target")
def backup(path: str, target: str, force: bool, as_json: bool) -> None:
    """Copy the file to TARGET as it is at one moment, also while a server runs.

    TARGET appears when the copy is complete and on disk; it can be served as it is. A file that exists is
    left alone without --force. A damaged database is not copied.
    """
    from durable_workflow.server.store import upkeep

    size = upkeep.backup(path, target, overwrite=force)
    if as_json:
        click.echo(json.dumps({"database": path, "target": target, "bytes": size}))
    else:
        click.echo(f"{path} was copied to {target} ({size} bytes)")


@db.command()
@_FILE
@_JSON
def vacuum(path: str, as_json: bool) -> None:
    """Give space back that the file no longer needs; refused while a server runs on it.

    Needs as much free space as the file takes, and more time the larger it is.
    """
    from durable_workflow.server.store import upkeep

    before, after = upkeep.vacuum(path)
    if as_json:
        click.echo(json.dumps({"database": path, "bytes_before": before, "bytes_after": after}))
    else:
        click.echo(f"{path}: {before} bytes before, {after} after")
