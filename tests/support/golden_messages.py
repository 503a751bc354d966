"""What happens in the golden histories of signals, waits and updates."""

from __future__ import annotations

from support.golden_recorder import Recorder, scenario

END = "complete_workflow"
WAIT = "open_condition_wait approval"
WORK = "schedule_activity work"
GOAL = "open_condition_wait goal"
PAY = "schedule_activity pay_out"


@scenario
async def signal_first(r: Recorder) -> None:
    await r.start("Approval", shows=["§5 receivers before the first resolution"])
    await r.signal("bump", 1)
    await r.signal("approve", "Ada")
    await r.task(WAIT, END)


@scenario
async def signals(r: Recorder) -> None:
    await r.start(
        "Approval", shows=["§5 a wait that stays false is opened again", "§5 an unknown signal is ignored"]
    )
    await r.task(WAIT)
    await r.signal("bump", 1, 2)
    await r.task(WAIT)
    await r.signal("nonsense", 1)
    await r.task(WAIT)
    await r.signal("approve", "Ada")
    await r.task(END)


@scenario
async def signal_meanwhile(r: Recorder) -> None:
    await r.start("Approval", shows=["§5 a signal between claim and completion"])
    await r.task(WAIT)
    await r.signal("bump", 1)
    await r.task(WAIT, meanwhile=lambda: r.signal("approve", "Ada"))
    await r.task(END)


@scenario
async def wait_timed_out(r: Recorder) -> None:
    await r.start("Approval", 30, shows=["§3 condition wait", "§6 a time-out of a wait gives false"])
    await r.task(WAIT)
    await r.wait(60)
    await r.task(END)


@scenario
async def reopened_wait_timed_out(r: Recorder) -> None:
    await r.start("Approval", 30, shows=["§5 the first time-out of a wait that was opened again counts"])
    await r.task(WAIT)
    await r.wait(10)
    await r.signal("bump", 1)
    await r.task(WAIT)
    await r.wait(25)
    await r.task(END)


@scenario
async def two_waits(r: Recorder) -> None:
    await r.start("TwoWaits", shows=["§5 waits fold only while the earlier one is open"])
    await r.task("open_condition_wait bumped")
    await r.signal("bump", 1)
    await r.task(WORK)
    await r.activity("worked")
    await r.task("open_condition_wait bumped")
    await r.signal("bump", 2)
    await r.task(END)


@scenario
async def wait_by_activity(r: Recorder) -> None:
    await r.start("ByActivity", shows=["§5 a wait that an activity ends leaves no event"])
    await r.task("schedule_activity fetch", "open_condition_wait fetched")
    await r.activity(7)
    await r.task(END)


@scenario
async def update(r: Recorder) -> None:
    await r.start("Account", 10, shows=["§5 an update is applied at its place", "§5 an update ends a wait"])
    await r.task(GOAL)
    await r.update("deposit", 4)
    await r.task("complete_update")
    await r.update("deposit", 6)
    await r.task("complete_update", PAY)
    await r.activity("paid")
    await r.task(END)


@scenario
async def update_refused(r: Recorder) -> None:
    await r.start("Account", shows=["§5 a failed update leaves no trace"])
    await r.task(GOAL)
    for amount in (-1, 13):
        await r.update("deposit", amount)
        await r.task("fail_update")
    await r.signal("close")
    await r.task(PAY)
    await r.activity("paid")
    await r.task(END)


@scenario
async def messages_in_order(r: Recorder) -> None:
    await r.start("Account", shows=["§5 receivers keep the order of their events"])
    await r.signal("note", "first")
    await r.task(GOAL)
    await r.update("deposit", 1)
    await r.task("complete_update")
    await r.signal("note", "second")
    await r.task(GOAL)
    await r.update("deposit", 2)
    await r.task("complete_update")
    await r.signal("close")
    await r.task(PAY)
    await r.activity("paid")
    await r.task(END)


@scenario
async def update_before_the_first_task(r: Recorder) -> None:
    await r.start("Account", 5, shows=["§5 receivers before the first resolution"])
    await r.update("deposit", 5)
    await r.task(GOAL, "complete_update", PAY)
    await r.activity("paid")
    await r.task(END)


@scenario
async def update_meanwhile(r: Recorder) -> None:
    await r.start("Account", 10, shows=["§5 an update between claim and completion"])
    await r.task(GOAL, meanwhile=lambda: r.update("deposit", 10))
    await r.task("complete_update", PAY)
    await r.activity("paid")
    await r.task(END)


CLEAN = "schedule_activity clean_up"
TELL = ["cancellation_delivery"]


@scenario
async def cancel_passes(r: Recorder) -> None:
    await r.start("Cleanup", "pass", shows=["§8 cancellation is raised at the wait"], can=TELL)
    await r.task(WORK)
    await r.command("cancelWorkflow", reason="no more")
    await r.task("cancel_workflow")


@scenario
async def cancel_before_the_first_task(r: Recorder) -> None:
    await r.start("Cleanup", "pass", shows=["§8 cancellation before the first task"], can=TELL)
    await r.command("cancelWorkflow")
    await r.task(WORK, "cancel_workflow")


@scenario
async def cancel_cleans_up(r: Recorder) -> None:
    await r.start("Cleanup", "clean up", shows=["§8 cleanup may wait"], can=TELL)
    await r.task(WORK)
    await r.command("cancelWorkflow", reason="no more")
    await r.task(CLEAN)
    await r.activity("worked")
    await r.activity("cleaned")
    await r.task("cancel_workflow")


@scenario
async def cancel_swallowed(r: Recorder) -> None:
    await r.start("Cleanup", "swallow", shows=["§8 a swallowed cancellation"], can=TELL)
    await r.task(WORK)
    await r.command("cancelWorkflow", reason="no more")
    await r.command("cancelWorkflow", reason="a second one changes nothing")
    await r.task(CLEAN)
    await r.activity("worked")
    await r.task()
    await r.activity("cleaned")
    await r.task(END)


@scenario
async def cancel_shielded(r: Recorder) -> None:
    await r.start("Cleanup", "shielded", shows=["§8 a shielded wait goes on to its end"], can=TELL)
    await r.task(WORK)
    await r.command("cancelWorkflow", reason="no more")
    await r.task()
    await r.activity("worked")
    await r.task("cancel_workflow")


@scenario
async def cancelled_by_grace(r: Recorder) -> None:
    await r.start("Cleanup", "swallow", shows=["§8 the server ends what does not end itself"], can=TELL)
    await r.task(WORK)
    await r.command("cancelWorkflow")
    await r.task(CLEAN)
    await r.wait(120)
