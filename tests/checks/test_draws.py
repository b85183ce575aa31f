import numpy as np
import pytest

from shared_utils import checks
from shared_utils.checks import CheckFailed


def draws(kind, calls=60, n=100):
    """Two names, drawn in one of several ways: (calls, n, 2)."""
    rng = np.random.default_rng(1)
    u = rng.random((calls, n, 2))
    places = np.moveaxis(rng.permuted(np.tile(np.arange(n), (calls, 2, 1)), axis=2), 1, 2)
    return {
        "right": u,
        "one a call": u.reshape(-1, 1, 2),
        "one call": u[:10].reshape(1, -1, 2),
        "with rounding": u + 1e-9 * (u < 0.5) - 5e-10,
        "a grid": rng.integers(0, 1000, u.shape) / 1000,
        "one again in each call": np.concatenate([u[:, :-1], np.full((calls, 1, 2), 0.5)], axis=1),
        "the same in each call": np.tile(u[:1], (calls, 1, 1)),
        "not to the end": 0.98 * u,
        "beyond the end": 1.001 * u,
        "in the middle": u.mean(axis=2, keepdims=True) + 0 * u[..., :1],
        "one for both names": u[..., [0, 0]],
        "mirrored in the second name": np.stack([u[..., 0], 1 - u[..., 0]], axis=2),
        "far out together": np.stack([u[..., 0], np.abs((u[..., 1] < 0.5) - u[..., 0])], axis=2),
        "sorted": np.sort(u, axis=1),
        "one in each of n parts": (places + u) / n,
        "the call before, moved": np.stack([(u[0] + 0.618 * k) % 1 for k in range(calls)])[:, :, :1],
    }[kind]


@pytest.mark.parametrize("kind", ["right", "one a call", "one call", "with rounding"])
def test_uniform_accepts_every_way_to_draw(kind):
    checks.uniform("draw(rng)", draws(kind))


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("values come again", ["a grid", "one again in each call", "the same in each call"]),
        ("not spread as they should be", ["not to the end", "beyond the end", "in the middle"]),
        (
            "not independent",
            [
                "one for both names",
                "mirrored in the second name",
                "far out together",
                "sorted",
                "one in each of n parts",
                "the call before, moved",
            ],
        ),
    ],
)
def test_uniform_finds_what_only_looks_random(words, kinds):
    for kind in kinds:
        with pytest.raises(CheckFailed, match=words):
            checks.uniform("draw(rng)", draws(kind))


def test_uniform_rarely_fails_for_right_draws():
    for seed in range(300):
        checks.uniform("draw(rng)", np.random.default_rng(seed).random((40, 50, 3)))


def test_results_that_are_equally_probable_pass():
    rng = np.random.default_rng(0)
    for ways in (1, 2, 6, 30):
        checks.equally_probable("f(rng)", rng.integers(0, ways, 60 * ways).tolist(), ways)


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        ([0] * 120, "1 different results, expected 2"),
        ([0, 1, 2] * 40, "3 different results, expected 2"),
        ([0] * 90 + [1] * 30, "some results come too often"),
    ],
)
def test_results_that_are_not_equally_probable_fail(drawn, words):
    with pytest.raises(CheckFailed, match=words):
        checks.equally_probable("f(rng)", drawn, 2)
