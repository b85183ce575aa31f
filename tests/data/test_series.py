"""The series: every day is there, each vowel ends where its length says."""

import numpy as np

from shared_utils import data


def test_no_day_is_left_out_and_the_night_is_colder():
    days, low, high = data.load_temperatures()
    np.testing.assert_array_equal(days, np.arange("2012-01-01", "2016-01-01", dtype="datetime64[D]"))
    assert low.shape == high.shape == (1461,) and low.dtype == high.dtype == np.float64
    assert (low <= high).all() and -10 < low.min() and 30 < high.max() < 40


def test_summer_is_warmer_than_winter():
    days, _, high = data.load_temperatures()
    month = days.astype("datetime64[M]").astype(int) % 12 + 1
    assert high[(month == 7) | (month == 8)].mean() > high[(month == 1) | (month == 12)].mean() + 15


def test_vowels_have_lengths_of_7_to_29_steps_and_zeros_after_them():
    vowels = data.load_vowels()
    sides = ((vowels.X_train, vowels.T_train, 270), (vowels.X_test, vowels.T_test, 370))
    for X, T, m in sides:
        assert (X.shape, X.dtype, T.shape) == ((12, m, 29), np.float32, (m,))
        inside = np.arange(29) < T[:, np.newaxis]
        assert (X[:, ~inside] == 0).all() and (X[:, inside] != 0).mean() > 0.999
        assert X[0][inside].min() > -1
    lengths = np.concatenate([vowels.T_train, vowels.T_test])
    assert (lengths.min(), lengths.max()) == (7, 29)


def test_speakers_are_those_of_the_source_and_no_sequence_occurs_twice():
    vowels = data.load_vowels()
    assert np.bincount(vowels.Y_train[0]).tolist() == 9 * [30]
    assert np.bincount(vowels.Y_test[0]).tolist() == [31, 35, 88, 44, 29, 24, 40, 50, 29]
    X = np.concatenate([vowels.X_train, vowels.X_test], axis=1)
    assert len({X[:, k].tobytes() for k in range(X.shape[1])}) == 640
