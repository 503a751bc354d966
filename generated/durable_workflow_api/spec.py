# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""The OpenAPI document this package was generated from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

__all__ = ["spec", "spec_path", "spec_text"]


def spec_path() -> Path:
    """Return the path of the YAML document inside the installed package."""
    return Path(__file__).with_name("durable-workflow.yaml")


def spec_text() -> str:
    """Return the YAML document as it was published, comments included."""
    return spec_path().read_text(encoding="utf-8")


def spec() -> dict[str, Any]:
    """Return the parsed document; every call returns a new one, free to be changed."""
    text = Path(__file__).with_name("openapi.json").read_text(encoding="utf-8")
    return cast("dict[str, Any]", json.loads(text))
