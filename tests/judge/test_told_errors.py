"""Errors that a learner's answer raises, and answers that a check cannot use, told in one line."""

import numpy as np
import pytest

from shared_utils import checks
from shared_utils.checks import CheckFailed, words
from shared_utils.checks.frame import _short

ERRORS = [
    (
        "return 1 if x > 0 else 0",
        "ValueError: The truth value",
        "(in f, line `return 1 if x > 0 else 0`): `if` and `or` need one",
    ),
    ("return x + np.ones(3)", "could not be broadcast together with shapes (2,) (3,)", "print the shapes"),
    ("return np.ones((2, 3)) @ x", "mismatch in its core dimension", "columns of A must be as many as the rows of B"),
    ("return np.dot(np.ones((2, 3)), x)", "not aligned", "columns of A must be as many as the rows of B"),
    ("return y", "NameError: name 'y' is not defined", "(in f, line `return y`)"),
    ("return {}['w']", "KeyError: 'w'", "(in f, line `return {}['w']`)"),
]


@pytest.mark.parametrize("body, error, rest", ERRORS, ids=[case[0] for case in ERRORS])
def test_an_error_in_the_answer_is_told_in_one_line_with_its_place(body, error, rest, tmp_path):
    names = {"np": np, "checks": checks, "__name__": "__main__"}
    cell = tmp_path / "cell.py"  # a file, as a notebook's cell is for Python, so that its lines can be shown
    cell.write_text(f"def f(x):\n    {body}\n")
    exec(compile(cell.read_text(), str(cell), "exec"), names)
    with pytest.raises(CheckFailed) as failed:
        exec('with checks.exercise("f"):\n    secret = f(np.ones(2))', names)
    assert str(failed.value).startswith("f: with x=[1.0, 1.0], ") and error in str(failed.value)
    assert rest in str(failed.value)
    assert "\n" not in str(failed.value) and "secret" not in str(failed.value)


CALLS = [
    ("f(3, 0.5)", "x=3, y=0.5"),
    ("f(np.int64(3), np.float32(0.5))", "x=3, y=0.5"),
    ("f(np.array([[1, 2]]), y=None)", "x=[[1, 2]], y=None"),
    ("f(np.full((2, 2), 1 / 3), np.zeros((0, 3)))", "x of shape (2, 2), y of shape (0, 3)"),
    ("f(np.zeros((30, 40)), [4, 3, 1])", "x of shape (30, 40), y=[4, 3, 1]"),
    ('f({"W1": np.ones((9, 9)), "b1": 0.0}, "relu")', "x (a dict with the keys W1, b1), y='relu'"),
    ("f({i: 'entry' for i in range(9)}, ())", "x (a dict of 9 entries), y=()"),
    ("f([np.ones(50)] * 3, abs)", "x (a list), y (a function)"),
]


@pytest.mark.parametrize("call, arguments", CALLS, ids=[case[1] for case in CALLS])
def test_an_error_names_the_arguments_of_the_call_as_they_came(call, arguments):
    def f(x, y):
        x = "overwritten"
        raise IndexError(x)

    names = {"np": np, "checks": checks, "f": f, "__name__": "__main__"}
    with pytest.raises(CheckFailed) as failed:
        exec(f'with checks.exercise("f"):\n    {call}', names)
    assert str(failed.value) == f"f: with {arguments}, IndexError: overwritten"
    assert names["f"] is f


@pytest.mark.parametrize(
    "f, check, message",
    [
        (
            lambda x: None,
            "f(2)['W1']",
            "f: with x=2, it returned None, TypeError: 'NoneType' object is not subscriptable",
        ),
        (lambda: {"W1": np.ones(2)}, "f()['W2']", "f: it returned a dict with the keys W1, KeyError: 'W2'"),
        (lambda x: [1], "f(1) + np.ones(2) + abs('a')", "f: with x=1, it returned [1], TypeError: bad operand type"),
    ],
)
def test_an_answer_that_the_check_cannot_use_is_told_with_its_call(f, check, message):
    with pytest.raises(CheckFailed) as failed:
        exec(f'with checks.exercise("f"):\n    {check}', {"f": f, "np": np, "checks": checks})
    assert str(failed.value).startswith(message)


def test_of_calls_within_calls_the_first_is_named():
    def f(n):
        return 1 / 0 if n == 0 else names["f"](n - 1)

    names = {"checks": checks, "f": f}
    with pytest.raises(CheckFailed, match=r"^f: with n=3, ZeroDivisionError"):
        exec('with checks.exercise("f"):\n    f(3)', names)


@pytest.mark.parametrize(
    "value, text",
    [
        (np.ones((2, 3)), "an array of shape (2, 3)"),
        (np.float64(2), "2.0"),
        ([1, 2], "[1, 2]"),
        ("a" * 80, "'" + "a" * 56 + "..."),
        ((np.ones((2, 3)), (np.ones(2), 1)), "(an array of shape (2, 3), a tuple)"),
        ([np.ones(2), {"b": 1}], "[an array of shape (2,), {'b': 1}]"),
        ([np.ones(2)] * 5, "a list"),
        ({"W1": np.ones((2, 3)), "b1": 0}, "a dict with the keys W1, b1"),
        (np.sum, "a function"),
    ],
)
def test_an_answer_is_described_not_cut_within_an_array(value, text):
    assert (words.kind(value) if callable(value) else words.brief(value)) == text


def test_a_line_of_a_helper_that_the_check_defines_is_not_shown(tmp_path):
    cell = tmp_path / "check.py"
    cell.write_text('with checks.exercise("f"):\n    def helper():\n        return f()["secret"]\n    helper()\n')
    with pytest.raises(CheckFailed) as failed:
        exec(compile(cell.read_text(), str(cell), "exec"), {"f": lambda: {}, "checks": checks})
    assert str(failed.value).startswith("f: it returned {}, KeyError: 'secret'")


def test_too_few_results_are_told_without_the_line_of_the_check():
    names = {"f": lambda: (1, 2), "checks": checks}
    with pytest.raises(CheckFailed, match="not enough values to unpack .*see Returns in the docstring"):
        exec('with checks.exercise("f"):\n    a, b, c = f()', names)


def test_an_errors_text_is_no_channel_for_hidden_arguments():
    plain = "shapes (3,4) and (5,2) not aligned: 4 (dim 1) != 5"
    assert _short(plain) == plain
    assert _short("[0.25 1.5 -3.125 7.75 9.0]") == "[0.25 1.5 -3.12# #.## #.#]"
    assert len(_short("x" * 1000)) == 100 and "\x1b" not in _short("\x1b[2J")
