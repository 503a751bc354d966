"""Where each setting comes from: arguments, then environment, then profile, then default."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from durable_workflow.cli._profiles import Profile, ProfileError, config_path, select

__all__ = ["ENVIRONMENT", "Setting", "Settings", "SettingsError", "resolve"]

ENVIRONMENT: Mapping[str, str] = {
    "ca_file": "DURABLE_WORKFLOW_CA_FILE",
    "cert_file": "DURABLE_WORKFLOW_CERT_FILE",
    "key_file": "DURABLE_WORKFLOW_KEY_FILE",
    "namespace": "DURABLE_WORKFLOW_NAMESPACE",
    "payload_keys": "DURABLE_WORKFLOW_PAYLOAD_KEYS",
    "payloads": "DURABLE_WORKFLOW_PAYLOADS",
    "redactor": "DURABLE_WORKFLOW_REDACTOR",
    "server_url": "DURABLE_WORKFLOW_SERVER_URL",
    "timeout_seconds": "DURABLE_WORKFLOW_TIMEOUT_SECONDS",
    "tls_verify": "DURABLE_WORKFLOW_TLS_VERIFY",
    "token": "DURABLE_WORKFLOW_AUTH_TOKEN",
    "worker_token": "DURABLE_WORKFLOW_WORKER_TOKEN",
}
"""The environment variable of each setting; those of connections are the protocol's canonical ones."""

_DEFAULTS: Mapping[str, Any] = {
    "namespace": "default",
    "server_url": "http://127.0.0.1:8080",
    "timeout_seconds": 60.0,
    "tls_verify": True,
}
_TRUTH = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


class SettingsError(ValueError):
    """A setting cannot be used; the text names it, where it comes from and what it should be."""


@frozen
class Setting:
    """A value and its source: `flag`, `environment`, `selected_profile`, `profile_env` or `default`."""

    value: Any
    source: str


@frozen
class Settings:
    """Everything a command must know to call a server.

    Attributes:
        profile: The profile in use.
        config: Where the profile file is looked for.
        values: Each setting that has a value, by name.
    """

    profile: Profile
    config: Path
    values: Mapping[str, Setting]

    def get(self, name: str) -> Any:
        """Return a setting's value, None if it has none."""
        setting = self.values.get(name)
        return None if setting is None else setting.value

    def source(self, name: str) -> str:
        """Return where a setting comes from."""
        setting = self.values.get(name)
        return "default" if setting is None else setting.source


def resolve(given: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
    """Return the settings for a command.

    Args:
        given: What arguments set, by the names of `ENVIRONMENT`, with `profile`, `config` and
            files that hold a secret, such as `token_file`.
        environment: Variables of the process.

    Raises:
        SettingsError: A setting or the profile cannot be used.
    """
    config = config_path(given.get("config"), environment)
    try:
        profile = select(config, given.get("profile"), environment)
    except ProfileError as error:
        raise SettingsError(str(error)) from error
    found = {name: _find(name, given, environment, profile) for name in ENVIRONMENT}
    return Settings(profile, config, {name: each for name, each in found.items() if each is not None})


def _find(
    name: str, given: Mapping[str, Any], environment: Mapping[str, str], profile: Profile
) -> Setting | None:
    if given.get(name) is not None:
        return Setting(given[name], "flag")
    if given.get(f"{name}_file") is not None:
        return Setting(_secret(given[f"{name}_file"], f"--{name.replace('_', '-')}-file"), "flag")
    variable = ENVIRONMENT[name]
    if environment.get(variable):
        return Setting(_from_text(name, environment[variable], variable), "environment")
    return _in_profile(name, environment, profile)


def _in_profile(name: str, environment: Mapping[str, str], profile: Profile) -> Setting | None:
    values = profile.values
    if name in values:
        return Setting(values[name], "selected_profile")
    variable = values.get(f"{name}_env")
    if variable is not None:
        if not environment.get(variable):
            raise SettingsError(
                f"the environment variable {variable} is not set; profile {profile.name!r} takes its"
                f" {name.replace('_', ' ')} from it"
            )
        return Setting(environment[variable], "profile_env")
    if f"{name}_file" in values:
        return Setting(_secret(values[f"{name}_file"], f"profile {profile.name!r}"), "selected_profile")
    return Setting(_DEFAULTS[name], "default") if name in _DEFAULTS else None


def _secret(path: str, named_by: str) -> str:
    try:
        text = Path(path).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the file {path} ({named_by}) cannot be read: {error}") from error
    if not text:
        raise SettingsError(f"the file {path} ({named_by}) is empty")
    return text


def _from_text(name: str, text: str, variable: str) -> Any:
    if name == "tls_verify":
        if text.lower() not in _TRUTH:
            raise SettingsError(f"{variable} must be true or false, not {text!r}")
        return _TRUTH[text.lower()]
    if name == "timeout_seconds":
        try:
            return float(text)
        except ValueError:
            raise SettingsError(f"{variable} must be a number of seconds, not {text!r}") from None
    return text
