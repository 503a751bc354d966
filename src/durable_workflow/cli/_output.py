"""How answers are written: tables for people, JSON for programs, plain columns into pipes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from durable_workflow.cli._text import compact, plain, safe, shown, to_json

if TYPE_CHECKING:
    from durable_workflow.cli._failures import Explanation

__all__ = ["Output", "Record", "Table", "Text", "View", "record_of"]


@frozen
class Table:
    """Rows for people.

    Attributes:
        columns: Names of the columns.
        rows: One sequence of values for each row.
        empty: What to say when there are none.
        more: What to say below the rows.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    empty: str = "Nothing found."
    more: str = ""


@frozen
class Record:
    """One thing for people: its members by name; those that are None or empty are left out."""

    members: Sequence[tuple[str, Any]]


def record_of(document: Mapping[str, Any], *names: str) -> Record:
    """Return a JSON object as a record; members of members stand under the names of both.

    Args:
        document: The object.
        names: Its members in the order to show them; default is all of them, as they come.
    """
    chosen = names or tuple(document)
    return Record([pair for name in chosen for pair in _flat(name.replace("_", " "), document.get(name))])


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for inner, member in value.items():
            yield from _flat(f"{name} {inner.replace('_', ' ')}", member)
    elif isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        for number, item in enumerate(value, 1):
            yield from _flat(f"{name} {number}", item)
    else:
        yield name, value


@frozen
class Text:
    """A sentence for people."""

    text: str


View = Table | Record | Text


@frozen
class Output:
    """Where a command writes.

    Attributes:
        as_json: Write JSON for programs and nothing else to standard output.
        color: `auto`, `always` or `never`.
    """

    as_json: bool
    color: str = "auto"

    def answer(self, document: Any, view: View) -> None:
        """Write an answer, in the form that was asked for.

        Args:
            document: The answer for programs.
            view: The same for people.
        """
        if self.as_json:
            click.echo(to_json(document))
        elif isinstance(view, Text):
            click.echo(safe(view.text))
        elif self.is_rich:
            from durable_workflow.cli import _rich

            _rich.write(view, self.color)
        else:
            click.echo(_columns(view), nl=False)

    def value(self, document: Any, value: Any) -> None:
        """Write an answer whose point is one decoded value: JSON in either form."""
        click.echo(to_json(document) if self.as_json else _pretty(value))

    def line(self, document: Any, cells: Iterable[Any]) -> None:
        """Write one line of an answer that comes bit by bit: a JSON object, or cells."""
        click.echo(compact(document) if self.as_json else "  ".join(shown(cell) for cell in cells))

    def note(self, text: str) -> None:
        """Tell a person something beside the answer; programs are not bothered."""
        if not self.as_json:
            click.echo(safe(text), err=True)

    def failure(self, explanation: Explanation) -> None:
        """Write what went wrong to the error stream."""
        if self.as_json:
            click.echo(to_json(explanation.document()), err=True)
            return
        click.echo(f"durable-workflow: {safe(explanation.message)}", err=True)
        click.echo(f"  tried: {safe(explanation.tried)}", err=True)
        click.echo(f"  next:  {safe(explanation.next)}", err=True)

    @property
    def is_rich(self) -> bool:
        """Whether a terminal, or somebody who asked for colours, reads the answer."""
        return self.color == "always" or (self.color == "auto" and sys.stdout.isatty())

    @property
    def is_live(self) -> bool:
        """Whether somebody watches the error stream on a terminal."""
        return self.color != "never" and sys.stderr.isatty()


def _columns(view: Table | Record) -> str:
    if isinstance(view, Record):
        return _aligned([(f"{name}:", shown(value)) for name, value in view.members if shown(value)])
    if not view.rows:
        return f"{view.empty}\n"
    rows = [[shown(cell) for cell in row] for row in view.rows]
    heads = [column.upper() for column in view.columns]
    return _aligned([heads, *rows]) + (f"{safe(view.more)}\n" if view.more else "")


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _pretty(value: Any) -> str:
    import json

    text = json.dumps(plain(value), indent=2, ensure_ascii=False, default=str)
    return "\n".join(safe(line) for line in text.split("\n"))
