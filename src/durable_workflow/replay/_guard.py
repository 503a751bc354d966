"""Noticing workflow code that depends on clocks, chance, the environment, threads, or input and output.

While code of a workflow runs, the profiling hook of its thread tells of every call, whichever way a name was
imported; no module is patched or loaded anew.
"""

from __future__ import annotations

import gc
import logging
import sys
import sysconfig
from collections.abc import Callable
from types import FrameType
from typing import Any, Literal, TypeAlias

from durable_workflow.errors import NonDeterministicCode
from durable_workflow.replay._guard_table import BUILTINS, HARMLESS, NAMES, PYTHON
from durable_workflow.replay._places import OWN_CODE, place

GuardMode: TypeAlias = Literal["off", "warn", "raise"]
"""What to do about workflow code that no replay can repeat."""

# Watching costs time with every call, so in production only a sample of the runs is watched.
_FIRST_RUNS = 20
_THEN_ONE_IN = 100
_RESUMES_OF_A_RUN = 500

_LOG = logging.getLogger("durable_workflow.workflow")
_INSTALLED = tuple({sysconfig.get_path(name) for name in ("purelib", "platlib")})
_STANDARD = ("<frozen ", *{sysconfig.get_path(name) for name in ("stdlib", "platstdlib")})
_runs_by_type: dict[str, int] = {}
_told: set[tuple[str, int, str]] = set()


class Guard:
    """Watches the code of one run.

    Args:
        mode: `raise` raises at the call and fails the task; `warn` logs each place once in this process.
        workflow_type: Type of the workflow.
        refuse: Fails the task, whatever the code does about the error.
    """

    def __init__(
        self, mode: GuardMode, workflow_type: str, refuse: Callable[[NonDeterministicCode], None]
    ) -> None:
        self._mode = mode
        self._workflow_type = workflow_type
        self._refuse = refuse
        self._left = _watched_resumes(mode, workflow_type)
        self.idle = self._left == 0
        """Whether there is nothing to do."""
        self._watching = False

    def enter(self) -> None:
        """Begin to watch: code of the workflow runs next."""
        # Another profiler has the hook for a reason.
        if self._left > 0 and sys.getprofile() is None:
            self._left -= 1
            self._watching = True
            sys.setprofile(self._notice)

    def leave(self) -> None:
        """Stop watching: it waits or has ended."""
        if self._watching:
            self._watching = False
            sys.setprofile(None)

    def _notice(self, frame: FrameType, event: str, function: Any) -> None:
        if event == "c_call":
            remedy = BUILTINS.get(function)
        elif event == "call":
            remedy = PYTHON.get(frame.f_code)
        else:
            return
        if remedy is not None:
            self._judge(frame, function if event == "c_call" else None, remedy)

    def _judge(self, frame: FrameType, function: Any, remedy: str) -> None:
        found = _caller(frame, function)
        if found is None:
            return
        site, what = found
        where = place(site)
        error = NonDeterministicCode(
            f"Workflow {self._workflow_type!r} calls {what} ({where}), whose outcome no replay can repeat: "
            f"{remedy}.",
            what=what,
            where=where,
        )
        if self._mode == "raise":
            self._refuse(error)
            raise error
        key = (site.f_code.co_filename, site.f_lineno, what)
        if key not in _told:
            _told.add(key)
            _LOG.warning("%s", error)


def _watched_resumes(mode: GuardMode, workflow_type: str) -> float:
    if mode == "off":
        return 0
    if mode == "raise":
        return float("inf")
    runs = _runs_by_type[workflow_type] = _runs_by_type.get(workflow_type, 0) + 1
    return _RESUMES_OF_A_RUN if runs <= _FIRST_RUNS or runs % _THEN_ONE_IN == 0 else 0


def _caller(frame: FrameType, function: Any) -> tuple[FrameType, str] | None:
    """Find who is to blame: the innermost frame of the project, else the outermost of an installed package.

    Args:
        frame: The frame in which a C function is called, or that of a Python function.
        function: The C function, if it is one.

    Returns:
        Frame, and name of what it called; None if nothing of it reaches the workflow's decisions.
    """
    called = _name_of(function) if function is not None else ""
    installed: tuple[FrameType, str] | None = None
    here: FrameType | None = frame
    while here is not None:
        module, file = str(here.f_globals.get("__name__")), here.f_code.co_filename
        if module in HARMLESS or _is_of_the_collector(here):
            return None
        if module.startswith(OWN_CODE[0]):
            return installed
        if file.startswith(_INSTALLED):
            installed = here, called
        elif not file.startswith(_STANDARD):
            return here, called
        called = NAMES.get(f"{module}.{here.f_code.co_qualname}", f"{module}.{here.f_code.co_name}")
        here = here.f_back
    return installed


def _is_of_the_collector(frame: FrameType) -> bool:
    """Whether garbage collection runs this code: that may happen between any two lines, whoever wrote it."""
    if frame.f_code.co_name == "__del__":
        return True
    return any(frame.f_code is getattr(callback, "__code__", None) for callback in gc.callbacks)


def _name_of(function: Any) -> str:
    owner = function.__self__
    if isinstance(owner, type):
        return f"{owner.__module__}.{owner.__qualname__}.{function.__name__}"
    module = getattr(function, "__module__", None) or type(owner).__module__
    names = {"posix": "os", "nt": "os", "io": "", "_io": "", "_thread": "threading"}
    module = names.get(module, module)
    return f"{module}.{function.__name__}" if module else str(function.__name__)
