"""A server that says the same to everybody: what clients are measured against."""

from __future__ import annotations

import asyncio
import json
import sys

from durable_workflow.codec import envelope

__all__ = ["ANSWER"]

ANSWER = {
    "workflow_id": "order-1",
    "run_id": "01m81sa53qmh9ksq595nwn5qcc",
    "namespace": "default",
    "workflow_type": "order",
    "business_key": None,
    "status": "completed",
    "status_bucket": "completed",
    "is_terminal": True,
    "closed_reason": "completed",
    "task_queue": "orders",
    "run_number": 1,
    "run_count": 1,
    "is_current_run": True,
    "compatibility": None,
    "payload_codec": "avro",
    "execution_timeout_seconds": 3600,
    "run_timeout_seconds": 600,
    "execution_deadline_at": "2026-11-22T15:15:07+00:00",
    "run_deadline_at": "2026-11-22T14:25:07+00:00",
    "input": ["Ada"],
    "output": {"total": 42},
    # The framing that the peer reads; ours reads both.
    "input_envelope": envelope(["Ada"], framing="value"),
    "output_envelope": envelope({"total": 42}, framing="value"),
    "started_at": "2026-11-22T14:15:07.032117Z",
    "closed_at": "2026-11-22T14:15:18.245115Z",
    "last_progress_at": "2026-11-22T14:15:18+00:00",
    "wait_kind": None,
    "wait_reason": None,
    "memo": {},
    "search_attributes": {},
    "actions": {
        "can_signal": False,
        "can_query": False,
        "can_update": False,
        "can_cancel": False,
        "can_terminate": False,
        "can_repair": False,
        "can_archive": True,
    },
}


class _Stub(asyncio.Protocol):
    """Answers each request head; the benchmark sends no bodies."""

    def __init__(self) -> None:
        body = json.dumps(ANSWER).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._answer = head.encode() + body
        self._left = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        *whole, self._left = (self._left + data).split(b"\r\n\r\n")
        assert self._transport is not None
        self._transport.write(self._answer * len(whole))


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Stub, "127.0.0.1", 0)
    print(f"ready at http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(_serve())
    except KeyboardInterrupt:
        sys.exit(0)
