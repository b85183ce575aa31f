"""Spoken words as waves: 8,000 numbers for each second."""

from typing import NamedTuple

import numpy as np

from shared_utils.data.files import open_h5, read_lines, record_of


class Clips(NamedTuple):
    """Short recordings of speech without the silence around them.

    Attributes:
        waves: int16 (T,) each, -32768 to 32767, the pressure of the air at `rate` moments of a second.
        words: what is said in each, in small letters.
        voices: who says it.
        rate: samples in a second.
    """

    waves: tuple[np.ndarray, ...]
    words: tuple[str, ...]
    voices: tuple[str, ...]
    rate: int


def load_spoken_words() -> Clips:
    """Loads single words that one woman recorded for a telephone exchange: numbers, weekdays, months, the alphabet.

    Returns:
        125 clips at 8,000 samples a second, each word once: the numbers from zero to ninety with hundred, thousand and
        so on, the days, the months, the letters, the names that spell them (alpha, bravo, …) and a few others.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: Debian asterisk-core-sounds-en-wav 1.6.1 (CC BY-SA 3.0); recorded by Allison Smith.
    """
    return _clips("cc-by-sa/spoken_words.h5")


def load_spoken_digits() -> Clips:
    """Loads the ten digits as a second real person says them.

    Returns:
        Ten clips at 8,000 samples a second, the words zero to nine, in this order.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI spokennumbers 1.0.0 (MIT), Daniel Andersson, reduced from 44,100 samples a second.
    """
    return _clips("spoken_digits.h5")


def load_trigger_words() -> tuple[Clips, Clips]:
    """Loads twenty words as sixteen synthetic voices say them: "activate", ones that sound like it, and others.

    Returns:
        The clips to train (12 voices) and to test (4 other voices), at 8,000 samples a second: of each voice
        "activate" three times, slow, at its own pace and fast, and once each the digits zero to nine, active,
        captivate, computer, cultivate, hello, hesitate, motivate, music and yesterday.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: made for this course with flite (Debian) and eSpeak NG (PyPI espeakng-loader).
    """
    clips = _clips("trigger_words.h5")
    voices = np.array(clips.voices)
    testing = np.isin(voices, record_of("trigger_words.h5")["test_voices"])
    return tuple(
        clips._replace(**{name: tuple(getattr(clips, name)[k] for k in rows) for name in ("waves", "words", "voices")})
        for rows in (np.flatnonzero(~testing), np.flatnonzero(testing))
    )


def mel_bands(number: int = 20, low: float = 100, high: float = 3900) -> np.ndarray:
    """The weight of each frequency of a frame in bands that are narrow for low tones and wide for high ones.

    Args:
        number: how many bands.
        low, high: from where to where they reach, in Hz, 0 <= low < high <= 4000.

    Returns:
        (number, 129), for the 129 frequencies of a frame of 256 samples at 8,000 a second: triangles that overlap by
        half, even on the mel scale 2595 log10(1 + f / 700).

    Source:
        S. S. Stevens, J. Volkmann and E. B. Newman (1937), A Scale for the Measurement of the Psychological Magnitude
        Pitch; the formula: D. O'Shaughnessy (1987), Speech Communication: Human and Machine.
    """
    ends = 2595 * np.log10(1 + np.array([low, high]) / 700)
    edges = 700 * (10 ** (np.linspace(*ends, number + 2) / 2595) - 1) * 256 / 8000
    left, middle, right = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    k = np.arange(129)
    return np.clip(np.minimum((k - left) / (middle - left), (right - k) / (right - middle)), 0, None)


def _clips(file: str) -> Clips:
    with open_h5(file) as h5:
        waves = np.split(h5["samples"][()], np.cumsum(h5["lengths"][()])[:-1])
        return Clips(tuple(waves), read_lines(h5["words"]), read_lines(h5["voices"]), record_of(file)["rate"])
