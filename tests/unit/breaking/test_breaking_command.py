"""The guard as it is run: which release it takes, what it prints, what can be acknowledged."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tools.breaking import main, newest_release
from tools.spec_document import SpecError

from support.breaking_specs import EVENT, RUN, Change, S, drop, put, small_spec

CLIENT_BREAK = drop(*RUN, "properties", "note")
CLIENT_KEY = "client schemas.Run.note: member removed"
HISTORY_KEY = "history event StepScheduled: event type removed"


class Project:
    """A directory that looks like the repository."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.released = root / "openapi/released"
        self.released.mkdir(parents=True)
        self.write()

    def write(self, *changes: Change, to: str = "openapi/durable-workflow.yaml") -> None:
        spec = small_spec()
        for change in changes:
            change(spec)
        (self.root / to).write_text(yaml.safe_dump(spec), encoding="utf-8")

    def release(self, version: str, *changes: Change) -> None:
        self.write(*changes, to=f"openapi/released/{version}.yaml")

    def acknowledge(self, *keys: str, why: str = "Nobody reads it.") -> None:
        text = yaml.safe_dump([{"change": key, "why": why} for key in keys])
        (self.released / "ACKNOWLEDGED.yaml").write_text(text, encoding="utf-8")

    def run(self, *options: str) -> int:
        return main(["--root", str(self.root), *options])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_without_a_release_there_is_nothing_to_compare(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.run() == 0
    assert capsys.readouterr().out == "no released spec yet: nothing to compare\n"


def test_nothing_breaks(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.release("1.0.0")
    assert project.run() == 0
    assert capsys.readouterr().out == "nothing breaks since 1.0.0.yaml\n"


def test_a_break_is_told_with_the_way_out(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.release("1.0.0")
    project.write(CLIENT_BREAK)
    assert project.run() == 1
    told = capsys.readouterr()
    assert told.out == (
        "client   schemas.Run.note: member removed: "
        "released clients that read it find nothing (startRun 201)\n"
    )
    assert "1 breaking change(s) that nobody acknowledged." in told.err
    printed = yaml.safe_load(told.err.split("ACKNOWLEDGED.yaml:\n")[1])
    assert printed == [{"change": CLIENT_KEY, "why": None}]


def test_an_acknowledged_break_passes(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.release("1.0.0")
    project.write(CLIENT_BREAK)
    project.acknowledge(CLIENT_KEY)
    assert project.run("--verbose") == 0
    told = capsys.readouterr().out
    assert "[acknowledged]" in told
    assert told.endswith("nothing breaks since 1.0.0.yaml, but for 1 acknowledged\n")


def test_a_history_break_cannot_be_acknowledged(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.release("1.0.0")
    project.write(drop(*EVENT, "x-dw-event-payloads", "StepScheduled"))
    project.acknowledge(HISTORY_KEY)
    assert project.run() == 1
    told = capsys.readouterr()
    assert "history  event StepScheduled: event type removed: retained histories" in told.out
    assert f"cannot be acknowledged, histories are kept for ever: {HISTORY_KEY}" in told.err


@pytest.mark.parametrize("released", [True, False])
def test_an_acknowledgement_of_nothing_is_an_error(
    project: Project, capsys: pytest.CaptureFixture[str], released: bool
) -> None:
    if released:
        project.release("1.0.0")
    project.acknowledge(CLIENT_KEY)
    assert project.run() == 1
    assert f"acknowledged, but there is no such change: {CLIENT_KEY}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("change: a\nwhy: b", "not a list"),
        ("- change: a", "entry 1: wrong members"),
        ("- {change: a, why: ' '}", "entry 1: an empty text"),
        ("- {change: a, why: b}\n- {change: a, why: c}", "entry 2: names the same change"),
        ("- [", "not readable as YAML"),
    ],
)
def test_a_list_that_cannot_be_meant_is_refused(
    project: Project, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    (project.released / "ACKNOWLEDGED.yaml").write_text(text, encoding="utf-8")
    assert project.run() == 1
    assert message in capsys.readouterr().err


def test_the_newest_release_counts(project: Project) -> None:
    for version in ("0.9.0", "1.0.0", "1.2.0rc2", "1.2.0rc10", "1.10.0b1", "1.9.3"):
        project.release(version)
    assert newest_release(project.released) == project.released / "1.10.0b1.yaml"
    project.release("1.10.0")
    assert newest_release(project.released) == project.released / "1.10.0.yaml"


def test_a_file_without_a_version_is_refused(project: Project) -> None:
    project.release("latest")
    with pytest.raises(SpecError, match=r"latest\.yaml: not called <version>\.yaml"):
        newest_release(project.released)


def test_another_base_can_be_named(project: Project, tmp_path: Path) -> None:
    project.release("1.0.0")
    project.write(drop(*RUN, "properties", "note"), to="other.yaml")
    project.write(drop(*RUN, "properties", "note"))
    assert project.run() == 1
    assert project.run("--base", str(tmp_path / "other.yaml")) == 0


def test_a_reference_to_nothing_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.release("1.0.0")
    project.write(put(*S, "Problem", to={"$ref": "#/components/schemas/Gone"}))
    assert project.run() == 1
    assert capsys.readouterr().err == "the reference #/components/schemas/Gone points at nothing\n"


def test_what_breaks_nobody_is_listed_on_request(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.release("1.0.0")
    project.write(put(*RUN, "properties", "zone", to={"type": "string"}))
    assert project.run() == 0
    assert "zone" not in capsys.readouterr().out
    assert project.run("--verbose") == 0
    assert "fine     schemas.Run.zone: optional member added\n" in capsys.readouterr().out
