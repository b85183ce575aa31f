"""Time: whatever a cell does has one deadline, and a worker that does not come back is replaced."""

import os
import signal
import sys
import time
from dataclasses import replace

import nbformat
import pytest

from course_tools.authoring.build import build
from course_tools.grading.workers import Worker, task_of
from course_tools.judge.outcome import outcomes
from course_tools.judge.sandbox import Limits
from tests.judge import attacks

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="learners' code is locked in on Linux only")
FIND = """
import gc, time
from course_tools.judge.peer import Peer
peer = next(each for each in gc.get_objects() if isinstance(each, Peer))
"""


@pytest.fixture
def task(book):
    build(book.root)

    def task(double):
        notebook = nbformat.read(book.release, 4)
        attacks.cell(notebook, "double").source = double
        return task_of(book, nbformat.writes(notebook), "mine.ipynb")

    return task


ASKS = """
while True:
    try:
        peer.ask(["get", ["judge", "quadruple", None, "function"], "x"])
    except Exception:
        pass
"""
TRICKLES = """
peer._connection.sendall((2**27).to_bytes(8, "big"))
while True:
    peer._connection.sendall(b"0")
    time.sleep(0.001)
"""


@pytest.mark.parametrize("talk", [ASKS, TRICKLES])
def test_a_cell_that_keeps_talking_is_late_as_well(task, talk):
    worker, begun = Worker("try", Limits(seconds=2)), time.monotonic()
    result = worker.judge(task(f"{FIND}{talk}\ndef double(x):\n    return 2 * x"))
    assert time.monotonic() - begun < 40
    worker.close()
    scores = {each.name: each.score for each in outcomes(nbformat.reads(result.notebook, 4))}
    assert result.late and scores["double"] == 0


def test_a_worker_that_does_not_come_back_is_replaced(task, monkeypatch):
    monkeypatch.setattr("course_tools.grading.workers.READING", 0)
    monkeypatch.setattr("course_tools.grading.workers.CELLS", 1)
    worker = Worker("try", Limits(seconds=2))
    worker.why_not_isolated()
    os.kill(worker._process.pid, signal.SIGSTOP)
    assert worker.judge(task(attacks.WRONG)).problem == "mine.ipynb was not judged in time; look at it by hand"
    monkeypatch.undo()
    assert worker.judge(task(attacks.WRONG)).problem == ""
    worker.close()


def test_a_first_try_is_short_and_ends_where_it_was_late(task):
    worker = Worker("isolate", Limits(seconds=20))
    try:
        started = time.monotonic()
        result = worker.judge(replace(task("def double(x):\n    while True:\n        pass"), hurried=True))
    finally:
        worker.close()
    assert result.late and time.monotonic() - started < 20
    said = [each.message for each in outcomes(nbformat.reads(result.notebook, 4))]
    assert "still running after 2 seconds" in said[0] and "not run" in said[1]
