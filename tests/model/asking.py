"""What the machine asks: strategies for the parts of requests, narrow enough that requests meet."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from durable_workflow import serializer

__all__ = [
    "ACTIVITY_TASKS",
    "CAPABILITIES",
    "CLIENT",
    "COMMANDS",
    "JUMPS",
    "OPERATOR",
    "WORK",
    "WORKFLOW_TASKS",
    "envelope",
]

Strategy = st.SearchStrategy[Any]

envelope = serializer.envelope

JUMPS = st.sampled_from([None] * 6 + [0.0, 0.5, 1.0, 2.0, 4.0, 30.0, 61.0, 299.5, 300.0, 1000.0])
"""How long to wait, in seconds; None is until something is due."""

_KEYS = st.sampled_from(["a", "b"])
_QUEUES = st.sampled_from(["q1", "q1", "q1", "q2"])
_WORKERS = st.sampled_from(["k1", "k1", "k2", "k3"])
_ACTIVITY_TYPES = st.sampled_from(["charge", "charge", "ship"])
_VALUES = st.sampled_from([0, "x", None, [1]])
_PICKS = st.integers(0, 11)
_SELDOM = st.sampled_from([False, False, False, True])


def _weighted(*choices: tuple[int, Strategy]) -> Strategy:
    """One of these, each as often as its number says; `one_of` takes no notice of repetitions."""
    places = [number for number, (weight, _) in enumerate(choices) for _ in range(weight)]
    # Deferred, for a strategy that can be printed in full is printed in full.
    return st.deferred(lambda: st.sampled_from(places).flatmap(lambda number: choices[number][1]))


def _maybe(strategy: Strategy) -> Strategy:
    """Mostly nothing."""
    return _weighted((3, st.none()), (1, strategy))


def _optional(**members: Strategy) -> Strategy:
    """Members that are left out as often as not."""
    return st.fixed_dictionaries({}, optional=members)


def _command(kind: str, **members: Strategy) -> Strategy:
    return st.fixed_dictionaries({"type": st.just(kind), **members})


def _joined(*parts: Strategy) -> Strategy:
    return st.tuples(*parts).map(lambda each: {name: value for part in each for name, value in part.items()})


_ENVELOPES = _VALUES.map(serializer.envelope)
_ARGUMENTS = st.lists(_VALUES, max_size=1).map(serializer.envelope)
_RETRIES = st.fixed_dictionaries(
    {"max_attempts": st.integers(1, 3)},
    optional={
        "backoff_seconds": st.sampled_from([[], [0], [2], [1, 4]]),
        "non_retryable_error_types": st.just(["Fatal"]),
    },
)
# Each time-out is at most the next one: the server refuses other orders.
_TIME_OUTS = _optional(
    heartbeat_timeout=st.sampled_from([2, 4]),
    start_to_close_timeout=st.sampled_from([4, 6]),
    schedule_to_start_timeout=st.sampled_from([2, 4]),
    schedule_to_close_timeout=st.sampled_from([6, 8]),
)
_OPENING = {
    "activity": _joined(
        _command("schedule_activity", activity_type=_ACTIVITY_TYPES),
        _optional(arguments=_ARGUMENTS, retry_policy=_RETRIES, queue=_QUEUES),
        _weighted((2, st.just({})), (1, _TIME_OUTS)),
    ),
    "timer": _command("start_timer", delay_seconds=st.sampled_from([0, 1, 2, 5])),
    "wait": _joined(
        _command("open_condition_wait"),
        _optional(condition_key=_KEYS, timeout_seconds=st.sampled_from([0, 3])),
    ),
    "side effect": _command("record_side_effect", result=_VALUES.map(serializer.encode)),
    "marker": _command(
        "record_version_marker",
        change_id=_KEYS,
        # 3 is out of range.
        version=st.sampled_from([1, 1, 1, 2, 2, 3]),
        min_supported=st.just(1),
        max_supported=st.just(2),
    ),
    "child": _joined(
        _command("start_child_workflow", workflow_type=st.sampled_from(["order", "audit"])),
        _optional(
            queue=_QUEUES,
            parent_close_policy=st.sampled_from(["abandon", "request_cancel", "terminate"]),
            retry_policy=_RETRIES,
            execution_timeout_seconds=st.sampled_from([20, 400]),
            run_timeout_seconds=st.sampled_from([5, 20]),
        ),
    ),
    "memo": _command(
        "upsert_memo",
        entries=st.dictionaries(st.sampled_from(["m", "n"]), st.sampled_from([1, None]), min_size=1).map(
            serializer.envelope
        ),
    ),
    # The machine puts the id of an update in the place of the pick.
    "answer": st.one_of(
        _command("complete_update", pick=_PICKS, result=_ENVELOPES),
        _command("fail_update", pick=_PICKS, message=st.just("too long")),
    ),
    "attributes": _command(
        "upsert_search_attributes",
        attributes=st.dictionaries(st.sampled_from(["K", "L"]), st.sampled_from([1, "v", None]), min_size=1),
    ),
}
_CLOSING = _weighted(
    (
        2,
        _joined(
            _command("continue_as_new"),
            _optional(arguments=_ARGUMENTS, workflow_type=st.just("audit"), queue=_QUEUES),
        ),
    ),
    (1, _joined(_command("complete_workflow"), _optional(result=_ENVELOPES))),
    (
        2,
        _joined(
            _command("fail_workflow", message=st.just("no stock")),
            _optional(exception_type=st.just("Fatal"), non_retryable=st.booleans()),
        ),
    ),
    (2, _command("cancel_workflow")),
)
_OPEN = _weighted(
    (4, _OPENING["activity"]),
    (2, _OPENING["timer"]),
    (2, _OPENING["wait"]),
    (3, _OPENING["answer"]),
    (1, _OPENING["child"]),
    *((1, one) for one in _OPENING.values()),
)
_OPEN_LIST = st.lists(_OPEN, max_size=4)

COMMANDS = _weighted(
    (9, _OPEN_LIST),
    (2, st.tuples(_OPEN_LIST, _CLOSING).map(lambda parts: [*parts[0], parts[1]])),
    (1, st.tuples(_CLOSING, _OPEN_LIST).map(lambda parts: [parts[0], *parts[1]])),
    (1, st.tuples(_CLOSING, _OPEN, _CLOSING).map(list)),
)
"""What a workflow task is completed with; sometimes with two commands that close, which is refused."""

_FAILURES = st.one_of(
    st.just({"message": "boom", "type": "E"}),
    st.just({"message": "boom", "type": "Fatal"}),
    st.just({"message": "boom", "type": "E", "non_retryable": True}),
)
_LIMITS = st.sampled_from([5, 20, 400])
_STARTS = _joined(
    _optional(
        task_queue=_QUEUES,
        duplicate_policy=st.sampled_from(["fail", "reject", "use-existing", "allow", "terminate_existing"]),
        input=st.just([7]),
        memo=st.just({"m": 1}),
        search_attributes=st.just({"K": 0}),
    ),
    st.fixed_dictionaries({"workflow_type": st.sampled_from(["order", "order", "order", "audit"])}),
    _weighted(
        (3, st.just({})), (1, _optional(execution_timeout_seconds=_LIMITS, run_timeout_seconds=_LIMITS))
    ),
)


CAPABILITIES = st.sampled_from([{}, {"capabilities": ["cancellation_delivery"]}])


def _act(name: str, /, **arguments: Strategy) -> Strategy:
    """One thing to do: the name of the machine's method and its arguments."""
    return st.tuples(st.just(name), st.fixed_dictionaries(arguments))


_TWICE: dict[str, Strategy] = {"lost": _SELDOM}
_AIM = {"pick": _PICKS, "by_run": _SELDOM}
# Now and then somebody answers who does not hold the task.
_HOLDER = {"pick": _PICKS, "owner": st.sampled_from([{}] * 7 + [{"lease_owner": "stranger"}])}

_START = _act(
    "start",
    workflow_id=st.sampled_from(["w1", "w1", "w2", "w2", "w3", None]),
    body=_STARTS,
    key=_maybe(_KEYS),
    **_TWICE,
)
_SIGNAL = _act(
    "signal",
    name=st.sampled_from(["s", "t"]),
    body=_optional(input=st.sampled_from([[1], [2]]), request_id=_KEYS),
    **_AIM,
    **_TWICE,
)
_UPDATE = _act(
    "update", body=_optional(input=st.sampled_from([[1], [2]]), request_id=_KEYS), **_AIM, **_TWICE
)
_END = _act(
    "end",
    operation=st.sampled_from(["cancelWorkflow", "cancelWorkflow", "terminateWorkflow"]),
    body=_optional(reason=st.just("enough"), request_id=_KEYS),
    **_AIM,
    **_TWICE,
)
_REPEAT = _act("repeat", pick=_PICKS)

CLIENT = _weighted((6, _SIGNAL), (5, _UPDATE), (6, _START), (3, _REPEAT), (3, _END))
WORK = _act("serve", pick=_PICKS, commands=COMMANDS, **_TWICE)


def _take(kind: str) -> Strategy:
    return _act("take", kind=st.just(kind), pick=_PICKS, named=_maybe(_KEYS), **_TWICE)


WORKFLOW_TASKS = _weighted(
    (4, _take("Workflow")),
    (4, _act("complete", commands=COMMANDS, **_HOLDER, **_TWICE)),
    (
        2,
        _act("fail", kind=st.sampled_from(["E", "E", "WorkflowTaskWaitingForHistory"]), **_HOLDER, **_TWICE),
    ),
    (1, _act("renew", **_HOLDER, **_TWICE)),
)
ACTIVITY_TASKS = _weighted(
    (2, _take("Activity")),
    (2, _act("perform", pick=_PICKS, failure=_maybe(_FAILURES), **_TWICE)),
    (2, _act("report", failure=_maybe(_FAILURES), **_HOLDER, **_TWICE)),
    (1, _act("keep", **_HOLDER, **_TWICE)),
    (1, _act("progress", body=_optional(details=st.just({"i": 1})), **_HOLDER, **_TWICE)),
)
_REGISTER = _act(
    "register",
    worker_id=_WORKERS,
    queue=_QUEUES,
    body=_optional(
        supported_workflow_types=st.just(["audit"]),
        supported_activity_types=st.just(["ship"]),
        heartbeat_interval_seconds=st.sampled_from([1, 20]),
        capabilities=st.just(["cancellation_delivery"]),
    ),
)
OPERATOR = _weighted(
    (3, _act("restart", kill=st.booleans(), asleep=st.sampled_from([0.0, 0.0, 3.0, 400.0]))),
    (1, _act("beat", worker_id=_WORKERS)),
    (
        1,
        _act(
            "keep_up",
            operation=st.sampled_from(["repairWorkflow", "archiveWorkflow"]),
            pick=_PICKS,
            body=_optional(request_id=_KEYS),
            **_TWICE,
        ),
    ),
    (2, _REGISTER),
    (1, _act("deregister", worker_id=st.sampled_from(["k2", "k2", "k3", "k1"]), **_TWICE)),
)
