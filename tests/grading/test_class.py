"""A week of the course as a class lives it, through nbgrader's own commands and its exchange."""

import csv
import subprocess
import sys

import pytest

from course_tools.demo import answer_notebook
from course_tools.syllabus import load
from tests.conftest import environment_of

WEEK = "week2_neural_network_basics"


@pytest.fixture(scope="module")
def nbgrader(clone):
    subprocess.run([sys.executable, "-m", "course_tools", "build"], cwd=clone, env=environment_of(clone), check=True)
    (clone / "exchange").mkdir()

    def run(*arguments):
        command = [sys.executable, "-m", "nbgrader", *arguments]
        folder = clone / "course1_nn"
        done = subprocess.run(
            command, cwd=folder, env=environment_of(clone), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    return run


def test_release_fetch_answer_submit_collect_autograde_feedback(clone, nbgrader):
    nbgrader("release_assignment", WEEK)
    nbgrader("fetch_assignment", WEEK)
    handed_out = clone / "workspace" / "course1_nn" / WEEK
    books = [book for week in load(clone)[0].weeks if week.id == WEEK for book in week.notebooks]
    assert sorted(path.name for path in handed_out.glob("*.ipynb")) == [f"{book.name}.ipynb" for book in books]

    for book in books:
        answer_notebook(book, handed_out / f"{book.name}.ipynb", mistakes=("sigmoid", "backpropagate"))
    (handed_out / "drawing.html").write_text("<script>alert(1)</script>")
    nbgrader("submit", WEEK)
    nbgrader("collect", WEEK)
    nbgrader("autograde", WEEK)
    [graded] = (clone / "course1_nn" / "autograded").glob(f"*/{WEEK}")
    assert not list(graded.glob("*.html")), "Formgrader would serve it with the instructor's rights"
    nbgrader("generate_feedback", WEEK)
    nbgrader("release_feedback", WEEK)
    nbgrader("fetch_feedback", WEEK)

    pages = {path.stem: path.read_text(encoding="utf-8") for path in handed_out.glob("feedback/*/*.html")}
    assert sorted(pages) == [book.name for book in books]
    assert not any("HIDDEN TESTS" in page or "://" in page for page in pages.values())
    assert "not finite" in pages["01_logistic_regression"]

    nbgrader("export")
    with (clone / "course1_nn" / "grades.csv").open() as file:
        [grades] = [row for row in csv.DictReader(file) if row["assignment"] == WEEK]
    lost = 2 + 3  # the points of sigmoid and of backpropagate
    assert float(grades["score"]) == float(grades["max_score"]) - lost
