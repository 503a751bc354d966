"""SIGINT and SIGTERM while workers run: the first one stops them, a second one hurries them."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["stop_signals"]

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_listeners: list[tuple[asyncio.AbstractEventLoop, Callable[[], None]]] = []
_previous: dict[int, Any] = {}


@contextmanager
def stop_signals(listener: Callable[[], None]) -> Iterator[None]:
    """Call a listener in its event loop for every SIGINT and SIGTERM.

    Does nothing outside of the main thread, where Python delivers no signals. Several workers may listen at
    once; when the last one leaves, the handlers that were there before are back.

    Args:
        listener: what to call.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    entry = (asyncio.get_running_loop(), listener)
    if not _listeners:
        _install()
    _listeners.append(entry)
    try:
        yield
    finally:
        _listeners.remove(entry)
        if not _listeners:
            _restore()


def _install() -> None:
    # signal.signal and not loop.add_signal_handler: the latter cannot give back what was there before.
    for number in _SIGNALS:
        _previous[number] = signal.signal(number, _deliver)


def _restore() -> None:
    for number, handler in _previous.items():
        # None: a handler that was not installed from Python and cannot be given back.
        if signal.getsignal(number) is _deliver and handler is not None:
            signal.signal(number, handler)
    _previous.clear()


def _deliver(number: int, frame: object) -> None:
    for loop, listener in _listeners:
        if not loop.is_closed():
            loop.call_soon_threadsafe(listener)
