import io
import warnings
from contextlib import redirect_stderr

import numpy as np
import pytest

from shared_utils import causes, checks, words
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


def test_unchanged_finds_changes_in_place_and_moods():
    def halves(x):
        x /= 2
        return x

    calls = iter(range(9))
    x = np.array([1.0, 3.0])
    with pytest.raises(CheckFailed, match="halves changes its argument x in place"):
        checks.unchanged(halves, x)
    with pytest.raises(CheckFailed, match="another answer when called again"):
        checks.unchanged(lambda x: next(calls), x)
    checks.unchanged(lambda parts: {"sum": parts[0] + parts[1]["b"]}, [1, {"b": np.ones(2)}])


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


ERRORS = [
    (
        "return 1 if x > 0 else 0",
        "ValueError: The truth value",
        "(in f, line `return 1 if x > 0 else 0`): `if` needs one",
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
    assert str(failed.value) == "f: it returned {}, KeyError: 'secret'"


def test_too_few_results_are_told_without_the_line_of_the_check():
    names = {"f": lambda: (1, 2), "checks": checks}
    with pytest.raises(CheckFailed, match="not enough values to unpack .*see Returns in the docstring"):
        exec('with checks.exercise("f"):\n    a, b, c = f()', names)


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


@pytest.mark.parametrize(
    "actual, expected, fires",
    [
        ((1, 4), (2, 1), True),
        ((2, 1), (1, 4), True),
        ((1, 4, 3), (2, 1, 3), True),
        ((1, 3), (1, 4), False),
        ((1, 1), (2, 1), False),
        ((4, 2, 1), (1, 1, 1), False),
    ],
)
def test_the_wrong_axis_is_named_only_where_a_sum_over_it_gives_that_shape(actual, expected, fires):
    assert ("wrong axis" in (causes.of_shape(actual, expected) or "")) == fires


RIGHT_AND_WRONG = [
    (np.zeros((3, 1)), np.ones((3, 1))),
    (np.full((1, 3), 0.5), np.full((1, 3), 1.5)),
    (np.full((1, 3), 20.0), np.full((1, 3), 40.0)),
    (44.0, 88.0),
    (0.3, 0),
    (np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])),
]


@pytest.mark.parametrize("expected, actual", RIGHT_AND_WRONG, ids=[str(case[1]) for case in RIGHT_AND_WRONG])
def test_no_cause_is_named_where_a_coincidence_would_look_the_same(expected, actual):
    assert causes.of_value(np.asarray(actual), np.asarray(expected, dtype=float)) is None


MUTATIONS = [
    (lambda e: -e, "negative"),
    (lambda e: e * 7, "exactly m = 7 times"),
    (lambda e: e / 7, "exactly 1/m = 1/7"),
    (lambda e: e * 2, "twice"),
    (lambda e: e * 1.7, "same factor"),
    (lambda e: 1 - e, "1 minus"),
    (lambda e: e + 0.4, "everywhere"),
    (lambda e: np.trunc(e).astype(int), "fractions are cut off"),
    (lambda e: e[::-1], "rows are right but in reverse order"),
    (lambda e: e[:, ::-1], "wrong places: look at the order of axes"),
    (lambda e: np.zeros_like(e), "every value is 0"),
    (lambda e: e**2, None),
    (lambda e: np.maximum(0, e), None),
    (lambda e: e.mean(axis=1, keepdims=True) + 0 * e, None),
    (lambda e: e + (np.arange(e.size).reshape(e.shape) == 5), None),
    (lambda e: np.random.default_rng(9).normal(size=e.shape), None),
]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("whole", [False, True], ids=["any numbers", "whole numbers"])
def test_a_cause_is_named_for_its_own_slip_and_for_no_other(seed, whole):
    rng = np.random.default_rng(seed)
    expected = rng.permutation(np.arange(-6, 6)).reshape(3, 4) + (0.0 if whole else rng.uniform(0.1, 0.9, (3, 4)))
    for mutate, words_of_the_cause in MUTATIONS:
        wrong = mutate(expected)
        if not np.array_equal(wrong, expected):
            found = causes.of_value(wrong, expected, m=7)
            assert found is None if words_of_the_cause is None else words_of_the_cause in found


def test_two_examples_leave_open_where_a_factor_2_comes_from():
    assert "or is a factor 2 wrong?" in causes.of_value(2 * ROW, ROW, m=2)
    assert "or is a factor 2 wrong?" in causes.of_value(ROW / 2, ROW, m=2)
    assert "factor 2" not in causes.of_value(3 * ROW, ROW, m=3)


@pytest.mark.parametrize(
    "act, flat",
    [
        (lambda: np.ones((2, 3)) + np.ones(2), True),
        (lambda: np.ones((2, 3)) + np.ones((3, 2)), False),
        (lambda: np.zeros((2, 3)).__setitem__((slice(None), 0), np.ones((2, 1))), True),
        (lambda: np.zeros((2, 3)).__setitem__((slice(None), slice(0, 1)), np.ones((3, 1))), False),
    ],
)
def test_a_flat_array_is_named_only_where_there_is_one(act, flat):
    with pytest.raises(ValueError, match="broadcast") as error:
        act()
    assert ("one is flat" in causes.of_error(error.value)) == flat
