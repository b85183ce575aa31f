"""A ready classifier for experiments: a dense network of courses 1 and 2, trained in a fraction of a second.

Examples are columns; labels are vectors (m,) of whole numbers from 0. Parameters are those of `initialize_deep`:
"W1", "b1", …, here in float32.
"""

import numpy as np

from shared_utils.data.corruptions import half_size
from shared_utils.nn.dense_forward import initialize_deep
from shared_utils.nn.softmax import softmax

Parameters = dict[str, np.ndarray]


def inputs(images: np.ndarray) -> np.ndarray:
    """Digits (m, 28, 28), 0 to 1, as inputs of a network: 14 x 14 pixels, about standardised; float32 (196, m)."""
    return ((half_size(images).reshape(len(images), -1) - 0.13) / 0.27).T


def fit_classifier(
    X: np.ndarray,
    labels: np.ndarray,
    hidden: tuple[int, ...] = (64,),
    seed: int = 0,
    *,
    classes: int = 10,
    steps: int = 500,
    learning_rate: float = 3e-3,
    l2: float = 0.0,
    keep_prob: float = 1.0,
    weights: np.ndarray | None = None,
    start: Parameters | None = None,
    frozen: int = 0,
) -> Parameters:
    """Trains a network with ReLU layers and a softmax output by Adam, on mini-batches of 64 (or m, if that is less).

    Args:
        X: (n_x, m), about -1 to 3; computed in float32.
        labels: whole numbers (m,), 0 to classes - 1.
        hidden: units of the hidden layers; () is logistic regression with several classes.
        seed: of the first weights, the mini-batches and the dropout.
        steps: number of mini-batches.
        l2: lambda of the penalty lambda / 2 * (sum of squared weights), which is added to the mean loss of a batch.
        keep_prob: of dropout in the hidden layers, 1 for none.
        weights: what a mistake on each example costs, (m,); None is 1 for all.
        start: parameters to begin with, in place of drawn ones; they are not changed.
        frozen: the first layers, so many, keep the values of `start`.

    Returns:
        "W1" (n_1, n_x), "b1" (n_1, 1), …, float32.
    """
    rng, sizes = np.random.default_rng(seed), [len(X), *hidden, classes]
    rows = np.ascontiguousarray(X.T, dtype=np.float32)
    first = initialize_deep(sizes, seed) if start is None else start
    parameters = {key: np.array(value, dtype=np.float32) for key, value in first.items()}
    moving = [key for key in parameters if int(key[1:]) > frozen]
    v, s = ({key: np.zeros_like(parameters[key]) for key in moving} for _ in range(2))
    for t in range(1, steps + 1):
        batch = rng.integers(0, len(rows), min(64, len(rows)))
        weight = None if weights is None else weights[batch]
        grads = _gradients(rows[batch].T, labels[batch], parameters, weight, l2, keep_prob, rng)
        rate = np.float32(learning_rate * np.sqrt(1 - 0.999**t) / (1 - 0.9**t))
        for key in moving:
            v[key] += np.float32(0.1) * (grads[key] - v[key])
            s[key] += np.float32(0.001) * (grads[key] ** 2 - s[key])
            parameters[key] -= rate * v[key] / (np.sqrt(s[key]) + np.float32(1e-8))
    return parameters


def activations(X: np.ndarray, parameters: Parameters) -> list[np.ndarray]:
    """The outputs of all layers, X first: the hidden ones after ReLU, the last as scores before the softmax."""
    outputs, layers = [np.asarray(X, dtype=np.float32)], len(parameters) // 2
    for layer in range(1, layers + 1):
        Z = parameters[f"W{layer}"] @ outputs[-1] + parameters[f"b{layer}"]
        outputs.append(Z if layer == layers else np.maximum(Z, 0))
    return outputs


def probabilities(X: np.ndarray, parameters: Parameters) -> np.ndarray:
    """The probabilities of the classes, float32 (n_y, m)."""
    return softmax(activations(X, parameters)[-1])


def predict(X: np.ndarray, parameters: Parameters) -> np.ndarray:
    """The likeliest class of each example, int64 (m,)."""
    return activations(X, parameters)[-1].argmax(axis=0)


def error_rate(X: np.ndarray, labels: np.ndarray, parameters: Parameters) -> float:
    """The share of the examples whose likeliest class is not their label."""
    return float(np.mean(predict(X, parameters) != labels))


def _gradients(X, labels, parameters, weight, l2, keep_prob, rng) -> Parameters:
    layers, A, masks = len(parameters) // 2, [X], []
    for layer in range(1, layers + 1):
        Z = parameters[f"W{layer}"] @ A[-1] + parameters[f"b{layer}"]
        if layer < layers:
            mask = (Z > 0).astype(np.float32)
            if keep_prob < 1:
                mask *= (rng.random(Z.shape) < keep_prob) / np.float32(keep_prob)
            masks.append(mask)
            Z = Z * mask
        A.append(Z)
    dZ = softmax(A[-1])
    dZ[labels, np.arange(len(labels))] -= 1
    dZ *= (np.ones(len(labels)) if weight is None else weight).astype(np.float32) / np.float32(len(labels))
    grads = {}
    for layer in range(layers, 0, -1):
        grads[f"W{layer}"] = dZ @ A[layer - 1].T + np.float32(l2) * parameters[f"W{layer}"]
        grads[f"b{layer}"] = dZ.sum(axis=1, keepdims=True)
        if layer > 1:
            dZ = (parameters[f"W{layer}"].T @ dZ) * masks[layer - 2]
    return grads
