"""Mini-batches: examples and labels, as columns, dealt out at random; the last batch may be smaller."""

from collections.abc import Iterator

import numpy as np

TAUGHT_IN = "course2_improving/week2_optimization/01_mini_batch_gradient_descent"

Batch = tuple[np.ndarray, np.ndarray]


def random_mini_batches(X: np.ndarray, Y: np.ndarray, size: int, seed: int) -> list[Batch]:
    """The mini-batches of one epoch.

    Args:
        X: examples, (n_x, m).
        Y: their labels, (n_y, m).
        size: examples in a batch, at least 1; it may be larger than m.
        seed: the same seed gives the same batches.

    Returns:
        Pairs (batch_X, batch_Y) of new arrays, (n_x, size) and (n_y, size); the last may have fewer columns.

    Raises:
        ValueError: size is below 1.
    """
    return list(DataLoader(X, Y, size, seed))


class DataLoader:
    """Mini-batches in a new random order each time that a `for` goes over them; `len` is their number.

    Args:
        X, Y, size: as for random_mini_batches.
        seed: the same seed gives the same epochs one after another.

    Raises:
        ValueError: size is below 1.
    """

    def __init__(self, X: np.ndarray, Y: np.ndarray, size: int, seed: int):
        if size < 1:
            raise ValueError(f"size is {size}; it must be at least 1")
        self.X, self.Y, self.size = X, Y, size
        self.rng = np.random.default_rng(seed)

    def __len__(self) -> int:
        return -(-self.X.shape[1] // self.size)

    def __iter__(self) -> Iterator[Batch]:
        order = self.rng.permutation(self.X.shape[1])
        for first in range(0, len(order), self.size):
            piece = order[first : first + self.size]
            yield self.X[:, piece], self.Y[:, piece]
