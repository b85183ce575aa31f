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
# **What you need:** [lesson 01](01_neuron_and_supervised_learning.ipynb): neurons, layers, ReLU, training set and test set; and its section *The Python you need*.
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
# *What do more data give? We have no more, so we compare with less. How do we take less?*
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
        X: examples as columns, shape (n_x, M): floats, whole numbers or pixels (uint8).
        Y: labels, shape (1, M): floats or whole numbers. Neither is changed.
        m: how many to choose, a whole number from 1 to M.
        seed: a whole number >= 0; the same seed gives the same choice, other seeds give others.

    Returns:
        (X_m, Y_m), new arrays of shape (n_x, m) and (1, m): the chosen columns of X, exactly as they are, and their labels,
        in any order. Each choice of m columns is equally likely.
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
# <details><summary>Hint 1</summary>
#
# Choose column *numbers*, not columns: an array `columns` of $m$ different whole numbers from 0 to $M - 1$. The same numbers serve for $X$ and for $Y$.
# </details>
# <details><summary>Hint 2</summary>
#
# With `rng = np.random.default_rng(seed)`, `rng.choice(M, m, replace=False)` gives such numbers. $M$ is `X.shape[1]`.
# </details>
# <details><summary>Hint 3</summary>
#
# `X[:, columns]` takes these columns of $X$, all rows; `Y[:, columns]` their labels. Return both.
# </details>

# %% check="subsample" points=2
with checks.exercise("subsample"):
    X, Y = np.array([[0.5, 1.5, 2.5, 3.5, 4.5], [7.0, 7.0, 8.0, 8.0, 9.0]]), np.array([[5, 15, 25, 35, 45]])
    checks.unchanged(subsample, X, Y, 3, 1)
    what = "subsample(X, Y, m=3, seed=1)"
    X_m, Y_m = checks.results(what, subsample(X, Y, 3, 1), ["X_m", "Y_m"])
    checks.shape(f"X_m of {what}, X of shape (2, 5)", X_m, (2, 3))
    checks.shape(f"Y_m of {what}, Y of shape (1, 5)", Y_m, (1, 3))
    checks.that({*X_m[0]} <= {*X[0]}, f"{what}: row 0 of X_m holds other numbers than that of X; are fractions lost?")
    checks.that(len({*X_m[0]}) == 3, f"{what}: an example is chosen twice; choose without replacement")
    paired = np.array_equal(10 * X_m[0], Y_m[0])
    checks.that(paired, f"{what}: X_m and Y_m are no pairs any more; take the same columns of both, in one order")
    choices = {tuple(sorted(subsample(X, Y, 3, seed)[0][0])) for seed in range(10)}
    checks.that(len(choices) > 1, "subsample: ten seeds give the same choice; is the generator started from `seed`?")
    everyone = sorted(subsample(X, Y, 5, 3)[0][0].tolist())
    checks.equal("row 0 of X_m of subsample(X, Y, m=5, seed=3), sorted", everyone, [0.5, 1.5, 2.5, 3.5, 4.5])
    ### BEGIN HIDDEN TESTS

    def fair(X, Y, m, seed):
        """How many columns of the answer are examples of X and Y that it has not used before; all should be."""
        X_m, Y_m = checks.results("subsample(X, Y, m, seed)", subsample(X, Y, m, seed), ["X_m", "Y_m"])
        checks.shape("X_m of subsample(X, Y, m, seed)", X_m, (len(X), m))
        checks.shape("Y_m of subsample(X, Y, m, seed)", Y_m, (1, m))
        left, used = {}, 0
        for column in map(tuple, np.vstack([X, Y]).T.tolist()):
            left[column] = left.get(column, 0) + 1
        for column in map(tuple, np.vstack([X_m, Y_m]).T.tolist()):
            used += left.get(column, 0) > 0
            left[column] = left.get(column, 0) - 1
        message = "columns of X_m and Y_m are not examples of X and Y, or are chosen twice"
        checks.that(used == m, f"subsample(X, Y, m, seed), m = {m}: {m - used} {message}")
        return used

    def examples(rng, n_x, M):
        return (
            rng.normal(0, 3, (n_x, M)),
            rng.integers(0, 10, (1, M)),
            int(rng.integers(1, M + 1)),
            int(rng.integers(99)),
        )

    fair.__name__ = "subsample"
    many = examples(np.random.default_rng(51), 2, 1030)
    X, Y = np.arange(12.0).reshape(2, 6), np.arange(6).reshape(1, 6)
    others = {"with m = M": (X, Y, 6, 4), "with m = 1": (X, Y, 1, 4), "with seed = 0": (X, Y, 4, 0)}
    others |= {"with equal columns": (np.ones((3, 5)), np.array([[0, 1, 0, 0, 1]]), 4, 7)}
    others |= {
        "with numbers like 1 + 1e-12": (1 + 1e-12 * X, Y, 4, 8),
        "with 1,020 of 1,030": (*many[:2], 1020, 5),
    }
    domain = {"sizes": {"n_x": 130, "M": 1030}, "types": ["X", "Y"], "pixels": ["X"], "cases": others}
    checks.agrees(fair, lambda X, Y, m, seed: m, examples, **domain)

    def twins(rng, n_x, m):
        return np.tile(rng.normal(0, 3, (n_x, 1)), m), np.full((1, m), rng.normal()), m, 5

    domain = {"sizes": {"n_x": 130, "m": 130}, "types": ["X", "Y"], "returns": ["X_m", "Y_m"], "apart": False}
    checks.agrees(subsample, lambda X, Y, m, seed: (X[:, :m], Y[:, :m]), twins, **domain)
    pairs = {tuple(sorted(subsample(X, Y, 2, seed)[1][0].tolist())) for seed in range(200)}
    checks.equal("different pairs among 6 columns in 200 choices, m = 2 (each pair is equally likely)", len(pairs), 15)
    single = {subsample(X, Y, 1, seed)[1].item() for seed in range(200)}
    checks.equal("different columns among 6 in 200 choices, m = 1 (each is equally likely)", len(single), 6)
    X, Y = np.arange(1030.0).reshape(1, 1030), np.zeros((1, 1030))
    chosen = [frozenset(subsample(X, Y, 515, seed)[0][0].tolist()) for seed in (*range(60), 10**6, 10**9)]
    checks.equal("subsample, m = 515 of M = 1030: different choices of 62 seeds", len(set(chosen)), 62)
    never = 1030 - len(frozenset.union(*chosen))
    checks.equal("subsample, m = 515 of M = 1030, 62 seeds: columns that are never chosen", never, 0)
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
# Is a difference real, or is it chance? Repeat with other seeds and look at the **spread**. The result for $r$ seeds and $s$ sizes has shape $(r, s)$: one row for each seed.
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
        seeds: a list of whole numbers; the examples for a size and a seed are those of subsample(X, Y, m, seed).
        X: all training examples, shape (n_x, M). Y: their labels, shape (1, M).
        X_test: shape (n_x, m_test). Y_test: shape (1, m_test). Nothing is changed.

    Returns:
        An array of shape (len(seeds), len(sizes)) of accuracies from 0 to 1, not rounded. train is called once for
        each entry, in any order.
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
# <details><summary>Hint 1</summary>
#
# Begin with `accuracies = np.zeros((len(seeds), len(sizes)))` and two loops, one inside the other: `for row, seed in enumerate(seeds):` and `for column, m in enumerate(sizes):`.
# </details>
# <details><summary>Hint 2</summary>
#
# In the inner loop: `X_m, Y_m = subsample(X, Y, m, seed)`, then `answers = train(X_m, Y_m, X_test)`. The answers have the shape of `Y_test`.
# </details>
# <details><summary>Hint 3</summary>
#
# `answers == Y_test` is an array of `True` and `False`, which count as 1 and 0 in `np.mean`. Write its mean into `accuracies[row, column]`.
# </details>

# %% check="learning_curve" points=3
with checks.exercise("learning_curve"):

    def train(X_m, Y_m, X_new):  # answers 1 for every column if it learned from 6 examples, else 3
        diary.append((X_m, Y_m, X_new))
        return np.full((1, X_new.shape[1]), 1 if X_m.shape[1] == 6 else 3)

    X, Y = np.arange(24.0).reshape(2, 12), np.arange(12).reshape(1, 12)
    diary, X_test, Y_test = [], np.ones((2, 4)), np.array([[3, 1, 4, 1]])
    what = "learning_curve(train, sizes=[6, 5, 9], seeds=[7, 2], …)"
    curves = learning_curve(train, [6, 5, 9], [7, 2], X, Y, X_test, Y_test)
    seen = all(np.array_equal(X_new, X_test) for _, _, X_new in diary)
    checks.that(seen, f"{what}: the network must answer for X_test, which it has not seen")
    slips = {"count the right answers, not the wrong ones": [[0.5, 0.75, 0.75]] * 2}
    slips |= {"these are the numbers of right answers; divide them by that of test examples": [[2, 1, 1]] * 2}
    checks.close(what, curves, [[0.5, 0.25, 0.25]] * 2, mistakes=slips)
    checks.equal(f"{what}: how often train was called", len(diary), 6)
    paired = all(np.array_equal(X_m[0], Y_m[0]) for X_m, Y_m, _ in diary)
    checks.that(paired, f"{what}: train got pairs that are not in X, Y; hand over what subsample returned")
    wanted = sorted(subsample(X, Y, m, seed)[1].tolist() for m in [6, 5, 9] for seed in [7, 2])
    same = sorted(np.asarray(Y_m).tolist() for _, Y_m, _ in diary) == wanted
    checks.that(same, f"{what}: train got other examples than subsample(X, Y, m, seed) gives; use the seed itself")
    ### BEGIN HIDDEN TESTS

    def nearest(X_m, Y_m, X_new):
        """The label of the nearest example, by the first row of X."""
        diary.append(Y_m)
        return Y_m[:, np.argmin(np.abs(X_new[[0]].T - X_m[[0]]), axis=1)]

    def entry_by_entry(train, sizes, seeds, X, Y, X_test, Y_test):
        curves = np.zeros((len(seeds), len(sizes)))
        for row, column in np.ndindex(curves.shape):
            answers = train(*subsample(X, Y, sizes[column], seeds[row]), X_test)[0].tolist()
            right = [answer for answer, label in zip(answers, Y_test[0].tolist(), strict=True) if answer == label]
            curves[row, column] = len(right) / len(answers)
        return curves

    def task(rng, n_x, M, m_test, r, s):
        X, X_test = rng.normal(size=(n_x, M)), rng.normal(size=(n_x, m_test))
        Y, Y_test = (np.rint(2 * np.sin(2 * x[[0]])).astype(int) for x in (X, X_test))
        sizes, seeds = rng.integers(1, M + 1, s).tolist(), rng.permutation(300)[:r].tolist()
        return nearest, sizes, seeds, X, Y, X_test, Y_test

    sizes = {"n_x": 130, "M": 1030, "m_test": 1030, "r": 101, "s": 12}
    arguments = task(np.random.default_rng(52), 2, 40, 9, 3, 4)
    train, some_sizes, seeds, X, Y, X_test, Y_test = arguments
    whole = train, some_sizes, seeds, (4 * X).astype(int), Y, (4 * X_test).astype(int), Y_test
    others = {
        "with whole numbers in X and X_test": whole,
        "with seed 0": (train, [5, 40], [0, 3], X, Y, X_test, Y_test),
        "with seeds above 500": (train, [5, 9, 2], [10**6, 777, 501], X, Y, X_test, Y_test),
    }
    checks.agrees(learning_curve, entry_by_entry, task, sizes=sizes, types=["Y", "Y_test"], cases=others)
    diary.clear()
    learning_curve(*arguments)
    checks.equal("learning_curve with 3 seeds and 4 sizes: how often train was called", len(diary), 12)
    diary.clear()
    learning_curve(train, [5, 5, 2], [7, 7], X, Y, X_test, Y_test)
    checks.equal("learning_curve, equal sizes and equal seeds: how often train was called", len(diary), 6)
    right = learning_curve(lambda X_m, Y_m, X_new: arguments[-1], *arguments[1:])
    checks.close("learning_curve of a network that is always right", right, np.ones((3, 4)), rtol=1e-12)
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
plt.title("With few examples size hardly matters; with many the large network wins")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* The horizontal axis is logarithmic: equal distances mean equal factors. The vertical axis does not begin at 0. The bands reach from the worst to the best of three seeds. Your numbers differ a little if your `subsample` draws in another way.
#
# - **All curves rise.** From 50 to 8,000 examples each network gains more than 20 points.
# - **With 50 examples the three are nearly equal**, at about 65 %, and another seed moves each of them by more than they differ.
# - **With 8,000 examples size matters**: the accuracies are about 89, 92 and 94 %. The last 4,800 examples give the small network hardly anything, the other two about half a point to 2 points. The large one makes about half as many
#   mistakes as the small one.
#
# At 8,000 every seed chooses all the pictures, at most in another order. So the band there does not show the luck of the choice; it shows only which pictures came together in a step of the training.
#
# A large network is worth its cost only if there are enough data, and more data help only if the network is large enough. Today both are there: phones, cameras and websites record far
# more than before, and large networks can use it. The left side is no law: with few examples, well chosen inputs can matter more than the network.
#
# **Why it is not 100 %.** 400 steps are few, the pictures are small, and 8,000 examples are not many (the whole collection has 60,000). Course 4 does better.
#
# ## 3. Algorithms: a slope that does not vanish
#
# *A change of one formula made deep networks fast to train. Which one?*
#
# Early networks used the **sigmoid** instead of ReLU. It turns any number into one between 0 and 1:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}.$$
#
# Learning means: change a weight a little, and see whether the answer becomes better. So the **slope** of the activation function matters: the height that it gains in a small
# step to the right, divided by the length of the step. Where the function is flat, a small change of a weight changes nothing, and nothing can be learned.
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
        z: a number, or an array of any shape, of floats or whole numbers; it is not changed.

    Returns:
        sigmoid(z) * (1 - sigmoid(z)), exact to about 12 digits: a number if z is one, else a new array of the shape
        of z; finite for every finite z.

    Example:
        sigmoid_gradient(0) is 0.25.
    """
    # 1. The value of the sigmoid at z.
    # 2. Its product with 1 minus this value.
    ### BEGIN SOLUTION
    a = sigmoid(z)
    return a * (1 - a)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Give the value of the sigmoid a name, `a`, and write the formula with `a`.
# </details>
# <details><summary>Hint 2</summary>
#
# `a = sigmoid(z)` works for numbers and for arrays, and so does the product of `a` and `1 - a`.
# </details>

# %% check="sigmoid_gradient" points=1
with checks.exercise("sigmoid_gradient"):
    z = np.array([-3.0, -0.4, 0.0, 1.0, 2.5])
    checks.unchanged(sigmoid_gradient, z)
    slips = {"this is the sigmoid itself; its slope is sigmoid(z) * (1 - sigmoid(z))": 0.5}
    slips |= {"put sigmoid(z), not z, into the formula": 0, "write 1 - sigmoid(z), not 1 + sigmoid(z)": 0.75}
    checks.close("sigmoid_gradient(0)", sigmoid_gradient(0), 0.25, mistakes=slips)
    squares = [0.00224921345, 0.161051594, 0.25, 0.534446645, 0.854038103]
    slips = {"this is the square; one of the two factors is 1 - sigmoid(z)": squares}
    slips |= {"put sigmoid(z), not z, into the formula": [-12, -0.56, 0, 0, -3.75]}
    slopes, what = [0.045176660, 0.240260746, 0.25, 0.196611933, 0.070103717], "sigmoid_gradient([-3, -0.4, 0, 1, 2.5])"
    checks.close(what, sigmoid_gradient(z), slopes, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_cosh(z):
        return 0.25 / np.cosh(np.asarray(z) / 2) ** 2

    others = {
        "with a number": (-1.5,),
        "with a whole number": (2,),
        "with an array of shape (4,)": (np.array([-9.0, 0.1, 2.0, 5.0]),),
        "with an array of shape (2, 1, 3)": (np.linspace(-4, 5, 6).reshape(2, 1, 3),),
        "with an array of shape (1,)": (np.array([0.7]),),
        "with an array of shape (1, 1)": (np.array([[0.7]]),),
        "with z = -1000 and 1000": (np.array([-1000.0, 0.5, 1000.0]),),
        "with whole numbers from -800 to 800": (np.array([-800, -3, 0, 800]),),
    }
    domain = {"sizes": {"rows": 130, "columns": 1030}, "real": {"z": 400}, "types": ["z"], "cases": others}

    def scores(rng, rows, columns):
        return rng.normal(0, 3, (rows, columns))

    checks.agrees(sigmoid_gradient, by_cosh, scores, atol=1e-12, **domain)
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
        z: a number, or an array of any shape, of floats or whole numbers; it is not changed.

    Returns:
        1 where z > 0, else 0, as numbers, not as True and False: a number if z is one, else a new array of the shape
        of z.

    Example:
        relu_gradient(np.array([-2, 0, 0.1, 30])) is [0, 0, 1, 1].
    """
    # 1. Which NumPy function chooses one of two values for each entry, by a condition?
    ### BEGIN SOLUTION
    return np.where(z > 0, 1, 0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.where(condition, this, that)` works for a number and for an array: for each entry it takes `this` where the condition holds, else `that`.
# </details>
# <details><summary>Hint 2</summary>
#
# The condition is `z > 0`. (`z > 0` alone gives True and False; numbers are wanted.)
# </details>

# %% check="relu_gradient" points=1
with checks.exercise("relu_gradient"):
    checks.close("relu_gradient(30)", relu_gradient(30), 1, mistakes={"this is ReLU itself; its slope is 1": 30})
    slips = {"to the left of 0 ReLU is flat": -1, "ReLU does not fall to the left of 0, it is flat": 1}
    checks.close("relu_gradient(-2)", relu_gradient(-2), 0, mistakes=slips)
    z = np.array([-2.0, 0.0, 0.1, 30.0, -0.5, 7.0])
    checks.unchanged(relu_gradient, z)
    slips = {"at z = 0 we say 0; write > and not >=": [0, 1, 1, 1, 0, 1]}
    slips |= {"at z = 0 we say 0, not one half": [0, 0.5, 1, 1, 0, 1]}
    slips |= {"a small z > 0 has the slope 1, too": [0, 0, 0, 1, 0, 1]}
    checks.close("relu_gradient([-2, 0, 0.1, 30, -0.5, 7])", relu_gradient(z), [0, 0, 1, 1, 0, 1], mistakes=slips)
    truth = np.asarray(relu_gradient(z)).dtype == bool
    checks.that(not truth, "relu_gradient: expected numbers, got True and False; np.where(z > 0, 1, 0) gives numbers")
    ### BEGIN HIDDEN TESTS

    def one_by_one(z):
        return np.array([1 if number > 0 else 0 for number in np.ravel(z).tolist()]).reshape(np.shape(z))

    others = {
        "with a number": (0.5,),
        "with the number 0": (0.0,),
        "with a whole number": (-7,),
        "with an array of shape (4,)": (np.array([-3.0, 0.25, 0.0, 9.0]),),
        "with an array of shape (2, 1, 3)": (np.array([[[1.0, -2.0, 0.0]], [[-4.0, 0.0, 6.0]]]),),
        "with an array of shape (1,)": (np.array([0.7]),),
        "with an array of shape (2,)": (np.array([0.0, -0.7]),),
        "with positive numbers only": (np.array([0.7, 0.2, 0.1]),),
        "with other positive numbers only": (np.array([7.0, 2.0, 1.0]),),
        "with an array of shape (1, 1)": (np.array([[0.7]]),),
        "with numbers of size 1e-12": (np.array([1e-12, -1e-12, 0.0, 3e-13]),),
        "with numbers of size 1e-200": (np.array([1e-200, -1e-200, 1e-18]),),
    }
    domain = {"sizes": {"rows": 130, "columns": 1030}, "real": {"z": 1e6}, "types": ["z"], "cases": others}
    checks.agrees(relu_gradient, one_by_one, lambda rng, rows, columns: rng.normal(0, 3, (rows, columns)), **domain)
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
# *What to notice.* The slope of the sigmoid is never above 0.25, and it is near 0 where $z$ is above 5 or below $-5$. The slope of ReLU is 1 for every positive $z$, however large.
#
# ## 4. Through many layers
#
# *What happens to a small slope if there are 20 layers?*
#
# Take a chain: one unit in each layer, all weights 1. The **score** $z_l$ is the weighted sum of unit $l$, before the activation function. Raise $z_l$ by a small step: the output of that unit rises by about the slope at $z_l$ times
# the step. The score $z_{l+1}$ rises by the same amount, so the output of unit $l + 1$ rises by this amount times the slope at $z_{l+1}$, and so on. At the end the step has been multiplied by all slopes from $l$ to $n$:
#
# $$s_l = g'(z_l) \, g'(z_{l+1}) \cdots g'(z_n), \qquad l = 1, \dots, n,$$
#
# where $g'$ is the slope of the activation function $g$. When a network learns, a signal goes back from the output and says how to change each layer. It is multiplied by the
# same slopes, that of the last layer first. So $s_l$ is **what is left of the signal when it has gone back to layer $l$**. If it is nearly 0, layer $l$ learns nearly nothing.
#
# *On paper.* Three layers with the scores $0, 0, 2$. Sigmoid: the slopes are $0.25, 0.25, 0.105$, so $s_3 = 0.105$, $s_2 = 0.25 \cdot 0.105 = 0.026$,
# $s_1 = 0.25 \cdot 0.026 = 0.0066$. ReLU with the scores $3, -1, 2$: slopes $1, 0, 1$, so $s_3 = 1$, $s_2 = s_1 = 0$: nothing goes back through the second unit.
#
# ### Exercise 5: `gradient_at_depth`


# %% exercise="gradient_at_depth"
def gradient_at_depth(layers, activation):
    """What is left of a signal of size 1 that goes back through a chain of units, at each layer.

    Args:
        layers: the score z of the unit in each layer, the first layer first: a list of n >= 1 numbers, floats or whole
            numbers; it is not changed.
        activation: "sigmoid" or "relu", the same in all layers.

    Returns:
        An array of shape (n,), the first layer first: entry l is the product of the slopes from layer l to the last.

    Raises:
        ValueError: another activation, also one written in another way, such as "ReLU".

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
# <details><summary>Hint 1</summary>
#
# A dict can hold your two functions: `gradients = {"sigmoid": sigmoid_gradient, "relu": relu_gradient}`. A name that is not one of its keys must be refused.
# </details>
# <details><summary>Hint 2</summary>
#
# Begin with `signal = 1.0` and an empty list. `for z in reversed(layers):` begins with the last layer. In the loop multiply `signal` by the slope at `z`, and append it to the list.
# </details>
# <details><summary>Hint 3</summary>
#
# The list now begins with the last layer; `left[::-1]` turns it round, and `np.array` makes an array of it.
# </details>

# %% check="gradient_at_depth" points=3
with checks.exercise("gradient_at_depth"):
    checks.unchanged(gradient_at_depth, [0.0, -1.0, 2.0, 0.5], "sigmoid")
    answer, what = gradient_at_depth([0.0, -1.0, 2.0, 0.5], "sigmoid"), "gradient_at_depth([0, -1, 2, 0.5], 'sigmoid')"
    checks.that(np.ndim(answer) == 1, f"{what}: return what is left at every layer, an array of shape (n,)")
    alone = "these are the slopes alone; multiply each by those of all later layers"
    slips = {
        alone: [0.25, 0.196611933, 0.104993585, 0.235003712],
        "begin with the last layer, not the first": [0.25, 0.0491529833, 0.0051607479, 0.0012127949],
        "the last layer comes first here": [0.235003712, 0.0246738823, 0.0048511797, 0.0012127949],
        "the slopes are added; multiply them": [0.78660923, 0.53660923, 0.339997297, 0.235003712],
        "these are products of the activations, not of the slopes": [0.0737194, 0.1474388, 0.5482369, 0.6224593],
        "the slope of the layer itself is missing": [0.0048511797, 0.0246738823, 0.235003712, 1],
    }
    checks.close(what, answer, [0.0012127949, 0.0048511797, 0.0246738823, 0.235003712], mistakes=slips)
    answer = gradient_at_depth([3.0, -1.0, 2.0], "relu")
    checks.close("gradient_at_depth([3, -1, 2], 'relu')", answer, [0, 0, 1], mistakes={alone: [1, 0, 1]})
    checks.raises("gradient_at_depth([1, 2], 'tanh')", ValueError, gradient_at_depth, [1.0, 2.0], "tanh")
    ### BEGIN HIDDEN TESTS

    def layer_by_layer(layers, activation):
        slopes = (
            0.25 / np.cosh(np.divide(layers, 2)) ** 2 if activation == "sigmoid" else np.sign(np.clip(layers, 0, None))
        )
        return np.array([float(np.prod(slopes[layer:])) for layer in range(len(layers))])

    for activation in ("sigmoid", "relu"):

        def chain(rng, n, activation=activation):
            return rng.normal(1, 1, n).tolist(), activation

        others = {
            "with [0.0, 1e-12, 2.0]": ([0.0, 1e-12, 2.0], activation),
            "with [1.0, 0, 3]": ([1.0, 0, 3], activation),
        }
        others |= {"with scores of 30 and -30": ([30.0, 0.5, -30.0, 30.0, 2.0], activation)}
        domain = {"sizes": {"n": 130}, "real": {"layers": 300}, "types": ["layers"], "cases": others, "atol": 1e-12}
        checks.agrees(gradient_at_depth, layer_by_layer, chain, **domain)
    deep = gradient_at_depth([0.0] * 130, "sigmoid") * 4.0 ** np.arange(130, 0, -1)
    checks.close("gradient_at_depth([2] * 130, 'relu')", gradient_at_depth([2.0] * 130, "relu"), np.ones(130))
    checks.close("4 to the power of the depth times gradient_at_depth([0] * 130, 'sigmoid')", deep, np.ones(130))
    near = (
        "ReLU",
        "Relu",
        "RELU",
        "relus",
        "relu ",
        "leaky relu",
        "rectifier",
        "Sigmoid",
        "sigmoid_gradient",
        "logistic",
    )
    for name in (*near, "softmax", "linear", "", None):
        checks.raises(f"gradient_at_depth([1, 2], {name!r})", ValueError, gradient_at_depth, [1.0, 2.0], name)
    ### END HIDDEN TESTS

# %% [markdown]
# A chain with weights 1 is a simple model. So we also measure two real networks: 20 layers of 100 units, with random weights of the size that is usual for ReLU (week 4 says
# why). Change all activations of a layer by a small random step: how large is the change that arrives at the end, compared with the step? The two networks differ only in their
# activation function.

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
# signal keeps about its size over 20 layers. A unit that is not active stops a single chain (the example on paper). In a network the signal also goes through the other units of the layer.
#
# So with sigmoids the first layers of a deep network learn very slowly. This is called **vanishing gradients**; courses 2 and 5 come back to it. The lecture calls ReLU a progress of *algorithms*:
# it makes learning faster without a faster computer.
#
# ## 5. Computation: faster rounds
#
# *How much does a faster computation matter? And how do you measure it?*
#
# You build a network in rounds: an **idea**, the **code**, an **experiment** that shows how good the idea was, and the next idea. If an experiment takes ten minutes, you
# can try many ideas in a day. If it takes a month, you can try only a few in a year. So speed decides how much you find out.
#
# To measure a time, read a clock before the call and after it:
#
# $$\text{seconds} = \text{clock after} - \text{clock before}.$$
#
# A computer does other things at the same time, and these can only make a call *longer*. So we measure several calls, each on its own, and keep the **shortest** time, not the mean.
#
# *On paper.* The clock reads 100.0 before and 100.3 after the first call, 100.3 and 100.5 around the second, 100.5 and 101.4 around the third. The result is 0.2 seconds.
#
# ### Exercise 6: `time_per_call`
#
# The clock is an argument, too. If none is given, your function uses `time.perf_counter`, which counts seconds very exactly. The check gives it a clock of its own, which moves only when the measured function is called.


# %% exercise="time_per_call"
def time_per_call(function, repeat, clock=time.perf_counter):
    """The time of the fastest of several calls.

    Args:
        function: a function without arguments; it is called exactly `repeat` times. What it returns does not matter.
        repeat: how many calls, a whole number >= 1.
        clock: a function without arguments that returns the time in seconds; only differences of it have a meaning, it
            may be negative.

    Returns:
        The seconds that the fastest call took, a number, not rounded.
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
# <details><summary>Hint 1</summary>
#
# Collect the times in a list. Which two readings of the clock belong to one call?
# </details>
# <details><summary>Hint 2</summary>
#
# `begin = clock()` reads the clock, `function()` calls the function. The brackets make the call; `function` alone does nothing.
# </details>
# <details><summary>Hint 3</summary>
#
# The third line of the loop is `times.append(clock() - begin)`. `min(times)` is the smallest entry.
# </details>

# %% check="time_per_call" points=2
with checks.exercise("time_per_call"):

    def stage(durations, start):
        happened, moment, rest = [], [start], list(durations)

        def function():
            happened.append("call")
            moment[0] += rest.pop(0) if rest else 0.001

        return function, lambda: happened.append("clock") or moment[0], happened

    function, clock, happened = stage([0.375, 0.125, 0.75, 0.5, 0.625], 100.0)
    what = "time_per_call(function, repeat=5, clock), calls of 0.375, 0.125, 0.75, 0.5, 0.625 s"
    seconds, calls = time_per_call(function, 5, clock), happened.count("call")
    checks.that(calls > 0, f"{what}: the function is never called; a call needs brackets: function()")
    checks.equal(f"{what}: number of calls of the function", calls, 5)
    checks.that("clock" in happened, f"{what}: the clock that was handed over is never read; write clock()")
    slips = {"keep the shortest, not the sum": 2.375, "keep the shortest, not the mean": 0.475}
    slips |= {"this is the first time; read the clock before each call, and keep the shortest": 0.375}
    checks.close(what, seconds, 0.125, mistakes=slips)
    ### BEGIN HIDDEN TESTS
    function, clock, _ = stage([0.375], 0.0)
    what = "time_per_call(function, repeat=1, clock), a call of 0.375 s"
    checks.close(what, time_per_call(function, 1, clock), 0.375)
    check_rng = np.random.default_rng(56)
    random = [(check_rng.integers(10, 5000, n) / 1024).tolist() for n in (1, 2, 3, 7, 130, 1030)]
    tests = [(durations, -30.0) for durations in random]
    tests += [(sorted(random[3]), 8.0), (sorted(random[3], reverse=True), 8.0), ([1e9, 2e9, 3e9], -5e6)]
    tests += [
        ([1 / 3, 0.1, 0.7], 0.0),
        ([2.0**-30, 3 * 2.0**-31, 2.0**-29], 0.0),
        ([5.0, 2.0, 3.0], 1e6),
        ([0.5, 0.0, 0.25], -0.5),
        ([0.375, 0.5], -0.25),
    ]
    for durations, start in tests:
        function, clock, happened = stage(durations, start)
        what = f"time_per_call(function, repeat={len(durations)}, clock), the clock begins at {start}"
        seconds = time_per_call(function, len(durations), clock)
        checks.equal(f"{what}: number of calls of the function", happened.count("call"), len(durations))
        checks.close(what, seconds, min(durations), rtol=1e-12, atol=0)
    function, clock, happened = stage([0.375, 0.125], 5.0)
    what = "time_per_call, where the function returns 1 and then 0"
    checks.close(what, time_per_call(lambda: function() or int(happened.count("call") == 1), 2, clock), 0.125)
    begin = time.perf_counter()
    seconds = time_per_call(lambda: time.sleep(0.02), 2)
    whole = time.perf_counter() - begin
    checks.that(0.01 < seconds <= whole, "time_per_call(function, 2): without a clock, measure with time.perf_counter")
    ### END HIDDEN TESTS

# %% [markdown]
# Compare two ways to compute the weighted sums of a layer with $n$ units and $n$ inputs, $z_j = \sum_k W_{jk} x_k$ with $W$ $(n, n)$ and $x$ $(n, 1)$. The first way is two loops. The second is one
# expression, `W @ x`, which hands the whole matrix to compiled code; this is called **vectorised**. The ratio of the two times depends on your computer, but the shape of the picture
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
# computer and from run to run.) With the loop, one training of the large network would take a large part of an hour; you waited about a second. This is the third cause: hardware
# that computes with whole arrays, above all graphics processors (GPUs), made experiments possible that would have taken too long before. Week 2 shows how to write programs without loops.
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
# - `subsample` and `learning_curve`: with few examples three networks are nearly equal, with many the large one wins;
# - `sigmoid_gradient`, `relu_gradient` and `gradient_at_depth`: why a signal vanishes on its way through ten layers of sigmoids, and passes ReLU;
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
