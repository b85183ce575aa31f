"""The Latin names of the genera of plants and animals in WordNet."""

import re
from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import text, write_h5


def build(target: Path, package: Path) -> None:
    """Writes genus_names.h5 from the unpacked Debian package wordnet-base."""
    content = (package / "usr/share/wordnet/data.noun").read_text(encoding="utf-8")
    # Three names of the source have a hyphen or a small first letter, and are left out.
    names = sorted(set(re.findall(r" genus_([A-Z][a-z]+) ", content)))
    write_h5(target, {"names": text(np.random.RandomState(0).permutation(names))})
