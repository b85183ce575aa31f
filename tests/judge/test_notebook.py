"""A whole notebook under the judge: what of it is kept, and what a learner's process has of the grader's."""

import json
import os
import stat
import sys
import time

import nbformat
import pytest

from course_tools.authoring.build import build
from course_tools.grading.workers import Worker, task_of
from course_tools.judge.notebook import SHOWN
from course_tools.judge.outcome import outcomes
from course_tools.judge.sandbox import Limits
from course_tools.judge.warm_process import ANSWERS

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


LOOKS = """
import json, os, stat, sys
kinds = []
for number in range(64):
    try:
        kinds.append(stat.S_IFMT(os.fstat(number).st_mode))
    except OSError:
        pass
cores = sorted(os.sched_getaffinity(0))
print(json.dumps({"environment": dict(os.environ), "kinds": kinds, "modules": list(sys.modules), "cores": cores}))
"""


def test_a_learners_process_has_nothing_of_the_process_that_it_is_forked_from(book, monkeypatch):
    monkeypatch.setenv("COURSE_DB", "postgresql://grader:secret@db.example.org/course1")
    build(book.root)
    notebook = nbformat.read(book.release, 4)
    core = min(os.sched_getaffinity(0))
    worker = Worker("isolate", Limits(), core)
    # The second time the worker has read a lesson and a submission.
    for _ in range(2):
        cells = [*notebook.cells, nbformat.v4.new_code_cell(LOOKS)]
        mine = nbformat.v4.new_notebook(cells=cells, metadata=notebook.metadata)
        result = worker.judge(task_of(book, nbformat.writes(mine), "mine.ipynb"))
        found = json.loads(nbformat.reads(result.notebook, 4).cells[-1].outputs[0].text)
        assert "COURSE_DB" not in found["environment"]
        # /dev/null, and the way to the check: no pipe to the grader, no file of it.
        assert set(found["kinds"]) == {stat.S_IFCHR, stat.S_IFSOCK} and found["kinds"].count(stat.S_IFSOCK) == 1
        hidden = {name for name in found["modules"] if name.startswith(ANSWERS)}
        # shared_utils.data makes its measured projects of these.
        assert hidden <= {"shared_utils.projects", "shared_utils.projects.simulator"}
        assert found["cores"] == [core]
    worker.close()


def test_a_cell_that_ends_the_process_when_it_is_started_anew_costs_the_others_nothing(book):
    build(book.root)
    notebook = nbformat.read(book.release, 4)
    double, quadruple = (
        next(cell for cell in notebook.cells if cell.source.startswith(f"def {name}"))
        for name in ("double", "quadruple")
    )
    # It goes well at first; from then on it ends the process, and so does what it defines.
    soon = f"while time.time() < {time.time() + 3}:\n        time.sleep(0.01)\n    os._exit(1)"
    double.source = f"import os, time\nif time.time() > {time.time() + 3}:\n    os._exit(1)\ndef double(x):\n    {soon}"
    quadruple.source = "def quadruple(x):\n    return 4 * x"
    worker = Worker("isolate", Limits())
    result = worker.judge(task_of(book, nbformat.writes(notebook), "mine.ipynb"))
    worker.close()
    assert [outcome.score > 0 for outcome in outcomes(nbformat.reads(result.notebook, 4))] == [False, True]
