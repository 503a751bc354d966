"""Messages of one run: bringing them to the workflow's handlers, and keeping what has to be answered."""

from __future__ import annotations

from typing import Any

from durable_workflow.replay._events import Event
from durable_workflow.replay._receivers import receive
from durable_workflow.replay._updates import (
    Answer,
    Ending,
    HandlerFailed,
    UpdateLog,
    answered,
    reapply,
    update_id_of,
)
from durable_workflow.workflow import FailUpdate, WorkflowDefinition

__all__ = ["Mailbox", "StateLost"]


class StateLost(Exception):
    """The workflow's state holds something that never was: replay the run without it."""


class Mailbox:
    """Delivers messages.

    Args:
        definition: The workflow's definition.
        payload_codec: Codec of the run's payloads.
    """

    def __init__(self, definition: WorkflowDefinition, payload_codec: str) -> None:
        self._definition = definition
        self._payload_codec = payload_codec
        self._failed: dict[str, FailUpdate] = {}
        self._unconfirmed: dict[str, Ending] = {}

    def begin_again(self) -> None:
        """Forget what was delivered; updates whose handlers failed stay failed."""
        self._unconfirmed.clear()

    def compare(self, log: UpdateLog) -> None:
        """Compare how updates ended here with what history says by now.

        Args:
            log: What history says.

        Raises:
            StateLost: If another worker decided otherwise; what history says counts.
        """
        for update_id in self._unconfirmed.keys() & log.endings.keys():
            if self._unconfirmed.pop(update_id) != log.endings[update_id]:
                raise StateLost

    def deliver(self, event: Event, instance: Any, log: UpdateLog) -> Answer | None:
        """Bring a message to its handler; give the answer if it is an update that waits for one.

        Args:
            event: The event that delivers it.
            instance: The workflow object.
            log: What history says of updates.

        Raises:
            StateLost: If the handler of an update failed halfway.
            DurableWorkflowError: If the message cannot be applied.
            PayloadDecodeError: If its arguments cannot be decoded.
        """
        if event.type == "SignalReceived":
            receive(event, instance, self._definition, self._payload_codec)
            return None
        ending = log.endings.get(update_id_of(event))
        if ending == "applied":
            reapply(event, instance, self._definition, self._payload_codec)
        return self._answer(event, instance) if ending is None else None

    def fail(self, answer: FailUpdate) -> None:
        """Note that an update failed after its handler was called: the next replay leaves it out.

        Args:
            answer: What to answer.
        """
        self._failed[answer.update_id] = answer

    def _answer(self, event: Event, instance: Any) -> Answer:
        update_id = update_id_of(event)
        answer: Answer | None = self._failed.get(update_id)
        if answer is None:
            try:
                answer = answered(event, instance, self._definition, self._payload_codec)
            except HandlerFailed as failed:
                self.fail(failed.answer)
                raise StateLost from failed
        self._unconfirmed[update_id] = "failed" if isinstance(answer, FailUpdate) else "applied"
        return answer
