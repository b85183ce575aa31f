"""What simple NumPy models reach on each dataset, so that a lesson's author knows what can be promised.

`course data fit` trains them and records score and seconds in the manifest; the tests train them again and hold each
score to the recorded floor.
"""

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from course_tools.data.fitness_pairs import of_months, translations_found
from course_tools.data.fitness_sequences import (
    analogies_answered,
    next_character,
    of_bags_of_words,
    of_clips,
    of_digits,
    of_mean_vectors,
    of_trigger,
    of_vowels,
    tomorrow_by_average,
)
from course_tools.data.simple_network import network_accuracy, standardised
from shared_utils import data
from shared_utils.pretrained import squeezenet
from shared_utils.pretrained.resize import resized


class Fit(NamedTuple):
    """One model on one dataset.

    Attributes:
        model: its name in words.
        measure: what the score is, "accuracy" or "variance explained", on the test set.
        train: trains the model and returns its score.
    """

    model: str
    measure: str
    train: Callable[[], float]


def run(fit: Fit) -> tuple[float, float]:
    """Trains a model once; returns its score and the seconds it took, reading the data included."""
    start = time.perf_counter()
    return fit.train(), time.perf_counter() - start


def renewed(recorded: list[dict], fits: Sequence[Fit]) -> list[dict]:
    """Trains the models and returns their records: model, measure, score, seconds, and the floor that tests demand.

    A floor that people wrote stays; a new one is three hundredths under the score, room for another processor.
    """
    floors = {record["model"]: record["floor"] for record in recorded}
    records = []
    for fit in fits:
        score, seconds = run(fit)
        floor = floors.get(fit.model, round(score - 0.03, 2))
        words = {"model": fit.model, "measure": fit.measure}
        records.append(words | {"score": round(score, 3), "seconds": round(seconds, 2), "floor": floor})
    return records


def fits_of(name: str) -> list[Fit]:
    """The models for a dataset, by its name; none if nothing in it is to be predicted."""
    return FITS.get(name, [])


def of_pictures(pictures: data.Pictures, brightest: int = 255) -> list[np.ndarray]:
    """The pictures as columns of numbers from 0 to 1, with their labels."""
    columns = [X.reshape(len(X), -1).T.astype(np.float32) / brightest for X in (pictures.X_train, pictures.X_test)]
    return [columns[0], pictures.Y_train[0], columns[1], pictures.Y_test[0]]


def of_table(table: data.Table) -> list[np.ndarray]:
    """The table standardised by the mean and the deviation of its training set, with its labels."""
    return standardised(*table[:4])


def of_points(make: Callable[..., data.Points]) -> list[np.ndarray]:
    """The default points, standardised, and a thousand others of another seed to test on."""
    points, others = make(), make(m=1000, seed=1)
    return standardised(points.X, points.Y, others.X, others.Y)


def least_squares(table: data.Table) -> float:
    """The share of the variance of Y_test that a linear fit to the training set explains."""
    X, y, X_test, y_test = of_table(table)
    w = np.linalg.lstsq(X.T, y - y.mean(), rcond=None)[0]
    return float(1 - np.mean((y_test - y.mean() - w @ X_test) ** 2) / y_test.var())


def of_living_area(table: data.Table) -> data.Table:
    """The table with its first feature alone: of the houses, their living area."""
    return table._replace(X_train=table.X_train[:1], X_test=table.X_test[:1])


def of_sprites() -> list[np.ndarray]:
    """The sprites on white as columns of numbers from 0 to 1, with their classes."""
    sprites = data.load_sprites()
    grounded = sprites._replace(X_train=data.on_ground(sprites.X_train), X_test=data.on_ground(sprites.X_test))
    return of_pictures(grounded)


def of_sprite_features() -> list[np.ndarray]:
    """The sprites on white, at twice their size, as SqueezeNet's mean features at fire9, with their classes."""
    sprites, weights = data.load_sprites(), data.load_weights("squeezenet")

    def features(X: np.ndarray) -> np.ndarray:
        enlarged = (resized(x, 128, 128)[np.newaxis] for x in data.on_ground(X))
        maps = [squeezenet.activations(image, weights, ["fire9"])["fire9"] for image in enlarged]
        return np.concatenate(maps).mean(axis=(1, 2)).T

    columns = [features(sprites.X_train), features(sprites.X_test)]
    return standardised(columns[0], sprites.Y_train, columns[1], sprites.Y_test)


def one_shot_faces() -> float:
    """The share of the test set's people told right by the nearest of ten pictures, the first of each person."""
    X = data.load_faces().X_test.reshape(10, 10, -1).astype(float)
    known, asked = X[:, 0], X[:, 1:]
    distances = np.linalg.norm(asked[:, :, np.newaxis] - known, axis=-1)
    return float(np.mean(distances.argmin(axis=-1) == np.arange(10)[:, np.newaxis]))


def _classifiers(examples: Callable[[], list[np.ndarray]], *models: tuple) -> list[Fit]:
    """A fit for each of the models, given as its hidden layers and the options of `network_accuracy`."""
    fits = []
    for hidden, options in models:
        layers = " and ".join(map(str, hidden))
        words = f"network, hidden layers of {layers}" if len(hidden) > 1 else f"network, {layers} hidden units"
        fits.append(
            Fit(
                words if hidden else "softmax regression",
                "accuracy",
                lambda hidden=hidden, options=options: network_accuracy(examples(), hidden, **options),
            )
        )
    return fits


_NEXT = "next character: the most frequent one after the last two"
_LINEAR = ((), {"epochs": 15})
_TABLE = ((), {"epochs": 20, "batch": 16, "learning_rate": 0.02})
_LINE = ((), {"epochs": 60, "batch": 32, "learning_rate": 0.02})
_FEW = ((), {"epochs": 40, "batch": 16})
_SMALL = ((16,), {"epochs": 100, "batch": 32, "learning_rate": 0.02})

FITS: dict[str, list[Fit]] = {
    "animals": [
        *_classifiers(lambda: of_pictures(data.load_animals()), _LINEAR, ((128,), {"epochs": 10})),
        *(
            fit._replace(model=f"cat / not a cat: {fit.model}")
            for fit in _classifiers(lambda: of_pictures(data.load_cat_pictures()), _LINEAR, ((64,), {"epochs": 20}))
        ),
    ],
    "digits": _classifiers(lambda: of_pictures(data.load_digits()), _LINEAR, ((128,), {"epochs": 10})),
    "clothes": _classifiers(lambda: of_pictures(data.load_clothes()), _LINEAR, ((128,), {"epochs": 15})),
    "small_digits": _classifiers(lambda: of_pictures(data.load_small_digits(), brightest=16), _TABLE),
    "breast_cancer": _classifiers(lambda: of_table(data.load_breast_cancer()), _TABLE),
    "iris": _classifiers(lambda: of_table(data.load_iris()), _TABLE),
    "wine": _classifiers(lambda: of_table(data.load_wine()), _TABLE),
    "diabetes": [Fit("least squares", "variance explained", lambda: least_squares(data.load_diabetes()))],
    "house_prices": [
        Fit(
            "least squares on the living area alone",
            "variance explained",
            lambda: least_squares(of_living_area(data.load_house_prices())),
        ),
        Fit("least squares", "variance explained", lambda: least_squares(data.load_house_prices())),
    ],
    "temperatures": [
        Fit("tomorrow's high: today's", "variance explained", lambda: tomorrow_by_average(beta=0)),
        Fit("tomorrow's high: weighted average, beta 0.5", "variance explained", lambda: tomorrow_by_average(beta=0.5)),
        Fit(
            "tomorrow's high: weighted average, beta 0.98", "variance explained", lambda: tomorrow_by_average(beta=0.98)
        ),
    ],
    "vowels": _classifiers(of_vowels, _TABLE),
    "analogies": [
        Fit(
            "nearest word to b - a + c" if section == "all" else f"the same, section {section}",
            "accuracy",
            lambda section=section: analogies_answered(section),
        )
        for section in ("all", "capital-common-countries", "family", "gram6-nationality-adjective")
    ],
    "sentiment": [
        *(
            fit._replace(model=f"bag of words: {fit.model}")
            for fit in _classifiers(of_bags_of_words, ((), {"epochs": 10, "learning_rate": 3e-3}))
        ),
        *(fit._replace(model=f"mean of word vectors: {fit.model}") for fit in _classifiers(of_mean_vectors, _LINE)),
    ],
    "genus_names": [
        Fit(_NEXT, "accuracy", lambda: next_character("\n".join(data.load_genus_names()))),
    ],
    "quatrains": [Fit(_NEXT, "accuracy", lambda: next_character("\n".join(data.load_quatrains())))],
    "shakespeare": [Fit(_NEXT, "accuracy", lambda: next_character(data.load_shakespeare("sonnets")))],
    "phrases": [
        Fit(
            f"which of all {language} phrases: table of word pairs",
            "accuracy",
            lambda language=language: translations_found(data.load_phrase_pairs(language)),
        )
        for language in ("fr", "zh")
    ],
    "verses": [
        Fit(
            "which of all Spanish verses: table of word pairs",
            "accuracy",
            lambda: translations_found(data.load_verse_pairs()),
        )
    ],
    "dates": [
        fit._replace(model=f"the month, by the words of the {language} date: {fit.model}")
        for language in ("en", "fr", "zh")
        for fit in _classifiers(
            lambda language=language: of_months(language), ((), {"epochs": 10, "learning_rate": 0.01})
        )
    ],
    "spoken_digits": [
        fit._replace(model=f"both real voices, learned from synthetic ones: {fit.model}")
        for fit in _classifiers(of_digits, _LINE)
    ],
    "trigger_words": [
        *(fit._replace(model=f"which of twenty words: {fit.model}") for fit in _classifiers(of_clips, _LINE)),
        *(
            fit._replace(model=f"activate (14 % of the clips) or not: {fit.model}")
            for fit in _classifiers(of_trigger, _LINE)
        ),
    ],
    "faces": [Fit("one picture known of each person: nearest neighbour in pixels", "accuracy", one_shot_faces)],
    "sprites": [
        *_classifiers(of_sprites, _FEW),
        *(fit._replace(model=f"SqueezeNet's features: {fit.model}") for fit in _classifiers(of_sprite_features, _FEW)),
    ],
    "moons": _classifiers(lambda: of_points(data.make_moons), _LINE, _SMALL),
    "circles": _classifiers(lambda: of_points(data.make_circles), _LINE, _SMALL),
    "spirals": _classifiers(
        lambda: of_points(data.make_spirals), _LINE, ((32, 32), {"epochs": 100, "learning_rate": 0.02})
    ),
    "flower": _classifiers(lambda: of_points(data.make_flower), _LINE, ((32,), {"epochs": 100, "learning_rate": 0.02})),
    "football": _classifiers(lambda: of_points(data.make_football), _LINE, _SMALL),
}
