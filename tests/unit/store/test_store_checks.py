"""The rules of a sound database: a sound one breaks none, and each kind of damage breaks its own."""

from __future__ import annotations

import contextlib
import json
import sqlite3

import pytest

from durable_workflow.server.clock import VirtualClock
from durable_workflow.server.store import Store, _migrations
from durable_workflow.server.store._checks import CLOSING, OPENING, RESOLVING, RULES, find_problems
from durable_workflow.server.store._schema import STEPS
from durable_workflow_api.spec import spec

RUN = """
    INSERT INTO runs (run_id, workflow_id, namespace, run_number, workflow_type, payload_codec, arguments,
        started_at, status, last_progress_at, last_sequence, last_command_sequence, last_message_sequence,
        task_failures)
    VALUES ('{id}', 'w', 'n', {number}, 't', 'avro', '', 1.0, '{status}', 1.0, {events}, 0, 0, 0)
"""


def event(number, event_type, run="open", **payload):
    return (run, number, f"{run}-{number}", event_type, json.dumps(payload), None, None, 1.0)


SIZES = """
    UPDATE runs SET history_size_bytes = (
        SELECT sum(length(event_type) + length(payload)) FROM events WHERE events.run_id = runs.run_id
    )
"""

EVENTS = [
    event(1, "WorkflowStarted"),
    event(2, "ActivityScheduled", sequence=1),
    event(3, "TimerScheduled", sequence=2, timer_id="t"),
    event(4, "SideEffectRecorded", sequence=3),
    event(5, "ActivityCompleted", sequence=1),
    event(1, "WorkflowStarted", run="closed"),
    event(2, "WorkflowCompleted", run="closed"),
]


def fill(connection):
    connection.execute("INSERT INTO workflows VALUES ('w', 'n', 't', 'open', 2, 1.0)")
    connection.execute(RUN.format(id="closed", number=1, status="completed", events=2))
    connection.execute(RUN.format(id="open", number=2, status="waiting", events=5))
    connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", EVENTS)


@pytest.fixture
async def database(tmp_path):
    """A sound database with an open and a closed run."""
    path = tmp_path / "store.db"
    await Store.open(str(path), VirtualClock()).close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        fill(connection)
        connection.execute(SIZES)
        yield connection


async def test_a_file_of_the_first_version_is_sound_after_its_migration(tmp_path):
    path = tmp_path / "store.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {_migrations.APPLICATION_ID}")
        connection.execute("CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, applied_at REAL)")
        for statement in (*STEPS[0], "INSERT INTO schema_migrations VALUES (1, 1.0)"):
            connection.execute(statement)
        fill(connection)
    store = Store.open(str(path), VirtualClock())
    assert await store.read(lambda tx: find_problems(tx.execute)) == []
    kept = await store.read(
        lambda tx: tx.execute("SELECT * FROM events ORDER BY run_id, sequence").fetchall()
    )
    assert sorted(kept) == sorted(EVENTS)
    assert await store.read(lambda tx: tx.scalar("SELECT count(*) FROM runs")) == 2
    await store.close()


def broken(database):
    return [(problem.rule, problem.where) for problem in find_problems(database.execute)]


def test_a_sound_database_breaks_no_rule(database):
    assert broken(database) == []


TASK = """
    INSERT INTO workflow_tasks (task_id, run_id, workflow_id, namespace, workflow_type, context, status,
        attempt, available_at, seen_sequence)
    VALUES ('{id}', '{run}', 'w', 'n', 't', '{{}}', '{status}', 1, 1.0, 0)
"""
ACTIVITY = """
    INSERT INTO activities (execution_id, run_id, step, activity_type, created_at, status, attempt_count,
        start_expiries, attempt_id, task_id)
    VALUES ('a', 'open', 1, 'a', 1.0, '{status}', 0, 0, {attempt}, {task})
"""
TIMER = """
    INSERT INTO timers (timer_id, run_id, task_id, step, delay_seconds, fire_at, created_at,
        condition_wait_id, status)
    VALUES ('t', '{run}', 't', 2, 1, 2.0, 1.0, {wait}, '{status}')
"""
CHILD = """
    INSERT INTO children (child_call_id, parent_workflow_id, parent_run_id, step, child_workflow_id,
        child_type, child_run_id, workflow_link_id, guardian_run_id, parent_close_policy, attempt, status)
    VALUES ('c', 'w', 'open', 9, 'w', 't', '{run}', 'l', 'open', 'abandon', 1, '{status}')
"""
ADD = "INSERT INTO events VALUES ('{run}', {number}, 'x', '{type}', '{payload}', NULL, NULL, 1.0)"
UPDATE = """
    INSERT INTO updates (update_id, run_id, command_id, update_name, payload_codec, arguments,
        accepted_sequence, status, decided_at, offered)
    VALUES ('u', '{run}', 'c', 'rename', 'avro', '', 1, '{status}', 1.0, 0)
"""
COUNT = "UPDATE runs SET last_sequence = {number} WHERE run_id = '{run}'"


def added(run, number, kind, payload="{}"):
    fill = {"run": run, "number": number, "type": kind, "payload": payload}
    return [ADD.format(**fill), COUNT.format(**fill)]


DAMAGE = {
    "an event is missing": (["DELETE FROM events WHERE event_id = 'open-3'"], "gapless_history", "open"),
    "the first is missing": (["DELETE FROM events WHERE event_id = 'open-1'"], "gapless_history", "open"),
    "the last is missing": (["DELETE FROM events WHERE event_id = 'open-5'"], "gapless_history", "open"),
    "steps in disorder": (added("open", 6, "ActivityScheduled", '{"sequence": 3}'), "steps_grow", "open"),
    "a second end": (added("open", 6, "ActivityFailed", '{"sequence": 1}'), "one_end_per_step", "open"),
    "a timer's second end": (
        added("open", 6, "TimerFired", '{"timer_id": "t"}')
        + added("open", 7, "TimerCancelled", '{"timer_id": "t"}'),
        "one_end_per_timer",
        "open",
    ),
    "closed twice": (added("closed", 3, "WorkflowFailed"), "closed_once", "closed"),
    "closed without event": (
        ["UPDATE runs SET status = 'failed' WHERE run_id = 'open'"],
        "closed_once",
        "open",
    ),
    "open with a closing event": (added("open", 6, "WorkflowCancelled"), "closed_once", "open"),
    "two heads": (
        [TASK.format(id=i, run="open", status=s) for i, s in (("1", "ready"), ("2", "leased"))],
        "one_task_per_run",
        "open",
    ),
    "held for ever": ([TASK.format(id="1", run="open", status="held")], "one_task_per_run", "open"),
    "a task of a closed run": (
        [TASK.format(id="1", run="closed", status="ready")],
        "closed_is_idle",
        "closed",
    ),
    "a timer of a closed run": (
        [TIMER.format(run="closed", status="pending", wait="NULL")],
        "closed_is_idle",
        "closed",
    ),
    "a deadline of a closed run": (
        ["UPDATE runs SET due_at = 9.0 WHERE run_id = 'closed'"],
        "closed_is_idle",
        "closed",
    ),
    "a child that lost its run": (
        [CHILD.format(run="gone", status="open")],
        "children_and_parents",
        "c",
    ),
    "a child that closed unnoticed": (
        [CHILD.format(run="closed", status="open")],
        "children_and_parents",
        "c",
    ),
    "a parent that was told nothing": (
        [CHILD.format(run="closed", status="completed")],
        "children_and_parents",
        "c",
    ),
    "a parent that was told too early": (
        [CHILD.format(run="open", status="open"), *added("open", 6, "ChildRunFailed", '{"sequence": 9}')],
        "children_and_parents",
        "c",
    ),
    "an activity nobody does": (
        [ACTIVITY.format(status="pending", task="NULL", attempt="NULL")],
        "one_task_per_activity",
        "a",
    ),
    "an activity without its task": (
        [ACTIVITY.format(status="completed", task="'gone'", attempt="NULL")],
        "no_orphans",
        "a",
    ),
    "an activity without its attempt": (
        [ACTIVITY.format(status="completed", task="NULL", attempt="'gone'")],
        "no_orphans",
        "a",
    ),
    "a timer without its wait": (
        [TIMER.format(run="open", status="fired", wait="'gone'")],
        "no_orphans",
        "t",
    ),
    "a run without its workflow": (
        ["PRAGMA foreign_keys = OFF", "UPDATE runs SET workflow_id = 'v' WHERE run_id = 'closed'"],
        "no_orphans",
        "runs",
    ),
    "a newest run that is none": (
        ["UPDATE workflows SET current_run_id = 'closed'"],
        "newest_run",
        "w",
    ),
    "a history of another size": (
        ["UPDATE runs SET history_size_bytes = 7 WHERE run_id = 'open'"],
        "totals_hold",
        "open",
    ),
    "an activity that is not counted": (
        ["UPDATE runs SET open_activities = 1 WHERE run_id = 'open'"],
        "totals_hold",
        "open",
    ),
    "a timer that is not counted": (
        [TIMER.format(run="open", status="pending", wait="NULL")],
        "totals_hold",
        "open",
    ),
    "an update that was never answered": (
        [UPDATE.format(run="open", status="completed")],
        "one_answer_per_update",
        "open",
    ),
    "an update that was answered twice": (
        [
            UPDATE.format(run="open", status="failed"),
            *added("open", 6, "UpdateCompleted", '{"update_id": "u"}'),
            *added("open", 7, "UpdateCompleted", '{"update_id": "u"}'),
        ],
        "one_answer_per_update",
        "open",
    ),
    "an update that waits for a closed run": (
        [UPDATE.format(run="closed", status="accepted")],
        "closed_is_idle",
        "closed",
    ),
    "an update that is not counted": (
        [UPDATE.format(run="open", status="accepted")],
        "totals_hold",
        "open",
    ),
    "a lost run": (["UPDATE workflows SET run_count = 3"], "newest_run", "w"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_breaks_its_rule(database, name):
    statements, rule, where = DAMAGE[name]
    for statement in statements:
        database.execute(statement)
    assert (rule, where) in broken(database)


def test_every_rule_is_shown_to_find_something():
    assert {rule for _, rule, _ in DAMAGE.values()} == {rule.name for rule in RULES}


def test_the_number_of_problems_is_bounded(database):
    for number in range(10):
        database.execute(TASK.format(id=number, run="open", status="held"))
        database.execute(f"INSERT INTO workflows VALUES ('w{number}', 'n', 't', 'gone', 1, 1.0)")
    found = find_problems(database.execute, most=3)
    assert sum(problem.rule == "newest_run" for problem in found) == 3


def test_the_rules_speak_of_events_that_exist():
    text = json.dumps(spec())
    assert [name for name in (*OPENING, *RESOLVING, *CLOSING) if f'"{name}"' not in text] == []
