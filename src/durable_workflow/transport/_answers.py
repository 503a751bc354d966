"""From the bytes of a successful answer to what the operation promises."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ..errors import ResponseNotUnderstood
from ..redaction import HIDDEN
from ._retry import Answer

if TYPE_CHECKING:
    from ._call import Call

__all__ = ["Parse", "body_of", "excerpt", "shown", "understood", "understood_json"]

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
        raise _misunderstood(call, answer, _why(call, error)) from _cause(call, error)
    except Exception as error:
        # Generated code has exceptions of its own for undocumented answers.
        raise _misunderstood(call, answer, str(error)) from error
    if isinstance(model, expected):
        return model
    raise _misunderstood(call, answer, f"a JSON {expected.__name__} was expected")


def _why(call: Call, error: Exception) -> str:
    # Such an error quotes the value that it does not like.
    quoted = f"{type(error).__name__}: {error}"
    return quoted if call.settings.redactor is None else type(error).__name__


def _cause(call: Call, error: Exception) -> Exception | None:
    return error if call.settings.redactor is None else None


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


def shown(call: Call, value: Any) -> Any:
    """Return what may be seen of a decoded body, or of a text that is none."""
    redactor = call.settings.redactor
    if redactor is None:
        return value
    try:
        return redactor(value)
    except Exception:
        # Rather nothing than too much; and the error that is being made is what matters.
        return HIDDEN


def excerpt(call: Call, answer: Answer) -> str:
    """Return content type and first characters, for people."""
    if call.settings.redactor is None:
        text = answer.content[:400].decode("utf-8", "replace")
    else:
        body = shown(call, body_of(answer))
        text = body if isinstance(body, str) else json.dumps(body, default=lambda _: HIDDEN)
    return f"{answer.headers.get('content-type') or 'no content type'}: {' '.join(text.split())[:120]!r}"


def _documented(call: Call, answer: Answer) -> int:
    """Return the status as documented: servers differ in which 2xx they send."""
    success = call.operation.success
    return answer.status if answer.status in success else success[0]


def _misunderstood(call: Call, answer: Answer, why: str) -> ResponseNotUnderstood:
    return ResponseNotUnderstood(
        f"the answer is not what this protocol promises ({why}); is something between client and server?"
        f" It is {excerpt(call, answer)}",
        operation=call.operation.id,
        status=answer.status,
        body=shown(call, body_of(answer)),
        attempts=call.attempts,
        safe_to_retry=call.operation.idempotency == "natural" or call.operation.long_poll is not None,
    )
