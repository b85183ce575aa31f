"""Attention: which steps of a sequence a decoder looks at, forward and back; float32 stays float32.

Sequences are (n, m, T): features, sequences of a batch, steps.

Source: course 5, week 3, lectures 7 and 8; D. Bahdanau, K. Cho and Y. Bengio (2015), Neural Machine Translation by
Jointly Learning to Align and Translate, ICLR; A. Vaswani et al. (2017), Attention Is All You Need, NeurIPS (dot
products).
"""

import numpy as np

TAUGHT_IN = "course5_sequence/week3_sequence_to_sequence/04_attention"

Parameters = dict[str, np.ndarray]
Cache = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, Parameters]


def masked_softmax(e: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The softmax of each row over its real steps: weights (m, T) that add up to 1, exactly 0 at padding.

    Args:
        e: energies, (m, T), as large as they like.
        mask: 1 for a real step, 0 for padding, (m, T); at least one 1 in each row.
    """
    e = np.where(mask > 0, e, -np.inf)
    weights = np.exp(e - e.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def alignment_energies(s: np.ndarray, a: np.ndarray, parameters: Parameters) -> tuple[np.ndarray, np.ndarray]:
    """How well each step fits the state of the decoder: e = v tanh(W_s s + W_a a).

    Args:
        s: the state of the decoder, (n_s, m).
        a: what the encoder made of each step, (n_a, m, T).
        parameters: "W_s" (n_k, n_s), "W_a" (n_k, n_a) and "v" (1, n_k); others are ignored.

    Returns:
        e (m, T), and u = tanh(...), (n_k, m, T).
    """
    W_s, W_a, v = (parameters[key] for key in ("W_s", "W_a", "v"))
    u = np.tanh((W_s @ s)[:, :, None] + (W_a @ a.reshape(len(a), -1)).reshape(len(W_a), *a.shape[1:]))
    return (v @ u.reshape(len(u), -1)).reshape(a.shape[1:]), u


def scaled_dot_energies(q: np.ndarray, k: np.ndarray) -> np.ndarray:
    """The product of the query with the key of each step, divided by the root of their size: (m, T).

    Args:
        q: queries, (n, m).
        k: keys, (n, m, T).
    """
    return np.einsum("nm,nmt->mt", q, k) / len(q) ** 0.5


def one_step_attention(
    s: np.ndarray, a: np.ndarray, mask: np.ndarray, parameters: Parameters
) -> tuple[np.ndarray, Cache]:
    """The context of one step of the decoder: the mean of a over the steps, weighted by attention.

    Args:
        s, a, parameters: as for alignment_energies.
        mask: as for masked_softmax.

    Returns:
        The context (n_a, m), and the cache (s, a, u, weights, parameters) with weights (m, T).
    """
    e, u = alignment_energies(s, a, parameters)
    weights = masked_softmax(e, mask)
    return np.einsum("amt,mt->am", a, weights), (s, a, u, weights, parameters)


def attention_backward(dcontext: np.ndarray, cache: Cache) -> tuple[np.ndarray, np.ndarray, Parameters]:
    """The way back through one_step_attention.

    Args:
        dcontext: the derivative of the cost with respect to the context, (n_a, m).
        cache: as one_step_attention returned it.

    Returns:
        ds (n_s, m), da (n_a, m, T), and the gradients "dW_s", "dW_a", "dv", sums over the sequences.
    """
    s, a, u, weights, parameters = cache
    dweights = np.einsum("am,amt->mt", dcontext, a)
    de = weights * (dweights - (weights * dweights).sum(axis=1, keepdims=True))
    dz = parameters["v"].T[:, :, None] * de * (1 - u**2)
    flat, sums = dz.reshape(len(dz), -1), dz.sum(axis=2)
    da = dcontext[:, :, None] * weights + (parameters["W_a"].T @ flat).reshape(a.shape)
    grads = {"dW_s": sums @ s.T, "dW_a": flat @ a.reshape(len(a), -1).T, "dv": (u * de).sum(axis=(1, 2))[None]}
    return parameters["W_s"].T @ sums, da, grads
