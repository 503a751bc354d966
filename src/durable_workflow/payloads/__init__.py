"""What happens to payloads between a program and the wire.

    from durable_workflow import Client
    from durable_workflow.payloads import AesGcm, Deflate, PayloadSettings

    settings = PayloadSettings(codecs=[Deflate(), AesGcm({"2026-11": key}, active="2026-11")])
    client = Client("https://workflows.example.com", payloads=settings)

Workers and handles take the settings of their client. Codecs are applied in their order to everything that is
sent and in the reverse order to everything that is read: arguments, results, signals, queries, updates, side
effects, details of failures. Names, ids, memos, search attributes, heartbeat details and the texts of errors
stay readable for the server.
"""

from __future__ import annotations

from durable_workflow.payloads._aes_gcm import AesGcm
from durable_workflow.payloads._codecs import Coded, Deflate, PayloadCodec
from durable_workflow.payloads._external import ExternalStorage, FolderStorage
from durable_workflow.payloads._gate import PayloadGate
from durable_workflow.payloads._settings import PayloadSettings

__all__ = [
    "AesGcm",
    "Coded",
    "Deflate",
    "ExternalStorage",
    "FolderStorage",
    "PayloadCodec",
    "PayloadGate",
    "PayloadSettings",
]
