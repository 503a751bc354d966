"""Handlers of messages: what a class declares, what it may not declare, and what servers are told of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from durable_workflow import workflow
from durable_workflow.errors import DefinitionError

if TYPE_CHECKING:
    from fractions import Fraction as Unimportable


@workflow.defn(name="cart")
class Cart:
    def __init__(self) -> None:
        self.items: list[str] = []

    @workflow.signal("clear")
    def clear(self) -> None:
        self.items.clear()

    @workflow.query("items")
    def listed(self, most: int = 10, prefix: str | None = None) -> list[str]:
        return [item for item in self.items if item.startswith(prefix or "")][:most]

    @workflow.update("add")
    def add(self, item: str, *more: str, note: str = "") -> int:
        self.items += [item, *more]
        return len(self.items)

    @add.validator
    def may_add(self, item: str, *more: str) -> None:
        if not item:
            raise ValueError("nothing to add")

    @workflow.update("set price")
    def price(self, price: float, paid: bool, of: Decimal = Decimal(1), at: float = float("inf")) -> None: ...

    def run(self, ctx: workflow.WorkflowContext) -> Any: ...


def test_a_definition_knows_its_handlers() -> None:
    definition = workflow.definition_of(Cart)
    assert definition.signals == {"clear": "clear"}
    assert definition.queries == {"items": "listed"}
    assert definition.updates == {"add": "add", "set price": "price"}
    assert definition.validators == {"add": "may_add"}


def test_a_decorated_method_is_still_a_method() -> None:
    cart = Cart()
    assert cart.add("bread", "milk") == 2
    cart.may_add("salt")
    assert cart.listed(1) == ["bread"]


def parameter(name: str, position: int, required: bool, **more: Any) -> dict[str, Any]:
    return {"name": name, "position": position, "required": required, **more}


def test_a_contract_says_what_servers_may_admit() -> None:
    some = {"default_available": True}
    assert workflow.definition_of(Cart).contract() == {
        "queries": ["items"],
        "query_contracts": [
            {
                "name": "items",
                "parameters": [
                    parameter("most", 0, False, **some, default=10, type="int"),
                    parameter("prefix", 1, False, **some, default=None, type="str"),
                ],
            }
        ],
        "signals": ["clear"],
        "signal_contracts": [{"name": "clear", "parameters": []}],
        "updates": ["add", "set price"],
        "update_contracts": [
            {
                "name": "add",
                "parameters": [
                    parameter("item", 0, True, type="str"),
                    parameter("more", 1, False, variadic=True),
                ],
            },
            {
                "name": "set price",
                "parameters": [
                    parameter("price", 0, True, type="float"),
                    parameter("paid", 1, True, type="bool"),
                    # What JSON cannot say is not said.
                    parameter("of", 2, False),
                    parameter("at", 3, False, type="float"),
                ],
            },
        ],
        "update_validators": ["add"],
    }


def test_a_contract_without_messages_admits_none() -> None:
    @workflow.defn(name="deaf")
    class Deaf:
        def run(self, ctx: workflow.WorkflowContext) -> None: ...

    assert set(map(tuple, workflow.definition_of(Deaf).contract().values())) == {()}


def test_types_that_cannot_be_looked_up_are_left_out() -> None:
    @workflow.defn(name="hidden types")
    class Hidden:
        @workflow.signal("take")
        def take(self, part: Unimportable, count: int) -> None: ...

        @workflow.signal("any")
        def anything(*all_of_it: Any) -> None: ...

        def run(self, ctx: workflow.WorkflowContext) -> None: ...

    anything, take = workflow.definition_of(Hidden).contract()["signal_contracts"]
    assert take["parameters"] == [parameter("part", 0, True), parameter("count", 1, True)]
    assert anything["parameters"] == [parameter("all_of_it", 0, False, variadic=True)]


def test_a_subclass_handles_what_its_base_declares() -> None:
    @workflow.defn(name="gift")
    class Gift(Cart):
        def listed(self, most: int = 1, prefix: str | None = None) -> list[str]:
            return super().listed(most, prefix)

    assert workflow.definition_of(Gift).updates == workflow.definition_of(Cart).updates
    assert workflow.definition_of(Gift).queries == {"items": "listed"}
    assert workflow.definition_of(Gift).contract()["query_contracts"][0]["parameters"][0]["default"] == 1


def mistakes() -> dict[str, dict[str, Any]]:
    async def waits(self: Any) -> None: ...

    def one(self: Any, first: Any) -> None: ...

    def none(self: Any) -> None: ...

    def some(self: Any, first: Any, second: Any = None) -> None: ...

    def many(self: Any, *items: Any) -> None: ...

    def go(self: Any) -> None: ...

    return {
        "query 'q' has two handlers, first and second": {
            "first": workflow.query("q")(go),
            "second": workflow.query("q")(lambda self: None),
        },
        "update 'u' has two validators, first and second": {
            "handler": workflow.update("u")(one),
            "first": workflow.update_validator("u")(lambda self, x: None),
            "second": workflow.update_validator("u")(lambda self, x: None),
        },
        "Bad.check validates the update 'missing', which the class does not have": {
            "check": workflow.update_validator("missing")(lambda self: None),
        },
        "takes 1 to 2 arguments, but its validator check takes 0 arguments": {
            "handler": workflow.update("u")(some),
            "check": workflow.update_validator("u")(none),
        },
        "takes 0 or more arguments, but its validator check takes 1 argument. ": {
            "handler": workflow.update("u")(many),
            "check": workflow.update_validator("u")(lambda self, x: None),
        },
        "the handler of query 'q' must be a plain method, not a classmethod": {
            "q": classmethod(workflow.query("q")(lambda self: None)),
        },
        "the handler of update 'run' cannot be run itself": {
            "run": workflow.update("run")(lambda self, ctx: None),
        },
    }


@pytest.mark.parametrize(("message", "body"), mistakes().items())
def test_handlers_that_cannot_work_are_refused(message: str, body: dict[str, Any]) -> None:
    def run(self: Any, ctx: Any) -> Any: ...

    with pytest.raises(DefinitionError, match=message):
        workflow.defn(name="bad")(type("Bad", (), {"run": run, **body}))


def test_an_override_must_be_a_handler_as_well() -> None:
    async def waits(self: Any) -> None: ...

    def run(self: Any, ctx: Any) -> Any: ...

    for override in (waits, property(lambda self: None)):
        with pytest.raises(DefinitionError, match="Bad: the handler of signal 'clear'"):
            workflow.defn(name="bad")(type("Bad", (Cart,), {"run": run, "clear": override}))


@pytest.mark.parametrize("decorator", [workflow.query, workflow.update, workflow.update_validator])
def test_every_decorator_refuses_what_waits(decorator: Any) -> None:
    def yields(self: Any) -> Any:
        yield

    with pytest.raises(DefinitionError, match="a handler cannot wait"):
        decorator("q")(yields)
    with pytest.raises(DefinitionError, match=r"needs a name: a non-empty text, not <function"):
        decorator(lambda self: None)


def test_methods_that_messages_cannot_be_handed_to_are_refused() -> None:
    def keyword(self: Any, *, who: str) -> None: ...

    def selfless() -> None: ...

    with pytest.raises(DefinitionError, match="requires who by keyword"):
        workflow.signal("s")(keyword)
    with pytest.raises(DefinitionError, match="has no self"):
        workflow.signal("s")(selfless)
    both = workflow.signal("s")(lambda self: None)
    with pytest.raises(DefinitionError, match="is the handler of signal 's' already"):
        workflow.query("s")(both)
