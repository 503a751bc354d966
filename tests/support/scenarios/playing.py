"""Plays scripts and compares what our server answers with what was recorded."""

from __future__ import annotations

import asyncio
import copy
import functools
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from durable_workflow.server._not_yet import NOT_YET
from durable_workflow_api.spec import spec
from support.asgi import Answered
from support.scenarios.comparing import Comparison, Difference
from support.scenarios.differences import SINGLES
from support.scenarios.identities import Identities, ids_in
from support.scenarios.known import Single
from support.scenarios.script import END_TO_END, Step, scripts
from support.scenarios.served import ReplayServer, on_virtual_time, replay_server
from support.wire import WireSpec

_SPEC = WireSpec(spec())
# Between two steps, so that what came first is the older.
_BREATH = 0.001


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step went.

    Attributes:
        step: The step.
        operation: The operationId of its request, empty where it is none.
        differences: In what our answer differs from the recorded one.
        lacking: The identities that its request needs and that no answer of ours brought.
        left_out: Whether the request was not made, as it is known to lead elsewhere.
    """

    step: Step
    operation: str
    differences: tuple[Difference, ...] = ()
    lacking: frozenset[str] = frozenset()
    left_out: bool = False

    @property
    def played(self) -> bool:
        """Whether the request was made."""
        return self.served and not self.lacking and not self.left_out

    @property
    def served(self) -> bool:
        """Whether our server has the operation at all."""
        return self.operation not in NOT_YET


@dataclass(frozen=True, slots=True)
class _Call:
    step: Step
    task: asyncio.Task[Answered]


class Player:
    """Plays one script after the other against one server."""

    def __init__(self, server: ReplayServer, minted: frozenset[str], bent: Sequence[Single]) -> None:
        self.outcomes: list[Outcome] = []
        self._server = server
        self._minted = minted
        self._bent = bent
        self._identities = Identities()
        self._comparison = Comparison(self._identities)
        self._pending: dict[str, _Call] = {}

    async def play(self, steps: Iterable[Step]) -> None:
        """Make the requests of a script in their order, and wait for all answers."""
        for step in steps:
            await self._server.pass_time(step.pause + _BREATH)
            await self._finish(step.actor)
            await self._make(step)
        for actor in list(self._pending):
            await self._finish(actor)

    async def _make(self, step: Step) -> None:
        left_out = any(single.left_out and step.exchange.key in single.keys for single in self._bent)
        outcome = Outcome(step, _operation(step), left_out=left_out)
        if outcome.played:
            outcome = replace(outcome, lacking=await self._lacking(step))
        if outcome.played:
            await self._send(step)
        else:
            self.outcomes.append(outcome)

    async def _send(self, step: Step) -> None:
        exchange = step.exchange
        path, body = self._identities.in_text(exchange.path), self._identities.in_value(self._body(step))
        query = {name: str(value) for name, value in self._identities.in_value(exchange.query).items()}
        sending = self._server.send(exchange, path, query, body)
        self._pending[step.actor] = _Call(step, asyncio.ensure_future(sending))
        await self._server.settle()
        self._collect()
        if not step.is_held:
            await self._finish(step.actor)

    def _body(self, step: Step) -> Any:
        body = copy.deepcopy(step.exchange.request_body)
        for single in self._bent:
            if step.exchange.key in single.keys:
                for path in single.without:
                    _drop(body, path.split("."))
        return body

    async def _lacking(self, step: Step) -> frozenset[str]:
        """What the request needs and no answer brings, however long one waits."""
        needed = ids_in([step.exchange.path, step.exchange.request_body]) & self._minted
        for actor in [actor for actor, call in self._pending.items() if needed & ids_in(_answer(call.step))]:
            if not all(map(self._identities.knows, needed)):
                await self._finish(actor)
        return frozenset(one for one in needed if not self._identities.knows(one))

    async def _finish(self, actor: str) -> None:
        """Let time pass until an actor has its answer."""
        while actor in self._pending:
            await self._server.settle()
            self._collect()
            if actor in self._pending:
                await self._server.to_next_moment()

    def _collect(self) -> None:
        for actor, call in list(self._pending.items()):
            if call.task.done():
                del self._pending[actor]
                self.outcomes.append(self._judge(call.step, call.task.result()))

    def _judge(self, step: Step, answered: Answered) -> Outcome:
        recorded = step.exchange
        ours = _parsed(answered)
        found = tuple(self._differences(recorded.status, recorded.response_body, answered.status, ours))
        if step.rebuilt:
            found = tuple(one for one in found if one.kind == "status")
        return Outcome(step, _operation(step), (*found, *self._violations()))

    def _violations(self) -> Iterator[Difference]:
        """What the spec does not allow in the newest answer."""
        while self._server.app.violations:
            violation = self._server.app.violations.popleft()
            yield Difference("violation", violation.operation, None, violation.problem)

    def _differences(self, status: int, recorded: Any, our_status: int, ours: Any) -> list[Difference]:
        if status == our_status:
            return list(self._comparison.differences(recorded, ours))
        found = [Difference("status", "status", status, our_status)]
        for name in ("reason", "outcome"):
            theirs, mine = (
                body.get(name) if isinstance(body, Mapping) else None for body in (recorded, ours)
            )
            if theirs != mine:
                found.append(Difference(name, f"body.{name}", theirs, mine))
        return found


def _parsed(answered: Answered) -> Any:
    content = answered.content
    encoding = answered.headers.get("content-encoding")
    if encoding is not None:
        # Deflate is what zlib writes, or the same without its frame.
        content = zlib.decompress(content, {"gzip": 31}.get(encoding, 15 if content[:1] == b"x" else -15))
    return json.loads(content) if content else None


def _drop(body: Any, path: Sequence[str]) -> None:
    for name in path[:-1]:
        body = body[int(name)] if isinstance(body, list) else body[name]
    body.pop(path[-1], None)


def _answer(step: Step) -> Any:
    return step.exchange.response_body


def _operation(step: Step) -> str:
    entry = _SPEC.operation(step.exchange)
    return "" if entry is None else str(entry.node["operationId"])


@functools.cache
def played(file: str, as_recorded: Single | None = None) -> tuple[Outcome, ...]:
    """The outcomes of all scripts of a file.

    Args:
        file: The recording.
        as_recorded: Exchanges in which the scripts keep to the recording although our server differs there.
    """
    bent = [single for single in SINGLES if single.is_bent and single != as_recorded]
    steps = [step for script in scripts(file).values() for step in script]
    minted = frozenset(identity for step in steps for identity in ids_in(_answer(step)))

    async def play() -> tuple[Outcome, ...]:
        async with replay_server() as server:
            player = Player(server, minted, bent)
            for session in _sessions(file):
                if as_recorded is None or _any_of(as_recorded, session):
                    await player.play(session)
        return tuple(player.outcomes)

    return on_virtual_time(play)


def _sessions(file: str) -> list[list[Step]]:
    """What is played one after the other: scenarios that went on side by side are played apart."""
    separate = [list(script) for script in scripts(file).values()]
    if file.startswith(END_TO_END):
        return separate
    return [sorted((step for script in separate for step in script), key=lambda step: step.place)]


def _any_of(single: Single, session: list[Step]) -> bool:
    return any(step.exchange.key in single.keys for step in session)
