"""A dense network, whole: forward pass, cost, gradient and update. Softmax is taught in course 2, week 3."""

import numpy as np

from shared_utils.nn.dense_forward import Cache, deep_forward, initialize_deep, linear_activation_forward

__all__ = ["deep_backward", "deep_cost", "deep_forward", "initialize_deep", "linear_activation_forward", "update"]

TAUGHT_IN = "course1_nn/week4_deep_neural_networks/03_building_blocks_of_deep_networks"

# Probabilities below this count as this under the log, so that a certain and wrong output costs 34.5 and not infinity.
SMALLEST = 1e-15


def deep_cost(AL: np.ndarray, Y: np.ndarray, output: str = "sigmoid") -> float:
    """The cross-entropy: the losses (in nats) added up over the outputs, their mean over the examples; always finite.

    Args:
        AL: probabilities from 0 to 1, (n_y, m).
        Y: labels, (n_y, m); with softmax each column adds up to 1.
        output: "sigmoid" (each output is a question of its own) or "softmax" (exactly one of them is true).

    Raises:
        ValueError: another output.
    """
    if output not in ("sigmoid", "softmax"):
        raise ValueError(f'unknown output {output!r}: write "sigmoid" or "softmax"')
    if output == "softmax":
        from shared_utils.nn.softmax import cross_entropy  # black box: course 2, week 3, takes it apart

        return cross_entropy(AL, Y)
    likely, unlikely = (np.log(np.maximum(probability, SMALLEST)) for probability in (AL, 1 - AL))
    return -float(np.sum(Y * likely) + np.sum((1 - Y) * unlikely)) / Y.shape[1]


def deep_backward(AL: np.ndarray, Y: np.ndarray, caches: list[Cache]) -> dict[str, np.ndarray]:
    """The gradient of deep_cost, for sigmoid and softmax alike: in both, the last layer has dZ = AL - Y.

    Args:
        AL: (n_y, m), and caches: as deep_forward returned them.
        Y: (n_y, m).

    Returns:
        "dW1", "db1", ..., "dWL", "dbL", each of the shape of its parameter.
    """
    grads, m = {}, Y.shape[1]
    dZ = AL - Y
    for layer in range(len(caches), 0, -1):
        A_prev, W, _, _ = caches[layer - 1]
        grads[f"dW{layer}"] = dZ @ A_prev.T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        if layer > 1:
            dZ = W.T @ dZ * (A_prev > 0)  # A_prev = ReLU(Z) of the layer before is above 0 where its Z is
    return grads


def update(
    parameters: dict[str, np.ndarray], grads: dict[str, np.ndarray], learning_rate: float
) -> dict[str, np.ndarray]:
    """One step of gradient descent: new parameters; the arguments stay as they are."""
    return {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}
