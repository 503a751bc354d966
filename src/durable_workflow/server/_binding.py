"""Taking the address: before anything else is opened, and never in public without a token."""

from __future__ import annotations

import errno
import ipaddress
import socket

from durable_workflow.errors import DurableWorkflowError

__all__ = ["AddressInUse", "ServerError", "ServerNotProtected", "bind", "url_of"]

_BACKLOG = 2048

# Asked for a sign of life after so many seconds, again after so many, and given up after so many in vain.
_KEEP_ALIVE = {"TCP_KEEPIDLE": 15, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 3}


class ServerError(DurableWorkflowError):
    """The server cannot start."""


class AddressInUse(ServerError):
    """Another program listens on the address; stop it, or choose another port."""


class ServerNotProtected(ServerError):
    """The address can be reached from elsewhere and no token is set; set one, or stay on this machine."""


def bind(host: str, port: int, *, protected: bool) -> socket.socket:
    """Return a listening socket.

    Args:
        host: A host name or address.
        port: The port; 0 lets the system choose.
        protected: Whether callers have to show a token.

    Raises:
        ServerNotProtected: If the address is not a loopback address and there is no token.
        AddressInUse: If another program has the address.
        ServerError: If the address is not one of this machine.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise ServerError(f"{host} is not an address of this machine: {error.strerror}") from error
    family, kind, protocol, _, address = found[0]
    if not protected and not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback:
        raise ServerNotProtected(
            f"{host} can be reached from other machines: set a token, or listen on 127.0.0.1"
        )
    listener = socket.socket(family, kind, protocol)
    try:
        _listen(listener, address, f"{host}:{port}")
    except BaseException:
        listener.close()
        raise
    return listener


def _listen(listener: socket.socket, address: tuple[object, ...], shown: str) -> None:
    # A server that was killed leaves connections behind that would block its successor.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    _watch_peers(listener)
    try:
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressInUse(f"another program listens on {shown}; choose another port") from error
        raise ServerError(f"cannot listen on {shown}: {error.strerror}") from error


def _watch_peers(listener: socket.socket) -> None:
    # A peer that vanished without a word would keep its poll, and be handed a task. Connections inherit this.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEP_ALIVE.items():
        if hasattr(socket, name):
            listener.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def url_of(listener: socket.socket) -> str:
    """Return the URL under which a listening socket is reached from this machine."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
