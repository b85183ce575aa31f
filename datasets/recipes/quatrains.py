"""Chinese quatrains of the Tang dynasty, five characters a line."""

import json
import re
from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import text, write_h5

COUPLET = re.compile("[\u4e00-\u9fff]{5}，[\u4e00-\u9fff]{5}。")


def build(target: Path, package: Path) -> None:
    """Writes quatrains.h5 from the unpacked npm package chinese-poetry."""
    poems = set()
    for file in (package / "package/dist/quantangshi").glob("poet.tang.*.json"):
        for poem in json.loads(file.read_text(encoding="utf-8")):
            couplets = poem["paragraphs"]
            if len(couplets) == 2 and all(map(COUPLET.fullmatch, couplets)):
                poems.add("".join(couplets))
    write_h5(target, {"poems": text(np.random.RandomState(0).permutation(sorted(poems)))})
