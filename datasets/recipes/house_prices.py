"""Houses of Ames, Iowa, and what they were sold for: the ordinary sales of houses for one family."""

from pathlib import Path

import numpy as np

from course_tools.data.r_frames import read_frame
from course_tools.data.recipe_kit import fifths, stratified_split, write_h5

# Of ten seeds the one whose least squares are nearest to their mean, with one feature and with ten.
SEED = 4


def build(target: Path, package: Path) -> None:
    """Writes house_prices.h5 from the unpacked Debian package r-cran-modeldata."""
    sales = read_frame(package / "usr/lib/R/site-library/modeldata/data", "ames")
    # A house sold inside a family, by a bank or half built has another price than the market's.
    ordinary = (sales["Sale_Condition"] == "Normal") & (sales["Bldg_Type"] == "OneFam")
    sales = {name: column[ordinary] for name, column in sales.items()}
    X = np.stack(
        [
            sales["Gr_Liv_Area"],
            sales["Bedroom_AbvGr"],
            sales["Full_Bath"] + sales["Bsmt_Full_Bath"] + (sales["Half_Bath"] + sales["Bsmt_Half_Bath"]) / 2,
            sales["Total_Bsmt_SF"],
            sales["Garage_Cars"],
            sales["Fireplaces"],
            sales["Lot_Area"],
            sales["Year_Sold"] - sales["Year_Built"],
            sales["Latitude"],
            sales["Longitude"],
        ]
    ).astype(np.float64)
    Y = sales["Sale_Price"][np.newaxis] / 1000
    train, test = stratified_split(fifths(Y[0]), test_share=0.2, seed=SEED)
    write_h5(
        target,
        {"X_train": X[:, train], "Y_train": Y[:, train], "X_test": X[:, test], "Y_test": Y[:, test]},
    )
