"""Compares the operations of two documents: which there are, what is said about them, what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tools.breaking_facts import fact_breaks
from tools.breaking_findings import Context, Findings, Kind, Mode
from tools.breaking_messages import MessageComparison
from tools.breaking_schemas import SchemaComparison
from tools.spec_document import OperationEntry

__all__ = ["OperationComparison"]


@dataclass(frozen=True, slots=True)
class OperationComparison:
    """Finds what a change of an operation breaks."""

    schemas: SchemaComparison
    findings: Findings

    def compare(self) -> None:
        """Compare all operations of the two documents."""
        left = list(self.schemas.new.spec.operations)
        for entry in self.schemas.old.spec.operations:
            partner = _partner(entry, left)
            if partner is None:
                how = "released clients that call it get 404"
                self.findings.add(Kind.CLIENT, _name(entry), "operation removed", how)
            else:
                left.remove(partner)
                self._operation(entry, partner)
        for entry in left:
            self.findings.note(_name(entry), "operation added")

    def _operation(self, old: OperationEntry, new: OperationEntry) -> None:
        name, shapes = _name(new), (self.schemas.old, self.schemas.new)
        for kind, what, how in fact_breaks((shapes[0].spec, old), (shapes[1].spec, new)):
            self.findings.add(kind, name, what, how)
        messages = MessageComparison(self.schemas, self.findings, name)
        announced = self.schemas.marks.announce([new.node])
        request = Context(Mode.REQUEST, f"{name} request", announced)
        messages.parameters(self._raw_parameters(old, 0), self._raw_parameters(new, 1), request)
        messages.body(old.node.get("requestBody"), new.node.get("requestBody"), request)
        messages.responses(old.node.get("responses", {}), new.node.get("responses", {}))

    def _raw_parameters(self, entry: OperationEntry, side: int) -> Sequence[Any]:
        """Return the parameters of an operation as they are written, its own before those of its path."""
        spec = (self.schemas.old, self.schemas.new)[side].spec
        shared = spec.content["paths"][entry.path].get("parameters", ())
        return [*entry.node.get("parameters", ()), *shared]


def _name(entry: OperationEntry) -> str:
    return str(entry.node.get("operationId", f"{entry.method.upper()} {entry.path}"))


def _partner(entry: OperationEntry, candidates: list[OperationEntry]) -> OperationEntry | None:
    """Return the operation of the same id, or else the one that answers at the same address."""
    same_id = (other for other in candidates if _name(other) == _name(entry))
    same_address = (other for other in candidates if (other.path, other.method) == (entry.path, entry.method))
    return next(same_id, None) or next(same_address, None)
