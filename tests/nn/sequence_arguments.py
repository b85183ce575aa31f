"""Random arguments of the building blocks of sequence models, by name."""

import numpy as np

from shared_utils.nn import attention, gru, lstm, recurrent


def sequence_arguments(seed):
    """Random arguments of a recurrent network and of the layers around it; some sequences are padded."""
    rng = np.random.default_rng(seed)
    n_x, n_a, n_y, m, T_x = (int(n) for n in rng.integers(1, 7, size=5))
    shapes = {"W_aa": (n_a, n_a), "W_ax": (n_a, n_x), "b_a": (n_a, 1), "W_ya": (n_y, n_a), "b_y": (n_y, 1)}
    parameters = {key: rng.normal(size=shape) for key, shape in shapes.items()}
    x, a0 = rng.normal(size=(n_x, m, T_x)), rng.normal(size=(n_a, m))
    a, caches = recurrent.rnn_forward(x, a0, parameters)
    indices, mask = rng.integers(0, n_y, (m, T_x)), np.arange(T_x) < rng.integers(1, T_x + 1, (m, 1))
    z, da = rng.normal(size=(n_y, m, T_x)), rng.normal(size=(n_a, m, T_x))
    return {
        "rnn_cell_forward": (x[:, :, 0], a0, parameters),
        "rnn_forward": (x, a0, parameters),
        "rnn_cell_backward": (da[:, :, 0], caches[0]),
        "rnn_backward": (da, caches),
        "embedding_forward": (parameters["W_ya"].T, indices),
        "embedding_backward": (da, indices, n_y + 2),
        "temporal_affine_forward": (a, parameters),
        "temporal_affine_backward": (z, a, parameters),
        "temporal_softmax_loss": (z, indices, mask.astype(float)),
    }


def gated_arguments(seed):
    """Random arguments of one step and of all steps of a GRU and of an LSTM, forward and back."""
    rng = np.random.default_rng(seed)
    n_x, m, n_a, T_x = (int(n) for n in rng.integers(1, 6, size=4))
    shapes = {"W": (n_a, n_a + n_x), "b": (n_a, 1)}
    parameters = {f"{kind}_{gate}": rng.normal(size=shapes[kind]) for kind in "Wb" for gate in "urfoc"}
    x, a0, c0 = rng.normal(size=(n_x, m, T_x)), *rng.normal(size=(2, n_a, m))
    d, gru_caches = rng.normal(size=(n_a, m, T_x)), gru.gru_forward(x, c0, parameters)[1]
    lstm_caches = lstm.lstm_forward(x, a0, c0, parameters)[2]
    return {
        "gru_cell_forward": (x[:, :, 0], c0, parameters),
        "gru_forward": (x, c0, parameters),
        "gru_cell_backward": (d[:, :, 0], gru_caches[0]),
        "gru_backward": (d, gru_caches),
        "lstm_cell_forward": (x[:, :, 0], a0, c0, parameters),
        "lstm_forward": (x, a0, c0, parameters),
        "lstm_cell_backward": (d[:, :, 0], d[:, :, -1], lstm_caches[0]),
        "lstm_backward": (d, lstm_caches),
    }


def attention_arguments(seed):
    """Random arguments of attention, forward and back; some sequences are padded."""
    rng = np.random.default_rng(seed)
    n_s, n_a, n_k, m, T = (int(n) for n in rng.integers(1, 7, size=5))
    shapes = {"W_s": (n_k, n_s), "W_a": (n_k, n_a), "v": (1, n_k)}
    parameters = {key: rng.normal(size=shape) for key, shape in shapes.items()}
    s, a = rng.normal(size=(n_s, m)), rng.normal(size=(n_a, m, T))
    mask = (np.arange(T) < rng.integers(1, T + 1, (m, 1))).astype(float)
    return {
        "masked_softmax": (10 * rng.normal(size=(m, T)), mask),
        "alignment_energies": (s, a, parameters),
        "scaled_dot_energies": (rng.normal(size=(n_a, m)), a),
        "one_step_attention": (s, a, mask, parameters),
        "attention_backward": (
            rng.normal(size=(n_a, m)),
            attention.one_step_attention(s, a, mask, parameters)[1],
        ),
    }


def ctc_arguments(seed):
    """Random probabilities and a text that fits, with equal neighbours for most seeds; a path and two texts."""
    rng = np.random.default_rng(seed)
    n_y, L = int(rng.integers(2, 5)), int(rng.integers(1, 5))
    labels, z = rng.integers(1, n_y, L), rng.normal(size=(n_y, 2 * L + int(rng.integers(0, 4))))
    log_p = z - np.log(np.exp(z).sum(axis=0))
    return {
        "collapse": (rng.integers(0, 3, 12),),
        "ctc_forward": (log_p, labels),
        "ctc_gradient": (log_p, labels),
        "prefix_beam": (log_p, 1 + seed % 3),
        "edit_distance": (labels.tolist(), rng.integers(1, n_y, 4).tolist()),
    }
