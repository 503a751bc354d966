"""Where an answer of our server differs from the recorded one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from support.scenarios.aligning import aligned, event_name
from support.scenarios.identities import Identities, ids_in

# Members whose values are for people, are about the server itself, or count what else it has done.
INCIDENTAL = {
    "active_count",
    "active_worker_scopes",
    "active_workers",
    "age_seconds",
    "approximate_backlog_age",
    "approximate_backlog_age_seconds",
    "caller_label",
    "checksum",
    "data",
    "duration_ms",
    "error",
    "file",
    "generated_at",
    "history_size_bytes",
    "json_error",
    "line",
    "liveness_reason",
    "message",
    "request_fingerprint",
    "server_id",
    "size_bytes",
    "stale_count",
    "version",
    "wait_reason",
    "workflow_count",
}
# Lists of what the server holds besides, or of which only the entries count.
SAMPLES = {"build_ids", "pollers", "queues", "task_queue_pollers", "top_level_keys", "workers", "workflows"}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
_REPLACED = "text"
_TOKENS = ("next_page_token", "next_history_page_token")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was recorded.

    Attributes:
        kind: `status`, `reason`, `outcome`, where the status differs; else `missing` or `added` for a member,
            `filled` or `emptied` where one of the values is null, `type`, `value`, `entries` of a list,
            `identity` where one thing was taken for another, or `violation` of the spec.
        part: The path of the member, without positions in lists; an event is named by its type.
        recorded: What was recorded.
        ours: What our server answers.
    """

    kind: str
    part: str
    recorded: Any
    ours: Any

    def __str__(self) -> str:
        return f"{self.kind} of {self.part}: recorded {_short(self.recorded)}, ours {_short(self.ours)}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 160 else f"{text[:150]} …"


class Comparison:
    """Compares answers, and learns our identities on the way."""

    def __init__(self, identities: Identities) -> None:
        self._identities = identities

    def differences(self, recorded: Any, ours: Any, part: str = "body") -> Iterator[Difference]:
        """Everything in which two JSON values differ."""
        if _type(recorded) != _type(ours):
            kind = "filled" if recorded is None else "emptied" if ours is None else "type"
            yield Difference(kind, part, recorded, ours)
        elif isinstance(recorded, Mapping):
            yield from self._maps(recorded, ours, part)
        elif isinstance(recorded, list):
            yield from self._lists(recorded, ours, part)
        else:
            yield from self._scalars(recorded, ours, part)

    def _maps(self, recorded: Mapping[str, Any], ours: Mapping[str, Any], part: str) -> Iterator[Difference]:
        for name in recorded.keys() - ours.keys():
            yield Difference("missing", f"{part}.{name}", recorded[name], None)
        for name in ours.keys() - recorded.keys():
            yield Difference("added", f"{part}.{name}", None, ours[name])
        # The page of a list ends where the server's workflows do.
        apart = {"next_page_token"} if "workflow_count" in recorded else set()
        for name in (recorded.keys() & ours.keys()) - apart:
            yield from self.differences(recorded[name], ours[name], f"{part}.{name}")

    def _lists(self, recorded: list[Any], ours: list[Any], part: str) -> Iterator[Difference]:
        if _name(part) in SAMPLES:
            yield from self._samples(recorded, ours, part)
            return
        if set(map(repr, recorded)) == {repr(_REPLACED)} and ours:
            # Texts for people: how many there are is as little agreed as their words.
            recorded, ours = recorded[:1], ours[:1]
        pairs = aligned(recorded, ours)
        if len(pairs) < max(len(recorded), len(ours)):
            yield Difference("entries", part, _outline(recorded), _outline(ours))
        for theirs, mine in pairs:
            yield from self.differences(theirs, mine, f"{part}[{event_name(theirs)}]")

    def _samples(self, recorded: list[Any], ours: list[Any], part: str) -> Iterator[Difference]:
        """Compare the shape of entries that need not be about the same things."""
        apart = Comparison(Identities())
        for theirs, mine in zip(recorded, ours, strict=False):
            found = apart.differences(theirs, mine, f"{part}[]")
            yield from (one for one in found if one.kind in ("missing", "added"))

    def _scalars(self, recorded: Any, ours: Any, part: str) -> Iterator[Difference]:
        if recorded in (ours, _REPLACED) or _name(part) in INCIDENTAL:
            return
        if part.endswith(_TOKENS):
            self._identities.learn_token(recorded, ours)
        elif not isinstance(recorded, str):
            yield Difference("value", part, recorded, ours)
        elif ids_in(recorded):
            if not self._identities.learn(_TIME.sub("~", recorded), _TIME.sub("~", ours)):
                yield Difference("identity", part, recorded, ours)
        elif not (_TIME.fullmatch(recorded) and _TIME.fullmatch(ours)):
            yield Difference("value", part, recorded, ours)


def _name(part: str) -> str:
    return part.rpartition(".")[2]


def _type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "object" if isinstance(value, Mapping) else type(value).__name__


def _outline(entries: list[Any]) -> list[Any]:
    return [event_name(entry) or entry for entry in entries]
