"""How clients find out whom to talk to and as whom: a manifest that published clients insist on."""

from __future__ import annotations

from typing import Any

__all__ = ["auth_contract"]

_SOURCE = {"source": "one_of_source_values"}


def auth_contract(head: dict[str, Any]) -> dict[str, Any]:
    """Return the contract.

    Args:
        head: Its schema and version.
    """
    return {
        **head,
        "scope": "external_execution_carriers",
        "unknown_field_policy": "ignore_additive_reject_unknown_required",
        "precedence": {
            "connection_values": ["flag", "environment", "selected_profile", "default"],
            "profile_selection": ["flag_env", "DW_ENV", "current_profile", "default_profile"],
            "notes": [
                "A value given on the command line wins over one of the environment.",
                "A value of the environment wins over one of a profile.",
                "A profile is chosen by its name, never by where a program runs.",
                "What nothing sets has the default of the client.",
            ],
        },
        "canonical_environment": {
            "server_url": "DURABLE_WORKFLOW_SERVER_URL",
            "namespace": "DURABLE_WORKFLOW_NAMESPACE",
            "auth_token": "DURABLE_WORKFLOW_AUTH_TOKEN",
            "tls_verify": "DURABLE_WORKFLOW_TLS_VERIFY",
            "profile": "DW_ENV",
        },
        "auth_material": _auth_material(),
        "effective_config": _effective_config(),
        "redaction": {
            "never_echo": [
                "bearer_tokens",
                "private_keys",
                "shared_signature_keys",
                "client_certificate_private_key_material",
                "raw_authorization_headers",
            ],
            "allowed_diagnostics": [
                "redacted",
                "secret_reference_name",
                "environment_variable_name",
                "profile_name",
                "certificate_reference_name",
                "key_reference_name",
            ],
        },
        "resolution": {
            "server_url": "Without a trailing slash and without the path of an operation.",
            "namespace": "Compared in lower case.",
            "identity": "Known to the server alone; it follows from the token.",
            "tls": "Certificates are verified unless somebody says otherwise.",
        },
    }


def _auth_material() -> dict[str, Any]:
    references = {"effective_config_value": "references_only"}
    return {
        "token": {
            "status": "supported",
            "transport": "bearer_authorization_header",
            "persisted_as": "secret_reference_or_profile_env_reference",
            "effective_config_value": "redacted",
        },
        "mtls": {"status": "reserved", "persisted_as": "certificate_and_key_references", **references},
        "signed_headers": {
            "status": "reserved",
            "persisted_as": "key_reference_and_header_allowlist",
            **references,
        },
        "extensions": {"status": "reserved", "rule": "Further kinds get names of their own."},
    }


def _effective_config() -> dict[str, Any]:
    return {
        "required_fields": ["server_url", "namespace", "profile", "auth", "tls", "identity"],
        "source_values": ["flag", "environment", "selected_profile", "profile_env", "default", "server"],
        "field_contracts": {
            "server_url": {"value": "normalized_absolute_url", **_SOURCE},
            "namespace": {"value": "non_empty_namespace_name", **_SOURCE},
            "profile": {
                "name": "nullable_string",
                "source": "flag_env_or_DW_ENV_or_current_profile_or_default_profile",
            },
            "auth": {
                "type": "token_or_mtls_or_signed_headers_or_none",
                "value": "redacted_or_reference_only",
                **_SOURCE,
            },
            "tls": {"verify": "boolean", **_SOURCE},
            "identity": {
                "subject": "nullable_string",
                "roles": "list_of_strings",
                "source": "server_or_carrier",
            },
        },
    }
