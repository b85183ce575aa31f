"""The gated recurrent unit, forward and back through time: c_t = gate_u c_tilde + (1 - gate_u) c_(t-1).

Sequences are (n, m, T): features, sequences of a batch, steps. What comes in as float32 goes out as float32. The hidden
state is c itself. The weights of both gates stand one below the other in one matrix while the steps are gone through,
which saves time.

Source: course 5, week 1, lecture 9; K. Cho and others (2014), Learning Phrase Representations Using RNN
Encoder-Decoder for Statistical Machine Translation, EMNLP.
"""

import numpy as np

TAUGHT_IN = "course5_sequence/week1_recurrent_networks/04_gru_and_lstm"

Arrays = dict[str, np.ndarray]
Stacked = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
Cache = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, Arrays]


def gru_cell_forward(x_t: np.ndarray, c_prev: np.ndarray, parameters: Arrays) -> tuple[np.ndarray, Cache]:
    """One step of the unit.

    Args:
        x_t: the input of the step, (n_x, m).
        c_prev: the hidden state before it, (n_a, m).
        parameters: "W_u", "W_r", "W_c" (n_a, n_a + n_x), which multiply the state above the input, and "b_u", "b_r",
            "b_c" (n_a, 1); others are ignored.

    Returns:
        c_t, the hidden state after it, (n_a, m), and the cache (x_t, c_prev, gate_u, gate_r, c_tilde, parameters).
    """
    return _step(x_t, c_prev, _stacked(parameters), parameters)


def gru_forward(x: np.ndarray, c0: np.ndarray, parameters: Arrays) -> tuple[np.ndarray, list[Cache]]:
    """All steps of the unit, the same parameters at each.

    Args:
        x: (n_x, m, T_x).
        c0: the hidden state before the first step, (n_a, m).
        parameters: as for gru_cell_forward.

    Returns:
        c, the hidden states after each step, (n_a, m, T_x), and the caches of the steps, a list.
    """
    stacked, states, caches, c_t = _stacked(parameters), [], [], c0
    for x_t in np.ascontiguousarray(np.moveaxis(x, 2, 0)):
        c_t, cache = _step(x_t, c_t, stacked, parameters)
        states.append(c_t)
        caches.append(cache)
    return np.stack(states, axis=2), caches


def gru_cell_backward(dc_t: np.ndarray, cache: Cache) -> tuple[np.ndarray, np.ndarray, Arrays]:
    """The way back through one step.

    Args:
        dc_t: the derivative of the cost with respect to c_t, from above and from the later steps together, (n_a, m).
        cache: as gru_cell_forward returned it.

    Returns:
        dx_t (n_x, m), dc_prev (n_a, m), and the gradients "dW_u", "dW_r", "dW_c", "db_u", "db_r", "db_c", sums over
        the sequences.
    """
    dx_t, dc_prev, *gradients = _step_back(dc_t, cache, _stacked(cache[-1]))
    return dx_t, dc_prev, _by_gate(*gradients)


def gru_backward(dc: np.ndarray, caches: list[Cache]) -> tuple[np.ndarray, np.ndarray, Arrays]:
    """The way back through all steps.

    Args:
        dc: the derivative of the cost with respect to each c_t from above alone, (n_a, m, T_x).
        caches: as gru_forward returned them.

    Returns:
        dx (n_x, m, T_x), dc0 (n_a, m), and the gradients as gru_cell_backward has them, sums over the steps too.
    """
    stacked = _stacked(caches[0][-1])
    dx, dc_next, dW, db, dW_c, db_c = [], 0, 0, 0, 0, 0
    for dc_t, cache in zip(np.ascontiguousarray(np.moveaxis(dc, 2, 0))[::-1], caches[::-1], strict=True):
        dx_t, dc_next, *step = _step_back(dc_t + dc_next, cache, stacked)
        dx.append(dx_t)
        dW, db, dW_c, db_c = dW + step[0], db + step[1], dW_c + step[2], db_c + step[3]
    return np.stack(dx[::-1], axis=2), dc_next, _by_gate(dW, db, dW_c, db_c)


def _step(x_t: np.ndarray, c_prev: np.ndarray, stacked: Stacked, parameters: Arrays) -> tuple[np.ndarray, Cache]:
    """gru_cell_forward with the weights and biases that _stacked made."""
    W, b, W_c, b_c = stacked
    gates = 0.5 * np.tanh(0.5 * (W @ np.concatenate([c_prev, x_t]) + b)) + 0.5  # the sigmoid without overflow
    gate_u, gate_r = gates[: len(c_prev)], gates[len(c_prev) :]
    c_tilde = np.tanh(W_c @ np.concatenate([gate_r * c_prev, x_t]) + b_c)
    c_t = gate_u * c_tilde + (1 - gate_u) * c_prev
    return c_t, (x_t, c_prev, gate_u, gate_r, c_tilde, parameters)


def _step_back(dc_t: np.ndarray, cache: Cache, stacked: Stacked) -> tuple[np.ndarray, ...]:
    """dx_t, dc_prev, the gradients of the weights and biases of both gates, and those of the candidate."""
    (x_t, c_prev, gate_u, gate_r, c_tilde, _), (W, _, W_c, _) = cache, stacked
    n_a, reset = len(c_prev), gate_r * c_prev
    dz_c = dc_t * gate_u * (1 - c_tilde**2)
    back_c = W_c.T @ dz_c
    dz_u = dc_t * (c_tilde - c_prev) * gate_u * (1 - gate_u)
    dz = np.concatenate([dz_u, back_c[:n_a] * reset * (1 - gate_r)])
    back = W.T @ dz
    dc_prev = dc_t * (1 - gate_u) + back_c[:n_a] * gate_r + back[:n_a]
    dW, dW_c = dz @ np.concatenate([c_prev, x_t]).T, dz_c @ np.concatenate([reset, x_t]).T
    return back[n_a:] + back_c[n_a:], dc_prev, dW, dz.sum(1, keepdims=True), dW_c, dz_c.sum(1, keepdims=True)


def _stacked(parameters: Arrays) -> Stacked:
    """Weights (2 n_a, n_a + n_x) and biases (2 n_a, 1) of the gates u and r, one below the other, then W_c and b_c."""
    W, b = (np.concatenate([parameters[f"{kind}_u"], parameters[f"{kind}_r"]]) for kind in "Wb")
    return W, b, parameters["W_c"], parameters["b_c"]


def _by_gate(dW: np.ndarray, db: np.ndarray, dW_c: np.ndarray, db_c: np.ndarray) -> Arrays:
    """The gradients by their names."""
    (dW_u, dW_r), (db_u, db_r) = np.split(dW, 2), np.split(db, 2)
    return {"dW_u": dW_u, "dW_r": dW_r, "dW_c": dW_c, "db_u": db_u, "db_r": db_r, "db_c": db_c}
