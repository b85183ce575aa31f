"""Which calls of the Linux kernel a locked-in process may make: a filter in the kernel's own small machine code.

What is not on the list (`syscalls.py`) is not there for it: calls that take memory that no limit of a process counts,
that open namespaces in which it would be root, lock what others read, or reach parts of the kernel that no lesson needs
and that have had holes. A few are there with some arguments only. See seccomp(2).
"""

import ctypes
import errno
import platform
import struct

from course_tools.judge import syscalls
from course_tools.judge.sandbox import libc, succeeded

# Numbers on x86_64 and on aarch64, and the kernel's own number of the machine.
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
# By a call's numbers and the place of one of its arguments: the values that are refused there.
VALUES = {
    # Record locks (6, 7, 37, 38) and leases (1024), which others wait for; notices (1026); larger pipes (1031).
    ((72, 25), 1): (6, 7, 37, 38, 1024, 1026, 1031),
    # Larger buffers of a socket, which no limit counts.
    ((54, 208), 2): (7, 8, 32, 33),
    # Outliving the supervisor (1), and huge pages (41).
    ((157, 167), 0): (1, 41),
}
# `clone3` has its flags in memory, where a filter cannot look: it is not there, and the C library takes `clone`.
CLONE, MMAP, SOCKET = (56, 220), (9, 222), (41, 198)
NEW_NAMESPACE = 0x7E020000
SHARED_ANONYMOUS = 0x21
# Local and internet sockets, which a namespace holds in; others reach the host's machine (vsock) or odd parts of it.
FAMILIES = (1, 2, 10)

SECCOMP, FILTER = 22, 2
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
LOAD, EQUAL, AT_LEAST, MASK, RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
NUMBER, MACHINE, FIRST_ARGUMENT, FOURTH_ARGUMENT = 0, 4, 16, 40
ARGUMENT = 8  # bytes
X32 = 0x40000000


def forbid() -> None:
    """Forbids them to this process and all that it starts, for good; needs NO_NEW_PRIVS. Raises OSError."""
    if platform.machine() not in MACHINES:
        raise OSError(errno.ENOSYS, f"no filter for a {platform.machine()}")
    column, machine = MACHINES[platform.machine()]
    program = _program(column, machine)
    code = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

    whole = Program(len(program) // 8, ctypes.addressof(code))
    succeeded(libc.prctl(SECCOMP, FILTER, ctypes.byref(whole), 0, 0), "seccomp")


def _program(column: int, machine: int) -> bytes:
    """The filter. An instruction is a code, how many to skip if true and if false, and a number."""
    unknown, refused, allowed = REFUSE | errno.ENOSYS, REFUSE | errno.EPERM, ALLOW
    lines = [
        (LOAD, 0, 0, MACHINE),
        (EQUAL, 1, 0, machine),
        (RETURN, 0, 0, unknown),
        (LOAD, 0, 0, NUMBER),
        (AT_LEAST, 0, 1, X32),
        (RETURN, 0, 0, unknown),
    ]
    for number in syscalls.numbers(column):
        lines += [(EQUAL, 0, 1, number), (RETURN, 0, 0, allowed)]
    for (numbers, place), values in VALUES.items():
        lines += [
            (EQUAL, 0, len(values) + 3, numbers[column]),
            (LOAD, 0, 0, FIRST_ARGUMENT + ARGUMENT * place),
            *((EQUAL, len(values) - number, 0, value) for number, value in enumerate(values)),
            (RETURN, 0, 0, allowed),
            (RETURN, 0, 0, refused),
        ]
    known = [(EQUAL, len(FAMILIES) - place, 0, family) for place, family in enumerate(FAMILIES)]
    lines += [
        (EQUAL, 0, len(known) + 3, SOCKET[column]),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        *known,
        (RETURN, 0, 0, refused),
        (RETURN, 0, 0, allowed),
        (EQUAL, 0, 5, CLONE[column]),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (MASK, 0, 0, NEW_NAMESPACE),
        (EQUAL, 0, 1, 0),
        (RETURN, 0, 0, allowed),
        (RETURN, 0, 0, refused),
        # Such memory stays taken when the process forgets it, and then nobody's count has it.
        (EQUAL, 0, 5, MMAP[column]),
        (LOAD, 0, 0, FOURTH_ARGUMENT),
        (MASK, 0, 0, SHARED_ANONYMOUS),
        (EQUAL, 0, 1, SHARED_ANONYMOUS),
        (RETURN, 0, 0, refused),
        (RETURN, 0, 0, allowed),
        (RETURN, 0, 0, unknown),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
