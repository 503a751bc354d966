"""The machine: it does to the server and to the model what clients, workers, time and operators do."""

from __future__ import annotations

from typing import Any

from hypothesis import currently_in_test_context, note
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from model import asking, world
from model.matching import Call, Difference, Seen, differences
from model.server import ServerUnderTest
from model.world.state import State

__all__ = ["ServerBesideModel"]

Task = dict[str, Any]
Act = tuple[str, dict[str, Any]]


class ServerBesideModel(RuleBasedStateMachine):
    """Runs the server beside the model; any difference ends the test."""

    def __init__(self) -> None:
        super().__init__()
        self.server = self.new_server()
        self.state = State(self.server.clock.now())
        self.tasks: list[Task] = []
        self.attempts: list[Task] = []
        self.keyed: list[Call] = []
        self.compared: dict[world.Run, Any] = {}
        self.steps = 0
        self.differed = False

    def new_server(self) -> ServerUnderTest:
        return ServerUnderTest()

    def teardown(self) -> None:
        try:
            # After a difference there would be many.
            if not self.differed:
                self.compare(everything=True)
        finally:
            self.server.close()

    # What a step consists of

    def both(self, call: Call, lost: bool = False) -> Seen:
        """Ask the server and the model; if the first answer got lost, ask the same once more."""
        seen = self.once(call)
        if call.key is not None or "request_id" in call.body:
            self.keyed.append(call)
        return self.once(call) if lost else seen

    def once(self, call: Call) -> Seen:
        _note(f"{call.operation} {dict(call.path)} {dict(call.body)} {call.key or ''}")
        seen = self.server.ask(call)
        _note(f"  -> {seen.status}")
        found = world.answer(self.state, call, seen)
        self._hold(call.operation, found)
        self.compare(everything=False)
        return seen

    def _hold(self, what: str, found: list[str]) -> None:
        if found:
            self.differed = True
            raise Difference("\n".join([what, *found]))

    def pass_time(self, seconds: float) -> None:
        self.state.now = self.server.clock.advance(seconds)
        self.server.tick()
        world.dues.pass_time(self.state, self.events)
        self.compare(everything=False)

    def events(self, run: world.Run) -> list[dict[str, Any]]:
        """Return a run's history as the server shows it, or none while nobody can know its id."""
        if run.name.value is None:
            return []
        path = {"workflowId": self._workflow_id(run), "runId": run.name.value}
        seen = self.server.ask(Call("getWorkflowHistory", path, query={"page_size": 1000}))
        return list(seen.body["events"])

    def _workflow_id(self, run: world.Run) -> str:
        known = run.workflow.workflow_id
        return known if isinstance(known, str) else str(known.value)

    @invariant()
    def nothing_differs(self) -> None:
        """Compare everything now and then; what the model changed was compared after every call."""
        self.steps += 1
        if self.steps % 8 == 0:
            self.compare(everything=True)

    def compare(self, *, everything: bool) -> None:
        """Hold what the server shows of the runs against the model."""
        for run in self.state.runs:
            traces = world.views.traces(run)
            if everything or self.compared.get(run) != traces:
                # First what names the run: nothing else tells of a retry made after the parent closed.
                found = differences(world.views.described(run), self._described(run))
                found += differences(world.views.history(run), self.events(run))
                self._hold(f"{run.workflow.workflow_id} run {run.number}", found)
                self.compared[run] = traces
        if everything:
            self._compare_list()

    def _compare_list(self) -> None:
        """Every run is listed once, in its bucket."""
        for bucket in ("running", "completed", "failed"):
            runs = [run for run in self.state.runs if world.views.bucket(run) == bucket]
            call = Call("listWorkflows", query={"page_size": 200, "status": bucket})
            rows = self.server.ask(call).body["workflows"]
            expected = sorted((str(run.name.value), run.status) for run in runs)
            shown = sorted((row["run_id"], row["status"]) for row in rows)
            self._hold(f"the list of {bucket} runs", differences(expected, shown))

    def _described(self, run: world.Run) -> Any:
        path = {"workflowId": self._workflow_id(run), "runId": str(run.name.value)}
        if run.workflow.newest is run:
            return self.server.ask(Call("describeWorkflow", {"workflowId": path["workflowId"]})).body
        return self.server.ask(Call("describeWorkflowRun", path)).body

    # Each rule is one part of the world, for Hypothesis switches rules off now and then. What is done is
    # chosen apart from the state, so that steps can be left out when a failure is made smaller.

    @initialize(commands=asking.COMMANDS, telling=asking.CAPABILITIES)
    def begin(self, commands: Any, telling: Any) -> None:
        """Have two workers and a workflow that has begun."""
        for worker_id, queue in (("k1", "q1"), ("k2", "q2")):
            self._register(worker_id, queue, telling)
        start = {"workflow_id": "w1", "workflow_type": "order", "task_queue": "q1"}
        self.both(Call("startWorkflow", body=start))
        self._serve(0, commands, False)

    @rule(act=asking.CLIENT)
    def client(self, act: Act) -> None:
        self._do(act)

    @rule(act=asking.WORK)
    def work(self, act: Act) -> None:
        self._do(act)

    @rule(act=asking.WORKFLOW_TASKS)
    def workflow_task(self, act: Act) -> None:
        self._do(act)

    @rule(act=asking.ACTIVITY_TASKS)
    def activity_task(self, act: Act) -> None:
        self._do(act)

    @rule(act=asking.OPERATOR)
    def operator(self, act: Act) -> None:
        self._do(act)

    @rule(seconds=asking.JUMPS)
    def wait(self, seconds: float | None) -> None:
        """Let time pass; None is just until something is due."""
        if seconds is None:
            due = world.dues.next_due(self.state)
            seconds = 0.0 if due is None else max(0.0, due - self.state.now)
        self.pass_time(seconds)

    def _do(self, act: Act) -> None:
        name, arguments = act
        getattr(self, f"_{name}")(**arguments)

    # Clients

    def _start(self, workflow_id: str | None, body: Any, key: str | None, lost: bool) -> None:
        named = {} if workflow_id is None else {"workflow_id": workflow_id}
        self.both(Call("startWorkflow", body={"task_queue": "q1", **body, **named}, key=key), lost)

    def _signal(self, pick: int, by_run: bool, name: str, body: Any, lost: bool) -> None:
        operation, path = self._aim("signalWorkflow", pick, by_run)
        self.both(Call(operation, {**path, "signalName": name}, body), lost)

    def _update(self, pick: int, by_run: bool, body: Any, lost: bool) -> None:
        operation, path = self._aim("updateWorkflow", pick, by_run)
        self.both(Call(operation, {**path, "updateName": "rename"}, body), lost)

    def _end(self, operation: str, pick: int, by_run: bool, body: Any, lost: bool) -> None:
        """Cancel or terminate."""
        operation, path = self._aim(operation, pick, by_run)
        self.both(Call(operation, path, body), lost)

    def _aim(self, operation: str, pick: int, by_run: bool) -> tuple[str, dict[str, str]]:
        """Choose a workflow, or by name one of its runs, the newest or not; open ones rather than others."""
        runs = [run for run in self.state.runs if run.open] * 3 + self.state.runs
        run = runs[pick % len(runs)]
        path = {"workflowId": self._workflow_id(run)}
        return (f"{operation}Run", {**path, "runId": str(run.name.value)}) if by_run else (operation, path)

    def _repeat(self, pick: int) -> None:
        """Send an earlier request with its key again, long after."""
        if self.keyed:
            self.once(self.keyed[pick % len(self.keyed)])

    # Workers

    def _serve(self, pick: int, commands: Any, lost: bool) -> None:
        """Poll and complete at once, as a worker does that nothing disturbs."""
        ready = any(task.state == "ready" for task in self.state.workflow_tasks)
        if not ready and any(run.open for run in self.state.runs):
            # Without news there would be nothing to do.
            self._signal(pick, False, "s", {}, False)
        task = self._poll("Workflow", pick)
        if task is not None:
            commands = self._resolved(task, commands)
            self.both(_about(task, "completeWorkflowTask", commands=commands), lost)

    def _take(self, kind: str, pick: int, named: str | None, lost: bool) -> None:
        self._poll(kind, pick, named, lost)

    def _complete(self, pick: int, owner: Any, commands: Any, lost: bool) -> None:
        self._answer(self.tasks, pick, owner, lost, "completeWorkflowTask", commands=commands)

    def _fail(self, pick: int, owner: Any, kind: str, lost: bool) -> None:
        failure = {"message": "replay", "type": kind}
        self._answer(self.tasks, pick, owner, lost, "failWorkflowTask", failure=failure)

    def _renew(self, pick: int, owner: Any, lost: bool) -> None:
        self._answer(self.tasks, pick, owner, lost, "heartbeatWorkflowTask")

    def _perform(self, pick: int, failure: Any, lost: bool) -> None:
        """Take an activity and report at once."""
        if self._poll("Activity", pick) is not None:
            self._report(0, {}, failure, lost)

    def _report(self, pick: int, owner: Any, failure: Any, lost: bool) -> None:
        if failure is None:
            result = asking.envelope("done")
            self._answer(self.attempts, pick, owner, lost, "completeActivityTask", result=result)
        else:
            failure = {**failure, "details": None}
            self._answer(self.attempts, pick, owner, lost, "failActivityTask", failure=failure)

    def _progress(self, pick: int, owner: Any, body: Any, lost: bool) -> None:
        self._answer(self.attempts, pick, owner, lost, "heartbeatActivityTask", **body)

    def _keep(self, pick: int, owner: Any, lost: bool) -> None:
        self._answer(self.attempts, pick, owner, lost, "renewActivityTaskLease")

    def _poll(self, kind: str, pick: int, named: str | None = None, lost: bool = False) -> Task | None:
        worker_id = self._poller(kind, pick)
        worker = self.state.workers.get(worker_id)
        body = {"worker_id": worker_id, "task_queue": worker.queue if worker else "q1", "timeout_seconds": 0}
        if named is not None:
            body["poll_request_id"] = named
        seen = self.both(Call(f"poll{kind}Task", body=body), lost)
        task: Task | None = seen.body.get("task")
        if task is not None:
            (self.tasks if kind == "Workflow" else self.attempts).insert(0, task)
        return task

    def _poller(self, kind: str, pick: int) -> str:
        """Choose a worker, rather one that will get something; now and then one that is not registered."""
        ready_for = {"Workflow": world.workflow_tasks.ready_for, "Activity": world.activities.ready_for}[kind]
        busy = [one.worker_id for one in self.state.workers.values() if ready_for(self.state, one)]
        workers = busy * 9 + ["k1", "k2"] * 3 + ["k3"]
        return workers[pick % len(workers)]

    def _answer(
        self, tasks: list[Task], pick: int, owner: Any, lost: bool, operation: str, **body: Any
    ) -> None:
        """Answer a task that was taken before, rather one that the worker still has."""
        leased = world.leased_ids(self.state)
        tasks = [task for task in tasks if task["task_id"] in leased] * 3 + tasks[:2]
        if tasks:
            task = {**tasks[pick % len(tasks)], **owner}
            if "commands" in body:
                body["commands"] = self._resolved(task, body["commands"])
            self.both(_about(task, operation, **body), lost)

    def _resolved(self, task: Task, commands: list[Any]) -> list[Any]:
        """Put the ids of updates into commands that answer one; without any update they are left out."""
        named = task["workflow_update_id"]
        ids = ([named] * 3 if named else []) + world.update_ids(self.state, task["run_id"])
        found = []
        for command in commands:
            if "pick" not in command:
                found.append(command)
            elif ids:
                answer = {name: value for name, value in command.items() if name != "pick"}
                found.append({**answer, "update_id": ids[command["pick"] % len(ids)]})
        return found

    # Operators

    def _keep_up(self, operation: str, pick: int, body: Any, lost: bool) -> None:
        """Repair or archive."""
        runs = [workflow.newest for workflow in self.state.workflows]
        path = {"workflowId": self._workflow_id(runs[pick % len(runs)])}
        self.both(Call(operation, path, body), lost)

    def _register(self, worker_id: str, queue: str, body: Any) -> None:
        self.both(Call("registerWorker", body={**_registration(worker_id, queue), **body}))

    def _beat(self, worker_id: str) -> None:
        self.both(Call("heartbeatWorker", body={"worker_id": worker_id}))

    def _deregister(self, worker_id: str, lost: bool) -> None:
        self.both(Call("deregisterWorker", {"workerId": worker_id}), lost)

    def _restart(self, kill: bool, asleep: float) -> None:
        """Stop or kill the server, and start it on its file, maybe a while later."""
        (self.server.die if kill else self.server.restart)()
        self.pass_time(asleep)
        self.compare(everything=True)


def _note(what: str) -> None:
    if currently_in_test_context():
        note(what)


def _registration(worker_id: str, queue: str) -> dict[str, Any]:
    return {"worker_id": worker_id, "task_queue": queue, "runtime": "python"}


def _about(task: Task, operation: str, **body: Any) -> Call:
    """Return a call about a task, in the name of whoever holds it."""
    lease = {"lease_owner": task["lease_owner"]}
    number = "activity_attempt_id" if "Activity" in operation else "workflow_task_attempt"
    return Call(operation, {"taskId": task["task_id"]}, {**lease, number: task[number], **body})
