"""An answer that reads a variable of the notebook instead of its argument is told so by name."""

import linecache

import pytest

from shared_utils import checks

NOTEBOOK = """
import numpy as np
from shared_utils import checks
X_train, EPSILON, rng = np.ones(3), 1e-8, np.random.default_rng(0)
def helper(x):
    return 2 * x
class Unit:
    pass
"""
CHECK = """
with checks.exercise("f"):
    w = np.ones(3)
    checks.close("f(w)", f(w), [2.0, 2.0, 2.0])
"""


def check(answer):
    names = {"__name__": "__main__"}
    for number, text in enumerate((NOTEBOOK, answer, CHECK)):
        file = f"<cell {number} of {hash(answer)}>"
        linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
        exec(compile(text, file, "exec"), names)


@pytest.mark.parametrize(
    "answer, name",
    [
        ("def f(x):\n    return 2 * X_train", "X_train"),
        ("def f(x):\n    return 2 * w", "w"),
        ("def f(x):\n    return 2 * x + 0 * rng.normal()", "rng"),
        ("def f(x):\n    return [x * X_train for _ in range(2)][0] * 2", "X_train"),
        ("def f(x):\n    return inner(x)\ndef inner(x):\n    return 2 * X_train", "X_train"),
        ("def f(x):\n    return (lambda y: y * X_train + x)(1)", "X_train"),
    ],
)
def test_a_variable_is_named(answer, name):
    with pytest.raises(checks.CheckFailed, match=f"^f reads the variable {name} of the notebook"):
        check(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "def f(x):\n    return helper(x)",
        "def f(x):\n    return np.add(x, x) + 0 * EPSILON",
        "two = 2\ndef f(x):\n    return two * x",
        "factors = {'a': 2}\ndef f(x):\n    return factors['a'] * x",
        "def f(x, unit=Unit):\n    return 2 * x",
        "def f(x):\n    w = 2\n    return w * x",
    ],
)
def test_functions_classes_constants_and_the_cells_own_names_are_no_data(answer, capsys):
    check(answer)
    assert "f: 1 check passed" in capsys.readouterr().out


def test_a_fault_of_an_earlier_exercise_is_named_while_working():
    names = {"checks": checks, "__name__": "__main__"}
    exec(compile("def g(x):\n    return x\ndef f(x):\n    return g(x)", "<answers>", "exec"), names)
    one = 'with checks.exercise("{0}"):\n    checks.close("{0}(1)", {0}(1.0), 2.0)'
    with pytest.raises(checks.CheckFailed) as own:
        exec(compile(one.format("g"), "<g>", "exec"), names)
    assert "mend that first" not in str(own.value)
    with pytest.raises(checks.CheckFailed, match="f uses g, whose own check failed: mend that first"):
        exec(compile(one.format("f"), "<f>", "exec"), names)
    exec(compile("def g(x):\n    return 2 * x", "<mended>", "exec"), names)
    exec(compile(one.format("f"), "<f>", "exec"), names)
