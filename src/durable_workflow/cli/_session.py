"""One run of a command that calls a server: its settings, its client, its output."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from durable_workflow.cli._failures import ExitCode, explain
from durable_workflow.cli._logs import told
from durable_workflow.cli._options import EPILOG, connection_options, given
from durable_workflow.cli._output import Output
from durable_workflow.cli._payloads import Payloads, payload_settings, redactor_of
from durable_workflow.cli._settings import Settings, SettingsError, resolve
from durable_workflow.errors import DurableWorkflowError

if TYPE_CHECKING:
    from durable_workflow.sync import Client

__all__ = ["Session", "command", "open_client", "settings_of"]


class Session:
    """What a command works with.

    Args:
        settings: The settings of this run.
        client: A client with these settings.
        output: Where to write.
        payloads: How payloads are read and shown.
    """

    def __init__(self, settings: Settings, client: Client, output: Output, payloads: Payloads) -> None:
        self.settings = settings
        self.client = client
        self.output = output
        self.payloads = payloads
        self.answer = output.answer

    def end(self, code: ExitCode) -> None:
        """End the command with an exit code.

        Raises:
            click.exceptions.Exit: Always, unless the code says that all is done.
        """
        if code is not ExitCode.DONE:
            raise click.exceptions.Exit(int(code))


def settings_of(context: click.Context) -> Settings:
    """Return the settings of this run.

    Raises:
        click.UsageError: One of them cannot be used.
    """
    try:
        return resolve(given(context), os.environ)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error


def open_client(settings: Settings) -> Client:
    """Return a client with these settings; nothing is sent yet.

    Raises:
        InvalidArgument: A setting is not acceptable.
    """
    from durable_workflow.sync import Client

    cert, key = settings.get("cert_file"), settings.get("key_file")
    return Client(
        settings.get("server_url"),
        token=settings.get("token"),
        worker_token=settings.get("worker_token"),
        namespace=settings.get("namespace"),
        timeout=settings.get("timeout_seconds"),
        verify=(settings.get("ca_file") or True) if settings.get("tls_verify") else False,
        cert=(cert, key) if cert and key else cert,
        payloads=payload_settings(settings),
        redactor=redactor_of(settings),
    )


@contextmanager
def _session(context: click.Context) -> Iterator[Session]:
    chosen = given(context)
    output = Output(bool(chosen.get("as_json")), chosen.get("color", "auto"))
    settings = settings_of(context)
    payloads = Payloads.of(settings)
    try:
        with told(output, verbose=bool(chosen.get("verbose"))), open_client(settings) as client:
            yield Session(settings, client, output, payloads)
    except DurableWorkflowError as error:
        explanation = explain(error, settings)
        output.failure(explanation)
        raise click.exceptions.Exit(int(explanation.exit_code)) from error
    except KeyboardInterrupt as interrupt:
        output.note("interrupted; what was started goes on")
        raise click.exceptions.Exit(int(ExitCode.INTERRUPTED)) from interrupt


def command(group: click.Group, name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Return a decorator that makes a function a command whose first argument is a `Session`.

    Args:
        group: The group that gets the command.
        name: Its name.
    """

    def make(function: Callable[..., None]) -> click.Command:
        @functools.wraps(function)
        def run(**arguments: Any) -> None:
            with _session(click.get_current_context()) as session:
                function(session, **arguments)

        with_options = connection_options(hidden=True)(run)
        return group.command(name, epilog=EPILOG)(with_options)

    return make
