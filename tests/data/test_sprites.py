"""The sprites: classes, captions, opacity, and how they lie on a ground."""

import numpy as np
import pytest

from shared_utils import data

SPRITES = data.load_sprites()
X = np.concatenate([SPRITES.X_train, SPRITES.X_test])
CAPTIONS = np.concatenate([SPRITES.captions_train, SPRITES.captions_test])
CLASS = np.array(data.class_names("sprites"))[np.concatenate([SPRITES.Y_train, SPRITES.Y_test], axis=1)[0]]


def test_shapes_and_dtypes():
    for X_side, Y_side, captions, m in (SPRITES[:3] + (152,), SPRITES[3:] + (64,)):
        assert (X_side.shape, X_side.dtype) == ((m, 64, 64, 4), np.uint8)
        assert (Y_side.shape, Y_side.dtype) == ((1, m), np.int64)
        assert (captions.shape, captions.dtype.kind) == ((m, 3), "U")


def test_each_class_is_on_both_sides_in_its_share():
    train, test = np.bincount(SPRITES.Y_train[0]), np.bincount(SPRITES.Y_test[0])
    assert len(train) == len(test) == 9 and (train + test).min() >= 13
    np.testing.assert_allclose(test, 0.3 * (train + test), atol=0.5)


def test_no_sprite_occurs_twice_or_mirrored():
    both_ways = [x for x in X] + [x[:, ::-1] for x in X if (x != x[:, ::-1]).any()]
    assert len({x.tobytes() for x in both_ways}) == len(both_ways)


def test_each_thing_fills_its_square_one_way_and_hides_no_colour():
    opaque = X[..., 3] > 0
    across, up = opaque.any(axis=1).sum(axis=1), opaque.any(axis=2).sum(axis=1)
    assert (np.maximum(across, up) == 64).all()
    assert (opaque.mean(axis=(1, 2)) > 0.05).all()
    assert (X[~opaque] == 0).all()


def test_captions_name_their_things_in_three_languages():
    assert (CAPTIONS[:, :2] != "").all() and (CAPTIONS[:, 2] != "").sum() == 183
    chinese = [text for text in CAPTIONS[:, 2] if text]
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in text) for text in chinese)
    rows = {english: (kind, french, chinese) for kind, (english, french, chinese) in zip(CLASS, CAPTIONS, strict=True)}
    assert rows["An ostrich."] == ("bird", "Une autruche.", "鸵鸟。")
    assert rows["A wrench."] == ("tool", "Une clé.", "扳手。")


def test_sprites_show_their_things():
    def mean_colour(english):
        [row] = np.flatnonzero(CAPTIONS[:, 0] == english)
        return X[row][X[row, ..., 3] == 255].mean(axis=0)

    red, green, blue, _ = mean_colour("A yellow lemon.")
    assert min(red, green) > 2 * blue
    red, green, blue, _ = mean_colour("A brown hen.")
    assert red > green > blue


@pytest.mark.parametrize("ground", [0, 255, np.array([10, 200, 30])])
def test_a_ground_shows_where_a_sprite_is_transparent(ground):
    sprite = np.array([[[200, 100, 50, 255], [0, 0, 0, 0], [200, 100, 50, 51]]], dtype=np.uint8)
    laid = data.on_ground(sprite, ground)
    colour = np.broadcast_to(ground, 3)
    expected = [[200, 100, 50], colour, np.rint(0.2 * np.array([200, 100, 50]) + 0.8 * colour)]
    assert laid.dtype == np.uint8
    np.testing.assert_array_equal(laid, [expected])


def test_a_sprite_lies_on_a_part_of_a_photograph():
    part = data.load_photo("coffee")[50:114, 100:164]
    laid = data.on_ground(X[:2], part)
    clear = X[:2, ..., 3] == 0
    for picture, transparent in zip(laid, clear, strict=True):
        np.testing.assert_array_equal(picture[transparent], part[transparent])
        assert (picture[~transparent] != part[~transparent]).any(axis=-1).mean() > 0.9
