"""Exact chances for counts of mistakes: binomial probabilities, and which splits McNemar's test calls significant."""

from functools import cache

import numpy as np


def binomial(n: int, p: float) -> np.ndarray:
    """The probabilities of 0, 1, …, n mistakes on n independent examples.

    Args:
        n: number of examples, 0 or more.
        p: the probability of a mistake on each of them.

    Returns:
        float (n + 1,), right to about 11 digits for n up to 10,000; what is below about 1e-308 is 0.

    Raises:
        ValueError: n is negative, or p is not from 0 to 1.
    """
    if n < 0 or not 0 <= p <= 1:
        raise ValueError(f"n must be at least 0 and p from 0 to 1, got n = {n} and p = {p}")
    counts = np.arange(n + 1)
    if p in (0, 1):
        return (counts == n * p).astype(float)
    ways = np.append(0.0, np.cumsum(np.log((n - counts[:-1]) / counts[1:])))
    return np.exp(ways + counts * np.log(p) + (n - counts) * np.log1p(-p))


@cache
def rejection_limit(d: int, alpha: float) -> int:
    """The most uneven splits of d discordant examples: how large the smaller part may be in a significant split.

    Args:
        d: number of examples on which exactly one of two models is wrong, 0 or more.
        alpha: a split is significant if the p-value of McNemar's exact test is at most alpha, above 0 and below 1.

    Returns:
        The largest k for which k to d - k is significant; always less than d / 2. -1 if no split is.

    Raises:
        ValueError: alpha is not between 0 and 1.

    Source:
        Q. McNemar (1947), Note on the Sampling Error of the Difference Between Correlated Proportions or Percentages,
        Psychometrika 12.
    """
    if not 0 < alpha < 1:
        raise ValueError(f"alpha must be between 0 and 1, got {alpha}")
    # Whole numbers of any size: d = 5,000 has binomial coefficients that no float holds.
    k, ways, tail, all_splits = 0, 1, 1, 2**d
    while 2 * tail / all_splits <= alpha:
        ways = ways * (d - k) // (k + 1)
        k, tail = k + 1, tail + ways
    return k - 1
