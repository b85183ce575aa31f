"""The noise of a room, drawn by a seeded generator: the background that speech is recorded in."""

from typing import NamedTuple

import numpy as np

RATE = 8000
_OCTAVES, _LOUDNESS = 12, 120


class Noise(NamedTuple):
    """Sound without speech.

    Attributes:
        wave: int16 (T,), the pressure of the air at `rate` moments of a second, in the units of `Clips.waves`.
        rate: samples in a second.
    """

    wave: np.ndarray
    rate: int


def make_noise(seconds: float = 10.0, seed: int = 0) -> Noise:
    """Draws pink noise, which has the same power in each octave, as wind, rain and the fans of a room have.

    Args:
        seconds: how long it lasts.
        seed: which of the possible draws.

    Returns:
        wave (8000 · seconds,), int16, within ±1440 (speech reaches 20,000 and more); rate, 8000.
    """
    if seconds <= 0:
        raise ValueError(f"seconds must be positive, not {seconds}")
    # RandomState, because NumPy promises that its stream never changes; whole numbers, because they add up alike on
    # every processor. One source changes at every sample, one at every second sample, at every fourth, …
    rng, size = np.random.RandomState(seed), round(RATE * seconds)
    wave = np.zeros(size, dtype=np.int16)
    for held in 2 ** np.arange(_OCTAVES):
        levels = rng.randint(-_LOUDNESS, _LOUDNESS + 1, size=size // held + 2, dtype=np.int16)
        start = rng.randint(held)
        wave += np.repeat(levels, held)[start : start + size]
    return Noise(wave, RATE)
