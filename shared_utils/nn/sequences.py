"""What stands around a recurrent network: the embedding below it, one output a step above it, and its loss.

Sequences are (n, m, T): features, sequences of a batch, steps. What comes in as float32 goes out as float32.

Source: course 5, week 1, lectures 3 and 4.
"""

import numpy as np

TAUGHT_IN = "course5_sequence/week1_recurrent_networks/02_rnn_and_backpropagation_through_time"

Grads = dict[str, np.ndarray]


def embedding_forward(E: np.ndarray, indices: np.ndarray) -> np.ndarray:
    """The columns of the embedding matrix for the words of a batch: (n_e, m, T_x), a new array.

    Args:
        E: (n_e, n_v), column k belongs to word k.
        indices: whole numbers from 0 to n_v - 1, (m, T_x).

    Raises:
        IndexError: an index is outside.
    """
    if np.min(indices) < 0:
        raise IndexError("a word has a number below 0")
    return E[:, indices]


def embedding_backward(de: np.ndarray, indices: np.ndarray, n_v: int) -> np.ndarray:
    """The derivative of the cost with respect to E, (n_e, n_v): a word that occurs several times adds its parts up.

    Args:
        de: the derivative with respect to what embedding_forward returned, (n_e, m, T_x).
        indices: as embedding_forward was given them.
        n_v: the number of words.
    """
    dE = np.zeros((n_v, len(de)), de.dtype)
    np.add.at(dE, indices.ravel(), de.reshape(len(de), -1).T)
    return dE.T


def temporal_affine_forward(a: np.ndarray, parameters: Grads) -> np.ndarray:
    """The scores at each step, W_ya a_t + b_y with the same weights at all of them: (n_y, m, T_x).

    Args:
        a: the hidden states, (n_a, m, T_x).
        parameters: "W_ya" (n_y, n_a) and "b_y" (n_y, 1).
    """
    W_ya, b_y = parameters["W_ya"], parameters["b_y"]
    return (W_ya @ a.reshape(len(a), -1) + b_y).reshape(len(W_ya), *a.shape[1:])


def temporal_affine_backward(dz: np.ndarray, a: np.ndarray, parameters: Grads) -> tuple[np.ndarray, Grads]:
    """The way back through temporal_affine_forward.

    Args:
        dz: the derivative of the cost with respect to the scores, (n_y, m, T_x).
        a, parameters: as temporal_affine_forward was given them.

    Returns:
        da, (n_a, m, T_x), and the gradients "dW_ya" and "db_y", sums over sequences and steps.
    """
    flat = dz.reshape(len(dz), -1)
    da = (parameters["W_ya"].T @ flat).reshape(a.shape)
    return da, {"dW_ya": flat @ a.reshape(len(a), -1).T, "db_y": flat.sum(axis=1, keepdims=True)}


def temporal_softmax_loss(z: np.ndarray, y: np.ndarray, mask: np.ndarray) -> tuple[float, np.ndarray]:
    """The mean cross-entropy (in nats) of the real steps, and its derivative with respect to the scores.

    Args:
        z: scores, (n_y, m, T_y); as large as they like.
        y: the true class of each step, whole numbers from 0 to n_y - 1, (m, T_y); at padding any of them.
        mask: 1 for a real step, 0 for padding, (m, T_y).

    Returns:
        The loss, and dz (n_y, m, T_y), 0 at padding.

    Raises:
        ValueError: no step is real.
    """
    if not np.any(mask):
        raise ValueError("no step is real: the mask holds only zeros")
    z = z - z.max(axis=0)
    log_probabilities = z - np.log(np.exp(z).sum(axis=0))
    true = y, *np.indices(y.shape)
    steps = mask.sum()
    dz = np.exp(log_probabilities)
    dz[true] -= 1
    return -float((log_probabilities[true] * mask).sum() / steps), dz * (mask / steps).astype(z.dtype)
