"""Random workflow programs, on workers that lose, repeat and forget: each result is what it must be."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from durable_workflow import Client, Worker, WorkflowHandle
from durable_workflow.errors import UpdateFailed, UpdateRejected, WorkflowNotActive
from durable_workflow.testing import DevServer
from support.random_programs.chaos import ChaoticClient
from support.random_programs.language import Case, cases, without_lapses
from support.random_programs.workflows import STYLES, WORKFLOWS, act

CASES = st.lists(cases(STYLES), min_size=3, max_size=6)
PATIENCE = 60.0


@pytest.fixture(scope="module")
def server() -> Iterator[DevServer]:
    # Short leases, because what the chaos loses comes back when its lease is over.
    lengths = {"workflow_lease": 0.4, "activity_lease": 0.4}
    with DevServer(virtual_time=True, poll_timeout=5.0, **lengths) as running:
        yield running
        assert running.violations == ()


class Play:
    """Several programs at the same time, on one queue, with workers that come and go."""

    def __init__(self, url: str, seed: int, rate: int) -> None:
        self.url = url
        self.chance = random.Random(seed)
        self.rate = rate
        self.queue = f"programs-{uuid.uuid4().hex[:8]}"
        self.faults: list[str] = []
        self.injected = 0

    @asynccontextmanager
    async def worker(self) -> Any:
        """Run a worker that dies at the end: nothing that it has in hand is reported."""
        seed = self.chance.randrange(2**32)
        async with ChaoticClient(self.url, seed=seed, rate=self.rate, faults=self.faults) as client:
            worker = Worker(
                client,
                task_queue=self.queue,
                workflows=WORKFLOWS,
                activities=[act],
                shutdown_timeout=0,
                max_cached_workflows=self.chance.choice([0, 1, 2, 1000]),
            )
            running = asyncio.create_task(worker.run())
            try:
                yield client
            finally:
                client.dead = True
                self.injected += client.injected
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)

    async def results(self, cases: list[Case]) -> list[Any]:
        """Run all programs to their ends, the first worker only for a moment."""
        async with Client(self.url) as client:
            handles = [await self.start(client, case) for case in cases]
            waiting = asyncio.gather(*map(self.accompany, handles, cases))
            async with self.worker():
                await asyncio.wait({waiting}, timeout=self.chance.random() * 0.3)
            async with self.worker(), self.worker():
                while not waiting.done():
                    await asyncio.wait({waiting}, timeout=0.2)
                    if self.faults:
                        waiting.cancel()
                        raise AssertionError(f"tasks failed: {self.faults}\n{await self.told(handles)}")
                return waiting.result()

    async def told(self, handles: list[WorkflowHandle[Any]]) -> str:
        """Give the histories, for whoever has to find out what went wrong."""
        histories = [(await handle.history())["events"] for handle in handles]
        return "\n\n".join(
            "\n".join(f"{e['sequence']} {e['event_type']} {e['payload']}"[:300] for e in events)
            for events in histories
        )

    async def start(self, client: Client, case: Case) -> WorkflowHandle[Any]:
        accepted = sum(number >= 0 for number in case.updates)
        return await client.start_workflow(
            workflow_type=case.style,
            task_queue=self.queue,
            workflow_id=f"program-{uuid.uuid4()}",
            input=[case.program, case.signals, accepted],
            execution_timeout_seconds=None,
            run_timeout_seconds=None,
        )

    async def accompany(self, handle: WorkflowHandle[Any], case: Case) -> Any:
        """Send a run its messages, in an order of chance, and wait for its result."""
        await asyncio.gather(
            *(self.nudge(handle) for _ in range(case.signals)),
            *(self.add(handle, number) for number in case.updates),
        )
        return await handle.result(timeout=PATIENCE)

    async def nudge(self, handle: WorkflowHandle[Any]) -> None:
        await asyncio.sleep(self.chance.random() * 0.2)
        await handle.signal("nudge")

    async def add(self, handle: WorkflowHandle[Any], number: int) -> None:
        await asyncio.sleep(self.chance.random() * 0.2)
        if number >= 0:
            assert await handle.update("add", [number], wait_timeout_seconds=30) == number + 1
            return
        try:
            await handle.update("add", [number], wait_timeout_seconds=30)
        except (UpdateRejected, UpdateFailed, WorkflowNotActive):
            return  # refused, or nobody waited for it: the run has ended
        raise AssertionError("a negative number must be refused")


def play(server: DevServer, found: list[Case], seed: int, rate: int) -> int:
    game = Play(server.url, seed, rate)
    results = asyncio.run(asyncio.wait_for(game.results(found), PATIENCE))
    assert results == [case.expected() for case in found]
    assert game.faults == [], "no task of a workflow may fail: the code is deterministic"
    return game.injected


QUIET: Any = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "phases": [Phase.explicit, Phase.generate],
    "derandomize": True,
}


@settings(max_examples=4, **QUIET)
@given(found=CASES, seed=st.integers(0, 2**32))
def test_programs_give_what_they_mean(server: DevServer, found: list[Case], seed: int) -> None:
    play(server, found, seed, rate=0)


def test_programs_give_what_they_mean_on_workers_that_lose_repeat_and_die(server: DevServer) -> None:
    injected = []

    @settings(max_examples=7, **QUIET)
    @given(found=CASES, seed=st.integers(0, 2**32))
    def chaotic(found: list[Case], seed: int) -> None:
        # Waits that are opened again while reports get lost are the deep run's.
        plain = [replace(case, program=without_lapses(case.program)) for case in found]
        injected.append(play(server, plain, seed, rate=10))

    chaotic()
    assert sum(injected) > 10, "chaos must have happened"


@pytest.mark.deep
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(found=CASES, seed=st.integers(0, 2**32), rate=st.sampled_from([0, 5, 25]))
def test_many_programs_on_workers_of_all_kinds(
    server: DevServer, found: list[Case], seed: int, rate: int
) -> None:
    play(server, found, seed, rate)
