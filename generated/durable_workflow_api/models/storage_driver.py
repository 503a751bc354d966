# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from typing import Literal, cast

__all__ = ["StorageDriver", "STORAGE_DRIVER_VALUES", "check_storage_driver"]

StorageDriver = Literal["azure", "gcs", "local", "s3"]

STORAGE_DRIVER_VALUES: frozenset[StorageDriver] = frozenset(["azure", "gcs", "local", "s3"])


def check_storage_driver(value: object) -> StorageDriver:
    """Return the value as it is; one that this version of the spec does not know is kept.

    Raises:
        TypeError: The value is of another type.
    """
    if not isinstance(value, str):
        raise TypeError(f"StorageDriver is not {value!r}")
    return cast(StorageDriver, value)
