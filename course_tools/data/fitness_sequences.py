"""Texts, sounds and series as the columns of numbers that a simple model takes, and what no training at all reaches."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from course_tools.data.simple_network import standardised
from course_tools.data.sound import spectrogram
from shared_utils import data

_BANDS, _MOMENTS = 20, 12


def tomorrow_by_average(beta: float) -> float:
    """The share of the variance of tomorrow's high that the weighted average up to today explains."""
    high = data.load_temperatures().high
    average, predicted = high[0], []
    for today in high[:-1]:
        average = beta * average + (1 - beta) * today
        predicted.append(average)
    return float(1 - np.mean((high[1:] - predicted) ** 2) / high[1:].var())


def of_vowels() -> list[np.ndarray]:
    """Mean and deviation of each coefficient over a sequence, standardised, with the speakers."""
    vowels = data.load_vowels()
    sides = []
    for X, T in ((vowels.X_train, vowels.T_train), (vowels.X_test, vowels.T_test)):
        mean = X.sum(axis=2) / T
        sides.append(np.vstack([mean, np.sqrt(np.maximum((X**2).sum(axis=2) / T - mean**2, 0))]))
    return standardised(sides[0], vowels.Y_train, sides[1], vowels.Y_test)


def analogies_answered(section: str) -> float:
    """The share of the questions of a section, or of all, whose answer is the nearest word to b - a + c."""
    words, E = data.load_word_vectors()
    E = E / np.linalg.norm(E, axis=0)
    place = {word: k for k, word in enumerate(words)}
    right = asked = 0
    for name, questions in data.load_analogies().items():
        if section in {name, "all"}:
            a, b, c, d = np.array([[place[word] for word in question] for question in questions]).T
            scores = (E[:, b] - E[:, a] + E[:, c]).T @ E
            for given in (a, b, c):
                scores[np.arange(len(a)), given] = -np.inf
            right, asked = right + np.count_nonzero(scores.argmax(axis=1) == d), asked + len(a)
    return float(right / asked)


def of_bags_of_words(size: int = 3000) -> list[np.ndarray]:
    """Which of the most frequent words of the training set each review sentence holds, with the verdicts."""
    reviews = data.load_sentiment()
    train, test = ([set(_words(sentence)) for sentence in side] for side in (reviews.x_train, reviews.x_test))
    counts = Counter(word for sentence in train for word in sentence)
    rows = {word: row for row, (word, _) in enumerate(counts.most_common(size))}
    sides = []
    for sentences in (train, test):
        X = np.zeros((size, len(sentences)), dtype=np.float32)
        for column, sentence in enumerate(sentences):
            X[[rows[word] for word in sentence if word in rows], column] = 1
        sides.append(X)
    return [sides[0], reviews.Y_train[0], sides[1], reviews.Y_test[0]]


def of_mean_vectors() -> list[np.ndarray]:
    """The mean of the word vectors of each review sentence, standardised, with the verdicts."""
    reviews, (words, E) = data.load_sentiment(), data.load_word_vectors()
    place = {word: k for k, word in enumerate(words)}
    sides = []
    for sentences in (reviews.x_train, reviews.x_test):
        known = [[place[word] for word in _words(sentence) if word in place] for sentence in sentences]
        sides.append(np.stack([E[:, columns].mean(axis=1) if columns else 0 * E[:, 0] for columns in known], axis=1))
    return standardised(sides[0], reviews.Y_train, sides[1], reviews.Y_test)


def next_character(text: str, train_share: float = 0.9) -> float:
    """How often the last part of a text goes on as its first part most often did after two characters."""
    end = round(train_share * len(text))
    after = defaultdict(Counter)
    for k in range(2, end):
        after[text[k - 2 : k]][text[k]] += 1
    guess = {pair: counts.most_common(1)[0][0] for pair, counts in after.items()}
    return float(np.mean([guess.get(text[k - 2 : k]) == text[k] for k in range(end, len(text))]))


def of_clips() -> list[np.ndarray]:
    """Each synthetic clip's spectrogram, squeezed to one size and standardised, with the number of its word."""
    train, test = data.load_trigger_words()
    number = {word: k for k, word in enumerate(sorted(set(train.words)))}
    sides = []
    for clips in (train, test):
        sides += [_pictures(clips.waves), np.array([[number[word] for word in clips.words]])]
    return standardised(*sides)


def of_digits() -> list[np.ndarray]:
    """The digits of all synthetic voices to train on and those of the two real ones to test on."""
    digits, sides = data.load_spoken_digits().words, []
    for several in (data.load_trigger_words(), (data.load_spoken_digits(), data.load_spoken_words())):
        pairs = [(wave, word) for clips in several for wave, word in zip(clips.waves, clips.words, strict=True)]
        chosen = [(wave, digits.index(word)) for wave, word in pairs if word in digits]
        sides += [_pictures([wave for wave, _ in chosen]), np.array([[digit for _, digit in chosen]])]
    return standardised(*sides)


def of_trigger() -> list[np.ndarray]:
    """What `of_clips` does, with 1 for the word activate and 0 for the others."""
    X, _, X_test, _ = of_clips()
    train, test = (np.array([word == "activate" for word in clips.words]) for clips in data.load_trigger_words())
    return [X, train.astype(np.int64), X_test, test.astype(np.int64)]


def _pictures(waves: Sequence[np.ndarray]) -> np.ndarray:
    """The mean loudness in each of 20 bands of frequency and 12 stretches of time, a column a wave."""
    columns = []
    for wave in waves:
        bands = np.stack([band.mean(axis=0) for band in np.array_split(spectrogram(wave), _BANDS)])
        moments = np.stack([part.mean(axis=1) for part in np.array_split(bands, _MOMENTS, axis=1)], axis=1)
        columns.append((moments - moments.mean()).ravel())
    return np.stack(columns, axis=1)


def _words(sentence: str) -> list[str]:
    return re.findall(r"[a-z]+|'[a-z]+", sentence.lower())
