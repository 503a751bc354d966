"""What must be true of every database between two transactions.

Each rule is one query that returns what breaks it: whose fault it is, and what is wrong. The tests ask the
same questions after everything they do as `durable-workflow db check` asks of a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

__all__ = ["CLOSING", "OPENING", "RESOLVING", "RULES", "Problem", "Rule", "find_problems"]

CLOSING = (
    "WorkflowCompleted",
    "WorkflowFailed",
    "WorkflowCancelled",
    "WorkflowTimedOut",
    "WorkflowTerminated",
    "WorkflowContinuedAsNew",
)
"""Events that end a run: one in a closed run, none in an open one."""

OPENING = (
    "ActivityScheduled",
    "ChildWorkflowScheduled",
    "ConditionWaitOpened",
    "SideEffectRecorded",
    "VersionMarkerRecorded",
    "SearchAttributesUpserted",
    "MemoUpserted",
)
"""Events that begin a step; their step sequences grow."""

RESOLVING = (
    "ActivityCompleted",
    "ActivityFailed",
    "ActivityTimedOut",
    "ActivityCancelled",
    "ChildRunCompleted",
    "ChildRunFailed",
    "ChildRunCancelled",
    "ChildRunTerminated",
)
"""Events that end a step; a step has one at most."""

_MOST = 100
_CLOSED = ("completed", "failed", "cancelled", "terminated")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that must not be.

    Args:
        rule: The name of the rule that is broken.
        where: The id of the run, activity or workflow, or the table.
        text: What is wrong.
    """

    rule: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and the query that finds what breaks it, as rows of an id and a text.

    Args:
        name: Its name.
        query: The query; ``{opening}``, ``{resolving}`` and ``{closing}`` stand for lists of event types,
            ``{closed}`` for the statuses of closed runs.
    """

    name: str
    query: str


RULES = (
    Rule(
        "gapless_history",
        """
        SELECT run_id, printf('%d events, numbers %s to %s, the run counts %d',
                              coalesce(events, 0), coalesce(low, '-'), coalesce(high, '-'), last_sequence)
        FROM runs LEFT JOIN (
            SELECT run_id, count(*) AS events, min(sequence) AS low, max(sequence) AS high
            FROM events GROUP BY run_id
        ) USING (run_id)
        WHERE coalesce(events, 0) != last_sequence OR coalesce(low, 1) != 1
           OR coalesce(high, 0) != last_sequence
        """,
    ),
    Rule(
        "steps_grow",
        """
        SELECT run_id, printf('step %d is opened behind step %d', step, before)
        FROM (
            SELECT run_id, json_extract(payload, '$.sequence') AS step,
                   lag(json_extract(payload, '$.sequence'))
                       OVER (PARTITION BY run_id ORDER BY sequence) AS before
            FROM events WHERE event_type IN {opening}
        )
        WHERE step <= before
        """,
    ),
    Rule(
        "one_end_per_step",
        """
        SELECT run_id, printf('step %d has %d terminal events', json_extract(payload, '$.sequence'), count(*))
        FROM events WHERE event_type IN {resolving}
        GROUP BY run_id, json_extract(payload, '$.sequence') HAVING count(*) > 1
        """,
    ),
    Rule(
        "one_end_per_timer",
        """
        SELECT run_id, printf('timer %s has %d terminal events',
                              json_extract(payload, '$.timer_id'), count(*))
        FROM events WHERE event_type IN ('TimerFired', 'TimerCancelled')
        GROUP BY run_id, json_extract(payload, '$.timer_id') HAVING count(*) > 1
        """,
    ),
    Rule(
        "closed_once",
        """
        SELECT run_id, printf('a run that is %s has %d closing events', status, count(event_type))
        FROM runs LEFT JOIN (
            SELECT run_id, event_type FROM events WHERE event_type IN {closing}
        ) USING (run_id)
        GROUP BY run_id HAVING count(event_type) != (status IN {closed})
        """,
    ),
    Rule(
        "one_task_per_run",
        """
        SELECT run_id, 'workflow tasks ' || group_concat(status)
        FROM workflow_tasks WHERE status IN ('ready', 'delayed', 'held', 'leased')
        GROUP BY run_id HAVING sum(status != 'held') > 1 OR sum(status = 'held') > sum(status != 'held')
        """,
    ),
    Rule(
        "closed_is_idle",
        """
        SELECT run_id, printf('a run that is %s has an open %s', runs.status, kind)
        FROM runs JOIN (
            SELECT run_id, 'workflow task' AS kind FROM workflow_tasks
            WHERE status IN ('ready', 'delayed', 'held', 'leased')
            UNION ALL SELECT run_id, 'timer' FROM timers WHERE status = 'pending'
            UNION ALL SELECT run_id, 'activity task' FROM activity_tasks
            WHERE status IN ('ready', 'delayed')
            UNION ALL SELECT run_id, 'condition wait' FROM condition_waits WHERE status = 'open'
            UNION ALL SELECT run_id, 'update' FROM updates WHERE status = 'accepted'
            UNION ALL SELECT run_id, 'deadline' FROM runs WHERE due_at IS NOT NULL
        ) USING (run_id)
        WHERE runs.status IN {closed}
        """,
    ),
    Rule(
        "one_task_per_activity",
        """
        SELECT execution_id, printf('an activity that is %s has %d open tasks',
                                    activities.status, count(task))
        FROM activities JOIN runs USING (run_id) LEFT JOIN (
            SELECT execution_id, task_id AS task FROM activity_tasks
            WHERE status IN ('ready', 'delayed', 'leased')
        ) USING (execution_id)
        WHERE activities.status IN ('pending', 'running') AND runs.status NOT IN {closed}
        GROUP BY execution_id HAVING count(task) != 1
        """,
    ),
    Rule(
        "one_answer_per_update",
        """
        SELECT run_id, printf('update %s is %s with %d answers, applied %d times',
                              update_id, status, coalesce(answers, 0), coalesce(applied, 0))
        FROM updates LEFT JOIN (
            SELECT run_id, json_extract(payload, '$.update_id') AS update_id,
                   sum(event_type = 'UpdateCompleted') AS answers,
                   sum(event_type = 'UpdateApplied') AS applied
            FROM events WHERE event_type IN ('UpdateCompleted', 'UpdateApplied') GROUP BY 1, 2
        ) USING (run_id, update_id)
        WHERE coalesce(answers, 0) != (status IN ('completed', 'failed') AND closed_reason IS NULL)
           OR coalesce(applied, 0) != (status = 'completed')
        """,
    ),
    Rule(
        "newest_run",
        """
        SELECT w.workflow_id, printf('counts %d runs and has %d, the newest is number %s',
                                     run_count, count(r.run_id), coalesce(max(newest.run_number), '-'))
        FROM workflows AS w LEFT JOIN runs AS r USING (workflow_id)
        LEFT JOIN runs AS newest ON newest.run_id = w.current_run_id
        GROUP BY w.workflow_id
        HAVING count(r.run_id) != run_count OR coalesce(max(newest.run_number), 0) != run_count
        """,
    ),
    Rule(
        "totals_hold",
        """
        SELECT run_id, printf('counts %d bytes of history and has %d', history_size_bytes, coalesce(size, 0))
        FROM runs LEFT JOIN (
            SELECT run_id, sum(length(event_type) + length(payload)) AS size FROM events GROUP BY run_id
        ) USING (run_id)
        WHERE history_size_bytes != coalesce(size, 0)
        UNION ALL
        SELECT run_id, printf('counts %d open %s and has %d', counted, kind, found)
        FROM (
            SELECT run_id, 'activities' AS kind, open_activities AS counted, (
                SELECT count(*) FROM activities
                WHERE activities.run_id = runs.run_id AND status IN ('pending', 'running')
            ) AS found FROM runs WHERE status NOT IN {closed}
            UNION ALL
            SELECT run_id, 'timers', open_timers, (
                SELECT count(*) FROM timers WHERE timers.run_id = runs.run_id AND status = 'pending'
            ) FROM runs WHERE status NOT IN {closed}
            UNION ALL
            SELECT run_id, 'updates', open_updates, (
                SELECT count(*) FROM updates WHERE updates.run_id = runs.run_id AND status = 'accepted'
            ) FROM runs WHERE status NOT IN {closed}
            UNION ALL
            SELECT run_id, 'children', open_children, (
                SELECT count(*) FROM children
                WHERE children.parent_run_id = runs.run_id AND children.status = 'open'
            ) FROM runs WHERE status NOT IN {closed}
        )
        WHERE counted != found
        """,
    ),
    Rule(
        "children_and_parents",
        """
        SELECT child_call_id, printf('a child that is %s has a run that is %s',
                                     c.status, coalesce(r.status, 'missing'))
        FROM children AS c LEFT JOIN runs AS r ON r.run_id = c.child_run_id
        WHERE (c.status = 'open') = coalesce(r.status IN {closed}, c.status = 'open')
        UNION ALL
        SELECT child_call_id, printf('its parent was told %d times how it ended', count(e.run_id))
        FROM children AS c JOIN runs AS p ON p.run_id = c.parent_run_id
        LEFT JOIN events AS e ON e.run_id = c.parent_run_id AND e.event_type IN {resolving}
            AND json_extract(e.payload, '$.sequence') = c.step
        WHERE p.status NOT IN {closed}
        GROUP BY child_call_id HAVING count(e.run_id) != (c.status != 'open')
        """,
    ),
    Rule(
        "no_orphans",
        """
        SELECT "table", printf('a row refers to a missing row of %s', parent)
        FROM pragma_foreign_key_check
        UNION ALL
        SELECT execution_id, 'its task is missing' FROM activities
        WHERE task_id IS NOT NULL AND task_id NOT IN (SELECT task_id FROM activity_tasks)
        UNION ALL
        SELECT execution_id, 'its attempt is missing' FROM activities
        WHERE attempt_id IS NOT NULL AND attempt_id NOT IN (SELECT attempt_id FROM activity_attempts)
        UNION ALL
        SELECT timer_id, 'its condition wait is missing' FROM timers
        WHERE condition_wait_id IS NOT NULL
          AND condition_wait_id NOT IN (SELECT condition_wait_id FROM condition_waits)
        """,
    ),
)
"""All rules, for the schema version that this package writes."""


def find_problems(execute: Callable[[str], Iterable[Any]], *, most: int = _MOST) -> list[Problem]:
    """Return what breaks the rules.

    Args:
        execute: Runs a query and returns its rows: that of a transaction, or of a connection.
        most: How many problems of each rule are enough.
    """
    lists = {
        "opening": _listed(OPENING),
        "resolving": _listed(RESOLVING),
        "closing": _listed(CLOSING),
        "closed": _listed(_CLOSED),
    }
    found = []
    for rule in RULES:
        rows = islice(execute(rule.query.format_map(lists)), most)
        found += [Problem(rule.name, str(where), str(text)) for where, text in rows]
    return found


def _listed(names: Iterable[str]) -> str:
    return "({})".format(", ".join(f"'{name}'" for name in names))
