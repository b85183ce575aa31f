"""A dense network with any number of layers, forward: ReLU in the hidden layers, sigmoid or softmax at the output.

Examples are columns. Softmax is taught in course 2, week 3, lesson 03.
"""

import numpy as np

TAUGHT_IN = "course1_nn/week4_deep_neural_networks/01_deep_forward_and_dimensions"

Cache = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def initialize_deep(layer_dims: list[int], seed: int) -> dict[str, np.ndarray]:
    """The first parameters of a network: He's random weights, biases 0.

    Args:
        layer_dims: [n_0, n_1, ..., n_L], the numbers of units, layer 0 being the input; L >= 1.
        seed: the same seed gives the same weights.

    Returns:
        "W1", "b1", ..., "WL", "bL": Wl (n_l, n_(l-1)), normal with standard deviation sqrt(2 / n_(l-1)); bl (n_l, 1).

    Source:
        K. He, X. Zhang, S. Ren and J. Sun (2015), Delving Deep into Rectifiers, ICCV.
    """
    rng = np.random.default_rng(seed)
    parameters = {}
    for layer in range(1, len(layer_dims)):
        n, n_prev = layer_dims[layer], layer_dims[layer - 1]
        parameters[f"W{layer}"] = rng.normal(size=(n, n_prev)) * np.sqrt(2 / n_prev)
        parameters[f"b{layer}"] = np.zeros((n, 1))
    return parameters


def linear_activation_forward(
    A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, activation: str
) -> tuple[np.ndarray, Cache]:
    """One layer: A = g(Z) with Z = W A_prev + b, and the cache (A_prev, W, b, Z).

    Args:
        A_prev: activations of the layer before (or X), (n_prev, m).
        W: (n, n_prev). b: (n, 1).
        activation: "relu", "sigmoid" or "softmax" (over the n units of each example).

    Returns:
        A (n, m), and the cache for the way back.

    Raises:
        ValueError: b is not a column of n numbers (NumPy would broadcast it wrongly), or another activation.
    """
    if b.shape != (len(W), 1):
        raise ValueError(f"b has shape {b.shape}; W {W.shape} needs a column, {(len(W), 1)}")
    Z = W @ A_prev + b
    if activation == "relu":
        A = np.maximum(0, Z)
    elif activation == "sigmoid":
        A = (1 + np.tanh(Z / 2)) / 2
    elif activation == "softmax":
        from shared_utils.nn.softmax import softmax  # black box: course 2, week 3, takes it apart

        A = softmax(Z)
    else:
        raise ValueError(f'unknown activation {activation!r}: write "relu", "sigmoid" or "softmax"')
    return A, (A_prev, W, b, Z)


def deep_forward(
    X: np.ndarray, parameters: dict[str, np.ndarray], output: str = "sigmoid"
) -> tuple[np.ndarray, list[Cache]]:
    """The forward pass through all layers; `output` is the activation of the last, "sigmoid" or "softmax".

    Args:
        X: (n_0, m).
        parameters: as initialize_deep makes them.

    Returns:
        AL (n_L, m), and the L caches; caches[l - 1] is that of layer l.
    """
    L = len(parameters) // 2
    A, caches = X, []
    for layer in range(1, L + 1):
        activation = output if layer == L else "relu"
        A, cache = linear_activation_forward(A, parameters[f"W{layer}"], parameters[f"b{layer}"], activation)
        caches.append(cache)
    return A, caches
