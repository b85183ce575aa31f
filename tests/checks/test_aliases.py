import time
from collections import namedtuple

import numpy as np
import pytest

from shared_utils import checks
from shared_utils.checks import CheckFailed, aliases


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


@pytest.mark.parametrize("pairs", [0, aliases.PAIRS])
def test_what_shares_memory_is_what_numpy_says(pairs, monkeypatch):
    monkeypatch.setattr(aliases, "PAIRS", pairs)
    rng, bases = np.random.default_rng(0), np.zeros((2, 9, 7))
    rows = [slice(low, high, step) for low in (0, 2, 6) for high in (2, 5, 9) for step in (1, 3, -1)]
    views = [view for base in bases for rows_of in rows for view in (base[rows_of], base[rows_of].T[::-1])]
    views += [np.broadcast_to(bases[0, 4], (3, 7)), bases[1, 3, 2:3], bases[0, 8, 6, ...], bases[1, :, 7:]]
    for _ in range(300):
        some, others = ([views[k] for k in rng.integers(0, len(views), n)] for n in rng.integers(1, 5, 2))
        shared = any(np.may_share_memory(one, other) for one in some for other in others)
        seen = aliases.Watched()
        seen.note(some, [others], {})
        assert seen.lent == ([0] if shared else [])
        seen.note(others, [], {})
        assert seen.stale == shared


def test_a_result_of_many_arrays_is_compared_with_many_arguments_in_time():
    result, given = ([np.zeros((2, 2)) for _ in range(n)] for n in (3000, 9000))
    seen, start = aliases.Watched(), time.process_time()
    seen.note([*result, given[7][:1]], given, {})
    assert seen.lent == [7] and time.process_time() - start < 4
