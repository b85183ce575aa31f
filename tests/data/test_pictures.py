"""The labelled pictures: no picture twice, classes split alike, shapes and orders that a lesson can rely on."""

import numpy as np
import pytest

from course_tools.data.rebuild import arrays_of
from shared_utils import data
from shared_utils.data import class_names, read_manifest
from shared_utils.data.files import DATASETS

MANIFEST = read_manifest()
# name: file, examples to train and to test, side in pixels, brightest grey level
SETS = {
    "animals": ("animals.h5", 7775, 1941, 28, 255),
    "clothes": ("clothes.h5", 6000, 1000, 28, 255),
    "digits": ("cc-by-sa/digits.h5", 8000, 2000, 28, 255),
    "small_digits": ("small_digits.h5", 1438, 359, 8, 16),
}
LOADERS = [(getattr(data, f"load_{name}"), *facts[1:]) for name, facts in SETS.items()]
LOADERS.append((data.load_cat_pictures, 1584, 396, 28, 255))


@pytest.mark.parametrize("name", SETS)
def test_no_picture_occurs_twice_and_classes_are_split_alike(name):
    arrays = arrays_of(DATASETS / SETS[name][0])
    X = np.concatenate([arrays["X_train"], arrays["X_test"]])
    assert len({x.tobytes() for x in X}) == len(X)
    train, test = (np.bincount(arrays[f"Y_{side}"][0], minlength=10) for side in ("train", "test"))
    share = test.sum() / (train.sum() + test.sum())
    np.testing.assert_allclose(test / (train + test), share, atol=0.5 / min(train + test))
    assert len(class_names(name)) == 10


def test_cat_rows_are_half_cats_and_the_rest_evenly_the_others():
    arrays = arrays_of(DATASETS / "animals.h5")
    assert [name.decode() for name in arrays["classes"]] == class_names("animals")
    for side, each in (("train", 88), ("test", 22)):
        rows = arrays[f"cat_{side}"]
        assert (np.diff(rows) > 0).all()
        expected = [each, each, 9 * each, *7 * [each]]
        assert np.bincount(arrays[f"Y_{side}"][0, rows]).tolist() == expected


@pytest.mark.parametrize(("load", "m_train", "m_test", "side", "brightest"), LOADERS)
def test_loader_shapes_dtypes_and_ranges(load, m_train, m_test, side, brightest, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    X_train, Y_train, X_test, Y_test = load()
    assert (X_train.shape, Y_train.shape) == ((m_train, side, side, 1), (1, m_train))
    assert (X_test.shape, Y_test.shape) == ((m_test, side, side, 1), (1, m_test))
    assert {X.dtype for X in (X_train, X_test)} == {np.dtype("uint8")}
    assert {Y.dtype for Y in (Y_train, Y_test)} == {np.dtype("int64")}
    assert (X_train.min(), X_train.max()) == (0, brightest)


@pytest.mark.parametrize("load", [load for load, *_ in LOADERS])
def test_any_stretch_of_the_training_set_holds_all_classes_alike(load):
    Y = load().Y_train[0]
    share = np.bincount(Y) / len(Y)
    for stretch in np.array_split(Y, len(Y) // 200):
        m, counts = len(stretch), np.bincount(stretch, minlength=len(share))
        assert (np.abs(counts - m * share) < 5 * np.sqrt(m * share * (1 - share))).all()


def test_cat_pictures_are_the_recorded_rows():
    arrays, cats = arrays_of(DATASETS / "animals.h5"), data.load_cat_pictures()
    for X, Y, side in ((cats.X_train, cats.Y_train, "train"), (cats.X_test, cats.Y_test, "test")):
        rows = arrays[f"cat_{side}"]
        np.testing.assert_array_equal(X, arrays[f"X_{side}"][rows])
        np.testing.assert_array_equal(Y, arrays[f"Y_{side}"][:, rows] == 2)
        assert Y.mean() == 0.5
