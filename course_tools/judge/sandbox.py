"""Locking this process in, on Linux: namespaces, a read-only view of what Python needs, limits, no privileges.

`enter` comes before the fork that makes the first process of the new process namespace, `lock` after it. What the
locked process sees: Python and its packages, the system's libraries and programs, shared_utils, course_tools and the
datasets, all read-only and without what holds answers; an empty /tmp of its own; no network; no other process.
"""

import ctypes
import os
import platform
import pwd
import re
import resource
import site
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from shared_utils.grading import IN_GRADING

NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, REC, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
DETACH = 2
NO_NEW_PRIVS, DEATH_SIGNAL, DROP_BOUNDING, SUBREAPER, NO_HUGE_PAGES = 38, 1, 24, 36, 41
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime")
# Not /dev/zero, which gives out memory that no limit counts.
DEVICES = ("/dev/null", "/dev/random", "/dev/urandom")

KNOWN = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "HOME")
# Processes are limited, and so many learners' processes share the cores that threads would only wait for one another.
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM", "NUMEXPR")}
ONE_THREAD |= {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}

MIB = 2**20
# Each takes memory of the kernel, which no other limit counts.
FILES, OPEN_FILES = 10_000, 64

libc = ctypes.CDLL(None, use_errno=True)
# The C library has no name for it.
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}.get(platform.machine(), -1)


@dataclass(frozen=True)
class Limits:
    """What a learner's process may use.

    Attributes:
        seconds: how long a cell or a check may take; the whole notebook twenty times as long.
        memory: MiB beyond what the warm process holds: of address space for each process, of memory for all together.
        processor: seconds of processor time.
        processes: how many processes and threads at once.
        file: MiB of one file, and of all files together in its /tmp.
    """

    seconds: int = 30
    memory: int = 1024
    processor: int = 300
    processes: int = 32
    file: int = 64

    def roomy(self) -> "Limits":
        """Those for a lesson with a framework, whose import alone takes half a GiB and several threads."""
        return replace(self, memory=4 * self.memory, processes=4 * self.processes)


class CannotIsolate(Exception):
    """The kernel grants no namespaces here; the message says what it answers."""


def environment() -> dict[str, str]:
    """What a process from which learners' processes are forked may know of this one's environment, and no more."""
    own = {"MPLBACKEND": "agg", IN_GRADING: "1", "PYTHONUTF8": "1", "HDF5_USE_FILE_LOCKING": "FALSE"}
    return {name: value for name, value in os.environ.items() if name in KNOWN} | own | ONE_THREAD


def enter() -> None:
    """Unshares everything; the next process that this one forks is the first of its own process namespace.

    Root needs no user namespace; others get one in which they are themselves. Raises CannotIsolate.
    """
    spaces = NEWNS | NEWUTS | NEWIPC | NEWPID | NEWNET
    if os.geteuid() == 0 and libc.unshare(spaces) == 0:
        return
    uid, gid = os.geteuid(), os.getegid()
    if libc.unshare(spaces | NEWUSER):
        raise CannotIsolate(f"the kernel refuses namespaces: {os.strerror(ctypes.get_errno())}")
    try:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    except OSError as error:
        raise CannotIsolate(f"the kernel refuses to map users: {error.strerror}") from None


def lock(limits: Limits, held: int, user: int, folders: list[Path], hidden: list[Path]) -> None:
    """Changes to a root that holds only what may be seen, sets the limits, and drops all privileges.

    Args:
        limits: see Limits.
        held: bytes of address space that this process holds already.
        user: the number of an account that nobody has, which root becomes: limits on processes do not bind root.
        folders: what may be seen beside Python and the system's libraries.
        hidden: folders that are empty there, where they would be seen.

    Raises OSError.
    """
    _new_root([*visible(), *folders], hidden, limits)
    for capability in range(64):
        libc.prctl(DROP_BOUNDING, capability, 0, 0, 0)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    succeeded(libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    succeeded(libc.prctl(NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    libc.prctl(NO_HUGE_PAGES, 1, 0, 0, 0)
    # Another user, to whom it has changed, does not inherit it.
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_NPROC, (limits.processes, limits.processes))
    restrict(limits, held)


def restrict(limits: Limits, held: int) -> None:
    """Sets the limits that bind any process, whoever its user is."""
    for kind, wanted in (
        (resource.RLIMIT_AS, held + limits.memory * MIB),
        (resource.RLIMIT_CPU, limits.processor),
        (resource.RLIMIT_FSIZE, limits.file * MIB),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        hard = resource.getrlimit(kind)[1]
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (value, value))


def address_space() -> int:
    """Bytes of address space that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def user_nobody_has(number: int) -> int:
    """A user number that no account has, another one for each of these numbers: the kernel counts processes by it."""
    mapped = [tuple(map(int, line.split())) for line in Path("/proc/self/uid_map").read_text().splitlines()]
    first, _, count = max(mapped, key=lambda part: part[2])
    user = first + count - 2 - number % max(1, min(count // 2, 2**20))
    taken = {account.pw_uid for account in pwd.getpwall()}
    return next((each for each in range(user, first, -1) if each not in taken), user)


def die_with_parent() -> None:
    """The kernel kills this process when the one that forked it ends."""
    libc.prctl(DEATH_SIGNAL, 9, 0, 0, 0)


def adopt_orphans() -> None:
    """Processes whose parent ends become this one's children, wherever they have gone."""
    libc.prctl(SUBREAPER, 1, 0, 0, 0)


def visible() -> list[Path]:
    """What a locked-in process sees of this machine: the system's libraries, this Python and its packages."""
    pythons = dict.fromkeys([sys.prefix, sys.base_prefix, *site.getsitepackages()])
    return [Path(path) for path in (*SYSTEM, *pythons)]


def _new_root(visible: list[Path], hidden: list[Path], limits: Limits) -> None:
    """Builds the root in a file system in memory. The old root hangs below it meanwhile, so nothing of it is hidden."""
    real = {path: path.resolve() for path in visible if path.exists()}
    links = {path: os.readlink(path) for path in real if path.is_symlink() and real[path].is_dir()}
    _mount(None, "/", None, REC | PRIVATE)
    _mount("tmpfs", "/tmp", "tmpfs", NOSUID | NODEV, "size=1m,mode=755")
    os.chdir("/tmp")
    os.mkdir("old")
    os.mkdir("new")
    _pivot(".", "old")
    os.chdir("/new")
    _mount("/new", "/new", None, BIND)
    os.chdir("/new")
    # First, as what may be seen can lie below it.
    os.mkdir("tmp")
    _mount("tmpfs", "tmp", "tmpfs", NOSUID | NODEV, f"size={limits.file}m,nr_inodes={FILES},mode=1777")
    for path, source in real.items():
        if path in links:
            _below(path).symlink_to(links[path])
        else:
            _show(path, source)
    for place in filter(Path.is_dir, map(_below, hidden)):
        _mount("tmpfs", place, "tmpfs", RDONLY | NOSUID | NODEV, "size=4k,nr_inodes=1,mode=755")
    for device in DEVICES:
        _show(Path(device), Path(device), writable=True)
    # Locks between processes, as a pool of them needs, are files there.
    Path("dev/shm").symlink_to("/tmp")
    os.makedirs("proc", exist_ok=True)
    # Some containers forbid it; nothing that a lesson does needs it.
    libc.mount(b"proc", b"proc", b"proc", ctypes.c_ulong(NOSUID | NODEV), None)
    _mount(None, ".", None, REMOUNT | BIND | RDONLY | NOSUID | NODEV)
    # With both names the same, the old root is stacked on the new one and can be taken off.
    _pivot(".", ".")
    succeeded(libc.umount2(b".", DETACH), "umount")
    os.chdir("/tmp")


def _show(path: Path, source: Path, writable: bool = False) -> None:
    """Binds what lies at `source` in the old root at `path` below the new one, unless it can be seen there already."""
    place = _below(path)
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    old = f"/old{source}"
    place.mkdir() if os.path.isdir(old) else place.touch()
    _mount(old, place, None, BIND | REC)
    if not writable:
        # One mount at a time: what is mounted below keeps its own flags.
        for line in Path("/old/proc/self/mountinfo").read_text().splitlines():
            # Spaces and the like stand there as their octal codes.
            point = re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), line.split()[4])
            if f"{point}/".startswith(f"{place}/"):
                kept = NOEXEC if "noexec" in line.split()[5].split(",") else 0
                _mount(None, point, None, REMOUNT | BIND | RDONLY | NOSUID | NODEV | kept)


def _below(path: Path) -> Path:
    return Path("/new", path.relative_to("/"))


def _pivot(new: str, old: str) -> None:
    succeeded(libc.syscall(_PIVOT_ROOT, new.encode(), old.encode()), "pivot_root")


def _mount(source: object, target: object, kind: str | None, flags: int, options: str = "") -> None:
    encoded = [None if value is None else str(value).encode() for value in (source, target, kind)]
    succeeded(libc.mount(*encoded, ctypes.c_ulong(flags), options.encode() or None), f"mount {target}")


def succeeded(result: int, what: str) -> None:
    if result:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
