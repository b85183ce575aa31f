# %% [markdown]
# You will write the tools that choose the hyperparameters of a network: grid search, random search on the right scales, coarse to fine, and successive halving.
# With them your network of course 1 finds its own learning rate, momentum, width and dropout, and reads more than nine of ten new digits.

# %% [markdown]
# ## What you will be able to do
#
# - lay a grid and draw random points, and measure which of the two finds better hyperparameters;
# - say how many random trials are enough;
# - draw learning rates and values of $\beta$ on the scale on which they work;
# - narrow a search from coarse to fine;
# - stop hopeless trials early, and compare this with one run that you watch over, at the same cost.
#
# **What you need:** mini-batches and Adam ([week 2, lesson 01](../week2_optimization/01_mini_batch_gradient_descent.ipynb) and [03](../week2_optimization/03_momentum_rmsprop_adam.ipynb)), [dropout](../week1_practical_aspects/03_dropout_and_other_regularizers.ipynb), and the dev set of [week 1, lesson 01](../week1_practical_aspects/01_splits_bias_and_variance.ipynb).
# The set-up cell loads them as building blocks; only given cells use them.

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense
from shared_utils.nn.dropout import dropout_backward, dropout_forward
from shared_utils.nn.mini_batches import random_mini_batches
from shared_utils.nn.optimisers import adam_step, initialize_adam

plots.use_style()

# %% [markdown]
# ## 1. What is there to choose?
#
# *Which numbers does training not find by itself?*
#
# Weights are learned. **Hyperparameters** are chosen: the learning rate, the $\beta$ of momentum, the number of hidden units, the size of a mini-batch, the number of layers, the decay of the rate, dropout, and more.
# In the lecture the learning rate is the most important one; then come $\beta$, hidden units and mini-batch size; then layers and decay. The best values for one task are seldom the best ones for another.
#
# A **trial** trains a network with one choice of them, and measures its error on the dev set. Here the network has 64 inputs, one hidden layer with ReLU and dropout, and 10 outputs. It learns small digits in mini-batches of 64 with Adam.
# 600 pictures are there to train, 838 are the dev set. Four numbers are open. A **point** of the search is a dict with these names, and the ranges together are the **box**:
#
# | name | from | to | what is used |
# |---|---|---|---|
# | `"log10 rate"` | −5 | 1 | the learning rate $10^{\text{log10 rate}}$ |
# | `"log10 1-beta"` | −2 | 0 | $\beta_1 = 1 - 10^{\text{log10 1-beta}}$ of Adam, from 0 to 0.99 |
# | `"log2 width"` | 3 | 7 | $2^{\text{log2 width}}$ hidden units, rounded: 8 to 128 |
# | `"keep_prob"` | 0.5 | 1 | the same number |
#
# Section 4 is about the logarithms. `trainer(seed)` gives a function `train(point, state, epochs)`. It trains on for so many epochs, and returns the dev error and the new state. A new trial begins with the state `None`.

# %%
BOX = {"log10 rate": (-5, 1), "log10 1-beta": (-2, 0), "log2 width": (3, 7), "keep_prob": (0.5, 1)}
digits = data.load_small_digits()
pixels, pixels_test = (images.reshape(len(images), -1).T / 16 - 0.5 for images in (digits.X_train, digits.X_test))
labels = (np.arange(10).reshape(10, 1) == digits.Y_train) * 1.0
order = np.random.default_rng(0).permutation(pixels.shape[1])
X, Y, X_dev, Y_dev = (
    pixels[:, order[:600]],
    labels[:, order[:600]],
    pixels[:, order[600:]],
    digits.Y_train[:, order[600:]],
)


def predict(X, parameters):
    """The probabilities of the ten digits, (10, m). A network that has overflowed says 0 for all of them."""
    with np.errstate(all="ignore"):
        return np.nan_to_num(dense.deep_forward(X, parameters, "softmax")[0])


def error_of(state, X, Y):
    """The share of wrong answers of a trained network; Y has the labels 0 to 9."""
    return np.mean(predict(X, state[0]).argmax(axis=0) != Y[0])


# %%
def gradients(inputs, truth, parameters, keep_prob, rng):
    """The gradient of the cost of a mini-batch, with dropout in the hidden layer."""
    A1, _ = dense.linear_activation_forward(inputs, parameters["W1"], parameters["b1"], "relu")
    out, mask = dropout_forward(A1, keep_prob, rng)
    AL, _ = dense.linear_activation_forward(out, parameters["W2"], parameters["b2"], "softmax")
    dZ2 = (AL - truth) / truth.shape[1]
    dZ1 = dropout_backward(parameters["W2"].T @ dZ2, mask) * (A1 > 0)
    dW1, db1, dW2, db2 = dZ1 @ inputs.T, dZ1.sum(axis=1), dZ2 @ out.T, dZ2.sum(axis=1)
    return {"dW1": dW1, "db1": db1.reshape(-1, 1), "dW2": dW2, "db2": db2.reshape(-1, 1)}


# %%
def trainer(seed):
    """A function train(point, state, epochs) -> (dev error, state); all its randomness comes from the seed."""
    rng = np.random.default_rng(seed)

    def train(point, state, epochs):
        if state is None:
            parameters = dense.initialize_deep([64, round(2 ** point["log2 width"]), 10], int(rng.integers(2**31)))
            state = parameters, *initialize_adam(parameters), 0
        parameters, v, s, t = state
        rate, beta1 = 10 ** point["log10 rate"], 1 - 10 ** point["log10 1-beta"]
        with np.errstate(all="ignore"):  # rates that are too large may overflow
            for inputs, truth in [
                b for _ in range(epochs) for b in random_mini_batches(X, Y, 64, int(rng.integers(2**31)))
            ]:
                t += 1
                grads = gradients(inputs, truth, parameters, point["keep_prob"], rng)
                parameters, v, s = adam_step(parameters, grads, v, s, t, rate, beta1)
        state = parameters, v, s, t
        return error_of(state, X_dev, Y_dev), state

    return train


# %% [markdown]
# ## 2. A grid, or random points?
#
# *How do you spread a few trials over four hyperparameters?*
#
# A **grid** takes a few values of each hyperparameter and tries all combinations.
#
# *On paper.* Two widths and three rates, `{"width": [16, 64], "rate": [0.1, 0.3, 1.0]}`, make $2 \cdot 3 = 6$ points: (16, 0.1), (16, 0.3), (16, 1.0), (64, 0.1), (64, 0.3), (64, 1.0). The last name changes fastest, like the last digit of a counter.
#
# ### Exercise 1: `grid_search_points`


# %% exercise="grid_search_points"
def grid_search_points(grid):
    """All combinations of the values in a grid.

    Args:
        grid: a dict with a list of values for each name; a value is a number or a word. The lists may have different
            lengths, and the same value may stand in a list twice.

    Returns:
        A list of new dicts, one for each combination, as many as the product of the lengths; each has one value for every
        name. Values stay what they are: 16 is a whole number and "relu" a word. The last name of grid changes fastest,
        the first one slowest; the values of each come in the order of their list.

    Example:
        grid_search_points({"width": [16, 64], "rate": [0.1, 0.3]}) is [{"width": 16, "rate": 0.1},
        {"width": 16, "rate": 0.3}, {"width": 64, "rate": 0.1}, {"width": 64, "rate": 0.3}].
    """
    # 1. Begin with one point that has no name yet.
    # 2. With each further name every point becomes several.
    ### BEGIN SOLUTION
    points = [{}]
    for name, values in grid.items():
        points = [point | {name: value} for point in points for value in values]
    return points
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# If you have all points for the first names, you get those with one more name by joining each of them with each of its values. Begin with the list `[{}]`, which holds one empty dict.
# </details>
# <details><summary>Hint 2</summary>
#
# `point | {name: value}` is a new dict with one more entry. You need two loops inside each other. Which of them is the outer one if the last name is to change fastest? (`itertools.product` does it, too.)
# </details>

# %% check="grid_search_points" points=1
with checks.exercise("grid_search_points"):
    grid = {"width": [16, 64], "act": ["relu", "tanh", "elu"], "beta": [0.9]}
    checks.unchanged(grid_search_points, grid)
    points, what = grid_search_points(grid), "grid_search_points(2 widths, 3 words, 1 beta)"
    checks.length(what, points, 6)
    for point in points:
        checks.keys(what, point, grid)
    pairs = [(point["width"], point["act"]) for point in points]
    wanted = [(16, "relu"), (16, "tanh"), (16, "elu"), (64, "relu"), (64, "tanh"), (64, "elu")]
    checks.that(pairs != [*wanted[::3], *wanted[1::3], *wanted[2::3]], f"{what}: the last name must change fastest")
    checks.that(len(set(pairs)) == 6, f"{what}: a combination comes twice; each point must be a dict of its own")
    checks.equal(f"width and act of {what}", pairs, wanted)
    checks.equal(f"the first point of {what}", points[0], {"width": 16, "act": "relu", "beta": 0.9})
    ### BEGIN HIDDEN TESTS

    def digit_by_digit(grid):
        points = []
        for number in range(int(np.prod([len(values) for values in grid.values()]))):
            point = {}
            for name in reversed(list(grid)):
                number, place = divmod(number, len(grid[name]))
                point[name] = grid[name][place]
            points.append(point)
        return points

    def grids(rng, names, values):
        words, lengths = rng.permutation([f"p{k}" for k in range(names)]).tolist(), rng.integers(1, 3, names)
        lengths[min(1, names - 1)] = values
        return {word: rng.permutation(np.arange(n) / 2 - 1).tolist() for word, n in zip(words, lengths, strict=True)}

    others = {
        "with one name": ({"z": [3.0, 1.0, 2.0]},),
        "with one name of one value": ({"a": [0]},),
        "with a value that stands in its list twice": ({"b": [2, 1, 2], "a": [1, 1]},),
        "with 9 names of two values": ({f"h{12 - k}": [0, k + 1] for k in range(9)},),
        "with names that are no names of Python": ({"log10 rate": [1, 2], "1-beta": [0.5], "": [3], "class": [1, 2]},),
        "with words only": ({"b": ["b", "a"], "a": ["", "b", "a"]},),
        "with numbers beside words": ({"n": ["auto", 3, 0.5], "c": [-1e-12, 1e20]},),
    }
    checks.agrees(grid_search_points, digit_by_digit, grids, sizes={"names": 4, "values": 110}, cases=others)
    for point in grid_search_points({"width": [8, 2**53 + 1], "rate": [1.0, 0.5], "act": ["7", "relu"]}):
        kept = isinstance(point["width"], int | np.integer) and isinstance(point["rate"], float)
        kept &= isinstance(point["act"], str) and point["width"] in (8, 2**53 + 1) and len(point) == 3
        checks.that(kept, "grid_search_points: a name is new, or a value has changed its type; hand it on as it is")
    points = grid_search_points({"a": [1, 1], "b": [2]})
    checks.that(points[0] is not points[1], "grid_search_points: two points are one and the same dict")
    ### END HIDDEN TESTS

# %% [markdown]
# **Random search** draws each number of each point at random, uniformly from its range $[\text{low}, \text{high}]$, and independently of all others. It asks for no plan of combinations: $n$ points are $n$ points.
#
# *On paper.* For the range from −5 to 1 and the random number $u = 0.25$ from $[0, 1)$: $-5 + 0.25 \cdot (1 - (-5)) = -3.5$.
#
# ### Exercise 2: `random_search_points`


# %% exercise="random_search_points"
def random_search_points(box, n, rng):
    """Points drawn at random from a box.

    Args:
        box: a dict with a pair (low, high) for each name, floats or whole numbers, low <= high.
        n: how many points, a whole number >= 1.
        rng: a generator, np.random.default_rng(seed). All randomness comes from it: from the same state it gives the same
            points, and every call goes on where the last one stopped.

    Returns:
        A list of n dicts with the names of box. Each value is a float, uniform between low and high, also where these are
        whole numbers; all values of all points are independent. Where low = high, the value is low.

    Raises:
        ValueError: for some name low is above high.

    Example:
        random_search_points({"log10 rate": (-5, 1), "keep_prob": (0.5, 1)}, 1, rng) may be [{"log10 rate": -3.5,
        "keep_prob": 0.62}].
    """
    # 1. Refuse a range that is upside down.
    # 2. How many random numbers are needed in all?
    ### BEGIN SOLUTION
    for name, (low, high) in box.items():  # equivalent "dropped: for name, (low, high) in box.items():": so does rng
        if low > high:  # equivalent "dropped: if low > high:": rng.uniform refuses it, too
            raise ValueError(f"{name}: low is {low}, above high, {high}")
    return [{name: rng.uniform(low, high) for name, (low, high) in box.items()} for _ in range(n)]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `rng.uniform(low, high)` is `low + (high - low) * rng.random()`. Each name of each point needs one of its own. So you need two loops: over the points, and inside over `box.items()`.
# </details>

# %% check="random_search_points" points=2
with checks.exercise("random_search_points"):
    box, what = {"log10 rate": (-5, 1), "keep_prob": (0.5, 1.0)}, "random_search_points(box, 1000, rng)"
    checks.unchanged(random_search_points, box, 3, np.random.default_rng(0))
    points = random_search_points(box, 1000, np.random.default_rng(1))
    checks.length(what, points, 1000)
    for point in points:
        checks.keys(what, point, box)
    values = np.array([[point["log10 rate"], point["keep_prob"]] for point in points])
    low, high = values.min(axis=0), values.max(axis=0)
    for column, ends in enumerate(box.values()):
        inside = ends[0] <= low[column] and high[column] <= ends[1]
        checks.that(inside, f"{what}: a value is {low[column]:.3g} or {high[column]:.3g}, its range is {ends}")
    checks.uniform(what, ((values + [5, -0.5]) / [6, 0.5]).reshape(1, 1000, 2))
    other = random_search_points(box, 1, np.random.default_rng(2))
    checks.that(other[0] != points[0], f"{what}: rng with another seed must give other points; draw from rng")
    upside_down = {"a": (1, 0)}, 3, np.random.default_rng(0)
    checks.raises("random_search_points({'a': (1, 0)}, 3, rng)", ValueError, random_search_points, *upside_down)
    ### BEGIN HIDDEN TESTS

    def drawn(box, n, rng):
        """What one call draws, shape (n, names): 0 at low, 1 at high."""
        found, what = random_search_points(box, n, rng), f"random_search_points({len(box)} names, {n}, rng)"
        checks.length(what, found, n)
        same = all(isinstance(point, dict) and set(point) == set(box) for point in found)
        checks.that(same, f"{what}: the points must be dicts with the names of box, and no others")
        table = np.array([[point[name] for name in box] for point in found])
        floats = table.shape == (n, len(box)) and table.dtype == np.float64
        checks.that(floats, f"{what}: the values must be floats, one number each")
        low, high = np.array([*box.values()], dtype=float).T
        return (table - low) / (high - low)

    wide = {"b": (-3.5, -1.25), "a": (0, 1), "c": (-1, 0), "d": (2, 900), "e": (1e9, 1e9 + 1000)}
    many = {f"h{k}": (k - 20, k - 19.5 + k**2) for k in range(12)}
    boxes = [(wide, 150, 60), ({"z": (-7, 7), "y": (-7, 7)}, 6, 1000), ({"x": (-1e-9, 1e-9)}, 1030, 8), (many, 1, 1500)]
    for number, (box, n, calls) in enumerate(boxes):
        rng = np.random.default_rng(201 + number)
        u = np.array([drawn(box, n, rng) for _ in range(calls)])
        checks.uniform(f"random_search_points({len(box)} names, {n}, rng), {calls} calls", u)
    for fixed in (0, 7, -2.5, 1e-30):
        for point in random_search_points({"a": (0, 1), "b": (fixed, fixed)}, 3, rng):
            what = f"random_search_points, b from {fixed} to {fixed}: b"
            checks.close(what, point["b"], float(fixed), rtol=1e-12, atol=0)
            checks.that(not isinstance(point["b"], int | np.integer), f"{what} must be a float")
    rng = np.random.default_rng(31)
    state, first = rng.bit_generator.state, drawn(wide, 4, rng)
    rng.bit_generator.state = state
    checks.that(np.array_equal(first, drawn(wide, 4, rng)), "random_search_points: the same state, but other points")
    for seed in (0, 2**32 - 1):
        checks.unchanged(random_search_points, wide, 40, np.random.default_rng(seed))
    for bad in ({"a": (0, 1), "b": (1, 0.5), "c": (0, 1)}, {"a": (0, 1), "b": (3, -3)}, {"a": (-1, -1 - 1e-9)}):
        checks.raises(f"random_search_points({bad}, 2, rng)", ValueError, random_search_points, bad, 2, rng)
    one, two = random_search_points({"b": (2, 2)}, 2, rng)
    checks.that(one is not two, "random_search_points: two points are one and the same dict")
    ### END HIDDEN TESTS

# %% [markdown]
# Draw both, with as many points: 25.

# %%
grid = {"log10 rate": np.linspace(-4.4, 0.4, 5).tolist(), "log2 width": np.linspace(3.4, 6.6, 5).tolist()}
part = {name: BOX[name] for name in grid}
both = {"grid": grid_search_points(grid), "random": random_search_points(part, 25, np.random.default_rng(4))}
figure, axes = plt.subplots(1, 2, figsize=(8, 3.6), sharey=True)
for axis, (name, points), color in zip(axes, both.items(), plots.COLORS, strict=False):
    across, up = (np.array([point[key] for point in points]) for key in grid)
    axis.scatter(across, up, color=color)
    axis.plot(across, np.full(25, 2.8), "|", color=color, markersize=12, clip_on=False)
    rates = len(set(across.round(9).tolist()))
    axis.set(title=f"{name}: {rates} different rates", xlabel="log10 of the learning rate", ylim=(2.8, 7.2))
axes[0].set_ylabel("log2 of the hidden units")
figure.suptitle("25 trials: the random ones try 25 values of each", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The marks at the bottom are the learning rates that are tried. If only the rate matters, the grid wastes four trials of five: it tries each of its five rates five times. Random points try 25.
# You do not know beforehand which hyperparameter matters, so this is a good reason to draw.
#
# Is it a good reason here? We lay a grid of two values for each of the four, 16 points, and draw 16 random points. Then we do it again 30 times, because one comparison would be luck. Each time the grid is moved by a random part of its spacing, so that it does not hit or miss the best rate by our choice. A trial is three epochs.


# %%
def shifted_grid(box, values, rng):
    """A grid of so many values for each name; each name's values are moved by a random part of their distance."""
    places = {name: (np.arange(values) + rng.random()) / values for name in box}
    return {name: (low + (high - low) * places[name]).tolist() for name, (low, high) in box.items()}


def errors_of(points, train, epochs=3):
    """The dev error of one trial for each point, an array."""
    return np.array([train(point, None, epochs)[0] for point in points])


pool, pool_errors, grid_errors = [], [], []
for seed in tqdm(range(30), file=sys.stdout):
    rng, train = np.random.default_rng(seed), trainer(seed)
    grid_errors.append(errors_of(grid_search_points(shifted_grid(BOX, 2, rng)), train))
    pool.append(random_search_points(BOX, 16, rng))
    pool_errors.append(errors_of(pool[-1], train))
grid_best, random_best = np.min(grid_errors, axis=1), np.min(pool_errors, axis=1)
for name, best in (("grid", grid_best), ("random", random_best)):
    print(f"{name:6}: best dev error {best.mean():.1%} on average; above 20 % in {np.sum(best > 0.2)} of 30 searches")
print(f"random points are better in {np.sum(random_best < grid_best)} of 30 searches")

# %%
for name, best, style in (("grid of 2 x 2 x 2 x 2", grid_best, "-"), ("16 random points", random_best, "--")):
    plt.step(np.sort(best) * 100, np.arange(1, 31), where="post", label=name, linestyle=style)
plt.xlabel("best dev error of a search in %")
plt.ylabel("number of searches that reach it, of 30")
plt.title("Random points seldom fail altogether; a coarse grid often does")
plt.legend(loc="lower right")
plt.show()

# %% [markdown]
# *What to notice.* On average the best of 16 random points is clearly better than the best of the 16 grid points. Most of this comes from searches in which the grid fails: nothing in it is below 20 %. With random points this is rare. In the other searches the two are closer.
# This is no law. With two hyperparameters only, a grid of 5 × 5 is so fine that it does at least as well as 25 random points (see *On your own*). The grid suffers from every further dimension, random points do not.
#
# Which of the four mattered? The next picture shows all 480 random trials, once for each hyperparameter.

# %%
all_points, all_errors = sum(pool, []), np.concatenate(pool_errors)
figure, axes = plt.subplots(1, 4, figsize=(8, 3), sharey=True)
for axis, name in zip(axes, BOX, strict=True):
    axis.plot([point[name] for point in all_points], 100 * all_errors, ".", markersize=3, color=plots.COLORS[0])
    axis.set_xlabel(name)
axes[0].set_ylabel("dev error in %")
figure.suptitle("The learning rate decides most; the others matter little beside it", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Only the first picture has a clear shape: a valley between about 0.003 and 0.2. Outside of it no choice of the others helps. In each of the other three, good and bad trials lie everywhere. This is why the grid of two rates fails when both of its rates lie outside of the valley.
#
# ## 3. How many trials?
#
# *When may you stop drawing?*
#
# You cannot know the best point of the box, but you can ask for one of the best 5 %. One random point is not among them with probability 0.95. $n$ independent ones all miss with probability $0.95^n$. In general, for the best share $s$ and $n$ points,
#
# $$P(\text{at least one of } n \text{ is among the best share } s) = 1 - (1 - s)^n .$$
#
# *On paper.* $s = 0.5$: one point has the probability 0.5, two have $1 - 0.5^2 = 0.75$, three have 0.875. For the confidence 0.75 you need 2 points, for 0.8 you need 3.
#
# ### Exercise 3: `trials_needed`


# %% exercise="trials_needed"
def trials_needed(share, confidence):
    """How many random trials it takes to have one among the best share of all points, with probability `confidence` at least.

    Args:
        share: a number from 0.0001 to 1, 1 included (a whole number then, or a float).
        confidence: a number from 0.01 to 0.9999.

    Returns:
        The smallest whole number n >= 1 for which 1 - (1 - share)**n is at least confidence. (Where the two are equal by
        chance, so that rounding decides, either of the two n will do; share = 0.5 is exact.)

    Raises:
        ValueError: share is 0, negative or above 1, or confidence is negative, 1 or above 1.

    Example:
        trials_needed(0.5, 0.75) is 2, trials_needed(0.5, 0.8) is 3.
    """
    # 1. Refuse what is no share and no confidence.
    # 2. Solve for n with logarithms, or count. Which way is it rounded?
    ### BEGIN SOLUTION
    if not 0 < share <= 1:  # equivalent "1 → 2": int(nan) is a ValueError, too
        raise ValueError(f"share is {share}; it must be above 0 and at most 1")
    if not 0 <= confidence < 1:  # equivalent "<= → <": a confidence of 0 is never asked
        raise ValueError(f"confidence is {confidence}; it must be below 1, and not negative")
    return 1 if share == 1 else int(np.ceil(np.log(1 - confidence) / np.log(1 - share)))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Counting is quick enough: begin with $n = 1$ and the probability $1 - s$ that all miss. With each further point it is multiplied by $1 - s$. When is it small enough?
# </details>
# <details><summary>Hint 2</summary>
#
# With logarithms: $(1 - s)^n \le 1 - c$ means $n \ge \log(1 - c) / \log(1 - s)$, because $\log(1 - s)$ is negative. `math.ceil` rounds up and gives an int. For $s = 1$ there is no logarithm, and one point is enough.
# </details>

# %% check="trials_needed" points=1
with checks.exercise("trials_needed"):
    slips = {"58 trials give 94.9 %; round up": 58, "the smallest n is one less": 60, "these are 1 / share trials": 20}
    slips["share and confidence are exchanged"] = 1
    checks.close("trials_needed(0.05, 0.95)", trials_needed(0.05, 0.95), 59, mistakes=slips)
    checks.whole("trials_needed(0.05, 0.95)", trials_needed(0.05, 0.95))
    equal = {"2 trials give exactly 0.75, which is enough": 3}
    checks.close("trials_needed(0.5, 0.75)", trials_needed(0.5, 0.75), 2, mistakes=equal)
    checks.close("trials_needed(0.5, 0.8)", trials_needed(0.5, 0.8), 3)
    checks.close("trials_needed(0.9, 0.3)", trials_needed(0.9, 0.3), 1)
    for share, confidence in ((0.0, 0.5), (1.5, 0.5), (0.5, 1.0), (0.5, -0.5)):
        checks.raises(f"trials_needed({share}, {confidence})", ValueError, trials_needed, share, confidence)
    ### BEGIN HIDDEN TESTS

    def by_halving(share, confidence):
        low, high = 0, 10**6  # low is too few, high enough
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if 1 - (1 - share) ** middle >= confidence else (middle, high)
        return high

    def shares(rng, k):
        return float(rng.uniform(0.5, 1) / k), float(1 - rng.uniform(0.3, 0.9) ** k)

    pairs = [(s, c) for s in (1e-4, 1e-3, 0.0123, 0.2, 0.37, 0.61, 0.9999) for c in (0.01, 0.111, 0.5003, 0.95, 0.9999)]
    pairs += [(0.05, 1 - 0.95**n + tiny) for n in (59, 80) for tiny in (1e-6, -1e-6)]
    pairs += [(0.5, 1 - 0.5**n) for n in (1, 2, 3, 4, 7, 10)] + [(1.0, 0.5), (1, 0.999), (1.0, 0.9999), (1, 0.01)]
    others = {f"with share = {share}, confidence = {c}": (share, c) for share, c in pairs}
    checks.agrees(trials_needed, by_halving, shares, sizes={"k": 8}, cases=others)
    for pair in ((1, 0.5), (0.0001, 0.9999), (0.5, 0.5), (0.3, 0.7123)):
        checks.whole(f"trials_needed{pair}", trials_needed(*pair))
    for pair in ((0, 0.5), (-0.1, 0.5), (1 + 1e-9, 0.5), (2, 0.5), (0.1, 1), (0.1, 1.5), (0.1, -1e-9), (1, 1)):
        checks.raises(f"trials_needed{pair}", ValueError, trials_needed, *pair)
    ### END HIDDEN TESTS

# %% [markdown]
# 59 trials find one of the best 5 % with 95 % confidence, in any number of dimensions. The next cell asks whether this is true: it draws 59 of the 480 trials at random, 2,000 times.

# %%
n, rng = trials_needed(0.05, 0.95), np.random.default_rng(0)
limit = np.sort(all_errors)[int(0.05 * all_errors.size) - 1]
hits = [all_errors[rng.choice(all_errors.size, n, replace=False)].min() <= limit for _ in range(2000)]
print(
    f"{n} trials: one of the best 5 % in {np.mean(hits):.0%} of the searches; the best 5 % have errors up to {limit:.1%}"
)
for share in (0.1, 0.05, 0.01):
    print(f"one of the best {share:.0%}, with 95 % confidence: {trials_needed(share, 0.95)} trials")

# %% [markdown]
# *What to notice.* The formula holds. (The share is a little above 95 %, because no trial is drawn twice and some errors are equal.) It says nothing about *how good* the best 5 % are: that depends on the box. If nine tenths of the box are hopeless, the best 5 % are the better half of the rest. So it pays to choose the box and its scale well.
#
# ## 4. The right scale
#
# *Uniform on which axis?*
#
# For the learning rate all of 0.0001, 0.001, 0.01, 0.1 are worth a try. If you draw uniformly from 0.0001 to 1, then 90 % of the draws lie above 0.1, and 0.09 % below 0.001. What works by *factors* must be drawn **log-uniformly**: not $r$ is uniform, but $\log r$,
#
# $$\log_{10} r \text{ uniform in } [\log_{10} \text{low}, \; \log_{10} \text{high}] \quad\Rightarrow\quad r = 10^{\log_{10} r}.$$
#
# Then each factor of ten gets the same share of the draws, and any other factor too. So it does not matter which logarithm you take.
#
# *On paper.* From 0.0001 to 1 the exponents go from −4 to 0. The random number $u = 0.25$ from $[0, 1)$ gives the exponent $-4 + 0.25 \cdot 4 = -3$, so $r = 0.001$. Half of all draws are below 0.01.
#
# ### Exercise 4: `sample_log_uniform`


# %% exercise="sample_log_uniform"
def sample_log_uniform(low, high, n, rng):
    """Numbers between low and high whose logarithm is uniform.

    Args:
        low, high: floats or whole numbers, 0 < low <= high.
        n: how many, a whole number >= 1.
        rng: a generator, np.random.default_rng(seed). All randomness comes from it: from the same state it gives the same
            numbers, and every call goes on where the last one stopped.

    Returns:
        An array of shape (n,) of floats, independent of each other, from low to high (rounding apart).

    Raises:
        ValueError: low is 0 or negative, or above high.

    Example:
        of sample_log_uniform(0.0001, 1, 1000, rng) about 250 are below 0.001, and about 500 below 0.01.
    """
    # 1. Refuse bounds that have no logarithm or are upside down.
    # 2. Draw uniformly on the axis of exponents, then go back.
    ### BEGIN SOLUTION
    if not 0 < low <= high:
        raise ValueError(f"low = {low}, high = {high}; wanted is 0 < low <= high")
    return 10 ** rng.uniform(np.log10(low), np.log10(high), n)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The exponents begin at `np.log10(low)`. `rng.uniform(first, last, n)` draws `n` of them. The way back from `np.log10` is `10.0**exponents`, the one from `np.log` is `np.exp`.
# </details>

# %% check="sample_log_uniform" points=2
with checks.exercise("sample_log_uniform"):
    checks.unchanged(sample_log_uniform, 0.0001, 1, 5, np.random.default_rng(0))
    rates, what = (
        sample_log_uniform(0.0001, 1, 4000, np.random.default_rng(1)),
        "sample_log_uniform(0.0001, 1, 4000, rng)",
    )
    checks.shape(what, rates, (4000,))
    linear = ": the numbers are uniform, but their logarithms should be" if abs(rates.mean() - 0.5) < 0.03 else ""
    inside = 0.0001 * (1 - 1e-9) <= rates.min() and rates.max() <= 1 + 1e-9
    checks.that(inside, f"{what}: the numbers go from {rates.min():.3g} to {rates.max():.3g}")
    for limit, expected in ((0.01, 50), (0.001, 25), (0.1, 75)):
        below = 100 * np.mean(rates < limit)
        near = abs(below - expected) < 5
        checks.that(near, f"{what}: {below:.0f} % are below {limit}, expected about {expected} %{linear}")
    other = sample_log_uniform(0.0001, 1, 4000, np.random.default_rng(2))
    checks.that(not np.array_equal(rates, other), f"{what}: rng with another seed must give others; draw from rng")
    for bad in ((0, 1), (-1, 1), (2, 1)):
        call = *bad, 3, np.random.default_rng(0)
        checks.raises(f"sample_log_uniform({bad[0]}, {bad[1]}, 3, rng)", ValueError, sample_log_uniform, *call)
    ### BEGIN HIDDEN TESTS

    ranges = [(0.0001, 1), (1, 1000), (0.5, 0.6), (1e-90, 1e90), (3e-7, 20), (2, 3), (1e-12, 1e-3), (16, 1e6), (1, 2)]
    for number, (low, high) in enumerate(ranges):
        rng, n = np.random.default_rng(210 + number), (1, 7, 130, 1500)[number % 4]
        calls = [sample_log_uniform(low, high, n, rng) for _ in range(max(40, min(2500, 20000 // n)))]
        what = f"sample_log_uniform({low}, {high}, {n}, rng), {len(calls)} calls"
        for found in calls:
            checks.shape(what, found, (n,))
            checks.that(found.dtype == np.float64 and bool((found > 0).all()), f"{what}: expected floats above 0")
        checks.uniform(f"logarithms of {what}", np.log(np.array(calls) / low) / np.log(high / low))
    for fixed in (1, 0.3, 7, 1e-20, 1e20):
        found = sample_log_uniform(fixed, fixed, 4, rng)
        checks.close(
            f"sample_log_uniform({fixed}, {fixed}, 4, rng)", found, np.full(4, float(fixed)), rtol=1e-9, atol=0
        )
    for bad in ((0.0, 0.0), (0, 1e-9), (-1e-9, 1), (-2, -1), (1 + 1e-9, 1), (1e-9, 1e-10), (5, -5), (-5, 5)):
        checks.raises(f"sample_log_uniform({bad[0]}, {bad[1]}, 3, rng)", ValueError, sample_log_uniform, *bad, 3, rng)
    for seed in (0, 2**32 - 1):
        checks.unchanged(sample_log_uniform, 2, 50, 300, np.random.default_rng(seed))
    ### END HIDDEN TESTS

# %% [markdown]
# **And $\beta$?** Momentum averages over about $1 / (1 - \beta)$ gradients (week 2). From 0.9 to 0.9005 hardly anything changes: 10 to 10.05 gradients. From 0.999 to 0.9995 their number doubles, from 1,000 to 2,000. What works by factors is $1 - \beta$. So **$1 - \beta$ is drawn log-uniformly**:
#
# $$\log_{10}(1 - \beta) \text{ uniform in } [\log_{10}(1 - \text{high}), \; \log_{10}(1 - \text{low})].$$
#
# *On paper.* $\beta$ from 0.9 to 0.999: $1 - \beta$ from 0.1 down to 0.001, exponents from −1 to −3. The exponent −2 is in the middle, so half of the draws are below $\beta = 0.99$.
#
# ### Exercise 5: `sample_beta`


# %% exercise="sample_beta"
def sample_beta(low, high, n, rng):
    """Values of beta between low and high for which log10(1 - beta) is uniform.

    Args:
        low, high: numbers with 0 <= low <= high < 1.
        n: how many, a whole number >= 1.
        rng: a generator, as for sample_log_uniform.

    Returns:
        An array of shape (n,) of floats, independent of each other, from low to high (rounding apart).

    Raises:
        ValueError: low is negative or above high, or high is 1 or above 1.

    Example:
        of sample_beta(0.9, 0.999, 1000, rng) about 500 are below 0.99.
    """
    # 1. Which bounds has 1 - beta?
    # 2. Draw 1 - beta; what is beta then?
    ### BEGIN SOLUTION
    if not 0 <= low <= high < 1:  # equivalent "1 → 2": sample_log_uniform refuses 1 - high <= 0
        raise ValueError(f"low = {low}, high = {high}; wanted is 0 <= low <= high < 1")
    return 1 - sample_log_uniform(1 - high, 1 - low, n, rng)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `sample_log_uniform` can draw $1 - \beta$. The smallest $1 - \beta$ belongs to the largest $\beta$, so which bound comes first?
# </details>

# %% check="sample_beta" points=2
with checks.exercise("sample_beta"):
    checks.unchanged(sample_beta, 0.9, 0.999, 5, np.random.default_rng(0))
    betas, what = sample_beta(0.9, 0.999, 4000, np.random.default_rng(1)), "sample_beta(0.9, 0.999, 4000, rng)"
    checks.shape(what, betas, (4000,))
    inverse = ": this is 1 - beta" if betas.max() < 0.2 else ""
    inside = 0.9 - 1e-9 <= betas.min() and betas.max() <= 0.999 + 1e-9
    checks.that(inside, f"{what}: the values go from {betas.min():.3g} to {betas.max():.3g}{inverse}")
    below = 100 * np.mean(betas < 0.99)
    linear = ": beta (or its logarithm) is uniform, but log10(1 - beta) should be" if below > 85 else ""
    checks.that(abs(below - 50) < 5, f"{what}: {below:.0f} % are below 0.99, expected about 50 %{linear}")
    other = sample_beta(0.9, 0.999, 4000, np.random.default_rng(2))
    checks.that(not np.array_equal(betas, other), f"{what}: rng with another seed must give others; draw from rng")
    for bad in ((-0.1, 0.9), (0.9, 1), (0.9, 0.5)):
        call = *bad, 3, np.random.default_rng(0)
        checks.raises(f"sample_beta({bad[0]}, {bad[1]}, 3, rng)", ValueError, sample_beta, *call)
    ### BEGIN HIDDEN TESTS

    ranges = [(0.9, 0.999), (0, 0.99), (0.0, 0.5), (0.5, 0.999999), (0.97, 0.98), (0.3, 0.31), (0.05, 0.9), (0, 0.2)]
    for number, (low, high) in enumerate(ranges):
        rng, n = np.random.default_rng(230 + number), (7, 1, 130, 1500)[number % 4]
        calls = [sample_beta(low, high, n, rng) for _ in range(max(40, min(2500, 20000 // n)))]
        what = f"sample_beta({low}, {high}, {n}, rng), {len(calls)} calls"
        for found in calls:
            checks.shape(what, found, (n,))
            checks.that(found.dtype == np.float64 and bool((found < 1).all()), f"{what}: expected floats below 1")
        u = np.log((1 - np.array(calls)) / (1 - low)) / np.log((1 - high) / (1 - low))
        checks.uniform(f"log10(1 - beta) of {what}", u)
    for fixed in (0, 0.9, 0.123456789, 0.99999):
        found = sample_beta(fixed, fixed, 4, rng)
        checks.close(f"sample_beta({fixed}, {fixed}, 4, rng)", found, np.full(4, float(fixed)), rtol=1e-9, atol=1e-12)
    wrong = [
        (-1e-9, 0.5),
        (-3, -2),
        (0.5, 1.0),
        (0.5, 1.5),
        (0, 1),
        (1, 1),
        (0.5, 0.5 - 1e-9),
        (0.9, 0),
        (2, 3),
        (-1, 0),
    ]
    for bad in wrong:
        checks.raises(f"sample_beta({bad[0]}, {bad[1]}, 3, rng)", ValueError, sample_beta, *bad, 3, rng)
    for seed in (0, 2**32 - 1):
        checks.unchanged(sample_beta, 0, 0.9, 300, np.random.default_rng(seed))
    ### END HIDDEN TESTS

# %% [markdown]
# What does the scale cost? The next cell repeats the random search of section 2 with the same box, but with rate and $\beta$ uniform on their own axes: rates from 0.00001 to 10, $\beta$ from 0 to 0.99.


# %%
def scaled_points(n, rng, linear):
    """n points of the box, rate and beta drawn on their own scale (linear) or on that of your functions."""
    rates = rng.uniform(1e-5, 10, n) if linear else sample_log_uniform(1e-5, 10, n, rng)
    betas = rng.uniform(0, 0.99, n) if linear else sample_beta(0, 0.99, n, rng)
    rest = random_search_points({name: BOX[name] for name in ("log2 width", "keep_prob")}, n, rng)
    own = zip(np.log10(rates), np.log10(1 - betas), rest, strict=True)
    return [{"log10 rate": r, "log10 1-beta": b} | point for r, b, point in own]


linear_best = []
for seed in tqdm(range(10), file=sys.stdout):
    points = scaled_points(16, np.random.default_rng(100 + seed), linear=True)
    linear_best.append(errors_of(points, trainer(100 + seed)).min())
print(
    f"best of 16 trials on average: {np.mean(linear_best):.1%} on linear scales, {random_best.mean():.1%} in section 2"
)
figure, axes = plt.subplots(1, 2, figsize=(8, 3.4), sharey=True)
for axis, linear, name in zip(axes, (True, False), ("uniform", "log-uniform"), strict=True):
    shown = scaled_points(200, np.random.default_rng(1), linear)
    axis.plot(*np.array([[point[key] for key in ("log10 rate", "log10 1-beta")] for point in shown]).T, ".")
    axis.set(title=name, xlabel="log10 of the learning rate", xlim=(-5.2, 1.2))
axes[0].set_ylabel("log10 of 1 − β")
figure.suptitle("200 draws: on a linear scale nearly all rates are above 0.1", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* On the linear scale hardly one rate in a hundred is below 0.1, and the good ones are there. Sixteen trials on it often find nothing at all; their best error is several times as large on average. The box, the network and the number of trials are the same: only the scale of rate and $\beta$ is another one.
#
# From here on a search works with the exponents. `BOX` holds them already, so plain uniform numbers, middles and widths are the right ones.
#
# ## 5. From coarse to fine
#
# *What do you do after the first trials?*
#
# Draw again, but from a smaller box around the best trials. For each name the new range goes from the smallest to the largest value among the best `top` trials, and then a margin further on both sides: a share of the width of the **old** range. The best value may well lie a little outside of the ones that were tried. The new range never leaves the old one.
#
# *On paper.* The old range is $[-5, 1]$, width 6, and the margin 0.1, so 0.6. The best three values are $-1.5, \; -0.2, \; -0.7$. From $-1.5 - 0.6 = -2.1$ to $-0.2 + 0.6 = 0.4$: the new range is $[-2.1, \; 0.4]$. If the largest were 0.8, it would end at 1.
#
# ### Exercise 6: `coarse_to_fine`


# %% exercise="coarse_to_fine"
def coarse_to_fine(points, errors, box, top, margin=0.1):
    """A smaller box around the best trials.

    Args:
        points: a list of dicts, in each a number for every name of box, inside of its range, and perhaps other entries,
            which do not count.
        errors: a list of as many numbers, of any sign: errors[i] is that of points[i]. The smaller the better.
        box: a dict with a pair (low, high) for each name, low <= high.
        top: how many trials count as the best, a whole number. Of equal errors the one that comes first in the list is better.
        margin: how far the new range goes beyond the values of the best trials, as a share of the width high - low of the old
            range; a number >= 0.

    Returns:
        A new dict with a pair (low, high) for each name of box: from the smallest value of the best trials minus the
        margin to the largest plus the margin, but not below the old low nor above the old high.

    Raises:
        ValueError: top is below 1 or above the number of points.

    Example:
        coarse_to_fine([{"a": 2}, {"a": 9}, {"a": 3}], [0.2, 0.5, 0.1], {"a": (0, 10)}, 2) is {"a": (1, 4)}.
    """
    # 1. Which points are the best ones? The errors can be sorted together with their places.
    # 2. For each name: smallest, largest, margin, and the old range as the limit.
    ### BEGIN SOLUTION
    if not 1 <= top <= len(points):  # equivalent "1 → 0": min of no values is a ValueError
        raise ValueError(f"top is {top}; it must be from 1 to {len(points)}, the number of points")
    best, smaller = sorted(range(len(points)), key=lambda i: errors[i])[:top], {}
    for name, (low, high) in box.items():
        values, more = [points[i][name] for i in best], margin * (high - low)
        smaller[name] = max(low, min(values) - more), min(high, max(values) + more)
    return smaller
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `sorted(range(len(errors)), key=lambda i: errors[i])` gives the places, the best one first. Python's `sorted` leaves equal ones in their order; `np.argsort` does so only with `kind="stable"`.
# </details>
# <details><summary>Hint 2</summary>
#
# For one name: `values` are those of the best points, and `more = margin * (high - low)`. The new low is the larger one of `low` and `min(values) - more`. And the new high?
# </details>

# %% check="coarse_to_fine" points=3
with checks.exercise("coarse_to_fine"):
    rates, keeps = [-4.0, -1.5, 0.8, -0.2, -0.7], [0.5, 0.9, 0.6, 0.7, 0.85]
    points = [{"keep_prob": keep, "log10 rate": rate} for rate, keep in zip(rates, keeps, strict=True)]
    errors, box = [0.9, 0.3, 0.7, 0.1, 0.2], {"log10 rate": (-5, 1), "keep_prob": (0.5, 1.0)}
    checks.unchanged(coarse_to_fine, points, errors, box, 3)
    finer, what = coarse_to_fine(points, errors, box, 3), "coarse_to_fine(points, errors, box, 3)"
    checks.keys(what, finer, box)
    slips = {
        "the margin is missing": (-1.5, -0.2),
        "the margin is a share of the old width, not of the new one": (-1.63, -0.07),
        "the margin is a share of the old width, not a number to be added": (-1.6, -0.1),
        "these are not the trials with the smallest errors": (-4.6, 1.0),
    }
    checks.close(f"log10 rate of {what}", np.array(finer["log10 rate"]), (-2.1, 0.4), mistakes=slips)
    checks.close(f"keep_prob of {what}", np.array(finer["keep_prob"]), (0.65, 0.95))
    found, slips = coarse_to_fine(points, errors, box, 5, 0.5), {"do not leave the old range": (-7.0, 3.8)}
    rate = np.array(found["log10 rate"])
    checks.close("log10 rate of coarse_to_fine(points, errors, box, 5, 0.5)", rate, (-5.0, 1.0), mistakes=slips)
    for top in (0, 6):
        checks.raises(f"coarse_to_fine(5 points, top = {top})", ValueError, coarse_to_fine, points, errors, box, top)
    ### BEGIN HIDDEN TESTS

    def one_after_the_other(points, errors, box, top, margin):
        left, chosen, result = list(range(len(errors))), [], {}
        while len(chosen) < top:
            lowest = min(errors[i] for i in left)
            chosen.append(next(i for i in left if errors[i] == lowest))
            left.remove(chosen[-1])
        for name in box:
            (low, high), values = box[name], np.array([float(points[i][name]) for i in chosen])
            ends = [values.min() - margin * (high - low), values.max() + margin * (high - low)]
            result[name] = np.clip(ends, low, high).tolist()
        return result

    def search(rng, n, names):
        words, box, points = rng.permutation([f"h{k}" for k in range(names)]).tolist(), {}, []
        for word in words:
            low = float(rng.normal(0, 4))
            box[word] = low, low + float(rng.uniform(0.5, 9))
        for _ in range(n):
            values = [(word, float(rng.uniform(*box[word]))) for word in rng.permutation(words).tolist()]
            points.append(dict([("seed", 99.5), *values]))
        top = int(rng.integers(1, n + 1)) if n < 100 else int(rng.integers(3, n // 3))
        return points, (rng.integers(-3, 4, n) / 4).tolist(), box, top, float(rng.uniform(0, 0.2))

    line, order, box = [{"a": float(k)} for k in (5, 2, 8, 3, 6)], [3.0, 1.0, 2.0, 5.0, 4.0], {"a": (0.0, 10.0)}
    both, narrow = [{"a": k, "b": -k} for k in (5, 2, 8, 3, 6)], [{"a": k * 1e-9} for k in (1, 3, 9)]
    huge, wide = [{"a": k * 1e20, "b": -k * 1e9} for k in (-7, -2, -5, 3)], {"a": (-9e20, 4e20), "b": (-4e9, 9e9)}
    found = [(line, order, box, top, margin) for top, margin in ((1, 0.1), (1, 0.0), (5, 0.1), (1, 0.75))]
    found += [(line, order, {"a": (1.5, 8.25)}, top, margin) for top, margin in ((2, 0), (2, 1), (2, 3.0), (1, 0.6))]
    equal, near = [0.5] * 5, [1.0, 1 - 1e-12, 1 - 2e-12, 1, 1]
    for errors in (
        equal,
        near,
        [0.0, 1, 0, 1, 0],
        [1e30, 5e9, 1e31, 3e9, 2e30],
        [2, 0, 1, 0, -1],
        [-1.0, -3.0, 2.0, -2.0, 0.0],
    ):
        found.append((line, errors, box, 2, 0.01))
    found += [(both, [3, 1, 2, 5, 4], {"a": (0, 10), "b": (-20, 0)}, 3, 0.05), ([{"a": 1.0}], [7.0], box, 1, 0.2)]
    found += [(narrow, [3.0, 1.0, 2.0], {"a": (0.0, 1e-8)}, 2, 0.1), (huge, [0.3, 0.1, 0.2, 0.4], wide, 2, 0.1)]
    found += [
        ([line[i] for i in (0, 1, 0, 2)], [0.3, 0.5, 0.1, 0.2], box, 2, 0.0),
        (line[2:0:-1] * 2, [9, 1, 5, 2], box, 1, 0.0),
    ]
    found.append(([{"a": 2.0}] * 2, [1.0, 0.0], {"a": (2, 2)}, 1, 0.3))
    others = {f"with errors = {each[1]}, top = {each[3]}, margin = {each[4]}": each for each in found}
    domain = {"sizes": {"n": 530, "names": 12}, "cases": others, "apart": False}
    checks.agrees(coarse_to_fine, one_after_the_other, search, **domain)
    for top in (-1, 0, 6, 100):
        checks.raises(f"coarse_to_fine(5 points, top = {top})", ValueError, coarse_to_fine, line, order, box, top, 0.1)
    checks.close("coarse_to_fine, margin left out", np.array(coarse_to_fine(line, order, box, 2)["a"]), (1.0, 9.0))
    names = set(coarse_to_fine(*search(np.random.default_rng(1), 3, 2)))
    checks.that(names == {"h0", "h1"}, "coarse_to_fine: the new box must have the names of box, and no others")
    ### END HIDDEN TESTS

# %% [markdown]
# Ten searches with 48 trials each. Both begin with the same 24. One draws 24 more from the whole box, the other one from the box around the best four.

# %%
rows = []
for seed in tqdm(range(10), file=sys.stdout):
    rng, train = np.random.default_rng(200 + seed), trainer(200 + seed)
    coarse = random_search_points(BOX, 24, rng)
    first = errors_of(coarse, train)
    finer = coarse_to_fine(coarse, first.tolist(), BOX, top=4)
    again, fine = (errors_of(random_search_points(box, 24, rng), train) for box in (BOX, finer))
    rows.append([np.median(again), np.median(fine), min(first.min(), again.min()), min(first.min(), fine.min())])
rows = np.array(rows)
print("the last new box:", {name: f"{low:.2f} to {high:.2f}" for name, (low, high) in finer.items()})
print(
    f"median of the second 24 trials: {rows[:, 0].mean():.1%} in the whole box, {rows[:, 1].mean():.1%} in the new box"
)
print(f"best of all 48 trials: {rows[:, 2].mean():.1%} in the whole box, {rows[:, 3].mean():.1%} from coarse to fine")
print(
    f"coarse to fine is better in {np.sum(rows[:, 3] < rows[:, 2])} of 10 searches, worse in {np.sum(rows[:, 3] > rows[:, 2])}"
)

# %% [markdown]
# *What to notice.* In the whole box most trials are hopeless: their median is above 50 %. In the new box it is below 25 %. The best error improves by one or two points on average, and not in every set of searches: the best of 48 is good anyway, and the dev set of 838 pictures cannot tell 7 % from 8 % (one standard error is 0.9 points).
# Look at the last new box. The range of the rate has become smaller, because the best trials agree on it; where anything works, the range is nearly the old one. The danger is a coarse round that is too small. If it missed the good region, the fine one cannot come back to it.
#
# ## 6. Pandas and caviar
#
# *One run that you watch over, or many at once?*
#
# A panda has one child and looks after it. In the lecture this is the **panda** strategy: with little computing you train one network, look at its cost every day, and change the learning rate while it runs. A fish lays thousands of eggs and looks after none of them. This is **caviar**: many trainings side by side, and in the end the best is taken. Which one is right depends on how much computing you have.
#
# Caviar can be had for less. A trial that is hopeless after one epoch need not be trained for 27. **Successive halving** trains all points a little, keeps the best, trains those longer, keeps the best of them, and so on. With the factor $\eta$ each round keeps one of $\eta$ points, and the kept ones are trained **on** until they have $\eta$ times as many epochs:
#
# | round | points | epochs in all | new epochs for each | cost of the round |
# |---|---|---|---|---|
# | 1 | 27 | 1 | 1 | 27 |
# | 2 | 9 | 3 | 2 | 18 |
# | 3 | 3 | 9 | 6 | 18 |
# | 4 | 1 | 27 | 18 | 18 |
#
# Here $\eta = 3$. It costs 81 epochs. To train all 27 points for 27 epochs costs 729.
# In general a round with $k$ points is followed by one with $\lfloor k / \eta \rfloor$ points. If fewer than $\eta$ points are left, the round was the last one, and the best point of this round wins.
#
# ### Exercise 7: `successive_halving`


# %% exercise="successive_halving"
def successive_halving(points, train, epochs, eta):
    """Trains all points a little, and in each round the best ones on.

    Args:
        points: a list of dicts; the same point may stand in it twice. The place of a point is its index, from 0.
        train: a function; train(point, state, epochs) trains on from state for so many MORE epochs and returns a pair
            (error, state): the error now, a number, and what it goes on from. The state is None for a new trial; else it
            is the state that was returned last for this place, whatever it is.
        epochs: how many epochs each point has after the first round, a whole number >= 1.
        eta: a whole number >= 2; after each round, a point has had eta times the epochs that it had after the round before.

    Returns:
        A tuple (best, table). table is a list of tuples (place, epochs, error), one for each call of train: the epochs are
        those of this place so far. The rounds come one after the other, and in a round the places in rising order.
        After a round of k points the best k // eta go on; of equal errors the lower place is better. The round with k < eta
        is the last one. best is the place of its best point.

    Raises:
        ValueError: eta is below 2.

    Example:
        27 points, epochs = 1 and eta = 3: rounds of 27, 9, 3 and 1 points with 1, 3, 9 and 27 epochs; 40 rows.
    """
    # 1. What must be kept for each place, and what for the round?
    # 2. A round: train each place that is left, by how many epochs? Write it down.
    # 3. Is it the last round? If not: who goes on, and how far?
    ### BEGIN SOLUTION
    if eta < 2:
        raise ValueError(f"eta is {eta}; it must be at least 2")
    states, table, left, done = [None] * len(points), [], list(range(len(points))), 0
    while left:  # after the last round k // eta is 0
        errors = {}
        for place in left:
            errors[place], states[place] = train(points[place], states[place], epochs - done)
            table.append((place, epochs, errors[place]))
        ranked = sorted(left, key=errors.get)
        left, done, epochs = sorted(ranked[: len(left) // eta]), epochs, epochs * eta
    return ranked[0], table
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Keep a list `states` with one entry for each place, `None` at first, a list `left` of the places that are still there, and two numbers: how many epochs these places have (`done`, 0 at first) and how many they shall have after this round.
# </details>
# <details><summary>Hint 2</summary>
#
# In a round, for each place of `left`: `error, states[place] = train(points[place], states[place], epochs - done)`. Note the error under its place, and append a row to the table.
# </details>
# <details><summary>Hint 3</summary>
#
# `sorted(left, key=errors.get)` ranks the places by the dict `errors`; equal ones stay in their order. The first `len(left) // eta` of them go on; sort these by place again, and multiply `epochs` by `eta`. After the last round this leaves nobody: `while left:` ends by itself.
# </details>

# %% check="successive_halving" points=3
with checks.exercise("successive_halving"):
    known = [{1: 0.5, 2: 0.3, 4: 0.28}, {1: 0.7}, {1: 0.6, 2: 0.2}, {1: 0.4, 2: 0.33}]
    points, calls = [{"name": name} for name in "pqrs"], []

    def train_on(point, state, epochs):
        total = epochs + (state["done"] if state else 0)
        calls.append(epochs)
        return known["pqrs".index(point["name"])].get(total, 0.9), {"done": total}

    answer, what = successive_halving(points, train_on, 1, 2), "successive_halving(4 points, train, 1, 2)"
    best, table = checks.results(what, answer, ["best", "table"])
    short = "trained for too many epochs; go on from the state of the point, by the epochs that are missing"
    checks.that(sum(calls) <= 8, f"{what}: {short}")
    checks.length(f"table of {what}", table, 7)
    places, epochs, errors = zip(*table, strict=True)
    checks.equal(f"places in table of {what}", [*places], [0, 1, 2, 3, 0, 3, 0])
    checks.equal(f"epochs in table of {what}", [*epochs], [1, 1, 1, 1, 2, 2, 4])
    checks.close(f"errors in table of {what}", np.array(errors), [0.5, 0.7, 0.6, 0.4, 0.3, 0.33, 0.28])
    checks.equal(f"best of {what}", best, 0)
    checks.raises("successive_halving(points, train, 1, 1)", ValueError, successive_halving, points, train_on, 1, 1)
    ### BEGIN HIDDEN TESTS

    def round_by_round(points, train, epochs, eta):
        table, live, number = [], [(k, None) for k in range(len(points))], 0
        while True:
            total, ranking = epochs * eta**number, []
            for k, state in live:
                error, state = train(points[k], state, total - (total // eta if number else 0))
                table.append((k, total, error))
                ranking.append((error, k, state))
            ranking.sort(key=lambda row: row[:2])
            if len(live) < eta:
                return ranking[0][1], table
            live = sorted([(k, state) for _, k, state in ranking[: len(live) // eta]], key=lambda pair: pair[0])
            number += 1

    def searches(rng, n, eta, epochs, levels=5):
        """The error depends on the point and on the epochs of each call for it; the state is what these were."""
        salt = int(rng.integers(1, 1000))

        def train(point, state, epochs):
            went = (*(() if state is None else state), int(epochs))
            mixed = salt + 7919 * point["key"] + sum(31 ** (k + 1) * e for k, e in enumerate(went))
            return (mixed * 2654435761 % 2**32 >> 7) % levels / 7 - 0.5, went

        return [{"key": int(key)} for key in rng.integers(0, 2 * n, n)], train, epochs, eta

    def counted(point, state, epochs):  # the state is a number, 0 too
        state = 5 - point["key"] if state is None else state - epochs
        return abs(state - 0.25), state

    keys, rng = [{"key": k} for k in (3, 1, 5, 4, 2, 0, 6)], np.random.default_rng(251)
    runs = [
        lambda point, state, epochs: (0.5, state),
        lambda point, state, epochs: (1 - 1e-12 * point["key"], 1),
        lambda point, state, epochs: (1e9 - point["key"] + 2 * (state or 0), None if state else 1),
        lambda point, state, epochs: (-point["key"], point),
        lambda point, state, epochs: (point["key"] // 3, {"key": -point["key"]}),
        lambda point, state, epochs: (point["key"] + 10 * ((state or 0) + epochs), (state or 0) + epochs),
        lambda point, state, epochs: (point["key"] if state is None else state[0], np.array([point["key"] / 7, 0.0])),
        counted,
    ]
    others = {f"with the errors of function {k}": (keys, run, 1, 2) for k, run in enumerate(runs)}
    others["with 130 points that are equal"] = [{"key": 1}] * 130, runs[0], 1, 3
    numbers = (
        (27, 3),
        (243, 3),
        (125, 5),
        (81, 3),
        (64, 2),
        (100, 10),
        (26, 3),
        (80, 3),
        (127, 2),
        (1030, 4),
        (1, 2),
        (7, 7),
        (7, 8),
    )
    others |= {f"with {n} points, eta = {eta}": searches(rng, n, eta, 1, 10**9) for n, eta in numbers}
    others |= {f"with {n} equal points": ([{"key": 1}] * n, counted, 1, 2) for n in (2, 5)}
    sizes, returns = {"n": 130, "eta": (2, 9), "epochs": 300}, {"best": (), "table": ("place", "epochs", "error")}
    domain = {"sizes": sizes, "returns": returns, "cases": others, "new": False, "apart": False}
    checks.agrees(successive_halving, round_by_round, searches, **domain)
    asked = []

    def noted(point, state, epochs):
        asked.append(epochs)
        return -float(len(asked)), 0  # equal points, other errors: training has luck

    best, table = successive_halving([{"key": 1}] * 35, noted, 2, 3)
    what = "successive_halving(35 points, train, 2, 3)"
    checks.that(len(asked) == 50, f"{what}: train was called {len(asked)} times, expected once for each of 50 rows")
    checks.that(best == table[-1][0], f"best of {what}, equal points: expected the place in the last row of the table")
    checks.whole(f"best of {what}", best)
    for bad in ((keys, noted, 1, 1), (keys, noted, 1, 0), (keys, noted, 1, -2)):
        checks.raises(f"successive_halving(points, train, 1, {bad[3]})", ValueError, successive_halving, *bad)
    ### END HIDDEN TESTS

# %% [markdown]
# Now both strategies, each with **81 epochs**, in ten runs with other seeds. The panda begins at a random point of the box, as somebody does who knows nothing. After each epoch it looks at the training cost. If the cost fell, it makes the rate 1.3 times larger. If the cost rose, it takes back this epoch and divides the rate by 3. Beside it, for comparison: the same point left alone for 81 epochs, and a panda who begins with experience, at a rate of 0.01 and the middle of the box.


# %%
def panda(point, train, epochs):
    """One run whose rate is changed after each epoch by the training cost; returns the dev error at the end."""
    state, lowest, error = None, np.inf, 0.9
    for _ in range(epochs):
        new_error, new_state = train(point, state, 1)
        cost = dense.deep_cost(predict(X, new_state[0]), Y, "softmax")
        fell = cost < lowest
        if fell:
            state, lowest, error = new_state, cost, new_error
        point = point | {"log10 rate": point["log10 rate"] + np.log10(1.3 if fell else 1 / 3)}
    return error


middle = {"log10 rate": -2, "log10 1-beta": -1, "log2 width": 5, "keep_prob": 0.75}
strategies = {
    "left alone": lambda points, train: train(points[0], None, 81)[0],
    "panda": lambda points, train: panda(points[0], train, 81),
    "panda with\nexperience": lambda points, train: panda(middle, train, 81),
    "caviar, halving": lambda points, train: successive_halving(points, train, 1, 3)[1][-1][2],
}
ended = {name: [] for name in strategies}
for seed in tqdm(range(10), file=sys.stdout):
    points = random_search_points(BOX, 27, np.random.default_rng(300 + seed))
    for name, strategy in strategies.items():
        ended[name].append(strategy(points, trainer(300 + seed)))
for name, errors in ended.items():
    text = " ".join(name.split())
    print(f"{text:21} dev error: median {np.median(errors):.1%}, worst {max(errors):.1%}")

# %%
for place, (errors, marker) in enumerate(zip(ended.values(), "sod^", strict=True)):
    plt.plot(np.full(10, place) + np.linspace(-0.15, 0.15, 10), 100 * np.array(errors), marker, linestyle="none")
plt.xticks(range(4), ended)
plt.yscale("log")
plt.yticks([3, 5, 10, 30, 90], [3, 5, 10, 30, 90])
plt.ylabel("dev error in %, log scale")
plt.title("81 epochs each: caviar needs no experience and no luck")
plt.show()

# %% [markdown]
# *What to notice.* Left alone, a random point ends anywhere between good and useless. The panda without experience saves some of the bad runs, but not all: a width or a $\beta$ cannot be changed while the network runs, and a network that a huge rate has ruined in its first epoch stays ruined.
# The panda with experience ends at about 5 %, and it is never far off. Halving ends at about 5 % as well, without knowing anything, and no run of it is a failure. So babysitting is not bad. It needs somebody who knows where to begin and has time; caviar needs neither.
# There is one more difference. The panda's 81 epochs come one after the other. Those of a round of halving can run side by side: with 27 machines it takes as long as 27 epochs.
#
# ## 7. How many eggs?
#
# *Halving bets that who is behind after one epoch stays behind. What if it does not?*
#
# A small learning rate with strong dropout begins slowly and may end well. With 27 points of one epoch it is thrown out at once. With fewer points each of them could run longer before the first cut. Nobody knows which is better, so **Hyperband** tries several **brackets**: from many points with few epochs to few points with many, at costs that differ little: 81, 78, 90 and 108 epochs.
# If $R = \eta^S$ is the most epochs that a point may have, then for $s = S, \dots, 1, 0$ the bracket with $s$ cuts begins with $\lceil (S + 1) \, \eta^s / (s + 1) \rceil$ points (rounded up) of $R / \eta^s$ epochs each. For $R = 27$ and $\eta = 3$: 27 points of 1, 12 of 3, 6 of 9, 4 of 27 epochs.

# %%
winners, rng, train = [], np.random.default_rng(400), trainer(400)
for s in (3, 2, 1, 0):
    points = random_search_points(BOX, -(-4 * 3**s // (s + 1)), rng)
    # Without a cut, eta is more than there are points.
    best, table = successive_halving(points, train, 27 // 3**s, 3 if s else len(points) + 1)
    error = next(error for place, _, error in reversed(table) if place == best)
    winners.append((error, s, points[best]))
    print(f"cuts: {s}, {len(points):2} points from {27 // 3**s:2} epochs, {len(table):2} rows: dev error {error:.1%}")
error, s, point = min(winners, key=lambda winner: winner[0])
print("the best of all:", {name: round(value, 2) for name, value in point.items()})
state = train(point, None, 27)[1]
wrong = error_of(state, pixels_test, digits.Y_test)
print(f"trained anew for 27 epochs: {wrong:.1%} of the test pictures wrong")

# %% [markdown]
# *What to notice.* The brackets with cuts see more points, those without see them longer. Which one wins changes from seed to seed; try another one in the first line. Hyperband pays a few times the price of one bracket to be safe against the worst choice.
# The test pictures have taken no part in all of this, so their error is a fair one, mostly between 3 and 8 %. The dev error of the winner is a little flattered, because it is the lowest of many (see *On your own*).
# %% [markdown]
# ## What you built
#
# - `grid_search_points` and `random_search_points`: two ways to spread trials over a box;
# - `trials_needed`: 59 random trials have one of the best 5 %, with 95 % confidence;
# - `sample_log_uniform` and `sample_beta`: the scales on which rates and averages work;
# - `coarse_to_fine`: a smaller box around the best trials;
# - `successive_halving`: many trials for the price of a few, with a table of what was tried.
#
# ## On your own
#
# - Repeat the comparison of section 2 with rate and width alone, a grid of 5 × 5 against 25 points, the other two in the middle of their ranges. Does random search still win? And a grid of 25 rates against 25 random rates?
# - Join the two ideas: halving in the new box of `coarse_to_fine`.
# - Search for the number of layers and the size of the mini-batch, too. On which scale do you draw them?
# - A dev set that has judged a thousand trials is no fair judge of the winner. Compare the dev error and the test error of the best of 480 trials. How large is the gap with a dev set of 50 pictures?
# - *Hard.* Instead of drawing blindly, fit a model to the trials so far (for example a ridge regression on the point and its squares and products), draw 1,000 candidates, and try the one with the lowest predicted error. Does it beat random search with 48 trials, over ten seeds? What happens if it always trusts its model?
#
# ## In practice
#
# In scikit-learn `ParameterGrid` is your grid (it sorts the names), `ParameterSampler` draws, with `scipy.stats.loguniform(low, high)` for a logarithmic scale, and `HalvingRandomSearchCV` is successive halving, measured by cross-validation.
# Optuna, Ray Tune and Keras Tuner have a *searcher*, which proposes points (at random, or by a model of the trials so far), and a *scheduler*, which stops the bad ones early (Hyperband, or ASHA for many machines). They store the table of trials, as yours does.
#
# ## References
#
# - J. Bergstra and Y. Bengio (2012), *Random search for hyper-parameter optimization*, Journal of Machine Learning Research 13.
# - K. Jamieson and A. Talwalkar (2016), *Non-stochastic best arm identification and hyperparameter optimization*, AISTATS.
# - L. Li, K. Jamieson, G. DeSalvo, A. Rostamizadeh and A. Talwalkar (2018), *Hyperband: a novel bandit-based approach to hyperparameter optimization*, Journal of Machine Learning Research 18.
