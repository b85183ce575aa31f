"""nbgrader's exchange for a class that shares a machine: what a student could put there reaches nobody else.

`nbgrader collect` and `nbgrader release_feedback`, and Formgrader, use these in the place of nbgrader's own steps.
"""

import contextlib
import glob
import os
import pwd
import secrets
import stat
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseFeedback

from course_tools.grading.record import SECRET
from course_tools.grading.submissions import is_name
from course_tools.judge.outcome import printable
from course_tools.judge.repair import MOST

TOGETHER = 100 * 2**20  # bytes of all files that one student hands in for a week


class Collect(ExchangeCollect):
    """Takes regular files that belong to who hands in, follows no link, and names what it left."""

    def init_src(self) -> None:
        super().init_src()
        # nbgrader has taken the newest of each name, whoever put it there.
        pattern = Path(glob.escape(self.inbound_path), f"*+{glob.escape(self.coursedir.assignment_id)}+*")
        records: dict[str, list[dict]] = {}
        for path in sorted(glob.glob(str(pattern))):
            record = self._path_to_record(path)
            student = record["username"]
            if self.coursedir.student_id in ("", "*", student) and self._honest(Path(path), student):
                records.setdefault(student, []).append(record)
        self.src_records = [self._last(each) for each in records.values()]

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copies the files of one student's folder."""
        os.makedirs(dest)
        owner, left = os.lstat(src).st_uid, TOGETHER
        for name in sorted(os.listdir(src)):
            try:
                content = _content(Path(src, name), owner, min(left, MOST))
            except (OSError, ValueError) as error:
                self.log.warning("%s was left: %s", printable(f"{src}/{name}"), error)
                continue
            left -= len(content)
            Path(dest, name).write_bytes(content)
        if not Path(dest, SECRET).exists():
            Path(dest, SECRET).write_text(secrets.token_hex(32))

    def _path_to_record(self, path: str) -> dict:
        with contextlib.suppress(Exception):  # nbgrader ends the whole command at a name that it cannot read
            return super()._path_to_record(path)
        return {"username": "", "filename": os.path.basename(path), "timestamp": datetime.min}

    def _honest(self, path: Path, student: str) -> bool:
        found = os.lstat(path)
        why = None
        if not is_name(student):
            why = "its name is none of a student"
        elif not stat.S_ISDIR(found.st_mode):
            why = "it is no folder"
        elif self.check_owner and _account(found.st_uid) != student:
            owner = _account(found.st_uid)
            why = f"it belongs to {owner}; where names are no accounts, set Collect.check_owner to False"
        if why:
            self.log.warning("%s was left: %s", printable(str(path)), why)
        return why is None

    def _last(self, records: list[dict]) -> dict:
        records = self._sort_by_timestamp(records)
        if self.duedate is not None and self.before_duedate:
            records = [record for record in records if record["timestamp"] <= self.duedate] or records
        return records[0]


class ReleaseFeedback(ExchangeReleaseFeedback):
    """Releases a student's feedback also where that of another one cannot be released."""

    def copy_files(self) -> None:
        every = self.src_path
        for folder in sorted(glob.glob(every)):
            self.src_path = folder
            try:
                super().copy_files()
            except OSError as error:
                self.log.error("%s: no feedback was released: %s", printable(folder), error.strerror)
        self.src_path = every


def _content(path: Path, owner: int, most: int) -> bytes:
    """The bytes of a file of one's own. Raises OSError or ValueError with the reason if it is none."""
    number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(number, "rb") as file:
        found = os.fstat(number)
        if not stat.S_ISREG(found.st_mode):
            raise ValueError("no regular file")
        if found.st_uid != owner or found.st_nlink != 1:
            raise ValueError("it is another's file, too")
        content = file.read(most + 1)
    if len(content) > most:
        raise ValueError("too large")
    return content


def _account(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
