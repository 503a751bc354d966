"""Values on the command line: JSON, text and files."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

__all__ = ["GRAMMAR", "arguments", "duration", "members", "pairs", "value"]

GRAMMAR = "JSON, text:TEXT, @FILE with JSON, or @- for JSON from standard input"


def value(text: str, option: str) -> Any:
    """Return the value that a word on the command line means.

    Args:
        text: The word: JSON, `text:` and text, or `@` and a file with JSON.
        option: The option it was given to, for the error.

    Raises:
        click.UsageError: It is neither.
    """
    if text.startswith("text:"):
        return text.removeprefix("text:")
    source = _read(text[1:], option) if text.startswith("@") else text
    try:
        return json.loads(source, parse_constant=_no_constant)
    except ValueError as error:
        where = f"the content of {text[1:]}" if text.startswith("@") else repr(text)
        hint = "" if text.startswith("@") else f"; for text write {option} {json.dumps('text:' + text)}"
        raise click.UsageError(f"{option}: {where} is no JSON ({error}){hint}") from None
    except RecursionError:
        raise click.UsageError(f"{option}: the JSON is nested too deeply") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _read(name: str, option: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{option}: {name or 'the file'} cannot be read: {error}") from None


def arguments(each: tuple[str, ...], whole: str | None) -> list[Any] | None:
    """Return the positional arguments of a workflow, signal, query or update.

    Args:
        each: The words given to `--arg`, one for each argument.
        whole: The word given to `--input`: the whole list.

    Raises:
        click.UsageError: Both are given, or the list is none.
    """
    if whole is None:
        return [value(text, "--arg") for text in each] or None
    if each:
        raise click.UsageError("Give --arg for each argument, or --input for all of them, not both.")
    found = value(whole, "--input")
    if not isinstance(found, list):
        raise click.UsageError("--input must be the JSON list of all arguments; one argument goes to --arg.")
    return found


def pairs(each: tuple[str, ...], option: str) -> dict[str, Any] | None:
    """Return what words such as `name=VALUE` say, None if there are none.

    Raises:
        click.UsageError: A word has no `=`, or its value is none.
    """
    found: dict[str, Any] = {}
    for text in each:
        name, equals, word = text.partition("=")
        if not equals or not name:
            raise click.UsageError(f"{option}: {text!r} is not NAME=VALUE; VALUE is {GRAMMAR}.")
        found[name] = value(word, option)
    return found or None


def members(each: tuple[str, ...], option: str) -> dict[str, str]:
    """Return what words such as `name=text` say, their values taken as text.

    Raises:
        click.UsageError: A word has no `=`.
    """
    found: dict[str, str] = {}
    for text in each:
        name, equals, word = text.partition("=")
        if not equals or not name:
            raise click.UsageError(f"{option}: {text!r} is not NAME=TEXT.")
        found[name] = word
    return found


def duration(seconds: float | None) -> int | None:
    """Return a time-out as the client takes it: zero on the command line means no limit."""
    return int(seconds) if seconds else None
