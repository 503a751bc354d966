"""The worker: takes tasks of one queue from the server and runs workflow code and activities.

worker = Worker(client, task_queue="orders", workflows=[Order], activities=[reserve, payments.charge])
await worker.run()      # until SIGINT, SIGTERM, stop() or a refused token
"""

from __future__ import annotations

from durable_workflow.worker._worker import Worker
from durable_workflow.worker.health import LoopHealth, WorkerHealth
from durable_workflow.worker.interceptors import (
    ActivityCall,
    QueryCall,
    WorkerInterceptor,
    WorkflowTaskCall,
)

__all__ = [
    "ActivityCall",
    "LoopHealth",
    "QueryCall",
    "Worker",
    "WorkerHealth",
    "WorkerInterceptor",
    "WorkflowTaskCall",
]
