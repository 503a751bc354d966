# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""Schedules: create, change, fire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from durable_workflow_api.api.schedules import (
    backfill_schedule,
    create_schedule,
    delete_schedule,
    pause_schedule,
    resume_schedule,
    trigger_schedule,
    update_schedule,
)

from .._client_common import checks
from .._client_common.bodies import without_none
from .._client_common.schedules import (
    ScheduleAction,
    ScheduleBackfillResult,
    ScheduleSpec,
    ScheduleTriggerResult,
    action_body,
    moment,
    overlap,
    spec_body,
)
from ..errors import ServerError
from ._schedule_handles import ScheduleHandle
from ._schedule_reads import ScheduleReads

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from durable_workflow_api.types import RequestParts

    from ..transport import Parse
    from ._client import Client

__all__ = ["ScheduleCalls"]

_NOTE_LENGTH = 1000


class ScheduleCalls(ScheduleReads):
    """Calls of the control plane that change or fire schedules."""

    def create_schedule(
        self,
        *,
        schedule_id: str | None = None,
        spec: ScheduleSpec,
        action: ScheduleAction,
        overlap_policy: str | None = None,
        jitter_seconds: int | None = None,
        max_runs: int | None = None,
        memo: Mapping[str, Any] | None = None,
        search_attributes: Mapping[str, Any] | None = None,
        paused: bool = False,
        note: str | None = None,
    ) -> ScheduleHandle:
        """Create a schedule and return a handle on it.

        Operation `createSchedule`.

        Args:
            schedule_id: id that you choose, at most 128 characters; default is one of the server's.
            spec: when it fires.
            action: what it starts.
            overlap_policy: what to do when the workflow of the fire before is still open: `skip` (the
                server's default), `buffer_one`, `buffer_all`, `cancel_other`, `terminate_other`, `allow_all`.
            jitter_seconds: largest random delay of a fire, 0 to 3600.
            max_runs: how often it fires at most.
            memo: given to every workflow that is started.
            search_attributes: given to every workflow that is started.
            paused: whether to create it paused.
            note: text for people, at most 1000 characters.

        Raises:
            InvalidArgument: an argument is not acceptable.
            ScheduleAlreadyExists: the id is taken.
            OutcomeUnknown: the answer was lost; describe the schedule to see whether it was created.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import CreateScheduleRequest, ScheduleReceipt

        body = without_none(
            schedule_id=None if schedule_id is None else checks.schedule_id(schedule_id),
            spec=spec_body(spec),
            action=action_body(action),
            paused=True if paused else None,
            **_options(overlap_policy, jitter_seconds, max_runs, memo, search_attributes, note),
        )
        parts = create_schedule.build_request(body=CreateScheduleRequest.from_dict(body))
        receipt = self._transport.call(parts, create_schedule.parse_response, ScheduleReceipt)
        return ScheduleHandle(cast("Client", self), receipt.schedule_id)

    def update_schedule(
        self,
        schedule_id: str,
        *,
        spec: ScheduleSpec | None = None,
        action: ScheduleAction | None = None,
        overlap_policy: str | None = None,
        jitter_seconds: int | None = None,
        max_runs: int | None = None,
        memo: Mapping[str, Any] | None = None,
        search_attributes: Mapping[str, Any] | None = None,
        note: str | None = None,
    ) -> None:
        """Change a schedule; what is None stays as it is.

        Operation `updateSchedule`. An empty `memo` or `search_attributes` clears it.

        Args:
            schedule_id: id of the schedule.
            spec: replaces the whole spec.
            action: its members that are set replace those of the action.
            overlap_policy: see `create_schedule`.
            jitter_seconds: see `create_schedule`.
            max_runs: see `create_schedule`.
            memo: replaces the memo.
            search_attributes: replaces the search attributes.
            note: text for people, at most 1000 characters.

        Raises:
            InvalidArgument: an argument is not acceptable.
            ScheduleNotFound: there is no such schedule.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import UpdateScheduleRequest

        body = without_none(
            spec=None if spec is None else spec_body(spec),
            action=None if action is None else action_body(action),
            **_options(overlap_policy, jitter_seconds, max_runs, memo, search_attributes, note),
        )
        parts = update_schedule.build_request(
            checks.schedule_id(schedule_id), body=UpdateScheduleRequest.from_dict(body)
        )
        self._schedule_command(parts, update_schedule.parse_response)

    def pause_schedule(self, schedule_id: str, *, note: str | None = None) -> None:
        """Stop a schedule from firing; workflows that it started run on.

        Operation `pauseSchedule`; pausing twice is no error.

        Args:
            schedule_id: id of the schedule.
            note: text for people, at most 1000 characters.

        Raises:
            ScheduleNotFound: there is no such schedule.
            CallError: the call did not end well.
        """
        parts = pause_schedule.build_request(checks.schedule_id(schedule_id), body=_note(note))
        self._schedule_command(parts, pause_schedule.parse_response)

    def resume_schedule(self, schedule_id: str, *, note: str | None = None) -> None:
        """Let a paused schedule fire again; fires that were missed are not made up for.

        Operation `resumeSchedule`.

        Args:
            schedule_id: id of the schedule.
            note: text for people, at most 1000 characters.

        Raises:
            ScheduleNotFound: there is no such schedule.
            CallError: the call did not end well.
        """
        parts = resume_schedule.build_request(checks.schedule_id(schedule_id), body=_note(note))
        self._schedule_command(parts, resume_schedule.parse_response)

    def trigger_schedule(
        self, schedule_id: str, *, overlap_policy: str | None = None
    ) -> ScheduleTriggerResult:
        """Fire a schedule now.

        Operation `triggerSchedule`.

        Args:
            schedule_id: id of the schedule.
            overlap_policy: overrides the schedule's, for this fire.

        Returns:
            What came of it; a start that failed is an outcome too, and no error.

        Raises:
            ScheduleNotFound: there is no such schedule.
            OutcomeUnknown: the answer was lost; describe the schedule to see whether it fired.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import TriggerScheduleRequest, TriggerScheduleResponse

        body = TriggerScheduleRequest.from_dict(without_none(overlap_policy=overlap(overlap_policy)))
        parts = trigger_schedule.build_request(checks.schedule_id(schedule_id), body=body)
        try:
            answer = self._transport.call(parts, trigger_schedule.parse_response, TriggerScheduleResponse)
            result: dict[str, Any] = answer.to_dict()
        except ServerError as refused:
            failed = isinstance(refused.body, dict) and refused.body.get("outcome") == "trigger_failed"
            if not failed:
                raise
            result = dict(refused.body or {})
        names = ("workflow_id", "run_id", "reason", "buffer_depth")
        told = {name: result.get(name) for name in names}
        return ScheduleTriggerResult(schedule_id, result["outcome"], **told)

    def delete_schedule(self, schedule_id: str) -> None:
        """Delete a schedule; workflows that it started run on.

        Operation `deleteSchedule`.

        Args:
            schedule_id: id of the schedule.

        Raises:
            ScheduleNotFound: there is no such schedule.
            CallError: the call did not end well.
        """
        parts = delete_schedule.build_request(checks.schedule_id(schedule_id))
        self._schedule_command(parts, delete_schedule.parse_response)

    def backfill_schedule(
        self,
        schedule_id: str,
        *,
        start_time: str | datetime,
        end_time: str | datetime,
        overlap_policy: str | None = None,
    ) -> ScheduleBackfillResult:
        """Fire a schedule for every moment of a time range at which it would have fired.

        Operation `backfillSchedule`. The server does it before it answers.

        Args:
            schedule_id: id of the schedule.
            start_time: begin of the range, ISO-8601 text or a datetime with a time zone.
            end_time: end of the range; servers of protocol 1.0 do not count it in.
            overlap_policy: overrides the schedule's, for these fires.

        Raises:
            InvalidArgument: a time is not acceptable, or the range is empty.
            ScheduleNotFound: there is no such schedule.
            OutcomeUnknown: the answer was lost; look at the schedule's history.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import BackfillScheduleRequest, BackfillScheduleResponse

        body = without_none(
            start_time=moment("start_time", start_time),
            end_time=moment("end_time", end_time),
            overlap_policy=overlap(overlap_policy),
        )
        parts = backfill_schedule.build_request(
            checks.schedule_id(schedule_id), body=BackfillScheduleRequest.from_dict(body)
        )
        answer = self._transport.call(parts, backfill_schedule.parse_response, BackfillScheduleResponse)
        results = [result.to_dict() for result in answer.results]
        return ScheduleBackfillResult(answer.schedule_id, answer.outcome, answer.fires_attempted, results)

    def _schedule_command(self, parts: RequestParts, parse: Parse[Any]) -> None:
        from durable_workflow_api.models import ScheduleReceipt

        self._transport.call(parts, parse, ScheduleReceipt)


def _options(
    overlap_policy: Any, jitter_seconds: Any, max_runs: Any, memo: Any, search_attributes: Any, note: Any
) -> dict[str, Any]:
    return {
        "overlap_policy": overlap(overlap_policy),
        "jitter_seconds": checks.jitter(jitter_seconds),
        "max_runs": checks.optional_whole("max_runs", max_runs),
        "memo": checks.mapping("memo", memo),
        "search_attributes": checks.mapping("search_attributes", search_attributes),
        "note": checks.optional_name("note", note, _NOTE_LENGTH),
    }


def _note(note: Any) -> Any:
    from durable_workflow_api.models import ScheduleNoteRequest

    return ScheduleNoteRequest.from_dict(without_none(note=checks.optional_name("note", note, _NOTE_LENGTH)))
