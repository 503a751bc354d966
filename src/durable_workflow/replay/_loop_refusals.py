"""What an event loop can do elsewhere and not in a workflow, and what to do instead."""

from __future__ import annotations

_IO = "input and output belong in an activity: await ctx.schedule_activity(...)"
_THREADS = "a thread has its own pace, so its work belongs in an activity: await ctx.schedule_activity(...)"
_SIGNALS = "a workflow hears of the world by its signals: @workflow.signal(name)"
_RUNNING = "the workflow's loop runs as long as the workflow does: await what you need"
_WORKER = "the loop belongs to the worker, and its settings do not change"

REFUSED: dict[str, str] = {
    **dict.fromkeys(
        (
            "add_reader",
            "add_writer",
            "connect_accepted_socket",
            "connect_read_pipe",
            "connect_write_pipe",
            "create_connection",
            "create_datagram_endpoint",
            "create_server",
            "create_unix_connection",
            "create_unix_server",
            "getaddrinfo",
            "getnameinfo",
            "remove_reader",
            "remove_writer",
            "sendfile",
            "sock_accept",
            "sock_connect",
            "sock_recv",
            "sock_recv_into",
            "sock_recvfrom",
            "sock_recvfrom_into",
            "sock_sendall",
            "sock_sendfile",
            "sock_sendto",
            "start_tls",
            "subprocess_exec",
            "subprocess_shell",
        ),
        _IO,
    ),
    **dict.fromkeys(("call_soon_threadsafe", "run_in_executor", "set_default_executor"), _THREADS),
    **dict.fromkeys(("add_signal_handler", "remove_signal_handler"), _SIGNALS),
    **dict.fromkeys(
        (
            "close",
            "run_forever",
            "run_until_complete",
            "shutdown_asyncgens",
            "shutdown_default_executor",
            "stop",
        ),
        _RUNNING,
    ),
    **dict.fromkeys(("set_debug", "set_exception_handler", "set_task_factory"), _WORKER),
}
"""Remedy by the name of the loop's method."""

AS_COMPLETED = (
    "asyncio.as_completed takes its coroutines in an order that differs from replay to replay: "
    "make tasks of them first (asyncio.create_task), in a list, and pass those"
)
