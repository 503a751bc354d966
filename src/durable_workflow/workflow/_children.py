"""The command that starts a child workflow."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar, get_args

from attrs import field, frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.workflow._command import Command, argument_list, encoded, type_name, without_none
from durable_workflow.workflow._definitions import definition_of
from durable_workflow.workflow._policies import ChildWorkflowRetryPolicy
from durable_workflow.workflow._seconds import Seconds, optional_seconds

if TYPE_CHECKING:
    from typing_extensions import TypeVar as DefaultedTypeVar

    R = DefaultedTypeVar("R", default=Any)
else:
    R = TypeVar("R")

ParentClosePolicy = Literal["abandon", "request_cancel", "terminate"]
"""What becomes of an open child when its parent ends: it goes on, is asked to stop, or is stopped at once."""


def _type(value: str | type) -> str:
    name = definition_of(value).name if isinstance(value, type) else value
    return type_name(name, "the workflow type")


def _arguments(value: Sequence[Any] | None) -> list[Any]:
    return argument_list(value, "a child workflow")


def _close_policy(value: str | None) -> str | None:
    if value is not None and value not in get_args(ParentClosePolicy):
        raise ValueError(
            f"parent_close_policy must be one of {', '.join(get_args(ParentClosePolicy))}, not {value!r:.80}"
        )
    return value


@frozen
class StartChildWorkflow(Command, Generic[R]):
    """Run another workflow; the code gets its result, or `ChildWorkflowFailed` is raised in it.

    The server chooses the child's workflow id.

    Args:
        workflow_type: Type name of the child, or its decorated class.
        arguments: Its positional arguments.
        task_queue: Its task queue; the run's own by default.
        parent_close_policy: What becomes of it when this run ends first: `"abandon"` (the server's default:
            it goes on), `"request_cancel"` or `"terminate"`.
        retry_policy: New tries after a failure; without one a failure is final at once.
        execution_timeout_seconds: Limit of all its runs together, in seconds.
        run_timeout_seconds: Limit of one run, in seconds.

    Raises:
        DefinitionError: If the class is not decorated.
        ValueError: If a time-out is below one second, or that of a run longer than that of the whole.
    """

    type: ClassVar[str] = "start_child_workflow"

    workflow_type: str = field(converter=_type)
    arguments: list[Any] = field(factory=list, converter=_arguments)
    task_queue: str | None = None
    parent_close_policy: str | None = field(default=None, converter=_close_policy)
    retry_policy: ChildWorkflowRetryPolicy | None = None
    execution_timeout_seconds: Seconds | None = None
    run_timeout_seconds: Seconds | None = None
    result_type: Any = field(default=None, kw_only=True, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        timeouts = self._timeouts()
        run, execution = timeouts.get("run_timeout_seconds"), timeouts.get("execution_timeout_seconds")
        if run is not None and execution is not None and run > execution:
            raise ValueError(
                f"run_timeout_seconds ({run} s) is longer than execution_timeout_seconds ({execution} s)"
            )

    if TYPE_CHECKING:

        def __await__(self) -> Generator[Command, Any, R]: ...

    def _timeouts(self) -> dict[str, int]:
        names = ("execution_timeout_seconds", "run_timeout_seconds")
        return without_none(**{name: optional_seconds(getattr(self, name), name) for name in names})

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        return {
            "type": self.type,
            "workflow_type": self.workflow_type,
            "arguments": encoded(self.arguments, payload_codec, framing),
            **without_none(
                queue=self.task_queue or task_queue or None,
                parent_close_policy=self.parent_close_policy,
                retry_policy=self.retry_policy and self.retry_policy.to_wire(),
            ),
            **self._timeouts(),
        }
