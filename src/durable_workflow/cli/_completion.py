"""Shell completion: the script for a shell, and what only a server can complete."""

from __future__ import annotations

import click

__all__ = ["completion", "workflow_ids"]

_PROGRAM = "durable-workflow"
_VARIABLE = "_DURABLE_WORKFLOW_COMPLETE"
# Somebody has pressed a key and waits.
_PATIENCE = 1.0


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Write the completion script of a shell.

    \b
    bash: durable-workflow completion bash > ~/.local/share/bash-completion/completions/durable-workflow
    zsh:  durable-workflow completion zsh > "${fpath[1]}/_durable-workflow"
    fish: durable-workflow completion fish > ~/.config/fish/completions/durable-workflow.fish
    """
    from click.shell_completion import get_completion_class

    root = context.find_root().command
    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(root, {}, _PROGRAM, _VARIABLE).source())


def workflow_ids(context: click.Context, incomplete: str) -> list[str]:
    """Return ids of workflows that begin so; none if the server cannot be asked quickly."""
    from durable_workflow.cli._session import open_client, settings_of
    from durable_workflow.errors import DurableWorkflowError

    try:
        with open_client(settings_of(context)) as client:
            quick = client.with_options(timeout=_PATIENCE, deadline=_PATIENCE)
            page = quick.list_workflows(query=incomplete or None, page_size=50)
    except (DurableWorkflowError, click.UsageError):
        return []
    found = {each.workflow_id for each in page.executions}
    return sorted(name for name in found if name.startswith(incomplete))
