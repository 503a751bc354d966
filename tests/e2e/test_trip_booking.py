"""The trips of examples/trip_booking: children, a saga, messages, cancellation; live and replayed."""

from __future__ import annotations

import pytest
from examples.trip_booking.activities import Partners
from examples.trip_booking.workflows import DAY, WORKFLOWS, TripBooking

from durable_workflow.errors import UpdateRejected, WorkflowCancelled
from durable_workflow.testing import WorkflowEnvironment

KINDS = ["flight", "hotel", "car"]


@pytest.fixture
def partners() -> Partners:
    return Partners()


@pytest.fixture(params=[False, True], ids=["cached", "replayed"])
def env(request: pytest.FixtureRequest, partners: Partners) -> WorkflowEnvironment:
    return WorkflowEnvironment(
        workflows=WORKFLOWS, activities=partners.activities, always_replay=request.param
    )


def test_a_trip_that_nobody_confirms_expires(env: WorkflowEnvironment, partners: Partners) -> None:
    assert env.execute_workflow(TripBooking, "lisbon", KINDS) == {"status": "expired"}
    assert partners.held == {}


def test_a_confirmed_trip_is_booked_for_all_travellers(env: WorkflowEnvironment, partners: Partners) -> None:
    counted = [env.update("add_traveller", name, after=DAY) for name in ("Ada", "Grace", "Ada")]
    planned = env.query("itinerary", after=2 * DAY)
    env.signal("confirm", "Ada", after=3 * DAY)
    # The confirmations of the evening are still to come.
    booking = env.query("itinerary", after=3 * DAY + 60)
    result = env.execute_workflow(TripBooking, "lisbon", KINDS)
    assert [call.result() for call in counted[:2]] == [1, 2]
    with pytest.raises(UpdateRejected, match="Ada travels already"):
        counted[2].result()
    assert planned.result() == {"stage": "planning", "travellers": ["Ada", "Grace"], "reservations": []}
    assert booking.result()["stage"] == "booking"
    assert result["reservations"] == ["FLIGHT-lisbon", "HOTEL-lisbon", "CAR-lisbon"]
    assert (result["status"], partners.paid) == ("booked", {"lisbon": 2 * 87_000})


@pytest.mark.parametrize(
    ("sold_out", "credit", "reason"), [("car", 10**6, "car is sold out"), ("", 1, "declined")]
)
def test_a_trip_that_fails_is_undone_in_reverse_order(
    env: WorkflowEnvironment, partners: Partners, sold_out: str, credit: int, reason: str
) -> None:
    partners.refused, partners.credit_cents = {sold_out}, credit
    env.update("add_traveller", "Mary")
    env.signal("confirm", "Mary")
    result = env.execute_workflow(TripBooking, "oslo", KINDS)
    assert result["status"] == "undone"
    assert reason in result["reason"]
    assert partners.held == {}
    assert partners.given_back == ["oslo/car", "oslo/hotel", "oslo/flight"]


def test_a_trip_that_is_cancelled_while_it_is_booked_is_undone(
    env: WorkflowEnvironment, partners: Partners
) -> None:
    env.update("add_traveller", "Joan")
    env.signal("confirm", "Joan", after=DAY)
    env.cancel(after=DAY + 3600, reason="rather stay at home")
    with pytest.raises(WorkflowCancelled):
        env.execute_workflow(TripBooking, "vienna", KINDS)
    assert partners.held == {}
    assert partners.given_back == ["vienna/car", "vienna/hotel", "vienna/flight"]
    assert partners.paid == {}
