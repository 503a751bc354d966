"""Arguments by annotation."""

from __future__ import annotations

import functools
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from durable_workflow.converters import arguments_for, result_type_of
from durable_workflow.errors import PayloadConversionError

if TYPE_CHECKING:
    from decimal import Decimal as ForCheckersOnly


@dataclass
class Item:
    name: str


class Flow:
    def run(self, ctx: Any, item: Item, count: int = 1, *more: Item) -> Item:
        raise NotImplementedError

    def approve(self, item: Item | None) -> None:
        raise NotImplementedError


def partly_known(first: ForCheckersOnly, second: Item) -> None:
    raise NotImplementedError


def wrapped(item: Item) -> None:
    raise NotImplementedError


def decorated(function: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(function)
    def call(*args: Any) -> None:
        function(*args)

    return call


RAW = {"name": "tea"}
TEA = Item("tea")


def test_parameters_after_the_context_are_converted() -> None:
    given = [RAW, "as it came", RAW, RAW]
    assert arguments_for(Flow.run, given, skip=2) == [TEA, "as it came", TEA, TEA]


def test_of_a_bound_method_the_object_is_left_out() -> None:
    assert arguments_for(Flow().approve, [RAW]) == [TEA]
    assert arguments_for(Flow().approve, [None]) == [None]


def test_partial_and_decorated_functions_show_their_annotations() -> None:
    assert arguments_for(functools.partial(wrapped), [RAW]) == [TEA]
    assert arguments_for(decorated(wrapped), [RAW]) == [TEA]


def test_too_many_arguments_are_left_to_the_call() -> None:
    assert arguments_for(wrapped, [RAW, RAW]) == [TEA, RAW]


def test_functions_without_typed_annotations_get_the_very_list() -> None:
    given = [RAW]
    assert arguments_for(lambda item: item, given) is given


def test_an_annotation_that_only_checkers_see_costs_no_other(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert arguments_for(partly_known, ["1", RAW]) == ["1", TEA]
        assert arguments_for(partly_known, ["1", RAW]) == ["1", TEA]
    assert [record.getMessage() for record in caplog.records] == [
        "annotation 'ForCheckersOnly' of first in "
        f"{__name__}.partly_known is not known at run time (NameError): what is passed stays plain data"
    ]


def test_the_error_names_the_argument() -> None:
    with pytest.raises(PayloadConversionError) as caught:
        arguments_for(Flow.run, [{}], skip=2, context="workflow 'flow'")
    assert caught.value.path == "$[0]"
    assert "argument 1 (item) of workflow 'flow' does not fit its type: $[0]: Item needs name" in str(
        caught.value
    )


def test_results_are_what_comes_in_the_end() -> None:
    async def coroutine() -> Item: ...  # type: ignore[empty-body]

    def generator() -> Generator[Any, Any, Item]: ...  # type: ignore[empty-body]

    def explicit() -> Coroutine[Any, Any, Item]: ...  # type: ignore[empty-body]

    def awaitable() -> Awaitable[Item]: ...  # type: ignore[empty-body]

    def silent():  # type: ignore[no-untyped-def]
        ...

    for function in (coroutine, generator, explicit, awaitable, Flow.run):
        assert result_type_of(function) is Item
    assert result_type_of(silent) is Any
    assert AsyncGenerator
