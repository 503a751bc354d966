"""The workflows: a trip, and one reservation of it."""

from __future__ import annotations

from typing import Any

from durable_workflow import workflow
from durable_workflow.errors import ActivityFailed, ChildWorkflowFailed
from durable_workflow.workflow import ActivityRetryPolicy

CENTS_EACH = {"flight": 30_000, "hotel": 45_000, "car": 12_000}
DAY = 86_400
RETRIES = ActivityRetryPolicy(max_attempts=5, initial_interval_seconds=1)


@workflow.defn(name="trip.reservation")
class Reservation:
    """Hold one thing for a trip; a child, so that it has a history and retries of its own."""

    async def run(self, ctx: workflow.WorkflowContext, trip: str, kind: str) -> str:
        """Return the number of the reservation."""
        number = await ctx.schedule_activity(
            "trip.hold", [trip, kind], retry_policy=RETRIES, start_to_close_timeout=30
        )
        # Airlines and hotels confirm in the evening.
        await ctx.sleep(12 * 3600)
        return str(number)


@workflow.defn(name="trip.booking")
class TripBooking:
    """Plan a trip, wait for its confirmation, book everything, and undo all of it if anything fails."""

    def __init__(self) -> None:
        self.stage = "planning"
        self.travellers: list[str] = []
        self.confirmed_by: str | None = None
        self.reservations: list[str] = []

    @workflow.query("itinerary")
    def itinerary(self) -> dict[str, Any]:
        """Tell how far the trip is."""
        return {
            "stage": self.stage,
            "travellers": list(self.travellers),
            "reservations": list(self.reservations),
        }

    @workflow.update("add_traveller")
    def add_traveller(self, name: str) -> int:
        """Take one more traveller along; returns how many there are."""
        self.travellers.append(name)
        return len(self.travellers)

    @workflow.update_validator("add_traveller")
    def check_traveller(self, name: str) -> None:
        """Refuse what cannot be; a refused update leaves no trace in the workflow."""
        if self.stage != "planning":
            raise ValueError(f"the trip is {self.stage}")
        if name in self.travellers:
            raise ValueError(f"{name} travels already")

    @workflow.signal("confirm")
    def confirm(self, who: str) -> None:
        """Say that the plan stands."""
        self.confirmed_by = who

    async def run(self, ctx: workflow.WorkflowContext, trip: str, kinds: list[str]) -> dict[str, Any]:
        """Return what became of the trip."""
        confirmed = await ctx.wait_condition(
            lambda: self.confirmed_by and self.travellers, key="confirmed", timeout=14 * DAY
        )
        if not confirmed:
            self.stage = "expired"
            return {"status": "expired"}
        self.stage = "booking"
        try:
            payment = await self.book(ctx, trip, kinds)
        except (ActivityFailed, ChildWorkflowFailed) as failure:
            self.stage = "undone"
            return {"status": "undone", "reason": str(failure)}
        self.stage = "booked"
        return {"status": "booked", "payment": payment, **self.itinerary()}

    async def book(self, ctx: workflow.WorkflowContext, trip: str, kinds: list[str]) -> str:
        """Reserve everything at the same time, then pay; the saga undoes what was done, whatever happens."""
        async with ctx.saga() as saga:
            for kind in kinds:
                # Before the step: a child that was cancelled halfway may hold something already.
                saga.add(ctx.schedule_activity("trip.release", [trip, kind], retry_policy=RETRIES))
            self.reservations = await ctx.all(
                ctx.start_child_workflow(Reservation, [trip, kind], parent_close_policy="terminate")
                for kind in kinds
            )
            cents = len(self.travellers) * sum(CENTS_EACH[kind] for kind in kinds)
            return str(await ctx.schedule_activity("trip.pay", [trip, cents], retry_policy=RETRIES))


WORKFLOWS = [TripBooking, Reservation]
