"""What students could put into nbgrader's exchange, and what reaches `submitted/` of it."""

import logging
import os
import sys
from datetime import datetime, timedelta

import pytest

from course_tools.grading.record import SECRET
from course_tools.syllabus import Notebook
from tests.classroom import submission

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a class is graded on Linux")
exchange = pytest.importorskip("course_tools.grading.exchange")
BEGIN = datetime(2026, 1, 5, 12)


@pytest.fixture
def collect(course: Notebook, tmp_path, monkeypatch, caplog):
    """Collects from an exchange; returns what was said."""
    from nbgrader.apps import NbGrader
    from traitlets.config import Config

    inbound = tmp_path / "exchange" / "course1_nn" / "inbound"
    inbound.mkdir(parents=True)

    def hand_in(student, name=f"{course.name}.ipynb", content=b"{}", hours=0):
        folder = inbound / f"{student}+{course.week}+{BEGIN + timedelta(hours=hours)} UTC+x{hours}"
        folder.mkdir(exist_ok=True)
        if content is not None:
            (folder / name).write_bytes(content)
        return folder

    def run(owner=None):
        app = NbGrader()
        app.initialize([], root=str(course.root / "course1_nn"))
        places = {"root": str(course.root / "course1_nn"), "course_id": "course1_nn", "assignment_id": course.week}
        app.update_config(Config({"CourseDirectory": places, "Exchange": {"root": str(tmp_path / "exchange")}}))
        this = exchange.Collect(coursedir=app.coursedir, parent=app, check_owner=owner is not None)
        if owner is not None:
            monkeypatch.setattr(exchange, "_account", owner)
        this.log = logging.getLogger("collected")
        with caplog.at_level(logging.WARNING, "collected"):
            this.start()
        return "\n".join(caplog.messages)

    os.environ.pop("COURSE_EXCHANGE", None)
    run.hand_in = hand_in
    return run


def test_regular_files_are_taken_and_a_secret_made(course, collect):
    folder = collect.hand_in("zoe", content=b"mine")
    (folder / "timestamp.txt").write_text("2026-01-05 12:00:00 UTC")
    assert collect() == ""
    there = submission(course, "zoe")
    assert there.read_bytes() == b"mine" and (there.parent / "timestamp.txt").exists()
    assert len((there.parent / SECRET).read_text()) == 64


def test_no_link_is_followed(course, collect, tmp_path):
    folder = collect.hand_in("mallory", content=None)
    (folder / f"{course.name}.ipynb").symlink_to(course.source)
    os.link(submission(course, "student0"), folder / "hard.ipynb")
    os.mkfifo(folder / "pipe.ipynb")
    (folder / "deeper").mkdir()
    (tmp_path / "exchange/course1_nn/inbound" / f"eve+{course.week}+{BEGIN} UTC+y").symlink_to(folder)
    told = collect()
    assert [path.name for path in submission(course, "mallory").parent.iterdir()] == [SECRET]
    assert not submission(course, "eve").parent.exists()
    assert told.count("was left") == 5


def test_what_is_too_large_is_left_and_the_others_are_collected(course, collect):
    with (collect.hand_in("alan") / "large.ipynb").open("wb") as file:
        file.truncate(200 * 2**20)
    collect.hand_in("zoe")
    told = collect()
    assert "too large" in told and submission(course, "zoe").exists()
    assert not submission(course, "alan").with_name("large.ipynb").exists()


@pytest.mark.parametrize("name", ["alice ", " alice", "<b>", "=cmd", "a*"])
def test_odd_names_are_left(course, collect, name):
    collect.hand_in(name)
    collect.hand_in("zoe")
    assert "none of a student" in collect()
    assert submission(course, "zoe").exists()


def test_a_name_that_cannot_be_read_ends_nothing(course, collect, tmp_path):
    (tmp_path / "exchange/course1_nn/inbound" / f"zoe+{course.week}+yesterday+x").mkdir()
    collect.hand_in("yan")
    assert "was left" in collect() and submission(course, "yan").exists()


def test_nobody_hands_in_for_another(course, collect):
    collect.hand_in("alice", content=b"hers")
    forged = collect.hand_in("alice", content=b"forged", hours=5)
    forged.chmod(0o700)
    number = forged.stat().st_ino
    real = os.lstat

    def account(uid):
        return "alice"

    def lstat(path, **named):
        found = real(path, **named)
        return os.stat_result([*found[:4], 12345, *found[5:]]) if found.st_ino == number else found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exchange.os, "lstat", lstat)
        told = collect(owner=lambda uid: "mallory" if uid == 12345 else account(uid))
    assert "belongs to mallory" in told
    assert submission(course, "alice").read_bytes() == b"hers"
