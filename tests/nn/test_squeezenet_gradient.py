"""Gradients with respect to a picture are those of differences, and the way forward is the network's own."""

import numpy as np
import pytest

from shared_utils import data
from shared_utils.pretrained import squeezenet, squeezenet_gradient


@pytest.fixture(scope="module")
def weights():
    return data.load_weights("squeezenet")


@pytest.fixture(scope="module")
def image():
    return data.load_photo("cat")[100:147, 80:140]


def test_forward_gives_what_the_network_gives(weights, image):
    ours, _ = squeezenet_gradient.forward(image, weights, squeezenet_gradient.LAYERS)
    theirs = squeezenet.activations(image[np.newaxis], weights, squeezenet.LAYERS)
    for layer in squeezenet.LAYERS[:-1]:
        np.testing.assert_allclose(ours[layer], theirs[layer][0], rtol=1e-5, atol=1e-4)
        assert ours[layer].dtype == np.float32
    odds = np.exp(ours["scores"] - ours["scores"].max())
    np.testing.assert_allclose(odds / odds.sum(), theirs["probabilities"][0], rtol=1e-4, atol=1e-7)


def test_forward_stops_at_the_last_layer_asked_for(weights, image):
    kept, cache = squeezenet_gradient.forward(image, weights, ["fire3", "conv1"])
    assert set(kept) == {"conv1", "fire3"} and len(cache) == 4


@pytest.mark.parametrize("pool", ["max", "average"])
@pytest.mark.parametrize("layers", [["conv1"], ["pool1"], ["fire2", "fire5"], ["conv1", "conv10"], ["scores"]])
def test_backward_agrees_with_differences(weights, image, layers, pool):
    rng, image = np.random.default_rng(0), image.astype(float) + 0.25
    kept, cache = squeezenet_gradient.forward(image, weights, layers, pool)
    gradients = {layer: rng.normal(size=a.shape) for layer, a in kept.items()}
    found = squeezenet_gradient.backward(gradients, cache, weights)
    assert (found.shape, found.dtype) == (image.shape, np.float64)

    def cost(picture):
        there, _ = squeezenet_gradient.forward(picture, weights, layers, pool)
        return sum(np.sum(gradients[layer] * there[layer]) for layer in layers)

    step = 1e-6 * rng.normal(size=image.shape)
    numerical = (cost(image + step) - cost(image - step)) / 2
    np.testing.assert_allclose(np.sum(found * step), numerical, rtol=1e-4)


def test_single_precision_stays_single(weights, image):
    kept, cache = squeezenet_gradient.forward(image, weights, ["scores"])
    gradient = np.zeros(1000)
    gradient[kept["scores"].argmax()] = 1
    found = squeezenet_gradient.backward({"scores": gradient}, cache, weights)
    assert (found.shape, found.dtype) == (image.shape, np.float32) and np.abs(found).max() > 0


def test_what_is_not_there_is_named(weights, image):
    with pytest.raises(ValueError, match="no layer fire1, only conv1"):
        squeezenet_gradient.forward(image, weights, ["fire1"])
    with pytest.raises(ValueError, match="mode must be"):
        squeezenet_gradient.forward(image, weights, ["pool1"], pool="median")
    _, cache = squeezenet_gradient.forward(image, weights, ["fire2"])
    with pytest.raises(ValueError, match="as far as fire3"):
        squeezenet_gradient.backward({"fire3": np.zeros((1, 1, 1))}, cache, weights)
