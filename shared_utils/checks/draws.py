"""Judging random draws: no order of drawing is asked, only that they are uniform and independent of each other."""

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np

from shared_utils.checks.values import CheckFailed, that

SIGMAS = 5.0  # a right answer misses such a bound with a probability of 6e-7
FARTHEST = 2.7  # of the distribution function, times the root of their number: 1e-6
ENDS = 15.0  # expected draws between an end and the nearest one: e**-15 = 3e-7
AGAIN = 10  # draws that may be equal because numbers are rounded


def uniform(what: str, u: np.ndarray, rounding: float = 1e-7) -> None:
    """`u` holds what calls of one function drew one after another: uniform from 0 to 1, all independent.

    For draws of another distribution, `u` is its distribution function of them. Bounds of 5 standard errors: at a
    fixed seed a right answer of any style passes.

    Args:
        what: the call, as a message names it.
        u: (calls, n) or (calls, n, names), n draws in each call; with several names, each of them is looked at alone,
            and whether they go together. At least a thousand draws of each name; n may be 1.
        rounding: how far a draw may lie outside.

    Raises:
        CheckFailed: values come again, are not uniform, or depend on each other.
    """
    u = u.reshape(*u.shape[:2], -1)
    calls, n, names = u.shape
    N, each = calls * n, u.reshape(-1, names)
    for column in np.sort(each, axis=0).T:
        if len(np.unique(column)) < N - AGAIN:
            raise CheckFailed(f"{what}: values come again; draw each one anew from rng")
        far = np.abs(column - (np.arange(N) + 0.5) / N).max() * np.sqrt(N)
        low, high = column[0], 1 - column[-1]
        reach = -rounding <= min(low, high) and max(low, high) < ENDS / N
        that(far < FARTHEST and reach, f"{what}: the values are not spread as they should be from low to high")
    # Neighbours in a call and in two calls, names, also by their distance from the middle; sums of a call.
    pairs = [(u[:-1], u[1:])] * (calls > 1) + [(u[:, :-1], u[:, 1:])] * (n > 1)
    pairs += [(u[..., k], u[..., other]) for k in range(names) for other in range(k)]
    found = [_correlation(*pair) * np.sqrt(pair[0].size) for pair in pairs]
    found += [_correlation(*(np.abs(part - 0.5) for part in pair)) * np.sqrt(pair[0].size) for pair in pairs]
    if calls > 30:
        found += [(u.mean(axis=1).var() * 12 * n - 1) * np.sqrt(calls * names / 2)]
    alone = np.abs(found).max() < SIGMAS
    that(alone, f"{what}: the values are not independent of each other; draw each one by itself")


def equally_probable(what: str, drawn: Sequence[Hashable], ways: int) -> None:
    """`drawn` are the results of many calls; there are `ways` possible ones, all equally probable, all independent.

    By the chi-squared statistic, whose mean is ways - 1 and whose variance 2 (ways - 1): at a fixed seed a right answer
    of any style passes. At least 40 calls for each way.

    Raises:
        CheckFailed: other results come, or some come too often or too seldom.
    """
    times, expected = Counter(drawn), len(drawn) / ways
    that(len(times) == ways, f"{what}: in {len(drawn)} calls {len(times)} different results, expected {ways}")
    unlike = sum((count - expected) ** 2 / expected for count in times.values())
    message = f"{what}: some results come too often, others too seldom; all ways must be equally probable"
    that(unlike < ways + 6 * np.sqrt(2 * ways) + 10, message)


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])
