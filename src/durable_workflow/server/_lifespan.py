"""The lifespan part of ASGI: told when to start and when to stop."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from durable_workflow.server._http import Receive, Send

__all__ = ["serve_lifespan"]

_log = logging.getLogger("durable_workflow.server")


async def serve_lifespan(
    receive: Receive,
    send: Send,
    start: Callable[[], Awaitable[None]],
    stop: Callable[[], Awaitable[None]],
) -> None:
    """Start and stop when the ASGI server says so, and tell it how that went.

    Args:
        receive: The ASGI receiver.
        send: The ASGI sender.
        start: Starts the application.
        stop: Stops it.
    """
    for phase, step in (("startup", start), ("shutdown", stop)):
        await receive()
        try:
            await step()
        except Exception as error:
            _log.exception("the %s failed", phase)
            await send({"type": f"lifespan.{phase}.failed", "message": str(error)})
            return
        await send({"type": f"lifespan.{phase}.complete"})
