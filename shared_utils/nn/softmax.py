"""Softmax and its cost, for exactly one true class among several. Examples are columns.

Source: course 2, week 3, lectures 8 and 9.
"""

import numpy as np

TAUGHT_IN = "course2_improving/week3_tuning_batchnorm_frameworks/03_softmax_classifier"

# Probabilities below this count as this under the log: a certain and wrong output costs 34.5 and not infinity.
SMALLEST = 1e-15


def softmax(Z: np.ndarray) -> np.ndarray:
    """The probabilities of the classes: exp(z_k) / sum over j of exp(z_j), in each column.

    Args:
        Z: scores, (n, m); as large as they like.

    Returns:
        (n, m); each column adds up to 1.
    """
    exponentials = np.exp(Z - Z.max(axis=0, keepdims=True))
    return exponentials / exponentials.sum(axis=0, keepdims=True)


def cross_entropy(A: np.ndarray, Y: np.ndarray) -> float:
    """The mean loss (in nats) over the examples: minus the log of the true class's probability; always finite.

    Args:
        A: probabilities of the classes, (n, m).
        Y: labels, (n, m); each column adds up to 1, in most cases as a single 1.
    """
    return -float(np.sum(Y * np.log(np.maximum(A, SMALLEST)))) / Y.shape[1]
