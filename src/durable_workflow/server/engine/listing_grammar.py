"""The predicates of a list: their grammar, read into a tree.

    predicate  = conjunction { "OR" conjunction }
    conjunction = term { "AND" term }
    term       = "(" predicate ")" | name operator literal | name "IN" "(" literal { "," literal } ")"
    operator   = "=" | "!=" | "<>" | "<" | "<=" | ">" | ">="
    literal    = 'text' | "text" | number | "true" | "false"

Words are case-insensitive, names are not; a quote within a text is doubled.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Condition", "Group", "Literal", "NotAPredicate", "Predicate", "TooComplex", "parse"]

Literal = str | int | float | bool

_MAX_CONDITIONS = 100
_MAX_DEPTH = 20
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>'(?:[^']|'')*'|"(?:[^"]|"")*")
      | (?P<number>[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?(?:[eE][+-]?[0-9]{1,3})?)(?![A-Za-z0-9_.:-])
      | (?P<word>[A-Za-z_][A-Za-z0-9_.:-]*)
      | (?P<sign><=|>=|!=|<>|[=<>(),])
      | (?P<end>$)
    )""",
    re.VERBOSE | re.ASCII,
)
_OPERATORS = {"=": "=", "!=": "!=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_WORDS = {"AND", "OR", "IN", "TRUE", "FALSE"}


class NotAPredicate(ValueError):
    """The text does not follow the grammar."""


class TooComplex(ValueError):
    """The predicate follows the grammar, but is larger than the server takes."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of one attribute; ``IN`` has any number of values, the others one."""

    name: str
    operator: str
    values: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Predicates joined by ``AND`` or ``OR``."""

    word: str
    parts: tuple[Predicate, ...]


Predicate = Condition | Group


def parse(text: str) -> Predicate:
    """Return the tree of a predicate.

    Raises:
        NotAPredicate: If the text is none.
        TooComplex: If it has more conditions or deeper parentheses than the server takes.
    """
    reader = _Reader(_tokens(text))
    found = reader.alternatives(0)
    reader.expect("end")
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    position = 0
    while not tokens or tokens[-1][0] != "end":
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise NotAPredicate(f"unexpected text at {position}")
        kind, value = match.lastgroup, match[match.lastgroup]
        if kind == "word" and value.upper() in _WORDS:
            kind = value = value.upper()
        tokens.append((value if kind == "sign" else kind, value))
        position = match.end()
    return tokens


class _Reader:
    """Goes over tokens; ``conditions`` counts what was read, to bound the work."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._next = 0
        self._conditions = 0

    def expect(self, kind: str) -> str:
        value = self._take(kind)
        if value is None:
            raise NotAPredicate(f"{kind} expected")
        return value

    def _take(self, kind: str) -> str | None:
        found, value = self._tokens[self._next]
        if found != kind:
            return None
        self._next += 1
        return value

    def alternatives(self, depth: int) -> Predicate:
        return self._joined("OR", lambda: self._joined("AND", lambda: self._term(depth)))

    def _joined(self, word: str, read: Callable[[], Predicate]) -> Predicate:
        parts = [read()]
        while self._take(word) is not None:
            parts.append(read())
        return parts[0] if len(parts) == 1 else Group(word, tuple(parts))

    def _term(self, depth: int) -> Predicate:
        if self._take("(") is not None:
            if depth == _MAX_DEPTH:
                raise TooComplex(f"Parentheses are nested at most {_MAX_DEPTH} deep.")
            inner = self.alternatives(depth + 1)
            self.expect(")")
            return inner
        return self._condition()

    def _condition(self) -> Condition:
        self._conditions += 1
        if self._conditions > _MAX_CONDITIONS:
            raise TooComplex(f"A predicate has at most {_MAX_CONDITIONS} conditions.")
        name = self.expect("word")
        if self._take("IN") is not None:
            return Condition(name, "IN", self._list())
        sign, _ = self._tokens[self._next]
        if sign not in _OPERATORS:
            raise NotAPredicate("an operator expected")
        self._next += 1
        return Condition(name, _OPERATORS[sign], (self._literal(),))

    def _list(self) -> tuple[Literal, ...]:
        self.expect("(")
        values = [self._literal()]
        while self._take(",") is not None:
            values.append(self._literal())
            if len(values) > _MAX_CONDITIONS:
                raise TooComplex(f"A list has at most {_MAX_CONDITIONS} values.")
        self.expect(")")
        return tuple(values)

    def _literal(self) -> Literal:
        kind, value = self._tokens[self._next]
        self._next += 1
        if kind == "text":
            return value[1:-1].replace(value[0] * 2, value[0])
        if kind == "number":
            return float(value) if set(value) & set(".eE") else int(value)
        if kind in ("TRUE", "FALSE"):
            return kind == "TRUE"
        raise NotAPredicate("a literal expected")
