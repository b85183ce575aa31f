"""The ten digits as one person says them."""

from pathlib import Path

from course_tools.data.recipe_kit import write_h5
from course_tools.data.sound import packed, read_wave, trimmed

DIGITS = "zero one two three four five six seven eight nine".split()


def build(target: Path, package: Path) -> None:
    """Writes spoken_digits.h5 from the unpacked PyPI package spokennumbers."""
    folder = package / "spokennumbers/default"
    write_h5(
        target,
        packed((trimmed(read_wave(folder / f"{k}.wav")), word, "spokennumbers") for k, word in enumerate(DIGITS)),
    )
