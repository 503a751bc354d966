"""From what a caller asks of a list to the runs that the store selects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from durable_workflow.server._calls import Refusal
from durable_workflow.server.engine.listing_grammar import (
    Condition,
    Group,
    Literal,
    NotAPredicate,
    Predicate,
    TooComplex,
    parse,
)
from durable_workflow.server.engine.refusals import invalid
from durable_workflow.server.store.listing import LISTINGS, Selection

__all__ = ["selection_of"]

_MAX_QUERY = 4096
_BUCKETS = {
    "running": ("open",),
    "completed": ("completed",),
    "failed": ("failed", "cancelled", "terminated"),
}
_EXACT = ("pending", "waiting", "cancelled", "terminated")
_TEXTS = {
    "WorkflowType": "workflow_type",
    "WorkflowId": "workflow_id",
    "RunId": "run_id",
    "TaskQueue": "task_queue",
    "BuildId": "compatibility",
}
_KEYS = ("WorkflowId", "RunId")
_TIMES = {"StartTime": "started_at", "CloseTime": "closed_at"}
# Times are shown in microseconds, but kept as floats that may lie beside them.
_HALF_A_MICROSECOND = 5e-7


@dataclass(slots=True)
class _Sql:
    """A condition in SQL under construction."""

    parameters: list[Any] = field(default_factory=list)

    def marks(self, values: Sequence[Any]) -> str:
        self.parameters += values
        return ", ".join("?" * len(values))


def selection_of(namespace: str, workflow_type: str | None, status: str | None, query: str) -> Selection:
    """Return the selection of a list.

    Args:
        namespace: The namespace.
        workflow_type: The type to list, None for all.
        status: A bucket or an exact status, None for all.
        query: A predicate; text that is none is looked for in workflow ids and business keys.

    Raises:
        Refusal: 422, if the query is a predicate that cannot be answered, or too long.
    """
    if len(query) > _MAX_QUERY:
        raise _refusal(f"A query has at most {_MAX_QUERY} characters.")
    sql = _Sql()
    conditions = [] if status is None else [_status_condition(sql, [status])]
    listings = LISTINGS if status is None else _listings([status])
    predicate = _predicate(query)
    if not isinstance(predicate, str):
        conditions.append(_compiled(sql, predicate))
    elif predicate:
        sql.parameters += [f"%{predicate}%"] * 2
        conditions.append("(workflow_id LIKE ? OR business_key LIKE ?)")
    selection = Selection(namespace, listings, workflow_type, conditions, sql.parameters)
    return selection if isinstance(predicate, str) else _narrowed(selection, predicate)


def _narrowed(selection: Selection, predicate: Predicate) -> Selection:
    """Leave out listings and types that a predicate rules out: it holds for none of their runs."""
    for condition in _certain(predicate):
        if condition.name == "Status":
            wanted = _listings([str(value) for value in condition.values])
            listings = [listing for listing in selection.listings if listing in wanted]
            selection = replace(selection, listings=listings)
        elif condition.name == "WorkflowType" and selection.workflow_type is None:
            if condition.operator == "=":
                selection = replace(selection, workflow_type=str(condition.values[0]))
        elif condition.name in _KEYS:
            selection = replace(selection, by_key=True)
    return selection


def _refusal(message: str) -> Refusal:
    return invalid({"query": [message]})


def _predicate(query: str) -> Predicate | str:
    try:
        return parse(query)
    except NotAPredicate:
        return query.strip()
    except TooComplex as error:
        raise _refusal(str(error)) from error


def _certain(predicate: Predicate) -> Iterator[Condition]:
    """Yield the equalities that hold for every run that the predicate holds for."""
    if isinstance(predicate, Condition):
        if predicate.operator in ("=", "IN"):
            yield predicate
    elif predicate.word == "AND":
        for part in predicate.parts:
            yield from _certain(part)


def _compiled(sql: _Sql, predicate: Predicate) -> str:
    if isinstance(predicate, Group):
        parts = [_compiled(sql, part) for part in predicate.parts]
        return f"({f' {predicate.word} '.join(parts)})"
    return _compiler(predicate.name)(sql, predicate)


def _compiler(name: str) -> Callable[[_Sql, Condition], str]:
    if name == "Status":
        return _status
    if name in _TEXTS:
        return _text
    return _time if name in _TIMES else _attribute


def _text(sql: _Sql, condition: Condition) -> str:
    if not all(isinstance(value, str) for value in condition.values):
        raise _refusal(f"{condition.name} is compared with text in quotes.")
    return _comparison(sql, _TEXTS[condition.name], condition.operator, condition.values)


def _comparison(sql: _Sql, column: str, operator: str, values: Sequence[Any]) -> str:
    if operator == "IN":
        return f"{column} IN ({sql.marks(values)})"
    return f"{column} {operator} {sql.marks(values)}"


def _status(sql: _Sql, condition: Condition) -> str:
    values = [value.lower() if isinstance(value, str) else "" for value in condition.values]
    unknown = [value for value in values if value not in _BUCKETS and value not in _EXACT]
    if unknown or condition.operator not in ("=", "!=", "IN"):
        names = ", ".join([*_BUCKETS, *_EXACT])
        raise _refusal(f"Status is compared by =, != and IN with {names}.")
    found = _status_condition(sql, values)
    return f"NOT {found}" if condition.operator == "!=" else found


def _status_condition(sql: _Sql, statuses: Sequence[str]) -> str:
    exact = [status for status in statuses if status in _EXACT]
    listings = [listing for status in statuses for listing in _BUCKETS.get(status, ())]
    return f"(status IN ({sql.marks(exact)}) OR listing IN ({sql.marks(listings)}))"


def _listings(statuses: Sequence[str]) -> list[str]:
    """Return the listings that runs of these statuses are in."""
    found: set[str] = set()
    for status in (status.lower() for status in statuses):
        found.update(_BUCKETS.get(status, (status if status in LISTINGS else "open",)))
    return [listing for listing in LISTINGS if listing in found]


def _time(sql: _Sql, condition: Condition) -> str:
    column = _TIMES[condition.name]
    if condition.operator == "IN":
        return f"({' OR '.join(_moment(sql, column, '=', value) for value in condition.values)})"
    return _moment(sql, column, condition.operator, condition.values[0])


def _moment(sql: _Sql, column: str, operator: str, value: Literal) -> str:
    moment = _epoch(value)
    low, high = moment - _HALF_A_MICROSECOND, moment + _HALF_A_MICROSECOND
    if operator in ("=", "!="):
        sql.parameters += [low, high]
        return f"{column} {'NOT ' if operator == '!=' else ''}BETWEEN ? AND ?"
    sql.parameters.append(low if operator in ("<", ">=") else high)
    return f"{column} {operator} ?"


def _epoch(value: Literal) -> float:
    try:
        moment = datetime.fromisoformat(str(value))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except ValueError as error:
        raise _refusal(f'{value!r:.40} is no time; write one as "2026-04-25T12:34:56Z".') from error


def _attribute(sql: _Sql, condition: Condition) -> str:
    """A search attribute: a list has any of its elements equal; what is absent fits no comparison."""
    sql.parameters.append(f'$."{condition.name}"')
    source = "FROM json_each(search_attributes, ?)"
    if condition.operator == "!=":
        path = sql.parameters[-1]
        equal = _element(sql, "=", condition.values[0])
        sql.parameters.append(path)
        absent = f"NOT EXISTS (SELECT 1 {source} WHERE {equal})"
        return f"({absent} AND EXISTS (SELECT 1 {source}))"
    operator = "=" if condition.operator == "IN" else condition.operator
    matches = " OR ".join(_element(sql, operator, value) for value in condition.values)
    return f"EXISTS (SELECT 1 {source} WHERE {matches})"


def _element(sql: _Sql, operator: str, value: Literal) -> str:
    if isinstance(value, bool):
        if operator != "=":
            raise _refusal("true and false are compared by =, != and IN.")
        return f"type = '{'true' if value else 'false'}'"
    kinds = "'text'" if isinstance(value, str) else "'integer', 'real'"
    sql.parameters.append(value)
    return f"(type IN ({kinds}) AND value {operator} ?)"
