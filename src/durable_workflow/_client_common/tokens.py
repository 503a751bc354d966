"""Page tokens that a client makes itself."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["token_behind"]


def token_behind(events: Sequence[Mapping[str, Any]], token: str | None) -> str | None:
    """Return the token of the page behind the last one: servers give none while there is no further event.

    Args:
        events: the events of the last page.
        token: the token that this page was fetched with; it still holds if the page is empty.
    """
    if not events:
        return token
    return base64.b64encode(str(events[-1]["sequence"]).encode()).decode()
