"""Places in the workflow's code, in words."""

from __future__ import annotations

import linecache
from types import FrameType

OWN_CODE = (__name__.partition(".")[0] + ".", "asyncio.", "contextlib")
"""How the names of modules begin whose code is not the workflow's own."""


def place(frame: FrameType) -> str:
    """Put the place at which a frame stands into words: file, line, function, source line."""
    code = frame.f_code
    line = linecache.getline(code.co_filename, frame.f_lineno, frame.f_globals).strip()
    file = code.co_filename.rpartition("/")[2]
    return f"{file}:{frame.f_lineno} in {code.co_qualname}" + (f": `{line}`" if line else "")
