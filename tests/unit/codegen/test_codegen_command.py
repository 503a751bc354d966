"""`./codegen.sh` and `./codegen.sh --check` on a copy of a small project."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools.codegen import main
from tools.file_trees import files_of

ROOT = Path(__file__).parents[3]


def codegen(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(root / "codegen.sh"), *arguments],
        capture_output=True,
        text=True,
        cwd=root.parent,
        env={**os.environ, "PYTHON": sys.executable, **environment},
    )


def contents(directory: Path) -> dict[Path, bytes]:
    return {file: (directory / file).read_bytes() for file in files_of(directory)}


def test_the_tree_of_this_project_is_up_to_date() -> None:
    done = codegen(ROOT, "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "up to date\n", "")


def test_output_is_the_same_bytes_whatever_the_hash_seed(project: Path) -> None:
    before = contents(project / "generated")
    assert len(before) > 20
    for seed in ("1", "4711"):
        shutil.rmtree(project / "generated")
        done = codegen(project, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        assert contents(project / "generated") == before


def test_check_is_quiet_when_nothing_changed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", "--root", str(project)]) == 0
    assert capsys.readouterr() == ("up to date\n", "")


def test_check_shows_a_line_changed_in_the_spec(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = project / "openapi/durable-workflow.yaml"
    spec.write_text(spec.read_text().replace("[validation_failed, too_many]", "[validation_failed, too_few]"))
    before = contents(project)
    assert main(["--check", "--root", str(project)]) == 1
    out, err = capsys.readouterr()
    removed, added = ("".join(line for line in out.splitlines() if line[0] == sign) for sign in "-+")
    assert '422: ("validation_failed", "too_many")' in removed
    assert '422: ("validation_failed", "too_few")' in added
    assert "generated/durable_workflow_api/operations.py: differs" in err
    assert "generated/SPEC.sha256: differs" in err
    assert contents(project) == before, "--check writes nothing"


def test_check_notices_edited_extra_and_missing_files(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = project / "generated/durable_workflow_api"
    (package / "errors.py").write_text((package / "errors.py").read_text() + "# by hand\n")
    (package / "extra.py").write_text("")
    (package / "models/problem.py").unlink()
    assert main(["--check", "--root", str(project)]) == 1
    out, err = capsys.readouterr()
    assert "-# by hand" in out
    assert "errors.py: differs" in err
    assert "extra.py: not generated from anything, remove it" in err
    assert "models/problem.py: missing" in err
    assert "3 file(s)" in err

    assert main(["--root", str(project)]) == 0
    assert main(["--check", "--root", str(project)]) == 0
    assert not (package / "extra.py").exists()


def test_a_removed_operation_takes_its_files_along(project: Path) -> None:
    spec = project / "openapi/durable-workflow.yaml"
    text = spec.read_text()
    start, end = text.index("    get:\n"), text.index("  /api/loans:")
    spec.write_text(text[:start] + text[end:].replace("operationId: lendBook", "operationId: lendOut"))
    assert main(["--root", str(project)]) == 1, "the schemas of the operation are unused now"
    spec.write_text(text.replace("operationId: lendBook", "operationId: lendOut"))
    assert main(["--root", str(project)]) == 0
    names = {file.name for file in files_of(project / "generated")}
    assert "lend_out.py" in names
    assert "lend_book.py" not in names


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("      x-dw-plane: worker\n", "", "paths./api/loans.post: no x-dw-plane: state it"),
        ("openapi: 3.1.0\n", "openapi: 3.1.0\nopenapi: 3.1.0\n", "line 2: the key openapi appears twice"),
        ("      responses:\n", "      answers:\n", "'answers' was unexpected"),
    ],
    ids=["house rule", "yaml", "standard"],
)
def test_a_bad_spec_is_refused_with_its_faults(project: Path, old: str, new: str, message: str) -> None:
    spec = project / "openapi/durable-workflow.yaml"
    assert old in spec.read_text()
    spec.write_text(spec.read_text().replace(old, new, 1))
    before = contents(project / "generated")
    for arguments in ((), ("--check",)):
        done = codegen(project, *arguments)
        assert done.returncode == 1
        assert message in done.stderr
        assert "Traceback" not in done.stderr
    assert contents(project / "generated") == before


def test_a_spec_the_generator_cannot_read_in_full_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = project / "openapi/durable-workflow.yaml"
    spec.write_text(spec.read_text().replace("enum: [avro, json]", "enum: [avro, 3]"))
    assert main(["--root", str(project)]) == 1
    message = capsys.readouterr().err
    assert "openapi_python_client failed" in message
    assert "response will be omitted from generated client" in message


def test_other_tool_versions_are_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pyproject = project / "pyproject.toml"
    pyproject.write_text(pyproject.read_text().replace('"ruff==', '"ruff==9.'))
    assert main(["--check", "--root", str(project)]) == 1
    message = capsys.readouterr().err
    assert "ruff 9." in message
    assert "pip install -e .[dev]" in message


def test_the_stamp_names_the_spec(project: Path) -> None:
    digest = hashlib.sha256((project / "openapi/durable-workflow.yaml").read_bytes()).hexdigest()
    assert (project / "generated/SPEC.sha256").read_text() == f"{digest}  openapi/durable-workflow.yaml\n"
