"""The worker: takes tasks of one queue from the server and runs workflow code and activities.

worker = Worker(client, task_queue="orders", workflows=[Order], activities=[reserve, payments.charge])
await worker.run()      # until SIGINT, SIGTERM, stop() or a refused token
"""

from __future__ import annotations

from durable_workflow.worker._worker import Worker

__all__ = ["Worker"]
