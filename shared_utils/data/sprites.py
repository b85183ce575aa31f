"""Things cut out of their ground, in colour, with a class and a caption."""

from typing import NamedTuple

import numpy as np

from shared_utils.data.files import open_h5


class Sprites(NamedTuple):
    """Pictures of single things on a transparent ground, split once and for all into a training and a test set.

    Attributes:
        X_train: uint8 (m_train, 64, 64, 4), red, green, blue and opacity of each pixel, 0 (transparent) to 255; the
            longer side of the thing takes the whole 64 pixels.
        Y_train: int64 (1, m_train), the class of each picture.
        captions_train: str (m_train, 3), what each shows, in English, French and Chinese; "" where a language has
            no caption.
        X_test: as X_train.
        Y_test: as Y_train.
        captions_test: as captions_train.
    """

    X_train: np.ndarray
    Y_train: np.ndarray
    captions_train: np.ndarray
    X_test: np.ndarray
    Y_test: np.ndarray
    captions_test: np.ndarray


def load_sprites() -> Sprites:
    """Loads 216 pictures of animals, plants and things cut out of their ground, 152 to train and 64 to test.

    Returns:
        X_train (152, 64, 64, 4) and X_test (64, 64, 64, 4), uint8 red, green, blue and opacity 0..255;
        Y_train (1, 152) and Y_test (1, 64), int64, an index into class_names("sprites"): bird, mammal, water
        animal, fruit, vegetable, flower, tool, vehicle, road sign; captions_train (152, 3) and captions_test
        (64, 3), in English, French and Chinese. The order is shuffled.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: Debian tuxpaint-stamps-default (GPL-2); the contributors of Tux Paint.
    """
    with open_h5("gpl/sprites.h5") as h5:
        arrays = {name: h5[name][()] for name in Sprites._fields}
    texts = {name: np.char.decode(array, "utf-8") for name, array in arrays.items() if array.dtype.kind == "S"}
    return Sprites(**arrays | texts)


def on_ground(sprites: np.ndarray, ground: np.ndarray | int = 255) -> np.ndarray:
    """Lays sprites on a ground that shows where they are transparent.

    Args:
        sprites: uint8 (..., n_H, n_W, 4).
        ground: red, green and blue from 0 to 255, anything that broadcasts to (..., n_H, n_W, 3): a grey level (white
            if none is given), a colour (3,), or the part of a photograph that they are to lie on.

    Returns:
        uint8 (..., n_H, n_W, 3).
    """
    opacity = sprites[..., 3:] / np.float32(255)
    return np.rint(opacity * sprites[..., :3] + (1 - opacity) * ground).astype(np.uint8)
