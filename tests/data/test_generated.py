"""The generators of points: determined by their seed, true to their words."""

import numpy as np
import pytest

from course_tools.data.rebuild import differences, facts_of
from shared_utils import data
from shared_utils.data import read_manifest

GENERATORS = {name: record for name, record in read_manifest().items() if record["kind"] == "points"}


@pytest.fixture(params=GENERATORS)
def make(request):
    return getattr(data, GENERATORS[request.param]["generator"])


@pytest.mark.parametrize("name", GENERATORS)
def test_default_points_are_the_recorded_ones_on_every_machine(name):
    points = getattr(data, GENERATORS[name]["generator"])()._asdict()
    found = facts_of({key: np.round(array, 6) + 0 for key, array in points.items()})
    assert differences(GENERATORS[name], {"arrays": found}) == []


def test_arguments_determine_the_points_and_nothing_else_does(make):
    first = make(m=50, noise=0.1, seed=3)
    np.random.seed(1)
    again, other = make(m=50, noise=0.1, seed=3), make(m=50, noise=0.1, seed=4)
    np.testing.assert_array_equal(first.X, again.X)
    np.testing.assert_array_equal(first.Y, again.Y)
    assert not np.array_equal(first.X, other.X)


def test_the_global_generator_is_left_alone(make):
    np.random.seed(7)
    expected = np.random.rand()
    np.random.seed(7)
    make()
    assert np.random.rand() == expected


@pytest.mark.parametrize("m", [1, 2, 7, 200])
def test_shapes_and_dtypes(make, m):
    X, Y = make(m=m)
    assert (X.shape, X.dtype, Y.shape, Y.dtype) == ((2, m), np.float64, (1, m), np.int64)


def test_any_stretch_holds_all_classes_about_alike(make):
    Y = make(m=2000).Y[0]
    for stretch in np.array_split(Y, 10):
        share = np.bincount(stretch) / len(stretch)
        assert np.abs(share - 1 / len(share)).max() < 0.15


@pytest.mark.parametrize("wrong", [{"m": 0}, {"m": -3}, {"noise": -0.1}])
def test_impossible_arguments_are_refused(make, wrong):
    with pytest.raises(ValueError, match="at least 1, noise not negative"):
        make(**wrong)


def test_without_noise_the_points_lie_on_their_curves():
    (x, y), Y = data.make_moons(m=100, noise=0)
    on_upper, on_lower = np.hypot(x, y), np.hypot(x - 1, y - 0.5)
    np.testing.assert_allclose(np.where(Y[0] == 0, on_upper, on_lower), 1)
    assert (y[Y[0] == 0] >= 0).all() and (y[Y[0] == 1] <= 0.5).all()
    X, Y = data.make_circles(m=100, noise=0)
    np.testing.assert_allclose(np.linalg.norm(X, axis=0), np.where(Y[0] == 0, 1, 0.5))


@pytest.mark.parametrize("classes", [1, 2, 5])
def test_each_spiral_is_another_one_turned(classes):
    X, Y = data.make_spirals(m=100 * classes, noise=0, classes=classes)
    assert np.bincount(Y[0]).tolist() == classes * [100]
    radius, angle = np.linalg.norm(X, axis=0), np.arctan2(X[1], X[0])
    turns = (angle / (2 * np.pi) - radius - Y[0] / classes) % 1
    np.testing.assert_allclose(np.minimum(turns, 1 - turns), 0, atol=1e-9)


@pytest.mark.parametrize("petals", [2, 6, 10])
def test_petals_alternate(petals):
    X, Y = data.make_flower(m=500, noise=0, petals=petals)
    petal = np.rint(np.arctan2(X[1], X[0]) / (2 * np.pi) * petals).astype(int)
    np.testing.assert_array_equal(petal % 2, Y[0])
    assert np.linalg.norm(X, axis=0).max() <= 1


@pytest.mark.parametrize("petals", [0, 5, -2])
def test_odd_petals_are_refused(petals):
    with pytest.raises(ValueError, match="even"):
        data.make_flower(petals=petals)


def test_football_without_noise_is_decided_by_the_line_and_with_it_by_chance_near_the_line():
    (along, across), Y = data.make_football(m=5000, noise=0)
    line = 52.5 + 16 * np.sin(2 * np.pi * across / 68)
    np.testing.assert_array_equal(Y[0], along < line)
    (along, across), Y = data.make_football(m=5000)
    wrong = Y[0] != (along < 52.5 + 16 * np.sin(2 * np.pi * across / 68))
    distance = np.abs(along - 52.5 - 16 * np.sin(2 * np.pi * across / 68))
    assert 0.03 < wrong.mean() < 0.12
    assert abs(wrong[(distance > 3) & (distance < 5)].mean() - 0.27) < 0.06


def test_noise_is_the_recorded_one_and_determined_by_its_seed():
    record = read_manifest()["noise"]
    assert differences(record, {"arrays": facts_of({"wave": data.make_noise().wave})}) == []
    np.testing.assert_array_equal(data.make_noise(1, seed=3).wave, data.make_noise(1, seed=3).wave)
    assert not np.array_equal(data.make_noise(1, seed=3).wave, data.make_noise(1, seed=4).wave)


@pytest.mark.parametrize("seconds", [0.001, 1, 12.5])
def test_noise_lasts_as_long_as_asked(seconds):
    noise = data.make_noise(seconds)
    assert (noise.wave.shape, noise.wave.dtype, noise.rate) == ((round(8000 * seconds),), np.int16, 8000)
    assert np.abs(noise.wave).max() <= 12 * 120


def test_noise_has_about_the_same_power_in_each_octave():
    power = np.abs(np.fft.rfft(data.make_noise(60).wave.astype(float))) ** 2
    hertz = np.fft.rfftfreq(60 * 8000, 1 / 8000)
    octaves = [power[(low <= hertz) & (hertz < 2 * low)].sum() for low in (31.25, 62.5, 125, 250, 500, 1000)]
    assert max(octaves) < 2 * min(octaves)


def test_noise_without_length_is_refused():
    with pytest.raises(ValueError, match="positive"):
        data.make_noise(0)
