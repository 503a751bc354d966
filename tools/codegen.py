"""What `codegen.sh` runs: spec in, `generated/` and the synchronous twin of the client out.

Everything is made in a temporary directory first; then it either replaces what is in the tree, or,
with `--check`, is only compared with it.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

from tools.client_package import ToolFailure, build_package
from tools.file_trees import differences, replace_tree
from tools.make_sync import TwinError, make_twin
from tools.pins import wrong_versions
from tools.spec_document import SpecDocument, SpecError
from tools.spec_rules import lint

__all__ = ["main"]

_SPEC = Path("openapi/durable-workflow.yaml")
_GENERATED = Path("generated")
_CLIENT = Path("src/durable_workflow/client")
_TWIN = Path("src/durable_workflow/_sync")
_README = Path("tools/generated_readme.md")


class Refused(Exception):
    """The pipeline cannot go on; the message is for the person who ran it."""


def main(arguments: list[str] | None = None) -> int:
    """Run the pipeline; return the exit status (0 done or up to date, 1 refused or different).

    Args:
        arguments: The command line without the program's name; None means that of the process.
    """
    parser = argparse.ArgumentParser(prog="codegen.sh", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 when something differs")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    try:
        return _run(options.root.resolve(), check=options.check)
    except (Refused, SpecError, ToolFailure, TwinError) as problem:
        print(problem, file=sys.stderr)
        return 1


def _run(root: Path, *, check: bool) -> int:
    if problems := wrong_versions(root / "pyproject.toml"):
        raise Refused("\n".join(problems))
    spec = _checked_spec(root / _SPEC)
    with tempfile.TemporaryDirectory(prefix="codegen-") as directory:
        made = Path(directory)
        _make(spec, root, made)
        targets = [
            target for target in (_GENERATED, _TWIN) if (made / target).is_dir() or (root / target).is_dir()
        ]
        if check:
            return _compare(made, root, targets)
        for target in targets:
            replace_tree(made / target, root / target)
    return 0


def _checked_spec(path: Path) -> SpecDocument:
    spec = SpecDocument.read(path)
    problems = [
        f"{'.'.join(str(part) for part in error.absolute_path) or '(document)'}: {error.message}"
        for error in OpenAPIV31SpecValidator(spec.content).iter_errors()
    ]
    problems = problems or [str(violation) for violation in lint(spec)]
    if problems:
        raise Refused("\n".join([*problems, f"{_SPEC}: {len(problems)} violation(s)"]))
    return spec


def _make(spec: SpecDocument, root: Path, made: Path) -> None:
    generated, work = made / _GENERATED, made / "work"
    generated.mkdir()
    work.mkdir()
    build_package(spec, root / _SPEC, root / "openapi/generator", work, generated / "durable_workflow_api")
    shutil.copyfile(root / _README, generated / "README.md")
    digest = hashlib.sha256((root / _SPEC).read_bytes()).hexdigest()
    (generated / "SPEC.sha256").write_text(f"{digest}  {_SPEC.as_posix()}\n", encoding="utf-8")
    if (root / _CLIENT).is_dir():
        make_twin(root / _CLIENT, made / _TWIN)


def _compare(made: Path, root: Path, targets: list[Path]) -> int:
    found = [
        text for target in targets for text in differences(made / target, root / target, target.as_posix())
    ]
    if not found:
        print("up to date")
        return 0
    print("\n".join(found))
    names = "".join(f"  {text.splitlines()[0]}\n" for text in found)
    print(
        f"\n{len(found)} file(s) not as ./codegen.sh would write them:\n{names}Run ./codegen.sh.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
