"""The specification itself, as the server hands it out."""

from __future__ import annotations

from durable_workflow.server._http import Answer

__all__ = ["document"]

_CACHE = {"cache-control": "no-cache"}


def document(path: str) -> Answer | None:
    """Return the specification as the document that a path names, None for any other path.

    Args:
        path: The path of a request.
    """
    from durable_workflow_api.spec import spec_path

    if path == "/openapi.yaml":
        return Answer(200, spec_path().read_bytes(), {"content-type": "application/yaml", **_CACHE})
    if path == "/openapi.json":
        return Answer(200, spec_path().with_name("openapi.json").read_bytes(), dict(_CACHE))
    return None
