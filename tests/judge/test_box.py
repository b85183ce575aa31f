"""One learner's process: what it is told of the arguments of its calls."""

import os
import signal
import statistics
import sys
import time
from contextlib import closing

import numpy as np
import pytest

from course_tools.judge import wire
from course_tools.judge.box import Box, Late
from course_tools.judge.sandbox import Limits
from course_tools.judge.warm import Warm

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the judge forks, on Linux only")
LIMITS = Limits(memory=64, file=8)
BY_IDENTITY = """
import numpy as np
kept = {}
def total(x):
    return kept.setdefault(id(x), (x, float(np.sum(x))))[1]
def row(x):
    return x[0]
def labelled(words, table):
    return [kept.setdefault(id(words), list(words)), table["a"]]
"""


@pytest.fixture(scope="module")
def warm():
    process = Warm(True, LIMITS)
    yield process
    process.close()


@pytest.fixture
def box(warm):
    found = Box(warm)
    yield found
    found.kill()
    found.close()


def test_what_is_the_same_array_here_is_the_same_there(box):
    box.run(BY_IDENTITY)
    total, x = box.function("total"), np.arange(4.0)
    assert total(x) == 6
    x[:] = 5
    assert total(x) == 6, "it remembers by identity, and that must show"
    assert total(x.copy()) == 20


def test_lists_and_dicts_stay_the_same_as_well(box):
    box.run(BY_IDENTITY)
    labelled, words, table = box.function("labelled"), ["b"], {"a": 1}
    assert labelled(words, table) == [["b"], 1]
    words[0], table["a"] = "c", 2
    assert labelled(words, table) == [["b"], 2]


def test_a_result_that_lies_in_an_argument_is_no_changed_result(box):
    box.run(BY_IDENTITY)
    row, x = box.function("row"), np.ones((2, 3))
    row(x)
    assert box.lent == [0]
    x[:] = 2
    assert row(x).tolist() == [2, 2, 2] and not box.stale


FORETOLD = """
import numpy as np
seen = []
def squares(x):
    seen.append(float(x[0]))
    if x[0] == 3:
        raise ValueError("no three")
    return x**2
def so_far():
    return seen
def draw(rng):
    return rng.random()
"""


def test_calls_that_are_foretold_cross_several_in_a_message(box, monkeypatch):
    box.run(FORETOLD)
    squares, many = box.function("squares"), [(np.array([k]),) for k in range(10, 40)]
    sent = []
    monkeypatch.setattr(box, "send", lambda message: sent.append(message[0]) or Box.send(box, message))
    box.foretell(squares.reference, many)
    assert [squares(*arguments).tolist() for arguments in many] == [[k * k] for k in range(10, 40)]
    assert sent == ["calls"] * 5
    box.foretell(squares.reference, many)
    assert squares(np.array([2])).tolist() == [4], "it was another call that came"


def test_a_foretold_call_that_fails_is_the_last_that_was_made_ahead(box):
    box.run(FORETOLD)
    squares, many = box.function("squares"), [(np.array([k]),) for k in range(7)]
    box.foretell(squares.reference, many)
    assert [squares(*arguments).tolist() for arguments in many[:3]] == [[0], [1], [4]]
    with pytest.raises(ValueError, match="no three"):
        squares(*many[3])
    assert box.function("so_far")() == [0, 1, 2, 3]
    assert [squares(*arguments).tolist() for arguments in many[4:]] == [[16], [25], [36]]


def test_a_generator_in_foretold_calls_goes_on_from_call_to_call(box):
    box.run(FORETOLD)
    box.answers, draw = {"draw": lambda rng: rng.random()}, box.function("draw")
    rng = np.random.default_rng(1)
    box.foretell(draw.reference, [(rng,)] * 6)
    assert len({draw(rng) for _ in range(6)}) == 6


@pytest.mark.parametrize("kind", ["PCG64", "PCG64DXSM", "MT19937", "Philox"])
@pytest.mark.parametrize("given", [lambda rng: rng, lambda rng: {"rng": rng}])
def test_an_answer_that_draws_more_than_the_reference_meets_no_number_again(box, kind, given):
    box.run("def draw(given):\n    return (given['rng'] if isinstance(given, dict) else given).random(9).tolist()")
    box.begin({"draw": lambda given: given["rng"].random() if isinstance(given, dict) else given.random()})
    draw, argument = box.function("draw"), given(np.random.Generator(wire.GENERATORS[kind](5)))
    assert len({number for _ in range(4) for number in draw(argument)}) == 36


def test_a_foretold_call_that_does_not_end_is_interrupted(box):
    box.run("def wait(x):\n    while x:\n        pass\n    return 0")
    wait, many = box.function("wait"), [(0,), (0,), (1,), (1,)]
    box.deadline = time.monotonic() + 1
    box.foretell(wait.reference, many)
    with pytest.raises(Late):
        _ = [wait(*arguments) for arguments in many]
    box.begin({})
    assert wait(0) == 0 and not box.dead


def test_an_answer_that_draws_more_than_the_reference_gets_no_number_twice(box):
    box.run("def draw(rng):\n    return rng.random(50)[-5:]")
    box.answers = {"draw": lambda rng: rng.random(2)}
    rng = np.random.default_rng(1)
    drawn = np.concatenate([box.function("draw")(rng) for _ in range(40)])
    assert len(np.unique(drawn)) == 200


def test_an_answer_may_draw_where_the_reference_need_not(box):
    box.run("def draw(rng):\n    return int(rng.permutation(1)[0] + 0 * rng.random())")
    box.answers = {"draw": lambda rng: int(rng.integers(1))}
    assert box.function("draw")(np.random.default_rng(1)) == 0


def test_an_error_is_of_the_nearest_class_that_is_known(box):
    box.run("import statistics\ndef mean(x):\n    return statistics.fmean(x)")
    assert issubclass(statistics.StatisticsError, ValueError)
    with pytest.raises(ValueError, match="at least one data point"):
        box.function("mean")([])


def test_a_process_that_never_comes_is_no_learners_fault():
    with closing(Warm(True, LIMITS)) as warm:
        os.kill(warm.pid, signal.SIGSTOP)
        ordered = warm.order(roomy=False)
        os.kill(warm.pid, signal.SIGKILL)
        with pytest.raises(ConnectionError):
            Box(warm, ordered=ordered)
