# %% [markdown]
# You will build the inception module of GoogLeNet, forward and backward, and the inverted residual of MobileNet v2, both out of convolutions of 1 × 1.
# Your functions run a real trained network on a photograph, and your counts give the 6,998,552 parameters of GoogLeNet and the 3,504,872 of MobileNet v2.

# %% [markdown]
# ## What you will be able to do
#
# - write a 1 × 1 convolution, and say why it is a dense layer at each pixel;
# - count the parameters and the multiplications of a path of layers, and say what a bottleneck saves;
# - write an inception module forward and backward;
# - write a depthwise convolution and an inverted residual, and count what they cost;
# - say what equal numbers of multiplications do *not* promise: neither equal time nor better accuracy.
#
# **What you need:** [convolution layers](../week1_convolutions/03_convolution_layers.ipynb), [pooling and a complete network](../week1_convolutions/04_pooling_and_a_complete_network.ipynb), whose functions the set-up cell loads, and the shortcut of [residual networks](02_residual_networks.ipynb) for section 6.

# %%
import sys
from time import process_time
from timeit import repeat

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.conv import conv_forward_fast
from shared_utils.nn.conv_backward import conv_backward
from shared_utils.nn.optimisers import momentum_step
from shared_utils.nn.pool import pool_backward, pool_forward
from shared_utils.nn.softmax import cross_entropy, softmax
from shared_utils.pretrained import squeezenet

plots.use_style()
photo = data.load_photo("coffee")
print("a photograph of", photo.shape, "numbers: a cup of coffee on a table")


def random_module(rng, n_C_prev, widths, spread=0.0):
    """Parameters of an inception module: He's weights, biases of this spread; widths n_1, n_3r, n_3, n_5r, n_5, n_p."""
    n_1, n_3r, n_3, n_5r, n_5, n_p = widths
    shapes = {"1": (1, 1, n_C_prev, n_1), "3r": (1, 1, n_C_prev, n_3r), "3": (3, 3, n_3r, n_3)}
    shapes |= {"5r": (1, 1, n_C_prev, n_5r), "5": (5, 5, n_5r, n_5), "p": (1, 1, n_C_prev, n_p)}
    weights = {f"W{key}": rng.normal(0, (2 / np.prod(shape[:3])) ** 0.5, shape) for key, shape in shapes.items()}
    return weights | {f"b{key}": rng.normal(0, spread, shape[3]) for key, shape in shapes.items()}


# %% [markdown]
# ## 1. A dense layer at each pixel
#
# *What can a filter do that sees only one pixel?*
#
# On a picture with one channel, a filter of 1 × 1 multiplies everything by one number: nothing new. With $n_C^{prev}$ channels it is another matter. At each pixel there is a vector of $n_C^{prev}$ numbers, and a filter makes one number of it: a weighted sum, and a bias. With $n_C$ filters, a vector of $n_C^{prev}$ numbers becomes a vector of $n_C$ numbers:
# $$Z_{i, h, w, k} = \sum_{c} W_{0, 0, c, k} \; A^{prev}_{i, h, w, c} + b_k .$$
# That is a **dense layer at each pixel**, with the same weights at all pixels. (With a ReLU after it, it is a small network at each pixel; so Lin and others called it a **network in network**.) It changes the number of channels, and nothing else: height and width stay. The shapes are those of every convolution: $A^{prev}$ $(m, n_H, n_W, n_C^{prev})$, $W$ $(1, 1, n_C^{prev}, n_C)$, $b$ $(n_C,)$, $Z$ $(m, n_H, n_W, n_C)$.
#
# *On paper.* A pixel $(1, 2, 3)$, two filters with the weights $(1, 0, -1)$ and $(2, 1, 0)$, and $b = (10, 0)$: $z = (1 - 3 + 10, \; 2 + 2) = (8, 4)$.
#
# ### Exercise 1: `conv1x1`


# %% exercise="conv1x1"
def conv1x1(A_prev, W, b):
    """A convolution with filters of 1 x 1, without an activation function.

    Args:
        A_prev: pictures or activations, shape (m, n_H, n_W, n_C_prev), floats or whole numbers; also pixels of type
            uint8. They need not be square.
        W: the filters, shape (1, 1, n_C_prev, n_C), floats or whole numbers.
        b: the biases, shape (n_C,), floats or whole numbers.

    Returns:
        Z as in the formula, a new array of shape (m, n_H, n_W, n_C).

    Raises:
        ValueError: the filters are not of 1 x 1, or they are for another number of channels than A_prev has.

    It must be quick: for 100 pictures of 100 x 100 with two channels it has one second. A matrix product needs a tenth
    of that, loops over the channels and the filters need little more; a loop over the pixels is too slow.
    """
    # 1. What is refused. 2. The last axis of A_prev is the one that is multiplied.
    ### BEGIN SOLUTION
    if W.shape[:3] != (1, 1, A_prev.shape[3]):
        raise ValueError(f"filters of shape {W.shape} for activations of shape {A_prev.shape}")
    return A_prev @ W[0, 0] + b
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `W[0, 0]` is a matrix of shape $(n_C^{prev}, n_C)$. A dense layer with one example in each **row** is `X @ W[0, 0] + b`. `@` works on the last two axes of `A_prev` and takes the axes before them as a batch. So no `reshape` is needed. Compare `W.shape[:3]` with `(1, 1, A_prev.shape[3])` first.
# </details>

# %% check="conv1x1" points=1
with checks.exercise("conv1x1"):
    A_prev = np.array([[[[1.0, 2, 3], [0, 1, 0]]], [[[2, 0, 1], [1, 1, 1]]], [[[0, 0, 4], [3, 1, 0]]]])  # (3, 1, 2, 3)
    W, b = np.array([[1.0, 2], [0, 1], [-1, 0]]).reshape(1, 1, 3, 2), np.array([10.0, 0])
    checks.unchanged(conv1x1, A_prev, W, b)
    Z = conv1x1(A_prev, W, b)
    checks.shape("conv1x1(A_prev, W, b) for A_prev (3, 1, 2, 3)", Z, (3, 1, 2, 2))
    slips = {"the biases are missing": [[-2, 4], [0, 1]], "add the bias once for each filter": [[28, 4], [30, 1]]}
    checks.close("the two pixels of the first picture", Z[0, 0], [[8, 4], [10, 1]], mistakes=slips)
    checks.close("the two pixels of the last picture", Z[2, 0], [[6, 0], [13, 7]])
    checks.raises("filters of 3 x 3", ValueError, conv1x1, A_prev, np.ones((3, 3, 3, 2)), b)
    checks.raises("filters for 2 channels", ValueError, conv1x1, A_prev, W[:, :, :2], b)
    ### BEGIN HIDDEN TESTS

    def filter_by_filter(A_prev, W, b):
        Z = np.zeros((*A_prev.shape[:3], W.shape[3])) + b
        for c, k in np.ndindex(W.shape[2:]):
            Z[..., k] += A_prev[..., c].astype(float) * W[0, 0, c, k]
        return Z

    def layer(rng, m, n_H, n_W, n_C_prev, n_C):
        W, b = rng.normal(0, 1, (1, 1, n_C_prev, n_C)), rng.normal(0, 1, n_C)
        return rng.normal(0, 1, (m, n_H, n_W, n_C_prev)), W, b

    domain = {"real": {"A_prev": 300, "W": 30, "b": 30}, "types": ["A_prev", "W", "b"], "pixels": ["A_prev"]}
    sizes = {"m": 103, "n_H": 104, "n_W": 105, "n_C_prev": 130, "n_C": 120}
    checks.agrees(conv1x1, filter_by_filter, layer, sizes=sizes, **domain)
    for there, shape in (
        *((3, (*sides, 3, 2)) for sides in ((1, 3), (3, 1), (2, 2), (3, 3), (5, 5), (1, 2))),
        *((there, (1, 1, wanted, 2)) for there, wanted in ((1, 2), (3, 1), (2, 3), (9, 3), (4, 2), (2, 4))),
        *((9, (3, 3, 1, 2)), (1, (3, 3, 9, 2)), (3, (1, 3, 1, 2)), (2, (2, 1, 1, 2)), (6, (1, 3, 2, 2))),
    ):
        wrong = np.ones((2, 3, 3, there)), np.ones(shape), np.ones(2)
        checks.raises(f"{there} channels, filters {shape}", ValueError, conv1x1, *wrong)
    many, W, b = np.ones((100, 100, 100, 2)), np.ones((1, 1, 2, 2)), np.ones(2)
    spent = min(repeat(lambda: conv1x1(many, W, b), number=1, repeat=3))
    checks.that(spent < 1, f"100 pictures of 100 x 100: {spent:.1f} seconds, more than one; do not loop over pixels")
    ### END HIDDEN TESTS

# %% [markdown]
# Is it the same as a dense layer? And what do such filters make of a photograph? Three filters by hand: the grey of a pixel, its red against green and blue, and its light against a threshold.

# %%
W = np.array([[1 / 3, 1, 1], [1 / 3, -0.5, 1], [1 / 3, -0.5, 1]]).reshape(1, 1, 3, 3)
b = np.array([0, 0, -1.2])
maps = np.maximum(conv1x1(photo[None] / 255, W, b), 0)[0]
pixels = photo.reshape(-1, 3) / 255  # one example in each row
dense = np.maximum(pixels @ W[0, 0] + b, 0).reshape(maps.shape)
usual = np.maximum(conv_forward_fast(photo[None] / 255, W, b, 1, 0), 0)[0]
print("the same as a dense layer, and as conv_forward_fast:", np.allclose(maps, dense), np.allclose(maps, usual))
figure, axes = plt.subplots(1, 4, figsize=(9, 2.1))
titles = ("3 channels in", "grey", "red, not green or blue", "light")
for axis, view, title in zip(axes, [photo, *np.moveaxis(maps, 2, 0)], titles, strict=True):
    axis.imshow(view, cmap="gray")
    axis.set_title(title, fontsize=10)
    axis.set_axis_off()
figure.suptitle("A 1 × 1 convolution mixes the channels of each pixel", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The maps are as sharp as the photograph: no pixel sees its neighbours. The saucer, which is red, is the brightest part of the map of red; the white rim of the cup is black there, because its three colours are equally strong. Only the rim and the shine on the spoon are light enough for the third filter.
#
# ## 2. What a path costs
#
# *Where do the multiplications of a convolution go, and how does one save them?*
#
# A convolution with same padding and stride 1 makes $n_H \cdot n_W \cdot n_C$ numbers, each of $f \cdot f \cdot n_C^{prev}$ products:
# $$\text{multiplications} = n_H \, n_W \, n_C \; f^2 \, n_C^{prev}, \qquad \text{parameters} = (f^2 \, n_C^{prev} + 1) \, n_C .$$
# (The zeros of the padding are counted as if they were multiplied. Additions are as many, and are not counted.)
#
# *On paper*, the example of the lecture. What comes in is $28 \times 28 \times 192$; 32 filters of $5 \times 5$ cost
# $28 \cdot 28 \cdot 32 \cdot 25 \cdot 192 = 120{,}422{,}400$ multiplications.
# Now put a 1 × 1 convolution with 16 filters before it. The path has two layers:
#
# | layer | what comes out | multiplications |
# |---|---|---|
# | 16 filters of 1 × 1 | $28 \times 28 \times 16$ | $28 \cdot 28 \cdot 16 \cdot 192 = 2{,}408{,}448$ |
# | 32 filters of 5 × 5 | $28 \times 28 \times 32$ | $28 \cdot 28 \cdot 32 \cdot 25 \cdot 16 = 10{,}035{,}200$ |
#
# The sum is 12,443,648: about a tenth, for a result of the same shape. The thin layer is called a **bottleneck**.
#
# ### Exercise 2: `path_cost`


# %% exercise="path_cost"
def path_cost(n_H, n_W, n_C, layers):
    """The cost of convolutions one after another, for one picture; all have same padding and stride 1.

    Args:
        n_H, n_W, n_C: height, width and channels of what comes in, whole numbers >= 1.
        layers: a list of pairs (f, filters): the side of the filters, and how many there are, whole numbers >= 1.
            The list may be empty.

    Returns:
        parameters, multiplications: two whole numbers (int), sums over all layers, as in the formulas. Each filter
        has a bias.

    Example:
        path_cost(28, 28, 192, [(5, 32)]) is (153632, 120422400).
    """
    # 1. Keep how many channels come in. 2. Each layer: add to both sums; its filters are the channels of the next one.
    ### BEGIN SOLUTION
    parameters = multiplications = 0
    for f, filters in layers:
        weights = f * f * n_C * filters
        parameters += weights + filters
        multiplications += n_H * n_W * weights
        n_C = filters
    return parameters, multiplications
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# A layer has $f^2 \, n_C^{prev} \, n_C$ weights. Each weight is used once at each of the $n_H \cdot n_W$ places. Same padding and stride 1: height and width are the same for all layers.
# </details>

# %% check="path_cost" points=1
with checks.exercise("path_cost"):
    layers = [(1, 2), (3, 4)]
    checks.unchanged(path_cost, 6, 5, 3, layers)
    what = "path_cost(6, 5, 3, [(1, 2), (3, 4)])"
    parameters, multiplications = checks.results(what, path_cost(6, 5, 3, layers), ["parameters", "multiplications"])
    slips = {"the biases are missing": 78, "one bias for each filter, not for each layer": 80}
    slips |= {"the second layer gets 2 channels, not 3": 120}
    checks.close(f"the parameters of {what}", parameters, 84, mistakes=slips)
    slips = {"biases are added, not multiplied": 2520, "the second layer gets 2 channels, not 3": 3420}
    slips |= {"multiply by height times width": 78, "a filter has f times f weights for each channel": 900}
    checks.close(f"the multiplications of {what}", multiplications, 2340, mistakes=slips)
    found = path_cost(28, 28, 192, [(1, 16), (5, 32)])
    checks.equal("path_cost(28, 28, 192, [(1, 16), (5, 32)])", tuple(found), (15920, 12443648))
    ### BEGIN HIDDEN TESTS
    paths = [(4, 7, 3, []), (1, 1, 1, [(1, 1)]), (1, 9, 2, [(3, 1)]), (9, 1, 2, [(2, 5)])]
    rng = np.random.default_rng(2)
    for depth in [1, 1, 2, 3, 4, 5, 6] * 6 + [130]:
        chosen = [tuple(int(n) for n in rng.integers(1, (8, 40))) for _ in range(depth)]
        paths.append((*(int(n) for n in rng.integers(1, 30, 3)), chosen))
    paths += [(2000, 3000, 1024, [(7, 2048), (1, 1), (11, 3)]), (224, 224, 3, [(3, 64), (3, 64)])]
    paths += [(3, 3, 3, [(3, 3), (3, 3), (3, 3)]), (5, 4, 200, [(1, 130), (101, 2)]), (6, 5, 3, [[1, 2], [3, 4]])]
    for n_H, n_W, n_C, chosen in paths:
        weights = biases = 0
        for (f, filters), channels in zip(chosen, [n_C, *(pair[1] for pair in chosen)], strict=False):
            weights, biases = weights + sum(f * f * channels for _ in range(filters)), biases + filters
        what = f"path_cost({n_H}, {n_W}, {n_C}, {chosen if len(chosen) < 4 else f'{len(chosen)} layers'})"
        checks.unchanged(path_cost, n_H, n_W, n_C, chosen)
        found = checks.results(what, path_cost(n_H, n_W, n_C, chosen), ["parameters", "multiplications"])
        for name, number, wanted in zip(("parameters", "multiplications"), found, (1, n_H * n_W), strict=True):
            checks.whole(f"the {name} of {what}", number)
            checks.equal(f"the {name} of {what}", number, wanted * weights + (biases if name == "parameters" else 0))
    ### END HIDDEN TESTS

# %% [markdown]
# How far can one go? The number of filters in the bottleneck is a choice. And are fewer multiplications also fewer seconds?

# %%
widths, direct = [2, 4, 8, 16, 32, 64, 128, 192], path_cost(28, 28, 192, [(5, 32)])[1]
millions = [path_cost(28, 28, 192, [(1, n), (5, 32)])[1] / 1e6 for n in widths]
A, zeros = np.ones((1, 28, 28, 192), dtype=np.float32), np.zeros(32, dtype=np.float32)
W_5, W_1, W_thin = (np.ones(shape, dtype=np.float32) for shape in ((5, 5, 192, 32), (1, 1, 192, 16), (5, 5, 16, 32)))
long = min(repeat(lambda: conv_forward_fast(A, W_5, zeros, 1, 2), number=1, repeat=5))
short = min(repeat(lambda: conv_forward_fast(conv1x1(A, W_1, zeros[:16]), W_thin, zeros, 1, 2), number=1, repeat=5))
print(f"the direct way takes {long / short:.0f} times as long here")
figure, axis = plt.subplots(figsize=(7, 3.2))
bars = axis.bar([str(n) for n in widths], millions, color=[plots.COLORS[1 if n == 16 else 0] for n in widths])
axis.bar_label(bars, fmt="{:.1f}", fontsize=9)
axis.axhline(direct / 1e6, color="black", linestyle="--")
axis.text(-0.4, direct / 1e6, "5 × 5 without a bottleneck", va="bottom", fontsize=9)
axis.set(xlabel="filters of 1 × 1 in the bottleneck", ylabel="millions of multiplications")
axis.set_title("A bottleneck of 16 needs a tenth of the multiplications")
axis.margins(y=0.15)
plt.show()

# %% [markdown]
# *What to notice.* The cost grows in proportion to the width of the bottleneck; at 192 it is above that of the direct way. The clock agrees in kind: the path with the bottleneck is many times as fast.
#
# A bottleneck is not free. All that the 5 × 5 filters see of 192 channels is 16 weighted sums. If the channels say similar things, little is lost; the lecture reports that within reason it does not hurt. You will see one example in section 7, no proof.
#
# ## 3. The inception module
#
# *1 × 1, 3 × 3, 5 × 5 or pooling: which is the right one for this layer?*
#
# Szegedy and others (2014) answered: take them all, and let the next layer choose. An **inception module** has four **branches**, side by side, which all get the same input:
#
# | branch | first | then | channels that come out |
# |---|---|---|---|
# | 1 | 1 × 1 | – | $n_1$ |
# | 2 | 1 × 1 to $n_{3r}$ channels (*reduce*) | 3 × 3 | $n_3$ |
# | 3 | 1 × 1 to $n_{5r}$ channels (*reduce*) | 5 × 5 | $n_5$ |
# | 4 | max pooling 3 × 3, stride 1 | 1 × 1 | $n_p$ |
#
# After each of the six convolutions comes ReLU. All keep height and width (same padding, stride 1), so the four results can be put one behind the other as channels. This is the **channel concatenation**; the result has $n_1 + n_3 + n_5 + n_p$ channels. Branches 2 and 3 have bottlenecks, because 3 × 3 and 5 × 5 on all channels would be dear. Branch 4 needs its 1 × 1 convolution *after* the pooling: pooling keeps all $n_C^{prev}$ channels, and they would outnumber the others.
#
# **Same pooling has a trap.** A window at the edge reaches over it. A convolution puts zeros there. For a maximum this is wrong: with negative numbers, 0 would win. What lies outside must never win, so it is $-\infty$. With $X = [-2, -1, -3]$, one row, each of the three windows holds the $-1$: the right answer is $[-1, -1, -1]$; with zeros around it would be $[0, 0, 0]$. (After a ReLU nothing is negative, and forward the two agree. Backward they do not: where a window holds only zeros, the gradient could go to a zero outside, and be lost.)
#
# *On paper.* $X = [-2, -1, -3]$ again, one picture with one row and one channel; each convolution has one filter.
#
# - Branch 1: weight $-1$, bias $-2$: $\text{ReLU}(0, -1, 1) = (0, 0, 1)$.
# - Branch 2: reduce with weight $-1$, bias 0: $(2, 1, 3)$. Only the middle row of the 3 × 3 filter meets the picture, let it be $(1, 0, -1)$, with bias 2: $(0 - 1, \; 2 - 3, \; 1 - 0) + 2 = (1, 1, 3)$.
# - Branch 3: reduce with weight 1, bias 2: $\text{ReLU}(0, 1, -1) = (0, 1, 0)$. The middle row of the 5 × 5 filter is $(1, 2, 3, 4, 5)$, with bias $-2$: $(4, 3, 2) - 2 = (2, 1, 0)$.
# - Branch 4: $(-1, -1, -1)$, weight $-1$, bias 1: $(2, 2, 2)$.
#
# So the first pixel has the channels $(0, 1, 2, 2)$, the second $(0, 1, 1, 2)$, the third $(1, 3, 0, 2)$.
#
# ### Exercise 3: `inception_forward`


# %% exercise="inception_forward"
def inception_forward(A_prev, parameters):
    """An inception module, forward.

    Args:
        A_prev: shape (m, n_H, n_W, n_C_prev), floats or whole numbers of any sign.
        parameters: a dict of arrays, floats or whole numbers, each W with its biases b:
            "W1" (1, 1, n_C_prev, n_1) and "b1" (n_1,);
            "W3r" (1, 1, n_C_prev, n_3r) and "b3r" (n_3r,), "W3" (3, 3, n_3r, n_3) and "b3" (n_3,);
            "W5r" (1, 1, n_C_prev, n_5r) and "b5r" (n_5r,), "W5" (5, 5, n_5r, n_5) and "b5" (n_5,);
            "Wp" (1, 1, n_C_prev, n_p) and "bp" (n_p,).

    Returns:
        A, floats, shape (m, n_H, n_W, n_1 + n_3 + n_5 + n_p): the branches 1 to 4 in this order, after ReLU; and the
        cache, a dict of what backward needs: "A_prev"; "P", what the max pooling gave, (m, n_H, n_W, n_C_prev); "A3r"
        and "A5r", the reduced channels after ReLU; "A". The cache may hold A_prev and A themselves.
    """
    # 1. Pooling that never sees a number outside. 2. Reduce. 3. The four branches, one behind the other, and ReLU.
    ### BEGIN SOLUTION
    frame = ((0, 0), (1, 1), (1, 1), (0, 0))
    around = np.pad(A_prev / 1, frame, constant_values=-np.inf)
    P = pool_forward(around, 3, 1, "max")
    A3r = np.maximum(conv1x1(A_prev, parameters["W3r"], parameters["b3r"]), 0)
    A5r = np.maximum(conv1x1(A_prev, parameters["W5r"], parameters["b5r"]), 0)
    branches = [
        conv1x1(A_prev, parameters["W1"], parameters["b1"]),
        conv_forward_fast(A3r, parameters["W3"], parameters["b3"], 1, 1),
        conv_forward_fast(A5r, parameters["W5"], parameters["b5"], 1, 2),
        conv1x1(P, parameters["Wp"], parameters["bp"]),
    ]
    A = np.maximum(np.concatenate(branches, axis=3), 0)
    return A, {"A_prev": A_prev, "P": P, "A3r": A3r, "A5r": A5r, "A": A}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `pool_forward(X, 3, 1, "max")` pools without padding, so pad before it: one row or column on each of the four sides. Whole numbers cannot hold $-\infty$: `A_prev.astype(float)`, or `A_prev / 1`, which leaves float32 as it is.
# In one line: `np.pad(A_prev / 1, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf)`. Same padding is `pad = 1` for 3 × 3 and `pad = 2` for 5 × 5. `np.concatenate([…], axis=3)` puts channels one behind the other. One ReLU on the concatenated channels does the last ReLU of all branches.
# </details>

# %% check="inception_forward" points=2
with checks.exercise("inception_forward"):
    numbers = {"W1": -1, "b1": -2, "W3r": -1, "b3r": 0, "b3": 2, "W5r": 1, "b5r": 2, "b5": -2, "Wp": -1, "bp": 1}
    p = {key: np.full((1,) if key[0] == "b" else (1, 1, 1, 1), float(number)) for key, number in numbers.items()}
    p |= {"W3": np.full((3, 3, 1, 1), 9.0), "W5": np.full((5, 5, 1, 1), 9.0)}
    p["W3"][1, :, 0, 0], p["W5"][2, :, 0, 0] = [1, 0, -1], [1, 2, 3, 4, 5]
    A_prev = np.array([-2.0, -1, -3]).reshape(1, 1, 3, 1)
    checks.unchanged(inception_forward, A_prev, p)
    A, cache = checks.results("inception_forward(A_prev, p)", inception_forward(A_prev, p), ["A", "cache"])
    checks.shape("A for A_prev of shape (1, 1, 3, 1), one filter each", A, (1, 1, 3, 4))
    slips = {"outside is minus infinity for max pooling, not 0": [[0, 1, 2, 1], [0, 1, 1, 1], [1, 3, 0, 1]]}
    slips |= {"the last ReLU is missing": [[0, 1, 2, 2], [-1, 1, 1, 2], [1, 3, 0, 2]]}
    slips |= {"the ReLU after each reduction is missing": [[0, 1, 0, 2], [0, 1, 0, 2], [1, 3, 0, 2]]}
    checks.close("the three pixels", A[0, 0], [[0, 1, 2, 2], [0, 1, 1, 2], [1, 3, 0, 2]], mistakes=slips)
    checks.keys("the cache", cache, ["A_prev", "P", "A3r", "A5r", "A"])
    for key, expected in {"A_prev": [-2, -1, -3], "P": [-1, -1, -1], "A3r": [2, 1, 3], "A5r": [0, 1, 0]}.items():
        checks.close(f"{key} in the cache", cache[key], np.reshape(expected, (1, 1, 3, 1)))
    ### BEGIN HIDDEN TESTS

    def by_shifts(A_prev, parameters):
        A_prev, p = A_prev.astype(float), {key: np.asarray(value, dtype=float) for key, value in parameters.items()}
        n_H, n_W = A_prev.shape[1:3]

        def layer(X, key):
            around = len(p[f"W{key}"]) // 2
            X = np.pad(X, ((0, 0), (around, around), (around, around), (0, 0)))
            shifts = np.ndindex(p[f"W{key}"].shape[:2])
            Z = sum(np.einsum("mhwc,ck->mhwk", X[:, u : u + n_H, v : v + n_W], p[f"W{key}"][u, v]) for u, v in shifts)
            return np.where(Z + p[f"b{key}"] > 0, Z + p[f"b{key}"], 0.0)

        near = [np.clip(np.arange(n)[:, None] + np.arange(-1, 2), 0, n - 1) for n in (n_H, n_W)]
        P = A_prev[:, near[0]].max(axis=2)[:, :, near[1]].max(axis=3)
        A3r, A5r = layer(A_prev, "3r"), layer(A_prev, "5r")
        A = np.concatenate([layer(A_prev, "1"), layer(A3r, "3"), layer(A5r, "5"), layer(P, "p")], axis=3)
        return A, {"A_prev": A_prev, "P": P, "A3r": A3r, "A5r": A5r, "A": A}

    def module(rng, m, n_H, n_W, n_C_prev, n, k, widths=None):
        widths = widths or (n, k, n + 1, k % 3 + 1, (n + k) % 4 + 1, k + 2)
        return rng.normal(0, 1, (m, n_H, n_W, n_C_prev)), random_module(rng, n_C_prev, widths, 1.0)

    rng, cases = np.random.default_rng(3), {}
    for widths in [(1,) * 6, (2,) * 6, (3,) * 6, *([101 if i == k else i % 3 + 1 for i in range(6)] for k in range(6))]:
        cases[f"with widths {widths}"] = module(rng, 2, 4, 5, 3, 1, 1, widths)
    A_prev, parameters = module(rng, 3, 5, 4, 2, 2, 3)
    far = np.array([1000, 5000, 9000]).reshape(3, 1, 1, 1) * [1, 7]
    cases["with numbers below -1000 in A_prev, other ones in each picture"] = A_prev - far, parameters
    cases["with numbers near -1e12 in A_prev"] = (A_prev - 9) * 1e12, parameters
    for sides in ((1, 1), (2, 1), (1, 2), (2, 2), (1, 9), (9, 1)):
        A_prev, parameters = module(rng, 2, *sides, 2, 2, 1)
        cases[f"with pictures of {sides}, all negative"] = A_prev - 9, parameters
    domain = {"real": {"A_prev": 30, "parameters": 30}, "types": ["A_prev", "parameters"], "new": False}
    sizes = {"m": 103, "n_H": 104, "n_W": 105, "n_C_prev": 106, "n": 4, "k": 4}
    names = {"A": (), "cache": ()}
    checks.agrees(inception_forward, by_shifts, module, sizes=sizes, returns=names, cases=cases, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# GoogLeNet has nine such modules, 3a to 5b. The table of the paper gives the widths, and for each module the parameters in thousands and the multiplications in millions. Your `path_cost` counts each branch; the pooling has no parameters.

# %%
googlenet = {  # size, channels in, n_1, n_3r, n_3, n_5r, n_5, n_p; of the paper: parameters and multiplications
    "3a": (28, 192, 64, 96, 128, 16, 32, 32, 159, 128),
    "3b": (28, 256, 128, 128, 192, 32, 96, 64, 380, 304),
    "4a": (14, 480, 192, 96, 208, 16, 48, 64, 364, 73),
    "4b": (14, 512, 160, 112, 224, 24, 64, 64, 437, 88),
    "4c": (14, 512, 128, 128, 256, 24, 64, 64, 463, 100),
    "4d": (14, 512, 112, 144, 288, 32, 64, 64, 580, 119),
    "4e": (14, 528, 256, 160, 320, 32, 128, 128, 840, 170),
    "5a": (7, 832, 256, 160, 320, 32, 128, 128, 1072, 54),
    "5b": (7, 832, 384, 192, 384, 48, 128, 128, 1388, 71),
}
total = path_cost(112, 112, 3, [(7, 64)])[0] + path_cost(56, 56, 64, [(1, 64), (3, 192)])[0] + (1024 + 1) * 1000
branch_costs = {}
print("module  channels   parameters (paper)   multiplications (paper)")
for name, (size, n_C, n_1, n_3r, n_3, n_5r, n_5, n_p, *paper) in googlenet.items():
    paths = [[(1, n_1)], [(1, n_3r), (3, n_3)], [(1, n_5r), (5, n_5)], [(1, n_p)]]
    costs = [path_cost(size, size, n_C, path) for path in paths]
    branch_costs[name] = [multiplications / 1e6 for _, multiplications in costs]
    parameters, multiplications = np.sum(costs, axis=0)
    total += parameters
    channels = n_1 + n_3 + n_5 + n_p
    print(f"{name:6} {channels:9} {parameters:12,} ({paper[0]}K) {multiplications / 1e6:18.1f} M ({paper[1]} M)")
print(f"with the three convolutions before them and the dense layer after them: {total:,} parameters")

# %%
figure, axis = plt.subplots(figsize=(8, 3.4))
below = np.zeros(len(branch_costs))
names = ("1 × 1", "1 × 1, 3 × 3", "1 × 1, 5 × 5", "pooling, 1 × 1")
for k, (name, hatch) in enumerate(zip(names, ("", "//", "..", "xx"), strict=True)):
    heights = np.array([costs[k] for costs in branch_costs.values()])
    axis.bar(
        list(branch_costs), heights, bottom=below, color=plots.COLORS[k], hatch=hatch, edgecolor="white", label=name
    )
    below += heights
direct = [(size * size * n_C * (9 * n_3 + 25 * n_5)) / 1e6 for size, n_C, _, _, n_3, _, n_5, *_ in googlenet.values()]
axis.plot(list(branch_costs), direct, "k_", markersize=22, label="3 × 3 and 5 × 5 alone,\nwithout a bottleneck")
axis.set(xlabel="module of GoogLeNet", ylabel="millions of multiplications")
axis.set_title("The 3 × 3 branch costs most; bottlenecks keep 3 × 3 and 5 × 5 affordable")
axis.set_ylim(0, 1150)
axis.legend(fontsize=9, ncols=3, loc="upper center")
plt.show()

# %% [markdown]
# *What to notice.* Your multiplications and those of the paper differ by less than one million in eight of nine modules. For 5a the paper says 54 million, and its own widths give 51. The parameters differ by up to about 10 %: the table of the paper does not quite fit its own widths. For 3a it does: without the biases you have 163,328, and that is 159.5 times 1,024. The total, 6,998,552, is what implementations of these widths have.
# That is about 20 times fewer than VGG-16, which came second in the same competition in 2014.
#
# GoogLeNet also had two **auxiliary heads**: small classifiers that branch off after the modules 4a and 4d. In training the cost was $J = J_{main} + 0.3 \, (J_{4a} + J_{4d})$; at test time the two heads are cut off. They bring a gradient to the early layers by a short way, and the lecture says that they regularise. On the way back, the place where a head branches off gets the *sum* of two gradients. You meet the same sum in section 4.
#
# ### A module with weights from a real network
#
# SqueezeNet (Iandola and others, 2016) takes the idea further. Its **fire module** squeezes by a 1 × 1 convolution, then expands by a 1 × 1 and a 3 × 3 side by side, and concatenates. The course holds SqueezeNet's trained weights. After its first convolution, all that it needs are functions that you have.

# %%
weights = data.load_weights("squeezenet")


def part(name):
    """Weights and biases of one convolution of SqueezeNet."""
    return weights[f"{name}/W"], weights[f"{name}/b"]


def fire(A_prev, name):
    """A fire module of SqueezeNet: squeeze, then two branches."""
    squeezed = np.maximum(conv1x1(A_prev, *part(f"{name}/squeeze1x1")), 0)
    branches = [conv1x1(squeezed, *part(f"{name}/expand1x1"))]
    branches.append(conv_forward_fast(squeezed, *part(f"{name}/expand3x3"), 1, 1))
    return squeezed, np.maximum(np.concatenate(branches, axis=3), 0)


theirs = squeezenet.activations(photo[None], weights, ["pool1", "fire2", "probabilities"])
squeezed, A = fire(theirs["pool1"], "fire2")
print("fire2:", theirs["pool1"].shape[3], "channels, squeezed to", squeezed.shape[3], "and expanded to", A.shape[3])
print(f"largest difference to the library's fire2: {np.abs(A - theirs['fire2']).max():.1g}, values up to {A.max():.0f}")
shown, A = A, theirs["pool1"]
for number in range(2, 10):
    A = pool_forward(A, 3, 2, "max") if number in (4, 6) else A
    A = fire(A, f"fire{number}")[1]
scores = np.maximum(conv1x1(A, *part("conv10")), 0).mean(axis=(1, 2))
ours = softmax(scores.T.astype(float))[:, 0]
library = theirs["probabilities"][0]
for k in np.argsort(-ours)[:3]:
    print(f"{data.class_names('squeezenet')[k]:12} yours {ours[k]:.3f}   the library's {library[k]:.3f}")

# %%
figure, axes = plt.subplots(1, 7, figsize=(9, 1.8))
views, titles = [photo], ["photograph"]
for maps, title in ((squeezed, "squeezed"), (shown[..., :64], "1 × 1"), (shown[..., 64:], "3 × 3")):
    for k in np.argsort(-maps.std(axis=(0, 1, 2)))[:2]:
        views.append(maps[0, :, :, k])
        titles.append(f"{title}, {k}")
for axis, view, title in zip(axes, views, titles, strict=True):
    axis.imshow(view, cmap="gray")
    axis.set_title(title, fontsize=9)
    axis.set_axis_off()
figure.suptitle("Fire module 2: 64 channels, squeezed to 16, expanded to 64 + 64 (two of each)", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Eight fire modules, all yours, name the cup with the same probabilities as the library. Of 64 channels 16 are left in the middle, and the photograph is still easy to see in them. The last layer is a 1 × 1 convolution with 1,000 filters and the mean over all pixels: SqueezeNet has no dense layer at all, and 1.2 million parameters.
#
# ## 4. The module backward
#
# *Four branches start at one input. Which gradient does it get?*
#
# The steps of forward in reverse order:
#
# - **ReLU:** $dZ = dA * (A > 0)$ for all channels at once. ($A > 0$ exactly where $Z > 0$.)
# - **Concatenation:** each branch gets its own channels of $dZ$: the first $n_1$, the next $n_3$, and so on. Nothing is added or shared.
# - **Each branch:** back through its one or two convolutions, with the ReLU of the reduction between them. Branch 4 goes back through its convolution, then through the max pooling.
# - **The common input:** $A^{prev}$ acts on the cost by four ways, so the four gradients are **added**.
# $$dA^{prev} = dA^{prev}_{(1)} + dA^{prev}_{(2)} + dA^{prev}_{(3)} + dA^{prev}_{(4)} .$$
# *On paper.* The example of section 3. The gradients $dA$ of the three pixels are $(1, 1, 2, 1)$, $(2, -1, 1, 2)$, $(3, 2, 5, -1)$.
#
# - Branch 1: $A = (0, 0, 1)$, so $dZ = (0, 0, 3)$. With the weight $-1$: $dA^{prev}_{(1)} = (0, 0, -3)$.
# - Branch 2: $dZ = (1, -1, 2)$. Back through the filter $(1, 0, -1)$: $(-1, 1, 1)$. Back through the weight $-1$: $(1, -1, -1)$.
# - Branch 3: $A = (2, 1, 0)$, so $dZ = (2, 1, 0)$. Back through the filter: $(8, 11, 14)$. The reduction was $(0, 1, 0)$, its ReLU leaves $(0, 11, 0)$; the weight is 1.
# - Branch 4: $dZ = (1, 2, -1)$, with the weight $-1$: $(-1, -2, 1)$. All three windows have their largest number at pixel 2, which gets the sum: $(0, -2, 0)$.
#
# Together $dA^{prev} = (1, 8, -4)$.
#
# ### Exercise 4: `inception_backward`


# %% exercise="inception_backward"
def inception_backward(dA, cache, parameters):
    """An inception module, backward.

    Args:
        dA: the derivative of the cost with respect to A, shape (m, n_H, n_W, n_1 + n_3 + n_5 + n_p), floats or whole
            numbers.
        cache, parameters: what inception_forward returned and what it took; arrays of floats or whole numbers. The
            widths of the branches are those of the parameters.

    Returns:
        dA_prev, floats, shape (m, n_H, n_W, n_C_prev); and the gradients, a dict of "dW1", "db1", "dW3r", "db3r",
        "dW3", "db3", "dW5r", "db5r", "dW5", "db5", "dWp" and "dbp", each of the shape of its parameter. They are sums
        over the pictures, not means. The derivative of ReLU at 0 is taken as 0. The derivative of a maximum goes to the
        first of the largest numbers in the window, row by row, as in pool_backward; never to a place outside.
    """
    # 1. The last ReLU. 2. The channels of each branch. 3. Each branch back to the input. 4. The sum.
    ### BEGIN SOLUTION
    A_prev, dZ, grads = cache["A_prev"], dA * (cache["A"] > 0), {}
    ends = np.cumsum([len(parameters[f"b{key}"]) for key in ("1", "3", "5")])
    dZ1, dZ3, dZ5, dZp = np.split(dZ, ends, axis=3)
    dA_prev, grads["dW1"], grads["db1"] = conv_backward(dZ1, A_prev, parameters["W1"], 1, 0)
    for key, dZ, pad in (("3", dZ3, 1), ("5", dZ5, 2)):
        reduced = cache[f"A{key}r"]
        d, grads[f"dW{key}"], grads[f"db{key}"] = conv_backward(dZ, reduced, parameters[f"W{key}"], 1, pad)
        back = conv_backward(d * (reduced > 0), A_prev, parameters[f"W{key}r"], 1, 0)
        dA_prev, grads[f"dW{key}r"], grads[f"db{key}r"] = dA_prev + back[0], *back[1:]
    dP, grads["dWp"], grads["dbp"] = conv_backward(dZp, cache["P"], parameters["Wp"], 1, 0)
    around = np.pad(A_prev.astype(float), ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf)
    return dA_prev + pool_backward(dP, around, 3, 1, "max")[:, 1:-1, 1:-1], grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.split(dZ, ends, axis=3)` cuts channels at the places in `ends`: `np.cumsum([n_1, n_3, n_5])`. The widths are `len(parameters["b1"])` and so on. `conv_backward(dZ, A_prev, W, stride, pad)` gives the three gradients of one convolution.
# </details>
# <details><summary>Hint 2</summary>
#
# Branch 2 in three lines: `d, dW3, db3 = conv_backward(dZ3, cache["A3r"], W3, 1, 1)`, then `d = d * (cache["A3r"] > 0)`, then `dA_prev_2, dW3r, db3r = conv_backward(d, A_prev, W3r, 1, 0)`.
# Branch 4: `dP, dWp, dbp = conv_backward(dZp, cache["P"], Wp, 1, 0)`. Then pad `A_prev` with $-\infty$ as in forward, call `pool_backward(dP, padded, 3, 1, "max")`, and cut the frame off: `[:, 1:-1, 1:-1]`.
# </details>

# %% check="inception_backward" points=3
with checks.exercise("inception_backward"):
    numbers = {"W1": -1, "b1": -2, "W3r": -1, "b3r": 0, "b3": 2, "W5r": 1, "b5r": 2, "b5": -2, "Wp": -1, "bp": 1}
    p = {key: np.full((1,) if key[0] == "b" else (1, 1, 1, 1), float(number)) for key, number in numbers.items()}
    p |= {"W3": np.full((3, 3, 1, 1), 9.0), "W5": np.full((5, 5, 1, 1), 9.0)}
    p["W3"][1, :, 0, 0], p["W5"][2, :, 0, 0] = [1, 0, -1], [1, 2, 3, 4, 5]
    made = {"A_prev": [-2, -1, -3], "P": [-1, -1, -1], "A3r": [2, 1, 3], "A5r": [0, 1, 0]}
    made["A"] = [[0, 1, 2, 2], [0, 1, 1, 2], [1, 3, 0, 2]]
    cache = {key: np.reshape(value, (1, 1, 3, -1)).astype(float) for key, value in made.items()}
    dA = np.array([1.0, 1, 2, 1, 2, -1, 1, 2, 3, 2, 5, -1]).reshape(1, 1, 3, 4)
    checks.unchanged(inception_backward, dA, cache, p)
    dA_prev, grads = checks.results("inception_backward(…)", inception_backward(dA, cache, p), ["dA_prev", "grads"])
    slips = {"the ReLU of the reductions is missing": [9, 8, 10], "the last ReLU is missing": [0, 16, -4]}
    slips |= {"the branch of the pooling is missing": [1, 10, -4], "one branch alone came": [0, 0, -3]}
    checks.close("dA_prev of the three pixels", np.ravel(dA_prev), [1, 8, -4], mistakes=slips)
    checks.keys("grads", grads, [f"d{key}" for key in p])
    wanted = dict(W1=-9, b1=3, W3r=-2, b3r=1, b3=2, W5r=-11, b5=3, Wp=-2, bp=2)
    for key, expected in wanted.items():
        checks.close(f"d{key}", grads[f"d{key}"], np.full(p[key].shape, expected))
    ### BEGIN HIDDEN TESTS

    def forward(A_prev, p):
        def layer(X, key):
            W = p[f"W{key}"]
            return np.maximum(conv_forward_fast(X, W, p[f"b{key}"], 1, len(W) // 2), 0)

        near = [np.clip(np.arange(n)[:, None] + np.arange(-1, 2), 0, n - 1) for n in A_prev.shape[1:3]]
        P = A_prev[:, near[0]].max(axis=2)[:, :, near[1]].max(axis=3)
        A3r, A5r = layer(A_prev, "3r"), layer(A_prev, "5r")
        A = np.concatenate([layer(A_prev, "1"), layer(A3r, "3"), layer(A5r, "5"), layer(P, "p")], axis=3)
        return {"A_prev": A_prev, "P": P, "A3r": A3r, "A5r": A5r, "A": A}

    def window_by_window(dA, cache, parameters):
        A_prev, grads = cache["A_prev"].astype(float), {}
        _, n_H, n_W, _ = A_prev.shape

        def back(dZ, X, key):
            W, edge = np.asarray(parameters[f"W{key}"], dtype=float), len(parameters[f"W{key}"]) // 2
            X = np.pad(X.astype(float), ((0, 0), (edge, edge), (edge, edge), (0, 0)))
            grads[f"dW{key}"], grads[f"db{key}"], d = np.zeros(W.shape), dZ.sum(axis=(0, 1, 2)), np.zeros(X.shape)
            for u, v in np.ndindex(W.shape[:2]):
                here = np.s_[:, u : u + n_H, v : v + n_W]
                grads[f"dW{key}"][u, v] = np.einsum("mhwc,mhwk->ck", X[here], dZ)
                d[here] += np.einsum("mhwk,ck->mhwc", dZ, W[u, v])
            return d[:, edge : edge + n_H, edge : edge + n_W]

        dZ, first, total = np.where(cache["A"] > 0, dA, 0.0), 0, np.zeros(A_prev.shape)
        for key in ("1", "3", "5", "p"):
            mine = dZ[..., first : first + len(parameters[f"b{key}"])]
            first += len(parameters[f"b{key}"])
            if key in ("1", "p"):
                d = back(mine, cache["P"] if key == "p" else A_prev, key)
            else:
                d = np.where(cache[f"A{key}r"] > 0, back(mine, cache[f"A{key}r"], key), 0.0)
                d = back(d, A_prev, f"{key}r")
            if key != "p":
                total += d
        for i, h, w, c in np.ndindex(A_prev.shape):  # the pooling, with d of its branch
            up, left = max(h - 1, 0), max(w - 1, 0)
            window = A_prev[i, up : h + 2, left : w + 2, c]
            r, s = divmod(int(window.argmax()), window.shape[1])
            total[i, up + r, left + s, c] += d[i, h, w, c]
        return total, grads

    def arguments(rng, m, n_H, n_W, n_C_prev, n, k, widths=None, change=lambda a: a):
        widths = widths or (n, k, n + 1, k % 3 + 1, (n + k) % 4 + 1, k + 2)
        p = {key: change(value) for key, value in random_module(rng, n_C_prev, widths, 1.0).items()}
        cache = forward(change(rng.normal(0, 1, (m, n_H, n_W, n_C_prev))), p)
        return rng.normal(0, 1, cache["A"].shape), cache, p

    rng, cases = np.random.default_rng(4), {}
    for widths in [(1,) * 6, (2,) * 6, (3,) * 6, *([101 if i == k else i % 3 + 1 for i in range(6)] for k in range(6))]:
        cases[f"with widths {widths}"] = arguments(rng, 2, 4, 3, 3, 1, 1, widths)
    for sides in ((1, 1), (2, 1), (1, 2), (2, 2), (1, 9), (9, 1)):
        cases[f"with pictures of {sides}"] = arguments(rng, 2, *sides, 2, 2, 1)
    dA, cache, p = arguments(rng, 3, 6, 5, 2, 2, 3, None, lambda a: np.rint(2 * a))
    cases["with equal numbers in the windows, and scores of exactly 0"] = dA, cache, p
    made = [{key: value.astype(int) for key, value in each.items()} for each in (cache, p)]
    cases["with whole numbers everywhere"] = np.rint(2 * dA).astype(int), *made
    cases["with whole numbers in all but dA"] = dA, *made
    dA, cache, p = arguments(rng, 2, 4, 5, 3, 2, 4)
    cases["with an A_prev that has been through a ReLU"] = dA, forward(np.maximum(cache["A_prev"], 0), p), p
    cases["with an A_prev of zeros only"] = dA, forward(0 * cache["A_prev"], p), p
    tiny = {key: value * (1e-9 if key[0] == "b" else 1) for key, value in p.items()}
    cases["with scores near 1e-9"] = dA, forward(1e-9 * cache["A_prev"], tiny), tiny
    domain = {"real": {"dA": 30}, "types": ["dA"], "returns": {"dA_prev": (), "grads": ()}, "apart": False}
    sizes = {"m": 31, "n_H": 104, "n_W": 105, "n_C_prev": 106, "n": 4, "k": 4}
    checks.agrees(inception_backward, window_by_window, arguments, sizes=sizes, cases=cases, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. One filter for each channel
#
# *A bottleneck saves by having fewer channels. Can one save without that?*
#
# A convolution does two things at once: it looks at the neighbours of a pixel, and it mixes the channels. The **depthwise separable convolution** does one after the other.
#
# 1. **Depthwise convolution:** each channel has one filter of $f \times f$ of its own, and nothing is added over the channels. $W$ has the shape $(f, f, n_C)$, $b$ $(n_C,)$, and as many channels come out as come in. With $X$ for the padded pictures:
# $$Z_{i, h, w, c} = \sum_{u, v} W_{u, v, c} \; X_{i, \; h s + u, \; w s + v, \; c} + b_c .$$
# 2. **Pointwise convolution:** your `conv1x1`, which mixes the channels.
#
# For each pixel that comes out, the first needs $f^2 n_C$ multiplications, the second $n_C \, n_C'$ for $n_C'$ filters; a usual convolution needs $f^2 n_C \, n_C'$. The quotient is
# $$\frac{f^2 n_C + n_C \, n_C'}{f^2 n_C \, n_C'} = \frac{1}{n_C'} + \frac{1}{f^2} .$$
# With $f = 3$ and 128 filters this is $1/128 + 1/9 \approx 0.12$: about an eighth.
#
# *On paper.* One picture with two channels, one filter of 2 × 2 for each, $b = (0, 10)$, stride 1, no padding:
# $$X_{(0)} = \begin{bmatrix} 1 & 2 & 0 \\ 0 & 1 & 3 \\ 2 & 1 & 1 \end{bmatrix}, \; W_{(0)} = \begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}, \; Z_{(0)} = \begin{bmatrix} 2 & 5 \\ 1 & 2 \end{bmatrix}; \quad X_{(1)} = \begin{bmatrix} 0 & 1 & 1 \\ 2 & 0 & 1 \\ 1 & 1 & 0 \end{bmatrix}, \; W_{(1)} = \begin{bmatrix} 0 & 1 \\ -1 & 2 \end{bmatrix}, \; Z_{(1)} = \begin{bmatrix} 9 & 13 \\ 11 & 10 \end{bmatrix} .$$
# ### Exercise 5: `depthwise_forward`


# %% exercise="depthwise_forward"
def depthwise_forward(A_prev, W, b, stride, pad):
    """A depthwise convolution, without an activation function: channel c of the result is made of channel c alone.

    Args:
        A_prev: pictures or activations, shape (m, n_H_prev, n_W_prev, n_C), floats or whole numbers; also pixels of
            type uint8. They need not be square.
        W: one filter for each channel, shape (f, f, n_C), floats or whole numbers.
        b: the biases, shape (n_C,), floats or whole numbers.
        stride: pixels from one window to the next, in both directions, a whole number.
        pad: rows and columns of zeros on each of the four sides, a whole number >= 0.

    Returns:
        Z as in the formula, a new array of shape (m, n_H, n_W, n_C); n_H and n_W are those of every convolution.

    Raises:
        ValueError: the number of filters is not that of A_prev's channels, also where NumPy would broadcast; the filter
            is larger than the padded picture in height or in width; stride < 1.
    """
    # 1. What is refused, and the size of the result. 2. Pad. 3. Add up: each position of the filter times its pixels.
    ### BEGIN SOLUTION
    f, _, n_C = W.shape
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    if stride < 1 or f > min(X.shape[1:3]) or n_C != X.shape[3]:
        raise ValueError(f"filters {W.shape} with stride {stride} do not fit padded pictures {X.shape}")
    n_H, n_W = ((n - f) // stride + 1 for n in X.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, n_C)) + b  # equivalent "zeros of the first argument's type": b is added
    for u, v in np.ndindex(f, f):
        Z = Z + X[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride] * W[u, v]
    return Z
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# It is easiest to loop over the $f \cdot f$ positions in the filter. At the position `(u, v)`, the pixels of all windows are one slice of the padded pictures, `X[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride]`, as in pooling. `W[u, v]` has the shape $(n_C,)$, so `*` multiplies each channel by its own number.
# Another way: `conv_forward_fast` on each channel alone, with `W[:, :, c].reshape(f, f, 1, 1)`.
# </details>

# %% check="depthwise_forward" points=2
with checks.exercise("depthwise_forward"):
    A_prev = np.stack([[[1.0, 2, 0], [0, 1, 3], [2, 1, 1]], [[0, 1, 1], [2, 0, 1], [1, 1, 0]]], axis=2)[None]
    W, b = np.stack([[[1.0, 0], [0, 1]], [[0, 1], [-1, 2]]], axis=2), np.array([0.0, 10])
    checks.unchanged(depthwise_forward, A_prev, W, b, 1, 0)
    Z = depthwise_forward(A_prev, W, b, 1, 0)
    checks.shape("depthwise_forward(A_prev, W, b, 1, 0)", Z, (1, 2, 2, 2))
    slips = {
        "each channel has a filter of its own": [[[10, 12], [13, 10]]],
        "the biases are missing": [[[-1, 3], [1, 0]]],
    }
    slips |= {"do not turn the filter": [[[11, 11], [15, 10]]], "do not add over the channels": [[[11, 18], [12, 12]]]}
    checks.close("channel 1, stride 1, pad 0", Z[..., 1], [[[9, 13], [11, 10]]], mistakes=slips)
    checks.close("channel 0, stride 1, pad 0", Z[..., 0], [[[2, 5], [1, 2]]])
    checks.close("channel 1, stride 2, pad 1", depthwise_forward(A_prev, W, b, 2, 1)[..., 1], [[[10, 11], [14, 10]]])
    checks.shape("of 3 (7, 5), stride 2", depthwise_forward(np.ones((3, 7, 5, 2)), W, b, 2, 0), (3, 3, 2, 2))
    checks.raises("stride 0", ValueError, depthwise_forward, A_prev, W, b, 0, 0)
    checks.raises("one channel, two filters", ValueError, depthwise_forward, A_prev[..., :1], W, b, 1, 0)
    ### BEGIN HIDDEN TESTS

    def as_a_full_convolution(A_prev, W, b, stride, pad):
        f, _, n_C = W.shape
        full = np.zeros((f, f, n_C, n_C))
        full[:, :, range(n_C), range(n_C)] = W
        X = np.pad(A_prev.astype(float), ((0, 0), (pad, pad), (pad, pad), (0, 0)))
        windows = np.lib.stride_tricks.sliding_window_view(X, (f, f), axis=(1, 2))
        return np.tensordot(windows, full, axes=((4, 5, 3), (0, 1, 2)))[:, ::stride, ::stride] + b

    def layer(rng, m, high, wide, f, n_C, steps=None):
        stride, pad = steps or (1 + (m + f) % 3, (high + n_C) % 3)
        n_H, n_W = (max(1, (n - 1) * stride + f - 2 * pad + n % stride) for n in (high, wide))
        return rng.normal(0, 1, (m, n_H, n_W, n_C)), rng.normal(0, 1, (f, f, n_C)), rng.normal(0, 1, n_C), stride, pad

    rng = np.random.default_rng(5)
    long = {"m": (103, 1, 2, 1, 1), "height": (1, 104, 1, 2, 1), "width": (1, 1, 104, 2, 1)}
    long |= {"f": (1, 1, 1, 101, 1), "n_C": (1, 1, 2, 2, 130)}
    cases = {f"with {name} above 100": layer(rng, *numbers) for name, numbers in long.items()}
    picture, W, b = rng.normal(0, 1, (2, 5, 7, 3)), rng.normal(0, 1, (4, 4, 3)), np.array([3.0, -1, 2])
    for stride, pad, f in [(s, p, f) for s in (1, 2, 3, 4, 9) for p in (0, 1, 3) for f in (1, 2, 3, 4)]:
        cases[f"with f = {f}, stride {stride}, pad {pad}"] = picture, W[:f, :f], b, stride, pad
    cases["with numbers near 1e-9"] = picture * 1e-9, W, b * 1e-9, 1, 1
    framed = np.pad(picture, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=5.0)
    cases["with a picture as large as the next one padded"] = framed, W, b, 1, 0
    cases["with a picture that becomes as large by padding"] = picture, W, b, 1, 1
    cases["with a filter as large as the padded picture"] = picture[:, :, :5], np.tile(W, (2, 2, 1))[:7, :7], b, 3, 1
    domain = {"real": {"A_prev": 300, "W": 30, "b": 30}, "types": ["A_prev", "W", "b"], "pixels": ["A_prev"]}
    sizes = {"m": 4, "high": 5, "wide": 6, "f": 5, "n_C": 6}
    checks.agrees(depthwise_forward, as_a_full_convolution, layer, sizes=sizes, cases=cases, **domain)
    for shape, f, channels, stride, pad in (
        *(((2, 5, 4, there), 3, wanted, 1, 0) for there, wanted in ((1, 2), (2, 1), (3, 1), (1, 3), (4, 2), (3, 2))),
        *(((1, *sides, 2), 4, 2, stride, 0) for sides in ((5, 3), (3, 5), (3, 3), (9, 1)) for stride in (1, 2, 5)),
        *(((1, *sides, 1), 6, 1, stride, 1) for sides in ((9, 3), (3, 9)) for stride in (1, 2)),
        *(((2, 4, 4, 1), f, 1, stride, pad) for f, pad in ((4, 0), (3, 1), (6, 1)) for stride in (0, -1, -2)),
    ):
        what = f"A_prev {shape}, filters ({f}, {f}, {channels}), stride {stride}, pad {pad}"
        wrong = np.ones(shape), np.ones((f, f, channels)), np.ones(channels), stride, pad
        checks.raises(what, ValueError, depthwise_forward, *wrong)
    ### END HIDDEN TESTS

# %%
edge = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])
filters = np.stack([edge, edge.T, np.ones((3, 3)) / 9], axis=2)  # another task for each colour
maps = depthwise_forward(photo[None] / 255, filters, np.zeros(3), 1, 1)[0]
figure, axes = plt.subplots(1, 4, figsize=(9, 2.1))
names = ("red: vertical edges", "green: horizontal edges", "blue: blurred")
for axis, view, title in zip(axes[:3], np.moveaxis(maps, 2, 0), names, strict=True):
    axis.imshow(view, cmap="gray")
    axis.set_title(title, fontsize=10)
    axis.set_axis_off()
filters = np.array([1, 4, 16, 64, 256])
for f, style in ((3, "o-"), (5, "s--")):
    axes[3].plot(filters, 1 / filters + 1 / f**2, style, label=f"f = {f}")
axes[3].set(xscale="log", yscale="log", xlabel="filters", title="cost, share of a usual one")
axes[3].title.set_fontsize(9)
axes[3].legend(fontsize=8)
figure.suptitle("Each channel has its own filter; with many filters the cost falls to about 1/f²", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The three maps come from three colours, and nothing has been mixed. With one filter only, the separable way costs *more* than the usual one; with many, its share falls towards $1/f^2$.
#
# ## 6. The inverted residual
#
# *What does a network for a telephone look like?*
#
# MobileNet v2 (Sandler and others, 2018) puts the pieces together. Its block is called **inverted residual**, because it is thin outside and wide inside; the bottleneck of ResNet-50 is wide outside and thin inside.
#
# | step | layer | shape that comes out |
# |---|---|---|
# | expand | 1 × 1, then ReLU6 | $(m, n_H, n_W, n_h)$, $n_h = t \cdot n_C^{prev}$, mostly with $t = 6$ |
# | depthwise | 3 × 3, padding 1, stride $s$, then ReLU6 | $(m, \lceil n_H / s \rceil, \lceil n_W / s \rceil, n_h)$ |
# | project | 1 × 1, **no** activation function | $(m, \lceil n_H / s \rceil, \lceil n_W / s \rceil, n_C)$ |
# | shortcut | $+ \, A^{prev}$, if $s = 1$ and $n_C = n_C^{prev}$ | the same |
#
# Here $\text{ReLU6}(z) = \min(\max(z, 0), 6)$, and $\lceil \; \rceil$ rounds up. The result of the block has no ReLU, neither before nor after the addition: a ReLU on few channels would throw information away. So the thin layers are **linear bottlenecks**, and what comes into a block may be negative.
#
# *On paper.* One pixel $x = (1, 2)$, so of the depthwise filters only the number in the middle counts. Expand to three channels with the weights $(2, 3)$, $(1, -1)$, $(-1, 1)$ and no bias: $(8, -1, 1)$, after ReLU6 $(6, 0, 1)$. Depthwise $(0.5, 5, -2)$ with biases $(0, 0, 1)$: $(3, 0, -1)$, after ReLU6 $(3, 0, 0)$. Project with $(1, 2, -5)$ and $(-1, 2, 1)$, biases $(0, -1)$: $(3, -4)$. Add $x$: $(4, -2)$.
#
# ### Exercise 6: `inverted_residual`


# %% exercise="inverted_residual"
def inverted_residual(A_prev, parameters, stride):
    """The block of MobileNet v2, forward, with batch norm already multiplied into its weights and biases.

    Args:
        A_prev: shape (m, n_H, n_W, n_C_prev), floats or whole numbers of any sign.
        parameters: a dict of arrays, floats or whole numbers: "We" (1, 1, n_C_prev, n_h) and "be" (n_h,), expand;
            "Wd" (3, 3, n_h) and "bd" (n_h,), depthwise; "Wp" (1, 1, n_h, n_C) and "bp" (n_C,), project.
        stride: of the depthwise convolution, a whole number >= 1, also above 2.

    Returns:
        A, floats, a new array of shape (m, n_H / stride rounded up, n_W / stride rounded up, n_C), as in the table. The
        input is added if and only if stride is 1 and n_C is n_C_prev; not with another stride, even if the shapes are
        equal because there is only one pixel.
    """
    # 1. Expand. 2. Depthwise. 3. Project. 4. The shortcut, if it fits.
    ### BEGIN SOLUTION
    wide = np.clip(conv1x1(A_prev, parameters["We"], parameters["be"]), 0, 6)
    wide = np.clip(depthwise_forward(wide, parameters["Wd"], parameters["bd"], stride, 1), 0, 6)
    A = conv1x1(wide, parameters["Wp"], parameters["bp"])
    return A + A_prev if stride == 1 and A.shape == A_prev.shape else A
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.clip(Z, 0, 6)` is ReLU6. The depthwise convolution has padding 1, so that with stride 1 the size stays. Three calls of your functions, and one `if`.
# </details>

# %% check="inverted_residual" points=2
with checks.exercise("inverted_residual"):
    p = {"We": [[2.0, 1, -1], [3, -1, 1]], "be": [0.0, 0, 0], "bd": [0.0, 0, 1], "bp": [0.0, -1]}
    p = {key: np.array(value) for key, value in (p | {"Wp": [[1.0, -1], [2, 2], [-5, 1]]}).items()}
    p |= {"We": p["We"][None, None], "Wp": p["Wp"][None, None], "Wd": np.full((3, 3, 3), 9.0)}
    p["Wd"][1, 1] = [0.5, 5, -2]
    A_prev = np.array([1.0, 2]).reshape(1, 1, 1, 2)
    checks.unchanged(inverted_residual, A_prev, p, 1)
    slips = {"the shortcut is missing": [3, -4], "ReLU6 lets no number above 6 through": [5, -3]}
    slips |= {"no activation function after the projection": [4, 2], "no activation function after the sum": [4, 0]}
    slips |= {"ReLU6 after the depthwise convolution is missing": [9, -3]}
    checks.close("the pixel (1, 2) with stride 1", inverted_residual(A_prev, p, 1)[0, 0, 0], [4, -2], mistakes=slips)
    slips = {"the shortcut is for stride 1 only": [4, -2]}
    checks.close("the pixel (1, 2) with stride 2", inverted_residual(A_prev, p, 2)[0, 0, 0], [3, -4], mistakes=slips)
    checks.shape("of 3 pictures (5, 4), stride 2", inverted_residual(np.ones((3, 5, 4, 2)), p, 2), (3, 3, 2, 2))
    ### BEGIN HIDDEN TESTS

    def place_by_place(A_prev, parameters, stride):
        p = {key: np.asarray(value, dtype=float) for key, value in parameters.items()}
        m, n_H, n_W, n_C_prev = A_prev.shape
        n_h, n_C = p["Wp"].shape[2:]
        framed = np.zeros((m, n_H + 2, n_W + 2, n_h))
        expanded = np.einsum("mhwc,ck->mhwk", A_prev, p["We"][0, 0]) + p["be"]
        framed[:, 1:-1, 1:-1] = np.minimum(np.where(expanded > 0, expanded, 0.0), 6)
        tops, lefts = range(0, n_H, stride), range(0, n_W, stride)
        A = np.zeros((m, len(tops), len(lefts), n_C))
        for (h, top), (w, left) in ((a, b) for a in enumerate(tops) for b in enumerate(lefts)):
            z = (framed[:, top : top + 3, left : left + 3] * p["Wd"]).sum(axis=(1, 2)) + p["bd"]
            A[:, h, w] = np.minimum(np.where(z > 0, z, 0.0), 6) @ p["Wp"][0, 0] + p["bp"]
        return A + A_prev if n_C == n_C_prev and stride == 1 else A

    def block(rng, m, n_H, n_W, n_C_prev, n_h, n_C, stride=None):
        shapes = {"We": (1, 1, n_C_prev, n_h), "be": (n_h,), "Wd": (3, 3, n_h), "bd": (n_h,)}
        shapes |= {"Wp": (1, 1, n_h, n_C), "bp": (n_C,)}
        parameters = {key: rng.normal(0, 1.5, shape) for key, shape in shapes.items()}
        return 2 * rng.normal(0, 1, (m, n_H, n_W, n_C_prev)), parameters, stride or 1 + (m + n_C_prev + n_C) % 2

    rng, cases = np.random.default_rng(6), {}
    chosen = [
        (sizes, stride) for sizes in ("257363", "264254", "311242", "113111", "233481") for stride in (1, 2, 3, 4)
    ]
    for sizes, stride in chosen + [(sizes, 1) for sizes in ("245163", "245361", "312232")]:
        words = f"with stride {stride}, (m, n_H, n_W, n_C_prev, n_h, n_C) = ({', '.join(sizes)})"
        cases[words] = block(rng, *map(int, sizes), stride)
    cases["with 105 channels in and out, stride 1"] = block(rng, 2, 3, 4, 105, 6, 105, 1)
    A_prev, p, _ = block(rng, 3, 4, 5, 2, 3, 2)
    cases["with numbers far above 6"] = 100 * A_prev, p, 1
    domain = {"real": {"A_prev": 30, "parameters": 30}, "types": ["A_prev", "parameters"]}
    sizes = {"m": 103, "n_H": 104, "n_W": 105, "n_C_prev": 106, "n_h": 107, "n_C": 108}
    checks.agrees(inverted_residual, place_by_place, block, sizes=sizes, cases=cases, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ### What does it cost?
#
# In training, each of the three convolutions has no bias; batch norm follows, with $\gamma$ and $\beta$ for each of its channels. So a convolution with $n$ filters has $2n$ parameters besides its weights. (For use, batch norm is multiplied into weights and biases, as in exercise 6.) Where $t = 1$, there is nothing to expand, and the first convolution is left out.
#
# *On paper.* What comes in is $6 \times 6 \times 2$; $t = 3$, stride 2, $n_C = 4$. So $n_h = 6$, and $3 \times 3$ pixels come out.
#
# | step | weights | parameters | multiplications |
# |---|---|---|---|
# | expand | $2 \cdot 6 = 12$ | $12 + 2 \cdot 6 = 24$ | $36 \cdot 12 = 432$ |
# | depthwise | $9 \cdot 6 = 54$ | $54 + 2 \cdot 6 = 66$ | $9 \cdot 54 = 486$ |
# | project | $6 \cdot 4 = 24$ | $24 + 2 \cdot 4 = 32$ | $9 \cdot 24 = 216$ |
#
# Together 122 parameters and 1,134 multiplications. The expansion works on the large picture, the other two on the small one.
#
# ### Exercise 7: `inverted_residual_cost`


# %% exercise="inverted_residual_cost"
def inverted_residual_cost(n_H, n_W, n_C_prev, n_C, t, stride):
    """The cost of an inverted residual for one picture.

    Args:
        n_H, n_W, n_C_prev: height, width and channels of what comes in, whole numbers >= 1.
        n_C: channels that come out, a whole number >= 1.
        t: the factor of the expansion, a whole number >= 1. If it is 1, the block has no expanding convolution.
        stride: of the depthwise convolution of 3 x 3 with padding 1, a whole number >= 1.

    Returns:
        parameters, multiplications: two whole numbers (int), sums over the convolutions. The parameters are the weights
        and two numbers of batch norm for each filter. Only the multiplications of the convolutions are counted, those
        with zeros of the padding too.

    Example:
        inverted_residual_cost(6, 6, 2, 4, 3, 2) is (122, 1134).
    """
    # 1. How wide it is inside, how large what comes out is. 2. Weights of each step. 3. Both sums.
    ### BEGIN SOLUTION
    n_h = t * n_C_prev
    expand, depthwise, project = n_C_prev * n_h, 9 * n_h, n_h * n_C
    places = -(-n_H // stride) * -(-n_W // stride)
    parameters = depthwise + 2 * n_h + project + 2 * n_C
    multiplications = places * (depthwise + project)
    if t > 1:
        parameters += expand + 2 * n_h
        multiplications += n_H * n_W * expand
    return parameters, multiplications
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Rounded up: `-(-n_H // stride)`, or `(n_H + stride - 1) // stride`. Begin with the depthwise and the projecting convolution, then add the expanding one if `t > 1`.
# </details>

# %% check="inverted_residual_cost" points=1
with checks.exercise("inverted_residual_cost"):
    what, names = "inverted_residual_cost(7, 5, 2, 3, 3, 2)", ["parameters", "multiplications"]
    parameters, multiplications = checks.results(what, inverted_residual_cost(7, 5, 2, 3, 3, 2), names)
    slips = {"batch norm has two numbers for each filter": 99, "the numbers of batch norm are missing": 84}
    checks.close(f"the parameters of {what}", parameters, 114, mistakes=slips)
    slips = {"the expansion works on the large picture": 1008, "the size is rounded up": 852}
    slips |= {"after the depthwise convolution the picture is smaller": 2940, "the expansion is missing": 864}
    slips |= {"the depthwise convolution works on the small picture": 2526}
    checks.close(f"the multiplications of {what}", multiplications, 1284, mistakes=slips)
    found = inverted_residual_cost(7, 5, 2, 3, 1, 1)
    checks.equal("inverted_residual_cost(7, 5, 2, 3, 1, 1), nothing to expand", tuple(found), (34, 840))
    ### BEGIN HIDDEN TESTS
    rng, chosen = np.random.default_rng(7), [(1, 1, 1, 1, 1, 1), (1, 1, 1, 1, 2, 2), (112, 112, 32, 16, 1, 1)]
    chosen += [tuple(int(n) for n in rng.integers(1, (40, 40, 30, 30, 8, 5))) for _ in range(200)]
    chosen += [(56, 56, 24, 24, 6, 1), (2000, 3001, 640, 1280, 6, 2), (9, 4, 5, 7, 1, 2), (9, 4, 5, 7, 1, 3)]
    chosen += [(130, 2, 3, 3, 101, 7), (5, 7, 150, 2, 2, 9), (4, 4, 4, 4, 4, 4), (1, 9, 3, 2, 6, 2), (9, 1, 3, 2, 6, 2)]
    for numbers in chosen:
        n_H, n_W, n_C_prev, n_C, t, stride = numbers
        wide, places = t * n_C_prev, len(range(0, n_H, stride)) * len(range(0, n_W, stride))
        steps = [(n_H * n_W, n_C_prev, wide)] * (t != 1) + [(places, 9, wide), (places, wide, n_C)]
        wanted = sum((each + 2) * n for _, each, n in steps), sum(area * each * n for area, each, n in steps)
        what = f"inverted_residual_cost{numbers}"
        found = checks.results(what, inverted_residual_cost(*numbers), ["parameters", "multiplications"])
        for name, number, right in zip(("parameters", "multiplications"), found, wanted, strict=True):
            checks.whole(f"the {name} of {what}", number)
            checks.equal(f"the {name} of {what}", number, right)
    ### END HIDDEN TESTS

# %% [markdown]
# Now all of MobileNet v2, by the table of its paper: a convolution of 3 × 3 with stride 2 and 32 filters, seven groups of inverted residuals, a 1 × 1 convolution with 1,280 filters, the mean over all pixels, and a dense layer for 1,000 classes.

# %%
groups = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
total = np.array([27 * 32 + 2 * 32, 112 * 112 * 27 * 32])
size, n_C, ours, usual = 112, 32, [], []
print("group    t  blocks   size that comes out   channels   parameters   multiplications")
for number, (t, n, blocks, stride) in enumerate(groups, start=1):
    spent = np.zeros(2, dtype=int)
    usual.append(0)
    for s in [stride] + [1] * (blocks - 1):
        spent += inverted_residual_cost(size, size, n_C, n, t, s)
        size = -(-size // s)
        usual[-1] += path_cost(size, size, n_C, [(1, t * n_C), (3, t * n_C), (1, n)])[1] / 1e6
        n_C = n
    print(f"{number:5} {t:4} {blocks:7} {size:14} x {size:<3} {n_C:12} {spent[0]:12,} {spent[1] / 1e6:15.1f} M")
    ours.append(spent[1] / 1e6)
    total += spent
total += [320 * 1280 + 2 * 1280 + 1281 * 1000, 7 * 7 * 320 * 1280 + 1280 * 1000]
print(f"MobileNet v2: {total[0]:,} parameters, {total[1]:,} multiplications")
figure, axis = plt.subplots(figsize=(7, 3.2))
places = np.arange(1, 8)
axis.bar(places - 0.2, ours, width=0.4, label="inverted residuals")
axis.bar(places + 0.2, usual, width=0.4, hatch="//", color=plots.COLORS[1], label="with a usual 3 × 3 inside")
axis.set(yscale="log", xlabel="group of MobileNet v2", ylabel="millions of multiplications", ylim=(5, 8000))
axis.set_title("Depthwise filters make the wide middle affordable")
axis.legend(fontsize=9)
plt.show()

# %% [markdown]
# *What to notice.* 3,504,872 parameters is what the libraries print for MobileNet v2, and 300,774,272 multiplications are the "300 million" of the paper. (The axis is logarithmic.) Most multiplications are in the 1 × 1 convolutions, not in the depthwise ones. GoogLeNet needs about five times as many, and VGG-16 about fifty times as many.
#
# ## 7. Does it learn better?
#
# *At equal cost, does an inception module beat a plain convolution?*
#
# Try it honestly. Digits, halved to 14 × 14 pixels; 3,000 to train. Both networks begin with a convolution of 3 × 3 with 8 filters, ReLU and max pooling, and end with a dense layer for 10 classes. Between them, on 7 × 7 × 8, there is either one plain convolution of 3 × 3 with 24 filters and ReLU, or an inception module with 4 + 10 + 6 + 4 = 24 channels.
#
# The counts of the two middles, printed below, are nearly equal. Training is gradient descent with momentum for 6 epochs, the rate falls from 1 to 0, for three seeds. (`momentum_step` averages the gradients of about ten steps, so a rate of 1 is not large.) Everything is float32.

# %%
print("plain:    ", path_cost(7, 7, 8, [(3, 24)]))
paths = [[(1, 4)], [(1, 8), (3, 10)], [(1, 5), (5, 6)], [(1, 4)]]
print("inception:", tuple(int(n) for n in np.sum([path_cost(7, 7, 8, path) for path in paths], axis=0)))
X_train, Y_train, X_test, Y_test = data.load_digits()
X_train, X_test = (X.reshape(-1, 14, 2, 14, 2, 1).mean(axis=(2, 4), dtype=np.float32) / 255 for X in (X_train, X_test))
X_train, Y_train = X_train[:3000], Y_train[:, :3000]


# %%
def plain_forward(A_prev, parameters):
    A = np.maximum(conv_forward_fast(A_prev, parameters["W"], parameters["b"], 1, 1), 0)
    return A, {"A_prev": A_prev, "A": A}


def plain_backward(dA, cache, parameters):
    dA_prev, dW, db = conv_backward(dA * (cache["A"] > 0), cache["A_prev"], parameters["W"], 1, 1)
    return dA_prev, {"dW": dW, "db": db}


def initialize(kind, seed):
    """First layer, middle, last layer: He's start, a list of dicts of float32."""

    def layer(shape, gain):
        return {"W": rng.normal(0, (gain / np.prod(shape[:-1])) ** 0.5, shape), "b": np.zeros(shape[-1])}

    rng = np.random.default_rng(seed)
    middle = random_module(rng, 8, (4, 8, 10, 5, 6, 4)) if kind == "inception" else layer((3, 3, 8, 24), 2)
    parameters = [layer((3, 3, 1, 8), 2), middle, layer((7 * 7 * 24, 10), 1)]
    return [{key: value.astype(np.float32) for key, value in part.items()} for part in parameters]


# %%
MIDDLE = {"plain": (plain_forward, plain_backward), "inception": (inception_forward, inception_backward)}


def forward(kind, X, parameters):
    """The scores, and what backward needs."""
    A1, first = plain_forward(X, parameters[0])
    A2, middle = MIDDLE[kind][0](pool_forward(A1, 2, 2, "max"), parameters[1])
    flat = A2.reshape(len(X), -1)
    return flat @ parameters[2]["W"] + parameters[2]["b"], (A1, first, A2, middle, flat)


def gradients(kind, X, Y, parameters):
    """The cost, and a list of dicts of gradients."""
    scores, (A1, first, A2, middle, flat) = forward(kind, X, parameters)
    truth, guess = np.eye(10, dtype=np.float32)[Y[0]], softmax(scores.T).T
    dZ = (guess - truth) / np.float32(len(X))
    last = {"dW": flat.T @ dZ, "db": dZ.sum(axis=0)}
    dP, inside = MIDDLE[kind][1]((dZ @ parameters[2]["W"].T).reshape(A2.shape), middle, parameters[1])
    _, start = plain_backward(pool_backward(dP, A1, 2, 2, "max"), first, parameters[0])
    return cross_entropy(guess.T, truth.T), [start, inside, last]


# %%
def train(kind, seed, steps=276):
    """Six epochs in batches of 64 with momentum; returns the parameters and the cost at each step."""
    rng, parameters, costs = np.random.default_rng(seed), initialize(kind, seed), []
    order = np.concatenate([rng.permutation(len(X_train))[: 46 * 64] for _ in range(6)]).reshape(steps, 64)
    velocity = [{f"d{key}": 0 * value for key, value in part.items()} for part in parameters]
    for step, batch in enumerate(tqdm(order, desc=f"{kind}, seed {seed}", file=sys.stdout, leave=False)):
        rate = float((1 + np.cos(np.pi * step / steps)) / 2)
        cost, grads = gradients(kind, X_train[batch], Y_train[:, batch], parameters)
        moved = [momentum_step(*each, rate) for each in zip(parameters, grads, velocity, strict=True)]
        parameters, velocity = [part for part, _ in moved], [v for _, v in moved]
        costs.append(cost)
    return parameters, costs


# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), width_ratios=[1.5, 1])
for number, (kind, style) in enumerate((("plain", "-"), ("inception", "--"))):
    found, start = [], process_time()
    for seed in range(3):
        parameters, costs = train(kind, seed)
        found.append(np.mean(forward(kind, X_test, parameters)[0].argmax(axis=1) == Y_test[0]))
        smooth = np.convolve(costs, np.ones(20) / 20, mode="valid")
        left.plot(smooth, style, color=plots.COLORS[number], label=kind if seed == 0 else None, linewidth=1.5)
    right.plot(100 * np.array(found), number + np.array([-0.1, 0, 0.1]), "os"[number], color=plots.COLORS[number])
    print(f"{kind:10} test accuracy of three seeds:", *np.round(found, 3), f"  {process_time() - start:.0f} s")
left.set(xlabel="step", ylabel="training cost, mean of 20 steps (nats)", yscale="log", title="Both learn alike")
left.legend()
right.set(xlabel="test accuracy (%)", yticks=[0, 1], yticklabels=list(MIDDLE), ylim=(-0.5, 1.5), xlim=(92, 98))
right.set_title("Neither wins (axis from 92 %)")
plt.show()

# %% [markdown]
# *What to notice.* Both reach at least 93 % for each seed, and they differ by less than 2 points, which is about as much as two seeds of one network can differ. So here the module brings **nothing**: digits of this size need no mixture of 3 × 3 and 5 × 5. And at equal multiplications it takes two to three times the time in NumPy: six small matrix products instead of one large one, and a pooling, which has no multiplications at all. The gain of the module lies where there are hundreds of channels and pictures of many sizes of things; the count of section 2 shows how much it saves there. Whether it helps *your* task, only a comparison like this one can say.

# %% [markdown]
# ## What you built
#
# - `conv1x1`: a dense layer at each pixel; with it, you ran all fire modules of a trained network.
# - `path_cost`: parameters and multiplications of a path; GoogLeNet's 6,998,552 parameters.
# - `inception_forward` and `inception_backward`: four branches, concatenated; channels split and gradients added on the way back.
# - `depthwise_forward`: one filter for each channel.
# - `inverted_residual` and `inverted_residual_cost`: the block of MobileNet v2, and its 3,504,872 parameters.
#
# ## On your own
#
# 1. Give the inception network of section 7 an auxiliary head: the mean over all pixels of what comes *into* the module, a dense layer, softmax, and $J = J_{main} + 0.3 \, J_{aux}$. Where do gradients add? Does training start faster?
# 2. Write `depthwise_backward`, and check it by numerical gradients. Then replace the plain convolution of section 7 by a separable one. What does it save in multiplications, in seconds, and what does it lose?
# 3. Really hard: a usual convolution is 3 × 3 over all channels, $W$ of shape $(3, 3, n_C, n_C')$. For one input channel $c$, the slice $(9, n_C')$ is a matrix; a separable convolution makes it of rank 1. Approximate `expand3x3` of a fire module by separable convolutions with the singular value decomposition, with $k$ depthwise filters for each channel. How large must $k$ be until SqueezeNet still names the cup? What do you save then?
#
# ## In practice
#
# `torch.nn.Conv2d(n_in, n_out, kernel_size=1)` is `conv1x1`; with `groups=n_in` and `kernel_size=3` it is depthwise. `keras.layers.DepthwiseConv2D` and `SeparableConv2D` have names of their own. `torchvision.models.googlenet` has batch norm, and 3 × 3 where the paper has 5 × 5; its number of parameters is another one. `torchvision.models.mobilenet_v2` has exactly the parameters that you counted. On graphics cards, depthwise convolutions are slower than their count promises, because they read much memory for few multiplications.
#
# ## References
#
# - Course 4, week 2, lectures 5 to 7. MobileNet is in a later version of the course.
# - M. Lin, Q. Chen and S. Yan (2013), [Network In Network](https://arxiv.org/abs/1312.4400), ICLR 2014.
# - C. Szegedy et al. (2014), [Going Deeper with Convolutions](https://arxiv.org/abs/1409.4842), CVPR 2015.
# - F. N. Iandola et al. (2016), [SqueezeNet](https://arxiv.org/abs/1602.07360).
# - M. Sandler et al. (2018), [MobileNetV2: Inverted Residuals and Linear Bottlenecks](https://arxiv.org/abs/1801.04381), CVPR.
