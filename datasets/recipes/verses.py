"""Short verses of the Bible in English and Spanish, matched by book, chapter and number."""

import re
from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import importing, text, write_h5

MOST_WORDS, TEST_SHARE = 10, 0.2


def build(target: Path, english: Path, spanish: Path, pysword: Path) -> None:
    """Writes verses.h5 from the unpacked Debian packages sword-text-web and sword-text-sparv, read by PyPI pysword."""
    with importing(pysword / "pysword-0.2.8"):
        en, es = verses(english), verses(spanish)
    pairs, seen = [], set()
    for place in sorted(en.keys() & es.keys()):
        pair = en[place], es[place]
        # A verse that occurs again in either language, whatever its punctuation, could come to stand on both sides.
        folded = {re.sub(r"\W", "", verse.lower()) for verse in pair}
        if all(0 < len(verse.split()) <= MOST_WORDS for verse in pair) and not seen & folded:
            pairs.append(pair)
            seen |= folded
    order, size = np.random.RandomState(0).permutation(len(pairs)), round(TEST_SHARE * len(pairs))
    write_h5(
        target,
        {
            f"{language}_{side}": text(pairs[k][column] for k in rows)
            for column, language in enumerate(("en", "es"))
            for side, rows in (("train", order[size:]), ("test", order[:size]))
        },
    )


def verses(package: Path) -> dict[tuple[str, int, int], str]:
    """The plain text of each verse by book, chapter and number, both from 1."""
    from pysword.modules import SwordModules

    modules = SwordModules(str(package / "usr/share/sword"))
    [name] = modules.parse_modules()
    bible, texts = modules.get_bible_from_module(name), {}
    for book in (book for books in bible.get_structure().get_books().values() for book in books):
        marked = bible.get(books=book.name, clean=False, join="\0").split("\0")
        places = [
            (chapter, verse) for chapter, size in enumerate(book.chapter_lengths, 1) for verse in range(1, size + 1)
        ]
        texts |= {(book.name, *place): plain(verse) for place, verse in zip(places, marked, strict=True)}
    return texts


def plain(marked: str) -> str:
    """A verse without the notes, the headings and the marks of OSIS."""
    words = re.sub(r"<(note|title)\b.*?</\1>", "", marked, flags=re.DOTALL)
    # Where a note stood, and before a word that the translators added, the source has no space.
    words = re.sub(r"(?<=\w)(</\w+>[,;:.!?]?)(?=<(w|transChange)\b[^>]*>\w)", r"\1 ", words)
    return " ".join(re.sub(r"<[^>]*>", "", words).split())
