"""Comparing what an answer gives with what it should: kind, shape, finite, value, in this order.

A check fails with CheckFailed and one line: what was called, what was expected, what came, the likely cause.
No message prints the whole answer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from shared_utils.checks import causes, words

# How many checks have passed since the frame of an exercise was entered.
passed = 0


class CheckFailed(AssertionError):
    """An answer is wrong; the message says how. Jupyter shows the message alone, without the stack of calls."""

    def _render_traceback_(self) -> list[str]:
        return [f"CheckFailed: {self}"]


def that(condition: bool, message: str) -> None:
    """Fails with `message` unless `condition` holds: for properties that no other check covers."""
    global passed
    if not condition:
        raise CheckFailed(message)
    passed += 1


def equal(what: str, actual: Any, expected: Any) -> None:
    """`actual` is exactly `expected`: numbers, strings, None, and lists, tuples and dicts of these."""
    if actual is None and expected is not None:
        raise CheckFailed(f"{what}: expected {words.brief(expected)}, got None: is `return` missing?")
    if isinstance(actual, np.generic):
        actual = actual.item()
    try:
        same = bool(actual == expected) and words.container(actual) == words.container(expected)
    except ValueError:  # the truth of an array
        raise CheckFailed(f"{what}: expected {words.kind(expected)}, got {words.kind(actual)}") from None
    that(same, f"{what}: expected {words.brief(expected)}, got {words.brief(actual)}")


def whole(what: str, *numbers: Any) -> None:
    """Each of `numbers` is a whole number, as sizes and counts are: not 3.0, nor True."""
    for number in numbers:
        is_whole = isinstance(number, int | np.integer) and not isinstance(number, bool)
        that(is_whole, f"{what}: got {words.brief(number)}, expected a whole number")


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
    for a misconception to the value that it would give. Results in float32 or float16 are compared more loosely,
    unless exact ones are asked for.
    """
    expected = np.asarray(expected)
    actual = _array(what, actual, expected.shape)
    if actual.dtype in (np.float16, np.float32) and (rtol or atol):
        loose = (1e-4, 1e-6) if actual.dtype == np.float32 else (1e-2, 1e-3)
        rtol, atol = max(rtol, loose[0]), max(atol, loose[1])
    if _near(actual, expected, rtol, atol):
        # Floats, which _near makes of whole numbers, have 53 bits.
        if actual.dtype.kind in "iu" and not (rtol or atol) and not np.array_equal(actual, expected):
            raise CheckFailed(f"{what}: the last digits of large whole numbers are lost: were they floats on the way?")
        that(True, "")
        return
    _finite(what, actual, expected)
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


def gradients(
    what: str,
    function: Callable[[dict[str, np.ndarray]], float],
    grads: Any,
    parameters: Mapping[str, np.ndarray],
    *,
    m: int | None = None,
) -> None:
    """`grads` holds for each key of `parameters` the gradient of `function` under "d" + key, as `gradient` compares it.

    `function` takes a dict like `parameters` and returns a number.
    """
    keys(what, grads, [f"d{key}" for key in parameters])
    for key, theta in parameters.items():
        gradient(f"d{key} of {what}", lambda t, key=key: function({**parameters, key: t}), grads[f"d{key}"], theta, m=m)


def results(what: str, answer: Any, names: Sequence[str]) -> list:
    """The results of an answer that returns several, `names` in its docstring: a tuple, a list, or a row."""
    wanted = ", ".join(names)
    if answer is None:
        raise CheckFailed(f"{what} returned None: is `return` missing?")
    if not isinstance(answer, tuple | list) and np.shape(answer) != (len(names),):
        raise CheckFailed(f"{what}: expected a tuple of {len(names)} results ({wanted}), got {words.kind(answer)}")
    if len(answer) != len(names):
        raise CheckFailed(f"{what}: expected a tuple of {len(names)} results ({wanted}), got {len(answer)}")
    return list(answer)


def keys(what: str, answer: Any, wanted: Iterable[Any]) -> None:
    """`answer` is a dict that has the keys `wanted`; it may have more."""
    wanted = list(wanted)
    if answer is None:
        raise CheckFailed(f"{what} returned None: is `return` missing?")
    if not isinstance(answer, Mapping):
        raise CheckFailed(f"{what}: expected a dict with the keys {_listed(wanted)}, got {words.kind(answer)}")
    if missing := [key for key in wanted if key not in answer]:
        there = f"the keys {_listed(list(answer))}" if answer else "no keys"
        raise CheckFailed(f"{what}: the dict has no key {missing[0]!r}; it has {there}")


def _listed(names: Sequence[Any]) -> str:
    shown = [repr(name) for name in names[:8]]
    return ", ".join(shown + ["…"] * (len(names) > 8))


def length(what: str, answer: Any, wanted: int) -> None:
    """`answer` is a list (a tuple or an array will do) of so many entries."""
    if answer is None:
        raise CheckFailed(f"{what} returned None: is `return` missing?")
    if not isinstance(answer, list | tuple) and not (isinstance(answer, np.ndarray) and answer.ndim):
        raise CheckFailed(f"{what}: expected a list of {wanted} entries, got {words.kind(answer)}")
    if len(answer) != wanted:
        raise CheckFailed(f"{what}: expected {wanted} entries, got {len(answer)}")


def number_type(what: str, answer: Any, expected: np.ndarray) -> None:
    """`answer` holds no truth values, unless `expected` does."""
    if not isinstance(answer, np.ndarray | np.generic | int | float):
        return
    dtype = np.asarray(answer).dtype
    if dtype.kind == "b" and expected.dtype.kind != "b":
        raise CheckFailed(f"{what}: expected numbers, got True and False; multiply by 1, or use .astype(int)")


def raises(what: str, error: type[Exception], function: Callable, *arguments: Any) -> None:
    """Calling `function(*arguments)` raises `error` (bad input is refused, not answered)."""
    wanted = f"{'an' if error.__name__[0] in 'AEIOU' else 'a'} {error.__name__}"
    try:
        result = function(*arguments)
    except error:
        that(True, "")
    except NotImplementedError:
        raise
    except Exception as other:
        text = f": {other}" if str(other) else f"; write raise {error.__name__}(...)"
        raise CheckFailed(f"{what}: expected {wanted}, got {type(other).__name__}{text}") from None
    else:
        raise CheckFailed(f"{what}: expected {wanted}, got the answer {words.brief(result)}")


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
        if np.shape(variant) == actual.shape and _near(actual, np.asarray(variant), rtol, atol):
            return f"wrong value: {misconception}"
    return None


def _near(actual: np.ndarray, expected: np.ndarray, rtol: float, atol: float) -> bool:
    """What `np.allclose` says where NaN equals NaN, in a quarter of its time for finite numbers that are near."""
    expected = expected.astype(float)
    with np.errstate(all="ignore"):
        near = np.abs(actual - expected) <= atol + rtol * np.abs(expected)
    if near.all() and np.isfinite(expected).all():
        return True
    return bool(np.allclose(actual, expected, rtol=rtol, atol=atol, equal_nan=True))


def _central_differences(function: Callable[[np.ndarray], float], theta: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    numerical = np.zeros_like(theta)
    for place in np.ndindex(theta.shape):
        step = np.zeros_like(theta)
        step[place] = eps
        numerical[place] = (float(function(theta + step)) - float(function(theta - step))) / (2 * eps)
    return numerical


def same(a: Any, b: Any) -> bool:
    """Whether two values are the same, bit for bit, in all their parts."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        both = isinstance(a, np.ndarray) and isinstance(b, np.ndarray)
        if not both or a.dtype != b.dtype or a.shape != b.shape:
            return False
        return same(a.tolist(), b.tolist()) if a.dtype == object else a.tobytes() == b.tobytes()
    if isinstance(a, dict):
        return isinstance(b, dict) and a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        # By kind, not by class: a namedtuple may be of another class in each call.
        return words.container(a) == words.container(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, np.random.Generator) or callable(a):
        return True
    return bool(a == b) or (a != a and b != b)
