"""Dates as people write them in three languages, with the same dates in ISO 8601."""

import datetime
from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import importing, text, write_h5

FIRST, DAYS = datetime.date(1950, 1, 1), 36_525
SIZES = {"train": 5000, "test": 1000}
# In babel's words; each with the four digits of the year, as two leave the century open.
FORMATS = {
    "en": ["full", "long", "medium", "EEE, MMM d, y", "d MMMM y", "d MMM y", "EEEE d MMMM y", "M/d/y", "MM/dd/y"],
    "fr": ["full", "long", "medium", "EEE d MMM y", "d/M/y", "dd/MM/y", "dd.MM.y"],
    "zh": ["full", "long", "y年M月d日 EEE", "y年MM月dd日", "y/M/d", "y/MM/dd", "y.M.d"],
}


def build(target: Path, package: Path) -> None:
    """Writes dates.h5 with the unpacked PyPI package babel."""
    rng = np.random.RandomState(0)
    # Each day once at most, so that no day of the test set was seen in training.
    offsets = np.split(rng.permutation(DAYS)[: sum(SIZES.values())], [SIZES["train"]])
    arrays = {}
    with importing(package):
        from babel.dates import format_date

        for side, days in zip(SIZES, offsets, strict=True):
            dates = [FIRST + datetime.timedelta(days=int(day)) for day in days]
            arrays[f"iso_{side}"] = text(date.isoformat() for date in dates)
            for language, formats in FORMATS.items():
                chosen = rng.randint(len(formats), size=len(dates))
                written = (format_date(date, formats[k], language) for date, k in zip(dates, chosen, strict=True))
                arrays[f"{language}_{side}"] = text(" ".join(one.split()) for one in written)
    write_h5(target, arrays)
