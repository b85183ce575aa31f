"""Pairs of texts that mean the same, for models that translate one into the other."""

from typing import NamedTuple

from shared_utils.data.files import open_h5, read_lines


class Pairs(NamedTuple):
    """Pairs of texts, in random order: target_train[k] is the translation of source_train[k].

    Attributes:
        source_train: the texts to translate.
        target_train: their translations.
        source_test: as source_train; no text of it occurs there.
        target_test: as target_train.
    """

    source_train: tuple[str, ...]
    target_train: tuple[str, ...]
    source_test: tuple[str, ...]
    target_test: tuple[str, ...]


def load_phrase_pairs(language: str) -> Pairs:
    """Loads short English phrases, the names of the emoji, with their translation.

    Args:
        language: of the translations: "de", "es", "fr" or "zh". The English phrases and their split are the same.

    Returns:
        1,538 pairs to train and 385 to test, e.g. "closed umbrella" and "geschlossener Regenschirm".

    Raises:
        ValueError: there is no such language; the message lists them.
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: npm emojibase-data 17.0.0 (MIT); the names are those of Unicode CLDR.
    """
    return _pairs("phrases.h5", "en", _known(language, ("de", "es", "fr", "zh")))


def load_verse_pairs() -> Pairs:
    """Loads short sentences of the Bible in English and Spanish, of at most ten words on either side.

    Returns:
        911 pairs to train and 228 to test, e.g. "Jesus wept." and "Y lloró Jesús.". The Spanish is that of 1909.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: Debian sword-text-web 426.0 and sword-text-sparv 2.60; both in the public domain.
    """
    return _pairs("verses.h5", "en", "es")


def load_date_pairs(language: str) -> Pairs:
    """Loads dates from 1950 to 2049 as people write them, with the same date in the form 2025-11-03.

    Args:
        language: of the dates: "en", "fr" or "zh".

    Returns:
        5,000 pairs to train and 1,000 to test, e.g. "Monday, November 3, 2025" and "2025-11-03". No day of the test
        set occurs in the training set; months that are numbers stand before the day in English, after it in French.

    Raises:
        ValueError: there is no such language; the message lists them.
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: drawn with a seed and written by PyPI babel 2.18.0 (BSD-3-Clause) in the words of Unicode CLDR.
    """
    return _pairs("dates.h5", _known(language, ("en", "fr", "zh")), "iso")


def _known(language: str, languages: tuple[str, ...]) -> str:
    if language not in languages:
        raise ValueError(f"there is no language {language!r} here, only {', '.join(languages)}")
    return language


def _pairs(file: str, source: str, target: str) -> Pairs:
    with open_h5(file) as h5:
        names = [f"{language}_{side}" for side in ("train", "test") for language in (source, target)]
        return Pairs(*(read_lines(h5[name]) for name in names))
