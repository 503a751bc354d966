"""The gate that every request and every answer of a client passes on its way."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from typing import Any, Final

from durable_workflow.codec import Framing, decode, encode, framing_of
from durable_workflow.errors import PayloadDecodeError
from durable_workflow.payloads._external import fetch
from durable_workflow.payloads._sealing import is_sealed, seal, unseal
from durable_workflow.payloads._settings import PayloadSettings
from durable_workflow.payloads._sizes import check_size

_LOG = logging.getLogger("durable_workflow.payloads")

DEFAULT_LIMIT_BYTES: Final = 2 * 2**20
# Since this version of the worker protocol servers and workers write Value framing alone.
_FIRST_VALUE_MINOR: Final = 14
_WITHOUT_A_RUN: Final = frozenset(
    {
        "createSchedule",
        "queryWorkflow",
        "queryWorkflowRun",
        "signalWorkflow",
        "signalWorkflowRun",
        "startWorkflow",
        "updateSchedule",
        "updateWorkflow",
        "updateWorkflowRun",
    }
)
_REFERENCE: Final = b'"external_storage"'
# Facts for people and for searching: servers index them, so they are plain.
_PLAIN_MEMBERS: Final = frozenset({"memo", "search_attributes"})
# The bundle carries a checksum over what the server stored; whoever replays it opens it then.
_LEFT_CLOSED: Final = frozenset({"exportWorkflowHistory"})


class PayloadGate:
    """Seals the payloads of requests, opens those of answers, and refuses what the server would not take.

    Whatever is an envelope passes through the codecs, also in members that a later version of the protocol
    adds: nothing leaves unsealed because somebody forgot it.

    Args:
        settings: What to do.
    """

    def __init__(self, settings: PayloadSettings) -> None:
        self.settings = settings
        self._server_limit: int | None = None
        self._server_framing: Framing = "wrapper"

    def note_info(self, cluster_info: Mapping[str, Any]) -> None:
        """Remember how much the server takes, and in which framing, as it says itself."""
        protocol = cluster_info.get("worker_protocol")
        version = protocol.get("version") if isinstance(protocol, Mapping) else None
        minor = re.fullmatch(r"1\.(\d{1,9})", version) if isinstance(version, str) else None
        self._server_framing = "value" if minor and int(minor[1]) >= _FIRST_VALUE_MINOR else "wrapper"
        limits = cluster_info.get("limits")
        limit = limits.get("max_payload_bytes") if isinstance(limits, Mapping) else None
        self._server_limit = limit if isinstance(limit, int) and limit > 0 else None

    @property
    def limit_bytes(self) -> int:
        """Largest request, in bytes."""
        return self.settings.max_bytes or self._server_limit or DEFAULT_LIMIT_BYTES

    @property
    def framing(self) -> Framing:
        """Layout of what a client writes that knows no run to write like."""
        return self.settings.framing or self._server_framing

    def outgoing(self, operation_id: str, body: Any) -> Any:
        """Return the body of a request with its payloads sealed; the given one stays as it is."""
        framing = self.framing if operation_id in _WITHOUT_A_RUN else None
        # What reaches this gate was written as a wrapper, or like its run.
        if not self.settings.codecs and framing in (None, "wrapper"):
            return body
        sealed = self._sealed(body, framing)
        if operation_id == "completeQueryTask" and "result_envelope" in sealed:
            # It would repeat the result in clear.
            sealed["result"] = None
        if operation_id == "registerWorker" and sealed.get("workflow_command_contracts"):
            contracts = sealed["workflow_command_contracts"]
            sealed["workflow_command_contracts"] = {name: _blind(each) for name, each in contracts.items()}
        return sealed

    def check_size(self, operation_id: str, content: bytes, body: Any) -> None:
        """Refuse a request that is larger than the server takes.

        Args:
            operation_id: The operation.
            content: What would be sent.
            body: What it was made of, before it was sealed.

        Raises:
            PayloadTooLarge: If it is too large; says by how much, and where most of it is.
        """
        check_size(operation_id, len(content), self.limit_bytes, body)

    def is_slow(self, content: bytes) -> bool:
        """Tell whether `incoming` would read from somewhere else."""
        return self.settings.storage is not None and _REFERENCE in content

    def incoming(self, operation_id: str, content: bytes) -> bytes:
        """Return an answer with its payloads opened.

        What cannot be opened stays as it is, and is refused where it is decoded: an answer may hold a task,
        which must not be lost on its way.
        """
        if operation_id in _LEFT_CLOSED or not (self.settings.codecs or _REFERENCE in content):
            return content
        try:
            answer = json.loads(content)
        except (ValueError, RecursionError):
            return content
        return json.dumps(self.open_all(answer), separators=(",", ":")).encode()

    def open_all(self, data: Any) -> Any:
        """Return plain JSON, such as a history from a file, with all its payloads opened."""
        if isinstance(data, str):
            return self._opened(data) if is_sealed(data) else data
        if isinstance(data, list):
            return [self.open_all(item) if type(item) in _HOLDING else item for item in data]
        if isinstance(data, dict):
            data = {
                key: self.open_all(item) if type(item) in _HOLDING else item for key, item in data.items()
            }
            return self._fetched(data) if "external_storage" in data else data
        return data

    def _opened(self, blob: str) -> str:
        try:
            return unseal(blob, self.settings.codecs)
        except PayloadDecodeError as error:
            _LOG.warning("a payload stays sealed: %s", error)
            return blob

    def _fetched(self, envelope: dict[str, Any]) -> dict[str, Any]:
        reference = envelope["external_storage"]
        if not isinstance(reference, Mapping):
            return envelope
        try:
            blob = fetch(reference, self.settings.storage)
        except PayloadDecodeError as error:
            _LOG.warning("a payload stays out of reach: %s", error)
            return envelope
        return {"codec": envelope.get("codec"), "blob": self._opened(blob) if is_sealed(blob) else blob}

    def _sealed(self, data: Any, framing: Framing | None) -> Any:
        if isinstance(data, list):
            return [self._sealed(item, framing) for item in data]
        if not isinstance(data, Mapping):
            return data
        if data.keys() == {"codec", "blob"} and data["codec"] == "avro":
            return {**data, "blob": seal(_framed(data["blob"], framing), self.settings.codecs)}
        if data.get("type") == "upsert_memo":
            return data
        sealed = {
            key: item if key in _PLAIN_MEMBERS else self._sealed(item, framing) for key, item in data.items()
        }
        if data.get("type") == "record_side_effect" and isinstance(data.get("result"), str):
            sealed["result"] = seal(data["result"], self.settings.codecs)
        return sealed


def _framed(blob: str, framing: Framing | None) -> str:
    if framing is None or framing_of(blob) == framing:
        return blob
    return encode(decode(blob, "avro"), framing=framing)


def _blind(contract: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a workflow takes without parameters: a server cannot compare them with what is sealed."""
    return {
        member: [{**handler, "parameters": [_ANYTHING]} for handler in handlers or []]
        if member.endswith("_contracts")
        else handlers
        for member, handlers in contract.items()
    }


_ANYTHING: Final = {"name": "arguments", "position": 0, "required": False, "variadic": True}
_HOLDING: Final = frozenset({str, list, dict})
