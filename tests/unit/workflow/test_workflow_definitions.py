"""Mistakes in a declaration are found when the module loads, and the message says what to change."""

from __future__ import annotations

from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.errors import DefinitionError


@workflow.defn(name="base")
class Base:
    @workflow.signal("go")
    def go(self) -> None: ...

    def run(self, ctx: workflow.WorkflowContext) -> Any: ...


@workflow.defn(name="derived")
class Derived(Base):
    def go(self) -> None: ...

    @workflow.signal("stop")
    def halt(self) -> None: ...

    async def run(self, ctx: workflow.WorkflowContext) -> Any: ...


def test_a_definition_knows_name_signals_and_style() -> None:
    definition = workflow.definition_of(Derived)
    assert (definition.name, definition.cls, definition.is_async) == ("derived", Derived, True)
    assert definition.signals == {"go": "go", "stop": "halt"}
    assert not workflow.definition_of(Base).is_async
    assert workflow.registry()["derived"] is Derived
    assert workflow.registry() is not workflow.registry()


def test_a_class_without_its_own_decorator_is_no_workflow() -> None:
    class Undecorated(Base): ...

    for value in (Undecorated, object, Base()):
        with pytest.raises(DefinitionError, match=r"put @workflow\.defn"):
            workflow.definition_of(value)  # type: ignore[arg-type] # the mistake under test


def bodies() -> dict[str, dict[str, Any]]:
    def run(self: Any, ctx: Any) -> Any: ...

    def no_context(self: Any) -> Any: ...

    async def generator(self: Any, ctx: Any) -> Any:
        yield

    def needs(self: Any, service: Any) -> None: ...

    handler = workflow.signal("go")(lambda self: None)
    other = workflow.signal("go")(lambda self: None)
    return {
        "has no method run": {},
        "run must be a method, not staticmethod": {"run": staticmethod(run)},
        "run must be a method, not classmethod": {"run": classmethod(run)},
        "run must be a method, not int": {"run": 5},
        "run takes no context": {"run": no_context},
        "async def run must not yield": {"run": generator},
        "__init__ requires service": {"run": run, "__init__": needs},
        "signal 'go' has two handlers, first and second": {"run": run, "first": handler, "second": other},
        "must be a plain method, not a staticmethod": {"run": run, "go": staticmethod(handler)},
    }


@pytest.mark.parametrize(("message", "body"), bodies().items())
def test_a_class_that_cannot_work_is_refused(message: str, body: dict[str, Any]) -> None:
    with pytest.raises(DefinitionError, match=message):
        workflow.defn(name="bad")(type("Bad", (), body))


def test_decorators_on_the_wrong_thing_are_refused() -> None:
    async def waits(self: Any) -> None: ...

    def yields(self: Any) -> Any:
        yield

    for handler in (waits, yields):
        with pytest.raises(DefinitionError, match="a handler cannot wait"):
            workflow.signal("go")(handler)
    with pytest.raises(DefinitionError, match="must be a method of the workflow class, not staticmethod"):
        workflow.signal("go")(staticmethod(yields))
    with pytest.raises(DefinitionError, match="decorates a class, not function"):
        workflow.defn(name="f")(yields)  # type: ignore[type-var] # the mistake under test
    for name in ("", " ", None, yields):
        with pytest.raises(DefinitionError, match="needs a name"):
            workflow.defn(name=name)  # type: ignore[arg-type] # the mistake under test
    with pytest.raises(DefinitionError, match=r"white space, which servers remove\. Write 'go'"):
        workflow.signal(" go")
    with pytest.raises(DefinitionError, match="has 300 characters"):
        workflow.query("x" * 300)


def declared(qualname: str, module: str) -> type:
    def run(self: Any, ctx: Any) -> Any: ...

    cls = type(qualname, (), {"run": run, "__module__": module})
    cls.__qualname__ = qualname
    return workflow.defn(name="twice")(cls)


def test_one_module_declares_a_type_once() -> None:
    declared("First", "orders")
    declared("First", "orders")
    declared("test.<locals>.First", "orders")
    declared("First", "invoices")
    with pytest.raises(DefinitionError, match="declared twice in invoices: by First and by Second"):
        declared("Second", "invoices")
