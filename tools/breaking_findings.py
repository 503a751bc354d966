"""What the breaking-change guard says: which change, where, whom it breaks and how."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

__all__ = ["Change", "Context", "Effect", "Finding", "Findings", "Kind", "Mode"]


class Kind(enum.StrEnum):
    """Who is broken."""

    CLIENT = "client"
    SERVER = "server"
    HISTORY = "history"


class Mode(enum.Enum):
    """Who wrote what a schema describes, and so which change of it breaks whom."""

    REQUEST = "request"
    RESPONSE = "response"
    HISTORY = "history"


class Effect(enum.Enum):
    """What a change of a schema does to the set of documents that fit it."""

    NARROWED = "narrowed"
    WIDENED = "widened"
    REMOVED = "removed"
    ADDED = "added"
    ADDED_REQUIRED = "added-required"
    ADDED_TO_CLOSED = "added-to-closed"
    DEFAULT = "default"
    ADDITION = "addition"


_Outcome = tuple[Kind, str]
_MARK = "mark it with a newer x-dw-since or a new x-dw-capability"
_OUTCOMES: Mapping[tuple[Mode, Effect], _Outcome] = {
    (Mode.REQUEST, Effect.NARROWED): (Kind.CLIENT, "new servers refuse what released clients send"),
    (Mode.REQUEST, Effect.WIDENED): (
        Kind.SERVER,
        f"released servers refuse what clients may now send: {_MARK}",
    ),
    (Mode.REQUEST, Effect.REMOVED): (Kind.CLIENT, "new servers refuse or ignore what released clients send"),
    (Mode.REQUEST, Effect.ADDED): (
        Kind.SERVER,
        f"released servers refuse or ignore it: {_MARK}",
    ),
    (Mode.REQUEST, Effect.ADDED_REQUIRED): (Kind.CLIENT, "released clients do not send it and are refused"),
    (Mode.REQUEST, Effect.DEFAULT): (Kind.CLIENT, "released clients that leave it out get something else"),
    (Mode.RESPONSE, Effect.NARROWED): (Kind.SERVER, "released servers answer what new clients do not expect"),
    (Mode.RESPONSE, Effect.WIDENED): (Kind.CLIENT, "released clients meet what they were never told of"),
    (Mode.RESPONSE, Effect.REMOVED): (Kind.CLIENT, "released clients that read it find nothing"),
    (Mode.RESPONSE, Effect.ADDED_TO_CLOSED): (
        Kind.CLIENT,
        "released clients refuse or misread an object that was closed",
    ),
    (Mode.RESPONSE, Effect.ADDED_REQUIRED): (Kind.SERVER, "released servers do not send it"),
    (Mode.RESPONSE, Effect.DEFAULT): (
        Kind.CLIENT,
        "its absence now means something else to released clients",
    ),
    (Mode.HISTORY, Effect.NARROWED): (Kind.HISTORY, "retained histories hold what no longer fits"),
    (Mode.HISTORY, Effect.REMOVED): (
        Kind.HISTORY,
        "retained histories hold it and nothing says what it means",
    ),
    (Mode.HISTORY, Effect.ADDED_REQUIRED): (Kind.HISTORY, "retained histories do not have it"),
    (Mode.HISTORY, Effect.DEFAULT): (
        Kind.HISTORY,
        "its absence in retained histories now means something else",
    ),
}
_EXCUSABLE = frozenset({Effect.WIDENED, Effect.ADDED})


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a schema; `what` never holds anything that differs between two runs."""

    effect: Effect
    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Context:
    """How a schema was met.

    Attributes:
        mode: Who wrote the documents that it describes.
        via: The operation and message, for people.
        excused: Whether a newer version or a new capability announces whatever a request may now hold.
    """

    mode: Mode
    via: str
    excused: bool = False

    def excuse(self, excused: bool) -> Context:
        """Return this context, with requests excused from here on when `excused` says so."""
        return replace(self, excused=self.excused or (excused and self.mode is Mode.REQUEST))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that breaks somebody."""

    kind: Kind
    place: str
    what: str
    how: str
    via: str = ""

    @property
    def key(self) -> str:
        """The text that names this break in the list of acknowledgements."""
        return f"{self.kind} {self.place}: {self.what}"

    def __str__(self) -> str:
        via = f" ({self.via})" if self.via else ""
        return f"{self.kind:<7}  {self.place}: {self.what}: {self.how}{via}"


@dataclass(slots=True)
class Findings:
    """Everything found, each break once however many operations share it."""

    _breaks: dict[str, Finding] = field(default_factory=dict)
    _additions: dict[str, None] = field(default_factory=dict)

    def add(self, kind: Kind, place: str, what: str, how: str, via: str = "") -> None:
        """Record a break; the first meeting names the operation."""
        finding = Finding(kind, place, what, how, via)
        self._breaks.setdefault(finding.key, finding)

    def add_change(self, change: Change, context: Context) -> None:
        """Record what a change of a schema means where it was met."""
        outcome = _OUTCOMES.get((context.mode, change.effect))
        if outcome is None or (context.excused and change.effect in _EXCUSABLE):
            self.note(change.place, change.what)
        else:
            self.add(outcome[0], change.place, change.what, outcome[1], context.via)

    def note(self, place: str, what: str) -> None:
        """Record a change that breaks nobody."""
        self._additions.setdefault(f"{place}: {what}")

    def __iter__(self) -> Iterator[Finding]:
        order = list(Kind)
        return iter(sorted(self._breaks.values(), key=lambda finding: order.index(finding.kind)))

    @property
    def additions(self) -> tuple[str, ...]:
        """Changes that break nobody, those left out that also stand among the breaks."""
        broken = {f"{finding.place}: {finding.what}" for finding in self._breaks.values()}
        return tuple(text for text in self._additions if text not in broken)
