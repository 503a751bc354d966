"""The root of the command line; each group of commands has a file of its own."""

from __future__ import annotations

import click

from durable_workflow.cli import _messages as _messages  # adds its commands to `workflow`
from durable_workflow.cli._completion import completion
from durable_workflow.cli._db import db
from durable_workflow.cli._dev import dev
from durable_workflow.cli._fleet import task_queue, worker
from durable_workflow.cli._namespace import namespace, search_attribute
from durable_workflow.cli._options import connection_options, given
from durable_workflow.cli._raw import add_raw
from durable_workflow.cli._replay import replay
from durable_workflow.cli._schedule import schedule
from durable_workflow.cli._schema_command import schema
from durable_workflow.cli._server import server
from durable_workflow.cli._settings_command import settings
from durable_workflow.cli._system import system
from durable_workflow.cli._workflow import workflow

__all__ = ["group"]

# They call no server, and have options of the same names with other meanings.
_LOCAL = frozenset({"completion", "db", "dev"})


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="durable-workflow", message="durable-workflow %(version)s")
@connection_options(hidden=False)
@click.pass_context
def group(context: click.Context) -> None:
    """Run and inspect durable workflows.

    Settings are taken from arguments, then from the environment, then from a profile;
    `durable-workflow settings` shows them.
    """
    if context.invoked_subcommand in _LOCAL and given(context):
        option = next(iter(given(context))).replace("_", "-")
        raise click.UsageError(
            f"`{context.invoked_subcommand}` does not take --{option} before its name; its own options stand"
            " behind it."
        )


for _command in (
    completion,
    db,
    dev,
    namespace,
    replay,
    schedule,
    schema,
    search_attribute,
    server,
    settings,
    system,
    task_queue,
    worker,
    workflow,
):
    group.add_command(_command)
add_raw(group)
