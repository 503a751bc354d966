"""What happens in the golden histories that are recorded."""

from __future__ import annotations

from durable_workflow import serializer
from support.golden_recorder import Recorder, scenario

DONE = {"type": "complete_workflow", "result": serializer.envelope("shipped")}
FAILED = {"type": "fail_workflow", "message": "out of stock", "exception_type": "OutOfStock"}
WORK = "schedule_activity work"
SHIP = "start_child_workflow ship"
END = "complete_workflow"


@scenario
async def nothing(r: Recorder) -> None:
    await r.start("Plain", "return", 1, shows=["§4.2 the code returns"])
    await r.task(END)


@scenario
async def failing(r: Recorder) -> None:
    await r.start("Plain", "fail", shows=["§4.2 the code raises"])
    await r.task("fail_workflow")


@scenario
async def continued(r: Recorder) -> None:
    await r.start("Plain", "again", "return", 2, shows=["§4.2 the code continues as new"])
    await r.task("continue_as_new")


@scenario
async def continued_run(r: Recorder) -> None:
    await r.start(
        "Plain", "again", "return", 2, shows=["§1.1 a continued run has one event before its steps"]
    )
    await r.task("continue_as_new")
    runs = await r.call("listWorkflowRuns", path={"workflowId": "w1"}, query={})
    r.run = {"workflow_id": "w1", "run_id": runs["runs"][-1]["run_id"]}
    r.program, r.arguments, r.tasks = "Plain", ["return", 2], []
    await r.task(END)


@scenario
async def activity(r: Recorder) -> None:
    await r.start("Activity", shows=["§3 activity", "§1.1 steps of a started run begin at 3"])
    await r.task(WORK)
    await r.activity({"price": 1.5})
    await r.task(END)


@scenario
async def activity_retried(r: Recorder) -> None:
    await r.start("Activity", 3, shows=["§3 what never resolves", "§7.1 one execution, an attempt per claim"])
    await r.task(WORK)
    for number in (1, 2):
        await r.fail_activity(f"attempt {number}", type="Flaky")
        await r.wait(2)
    await r.activity("third")
    await r.task(END)


@scenario
async def activity_failed(r: Recorder) -> None:
    await r.start(
        "Activity", 2, shows=["§3 activity failure", "§7.2 a failure after its retries", "§7.4 exception"]
    )
    await r.task(WORK)
    await r.fail_activity("first", type="Flaky")
    await r.wait(2)
    await r.fail_activity("card refused", type="CardRefused", details=serializer.envelope({"left": 3}))
    await r.task(END)


@scenario
async def activity_not_retried(r: Recorder) -> None:
    await r.start("Activity", 5, shows=["§7.2 non-retryable"])
    await r.task(WORK)
    await r.fail_activity("fatal", type="Fatal", non_retryable=True)
    await r.task(END)


@scenario
async def activity_timed_out(r: Recorder) -> None:
    await r.start("Activity", shows=["§7.3 a time-out"])
    await r.task(WORK)
    await r.poll("Activity")
    await r.wait(20)
    await r.task(END)


@scenario
async def activity_heartbeats(r: Recorder) -> None:
    await r.start("Activity", shows=["§3 heartbeats never resolve"])
    await r.task(WORK)
    task = await r.poll("Activity")
    for step in (1, 2):
        await r.answer("heartbeatActivityTask", task, progress={"message": f"{step}"})
    await r.answer("completeActivityTask", task, result=serializer.envelope("beaten"))
    await r.task(END)


@scenario
async def cancelled(r: Recorder) -> None:
    await r.start("Activity", shows=["§8 cancellation closes at once"])
    await r.task(WORK)
    await r.command("cancelWorkflow", reason="no more")


@scenario
async def cancelled_timer(r: Recorder) -> None:
    await r.start("Timer", 60, shows=["§8 cancellation of a timer"])
    await r.task("start_timer 60")
    await r.command("cancelWorkflow")


@scenario
async def terminated(r: Recorder) -> None:
    await r.start("Activity", shows=["§8 termination"])
    await r.task(WORK)
    await r.command("terminateWorkflow", reason="stop")


@scenario
async def timed_out(r: Recorder) -> None:
    await r.start("Timer", 600, shows=["§2.1 WorkflowTimedOut"], run_timeout_seconds=30)
    await r.task("start_timer 600")
    await r.wait(60)


@scenario
async def repaired_and_archived(r: Recorder) -> None:
    await r.start("Activity", shows=["§2 repairs, refused starts and archiving are skipped"])
    await r.task(WORK)
    await r.command("repairWorkflow")
    await r.call("startWorkflow", body={"workflow_id": "w1", "workflow_type": "golden", "task_queue": "q"})
    await r.activity("done")
    await r.task(END)
    await r.command("archiveWorkflow", reason="old")


@scenario
async def sequence(r: Recorder) -> None:
    await r.start("Sequence", shows=["§1.1 step numbers have gaps", "§4.2 by step sequence"])
    for name in "abc":
        await r.task(f"schedule_activity {name}")
        await r.activity(name)
    await r.task(END)


@scenario
async def parallel_backwards(r: Recorder) -> None:
    await r.start("Parallel", shows=["§4.4 results by place"])
    await r.task("schedule_activity a", "schedule_activity b", "start_timer 5")
    await r.wait(10)
    await r.task()
    first = await r.poll("Activity")
    await r.activity("b")
    await r.task()
    await r.answer("completeActivityTask", first, result=serializer.envelope("a"))
    await r.task(END)


@scenario
async def parallel_failures(r: Recorder) -> None:
    await r.start(
        "Parallel", shows=["§4.4 the failure that was recorded first", "§3 the first resolution wins"]
    )
    await r.task("schedule_activity a", "schedule_activity b", "start_timer 5")
    first = await r.poll("Activity")
    await r.fail_activity("b failed first")
    await r.answer("failActivityTask", first, failure={"message": "a failed second"})
    await r.task(END)


@scenario
async def branches(r: Recorder) -> None:
    await r.start(
        "Branches", shows=["§4.2 one resolution at a time", "§4.2 new commands in a deterministic order"]
    )
    await r.task("schedule_activity x1", "schedule_activity y1")
    first = await r.poll("Activity")
    await r.activity("Y")
    await r.answer("completeActivityTask", first, result=serializer.envelope("X"))
    # Both are visible at once; y's came first.
    await r.task("record_side_effect", "schedule_activity y2", "record_side_effect", "schedule_activity x2")
    await r.activity("1")
    await r.task()
    await r.activity("2")
    await r.task(END)


@scenario
async def race(r: Recorder) -> None:
    await r.start("Race", shows=["select"])
    await r.task(WORK, "start_timer 5")
    await r.wait(10)
    await r.task()
    await r.activity("worked")
    await r.task(END)


@scenario
async def timer(r: Recorder) -> None:
    await r.start("Timer", 5, shows=["§3 timer", "§6 time advances with the events"])
    await r.task("start_timer 5")
    await r.wait(5)
    await r.task(END)


@scenario
async def child(r: Recorder) -> None:
    await r.start("Child", shows=["§3 child"])
    await r.task(SHIP)
    await r.child(DONE)
    await r.task(END)


@scenario
async def child_retried(r: Recorder) -> None:
    await r.start("Child", 2, shows=["§7.5 a new try of a child wakes nobody"])
    await r.task(SHIP)
    await r.child(FAILED)
    await r.wait(5)
    await r.child(DONE)
    await r.task(END)


@scenario
async def child_failed(r: Recorder) -> None:
    await r.start("Child", shows=["§3 child failure"])
    await r.task(SHIP)
    await r.child(FAILED)
    await r.task(END)


@scenario
async def child_timed_out(r: Recorder) -> None:
    await r.start("Child", shows=["§2 a timed-out child fails"])
    await r.task(SHIP)
    await r.wait(90)
    await r.task(END)


async def _ended_child(r: Recorder, operation: str) -> None:
    await r.task(SHIP)
    events = await r.events()
    await r.command(operation, events[-1]["payload"]["child_workflow_instance_id"])
    await r.task(END)


@scenario
async def child_cancelled(r: Recorder) -> None:
    await r.start("Child", shows=["§8 a cancelled child"])
    await _ended_child(r, "cancelWorkflow")


@scenario
async def child_terminated(r: Recorder) -> None:
    await r.start("Child", shows=["§3 a terminated child"])
    await _ended_child(r, "terminateWorkflow")


@scenario
async def leaves_child(r: Recorder) -> None:
    await r.start("LeavesChild", "terminate", shows=["§8 the policy of children comes after the end"])
    await r.task("start_child_workflow ship", "start_timer 1")
    await r.wait(2)
    await r.child()
    await r.task(END)


@scenario
async def at_once(r: Recorder) -> None:
    shows = [
        "§3 side effect",
        "§3 version marker",
        "§3 upserts",
        "§4.2 what resumes at once goes out together",
    ]
    await r.start("AtOnce", shows=shows)
    await r.task(
        "record_side_effect",
        "record_version_marker tax",
        "record_version_marker rounding",
        "upsert_search_attributes",
        "upsert_memo",
        WORK,
    )
    await r.activity("worked")
    await r.task(END)


@scenario
async def versioned(r: Recorder) -> None:
    await r.start("Versioned", shows=["§6 a new run records the newest version", "§6 decided earlier"])
    await r.task("record_version_marker tax", WORK)
    await r.activity("worked")
    await r.task(END)


@scenario
async def chance(r: Recorder) -> None:
    await r.start("Chance", shows=["§6 random numbers and ids", "§6 time"])
    await r.task(WORK)
    await r.activity(None)
    await r.task(END)
