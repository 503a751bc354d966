"""What a reader needs to know when code and history disagree: both sides, the place, and what to do."""

from __future__ import annotations

from durable_workflow.errors import NonDeterministicReplayError
from durable_workflow.replay._events import Event
from durable_workflow.replay._steps import Step
from durable_workflow.workflow import Command

_REMEDY = (
    "Remedy: if the change is meant, let runs that are under way keep the old order of steps:\n"
    '    if ctx.patched("what-changed"):\n'
    "        ...  # the new steps\n"
    "    else:\n"
    "        ...  # the steps as they were\n"
    "If it is not meant, run the code that wrote this history: workflow code must decide by nothing but its "
    "arguments, the results of its steps, and state set by signals and updates."
)

_ENDINGS = {
    "WorkflowCancelled": "cancel_workflow",
    "WorkflowCompleted": "complete_workflow",
    "WorkflowContinuedAsNew": "continue_as_new",
    "WorkflowFailed": "fail_workflow",
}


def other_step(step: Step, asked: str, where: str, workflow_type: str) -> NonDeterministicReplayError:
    """Build the error for a step of the history in whose place the code asks for something else.

    Args:
        step: The step of the history.
        asked: What the code asks for, in words.
        where: Place in the code.
        workflow_type: Type of the workflow.
    """
    return _mismatch(
        f"history holds {step.text}, but the code asks for {asked} ({where})",
        "a step was renamed, added, removed or moved since this run started, or the code takes a path that "
        "depends on time, chance or the environment",
        step,
        workflow_type,
        actual=asked,
        where=where,
    )


def left_over(step: Step, workflow_type: str) -> NonDeterministicReplayError:
    """Build the error for code that ends although its history goes on.

    Args:
        step: The first step that the code never asked for.
        workflow_type: Type of the workflow.
    """
    return _mismatch(
        f"the code ends, but history holds {step.text}, which it never asked for",
        "a step was removed since this run started, or the code takes a shorter path than before",
        step,
        workflow_type,
        actual="the end of the workflow",
    )


def beyond_the_end(closing: Event, asked: str, where: str, workflow_type: str) -> NonDeterministicReplayError:
    """Build the error for code that goes on although its history is closed.

    Args:
        closing: The event that closed the run.
        asked: What the code asks for, in words.
        where: Place in the code.
        workflow_type: Type of the workflow.
    """
    return NonDeterministicReplayError(
        f"Workflow {workflow_type!r} does not fit its history at event {closing.sequence} ({closing.type}): "
        f"the run ended there, but the code asks for {asked} ({where}).\n"
        f"Likely cause: a step was added since this run ended.\n{_REMEDY}",
        expected=closing.type,
        actual=asked,
        event=closing.raw,
        where=where,
    )


def corrupt(event: Event, text: str) -> NonDeterministicReplayError:
    """Build the error for a history that contradicts itself.

    Args:
        event: The event that does not fit.
        text: What is wrong with it.
    """
    return NonDeterministicReplayError(
        f"The history contradicts itself at event {event.sequence} ({event.type}): {text}.\n"
        "Likely cause: events were lost or edited on their way. Remedy: fetch the history again, all pages.",
        expected=text,
        event=event.raw,
    )


def check_ending(
    closing: Event | None, ending: Command | None, failure: BaseException | None, workflow_type: str
) -> None:
    """Check that code ends in the way in which its history does.

    Args:
        closing: The event that closed the run, if it is closed.
        ending: The command with which the code ends, if it ends.
        failure: The failure with which it ends, if it fails.
        workflow_type: Type of the workflow.

    Raises:
        NonDeterministicReplayError: If it ends in another way.
    """
    if closing is None or ending is None or _ENDINGS.get(closing.type) == ending.type:
        return
    words = ending.type if failure is None else f"{ending.type}: {type(failure).__name__}: {failure}"
    raise NonDeterministicReplayError(
        f"Workflow {workflow_type!r} does not fit its history at event {closing.sequence} ({closing.type}): "
        f"the code now ends with {words}.\n"
        f"Likely cause: what follows the last step was changed since this run ended.\n{_REMEDY}",
        expected=closing.type,
        actual=words,
        event=closing.raw,
    ) from failure


def _mismatch(
    found: str, cause: str, step: Step, workflow_type: str, *, actual: str, where: str | None = None
) -> NonDeterministicReplayError:
    event = step.opened
    return NonDeterministicReplayError(
        f"Workflow {workflow_type!r} does not fit its history at step {step.sequence} "
        f"(event {event.sequence}, {event.type}): {found}.\nLikely cause: {cause}.\n{_REMEDY}",
        expected=step.text,
        actual=actual,
        event=event.raw,
        where=where,
    )
