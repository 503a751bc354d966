from __future__ import annotations

from durable_workflow.server._ulid import UlidFactory
from durable_workflow.server.clock import VirtualClock


def test_ids_grow_even_within_one_moment():
    clock = VirtualClock()
    factory = UlidFactory(clock)
    ids = [factory.lower() for _ in range(1000)]
    clock.advance(1)
    ids.append(factory.lower())
    assert ids == sorted(set(ids))
    assert {len(one) for one in ids} == {26}


def test_the_time_is_in_the_id():
    # 2016-07-30T22:36:16.385Z is the example of the ULID specification.
    assert UlidFactory(VirtualClock(1469918176.385)).upper().startswith("01ARYZ6S4")


def test_both_cases():
    factory = UlidFactory(VirtualClock())
    lower, upper = factory.lower(), factory.upper()
    assert (lower, upper) == (lower.lower(), upper.upper())
    assert not set(lower) & set("ilou")
