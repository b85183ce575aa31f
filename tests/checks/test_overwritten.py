"""Answers that remember what they were called with are seen when the same arrays hold other values."""

import numpy as np
import pytest

from shared_utils import checks

MESSAGE = "with arrays whose values have changed since the last call, "


def draw(rng, n_e, n_v, m):
    return rng.normal(0, 1, (n_e, n_v)), rng.integers(0, n_v, m)


def held(answer, oracle, **domain):
    with pytest.raises(checks.CheckFailed, match=MESSAGE):
        checks.agrees(answer, oracle, draw, sizes={"n_e": 9, "n_v": 9, "m": 9}, real={"E": 10}, **domain)


def test_one_argument_by_identity_and_the_other_by_value():
    kept = {}

    def answer(E, words):
        return kept.setdefault((id(E), words.tobytes()), (E, E[:, words]))[1].copy()

    held(answer, lambda E, words: np.take(E, words, axis=1))


def test_where_the_result_may_hold_the_arguments():
    kept = {}

    def answer(E, words):
        return kept.setdefault(id(E), (E, E.sum(axis=1)))[1].copy(), E

    held(answer, lambda E, words: (E.sum(axis=1), E), returns=["sums", "E"], new=False)
