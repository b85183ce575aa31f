# %% [markdown]
# You will give your deep network of course 1 dropout, in both directions and with a training and a test mode, then make new pictures out of old ones and stop a training at the right moment. On the digits of which more than a third have a wrong label, you will see what each of these gains, with the spread over three draws.

# %% [markdown]
# ## What you will be able to do
#
# - switch off hidden units at random in training, so that the mean of what the next layer gets does not change;
# - run a network with dropout forward and backward, in training mode and in test mode, and check its gradient;
# - show by a measurement why dropout works, and how it is related to the L2 penalty;
# - make training pictures by flips and shifts, and say which of them a label allows;
# - stop a training early by a rule, and say what the rule costs.
#
# **What you need:** the deep network of [course 1, week 4](../../../course1_nn/release/week4_deep_neural_networks/03_building_blocks_of_deep_networks.ipynb) and the spoilt digits of [lesson 02](02_l2_regularization.ipynb).
# The set-up cell loads your building blocks of course 1 as `dense`.

# %%
import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense

plots.use_style()

# %% [markdown]
# | call | what it gives |
# |---|---|
# | `dense.initialize_deep(layer_dims, seed)` | `parameters`: `"W1"` $(n_1, n_0)$, `"b1"` $(n_1, 1)$, …, `"bL"` $(n_L, 1)$ |
# | `dense.linear_activation_forward(A_prev, W, b, activation)` | one layer: `A` $(n, m)$ and its cache `(A_prev, W, b, Z)`; `activation` is `"relu"`, `"sigmoid"` or `"softmax"` |
# | `dense.deep_forward(X, parameters, output)` | all layers: `AL` $(n_L, m)$ and the list of their caches |
# | `dense.deep_cost(AL, Y, output)` | the cost, a number; `output` is `"sigmoid"` or `"softmax"` |
# | `dense.update(parameters, grads, learning_rate)` | the parameters after one step of gradient descent |
#
# ## 1. A team that agrees too well
#
# *What else can keep a network from learning its examples by heart?*
#
# We take up the digits of lesson 02: 500 pictures of 8 × 8 pixels, and two in five labels are drawn anew. About 36 % of the labels are wrong. The labels of the dev and of the test set are true. Without any regularisation the network learned nearly all wrong labels by heart, and was right on only about two thirds of new pictures.

# %%
digits = data.load_small_digits()


def flat(images):
    """Pictures of ink from 0 to 16, shape (m, 8, 8, 1), as columns of numbers from -0.5 to 0.5, shape (64, m)."""
    return images.reshape(len(images), -1).T / 16 - 0.5


def one_hot(Y):
    """Labels 0 to 9, shape (1, m), as columns with a single 1, shape (10, m)."""
    return (np.arange(10).reshape(10, 1) == Y) * 1.0


def accuracy(X, Y, parameters):
    """The share of columns whose largest output is that of the label Y, shape (1, m)."""
    return np.mean(dense.deep_forward(X, parameters, "softmax")[0].argmax(axis=0) == Y[0])


def draw_digits(seed, spoilt=True):
    """500 training pictures with (spoilt) labels, and 500 others as a dev set: images, Y, X_dev, Y_dev."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(digits.X_train))
    train, dev = order[:500], order[500:1000]
    Y, anew = digits.Y_train[:, train].copy(), (rng.random((1, 500)) < 0.4) & spoilt
    Y[anew] = rng.integers(0, 10, anew.sum())
    return digits.X_train[train], Y, flat(digits.X_train[dev]), digits.Y_train[:, dev]


draws = [draw_digits(seed) for seed in range(3)]
X_test, Y_test = flat(digits.X_test), digits.Y_test

# %% [markdown]
# A wrong label is learned by a conspiracy: some units fire for this one picture, and others rely on exactly these. **Dropout** breaks it up. In each training step every hidden unit is switched off with some probability, for each example anew. No unit can rely on another one, because the other one may be missing. Each step trains another *thinned* network. All of them share their weights. At test time the whole network answers.
#
# ## 2. Dropout in one layer
#
# *How do we switch units off without disturbing the layer after them?*
#
# $A$ holds the activations of a hidden layer, shape $(n_l, m)$. Each entry is kept with the probability $p$, `keep_prob`, independently of all others. The **mask** $M$ has the shape of $A$:
#
# $$M_{ji} = \begin{cases} 1/p & \text{with probability } p, \\ 0 & \text{with probability } 1 - p, \end{cases} \qquad A' = M * A \quad \text{(entry by entry)}.$$
#
# Why $1/p$ and not 1? If a fifth of the units is missing, the sums that the next layer makes are on average a fifth too small. Dividing the kept entries by $p$ makes up for it. This is called **inverted dropout**. It does all the work in training, so that at test time there is nothing to do: no mask, and no factor.
#
# *On paper.* $p = 0.8$ and $A = [3, -1, 2, 0.5]$. If the second entry is dropped, $M = [1.25, 0, 1.25, 1.25]$ and $A' = [3.75, 0, 2.5, 0.625]$.
#
# ### Exercise 1: `dropout_forward`


# %% exercise="dropout_forward"
def dropout_forward(A, keep_prob, rng):
    """Inverted dropout: drops entries at random and enlarges those that are kept.

    Args:
        A: activations, an array of any shape, of floats or whole numbers.
        keep_prob: the probability that an entry is kept, a number > 0 and <= 1.
        rng: a generator, np.random.default_rng(seed). All randomness comes from it: from the same state it gives the
            same mask, and the next call with it draws anew.

    Returns:
        (out, mask): two new arrays of floats, both of the shape of A. mask is 1 / keep_prob where an entry is kept and
        0 where it is dropped, drawn for each entry independently of all others; out is A times mask, entry by entry.

    Raises:
        ValueError: keep_prob is not above 0, or it is above 1.

    Example:
        with keep_prob = 1 the mask is all 1, and out equals A.
    """
    # 1. Refuse a probability that makes no sense.
    # 2. One random number from 0 to 1 for each entry: in which range does it fall with the probability keep_prob?
    ### BEGIN SOLUTION
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob is {keep_prob}; it must be above 0 and at most 1")
    mask = (rng.random(A.shape) < keep_prob) / keep_prob  # equivalent "< → <=": they differ once in 2**53 numbers
    return A * mask, mask
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `rng.random(A.shape)` has the shape of `A` and numbers from 0 to 1, each equally likely. Such a number is below 0.8 with the probability 0.8.
# </details>
# <details><summary>Hint 2</summary>
#
# `kept = rng.random(A.shape) < keep_prob` holds True and False. Divided by a number, True counts as 1 and False as 0.
# </details>

# %% check="dropout_forward" points=3
with checks.exercise("dropout_forward"):
    checks.unchanged(dropout_forward, np.array([[3.0, -1.0, 2.0], [0.5, 4.0, -2.0]]), 1.0, np.random.default_rng(0))
    A, what = np.full((50, 40), 2.0), "dropout_forward(2 everywhere, shape (50, 40), 0.8, rng)"
    out, mask = checks.results(what, dropout_forward(A, 0.8, np.random.default_rng(1)), ["out", "mask"])
    checks.shape(f"mask of {what}", mask, (50, 40))
    share = np.mean(mask != 0)
    checks.that(abs(share - 0.8) < 0.05, f"{what}: {share:.0%} of the entries are kept, expected about 80 %")
    slips = {"a kept entry of the mask is 1 / keep_prob, not 1": 1.0, "divide by keep_prob, do not multiply": 0.8}
    checks.close(f"the largest entry of mask of {what}", mask.max(), 1.25, mistakes=slips)
    checks.close(f"the largest entry of out of {what}", out.max(), 2.5, mistakes={"the mask has no effect": 2.0})
    other = dropout_forward(A, 0.8, np.random.default_rng(2))[1]
    checks.that(not np.array_equal(mask, other), f"{what}: rng with another seed must give another mask; draw from rng")
    checks.raises("dropout_forward(A, 0, rng)", ValueError, dropout_forward, A, 0.0, np.random.default_rng(1))
    ### BEGIN HIDDEN TESTS

    def nothing_dropped(A, keep_prob, rng):
        return A.astype(float), np.ones(A.shape)

    def activations(rng, n, m):
        return rng.normal(0, 1, (n, m)), 1.0, np.random.default_rng(n)

    rng = np.random.default_rng(3)
    others = {"with an array of shape (1,) and keep_prob = 1, a whole number": (np.array([2.5]), 1, rng)}
    others["with an array of shape (2, 3, 2, 2)"] = (np.arange(24.0).reshape(2, 3, 2, 2), 1.0, rng)
    domain = {"sizes": {"n": 130, "m": 1030}, "real": {"A": 1e6}, "types": ["A"], "returns": ["out", "mask"]}
    checks.agrees(dropout_forward, nothing_dropped, activations, cases=others, **domain)

    def drawn(A, keep_prob, rng):
        """Which entries one call keeps; the rest follows from that."""
        what = f"dropout_forward(A of shape {A.shape}, {keep_prob:.4g}, rng)"
        out, mask = checks.results(what, dropout_forward(A, keep_prob, rng), ["out", "mask"])
        kept = np.asarray(mask) != 0
        checks.close(f"mask of {what}", mask, np.where(kept, 1 / keep_prob, np.zeros(A.shape)), rtol=1e-12)
        checks.close(f"out of {what}", out, np.where(kept, A / keep_prob, 0.0), rtol=1e-12)
        missed = abs(kept.mean() - keep_prob) > 5 * np.sqrt(keep_prob * (1 - keep_prob) / A.size) + 1 / A.size
        checks.that(not missed, f"{what}: {kept.mean():.2%} of the entries are kept, expected about {keep_prob:.2%}")
        return kept

    check_rng = np.random.default_rng(31)
    for keep_prob, shape in ((0.1, (400, 60)), (1 / 3, (24000,)), (0.97, (9, 8, 20, 7)), (0.001, (300, 300))):
        drawn(check_rng.normal(0, 3, shape), keep_prob, np.random.default_rng(5))
    given = check_rng.integers(-4, 5, (40, 50))
    drawn(given, 0.4, np.random.default_rng(6))
    checks.unchanged(dropout_forward, 1.0 * given, 0.4, np.random.default_rng(6))
    A, rng = np.ones((10, 12)), np.random.default_rng(7)
    calls = np.array([drawn(A, 0.5, rng) for _ in range(300)])
    again = "dropout_forward: some entries are always kept or dropped, when it is called again with the same generator"
    checks.that(np.abs(calls.mean(axis=0) - 0.5).max() < 5 * 0.5 / np.sqrt(300), again)
    alone = "dropout_forward: the entries of one mask are not independent of each other; draw one number for each"
    for axes, size in (((1, 2), 120), (1, 10), (2, 12)):  # how many a mask, a column, a row keeps
        counts = calls.sum(axis=axes).ravel()
        checks.that(abs(counts.var() / (size / 4) - 1) < 5 * np.sqrt(2 / len(counts)), alone)
    for bad in (-0.5, 1 + 1e-9, 0, 2):
        checks.raises(f"dropout_forward(A, {bad}, rng)", ValueError, dropout_forward, A, bad, rng)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. What stays the same, and what does not
#
# *Does the next layer notice that units are missing?*
#
# On average it does not, as long as it only adds up. The mean of an entry of the mask is $p \cdot \frac{1}{p} + (1 - p) \cdot 0 = 1$. So the mean of a score over all masks is the score without dropout:
#
# $$z' = \sum_j w_j M_j a_j + b, \qquad \mathbb{E}[z'] = \sum_j w_j a_j + b = z.$$
#
# We can compute such means exactly. A layer of $n$ units has $2^n$ masks. A mask that keeps $k$ units has the probability $p^k (1 - p)^{n - k}$. The mean of any number $f(M)$ is
#
# $$\mathbb{E}[f(M)] = \sum_{\text{all } 2^n \text{ masks}} p^k (1 - p)^{n - k} \, f(M).$$
#
# *On paper.* Two units, $a = [1, 3]$, $w = [2, -1]$, $b = 0$ and $p = 0.8$:
#
# | mask | probability | $z'$ | $\max(0, z')$ |
# |---|---|---|---|
# | $[0, 0]$ | $0.2 \cdot 0.2 = 0.04$ | 0 | 0 |
# | $[1.25, 0]$ | $0.8 \cdot 0.2 = 0.16$ | 2.5 | 2.5 |
# | $[0, 1.25]$ | $0.2 \cdot 0.8 = 0.16$ | −3.75 | 0 |
# | $[1.25, 1.25]$ | $0.8 \cdot 0.8 = 0.64$ | −1.25 | 0 |
#
# The mean of $z'$ is $0.4 - 0.6 - 0.8 = -1$, and $z = 2 - 3 = -1$ as well. But the mean of $\max(0, z')$ is $0.4$, while $\max(0, z)$ is 0: **behind a bend the mean is not kept.**
#
# ### Exercise 2: `mean_over_masks`


# %% exercise="mean_over_masks"
def mean_over_masks(f, n, keep_prob):
    """The mean of f(mask) over all masks of n units, each with its probability.

    Args:
        f: a function; f(mask) is a number. It gets each of the 2^n masks once, also one of probability 0, in any order,
            each as a new array of floats of shape (n,): 1 / keep_prob where a unit is kept, 0 where it is dropped.
        n: the number of units, a whole number from 1 to 12.
        keep_prob: the probability that a unit is kept, a number > 0 and <= 1.

    Returns:
        A number.

    Example:
        mean_over_masks(lambda mask: 2 * mask[0] - 3 * mask[1], 2, 0.8) is -1.
    """
    # 1. How do you get all patterns of n zeros and ones?
    # 2. What is the probability of a pattern with k ones, and which mask belongs to it?
    ### BEGIN SOLUTION
    total = 0
    for pattern in np.ndindex((2,) * n):
        kept = sum(pattern)
        total += keep_prob**kept * (1 - keep_prob) ** (n - kept) * f(np.array(pattern) / keep_prob)
    return total
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `for pattern in np.ndindex((2,) * n):` gives all tuples of `n` zeros and ones. With `n = 2` they are (0, 0), (0, 1), (1, 0) and (1, 1).
# </details>
# <details><summary>Hint 2</summary>
#
# `k = sum(pattern)` units are kept. The probability is `keep_prob**k * (1 - keep_prob) ** (n - k)`, the mask `np.array(pattern) / keep_prob`.
# </details>

# %% check="mean_over_masks" points=2
with checks.exercise("mean_over_masks"):
    seen, what = [], "mean_over_masks(f, 2, 0.8), f as on paper"

    def score(mask):
        seen.append(mask)
        return 2 * mask[0] - 3 * mask[1]

    slips = {"each mask counts the same; use the probabilities": -0.625, "this is the sum without probabilities": -2.5}
    slips |= {
        "the mask has 1 / keep_prob where a unit is kept": -0.8,
        "keep_prob is exchanged with 1 - keep_prob": -0.25,
    }
    checks.close(what, mean_over_masks(score, 2, 0.8), -1.0, mistakes=slips)
    checks.that(len(seen) == 4, f"{what}: f was called {len(seen)} times, expected once for each of the 4 masks")
    positive = mean_over_masks(lambda mask: max(0.0, 2 * mask[0] - 3 * mask[1]), 2, 0.8)
    checks.close("mean_over_masks(f, 2, 0.8), f as on paper with max(0, ...)", positive, 0.4)

    ### BEGIN HIDDEN TESTS
    def unit_by_unit(f, n, keep_prob):
        def mean(known):
            if len(known) == n:
                return f(np.array(known))
            kept, q = keep_prob * mean([*known, 1 / keep_prob]), 1 - keep_prob
            return kept + q * mean([*known, 0.0]) if q else kept

        return float(mean([]))

    def problem(rng, n):
        w, b = rng.normal(0, 1, n), rng.normal()
        return lambda mask: (w @ mask + b) ** 2 + mask[0] * mask[-1] ** 3, n, float(rng.uniform(0.1, 0.95))

    others = {
        "with a small keep_prob": (lambda mask: mask[0] * mask[1] + 3.0 * mask[2], 3, 1e-6),
        "with very small values of f": (lambda mask: 1e-14 * (mask[0] + 2.0 * mask[1] ** 2), 2, 0.3),
        "with large values of f": (lambda mask: 1e13 + 1e12 * mask[1], 2, 0.3),
    }
    others |= {"with whole numbers": (lambda mask: 7, 2, 1), "with f(mask) = 0": (lambda mask: 0, 2, 0.6)}
    checks.agrees(mean_over_masks, unit_by_unit, problem, sizes={"n": 12}, cases=others, atol=1e-25)
    masks, asked, what = [], set(), "mean_over_masks(f, 5, 0.25)"
    mean_over_masks(lambda mask: asked.add(tuple(mask)) or 1.0, 3, 1)
    checks.equal("with keep_prob = 1, how many different masks f gets", len(asked), 8)
    checks.close(f"{what} with f(mask) = 1", mean_over_masks(lambda mask: masks.append(mask) or 1.0, 5, 0.25), 1.0)
    checks.shape(f"the first mask of {what}", masks[0], (5,))
    checks.shape(f"all masks of {what}, one after the other", np.array(masks), (32, 5))
    checks.that(len(np.unique(masks, axis=0)) == 32, f"{what}: f gets a mask twice, or all in the same array")
    checks.that(np.isin(masks, [0, 4]).all(), f"{what}: a mask holds 0 and 1 / keep_prob, nothing else")
    ### END HIDDEN TESTS

# %% [markdown]
# Now for ten units, over all 1,024 masks: the mean of the score, of a sigmoid behind it, and of the squared error of the score against a label $y = 1$.

# %%
rng = np.random.default_rng(3)
w, a, ones = rng.normal(0, 0.5, 10), rng.uniform(0, 1, 10), np.ones(10)
rows = {
    "score": lambda mask: w @ (mask * a),
    "sigmoid": lambda mask: 1 / (1 + np.exp(-w @ (mask * a))),
    "squared error": lambda mask: (w @ (mask * a) - 1) ** 2,
}
for name, f in rows.items():
    print(f"{name:14} without dropout {f(ones):6.3f}; mean over all masks, ", end="")
    print(*(f"keep_prob {p}: {mean_over_masks(f, 10, p):6.3f}" for p in (0.9, 0.5, 0.2)), sep=", ")
with_penalty = [(w @ a - 1) ** 2 + (1 - p) / p * np.sum((w * a) ** 2) for p in (0.9, 0.5, 0.2)]
print("squared error + (1 - p) / p * sum of (w_j a_j)^2:", np.round(with_penalty, 3))

# %% [markdown]
# *What to notice.* The mean of the score is the same for every `keep_prob`. Behind the sigmoid it is only nearly the same, and less so the fewer units are kept. So a whole network in test mode is an approximation: it stands for the mean of all its thinned networks (section 6 looks how good it is).
#
# The last two lines agree, and this is a theorem. An entry of the mask has the variance $\mathbb{E}[M_j^2] - 1 = \frac1p - 1 = \frac{1 - p}{p}$, and the entries are independent, so
#
# $$\mathbb{E}\bigl[(z' - y)^2\bigr] = (z - y)^2 + \frac{1 - p}{p} \sum_j w_j^2 a_j^2.$$
#
# For a linear unit with the squared error, dropout on its inputs **is** an L2 penalty on average, with a strength of its own for each weight: a weight costs more if its input is large. For deep networks nothing as simple is known.
#
# ## 4. The way back
#
# *What is the gradient of something that was switched off?*
#
# $A'_{ji} = M_{ji} A_{ji}$ is a product with a number that is fixed during this step. So $dA = M * dA'$, entry by entry, **with the same mask as on the way forward.** A dropped entry had no influence on the cost, and its derivative is 0. A kept one had its influence enlarged by $1/p$, and so is its derivative.
#
# *On paper.* $M = [1.25, 0, 1.25, 1.25]$ and $dA' = [0.4, 0.8, -2, 0]$ give $dA = [0.5, 0, -2.5, 0]$.
#
# ### Exercise 3: `dropout_backward`


# %% exercise="dropout_backward"
def dropout_backward(d_out, mask):
    """The derivative of the cost with respect to A, where out, mask = dropout_forward(A, keep_prob, rng).

    Args:
        d_out: the derivative with respect to out, an array of any shape, of floats or whole numbers.
        mask: what dropout_forward returned, of the same shape: 0 or 1 / keep_prob in each entry.

    Returns:
        A new array of floats of the same shape.

    Example:
        dropout_backward(np.array([0.4, 0.8]), np.array([1.25, 0.0])) is [0.5, 0].
    """
    # What did the way forward do with each entry?
    ### BEGIN SOLUTION
    return d_out * mask
    ### END SOLUTION


# %% check="dropout_backward" points=1
with checks.exercise("dropout_backward"):
    d_out = np.array([[0.4, 0.8, -2.0], [0.0, 1.0, 0.4]])
    mask = np.array([[1.25, 0.0, 1.25], [1.25, 1.25, 0.0]])
    checks.unchanged(dropout_backward, d_out, mask)
    slips = {
        "the kept entries have the factor 1 / keep_prob also on the way back": [[0.4, 0, -2], [0, 1, 0]],
        "divide by keep_prob once; the mask holds it already": [[0.625, 0, -3.125], [0, 1.5625, 0]],
        "a dropped entry has the derivative 0": [[0.5, 1, -2.5], [0, 1.25, 0.5]],
    }
    expected = [[0.5, 0, -2.5], [0, 1.25, 0]]
    checks.close("dropout_backward(d_out, mask), shape (2, 3)", dropout_backward(d_out, mask), expected, mistakes=slips)

    ### BEGIN HIDDEN TESTS
    def entry_by_entry(d_out, mask):
        products = [float(d) * factor for d, factor in zip(d_out.ravel(), mask.ravel(), strict=True)]
        return np.array(products).reshape(d_out.shape)

    def layer(rng, n, m):
        return rng.normal(0, 1, (n, m)), rng.choice([0.0, 1 / rng.uniform(0.2, 1)], (n, m))

    d_out = np.linspace(-3, 4, 12)
    others = {"with shape (2, 3, 2, 1)": (d_out.reshape(2, 3, 2, 1), np.tile([2.0, 0, 2], 4).reshape(2, 3, 2, 1))}
    for words, factors in {"ones": [1.0] * 3, "zeros": [0.0] * 3, "a large factor": [0.0, 1e4, 1e4]}.items():
        others[f"with shape (12,) and a mask of {words}"] = (d_out, np.tile(factors, 4))
    domain = {"sizes": {"n": 130, "m": 1030}, "real": {"d_out": 1e6}, "types": ["d_out"]}
    checks.agrees(dropout_backward, entry_by_entry, layer, cases=others, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. Dropout in the whole network
#
# *Where in a network does dropout stand, and when?*
#
# It stands behind the ReLU of a hidden layer:
#
# $$Z_l = W_l A'_{l-1} + b_l, \qquad A_l = \max(0, Z_l), \qquad A'_l = M_l * A_l, \qquad l = 1, \dots, L - 1,$$
#
# with $A'_0 = X$. Each hidden layer has a `keep_prob` of its own: a small one for a large layer that tends to learn by heart, 1 for a layer without dropout. The output layer has none, because its outputs are the answer. (Dropout on the input is possible, too, with a `keep_prob` close to 1. We leave it out.)
#
# The network needs two modes. In **training mode** the units are dropped. In **test mode** nothing is: an answer should not depend on chance. Inverted dropout needs no factor there.
#
# ### Exercise 4: `forward_with_dropout`


# %% exercise="forward_with_dropout"
def forward_with_dropout(X, parameters, keep_probs, rng, output="sigmoid", train=True):
    """The forward pass of a network with dropout behind each hidden layer.

    Args:
        X: examples, shape (n_0, m), floats or whole numbers.
        parameters: a dict with "W1", "b1", ..., "WL", "bL", floats.
        keep_probs: a list of L - 1 numbers > 0 and <= 1 (others are not asked for), empty if L = 1; keep_probs[l - 1] belongs to hidden layer l.
        rng: a generator, as for dropout_forward. In test mode it is not used, and may be None.
        output: the activation of the last layer, "sigmoid" or "softmax"; the hidden layers have ReLU.
        train: True for training mode, False for test mode.

    Returns:
        (AL, caches, masks): the output, shape (n_L, m); a list of L caches, caches[l - 1] = (A_prev, W, b, Z) of layer
        l, where A_prev is what layer l gets (after dropout), or X; and a list of L - 1 masks, masks[l - 1] of hidden
        layer l, shape (n_l, m). In test mode all masks are 1.

    Example:
        in test mode, AL is that of dense.deep_forward(X, parameters, output).
    """
    # 1. Layer by layer, as in course 1. Which activation has which layer?
    # 2. Behind a hidden layer: in which mode is something dropped, and what does the next layer get?
    ### BEGIN SOLUTION
    A, caches, masks, L = X, [], [], len(parameters) // 2
    for layer in range(1, L + 1):
        activation = "relu" if layer < L else output
        A, cache = dense.linear_activation_forward(A, parameters[f"W{layer}"], parameters[f"b{layer}"], activation)
        caches.append(cache)
        if layer < L:
            mask = np.ones(A.shape)  # equivalent "ones of the first argument's type": A holds floats here
            if train:
                A, mask = dropout_forward(A, keep_probs[layer - 1], rng)
            masks.append(mask)
    return A, caches, masks
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# There are `L = len(parameters) // 2` layers. `dense.linear_activation_forward(A, W, b, activation)` gives `A` and the cache of one of them.
# </details>
# <details><summary>Hint 2</summary>
#
# If `layer < L` and `train`: `A, mask = dropout_forward(A, keep_probs[layer - 1], rng)`. If `layer < L` and not `train`, only the mask `np.ones(A.shape)` is needed.
# </details>

# %% check="forward_with_dropout" points=3
with checks.exercise("forward_with_dropout"):
    p = {"W1": np.full((40, 1), 2.0), "b1": np.zeros((40, 1)), "W2": np.full((1, 40), 0.05), "b2": np.array([[-3.0]])}
    X, names = np.array([[1.0, 2.0, 0.5]]), ["AL", "caches", "masks"]
    checks.unchanged(forward_with_dropout, X, p, [0.5], None, "sigmoid", False)
    what = "forward_with_dropout(X, parameters, [0.5], None, train=False)"
    AL, caches, masks = checks.results(what, forward_with_dropout(X, p, [0.5], None, train=False), names)
    slips = {"do not multiply by keep_prob in test mode": [[0.2689414214, 0.7310585786, 0.119202922]]}
    slips["do not divide by keep_prob in test mode"] = [[0.9933071491, 0.9999977397, 0.7310585786]]
    slips["the last layer has the activation output, not ReLU"] = [[1.0, 5.0, 0.0]]
    checks.close(f"AL of {what}", AL, [[0.7310585786, 0.9933071491, 0.2689414214]], rtol=1e-7, mistakes=slips)
    what = "forward_with_dropout(X, parameters, [0.5], rng)"
    AL, caches, masks = checks.results(what, forward_with_dropout(X, p, [0.5], np.random.default_rng(1)), names)
    checks.shape(f"masks[0] of {what}", masks[0], (40, 3))
    largest = f"the largest number in each column of A_prev of layer 2, in the caches of {what}"
    slips = {"A_prev is what layer 2 gets, after dropout": [2, 4, 1]}
    checks.close(largest, caches[1][0].max(axis=0), [4, 8, 2], mistakes=slips)
    checks.that(0 < AL.min() and AL.max() < 1, f"{what}: AL is not between 0 and 1; the output layer has no dropout")

    ### BEGIN HIDDEN TESTS
    def chain(X, parameters, masks, output):
        A, caches = X.astype(float), []
        for number, mask in enumerate([*masks, 1], 1):
            W, b = parameters[f"W{number}"], parameters[f"b{number}"]
            Z = np.einsum("jk,ki->ji", W, A) + b
            caches.append((A, W, b, Z))
            A = Z * (Z > 0) * mask
        return np.exp(Z - np.logaddexp.reduce(Z) if output == "softmax" else -np.logaddexp(0, -Z)), caches

    def in_test_mode(X, parameters, keep_probs, rng, output, train):
        masks = [np.ones((len(parameters[f"W{i}"]), X.shape[1])) for i in range(1, len(parameters) // 2)]
        return *chain(X, parameters, masks, output), masks

    def network(rng, n_0, n_L, m, L):
        p = dense.initialize_deep([n_0, *rng.integers(2, 5, L - 1).tolist(), n_L], int(rng.integers(99)))
        p = {key: p[key] + 0.2 * rng.normal(size=p[key].shape) for key in sorted(p)}
        output = ("sigmoid", "softmax")[m % 2]
        return rng.normal(0, 1, (n_0, m)), p, rng.uniform(0.2, 0.9, L - 1).tolist(), None, output, False

    sizes, parts = (
        {"n_0": 130, "n_L": 12, "m": 1030, "L": 11},
        {"AL": (), "caches": ("A_prev", "W", "b", "Z"), "masks": ()},
    )
    rules = {"sizes": sizes, "real": {"X": 20}, "types": ["X"], "returns": parts, "new": False, "apart": False}
    checks.agrees(forward_with_dropout, in_test_mode, network, **rules)

    def trained(X, p, keep_probs, rng, output="sigmoid"):
        """The masks of one call in training mode; the rest follows from them."""
        what = f"forward_with_dropout(X, parameters, {keep_probs}, rng, {output!r})"
        AL, caches, masks = checks.results(what, forward_with_dropout(X, p, keep_probs, rng, output), names)
        checks.length(f"masks of {what}", masks, len(keep_probs))
        for number, (keep_prob, mask) in enumerate(zip(keep_probs, masks, strict=True)):
            here, shape = f"masks[{number}] of {what}", (len(p[f"W{number + 1}"]), X.shape[1])
            checks.close(here, mask, np.where(mask, 1 / keep_prob, np.zeros(shape)), rtol=1e-12)
            far = abs(np.mean(mask) - 1) > 5 * np.sqrt((1 / keep_prob - 1) / mask.size) + 1e-9
            checks.that(not far, f"{here}: {np.mean(mask != 0):.0%} are kept, expected about {keep_prob:.0%}")
        expected, wanted = chain(X, p, masks, output)
        checks.close(f"AL of {what}", AL, expected, rtol=1e-9)
        checks.length(f"caches of {what}", caches, len(wanted))
        for number, (A_prev, _, _, Z) in enumerate(wanted):
            checks.close(f"A_prev in caches[{number}] of {what}", caches[number][0], A_prev, rtol=1e-9)
            checks.close(f"Z in caches[{number}] of {what}", caches[number][3], Z, rtol=1e-9)
        return masks

    for keep_probs, n in (([], [3, 2]), ([0.3], [4, 200, 1]), ([0.9, 1.0, 0.4, 0.6], [5, 60, 30, 40, 50, 3])):
        X, p = np.random.default_rng(33).normal(0, 1, (n[0], 51)), dense.initialize_deep(n, 3)
        trained(X, {key: value + 0.1 for key, value in p.items()}, keep_probs, np.random.default_rng(4))
        trained(X[:, :1], p, keep_probs, np.random.default_rng(4), "softmax")
    checks.unchanged(forward_with_dropout, X, p, [1.0] * 4, np.random.default_rng(4))
    p, rng, what = dense.initialize_deep([5, 25, 25, 2], 5), np.random.default_rng(6), "forward_with_dropout(…, rng)"
    one, two = (trained(X, p, [0.5, 0.5], rng) for _ in range(2))
    checks.that(not np.array_equal(one[0], one[1]), f"{what}: two layers have the same mask; draw one for each layer")
    checks.that(not np.array_equal(one[0], two[0]), f"{what}: a second call with the same rng has the same masks")
    first, again = (trained(X, p, [0.5, 0.5], np.random.default_rng(7)) for _ in range(2))
    checks.that(np.array_equal(first, again), f"{what}: the same state of rng must give the same masks")
    forward_with_dropout(X, p, [0.5, 0.5], rng := np.random.default_rng(8), "sigmoid", False)
    checks.that(rng.random() == np.random.default_rng(8).random(), "forward_with_dropout draws numbers in test mode")
    ### END HIDDEN TESTS

# %% [markdown]
# The way back goes through the same masks. As in course 1, $dZ_l$ and $dA_l$ are $m$ times the derivatives of $J$ with respect to $Z_l$ and $A_l$, and the factor $1/m$ comes into $dW_l$ and $db_l$. From the output, where $dZ_L = A_L - Y$,
#
# $$dW_l = \frac1m dZ_l {A'_{l-1}}^T, \qquad db_l = \frac1m \sum_i dZ_l^{(i)}, \qquad dA_{l-1} = M_{l-1} * (W_l^T dZ_l), \qquad dZ_{l-1} = dA_{l-1} * [Z_{l-1} > 0].$$
#
# Only one thing is new: the mask between $W_l^T dZ_l$ and the ReLU. $A'_{l-1}$ stands in the cache of layer $l$ already. `dense.deep_backward` does not know the masks. It would notice that a unit is off, because its $A'$ is 0, but the factor $1/p$ would be missing.
#
# ### Exercise 5: `backward_with_dropout`


# %% exercise="backward_with_dropout"
def backward_with_dropout(AL, Y, caches, masks):
    """The gradient of the cost (dense.deep_cost) of a network with dropout, for the masks that were drawn.

    Args:
        AL, caches, masks: as forward_with_dropout returned them, for L layers.
        Y: labels, shape (n_L, m), as floats or whole numbers.

    Returns:
        A dict with "dW1", "db1", ..., "dWL", "dbL", each of the shape of its parameter. The derivative of ReLU is 0
        where Z is 0.

    Example:
        if all masks are 1, it is what dense.deep_backward(AL, Y, caches) returns.
    """
    # 1. Begin at the output: dZ = AL - Y, as in course 1.
    # 2. From the last layer to the first: dW and db; then the way to the layer before. Which mask belongs to that one?
    ### BEGIN SOLUTION
    grads, m, dZ = {}, Y.shape[1], AL - Y
    for layer in range(len(caches), 0, -1):
        A_prev, W, _, _ = caches[layer - 1]
        grads[f"dW{layer}"] = dZ @ A_prev.T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
        if layer > 1:
            dA = dropout_backward(W.T @ dZ, masks[layer - 2])
            dZ = dA * (caches[layer - 2][3] > 0)
    return grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Loop with `for layer in range(len(caches), 0, -1):` and take `A_prev, W, b, Z = caches[layer - 1]`. Without dropout the body is that of course 1, week 4.
# </details>
# <details><summary>Hint 2</summary>
#
# Layer `layer - 1` has the mask `masks[layer - 2]` and the score `caches[layer - 2][3]`. If `layer > 1`: `dA = dropout_backward(W.T @ dZ, masks[layer - 2])`, then `dZ = dA * (caches[layer - 2][3] > 0)`.
# </details>

# %% check="backward_with_dropout" points=3
with checks.exercise("backward_with_dropout"):
    X, masks = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]), [np.array([[2.0, 0.0, 2.0], [2.0, 2.0, 0.0]])]
    W1, b1, W2, b2 = (np.array(n) for n in ([[1.0, 1.0], [2.0, -0.5]], [[0.5], [-1.0]], [[0.5, -1.0]], [[-1.0]]))
    Z1, A1 = np.array([[1.5, 1.5, 3.5], [1.0, -1.5, 2.5]]), np.array([[3.0, 0.0, 7.0], [2.0, 0.0, 0.0]])
    caches = [(X, W1, b1, Z1), (A1, W2, b2, np.array([[-1.5, -1.0, 2.5]]))]
    AL, Y = np.array([[0.1824255238, 0.2689414214, 0.9241418200]]), np.array([[1, 0, 0]])
    what = "backward_with_dropout(AL, Y, caches, masks), L = 2, m = 3"
    checks.unchanged(backward_with_dropout, AL, Y, caches, masks)
    grads = backward_with_dropout(AL, Y, caches, masks)
    checks.keys(what, grads, ["dW1", "db1", "dW2", "db2"])
    slips = {
        "the factor 1 / keep_prob is missing on the way back": [[0.1717848606, 0.1540236367], [0.2725248254, 0.0]],
        "the mask is missing on the way back": [[0.1717848606, 0.1988472069], [-0.3435697213, -0.3080472733]],
        "the derivative of ReLU is missing": [[0.3435697213, 0.3080472733], [0.5450496508, -0.1792942809]],
    }
    dW1 = [[0.3435697213, 0.3080472733], [0.5450496508, 0.0]]
    checks.close(f"dW1 of {what}", grads["dW1"], dW1, mistakes=slips, rtol=1e-7)
    checks.close(f"db1 of {what}", grads["db1"], [[0.0355224479], [0.5450496508]], rtol=1e-7)
    doubled = {"A_prev in the cache has passed the dropout already": [[2.6775128742, -1.0900993016]]}
    checks.close(f"dW2 of {what}", grads["dW2"], [[1.3387564371, -0.5450496508]], mistakes=doubled, rtol=1e-7)
    ### BEGIN HIDDEN TESTS

    def example_by_example(AL, Y, caches, masks):
        m, grads = Y.shape[1], {}
        for layer, (_, W, b, _) in enumerate(caches, 1):
            grads |= {f"dW{layer}": np.zeros(W.shape), f"db{layer}": np.zeros(b.shape)}
        for i in range(m):
            back = AL[:, i : i + 1] - Y[:, i : i + 1].astype(float)
            for layer in range(len(caches), 0, -1):
                A_prev, W, _, _ = caches[layer - 1]
                grads[f"dW{layer}"] += np.outer(back, A_prev[:, i]) / m
                grads[f"db{layer}"] += back / m
                if layer > 1:
                    factor = np.where(caches[layer - 2][3][:, i] > 0, masks[layer - 2][:, i], 0.0)
                    back = (factor * np.sum(W * back, axis=0))[:, None]
        return grads

    def network(rng, n_0, n_L, m, L, keep_prob=None, sharp=1.0, bias=0.3):
        p = dense.initialize_deep([n_0, *rng.integers(2, 6, L - 1).tolist(), n_L], int(rng.integers(99)))
        p = {key: sharp * value + bias * rng.normal(size=value.shape) for key, value in p.items()}
        X = np.where(np.arange(m) % 3 == 1, 0.0, rng.normal(0, 1, (n_0, m)))
        keep_probs = [float(rng.uniform(0.5, 1)) if keep_prob is None else keep_prob for _ in range(L - 1)]
        AL, caches, masks = forward_with_dropout(X, p, keep_probs, rng)
        return AL, rng.integers(0, 2, (n_L, m)), caches, masks

    special = {"with outputs near 0 and 1": {"sharp": 7.0}, "with Z = 0 in some examples": {"bias": 0.0}}
    special |= {"with masks of ones": {"keep_prob": 1.0}, "with few units kept": {"keep_prob": 0.05}}
    others = {words: network(np.random.default_rng(35), 6, 4, 9, 3, **options) for words, options in special.items()}
    AL, Y, *rest = network(np.random.default_rng(36), 5, 3, 8, 4)
    others["with Y that are shares, 0.9 and 0.1"] = (AL, 0.1 + 0.8 * Y, *rest)
    rules = {"sizes": {"n_0": 130, "n_L": 12, "m": 400, "L": 11}, "types": ["Y"], "apart": False}
    checks.agrees(backward_with_dropout, example_by_example, network, cases=others, **rules)
    ### END HIDDEN TESTS

# %% [markdown]
# ### The gradient check needs a frozen mask
#
# A gradient is checked by differences: move one parameter a little, and see how the cost moves (course 1, week 2). With dropout this fails at first. Each call of `forward_with_dropout` draws new masks, so two costs differ by chance, far more than by the small move. The remedy is to **freeze** the masks: give each call a new generator with the same seed. Then the cost is an ordinary function again.

# %%
X_small, Y_small = np.random.default_rng(5).normal(size=(4, 6)), one_hot(np.array([[3, 1, 4, 1, 5, 9]]))
small, step = dense.initialize_deep([4, 8, 8, 10], seed=1), 1e-5 * one_hot(np.array([[3]]))


def small_pass(shift, seed):
    moved = {**small, "b3": small["b3"] + shift}
    return forward_with_dropout(X_small, moved, [0.5, 0.8], np.random.default_rng(seed), "softmax")


AL, caches, masks = small_pass(0, seed=0)
print(f"slope by backpropagation {backward_with_dropout(AL, Y_small, caches, masks)['db3'][3, 0]:.6f}")
for name, seed in (("frozen", 0), ("drawn anew", 1)):
    low, high = (dense.deep_cost(AL, Y_small, "softmax") for AL in (small_pass(-step, 0)[0], small_pass(step, seed)[0]))
    print(f"slope by differences, masks {name}: {(high - low) / 2e-5:.6f}")

# %% [markdown]
# With frozen masks the two slopes agree; with masks drawn anew the difference says nothing. The next check does this for every parameter of a network.

# %% check="backward_with_dropout" points=1
with checks.exercise("backward_with_dropout"):
    check_rng = np.random.default_rng(40)

    def check_frozen(layer_dims, keep_probs, output):
        X, p = check_rng.normal(size=(layer_dims[0], 7)), dense.initialize_deep(layer_dims, 4)
        p = {key: value + 0.2 * check_rng.normal(size=value.shape) for key, value in p.items()}
        Y = np.eye(layer_dims[-1])[:, check_rng.integers(0, layer_dims[-1], 7)]

        def forward(p):
            return forward_with_dropout(X, p, keep_probs, np.random.default_rng(8), output)

        AL, caches, masks = forward(p)
        grads, what = backward_with_dropout(AL, Y, caches, masks), f"backward_with_dropout, layers {layer_dims}"
        checks.gradients(what, lambda p: dense.deep_cost(forward(p)[0], Y, output), grads, p, m=7)

    check_frozen([3, 6, 5, 2], [0.5, 0.8], "sigmoid")
    ### BEGIN HIDDEN TESTS
    check_frozen([4, 7, 3], [0.6], "softmax")
    check_frozen([2, 5, 6, 5, 1], [0.9, 1.0, 0.7], "sigmoid")
    ### END HIDDEN TESTS

# %% [markdown]
# ### On the spoilt digits
#
# The same network as in lesson 02, 64 inputs, 64 hidden units and 10 outputs, is trained with several values of `keep_prob`, on each of the three draws.


# %%
def train(sets, Y, keep_prob, seed, steps=1000, change=None):
    """Gradient descent with dropout. The arrays X of the list `sets` take turns; Y holds the labels, shape (10, m).

    change(X, Y, rng), if there is one, gives what a step trains on. Returns the last parameters, and a list of those
    after every tenth step.
    """
    parameters, rng, snapshots = dense.initialize_deep([64, 64, 10], seed), np.random.default_rng(seed), []
    for step in range(1, steps + 1):
        X = sets[step % len(sets)]
        X, T = change(X, Y, rng) if change else (X, Y)
        AL, caches, masks = forward_with_dropout(X, parameters, [keep_prob], rng, "softmax")
        parameters = dense.update(parameters, backward_with_dropout(AL, T, caches, masks), learning_rate=0.5)
        if step % 10 == 0:
            snapshots.append(parameters)
    return parameters, snapshots


keep_probs, trained, errors, snapshots = [1.0, 0.8, 0.5, 0.2], {}, {}, {}
for seed, (images, Y, X_dev, Y_dev) in enumerate(draws):
    X = flat(images)
    for p in keep_probs:
        trained[seed, p], snapshots[seed, p] = train([X], one_hot(Y), p, seed)
        sets = [(X, Y), (X_dev, Y_dev), (X_test, Y_test)]
        errors[seed, p] = [100 * (1 - accuracy(*each, trained[seed, p])) for each in sets]
    best = min(keep_probs, key=lambda p: errors[seed, p][1])
    print(f"draw {seed}: the dev set chooses keep_prob = {best}; wrong test pictures: ", end="")
    print(f"{errors[seed, 1.0][2]:.0f} % without dropout, {errors[seed, best][2]:.0f} % with it")

# %%
for number, name in enumerate(("training labels (spoilt)", "dev", "test")):
    curves = np.array([[errors[seed, p][number] for p in keep_probs] for seed in range(3)])
    plt.plot(range(4), curves.mean(axis=0), marker="o", label=name)
plt.fill_between(
    range(4), curves.min(axis=0), curves.max(axis=0), color=plots.COLORS[2], alpha=0.15, label="test, three draws"
)
plt.xticks(range(4), keep_probs)
plt.xlabel("keep_prob of the hidden layer (1: no dropout)")
plt.ylabel("wrong decisions in %")
plt.ylim(0, 60)
plt.title("The more units are dropped, the fewer wrong labels are learned")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* The fewer units are kept, the higher is the error on the training labels, of which many are wrong, and the lower is the error on new pictures. In each of the three draws dropout gains at least 10 points of test accuracy. Usual values of `keep_prob` are 0.5 to 0.8. Smaller ones pay here because so many labels are wrong; 0.2, the smallest that we tried, is chosen, and a careful person would try 0.1 as well. Dropout is a remedy against variance: use it where training and dev error differ, and not by habit (section 7 tries it on true labels).
#
# The training cost with dropout is noisy, because each step has another network. To see whether your code is right, set all `keep_probs` to 1 and take a small learning rate first: the cost must fall in each step. Then switch dropout on.
#
# ## 6. Why does it work?
#
# *Is it true that no unit relies on another one?*
#
# We take the trained networks in test mode and remove some of the 64 hidden units, chosen at random, 20 times for each number. Nothing is trained again.

# %%
gone = [0, 4, 8, 16, 24, 32, 48]
for p in (1.0, 0.5, 0.2):
    rights = np.zeros((3, len(gone)))
    for seed, place in np.ndindex(rights.shape):
        network, rng = trained[seed, p], np.random.default_rng(seed)
        A1 = dense.linear_activation_forward(X_test, network["W1"], network["b1"], "relu")[0]
        for _ in range(20):
            left = rng.permutation(64)[gone[place] :]
            Z2 = network["W2"][:, left] @ A1[left] + network["b2"]
            rights[seed, place] += 100 * np.mean(Z2.argmax(axis=0) == Y_test[0]) / 20
    plt.plot(gone, rights.mean(axis=0), marker="o", label=f"trained with keep_prob = {p:g}")
    plt.fill_between(gone, rights.min(axis=0), rights.max(axis=0), alpha=0.15)
plt.xlabel("hidden units removed (of 64)")
plt.ylabel("test pictures right in %")
plt.ylim(0, 100)
plt.title("A network trained with dropout can do without some of its units")
plt.legend()
plt.show()

# %%
for seed in range(3):
    network, plain, rng = trained[seed, 0.5], trained[seed, 1.0], np.random.default_rng(seed)
    outputs = [forward_with_dropout(X_test, network, [0.5], rng, "softmax")[0] for _ in range(100)]
    one, mean = (np.mean(AL.argmax(axis=0) == Y_test[0]) for AL in (outputs[0], np.mean(outputs, axis=0)))
    squares, before = (sum(np.sum(each[key] ** 2) for key in ("W1", "W2")) for each in (network, plain))
    print(f"draw {seed}: one thinned network {one:.0%} right, the mean of 100 of them {mean:.0%}, ", end="")
    print(f"test mode {accuracy(X_test, Y_test, network):.0%}; squares of all weights {squares:.0f}, were {before:.0f}")

# %% [markdown]
# *What to notice.* Three ways to look at it, and a measurement for each:
#
# - **No unit is indispensable.** Without dropout the loss of 8 units of 64 costs at least 10 points. With dropout it costs 5 points at most. The knowledge is spread over many units.
# - **It is a vote of many networks.** One thinned network alone is not good. The mean of 100 of them is much better, and the test mode is as good as the mean, within three points. It needs one pass instead of 100.
# - **The weights are smaller.** With `keep_prob = 0.5` the sum of their squares is about a third lower. As no input can be trusted, it does not pay to put a large weight on one of them. So dropout works in the same direction as the L2 penalty (section 3).
#
# ## 7. New pictures out of old ones
#
# *More data would be the best remedy. Can we make some?*
#
# **Data augmentation** changes a picture in a way that does not change its label. A cat that looks to the left becomes one that looks to the right. A digit that stands one pixel higher is still the same digit. Such pictures hold less that is new than pictures of other cats, but they cost nothing. They tell the network what must not matter.
#
# Pictures have the shape $(m, n_H, n_W, n_C)$. A **flip** exchanges left and right. A **shift** moves the whole picture by whole pixels; what leaves it is lost, and what comes in is 0.
#
# *On paper.* $\begin{bmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \end{bmatrix}$ flipped is $\begin{bmatrix} 3 & 2 & 1 \\ 6 & 5 & 4 \end{bmatrix}$; this one moved by one row down and by one column to the right is $\begin{bmatrix} 0 & 0 & 0 \\ 0 & 3 & 2 \end{bmatrix}$.
#
# ### Exercise 6: `augment_flip_shift`


# %% exercise="augment_flip_shift"
def augment_flip_shift(images, rng, shift=2, flip=True):
    """One new picture out of each picture: flipped at random, and moved at random.

    Args:
        images: shape (m, n_H, n_W, n_C), floats or whole numbers, also uint8.
        rng: a generator. All randomness comes from it: from the same state it gives the same pictures, and the next
            call with it gives others.
        shift: the farthest move in pixels, a whole number from 0 to min(n_H, n_W) - 1.
        flip: True if pictures may be flipped, else False.

    Returns:
        A new array of the shape and with the numbers of images. Each picture is drawn independently of the others: with
        flip=True it is flipped (left and right exchanged) with probability 1/2. It is moved by dy rows and dx columns,
        each a whole number from -shift to shift, all equally likely, independent of each other and of the flip. What leaves a picture is lost, what comes in
        is 0. All channels of a picture move together.

    Example:
        augment_flip_shift(images, rng, shift=0, flip=False) gives a copy of images.
    """
    # 1. Each picture has its own dy, dx and its own coin.
    # 2. A frame of zeros around the pictures helps: a move is then a window of the old size in the larger picture.
    ### BEGIN SOLUTION
    m, n_H, n_W, _ = images.shape
    moved = np.zeros_like(images)
    for i in range(m):
        framed = np.pad(images[i], ((shift, shift), (shift, shift), (0, 0)))
        top, left = rng.integers(0, 2 * shift + 1, 2)
        moved[i] = framed[top : top + n_H, left : left + n_W]
        if flip and rng.random() < 0.5:  # equivalent "< → <=", "< → >": a coin has two sides
            moved[i] = moved[i, :, ::-1]
    return moved
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# In a loop over the pictures, `framed = np.pad(images[i], ((shift, shift), (shift, shift), (0, 0)))` puts `shift` zeros above, below, to the left and to the right of a picture. `picture[:, ::-1]` is a flipped one.
# </details>
# <details><summary>Hint 2</summary>
#
# The window begins at a row `top` and a column `left`, both whole numbers from 0 to `2 * shift`: `rng.integers(0, 2 * shift + 1)`; its upper limit is not included. `picture = framed[top : top + n_H, left : left + n_W]` is the moved picture. Flip it if `flip and rng.random() < 0.5`, and put it into `moved[i]`.
# </details>

# %% check="augment_flip_shift" points=3
with checks.exercise("augment_flip_shift"):
    images = np.zeros((300, 5, 6, 1))
    images[:, 0, 1, 0], images[:, 2, 2, 0], images[:, 2, 1, 0] = 7.0, 5.0, 4.0
    checks.unchanged(augment_flip_shift, images, np.random.default_rng(0), 0, False)
    what = "augment_flip_shift(images, rng, shift=1, flip=False)"
    moved = augment_flip_shift(images, np.random.default_rng(1), 1, False)
    checks.shape(what, moved, (300, 5, 6, 1))
    checks.that(not moved[:, 4].any(), f"{what}: something stands in the last row; what leaves a picture is lost")
    rows, columns = (sorted(set(places.tolist())) for places in np.nonzero(moved == 5)[1:3])
    checks.equal(f"the rows in which a 5 stands, in row 2 at first, in {what}", rows, [1, 2, 3])
    checks.equal(f"the columns in which a 5 stands, in column 2 at first, in {what}", columns, [1, 2, 3])
    checks.that(len(np.unique(moved, axis=0)) == 9, f"{what}: the pictures do not have all 9 moves; draw one for each")
    what = "augment_flip_shift(images, rng, shift=0)"
    flipped = augment_flip_shift(images, np.random.default_rng(1), 0)
    columns = sorted(set(np.nonzero(flipped == 5)[2].tolist()))
    checks.equal(f"the columns in which a 5 stands, in column 2 of 0 to 5 at first, in {what}", columns, [2, 3])
    checks.that(100 < np.sum(flipped[:, 2, 3] == 5) < 200, f"{what}: about half of the 300 pictures should be flipped")

    ### BEGIN HIDDEN TESTS
    def copied(images, rng, shift, flip):
        return images

    def pictures(rng, m, n_H, n_W, n_C):
        return rng.normal(0, 1, (m, n_H, n_W, n_C)), np.random.default_rng(m), 0, False

    rules = {"sizes": {"m": 130, "n_H": 30, "n_W": 30, "n_C": 5}, "types": ["images"], "pixels": ["images"]}
    checks.agrees(augment_flip_shift, copied, pictures, real={"images": 1e6}, **rules)

    def held(images, rng, *options):
        """One call, whose pictures must be allowed ones, all of them equally often, without a pattern."""
        shift, flip = (*options, *(2, True)[len(options) :])
        what = f"augment_flip_shift(images of shape {images.shape}, rng, {shift}, {flip})"
        moved, (m, n_H, n_W, _) = augment_flip_shift(images, rng, *options), images.shape
        checks.shape(what, moved, images.shape)
        found, variants = np.full(m, -1), np.ndindex(2 * shift + 1, 2 * shift + 1, 2 if flip else 1)
        for number, (down, right, turned) in enumerate(variants):
            variant, source = np.zeros(images.shape), images[:, :, ::-1] if turned else images
            for y in range(n_H):
                for x in range(n_W):
                    if 0 <= y + down - shift < n_H and 0 <= x + right - shift < n_W:
                        variant[:, y + down - shift, x + right - shift] = source[:, y, x]
            found[(variant == moved).all(axis=(1, 2, 3))] = number
        checks.that((found >= 0).all(), f"{what}: {np.sum(found < 0)} of {m} pictures are no allowed move or flip")
        mean = m / (number + 1)
        uneven = np.abs(np.bincount(found, minlength=number + 1) - mean).max() > 6 * np.sqrt(mean)
        checks.that(m < 2000 or not uneven, f"{what}: the moves and flips are not equally likely")
        pattern = abs(np.sum(found[1:] == found[:-1]) - mean) > 5 * np.sqrt(mean) + 1
        checks.that(m < 2000 or not pattern, f"{what}: a picture moves like the one before it; draw for each")
        return moved

    check_rng = np.random.default_rng(51)
    many = check_rng.normal(0, 1, (2000, 4, 5, 2))
    for options in ((), (1,), (1, False), (0, True), (2, False), (0, False)):
        held(many, np.random.default_rng(52), *options)
    held(check_rng.integers(1, 256, (2000, 6, 3, 3)).astype(np.uint8), np.random.default_rng(53), 2, True)
    few, rng = many[:200], np.random.default_rng(55)
    for shape in ((1, 6, 6, 1), (2, 1, 1, 1), (30, 3, 4, 4)):
        held(check_rng.normal(0, 1, shape), rng, shape[1] - 1)
    moves_on = not np.array_equal(held(few, rng), held(few, rng))
    checks.that(moves_on, "augment_flip_shift: a second call with the same rng gives the same")
    places = {held(few[:1], rng, 0).tobytes() for _ in range(40)}
    checks.equal(
        "augment_flip_shift: different pictures of 40 calls with one rng, one picture, shift=0", len(places), 2
    )
    checks.unchanged(augment_flip_shift, few, np.random.default_rng(56))
    ### END HIDDEN TESTS

# %%
rows = [(data.load_cat_pictures(), 1, 3, "A cat stays a cat"), (digits, 5, 1, "A flipped 5 is no 5 any more")]
for pictures, label, far, title in rows:
    picture = pictures.X_train[pictures.Y_train[0] == label][:1]
    made = augment_flip_shift(np.repeat(picture, 7, axis=0), np.random.default_rng(2), far)
    plots.show_images(np.concatenate([picture, made]), ["original", *[""] * 7], title=title)
    plt.show()

# %% [markdown]
# *What to notice.* Flips and shifts of a cat are cats. A flipped digit is no digit (but for 0, 1 and 8), and its label would be wrong. So the digits are only moved. **You** must know what a label allows; the code cannot.
#
# Does it help? First on the **true** labels of the 500 pictures, where the network is right on about 95 % of the test pictures. The digits of this dataset are all well centred. So we also test on the same test pictures moved at random by up to one pixel. From each picture we make 20 versions. In each step the network sees another one of them.


# %%
def versions(images, seed, shift, flip):
    """20 augmented sets of the same pictures, each of shape (64, m)."""
    rng = np.random.default_rng(seed)
    return [flat(augment_flip_shift(images, rng, shift, flip)) for _ in range(20)]


X_moved = flat(augment_flip_shift(digits.X_test, np.random.default_rng(9), 1, False))
print("true labels; test pictures right in %, as they are / moved by up to one pixel")
for seed in range(3):
    images, Y, _, _ = draw_digits(seed, spoilt=False)
    print(f"draw {seed}", end="")
    ways = {"nothing": (1.0, [flat(images)]), "dropout": (0.5, [flat(images)])}
    ways |= {"shifts": (1.0, versions(images, seed, 1, False)), "flips": (1.0, versions(images, seed, 0, True))}
    for name, (p, sets) in ways.items():
        parameters, _ = train(sets, one_hot(Y), p, seed, steps=300)
        rights = [accuracy(each, Y_test, parameters) for each in (X_test, X_moved)]
        print(f"   {name} {rights[0]:.0%} / {rights[1]:.0%}", end="")
    print()

# %% [markdown]
# *What to notice.* Dropout changes little on true labels, by two points at most. On well centred pictures shifts gain nothing, and cost one to a few points: the network learns something that this test set does not ask for. On pictures that are only one pixel off, the plain network fails: it is right on less than half of them. With shifts it is right on at least 80 %. Flips cost at least two points, because they teach wrong pictures. **Augment with what the pictures of your users will show.** Section 9 spoils the labels again.
#
# ## 8. Stop in time
#
# *Must a training go on to the end?*
#
# In a long training the dev error often falls first and rises later, while the training error goes on falling. **Early stopping** ends the training when the dev error has not become lower for a while, and goes back to the best parameters seen. "A while" is the **patience**: so many measurements in a row without a new lowest error.
#
# *On paper.* The dev error is measured again and again: 0.50, 0.40, 0.45, 0.42, 0.30, 0.35. The places are counted from 0.
# With a patience of 2 the lowest error is at place 1. Places 2 and 3 are not lower, so the training stops at place 3. It never sees the 0.30.
# With a patience of 3 it goes on after place 3. Place 4 is a new lowest error, and the count begins again. The list ends at place 5.
#
# ### Exercise 7: `early_stopping`


# %% exercise="early_stopping"
def early_stopping(history, patience):
    """Where a training stops, and where it was best until then.

    Args:
        history: a list of dev errors, as they were measured one after the other; floats or whole numbers, no NaN.
        patience: a whole number >= 1. The training stops as soon as so many measurements in a row have not been below the
            lowest error up to then.

    Returns:
        (best, stop): two whole numbers, places in history from 0. stop is where the training stops, the last place if
        it never does; best is the place of the lowest error up to stop, the first of them if several are equal.

    Raises:
        ValueError: patience is below 1.

    Example:
        early_stopping([0.50, 0.40, 0.45, 0.42, 0.30, 0.35], 2) is (1, 3).
    """
    # 1. Go through the errors in order, and remember the place of the lowest one so far.
    # 2. How long ago was it? What if the new error is equal to it?
    ### BEGIN SOLUTION
    if patience < 1:
        raise ValueError(f"patience is {patience}; it must be 1 or above")
    best = 0
    for place, error in enumerate(history):
        if error < history[best]:
            best = place
        elif place - best >= patience:
            return best, place
    return best, len(history) - 1
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `place - best` measurements have passed since the lowest error. Only an error that is really lower, `<`, is a new best one.
# </details>
# <details><summary>Hint 2</summary>
#
# In a loop over `enumerate(history)`: if `error < history[best]`, set `best = place`; else, if `place - best >= patience`, return both places. After the loop, `stop` is the last place.
# </details>

# %% check="early_stopping" points=2
with checks.exercise("early_stopping"):
    names, paper, ties = ["best", "stop"], [0.50, 0.40, 0.45, 0.42, 0.30, 0.35], [0.3, 0.2, 0.2, 0.2, 0.1]
    checks.unchanged(early_stopping, paper, 2)
    late = {"it stops one measurement too late": 3, "it stops one measurement too early": 1}
    ahead, equal = {"the errors after the stop are never measured": 4}, {"an equal error is not lower": 4}
    rows = [(paper, 1, (1, 2), late), (paper, 2, (1, 3), {}), (paper, 3, (4, 5), {}), (ties, 2, (1, 3), equal)]
    for history, patience, (best, stop), slips in rows:
        what = f"early_stopping({history}, {patience})"
        answer = checks.results(what, early_stopping(history, patience), names)
        checks.close(f"stop of {what}", answer[1], stop, mistakes=slips)
        checks.close(f"best of {what}", answer[0], best, mistakes=ahead)
        checks.whole(what, *answer)
    checks.raises("early_stopping(history, 0)", ValueError, early_stopping, paper, 0)
    ### BEGIN HIDDEN TESTS

    def looking_back(history, patience):
        for stop in range(len(history)):
            best = history.index(min(history[: stop + 1]))
            if stop - best >= patience:
                break
        return best, stop

    def training(rng, n, patience):
        return (rng.integers(0, 12, n) / 8 + 1.5 * np.exp(-np.arange(n) / 20)).tolist(), patience

    falling = [1.0 / (1 + t) for t in range(1300)]
    others = {
        "with an error that falls all the time": (falling, 1),
        "with errors that rise after place 1,200": (falling[:1200] + [1.0 + t for t in range(300)], 250),
        "with errors that fall by 1e-12": ([0.5 - 1e-12 * t for t in range(9)], 2),
        "with errors that rise by 1e-12": ([0.5 + 1e-12 * t for t in range(9)], 2),
        "with a new lowest error at the last moment": ([5.0, 6.0, 7.0, 4.0, 5.0, 6.0, 3.0, 9.0], 3),
        "with an error of 0": ([0.3, 0.0, 0.1, 0.2, 0.05, 0.01], 3),
        "with negative numbers": ([-1.0, -3.0, -2.0, -2.5, -4.0], 3),
        "with large errors": ([4e99, 3e99, 5e99, 6e99, 1.0], 2),
    }
    rng = np.random.default_rng(61)
    others |= {f"with ties, try {t}": (rng.integers(0, 5, 12).tolist(), int(rng.integers(1, 6))) for t in range(60)}
    rules = {"returns": names, "types": ["history"], "cases": others, "new": False}
    checks.agrees(early_stopping, looking_back, training, sizes={"n": 400, "patience": 30}, **rules)
    checks.raises("early_stopping([1.0], -1)", ValueError, early_stopping, [1.0], -1)
    ### END HIDDEN TESTS

# %% [markdown]
# Now with the network that has no other remedy. The dev error is measured after every tenth step, and the patience is 10, so 100 steps. The snapshots of the runs in section 5 are all there, also those after the stop, so we can see what would have come.

# %%
stopped, watched = [], []
for seed, (images, Y, X_dev, Y_dev) in enumerate(draws):
    sets, every = [(flat(images), Y), (X_dev, Y_dev)], snapshots[seed, 1.0]
    curves = np.array([[1 - accuracy(*each, parameters) for parameters in every] for each in sets])
    place, stop = early_stopping(curves[1].tolist(), patience=10)
    stopped.append(every[place])
    watched.append((100 * curves, place, stop))
    rights = [accuracy(X_test, Y_test, each) for each in (every[place], every[-1])]
    print(f"draw {seed}: best after {10 * place + 10} steps, stopped after {10 * stop + 10} of 1000; ", end="")
    print(f"test pictures right {rights[0]:.0%} at the best place, {rights[1]:.0%} at the end")

# %%
curves, place, stop = watched[0]
steps = 10 * np.arange(1, 101)
plt.plot(steps, curves[0], label="training labels (spoilt)")
plt.plot(steps, curves[1], label="dev")
plt.plot(steps[place], curves[1][place], "o", color=plots.COLORS[2], label="best parameters")
plt.axvline(steps[stop], color=plots.COLORS[6], linestyle=":", label="the training stops")
plt.xlabel("steps of gradient descent")
plt.ylabel("wrong decisions in %")
plt.ylim(0, 100)
plt.title("The network first learns the digits, and then the wrong labels")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* The training error goes on falling, with some jumps. The dev error is lowest within the first 150 steps, and then rises. Stopping there gains at least 15 points in each draw, and saves most of the time. What most pictures have in common gives the larger gradient, so it is learned first. The single wrong labels come later, with large weights: a training that stops early has smaller weights, and acts like the L2 penalty (not shown here).
#
# It has its price. Early stopping mixes two tasks that are better kept apart: to make the training cost small, and not to overfit. After a stop you cannot say whether another optimiser would have found a better network. Some prefer the L2 penalty for this reason, and pay by training for several $\lambda$. The dev error that chose the stop is also a little too good; ask the test set.
#
# ## 9. Two more, and a comparison
#
# *What else is in use?*
#
# **Label smoothing** does not claim more than it knows. Among $K$ classes the true one gets $1 - \varepsilon + \varepsilon / K$ instead of 1, all others get $\varepsilon / K$. With $\varepsilon = 0.3$ and $K = 10$ these are 0.73 and 0.03. The cost can no longer be lowered by ever larger scores.
#
# **Mixup** trains on mixtures of two examples $i$ and $j$, drawn anew in each step,
#
# $$\tilde{x} = t \, x^{(i)} + (1 - t) \, x^{(j)}, \qquad \tilde{y} = t \, y^{(i)} + (1 - t) \, y^{(j)}, \qquad 0 \le t \le 1,$$
#
# with the same random $t$ for both. So between two examples the outputs should change evenly. Both need labels that are shares, and the gradient $A_L - Y$ holds for these as well.


# %%
def mixup(X, Y, rng):
    """Each column mixed with another one at random; inputs and labels in the same proportion."""
    t, partner = rng.random(), rng.permutation(X.shape[1])
    return t * X + (1 - t) * X[:, partner], t * Y + (1 - t) * Y[:, partner]


networks = {"nothing": [trained[seed, 1.0] for seed in range(3)], "label smoothing": [], "mixup": [], "shifts": []}
networks |= {"dropout 0.5": [trained[seed, 0.5] for seed in range(3)], "shifts and dropout 0.5": []}
networks["early stopping"] = stopped
for seed, (images, Y, _, _) in enumerate(draws):
    X, T, moved = flat(images), one_hot(Y), versions(images, seed, 1, False)
    networks["label smoothing"].append(train([X], 0.7 * T + 0.03, 1.0, seed)[0])
    networks["mixup"].append(train([X], T, 1.0, seed, change=mixup)[0])
    networks["shifts"].append(train(moved, T, 1.0, seed)[0])
    networks["shifts and dropout 0.5"].append(train(moved, T, 0.5, seed)[0])
    print(f"draw {seed} is done")

# %%
for place, each in enumerate(networks.values()):
    wrong = [100 * (1 - accuracy(X_test, Y_test, parameters)) for parameters in each]
    plt.barh(place, np.mean(wrong), color=plots.COLORS[5])
    plt.plot(wrong, [place] * 3, "o", color=plots.COLORS[0], label="one draw" if place == 0 else None)
plt.yticks(range(len(networks)), networks)
plt.gca().invert_yaxis()
plt.xlabel("wrong test pictures in %, mean of three draws")
plt.xlim(0, 50)
plt.title("Spoilt labels: all remedies help, and they can be combined")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* Every remedy helps in every draw. Label smoothing gains about five points, mixup more, the shifts at least 8: a wrong label is harder to learn by heart if its picture looks different each time. Dropout gains more than 10 points. Shifts and dropout together, or early stopping alone, gain more than 15; the L2 penalty of lesson 02 is in the same range.
# This order holds for labels that are wrong at random. With true labels hardly any of them gained (section 7). There is no best remedy, only a dev set that tells you.

# %% [markdown]
# ## What you built
#
# - `dropout_forward` and `dropout_backward`: one layer of inverted dropout, with the same mask in both directions;
# - `mean_over_masks`: what dropout keeps on average (sums), what it does not (bends), and the L2 penalty inside it;
# - `forward_with_dropout` and `backward_with_dropout`: the whole network in two modes, with a gradient checked behind frozen masks; on spoilt labels it gained at least 10 points in each draw;
# - `augment_flip_shift`: pictures that tell the network what must not matter;
# - `early_stopping`: the step at which to stop, by the dev error alone.
#
# ## On your own
#
# - Put dropout on the input as well, with a `keep_prob` of 0.9. Does it gain anything here?
# - Take two hidden layers, of 256 and 32 units, and choose a `keep_prob` for each by the dev set. Which one wants the smaller number?
# - *Hard.* **Monte Carlo dropout** (Gal and Ghahramani): leave dropout on at test time, and take the spread of 100 answers as a measure of doubt. Sort the test pictures by it. Are the wrong ones at the end? Does it find them better than the largest output in test mode does? Then give it pictures of clothes (`data.load_clothes()`, made smaller).
#
# ## In practice
#
# In PyTorch `torch.nn.Dropout(p)` takes the probability that an entry is **dropped**, so `p = 1 - keep_prob`; `model.train()` and `model.eval()` are the two modes, and forgetting `eval()` is a common mistake. `torchvision.transforms` has flips, shifts and much more, and `CrossEntropyLoss(label_smoothing=0.1)` smooths. Keras has `Dropout(rate)`, also the share that is dropped, and `EarlyStopping(patience=…, restore_best_weights=True)`: without the last argument it keeps the last parameters, not the best. In networks for pictures, batch normalisation (week 3) and augmentation have mostly taken the place of dropout; large language models use little of it, because they see most of their text only once.
#
# ## References
#
# - N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever and R. Salakhutdinov (2014), *Dropout: a simple way to prevent neural networks from overfitting*, Journal of Machine Learning Research 15.
# - S. Wager, S. Wang and P. Liang (2013), *Dropout training as adaptive regularization*, NIPS 26.
# - Y. Gal and Z. Ghahramani (2016), *Dropout as a Bayesian approximation: representing model uncertainty in deep learning*, ICML.
# - L. Prechelt (1998), *Early stopping – but when?*, in Neural Networks: Tricks of the Trade, Springer.
# - C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens and Z. Wojna (2016), *Rethinking the Inception architecture for computer vision*, CVPR.
# - H. Zhang, M. Cisse, Y. N. Dauphin and D. Lopez-Paz (2018), *mixup: beyond empirical risk minimization*, ICLR.
