"""Convolution and pooling against slow loops, on pictures that are not square; boxes against counted pixels."""

import numpy as np
import pytest

from shared_utils.nn.boxes import iou, nms
from shared_utils.nn.conv import im2col
from shared_utils.pretrained.padded_conv import conv, depthwise_conv
from shared_utils.pretrained.padded_pool import max_pool
from shared_utils.pretrained.resize import resized, shrink

SETTINGS = [(f, stride, padding) for f in (1, 2, 3, 5) for stride in (1, 2, 3) for padding in ("same", "valid")]


def windows(a, f, stride, padding, outside):
    """Cuts the windows one by one: yields the example, the row and the column of each, and its f × f pixels."""
    m, n_H, n_W, n_C = a.shape
    sizes = [-(-n // stride) if padding == "same" else (n - f) // stride + 1 for n in (n_H, n_W)]
    before = [max((size - 1) * stride + f - n, 0) // 2 for size, n in zip(sizes, (n_H, n_W), strict=True)]
    if padding == "valid":
        before = [0, 0]
    for i, row, column in np.ndindex(m, *sizes):
        window = np.full((f, f, n_C), outside, dtype=float)
        for y, x in np.ndindex(f, f):
            place = row * stride - before[0] + y, column * stride - before[1] + x
            if 0 <= place[0] < n_H and 0 <= place[1] < n_W:
                window[y, x] = a[i][place]
        yield (i, row, column), window


def by_loop(a, f, stride, padding, outside, take):
    """Applies `take` to each window."""
    found = {place: take(window) for place, window in windows(a, f, stride, padding, outside)}
    shape = tuple(1 + max(place[axis] for place in found) for axis in range(3))
    return np.array([found[place] for place in np.ndindex(shape)]).reshape(*shape, -1)


@pytest.fixture(scope="module")
def a():
    return np.random.default_rng(0).normal(size=(2, 7, 10, 3)).astype(np.float32)


@pytest.mark.parametrize(("f", "stride", "padding"), SETTINGS)
def test_conv_is_the_sum_over_each_window(a, f, stride, padding):
    rng = np.random.default_rng(1)
    W, b = rng.normal(size=(f, f, 3, 4)).astype(np.float32), rng.normal(size=4).astype(np.float32)
    z = conv(a, W, b, stride, padding)
    expected = by_loop(a, f, stride, padding, 0, lambda w: [(w * W[..., k]).sum() + b[k] for k in range(4)])
    assert z.dtype == np.float32
    np.testing.assert_allclose(z, expected, atol=2e-5)


@pytest.mark.parametrize(("f", "stride", "padding"), SETTINGS)
def test_depthwise_conv_keeps_the_channels_apart(a, f, stride, padding):
    W = np.random.default_rng(2).normal(size=(f, f, 3, 1)).astype(np.float32)
    z = depthwise_conv(a, W, stride, padding)
    expected = by_loop(a, f, stride, padding, 0, lambda w: (w * W[..., 0]).sum(axis=(0, 1)))
    assert z.dtype == np.float32
    np.testing.assert_allclose(z, expected, atol=1e-5)


@pytest.mark.parametrize(("f", "stride", "padding"), SETTINGS)
def test_max_pool_never_takes_the_padding(a, f, stride, padding):
    negative = a - 10
    expected = by_loop(negative, f, stride, padding, -np.inf, lambda w: w.max(axis=(0, 1)))
    np.testing.assert_array_equal(max_pool(negative, f, stride, padding), expected)


def test_arguments_stay_as_they_were(a):
    W, before = np.ones((3, 3, 3, 2), dtype=np.float32), a.copy()
    conv(a, W)
    depthwise_conv(a, W[..., :1])
    max_pool(a, 3, 2, "same")
    np.testing.assert_array_equal(a, before)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda a: conv(a, np.ones((3, 3, 4, 2))), "^the filters are for 4 channels, the pictures have 3$"),
        (lambda a: im2col(a, 8, 1, 0), "^a filter of 8 pixels does not fit into 7 pixels with 0 more on each side$"),
        (lambda a: im2col(a, 3, 0, 0), "^the stride must be 1 or more, not 0$"),
        (lambda a: depthwise_conv(a, np.ones((3, 3, 2, 1))), "^the filters are for 2 channels, the pictures have 3$"),
        (lambda a: max_pool(a, 2, 2, "full"), '^padding must be "same" or "valid", not \'full\'$'),
        (lambda a: max_pool(a, 8, 2), "^a picture of 7 × 10 pixels is smaller than a window of 8 × 8$"),
    ],
)
def test_slips_are_told_in_one_line(a, call, message):
    with pytest.raises(ValueError, match=message):
        call(a)


# Boxes


def area_of(*boxes):
    """Counts the pixels that lie in all of the boxes."""
    y, x = np.mgrid[:30, :30]
    return np.logical_and.reduce([(x >= x1) & (x < x2) & (y >= y1) & (y < y2) for x1, y1, x2, y2 in boxes]).sum()


def test_iou_is_that_of_counted_pixels():
    rng = np.random.default_rng(3)
    corners = np.sort(rng.integers(0, 30, size=(50, 2, 2)), axis=1)
    boxes = corners.reshape(-1, 4)
    boxes[:, 2:] += 1
    for box in boxes:
        both = np.array([area_of(box, other) for other in boxes])
        union = area_of(box) + np.array([area_of(other) for other in boxes]) - both
        np.testing.assert_allclose(iou(box, boxes), both / union)


def test_nms_keeps_the_best_of_those_that_overlap():
    boxes = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [20, 0, 30, 10], [8, 0, 18, 10]])
    assert nms(boxes, np.array([0.7, 0.9, 0.2, 0.8]), overlap=0.5).tolist() == [1, 3, 2]
    assert nms(boxes, np.array([0.7, 0.9, 0.2, 0.8]), overlap=0.9).tolist() == [1, 3, 0, 2]
    assert nms(np.empty((0, 4)), np.empty(0), overlap=0.5).tolist() == []


def test_resized_takes_the_box():
    image = np.zeros((20, 30, 3), dtype=np.uint8)
    image[5:10, 10:25] = 200
    assert resized(image, 6, 4).shape == (6, 4, 3)
    # At its rim the filter sees the pixels around the box.
    part = resized(image, 10, 30, np.array([10, 5, 25, 10]))
    assert (part[1:-1, 1:-1] == 200).all() and (part[0] < 200).all()


def test_shrink_takes_the_mean_of_each_area():
    image = np.arange(24, dtype=np.uint8).reshape(4, 6, 1)
    assert np.allclose(shrink(image, 2, 2)[:, :, 0], [[4, 7], [16, 19]])
    parts = shrink(image, 4, 4)[0, :, 0]  # each covers one pixel and a half
    assert np.allclose(parts, [(0 + 0.5 * 1) / 1.5, (0.5 * 1 + 2) / 1.5, (3 + 0.5 * 4) / 1.5, (0.5 * 4 + 5) / 1.5])
    assert np.allclose(shrink(image, 4, 6), image)
    assert np.isclose(shrink(image, 3, 5).mean(), image.mean())
