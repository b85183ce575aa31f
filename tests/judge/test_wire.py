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


ARRAYS = [
    np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    np.arange(12, dtype=np.int8).reshape(3, 4)[:, ::2],
    np.zeros((0, 3), np.float32),
    np.array(2.5),
    np.array(["李雷", "a"]),
    np.array([b"x", b"yz"]),
    np.array(["2026-01-31", "NaT"], dtype="datetime64[D]"),
    np.array([1 + 2j, 3], dtype=np.complex64),
    np.array([[True], [False]]),
    np.arange(3, dtype=">i4"),
    np.broadcast_to(np.float64(1), (2, 2)),
    np.ones(32 * [1]),
]


@pytest.mark.parametrize("array", ARRAYS, ids=lambda array: f"{array.dtype}{array.shape[:3]}")
def test_an_array_arrives_with_its_type_its_values_and_its_layout(array):
    arrived = wire.unpack(wire.pack(array))
    assert arrived.dtype == array.dtype and arrived.tobytes() == array.tobytes()
    np.testing.assert_array_equal(arrived, array)
    if array.size:
        for flag in ("c_contiguous", "f_contiguous", "writeable"):
            assert getattr(arrived.flags, flag) == getattr(array.flags, flag), flag


def test_an_array_that_arrived_shares_no_memory_with_the_message():
    data = wire.pack(np.zeros(3))
    wire.unpack(data)[0] = 1
    assert wire.unpack(data).tolist() == [0, 0, 0]


FORGED = [
    *(b"<f8 - 3\n", b"<f8 - 3\n" + bytes(25), b"<f8 - -1 -3\n" + bytes(24), b"<f8 - x\n", b"<f8\n", b"\n", b"<f8 - 1"),
    *(b"|O - 1\n" + bytes(8), b"f8,f8 - 1\n" + bytes(16), b"|S0 - 2000000000\n", b"|V8 - 1\n" + bytes(8)),
    *(b"<f8 Q 1\n" + bytes(8), b"\xff - 1\n", b"<f8 -" + b" " * 3000 + b"1\n" + bytes(8)),
    b"|u1 - " + b"1 " * 70 + b"\n1",
]


@pytest.mark.parametrize("content", FORGED)
def test_a_forged_array_is_refused(content):
    for code in (wire.ARRAY, wire.SCALAR):
        with pytest.raises(wire.Forged):
            wire.unpack(wire.msgpack.packb(wire.msgpack.ExtType(code, content)))


def test_what_is_no_plain_data_is_refused():
    for value in ({object()}, np.array([1, None]), np.array([1.5, "a"], dtype=object)):
        with pytest.raises(wire.NotPlain):
            wire.pack(value)


def test_an_array_of_string_objects_is_one_of_strings():
    arrived = wire.unpack(wire.pack(np.array(["O", "B-地名"], dtype=object)))
    assert arrived.tolist() == ["O", "B-地名"]


def test_packing_may_pack_meanwhile():
    def refer(value):
        return [wire.pack([value.imag, (1,)], refer)] if isinstance(value, complex) else None

    value = [1.5, 2j, (3j, "a"), 2j]
    expected = [1.5, [2.0, (1,)], ([3.0, (1,)], "a"), [2.0, (1,)]]
    assert wire.unpack(wire.pack(value, refer), lambda arrived: wire.unpack(arrived[0])) == expected


def test_what_could_not_be_packed_leaves_nothing_behind():
    for _ in range(2):
        with pytest.raises(wire.NotPlain):
            wire.pack([np.arange(1000.0), (1, object())])
        assert wire.unpack(wire.pack([1, (2, "a")])) == [1, (2, "a")]


def test_no_large_buffer_is_kept():
    wire._idle.cache_clear()
    wire.pack([1.5])
    assert len(wire._idle(wire.nothing, 0)) == 1
    wire.pack(bytes(wire.LARGE))
    assert not wire._idle(wire.nothing, 0)
