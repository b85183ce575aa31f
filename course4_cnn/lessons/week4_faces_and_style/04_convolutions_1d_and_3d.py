# %% [markdown]
# You will write one convolution for signals, pictures and films at once, with its backward pass.
# Then it learns to tell twenty spoken words apart, and to see in which direction something moves.

# %% [markdown]
# ## What you will be able to do
#
# - give the output sizes of convolutions in one, two and three dimensions;
# - write causal and dilated convolutions, and say how far back they look;
# - compute what a filter does to slow and to fast oscillations;
# - write a convolution in any number of dimensions, forward and backward;
# - say when a third dimension is worth its cost.
#
# **What you need:** [convolutional layers](../week1_convolutions/03_convolution_layers.ipynb) and their [backward pass](../week1_convolutions/04_pooling_and_a_complete_network.ipynb); [Adam](../../../course2_improving/release/week2_optimization/03_momentum_rmsprop_adam.ipynb).

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.conv import conv_forward_fast
from shared_utils.nn.optimisers import adam_step, initialize_adam
from shared_utils.nn.softmax import softmax

plots.use_style()

# %% [markdown]
# ## 1. Signals, pictures, volumes
#
# *What changes if the data are not pictures?*
#
# A heartbeat or a sound is a **signal**: numbers along one axis, time. A picture has two axes. A scan of the body or a film has three: depth or time, height, width. Beside these *spatial* axes there is always the axis of the examples, and the axis of the channels. The operation stays the same: lay the filter on a window, multiply and add up, move on. Along each axis $i$ by itself,
#
# $$n_i = \left\lfloor \frac{n_i^{prev} + 2p - f_i}{s} \right\rfloor + 1 .$$
#
# The example of the lecture: a signal of 14 numbers and 16 filters of 5 give $10 \times 16$. A volume of $14 \times 14 \times 14$ and 16 filters of $5 \times 5 \times 5$ give $10 \times 10 \times 10 \times 16$. A filter always reaches through **all** channels, so they are no axis along which it moves.
#
# *On paper.* A film of 9 frames of $6 \times 8$ pixels, filters of $3 \times 5 \times 5$, stride 2, padding 1: $\lfloor (9 + 2 - 3)/2 \rfloor + 1 = 5$ frames of $2 \times 3$.
#
# ### Exercise 1: `output_shape`


# %% exercise="output_shape"
def output_shape(shape, window, stride, pad):
    """The spatial sizes of what a convolution makes, in any number of dimensions.

    Args:
        shape: the spatial sizes of what comes in, a tuple of whole numbers >= 1, without examples and channels.
        window: the spatial sizes of the filter, a tuple of whole numbers >= 1, one for each of shape.
        stride: the same along all axes, a whole number.
        pad: zeros at both ends of each axis, a whole number >= 0.

    Returns:
        A tuple of whole numbers (int), one for each axis.

    Raises:
        ValueError: shape and window have different numbers of axes; the window is longer than the padded data along
            some axis; stride < 1.

    Example:
        output_shape((9, 6, 8), (3, 5, 5), 2, 1) is (5, 2, 3); output_shape((14,), (5,), 1, 0) is (10,).
    """
    # 1. What is refused? 2. The formula, axis by axis.
    ### BEGIN SOLUTION
    if len(shape) != len(window) or stride < 1:
        raise ValueError(f"a window {window} with stride {stride} does not fit to data {shape}")
    pairs = zip(shape, window, strict=True)  # equivalent "True → False": as many
    sizes = tuple((n + 2 * pad - f) // stride + 1 for n, f in pairs)
    if min(sizes) < 1:
        raise ValueError(f"a window {window} is longer than the padded data {shape}")
    return sizes
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `zip(shape, window)` gives the two sizes of each axis; it stops at the end of the shorter one, so compare the lengths first. A window that is too long gives a size of 0 or less with `//`. With `int(… / stride)` it may give 1: it rounds towards 0.
# </details>

# %% check="output_shape" points=1
with checks.exercise("output_shape"):
    checks.equal("output_shape((9, 6, 8), (3, 5, 5), 2, 1)", tuple(output_shape((9, 6, 8), (3, 5, 5), 2, 1)), (5, 2, 3))
    checks.equal("output_shape((14,), (5,), 1, 0)", tuple(output_shape((14,), (5,), 1, 0)), (10,))
    checks.equal(
        "output_shape((14, 14, 14), (5, 5, 5), 1, 0)", tuple(output_shape((14,) * 3, (5,) * 3, 1, 0)), (10, 10, 10)
    )
    checks.equal("output_shape((4, 6), (1, 3), 1, 1)", tuple(output_shape((4, 6), (1, 3), 1, 1)), (6, 6))
    checks.raises("output_shape((9, 6), (3, 9), 2, 1)", ValueError, output_shape, (9, 6), (3, 9), 2, 1)
    checks.raises("output_shape((9, 6), (3,), 1, 0)", ValueError, output_shape, (9, 6), (3,), 1, 0)
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(1)
    for number in range(150):
        axes, stride, pad = 1 + number % 5, int(rng.integers(1, 6)), int(rng.integers(0, 4))
        shape = tuple(int(n) for n in rng.integers(1, 12, axes))
        window = tuple(int(rng.integers(1, n + 2 * pad + 1)) for n in shape)
        what = f"output_shape({shape}, {window}, {stride}, {pad})"
        found = output_shape(shape, window, stride, pad)
        wanted = tuple(len(range(0, n + 2 * pad - f + 1, stride)) for n, f in zip(shape, window, strict=True))
        checks.whole(what, *found)
        checks.equal(what, tuple(found), wanted)
    checks.equal("output_shape((4000, 3), (7, 3), 3, 0)", tuple(output_shape((4000, 3), (7, 3), 3, 0)), (1332, 1))
    refused = [
        ((9, 6), (10, 2), 1, 0),
        ((9, 6), (2, 7), 1, 0),
        ((9, 6), (2, 7), 2, 0),
        ((5,), (8,), 9, 1),
        ((5,), (8,), 3, 1),
    ]
    refused += [((9, 6), (2, 2), 0, 0), ((9, 6), (2, 2), -1, 0), ((9, 6), (9, 6), 0, 0), ((9, 6), (3, 3, 3), 1, 0)]
    refused += [((9, 6, 4), (3, 3), 1, 0), ((9,), (3, 3), 1, 1), ((4, 4, 4), (4, 5, 4), 7, 0)]
    for given in refused:
        checks.raises(f"output_shape{given}", ValueError, output_shape, *given)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. One dimension: time has a direction
#
# *May a filter look into the future?*
#
# In a recording it may. But whoever must answer *now*, or wants to predict the next number, may use the past only. Such a convolution is **causal**: the result at time $t$ depends on the inputs at $t, t - 1, \dots$ and no later ones. The data are padded with zeros on one side, before their beginning, so that the result has as many times as the input.
#
# A filter of 5 looks back over 5 times. To look further back, it may leave gaps: a **dilated** filter takes every $d$-th number. For a signal with $n_C^{prev}$ channels, a filter $W$ of shape $(f, n_C^{prev}, n_C)$ and the dilation $d$,
#
# $$Z_{t c'} = b_{c'} + \sum_{k=0}^{f-1} \sum_{c} W_{k c c'} \, X_{t - (f - 1 - k) d, \; c}, \qquad X_{t} = 0 \text{ for } t < 0 .$$
#
# The last weight, $k = f - 1$, belongs to the present.
#
# *On paper.* One channel, $X = [1, 2, 4, 7]$, $W = [-1, 1]$, $b = 0$. With $d = 1$: each number minus the one before, $[1, 1, 2, 3]$. With $d = 2$: minus the one two steps before, $[1, 2, 3, 5]$.
#
# ### Exercise 2: `causal_conv1d`


# %% exercise="causal_conv1d"
def causal_conv1d(X, W, b, dilation):
    """A causal, dilated convolution of signals.

    Args:
        X: signals, shape (m, T, n_C_prev), floats or whole numbers.
        W: the filters, shape (f, n_C_prev, n_C), floats or whole numbers. A filter may reach back further than T.
        b: the biases, shape (n_C,), floats or whole numbers.
        dilation: d >= 1, a whole number.

    Returns:
        Z as in the formula, a new array of floats, shape (m, T, n_C).

    Raises:
        ValueError: the filters are for another number of channels than X has; or dilation < 1.

    Example:
        for the signal [1, 2, 4, 7] and the weights [-1, 1], one channel each, and dilation 2 it is [1, 2, 3, 5].
    """
    # 1. What is refused? 2. How many zeros come before the beginning? 3. For each weight: all times at once.
    ### BEGIN SOLUTION
    f, n_C_prev, n_C = W.shape
    m, T, channels = X.shape
    if channels != n_C_prev or dilation < 1:
        raise ValueError(f"filters {W.shape} with dilation {dilation} do not fit to signals {X.shape}")
    before = np.zeros((m, (f - 1) * dilation, channels))  # equivalent "zeros of the first argument's type": they are 0
    padded = np.concatenate([before, X], axis=1)
    Z = np.zeros((m, T, n_C)) + b
    for k in range(f):
        Z += padded[:, k * dilation : k * dilation + T] @ W[k]
    return Z
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Put $(f - 1) d$ zeros before the signal. In the padded signal, the weight number $k$ meets the times from $k d$ on, $T$ of them.
# </details>
# <details><summary>Hint 2</summary>
#
# `part = padded[:, k * dilation : k * dilation + T]` has the shape (m, T, n_C_prev), and `part @ W[k]` has the shape (m, T, n_C). Add these up over `k`, and the biases.
# </details>

# %% check="causal_conv1d" points=2
with checks.exercise("causal_conv1d"):
    X, W = np.array([[[1.0], [2], [4], [7]], [[0.0], [3], [0], [1]]]), np.array([[[-1.0]], [[1]]])
    checks.unchanged(causal_conv1d, X, W, np.zeros(1), 1)
    slips = {"the last weight belongs to the present": [0, 0, 0, 0] - X[0, :, 0] + [0, 1, 2, 4]}
    slips |= {"this looks into the future": [1, 2, 3, -7], "do not go around to the end": [-6, 1, 2, 3]}
    found = causal_conv1d(X, W, np.zeros(1), 1)
    checks.shape("Z of two signals of 4 times", found, (2, 4, 1))
    checks.close("Z of [1, 2, 4, 7] with weights [-1, 1]", found[0, :, 0], [1, 1, 2, 3], mistakes=slips)
    slips = {"with dilation 2: two steps back": [11, 11, 12, 13]}
    found = causal_conv1d(X, W, np.array([10.0]), 2)
    checks.close("the same with dilation 2 and bias 10", found[0, :, 0], [11, 12, 13, 15], mistakes=slips)
    two = np.stack([X[..., 0], 2 * X[..., 0]], axis=2)
    found = causal_conv1d(two, np.array([[[1.0, 0], [0, 1]]]), np.array([0.0, 5]), 3)
    checks.close(
        "two channels, filters of length 1: Z of the first signal", found[0], [[1, 7], [2, 9], [4, 13], [7, 19]]
    )
    checks.raises("filters for one channel, signals with two", ValueError, causal_conv1d, two, W, np.zeros(1), 1)
    ### BEGIN HIDDEN TESTS

    def time_by_time(X, W, b, dilation):
        Z = np.zeros((len(X), X.shape[1], W.shape[2]))
        for i, t, c in np.ndindex(Z.shape):
            Z[i, t, c] = b[c]
            for back in range(len(W)):
                if t - back * dilation >= 0:
                    Z[i, t, c] += sum(
                        float(w) * float(x) for w, x in zip(W[-1 - back, :, c], X[i, t - back * dilation], strict=True)
                    )
        return Z

    def signals(rng, m, T, f, n_C_prev, n_C, dilation):
        return rng.normal(0, 1, (m, T, n_C_prev)), rng.normal(0, 1, (f, n_C_prev, n_C)), rng.normal(0, 1, n_C), dilation

    rng = np.random.default_rng(2)
    others = {
        f"with f = {f}, dilation {d}, T = {T}": signals(rng, 2, T, f, 2, 3, d)
        for f in (1, 2, 3)
        for d in (1, 2, 5, 9)
        for T in (1, 4, 9)
    }
    sizes = {"m": 4, "T": 120, "f": 5, "n_C_prev": 4, "n_C": 3, "dilation": 40}
    for m, f, n_C_prev, n_C in ((110, 2, 1, 1), (1, 105, 1, 1), (1, 2, 110, 1), (1, 2, 1, 110)):
        others[f"with m, f, n_C_prev, n_C = {m, f, n_C_prev, n_C}"] = signals(rng, m, 4, f, n_C_prev, n_C, 2)
    domain = {"real": {"X": 300, "W": 30, "b": 30}, "types": ["X", "W", "b"], "cases": others, "apart": False}
    checks.agrees(causal_conv1d, time_by_time, signals, sizes=sizes, **domain)
    for there, wanted in ((1, 2), (2, 1), (3, 1), (2, 3)):
        given = np.ones((2, 5, there)), np.ones((2, wanted, 3)), np.ones(3), 1
        checks.raises(f"{there} channels, filters for {wanted}", ValueError, causal_conv1d, *given)
    for dilation in (0, -1):
        checks.raises(f"dilation {dilation}", ValueError, causal_conv1d, X, W, np.zeros(1), dilation)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 3: `history`
#
# Layers one after another look back further and further: each layer adds $(f - 1) d$ times to what the layers before it see,
#
# $$\text{history} = 1 + \sum_{l} (f_l - 1) \, d_l .$$
#
# If the dilation doubles from layer to layer, $1, 2, 4, \dots$, the history grows *exponentially* with the number of layers. This is how WaveNet, which makes speech number by number, looks back over thousands of numbers.
#
# *On paper.* Four layers with $f = 2$ and $d = 1, 2, 4, 8$: $1 + 1 + 2 + 4 + 8 = 16$ times. Without dilation it would be 5.


# %% exercise="history"
def history(layers):
    """How far back a stack of causal layers looks, the present time counted, too.

    Args:
        layers: a list of pairs (f, d), filter length and dilation, whole numbers >= 1; it may be empty.

    Returns:
        How many input times there are from the oldest one on which a result of the last layer depends to the present one,
        both counted, also those in gaps; a whole number (int).

    Example:
        history([(2, 1), (2, 2), (2, 4), (2, 8)]) is 16.
    """
    # One layer: how far back does its first weight reach?
    ### BEGIN SOLUTION
    return 1 + sum((f - 1) * d for f, d in layers)
    ### END SOLUTION


# %% check="history" points=1
with checks.exercise("history"):
    checks.equal("history([(2, 1), (2, 2), (2, 4), (2, 8)])", history([(2, 1), (2, 2), (2, 4), (2, 8)]), 16)
    checks.equal("history([(3, 2)])", history([(3, 2)]), 5)
    checks.equal("history([(1, 7), (4, 1)])", history([(1, 7), (4, 1)]), 4)
    checks.equal("history([])", history([]), 1)
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(3)
    for depth in (*range(1, 12), 130):
        layers = [tuple(int(n) for n in rng.integers(1, (6, 9))) for _ in range(depth)]
        oldest = 0
        for f, d in layers[::-1]:
            oldest = min(oldest - k * d for k in range(f))
        checks.whole(f"history of {depth} layers", history(layers))
        checks.equal(f"history({layers if depth < 5 else f'{depth} layers'})", history(layers), 1 - oldest)
    checks.equal("history of 12 layers with doubled dilations", history([(2, 2**k) for k in range(12)]), 4096)
    ### END HIDDEN TESTS

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 2.6), sharey=True)
for axis, dilations in zip(axes, ((1, 1, 1, 1), (1, 2, 4, 8)), strict=True):
    seen = {19}
    for layer, d in zip((4, 3, 2, 1), dilations[::-1], strict=True):
        for t in seen:
            axis.plot([t, t], [layer - 1, layer], color=plots.COLORS[0], linestyle="-", linewidth=1)
            axis.plot([t - d, t], [layer - 1, layer], color=plots.COLORS[0], linestyle="-", linewidth=1)
        seen |= {t - d for t in seen}
    impulse = np.zeros((20, 20, 1))
    impulse[range(20), range(20)] = 1
    for d in dilations:
        impulse = causal_conv1d(impulse, np.ones((2, 1, 1)), np.zeros(1), d)
    felt = np.flatnonzero(impulse[:, 19, 0])
    axis.plot(felt, 0 * felt, "o", color=plots.COLORS[1], linestyle="none", label="inputs that count")
    axis.set(xlabel="time", title=f"dilations {dilations}: {history([(2, d) for d in dilations])} times", xlim=(2, 20))
axes[0].set(ylabel="layer", yticks=range(5))
axes[0].legend(loc="upper left")
plt.show()

# %% [markdown]
# *What to notice.* The points at the bottom of the figure were found by trying: a 1 at one time, zeros elsewhere, and then: is the result at time 19 different from 0? Both nets have four layers of two weights each. The dilated one sees more than three times as much, without a gap.
#
# ## 3. What a filter does to an oscillation
#
# *Why does a moving average make a curve smooth?*
#
# Every signal is a sum of oscillations, slow and fast ones. If an oscillation goes through a filter, what comes out is the same oscillation, only larger or smaller, and shifted in time. The factor for the angular frequency $\omega$ (radians per step) is the **gain**, the absolute value of a complex number:
#
# $$G(\omega) = \left| \sum_{k=0}^{f-1} w_k \, e^{i \omega k} \right| = \sqrt{\Big( \sum_k w_k \cos \omega k \Big)^2 + \Big( \sum_k w_k \sin \omega k \Big)^2} .$$
#
# $\omega = 0$ is a constant signal. An oscillation with a period of $P$ steps has $\omega = 2 \pi / P$. The fastest one that a series of numbers can hold goes up and down in turn, $P = 2$ and $\omega = \pi$.
#
# *On paper.* $w = [\frac12, \frac12]$: $G(0) = 1$ and $G(\pi) = |\frac12 - \frac12| = 0$. It lets slow changes pass and removes the fastest one. $w = [-1, 1]$: $G(0) = 0$ and $G(\pi) = 2$. This is an edge filter: it removes what is constant.
#
# ### Exercise 4: `gain`


# %% exercise="gain"
def gain(w, omega):
    """The factor by which a filter changes the size of oscillations.

    Args:
        w: the weights of a filter for one channel, shape (f,), floats or whole numbers.
        omega: angular frequencies in radians per step, from -100 to 100, shape (k,), floats.

    Returns:
        The gains, an array of floats (no complex numbers), shape (k,), each >= 0.

    Example:
        gain(np.array([0.5, 0.5]), np.array([0, np.pi / 2])) is [1, 0.7071].
    """
    # 1. The angle of each weight at each frequency. 2. Sums over the weights. 3. The length.
    ### BEGIN SOLUTION
    angles = np.outer(omega, np.arange(len(w)))
    return np.abs(np.exp(1j * angles) @ w)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.outer(omega, np.arange(len(w)))` has a row for each frequency and a column for each weight. `np.cos` of it times `w`, summed over the columns, is the first sum. Or with complex numbers: `np.exp(1j * angles) @ w`, and `np.abs` at the end.
# </details>

# %% check="gain" points=1
with checks.exercise("gain"):
    omega = np.array([0, np.pi / 2, np.pi])
    checks.unchanged(gain, np.array([3.0, 4.0]), omega)
    slips = {"this is the square": [49, 25, 1], "the root of the sum of both squares": [7, 7, 1]}
    checks.close("gain([3, 4], [0, π / 2, π])", gain(np.array([3.0, 4.0]), omega), [7, 5, 1], mistakes=slips)
    checks.close("gain([1, 0, -1, 0, 2], [0, π / 2, π])", gain(np.array([1.0, 0, -1, 0, 2]), omega), [2, 4, 2])
    ### BEGIN HIDDEN TESTS

    def by_oscillation(w, omega):
        return np.array(
            [
                np.hypot(
                    sum(x * np.cos(o * k) for k, x in enumerate(w)), sum(x * np.sin(o * k) for k, x in enumerate(w))
                )
                for o in omega
            ]
        )

    def filters(rng, f, k):
        return rng.normal(0, 1, f), rng.uniform(-7, 7, k)

    others = {
        "with frequencies at multiples of 2π": (np.array([1.0, 2, 5]), 2 * np.pi * np.arange(-2.0, 3)),
        "with a gain of 0": (np.array([0.7, -0.4, -0.3]), np.array([0.0, 1])),
        "with equal frequencies": (np.array([0.7, -0.4, 1]), np.array([1.0, 2, 1])),
        "with small frequencies": (np.array([1.0, -2, 4]), np.array([1e-3, 1e-5, 0.0])),
    }
    domain = {"real": {"w": 30}, "types": ["w"], "cases": others, "rtol": 1e-8, "atol": 1e-9}
    checks.agrees(gain, by_oscillation, filters, sizes={"f": 110, "k": 130}, **domain)
    checks.close(
        "1e15 times gain([3e-15, 4e-15], [0, π / 2, π])", 1e15 * gain(np.array([3e-15, 4e-15]), omega), [7, 5, 1]
    )
    ### END HIDDEN TESTS

# %%
days = data.load_temperatures()
high = days.high - days.high.mean()
omega = np.linspace(0, np.pi, 400)
filters = {
    "mean of 7 days": np.full(7, 1 / 7),
    "mean of 31 days": np.full(31, 1 / 31),
    "difference": np.array([-1.0, 1]),
}
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3), width_ratios=[2, 3])
right.plot(high[400:800], color="silver", linestyle="-", label="high of the day")
for name, w in filters.items():
    left.plot(omega, gain(w, omega), label=name)
    smooth = causal_conv1d(high.reshape(1, -1, 1), w.reshape(-1, 1, 1), np.zeros(1), 1)[0, :, 0]
    if name != "difference":
        right.plot(smooth[400:800], label=name)
left.set(xlabel="angular frequency (radians per day)", ylabel="gain", title="Means remove fast oscillations")
right.set(xlabel="day", ylabel="°C from the mean", title="They are smooth, and late")
left.legend()
right.legend()
plt.show()

# %% [markdown]
# *What to notice.* The mean of 7 days removes a week's oscillation exactly ($\omega = 2\pi/7 \approx 0.9$). The mean of 31 days leaves only the seasons. A causal mean is late: it looks back, and is about half its length behind. A network with 1-D convolutions learns such filters by itself, with the gains that its task needs.
#
# ## 4. One convolution for all dimensions
#
# *Does one have to write it again for each number of axes?*
#
# No. Write $r$ for a position in the filter: one number in a signal, a pair in a picture, a triple in a volume; and $t$ in the same way for a place of the result. Then for one, two or three axes
#
# $$Z_{t c'} = b_{c'} + \sum_{r} \sum_c W_{r c c'} \, X_{s t + r, \; c} .$$
#
# $X$ is the padded input. For a fixed position $r$, the numbers $X_{s t + r}$ for all $t$ are one slice of $X$, with steps of $s$ along each axis. So: loop over the positions in the filter, and add up slices times weights, $(\dots, n_C^{prev}) \cdot (n_C^{prev}, n_C)$. `np.ndindex(*sizes)` loops over all positions, whatever the number of axes.
#
# *On paper.* A volume of $1 \times 2 \times 3$, $X = [[[1, 2, 3], [4, 5, 6]]]$, one channel, stride 1, no padding, $b = 0$, and the filter $1 \times 2 \times 2$, $W = [[[1, 0], [0, 2]]]$: $Z = [[[1 + 10, \; 2 + 12]]] = [[[11, 14]]]$.
#
# ### Exercise 5: `conv_nd`


# %% exercise="conv_nd"
def conv_nd(A_prev, W, b, stride, pad):
    """A convolution in one, two or three dimensions, without an activation function.

    Args:
        A_prev: shape (m, n_1, ..., n_d, n_C_prev), d = 1, 2 or 3 spatial axes of any lengths, floats or whole numbers.
        W: the filters, shape (f_1, ..., f_d, n_C_prev, n_C), floats or whole numbers; the f need not be equal.
        b: the biases, shape (n_C,), floats or whole numbers.
        stride: the same along all spatial axes, a whole number.
        pad: zeros at both ends of each spatial axis, a whole number >= 0.

    Returns:
        Z as in the formula, a new array of floats, of shape (m, *output_shape((n_1, ..., n_d), (f_1, ..., f_d), stride,
        pad), n_C).

    Raises:
        ValueError: the filters have another number of spatial axes or of channels than A_prev; a filter is longer than
            the padded data; stride < 1.

    Loop over the positions in the filter; a loop over the places would be too slow for the training below.
    """
    # 1. Do the axes and channels fit? 2. The sizes of the result. 3. Pad. 4. For each position in the filter: a slice.
    ### BEGIN SOLUTION
    window = W.shape[:-2]
    sizes = output_shape(A_prev.shape[1:-1], window, stride, pad)
    X = np.pad(A_prev, [(0, 0), *[(pad, pad)] * len(window), (0, 0)])
    Z = 1.0 * b
    for r in np.ndindex(*window):
        pairs = zip(r, sizes, strict=True)  # equivalent "True → False": as many
        part = X[:, *(slice(start, start + stride * n, stride) for start, n in pairs)]
        Z = Z + part @ W[r]  # refuses other channels
    return Z
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `output_shape` gives the sizes and refuses what does not fit. `np.pad(A_prev, [(0, 0), *[(pad, pad)] * d, (0, 0)])` pads the spatial axes only.
# </details>
# <details><summary>Hint 2</summary>
#
# For the position `r`, a tuple, make a list of slices, one for each axis: `slice(start, start + stride * n, stride)`, with `start` from `r` and `n` from the sizes. Then `X[:, *slices]` is the part of the input that this position of the filter meets, and `W[r]` is a matrix $(n_C^{prev}, n_C)$.
# </details>

# %% check="conv_nd" points=3
with checks.exercise("conv_nd"):
    X, W = (
        np.array([[1.0, 2, 3], [4, 5, 6]]).reshape(1, 1, 2, 3, 1),
        np.array([[1.0, 0], [0, 2]]).reshape(1, 2, 2, 1, 1),
    )
    checks.unchanged(conv_nd, X, W, np.zeros(1), 1, 0)
    Z = conv_nd(X, W, np.zeros(1), 1, 0)
    checks.shape("Z of a volume 1 x 2 x 3 and a filter 1 x 2 x 2", Z, (1, 1, 1, 2, 1))
    slips = {"the filter was turned; lay it on as it is": [7, 10], "this is the first place only": [11, 11]}
    checks.close("Z of this volume", Z.ravel(), [11, 14], mistakes=slips)
    Z = conv_nd(X[0], W[0], np.array([100.0]), 2, 1)
    checks.shape("Z of a picture 2 x 3, stride 2, pad 1", Z, (1, 2, 2, 1))
    checks.close("Z of this picture, b = 100", Z.ravel(), [102, 106, 100, 105])
    signal = conv_nd(np.array([[[1.0, 5], [2, 0], [3, 1]]]), np.array([[[1.0], [10]], [[0], [1]]]), np.zeros(1), 1, 0)
    checks.close("Z of a signal with two channels", signal.ravel(), [51, 3])
    checks.raises("a filter for pictures on a volume", ValueError, conv_nd, X, W[0], np.zeros(1), 1, 0)
    ### BEGIN HIDDEN TESTS

    def by_windows(A_prev, W, b, stride, pad):
        d = W.ndim - 2
        X = np.pad(A_prev.astype(float), [(0, 0)] + [(pad, pad)] * d + [(0, 0)])
        windows = np.lib.stride_tricks.sliding_window_view(X, W.shape[:d], axis=tuple(range(1, d + 1)))
        windows = windows[(slice(None),) + (slice(None, None, stride),) * d]
        return np.tensordot(windows, W, axes=([*range(d + 2, 2 * d + 2), d + 1], [*range(d + 1)])) + b

    def layer(rng, m, n_C_prev, n_C, sizes, window, stride, pad):
        return (
            rng.normal(0, 1, (m, *sizes, n_C_prev)),
            rng.normal(0, 1, (*window, n_C_prev, n_C)),
            rng.normal(0, 1, n_C),
            stride,
            pad,
        )

    def volumes(rng, m, high, wide, n_C_prev, n_C):
        return layer(
            rng, m, n_C_prev, n_C, (5, high + 1, wide + 1), (3, 2, 2), *[(1, 0), (2, 1), (1, 2), (3, 0)][(m + n_C) % 4]
        )

    rng, others = np.random.default_rng(5), {}
    for sizes, window in (
        ((9,), (4,)),
        ((1,), (1,)),
        ((6, 9), (3, 4)),
        ((9, 6), (1, 5)),
        ((4, 7, 5), (3, 2, 4)),
        ((5, 5, 5), (5, 1, 2)),
    ):
        for stride, pad in ((1, 0), (1, 1), (2, 0), (2, 1), (3, 2), (9, 0)):
            words = f"with data {sizes}, filters {window}, stride {stride}, pad {pad}"
            others[words] = layer(rng, 2, 3, 2, sizes, window, stride, pad)
    others |= {
        f"with m, n_C_prev, n_C = {m, c, k}": layer(rng, m, c, k, (3, 4), (2, 2), 1, 0)
        for m, c, k in ((120, 1, 1), (1, 120, 1), (1, 1, 120), (3, 3, 3))
    }
    others |= {
        "with 120 times": layer(rng, 2, 2, 2, (120,), (110,), 1, 0),
        "with a filter of 120": layer(rng, 2, 1, 2, (9,), (120,), 1, 60),
    }
    framed = layer(rng, 2, 3, 2, (8, 6), (3, 2), 1, 0)
    others |= {"with data as large as the next ones padded": framed}
    others |= {"with data that become as large by padding": (framed[0][:, 1:-1, 1:-1], *framed[1:3], 1, 1)}
    domain = {"real": {"A_prev": 300, "W": 30, "b": 30}, "types": ["A_prev", "W", "b"], "cases": others, "apart": False}
    checks.agrees(conv_nd, by_windows, volumes, sizes={"m": 4, "high": 6, "wide": 7, "n_C_prev": 5, "n_C": 6}, **domain)
    for shape, window, channels, stride, pad in (
        ((2, 5, 1), (3,), 2, 1, 0),
        ((2, 5, 2), (3,), 1, 1, 0),
        ((2, 5, 4, 1), (3,), 1, 1, 0),
        ((2, 5, 1), (3, 3), 1, 1, 0),
        ((2, 5, 4, 1), (2, 7), 1, 1, 1),
        ((2, 5, 4, 6, 1), (2, 2, 7), 1, 3, 0),
        ((2, 5, 4, 1), (2, 2), 1, 0, 0),
        ((2, 5, 1), (2,), 1, -1, 0),
    ):
        given = np.ones(shape), np.ones((*window, channels, 3)), np.ones(3), stride, pad
        checks.raises(
            f"data {shape}, filters {given[1].shape}, stride {stride}, pad {pad}", ValueError, conv_nd, *given
        )
    ### END HIDDEN TESTS

# %%
rng = np.random.default_rng(0)
pictures, filters, biases = rng.normal(0, 1, (4, 9, 7, 3)), rng.normal(0, 1, (3, 3, 3, 5)), rng.normal(0, 1, 5)
difference = conv_nd(pictures, filters, biases, 2, 1) - conv_forward_fast(pictures, filters, biases, 2, 1)
print(f"largest difference to conv_forward_fast on pictures: {np.abs(difference).max():.0e}")

# %% [markdown]
# In two dimensions it is the layer that you know, up to rounding. And the way back is as general: $Z_t$ uses $X_{st + r}$ with the weight $W_r$, so
#
# $$\frac{\partial J}{\partial W_{r c c'}} = \sum_{examples} \sum_t X_{st + r, \, c} \; dZ_{t c'}, \qquad \frac{\partial J}{\partial b_{c'}} = \sum_{examples} \sum_t dZ_{t c'},$$
#
# and $\partial J / \partial X_{u c}$ collects $\sum_{c'} W_{r c c'} \, dZ_{t c'}$ from all pairs $(t, r)$ with $s t + r = u$. The loop over the positions $r$ does this, too: the slice that was *read* on the way forward is the slice to which the derivative is *added* on the way back. At the end, cut the padding off.
#
# *On paper.* $X = [1, 2, 4]$, $W = [3, -1]$, one channel, stride 1, no padding; $dZ = [1, 10]$. $dW = [1 \cdot 1 + 2 \cdot 10, \; 2 \cdot 1 + 4 \cdot 10] = [21, 42]$, $db = 11$, $dX = [3, \; -1 + 30, \; -10] = [3, 29, -10]$.
#
# ### Exercise 6: `conv_nd_backward`


# %% exercise="conv_nd_backward"
def conv_nd_backward(dZ, A_prev, W, stride, pad):
    """The derivatives of the cost with respect to the input, the filters and the biases of conv_nd.

    Args:
        dZ: the derivative with respect to what conv_nd returned, of its shape, floats or whole numbers.
        A_prev, W, stride, pad: as conv_nd was given them; they fit.

    Returns:
        dA_prev, dW, db, new arrays, of the shapes of A_prev, W and (n_C,). dW and db are sums over the
        examples, not divided by m.
    """
    # 1. The padded input, and zeros of its shape. 2. For each position in the filter: two products.
    # 3. The sum over all but the channels. 4. Without the padding.
    ### BEGIN SOLUTION
    (*window, n_C_prev, n_C), sizes = W.shape, dZ.shape[1:-1]
    X = np.pad(A_prev, [(0, 0), *[(pad, pad)] * len(window), (0, 0)])
    columns = dZ.reshape(-1, n_C)  # equivalent "1 → 2": any negative number will do
    dX = np.zeros(X.shape, dtype=np.result_type(dZ, W, np.float32))
    dW = np.zeros(W.shape, dtype=dX.dtype)  # equivalent "zeros → ones": each entry is set
    for r in np.ndindex(*window):
        pairs = zip(r, sizes, strict=True)  # equivalent "True → False": as many
        ends = [slice(start, start + stride * n, stride) for start, n in pairs]
        part = X[:, *ends].reshape(-1, n_C_prev)  # equivalent "1 → 2": any negative number will do
        dW[r] = part.T @ columns
        dX[:, *ends] += dZ @ W[r].T
    inside = [slice(pad, pad + n) for n in A_prev.shape[1:-1]]
    return dX[:, *inside], dW, columns.sum(axis=0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The same slices as on the way forward. With `part = X[:, *slices]`: `dW[r]` is the sum over examples and places of `part` (channels in) times `dZ` (channels out). Make both to matrices with `reshape(-1, channels)`; then it is `part.T @ dZ`.
# </details>
# <details><summary>Hint 2</summary>
#
# `dX[:, *slices] += dZ @ W[r].T`. The windows overlap, therefore `+=`. Make `dX` of floats. At the end, `dX` without `pad` entries at both ends of each spatial axis.
# </details>

# %% check="conv_nd_backward" points=3
with checks.exercise("conv_nd_backward"):
    X, W, dZ = np.array([[[1.0], [2], [4]]]), np.array([[[3.0]], [[-1]]]), np.array([[[1.0], [10]]])
    checks.unchanged(conv_nd_backward, dZ, X, W, 1, 0)
    names, what = ["dA_prev", "dW", "db"], "conv_nd_backward on the signal [1, 2, 4]"
    dX, dW, db = checks.results(what, conv_nd_backward(dZ, X, W, 1, 0), names)
    slips = {"the windows overlap: add up": [3, -1, -10], "turned around": [-1, -7, 30]}
    checks.close(f"dA_prev of {what}", dX.ravel(), [3, 29, -10], mistakes=slips)
    checks.close(f"dW of {what}", dW.ravel(), [21, 42])
    checks.close(f"db of {what}", db, [11])
    rng = np.random.default_rng(6)
    given = rng.normal(0, 1, (2, 4, 3, 5, 2)), rng.normal(0, 1, (2, 3, 2, 2, 3)), rng.normal(0, 1, 3), 2, 1
    dZ = rng.normal(0, 1, conv_nd(*given).shape)
    found = conv_nd_backward(dZ, given[0], given[1], 2, 1)
    checks.gradient(
        "dW in three dimensions", lambda W: np.sum(dZ * conv_nd(given[0], W, *given[2:])), found[1], given[1]
    )
    ### BEGIN HIDDEN TESTS

    def place_by_place(dZ, A_prev, W, stride, pad):
        d = W.ndim - 2
        X = np.pad(A_prev.astype(float), [(0, 0)] + [(pad, pad)] * d + [(0, 0)])
        dX, dW = np.zeros(X.shape), np.zeros(W.shape)
        for i, *t in np.ndindex(*dZ.shape[:-1]):
            window = (i, *(slice(stride * k, stride * k + f) for k, f in zip(t, W.shape, strict=False)))
            dX[window] += np.einsum("...ck,k->...c", W, dZ[(i, *t)])
            dW += np.einsum("...c,k->...ck", X[window], dZ[(i, *t)])
        inside = (slice(None), *(slice(pad, pad + n) for n in A_prev.shape[1:-1]))
        return dX[inside], dW, 1.0 * sum(dZ.reshape(-1, dZ.shape[-1]))

    def way_back(rng, m, n_C_prev, n_C, sizes, window, stride, pad):
        A_prev, W = rng.normal(0, 1, (m, *sizes, n_C_prev)), rng.normal(0, 1, (*window, n_C_prev, n_C))
        places = [(n + 2 * pad - f) // stride + 1 for n, f in zip(sizes, window, strict=True)]
        return rng.normal(0, 1, (m, *places, n_C)), A_prev, W, stride, pad

    def volumes(rng, m, high, wide, n_C_prev, n_C):
        return way_back(
            rng, m, n_C_prev, n_C, (4, high + 1, wide + 1), (3, 2, 2), *[(1, 0), (2, 1), (1, 2), (3, 0)][(m + n_C) % 4]
        )

    rng, others = np.random.default_rng(7), {}
    for sizes, window in (
        ((9,), (4,)),
        ((1,), (1,)),
        ((6, 9), (3, 4)),
        ((9, 6), (1, 5)),
        ((4, 7, 5), (3, 2, 4)),
        ((5, 5, 5), (5, 1, 2)),
    ):
        for stride, pad in ((1, 0), (1, 1), (2, 0), (2, 1), (3, 2), (9, 0)):
            words = f"with data {sizes}, filters {window}, stride {stride}, pad {pad}"
            others[words] = way_back(rng, 2, 3, 2, sizes, window, stride, pad)
    others |= {
        f"with m, n_C_prev, n_C = {m, c, k}": way_back(rng, m, c, k, (3, 4), (2, 2), 1, 0)
        for m, c, k in ((120, 1, 1), (1, 120, 1), (1, 1, 120), (3, 3, 3))
    }
    others |= {
        "with 120 times": way_back(rng, 2, 2, 2, (120,), (110,), 1, 0),
        "with a filter of 120": way_back(rng, 2, 1, 2, (9,), (120,), 1, 60),
    }
    domain = {
        "real": {"dZ": 300, "A_prev": 300, "W": 30},
        "types": ["dZ", "A_prev", "W"],
        "cases": others,
        "apart": False,
    }
    sizes = {"m": 4, "high": 5, "wide": 6, "n_C_prev": 4, "n_C": 5}
    checks.agrees(conv_nd_backward, place_by_place, volumes, sizes=sizes, returns=names, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. Twenty spoken words
#
# *Which word was said?*
#
# The course has clips of 20 words, spoken by 16 synthetic voices; 12 voices are for training, 4 others for the test. (“activate” is there at three paces.) A sound of 8,000 numbers a second is too long for a small network. So it is given as a **spectrogram**: every 10 milliseconds, the strength of 40 bands of frequencies, as the ear hears them. That is a signal with 110 times and 40 channels, and the frequencies are channels, not an axis along which a filter moves.
#
# The network: a convolution with 32 filters of 5 times, ReLU, the maximum of each two times; 64 filters of 5, ReLU; for each filter the largest value *over all times*; dropout; softmax. The last maximum forgets **when** something was heard. A dense network with 64 hidden units is the rival. Both are tested twice: with clips as in training, which begin at once, and with the same clips later in the 1.1 seconds.

# %%
clips, others = data.load_trigger_words()
WORDS = sorted(set(clips.words))
times = np.arange(129) * 8000 / 256
mels = 700 * (10 ** (np.linspace(np.log10(1 + 60 / 700), np.log10(1 + 4000 / 700), 42)) - 1)
rising, falling = (
    (times - mels[:-2, None]) / np.diff(mels)[:-1, None],
    (mels[2:, None] - times) / np.diff(mels)[1:, None],
)
BANDS = np.clip(np.minimum(rising, falling), 0, None)


def spectrogram(wave):
    """The logarithm of the energy in 40 bands, every 80 samples, shape (times, 40)."""
    padded = np.pad(wave / 32768, 128)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 256)[::80] * np.hanning(256)
    return np.log(np.abs(np.fft.rfft(windows)) ** 2 @ BANDS.T + 1e-6)


def as_signals(waves, rng=None):
    """Spectrograms of clips in 110 times of silence, at the beginning or (with rng) anywhere."""
    signals = np.full((len(waves), 110, 40), np.log(1e-6))
    for row, each in enumerate(map(spectrogram, waves)):
        start = 0 if rng is None else rng.integers(0, 111 - min(len(each), 110))
        signals[row, start : start + len(each)] = each[: 110 - start]
    return signals


# %%
X_words, X_test, X_late = (
    as_signals(clips.waves),
    as_signals(others.waves),
    as_signals(others.waves, np.random.default_rng(9)),
)
mean, deviation = X_words.mean(axis=(0, 1)), X_words.std(axis=(0, 1))
X_words, X_test, X_late = (((X - mean) / deviation).astype(np.float32) for X in (X_words, X_test, X_late))
Y_words, Y_test = (np.array([WORDS.index(word) for word in each.words]) for each in (clips, others))
print(X_words.shape, "to train,", X_test.shape, "to test;", ", ".join(WORDS))


# %%
def start(shapes, seed):
    """Parameters of a network in float32: He's start for weights, zeros for biases."""
    rng = np.random.default_rng(seed)
    draw = {key: rng.normal(0, (2 / np.prod(shape[:-1])) ** 0.5, shape) for key, shape in shapes.items()}
    draw |= {f"b{key[1:]}": np.zeros(shape[-1]) for key, shape in shapes.items()}
    return {key: value.astype(np.float32) for key, value in draw.items()}


def fit(gradients, parameters, X, Y, learning_rate, steps, size, seed):
    """Adam with a falling rate; gradients(parameters, X, Y, rng) gives those of the cost of a batch."""
    (v, s), rng, rows = initialize_adam(parameters), np.random.default_rng(seed), []
    for t in tqdm(range(1, steps + 1), desc=f"seed {seed}", file=sys.stdout, leave=False):
        rows = rng.permutation(len(X)) if len(rows) < size else rows
        batch, rows = rows[:size], rows[size:]
        grads = gradients(parameters, X[batch], Y[batch], rng)
        rate = learning_rate * (1 + np.cos(np.pi * t / steps)) / 2
        parameters, v, s = adam_step(parameters, grads, v, s, t, rate)
        parameters = {key: value.astype(np.float32) for key, value in parameters.items()}
    return parameters


def score_gradient(Z, Y):
    """The derivative of the mean cross-entropy with respect to scores Z (m, n), labels Y (m,)."""
    dZ = softmax(Z.T).T
    dZ[range(len(Y)), Y] -= 1
    return (dZ / len(Y)).astype(np.float32)


# %%
def word_scores(p, X, keep=1.0):
    """The scores of the 20 words, and what the way back needs."""
    A1 = np.maximum(conv_nd(X, p["W1"], p["b1"], 1, 2), 0)
    P1 = np.maximum(A1[:, ::2], A1[:, 1::2])
    A2 = np.maximum(conv_nd(P1, p["W2"], p["b2"], 1, 2), 0)
    last = np.argmax(A2, axis=1)[:, None]
    h = np.take_along_axis(A2, last, axis=1)[:, 0] * keep
    return h @ p["W3"] + p["b3"], (A1, P1, A2, last, h)


# %%
def word_gradients(p, X, Y, rng):
    """The gradients of a batch, with dropout of 40 % before the last layer."""
    keep = ((rng.random((len(X), 64)) < 0.6) / 0.6).astype(np.float32)
    Z, (A1, P1, A2, last, h) = word_scores(p, X, keep)
    dZ = score_gradient(Z, Y)
    dA2 = np.zeros_like(A2)
    np.put_along_axis(dA2, last, (dZ @ p["W3"].T * keep)[:, None], axis=1)
    dP1, dW2, db2 = conv_nd_backward(dA2 * (A2 > 0), P1, p["W2"], 1, 2)
    first = A1[:, ::2] >= A1[:, 1::2]
    dA1 = np.stack([dP1 * first, dP1 * ~first], axis=2).reshape(A1.shape)
    _, dW1, db1 = conv_nd_backward(dA1 * (A1 > 0), X, p["W1"], 1, 2)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": h.T @ dZ, "db3": dZ.sum(axis=0)}


def dense_scores(p, X):
    """The scores of a dense network with one hidden layer, and that layer."""
    A = np.maximum(X.reshape(len(X), -1) @ p["W1"] + p["b1"], 0)
    return A @ p["W2"] + p["b2"], A


def dense_gradients(p, X, Y, _):
    Z, A = dense_scores(p, X)
    dZ = score_gradient(Z, Y)
    dA = dZ @ p["W2"].T * (A > 0)
    return {"dW1": X.reshape(len(X), -1).T @ dA, "db1": dA.sum(axis=0), "dW2": A.T @ dZ, "db2": dZ.sum(axis=0)}


# %%
CONV = {"W1": (5, 40, 32), "W2": (5, 32, 64), "W3": (64, 20)}
DENSE = {"W1": (110 * 40, 64), "W2": (64, 20)}
accuracy, found = {"convolution": [], "dense": []}, {}
for seed in (0, 1):
    networks = (
        ("convolution", CONV, word_gradients, word_scores, 3e-3, 400),
        ("dense", DENSE, dense_gradients, dense_scores, 1e-3, 300),
    )
    for name, shapes, gradients, scores, rate, steps in networks:
        found[name] = fit(gradients, start(shapes, seed), X_words, Y_words, rate, steps, 32, seed)
        accuracy[name].append([np.mean(scores(found[name], X)[0].argmax(axis=1) == Y_test) for X in (X_test, X_late)])
for name, each in accuracy.items():
    size = sum(value.size for value in found[name].values())
    (now, late), (now_too, late_too) = each
    print(
        f"{name:12} {size:7,} parameters   as in training {now:.0%}, {now_too:.0%}   later in the clip {late:.0%}, {late_too:.0%}"
    )

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3), width_ratios=[3, 2])
row = WORDS.index("activate")
axes[0].imshow(
    X_test[np.flatnonzero(Y_test == row)[0]].T, origin="lower", aspect="auto", cmap="Greys", extent=(0, 1.1, 0, 40)
)
axes[0].set(xlabel="time (seconds)", ylabel="band of frequencies", title="“activate”, as the network gets it")
axes[0].grid(False)
for k, (name, each) in enumerate(accuracy.items()):
    axes[1].bar(
        np.arange(2) + 0.4 * k, 100 * np.mean(each, axis=0), 0.38, label=name, hatch=("", "//")[k], edgecolor="white"
    )
axes[1].set(
    xticks=[0.2, 1.2],
    xticklabels=["as in training", "later"],
    ylabel="test accuracy (%)",
    title="Only one still hears it later",
)
axes[1].legend()
plt.show()

# %% [markdown]
# *What to notice.* The convolution has a fifteenth of the parameters and is right at least as often (80 % and more with each seed that we tried, the dense network 73 to 79 %). The true difference shows when the same words come later: the dense network has learned *what sounds at which time*, and is right in less than 20 %. The convolution hears the same pattern at any time; it keeps at least 65 %. (It loses a little, because it has learned with silence at the end only.)
#
# ## 6. Three dimensions: seeing a motion
#
# *In which direction does the digit move?*
#
# A film has the axes time, height and width. Here are small films of 8 frames of 16 × 16 pixels: a handwritten digit moves by one pixel a frame, to the left, to the right, up or down; what leaves at one edge comes in at the opposite one, and there is noise. Each single frame is a digit somewhere, so **no frame by itself says anything** about the direction. A filter of $3 \times 3 \times 3$ sees three frames at once.
#
# The network could not be smaller: 8 filters, ReLU, the mean over all places and times, softmax over four directions: 260 parameters. The rivals: the same network with 2-D filters on the middle frame, and a dense one with 64 hidden units on the whole film. The digits of the test films do not occur in training.

# %%
STEPS = np.array([[0, -1], [0, 1], [-1, 0], [1, 0]])
DIRECTIONS = ("left", "right", "up", "down")


def films(digits, m, seed):
    """m films, float32 (m, 8, 16, 16, 1), and their directions (m,)."""
    rng = np.random.default_rng(seed)
    X, Y = rng.normal(0, 0.25, (m, 8, 16, 16, 1)), rng.integers(0, 4, m)
    for film, direction in zip(X, Y, strict=True):
        frame, place = np.zeros((16, 16)), rng.integers(0, 16, 2)
        frame[:8, :8] = digits[rng.integers(len(digits)), ..., 0] / 16
        for t in range(8):
            film[t, ..., 0] += np.roll(frame, place + t * STEPS[direction], axis=(0, 1))
    return X.astype(np.float32), Y


def motion_scores(p, X):
    """The scores of four directions from one convolution, in two or three dimensions, and its activations."""
    A = np.maximum(conv_nd(X, p["W1"], p["b1"], 1, 1), 0)
    return A.mean(axis=tuple(range(1, A.ndim - 1))) @ p["W2"] + p["b2"], A


def motion_gradients(p, X, Y, _):
    Z, A = motion_scores(p, X)
    dZ, axes = score_gradient(Z, Y), tuple(range(1, A.ndim - 1))
    dh = (dZ @ p["W2"].T / np.prod(A.shape[1:-1])).astype(np.float32)
    dA = np.expand_dims(dh, axes) * (A > 0)
    _, dW1, db1 = conv_nd_backward(dA, X, p["W1"], 1, 1)
    return {"dW1": dW1, "db1": db1, "dW2": A.mean(axis=axes).T @ dZ, "db2": dZ.sum(axis=0)}


# %%
small_digits = data.load_small_digits()
X_films, Y_films = films(small_digits[0], 600, 0)
X_new, Y_new = films(small_digits[2], 300, 1)
shown = [int(np.argmax(Y_films == direction)) for direction in (0, 1, 3)]
plots.show_images(X_films[shown].reshape(24, 16, 16), columns=8, title="Three films: left, right, down")
plt.show()

# %%
SPACE_TIME, FRAME, ALL = (
    {"W1": (3, 3, 3, 1, 8), "W2": (8, 4)},
    {"W1": (3, 3, 1, 8), "W2": (8, 4)},
    {"W1": (2048, 64), "W2": (64, 4)},
)
results = {}
for seed in (0, 1):
    eyes = fit(motion_gradients, start(SPACE_TIME, seed), X_films, Y_films, 0.03, 200, 16, seed)
    still = fit(motion_gradients, start(FRAME, seed), X_films[:, 4], Y_films, 0.03, 200, 16, seed)
    dense = fit(dense_gradients, start(ALL, seed), X_films, Y_films, 1e-3, 300, 32, seed)
    for name, Z in (
        ("3-D filters, 260 parameters", motion_scores(eyes, X_new)[0]),
        ("2-D filters, the middle frame", motion_scores(still, X_new[:, 4])[0]),
        ("dense on the film, 131,396 parameters", dense_scores(dense, X_new)[0]),
    ):
        results.setdefault(name, []).append(np.mean(Z.argmax(axis=1) == Y_new))
for name, each in results.items():
    print(f"{name:38} {each[0]:.0%} and {each[1]:.0%} of new films")

# %%
strength = np.abs(eyes["W2"] - eyes["W2"].mean(axis=1, keepdims=True))
figure, axes = plt.subplots(4, 3, figsize=(5, 6.2))
for row, name in zip(axes, DIRECTIONS, strict=True):
    direction = DIRECTIONS.index(name)
    best = np.argmax(eyes["W2"][:, direction] * np.abs(eyes["W1"]).sum(axis=(0, 1, 2, 3)))
    reach = np.abs(eyes["W1"][..., best]).max()
    for t, axis in enumerate(row):
        axis.imshow(eyes["W1"][t, :, :, 0, best], cmap="RdBu", vmin=-reach, vmax=reach)
        axis.set(xticks=[], yticks=[], title=f"frame {t + 1}" if direction == 0 else "")
        axis.grid(False)
    row[0].set_ylabel(name)
figure.suptitle("The filter that speaks most for each direction", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* One frame gives about 25 %, which is guessing. The dense network sees everything, learns its 600 films by heart and does not get far on new ones. Eight small filters are nearly always right (at least 95 % with each seed that we tried). In the filters one sees how: from frame to frame the border between blue and red moves, each time into the direction that the filter reports. It is an edge filter of space *and* time.
#
# A third axis is dear: a filter of $3 \times 3 \times 3$ has three times the weights of one of $3 \times 3$ and is used at as many times more places as the film has frames. So it is worth it where the third axis carries what is asked.

# %% [markdown]
# ## What you built
#
# - `output_shape`: the sizes of any convolution.
# - `causal_conv1d` and `history`: filters that look back only, and how far.
# - `gain`: what a filter does to slow and to fast oscillations.
# - `conv_nd` and `conv_nd_backward`: one convolution for signals, pictures and volumes, trained on words and films.
#
# ## On your own
#
# - Train the words with clips that are moved in time by up to 15 steps at random. What does it do to the two test numbers?
# - Really hard: a filter of $3 \times 3 \times 3$ can be split into one over time, $3 \times 1 \times 1$, after one over space, $1 \times 3 \times 3$. How many parameters does the film network have then? Does it still see motion, with a ReLU between the two and without it? Why?
#
# ## In practice
#
# `torch.nn.Conv1d`, `Conv2d` and `Conv3d` are your `conv_nd` (with the channels before the spatial axes); each takes `dilation`, and a causal one is padded by hand. `scipy.signal.freqz` gives gains. Scans of the body are read by 3-D U-Nets, films often by (2+1)-D convolutions, which split space and time; speech recognisers begin with convolutions over spectrograms.
#
# ## References
#
# - Course 4, week 4, lecture 11.
# - A. van den Oord et al. (2016), WaveNet: A Generative Model for Raw Audio, arXiv:1609.03499.
# - S. Ji, W. Xu, M. Yang and K. Yu (2013), 3D Convolutional Neural Networks for Human Action Recognition, IEEE Transactions on Pattern Analysis and Machine Intelligence 35(1).
# - D. Tran et al. (2018), A Closer Look at Spatiotemporal Convolutions for Action Recognition, CVPR.
