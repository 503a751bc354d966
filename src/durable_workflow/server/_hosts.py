"""Which names a server without a token answers to: those that no foreign web page can be served under.

A browser lets a page talk to the host that the page came from, and whoever owns a name may let it point to
127.0.0.1 (DNS rebinding). So a server that lets everybody of this machine in looks at the name that it
is called by.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

__all__ = ["Hosts"]

_HOST = re.compile(r"(\[[0-9a-f:.%]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?", re.ASCII)


class Hosts:
    """The names by which the server may be called.

    Args:
        further: Names beside those of the loopback interface.
    """

    def __init__(self, further: Iterable[str] = ()) -> None:
        self._further = {name.lower().strip("[]").rstrip(".") for name in further}

    def admit(self, host: str) -> bool:
        """Return whether a Host header names this server."""
        found = _HOST.fullmatch(host.lower())
        if found is None:
            return False
        name = found[1].strip("[]").rstrip(".")
        return name in self._further or name == "localhost" or name.endswith(".localhost") or _loopback(name)


def _loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
