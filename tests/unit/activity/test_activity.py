"""Declaring activities, and the context they run in."""

from __future__ import annotations

import contextvars
import threading
from typing import Any

import pytest

from durable_workflow import activity
from durable_workflow.errors import DefinitionError, DurableWorkflowError

INFO = activity.ActivityInfo("task", "pay", "attempt", 1, "q", "worker")


@activity.defn(name="plain function")
def plain(value: int) -> int:
    return value


@activity.defn(name="waits")
async def waits() -> None: ...


class Payments:
    def __init__(self, rate: int) -> None:
        self.rate = rate

    @activity.defn(name="convert")
    def convert(self, amount: int) -> int:
        return amount * self.rate


def test_definitions_of_functions_and_bound_methods() -> None:
    assert plain(3) == 3
    definition = activity.definition_of(plain)
    assert (definition.name, definition.fn, definition.is_async) == ("plain function", plain, False)
    assert activity.definition_of(waits).is_async
    bound = activity.definition_of(Payments(3).convert)
    assert bound.name == "convert"
    assert bound.fn(2) == 6
    assert activity.registry()["plain function"] is plain


def test_declarations_that_cannot_work_are_refused() -> None:
    def yields() -> Any:
        yield

    async def yields_async() -> Any:
        yield

    for wrong, message in [
        (staticmethod(plain), "is above @staticmethod"),
        (yields, "must return its result"),
        (yields_async, "must return its result"),
        (int, "decorates a function or method, not type"),
        (5, "decorates a function or method, not int"),
    ]:
        with pytest.raises(DefinitionError, match=message):
            activity.defn(name="wrong")(wrong)  # type: ignore[type-var] # the mistake under test
    with pytest.raises(DefinitionError, match="needs a name"):
        activity.defn(name="")
    with pytest.raises(DefinitionError, match=r"put @activity\.defn"):
        activity.definition_of(print)


def test_one_module_declares_a_type_once() -> None:
    def declared(qualname: str, module: str) -> None:
        def fn() -> None: ...

        fn.__qualname__, fn.__module__ = qualname, module
        activity.defn(name="twice")(fn)

    declared("first", "orders")
    declared("first", "orders")
    declared("test.<locals>.first", "orders")
    declared("first", "invoices")
    with pytest.raises(DefinitionError, match="declared twice in invoices: by first and by second"):
        declared("second", "invoices")


async def test_the_context_is_there_while_an_activity_runs_and_only_then() -> None:
    beats: list[Any] = []

    async def heartbeat(details: Any) -> None:
        beats.append(details)

    context = activity.ActivityContext(INFO, heartbeat, heartbeat_sync=lambda d: beats.append(("sync", d)))
    with pytest.raises(DurableWorkflowError, match="outside of a running activity"):
        activity.context()
    with activity.bind(context) as bound:
        assert activity.context() is bound is context
        await activity.context().heartbeat({"done": 1})
        inside = contextvars.copy_context()
    with pytest.raises(DurableWorkflowError, match="outside"):
        activity.context()
    thread = threading.Thread(target=inside.run, args=(lambda: activity.context().heartbeat_sync(2),))
    thread.start()
    thread.join()
    assert beats == [{"done": 1}, ("sync", 2)]


async def test_cancellation_is_seen_and_the_wrong_heartbeat_is_named() -> None:
    async def heartbeat(details: Any) -> None: ...

    context = activity.ActivityContext(INFO, heartbeat)
    assert not context.is_cancelled
    context.cancel()
    assert context.is_cancelled
    with pytest.raises(DurableWorkflowError, match=r"await ctx.heartbeat\(\)"):
        context.heartbeat_sync()
    assert context.info.activity_execution_id == ""
