"""What workflow code must not call, and what it should do instead."""

from __future__ import annotations

import _thread
import datetime
import io
import os
import random
import socket
import subprocess
import threading
import time
from types import CodeType
from typing import Any

_CLOCK = "ctx.now() is the workflow's time"
_CHANCE = "ctx.random(), ctx.uuid4() and ctx.uuid7() give the same values on every replay"
_ENVIRONMENT = "read it in ctx.side_effect(lambda: ...), or give it as a start argument"
_IO = "input and output belong in an activity, or in ctx.side_effect if they cannot fail"
_SLEEP = "ctx.sleep(seconds) sleeps durably"
_THREADS = "threads and processes belong in an activity"

# Methods of the one hidden generator behind the functions of `random`.
_SHARED: Any = random._inst


def _remedies(remedy: str, *functions: Any) -> dict[Any, str]:
    return dict.fromkeys(functions, remedy)


BUILTINS: dict[Any, str] = {
    **_remedies(
        _CLOCK,
        time.time,
        time.time_ns,
        time.monotonic,
        time.monotonic_ns,
        time.perf_counter,
        time.perf_counter_ns,
        time.process_time,
        datetime.datetime.now,
        datetime.datetime.utcnow,
        datetime.datetime.today,
        datetime.date.today,
    ),
    **_remedies(_CHANCE, _SHARED.random, _SHARED.getrandbits, os.urandom),
    **_remedies(_SLEEP, time.sleep),
    **_remedies(_THREADS, _thread.start_new_thread, os.fork, os.system),
    **_remedies(_IO, io.open, os.open, os.stat, os.listdir, os.scandir, os.mkdir, os.remove, os.rename),
}
"""Remedy by C function; equal for every way in which a name was imported."""

PYTHON: dict[CodeType, str] = {
    type(os.environ).__getitem__.__code__: _ENVIRONMENT,
    type(os.environ).__iter__.__code__: _ENVIRONMENT,
    socket.socket.__init__.__code__: _IO,
    socket.getaddrinfo.__code__: _IO,
    subprocess.Popen.__init__.__code__: _THREADS,
    threading.Thread.start.__code__: _THREADS,
}
"""Remedy by the code of a Python function."""

HARMLESS = frozenset(
    {
        "importlib._bootstrap",
        "importlib._bootstrap_external",
        "inspect",
        "linecache",
        "logging",
        "traceback",
        "warnings",
        "weakref",
        "zipimport",
        "zoneinfo",
        "zoneinfo._common",
        "zoneinfo._tzpath",
    }
)
"""Modules below which a clock or a file may be read: nothing of it reaches the workflow's decisions.

Below `weakref` is what runs when objects are gone.
"""

NAMES = {
    "collections.abc.Mapping.get": "os.environ",
    "os._Environ.__getitem__": "os.environ",
    "os._Environ.__iter__": "os.environ",
    "socket.socket.__init__": "socket.socket",
    "subprocess.Popen.__init__": "subprocess.Popen",
    "threading.Thread.start": "threading.Thread.start",
}
"""Names as authors know them, of functions that are called by others."""
