"""Points in the plane, drawn by seeded generators: the same m, noise and seed give the same points for ever."""

from typing import NamedTuple

import numpy as np


class Points(NamedTuple):
    """Labelled points in the plane; examples are columns, in random order.

    Attributes:
        X: float64 (2, m), the two coordinates of each point.
        Y: int64 (1, m), the class of each point.
    """

    X: np.ndarray
    Y: np.ndarray


def make_moons(m: int = 400, noise: float = 0.15, seed: int = 0) -> Points:
    """Draws two half moons that reach into each other; no straight line parts them.

    Args:
        m: the number of points, half of them in each class.
        noise: standard deviation of each point's distance from its moon, whose radius is 1.
        seed: which of the possible draws.

    Returns:
        X (2, m), float64; Y (1, m), int64, 0 = the upper moon, 1 = the lower one.
    """
    rng, y = _start(m, noise, seed, classes=2)
    angle = rng.uniform(0, np.pi, m)
    upper, lower = (np.cos(angle), np.sin(angle)), (1 - np.cos(angle), 0.5 - np.sin(angle))
    return Points(np.where(y == 0, upper, lower) + noise * rng.normal(size=(2, m)), y[np.newaxis])


def make_circles(m: int = 400, noise: float = 0.1, seed: int = 0) -> Points:
    """Draws a small ring inside a large one; no straight line parts them.

    Args:
        m: the number of points, half of them in each class.
        noise: standard deviation of each point's distance from its ring.
        seed: which of the possible draws.

    Returns:
        X (2, m), float64; Y (1, m), int64, 0 = the ring of radius 1, 1 = the ring of radius 0.5.
    """
    rng, y = _start(m, noise, seed, classes=2)
    angle = rng.uniform(0, 2 * np.pi, m)
    ring = np.where(y == 0, 1.0, 0.5) * np.stack([np.cos(angle), np.sin(angle)])
    return Points(ring + noise * rng.normal(size=(2, m)), y[np.newaxis])


def make_spirals(m: int = 600, noise: float = 0.03, seed: int = 0, classes: int = 3) -> Points:
    """Draws spiral arms that wind around each other, one class an arm.

    Args:
        m: the number of points, in equal numbers from each class (up to one).
        noise: standard deviation of each point's distance from its arm, which ends at radius 1.
        seed: which of the possible draws.
        classes: the number of arms.

    Returns:
        X (2, m), float64; Y (1, m), int64, the arm 0..classes - 1.
    """
    rng, y = _start(m, noise, seed, classes)
    radius = np.sqrt(rng.uniform(0.01, 1, m))
    angle = 2 * np.pi * (radius + y / classes)
    arm = radius * np.stack([np.cos(angle), np.sin(angle)])
    return Points(arm + noise * rng.normal(size=(2, m)), y[np.newaxis])


def make_flower(m: int = 400, noise: float = 0.03, seed: int = 0, petals: int = 6) -> Points:
    """Draws a flower whose petals belong to two classes in turn.

    Args:
        m: the number of points, half of them in each class.
        noise: standard deviation of each point's shift; a petal reaches to radius 1.
        seed: which of the possible draws.
        petals: their number, which must be even.

    Returns:
        X (2, m), float64; Y (1, m), int64, 0 or 1 for each second petal.
    """
    if petals < 2 or petals % 2:
        raise ValueError(f"petals must be an even number, at least 2, not {petals}")
    rng, y = _start(m, noise, seed, classes=2)
    petal = 2 * rng.randint(petals // 2, size=m) + y
    # Where a petal is long there is more of it: its middle gets most of the points.
    across = rng.uniform(-0.5, 0.5, m) + rng.uniform(-0.5, 0.5, m)
    radius = np.sqrt(rng.uniform(0.05, 1, m)) * np.cos(np.pi / 2 * across)
    angle = 2 * np.pi * (petal + across / 2) / petals
    return Points(radius * np.stack([np.cos(angle), np.sin(angle)]) + noise * rng.normal(size=(2, m)), y[np.newaxis])


def make_football(m: int = 300, noise: float = 4.0, seed: int = 0) -> Points:
    """Draws where the long kicks of our goalkeeper came down on a pitch of 105 by 68 m, and who headed the ball.

    Our players win the balls that come down short, theirs the far ones; the line between them winds, and near it
    chance decides, so a model that gets every ball of the training set right has learned the chance as well.

    Args:
        m: the number of kicks.
        noise: in metres; at this distance from the line the likelier team wins 73 % of the balls.
        seed: which of the possible draws.

    Returns:
        X (2, m), float64, metres from our goal line (10 to 95) and from the left side line (3 to 65);
        Y (1, m), int64, 1 = headed by our team, 0 = by theirs. About half of the balls each.
    """
    rng, _ = _start(m, noise, seed, classes=2)
    along, across = rng.uniform(10, 95, m), rng.uniform(3, 65, m)
    line = 52.5 + 16 * np.sin(2 * np.pi * across / 68)
    chance = rng.uniform(1e-9, 1 - 1e-9, m)
    ours = line - along + noise * np.log(chance / (1 - chance)) > 0
    return Points(np.stack([along, across]), ours.astype(np.int64)[np.newaxis])


def _start(m: int, noise: float, seed: int, classes: int) -> tuple[np.random.RandomState, np.ndarray]:
    """A generator of random numbers and m shuffled labels, as many of each class as m allows."""
    if m < 1 or noise < 0 or classes < 1:
        raise ValueError(f"m and classes must be at least 1, noise not negative: m={m}, classes={classes}, {noise=}")
    # RandomState, because NumPy promises that its stream never changes; that of default_rng may.
    rng = np.random.RandomState(seed)
    return rng, rng.permutation(np.arange(m, dtype=np.int64) % classes)
