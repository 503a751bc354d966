"""The profile file: connections that a person uses again and again, under names.

current_profile = "staging"

[profiles.staging]
server_url = "https://workflows.staging.example"
namespace = "payments"
token_env = "STAGING_TOKEN"
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

__all__ = [
    "CONFIG_VARIABLE",
    "KNOWN",
    "PROFILE_VARIABLE",
    "Profile",
    "ProfileError",
    "config_path",
    "names",
    "select",
]

CONFIG_VARIABLE = "DURABLE_WORKFLOW_CONFIG"
PROFILE_VARIABLE = "DW_ENV"
"""The name that all command lines of the protocol read (cluster info, `auth_composition_contract`)."""

KNOWN: Mapping[str, tuple[type, ...]] = {
    "ca_file": (str,),
    "cert_file": (str,),
    "key_file": (str,),
    "namespace": (str,),
    "payload_keys_env": (str,),
    "payload_keys_file": (str,),
    "payloads": (str,),
    "redactor": (str,),
    "server_url": (str,),
    "timeout_seconds": (int, float),
    "tls_verify": (bool,),
    "token_env": (str,),
    "token_file": (str,),
    "worker_token_env": (str,),
    "worker_token_file": (str,),
}
_PATHS = ("ca_file", "cert_file", "key_file", "payload_keys_file", "token_file", "worker_token_file")


class ProfileError(ValueError):
    """The profile file cannot be used; the text says which file, what is wrong and what to write."""


@frozen
class Profile:
    """One profile.

    Attributes:
        name: Its name; None when no profile is in use.
        values: What it sets, by the names of `KNOWN`; paths are absolute.
        selected_by: What chose it: `--profile`, `DW_ENV`, `current_profile`, `default_profile` or `default`.
    """

    name: str | None
    values: Mapping[str, Any]
    selected_by: str


def config_path(given: str | None, environment: Mapping[str, str]) -> Path:
    """Return where the profile file is, whether it exists or not.

    Args:
        given: The path from the command line, if there was one.
        environment: Variables of the process.
    """
    chosen = given or environment.get(CONFIG_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    folder = environment.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(folder).expanduser() / "durable-workflow" / "config.toml"


def select(path: Path, given: str | None, environment: Mapping[str, str]) -> Profile:
    """Return the profile to use: the one of `--profile`, of `DW_ENV`, the file's current one, or `default`.

    Args:
        path: The profile file; a missing one has no profiles.
        given: The name from the command line, if there was one.
        environment: Variables of the process.

    Raises:
        ProfileError: The file cannot be read, or has no such profile.
    """
    document = _read(path)
    profiles = document.get("profiles", {})
    for name, by in (
        (given, "--profile"),
        (environment.get(PROFILE_VARIABLE), PROFILE_VARIABLE),
        (document.get("current_profile"), "current_profile"),
    ):
        if name:
            return Profile(name, _values(path, name, profiles, by), by)
    if "default" in profiles:
        return Profile("default", _values(path, "default", profiles, "its name"), "default_profile")
    return Profile(None, {}, "default")


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"the profile file {path} cannot be read: {error}") from error
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"the profile file {path} is no TOML: {error}") from error
    _check_top(path, document)
    return document


def _check_top(path: Path, document: Mapping[str, Any]) -> None:
    unknown = sorted(document.keys() - {"current_profile", "profiles"})
    if unknown:
        raise ProfileError(
            f"{path}: {unknown[0]!r} is not known here; known are current_profile and [profiles.NAME]"
        )
    if not isinstance(document.get("current_profile", ""), str):
        raise ProfileError(f"{path}: current_profile must be the name of a profile")
    profiles = document.get("profiles", {})
    if not isinstance(profiles, dict) or not all(isinstance(each, dict) for each in profiles.values()):
        raise ProfileError(f"{path}: profiles must be tables such as [profiles.staging]")


def _values(path: Path, name: str, profiles: Mapping[str, Mapping[str, Any]], by: str) -> dict[str, Any]:
    if name not in profiles:
        known = ", ".join(sorted(profiles)) or "none"
        raise ProfileError(f"{path} has no profile {name!r} (chosen by {by}); it has: {known}")
    found = dict(profiles[name])
    for key, value in found.items():
        _check_value(f"{path}, profile {name!r}", key, value)
    for key in _PATHS:
        if key in found:
            # Relative to the file that names it, wherever the command runs.
            found[key] = os.fspath(path.parent / Path(found[key]).expanduser())
    return found


def _check_value(where: str, key: str, value: Any) -> None:
    if key in ("payload_keys", "token", "worker_token"):
        raise ProfileError(
            f"{where}: {key} is a secret and not kept in the profile file; write {key}_file (a file that"
            f" holds it) or {key}_env (the name of an environment variable)"
        )
    if key not in KNOWN:
        raise ProfileError(f"{where}: {key!r} is not known; known are {', '.join(sorted(KNOWN))}")
    if not isinstance(value, KNOWN[key]) or (isinstance(value, bool) and bool not in KNOWN[key]):
        kinds = " or ".join(kind.__name__ for kind in KNOWN[key])
        raise ProfileError(f"{where}: {key} must be {kinds}, not {value!r}")


def names(given: str | None, environment: Mapping[str, str]) -> list[str]:
    """Return the names of all profiles for completion; of a file that cannot be read, none."""
    try:
        return sorted(_read(config_path(given, environment)).get("profiles", {}))
    except ProfileError:
        return []
