"""Updates: what history says of them, and how the driver answers those that history leaves open.

An update is applied where history accepts it: workers see it at that place, whatever else arrives before
their answer is recorded. So its place is the same in the first execution and in every replay.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from attrs import frozen

from durable_workflow.converters import arguments_for
from durable_workflow.errors import DurableWorkflowError, PayloadDecodeError
from durable_workflow.replay._arguments import message_arguments
from durable_workflow.replay._events import Event
from durable_workflow.workflow import CompleteUpdate, FailUpdate, WorkflowDefinition

__all__ = ["Answer", "Ending", "HandlerFailed", "UpdateLog", "answered", "fitting", "reapply", "update_id_of"]

Ending = Literal["applied", "failed"]
Answer = CompleteUpdate | FailUpdate

# Any of these on the closing event of an update says that it failed.
_FAILED = ("failure_id", "failure_category", "exception_class", "exception", "message")


class HandlerFailed(Exception):
    """The handler of an update raised, and may have changed state before.

    Args:
        answer: What to answer.
    """

    def __init__(self, answer: FailUpdate) -> None:
        super().__init__(answer.message)
        self.answer = answer


class UpdateLog:
    """What a history says of the updates of its run.

    Attributes:
        endings: How updates ended, by their ids.
    """

    def __init__(self) -> None:
        self.endings: dict[str, Ending] = {}
        self._accepted: set[str] = set()

    def note(self, event: Event) -> bool:
        """Read an event; tell whether it delivers an update to the code.

        Args:
            event: The event.
        """
        update_id = update_id_of(event)
        if event.type == "UpdateAccepted":
            is_new = update_id not in self._accepted
            self._accepted.add(update_id)
            return is_new
        if event.type == "UpdateApplied":
            self.endings[update_id] = "applied"
            # Histories may be without the acceptance, which tells nothing new to servers that apply at once.
            return update_id not in self._accepted
        if event.type == "UpdateCompleted":
            failed = any(event.payload.get(member) is not None for member in _FAILED)
            self.endings.setdefault(update_id, "failed" if failed else "applied")
        return False

    def is_open(self, event: Event) -> bool:
        """Tell whether an event delivers an update of which history does not say how it ended."""
        return event.type != "SignalReceived" and update_id_of(event) not in self.endings


@frozen
class _Call:
    update_id: str
    name: str
    arguments: list[Any]
    place: str

    @property
    def context(self) -> str:
        return f"update {self.name!r}"


def update_id_of(event: Event) -> str:
    """Give the id of the update that an event is about."""
    return str(event.payload.get("update_id") or "")


def reapply(event: Event, instance: Any, definition: WorkflowDefinition, payload_codec: str) -> None:
    """Apply an update again that history holds as applied.

    Args:
        event: The event that delivers it.
        instance: The workflow object.
        definition: Its definition.
        payload_codec: Codec of the run's payloads.

    Raises:
        DurableWorkflowError: If the class has no such update any more, or its handler raises now.
        PayloadDecodeError: If the update's arguments cannot be decoded.
    """
    call = _call(event, payload_codec)
    method = definition.updates.get(call.name)
    if method is None:
        raise DurableWorkflowError(
            f"{call.place} applies update {call.name!r}, which workflow {definition.name!r} does not know. "
            "Run this history with code that handles the update."
        )
    handler = getattr(instance, method)
    arguments = arguments_for(handler, call.arguments, context=call.context)
    try:
        handler(*arguments)
    except Exception as error:
        raise DurableWorkflowError(
            f"The handler of update {call.name!r}, {definition.cls.__qualname__}.{method}, raised "
            f"{type(error).__name__}: {error} ({call.place}), but history holds that it was applied. Correct "
            "the handler: it has to do with old updates what it did when they came."
        ) from error


def answered(event: Event, instance: Any, definition: WorkflowDefinition, payload_codec: str) -> Answer:
    """Decide about an update that history leaves open: validate it, apply it, and give the answer.

    Args:
        event: The event that delivers it.
        instance: The workflow object.
        definition: Its definition.
        payload_codec: Codec of the run's payloads.

    Raises:
        HandlerFailed: If the handler raised; then the workflow's state cannot be trusted.
        PayloadDecodeError: If the update's arguments cannot be decoded.
    """
    call = _call(event, payload_codec)
    method = definition.updates.get(call.name)
    if method is None:
        known = ", ".join(sorted(definition.updates)) or "none"
        text = f"workflow {definition.name!r} has no update {call.name!r}; it has {known}"
        return FailUpdate.refusing(call.update_id, text)
    handler, validator = getattr(instance, method), definition.validators.get(call.name)
    try:
        arguments = fitting(handler, call.arguments, call.context)
        if validator is not None:
            getattr(instance, validator)(*arguments)
    except Exception as refusal:
        return FailUpdate.refusing(call.update_id, refusal)
    try:
        return CompleteUpdate(call.update_id, handler(*arguments))
    except Exception as error:
        raise HandlerFailed(FailUpdate.from_exception(call.update_id, error)) from error


def fitting(handler: Callable[..., Any], arguments: Sequence[Any], context: str) -> Sequence[Any]:
    """Convert arguments to what a handler takes.

    Args:
        handler: The bound method.
        arguments: Decoded arguments.
        context: Whose they are, in words.

    Raises:
        ValueError: If they do not fit.
    """
    try:
        inspect.signature(handler).bind(*arguments)
        return arguments_for(handler, arguments, context=context)
    except (TypeError, PayloadDecodeError) as error:
        raise ValueError(f"the arguments do not fit {context}: {error}") from error


def _call(event: Event, payload_codec: str) -> _Call:
    payload: Mapping[str, Any] = event.payload
    return _Call(
        update_id=update_id_of(event),
        name=str(payload.get("update_name")),
        arguments=message_arguments(payload, payload_codec),
        place=f"event {event.sequence}",
    )
