"""`durable-workflow dev`: the reference server in the foreground."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import click

__all__ = ["dev"]

_LENGTH = click.FloatRange(min=0, min_open=True)
_SERVER_NEEDS = ("uvicorn", "jsonschema_rs")


def _role_token(role: str, does: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        f"--{role}-token",
        envvar=f"DURABLE_WORKFLOW_{role.upper()}_TOKEN",
        show_envvar=True,
        help=f"Token of the role {role}. {does} With a role token --token is an admin's.",
    )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option(
    "--db",
    default="durable-workflow.sqlite",
    show_default=True,
    metavar="FILE",
    help="Database file, or :memory: to forget everything at the end.",
)
@click.option(
    "--token",
    envvar="DURABLE_WORKFLOW_AUTH_TOKEN",
    show_envvar=True,
    help="Token that callers must show. Without one only this machine is served, and everybody on it.",
)
@_role_token("worker", "Polls and reports, and nothing else.")
@_role_token("operator", "Acts on workflows and looks at everything.")
@_role_token("admin", "Acts on workflows and on the server; not as a worker.")
@click.option(
    "--allowed-host",
    "allowed_hosts",
    multiple=True,
    metavar="NAME",
    help="A further name to answer to without a token, beside loopback names and addresses; may be repeated.",
)
@click.option(
    "--workflow-lease",
    default=300.0,
    show_default=True,
    type=_LENGTH,
    metavar="S",
    help="Seconds a workflow task belongs to its worker.",
)
@click.option(
    "--activity-lease",
    default=300.0,
    show_default=True,
    type=_LENGTH,
    metavar="S",
    help="Seconds an activity task belongs to its worker.",
)
@click.option(
    "--cancel-grace",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0),
    metavar="S",
    help="Seconds a cancelled workflow may take to end by itself; 0 ends it at once.",
)
@click.option(
    "--poll-timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0, 60),
    metavar="S",
    help="Seconds a poll without work is held.",
)
@click.option(
    "--virtual-time",
    is_flag=True,
    help="Leap over every gap in which nobody has anything to do, to the next timer, back-off or time-out.",
)
def dev(
    host: str,
    port: int,
    db: str,
    token: str | None,
    worker_token: str | None,
    operator_token: str | None,
    admin_token: str | None,
    allowed_hosts: tuple[str, ...],
    workflow_lease: float,
    activity_lease: float,
    cancel_grace: float,
    poll_timeout: float,
    virtual_time: bool,
) -> None:
    """Run the reference server until SIGINT or SIGTERM."""
    missing = [name for name in _SERVER_NEEDS if find_spec(name) is None]
    if missing:
        raise click.UsageError('The server needs an extra: pip install "durable-workflow[server]"')
    roles = {"worker": worker_token, "operator": operator_token, "admin": admin_token}
    role_tokens = {role: value for role, value in roles.items() if value is not None}
    _check_tokens([*role_tokens.values(), *([] if token is None else [token])])
    from durable_workflow.server._settings import EngineSettings
    from durable_workflow.server.runner import ServerOptions, run

    settings = EngineSettings(
        workflow_lease=workflow_lease,
        activity_lease=activity_lease,
        cancel_grace=cancel_grace,
        poll_timeout=poll_timeout,
    )
    options = ServerOptions(host, port, db, token, settings, virtual_time, role_tokens, allowed_hosts)
    raise SystemExit(run(options))


def _check_tokens(tokens: list[str]) -> None:
    if not all(tokens):
        raise click.UsageError("The token is empty; leave its option out, or give it a value.")
    if len(set(tokens)) < len(tokens):
        raise click.UsageError("Two tokens are equal; each role needs one of its own.")
