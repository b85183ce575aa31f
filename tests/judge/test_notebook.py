"""A whole notebook under the judge: what of it is kept."""

import sys

import nbformat
import pytest

from course_tools.authoring.build import build
from course_tools.grading.workers import Worker, task_of
from course_tools.judge.notebook import SHOWN
from course_tools.judge.sandbox import Limits

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="learners' code is locked in on Linux only")


@pytest.mark.parametrize("letter", ["x", "\N{GRINNING FACE}"])
def test_the_outputs_of_a_notebook_are_bounded_in_bytes(book, letter):
    build(book.root)
    notebook = nbformat.read(book.source, 4)
    notebook.cells += [nbformat.v4.new_code_cell(f"print({letter!r} * 1_000_000)") for _ in range(12)]
    worker = Worker("try", Limits())
    result = worker.judge(task_of(book, nbformat.writes(notebook), "mine.ipynb"))
    worker.close()
    last = nbformat.reads(result.notebook, 4).cells[-1].outputs[0]
    assert last.evalue == f"not kept: a notebook may show {SHOWN:,} bytes in all"
    assert SHOWN / 2 < len(result.notebook.encode()) < SHOWN + 2**20
