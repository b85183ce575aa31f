# %% [markdown]
# You will write a convolutional layer for pictures in colour, first with loops, then as one matrix product that does the same work many times as fast.
# At the end you can read the list of layers of a network and say the shape of each activation and the number of its parameters.

# %% [markdown]
# ## What you will be able to do
#
# - apply filters to all channels of a batch of pictures, and say every shape of a convolutional layer;
# - turn a convolution into one matrix product (`im2col`), and say what that costs;
# - write the adjoint of `im2col`, which the backward pass needs;
# - compute the shapes and the parameters of a whole network from the list of its layers.
#
# **What you need:** [edge detection](01_edge_detection.ipynb) and [padding and stride](02_padding_and_stride.ipynb). The set-up cell loads your `zero_pad(images, p)` and `output_size(n, f, p, s)` of that lesson.

# %%
import time

import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.padding import output_size, zero_pad

plots.use_style()

print("output_size(39, 3, 0, 1) =", output_size(39, 3, 0, 1), "  output_size(7, 3, 0, 2) =", output_size(7, 3, 0, 2))

# %% [markdown]
# ## 1. A filter over all channels
#
# *A picture in colour has three numbers at each pixel. How does one filter look at all of them?*
#
# The filter has as many channels as the picture. Such a three-dimensional array is called a **volume**, and the operation a **convolution over volumes**. (As in most books and in all frameworks, the filter is not turned: from here on *convolution* means the cross-correlation of lesson 1.) A filter $W$ has the shape $(f, f, n_C^{prev})$: $f$ pixels high and wide, and $n_C^{prev}$ channels, those of the picture. At one place, the **window** is the part of the picture under the filter, of the same shape. All products are added up, over the channels too, and then the **bias** $b$, one number, is added once:
#
# $$z = \sum_{u=0}^{f-1} \; \sum_{v=0}^{f-1} \; \sum_{c=0}^{n_C^{prev}-1} W_{uvc} \, x_{uvc} + b .$$
#
# So the result is **one** number for each place, not one for each channel. A filter can look at one colour only (its weights for the others are 0), at all of them alike, or at their difference.
#
# *On paper.* A window of $2 \times 2$ pixels with two channels, drawn one beside the other, the filter in the same way, and $b = 5$:
#
# $$x = \begin{bmatrix} 1 & 2 \\ 0 & 3 \end{bmatrix} \begin{bmatrix} 4 & 0 \\ 1 & 1 \end{bmatrix}, \quad W = \begin{bmatrix} 1 & -1 \\ 2 & 0 \end{bmatrix} \begin{bmatrix} 0 & 3 \\ 1 & 2 \end{bmatrix}, \quad z = \underbrace{(1 - 2)}_{\text{channel 0}} + \underbrace{(1 + 2)}_{\text{channel 1}} + 5 = 7 .$$
#
# ### Exercise 1: `conv_single_step`


# %% exercise="conv_single_step"
def conv_single_step(window, W, b):
    """One filter at one place: all products of window and filter added up, and the bias.

    Args:
        window: the part of a picture under the filter, shape (f, f, n_C_prev), floats or whole numbers; also pixels of
            type uint8.
        W: the filter, of the same shape, floats or whole numbers.
        b: the bias, a number.

    Returns:
        z, a number.

    Raises:
        ValueError: window and W do not have the same shape, also where NumPy would broadcast one of them.

    Example:
        conv_single_step(np.array([[[2, 3]]]), np.array([[[10, 1]]]), 5) is 28.
    """
    # 1. The same shape? 2. Multiply, add up everything, add the bias once.
    ### BEGIN SOLUTION
    if window.shape != W.shape:
        raise ValueError(f"a filter of shape {W.shape} does not fit a window of shape {window.shape}")
    return np.sum(window * W) + b
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.sum` without an axis adds up all entries of an array, whatever its shape. Compare `window.shape` with `W.shape` before you multiply.
# </details>

# %% check="conv_single_step" points=1
with checks.exercise("conv_single_step"):
    window = np.stack([[[1.0, 2.0], [0.0, 3.0]], [[4.0, 0.0], [1.0, 1.0]]], axis=2)  # two channels
    W = np.stack([[[1.0, -1.0], [2.0, 0.0]], [[0.0, 3.0], [1.0, 2.0]]], axis=2)
    checks.unchanged(conv_single_step, window, W, 5.0)
    slips = {"the bias is missing": 2, "the bias is added once, not for each channel": 12, "it wants the sum": 5.25}
    slips |= {
        "add the products of all channels, not of the first alone": 4,
        "add the bias once, not to each product": 42,
    }
    checks.close("conv_single_step(window, W, 5)", conv_single_step(window, W, 5.0), 7, mistakes=slips)
    one = window[:, :, :1]
    checks.raises("a window (2, 2, 1) and a filter (2, 2, 2)", ValueError, conv_single_step, one, W, 5.0)
    ### BEGIN HIDDEN TESTS

    def number_by_number(window, W, b):
        return sum(float(window[place]) * float(W[place]) for place in np.ndindex(W.shape)) + b

    def place(rng, f, n_C_prev):
        return rng.normal(0, 1, (f, f, n_C_prev)), rng.normal(0, 1, (f, f, n_C_prev)), rng.normal()

    rng = np.random.default_rng(1)
    cases = {
        "with f = 101": place(rng, 101, 1),
        "with 120 channels": place(rng, 1, 120),
        "with numbers near 1e-9": tuple(1e-9 * each for each in place(rng, 3, 2)),
        "with b = 0": (*place(rng, 2, 3)[:2], 0.0),
        "with b = 0, a whole number": (*place(rng, 2, 3)[:2], 0),
        "with b as a NumPy number": (*place(rng, 2, 3)[:2], np.float64(1.5)),
    }
    domain = {"real": {"window": 300, "W": 30, "b": 30}, "types": ["window", "W", "b"], "pixels": ["window"]}
    sizes = {"f": 6, "n_C_prev": 7}
    checks.agrees(conv_single_step, number_by_number, place, sizes=sizes, cases=cases, **domain)
    for first, second in (
        ((2, 2, 3), (2, 2, 1)),
        ((2, 2, 1), (2, 2, 3)),
        ((3, 3, 2), (1, 1, 2)),
        ((3, 3, 2), (3, 1, 2)),
        ((3, 3, 2), (1, 3, 2)),
        ((1, 1, 2), (3, 3, 2)),
        ((1, 1, 1), (2, 2, 2)),
        ((2, 2, 4), (4, 4, 1)),
        ((3, 3, 4), (2, 2, 9)),
    ):
        arguments = np.ones(first), np.ones(second), 1.0
        checks.raises(f"a window {first} and a filter {second}", ValueError, conv_single_step, *arguments)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. One layer of a convolutional network
#
# *One filter finds one thing. How does a layer find many?*
#
# It has $n_C$ filters, each with a bias of its own, and puts their results one behind the other as channels. For a batch of $m$ pictures:
#
# | | shape |
# |---|---|
# | what comes in, $A^{prev}$ | $(m, \; n_H^{prev}, \; n_W^{prev}, \; n_C^{prev})$ |
# | all filters in one array, $W$ | $(f, \; f, \; n_C^{prev}, \; n_C)$; filter $k$ is `W[:, :, :, k]` |
# | biases, $b$ | $(n_C,)$ |
# | what comes out, $Z$ | $(m, \; n_H, \; n_W, \; n_C)$ |
#
# The number of channels that comes **out** is the number of filters. Height and width come from the padding $p$ and the stride $s$, as in the lesson before: $n_H = \lfloor (n_H^{prev} + 2p - f) / s \rfloor + 1$, and $n_W$ likewise. Here $\lfloor \; \rfloor$ rounds down: the last rows and columns may be in no window. With $X$ for the padded pictures,
#
# $$Z_{i, h, w, k} = \sum_{u, v, c} W_{u, v, c, k} \; X_{i, \; h s + u, \; w s + v, \; c} + b_k .$$
#
# Then comes the activation function, for each number: $A = g(Z)$, mostly ReLU, $\max(0, z)$. That is one **convolutional layer**: like a dense layer, but each unit sees one window only, and all units of a channel have the same weights. It has $(f \cdot f \cdot n_C^{prev} + 1) \, n_C$ parameters.
#
# *On paper.* One picture with one channel, and two filters with $b = [0, 10]$:
#
# $$X = \begin{bmatrix} 1 & 2 & 0 \\ 0 & 1 & 3 \\ 2 & 1 & 1 \end{bmatrix}, \quad W_{(0)} = \begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}, \quad W_{(1)} = \begin{bmatrix} 0 & 1 \\ -1 & 2 \end{bmatrix}, \quad Z_{(0)} = \begin{bmatrix} 2 & 5 \\ 1 & 2 \end{bmatrix}, \quad Z_{(1)} = \begin{bmatrix} 14 & 15 \\ 11 & 14 \end{bmatrix} .$$
#
# With $p = 1$ and $s = 2$ the windows begin at the rows and columns 0 and 2 of the padded picture, and $Z_{(0)} = \begin{bmatrix} 1 & 0 \\ 2 & 2 \end{bmatrix}$, $Z_{(1)} = \begin{bmatrix} 12 & 8 \\ 14 & 14 \end{bmatrix}$.
#
# ### Exercise 2: `conv_forward`
#
# Write it with loops: over the pictures, the places, the filters. It is slow, and nobody can misread it.


# %% exercise="conv_forward"
def conv_forward(A_prev, W, b, stride, pad):
    """A convolutional layer without its activation function, for a batch.

    Args:
        A_prev: pictures or activations, shape (m, n_H_prev, n_W_prev, n_C_prev), floats or whole numbers; also pixels
            of type uint8. They need not be square.
        W: the filters, shape (f, f, n_C_prev, n_C), floats or whole numbers.
        b: the biases, shape (n_C,), floats or whole numbers.
        stride: pixels from one window to the next, in both directions, a whole number.
        pad: rows and columns of zeros on each of the four sides, a whole number >= 0.

    Returns:
        Z as in the formula, shape (m, n_H, n_W, n_C).

    Raises:
        ValueError: the filters are for another number of channels than A_prev has; the filter is larger than the
            padded picture in height or in width; stride < 1.
    """
    # 1. The size of the result. 2. Pad. 3. For each picture, place and filter: the window, and one step.
    ### BEGIN SOLUTION
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, _, _, n_C = W.shape
    if stride < 1:
        raise ValueError(f"the stride must be 1 or more, not {stride}")
    n_H, n_W = output_size(n_H_prev, f, pad, stride), output_size(n_W_prev, f, pad, stride)
    X, Z = zero_pad(A_prev, pad), np.zeros((m, n_H, n_W, n_C))  # equivalent "zeros → ones": every entry is written
    for i, h, w, k in np.ndindex(Z.shape):
        window = X[i, h * stride : h * stride + f, w * stride : w * stride + f]
        Z[i, h, w, k] = conv_single_step(window, W[..., k], b[k])
    return Z
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `output_size(n_H_prev, f, pad, stride)` gives the height and refuses a filter that has no place; the width likewise. It does not refuse a stride below 1: do that yourself, before you call it (a stride of 0 would be a division by 0). `Z = np.zeros((m, n_H, n_W, n_C))` is filled number by number. `conv_single_step` refuses channels that do not fit.
# </details>
# <details><summary>Hint 2</summary>
#
# `for i, h, w, k in np.ndindex(m, n_H, n_W, n_C):` is four loops in one line. The window in row `h` of the result begins in row `h * stride` of the padded picture and is `f` rows high. It keeps all its channels.
# </details>

# %% check="conv_forward" points=2
with checks.exercise("conv_forward"):
    A_prev = np.array([[1.0, 2, 0], [0, 1, 3], [2, 1, 1]]).reshape(1, 3, 3, 1)
    W = np.stack([[[1.0, 0], [0, 1]], [[0, 1], [-1, 2]]], axis=2).reshape(2, 2, 1, 2)
    b = np.array([0.0, 10.0])
    checks.unchanged(conv_forward, A_prev, W, b, 1, 0)
    Z = conv_forward(A_prev, W, b, 1, 0)
    checks.shape("conv_forward(A_prev, W, b, 1, 0)", Z, (1, 2, 2, 2))
    slips = {"the filter was turned by 180 degrees": [[10, 15], [11, 10]], "the biases are missing": [[4, 5], [1, 4]]}
    checks.close("filter 1, stride 1, pad 0", Z[0, :, :, 1], [[14, 15], [11, 14]], mistakes=slips)
    Z = conv_forward(A_prev, W, b, 2, 1)
    checks.close("filter 1, stride 2, pad 1", Z[0, :, :, 1], [[12, 8], [14, 14]])
    checks.shape("of 3 pictures (7, 5), stride 2", conv_forward(np.ones((3, 7, 5, 1)), W, b, 2, 0), (3, 3, 2, 2))
    checks.raises("stride 0", ValueError, conv_forward, A_prev, W, b, 0, 0)
    checks.raises("two channels, filters for one", ValueError, conv_forward, np.ones((1, 3, 3, 2)), W, b, 1, 0)
    ### BEGIN HIDDEN TESTS

    def by_shifts(A_prev, W, b, stride, pad):
        X, f = np.pad(A_prev.astype(float), ((0, 0), (pad, pad), (pad, pad), (0, 0))), len(W)
        high, wide = X.shape[1] - f + 1, X.shape[2] - f + 1
        dense = sum(X[:, r : r + high, c : c + wide] @ W[r, c] for r, c in np.ndindex(f, f)) + b
        return dense[:, ::stride, ::stride]

    def layer(rng, m, high, wide, f, n_C_prev, n_C, steps=None):
        stride, pad = steps or (1 + (m + f) % 3, (high + n_C) % 3)
        n_H, n_W = (max(1, (n - 1) * stride + f - 2 * pad + n % stride) for n in (high, wide))
        W, b = rng.normal(0, 1, (f, f, n_C_prev, n_C)), rng.normal(0, 1, n_C)
        return rng.normal(0, 1, (m, n_H, n_W, n_C_prev)), W, b, stride, pad

    rng = np.random.default_rng(2)
    long = {"m": (103, 1, 2, 1, 1, 2), "height": (1, 104, 1, 2, 1, 1), "width": (1, 1, 104, 2, 1, 1)}
    long |= {"f": (1, 1, 1, 101, 1, 1), "n_C_prev": (1, 1, 1, 1, 130, 1), "n_C": (1, 1, 1, 1, 1, 130)}
    cases = {f"with {name} above 100": layer(rng, *numbers) for name, numbers in long.items()}
    picture, W, b = rng.normal(0, 1, (2, 5, 7, 2)), rng.normal(0, 1, (4, 4, 2, 3)), np.array([3.0, -1, 2])
    for stride, pad, f in [(s, p, f) for s in (1, 2, 3, 4, 9) for p in (0, 1, 3) for f in (1, 2, 3, 4)]:
        cases[f"with f = {f}, stride {stride}, pad {pad}"] = picture, W[:f, :f], b, stride, pad
    cases["with numbers near 1e-9"] = picture * 1e-9, W, b * 1e-9, 1, 1
    cases["with one picture and one filter"] = picture[:1], W[..., :1], b[:1], 1, 0
    cases["with a filter as large as the padded picture"] = picture[:, :, :5], np.tile(W, (2, 2, 1, 1))[:7, :7], b, 3, 1
    domain = {"real": {"A_prev": 300, "W": 30, "b": 30}, "types": ["A_prev", "W", "b"], "pixels": ["A_prev"]}
    sizes = {"m": 4, "high": 5, "wide": 6, "f": 5, "n_C_prev": 5, "n_C": 6}
    checks.agrees(conv_forward, by_shifts, layer, sizes=sizes, cases=cases, **domain)
    for shape, f, channels, stride, pad in (
        *(((2, 5, 4, there), 3, wanted, 1, 0) for there, wanted in ((1, 2), (2, 1), (3, 1), (1, 3), (4, 2), (9, 1))),
        *(((1, *sides, 2), 4, 2, stride, 0) for sides in ((5, 3), (3, 5), (3, 3), (9, 1)) for stride in (1, 2, 3, 5)),
        *(((1, *sides, 1), 6, 1, stride, 1) for sides in ((9, 3), (3, 9)) for stride in (1, 2)),
        *(((2, 4, 5, 1), f, 1, stride, 1) for f in (1, 3) for stride in (0, -1, -2)),
        *(((2, 4, 4, 1), 4, 1, stride, 0) for stride in (0, -1, -2)),
    ):
        what = f"A_prev {shape}, filters ({f}, {f}, {channels}, 2), stride {stride}, pad {pad}"
        wrong = np.ones(shape), np.ones((f, f, channels, 2)), np.ones(2), stride, pad
        checks.raises(what, ValueError, conv_forward, *wrong)
    ### END HIDDEN TESTS

# %% [markdown]
# Now four filters made by hand for pictures in colour. Two look for edges, in all channels alike. Two look for a colour: one adds up red and subtracts green and blue, one does this for blue. Their negative bias is a threshold: after ReLU only what is red enough, or blue enough, is left.

# %%
photos = np.stack([data.load_photo("astronaut")[60:316:3, ::3], data.load_photo("dahlia")[::3, ::3]]) / 255
edge = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])
by_hand = {
    "brighter on the left": edge[:, :, None] * np.ones(3) / 12,
    "brighter above": edge.T[:, :, None] * np.ones(3) / 12,
    "red": np.ones((3, 3, 1)) * [1, -0.5, -0.5] / 9,
    "blue": np.ones((3, 3, 1)) * [-0.5, -0.5, 1] / 9,
}
filters = np.stack(list(by_hand.values()), axis=3)
maps = np.maximum(conv_forward(photos, filters, np.array([0, 0, -0.1, -0.05]), 1, 0), 0)
print("photos", photos.shape, "  filters", filters.shape, "  feature maps", maps.shape)

# %%
figure, axes = plt.subplots(2, 5, figsize=(10, 3.1))
for row, photo, channels in zip(axes, photos, maps, strict=True):
    row[0].imshow(photo)
    for k, axis in enumerate(row[1:]):
        axis.imshow(channels[:, :, k], vmin=0, vmax=np.quantile(maps[..., k], 0.995))
    for axis in row:
        axis.set_axis_off()
for axis, title in zip(axes[0], ("the photograph", *by_hand), strict=True):
    axis.set_title(title, fontsize=10)
figure.suptitle("Each filter makes one feature map; it is bright where the filter finds what it looks for", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* What one filter makes of a picture is called its **feature map**. The orange suit and the flower shine in the map of *red*; the round badge on the suit and the leaves behind the flower shine in the map of *blue*. No filter that sees brightness alone could tell these colours apart. ReLU has cut off half of the edges: where it becomes brighter to the right, the map is 0. A network would have another filter for those.
#
# ## 3. Windows as rows of a matrix
#
# *Four loops in Python are slow. What is fast?*
#
# Matrix products: processors and libraries are made for them. And each number of $Z$ is a product of two long vectors, the window and the filter. So write each window into a **row**, $f \cdot f \cdot n_C^{prev}$ numbers long, and each filter into a **column** in the same order. One matrix product then computes all windows with all filters. The matrix of the windows is called `im2col`, *image to columns* (its first authors wrote each window as a column; rows suit our shapes better).
#
# The order matters:
#
# - rows: picture 0 first, with its places row by row from left to right, then picture 1, …;
# - columns: the pixels of the window row by row from left to right, and for each pixel its channels. This is the order of `window.reshape(-1)`.
#
# *On paper.* A picture of $2 \times 3$ pixels with one channel, $f = 2$, stride 1, no padding:
#
# $$\begin{bmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \end{bmatrix} \; \longrightarrow \; \begin{bmatrix} 1 & 2 & 4 & 5 \\ 2 & 3 & 5 & 6 \end{bmatrix} .$$
#
# The pixels 2 and 5 lie in both windows and are copied twice.
#
# ### Exercise 3: `im2col`


# %% exercise="im2col"
def im2col(A_prev, f, stride, pad):
    """The windows of all pictures as the rows of one matrix.

    Args:
        A_prev: shape (m, n_H_prev, n_W_prev, n_C_prev), floats or whole numbers; also pixels of type uint8.
        f: the side of a window, a whole number >= 1.
        stride, pad: as in conv_forward.

    Returns:
        A new matrix of shape (m * n_H * n_W, f * f * n_C_prev), rows and columns in the order of the text. It may have
        the number type of A_prev or be of floats. It shares no memory with A_prev, also if f = 1.

    Raises:
        ValueError: the window is larger than the padded picture in height or in width; stride < 1.

    Example:
        im2col(np.array([1, 2, 3, 4, 5, 6]).reshape(1, 2, 3, 1), 2, 1, 0) is [[1, 2, 4, 5], [2, 3, 5, 6]].
    """
    # 1. The number of places. 2. Pad. 3. Copy the windows, all with the same order of their numbers. 4. Two axes.
    ### BEGIN SOLUTION
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    if stride < 1:
        raise ValueError(f"the stride must be 1 or more, not {stride}")
    n_H, n_W = output_size(n_H_prev, f, pad, stride), output_size(n_W_prev, f, pad, stride)
    X, windows = zero_pad(A_prev, pad), np.empty((m, n_H, n_W, f, f, n_C_prev), dtype=A_prev.dtype)
    for u, v in np.ndindex(f, f):
        windows[:, :, :, u, v] = X[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride]
    return windows.reshape(m * n_H * n_W, f * f * n_C_prev)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The readable way: loops over picture and place, `rows.append(window.reshape(-1))`, and `np.array(rows)` at the end. It is right, and some ten times slower than the next hint.
# </details>
# <details><summary>Hint 2</summary>
#
# Loop over the $f \cdot f$ positions *inside* a window instead. The pixels that stand at position $(u, v)$ of all windows are one slice of the padded pictures: it begins in row `u`, takes every `stride`-th row, `n_H` of them, and the columns likewise.
# </details>
# <details><summary>Hint 3</summary>
#
# Collect these slices in an array of six axes, $(m, n_H, n_W, f, f, n_C^{prev})$: `windows[:, :, :, u, v] = X[:, u : u + n_H * stride : stride, …]`. At the end `windows.reshape(m * n_H * n_W, -1)`.
# </details>

# %% check="im2col" points=2
with checks.exercise("im2col"):
    A_prev, numbers = np.arange(1.0, 7.0).reshape(1, 2, 3, 1), np.arange(1.0, 9.0)
    checks.unchanged(im2col, A_prev, 2, 1, 0)
    slips = {"a window is read row by row": [[1, 4, 2, 5], [2, 5, 3, 6]]}
    found = im2col(A_prev, 2, 1, 0)
    checks.close("im2col([[1, 2, 3], [4, 5, 6]], 2, 1, 0)", found, [[1, 2, 4, 5], [2, 3, 5, 6]], mistakes=slips)
    found = im2col(A_prev, 2, 2, 1)
    checks.close("stride 2, pad 1", found, [[0, 0, 0, 1], [0, 0, 2, 3], [0, 4, 0, 0], [5, 6, 0, 0]])
    slips = {"the channels of a pixel stand side by side, not channel after channel": [[1, 3, 5, 7, 2, 4, 6, 8]]}
    found = im2col(numbers.reshape(1, 2, 2, 2), 2, 1, 0)
    checks.close("a picture (2, 2) with 2 channels, f = 2", found, [[1, 2, 3, 4, 5, 6, 7, 8]], mistakes=slips)
    found = im2col(numbers.reshape(2, 2, 1, 2), 1, 1, 0)
    checks.close("2 pictures (2, 1) with 2 channels, f = 1", found, [[1, 2], [3, 4], [5, 6], [7, 8]])
    checks.raises("f = 3, a picture (2, 3)", ValueError, im2col, A_prev, 3, 1, 0)
    ### BEGIN HIDDEN TESTS

    def window_by_window(A_prev, f, stride, pad):
        m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
        rows = []
        for i in range(m):
            for top in range(-pad, n_H_prev + pad - f + 1, stride):
                for left in range(-pad, n_W_prev + pad - f + 1, stride):
                    row = np.zeros((f, f, n_C_prev))
                    for r, c in np.ndindex(f, f):
                        if 0 <= top + r < n_H_prev and 0 <= left + c < n_W_prev:
                            row[r, c] = A_prev[i, top + r, left + c]
                    rows.append(row.ravel())
        return np.stack(rows)

    def pictures(rng, m, high, wide, f, n_C_prev):
        stride, pad = 1 + (m + f) % 3, (high + n_C_prev) % 3
        n_H, n_W = (max(1, (n - 1) * stride + f - 2 * pad + n % stride) for n in (high, wide))
        return rng.normal(0, 1, (m, n_H, n_W, n_C_prev)), f, stride, pad

    rng = np.random.default_rng(3)
    long = {"m": (103, 1, 2, 1, 2), "height": (1, 104, 1, 2, 1), "width": (1, 1, 104, 2, 1)}
    long |= {"f": (1, 1, 1, 101, 1), "n_C_prev": (1, 1, 1, 1, 130)}
    cases = {f"with {name} above 100": pictures(rng, *numbers) for name, numbers in long.items()}
    picture = rng.normal(0, 1, (2, 5, 7, 2))
    for stride, pad, f in [(s, p, f) for s in (1, 2, 3, 4, 9) for p in (0, 1, 3) for f in (1, 2, 3, 4)]:
        cases[f"with f = {f}, stride {stride}, pad {pad}"] = picture, f, stride, pad
    cases["with a window as large as the padded picture"] = picture[:, :, :5], 7, 3, 1
    domain = {"real": {"A_prev": 300}, "types": ["A_prev"], "pixels": ["A_prev"], "cases": cases}
    sizes = {"m": 4, "high": 5, "wide": 6, "f": 5, "n_C_prev": 5}
    checks.agrees(im2col, window_by_window, pictures, sizes=sizes, **domain)
    for sides, f, stride, pad in (
        *((sides, 4, stride, 0) for sides in ((5, 3), (3, 5), (3, 3), (9, 1)) for stride in (1, 2, 3, 5)),
        *((sides, 6, stride, 1) for sides in ((9, 3), (3, 9)) for stride in (1, 2)),
        *(((4, 5), f, stride, 1) for f in (1, 3) for stride in (0, -1, -2)),
    ):
        what = f"pictures of {sides}, f = {f}, stride {stride}, pad {pad}"
        checks.raises(what, ValueError, im2col, np.ones((2, *sides, 3)), f, stride, pad)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 4: `conv_forward_fast`
#
# Now the layer is one product and two reshapes, from four axes to two and back:
#
# $$\underbrace{Z}_{(m \, n_H \, n_W, \; n_C)} = \underbrace{\text{im2col}(A^{prev})}_{(m \, n_H \, n_W, \; f f n_C^{prev})} \; \underbrace{W}_{(f f n_C^{prev}, \; n_C)} + \; b .$$


# %% exercise="conv_forward_fast"
def conv_forward_fast(A_prev, W, b, stride, pad):
    """The same as conv_forward, by one matrix product.

    Args, Returns and Raises: those of conv_forward.

    It must be quick: for 8 pictures of 30 x 30 with 3 channels and 64 filters of 3 x 3 it has one second. A matrix
    product needs a few hundredths of it; a loop over the pictures, places and filters needs more than one.
    """
    # 1. The windows as rows. 2. The filters as columns, in the same order. 3. Product and biases. 4. Four axes again.
    ### BEGIN SOLUTION
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, _, _, n_C = W.shape
    filters = W.reshape(-1, n_C)  # equivalent "1 → 2": any negative number will do
    Z = im2col(A_prev, f, stride, pad) @ filters + b
    n_H, n_W = output_size(n_H_prev, f, pad, stride), output_size(n_W_prev, f, pad, stride)
    return Z.reshape(m, n_H, n_W, n_C)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `W.reshape(-1, n_C)` writes filter $k$ into column $k$, in the order of `window.reshape(-1)`. Nothing needs to be transposed.
# </details>
# <details><summary>Hint 2</summary>
#
# The rows of the product are in the order picture, row, column. So `.reshape(m, n_H, n_W, n_C)` puts each number in its place. $b$ has the shape $(n_C,)$ and is added to each row by itself. Which errors do `im2col` and `@` raise already, so that you need not?
# </details>

# %% check="conv_forward_fast" points=2
with checks.exercise("conv_forward_fast"):
    A_prev = np.array([[1.0, 2, 0], [0, 1, 3], [2, 1, 1]]).reshape(1, 3, 3, 1)
    W = np.stack([[[1.0, 0], [0, 1]], [[0, 1], [-1, 2]]], axis=2).reshape(2, 2, 1, 2)
    b = np.array([0.0, 10.0])
    checks.unchanged(conv_forward_fast, A_prev, W, b, 1, 0)
    Z = conv_forward_fast(A_prev, W, b, 1, 0)
    checks.shape("conv_forward_fast(A_prev, W, b, 1, 0)", Z, (1, 2, 2, 2))
    slips = {"the biases are missing": [[4, 5], [1, 4]]}
    checks.close("filter 1, stride 1, pad 0", Z[0, :, :, 1], [[14, 15], [11, 14]], mistakes=slips)
    checks.close("filter 1, stride 2, pad 1", conv_forward_fast(A_prev, W, b, 2, 1)[0, :, :, 1], [[12, 8], [14, 14]])
    checks.shape("of 3 pictures (7, 5), stride 2", conv_forward_fast(np.ones((3, 7, 5, 1)), W, b, 2, 0), (3, 3, 2, 2))
    checks.raises("stride 0", ValueError, conv_forward_fast, A_prev, W, b, 0, 0)
    checks.raises("two channels, filters for one", ValueError, conv_forward_fast, np.ones((1, 3, 3, 2)), W, b, 1, 0)
    ### BEGIN HIDDEN TESTS

    def by_shifts(A_prev, W, b, stride, pad):
        X, f = np.pad(A_prev.astype(float), ((0, 0), (pad, pad), (pad, pad), (0, 0))), len(W)
        high, wide = X.shape[1] - f + 1, X.shape[2] - f + 1
        dense = sum(X[:, r : r + high, c : c + wide] @ W[r, c] for r, c in np.ndindex(f, f)) + b
        return dense[:, ::stride, ::stride]

    def layer(rng, m, high, wide, f, n_C_prev, n_C):
        stride, pad = 1 + (m + f) % 3, (high + n_C) % 3
        n_H, n_W = (max(1, (n - 1) * stride + f - 2 * pad + n % stride) for n in (high, wide))
        W, b = rng.normal(0, 1, (f, f, n_C_prev, n_C)), rng.normal(0, 1, n_C)
        return rng.normal(0, 1, (m, n_H, n_W, n_C_prev)), W, b, stride, pad

    rng = np.random.default_rng(4)
    long = {"m": (103, 1, 2, 1, 1, 2), "height": (1, 104, 1, 2, 1, 1), "width": (1, 1, 104, 2, 1, 1)}
    long |= {"f": (1, 1, 1, 101, 1, 1), "n_C_prev": (1, 1, 1, 1, 130, 1), "n_C": (1, 1, 1, 1, 1, 130)}
    cases = {f"with {name} above 100": layer(rng, *numbers) for name, numbers in long.items()}
    picture, W, b = rng.normal(0, 1, (2, 5, 7, 2)), rng.normal(0, 1, (4, 4, 2, 3)), np.array([3.0, -1, 2])
    for stride, pad, f in [(s, p, f) for s in (1, 2, 3, 4, 9) for p in (0, 1, 3) for f in (1, 2, 3, 4)]:
        cases[f"with f = {f}, stride {stride}, pad {pad}"] = picture, W[:f, :f], b, stride, pad
    cases["with numbers near 1e-9"] = picture * 1e-9, W, b * 1e-9, 1, 1
    cases["with one picture and one filter"] = picture[:1], W[..., :1], b[:1], 1, 0
    cases["with a filter as large as the padded picture"] = picture[:, :, :5], np.tile(W, (2, 2, 1, 1))[:7, :7], b, 3, 1
    domain = {"real": {"A_prev": 300, "W": 30, "b": 30}, "types": ["A_prev", "W", "b"], "pixels": ["A_prev"]}
    sizes = {"m": 4, "high": 5, "wide": 6, "f": 5, "n_C_prev": 5, "n_C": 6}
    checks.agrees(conv_forward_fast, by_shifts, layer, sizes=sizes, cases=cases, **domain)
    for shape, f, channels, stride, pad in (
        *(((2, 5, 4, there), 3, wanted, 1, 0) for there, wanted in ((1, 2), (2, 1), (3, 1), (1, 3), (4, 2), (9, 1))),
        *(((1, *sides, 2), 4, 2, stride, 0) for sides in ((5, 3), (3, 5), (3, 3), (9, 1)) for stride in (1, 2, 3, 5)),
        *(((1, *sides, 1), 6, 1, stride, 1) for sides in ((9, 3), (3, 9)) for stride in (1, 2)),
        *(((2, 4, 5, 1), f, 1, stride, 1) for f in (1, 3) for stride in (0, -1, -2)),
    ):
        what = f"A_prev {shape}, filters ({f}, {f}, {channels}, 2), stride {stride}, pad {pad}"
        wrong = np.ones(shape), np.ones((f, f, channels, 2)), np.ones(2), stride, pad
        checks.raises(what, ValueError, conv_forward_fast, *wrong)
    many = rng.normal(0, 1, (8, 30, 30, 3)), rng.normal(0, 1, (3, 3, 3, 64)), np.ones(64), 1, 0
    spent = []
    while len(spent) < 3 and min(spent, default=2) > 1:
        began = time.perf_counter()
        conv_forward_fast(*many)
        spent.append(time.perf_counter() - began)
    checks.that(
        min(spent) < 1, f"8 pictures, 64 filters: {min(spent):.1f} seconds, more than one; use a matrix product"
    )
    ### END HIDDEN TESTS

# %% [markdown]
# How much faster is it? The same layer both ways, the best of three runs.

# %%
rng = np.random.default_rng(0)
activations, W, b = rng.normal(0, 1, (4, 16, 16, 8)), rng.normal(0, 1, (3, 3, 8, 16)), rng.normal(0, 1, 16)
seconds = {}
for function in (conv_forward, conv_forward_fast):
    spent = []
    for _ in range(3):
        began = time.perf_counter()
        Z = function(activations, W, b, 1, 1)
        spent.append(time.perf_counter() - began)
    seconds[function.__name__] = min(spent)
ratio = seconds["conv_forward"] / seconds["conv_forward_fast"]
figure, axis = plt.subplots(figsize=(7, 1.9))
bars = axis.barh(["loops", "matrix product"], [1000 * each for each in seconds.values()], color=plots.COLORS[:2])
axis.bar_label(bars, fmt="%.1f ms", padding=3)
axis.set(xscale="log", xlabel="milliseconds (logarithmic)", title=f"The same numbers, {ratio:.0f} times as fast")
axis.margins(x=0.2)
axis.invert_yaxis()
plt.show()
same = np.allclose(conv_forward(activations, W, b, 1, 1), conv_forward_fast(activations, W, b, 1, 1))
print(
    f"equal results: {same};  im2col holds {im2col(activations, 3, 1, 1).size / activations.size:.0f} times the numbers"
)

# %% [markdown]
# *What to notice.* With loops over places and filters in `conv_forward`, and `im2col` by slices, the product is more than 50 times as fast, mostly several hundred times. The number of multiplications is the same. What is saved is Python's work around each of them. The price is memory: with stride 1, a pixel away from the border is copied into $f^2$ rows, nine here.
#
# ## 4. The way back
#
# *Why would anybody want to go from the matrix back to pictures?*
#
# For the gradient. In the next lesson, the derivative of the cost with respect to the *matrix of windows* will be easy, and what is needed is the derivative with respect to the *pictures*. A pixel that was copied into several rows acts through all its copies. By the chain rule, its derivative is the **sum** over the copies. So `col2im` lays each row back to its place in the pictures, and **adds up where windows overlap**. What falls into the padding is thrown away; a pixel that is in no window gets 0.
#
# Mathematicians call `col2im` the **adjoint** of `im2col` (its transpose, if you write `im2col` as a large matrix of zeros and ones). For all pictures $A$ and all matrices $C$ of the right shapes, with both sums over all entries,
#
# $$\sum \text{im2col}(A) \cdot C = \sum A \cdot \text{col2im}(C) .$$
#
# It is *not* the inverse: a pixel in two windows comes back doubled.
#
# *On paper.* The windows of exercise 3, brought back: $\begin{bmatrix} 1 & 2 & 4 & 5 \\ 2 & 3 & 5 & 6 \end{bmatrix} \longrightarrow \begin{bmatrix} 1 & 2 + 2 & 3 \\ 4 & 5 + 5 & 6 \end{bmatrix}$.
#
# ### Exercise 5: `col2im`


# %% exercise="col2im"
def col2im(columns, shape, f, stride, pad):
    """The adjoint of im2col: lays each row back to its window, and adds up where windows overlap.

    Args:
        columns: any matrix of the shape that im2col gives for pictures of this shape, floats or whole numbers.
        shape: the shape of the pictures without padding, a tuple (m, n_H_prev, n_W_prev, n_C_prev).
        f, stride, pad: as in im2col; the window fits into the padded picture, and stride >= 1.

    Returns:
        A new array of that shape: for each pixel, the sum of the entries of columns at all places to which im2col
        copies this pixel; 0 for a pixel that is in no window. It may have the number type of columns or be of floats.

    Example:
        col2im(np.array([[1, 2, 4, 5], [2, 3, 5, 6]]), (1, 2, 3, 1), 2, 1, 0)[0, :, :, 0] is [[1, 4, 3], [4, 10, 6]].
    """
    # 1. The rows as windows again, six axes. 2. Padded pictures of zeros; add each window at its place. 3. Cut.
    ### BEGIN SOLUTION
    m, n_H_prev, n_W_prev, n_C_prev = shape
    n_H, n_W = output_size(n_H_prev, f, pad, stride), output_size(n_W_prev, f, pad, stride)
    windows = columns.reshape(m, n_H, n_W, f, f, n_C_prev)
    X = zero_pad(np.zeros(shape, dtype=columns.dtype), pad)
    for u, v in np.ndindex(f, f):
        X[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride] += windows[:, :, :, u, v]
    return X[:, pad : pad + n_H_prev, pad : pad + n_W_prev]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Read your `im2col` from the last line to the first. What was copied *from* a slice is now added *to* the same slice.
# </details>
# <details><summary>Hint 2</summary>
#
# `windows = columns.reshape(m, n_H, n_W, f, f, n_C_prev)`; `X` is an array of zeros in the size of the *padded* pictures. Either add window by window, `X[i, top : top + f, left : left + f] += windows[i, h, w]`, or position by position, with the slices of `im2col`.
# </details>
# <details><summary>Hint 3</summary>
#
# At the end cut the padding off: rows `pad` to `pad + n_H_prev`. Do not write `X[:, pad:-pad]`: what does it give for `pad = 0`?
# </details>

# %% check="col2im" points=2
with checks.exercise("col2im"):
    columns = np.array([[1.0, 2, 4, 5], [2, 3, 5, 6]])
    checks.unchanged(col2im, columns, (1, 2, 3, 1), 2, 1, 0)
    found = col2im(columns, (1, 2, 3, 1), 2, 1, 0)
    checks.shape("col2im(columns, (1, 2, 3, 1), 2, 1, 0)", found, (1, 2, 3, 1))
    slips = {"where windows overlap, add; here one replaces the other": [[1, 2, 3], [4, 5, 6]]}
    slips["it wants the sum over the copies, not their number"] = [[1, 2, 1], [1, 2, 1]]
    checks.close("its only channel", found[0, :, :, 0], [[1, 4, 3], [4, 10, 6]], mistakes=slips)
    columns = np.arange(16.0).reshape(4, 4)
    found = col2im(columns, (1, 2, 3, 1), 2, 2, 1)
    checks.close("of [[0, 1, 2, 3], [4, …]], stride 2, pad 1", found[0, :, :, 0], [[3, 6, 7], [9, 12, 13]])
    found = col2im(np.array([[1.0, 2, 3, 4]]), (1, 3, 3, 1), 2, 2, 0)
    checks.close("one window in a picture (3, 3)", found[0, :, :, 0], [[1, 2, 0], [3, 4, 0], [0, 0, 0]])
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(columns, shape, f, stride, pad):
        pictures = np.zeros(shape)
        tops, lefts = (range(-pad, n + pad - f + 1, stride) for n in shape[1:3])
        places = [(i, top, left) for i in range(shape[0]) for top in tops for left in lefts]
        for (i, top, left), row in zip(places, columns, strict=True):
            for number, entry in enumerate(row):
                r, c = divmod(number // shape[3], f)
                if 0 <= top + r < shape[1] and 0 <= left + c < shape[2]:
                    pictures[i, top + r, left + c, number % shape[3]] += entry
        return pictures

    def matrix(rng, m, high, wide, f, n_C_prev, steps=None):
        stride, pad = steps or (1 + (m + f) % 3, (high + n_C_prev) % 3)
        n_H, n_W = (max(1, (n - 1) * stride + f - 2 * pad + n % stride) for n in (high, wide))
        places = m * len(range(0, n_H + 2 * pad - f + 1, stride)) * len(range(0, n_W + 2 * pad - f + 1, stride))
        return rng.normal(0, 1, (places, f * f * n_C_prev)), (m, n_H, n_W, n_C_prev), f, stride, pad

    rng = np.random.default_rng(5)
    long = {"m": (103, 1, 2, 1, 2), "height": (1, 104, 1, 2, 1), "width": (1, 1, 104, 2, 1)}
    long |= {"f": (1, 1, 1, 101, 1), "n_C_prev": (1, 1, 1, 1, 130)}
    cases = {f"with {name} above 100": matrix(rng, *numbers) for name, numbers in long.items()}
    for stride, pad, f in [(s, p, f) for s in (1, 2, 3, 4, 9) for p in (0, 1, 3) for f in (1, 2, 3, 4)]:
        cases[f"with f = {f}, stride {stride}, pad {pad}"] = matrix(rng, 2, 2, 3, f, 2, (stride, pad))
        places = 2 * len(range(0, 6 + 2 * pad - f, stride)) * len(range(0, 8 + 2 * pad - f, stride))
        numbers = rng.normal(0, 1, (places, 2 * f * f))
        cases[f"with pictures (5, 7), f = {f}, stride {stride}, pad {pad}"] = numbers, (2, 5, 7, 2), f, stride, pad
    ones = np.ones((30, 8))
    cases["with equal rows"] = ones, (1, 7, 6, 2), 2, 1, 0
    cases["with the same matrix and another shape"] = ones, (2, 4, 6, 2), 2, 1, 0
    cases["with the same matrix and no padding"] = ones, (1, 6, 7, 2), 2, 1, 0
    cases["with the same matrix and padding"] = ones, (1, 4, 5, 2), 2, 1, 1
    cases["with one window"] = np.ones((1, 18)), (1, 3, 3, 2), 3, 1, 0
    domain = {"real": {"columns": 300}, "types": ["columns"], "cases": cases}
    sizes = {"m": 4, "high": 5, "wide": 6, "f": 5, "n_C_prev": 5}
    checks.agrees(col2im, entry_by_entry, matrix, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# A matrix of ones, brought back, counts in how many windows each pixel is.

# %%
figure, axes = plt.subplots(1, 3, figsize=(9, 3))
for axis, (stride, pad) in zip(axes, ((1, 0), (1, 1), (2, 0)), strict=True):
    windows = im2col(np.zeros((1, 8, 8, 1)), 3, stride, pad)
    counts = col2im(np.ones(windows.shape), (1, 8, 8, 1), 3, stride, pad)[0, :, :, 0]
    axis.imshow(counts, vmin=0, vmax=9)
    for (row, column), count in np.ndenumerate(counts):
        axis.text(column, row, f"{count:.0f}", ha="center", va="center", color="black" if count > 4 else "white")
    axis.set_title(f"stride {stride}, padding {pad}")
    axis.set_axis_off()
figure.suptitle("In how many windows of 3 × 3 each of 8 × 8 pixels is", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Without padding a corner pixel is in one window, a pixel in the middle in nine: the network nearly overlooks the corners. Padding helps. With stride 2 the last row and column of these 8 × 8 pixels are in no window at all: their derivative is 0, whatever the cost.
#
# ## 5. A whole network
#
# *Which shapes and how many parameters does a network have?*
#
# A network is a list of layers. In a convolutional network the volumes mostly become lower and narrower from layer to layer, and get more channels. At the end the last volume is **flattened**, that is, written as one vector (for a batch: `A.reshape(m, -1)`). Then come one or more dense layers, as in courses 1 and 2. They are also called **fully connected layers**. The network of the lecture begins with pictures of $39 \times 39 \times 3$; its last layer says *cat or not*:
#
# | layer | $f$ | stride | padding | filters or units | shape | parameters |
# |---|---|---|---|---|---|---|
# | 1 conv | 3 | 1 | 0 | 10 | 37 × 37 × 10 | $(3 \cdot 3 \cdot 3 + 1) \cdot 10 = 280$ |
# | 2 conv | 5 | 2 | 0 | 20 | 17 × 17 × 20 | $(5 \cdot 5 \cdot 10 + 1) \cdot 20 = 5020$ |
# | 3 conv | 5 | 2 | 0 | 40 | 7 × 7 × 40 | ? |
# | 4 flatten | | | | | 1960 | 0 |
# | 5 dense | | | | 1 | 1 | ? |
#
# We write a layer as a dict, as in the cell below. $f$, stride, padding and the number of filters are **hyperparameters**: somebody chooses them. The weights and biases are **parameters**: they are learned. A dense layer of $n$ units on a vector of $n^{prev}$ numbers has $(n^{prev} + 1) \, n$ of them.
#
# ### Exercise 6: `layer_shapes`

# %%
network = [
    {"kind": "conv", "f": 3, "stride": 1, "pad": 0, "filters": 10},
    {"kind": "conv", "f": 5, "stride": 2, "pad": 0, "filters": 20},
    {"kind": "conv", "f": 5, "stride": 2, "pad": 0, "filters": 40},
    {"kind": "flatten"},
    {"kind": "dense", "units": 1},
]


# %% exercise="layer_shapes"
def layer_shapes(input_shape, layers):
    """The shapes of the activations of a network, of one example (so without m).

    Args:
        input_shape: the shape of one picture, a tuple (n_H, n_W, n_C), or of one vector, a tuple (n,).
        layers: a list of dicts, which may be empty; the keys of a dict are in any order. The kinds of layers:
            {"kind": "conv", "f": f, "stride": stride, "pad": pad, "filters": n_C}: as in conv_forward.
            {"kind": "flatten"}: a picture becomes a vector; a vector stays as it is.
            {"kind": "dense", "units": n}: a vector becomes a vector of n numbers.

    Returns:
        A list of tuples of whole numbers, one more than there are layers: first input_shape, then the shape after each
        layer; (n_H, n_W, n_C) for pictures, (n,) for vectors.

    Raises:
        ValueError: another kind of layer; "conv" after a vector; "dense" after a picture, also one of 1 x 1 pixels; a filter
            larger than the padded picture in height or in width; stride < 1.

    Example:
        layer_shapes((4, 6, 3), [{"kind": "conv", "f": 3, "stride": 1, "pad": 0, "filters": 5}, {"kind": "flatten"}])
        is [(4, 6, 3), (2, 4, 5), (40,)].
    """
    # 1. Begin with the input. 2. For each layer: does it fit the last shape? Which shape comes next?
    ### BEGIN SOLUTION
    shapes = [input_shape]
    for layer in layers:
        kind, shape = layer["kind"], shapes[-1]
        if kind == "conv" and len(shape) == 3 and layer["stride"] >= 1:
            sides = [output_size(n, layer["f"], layer["pad"], layer["stride"]) for n in shape[:2]]
            shapes.append((*sides, layer["filters"]))
        elif kind == "flatten":
            size = 1
            for n in shape:
                size *= n
            shapes.append((size,))
        elif kind == "dense" and len(shape) == 1:
            shapes.append((layer["units"],))
        else:
            raise ValueError(f"the layer {layer} cannot follow the shape {shape}")
    return shapes
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The last shape is `shapes[-1]`; it is a picture if it has three numbers, a vector if it has one. For a picture, `output_size` gives the height from the height, the width from the width; the number of channels is the number of filters. A stride below 1 you refuse yourself.
# </details>

# %% check="layer_shapes" points=2
with checks.exercise("layer_shapes"):
    conv = {"kind": "conv", "f": 3, "stride": 2, "pad": 1, "filters": 8}
    layers = [conv, {**conv, "f": 2, "pad": 0, "filters": 5}, {"kind": "flatten"}, {"kind": "dense", "units": 4}]
    checks.unchanged(layer_shapes, (10, 7, 3), layers)
    found = layer_shapes((10, 7, 3), layers)
    checks.length("layer_shapes((10, 7, 3), layers)", found, 5)
    for number, shape in enumerate([(10, 7, 3), (5, 4, 8), (2, 2, 5), (20,), (4,)]):
        checks.equal(f"shape {number} of layer_shapes((10, 7, 3), layers)", found[number], shape)
    checks.raises("dense after a picture", ValueError, layer_shapes, (10, 7, 3), layers[3:])
    checks.raises("conv after flatten", ValueError, layer_shapes, (10, 7, 3), [layers[2], conv])
    checks.raises("a layer of the kind 'pool'", ValueError, layer_shapes, (10, 7, 3), [{**conv, "kind": "pool"}])
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(6)

    def drawn(depth):
        """A network that fits, and the shapes of its activations, counted place by place."""
        shapes, layers = [tuple(int(n) for n in rng.integers(1, 30, 3))], []
        for _ in range(depth):
            pad, stride = int(rng.integers(0, 4)), int(rng.integers(1, 5))
            f, n_C = int(rng.integers(1, min(shapes[-1][:2]) + 2 * pad + 1)), int(rng.integers(1, 12))
            layer = {"kind": "conv", "f": f, "stride": stride, "pad": pad, "filters": n_C}
            layers.append({key: layer[key] for key in rng.permutation(list(layer)).tolist()})
            shapes.append((*(len(range(0, n + 2 * pad - f + 1, stride)) for n in shapes[-1][:2]), n_C))
        for units in [None] * int(rng.integers(0, 3)) + [int(n) for n in rng.integers(1, 20, rng.integers(0, 4))]:
            if units and len(shapes[-1]) == 3:
                continue
            layers.append({"units": units, "kind": "dense"} if units else {"kind": "flatten"})
            shapes.append((units,) if units else (np.ones(shapes[-1], dtype=np.int8).size,))
        return shapes, layers

    networks = [drawn(depth) for depth in [0, 1, 2, 3, 5] * 8 + [130]]
    networks += [([(7,)], []), ([(7,), (7,), (3,)], [{"kind": "flatten"}, {"kind": "dense", "units": 3}])]
    networks += [([(5, 4, 3)], []), ([(2,)] + [(k,) for k in range(1, 131)], [])]
    networks[-1][1].extend({"kind": "dense", "units": k} for k in range(1, 131))
    networks += [([(3000, 2000, 3), (18_000_000,)], [{"kind": "flatten"}])]
    networks += [([(200, 150, 300), (100, 75, 500), (3_750_000,)], [{**conv, "filters": 500}, {"kind": "flatten"}])]
    for shapes, layers in networks:
        what = f"layer_shapes({shapes[0]}, a list of {len(layers)} layers)"
        checks.unchanged(layer_shapes, shapes[0], layers)
        found = layer_shapes(shapes[0], layers)
        checks.length(what, found, len(shapes))
        for number, (shape, wanted) in enumerate(zip(found, shapes, strict=True)):
            checks.equal(f"shape {number} of {what}", shape, wanted)
            checks.whole(f"shape {number} of {what}", *shape)
    fits, flat, dense = {**conv, "stride": 1, "pad": 0}, {"kind": "flatten"}, {"kind": "dense", "units": 2}
    for kind in ("Conv", "CONV", "conv ", "conv2d", "convolution", "pool", "relu", "Dense", "fc", "flat", "", None, 1):
        checks.raises(f"a layer of the kind {kind!r}", ValueError, layer_shapes, (9, 8, 2), [{**fits, "kind": kind}])
        checks.raises(f"{kind!r} after dense", ValueError, layer_shapes, (9,), [dense, {**dense, "kind": kind}])
    for words, shape, layers in (
        *((f"stride {stride}", (9, 8, 2), [fits, {**fits, "stride": stride}]) for stride in (0, -1, -2)),
        *(
            (f"f = 4 on {sides}", (*sides, 2), [{**fits, "f": 4, "stride": s}])
            for s in (1, 2, 5)
            for sides in ((5, 3), (3, 5))
        ),
        *((f"f = 6, pad 1 on {sides}", (*sides, 1), [{**fits, "f": 6, "pad": 1}]) for sides in ((9, 3), (3, 9))),
        ("the filter too large in the third layer", (7, 9, 2), [fits, fits, {**fits, "f": 4}]),
        ("dense after (1, 1, 4)", (1, 1, 4), [dense]),
        ("dense after a convolution", (5, 6, 1), [fits, dense]),
        ("conv on a vector", (9,), [fits]),
        ("conv after dense", (9, 9, 1), [flat, dense, fits]),
    ):
        checks.raises(words, ValueError, layer_shapes, shape, layers)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 7: `parameter_count`


# %% exercise="parameter_count"
def parameter_count(input_shape, layers):
    """How many parameters, weights and biases, each layer of a network has.

    Args:
        input_shape, layers: as in layer_shapes.

    Returns:
        A list of whole numbers, one for each layer; 0 for "flatten".

    Raises:
        ValueError: as layer_shapes.

    Example:
        parameter_count((4, 6, 3), [{"kind": "conv", "f": 3, "stride": 1, "pad": 0, "filters": 5}]) is [140].
    """
    # 1. The shapes. 2. For each layer, with the shape that comes in: weights of one filter or unit, one bias, how many.
    ### BEGIN SOLUTION
    counts = []
    for shape, layer in zip(layer_shapes(input_shape, layers), layers, strict=False):
        if layer["kind"] == "conv":
            counts.append((layer["f"] ** 2 * shape[2] + 1) * layer["filters"])
        elif layer["kind"] == "dense":
            counts.append((shape[0] + 1) * layer["units"])
        else:
            counts.append(0)
    return counts
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The shape that comes into layer `number` is `layer_shapes(input_shape, layers)[number]`. The height and the width of the pictures do not matter for a convolution.
# </details>

# %% check="parameter_count" points=1
with checks.exercise("parameter_count"):
    conv = {"kind": "conv", "f": 3, "stride": 2, "pad": 1, "filters": 8}
    layers = [conv, {**conv, "f": 2, "pad": 0, "filters": 5}, {"kind": "flatten"}, {"kind": "dense", "units": 4}]
    checks.unchanged(parameter_count, (10, 7, 3), layers)
    found = parameter_count((10, 7, 3), layers)
    checks.length("parameter_count((10, 7, 3), layers)", found, 4)
    slips = {"the biases are missing": [216, 160, 0, 80], "one bias for each filter and unit": [217, 161, 0, 81]}
    slips |= {"a filter has all the channels of what comes in": [80, 25, 0, 84]}
    checks.close("parameter_count((10, 7, 3), layers)", np.array(found), [224, 165, 0, 84], mistakes=slips)
    checks.raises("dense after a picture", ValueError, parameter_count, (10, 7, 3), layers[3:])
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(7)

    def drawn(depth):
        """An input, a network that fits, and its parameters, counted one by one in arrays of the right shape."""
        start, layers, counts = tuple(int(n) for n in rng.integers(1, 20, 3)), [], []
        n_H, n_W, n_C = start
        for _ in range(depth):
            pad, stride, filters = (int(n) for n in rng.integers((0, 1, 1), (4, 5, 12)))
            f = int(rng.integers(1, min(n_H, n_W) + 2 * pad + 1))
            layer = {"kind": "conv", "f": f, "stride": stride, "pad": pad, "filters": filters}
            layers.append({key: layer[key] for key in rng.permutation(list(layer)).tolist()})
            counts.append(np.zeros((f, f, n_C, filters)).size + np.zeros(filters).size)
            n_H, n_W = (len(range(0, n + 2 * pad - f + 1, stride)) for n in (n_H, n_W))
            n_C = filters
        if depth % 2:
            layers, counts, n = [*layers, {"kind": "flatten"}], [*counts, 0], n_H * n_W * n_C
            for units in [int(n) for n in rng.integers(1, 20, rng.integers(0, 4))]:
                layers.append({"units": units, "kind": "dense"})
                counts.append(sum(n for _ in range(units)) + units)
                n = units
        return start, layers, counts

    dense, flat, fits = {"kind": "dense", "units": 2}, {"kind": "flatten"}, {**conv, "stride": 1, "pad": 0}
    networks = [drawn(depth) for depth in [0, 1, 2, 3, 5] * 8 + [130]] + [((7,), [], [])]
    networks += [((7,), [dense] * 120, [16] + [6] * 119), ((7,), [flat, dense, flat], [0, 16, 0])]
    networks += [((1000, 900, 3), [flat, {**dense, "units": 3000}], [0, 8_100_003_000])]
    networks += [((9, 8, 2000), [{**conv, "filters": 3000}, flat, flat], [54_003_000, 0, 0])]
    networks += [((9, 8, 2), [fits, fits, fits], [152, 584, 584])]
    networks += [((1,), [{**dense, "units": n} for n in (3, 1, 2, 1, 1)], [6, 4, 4, 3, 2])]
    networks += [((2, 3, 1), [{**fits, "f": 1, "filters": n} for n in (1, 2, 1)], [2, 4, 3])]
    for start, layers, counts in networks:
        what = f"parameter_count({start}, a list of {len(layers)} layers)"
        checks.unchanged(parameter_count, start, layers)
        found = parameter_count(start, layers)
        checks.length(what, found, len(counts))
        for number, (count, wanted) in enumerate(zip(found, counts, strict=True)):
            checks.equal(f"entry {number} of {what}", count, wanted)
            checks.whole(f"entry {number} of {what}", count)
    sizes = [parameter_count((9, 8, 2), [{**fits, "filters": n}, flat, {**dense, "units": n}]) for n in (1, 5)]
    checks.equal(
        "the first entries for 1 filter and for 5 of 3 x 3 x 2, 1 dense unit and 5", [n[0] for n in sizes], [19, 95]
    )
    for kind in ("Conv", "conv ", "conv2d", "pool", "relu", "Dense", "fc", "flat", "", None, 1):
        checks.raises(f"a layer of the kind {kind!r}", ValueError, parameter_count, (9, 8, 2), [{**fits, "kind": kind}])
        checks.raises(f"{kind!r} after dense", ValueError, parameter_count, (9,), [dense, {**dense, "kind": kind}])
    for words, shape, layers in (
        *((f"stride {stride}", (9, 8, 2), [fits, {**fits, "stride": stride}]) for stride in (0, -1, -2)),
        *(
            (f"f = 4 on {sides}", (*sides, 2), [{**fits, "f": 4, "stride": s}])
            for s in (1, 2, 5)
            for sides in ((5, 3), (3, 5))
        ),
        ("the filter too large in the third layer", (7, 9, 2), [fits, fits, {**fits, "f": 4}]),
        ("dense after (1, 1, 4)", (1, 1, 4), [dense]),
        ("dense after a convolution", (5, 6, 1), [fits, dense]),
        ("conv on a vector", (9,), [fits]),
        ("conv after dense", (9, 9, 1), [flat, dense, fits]),
    ):
        checks.raises(words, ValueError, parameter_count, shape, layers)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the whole table of the lecture. And does a real photograph take this way? Two photographs of 39 × 39 pixels go through the network, with random filters.

# %%
shapes, counts = layer_shapes((39, 39, 3), network), parameter_count((39, 39, 3), network)
A, rng = photos[:, :78:2, 40:118:2], np.random.default_rng(0)
print(f"{'layer':8} {'shape':>14} {'numbers':>8} {'parameters':>11}   what came out for two photographs")
print(f"{'input':8} {str(shapes[0]):>14} {np.prod(shapes[0]):8} {'':11}   {A.shape}")
for layer, prev, shape, count in zip(network, shapes, shapes[1:], counts, strict=False):
    if layer["kind"] == "conv":
        W = rng.normal(0, (2 / (layer["f"] ** 2 * prev[2])) ** 0.5, (layer["f"], layer["f"], prev[2], shape[2]))
        A = np.maximum(conv_forward_fast(A, W, np.zeros(shape[2]), layer["stride"], layer["pad"]), 0)
    elif layer["kind"] == "flatten":
        A = A.reshape(len(A), -1)
    else:
        A = A @ rng.normal(0, prev[0] ** -0.5, (prev[0], shape[0]))
    print(f"{layer['kind']:8} {str(shape):>14} {np.prod(shape):8} {count:11}   {A.shape}")
print("parameters of the network:", sum(counts))

# %%
dense_only = [{"kind": "flatten"}, {"kind": "dense", "units": 100}, {"kind": "dense", "units": 1}]
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3))
names = ["input", "conv 1", "conv 2", "conv 3", "dense"]
bars = left.bar(names, [int(np.prod(shape)) for shape in (*shapes[:4], shapes[5])], color=plots.COLORS[0])
left.bar_label(bars, fontsize=9)
left.set(ylabel="numbers for one picture", title="Fewer and fewer numbers after layer 1")
left.margins(y=0.15)
totals = [sum(counts), sum(parameter_count((39, 39, 3), dense_only))]
bars = right.bar(["the network", "100 dense units"], totals, color=[plots.COLORS[0], plots.COLORS[1]], width=0.5)
bars[1].set_hatch("//")
right.bar_label(bars, fontsize=9)
right.set(ylabel="parameters", title="A dense layer needs far more parameters")
right.margins(y=0.15)
plt.show()

# %% [markdown]
# *What to notice.* Height and width shrink, 39, 37, 17, 7, while the channels grow, 3, 10, 20, 40. Most of the 27,301 parameters are in the third convolution, because it joins 20 channels to 40. The whole network has about 17 times fewer parameters than one dense layer of 100 units on the same picture. The parameters of a convolution do not depend on the size of the picture; those of the dense layer at the end do, through the 1,960 numbers that come into it.

# %% [markdown]
# ## What you built
#
# - `conv_single_step` and `conv_forward`: filters over all channels, a whole layer for a batch.
# - `im2col` and `conv_forward_fast`: the same layer as one matrix product, more than 50 times as fast.
# - `col2im`: the adjoint, which adds up overlapping windows; the next lesson takes it for the gradient.
# - `layer_shapes` and `parameter_count`: a network on paper, before it costs a second of computing.
#
# ## On your own
#
# 1. Write a layer as a dense matrix, as in lesson 1, now for several channels and filters: it has the shape $(n_H n_W n_C, \; n_H^{prev} n_W^{prev} n_C^{prev})$. Which share of its entries is not 0, for layer 2 of the network? (Hint: give pictures with a single 1 to `conv_forward_fast`.)
# 2. A **depthwise** convolution has one filter of $f \times f$ for each channel and does not add over the channels. Write it with `im2col` and one `np.einsum`. How many multiplications does it save, if a 1 × 1 convolution follows that mixes the channels?
# 3. Really hard: `im2col` copies a pixel about $f^2 / s^2$ times. `np.lib.stride_tricks.as_strided` can show all windows *without* a copy. Write `im2col` with it. When does `reshape` copy after all, and can you avoid the copy in the matrix product as well?
#
# ## In practice
#
# In PyTorch, `torch.nn.Conv2d(3, 10, kernel_size=3, stride=1, padding=0)` is your layer, with channels first: $(m, n_C, n_H, n_W)$; `torch.nn.functional.unfold` and `fold` are `im2col` and `col2im`. In Keras, `keras.layers.Conv2D(10, 3)` has our order of axes, and `model.summary()` prints the table of the last exercise. Their code chooses between im2col, a Fourier transform and other ways, by the sizes of the layer.
#
# ## References
#
# - Course 4, week 1, lectures 6 to 8.
# - K. Chellapilla, S. Puri and P. Simard (2006), High Performance Convolutional Neural Networks for Document Processing, International Workshop on Frontiers in Handwriting Recognition.
# - Y. LeCun, L. Bottou, Y. Bengio and P. Haffner (1998), Gradient-Based Learning Applied to Document Recognition, Proceedings of the IEEE 86(11).
# - V. Dumoulin and F. Visin (2016), A guide to convolution arithmetic for deep learning, arXiv:1603.07285.
