"""An answer that is lent in the place of a wrong one serves the check, and is no oracle for everything else."""

import sys

import nbformat
import pytest

from course_tools.authoring.build import build
from course_tools.grading.workers import Worker, task_of
from course_tools.judge.box import LENT
from course_tools.judge.outcome import outcomes
from course_tools.judge.sandbox import Limits

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the judge forks, on Linux only")


@pytest.mark.parametrize("calls, points", [(1000, 1), (LENT, 0)])
def test_what_is_lent_answers_so_often_and_no_more(project, book, calls, points):
    build(project)
    answers = {
        "double": "def double(x):\n    return 3 * x",
        "quadruple": f"def quadruple(x):\n    for number in range({calls}):\n        double(number)\n"
        "    return double(double(x))",
    }
    notebook = nbformat.read(book.source, 4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    worker = Worker("try", Limits())
    result = worker.judge(task_of(book, nbformat.writes(notebook), book.name))
    worker.close()
    (quadruple,) = [each for each in outcomes(nbformat.reads(result.notebook, 4)) if each.name == "quadruple"]
    assert quadruple.score == points
