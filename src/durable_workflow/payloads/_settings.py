"""The settings of payloads, as one value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import field, frozen

from durable_workflow.codec import Framing
from durable_workflow.payloads._codecs import PayloadCodec

if TYPE_CHECKING:
    from durable_workflow.payloads._external import ExternalStorage


def _codecs(given: Iterable[PayloadCodec]) -> tuple[PayloadCodec, ...]:
    codecs = tuple(given)
    for codec in codecs:
        if not isinstance(codec, PayloadCodec):
            raise TypeError(f"codecs: {codec!r:.80} has no name, encode and decode")
    names = [codec.name for codec in codecs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"codecs: there are two named {name!r:.60}; one codec holds all its keys")
    return codecs


@frozen(kw_only=True)
class PayloadSettings:
    """How a client, and the workers on it, write and read payloads.

    Attributes:
        codecs: Applied in this order to what is sent, compression before encryption. Payloads without them
            are read as they are, so they can be turned on while workflows run.
        storage: Reads payloads that a server keeps elsewhere; without it they are refused.
        framing: Layout of what is written; by default what the server's version asks for, where the client
            has asked for that (`get_cluster_info`), else `"wrapper"`. A worker always writes that of the run.
        max_bytes: Largest request, in bytes; by default what the server says, 2 MiB if it does not.
    """

    codecs: tuple[PayloadCodec, ...] = field(default=(), converter=_codecs)
    storage: ExternalStorage | None = None
    framing: Framing | None = None
    max_bytes: int | None = None
