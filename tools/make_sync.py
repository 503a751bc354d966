"""Makes the synchronous twin of the client: `client/` in, `_sync/` out.

The asynchronous client is the source. `unasync` takes `async` and `await` away and renames what stands
in `NAMES`; docstrings and comments, which it leaves alone, go through `WORDS`. What has no synchronous
meaning is refused here instead of being found by a user.
"""

from __future__ import annotations

import ast
import io
import re
import tempfile
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tools.client_package import format_python

__all__ = ["NAMES", "WORDS", "TwinError", "make_twin"]

HEADER = "# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.\n"

# Names of the asynchronous side and what stands for them in the twin, beyond what unasync knows itself.
NAMES = {
    "AsyncTransport": "SyncTransport",
    "AsyncExitStack": "ExitStack",
    "AsyncContextManager": "ContextManager",
    "AbstractAsyncContextManager": "AbstractContextManager",
    "AsyncClient": "Client",
    "AsyncBaseTransport": "BaseTransport",
    "AsyncHTTPTransport": "HTTPTransport",
    "aclose": "close",
    "aiter": "iter",
    "anext": "next",
}

# Applied to docstrings and comments, in this order.
WORDS = (
    (r"\basync with\b", "with"),
    (r"\basync for\b", "for"),
    (r"\basync def\b", "def"),
    (r"\bawait ", ""),
    (r"\b([Aa])n (Async[A-Z])", r"\1 \2"),
    (r"\b([Aa])n asynchronous\b", r"\1 synchronous"),
    (r"\basynchronous\b", "synchronous"),
    (r"\bAsynchronous\b", "Synchronous"),
    (r"\baclose\b", "close"),
    (r"\ban ASGI\b", "a WSGI"),
    (r"\btasks and threads\b", "threads"),
    (r"\bdurable_workflow\.client\b", "durable_workflow.sync"),
)

_IMPORTED_CLIENT = re.compile(r"^(\s*(?:from|import) durable_workflow)\.client\b", re.MULTILINE)
_CONVERTED = re.compile(
    "|".join([*NAMES, "Async[A-Z].*", "__a[a-z]+__", "StopAsyncIteration", "asynccontextmanager"])
)
_LEFTOVERS = frozenset({"Awaitable", "Coroutine", "anyio", "async", "asyncio", "await"})


class TwinError(Exception):
    """The client contains something that has no synchronous twin; the message says where."""


def make_twin(client: Path, twin: Path) -> None:
    """Write the twin of every module of the client.

    Args:
        client: The package to read; a directory without modules has no twin.
        twin: The directory to write.

    Raises:
        TwinError: A module uses something that cannot be converted; all such places are listed.
    """
    sources = sorted(client.rglob("*.py"))
    problems = [problem for source in sources for problem in _refused(source, client)]
    if problems:
        raise TwinError("\n".join(problems))
    if not sources:
        return
    _convert(client, sources, twin)
    format_python(twin)
    for file in sorted(twin.rglob("*.py")):
        file.write_text(HEADER + file.read_text(encoding="utf-8"), encoding="utf-8")
    problems = [problem for file in sorted(twin.rglob("*.py")) for problem in _left(file, twin)]
    if problems:
        raise TwinError("\n".join(problems))


def _refused(source: Path, client: Path) -> Iterator[str]:
    tree = ast.parse(source.read_text(encoding="utf-8"), str(source))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and any(_is_converted(part) for part in ast.walk(node)):
            yield (
                f"{client.name}/{source.relative_to(client)}:{node.lineno}: "
                "await or an asynchronous name inside an f-string: "
                "assign the value to a name first (converting it depends on the version of Python)"
            )


def _is_converted(node: ast.AST) -> bool:
    name = getattr(node, "id", None) or getattr(node, "attr", None)
    return isinstance(node, ast.Await) or (isinstance(name, str) and bool(_CONVERTED.fullmatch(name)))


def _convert(client: Path, sources: list[Path], twin: Path) -> None:
    import unasync  # it needs setuptools, which nothing else here should load

    with tempfile.TemporaryDirectory(prefix="twin-") as directory:
        before, after = Path(directory) / "source", Path(directory) / "result"
        copies = [before / source.relative_to(client) for source in sources]
        for source, copy in zip(sources, copies, strict=True):
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
        rule = unasync.Rule(f"{before}/", f"{after}/", additional_replacements=NAMES)
        unasync.unasync_files([str(copy) for copy in copies], [rule])
        for source in sources:
            target = twin / source.relative_to(client)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = (after / source.relative_to(client)).read_text(encoding="utf-8")
            target.write_text(convert_prose(_IMPORTED_CLIENT.sub(r"\1._sync", text)), encoding="utf-8")


def convert_prose(text: str) -> str:
    """Apply `WORDS` and `NAMES` to the docstrings and comments of a module.

    Args:
        text: The source of the module, already without `async` and `await`.
    """
    lines = text.splitlines(keepends=True)
    for first, last in _docstrings(text):
        for number in range(first - 1, last):
            lines[number] = _reword(lines[number])
    for row, column in _comments(text):
        lines[row - 1] = lines[row - 1][:column] + _reword(lines[row - 1][column:])
    return "".join(lines)


def _reword(prose: str) -> str:
    for pattern, replacement in WORDS:
        prose = re.sub(pattern, replacement, prose)
    for name, replacement in NAMES.items():
        prose = re.sub(rf"\b{name}\b", replacement, prose)
    return prose


def _docstrings(text: str) -> Iterator[tuple[int, int]]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) or not node.body:
            continue
        first = node.body[0]
        if (
            isinstance(first, ast.Expr)
            and isinstance(first.value, ast.Constant)
            and isinstance(first.value.value, str)
        ):
            yield first.lineno, first.end_lineno or first.lineno


def _comments(text: str) -> Iterator[tuple[int, int]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start


def _left(file: Path, twin: Path) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(file.read_text(encoding="utf-8")).readline):
        if token.type == tokenize.NAME and (
            token.string in _LEFTOVERS or re.match(r"Async[A-Z]", token.string)
        ):
            yield (
                f"{twin.name}/{file.relative_to(twin)}:{token.start[0]}: "
                f"{token.string} has no synchronous meaning: keep it out of the client "
                "(transport owns waiting), or give its twin in tools/make_sync.py"
            )
