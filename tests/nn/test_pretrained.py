"""The pretrained networks on the course's own pictures: they name, find and tell apart what anyone can see in them."""

import numpy as np
import pytest

from shared_utils import data
from shared_utils.nn.boxes import iou
from shared_utils.pretrained import face_detector, face_embedding, pnet, squeezenet

# Drawn by hand on the picture: from the hair on her forehead to her chin, from cheek to cheek.
FACE = np.array([134, 57, 203, 134])
WITHOUT_FACES = ["cat", "coffee", "dahlia", "pagoda", "rocket", "starry_night"]
PARAMETERS = {"squeezenet": 1_235_496, "face_detector": 193_321, "face_embedding": 5_614_592, "pnet": 6_632}


@pytest.fixture(scope="module")
def weights():
    return {name: data.load_weights(name) for name in PARAMETERS}


# The weights


def test_weights_are_float32_and_all_there(weights):
    for name, count in PARAMETERS.items():
        arrays = weights[name].values()
        assert {type(key) for key in weights[name]} == {str}
        assert {array.dtype for array in arrays} == {np.dtype("float32")}
        assert sum(array.size for array in arrays) == count
        assert all(np.isfinite(array).all() and array.std() > 0 for array in arrays if array.size > 1)


def test_shapes_are_those_of_filters_and_biases(weights):
    assert weights["squeezenet"]["fire5/expand3x3/W"].shape == (3, 3, 32, 128)
    assert weights["face_detector"]["conv3/depthwise"].shape == (3, 3, 64, 1)
    assert weights["face_detector"]["conv8/b"].shape == (25,)
    assert weights["face_embedding"]["fc"].shape == (256, 128)
    assert weights["pnet"]["conv2/slope"].shape == (16,)


@pytest.mark.parametrize("name", ["resnet", "networks/pnet", ""])
def test_unknown_network_lists_the_known_ones(name):
    with pytest.raises(ValueError, match="face_detector, face_embedding, pnet, squeezenet"):
        data.load_weights(name)


def test_classes_are_those_of_the_file():
    with data.files.open_h5("networks/squeezenet.h5") as h5:
        assert h5["classes"][()].astype(str).tolist() == data.class_names("squeezenet")


# SqueezeNet


@pytest.mark.parametrize(
    ("photo", "names"),
    [
        ("cat", {"tabby", "tiger cat", "Egyptian cat"}),
        ("coffee", {"espresso", "cup"}),
        ("pagoda", {"stupa", "bell cote"}),
    ],
)
def test_squeezenet_names_the_thing(weights, photo, names):
    image = data.load_photo(photo)[np.newaxis]
    probabilities = squeezenet.activations(image, weights["squeezenet"])["probabilities"]
    assert probabilities.shape == (1, 1000)
    np.testing.assert_allclose(probabilities.sum(), 1, rtol=1e-5)
    top = np.argsort(-probabilities[0])[:5]
    assert names <= {data.class_names("squeezenet")[label] for label in top}


def test_squeezenet_returns_any_layer(weights):
    image = data.load_photo("cat")[:, :300]
    kept = squeezenet.activations(np.stack([image, image[:, ::-1]]), weights["squeezenet"], squeezenet.LAYERS)
    assert list(kept) == list(squeezenet.LAYERS)
    shapes = {layer: kept[layer].shape for layer in ("conv1", "fire2", "fire5", "fire9", "conv10")}
    assert shapes == {
        "conv1": (2, 128, 150, 64),
        "fire2": (2, 63, 74, 128),
        "fire5": (2, 31, 36, 256),
        "fire9": (2, 15, 17, 512),
        "conv10": (2, 15, 17, 1000),
    }
    assert all(a.dtype == np.float32 and a.min() >= 0 for a in kept.values())
    smallest = squeezenet.activations(image[np.newaxis, :32, :32], weights["squeezenet"])
    assert smallest["probabilities"].shape == (1, 1000)
    alone = squeezenet.activations(image[np.newaxis], weights["squeezenet"], ["fire5"])
    assert list(alone) == ["fire5"]
    np.testing.assert_allclose(alone["fire5"][0], kept["fire5"][0], atol=1e-3)


def test_squeezenet_lists_its_layers(weights):
    with pytest.raises(ValueError, match="^there is no layer fire1, only conv1, pool1, fire2"):
        squeezenet.activations(np.zeros((1, 64, 64, 3)), weights["squeezenet"], ["fire1", "fire2"])


# The face detector


def test_detector_finds_the_astronauts_face(weights):
    boxes, scores = face_detector.detect(data.load_photo("astronaut"), weights["face_detector"])
    assert boxes.shape == (1, 4) and scores[0] > 0.9
    assert iou(FACE, boxes)[0] >= 0.6


@pytest.mark.parametrize("size", [(300, 384), (384, 250)])
def test_detector_finds_it_in_pictures_that_are_not_square(weights, size):
    image = data.load_photo("astronaut")[: size[0], : size[1]]
    boxes, _ = face_detector.detect(image, weights["face_detector"])
    assert len(boxes) == 1 and iou(FACE, boxes)[0] >= 0.6


@pytest.mark.parametrize("photo", WITHOUT_FACES)
def test_detector_finds_nothing_where_there_is_no_face(weights, photo):
    boxes, scores = face_detector.detect(data.load_photo(photo), weights["face_detector"], least=0.2)
    assert boxes.shape == (0, 4) and scores.shape == (0,)


def test_raw_grid_is_decoded_by_the_formulas_of_yolo(weights):
    grid = face_detector.raw_grid(data.load_photo("astronaut"), weights["face_detector"])
    assert (grid.shape, grid.dtype) == ((13, 13, 25), np.float32)
    boxes, scores = face_detector.decode(grid, longer_side=384)
    assert (boxes.shape, scores.shape) == ((845, 4), (845,))
    for row, column, anchor in [(0, 12, 4), (3, 5, 1), (11, 2, 3)]:
        t = grid[row, column, 5 * anchor : 5 * anchor + 5].astype(float)
        x, y = ((place + 1 / (1 + np.exp(-t[k]))) * 384 / 13 for k, place in enumerate((column, row)))
        width, height = np.exp(t[2:4]) * face_detector.ANCHORS[anchor] * 384 / 13
        number = (13 * row + column) * 5 + anchor
        corners = [x - width / 2, y - height / 2, x + width / 2, y + height / 2]
        np.testing.assert_allclose(boxes[number], corners, rtol=1e-4, atol=1e-3)
        np.testing.assert_allclose(scores[number], 1 / (1 + np.exp(-t[4])), rtol=1e-4)


# The face embedding


def crops_of_faces(X, weights):
    """Cuts each grey picture (56, 46, 1) to the box that the detector likes best, after adding a margin it needs."""
    margin = 112
    for x in X:
        image = np.pad(np.repeat(x, 3, axis=-1), ((margin, margin), (margin, margin), (0, 0)))
        boxes, scores = face_detector.decode(face_detector.raw_grid(image, weights), max(image.shape))
        yield face_embedding.crop(image, boxes[scores.argmax()])


def area_under_roc(alike, different):
    """The probability that a pair of one person is nearer than a pair of two."""
    return (np.searchsorted(np.sort(alike), different, side="left").mean()) / len(alike)


def test_embedding_tells_the_people_apart_whom_no_threshold_has_seen(weights):
    crops = np.stack(list(crops_of_faces(data.load_faces().X_test, weights["face_detector"])))
    points = np.concatenate([face_embedding.embed(crops[[k]], weights["face_embedding"]) for k in range(len(crops))])
    assert (points.shape, points.dtype) == ((100, 128), np.float32)
    distances = np.linalg.norm(points[:, np.newaxis] - points, axis=-1)
    first, second = np.triu_indices(100, k=1)
    alike = first // 10 == second // 10
    pairs = distances[first, second]
    assert area_under_roc(pairs[alike], pairs[~alike]) >= 0.99
    # The threshold that its author names.
    assert ((pairs < 0.6) == alike).mean() >= 0.95


def test_a_batch_of_faces_is_embedded_as_each_alone(weights):
    faces = np.stack([data.load_photo(photo)[50:200, 50:200] for photo in ("astronaut", "cat")])
    together = face_embedding.embed(faces, weights["face_embedding"])
    alone = [face_embedding.embed(faces[[k]], weights["face_embedding"])[0] for k in range(2)]
    np.testing.assert_allclose(together, alone, atol=1e-4)


# P-Net


def test_pnet_proposes_the_astronauts_face(weights):
    boxes, scores = pnet.propose(data.load_photo("astronaut"), weights["pnet"])
    assert iou(FACE, boxes[:1])[0] >= 0.6 and scores[0] > 0.99
    assert (np.diff(scores) <= 0).all() and 20 < len(boxes) < 200
    assert max(iou(box, np.delete(boxes, k, axis=0)).max() for k, box in enumerate(boxes)) <= 0.7


def test_pnet_looks_at_each_window_alone(weights):
    image = data.load_photo("astronaut")[40:100:2, 120:210:2]
    faces, shifts = pnet.maps(image, weights["pnet"])
    # Of 45 columns the last window sees 11, where the pooling fills up.
    assert (faces.shape, shifts.shape) == ((10, 18), (10, 18, 4))
    assert faces.min() >= 0 and faces.max() <= 1
    for row, column in [(0, 0), (4, 7), (9, 16)]:
        window = image[2 * row : 2 * row + 12, 2 * column : 2 * column + 12]
        face, shift = pnet.maps(window, weights["pnet"])
        np.testing.assert_allclose(face[0, 0], faces[row, column], rtol=1e-4)
        np.testing.assert_allclose(shift[0, 0], shifts[row, column], atol=1e-4)


def test_pnet_proposes_nothing_in_a_picture_of_one_grey(weights):
    boxes, scores = pnet.propose(np.full((60, 90, 3), 128, dtype=np.uint8), weights["pnet"])
    assert boxes.shape == (0, 4) and scores.shape == (0,)
