"""Makes clients from the spec in every language we name, and says what each generator thinks of it.

`python -m tools.spec_clients` does all; with names (`typescript`, `go`, ...) only those. Everything lands in
`.cache/spec-clients`, which git ignores: the clients under `generated/`, the portable form of the spec beside
them. What cannot run here is printed as NOT RUN with its reason; a failure ends with exit code 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.generated_clients import Outcome, generate, install_generator, languages, parse
from tools.portable_spec import portable
from tools.spec_document import SpecDocument
from tools.typescript_example import BuildFailed, NotInstallable, build

__all__ = ["main"]

_ROOT = Path(__file__).parent.parent
_SPEC = _ROOT / "openapi" / "durable-workflow.yaml"
_CACHE = _ROOT / ".cache" / "spec-clients"


def main() -> int:
    """Run the steps, print one line for each, and return the exit code."""
    wanted = _wanted(["typescript", *languages()])
    _CACHE.mkdir(parents=True, exist_ok=True)
    failed = 0
    for outcome in _steps(wanted):
        print(f"{outcome.state:8}{outcome.step}: {outcome.detail}", flush=True)
        failed += outcome.state == "FAILED"
    return 1 if failed else 0


def _wanted(known: list[str]) -> list[str]:
    parser = argparse.ArgumentParser(prog="python -m tools.spec_clients", description="Make clients.")
    parser.add_argument("language", nargs="*", help=f"{', '.join(known)}; all when none is named")
    wanted: list[str] = parser.parse_args().language
    if unknown := sorted(set(wanted) - set(known)):
        parser.error(f"unknown: {', '.join(unknown)}; known are {', '.join(known)}")
    return wanted or known


def _steps(wanted: list[str]) -> Iterator[Outcome]:
    if "typescript" in wanted:
        yield _typescript()
    others = [language for language in wanted if language != "typescript"]
    if not others:
        return
    generator = install_generator(_CACHE / "generator")
    if isinstance(generator, Outcome):
        yield generator
        return
    with ThreadPoolExecutor(max_workers=2) as pool:
        portable_form = _write_portable()
        for outcomes in pool.map(lambda language: _client(generator, language, portable_form), others):
            yield from outcomes


def _typescript() -> Outcome:
    step, began = "typescript from durable-workflow.yaml", time.monotonic()
    try:
        build()
    except NotInstallable as missing:
        return Outcome(step, "NOT RUN", str(missing))
    except BuildFailed as failure:
        return Outcome(step, "FAILED", str(failure))
    return Outcome(
        step, "ok", f"{time.monotonic() - began:.1f} s, types made and example checked by tsc --strict"
    )


def _write_portable() -> Path:
    path = _CACHE / "durable-workflow.portable.json"
    document = portable(SpecDocument.read(_SPEC).content)
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False), encoding="utf-8")
    return path


def _client(generator: Path, language: str, portable_form: Path) -> list[Outcome]:
    target = _CACHE / "generated" / language
    outcome = generate(generator, language, portable_form, target)
    return [outcome, parse(language, target)] if outcome.state == "ok" else [outcome]


if __name__ == "__main__":
    sys.exit(main())
