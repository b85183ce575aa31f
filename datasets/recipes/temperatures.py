"""The lowest and the highest temperature of each day in Seattle, 2012 to 2015."""

import csv
from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import write_h5


def build(target: Path, package: Path) -> None:
    """Writes temperatures.h5 from the unpacked PyPI package vega_datasets."""
    with (package / "vega_datasets/_data/seattle-weather.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # HDF5 has no dates: the days are counted from 1 January 1970, as NumPy counts them.
    days = np.array([row["date"].replace("/", "-") for row in rows], dtype="datetime64[D]").astype(np.int64)
    low, high = (np.array([float(row[name]) for row in rows]) for name in ("temp_min", "temp_max"))
    write_h5(target, {"days": days, "low": low, "high": high})
