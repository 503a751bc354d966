"""Settings: arguments before environment before profile before default; tokens are never shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from durable_workflow.cli._settings import Setting, SettingsError, resolve
from support.command_line import run

PROFILES = """
current_profile = "staging"

[profiles.staging]
server_url = "https://staging.example"
namespace = "payments"
token_env = "STAGING_TOKEN"
timeout_seconds = 7

[profiles.local]
token_file = "local.token"
tls_verify = false
ca_file = "ca.pem"
"""


@pytest.fixture
def config(tmp_path: Path) -> str:
    path = tmp_path / "config.toml"
    path.write_text(PROFILES)
    (tmp_path / "local.token").write_text("t-local\n")
    return str(path)


def found(config: str | None = "/nowhere/config.toml", environment: Any = None, **given: Any) -> Any:
    return resolve({"config": config, **given}, environment or {})


def test_without_anything_the_defaults_hold() -> None:
    settings = found()
    assert settings.values == {
        "namespace": Setting("default", "default"),
        "server_url": Setting("http://127.0.0.1:8080", "default"),
        "timeout_seconds": Setting(60.0, "default"),
        "tls_verify": Setting(True, "default"),
    }
    assert settings.profile.name is None


def test_arguments_go_before_environment_before_profile_before_default(config: str) -> None:
    environment = {"STAGING_TOKEN": "t", "DURABLE_WORKFLOW_NAMESPACE": "env"}
    by_profile = found(config, {"STAGING_TOKEN": "t"})
    assert by_profile.values["namespace"] == Setting("payments", "selected_profile")
    assert by_profile.values["token"] == Setting("t", "profile_env")
    assert by_profile.values["timeout_seconds"] == Setting(7, "selected_profile")
    assert found(config, environment).values["namespace"] == Setting("env", "environment")
    assert found(config, environment, namespace="flag").values["namespace"] == Setting("flag", "flag")
    assert by_profile.values["tls_verify"] == Setting(True, "default")


def test_the_profile_is_chosen_by_argument_then_dw_env_then_the_file(config: str) -> None:
    environment = {"STAGING_TOKEN": "t"}
    assert found(config, environment).profile.name == "staging"
    assert found(config, {**environment, "DW_ENV": "local"}).profile.name == "local"
    assert (
        found(config, {"STAGING_TOKEN": "t", "DW_ENV": "local"}, profile="staging").profile.name == "staging"
    )


def test_a_profile_named_default_needs_no_choice(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[profiles.default]\nnamespace = "mine"\n')
    assert found(str(path)).values["namespace"] == Setting("mine", "selected_profile")


def test_files_of_a_profile_are_relative_to_it(config: str) -> None:
    settings = found(config, profile="local")
    assert settings.get("token") == "t-local"
    assert settings.get("ca_file") == str(Path(config).parent / "ca.pem")
    assert settings.get("tls_verify") is False


def test_a_token_may_come_from_a_file_or_the_canonical_variable(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("t-file\n")
    assert found(token_file=str(path)).values["token"] == Setting("t-file", "flag")
    assert found(environment={"DURABLE_WORKFLOW_AUTH_TOKEN": "t-env"}).get("token") == "t-env"


@pytest.mark.parametrize(("text", "verify"), [("false", False), ("1", True), ("Off", False)])
def test_tls_verify_is_read_from_the_environment(text: str, verify: bool) -> None:
    assert found(environment={"DURABLE_WORKFLOW_TLS_VERIFY": text}).get("tls_verify") is verify


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("current_profile = 3", ["current_profile must be"]),
        ("colour = 3", ["'colour' is not known"]),
        ("profiles = 3", ["[profiles.staging]"]),
        ("[profiles.default]\ntoken = 'x'", ["token_file", "token_env"]),
        ("[profiles.default]\nserver = 'x'", ["'server' is not known", "server_url"]),
        ("[profiles.default]\nnamespace = 3", ["namespace must be str, not 3"]),
        ("[profiles.default]\ntimeout_seconds = true", ["timeout_seconds must be int or float"]),
        ("[profiles.default]\ntoken_env = 'UNSET'", ["UNSET is not set", "profile 'default'"]),
        ("[profiles.default]\ntoken_file = 'gone'", ["gone", "cannot be read"]),
        ("current_profile = 'gone'\n[profiles.here]\n", ["no profile 'gone'", "it has: here"]),
        ("[[[", ["is no TOML"]),
    ],
)
def test_faults_of_the_file_name_what_is_wrong_and_what_to_write(
    tmp_path: Path, text: str, names: list[str]
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as refused:
        found(str(path))
    assert all(name in str(refused.value) for name in [*names, "" if "UNSET" in text else str(tmp_path)])


@pytest.mark.parametrize("name", ["DURABLE_WORKFLOW_TLS_VERIFY", "DURABLE_WORKFLOW_TIMEOUT_SECONDS"])
def test_a_variable_with_another_value_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        found(environment={name: "perhaps"})


def test_settings_shows_the_effective_ones_and_no_token(config: str) -> None:
    env = {"DURABLE_WORKFLOW_CONFIG": config, "STAGING_TOKEN": "t-secret"}
    told = run("settings", "--json", "-n", "mine", env=env)
    assert "t-secret" not in told.out
    assert told.json == {
        "profile": {"name": "staging", "source": "current_profile", "config": config},
        "server_url": {"value": "https://staging.example", "source": "selected_profile"},
        "namespace": {"value": "mine", "source": "flag"},
        "auth": {"type": "token", "value": "redacted", "source": "profile_env"},
        "worker_auth": {"type": "none", "value": None, "source": "default"},
        "tls": {"verify": True, "source": "default", "ca_file": None, "cert_file": None},
        "timeout_seconds": {"value": 7, "source": "selected_profile"},
        "payloads": {"value": None, "source": "default"},
        "redactor": {"value": None, "source": "default"},
        "payload_keys": {"type": "none", "value": None, "source": "default"},
    }
    shown = run("settings", env=env).out
    assert "https://staging.example" in shown and "selected_profile" in shown and "t-secret" not in shown


def test_a_bad_setting_ends_with_the_code_of_wrong_usage(config: str) -> None:
    done = run("workflow", "list", "--profile", "gone", env={"DURABLE_WORKFLOW_CONFIG": config})
    assert done.code == 2
    assert "no profile 'gone'" in done.err and "local, staging" in done.err


def test_options_of_calls_are_refused_where_they_would_mean_something_else() -> None:
    done = run("--token", "x", "dev")
    assert (done.code, "does not take --token before its name" in done.err) == (2, True)
