"""Histories of runs."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from durable_workflow_api.api.workflows import export_workflow_history, get_workflow_history

from .._client_common import checks
from .._client_common.outcomes import closes, last_closing
from .._client_common.shapes import with_events
from .._client_common.tokens import token_behind
from ..errors import CallTimeout, ResultTimeout
from ._reads import WorkflowReads

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["HistoryCalls"]

_HISTORY_PAGE = 1000
# One held page; how long the server holds it is the server's own setting, 30 seconds by default.
_HOLD_PATIENCE = 65.0


class HistoryCalls(WorkflowReads):
    """Calls of the control plane that read histories."""

    async def get_history(self, workflow_id: str, run_id: str) -> dict[str, Any]:
        """Fetch the whole history of one run.

        Operation `getWorkflowHistory`, as many pages as there are.

        Args:
            workflow_id: id of the workflow.
            run_id: the run.

        Returns:
            Plain JSON with `workflow_id`, `run_id` and all `events`; `next_page_token` is None.

        Raises:
            WorkflowNotFound: there is no such run.
            CallError: a call did not end well.
        """
        page = await self._history_page(workflow_id, run_id, None)
        events = list(page["events"])
        while page.get("next_page_token"):
            page = await self._history_page(workflow_id, run_id, page["next_page_token"])
            events += page["events"]
        return {**page, "events": events, "next_page_token": None}

    async def get_history_page(
        self,
        workflow_id: str,
        run_id: str,
        *,
        page_size: int | None = None,
        next_page_token: str | None = None,
    ) -> dict[str, Any]:
        """Fetch one page of the history of one run.

        Operation `getWorkflowHistory`.

        Args:
            workflow_id: id of the workflow.
            run_id: the run.
            page_size: events of a page, 1 to 1000; default is the server's.
            next_page_token: `next_page_token` of the page before.

        Returns:
            Plain JSON with `workflow_id`, `run_id`, `events` and `next_page_token`, None on the last page.

        Raises:
            WorkflowNotFound: there is no such run.
            CallError: the call did not end well.
        """
        size = None if page_size is None else checks.whole("page_size", page_size, most=1000)
        return await self._history_page(workflow_id, run_id, next_page_token, page_size=size)

    async def iter_history(
        self,
        workflow_id: str,
        run_id: str,
        *,
        page_size: int = _HISTORY_PAGE,
        follow: bool = False,
        timeout: float | None = None,
    ) -> AsyncIterator[dict[str, Any]]:
        """Go through the events of one run, fetching a page whenever the one before is used up.

        Operation `getWorkflowHistory`.

        Args:
            workflow_id: id of the workflow.
            run_id: the run.
            page_size: events of a page, 1 to 1000.
            follow: wait for further events until the run is closed; the server holds the call meanwhile.
            timeout: with `follow`: seconds to follow the run; None to follow it to its end.

        Yields:
            One event after the other, as plain JSON.

        Raises:
            WorkflowNotFound: there is no such run.
            ResultTimeout: the run had not closed after `timeout`.
            CallError: a call did not end well.
        """
        size = checks.whole("page_size", page_size, most=1000)
        limit = math.inf if timeout is None or not follow else checks.seconds("timeout", timeout)
        deadline = self._transport.monotonic() + limit
        token, closed = None, False
        while True:
            if follow and token is not None:
                page = await self._held_page(workflow_id, run_id, token, size, deadline)
            else:
                page = await self._history_page(workflow_id, run_id, token, page_size=size)
            for event in page["events"]:
                closed = closed or closes(event)
                yield event
            token = page.get("next_page_token") or token_behind(page["events"], token)
            if not page.get("next_page_token") and (closed or not follow):
                return

    async def export_history(self, workflow_id: str, run_id: str) -> dict[str, Any]:
        """Fetch the replay bundle of one run: its history and everything that belongs to it.

        Operation `exportWorkflowHistory`. Open runs can be exported, too.

        Args:
            workflow_id: id of the workflow.
            run_id: the run.

        Returns:
            The bundle as plain JSON, with its checksum under `integrity`.

        Raises:
            WorkflowNotFound: there is no such run.
            CallError: the call did not end well.
        """
        parts = export_workflow_history.build_request(
            checks.workflow_id(workflow_id), checks.name("run_id", run_id)
        )
        return await self._transport.call(parts, export_workflow_history.parse_response, dict)

    async def _closing_event(self, workflow_id: str, run_id: str) -> Mapping[str, Any] | None:
        token, closing = None, None
        while True:
            page = await self._history_page(workflow_id, run_id, token)
            closing = last_closing(page["events"]) or closing
            token = page.get("next_page_token")
            if not token:
                return closing

    async def _held_page(
        self, workflow_id: str, run_id: str, token: str, size: int, deadline: float
    ) -> dict[str, Any]:
        """Return the page behind a token once it has an event, or an empty one.

        Raises:
            ResultTimeout: the deadline is over.
        """
        left = deadline - self._transport.monotonic()
        patience = min(_HOLD_PATIENCE, max(left, 0.01))
        try:
            if left > 0:
                return await self._history_page(workflow_id, run_id, token, page_size=size, patience=patience)
        except CallTimeout:
            if self._transport.monotonic() < deadline:
                raise
        raise ResultTimeout(f"workflow {workflow_id} has not ended in time (run {run_id}); it goes on")

    async def _history_page(
        self,
        workflow_id: str,
        run_id: str,
        token: str | None,
        *,
        page_size: int | None = _HISTORY_PAGE,
        patience: float | None = None,
    ) -> dict[str, Any]:
        from durable_workflow_api.types import UNSET

        parts = get_workflow_history.build_request(
            checks.workflow_id(workflow_id),
            checks.name("run_id", run_id),
            page_size=UNSET if page_size is None else page_size,
            next_page_token=UNSET if token is None else token,
            wait_new_event=UNSET if patience is None else True,
        )
        return await self._transport.call(
            parts,
            with_events(get_workflow_history.parse_response),
            dict,
            timeout=patience,
        )
