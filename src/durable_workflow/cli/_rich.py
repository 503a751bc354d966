"""Tables on a terminal; the only file that imports rich, and only when a terminal is there."""

from __future__ import annotations

from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from durable_workflow.cli._output import Record, Table
from durable_workflow.cli._text import shown

__all__ = ["console", "render", "write"]

_STYLES = {
    "active": "green",
    "cancelled": "yellow",
    "completed": "green",
    "continued": "blue",
    "failed": "red",
    "ok": "green",
    "paused": "yellow",
    "pending": "cyan",
    "running": "cyan",
    "serving": "green",
    "stale": "yellow",
    "terminated": "magenta",
    "timed_out": "red",
    "waiting": "cyan",
}
_BY_VALUE = ("status", "outcome")


def console(color: str, *, stderr: bool = False) -> Console:
    """Return a console; `always` colours pipes, too."""
    return Console(
        stderr=stderr, force_terminal=True if color == "always" else None, highlight=False, soft_wrap=False
    )


def write(view: Table | Record, color: str) -> None:
    """Write a view to standard output."""
    screen = console(color)
    screen.print(render(view))
    if isinstance(view, Table) and view.rows and view.more:
        screen.print(Text(view.more, style="dim"))


def render(view: Table | Record) -> Grid | Text:
    """Return a view as something that rich prints."""
    if isinstance(view, Record):
        return _record(view)
    if not view.rows:
        return Text(view.empty, style="dim")
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in view.columns:
        grid.add_column(column, overflow="fold")
    for row in view.rows:
        grid.add_row(*(_cell(name, value) for name, value in zip(view.columns, row, strict=True)))
    return grid


def _record(view: Record) -> Grid:
    grid = Grid(box=None, show_header=False, pad_edge=False)
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in view.members:
        if shown(value):
            grid.add_row(name, _cell(name, value))
    return grid


def _cell(name: str, value: Any) -> Text:
    # As Text, so that brackets in the data are no markup.
    text = shown(value)
    return Text(text, style=_STYLES.get(text, "") if name.lower() in _BY_VALUE else "")
