"""The reference page as the server hands it out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urljoin

import pytest

from durable_workflow.server.app import App, Credentials
from durable_workflow.server.clock import SystemClock
from durable_workflow.server.store import Store
from durable_workflow_api.spec import spec_path
from support.asgi import call


@pytest.fixture
async def app() -> AsyncIterator[App]:
    store = Store.open(":memory:", SystemClock())
    yield App(store, credentials=Credentials("secret"))
    await store.close()


async def test_the_page_is_served_to_everybody(app: App) -> None:
    page = await call(app, "GET", "/docs")
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.content == spec_path().with_name("reference.html").read_bytes()
    assert (await call(app, "HEAD", "/docs")).content == b""


async def test_the_browser_is_told_to_load_nothing(app: App) -> None:
    policy = (await call(app, "GET", "/docs")).headers["content-security-policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert "frame-ancestors 'none'" in policy
    script = next(rule for rule in policy if rule.startswith("script-src"))
    assert script.startswith("script-src 'sha256-")
    assert "unsafe" not in " ".join(policy)
    assert "http" not in " ".join(policy)


async def test_a_trailing_slash_leads_to_the_page(app: App) -> None:
    moved = await call(app, "GET", "/docs/")
    assert moved.status == 307
    assert urljoin("http://host/prefix/docs/", moved.headers["location"]) == "http://host/prefix/docs"


@pytest.mark.parametrize(("method", "path"), [("POST", "/docs"), ("GET", "/docs/other")])
async def test_there_is_nothing_else(app: App, method: str, path: str) -> None:
    assert (await call(app, method, path)).status == 404
