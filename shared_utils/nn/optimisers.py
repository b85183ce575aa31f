"""Optimisers, each as one step on dicts of parameters: momentum, RMSprop and Adam; and the clipping of gradients.

Parameters are arrays of any shapes under any keys; their gradients, and the averages that an optimiser keeps, stand
under "d" + key, as in "dW1" for "W1". Every function gives new dicts of new arrays.
"""

import numpy as np

TAUGHT_IN = "course2_improving/week2_optimization/03_momentum_rmsprop_adam"

Arrays = dict[str, np.ndarray]


def initialize_velocity(parameters: Arrays) -> Arrays:
    """The averages v of momentum, or s of RMSprop, before the first step: float64 zeros in the shapes of parameters."""
    return {f"d{key}": np.zeros(value.shape) for key, value in parameters.items()}


def initialize_adam(parameters: Arrays) -> tuple[Arrays, Arrays]:
    """The averages (v, s) of Adam before the first step, as initialize_velocity makes them."""
    return initialize_velocity(parameters), initialize_velocity(parameters)


def momentum_step(
    parameters: Arrays, grads: Arrays, v: Arrays, learning_rate: float, beta: float = 0.9
) -> tuple[Arrays, Arrays]:
    """One step against the exponentially weighted average of the gradients.

    Args:
        parameters, grads, v: as in the head of this module; v is the average before this step.
        learning_rate: above 0. As the gradient has the factor 1 - beta, it is about that of gradient descent.
        beta: 0 <= beta < 1.

    Returns:
        The parameters after the step, and the new v.

    Source:
        B. T. Polyak (1964), Some Methods of Speeding up the Convergence of Iteration Methods.
    """
    v = {f"d{key}": beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"] for key in parameters}
    return {key: value - learning_rate * v[f"d{key}"] for key, value in parameters.items()}, v


def rmsprop_step(
    parameters: Arrays, grads: Arrays, s: Arrays, learning_rate: float, beta: float = 0.9, epsilon: float = 1e-8
) -> tuple[Arrays, Arrays]:
    """One step in which each gradient is divided by the root of its mean square, without a correction of that mean.

    Args:
        parameters, grads, s: as in the head of this module; s is the average of the squares before this step.
        learning_rate: above 0; about the length of a step of each parameter.
        beta: 0 <= beta < 1.
        epsilon: above 0, added to the root.

    Returns:
        The parameters after the step, and the new s.

    Source:
        T. Tieleman and G. Hinton (2012), Lecture 6.5: RMSprop, Neural Networks for Machine Learning, Coursera.
    """
    s = {f"d{key}": beta * s[f"d{key}"] + (1 - beta) * grads[f"d{key}"] ** 2 for key in parameters}
    moved = {}
    for key, value in parameters.items():
        moved[key] = value - learning_rate * grads[f"d{key}"] / (np.sqrt(s[f"d{key}"]) + epsilon)
    return moved, s


def adam_step(
    parameters: Arrays,
    grads: Arrays,
    v: Arrays,
    s: Arrays,
    t: int,
    learning_rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Arrays, Arrays, Arrays]:
    """One step of Adam, with the correction of both averages.

    Args:
        parameters, grads, v, s: as in the head of this module; v and s are the averages before this step.
        t: the number of this step, from 1.
        learning_rate: above 0; about the length of a step of each parameter.
        beta1, beta2: from 0 up to but not including 1.
        epsilon: above 0, added to the root of the corrected average.

    Returns:
        The parameters after the step, the new v and the new s (not corrected).

    Raises:
        ValueError: t is below 1.

    Source:
        D. P. Kingma and J. Ba (2015), Adam: A Method for Stochastic Optimization, ICLR.
    """
    if t < 1:
        raise ValueError(f"t is {t}; the first step has the number 1")
    v = {f"d{key}": beta1 * v[f"d{key}"] + (1 - beta1) * grads[f"d{key}"] for key in parameters}
    s = {f"d{key}": beta2 * s[f"d{key}"] + (1 - beta2) * grads[f"d{key}"] ** 2 for key in parameters}
    moved = {}
    for key, value in parameters.items():
        v_hat, s_hat = v[f"d{key}"] / (1 - beta1**t), s[f"d{key}"] / (1 - beta2**t)
        moved[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
    return moved, v, s


def clip_grad_norm(grads: Arrays, max_norm: float) -> tuple[Arrays, float]:
    """Shortens gradients whose global norm is above max_norm, all by the same factor.

    Args:
        grads: arrays of any shapes.
        max_norm: above 0.

    Returns:
        The gradients, and the global norm before clipping: the root of the sum of the squares of all their entries.

    Raises:
        ValueError: max_norm is 0 or negative.

    Source:
        R. Pascanu, T. Mikolov and Y. Bengio (2013), On the Difficulty of Training Recurrent Neural Networks, ICML.
    """
    if max_norm <= 0:
        raise ValueError(f"max_norm is {max_norm}; it must be above 0")
    norm = np.sqrt(sum(np.sum(np.square(gradient, dtype=float)) for gradient in grads.values()))
    factor = max_norm / norm if norm > max_norm else 1.0
    return {key: gradient * factor for key, gradient in grads.items()}, float(norm)
