"""A plain network of ReLU units trained by Adam: the yardstick that `course data fit` holds to labelled data."""

from collections.abc import Sequence

import numpy as np


def standardised(X_train: np.ndarray, Y_train: np.ndarray, X_test: np.ndarray, Y_test: np.ndarray) -> list[np.ndarray]:
    """Examples (columns) less the mean of the training set, divided by its deviation, with their labels."""
    mean, deviation = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
    return [(X_train - mean) / deviation, Y_train[0], (X_test - mean) / deviation, Y_test[0]]


def network_accuracy(
    examples: Sequence[np.ndarray],
    hidden: Sequence[int] = (),
    epochs: int = 20,
    batch: int = 64,
    learning_rate: float = 1e-3,
    seed: int = 0,
) -> float:
    """Trains a network with ReLU units and a softmax at its end by Adam; without hidden layers, softmax regression.

    Args:
        examples: X_train (n_x, m_train), y_train (m_train,), X_test (n_x, m_test), y_test (m_test,); the labels are
            whole numbers from 0.
        hidden: the sizes of the hidden layers.

    Returns:
        The accuracy on the test set.
    """
    X, y, X_test, y_test = examples
    rng = np.random.RandomState(seed)
    sizes = [len(X), *hidden, int(y.max()) + 1]
    theta = []
    for n_in, n_out in zip(sizes, sizes[1:], strict=False):
        W = rng.normal(size=(n_out, n_in)) * np.sqrt(2 / n_in) * (0.1 if n_out == sizes[-1] else 1)
        theta += [W.astype(X.dtype), np.zeros((n_out, 1), X.dtype)]
    mean, square = [0 * p for p in theta], [0 * p for p in theta]
    step = 0
    for epoch in range(epochs):
        rate = learning_rate * (1 - epoch / epochs)
        order = rng.permutation(len(y))
        for start in range(0, len(y), batch):
            rows = order[start : start + batch]
            step += 1
            correction = np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
            for k, gradient in enumerate(_gradients(theta, X[:, rows], y[rows])):
                mean[k] += 0.1 * (gradient - mean[k])
                square[k] += 0.001 * (gradient**2 - square[k])
                theta[k] -= rate * correction * mean[k] / (np.sqrt(square[k]) + 1e-8)
    return float(np.mean(_activations(theta, X_test)[-1].argmax(axis=0) == y_test))


def _activations(theta: Sequence[np.ndarray], X: np.ndarray) -> list[np.ndarray]:
    """The input, the activations of the hidden layers, and the scores of the classes."""
    activations = [X]
    for W, b in zip(theta[::2], theta[1::2], strict=True):
        Z = W @ activations[-1] + b
        activations.append(Z if W is theta[-2] else np.maximum(Z, 0))
    return activations


def _gradients(theta: Sequence[np.ndarray], X: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """The derivative of the mean cross-entropy with respect to each weight and bias."""
    activations = _activations(theta, X)
    dZ = np.exp(activations[-1] - activations[-1].max(axis=0))
    dZ /= dZ.sum(axis=0)
    dZ[y, np.arange(len(y))] -= 1
    dZ /= len(y)
    gradients = []
    for layer in reversed(range(len(theta) // 2)):
        A = activations[layer]
        gradients = [dZ @ A.T, dZ.sum(axis=1, keepdims=True), *gradients]
        dZ = (theta[2 * layer].T @ dZ) * (A > 0)
    return gradients
