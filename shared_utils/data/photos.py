"""Real photographs in colour, by name."""

from pathlib import Path

import numpy as np
from PIL import Image

from shared_utils.data.files import read_manifest, verified

FOLDER = "photos/"


def load_photo(name: str) -> np.ndarray:
    """Loads a photograph in colour, its longer side 384 pixels (256 for the painting).

    Args:
        name: "astronaut" (a woman's face and a flag), "cat" (its head), "coffee" (a cup on wood), "dahlia" (a
            flower), "pagoda" (over a lake), "rocket" (on its pad at dusk), or "starry_night" (van Gogh's painting).

    Returns:
        uint8 (n_H, n_W, 3), red, green and blue of each pixel, 0 to 255.

    Raises:
        ValueError: there is no photograph of that name; the message lists them.
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI scikit-image 0.26.0, PyPI scikit-learn 1.9.1 and Debian opencv-doc; each has its own licence and
    credit, see `datasets/README.md`.
    """
    files = {Path(file).stem: file for file in read_manifest() if file.startswith(FOLDER)}
    if files and name not in files:
        raise ValueError(f"there is no photograph called {name!r}, only {', '.join(sorted(files))}")
    with Image.open(verified(f"{FOLDER}{name}.png")) as photo:
        return np.array(photo)
