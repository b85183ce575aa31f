"""What simple NumPy models reach on each dataset, so that a lesson's author knows what can be promised.

`course data fit` trains them and records score and seconds in the manifest; the tests train them again and hold each
score to the recorded floor.
"""

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from shared_utils import data
from shared_utils.nn import squeezenet
from shared_utils.nn.boxes import resized


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
    """Train a model once; return its score and the seconds it took, reading the data included."""
    start = time.perf_counter()
    return fit.train(), time.perf_counter() - start


def renewed(recorded: list[dict], fits: Sequence[Fit]) -> list[dict]:
    """Train the models and return their records: model, measure, score, seconds, and the floor that tests demand.

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
    """Return the models for a dataset, by its name; none if nothing in it is labelled."""
    return FITS.get(name, [])


def network_accuracy(
    examples: Sequence[np.ndarray],
    hidden: Sequence[int] = (),
    epochs: int = 20,
    batch: int = 64,
    learning_rate: float = 1e-3,
    seed: int = 0,
) -> float:
    """Train a network with ReLU units and a softmax at its end by Adam; without hidden layers, softmax regression.

    Args:
        examples: X_train (n_x, m_train), y_train (m_train,), X_test (n_x, m_test), y_test (m_test,); the labels are
            whole numbers from 0.
        hidden: the sizes of the hidden layers.

    Returns:
        The accuracy on the test set.
    """
    X, y, X_test, y_test = examples
    rng = np.random.RandomState(seed)
    sizes = [len(X), *hidden, int(y.max()) + 1]
    theta = []
    for n_in, n_out in zip(sizes, sizes[1:], strict=False):
        W = rng.normal(size=(n_out, n_in)) * np.sqrt(2 / n_in) * (0.1 if n_out == sizes[-1] else 1)
        theta += [W.astype(X.dtype), np.zeros((n_out, 1), X.dtype)]
    mean, square = [0 * p for p in theta], [0 * p for p in theta]
    step = 0
    for epoch in range(epochs):
        rate = learning_rate * (1 - epoch / epochs)
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch):
            rows = order[start : start + batch]
            step += 1
            correction = np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
            for k, gradient in enumerate(_gradients(theta, X[:, rows], y[rows])):
                mean[k] += 0.1 * (gradient - mean[k])
                square[k] += 0.001 * (gradient**2 - square[k])
                theta[k] -= rate * correction * mean[k] / (np.sqrt(square[k]) + 1e-8)
    return float(np.mean(_activations(theta, X_test)[-1].argmax(axis=0) == y_test))


def _activations(theta: Sequence[np.ndarray], X: np.ndarray) -> list[np.ndarray]:
    """Return the input, the activations of the hidden layers, and the scores of the classes."""
    activations = [X]
    for W, b in zip(theta[::2], theta[1::2], strict=True):
        Z = W @ activations[-1] + b
        activations.append(Z if W is theta[-2] else np.maximum(Z, 0))
    return activations


def _gradients(theta: Sequence[np.ndarray], X: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """Return the derivative of the mean cross-entropy with respect to each weight and bias."""
    activations = _activations(theta, X)
    dZ = np.exp(activations[-1] - activations[-1].max(axis=0))
    dZ /= dZ.sum(axis=0)
    dZ[y, np.arange(len(y))] -= 1
    dZ /= len(y)
    gradients = []
    for layer in reversed(range(len(theta) // 2)):
        A = activations[layer]
        gradients = [dZ @ A.T, dZ.sum(axis=1, keepdims=True), *gradients]
        dZ = (theta[2 * layer].T @ dZ) * (A > 0)
    return gradients


def of_pictures(pictures: data.Pictures, brightest: int = 255) -> list[np.ndarray]:
    """Return the pictures as columns of numbers from 0 to 1, with their labels."""
    columns = [X.reshape(len(X), -1).T.astype(np.float32) / brightest for X in (pictures.X_train, pictures.X_test)]
    return [columns[0], pictures.Y_train[0], columns[1], pictures.Y_test[0]]


def of_table(table: data.Table) -> list[np.ndarray]:
    """Return the table standardised by the mean and the deviation of its training set, with its labels."""
    return standardised(*table[:4])


def standardised(X_train: np.ndarray, Y_train: np.ndarray, X_test: np.ndarray, Y_test: np.ndarray) -> list[np.ndarray]:
    """Return examples (columns) less the mean of the training set, divided by its deviation, with their labels."""
    mean, deviation = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
    return [(X_train - mean) / deviation, Y_train[0], (X_test - mean) / deviation, Y_test[0]]


def of_points(make: Callable[..., data.Points]) -> list[np.ndarray]:
    """Return the default points, standardised, and a thousand others of another seed to test on."""
    points, others = make(), make(m=1000, seed=1)
    return standardised(points.X, points.Y, others.X, others.Y)


def least_squares(table: data.Table) -> float:
    """Return the share of the variance of Y_test that a linear fit to the training set explains."""
    X, y, X_test, y_test = of_table(table)
    w = np.linalg.lstsq(X.T, y - y.mean(), rcond=None)[0]
    return float(1 - np.mean((y_test - y.mean() - w @ X_test) ** 2) / y_test.var())


def of_sprites() -> list[np.ndarray]:
    """Return the sprites on white as columns of numbers from 0 to 1, with their classes."""
    sprites = data.load_sprites()
    grounded = sprites._replace(X_train=data.on_ground(sprites.X_train), X_test=data.on_ground(sprites.X_test))
    return of_pictures(grounded)


def of_sprite_features() -> list[np.ndarray]:
    """Return the sprites on white, at twice their size, as SqueezeNet's mean features at fire9, with their classes."""
    sprites, weights = data.load_sprites(), data.load_weights("squeezenet")

    def features(X: np.ndarray) -> np.ndarray:
        enlarged = (resized(x, 128, 128)[np.newaxis] for x in data.on_ground(X))
        maps = [squeezenet.activations(image, weights, ["fire9"])["fire9"] for image in enlarged]
        return np.concatenate(maps).mean(axis=(1, 2)).T

    columns = [features(sprites.X_train), features(sprites.X_test)]
    return standardised(columns[0], sprites.Y_train, columns[1], sprites.Y_test)


def one_shot_faces() -> float:
    """Name the ten people of the test set by the nearest of ten pictures, the first of each; the other 90 are asked."""
    X = data.load_faces().X_test.reshape(10, 10, -1).astype(float)
    known, asked = X[:, 0], X[:, 1:]
    distances = np.linalg.norm(asked[:, :, np.newaxis] - known, axis=-1)
    return float(np.mean(distances.argmin(axis=-1) == np.arange(10)[:, np.newaxis]))


def _classifiers(examples: Callable[[], list[np.ndarray]], *models: tuple) -> list[Fit]:
    """Return a fit for each of the models, given as its hidden layers and the options of `network_accuracy`."""
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
