"""Real photographs in colour, and one of a painting, each reduced to a size that a small network can take."""

from pathlib import Path

import numpy as np
from PIL import Image

from course_tools.data.recipe_kit import write_png

LONGER_SIDE = 384
SOURCES = {
    "astronaut": "skimage/data/astronaut.png",
    "cat": "skimage/data/chelsea.png",
    "coffee": "skimage/data/coffee.png",
    "rocket": "skimage/data/rocket.jpg",
    "dahlia": "sklearn/datasets/images/flower.jpg",
    "pagoda": "sklearn/datasets/images/china.jpg",
    "starry_night": "usr/share/doc/opencv-doc/examples/data/starry_night.jpg",
}
# Left, upper, right, lower: the painting without the bare canvas around it.
PAINTING, PAINTING_SIDE = (24, 18, 728, 580), 256


def build(target: Path, package: Path) -> None:
    """Writes the photograph whose name the target has, as PNG, from the unpacked package that holds it."""
    with Image.open(package / SOURCES[target.stem]) as photo:
        if target.stem == "starry_night":
            write_png(target, reduced(photo.crop(PAINTING), PAINTING_SIDE))
        else:
            write_png(target, reduced(photo, LONGER_SIDE))


def reduced(photo: Image.Image, longer_side: int) -> np.ndarray:
    """The photograph's pixels, uint8 (n_H, n_W, 3), once its longer side is reduced to the given pixels."""
    scale = longer_side / max(photo.size)
    size = [round(side * scale) for side in photo.size]
    return np.array(photo.convert("RGB").resize(size, Image.Resampling.LANCZOS))
