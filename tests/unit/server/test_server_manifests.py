"""Manifests that published clients read before they work for a server."""

from __future__ import annotations

from typing import Any

from durable_workflow.server._auth_contract import auth_contract
from durable_workflow.server._capabilities import cluster_info, server_capabilities
from durable_workflow.server._limits import StructuralLimits
from support.wire import exchanges


def recorded() -> dict[str, Any]:
    """Return what a server of April 2026 said of itself."""
    for exchange in exchanges():
        if exchange.path == "/api/cluster/info" and exchange.succeeded:
            body: dict[str, Any] = exchange.response_body
            return body
    raise LookupError("no recording has a cluster info")


def test_the_contract_on_authentication_has_the_parts_that_clients_insist_on() -> None:
    """The 0.4.3 worker ends at once when one of them is missing."""
    info = cluster_info(server_capabilities([], 30), {}, "default", StructuralLimits())
    ours, theirs = info["auth_composition_contract"], recorded()["auth_composition_contract"]
    parts = ("scope", "unknown_field_policy", "precedence", "canonical_environment", "auth_material")
    assert set(parts) | {"effective_config", "redaction"} <= ours.keys() <= theirs.keys()
    for part in ("scope", "unknown_field_policy", "canonical_environment"):
        assert ours[part] == theirs[part]
    for choice in ("connection_values", "profile_selection"):
        assert ours["precedence"][choice] == theirs["precedence"][choice]


def test_it_keeps_the_name_and_version_that_it_was_given() -> None:
    head = {"schema": "durable-workflow.v2.auth-composition.contract", "version": 1}
    assert head.items() <= auth_contract(head).items()
