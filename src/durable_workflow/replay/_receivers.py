"""Signals: events that call a method of the workflow."""

from __future__ import annotations

from typing import Any

from durable_workflow.converters import arguments_for
from durable_workflow.errors import DurableWorkflowError
from durable_workflow.replay._arguments import message_arguments
from durable_workflow.replay._events import Event
from durable_workflow.workflow import WorkflowDefinition


def receive(event: Event, instance: Any, definition: WorkflowDefinition, payload_codec: str) -> bool:
    """Apply a signal to the workflow's state.

    Args:
        event: The event that delivers it.
        instance: The workflow object.
        definition: Its definition.
        payload_codec: Codec of the run's payloads.

    Returns:
        Whether a method was called; a signal that the class does not know is ignored.

    Raises:
        DurableWorkflowError: If the method raised.
        PayloadDecodeError: If the signal's arguments cannot be decoded.
    """
    name = str(event.payload.get("signal_name"))
    method = definition.signals.get(name)
    if method is None:
        return False
    handler = getattr(instance, method)
    arguments = arguments_for(
        handler, message_arguments(event.payload, payload_codec), context=f"signal {name!r}"
    )
    try:
        handler(*arguments)
    except Exception as error:
        raise DurableWorkflowError(
            f"The handler of signal {name!r}, {definition.cls.__qualname__}.{method}, raised "
            f"{type(error).__name__}: {error} (event {event.sequence}). The run waits: correct the handler, "
            "and its next task goes on from here."
        ) from error
    return True
