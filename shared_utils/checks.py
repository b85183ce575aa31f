"""What the check cells of the lessons are made of.

A check fails with CheckFailed and one line: what was called, what was expected, what came, the likely cause.
It looks in this order: still a stub, kind, shape, finite, value. No message prints the whole answer.
"""

import contextlib
import copy
import functools
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from types import CodeType, TracebackType
from typing import Any

import numpy as np

from shared_utils import causes, words

_passed = 0


class CheckFailed(AssertionError):
    """An answer is wrong; the message says how. Jupyter shows the message alone, without the stack of calls."""

    def _render_traceback_(self) -> list[str]:
        return [f"CheckFailed: {self}"]


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
        global _passed
        _passed = 0
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
            print(f"{self.name}: {_passed} check{'s' if _passed != 1 else ''} passed")

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


def that(condition: bool, message: str) -> None:
    """Fails with `message` unless `condition` holds: for properties that no other check covers."""
    global _passed
    if not condition:
        raise CheckFailed(message)
    _passed += 1


def equal(what: str, actual: Any, expected: Any) -> None:
    """`actual` is exactly `expected`: numbers, strings, None, and lists, tuples and dicts of these."""
    if actual is None and expected is not None:
        raise CheckFailed(f"{what} returned None: is `return` missing?")
    if isinstance(actual, np.generic):
        actual = actual.item()
    try:
        same = bool(actual == expected) and words.container(actual) == words.container(expected)
    except ValueError:  # the truth of an array
        raise CheckFailed(f"{what}: expected {words.kind(expected)}, got {words.kind(actual)}") from None
    that(same, f"{what}: expected {words.brief(expected)}, got {words.brief(actual)}")


def shape(what: str, actual: Any, expected: tuple[int, ...]) -> None:
    """`actual` is a NumPy array (a number if `expected` is `()`) of numbers with the shape `expected`."""
    _array(what, actual, tuple(expected))
    that(True, "")


def close(
    what: str,
    actual: Any,
    expected: Any,
    *,
    m: int | None = None,
    rtol: float = 1e-6,
    atol: float = 1e-9,
    mistakes: Mapping[str, Any] | None = None,
) -> None:
    """`actual` has the shape of `expected` and its values within `atol + rtol * abs(expected)`.

    `m` is the number of examples, so that a missing or doubled 1/m is recognised; `mistakes` maps the words
    for a misconception to the value that it would give. Results in float32 or float16 are compared more loosely.
    """
    expected = np.asarray(expected)
    actual = _array(what, actual, expected.shape)
    if actual.dtype in (np.float16, np.float32):
        loose = (1e-4, 1e-6) if actual.dtype == np.float32 else (1e-2, 1e-3)
        rtol, atol = max(rtol, loose[0]), max(atol, loose[1])
    _finite(what, actual, expected)
    if np.allclose(actual, expected, rtol=rtol, atol=atol):
        that(True, "")
        return
    cause = _mistake(actual, mistakes, rtol, atol) or causes.of_value(actual, expected.astype(float), m, rtol)
    raise CheckFailed(f"{what}: {cause or words.worst(actual, expected, rtol, atol)}")


def gradient(
    what: str,
    function: Callable[[np.ndarray], float],
    derivative: Any,
    theta: Any,
    *,
    m: int | None = None,
    tolerance: float = 1e-6,
    mistakes: Mapping[str, Any] | None = None,
) -> None:
    """`derivative` is the gradient of `function` at `theta`, compared with central differences.

    Fails unless |derivative - numerical| / (|derivative| + |numerical|) is below `tolerance` (Euclidean norms);
    a right derivative gives about 1e-9 in float64. `function` takes an array like `theta` and returns a number; `m`
    and `mistakes` are those of `close`.
    """
    theta = np.asarray(theta, dtype=float)
    derivative = _array(what, derivative, theta.shape)
    numerical = _central_differences(function, theta)
    _finite(what, derivative, numerical)
    size = np.linalg.norm(derivative) + np.linalg.norm(numerical)
    difference = np.linalg.norm(derivative - numerical) / size if size else 0.0
    if difference < (1e-3 if derivative.dtype == np.float32 else tolerance):
        that(True, "")
        return
    cause = _mistake(derivative, mistakes, 1e-4, 1e-7) or causes.of_value(derivative, numerical, m, rtol=1e-4)
    raise CheckFailed(
        f"{what}: relative difference {difference:.1e} from the numerical gradient, "
        f"a right answer gives less than {tolerance:.0e}: {cause or words.worst(derivative, numerical, 1e-4, 1e-7)}"
    )


def raises(what: str, error: type[Exception], function: Callable, *arguments: Any) -> None:
    """Calling `function(*arguments)` raises `error` (bad input is refused, not answered)."""
    try:
        result = function(*arguments)
    except error:
        that(True, "")
    except NotImplementedError:
        raise
    except Exception as other:
        text = f": {other}" if str(other) else f"; write raise {error.__name__}(...)"
        raise CheckFailed(f"{what}: expected a {error.__name__}, got {type(other).__name__}{text}") from None
    else:
        raise CheckFailed(f"{what}: expected a {error.__name__}, got the answer {words.brief(result)}")


def unchanged(function: Callable, *arguments: Any) -> None:
    """`function(*arguments)` leaves its arguments as they were, and a second call gives the same answer."""
    before = copy.deepcopy(arguments)
    first = copy.deepcopy(function(*arguments))
    for number, (now, then) in enumerate(zip(arguments, before, strict=True)):
        if not _same(now, then):
            raise CheckFailed(words.in_place(function.__name__, words.argument(function, number)))
    again = function(*arguments)
    that(
        _same(first, again),
        f"{function.__name__} gives another answer when called again with the same arguments",
    )


def _array(what: str, value: Any, expected: tuple[int, ...]) -> np.ndarray:
    if value is None:
        raise CheckFailed(f"{what} returned None: is `return` missing?")
    if expected != () and not isinstance(value, np.ndarray | np.generic):
        raise CheckFailed(f"{what}: expected a NumPy array of shape {expected}, got {words.kind(value)}")
    try:
        array = np.asarray(value)
    except ValueError:
        raise CheckFailed(f"{what}: expected numbers, got {words.kind(value)}") from None
    if array.dtype.kind not in "biuf":
        raise CheckFailed(f"{what}: expected numbers, got {words.kind(value)}")
    if array.shape != expected:
        cause = causes.of_shape(array.shape, expected)
        wanted = f"shape {expected}" if expected else "a number"
        got = f"shape {array.shape}" if expected else words.kind(value)
        raise CheckFailed(f"{what}: expected {wanted}, got {got}" + (f": {cause}" if cause else ""))
    return array


def _finite(what: str, actual: np.ndarray, expected: np.ndarray) -> None:
    bad = ~np.isfinite(actual) & np.isfinite(expected)
    if bad.any():
        example = actual[bad].flat[0] if actual.shape else actual
        raise CheckFailed(
            f"{what}: {bad.sum()} of {bad.size} values not finite ({example}): overflow, log(0) or a division by 0?"
        )


def _mistake(actual: np.ndarray, mistakes: Mapping[str, Any] | None, rtol: float, atol: float) -> str | None:
    """The words for the misconception that gives exactly these values, if it is one of `mistakes`."""
    for misconception, variant in (mistakes or {}).items():
        if np.shape(variant) == actual.shape and np.allclose(actual, variant, rtol=rtol, atol=atol):
            return f"wrong value: {misconception}"
    return None


def _central_differences(function: Callable[[np.ndarray], float], theta: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    numerical = np.zeros_like(theta)
    for place in np.ndindex(theta.shape):
        step = np.zeros_like(theta)
        step[place] = eps
        numerical[place] = (float(function(theta + step)) - float(function(theta - step))) / (2 * eps)
    return numerical


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        both = isinstance(a, np.ndarray) and isinstance(b, np.ndarray)
        return both and a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, dict):
        return isinstance(b, dict) and a.keys() == b.keys() and all(_same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(_same, a, b))
    if isinstance(a, np.random.Generator) or callable(a):
        return True
    return bool(a == b) or (a != a and b != b)
