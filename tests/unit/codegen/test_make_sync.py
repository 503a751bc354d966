from __future__ import annotations

from pathlib import Path

import pytest
from tools.make_sync import HEADER, TwinError, make_twin

SOURCE = '''\
"""The asynchronous client; `await client.aclose()` ends it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Self

from ..transport import AsyncTransport
from durable_workflow.client._pages import pages


class Client:
    """Use it with `async with`; see `durable_workflow.client`."""

    def __init__(self, transport: "AsyncTransport", client: str = "client") -> None:
        self.transport = transport  # an AsyncTransport
        self.client = client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections.

        Example:
            await client.aclose()
        """
        await self.transport.aclose()

    async def every(self) -> AsyncIterator[int]:
        async for page in pages(self):
            for entry in [value async for value in page]:
                yield entry

    @contextlib.asynccontextmanager
    async def held(self) -> AsyncIterator[str]:
        answer = await self.transport.call("async")
        yield f"kept: {answer}"
'''


def twin_of(tmp_path: Path, **modules: str) -> Path:
    client = tmp_path / "client"
    client.mkdir()
    for name, text in modules.items():
        (client / f"{name}.py").write_text(text, encoding="utf-8")
    make_twin(client, tmp_path / "_sync")
    return tmp_path / "_sync"


def test_code_docstrings_and_comments_are_synchronous(tmp_path: Path) -> None:
    text = (twin_of(tmp_path, _client=SOURCE) / "_client.py").read_text()
    assert text.startswith(HEADER)
    assert '"""The synchronous client; `client.close()` ends it."""' in text
    assert "Use it with `with`; see `durable_workflow.sync`." in text
    assert "    def __enter__(self) -> Self:" in text
    assert "    def __exit__(self, *error: object) -> None:\n        self.close()" in text
    assert "from ..transport import SyncTransport" in text
    assert "from durable_workflow._sync._pages import pages" in text
    assert "# a SyncTransport" in text
    assert "def every(self) -> Iterator[int]:" in text
    assert "for entry in [value for value in page]:" in text
    assert "@contextlib.contextmanager" in text
    assert "from collections.abc import Iterator" in text
    compile(text, "_client.py", "exec")


def test_names_and_strings_of_the_client_are_left_alone(tmp_path: Path) -> None:
    text = (twin_of(tmp_path, _client=SOURCE) / "_client.py").read_text()
    assert 'client: str = "client"' in text
    assert "self.client = client" in text
    assert 'self.transport.call("async")' in text


def test_the_same_source_gives_the_same_twin(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = (twin_of(tmp_path / name, _client=SOURCE) for name in ("a", "b"))
    assert (first / "_client.py").read_bytes() == (second / "_client.py").read_bytes()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            'async def f(x):\n    return f"a {await x}"\n',
            r"client/bad.py:2: await or an asynchronous name inside",
        ),
        ('def f(x):\n    return f"{x.aclose}"\n', r"client/bad.py:2: await or an asynchronous name inside"),
        (
            "import asyncio\nasync def f():\n    await asyncio.sleep(1)\n",
            r"_sync/bad.py:\d+: asyncio has no synchronous",
        ),
        (
            "from collections.abc import Awaitable\nx: Awaitable[int]\n",
            "Awaitable has no synchronous meaning",
        ),
    ],
)
def test_what_has_no_synchronous_meaning_is_refused(tmp_path: Path, source: str, message: str) -> None:
    with pytest.raises(TwinError, match=message):
        twin_of(tmp_path, bad=source)


def test_a_directory_without_modules_has_no_twin(tmp_path: Path) -> None:
    assert not twin_of(tmp_path).exists()
