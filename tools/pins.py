"""Checks that the tools whose output is compared byte by byte have the pinned versions."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

__all__ = ["wrong_versions"]

_TOOLS = ("Jinja2", "markdown-it-py", "openapi-python-client", "ruff", "unasync")


def wrong_versions(pyproject: Path) -> list[str]:
    """Return one message per tool that is missing or has another version than the `dev` extra pins.

    Args:
        pyproject: The `pyproject.toml` with the pins.
    """
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    requirements = project["optional-dependencies"]["dev"]
    pins = dict(entry.split("==") for entry in requirements if "==" in entry)
    messages = []
    for tool in _TOOLS:
        installed = _installed(tool)
        if installed != pins[tool]:
            found = f"{tool} {pins[tool]} is needed, {installed or 'none'} is installed"
            messages.append(f"{found}: run `pip install -e .[dev]`")
    return messages


def _installed(tool: str) -> str | None:
    try:
        return metadata.version(tool)
    except metadata.PackageNotFoundError:
        return None
