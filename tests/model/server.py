"""The server under test: the whole application on a real file and virtual time, behind the client."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import re
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from durable_workflow.server._execution import Engine, default_engine
from durable_workflow.server.app import App
from durable_workflow.server.clock import VirtualClock
from durable_workflow.server.store import Store
from durable_workflow_api import models
from durable_workflow_api.operations import OPERATIONS
from durable_workflow_api.types import Unset
from model.matching import Call, Seen
from support.asgi import call as asgi_call
from support.steady_ids import steady_ids

__all__ = ["ServerUnderTest"]

# A file there costs no flush to a disk; what a lost power supply does is not this test's matter.
_MEMORY = Path("/dev/shm")


class ServerUnderTest:
    """One server that is stopped, killed and started again on its file, with a client before it."""

    def __init__(self, rules: Engine | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None)
        self._runner = asyncio.Runner()
        self._rules = rules or default_engine()
        self._lives = 0
        # With other ids tasks would be handed out in another order, and no failure would come twice.
        self._ids = ExitStack()
        self._ids.enter_context(steady_ids())
        self.clock = VirtualClock()
        self._file = self._new_file()
        self._open()

    def ask(self, call: Call) -> Seen:
        """Make a call through the generated layer, and return what its answer parses to."""
        module = importlib.import_module(OPERATIONS[call.operation].module)
        parts = module.build_request(**_arguments(module.build_request, call))
        answered = self._run(self._send(parts))
        headers, content = answered.headers, answered.content
        parsed = module.parse_response(status_code=answered.status, headers=headers, content=content)
        assert not self._app.violations, self._app.violations
        # Plain data stays what it is on the way; models become plain data again.
        return Seen(answered.status, parsed if isinstance(parsed, dict) else parsed.to_dict())

    def tick(self) -> None:
        """Do everything that is due."""
        due: float | None = 0.0
        while due is not None and due <= self.clock.now():
            due = self._run(self._store.write(lambda tx: self._rules.tick(tx, tx.now)))

    def restart(self) -> None:
        """Stop in order, and start again on the same file."""
        self._run(self._store.close())
        self._open()

    def die(self) -> None:
        """Stop as `kill -9` does: go on with the files as they lie there, nothing finished."""
        left, self._file = self._file, self._new_file()
        for suffix in ("", "-wal"):
            if Path(f"{left}{suffix}").exists():
                shutil.copy(f"{left}{suffix}", f"{self._file}{suffix}")
        self._run(self._store.close())
        self._open()

    def close(self) -> None:
        self._run(self._store.close())
        self._ids.close()
        self._runner.close()
        self._folder.cleanup()

    def _new_file(self) -> Path:
        self._lives += 1
        return Path(self._folder.name) / f"server-{self._lives}.db"

    def _open(self) -> None:
        self._store = Store.open(str(self._file), self.clock)
        self._app = App(self._store, engine=self._rules)

    async def _send(self, parts: Any) -> Any:
        target = parts.path + (f"?{urlencode(parts.query)}" if parts.query else "")
        body = None if isinstance(parts.json, Unset) else parts.json
        return await asgi_call(self._app, parts.method, target, body, headers=parts.headers)

    def _run(self, work: Any) -> Any:
        return self._runner.run(work)


def _arguments(build: Any, call: Call) -> dict[str, Any]:
    """Return the arguments with which the generated function builds the request of a call."""
    given: dict[str, Any] = {_snake(name): value for name, value in {**call.path, **call.query}.items()}
    if call.key is not None:
        given["idempotency_key"] = call.key
    parameter = inspect.signature(build).parameters.get("body")
    if parameter is not None:
        given["body"] = getattr(models, parameter.annotation.split(" ")[0]).from_dict(dict(call.body))
    return given


def _snake(name: str) -> str:
    return re.sub("([A-Z])", r"_\1", name).lower()
