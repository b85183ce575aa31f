"""Numbers in the order of time: the weather of a town, and the sound of vowels."""

from typing import NamedTuple

import numpy as np

from shared_utils.data.files import open_h5


class Temperatures(NamedTuple):
    """The temperatures of consecutive days.

    Attributes:
        days: datetime64[D] (T,), the days.
        low: float64 (T,), the lowest temperature of each day in °C.
        high: float64 (T,), the highest one in °C.
    """

    days: np.ndarray
    low: np.ndarray
    high: np.ndarray


class Sequences(NamedTuple):
    """Labelled sequences of unequal lengths, split once and for all; after its end a sequence is filled with zeros.

    Attributes:
        X_train: float32 (n_x, m_train, T_max), the value of each feature at each step of each sequence.
        T_train: int64 (m_train,), the length of each sequence in steps.
        Y_train: int64 (1, m_train), the class of each sequence.
        X_test: float32 (n_x, m_test, T_max), as X_train.
        T_test: int64 (m_test,), as T_train.
        Y_test: int64 (1, m_test), as Y_train.
    """

    X_train: np.ndarray
    T_train: np.ndarray
    Y_train: np.ndarray
    X_test: np.ndarray
    T_test: np.ndarray
    Y_test: np.ndarray


def load_temperatures() -> Temperatures:
    """Loads the lowest and the highest temperature of each day in Seattle from 2012 to 2015.

    Returns:
        days (1461,), datetime64[D], none left out; low and high (1461,), float64, in °C, -7 to 36.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI vega_datasets 0.9.0 (MIT); measured by NOAA, in the public domain.
    """
    with open_h5("temperatures.h5") as file:
        return Temperatures(file["days"][()].astype("datetime64[D]"), file["low"][()], file["high"][()])


def load_vowels() -> Sequences:
    """Loads the two vowels /ae/ as nine Japanese men spoke them, over and over; who speaks is the question.

    A step is 6.4 ms after the one before; it is described by twelve coefficients of a linear prediction of the sound
    wave (cepstrum), bare numbers.

    Returns:
        X_train (12, 270, 29), X_test (12, 370, 29), float32; T_train (270,), T_test (370,), int64, 7 to 29 steps;
        Y_train (1, 270), Y_test (1, 370), int64, the speaker 0 to 8: thirty sequences each to train, 24 to 88 to test.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI aeon 1.6.0 (BSD-3-Clause); Mineichi Kudo, Jun Toyama and Masaru Shimbo, 1999; UCI.
    """
    with open_h5("vowels.h5") as file:
        return Sequences(*(file[name][()] for name in Sequences._fields))
