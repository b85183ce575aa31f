"""The frame of an exercise's checks: a stub or an error becomes one line that says whose it is."""

import contextlib
import functools
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from types import CodeType, TracebackType
from typing import Any

from shared_utils.checks import causes, values, words
from shared_utils.checks.values import CheckFailed


class exercise:
    """Frames the checks of one exercise, as in `with exercise("sigmoid"):`, and prints how many passed.

    A stub, a function that is not defined yet, or any error becomes a CheckFailed of one line, which names the call
    of the exercise's function that failed. Warnings are silenced and stderr goes to stdout, because nbgrader takes
    anything on stderr for a failure. Names that the checks assign are gone afterwards: the learner's own `X` or `w`
    keep their values.
    """

    def __init__(self, name: str):
        self.name = name

    def __enter__(self) -> None:
        values.passed = 0
        caller = sys._getframe(1)
        self._globals, self._own = caller.f_globals, {id(code) for code in _codes(caller.f_code)}
        self._before, self._returned = dict(self._globals), None
        function = self._globals.get(self.name)
        if callable(function) and not isinstance(function, type):
            self._globals[self.name] = self._noted(function)
        self._context = contextlib.ExitStack()
        self._context.enter_context(warnings.catch_warnings())
        self._context.enter_context(contextlib.redirect_stderr(sys.stdout))
        warnings.simplefilter("ignore")

    def __exit__(self, kind: type | None, error: BaseException | None, stack: TracebackType | None) -> None:
        self._context.close()
        for name in [name for name in self._globals if not name.startswith("_")]:
            if name not in self._before:
                del self._globals[name]
            else:
                self._globals[name] = self._before[name]
        if isinstance(error, NotImplementedError):
            stub, _ = getattr(error, "origin", (traceback.extract_tb(stack)[-1].name, ""))
            stub = self.name if stub == "<module>" else stub
            raise CheckFailed(
                f"{stub} is still a stub: write your code in place of raise NotImplementedError"
            ) from None
        if isinstance(error, NameError) and error.name == self.name:
            raise CheckFailed(f"{self.name} is not defined: run its cell first, then this one") from None
        if isinstance(error, Exception) and not isinstance(error, CheckFailed):
            raise CheckFailed(f"{self.name}: {self._told(error, stack)}") from None
        if error is None:
            print(f"{self.name}: {values.passed} check{'s' if values.passed != 1 else ''} passed")

    def _told(self, error: Exception, stack: TracebackType | None) -> str:
        """The call that failed, the error that it raised, in which line, and what usually causes it.

        A line of the check itself, or of a function defined in it, is not shown: it may be a hidden one. An error
        from the learner's own process tells where it came from in its `origin`.
        """
        frames = zip(traceback.walk_tb(stack), traceback.extract_tb(stack), strict=True)
        places = [
            (text.name, text.line)
            for (frame, _), text in frames
            if frame.f_globals is self._globals and id(frame.f_code) not in self._own
        ]
        function, line = getattr(error, "origin", places[-1] if places else ("", ""))
        where = f" (in {function}, line `{line}`)" if line else ""
        call = getattr(error, "call", None)
        if call is None and not line and self._returned:
            arguments, named, answer = self._returned
            call = f"{words.call(self._before[self.name], arguments, named)}it returned {words.brief(answer)}, "
        cause = causes.of_error(error)
        text = " ".join(str(error).split())
        return f"{call or ''}{type(error).__name__}: {text}{where}" + (f": {cause}" if cause else "")

    def _noted(self, function: Callable) -> Callable:
        """The function, which notes what it returned; its errors hold in `call` what it was called with."""

        @functools.wraps(function)
        def call(*arguments: Any, **named: Any) -> Any:
            self._returned = None
            try:
                answer = function(*arguments, **named)
            except Exception as error:
                error.call = words.call(function, arguments, named)
                raise
            self._returned = arguments, named, answer
            return answer

        return call


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The code object and those of all functions defined in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
