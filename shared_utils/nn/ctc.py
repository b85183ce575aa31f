"""Connectionist temporal classification: a loss for texts whose symbols have no places, its gradient, and a reader.

Scores are (n_y, T): symbols, steps; symbol 0 is the blank.

Source: course 5, week 3, lecture 9; A. Graves, S. Fernández, F. Gomez and J. Schmidhuber (2006), Connectionist Temporal
Classification: Labelling Unsegmented Sequence Data with Recurrent Neural Networks, ICML; A. Hannun, A. Maas,
D. Jurafsky and A. Ng (2014), First-Pass Large Vocabulary Continuous Speech Recognition Using Bi-Directional Recurrent
DNNs (prefix beam search).
"""

import numpy as np

TAUGHT_IN = "course5_sequence/week3_sequence_to_sequence/05_speech_recognition_ctc"


def collapse(path: np.ndarray) -> list[int]:
    """What a path (T,) says: runs of the same symbol become one, then the blanks go."""
    return [int(symbol) for t, symbol in enumerate(path) if symbol != 0 and (t == 0 or symbol != path[t - 1])]


def ctc_forward(log_p: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """The logarithm of the probability of all paths that say the labels, by dynamic programming.

    Args:
        log_p: logarithms of the probabilities at each step, (n_y, T).
        labels: symbols from 1 to n_y - 1, (L,), L >= 1.

    Returns:
        log P, and log alpha (2 L + 1, T): of all ways to have come to each place of blank, label, blank, ...

    Raises:
        ValueError: the labels do not fit into T steps; equal neighbours need a blank between them.
    """
    if len(labels) + np.sum(labels[1:] == labels[:-1]) > log_p.shape[1]:
        raise ValueError(f"{len(labels)} labels do not fit into {log_p.shape[1]} steps")
    places, two = _places(labels)
    log_alpha = np.full((len(places), log_p.shape[1]), -np.inf)
    log_alpha[:2, 0] = log_p[places[:2], 0]
    for t in range(1, log_p.shape[1]):
        log_alpha[:, t] = _onward(log_alpha[:, t - 1], two) + log_p[places, t]
    return np.logaddexp(log_alpha[-1, -1], log_alpha[-2, -1]), log_alpha


def ctc_gradient(log_p: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The gradient of -log P with respect to the scores whose log softmax is log_p: (n_y, T).

    Args:
        log_p, labels: as for ctc_forward.
    """
    log_P, log_alpha = ctc_forward(log_p, labels)
    places, two = _places(labels)
    log_beta = np.full(log_alpha.shape, -np.inf)
    log_beta[-2:, -1] = 0
    for t in range(log_p.shape[1] - 2, -1, -1):
        # The same walk in a mirror: a label may be skipped to from the label two places on.
        later = (log_beta[:, t + 1] + log_p[places, t + 1])[::-1]
        log_beta[:, t] = _onward(later, np.roll(two[::-1], 2))[::-1]
    dz = np.exp(log_p)
    np.subtract.at(dz, places, np.exp(log_alpha + log_beta - log_P))
    return dz


def prefix_beam(log_p: np.ndarray, width: int) -> tuple[list[int], float]:
    """The likeliest text by prefix beam search, and the logarithm of its probability.

    Args:
        log_p: as for ctc_forward.
        width: how many prefixes are kept after each step, at least 1.
    """
    kept = {(): (0.0, -np.inf)}
    for log_q in log_p.T:
        new: dict[tuple, tuple[float, float]] = {}

        def add(prefix: tuple, blank: float, symbol: float, new: dict = new) -> None:
            old = new.get(prefix, (-np.inf, -np.inf))
            new[prefix] = np.logaddexp(old[0], blank), np.logaddexp(old[1], symbol)

        for prefix, (blank, symbol) in kept.items():
            both = np.logaddexp(blank, symbol)
            add(prefix, both + log_q[0], symbol + log_q[prefix[-1]] if prefix else -np.inf)
            for c in range(1, len(log_q)):
                add((*prefix, c), -np.inf, (blank if prefix[-1:] == (c,) else both) + log_q[c])
        best = sorted(new, key=lambda prefix, new=new: -np.logaddexp(*new[prefix]))[:width]
        kept = {prefix: new[prefix] for prefix in best}
    return list(best[0]), np.logaddexp(*kept[best[0]])


def edit_distance(truth: list, read: list) -> int:
    """The fewest insertions, deletions and replacements that turn one list of symbols into the other."""
    row = list(range(len(read) + 1))
    for i, one in enumerate(truth, start=1):
        above, row = row, [i]
        for j, other in enumerate(read, start=1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one != other)))
    return row[-1]


def _places(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Blank, label, blank, ..., and whether each place may be reached from two places before."""
    places = np.zeros(2 * len(labels) + 1, int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = labels[1:] != labels[:-1]
    return places, two


def _onward(ways: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Logarithms after one step of staying, going one place on, or two where it is allowed."""
    after = ways.copy()
    after[1:] = np.logaddexp(after[1:], ways[:-1])
    after[2:] = np.logaddexp(after[2:], np.where(two[2:], ways[:-2], -np.inf))
    return after
