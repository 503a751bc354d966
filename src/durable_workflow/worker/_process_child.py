"""The inside of a process that runs activities."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Literal

from durable_workflow import activity
from durable_workflow.activity import ActivityContext, ActivityInfo
from durable_workflow.worker._failures import Failure, describe

__all__ = ["Ask", "Call", "Done", "Failed", "serve"]


@dataclass(frozen=True, slots=True)
class Call:
    """What a process is to do.

    Args:
        fn: the function.
        arguments: its arguments.
        info: facts of the attempt.
    """

    fn: Callable[..., Any]
    arguments: Sequence[Any]
    info: ActivityInfo


@dataclass(frozen=True, slots=True)
class Ask:
    """What a process wants to know while it works.

    Args:
        what: a heartbeat, or the question whether the attempt should stop.
        details: details of the heartbeat.
    """

    what: Literal["heartbeat", "cancelled"]
    details: Any = None


@dataclass(frozen=True, slots=True)
class Done:
    """The function's result."""

    value: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """The function's exception, described: not every exception can be pickled."""

    failure: Failure


def serve(connection: Connection) -> None:
    """Make one call after the other until the worker is gone.

    Args:
        connection: the way to the worker.
    """
    # Ctrl-C reaches the whole group of processes; when to end is the worker's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            call = connection.recv()
        except EOFError:
            return
        except Exception as error:
            connection.send(Failed(describe(error)))
            continue
        _answer(connection, _outcome(call, connection))


def _answer(connection: Connection, outcome: Done | Failed) -> None:
    try:
        connection.send(outcome)
    except OSError:
        raise
    except Exception as error:
        connection.send(Failed(describe(error)))


def _outcome(call: Call, connection: Connection) -> Done | Failed:
    try:
        with activity.bind(_Context(call.info, connection)):
            return Done(call.fn(*call.arguments))
    except BaseException as error:
        return Failed(describe(error))


class _Context(ActivityContext):
    """The context of an activity in a process: it asks the worker."""

    def __init__(self, info: ActivityInfo, connection: Connection) -> None:
        async def beat(details: Any) -> None:
            self.heartbeat_sync(details)

        super().__init__(info, beat, self._beat)
        self._connection = connection
        self._one_at_a_time = threading.Lock()

    @property
    def is_cancelled(self) -> bool:
        """Whether the activity was asked to stop."""
        return bool(self._ask(Ask("cancelled")))

    def _beat(self, details: Any) -> None:
        self._ask(Ask("heartbeat", details))

    def _ask(self, question: Ask) -> Any:
        with self._one_at_a_time:
            self._connection.send(question)
            value, error = self._connection.recv()
        if error is not None:
            raise error
        return value
