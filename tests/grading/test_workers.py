"""The workers that grade a class: resumed after any death, on a cluster, in PostgreSQL, for root and others."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course_tools.grading import gradebook
from course_tools.grading.classwork import ClassRun
from course_tools.grading.record import record
from course_tools.grading.workers import NoWorker, Worker, hired, task_of
from course_tools.judge import worker as host_process
from course_tools.judge.outcome import outcomes
from course_tools.judge.sandbox import Limits
from course_tools.nbgrader_runs import RunFailed
from tests.classroom import (
    ORDINARY,
    RIGHT,
    STUDENTS,
    alive,
    children_of,
    grade,
    only_child_of,
    recorded,
    run_of,
    scores,
    started,
    submission,
    unshared,
    wait_for,
)
from tests.judge import attacks

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a class is graded on Linux")


def test_a_run_that_is_killed_goes_on_where_it_was(course):
    for after in (1, 4):
        run = started(course)
        wait_for(lambda after=after: recorded(course) >= after)
        hosts = children_of(run.pid, "judge.worker")
        started_by_it = hosts + [warm for host in hosts for warm in children_of(host)]
        os.killpg(run.pid, signal.SIGKILL) if after == 4 else run.kill()
        run.wait()
        wait_for(lambda gone=started_by_it: not any(map(alive, gone)), 10)
    last = grade(course)
    assert last.graded + last.unchanged == 8 and last.unchanged >= 4
    assert scores(course) == RIGHT
    with Gradebook(gradebook.url(course), course.course) as book:
        assert sorted(each.student.id for each in book.assignment_submissions(course.week)) == STUDENTS
        assert all(len(each.notebooks) == 1 for each in book.assignment_submissions(course.week))


def test_a_worker_that_is_killed_is_replaced(course):
    run = started(course)
    wait_for(lambda: recorded(course) >= 1)
    for host in children_of(run.pid, "judge.worker"):
        os.kill(host, signal.SIGKILL)
    assert run.wait(timeout=90) == 0
    assert scores(course) == RIGHT


def test_no_learner_is_charged_with_the_end_of_the_warm_process(course):
    notebook = nbformat.read(submission(course, "student0"), 4)
    last = next(cell for cell in reversed(notebook.cells) if cell.source.startswith("def quadruple"))
    last.source = "import time\ndef quadruple(x):\n    time.sleep(0.7)\n    return 4 * x"
    task = task_of(course, nbformat.writes(notebook), "student0")
    host = Worker("isolate", Limits())
    try:
        host.require_isolation()
        warm = only_child_of(host._process.pid)
        with ThreadPoolExecutor() as thread:
            result = thread.submit(host.judge, task)
            time.sleep(0.7)
            supervisor = only_child_of(warm)
            for process in [warm, *children_of(supervisor), supervisor]:
                os.kill(process, signal.SIGKILL)
            judged = nbformat.reads(result.result().notebook, 4)
        assert [outcome.message for outcome in outcomes(judged)] == ["passed", "passed"]
        warm = only_child_of(host._process.pid)
        os.kill(warm, signal.SIGKILL)
        quick = task_of(course, submission(course, "student0").read_text(), "student0")
        assert host.judge(quick).notebook
        os.kill(host._process.pid, signal.SIGKILL)
        assert host.judge(quick).notebook
    finally:
        host.close()


def test_an_ordinary_user_grades_as_root_does(course):
    unshared(*ORDINARY, command=run_of(course))
    assert scores(course) == RIGHT


def test_who_keeps_new_files_from_others_can_grade(course):
    before = os.umask(0o077)
    try:
        assert grade(course).graded == 8
    finally:
        os.umask(before)
    assert scores(course) == RIGHT


def test_a_full_disk_is_said_in_one_line(course, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("course_tools.grading.classwork.record", full)
    monkeypatch.setattr("course_tools.grading.classwork.time.sleep", lambda seconds: None)
    with pytest.raises(RunFailed, match="student0.* cannot be recorded: .*No space left .*; run the command again"):
        grade(course)


def test_one_that_cannot_be_recorded_does_not_stop_the_others(course, monkeypatch):
    def choosy(book, student, *arguments):
        if student == "student2":
            raise RunFailed("nbgrader has a bad day")
        record(book, student, *arguments)

    monkeypatch.setattr("course_tools.grading.classwork.record", choosy)
    monkeypatch.setattr("course_tools.grading.classwork.time.sleep", lambda seconds: None)
    run = grade(course)
    assert run.graded == 7 and len(run.problems) == 1
    assert "student2" in run.problems[0] and "a bad day" in run.problems[0]


def test_a_course_that_lies_where_everybody_can_read_is_refused(monkeypatch):
    monkeypatch.setattr(host_process, "ROOT", Path("/usr/share/course"))
    assert "the course lies in /usr, which they can read" in host_process._why_not_isolated(None)


@pytest.mark.parametrize("db", ["postgresql://grader:secret@127.0.0.1:1/none", "nonsense", "sqlite:////none/at/all.db"])
def test_a_gradebook_that_cannot_be_used_is_said_in_one_line(course, db):
    with pytest.raises(RunFailed, match=r"^the gradebook of --db cannot be used: .*$") as failed:
        grade(course, db)
    assert "secret" not in failed.value.message


def test_a_system_without_namespaces_refuses_a_class_but_not_a_learners_own():
    none = "echo 0 > /proc/sys/user/max_user_namespaces; echo 0 > /proc/sys/user/max_mnt_namespaces; exec "
    for how in ("isolate", "try"):
        host = f"{none} {sys.executable} -m course_tools.judge.worker {how} '{{}}' < /dev/null"
        greeting = json.loads(unshared("--user", "--map-root-user", command=["sh", "-c", host]))
        assert not greeting["isolated"] and greeting["why_not"].startswith("the kernel refuses namespaces")
    refused = Worker("limit", Limits())
    try:
        with pytest.raises(NoWorker, match="cannot lock the code of submissions in .* say --no-sandbox"):
            refused.require_isolation()
    finally:
        refused.close()


@pytest.fixture(scope="module")
def postgresql():
    """A PostgreSQL server of the tests' own on loopback; its control command and address."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not found:
        pytest.skip("no PostgreSQL server is installed (apt install postgresql)")
    psycopg = pytest.importorskip("psycopg")
    # Not below pytest's own folder, which each run of pytest closes to others: the server does not run as root.
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        subprocess.run(["chown", "postgres", folder], check=True)
    data, port = folder / "data", 54329
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"

    def control(*arguments):
        command = [*as_user, str(found[-1]), "-D", str(data), *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    control("init", "-o", "--auth=trust --username=grader --encoding=UTF8")
    control("-w", "-o", options, "-l", str(folder / "log"), "start")
    admin = f"postgresql://grader@127.0.0.1:{port}/postgres"

    def fresh(name):
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f"create database {name}")
        return admin.replace("/postgres", f"/{name}")

    yield lambda: control("-w", "-m", "immediate", "-o", options, "-l", str(folder / "log"), "restart"), fresh
    control("-m", "immediate", "stop")
    shutil.rmtree(folder)


def test_a_class_in_postgresql_that_restarts_meanwhile(course, postgresql):
    restart, fresh = postgresql
    db = fresh("class")
    run = started(course, db)
    wait_for(lambda: recorded(course) >= 2)
    restart()
    run.wait(timeout=120)
    last = grade(course, db)
    assert (last.graded + last.unchanged, last.problems) == (8, [])
    assert scores(course, db) == RIGHT
    assert not (course.root / "course1_nn" / "gradebook.db").exists()


HOG = """def double(x):
    return x

import os, time
for _ in range(12):
    if os.fork() == 0:
        os.setsid()
        while True:
            pass
time.sleep(4)
"""
BUSY = """import time
begun = time.process_time()
while time.process_time() - begun < 1.2:
    pass
def double(x):
    return 2 * x
"""


def test_a_hog_costs_nobody_else_points(course):
    limits = Limits(seconds=4)
    for number in range(4):
        for student, answer in ((f"student{2 * number}", BUSY), (f"student{2 * number + 1}", HOG)):
            notebook = nbformat.read(submission(course, student), 4)
            attacks.cell(notebook, "double").source = answer
            nbformat.write(notebook, submission(course, student))
    this = ClassRun([course.root / "course1_nn" / "submitted"], None, course.root)
    with hired(2, "isolate", limits) as judge:
        this.grade(judge, lambda line: None)
    assert [scores(course)[f"student{2 * number}"] for number in range(4)] == [3.0] * 4
