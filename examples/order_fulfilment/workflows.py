"""The order workflow: plain Python whose every step is kept by the server."""

from __future__ import annotations

from typing import Any

from durable_workflow import ActivityRetryPolicy, workflow

INSPECTION_SECONDS = 3


@workflow.defn(name="order_fulfilment")
class OrderFulfilment:
    """Reserve, charge, wait for the fraud inspection and a person's approval, ship, send a receipt."""

    def __init__(self) -> None:
        self.approved_by: str | None = None

    @workflow.signal("approve_shipment")
    def approve_shipment(self, approver: str) -> None:
        """Remember who approved the shipment."""
        self.approved_by = approver

    async def run(self, ctx: workflow.WorkflowContext, order: dict[str, Any]) -> dict[str, Any]:
        """Fulfil one order and return what became of it."""
        stock = await ctx.schedule_activity("reserve_stock", [order])
        payment = await ctx.schedule_activity(
            "charge_payment",
            [order["order_id"], order["cents"]],
            retry_policy=ActivityRetryPolicy(
                max_attempts=10, initial_interval_seconds=1, backoff_coefficient=1
            ),
        )
        await ctx.sleep(INSPECTION_SECONDS)
        await ctx.wait_condition(lambda: self.approved_by is not None, key="shipment approved")
        tracking = await ctx.schedule_activity("ship", [stock["reservation"], self.approved_by])
        receipt = await ctx.schedule_activity("send_receipt", [order["order_id"], payment, tracking])
        return {"order_id": order["order_id"], "payment": payment, "tracking": tracking, "receipt": receipt}
