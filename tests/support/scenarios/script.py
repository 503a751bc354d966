"""Recorded scenarios as scripts: what to send, in which order, and who has to wait for whom."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from support.imports import ROOT
from support.wire import Exchange, exchanges

REBUILT = ROOT / "tests" / "data" / "scenarios" / "rebuilt.jsonl"
END_TO_END = "e2e-"
FILES = (
    "control-workflows",
    "e2e-activities",
    "e2e-basic",
    "e2e-cancel-terminate",
    "e2e-children",
    "e2e-continue-as-new",
    "e2e-messages",
    "errors",
    "worker-plane",
)
# Where steps belong that took effect earlier or later than they were sent, as recorded answers show.
_EFFECTS = {
    ("e2e-activities", 4743): 4741,
    ("e2e-activities", 4744): 4741,
    ("e2e-basic", 1238): 1236,
    ("e2e-basic", 1247): 1276,
    ("e2e-messages", 1484): 1495,
}
# How many seconds pass before a step, where its answer shows that a timer has fired.
_PAUSES = {
    ("e2e-basic", 3252): 2.0,
}
# Not the queries: the recorded server left it to the workers which of them they know.
_DECLARED = (
    "declared_signals",
    "declared_signal_contracts",
    "declared_updates",
    "declared_update_contracts",
)
_POLL = re.compile(r"/api/worker/(workflow|activity|query)-tasks/poll")
_ANSWERED_BY_A_WORKER = re.compile(r"/(query|update)/[^/]+$")
_BLANK = Exchange("", 0, "", "POST", "", {}, {}, None, 200, {}, {}, 0)
_PLANES = {
    True: {"X-Durable-Workflow-Protocol-Version": "1.0"},
    False: {"X-Durable-Workflow-Control-Plane-Version": "2"},
}


@dataclass(frozen=True, slots=True)
class Step:
    """One exchange of a script.

    Attributes:
        exchange: What was sent and answered.
        rebuilt: Whether it is not from a recording, but follows from what recordings show.
        pause: How many seconds pass before it.
        behind: Whether it comes behind the exchange that has its number.
    """

    exchange: Exchange
    rebuilt: bool = False
    pause: float = 0.0
    behind: bool = False

    @property
    def place(self) -> float:
        """Where it stands in its script."""
        return _EFFECTS.get(self.exchange.key, self.exchange.seq) + 0.5 * self.behind

    @property
    def is_poll(self) -> bool:
        return bool(_POLL.fullmatch(self.exchange.path))

    @property
    def is_held(self) -> bool:
        """Whether others act while this call waits for its answer."""
        concurrent = self.exchange.file.startswith(END_TO_END)
        return (self.is_poll and concurrent) or self.waits_for_events or self._waits_for_a_worker

    @property
    def waits_for_events(self) -> bool:
        return "wait_new_event" in self.exchange.query

    @property
    def _waits_for_a_worker(self) -> bool:
        return self.exchange.method == "POST" and bool(_ANSWERED_BY_A_WORKER.search(self.exchange.path))

    @property
    def actor(self) -> str:
        """Who makes the call; an actor makes one call after the other."""
        if self.is_poll and isinstance(self.exchange.request_body, Mapping):
            return f"{self.exchange.request_body.get('worker_id')} {self.exchange.path}"
        if self.exchange.path.startswith("/api/worker/"):
            return "worker"
        return "watcher" if self.waits_for_events else "client"


@functools.cache
def scripts(file: str) -> Mapping[str, tuple[Step, ...]]:
    """The scripts of a file by the names of their scenarios, in the order of their beginnings."""
    recorded = [
        Step(declaring(exchange), pause=_PAUSES.get(exchange.key, 0.0))
        for exchange in exchanges()
        if exchange.file == file
    ]
    steps = sorted([*recorded, *rebuilt(file)], key=lambda step: step.place)
    return {
        name: tuple(step for step in steps if step.exchange.scenario == name)
        for name in dict.fromkeys(step.exchange.scenario for step in steps)
    }


def rebuilt(file: str) -> list[Step]:
    """The exchanges of a file that are not kept among the recordings, but left their traces in them."""
    records = [json.loads(line) for line in REBUILT.read_text(encoding="utf-8").splitlines()]
    return [_rebuilt_step(record) for record in records if record["file"] == file]


def _rebuilt_step(record: dict[str, Any]) -> Step:
    pause, behind = record.pop("pause", 0.0), record.pop("behind", False)
    plane = _PLANES[record["path"].startswith("/api/worker/")]
    headers = {"Authorization": "Bearer <full>", "Content-Type": "application/json", **plane}
    return Step(
        declaring(replace(_BLANK, request_headers=headers, **record)),
        rebuilt=True,
        pause=pause,
        behind=behind,
    )


def declaring(exchange: Exchange) -> Exchange:
    """A registration with the contracts that the recorded server had of its own; others as they are."""
    if exchange.path != "/api/worker/register" or exchange.status != 201:
        return exchange
    body = {**exchange.request_body, "workflow_command_contracts": contracts()}
    return replace(exchange, request_body=body)


@functools.cache
def contracts() -> Mapping[str, Mapping[str, Any]]:
    """What the recorded server knew of workflow types, by type."""
    started = [event["payload"] for event in _events() if event["event_type"] == "WorkflowStarted"]
    return {
        payload["workflow_type"]: {name.removeprefix("declared_"): payload[name] for name in _DECLARED}
        for payload in started
        if "declared_signals" in payload
    }


def _events() -> Iterator[Any]:
    for exchange in exchanges():
        if isinstance(exchange.response_body, Mapping):
            task = exchange.response_body.get("task") or {}
            yield from exchange.response_body.get("events") or task.get("history_events") or []
