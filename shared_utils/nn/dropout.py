"""Inverted dropout: its mask has mean 1, so that nothing is left to do at test time."""

import numpy as np

TAUGHT_IN = "course2_improving/week1_practical_aspects/03_dropout_and_other_regularizers"


def dropout_forward(A: np.ndarray, keep_prob: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Drops entries at random and divides those that are kept by keep_prob; for training mode only.

    Args:
        A: activations, any shape.
        keep_prob: the probability that an entry is kept, 0 < keep_prob <= 1.
        rng: the same state gives the same mask.

    Returns:
        A * mask, and the mask as cache, of the shape of A: 1 / keep_prob where kept, 0 where dropped.

    Raises:
        ValueError: keep_prob is out of its range.

    Source:
        N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever and R. Salakhutdinov (2014), Dropout: A Simple Way to
        Prevent Neural Networks from Overfitting, JMLR 15.
    """
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob is {keep_prob}; it must be above 0 and at most 1")
    mask = (rng.random(A.shape) < keep_prob) / keep_prob
    return A * mask, mask


def dropout_backward(d_out: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The derivative with respect to A, from that with respect to the output and the mask of the way forward."""
    return d_out * mask
