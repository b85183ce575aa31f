"""Sentences of film reviews that people rated, those with a clear verdict."""

import io
import re
import tarfile
from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import stratified_split, text, write_h5

CLEAR = 1.5


def build(target: Path, package: Path) -> None:
    """Writes sentiment.h5 from the unpacked source of the PyPI package vaderSentiment."""
    archive = package / "vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz"
    with tarfile.open(archive) as packed:
        content = packed.extractfile("hutto_ICWSM_2014/movieReviewSnippets_GroundTruth.txt").read()
    verdicts = {}
    for line in io.StringIO(content.decode()):
        _, score, sentence = line.split("\t")
        if abs(float(score)) > CLEAR:
            # A sentence that occurs twice, whatever its punctuation, would be on both sides.
            verdicts.setdefault(re.sub(r"\W", "", sentence.lower()), (float(score) > 0, " ".join(sentence.split())))
    y, sentences = (list(column) for column in zip(*verdicts.values(), strict=True))
    y = np.array(y, dtype=np.int64)
    arrays = {}
    for side, rows in zip(("train", "test"), stratified_split(y, test_share=0.2, seed=0), strict=True):
        arrays |= {f"x_{side}": text(sentences[row] for row in rows), f"Y_{side}": y[np.newaxis, rows]}
    write_h5(target, arrays)
