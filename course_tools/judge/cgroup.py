"""A memory cgroup for a learner's process and all that it starts, where one can be had: nothing escapes its count.

The kernel counts there what no limit of a process sees: pages in pipes, buffers of sockets, mappings, locks. Version 2
needs a cgroup that is the user's own, as `systemd-run --user --scope -p Delegate=yes` gives; of version 1 root has one.
See cgroups(7), and "Delegation" in the kernel's cgroup-v2.rst.
"""

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GRADER, BOX = "course-grader", "course-box-"
TRIES = 3
WAIT = 5.0  # seconds for what has been killed to be gone


@dataclass(frozen=True)
class Home:
    """A cgroup below which others may be made, and the version of its kind."""

    folder: Path
    version: int


def home(process: Path = Path("/proc/self")) -> Home | None:
    """Where this process may make groups whose memory is counted; None where it may not."""
    for own in own_groups(process):
        with contextlib.suppress(OSError):
            place = Home(own.folder.parent if own.folder.name == GRADER else own.folder, own.version)
            if place.version == 2:
                _count_memory(place.folder)
            for left in place.folder.glob(f"{BOX}*"):
                if not Path("/proc", left.name.removeprefix(BOX)).exists():
                    # Another process may be removing it, or what was in it is still ending.
                    with contextlib.suppress(OSError):
                        left.rmdir()
            # The only way to know that one can be made is to make one.
            Group(place, 2**30).remove()
            return place
    return None


class Group:
    """A new cgroup whose processes hold at most so many bytes together: the kernel kills one where they take more.

    Raises OSError.
    """

    def __init__(self, place: Home, most: int):
        # By descriptors, as the root of the file system changes before a learner's code runs.
        self._folder = os.open(place.folder, os.O_PATH | os.O_DIRECTORY)
        self._events = "memory.events" if place.version == 2 else "memory.oom_control"
        self._name = f"{BOX}{os.getpid()}"
        # Numbers of processes come again, and one that was killed has removed nothing.
        with contextlib.suppress(OSError):
            os.rmdir(self._name, dir_fd=self._folder)
        os.mkdir(self._name, dir_fd=self._folder)
        self._write("memory.max" if place.version == 2 else "memory.limit_in_bytes", most)
        # Some systems do not count what is swapped out.
        with contextlib.suppress(OSError):
            self._write(*(("memory.swap.max", 0) if place.version == 2 else ("memory.memsw.limit_in_bytes", most)))

    def join(self) -> None:
        """Moves this process into it, which forgets the way to others."""
        self._write("cgroup.procs", 0)
        os.close(self._folder)

    def has_killed(self) -> bool:
        """Whether the kernel has killed one of its processes, whichever it chose: the others may not know."""
        with contextlib.suppress(OSError), open(self._opened(self._events, os.O_RDONLY)) as events:
            return any(line.startswith("oom_kill ") and int(line.split()[1]) for line in events)
        return False

    def remove(self) -> None:
        """Ends what is left in it, and the group."""
        with contextlib.suppress(OSError):
            self._write("cgroup.kill", 1)
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                os.rmdir(self._name, dir_fd=self._folder)
                break
            time.sleep(0.01)
        os.close(self._folder)

    def _write(self, name: str, value: int) -> None:
        with open(self._opened(name, os.O_WRONLY), "w") as file:
            file.write(str(value))

    def _opened(self, name: str, how: int) -> int:
        return os.open(f"{self._name}/{name}", how, dir_fd=self._folder)


def own_groups(process: Path) -> Iterator[Home]:
    """The cgroups of a process that could count memory, where they can be seen."""
    with contextlib.suppress(OSError):
        paths = [line.split(":", 2)[1:] for line in (process / "cgroup").read_text().splitlines()]
        for line in (process / "mountinfo").read_text().splitlines():
            (root, point), (kind, *_, options) = line.split()[3:5], line.split(" - ")[1].split()
            version = {"cgroup2": 2, "cgroup": 1 if "memory" in options.split(",") else 0}.get(kind, 0)
            for controllers, path in paths:
                its = 2 if not controllers else 1 if "memory" in controllers.split(",") else 0
                if version and its == version and Path(path).is_relative_to(root):
                    yield Home(Path(point, Path(path).relative_to(root)), version)


def _count_memory(folder: Path) -> None:
    """Has the memory of the groups below counted. Raises OSError where that cannot be."""
    control = folder / "cgroup.subtree_control"
    for last in (False,) * TRIES + (True,):
        if "memory" in control.read_text().split():
            return
        try:
            control.write_text("+memory")
        except OSError:
            # Only groups without others below may hold processes, so those here must go down, if they are the user's
            # own to move. Another worker may do the same, and one may have been started meanwhile.
            if last or not _delegated(folder):
                raise
            (folder / GRADER).mkdir(exist_ok=True)
            for number in (folder / "cgroup.procs").read_text().split():
                with contextlib.suppress(ProcessLookupError):
                    (folder / GRADER / "cgroup.procs").write_text(number)


def _delegated(folder: Path) -> bool:
    """Whether the service manager has left the cgroup to who runs in it."""
    for name in ("user.delegate", "trusted.delegate"):
        with contextlib.suppress(OSError):
            if os.getxattr(folder, name) == b"1":
                return True
    return False
