"""What the HTTP side and the engine say to each other: a call, and a reply, a wait or a refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from durable_workflow.server.store import Transaction

__all__ = ["Call", "Pending", "Refusal", "Reply"]


@dataclass(frozen=True, slots=True)
class Call:
    """One validated request, free of HTTP.

    Args:
        operation: The operationId of the specification.
        namespace: The namespace the caller named, lower-cased.
        path: Decoded path parameters by their name in the specification.
        query: Query parameters by name, converted to their schema's type.
        body: The JSON body, an empty mapping when there was none.
        headers: Request headers with lower-case names.
        role: The role the caller was given by authentication.
    """

    operation: str
    namespace: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    role: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A finished answer; the HTTP side adds the envelope of the plane.

    Args:
        status: The HTTP status.
        body: The members of the answer.
    """

    status: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pending:
    """Nothing to answer yet: look again when the topic is raised.

    Args:
        topic: The topic whose raising makes another look worthwhile.
        empty: The answer once the waiting time is over.
        deadline_seconds: How many seconds the server may hold the call, counted from its arrival;
            None for the server's poll timeout.
        next_probe_at: Clock time (epoch seconds) at which something is known to become due; None if
            nothing is.
        again: Looks again without changing anything; None to run the same call again.
        stopped: The answer when the server stops first; ``empty`` if None.
        withdraw: Called once when nobody waits any more, however the wait ended; it must not block.
        own_topic: A second such topic, which concerns only this caller and others like it.
    """

    topic: str
    empty: Reply
    deadline_seconds: float | None = None
    next_probe_at: float | None = None
    again: Callable[[Transaction], Reply | Pending] | None = None
    stopped: Reply | None = None
    withdraw: Callable[[], None] | None = None
    own_topic: str | None = None


class Refusal(Exception):
    """The engine says no: the transaction is rolled back and this becomes the error body.

    Args:
        status: The HTTP status.
        reason: The machine-readable reason, sent as ``reason`` unless ``members`` has its own.
        message: The text for people, sent under ``text_member``.
        members: Further members of the error body.
        text_member: ``error`` for protocol, lease and registration errors, ``message`` elsewhere.
    """

    def __init__(
        self,
        status: int,
        reason: str | None,
        message: str,
        members: Mapping[str, Any] | None = None,
        *,
        text_member: str = "message",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.message = message
        self.text_member = text_member
        self.members: dict[str, Any] = dict(members or {})

    def body(self) -> dict[str, Any]:
        """Return the error body, without the envelope of the plane."""
        return {self.text_member: self.message, "reason": self.reason, **self.members}
