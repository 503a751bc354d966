"""Identifiers that come again: without them no run of a generated test would be like its repetition."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from durable_workflow.server import _ulid

__all__ = ["steady_ids"]


@contextmanager
def steady_ids() -> Iterator[None]:
    """Have servers choose the same ids in the same order each time."""
    with mock.patch.object(_ulid, "secrets", mock.Mock(randbits=random.Random(1).getrandbits)):
        yield
