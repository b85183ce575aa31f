"""How long the networks take: `OPENBLAS_NUM_THREADS=1 python benchmarks/networks.py` prints two tables.

The first is for the pretrained networks, the second for a convolutional layer and its backward pass, beside PyTorch's
where it is installed (`pip install torch`; nothing in the course needs it).
"""

import importlib.util
import time
from collections.abc import Callable

import numpy as np

from shared_utils import data
from shared_utils.nn.conv import conv_forward_fast
from shared_utils.nn.conv_backward import conv_backward
from shared_utils.pretrained import face_detector, face_embedding, pnet, squeezenet
from shared_utils.pretrained.resize import resized

REPEATS = 7
PICTURES = 64
LAYERS = ((28, 1, 8, 3), (28, 1, 6, 5), (14, 8, 16, 3), (14, 32, 32, 3), (56, 16, 32, 3))


def best_of(run: Callable[[], object]) -> float:
    """The seconds of the quickest of a few runs: the others waited for something else."""
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def pretrained() -> None:
    """Prints the seconds of each pretrained network."""
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


def convolution() -> None:
    """Prints the milliseconds of a "same" convolution and its backward pass, for batches of float32 pictures."""
    torch = _torch()
    print(f"\n{'n_H = n_W':>10}{'n_C_prev':>10}{'n_C':>6}{'f':>4}{'forward':>12}{'backward':>12}", end="")
    print(f"{'of PyTorch, forward and backward':>36}" if torch else "   (PyTorch is not installed)")
    rng = np.random.default_rng(0)
    for n, n_C_prev, n_C, f in LAYERS:
        A_prev, W, dZ = (
            rng.standard_normal(shape, dtype=np.float32)
            for shape in ((PICTURES, n, n, n_C_prev), (f, f, n_C_prev, n_C), (PICTURES, n, n, n_C))
        )
        b, pad = np.zeros(n_C, dtype=np.float32), f // 2
        ours = [
            best_of(lambda A=A_prev, W=W, b=b, pad=pad: conv_forward_fast(A, W, b, 1, pad)),
            best_of(lambda dZ=dZ, A=A_prev, W=W, pad=pad: conv_backward(dZ, A, W, 1, pad)),
        ]
        print(
            f"{n:>10}{n_C_prev:>10}{n_C:>6}{f:>4}" + "".join(f"{seconds * 1000:>9.1f} ms" for seconds in ours), end=""
        )
        if torch:
            theirs = _torch_seconds(torch, A_prev, W, b, dZ)
            times = ", ".join(f"{own / other:.1f} times" for own, other in zip(ours, theirs, strict=True))
            print(f"{times:>36}", end="")
        print()


def _torch() -> object | None:
    """PyTorch with one thread, or None."""
    if importlib.util.find_spec("torch") is None:
        return None
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    return torch


def _torch_seconds(torch, A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, dZ: np.ndarray) -> tuple[float, float]:
    """PyTorch's seconds for the same forward and backward pass, in its own order of axes (m, n_C, n_H, n_W)."""
    pictures = torch.tensor(A_prev.transpose(0, 3, 1, 2).copy(), requires_grad=True)
    filters = torch.tensor(W.transpose(3, 2, 0, 1).copy(), requires_grad=True)
    biases = torch.tensor(b, requires_grad=True)
    upstream = torch.tensor(dZ.transpose(0, 3, 1, 2).copy())

    def forward():
        return torch.nn.functional.conv2d(pictures, filters, biases, padding=len(W) // 2)

    Z = forward()
    assert np.allclose(
        Z.detach().numpy().transpose(0, 2, 3, 1), conv_forward_fast(A_prev, W, b, 1, len(W) // 2), atol=1e-3
    )
    inputs = (pictures, filters, biases)
    backward = best_of(lambda: torch.autograd.grad(Z, inputs, upstream, retain_graph=True))
    return best_of(forward), backward


def main() -> None:
    pretrained()
    convolution()


if __name__ == "__main__":
    main()
