"""What the travel agency asks of others; here a ledger in memory stands for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from durable_workflow import activity
from durable_workflow.errors import NonRetryableError


class Partners:
    """Airlines, hotels and the bank, with everything that was done and undone.

    Every call carries a key that stays the same over all attempts, so a repetition changes nothing. What was
    given back cannot be held any more, for a slow attempt may arrive after its own undoing.
    """

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.given_back: list[str] = []
        self.paid: dict[str, int] = {}
        self.refused: set[str] = set()
        """Kinds of reservation that are sold out."""
        self.credit_cents = 1_000_000

    @activity.defn(name="trip.hold")
    async def hold(self, trip: str, kind: str) -> str:
        """Hold a flight, a hotel or a car."""
        if kind in self.refused:
            raise NonRetryableError(f"every {kind} is sold out")
        key = f"{trip}/{kind}"
        if key in self.given_back:
            raise NonRetryableError(f"{key} was given back before it was held")
        return self.held.setdefault(key, f"{kind.upper()}-{trip}")

    @activity.defn(name="trip.release")
    async def release(self, trip: str, kind: str) -> None:
        """Give a reservation back, whether or not it was made."""
        key = f"{trip}/{kind}"
        self.held.pop(key, None)
        if key not in self.given_back:
            self.given_back.append(key)

    @activity.defn(name="trip.pay")
    def pay(self, trip: str, cents: int) -> str:
        """Take the money; a plain function, so the worker runs it in a thread."""
        if cents > self.credit_cents:
            raise NonRetryableError("the card is declined")
        self.paid[trip] = cents
        return f"PAY-{trip}-{cents}"

    @property
    def activities(self) -> list[Callable[..., Any]]:
        """All activities, bound to this ledger."""
        return [self.hold, self.release, self.pay]
