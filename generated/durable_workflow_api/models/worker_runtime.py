# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from typing import Literal, cast

__all__ = ["WorkerRuntime", "WORKER_RUNTIME_VALUES", "check_worker_runtime"]

WorkerRuntime = Literal["go", "java", "php", "python", "rust", "typescript"]

WORKER_RUNTIME_VALUES: frozenset[WorkerRuntime] = frozenset(
    ["go", "java", "php", "python", "rust", "typescript"]
)


def check_worker_runtime(value: object) -> WorkerRuntime:
    """Return the value as it is; one that this version of the spec does not know is kept.

    Raises:
        TypeError: The value is of another type.
    """
    if not isinstance(value, str):
        raise TypeError(f"WorkerRuntime is not {value!r}")
    return cast(WorkerRuntime, value)
