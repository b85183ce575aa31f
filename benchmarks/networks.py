"""How long each pretrained network takes for a picture: `python benchmarks/networks.py` prints a table."""

import time
from collections.abc import Callable

import numpy as np

from shared_utils import data
from shared_utils.pretrained import face_detector, face_embedding, pnet, squeezenet
from shared_utils.pretrained.resize import resized

REPEATS = 7


def best_of(run: Callable[[], object]) -> float:
    """The seconds of the quickest of a few runs: the others waited for something else."""
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main() -> None:
    photo = data.load_photo("astronaut")
    networks = ("squeezenet", "face_detector", "face_embedding", "pnet")
    weights = {name: data.load_weights(name) for name in networks}
    square = resized(photo, 227, 227)[np.newaxis]
    boxes, _ = face_detector.detect(photo, weights["face_detector"])
    face = face_embedding.crop(photo, boxes[0])[np.newaxis]
    runs = {
        "squeezenet": ("names a picture of 227 px", lambda w: squeezenet.activations(square, w)),
        "face_detector": ("finds the faces in 384 px", lambda w: face_detector.detect(photo, w)),
        "face_embedding": ("embeds a face of 150 px", lambda w: face_embedding.embed(face, w)),
        "pnet": ("proposes boxes in 384 px", lambda w: pnet.propose(photo, w)),
    }
    print(f"{'network':<16}{'what it does':<28}{'parameters':>12}{'load':>10}{'run':>10}")
    for name in networks:
        work, run = runs[name]
        size = sum(array.size for array in weights[name].values())
        load = best_of(lambda name=name: data.load_weights(name))
        seconds = best_of(lambda run=run, name=name: run(weights[name]))
        print(f"{name:<16}{work:<28}{size:>12,}{load:>8.3f} s{seconds:>8.3f} s")


if __name__ == "__main__":
    main()
