"""Batch normalization of scores (n, m): a row for each unit, a column for each example; and its use at test time.

Pictures (N, H, W, C) have one scale and one shift for each channel, over all examples and places. Turn them into rows
of channels, and the result back:

    Z = pictures.reshape(-1, C).T                       # (C, N*H*W)
    pictures = Z_tilde.T.reshape(N, H, W, C)

Source: S. Ioffe and C. Szegedy (2015), Batch Normalization: Accelerating Deep Network Training by Reducing Internal
Covariate Shift, ICML.
"""

import numpy as np

TAUGHT_IN = "course2_improving/week3_tuning_batchnorm_frameworks/02_batch_normalization"

Cache = dict[str, np.ndarray]


def batchnorm_forward(
    Z: np.ndarray, gamma: np.ndarray, beta: np.ndarray, epsilon: float = 1e-5
) -> tuple[np.ndarray, Cache]:
    """Normalises the scores of each unit over the batch, then scales and shifts them; for training.

    Args:
        Z: (n, m); pictures (N, H, W, C) as (C, N*H*W), as the head of this module shows.
        gamma: the scale of each unit, (n, 1). beta: its shift, (n, 1).
        epsilon: above 0, added to the variance.

    Returns:
        gamma * Z_hat + beta, (n, m), and the cache: "Z_hat" (n, m) and, each (n, 1), "mu", "var" (divided by m),
        "sigma" = sqrt(var + epsilon), "gamma".

    Raises:
        ValueError: gamma or beta is not a column of n numbers (NumPy would broadcast it wrongly).
    """
    _refuse_other_than_columns(len(Z), gamma=gamma, beta=beta)
    mu = Z.mean(axis=1, keepdims=True)
    centred = Z - mu
    var = np.mean(centred**2, axis=1, keepdims=True)
    sigma = np.sqrt(var + epsilon)
    Z_hat = centred / sigma
    return gamma * Z_hat + beta, {"Z_hat": Z_hat, "mu": mu, "var": var, "sigma": sigma, "gamma": gamma}


def batchnorm_backward(dZ_tilde: np.ndarray, cache: Cache) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The derivatives with respect to Z (n, m), gamma (n, 1) and beta (n, 1).

    Args:
        dZ_tilde: the derivative with respect to what batchnorm_forward returned, (n, m).
        cache: its cache.

    Returns:
        dZ, and the sums over the examples for gamma and beta, not divided by m.
    """
    Z_hat, dZ_hat = cache["Z_hat"], cache["gamma"] * dZ_tilde
    centre = dZ_hat.mean(axis=1, keepdims=True)
    slope = np.mean(dZ_hat * Z_hat, axis=1, keepdims=True)
    dZ = (dZ_hat - centre - Z_hat * slope) / cache["sigma"]
    return dZ, np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)


def update_running(running: Cache, cache: Cache, momentum: float = 0.9) -> Cache:
    """The running averages after one more batch, a new dict.

    Args:
        running: "mu" and "var" so far, (n, 1); zeros and ones at the start.
        cache: that of batchnorm_forward for the batch.
        momentum: the share of the old averages, 0 <= momentum < 1.
    """
    return {key: momentum * running[key] + (1 - momentum) * cache[key] for key in ("mu", "var")}


def batchnorm_inference(
    Z: np.ndarray, gamma: np.ndarray, beta: np.ndarray, running: Cache, epsilon: float = 1e-5
) -> np.ndarray:
    """Batch norm at test time, (n, m): with the running "mu" and "var", each (n, 1); each example is on its own.

    Args:
        Z: (n, m); pictures (N, H, W, C) as (C, N*H*W), as the head of this module shows.
        gamma: (n, 1). beta: (n, 1).
        epsilon: that of the training.

    Raises:
        ValueError: gamma, beta or a running average is not a column of n numbers.
    """
    _refuse_other_than_columns(len(Z), gamma=gamma, beta=beta, mu=running["mu"], var=running["var"])
    return gamma * (Z - running["mu"]) / np.sqrt(running["var"] + epsilon) + beta


def _refuse_other_than_columns(n: int, **columns: np.ndarray) -> None:
    for name, column in columns.items():
        if np.shape(column) != (n, 1):
            raise ValueError(f"{name} has shape {np.shape(column)}; Z with {n} rows needs a column, {(n, 1)}")
