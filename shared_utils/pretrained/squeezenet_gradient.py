"""The gradient of SqueezeNet's activations with respect to one picture; its weights stay as they are.

Source: K. Simonyan, A. Vedaldi and A. Zisserman (2014), Deep Inside Convolutional Networks: Visualising Image
Classification Models and Saliency Maps, ICLR workshop.
"""

from collections.abc import Collection, Mapping

import numpy as np

from shared_utils.nn.conv import col2im
from shared_utils.nn.padding import same_padding
from shared_utils.nn.pool import pool_backward
from shared_utils.pretrained import squeezenet

LAYERS = (*squeezenet.LAYERS[:-1], "scores")

Arrays = dict[str, np.ndarray]
Cache = list[tuple]


def forward(image: np.ndarray, weights: Arrays, layers: Collection[str], pool: str = "max") -> tuple[Arrays, Cache]:
    """Runs the network on one picture as far as the last of the layers asked for.

    Args:
        image: (n_H, n_W, 3), red, green and blue from 0 to 255, of any size from 32 pixels.
        weights: of `data.load_weights("squeezenet")`.
        layers: which of `LAYERS` to return. "scores" are the means of the maps of conv10, one for each class; their
            softmax are the probabilities.
        pool: "max", as the network was trained, or "average".

    Returns:
        By layer the activations after ReLU, (n_H, n_W, n_C) of that layer, for "scores" (1000,); and the cache for
        `backward`. Numbers are float64 if those of the picture are, else float32.

    Raises:
        ValueError: there is no such layer (the message lists them) or no such pooling.
    """
    if unknown := set(layers) - set(LAYERS):
        raise ValueError(f"there is no layer {', '.join(sorted(unknown))}, only {', '.join(LAYERS)}")
    image = np.asarray(image)
    a = image[np.newaxis, ..., ::-1].astype(np.float64 if image.dtype == np.float64 else np.float32)
    a = a - squeezenet.MEAN
    kept, cache = {}, []
    for layer in LAYERS:
        if len(kept) == len(set(layers)):
            break
        a_prev, squeezed = a, None
        if layer == "scores":
            a = a_prev.mean(axis=(1, 2))
        else:
            a, squeezed = squeezenet.step(layer, a_prev, weights, pool)
        cache.append((layer, pool, a_prev, squeezed, a))
        if layer in layers:
            kept[layer] = a[0]
    return kept, cache


def backward(gradients_by_layer: Mapping[str, np.ndarray], cache: Cache, weights: Arrays) -> np.ndarray:
    """The gradient of a number J with respect to the picture.

    Args:
        gradients_by_layer: by the name of a layer the derivative of J with respect to its activations, in the shape
            in which `forward` returned them. Where several layers are given, J depends on all of them.
        cache: what `forward` returned last; it must reach the last of these layers.
        weights: those of `forward`.

    Returns:
        The derivatives of J with respect to red, green and blue of each pixel, (n_H, n_W, 3), in the number type of
        the cache.

    Raises:
        ValueError: a layer is not in the cache.
    """
    if missing := set(gradients_by_layer) - {layer for layer, *_ in cache}:
        raise ValueError(f"forward did not go as far as {', '.join(sorted(missing))}")
    d = None
    for layer, pool, a_prev, squeezed, a in reversed(cache):
        if layer in gradients_by_layer:
            here = np.asarray(gradients_by_layer[layer], dtype=a.dtype)[np.newaxis]
            d = here if d is None else d + here
        if d is None:
            continue
        if layer.startswith("pool"):
            d = pool_backward(d, a_prev, 3, 2, pool)
        elif layer == "scores":
            n_H, n_W = a_prev.shape[1:3]
            d = np.broadcast_to(d[:, np.newaxis, np.newaxis] / (n_H * n_W), a_prev.shape)
        elif layer.startswith("fire"):
            half, d = a.shape[-1] // 2, d * (a > 0)
            ones = _conv_backward(d[..., :half], squeezed, weights[f"{layer}/expand1x1/W"])
            threes = _conv_backward(d[..., half:], squeezed, weights[f"{layer}/expand3x3/W"])
            d = _conv_backward((ones + threes) * (squeezed > 0), a_prev, weights[f"{layer}/squeeze1x1/W"])
        else:
            d = _conv_backward(d * (a > 0), a_prev, weights[f"{layer}/W"], stride=2 if layer == "conv1" else 1)
    return d[0, ..., ::-1].copy()


def _conv_backward(dZ: np.ndarray, a_prev: np.ndarray, W: np.ndarray, stride: int = 1) -> np.ndarray:
    """The derivative with respect to what went into a convolution with padding "same", and none for its filters."""
    f, n_C, (m, n_H, n_W, n_C_prev) = len(W), W.shape[3], a_prev.shape
    columns = dZ.reshape(-1, n_C) @ W.reshape(-1, n_C).T
    if f == 1 and stride == 1:
        return columns.reshape(a_prev.shape)
    (top, bottom), (left, right) = (same_padding(n, f, stride) for n in (n_H, n_W))
    padded = col2im(columns, (m, top + n_H + bottom, left + n_W + right, n_C_prev), f, stride, 0)
    return padded[:, top : top + n_H, left : left + n_W]
