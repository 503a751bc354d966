"""The arrows of ARCHITECTURE.md go one way."""

from __future__ import annotations

import pytest

from support.imports import GENERATED, SOURCE, Import, imports_of, room

SDK = imports_of(SOURCE, "durable_workflow")
OWN = [i for i in SDK if i.imported.split(".")[0] == "durable_workflow"]
HTTP = {"httpx", "httpcore", "requests", "aiohttp", "urllib3"}
IO = {*HTTP, "asyncio", "os", "pathlib", "select", "socket", "sqlite3", "subprocess", "threading", "time"}

MAY_IMPORT = {
    "errors": {"_call_errors", "_outcome_errors"},
    "_call_errors": {"errors"},
    "_outcome_errors": {"_call_errors"},
    "codec": {"errors"},
    "serializer": {"codec", "errors"},
    "converters": {"codec", "errors"},
    "payloads": {"codec", "errors"},
    "metrics": set(),
    "hooks": {"errors"},
    "redaction": set(),
    "retry_policy": {"errors"},
    "transport": {"_call_errors", "errors", "hooks", "metrics", "redaction", "retry_policy"},
    "_task_tokens": set(),
    "_client_common": {"_task_tokens", "converters", "errors", "serializer", "transport"},
    "client": {
        "_client_common",
        "converters",
        "errors",
        "hooks",
        "metrics",
        "payloads",
        "redaction",
        "retry_policy",
        "serializer",
        "transport",
    },
    "_sync": {
        "_client_common",
        "converters",
        "errors",
        "hooks",
        "metrics",
        "payloads",
        "redaction",
        "retry_policy",
        "serializer",
        "transport",
    },
    "sync": {"_sync", "errors"},
    "activity": {"_task_tokens", "errors"},
    "workflow": {"codec", "converters", "errors", "replay", "serializer"},
    "replay": {"codec", "converters", "errors", "serializer", "workflow"},
    "replayer": {"client", "codec", "errors", "payloads", "replay", "workflow"},
    "worker": {
        "activity",
        "client",
        "codec",
        "converters",
        "errors",
        "metrics",
        "replay",
        "serializer",
        "workflow",
    },
    "server": {"codec", "errors", "serializer"},
}


def describe(found: list[Import]) -> str:
    return "\n".join(map(str, found))


@pytest.mark.parametrize("name", sorted(MAY_IMPORT))
def test_a_room_imports_only_the_rooms_below_it(name: str) -> None:
    wrong = [i for i in OWN if room(i.importer) == name and room(i.imported) not in {name, *MAY_IMPORT[name]}]
    assert not wrong, describe(wrong)


def test_every_room_has_its_rule() -> None:
    doors = {"durable_workflow", "__main__", "cli", "testing", "telemetry"}
    rooms = {room(i.importer) for i in SDK}
    assert rooms - doors <= MAY_IMPORT.keys(), "a new room needs a line in MAY_IMPORT"


def test_only_transport_imports_an_http_library() -> None:
    wrong = [i for i in SDK if i.imported.split(".")[0] in HTTP and room(i.importer) != "transport"]
    assert not wrong, describe(wrong)


# The workflow's own event loop has to be one that asyncio knows, and the guard has to know what it forbids.
EXCEPTIONS = {
    "durable_workflow.replay._loop": {"asyncio"},
    "durable_workflow.replay._guard_table": {"os", "socket", "subprocess", "threading", "time"},
}


@pytest.mark.parametrize("name", ["codec", "replay", "workflow"])
def test_pure_rooms_do_no_io(name: str) -> None:
    found = [i for i in SDK if room(i.importer) == name and i.imported.split(".")[0] in IO]
    wrong = [
        i
        for i in found
        if not any(i.importer.startswith(place) and i.imported in may for place, may in EXCEPTIONS.items())
    ]
    assert not wrong, describe(wrong)


def test_the_sdk_reaches_the_server_only_lazily_and_only_from_its_doors() -> None:
    reaching = [i for i in OWN if room(i.imported) == "server" and room(i.importer) != "server"]
    wrong = [i for i in reaching if i.at_load or room(i.importer) not in {"cli", "testing"}]
    assert not wrong, describe(wrong)
    assert reaching, "the command line starts the server, so this test must see it"


def test_the_engine_asks_only_the_clock_for_the_time() -> None:
    clocks = {"time", "datetime.datetime.now", "datetime.datetime.utcnow"}
    in_engine = [
        i
        for i in SDK
        if i.importer.startswith(("durable_workflow.server.engine", "durable_workflow.server.store"))
    ]
    wrong = [i for i in in_engine if i.imported.split(".")[0] in clocks]
    assert in_engine
    assert not wrong, describe(wrong)


def test_the_generated_package_stands_alone() -> None:
    wrong = [
        i for i in imports_of(GENERATED, "durable_workflow_api") if i.imported.startswith("durable_workflow.")
    ]
    assert not wrong, describe(wrong)
