"""Cells that wait for an exercise, in a real kernel."""

import subprocess
import sys

import pytest
from jupyter_client.manager import start_new_kernel
from nbconvert.filters import strip_ansi

from course_tools.syllabus import ROOT
from tests.conftest import environment_of

STUBS = '''from shared_utils import checks

def cost(w):
    """The cost."""
    # 1. Square.
    raise NotImplementedError

class Layer:
    def forward(self, x):
        raise NotImplementedError

def mean(unused):
    return sum(costs) / 2
'''
FIRST = ("error", "This cell waits for `cost`: write it first.")
LATER = ("error", "This cell waits for an earlier one, which waits for `cost`: write it, then run both.")


@pytest.fixture(scope="module")
def kernel():
    manager, client = start_new_kernel(cwd=str(ROOT), env=environment_of(ROOT))
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture
def run(kernel):
    def run(source):
        """Runs a cell; gives the status that the kernel replies, and the traceback as text."""
        shown = []
        reply = kernel.execute_interactive(source, output_hook=shown.append, timeout=30)["content"]
        errors = [message["content"] for message in shown if message["msg_type"] == "error"]
        return reply["status"], strip_ansi("\n".join(line for error in errors for line in error["traceback"]))

    assert run("%reset -f") == ("ok", "")
    assert run(STUBS) == ("ok", "")
    return run


def test_a_cell_that_calls_a_stub_says_what_it_waits_for(run):
    assert run("print(cost(3))") == FIRST
    assert run("sorted([2, 1], key=cost)") == FIRST
    assert run("Layer().forward(1)") == ("error", "This cell waits for `Layer.forward`: write it first.")


@pytest.mark.parametrize("later", ["print(costs)", "mean(costs)", "mean(0)", "low", "f()", "last", "[w for w in W]"])
def test_a_cell_that_needs_a_waiting_one_says_so(run, later):
    cell = "%time first = 1\ncosts, W = [cost(w) for w in (1, 2)], 3\nlow: int = 4\ndef f(): pass\nfor last in W: pass"
    assert run(cell) == FIRST
    assert run(later) == LATER


def test_what_waits_for_a_waiting_cell_is_waited_for_too(run):
    assert run("costs = [cost(1)]") == FIRST
    assert run("lowest = min(costs)") == LATER
    assert run("print(lowest)") == LATER


def test_it_is_over_when_the_exercise_is_written(run):
    assert run("late = cost(2)") == FIRST
    assert run("def cost(w): return w") == ("ok", "")
    assert run("late = cost(2)") == ("ok", "")
    assert run("print(late)") == ("ok", "")


@pytest.mark.parametrize(
    "source, error",
    [
        ("print(nowhere)", "NameError: name 'nowhere' is not defined"),
        ("raise NotImplementedError", "NotImplementedError"),
        ("import asyncio\nasyncio.AbstractEventLoop().run_forever()", "NotImplementedError"),
        ("def f():\n    print(x)\n    x = 1\nf()", "UnboundLocalError"),
        ("def f():\n    raise NotImplementedError('not for strings')\nf()", "NotImplementedError: not for strings"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
    ],
)
def test_other_errors_are_shown_as_before(run, source, error):
    status, shown = run(source)
    assert status == "error" and error in shown and "Traceback" in shown and "waits" not in shown


def test_a_check_of_a_stub_says_what_it_said(run):
    source = 'with checks.exercise("cost"):\n    checks.equal("cost(1)", cost(1), 1)'
    assert run(source)[1].startswith("CheckFailed: cost is still a stub")


def test_plain_python_shows_its_tracebacks():
    command = [sys.executable, "-c", STUBS + "cost(1)"]
    done = subprocess.run(command, env=environment_of(ROOT), capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("Traceback")
