# %% [markdown]
# You will train logistic regression, a shallow and a deep network on the same pictures with one function, choose a learning rate without looking at the test set, and see which pictures are still wrong.

# %% [markdown]
# ## What you will be able to do
#
# - train a network of any depth with four given blocks, and turn its output into decisions;
# - tell parameters from hyperparameters, and choose a learning rate with a dev set, also when some rates diverge;
# - count which classes are taken for which, and find the worst mistakes;
# - say whether a deeper network is better, or only seems to be;
# - say what a network has in common with a brain, and what not.
#
# **What you need:** [lesson 01](01_deep_forward_and_dimensions.ipynb) and [lesson 03](03_building_blocks_of_deep_networks.ipynb) of this week, and the cat pictures of
# [week 2, lesson 04](../week2_neural_network_basics/04_vectorized_logistic_regression.ipynb).
#
# `dense` in the set-up cell holds the building blocks of lessons 01 and 03, with one addition: `output="softmax"`, for exactly one true class among several.

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
# ## 1. One function for every depth
#
# *What must be written anew for a deeper network?*
#
# Nothing: the depth stands in `layer_dims`. These are the blocks and their shapes, with $m$ examples in the columns of $X$ $(n_0, m)$ and of $Y$ $(n_L, m)$:
#
# | call | returns |
# |---|---|
# | `dense.initialize_deep(layer_dims, seed)` | `parameters`: `"W1"` $(n_1, n_0)$, `"b1"` $(n_1, 1)$, …, `"bL"` $(n_L, 1)$ |
# | `dense.deep_forward(X, parameters, output)` | `AL` $(n_L, m)$, and the list of `caches` |
# | `dense.deep_cost(AL, Y, output)` | the cost, a number |
# | `dense.deep_backward(AL, Y, caches)` | `grads`: `"dW1"`, `"db1"`, …, each of the shape of its parameter |
# | `dense.update(parameters, grads, learning_rate)` | the new parameters |
#
# `[784, 1]` is logistic regression. A two-layer model is `layer_dims` of length 3, for example `[784, 20, 1]`; it needs no function of its own.
#
# **Softmax.** For ten classes the output layer has ten units, and each picture belongs to exactly one class. So the ten probabilities should add up to 1: softmax divides $e^{z_k}$ by the sum of all ten.
# Course 2 teaches it. Here you only pass the word on: `output` is `"sigmoid"` or `"softmax"`, and in both cases $dZ_L = A_L - Y$.
#
# *On paper.* $X = [1, 2]$, $Y = [0, 1]$, `layer_dims` $[1, 1]$, learning rate $0.5$. Suppose $W_1 = [1]$ and $b_1 = [0]$: $A_1 = [0.731, 0.881]$, cost $(1.313 + 0.127)/2 = 0.720$,
# $dW_1 = (0.731 \cdot 1 - 0.119 \cdot 2)/2 = 0.246$, $db_1 = (0.731 - 0.119)/2 = 0.306$. After one step $W_1 = 0.877$ and $b_1 = -0.153$. `costs` is $[0.720]$: the cost **before** the step.
#
# ### Exercise 1: `L_layer_model`


# %% exercise="L_layer_model"
def L_layer_model(X, Y, layer_dims, learning_rate, steps, seed, output="sigmoid"):
    """Train a network of any depth by gradient descent.

    Args:
        X: examples as columns, shape (n_0, m).
        Y: labels 0 or 1, shape (n_L, m).
        layer_dims: list [n_0, n_1, ..., n_L], L >= 1.
        learning_rate: a number > 0.
        steps: whole number >= 0.
        seed: whole number, for dense.initialize_deep.
        output: "sigmoid" or "softmax", the activation of the last layer.

    Returns:
        (parameters, costs): the parameters after the last step, and a list with the cost before each step, `steps`
        numbers. With steps = 0: the first parameters and an empty list.
    """
    # 1. Where do the first parameters come from?
    # 2. Four blocks make one step. Which of them need to know `output`?
    # 3. When is the cost written down?
    ### BEGIN SOLUTION
    parameters, costs = dense.initialize_deep(layer_dims, seed), []
    for _ in range(steps):
        AL, caches = dense.deep_forward(X, parameters, output)
        costs.append(dense.deep_cost(AL, Y, output))
        grads = dense.deep_backward(AL, Y, caches)
        parameters = dense.update(parameters, grads, learning_rate)
    return parameters, costs
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# One call before the loop `for _ in range(steps):`, and one line for each of the four blocks in it; `costs.append(...)` takes the cost. `deep_forward` and `deep_cost` get `output` as their last argument.
# </details>

# %% check="L_layer_model" points=3
with checks.exercise("L_layer_model"):

    def train_again(X, Y, layer_dims, rate, steps, seed, output, anew=False, weights_only=False, cost_of=None):
        """Parameters and costs by formulas of the check's own, from the same first weights; steps + 1 costs."""
        L, m = len(layer_dims) - 1, X.shape[1]
        p, costs = dense.initialize_deep(layer_dims, seed), []
        for t in range(steps + 1):
            p = dense.initialize_deep(layer_dims, seed) if anew else p
            A = [X]
            for i in range(1, L + 1):
                Z = p[f"W{i}"] @ A[-1] + p[f"b{i}"]
                A.append(np.where(Z > 0, Z, 0))
            e = np.exp(Z)
            A[L] = e / e.sum(axis=0) if output == "softmax" else e / (1 + e)
            other = 0 if (cost_of or output) == "softmax" else np.sum((1 - Y) * np.log(1 - A[L]))
            costs.append(-(np.sum(Y * np.log(A[L])) + other) / m)
            dZ, moved = A[L] - Y, dict(p)
            for i in range(L, 0, -1):
                moved[f"W{i}"] = p[f"W{i}"] - rate * np.einsum("jm,km->jk", dZ, A[i - 1]) / m
                moved[f"b{i}"] = p[f"b{i}"] - rate * (not weights_only) * dZ.mean(axis=1, keepdims=True)
                dZ = np.einsum("jk,jm->km", p[f"W{i}"], dZ) * (A[i - 1] > 0)
            p = moved if t < steps else p
        return p, costs

    def check_model(X, Y, layer_dims, rate, steps, seed, output="sigmoid"):
        what = f'L_layer_model(X, Y, {layer_dims}, {rate}, steps={steps}, seed={seed}, "{output}")'
        arguments = X, Y, layer_dims, rate, steps, seed
        answer = L_layer_model(*arguments, output) if output == "softmax" else L_layer_model(*arguments)
        two = isinstance(answer, tuple | list) and len(answer) == 2
        checks.that(two, f"{what}: expected two results, `return parameters, costs`")
        learned, costs = answer
        keys = set(dense.initialize_deep(layer_dims, 0))
        checks.that(isinstance(learned, dict), f"{what}: the first result is not a dict of parameters")
        checks.that(keys <= set(learned), f"{what}: the parameters need the keys {', '.join(sorted(keys))}")
        checks.that(np.ndim(costs) == 1, f"{what}: the second result must be a list of numbers")
        p, expected = train_again(X, Y, layer_dims, rate, steps, seed, output)
        checks.that(len(costs) == steps, f"{what}: expected {steps} costs, one before each step, got {len(costs)}")
        slips = {
            "it walks uphill": {"rate": -rate},
            "another seed was used": {"seed": 0 if seed else 1},
            "each step begins with the first parameters; keep what dense.update returns": {"anew": True},
            "the biases do not move": {"weights_only": True},
            "dense.deep_cost must know the output, too": {"cost_of": "sigmoid"},
        }
        given = {"rate": rate, "seed": seed, "output": output}
        others = {words: train_again(X, Y, layer_dims, steps=steps, **given | slip) for words, slip in slips.items()}
        if steps > 0:
            slips = {"each cost is taken after its step; take it before": expected[1:]}
            slips |= {words: other[1][:-1] for words, other in others.items()}
            costs, begin = np.array(costs, dtype=float), {words: values[0] for words, values in slips.items()}
            checks.close(f"the first cost, before any step, of {what}", costs[0], expected[0], mistakes=begin)
            checks.close(f"costs of {what}", costs, expected[:-1], m=X.shape[1], mistakes=slips)
        others = {"it has not moved": (dense.initialize_deep(layer_dims, seed),)} | others
        others["one step too many"] = train_again(X, Y, layer_dims, rate, steps + 1, seed, output)
        others["the last step is missing"] = train_again(X, Y, layer_dims, rate, max(steps - 1, 0), seed, output)
        for key in p:
            slips = {words: other[0][key] for words, other in others.items()}
            checks.close(f"{key} of {what}", learned[key], p[key], mistakes=slips)

    X = np.array([[0.5, -1.0, 1.5, 0.0, -0.5], [1.0, 0.5, -0.5, 2.0, -1.5]])
    Y = np.array([[1, 0, 1, 1, 0]])
    checks.unchanged(L_layer_model, X, Y, [2, 4, 3, 1], 0.5, 3, 1)
    check_model(X, Y, [2, 4, 3, 1], 0.5, 3, 1)
    check_model(X, Y, [2, 3, 1], 0.5, 0, 2)
    check_model(X, np.array([[1, 0, 0, 1, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 1]]), [2, 5, 3], 0.3, 2, 3, "softmax")
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(71)
    for layer_dims, m, rate, steps in (([4, 1], 6, 0.7, 5), ([3, 6, 2], 7, 0.2, 4), ([3, 4, 5, 3, 2, 1], 5, 0.05, 6)):
        X, Y = check_rng.normal(size=(layer_dims[0], m)), check_rng.integers(0, 2, (layer_dims[-1], m))
        check_model(X, Y, layer_dims, rate, steps, int(check_rng.integers(10, 99)))
    X, Y = check_rng.normal(size=(3, 8)), np.eye(4)[:, check_rng.integers(0, 4, 8)]
    check_model(X, Y, [3, 6, 5, 4], 0.1, 5, 12, "softmax")
    ### END HIDDEN TESTS

# %% [markdown]
# Now the pictures. Two sets are not enough for this lesson: the test set must stay unseen while you choose. So the last 396 training pictures become a **dev set** (development set); 1,188 remain to learn from.
# (Course 2, week 1, says more about splitting.) The numbers for standardising come from the 1,188 alone.


# %%
def as_columns(images):
    """Pictures of shape (m, 28, 28, 1) as columns of numbers from 0 to 1, shape (784, m)."""
    return images.reshape(len(images), -1).T / 255


cats = data.load_cat_pictures()
X_train, X_dev = np.split(as_columns(cats.X_train), [1188], axis=1)
Y_train, Y_dev = np.split(cats.Y_train, [1188], axis=1)
mean, deviation = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
deviation[deviation == 0] = 1
X_train, X_dev, X_test = ((X - mean) / deviation for X in (X_train, X_dev, as_columns(cats.X_test)))
Y_test = cats.Y_test
for name, X, Y in (("training", X_train, Y_train), ("dev", X_dev, Y_dev), ("test", X_test, Y_test)):
    print(f"{name:8} X {X.shape}, Y {Y.shape}, {Y.mean():.1%} cats")

parameters, costs = L_layer_model(X_train, Y_train, [784, 20, 10, 1], learning_rate=0.1, steps=50, seed=0)
print("cost before step 1, 11, 21, 31, 41:", np.round(costs[::10], 3))

# %% [markdown]
# *What to notice.* Each of the three sets is about half cats, and the cost falls.
#
# ## 2. From probabilities to decisions
#
# *The network gives out numbers. What does it say?*
#
# With one output: 1 where $a > 1/2$, else 0; exactly $1/2$ is no vote for a cat. With $n_L$ outputs, one for each class: the **number of the class** with the highest probability, from 0 to $n_L - 1$. Either way the decisions have shape $(1, m)$, like labels.
#
# Take care with several outputs. The sigmoid of a score of 40 and that of 50 are both exactly 1 in the computer, so after a sigmoid the highest cannot be told from the second. The softmax of the two scores keeps them apart.
#
# *On paper.* One output, $A_L = [0.7, \; 0.5, \; 0.2]$: decisions $[1, 0, 0]$. Three outputs, two examples:
#
# $$A_L = \begin{bmatrix} 0.2 & 0.4 \\ 0.7 & 0.35 \\ 0.1 & 0.25 \end{bmatrix} \quad\Rightarrow\quad [1, \; 0], \qquad \text{shape } (1, 2).$$
#
# ### Exercise 2: `predict`


# %% exercise="predict"
def predict(X, parameters):
    """The decision of a network for each example.

    Args:
        X: examples as columns, shape (n_0, m).
        parameters: a dict with "W1", "b1", ..., "WL", "bL".

    Returns:
        Shape (1, m). With one output unit: 1 where its sigmoid is above 0.5, else 0. With more: the number of the
        class with the highest softmax, 0 to n_L - 1.

    Example:
        predict(np.array([[2.0, 0.0, -3.0]]), {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1))}) is [[1, 0, 0]].
    """
    # 1. How many output units are there? A parameter of the last layer tells.
    # 2. Probabilities with the right kind of output.
    # 3. A comparison, or the place of the largest in each column; mind the shape.
    ### BEGIN SOLUTION
    n_y = len(parameters[f"b{len(parameters) // 2}"])
    if n_y == 1:
        AL, _ = dense.deep_forward(X, parameters)
        return (AL > 0.5).astype(int)
    AL, _ = dense.deep_forward(X, parameters, "softmax")
    return np.argmax(AL, axis=0, keepdims=True)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `L = len(parameters) // 2`, and `parameters[f"b{L}"]` has one row for each output unit. `np.argmax(AL, axis=0, keepdims=True)` finds the row of the largest number in each column, shape `(1, m)`.
# </details>

# %% check="predict" points=2
with checks.exercise("predict"):

    def check_predict(what, X, p):
        Z, L = X, len(p) // 2
        for i in range(1, L + 1):
            Z = p[f"W{i}"] @ (np.maximum(Z, 0) if i > 1 else Z) + p[f"b{i}"]
        n_y, m = Z.shape
        if n_y == 1:
            decided = np.array([[int(z > 0) for z in Z[0]]])
            slips = {
                "a probability of exactly 0.5 becomes 0: use > and not >=": Z >= 0,
                "these are the probabilities; compare them with 0.5": 1 / (1 + np.exp(-Z)),
                "the score Z is compared with 0.5; compare the probability": Z > 0.5,
                "0 and 1 are swapped": Z <= 0,
                "this is 1 where the probability is below 0.5": Z < 0,
                "the softmax of a single output is always 1; use the sigmoid": np.ones((1, m)),
                "the place of the largest among one number is always 0; compare it with 0.5": np.zeros((1, m)),
            }
        else:
            decided = np.array([[max(range(n_y), key=lambda k: Z[k, i]) for i in range(m)]])
            tied = np.argmax((1 + np.tanh(Z / 2)) / 2, axis=0, keepdims=True)
            largest = (np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=0)).max(axis=0, keepdims=True)
            slips = {
                'large scores all become 1 under the sigmoid; use output="softmax"': tied,
                "this is the largest probability itself; its row is wanted": largest,
                "classes count from 0": decided + 1,
                "this is the class with the lowest probability": Z.argmin(axis=0, keepdims=True),
            }
        checks.unchanged(predict, X, p)
        checks.close(what, predict(X, p), decided, mistakes=slips)

    one = {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1))}
    check_predict("predict(X, parameters), one output, scores 2, 0, -3, 0.3", np.array([[2.0, 0.0, -3.0, 0.3]]), one)
    three = {"W1": np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]]), "b1": np.array([[0.5], [0.0], [-1.0]])}
    X = np.array([[1.0, 0.5, 2.0, -1.0, 0.2], [0.0, 2.0, 3.0, -1.0, 0.5]])
    check_predict("predict(X, parameters), three outputs, five examples", X, three)
    check_predict("predict(X, parameters), three outputs, scores above 40", 60 + 20 * X, three)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(72)
    for *dims, m in ((4, 1, 9), (3, 5, 1, 6), (2, 4, 3, 1, 1), (4, 3, 8), (3, 5, 6, 4, 7), (2, 6, 2, 1), (5, 3, 3)):
        start = dense.initialize_deep(dims, m)
        p = {key: value + 0.3 * check_rng.normal(size=value.shape) for key, value in start.items()}
        check_predict(f"predict(X, parameters), layer_dims = {dims}, m = {m}", check_rng.normal(size=(dims[0], m)), p)
    ### END HIDDEN TESTS

# %% [markdown]
# The **accuracy** is the share of right decisions.


# %%
def accuracy(parameters, X, labels):
    """The share of the m decisions (1, m) that agree with the labels (1, m): a number from 0 to 1."""
    return np.mean(predict(X, parameters) == labels)


print(
    f"after 50 steps: training {accuracy(parameters, X_train, Y_train):.1%}, dev {accuracy(parameters, X_dev, Y_dev):.1%}"
)

# %% [markdown]
# ## 3. Parameters and hyperparameters
#
# *Who chooses the learning rate?*
#
# | | parameters | hyperparameters |
# |---|---|---|
# | examples | all $W_l$ and $b_l$ | learning rate, number of steps, number of layers and of units, activation; later: batch size, momentum, $\lambda$ |
# | who finds them | gradient descent, on the training set | you, by trying, on the dev set |
# | how | follow the derivative of the cost | train once for each candidate, compare |
# | how many here | 15,921 for `[784, 20, 10, 1]` | about five |
#
# Hyperparameters decide what the parameters become. There is no formula for them: try, look, change. A learning rate is tried in steps of about 3 (0.01, 0.03, 0.1, …), because its order of size counts, not its third digit.
#
# **Three sets, three uses.** The training set finds the parameters, the dev set compares the candidates. The winner's dev accuracy is a little too good, because it was chosen for it: with enough candidates one is lucky. So the test set is asked **once**, for the winner, after the choice.
#
# **Runs that diverge.** With a large rate the steps jump over the valley. The cost ends higher than it began, or it becomes `nan` ("not a number"). Such a run gets the score `nan` and cannot win. Two facts about `nan`: every comparison with it is false, also `nan == nan`;
# and therefore `max([nan, 0.9])` is `nan` but `max([0.9, nan])` is 0.9. So ask *has the cost fallen?*, which is false for `nan` too, and keep `nan` out of `max`.
#
# *On paper.* Three rates:
#
# | rate | first cost → last cost | dev accuracy | in the table |
# |---|---|---|---|
# | 0.1 | 0.9 → 0.4 | 0.80 | 0.80 |
# | 1 | 0.9 → 0.1 | 0.86 | 0.86 |
# | 10 | 0.9 → `nan` | 0.50 | `nan` |
#
# The best rate is 1, although we do not know its test accuracy yet.
#
# ### Exercise 3: `tune_learning_rate`


# %% exercise="tune_learning_rate"
def tune_learning_rate(learning_rates, train, score, dev, test):
    """Train once for each rate, choose by the dev set, and ask the test set once.

    Args:
        learning_rates: a list of numbers > 0.
        train: a function; train(learning_rate) returns (parameters, costs), costs being a list of at least 2 numbers.
        score: a function; score(parameters, X, Y) is the accuracy on these examples.
        dev, test: two tuples (X, Y).

    Returns:
        (best, table, test_score): the rate with the highest dev score, the first in the list if several have it; a
        dict with the dev score of each rate, nan for a rate that diverged (its last cost is not below its first); and
        the score on the test set of the parameters trained with the best rate. `score` sees the test set only once.

    Raises:
        ValueError: every rate diverged.
    """
    # 1. For each rate: train. Has the cost fallen? Then, and only then, the dev score counts.
    # 2. Keep the best rate so far, and its parameters.
    # 3. When the choice is made: is there a winner? Then the test set.
    ### BEGIN SOLUTION
    best, best_parameters, table = None, None, {}
    for rate in learning_rates:
        parameters, costs = train(rate)
        table[rate] = score(parameters, *dev) if costs[-1] < costs[0] else np.nan
        if not np.isnan(table[rate]) and (best is None or table[rate] > table[best]):
            best, best_parameters = rate, parameters
    if best is None:
        raise ValueError("every learning rate diverged: try smaller ones")
    return best, table, score(best_parameters, *test)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `costs[-1] < costs[0]` is false for `nan`. `score(parameters, *dev)` is short for `score(parameters, dev[0], dev[1])`.
# </details>
# <details><summary>Hint 2</summary>
#
# Begin with `best = None`. A rate takes its place if it has not diverged, and if there is no best yet or its score is higher than `table[best]`. If `best` is still `None` after the loop, `raise ValueError("…")`.
# </details>

# %% check="tune_learning_rate" points=3
with checks.exercise("tune_learning_rate"):

    def check_tuning(what, runs, best):
        """`runs` maps a rate to (costs, dev score, test score); the parameters only carry the rate."""
        dev, test, seen = (np.zeros((2, 5)), np.zeros((1, 5))), (np.ones((2, 3)), np.ones((1, 3))), []

        def train(rate):
            return {"W1": np.array([[float(rate)]]), "b1": np.zeros((1, 1))}, list(runs[rate][0])

        def score(parameters, X, Y):
            seen.append("dev" if X.shape == (2, 5) and Y.shape == (1, 5) else "test")
            return runs[float(parameters["W1"][0, 0])][1 if seen[-1] == "dev" else 2]

        rates = list(runs)
        if best is None:
            checks.raises(what, ValueError, tune_learning_rate, rates, train, score, dev, test)
            checks.that("test" not in seen, f"{what}: no rate can be chosen, so the test set must not be asked")
            return
        checks.unchanged(tune_learning_rate, rates, train, score, dev, test)
        seen.clear()
        answer = tune_learning_rate(rates, train, score, dev, test)
        three = isinstance(answer, tuple | list) and len(answer) == 3
        checks.that(three, f"{what}: expected three results, `return best, table, test_score`")
        chosen, table, test_score = answer
        fallen = {rate: costs[-1] < costs[0] for rate, (costs, _, _) in runs.items()}
        checks.that(isinstance(table, dict), f"{what}: the table is a dict, rate: dev score")
        entries = f"{what}: the table needs one entry for each rate, also for those that diverged"
        checks.that(set(table) == set(rates), entries)
        for rate, (costs, dev_score, its_test_score) in runs.items():
            entry = f"table[{rate}] in {what}"
            diverged = f"{entry}: the cost goes from {costs[0]} to {costs[-1]}, so the rate diverged; its score is nan"
            checks.that(fallen[rate] or (table[rate] is not None and np.isnan(table[rate])), diverged)
            if fallen[rate]:
                checks.shape(entry, table[rate], ())
                checks.that(not np.isnan(table[rate]), f"{entry}: the cost has fallen, so its dev score stands here")
                checks.close(entry, table[rate], dev_score, mistakes={
                    "this is the accuracy on the test set; choose by the dev set": its_test_score,
                    "this is the last cost; its dev score is wanted": costs[-1]})  # fmt: skip
        often = f"{what}: the test set was asked {seen.count('test')} times; ask it once, for the best rate"
        checks.that(seen.count("test") < 2, often)
        alive = [rate for rate in rates if fallen[rate]]
        slips = {
            "of equal dev scores the first in the list wins": [r for r in rates if runs[r][1] == runs[best][1]][-1],
            "this is its place in the list; return the rate": rates.index(best),
            "the dev score decides, not the last cost": min(alive, key=lambda rate: runs[rate][0][-1]),
            "the dev score decides, not the test score": max(alive, key=lambda rate: runs[rate][2]),
            "a rate that diverged cannot win; nan makes max() unreliable": next(
                (r for r in rates if r not in alive), None
            ),
            "this is the worst rate": min(alive, key=lambda rate: runs[rate][1]),
        }
        checks.that(isinstance(chosen, int | float | np.number), f"{what}: the first result is the best rate, a number")
        cause = next((words for words, rate in slips.items() if rate == chosen), "compare the dev scores in the table")
        checks.that(chosen == best, f"{what}: expected best = {best}, got {chosen}: {cause}")
        mistakes = {"this is its dev score; ask for the test set": runs[best][1],
                    "these are the parameters of the last rate; keep those of the best": runs[rates[-1]][2]}  # fmt: skip
        checks.close(f"test_score in {what}", test_score, runs[best][2], mistakes=mistakes)

    nan = float("nan")
    runs = {0.1: ([0.9, 0.6, 0.4], 0.8, 0.85), 1.0: ([0.9, 0.2, 0.1], 0.86, 0.82), 10.0: ([0.9, 7.0, nan], 0.5, 0.5)}
    check_tuning("tune_learning_rate, the table on paper", runs, 1.0)
    runs = {9.0: ([0.7, 0.8], 0.95, 0.5), 0.3: ([0.7, 0.5], 0.9, 0.88), 0.5: ([0.7, 0.3], 0.9, 0.7)}
    check_tuning("tune_learning_rate, 9 diverges first", runs | {0.1: ([0.7, 0.1], 0.6, 0.9)}, 0.3)
    runs = {3.0: ([0.7, 0.8], 0.6, 0.6), 4.0: ([0.7, nan], 0.5, 0.5)}
    check_tuning("tune_learning_rate, every rate diverges", runs, None)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(73)
    for number in (1, 4, 7):
        runs = {}
        for rate in check_rng.permutation(number).tolist():
            runs[2.0**-rate] = (check_rng.uniform(0.5, 0.69, 4).tolist(), *check_rng.uniform(0.5, 0.9, 2).tolist())
            runs[2.0**-rate][0][0] = 0.7
        best = max(runs, key=lambda rate: runs[rate][1])
        runs[64.0] = [0.7, 0.1, 0.9], 0.99, 0.99
        check_tuning(f"tune_learning_rate, {number + 1} rates, the last cost falls and rises again", runs, best)
    runs = {0.5: ([0.7, 0.9, 0.7], 1.0, 1.0), 0.25: ([0.7, 0.8, 0.6], 0.05, 0.75), 0.125: ([0.7, np.inf], 0.9, 0.9)}
    check_tuning("tune_learning_rate, one cost ends where it began", runs, 0.25)
    check_tuning("tune_learning_rate, every cost ends where it began", {1.0: ([0.7, 0.7], 0.5, 0.5)}, None)
    ### END HIDDEN TESTS

# %% [markdown]
# Seven rates for `[784, 20, 10, 1]`, 150 steps each. `train` keeps the costs for the picture.

# %%
rates, histories = [0.001, 0.01, 0.03, 0.1, 0.3, 3, 10], {}
with tqdm(total=len(rates), desc="learning rates", file=sys.stdout) as bar:

    def train(rate):
        """Train the cat network with this rate: (parameters, costs)."""
        parameters, histories[rate] = L_layer_model(X_train, Y_train, [784, 20, 10, 1], rate, 150, seed=0)
        bar.update()
        return parameters, histories[rate]

    best, table, test_score = tune_learning_rate(rates, train, accuracy, (X_dev, Y_dev), (X_test, Y_test))

for rate, costs in histories.items():
    score = "diverged" if np.isnan(table[rate]) else f"dev {table[rate]:.1%}"
    plt.plot(costs, linewidth=3 if rate == best else 1.5, label=f"{rate}: {score}")
plt.yscale("log")
plt.xlabel("step")
plt.ylabel("cost on the training pictures (log scale)")
plt.title("Too small learns slowly, too large never recovers from its first steps")
plt.legend(title="learning rate", loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()
print(f"best rate by the dev set: {best}; test accuracy, asked once: {test_score:.1%}")

# %% [markdown]
# *What to notice.* With 0.001 the network has hardly begun after 150 steps; 0.3 is the fastest. With 10 the cost ends higher than it began: diverged. The rate 3 is a trap. Its cost has fallen, to $0.693 = \log 2$, but the first large steps have thrown all ten units of the second hidden layer
# to where ReLU gives 0 for **every** training picture. Their gradient is 0 too, so they never come back: the network says the same about each picture. The dev set shows it, the rule of the cost does not.
#
# And 0.1 against 0.3? They differ by one of 396 dev pictures; the standard error of such an accuracy is $\sqrt{0.9 \cdot 0.1 / 396} = 1.5$ points. The dev set tells the order of size, no more. Below we take 0.1, which is far from the trap.
#
# ## 4. Is deeper better?
#
# *Logistic regression, one hidden layer, two, three: which is the best?*
#
# One run is not an answer: another seed gives other first weights and another accuracy. So every network is trained from several seeds, and we look at the mean and at the spread (the standard deviation over the seeds). The next function does it for any pictures.


# %%
def compare(networks, train, test, learning_rate, steps, seeds):
    """Print a row for each network; return {L: its parameters from seed 0}. train and test are (X, labels (1, m))."""
    (X, labels), first = train, {}
    print(f"{'layer_dims':22}parameters  last cost     training       test (% right, mean ± spread)")
    for layer_dims in networks:
        n_y, rows = layer_dims[-1], []
        Y, output = (labels, "sigmoid") if n_y == 1 else (labels == np.arange(n_y).reshape(-1, 1), "softmax")
        for seed in tqdm(range(seeds), desc=str(layer_dims), file=sys.stdout, leave=False):
            parameters, costs = L_layer_model(X, Y, layer_dims, learning_rate, steps, seed, output)
            first.setdefault(len(layer_dims) - 1, parameters)
            rows.append([costs[-1], accuracy(parameters, *train), accuracy(parameters, *test)])
        cost, right, new = np.mean(rows, axis=0)
        _, spread, new_spread = 100 * np.std(rows, axis=0, ddof=1)
        count = sum(value.size for value in parameters.values())
        shares = f"{100 * right:.1f} ± {spread:.1f}   {100 * new:.1f} ± {new_spread:.1f}"
        print(f"{str(layer_dims):22}{count:10,}{cost:11.3f}   {shares}")
    return first


networks = [[784, 1], [784, 20, 1], [784, 20, 10, 1], [784, 20, 10, 5, 1]]
cat_networks = compare(networks, (X_train, Y_train), (X_test, Y_test), learning_rate=0.1, steps=150, seeds=5)
right = {L: predict(X_test, parameters) == Y_test for L, parameters in cat_networks.items()}
for a, b in ((1, 3), (2, 3)):
    gained, lost = np.sum(right[b] & ~right[a]), np.sum(right[a] & ~right[b])
    print(f"seed 0, L = {b} against L = {a}: {gained} test pictures more, {lost} fewer, "
          f"difference {(gained - lost) / 3.96:.1f} points, standard error {np.sqrt(gained + lost) / 3.96:.1f}")  # fmt: skip

# %% [markdown]
# *What to notice.* The training accuracy climbs from 94.5 % to 99 %: more layers fit the 1,188 pictures better. On new pictures the first hidden layer gains about 2 points over logistic regression. The second adds 0.4, the third takes 1 away.
#
# Is that more than chance? Two networks that saw the same test pictures differ only where one is right and the other wrong. Of such pictures `gained` and `lost` are counts; their difference has the standard error $\sqrt{\text{gained} + \text{lost}}$. For $L = 3$ against $L = 1$ the gain is nearly two standard errors: likely,
# not certain. For $L = 3$ against $L = 2$ it is less than one: **here the second hidden layer has not been shown to help**. (More seeds shrink only the part that comes from the random start, since all of them answer the same 396 pictures. More test pictures shrink the rest.)
#
# Why not? There are only 1,188 pictures to learn from (1,584 with the dev set), and with one hidden layer the network is already right on 98 % of them. A better fit is not what it lacks.
# By the way: the test set appears in this table as a report. Nothing is chosen by it.
#
# Does depth gain more where there is more to tell apart? Ten classes: the ten digits, and all ten animals, from 3,000 pictures each. (The rate 0.3 is not tuned; it is the same for all.)

# %%
networks = [[784, 10], [784, 30, 10], [784, 30, 20, 10]]
ten_networks, ten_tests = {}, {}
for name, pictures in (("digits", data.load_digits()), ("animals", data.load_animals())):
    X, X_new = as_columns(pictures.X_train[:3000]), as_columns(pictures.X_test)
    mean = X.mean(axis=1, keepdims=True)
    ten_tests[name] = X_new - mean, pictures.Y_test
    print(f"{name}: {X.shape[1]:,} pictures to train, {X_new.shape[1]:,} to test")
    ten_networks[name] = compare(networks, (X - mean, pictures.Y_train[:, :3000]), ten_tests[name], 0.3, 100, seeds=3)

# %% [markdown]
# *What to notice.* The hidden layer gains clearly now: 2 points for the digits, more than 3 for the animals, with a standard error of about 0.7 and 0.9 points for each accuracy. The second hidden layer lowers the cost after the same 100 steps by about a quarter, in both: **that** is where it gains, it fits faster. On new digits it gains nothing.
#
# On new animals it seems to gain 1.2 points. Do not believe it yet: three seeds, with a spread of 1.1. With `seeds=8` the two networks reach 79.1 % and 79.8 %, and with `steps=400` as well 83.6 % and 83.5 %: what looked better was only ahead. A comparison after a fixed number of steps favours the faster one.
#
# So is depth useless? No: lesson 02 shows functions that a shallow network computes only with very many units. But a layer that joins every pixel with every unit has to learn each shape anew at each place. Depth pays on pictures when the layers look for small patterns everywhere and there are many pictures (course 4).
#
# ## 5. Which class is taken for which?
#
# *90 % of the digits are right. And the others?*
#
# Count. The **confusion matrix** has a row for each true class and a column for each decision:
#
# $$C_{jk} = \text{number of examples of class } j \text{ that are taken for class } k, \qquad \text{shape } (n, n).$$
#
# The diagonal holds what is right. A row adds up to the number of examples of its class.
#
# *On paper.* $Y = [0, 1, 1, 0, 1]$, decisions $[0, 1, 0, 0, 1]$: $\; C = \begin{bmatrix} 2 & 0 \\ 1 & 2 \end{bmatrix}$. With 1 = cat, its second row and second column give two well known shares:
# **recall** $= 2/(1 + 2) = 67\,\%$ of the cats are found, **precision** $= 2/(0 + 2) = 100\,\%$ of what is called a cat is one.
#
# ### Exercise 4: `confusion_matrix`


# %% exercise="confusion_matrix"
def confusion_matrix(Y, Y_hat, n_classes):
    """How many examples of each class are taken for each class.

    Args:
        Y: true classes, whole numbers from 0 to n_classes - 1, shape (1, m).
        Y_hat: decisions, the same kind, shape (1, m).
        n_classes: a whole number; a class may be missing in Y and in Y_hat.

    Returns:
        Counts, an array of whole numbers, shape (n_classes, n_classes): row j, column k holds the number of examples with label j and decision k.

    Example:
        confusion_matrix(np.array([[0, 1, 1, 0, 1]]), np.array([[0, 1, 0, 0, 1]]), 2) is [[2, 0], [1, 2]].
    """
    # 1. A matrix of zeros.
    # 2. Each example adds 1 in one place; several examples may add to the same one.
    ### BEGIN SOLUTION
    counts = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(counts, (Y, Y_hat), 1)
    return counts
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# A loop over `zip(Y[0], Y_hat[0])` gives one pair of numbers for each example. Without a loop: `counts[Y, Y_hat] += 1` writes each place only once, however often it occurs; `np.add.at(counts, (Y, Y_hat), 1)` adds them all.
# </details>

# %% check="confusion_matrix" points=2
with checks.exercise("confusion_matrix"):

    def check_counts(what, Y, Y_hat, n):
        pairs = list(zip(Y[0].tolist(), Y_hat[0].tolist(), strict=True))
        counts = np.array([[pairs.count((j, k)) for k in range(n)] for j in range(n)])
        slips = {
            "rows are the true classes, columns the decisions; yours are swapped": counts.T,
            "each place counts once; counts[Y, Y_hat] += 1 does not add up": np.minimum(counts, 1),
            "these are shares; count": counts / counts.sum(),
            "these are shares of each column; count": counts / np.maximum(counts.sum(axis=0), 1),
            "all rows are the same list; make a new one for each": np.tile(counts.sum(axis=0), (n, 1)),
            "only the first example is counted; m is Y.shape[1]": np.eye(n)[Y[:, 0]].T @ np.eye(n)[Y_hat[:, 0]],
            "these are shares of each row; count": counts / np.maximum(counts.sum(axis=1, keepdims=True), 1),
            "only the diagonal is counted": np.diag(np.diag(counts)),
            "the diagonal is missing": counts - np.diag(np.diag(counts)),
        }
        checks.unchanged(confusion_matrix, Y, Y_hat, n)
        checks.close(what, confusion_matrix(Y, Y_hat, n), counts, mistakes=slips)

    Y, Y_hat = np.array([[0, 1, 1, 0, 1]]), np.array([[0, 1, 0, 0, 1]])
    check_counts("confusion_matrix of the example on paper", Y, Y_hat, 2)
    Y, Y_hat = np.array([[2, 0, 0, 1, 2, 0, 0]]), np.array([[2, 1, 1, 1, 0, 0, 2]])
    check_counts("confusion_matrix(Y, Y_hat, 3), 7 examples", Y, Y_hat, 3)
    check_counts("confusion_matrix(Y, Y_hat, 5), the same examples", Y, Y_hat, 5)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(74)
    for n, m in ((2, 30), (4, 50), (10, 1), (6, 9), (3, 3)):
        Y, Y_hat = check_rng.integers(0, n, (2, 1, m))
        check_counts(f"confusion_matrix(Y, Y_hat, {n}), {m} examples", Y, Y_hat, n)
    ### END HIDDEN TESTS

# %%
X_new, labels = ten_tests["digits"]
counts = confusion_matrix(labels, predict(X_new, ten_networks["digits"][3]), 10).astype(int)
off_diagonal = counts - np.diag(np.diag(counts))
figure, axis = plt.subplots(figsize=(6, 4.6))
axis.imshow(off_diagonal, cmap="Oranges", vmax=2 * off_diagonal.max())
for j, k in np.ndindex(10, 10):
    axis.text(k, j, counts[j, k] or "", ha="center", va="center", fontsize=8, color="gray" if j == k else "black")
axis.set(xticks=range(10), yticks=range(10), xlabel="decision", ylabel="true digit")
axis.set_title("3 is taken for 5, and 9 for 4: they share most of their strokes")
axis.grid(False)
plt.show()
for place in np.argsort(-off_diagonal, axis=None)[:3]:
    print(f"{place // 10} taken for {place % 10}: {off_diagonal.flat[place]} times")
recall = np.diag(counts) / counts.sum(axis=1)
print(
    f"found (recall) from {recall.min():.0%} of the {recall.argmin()}s to {recall.max():.0%} of the {recall.argmax()}s"
)

cat_counts = confusion_matrix(Y_test, predict(X_test, cat_networks[3]).astype(int), 2)
print(
    f"cats: recall {cat_counts[1, 1] / cat_counts[1].sum():.1%}, precision {cat_counts[1, 1] / cat_counts[:, 1].sum():.1%}"
)

# %% [markdown]
# *What to notice.* The diagonal (grey) is right, a darker field is a more frequent mistake. The matrix is not symmetric: 3 is taken for 5 thirteen times, 5 for 3 five times. One number, the accuracy, hides that 96 % of the zeros are found and only 83 % of the threes. For the cats recall and precision are almost equal: about as many cats are missed as others are taken for cats.
#
# ## 6. The worst mistakes
#
# *Which wrong pictures should you look at first?*
#
# Those where the network was most certain. A mistake with $a = 0.51$ is a narrow miss; one with $a = 0.99$ for a dog says that something is missing in what the network has learned, or that a label is wrong. For a mistake, the distance of $a$ from the label,
#
# $$|A_L - Y|, \qquad \text{shape } (1, m),$$
#
# is between $0.5$ and $1$: near 1 it is a certain mistake. Which examples are mistakes is decided as in section 2.
#
# *On paper.* $A_L = [0.9, \; 0.2, \; 0.6, \; 0.7, \; 0.4]$ and $Y = [1, 1, 0, 0, 0]$. Wrong are examples 1, 2 and 3 (we count from 0), with distances $0.8$, $0.6$ and $0.7$. The two worst, worst first: $[1, 3]$.
#
# ### Exercise 5: `most_confident_mistakes`


# %% exercise="most_confident_mistakes"
def most_confident_mistakes(AL, Y, k):
    """The wrong decisions that the network was most certain of.

    Args:
        AL: predicted probabilities of label 1, shape (1, m).
        Y: labels 0 or 1, shape (1, m).
        k: how many, a whole number >= 0.

    Returns:
        Indices of the k worst mistakes among the m examples, worst first, shape (k,); all mistakes if there are fewer
        than k. A probability of exactly 0.5 decides 0, as in predict.

    Example:
        most_confident_mistakes(np.array([[0.9, 0.2, 0.6, 0.7, 0.4]]), np.array([[1, 1, 0, 0, 0]]), 2) is [1, 3].
    """
    # 1. Which of the m decisions are wrong? np.flatnonzero gives their indices.
    # 2. How far is each of these probabilities from its label? In which order do you want them?
    ### BEGIN SOLUTION
    wrong = np.flatnonzero((AL > 0.5) != Y)
    distance = np.abs(AL - Y)[0, wrong]
    return wrong[np.argsort(-distance)][:k]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `(AL > 0.5) != Y` is true where the decision is wrong. `np.argsort(-distance)` gives places in the short list of mistakes; `wrong[...]` turns them into indices of examples. `[:k]` takes at most k.
# </details>

# %% check="most_confident_mistakes" points=2
with checks.exercise("most_confident_mistakes"):

    def check_mistakes(what, AL, Y, k):
        gaps = {i: abs(a - y) for i, (a, y) in enumerate(zip(AL[0], Y[0], strict=True)) if int(a > 0.5) != y}
        worst = sorted(gaps, key=gaps.get, reverse=True)
        checks.unchanged(most_confident_mistakes, AL, Y, k)
        answer = most_confident_mistakes(AL, Y, k)
        checks.that(answer is not None, f"{what} returned None: is `return` missing?")
        checks.that(np.ndim(answer) == 1, f"{what}: expected a flat array of indices, shape ({min(k, len(worst))},)")
        got = [float(i) for i in answer]
        whole = f"{what}: these are not indices, which are whole numbers from 0 to m - 1"
        checks.that(all(i in range(AL.shape[1]) for i in got), whole)
        places = [sorted(gaps).index(i) for i in worst]
        everything = np.argsort(-np.abs(AL - Y)[0]).tolist()
        at_half = [i for i in everything if int(AL[0, i] >= 0.5) != Y[0, i]]
        slips = {
            "the highest probabilities come first; a mistake may also have a very low one":
                sorted(gaps, key=lambda i: -AL[0, i])[:k],
            "the least certain mistakes come first; begin with the worst": worst[::-1][:k],
            "the least certain mistakes are chosen": worst[-k:],
            "the most certain mistakes are chosen, but the worst must come first": worst[:k][::-1],
            "these are in the order of the examples; sort them by their distance from the label": sorted(gaps)[:k],
            "the worst are right, but sort them by their distance from the label": sorted(worst[:k]),
            "these are places in the list of mistakes, not indices of examples": places[:k],
            "right decisions are among them; take mistakes only, even if they are fewer than k": everything[:k],
            "a small probability of a true 1 is a mistake, too": [i for i in worst if Y[0, i] == 0][:k],
            "a large probability of a true 0 is a mistake, too": [i for i in worst if Y[0, i] == 1][:k],
            "a probability of exactly 0.5 decides 0": at_half[:k],
            "all mistakes came; take the k worst": worst,
        }  # fmt: skip
        cause = next((words for words, indices in slips.items() if indices == got), "begin with the worst")
        no_mistake = [i for i in got if i not in gaps]
        if no_mistake and cause == "begin with the worst":
            cause = f"example {no_mistake[0]:g} is no mistake"
        number = f"{what}: expected {len(worst[:k])} indices, got {len(got)}: {cause}"
        checks.that(len(got) == len(worst[:k]), number)
        checks.that(got == worst[:k], f"{what}: the indices are not those of the worst mistakes: {cause}")

    AL = np.array([[0.1, 0.52, 0.97, 0.45, 0.99, 0.02, 0.5, 0.6, 0.05]])
    Y = np.array([[0, 0, 0, 1, 1, 1, 1, 0, 0]])
    check_mistakes("most_confident_mistakes, 9 examples, k = 3", AL, Y, 3)
    check_mistakes("most_confident_mistakes, 9 examples, k = 6", AL, Y, 6)
    AL, Y = np.array([[0.9, 0.2, 0.6, 0.7, 0.4]]), np.array([[1, 1, 0, 0, 0]])
    check_mistakes("most_confident_mistakes, the example on paper, k = 2", AL, Y, 2)
    check_mistakes("most_confident_mistakes, the example on paper, k = 9", AL, Y, 9)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(75)
    for m, k in ((40, 7), (25, 25), (6, 1), (30, 0), (1, 3)):
        AL, Y = check_rng.permutation(np.linspace(0.013, 0.991, m))[np.newaxis], check_rng.integers(0, 2, (1, m))
        check_mistakes(f"most_confident_mistakes, {m} examples, k = {k}", AL, Y, k)
    right = np.array([[0.5, 0.51, 0.1]]), np.array([[0, 1, 0]])
    check_mistakes("most_confident_mistakes, no mistake at all, k = 2", *right, 2)
    ### END HIDDEN TESTS

# %% [markdown]
# The mistakes of the deep network (`[784, 20, 10, 1]`, seed 0) on the test pictures. Above each stands its label and the probability of a cat.

# %%
AL, _ = dense.deep_forward(X_test, cat_networks[3])
worst = np.array(most_confident_mistakes(AL, Y_test, 16))
titles = [f"{'cat' if Y_test[0, i] else 'not cat'}\na = {AL[0, i]:.3f}" for i in worst]
plots.show_images(
    cats.X_test[worst],
    titles,
    title="The most certain mistakes: sitting dogs pass for cats, cats in other poses do not",
)
plt.show()
wrong = np.sum(~right[3])
print(
    f"{wrong} of 396 are wrong; in {np.sum(np.abs(AL - Y_test) > 0.9)} of them the network was more than 90 % certain"
)

# %% [markdown]
# *What to notice.* Nearly the same pictures as in week 2: sitting dogs, a sitting bear, birds; and cats with a hanging tail, seen from the side, on four legs. These outlines are hard, at 28 × 28 pixels. In 13 of its 33 mistakes the network is more than 90 % certain: training made it sure of the pictures that it saw, and it is as sure of new ones. **A probability that comes out of a network is not a promise.**
#
# ## 7. What does this have to do with the brain?
#
# *Is this how we see?*
#
# Where the idea comes from: in 1943 McCulloch and Pitts described a nerve cell as a unit that adds its inputs and fires above a threshold, and showed that networks of such units can compute any logical function. In 1958 Rosenblatt's perceptron **learned** its weights from examples.
# Logistic regression comes from statistics, but it is the same unit with a smooth threshold.
#
# | | what the comparison holds | where it ends |
# |---|---|---|
# | one unit | many inputs, weighted, added; it answers when there is enough | a nerve cell sends pulses in time, over thousands of connections, with a chemistry of its own; one number does not describe it |
# | layers | early areas of the visual cortex answer to edges, later ones to more complex forms | the brain also sends signals back from later areas to earlier ones while it looks; our network runs forward once |
# | learning | connections change with experience | backward propagation carries $W_l^T dZ_l$ through the same weights as the way forward. Nobody has found cells that do so; whether brains approximate it in another way is an open question |
# | teaching | | your network saw 1,188 labelled pictures 150 times each. A child does not need that |
#
# So take the brain as where the idea came from, not as a proof that it is right. What carries this course is different: a function with many parameters, a cost, and its derivative.

# %% [markdown]
# ## What you built
#
# - `L_layer_model`: one function that trains logistic regression, shallow and deep networks, and `predict`, which turns two or ten classes into decisions;
# - `tune_learning_rate`: a choice by the dev set that no diverging run can win, with the test set asked once;
# - `confusion_matrix` and `most_confident_mistakes`: what is taken for what, and which pictures to look at first;
# - a comparison over several seeds, and you can say what a second hidden layer gained and what it did not;
# - what the comparison with the brain holds.
#
# ## On your own
#
# - Tune the learning rate of `[784, 1]` and of `[784, 20, 1]` too. Does the table of section 4 change?
# - Train the rates 1 and 3 from five seeds. How many runs diverge?
# - Add each training picture moved by one pixel in four directions. Does the deep network gain more than logistic regression?
#
# ## In practice
#
# `torch.nn.Sequential` with `torch.optim.SGD` trains such a network; scikit-learn's `MLPClassifier` does it in one call, `GridSearchCV` tries hyperparameters (with several dev sets in turn, which is called cross-validation), and `sklearn.metrics.confusion_matrix` has the same rows and columns
# as yours. Optuna and similar programs choose the next candidate from the results so far.
#
# ## References
#
# - W. S. McCulloch and W. Pitts (1943), *A logical calculus of the ideas immanent in nervous activity*, Bulletin of Mathematical Biophysics 5.
# - F. Rosenblatt (1958), *The perceptron: a probabilistic model for information storage and organization in the brain*, Psychological Review 65.
# - D. H. Hubel and T. N. Wiesel (1962), *Receptive fields, binocular interaction and functional architecture in the cat's visual cortex*, Journal of Physiology 160.
# - T. P. Lillicrap, A. Santoro, L. Marris, C. J. Akerman and G. Hinton (2020), *Backpropagation and the brain*, Nature Reviews Neuroscience 21.
