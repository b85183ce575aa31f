"""The frame of an exercise's checks: a stub or an error becomes one line that says whose it is."""

import contextlib
import functools
import itertools
import re
import sys
import traceback
import warnings
from collections.abc import Callable
from types import TracebackType
from typing import Any

from shared_utils.checks import causes, reads, values, words
from shared_utils.checks.values import CheckFailed

DEEPEST = 5000  # calls in one another
TOLD, DIGITS = 100, 8  # characters of an error's text from a learner's process, and digits among them

# What NumPy says of a matrix product in the language of its authors.
GUFUNC = re.compile(r", (with gufunc|gufunc core with) signature \S+")

# What became of each exercise's checks in this process, and of which function.
_VERDICTS: dict[str, tuple[Any, bool]] = {}


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
        # A loop over the steps may also be written as a function that calls itself.
        self._limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(DEEPEST, self._limit))
        caller = sys._getframe(1)
        self._globals, self._own = caller.f_globals, {id(code) for code in reads.codes(caller.f_code)}
        self._before, self._returned = dict(self._globals), None
        self._looked = False
        function = self._globals.get(self.name)
        if isinstance(function, type):
            self._look(function)
        elif callable(function):
            self._globals[self.name] = self._noted(function)
        self._context = contextlib.ExitStack()
        self._context.enter_context(warnings.catch_warnings())
        self._context.enter_context(contextlib.redirect_stderr(sys.stdout))
        warnings.simplefilter("ignore")

    def __exit__(self, kind: type | None, error: BaseException | None, stack: TracebackType | None) -> None:
        self._context.close()
        sys.setrecursionlimit(self._limit)
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
        if isinstance(error, Exception):
            told = str(error) if isinstance(error, CheckFailed) else f"{self.name}: {self._told(error, stack)}"
            _VERDICTS[self.name] = (self._before.get(self.name), False)
            raise CheckFailed(told + self._blamed()) from None
        if error is None:
            _VERDICTS[self.name] = (self._before.get(self.name), True)
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
        text = " ".join(GUFUNC.sub("", str(error)).split())
        if hasattr(error, "origin"):
            text = _short(text)
        return f"{call or ''}{type(error).__name__}: {text}{where}" + (f": {cause}" if cause else "")

    def _look(self, function: Callable) -> None:
        """Raises CheckFailed if the answer reads a variable of the notebook, which may not be there, or be another."""
        self._looked = True
        if (getattr(function, "__module__", None) or "").startswith("shared_utils."):
            raise CheckFailed(f"{self.name} comes from {function.__module__}, which holds it ready: write it yourself")
        if found := reads.told(function):
            raise CheckFailed(
                f"{self.name} reads the variable {found[0]} of the notebook; it must work with its arguments alone"
            )

    def _blamed(self) -> str:
        """Which exercise that this one uses has failed its own check, as far as one has been run; empty if none."""
        for name in reads.functions_used(self._before.get(self.name)):
            function, passed = _VERDICTS.get(name, (None, True))
            if not passed and name != self.name and function is self._before.get(name):
                return f" ({self.name} uses {name}, whose own check failed: mend that first)"
        return ""

    def _noted(self, function: Callable) -> Callable:
        """The function, which notes what it returned; its errors hold in `call` what it was called with."""

        @functools.wraps(function)
        def call(*arguments: Any, **named: Any) -> Any:
            self._returned = None
            if not self._looked:
                self._look(function)
            try:
                answer = function(*arguments, **named)
            except Exception as error:
                error.call = words.call(function, arguments, named)
                raise
            self._returned = arguments, named, answer
            return answer

        return call


def _short(text: str) -> str:
    """What an error in the learner's process may say of itself: an answer could put hidden arguments into it."""
    text = "".join(letter for letter in text if letter.isprintable())[:TOLD]
    digits = itertools.count(1)
    return "".join("#" if letter.isdigit() and next(digits) > DIGITS else letter for letter in text)
