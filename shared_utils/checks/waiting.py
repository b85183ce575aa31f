"""A given cell that calls an exercise still in stub says in one line what it waits for, instead of a traceback."""

import linecache
import symtable
import sys
import traceback
from types import FrameType, TracebackType
from typing import Any


def install() -> None:
    """Makes the kernel of this process, if it is a notebook's, show the errors of waiting cells as one line.

    The cell has failed all the same. Plain Python, a terminal's IPython and other shells are left as they are.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if type(shell).__name__ == "ZMQInteractiveShell":
        shell.set_custom_exc((NotImplementedError, NameError), _Waiting().show)


class _Waiting:
    """Remembers which names the cells that failed so far would have defined, and what they wait for."""

    def __init__(self) -> None:
        self._stub_of: dict[str, str] = {}

    def show(
        self, shell: Any, kind: type, error: BaseException, stack: TracebackType, tb_offset: int | None = None
    ) -> None:
        """Shows an error of a cell, as IPython's handlers of exceptions do."""
        frames = [frame for frame, _ in traceback.walk_tb(stack)]
        own = [frame for frame in frames if frame.f_globals is shell.user_ns]
        if kind is NotImplementedError and not error.args and frames[-1] in own[1:]:
            stub = frames[-1].f_code.co_qualname
            line = f"This cell waits for `{stub}`: write it first."
        elif kind is NameError and (stub := self._stub_of.get(error.name)):
            line = f"This cell waits for an earlier one, which waits for `{stub}`: write it, then run both."
        else:
            shell.showtraceback((kind, error, stack), tb_offset=tb_offset, running_compiled_code=True)
            return
        self._stub_of |= dict.fromkeys(_assigned(own[0]), stub)
        shell._showtraceback(kind, line, [line])


def _assigned(cell: FrameType) -> list[str]:
    """The names that the cell of this frame would define if it ran to its end."""
    source = "".join(linecache.getlines(cell.f_code.co_filename))
    names = symtable.symtable(source, "cell", "exec").get_symbols()
    return [name.get_name() for name in names if name.is_assigned() or name.is_imported()]
