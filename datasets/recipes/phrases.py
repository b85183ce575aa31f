"""The names of the emoji in five languages: short phrases that mean the same."""

import json
from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import text, write_h5

LANGUAGES = ("en", "de", "es", "fr", "zh")
TEST_SHARE = 0.2


def build(target: Path, package: Path) -> None:
    """Writes phrases.h5 from the unpacked npm package emojibase-data."""
    names = {}
    for language in LANGUAGES:
        emoji = json.loads((package / f"package/{language}/data.json").read_text(encoding="utf-8"))
        # Runs of spaces and the narrow ones before a French colon become one plain space.
        names[language] = {one["hexcode"]: " ".join(one["label"].split()) for one in emoji}
    # The 26 letters that flags are spelt with are the same in each language but for one word.
    codes = sorted(code for code, name in names["en"].items() if not name.startswith("regional indicator"))
    codes = np.random.RandomState(0).permutation(codes)
    sides = {"test": codes[: round(TEST_SHARE * len(codes))], "train": codes[round(TEST_SHARE * len(codes)) :]}
    write_h5(
        target,
        {
            f"{language}_{side}": text(names[language][code] for code in sides[side])
            for language in LANGUAGES
            for side in ("train", "test")
        },
    )
