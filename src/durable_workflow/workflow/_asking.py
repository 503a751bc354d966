"""Everything that workflow code may ask for, as methods that make the values to yield or await."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterable, Mapping, Sequence
from typing import Any, ParamSpec, Protocol, TypedDict, TypeVar, Unpack, overload

from durable_workflow.converters import result_type_of
from durable_workflow.workflow._activities import (
    ActivityCall,
    ActivityOptions,
    ScheduleActivity,
    activity_name,
)
from durable_workflow.workflow._children import ParentClosePolicy, StartChildWorkflow
from durable_workflow.workflow._closing import ContinueAsNew
from durable_workflow.workflow._conditions import WaitCondition
from durable_workflow.workflow._groups import Awaited, Begin, Group, Select
from durable_workflow.workflow._policies import ActivityRetryPolicy, ChildWorkflowRetryPolicy
from durable_workflow.workflow._seconds import Seconds
from durable_workflow.workflow._side_effects import SideEffect
from durable_workflow.workflow._timers import StartTimer
from durable_workflow.workflow._upserts import UpsertMemo, UpsertSearchAttributes
from durable_workflow.workflow._versions import DeprecatePatch, GetVersion, Patched

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class _Runs(Protocol[T_co]):
    def run(self, *args: Any, **kwargs: Any) -> Coroutine[Any, Any, T_co] | Generator[Any, Any, T_co]: ...


class _ActivityKeywords(TypedDict, total=False):
    queue: str | None
    retry_policy: ActivityRetryPolicy | None
    start_to_close_timeout: Seconds | None
    schedule_to_start_timeout: Seconds | None
    schedule_to_close_timeout: Seconds | None
    heartbeat_timeout: Seconds | None


class _ChildKeywords(TypedDict, total=False):
    task_queue: str | None
    parent_close_policy: ParentClosePolicy | None
    retry_policy: ChildWorkflowRetryPolicy | None
    execution_timeout_seconds: Seconds | None
    run_timeout_seconds: Seconds | None


class Asking:
    """What workflow code may ask for.

    The methods do nothing by themselves: yield what they return (in a generator), await it (in a coroutine),
    or put several into a list, `gather` or `select`.
    """

    @overload
    def schedule_activity(
        self,
        activity_type: Callable[..., Awaitable[T]],
        arguments: Sequence[Any] = (),
        **options: Unpack[_ActivityKeywords],
    ) -> ScheduleActivity[T]: ...

    @overload
    def schedule_activity(
        self,
        activity_type: Callable[..., T],
        arguments: Sequence[Any] = (),
        **options: Unpack[_ActivityKeywords],
    ) -> ScheduleActivity[T]: ...

    @overload
    def schedule_activity(
        self, activity_type: str, arguments: Sequence[Any] = (), **options: Unpack[_ActivityKeywords]
    ) -> ScheduleActivity[Any]: ...

    def schedule_activity(
        self,
        activity_type: str | Callable[..., Any],
        arguments: Sequence[Any] = (),
        *,
        queue: str | None = None,
        retry_policy: ActivityRetryPolicy | None = None,
        start_to_close_timeout: Seconds | None = None,
        schedule_to_start_timeout: Seconds | None = None,
        schedule_to_close_timeout: Seconds | None = None,
        heartbeat_timeout: Seconds | None = None,
    ) -> ScheduleActivity[Any]:
        """Run an activity and get its result; a final failure is raised as `ActivityFailed`.

        Args:
            activity_type: Type name of the activity, or the decorated function, which types the result.
            arguments: Its positional arguments.
            queue: Task queue; the run's own by default.
            retry_policy: Retries of failed attempts; without one a failure is final at once.
            start_to_close_timeout: Limit of one attempt, in seconds.
            schedule_to_start_timeout: Limit of waiting for a worker, in seconds.
            schedule_to_close_timeout: Limit of everything, retries included, in seconds.
            heartbeat_timeout: Longest silence of a running attempt, in seconds.

        Raises:
            TypeError: If the type or the arguments are not what they should be.
            ValueError: If a time-out is below one second, or longer than the one around it.
        """
        return ScheduleActivity(
            activity_name(activity_type),
            arguments,
            queue=queue,
            retry_policy=retry_policy,
            start_to_close_timeout=start_to_close_timeout,
            schedule_to_start_timeout=schedule_to_start_timeout,
            schedule_to_close_timeout=schedule_to_close_timeout,
            heartbeat_timeout=heartbeat_timeout,
            result_type=None if isinstance(activity_type, str) else result_type_of(activity_type),
        )

    @overload
    def activity(
        self, function: Callable[P, Awaitable[T]], options: ActivityOptions = ...
    ) -> ActivityCall[P, T]: ...

    @overload
    def activity(self, function: Callable[P, T], options: ActivityOptions = ...) -> ActivityCall[P, T]: ...

    def activity(
        self, function: Callable[..., Any], options: ActivityOptions | None = None
    ) -> ActivityCall[..., Any]:
        """Run an activity as one would call its function: `await ctx.activity(charge)(order, amount=3)`.

        Args:
            function: The decorated function; type checkers know its arguments and its result.
            options: Queue, retries and limits.

        Raises:
            DefinitionError: If the function is not decorated.
        """
        activity_name(function)
        return ActivityCall(function, options or ActivityOptions())

    @overload
    def start_child_workflow(
        self,
        workflow_type: type[_Runs[T]],
        arguments: Sequence[Any] | None = None,
        **options: Unpack[_ChildKeywords],
    ) -> StartChildWorkflow[T]: ...

    @overload
    def start_child_workflow(
        self,
        workflow_type: str | type,
        arguments: Sequence[Any] | None = None,
        **options: Unpack[_ChildKeywords],
    ) -> StartChildWorkflow[Any]: ...

    def start_child_workflow(
        self,
        workflow_type: str | type,
        arguments: Sequence[Any] | None = None,
        *,
        task_queue: str | None = None,
        parent_close_policy: ParentClosePolicy | None = None,
        retry_policy: ChildWorkflowRetryPolicy | None = None,
        execution_timeout_seconds: Seconds | None = None,
        run_timeout_seconds: Seconds | None = None,
    ) -> StartChildWorkflow[Any]:
        """Run another workflow and get its result; its end without one is raised as `ChildWorkflowFailed`.

        To go on while it runs, use `begin`. The server chooses the child's workflow id.

        Args:
            workflow_type: Type name of the child, or its decorated class.
            arguments: Its positional arguments.
            task_queue: Its task queue; the run's own by default.
            parent_close_policy: What becomes of it when this run ends first: `"abandon"` (the server's
                default: it goes on), `"request_cancel"` or `"terminate"`.
            retry_policy: New tries after a failure; without one a failure is final at once.
            execution_timeout_seconds: Limit of all its runs together, in seconds.
            run_timeout_seconds: Limit of one run, in seconds.

        Raises:
            DefinitionError: If the class is not decorated.
            TypeError: If the type or the arguments are not what they should be.
            ValueError: If a time-out is below one second or does not fit the other, or the policy is unknown.
        """
        return StartChildWorkflow(
            workflow_type,
            arguments,
            task_queue=task_queue,
            parent_close_policy=parent_close_policy,
            retry_policy=retry_policy,
            execution_timeout_seconds=execution_timeout_seconds,
            run_timeout_seconds=run_timeout_seconds,
            result_type=result_type_of(getattr(workflow_type, "run", str)),
        )

    def start_timer(self, seconds: Seconds) -> StartTimer:
        """Sleep durably: the workflow uses no memory or worker meanwhile, and survives restarts.

        Args:
            seconds: How long, in seconds; fractions round up.
        """
        return StartTimer(seconds)

    def sleep(self, seconds: Seconds) -> StartTimer:
        """Sleep durably; another name of `start_timer`.

        Args:
            seconds: How long, in seconds; fractions round up.
        """
        return StartTimer(seconds)

    def wait_condition(
        self, predicate: Callable[[], Any], *, key: str | None = None, timeout: Seconds | None = None
    ) -> WaitCondition:
        """Wait until a predicate is true: get True, or False when the time was over first.

        The predicate is evaluated whenever the workflow's state may have changed.

        Args:
            predicate: Function without arguments that reads the workflow's state and changes nothing.
            key: Name of the wait, shown in history and compared on replay.
            timeout: How long to wait, in seconds (fractions round up); None for ever, 0 only looks.
        """
        return WaitCondition(predicate, condition_key=key, timeout_seconds=timeout)

    def side_effect(self, fn: Callable[[], Any]) -> SideEffect:
        """Record a value that may differ from call to call (a configuration value, a random choice).

        The function is called once; every replay gets the recorded value. It has no retries, so keep IO in
        activities. If it raises, the workflow fails: handle expected errors inside it.

        Args:
            fn: Function without arguments that returns the value.
        """
        return SideEffect(fn)

    def get_version(self, change_id: str, min_supported: int, max_supported: int) -> GetVersion:
        """Ask which version of a change this run uses, so that new code can go on with old runs.

        A run that passed this place before the change existed gets -1; a run that is new here gets
        `max_supported`, which is recorded and stays the answer for this run.

        Args:
            change_id: Name of the change.
            min_supported: Oldest version that the code still has; -1 is the code before the change.
            max_supported: Newest version that the code has.

        Raises:
            ValueError: If the range is empty.
        """
        return GetVersion(change_id, min_supported, max_supported)

    def patched(self, change_id: str) -> Patched:
        """Ask whether this run uses a patch: True in runs that are new here, False in older ones.

        Args:
            change_id: Name of the patch.
        """
        return Patched(change_id)

    def deprecate_patch(self, change_id: str) -> DeprecatePatch:
        """Keep the mark of a patch whose old code is gone, until no open run is older than the patch.

        Args:
            change_id: Name of the patch.
        """
        return DeprecatePatch(change_id)

    def upsert_search_attributes(self, attributes: Mapping[str, Any]) -> UpsertSearchAttributes:
        """Set or delete search attributes of the workflow; the code goes on at once.

        Args:
            attributes: What to set, by name: texts of at most 191 bytes, numbers, booleans, lists of texts;
                None deletes. Others stay as they are.

        Raises:
            TypeError: If a value is of another type.
            ValueError: If a name or value is not allowed.
        """
        return UpsertSearchAttributes(attributes)

    def upsert_memo(self, entries: Mapping[str, Any]) -> UpsertMemo:
        """Set or delete entries of the workflow's memo; the code goes on at once.

        Only servers that list the command `upsert_memo` take it; others refuse the task that asks for it.

        Args:
            entries: What to set, by name: JSON values; None deletes. Others stay as they are.

        Raises:
            ValueError: If a name is not allowed.
        """
        return UpsertMemo(entries)

    def continue_as_new(
        self, *args: Any, workflow_type: str | None = None, task_queue: str | None = None
    ) -> ContinueAsNew:
        """End this run and go on in a new one, with a fresh history: `return ctx.continue_as_new(state)`.

        Args:
            args: Positional arguments of the new run.
            workflow_type: Type of the new run; this one's by default.
            task_queue: Queue of the new run; this one's by default. Servers of protocol 1.0 keep this one's.
        """
        return ContinueAsNew(workflow_type, args, task_queue)

    # A list of known length, which only the type of a tuple can say; asyncio.gather does the same.
    @overload
    def gather(  # pyright: ignore[reportOverlappingOverload]
        self, a: Awaitable[A], b: Awaitable[B], /
    ) -> Group[tuple[A, B]]: ...

    @overload
    def gather(self, a: Awaitable[A], b: Awaitable[B], c: Awaitable[C], /) -> Group[tuple[A, B, C]]: ...

    @overload
    def gather(
        self, a: Awaitable[A], b: Awaitable[B], c: Awaitable[C], d: Awaitable[D], /
    ) -> Group[tuple[A, B, C, D]]: ...

    @overload
    def gather(self, *awaitables: Awaitable[T]) -> Group[list[T]]: ...

    @overload
    def gather(self, *awaitables: Awaited) -> Group[Any]: ...

    def gather(self, *awaitables: Any) -> Group[Any]:
        """Run several things at the same time and get the list of their results, in this order.

        The first failure, in the order of history, is raised at once; the others go on, and what comes of
        them is ignored.

        Args:
            awaitables: Commands, groups, lists, and coroutines or generators of the workflow.
        """
        return Group(awaitables)

    @overload
    def all(self, awaitables: Iterable[Awaitable[T]]) -> Group[list[T]]: ...

    @overload
    def all(self, awaitables: Iterable[Awaited]) -> Group[list[Any]]: ...

    def all(self, awaitables: Iterable[Any]) -> Group[Any]:
        """Do what `gather` does, for an iterable.

        Args:
            awaitables: Commands, groups, lists, and coroutines or generators of the workflow.
        """
        return Group(tuple(awaitables))

    @overload
    def select(self, a: Awaitable[A], b: Awaitable[B], /) -> Select[A | B]: ...

    @overload
    def select(self, *awaitables: Awaited, **named: Awaited) -> Select[Any]: ...

    def select(self, *awaitables: Any, **named: Any) -> Select[Any]:
        """Run several things at the same time and get the first that ends, as a `Selection`.

        `first = await ctx.select(answer=ctx.schedule_activity("ask"), late=ctx.sleep(60))` gives a `key`
        (`"answer"` or `"late"`; a place, from 0, for what has no name) and its `value`. If the first one
        failed, its failure is raised. The others go on, and what comes of them is ignored; to wait for them
        later, `begin` them before.

        Args:
            awaitables: Commands, groups, lists, and coroutines or generators of the workflow.
            named: The same, by name.

        Raises:
            ValueError: If there are none.
        """
        members: dict[str | int, Any] = dict(enumerate(awaitables))
        members.update(named)
        return Select(members)

    @overload
    def begin(self, awaitable: Awaitable[T]) -> Begin[T]: ...

    @overload
    def begin(self, awaitable: Awaited) -> Begin[Any]: ...

    def begin(self, awaitable: Any) -> Begin[Any]:
        """Begin something and go on at once: `pay = await ctx.begin(ctx.schedule_activity("pay"))`.

        What you get can be awaited or yielded later, as often as you like, and be put into `gather` and
        `select`. A failure that nobody waits for is ignored.

        Args:
            awaitable: A command, group, list, coroutine or generator.
        """
        return Begin(awaitable)
