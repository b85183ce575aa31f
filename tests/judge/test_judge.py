"""The judge itself, on one notebook: what crosses between the checks and the answers, and what an answer may be."""

import json
import sys

import nbformat
import pytest

from course_tools.authoring.build import build
from course_tools.grading.workers import Worker, task_of
from course_tools.judge.outcome import outcomes
from course_tools.judge.sandbox import Limits
from course_tools.syllabus import written

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the judge forks, on Linux only")

LESSON = '''# %% [markdown]
# You will send things across.

# %%
import numpy as np

from shared_utils import checks

scale = np.arange(6.0).reshape(2, 3)


# %% exercise="slope"
def slope(f, x):
    """The slope of f at x, by a central difference."""
    # 1. Both sides.
    ### BEGIN SOLUTION
    return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
    ### END SOLUTION


# %% check="slope" points=1
with checks.exercise("slope"):
    checks.close("slope(square, 3)", slope(lambda x: x * x, 3.0), 6.0, rtol=1e-4)
    ### BEGIN HIDDEN TESTS
    calls = []

    def noted(x):
        calls.append(x)
        return np.array([x, 2 * x])

    checks.close("slope of a vector", slope(noted, 1.0), [1.0, 2.0], rtol=1e-4)
    checks.that(len(calls) == 2, "slope calls f twice")
    checks.raises("slope(f that raises)", ZeroDivisionError, slope, lambda x: 1 / 0, 1.0)
    ### END HIDDEN TESTS

# %% exercise="shuffle"
def shuffle(values, rng):
    """Shuffles a list in place."""
    # 1. Draw.
    ### BEGIN SOLUTION
    rng.shuffle(values)
    ### END SOLUTION


# %% check="shuffle" points=1
with checks.exercise("shuffle"):
    values, rng = list(range(10)), np.random.default_rng(0)
    shuffle(values, rng)
    checks.that(values != list(range(10)) and sorted(values) == list(range(10)), "the list must be shuffled in place")
    ### BEGIN HIDDEN TESTS
    again = list(range(10))
    shuffle(again, rng)
    checks.that(again != values, "the generator must go on")
    ### END HIDDEN TESTS

# %% exercise="maker"
def maker(parameters):
    """A function that scales by parameters["w"]."""
    # 1. A closure.
    ### BEGIN SOLUTION
    return lambda x, *_: parameters["w"] * x
    ### END SOLUTION


# %% check="maker" points=1
with checks.exercise("maker"):
    parameters = {"w": scale, ("a", 1): {2, 3}, "none": None, "big": 2**100, "z": 1 + 2j, "r": range(3)}
    checks.unchanged(maker, parameters)
    checks.close("maker(parameters)(2)", maker(parameters)(2), 2 * scale)
    ### BEGIN HIDDEN TESTS
    given = [1.0, 2.0, 3.0]
    maker(parameters)(given, np.random.default_rng(2))
    checks.that(given == [1.0, 2.0, 3.0], "what is given stays as it is")
    checks.close("maker(parameters)(np.float32(3))", maker(parameters)(np.float32(3)), 3 * scale)
    ### END HIDDEN TESTS

# %% exercise="Tensor"
class Tensor:
    """A number that remembers how it came about."""

    # 1. Multiplication.
    ### BEGIN SOLUTION
    def __init__(self, data, parents=()):
        self.data, self.parents, self.grad = data, parents, 0.0

    def __mul__(self, other):
        return Tensor(self.data * other.data, (self, other))

    def backward(self, upstream=1.0):
        self.grad += upstream
        if self.parents:
            a, b = self.parents
            a.backward(upstream * b.data)
            b.backward(upstream * a.data)
    ### END SOLUTION


# %% check="Tensor" points=2
with checks.exercise("Tensor"):
    a, b = Tensor(2.0), Tensor(np.array([3.0, 4.0]))
    c = a * b
    checks.that(isinstance(c, Tensor), "the product is a Tensor")
    checks.close("(a b).data", c.data, [6.0, 8.0])
    ### BEGIN HIDDEN TESTS
    c.backward()
    checks.close("a.grad", a.grad, [3.0, 4.0])
    checks.close("b.grad", b.grad, 2.0)
    b.grad = 7.0
    checks.close("b.grad, set", b.grad, 7.0)
    checks.that(c.parents[0].data == 2.0, "a is a parent of c")
    ### END HIDDEN TESTS

# %% exercise="power"
def power(tensor, n):
    """tensor * tensor * ..., n times."""
    # 1. A loop.
    ### BEGIN SOLUTION
    result = tensor
    for _ in range(n - 1):
        result = result * tensor
    return result
    ### END SOLUTION


# %% check="power" points=1
with checks.exercise("power"):
    checks.close("power(Tensor(2), 3)", power(Tensor(2.0), 3).data, 8.0)
    ### BEGIN HIDDEN TESTS
    made = power(Tensor(3.0), 2)
    checks.that(isinstance(made, Tensor), "a Tensor comes out")
    ### END HIDDEN TESTS

# %% [markdown]
# ## What you built
'''


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    from tests.conftest import project

    folder = project.__wrapped__(tmp_path_factory.mktemp("project"))
    (folder / "course1_nn/lessons/week1/01_double.py").write_text(LESSON, encoding="utf-8")
    build(folder)
    return written(folder)[0]


@pytest.fixture(scope="module")
def host():
    host = Worker("try", Limits(seconds=3))
    yield host
    host.close()


@pytest.fixture
def judged(book, host):
    """Judges the reference answers with some of them replaced; the outcomes by exercise."""

    def judge(**answers):
        notebook = nbformat.read(book.source, 4)
        for cell in notebook.cells:
            cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
        result = host.judge(task_of(book, nbformat.writes(notebook), "answer.ipynb"))
        return {each.name: each for each in outcomes(nbformat.reads(result.notebook, 4))}

    return judge


def messages(judged):
    return {name: each.message for name, each in judged.items() if each.score < each.points}


def test_functions_generators_closures_containers_and_objects_cross(judged):
    assert messages(judged()) == {}


def test_an_answer_may_call_back_with_other_types(judged):
    slope = """
def slope(f, x):
    after, before = (f(np.float64(x + step)) for step in (1e-6, -1e-6))
    return (after - before) / 2e-6
"""
    assert messages(judged(slope=slope)) == {}


def test_an_answer_that_is_no_plain_data_is_refused_with_a_sentence(judged):
    said = messages(judged(slope="def slope(f, x):\n    return (v for v in [6.0])"))
    assert said["slope"].startswith(
        "slope: with f (a function), x=3.0, TypeError: slope returned a generator; numbers, strings, arrays"
    )
    said = messages(judged(maker="class Own: pass\ndef maker(parameters):\n    return Own()"))
    assert "maker returned an Own" in said["maker"]


def test_an_error_keeps_its_class_its_message_and_the_learners_line(judged):
    said = messages(judged(shuffle='def shuffle(values, rng):\n    return {"a": 1}["b"]'))
    call = "with values=[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], rng (Generator)"
    assert said["shuffle"].startswith(
        f"""shuffle: {call}, KeyError: 'b' (in shuffle, line `return {{"a": 1}}["b"]`): """
    )


def test_a_missing_name_and_a_stub_have_their_sentences(judged):
    said = messages(judged(slope="slop = 1", shuffle="def shuffle(values, rng):\n    raise NotImplementedError"))
    assert said["slope"] == "slope is not defined: run its cell first, then this one"
    assert said["shuffle"].startswith("shuffle is still a stub")


def test_a_change_that_the_reference_does_not_make_is_refused(judged):
    said = messages(
        judged(maker='def maker(parameters):\n    parameters["w"] *= 1.5\n    return lambda x: parameters["w"] * x')
    )
    assert "maker changes its argument parameters in place" in said["maker"]


def test_a_learners_own_name_for_a_function_allows_no_change(judged):
    maker = """
def maker(parameters):
    def shuffle(x, *_):
        if isinstance(x, list):
            x[:] = [9.0]
        return parameters["w"] * np.mean(x)
    return shuffle
"""
    assert messages(judged(maker=maker)) == {}


def test_a_wrong_class_costs_its_own_points_only(judged):
    wrong = "class Tensor:\n    def __init__(self, data):\n        self.data = data\n"
    found = judged(Tensor=wrong)
    assert set(messages(found)) == {"Tensor"}
    assert found["power"].message == "passed, with the right Tensor in place of yours"


def test_a_loop_that_only_a_lent_answer_starts_leaves_the_learners_own_functions(judged):
    slow = """
def power(tensor, n):
    while not hasattr(tensor, "grad"):
        return tensor
    while True:
        pass
"""
    found = judged(Tensor="class Tensor:\n    def __init__(self, data):\n        self.data = data\n", power=slow)
    assert found["power"].score == 0 and found["slope"].message == found["maker"].message == "passed"


def test_an_object_cannot_answer_for_itself(judged):
    liar = """
class Tensor:
    def __init__(self, *arguments):
        self.data = self

    def __mul__(self, other):
        return self

    def __eq__(self, other):
        return True

    def __float__(self):
        return 8.0

    def __array__(self, *arguments, **named):
        return np.array([6.0, 8.0])
"""
    assert "expected" in messages(judged(Tensor=liar))["Tensor"]


def test_outputs_are_recorded_as_a_kernel_would(book, host):
    notebook = nbformat.read(book.source, 4)
    code = "import matplotlib.pyplot as plt\nprint('one')\nplt.plot([1, 2])\nplt.show()\n3 + 4"
    notebook.cells.append(nbformat.v4.new_code_cell(code))
    notebook.cells.append(nbformat.v4.new_code_cell("1 / 0"))
    result = host.judge(task_of(book, nbformat.writes(notebook), "answer.ipynb"))
    executed = nbformat.reads(result.notebook, 4)
    nbformat.validate(executed)
    text, picture, seven = executed.cells[-2].outputs
    assert (text.name, text.text) == ("stdout", "one\n")
    assert picture.output_type == "display_data" and picture.data["image/png"].startswith("iVBOR")
    assert seven.output_type == "execute_result" and seven.data["text/plain"] == "7"
    [error] = executed.cells[-1].outputs
    assert error.ename == "ZeroDivisionError" and any("1 / 0" in line for line in error.traceback)
    json.dumps(executed)
