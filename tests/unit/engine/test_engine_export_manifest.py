"""exportWorkflowHistory: the manifest of the blobs, and the checksum over what was sent."""

from __future__ import annotations

import base64
import copy
import hashlib
import json

from durable_workflow import serializer

ACTIVITY = {"type": "schedule_activity", "activity_type": "charge"}
TYPED = base64.b64encode(b'\x01\x00\x00\x00\x08"string"\x04ok').decode()
DONE = {"type": "complete_workflow", "result": serializer.envelope("ok")}


async def export(server, run):
    path = {"workflowId": run["workflow_id"], "runId": run["run_id"]}
    return await server.call("exportWorkflowHistory", path=path)


async def everything(server):
    """A run with blobs in every part that can hold some."""
    run = await server.begun(ACTIVITY | {"arguments": serializer.envelope([1])}, input=["Ada"])
    await server.answer("completeActivityTask", await server.take_activity(), result=serializer.envelope(7))
    await server.signal("approve", "x")
    await server.update("rename", "y")
    return run


def checksum(bundle):
    def walk(value):
        if isinstance(value, dict):
            members = sorted(value.items(), key=lambda item: item[0].encode())
            return "{" + ",".join(f"{json.dumps(name)}:{walk(item)}" for name, item in members) + "}"
        if isinstance(value, list):
            return "[" + ",".join(map(walk, value)) + "]"
        return json.dumps(value)

    return hashlib.sha256(walk(bundle).encode()).hexdigest()


async def test_the_checksum_is_over_the_bundle_without_it(server):
    run = await everything(server)
    await server.signal("ü/\U0001f600", {"z": 1.0, "a": [0.5, None]})
    bundle = await export(server, run)
    stated = bundle.pop("integrity")
    assert stated["checksum"] == checksum(bundle)
    changed = copy.deepcopy(bundle)
    changed["history_events"][0]["payload"]["outcome"] = "other"
    assert checksum(changed) != stated["checksum"]


async def test_the_manifest_names_every_blob_and_how_it_is_framed(server):
    run = await everything(server)
    bundle = await export(server, run)
    manifest = {entry["path"]: entry for entry in bundle["payload_manifest"]["entries"]}
    assert manifest["payloads.arguments.data"]["avro_framing"] == "generic_wrapper"
    fingerprint = "sha256:dbf3081d3e8daf2077dd9937babc664d9ab25924d6a0218ee5bcf7cf4e4c6d6a"
    assert manifest["commands.0.payload"]["writer_schema_fingerprint"] == fingerprint
    assert manifest["payloads.output.data"]["diagnostic"] == "payload_unavailable"
    assert manifest["signals.0.arguments"]["available"] is True
    assert manifest["activities.0.result"]["avro_prefix_hex"] == "00"
    for path, entry in manifest.items():
        found = bundle
        for step in path.split("."):
            found = found[int(step)] if isinstance(found, list) else found[step]
        assert entry["available"] == (found is not None)
    assert bundle["codec_schemas"]["avro"]["generic_wrapper"]["writer_schema_fingerprint"] == fingerprint
    assert bundle["redaction"] == {"applied": False, "policy": None, "paths": []}


async def test_other_framings_are_named(server):
    await server.register()
    run = await server.start(input=serializer.envelope([1], framing="value"))
    await server.complete(await server.take(), DONE | {"result": TYPED})
    entries = {e["path"]: e for e in (await export(server, run))["payload_manifest"]["entries"]}
    assert entries["payloads.arguments.data"]["avro_framing"] == "single_object"
    typed = entries["payloads.output.data"]
    assert (typed["avro_framing"], typed["writer_schema"]) == ("typed_schema", '"string"')
    await server.start("w2")
    other = await server.start("w2", status=409)
    await server.complete(await server.take(), DONE | {"result": "!!!"})
    entries = {e["path"]: e for e in (await export(server, other))["payload_manifest"]["entries"]}
    assert entries["payloads.output.data"]["diagnostic"] == "unknown_framing"
