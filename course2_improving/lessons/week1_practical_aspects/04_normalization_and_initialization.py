# %% [markdown]
# You will bring the inputs of a network to a common scale, and choose the size of its first weights so that signals and gradients survive 50 layers.
# Both cost two lines of code. The first makes your network of course 1 learn in less than a third of the steps, the second decides whether a deep network learns at all.

# %% [markdown]
# ## What you will be able to do
#
# - normalise the training set, and bring any other data to the same scale without looking at their own mean;
# - derive which variance of the weights keeps a signal alive, for ReLU and for tanh, and start a network with it;
# - measure how activations and gradients vanish or explode through 50 layers;
# - find mistakes before the training begins, from the first cost alone;
# - read two signs of health of a network: units that died, and the size of a step compared with the weights.
#
# **What you need:** the deep network of [course 1, week 4](../../../course1_nn/release/week4_deep_neural_networks/03_building_blocks_of_deep_networks.ipynb) and the pictures of [lesson 02](02_l2_regularization.ipynb).
# The set-up cell loads your building blocks of course 1 as `dense`.

# %%
import sys

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
# | `dense.deep_cost(AL, Y, output)` | the cost, a number: the losses added up over the outputs, their mean over the examples |
# | `dense.deep_backward(AL, Y, caches)` | `grads`: `"dW1"`, `"db1"`, …, each of the shape of its parameter |
# | `dense.update(parameters, grads, learning_rate)` | new parameters after one step of gradient descent |
#
# ## 1. One scale for all inputs
#
# *Why does gradient descent care about units?*
#
# The price of a house depends on its living area (500 to 5,000 square feet) and on its bathrooms (1 to 5). A step of gradient descent has **one** learning rate for all weights. The gradient of a weight is proportional to its input, so the weight of the area gets a gradient about a thousand times larger. A rate that suits one weight is useless for the other.
#
# The remedy is to measure each feature in units of its own spread, as seen from its own mean. For the row $x_j$ of the **training** set, $j = 1, \dots, n_x$:
#
# $$\mu_j = \frac{1}{m} \sum_{i=1}^{m} x_j^{(i)}, \qquad \sigma_j = \sqrt{\frac{1}{m} \sum_{i=1}^{m} \bigl(x_j^{(i)} - \mu_j\bigr)^2}, \qquad \hat{x}_j = \frac{x_j - \mu_j}{\sigma_j}.$$
#
# Afterwards each row has mean 0 and standard deviation 1. In course 1 you did this with `standardize`. Two points need more care than they got there.
#
# **A constant feature.** A pixel that is black in every picture has $\sigma_j = 0$. We put $\sigma_j = 1$ there, so that its row becomes 0. But the computer does not always find 0: for the row $[0.1, 0.1, 0.1]$ NumPy computes a standard deviation of about $10^{-17}$, and dividing by that turns a harmless rounding error into numbers like 1. So do not ask whether the deviation is 0. Ask whether all entries of the row are **equal**.
#
# **New data.** Dev and test pictures must go through exactly the same formula as the training pictures, with the $\mu$ and $\sigma$ of the *training* set. With their own mean, the same picture would get other numbers, depending on which pictures come with it. A single new picture would become a column of zeros.
#
# *On paper.* $x_1 = [2, 4, 9]$: the mean is 5, the deviations are $-3, -1, 4$, and $\sigma_1 = \sqrt{26/3} = 2.944$. The row becomes $[-1.019, -0.340, 1.359]$. $x_2 = [0.1, 0.1, 0.1]$ has $\mu_2 = 0.1$, $\sigma_2 = 1$ and becomes $[0, 0, 0]$.
# A new example $(8, \; 0.3)$ becomes $(3 / 2.944, \; 0.2 / 1) = (1.019, \; 0.2)$.
#
# ### Exercise 1: `normalize_train`


# %% exercise="normalize_train"
def normalize_train(X):
    """Normalise a training set: each feature gets mean 0 and standard deviation 1.

    Args:
        X: features, shape (n_x, m), of floats, whole numbers or pixels (uint8). The mean of a feature may be up to a
            million times larger than its deviation.

    Returns:
        A tuple (X_norm, mu, sigma) of floats: the normalised features, shape (n_x, m); the mean and the standard deviation
        of each feature, both of shape (n_x, 1). A feature whose entries are all equal has sigma 1 (exactly), and its row of
        X_norm is 0 (up to the rounding of its mean). No other feature is treated like that, however small its deviation is.

    Example:
        normalize_train(np.array([[2, 4, 9], [0.1, 0.1, 0.1]])) has mu [[5], [0.1]] and sigma [[2.944], [1]].
    """
    # 1. Mean and standard deviation of each row, as columns.
    # 2. In which rows are all entries equal? What tells it without rounding?
    # 3. Broadcasting does the rest.
    ### BEGIN SOLUTION
    mu = np.mean(X, axis=1, keepdims=True)
    sigma = np.std(X, axis=1, keepdims=True)
    constant = X.max(axis=1, keepdims=True) == X.min(axis=1, keepdims=True)
    sigma = np.where(constant, 1.0, sigma)
    return (X - mu) / sigma, mu, sigma
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.mean(X, axis=1, keepdims=True)` is a column with the mean of each row. `np.std` works in the same way.
# </details>
# <details><summary>Hint 2</summary>
#
# All entries of a row are equal if its largest one is its smallest one. Comparing numbers is exact.
# </details>
# <details><summary>Hint 3</summary>
#
# `constant = X.max(axis=1, keepdims=True) == X.min(axis=1, keepdims=True)` is a column of True and False. `np.where(constant, 1.0, sigma)` is 1 where it is True.
# </details>

# %% check="normalize_train" points=2
with checks.exercise("normalize_train"):
    X = np.array([[2.0, 4.0, 9.0], [0.1, 0.1, 0.1]])
    checks.unchanged(normalize_train, X)
    what = "normalize_train([[2, 4, 9], [0.1, 0.1, 0.1]])"
    X_norm, mu, sigma = checks.results(what, normalize_train(X), ["X_norm", "mu", "sigma"])
    checks.close(f"mu of {what}", mu, [[5.0], [0.1]], mistakes={"this is the median": [[4.0], [0.1]]})
    slips = {
        "the computed deviation of the constant row is 1.4e-17, not 0; ask if its entries are equal": [
            [2.9439203],
            [0],
        ],
        "this is the variance; take its root": [[8.6666667], [1]],
        "the sum of squares is divided by m - 1 instead of m": [[3.6055513], [1]],
    }
    checks.close(f"sigma of {what}", sigma, [[2.9439203], [1]], mistakes=slips, rtol=1e-7)
    slips = {"the deviations are not divided by sigma": [[-3, -1, 4], [0, 0, 0]]}
    X_hat = [[-1.0190493, -0.3396831, 1.3587324], [0, 0, 0]]
    checks.close(f"X_norm of {what}", X_norm, X_hat, mistakes=slips, rtol=1e-7)
    ### BEGIN HIDDEN TESTS

    def row_by_row(X):
        mu, sigma, rows = [], [], []
        for row in X.tolist():
            mean = sum(row) / len(row)
            spread = (sum((x - mean) ** 2 for x in row) / len(row)) ** 0.5
            spread = 1.0 if len(set(row)) == 1 else spread
            mu.append([mean])
            sigma.append([spread])
            rows.append([(x - mean) / spread if len(set(row)) > 1 else 0.0 for x in row])
        return np.array(rows), np.array(mu), np.array(sigma)

    def features(rng, n_x, m):
        return rng.normal(0, 30, (n_x, m)) + 20

    far = 1e6 * np.array([[1.0], [-2.0], [0.5]]) + np.random.default_rng(70).integers(-(2**17), 2**17, (3, 8)) / 2**16
    tenths = np.tile(np.array([[0.1], [0.7], [-0.3], [1e-12]]), (1, 7))
    others = {
        "with means a million times larger than the deviations": (far,),
        "with constant rows of tenths": (tenths,),
        "with one example": (np.array([[0.3], [-7.0], [0.0]]),),
        "with deviations of about 1e-12 and 1e-18": (
            np.array([[1e-12, -1e-12, 3e-12], [0, 0, 1e-18], [7.0, 7.0, 7.0]]),
        ),
        "with rows of which some entries are equal": (np.array([[5.0, 5.0, 5.5], [4.0, 1.0, 4.0], [2.0, 9.0, 9.0]]),),
        "with a row of 0 and of -0.0": (np.array([[0.0, -0.0, 0.0], [1.0, 0.0, -1.0]]),),
        "with a row that is normalised already": (np.array([[1.0, -1.0, -1.0, 1.0], [3.0, -3.0, 3.0, 3.0]]),),
        "with one entry far from all others": (np.array([[0.0] * 999 + [1.0], [2.0] * 998 + [-1.0, 5.0]]),),
        "with pixels, some of them constant": (np.array([[250, 255, 0, 251], [255, 255, 255, 255]], dtype=np.uint8),),
    }
    names, domain = ["X_norm", "mu", "sigma"], {"real": {"X": 1e3}, "types": ["X"], "pixels": ["X"]}
    sizes = {"n_x": 130, "m": 1030}
    checks.agrees(normalize_train, row_by_row, features, sizes=sizes, returns=names, cases=others, atol=1e-12, **domain)
    _, _, sigma = normalize_train(tenths)
    checks.that(bool(np.all(sigma == 1)), "normalize_train of constant rows: sigma must be 1 exactly, nothing added")
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2: `normalize_like`
#
# NumPy makes this one dangerous. If `X` has one row only and `mu` has three, broadcasting repeats the row three times and reports nothing. So compare the numbers of features first.


# %% exercise="normalize_like"
def normalize_like(X, mu, sigma):
    """Bring new examples to the scale of the training set.

    Args:
        X: features of any examples (dev, test, or a single one), shape (n_x, m), of floats, whole numbers or pixels (uint8).
        mu: the mean of each feature over the training set, shape (n_x, 1).
        sigma: the standard deviation of each feature over the training set, shape (n_x, 1), nowhere 0.

    Returns:
        A new array of floats, shape (n_x, m).

    Raises:
        ValueError: X has not as many features (rows) as mu.

    Example:
        normalize_like(np.array([[8.0], [0.3]]), np.array([[5.0], [0.1]]), np.array([[2.944], [1.0]])) is [[1.019], [0.2]].
    """
    # 1. Refuse another number of features.
    # 2. The same formula as for the training set. Whose mean?
    ### BEGIN SOLUTION
    if len(X) != len(mu):
        raise ValueError(f"X has {len(X)} features, the training set had {len(mu)}")
    return (X - mu) / sigma
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The number of rows is `X.shape[0]`. Nothing is computed from `X` but the result: no mean, no deviation.
# </details>

# %% check="normalize_like" points=1
with checks.exercise("normalize_like"):
    X, mu, sigma = np.array([[8.0, 2.0, 2.0], [0.3, 0.1, 0.5]]), np.array([[5.0], [0.1]]), np.array([[2.0], [0.4]])
    checks.unchanged(normalize_like, X, mu, sigma)
    own = [[1.4142136, -0.7071068, -0.7071068], [0, -1.2247449, 1.2247449]]
    slips = {"the new examples are normalised by their own mean and deviation": own}
    slips["mu is divided instead of the difference; mind the brackets"] = [[5.5, -0.5, -0.5], [0.05, -0.15, 0.25]]
    X_hat = [[1.5, -1.5, -1.5], [0.5, 0, 1]]
    checks.close("normalize_like(X, mu, sigma), X of shape (2, 3)", normalize_like(X, mu, sigma), X_hat, mistakes=slips)
    checks.raises("normalize_like(X of shape (1, 3), mu, sigma)", ValueError, normalize_like, X[:1], mu, sigma)
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(X, mu, sigma):
        X, mu, sigma = X.astype(float), mu.astype(float), sigma.astype(float)
        return np.array([[(x - mu[j, 0]) / sigma[j, 0] for x in row] for j, row in enumerate(X)]).reshape(X.shape)

    def new_examples(rng, n_x, m):
        return rng.normal(0, 30, (n_x, m)), rng.normal(0, 3, (n_x, 1)), rng.uniform(0.5, 3, (n_x, 1))

    domain = {"real": {"X": 1e3, "mu": 1e3}, "types": ["X", "mu"], "pixels": ["X"]}
    others = {"with a deviation of 1e-12": (np.array([[1.0, 2.0]]), np.array([[1.0]]), np.array([[1e-12]]))}
    column = np.array([[3], [250]], dtype=np.uint8)
    others["with mu = 0 and sigma = 1"] = (np.array([[1.5, 2.0]]), np.zeros((1, 1)), np.ones((1, 1)))
    others["with one example of pixels"] = (column, np.array([[9.5], [1.0]]), np.array([[2.0], [3.0]]))
    checks.agrees(normalize_like, entry_by_entry, new_examples, sizes={"n_x": 130, "m": 1030}, cases=others, **domain)
    for rows, columns in ((3, 3), (1, 1), (2, 4), (1, 2)):
        what, other = f"normalize_like(X of shape ({rows}, {columns}), mu of shape (4, 1), sigma)", np.ones((4, 1))
        checks.raises(what, ValueError, normalize_like, np.ones((rows, columns)), other, other)
    what, one = "normalize_like(X of shape (2, 1), mu of shape (1, 1), sigma)", np.ones((1, 1))
    checks.raises(what, ValueError, normalize_like, np.ones((2, 1)), one, one)
    ### END HIDDEN TESTS

# %% [markdown]
# Now look at a cost with only two parameters: the price of a house as $w x + b$, where $x$ is the living area. The cost is half the mean of the squared errors. The left picture has $x$ in thousands of square feet, the right one has it normalised. Gradient descent starts at $w = b = 0$.

# %%
houses = data.load_house_prices()
area, price = houses.X_train[:1] / 1000, houses.Y_train / 100
W, B = np.meshgrid(np.linspace(-1, 3, 60), np.linspace(-1, 3, 60))


def bowl(axis, x, unit, learning_rate, steps):
    """Draws the contours of the cost over w and b, and the path of gradient descent."""
    J = sum((W * x_i + B - y_i) ** 2 for x_i, y_i in zip(x[0], price[0], strict=True)) / x.size / 2
    axis.contour(W, B, J, levels=np.geomspace(0.12, 12, 14), colors="#999999", linewidths=0.8)
    w, b, path = 0.0, 0.0, [(0.0, 0.0)]
    for _ in range(steps):
        error = w * x + b - price
        w, b = w - learning_rate * np.mean(error * x), b - learning_rate * np.mean(error)
        path.append((w, b))
    axis.plot(*np.transpose(path), "o-", markersize=3, linewidth=1, color=plots.COLORS[1])
    axis.set(xlabel=f"w, in 100,000 dollars per {unit}", aspect="equal")
    axis.set_title(f"rate {learning_rate}, {steps} step{'s' * (steps > 1)}", fontsize=10)


figure, axes = plt.subplots(1, 2, figsize=(8, 4), sharey=True)
bowl(axes[0], area, "1,000 ft²", learning_rate=0.55, steps=40)
bowl(axes[1], normalize_train(area)[0], "deviation", learning_rate=1, steps=1)
axes[0].set_ylabel("b, in 100,000 dollars")
figure.suptitle("A narrow valley becomes a round bowl, and one step is enough", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Left: every living area is positive, so a larger $w$ and a larger $b$ do nearly the same. The contours are long ellipses. Gradient descent jumps across the valley; with a rate above 0.59 it would diverge. Along the valley it moves slowly, and after 40 steps it has not arrived.
# Right: with mean 0 and deviation 1 the contours are circles. The gradient points straight at the minimum, and one step with the rate 1 gets there.
#
# With several features the contours become circles only if the features are uncorrelated as well. For a deep network nothing so exact can be said. So we measure.
#
# ## 2. What your network gains
#
# *How many steps does normalising save?*
#
# The data are the 500 small pictures of digits of lesson 02, now with their true labels. The network is again 64-64-10. The inputs come in four versions: ink from 0 to 16 as in the file; divided by 16; divided by 16 minus 0.5 as in lesson 02; normalised.
# For each version we try eight learning rates and count the steps until the cost is below 0.1, at most 100.

# %%
digits = data.load_small_digits()
ink_all = digits.X_train.reshape(len(digits.X_train), -1).T * 1.0


def some_digits(seed, m=500):
    """m training pictures: ink from 0 to 16, shape (64, m), and the labels, shape (1, m)."""
    chosen = np.random.default_rng(seed).permutation(ink_all.shape[1])[:m]
    return ink_all[:, chosen], digits.Y_train[:, chosen]


def one_hot(Y):
    """Labels 0 to 9, shape (1, m), as columns with a single 1, shape (10, m)."""
    return (np.arange(10).reshape(10, 1) == Y) * 1.0


def train(X, Y, parameters, learning_rate, steps, goal=0.0):
    """Gradient descent until the cost is below the goal, at most so many steps: the costs, and the parameters."""
    costs = []
    with np.errstate(all="ignore"):  # what diverges may overflow
        for _ in range(steps):
            AL, caches = dense.deep_forward(X, parameters, "softmax")
            costs.append(dense.deep_cost(AL, one_hot(Y), "softmax"))
            if costs[-1] < goal:
                break
            parameters = dense.update(parameters, dense.deep_backward(AL, one_hot(Y), caches), learning_rate)
    return costs, parameters


# %%
versions = {
    "ink from 0 to 16": lambda X: X,
    "from 0 to 1": lambda X: X / 16,
    "from -0.5 to 0.5": lambda X: X / 16 - 0.5,
    "normalised": lambda X: normalize_train(X)[0],
}
rates = [0.03, 0.05, 0.1, 0.2, 0.5, 1, 2, 3]
needed = {name: np.full((3, len(rates)), np.nan) for name in versions}
tasks = [(name, seed, number) for name in versions for seed in range(3) for number in range(len(rates))]
for name, seed, number in tqdm(tasks, file=sys.stdout):
    X, Y = some_digits(seed)
    start = dense.initialize_deep([64, 64, 10], seed)
    costs, _ = train(versions[name](X), Y, start, rates[number], steps=101, goal=0.1)
    if costs[-1] < 0.1:
        needed[name][seed, number] = len(costs) - 1
for name, steps in needed.items():
    print(f"{name:17}: with its best rate", ", ".join(f"{best:.0f}" for best in np.nanmin(steps, axis=1)), "steps")

# %%
for name, steps in needed.items():
    plt.plot(rates, np.median(steps, axis=0), marker="o", label=name)
    plt.fill_between(rates, steps.min(axis=0), steps.max(axis=0), alpha=0.15)
plt.xscale("log")
plt.xticks(rates, rates)
plt.minorticks_off()
plt.ylim(0, 100)
plt.xlabel("learning rate")
plt.ylabel("steps until the cost is below 0.1")
plt.title("Normalised inputs need the fewest steps, over a wider range of rates")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* A point is drawn only where all three draws of pictures and weights arrive within 100 steps. The shaded bands show their spread. Each version is allowed its own best rate. Normalised inputs then need fewer than a third of the steps of the best other version, and fewer than a sixth of those of the raw ink.
# With the raw ink the rate may be 0.03 to 0.1. With larger rates it does not arrive within 100 steps, and from 0.5 on it does not learn at all; section 7 shows why.
#
# All pixels have the same unit here, so most of the gain comes from the mean: `X / 16` minus the mean of each pixel, with its best rate, needs about 13 steps. `X` divided by its deviations, without the mean, needs about 50.
#
# A warning: a corner pixel that is dark in one training picture only has a tiny $\sigma_j$. In a test picture it may become 20 or more after normalising. Look at the largest number of your normalised dev set.
#
# ## 3. Products of fifty numbers
#
# *Why are deep networks so hard to start?*
#
# Take a network without bends: one unit in each layer, no bias, weight $w$ everywhere. After 50 layers $x$ has become $w^{50} x$. With $w = 1.5$ this is $6 \cdot 10^8 x$, with $w = 0.5$ it is $9 \cdot 10^{-16} x$. The gradient goes back through the same weights and is multiplied by the same factors. The signal and the gradient **explode** or **vanish**.
#
# With many units the numbers to watch are the **mean squares**: of the activations on the way forward, of $dZ$ on the way back. Let the weights of layer $l$ be independent, with mean 0 and variance $v_l$, and the biases 0. One score is $z = \sum_{k=1}^{n_{l-1}} w_k a_k$. The mixed terms $w_k w_j$ with $k \ne j$ have mean 0, so on average over the weights
#
# $$E[z^2] = \sum_{k=1}^{n_{l-1}} E[w_k^2] \, a_k^2 = n_{l-1} \, v_l \cdot q_{l-1}, \qquad q_{l-1} = \frac{1}{n_{l-1}} \sum_{k} a_k^2.$$
#
# - **ReLU.** If the weights are as likely as their negatives, so is $z$. ReLU keeps the positive half, so $E[a^2] = \frac{1}{2} E[z^2]$, and $q_l = \frac{1}{2} n_{l-1} v_l \, q_{l-1}$ on average. The factor is 1 for $v_l = 2 / n_{l-1}$: the **He** initialisation.
# - **tanh.** Near 0 it is $\tanh z \approx z$, so $q_l \approx n_{l-1} v_l \, q_{l-1}$. The factor is 1 for $v_l = 1 / n_{l-1}$: the **Xavier** initialisation.
#
# The way back has the same form with $n_l$ in place of $n_{l-1}$, because $dA_{l-1} = W_l^T dZ_l$ adds up $n_l$ terms. With equal widths one choice serves both ways. (Xavier Glorot and Yoshua Bengio proposed the compromise $v_l = 2/(n_{l-1} + n_l)$; the lecture and this notebook take $1/n_{l-1}$.)
#
# A factor before the weights is called the **gain**. Gain 1 is the rule as it stands.
#
# | kind | standard deviation of the weights in layer $l$ |
# |---|---|
# | `"zeros"` | 0 |
# | `"random"` | gain |
# | `"xavier"` | gain · $\sqrt{1/n_{l-1}}$ |
# | `"he"` | gain · $\sqrt{2/n_{l-1}}$ |
#
# *On paper.* `layer_dims` $= [50, 8, 3]$. He with gain 1: $W_1$ has the deviation $\sqrt{2/50} = 0.2$, $W_2$ has $\sqrt{2/8} = 0.5$. Xavier with gain 3: $3\sqrt{1/50} = 0.424$ and $3\sqrt{1/8} = 1.061$.
#
# ### Exercise 3: `initialize`


# %% exercise="initialize"
def initialize(layer_dims, kind, seed, gain=1.0):
    """The first parameters of a network of any depth.

    Args:
        layer_dims: list [n_0, n_1, ..., n_L] of the numbers of units, layer 0 being the input; L >= 1.
        kind: "zeros", "random", "xavier" or "he".
        seed: a whole number from 0 to 2**32 - 1; another seed gives other random numbers.
        gain: a number >= 0, float or whole number. With gain 3 each weight is 3 times the one that gain 1 gives for this seed.

    Returns:
        A dict with the 2 L keys "W1", "b1", ..., "WL", "bL" and no other, of new arrays of floats. Wl has shape
        (n_l, n_(l-1)): normal random numbers with mean 0 and the standard deviation of the table above, other numbers in
        each layer; zeros for "zeros". bl has shape (n_l, 1): zeros.

    Raises:
        ValueError: kind is none of the four words.

    Example:
        initialize([50, 8, 3], "he", 0) has W1 (8, 50) with a deviation of about 0.2, and W2 (3, 8) with about 0.5.
    """
    # 1. One generator for all layers.
    # 2. The standard deviation of a layer depends on kind, and for two kinds on the number of its inputs.
    # 3. What else is refused?
    ### BEGIN SOLUTION
    if kind not in ("zeros", "random", "xavier", "he"):
        raise ValueError(f"{kind} is not an initialisation")
    rng, parameters = np.random.default_rng(seed), {}
    for layer in range(1, len(layer_dims)):
        n, n_prev = layer_dims[layer], layer_dims[layer - 1]
        share = {"zeros": 0, "random": n_prev, "xavier": 1, "he": 2}[kind]
        deviation = np.sqrt(share / n_prev)  # equivalent "1e-08 added under the division": random anyway
        parameters[f"W{layer}"] = gain * deviation * rng.normal(size=(n, n_prev))
        parameters[f"b{layer}"] = np.zeros((n, 1))
    return parameters
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# It is `initialize_deep` of course 1 with another factor: `rng = np.random.default_rng(seed)` once, before the loop over the layers 1 to $L$.
# </details>
# <details><summary>Hint 2</summary>
#
# $n_{l-1}$ is `layer_dims[layer - 1]`, the number of **columns** of `W`. A dict `{"zeros": 0, "random": 1, …}` or four `if` give the deviation. The deviation is the square root of the variance: take the root of $1/n_{l-1}$ or $2/n_{l-1}$.
# </details>
# <details><summary>Hint 3</summary>
#
# `parameters[f"W{layer}"] = gain * deviation * rng.normal(size=(n, n_prev))`. Begin with `if kind not in (…): raise ValueError("…")`.
# </details>

# %% check="initialize" points=3
with checks.exercise("initialize"):
    checks.unchanged(initialize, [3, 4, 2], "he", 0)
    for kind, factor in {"zeros": 0.0, "random": 3.0, "xavier": 0.2121320, "he": 0.3}.items():
        what, start = f"initialize([200, 800, 300], {kind!r}, 5, gain=3)", initialize([200, 800, 300], kind, 5, gain=3)
        checks.keys(what, start, ["W1", "b1", "W2", "b2"])
        checks.shape(f"W1 of {what}", start["W1"], (800, 200))
        checks.close(f"b2 of {what}", start["b2"], np.zeros((300, 1)))
        slips = {"the gain is not used": factor / 3, "the gain stands outside the root": factor / 3**0.5}
        slips |= {"the gain is used twice": 3 * factor, "the root is missing": {"he": 0.03}.get(kind, 0.015)}
        slips |= {"take the number of inputs n_(l-1), not that of units n_l": factor / 2}
        slips |= {"he has the 2 under the root, xavier has the 1": 0.2121320 if kind == "he" else 0.3}
        checks.close(f"deviation of W1 of {what}", np.std(start["W1"]), factor, rtol=0.02, mistakes=slips)
        second = factor / 2 if kind in ("xavier", "he") else factor
        checks.close(f"deviation of W2 of {what}", np.std(start["W2"]), second, rtol=0.02)
    checks.that(not np.allclose(*(initialize([3, 4], "he", s)["W1"] for s in (0, 1))), "another seed, the same weights")
    checks.raises('initialize([3, 4], "He", 0)', ValueError, initialize, [3, 4], "He", 0)
    ### BEGIN HIDDEN TESTS

    def shaped(layer_dims, kind, seed, *gain):
        """What initialize(layer_dims, kind, seed, *gain) returns, if keys, shapes and number types are right."""
        what, start = f"initialize({layer_dims}, {kind!r}, {seed})", initialize(layer_dims, kind, seed, *gain)
        wanted = [f"{letter}{layer}" for layer in range(1, len(layer_dims)) for letter in "Wb"]
        checks.keys(what, start, wanted)
        checks.that(len(start) == len(wanted), f"{what}: expected {len(wanted)} keys, got {len(start)}")
        for layer, (n_prev, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
            checks.shape(f"W{layer} of {what}", start[f"W{layer}"], (n, n_prev))
            checks.shape(f"b{layer} of {what}", start[f"b{layer}"], (n, 1))
            checks.that(not np.any(start[f"b{layer}"]), f"b{layer} of {what} must be zeros; biases start at 0")
        for key, array in start.items():
            checks.that(array.dtype == np.float64, f"{key} of {what} holds {array.dtype}; make it float64")
            lent = any(np.shares_memory(array, other) for name, other in start.items() if name != key)
            checks.that(not lent, f"{key} of {what} lies in the memory of another array; make each one new")
        return start

    for kind, share in {"random": None, "xavier": 1, "he": 2}.items():
        for layer_dims in ([400, 900, 2000, 1], [3, 20000, 5], [1, 4000, 20], [300, 300, 300], [60] * 14):
            start = shaped(layer_dims, kind, 7)
            factors = [((share or n_prev) / n_prev) ** 0.5 for n_prev in layer_dims[:-1]]
            units = [start[f"W{layer}"] / factor for layer, factor in enumerate(factors, 1)]
            for layer, unit in enumerate(units, 1):
                rough, name = unit.size**-0.5, f"W{layer} of initialize({layer_dims}, {kind!r}, 7)"
                spread = f"the deviation of {name} is {np.std(unit):.3f} times what it must be"
                checks.that(abs(np.std(unit) - 1) < 5 * rough, spread)
                checks.that(abs(np.mean(unit)) < 6 * rough, f"the mean of {name} is not near 0")
                tails = [(1, 0.3173), (2, 0.0455), (3, 0.0027)]
                off = [abs(np.sum(np.abs(unit) > far) - p * unit.size) / (p * unit.size) ** 0.5 for far, p in tails]
                checks.that(max(off) < 7, f"{name} is not drawn from a normal distribution")
                anew = len(np.unique(unit)) == unit.size and np.any(unit != unit.astype(np.float32))
                checks.that(bool(anew), f"{name}: numbers repeat or have too few digits; draw each anew, do not round")
            for one, two in ((one, two) for number, one in enumerate(units) for two in units[:number]):
                length = min(one.size, two.size)
                twice = abs(np.corrcoef(one.ravel()[:length], two.ravel()[:length])[0, 1]) > 6 / np.sqrt(length)
                checks.that(
                    length == 1 or not twice, f"two layers of initialize({layer_dims}, …) hold the same numbers"
                )
    for kind in ("zeros", "random", "xavier", "he"):
        for layer_dims in ([5, 3], [1, 1, 1], [4, 4, 4, 4], [2, 3, 4, 2, 3, 5, 2, 3, 2, 4, 3, 2, 1]):
            checks.unchanged(initialize, layer_dims, kind, 12, 2)
            plain, what = shaped(layer_dims, kind, 12), f"of initialize({layer_dims}, {kind!r}, 12, gain)"
            for gain in (1.0, 1, 0, 3, 0.01, 1e-7, 250.0):
                for key, array in shaped(layer_dims, kind, 12, gain).items():
                    name = f"{key} {what}, gain {gain}, compared with gain 1"
                    checks.close(name, array, gain * plain[key], rtol=1e-9, atol=0)
    few = np.array([initialize([2, 1], "he", seed)["W1"][0] for seed in range(40)])
    checks.that(np.abs(few.sum(axis=1)).max() > 1, "initialize([2, 1], …): draw the weights, do not make their mean 0")
    firsts = {}
    for seed in (7, 107, 256, 1007, 2**31, 2**31 + 7, 2**32 - 1):
        W1 = initialize([3, 4], "he", seed)["W1"]
        same = [other for other, weights in firsts.items() if np.allclose(W1, weights)]
        checks.that(not same, f"the seeds {same} and {seed} give the same W1; another seed must give other weights")
        firsts[seed] = W1
    for kind in ("", "HE", "zero", "Xavier", "he ", "h", "randomly", "orthogonal"):
        checks.raises(f"initialize([3, 4], {kind!r}, 0)", ValueError, initialize, [3, 4], kind, 0)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. A signal through fifty layers
#
# *Does the theory of one layer hold for fifty?*
#
# To measure it we need a forward pass with ReLU or tanh in **every** layer, and the way back. With $A_0 = X$ and for $l = 1, \dots, L$:
#
# $$Z_l = W_l A_{l-1} + b_l, \quad A_l = g(Z_l); \qquad dZ_l = dA_l \odot g'(Z_l), \quad dA_{l-1} = W_l^T dZ_l,$$
#
# where $dA_L$ is given. All of $Z_l, A_l, dZ_l, dA_l$ have shape $(n_l, m)$. The slopes are $g' = 1$ where $z > 0$ and 0 elsewhere (ReLU), and $g' = 1 - a^2$ (tanh).
#
# *On paper.* ReLU, $X = [1, -1, 2]$, $W_1 = \begin{bmatrix} 2 \\ -1 \end{bmatrix}$, $W_2 = \begin{bmatrix} 1 & -1 \\ 0 & 3 \end{bmatrix}$, no biases. Then $A_1 = \begin{bmatrix} 2 & 0 & 4 \\ 0 & 1 & 0 \end{bmatrix}$ has the mean square $21/6 = 3.5$ and $A_2 = \begin{bmatrix} 2 & 0 & 4 \\ 0 & 3 & 0 \end{bmatrix}$ has $29/6 = 4.833$.
# Back: $dA_2 = \begin{bmatrix} 1 & -1 & 2 \\ 5 & 1 & -4 \end{bmatrix}$ gives $dZ_2 = \begin{bmatrix} 1 & 0 & 2 \\ 0 & 1 & 0 \end{bmatrix}$ with the mean square 1. Then $dA_1 = W_2^T dZ_2 = \begin{bmatrix} 1 & 0 & 2 \\ -1 & 3 & -2 \end{bmatrix}$ and $dZ_1 = \begin{bmatrix} 1 & 0 & 2 \\ 0 & 3 & 0 \end{bmatrix}$ with $14/6 = 2.333$.
#
# ### Exercise 4: `signal`


# %% exercise="signal"
def signal(X, parameters, activation, dA):
    """The mean squares of the activations on the way forward, and of dZ on the way back, layer by layer.

    Args:
        X: inputs, shape (n_0, m), of floats or whole numbers.
        parameters: a dict with "W1", "b1", ..., "WL", "bL" and no other keys, in any order: Wl (n_l, n_(l-1)), bl (n_l, 1),
            floats.
        activation: "relu" or "tanh" (exactly so), the activation of every layer, also of the last.
        dA: the derivative of some cost with respect to the last activations A_L, shape (n_L, m), of floats or whole numbers.

    Returns:
        A tuple (forward, backward) of two lists of L numbers: forward[l - 1] is the mean of the squares of all entries of
        A_l, backward[l - 1] that of dZ_l, the derivative of that cost with respect to Z_l. The slope of ReLU at 0 is 0.

    Raises:
        ValueError: another activation.

    Example:
        for the network on paper: ([3.5, 4.833], [2.333, 1.0]).
    """
    # 1. Forward: keep the activations of all layers.
    # 2. Backward from layer L to layer 1: first the slope, then the measurement, then through the weights.
    # 3. Which list is filled from its end?
    ### BEGIN SOLUTION
    if activation not in ("relu", "tanh"):
        raise ValueError(f"{activation} is neither relu nor tanh")
    L, activations = len(parameters) // 2, [X]
    for layer in range(1, L + 1):
        Z = parameters[f"W{layer}"] @ activations[-1] + parameters[f"b{layer}"]
        activations.append(np.maximum(0, Z) if activation == "relu" else np.tanh(Z))
    backward = []
    for layer in range(L, 0, -1):
        A = activations[layer]
        dZ = dA * (A > 0 if activation == "relu" else 1 - A**2)
        backward.append(np.mean(dZ**2))
        dA = parameters[f"W{layer}"].T @ dZ
    return [np.mean(A**2) for A in activations[1:]], backward[::-1]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The loop of `deep_forward`, with a list `activations = [X]` to which each layer appends its `A`. Then `activations[l]` is $A_l$.
# </details>
# <details><summary>Hint 2</summary>
#
# `for layer in range(L, 0, -1):` goes backward. The slope comes from `activations[layer]` alone: `A > 0` for ReLU, `1 - A**2` for tanh.
# </details>
# <details><summary>Hint 3</summary>
#
# In the loop: `dZ = dA * slope`, then `backward.append(np.mean(dZ**2))`, then `dA = parameters[f"W{layer}"].T @ dZ`. At the end turn the list round: `backward[::-1]`.
# </details>

# %% check="signal" points=4
with checks.exercise("signal"):
    X, dA = np.array([[1.0, -1.0, 2.0]]), np.array([[1.0, -1.0, 2.0], [5.0, 1.0, -4.0]])
    p = {"W1": np.array([[2.0], [-1.0]]), "b1": np.zeros((2, 1)), "b2": np.zeros((2, 1))}
    p["W2"] = np.array([[1.0, -1.0], [0.0, 3.0]])
    checks.unchanged(signal, X, p, "relu", dA)
    what = 'signal(X, parameters, "relu", dA), the network on paper'
    forward, backward = checks.results(what, signal(X, p, "relu", dA), ["forward", "backward"])
    slips = {"these are sums; take means": [21.0, 29.0], "these are the mean squares of Z; take A": [5.0, 5.0]}
    slips["these are variances; take the mean of the squares"] = [2.1388889, 2.5833333]
    checks.close(f"forward of {what}", np.array(forward), [3.5, 4.8333333], mistakes=slips, rtol=1e-7)
    slips = {"the list begins with the last layer; turn it round": [1.0, 2.3333333]}
    slips |= {"the last layer has a slope, too": [3.5, 8.0], "these are the mean squares of dA": [3.1666667, 8.0]}
    slips |= {"the slope of ReLU is missing": [69.0, 8.0], "the slope of ReLU at 0 is 0": [2.3333333, 7.8333333]}
    checks.close(f"backward of {what}", np.array(backward), [2.3333333, 1.0], mistakes=slips, rtol=1e-7)
    forward, backward = signal(X, p | {"W1": p["W1"] / 2, "b1": np.array([[-0.5], [0.8]])}, "tanh", dA)
    what = 'signal(X, other parameters, "tanh", dA)'
    checks.close(f"forward of {what}", np.array(forward), [0.45308764, 0.55254633], rtol=1e-7)
    slips = {"the slope of tanh is 1 - a^2, not 1 - a": [87.6503594, 7.3913838]}
    checks.close(f"backward of {what}", np.array(backward), [19.5846792, 2.6816063], rtol=1e-7, mistakes=slips)
    checks.raises('signal(X, parameters, "sigmoid", dA)', ValueError, signal, X, p, "sigmoid", dA)
    ### BEGIN HIDDEN TESTS

    def by_dual_numbers(X, parameters, activation, dA):
        """Reverse mode with a matrix of slopes for each example, one example after the other."""
        L = len(parameters) // 2
        squares, back = np.zeros((L, 2)), 0.0
        for x, d in zip(X.T.astype(float), dA.T.astype(float), strict=True):
            scores, a = [], x
            for layer in range(1, L + 1):
                z = np.einsum("jk,k->j", parameters[f"W{layer}"], a) + parameters[f"b{layer}"][:, 0]
                scores.append(z)
                a = np.where(z > 0, z, 0.0) if activation == "relu" else 2 / (1 + np.exp(-2 * z)) - 1
                squares[layer - 1, 0] += np.sum(a * a) / (len(a) * X.shape[1])
            back = d
            for layer in range(L, 0, -1):
                z = scores[layer - 1]
                back = back * ((z > 0) * 1.0 if activation == "relu" else np.cosh(z) ** -2.0)
                squares[layer - 1, 1] += np.sum(back * back) / (len(back) * X.shape[1])
                back = np.einsum("jk,j->k", parameters[f"W{layer}"], back)
        return squares[:, 0].tolist(), squares[:, 1].tolist()

    for activation in ("relu", "tanh"):

        def network(rng, n_0, n, n_L, m, L, activation=activation):
            dims = [n_0, *[n] * (L - 1), n_L]
            p = {f"b{i}": rng.normal(0, 0.1, (dims[i], 1)) for i in range(L, 0, -1)}
            p |= {f"W{i}": rng.normal(0, dims[i - 1] ** -0.5, (dims[i], dims[i - 1])) for i in range(1, L + 1)}
            return rng.normal(0, 1, (n_0, m)), p, activation, rng.normal(0, 1, (n_L, m))

        p, still = network(np.random.default_rng(71), 4, 3, 2, 1, 3)[1], {}
        for key, value in p.items():
            still[key] = value * (key[0] == "W")
        drawn, _, _, d = network(np.random.default_rng(72), 4, 3, 2, 9, 3)
        deep = network(np.random.default_rng(73), 6, 6, 6, 2, 60)
        others = {
            "with X = 0 and no biases": (np.zeros((4, 3)), still, activation, np.ones((2, 3))),
            "with 60 layers": deep,
            "with only zeros in dA": (np.ones((4, 3)), p, activation, np.zeros((2, 3))),
            "with small activations": ((1e-10 if activation == "relu" else 0.1) * drawn, still, activation, d),
            "with large scores": (1e4 * drawn, still, activation, d),
        }
        domain = {"real": {"X": 2, "dA": 1e3}, "types": ["X", "dA"], "returns": ["forward", "backward"]}
        sizes = {"n_0": 120, "n": 30, "n_L": 30, "m": 230, "L": 12}
        checks.agrees(signal, by_dual_numbers, network, sizes=sizes, cases=others, **domain)
    for activation in ("", "ReLU", "TANH", "linear", "tan", "sigmoid"):
        checks.raises(f"signal(X, parameters, {activation!r}, dA)", ValueError, signal, drawn, still, activation, d)
    ### END HIDDEN TESTS

# %% [markdown]
# Now fifty layers of 64 units. The inputs are 500 normalised pictures. The derivatives $dA_{50}$ are random numbers of mean square 1.

# %%
X, Y = some_digits(seed=0)
X_norm, mu, sigma = normalize_train(X)
dA = np.random.default_rng(1).normal(size=(64, 500))
starts = {"random 0.01": ("random", 0.01), "Xavier": ("xavier", 1), "He": ("he", 1), "random 1": ("random", 1)}
figure, axes = plt.subplots(2, 2, figsize=(8, 5), sharex=True, sharey=True)
for column, activation in enumerate(("relu", "tanh")):
    for name, (kind, gain) in starts.items():
        forward, backward = signal(X_norm, initialize([64] * 51, kind, 0, gain), activation, dA)
        print(f"{activation}, {name:11}: activations of layer 50 {forward[-1]:.0e}, dZ of layer 1 {backward[0]:.0e}")
        axes[0, column].plot(range(1, 51), forward, label=name)
        axes[1, column].plot(range(1, 51), backward, label=name)
    axes[0, column].set_title("ReLU" if activation == "relu" else "tanh", fontsize=10)
    axes[1, column].set_xlabel("layer")
axes[0, 0].set(yscale="log", ylim=(1e-22, 1e22), ylabel="mean square of A")
axes[1, 0].set_ylabel("mean square of dZ")
axes[0, 1].legend(fontsize=8)
figure.suptitle("He keeps signal and gradient alive through 50 layers of ReLU, Xavier through tanh", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The scale is logarithmic, so a straight line is a constant factor in each layer. Read the lower pictures from right to left: the gradient starts at layer 50.
#
# - **ReLU.** With Xavier a half is lost in each layer. After 50 layers something like $2^{-50} \approx 10^{-15}$ is left, forward and backward. He loses or gains a factor of a thousand at most, mostly far less. (The theory is about the *average* over all draws. A single draw may lie far from it.) Weights of deviation 0.01 leave nothing in layer 50, and weights of deviation 1 make numbers above $10^{60}$.
# - **tanh.** With Xavier both ways lose a factor of a few hundred at most. With He the activations keep their size, but the gradient grows by a factor of 10 or more on its way back. With weights of deviation 1 the activations look healthy, because tanh cannot exceed 1. The gradient does not: above $10^{20}$ at layer 1. So look at both directions.
#
# ## 5. Does the network learn?
#
# *What is it worth in steps?*
#
# The same pictures, six hidden layers of 64 ReLU units, 150 steps with the rate 0.1, three draws of pictures and weights.

# %%
starts["zeros"] = ("zeros", 1)
histories = {name: [] for name in starts}
for seed, name in tqdm([(seed, name) for seed in range(3) for name in starts], file=sys.stdout):
    X, Y = some_digits(seed)
    kind, gain = starts[name]
    parameters = initialize([64] * 7 + [10], kind, seed, gain)
    histories[name].append(train(normalize_train(X)[0], Y, parameters, learning_rate=0.1, steps=150)[0])
for name, costs in histories.items():
    plt.plot(np.median(costs, axis=0), label=name)
    plt.fill_between(range(150), np.min(costs, axis=0), np.max(costs, axis=0), alpha=0.15)
    print(f"{name:11}: cost after 150 steps", ", ".join(f"{history[-1]:.3f}" for history in costs))
plt.axhline(np.log(10), color="grey", linewidth=1)
plt.yscale("log")
plt.xlabel("step")
plt.ylabel("cost")
plt.title("Six hidden layers: only He and Xavier learn, and He is far ahead")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* The bands show the spread of the three draws. After 150 steps He is below 0.02. Xavier is several times higher, and its draws differ more. The other three have learned nothing, for three different reasons:
#
# - *zeros*: all units of a layer are equal, and their gradients are equal too. With ReLU the activations and the gradients of all weights are 0 (course 1, week 3), so only the biases of the output learn;
# - *random 0.01*: the gradient vanishes on its way back, and each step is too small to matter;
# - *random 1*: the first scores and gradients explode. The first steps throw the network far away. Then most of its units die (section 7), or the numbers overflow and the cost is `nan`.
#
# What can still be drawn of them ends at the grey line, the cost of a network that knows nothing. (With one hidden layer instead of six all but *zeros* learn. The deeper the network, the more its start matters.)
#
# ## 6. What the first cost must be
#
# *Can you find a mistake before the training begins?*
#
# A network that knows nothing gives each of the $C$ classes the probability $1/C$. Then the loss of every example is $-\log \frac{1}{C} = \log C$, whatever its label. For ten digits this is 2.303. With sigmoid outputs each output says 0.5 and costs $\log 2$; `deep_cost` adds them up, so $n_L$ outputs cost $n_L \log 2$.
#
# A fresh network should start there. For that its last scores must be close to 0. He makes them about as large as the inputs, so its first cost is a little higher. One takes the last weights ten times smaller to make the test sharp; the other layers stay as they are.
#
# *On paper.* Three classes with softmax: $\log 3 = 1.099$. If the cost is 1.2, it is off by 0.101, which is 9 % of 1.099: fine with a tolerance of 0.1, not fine with 0.05. Three sigmoid outputs: $3 \log 2 = 2.079$.
#
# ### Exercise 5: `check_first_cost`


# %% exercise="check_first_cost"
def check_first_cost(X, Y, parameters, output, tolerance):
    """Whether a network that has not been trained costs what one that knows nothing must cost.

    Args:
        X: inputs, shape (n_0, m), of floats or whole numbers.
        Y: labels 0 or 1, shape (n_L, m), as floats or whole numbers; for "softmax" n_L is at least 2,
            and each column has a single 1.
        parameters: a dict with "W1", "b1", ..., "WL", "bL" and no other keys, in any order, floats.
        output: "sigmoid" or "softmax".
        tolerance: a number > 0.

    Returns:
        A tuple (cost, expected, fine): the cost of the network on X and Y; the cost if softmax gives each of n_L classes the
        same probability, or each of n_L sigmoid outputs is 0.5; and True if the two differ by at most tolerance times
        expected, else False (no check comes so close to that bound that rounding decides).

    Raises:
        ValueError: another output.

    Example:
        with parameters that are all 0, n_L = 3 and "softmax" it is (1.0986, 1.0986, True).
    """
    # 1. The set-up cell's blocks give the cost.
    # 2. What must it be? It depends on output and on the number of outputs.
    # 3. A cost that is too low is as suspicious as one that is too high.
    ### BEGIN SOLUTION
    AL, _ = dense.deep_forward(X, parameters, output)
    cost = dense.deep_cost(AL, Y, output)
    expected = np.log(len(Y)) if output == "softmax" else len(Y) * np.log(2)
    return cost, expected, bool(abs(cost - expected) <= tolerance * expected)  # equivalent "<= → <": equality is chance
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `dense.deep_forward(X, parameters, output)` returns two things; the cost needs the first. Both functions refuse another output themselves.
# </details>
# <details><summary>Hint 2</summary>
#
# $n_L$ is `Y.shape[0]`. The difference may have either sign: `abs(cost - expected)`.
# </details>

# %% check="check_first_cost" points=2
with checks.exercise("check_first_cost"):
    X, Y = np.array([[1.0, -2.0, 0.5, 1.5]]), np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1]])
    p = {"W1": np.array([[-0.1], [0.05], [-0.05]]), "b1": np.array([[0.1], [0.0], [0.1]])}
    checks.unchanged(check_first_cost, X, Y, p, "softmax", 0.1)
    wrong = {"the number of outputs is n_L, not m": (1.3862944, 2.7725887), "this is -log C": (-1.0986123, -2.0794415)}
    wrong["log is the natural logarithm"] = (0.4771213, 0.9030900)
    wrong["each sigmoid output costs log 2, and there are n_L"] = (0.6931472, 0.6931472)
    for number, (output, J, C) in enumerate((("softmax", 1.1608864, 1.0986123), ("sigmoid", 2.1720069, 2.0794415))):
        what, names = f"check_first_cost(X, Y, parameters, {output!r}, 0.1)", ["cost", "expected", "fine"]
        cost, expected, fine = checks.results(what, check_first_cost(X, Y, p, output, 0.1), names)
        checks.close(f"cost of {what}", cost, J, rtol=1e-6)
        slips = {slip: values[number] for slip, values in wrong.items()}
        checks.close(f"expected of {what}", expected, C, rtol=1e-6, mistakes=slips)
        checks.equal(f"fine of {what}, cost {J:.3f}, expected {C:.3f}", fine, True)
    low = {"W1": np.array([[0.2], [-0.1], [0.4]]), "b1": np.array([[0.1], [-0.3], [0.2]])}
    what = "fine of check_first_cost with a cost of 0.858 instead of 1.099, tolerance 0.1"
    checks.equal(what, check_first_cost(X, Y, low, "softmax", 0.1)[2], False)
    ### BEGIN HIDDEN TESTS

    def example_by_example(X, Y, parameters, output, tolerance):
        A, L = X.astype(float), len(parameters) // 2
        for layer in range(1, L + 1):
            Z = parameters[f"W{layer}"] @ A + parameters[f"b{layer}"]
            A = np.where(Z > 0, Z, 0.0)
        if output == "softmax":
            total, expected = np.sum(np.logaddexp.reduce(Z, axis=0)) - np.sum(Z * Y), -np.log(1 / Y.shape[0])
        else:
            total, expected = np.sum(np.logaddexp(0, Z) - Z * Y), -Y.shape[0] * np.log(0.5)
        cost = float(total / Y.shape[1])
        return cost, float(expected), bool(expected * (1 - tolerance) < cost < expected * (1 + tolerance))

    for output in ("softmax", "sigmoid"):

        def problem(rng, n_0, n_L, m, L, output=output):
            dims = [n_0, *[4] * (L - 1), n_L]
            p = {f"W{i}": rng.normal(0, 1, (dims[i], dims[i - 1])) for i in range(1, L + 1)}
            p |= {f"b{i}": rng.normal(0, 0.1, (dims[i], 1)) for i in range(1, L + 1)}
            Y = (np.arange(n_L)[:, None] == rng.integers(0, n_L, m)) * 1
            return rng.normal(0, 0.3, (n_0, m)), Y, p, output, float(rng.choice([0.03, 0.3]))

        x, y = np.ones((1, 2)), np.array([[1, 0], [0, 1]])
        scores = {"W1": np.zeros((2, 1)), "b1": np.array([[0.0], [0.8]])}
        others = {
            "with a tolerance that is a little too small": (x, y, scores, output, 0.1),
            "with a large tolerance": (x, y, scores, output, 0.5),
            "with a cost that is too low": (x, np.array([[0, 0], [1, 1]]), scores, output, 0.25),
            "with a cost that is much too low": (x, np.array([[0, 0], [1, 1]]), scores, output, 0.05),
            "with a cost that is too low and a large tolerance": (x, np.array([[0, 0], [1, 1]]), scores, output, 0.5),
            "with a tolerance above 1": (100 * x, y, scores | {"W1": np.array([[0.0], [0.05]])}, output, 2),
        }
        eleven = {
            f"{letter}{i}": np.full((2 + i % 3, 2 + (i - 1) % 3 if letter == "W" else 1), 0.1)
            for letter in "bW"
            for i in range(1, 12)
        }
        others["with 11 layers"] = (np.ones((2, 4)), (np.arange(4)[:, None] == np.arange(4)) * 1, eleven, output, 0.2)
        if output == "sigmoid":
            others["with one output"] = (x, y[:1], {"W1": np.zeros((1, 1)), "b1": np.array([[0.4]])}, output, 0.1)
        names, sizes = ["cost", "expected", "fine"], {"n_0": 120, "n_L": (2, 12), "m": 1030, "L": 5}
        domain = {"types": ["X", "Y"], "real": {"X": 10}, "returns": names, "cases": others, "apart": False}
        checks.agrees(check_first_cost, example_by_example, problem, sizes=sizes, **domain)
    one = {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1))}
    for text in ("", "Softmax", "relu"):
        what = f"check_first_cost(X, Y, parameters, {text!r}, 0.1)"
        checks.raises(what, ValueError, check_first_cost, np.ones((1, 1)), np.ones((1, 1)), one, text, 0.1)
    ### END HIDDEN TESTS

# %% [markdown]
# Five networks that have not made a single step. One is right; in four something is wrong that raises no error.

# %%
X, Y = some_digits(seed=0)
X_norm = normalize_train(X)[0]
healthy = initialize([64, 64, 10], "he", 0)
healthy["W2"] = healthy["W2"] / 10
large = {key: 4 * value for key, value in healthy.items()}
suspects = {
    "as it should be": (X_norm, one_hot(Y), healthy),
    "the inputs are not normalised": (X, one_hot(Y), healthy),
    "the labels go from 1 to 10": (X_norm, one_hot(Y + 1), healthy),
    "the weights are 4 times too large": (X_norm, one_hot(Y), large),
    "each picture has two labels": (X_norm, one_hot(Y) + one_hot((Y + 1) % 10), healthy),
}
for name, (inputs, labels, parameters) in suspects.items():
    cost, expected, fine = check_first_cost(inputs, labels, parameters, "softmax", tolerance=0.05)
    print(f"{name:34}: cost {cost:5.2f}, expected {expected:.2f}: {'fine' if fine else 'LOOK AGAIN'}")

# %% [markdown]
# *What to notice.* With labels from 1 to 10 the cost is too **low**: `one_hot` has no row for the label 10, so the pictures with this label cost nothing. That looks like good news and is the worst of the four.
#
# The check sees only what changes the first cost. Weights that are all 0, or of deviation 0.01, pass it perfectly, and you know from section 5 what becomes of them.
#
# ## 7. Two signs of health
#
# *Why did the network with raw inputs not learn?*
#
# **Dead units.** A ReLU unit whose score is 0 or below for **every** training example puts out 0 and has the slope 0. Its weights get no gradient and never change again, unless a layer before it moves. The unit is **dead**. A step that is too large can push many units there at once.
#
# *On paper.* $Z_1 = \begin{bmatrix} -1 & -2 & 0 \\ 0.5 & -3 & -1 \\ 0 & 0 & 0 \end{bmatrix}$: the first and the third unit are dead, the second is alive, because the first example still reaches it. Count: 2.
#
# ### Exercise 6: `dead_relus`


# %% exercise="dead_relus"
def dead_relus(caches):
    """The number of dead units in each hidden layer.

    Args:
        caches: the list that dense.deep_forward returned, one for each of the L layers; caches[l - 1] = (A_prev, W, b, Z) of
            layer l, Z of shape (n_l, m).

    Returns:
        A list of L - 1 whole numbers, one for each hidden layer: how many of its units have a score Z of 0 or below in all
        m examples. The output layer has no ReLU and does not count; without a hidden layer the list is empty.

    Example:
        if the first of two layers has the Z on paper, it is [2].
    """
    # 1. Which caches belong to hidden layers?
    # 2. For each unit: do all its scores lack a slope? Along which axis are the examples?
    ### BEGIN SOLUTION
    return [int(np.sum(np.all(Z <= 0, axis=1))) for _, _, _, Z in caches[:-1]]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `caches[:-1]` leaves out the last layer. The fourth entry of a cache is `Z`; a row of it is a unit.
# </details>
# <details><summary>Hint 2</summary>
#
# `np.all(Z <= 0, axis=1)` is True for each dead unit; `np.sum` counts them.
# </details>

# %% check="dead_relus" points=1
with checks.exercise("dead_relus"):
    Z1 = np.array([[-1.0, -2.0, 0.0], [0.5, -3.0, -1.0], [0.0, 0.0, 0.0], [2.0, 1.0, 3.0], [1.0, -1.0, -2.0]])
    Z2, Z3 = np.array([[-1.0, -1.0, 4.0], [-2.0, -1.0, -3.0]]), np.array([[-1.0, -2.0, -3.0]])
    caches = [(np.zeros((3, 3)), np.ones((5, 3)), np.ones((5, 1)), Z1)]
    caches.append((np.maximum(0, Z1), np.ones((2, 5)), np.ones((2, 1)), Z2))
    caches.append((np.maximum(0, Z2), np.ones((1, 2)), np.ones((1, 1)), Z3))
    checks.unchanged(dead_relus, caches)
    what, counts = "dead_relus(caches), L = 3", dead_relus(caches)
    checks.that(np.size(counts) != 3, f"{what}: the output layer has no ReLU; leave it out")
    checks.length(what, counts, 2)
    slips = {"a score of 0 has no slope either": [0, 1], "a unit is dead only if all examples miss it": [4, 2]}
    slips |= {"these are examples; a unit is a row of Z": [0, 2], "these are the units that live": [3, 1]}
    slips |= {"the sum of the scores does not tell; each one must be 0 or below": [4, 1]}
    checks.close(what, np.array(counts), [2, 1], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def unit_by_unit(caches):
        counts = []
        for cache in caches[: len(caches) - 1]:
            counts.append(sum(1 for row in cache[3].tolist() if not any(score > 0 for score in row)))
        return counts

    def passed_through(rng, n, m, L):
        dims = [3, *rng.integers(1, n + 1, L).tolist()]
        p = {f"W{i}": rng.normal(0, 1, (dims[i], dims[i - 1])) for i in range(1, L + 1)}
        p |= {f"b{i}": rng.normal(-1, 1, (dims[i], 1)) for i in range(1, L + 1)}
        return dense.deep_forward(rng.normal(0, 1, (3, m)), p)[1]

    def one_layer(Z):
        first = (np.ones((2, Z.shape[1])), np.ones((len(Z), 2)), np.ones((len(Z), 1)), Z)
        return [first, (np.maximum(0, Z), np.ones((1, len(Z))), np.ones((1, 1)), np.ones((1, Z.shape[1])))]

    rare, empty = np.full((3, 1500), -1.0), np.zeros((4, 6))
    rare[1, -1] = 1e-12
    others = {
        "with no hidden layer": (caches[-1:],),
        "with a unit that one of 1,500 examples reaches by 1e-12": (one_layer(rare),),
        "with only zeros in Z": (one_layer(empty),),
        "with scores that are nearly 0": (one_layer(np.array([[1e-300, -1.0], [-1e-300, 0.0], [-0.0, 0.0]])),),
        "with positive and negative scores that cancel": (one_layer(np.array([[-5.0, 2.0], [-1.0, 1.0]])),),
        "with all alive": (one_layer(np.ones((5, 2))),),
    }
    sizes = {"n": 130, "m": 130, "L": (2, 12)}
    checks.agrees(dead_relus, unit_by_unit, passed_through, sizes=sizes, cases=others, apart=False)
    checks.whole("the first count of dead_relus(caches)", dead_relus(caches)[0])
    ### END HIDDEN TESTS

# %% [markdown]
# The network 64-64-10 after 100 steps with the rate 0.5, once with raw ink, once with normalised inputs.

# %%
for name, version in (("ink from 0 to 16", lambda X: X), ("normalised", lambda X: normalize_train(X)[0])):
    for seed in range(3):
        X, Y = some_digits(seed)
        costs, trained = train(version(X), Y, dense.initialize_deep([64, 64, 10], seed), 0.5, steps=100)
        dead = dead_relus(dense.deep_forward(version(X), trained, "softmax")[1])
        print(f"{name:16}: {dead[0]:2} of 64 units dead, cost {costs[-1]:.3f}")

# %% [markdown]
# *What to notice.* With raw ink nearly all hidden units die, and the cost is back at $\log 10 = 2.30$. What is left of the network hardly sees the picture. With normalised inputs and the same rate none or hardly any dies. This is the reason for the gap in the picture of section 2.
#
# **The size of a step.** A healthy step changes the weights of a layer by a small share of themselves. So we compare two Frobenius norms:
#
# $$r_l = \frac{\alpha \, \lVert dW_l \rVert_F}{\lVert W_l \rVert_F}, \qquad l = 1, \dots, L.$$
#
# A rule of thumb says: about 1/1000. Far below nothing happens; near 1 each step overwrites what the layer has learned.
#
# *On paper.* $W = [3, -4]$ has the norm 5, $dW = [0.6, 0.8]$ has the norm 1. With $\alpha = 0.1$ the ratio is $0.1 / 5 = 0.02$.
#
# ### Exercise 7: `update_ratios`


# %% exercise="update_ratios"
def update_ratios(parameters, grads, learning_rate):
    """The size of a step of gradient descent, compared with the weights, for each layer.

    Args:
        parameters: a dict with "W1", "b1", ..., "WL", "bL" and no other keys, in any order, of floats or whole numbers.
        grads: a dict with "dW1", "db1", ..., "dWL", "dbL", in any order.
        learning_rate: a number > 0.

    Returns:
        A list of L numbers, in the order of the layers 1 to L: the Frobenius norm of the step learning_rate * dWl, divided by
        that of Wl. Where all of Wl is 0, it is 0 if all of dWl is 0 as well, else np.inf. Biases do not count.

    Example:
        update_ratios({"W1": np.array([[3.0, -4.0]]), "b1": np.array([[7.0]])},
        {"dW1": np.array([[0.6, 0.8]]), "db1": np.array([[9.0]])}, 0.1) is [0.02].
    """
    # 1. How many layers are there?
    # 2. Two norms for each layer. When can you not divide?
    ### BEGIN SOLUTION
    ratios = []
    for layer in range(1, len(parameters) // 2 + 1):
        size = np.linalg.norm(parameters[f"W{layer}"])
        step = learning_rate * np.linalg.norm(grads[f"dW{layer}"])
        ratios.append(step / size if size > 0 else np.inf if step > 0 else 0)
    return ratios
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.linalg.norm(W)` is the Frobenius norm of a matrix, the root of the sum of the squares of all entries. `len(parameters) // 2` is $L$.
# </details>
# <details><summary>Hint 2</summary>
#
# Go through the numbers of the layers with `range(1, L + 1)` rather than through the keys: sorted as words, `"W10"` comes before `"W2"`. Ask `if size == 0:` before you divide.
# </details>

# %% check="update_ratios" points=2
with checks.exercise("update_ratios"):
    p = {"W2": np.zeros((1, 2)), "b1": np.array([[7.0], [1.0]]), "b2": np.zeros((1, 1)), "W3": np.zeros((2, 1))}
    p |= {"W1": np.array([[3.0, -4.0, 0.0], [0.0, 0.0, 12.0]]), "b3": np.ones((2, 1))}
    grads = {f"d{key}": np.ones(value.shape) for key, value in p.items()}
    grads |= {"dW1": np.array([[2.0, 0.0, 1.0], [0.0, -2.0, 0.0]]), "dW3": np.zeros((2, 1))}
    checks.unchanged(update_ratios, p, grads, 0.13)
    what, ratios = "update_ratios(parameters, grads, 0.13), L = 3", update_ratios(p, grads, 0.13)
    checks.length(what, ratios, 3)
    slips = {
        "the learning rate is missing": 0.2307692,
        "divide by the norm of W, not by its square": 0.0023077,
        "this is W divided by the step; turn it round": 33.3333333,
        "the norm is the root of the sum of squares, not the sum of the sizes": 0.0342105,
        "the biases do not count; leave them out": 0.0291352,
        "the roots are missing": 0.0009,
    }
    checks.close(f"entry 0 of {what}", ratios[0], 0.03, rtol=1e-6, mistakes=slips)
    slips = {"where W is 0 and the step is not, the ratio is infinite": 0.0}
    checks.close(f"entry 1 of {what}", ratios[1], np.inf, mistakes=slips)
    checks.close(f"entry 2 of {what}", ratios[2], 0.0)
    ### BEGIN HIDDEN TESTS

    def by_sums(parameters, grads, learning_rate):
        ratios = []
        for number in range(1, 1 + len(parameters) // 2):
            size = sum(float(w) ** 2 for w in parameters[f"W{number}"].ravel())
            step = sum(float(d) ** 2 for d in grads[f"dW{number}"].ravel())
            ratios.append(learning_rate * (step / size) ** 0.5 if size else (float("inf") if step else 0.0))
        return ratios

    def layers(rng, n, n_prev, L):
        shapes = {f"{k}{i}": (n + i % 2, n_prev if k == "W" else 1) for i in range(1, L + 1) for k in "bW"}
        grads = {f"d{key}": rng.normal(0, 2, shapes[key]) for key in rng.permutation(list(shapes)).tolist()}
        p = {key: rng.normal(0, 3, shapes[key]) for key in rng.permutation(list(shapes)).tolist()}
        return p, grads, float(rng.uniform(0.01, 2))

    p, grads, rate = layers(np.random.default_rng(74), 3, 2, 3)
    still = {"W1": np.zeros((1, 2)), "b1": np.ones((1, 1))}
    others = {
        "with weights of 1e-9": ({key: 1e-9 * value for key, value in p.items()}, grads, rate),
        "with a step that is 0": (p, {key: 0 * value for key, value in grads.items()}, rate),
        "with a learning rate that is a whole number": (p, grads, 2),
        "with weights whose sum is 0": (p | {"W1": np.array([[1.0, -1.0], [2.0, -2.0]])}, grads, rate),
        "with weights of 0 and steps whose sum is 0": (
            still,
            {"dW1": np.array([[1e-9, -1e-9]]), "db1": np.ones((1, 1))},
            1.0,
        ),
    }
    domain = {"real": {"parameters": 1e3, "grads": 1e3}, "types": ["parameters", "grads"], "cases": others}
    checks.agrees(update_ratios, by_sums, layers, sizes={"n": 130, "n_prev": 130, "L": 12}, **domain)
    ### END HIDDEN TESTS

# %%
X, Y = some_digits(seed=0)
X_norm = normalize_train(X)[0]
for name, (kind, gain) in starts.items():
    parameters = initialize([64] * 7 + [10], kind, 0, gain)
    AL, caches = dense.deep_forward(X_norm, parameters, "softmax")
    ratios = update_ratios(parameters, dense.deep_backward(AL, one_hot(Y), caches), learning_rate=0.1)
    plt.plot(range(1, 8), np.maximum(ratios, 1e-12), marker="o", label=name)
plt.axhspan(3e-4, 3e-1, color="grey", alpha=0.15)
plt.yscale("log")
plt.xlabel("layer")
plt.ylabel("step / weights (below 1e-12: drawn there)")
plt.title("The first step: far too small, about right, or far too large")
plt.legend(fontsize=8, ncols=5, loc="center", bbox_to_anchor=(0.5, 0.45))
plt.show()

# %% [markdown]
# *What to notice.* This is the first step of the five networks of section 5. It tells them apart before the training begins. With deviation 0.01 a layer moves by less than a millionth of itself. With deviation 1 each layer is overwritten by a step that is many times larger than its weights. The two that learn, He and Xavier, lie in the grey band, from 3/10,000 to 3/10.
# The rule of thumb 1/1000 comes from long trainings with mini-batches. Here, with all examples in each step, He learns fastest with ratios near 1/100. Take the rule as an order of magnitude.
#
# ## 8. Orthogonal weights
#
# *Can one do better than "on average"?*
#
# He keeps the mean square on average, but some directions of the signal grow and others shrink. An **orthogonal** matrix, $Q^T Q = I$, keeps the length of *every* vector exactly. One gets it from random numbers by the QR decomposition. Compare the product of 50 matrices of shape $(64, 64)$, without any activation. Its singular values say by how much the different directions are stretched.

# %%
rng = np.random.default_rng(0)
products = {"normal, variance 1/64": np.eye(64), "orthogonal": np.eye(64)}
for _ in range(50):
    W = rng.normal(size=(64, 64))
    products["normal, variance 1/64"] = W / np.sqrt(64) @ products["normal, variance 1/64"]
    products["orthogonal"] = np.linalg.qr(W)[0] @ products["orthogonal"]
for name, product in products.items():
    stretch = np.linalg.svd(product, compute_uv=False)
    print(f"{name:22}: largest {stretch[0]:.1e}, tenth {stretch[9]:.1e}, smallest {stretch[-1]:.0e}")

# %% [markdown]
# *What to notice.* After 50 normal matrices the mean square is about what it was, but nearly all of it lies in a few directions. All the others are lost: what the input said in them, no later layer can know. After 50 orthogonal matrices every direction has exactly the length that it had.
# The proof holds for layers without a bend. With ReLU half of the directions are cut in each layer anyway, and orthogonal weights gain little. They matter for recurrent networks (course 5), which multiply by the same matrix in every step.

# %% [markdown]
# ## What you built
#
# - `normalize_train` and `normalize_like`: one scale for training, dev and test set. With the best rate of each, your network needed less than a third of the steps;
# - `initialize`: zeros, random, Xavier and He with a gain;
# - `signal`: the mean squares of activations and gradients through 50 layers, which vanish, explode or live;
# - `check_first_cost`: mistakes that show before the first step;
# - `dead_relus` and `update_ratios`: what to look at when a network does not learn.
#
# ## On your own
#
# - Normalise by the smallest and the largest value, so that each feature goes from 0 to 1. Repeat section 2. Where does it stand among the four versions, and why?
# - Give the network of section 5 Xavier's weights with the gain 1.41. Which kind is that? Try gains from 0.5 to 3 and plot the cost after 150 steps.
# - Widen every second layer of section 4 to 256 units. Now $n_{l-1} \ne n_l$. Compare $1/n_{l-1}$ with Glorot's $2/(n_{l-1} + n_l)$ on both ways.
# - *Hard.* The trained network wants normalised inputs, but the camera delivers raw ones. Change $W_1$ and $b_1$ so that the network takes raw inputs and puts out exactly the same. Then explain: both networks can compute the same functions, so why did only one of them learn?
# - *Hard.* Whitening: turn the inputs so that they are also uncorrelated (`np.linalg.eigh` of $\hat{X} \hat{X}^T / m$), and divide by the deviations again. What happens to pixels that hardly vary? Does the network learn in fewer steps than with plain normalising, and is it as good on the test pictures?
#
# ## In practice
#
# In scikit-learn `StandardScaler().fit(X_train)` keeps your $\mu$ and $\sigma$, and `.transform(X_test)` is `normalize_like` (there a row is an example). It treats a feature as constant if its computed variance is no larger than the rounding error.
# In PyTorch `torch.nn.init.kaiming_normal_(w, nonlinearity="relu")` is He and `xavier_normal_(w, gain)` is Glorot's compromise; `orthogonal_(w, gain)` is section 8. `torch.nn.Linear` starts with a uniform distribution of variance $1/(3 n_{l-1})$, which is too small for deep ReLU networks.
# Batch normalisation (week 3) normalises the inputs of *every* layer, in every step.
#
# ## References
#
# - Y. LeCun, L. Bottou, G. Orr and K.-R. Müller (1998), *Efficient BackProp*, in: Neural Networks: Tricks of the Trade.
# - X. Glorot and Y. Bengio (2010), *Understanding the difficulty of training deep feedforward neural networks*, AISTATS.
# - K. He, X. Zhang, S. Ren and J. Sun (2015), *Delving deep into rectifiers: surpassing human-level performance on ImageNet classification*, ICCV.
# - A. Saxe, J. McClelland and S. Ganguli (2014), *Exact solutions to the nonlinear dynamics of learning in deep linear neural networks*, ICLR.
