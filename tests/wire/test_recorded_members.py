"""Each member of a recorded answer is described by the spec, or lies in a part that is open on purpose."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any

from durable_workflow_api.spec import spec
from support.wire import WireSpec, exchanges
from support.wire_mutations import OF_EACH_TYPE

SPEC = WireSpec(spec())

# Where a value of any type is allowed: the place (`*` is an element of an array), and why it is open.
OPEN = {
    r"control_plane/\w+": "mirrors members of the body",
    r"control_plane/response_contract/\w+": "manifest",
    r"capabilities/\w+": "manifest",
    r"(auth_composition|bridge_adapter_outcome)_contract/\w+": "manifest",
    r"client_compatibility/\w+": "manifest",
    r"worker_protocol/\w+_contract/\w+": "manifest",
    r"(worker_protocol/)?server_capabilities/(ex|in)\w+/\w+": "manifest",
    r"operator_metrics/backend/\w+/\w+": "manifest",
    r"input|output|result": "a payload of the user",
    r"(\w+/\*/|workflow/|task/history_events/\*/payload/)?memo/\w+": "a memo value of the user",
    r"(\w+/\*/|workflow/|summary/)?search_attributes/\w+": "a search attribute value of the user",
    r"correlation/\w+": "whatever the caller of a webhook wants to see again",
    r"(events/\*/payload/)?action/input/(blob|codec)": "the input as it was given, envelope or not",
    r"((task/)?history_)?events/\*/payload/output": "a result, which some workers sent without envelope",
    r"((task/)?history_)?events/\*/payload/memo/\w+": "a memo value of the user",
    r"((task/)?history_)?events/\*/payload/declared_\w+/\*/parameters/\*/default": "a value of the user",
    r"events/\*/payload/command_context/context/auth/principal/claims/\w+": "claims of the auth provider",
    r"payloads/(arguments|output)/data": "a payload of the user",
    r"(commands/\*|timeline/\*/command)/payload": "a payload of the user",
    r"(signals|updates)/\*/(arguments|result)": "a payload of the user",
    r"tasks/\*/payload/\w+": "the resume context as the server keeps it",
}


class _Prober:
    """Puts values of other types in the place of each member of the answers of one operation and status."""

    def __init__(self, schema_key: tuple[str, str], schema: Mapping[str, Any]) -> None:
        self._validator = SPEC.validator(schema_key, schema)
        self.takes_all: dict[str, bool] = {}

    def probe(self, body: Any) -> None:
        self._below(body, body, ())

    def _below(self, body: Any, node: Any, path: tuple[str, ...]) -> None:
        for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
            inner = (*path, key if isinstance(key, str) else "*")
            place = "/".join(inner)
            if place not in self.takes_all:
                self.takes_all[place] = self._takes_all(body, node, key)
            if not self.takes_all[place] and isinstance(value, dict | list):
                self._below(body, value, inner)

    def _takes_all(self, body: Any, node: Any, key: Any) -> bool:
        value, fits = node[key], True
        for other in OF_EACH_TYPE:
            node[key] = other
            fits = fits and (type(other) is type(value) or self._validator.is_valid(body))
        node[key] = value
        return fits


def _probers() -> Iterable[_Prober]:
    probers: dict[tuple[str, str], _Prober] = {}
    for exchange in exchanges():
        entry = SPEC.operation(exchange)
        if entry is None or SPEC.problems(exchange):
            continue
        key = (entry.node["operationId"], str(exchange.status))
        if key not in probers:
            response = SPEC.document.responses(entry.node)[key[1]]
            probers[key] = _Prober(key, response["content"]["application/json"]["schema"])
        probers[key].probe(copy.deepcopy(exchange.response_body))
    return probers.values()


def test_every_recorded_member_is_described_or_open() -> None:
    probers = _probers()
    places = {place for prober in probers for place, takes_all in prober.takes_all.items() if takes_all}
    unexpected = sorted(place for place in places if not any(re.fullmatch(rule, place) for rule in OPEN))
    assert unexpected == []
    unused = sorted(rule for rule in OPEN if not any(re.fullmatch(rule, place) for place in places))
    assert unused == []
    assert sum(len(prober.takes_all) for prober in probers) > 8000
