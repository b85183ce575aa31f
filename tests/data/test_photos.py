"""The photographs and the faces: sizes, no person on both sides."""

import numpy as np
import pytest

from shared_utils.data import load_faces, load_photo

SIZES = {
    "astronaut": (384, 384),
    "cat": (255, 384),
    "coffee": (256, 384),
    "dahlia": (256, 384),
    "pagoda": (256, 384),
    "rocket": (256, 384),
    "starry_night": (204, 256),
}


@pytest.mark.parametrize("name", SIZES)
def test_photo_is_in_colour_and_of_its_size(name):
    photo = load_photo(name)
    assert (photo.shape, photo.dtype) == ((*SIZES[name], 3), np.uint8)
    assert photo.std(axis=(0, 1)).min() > 20
    assert (photo.max(axis=2) > photo.min(axis=2)).mean() > 0.5


def test_photos_show_their_things():
    def mean_colour(name, rows, columns):
        return load_photo(name)[rows, columns].reshape(-1, 3).mean(axis=0)

    red, green, blue = mean_colour("astronaut", slice(210, 240), slice(60, 100))
    assert red > 200 and blue < 100  # her orange suit
    red, green, blue = mean_colour("pagoda", slice(0, 40), slice(200, 380))
    assert blue > red > 100  # the sky
    red, green, blue = mean_colour("dahlia", slice(100, 150), slice(130, 180))
    assert red > green > blue
    # The bare canvas around the painting is cut off: its edges are as dark and blue as the rest.
    painting = load_photo("starry_night")
    for edge in (painting[:2], painting[-2:], painting[:, :2], painting[:, -2:]):
        assert (edge.min(axis=2) > 150).mean() < 0.1


@pytest.mark.parametrize("name", ["dog", "../animals", "", "photos/cat"])
def test_unknown_photo_lists_the_known_ones(name):
    with pytest.raises(ValueError, match=", ".join(sorted(SIZES))):
        load_photo(name)


def test_faces_are_split_by_person():
    faces = load_faces()
    assert (faces.X_train.shape, faces.X_test.shape) == ((300, 56, 46, 1), (100, 56, 46, 1))
    assert faces.Y_train.tolist() == [[person for person in range(30) for _ in range(10)]]
    assert faces.Y_test.tolist() == [[person for person in range(30, 40) for _ in range(10)]]
    X = np.concatenate([faces.X_train, faces.X_test])
    assert X.dtype == np.uint8 and len({x.tobytes() for x in X}) == 400


def test_faces_of_one_person_are_more_alike_than_those_of_two():
    X = load_faces().X_test.reshape(100, -1).astype(float)
    squares = (X**2).sum(axis=1)
    distances = np.sqrt(np.maximum(squares[:, None] + squares - 2 * X @ X.T, 0))
    person = np.repeat(np.arange(10), 10)
    same = (person[:, None] == person) & ~np.eye(100, dtype=bool)
    assert distances[same].mean() < 0.8 * distances[person[:, None] != person].mean()
