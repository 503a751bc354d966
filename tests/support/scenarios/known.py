"""Where our server is known to differ from the recorded one, as docs/compatibility.md says for people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from support.scenarios.comparing import Difference
from support.wire import Exchange

# Wherever a history stands in an answer its events are named alike; the metadata mirrors members.
_HISTORY = re.compile(r"^body\.(task\.history_events|history_events|events|history\.events)(?=$|\[)")
_MIRROR = re.compile(r"^body\.control_plane\.(?!request_contract)")


def place_of(difference: Difference) -> str:
    """The part of a difference, spelt alike in all answers that carry the member."""
    return _MIRROR.sub("body.", _HISTORY.sub("history", difference.part))


class Known(Protocol):
    """Differences that are meant; `row` is the matter of their row in docs/compatibility.md."""

    @property
    def row(self) -> str: ...

    def explains(self, exchange: Exchange, operation: str, difference: Difference) -> bool:
        """Whether this difference is one of them."""
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """Differences that are meant wherever they occur.

    Attributes:
        row: The matter of the row in docs/compatibility.md.
        kinds: The kinds of difference, separated by spaces.
        part: A pattern of the whole place.
        operations: The operationIds, separated by spaces; empty for all.
    """

    row: str
    kinds: str
    part: str
    operations: str = ""

    def explains(self, exchange: Exchange, operation: str, difference: Difference) -> bool:
        """Whether this difference is one of them."""
        return (
            difference.kind in self.kinds.split()
            and (not self.operations or operation in self.operations.split())
            and bool(re.fullmatch(self.part, place_of(difference)))
        )


@dataclass(frozen=True, slots=True)
class Single:
    """Exchanges that are answered in another way.

    Attributes:
        row: The matter of the row in docs/compatibility.md.
        file: The recording.
        seqs: The exchanges in it.
        left_out: Whether scripts leave the request out, since all would go another way behind it.
        without: Members that scripts leave out of the body for the same reason, as paths.
    """

    row: str
    file: str
    seqs: tuple[int, ...]
    left_out: bool = False
    without: tuple[str, ...] = ()

    @property
    def is_bent(self) -> bool:
        """Whether the scripts do something else than the recording."""
        return self.left_out or bool(self.without)

    @property
    def keys(self) -> frozenset[tuple[str, int]]:
        """The exchanges, as (file, seq)."""
        return frozenset((self.file, seq) for seq in self.seqs)

    def explains(self, exchange: Exchange, operation: str, difference: Difference) -> bool:
        """Whether this difference is in one of them."""
        return exchange.file == self.file and exchange.seq in self.seqs


@dataclass(frozen=True, slots=True)
class Parting:
    """A scenario that goes another way from one exchange on.

    Attributes:
        row: The matter of the row in docs/compatibility.md.
        file: The recording.
        scenario: The scenario.
        since: The exchange in which it parts.
        kinds: The kinds of difference that follow from it, separated by spaces; empty for all.
    """

    row: str
    file: str
    scenario: str
    since: int
    kinds: str = ""

    def explains(self, exchange: Exchange, operation: str, difference: Difference) -> bool:
        """Whether this difference is in or behind the exchange."""
        return (
            (exchange.file, exchange.scenario) == (self.file, self.scenario)
            and exchange.seq >= self.since
            and (not self.kinds or difference.kind in self.kinds.split())
        )
