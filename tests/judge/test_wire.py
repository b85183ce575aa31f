"""Plain data that cross between a check and an answer arrive as they were sent."""

import numpy as np
import pytest

from course_tools.judge import wire

VALUES = [
    {"a", "b"},
    frozenset({"a", "b"}),
    {frozenset({"a", "b"}): 1.5, frozenset(): 2},
    {(1, "a"): {2, 3.5, "x"}},
    {10**30, -1, None, "李雷", b"bytes", True},
    [set(), frozenset(), (), [], {}],
    range(3),
    slice(1, None, 2),
    1 + 2j,
]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_arrives_as_it_was_sent(value):
    arrived = wire.unpack(wire.pack(value))
    assert arrived == value and type(arrived) is type(value)


def test_equal_sets_are_equal_bytes_whatever_their_history():
    words = [f"word {number}" for number in range(200)]
    grown = set(words[::-1])
    for word in words[:150]:
        grown.discard(word)
    for word in words[:150]:
        grown.add(word)
    assert wire.pack(grown) == wire.pack(set(words)) == wire.pack(wire.unpack(wire.pack(grown)))
    assert wire.pack(frozenset(words)) != wire.pack(set(words))


def test_arrays_keep_their_layout():
    array = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    arrived = wire.unpack(wire.pack(array))
    assert arrived.flags.f_contiguous and not arrived.flags.c_contiguous
    np.testing.assert_array_equal(arrived, array)


def test_what_is_no_plain_data_is_refused():
    for value in ({object()}, np.array([1, None]), np.array([1.5, "a"], dtype=object)):
        with pytest.raises(wire.NotPlain):
            wire.pack(value)


def test_an_array_of_string_objects_is_one_of_strings():
    arrived = wire.unpack(wire.pack(np.array(["O", "B-地名"], dtype=object)))
    assert arrived.tolist() == ["O", "B-地名"]
