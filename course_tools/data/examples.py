"""What a text, a sound or a series looks like on the page of the datasets: a few lines, or a picture of the numbers."""

import ast
from collections.abc import Mapping, Sequence

import numpy as np

from course_tools.data.sound import spectrogram
from shared_utils import data

_ASKED = ("cat", "king", "paris", "blue", "walked", "three")


def loaded(record: dict):
    """What the first load of a record returns, e.g. of `load_shakespeare("sonnets")`."""
    name, argument = record["loads"][0].removesuffix(")").split("(")
    return getattr(data, name)(*([ast.literal_eval(argument)] if argument else []))


def lines_of(record: dict) -> list[str]:
    """A few lines of a text dataset that show what it holds."""
    match texts := loaded(record):
        case data.Pairs():
            return [f"{source} → {target}" for source, target in list(zip(*texts[:2], strict=True))[:6]]
        case data.Sentences():
            return [
                f"{label}  {sentence}"
                for label, sentence in list(zip(texts.Y_train[0], texts.x_train, strict=True))[:6]
            ]
        case data.WordVectors():
            return [f"{word}: nearest are {', '.join(_nearest(texts, word))}" for word in _ASKED]
        case Mapping():
            return [
                f"{section}: {a} is to {b} as {c} is to {d} ({len(questions)} questions)"
                for section, questions in texts.items()
                for a, b, c, d in questions[:1]
            ]
        case str():
            return texts.splitlines()[:16]
        case _:
            return list(texts[:6])


def _nearest(vectors: data.WordVectors, word: str, count: int = 4) -> list[str]:
    """The words whose vectors have the smallest angle to that of a word."""
    E = vectors.E / np.linalg.norm(vectors.E, axis=0)
    order = np.argsort(-(E[:, vectors.words.index(word)] @ E), kind="stable")
    return [vectors.words[k] for k in order[1 : count + 1]]


def picture_of(record: dict) -> np.ndarray:
    """A picture of a series or of sounds, grey, uint8 (n_H, n_W)."""
    match heard := loaded(record):
        case data.Temperatures():
            return _band(heard.low, heard.high)
        case data.Sequences():
            return _tiles([heard.X_train[:, k, : heard.T_train[k]] for k in range(16)], scale=4)
        case data.Noise():
            return _tiles([spectrogram(heard.wave[:16000])])
        case data.Clips():
            return _tiles([spectrogram(wave) for wave in heard.waves[:8]])
        case _:
            train, _ = heard
            chosen = [train.words.index(word) for word in ("activate", "captivate", "hello", "seven")]
            return _tiles([spectrogram(train.waves[k]) for k in chosen])


def _band(low: np.ndarray, high: np.ndarray, pixels: int = 4, days: int = 2) -> np.ndarray:
    """A column for each two days, dark from their lowest to their highest value; freezing point is a line."""
    low, high = (values[: len(values) // days * days].reshape(-1, days) for values in (low, high))
    top, bottom = np.ceil(high.max()) + 1, np.floor(low.min()) - 1
    levels = top - np.arange((top - bottom) * pixels)[:, np.newaxis] / pixels
    dark = (low.min(axis=1) <= levels) & (levels <= high.max(axis=1))
    return np.where(dark, 60, np.where(levels == 0, 180, 255)).astype(np.uint8)


def _tiles(arrays: Sequence[np.ndarray], scale: int = 2, gap: int = 4) -> np.ndarray:
    """Arrays side by side, four in a row, the first row of each below, each from its lightest to its darkest."""
    height, width = (max(array.shape[axis] for array in arrays) for axis in (0, 1))
    tiles = np.full((len(arrays), height + gap, width + gap), 255, dtype=np.uint8)
    for tile, array in zip(tiles, arrays, strict=True):
        low, high = np.quantile(array, [0.3, 1])
        shade = 255 - 255 * np.clip((array - low) / (high - low), 0, 1)
        tile[gap:, : array.shape[1]] = np.rint(shade[::-1])
    columns = min(4, len(tiles))
    sheet = tiles.reshape(-1, columns, *tiles.shape[1:]).transpose(0, 2, 1, 3).reshape(-1, columns * (width + gap))
    return np.repeat(np.repeat(sheet, scale, axis=0), scale, axis=1)
