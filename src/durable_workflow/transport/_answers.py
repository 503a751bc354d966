"""From the bytes of a successful answer to what the operation promises."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ..errors import ResponseNotUnderstood
from ._retry import Answer

if TYPE_CHECKING:
    from ._call import Call

__all__ = ["Parse", "body_of", "excerpt", "understood", "understood_json"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Parse(Protocol[T_co]):
    """The `parse_response` of a generated operation module."""

    def __call__(self, *, status_code: int, headers: Mapping[str, str], content: bytes) -> T_co: ...


def understood(call: Call, answer: Answer, parse: Parse[Any], expected: type[T]) -> T:
    """Return the model of a successful answer.

    Raises:
        ResponseNotUnderstood: the answer is not what the operation promises.
    """
    try:
        model = parse(status_code=_documented(call, answer), headers=answer.headers, content=answer.content)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise _misunderstood(call, answer, f"{type(error).__name__}: {error}") from error
    except Exception as error:
        # Generated code has exceptions of its own for undocumented answers.
        raise _misunderstood(call, answer, str(error)) from error
    if isinstance(model, expected):
        return model
    raise _misunderstood(call, answer, f"a JSON {expected.__name__} was expected")


def understood_json(call: Call, answer: Answer, parse: Parse[Any]) -> dict[str, Any]:
    """Return the plain JSON object of a successful answer.

    Raises:
        ResponseNotUnderstood: the answer is not a JSON object.
    """
    return understood(call, answer, parse, dict)


def body_of(answer: Answer) -> Any:
    """Return the decoded body, or its text if it is not JSON."""
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError):
        return answer.content[:2000].decode("utf-8", "replace")


def excerpt(answer: Answer) -> str:
    """Return content type and first characters, for people."""
    start = " ".join(answer.content[:400].decode("utf-8", "replace").split())[:120]
    return f"{answer.headers.get('content-type') or 'no content type'}: {start!r}"


def _documented(call: Call, answer: Answer) -> int:
    """Return the status as documented: servers differ in which 2xx they send."""
    success = call.operation.success
    return answer.status if answer.status in success else success[0]


def _misunderstood(call: Call, answer: Answer, why: str) -> ResponseNotUnderstood:
    return ResponseNotUnderstood(
        f"the answer is not what this protocol promises ({why}); is something between client and server?"
        f" It is {excerpt(answer)}",
        operation=call.operation.id,
        status=answer.status,
        body=body_of(answer),
        attempts=call.attempts,
        safe_to_retry=call.operation.idempotency == "natural" or call.operation.long_poll is not None,
    )
