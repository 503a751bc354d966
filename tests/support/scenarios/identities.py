"""Which identity of our server stands for which recorded one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_ID = re.compile(r"(?<![0-9A-Za-z])[0-9][0-9A-HJKMNP-TV-Z]{25}(?![0-9A-Za-z])", re.IGNORECASE)
_TOKENS = ("next_page_token", "next_history_page_token")


def ids_in(value: Any) -> set[str]:
    """Every identity that is named anywhere in a JSON value."""
    return {found for text in _texts(value) for found in _ID.findall(text)}


def shape_of(text: str) -> str:
    """A text with a star in place of each identity."""
    return _ID.sub("*", text)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for entry in value.values():
            yield from _texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)


class Identities:
    """Recorded identities and ours, learnt where both stand in the same place of an answer."""

    def __init__(self) -> None:
        self._ours: dict[str, str] = {}
        self._tokens: dict[str, str] = {}

    def knows(self, recorded: str) -> bool:
        return recorded in self._ours

    def learn(self, recorded: str, ours: str) -> bool:
        """Take two texts for the same; False if they cannot be, by what was learnt before."""
        if shape_of(recorded) != shape_of(ours):
            return False
        pairs = list(zip(_ID.findall(recorded), _ID.findall(ours), strict=True))
        return all(self._ours.setdefault(theirs, mine) == mine for theirs, mine in pairs)

    def learn_token(self, recorded: str, ours: str) -> None:
        """Take a page token for the one recorded in its place."""
        self._tokens[recorded] = ours

    def in_text(self, recorded: str) -> str:
        """A recorded text with our identities."""
        return _ID.sub(lambda found: self._ours.get(found[0], found[0]), recorded)

    def in_value(self, recorded: Any) -> Any:
        """A recorded JSON value with our identities and page tokens."""
        if isinstance(recorded, str):
            return self.in_text(recorded)
        if isinstance(recorded, Mapping):
            return {name: self._member(name, value) for name, value in recorded.items()}
        return [self.in_value(entry) for entry in recorded] if isinstance(recorded, list) else recorded

    def _member(self, name: str, value: Any) -> Any:
        if name in _TOKENS and isinstance(value, str):
            return self._tokens.get(value, value)
        return self.in_value(value)
