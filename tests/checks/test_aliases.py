from collections import namedtuple

import numpy as np
import pytest

from shared_utils import checks
from shared_utils.checks import CheckFailed


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
    checks.unchanged(lambda x: namedtuple("Pair", "one two")(x, 2 * x), x)


def test_unchanged_finds_what_is_handed_out_again():
    kept, made, points = np.ones(3), {}, [{"width": 3}, {"width": 4}]

    def again(n):
        return kept

    def filled(n):
        made["x"] = np.ones(n)
        return made

    def same_dicts(n):
        return list(points)

    for function in (again, filled, same_dicts):
        with pytest.raises(CheckFailed, match="handed out again, what an earlier call had returned; make new arrays"):
            checks.unchanged(function, 3)
    checks.unchanged(lambda x: (np.ones(3), x), np.ones(2))
    checks.unchanged(lambda x: [x[0], dict(x[1])], [{"a": 1}, {"b": 2}])


def test_unchanged_lets_a_generator_move_on():
    checks.unchanged(lambda x, rng: x + rng.normal(size=3), np.ones(3), np.random.default_rng(0))
    with pytest.raises(CheckFailed, match="another answer when called again"):
        checks.unchanged(lambda rng: np.random.default_rng().normal(size=3), np.random.default_rng(0))
