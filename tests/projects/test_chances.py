"""Exact chances: binomial probabilities against whole numbers, and the limits of McNemar's test against its p-value."""

import math

import numpy as np
import pytest

from shared_utils.projects.chances import binomial, rejection_limit


@pytest.mark.parametrize(("n", "p"), [(0, 0.3), (1, 0.25), (7, 0.5), (60, 0.03), (300, 0.9)])
def test_binomial_probabilities_are_those_of_the_formula(n, p):
    wanted = [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    np.testing.assert_allclose(binomial(n, p), wanted, rtol=1e-11, atol=1e-300)


def test_binomial_probabilities_of_many_examples_add_up_to_one():
    assert abs(binomial(10_000, 0.02).sum() - 1) < 1e-10


@pytest.mark.parametrize(("p", "certain"), [(0, 0), (1, 5)])
def test_a_mistake_that_never_or_always_happens(p, certain):
    assert binomial(5, p).tolist() == [float(k == certain) for k in range(6)]


@pytest.mark.parametrize(("n", "p"), [(-1, 0.5), (3, -0.1), (3, 1.1)])
def test_what_is_no_probability_is_refused(n, p):
    with pytest.raises(ValueError, match="from 0 to 1"):
        binomial(n, p)


@pytest.mark.parametrize("alpha", [0.05, 0.01, 1 / 32, 0.5, 0.999])
def test_the_limit_is_the_last_significant_split(alpha):
    for d in range(41):
        p = [min(1, 2 * sum(math.comb(d, j) for j in range(k + 1)) / 2**d) for k in range(d // 2 + 1)]
        assert rejection_limit(d, alpha) == max((k for k, value in enumerate(p) if value <= alpha), default=-1)


def test_limits_of_many_examples():
    # SciPy: binomtest(469, 1000).pvalue = 0.0537, binomtest(468, 1000).pvalue = 0.0466
    assert rejection_limit(1000, 0.05) == 468
    assert rejection_limit(5000, 0.05) < 2500


@pytest.mark.parametrize("alpha", [0, 1, -0.1])
def test_an_alpha_that_never_or_always_rejects_is_refused(alpha):
    with pytest.raises(ValueError, match="between 0 and 1"):
        rejection_limit(3, alpha)
