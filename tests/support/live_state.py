"""State for generated requests to meet: workflows, tasks and a worker that exist, and answers queries."""

from __future__ import annotations

import asyncio
import base64
import itertools
from typing import Any

from durable_workflow.server._calls import Call, Pending, Reply
from durable_workflow.server._queries import Answer
from durable_workflow.server.engine import HANDLERS
from durable_workflow.server.engine.queries import answer_topic
from durable_workflow.server.store import Store, Transaction

WORKER = "live-worker"
QUEUE = "live"
ACTIVITY = {"type": "schedule_activity", "activity_type": "live.activity"}
CHILD = {
    "type": "start_child_workflow",
    "workflow_type": "live.child",
    "parent_close_policy": "terminate",
    "retry_policy": {"max_attempts": 2},
}


class LiveState:
    """Makes fresh workflows and tasks in a store, and puts their names into requests."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._numbers = itertools.count()
        self._acting = False
        self._answering: set[asyncio.Task[None]] = set()
        store.on_commit(self._answer_queries)
        # Told of its cancellation, a workflow stays open for what comes after that.
        self._register(WORKER, capabilities=["cancellation_delivery", "query_tasks"])

    def enter(self, case: Any) -> None:
        """Have a generated request name something that exists."""
        path, body = case.path_parameters, case.body if isinstance(case.body, dict) else {}
        if "workflowId" in path:
            workflow = self._workflow()
            path |= {name: value for name, value in workflow.items() if name in path}
            if case.path.endswith("/archive"):
                self._call("terminateWorkflow", path={"workflowId": workflow["workflowId"]})
        if "workerId" in path:
            path["workerId"] = f"leaving-{next(self._numbers)}"
            self._register(path["workerId"])
        if "worker_id" in body and "runtime" not in body:
            body |= {"worker_id": WORKER} | ({"task_queue": QUEUE} if "task_queue" in body else {})
        if isinstance(body.get("workflow_id"), str):
            body["workflow_id"] = f"fresh-{next(self._numbers)}"
        if "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = f"fresh-{next(self._numbers)}"
        if "taskId" in path:
            task = self._activity_task() if "activity-tasks" in case.path else self._workflow_task()
            path["taskId"] = task["task_id"]
            names = ("lease_owner", "workflow_task_attempt", "activity_attempt_id")
            body |= {name: task[name] for name in names if name in body and name in task}
        if "queryTaskId" in path:
            query = self._query_task()
            path["queryTaskId"] = query["query_task_id"]
            names = ("lease_owner", "query_task_attempt")
            body |= {name: query[name] for name in names if name in body}
        if "next_history_page_token" in body:
            body["next_history_page_token"] = base64.b64encode(b"1").decode()

    def leave_work(self) -> None:
        """Leave a task of each kind in the queue for whoever asks first."""
        self._ask()
        self._schedule_activity()
        self._workflow()

    def _register(self, worker_id: str, **members: Any) -> None:
        worker = {"worker_id": worker_id, "task_queue": QUEUE, "runtime": "python"}
        self._call("registerWorker", body={**worker, **members})

    def _workflow(self) -> dict[str, str]:
        number = next(self._numbers)
        started = self._call(
            "startWorkflow",
            body={"workflow_id": f"live-{number}", "workflow_type": "live.type", "task_queue": QUEUE},
        )
        return {"workflowId": started["workflow_id"], "runId": started["run_id"]}

    def _workflow_task(self) -> dict[str, Any]:
        self._workflow()
        return self._poll("pollWorkflowTask")

    def _activity_task(self) -> dict[str, Any]:
        self._schedule_activity()
        return self._poll("pollActivityTask")

    def _schedule_activity(self) -> None:
        task = self._workflow_task()
        lease = {name: task[name] for name in ("lease_owner", "workflow_task_attempt")}
        body = {**lease, "commands": [ACTIVITY, CHILD]}
        self._call("completeWorkflowTask", path={"taskId": task["task_id"]}, body=body)

    def _ask(self) -> None:
        path = {"workflowId": self._workflow()["workflowId"], "queryName": "live"}
        pending = self._act("queryWorkflow", path=path)
        assert isinstance(pending, Pending)

    def _query_task(self) -> dict[str, Any]:
        self._ask()
        return self._poll("pollQueryTask")

    def _answer_queries(self, topics: frozenset[str]) -> None:
        """Have queries answered that somebody else asks; those from here wait for who polls."""
        for topic in topics:
            if topic.startswith("query:") and not self._acting:
                _, namespace, queue = topic.split(":", 2)
                task = asyncio.get_running_loop().create_task(self._answer_newest(namespace, queue))
                self._answering.add(task)
                task.add_done_callback(self._answering.discard)

    async def _answer_newest(self, namespace: str, queue: str) -> None:
        def answer(tx: Transaction) -> None:
            for query in tx.queries.open_queries(namespace, queue)[-1:]:
                tx.queries.close(query, Answer(result={"live": True}))
                tx.raise_topic(answer_topic(query))

        await self._store.read(answer)

    def _poll(self, operation: str) -> dict[str, Any]:
        body = {"worker_id": WORKER, "task_queue": QUEUE}
        task: dict[str, Any] = self._call(operation, body=body)["task"]
        return task

    def _call(self, operation: str, **arguments: Any) -> dict[str, Any]:
        reply = self._act(operation, **arguments)
        assert isinstance(reply, Reply)
        return reply.body

    def _act(self, operation: str, **arguments: Any) -> Reply | Pending:
        call = Call(operation, "default", role="admin", **arguments)
        self._acting = True
        try:
            return asyncio.run(self._store.write(lambda tx: HANDLERS[operation](tx, call)))
        finally:
            self._acting = False
