"""The reference page in a real browser that reaches no network."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from durable_workflow.testing import dev_server
from support.browser import Tab, chromium, tab
from support.imports import ROOT

PROGRAM = chromium() or ""
PAGE = ROOT / "generated/durable_workflow_api/reference.html"
# Looked at by people; git ignores the directory.
PICTURES = ROOT / "build/reference-pictures"

pytestmark = [
    pytest.mark.deep,
    pytest.mark.skipif(
        not PROGRAM, reason="NOT RUN: Chromium is missing (apt-get install chromium-headless-shell)"
    ),
]
FIRST_HIT = "document.querySelector('#hits a')?.getAttribute('href')"


def search_for(page: Tab, words: str) -> None:
    page.press("/", text="/")
    page.value("document.activeElement.select()")
    page.type(words)
    page.wait_for("document.querySelectorAll('#hits:not([hidden]) > *').length > 0")


def test_the_static_page_is_searched_without_network(tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    shutil.copyfile(PAGE, file)
    with tab(PROGRAM, tmp_path / "profile") as page:
        page.open(file.as_uri())
        page.screenshot(PICTURES / "start.png")
        search_for(page, "heartbeatActivityTask")
        page.screenshot(PICTURES / "search.png")
        assert page.value(FIRST_HIT) == "#operation/heartbeatActivityTask"
        page.press("Enter", windowsVirtualKeyCode=13, text="\r")
        page.wait_for("document.querySelector(':target')?.id === 'operation/heartbeatActivityTask'")
        page.wait_for("Math.abs(document.querySelector(':target').getBoundingClientRect().top) < 60")
        page.press("Escape")
        page.screenshot(PICTURES / "operation.png")
        assert page.value("document.querySelector(':target .in[open] > table').innerText").count(
            "lease_owner"
        )
        assert page.requested == [file.as_uri()]
        assert page.complaints == []


@pytest.mark.parametrize(
    ("words", "hit", "why"),
    [
        ("lease_owner_mismatch", "#operation/", "reason lease_owner_mismatch"),
        ("non_retryable_error_types", "#schema/", "member non_retryable_error_types"),
        ("/signal/ run newest", "#operation/signalWorkflow", ""),
        ("no such words anywhere", "", "Nothing found"),
    ],
)
def test_reasons_members_and_words_are_found(tmp_path: Path, words: str, hit: str, why: str) -> None:
    with tab(PROGRAM, tmp_path / "profile") as page:
        page.open(PAGE.as_uri())
        search_for(page, words)
        assert (page.value(FIRST_HIT) or "").startswith(hit)
        assert why in page.value("document.getElementById('hits').innerText")


def test_the_page_of_the_server_works_under_its_policy(tmp_path: Path) -> None:
    with dev_server() as url, tab(PROGRAM, tmp_path / "profile", reach="127.0.0.1") as page:
        page.open(f"{url}/docs#schema/StartWorkflowRequest")
        page.wait_for("Math.abs(document.querySelector(':target').getBoundingClientRect().top) < 60")
        search_for(page, "StartTimerCommand")
        assert page.value(FIRST_HIT) == "#schema/StartTimerCommand"
        assert page.value("new URL(document.querySelector('main a').href).pathname") == "/openapi.yaml"
        assert {asked.partition("#")[0] for asked in page.requested} == {f"{url}/docs"}
        assert page.complaints == []


def test_a_deep_link_with_a_slash_at_the_end_of_the_path_arrives(tmp_path: Path) -> None:
    with dev_server() as url, tab(PROGRAM, tmp_path / "profile", reach="127.0.0.1") as page:
        page.open(
            f"{url}/docs/#schema/StartWorkflowRequest", arriving_at=f"{url}/docs#schema/StartWorkflowRequest"
        )
        assert page.value("document.querySelector(':target h3 a').innerText") == "StartWorkflowRequest"


def test_the_page_is_readable_on_a_telephone(tmp_path: Path) -> None:
    with tab(PROGRAM, tmp_path / "profile", width=390, height=844) as page:
        page.open(PAGE.as_uri() + "#operation/startWorkflow")
        page.wait_for("Math.abs(document.querySelector(':target').getBoundingClientRect().top) < 60")
        page.value("new Promise(done => setTimeout(done, 300))")
        assert page.value("Math.abs(document.querySelector(':target').getBoundingClientRect().top) < 60")
        page.screenshot(PICTURES / "telephone.png")
        assert page.value("document.documentElement.scrollWidth") <= 390
