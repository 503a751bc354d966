"""Workflow classes as arguments: what a checker reads from their `run`, and the type key they carry."""

from __future__ import annotations

from collections.abc import Coroutine, Generator, Mapping
from typing import Any, NotRequired, Protocol, TypedDict, TypeVar

from .. import converters
from ..errors import InvalidArgument
from . import checks

__all__ = [
    "CoroutineWorkflow",
    "GeneratorWorkflow",
    "PlainWorkflow",
    "StartOptions",
    "result_type_of",
    "type_key",
]

T_co = TypeVar("T_co", covariant=True)

# Set by @workflow.defn; read here by name, so that a client does not load what only workers need.
_DEFINITION = "__durable_workflow_definition__"


class CoroutineWorkflow(Protocol[T_co]):
    """A workflow whose `run` is `async def`."""

    def run(self, *args: Any, **kwargs: Any) -> Coroutine[Any, Any, T_co]: ...


class GeneratorWorkflow(Protocol[T_co]):
    """A workflow whose `run` yields."""

    def run(self, *args: Any, **kwargs: Any) -> Generator[Any, Any, T_co]: ...


class PlainWorkflow(Protocol[T_co]):
    """A workflow whose `run` only returns."""

    def run(self, *args: Any, **kwargs: Any) -> T_co: ...


class StartOptions(TypedDict):
    """The arguments of a start beside the type; see `Client.start_workflow`."""

    task_queue: str
    workflow_id: str
    input: NotRequired[list[Any] | None]
    execution_timeout_seconds: NotRequired[int | None]
    run_timeout_seconds: NotRequired[int | None]
    duplicate_policy: NotRequired[str | None]
    memo: NotRequired[Mapping[str, Any] | None]
    search_attributes: NotRequired[Mapping[str, Any] | None]


def result_type_of(workflow_type: Any, given: Any) -> Any:
    """Return the type of a workflow's result: the given one, or what `run` of its class says."""
    if given is not None or not isinstance(workflow_type, type):
        return given
    return converters.result_type_of(getattr(workflow_type, "run"))  # noqa: B009  # any class with a run


def type_key(workflow_type: Any) -> str:
    """Return the language-neutral type key of a decorated workflow class, or of a key itself.

    Raises:
        InvalidArgument: it is neither.
    """
    if not isinstance(workflow_type, type):
        return checks.name("workflow_type", workflow_type)
    definition = vars(workflow_type).get(_DEFINITION)
    if definition is None:
        raise InvalidArgument(
            f"workflow_type: {workflow_type.__qualname__} is no workflow: put @workflow.defn(name=...) on it",
            {"workflow_type": ["must be a type key or a decorated workflow class"]},
        )
    key: str = definition.name
    return key
