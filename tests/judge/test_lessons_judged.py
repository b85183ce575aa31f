"""Every lesson through the judge, as a submission: the reference answers get full marks, the untouched release none."""

import sys
from dataclasses import replace

import nbformat
import pytest

from course_tools.demo import answer_notebook
from course_tools.grading.workers import Worker, task_of
from course_tools.judge.outcome import outcomes
from course_tools.judge.sandbox import Limits
from course_tools.syllabus import written

BOOKS = [book for book in written() if book.runs_here]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the judge forks, on Linux only")


@pytest.fixture(scope="module")
def host():
    host = Worker("try", Limits())
    yield host
    host.close()


def judged(host, book, text):
    result = host.judge(task_of(book, text, book.name))
    assert result.notes == []
    return list(outcomes(nbformat.reads(result.notebook, 4)))


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.id)
def test_reference_answers_get_full_marks(host, book, tmp_path):
    answer_notebook(book, tmp_path / "answer.ipynb")
    found = judged(host, book, (tmp_path / "answer.ipynb").read_text(encoding="utf-8"))
    assert [(each.name, each.message) for each in found if each.message != "passed"] == []


def test_a_lesson_whose_package_is_missing_is_not_judged(host):
    task = task_of(BOOKS[0], BOOKS[0].release.read_text(encoding="utf-8"), BOOKS[0].name)
    result = host.judge(replace(task, needs="no_such_package"))
    assert (result.notebook, result.late) == ("", False)
    assert result.problem.endswith("needs no_such_package: pip install no_such_package, then grade it again")


@pytest.mark.parametrize("missing", ["Tensor", "Module", "topological_order"])
def test_a_class_that_is_missing_costs_its_own_points_alone(host, missing, tmp_path):
    book = next(book for book in written() if book.id.endswith("04_build_a_framework"))
    answer_notebook(book, tmp_path / "answer.ipynb")
    notebook, released = nbformat.read(tmp_path / "answer.ipynb", 4), nbformat.read(book.release, 4)
    for cell, stub in zip(notebook.cells, released.cells, strict=True):
        if stub.metadata.get("nbgrader", {}).get("grade_id") == missing:
            cell.source = stub.source
    found = judged(host, book, nbformat.writes(notebook))
    assert [each.name for each in found if not each.score] == [missing]


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.id)
def test_the_untouched_release_gets_nothing(host, book):
    found = judged(host, book, book.release.read_text(encoding="utf-8"))
    assert sum(each.score for each in found) == 0
    assert all("still a stub" in each.message for each in found)
