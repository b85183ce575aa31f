"""The course's datasets by name: small files in `datasets/`, and points and noise drawn by seeded generators.

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
from shared_utils.data.noise import Noise, make_noise
from shared_utils.data.pairs import Pairs, load_date_pairs, load_phrase_pairs, load_verse_pairs
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
from shared_utils.data.projects import load_projects
from shared_utils.data.series import Sequences, Temperatures, load_temperatures, load_vowels
from shared_utils.data.sounds import Clips, load_spoken_digits, load_spoken_words, load_trigger_words, mel_bands
from shared_utils.data.sprites import Sprites, load_sprites, on_ground
from shared_utils.data.tables import (
    Table,
    load_breast_cancer,
    load_diabetes,
    load_house_prices,
    load_iris,
    load_wine,
)
from shared_utils.data.texts import (
    Sentences,
    load_genus_names,
    load_quatrains,
    load_sentiment,
    load_shakespeare,
)
from shared_utils.data.weights import load_weights
from shared_utils.data.word_vectors import WordVectors, load_analogies, load_word_vectors

__all__ = [
    "Clips",
    "DataError",
    "Noise",
    "Pairs",
    "Pictures",
    "Points",
    "Sentences",
    "Sequences",
    "Sprites",
    "Table",
    "Temperatures",
    "WordVectors",
    "class_names",
    "load_analogies",
    "load_animals",
    "load_breast_cancer",
    "load_cat_pictures",
    "load_clothes",
    "load_date_pairs",
    "load_diabetes",
    "load_digits",
    "load_faces",
    "load_genus_names",
    "load_house_prices",
    "load_iris",
    "load_photo",
    "load_phrase_pairs",
    "load_projects",
    "load_quatrains",
    "load_sentiment",
    "load_shakespeare",
    "load_small_digits",
    "load_spoken_digits",
    "load_spoken_words",
    "load_sprites",
    "load_temperatures",
    "load_trigger_words",
    "load_verse_pairs",
    "load_vowels",
    "load_weights",
    "load_wine",
    "load_word_vectors",
    "make_circles",
    "make_flower",
    "make_football",
    "make_moons",
    "make_noise",
    "make_spirals",
    "mel_bands",
    "on_ground",
    "read_manifest",
    "sha256_of",
]
