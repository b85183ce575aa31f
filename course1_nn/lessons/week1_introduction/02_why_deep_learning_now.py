# %% [markdown]
# You will measure the three causes yourself: what more data give to networks of three sizes, what ReLU changes in a deep network, and how much faster a computation becomes
# without a loop.

# %% [markdown]
# ## What you will be able to do
#
# - draw the test accuracy of a network against the number of examples, and say how far chance moves it;
# - say when a larger network helps, and when it does not;
# - compute the slopes of sigmoid and ReLU, and what is left of a signal after many layers;
# - measure the time of a computation so that the result can be trusted.
#
# **What you need:** [lesson 01](01_neuron_and_supervised_learning.ipynb): neurons, layers, ReLU, training set and test set.
#
# Neural networks are old: you met the neuron of 1943 and the perceptron of 1958. Why do they work so well only now? The short answer is *scale*: more data, faster computation,
# and algorithms that make use of both. You will look at each of the three.

# %%
import sys
import time

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense  # black box: you write it in week 4

plots.use_style()


def sigmoid(z):
    """1 / (1 + exp(-z)) for a number or an array: finite for every z."""
    return (1 + np.tanh(z / 2)) / 2


# %% [markdown]
# ## 1. Less data, on purpose
#
# *We want to know what more data give. We cannot get more, so we take less. How?*
#
# The examples are 8,000 pictures of handwritten digits to learn from, and 2,000 for the test. A picture has 28 × 28 pixels. To save time we take the mean of each square of 2 ×
# 2 pixels, so a picture becomes 14 × 14 = 196 numbers from 0 (black) to 1 (white): a column of $X$. The label is the digit.


# %%
def columns_of(images):
    """Pictures (m, 28, 28, 1) as the columns of a matrix (196, m): means of 2 × 2 pixels, from 0 to 1."""
    means = images.reshape(len(images), 14, 2, 14, 2).mean(axis=(2, 4))
    return means.reshape(len(images), 196).T / 255


digits = data.load_digits()
X_train, X_test, Y_train, Y_test = columns_of(digits.X_train), columns_of(digits.X_test), digits.Y_train, digits.Y_test
print("X_train:", X_train.shape, " Y_train:", Y_train.shape, " X_test:", X_test.shape, " Y_test:", Y_test.shape)
first = X_train[:, :8].T.reshape(8, 14, 14)
plots.show_images(first, list(Y_train[0, :8]), title="14 × 14 pixels are enough to read most digits")
plt.show()

# %% [markdown]
# A smaller training set has $m$ of these columns, chosen at random, each at most once (**without replacement**). With $X$ $(n_x, M)$ and $Y$ $(1, M)$, the result is $X_m$
# $(n_x, m)$ and $Y_m$ $(1, m)$. Three things matter:
#
# - *Random*, because the first $m$ could be special: all written by the same person, for example.
# - *Paired*: column $i$ of $Y_m$ must be the label of column $i$ of $X_m$. So choose the column **numbers** once, and use them for both.
# - *Repeatable*: the same **seed**, a whole number from which the random numbers start, gives the same choice. Then others can check your result.
#
# *On paper.* $X = \begin{bmatrix} 5 & 6 & 7 & 8 \\ 1 & 2 & 3 & 4 \end{bmatrix}$, $Y = \begin{bmatrix} 0 & 1 & 1 & 0 \end{bmatrix}$, $m = 2$. If the random numbers choose the
# columns 3 and 0 (we count from 0), then $X_m = \begin{bmatrix} 8 & 5 \\ 4 & 1 \end{bmatrix}$ and $Y_m = \begin{bmatrix} 0 & 0 \end{bmatrix}$.
#
# ### Exercise 1: `subsample`


# %% exercise="subsample"
def subsample(X, Y, m, seed):
    """Choose m examples at random, each at most once.

    Args:
        X: examples as columns, shape (n_x, M). Y: labels, shape (1, M).
        m: how many to choose, a whole number from 1 to M.
        seed: a whole number; the same seed gives the same choice, other seeds give others.

    Returns:
        (X_m, Y_m), arrays of shape (n_x, m) and (1, m): the chosen columns of X and their labels, in any order.
    """
    # 1. A generator of random numbers that starts from the seed: np.random.default_rng(seed).
    # 2. Which m of the column numbers 0 … M - 1? None of them twice.
    # 3. These columns of X, and these columns of Y.
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    columns = rng.choice(X.shape[1], m, replace=False)
    return X[:, columns], Y[:, columns]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `rng.choice(M, m, replace=False)` gives an array of $m$ different whole numbers from 0 to $M - 1$. If `columns` is such an array, `X[:, columns]` takes these columns.
# </details>

# %% check="subsample" points=2
with checks.exercise("subsample"):

    def chosen_by(X, Y, m, seed):
        """The numbers of the columns that subsample chose, if what it returned is a fair choice."""
        what = f"subsample(X, Y, m={m}, seed={seed})"
        answer = subsample(X, Y, m, seed)
        checks.that(isinstance(answer, tuple | list) and len(answer) == 2, f"{what}: return two arrays, X_m and Y_m")
        checks.shape(f"X_m in {what}", answer[0], (len(X), m))
        checks.shape(f"Y_m in {what}", answer[1], (1, m))
        same = (answer[0][:, :, np.newaxis] == X[:, np.newaxis, :]).all(axis=0)
        checks.that(same.any(axis=1).all(), f"{what}: a column of X_m is not one of the columns of X")
        chosen = same.argmax(axis=1)
        checks.that(len(set(chosen)) == m, f"{what}: an example is chosen twice; choose without replacement")
        paired = np.array_equal(answer[1], Y[:, chosen])
        checks.that(paired, f"{what}: X_m and Y_m are no pairs any more; take the same columns of both, in one order")
        return chosen.tolist()

    X, Y = np.vstack([np.arange(9) % 4, np.arange(9) + 50.0, np.arange(9)[::-1]]), np.arange(9)[np.newaxis] * 3
    checks.unchanged(subsample, X, Y, 4, 1)
    chosen_by(X, Y, 4, 1)
    choices = {tuple(chosen_by(X, Y, 4, seed)) for seed in range(10)}
    checks.that(len(choices) > 1, "subsample: ten seeds give the same choice; is the generator started from `seed`?")
    checks.equal("all columns of subsample(X, Y, m=9, seed=3), sorted", sorted(chosen_by(X, Y, 9, 3)), list(range(9)))
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(51)
    for n_x, M, m in ((1, 5, 2), (6, 4, 3), (2, 30, 29), (3, 1, 1)):
        X, Y = check_rng.permutation(n_x * M).reshape(n_x, M) / 7, check_rng.permutation(M).reshape(1, M)
        checks.unchanged(subsample, X, Y, m, 8)
        chosen_by(X, Y, m, 8)
    X, Y = np.arange(12.0).reshape(2, 6), np.arange(6).reshape(1, 6)
    pairs = {tuple(sorted(chosen_by(X, Y, 2, seed))) for seed in range(200)}
    checks.equal("different pairs among 6 columns in 200 choices, m = 2 (each pair is equally likely)", len(pairs), 15)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. Data: what more examples give
#
# *Does a network with ten times the examples become better? Does a larger network?*
#
# A **learning curve** shows the accuracy on the test set against the number of examples $m$ in the training set. For each $m$: choose $m$ examples, train on them, let the
# network answer for the test set, and compare its answers with the labels:
#
# $$\text{accuracy} = \frac{\text{number of test examples with answer} = \text{label}}{\text{number of test examples}}.$$
#
# Is a difference real, or luck of the choice? Repeat with other seeds and look at the **spread**. The result for $r$ seeds and $s$ sizes has shape $(r, s)$: a row a seed.
#
# You do not need to know how a network learns. You are given a *training function*: `train(X, Y, X_new)` learns from $X$ $(n_x, m)$ and $Y$ $(1, m)$, and returns its answers
# for the examples in the columns of `X_new`, an array of labels of shape (1, number of columns). A function can be an argument like any other value.
#
# *On paper.* Sizes 10 and 20, seeds 0 and 1: four trainings. A test set with the labels $[3, 1, 4, 1]$; for seed 0 and 10 examples the network answers $[3, 7, 4, 7]$: 2 of 4
# are right, so the entry in row 0, column 0 is 0.5.
#
# ### Exercise 2: `learning_curve`


# %% exercise="learning_curve"
def learning_curve(train, sizes, seeds, X, Y, X_test, Y_test):
    """The accuracy on the test set for each seed and each size of the training set.

    Args:
        train: a function; train(X_m, Y_m, X_new) learns from X_m (n_x, m) and Y_m (1, m), and returns its answers
            for X_new (n_x, k), shape (1, k).
        sizes: a list of whole numbers, how many examples to learn from.
        seeds: a list of whole numbers; each makes its own choice of examples, with subsample.
        X: all training examples, shape (n_x, M). Y: their labels, shape (1, M).
        X_test: shape (n_x, m_test). Y_test: shape (1, m_test).

    Returns:
        An array of shape (len(seeds), len(sizes)) of accuracies from 0 to 1. train is called once for each entry.
    """
    # 1. For each seed and each size: choose the examples, train, get the answers for the test set.
    # 2. Which share of the answers is right?
    # 3. Which of the two loops makes the rows?
    ### BEGIN SOLUTION
    accuracies = np.zeros((len(seeds), len(sizes)))  # equivalent "zeros → ones": every entry is written
    for row, seed in enumerate(seeds):
        for column, m in enumerate(sizes):
            X_m, Y_m = subsample(X, Y, m, seed)
            answers = train(X_m, Y_m, X_test)
            accuracies[row, column] = np.mean(answers == Y_test)
    return accuracies
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Begin with `accuracies = np.zeros((len(seeds), len(sizes)))` and two loops, `for row, seed in enumerate(seeds):` and `for column, m in enumerate(sizes):`. `answers == Y_test`
# is an array of `True` and `False`, which count as 1 and 0 in `np.mean`.
# </details>

# %% check="learning_curve" points=3
with checks.exercise("learning_curve"):

    def check_curve(sizes, seeds, X, Y, X_test, Y_test):
        """Checks a call with all seeds against a call with each alone; train writes what it gets into a diary."""
        diary, what = [], f"learning_curve(train, sizes={sizes}, seeds={seeds}, …)"

        def train(X_m, Y_m, X_new):
            """The label of the nearest example, by the first row of X."""
            if np.shape(X_m) != (len(X), np.size(Y_m)) or np.shape(X_new)[:1] != (len(X),):
                got = f"it got {np.shape(X_m)}, {np.shape(Y_m)} and {np.shape(X_new)}"
                raise ValueError(f"train needs X_m ({len(X)}, m), Y_m (1, m) and X_test {X_test.shape}; {got}")
            diary.append((X_m, Y_m, X_new))
            return Y_m[:, np.argmin(np.abs(X_new[[0]].T - X_m[[0]]), axis=1)]

        checks.unchanged(learning_curve, train, sizes, seeds, X, Y, X_test, Y_test)
        diary.clear()
        curves, calls = learning_curve(train, sizes, seeds, X, Y, X_test, Y_test), len(sizes) * len(seeds)
        seen = all(np.array_equal(X_new, X_test) for _, _, X_new in diary)
        checks.that(seen, "learning_curve: the network must answer for X_test, which it has not seen")
        used = sorted(X_m.shape[1] for X_m, _, _ in diary)
        checks.equal(f"{what}: the sizes that train got, sorted", used, sorted(sizes * len(seeds)))
        pairs = set(zip(X[0], Y[0], strict=True))
        paired = all(pairs.issuperset(zip(X_m[0], Y_m[0], strict=True)) for X_m, Y_m, _ in diary)
        checks.that(paired, "learning_curve: train got pairs that are not in X, Y; hand over what subsample returned")
        checks.shape(what, curves, (len(seeds), len(sizes)))
        chosen, alone = {frozenset(X_m[0]) for X_m, _, _ in diary}, set()
        checks.that(len(chosen) == calls, f"{what}: two seeds gave the same examples; is each seed used?")
        expected = np.zeros(curves.shape)
        for row, seed in enumerate(seeds):
            diary.clear()
            learning_curve(train, sizes, [seed], X, Y, X_test, Y_test)
            alone |= {frozenset(X_m[0]) for X_m, _, _ in diary}
            right = {X_m.shape[1]: np.sum(train(X_m, Y_m, X_test) == Y_test) for X_m, Y_m, _ in diary[: len(sizes)]}
            expected[row] = [right[m] / Y_test.shape[1] for m in sizes]
        checks.that(alone == chosen, "learning_curve: a choice depends on other seeds; give subsample the seed itself")
        checks.close(what, curves, expected, mistakes={"count the right answers, not the wrong ones": 1 - expected,
            "these are the numbers of right answers; divide them by that of test examples": expected * Y_test.shape[1]})  # fmt: skip

    X, X_test = (np.vstack([start + 1.5 * np.arange(n), np.arange(n) % 3]) for start, n in ((0, 60), (0.6, 35)))
    Y, Y_test = (np.floor(np.sin(x[[0]]) * 2 + x[[0]] / 9).astype(int) for x in (X, X_test))
    check_curve([4, 25, 11], [3, 12], X, Y, X_test, Y_test)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(52)
    for sizes, seeds in (([5], [7, 1, 30]), ([18, 6, 9, 4], [2, 40])):
        X, X_test = check_rng.normal(size=(3, 60)), check_rng.normal(size=(3, 29))
        Y, Y_test = (np.sign(x[[0]]) + np.sign(x[[1]]) for x in (X, X_test))
        check_curve(sizes, seeds, X, Y, X_test, Y_test)
    ### END HIDDEN TESTS

# %% [markdown]
# Now three networks. The small one has no hidden layer: ten output units, one for each digit. The medium one has a hidden layer of 32 units, the large one two hidden layers of
# 128. The output unit with the largest output is the answer. All get the same 400 steps of training, each with 100 examples chosen at random. You will write such a step in
# week 4; until then `dense` has it.


# %%
def network(hidden, bar):
    """A training function for a network with hidden layers of these sizes; each training moves the progress bar."""

    def train(X, Y, X_new):
        targets = (Y == np.arange(10).reshape(10, 1)).astype(float)
        parameters = dense.initialize_deep([len(X), *hidden, 10], seed=0)
        rng = np.random.default_rng(0)
        for _ in range(400):
            batch = rng.integers(0, X.shape[1], 100)
            outputs, caches = dense.deep_forward(X[:, batch], parameters, "softmax")
            grads = dense.deep_backward(outputs, targets[:, batch], caches)
            parameters = dense.update(parameters, grads, learning_rate=0.5)
        bar.update()
        outputs, _ = dense.deep_forward(X_new, parameters, "softmax")
        return np.argmax(outputs, axis=0, keepdims=True)

    return train


networks, sizes, seeds = {"small": [], "medium": [32], "large": [128, 128]}, [50, 200, 800, 3200, 8000], [0, 1, 2]
curves = {}
with tqdm(total=len(networks) * len(sizes) * len(seeds), desc="trainings", file=sys.stdout) as bar:
    for name, hidden in networks.items():
        curves[name] = learning_curve(network(hidden, bar), sizes, seeds, X_train, Y_train, X_test, Y_test)

# %%
print("examples ", *(f"{m:6,}" for m in sizes))
for name, curve in curves.items():
    print(f"{name:9}", *(f"{mean:6.1%}" for mean in curve.mean(axis=0)))
    plt.plot(sizes, 100 * curve.mean(axis=0), marker="o", label=f"{name}, hidden layers: {networks[name] or 'none'}")
    plt.fill_between(sizes, 100 * curve.min(axis=0), 100 * curve.max(axis=0), alpha=0.2)
plt.xscale("log")
plt.xticks(sizes, [f"{m:,}" for m in sizes])
plt.minorticks_off()
plt.xlabel("examples in the training set (logarithmic scale)")
plt.ylabel("right answers on the test set in %")
plt.title("With few examples size does not matter; with many the large network wins")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* The axis is logarithmic: equal distances mean equal factors. The bands reach from the worst to the best of three seeds.
#
# - **All curves rise.** From 50 to 8,000 examples each network gains 20 points and more.
# - **With 50 examples the three are equal**, at about 64 %, and another seed moves them by more than they differ.
# - **With 8,000 examples size matters**: 89, 92 and 94 %. The small network has stopped: the last 4,800 examples give it next to nothing. The large one makes about half as many
#   mistakes.
#
# So a large network pays only if there are enough data, and more data pay only if the network is large enough. Both have come together: phones, cameras and websites record far
# more than before, and large networks can use it. The left side is no law, though: with few examples, well chosen inputs can matter more than the network.
#
# **Why it is not 100 %.** 400 steps are few, the pictures are small, and 8,000 examples are little (the whole collection has 60,000). Course 4 does better.
#
# ## 3. Algorithms: a slope that does not vanish
#
# *A change of one formula made deep networks fast to train. Which one?*
#
# Early networks used the **sigmoid** instead of ReLU. It turns any number into one between 0 and 1:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}.$$
#
# Learning means: change a weight a little, and see whether the answer becomes better. So the **slope** of the activation function counts: the height that it gains in a small
# step to the right, divided by the length of the step. Where it is flat, nothing can be learned.
#
# *On paper.* Around $z = 0$: $\sigma(0.1) = 0.525$ and $\sigma(-0.1) = 0.475$. The height is $0.05$, the step $0.2$, the slope $0.05 / 0.2 = 0.25$. Around $z = 5$:
# $\sigma(5.1) = 0.99394$, $\sigma(4.9) = 0.99261$, the slope is $0.00133 / 0.2 = 0.007$: almost flat.
#
# The formula, which you will derive in week 3, needs only the value $\sigma(z)$:
#
# $$\text{slope of the sigmoid at } z = \sigma(z) \, (1 - \sigma(z)).$$
#
# ### Exercise 3: `sigmoid_gradient`
#
# The function `sigmoid` is in the set-up cell. (*Gradient* is the general word for slope; you will need it from week 2 on.)


# %% exercise="sigmoid_gradient"
def sigmoid_gradient(z):
    """The slope of the sigmoid at z.

    Args:
        z: a number, or an array of any shape.

    Returns:
        sigmoid(z) * (1 - sigmoid(z)): a number, or an array of the shape of z; finite for every z.

    Example:
        sigmoid_gradient(0) is 0.25.
    """
    # 1. The value of the sigmoid at z.
    # 2. Its product with 1 minus this value.
    ### BEGIN SOLUTION
    a = sigmoid(z)
    return a * (1 - a)
    ### END SOLUTION


# %% check="sigmoid_gradient" points=1
with checks.exercise("sigmoid_gradient"):
    z = np.array([-3.0, -0.4, 0.0, 1.0, 2.5])
    a = 1 / (1 + np.exp(-z))
    checks.unchanged(sigmoid_gradient, z)
    checks.close("sigmoid_gradient(0)", sigmoid_gradient(0), 0.25, mistakes={
        "this is the sigmoid itself; its slope is sigmoid(z) * (1 - sigmoid(z))": 0.5,
        "put sigmoid(z), not z, into the formula": 0, "write 1 - sigmoid(z), not 1 + sigmoid(z)": 0.75})  # fmt: skip
    step = 1e-5
    height = 1 / (1 + np.exp(-(z + step))) - 1 / (1 + np.exp(-(z - step)))
    checks.close("sigmoid_gradient([-3, -0.4, 0, 1, 2.5]), against a small step", sigmoid_gradient(z), height / (2 * step), mistakes={
        "this is the square; one of the two factors is 1 - sigmoid(z)": a**2,
        "put sigmoid(z), not z, into the formula": z * (1 - z)})  # fmt: skip
    ### BEGIN HIDDEN TESTS
    z = np.random.default_rng(53).normal(0, 3, (4, 3))
    height = 1 / (1 + np.exp(-(z + step))) - 1 / (1 + np.exp(-(z - step)))
    checks.close("sigmoid_gradient(z), z of shape (4, 3)", sigmoid_gradient(z), height / (2 * step))
    checks.close("sigmoid_gradient([-1000, 1000])", sigmoid_gradient(np.array([-1000.0, 1000.0])), np.zeros(2))
    ### END HIDDEN TESTS

# %% [markdown]
# Now ReLU, $\max(z, 0)$ for each entry. To the right of 0 it is the line $a = z$: a step of 0.2 raises it by 0.2. To the left it is flat. At $z = 0$ there is a corner, with no
# slope of its own; as is usual, we say 0 there:
#
# $$\text{slope of ReLU at } z = \begin{cases} 1 & \text{if } z > 0 \\ 0 & \text{otherwise.} \end{cases}$$
#
# *On paper.* For $z = [-2, 0, 0.1, 30]$ the slopes are $[0, 0, 1, 1]$.
#
# ### Exercise 4: `relu_gradient`


# %% exercise="relu_gradient"
def relu_gradient(z):
    """The slope of ReLU at z.

    Args:
        z: a number, or an array of any shape; it is not changed.

    Returns:
        1 where z > 0, else 0: a number, or an array of the shape of z.

    Example:
        relu_gradient(np.array([-2, 0, 0.1, 30])) is [0, 0, 1, 1].
    """
    # 1. Which NumPy function chooses one of two values for each entry, by a condition?
    ### BEGIN SOLUTION
    return np.where(z > 0, 1, 0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.where(condition, this, that)`, with the condition `z > 0`, works for a number and for an array.
# </details>

# %% check="relu_gradient" points=1
with checks.exercise("relu_gradient"):
    checks.close("relu_gradient(30)", relu_gradient(30), 1, mistakes={"this is ReLU itself; its slope is 1": 30})
    checks.close("relu_gradient(-2)", relu_gradient(-2), 0, mistakes={
        "to the left of 0 ReLU is flat": -1, "ReLU does not fall to the left of 0, it is flat": 1})  # fmt: skip
    z = np.array([-2.0, 0.0, 0.1, 30.0, -0.5, 7.0])
    checks.unchanged(relu_gradient, z)
    checks.close("relu_gradient([-2, 0, 0.1, 30, -0.5, 7])", relu_gradient(z), np.array([0, 0, 1, 1, 0, 1]), mistakes={
        "at z = 0 we say 0; write > and not >=": np.array([0, 1, 1, 1, 0, 1]),
        "at z = 0 we say 0, not one half": np.array([0, 0.5, 1, 1, 0, 1]),
        "a small z > 0 has the slope 1, too": np.array([0, 0, 0, 1, 0, 1])})  # fmt: skip
    ### BEGIN HIDDEN TESTS
    z = np.random.default_rng(54).normal(0, 2, (5, 3))
    slope = (np.maximum(z + 1e-9, 0) - np.maximum(z - 1e-9, 0)) / 2e-9
    checks.close("relu_gradient(z), z of shape (5, 3)", relu_gradient(z), slope, rtol=1e-5, atol=1e-5)
    checks.close("relu_gradient([[4, -4, 0]])", relu_gradient(np.array([[4, -4, 0]])), np.array([[1, 0, 0]]))
    ### END HIDDEN TESTS

# %%
z = np.linspace(-6, 6, 241)
figure, axes = plt.subplots(1, 2, figsize=(8, 3.4))
shown = {"sigmoid": (sigmoid(z), sigmoid_gradient(z)), "ReLU": (np.maximum(z, 0), relu_gradient(z))}
for name, curves_of in shown.items():
    for axis, curve in zip(axes, curves_of, strict=True):
        axis.plot(z, curve, label=name)
axes[0].set(xlabel="z", ylabel="activation", ylim=(-0.1, 3), title="The functions …")
axes[1].set(xlabel="z", ylabel="slope", title="… and their slopes")
axes[0].legend()
figure.suptitle("The sigmoid is flat on both sides, ReLU on one side only", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The slope of the sigmoid is never above 0.25, and near 0 for scores beyond 5 on either side. The slope of ReLU is 1 for every positive score, however large.
#
# ## 4. Through many layers
#
# *What happens to a small slope if there are 20 layers?*
#
# Take one unit of each layer, a chain, with scores $z_1, \dots, z_n$, and all weights 1. Raise $z_l$ by a small step: the output of that unit rises by the slope at $z_l$ times
# the step. This is the step of $z_{l+1}$; it is multiplied by the slope at $z_{l+1}$, and so on. At the end the step has been multiplied by all slopes from $l$ to $n$:
#
# $$s_l = g'(z_l) \, g'(z_{l+1}) \cdots g'(z_n), \qquad l = 1, \dots, n,$$
#
# where $g'$ is the slope of the activation function. When a network learns, a signal goes back from the output: *change this, the answer was wrong*. It is multiplied by the
# same slopes, the last layer first. So $s_l$ is **what is left of the signal when it has gone back to layer $l$**. If it is nearly 0, layer $l$ learns nearly nothing.
#
# *On paper.* Three layers with the scores $0, 0, 2$. Sigmoid: the slopes are $0.25, 0.25, 0.105$, so $s_3 = 0.105$, $s_2 = 0.25 \cdot 0.105 = 0.026$,
# $s_1 = 0.25 \cdot 0.026 = 0.0066$. ReLU with the scores $3, -1, 2$: slopes $1, 0, 1$, so $s_3 = 1$, $s_2 = s_1 = 0$: nothing goes back through the second unit.
#
# ### Exercise 5: `gradient_at_depth`


# %% exercise="gradient_at_depth"
def gradient_at_depth(layers, activation):
    """What is left of a signal of size 1 that goes back through a chain of units, at each layer.

    Args:
        layers: the score z of the unit in each layer, the first layer first: a list of n >= 1 numbers.
        activation: "sigmoid" or "relu", the same in all layers.

    Returns:
        An array of shape (n,), the first layer first: entry l is the product of the slopes from layer l to the last.

    Raises:
        ValueError: another activation.

    Example:
        gradient_at_depth([0, 0, 2], "sigmoid") is [0.0066, 0.026, 0.105].
    """
    # 1. Which of your two functions gives the slopes? Refuse another name with raise ValueError("…").
    # 2. The signal starts as 1 behind the last layer. Which layer does it meet first?
    # 3. In which order must the results stand?
    ### BEGIN SOLUTION
    gradients = {"sigmoid": sigmoid_gradient, "relu": relu_gradient}
    if activation not in gradients:
        raise ValueError(f'unknown activation {activation!r}: write "sigmoid" or "relu"')
    signal, left = 1.0, []
    for z in reversed(layers):
        signal = signal * gradients[activation](z)
        left.append(signal)
    return np.array(left[::-1])
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `for z in reversed(layers):` begins with the last layer. Multiply `signal` by the slope at `z` and append it to a list. The list now begins with the last layer; `left[::-1]`
# turns it round, and `np.array` makes an array of it.
# </details>

# %% check="gradient_at_depth" points=3
with checks.exercise("gradient_at_depth"):
    layers = [0.0, -1.0, 2.0, 0.5]
    checks.unchanged(gradient_at_depth, layers, "sigmoid")
    a = 1 / (1 + np.exp(-np.array(layers)))
    slopes, alone = a * (1 - a), "these are the slopes alone; multiply each by those of all later layers"
    expected, answer = np.cumprod(slopes[::-1])[::-1], gradient_at_depth(layers, "sigmoid")
    checks.that(np.ndim(answer) == 1, "gradient_at_depth: return what is left at every layer, an array of shape (n,)")
    checks.close("gradient_at_depth([0, -1, 2, 0.5], 'sigmoid')", answer, expected, mistakes={alone: slopes,
        "the signal comes from the last layer; this starts at the first": np.cumprod(slopes),
        "the layers stand in reverse order; the first layer comes first": expected[::-1],
        "the slopes are added; multiply them": np.cumsum(slopes[::-1])[::-1],
        "these are products of the activations; multiply the slopes": np.cumprod(a[::-1])[::-1],
        "the slope of the layer itself is missing": np.append(expected[1:], 1)})  # fmt: skip
    answer = gradient_at_depth([3.0, -1.0, 2.0], "relu")
    checks.close("gradient_at_depth([3, -1, 2], 'relu')", answer, np.array([0, 0, 1]), mistakes={alone: [1, 0, 1]})
    checks.raises("gradient_at_depth([1, 2], 'tanh')", ValueError, gradient_at_depth, [1.0, 2.0], "tanh")
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(55)
    for n in (1, 2, 9):
        layers = [float(z) for z in check_rng.normal(0.5, 1, n)]
        a = 1 / (1 + np.exp(-np.array(layers)))
        for activation, slopes in (("sigmoid", a * (1 - a)), ("relu", np.array(layers) > 0)):
            left = np.array([np.prod(slopes[layer:]) for layer in range(n)])
            checks.close(f"gradient_at_depth({n} scores, '{activation}')", gradient_at_depth(layers, activation), left)
    deep = gradient_at_depth([0.0] * 30, "sigmoid") * 4.0 ** np.arange(30, 0, -1)
    checks.close("4 to the power of the depth times gradient_at_depth([0] * 30, 'sigmoid')", deep, np.ones(30))
    checks.close("gradient_at_depth([2] * 30, 'relu')", gradient_at_depth([2.0] * 30, "relu"), np.ones(30))
    ### END HIDDEN TESTS

# %% [markdown]
# A chain with weights 1 is a simple model. So next to it we measure a real network: 20 layers of 100 units, with random weights of the size that is usual for ReLU (week 4 says
# why). Change all activations of a layer by a small random step: how large is the change that arrives at the end, compared with the step? Everything is the same in both
# networks but the activation function.

# %%
rng = np.random.default_rng(0)
weights, inputs = [np.sqrt(2 / 100) * rng.normal(size=(100, 100)) for _ in range(20)], rng.normal(size=(100, 50))
measured = {"sigmoid": [], "ReLU": []}
for name, activate in (("sigmoid", sigmoid), ("ReLU", lambda z: np.maximum(z, 0))):
    activations = [inputs]
    for W in weights:
        activations.append(activate(W @ activations[-1]))
    for passed in range(1, 21):
        step = 1e-3 * rng.normal(size=(100, 50))
        moved = activations[-1 - passed] + step
        for W in weights[-passed:]:
            moved = activate(W @ moved)
        measured[name].append(np.linalg.norm(moved - activations[-1]) / np.linalg.norm(step))
best = gradient_at_depth([0.0] * 20, "sigmoid")
print("layers passed, sigmoid at best, network with sigmoid, network with ReLU:")
for depth in (1, 5, 10, 20):
    print(f"{depth:2}  {best[-depth]:.0e}  {measured['sigmoid'][depth - 1]:.0e}  {measured['ReLU'][depth - 1]:.2f}")

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.8), sharey=True)
depths = np.arange(1, 21)
axes[0].semilogy(depths, best[::-1], label="sigmoid, all scores 0 (its best)")
axes[0].semilogy(depths, gradient_at_depth([1.0] * 20, "relu")[::-1], label="ReLU, all units active")
usual = gradient_at_depth(list(rng.normal(size=20)), "sigmoid")
axes[0].semilogy(depths, usual[::-1], label="sigmoid, random scores")
for name, shares in measured.items():
    axes[1].semilogy(depths, shares, label=name)
axes[0].set_ylabel("share that is left\n(logarithmic scale)")
for axis, title in zip(axes, ("a chain with weights 1", "a network of 100 units a layer"), strict=True):
    axis.set(title=title, xlabel="layers passed", xticks=[1, 5, 10, 15, 20])
    axis.legend(fontsize=8)
figure.suptitle("Sigmoids make a signal vanish with depth; ReLU lets it pass", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* A straight line on a logarithmic axis means: the same factor in each layer. In the chain of sigmoids it is 0.25 at best, so after 10 layers a millionth is
# left, and less with random scores. In the network the weights help a little: about a third passes each layer of sigmoids, and a hundred-thousandth passes 10. Through ReLU the
# signal keeps about its size over 20 layers. A unit that is not active stops a single chain (the example on paper); in a network there are others beside it.
#
# So with sigmoids the first layers of a deep network learn very slowly: the **vanishing gradients**, to which courses 2 and 5 come back. ReLU is an *algorithm* in the sense of
# the lecture: it makes learning faster without a faster computer.
#
# ## 5. Computation: faster rounds
#
# *How much does a faster computation matter? And how do you measure it?*
#
# Building a network goes in rounds: an **idea**, the **code**, an **experiment** that shows how good the idea was, and the next idea. If an experiment takes ten minutes, you
# try many ideas in a day; if it takes a month, you do not. So speed decides how much you find out.
#
# To measure a time, read a clock before the call and after it:
#
# $$\text{seconds} = \text{clock after} - \text{clock before}.$$
#
# A computer does other things, too, and these can only make a call *longer*. So we measure several calls, each on its own, and keep the **shortest** time, not the mean.
#
# *On paper.* The clock reads 100.0 before and 100.3 after the first call, 100.3 and 100.5 around the second, 100.5 and 101.4 around the third. The result is 0.2 seconds.
#
# ### Exercise 6: `time_per_call`
#
# The clock is an argument, too: without one your function uses `time.perf_counter`, which counts seconds very exactly; the check hands over a clock that it moves by hand.


# %% exercise="time_per_call"
def time_per_call(function, repeat, clock=time.perf_counter):
    """The time of the fastest of several calls.

    Args:
        function: a function without arguments; it is called exactly `repeat` times.
        repeat: how many calls, a whole number >= 1.
        clock: a function without arguments that returns the time in seconds; only differences of it have a meaning.

    Returns:
        The seconds that the fastest call took, a number.
    """
    # 1. For each call: read the clock, call the function, read the clock again.
    # 2. Which of the times is the result?
    ### BEGIN SOLUTION
    times = []
    for _ in range(repeat):
        begin = clock()
        function()
        times.append(clock() - begin)
    return min(times)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# A list `times` and a loop with three lines: `begin = clock()`, `function()`, `times.append(clock() - begin)`. The brackets make the call; `function` alone does nothing.
# `min(times)` is the smallest entry.
# </details>

# %% check="time_per_call" points=2
with checks.exercise("time_per_call"):

    def timed(durations, start, repeat):
        """Checks one result, with a clock that only the calls of the function move, by these seconds in turn."""
        moments, readings = [start], []

        def function():
            moments.append(moments[-1] + durations[(len(moments) - 1) % len(durations)])

        def clock():
            readings.append(moments[-1])
            return moments[-1]

        result, what = time_per_call(function, repeat, clock), f"time_per_call(function, repeat={repeat}, clock)"
        calls = len(moments) - 1
        checks.that(calls > 0, f"{what}: the function is never called; a call needs brackets: function()")
        checks.equal(f"{what}: number of calls of the function", calls, repeat)
        checks.that(bool(readings), f"{what}: the clock that was handed over is never read; write clock()")
        times = durations[:repeat]
        checks.that(np.ndim(result) == 0, f"{what}: return one number, the shortest time")
        checks.close(f"{what}, calls that take {', '.join(map(str, times))} s", result, min(times), mistakes={
            "call the function between two readings of the clock, and do not start from 0": 0,
            "take the later reading minus the earlier one": -max(times), "keep the shortest, not the sum": sum(times),
            "keep the shortest, not the mean": np.mean(times), "keep the shortest, not the median": np.median(times),
            "this is the first time; read the clock before each call, and keep the shortest": times[0],
            "keep the shortest, not the longest": max(times), "keep the shortest, not the last": times[-1]})  # fmt: skip

    timed([0.375, 0.125, 0.75, 0.5, 0.625], 100.0, 5)
    timed([0.375, 0.125, 0.75, 0.5, 0.625], 0.0, 1)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(56)
    for repeat in (2, 3, 7):
        timed([float(seconds) for seconds in check_rng.integers(10, 5000, repeat) / 1024], -30.0, repeat)
    begin = time.perf_counter()
    seconds = time_per_call(lambda: sum(range(20_000)), 3)
    whole = time.perf_counter() - begin
    checks.that(0 < seconds <= whole, "time_per_call(function, 3): without a clock, measure with time.perf_counter")
    ### END HIDDEN TESTS

# %% [markdown]
# Compare two ways to compute the weighted sums of a layer with $n$ units and $n$ inputs, $z_j = \sum_k W_{jk} x_k$ with $W$ $(n, n)$ and $x$ $(n, 1)$: two loops, and the one
# call `W @ x`. It hands the whole matrix to compiled code; this is called **vectorised**. The ratio of the two times depends on your computer, but the shape of the picture
# does not.


# %%
def weighted_sums_loop(W, x):
    """W @ x, one product at a time."""
    z = np.zeros((len(W), 1))
    for j in range(len(W)):
        for k in range(len(x)):
            z[j, 0] += W[j, k] * x[k, 0]
    return z


units, ratios = [3, 10, 30, 100, 300, 1000], []
for n in units:
    W, x = rng.normal(size=(n, n)), rng.normal(size=(n, 1))
    slow = time_per_call(lambda W=W, x=x: weighted_sums_loop(W, x), 3)
    fast = time_per_call(lambda W=W, x=x: W @ x, 100)
    ratios.append(slow / fast)
plt.loglog(units, ratios, marker="o")
plt.xlabel("inputs and units n (logarithmic scale)")
plt.ylabel("time of the loop / time of W @ x\n(logarithmic scale)")
plt.title("Vectorised, a layer of hundreds of units is thousands of times faster")
plt.show()
print(f"n = 1,000: the loop takes {slow:.2g} s, W @ x takes {fast:.2g} s, {slow / fast:,.0f} times less")
minutes = 400 * 100 * 3 * (196 * 128 + 128 * 128 + 128 * 10) * slow / 1000**2 / 60
print(f"the products in one training of the large network of section 2 would take the loop {minutes:.0f} minutes")

# %% [markdown]
# *What to notice.* For 3 units `W @ x` is a few times faster, for hundreds of units thousands of times. (Times differ from computer to
# computer and from run to run.) One training of the large network would take the loop about half an hour; you waited less than a second. This is the third cause: hardware
# that computes with whole arrays, above all graphics processors (GPUs), made experiments possible that nobody could wait for. Week 2 shows how to write programs without loops.
#
# ## How this course works
#
# | course | 课程 | weeks | notebooks | what you write in it |
# |---|---|---|---|---|
# | 1 | 神经网络和深度学习 | 4 | 14 | a deep network with all its gradients |
# | 2 | 改善深层神经网络 | 3 | 14 | regularisation, better optimisers, batch normalisation |
# | 3 | 结构化机器学习项目 | 2 | 8 | the decisions of a project: which error to work on next |
# | 4 | 卷积神经网络 | 4 | 17 | convolutions, residual networks, detection, faces |
# | 5 | 序列模型 | 3 | 16 | recurrent networks, word embeddings, attention |
#
# - **Weeks.** A folder is a week; take its notebooks in order. The first cell names the lectures, the set-up cell brings what you need from earlier notebooks.
# - **Checks.** A check shows what it tries and says what is wrong. `grade()` tries more, with other numbers: an answer that fits only the visible examples does not pass.
# - **Score.** Try as often as you like. A mistake costs the points of its own exercise only, even if later ones call it.
# - **When you are stuck.** Read the message again. Do the example *on paper* with your code, and print each value and each `shape`. Open the hint. Restart the kernel and run
#   from the top. Explain your code, line by line, to somebody.
# - **Data.** They are real and lie in the folder `datasets`, whose page tells where they come from; `data.load_…` reads them. Nothing needs the internet.

# %% [markdown]
# ## What you built
#
# - `subsample` and `learning_curve`: with few examples three networks are equal, with many the large one wins;
# - `sigmoid_gradient`, `relu_gradient` and `gradient_at_depth`: why a signal vanishes behind ten sigmoids, and passes ReLU;
# - `time_per_call`: the best of several calls, and a layer of 1,000 units that is thousands of times faster without a loop.
#
# ## On your own
#
# - Add a network with one hidden layer of 4 units. Where does its curve end? How wide is its band?
# - Give all networks 100 steps instead of 400. Do 8,000 examples still help as much?
# - Replace $\sqrt{2 / 100}$ in the deep network by $\sqrt{1 / 100}$ and by $\sqrt{3 / 100}$. What happens to the ReLU curve?
#
# ## In practice
#
# `sklearn.model_selection.learning_curve` draws the curve with several splits of the data; `%timeit` in a notebook and the module `timeit` choose the number of calls
# themselves. Deep networks keep their signal with ReLU and its relatives, with initial weights of the right size, normalisation (course 2) and residual connections (course 4).
# Training runs on GPUs, in PyTorch or JAX.
#
# ## References
#
# - Y. Bengio, P. Simard and P. Frasconi (1994), *Learning long-term dependencies with gradient descent is difficult*, IEEE Transactions on Neural Networks 5.
# - X. Glorot, A. Bordes and Y. Bengio (2011), *Deep sparse rectifier neural networks*, AISTATS.
# - A. Krizhevsky, I. Sutskever and G. E. Hinton (2012), *ImageNet classification with deep convolutional neural networks*, NeurIPS.
# - J. Hestness and others (2017), *Deep learning scaling is predictable, empirically*, arXiv 1712.00409.
