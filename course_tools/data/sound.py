"""Waves of speech for the recipes and the page: read, reduce, trim, pack, and show what frequencies they hold."""

import wave
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import text

RATE = 8000
# A frame of 25 ms every 10 ms, as speech recognition is used to.
_FRAME, _STEP = 200, 80


def read_wave(path: Path) -> np.ndarray:
    """Reads a WAV file of 16 bits and returns its first channel at 8,000 samples a second, int16 (T,)."""
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return resampled(samples[:: file.getnchannels()], file.getframerate())


def resampled(samples: np.ndarray, rate: int) -> np.ndarray:
    """Samples (T,) taken at a rate of at least 8,000 a second as if taken at 8,000, int16."""
    if rate == RATE:
        return samples.astype(np.int16)
    size = round(len(samples) * RATE / rate)
    # Frequencies over half the new rate cannot be held, and are left out.
    spectrum = np.fft.rfft(samples)[: size // 2 + 1]
    waves = np.fft.irfft(spectrum, size) * size / len(samples)
    return np.clip(np.rint(waves), -(2**15), 2**15 - 1).astype(np.int16)


def trimmed(samples: np.ndarray, share: float = 0.02, margin: int = 160) -> np.ndarray:
    """Cuts off the silence before and after: what is quieter than a share of the peak, but for a margin of samples."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > share * np.abs(samples.astype(np.int32)).max())
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def packed(clips: Iterable[tuple[np.ndarray, str, str]]) -> dict[str, np.ndarray]:
    """The arrays of a file of clips, each a wave, its word and its voice."""
    waves, words, voices = zip(*clips, strict=True)
    return {
        "samples": np.concatenate(waves),
        "lengths": np.array([len(one) for one in waves]),
        "words": text(words),
        "voices": text(voices),
    }


def spectrogram(samples: np.ndarray) -> np.ndarray:
    """The loudness of each of 101 frequencies, 0 to 4,000 Hz, in each frame: float64 (101, frames), in dB."""
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64), _FRAME)[::_STEP]
    power = np.abs(np.fft.rfft(frames * np.hanning(_FRAME), axis=1).T) ** 2
    return 10 * np.log10(power + 1)
