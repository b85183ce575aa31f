"""Random generators and objects of classes that cross between a check and an answer, and what they may not do."""

import nbformat
import numpy as np
import pytest

from course_tools.authoring.build import build
from course_tools.grading.workers import Worker, task_of
from course_tools.judge import wire
from course_tools.judge.outcome import outcomes
from course_tools.judge.sandbox import Limits
from course_tools.syllabus import written

LESSON = '''# %% [markdown]
# You will build a line that learns from noisy data.

# %%
import numpy as np

from shared_utils import checks
from shared_utils.grading import grade

# %% exercise="noisy"
def noisy(x, rng):
    """x and, as the second result, x with a number from rng added to each entry."""
    # 1. Draw.
    ### BEGIN SOLUTION
    return x, x + rng.normal(size=np.shape(x))
    ### END SOLUTION


# %% check="noisy" points=2
with checks.exercise("noisy"):
    rng = np.random.default_rng(3)
    checks.close("noisy([1, 3], rng)", noisy(np.array([1.0, 3.0]), rng)[0], [1.0, 3.0])
    ### BEGIN HIDDEN TESTS
    for _ in range(20):
        x = rng.normal(size=4)
        same, first = noisy(x, rng)
        checks.close("noisy(x, rng)", same, x)
        checks.that(not np.array_equal(first, noisy(x, rng)[1]), "the generator must go on")
    ### END HIDDEN TESTS

# %% exercise="Line"
class Line:
    """y = w x; cost(x, y) is the mean squared error."""

    # 1. The mean of the squares.
    ### BEGIN SOLUTION
    def __init__(self):
        self.w = 0.0

    def cost(self, x, y):
        return float(np.mean((self.w * x - y) ** 2))
    ### END SOLUTION


# %% check="Line" points=1
with checks.exercise("Line"):
    line, x = Line(), np.array([1.0, 2.0])
    checks.close("cost", line.cost(x, 2 * x), 10.0)
    ### BEGIN HIDDEN TESTS
    line.w = 1.5
    checks.close("cost with w = 1.5", line.cost(x, 2 * x), 0.625)
    ### END HIDDEN TESTS

# %% exercise="train"
def train(line, x, y, steps):
    """Trains the line by gradient descent."""
    # 1. The slope of the cost.
    ### BEGIN SOLUTION
    for _ in range(steps):
        line.w = line.w - 0.1 * float(np.mean(2 * (line.w * x - y) * x))
    return line
    ### END SOLUTION


# %% check="train" points=2
with checks.exercise("train"):
    x = np.array([1.0, -2.0, 0.5])
    line = train(Line(), x, 3 * x, 50)
    checks.that(abs(line.w - 3) < 0.01 and line.cost(x, 3 * x) < 1e-3, "the cost is still high")
    ### BEGIN HIDDEN TESTS
    line = train(Line(), x, -4 * x, 80)
    checks.that(abs(line.w + 4) < 0.01 and line.cost(x, -4 * x) < 1e-3, "the cost is still high")
    ### END HIDDEN TESTS

# %% exercise="settle"
def settle(line, x, y):
    """Gives the line the slope that fits x and y."""
    # 1. Least squares.
    ### BEGIN SOLUTION
    line.w = float(np.sum(x * y) / np.sum(x * x))
    return line
    ### END SOLUTION


# %% check="settle" points=1
with checks.exercise("settle"):
    x = np.array([1.0, -2.0, 0.5])
    checks.that(settle(Line(), x, 3 * x).cost(x, 3 * x) < 1e-3, "the cost is still high")
    ### BEGIN HIDDEN TESTS
    checks.that(settle(Line(), x, -4 * x).cost(x, -4 * x) < 1e-3, "the cost is still high")
    ### END HIDDEN TESTS

# %% exercise="Loader"
class Loader:
    """Goes over x in pieces of two, from the first to the last in the first pass and then the other way round."""

    # 1. A pass is a generator.
    ### BEGIN SOLUTION
    def __init__(self, x):
        self.x = x

    def __iter__(self):
        for start in range(0, len(self.x), 2):
            yield self.x[start : start + 2]
        self.x = self.x[::-1]
    ### END SOLUTION


# %% check="Loader" points=1
with checks.exercise("Loader"):
    pieces = list(Loader(np.array([1.0, 2.0, 4.0])))
    checks.equal("the pieces", [piece.tolist() for piece in pieces], [[1.0, 2.0], [4.0]])
    ### BEGIN HIDDEN TESTS
    loader = Loader(np.array([1.0, 2.0, 4.0]))
    passes = [[piece.tolist() for piece in loader] for _ in range(2)]
    checks.equal("two passes", passes, [[[1.0, 2.0], [4.0]], [[4.0, 2.0], [1.0]]])
    ### END HIDDEN TESTS

# %% exercise="passes"
def passes(loader, times):
    """The sums of the pieces, in so many passes over the loader."""
    # 1. A loop in a loop.
    ### BEGIN SOLUTION
    return [float(np.sum(piece)) for _ in range(times) for piece in loader]
    ### END SOLUTION


# %% check="passes" points=1
with checks.exercise("passes"):
    checks.equal("one pass", passes([np.array([1.0, 2.0]), np.array([5.0])], 1), [3.0, 5.0])
    ### BEGIN HIDDEN TESTS
    checks.equal("two passes", passes(Loader(np.array([1.0, 2.0, 4.0])), 2), [3.0, 4.0, 6.0, 1.0])
    ### END HIDDEN TESTS

# %% [markdown]
# ## What you built
#
# A line.
'''
OWN = """class Line:
    def __init__(self):
        self.w = 0.0
    def cost(self, x, y):
        return float(np.mean((self.w * x - y) ** 2))
"""
WRONG = "class Line:\n    w = 0.0\n    def cost(self, x, y):\n        return 5.0\n"


@pytest.fixture(scope="module")
def points(tmp_path_factory):
    """Judges the reference answers with some of them replaced; the points by exercise."""
    from tests.conftest import project

    folder = project.__wrapped__(tmp_path_factory.mktemp("project"))
    (folder / "course1_nn/lessons/week1/01_double.py").write_text(LESSON, encoding="utf-8")
    build(folder)
    book, worker = written(folder)[0], Worker("try", Limits(seconds=3))

    def judge(**answers):
        notebook = nbformat.read(book.source, 4)
        for cell in notebook.cells:
            cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
        result = worker.judge(task_of(book, nbformat.writes(notebook), "answer.ipynb"))
        return {each.name: each.score for each in outcomes(nbformat.reads(result.notebook, 4))}

    yield judge
    worker.close()


def test_right_answers_get_full_points_however_they_draw(points):
    full = {"noisy": 2, "Line": 1, "train": 2, "settle": 1, "Loader": 1, "passes": 1}
    assert points() == full
    one_by_one = "def noisy(x, rng):\n    return x, np.array([entry + rng.standard_normal() for entry in x])"
    assert points(noisy=one_by_one) == full
    assert points(Line=OWN.replace("self.w = 0.0", "self.w, self.steps = 0.0, 0")) == full
    lists = "class Loader:\n    def __init__(self, x):\n        self.x, self.turn = x, 1\n    def __iter__(self):\n"
    lists += "        x, self.turn = self.x[:: self.turn], -self.turn\n        return iter([x[:2], x[2:]])"
    assert points(Loader=lists) == full


@pytest.mark.parametrize(
    "state",
    [
        'state["state"] = {"state": 0, "inc": 0}',  # zeros for ever
        'state["state"] = {"state": 1, "inc": 2}',
        'state["state"]["state"] = 5',  # a start whose numbers are known
        "state.update(has_uint32=1, uinteger=0)",
    ],
)
def test_a_generator_that_comes_back_spoilt_changes_no_hidden_input(points, state):
    spoilt = f"""
def noisy(x, rng):
    state = rng.bit_generator.state
    {state}
    try:
        rng.bit_generator.state = state
    except ValueError:
        pass
    calls.append(0)
    return (x if len(x) == 2 else np.zeros(4)), np.full(len(x), len(calls))
calls = []
"""
    assert points(noisy=spoilt)["noisy"] == 0


def test_a_generator_that_does_not_go_on_is_noticed(points):
    copied = "import copy\ndef noisy(x, rng):\n    return x, x + copy.deepcopy(rng).normal(size=np.shape(x))"
    assert points(noisy=copied)["noisy"] == 0


@pytest.mark.parametrize("lie", ["pass", "lie.append(1)"])
def test_a_class_that_begins_to_lie_is_found_by_its_attributes(points, lie):
    own = OWN.replace("return float", "return 0.0 if lie else float") + "lie = []"
    assert points(Line=own, train=f"def train(line, x, y, steps):\n    {lie}\n    return line")["train"] == 0


@pytest.mark.parametrize(
    "settle",
    [
        "    try:\n        line.cost = lambda x, y: 0.0\n    except AttributeError:\n        pass\n    return line",
        "    line.w = made\n    return line",
        "    return made",
    ],
)
def test_a_reference_object_takes_values_alone_and_no_other_stands_for_it(points, settle):
    made = WRONG.replace("5.0", "0.0 if ready else 5.0") + "    def __mul__(self, x):\n        return 3 * x\n"
    answer = f"made, ready = Line(), []\ndef settle(line, x, y):\n    ready.append(1)\n{settle}"
    assert points(Line=made + "ready = []", settle=answer)["settle"] == 0


@pytest.mark.parametrize(
    "loop",
    [
        "    def __iter__(self):\n        return iter([self.x[:2], self.x[2:]])",  # the second pass as the first
        "    def __iter__(self):\n        return 3",
        "    def __getitem__(self, k):\n        return [self.x[:2], self.x[2:]][k]",
        "",
    ],
)
def test_a_loop_over_an_object_is_its_own_and_that_over_a_lent_one_is_the_references(points, loop):
    own = f"class Loader:\n    def __init__(self, x):\n        self.x = x\n{loop}"
    found = points(Loader=own)
    assert (found["Loader"], found["passes"]) == (0, 1)


def test_a_loop_without_end_ends_its_check(points):
    endless = "    def __iter__(self):\n        while True:\n            yield 1"
    own = f"class Loader:\n    def __init__(self, x):\n        pass\n{endless}"
    found = points(Loader=own)
    assert (found["Loader"], found["settle"]) == (0, 1)


@pytest.mark.parametrize("name", sorted(wire.GENERATORS))
def test_generators_cross_and_go_on_as_they_would_have(name):
    generator = np.random.Generator(wire.GENERATORS[name](5))
    generator.integers(0, 9, 3)
    there = wire.unpack(wire.pack(generator))
    assert np.array_equal(there.normal(size=700), generator.normal(size=700))


@pytest.mark.parametrize(
    "name, damage",
    [
        ("PCG64", lambda state: state["state"].update(inc=0)),
        ("PCG64", lambda state: state["state"].update(state=-1)),
        ("PCG64", lambda state: state.update(has_uint32=2)),
        ("PCG64DXSM", lambda state: state["state"].update(inc=2.0)),
        ("MT19937", lambda state: state["state"].update(pos=10**6)),
        ("MT19937", lambda state: state["state"].update(pos=-5)),
        ("MT19937", lambda state: state["state"].update(key=np.zeros(3, np.uint32))),
        ("Philox", lambda state: state.update(buffer_pos=2**31)),
        ("Philox", lambda state: state.pop("buffer")),
        ("SFC64", lambda state: state["state"].update(state=np.zeros(4))),
        ("SFC64", lambda state: state.update(uinteger=2**40)),
    ],
)
def test_states_that_no_generator_has_are_refused(name, damage):
    state = wire.GENERATORS[name](5).state
    damage(state)
    data = wire.msgpack.packb(wire.msgpack.ExtType(wire.GENERATOR, wire.pack(state)))
    with pytest.raises(wire.Forged):
        wire.unpack(data)
