"""The checks of values: what they accept, and what they say of the rest."""

import io
import sys
import warnings
from contextlib import nullcontext, redirect_stderr

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from shared_utils import checks
from shared_utils.checks import CheckFailed

ROW = np.array([[1.0, 2.0, 4.0]])
SQUARE = np.array([[1.0, 2.0], [5.0, 9.0]])

CLOSE = [
    (None, ROW, {}, "f(x) returned None: is `return` missing?"),
    ([1.0, 2.0], np.ones(2), {}, "expected a NumPy array of shape (2,), got a list"),
    ("text", 1.0, {}, "expected numbers, got a string"),
    (np.array(["a"]), np.ones(1), {}, "expected numbers, got an array of shape (1,) of <U1"),
    (np.ones((3, 1)), np.ones(3), {}, "expected shape (3,), got shape (3, 1): an axis of length 1 too many"),
    (np.ones(3), np.ones((3, 1)), {}, "keepdims=True or reshape keeps it"),
    (ROW.T, ROW, {}, "is it transposed?"),
    (np.ones((3, 3)), np.ones((1, 3)), {}, "did a row and a column broadcast to (3, 3)?"),
    (np.ones((1, 4)), np.ones((2, 1)), {}, "summed over the wrong axis"),
    (np.ones(2), np.ones(3), {}, "one entry too few or too many"),
    (np.ones((2, 4, 3)), np.ones((2, 3, 4)), {}, "are two axes swapped?"),
    (np.ones((1, 1)), 1.0, {}, "holds one number: .item() gives the number"),
    (ROW, 7.0, {}, "is a sum or a mean over the examples missing?"),
    (5.0, ROW, {}, "expected a NumPy array of shape (1, 3)"),
    (np.array([[1.0, np.nan, 4.0]]), ROW, {}, "1 of 3 values not finite (nan): overflow"),
    (ROW * 5, ROW, {"m": 5}, "exactly m = 5 times the expected one: is the mean over the m examples missing?"),
    (ROW / 5, ROW, {"m": 5}, "exactly 1/m = 1/5 of the expected one"),
    (-ROW * 5, ROW, {"m": 5}, "sign and mean are both missing"),
    (10.0, 2.0, {"m": 5}, "exactly m = 5 times"),
    (-ROW, ROW, {}, "negative of the expected one"),
    (-2.0, 2.0, {}, "negative of the expected one"),
    (ROW * 2, ROW, {}, "exactly twice"),
    (ROW / 2, ROW, {}, "exactly half"),
    (ROW * 0.37, ROW, {}, "0.37 times the expected ones, all by the same factor"),
    (ROW + 3, ROW, {}, "differ from the expected ones by 3 everywhere"),
    (SQUARE.T, SQUARE, {}, "is it transposed?"),
    (ROW[0, ::-1].copy(), ROW[0], {}, "in reverse order"),
    (np.array([2.0, 1.0, 4.0]), ROW[0], {}, "right but in the wrong places"),
    (1 - ROW, ROW, {}, "1 minus the expected one"),
    (np.zeros((1, 3)), ROW, {}, "every value is 0"),
    (np.array([0, 1, 2]), np.array([0.2, 1.9, 2.5]), {}, "written into an integer array"),
    (np.array([1.0, 2.0, 7.0]), ROW[0], {}, "1 of 3 values are wrong, most at [2]: expected about 4, got 7"),
    (3.5, 2.0, {}, "expected about 2, got 3.5"),
    (12.0025, 12.01, {}, "expected about 12.01, got 12.0025"),
    (np.array([2**60]), np.array([2**60 + 1]), {"rtol": 0, "atol": 0}, "were they floats on the way?"),
    (np.sum(ROW), np.ones((1, 1)), {}, "a plain number came: keepdims=True"),
    (
        np.log10(ROW),
        np.log(ROW),
        {"mistakes": {"the log has base 10": np.log10(ROW)}},
        "wrong value: the log has base 10",
    ),
]


@pytest.mark.parametrize("actual, expected, options, message", CLOSE, ids=[case[3][:40] for case in CLOSE])
def test_close_says_what_is_wrong_in_one_line(actual, expected, options, message):
    with pytest.raises(CheckFailed) as error:
        checks.close("f(x)", actual, expected, **options)
    assert str(error.value).startswith("f(x)")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "actual, expected",
    [
        (ROW.astype(np.float32) * np.float32(1 + 1e-5), ROW),
        (np.float16([0.1]), np.array([0.1])),
        (2, 2.0),
        (np.float64(2), 2),
        (np.array(2.0), 2),
        (True, 1),
        (ROW.astype(int), ROW),
        (np.array([np.inf]), np.array([np.inf])),
    ],
)
def test_close_accepts_what_is_right_in_another_dress(actual, expected):
    checks.close("f(x)", actual, expected)


def test_close_never_prints_the_whole_answer():
    secret = np.random.default_rng(0).normal(size=20)
    with pytest.raises(CheckFailed) as error:
        checks.close("f(x)", secret + np.arange(20), secret)
    assert sum(f"{value:.3g}" in str(error.value) for value in secret) <= 1


def test_gradient_accepts_the_right_one_and_measures_a_wrong_one():
    theta = np.array([[0.5, -1.0, 2.0]])
    checks.gradient("dw", lambda w: float(np.sum(w**3)), 3 * theta**2, theta)
    with pytest.raises(CheckFailed, match=r"relative difference .* less than 1e-06: your value is exactly m = 3 times"):
        checks.gradient("dw", lambda w: float(np.sum(w**3)), 9 * theta**2, theta, m=3)
    with pytest.raises(CheckFailed, match=r"dw: expected shape \(1, 3\), got shape \(3,\)"):
        checks.gradient("dw", lambda w: float(np.sum(w**3)), 3 * theta[0] ** 2, theta)


@pytest.mark.parametrize("number", [3.0, np.float64(3), True, np.bool_(True), "3", np.array(3)])
def test_whole_refuses_what_is_no_size(number):
    checks.whole("sizes", 3, np.int64(4), np.uint8(5))
    with pytest.raises(CheckFailed, match="^sizes: got .*, expected a whole number$"):
        checks.whole("sizes", 3, number)


def test_raises_wants_that_error():
    checks.raises("f(-1)", ValueError, lambda: int("x"))
    with pytest.raises(CheckFailed, match="expected a ValueError, got the answer 3"):
        checks.raises("f(-1)", ValueError, lambda: 3)
    with pytest.raises(CheckFailed, match="expected a ValueError, got ZeroDivisionError: division by zero"):
        checks.raises("f(-1)", ValueError, lambda: 1 / 0)
    with pytest.raises(CheckFailed, match=r"the answer \(an array of shape \(2, 2\), 'cache'\)$"):
        checks.raises("f(-1)", ValueError, lambda: (np.ones((2, 2)), "cache"))

    def asserts():
        raise AssertionError

    with pytest.raises(CheckFailed, match=r"got AssertionError; write raise ValueError\(\.\.\.\)"):
        checks.raises("f(-1)", ValueError, asserts)


@pytest.mark.parametrize(
    "actual, expected, right",
    [
        ((2, 3), (2, 3), True),
        (np.int64(3), 3, True),
        (np.bool_(True), True, True),
        ([2, 3], (2, 3), False),
        (True, 1, False),
        ("a", "b", False),
        (None, (2, 3), False),
        (np.arange(3), (0, 1, 2), False),
    ],
)
def test_equal_is_exact(actual, expected, right):
    if right:
        checks.equal("f(x)", actual, expected)
    else:
        with pytest.raises(CheckFailed, match=r"f\(x\)"):
            checks.equal("f(x)", actual, expected)


def test_an_exercise_counts_its_checks(capsys):
    with checks.exercise("f"):
        checks.close("f(1)", 1.0, 1)
        checks.that(True, "")
    assert capsys.readouterr().out == "f: 2 checks passed\n"


def test_a_stub_is_named_also_if_another_exercise_is_one():
    def sigmoid():
        raise NotImplementedError

    with pytest.raises(CheckFailed, match="sigmoid is still a stub"), checks.exercise("predict"):
        checks.close("predict()", sigmoid(), 1)


def test_a_cell_that_was_not_run_is_named():
    with pytest.raises(CheckFailed, match="f is not defined: run its cell first"), checks.exercise("f"):
        f()  # noqa: F821


def test_warnings_and_stderr_do_not_fail_a_check(capsys):
    with redirect_stderr(io.StringIO()) as stderr, checks.exercise("f"):
        warnings.warn("overflow encountered", RuntimeWarning, stacklevel=1)
        np.exp(np.array([1000.0]))
    assert stderr.getvalue() == "" and capsys.readouterr().err == ""


def test_checks_leave_the_learners_names_alone():
    names = {"checks": checks, "X": "mine", "__name__": "__main__"}
    exec('with checks.exercise("f"):\n    X = 1\n    left = 2', names)
    assert names["X"] == "mine" and "left" not in names
    with pytest.raises(CheckFailed):
        exec('with checks.exercise("f"):\n    X = 1\n    checks.that(False, "no")', names)
    assert names["X"] == "mine"


def test_jupyter_shows_one_line():
    assert CheckFailed("f(x): wrong")._render_traceback_() == ["CheckFailed: f(x): wrong"]


@pytest.mark.parametrize("answer, told", [(None, "missing"), (5, "got a number"), ([1], "expected 2 entries, got 1")])
def test_a_list_has_as_many_entries_as_wanted(answer, told):
    with pytest.raises(CheckFailed, match=told):
        checks.length("f(x)", answer, 2)
    checks.length("f(x)", (1, 2), 2)


def test_deep_calls_are_allowed_inside_alone():
    def deep(n):
        return n and 1 + deep(n - 1)

    limit = sys.getrecursionlimit()
    with checks.exercise("deep"):
        checks.equal("deep", deep(3000), 3000)
    assert sys.getrecursionlimit() == limit


def test_what_is_exact_is_so_in_every_number_type():
    counts = np.array([1000, 1001])
    checks.close("counts", counts.astype(np.float32), counts, rtol=0, atol=0)
    with pytest.raises(CheckFailed):
        checks.close("counts", (counts + 1).astype(np.float16), counts, rtol=0, atol=0)


def test_a_dict_may_have_more_keys_than_are_asked_for():
    checks.keys("backward(cache)", {"dW": 1, "db": 2, "dA": 3}, ["dW", "db"])


def test_the_remedy_for_a_change_in_place_fits_what_was_changed():
    def fills(grads):
        grads["dW"] = 0 * grads["dW"]

    def subtracts(W):
        W -= 1

    with pytest.raises(CheckFailed, match="it fills the caller's dict; fill a new one"):
        checks.unchanged(fills, {"dW": np.ones(2)})
    with pytest.raises(CheckFailed, match="write a = a - b, not a -= b"):
        checks.unchanged(subtracts, np.ones(2))


def test_an_answer_in_an_array_of_objects_is_the_same_again():
    checks.unchanged(lambda n: np.array(["O"] * n, dtype=object), 3)


NUMBERS = arrays(float, 5, elements=st.sampled_from([0.0, 1.0, 1 + 1e-7, -1.0, 1e300, np.inf, -np.inf, np.nan]))


@given(NUMBERS, NUMBERS)
def test_close_says_what_allclose_says(actual, expected):
    near = np.allclose(actual, expected, rtol=1e-6, atol=1e-9, equal_nan=True)
    with nullcontext() if near else pytest.raises(CheckFailed):
        checks.close("numbers", actual, expected)
