"""Activities that run in processes, which find them here by module and name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from durable_workflow import activity
from durable_workflow.errors import ActivityCancelled, NonRetryableError


@activity.defn(name="own process", process=True)
def own_process() -> dict[str, Any]:
    info = activity.context().info
    return {"pid": os.getpid(), "attempt": info.attempt_number}


@activity.defn(name="beats in its process", process=True)
def beats_in_its_process(step: int) -> bool:
    activity.context().heartbeat_sync({"step": step})
    return activity.context().is_cancelled


@activity.defn(name="fails in its process", process=True)
def fails_in_its_process() -> None:
    raise NonRetryableError("card stolen", error_type="Stolen", details={"card": 7})


@activity.defn(name="dies once", process=True)
def dies_once(marker: str) -> str:
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "lives"


@activity.defn(name="cannot be pickled", process=True)
def cannot_be_pickled() -> Any:
    return lambda: None


@activity.defn(name="endless in its process", process=True)
def endless_in_its_process() -> str:
    try:
        while True:
            activity.context().heartbeat_sync()
            time.sleep(0.05)
    except ActivityCancelled:
        return "stopped"


ALL = [
    own_process,
    beats_in_its_process,
    fails_in_its_process,
    dies_once,
    cannot_be_pickled,
    endless_in_its_process,
]
