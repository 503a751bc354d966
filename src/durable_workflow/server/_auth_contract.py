"""How clients find out whom to talk to and as whom: a manifest that published clients insist on."""

from __future__ import annotations

from typing import Any

__all__ = ["auth_contract"]


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
            "allowed_diagnostics": ["redacted", "environment_variable_name", "profile_name"],
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
    }


def _effective_config() -> dict[str, Any]:
    return {
        "required_fields": ["server_url", "namespace", "profile", "auth", "tls", "identity"],
        "source_values": ["flag", "environment", "selected_profile", "profile_env", "default", "server"],
    }
