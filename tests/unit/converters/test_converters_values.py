"""Typed values become plain data, and come back as their types."""

from __future__ import annotations

import datetime
import decimal
import enum
import pathlib
import subprocess
import sys
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, Literal, NamedTuple, NewType, NotRequired, TypedDict, TypeVar

import attrs
import pydantic
import pytest

from durable_workflow import converters, serializer
from durable_workflow.converters import from_plain, to_plain
from durable_workflow.errors import PayloadConversionError, PayloadEncodeError

T = TypeVar("T")
CustomerId = NewType("CustomerId", uuid.UUID)
UUID_1 = uuid.UUID("12345678-1234-5678-1234-567812345678")


class Color(enum.Enum):
    RED = "red"
    PAIR = (1, 2)


class Level(enum.IntEnum):
    LOW = 1


@dataclass(frozen=True)
class Line:
    name: str
    price: decimal.Decimal
    count: int = 1


@dataclass
class Order:
    number: str
    at: datetime.datetime
    lines: list[Line]
    color: Color | None = None
    by_day: dict[int, tuple[int, ...]] = field(default_factory=dict)


@attrs.frozen
class Point:
    x: float
    _hidden: int = 0


class Place(TypedDict):
    at: Point
    name: NotRequired[str]


class Span(NamedTuple):
    start: datetime.date
    end: datetime.date = datetime.date(2030, 1, 1)


@dataclass
class Page(Generic[T]):
    items: list[T]
    next: Page[T] | None = None


class Receipt(pydantic.BaseModel):
    total: decimal.Decimal
    paid_at: datetime.datetime = pydantic.Field(alias="paidAt")


LINE = Line("tea", decimal.Decimal("1.10"), 2)
MOMENT = datetime.datetime(2026, 5, 4, 3, 2, 1, 5, tzinfo=datetime.UTC)

PAIRS: list[tuple[Any, Any, Any]] = [
    (LINE, Line, {"name": "tea", "price": "1.10", "count": 2}),
    (
        Order("1", MOMENT, [LINE], Color.RED, {1: (2, 3)}),
        Order,
        {
            "number": "1",
            "at": "2026-05-04T03:02:01.000005+00:00",
            "lines": [{"name": "tea", "price": "1.10", "count": 2}],
            "color": "red",
            "by_day": {"1": [2, 3]},
        },
    ),
    (Point(1.5, 2), Point, {"x": 1.5, "_hidden": 2}),
    ({"at": Point(1.0), "name": "here"}, Place, {"at": {"x": 1.0, "_hidden": 0}, "name": "here"}),
    ({"at": Point(1.0)}, Place, {"at": {"x": 1.0, "_hidden": 0}}),
    (Span(datetime.date(2026, 1, 2)), Span, ["2026-01-02", "2030-01-01"]),
    (Color.PAIR, Color, [1, 2]),
    (Level.LOW, Level, 1),
    (MOMENT, datetime.datetime, "2026-05-04T03:02:01.000005+00:00"),
    (MOMENT.date(), datetime.date, "2026-05-04"),
    (MOMENT.time(), datetime.time, "03:02:01.000005"),
    (datetime.timedelta(seconds=90), datetime.timedelta, 90),
    (datetime.timedelta(milliseconds=1), datetime.timedelta, 0.001),
    (decimal.Decimal("1.10"), decimal.Decimal, "1.10"),
    (UUID_1, uuid.UUID, str(UUID_1)),
    (UUID_1, CustomerId, str(UUID_1)),
    (pathlib.PurePosixPath("/a"), pathlib.PurePath, "/a"),
    (b"\x00\xff", bytes, "AP8="),
    (bytearray(b"\x00"), bytearray, "AA=="),
    ({"b", "a"}, set[str], ["a", "b"]),
    (frozenset({Color.RED}), frozenset[Color], ["red"]),
    ((1, MOMENT), tuple[int, datetime.datetime], [1, "2026-05-04T03:02:01.000005+00:00"]),
    ([LINE], Sequence[Line], [{"name": "tea", "price": "1.10", "count": 2}]),
    ({UUID_1: LINE}, dict[uuid.UUID, Line], {str(UUID_1): {"name": "tea", "price": "1.10", "count": 2}}),
    ({Level.LOW: 1}, None, None),
    (Page([LINE], Page([])), Page[Line], None),
    ([1, None, LINE], list[int | Line | None], None),
    (LINE, Annotated[Line, "sold"], None),
    (
        Receipt(total=decimal.Decimal("1.10"), paidAt=MOMENT),
        Receipt,
        {"total": "1.10", "paidAt": "2026-05-04T03:02:01.000005Z"},
    ),
]


@pytest.mark.parametrize(("value", "kind", "plain"), [pair for pair in PAIRS if pair[1] is not None])
@pytest.mark.parametrize("framing", ["wrapper", "value"])
def test_a_value_comes_back_over_the_wire(value: Any, kind: Any, plain: Any, framing: Any) -> None:
    if plain is not None:
        assert to_plain(value) == plain
    decoded = serializer.decode(converters.encode(value, framing=framing))
    back = from_plain(decoded, kind)
    assert back == value
    assert type(back) is type(value) or issubclass(type(value), pathlib.PurePath)


@pytest.mark.parametrize("kind", [str, int, dict[str, Any], list[int], Any, str | None, Mapping[str, float]])
def test_annotations_of_plain_types_are_not_checked(kind: Any) -> None:
    value = object()
    assert from_plain(value, kind) is value


def test_plain_values_are_written_as_before() -> None:
    value = {"a": [1, 2.5, None, True, "é"]}
    assert converters.encode(value) == serializer.encode(value)
    assert converters.envelope([LINE]) == serializer.envelope([to_plain(LINE)])


def test_unknown_members_are_left_out_and_defaults_fill_in() -> None:
    assert from_plain({"name": "tea", "price": 1, "colour": "x"}, Line) == Line("tea", decimal.Decimal(1))


def test_named_tuples_are_read_from_objects_too() -> None:
    assert from_plain({"start": "2026-01-02"}, Span) == Span(datetime.date(2026, 1, 2))


def test_unions_take_the_type_that_fits() -> None:
    @dataclass
    class Cash:
        kind: Literal["cash"]

    @dataclass
    class Card:
        kind: Literal["card"]
        number: str

    assert from_plain({"kind": "card", "number": "4"}, Cash | Card) == Card("card", "4")
    assert from_plain("2026-01-02", str | datetime.date) == datetime.date(2026, 1, 2)
    assert from_plain("tea", str | datetime.date) == "tea"


@pytest.mark.parametrize(
    ("plain", "kind", "path", "what"),
    [
        ({"name": "tea"}, Line, "$", "Line needs price"),
        ({"name": "tea", "price": "x"}, Line, "$.price", "expected a decimal number as text, got text"),
        ({"name": 1, "price": "1"}, Line, "$.name", "expected text, got a whole number"),
        (
            {"name": "t", "price": "1", "count": True},
            Line,
            "$.count",
            "expected a whole number, got a boolean",
        ),
        ([], Line, "$", "expected an object, got a list"),
        ([{}, 5], list[Line], "$[0]", "Line needs name, price"),
        ({"a": ["blue"]}, dict[str, list[Color]], "$.a[0]", "none of the values of Color"),
        (["2026-01-02", "2026-01-02", "x"], Span, "$", "at most 2 items, got 3"),
        ([1], tuple[Line, int], "$", "expected a list of 2 items, got 1"),
        ({"x": Point}, dict[int, Line], "$.x", "expected a whole number as key"),
        ({"total": "1", "paidAt": "never"}, Receipt, "$.paidAt", "Receipt: datetime"),
        ({"at": {"x": "secret"}}, Place, "$.at.x", "expected a number, got text"),
        ("secret", uuid.UUID, "$", "expected a UUID, got text"),
        (1e300, datetime.timedelta, "$", "expected a number of seconds, got a number"),
        ("%", bytes, "$", "expected bytes as base64 text, got text"),
        ([[]], set[Any], "$", "cannot be in a set"),
    ],
)
def test_what_does_not_fit_is_named_by_its_path_and_not_shown(
    plain: Any, kind: Any, path: str, what: str
) -> None:
    with pytest.raises(PayloadConversionError) as caught:
        from_plain(plain, kind, context="the result")
    assert caught.value.path == path
    assert what in str(caught.value)
    assert str(caught.value).startswith("the result does not fit its type: ")
    assert "secret" not in str(caught.value)


def test_a_class_that_refuses_its_members_is_the_cause() -> None:
    @dataclass
    class Even:
        number: int

        def __post_init__(self) -> None:
            if self.number % 2:
                raise ValueError("odd")

    with pytest.raises(PayloadConversionError, match=r"Even refuses it \(ValueError\)") as caught:
        from_plain({"number": 1}, Even)
    assert str(caught.value.__cause__) == "odd"


@pytest.mark.parametrize(
    ("value", "path"),
    [({"a": [object()]}, "$.a[0]"), (Order("1", MOMENT, [Line("a", print)]), "$.lines[0].price")],  # type: ignore[arg-type]
)
def test_what_has_no_plain_form_is_refused_with_its_path(value: Any, path: str) -> None:
    with pytest.raises(PayloadEncodeError, match=r"converters\.register") as caught:
        converters.encode(value)
    assert caught.value.path == path


def test_integer_keys_are_text_only_where_a_class_brings_them_back() -> None:
    @dataclass
    class Counts:
        by_year: dict[int, int]

    assert from_plain(to_plain(Counts({2026: 1})), Counts) == Counts({2026: 1})
    with pytest.raises(PayloadEncodeError, match="keys are strings"):
        converters.encode({2026: 1})


def test_keys_that_would_fall_together_are_refused() -> None:
    @dataclass
    class Loose:
        members: dict[Any, int]

    with pytest.raises(PayloadEncodeError, match="two keys"):
        to_plain(Loose({1: 1, "1": 2}))


def test_a_value_that_contains_itself_is_refused() -> None:
    loop: list[Any] = [LINE]
    loop.append(loop)
    with pytest.raises(PayloadEncodeError, match="256 containers"):
        converters.encode(loop)


def test_sets_are_written_alike_in_every_process() -> None:
    code = (
        "from durable_workflow.converters import encode; print(encode({'a', 'b', 'c', 'd', 'e', ('x', 1)}))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    ]
    assert len(set(runs)) == 1


def test_a_registered_type_is_written_and_read() -> None:
    class Money:
        def __init__(self, cents: int) -> None:
            self.cents = cents

    with pytest.raises(PayloadEncodeError):
        to_plain([Money(1)])
    converters.register(Money, to_plain=lambda money: {"cents": money.cents}, from_plain=_money(Money))
    assert to_plain([Money(110)]) == [{"cents": 110}]
    assert from_plain([{"cents": 110}], list[Money])[0].cents == 110
    with pytest.raises(PayloadConversionError, match=r"\$\[0\]: no Money can be made of it \(KeyError\)"):
        from_plain([{}], list[Money])


def _money(kind: Any) -> Any:
    return lambda plain: kind(plain["cents"])


def test_only_classes_are_registered() -> None:
    with pytest.raises(TypeError, match="takes a class"):
        converters.register("Money", to_plain=str, from_plain=str)  # type: ignore[arg-type]


def test_pydantic_is_not_loaded_for_it() -> None:
    code = (
        "import sys; from durable_workflow import converters, workflow; "
        "converters.encode([{1, 2}]); print('pydantic' in sys.modules, 'fastavro' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.split()[0] == "False"
