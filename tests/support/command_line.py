"""The command line in the test's own process, and what it talks to."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import jsonschema_rs
from click.testing import CliRunner

from durable_workflow import Client, Worker
from durable_workflow.cli._commands import group
from durable_workflow.cli._failures import ExitCode
from durable_workflow.cli._schemas import schema_of
from support.replaying import Replaying

USAGE = ExitCode.USAGE
NO_FILE = "/nowhere/config.toml"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.err)["error"]
        return found


def run(
    *arguments: str, url: str | None = None, env: Mapping[str, str | None] | None = None, given: str = ""
) -> Done:
    """Run a command with no settings but these."""
    bare = dict.fromkeys(
        ("DW_ENV", "DURABLE_WORKFLOW_AUTH_TOKEN", "DURABLE_WORKFLOW_NAMESPACE", "NO_COLOR", "COLUMNS")
    )
    settings = {**bare, "DURABLE_WORKFLOW_CONFIG": NO_FILE, "DURABLE_WORKFLOW_SERVER_URL": url, **(env or {})}
    result = CliRunner(env=settings).invoke(group, arguments, input=given, prog_name="durable-workflow")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    done = Done(result.exit_code, result.stdout, result.stderr)
    if "--json" in arguments and done.code != USAGE:
        _check_json(arguments, done)
    return done


def _check_json(arguments: tuple[str, ...], done: Done) -> None:
    """Whatever a test asks for as JSON fits its published schema."""
    validator("error" if done.err else " ".join(words(arguments))).validate(
        json.loads(done.err or done.out)
        if "--follow" not in arguments
        else json.loads(done.out.split("\n")[0])
    )


@functools.cache
def validator(name: str) -> Any:
    return jsonschema_rs.validator_for(schema_of(name), validate_formats=True)


def words(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a command line that name its command."""
    return max((path for path in leaves() if path == tuple(arguments[: len(path)])), key=len, default=())


def leaves(command: Any = group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Go through the paths of all commands that do something."""
    if not hasattr(command, "commands"):
        yield path
        return
    for name, child in command.commands.items():
        yield from leaves(child, (*path, name))


@contextlib.contextmanager
def working(
    url: str,
    queue: str,
    *,
    workflows: Iterable[type],
    activities: Iterable[Callable[..., Any]] = (),
    **client_options: Any,
) -> Iterator[None]:
    """Run a worker in a thread of its own."""
    loop = asyncio.new_event_loop()
    stop: list[Callable[[], None]] = []
    ready = threading.Event()

    async def work() -> None:
        async with Client(url, **client_options) as client:
            worker = Worker(client, task_queue=queue, workflows=workflows, activities=activities)
            task = asyncio.ensure_future(worker.run())
            stop.append(lambda: asyncio.ensure_future(worker.stop()) and None)
            ready.set()
            await task

    def serve() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(work())
        loop.close()

    thread = threading.Thread(target=serve, name="worker-of-the-test")
    thread.start()
    try:
        assert ready.wait(10)
        yield
    finally:
        loop.call_soon_threadsafe(stop[0])
        thread.join(30)
        assert not thread.is_alive()


@contextlib.contextmanager
def served_recordings(fake: Replaying) -> Iterator[str]:
    """Serve recorded answers over real sockets and yield the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = httpx.Request(self.command, f"http://fake{self.path}", content=body)
            try:
                answer = fake.answer(request)
            except AssertionError as error:
                answer = httpx.Response(418, json={"message": str(error)})
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name != "content-length":
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    for method in ("GET", "POST", "PUT", "DELETE"):
        setattr(Handler, f"do_{method}", Handler._answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
