"""Long short-term memory, forward and back through time: c_t = gate_u c_tilde + gate_f c_(t-1), a_t = gate_o tanh(c_t).

Sequences are (n, m, T): features, sequences of a batch, steps. What comes in as float32 goes out as float32. The
weights of all gates stand one below the other in one matrix while the steps are gone through, which saves time.

Source: course 5, week 1, lecture 10; S. Hochreiter and J. Schmidhuber (1997), Long Short-Term Memory, Neural
Computation 9(8); F. Gers, J. Schmidhuber and F. Cummins (2000), Learning to Forget, for the forget gate.
"""

import numpy as np

TAUGHT_IN = "course5_sequence/week1_recurrent_networks/04_gru_and_lstm"

Arrays = dict[str, np.ndarray]
Cache = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, Arrays]
Stacked = tuple[np.ndarray, np.ndarray]
GATES = "ufoc"


def lstm_cell_forward(
    x_t: np.ndarray, a_prev: np.ndarray, c_prev: np.ndarray, parameters: Arrays
) -> tuple[np.ndarray, np.ndarray, Cache]:
    """One step of the unit.

    Args:
        x_t: the input of the step, (n_x, m).
        a_prev, c_prev: the hidden state and the memory cell before it, (n_a, m).
        parameters: "W_u", "W_f", "W_o", "W_c" (n_a, n_a + n_x), which multiply the state above the input, and "b_u",
            "b_f", "b_o", "b_c" (n_a, 1); others are ignored.

    Returns:
        a_t and c_t, the hidden state and the memory cell after it, (n_a, m), and the cache
        (x_t, a_prev, c_prev, gate_u, gate_f, gate_o, c_tilde, c_t, parameters).
    """
    return _step(x_t, a_prev, c_prev, _stacked(parameters), parameters)


def lstm_forward(
    x: np.ndarray, a0: np.ndarray, c0: np.ndarray, parameters: Arrays
) -> tuple[np.ndarray, np.ndarray, list[Cache]]:
    """All steps of the unit, the same parameters at each.

    Args:
        x: (n_x, m, T_x).
        a0, c0: the hidden state and the memory cell before the first step, (n_a, m).
        parameters: as for lstm_cell_forward.

    Returns:
        a and c, the hidden states and the memory cells after each step, (n_a, m, T_x), and the caches of the steps, a
        list.
    """
    stacked, states, cells, caches, a_t, c_t = _stacked(parameters), [], [], [], a0, c0
    for x_t in np.ascontiguousarray(np.moveaxis(x, 2, 0)):
        a_t, c_t, cache = _step(x_t, a_t, c_t, stacked, parameters)
        states.append(a_t)
        cells.append(c_t)
        caches.append(cache)
    return np.stack(states, axis=2), np.stack(cells, axis=2), caches


def lstm_cell_backward(
    da_t: np.ndarray, dc_t: np.ndarray, cache: Cache
) -> tuple[np.ndarray, np.ndarray, np.ndarray, Arrays]:
    """The way back through one step.

    Args:
        da_t: the derivative of the cost with respect to a_t, from above and from the later steps together, (n_a, m).
        dc_t: its derivative with respect to c_t from the later steps alone, without the way through a_t, (n_a, m).
        cache: as lstm_cell_forward returned it.

    Returns:
        dx_t (n_x, m), da_prev and dc_prev (n_a, m), and the gradients "dW_u", "dW_f", "dW_o", "dW_c", "db_u", "db_f",
        "db_o", "db_c", sums over the sequences.
    """
    dx_t, da_prev, dc_prev, dW, db = _step_back(da_t, dc_t, cache, _stacked(cache[-1])[0])
    return dx_t, da_prev, dc_prev, _by_gate(dW, db)


def lstm_backward(da: np.ndarray, caches: list[Cache]) -> tuple[np.ndarray, np.ndarray, np.ndarray, Arrays]:
    """The way back through all steps, for a cost that sees the hidden states alone.

    Args:
        da: the derivative of the cost with respect to each a_t from above alone, (n_a, m, T_x).
        caches: as lstm_forward returned them.

    Returns:
        dx (n_x, m, T_x), da0 and dc0 (n_a, m), and the gradients as lstm_cell_backward has them, sums over the steps
        too.
    """
    W, _ = _stacked(caches[0][-1])
    dx, da_next, dc_next, dW, db = [], 0, 0, 0, 0
    for da_t, cache in zip(np.ascontiguousarray(np.moveaxis(da, 2, 0))[::-1], caches[::-1], strict=True):
        dx_t, da_next, dc_next, dW_t, db_t = _step_back(da_t + da_next, dc_next, cache, W)
        dx.append(dx_t)
        dW, db = dW + dW_t, db + db_t
    return np.stack(dx[::-1], axis=2), da_next, dc_next, _by_gate(dW, db)


def _step(
    x_t: np.ndarray, a_prev: np.ndarray, c_prev: np.ndarray, stacked: Stacked, parameters: Arrays
) -> tuple[np.ndarray, np.ndarray, Cache]:
    """lstm_cell_forward with the weights and biases that _stacked made."""
    (W, b), n_a = stacked, len(a_prev)
    z = W @ np.concatenate([a_prev, x_t]) + b
    gates = 0.5 * np.tanh(0.5 * z[: 3 * n_a]) + 0.5  # the sigmoid, which never overflows in this form
    gate_u, gate_f, gate_o = gates[:n_a], gates[n_a : 2 * n_a], gates[2 * n_a :]
    c_tilde = np.tanh(z[3 * n_a :])
    c_t = gate_u * c_tilde + gate_f * c_prev
    return gate_o * np.tanh(c_t), c_t, (x_t, a_prev, c_prev, gate_u, gate_f, gate_o, c_tilde, c_t, parameters)


def _step_back(da_t: np.ndarray, dc_t: np.ndarray | int, cache: Cache, W: np.ndarray) -> tuple[np.ndarray, ...]:
    """dx_t, da_prev, dc_prev, and the gradients of the weights and biases of all gates, one below the other."""
    x_t, a_prev, c_prev, gate_u, gate_f, gate_o, c_tilde, c_t, _ = cache
    n_a, tanh_c = len(a_prev), np.tanh(c_t)
    dc_t = dc_t + da_t * gate_o * (1 - tanh_c**2)
    dz_u = dc_t * c_tilde * gate_u * (1 - gate_u)
    dz_f = dc_t * c_prev * gate_f * (1 - gate_f)
    dz_o = da_t * tanh_c * gate_o * (1 - gate_o)
    dz = np.concatenate([dz_u, dz_f, dz_o, dc_t * gate_u * (1 - c_tilde**2)])
    back = W.T @ dz
    dW, db = dz @ np.concatenate([a_prev, x_t]).T, dz.sum(axis=1, keepdims=True)
    return back[n_a:], back[:n_a], dc_t * gate_f, dW, db


def _stacked(parameters: Arrays) -> Stacked:
    """The weights (4 n_a, n_a + n_x) and biases (4 n_a, 1) of all gates, one below the other."""
    W, b = ([parameters[f"{kind}_{gate}"] for gate in GATES] for kind in "Wb")
    return np.concatenate(W), np.concatenate(b)


def _by_gate(dW: np.ndarray, db: np.ndarray) -> Arrays:
    """The gradients of the four gates by their names."""
    weights = {f"dW_{gate}": each for gate, each in zip(GATES, np.split(dW, 4), strict=True)}
    return weights | {f"db_{gate}": each for gate, each in zip(GATES, np.split(db, 4), strict=True)}
