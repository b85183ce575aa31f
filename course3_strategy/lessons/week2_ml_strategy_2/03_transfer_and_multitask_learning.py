# %% [markdown]
# You will move what a network has learned from one task to another, and let one network learn four tasks at once.
# Then you will measure when this pays, when it costs, and how sure you can be of either.

# %% [markdown]
# ## What you will be able to do
#
# - use the first layers of a trained network as features, put a new head on them, and train the head alone;
# - fine-tune a network with a learning rate of its own for each layer;
# - measure how far up the layers of one task are useful for another;
# - decide from a few seeds whether transfer pays, with the standard error of the gain, and check the rule by simulation;
# - train one network on several tasks when some labels are missing.
#
# **What you need:** backpropagation through many layers from [course 1](../../../course1_nn/release/week4_deep_neural_networks/03_building_blocks_of_deep_networks.ipynb), and softmax from [course 2](../../../course2_improving/release/week3_tuning_batchnorm_frameworks/03_softmax_classifier.ipynb).

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.data.corruptions import corrupt
from shared_utils.grading import grade
from shared_utils.nn.dense_forward import initialize_deep
from shared_utils.projects.classifier import error_rate, fit_classifier, inputs

plots.use_style()
HIDDEN, SEEDS = (64, 64, 64), 5

digits = data.load_digits()
labels, labels_test = digits.Y_train[0], digits.Y_test[0]
clean, clean_test = (images[..., 0] / 255 for images in (digits.X_train, digits.X_test))


X_clean, X_clean_test = inputs(clean), inputs(clean_test)
print("clean digits:", X_clean.shape, "  to test:", X_clean_test.shape)

# %% [markdown]
# ## 1. A task with many pictures, and one with few
#
# *You have 8,000 clean digits. Your customers' camera is bad, and you have only a few of its pictures. What is the first data worth for the second task?*
#
# In **transfer learning** there is a *source task* A with much data, and a *target task* B with little. A network learns A first. What it has learned is then the start for B.
#
# Here A is to read clean digits. B is to read digits from a camera that shifts and blurs them. The next cell trains five networks on A, with five seeds. Each has three hidden layers of 64 units. `fit_classifier` trains a network with ReLU layers and a softmax output; you wrote all its parts in courses 1 and 2.


# %%
def camera(images, seed):
    """Pictures as a bad camera takes them."""
    rng = np.random.default_rng(seed)
    return corrupt(corrupt(images, "shifted", rng), "blurred", rng)


shaken, shaken_test = camera(clean, 98), camera(clean_test, 99)
X_camera, X_camera_test = inputs(shaken), inputs(shaken_test)
sources = [
    fit_classifier(X_clean, labels, HIDDEN, seed, steps=1000)
    for seed in tqdm(range(SEEDS), desc="networks for task A", file=sys.stdout)
]
for name, X in (("clean digits", X_clean_test), ("the camera", X_camera_test)):
    print(f"{name:14} accuracy", *(f"{1 - error_rate(X, labels_test, source):.3f}" for source in sources))
plots.show_images(np.concatenate([clean[:8], shaken[:8]]), columns=8, title="Above: task A.  Below: the same in task B")
plt.show()

# %% [markdown]
# *What to notice.* The networks read about 95 % of the clean digits, and about a third of the camera's. So they are useless for B as they are. But something in them may be useful.
#
# A network with $L$ layers is a chain. With $A^{[0]} = X$ of shape $(n_0, m)$,
#
# $$A^{[l]} = \max\left(0, \; W^{[l]} A^{[l-1]} + b^{[l]}\right), \qquad l = 1, \dots, L - 1,$$
#
# where $W^{[l]}$ has the shape $(n_l, n_{l-1})$, $b^{[l]}$ the shape $(n_l, 1)$ and $A^{[l]}$ the shape $(n_l, m)$. The last layer gives the scores of the classes, $Z^{[L]} = W^{[L]} A^{[L-1]} + b^{[L]}$. It is called the **head**, because it alone knows the classes of the task. What the layers before it give are **features**: new inputs for another head.
#
# *On paper.* $X = [2, -1, 3]$, $W^{[1]} = \begin{bmatrix} 1 \\ -1 \end{bmatrix}$, $b^{[1]} = 0$: the features of layer 1 are $\begin{bmatrix} 2 & 0 & 3 \\ 0 & 1 & 0 \end{bmatrix}$.
#
# ### Exercise 1: `features`


# %% exercise="features"
def features(X, parameters, layers):
    """What the first layers of a trained network make of its inputs.

    Args:
        X: inputs, floats or whole numbers, shape (n_0, m), m >= 1.
        parameters: a dict "W1", "b1", ..., "WL", "bL", in any order, with L >= 1; floats or whole numbers,
            Wl (n_l, n_(l-1)), bl (n_l, 1). Layers 1 to L - 1 have ReLU.
        layers: how many layers, a whole number from 0 to L - 1.

    Returns:
        The output of this layer after its ReLU, floats, shape (n_layers, m), a new array. For layers = 0 that is X.

    Raises:
        ValueError: layers is below 0 or above L - 1.
    """
    # 1. How many layers has the network? 2. One layer after the other.
    ### BEGIN SOLUTION
    if not 0 <= layers < len(parameters) // 2:  # equivalent "// → /": their number is even
        raise ValueError(f"a network of {len(parameters)} arrays has no features of {layers} layers")
    A = np.array(X, dtype=float)
    for layer in range(1, layers + 1):
        A = np.maximum(0, parameters[f"W{layer}"] @ A + parameters[f"b{layer}"])
    return A
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `L = len(parameters) // 2`. The weights of layer 3 are `parameters["W3"]`, in code `parameters[f"W{layer}"]`. The last layer is never used here.
# </details>

# %% check="features" points=1
with checks.exercise("features"):
    X = np.array([[2.0, -1, 3]])
    net = {"W1": np.array([[1.0], [-1]]), "b1": np.array([[0.0], [0]])}
    net |= {"W2": np.array([[2.0, 1], [-1, 3], [0, 1]]), "b2": np.array([[-5.0], [1], [0]])}
    net |= {"W3": np.array([[1.0, 1, 1]]), "b3": np.array([[0.0]])}
    checks.unchanged(features, X, net, 2)
    slips = {"the ReLU is missing after the last of these layers": [[2, -1, 3], [-2, 1, -3]]}
    checks.close("features(X, net, 1)", features(X, net, 1), [[2, 0, 3], [0, 1, 0]], mistakes=slips)
    slips = {"the ReLU is missing in layer 1": [[0, 0, 0], [0, 5, 0], [0, 1, 0]]}
    slips |= {"the biases are missing": [[4, 1, 6], [0, 3, 0], [0, 1, 0]]}
    checks.close("features(X, net, 2)", features(X, net, 2), [[0, 0, 1], [0, 4, 0], [0, 1, 0]], mistakes=slips)
    checks.close("features(X, net, 0)", features(X, net, 0), X)
    checks.raises("features(X, net, 3), a network of 3 layers", ValueError, features, X, net, 3)
    ### BEGIN HIDDEN TESTS

    def unit_by_unit(X, parameters, layers):
        columns = []
        for column in X.T:
            values = [float(value) for value in column]
            for layer in range(layers):
                W, b = parameters[f"W{layer + 1}"], parameters[f"b{layer + 1}"][:, 0]
                Z = [sum(w * v for w, v in zip(row, values, strict=True)) + c for row, c in zip(W, b, strict=True)]
                values = [z if z > 0 else 0.0 for z in Z]
            columns.append(values)
        return np.array(columns, dtype=float).T

    def network(rng, sizes):
        net = {f"b{k}": rng.normal(0, 1, (n, 1)) for k, n in enumerate(sizes[1:], 1)}
        return {f"W{k}": rng.normal(0, 1, (sizes[k], n)) for k, n in enumerate(sizes[:-1], 1)} | net

    def problem(rng, m, n_0, n_1, n_2, layers):
        return rng.normal(0, 1, (n_0, m)), network(rng, (n_0, n_1, n_2, 3)), layers

    rng = np.random.default_rng(0)
    deep = network(rng, (2, *[3] * 11, 2))
    cases = {f"with {k} of 12 layers": (rng.normal(0, 1, (2, 5)), deep, k) for k in (0, 1, 9, 10, 11)}
    mixed = {key: deep[key] for key in rng.permutation(list(deep)).tolist()}
    cases |= {"with parameters in another order": (rng.normal(0, 1, (2, 5)), mixed, 11)}
    cases |= {"with logistic regression": (rng.normal(0, 1, (2, 5)), network(rng, (2, 4)), 0)}
    cases |= {"with whole numbers and no layer": (np.array([[1, 2], [3, 4]]), network(rng, (2, 4)), 0)}
    domain = {"real": {"X": 1e4, "parameters": 1e3}, "types": ["X", "parameters"], "pixels": ["X"], "apart": False}
    sizes = {"m": 130, "n_0": 110, "n_1": 102, "n_2": 101, "layers": (0, 2)}
    checks.agrees(features, unit_by_unit, problem, sizes=sizes, cases=cases, **domain)
    for wanted, k in ((net, -1), (net, 3), (net, 4), (deep, 12), (network(rng, (1, 4)), 1)):
        checks.raises(f"{k} of {len(wanted) // 2} layers", ValueError, features, X, wanted, k)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. A new head
#
# *Task B may have other classes. What replaces the last layer?*
#
# The old head is thrown away, also if B has as many classes as A. A new one is drawn. One can throw away more: keep the first $k$ layers, and draw all the others anew. $k = 0$ is training from scratch, $k = L - 1$ keeps everything but the head.
#
# *On paper.* A network of sizes 196, 64, 64, 64, 10 has $L = 4$ layers. With $k = 1$ and 7 classes in task B, the sizes stay 196, 64, 64, 64 and become 7 at the end; $W^{[1]}$ and $b^{[1]}$ are the old ones, $W^{[2]}, \dots, b^{[4]}$ are new.
#
# The new layers are those that `initialize_deep(layer_dims, seed)` of course 1 gives for a whole new network: normal weights with variance $2 / n_{l-1}$, biases 0.
#
# ### Exercise 2: `transfer_network`


# %% exercise="transfer_network"
def transfer_network(source, k, classes, seed):
    """The start for a new task: the first k layers of a trained network, the others new.

    Args:
        source: a dict "W1", "b1", ..., "WL", "bL", in any order, with L >= 1; Wl (n_l, n_(l-1)), bl (n_l, 1).
        k: how many layers are taken over, a whole number from 0 to L - 1: the head is always new.
        classes: how many units the new head has, a whole number >= 1.
        seed: a whole number >= 0.

    Returns:
        A dict "W1", "b1", ..., "WL", "bL": up to layer k copies of those of source, above k the layers of
        initialize_deep([n_0, ..., n_(L-1), classes], seed), which draws the whole network. It shares no array with
        source.

    Raises:
        ValueError: k is below 0 or above L - 1.
    """
    # 1. The sizes of all layers, with the new head. 2. A whole new network. 3. Copies up to layer k.
    ### BEGIN SOLUTION
    L = len(source) // 2
    if not 0 <= k < L:
        raise ValueError(f"{k} of {L} layers cannot be taken over")
    sizes = [source[f"W{layer}"].shape[1] for layer in range(1, L + 1)]
    fresh = initialize_deep([*sizes, classes], seed)
    kept = {f"{letter}{layer}": source[f"{letter}{layer}"].copy() for layer in range(1, k + 1) for letter in "Wb"}
    return fresh | kept
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# $n_{l-1}$ is the number of columns of $W^{[l]}$: this gives $n_0, \dots, n_{L-1}$. For two dicts, `a | b` has the values of `b` where both have a name.
# </details>

# %% check="transfer_network" points=1
with checks.exercise("transfer_network"):
    source = {"W1": np.array([[1.0], [2], [3]]), "b1": np.array([[4.0], [5], [6]])}
    source |= {"W2": np.array([[7.0, 8, 9], [1, 2, 3]]), "b2": np.array([[1.0], [2]])}
    source |= {"W3": np.array([[5.0, 6]]), "b3": np.array([[9.0]])}
    checks.unchanged(transfer_network, source, 1, 4, 3)
    found = transfer_network(source, 1, 4, 3)
    checks.keys("transfer_network(source, 1, 4, 3)", found, source)
    checks.close("W1, taken over", found["W1"], source["W1"])
    checks.close("b1, taken over", found["b1"], source["b1"])
    first = [[1.6664, -2.0867, 0.34138], [-0.46358, -0.36959, -0.17603]]
    slips = {"initialize_deep draws the whole network, not only the new layers": first}
    slips |= {"this layer lies above k; it is drawn anew": source["W2"]}
    drawn = [[-0.46358, -0.36959, -0.17603], [-1.6493, -0.18937, -0.70644]]
    checks.close("W2, drawn anew", found["W2"], drawn, rtol=1e-4, mistakes=slips)
    checks.shape("W3, for 4 classes", found["W3"], (4, 2))
    checks.raises("transfer_network(source, 3, 4, 3)", ValueError, transfer_network, source, 3, 4, 3)
    ### BEGIN HIDDEN TESTS

    def layer_by_layer(source, k, classes, seed):
        rng, L, result = np.random.default_rng(seed), len(source) // 2, {}
        for layer in range(1, L + 1):
            n, n_prev = source[f"W{layer}"].shape
            n = classes if layer == L else n
            W, b = rng.standard_normal((n, n_prev)) * (2 / n_prev) ** 0.5, np.zeros((n, 1))
            if layer <= k:
                W, b = (np.array(source[f"{letter}{layer}"]) for letter in "Wb")
            result |= {f"W{layer}": W, f"b{layer}": b}
        return result

    def network(rng, sizes):
        net = {f"b{k}": rng.normal(0, 1, (n, 1)) for k, n in enumerate(sizes[1:], 1)}
        return {f"W{k}": rng.normal(0, 1, (sizes[k], n)) for k, n in enumerate(sizes[:-1], 1)} | net

    def problem(rng, n_0, n_1, n_2, classes, k, seed):
        return network(rng, (n_0, n_1, n_2, 3)), k, classes, seed

    rng = np.random.default_rng(0)
    deep = network(rng, (2, *range(3, 14), 2))
    cases = {f"with {k} of 12 layers": (deep, k, 5, 1) for k in (0, 1, 2, 9, 10, 11)}
    cases |= {"with logistic regression": (network(rng, (2, 4)), 0, 3, 0)}
    cases |= {"with as many classes as before": (deep, 11, 2, 7), "with a large seed": (deep, 3, 2, 123_456_789)}
    sizes = {"n_0": 130, "n_1": 120, "n_2": 110, "classes": 101, "k": (0, 2), "seed": (0, 5)}
    domain = {"types": ["source"], "real": {"source": 1e3}, "cases": cases}
    checks.agrees(transfer_network, layer_by_layer, problem, sizes=sizes, **domain)
    for wanted, k in ((source, -1), (source, 4), (deep, 12), (network(rng, (1, 4)), 1)):
        checks.raises(f"{k} of {len(wanted) // 2} layers", ValueError, transfer_network, wanted, k, 2, 0)
    ### END HIDDEN TESTS

# %% [markdown]
# With few pictures, the lecture trains the new head alone. All other layers are **frozen**: their parameters stay as they are. Frozen layers give the same features in each step, so compute them once. Let $F$ of shape $(n, m)$ be the features of layer $L - 1$, and $Y$ of shape $(n_y, m)$ hold 1 where the class of an example is, and 0 elsewhere. The head is softmax regression on $F$:
#
# $$A = \operatorname{softmax}(W F + b), \qquad J = -\frac1m \sum_{i=1}^m \log A_{y^{(i)}, i}, \qquad \frac{\partial J}{\partial W} = \frac1m (A - Y) F^T, \qquad \frac{\partial J}{\partial b} = \frac1m \sum_{i=1}^m (A - Y)_{\cdot, i} .$$
#
# A single layer has no symmetry to break, so it may start from zeros. Each step of gradient descent uses all $m$ examples.
#
# *On paper.* The features from above, $F = \begin{bmatrix} 2 & 0 & 3 \\ 0 & 1 & 0 \end{bmatrix}$, three classes, labels $0, 2, 0$. From zeros all entries of $A$ are $\frac13$, so
#
# $$A - Y = \frac13 \begin{bmatrix} -2 & 1 & -2 \\ 1 & 1 & 1 \\ 1 & -2 & 1 \end{bmatrix}, \qquad \frac{\partial J}{\partial W} = \frac19 \begin{bmatrix} -10 & 1 \\ 5 & 1 \\ 5 & -2 \end{bmatrix}, \qquad \frac{\partial J}{\partial b} = \frac13 \begin{bmatrix} -1 \\ 1 \\ 0 \end{bmatrix}.$$
#
# With the rate 9, one step gives $W = \begin{bmatrix} 10 & -1 \\ -5 & -1 \\ -5 & 2 \end{bmatrix}$ and $b = \begin{bmatrix} 3 \\ -3 \\ 0 \end{bmatrix}$.
#
# ### Exercise 3: `freeze_and_retrain`


# %% exercise="freeze_and_retrain"
def freeze_and_retrain(X, labels, source, classes, learning_rate, steps):
    """A network for a new task: all layers but the last frozen, a new head trained by gradient descent from zeros.

    Args:
        X: inputs of the new task, floats or whole numbers, shape (n_0, m), m >= 1.
        labels: their classes, whole numbers from 0 to classes - 1, shape (m,). Not every class need occur.
        source: the trained network, a dict "W1", "b1", ..., "WL", "bL", in any order, L >= 1; floats.
        classes: the number of classes of the new task, a whole number >= 1.
        learning_rate: a number > 0.
        steps: a whole number >= 0; each step uses all m examples.

    Returns:
        A dict "W1", "b1", ..., "WL", "bL": WL (classes, n_(L-1)) and bL (classes, 1) as they are after the steps,
        floats; the other layers are copies of those of source. It shares no array with source. Scores may be large:
        the softmax must not overflow.
    """
    # 1. Features, once. 2. A head of zeros. 3. In each step: softmax, gradient, step. 4. Copies of the frozen layers.
    ### BEGIN SOLUTION
    L, m = len(source) // 2, len(labels)
    F, Y = features(X, source, L - 1), np.eye(classes)[:, labels]
    W = np.zeros((classes, len(F)))  # equivalent "zeros of the first argument's type": steps make floats
    b = np.zeros((classes, 1))  # equivalent "zeros of the first argument's type": steps make floats
    for _ in range(steps):
        Z = W @ F + b
        A = np.exp(Z - Z.max(axis=0))
        dZ = (A / A.sum(axis=0) - Y) / m
        W, b = W - learning_rate * dZ @ F.T, b - learning_rate * dZ.sum(axis=1, keepdims=True)
    return {key: np.array(value) for key, value in source.items()} | {f"W{L}": W, f"b{L}": b}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.eye(classes)[:, labels]` is $Y$. The loop needs $F$, $Y$, $W$ and $b$, and nothing of `source`.
# </details>
# <details><summary>Hint 2</summary>
#
# Subtract the largest score of each column before `np.exp`; this changes no probability. Compute the gradients of $W$ and $b$ both from the old values. At the end copy the dict array by array, then put the new head in.
# </details>

# %% check="freeze_and_retrain" points=2
with checks.exercise("freeze_and_retrain"):
    X, classes_of = np.array([[2.0, -1, 3]]), np.array([0, 2, 0])
    source = {"W1": np.array([[1.0], [-1]]), "b1": np.array([[0.0], [0]])}
    source |= {"W2": np.array([[2.0, 1], [7, 8]]), "b2": np.array([[5.0], [6]])}
    checks.unchanged(freeze_and_retrain, X, classes_of, source, 3, 9, 1)
    found = freeze_and_retrain(X, classes_of, source, 3, 9.0, 1)
    checks.keys("freeze_and_retrain(X, labels, source, 3, 9.0, 1)", found, source)
    slips = {"divide by m": [[30, -3], [-15, -3], [-15, 6]], "this goes uphill": [[-10, 1], [5, 1], [5, -2]]}
    slips |= {"divide by m, not by the number of classes or twice": np.array([[10, -1], [-5, -1], [-5, 2]]) / 3}
    slips |= {"train on the features, not on X": np.array([[5.0], [-4], [-1]]) * [3, 0]}
    checks.close("W2 after one step", found["W2"], [[10, -1], [-5, -1], [-5, 2]], mistakes=slips)
    checks.close("b2 after one step", found["b2"], [[3], [-3], [0]])
    checks.close("W1, which is frozen", found["W1"], source["W1"])
    found = freeze_and_retrain(X, classes_of, source, 3, 9, 2)
    checks.close("b2 after two steps", found["b2"], [[1.5018568], [-3.0037135], [1.5018568]], rtol=1e-5)
    ### BEGIN HIDDEN TESTS

    def example_by_example(X, labels, source, classes, learning_rate, steps):
        L = len(source) // 2
        head = np.zeros((classes, source[f"W{L}"].shape[1] + 1))
        rows = []
        for x in X.T.astype(float):
            for layer in range(1, L):
                z = source[f"W{layer}"].dot(x) + source[f"b{layer}"].ravel()
                x = z * (z > 0)
            rows.append(np.append(x, 1.0))
        for _ in range(steps):
            total = np.zeros_like(head)
            for row, label in zip(rows, labels, strict=True):
                scores = head @ row
                odds = 1 / np.array([np.exp(np.minimum(scores - score, 700)).sum() for score in scores])
                odds[label] -= 1
                total += np.outer(odds, row)
            head = head - learning_rate * total / len(labels)
        copies = {key: np.array(value) for key, value in source.items()}
        return copies | {f"W{L}": head[:, :-1], f"b{L}": head[:, -1:]}

    def network(rng, sizes):
        net = {f"b{k}": rng.normal(0, 1, (n, 1)) for k, n in enumerate(sizes[1:], 1)}
        return {f"W{k}": rng.normal(0, 1, (sizes[k], n)) for k, n in enumerate(sizes[:-1], 1)} | net

    def problem(rng, m, n_0, n_1, n_y, classes, steps, number=None):
        X, target = rng.normal(0, 1, (n_0, m)), rng.integers(0, classes, m)
        return X, target, network(rng, (n_0, n_1, n_y) if number is None else number), classes, 0.3, steps

    rng = np.random.default_rng(1)
    cases = {f"with {L} layers": problem(rng, 6, 2, 0, 0, 3, 4, [2, *[3] * (L - 1), 2]) for L in (1, 3, 12)}
    one = problem(rng, 4, 2, 0, 0, 3, 0, [2, 5, 3])
    cases |= {"with scores in the thousands": (one[0] * 100, *one[1:4], 10, 5), "with many steps": (*one[:5], 1200)}
    cases |= {"with labels of one class": (one[0], np.array([1] * 4), one[2], 4, 0.3, 3)}
    cases |= {"with 300 classes": (one[0], np.array([0, 299, 256, 1]), one[2], 300, 0.3, 2)}
    cases |= {"with whole numbers in X and a whole rate": (np.array([[1, 2, 3, 0], [0, -1, 2, 2]]), *one[1:4], 1, 3)}
    sizes = {"m": 130, "n_0": 101, "n_1": 102, "n_y": 4, "classes": (3, 12), "steps": (0, 7)}
    domain = {"types": ["X", "learning_rate", "source"], "apart": False, "cases": cases}
    checks.agrees(freeze_and_retrain, example_by_example, problem, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %%
few = np.random.default_rng(0).permutation(len(labels))[:100]
X_few, labels_few = X_camera[:, few], labels[few]
with_head = freeze_and_retrain(X_few, labels_few, sources[0], 10, 0.03, 300)
for name, parameters in (("as it was", sources[0]), ("with a new head", with_head)):
    print(f"{name:16} accuracy on the camera {1 - error_rate(X_camera_test, labels_test, parameters):.3f}")
print(f"on its own 100 pictures: {1 - error_rate(X_few, labels_few, with_head):.3f}")

# %% [markdown]
# *What to notice.* The head reads most of the 100 pictures that it was trained on, but on new pictures of the camera the network is hardly better than before, if at all. The features of layer 3 were made for clean digits. A head cannot put back what the layers below have lost.
#
# ## 3. Fine-tuning
#
# *Should the old layers learn, too?*
#
# With more data the lecture trains all layers. The training on A is then called *pre-training*, that on B **fine-tuning**. The old layers often get a smaller rate than the new head: the head is wrong at first, and its errors would spoil the layers below. We give each layer a rate of its own, $\alpha_1, \dots, \alpha_L$. A layer with the rate 0 is frozen. For $l = L, \dots, 1$, with $dZ^{[L]} = \frac1m (A - Y)$ and $A^{[0]} = X$,
#
# $$dW^{[l]} = dZ^{[l]} A^{[l-1]T}, \qquad db^{[l]} = \sum_i dZ^{[l]}_{\cdot, i}, \qquad dZ^{[l-1]} = \left( W^{[l]T} dZ^{[l]} \right) * \left[ Z^{[l-1]} > 0 \right],$$
#
# $$W^{[l]} := W^{[l]} - \alpha_l \, dW^{[l]}, \qquad b^{[l]} := b^{[l]} - \alpha_l \, db^{[l]} .$$
#
# The asterisk multiplies entry by entry. At $Z = 0$ we take the derivative 0 for ReLU. All gradients of a step belong to the parameters *before* this step.
#
# *On paper.* One example $x = 1$ of class 1, $W^{[1]} = 1$, $W^{[2]} = \begin{bmatrix} \log 3 \\ 0 \end{bmatrix}$, biases 0. The probabilities are $\frac34$ and $\frac14$, so $dZ^{[2]} = \left( \frac34, -\frac34 \right)$ and $dZ^{[1]} = \frac34 \log 3 \approx 0.824$. With the rates $\frac12$ and 2: $W^{[1]} \approx 1 - 0.412 = 0.588$, $b^{[1]} \approx -0.412$, $W^{[2]} \approx (1.099 - 1.5, \; 1.5) = (-0.401, \; 1.5)$, $b^{[2]} = (-1.5, \; 1.5)$.
#
# ### Exercise 4: `fine_tune`


# %% exercise="fine_tune"
def fine_tune(X, labels, parameters, learning_rates, steps):
    """Gradient descent on the mean softmax loss, with a learning rate for each layer.

    Args:
        X: inputs, floats or whole numbers, shape (n_0, m), m >= 1.
        labels: whole numbers from 0 to n_L - 1, shape (m,).
        parameters: the start, a dict "W1", "b1", ..., "WL", "bL", in any order, L >= 1; floats or whole numbers.
        learning_rates: a list or array of L numbers >= 0; entry 0 is the rate of layer 1. The rate 0
            freezes a layer.
        steps: a whole number >= 0; each step uses all m examples.

    Returns:
        A dict with the names of parameters: new arrays of floats, as they are after the steps. Scores may be large: the
        softmax must not overflow.

    Raises:
        ValueError: there are not as many rates as layers.
    """
    # 1. Float copies. 2. Each step: forward, keep the outputs of all layers. 3. Backward; W before its own step.
    ### BEGIN SOLUTION
    L, m = len(parameters) // 2, len(labels)
    if len(learning_rates) != L:
        raise ValueError(f"{len(learning_rates)} rates for {L} layers")
    new = {key: np.array(value, dtype=float) for key, value in parameters.items()}
    Y = np.eye(len(new[f"b{L}"]))[:, labels]
    for _ in range(steps):
        A = [X]
        for layer in range(1, L):
            A.append(np.maximum(0, new[f"W{layer}"] @ A[-1] + new[f"b{layer}"]))
        Z = new[f"W{L}"] @ A[-1] + new[f"b{L}"]
        odds = np.exp(Z - Z.max(axis=0))
        dZ = (odds / odds.sum(axis=0) - Y) / m
        for layer in range(L, 0, -1):
            dW, db = dZ @ A[layer - 1].T, dZ.sum(axis=1, keepdims=True)
            dZ = (new[f"W{layer}"].T @ dZ) * (A[layer - 1] > 0)
            new[f"W{layer}"] = new[f"W{layer}"] - learning_rates[layer - 1] * dW
            new[f"b{layer}"] = new[f"b{layer}"] - learning_rates[layer - 1] * db
    return new
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Forward: a list of outputs, $A^{[0]} = X$ first, then the output of each hidden layer after ReLU. $A^{[l]} > 0$ exactly where $Z^{[l]} > 0$.
# </details>
# <details><summary>Hint 2</summary>
#
# Backward, from $l = L$ down to 1: first $dW$ and $db$, then $dZ$ for the layer below with the *old* $W^{[l]}$, and only then the step of layer $l$.
# </details>

# %% check="fine_tune" points=3
with checks.exercise("fine_tune"):
    X, start = np.array([[1.0]]), {"W1": np.array([[1.0]]), "b1": np.array([[0.0]])}
    start |= {"W2": np.array([[np.log(3)], [0]]), "b2": np.array([[0.0], [0]])}
    checks.unchanged(fine_tune, X, np.array([1]), start, [0.5, 2], 1)
    found = fine_tune(X, np.array([1]), start, [0.5, 2], 1)
    checks.close("W2 after one step", found["W2"], [[-0.4013877], [1.5]], rtol=1e-5)
    slips = {"W2 had already made its step": 1.7130204, "entry 0 is the rate of layer 1": -0.647918}
    checks.close("W1 after one step", found["W1"][0, 0], 0.5880204, rtol=1e-5, mistakes=slips)
    X, three = np.array([[1.0, -1, 2]]), np.array([1, 0, 0])
    found = fine_tune(X, three, start, [0.5, 2], 1)
    slips = {"the derivative of ReLU is missing": 0.8077429, "divide by m": 0.6978816}
    checks.close("W1, with three examples", found["W1"][0, 0], 0.8992939, rtol=1e-5, mistakes=slips)
    checks.close("W1 with the rates 0 and 2", fine_tune(X, three, start, [0, 2], 5)["W1"], [[1]])
    checks.raises("one rate for two layers", ValueError, fine_tune, X, three, start, [0.5], 1)
    ### BEGIN HIDDEN TESTS

    def by_jacobians(X, labels, parameters, learning_rates, steps):
        now, L = {key: np.array(value, dtype=float) for key, value in parameters.items()}, len(parameters) // 2
        for _ in range(steps):
            slopes = {key: np.zeros_like(value) for key, value in now.items()}
            for x, label in zip(X.T.astype(float), labels, strict=True):
                inputs, gates = [x], []
                for layer in range(1, L + 1):
                    z = now[f"W{layer}"].dot(inputs[-1]) + now[f"b{layer}"].ravel()
                    gates.append(np.ones(len(z)) if layer == L else np.where(z > 0, 1.0, 0.0))
                    inputs.append(z * gates[-1])
                z = inputs.pop()
                error = 1 / np.array([np.exp(np.minimum(z - score, 700)).sum() for score in z])
                error[label] -= 1
                for layer in range(L, 0, -1):
                    slopes[f"W{layer}"] += np.outer(error, inputs[layer - 1]) / len(labels)
                    slopes[f"b{layer}"] += error[:, None] / len(labels)
                    error = error @ now[f"W{layer}"] * (gates[layer - 2] if layer > 1 else 1)
            now = {key: value - learning_rates[int(key[1:]) - 1] * slopes[key] for key, value in now.items()}
        return now

    def network(rng, sizes):
        net = {f"b{k}": rng.normal(0, 0.3, (n, 1)) for k, n in enumerate(sizes[1:], 1)}
        return {f"W{k}": rng.normal(0, n**-0.5, (sizes[k], n)) for k, n in enumerate(sizes[:-1], 1)} | net

    def problem(rng, m, n_0, n_1, n_2, n_y, steps, inner=None):
        sizes = [n_0, n_1, n_2, n_y] if inner is None else [n_0, *inner, n_y]
        rates = [0.02 * (k + 1) for k in range(len(sizes) - 1)]
        return rng.normal(0, 1, (n_0, m)), rng.integers(0, n_y, m), network(rng, sizes), rates, steps

    rng = np.random.default_rng(2)
    cases = {f"with {n + 1} layers": problem(rng, 6, 2, 0, 0, 3, 4, [4] * n) for n in (0, 1, 3, 11)}
    X, target, start, rates, _ = problem(rng, 5, 2, 3, 4, 3, 0)
    cases |= {f"with the rates {given}": (X, target, start, given, 3) for given in ([0, 0, 1], [1, 0, 0], [0, 0, 0])}
    cases |= {"with the rates [0.1, 0, 0.2]": (X, target, start, [0.1, 0, 0.2], 3)}
    zeros = {key: np.zeros_like(value) for key, value in start.items()}
    cases |= {"with 1,200 steps": (X, target, start, rates, 1200), "with zeros": (X, target, zeros, [0.5, 0.5, 0.5], 2)}
    cases |= {"with scores in the thousands": (X * 1e4, target, start, [1e-9, 1e-8, 1e-7], 3)}
    cases |= {
        "with large steps": (X, target, start, [1, 2, 1], 2),
        "with rates in an array": (X, target, start, np.array(rates), 2),
    }
    sizes = {"m": 130, "n_0": 101, "n_1": 12, "n_2": 11, "n_y": (2, 101), "steps": (0, 4)}
    domain = {"types": ["X", "parameters"], "apart": False, "cases": cases}
    checks.agrees(fine_tune, by_jacobians, problem, sizes=sizes, **domain)
    for given in ([], [1, 1], [1, 1, 1, 1]):
        checks.raises(f"{len(given)} rates for three layers", ValueError, fine_tune, X, target, start, given, 1)
        checks.raises(f"{len(given)} rates, no steps", ValueError, fine_tune, X, target, start, given, 0)
    ### END HIDDEN TESTS

# %% [markdown]
# The network with the new head is fine-tuned in two ways: with the old layers at a tenth of the head's rate, and with the same rate for all. The head alone learns on, too, and a rival of the same sizes starts from scratch. Each of the four makes 300 steps from where it begins.

# %%
rivals = {
    "head alone": (with_head, [0, 0, 0, 0.03]),
    "old layers at a tenth": (with_head, [0.003, 0.003, 0.003, 0.03]),
    "one rate for all": (with_head, [0.03] * 4),
    "from scratch": (transfer_network(sources[0], 0, 10, 0), [0.03] * 4),
}
for name, (start, rates) in rivals.items():
    learned = fine_tune(X_few, labels_few, start, rates, 300)
    print(f"{name:22} accuracy on the camera {1 - error_rate(X_camera_test, labels_test, learned):.3f}")

# %% [markdown]
# *What to notice.* Fine-tuning is better than the head alone and better than from scratch. Smaller rates for the old layers do **not** help here: one rate for all is better. The old layers have much to change, for the new pictures are very different. This is one seed and one draw of 100 pictures. Is it luck?
#
# ## 4. Does it pay?
#
# *Two numbers differ. When may one say that transfer is better?*
#
# Repeat the whole comparison with $n$ seeds. Each seed draws the pictures and the first weights. In one seed both ways get the same pictures, so their accuracies form a **pair**; the luck of an easy draw helps both, and leaves the difference. With the differences $d_s = \text{transfer}_s - \text{scratch}_s$,
#
# $$\bar d = \frac1n \sum_{s=1}^n d_s, \qquad se = \sqrt{\frac{1}{n (n - 1)} \sum_{s=1}^n (d_s - \bar d)^2} .$$
#
# $\bar d$ is the mean gain, $se$ its **standard error**. The rule, for a critical value $c$:
#
# - $\bar d > c \cdot se$: "transfer";
# - $\bar d < -c \cdot se$: "scratch";
# - otherwise "undecided", also where both sides are equal.
#
# Which $c$? If there is no gain at all and the differences are normal and independent, $\bar d / se$ follows Student's t distribution with $n - 1$ degrees of freedom. To be wrong in 5 % of such cases, $c$ must be 4.303 for $n = 3$, 2.776 for $n = 5$, 2.262 for $n = 10$, and 1.96 only for very large $n$.
#
# *On paper.* Accuracies with transfer .50, .60, .70, without .40, .56, .60. The differences .10, .04, .10 have the mean .08; their deviations .02, −.04, .02 have squares that add up to .0024, so $se = \sqrt{.0024 / 6} = .02$. The gain is 4 standard errors. With $c = 1.96$ this is "transfer", with the right $c = 4.303$ for three seeds "undecided".
#
# ### Exercise 5: `when_to_transfer`


# %% exercise="when_to_transfer"
def when_to_transfer(transfer, scratch, critical):
    """Decides from paired accuracies whether transfer pays.

    Args:
        transfer, scratch: the accuracies with and without transfer, lists or arrays (n,), n >= 2; entry s of both comes
            from the same seed. Floats, or whole numbers of any type (counts of right answers, say).
        critical: how many standard errors the gain must exceed, a number >= 0.

    Returns:
        A tuple: the mean gain, its standard error, and "transfer", "scratch" or "undecided" by the rule of the text. If
        all differences are equal, the standard error is 0 and the sign of the gain decides; no gain is "undecided".

    Raises:
        ValueError: the two have different lengths, or fewer than two entries.
    """
    # 1. Do they fit? 2. Differences, mean, standard error. 3. Compare, in both directions.
    ### BEGIN SOLUTION
    if len(transfer) != len(scratch) or len(transfer) < 2:
        raise ValueError(f"at least two pairs are needed, not {len(transfer)} and {len(scratch)} accuracies")
    d = np.asarray(transfer, dtype=float) - np.asarray(scratch, dtype=float)
    gain, standard_error = d.mean(), d.std(ddof=1) / np.sqrt(len(d))
    if gain > critical * standard_error:
        return gain, standard_error, "transfer"
    return gain, standard_error, "scratch" if gain < -critical * standard_error else "undecided"
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Make float arrays first. `d.std(ddof=1)` divides by $n - 1$ below the root; the standard error of the mean is this divided by $\sqrt n$.
# </details>

# %% check="when_to_transfer" points=2
with checks.exercise("when_to_transfer"):
    transfer, scratch, names = [0.5, 0.6, 0.7], [0.4, 0.56, 0.6], ["gain", "standard error", "decision"]
    checks.unchanged(when_to_transfer, transfer, scratch, 1.96)
    found = checks.results("when_to_transfer(…)", when_to_transfer(transfer, scratch, 1.96), names)
    checks.close("the mean gain", found[0], 0.08, mistakes={"it wants transfer minus scratch": -0.08})
    slips = {"divide by n - 1 below the root": 0.0163299, "divide by the root of n": 0.0346410}
    slips |= {"the pairs count, not two lists apart": 0.0840635, "this is the variance of the mean": 0.0004}
    checks.close("the standard error", found[1], 0.02, rtol=1e-5, mistakes=slips)
    checks.equal("the decision with 1.96", found[2], "transfer")
    checks.equal("the decision with 4.303", when_to_transfer(transfer, scratch, 4.303)[2], "undecided")
    checks.equal("the other way round, with 1.96", when_to_transfer(scratch, transfer, 1.96)[2], "scratch")
    checks.raises("three accuracies and two", ValueError, when_to_transfer, transfer, scratch[:2], 1.96)
    ### BEGIN HIDDEN TESTS

    def by_all_pairs(transfer, scratch, critical):
        d = [float(a) - float(b) for a, b in zip(transfer, scratch, strict=True)]
        n = len(d)
        spread = sum((a - b) ** 2 for a in d for b in d) / (2 * n * n * (n - 1))
        gain, error = sum(d) / n, spread**0.5
        return gain, error, "undecided" if abs(gain) <= critical * error else "transfer" if gain > 0 else "scratch"

    def problem(rng, n, critical):
        common = rng.uniform(0, 1, n)
        return common + rng.normal(0.02, 0.05, n), common, critical - 0.5

    half = [0.5, 0.5, 0.5, 0.5]
    exact = [1.5, 1.5, 1.5, 3.5], half, 3  # gain 1.5, standard error 0.5
    cases = {"where both sides are equal": exact, "where both sides are equal below": (half, exact[0], 3)}
    cases |= {"with a critical value just below": (*exact[:2], 2.99), "just below, other way": (half, exact[0], 2.99)}
    cases |= {"with equal differences": ([1.5, 2.5, 3.5], [1.0, 2.0, 3.0], 100), "without any": (half, half, 2)}
    cases |= {"with equal losses": ([1.0, 2.0], [1.25, 2.25], 5), "with critical 0": ([3.0, 2.0], [2.0, 2.5], 0)}
    cases |= {"with no gain and critical 0": ([3.0, 2.0], [2.0, 3.0], 0), "with two pairs": ([0.5, 0.75], [0.25, 0], 1)}
    cases |= {"with counts": ([3, 5, 4], [9, 6, 5], 1.5), "with large numbers": ([1e8, 1e8 + 3], [1.0, 2.0], 1.5)}
    counts = np.array([3, 250, 4, 9], dtype=np.uint8), np.array([9, 255, 60, 8], dtype=np.uint8), 1.5
    cases |= {"with counts of type uint8": counts, "with arrays": (np.array(exact[0]), np.array(half), 2)}
    cases |= {"with tiny gains": ([1e-9, 2e-9, 4e-9], [0.0, 0, 0], 1), "tiny losses": ([-1e-9, -2e-9], [0.0, 0.0], 1)}
    sizes = {"n": (2, 1200), "critical": (1, 5)}
    checks.agrees(when_to_transfer, by_all_pairs, problem, sizes=sizes, cases=cases, returns=names, apart=False)
    for a, b in (([0.1], [0.2]), ([], []), (half, half[:3]), (half[:2], half), ([0.1], half), (half, [0.1])):
        checks.raises(f"{len(a)} and {len(b)} accuracies", ValueError, when_to_transfer, a, b, 2)
    ### END HIDDEN TESTS

# %% [markdown]
# Before a rule is used, it is tried where the truth is known. Five pairs are drawn: a common part, and a difference with the mean 0 (no gain) or with a mean as large as the standard deviation of the differences.

# %%
rng = np.random.default_rng(3)
print("how often the rule decides, in 4,000 simulated experiments with five seeds")
for gain in (0, 1):
    for critical in (1.96, 2.776):
        decisions = [
            when_to_transfer(common + 0.01 * (gain + noise), common, critical)[2]
            for common, noise in rng.normal(0, 1, (4000, 2, 5))
        ]
        shares = {name: decisions.count(name) / 4000 for name in ("transfer", "scratch", "undecided")}
        print(f"  true gain {gain} sd, c = {critical:5}:", *(f"  {name} {share:.3f}" for name, share in shares.items()))

# %% [markdown]
# *What to notice.* Without any gain, the habit of "two standard errors" decides for one of the two in about 12 % of the experiments, and $c = 2.776$ in about 5 %, as promised. The price: a gain of one standard deviation is found in well under half of the experiments. "Undecided" does not mean "no gain"; it means that five seeds are too few.
#
# Now the measurement. For 20, 100, 500 and 2,000 pictures of the target task and five seeds: from scratch, the head alone, and all layers fine-tuned. There are two target tasks: the camera, and clean digits turned by 90 degrees. The pretrained network of each seed is another one, too. All are trained by Adam with the same rate for the same 200 steps.


# %%
def measured(pool, test, m, seed, k, frozen, source=None):
    """The accuracy on a target task after training on m pictures: k layers taken over, `frozen` of them frozen."""
    chosen = np.random.default_rng(seed).permutation(len(labels))[:m]
    start = transfer_network(sources[seed] if source is None else source, k, 10, seed)
    found = fit_classifier(pool[:, chosen], labels[chosen], HIDDEN, seed, steps=200, start=start, frozen=frozen)
    return 1 - error_rate(test, labels_test, found)


SIZES, WAYS = (20, 100, 500, 2000), {"from scratch": (0, 0), "head alone": (3, 3), "fine-tuned": (3, 0)}
turned, turned_test = (inputs(np.rot90(images, axes=(1, 2)).copy()) for images in (clean, clean_test))
targets = {"the camera": (X_camera, X_camera_test), "turned by 90 degrees": (turned, turned_test)}
scores = {(target, way): np.zeros((len(SIZES), SEEDS)) for target in targets for way in WAYS}
jobs = [(target, way, row) for target in targets for way in WAYS for row in range(len(SIZES))]
for target, way, row in tqdm(jobs, desc="tasks, ways, sizes", file=sys.stdout):
    found = [measured(*targets[target], SIZES[row], seed, *WAYS[way]) for seed in range(SEEDS)]
    scores[target, way][row] = found

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.8), sharey=True)
for axis, target in zip(axes, targets, strict=True):
    for way in WAYS:
        values = scores[target, way]
        (line,) = axis.plot(SIZES, values.mean(axis=1), marker="o", label=way)
        axis.fill_between(SIZES, values.min(axis=1), values.max(axis=1), color=line.get_color(), alpha=0.15)
    axis.set(xscale="log", xlabel="pictures of the target task", title=target, ylim=(0, 1), xticks=SIZES)
    axis.set_xticks(SIZES, [f"{m:,}" for m in SIZES])
    axis.minorticks_off()
axes[0].set_ylabel("accuracy on its test pictures")
axes[0].legend(loc="upper left")
figure.suptitle("Transfer pays for the camera, and gains nothing for turned digits", fontsize=11)
plt.show()
for target in targets:
    for row, m in enumerate(SIZES):
        for way in ("head alone", "fine-tuned"):
            gain, error, decision = when_to_transfer(
                scores[target, way][row], scores[target, "from scratch"][row], 2.776
            )
            print(f"{target:21} {m:5,} pictures, {way:10}: gain {gain:+.3f}, standard error {error:.3f}: {decision}")

# %% [markdown]
# *What to notice.* The lines are means, the bands go from the worst to the best seed.
#
# - **The camera.** Fine-tuning is better than from scratch at all four sizes; the gain is about 8 or 9 points with 20 or 100 pictures, and about 4 points with 500 or 2,000. The lecture says just this: transfer pays when the target task has *little* data.
# - **The head alone** is the best choice nowhere. It gains a few points with 20 pictures, and loses more than 10 with 500 and about 20 with 2,000. The lecture's advice, the head alone for few pictures, does not show here: fine-tuning is better even with 20.
# - **Turned digits.** Here the pretrained layers are no help: the head alone loses 10 points or more at each size, and fine-tuning gains nowhere: with 500 and 2,000 pictures it even loses about two points, which the rule calls clear. Both tasks have the same kind of input, 14 × 14 pixels, and the same ten classes. This condition of the lecture does not suffice. A dense layer knows strokes only at the places where it has seen them.
#
# The networks of course 4 meet both conditions much better. A network trained on a million photographs [reaches more with one sprite a class](../../../course4_cnn/release/week2_case_studies/04_transfer_learning_and_augmentation.ipynb) than pixels with all of them, with the head alone.
#
# ### Layer by layer
#
# *Which layers are worth taking over?*
#
# Yosinski and others (2014) asked this of a network for photographs. Take over the first $k$ layers, draw the others anew, and train with the $k$ layers frozen or fine-tuned. If accuracy falls with $k$ when they are frozen, the later layers belong too much to the old task.

# %%
places = [(m, k, frozen) for m in (20, 2000) for k in (1, 2) for frozen in (0, k)]
curve = {}
for m, row in ((20, 0), (2000, 3)):
    curve |= {(m, 0, 0): scores["the camera", "from scratch"][row]}
    curve |= {(m, 3, 3): scores["the camera", "head alone"][row], (m, 3, 0): scores["the camera", "fine-tuned"][row]}
for m, k, frozen in tqdm(places, desc="layers", file=sys.stdout):
    curve[m, k, frozen] = [measured(X_camera, X_camera_test, m, seed, k, frozen) for seed in range(SEEDS)]
figure, axes = plt.subplots(1, 2, figsize=(8, 3.6))
for axis, m in zip(axes, (20, 2000), strict=True):
    for name, ends in (("frozen", [0, 1, 2, 3]), ("fine-tuned", [0] * 4)):
        values = np.array([curve[m, k, ends[k]] for k in range(4)])
        (line,) = axis.plot(range(4), values.mean(axis=1), marker="o", label=f"the k layers {name}")
        axis.fill_between(range(4), values.min(axis=1), values.max(axis=1), color=line.get_color(), alpha=0.15)
    axis.set(title=f"{m:,} pictures of the camera", xlabel="k, layers taken over", xticks=range(4))
axes[0].set_ylabel("accuracy (axes do not start at 0)")
axes[1].legend(loc="lower left")
figure.suptitle("Frozen layers help with 20 pictures, and hurt with 2,000", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* On the right, with 2,000 pictures, each frozen layer costs several points, and the third brings the network far below one from scratch. Fine-tuned, the same layers help. On the left, with 20 pictures, even frozen layers are better than none on average. Yosinski and others found the same for photographs: the later the layer, the more it belongs to its task, and fine-tuning repairs this.
#
# ### How much source data?
#
# The lecture's third condition: task A has a lot more data than task B. So now the network is pretrained on 100 to 8,000 clean digits, and fine-tuned with 500 pictures of the camera.

# %%
scratch = scores["the camera", "from scratch"][2]
gains = {8000: scores["the camera", "fine-tuned"][2]}
for amount, seed in tqdm([(n, seed) for n in (100, 2000) for seed in range(SEEDS)], desc="sources", file=sys.stdout):
    part = np.random.default_rng(100 + seed).permutation(len(labels))[:amount]
    source = fit_classifier(X_clean[:, part], labels[part], HIDDEN, seed, steps=1000)
    fine = measured(X_camera, X_camera_test, 500, seed, 3, 0, source)
    gains[amount] = [*gains.get(amount, []), fine]
for amount in sorted(gains):
    gain, error, decision = when_to_transfer(gains[amount], scratch, 2.776)
    print(f"{amount:5,} clean digits: gain {gain:+.3f}, standard error {error:.3f}: {decision}")

# %% [markdown]
# *What to notice.* A network pretrained on 100 clean digits is no help for 500 pictures of the camera: one of *these* pictures is worth more than a clean one. The gain grows with the amount of source data, and with 2,000 digits five seeds still cannot decide. So A needs more data than B, and four times as much is not clearly enough.
#
# ## 5. Several tasks in one network
#
# *A car must see pedestrians, cars, stop signs and traffic lights. Four networks, or one with four outputs?*
#
# **Multi-task learning** trains one network on several tasks at the same time. It is no softmax: one picture may have several labels. Each output is a logistic regression of its own, "is there a …, yes or no?". For $n_y$ tasks and $m$ examples the scores $Z$ and the labels $Y$ have the shape $(n_y, m)$, and the loss of one task on one example is
#
# $$\ell(z, y) = -y \log \sigma(z) - (1 - y) \log (1 - \sigma(z)) = \max(z, 0) - y z + \log\left(1 + e^{-|z|}\right), \qquad \sigma(z) = \frac{1}{1 + e^{-z}} .$$
#
# The last form is exact for large scores too, where $\sigma(z)$ is rounded to 0 or 1 and the logarithm of 0 appears.
#
# People often label only a part: the pedestrians are marked, nobody looked for traffic lights. The lecture writes "?" for such a label, and sums only over the labels that are there. Let $R$ hold 1 where a label is known, and 0 where not. Tasks may also have weights $w_j \ge 0$, of shape $(n_y, 1)$. Then
#
# $$J = \frac1m \sum_{i=1}^{m} \sum_{j=1}^{n_y} R_{ji} \, w_j \, \ell(Z_{ji}, Y_{ji}), \qquad \frac{\partial J}{\partial Z_{ji}} = \frac1m \, R_{ji} \, w_j \left( \sigma(Z_{ji}) - Y_{ji} \right) .$$
#
# We divide by $m$, the number of *examples*, as in the lecture, whatever is missing. So a task with few labels weighs little, unless its $w_j$ is larger.
#
# *On paper.*
#
# $$Z = \begin{bmatrix} 0 & 5 & 0 \\ \log 3 & 0 & -7 \end{bmatrix}, \quad Y = \begin{bmatrix} 1 & ? & 0 \\ 0 & 1 & ? \end{bmatrix}, \quad w = \begin{bmatrix} 1 \\ 2 \end{bmatrix}.$$
#
# $\ell(0, y) = \log 2$ for both labels, and $\ell(\log 3, 0) = \log 4$. So $J = \frac13 \left( 2 \log 2 + 2 (\log 4 + \log 2) \right) = \frac83 \log 2 \approx 1.848$, and
#
# $$\frac{\partial J}{\partial Z} = \frac13 \begin{bmatrix} -\frac12 & 0 & \frac12 \\ 2 \cdot \frac34 & -2 \cdot \frac12 & 0 \end{bmatrix} = \begin{bmatrix} -\frac16 & 0 & \frac16 \\ \frac12 & -\frac13 & 0 \end{bmatrix} .$$
#
# ### Exercise 6: `multitask_loss`


# %% exercise="multitask_loss"
def multitask_loss(Z, Y, known, weights):
    """The loss of several yes-or-no tasks with missing labels, and its gradient.

    Args:
        Z: scores, floats or whole numbers, shape (n_y, m), n_y >= 1, m >= 1. They may be as large as 1e6 or as small
            as -1e6; nothing may overflow.
        Y: labels, 0 or 1 as numbers, shape (n_y, m). Where no label is known there may be any
            number, infinity or NaN.
        known: 1 where the label is known, 0 where not, shape (n_y, m); or True and False.
        weights: of the tasks, floats or whole numbers >= 0, shape (n_y, 1).

    Returns:
        A tuple: J as in the formula, a number (0 if no label is known), and the gradient of J in Z, floats, shape
        (n_y, m), with 0 where the label is not known.
    """
    # 1. The losses in the stable form. 2. The probabilities. 3. Weights and 1 / m. 4. 0 where no label is known.
    ### BEGIN SOLUTION
    share = weights / Z.shape[1]
    losses = np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-np.abs(Z)))
    sigma = (1 + np.tanh(Z / 2)) / 2
    return np.sum(np.where(known, share * losses, 0)), np.where(known, share * (sigma - Y), 0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# $0 \cdot \text{NaN}$ is NaN, so do not multiply by `known`. `np.where(known, values, 0)` takes the values where `known` is 1, and 0 elsewhere.
# </details>
# <details><summary>Hint 2</summary>
#
# $\sigma(z) = \frac12 \left( 1 + \tanh \frac z2 \right)$ never overflows. `np.log1p(x)` is $\log(1 + x)$. Both the losses and the errors $\sigma - Y$ are multiplied by $w_j / m$, and then become 0 where no label is known.
# </details>

# %% check="multitask_loss" points=3
with checks.exercise("multitask_loss"):
    Z, Y = np.array([[0, 5, 0], [np.log(3), 0, -7]]), np.array([[1.0, np.nan, 0], [0, 1, np.nan]])
    known, weights = np.array([[1, 0, 1], [1, 1, 0]]), np.array([[1.0], [2.0]])
    checks.unchanged(multitask_loss, Z, Y, known, weights)
    J, dZ = checks.results("multitask_loss(…)", multitask_loss(Z, Y, known, weights), ["J", "dZ"])
    slips = {"divide by m, the number of examples": 5.545177, "the weights are missing": 1.155245}
    slips |= {"divide by m, not by the number of known labels": 1.386294}
    slips |= {"this counts unknown labels as 0": 3.517905}
    checks.close("J", J, 1.848392, rtol=1e-5, mistakes=slips)
    wanted = np.array([[-1 / 6, 0, 1 / 6], [1 / 2, -1 / 3, 0]])
    slips = {"divide by m": 3 * wanted, "the weights are missing": wanted / weights, "this goes the other way": -wanted}
    checks.close("dZ", dZ, wanted, mistakes=slips)
    checks.close("J without any label", multitask_loss(Z, Y, 0 * known, weights)[0], 0)
    J, dZ = multitask_loss(1000 * np.array([[1.0, -1, 1]]), np.array([[1, 1, 0]]), np.ones((1, 3)), np.ones((1, 1)))
    checks.close("J for the scores 1000, -1000, 1000 with the labels 1, 1, 0", J, 2000 / 3)
    ### BEGIN HIDDEN TESTS

    def label_by_label(Z, Y, known, weights):
        J, dZ, m = 0.0, np.zeros(Z.shape), Z.shape[1]
        for j, i in zip(*np.nonzero(known), strict=True):
            z = float(Z[j, i]) if Y[j, i] == 1 else -float(Z[j, i])  # now the larger, the better
            miss = np.exp(-np.logaddexp(0, z))  # the probability of the wrong answer
            J += float(weights[j, 0]) / m * (np.log1p(np.exp(-z)) if z > 0 else np.log1p(np.exp(z)) - z)
            dZ[j, i] = float(weights[j, 0]) / m * miss * (-1 if Y[j, i] == 1 else 1)
        return J, dZ

    def problem(rng, n_y, m):
        known = (rng.random((n_y, m)) < 0.7).astype(int)
        Y = rng.integers(0, 2, (n_y, m))
        return rng.normal(0, 2, (n_y, m)), Y, known, rng.uniform(0.5, 3, (n_y, 1))

    rng = np.random.default_rng(4)
    Z, Y, known, weights = problem(rng, 4, 9)
    holes = [np.where(known, Y, other) for other in (np.nan, np.inf, -7, 1 - Y)]
    cases = {
        f"with {name} where no label is known": (Z, Y_, known, weights)
        for name, Y_ in zip(("NaN", "infinity", "-7", "the wrong label"), holes, strict=True)
    }
    cases |= {
        "with True and False in known": (Z, Y, known == 1, weights),
        "without any label": (Z, Y, 0 * known, weights),
    }
    cases |= {
        "with all labels": (Z, Y, np.ones((4, 9)), weights),
        "with a weight 0": (Z, Y, known, weights * [[0], [1], [0], [2]]),
    }
    cases |= {f"with scores times {size:g}": (Z * size, Y, known, weights) for size in (1e3, -1e3, 4e5, 1e-3)}
    cases |= {"with whole labels": (Z, Y.astype(int), known.astype(int), weights)}
    cases |= {"with whole scores and labels": (np.rint(90 * Z).astype(int), Y.astype(int), known, weights)}
    cases |= {"with one unlabelled task": (Z, Y, known * [[1], [0], [1], [1]], weights)}
    cases |= {"with tiny losses": (np.array([[25.0, -25]]), np.array([[1, 0]]), np.ones((1, 2)), np.ones((1, 1)))}
    cases |= {"with an unlabelled example": (Z, Y, known * (np.arange(9) != 2), weights)}
    domain = {"real": {"Z": 100, "weights": 1e3}, "types": ["Z", "Y", "known", "weights"], "returns": ["J", "dZ"]}
    sizes = {"n_y": 110, "m": 1100}
    checks.agrees(multitask_loss, label_by_label, problem, sizes=sizes, cases=cases, atol=1e-12, **domain)
    J = lambda Z: multitask_loss(Z, holes[0], known, weights)[0]  # noqa: E731
    checks.gradient("dZ of multitask_loss", J, multitask_loss(Z, holes[0], known, weights)[1], Z)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. One network or four
#
# *What does sharing gain?*
#
# The four tasks are four questions about a digit: is it even? has it a closed loop (0, 6, 8, 9)? is it above 4? is it prime (2, 3, 5, 7)? A network with one hidden layer of $n_1$ units is shared by all of them:
#
# $$A^{[1]} = \max\left(0, W^{[1]} X + b^{[1]}\right), \qquad Z = W^{[2]} A^{[1]} + b^{[2]},$$
#
# with $W^{[2]}$ of shape $(n_y, n_1)$: one row is the head of one task. The gradient $\partial J / \partial Z$ comes from `multitask_loss`, and from there on everything is as in exercise 4. The same function trains a network for a *single* task: $n_y = 1$.
#
# *On paper.* $X = [1, 2, -1]$, $W^{[1]} = 1$, $W^{[2]} = \begin{bmatrix} 0 \\ 0 \end{bmatrix}$, biases 0, labels $\begin{bmatrix} 1 & 0 & ? \\ ? & 1 & 1 \end{bmatrix}$, weights 1 and 1. $A^{[1]} = [1, 2, 0]$, all scores are 0, $J = \frac43 \log 2$, and $\frac{\partial J}{\partial Z} = \frac16 \begin{bmatrix} -1 & 1 & 0 \\ 0 & -1 & -1 \end{bmatrix}$. So $dW^{[2]} = \frac16 \begin{bmatrix} -1 + 2 \\ -2 \end{bmatrix}$, $db^{[2]} = \frac16 \begin{bmatrix} 0 \\ -2 \end{bmatrix}$, and $dW^{[1]} = 0$ in the first step, because $W^{[2]} = 0$. With the rate 6: $W^{[2]} = \begin{bmatrix} -1 \\ 2 \end{bmatrix}$, $b^{[2]} = \begin{bmatrix} 0 \\ 2 \end{bmatrix}$.
#
# ### Exercise 7: `train_multitask`


# %% exercise="train_multitask"
def train_multitask(X, Y, known, weights, parameters, learning_rate, steps):
    """Gradient descent on the loss of several tasks that share a hidden layer with ReLU.

    Args:
        X: inputs, floats or whole numbers, shape (n_0, m), m >= 1.
        Y, known, weights: labels (n_y, m), which are known (n_y, m), and weights of the tasks (n_y, 1), as for
            multitask_loss.
        parameters: the start, a dict: "W1" (n_1, n_0), "b1" (n_1, 1), "W2" (n_y, n_1), "b2" (n_y, 1); floats or whole
            numbers.
        learning_rate: a number > 0.
        steps: a whole number >= 0; each step uses all m examples. The derivative of ReLU at 0 is 0.

    Returns:
        A tuple: a dict with new arrays of floats "W1", "b1", "W2", "b2" as they are after the steps, and a list of J,
        one for each step, before this step.
    """
    # 1. Forward. 2. J and the gradient in the scores. 3. Back through the heads and the shared layer. 4. The steps.
    ### BEGIN SOLUTION
    W1, b1, W2, b2 = (np.array(parameters[key], dtype=float) for key in ("W1", "b1", "W2", "b2"))
    costs = []
    for _ in range(steps):
        A1 = np.maximum(0, W1 @ X + b1)
        J, dZ2 = multitask_loss(W2 @ A1 + b2, Y, known, weights)
        dZ1 = (W2.T @ dZ2) * (A1 > 0)
        W2, b2 = W2 - learning_rate * dZ2 @ A1.T, b2 - learning_rate * dZ2.sum(axis=1, keepdims=True)
        W1, b1 = W1 - learning_rate * dZ1 @ X.T, b1 - learning_rate * dZ1.sum(axis=1, keepdims=True)
        costs.append(J)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, costs
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `multitask_loss` already divides by $m$: do not divide again. The shared layer adds up what comes from all heads, $W^{[2]T} \, dZ^{[2]}$. Compute this before $W^{[2]}$ makes its step.
# </details>

# %% check="train_multitask" points=3
with checks.exercise("train_multitask"):
    X, Y = np.array([[1.0, 2, -1]]), np.array([[1.0, 0, np.nan], [np.nan, 1, 1]])
    known, weights = np.array([[1, 1, 0], [0, 1, 1]]), np.ones((2, 1))
    start = {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1)), "W2": np.zeros((2, 1)), "b2": np.zeros((2, 1))}
    checks.unchanged(train_multitask, X, Y, known, weights, start, 6.0, 1)
    learned, costs = train_multitask(X, Y, known, weights, start, 6.0, 1)
    slips = {"multitask_loss has divided by m already": [[-1 / 3], [2 / 3]], "this goes uphill": [[1], [-2]]}
    checks.close("W2 after one step", learned["W2"], [[-1], [2]], mistakes=slips)
    checks.close("b2 after one step", learned["b2"], [[0], [2]])
    checks.close("J before this step", np.array(costs), [4 / 3 * np.log(2)])
    learned, costs = train_multitask(X, Y, known, weights, start, 6.0, 2)
    slips = {"W2 had already made its step": [[35.979115]], "the derivative of ReLU is missing": [[-0.4423362]]}
    checks.close("W1 after two steps", learned["W1"], [[0.0344755]], rtol=1e-5, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def example_by_example(X, Y, known, weights, parameters, learning_rate, steps):
        now, costs, m = {key: np.array(value, dtype=float) for key, value in parameters.items()}, [], X.shape[1]
        for _ in range(steps):
            slopes, J = {key: np.zeros_like(value) for key, value in now.items()}, 0.0
            for i in range(m):
                x = X[:, i].astype(float)
                h = now["W1"].dot(x) + now["b1"].ravel()
                a = np.where(h > 0, h, 0)
                for j in np.flatnonzero(known[:, i]):
                    share, sign = float(weights[j, 0]) / m, 1 if Y[j, i] == 1 else -1
                    z = float(sign * (now["W2"][j].dot(a) + now["b2"][j, 0]))
                    J += share * np.logaddexp(0, -z)
                    error = -sign * share * np.exp(-np.logaddexp(0, z))
                    slopes["W2"][j] += error * a
                    slopes["b2"][j] += error
                    back = error * now["W2"][j] * (h > 0)
                    slopes["W1"] += np.outer(back, x)
                    slopes["b1"] += back[:, None]
            costs.append(float(J))
            now = {key: value - learning_rate * slopes[key] for key, value in now.items()}
        return now, costs

    def problem(rng, m, n_0, n_1, n_y, steps):
        known, Y = (rng.random((n_y, m)) < 0.7).astype(int), rng.integers(0, 2, (n_y, m))
        net = {"W1": rng.normal(0, n_0**-0.5, (n_1, n_0)), "b1": rng.normal(0, 0.2, (n_1, 1))}
        net |= {"W2": rng.normal(0, n_1**-0.5, (n_y, n_1)), "b2": rng.normal(0, 0.2, (n_y, 1))}
        return rng.normal(0, 1, (n_0, m)), Y, known, rng.uniform(0.5, 2, (n_y, 1)), net, 0.05, steps

    X, Y, known, weights, net, rate, _ = problem(np.random.default_rng(5), 6, 3, 5, 2, 0)
    cases = {
        "with 1,200 steps": (X, Y, known, weights, net, rate, 1200),
        "with large steps": (X, Y, known, weights, net, 4, 3),
    }
    cases |= {"with NaN where no label is known": (X, np.where(known, Y, np.nan), known, weights, net, rate, 3)}
    cases |= {
        "without any label": (X, Y, 0 * known, weights, net, rate, 2),
        "without steps": (X, Y, known, weights, net, rate, 0),
    }
    cases |= {"with zeros as start": (X, Y, known, weights, {key: 0 * value for key, value in net.items()}, 0.5, 3)}
    dead = net | {"W1": 0 * net["W1"], "b1": 0 * net["b1"]}
    cases |= {"with hidden units at exactly 0": (X, Y, known, weights, dead, 0.5, 2)}
    cases |= {"with True and False in known": (X, Y, known == 1, weights, net, rate, 3)}
    cases |= {"with large scores": (X * 1000, Y, known, weights, net, 1e-6, 2)}
    sizes = {"m": 130, "n_0": 101, "n_1": 102, "n_y": 12, "steps": (0, 4)}
    domain = {"types": ["X", "weights", "parameters"], "returns": ["the parameters", "the costs"], "apart": False}
    checks.agrees(train_multitask, example_by_example, problem, sizes=sizes, cases=cases, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# We train on 500 clean digits, with three seeds, in three ways: one network with 32 hidden units; four networks with 32 units each; four networks with 8 units each, which have together as many parameters as the one. Then half of the labels are taken away at random. There are now two wrong ways in addition: to use only the examples that have all four labels, and to take missing labels for "no".

# %%
KINDS = np.arange(10)
QUESTIONS = np.array([KINDS % 2 == 0, np.isin(KINDS, (0, 6, 8, 9)), KINDS > 4, np.isin(KINDS, (2, 3, 5, 7))]) * 1.0
NAMES = ("even", "loop", "above 4", "prime")


def right(learned, rows):
    """The accuracy on the test digits of a network that answers these questions, for each question."""
    A1 = np.maximum(0, learned["W1"] @ X_clean_test + learned["b1"])
    return np.mean((learned["W2"] @ A1 + learned["b2"] > 0) == QUESTIONS[rows][:, labels_test], axis=1)


def answers(part, known, rows, units, seed, Y=None):
    """Trains on the digits `part` for the questions in rows: the accuracy on each of them."""
    X, Y = X_clean[:, part].astype(float), QUESTIONS[:, labels[part]] if Y is None else Y
    start = initialize_deep([196, units, len(rows)], seed)
    ones = np.ones((len(rows), 1))
    return right(train_multitask(X, Y[rows], known[rows], ones, start, 0.5, 200)[0], rows)


# %%
table = {"all labels": [], "half of the labels missing": []}
for name, seed in tqdm([(name, seed) for name in table for seed in range(3)], desc="labels, seeds", file=sys.stdout):
    rng = np.random.default_rng(seed)
    part, known = rng.permutation(len(labels))[:500], np.ones((4, 500))
    known = known if name == "all labels" else (rng.random((4, 500)) < 0.5) * 1.0
    found = [answers(part, known, [0, 1, 2, 3], 32, seed).mean()]
    for units in (32, 8):  # a network for one question trains on the digits that have its label
        own = [(part[known[j] > 0], np.ones((4, int(known[j].sum()))), [j], units, seed + 10 * j) for j in range(4)]
        found += [np.mean([answers(*arguments) for arguments in own])]
    if name != "all labels":
        full = known.all(axis=0)
        found += [answers(part[full], known[:, full], [0, 1, 2, 3], 32, seed).mean()]
        as_no = QUESTIONS[:, labels[part]] * known
        found += [answers(part, np.ones((4, 500)), [0, 1, 2, 3], 32, seed, as_no).mean()]
    table[name].append(found)

# %%
HEADS = {"one network": (32, 4, 1), "four as large": (32, 1, 4), "four of a quarter": (8, 1, 4)}
for name, found in table.items():
    print(name)
    ways = [*HEADS, "only complete examples", "missing taken for no"]
    for way, values in zip(ways, np.transpose(found), strict=False):
        units, n_y, nets = HEADS.get(way, (32, 4, 1))
        size = nets * (units * 197 + n_y * (units + 1))
        print(
            f"  {way:24} {size:6,} parameters, mean accuracy {values.mean():.3f}   seeds", *(f"{v:.3f}" for v in values)
        )

# %% [markdown]
# *What to notice.* With all labels, one network is as good as four networks of the same size, with a quarter of the parameters and of the computing for each picture. It is **not better**: the difference is about a fifth of a point. Four small networks, of together the same size, are about 2 points worse.
#
# With half of the labels missing, the one network is the best in each of the three seeds, by about one point. That is little, and three seeds cannot prove it: with $c = 4.303$ your rule says "undecided". Whether more seeds would prove it, you can try. A picture whose label is missing for one question still teaches the shared layer something by the other ones. To use only complete examples is a bad mistake: one in 16 is complete, about 30 of 500. To take "not labelled" for "no" costs as much.
#
# ### A task with few labels
#
# *The lecture says: multi-task learning pays when each task has little data, and the others together have much more. Does it?*
#
# Now one question has labels for only 100 of the 500 digits, and the other three for all. One network for all four questions, against a network of the same size for the rare question alone, with its 100 digits. Your rule of exercise 5 decides.

# %%
alone, shared = np.zeros((2, SEEDS)), np.zeros((2, SEEDS))
for j, seed in tqdm([(j, seed) for j in range(2) for seed in range(SEEDS)], desc="tasks, seeds", file=sys.stdout):
    part = np.random.default_rng(seed).permutation(len(labels))[:500]
    known = np.ones((4, 500))
    known[j, 100:] = 0
    alone[j, seed] = answers(part[:100], known[:, :100], [j], 32, seed)[0]
    shared[j, seed] = answers(part, known, [0, 1, 2, 3], 32, seed)[j]
for j in range(2):
    gain, error, decision = when_to_transfer(shared[j], alone[j], 2.776)
    decision = {"transfer": "share", "scratch": "alone"}.get(decision, decision)
    print(f"{NAMES[j]:5} alone {alone[j].mean():.3f}, shared {shared[j].mean():.3f}:", end=" ")
    print(f"gain {gain:+.3f}, standard error {error:.3f}: {decision}")

# %% [markdown]
# *What to notice.* For "has it a loop?" sharing gains several points, in each of the five seeds. For "is it even?" five seeds cannot decide. So few labels do not suffice for a gain; what the other tasks teach must also be what the rare one needs. It is hard to see that beforehand: measure it.
#
# ### Do the tasks pull in one direction?
#
# Each task has its own gradient with respect to the shared $W^{[1]}$. If two of them point in opposite directions, a step for one task harms the other. One measures the cosine of the angle between them: 1 is the same direction, −1 the opposite one. One step of `train_multitask` with the rate 1 and the weight 1 for a single task changes $W^{[1]}$ by minus this gradient.

# %%
part = np.random.default_rng(0).permutation(len(labels))[:500]
X, Y, everything = X_clean[:, part].astype(float), QUESTIONS[:, labels[part]], np.ones((4, 500))
first = initialize_deep([196, 32, 4], 0)
figure, axes = plt.subplots(1, 2, figsize=(7, 3.4))
for axis, steps in zip(axes, (0, 200), strict=True):
    now, _ = train_multitask(X, Y, everything, np.ones((4, 1)), first, 0.5, steps)
    moved = [train_multitask(X, Y, everything, np.eye(4)[:, [j]], now, 1.0, 1)[0]["W1"] for j in range(4)]
    directions = np.array([(now["W1"] - W1).ravel() for W1 in moved])
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    cosines = directions @ directions.T
    shown = axis.imshow(cosines, cmap="RdBu", vmin=-1, vmax=1)
    for (row, column), cosine in np.ndenumerate(cosines):
        axis.text(
            column,
            row,
            f"{round(cosine, 2) + 0.0:.2f}",
            ha="center",
            va="center",
            color="white" if abs(cosine) > 0.6 else "black",
        )
    axis.set_xticks(range(4), NAMES, rotation=30)
    axis.set_yticks(range(4), NAMES)
    axis.set_title(f"after {steps} steps")
    axis.grid(visible=False)
figure.colorbar(shown, ax=axes, label="cosine of the angle")
figure.suptitle("At first the tasks hardly touch each other; at the end some pull apart", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* At the start all cosines are small: in so many dimensions random directions are nearly at right angles. When most examples are right, what is left are the difficult ones, and some pairs of tasks pull against each other. Still one network was as good as four. A conflict of gradients is a sign to look, not a proof of harm. With several seeds you will see other pairs in conflict.

# %% [markdown]
# ## What you built
#
# - `features`, `transfer_network` and `freeze_and_retrain`: the first layers of one task as the start of another.
# - `fine_tune`: a learning rate for each layer.
# - `when_to_transfer`: a decision with a known rate of error.
# - `multitask_loss` and `train_multitask`: one network for several tasks, with missing labels and weights.
#
# And you measured: transfer gained most with least data, nothing for turned digits, and nothing from a source with little data. One network for four tasks saved three quarters of the parameters, and gained accuracy where a task had few labels and the others taught what it needed.
#
# ## On your own
#
# 1. Give the rare task of section 6 a weight of 3 or 10 in `answers`. It seems fair, because it has fewer labels. We found no gain. What do you find, and why?
# 2. Is the comparison of section 4 fair? Give all ways 1,000 steps instead of 200. Which gains shrink?
# 3. Really hard: turned digits lose because the pretrained layers know strokes only in their old directions. Pretrain on a mixture of clean digits turned by angles drawn at random, and transfer to digits turned by 90 degrees that the mixture leaves out. How close must the angles of the source come before fine-tuning pays by your rule? How many seeds do you need to say so?
#
# ## In practice
#
# In PyTorch a layer is frozen by `parameter.requires_grad_(False)`, and each layer gets its rate by *parameter groups* of the optimiser: `torch.optim.Adam([{"params": old, "lr": 1e-4}, {"params": head, "lr": 1e-3}])`. The loss of several tasks is `torch.nn.functional.binary_cross_entropy_with_logits(Z, Y, weight=..., reduction="sum") / m`; the mask goes into `weight`, and the labels must not be NaN there either. For paired comparisons `scipy.stats.ttest_rel` gives the t value, which is your gain divided by its standard error. Large pretrained networks are downloaded by name (`torchvision`, `timm`, `transformers`), and many are fine-tuned by small additional matrices only (LoRA), with all old layers frozen.
#
# ## References
#
# - Course 3, week 2, lectures 7 and 8.
# - J. Yosinski, J. Clune, Y. Bengio and H. Lipson (2014), How transferable are features in deep neural networks?, NeurIPS.
# - R. Caruana (1997), Multitask Learning, Machine Learning 28.
# - S. J. Pan and Q. Yang (2010), A Survey on Transfer Learning, IEEE Transactions on Knowledge and Data Engineering 22.
# - T. Yu, S. Kumar, A. Gupta, S. Levine, K. Hausman and C. Finn (2020), Gradient Surgery for Multi-Task Learning, NeurIPS.
# - T. Standley, A. Zamir, D. Chen, L. Guibas, J. Malik and S. Savarese (2020), Which Tasks Should Be Learned Together in Multi-task Learning?, ICML.
