"""From a generated request to a model or a typed error.

What is decided without IO (headers, repeats, deadlines, errors) stands in small files of its own; the two
drivers only send bytes and wait. No other package of the SDK knows an HTTP library, and this one loads it
with the first call.
"""

from __future__ import annotations

from ._answers import Parse, understood, understood_json
from ._async import AsyncTransport
from ._call import Call
from ._flight import AsyncShared, SyncShared
from ._options import ClientCertificate, HttpOptions
from ._retry import Answer
from ._settings import Settings, Token, checked_base_url
from ._sync import SyncTransport

__all__ = [
    "Answer",
    "AsyncShared",
    "AsyncTransport",
    "Call",
    "ClientCertificate",
    "HttpOptions",
    "Parse",
    "Settings",
    "SyncShared",
    "SyncTransport",
    "Token",
    "checked_base_url",
    "understood",
    "understood_json",
]
