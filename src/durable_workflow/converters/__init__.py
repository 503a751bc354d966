"""Typed values in programs, plain data on the wire.

    from dataclasses import dataclass
    from durable_workflow import converters

    @dataclass
    class Order:
        number: str
        total: Decimal

    converters.to_plain(Order("4711", Decimal("9.90")))            # {"number": "4711", "total": "9.90"}
    converters.from_plain({"number": "4711", "total": "9.90"}, Order)

Client and worker do both by themselves: what is sent may hold dataclasses, attrs classes, named tuples,
enums, datetimes, UUIDs, decimals, sets, tuples and pydantic models, and arrives as the annotation of the
function that receives it says. An annotation made of plain types alone (`str`, `dict[str, int]`, `Any`)
promises nothing: its value is handed over as it came.
"""

from __future__ import annotations

from durable_workflow.codec import Framing
from durable_workflow.converters._custom import register
from durable_workflow.converters._payloads import encode, envelope
from durable_workflow.converters._reading import from_plain
from durable_workflow.converters._signatures import arguments_for, result_type_of
from durable_workflow.converters._writing import to_plain

__all__ = [
    "Framing",
    "arguments_for",
    "encode",
    "envelope",
    "from_plain",
    "register",
    "result_type_of",
    "to_plain",
]
