"""What a schema validator found, said in words and by dotted path."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import jsonschema_rs
from jsonschema_rs import ValidationError

__all__ = ["WHOLE", "explain"]

WHOLE = "body"
"""The path of a message about the body as a whole."""

Finding = tuple[str, str]

_TYPES = {
    "array": "an array",
    "boolean": "true or false",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}
_FORMATS = {"date-time": "a timestamp as 2026-04-25T12:34:56Z"}
_MANY = 20


def explain(errors: Iterable[ValidationError], root: str = "") -> dict[str, list[str]]:
    """Return messages by dotted path.

    Args:
        errors: What the validator found.
        root: The path of the validated value itself, empty for the body.
    """
    found: dict[str, list[str]] = {}
    for error in errors:
        for path, message in _findings(error):
            dotted = ".".join(part for part in (root, path) if part) or WHOLE
            texts = found.setdefault(dotted, [])
            text = f"The {dotted} {message}"
            if text not in texts:
                texts.append(text)
    return found


def _findings(error: ValidationError) -> Iterator[Finding]:
    kind = error.kind
    if isinstance(kind, jsonschema_rs.ValidationErrorKind.Required):
        yield _dotted([*error.instance_path, kind.property]), "is required."
    elif isinstance(
        kind, (jsonschema_rs.ValidationErrorKind.AnyOf, jsonschema_rs.ValidationErrorKind.OneOfNotValid)
    ):
        yield from _of_alternatives(error, kind.context)
    elif isinstance(kind, jsonschema_rs.ValidationErrorKind.PropertyNames):
        yield (
            _dotted(error.instance_path),
            f"has a member with a name that is not allowed: {kind.error.message}.",
        )
    else:
        say = _SAYINGS.get(kind.name, _anything)
        yield _dotted(error.instance_path), say(error)


def _of_alternatives(error: ValidationError, branches: list[list[ValidationError]]) -> Iterator[Finding]:
    """Explain by the alternative that was meant: the one whose type and constants fit."""
    here = len(error.instance_path)
    meant = [branch for branch in branches if not any(_excludes(found, here) for found in branch)]
    if meant:
        for found in min(meant, key=len):
            yield from _findings(found)
        return
    constants = [found for branch in branches for found in branch if len(found.instance_path) > here]
    if constants:
        values = [
            _shown(found.kind.as_dict()["expected_value"]) for found in constants if _is_constant(found)
        ]
        yield _dotted(constants[0].instance_path), f"must be one of {', '.join(values)}."
        return
    expected = [text for branch in branches for found in branch for text in _expected_types(found)]
    yield _dotted(error.instance_path), f"must be {_either(expected)}."


def _excludes(found: ValidationError, here: int) -> bool:
    """Tell whether an error shows that its alternative was not meant at all."""
    if len(found.instance_path) == here:
        return isinstance(found.kind, jsonschema_rs.ValidationErrorKind.Type)
    return len(found.instance_path) == here + 1 and _is_constant(found)


def _is_constant(found: ValidationError) -> bool:
    return isinstance(found.kind, jsonschema_rs.ValidationErrorKind.Constant)


def _expected_types(error: ValidationError) -> list[str]:
    kind = error.kind
    if not isinstance(kind, jsonschema_rs.ValidationErrorKind.Type):
        return []
    return [_TYPES.get(name, name) for name in kind.types]


def _either(texts: Sequence[str]) -> str:
    unique = sorted(dict.fromkeys(texts), key=lambda text: text == "null") or ["of an allowed form"]
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} or {unique[-1]}"


def _dotted(path: Sequence[str | int]) -> str:
    return ".".join(str(part) for part in path)


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _enum(error: ValidationError) -> str:
    options = error.kind.as_dict()["options"]
    return f"must be one of {', '.join(_shown(option) for option in options[:_MANY])}."


def _limit(before: str, after: str = "") -> Callable[[ValidationError], str]:
    def say(error: ValidationError) -> str:
        limit = error.kind.as_dict()["limit"]
        return f"{before} {limit}{after if limit != 1 else after.removesuffix('s')}."

    return say


def _format(error: ValidationError) -> str:
    name = error.kind.as_dict()["format"]
    return f"must be {_FORMATS.get(name, name)}."


def _anything(error: ValidationError) -> str:
    return f"is not valid: {error.message}."


_SAYINGS: dict[str, Callable[[ValidationError], str]] = {
    "additionalProperties": lambda error: (
        "has members that are not allowed: " + f"{', '.join(error.kind.as_dict()['unexpected'][:_MANY])}."
    ),
    "const": lambda error: f"must be {_shown(error.kind.as_dict()['expected_value'])}.",
    "enum": _enum,
    "exclusiveMaximum": _limit("must be less than"),
    "exclusiveMinimum": _limit("must be greater than"),
    "format": _format,
    "maxItems": _limit("must have at most", " items"),
    "maxLength": _limit("must have at most", " characters"),
    "maxProperties": _limit("must have at most", " members"),
    "maximum": _limit("must be at most"),
    "minItems": _limit("must have at least", " items"),
    "minLength": _limit("must have at least", " characters"),
    "minProperties": _limit("must have at least", " members"),
    "minimum": _limit("must be at least"),
    "multipleOf": lambda error: f"must be a multiple of {error.kind.as_dict()['multiple_of']}.",
    "oneOf": lambda error: "fits more than one of the allowed forms.",
    "pattern": lambda error: f"must match {error.kind.as_dict()['pattern']}.",
    "type": lambda error: f"must be {_either(_expected_types(error))}.",
    "uniqueItems": lambda error: "must not name anything twice.",
}
