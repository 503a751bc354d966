"""TLS contexts by the user's wishes; the same for every HTTP library."""

from __future__ import annotations

import functools
import ssl
from pathlib import Path

from ..errors import InvalidArgument
from ._options import HttpOptions

__all__ = ["tls_context"]


def tls_context(base_url: str, options: HttpOptions) -> ssl.SSLContext | bool:
    """Return the context of connections to a server, False for one without TLS.

    Args:
        base_url: address of the server.
        options: what the user set about certificates.

    Raises:
        InvalidArgument: a file cannot be read.
    """
    # Loading the certificate authorities takes longer than a hundred calls; plain http has no use for them.
    if not base_url.startswith("https:"):
        return False
    if options.verify is True and options.cert is None:
        return _common_context()
    return _own_context(options)


@functools.cache
def _common_context() -> ssl.SSLContext:
    return _from_httpx(True)


def _own_context(options: HttpOptions) -> ssl.SSLContext:
    try:
        context = _trusting(options.verify)
        if options.cert is not None:
            parts = (options.cert,) if isinstance(options.cert, str) else options.cert
            context.load_cert_chain(*parts)
    except (OSError, ValueError) as error:
        raise InvalidArgument(f"verify or cert cannot be used: {error}") from error
    return context


def _trusting(verify: ssl.SSLContext | str | bool) -> ssl.SSLContext:
    if isinstance(verify, ssl.SSLContext):
        return verify
    if isinstance(verify, str):
        directory = Path(verify).is_dir()
        return ssl.create_default_context(
            cafile=None if directory else verify, capath=verify if directory else None
        )
    return _from_httpx(verify)


def _from_httpx(verify: bool) -> ssl.SSLContext:
    """Return httpx's context: its authorities, or those that SSL_CERT_FILE and SSL_CERT_DIR name."""
    import httpx

    return httpx.create_ssl_context(verify=verify)
