# %% [markdown]
# You will write all parts of a convolutional network that were still missing, forward and backward, and train it on real digits.
# It makes fewer mistakes than a dense network with eleven times as many parameters.

# %% [markdown]
# ## What you will be able to do
#
# - write max pooling and average pooling, and say where the gradient goes;
# - write the backward pass of a convolutional layer, and explain each of its three parts;
# - normalise channels over a batch or over groups;
# - put the layers together to a network, check its gradients, and find out by 50 pictures whether it learns at all;
# - explain with numbers why convolutions need few parameters and stand small movements.
#
# **What you need:** [convolutional layers](03_convolution_layers.ipynb), and from course 2 [batch normalisation](../../../course2_improving/release/week3_tuning_batchnorm_frameworks/02_batch_normalization.ipynb) and [softmax](../../../course2_improving/release/week3_tuning_batchnorm_frameworks/03_softmax_classifier.ipynb). The set-up cell loads what you wrote there.

# %%
import sys
from timeit import repeat

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.batch_norm import batchnorm_forward
from shared_utils.nn.conv import col2im, conv_forward_fast, im2col
from shared_utils.nn.padding import output_size, zero_pad
from shared_utils.nn.softmax import cross_entropy, softmax

plots.use_style()

X_train, Y_train, X_test, Y_test = data.load_digits()
print("digits:", X_train.shape, Y_train.shape, "  test:", X_test.shape, Y_test.shape)

# %% [markdown]
# ## 1. Pooling
#
# *After a convolution there is a number for every place. Does the next layer need to know every place exactly?*
#
# Mostly not. **Pooling** slides a window over each channel and keeps one number of each window: its largest (**max pooling**) or its mean (**average pooling**). The map becomes smaller and the next layer cheaper. With the largest value the network keeps *that* a feature is there, and gives up *where* exactly.
#
# Window $f$ and stride $s$ are hyperparameters, mostly $f = 2$, $s = 2$. There are no parameters, so nothing is learned. Pooling treats **each channel by itself**: what comes in, $(m, \; n_H^{prev}, \; n_W^{prev}, \; n_C)$, has as many channels as what comes out, $(m, \; n_H, \; n_W, \; n_C)$. There is mostly no padding, so $n_H = \lfloor (n_H^{prev} - f) / s \rfloor + 1$, and $n_W$ likewise:
#
# $$A_{i, h, w, k} = \max_{u, v} \; A^{prev}_{i, \; hs + u, \; ws + v, \; k} \qquad \text{or} \qquad A_{i, h, w, k} = \frac{1}{f^2} \sum_{u, v} A^{prev}_{i, \; hs + u, \; ws + v, \; k} , \qquad 0 \le u, v < f .$$
#
# *On paper.* One channel, $f = 2$, $s = 2$; the last row and the last column are in no window:
#
# $$\begin{bmatrix} 1 & 3 & 2 & 0 & 7 \\ 5 & 0 & 1 & 4 & 8 \\ 2 & 6 & 3 & 1 & 9 \end{bmatrix} \; \xrightarrow{\max} \; \begin{bmatrix} 5 & 4 \end{bmatrix}, \qquad \xrightarrow{\text{average}} \; \begin{bmatrix} 2.25 & 1.75 \end{bmatrix} .$$
#
# ### Exercise 1: `pool_forward`


# %% exercise="pool_forward"
def pool_forward(A_prev, f, stride, mode):
    """Max or average pooling, without padding.

    Args:
        A_prev: pictures or activations, shape (m, n_H_prev, n_W_prev, n_C), floats or whole numbers, also negative
            ones; also pixels of type uint8. They need not be square.
        f: the side of a window, a whole number >= 1.
        stride: pixels from one window to the next, in both directions, a whole number.
        mode: "max" or "average".

    Returns:
        A new array of shape (m, n_H, n_W, n_C), as in the formula. For "max" it may have the number type of A_prev or
        be of floats. It shares no memory with A_prev, also if f = 1.

    Raises:
        ValueError: another mode; the window is larger than the picture in height or in width; stride < 1.

    It must be quick: for 10,000 pictures of 14 x 14 with one channel and f = 2, stride 2 it has one second. A loop
    over the places of the window, or over the positions in it, needs a tenth of that; one over the pictures, more.
    """
    # 1. What is refused. 2. The size of the result. 3. The numbers at one position of all windows are one slice.
    ### BEGIN SOLUTION
    if mode not in ("max", "average"):
        raise ValueError(f'mode must be "max" or "average", not {mode!r}')
    if stride < 1:
        raise ValueError(f"the stride must be 1 or more, not {stride}")
    n_H, n_W = (output_size(n, f, 0, stride) for n in A_prev.shape[1:3])
    positions = [A_prev[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride] for u, v in np.ndindex(f, f)]
    return np.max(positions, axis=0) if mode == "max" else np.mean(positions, axis=0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Sizes and slices are those of `im2col` with padding 0. `output_size(n_H_prev, f, 0, stride)` refuses a window that does not fit.
# </details>
# <details><summary>Hint 2</summary>
#
# Two ways are quick. Over the places: `window = A_prev[:, top : top + f, left : left + f]` is the window of *all* pictures and channels, and its largest values are `window.max(axis=(1, 2))`. Or over the $f \cdot f$ positions, with slices as in `im2col`: collect the slices in a list and take `np.max(…, axis=0)`.
# </details>

# %% check="pool_forward" points=2
with checks.exercise("pool_forward"):
    A_prev = np.array([[1.0, 3, 2, 0, 7], [5, 0, 1, 4, 8], [2, 6, 3, 1, 9]]).reshape(1, 3, 5, 1)
    checks.unchanged(pool_forward, A_prev, 2, 2, "max")
    A = pool_forward(A_prev, 2, 2, "max")
    checks.shape('pool_forward(A_prev, 2, 2, "max")', A, (1, 1, 2, 1))
    checks.close('pool_forward(A_prev, 2, 2, "max")', A[0, :, :, 0], [[5, 4]])
    slips = {"it wants the mean, not the sum": [[9, 7]], "this is the largest, not the mean": [[5, 4]]}
    A = pool_forward(A_prev, 2, 2, "average")
    checks.close('pool_forward(A_prev, 2, 2, "average")', A[0, :, :, 0], [[2.25, 1.75]], mistakes=slips)
    slips = {"the largest of negative numbers is negative; do not begin with 0": [[0, 0]]}
    A = pool_forward(A_prev - 10, 3, 2, "max")
    checks.close('pool_forward(A_prev - 10, 3, 2, "max")', A[0, :, :, 0], [[-4, -1]], mistakes=slips)
    checks.shape("of 3 pictures (7, 5) with 2 channels", pool_forward(np.ones((3, 7, 5, 2)), 3, 2, "max"), (3, 3, 2, 2))
    checks.raises("mode 'mean'", ValueError, pool_forward, A_prev, 2, 2, "mean")
    checks.raises("stride 0", ValueError, pool_forward, A_prev, 2, 0, "max")
    ### BEGIN HIDDEN TESTS

    def place_by_place(A_prev, f, stride, mode):
        tops, lefts = (range(0, n - f + 1, stride) for n in A_prev.shape[1:3])
        how = (lambda w: w.max(axis=(1, 2))) if mode == "max" else (lambda w: np.einsum("mrck->mk", w / 1.0) / f / f)
        rows = [np.stack([how(A_prev[:, t : t + f, c : c + f]) for c in lefts], axis=1) for t in tops]
        return np.stack(rows, axis=1)

    def pictures(rng, m, high, wide, f, n_C, mode=None):
        stride = 1 + (m + f + n_C) % 3
        n_H, n_W = ((n - 1) * stride + f + (n + m) % stride for n in (high, wide))
        return rng.normal(0, 1, (m, n_H, n_W, n_C)), f, stride, mode or ("max", "average")[(high + wide) % 2]

    rng = np.random.default_rng(1)
    sizes = {"m": 4, "high": 5, "wide": 6, "f": 5, "n_C": 5}
    domain = {"real": {"A_prev": 300}, "types": ["A_prev"], "pixels": ["A_prev"]}
    long = {"m": (103, 1, 2, 1, 2), "height": (1, 104, 1, 2, 1), "width": (1, 1, 104, 2, 1)}
    long |= {"f": (1, 1, 1, 101, 1), "n_C": (1, 1, 1, 1, 130)}
    picture = rng.normal(0, 1, (2, 6, 8, 3))
    for mode in ("max", "average"):
        cases = {f"with {name} above 100": pictures(rng, *numbers, mode) for name, numbers in long.items()}
        for stride, f in [(s, f) for s in (1, 2, 3, 4, 9) for f in (1, 2, 3, 4, 5, 6)]:
            cases[f"with mode {mode}, f = {f}, stride {stride}"] = picture - f, f, stride, mode
        cases[f"with pixels near 255, mode {mode}"] = np.full((1, 5, 4, 2), 250, np.uint8), 2, 2, mode
        cases[f"with numbers near -1e50, mode {mode}"] = -1e50 * (3 + picture / 9), 2, 2, mode

        def with_mode(rng, mode=mode, **sizes):
            return pictures(rng, **sizes, mode=mode)

        checks.agrees(pool_forward, place_by_place, with_mode, sizes=sizes, cases=cases, **domain)
        for sides, f, stride in [(s, 4, k) for s in ((5, 3), (3, 5), (3, 3), (9, 1)) for k in (1, 2, 3, 5)]:
            what = f"pictures of {sides}, f = {f}, stride {stride}, mode {mode}"
            checks.raises(what, ValueError, pool_forward, np.ones((2, *sides, 3)), f, stride, mode)
        for f, stride in [(f, k) for f in (1, 3) for k in (0, -1, -2)]:
            checks.raises(f"stride {stride}, {mode}", ValueError, pool_forward, np.ones((2, 4, 5, 1)), f, stride, mode)
    for mode in ("Max", "MAX", "max ", "maximum", "avg", "Average", "mean", "average ", "min", "", "sum", None, 0):
        for f in (1, 2):
            checks.raises(f"mode {mode!r}", ValueError, pool_forward, np.ones((2, 4, 5, 1)), f, 1, mode)
    many = np.ones((10_000, 14, 14, 1))
    spent = min(repeat(lambda: pool_forward(many, 2, 2, "max"), number=1, repeat=3))
    words = f"10,000 pictures of 14 x 14: {spent:.1f} seconds, more than one; do not loop over pictures"
    checks.that(spent < 1, words)
    ### END HIDDEN TESTS

# %% [markdown]
# What pooling makes of the edges in a photograph:

# %%
photo = data.load_photo("astronaut")[20:276, 60:316].mean(axis=2)[None, :, :, None] / 255
sobel = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]]).reshape(3, 3, 1, 1)
edges = np.abs(conv_forward_fast(photo, sobel, np.zeros(1), 1, 1))
figure, axes = plt.subplots(1, 4, figsize=(9, 2.7))
shown = {"photograph": photo, "its edges": edges}
shown |= {f"{mode} pooling, f = 8": pool_forward(edges, 8, 8, mode) for mode in ("max", "average")}
for axis, (name, picture) in zip(axes, shown.items(), strict=True):
    axis.imshow(picture[0, :, :, 0], cmap="gray", vmin=0, vmax=1 if name == "photograph" else 2.5)
    axis.set_title(f"{name}\n{picture.shape[1]} × {picture.shape[2]}", fontsize=10)
    axis.set_axis_off()
plt.show()

# %% [markdown]
# *What to notice.* Both small maps have 64 times fewer numbers. The largest value keeps every strong edge, however thin; in the mean a thin edge fades. This is one reason why max pooling is used more often between layers.
#
# ## 2. The way back through pooling
#
# *Nothing is learned in a pooling layer. Why does it need a backward pass?*
#
# Because the layers before it learn. Write $dA$ for the derivative of the cost with respect to the result of the pooling, $A$, and $dA^{prev}$ for that with respect to what came in. For one window:
#
# - **max**: if the largest number grows by a little, so does the result. The others do not matter. So the largest gets the whole derivative, and all others get 0.
# - **average**: each number has the share $1 / (n_H n_W)$ in the mean of a window of $n_H \times n_W$ numbers, so each gets this share of the derivative.
#
# If two numbers of a window are equally large, the maximum has no derivative. We give it to the **first** of them, row by row. To give it to both would count it twice.
#
# *On paper.* $\begin{bmatrix} 2 & 7 \\ 7 & 1 \end{bmatrix}$ has the mask $\begin{bmatrix} 0 & 1 \\ 0 & 0 \end{bmatrix}$. The derivative $3$ of a mean of $2 \times 3$ numbers becomes $\begin{bmatrix} 0.5 & 0.5 & 0.5 \\ 0.5 & 0.5 & 0.5 \end{bmatrix}$.
#
# ### Exercise 2: `create_mask_from_window`


# %% exercise="create_mask_from_window"
def create_mask_from_window(window):
    """Where the largest number of a window is.

    Args:
        window: shape (n_H, n_W), which need not be square, floats or whole numbers; also pixels of type uint8.

    Returns:
        An array of the same shape with 1 (or True) at the largest number, at the first one of them row by row if there
        are several exactly equal ones, and 0 (or False) everywhere else.

    Example:
        create_mask_from_window(np.array([[2, 7], [7, 1]])) is [[0, 1], [0, 0]].
    """
    # 1. Which one is it, counted row by row? 2. Zeros everywhere, a one there.
    ### BEGIN SOLUTION
    mask = np.zeros(window.shape)  # equivalent "zeros of the first argument's type": 0 and 1 are the same in all
    mask[np.unravel_index(np.argmax(window), window.shape)] = 1
    return mask
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.argmax(window)` counts row by row and gives the first of the largest. `np.unravel_index(number, window.shape)` turns this number into row and column.
# </details>

# %% check="create_mask_from_window" points=1
with checks.exercise("create_mask_from_window"):
    window = np.array([[2.0, 7.0, 0.0], [7.0, 1.0, 7.0]])
    checks.unchanged(create_mask_from_window, window)
    slips = {"one 1 only, at the first of the largest": [[0, 1, 0], [1, 0, 1]]}
    slips |= {"it is the first of the largest, not the last": [[0, 0, 0], [0, 0, 1]]}
    slips |= {"row by row: the first row comes first": [[0, 0, 0], [1, 0, 0]]}
    slips |= {"a mask holds 0 and 1, not the number": [[0, 7, 0], [0, 0, 0]]}
    mask = create_mask_from_window(window)
    checks.close("the mask of [[2, 7, 0], [7, 1, 7]]", mask, [[0, 1, 0], [0, 0, 0]], mistakes=slips)
    checks.close("the mask of [[-3, -1]]", create_mask_from_window(np.array([[-3.0, -1.0]])), [[0, 1]])
    ### BEGIN HIDDEN TESTS

    def by_search(window):
        best, mask = (0, 0), np.zeros(window.shape, dtype=bool)
        for place in np.ndindex(window.shape):
            if window[place] > window[best]:
                best = place
        mask[best] = True
        return mask

    ties = {f"with equal numbers, draw {n}": (np.random.default_rng(n).integers(-2, 2, (4, 3)),) for n in range(20)}
    ties |= {f"with {k} zeros and -0.0": (np.array([[-0.0] * k + [0.0], [0.0] * k + [-0.0]]),) for k in (1, 2)}
    for scale in (1e-90, 1, 1e9):
        ties[f"with almost equal numbers near {scale:g}"] = (scale * np.array([[1.0, 1 + 1e-15], [1 + 1e-14, 1.0]]),)
    domain = {"real": {"window": 300}, "types": ["window"], "pixels": ["window"], "cases": ties}
    domain["sizes"] = {"n_H": 130, "n_W": 131}
    checks.agrees(create_mask_from_window, by_search, lambda rng, n_H, n_W: rng.normal(0, 1, (n_H, n_W)), **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 3: `distribute_value`


# %% exercise="distribute_value"
def distribute_value(dz, shape):
    """Gives each entry of a window the same share of a derivative.

    Args:
        dz: the derivative with respect to the mean of the window, a number, float or whole.
        shape: the shape of the window, a tuple (n_H, n_W) of whole numbers >= 1.

    Returns:
        A new array of floats of this shape; all its entries are equal, and their sum is dz.

    Example:
        distribute_value(3, (2, 3)) is [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]].
    """
    # 1. How many share it? 2. The same share everywhere.
    ### BEGIN SOLUTION
    return np.full(shape, dz / (shape[0] * shape[1]))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.full(shape, value)` is an array of this shape that holds the value everywhere.
# </details>

# %% check="distribute_value" points=1
with checks.exercise("distribute_value"):
    slips = {"the shares together are dz, not each of them": np.full((2, 3), 3.0)}
    slips |= {"divide by the number of all entries": np.full((2, 3), 1.5)}
    slips |= {"of all entries, not one axis": np.ones((2, 3))}
    checks.close("distribute_value(3, (2, 3))", distribute_value(3, (2, 3)), np.full((2, 3), 0.5), mistakes=slips)
    checks.close("distribute_value(-2.0, (5, 1))", distribute_value(-2.0, (5, 1)), np.full((5, 1), -0.4))
    ### BEGIN HIDDEN TESTS

    def by_adding(dz, shape):
        window = np.zeros(shape)
        for place in np.ndindex(shape):
            window[place] = float(dz) / window.size
        return window

    domain = {"sizes": {"n_H": 130, "n_W": 121}, "real": {"dz": 300}, "types": ["dz"]}
    cases = {f"with dz = {dz!r}": (dz, (3, 2)) for dz in (0, 0.0, 1, -1, 7, 1e-90, 1e90, np.float64(2.5), np.int64(5))}
    cases |= {"with one entry": (4.5, (1, 1)), "with a large window": (1.0, (1000, 1001))}
    domain["cases"] = cases
    checks.agrees(distribute_value, by_adding, lambda rng, n_H, n_W: (rng.normal(), (n_H, n_W)), **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 4: `pool_backward`
#
# Now the whole layer. If windows **overlap** ($s < f$), a pixel acts through several of them, and its derivatives are **added**, as in `col2im`. The readable way goes through all windows, one by one:
#
# > for each picture $i$, place $(h, w)$ and channel $k$: cut out the window of $A^{prev}$; to the same part of $dA^{prev}$ add $dA_{i,h,w,k}$ times `create_mask_from_window(window)`, or `distribute_value` of it.
#
# That is right, and far too slow for training: 64 pictures of a batch with 8 channels of $28 \times 28$ have 100,352 windows. Write it so that all pictures and channels go together: with a loop over the places only, or over the $f \cdot f$ positions only.
#
# *On paper.* One channel, $f = 2$, $s = 1$, so two windows, which overlap in the middle column:
#
# $$A^{prev} = \begin{bmatrix} 1 & 5 & 2 \\ 0 & 3 & 5 \end{bmatrix}, \quad dA = \begin{bmatrix} 8 & 4 \end{bmatrix}, \qquad dA^{prev} = \begin{bmatrix} 0 & 8 + 4 & 0 \\ 0 & 0 & 0 \end{bmatrix} \; (\max), \qquad \begin{bmatrix} 2 & 2 + 1 & 1 \\ 2 & 2 + 1 & 1 \end{bmatrix} \; (\text{average}) .$$
#
# The second window has its largest number, 5, twice; the first of them, row by row, is again the one in the middle column.


# %% exercise="pool_backward"
def pool_backward(dA, A_prev, f, stride, mode):
    """The backward pass of pool_forward.

    Args:
        dA: the derivative of the cost with respect to the result of pool_forward(A_prev, f, stride, mode), of the
            shape of this result, (m, n_H, n_W, n_C), floats or whole numbers.
        A_prev, f, stride, mode: as in pool_forward. Window and stride fit.

    Returns:
        dA_prev, the derivative with respect to A_prev, floats, of the shape of A_prev. For "max" the derivative of a
        window goes to its largest number alone, to the first row by row of exactly equal ones.

    Raises:
        ValueError: a mode other than "max" and "average".

    It must be quick: for 10,000 pictures of 14 x 14 with one channel, f = 2, stride 2 and either mode it has 1.5
    seconds. A loop over the places, or over the positions in a window, needs a fifth of that; one over the pictures,
    more.
    """
    # 1. Zeros. 2. For each position (or place): which numbers are there? 3. Add what they get.
    ### BEGIN SOLUTION
    A, (n_H, n_W) = pool_forward(A_prev, f, stride, mode), dA.shape[1:3]
    share = dA / (f * f if mode == "average" else 1)
    dA_prev = np.zeros(A_prev.shape, dtype=share.dtype)
    waiting = np.ones(dA.shape, dtype=bool)  # windows whose largest number is not found yet
    for u, v in np.ndindex(f, f):
        position = np.s_[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride]
        found = waiting & (A_prev[position] == A) if mode == "max" else waiting
        dA_prev[position] += share * found
        waiting = waiting & ~found if mode == "max" else waiting
    return dA_prev
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Average first. At each position of the window, `dA / f**2` is added to the same slice that `pool_forward` read. Make `dA_prev` with `np.zeros(A_prev.shape)`: with `zeros_like` it would hold whole numbers if `A_prev` does.
# </details>
# <details><summary>Hint 2</summary>
#
# Max by positions: compute `A = pool_forward(…)` again. At a position, the windows whose largest number stands there are `A_prev[slice] == A`. To give each window's derivative away only once, keep an array `waiting` of truth values, one for each window: all True at first, and False as soon as the largest was found.
# </details>
# <details><summary>Hint 3</summary>
#
# Max by places: `window = A_prev[:, top : top + f, left : left + f].reshape(m, f * f, n_C)`, then `window.argmax(axis=1)` is the number of the position for each picture and channel. A mask for all of them is `np.arange(f * f)[None, :, None] == window.argmax(axis=1)[:, None, :]`; reshape it to `(m, f, f, n_C)`.
# </details>

# %% check="pool_backward" points=3
with checks.exercise("pool_backward"):
    A_prev = np.array([[1.0, 5, 2], [0, 3, 5]]).reshape(1, 2, 3, 1)
    dA = np.array([8.0, 4]).reshape(1, 1, 2, 1)
    checks.unchanged(pool_backward, dA, A_prev, 2, 1, "max")
    found = pool_backward(dA, A_prev, 2, 1, "max")
    checks.shape('pool_backward(dA, A_prev, 2, 1, "max")', found, (1, 2, 3, 1))
    slips = {"where windows overlap, add; here one replaces the other": [[0, 4, 0], [0, 0, 0]]}
    slips |= {"only one of the equal numbers gets it, the first": [[0, 12, 0], [0, 0, 4]]}
    slips |= {"it was shared among the equal numbers": [[0, 10, 0], [0, 0, 2]]}
    slips |= {"it went to the last of the largest": [[0, 8, 0], [0, 0, 4]]}
    checks.close('its only channel, "max"', found[0, :, :, 0], [[0, 12, 0], [0, 0, 0]], mistakes=slips)
    slips = {"where windows overlap, add; here one replaces the other": [[2, 1, 1], [2, 1, 1]]}
    slips |= {"the derivative is shared by 4 numbers": [[8, 12, 4], [8, 12, 4]]}
    found = pool_backward(dA, A_prev, 2, 1, "average")
    checks.close('its only channel, "average"', found[0, :, :, 0], [[2, 3, 1], [2, 3, 1]], mistakes=slips)
    found = pool_backward(dA[:, :, :1], A_prev, 2, 2, "max")
    checks.close('one window in a picture (2, 3), "max"', found[0, :, :, 0], [[0, 8, 0], [0, 0, 0]])
    checks.raises("mode 'mean'", ValueError, pool_backward, dA, A_prev, 2, 1, "mean")
    ### BEGIN HIDDEN TESTS

    def window_by_window(dA, A_prev, f, stride, mode):
        dA_prev = np.zeros(A_prev.shape)
        for (i, h, w, k), value in np.ndenumerate(dA):
            places = [(i, h * stride + r, w * stride + c, k) for r, c in np.ndindex(f, f)]
            if mode == "max":
                places = [max(places, key=lambda place: A_prev[place])]
            for place in places:
                dA_prev[place] += value / len(places)
        return dA_prev

    def layer(rng, m, high, wide, f, n_C, mode, stride=None):
        stride = stride or 1 + (m + f + n_C) % 3
        n_H, n_W = ((n - 1) * stride + f + (n + m) % stride for n in (high, wide))
        A_prev = rng.normal(0, 1, (m, n_H, n_W, n_C))
        return rng.normal(0, 1, (m, high, wide, n_C)), A_prev, f, stride, mode

    rng = np.random.default_rng(4)
    sizes = {"m": 4, "high": 5, "wide": 6, "f": 5, "n_C": 5}
    domain = {"types": ["dA", "A_prev"], "pixels": ["A_prev"], "real": {"dA": 300, "A_prev": 300}}
    long = {"m": (103, 1, 2, 1, 2), "height": (1, 104, 1, 2, 1), "width": (1, 1, 104, 2, 1)}
    long |= {"f": (1, 1, 1, 101, 1), "n_C": (1, 1, 1, 1, 130)}
    for mode in ("max", "average"):
        cases = {f"with {name} above 100": layer(rng, *numbers, mode) for name, numbers in long.items()}
        for stride, f in [(s, f) for s in (1, 2, 3, 4, 9) for f in (1, 2, 3, 4)]:
            dA, A_prev, *rest = layer(rng, 2, 2, 3, f, 3, mode, stride)
            cases[f"with mode {mode}, f = {f}, stride {stride}, negative numbers"] = dA, A_prev - 9, *rest
            cases[f"with mode {mode}, f = {f}, stride {stride}, ties"] = dA, np.rint(A_prev), *rest
        dA, A_prev, *rest = layer(rng, 2, 3, 4, 3, 2, mode, 2)
        cases[f"with mode {mode}, almost equal numbers"] = dA, 1e3 + 1e-11 * np.rint(9 * A_prev), *rest
        cases[f"with mode {mode}, all zeros after a ReLU"] = dA, np.maximum(A_prev - 1, 0), *rest
        whole = (np.rint(9 * each).astype(int) for each in (dA, A_prev))
        cases[f"with mode {mode}, whole numbers in both"] = *whole, *rest

        def with_mode(rng, mode=mode, **sizes):
            return layer(rng, **sizes, mode=mode)

        checks.agrees(pool_backward, window_by_window, with_mode, sizes=sizes, cases=cases, **domain)
    for mode in ("Max", "max ", "avg", "mean", "Average", "", None, 0):
        checks.raises(f"mode {mode!r}", ValueError, pool_backward, dA, A_prev, 3, 2, mode)
    many = np.random.default_rng(0).normal(0, 1, (10_000, 14, 14, 1))
    for mode in ("max", "average"):
        spent = min(repeat(lambda mode=mode: pool_backward(many[:, :7, :7], many, 2, 2, mode), number=1, repeat=3))
        words = f'10,000 pictures, "{mode}": {spent:.1f} seconds, more than 1.5; do not loop over pictures'
        checks.that(spent < 1.5, words)
    ### END HIDDEN TESTS

# %%
rng = np.random.default_rng(3)
picture, ones = rng.normal(0, 1, (1, 9, 9, 1)), np.ones((1, 4, 4, 1))
figure, axes = plt.subplots(1, 3, figsize=(9, 3.2))
axes[0].imshow(picture[0, :, :, 0], cmap="gray")
axes[0].set_title("what came in", fontsize=10)
for axis, mode in zip(axes[1:], ("max", "average"), strict=True):
    derivative = pool_backward(ones, picture, 3, 2, mode)[0, :, :, 0]
    axis.imshow(derivative, vmin=0)
    for (row, column), value in np.ndenumerate(derivative):
        colour = "black" if value > 0.6 * derivative.max() else "white"
        axis.text(column, row, f"{value:.2g}", ha="center", va="center", color=colour, fontsize=7)
    axis.set_title(f"its derivative, {mode}", fontsize=10)
    axis.set_axis_off()
axes[0].set_axis_off()
figure.suptitle("Max pooling sends the derivative to few pixels, average pooling to all (f = 3, stride 2)", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The derivative of each of the 16 results was 1. Both ways give away 16 in total. With max pooling it lies on the bright pixels only: a pixel that is the largest of two windows has 2. With average pooling the pixels that lie in four windows have four shares, 4/9.
#
# ## 3. The way back through a convolution
#
# *How much does each filter weight, each bias and each pixel have to do with the cost?*
#
# Follow the formula of the last lesson, $Z_{i, h, w, k} = \sum_{u, v, c} W_{u, v, c, k} \, X_{i, hs + u, ws + v, c} + b_k$, where $X$ is the padded $A^{prev}$. Look at one window. If $dZ_{i,h,w,k}$ is the derivative of the cost with respect to $Z_{i,h,w,k}$, then by the chain rule this window contributes
#
# - to $dW$ of filter $k$: the window times $dZ_{i,h,w,k}$;
# - to $dX$ at the place of the window: filter $k$ times $dZ_{i,h,w,k}$;
# - to $db_k$: $dZ_{i,h,w,k}$.
#
# The weights are **shared** by all windows of all pictures, so all contributions are added:
#
# $$dW_{u,v,c,k} = \sum_{i,h,w} X_{i, hs+u, ws+v, c} \; dZ_{i,h,w,k}, \qquad db_k = \sum_{i,h,w} dZ_{i,h,w,k}, \qquad dX_{i, hs+u, ws+v, c} \mathrel{+}= \sum_k W_{u,v,c,k} \; dZ_{i,h,w,k} .$$
#
# $dA^{prev}$ is $dX$ without the padding. The same with matrices: forward it was $Z = \text{im2col}(A^{prev}) \, W + b$, with $Z$ of shape $(m \, n_H n_W, \; n_C)$ and $W$ of shape $(f f n_C^{prev}, \; n_C)$. So, exactly as for a dense layer whose examples are rows,
#
# $$dW = \text{im2col}(A^{prev})^T \, dZ, \qquad d\,\text{columns} = dZ \; W^T, \qquad dA^{prev} = \text{col2im}(d\,\text{columns}) .$$
#
# *On paper.* One picture, one channel, one filter, stride 1, no padding:
#
# $$A^{prev} = \begin{bmatrix} 1 & 2 & 0 \\ 3 & 1 & 2 \end{bmatrix}, \; W = \begin{bmatrix} 1 & 2 \\ 0 & -1 \end{bmatrix}, \; dZ = \begin{bmatrix} 1 & 10 \end{bmatrix}: \quad dW = 1 \begin{bmatrix} 1 & 2 \\ 3 & 1 \end{bmatrix} + 10 \begin{bmatrix} 2 & 0 \\ 1 & 2 \end{bmatrix} = \begin{bmatrix} 21 & 2 \\ 13 & 21 \end{bmatrix}, \; dA^{prev} = \begin{bmatrix} 1 & 12 & 20 \\ 0 & -1 & -10 \end{bmatrix}, \; db = 11 .$$
#
# ### Exercise 5: `conv_backward`


# %% exercise="conv_backward"
def conv_backward(dZ, A_prev, W, stride, pad):
    """The backward pass of a convolutional layer (before its activation function).

    Args:
        dZ: the derivative of the cost with respect to Z = conv_forward_fast(A_prev, W, b, stride, pad), of the shape
            of Z, (m, n_H, n_W, n_C), floats or whole numbers.
        A_prev: shape (m, n_H_prev, n_W_prev, n_C_prev), floats or whole numbers; also pixels of type uint8.
        W: the filters, shape (f, f, n_C_prev, n_C), floats or whole numbers.
        stride, pad: as in conv_forward_fast; all arguments fit together.

    Returns:
        dA_prev, dW, db: the derivatives with respect to A_prev, W and b, of their shapes; db has the shape (n_C,).
        Whole numbers will do where all arguments that matter are whole.

    It must be quick: for 3,000 pictures of 12 x 12 with one channel and 4 filters of 3 x 3, pad 1, it has 1.5 seconds.
    Matrix products, a loop over the places, or one over the f * f positions need a fifth of that; one over the
    pictures, more.
    """
    # 1. dZ as a matrix with a column for each filter. 2. dW and db: sums over all windows. 3. dA_prev: col2im.
    ### BEGIN SOLUTION
    f, n_C = len(W), W.shape[3]
    dZ = dZ.reshape(-1, n_C)  # equivalent "1 → 2": any negative number will do
    dW = (im2col(A_prev, f, stride, pad).T @ dZ).reshape(W.shape)
    columns = dZ @ W.reshape(-1, n_C).T  # equivalent "1 → 2": any negative number will do
    return col2im(columns, A_prev.shape, f, stride, pad), dW, dZ.sum(axis=0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# By matrices: `dZ.reshape(-1, n_C)` has the rows of `im2col` and a column for each filter. `W.reshape(-1, n_C)` is the matrix of the filters, as in `conv_forward_fast`. The shapes leave only one way to multiply them.
# </details>
# <details><summary>Hint 2</summary>
#
# By places: `window = X[:, top : top + f, left : left + f]` with `X = zero_pad(A_prev, pad)`. Then `dW += np.tensordot(window, dZ[:, h, w], axes=(0, 0))` adds over the pictures, and `dX[:, top : top + f, left : left + f]` grows by `np.tensordot(dZ[:, h, w], W, axes=(1, 3))`. At the end cut the padding off.
# </details>

# %% check="conv_backward" points=3
with checks.exercise("conv_backward"):
    A_prev = np.array([[1.0, 2, 0], [3, 1, 2]]).reshape(1, 2, 3, 1)
    W, dZ = np.array([[1.0, 2], [0, -1]]).reshape(2, 2, 1, 1), np.array([1.0, 10]).reshape(1, 1, 2, 1)
    checks.unchanged(conv_backward, dZ, A_prev, W, 1, 0)
    names = ["dA_prev", "dW", "db"]
    dA_prev, dW, db = checks.results("conv_backward(dZ, A_prev, W, 1, 0)", conv_backward(dZ, A_prev, W, 1, 0), names)
    checks.shape("dA_prev", dA_prev, (1, 2, 3, 1))
    slips = {"where windows overlap, add; here one replaces the other": [[1, 10, 20], [0, 0, -10]]}
    slips["the filter was turned by 180 degrees"] = [[-1, -10, 0], [2, 21, 10]]
    checks.close("dA_prev", dA_prev[0, :, :, 0], [[1, 12, 20], [0, -1, -10]], mistakes=slips)
    slips = {"the last window alone": [[20, 0], [10, 20]], "the derivative dZ is missing": [[3, 2], [4, 3]]}
    checks.close("dW", dW.reshape(2, 2), [[21, 2], [13, 21]], mistakes=slips)
    checks.close("db", db, [11], mistakes={"the sum over all places, not the mean": [5.5]})
    more = np.array([1.0, 2, 3, 4]).reshape(1, 2, 2, 1)
    dA_prev, dW, _ = conv_backward(more, A_prev, W, 2, 1)
    checks.close("dA_prev, stride 2, pad 1", dA_prev[0, :, :, 0], [[-1, 0, -2], [6, 4, 8]])
    checks.close("dW, stride 2, pad 1", dW.reshape(2, 2), [[4, 17], [4, 1]])
    ### BEGIN HIDDEN TESTS

    def position_by_position(dZ, A_prev, W, stride, pad):
        X, (n_H, n_W) = np.pad(A_prev.astype(float), ((0, 0), (pad, pad), (pad, pad), (0, 0))), dZ.shape[1:3]
        dX, dW = np.zeros(X.shape), np.zeros(W.shape)
        for r, c in np.ndindex(*W.shape[:2]):
            rows, columns = (list(range(start, start + n * stride, stride)) for start, n in ((r, n_H), (c, n_W)))
            dX[:, np.array(rows)[:, None], columns] += np.einsum("mhwk,ck->mhwc", dZ, W[r, c])
            dW[r, c] = np.einsum("mhwc,mhwk->ck", X[:, np.array(rows)[:, None], columns], dZ)
        high, wide = A_prev.shape[1:3]
        return dX[:, pad : pad + high, pad : pad + wide], dW, np.einsum("mhwk->k", dZ * 1.0)

    def layer(rng, m, high, wide, f, n_C_prev, n_C, steps=None):
        stride, pad = steps or (1 + (m + f) % 3, (high + n_C) % 3)
        n_H, n_W = (max(1, (n - 1) * stride + f - 2 * pad + n % stride) for n in (high, wide))
        places = [(n + 2 * pad - f) // stride + 1 for n in (n_H, n_W)]
        A_prev, W = rng.normal(0, 1, (m, n_H, n_W, n_C_prev)), rng.normal(0, 1, (f, f, n_C_prev, n_C))
        return rng.normal(0, 1, (m, *places, n_C)), A_prev, W, stride, pad

    rng = np.random.default_rng(5)
    long = {"m": (103, 1, 2, 1, 1, 2), "height and width": (1, 104, 103, 2, 1, 1)}
    long |= {"f": (1, 1, 1, 101, 1, 1), "n_C_prev": (1, 1, 1, 1, 130, 1), "n_C": (1, 1, 1, 1, 1, 130)}
    cases = {f"with {name} above 100": layer(rng, *numbers) for name, numbers in long.items()}
    for stride, pad, f in [(s, p, f) for s in (1, 2, 3, 4, 9) for p in (0, 1, 3) for f in (1, 2, 3, 4)]:
        cases[f"with f = {f}, stride {stride}, pad {pad}"] = layer(rng, 2, 2, 3, f, 2, 3, (stride, pad))
    dZ, A_prev, W, *rest = layer(rng, 3, 3, 4, 3, 2, 2)
    cases["with whole numbers everywhere"] = *(np.rint(9 * each).astype(int) for each in (dZ, A_prev, W)), *rest
    domain = {"real": {"dZ": 300, "A_prev": 300, "W": 30}, "types": ["dZ", "A_prev", "W"], "pixels": ["A_prev"]}
    sizes = {"m": 4, "high": 5, "wide": 6, "f": 5, "n_C_prev": 5, "n_C": 6}
    domain |= {"returns": ["dA_prev", "dW", "db"], "cases": cases}
    checks.agrees(conv_backward, position_by_position, layer, sizes=sizes, **domain)
    many, W = rng.normal(0, 1, (3000, 12, 12, 4)), np.ones((3, 3, 1, 4))
    spent = min(repeat(lambda: conv_backward(many, many[..., :1], W, 1, 1), number=1, repeat=3))
    words = f"3,000 pictures, 4 filters: {spent:.1f} seconds, more than 1.5; do not loop over pictures"
    checks.that(spent < 1.5, words)
    ### END HIDDEN TESTS

# %% [markdown]
# In lesson 1 somebody chose the numbers of the edge filter by hand. Can gradient descent find them? It gets a picture of noise and what the Sobel filter makes of it, and begins with a filter of zeros. The cost is half the mean squared difference.

# %%
noise = np.random.default_rng(0).normal(0, 1, (1, 40, 40, 1))
target = conv_forward_fast(noise, sobel, np.zeros(1), 1, 1)
W, shown = np.zeros((3, 3, 1, 1)), {}
for step in range(41):
    if step in (0, 2, 6, 40):
        shown[f"after {step} steps"] = W[:, :, 0, 0]
    difference = conv_forward_fast(noise, W, np.zeros(1), 1, 1) - target
    _, dW, _ = conv_backward(difference / difference.size, noise, W, 1, 1)
    W = W - 0.3 * dW
shown["the filter of lesson 1"] = sobel[:, :, 0, 0]
figure, axes = plt.subplots(1, 5, figsize=(9, 2.3))
for axis, (name, filter_) in zip(axes, shown.items(), strict=True):
    axis.imshow(filter_, cmap="gray", vmin=-2, vmax=2)
    for (row, column), value in np.ndenumerate(filter_):
        axis.text(column, row, f"{value:.1f}", ha="center", va="center", color="black" if value > -0.5 else "white")
    axis.set_title(name, fontsize=10)
    axis.set_axis_off()
figure.suptitle("Gradient descent finds the edge filter from an example of what it does", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* After 40 steps the filter agrees with the one from lesson 1 to about one decimal. Nobody told the numbers; `conv_backward` found them. A network does the same, without knowing the target of each layer.
#
# ## 4. Normalising channels
#
# *Batch norm of course 2 has one scale for each unit. What is a unit of a convolutional layer?*
#
# A **channel**: all its places have the same weights, so they should get the same scale. **Spatial batch norm** takes the mean $\mu_k$ and the variance $\sigma_k^2$ of channel $k$ over the whole batch *and* over all places, $m \, n_H \, n_W$ numbers:
#
# $$\tilde Z_{i,h,w,k} = \gamma_k \, \frac{Z_{i,h,w,k} - \mu_k}{\sqrt{\sigma_k^2 + \epsilon}} + \beta_k , \qquad \gamma, \beta \text{ of shape } (n_C,) .$$
#
# Your `batchnorm_forward(Z, gamma, beta, epsilon)` of course 2 expects a row for each unit and a column for each example, and $\gamma$, $\beta$ as columns $(n, 1)$; it returns the result and a cache. So only the shapes have to be changed, to $(n_C, \; m \, n_H \, n_W)$ and back.
#
# **Group norm** (Wu and He, 2018) does not look at other examples. It cuts the channels into groups of neighbours, $n_C$ / groups each: channels 0, 1, … are the first group. Mean and variance are those of one group of **one** example, over its places and channels. $\gamma$ and $\beta$ still have one number for each channel. It works with a batch of one, and is the same in training and at the test.
#
# *On paper.* $\epsilon = 4$. Channel 0 of a batch holds $1, 3, 5, 7$: $\mu = 4$, $\sigma^2 = 5$, $\sqrt{5 + 4} = 3$. With $\gamma = 3$ and $\beta = 10$ it becomes $7, 9, 11, 13$. Channel 1 holds $7, -1, 7, 7$: $\mu = 5$, $\sigma^2 = 12$, $\sqrt{12 + 4} = 4$; with $\gamma = 2$ and $\beta = -1$ it becomes $0, -4, 0, 0$.
#
# ### Exercise 6: `spatial_batch_norm`


# %% exercise="spatial_batch_norm"
def spatial_batch_norm(Z, gamma, beta, epsilon):
    """Batch norm of a convolutional layer in training, forward.

    Args:
        Z: shape (m, n_H, n_W, n_C), floats or whole numbers.
        gamma, beta: scale and shift of each channel, shape (n_C,), floats or whole numbers.
        epsilon: what is added to the variance, a number from 1e-8 to 100.

    Returns:
        Z_tilde as in the formula, floats, of the shape of Z. The variance is divided by m * n_H * n_W.

    Raises:
        ValueError: gamma or beta does not have the shape (n_C,), also where NumPy would broadcast it.
    """
    # 1. Do gamma and beta fit? 2. A row for each channel. 3. Normalise. 4. Back to four axes.
    ### BEGIN SOLUTION
    n_C = Z.shape[3]
    if gamma.shape != (n_C,) or beta.shape != (n_C,):
        raise ValueError(f"{n_C} channels need gamma and beta of shape ({n_C},)")
    rows = Z.reshape(-1, n_C).T  # equivalent "1 → 2": any negative number will do
    Z_tilde, _ = batchnorm_forward(rows, gamma.reshape(n_C, 1), beta.reshape(n_C, 1), epsilon)
    return Z_tilde.T.reshape(Z.shape)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The channels are the last axis, so `Z.reshape(-1, n_C)` has a *column* for each channel; transpose it. The way back is the same in the other order. `Z.reshape(n_C, -1)` would mix the channels.
#
# Or without `batchnorm_forward`: `Z.mean(axis=(0, 1, 2))` has the shape `(n_C,)` and broadcasts along the last axis.
# </details>

# %% check="spatial_batch_norm" points=2
with checks.exercise("spatial_batch_norm"):
    Z = np.array([[1.0, 7], [3, -1], [5, 7], [7, 7]]).reshape(2, 1, 2, 2)
    gamma, beta = np.array([3.0, 2.0]), np.array([10.0, -1.0])
    checks.unchanged(spatial_batch_norm, Z, gamma, beta, 4.0)
    found = spatial_batch_norm(Z, gamma, beta, 4.0)
    checks.shape("spatial_batch_norm(Z, gamma, beta, 4)", found, (2, 1, 2, 2))
    slips = {"divide by the root of variance + epsilon": [9, 9.6666667, 10.3333333, 11]}
    slips |= {"over all pictures, not each by itself": [8.658359, 11.341641, 8.658359, 11.341641]}
    slips |= {"divide the variance by all the numbers, not one less": [7.2443247, 9.0814416, 10.9185584, 12.7556753]}
    checks.close("channel 0", found[..., 0].ravel(), [7, 9, 11, 13], mistakes=slips)
    checks.close("channel 1", found[..., 1].ravel(), [0, -4, 0, 0])
    checks.raises("gamma of shape (1,)", ValueError, spatial_batch_norm, Z, gamma[:1], beta, 4.0)
    ### BEGIN HIDDEN TESTS

    def channel_by_channel(Z, gamma, beta, epsilon):
        result = np.zeros(Z.shape)
        for k in range(Z.shape[3]):
            values = [float(z) for z in Z[..., k].ravel()]
            mean = sum(values) / len(values)
            centred = [z - mean for z in values]
            scale = float(gamma[k]) / (sum(z * z for z in centred) / len(values) + epsilon) ** 0.5
            result[..., k] = np.reshape([scale * z + float(beta[k]) for z in centred], Z.shape[:3])
        return result

    def batch(rng, m, n_H, n_W, n_C):
        gamma, beta = rng.normal(0, 1, (2, n_C))
        return rng.normal(1, 2, (m, n_H, n_W, n_C)), gamma, beta, float(10.0 ** -(m % 4))

    rng = np.random.default_rng(6)
    Z, gamma, beta, _ = batch(rng, 3, 4, 2, 3)
    cases = {f"with epsilon = {epsilon:g}": (Z, gamma, beta, epsilon) for epsilon in (1e-8, 1e-5, 1.0, 1, 100.0)}
    cases |= {"with Z near 100,000": (1e5 + Z, gamma, beta, 1e-5), "with Z near 1e-4": (1e-4 * Z, gamma, beta, 1e-8)}
    domain = {"real": {"Z": 300, "gamma": 30, "beta": 30}, "types": ["Z", "gamma", "beta"], "atol": 1e-9}
    domain["cases"] = cases
    long = {"m": (103, 4, 2, 2), "height": (2, 104, 2, 3), "width": (2, 2, 104, 3), "n_C": (2, 3, 2, 130)}
    cases |= {f"with {name} above 100": batch(rng, *numbers) for name, numbers in long.items()}
    sizes = {"m": 7, "n_H": 9, "n_W": 8, "n_C": 11}
    checks.agrees(spatial_batch_norm, channel_by_channel, batch, sizes=sizes, **domain)
    square, good = np.ones((3, 3, 3, 3)), np.ones(3)
    for shape in ((1,), (), (3, 1), (1, 3), (3, 3), (4,), (1, 1, 1, 3), (3, 3, 3, 3)):
        checks.raises(f"gamma of shape {shape}", ValueError, spatial_batch_norm, square, np.ones(shape), good, 0.1)
        checks.raises(f"beta of shape {shape}", ValueError, spatial_batch_norm, square, good, np.ones(shape), 0.1)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 7: `group_norm`
#
# *On paper.* One picture of $1 \times 2$ pixels with four channels in two groups, $\epsilon = 4$. The pixels are $(1, 3, 7, -1)$ and $(5, 7, 7, 7)$. Group 0 is channels 0 and 1, so it holds $1, 3, 5, 7$, and group 1 holds $7, -1, 7, 7$. Before scale and shift the pixels become $(-1, -\frac13, 0.5, -1.5)$ and $(\frac13, 1, 0.5, 0.5)$.


# %% exercise="group_norm"
def group_norm(Z, gamma, beta, groups, epsilon):
    """Group norm, forward: each example by itself, and in it each group of neighbouring channels.

    Args:
        Z, gamma, beta, epsilon: as in spatial_batch_norm.
        groups: into how many groups of the same size the channels are cut, a whole number. With 1 group all channels
            are together (layer norm), with n_C groups each is by itself (instance norm).

    Returns:
        Z_tilde, floats, of the shape of Z. The variance is divided by the number of entries in a group of an example.

    Raises:
        ValueError: groups < 1, or groups does not divide n_C; gamma or beta does not have the shape (n_C,), also where
            NumPy would broadcast it.
    """
    # 1. What is refused. 2. Five axes: the channels become groups and channels in a group. 3. Normalise. 4. Back.
    ### BEGIN SOLUTION
    m, n_H, n_W, n_C = Z.shape
    if groups < 1 or n_C % groups or gamma.shape != (n_C,) or beta.shape != (n_C,):
        raise ValueError(f"{groups} groups, gamma {gamma.shape} or beta {beta.shape} do not fit {n_C} channels")
    split = Z.reshape(m, n_H, n_W, groups, n_C // groups)
    mu, var = (each(split, axis=(1, 2, 4), keepdims=True) for each in (np.mean, np.var))
    return gamma * ((split - mu) / np.sqrt(var + epsilon)).reshape(Z.shape) + beta
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `Z.reshape(m, n_H, n_W, groups, n_C // groups)` puts neighbouring channels into one group. Mean and variance go over the axes 1, 2 and 4, with `keepdims=True`. Reshape back before you multiply by `gamma`.
# </details>

# %% check="group_norm" points=2
with checks.exercise("group_norm"):
    Z = np.array([[1.0, 3, 7, -1], [5, 7, 7, 7]]).reshape(1, 1, 2, 4)
    Z = np.concatenate([Z, 5 * Z, np.ones((1, 1, 2, 4))])  # three pictures
    gamma, beta = np.array([3.0, 6, 2, 2]), np.array([10.0, 0, -1, 0])
    checks.unchanged(group_norm, Z, gamma, beta, 2, 4.0)
    found = group_norm(Z, gamma, beta, 2, 4.0)
    checks.shape("group_norm(Z, gamma, beta, 2, 4)", found, (3, 1, 2, 4))
    slips = {"each picture by itself, not over the batch": [7.9651328, -2.9598068, -1.4512937, -1.5343985]}
    slips |= {"neighbouring channels are a group: 0 and 1": [6.2052668, -1.5491933, 0.2649111, -2.5819889]}
    checks.close("pixel 0 of picture 0", found[0, 0, 0], [7, -2, 0, -3], mistakes=slips)
    checks.close("pixel 1 of picture 0", found[0, 0, 1], [11, 6, 0, 1])
    checks.close("picture 2, with equal numbers", found[2, 0], [[10, 0, -1, 0], [10, 0, -1, 0]])
    checks.raises("3 groups of 4 channels", ValueError, group_norm, Z, gamma, beta, 3, 4.0)
    checks.raises("beta of shape (1,)", ValueError, group_norm, Z, gamma, beta[:1], 2, 4.0)
    ### BEGIN HIDDEN TESTS

    def group_by_group(Z, gamma, beta, groups, epsilon):
        result, size = np.zeros(Z.shape), Z.shape[3] // groups
        for i, g in np.ndindex(len(Z), groups):
            entries = [place for place in np.ndindex(Z[i].shape) if place[2] // size == g]
            mean = sum(float(Z[i][place]) for place in entries) / len(entries)
            var = sum((float(Z[i][place]) - mean) ** 2 for place in entries) / len(entries)
            for place in entries:
                score = (float(Z[i][place]) - mean) / (var + epsilon) ** 0.5
                result[(i, *place)] = float(gamma[place[2]]) * score + float(beta[place[2]])
        return result

    def batch(rng, m, n_H, n_W, groups, size):
        gamma, beta = rng.normal(0, 1, (2, groups * size))
        Z = rng.normal(1, 2, (m, n_H, n_W, groups * size)) * rng.uniform(0.1, 3, (m, 1, 1, groups * size))
        return Z, gamma, beta, groups, float(10.0 ** -(m % 4))

    rng = np.random.default_rng(7)
    Z, gamma, beta, *_ = batch(rng, 3, 4, 2, 6, 1)
    cases = {f"with {groups} groups of 6 channels": (Z, gamma, beta, groups, 0.1) for groups in (1, 2, 3, 6)}
    cases |= {f"with epsilon = {epsilon:g}": (Z, gamma, beta, 2, epsilon) for epsilon in (1e-8, 1e-5, 1.0, 1, 100.0)}
    cases["with Z near 100,000"], cases["with Z near 1e-4"] = (
        (1e5 + Z, gamma, beta, 3, 1e-5),
        (Z / 1e4, gamma, beta, 3, 1e-8),
    )
    cases |= {"with 130 groups": batch(rng, 2, 1, 2, 130, 2), "with 2 groups of 120": batch(rng, 2, 2, 1, 2, 120)}
    cases |= {"with 103 pictures": batch(rng, 103, 2, 1, 2, 2)}
    cases |= {"with height and width 104": batch(rng, 1, 104, 104, 1, 1)}
    domain = {"real": {"Z": 300, "gamma": 30, "beta": 30}, "types": ["Z", "gamma", "beta"], "atol": 1e-9}
    domain["cases"] = cases
    sizes = {"m": 5, "n_H": 6, "n_W": 4, "groups": 4, "size": 5}
    checks.agrees(group_norm, group_by_group, batch, sizes=sizes, **domain)
    square, good = np.ones((4, 4, 4, 4)), np.ones(4)
    for groups in (0, -1, -2, -4, 3, 5, 8):
        checks.raises(f"{groups} groups of 4 channels", ValueError, group_norm, square, good, good, groups, 0.1)
    for shape in ((1,), (), (4, 1), (1, 4), (4, 4), (5,), (2,), (1, 1, 1, 4), (4, 4, 4, 4)):
        checks.raises(f"gamma of shape {shape}", ValueError, group_norm, square, np.ones(shape), good, 2, 0.1)
        checks.raises(f"beta of shape {shape}", ValueError, group_norm, square, good, np.ones(shape), 2, 0.1)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. The whole network
#
# *How do you know that the gradient of a whole network is right?*
#
# By comparing it with the numerical gradient, as in course 2. Our network has two convolutional layers and one dense layer. For the digits:
#
# | layer | shape | parameters |
# |---|---|---|
# | input | 28 × 28 × 1 | |
# | conv 3 × 3, padding 1, ReLU | 28 × 28 × 8 | $(9 \cdot 1 + 1) \cdot 8 = 80$ |
# | max pooling 2 × 2, stride 2 | 14 × 14 × 8 | 0 |
# | conv 3 × 3, padding 1, ReLU | 14 × 14 × 16 | $(9 \cdot 8 + 1) \cdot 16 = 1168$ |
# | max pooling 2 × 2, stride 2 | 7 × 7 × 16 | 0 |
# | flatten, dense, softmax | 10 | $(784 + 1) \cdot 10 = 7850$ |
#
# Forward, $Z_1, A_1 = \text{ReLU}(Z_1), P_1$ belong to layer 1, with $P$ for what the pooling makes, and $Z_2, A_2, P_2$ to layer 2. $F$ is $P_2$ with a **row** for each example, $(m, \cdot)$, and $Z_3 = F W_3 + b_3$ has the scores, $(m, n_y)$. The cost is the mean of $-\log$ (probability of the true class). Backward, with $A_3$ for the probabilities and $Y$ for the labels as rows with a single 1:
#
# $$dZ_3 = \frac{A_3 - Y}{m}, \quad dW_3 = F^T dZ_3, \quad db_3 = \sum_i dZ_{3,i}, \quad dF = dZ_3 \, W_3^T .$$
#
# Because the $1/m$ stands in $dZ_3$ already, no later step divides by $m$. From $dF$ it goes back in the shape of $P_2$, through pooling, ReLU (where $Z > 0$) and convolution, twice.
#
# ### Exercise 8: `cnn_gradients`


# %% exercise="cnn_gradients"
def cnn_gradients(X, Y, parameters):
    """Cost and gradients of the network in the text: twice a convolution that keeps height and width (stride 1), ReLU
    and max pooling (2 x 2, stride 2); then a dense layer and softmax.

    Args:
        X: pictures, shape (m, n_H, n_W, n_C), floats or whole numbers; height and width from 4.
        Y: the classes, shape (1, m), whole numbers from 0 to n_y - 1.
        parameters: a dict of floats: "W1" (f1, f1, n_C, n_1) and "b1" (n_1,); "W2" (f2, f2, n_1, n_2) and "b2" (n_2,);
            "W3" (n, n_y) and "b3" (n_y,) with n_y >= 2. f1 and f2 are odd and may differ. They are such that no two
            scores of an example differ by more than 30.

    Returns:
        cost, a number: the mean of -log(probability of the true class);
        grads, a dict with its derivatives "dW1", "db1", "dW2", "db2", "dW3", "db3", of the shapes of the parameters.
        Where a score is exactly 0, the derivative of ReLU is taken as 0.
    """
    # 1. Forward, probabilities, cost. 2. The dense layer. 3. Layer 2: pooling, ReLU, convolution. 4. Layer 1 likewise.
    ### BEGIN SOLUTION
    P, made, m = X, [], len(X)
    for layer in (1, 2):
        W = parameters[f"W{layer}"]
        Z = conv_forward_fast(P, W, parameters[f"b{layer}"], 1, len(W) // 2)
        A = np.maximum(Z, 0)
        made.append((P, Z, A))
        P = pool_forward(A, 2, 2, "max")
    F = P.reshape(m, -1)  # equivalent "1 → 2": any negative number will do
    A3 = softmax((F @ parameters["W3"] + parameters["b3"]).T).T
    truth = np.eye(A3.shape[1], dtype=A3.dtype)[Y[0]]
    dZ3 = (A3 - truth) / m
    grads, dP = {"dW3": F.T @ dZ3, "db3": dZ3.sum(axis=0)}, (dZ3 @ parameters["W3"].T).reshape(P.shape)
    for layer in (2, 1):
        W, (P_prev, Z, A) = parameters[f"W{layer}"], made[layer - 1]
        dZ = pool_backward(dP, A, 2, 2, "max") * (Z > 0)
        dP, grads[f"dW{layer}"], grads[f"db{layer}"] = conv_backward(dZ, P_prev, W, 1, len(W) // 2)
    return cross_entropy(A3.T, truth.T), grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Forward: `Z = conv_forward_fast(P, W, b, 1, len(W) // 2)` keeps height and width. Keep what came into each layer, `Z` and `A`. `softmax` and `cross_entropy` of course 2 want a **column** for each example: `A3 = softmax(Z3.T).T`. The labels as rows: `np.eye(n_y)[Y[0]]`.
# </details>
# <details><summary>Hint 2</summary>
#
# A layer backward is three lines: `dA = pool_backward(dP, A, 2, 2, "max")`, `dZ = dA * (Z > 0)`, `dP_prev, dW, db = conv_backward(dZ, …, W, 1, len(W) // 2)`. What came into the convolution of layer 2 is `P1`, into that of layer 1 it is `X`.
# </details>

# %% check="cnn_gradients" points=3
with checks.exercise("cnn_gradients"):
    rng = np.random.default_rng(8)
    shapes = {"W1": (3, 3, 2, 3), "b1": (3,), "W2": (3, 3, 3, 2), "b2": (2,), "W3": (4, 3), "b3": (3,)}
    parameters = {key: rng.normal(0, 0.5, shape) for key, shape in shapes.items()}
    X, Y, silent = rng.normal(0, 1, (3, 9, 5, 2)), np.array([[0, 2, 0]]), {key: 0 * p for key, p in parameters.items()}
    checks.unchanged(cnn_gradients, X, Y, parameters)
    cost, grads = checks.results("cnn_gradients(X, Y, zeros)", cnn_gradients(X, Y, silent), ["cost", "grads"])
    slips = {"the mean over the examples, not the sum": 3.295837, "over the examples, not all entries": 0.3662041}
    checks.close("the cost of 3 classes with equal probability", cost, 1.0986123, mistakes=slips)
    checks.keys("grads", grads, ["dW1", "db1", "dW2", "db2", "dW3", "db3"])
    slips = {"1/m is missing": [-1, 1, 0], "1/m is there twice": [-0.1111111, 0.1111111, 0]}
    slips |= {"it is probability minus label": [0.3333333, -0.3333333, 0]}
    checks.close("db3 of it, classes 0, 2, 0", grads["db3"], [-0.3333333, 0.3333333, 0], mistakes=slips)
    cost, grads = cnn_gradients(X, Y, parameters)
    checks.gradients("cnn_gradients(X, Y, p)", lambda p: cnn_gradients(X, Y, p)[0], grads, parameters, m=3)
    ### BEGIN HIDDEN TESTS

    def by_hand(X, Y, parameters):
        A, kept = X, []
        for layer in (1, 2):
            W, (m, high, wide, _) = parameters[f"W{layer}"], A.shape
            around = (len(W) // 2, len(W) // 2)
            padded = np.pad(A * 1.0, ((0, 0), around, around, (0, 0)))
            Z = sum(padded[:, r : r + high, c : c + wide] @ W[r, c] for r, c in np.ndindex(W.shape[:2]))
            Z = Z + parameters[f"b{layer}"]
            n_H, n_W, n_C = high // 2, wide // 2, Z.shape[3]
            blocks = np.where(Z > 0, Z, 0.0)[:, : 2 * n_H, : 2 * n_W].reshape(m, n_H, 2, n_W, 2, n_C)
            blocks = blocks.transpose(0, 1, 3, 5, 2, 4).reshape(m, n_H, n_W, n_C, 4)
            first = np.eye(4)[blocks.argmax(axis=4)]
            kept.append((padded, W, Z, first))
            A = (blocks * first).sum(axis=4)
        flat = A.reshape(len(X), -1)
        S = flat @ parameters["W3"] + parameters["b3"]
        S, truth = S - S.max(axis=1, keepdims=True), np.eye(S.shape[1])[Y[0]]
        sums = np.exp(S).sum(axis=1, keepdims=True)
        cost, d = np.mean(np.log(sums[:, 0]) - (S * truth).sum(axis=1)), (np.exp(S) / sums - truth) / len(X)
        grads, dP = {"dW3": flat.T @ d, "db3": d.sum(axis=0)}, (d @ parameters["W3"].T).reshape(A.shape)
        for layer in (2, 1):
            padded, W, Z, first = kept[layer - 1]
            (m, high, wide, n_C), (n_H, n_W), dZ = Z.shape, first.shape[1:3], np.zeros(Z.shape)
            blocks = (dP[..., None] * first).reshape(m, n_H, n_W, n_C, 2, 2).transpose(0, 1, 4, 2, 5, 3)
            dZ[:, : 2 * n_H, : 2 * n_W] = blocks.reshape(m, 2 * n_H, 2 * n_W, n_C)
            dZ[Z <= 0] = 0
            grads[f"dW{layer}"], back, f = np.zeros(W.shape), np.zeros(padded.shape), len(W)
            for r, c in np.ndindex(f, f):
                part = np.s_[:, r : r + high, c : c + wide]
                grads[f"dW{layer}"][r, c] = np.einsum("mhwc,mhwk->ck", padded[part], dZ)
                back[part] += dZ @ W[r, c].T
            grads[f"db{layer}"] = dZ.sum(axis=(0, 1, 2))
            dP = back[:, f // 2 : f // 2 + high, f // 2 : f // 2 + wide]
        return cost, grads

    def network(rng, m, n_H, n_W, n_C, n_1, n_y, n_2=2, fs=None):
        f1, f2 = fs or (1 + 2 * ((m + n_C) % 3), 1 + 2 * ((m + n_1 + 1) % 3))
        shapes = {"W1": (f1, f1, n_C, n_1), "b1": (n_1,), "W2": (f2, f2, n_1, n_2), "b2": (n_2,)}
        shapes |= {"W3": (n_H // 4 * (n_W // 4) * n_2, n_y), "b3": (n_y,)}
        widths = {key: 1.4 / max(1, np.prod(shape[:-1])) ** 0.5 for key, shape in shapes.items()}
        parameters = {key: rng.normal(0, widths[key] if key[0] == "W" else 0.3, shape) for key, shape in shapes.items()}
        return rng.normal(0, 1, (m, n_H, n_W, n_C)), rng.integers(0, n_y, (1, m)), parameters

    rng = np.random.default_rng(9)
    cases = {f"with filters of {fs}": network(rng, 3, 9, 6, 2, 3, 3, 4, fs) for fs in [(1, 3), (3, 1), (3, 5), (5, 3)]}
    long = {"103 pictures": (103, 5, 4, 1, 2, 3), "height 104": (1, 104, 5, 1, 2, 2)}
    long |= {"width 104": (1, 5, 104, 1, 2, 2), "130 classes": (3, 5, 4, 1, 2, 130)}
    long |= {"120 channels": (1, 4, 5, 120, 2, 3), "101 filters": (2, 4, 5, 1, 101, 3, 102)}
    cases |= {f"with {name}": network(rng, *numbers) for name, numbers in long.items()}
    X, Y, parameters = network(rng, 4, 7, 9, 2, 3, 3)
    cases["with scores of exactly 0 in layer 1"] = 0 * X, Y, parameters | {"b1": 0 * parameters["b1"]}
    cases["with scores of exactly 0 in layer 2"] = X, Y, parameters | {"W2": 0 * parameters["W2"], "b2": np.zeros(2)}
    no_bias = parameters | {"b1": 0 * parameters["b1"], "b2": 0 * parameters["b2"]}
    cases["with scores near 1e-9 before the ReLUs"] = 1e-9 * X, Y, no_bias
    cases["with scores up to 14"] = X, Y, parameters | {"b3": np.array([0.0, 14, -12])}
    cases["with scores near 1000"] = X, Y, parameters | {"b3": np.array([1000.0, 1001, 998])}
    domain = {"real": {"X": 1}, "types": ["X"], "returns": {"cost": (), "grads": ()}, "cases": cases, "atol": 1e-11}
    sizes = {"m": 4, "n_H": (4, 11), "n_W": (4, 9), "n_C": 3, "n_1": 4, "n_y": (2, 6)}
    checks.agrees(cnn_gradients, by_hand, network, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. Does it learn at all?
#
# *The gradients are right. Is the training right, too?*
#
# Before you wait for a long training, let the network learn **50 pictures** by heart. A network with 9,098 parameters can do that. If the training accuracy does not reach 100 %, something is wrong: the data and the labels do not belong together, the rate is too small or too large, or a sign is wrong. This check takes seconds. (It says nothing about new pictures.)
#
# The cells are given: the way forward, initial weights after He, and gradient descent with momentum of course 2, whose rate falls along half a cosine to 0. Everything is float32, which is twice as fast and exact enough for training; the exercises before were float64.


# %%
def cnn_forward(X, parameters):
    """The scores of the convolutional network, (m, n_y)."""
    for layer in (1, 2):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        X = pool_forward(np.maximum(conv_forward_fast(X, W, b, 1, len(W) // 2), 0), 2, 2, "max")
    return X.reshape(len(X), -1) @ parameters["W3"] + parameters["b3"]


X_small, X_held = (np.asarray(X, dtype=np.float32) / 255 for X in (X_train, X_test))


def initialize(shapes, seed):
    """Weights after He and biases of 0, float32; the last layer, which has no ReLU, gets weights of half the variance."""
    rng, parameters = np.random.default_rng(seed), {}
    for layer, shape in enumerate(shapes, start=1):
        gain = 1 if layer == len(shapes) else 2
        W = rng.normal(0, (gain / np.prod(shape[:-1])) ** 0.5, shape)
        parameters |= {f"W{layer}": W.astype(np.float32), f"b{layer}": np.zeros(shape[-1], dtype=np.float32)}
    return parameters


# %%
def train(gradients, parameters, X, Y, epochs, size=64, learning_rate=0.1, beta=0.9):
    """Momentum over batches of this size; returns the parameters, and the cost at each step."""
    rng, velocity, costs = np.random.default_rng(0), {key: 0 * p for key, p in parameters.items()}, []
    per_epoch = len(X) // size
    for step in tqdm(range(epochs * per_epoch), file=sys.stdout, leave=False):
        if step % per_epoch == 0:
            order = rng.permutation(len(X))
        batch = order[step % per_epoch * size :][:size]
        rate = learning_rate * (1 + np.cos(np.pi * step / (epochs * per_epoch))) / 2
        cost, grads = gradients(X[batch], Y[:, batch], parameters)
        for key in parameters:
            velocity[key] = (beta * velocity[key] - rate * grads[f"d{key}"]).astype(np.float32)
        parameters = {key: p + velocity[key] for key, p in parameters.items()}
        costs.append(cost)
    return parameters, costs


def accuracy(scores, Y):
    """The share of examples whose largest score is that of their class."""
    return np.mean(scores.argmax(axis=1) == Y[0])


# %%
cnn_shapes = [(3, 3, 1, 8), (3, 3, 8, 16), (784, 10)]
figure, axis = plt.subplots(figsize=(7, 3.2))
for seed, style in enumerate(("-", "--", ":")):
    few, costs = train(cnn_gradients, initialize(cnn_shapes, seed), X_small[:50], Y_train[:, :50], epochs=60, size=50)
    learned = accuracy(cnn_forward(X_small[:50], few), Y_train[:, :50])
    new = accuracy(cnn_forward(X_held, few), Y_test)
    axis.plot(costs, style, label=f"seed {seed}: {learned:.0%} of the 50, {new:.0%} of new pictures")
axis.axhline(np.log(10), color="0.6", linewidth=1)
axis.text(60, np.log(10), "log 10", va="bottom", ha="right", fontsize=9)
axis.set(xlabel="step", ylabel="cost (nats)", title="The network learns 50 pictures by heart", yscale="log")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* With each of the three seeds all 50 pictures are right after 60 steps, and new ones in about 60 %. The cost begins near $\log 10 = 2.30$, as it must when the network guesses among ten classes. If yours begins far above, look at the initial weights.
#
# ## 7. Digits: convolutions against a dense network
#
# *What do we get for the work?*
#
# The rival is a dense network with 128 hidden units, $(784 + 1) \cdot 128 + (128 + 1) \cdot 10 = 101{,}770$ parameters. It is tuned as well: the same momentum, rate and batches, and 15 epochs, which is enough for it. The convolutional network has 9,098 parameters and trains 6 epochs (about ten seconds).

# %%
dense_shapes = [(784, 128), (128, 10)]


def dense_forward(X, parameters):
    """The scores of a dense network with one hidden layer, (m, n_y)."""
    A1 = np.maximum(X.reshape(len(X), -1) @ parameters["W1"] + parameters["b1"], 0)
    return A1 @ parameters["W2"] + parameters["b2"]


def dense_gradients(X, Y, parameters):
    """Cost and gradients of the dense network."""
    A1 = np.maximum(X.reshape(len(X), -1) @ parameters["W1"] + parameters["b1"], 0)
    truth, A2 = np.eye(10, dtype=np.float32)[Y[0]], softmax(dense_forward(X, parameters).T).T
    dZ2 = (A2 - truth) / np.float32(len(X))
    dZ1 = dZ2 @ parameters["W2"].T * (A1 > 0)
    grads = {"dW1": X.reshape(len(X), -1).T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}
    return cross_entropy(A2.T, truth.T), grads


cnn, cnn_costs = train(cnn_gradients, initialize(cnn_shapes, 0), X_small, Y_train, epochs=6)
dense, dense_costs = train(dense_gradients, initialize(dense_shapes, 0), X_small, Y_train, epochs=15)

# %%
moves = [(2, 0), (-2, 0), (0, 2), (0, -2)]
table = {}
for name, forward, parameters in (("convolutional", cnn_forward, cnn), ("dense", dense_forward, dense)):
    still = accuracy(forward(X_held, parameters), Y_test)
    moved = np.mean([accuracy(forward(np.roll(X_held, move, axis=(1, 2)), parameters), Y_test) for move in moves])
    table[name] = (sum(p.size for p in parameters.values()), still, moved)
    print(f"{name:14} {table[name][0]:7,} parameters   test {still:.3f}   moved by 2 pixels {moved:.3f}")
figure, axes = plt.subplots(1, 3, figsize=(9, 2.9))
titles = ("An eleventh of the parameters", "fewer mistakes on test digits", "and on digits moved by 2 pixels")
for axis, column, title in zip(axes, range(3), titles, strict=True):
    values = [row[0] if column == 0 else 100 * (1 - row[column]) for row in table.values()]
    bars = axis.bar(list(table), values, color=plots.COLORS[:2], width=0.6)
    axis.bar_label(bars, fmt="{:,.0f}" if column == 0 else "{:.1f} %")
    axis.set(ylabel="parameters" if column == 0 else "mistakes in %")
    axis.set_title(title, fontsize=10)
    axis.margins(y=0.15)
plt.show()

# %% [markdown]
# *What to notice.* The convolutional network is right on 97 % of the test digits or more, the dense one on about 96 %. That is about one point only: digits are centred, so a dense network can learn each place by itself. The difference becomes plain when the test digits are moved by two pixels, which neither network saw in training: the dense network loses about 26 points, the convolutional one about 11.
#
# ## 8. Why convolutions
#
# *Why do fewer parameters see more?*
#
# Two reasons are in the lectures:
#
# - **Parameter sharing**: a filter that is useful at one place is useful at others. The first layer has 80 parameters for 6,272 numbers. A dense layer with as many outputs would need $(784 + 1) \cdot 6272 = 4{,}923{,}520$.
# - **Sparsity of connections**: each number depends on a window of nine pixels, and not on all 784.
#
# Sharing has a consequence that can be tested. If the picture moves by two pixels, so does the feature map, in the same way. That is called **equivariance**: first move and then convolve gives the same as first convolve and then move. What we want in the end is **invariance**: the answer does not change at all. Pooling brings a part of it, and only a part.


# %%
def move(A, rows):
    """The pictures or maps, this many rows further down."""
    return np.roll(A, rows, axis=1)


def conv(X):
    """The activations of the first layer of the trained network."""
    return np.maximum(conv_forward_fast(X, cnn["W1"], cnn["b1"], 1, 1), 0)


digits = X_held[X_held[:, -5:].max(axis=(1, 2, 3)) == 0][:200]  # with five black rows below
print(
    "convolution, moved by 1 pixel, largest difference:          ",
    np.abs(conv(move(digits, 1)) - move(conv(digits), 1)).max(),
)
there, back = (pool_forward(conv(move(digits, rows)), 2, 2, "max") for rows in (0, 2))
print("pooling of it with stride 2, moved by 2, largest difference:", np.abs(back - move(there, 1)).max())

# %%
changes = {}
for f in (1, 2, 4, 7, 14, 28):
    before, after = (pool_forward(conv(move(digits, rows)), f, f, "max") for rows in (0, 1))
    changes[f] = 100 * np.abs(after - before).mean() / np.abs(before).mean()
figure, axes = plt.subplot_mosaic("abcg\ndefg", figsize=(9, 4), width_ratios=[1, 1, 1, 1.9])
channel = int(conv(digits[:1]).std(axis=(0, 1, 2)).argmax())
for keys, rows, titles in (("abc", 0, ("a digit", "its map", "pooled")), ("def", 4, ("by 4", "by 4", "by 2"))):
    digit = move(digits[:1], rows)
    views = digit[0, :, :, 0], conv(digit)[0, :, :, channel], pool_forward(conv(digit), 2, 2, "max")[0, :, :, channel]
    for key, view, title in zip(keys, views, titles, strict=True):
        axes[key].imshow(view, cmap="gray")
        axes[key].set_title(title if rows == 0 else f"moved {title}", fontsize=10)
        axes[key].set_axis_off()
axes["g"].plot(list(changes), list(changes.values()), "o-")
axes["g"].set(xscale="log", xlabel="side of the pooling window (pixels)", ylabel="change in %", ylim=(0, None))
axes["g"].set_title("The larger the window, the less\na move by 1 pixel changes", fontsize=10)
axes["g"].set_xticks(list(changes), list(changes))
axes["g"].minorticks_off()
plt.show()

# %% [markdown]
# *What to notice.* The map moves as the digit does: the convolution is equivariant up to rounding (the digits have a black border, so nothing is lost at the edge). Pooling with stride 2 is equivariant to moves by 2 pixels, which it turns into moves by 1; to a move by 1 pixel it is not. The curve shows how much the pooled maps change if the digit moves by one pixel: less and less, the larger the window. With a window of $28 \times 28$ only one number a channel is left, and it does not change any more. This **global pooling** is fully invariant, and forgets every place. So pooling is a bargain, and a network makes it in small steps.

# %% [markdown]
# ## What you built
#
# - `pool_forward`, `create_mask_from_window`, `distribute_value`, `pool_backward`: both kinds of pooling, both directions.
# - `conv_backward`: the backward pass of a convolution, quick enough to train with.
# - `spatial_batch_norm` and `group_norm`: normalising channels over the batch, or in each example.
# - `cnn_gradients`: a whole convolutional network, with gradients that agree with numerical ones, which learns 50 pictures by heart and 8,000 digits well.
#
# ## On your own
#
# 1. Replace flatten by **global average pooling**: the mean of each channel goes into the dense layer, which then has 170 parameters. How many test digits are right, and how many of the moved ones?
# 2. Train with digits that are moved at random by up to two pixels. How much of the gap to the moved test digits closes, for each of the two networks?
# 3. Really hard: write the backward pass of `group_norm`, check it numerically, put it between convolution and ReLU, and find out how much larger the rate may be.
#
# ## In practice
#
# In PyTorch, `torch.nn.MaxPool2d(2)`, `torch.nn.BatchNorm2d(8)` and `torch.nn.GroupNorm(2, 8)` are your layers, with channels first. Nobody writes backward passes by hand there: they are built from the forward pass, as you did with a tape in course 2. `torch.autograd.gradcheck` does the numerical check. When training does not work, practitioners begin with what you did in section 6: a small batch that the network must learn by heart.
#
# ## References
#
# - Course 4, week 1, lectures 9 to 11.
# - Y. LeCun, L. Bottou, Y. Bengio and P. Haffner (1998), Gradient-Based Learning Applied to Document Recognition, Proceedings of the IEEE 86(11).
# - S. Ioffe and C. Szegedy (2015), Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift, ICML.
# - Y. Wu and K. He (2018), Group Normalization, ECCV.
