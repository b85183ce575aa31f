"""Each building block computes what the lesson that teaches it has its learners write, on random arguments."""

import contextlib
import copy
import importlib
import inspect
import io

import numpy as np
import pytest

from course_tools import taught
from course_tools.authoring import lesson as lessons
from course_tools.syllabus import notebooks
from shared_utils.nn import batch_norm, conv, dense, pool
from tests.nn.sequence_arguments import attention_arguments, ctc_arguments, gated_arguments, sequence_arguments

BOOKS = {book.id: book for book in notebooks()}
MODULES = [name for name in taught.files() if taught.module(name).taught_in]


def network_arguments(seed):
    """Random arguments of the functions of a dense network, by name."""
    rng = np.random.default_rng(seed)
    layer_dims, m = [int(n) for n in rng.integers(1, 7, size=rng.integers(2, 6))], int(rng.integers(1, 9))
    random = dense.initialize_deep(layer_dims, seed)
    parameters = {key: value + rng.normal(size=value.shape) for key, value in random.items()}
    X, Y = rng.normal(size=(layer_dims[0], m)), rng.integers(0, 2, size=(layer_dims[-1], m))
    AL, caches = dense.deep_forward(X, parameters)
    return {
        "initialize_deep": (layer_dims, seed),
        "linear_activation_forward": (X, parameters["W1"], parameters["b1"], ("relu", "sigmoid")[seed % 2]),
        "deep_forward": (X, parameters),
        "deep_cost": (AL, Y),
        "deep_backward": (AL, Y, caches),
        "update": (parameters, {f"d{key}": value for key, value in random.items()}, 0.3),
    }


def dropout_arguments(seed):
    """Random arguments of both directions of dropout; a generator among them."""
    rng = np.random.default_rng(seed)
    A, mask = rng.normal(size=(2, 3, 4, 2)[: seed % 4 + 1]), rng.choice([0.0, 2.0], (3, 5))
    return {
        "dropout_forward": (A, float(rng.uniform(0.1, 1)), np.random.default_rng(seed)),
        "dropout_backward": (rng.normal(size=(3, 5)), mask),
    }


def batch_arguments(seed):
    """Random arguments of what deals examples out, by name."""
    rng = np.random.default_rng(seed)
    m, size = int(rng.integers(1, 40)), int(rng.integers(1, 12))
    arguments = rng.normal(size=(3, m)), rng.integers(0, 2, size=(2, m)), size, seed
    return {"random_mini_batches": arguments, "DataLoader": arguments}


def optimiser_arguments(seed):
    """Random arguments of one step of each optimiser, and gradients that are clipped for every second seed."""
    rng = np.random.default_rng(seed)
    shapes = {"W1": (3, 2), "b1": (3, 1), "embed": (4,)}
    parameters = {key: rng.normal(size=shape) for key, shape in shapes.items()}
    grads, v, s = ({f"d{key}": rng.normal(size=shape) for key, shape in shapes.items()} for _ in range(3))
    s = {key: value**2 for key, value in s.items()}
    return {
        "initialize_velocity": (parameters,),
        "initialize_adam": (parameters,),
        "momentum_step": (parameters, grads, v, 0.3),
        "rmsprop_step": (parameters, grads, s, 0.3),
        "adam_step": (parameters, grads, v, s, seed + 1, 0.3),
        "clip_grad_norm": (grads, (0.5, 50.0)[seed % 2]),
    }


def smooth_l1_arguments(seed):
    """Random errors, small and large, and where the square ends."""
    rng = np.random.default_rng(seed)
    return {"smooth_l1": (rng.normal(0, 3, (3, 4, 2)[: seed % 3 + 1]), float(rng.uniform(0.2, 4)))}


def softmax_arguments(seed):
    """Random arguments of softmax and its cost; some scores are large, some probabilities 0."""
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(1, 7)), int(rng.integers(1, 9))
    Z = rng.normal(size=(n, m)) * 10.0 ** rng.integers(0, 4)
    A, Y = rng.dirichlet(np.ones(n), m).T * rng.integers(0, 2, (n, m)), rng.dirichlet(np.ones(n), m).T
    return {"softmax": (Z,), "cross_entropy": (A, Y)}


def tape_arguments(seed):
    """Random arguments of the rules of a tape, and of a tensor; another operation for each seed."""
    rng = np.random.default_rng(seed)
    G, A, B = (rng.uniform(0.5, 2, shape) for shape in ((3, 4), (3, 4), (1, 4)))
    binary = ("add", "subtract", "multiply", "divide")[seed % 4]
    unary = ("negate", "exp", "log", "relu", "power", "sum", "logsumexp", "reshape")[seed]
    graph = {k: [int(j) for j in rng.integers(0, k, min(k, 2))] for k in range(9)}
    return {
        "unbroadcast": (G, ((3, 1), (4,), (), (3, 4))[seed % 4]),
        "binary_rule": (binary, G, A, B) if seed < 6 else ("matmul", G @ B.T, A, B.T),
        "unary_rule": (
            unary,
            G[:1] if unary in ("sum", "logsumexp") else G,
            A,
            {"power": 3, "logsumexp": 0}.get(unary),
        ),
        "topological_order": (8, graph.__getitem__),
        "Tensor": (A,),
    }


def gradient_of_a_tensor(tensor):
    """Its value and its gradient after two backward passes through a graph in which it is used several times."""
    cost = (tensor @ tensor.T / (tensor * tensor).sum(1) - tensor.exp().log().logsumexp(1) ** 2).relu().sum()
    cost.backward()
    cost.backward()
    return [tensor.value, tensor.gradient]


# What is compared of the objects of a class.
SEEN = {"DataLoader": lambda loader: [len(loader), *([*loader] for _ in range(3))], "Tensor": gradient_of_a_tensor}


def batch_norm_arguments(seed):
    """Random arguments of both directions of batch norm, of its running averages and of its use at test time."""
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(1, 7)), int(rng.integers(1, 9))
    Z, dZ_tilde = rng.normal(3, 2, size=(2, n, m))
    gamma, beta, mu, sigma = rng.normal(size=(4, n, 1))
    _, cache = batch_norm.batchnorm_forward(Z, gamma, beta)
    running = {"mu": mu, "var": sigma**2}
    return {
        "batchnorm_forward": (Z, gamma, beta, (1e-5, 0.1)[seed % 2]),
        "batchnorm_backward": (dZ_tilde, cache),
        "update_running": (running, cache, (0.9, 0.5)[seed % 2]),
        "batchnorm_inference": (Z, gamma, beta, running),
    }


def padding_arguments(seed):
    """Random arguments of padding and sizes; the filter fits."""
    rng = np.random.default_rng(seed)
    n, f, p, s = (int(k) for k in rng.integers((5, 1, 0, 1), (12, 6, 4, 5)))
    images = rng.normal(size=rng.integers(1, 5, size=4))
    return {"zero_pad": (images, p), "output_size": (n, f, p, s), "same_padding": (n, f, s)}


def conv_arguments(seed):
    """Random arguments of a convolution by a matrix product, and of its way back."""
    rng = np.random.default_rng(seed)
    m, n_C_prev, n_C, f, stride = (int(n) for n in rng.integers(1, 5, size=5))
    pad = seed % 3
    n_H_prev, n_W_prev = (int(n) for n in rng.integers(max(1, f - 2 * pad), 9, size=2))
    A_prev, W = rng.normal(size=(m, n_H_prev, n_W_prev, n_C_prev)), rng.normal(size=(f, f, n_C_prev, n_C))
    columns = rng.normal(size=conv.im2col(A_prev, f, stride, pad).shape)
    shape = conv.conv_forward_fast(A_prev, W, W[0, 0, 0], stride, pad).shape
    return {
        "im2col": (A_prev, f, stride, pad),
        "col2im": (columns, A_prev.shape, f, stride, pad),
        "conv_forward_fast": (A_prev, W, rng.normal(size=n_C), stride, pad),
        "conv_backward": (rng.normal(size=shape), A_prev, W, stride, pad),
    }


def pool_arguments(seed):
    """Random arguments of both directions of pooling, with ties for every second seed."""
    rng = np.random.default_rng(seed)
    m, n_C, f, stride = (int(n) for n in rng.integers(1, 5, size=4))
    n_H_prev, n_W_prev = (int(n) for n in rng.integers(f, 9, size=2))
    A_prev, mode = rng.normal(size=(m, n_H_prev, n_W_prev, n_C)), ("max", "average")[seed // 2 % 2]
    A_prev = np.rint(A_prev) if seed % 2 else A_prev
    shape = pool.pool_forward(A_prev, f, stride, mode).shape
    return {
        "pool_forward": (A_prev, f, stride, mode),
        "pool_backward": (rng.normal(size=shape), A_prev, f, stride, mode),
    }


def box_arguments(seed):
    """Random boxes with scores, some equal, and true boxes near them; the first draw has no boxes."""
    rng = np.random.default_rng(seed)
    n, k = 5 * seed, int(rng.integers(1, 5))
    corners = rng.uniform(0, 4, (n + k, 2))
    boxes = np.hstack([corners, corners + rng.uniform(0.5, 3, (n + k, 2))])
    found, scores, truth = boxes[:n], rng.normal(size=n).round(seed % 3), boxes[n:]
    found[: min(n, k)] = truth[: min(n, k)] + 0.1
    right = rng.uniform(size=n) < 0.5
    return {
        "convert_boxes": (found, ("center", "corner")[seed % 2]),
        "iou": (truth[0], found),
        "nms": (found, scores, 0.3, (None, rng.integers(0, 2, n))[seed % 2]),
        "true_positives": (found, scores, truth, 0.5),
        "average_precision": (right, scores, int(right.sum()) + k),
        "ap_over_thresholds": ([(found, scores, truth), (truth, np.arange(k), truth)], np.array([0.5, 0.75])),
    }


ARGUMENTS = {
    "shared_utils.nn.attention": attention_arguments,
    "shared_utils.nn.average_precision": box_arguments,
    "shared_utils.nn.batch_norm": batch_norm_arguments,
    "shared_utils.nn.boxes": box_arguments,
    "shared_utils.nn.conv": conv_arguments,
    "shared_utils.nn.conv_backward": conv_arguments,
    "shared_utils.nn.ctc": ctc_arguments,
    "shared_utils.nn.dense_forward": network_arguments,
    "shared_utils.nn.dense": network_arguments,
    "shared_utils.nn.dropout": dropout_arguments,
    "shared_utils.nn.gru": gated_arguments,
    "shared_utils.nn.lstm": gated_arguments,
    "shared_utils.nn.mini_batches": batch_arguments,
    "shared_utils.nn.optimisers": optimiser_arguments,
    "shared_utils.nn.padding": padding_arguments,
    "shared_utils.nn.pool": pool_arguments,
    "shared_utils.nn.recurrent": sequence_arguments,
    "shared_utils.nn.sequences": sequence_arguments,
    "shared_utils.nn.smooth_l1": smooth_l1_arguments,
    "shared_utils.nn.softmax": softmax_arguments,
    "shared_utils.nn.tape": tape_arguments,
}


def reference_answers(book):
    """The lesson's reference answers, by exercise."""
    lesson, names = lessons.read(book.lesson), {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in [lesson.of("code")[0], *lesson.of("exercise")]:
            exec(compile(cell.source, str(book.lesson), "exec"), names)
    return {cell.name: names[cell.name] for cell in lesson.of("exercise")}


def assert_same(found, expected):
    if isinstance(expected, dict):
        assert list(found) == list(expected)
        found, expected = list(found.values()), list(expected.values())
    if not isinstance(expected, list | tuple):
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)
        assert np.shape(found) == np.shape(expected)
        return
    assert len(found) == len(expected)
    for inner, other in zip(found, expected, strict=True):
        assert_same(inner, other)


@pytest.mark.parametrize("module", MODULES)
def test_a_building_block_equals_the_reference_answers(module):
    book = BOOKS[taught.module(module).taught_in]
    if not book.lesson.exists():
        pytest.skip(f"{book.id} is not written yet")
    functions = vars(importlib.import_module(module)).items()
    own = {name: f for name, f in functions if callable(f) and f.__module__ == module and name[0] != "_"}
    answers = reference_answers(book)
    assert own.keys() <= answers.keys(), "each has an exercise of its name"
    for arguments in map(ARGUMENTS[module], range(8)):
        for name, function in own.items():
            # A generator is not where it was after a call.
            given, same = arguments[name], copy.deepcopy(arguments[name])
            found, expected = function(*given), answers[name](*same)
            if inspect.isclass(function):
                found, expected = map(SEEN[name], (found, expected))
            assert_same(found, expected)
