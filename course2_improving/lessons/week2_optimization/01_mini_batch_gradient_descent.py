# %% [markdown]
# You will train your deep network of course 1 on small random batches instead of all pictures at once, with a loader that deals them out anew in each epoch.
# The same network on the same digits then reaches the same cost in less than a third of the time, and in less than a fifth of the epochs.

# %% [markdown]
# ## What you will be able to do
#
# - deal examples and labels out into mini-batches, together and in random order, with a smaller last one;
# - write a loader whose every epoch has an order of its own, and the training loop over it;
# - say how noisy the gradient of a batch is, and check the formula by a measurement;
# - choose a batch size by the time to a cost, and compute the gradient of a batch that does not fit into the memory.
#
# **What you need:** the deep network of [course 1, week 4](../../../course1_nn/release/week4_deep_neural_networks/03_building_blocks_of_deep_networks.ipynb). The set-up cell loads your building blocks as `dense`.

# %%
import sys
import timeit
import tracemalloc

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense

plots.use_style()

# %% [markdown]
# | call | what it gives |
# |---|---|
# | `dense.initialize_deep(layer_dims, seed)` | `parameters`: `"W1"` $(n_1, n_0)$, `"b1"` $(n_1, 1)$, …, `"bL"` $(n_L, 1)$ |
# | `dense.deep_forward(X, parameters, output)` | `AL` $(n_L, m)$, and the list of `caches`; `output` is `"sigmoid"` or `"softmax"` |
# | `dense.deep_cost(AL, Y, output)` | the cost, a number: the mean over the examples |
# | `dense.deep_backward(AL, Y, caches)` | `grads`: `"dW1"`, `"db1"`, …, each of the shape of its parameter |
#
# (`"softmax"` is for exactly one true class among several; week 3 of this course takes it apart. Until then it is a black box.)
#
# ## 1. One step looks at everything
#
# *What does one step of gradient descent cost?*
#
# So far every step used all $m$ examples: the forward pass, the backward pass, and then one small change of the weights. This is **batch gradient descent**, the batch being the whole training set. With 1,438 digits that is no trouble. With ten million pictures the network would look at all of them before it learns anything at all. But is the gradient of 64 pictures not nearly as good? The next cell takes a step of either kind, and measures the time.

# %%
digits = data.load_small_digits()
X, X_test = (images.reshape(len(images), -1).T / 16 - 0.5 for images in (digits.X_train, digits.X_test))
Y, m = (np.arange(10).reshape(10, 1) == digits.Y_train) * 1.0, X.shape[1]
start = dense.initialize_deep([64, 64, 10], seed=0)


def gradient_of(X, Y, parameters):
    """The gradient of the mean cost of the examples X, Y: a dict."""
    AL, caches = dense.deep_forward(X, parameters, "softmax")
    return dense.deep_backward(AL, Y, caches)


work = {B: lambda B=B: gradient_of(X[:, :B], Y[:, :B], start) for B in (64, m)}
# Whatever else the computer does makes a run longer, never shorter: the shortest of nine counts.
small, whole = (min(timeit.repeat(each, number=1, repeat=9)) for each in work.values())
print(f"all {m} pictures take {whole / small:.0f} times as long as 64 of them")

# %% [markdown]
# *What to notice.* In the time of one step with all pictures you can take many steps with 64. A gradient of 64 pictures is not quite the right one. But if a step is nearly as good and costs a small part, then the many steps win. This is the whole idea of **mini-batch gradient descent**; the rest of the lesson makes it precise.
#
# ## 2. The step
#
# *What changes in a step when the batch is small?* Nothing. With the gradient of whatever examples there are,
#
# $$W_l \leftarrow W_l - \alpha \, dW_l, \qquad b_l \leftarrow b_l - \alpha \, db_l.$$
#
# One slip costs hours here: if $db$ has lost its second axis, shape $(n,)$ instead of $(n, 1)$, NumPy does not complain: it broadcasts the difference to a matrix $(n, n)$. All later numbers are then wrong, and no error says so. So your step refuses gradients of another shape.
#
# *On paper.* $W = [3, -1]$, $dW = [0.5, 0.2]$, $\alpha = 0.1$: the new $W$ is $[2.95, -1.02]$.
#
# ### Exercise 1: `update_parameters_with_gd`


# %% exercise="update_parameters_with_gd"
def update_parameters_with_gd(parameters, grads, learning_rate):
    """One step of gradient descent.

    Args:
        parameters: a dict with "W1", "b1", ..., "WL", "bL": arrays of floats or whole numbers.
        grads: a dict with "dW1", "db1", ..., "dWL", "dbL", in any order: arrays of floats or whole numbers.
        learning_rate: alpha, a number >= 0.

    Returns:
        A new dict with the keys of parameters and new arrays.

    Raises:
        ValueError: a gradient has not exactly the shape of its parameter.

    Example:
        update_parameters_with_gd({"W1": np.array([[3.0, -1.0]])}, {"dW1": np.array([[0.5, 0.2]])}, 0.1)
        is {"W1": [[2.95, -1.02]]}.
    """
    # 1. Which gradient belongs to which parameter?
    # 2. Compare the two shapes before you subtract.
    ### BEGIN SOLUTION
    moved = {}
    for key, value in parameters.items():
        if grads[f"d{key}"].shape != value.shape:
            raise ValueError(f"d{key} has shape {grads[f'd{key}'].shape}, but {key} has {value.shape}")
        moved[key] = value - learning_rate * grads[f"d{key}"]
    return moved
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Go through `parameters.items()`. The gradient of `parameters[key]` is `grads[f"d{key}"]`. If its `.shape` is not `value.shape`, then `raise ValueError("…")`. Put `value - learning_rate * grads[f"d{key}"]` into a new dict.
# </details>

# %% check="update_parameters_with_gd" points=1
with checks.exercise("update_parameters_with_gd"):
    p = {"W1": np.array([[3.0, -1.0], [0.0, 2.0]]), "b1": np.array([[2.0], [-4.0]])}
    grads = {"db1": np.array([[1.0], [3.0]]), "dW1": np.array([[0.5, 0.2], [-1.0, 0.0]])}
    checks.unchanged(update_parameters_with_gd, p, grads, 0.1)
    moved, what = update_parameters_with_gd(p, grads, 0.1), "update_parameters_with_gd(parameters, grads, 0.1)"
    checks.keys(what, moved, ["W1", "b1"])
    slips = {
        "a step goes against the gradient; subtract it": [[3.05, -0.98], [-0.1, 2.0]],
        "the learning rate is missing": [[2.5, -1.2], [1.0, 2.0]],
    }
    checks.close(f"W1 of {what}", moved["W1"], [[2.95, -1.02], [0.1, 2.0]], mistakes=slips)
    checks.close(f"b1 of {what}", moved["b1"], [[1.9], [-4.3]])
    lost = {"dW1": grads["dW1"], "db1": np.array([1.0, 3.0])}
    checks.raises("db1 of shape (2,), b1 of shape (2, 1)", ValueError, update_parameters_with_gd, p, lost, 0.1)
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(parameters, grads, learning_rate):
        moved = {}
        for key, array in parameters.items():
            pairs = zip(array.ravel().tolist(), grads[f"d{key}"].ravel().tolist(), strict=True)
            moved[key] = np.reshape([float(w) + -learning_rate * float(slope) for w, slope in pairs], array.shape)
        return moved

    def network(rng, n, n_prev, L):
        shapes = {f"{k}{i}": (n, n_prev if k == "W" else 1) for i in range(1, L + 1) for k in "Wb"}
        grads = {f"d{key}": rng.normal(size=shapes[key]) for key in rng.permutation(list(shapes)).tolist()}
        return {key: rng.normal(size=shape) for key, shape in shapes.items()}, grads, float(rng.uniform(0.01, 2))

    domain = {"real": {"parameters": 1e6, "grads": 1e6}, "types": ["parameters", "grads", "learning_rate"]}
    domain |= {"sizes": {"n": 130, "n_prev": 130, "L": 12}, "cases": {"with learning_rate = 0": (p, grads, 0)}}
    checks.agrees(update_parameters_with_gd, entry_by_entry, network, **domain)
    for key, right in (("W7", (2, 3)), ("W7", (1, 1)), ("b7", (4, 1)), ("b7", (1, 1))):
        for wrong in [right[::-1], right[1:], (1, *right), (1, 1), (2, 2), (4, 4), (2, 1), (6, 1)]:
            p, grads = {"b2": np.ones((2, 1)), key: np.ones(right)}, {"db2": np.ones((2, 1)), f"d{key}": np.ones(wrong)}
            what = f"d{key} of shape {wrong}, {key} of shape {right}"
            if wrong != right:
                checks.raises(what, ValueError, update_parameters_with_gd, p, grads, 0.5)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. Mini-batches
#
# *Which examples go into which batch?*
#
# Write $B$ for the batch size. Shuffle the columns of $X$ $(n_x, m)$ and $Y$ $(n_y, m)$ **in the same way**, and cut them into pieces of $B$ columns. If $m$ is not a multiple of $B$, the last piece is smaller. This gives
#
# $$\left\lceil \frac{m}{B} \right\rceil \text{ mini-batches } (X^{\{t\}}, Y^{\{t\}}), \quad t = 1, 2, \dots$$
#
# ($\lceil \cdot \rceil$ rounds up. The lecture writes the number of a mini-batch in braces.) Each example is in exactly one of them. Why shuffle? Files are often sorted. A batch of zeros alone says: "answer zero, whatever you see". The next batch says: "answer one". Section 5 shows what becomes of that.
#
# *On paper.* $m = 5$, $B = 2$, shuffled order $[3, 0, 4, 1, 2]$ (indices from 0): the batches have the columns $[3, 0]$, $[4, 1]$ and $[2]$, in $X$ as well as in $Y$.
#
# ### Exercise 2: `random_mini_batches`


# %% exercise="random_mini_batches"
def random_mini_batches(X, Y, size, seed):
    """Deal examples and their labels out into mini-batches, at random.

    Args:
        X: examples as columns, shape (n_x, m), numbers of any type.
        Y: their labels as columns, shape (n_y, m), numbers of any type.
        size: B, the number of examples in a batch, a whole number >= 1; it may be larger than m.
        seed: a whole number from 0 to 2**32 - 1; another seed gives other batches.

    Returns:
        A list of pairs (batch_X, batch_Y) of new arrays of the number types of X and Y. Each batch has B columns, but the
        last one may have fewer; it has at least one. Each column of X is in exactly one batch, with its own label in the
        same place. All ways to deal the examples out are equally likely; the order within a batch does not matter.

    Raises:
        ValueError: size is below 1.

    Example:
        of random_mini_batches(np.array([[1, 2, 3]]), np.array([[10, 20, 30]]), 2, 0) the first pair could be
        [[3, 1]] and [[30, 10]]; the second would then be [[2]] and [[20]].
    """
    # 1. One random order, for X and for Y.
    # 2. Where does each batch begin? (What does a slice do that reaches beyond the end?)
    ### BEGIN SOLUTION
    if size < 1:  # equivalent "1 → 0": range refuses a step of 0 with a ValueError, too
        raise ValueError(f"size is {size}; it must be at least 1")
    order = np.random.default_rng(seed).permutation(X.shape[1])
    pieces = [order[first : first + size] for first in range(0, len(order), size)]
    return [(X[:, piece], Y[:, piece]) for piece in pieces]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `order = np.random.default_rng(seed).permutation(m)` holds the numbers from 0 to m - 1, shuffled. `X[:, order]` are the columns in this order.
# </details>
# <details><summary>Hint 2</summary>
#
# The batches begin at `range(0, m, size)`. `order[first : first + size]` are the indices of one batch; at the end the slice is simply shorter. Pick them from X and from Y: `X[:, piece]`, `Y[:, piece]`.
# </details>

# %% check="random_mini_batches" points=3
with checks.exercise("random_mini_batches"):
    X7, Y7 = np.arange(14.0).reshape(2, 7), np.arange(100, 107).reshape(1, 7)
    checks.unchanged(random_mini_batches, X7, Y7, 3, 1)
    what, orders = "random_mini_batches(X, Y, 3, seed), X (2, 7), Y (1, 7)", []
    for seed in range(4):
        batches = random_mini_batches(X7, Y7, 3, seed)
        checks.length(what, batches, 3)
        for number, (batch_X, batch_Y) in enumerate(batches):
            shapes, size = (np.shape(batch_X), np.shape(batch_Y)), 3 if number < 2 else 1
            checks.equal(f"shapes of batch {number} of {what}", shapes, ((2, size), (1, size)))
            together = np.array_equal(np.vstack([batch_X[0] + 100, batch_X[0] + 7]), np.vstack([batch_Y, batch_X[1:]]))
            checks.that(together, f"{what}: a column has lost its label; shuffle X and Y in the same order")
        orders.append(np.hstack([batch_X for batch_X, _ in batches])[0].tolist())
        checks.that(sorted(orders[-1]) == list(range(7)), f"{what}: each example must be in exactly one batch")
    checks.that(any(orders[0] != other for other in orders), f"{what}: every seed gives the same; shuffle the examples")
    checks.raises("random_mini_batches(X, Y, 0, 1)", ValueError, random_mini_batches, X7, Y7, 0, 1)
    ### BEGIN HIDDEN TESTS

    def put_back(X, Y, size, seed):
        batches, m = random_mini_batches(X, Y, size, seed), X.shape[1]
        shapes = [((len(X), min(size, m - k)), (len(Y), min(size, m - k))) for k in range(0, m, size)]
        found = [(np.shape(batch_X), np.shape(batch_Y)) for batch_X, batch_Y in batches]
        checks.that(found == shapes, f"random_mini_batches, m = {m}, size = {size}: a batch has another shape")
        kept = all(part.dtype == a.dtype for pair in batches for part, a in zip(pair, (X, Y), strict=True))
        checks.that(kept, "random_mini_batches: the batches must keep the number types of X and Y")
        lent = any(np.may_share_memory(part, a) for pair in batches for part in pair for a in (X, Y))
        checks.that(not lent, "random_mini_batches: each batch must be a new array, not a part of X or Y")
        X_all, Y_all = (np.hstack(side) for side in zip(*batches, strict=True))
        return X_all[:, np.argsort(X_all[0])], Y_all[:, np.argsort(X_all[0])]

    def in_order(X, Y, size, seed):
        columns = sorted(range(X.shape[1]), key=lambda i: X[0, i])
        return X[:, columns], Y[:, columns]

    def examples(rng, n_x, n_y, m, size):
        X, seed = rng.permutation(n_x * m).reshape(n_x, m) / 2 - m + 0.123456789, (0, 7, 2**32 - 1)[rng.integers(0, 3)]
        return X, rng.integers(0, 3, (n_y, m)), size, seed

    put_back.__name__, draws = "random_mini_batches", np.random.default_rng(21)
    tiny, Y9 = draws.permutation(240).astype(np.uint8).reshape(6, 40), draws.integers(0, 9, (2, 40), dtype=np.int8)
    others = {f"with pixels (uint8) in X, m = 40, size = {size}": (tiny, Y9, size, 1) for size in (7, 20, 39, 40)}
    domain = {"types": ["X", "Y"], "returns": ["X in order", "Y in order"], "cases": others, "rtol": 0.0}
    sizes = {"n_x": 130, "n_y": 130, "m": 1030, "size": 2000}
    checks.agrees(put_back, in_order, examples, sizes=sizes, **domain)
    checks.raises("random_mini_batches(X, Y, -64, 1)", ValueError, random_mini_batches, X7, Y7, -64, 1)
    for seed in (0, 5):
        checks.unchanged(random_mini_batches, tiny, Y9, 7, seed)
    together, last, five = np.zeros((5, 5)), np.zeros(5), np.arange(5).reshape(1, 5)
    for seed in range(600):
        for batch_X, _ in random_mini_batches(five, five, 2, seed):
            together[np.ix_(batch_X[0], batch_X[0])] += 1 / 600
        last[batch_X[0, 0]] += 1 / 600
    even = np.abs(np.append(together[~np.eye(5, dtype=bool)], last) - 0.2).max() < 0.082
    checks.that(even, "random_mini_batches: some examples are together, or in the last batch, more often than others")
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. A loader
#
# *Who deals the batches out, epoch after epoch?*
#
# One pass over all training examples is an **epoch**. Each epoch should have a new order, so that other examples meet in a batch. `random_mini_batches` with the same seed would give the same batches each time. And a list of all batches is a second copy of the whole training set, just to go through it once.
#
# A **loader** does it better. It is an object that you put into a `for`, and it has another order in each epoch:
#
# ```python
# loader = DataLoader(X, Y, 64, seed=0)
# for epoch in range(20):
#     for batch_X, batch_Y in loader:
#         ...
# ```
#
# Python calls `loader.__iter__()` at the beginning of each `for`, and `loader.__len__()` for `len(loader)`. The easiest way to write `__iter__` is as a **generator**: with `yield first, second` in the place of `return`, it hands out one pair, waits until the loop asks for the next one, and goes on behind the `yield`. So only one batch is in memory at a time.
#
# *On paper.* 5 examples, $B = 2$: `len(loader)` is 3. A first `for` may give the columns $[3, 0], [4, 1], [2]$, a second one $[1, 2], [0, 3], [4]$.
#
# ### Exercise 3: `DataLoader`


# %% exercise="DataLoader"
class DataLoader:
    """Mini-batches of examples and labels, dealt out anew each time that a `for` goes over them.

    DataLoader(X, Y, size, seed):
        X, Y, size, seed: as in random_mini_batches. Raises ValueError if size is below 1.

    len(loader):
        The number of batches in an epoch, a whole number.

    for batch_X, batch_Y in loader:
        One epoch, with batches as random_mini_batches describes them. Each `for` begins a new epoch, also if the last one
        was left by a break. Two `for` that run at the same time are not asked for. All ways to deal the examples out are equally likely in each epoch, whatever came in others.
        Two loaders made with the same arguments give the same epochs one after another, also if the loaders take turns
        or if one of them was asked for its len.
    """

    def __init__(self, X, Y, size, seed):
        # 1. What must the object remember? Make the random generator here, once, so that it goes on from epoch to epoch.
        # 2. Then write def __len__(self): m / B, rounded up.
        # 3. And def __iter__(self): a new order, then yield one pair after another.
        ### BEGIN SOLUTION
        if size < 1:
            raise ValueError(f"size is {size}; it must be at least 1")
        self.X, self.Y, self.size = X, Y, size
        self.rng = np.random.default_rng(seed)

    def __len__(self):
        return -(-self.X.shape[1] // self.size)

    def __iter__(self):
        order = self.rng.permutation(self.X.shape[1])
        for first in range(0, len(order), self.size):
            piece = order[first : first + self.size]
            yield self.X[:, piece], self.Y[:, piece]
        ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `__init__` keeps its arguments as `self.X` and so on, and `self.rng = np.random.default_rng(seed)`. Never make the generator in `__iter__`: it would begin anew, and every epoch would have the same order.
# </details>
# <details><summary>Hint 2</summary>
#
# `-(-m // size)` rounds m / size up, and so does `math.ceil`. `__iter__` is the inside of `random_mini_batches`, with `order = self.rng.permutation(m)`, and `yield` in a loop.
# </details>

# %% check="DataLoader" points=3
with checks.exercise("DataLoader"):
    X7, Y7 = np.arange(14.0).reshape(2, 7), np.arange(100, 107).reshape(1, 7)
    loader, what = DataLoader(X7, Y7, 3, 1), "DataLoader(X, Y, 3, 1), X (2, 7), Y (1, 7)"
    checks.equal(f"len of {what}", len(loader), 3)
    epochs = [list(loader) for _ in range(4)]
    for epoch, batches in enumerate(epochs):
        shapes = [(np.shape(batch_X), np.shape(batch_Y)) for batch_X, batch_Y in batches]
        checks.equal(f"shapes in epoch {epoch} of {what}", shapes, [((2, 3), (1, 3))] * 2 + [((2, 1), (1, 1))])
        joined = np.vstack([np.hstack(side) for side in zip(*batches, strict=True)])
        complete = np.array_equal(joined[:, np.argsort(joined[0])], np.vstack([X7, Y7]))
        checks.that(complete, f"epoch {epoch} of {what}: each example must be in one batch, with its own label")
    differ = any(not np.array_equal(epochs[0][0][0], batches[0][0]) for batches in epochs)
    checks.that(differ, f"{what}: all epochs have the same order; make the random generator in __init__")
    checks.raises("DataLoader(X, Y, 0, 1)", ValueError, DataLoader, X7, Y7, 0, 1)
    ### BEGIN HIDDEN TESTS

    draws = np.random.default_rng(22)
    table = "3 2 1 4 0, 2 1 6 6 1, 2 3 12 6 4294967294, 2 1 7 6 2, 1 1 9 1 3, 2 1 6 1000 4, 3 2 2500 64 5, 4 4 4 3 6"
    for row in table.split(","):
        n_x, n_y, m, size, seed = map(int, row.split())
        what, number = f"DataLoader, X ({n_x}, {m}), Y ({n_y}, {m}), size = {size}", -(-m // size)
        examples, labels = draws.normal(size=(n_x, m)), draws.integers(0, 3, (n_y, m))
        examples.flags.writeable, given = False, np.vstack([examples, labels])
        loader, twin, other = (DataLoader(examples, labels, size, s) for s in (seed, seed, seed + 1))
        for _ in range(3):
            checks.equal(f"its len, {what}", len(loader), number)
            batches = list(loader)
            list(other)
            same = all(np.array_equal(np.vstack(a), np.vstack(b)) for a, b in zip(batches, twin, strict=False))
            checks.that(same, f"{what}: the same seed must give the same epochs")
            kept = all((x.dtype, y.dtype) == (examples.dtype, labels.dtype) for x, y in batches)
            kept &= [len(x.T) for x, _ in batches] == [min(size, m - k) for k in range(0, m, size)]
            checks.that(kept, f"{what}: a batch has another shape or number type")
            joined = np.vstack([np.hstack(side) for side in zip(*batches, strict=True)])
            complete = np.array_equal(joined[:, np.argsort(joined[0])], given[:, np.argsort(given[0])])
            checks.that(complete, f"{what}: each example must be in one batch, with its own label")
        for batch_X, batch_Y in loader:
            batch_Y[...] = batch_X.sum()
            break
        checks.that(np.array_equal(labels, given[n_x:]), f"{what}: a batch must be a new array, not a part of Y")
        checks.length(f"an epoch after a loop left by break, {what}", list(loader), number)
    first, together, again, four = np.zeros((2, 4)), np.zeros((2, 4, 4)), 0.0, np.arange(4).reshape(1, 4)
    for seed in range(400):
        loader = DataLoader(four, four, 2, seed)
        both = [[sorted(batch_X[0].tolist()) for batch_X, _ in loader] for _ in range(2)]
        again += (sorted(both[0]) == sorted(both[1])) / 400
        for epoch, pairs in enumerate(both):
            first[epoch, pairs[0]] += 1 / 400
            for pair in pairs:
                together[np.ix_([epoch], pair, pair)] += 1 / 400
    even = np.abs(together - 1 / 3)[:, ~np.eye(4, dtype=bool)].max() < 0.118 and np.abs(first - 0.5).max() < 0.125
    checks.that(even, "DataLoader: some examples are together, or in the first batch, more often than others")
    checks.that(abs(again - 1 / 3) < 0.118, "DataLoader: the second epoch depends on the first; shuffle anew")
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. The loop over the epochs
#
# *Which cost do you see while the network learns?*
#
# In each step the forward pass gives the predictions for one batch, so the cost of **this batch** comes for free, before the step. It is $J^{\{t\}}$ in the lecture. The cost of all examples would need a pass over all of them.
#
# *On paper.* One unit with a sigmoid, one input, $W = b = 0$, $\alpha = 1$. The loader gives two batches: $X = [1, 3]$ with $Y = [1, 0]$, then $X = [2]$ with $Y = [1]$. First batch: all predictions are $0.5$, the cost is $\ln 2 \approx 0.693$. $dW = \frac{-0.5 \cdot 1 + 0.5 \cdot 3}{2} = 0.5$ and $db = 0$, so $W = -0.5$. Second batch: the score is $-1$, the prediction $0.269$, and the cost $-\ln 0.269 \approx 1.313$. The first epoch gives the costs $[0.693, 1.313]$.
#
# ### Exercise 4: `train`


# %% exercise="train"
def train(loader, parameters, learning_rate, epochs, output="softmax"):
    """Mini-batch gradient descent: a step for each batch of each epoch.

    Args:
        loader: what a `for` can go over more than once: a list of pairs (batch_X, batch_Y), or a DataLoader. Each batch:
            examples (n_0, B), floats or whole numbers, and their labels 0 or 1, (n_L, B); B may differ.
        parameters: a dict with "W1", "b1", ..., "WL", "bL", floats, as dense.initialize_deep makes it.
        learning_rate: alpha, a number >= 0.
        epochs: how many times to go over the loader, a whole number >= 1.
        output: "sigmoid" or "softmax", for dense.deep_forward and dense.deep_cost.

    Returns:
        (parameters, costs): a new dict after the last step, and a list with the cost of the batch of each step,
        measured before the step.

    Example:
        in the case on paper, with one epoch, costs is about [0.693, 1.313].
    """
    # 1. Two loops: epochs, and the batches of one epoch. (Why must the loader stand in the inner `for` itself?)
    # 2. Forward, cost, backward, update: on this batch alone.
    ### BEGIN SOLUTION
    costs = []
    for _ in range(epochs):
        for X, Y in loader:
            AL, caches = dense.deep_forward(X, parameters, output)
            costs.append(dense.deep_cost(AL, Y, output))
            grads = dense.deep_backward(AL, Y, caches)
            parameters = update_parameters_with_gd(parameters, grads, learning_rate)
    return parameters, costs
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `for _ in range(epochs):` and inside it `for batch_X, batch_Y in loader:`. If you made a list of the loader before the loops, all epochs would have the order of the first.
# </details>
# <details><summary>Hint 2</summary>
#
# The inside is section 1's `gradient_of` with a cost in between: `dense.deep_forward`, then `costs.append(dense.deep_cost(AL, batch_Y, output))`, then `dense.deep_backward`, then your step.
# </details>

# %% check="train" points=3
with checks.exercise("train"):
    batches = [(np.array([[1.0, 3.0]]), np.array([[1, 0]])), (np.array([[2.0]]), np.array([[1]]))]
    zero = {"W1": np.zeros((1, 1)), "b1": np.zeros((1, 1))}
    checks.unchanged(train, batches, zero, 1.0, 2, "sigmoid")
    what = "train(the batches on paper, parameters of 0, 1.0, 2, 'sigmoid')"
    parameters, costs = checks.results(what, train(batches, zero, 1.0, 2, "sigmoid"), ["parameters", "costs"])
    checks.length(f"costs of {what}: 2 epochs of 2 batches", costs, 4)
    slips = {
        "the cost is that of the forward pass, before the step": [0.58774513, 0.06791866, 0.5366994, 0.07056281],
        "each step begins with the parameters of the step before": [0.69314718, 0.69314718, 0.69314718, 0.69314718],
        "an epoch goes on with the parameters of the last one": [0.69314718, 1.31326169, 0.69314718, 1.31326169],
    }
    expected = [0.69314718, 1.31326169, 1.90637559, 0.98666359]
    checks.close(f"costs of {what}", np.array(costs), expected, mistakes=slips)
    checks.keys(f"parameters of {what}", parameters, zero)
    checks.close(f"W1 of {what}", parameters["W1"], [[0.83338442]])
    ### BEGIN HIDDEN TESTS

    def one_by_one(loader, parameters, learning_rate, epochs, output):
        costs = []
        for number in range(epochs * len(loader)):
            X, Y = loader[number % len(loader)]
            AL, caches = dense.deep_forward(X, parameters, output)
            costs.append(dense.deep_cost(AL, Y, output))
            parameters = dense.update(parameters, dense.deep_backward(AL, Y, caches), learning_rate)
        return parameters, costs

    def problem(rng, n_0, n_L, batches, B, L, epochs):
        loader, output = [], ("sigmoid", "softmax")[rng.integers(0, 2)]
        for size in [B, *rng.integers(1, B + 1, batches - 1)]:
            Y = np.eye(n_L)[:, rng.integers(0, n_L, size)] if output == "softmax" else rng.integers(0, 2, (n_L, size))
            loader.append((rng.normal(size=(n_0, size)), Y))
        p = dense.initialize_deep([n_0, *[3] * (L - 1), n_L], 5)
        p = {key: array + 0.3 * rng.normal(size=array.shape) for key, array in p.items()}
        return loader, p, float(rng.uniform(0.01, 0.1)), epochs, output

    whole = ([(np.array([[20, 0, -15]]), np.eye(3, dtype=int))], dense.initialize_deep([1, 3], 2), 1, 3, "softmax")
    few = (
        [(np.full((2, 1), 12.5, np.float32), np.ones((1, 1)))],
        dense.initialize_deep([2, 2, 1], 0),
        0.5,
        2,
        "sigmoid",
    )
    domain = {"types": ["learning_rate"], "cases": {"with whole numbers in X": whole, "with float32 in X": few}}
    domain |= {"returns": ["parameters", "costs"], "apart": False}
    sizes = {"n_0": 20, "n_L": 9, "batches": 110, "B": 110, "L": 4, "epochs": 110}
    checks.agrees(train, one_by_one, problem, sizes=sizes, **domain)
    ten, what = np.arange(10).reshape(1, 10) / 10, "train(a DataLoader of 10 batches, parameters, 0, 3)"
    p, one = {"W1": np.array([[2.0], [-1.0]]), "b1": np.zeros((2, 1))}, np.vstack([ten > 0.3, ten <= 0.3]) * 1.0
    costs = np.array(train(DataLoader(ten, one, 1, 3), p, 0.0, 3)[1])
    checks.shape(f"costs of {what}, as an array", costs, (30,))
    alone = sorted(one_by_one([(ten[:, [i]], one[:, [i]])], p, 0.0, 1, "softmax")[1][0] for i in range(10))
    checks.close(f"sorted costs by epoch of {what}", np.sort(costs.reshape(3, 10), axis=1), np.tile(alone, (3, 1)))
    same = (costs.reshape(3, 10) == costs[:10]).all()
    checks.that(not same, f"{what}: all epochs have the same order; put the loader into the inner `for`")
    loader, twin = (DataLoader(ten, one, 1, 4) for _ in range(2))
    firsts = [one_by_one(list(twin), p, 0.0, 1, "softmax")[1] for _ in range(2)]
    again = np.array(train(loader, p, 0.0, 2)[1])
    checks.close(f"costs of {what}: each epoch goes over the loader once", again, np.ravel(firsts))
    ### END HIDDEN TESTS

# %% [markdown]
# First: is shuffling worth the trouble? The same network, five epochs in batches of 64, once from your loader, and once from a list of batches cut from the digits sorted by their labels.

# %%
by_label = np.argsort(digits.Y_train[0], kind="stable")
in_order = [(X[:, by_label[k : k + 64]], Y[:, by_label[k : k + 64]]) for k in range(0, m, 64)]
for seed in range(3):
    for name, loader in (("shuffled", DataLoader(X, Y, 64, seed)), ("sorted", in_order)):
        parameters, _ = train(loader, dense.initialize_deep([64, 64, 10], seed), 0.3, epochs=5)
        AL, _ = dense.deep_forward(X_test, parameters, "softmax")
        print(f"seed {seed}, {name}: {np.mean(AL.argmax(axis=0) == digits.Y_test[0]):.0%} of the test pictures right")

# %% [markdown]
# *What to notice.* Sorted batches cost more than 30 points here. Each batch pulls towards the one or two labels that it knows, and when the epoch ends, the network is best at what it saw last.
#
# Now the three sizes that the lecture compares: $B = 1$, which is called **stochastic gradient descent**, $B = 64$, and $B = m$, batch gradient descent. All three take 600 steps with the same learning rate.


# %%
def cost_of_all(parameters):
    """The cost of all training pictures."""
    return dense.deep_cost(dense.deep_forward(X, parameters, "softmax")[0], Y, "softmax")


epoch = {B: lambda B=B: train(DataLoader(X, Y, B, seed=0), start, 0.05, epochs=1) for B in (1, 64, m)}
lap = {B: min(timeit.repeat(work, number=1, repeat=3)) for B, work in epoch.items()}
figure, axes = plt.subplots(1, 3, figsize=(8, 3), sharey=True)
for axis, B, finding in zip(axes, lap, ("noise", "a little noise", "smooth"), strict=True):
    loader, parameters, costs = DataLoader(X, Y, B, seed=0), start, []
    while len(costs) < 600:
        parameters, more = train(list(loader)[: 600 - len(costs)], parameters, 0.05, epochs=1)
        costs += more
    print(f"B = {B}: an epoch takes {lap[B] / lap[64]:.1f} times the time of one with B = 64")
    print(f"    after 600 steps the cost of all {m} pictures is {cost_of_all(parameters):.3f}")
    axis.plot(costs, color=plots.COLORS[0], linewidth=0.8)
    axis.set(title=f"B = {B}: {finding}", xlabel="step", yscale="log", ylim=(1e-3, 10))
axes[0].set_ylabel("cost of the batch")
figure.suptitle("The smaller the batch, the noisier its cost", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Compare the printed costs of **all** pictures. Step by step, 64 pictures are as good as all 1,438: after 600 steps the two costs differ by less than 5 %. But the 600 steps with 64 pictures looked at 26 epochs of data, the others at 600 epochs. Single pictures come less far, but in their 600 steps they have seen only 600 of the pictures.
#
# A full batch goes downhill in every step, if the rate is not too large. A mini-batch does not: its cost jumps up and down, because one batch is harder than another, and because a step that is right for one batch may be wrong for the next. Only the trend must fall.
#
# Now the time for an epoch. $B = 1$ is slow although it does the same number of multiplications: Python is asked 1,438 times for a small thing, and **vectorisation** is lost. $B = 64$ and $B = m$ take about the same time for an epoch. So with 64 you get 23 steps in the time of one.
#
# ## 6. How noisy is a batch?
#
# *Does a batch of 128 give a gradient that is twice as good as that of 64?*
#
# Let $g_i$ be the gradient of example $i$ alone, all its numbers in one column, and $G = [g_1, \dots, g_m]$, shape $(p, m)$ for $p$ parameters. The gradient of all examples is the mean $\bar g$ of the columns. The gradient of a batch is the mean $\bar g_B$ of $B$ columns drawn at random, each at most once. On average over all batches it is $\bar g$: no batch size is wrong *on average*. Its mean squared distance from $\bar g$ says how far it scatters,
#
# $$\text{noise}(B) = \text{mean of } \lVert \bar g_B - \bar g \rVert^2 \text{ over all batches} = \frac{\sigma^2}{B} \cdot \frac{m - B}{m - 1}, \qquad \sigma^2 = \frac{1}{m} \sum_{i=1}^{m} \lVert g_i - \bar g \rVert^2.$$
#
# $\lVert v \rVert^2$ is the sum of the squares of the $p$ numbers in $v$. The first factor is the variance of a mean of $B$ independent draws. The second one is there because no example is drawn twice: it is 1 for $B = 1$, and 0 for $B = m$, when there is nothing left to chance. (For $m = 1$ the noise is 0.)
#
# *On paper.* $G = \begin{bmatrix} 1 & 4 & 7 \\ 0 & 0 & 3 \end{bmatrix}$, so $\bar g = [4, 1]^T$ and $\sigma^2 = \frac{(9 + 1) + (0 + 1) + (9 + 4)}{3} = 8$. For $B = 2$ the formula gives $\frac{8}{2} \cdot \frac{1}{2} = 2$. The three batches of two have the means $[2.5, 0]^T$, $[4, 1.5]^T$ and $[5.5, 1.5]^T$. Their squared distances from $\bar g$ are $3.25$, $0.25$ and $2.5$; the mean is 2, too.
#
# ### Exercise 5: `gradient_noise`


# %% exercise="gradient_noise"
def gradient_noise(G, size):
    """How far the gradient of a random batch is from that of all examples: the mean squared distance.

    Args:
        G: the gradient of each example as a column, shape (p, m), floats or whole numbers.
        size: B, the number of different examples in a batch, a whole number.

    Returns:
        A number >= 0: the mean over all batches of B columns of the squared length of (mean of the batch - mean of all).

    Raises:
        ValueError: size is below 1 or above m.

    Example:
        gradient_noise(np.array([[1, 4, 7], [0, 0, 3]]), 2) is 2.
    """
    # 1. Refuse a size that no batch can have.
    # 2. The mean squared distance of a column from the mean column; what B makes of it; and what if m is 1?
    ### BEGIN SOLUTION
    m = G.shape[1]
    if not 1 <= size <= m:
        raise ValueError(f"size is {size}; it must be from 1 to {m}")
    if size == m:
        return 0
    return np.sum(np.var(G, axis=1)) / size * (m - size) / (m - 1)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `G.mean(axis=1, keepdims=True)` is the mean column. Subtract it, square, add up the rows, and take the mean over the columns: this is $\sigma^2$. `np.var(G, axis=1)` has the variance of each row; their sum is the same.
# </details>
# <details><summary>Hint 2</summary>
#
# If `size == m`, return 0; this also avoids 0 / 0 for m = 1. Otherwise `sigma2 / size * (m - size) / (m - 1)`.
# </details>

# %% check="gradient_noise" points=2
with checks.exercise("gradient_noise"):
    G = np.array([[1.0, 4.0, 7.0, 0.0], [2.0, 2.0, 2.0, 10.0]])
    checks.unchanged(gradient_noise, G, 3)
    slips = {
        "this is with replacement; no example is twice in a batch": 6.5,
        "this is the root; it wants the mean of the squares": 1.4719601,
        "add up the squares of all p numbers; this is their mean": 1.0833333,
        "the last factor divides by m - 1, not by m": 1.625,
        "sigma² is a mean over m examples; here it is divided by m - 1": 2.8888889,
    }
    checks.close("gradient_noise(G, 3), G (2, 4)", gradient_noise(G, 3), 19.5 / 9, mistakes=slips)
    checks.close("gradient_noise(G, 4): the batch is everything", gradient_noise(G, 4), 0.0)
    checks.close("gradient_noise of one example", gradient_noise(G[:, :1], 1), 0.0)
    checks.raises("gradient_noise(G, 5), m = 4", ValueError, gradient_noise, G, 5)
    ### BEGIN HIDDEN TESTS

    def by_pairs(G, size):
        m, total = G.shape[1], 0.0
        for i in range(1, m):
            total += float(np.sum((G[:, i:] - G[:, :-i].astype(float)) ** 2))
        return total / m / max(m - 1, 1) * (1 / size - 1 / m)

    def gradients(rng, p, m, size):
        return rng.normal(0.5, 2, (p, m)), min(size, m)

    draws = np.random.default_rng(30)
    others = {
        "with one example": (np.array([[3], [-4]]), 1),
        "with size = m": (draws.normal(size=(4, 6)), 6),
        "with numbers around 1e5": (1e5 + draws.normal(size=(3, 8)), 3),
        "with numbers around 1e-9": (1e-9 * draws.normal(size=(3, 8)), 3),
        "with 3,000 examples": (draws.normal(size=(2, 3000)), 1024),
    }
    domain = {"real": {"G": 1e6}, "types": ["G"], "cases": others, "atol": 1e-28}
    checks.agrees(gradient_noise, by_pairs, gradients, sizes={"p": 130, "m": 130, "size": 130}, **domain)

    for few, size in ((G, 0), (G, -1), (G[:, :1], 2), (G[:, :1], 0)):
        checks.raises(f"gradient_noise(G, {size}), m = {few.shape[1]}", ValueError, gradient_noise, few, size)
    ### END HIDDEN TESTS

# %% [markdown]
# Measured on your network: at the start and after 40 epochs we compute the gradient of each of the 1,438 pictures alone. The lines are your formula, the points are 200 batches that were really drawn.


# %%
rng, powers = np.random.default_rng(0), [4**k for k in range(6)]
late, _ = train(DataLoader(X, Y, 64, seed=0), start, 0.5, epochs=40)
for name, parameters, color in (("at the start", start, plots.COLORS[0]), ("after 40 epochs", late, plots.COLORS[1])):
    grads = [gradient_of(X[:, [i]], Y[:, [i]], parameters).values() for i in range(m)]
    G = np.stack([np.concatenate([part.ravel() for part in each]) for each in grads], axis=1)
    mean = G.mean(axis=1, keepdims=True)
    length = np.linalg.norm(mean)
    noise = [np.sqrt(gradient_noise(G, size)) / length for size in powers]
    plt.plot(powers, noise, color=color, label=name)
    for size in powers:
        drawn = [np.isin(np.arange(m), rng.choice(m, size, replace=False)) / size for _ in range(200)]
        measured = np.sum((G @ np.transpose(drawn) - mean) ** 2, axis=0)
        plt.plot(size, np.sqrt(measured.mean()) / length, "o", color=color)
    print(f"{name}: with B = 64 the noise is {noise[3]:.1f} times as long as the gradient")
plt.axhline(1, color="black", linewidth=1, linestyle=":")
plt.gca().set_xscale("log", base=2)
plt.gca().set(yscale="log", xlabel="batch size B", ylabel="noise / length of the gradient")
plt.xticks(powers, powers)
plt.title("Four times the batch, half the noise; late in training there is more of it")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* The points lie close to the lines. A batch of 256 takes four times the work of 64 and has half the noise, so the answer to the question above is no: twice the batch is only 1.4 times as good. Larger batches pay less and less. (Only when $B$ comes near $m$ the lines bend down.)
#
# At the start the gradients of most pictures point to the same side, and few of them are enough. Late in training most pictures are right already, and their gradients are nearly 0. The mean becomes small while single pictures still pull hard, so the noise of 64 pictures is longer than the gradient itself. That is why people who want the last bit of the cost let the learning rate fall, or the batch size grow.
#
# ## 7. Which size?
#
# *Small batches waste vectorisation, large ones waste steps. Where is the best place between?*
#
# The cost after a number of *steps* does not tell, for a step of a large batch takes longer. The cost after a number of *epochs* does not tell either, for an epoch of small batches takes longer. What counts is the **time to a target cost**, each size with a learning rate that suits it.
#
# *On paper.* Target 0.5, and the memory holds batches up to 256:
#
# | size | seconds | cost | reaches 0.5 after |
# |---|---|---|---|
# | 1 | 0, 2, 4, 6 | 2.0, 0.6, 0.5, 0.3 | 4 s |
# | 32 | 0, 1, 2, 3 | 2.0, 0.9, 0.4, 0.6 | 2 s |
# | 64 | 0, 1.5, 3 | 2.0, 0.6, 0.2 | 3 s |
# | 256 | 0, 5 | 2.0, 1.0 | – |
# | 1024 | 0, 1.8 | 2.0, 0.5 | 1.8 s, but does not fit |
#
# The best size is 32. That its cost goes up again afterwards does not matter; it was there first.
#
# ### Exercise 6: `choose_batch_size`


# %% exercise="choose_batch_size"
def choose_batch_size(curves, target, most):
    """The batch size that reaches a cost first.

    Args:
        curves: a dict, in any order; curves[size] = (seconds, costs) for each size tried: two arrays of shape (n,), floats
            or whole numbers. The seconds never fall; costs may rise, and may hold inf or nan if the run has diverged.
        target: the cost to reach, a number.
        most: the largest batch that the memory holds, a whole number.

    Returns:
        (best, times): times is a dict with, for every size in curves, the seconds when its cost was first at or below
        the target, or None if it never was; best is the size with the least time among those that are not above most,
        the smallest of them if several have it, or None if there is none.

    Example:
        in the case on paper best is 32, and times is {1: 4, 32: 2, 64: 3, 256: None, 1024: 1.8}.
    """
    # 1. For each size: when was the cost first at the target or below?
    # 2. Who takes part? A time of 0 seconds is a time, too.
    ### BEGIN SOLUTION
    times = {}
    for size, (seconds, costs) in curves.items():
        reached = np.flatnonzero(costs <= target)
        times[size] = seconds[reached[0]] if len(reached) else None
    fit = [(time, size) for size, time in times.items() if size <= most and time is not None]
    return (min(fit)[1] if fit else None), times
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `reached = np.flatnonzero(costs <= target)` are all places where the cost is low enough (a comparison with nan is False). If there are any, `seconds[reached[0]]` is the time. Then go through `sorted(times)` and keep a new best one only if its time is *below* the best so far: the smallest size wins a draw. Leave out what is larger than `most`, and what `is None`. Do not ask `if time:`, for 0.0 counts as false.
# </details>

# %% check="choose_batch_size" points=2
with checks.exercise("choose_batch_size"):
    table = {64: ([0, 1.5, 3], [2.0, 0.6, 0.2]), 1024: ([0, 1.8], [2.0, 0.5]), 256: ([0, 5], [2.0, 1.0])}
    table |= {1: ([0, 2, 4, 6], [2.0, 0.6, 0.5, 0.3]), 32: ([0, 1, 2, 3], [2.0, 0.9, 0.4, 0.6])}
    curves = {size: (np.array(seconds, float), np.array(costs)) for size, (seconds, costs) in table.items()}
    checks.unchanged(choose_batch_size, curves, 0.5, 256)
    what = "choose_batch_size(the curves on paper, 0.5, 256)"
    best, times = checks.results(what, choose_batch_size(curves, 0.5, 256), ["best", "times"])
    checks.keys(f"times of {what}", times, curves)
    for size, expected in ((1, 4.0), (32, 2.0), (64, 3.0), (256, None), (1024, 1.8)):
        checks.equal(f"the time of size {size} in {what}", times[size], expected)
    slips = {"it does not fit into the memory": 1024, "this is the lowest cost, not the shortest time": 64}
    checks.close(f"best of {what}", best, 32, mistakes=slips)
    checks.equal("best of choose_batch_size(…, 0.1, 256)", choose_batch_size(curves, 0.1, 256)[0], None)
    ### BEGIN HIDDEN TESTS

    def by_looking(curves, target, most):
        times = dict.fromkeys(curves)
        for size, (seconds, costs) in curves.items():
            times[size] = min([float(seconds[k]) for k in range(len(costs)) if costs[k] <= target], default=None)
        there = [size for size in sorted(curves) if size <= most and times[size] is not None]
        return min(there, key=times.get, default=None), times

    def runs(rng, k, n):
        sizes = rng.choice(np.arange(1, 200), k, replace=False).tolist()
        clocks = 0.123456789 * np.cumsum(rng.integers(0, 3, (k, n)), axis=1)
        curves = {size: (clock, rng.integers(1, 20, n) / 4.0) for size, clock in zip(sizes, clocks, strict=True)}
        return curves, float(rng.integers(4, 12) / 4), int(rng.integers(50, 250))

    def two(first, second, target=1.0, most=100):
        return {80: tuple(map(np.array, first)), 8: tuple(map(np.array, second))}, target, most

    fast, slow = ([0.0, 1.0], [2.0, 0.0]), ([0.0, 2.0], [2.0, 0.0])
    others = {
        "with two sizes that are equally fast": two(([0.0, 1.0], [2.0, 1.0]), ([0.0, 1.0], [3.0, 0.5])),
        "with a cost that is at the target at 0 seconds": two(fast, ([0.0, 1.0], [0.5, 3.0])),
        "with nan and inf in costs": two(([0.0, 1.0], [np.nan, np.inf]), ([0.0, 2.0], [np.nan, 0.5])),
        "with a cost 1e-9 above the target": two(([0.0, 1.0, 2.0], [2.0, 1 + 1e-9, 1.0]), ([0.0, 9.0], [5.0, 1.0])),
        "with times that differ by 1e-9": two(fast, ([0.0, 1 + 1e-9], [5.0, 1.0])),
        "with most = 80": two(fast, slow, most=80),
        "with most = 79": two(fast, slow, most=79),
        "with a target of 0": two(fast, ([0.0, 0.5], [2.0, 1e-12]), target=0),
        "with 200 points": two(
            (np.arange(200), np.arange(200, 0, -1)), (np.arange(200) / 2, np.ones(200)), target=50.5
        ),
        "with one point in a curve": two(([3.0], [0.5]), ([4.0], [0.5])),
    }
    domain = {"types": ["curves", "target"], "returns": ["best", "times"], "cases": others}
    checks.agrees(choose_batch_size, by_looking, runs, sizes={"k": 40, "n": 300}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# The measurement: five sizes, each with its learning rate, over five seeds. (The rates are the best of a coarse grid. Rates four times as large were slower, or did not arrive at all.) The clock runs while batches are made and steps are taken; it stands still while we look at the cost of all pictures, about four times in an epoch.

# %%
rates, target = {1: 0.05, 8: 0.5, 64: 1.0, 256: 2.0, m: 2.0}, 0.03


def curve(size, seed):
    """Trains until the cost of all pictures is at the target: the seconds, the costs and the epochs on the way."""
    loader, parameters = DataLoader(X, Y, size, seed), dense.initialize_deep([64, 64, 10], seed)
    points, spent, epochs = [(0.0, cost_of_all(parameters), 0.0)], 0.0, 0.0
    while points[-1][1] > target and epochs < 400:
        begin = timeit.default_timer()
        batches = list(loader)
        quarter = -(-len(batches) // 4)
        for k in range(0, len(batches), quarter):
            parameters, _ = train(batches[k : k + quarter], parameters, rates[size], epochs=1)
            spent, epochs = (
                spent + timeit.default_timer() - begin,
                epochs + min(quarter, len(batches) - k) / len(batches),
            )
            points.append((spent, cost_of_all(parameters), epochs))
            begin = timeit.default_timer()
            if points[-1][1] <= target:
                break
    return np.transpose(points)


# %%
took, passes = {size: [] for size in rates}, {size: [] for size in rates}
for seed in tqdm(range(5), file=sys.stdout, desc="seeds"):
    runs = {size: curve(size, seed) for size in rates}
    best, times = choose_batch_size({size: (run[0], run[1]) for size, run in runs.items()}, target, most=m)
    for size, run in runs.items():
        took[size].append((times[size] or np.nan) / (times[64] or np.nan))
        passes[size].append(run[2][-1])
    print(f"seed {seed}: the fastest size is {best}")

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.4))
findings = "Small batches need the fewest epochs,", "batches of middle size the least time"
units = "epochs (log scale)", "time, that of B = 64 is 1 (log scale)"
for axis, table, finding, unit in zip(axes, (passes, took), findings, units, strict=True):
    axis.bar(range(5), np.mean(list(table.values()), axis=1), 0.6, color=plots.COLORS[5])
    axis.plot(list(table.values()), "k.", markersize=5)
    axis.set(title=finding, xlabel="batch size B", ylabel=unit, yscale="log")
    axis.set_xticks(range(5), list(table))
plt.show()
for B in rates:
    print(f"B = {B}: {np.mean(passes[B]):.1f} epochs, {np.mean(took[B]):.1f} times the time of B = 64")

# %% [markdown]
# *What to notice.* The bars are means, the points the five seeds. **All 1,438 pictures at once need more than five times the epochs and more than three times the time of batches of 64**, for the same cost of the same network. This is what your network of course 1 gains. Batches of 1 and of 8 need the fewest epochs. Single pictures are slow all the same: this is the price of 1,438 small calls in an epoch.
#
# From 256 to 1,438 the number of *steps* hardly falls (epochs times steps in an epoch). There the gradient is exact enough, and the rate cannot be made larger. A batch beyond this point only costs.
#
# The lecture gives rules of thumb: all examples at once if there are at most about 2,000 of them; else 64, 128, 256 or 512, powers of 2, and not more than fits into the memory of your processor. Our set is below 2,000, and mini-batches won all the same. Rules of thumb are where you begin; the measurement decides.
#
# ## 8. A batch that does not fit
#
# *The best size needs more memory than you have. What now?*
#
# The forward pass keeps the activations of all layers for every example of the batch. Large pictures in a deep network fill the memory with a batch of 8. But a gradient is a **mean**, and a mean can be added up in pieces. Piece $k$ has $B_k$ examples and the gradient $dW^{(k)}$, the mean over its own examples:
#
# $$dW = \frac{\sum_k B_k \, dW^{(k)}}{\sum_k B_k}.$$
#
# This is **gradient accumulation**: go through the pieces, keep only the sum, and take one step at the end. It is exactly the step of the large batch.
#
# *On paper.* Three pieces of 2, 2 and 1 examples with the gradients 4, 1 and 10: $\frac{2 \cdot 4 + 2 \cdot 1 + 1 \cdot 10}{5} = 4$. The plain mean of the three would be 5: the single example of the last piece would count twice as much as the others.
#
# ### Exercise 7: `accumulated_gradients`


# %% exercise="accumulated_gradients"
def accumulated_gradients(gradients_of, batches):
    """The gradient of the mean cost over all examples, computed piece by piece.

    Args:
        gradients_of: a function, called as gradients_of(batch_X, batch_Y), without names; it returns a dict of arrays of
            floats, with the same keys and shapes for every batch: the gradient of the mean cost over its examples.
        batches: a list of pairs (batch_X, batch_Y) with shapes (n_x, B) and (n_y, B); B may differ.

    Returns:
        A dict with the keys that gradients_of gives: the gradient of the mean cost over all examples of all batches.
        gradients_of is called once for each batch, with that batch alone.

    Example:
        with three pieces of 2, 2 and 1 examples, whose gradients are 4, 1 and 10, it is 4.
    """
    # 1. What does each piece add, and to what?
    # 2. By what must the sum be divided in the end?
    ### BEGIN SOLUTION
    total, m = {}, 0
    for X, Y in batches:
        for key, gradient in gradients_of(X, Y).items():
            total[key] = total.get(key, 0) + X.shape[1] * gradient
        m += X.shape[1]
    return {key: value / m for key, value in total.items()}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Begin with an empty dict `total`. For each piece and every key: `total[key] = total.get(key, 0) + batch_X.shape[1] * gradient`; `get` gives 0 for the first piece. Count the examples in `m`, and divide each sum by `m` in the end.
# </details>

# %% check="accumulated_gradients" points=2
with checks.exercise("accumulated_gradients"):
    pieces = [(np.array([[3.0, 5.0]]), np.array([[1, 0]])), (np.array([[0.0, 2.0]]), np.array([[1, 1]]))]
    pieces += [(np.array([[10.0]]), np.array([[0]]))]
    means = lambda X, Y: {"dW1": X.mean(axis=1, keepdims=True), "db1": Y.mean(axis=1, keepdims=True)}  # noqa: E731
    checks.unchanged(accumulated_gradients, means, pieces)
    grads, what = accumulated_gradients(means, pieces), "accumulated_gradients(gradients_of, the pieces on paper)"
    checks.keys(what, grads, ["dW1", "db1"])
    slips = {
        "a piece counts by its number of examples; this is the plain mean of the pieces": [[5.0]],
        "the gradients of the pieces are added up; weight them and divide": [[15.0]],
        "divide by the number of all examples": [[20.0]],
        "divide by the number of examples, not of pieces": [[20 / 3]],
    }
    checks.close(f"dW1 of {what}", grads["dW1"], [[4.0]], mistakes=slips)
    checks.close(f"db1 of {what}", grads["db1"], [[0.6]])
    ### BEGIN HIDDEN TESTS

    def all_at_once(gradients_of, batches):
        X, Y = (np.hstack([np.asarray(batch[k], dtype=float) for batch in batches]) for k in (0, 1))
        return gradients_of(X, Y)

    def linear(rng, n_x, n_y, B, K, L):
        W = [rng.normal(size=(n_y, n_x)) for _ in range(L)]
        batches = [(rng.normal(size=(n_x, size)), rng.normal(size=(n_y, size))) for size in rng.integers(1, B + 1, K)]

        def gradients_of(X, Y):
            gaps = [np.tanh(each @ X) - Y for each in W]
            weights = {f"dW{i}": gap @ X.T / X.shape[1] for i, gap in enumerate(gaps, 1)}
            return weights | {f"db{i}": gap.mean(axis=1, keepdims=True) for i, gap in enumerate(gaps, 1)}

        return gradients_of, batches

    sizes = {"n_x": 30, "n_y": 20, "B": 130, "K": 130, "L": 6}
    checks.agrees(accumulated_gradients, all_at_once, linear, sizes=sizes, types=["batches"], real={"batches": 10})
    draws, calls = np.random.default_rng(8), []

    def note(inputs, labels):
        calls.append((inputs.shape, labels.shape))
        return {"odd name": np.full((2, 2, 2), inputs.mean()), "m": np.array([labels.mean()])}

    batches = [(draws.normal(size=(3, size)), draws.normal(size=(2, size))) for size in (4, 1, 7)]
    grads, what = accumulated_gradients(note, batches), "accumulated_gradients(gradients_of, batches of 4, 1 and 7)"
    once = sorted(calls) == [((3, k), (2, k)) for k in (1, 4, 7)]
    checks.that(once, f"{what}: call gradients_of once for each batch")
    checks.keys(what, grads, ["odd name", "m"])
    checks.close(f"'odd name' of {what}", grads["odd name"], all_at_once(note, batches)["odd name"])
    kept = {"dW1": np.array([[3.0, -2.0]])}
    again = [accumulated_gradients(lambda X, Y: kept, batches)["dW1"] for _ in range(2)][1]
    checks.close("accumulated_gradients where gradients_of returns one and the same array", again, [[3.0, -2.0]])
    ### END HIDDEN TESTS

# %% [markdown]
# All 1,438 digits at once, and in pieces of 64: is it the same gradient, and how much memory does it save?

# %%
pieces = random_mini_batches(X, Y, 64, seed=0)
of_start = lambda X, Y: gradient_of(X, Y, start)  # noqa: E731
peaks, found = [], []
for work in (lambda: of_start(X, Y), lambda: accumulated_gradients(of_start, pieces)):
    tracemalloc.start()
    found.append(work()["dW2"])
    peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
plain = np.mean([of_start(*piece)["dW2"] for piece in pieces], axis=0)
off = np.linalg.norm(plain - found[0]) / np.linalg.norm(found[0])
print(f"largest difference of a number in dW2: {np.abs(found[0] - found[1]).max():.0e}")
print(f"at once it needs {peaks[0] / peaks[1]:.0f} times the memory that it needs in pieces")
print(f"the plain mean of the pieces would be wrong by {off:.1%}: the last has only {pieces[-1][0].shape[1]} pictures")

# %% [markdown]
# *What to notice.* Only rounding is different, and the memory is that of a small batch. Nothing is gained in time: the work is the same. The plain mean is wrong by little, and so nobody sees it in a curve of costs. Such errors live long.

# %% [markdown]
# ## What you built
#
# - `update_parameters_with_gd`: the step, which refuses gradients of a wrong shape;
# - `random_mini_batches` and `DataLoader`: the batches of one epoch, and a new order in each epoch;
# - `train`: the loop over epochs and batches; your network of course 1 now reaches the same cost in less than a third of the time;
# - `gradient_noise` and `choose_batch_size`: how far the gradient of a batch may be off, and which size is first at the target;
# - `accumulated_gradients`: a large batch in little memory, exactly.
#
# ## On your own
#
# - The last batch of an epoch is smaller, so each of its examples moves the parameters more. Give `DataLoader` an option that leaves it out. Does the time to the target change?
# - Draw every batch anew with `rng.choice(m, size)` instead of dealing out an epoch. How many pictures are never seen in one epoch's worth of steps? (The answer is close to $1/e$.)
# - Repeat the measurement of section 7 on 8,000 digits of `data.load_digits()`, 28 × 28 pixels. How large is the gain there?
# - *Hard.* The step that is best for a noisy gradient: if the cost near the parameters is a bowl with one curvature $h$, how much does a step with rate $\alpha$ lower it on average, given $\lVert \bar g \rVert^2$ and the noise? Which $\alpha$ is best for each $B$, and at which $B$ is half of the possible gain reached? Compare this size with the measured one. (This is the *gradient noise scale* of McCandlish and others.)
#
# ## In practice
#
# PyTorch's `torch.utils.data.DataLoader(dataset, batch_size=64, shuffle=True)` is your loader; it also reads files in several processes while the network computes, and `drop_last=True` leaves the smaller batch out. In Keras `model.fit(..., batch_size=32)` has the two loops inside.
# For gradient accumulation one calls `loss.backward()` several times before `optimizer.step()`: PyTorch *adds* gradients, so the division is up to you. On many machines each computes the gradient of its own piece, and the mean is taken over the network between them.
#
# ## References
#
# - H. Robbins and S. Monro (1951), *A stochastic approximation method*, Annals of Mathematical Statistics 22.
# - L. Bottou, F. E. Curtis and J. Nocedal (2018), *Optimization methods for large-scale machine learning*, SIAM Review 60.
# - S. McCandlish, J. Kaplan, D. Amodei and others (2018), *An empirical model of large-batch training*, arXiv 1812.06162.
# - C. J. Shallue and others (2019), *Measuring the effects of data parallelism on neural network training*, Journal of Machine Learning Research 20.
