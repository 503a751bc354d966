"""HTTP/1.1 under uvicorn, for clients that offer to speak something newer.

Java's HTTP client offers HTTP/2 with its first requests (``Upgrade: h2c``). A server may ignore such an offer
and answer in HTTP/1.1, which is what this one does, without a warning for each of them.
"""

from __future__ import annotations

import asyncio
from typing import Any

__all__ = ["protocol_class"]

_OFFER = {b"upgrade", b"http2-settings"}


def protocol_class() -> type[asyncio.Protocol]:
    """Return the protocol class for uvicorn: on httptools where it is installed, else on h11."""
    try:
        return _on_httptools()
    except ImportError:
        return _on_h11()


def _on_h11() -> type[asyncio.Protocol]:
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Protocol(H11Protocol):
        def _unsupported_upgrade_warning(self) -> None:
            pass

    return Protocol


def _on_httptools() -> type[asyncio.Protocol]:
    import httptools
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

    class Parser:
        """Parses a request that offers an upgrade once more, without the offer.

        httptools takes an offer for accepted and ends such a request behind its head, without its body.
        """

        def __init__(self, protocol: Protocol) -> None:
            self._protocol = protocol
            self._renew()

        def _renew(self) -> None:
            self._parser: Any = httptools.HttpRequestParser(self._protocol)
            self._parser.set_dangerous_leniencies(lenient_data_after_close=True)

        def feed_data(self, data: bytes) -> None:
            try:
                self._parser.feed_data(data)
            except httptools.HttpParserUpgrade as end:
                if not self._protocol.offered:
                    raise
                again = self._protocol.head_without_offer() + data[end.args[0] :]
                self._renew()
                self.feed_data(again)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._parser, name)

    class Protocol(HttpToolsProtocol):
        offered = False

        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            self.parser = Parser(self)  # type: ignore[assignment]

        def on_headers_complete(self) -> None:
            # CONNECT is no offer, and no path of ours.
            self.offered = self.parser.should_upgrade() and self.parser.get_method() != b"CONNECT"
            if not self.offered:
                super().on_headers_complete()

        def on_message_complete(self) -> None:
            if not self.offered:
                super().on_message_complete()

        def head_without_offer(self) -> bytes:
            version = self.parser.get_http_version().encode("ascii")
            lines = [self.parser.get_method() + b" " + self.url + b" HTTP/" + version]
            lines += [name + b": " + value for name, value in without_offer(self.headers)]
            return b"\r\n".join(lines) + b"\r\n\r\n"

        def _unsupported_upgrade_warning(self) -> None:
            pass

    return Protocol


def without_offer(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the headers of a request without those that offer another protocol."""
    kept = []
    for name, value in headers:
        if name == b"connection":
            tokens = [token.strip() for token in value.split(b",")]
            kept.append((name, b", ".join(token for token in tokens if token.lower() not in _OFFER)))
        elif name not in _OFFER:
            kept.append((name, value))
    return kept
