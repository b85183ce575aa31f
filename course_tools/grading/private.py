"""What of a course is for its instructor's eyes alone, on a machine that others use as well."""

import stat
from pathlib import Path

PRIVATE = ("source", "submitted", "autograded", "feedback", ".graded", "gradebook*.db", "grades*.csv", "scores.jsonl")


def keep_private(course: Path) -> list[str]:
    """Lets only their owner read a course's hidden tests, submissions and grades; names what others could read."""
    found = []
    for path in sorted(each for name in PRIVATE for each in course.glob(name)):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            path.chmod(mode & 0o700)
            found.append(path.name)
    return found
