"""The spec is complete: every operation, event kind and reason of the protocol, and nothing opaque."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from tools.spec_document import SpecDocument
from tools.spec_schema_rules import check_schemas, is_opaque

from durable_workflow_api.spec import spec
from support.imports import ROOT
from support.wire import exchanges

SPEC = SpecDocument(spec())
SCHEMAS: dict[str, Any] = SPEC.content["components"]["schemas"]

# Open on purpose; the mark in the spec says why. The list may shrink.
OPEN = {
    "BackendComponent",
    "BackendManifest",
    "ClusterCapabilities",
    "ContractVersion",
    "ControlPlaneMetadata",
    "EventClaims",
    "ExceptionDetail",
    "ExportRecord",
    "ExternalExecutor",
    "LabelPolicy",
    "MetricCardinality/properties/metric_label_sets",
    "PayloadValue",
    "RepairFailure",
    "ServerCapabilities",
    "ServiceCallMembers",
    "SystemMetricSet",
}


def _lines(name: str) -> list[str]:
    text = (ROOT / "tests" / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _documented_reasons() -> set[str]:
    """The reasons of refusals."""
    return {reason for place in SPEC.of_kind("response") for reason in place.node.get("x-dw-reasons", ())}


def _described_reasons() -> set[str]:
    """What the descriptions of members such as `reason` and `last_skip_reason` name."""
    return {
        word
        for place in SPEC.of_kind("schema")
        for name, member in place.node.get("properties", {}).items()
        if name == "reason" or name.endswith("_reason")
        for word in re.findall(r"`(\w+)`", member.get("description", ""))
    }


def test_all_operations_are_there() -> None:
    planes = Counter(entry.node["x-dw-plane"] for entry in SPEC.operations)
    assert planes["control"] + planes["service"] >= 60
    assert planes["worker"] >= 14
    of_1_0 = Counter(
        entry.node["x-dw-plane"] for entry in SPEC.operations if entry.node.get("x-dw-since", "1.0") == "1.0"
    )
    assert of_1_0 == {"service": 3, "control": 57, "worker": 14}


def test_all_event_kinds_have_a_payload_schema_of_their_own() -> None:
    kinds, selected = _lines("event_types.txt"), SCHEMAS["HistoryEventByType"]["x-dw-event-payloads"]
    assert len(kinds) == len(set(kinds)) == 56
    assert set(kinds) <= selected.keys()
    assert len({selected[kind] for kind in kinds}) == 56
    assert all(SPEC.resolve({"$ref": reference}).get("description") for reference in selected.values())


def test_validators_select_the_same_payloads_as_generators() -> None:
    selected = SCHEMAS["HistoryEventByType"]["x-dw-event-payloads"]
    for name, member in (("HistoryEventByType", "event_type"), ("ExportedEventByType", "type")):
        branches = {
            branch["if"]["properties"][member]["const"]: branch["then"]["properties"]["payload"]["$ref"]
            for branch in SCHEMAS[name]["allOf"]
        }
        assert branches == selected


def test_nothing_is_opaque_but_what_says_why() -> None:
    opaque = [violation for violation in check_schemas(SPEC) if "opaque" in str(violation)]
    assert opaque == []


def test_what_is_open_on_purpose_is_known_by_name() -> None:
    marked = {"/".join(place.path[2:]) for place in SPEC.of_kind("schema") if "x-dw-open" in place.node}
    assert marked == OPEN
    assert sum(is_opaque(place.node) for place in SPEC.of_kind("schema") if "x-dw-open" in place.node) <= 8


def test_every_reason_of_the_protocol_is_in_the_spec() -> None:
    reasons = _lines("reasons.txt")
    assert reasons == sorted(set(reasons))
    assert set(reasons) - _documented_reasons() - _described_reasons() == set()


def test_every_reason_of_the_spec_is_one_of_the_protocol() -> None:
    assert _documented_reasons() - set(_lines("reasons.txt")) == set()


def test_recorded_refusals_give_known_reasons() -> None:
    refused = [exchange.response_body for exchange in exchanges() if exchange.status >= 400]
    given = {body["reason"] for body in refused if body and body.get("reason")}
    assert len(given) > 50
    assert given - set(_lines("reasons.txt")) <= {"method_not_allowed"}
