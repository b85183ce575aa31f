"""What an answer reads that is not its argument: variables of the notebook, and the functions of other exercises."""

import ast
import dis
import linecache
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import CodeType, FunctionType, ModuleType
from typing import Any


def data_read(answer: Any) -> list[str]:
    """The variables of the notebook with data in them that a function (or a class's methods) reads.

    Functions, classes, modules and names in capitals are no data, nor is what the cell of the answer itself assigns.
    """
    return sorted(
        {
            name
            for function in _functions(answer)
            for name, value in _globals(function)
            if not (callable(value) or isinstance(value, ModuleType) or name.isupper() or name.startswith("_"))
            and name not in _assigned(function.__code__.co_filename)
        }
    )


def functions_used(answer: Any) -> list[str]:
    """The notebook's functions that a function calls, and those that these call."""
    found: list[str] = []
    waiting = list(_functions(answer))
    while waiting:
        for name, value in _globals(waiting.pop()):
            if isinstance(value, FunctionType) and name not in found:
                found.append(name)
                waiting += _functions(value)
    return found


def _functions(answer: Any) -> Iterator[FunctionType]:
    """The functions of Python code that an answer consists of: itself, or a class's methods, and its cell's helpers."""
    parts = list(vars(answer).values()) if isinstance(answer, type) else [answer]
    waiting = [part for part in parts if isinstance(part, FunctionType)]
    seen: list[FunctionType] = []
    while waiting:
        function = waiting.pop()
        seen.append(function)
        file = function.__code__.co_filename
        for _, value in _globals(function):
            if isinstance(value, FunctionType) and value.__code__.co_filename == file and value not in seen:
                waiting.append(value)
    yield from seen


def _globals(function: FunctionType) -> Iterator[tuple[str, Any]]:
    """The names that a function finds in the notebook, and what they stand for there."""
    names = {name for code in codes(function.__code__) for name in _loaded(code)}
    return ((name, function.__globals__[name]) for name in sorted(names) if name in function.__globals__)


@lru_cache
def _loaded(code: CodeType) -> frozenset[str]:
    steps = dis.get_instructions(code)
    return frozenset(step.argval for step in steps if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"))


def codes(code: CodeType) -> Iterator[CodeType]:
    """The code object and those of all functions defined in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


def _assigned(file: str) -> set[str]:
    """The names that the cell with this file name assigns outside its functions; none if its text cannot be had."""
    try:
        tree = ast.parse("".join(linecache.getlines(file)))
    except SyntaxError:
        return set()
    assignments = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    names = (node for each in assignments for node in ast.walk(each) if isinstance(node, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, ast.Store)}


def told(function: Callable) -> list[str]:
    """As `data_read`; of a stand-in as the process in which its function runs tells it."""
    peer = getattr(function, "peer", None)
    return peer.reads(function.__name__) if peer else data_read(function)
