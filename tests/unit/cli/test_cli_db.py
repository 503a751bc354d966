"""`durable-workflow db`: what it finds, what it copies, when it refuses."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from durable_workflow.server.clock import SystemClock
from durable_workflow.server.store import Store, _migrations
from durable_workflow.sync import Client
from durable_workflow.testing import dev_server

WORKFLOW = "INSERT INTO workflows VALUES (?, 'n', 't', 'gone', 1, 1.0)"


def run(*arguments: str, folder: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "durable_workflow", "db", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=folder, **options)
    assert "Traceback" not in done.stderr
    return done


def start(url: str, *names: str) -> None:
    with Client(url) as client:
        for name in names:
            client.start_workflow(workflow_type="t", task_queue="q", workflow_id=name)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The file of a server that has been stopped."""
    path = tmp_path / "durable-workflow.sqlite"
    with dev_server(str(path)) as url:
        start(url, "a", "b")
    return path


def changed(path: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_sound_file(database: Path) -> None:
    before = database.read_bytes()
    done = run("check", folder=database.parent)
    assert done.returncode == 0, done
    version = _migrations.LATEST
    assert done.stdout == f"durable-workflow.sqlite: sound (schema {version}, 2 runs, 4 events)\n"
    assert done.stderr == ""
    done = run("check", "--db", str(database), "--json", folder=database.parent)
    told = json.loads(done.stdout)
    assert (done.returncode, told["sound"], told["runs"], told["events"]) == (0, True, 2, 4)
    assert (told["database"], told["schema_version"]) == (str(database), version)
    assert told["damages"] == told["problems"] == told["setbacks"] == []
    assert database.read_bytes() == before


def test_rows_that_break_a_rule_are_named(database: Path) -> None:
    changed(
        database,
        "DELETE FROM events WHERE run_id IN (SELECT current_run_id FROM workflows WHERE workflow_id = 'a')",
        "INSERT INTO setbacks VALUES ('timer', 'x-1', 7, 'ValueError: no', 1.0, 2.0)",
    )
    done = run("check", folder=database.parent)
    assert done.returncode == 1
    assert "gapless_history: " in done.stdout
    assert "set back: timer x-1 failed 7 times: ValueError: no\n" in done.stdout
    assert "NOT SOUND" in done.stderr
    told = json.loads(run("check", "--json", folder=database.parent).stdout)
    assert told["sound"] is False
    assert {problem["rule"] for problem in told["problems"]} >= {"gapless_history"}
    assert told["setbacks"][0]["item"] == "x-1"


def test_damage_of_the_file_is_found(database: Path) -> None:
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as connection:
        page, size = (connection.execute(q).fetchone()[0] for q in ("PRAGMA page_count", "PRAGMA page_size"))
    with database.open("r+b") as file:
        file.seek((page // 2) * size)
        file.write(b"\xaa" * size)
    done = run("check", "--json", folder=database.parent)
    assert done.returncode == 1
    assert json.loads(done.stdout)["damages"]
    said = run("check", folder=database.parent)
    assert said.stdout.startswith("damage: ")
    assert "restore a backup" in said.stderr
    copied = run("backup", "copy.sqlite", folder=database.parent)
    assert (copied.returncode, "is damaged" in copied.stderr) == (2, True)
    assert sorted(path.name for path in database.parent.glob("copy*")) == []


@pytest.mark.parametrize("command", [("check",), ("backup", "copy.sqlite"), ("vacuum",)])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "is not there"),
        (b"", "is empty"),
        (b"this is no database at all " * 100, "is not a database of this server"),
        ("CREATE TABLE theirs (x)", "not one of this server"),
    ],
)
def test_what_is_no_database_of_a_server(
    tmp_path: Path, command: tuple[str, ...], content: bytes | str | None, words: str
) -> None:
    path = tmp_path / "durable-workflow.sqlite"
    if isinstance(content, str):
        changed(path, content)
    elif content is not None:
        path.write_bytes(content)
    done = run(*command, folder=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "copy.sqlite").exists()
    assert path.exists() is (content is not None), "nothing is made"


def test_a_newer_file_is_left_alone(database: Path) -> None:
    changed(database, f"INSERT INTO schema_migrations VALUES ({_migrations.LATEST + 1}, 1.0)")
    for command in (("check",), ("backup", "copy.sqlite"), ("vacuum",)):
        done = run(*command, folder=database.parent)
        assert (done.returncode, "upgrade durable-workflow" in done.stderr) == (2, True)


def old_file(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {_migrations.APPLICATION_ID}")
        connection.execute(
            "CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, applied_at REAL NOT NULL)"
        )
        for statement in (*_migrations.STEPS[0], "INSERT INTO schema_migrations VALUES (1, 1.0)"):
            connection.execute(statement)
        connection.execute(WORKFLOW, ("lonely",))


def test_an_older_file_is_checked_as_it_will_be_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "durable-workflow.sqlite"
    old_file(path)
    before = path.read_bytes()
    told = json.loads(run("check", "--json", folder=tmp_path).stdout)
    assert told["schema_version"] == 1
    assert [(problem["rule"], problem["where"]) for problem in told["problems"]] == [("newest_run", "lonely")]
    assert path.read_bytes() == before


def test_a_running_server_is_checked_and_copied_but_not_shrunk(tmp_path: Path) -> None:
    path = tmp_path / "durable-workflow.sqlite"
    with dev_server(str(path)) as url:
        start(url, *map(str, range(20)))
        assert run("check", folder=tmp_path).returncode == 0
        done = run("backup", "copy.sqlite", folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        start(url, "later")
        refused = run("vacuum", folder=tmp_path)
        assert refused.returncode == 2
        assert f"is in use by another server (process {os.getpid()}); stop it" in refused.stderr
        assert refused.stderr.count("\n") == 1
    with dev_server(str(tmp_path / "copy.sqlite")) as url, Client(url) as client:
        assert len(client.list_workflows(page_size=100).executions) == 20
    assert sorted(path.name for path in tmp_path.glob("*partial*")) == []


async def test_a_copy_under_load_is_of_one_moment(tmp_path: Path) -> None:
    """Each transaction writes two rows; a copy must never hold one of them alone."""
    path = tmp_path / "durable-workflow.sqlite"
    store = Store.open(str(path), SystemClock())
    stop = asyncio.Event()

    async def load() -> int:
        number = 0
        while not stop.is_set():
            pair = [(f"{number}-{side}",) for side in "ab"]
            await store.write(lambda tx, pair=pair: [tx.execute(WORKFLOW, key) for key in pair] and None)
            number += 1
        return number

    loading = asyncio.create_task(load())
    for turn in range(3):
        done = await asyncio.to_thread(run, "backup", f"copy-{turn}.sqlite", folder=tmp_path)
        assert done.returncode == 0, done
    stop.set()
    written = await loading
    await store.close()
    counts = []
    for turn in range(3):
        with contextlib.closing(sqlite3.connect(tmp_path / f"copy-{turn}.sqlite")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (count,) = connection.execute("SELECT count(*) FROM workflows").fetchone()
            assert connection.execute(
                "SELECT count(DISTINCT substr(workflow_id, 1, instr(workflow_id, '-'))) FROM workflows"
            ).fetchone() == (count // 2,)
            counts.append(count)
    assert counts == sorted(counts)
    assert 0 < counts[0] < counts[2] <= 2 * written


def test_a_copy_overwrites_nothing_unless_it_is_told(database: Path) -> None:
    target = database.parent / "copy.sqlite"
    target.write_text("precious")
    done = run("backup", "copy.sqlite", folder=database.parent)
    assert (done.returncode, "exists already" in done.stderr) == (2, True)
    assert target.read_text() == "precious"
    done = run("backup", "--force", "--json", "copy.sqlite", folder=database.parent)
    assert done.returncode == 0
    assert json.loads(done.stdout)["bytes"] == target.stat().st_size
    assert run("check", "--db", "copy.sqlite", folder=database.parent).returncode == 0


@pytest.mark.parametrize("target", ["durable-workflow.sqlite", "./durable-workflow.sqlite"])
def test_a_database_is_not_copied_over_itself(database: Path, target: str) -> None:
    before = database.read_bytes()
    done = run("backup", "--force", target, folder=database.parent)
    assert (done.returncode, "is the database itself" in done.stderr) == (2, True)
    assert database.read_bytes() == before


@pytest.mark.parametrize("target", ["missing/copy.sqlite", "."])
def test_a_target_that_cannot_be_written_is_said(database: Path, target: str) -> None:
    done = run("backup", target, folder=database.parent)
    assert done.returncode == 2
    assert target in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_copy_for_which_there_is_no_room_leaves_nothing(database: Path) -> None:
    def cramped() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    done = run("backup", "copy.sqlite", folder=database.parent, preexec_fn=cramped)
    assert done.returncode == 2
    assert "copy.sqlite" in done.stderr
    assert list(database.parent.glob("copy*")) == []


def test_vacuum_gives_space_back_and_keeps_the_rest(database: Path) -> None:
    fill = "INSERT INTO facts VALUES ('fill', hex(zeroblob(2000000)))"
    changed(database, fill, "DELETE FROM facts WHERE name = 'fill'")
    done = run("vacuum", "--json", folder=database.parent)
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["bytes_before"] > 4_000_000 > 1_000_000 > told["bytes_after"] == database.stat().st_size
    assert run("check", folder=database.parent).returncode == 0
    said = run("vacuum", folder=database.parent)
    assert said.stdout.startswith("durable-workflow.sqlite: ")


def test_help_tells_the_exit_codes(tmp_path: Path) -> None:
    told = run("--help", folder=tmp_path).stdout
    for words in ("check", "backup", "vacuum", "Exit codes: 0", "could not do its"):
        assert words in told
