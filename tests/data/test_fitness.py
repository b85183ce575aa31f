"""What simple models reach on each dataset: what a lesson can promise."""

import numpy as np
import pytest

from course_tools.data.fitness import FITS, fits_of, renewed, run
from course_tools.data.manifest import records_by_name
from course_tools.data.simple_network import _gradients, network_accuracy
from shared_utils.data import read_manifest

MANIFEST = read_manifest()
KEYS = records_by_name()
RECORDS = [(name, line["model"]) for name, key in KEYS.items() for line in MANIFEST[key].get("fitness", [])]


@pytest.mark.parametrize(("name", "model"), RECORDS)
def test_model_reaches_its_floor(name, model):
    [record] = [line for line in MANIFEST[KEYS[name]]["fitness"] if line["model"] == model]
    [fit] = [fit for fit in fits_of(name) if fit.model == model]
    score, _ = run(fit)
    assert record["floor"] <= score <= 1
    assert record["floor"] <= record["score"] and record["seconds"] < 10
    assert record["measure"] == fit.measure


def test_every_fit_is_recorded():
    assert sorted(RECORDS) == sorted((name, fit.model) for name in FITS for fit in fits_of(name))


@pytest.mark.parametrize("name", KEYS)
def test_every_labelled_dataset_is_tried(name):
    labelled = any(array.startswith("Y") for array in MANIFEST[KEYS[name]]["arrays"])
    assert fits_of(name) or not labelled


def test_the_network_has_the_gradients_of_its_cost():
    rng = np.random.RandomState(0)
    X, y = rng.normal(size=(3, 5)), rng.randint(4, size=5)
    theta = [rng.normal(size=shape) for shape in ((6, 3), (6, 1), (4, 6), (4, 1))]

    def cost():
        Z = theta[2] @ np.maximum(theta[0] @ X + theta[1], 0) + theta[3]
        return np.mean(np.log(np.exp(Z).sum(axis=0)) - Z[y, np.arange(5)])

    for p, gradient in zip(theta, _gradients(theta, X, y), strict=True):
        for place in np.ndindex(p.shape):
            kept, sides = p[place], []
            for step in (1e-6, -1e-6):
                p[place] = kept + step
                sides.append(cost())
            p[place] = kept
            np.testing.assert_allclose(gradient[place], (sides[0] - sides[1]) / 2e-6, atol=1e-8)


def test_labels_without_a_pattern_are_guessed_by_chance():
    rng = np.random.RandomState(0)
    examples = [
        rng.normal(size=(4, 300)),
        rng.randint(2, size=300),
        rng.normal(size=(4, 2000)),
        rng.randint(2, size=2000),
    ]
    assert abs(network_accuracy(examples) - 0.5) < 0.05


def test_a_floor_that_is_recorded_stays():
    fit = fits_of("diabetes")[0]
    first, again = renewed([], [fit]), renewed([{"model": fit.model, "floor": 0.2}], [fit])
    assert (first[0]["floor"], again[0]["floor"]) == (0.46, 0.2)
