"""The memory cgroup of a learner's process: where one is had, and what the kernel counts and ends there."""

import os
import sys
from contextlib import closing
from pathlib import Path

import pytest

from course_tools.judge import cgroup, memory
from course_tools.judge.box import Box, Late
from course_tools.judge.peer import Gone
from course_tools.judge.sandbox import MIB, Limits
from course_tools.judge.warm import Warm
from tests.classroom import children_of, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the judge forks, on Linux only")
COUNTED = pytest.mark.skipif(cgroup.home() is None, reason="no memory cgroup can be had here")
LIMITS = Limits(memory=64, file=8)
IN_SOCKETS = """
import os, socket, time
def fill():
    kept = []
    try:
        while True:
            pair = socket.socketpair()
            kept += pair
            for one in pair:
                one.setblocking(False)
                try:
                    while one.send(bytes(65536)):
                        pass
                except BlockingIOError:
                    pass
    except OSError:
        return kept
done = []
for _ in range(26):
    reader, writer = os.pipe()
    if os.fork() == 0:
        kept = fill()
        os.write(writer, b"1")
        time.sleep(2)
        os._exit(0)
    os.close(writer)
    done.append(reader)
taken = sum(os.read(reader, 1) == b"1" for reader in done)
time.sleep(1)
print("TAKEN", taken)
"""
HOGS = """
import os, time
children = []
for _ in range(8):
    children.append(os.fork())
    if children[-1] == 0:
        held = b"x" * (50 * 2**20)
        time.sleep(2)
        os._exit(0)
print([os.waitpid(child, 0) for child in children])
"""


@pytest.fixture
def box(monkeypatch):
    # The kernel alone counts here, whatever this process itself holds, which has run other tests.
    monkeypatch.setattr(memory, "together", lambda process: 150 * MIB)
    with closing(Warm(True, LIMITS)) as warm, closing(Box(warm)) as box:
        yield box
        box.kill()


@COUNTED
@pytest.mark.parametrize("code", [IN_SOCKETS, HOGS], ids=["in the buffers of sockets", "of several processes"])
def test_too_much_memory_ends_all_whichever_the_kernel_kills(box, code):
    with pytest.raises(Gone) as end:
        box.run(code)
    assert end.type is not Late


@COUNTED
def test_processes_that_hold_little_are_left_alone(box):
    assert "TAKEN 26" in str(box.run(IN_SOCKETS.replace("kept = fill()", "kept = []")))


@COUNTED
def test_a_group_that_cannot_be_removed_hides_no_home():
    left = cgroup.home().folder / f"{cgroup.BOX}{2**22 + 1}"  # no process has such a number
    (left / "within").mkdir(parents=True)
    try:
        assert cgroup.home() is not None
    finally:
        (left / "within").rmdir()
    # Then the next one that looks removes it.
    assert cgroup.home() is not None and not left.exists()


@COUNTED
def test_a_group_that_was_left_by_a_process_of_the_same_number_is_made_anew():
    home = cgroup.home()
    Path(home.folder, f"{cgroup.BOX}{os.getpid()}").mkdir()
    cgroup.Group(home, 2**30).remove()


@COUNTED
def test_no_group_is_left():
    groups = lambda: {path.name for path in cgroup.home().folder.glob(f"{cgroup.BOX}*")}  # noqa: E731
    with closing(Warm(True, LIMITS)) as warm, closing(Box(warm)) as box:
        # Others may judge on this machine meanwhile, in groups that are not of this warm process.
        [supervisor] = children_of(warm.pid)
        own = f"{cgroup.BOX}{supervisor}"
        assert own in groups()
        box.run("import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(60)")
        box.kill()
        wait_for(lambda: own not in groups(), 5)


def process(folder, groups, mounts):
    (folder / "cgroup").write_text(groups)
    (folder / "mountinfo").write_text(mounts)
    return folder


V2 = "40 31 0:38 {root} {point} rw,relatime - cgroup2 cgroup2 rw\n"
V1 = "35 31 0:32 / {point} rw,relatime - cgroup cgroup rw,memory\n36 31 0:33 / /dev - cgroup cgroup rw,devices\n"


@pytest.mark.parametrize(
    "groups, mounts, place",
    [
        (
            "0::/user.slice/run.scope\n",
            V2.format(root="/", point="/sys/fs/cgroup"),
            "/sys/fs/cgroup/user.slice/run.scope",
        ),
        ("0::/box/a\n", V2.format(root="/box", point="/cg"), "/cg/a"),
        ("0::/elsewhere\n", V2.format(root="/box", point="/cg"), None),
        ("4:memory:/here\n0::/\n", V1.format(point="/cg/memory"), "/cg/memory/here"),
        ("4:memory:/here\n", "", None),
    ],
)
def test_the_own_group_is_found_where_it_is_mounted(tmp_path, groups, mounts, place):
    found = [str(own.folder) for own in cgroup.own_groups(process(tmp_path, groups, mounts))]
    assert found == ([place] if place else [])


def test_where_nothing_can_be_made_there_is_no_home(tmp_path):
    (tmp_path / "cgroup.subtree_control").write_text("")
    mounts = V2.format(root="/", point=tmp_path)
    assert cgroup.home(process(tmp_path, "0::/\n", mounts)) is None
