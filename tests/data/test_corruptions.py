"""Pictures as other cameras take them."""

import numpy as np
import pytest

from shared_utils.data.corruptions import CORRUPTIONS, corrupt, half_size, unclear


@pytest.mark.parametrize("kind", CORRUPTIONS)
def test_a_corrupted_picture_is_a_new_float32_array_that_the_seed_decides(kind):
    images = np.random.default_rng(0).random((5, 12, 12))
    before = images.copy()
    first, again = (corrupt(images, kind, np.random.default_rng(3)) for _ in range(2))
    assert first.shape == images.shape and first.dtype == np.float32
    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(images, before)
    assert not np.allclose(first, images)


def test_a_shift_only_moves_the_pixels():
    images = np.random.default_rng(0).random((5, 12, 12))
    shifted = corrupt(images, "shifted", np.random.default_rng(0))
    for image, moved in zip(images, shifted, strict=True):
        np.testing.assert_allclose(np.sort(image.ravel()), np.sort(moved.ravel()), rtol=1e-6)


def test_a_blur_keeps_the_mean_of_a_picture_and_lessens_its_contrast():
    images = np.zeros((1, 28, 28))
    images[0, 14, 14] = 81
    blurred = corrupt(images, "blurred", np.random.default_rng(0))
    assert abs(blurred.mean() - images.mean()) < 0.02 and blurred.max() < 10


def test_an_unknown_kind_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="'blurred', 'shifted', 'faint'"):
        corrupt(np.zeros((1, 4, 4)), "blurry", np.random.default_rng(0))


def test_half_size_takes_means_of_four():
    images = np.arange(16.0).reshape(1, 4, 4)
    np.testing.assert_array_equal(half_size(images)[0], [[2.5, 4.5], [10.5, 12.5]])


def test_half_of_the_unclear_pictures_go_by_the_other_label():
    images, labels = np.random.default_rng(0).random((4000, 2, 2)), np.arange(4000) % 10
    mixed, given, which = unclear(images, labels, 0.5, np.random.default_rng(1))
    np.testing.assert_array_equal(mixed[~which], images[~which])
    np.testing.assert_array_equal(given[~which], labels[~which])
    assert 0.4 < which.mean() < 0.5 and 0.45 < np.mean(given[which] != labels[which]) < 0.55
