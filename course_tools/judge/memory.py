"""How much memory a process and all that it started hold together: the kernel limits each by itself."""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")


def together(process: int) -> int:
    """Bytes that the process and its descendants hold; what several share counts once. To be called in /proc.

    Counting exactly takes the kernel a while, so it is done only where the processes are several.
    """
    family = list(_family(process))
    return _resident(process) if len(family) == 1 else sum(map(_share, family))


def _family(process: int) -> Iterator[int]:
    yield process
    with contextlib.suppress(OSError):
        for thread in Path(f"{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _family(int(child))


def _resident(process: int) -> int:
    """Bytes of a process. Where its first thread has ended, only the others tell."""
    with contextlib.suppress(OSError):
        for thread in Path(f"{process}/task").iterdir():
            if found := int((thread / "statm").read_text().split()[1]):
                return found * PAGE
    return 0


def _share(process: int) -> int:
    """Bytes of a process, a page that n processes share as an n-th of it."""
    with contextlib.suppress(OSError):
        found = re.search(r"^Pss: +(\d+) kB", Path(f"{process}/smaps_rollup").read_text(), re.M)
        if found and int(found[1]):
            return 1024 * int(found[1])
    return _resident(process)
