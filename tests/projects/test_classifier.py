"""The ready classifier of course 3."""

import numpy as np
import pytest

from shared_utils.nn.dense_forward import deep_forward, initialize_deep
from shared_utils.projects import classifier


def three_clouds(m=300):
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, m)
    return np.array([[0, 3, 0], [0, 0, 3.0]])[:, labels] + rng.normal(0, 0.5, (2, m)), labels


@pytest.mark.parametrize("options", [{}, {"hidden": ()}, {"hidden": (8, 8), "l2": 0.01}, {"keep_prob": 0.8}])
def test_it_learns_three_clouds(options):
    X, labels = three_clouds()
    parameters = classifier.fit_classifier(X, labels, classes=3, learning_rate=0.02, **options)
    assert classifier.error_rate(X, labels, parameters) < 0.03


def test_its_output_is_that_of_the_taught_network():
    X, _ = three_clouds(7)
    parameters = initialize_deep([2, 5, 4, 3], seed=1)
    expected = deep_forward(X, parameters, output="softmax")[0]
    np.testing.assert_allclose(classifier.probabilities(X, parameters), expected, rtol=1e-5)
    np.testing.assert_array_equal(classifier.predict(X, parameters), expected.argmax(axis=0))


def test_its_gradients_are_those_of_the_weighted_cost_with_its_penalty():
    rng = np.random.default_rng(0)
    X, labels, weight = rng.normal(size=(5, 7)), rng.integers(0, 3, 7), rng.random(7)
    parameters = initialize_deep([5, 4, 3], seed=0)

    def cost(parameters):
        A = deep_forward(X, parameters, output="softmax")[0]
        penalty = sum(np.sum(parameters[key] ** 2) for key in ("W1", "W2"))
        return np.mean(-weight * np.log(A[labels, np.arange(7)])) + 0.1 / 2 * penalty

    grads = classifier._gradients(X, labels, parameters, weight, 0.1, 1.0, rng)
    for key, value in parameters.items():
        for place in np.ndindex(value.shape):
            ends = []
            for step in (1e-5, -1e-5):
                moved = value.copy()
                moved[place] += step
                ends.append(cost(parameters | {key: moved}))
            assert grads[key][place] == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-4, abs=1e-6)


def test_frozen_layers_keep_the_start_which_is_not_changed():
    X, labels = three_clouds()
    start = initialize_deep([2, 6, 3], seed=2)
    before = {key: value.copy() for key, value in start.items()}
    parameters = classifier.fit_classifier(X, labels, (6,), classes=3, steps=20, start=start, frozen=1)
    np.testing.assert_allclose(parameters["W1"], start["W1"], rtol=1e-6)
    assert not np.allclose(parameters["W2"], start["W2"])
    for key, value in before.items():
        np.testing.assert_array_equal(start[key], value)


def test_a_dear_mistake_is_made_less_often():
    X, labels = three_clouds()
    flipped = np.where(np.arange(len(labels)) % 3 == 0, 0, labels)  # a third of labels 1 and 2 say 0
    weights = np.where(flipped == 0, 1.0, 10.0)
    plain, weighted = (
        classifier.fit_classifier(X, flipped, classes=3, weights=w, learning_rate=0.02) for w in (None, weights)
    )
    zeros = [np.mean(classifier.predict(X, parameters) == 0) for parameters in (plain, weighted)]
    assert zeros[1] < zeros[0] + 0.01
    assert classifier.probabilities(X, weighted)[0].mean() < classifier.probabilities(X, plain)[0].mean()


def test_the_seed_decides_everything():
    X, labels = three_clouds()
    one, same, other = (classifier.fit_classifier(X, labels, classes=3, seed=seed, steps=10) for seed in (4, 4, 5))
    np.testing.assert_array_equal(one["W1"], same["W1"])
    assert not np.allclose(one["W1"], other["W1"])
