"""Load the course's datasets by name: small files in `datasets/`, and points drawn by seeded generators.

`datasets/README.md` shows each of them, with its source, its licence and what a simple model reaches on it.
"""

from shared_utils.data.files import DataError, class_names, read_manifest, sha256_of
from shared_utils.data.generated import (
    Points,
    make_circles,
    make_flower,
    make_football,
    make_moons,
    make_spirals,
)
from shared_utils.data.photos import load_photo
from shared_utils.data.pictures import (
    Pictures,
    load_animals,
    load_cat_pictures,
    load_clothes,
    load_digits,
    load_faces,
    load_small_digits,
)
from shared_utils.data.sprites import Sprites, load_sprites, on_ground
from shared_utils.data.tables import Table, load_breast_cancer, load_diabetes, load_iris, load_wine
from shared_utils.data.weights import load_weights

__all__ = [
    "DataError",
    "Pictures",
    "Points",
    "Sprites",
    "Table",
    "class_names",
    "load_animals",
    "load_breast_cancer",
    "load_cat_pictures",
    "load_clothes",
    "load_diabetes",
    "load_digits",
    "load_faces",
    "load_iris",
    "load_photo",
    "load_small_digits",
    "load_sprites",
    "load_weights",
    "load_wine",
    "make_circles",
    "make_flower",
    "make_football",
    "make_moons",
    "make_spirals",
    "on_ground",
    "read_manifest",
    "sha256_of",
]
