"""The links of the specification, walked against the server: lives of workflows, workers and tasks.

The links lead from a start over the description to a worker of the workflow's queue, to its polls and on to
the tasks that these hand out. So that a poll meets work, three things are arranged: a start without a queue
gets one, some tasks wait in it beforehand, and most completed workflow tasks schedule an activity.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import ExitStack
from typing import Any
from zlib import crc32

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, settings
from schemathesis.generation.stateful import APIStateMachine
from schemathesis.generation.stateful.state_machine import StepInput, StepOutput

from durable_workflow.server._not_yet import NOT_YET
from durable_workflow_api.operations import OPERATIONS
from durable_workflow_api.spec import spec
from support.contract import Profile, Served, contract_schema, operation_of, settle, wait_for_nothing
from support.live_state import QUEUE, LiveState

Link = tuple[str, str]

SERVED = {name: one for name, one in OPERATIONS.items() if name not in NOT_YET}

# Links that must have led to a success every day, whatever else the specification says.
REQUIRED: frozenset[Link] = frozenset(
    {
        ("startWorkflow", "describeWorkflow"),
        ("startWorkflow", "describeWorkflowRun"),
        ("startWorkflow", "getWorkflowHistory"),
        ("startWorkflow", "signalWorkflow"),
        ("startWorkflow", "terminateWorkflow"),
        ("describeWorkflow", "registerWorker"),
        ("registerWorker", "heartbeatWorker"),
        ("registerWorker", "pollWorkflowTask"),
        ("registerWorker", "pollActivityTask"),
        ("startWorkflow", "updateWorkflow"),
        ("startWorkflow", "queryWorkflow"),
        ("registerWorker", "pollQueryTask"),
        ("pollQueryTask", "completeQueryTask"),
        ("pollQueryTask", "failQueryTask"),
        ("pollWorkflowTask", "getWorkflowTaskHistory"),
        ("pollWorkflowTask", "heartbeatWorkflowTask"),
        ("pollWorkflowTask", "completeWorkflowTask"),
        ("pollWorkflowTask", "failWorkflowTask"),
        ("pollActivityTask", "heartbeatActivityTask"),
        ("pollActivityTask", "completeActivityTask"),
        ("pollActivityTask", "failActivityTask"),
    }
)
# Links that show how a call is refused: nothing is left to do for them.
REFUSED: frozenset[Link] = frozenset({("completeWorkflowTask", "completeWorkflowTask")})


def all_but(tag: str, *kept_too: str) -> set[str]:
    """Return what is left out of lives in which workers have to do with one kind of task only."""
    kept = {"startWorkflow", "describeWorkflow", "registerWorker", *kept_too}
    return {one.id for one in OPERATIONS.values() if one.tag != tag} - kept


# What is walked once with everything, and by itself what is little among everything.
LEFT_OUT = (
    set[str](),
    *map(all_but, ("workers", "workflow-tasks", "activity-tasks", "query-tasks")),
)
# In long lives the rarest links are met, too.
LEFT_OUT_LONG = (
    *LEFT_OUT,
    all_but("workflows"),
    *(
        all_but(kind, "describeWorkflowRun", "getWorkflowHistory")
        for kind in ("workflow-tasks", "activity-tasks")
    ),
)

served = Served()


class Walks:
    """The steps that were taken along a link with all that it hands on, and how they were answered."""

    def __init__(self) -> None:
        self.answers: dict[Link, Counter[int]] = defaultdict(Counter)

    def succeeded(self) -> set[Link]:
        return {link for link, found in self.answers.items() if any(200 <= status < 300 for status in found)}


class Life(APIStateMachine):
    """One scenario: a server of its own, and steps along the links. Mixed into what schemathesis makes."""

    walks: Walks
    recorder: Any

    def setup(self) -> None:
        self.closing = ExitStack()
        live = LiveState(self.closing.enter_context(served.serving()))
        for _ in range(3):
            live.leave_work()
        self.steps = 0
        self.deleted = False

    def teardown(self) -> None:
        self.closing.close()

    def _get_target_for_result(self, result: StepOutput) -> str | None:
        """An empty poll leads nowhere."""
        if operation_of(result.case).startswith("poll") and _task_of(result) is None:
            return None
        return super()._get_target_for_result(result)

    def step(self, input: StepInput) -> StepOutput:
        self.steps += 1
        # By its place in the scenario, not by chance: a failure has to come back when Hypothesis repeats it.
        lot = crc32(f"{self.steps} {operation_of(input.case)}".encode())
        wait_for_nothing(input.case)
        if lot % 8:
            settle(input.case)
        if lot % 4 and input.case.meta.generation.mode.is_positive:
            make_fruitful(input.case)
        output = super().step(input)
        assert not served.app.violations
        self._note(input, output)
        return output

    def _note(self, input: StepInput, output: StepOutput) -> None:
        self.deleted |= input.case.method == "DELETE"
        if input.transition is None or not followed(input):
            return
        link = (operation_of(self.recorder.cases[input.transition.parent_id].value), operation_of(input.case))
        self.walks.answers[link][output.response.status_code] += 1
        # `ensure_resource_availability` passes over operations with optional parameters, as all of ours.
        if input.case.method == "GET" and input.case.headers.get("X-Namespace", "default") == "default":
            assert output.response.status_code != 404 or self.deleted, f"{link} led to nothing"


def _task_of(poll: StepOutput) -> Any:
    return poll.response.json()["task"] if poll.response.status_code == 200 else None


def followed(input: StepInput) -> bool:
    """Whether a step took over everything that its link hands on."""
    transition = input.transition
    assert transition is not None
    handed_on = sum(len(values) for values in transition.parameters.values())
    if transition.request_body is not None:
        handed_on += len(transition.request_body.definition)
    return len(input.applied_parameters) == handed_on


def make_fruitful(case: Any) -> None:
    """Have a right request lead to something: to work, to any task for every worker, to one more page."""
    operation = operation_of(case)
    if operation == "startWorkflow":
        case.body.pop("input", None)
        case.body["task_queue"] = case.body.get("task_queue") or QUEUE
    elif operation == "registerWorker":
        for name in ("supported_workflow_types", "supported_activity_types", "build_id"):
            case.body.pop(name, None)
    elif operation.startswith("poll"):
        case.body.pop("build_id", None)
    elif operation in {"getWorkflowHistory", "listWorkflows"}:
        case.query["page_size"] = 1
    elif operation == "completeWorkflowTask":
        case.body["commands"] = [{"type": "schedule_activity", "activity_type": "life.activity"}]


def machine_of(profile: Profile, walks: Walks, left_out: set[str]) -> Any:
    """Return a machine that walks all links between operations that are served and not left out."""
    schema = contract_schema(served, profile, stateful=True).exclude(operation_id=sorted(NOT_YET | left_out))
    return type("Life", (Life, schema.as_state_machine()), {"walks": walks})


def live(machines: list[Any], walks: Walks, wanted: set[Link], *, rounds: range, lives: int) -> None:
    """Live the least number of rounds, and more only while something wanted is missing.

    A change of the specification makes other lives of the same seeds, and these may need more of them.
    """
    for number in range(rounds.stop):
        if number >= rounds.start and walks.succeeded() >= wanted:
            break
        for machine in machines:
            hypothesis.seed(number)(machine).run(
                settings=settings(
                    max_examples=lives,
                    stateful_step_count=50,
                    database=None,
                    deadline=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )
            )
    missed = sorted(wanted - walks.succeeded())
    assert not missed, f"never followed with success: {missed}"


def links() -> set[Link]:
    """Return the links of the specification between operations that are served."""
    document = spec()

    def resolved(node: Any) -> Any:
        for name in node.get("$ref", "#").split("/")[1:]:
            node = document[name] if name == "components" else node[name]
        return node

    found = set()
    for one in SERVED.values():
        responses = document["paths"][one.path][one.method.lower()]["responses"]
        for response in map(resolved, responses.values()):
            targets = (resolved(link)["operationId"] for link in response.get("links", {}).values())
            found |= {(one.id, target) for target in targets if target in SERVED}
    return found


def test_the_links_join_the_lives() -> None:
    assert links() >= REQUIRED
    assert links() >= REFUSED


def test_lives_along_the_links_keep_to_the_specification() -> None:
    walks = Walks()
    profile = Profile(mode="positive")
    machines = [machine_of(profile, walks, left_out) for left_out in LEFT_OUT]
    live(machines, walks, {*REQUIRED}, rounds=range(2, 12), lives=5)


@pytest.mark.deep
def test_long_lives_along_all_links_keep_to_the_specification() -> None:
    walks = Walks()
    profiles = [Profile(mode=mode, constants=True) for mode in ("positive", "all")]
    machines = [machine_of(one, walks, left_out) for one in profiles for left_out in LEFT_OUT_LONG]
    live(machines, walks, links() - REFUSED, rounds=range(3, 12), lives=10)
