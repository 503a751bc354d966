"""Messages: events that call a method of the workflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.codec import decode_envelope
from durable_workflow.converters import arguments_for
from durable_workflow.errors import DurableWorkflowError
from durable_workflow.replay._events import Event
from durable_workflow.replay.kinds._base import payload_of
from durable_workflow.workflow import WorkflowDefinition


def receive(event: Event, instance: Any, definition: WorkflowDefinition, payload_codec: str) -> bool:
    """Apply a message to the workflow's state.

    Args:
        event: The event that delivers it.
        instance: The workflow object.
        definition: Its definition.
        payload_codec: Codec of the run's payloads.

    Returns:
        Whether a method was called; a signal that the class does not know is ignored.

    Raises:
        DurableWorkflowError: If the method raised, or the message is an update.
        PayloadDecodeError: If the message's arguments cannot be decoded.
    """
    if event.type != "SignalReceived":
        name = event.payload.get("update_name")
        raise DurableWorkflowError(
            f"Event {event.sequence} applies update {name!r}, which workflow {definition.name!r} does not "
            "know. Run this history with code that handles the update."
        )
    name = str(event.payload.get("signal_name"))
    method = definition.signals.get(name)
    if method is None:
        return False
    handler = getattr(instance, method)
    arguments = arguments_for(
        handler, signal_arguments(event.payload, payload_codec), context=f"signal {name!r}"
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


def signal_arguments(payload: Mapping[str, Any], payload_codec: str) -> list[Any]:
    """Find the positional arguments of a signal; servers have kept them in four places.

    Args:
        payload: Payload of the event.
        payload_codec: Codec of the run's payloads.

    Raises:
        PayloadDecodeError: If they cannot be decoded.
    """
    members = ("value", "input", "arguments")
    if any(payload.get(member) is not None for member in members):
        return _as_list(payload_of(payload, members, payload_codec))
    command = payload.get("command")
    if not isinstance(command, Mapping) or command.get("payload") is None:
        return []
    codec = command.get("payload_codec")
    decoded = decode_envelope(command["payload"], codec if isinstance(codec, str) else payload_codec)
    return _as_list(decoded.get("arguments") if isinstance(decoded, Mapping) else decoded)


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
