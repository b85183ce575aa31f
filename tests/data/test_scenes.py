"""Drawn scenes: the boxes and corners are where the things are, and the same seed gives the same pictures."""

import numpy as np
import pytest

from shared_utils.data.scenes import CLASSES, SIDE, make_pages, make_scenes


def test_boxes_lie_tightly_around_the_pieces():
    one, none = make_scenes(40, "train", counts=(1,), seed=3), make_scenes(40, "train", counts=(0,), seed=3)
    assert one.images.shape == (40, SIDE, SIDE, 1) and one.images.dtype == np.float32
    assert 0 <= one.images.min() and one.images.max() <= 1
    assert none.objects == [[]] * 40
    for (box, label), *others in one.objects:
        x1, y1, x2, y2 = box
        assert not others and 0 <= label < len(CLASSES)
        assert 0 <= x1 < x2 <= SIDE and 0 <= y1 < y2 <= SIDE
    # The first picture of both begins with the same ground: only the box's pixels differ.
    (x1, y1, x2, y2), _ = one.objects[0][0]
    rows, columns = np.nonzero(one.images[0, :, :, 0] != none.images[0, :, :, 0])
    assert (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1) == (x1, y1, x2, y2)


def test_a_picture_holds_as_many_pieces_as_asked():
    scenes = make_scenes(300, "test", counts=(0, 2), seed=1)
    counts = np.array([len(objects) for objects in scenes.objects])
    assert set(counts) == {0, 2} and 100 < np.sum(counts == 2) < 200


@pytest.mark.parametrize("split", ["train", "test"])
def test_pages_are_bright_inside_their_corners_and_the_same_at_each_side(split):
    small, large = make_pages(6, split, seed=2), make_pages(6, split, side=4 * SIDE, seed=2)
    np.testing.assert_allclose(large.corners, 4 * small.corners)
    assert small.corners.min() >= 0 and small.corners.max() <= SIDE
    shrunk = large.images.reshape(6, SIDE, 4, SIDE, 4, 1).mean(axis=(2, 4))
    assert np.abs(shrunk - small.images).mean() < 0.03
    for image, corners in zip(small.images, small.corners, strict=True):
        for corner, towards in ((0, 2), (1, 3), (2, 0), (3, 1)):
            step = (corners[towards] - corners[corner]) / np.linalg.norm(corners[towards] - corners[corner])
            x, y = (corners[corner] + 2 * step).astype(int)
            assert image[y, x, 0] > 0.55


def test_the_same_seed_gives_the_same_and_another_split_is_refused():
    for make in (make_scenes, make_pages):
        np.testing.assert_array_equal(make(3, "train", seed=5).images, make(3, "train", seed=5).images)
        assert not np.array_equal(make(3, "train", seed=5).images, make(3, "train", seed=6).images)
        with pytest.raises(ValueError, match="split"):
            make(1, "dev")
