"""Options that every command which calls a server has, before or behind its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from durable_workflow.cli._settings import ENVIRONMENT

__all__ = ["EPILOG", "connection_options", "given"]

EPILOG = "The connection and output options of `durable-workflow --help` may stand here, too."
_KEY = "durable_workflow.cli.given"
F = TypeVar("F", bound=Callable[..., Any])


def given(context: click.Context) -> Mapping[str, Any]:
    """Return what the options of the command line set so far."""
    found: Mapping[str, Any] = context.meta.get(_KEY, {})
    return found


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value is not None and parameter.name is not None:
        context.meta.setdefault(_KEY, {})[parameter.name] = value


def _profile_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    import os

    from durable_workflow.cli._profiles import names

    return [name for name in names(given(context).get("config"), os.environ) if name.startswith(incomplete)]


def _option(*names: str, hidden: bool, text: str, variable: str | None = None, **more: Any) -> Any:
    told = f"{text}  [env: {variable}]" if variable else text
    # Never click's own `envvar`: the order is all arguments, then environment, then profile.
    return click.option(
        *names, default=None, expose_value=False, callback=_remember, hidden=hidden, help=told, **more
    )


def _options(hidden: bool) -> list[Any]:
    text = {"metavar": "TEXT"}
    file = {"metavar": "FILE"}

    def env(*names: str, name: str, text: str, **more: Any) -> Any:
        return _option(*names, hidden=hidden, text=text, variable=ENVIRONMENT[name], **more)

    return [
        env(
            "--server-url",
            name="server_url",
            text="Address of the server; default is http://127.0.0.1:8080.",
            metavar="URL",
        ),
        env("--namespace", "-n", name="namespace", text="Namespace to work in.", **text),
        _option(
            "--profile",
            hidden=hidden,
            text="Profile of the profile file to use.",
            variable="DW_ENV",
            shell_complete=_profile_names,
            **text,
        ),
        _option(
            "--config",
            hidden=hidden,
            text="The profile file; default is ~/.config/durable-workflow/config.toml.",
            variable="DURABLE_WORKFLOW_CONFIG",
            **file,
        ),
        env(
            "--token",
            name="token",
            text="Token to show; other users of this machine may see it here.",
            **text,
        ),
        _option("--token-file", hidden=hidden, text="File that holds the token.", **file),
        env("--worker-token", name="worker_token", text="Token for operations of workers (`raw`).", **text),
        _option("--worker-token-file", hidden=hidden, text="File that holds the worker token.", **file),
        env("--ca-file", name="ca_file", text="Certificate authorities to trust.", **file),
        env("--cert-file", name="cert_file", text="Certificate to show to the server.", **file),
        env("--key-file", name="key_file", text="Key of the certificate.", **file),
        env(
            "--tls-verify/--no-tls-verify",
            name="tls_verify",
            text="Whether the server must prove who it is.",
        ),
        env(
            "--timeout",
            "timeout_seconds",
            name="timeout_seconds",
            text="Seconds for one call.",
            type=click.FloatRange(min=0, min_open=True),
            metavar="S",
        ),
        _option(
            "--payload-keys-file",
            hidden=hidden,
            text="File with the keys of encrypted payloads: ID=BASE64, the last one to write with.",
            variable="DURABLE_WORKFLOW_PAYLOAD_KEYS (the keys)",
            **file,
        ),
        _option(
            "--color",
            hidden=hidden,
            text="Tables with colours: auto (on a terminal), always, never.",
            type=click.Choice(["auto", "always", "never"]),
        ),
        _option("--verbose", "-v", hidden=hidden, text="Tell of every request that is made.", is_flag=True),
        _option("--json", "as_json", hidden=False, text="Write JSON, for programs.", is_flag=True),
    ]


def connection_options(*, hidden: bool) -> Callable[[F], F]:
    """Return a decorator that adds the options.

    Args:
        hidden: Leave most of them out of the help text.
    """

    def add(function: F) -> F:
        for option in reversed(_options(hidden)):
            function = option(function)
        return function

    return add
