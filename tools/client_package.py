"""Builds the package `durable_workflow_api` in a directory: generator, table, spec copies, reference page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.derived_spec import derive
from tools.make_reference import reference_page
from tools.operation_table import operation_facts, operation_table
from tools.spec_document import SpecDocument

__all__ = ["HEADER", "ToolFailure", "build_package", "format_python", "run_tool"]

HEADER = "# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.\n"

_SPEC_MODULE = '''"""The OpenAPI document this package was generated from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

__all__ = ["spec", "spec_path", "spec_text"]


def spec_path() -> Path:
    """Return the path of the YAML document inside the installed package."""
    return Path(__file__).with_name("durable-workflow.yaml")


def spec_text() -> str:
    """Return the YAML document as it was published, comments included."""
    return spec_path().read_text(encoding="utf-8")


def spec() -> dict[str, Any]:
    """Return the parsed document; every call returns a new one, free to be changed."""
    text = Path(__file__).with_name("openapi.json").read_text(encoding="utf-8")
    return cast("dict[str, Any]", json.loads(text))
'''


class ToolFailure(Exception):
    """A tool of the pipeline refused its work; the message is its output."""


def run_tool(module: str, arguments: Sequence[str]) -> None:
    """Run a Python tool of the current environment.

    Args:
        module: The module to run, as in `python -m`.
        arguments: Its command line.

    Raises:
        ToolFailure: It exited with a status other than 0.
    """
    environment = {**os.environ, "RUFF_NO_CACHE": "true", "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    if done.returncode != 0:
        raise ToolFailure(f"{module} failed:\n{done.stdout}{done.stderr}".rstrip())


def format_python(directory: Path) -> None:
    """Sort imports, drop unused ones, modernise and format; the rules are written out here on purpose.

    The default rules of ruff rewrite signatures (`type[T]`, `Any`), which changes what the code means
    to type checkers, and a configuration found on the way up would make the result depend on the place.
    """
    common = ["--isolated", "--target-version", "py311", "--line-length", "110", "--quiet", str(directory)]
    first_party = 'lint.isort.known-first-party = ["durable_workflow", "durable_workflow_api"]'
    run_tool("ruff", ["check", "--select", "I,F401,UP", "--fix-only", "--config", first_party, *common])
    run_tool("ruff", ["format", *common])


def build_package(spec: SpecDocument, spec_file: Path, generator: Path, work: Path, package: Path) -> None:
    """Write the whole package.

    Args:
        spec: The parsed document.
        spec_file: The file it was read from; copied byte for byte.
        generator: The directory with `config.yaml` and `templates/`.
        work: A directory for intermediate files.
        package: Where the package goes; must not exist.

    Raises:
        ToolFailure: The generator or the formatter failed; a warning of the generator is a failure.
    """
    derived = work / "derived.json"
    derived.write_text(json.dumps(derive(spec.content)), encoding="utf-8")
    templates = _templates(spec, generator / "templates", work / "templates")
    arguments = ["generate", "--path", str(derived), "--output-path", str(package), "--meta", "none"]
    arguments += ["--config", str(generator / "config.yaml"), "--custom-template-path", str(templates)]
    run_tool("openapi_python_client", [*arguments, "--fail-on-warning"])
    (package / "operations.py").write_text(operation_table(spec), encoding="utf-8")
    (package / "spec.py").write_text(_SPEC_MODULE, encoding="utf-8")
    (package / "py.typed").write_text("", encoding="utf-8")
    format_python(package)
    _add_headers(package)
    shutil.copyfile(spec_file, package / "durable-workflow.yaml")
    document = json.dumps(spec.content, ensure_ascii=False, separators=(",", ":"))
    (package / "openapi.json").write_text(document + "\n", encoding="utf-8")
    (package / "reference.html").write_text(reference_page(spec), encoding="utf-8")


def _templates(spec: SpecDocument, source: Path, target: Path) -> Path:
    """Copy the templates and add what the generator does not tell them: the operation ids."""
    shutil.copytree(source, target)
    facts = json.dumps(operation_facts(spec))
    (target / "operation_facts.jinja").write_text(f"{{% set OPERATION_IDS = {facts} %}}\n", encoding="utf-8")
    return target


def _add_headers(package: Path) -> None:
    for file in sorted(package.rglob("*.py")):
        file.write_text(HEADER + file.read_text(encoding="utf-8"), encoding="utf-8")
