"""The tables: shapes, splits without leaks, and the values of the sources."""

import numpy as np
import pytest

from shared_utils import data

# name: features, examples to train and to test, examples of each class
TABLES = {
    "breast_cancer": (30, 456, 113, [212, 357]),
    "diabetes": (10, 354, 88, None),
    "house_prices": (10, 1602, 400, None),
    "iris": (4, 120, 30, [50, 50, 50]),
    "wine": (13, 142, 36, [59, 71, 48]),
}


@pytest.fixture(params=TABLES)
def name(request):
    return request.param


def load(name):
    return getattr(data, f"load_{name}")()


def test_shapes_dtypes_and_names(name):
    table, (n_x, m_train, m_test, counts) = load(name), TABLES[name]
    assert (table.X_train.shape, table.Y_train.shape) == ((n_x, m_train), (1, m_train))
    assert (table.X_test.shape, table.Y_test.shape) == ((n_x, m_test), (1, m_test))
    assert table.X_train.dtype == table.X_test.dtype == np.float64
    assert table.Y_train.dtype == table.Y_test.dtype == (np.int64 if counts else np.float64)
    assert len(set(table.features)) == len(table.units) == n_x and all(table.units)
    assert len(table.classes) == len(counts or [])


def test_values_are_finite_and_no_feature_is_constant(name):
    X = np.hstack([load(name).X_train, load(name).X_test])
    assert np.isfinite(X).all() and (X.std(axis=1) > 0).all()


def test_no_example_of_the_test_set_occurs_in_the_training_set(name):
    table = load(name)
    assert not {x.tobytes() for x in table.X_train.T} & {x.tobytes() for x in table.X_test.T}


def test_classes_are_split_alike(name):
    table, counts = load(name), TABLES[name][3]
    if counts:
        train, test = (np.bincount(Y[0]) for Y in (table.Y_train, table.Y_test))
        assert (train + test).tolist() == counts
        np.testing.assert_allclose(test, 0.2 * (train + test), atol=0.5)
    else:
        np.testing.assert_allclose(table.Y_train.mean(), table.Y_test.mean(), rtol=0.03)
        np.testing.assert_allclose(table.Y_train.std(), table.Y_test.std(), rtol=0.05)


@pytest.mark.parametrize("name", sorted(TABLES.keys() - {"house_prices"}))
def test_values_are_those_of_scikit_learn(name):
    oracle = pytest.importorskip("sklearn.datasets")
    options = {"scaled": False} if name == "diabetes" else {}
    X, y = getattr(oracle, f"load_{name}")(return_X_y=True, **options)
    table = load(name)
    ours = np.vstack([np.hstack([table.X_train, table.X_test]), np.hstack([table.Y_train, table.Y_test])])
    theirs = np.vstack([X.T, y])
    np.testing.assert_array_equal(ours[:, np.lexsort(ours)], theirs[:, np.lexsort(theirs)])


def test_columns_are_what_their_names_say():
    cancer = load("breast_cancer")
    row = dict(zip(cancer.features, cancer.X_train, strict=True))
    assert (row["worst area"] >= row["mean area"]).mean() > 0.99
    np.testing.assert_allclose(row["mean perimeter"] / row["mean radius"], 2 * np.pi, rtol=0.15)
    iris = load("iris")
    row = dict(zip(iris.features, iris.X_train, strict=True))
    assert (row["sepal length"] > row["petal length"]).all() and (row["petal length"] > row["petal width"]).all()
    patients = load("diabetes")
    row = dict(zip(patients.features, patients.X_train, strict=True))
    assert 18 <= row["age"].min() and row["age"].max() < 100 and set(row["sex"]) == {1.0, 2.0}
    # Many ratios are rounded to whole numbers.
    np.testing.assert_allclose(row["total cholesterol / HDL"], row["total cholesterol"] / row["HDL"], atol=1)
    houses = load("house_prices")
    row = dict(zip(houses.features, houses.X_train, strict=True))
    assert 300 < row["living area"].min() < 400 and 4000 < row["living area"].max() < 4500
    assert set(np.unique(2 * row["bathrooms"])) <= set(range(2, 10)) and set(row["bedrooms"]) <= set(range(7))
    assert 0 <= row["age"].min() and row["age"].max() < 140 and np.ptp(row["latitude"]) < 0.1


def test_the_price_of_a_house_rises_with_its_size_and_falls_with_its_age():
    houses = load("house_prices")
    row = dict(zip(houses.features, houses.X_train, strict=True))
    prices = houses.Y_train[0]
    assert np.corrcoef(row["living area"], prices)[0, 1] > 0.7
    assert np.corrcoef(row["age"], prices)[0, 1] < -0.5
    ordered = prices[np.argsort(row["living area"])]
    assert ordered[:400].mean() < 150 < 200 < ordered[-400:].mean()
