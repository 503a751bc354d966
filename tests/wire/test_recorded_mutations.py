"""The check of recordings against the spec notices when one member of a recording is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from durable_workflow_api.spec import spec
from support.wire import WireSpec, exchanges
from support.wire_events import event_problems, recorded_events
from support.wire_mutations import Damage, Damager

SPEC = WireSpec(spec())
SEED = 20261122
COUNT, LEAST = 50, 48

T = TypeVar("T")


def _unnoticed(
    values: Iterable[T],
    damage: Callable[[T, str], tuple[Damage, T] | None],
    problems: Callable[[T], object],
    kinds: tuple[str, ...],
) -> tuple[int, list[str]]:
    """Damage values, each kind in turn, until there are enough; return how many, and the unnoticed."""
    done, missed = 0, []
    for value in values:
        if done == COUNT:
            break
        damaged = damage(value, kinds[done % len(kinds)])
        if damaged is None:
            continue
        done += 1
        if not problems(damaged[1]):
            missed.append(f"{value}: {damaged[0]}")
    return done, missed


def test_damaged_exchanges_are_noticed() -> None:
    damager = Damager(SPEC, SEED)
    sound = [exchange for exchange in exchanges() if SPEC.operation(exchange) and not SPEC.problems(exchange)]
    done, missed = _unnoticed(
        damager.shuffled(sound), damager.exchange, SPEC.problems, ("drop", "type", "enum")
    )
    assert done == COUNT
    assert len(missed) <= COUNT - LEAST, "\n".join(missed)


def test_damaged_events_are_noticed() -> None:
    damager = Damager(SPEC, SEED)
    done, missed = _unnoticed(
        damager.shuffled(list(recorded_events())),
        damager.event,
        lambda event: event_problems(SPEC, event),
        ("drop", "type"),
    )
    assert done == COUNT
    assert len(missed) <= COUNT - LEAST, "\n".join(missed)


def test_the_same_damage_is_done_every_time() -> None:
    def damages() -> list[str]:
        damager = Damager(SPEC, SEED)
        done = [damager.event(event, "type") for event in damager.shuffled(list(recorded_events()))[:COUNT]]
        return [str(entry[0]) for entry in done if entry]

    assert damages() == damages()
    assert len(set(damages())) > COUNT // 3
