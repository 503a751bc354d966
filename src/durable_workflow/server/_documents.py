"""The specification itself, as the server hands it out: as a document and as a page to read."""

from __future__ import annotations

import re
from pathlib import Path

from durable_workflow.server._http import Answer

__all__ = ["document"]

_CACHE = {"cache-control": "no-cache"}
_TYPES = {
    "/openapi.yaml": ("durable-workflow.yaml", "application/yaml"),
    "/openapi.json": ("openapi.json", "application/json"),
}
_POLICY = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]+)"')


def document(path: str) -> Answer | None:
    """Return the specification as the document or page that a path names, None for any other path.

    Args:
        path: The path of a request.
    """
    from durable_workflow_api.spec import spec_path

    package = spec_path().parent
    if path in _TYPES:
        name, media = _TYPES[path]
        return Answer(200, (package / name).read_bytes(), {"content-type": media, **_CACHE})
    if path == "/docs":
        return _page(package / "reference.html")
    if path == "/docs/":
        # The links of the page are relative to /docs; so is this one, for a server behind a path prefix.
        return Answer(307, b"", {"location": "../docs", **_CACHE})
    return None


def _page(file: Path) -> Answer:
    """Return the page, under the policy it was made with and never inside of another page."""
    content = file.read_bytes()
    found = _POLICY.search(content)
    policy = found[1].decode() if found else "default-src 'none'"
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": f"{policy}; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
    }
    return Answer(200, content, {**headers, **_CACHE})
