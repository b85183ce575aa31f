"""The plain recurrent network: a_t = tanh(W_aa a_(t-1) + W_ax x_t + b_a), forward and back through time.

Sequences are (n, m, T): features, sequences of a batch, steps. What comes in as float32 goes out as float32.

Source: course 5, week 1, lectures 3 and 4; P. Werbos (1990), Backpropagation Through Time.
"""

import numpy as np

TAUGHT_IN = "course5_sequence/week1_recurrent_networks/02_rnn_and_backpropagation_through_time"

Parameters = dict[str, np.ndarray]
Cache = tuple[np.ndarray, np.ndarray, np.ndarray, Parameters]


def rnn_cell_forward(x_t: np.ndarray, a_prev: np.ndarray, parameters: Parameters) -> tuple[np.ndarray, Cache]:
    """One step of the network.

    Args:
        x_t: the input of the step, (n_x, m).
        a_prev: the hidden state before it, (n_a, m).
        parameters: "W_aa" (n_a, n_a), "W_ax" (n_a, n_x), "b_a" (n_a, 1); others are ignored.

    Returns:
        a_t, the hidden state after it, (n_a, m), and the cache (x_t, a_prev, a_t, parameters).
    """
    a_t = np.tanh(parameters["W_aa"] @ a_prev + parameters["W_ax"] @ x_t + parameters["b_a"])
    return a_t, (x_t, a_prev, a_t, parameters)


def rnn_forward(x: np.ndarray, a0: np.ndarray, parameters: Parameters) -> tuple[np.ndarray, list[Cache]]:
    """All steps of the network, the same parameters at each.

    Args:
        x: (n_x, m, T_x).
        a0: the hidden state before the first step, (n_a, m).
        parameters: as for rnn_cell_forward.

    Returns:
        a, the hidden states after each step, (n_a, m, T_x), and the caches of the steps, a list.
    """
    caches, a_t = [], a0
    for x_t in np.ascontiguousarray(np.moveaxis(x, 2, 0)):
        a_t, cache = rnn_cell_forward(x_t, a_t, parameters)
        caches.append(cache)
    return np.stack([a_t for _, _, a_t, _ in caches], axis=2), caches


def rnn_cell_backward(da_t: np.ndarray, cache: Cache) -> tuple[np.ndarray, np.ndarray, Parameters]:
    """The way back through one step.

    Args:
        da_t: the derivative of the cost with respect to a_t, from above and from the later steps together, (n_a, m).
        cache: as rnn_cell_forward returned it.

    Returns:
        dx_t (n_x, m), da_prev (n_a, m), and the gradients "dW_aa", "dW_ax", "db_a", sums over the sequences.
    """
    x_t, a_prev, a_t, parameters = cache
    dz = da_t * (1 - a_t**2)
    grads = {"dW_aa": dz @ a_prev.T, "dW_ax": dz @ x_t.T, "db_a": dz.sum(axis=1, keepdims=True)}
    return parameters["W_ax"].T @ dz, parameters["W_aa"].T @ dz, grads


def rnn_backward(da: np.ndarray, caches: list[Cache]) -> tuple[np.ndarray, np.ndarray, Parameters]:
    """The way back through all steps.

    Args:
        da: the derivative of the cost with respect to each a_t from above alone, (n_a, m, T_x).
        caches: as rnn_forward returned them.

    Returns:
        dx (n_x, m, T_x), da0 (n_a, m), and the gradients as rnn_cell_backward has them, sums over the steps too.
    """
    dx, da_next, grads = [], 0, {"dW_aa": 0, "dW_ax": 0, "db_a": 0}
    for t in reversed(range(len(caches))):
        dx_t, da_next, step = rnn_cell_backward(da[:, :, t] + da_next, caches[t])
        grads = {key: grads[key] + step[key] for key in step}
        dx.append(dx_t)
    return np.stack(dx[::-1], axis=2), da_next, grads
