"""`durable-workflow schema`: what programs may rely on in the JSON of a command."""

from __future__ import annotations

import click

from durable_workflow.cli._text import to_json

__all__ = ["schema"]


def _names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    from durable_workflow.cli._schemas import OUTPUTS

    given = context.params.get("words") or ()
    ways = [name.split() for name in (*OUTPUTS, "error")]
    fitting = [way for way in ways if tuple(way[: len(given)]) == tuple(given) and len(way) > len(given)]
    return sorted({way[len(given)] for way in fitting if way[len(given)].startswith(incomplete)})


@click.command()
@click.argument("words", nargs=-1, metavar="[COMMAND...]", shell_complete=_names)
def schema(words: tuple[str, ...]) -> None:
    """Write the JSON Schema of what COMMAND writes with --json.

    Without a command, list the commands that have one; `error` is the schema of errors.
    """
    from durable_workflow.cli._schemas import OUTPUTS, schema_of

    name = " ".join(words)
    if not name:
        click.echo("\n".join([*sorted(OUTPUTS), "error"]))
    elif name in OUTPUTS or name == "error":
        click.echo(to_json(schema_of(name)))
    else:
        raise click.UsageError(
            f"no command {name!r} writes JSON; `durable-workflow schema` lists those that do"
        )
