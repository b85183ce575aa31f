"""Questions of the form a is to b as c is to what, as far as the 10,000 words of GloVe can answer them."""

from pathlib import Path

from course_tools.data.recipe_kit import text, write_h5
from shared_utils.data import load_word_vectors


def build(target: Path, package: Path) -> None:
    """Writes analogies.h5 from the unpacked PyPI package gensim and the course's own word_vectors.h5."""
    known, section, questions = set(load_word_vectors().words), "", {}
    source = package / "gensim/test/test_data/questions-words.txt"
    for line in source.read_text(encoding="utf-8").lower().splitlines():
        words = line.split()
        if words[0] == ":":
            section = words[1]
        # Some capitals are asked for twice, in a small section and in a large one: the first place counts.
        elif known.issuperset(words):
            questions.setdefault(line, section)
    write_h5(target, {"questions": text(f"{section} {line}" for line, section in questions.items())})
