"""What simple models make of pairs of texts: words that go together, and what the words of a date say of its month."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from shared_utils import data

Table = dict[str, dict[str, float]]


def translations_found(pairs: data.Pairs, rounds: int = 5) -> float:
    """How often the right one of all translations of the test set looks likeliest to a table of word pairs.

    The table holds how likely a word of the translation is, given a word of the phrase; it is learned from the training
    pairs by expectation maximisation, without any order of words (IBM's model 1: Brown et al., 1993).
    """
    trained = [
        (_words(source), _words(target)) for source, target in zip(pairs.source_train, pairs.target_train, strict=True)
    ]
    likely: Table = {}
    for _ in range(rounds):
        counts: dict[str, Counter] = defaultdict(Counter)
        for phrase, translation in trained:
            for word in translation:
                # At first every word of the translation is as likely as any other.
                shares = [likely[source][word] if likely else 1.0 for source in phrase]
                for source, share in zip(phrase, shares, strict=True):
                    counts[source][word] += share / sum(shares)
        likely = {source: {word: n / row.total() for word, n in row.items()} for source, row in counts.items()}
    offered = [_words(text) for text in pairs.target_test]
    right = 0
    for source, target in zip(pairs.source_test, pairs.target_test, strict=True):
        phrase = _words(source)
        best = max(range(len(offered)), key=lambda place: _score(phrase, offered[place], likely))
        right += pairs.target_test[best] == target
    return right / len(offered)


def _score(phrase: Sequence[str], words: Sequence[str], likely: Table) -> float:
    """The mean log probability of the words, each from the word of the phrase that explains it best."""
    rows = [likely.get(source, {}) for source in phrase]
    return float(np.mean([np.log(1e-6 + max(row.get(word, 0) for row in rows)) for word in words]))


def of_months(language: str) -> list[np.ndarray]:
    """Which words and numbers each date holds, with its month, 0 to 11."""
    pairs = data.load_date_pairs(language)
    train, test = ([_words(text) for text in side] for side in (pairs.source_train, pairs.source_test))
    rows = {word: row for row, word in enumerate(sorted({word for words in train for word in words}))}
    sides = []
    for dates, iso in ((train, pairs.target_train), (test, pairs.target_test)):
        X = np.zeros((len(rows), len(dates)), dtype=np.float32)
        for column, words in enumerate(dates):
            X[[rows[word] for word in words if word in rows], column] = 1
        sides += [X, np.array([int(date[5:7]) - 1 for date in iso])]
    return sides


def _words(text: str) -> list[str]:
    """The words of a text in small letters; where words are not parted by spaces, its characters."""
    return re.findall(r"[一-鿿]|\d+|[^\W\d_]+", text.lower())
