"""Tables of measurements, with the name and the unit of each: examples are columns."""

from typing import NamedTuple

import numpy as np

from shared_utils.data.files import open_h5, record_of


class Table(NamedTuple):
    """A table of measurements, split once and for all into a training and a test set; examples are columns.

    Attributes:
        X_train: float64 (n_x, m_train), one row a feature, one column an example, in the units of `units`.
        Y_train: (1, m_train), the class (int64) or the number to predict (float64) of each training example.
        X_test: float64 (n_x, m_test), as X_train.
        Y_test: (1, m_test), as Y_train.
        features: the name of each row of X.
        units: the unit of each row of X; "1" for a bare number, "?" where the source does not state it.
        classes: the name of each class, empty if a number is to be predicted.
    """

    X_train: np.ndarray
    Y_train: np.ndarray
    X_test: np.ndarray
    Y_test: np.ndarray
    features: tuple[str, ...]
    units: tuple[str, ...]
    classes: tuple[str, ...]


def load_breast_cancer() -> Table:
    """Loads 569 breast tumours, each described by 30 measurements of its cells' nuclei under the microscope.

    Ten properties of the nuclei, each with its mean, its standard error and its worst value (the mean of the three
    largest): rows 0 to 9, 10 to 19 and 20 to 29.

    Returns:
        X_train (30, 456), X_test (30, 113), float64; Y_train (1, 456), Y_test (1, 113), int64, 0 = malignant,
        1 = benign (63 %); features, units, classes.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI scikit-learn 1.9.1 (BSD-3-Clause); William Wolberg, Nick Street and Olvi Mangasarian, UCI.
    """
    return _table("breast_cancer.h5")


def load_diabetes() -> Table:
    """Loads 442 patients with diabetes: ten measurements, and how far the disease went in the year after them.

    Returns:
        X_train (10, 354), X_test (10, 88), float64, in the units of measurement (not scaled); Y_train (1, 354),
        Y_test (1, 88), float64, progression of the disease after one year, 25 to 346, in no stated unit; features,
        units; classes is empty.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI scikit-learn 1.9.1 (BSD-3-Clause); Efron, Hastie, Johnstone and Tibshirani, 2004.
    """
    return _table("diabetes.h5")


def load_house_prices() -> Table:
    """Loads 2,002 houses of Ames, Iowa, each for one family, and what they were sold for from 2006 to 2010.

    Returns:
        X_train (10, 1602), X_test (10, 400), float64: living area in ft² (of the floors above the ground), bedrooms,
        bathrooms (one without bath or shower counts half), basement in ft², places for cars in the garage,
        fireplaces, plot in ft², age in years when sold, latitude and longitude in degrees; Y_train (1, 1602),
        Y_test (1, 400), float64, the price in thousands of US dollars, 35 to 755; features, units; classes is empty.
        1 m² is 10.76 ft².

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: Debian r-cran-modeldata 1.1.0 (MIT); Dean De Cock, 2011, from the records of the Ames City Assessor.
    """
    return _table("house_prices.h5")


def load_iris() -> Table:
    """Loads 150 iris flowers of three species, 50 each: length and width of the sepals and the petals in cm.

    Returns:
        X_train (4, 120), X_test (4, 30), float64; Y_train (1, 120), Y_test (1, 30), int64, 0 = setosa,
        1 = versicolor, 2 = virginica; features, units, classes.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI scikit-learn 1.9.1 (BSD-3-Clause); R.A. Fisher, 1936.
    """
    return _table("iris.h5")


def load_wine() -> Table:
    """Loads 178 wines of three growers of one region of Italy: thirteen results of a chemical analysis.

    Returns:
        X_train (13, 142), X_test (13, 36), float64; Y_train (1, 142), Y_test (1, 36), int64, the grower 0, 1 or 2;
        features, units, classes.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI scikit-learn 1.9.1 (BSD-3-Clause); M. Forina et al., PARVUS; UCI.
    """
    return _table("wine.h5")


def _table(file: str) -> Table:
    record = record_of(file)
    features = record["features"]
    with open_h5(file) as h5:
        arrays = [h5[name][()] for name in Table._fields[:4]]
    return Table(*arrays, tuple(features), tuple(features.values()), tuple(record.get("classes", ())))
