"""The steps of an order that touch the world outside; here they only pretend to."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from durable_workflow import activity

GATEWAY_RECOVERS_AT_ATTEMPT = 3


class PaymentGatewayUnavailable(Exception):
    """The payment gateway did not answer; worth another try."""


@activity.defn(name="reserve_stock")
def reserve_stock(order: dict[str, Any]) -> dict[str, Any]:
    """Reserve the items; a plain function, so the worker runs it in a thread."""
    time.sleep(0.2)
    return {"reservation": f"RSV-{order['order_id']}", "items": order["items"]}


@activity.defn(name="charge_payment")
async def charge_payment(order_id: str, cents: int) -> str:
    """Charge the customer through a gateway that fails the first attempts.

    The idempotency key of a real gateway would be the order id: the activity may run more than once.
    """
    attempt = activity.context().info.attempt_number
    await asyncio.sleep(0.5 if attempt == 1 else 1.5)
    if attempt < GATEWAY_RECOVERS_AT_ATTEMPT:
        raise PaymentGatewayUnavailable(f"gateway timed out (attempt {attempt})")
    return f"PAY-{order_id}-{cents}"


@activity.defn(name="ship")
async def ship(reservation: str, approved_by: str) -> str:
    """Hand the parcel to the carrier."""
    await asyncio.sleep(0.2)
    return f"TRACK-{reservation}-{approved_by}"


@activity.defn(name="send_receipt")
async def send_receipt(order_id: str, payment: str, tracking: str) -> str:
    """Send the receipt to the customer."""
    await asyncio.sleep(0.1)
    return f"receipt for {order_id}: {payment}, {tracking}"


ACTIVITIES = (reserve_stock, charge_payment, ship, send_receipt)
