"""Four trips, of which weeks pass in moments: `python -m examples.trip_booking.demo`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from durable_workflow import WorkflowHandle
from durable_workflow.errors import UpdateRejected, WorkflowCancelled
from durable_workflow.testing import WorkflowEnvironment
from examples.trip_booking.activities import Partners
from examples.trip_booking.workflows import WORKFLOWS, TripBooking

KINDS = ["flight", "hotel", "car"]

Play = Callable[[WorkflowHandle[Any], Partners], Awaitable[Any]]


async def booked(trip: WorkflowHandle[Any], partners: Partners) -> Any:
    """Two travellers; a third one with the name of the first is refused."""
    print("  update   ", await trip.update("add_traveller", ["Ada"]), "traveller")
    print("  update   ", await trip.update("add_traveller", ["Grace"]), "travellers")
    try:
        await trip.update("add_traveller", ["Ada"])
    except UpdateRejected as refused:
        print("  refused  ", refused)
    print("  query    ", await trip.query("itinerary"))
    await trip.signal("confirm", ["Ada"])
    return await trip.result(timeout=60)


async def sold_out(trip: WorkflowHandle[Any], partners: Partners) -> Any:
    """No car is left: flight and hotel are given back."""
    partners.refused = {"car"}
    await trip.update("add_traveller", ["Mary"])
    await trip.signal("confirm", ["Mary"])
    return await trip.result(timeout=60)


async def declined(trip: WorkflowHandle[Any], partners: Partners) -> Any:
    """Everything is reserved, and the card is declined."""
    partners.refused, partners.credit_cents = set(), 100
    await trip.update("add_traveller", ["Joan"])
    await trip.signal("confirm", ["Joan"])
    return await trip.result(timeout=60)


async def cancelled(trip: WorkflowHandle[Any], partners: Partners) -> Any:
    """Somebody thinks better of it before anything is booked."""
    await trip.cancel(reason="rather stay at home")
    try:
        return await trip.result(timeout=60)
    except WorkflowCancelled:
        return {"status": "cancelled"}


TRIPS: dict[str, tuple[Play, str]] = {
    "lisbon": (booked, "booked"),
    "oslo": (sold_out, "undone"),
    "vienna": (declined, "undone"),
    "home": (cancelled, "cancelled"),
}


async def play() -> int:
    """Play all trips; 0 when each of them ended as it must."""
    partners, wrong = Partners(), 0
    async with WorkflowEnvironment(workflows=WORKFLOWS, activities=partners.activities) as env:
        for name, (story, expected) in TRIPS.items():
            print(f"\n{name}: {str(story.__doc__).rstrip('.')}")
            trip = await env.start_workflow(TripBooking, name, KINDS, workflow_id=f"trip-{name}")
            result = await story(trip, partners)
            print("  result   ", result)
            wrong += result["status"] != expected
    print("\nheld at the end:", *sorted(partners.held), "| given back:", *partners.given_back)
    return min(1, wrong + (sorted(partners.held) != [f"lisbon/{kind}" for kind in sorted(KINDS)]))


def main() -> int:
    """Play the demo: client, worker and server in this process, on virtual time."""
    return asyncio.run(asyncio.wait_for(play(), timeout=60))


if __name__ == "__main__":
    sys.exit(main())
