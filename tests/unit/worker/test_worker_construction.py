"""What a worker refuses before it does anything."""

from __future__ import annotations

import os
from typing import Any

import pytest

from durable_workflow import activity, workflow
from durable_workflow.errors import DefinitionError, InvalidArgument
from durable_workflow.worker import Worker
from durable_workflow.worker._catalogue import Catalogue
from support.scripted_client import ScriptedClient


@workflow.defn(name="greeting")
class Greeting:
    def run(self, ctx: Any) -> None:
        return None


@activity.defn(name="greet")
def greet(name: str) -> str:
    return f"Hello, {name}"


class Greeter:
    def __init__(self, word: str) -> None:
        self.word = word

    @activity.defn(name="greet warmly")
    async def greet(self, name: str) -> str:
        return f"{self.word}, {name}"


class Undecorated:
    def run(self, ctx: Any) -> None:
        return None


def undecorated() -> None: ...


def make(**options: Any) -> Worker:
    return Worker(ScriptedClient(), **{"task_queue": "queue", **options})


def test_a_worker_names_itself_after_host_and_process_and_never_twice_alike() -> None:
    first, second = make(), make()
    assert f"-{os.getpid()}-" in first.worker_id
    assert first.worker_id != second.worker_id
    assert len(first.worker_id) <= 255


def test_a_worker_keeps_the_id_and_queue_it_was_given() -> None:
    worker = make(worker_id="me", task_queue="mine")
    assert (worker.worker_id, worker.task_queue) == ("me", "mine")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("task_queue", ""),
        ("task_queue", "q" * 256),
        ("worker_id", " "),
        ("poll_timeout", 0),
        ("poll_timeout", float("nan")),
        ("poll_timeout", "35"),
        ("shutdown_timeout", -1),
        ("max_concurrent_workflow_tasks", 0),
        ("max_concurrent_activity_tasks", 1.5),
        ("max_concurrent_activity_tasks", True),
    ],
)
def test_a_setting_out_of_its_range_is_refused_by_name(option: str, value: Any) -> None:
    with pytest.raises(InvalidArgument, match=option):
        make(**{option: value})


def test_undecorated_things_are_refused_by_name() -> None:
    with pytest.raises(DefinitionError, match="Undecorated"):
        make(workflows=[Undecorated])
    with pytest.raises(DefinitionError, match="undecorated"):
        make(activities=[undecorated])


def test_two_things_of_one_name_are_refused_and_both_are_named() -> None:
    @workflow.defn(name="greeting")
    class OtherGreeting:
        def run(self, ctx: Any) -> None:
            return None

    @activity.defn(name="greet")
    def shout(name: str) -> str:
        return name.upper()

    with pytest.raises(DefinitionError, match=r"Greeting and .*OtherGreeting .* 'greeting'"):
        make(workflows=[Greeting, OtherGreeting])
    with pytest.raises(DefinitionError, match=r"greet and .*shout .* 'greet'"):
        make(activities=[greet, shout])


def test_a_class_in_place_of_a_list_is_refused() -> None:
    with pytest.raises(DefinitionError, match="takes a list"):
        make(workflows=Greeting)


async def test_a_bound_method_keeps_its_object() -> None:
    definition = Catalogue.of([], [Greeter("Hi").greet]).activity("greet warmly")
    assert definition.is_async
    assert await definition.fn("Ada") == "Hi, Ada"


async def test_a_worker_without_anything_to_do_does_not_run() -> None:
    with pytest.raises(DefinitionError, match="nothing to do"):
        await make().run()
