"""What lies in a course's `submitted/`: the submissions, and a sentence for what is none."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from course_tools.judge.outcome import printable
from course_tools.judge.repair import Unreadable, unfit
from course_tools.syllabus import ROOT, Notebook, written

# As it is meant, and as browsers and file systems make of it.
NOTEBOOK = re.compile(r"(.+)\.ipynb(?:\.json|\.txt)?", re.IGNORECASE)
# 2026-01-31 12:00:00.5, then nothing (UTC), an offset (+0100, Z), or a zone (UTC, Europe/Berlin).
WRITTEN_TIME = re.compile(r"(?P<clock>[\d-]{10}([ T][\d:.]+)?)(?: ?(?P<offset>[+-][\d:]+|Z)| (?P<zone>[\w/+-]+))?")


@dataclass(frozen=True)
class Submission:
    """One notebook that one student handed in, and its content's hash together with that of its lesson."""

    book: Notebook
    student: str
    path: Path

    @property
    def mark(self) -> Path:
        """The file that holds the hash of what was last recorded."""
        return self.book.root / self.book.course / ".graded" / self.student / self.book.week / self.book.name

    @property
    def hash(self) -> str:
        """Raises Unreadable."""
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise Unreadable(f"{self.path} cannot be read: {error.strerror}") from None
        return hashlib.sha256(content + self.timestamp.encode() + self.book.source.read_bytes()).hexdigest()

    @property
    def timestamp(self) -> str:
        """When it was handed in, in UTC, if nbgrader's collect wrote it; empty if it did not. Raises Unreadable."""
        told = self.path.with_name("timestamp.txt")
        if told.is_symlink() or not told.is_file():
            return ""
        try:
            with told.open(encoding="utf-8") as file:
                text = file.read(100).strip()
            return f"{_in_utc(text):%Y-%m-%d %H:%M:%S.%f} UTC" if text else ""
        except (OSError, ValueError, OverflowError, LookupError):
            told = f"{told} holds no time that is beyond doubt"
            raise Unreadable(f"{told}; write 2026-01-31 12:00:00 UTC or such, or delete it") from None


def _in_utc(text: str) -> datetime:
    """A time as nbgrader writes it: date, clock, and an offset or a zone. Raises ValueError or LookupError else."""
    told = WRITTEN_TIME.fullmatch(text)
    if not told:
        raise ValueError(text)
    when = datetime.fromisoformat(told["clock"] + (told["offset"] or ""))
    zone = ZoneInfo(told["zone"]) if told["zone"] else UTC
    return when.replace(tzinfo=when.tzinfo or zone).astimezone(UTC)


def submissions(paths: Iterable[Path], root: Path = ROOT) -> Iterator[Submission | str]:
    """What the paths (a course's `submitted` folder, or something in it) hold; a sentence for what is no submission."""
    books = {book.id: book for book in written(root)}
    weeks = {(book.course, book.week) for book in books.values()}
    for path in paths:
        looked_at = set()
        below = [path] if path.is_file() or path.is_symlink() else [path, *sorted(path.rglob("*"))]
        below = [each for each in below if ".ipynb_checkpoints" not in each.parts]
        for file in below:
            if named := NOTEBOOK.fullmatch(file.name):
                looked_at.update(file.parents)
                yield _submission(file, named[1], books, root)
        for folder in below:
            place = folder.absolute().relative_to(root.absolute()).parts
            if len(place) == 4 and (place[0], place[3]) in weeks and folder.is_dir() and folder not in looked_at:
                yield f"{printable(str(folder))} holds no notebook (NAME.ipynb); unpack what is packed, or ask for it"


def _submission(file: Path, name: str, books: Mapping[str, Notebook], root: Path) -> Submission | str:
    """The submission that a file is, or a sentence that says why it is none; `name` is its notebook's name."""
    shown = printable(str(file))
    course, _, *place = file.absolute().relative_to(root.absolute()).parts
    book = books.get("/".join([course, *place[1:-1], name]))
    if file.is_symlink() or any(folder.is_symlink() for folder in list(file.parents)[:2]):
        return f"{shown} is a link; a submission must be a file of its own"
    if book is None:
        return f"{shown} does not stand where submitted/STUDENT/WEEK/NOTEBOOK.ipynb does, so it was left alone"
    if not is_name(place[0]):
        allowed = "begins with a letter or a digit and holds only these and . _ - @ +"
        return f"{shown}: a student's name {allowed}; rename the folder"
    if file.suffix != ".ipynb" and file.with_name(f"{name}.ipynb").exists():
        return f"{shown} was left alone, as {name}.ipynb stands beside it"
    return unfit(file) or Submission(book, place[0], file)


def is_name(text: str) -> bool:
    """Whether a student's name is made of letters and digits, of whatever script, and . _ - @ + alone.

    Others are read as something else: by nbgrader (blanks, *), by a page (<), or by a spreadsheet (=).
    """
    parts = (letter.isalnum() or unicodedata.category(letter)[0] == "M" or letter in "._-@+" for letter in text)
    return text[:1].isalnum() and all(parts)
