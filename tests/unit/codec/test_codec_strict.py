"""What is refused in writing, where the error points, and what it advises."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import typing
import uuid
from collections import OrderedDict, defaultdict
from typing import Any

import attrs
import pytest

from durable_workflow import codec
from durable_workflow.codec._strict import MAX_DEPTH
from durable_workflow.errors import PayloadEncodeError


class Size(enum.StrEnum):
    LARGE = "large"


class Level(enum.IntEnum):
    HIGH = 3


class Plain(enum.Enum):
    ONE = 1


class Point(typing.NamedTuple):
    x: int


@dataclasses.dataclass
class Order:
    id: int


@attrs.frozen
class Parcel:
    id: int


class Ratio(float):
    pass


@pytest.fixture(params=["wrapper", "value"])
def framing(request: pytest.FixtureRequest) -> Any:
    return request.param


def refusal(value: Any, framing: codec.Framing) -> PayloadEncodeError:
    with pytest.raises(PayloadEncodeError) as caught:
        codec.encode(value, framing=framing)
    return caught.value


PATHS = {
    "root": (float("nan"), "$"),
    "nested": ({"items": [0, 1, 2, {"price": float("inf")}]}, "$.items[3].price"),
    "list in list": ([[], [1, {1}]], "$[1][1]"),
    "key with a space": ({"unit price": (1,)}, '$["unit price"]'),
    "key with a quote": ({'a"b': (1,)}, '$["a\\"b"]'),
    "key with an apostrophe": ({"it's": (1,)}, '$["it\'s"]'),
    "key beyond ASCII": ({"ключ 1": (1,)}, '$["\\u043a\\u043b\\u044e\\u0447 1"]'),
    "empty key": ({"": (1,)}, '$[""]'),
    "long key": ({"k" * 100: (1,)}, '$["' + "k" * 57 + '..."]'),
    "the map of a bad key": ({"a": {1: 2}}, "$.a"),
}


@pytest.mark.parametrize(("value", "path"), PATHS.values(), ids=PATHS)
def test_path(value: Any, path: str, framing: codec.Framing) -> None:
    error = refusal(value, framing)
    assert error.path == path
    assert str(error).startswith(path + ": ")


TYPES = {
    "tuple": ((1, 2), "list(value)"),
    "named tuple": (Point(1), "list(value)"),
    "set": ({1}, "sorted(value)"),
    "bytearray": (bytearray(b"a"), "base64"),
    "Decimal": (decimal.Decimal("1.5"), "str(value)"),
    "UUID": (uuid.UUID(int=1), "str(value)"),
    "datetime": (datetime.datetime(2026, 1, 1), "isoformat()"),
    "timedelta": (datetime.timedelta(1), "total_seconds()"),
    "enum": (Plain.ONE, "value.value"),
    "dataclass": (Order(1), "asdict(value)"),
    "attrs": (Parcel(1), "attrs.asdict(value)"),
    "range": (range(3), "Convert it"),
    "object": (object(), "Convert it"),
    "a class": (Order, "Convert it"),
}


@pytest.mark.parametrize(("value", "advice"), TYPES.values(), ids=TYPES)
def test_type(value: Any, advice: str, framing: codec.Framing) -> None:
    error = refusal([value], framing)
    assert error.code == "unsupported_value_type"
    assert error.path == "$[0]"
    assert advice in str(error)


@pytest.mark.parametrize("key", [1, 1.5, None, True, b"a", (1,)])
def test_keys_are_text(key: Any, framing: codec.Framing) -> None:
    error = refusal({key: 1}, framing)
    assert error.code == "invalid_map_key"
    assert repr(key) in str(error)


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": 1}, ["é\ud83d"]])
def test_text_is_unicode(value: Any, framing: codec.Framing) -> None:
    assert refusal(value, framing).code == "invalid_utf8_string"


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, 10**400])
def test_integers_have_64_bits(value: int, framing: codec.Framing) -> None:
    assert refusal(value, framing).code == "integer_overflow"


def test_bytes_have_no_json_form() -> None:
    assert refusal(b"a", "wrapper").code == "unsupported_value_type"
    assert codec.decode(codec.encode(b"a", framing="value")) == b"a"


def test_depth_is_limited(framing: codec.Framing) -> None:
    value: list[Any] = []
    for _ in range(MAX_DEPTH - 1):
        value = [value]
    assert codec.decode(codec.encode(value, framing=framing)) == value
    error = refusal([value], framing)
    assert error.code == "nesting_too_deep"
    assert error.path == "$" + "[0]" * MAX_DEPTH


def test_a_value_that_contains_itself_is_refused(framing: codec.Framing) -> None:
    value: list[Any] = []
    value.append({"me": value})
    assert refusal(value, framing).code == "nesting_too_deep"


def test_an_exhausted_stack_is_refused_as_depth(framing: codec.Framing) -> None:
    value: list[Any] = []
    for _ in range(MAX_DEPTH - 1):
        value = [value]
    seen: list[Any] = []

    def sink() -> None:
        try:
            seen.append(codec.encode(value, framing=framing))
        except PayloadEncodeError as error:
            seen.append(error.code)
        sink()

    with pytest.raises(RecursionError):
        sink()
    assert "nesting_too_deep" in seen


EQUAL = {
    "StrEnum": (Size.LARGE, "large"),
    "StrEnum key": ({Size.LARGE: 1}, {"large": 1}),
    "IntEnum": (Level.HIGH, 3),
    "float subclass": (Ratio(0.5), 0.5),
    "OrderedDict": (OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
    "defaultdict": (defaultdict(int, a=1), {"a": 1}),
}


@pytest.mark.parametrize(("value", "plain"), EQUAL.values(), ids=EQUAL)
def test_subclasses_are_written_as_what_they_equal(value: Any, plain: Any, framing: codec.Framing) -> None:
    assert codec.encode(value, framing=framing) == codec.encode(plain, framing=framing)
    assert value == plain


def test_json_is_never_written() -> None:
    for name in ("json", "workflow-serializer-y", ""):
        with pytest.raises(PayloadEncodeError) as caught:
            codec.encode(1, name)
        assert caught.value.code == "unsupported_payload_codec"
        assert 'Use codec "avro"' in str(caught.value)
