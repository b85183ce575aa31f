"""SqueezeNet 1.1 on `data.load_weights("squeezenet")`: what is in a photograph, or its features at any layer.

Iandola, Han, Moskewicz, Ashraf, Dally and Keutzer, "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and
< 0.5 MB model size", 2016.
"""

from collections.abc import Collection

import numpy as np

from shared_utils.pretrained.padded_conv import conv
from shared_utils.pretrained.padded_pool import max_pool

LAYERS = ("conv1", "pool1", "fire2", "fire3", "pool3", "fire4", "fire5", "pool5")
LAYERS += ("fire6", "fire7", "fire8", "fire9", "conv10", "probabilities")
# Of blue, green and red in the photographs of ImageNet.
MEAN = np.array([104.006, 116.669, 122.679], dtype=np.float32)


def activations(
    images: np.ndarray, weights: dict[str, np.ndarray], layers: Collection[str] = ("probabilities",)
) -> dict[str, np.ndarray]:
    """Runs the network on pictures as far as the last of the layers asked for.

    Args:
        images: (m, n_H, n_W, 3), red, green and blue from 0 to 255, of any size from 32 pixels; it was trained at 227.
        weights: of `data.load_weights("squeezenet")`.
        layers: which of `LAYERS` to return.

    Returns:
        By layer, float32: after ReLU (m, n_H, n_W, n_C), n_H about a half of the picture's at conv1, a quarter from
        pool1, an eighth from pool3, a sixteenth from pool5 on; conv10 holds a map of scores for each of the 1000
        classes; "probabilities" (m, 1000), the softmax of the mean of each map, in the order of
        `data.class_names("squeezenet")`.

    Raises:
        ValueError: there is no such layer; the message lists them.
    """
    if unknown := set(layers) - set(LAYERS):
        raise ValueError(f"there is no layer {', '.join(sorted(unknown))}, only {', '.join(LAYERS)}")
    a, kept = np.asarray(images, dtype=np.float32)[..., ::-1] - MEAN, {}
    for layer in LAYERS:
        if layer == "conv1":
            a = _relu(conv(a, weights["conv1/W"], weights["conv1/b"], stride=2))
        elif layer.startswith("pool"):
            a = max_pool(a, f=3, stride=2)
        elif layer.startswith("fire"):
            a = fire(a, weights, layer)
        elif layer == "conv10":
            a = _relu(conv(a, weights["conv10/W"], weights["conv10/b"]))
        else:
            scores = a.mean(axis=(1, 2))
            odds = np.exp(scores - scores.max(axis=1, keepdims=True))
            a = odds / odds.sum(axis=1, keepdims=True)
        if layer in layers:
            kept[layer] = a
        if len(kept) == len(set(layers)):
            break
    return kept


def fire(a_prev: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Squeezes the channels by a 1 × 1 convolution, then expands them by a 1 × 1 and a 3 × 3 one side by side."""
    squeezed = _relu(conv(a_prev, weights[f"{name}/squeeze1x1/W"], weights[f"{name}/squeeze1x1/b"]))
    expanded = [
        conv(squeezed, weights[f"{name}/{side}/W"], weights[f"{name}/{side}/b"]) for side in ("expand1x1", "expand3x3")
    ]
    return _relu(np.concatenate(expanded, axis=-1))


def _relu(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, 0)
