"""The dense network: its gradient agrees with central differences, its outputs with what they mean."""

import numpy as np
import pytest

from shared_utils import checks
from shared_utils.nn.dense import deep_backward, deep_cost, deep_forward, initialize_deep, update

SIZES = [([3, 2], 4), ([4, 5, 3], 6), ([2, 6, 4, 5, 3], 7), ([5, 3, 2], 1)]


def network(layer_dims, m, output):
    """Inputs, labels that fit the output, and parameters whose biases are not 0 (no score on ReLU's corner)."""
    rng = np.random.default_rng(len(layer_dims))
    X, n_y = rng.normal(size=(layer_dims[0], m)), layer_dims[-1]
    Y = np.eye(n_y)[:, rng.integers(0, n_y, m)] if output == "softmax" else rng.integers(0, 2, (n_y, m))
    parameters = initialize_deep(layer_dims, seed=2)
    return X, Y, {key: value + 0.2 * rng.normal(size=value.shape) for key, value in parameters.items()}


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
@pytest.mark.parametrize("layer_dims, m", SIZES)
def test_gradient_agrees_with_central_differences(layer_dims, m, output):
    X, Y, parameters = network(layer_dims, m, output)
    AL, caches = deep_forward(X, parameters, output)
    grads = deep_backward(AL, Y, caches)
    assert grads.keys() == {f"d{key}" for key in parameters}
    for key, value in parameters.items():

        def cost(theta, key=key):
            return deep_cost(deep_forward(X, parameters | {key: theta}, output)[0], Y, output)

        checks.gradient(f"d{key}", cost, grads[f"d{key}"], value)


@pytest.mark.parametrize("layer_dims, m", SIZES)
def test_shapes_of_outputs_and_caches(layer_dims, m):
    X, _, parameters = network(layer_dims, m, "sigmoid")
    AL, caches = deep_forward(X, parameters)
    assert AL.shape == (layer_dims[-1], m)
    for layer, (A_prev, W, b, Z) in enumerate(caches, 1):
        n, n_prev = layer_dims[layer], layer_dims[layer - 1]
        assert (A_prev.shape, W.shape, b.shape, Z.shape) == ((n_prev, m), (n, n_prev), (n, 1), (n, m))
    assert len(caches) == len(layer_dims) - 1


def test_first_weights_keep_the_mean_square_of_the_scores():
    parameters = initialize_deep([500] * 6, seed=0)
    _, caches = deep_forward(np.random.default_rng(1).normal(size=(500, 50)), parameters)
    sizes = [np.mean(Z**2) for *_, Z in caches]
    assert max(sizes) < 1.6 * min(sizes)
    assert all(not parameters[f"b{layer}"].any() for layer in range(1, 6))


def test_softmax_of_two_outputs_is_the_sigmoid_of_their_difference():
    X, Y, parameters = network([4, 3, 2], 5, "softmax")
    two = deep_forward(X, parameters, "softmax")[0]
    single = parameters | {key: parameters[key][:1] - parameters[key][1:] for key in ("W2", "b2")}
    one = deep_forward(X, single)[0]
    np.testing.assert_allclose(two[:1], one)
    assert deep_cost(two, Y, "softmax") == pytest.approx(deep_cost(one, Y[:1]))


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_certain_outputs_have_finite_cost_and_a_gradient(output):
    X, Y = np.array([[900.0, -900.0]]), np.eye(2)
    parameters = {"W1": np.array([[-1.0], [1.0]]), "b1": np.zeros((2, 1))}
    AL, caches = deep_forward(X, parameters, output)
    np.testing.assert_array_equal(AL, 1 - Y)
    assert deep_cost(Y, Y, output) == 0
    assert 34 < deep_cost(AL, Y, output) < 70
    np.testing.assert_array_equal(deep_backward(AL, Y, caches)["dW1"], [[-900], [900]])


def test_update_goes_downhill_and_leaves_its_arguments():
    X, Y, parameters = network([3, 4, 2], 6, "sigmoid")
    before = {key: value.copy() for key, value in parameters.items()}
    costs, now = [], parameters
    for _ in range(20):
        AL, caches = deep_forward(X, now)
        costs.append(deep_cost(AL, Y))
        now = update(now, deep_backward(AL, Y, caches), 0.1)
    assert all(later < earlier for earlier, later in zip(costs, costs[1:], strict=False))
    assert all(np.array_equal(parameters[key], before[key]) for key in before)


def test_what_does_not_fit_is_refused():
    X, Y, parameters = network([3, 4, 2], 4, "sigmoid")
    with pytest.raises(ValueError, match="needs a column"):
        deep_forward(X, parameters | {"b1": np.zeros(4)})
    with pytest.raises(ValueError, match="unknown activation 'tanh': write \"relu\""):
        deep_forward(X, parameters, "tanh")
    with pytest.raises(ValueError, match="unknown output 'relu'"):
        deep_cost(Y, Y, "relu")
