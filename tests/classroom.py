"""A class of eight students for the tests, and what they ask of it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from course_tools.authoring.build import build
from course_tools.demo import answer_notebook
from course_tools.grading import gradebook
from course_tools.grading.classwork import ClassRun
from course_tools.grading.cluster import on_cluster
from course_tools.grading.workers import hired
from course_tools.judge.sandbox import Limits
from course_tools.syllabus import Notebook

STUDENTS = [f"student{number}" for number in range(8)]
# A run in a process of its own; its last line holds how many were graded, and what could not be.
RUN = """
import json, sys
from pathlib import Path
from course_tools.grading.classwork import ClassRun
from course_tools.judge.sandbox import Limits
from course_tools.grading.workers import hired
from course_tools.syllabus import Notebook
if __name__ == "__main__":
    root, db, seconds = Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3])
    this = ClassRun([root / "course1_nn" / "submitted"], db, root)
    with hired(2, "isolate", Limits(seconds=seconds)) as judge:
        this.grade(judge, print)
    print(json.dumps([this.graded, this.problems]))
"""
ORDINARY = ("--user", "--map-user=1000", "--map-group=1000")


def run_of(book: Notebook, db: str = "", seconds: int = 30) -> list[str]:
    """The command of such a run."""
    return [sys.executable, "-c", RUN, str(book.root), db, str(seconds)]


def unshared(*options, command):
    """Runs a command in a user namespace of its own, or skips the test where there is none."""
    if subprocess.run(["unshare", *options, "true"], capture_output=True).returncode:
        pytest.skip("this system grants no user namespaces")
    return subprocess.run(["unshare", *options, *command], capture_output=True, text=True, check=True).stdout


def hand_in(book: Notebook) -> None:
    """Builds the lesson's project and makes the submissions of eight students, each second one with a mistake."""
    build(book.root)
    for number, student in enumerate(STUDENTS):
        path = submission(book, student)
        path.parent.mkdir(parents=True)
        answer_notebook(book, path, mistakes=("double",) if number % 2 else ())


def submission(book, student) -> Path:
    return book.root / "course1_nn" / "submitted" / student / book.week / f"{book.name}.ipynb"


def grade(book, db=None, workers=1, scheduler=None, keys=None, how="isolate"):
    this, lines = ClassRun([book.root / "course1_nn" / "submitted"], db, book.root), []
    judges = on_cluster(scheduler, keys, how, Limits()) if scheduler else hired(workers, how, Limits())
    with judges as judge:
        this.grade(judge, lines.append)
    this.lines = lines
    return this


def recorded_scores(book: Notebook, student: str, db: str | None = None) -> list[tuple[str, float, float]]:
    """The student's (check, score, points) in a notebook, in the notebook's order; needs a graded submission."""
    with gradebook.opened(book, db) as book_of_grades:
        grades = book_of_grades.find_submission_notebook(book.name, book.week, student).grades
        found = {grade.name: (grade.score, grade.max_score) for grade in grades}
    order = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nbformat.read(book.release, 4).cells]
    return [(name, *found[name]) for name in order if name in found]


def scores(book, db=None):
    return {student: sum(s for _, s, _ in recorded_scores(book, student, db)) for student in STUDENTS}


RIGHT = {student: 1.0 if number % 2 else 3.0 for number, student in enumerate(STUDENTS)}


def started(book, db=""):
    return subprocess.Popen(
        run_of(book, db), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def recorded(book):
    return len(list((book.root / "course1_nn" / ".graded").rglob(book.name)))


def alive(pid):
    return os.path.exists(f"/proc/{pid}/exe")  # which a process that only waits to be reaped has no more


def children_of(pid, pattern=""):
    found = subprocess.run(["pgrep", "-P", str(pid), "-f", pattern], capture_output=True, text=True).stdout
    return [int(each) for each in found.split()]


def only_child_of(pid):
    # Those that have done their work may take a while to end.
    [child] = wait_for(lambda: len(children := children_of(pid)) == 1 and children)
    return child
