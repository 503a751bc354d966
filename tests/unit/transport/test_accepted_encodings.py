"""Which encodings of an answer are asked for."""

from __future__ import annotations

import pytest

from durable_workflow import Client
from durable_workflow.transport._call import prepare
from durable_workflow_api.types import RequestParts


@pytest.mark.parametrize(
    ("base_url", "encoding"),
    [
        ("http://localhost:8080", "identity"),
        ("http://127.0.0.1:8080/prefix", "identity"),
        ("http://[::1]:8080", "identity"),
        ("https://workflows.example", "gzip"),
        ("http://localhost.example", "gzip"),
        ("http://192.168.0.1", "gzip"),
    ],
)
def test_answers_from_this_machine_are_not_asked_to_be_compressed(base_url: str, encoding: str) -> None:
    parts = RequestParts("getClusterInfo", "GET", "/api/cluster/info", {}, {}, {})
    assert prepare(Client(base_url), parts).headers["Accept-Encoding"] == encoding
