"""Drawn pictures that know where things are: pieces of clothing and sheets of paper lying on photographs.

Clothes, digits and photographs are those that `load_clothes`, `load_digits` and `load_photo` load. What is drawn for
training and for a test has no piece, digit or photograph in common. Places are in pixels from the upper left corner of
a picture, x to the right and y downward; the centre of the first pixel is x = y = 0.5.
"""

from typing import NamedTuple

import numpy as np

from shared_utils.data.corruptions import halved
from shared_utils.data.files import class_names
from shared_utils.data.photos import load_photo
from shared_utils.data.pictures import load_clothes, load_digits

CLASSES = ("trousers", "sneaker", "bag")
SIDE = 48
_PHOTOS = {"train": ("astronaut", "cat", "dahlia", "rocket", "starry_night"), "test": ("coffee", "pagoda")}
_SHEET = np.array([[0.0, 0.0], [105, 0], [105, 140], [0, 140]])  # corners of a sheet of 140 x 105 pixels
_DIGIT, _LINE = 14, 16  # side of a digit, and from one to the next, in pixels of the sheet


class Scenes(NamedTuple):
    """Pictures of clothes on photographs.

    Attributes:
        images: float32 (m, 48, 48, 1), 0 (black) to 1 (white).
        objects: for each picture a list of (box, label): the corners (x1, y1, x2, y2), whole numbers, and an index into
            CLASSES. What lies on top stands last.
    """

    images: np.ndarray
    objects: list[list[tuple[tuple[int, int, int, int], int]]]


class Pages(NamedTuple):
    """Pictures of sheets of paper on photographs.

    Attributes:
        images: float32 (m, side, side, 1), 0 to 1.
        corners: float64 (m, 4, 2), x and y of the sheet's upper left, upper right, lower right and lower left corner.
    """

    images: np.ndarray
    corners: np.ndarray


def make_scenes(m: int, split: str, counts: tuple[int, ...] = (0, 1, 1, 1), seed: int = 0) -> Scenes:
    """Draws clothes of 18 to 36 pixels on darkened parts of photographs.

    Args:
        m: the number of pictures.
        split: "train" or "test".
        counts: how many pieces lie on a picture; each picture takes one of these numbers, all with the same chance.
        seed: which of the possible draws.
    """
    rng, grounds, clothes = np.random.RandomState(seed), _grounds(split), load_clothes()
    X, Y = (clothes.X_train, clothes.Y_train) if split == "train" else (clothes.X_test, clothes.Y_test)
    wanted = [class_names("clothes").index(name) for name in CLASSES]
    pieces = X[np.isin(Y[0], wanted), :, :, 0] / 255
    labels = [wanted.index(label) for label in Y[0] if label in wanted]
    images, objects = np.zeros((m, SIDE, SIDE, 1), dtype=np.float32), []
    for image in images[:, :, :, 0]:
        image[:] = _ground(grounds, rng, SIDE)
        numbers = [rng.randint(len(pieces)) for _ in range(counts[rng.randint(len(counts))])]
        objects.append([(_lay_piece(image, pieces[number], rng), labels[number]) for number in numbers])
    return Scenes(images, objects)


def make_pages(m: int, split: str, side: int = SIDE, seed: int = 0) -> Pages:
    """Draws sheets with handwritten digits, turned by up to 34 degrees and slanted, on darkened parts of photographs.

    Args:
        m: the number of pictures.
        split: "train" or "test".
        side: height and width of a picture in pixels; the same seed gives the same pages at each side.
        seed: which of the possible draws.
    """
    rng, grounds, digits = np.random.RandomState(seed), _grounds(split), load_digits()
    digits = halved((digits.X_train if split == "train" else digits.X_test)[..., 0] / 255)
    images, corners = np.zeros((m, side, side, 1), dtype=np.float32), np.zeros((m, 4, 2))
    for number in range(m):
        corners[number] = _corners(rng) * side / SIDE
        sheet, ground = _sheet(digits, rng), _ground(grounds, rng, side)
        images[number, :, :, 0] = _lay_page(ground, sheet, corners[number])
    return Pages(images, corners)


def _grounds(split: str) -> list[np.ndarray]:
    if split not in _PHOTOS:
        raise ValueError(f'split must be "train" or "test", not {split!r}')
    return [halved(load_photo(name).mean(axis=2) / 255) for name in _PHOTOS[split]]


def _ground(grounds: list[np.ndarray], rng: np.random.RandomState, side: int) -> np.ndarray:
    """A square part of a photograph, half as bright, mirrored in every second picture."""
    photo = grounds[rng.randint(len(grounds))]
    part = rng.uniform(0.3, 0.9) * min(photo.shape)
    y, x = rng.uniform(0, np.array(photo.shape) - part)
    steps = part * (np.arange(side) + 0.5) / side
    ground = 0.5 * _sample(photo, x + steps[None, :], y + steps[:, None])
    return ground[:, ::-1] if rng.uniform() < 0.5 else ground


def _sample(picture: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The grey levels at any points, bilinear between the centres of the pixels."""
    n_H, n_W = picture.shape
    x, y = np.clip(x - 0.5, 0, n_W - 1.001), np.clip(y - 0.5, 0, n_H - 1.001)
    column, row = x.astype(int), y.astype(int)
    u, v = x - column, y - row
    above = (1 - u) * picture[row, column] + u * picture[row, column + 1]
    below = (1 - u) * picture[row + 1, column] + u * picture[row + 1, column + 1]
    return (1 - v) * above + v * below


def _lay_piece(image: np.ndarray, piece: np.ndarray, rng: np.random.RandomState) -> tuple[int, int, int, int]:
    """Lays a piece of clothing on the picture, which is changed; returns its box."""
    piece = piece[:, :: 1 - 2 * rng.randint(2)]
    rows, columns = (np.flatnonzero((piece > 0.03).any(axis=axis)) for axis in (1, 0))
    piece = piece[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = rng.uniform(18, 36) / 28
    h, w = (max(3, round(n * scale)) for n in piece.shape)
    points = (np.arange(w) + 0.5)[None, :] * piece.shape[1] / w, (np.arange(h) + 0.5)[:, None] * piece.shape[0] / h
    cover, grey = _sample((piece > 0.03) * 1.0, *points), _sample(piece, *points)
    x, y = int(rng.randint(SIDE - w + 1)), int(rng.randint(SIDE - h + 1))
    image[y : y + h, x : x + w] += cover * (grey - image[y : y + h, x : x + w])
    return x, y, x + w, y + h


def _sheet(digits: np.ndarray, rng: np.random.RandomState) -> np.ndarray:
    """Light paper (140, 105) with seven lines of one to five digits."""
    sheet = np.full((140, 105), rng.uniform(0.7, 1))
    for row in range(14, 120, _LINE):
        for column in range(12, 12 + _LINE * rng.randint(1, 6), _LINE):
            digit = digits[rng.randint(len(digits))]
            sheet[row : row + _DIGIT, column : column + _DIGIT] *= 1 - 0.8 * digit
    return sheet


def _corners(rng: np.random.RandomState) -> np.ndarray:
    """The corners (4, 2) of a sheet in a picture of 48 pixels: random size, slant, turn and place."""
    corners = np.array([[-1, -1.33], [1, -1.33], [1, 1.33], [-1, 1.33]]) * rng.uniform(9, 13)
    corners *= 1 + rng.uniform(-0.12, 0.12, (4, 2))
    turn = rng.uniform(-0.6, 0.6)
    corners = corners @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    low, high = 1 - corners.min(axis=0), SIDE - 1 - corners.max(axis=0)
    return corners + rng.uniform(low, np.maximum(low, high))


def _lay_page(ground: np.ndarray, sheet: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """The ground with the sheet on it; each pixel is the mean of four points, which a homography finds on the sheet."""
    equations = []
    for (x, y), (u, v) in zip(corners, _SHEET, strict=True):
        equations += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    h = np.linalg.solve(np.array(equations), _SHEET.ravel())
    fine = np.arange(2 * len(ground)) / 2 + 0.25
    x, y = fine[None, :], fine[:, None]
    depth = h[6] * x + h[7] * y + 1
    u, v = (h[0] * x + h[1] * y + h[2]) / depth, (h[3] * x + h[4] * y + h[5]) / depth
    inside = (u >= 0) & (u <= _SHEET[2, 0]) & (v >= 0) & (v <= _SHEET[2, 1])
    page = np.zeros(inside.shape)
    page[inside] = _sample(sheet, u[inside], v[inside])
    return halved(page) + (1 - halved(1.0 * inside)) * ground
