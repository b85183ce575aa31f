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
# Nothing: the list `layer_dims` says how deep the network is. These are the blocks and their shapes, with $m$ examples in the columns of $X$ $(n_0, m)$ and of $Y$ $(n_L, m)$:
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
# The check begins with an example in which the random weights do not matter: all inputs are 0. With $Y = [1, 1, 0]$ and learning rate 3, each prediction is first $0.5$ and the cost $\log 2 = 0.693$; $db_1 = -\frac16$, so $b_1 = 0.5$.
# Now each prediction is $0.6225$, the cost $0.641$, and $db_1 = (0.6225 \cdot 3 - 2)/3 = -0.044$, so $b_1 = 0.633$ after two steps.
#
# ### Exercise 1: `L_layer_model`


# %% exercise="L_layer_model"
def L_layer_model(X, Y, layer_dims, learning_rate, steps, seed, output="sigmoid"):
    """Train a network of any depth by gradient descent.

    Args:
        X: examples as columns, shape (n_0, m), floats or whole numbers; neither X nor Y is changed.
        Y: labels 0 or 1, shape (n_L, m), as whole numbers or floats.
        layer_dims: list [n_0, n_1, ..., n_L], L >= 1.
        learning_rate: a number > 0, the same in each step.
        steps: whole number >= 0. All of them are made, whatever the cost does, also if it is nan.
        seed: whole number >= 0, for dense.initialize_deep.
        output: "sigmoid" or "softmax", the activation of the last layer.

    Returns:
        (parameters, costs): the parameters after the last step, and a list (an array will do) with the cost before each
        step, `steps` numbers. With steps = 0: the first parameters and an empty list.
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
# <details><summary>Hint 1</summary>
#
# `dense.initialize_deep` is called once, before the loop `for _ in range(steps):`. The other four blocks follow each other in the loop, in the order of the table.
# </details>
# <details><summary>Hint 2</summary>
#
# `AL, caches = dense.deep_forward(X, parameters, output)`, and `costs.append(...)` takes what `dense.deep_cost` returns. It needs `output`, too.
# </details>
# <details><summary>Hint 3</summary>
#
# `dense.deep_backward(AL, Y, caches)` gives the gradients. `parameters = dense.update(...)` keeps the new parameters for the next step; without `parameters =` they would be lost.
# </details>

# %% check="L_layer_model" points=3
with checks.exercise("L_layer_model"):
    zeros, Y, names = np.zeros((2, 3)), np.array([[1, 1, 0]]), ["parameters", "costs"]
    checks.unchanged(L_layer_model, zeros, Y, [2, 4, 1], 0.5, 3, 1)
    what = "L_layer_model(X of zeros, [[1, 1, 0]], [2, 1], 3, steps=2, seed=1)"
    parameters, costs = checks.results(what, L_layer_model(zeros, Y, [2, 1], 3, 2, 1), names)
    slips = {"each cost is taken after its step; take it before": [0.6407436508, 0.6369238963]}
    slips |= {"it walks uphill": [0.6931471806, 0.8074103175]}
    slips |= {"each step begins with the first parameters; keep what dense.update returns": [0.6931471806] * 2}
    checks.close(f"costs of {what}", np.array(costs), [0.6931471806, 0.6407436508], m=3, mistakes=slips)
    slips = {"the last step is missing": [[0.5]], "one step too many": [[0.6733707377]], "it has not moved": [[0.0]]}
    checks.close(f"b1 of {what}", parameters["b1"], [[0.6326220064]], mistakes=slips)
    what, classes = 'L_layer_model(X of zeros, Y, [2, 3], 3, steps=1, seed=1, "softmax")', np.eye(3)[:, [0, 0, 1]]
    _, costs = checks.results(what, L_layer_model(zeros, classes, [2, 3], 3, 1, 1, "softmax"), names)
    slips = {"dense.deep_cost must know the output, too": [1.9095425049]}
    slips |= {"dense.deep_forward and dense.deep_cost must know the output": [2.0794415417]}
    checks.close(f"costs of {what}", np.array(costs), [1.0986122887], mistakes=slips)
    X, what = np.array([[0.5, -1.0, 1.5], [1.0, 0.5, -0.5]]), "L_layer_model(X, Y, [2, 4, 1], 0.5, steps=3, seed=1)"
    _, costs = checks.results(what, L_layer_model(X, Y[:, [0, 2, 1]], [2, 4, 1], 0.5, 3, 1), names)
    slips = {"another seed was used": [0.8947068412, 0.5159195679, 0.3957762679]}
    checks.close(f"costs of {what}", np.array(costs), [0.6498378062, 0.5671355659, 0.5032396432], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_own_formulas(X, Y, layer_dims, learning_rate, steps, seed, output):
        """From the same first weights; forward by einsum, the cost from the scores, backward example by example."""
        L, m = len(layer_dims) - 1, X.shape[1]
        p, costs = dense.initialize_deep(layer_dims, seed), []
        for _ in range(steps):
            A = [np.asarray(X, float)]
            for i in range(1, L + 1):
                Z = np.einsum("jk,km->jm", p[f"W{i}"], A[-1]) + p[f"b{i}"]
                A.append(np.where(Z > 0, Z, 0))
            if output == "softmax":
                logs = Z - np.log(np.sum(np.exp(Z), axis=0))
                costs.append(-float(np.sum(Y * logs)) / m)
            else:
                logs = -np.logaddexp(0, -Z)
                costs.append(float(np.sum(np.logaddexp(0, Z) - Y * Z)) / m)
            dZ, moved = np.exp(logs) - Y, {}
            for i in range(L, 0, -1):
                moved[f"W{i}"] = p[f"W{i}"] - learning_rate * np.einsum("jm,km->jk", dZ, A[i - 1]) / m
                moved[f"b{i}"] = p[f"b{i}"] - learning_rate * dZ.mean(axis=1, keepdims=True)
                dZ = np.einsum("jk,jm->km", p[f"W{i}"], dZ) * (A[i - 1] > 0)
            p = moved
        return p, costs

    def with_sigmoid(X, Y, layer_dims, learning_rate, steps, seed):
        return by_own_formulas(X, Y, layer_dims, learning_rate, steps, seed, "sigmoid")

    def problem(rng, n_0, n_1, m, L, steps, n_L):
        dims = [n_0, n_1, *[3] * 12][:L] + [n_L]
        return (
            rng.normal(0, 1, (n_0, m)),
            rng.integers(0, 2, (n_L, m)),
            dims,
            rng.uniform(0.05, 0.3),
            steps,
            int(rng.integers(99)),
        )

    def classes(rng, n_0, n_1, m, L, steps, n_L):
        X, _, dims, rate, steps, seed = problem(rng, n_0, n_1, m, L, steps, n_L)
        return X, np.eye(n_L, dtype=int)[:, rng.integers(0, n_L, m)], dims, rate, steps, seed, "softmax"

    x, y = np.random.default_rng(5).normal(size=(2, 6)), np.array([[1, 0, 0, 1, 1, 0]])
    others = {
        "with a learning rate at which the cost rises": (x, y, [2, 3, 1], 8, 7, 4),
        "with a cost that rises tenfold": (np.zeros((2, 9)), np.array([[1, 0] * 4 + [0]]), [2, 1], 300, 2, 1),
        "with a cost that is nan from the start": (x * [1, 1, np.nan, 1, 1, 1], y, [2, 1], 0.3, 3, 4),
        "with a cost that falls to 1e-4": (np.array([[3.0, -3.0, 2.0]]), np.array([[1, 0, 1]]), [1, 1], 3, 1100, 1),
        "with inputs above 10": (np.array([[11.0, 14.0, 12.0], [13.0, 12.5, 15.0]]), y[:, :3], [2, 3, 1], 1e-3, 4, 1),
        "with a learning rate of 1e-6": (x, y, [2, 3, 1], 1e-6, 4, 4),
        "with seed = 0": (x, y, [2, 3, 2, 1], 0.3, 4, 0),
        "with every label 0": (x, 0 * y, [2, 3, 1], 0.3, 4, 9),
    }
    sizes = {"n_0": 130, "n_1": 130, "m": 1030, "L": 11, "steps": (0, 1100), "n_L": 12}
    domain = {"types": ["X", "Y"], "returns": names}
    checks.agrees(L_layer_model, with_sigmoid, problem, sizes=sizes, cases=others, **domain)
    others = {'with output = "sigmoid"': (x, y, [2, 3, 1], 0.3, 4, 4, "sigmoid")}
    sizes = {"n_0": 130, "n_1": 130, "m": 130, "L": 11, "steps": (0, 130), "n_L": (2, 12)}
    checks.agrees(L_layer_model, by_own_formulas, classes, sizes=sizes, cases=others, **domain)
    far = 1e3 * x[:1, :2], np.ones((1, 2)), [1, 1], 1e-6, 4, 2
    moved, what = with_sigmoid(*far)[0]["W1"], "W1 of L_layer_model, 4 steps in which the cost stays the same"
    checks.close(what, L_layer_model(*far)[0]["W1"], moved, rtol=1e-9)
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
# *The network returns probabilities. Which class does it choose?*
#
# With one output: 1 where $a > 1/2$, else 0; exactly $1/2$ gives 0. With $n_L$ outputs, one for each class: the **number of the class** with the highest probability, from 0 to $n_L - 1$. If several classes have the highest probability, the first of them. In both cases the decisions have shape $(1, m)$, like labels.
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
        X: examples as columns, shape (n_0, m), floats or whole numbers; nothing is changed.
        parameters: a dict with "W1", "b1", ..., "WL", "bL", for any L >= 1.

    Returns:
        Shape (1, m). With one output unit: 1 where its sigmoid is above 0.5, else 0 (True and False will do).
        With more: the number of the class with the highest softmax, 0 to n_L - 1; the first if several have it.

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
# <details><summary>Hint 1</summary>
#
# There are two parameters for each layer, so `L = len(parameters) // 2`, and `parameters[f"b{L}"]` has one row for each output unit.
# </details>
# <details><summary>Hint 2</summary>
#
# With one output unit: `(AL > 0.5).astype(int)`, where `AL` comes from `dense.deep_forward(X, parameters)`. With more: the same call with `"softmax"` as third argument.
# </details>
# <details><summary>Hint 3</summary>
#
# `np.argmax(AL, axis=0, keepdims=True)` finds the row of the largest number in each column, shape `(1, m)`.
# </details>

# %% check="predict" points=2
with checks.exercise("predict"):
    one, X = {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1))}, np.array([[2.0, 0.0, -3.0, 0.3]])
    checks.unchanged(predict, X, one)
    slips = {
        "a probability of exactly 0.5 becomes 0: use > and not >=": [[1, 1, 0, 1]],
        "these are the probabilities; compare them with 0.5": [[0.8807970780, 0.5, 0.0474258732, 0.5744425168]],
        "the softmax of a single output is always 1; use the sigmoid": [[1, 1, 1, 1]],
        "the place of the largest among one number is always 0; compare it with 0.5": [[0, 0, 0, 0]],
    }
    decided = predict(X, one)
    checks.close("predict(X, parameters), one output, scores 2, 0, -3, 0.3", decided, [[1, 0, 0, 1]], mistakes=slips)
    three = {"W1": np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]]), "b1": np.array([[0.5], [0.0], [-1.0]])}
    X = np.array([[1.0, 0.5, 2.0, -1.0, 3.0], [0.0, 2.0, 3.0, -1.0, 1.9]])
    slips = {"classes count from 0": [[1, 2, 2, 1, 3]]}
    checks.close("predict(X, parameters), three outputs", predict(X, three), [[0, 1, 1, 0, 2]], mistakes=slips)
    slips = {'large scores all become 1 under the sigmoid; use output="softmax"': [[0, 0, 0, 0, 0]]}
    what = "predict(X, parameters), three outputs, scores above 40"
    checks.close(what, predict(60 + 20 * X, three), [[2, 1, 1, 1, 2]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def example_by_example(X, parameters):
        decisions = []
        for column in X.T:
            a = column.astype(float)
            for i in range(1, len(parameters) // 2 + 1):
                z = np.sum(parameters[f"W{i}"] * a, axis=1) + parameters[f"b{i}"][:, 0]
                a = np.clip(z, 0, None)
            decisions.append(bool(z[0] > 0) if len(z) == 1 else z.tolist().index(max(z)))
        return np.array([decisions])

    def network(rng, n_0, n_L, m, L, n_1):
        dims = [n_0, n_1, *[3] * 12][:L] + [n_L]
        p = dense.initialize_deep(dims, int(rng.integers(99)))
        return rng.normal(0, 1, (n_0, m)), {key: value + 0.3 * rng.normal(size=value.shape) for key, value in p.items()}

    two = {"W1": np.array([[1.0], [-1.0]]), "b1": np.zeros((2, 1))}
    same_sign = {"W1": np.array([[2.0], [1.0]]), "b1": np.array([[1.0], [1.5]])}
    many = np.random.default_rng(41).integers(0, 3, (60, 2))
    deep = network(np.random.default_rng(108), 5, 1, 30, 11, 4)
    others = {
        "with one output and scores around 0": (np.array([[1e-9, -1e-9, 0.0]]), one),
        "with two outputs and scores of one sign": (np.array([[1.0, 0.0, -0.2, 3.0, -9.0]]), same_sign),
        "with 60 outputs, many of them equal": (
            np.array([[1, 0, 2, -1, -2], [0, 0, 1, 3, -1]]),
            {"W1": many, "b1": np.zeros((60, 1))},
        ),
        "with the example of the docstring": (np.array([[2.0, 0.0, -3.0]]), one),
        "with two equal scores": (np.array([[0.0, 2.0, -3.0]]), two),
        "with scores that differ by 2e-9": (np.array([[1e-9, -1e-9]]), two),
        "with one output and 11 layers": deep,
        "with one unit in the hidden layer": (X, dense.initialize_deep([2, 1, 3], 3)),
        "with all scores below 0": (np.array([[-9.0, -8.0], [-7.0, -1.0]]), three),
        "with large scores": (np.array([[700.0, -900.0]]), two),
    }
    sizes = {"n_0": 130, "n_L": 12, "m": 1030, "L": 11, "n_1": 130}
    domain = {"sizes": sizes, "real": {"X": 1e3}, "types": ["X", "parameters"], "cases": others}
    checks.agrees(predict, example_by_example, network, **domain)
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
# Hyperparameters decide what the parameters become. There is no formula for them: try, look, change. For a learning rate try values that grow by a factor of about 3 (0.01, 0.03, 0.1, …): its order of magnitude matters, its third digit does not.
#
# **Three sets, three uses.** The training set finds the parameters, the dev set compares the candidates. The dev accuracy of the winner is a little too good, because the winner was chosen by it: among many candidates some are lucky. So the test set is asked **once**, for the winner, after the choice.
#
# **Runs that diverge.** With a large rate the steps are too long: they jump over the valley of low cost. A run has diverged if its last cost is not below its first; a last cost of `nan` ("not a number") is not below it either. Such a run gets the score `nan` and cannot win. Two facts about `nan`: every comparison with it is false, also `nan == nan`;
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
        learning_rates: a list of one or more different numbers > 0.
        train: a function; train(learning_rate) returns (parameters, costs), costs being a list of at least 2 numbers.
            It takes long, and returns the same for the same rate; do not change what it returns.
        score: a function; score(parameters, X, Y) is the accuracy on these examples, from 0 to 1.
        dev, test: two tuples (X, Y).

    Returns:
        (best, table, test_score): the rate with the highest dev score, the first in the list if several have it; a
        dict with the dev score of each rate, nan for a rate that diverged (its last cost is not below its first); and
        the score on the test set of the parameters trained with the best rate. `score` sees the test set only once.

    Raises:
        ValueError: every rate diverged. Then the test set is not asked at all.
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
    asked, names, what = [], ["best", "table", "test_score"], "tune_learning_rate([10, 0.1, 1, 3, 30, 0.3], …)"
    runs = {10.0: ([0.9, 7, np.nan], 0.5, 0.45), 0.1: ([0.9, 0.6, 0.4], 0.8, 0.95), 1.0: ([0.9, 0.2, 0.1], 0.86, 0.82)}
    runs |= {3.0: ([0.9, 0.05], 0.86, 0.9), 30.0: ([0.9, 0.4, 1.2], 0.99, 0.5), 0.3: ([0.9, 0.02], 0.7, 0.6)}

    train = lambda rate: ({"W1": np.array([[rate]])}, runs[rate][0])  # noqa: E731

    def score(parameters, X, Y):
        asked.append("dev" if X.shape == (2, 5) and Y.shape == (1, 5) else "test")
        return runs[float(parameters["W1"][0, 0])][1 if asked[-1] == "dev" else 2]

    dev, test = (np.zeros((2, 5)), np.zeros((1, 5))), (np.ones((2, 3)), np.ones((1, 3)))
    best, table, test_score = checks.results(what, tune_learning_rate(list(runs), train, score, dev, test), names)
    checks.keys(f"table of {what}", table, runs)
    scores, slips = np.array([table[rate] for rate in runs]), {"choose by the dev set, not the test": [0.95, 0.82, 0.9]}
    checks.close(f"scores of 0.1, 1 and 3 in the table of {what}", scores[1:4], [0.8, 0.86, 0.86], mistakes=slips)
    checks.that(np.isnan(scores[[0, 4]]).all(), f"table of {what}: rates 10 and 30 diverged, so their scores are nan")
    checks.that(asked.count("test") < 2, f"{what}: the test set was asked {asked.count('test')} times; ask it once")
    slips = {"the dev score decides, not the last cost": 0.3, "nan makes max() unreliable": 10.0}
    checks.close(f"best of {what}", best, 1.0, mistakes=slips | {"of equal scores the first wins": 3.0})
    checks.close(f"test_score of {what}", test_score, 0.82, mistakes={"keep the best rate's parameters": 0.6})
    ### BEGIN HIDDEN TESTS
    nan = float("nan")
    asked.clear()
    what = "tune_learning_rate([10, 30], …), where every rate diverges"
    checks.raises(what, ValueError, tune_learning_rate, [10.0, 30.0], train, score, dev, test)
    checks.that("test" not in asked, f"{what}: no rate can be chosen, so the test set must not be asked")

    def by_sorting(learning_rates, train, score, dev, test):
        runs = [train(rate) for rate in learning_rates]
        table = {rate: nan for rate in learning_rates}
        alive = [place for place, (_, costs) in enumerate(runs) if costs[0] > costs[-1]]
        table |= {learning_rates[place]: score(runs[place][0], *dev) for place in alive}
        first = sorted(alive, key=lambda place: (-table[learning_rates[place]], place))[0]
        return learning_rates[first], table, score(runs[first][0], *test)

    def lottery(rng, n):
        """Costs and scores are drawn by the rate; scores are tenths, so that many are equal; some rates diverge."""
        base = int(rng.integers(10**6))

        def train(rate):
            own = np.random.default_rng([base, round(1e6 * rate)])
            end = own.choice([0.1, 0.3, 0.69, 0.7, 0.9, nan, np.inf] if rate < 1 else [0.2, 0.4])
            return {"W1": np.array([[rate]]), "b1": np.zeros((1, 1))}, [0.7, float(own.choice([0.05, 0.9])), float(end)]

        def score(parameters, X, Y):
            own = np.random.default_rng([base, round(1e6 * float(parameters["W1"][0, 0])), X.shape[1]])
            return float(own.integers(0, 11)) / 10

        rates = (rng.permutation(np.arange(2 * n)) / 1000 + 1e-3)[:n].tolist()
        rates[int(rng.integers(n))] = 1.5
        dev, test = (rng.normal(size=(2, 130)), np.ones((1, 130))), (rng.normal(size=(2, 120)), np.ones((1, 120)))
        return rates, train, score, dev, test

    def fixed(runs, dev=dev, test=test):
        def train(rate):
            return {"W1": np.array([[rate]])}, list(runs[rate][0])

        def score(parameters, X, Y):
            return runs[float(parameters["W1"][0, 0])][1 if X.shape == (2, 5) else 2]

        return list(runs), train, score, dev, test

    others = {"where the best dev score is 0": fixed({0.1: ([0.7, 0.9], 0.5, 0.5), 0.2: ([0.7, 0.6], 0.0, 0.25)})}
    others["where the scores differ by 1e-9"] = fixed({0.1: ([0.7, 0.6], 0.8, 0.1), 0.2: ([0.7, 0.6], 0.8 + 1e-9, 0.2)})
    others["where the cost falls by 1e-9"] = fixed({0.1: ([0.7, 0.7 - 1e-9], 0.8, 0.1), 0.2: ([0.7, 0.7], 0.9, 0.2)})
    others["where a cost on the way is nan or inf"] = fixed(
        {0.1: ([0.7, nan, np.inf, 0.6], 0.9, 0.4), 0.2: ([0.7, 0.6], 0.8, 0.3)}
    )
    others["where 60 costs lie above the first"] = fixed(
        {0.1: ([0.7, *[0.9] * 60, 0.6], 0.9, 0.4), 0.2: ([0.7, 0.6], 0.8, 0.3)}
    )
    others["where a cost falls from inf"] = fixed({0.1: ([np.inf, 0.6], 0.9, 0.4), 0.2: ([0.7, 0.6], 0.8, 0.3)})
    others["where the scores have 10 digits"] = fixed({0.1: ([0.7, 0.6], 0.8123456789, 0.7654321987)})
    others["where the costs are 1e-9"] = fixed({0.1: ([3e-9, 4e-9], 0.9, 0.1), 0.2: ([4e-9, 3e-9], 0.8, 0.2)})
    others["where the costs are above 1e3"] = fixed({0.1: ([5e3, 4e3], 0.8, 0.1), 0.2: ([5e3, 6e3], 0.9, 0.2)})
    others["where 2 costs rise and fall again"] = fixed({2.0: ([0.7, 9.0, 0.6], 0.9, 0.4), 1.0: ([0.7, 0.1], 0.8, 0.3)})
    others["where the last of 130 rates is best"] = fixed(
        {2.0 + k: ([0.7, 0.6], k / 200, 0.5 - k / 300) for k in range(130)}
    )
    whole = [tuple(part.astype(int) for part in pair) for pair in (dev, test)]
    others["with whole numbers in dev and test"] = fixed(
        {0.1: ([0.7, 0.6], 0.8, 0.3), 0.2: ([0.7, 0.6], 0.9, 0.2)}, *whole
    )
    domain = {"sizes": {"n": 130}, "cases": others, "returns": names}
    checks.agrees(tune_learning_rate, by_sorting, lottery, **domain)
    for ends in ([0.7], [nan, np.inf], [0.9, 0.7, nan]):
        rates, *others = fixed({2.0**-place: ([0.7, 0.1, end], 0.9, 0.9) for place, end in enumerate(ends)})
        checks.raises("tune_learning_rate, every rate diverges", ValueError, tune_learning_rate, rates, *others)
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
# And 0.1 against 0.3? They differ by one of 396 dev pictures; the standard error of such an accuracy is $\sqrt{0.9 \cdot 0.1 / 396} = 1.5$ points. The dev set tells the order of magnitude, not more. Below we take 0.1, which is far from the trap.
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
# The test set appears in this table only as a report: nothing is chosen by it.
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
# *What to notice.* The hidden layer gains clearly now: 2 points for the digits, more than 3 for the animals, with a standard error of about 0.7 and 0.9 points for each accuracy. The second hidden layer lowers the cost after the same 100 steps by about a quarter, in both: its gain is that the network fits **faster**. On new digits it gains nothing.
#
# On new animals it seems to gain 1.2 points. Do not believe it yet: three seeds, with a spread of 1.1. With `seeds=8` the two networks reach 79.1 % and 79.8 %, and with `steps=400` as well 83.6 % and 83.5 %: what looked better had only learned faster. A comparison after a fixed number of steps favours the faster one.
#
# So is depth useless? No: lesson 02 shows functions that a shallow network computes only with very many units. But a layer that joins every pixel with every unit has to learn each shape anew at each place. Depth pays on pictures when the layers look for small patterns everywhere and there are many pictures (course 4).
#
# ## 5. Which class is taken for which?
#
# *90 % of the digits are right. What happens to the others?*
#
# We count them. The **confusion matrix** has a row for each true class and a column for each decision:
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
        Y: true classes, whole numbers (NumPy's int) from 0 to n_classes - 1, shape (1, m).
        Y_hat: decisions, the same kind, shape (1, m). Neither is changed.
        n_classes: a whole number >= 1; a class may be missing in Y and in Y_hat.

    Returns:
        An array of counts, shape (n_classes, n_classes): row j, column k holds the number of examples with label j and decision k.

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
# <details><summary>Hint 1</summary>
#
# Begin with `counts = np.zeros((n_classes, n_classes), dtype=int)`. Each example has its place in it: which row, which column?
# </details>
# <details><summary>Hint 2</summary>
#
# A loop over `zip(Y[0], Y_hat[0], strict=True)` gives one pair `j, k` for each example, and `counts[j, k] += 1` counts it.
# </details>
# <details><summary>Hint 3</summary>
#
# Without a loop, `counts[Y, Y_hat] += 1` would write each place only once, however often it occurs. `np.add.at(counts, (Y, Y_hat), 1)` adds them all.
# </details>

# %% check="confusion_matrix" points=2
with checks.exercise("confusion_matrix"):
    Y, Y_hat = np.array([[2, 0, 0, 1, 2, 0, 0]]), np.array([[2, 1, 1, 1, 0, 0, 2]])
    checks.unchanged(confusion_matrix, Y, Y_hat, 3)
    slips = {
        "rows are the true classes, columns the decisions; yours are swapped": [[1, 0, 1], [2, 1, 0], [1, 0, 1]],
        "each place counts once; counts[Y, Y_hat] += 1 does not add up": [[1, 1, 1], [0, 1, 0], [1, 0, 1]],
        "these are shares of each row; count": [[0.25, 0.5, 0.25], [0, 1, 0], [0.5, 0, 0.5]],
        "all rows are the same list; make a new one for each": [[2, 3, 2], [2, 3, 2], [2, 3, 2]],
        "only the first example is counted; m is Y.shape[1]": [[0, 0, 0], [0, 0, 0], [0, 0, 1]],
        "only the diagonal is counted": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        "the diagonal is missing": [[0, 2, 1], [0, 0, 0], [1, 0, 0]],
    }
    counts, what = (
        [[1, 2, 1], [0, 1, 0], [1, 0, 1]],
        "confusion_matrix([[2, 0, 0, 1, 2, 0, 0]], [[2, 1, 1, 1, 0, 0, 2]], 3)",
    )
    checks.close(what, confusion_matrix(Y, Y_hat, 3), counts, mistakes=slips)
    what = "confusion_matrix of the same examples, n_classes = 4: no example of class 3"
    counts = [[1, 2, 1, 0], [0, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]]
    checks.close(what, confusion_matrix(Y, Y_hat, 4), counts)
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(Y, Y_hat, n_classes):
        found = {}
        for pair in zip(Y[0].tolist(), Y_hat[0].tolist(), strict=True):
            found[pair] = found.get(pair, 0) + 1
        return np.array([[found.get((j, k), 0) for k in range(n_classes)] for j in range(n_classes)])

    def decisions(rng, m, n):
        return rng.integers(0, n, (1, m)), rng.integers(0, n, (1, m)), n

    others = {
        "with 70,000 examples in one place": (np.full((1, 70_000), 1), np.full((1, 70_000), 0), 2),
        "with the example of the docstring": (np.array([[0, 1, 1, 0, 1]]), np.array([[0, 1, 0, 0, 1]]), 2),
        "with some labels": (Y, Y_hat, 3),
        "with the same labels and other decisions": (Y, Y_hat[:, ::-1].copy(), 3),
        "with other labels and the same decisions": (Y[:, ::-1].copy(), Y_hat, 3),
        "with every example in one place": (np.full((1, 300), 2), np.full((1, 300), 1), 4),
        "with only right decisions": (np.array([[0, 2, 2]]), np.array([[0, 2, 2]]), 3),
    }
    checks.agrees(confusion_matrix, pair_by_pair, decisions, sizes={"m": 1030, "n": 130}, cases=others, apart=False)
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
# Those where the network was most certain. A mistake with $a = 0.51$ is nearly right. One with $a = 0.99$ for a dog shows that something is missing in what the network has learned, or that a label is wrong. For a mistake, the distance of $a$ from the label,
#
# $$|A_L - Y|, \qquad \text{shape } (1, m),$$
#
# is between $0.5$ and $1$; near 1 the network was certain, and wrong. Which examples are mistakes is decided as in section 2.
#
# *On paper.* $A_L = [0.9, \; 0.2, \; 0.6, \; 0.7, \; 0.4]$ and $Y = [1, 1, 0, 0, 0]$. Wrong are examples 1, 2 and 3 (we count from 0), with distances $0.8$, $0.6$ and $0.7$. The two worst, worst first: $[1, 3]$.
#
# ### Exercise 5: `most_confident_mistakes`


# %% exercise="most_confident_mistakes"
def most_confident_mistakes(AL, Y, k):
    """The wrong decisions that the network was most certain of.

    Args:
        AL: predicted probabilities of label 1, from 0 to 1, shape (1, m).
        Y: labels 0 or 1, shape (1, m), as whole numbers or floats. Neither is changed.
        k: how many, a whole number >= 0.

    Returns:
        Indices (whole numbers) of the k worst mistakes among the m examples, worst first, shape (k,); all mistakes if
        there are fewer than k. A probability of exactly 0.5 decides 0, as in predict. Mistakes that are exactly equally
        bad may come in any order.

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
# <details><summary>Hint 1</summary>
#
# `(AL > 0.5) != Y` is true where the decision is wrong, and `wrong = np.flatnonzero(...)` gives the indices of these examples.
# </details>
# <details><summary>Hint 2</summary>
#
# `distance = np.abs(AL - Y)[0, wrong]` are the distances of the mistakes alone. `np.argsort(-distance)` gives *places* in this short list, the largest distance first.
# </details>
# <details><summary>Hint 3</summary>
#
# `wrong[np.argsort(-distance)]` turns the places into indices of examples. `[:k]` takes at most k of them.
# </details>

# %% check="most_confident_mistakes" points=2
with checks.exercise("most_confident_mistakes"):
    AL = np.array([[0.1, 0.52, 0.97, 0.45, 0.99, 0.02, 0.5, 0.6, 0.05]])
    Y = np.array([[0, 0, 0, 1, 1, 1, 1, 0, 0]])
    checks.unchanged(most_confident_mistakes, AL, Y, 3)
    slips = {
        (2, 7, 1): "the highest probabilities come first; a mistake may also have a very low one",
        (6, 1, 3): "the least certain mistakes come first; begin with the worst",
        (3, 1, 5): "these are places in the list of mistakes, not indices of examples",
        (5, 2, 7, 3, 1): "a probability of exactly 0.5 decides 0",
        (5, 2, 7, 3, 1, 6, 0, 8): "right decisions are among them; take mistakes only, even if they are fewer than k",
    }
    for k, worst in ((3, [5, 2, 7]), (8, [5, 2, 7, 3, 1, 6])):
        answer, what = np.array(most_confident_mistakes(AL, Y, k)), f"most_confident_mistakes, 9 examples, k = {k}"
        checks.that(answer.ndim == 1, f"{what}: expected a flat array of indices, got {answer.ndim} axes")
        cause = slips.get(tuple(answer.tolist()), f"expected {len(worst)} indices, the worst mistake first")
        checks.that(answer.tolist() == worst, f"{what}: got {answer.tolist()[:9]}: {cause}")
        checks.that(answer.dtype.kind in "iu", f"{what}: indices must be whole numbers, these are floats")
    ### BEGIN HIDDEN TESTS

    def one_by_one(AL, Y, k):
        gaps = {}
        for i, (a, y) in enumerate(zip(AL[0].tolist(), Y[0].tolist(), strict=True)):
            if y == 1 and a <= 0.5:
                gaps[i] = 1 - a
            elif y == 0 and a > 0.5:
                gaps[i] = a
        return sorted(gaps, key=lambda i: -gaps[i])[:k]

    def predictions(rng, m, k):
        return rng.uniform(0, 1, (1, m)), rng.integers(0, 2, (1, m)), k

    others = {
        "without any mistake": (np.array([[0.5, 0.51, 0.1]]), np.array([[0, 1, 0]]), 2),
        "with mistakes only": (np.array([[0.5, 0.51, 0.1, 0.97]]), np.array([[1, 0, 1, 0]]), 9),
        "with certain outputs": (np.array([[1e-9, 1e-12, 1 - 1e-10, 1.0]]), np.array([[1, 1, 0, 1]]), 3),
        "with an output of exactly 0": (np.array([[0.3, 0.0, 0.9]]), np.array([[1, 1, 1]]), 2),
        "with outputs around 0.5": (np.array([[0.5 + 1e-9, 0.5 - 1e-9, 0.5, 0.5 + 2e-9]]), np.array([[0, 0, 0, 0]]), 4),
    }
    others["with 1,030 examples and k = 600"] = predictions(np.random.default_rng(75), 1030, 600)
    sizes = {"m": 1030, "k": (0, 1030)}
    checks.agrees(most_confident_mistakes, one_by_one, predictions, sizes=sizes, types=["Y"], cases=others)
    AL, Y, what = np.array([[0.75, 0.75, 0.25, 0.75, 0.25]]), np.array([[0, 0, 1, 1, 0]]), "most_confident_mistakes"
    for k, words in ((3, "three mistakes, equally bad"), (9, "three mistakes, equally bad, and k = 9")):
        checks.equal(f"{what}, {words}", sorted(np.array(most_confident_mistakes(AL, Y, k)).tolist()), [0, 1, 2])
    two = set(np.array(most_confident_mistakes(AL, Y, 2)).tolist())
    checks.that(len(two) == 2 and two < {0, 1, 2}, f"{what}, k = 2 of three equally bad: expected two of 0, 1, 2")
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
    title="The most certain mistakes: sitting dogs are taken for cats, cats in other poses are not",
)
plt.show()
wrong = np.sum(~right[3])
print(
    f"{wrong} of 396 are wrong; in {np.sum(np.abs(AL - Y_test) > 0.9)} of them the network was more than 90 % certain"
)

# %% [markdown]
# *What to notice.* Nearly the same pictures as in week 2: sitting dogs, a sitting bear, birds; and cats with a hanging tail, seen from the side, on four legs. With 28 × 28 pixels these outlines are hard. In 13 of its 33 mistakes the network is more than 90 % certain: training made it certain about the pictures that it saw, and it is as certain about new ones. **A probability that comes out of a network is not a promise.**
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
# So the brain is where the idea came from; it is no proof that the idea is right. This course rests on something else: a function with many parameters, a cost, and its derivative.

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
