"""A dense network with any number of layers: ReLU in the hidden layers, sigmoid or softmax at the output.

Examples are columns. Taught in course 1, week 4: the forward pass in lesson 01, cost, backward pass and update in
lesson 03. Softmax is taught in course 2, week 3, lesson 03.
"""

import numpy as np

# Probabilities below this count as this under the log, so that a certain and wrong output costs 34.5 and not infinity.
SMALLEST = 1e-15

Cache = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def initialize_deep(layer_dims: list[int], seed: int) -> dict[str, np.ndarray]:
    """The first parameters of a network: He's random weights, biases 0.

    Taught in course 1, week 4, lesson 01.

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

    Taught in course 1, week 4, lesson 01.

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
        exponentials = np.exp(Z - Z.max(axis=0, keepdims=True))
        A = exponentials / exponentials.sum(axis=0, keepdims=True)
    else:
        raise ValueError(f'unknown activation {activation!r}: write "relu", "sigmoid" or "softmax"')
    return A, (A_prev, W, b, Z)


def deep_forward(
    X: np.ndarray, parameters: dict[str, np.ndarray], output: str = "sigmoid"
) -> tuple[np.ndarray, list[Cache]]:
    """The forward pass through all layers; `output` is the activation of the last, "sigmoid" or "softmax".

    Taught in course 1, week 4, lesson 01.

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


def deep_cost(AL: np.ndarray, Y: np.ndarray, output: str = "sigmoid") -> float:
    """The cross-entropy: the losses (in nats) added up over the outputs, their mean over the examples; always finite.

    Taught in course 1, week 4, lesson 03.

    Args:
        AL: probabilities from 0 to 1, (n_y, m).
        Y: labels, (n_y, m); with softmax each column adds up to 1.
        output: "sigmoid" (each output is a question of its own) or "softmax" (exactly one of them is true).

    Raises:
        ValueError: another output.
    """
    if output not in ("sigmoid", "softmax"):
        raise ValueError(f'unknown output {output!r}: write "sigmoid" or "softmax"')
    log_likelihood = np.sum(Y * np.log(np.maximum(AL, SMALLEST)))
    if output == "sigmoid":
        log_likelihood += np.sum((1 - Y) * np.log(np.maximum(1 - AL, SMALLEST)))
    return -float(log_likelihood) / Y.shape[1]


def deep_backward(AL: np.ndarray, Y: np.ndarray, caches: list[Cache]) -> dict[str, np.ndarray]:
    """The gradient of deep_cost, for sigmoid and softmax alike: in both, the last layer has dZ = AL - Y.

    Taught in course 1, week 4, lesson 03.

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
    """One step of gradient descent: new parameters; the arguments stay as they are.

    Taught in course 1, week 4, lesson 03.
    """
    return {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}
