"""The commands that change the memo and the search attributes of a run."""

from __future__ import annotations

import pytest

from durable_workflow import serializer


def upsert(entries, framing="wrapper"):
    return {"type": "upsert_memo", "entries": serializer.envelope(entries, framing=framing)}


def attributes(**values):
    return {"type": "upsert_search_attributes", "attributes": values}


async def test_a_memo_is_merged_and_null_removes(server):
    run = await server.begun(
        upsert({"stage": "packed", "old": None, "n": 3}), memo={"old": 1, "kept": {"a": []}}
    )
    merged = {"kept": {"a": []}, "stage": "packed", "n": 3}
    assert (await server.describe())["memo"] == merged
    event = await server.last(run, "MemoUpserted")
    assert serializer.decode_envelope(event["merged"]) == merged
    assert serializer.decode_envelope(event["entries"]) == {"stage": "packed", "old": None, "n": 3}
    await server.signal("go")
    await server.complete(await server.take(), upsert({"kept": None, "stage": None, "n": None}))
    assert (await server.describe())["memo"] == {}
    assert serializer.decode_envelope((await server.last(run, "MemoUpserted"))["merged"]) == {}


async def test_a_memo_goes_on_with_the_next_run(server):
    await server.begun(upsert({"stage": 1}), {"type": "continue_as_new"})
    assert (await server.describe())["memo"] == {"stage": 1}


async def test_the_merged_memo_has_the_encoding_of_the_run(server):
    start = serializer.envelope([], framing="value")
    run = await server.begun(upsert({"a": 1}, "value"), input=start)
    merged = (await server.last(run, "MemoUpserted"))["merged"]
    assert merged == serializer.envelope({"a": 1}, framing="value")


async def test_what_the_encoding_cannot_hold_stands_in_history_as_it_is(server):
    run = await server.begun(upsert({"a": 1}), memo={"big": 2**70})
    assert (await server.last(run, "MemoUpserted"))["merged"] == {"big": 2**70, "a": 1}


@pytest.mark.parametrize(
    ("command", "member"),
    [
        ({"entries": None}, "entries"),
        ({"entries": {"codec": "avro"}}, "entries"),
        ({"entries": {"codec": "json", "blob": "{}"}}, "entries.codec"),
        ({"entries": {"codec": "avro", "blob": "!!!"}}, "entries.blob"),
        (upsert({}), "entries"),
        (upsert([1]), "entries"),
        (upsert({"12": 1}), "entries"),
        (upsert({"": 1}), "entries"),
        (upsert({"a" * 65: 1}), "entries"),
        (upsert({"a b": 1}), "entries"),
        (upsert({f"k{n}": n for n in range(101)}), "entries"),
        (upsert({"a": "x" * 10_239}), "entries"),
        (upsert({f"k{n}": "x" * 9_500 for n in range(7)}), "entries"),
        (upsert({"a": b"bytes"}, "value"), "entries"),
    ],
)
async def test_a_memo_that_cannot_be_kept_is_refused(server, command, member):
    await server.register()
    await server.start()
    task = await server.take()
    body = await server.raw(
        "completeWorkflowTask",
        path={"taskId": task["task_id"]},
        body={
            "lease_owner": "k1",
            "workflow_task_attempt": 1,
            "commands": [{"type": "upsert_memo"} | command],
        },
    )
    assert body.status == 422
    assert list(body.body["errors"]) == [f"commands.0.{member}"]


async def test_entries_up_to_the_limits_are_kept(server):
    entries = {f"k{n}.a:b_c-d": "x" * 10_238 for n in range(6)} | {f"n{n}": n for n in range(94)}
    await server.begun(upsert(entries))
    assert (await server.describe())["memo"] == entries


async def test_search_attributes_may_be_lists_of_texts(server):
    run = await server.begun(attributes(Tags=[" a ", "", "b"], Due="2026-04-25T12:00:00Z", Old=[" "]))
    found = {"Due": "2026-04-25T12:00:00Z", "Tags": ["a", "b"]}
    assert (await server.describe())["search_attributes"] == found
    event = await server.last(run, "SearchAttributesUpserted")
    assert event["merged"] == found
    assert event["attributes"] == {**found, "Old": None}


@pytest.mark.parametrize("value", [[1], [["a"]], ["x" * 192], [None]])
async def test_other_lists_are_refused(server, value):
    await server.register()
    await server.start()
    body = await server.complete(await server.take(), attributes(Tags=value), status=409)
    assert body["reason"] == "invalid_commands"
    assert body["recorded"] is False
