"""Japanese vowels of nine speakers as sequences of twelve coefficients, split as in the source."""

from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import write_h5

LONGEST = 29


def build(target: Path, package: Path) -> None:
    """Writes vowels.h5 from the unpacked PyPI package aeon."""
    folder, arrays = package / "aeon/datasets/data/JapaneseVowels", {}
    for side in ("train", "test"):
        lines = (folder / f"JapaneseVowels_{side.upper()}.ts").read_text(encoding="utf-8").splitlines()
        examples = [line.split(":") for line in lines if line and line[0] not in "#@"]
        series = [np.array([feature.split(",") for feature in features], np.float32) for *features, _ in examples]
        lengths = [one.shape[1] for one in series]
        X = np.stack([np.pad(one, ((0, 0), (0, LONGEST - one.shape[1]))) for one in series], axis=1)
        Y = np.array([[int(speaker) - 1 for *_, speaker in examples]])
        # The source lists speaker after speaker; a lesson wants them mixed.
        order = np.random.RandomState(0).permutation(len(series))
        arrays |= {f"X_{side}": X[:, order], f"T_{side}": np.array(lengths)[order], f"Y_{side}": Y[:, order]}
    write_h5(target, arrays)
