"""SqueezeNet 1.1 on `data.load_weights("squeezenet")`: what is in a photograph, or its features at any layer.

Iandola, Han, Moskewicz, Ashraf, Dally and Keutzer, "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and
< 0.5 MB model size", 2016.
"""

from collections.abc import Collection

import numpy as np

from shared_utils.nn.pool import pool_forward
from shared_utils.pretrained.padded_conv import conv

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
        if layer == "probabilities":
            scores = a.mean(axis=(1, 2))
            odds = np.exp(scores - scores.max(axis=1, keepdims=True))
            a = odds / odds.sum(axis=1, keepdims=True)
        else:
            a, _ = step(layer, a, weights)
        if layer in layers:
            kept[layer] = a
        if len(kept) == len(set(layers)):
            break
    return kept


def step(
    layer: str, a_prev: np.ndarray, weights: dict[str, np.ndarray], pool: str = "max"
) -> tuple[np.ndarray, np.ndarray | None]:
    """One of `LAYERS` but the last.

    Args:
        layer: its name.
        a_prev: what the layer before gives, (m, n_H_prev, n_W_prev, n_C_prev).
        weights: as in `activations`.
        pool: "max", as it was trained, or "average".

    Returns:
        The layer's activations, (m, n_H, n_W, n_C); and for a fire module those of its first, 1 × 1 convolution.

    Raises:
        ValueError: the pooling is unknown.
    """
    if layer.startswith("pool"):
        return pool_forward(a_prev, 3, 2, pool), None
    if layer.startswith("fire"):
        squeezed = _conv_relu(a_prev, weights, f"{layer}/squeeze1x1")
        expanded = [_conv_relu(squeezed, weights, f"{layer}/{side}") for side in ("expand1x1", "expand3x3")]
        return np.concatenate(expanded, axis=-1), squeezed
    return _conv_relu(a_prev, weights, layer, stride=2 if layer == "conv1" else 1), None


def _conv_relu(a_prev: np.ndarray, weights: dict[str, np.ndarray], name: str, stride: int = 1) -> np.ndarray:
    """A convolution with padding "same", and ReLU."""
    return np.maximum(conv(a_prev, weights[f"{name}/W"], weights[f"{name}/b"], stride), 0)
