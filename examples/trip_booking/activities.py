"""What the travel agency asks of others; here a ledger in memory stands for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from durable_workflow import activity
from durable_workflow.errors import NonRetryableError


class Partners:
    """Airlines, hotels and the bank, with everything that was done and undone.

    Every call carries a key that stays the same over all attempts, so that a repetition changes nothing.
    """

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.released: list[str] = []
        self.paid: dict[str, int] = {}
        self.refused: set[str] = set()
        """Kinds of reservation that are sold out."""
        self.credit_cents = 1_000_000

    @activity.defn(name="trip.hold")
    async def hold(self, trip: str, kind: str) -> str:
        """Hold a flight, a hotel or a car."""
        if kind in self.refused:
            raise NonRetryableError(f"every {kind} is sold out")
        return self.held.setdefault(f"{trip}/{kind}", f"{kind.upper()}-{trip}")

    @activity.defn(name="trip.release")
    async def release(self, trip: str, kind: str) -> None:
        """Give a reservation back; one that was never made is no fault."""
        if self.held.pop(f"{trip}/{kind}", None) is not None:
            self.released.append(f"{trip}/{kind}")

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
