"""Faults of commands that show without looking at their task: members on the wrong kind, times at odds."""

from __future__ import annotations

from collections.abc import Sequence

from durable_workflow.server.engine.commands.kinds import Command, Problems

__all__ = ["check_early", "check_late"]

_ACTIVITY_ONLY = frozenset({"schedule_activity"})
_CHILD_ONLY = frozenset({"start_child_workflow"})
_SCOPES = {
    "retry_policy": _ACTIVITY_ONLY | _CHILD_ONLY,
    "start_to_close_timeout": _ACTIVITY_ONLY,
    "schedule_to_start_timeout": _ACTIVITY_ONLY,
    "schedule_to_close_timeout": _ACTIVITY_ONLY,
    "heartbeat_timeout": _ACTIVITY_ONLY,
    "execution_timeout_seconds": _CHILD_ONLY,
    "run_timeout_seconds": _CHILD_ONLY,
    "non_retryable": frozenset({"fail_workflow", "fail_update"}),
}
_LATE_SCOPES = {
    "parent_close_policy": _CHILD_ONLY,
    "delay_seconds": frozenset({"start_timer"}),
    "timeout_seconds": frozenset({"open_condition_wait"}),
}
_AT_MOST = (
    ("heartbeat_timeout", "start_to_close_timeout"),
    ("start_to_close_timeout", "schedule_to_close_timeout"),
    ("schedule_to_start_timeout", "schedule_to_close_timeout"),
    ("run_timeout_seconds", "execution_timeout_seconds"),
)


def _check_scope(command: Command, problems: Problems) -> None:
    """Note members that belong to another kind of command."""
    _check(_SCOPES, command, problems)


def check_late(command: Command, problems: Problems) -> None:
    """Note members that belong to another kind of command and are looked at only after ownership."""
    _check(_LATE_SCOPES, command, problems)


def _check(scopes: dict[str, frozenset[str]], command: Command, problems: Problems) -> None:
    for member, kinds in scopes.items():
        if command.get(member) is not None and command.get("type") not in kinds:
            problems.add(member, f"{member} belongs to {' and '.join(sorted(kinds))} only.")


def _check_order(command: Command, problems: Problems) -> None:
    """Note times that are longer than the time they lie in."""
    for shorter, longer in _AT_MOST:
        low, high = command.get(shorter), command.get(longer)
        if isinstance(low, int) and isinstance(high, int) and low > high:
            problems.add(shorter, f"{shorter} must not be longer than {longer}.")


def check_early(commands: Sequence[Command], problems: Problems) -> None:
    """Check every command as far as it can be checked before ownership."""
    for problems.index, command in enumerate(commands):
        _check_scope(command, problems)
        _check_order(command, problems)
