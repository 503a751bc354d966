"""What is left of the outcomes of scenarios when the known differences are taken away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from support.scenarios.comparing import Difference
from support.scenarios.differences import KNOWN
from support.scenarios.identities import ids_in
from support.scenarios.known import Known
from support.scenarios.playing import Outcome


def unexplained(outcomes: Sequence[Outcome]) -> Iterator[tuple[Outcome, str]]:
    """The outcomes that are neither as recorded nor known to differ, with what is wrong."""
    sources = _sources(outcomes)
    for outcome in outcomes:
        for difference in outcome.differences:
            if not explanations(outcome, difference):
                yield outcome, str(difference)
        for identity in sorted(outcome.lacking):
            if not _parted(sources[identity]):
                yield (
                    outcome,
                    f"nothing stands for {identity}, which {sources[identity].step.exchange} brought",
                )


def explanations(outcome: Outcome, difference: Difference) -> list[Known]:
    """The known differences that a difference is one of; nothing explains a violation of the spec."""
    if difference.kind == "violation":
        return []
    exchange = outcome.step.exchange
    return [known for known in KNOWN if known.explains(exchange, outcome.operation, difference)]


def _sources(outcomes: Sequence[Outcome]) -> dict[str, Outcome]:
    """The outcome of the first exchange whose recorded answer names an identity, for each identity."""
    first: dict[str, Outcome] = {}
    for outcome in sorted(outcomes, key=lambda one: one.step.place):
        for identity in ids_in(outcome.step.exchange.response_body):
            first.setdefault(identity, outcome)
    return first


def _parted(source: Outcome) -> bool:
    """Whether an answer is missing or different, so that what it brought cannot be asked for."""
    return not source.played or bool(source.differences)
