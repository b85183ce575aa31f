"""A class graded by workers: resumed after any death, on a cluster, in PostgreSQL, as an instructor lives with it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course_tools import gradebook
from course_tools.build import build
from course_tools.classwork import Class, _alone
from course_tools.demo import answer_notebook
from course_tools.judge.sandbox import Limits
from course_tools.nbgrader_runs import RunFailed
from course_tools.pool import Host, NoWorker, hired

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a class is graded on Linux")
STUDENTS = [f"student{number}" for number in range(8)]
RUN = """
import sys
from pathlib import Path
from course_tools.classwork import Class, _alone
from course_tools.judge.sandbox import Limits
from course_tools.pool import hired
if __name__ == "__main__":
    root, db = Path(sys.argv[1]), sys.argv[2] or None
    with hired(2, None, "isolate", Limits()) as judged:
        Class([root / "course1_nn" / "submitted"], db, root).grade(judged, print)
"""


@pytest.fixture
def course(project, book):
    """Eight students' submissions, each second one with a mistake."""
    build(project)
    for number, student in enumerate(STUDENTS):
        path = submission(book, student)
        path.parent.mkdir(parents=True)
        answer_notebook(book, path, mistakes=("double",) if number % 2 else ())
    return book


def submission(book, student) -> Path:
    return book.root / "course1_nn" / "submitted" / student / book.week / f"{book.name}.ipynb"


def grade(book, db=None, workers=1, scheduler=None, how="isolate"):
    this, lines = Class([book.root / "course1_nn" / "submitted"], db, book.root), []
    with hired(workers, scheduler, how, Limits()) as judged:
        this.grade(judged, lines.append)
    this.lines = lines
    return this


def scores(book, db=None):
    return {student: sum(s for _, s, _ in gradebook.scores(book, student, db)) for student in STUDENTS}


RIGHT = {student: 1.0 if number % 2 else 3.0 for number, student in enumerate(STUDENTS)}


def started(book, db=""):
    command = [sys.executable, "-c", RUN, str(book.root), db]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def recorded(book):
    return len(list((book.root / "course1_nn" / ".graded").rglob(book.name)))


def processes(pattern):
    return [int(pid) for pid in subprocess.run(["pgrep", "-f", pattern], capture_output=True, text=True).stdout.split()]


def children_of(pid, pattern):
    found = subprocess.run(["pgrep", "-P", str(pid), "-f", pattern], capture_output=True, text=True).stdout
    return [int(each) for each in found.split()]


def test_a_class_is_graded_once_and_again_only_where_it_changed(course):
    first = grade(course, workers=2)
    assert (first.graded, first.unchanged, first.problems) == (8, 0, [])
    assert scores(course) == RIGHT
    assert "the student is new in the gradebook" in first.lines[0]
    answer_notebook(course, submission(course, "student1"))
    second = grade(course)
    assert (second.graded, second.unchanged) == (1, 7)
    assert scores(course) == RIGHT | {"student1": 3.0}
    assert second.lines == ["student1  week1/01_double  3 / 3"]


def test_what_stands_elsewhere_or_cannot_be_named_is_said_and_stops_nothing(course):
    astray = submission(course, "student0").parents[1] / f"{course.name}.ipynb"
    deeper = submission(course, "student0").parent / course.name / "mine.ipynb"
    odd = submission(course, "[a]")
    for path in (astray, deeper, odd):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(submission(course, "student0").read_bytes())
    run = grade(course)
    assert run.graded == 8 and scores(course) == RIGHT
    problems = {line.split(".ipynb")[0].rsplit("/", 1)[1]: line for line in run.problems}
    assert len(run.problems) == 3 and "so it was left alone" in problems["mine"]
    assert any("rename the folder" in line for line in run.problems)


def test_odd_names_files_and_timestamps_stop_nothing(course):
    for student in ("a\nb", "\x1b[2J", os.fsdecode(b"\xd5\xc5")):
        submission(course, student).parent.mkdir(parents=True)
        submission(course, student).write_bytes(submission(course, "student0").read_bytes())
    for student in ("pipe", "large"):
        submission(course, student).parent.mkdir(parents=True)
    os.mkfifo(submission(course, "pipe"))
    with submission(course, "large").open("wb") as file:
        file.truncate(65 * 2**20)
    for student, stamp in (
        ("student0", b"\xff"),
        ("student1", b"yesterday"),
        ("student2", b"99999-01-01 00:00:00 UTC"),
    ):
        submission(course, student).with_name("timestamp.txt").write_bytes(stamp)
    run = grade(course)
    assert run.graded == 8 and scores(course) == RIGHT
    assert all(line.isprintable() for line in run.problems) and len(run.problems) == 5
    assert sum("rename the folder" in line for line in run.problems) == 3
    assert any("is not a file" in line for line in run.problems)
    assert any("is larger than 64 MiB" in line for line in run.problems)


def test_work_handed_in_while_a_run_goes_on_is_graded_by_the_next(course):
    this = Class([course.root / "course1_nn" / "submitted"], root=course.root)
    with hired(1, None, "isolate", Limits()) as judged:

        def meanwhile(tasks):
            for number, found in enumerate(judged(tasks)):
                if number == 0:
                    answer_notebook(course, submission(course, found[0][0].student), mistakes=("quadruple",))
                    changed.append(found[0][0].student)
                yield found

        changed = []
        this.grade(meanwhile, lambda line: None)
    assert (grade(course).graded, scores(course)[changed[0]]) == (1, 2.0)


def test_a_run_that_is_killed_goes_on_where_it_was(course):
    for after in (1, 4):
        run = started(course)
        wait_for(lambda after=after: recorded(course) >= after)
        os.killpg(run.pid, signal.SIGKILL) if after == 4 else run.kill()
        run.wait()
    wait_for(lambda: not processes("course_tools.judge.warm"), 10)
    last = grade(course)
    assert last.graded + last.unchanged == 8 and last.unchanged >= 4
    assert scores(course) == RIGHT
    with Gradebook(gradebook.url(course), course.course) as book:
        assert sorted(each.student.id for each in book.assignment_submissions(course.week)) == STUDENTS
        assert all(len(each.notebooks) == 1 for each in book.assignment_submissions(course.week))


def test_a_worker_that_is_killed_is_replaced(course):
    run = started(course)
    wait_for(lambda: recorded(course) >= 1)
    for host in children_of(run.pid, "judge.host"):
        os.kill(host, signal.SIGKILL)
    assert run.wait(timeout=90) == 0
    assert scores(course) == RIGHT


def unshared(*options, command):
    """Runs a command in a user namespace of its own, or skips the test where there is none."""
    if subprocess.run(["unshare", *options, "true"], capture_output=True).returncode:
        pytest.skip("this system grants no user namespaces")
    return subprocess.run(["unshare", *options, *command], capture_output=True, text=True, check=True).stdout


def test_an_ordinary_user_grades_as_root_does(course):
    run = [sys.executable, "-c", RUN, str(course.root), ""]
    unshared("--user", "--map-user=1000", "--map-group=1000", command=run)
    assert scores(course) == RIGHT


def test_a_system_without_namespaces_refuses_a_class_but_not_a_learners_own():
    none = "echo 0 > /proc/sys/user/max_user_namespaces; echo 0 > /proc/sys/user/max_mnt_namespaces; exec "
    for how in ("isolate", "try"):
        host = f"{none} {sys.executable} -m course_tools.judge.host {how} '{{}}' < /dev/null"
        greeting = json.loads(unshared("--user", "--map-root-user", command=["sh", "-c", host]))
        assert not greeting["isolated"] and greeting["why_not"].startswith("the kernel refuses namespaces")
    refused = Host("limit", Limits())
    try:
        with pytest.raises(NoWorker, match="cannot lock the code of submissions in .* say --no-sandbox"):
            refused.require_isolation()
    finally:
        refused.close()


def test_two_runs_do_not_write_at_once(course):
    with _alone([course]), pytest.raises(RunFailed, match="another run is grading course1_nn"):
        grade(course)
    assert grade(course).graded == 8


def test_what_the_instructor_gave_by_hand_and_lateness_stay(course):
    late = submission(course, "student0").with_name("timestamp.txt")
    late.write_text("2031-01-02 03:04:05 UTC")
    grade(course)
    with gradebook.opened(course) as book:
        grades = book.find_submission_notebook(course.name, course.week, "student1").grades
        next(each for each in grades if each.name == "double_check").manual_score = 1.5
        book.db.commit()
        assert book.find_submission(course.week, "student0").timestamp.year == 2031
    notebook = nbformat.read(submission(course, "student1"), 4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("I tried again."))
    nbformat.write(notebook, submission(course, "student1"))
    assert grade(course).graded == 1
    assert scores(course)["student1"] == 2.5


def test_a_notebook_that_is_missing_counts_zero_and_comes_back(course):
    grade(course)
    gone = submission(course, "student2").rename(course.root / "kept.ipynb")
    assert grade(course).graded == 0
    assert scores(course) == RIGHT
    gone.rename(submission(course, "student2"))
    assert grade(course).unchanged == 8


def test_a_class_on_a_cluster(course):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        run = grade(course, scheduler=cluster.scheduler_address)
    assert (run.graded, run.problems) == (8, [])
    assert scores(course) == RIGHT


def test_a_cluster_that_is_not_there_is_said():
    pytest.importorskip("distributed")
    with pytest.raises(NoWorker, match="no Dask scheduler answers at tcp://127.0.0.1:9"):
        with hired(1, "tcp://127.0.0.1:9", "isolate", Limits()) as judged:
            list(judged([("key", {})]))


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory):
    """A PostgreSQL server of the tests' own on loopback; its control command and address."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not found:
        pytest.skip("no PostgreSQL server is installed (apt install postgresql)")
    psycopg = pytest.importorskip("psycopg")
    folder = tmp_path_factory.mktemp("postgresql")
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        # The server does not run as root, and its user must reach the folder.
        for parent in [folder, *folder.parents][:-1]:
            parent.chmod(parent.stat().st_mode | 0o111)
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
