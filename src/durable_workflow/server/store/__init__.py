"""The server's memory: one SQLite file, written by one thread with group commit."""

from __future__ import annotations

from durable_workflow.server.store._store import Store
from durable_workflow.server.store._transaction import Transaction
from durable_workflow.server.store.errors import (
    StoreAhead,
    StoreClosed,
    StoreCorrupt,
    StoreError,
    StoreInUse,
    StoreTooNew,
    StoreUnavailable,
)

__all__ = [
    "Store",
    "StoreAhead",
    "StoreClosed",
    "StoreCorrupt",
    "StoreError",
    "StoreInUse",
    "StoreTooNew",
    "StoreUnavailable",
    "Transaction",
]
