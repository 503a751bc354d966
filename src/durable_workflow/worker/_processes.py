"""Processes for activities that compute for long.

Each process does one call at a time, and talks with the worker meanwhile: heartbeats and questions come in,
answers go out. A process that dies takes only its own call along.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeAlias

from durable_workflow.errors import DurableWorkflowError
from durable_workflow.worker._failures import Reported
from durable_workflow.worker._process_child import Ask, Call, Done, Failed, serve

__all__ = ["Processes"]

Answer: TypeAlias = Callable[[Ask], object]


class Processes:
    """A bounded number of processes, started when they are needed and used again.

    Args:
        most: how many.
    """

    def __init__(self, most: int) -> None:
        self._free = threading.Semaphore(most)
        self._lock = threading.Lock()
        self._idle: list[tuple[BaseProcess, Connection]] = []
        self._all: set[BaseProcess] = set()
        self._closed = False

    def run(self, call: Call, answer: Answer) -> Any:
        """Make a call in a process, and wait in this thread for its end.

        Args:
            call: the call.
            answer: answers what the process asks meanwhile; what it raises is raised there.

        Raises:
            Reported: the function raised.
            DurableWorkflowError: the process died, or the call cannot be sent to it.
        """
        with self._free:
            process, connection = self._take()
            try:
                ended = _converse(connection, call, answer)
            except (EOFError, OSError):
                self._drop(process, connection)
                raise DurableWorkflowError(
                    f"the process that ran activity {call.info.activity_type!r} ended (exit code "
                    f"{process.exitcode}) before the activity did"
                ) from None
            self._give_back(process, connection)
        if isinstance(ended, Failed):
            raise Reported(ended.failure)
        return ended.value

    def close(self) -> None:
        """End all processes, also those that are in a call."""
        with self._lock:
            self._closed = True
            ending, self._idle = list(self._all), []
        for process in ending:
            process.terminate()
        for process in ending:
            process.join(1.0)

    def _take(self) -> tuple[BaseProcess, Connection]:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if self._closed:
                raise DurableWorkflowError("the worker has stopped")
            # Not forked: a copy of this process would hold its locks and sockets.
            context = multiprocessing.get_context("spawn")
            # On Windows the two are of another class, with the same methods.
            ends: tuple[Any, Any] = context.Pipe()
            ours, theirs = ends
            process = context.Process(
                target=serve, args=(theirs,), daemon=True, name="durable-workflow-activity"
            )
            process.start()
            theirs.close()
            self._all.add(process)
            return process, ours

    def _give_back(self, process: BaseProcess, connection: Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append((process, connection))

    def _drop(self, process: BaseProcess, connection: Connection) -> None:
        connection.close()
        process.terminate()
        process.join(1.0)
        with self._lock:
            self._all.discard(process)


def _converse(connection: Connection, call: Call, answer: Answer) -> Done | Failed:
    _send(connection, call)
    while True:
        said = connection.recv()
        if isinstance(said, Done | Failed):
            return said
        try:
            connection.send((answer(said), None))
        except (EOFError, OSError):
            raise
        except BaseException as error:
            connection.send((None, error))


def _send(connection: Connection, call: Call) -> None:
    try:
        connection.send(call)
    except OSError:
        raise
    except Exception as error:
        raise DurableWorkflowError(
            f"activity {call.info.activity_type!r} cannot run in a process: {error}. Its function must be "
            "found by module and name, and its arguments must be picklable."
        ) from error
