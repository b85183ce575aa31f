"""A cause is named for its own slip, and for no other."""

import numpy as np
import pytest

from shared_utils import checks
from shared_utils.checks import CheckFailed, causes


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
    (np.array([1e-24, 3e-24]), np.array([1e-7, 3e-7])),
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
    row = np.array([[1.0, 2.0, 4.0]])
    assert "or is a factor 2 wrong?" in causes.of_value(2 * row, row, m=2)
    assert "or is a factor 2 wrong?" in causes.of_value(row / 2, row, m=2)
    assert "factor 2" not in causes.of_value(3 * row, row, m=3)


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


def test_item_of_a_table_is_explained():
    d = np.ones((3, 1))
    with pytest.raises(ValueError, match="size 1") as error:
        (d @ d.T).item()
    assert "a column @ a row is a table" in causes.of_error(error.value)


@pytest.mark.parametrize(
    "act, cause",
    [
        (lambda: np.ones((2, 3)) @ np.ones((2, 3)), "the columns of A must be as many as the rows of B"),
        (lambda: np.ones((2, 3)) @ np.float64(2), "one side is a single number"),
    ],
)
def test_what_numpy_says_of_a_matrix_product_is_told_without_its_signature(act, cause):
    with pytest.raises(CheckFailed, match=cause) as told, checks.exercise("f"):
        act()
    assert "signature" not in str(told.value)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("cannot compute MatMul as input #1 was expected to be a double tensor but is a int64 tensor", "number types"),
        ("'NoneType' object has no attribute 'numpy'", "gradient is None"),
        ("'NoneType' object is not iterable", "is `return` missing?"),
        ("'NoneType' object is not subscriptable", "is `return` missing?"),
        ("unhashable type: 'slice'", "a dict has no [a:b]"),
        ("unhashable type: 'list'", "an array cannot be the key"),
    ],
)
def test_what_an_error_says_is_explained(said, words):
    assert words in causes.of_error(TypeError(said))
