"""What the client logs, as far as somebody at a terminal wants to see it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import click

from durable_workflow.cli._output import Output
from durable_workflow.cli._text import safe

__all__ = ["told"]


class _Told(logging.Handler):
    """Writes records to the error stream: warnings once each, and with `verbose` every request."""

    def __init__(self, output: Output, verbose: bool) -> None:
        super().__init__(logging.DEBUG if verbose else logging.WARNING)
        self._output = output
        self._verbose = verbose
        self._seen: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        text = record.getMessage()
        if self._verbose:
            click.echo(f"{record.levelname.lower()}: {safe(text)}", err=True)
        elif text not in self._seen:
            self._seen.add(text)
            self._output.note(f"warning: {text}")


@contextmanager
def told(output: Output, *, verbose: bool) -> Iterator[None]:
    """Tell what the client logs while a command runs.

    Args:
        output: Where warnings go; with JSON they are left out.
        verbose: Tell every attempt of every call, with JSON too.
    """
    logger, handler = logging.getLogger("durable_workflow"), _Told(output, verbose)
    before = logger.level
    logger.addHandler(handler)
    if verbose:
        logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
