# %% [markdown]
# You will train the digit classifier of lesson 03 with TensorFlow, a framework that many people use at work: first with your own training loop on its tape, then in a dozen lines of Keras.
# You will see that the results are those of NumPy, what TensorFlow does for you, and what it costs.

# %% [markdown]
# ## What you will be able to do
#
# - compute the derivative of any formula with `tf.GradientTape`, and minimise a function with it;
# - choose between float32 and float64, and say what each costs;
# - feed data with `tf.data`: scaled, shuffled with a seed, in batches;
# - write a training loop with tape and optimiser, and build and train the same network with Keras;
# - measure when a framework is faster than NumPy, and when it is slower.
#
# **What you need:** [softmax](03_softmax_classifier.ipynb) and [your own framework](04_build_a_framework.ipynb), whose tape, layers and optimiser you meet again here; [mini-batches](../week2_optimization/01_mini_batch_gradient_descent.ipynb) and [Adam](../week2_optimization/03_momentum_rmsprop_adam.ipynb). TensorFlow is large (over a gigabyte), so the course does not install it by itself. The first cell says how to get it, if it is missing. It may also print a few lines about processors and drivers that it does not find. They do no harm.

# %%
import os
import sys
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense

# Before the import: no page of notes, and no search for a graphics card, which networks as small as these do not need.
os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
try:
    import tensorflow as tf

    tf.get_logger().setLevel("ERROR")
    tf.config.threading.set_intra_op_parallelism_threads(2)
    tf.config.threading.set_inter_op_parallelism_threads(2)
except ImportError:
    print("TensorFlow is not installed: `pip install tensorflow` in the environment of the course; restart the kernel")

plots.use_style()
small = data.load_small_digits()
print("pictures to train:", small.X_train.shape, small.X_train.dtype, "labels:", small.Y_train.shape)

# %% [markdown]
# **What goes in and out.** A *tensor* is TensorFlow's array. In this lesson every exercise takes NumPy arrays and numbers, works with tensors inside, and gives NumPy arrays and numbers back: `.numpy()` makes an array of a tensor. Examples are columns, as in all of course 2.
#
# ## 1. The tape
#
# *How does TensorFlow know a derivative?*
#
# As your `Tensor` of lesson 04 does: it records the operations, and walks back through them. Two things differ. The recording has a place, a `with` block: what is computed inside it is recorded on the `GradientTape`, and nothing else is. And what can be trained is a `tf.Variable`, which the tape watches by itself; `assign` and `assign_sub` change its value.
#
# ```python
# w = tf.Variable(3.0, dtype=tf.float64)
# with tf.GradientTape() as tape:
#     cost = w**3
# tape.gradient(cost, w)      # a tensor: 3 w**2 = 27
# ```
#
# A tape is used up by one `gradient`: its memory is freed. So each step has a new one. The lecture's example is the cost
#
# $$J(w) = x_0 w^2 + x_1 w + x_2,$$
#
# with coefficients $x$ of shape $(3, 1)$, which come in from outside like data. For $x = (1, -10, 25)$ it is $w^2 - 10 w + 25 = (w - 5)^2$, and the minimum lies at $w = 5$. You write the cost alone; nobody derives it.
#
# *On paper.* $x = (1, -10, 25)$, start $w = 0$, rate 0.1. The cost is 25 and the derivative $2w - 10 = -10$, so $w$ becomes $0 + 0.1 \cdot 10 = 1$. Now the cost is 16 and the derivative $-8$, so $w$ becomes 1.8.
#
# ### Exercise 1: `minimize`
#
# A TensorFlow variable made of a whole number counts in whole numbers, and one made of a Python float is float32. Say `dtype=tf.float64`. Beware of `tf.cast(w, tf.float64)`: a Python float goes through float32 on the way, and half of its digits are lost.


# %% exercise="minimize"
def minimize(x, w, learning_rate, steps):
    """Gradient descent on the cost x0 * w**2 + x1 * w + x2 for one number w.

    Args:
        x: the coefficients x0, x1, x2, an array of floats or whole numbers, shape (3, 1).
        w: where it starts, a float or a whole number.
        learning_rate: a float > 0.
        steps: how many steps, a whole number >= 0.

    Returns:
        A tuple (w, costs): w after the last step, a float; and a list of as many floats as steps, the costs before
        each step. The computation is in float64.

    Example:
        minimize(np.array([[1], [-10], [25]]), 0.0, 0.1, 2) is (1.8, [25.0, 16.0]).
    """
    # 1. The coefficients as a constant and w as a variable, both of float64.
    # 2. In each step: the cost, recorded on a new tape. Its gradient. The step. Keep the cost.
    ### BEGIN SOLUTION
    x, w, costs = tf.constant(x, tf.float64), tf.Variable(w, dtype=tf.float64), []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            cost = x[0, 0] * w**2 + x[1, 0] * w + x[2, 0]
        w.assign_sub(learning_rate * tape.gradient(cost, w))
        costs.append(cost.numpy())
    return w.numpy(), costs
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `tf.constant(x, tf.float64)` and `tf.Variable(w, dtype=tf.float64)`. Only the cost is computed inside the `with` block; the gradient and the step stand after it.
#
# `w.assign_sub(…)` subtracts from the variable. `w = w - …` would make a plain tensor of it, which the next tape does not watch: its gradient is `None`. `.numpy()` makes a number of a tensor of shape ().
# </details>

# %% check="minimize" points=2
with checks.exercise("minimize"):
    x = np.array([[1.0], [-10.0], [25.0]])
    checks.unchanged(minimize, x, 0.0, 0.1, 2)
    what = "minimize([[1], [-10], [25]], 0.0, 0.1, 2)"
    w, costs = checks.results(what, minimize(x, 0.0, 0.1, 2), ["w", "costs"])
    slips = {"the step goes uphill": -2.2, "this is after one step": 1.0, "this is after three steps": 2.44}
    checks.close(f"w of {what}", w, 1.8, mistakes=slips)
    checks.that(not any(map(tf.is_tensor, [w, *costs])), "minimize: .numpy() makes a number of each tensor")
    slips = {"each cost belongs before its step": [16, 10.24], "only the last cost is kept": [16, 16]}
    checks.close(f"costs of {what}", np.array(costs), [25, 16], mistakes=slips)
    what = "minimize([[2], [3], [-1]], 1, 0.25, 1)"
    w, costs = minimize(np.array([[2], [3], [-1]]), 1, 0.25, 1)
    slips = {"the coefficients must be those of x": 3.0, "the coefficients come in the order w**2, w, 1": -0.25}
    checks.close(f"w of {what}", w, -0.75, mistakes=slips)
    checks.close(f"costs of {what}", np.array(costs), [4])
    ### BEGIN HIDDEN TESTS

    def in_one_line(x, w, learning_rate, steps):
        a, b, c = np.ravel(x).tolist()
        costs = []
        for _ in range(steps):
            costs.append((a * w + b) * w + c)
            w = (1 - 2 * learning_rate * a) * w - learning_rate * b
        return float(w), costs

    def start(rng, steps):
        return rng.normal(0, 1, (3, 1)), float(rng.normal(0, 2)), float(rng.uniform(0.05, 0.4)), steps

    others = {
        "with 1,010 steps": (np.array([[1.0], [-20.0], [100.0]]), 0.0, 0.0005, 1010),
        "with a rate at which the cost rises": (x, 4.0, 1.5, 30),
        "with a straight line, x0 = 0": (np.array([[0.0], [-2.0], [-3.0]]), 7.25, 0.1, 4),
        "with a hill, x0 = -1": (np.array([[-1.0], [0.5], [0.0]]), -0.7, 0.2, 6),
        "with whole numbers": (np.array([[1], [-10], [25]]), 3, 0.1, 4),
        "with w = 0 and no steps": (x, 0, 0.1, 0),
    }
    domain = {"real": {"x": 3, "w": 300}, "types": ["x", "w"], "returns": ["w", "costs"], "cases": others}
    checks.agrees(minimize, in_one_line, start, sizes={"steps": (0, 12)}, **domain)
    ### END HIDDEN TESTS

# %%
lecture = np.array([[1.0], [-10.0], [25.0]])
print(f"w after 1,000 steps with the rate 0.01: {minimize(lecture, 0.0, 0.01, 1000)[0]:.6f}")
print(f"with the coefficients 1, -20, 100: {minimize(np.array([[1.0], [-20.0], [100.0]]), 0.0, 0.01, 1000)[0]:.6f}")
for rate, marker in ((0.1, "o"), (0.5, "s"), (1.0, "^")):
    plt.plot(minimize(lecture, 0.0, rate, 15)[1], marker=marker, markersize=4, label=f"rate {rate}")
plt.gca().set(title="With the rate 0.5 one step is enough; with 1.0 the cost stays", xlabel="step", ylabel="J(w)")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* A second set of coefficients needs no new derivation. The rates behave as you know it: with 1.0 the step jumps from 0 to 10 and back, and the cost is 25 on both sides.
# In the lecture (2017) this took a *session*, *placeholders* and a separate graph. Since TensorFlow 2 each line computes at once, as in NumPy. This is called **eager execution**.
#
# ## 2. Constants, and how many digits
#
# *What is not recorded, and how exact is the rest?*
#
# A tape watches variables. A `tf.constant` is data, and its gradient is `None`, unless you ask: `tape.watch(z)`, before $z$ is used. In lesson 04 this was `requires_grad`.
# If the result has several entries, `tape.gradient(a, z)` is the gradient of their **sum**, as in your `backward()`. Where each $a_i$ is made from its own $z_i$ alone, the gradient of the sum has exactly the derivatives $da_i / dz_i$ as entries: the other terms do not depend on $z_i$.
#
# *On paper.* The sigmoid $a = 1 / (1 + e^{-z})$ with the derivative $a (1 - a)$: at $z = 0$ they are 0.5 and 0.25; at $z = \log 3$ they are 0.75 and 0.1875.
#
# ### Exercise 2: `sigmoid`


# %% exercise="sigmoid"
def sigmoid(z):
    """The sigmoid of each entry, and its derivative there.

    Args:
        z: a number, or an array with up to three axes, of floats or whole numbers from -700 to 700.

    Returns:
        A tuple (a, slope): the sigmoid and its derivative, floats, both of the shape of z (numbers if z is one);
        right to 9 digits, or to 1e-12 where they are tiny. The derivative may come from a tape or from a formula.

    Example:
        sigmoid(0) is (0.5, 0.25).
    """
    # 1. z as a constant of float64. Is it watched?
    # 2. tf.sigmoid on the tape, then the gradient.
    ### BEGIN SOLUTION
    z = tf.constant(z, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(z)
        a = tf.sigmoid(z)
    return a.numpy(), tape.gradient(a, z).numpy()
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Three lines as in `minimize`: a new tape, inside it `tape.watch(z)` and then `a = tf.sigmoid(z)`; after it `tape.gradient(a, z)`.
# </details>

# %% check="sigmoid" points=1
with checks.exercise("sigmoid"):
    z = np.log(np.array([[1.0, 3.0, 0.25]]))
    checks.unchanged(sigmoid, z)
    a, slope = checks.results("sigmoid(log [[1, 3, 0.25]])", sigmoid(z), ["a", "slope"])
    checks.close("a of sigmoid(log [[1, 3, 0.25]])", a, [[0.5, 0.75, 0.2]])
    slips = {"this is the gradient of the mean": [[0.0833333, 0.0625, 0.0533333]]}
    checks.close("slope of sigmoid(log [[1, 3, 0.25]])", slope, [[0.25, 0.1875, 0.16]], mistakes=slips)
    for number, numbers in ((0, [0.5, 0.25]), (0.3, [0.574442516811659, 0.244458311690746])):
        found = sigmoid(number)
        checks.that(not any(map(tf.is_tensor, found)), "sigmoid: .numpy() makes an array or a number of a tensor")
        checks.close(f"a of sigmoid({number})", found[0], numbers[0], rtol=1e-10)
        checks.close(f"slope of sigmoid({number})", found[1], numbers[1], rtol=1e-10)
    ### BEGIN HIDDEN TESTS

    def by_tanh(z):
        small = np.exp(-np.abs(np.asarray(z, dtype=float)))
        return np.where(np.asarray(z) < 0, small, 1) / (1 + small), small / (1 + small) ** 2

    def entries(rng, n, m):
        return rng.normal(0, 3, (n, m))

    rng = np.random.default_rng(2)
    wide = np.array([[-700.0, -300.0, -25.0, 25.0], [40.0, 300.0, 700.0, 0.0]])
    values = [rng.normal(0, 2, (2, 3, 4)), rng.normal(0, 2, 5), -1.25, 2, 20.0, np.array(0.5)]
    values += [wide, wide[0].astype(int)]
    others = {f"with z of shape {np.shape(each)} such as {np.ravel(each)[0]:.3g}": (each,) for each in values}
    domain = {"real": {"z": 40}, "types": ["z"], "returns": ["a", "slope"], "cases": others, "atol": 1e-12}
    checks.agrees(sigmoid, by_tanh, entries, sizes={"n": 110, "m": 110}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# **float32 or float64?** A float64 has 64 bits, about 16 digits; a float32 has half of them, about 7 digits. NumPy computes in float64 unless told otherwise, TensorFlow and Keras in float32.
# Frameworks choose float32 because it takes half the memory, and processors (graphics processors above all) compute faster with it. Training forgives it: the gradient of a mini-batch is noisy far above the seventh digit. But what needs differences of nearly equal numbers suffers. The best example is the gradient check of [week 1](../week1_practical_aspects/05_gradient_checking.ipynb). Here the derivative of the sigmoid is checked by central differences with step $h$, at 50 points, once in each precision.

# %%
points, widths, errors = np.linspace(-3, 3, 50), np.geomspace(1e-9, 1, 28), {}
for dtype in (tf.float32, tf.float64):
    at = tf.constant(points, dtype)
    differences = [(tf.sigmoid(at + h) - tf.sigmoid(at - h)).numpy() / (2 * h) for h in widths]
    errors[dtype.name] = [np.mean(np.abs(each - sigmoid(points)[1])) for each in differences]
for (name, found), style in zip(errors.items(), ("o-", "s--"), strict=True):
    print(f"{name}: the smallest mean error is {min(found):.0e}, at h = {widths[np.argmin(found)]:.0e}")
    plt.loglog(widths, found, style, markersize=4, label=name)
plt.gca().set(xlabel="step h", ylabel="mean error of the derivative")
plt.title("A gradient check in float32 loses more than three digits")
plt.legend()
plt.show()
print(f"the rate 0.1 of a Keras optimiser is {float(tf.keras.optimizers.SGD(0.1).learning_rate.numpy()):.12f}")

# %% [markdown]
# *What to notice.* In float64 the best error is below $10^{-10}$, in float32 it stays above $10^{-7}$. On the right both curves are the same line: there the error is that of the formula, not of the numbers.
# How much faster float32 is, section 9 measures. In the exercises your own functions compute in float64, so that mistakes show; Keras models stay in float32, and even an optimiser keeps its learning rate in float32.
#
# ## 3. The rules are the same
#
# *Does TensorFlow's tape agree with the rules of lesson 04?*
#
# The linear part of a layer is $Z = W X + b$ with $W$ $(n, n_x)$, $X$ $(n_x, m)$ and $b$ $(n, 1)$, which is broadcast. In lesson 04 your rules took $G = \partial J / \partial Z$, the gradient of the result, and gave those of the inputs:
#
# $$\frac{\partial J}{\partial W} = G X^T, \qquad \frac{\partial J}{\partial X} = W^T G, \qquad \frac{\partial J}{\partial b} = \text{the sum of } G \text{ over the examples.}$$
#
# `tape.gradient(Z, inputs, output_gradients=G)` begins its walk with $G$ instead of ones. And `inputs` may be a list or a dict: the gradients come back in the same form, all from one walk.
#
# *On paper.* $W = [1, 2]$, $X = \begin{bmatrix} 1 & 0 \\ 1 & 3 \end{bmatrix}$, $b = 0.5$: $Z = [3.5, \; 6.5]$. With $G = [1, \; 10]$: $\partial J / \partial W = [1, \; 31]$, $\partial J / \partial X = \begin{bmatrix} 1 & 10 \\ 2 & 20 \end{bmatrix}$, $\partial J / \partial b = 11$.
#
# ### Exercise 3: `linear_function`


# %% exercise="linear_function"
def linear_function(W, X, b, G):
    """The linear part of a layer, and the gradients of its inputs from that of its result.

    Args:
        W: weights, shape (n, n_x); X: examples as columns, shape (n_x, m); b: biases, shape (n, 1).
        G: the gradient of a cost with respect to Z, shape (n, m).
        All four hold floats or whole numbers, each for itself.

    Returns:
        A tuple (Z, grads): Z = W X + b, an array of shape (n, m), and a dict of the gradients of that cost, with the
        keys "dW", "dX" and "db", each an array of the shape of its input. All floats.

    Example:
        linear_function(np.array([[1, 2]]), np.array([[1, 0], [1, 3]]), np.array([[0.5]]), np.array([[1, 10]])) has
        Z = [[3.5, 6.5]] and dW = [[1, 31]].
    """
    # 1. All four as tensors of float64: TensorFlow does not mix number types.
    # 2. What must the tape watch? From where does it walk back?
    ### BEGIN SOLUTION
    W, X, b, G = (tf.constant(each, tf.float64) for each in (W, X, b, G))
    with tf.GradientTape() as tape:
        tape.watch([W, X, b])
        Z = W @ X + b
    grads = tape.gradient(Z, {"dW": W, "dX": X, "db": b}, output_gradients=G)
    return Z.numpy(), {key: gradient.numpy() for key, gradient in grads.items()}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `tape.watch([W, X, b])` takes a list. `@` is the matrix product here, too.
#
# `tape.gradient(Z, [W, X, b], output_gradients=G)` is a list of three tensors, in this order.
# </details>

# %% check="linear_function" points=2
with checks.exercise("linear_function"):
    W, X = np.array([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]]), np.array([[1, 0, 2, -1], [2, 1, -1, 0], [0, 4, 2, 6]])
    b, G = np.array([[0.5], [-1.0]]), np.array([[1.0, 0.0, 2.0, -1.0], [3.0, -2.0, 1.0, 0.5]])
    checks.unchanged(linear_function, W, X, b, G)
    Z, grads = checks.results("linear_function(W, X, b, G)", linear_function(W, X, b, G), ["Z", "grads"])
    checks.close("Z of linear_function(W, X, b, G)", Z, [[-2.5, 0.5, 5.5, 2.5], [2, -5, 3, -10]])
    checks.keys("grads of linear_function(W, X, b, G)", grads, ["dW", "dX", "db"])
    expected = {"dW": [[6, 0, -2], [4.5, 3, -3]], "db": [[2], [2.5]]}
    expected["dX"] = [[10, -6, 5, 0.5], [-2, 0, -4, 2], [-2.5, 2, 0, -1]]
    of_the_sum = {"dW": [[2, 2, 12], [2, 2, 12]], "db": [[4], [4]], "dX": [[4] * 4, [-2] * 4, [-0.5] * 4]}
    for key, values in expected.items():
        slips = {"this is the gradient of the sum of Z: begin with G": of_the_sum[key]}
        checks.close(f"{key} of linear_function(W, X, b, G)", grads[key], values, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(W, X, b, G):
        Z, dW, dX = np.zeros(G.shape), np.zeros(W.shape), np.zeros(X.shape)
        for k in range(W.shape[1]):
            Z += np.outer(W[:, k], X[k])
            for i in range(len(W)):
                dW[i, k] = np.sum(X[k] * 1.0 * G[i])
                dX[k] += W[i, k] * 1.0 * G[i]
        return Z + b, {"dW": dW, "dX": dX, "db": np.array([[sum(row.tolist())] for row in G])}

    def layer(rng, n, n_x, m):
        return tuple(rng.normal(0, 1, shape) for shape in ((n, n_x), (n_x, m), (n, 1), (n, m)))

    domain = {"real": dict.fromkeys("WXbG", 100), "types": list("WXbG"), "returns": ["Z", "grads"]}
    checks.agrees(linear_function, entry_by_entry, layer, sizes={"n": 30, "n_x": 40, "m": 1030}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# *What to notice.* You wrote no rule this time. TensorFlow has one for each of its many operations, and they agree with yours.
#
# ## 4. Data in batches
#
# *How do pictures become batches?*
#
# `tf.data` describes the way of the data as a chain. Each part takes examples from the part before it, when they are asked for, so the whole set need not be in memory:
#
# ```python
# examples = tf.data.Dataset.from_tensor_slices((a, b))   # pairs (a[0], b[0]), (a[1], b[1]), ...
# examples = examples.map(function)                       # function(a[i], b[i]) in place of each pair
# examples = examples.shuffle(buffer_size, seed=seed)     # a new order each time one goes through
# examples = examples.batch(size)                         # size examples stacked along a new first axis
# ```
#
# Four things to know:
#
# - `from_tensor_slices` cuts along the **first** axis. In a framework examples are rows. Our columns come at the very end, by a transposition.
# - `map` calls its function once, with tensors that have no values yet, and makes a **graph** of its operations. So use TensorFlow's operations there, not NumPy's. `tf.reshape(picture, [-1])` makes one long row of a picture. `tf.one_hot(label, n, dtype=tf.float64)` is your `one_hot` of one label, but it answers a label out of range with zeros, without a word.
# - A tensor of uint8 divided by a whole number becomes float32. `tf.cast(picture, tf.float64)` comes before the division.
# - `shuffle` keeps `buffer_size` examples in a buffer and draws from them. With a buffer smaller than the data the shuffle is poor: of sorted data, the first batch sees only the first classes. And `shuffle` must stand before `batch`: else whole batches are shuffled, and the same examples always stay together.
#
# *On paper.* Five examples in batches of two: two, two, one. A pixel of 8, where 16 is full ink, becomes 0.5. The label 2 of 4 classes becomes the column $(0, 0, 1, 0)$.
#
# ### Exercise 4: `batches`


# %% exercise="batches"
def batches(images, labels, n, most, size, epochs, seed):
    """The batches of several epochs: pictures as columns from 0 to 1, and labels as one-hot columns.

    Args:
        images: m pictures, shape (m, height, width, 1), of type uint8, with pixels from 0 to most.
        labels: their classes, whole numbers from 0 to n - 1, shape (1, m).
        n: the number of classes; most: the number for full ink, from 1 to 255; size: examples in a batch, it may be
            larger than m; epochs: how many epochs. All are whole numbers >= 1.
        seed: a whole number from 0 to 2,000,000,000. The same seed gives the same batches, another seed other ones.

    Returns:
        A list of epochs; each is a list of batches, and each batch a pair (X, Y) of arrays of floats: X of shape
        (height * width, b), pixels divided by most, in the order that reshape gives them, and Y of shape (n, b). All
        batches have b = size, but the last one of an epoch may have less.
        In each epoch each example comes exactly once, in a random order (all orders are equally likely, and each epoch
        has its own). Between calls nothing is remembered.

    Example:
        For five pictures of 8 x 8 pixels, 4 classes, size 2 and 3 epochs, it is a list of 3 lists of 3 pairs, in which X
        has the shapes (64, 2), (64, 2), (64, 1).
    """

    # 1. For one example: the picture as floats, scaled, as one row; the label as one-hot.
    # 2. The chain: slices, map, shuffle, batch. Which buffer makes all orders equally likely?
    # 3. Go through it once for each epoch; columns.
    ### BEGIN SOLUTION
    def prepared(image, label):
        pixels = tf.reshape(tf.cast(image, tf.float64), [-1])
        return pixels / most, tf.one_hot(label, n, dtype=tf.float64)

    examples = tf.data.Dataset.from_tensor_slices((images, labels[0])).map(prepared)
    examples = examples.shuffle(len(images), seed=seed).batch(size)
    return [[(X.numpy().T, Y.numpy().T) for X, Y in examples] for _ in range(epochs)]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `labels[0]` has one number for each picture, so `from_tensor_slices((images, labels[0]))` gives pairs. Write a small function of a picture and a label for `map`, inside your function: it must see `n` and `most`.
#
# A `for` goes through a dataset as through a list, and each time `shuffle` makes a new order. `[… for X, Y in examples]` is one epoch. `X.numpy().T` has the examples as columns. The buffer must hold all examples.
# </details>

# %% check="batches" points=3
with checks.exercise("batches"):
    pixels = [[0, 8, 2, 5], [4, 1, 16, 0], [8, 3, 3, 7], [12, 16, 0, 4], [16, 2, 9, 1]]
    images = np.array(pixels, dtype=np.uint8).reshape(5, 2, 2, 1)
    labels = np.array([[2, 0, 1, 3, 2]])
    checks.unchanged(batches, images, labels, 4, 16, 2, 3, 0)
    found, what = batches(images, labels, 4, 16, 2, 3, 7), "batches(images, labels, 4, 16, 2, 3, 7), m = 5"
    checks.length(what, found, 3)
    for epoch in found:
        checks.length(f"an epoch of {what}", epoch, 3)
        checks.equal(f"the shapes of X in an epoch of {what}", [X.shape for X, _ in epoch], [(4, 2), (4, 2), (4, 1)])
        X, Y = (np.hstack(parts) for parts in zip(*epoch, strict=True))
        order = np.argsort(X[0])
        rows = [[0, 0.25, 0.5, 0.75, 1], [0.5, 0.0625, 0.1875, 1, 0.125]]
        slips = {"divide by most": 16 * np.array(rows)}
        checks.close(f"the first rows of X in an epoch of {what}, sorted", X[:2, order], rows, mistakes=slips)
        one_hot = [[0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [1, 0, 0, 0, 1], [0, 0, 0, 1, 0]]
        checks.close(f"Y of the same pictures, of {what}", Y[:, order], one_hot)
    ### BEGIN HIDDEN TESTS

    def orders(m, n, most, size, epochs, seed, shape=(3, 2), images=None, labels=None):
        rng = np.random.default_rng([m, n, most, size])
        images = rng.integers(0, most + 1, (m, *shape, 1)).astype(np.uint8) if images is None else images
        images[:, 0, 0, 0], images[:, 0, 1, 0] = np.arange(m) % (most + 1), np.arange(m) // (most + 1)
        labels = rng.integers(0, n, (1, m)) if labels is None else labels
        images.flags.writeable = labels.flags.writeable = False
        what = f"batches with m = {m}, n = {n}, most = {most}, size = {size}"
        found, taken = batches(images, labels, n, most, size, epochs, seed), []
        checks.length(what, found, epochs)
        columns = images.reshape(m, -1).T.astype(float) / most
        for epoch in found:
            checks.length(f"an epoch of {what}", epoch, -(-m // size))
            places = []
            for number, (X, Y) in enumerate(epoch):
                b = min(size, m - number * size)
                checks.shape(f"X of a batch of {what}", X, (columns.shape[0], b))
                checks.that(
                    X.dtype == Y.dtype == np.float64, f"{what}: X is {X.dtype}, Y is {Y.dtype}; both must be float64"
                )
                here = (np.rint(X[0] * most) + (most + 1) * np.rint(X[1] * most)).astype(int)
                checks.that(here.min() >= 0 and here.max() < m, f"{what}: X holds a column that is no picture")
                checks.close(f"X of a batch of {what}", X, columns[:, here], rtol=1e-12, atol=0)
                checks.close(f"Y of a batch of {what}", Y, np.eye(n)[:, labels[0, here]], rtol=0, atol=0)
                places.extend(here.tolist())
            taken.append(places)
            checks.equal(f"the examples in an epoch of {what}, sorted", sorted(places), list(range(m)))
        return np.array(taken)

    orders(1, 1, 5, 1, 2, 0, shape=(1, 2))
    orders(4, 3, 255, 4, 2, 2 * 10**9, shape=(2, 2))
    orders(6, 2, 1, 9, 1, 3, shape=(2, 3), labels=np.ones((1, 6), dtype=int))
    orders(7, 12, 250, 1, 2, 1, labels=np.array([[11, 0, 10, 11, 3, 5, 9]]))
    strided = np.random.default_rng(1).integers(0, 17, (22, 4, 6, 1)).astype(np.uint8)[::2, ::2, ::2]
    orders(11, 3, 16, 4, 1, 5, images=strided, labels=np.random.default_rng(2).integers(0, 3, (1, 22))[:, ::2])
    three = orders(3, 2, 9, 2, 120, 11, shape=(1, 2))
    kinds = [tuple(order) for order in three.tolist()]
    counts = [kinds.count(each) for each in ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))]
    words = f"of 120 orders of three examples, the six possible ones came {counts} times: they are not equally likely"
    checks.that(1 <= min(counts) and max(counts) <= 41, words)
    again = sum(one == two for one, two in zip(kinds[:-1], kinds[1:], strict=True))
    checks.that(1 <= again <= 40, f"{again} of 119 epochs have the order of the epoch before: draw each anew")
    for m, size, epochs, seed in ((210, 50, 8, 0), (1500, 400, 3, 4)):
        taken = orders(m, 10, 255, size, epochs, seed)
        trends = [np.corrcoef(order, np.arange(m))[0, 1] for order in taken]
        words = f"batches with m = {m} and size = {size}: early examples come early; shuffle all of them"
        checks.that(abs(np.mean(trends)) < 5 / np.sqrt(m * epochs) and max(trends) < 5 / np.sqrt(m), words)
        neighbours = np.mean([np.sum(np.abs(np.diff(order)) == 1) for order in taken])
        checks.that(neighbours < 12, f"batches with m = {m}: examples stay together; shuffle before you make batches")
        alike = np.abs(np.corrcoef(np.argsort(taken, axis=1)) - np.eye(epochs)).max()
        checks.that(alike < 5 / np.sqrt(m), f"batches with m = {m}: two epochs have similar orders; draw each anew")
    seeds = [0, 1, 2, 1000, 2**16, 2 * 10**9]
    first = [tuple(orders(40, 3, 255, 40, 1, seed)[0]) for seed in seeds]
    checks.that(len(set(first)) == len(seeds), f"batches: the seeds {seeds} must give different orders")
    ### END HIDDEN TESTS

# %%
first_epoch = batches(small.X_train, small.Y_train, 10, 16, 64, 1, 0)[0]
X, Y = first_epoch[0]
print(f"{len(first_epoch)} batches; the first has X {X.shape} and Y {Y.shape}, the last X {first_epoch[-1][0].shape}")
labels = Y[:, :16].argmax(axis=0).astype(str)
plots.show_images(X.T[:16].reshape(16, 8, 8), labels, title="Part of a batch: each picture has kept its label")
plt.show()

# %% [markdown]
# *What to notice.* 1,438 pictures make 22 batches of 64 and one of 30. The last one must not count as much as the others when costs are averaged (section 7).
#
# ## 5. The first weights
#
# *How large should random weights be?*
#
# He's rule of [week 1](../week1_practical_aspects/04_normalization_and_initialization.ipynb) keeps the size of the activations in a forward pass through ReLUs. **Glorot's** rule is older, and Keras uses it unless told otherwise. A score is a sum of $n_\text{in}$ products, so forwards its variance is $n_\text{in} \text{Var}(w)$ times that of the inputs; backwards a gradient is a sum over $n_\text{out}$ units, with the factor $n_\text{out} \text{Var}(w)$. Both are 1 only if $n_\text{in} = n_\text{out}$. Glorot takes the middle, $\text{Var}(w) = 2 / (n_\text{in} + n_\text{out})$.
# Numbers that are equally likely everywhere from $-r$ to $r$ have the variance $r^2 / 3$. So
#
# $$w \sim \text{uniform on } [-r, r], \qquad r = \sqrt{\frac{6}{n_\text{in} + n_\text{out}}} .$$
#
# *On paper.* Layers of 4, 2 and 1 units: $r = 1$ for $W_1$ of shape $(2, 4)$, and $r = \sqrt{2} = 1.414$ for $W_2$ of shape $(1, 2)$. The biases are 0.
#
# **Seeds.** TensorFlow has several kinds of random numbers. The simplest to reason about has no state: `tf.random.stateless_uniform(shape, [seed, k], low, high, tf.float64)` gives, for the same two whole numbers, always the same draws, and for two others new ones. So each layer needs a $k$ of its own.
# A Keras initialiser such as `GlorotUniform(seed=3)` also gives the *same* numbers in *each* call with the same shape: two layers of one shape would begin as twins. And `tf.random.Generator.from_seed(seed)` works like NumPy's `default_rng(seed)`, but its neighbouring seeds walk along the same numbers, a few places apart.
#
# ### Exercise 5: `initialize_parameters`


# %% exercise="initialize_parameters"
def initialize_parameters(layers, seed):
    """The first parameters of a network, by Glorot's uniform rule.

    Args:
        layers: a list of the numbers of units [n_0, n_1, ..., n_L], whole numbers >= 1; L >= 1.
        seed: a whole number from 0 to 2,000,000,000. The same seed gives the same parameters, another seed other ones.

    Returns:
        A dict with "W1", "b1", ..., "WL", "bL", arrays of floats: W of layer l has the shape (n_l, n_(l-1)) and entries
        that are uniform from -r to r with r = sqrt(6 / (n_(l-1) + n_l)); b has the shape (n_l, 1) and is 0. All entries
        of all layers are drawn independently of each other.

    Example:
        initialize_parameters([4, 2, 1], 0)["W2"] is an array of shape (1, 2), with entries from -1.414 to 1.414.
    """
    # For each layer: r, then W and b of which shapes? What makes the draws of two layers different?
    ### BEGIN SOLUTION
    parameters = {}
    for layer in range(1, len(layers)):
        n_in, n_out = layers[layer - 1], layers[layer]
        r = np.sqrt(6 / (n_in + n_out))  # equivalent "1e-08 added under the division": draws cannot show it
        W = tf.random.stateless_uniform((n_out, n_in), [seed, layer], -r, r, tf.float64)
        parameters[f"W{layer}"] = W.numpy()
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# A loop `for layer in range(1, len(layers))`, in which `layers[layer - 1]` is $n_\text{in}$. The shape of $W$ is `(n_out, n_in)`, its seed `[seed, layer]`, low and high are `-r` and `r`.
# </details>

# %% check="initialize_parameters" points=2
with checks.exercise("initialize_parameters"):
    checks.unchanged(initialize_parameters, [4, 2, 1], 0)
    what = "initialize_parameters([80, 40, 10], 3)"
    parameters = initialize_parameters([80, 40, 10], 3)
    checks.keys(what, parameters, ["W1", "b1", "W2", "b2"])
    for layer, n_out, n_in, r in ((1, 40, 80, 0.2236068), (2, 10, 40, 0.3464102)):
        checks.shape(f"W{layer} of {what}", parameters[f"W{layer}"], (n_out, n_in))
        checks.close(f"b{layer} of {what}", parameters[f"b{layer}"], np.zeros((n_out, 1)))
        largest = np.abs(parameters[f"W{layer}"]).max()
        checks.that(largest <= r * 1.000001, f"W{layer} of {what}: {largest:.4f} occurs, but r is {r:.4f}")
        checks.that(largest > 0.9 * r, f"W{layer} of {what}: no entry is above {largest:.4f} in size, but r is {r:.4f}")
    ### BEGIN HIDDEN TESTS

    def uniform(what, u):
        u, N = np.ravel(u), np.size(u)
        checks.that(np.abs(u).max() <= 1 + 1e-6, f"{what}: an entry is larger than r")
        for power, mean, variance in ((1, 0, 1 / 3), (2, 1 / 3, 4 / 45), (4, 1 / 5, 16 / 225), (3, 0, 1 / 7)):
            off = abs(np.mean(u**power) - mean) / np.sqrt(variance / N)
            words = f"{what}: the mean of (w / r) ** {power} is {np.mean(u**power):.4f}, not about {mean:.4f}"
            checks.that(off < 5, f"{words}: the entries are not uniform from -r to r")

    def unlike(what, one, two):
        one, two = np.ravel(one), np.ravel(two)
        few = min(len(one), len(two))
        together = abs(np.mean(one[:few] * two[:few])) * 3
        checks.that(together < 5 / np.sqrt(few), f"{what}: the draws are not independent of each other")
        shared = np.isin(np.abs(one).round(12), np.abs(two).round(12)).mean()
        checks.that(shared < 0.1, f"{what}: the same numbers occur in both")

    for layers, seed in (([300, 200, 260], 0), ([50, 50, 50, 50], 7), ([5, 900, 3], 2 * 10**9), ([1, 2000], 12)):
        what, found = f"initialize_parameters({layers}, {seed})", initialize_parameters(layers, seed)
        checks.equal(f"the number of entries of {what}", len(found), 2 * len(layers) - 2)
        drawn = []
        for layer, (n_in, n_out) in enumerate(zip(layers[:-1], layers[1:], strict=True), 1):
            checks.keys(what, found, [f"W{layer}", f"b{layer}"])
            W, b = found[f"W{layer}"], found[f"b{layer}"]
            checks.shape(f"W{layer} of {what}", W, (n_out, n_in))
            checks.close(f"b{layer} of {what}", b, np.zeros((n_out, 1)), atol=0)
            floats = f"{what}: W{layer} is {W.dtype} and b{layer} {b.dtype}; both must be float64"
            checks.that(W.dtype == b.dtype == np.float64, floats)
            u = W / np.sqrt(6 / (n_in + n_out))
            uniform(f"W{layer} of {what}", u)
            checks.that(len(np.unique(np.abs(u))) > 0.9 * u.size, f"W{layer} of {what}: many entries are equal")
            checks.that(np.any(W != W.round(6)), f"W{layer} of {what}: the entries are rounded")
            uniform(f"the first half of W{layer} of {what}", u.ravel()[: u.size // 2])
            if min(n_in, n_out) > 4:
                unlike(f"two rows of W{layer} of {what}", u[0], u[1])
            for number, other in enumerate(drawn, 1):
                unlike(f"W{number} and W{layer} of {what}", other, u)
            drawn.append(u)
    tiny = [initialize_parameters([1, 1, 1, 1], seed) for seed in range(120)]
    alone = np.array([[each[f"W{layer}"][0, 0] / np.sqrt(3) for layer in (1, 2, 3)] for each in tiny])
    for layer in (0, 1, 2):
        uniform(f"W{layer + 1} of initialize_parameters([1, 1, 1, 1], seed), 120 seeds", alone[:, layer])
        unlike("two layers of initialize_parameters([1, 1, 1, 1], seed)", alone[:, layer], alone[:, layer - 1])
    seeds = [0, 1, 2, 1000, 2**16, 2 * 10**9]
    first = {initialize_parameters([3, 2], seed)["W1"][0, 0] for seed in seeds}
    checks.that(len(first) == len(seeds), f"initialize_parameters: the seeds {seeds} must give different weights")
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. The cost and all gradients
#
# *What is left of the backward pass?*
#
# In course 1 the backward pass was a chapter. With a tape only the forward pass remains. For each layer $l$ with $A_0 = X$:
#
# $$Z_l = W_l A_{l-1} + b_l, \qquad A_l = \text{ReLU}(Z_l) \ \ (l < L), \qquad J = \frac{1}{m} \sum_{i=1}^{m} \mathcal{L}\bigl(z_L^{(i)}, y^{(i)}\bigr),$$
#
# where $\mathcal{L}$ is the cross-entropy of the softmax of the scores, computed **from the scores** (the *logits*), as in lesson 03: `tf.nn.softmax_cross_entropy_with_logits(labels, logits, axis=0)` gives the loss of each example. Its `axis` is that of the classes. TensorFlow expects classes on the last axis; ours are on axis 0.
# Arrays such as $X$ and $Y$ may stand in a formula beside tensors of float64: they become tensors of that type.
# The function applies the softmax itself. Whoever gives it probabilities applies softmax twice, and nothing fails.
#
# *On paper.* One layer with $W_1 = 0$ of shape $(2, 1)$, $b_1 = 0$, one example $x = 3$ of class 1: both classes have the probability 1/2, the cost is $\log 2$, $dZ = (1/2, \; -1/2)$, $dW_1 = (3/2, \; -3/2)$.
#
# ### Exercise 6: `loss_and_gradients`


# %% exercise="loss_and_gradients"
def loss_and_gradients(X, Y, parameters):
    """The cost of a network on some examples, and its gradients.

    Args:
        X: examples as columns, shape (n_0, m), of floats or whole numbers.
        Y: labels, shape (n_L, m), of floats or whole numbers; each column adds up to 1, mostly as a single 1.
        parameters: a dict with W1, b1, ..., WL, bL in any order, L >= 1; W of layer l has the shape (n_l, n_(l-1)), b the
            shape (n_l, 1). The hidden layers have ReLU (slope 0 at 0), the last one nothing: its Z are the scores,
            from -10,000 to 10,000.

    Returns:
        A tuple (cost, grads): the mean over the examples of the cross-entropy of the softmax of the scores, a float
        without any limit (where it is below 0.01: right to 1e-11); and a dict with "dW1", "db1", ..., "dWL", "dbL",
        arrays of the shapes of the parameters, of floats.

    Example:
        loss_and_gradients(np.array([[3.0]]), np.array([[0], [1]]), {"W1": np.zeros((2, 1)), "b1": np.zeros((2, 1))}) has
        the cost log 2 and dW1 = [[1.5], [-1.5]].
    """
    # 1. The parameters as variables of float64.
    # 2. On the tape: layer by layer to the scores, then the losses, then their mean.
    # 3. All gradients at once.
    ### BEGIN SOLUTION
    variables = {key: tf.Variable(value, dtype=tf.float64) for key, value in parameters.items()}
    with tf.GradientTape() as tape:
        Z = variables["W1"] @ X + variables["b1"]
        for layer in range(2, len(parameters) // 2 + 1):
            Z = variables[f"W{layer}"] @ tf.nn.relu(Z) + variables[f"b{layer}"]
        cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, Z, axis=0))
    grads = tape.gradient(cost, variables)
    return cost.numpy(), {f"d{key}": gradient.numpy() for key, gradient in grads.items()}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# A dict of variables, one for each entry of `parameters`: `tape.gradient(cost, variables)` then gives a dict with the same keys. The number of layers is `len(parameters) // 2`.
#
# Begin with `A = X`. In each layer `Z = W @ A + b`, then `A = tf.nn.relu(Z)`; after the loop use the last `Z`. `tf.reduce_mean` of the losses is the cost.
# </details>

# %% check="loss_and_gradients" points=3
with checks.exercise("loss_and_gradients"):
    X, Y = np.array([[1.0, 2.0, -1.0, 0.5], [0.0, 1.0, 2.0, 1.0]]), np.array([[1, 0, 0, 0], [0, 0, 1, 1], [0, 1, 0, 0]])
    parameters = {"W1": np.array([[1.0, -1.0], [0.5, 1.0]]), "b1": np.array([[0.0], [0.5]])}
    parameters |= {"W2": np.array([[1.0, 0.0], [-1.0, 2.0], [0.5, -1.0]]), "b2": np.array([[0.0], [1.0], [-0.5]])}
    checks.unchanged(loss_and_gradients, X, Y, parameters)
    what = "loss_and_gradients(X, Y, parameters), L = 2, m = 4"
    cost, grads = checks.results(what, loss_and_gradients(X, Y, parameters), ["cost", "grads"])
    slips = {"this is the sum over the examples, not their mean": 8.8871748, "softmax is applied twice": 0.9679353}
    slips |= {"the classes are on axis 0": 1.8366697, "the last layer has no ReLU": 1.6169279}
    slips |= {"the hidden layer needs ReLU": 2.2180893, "divide by the number of examples, not of entries": 0.7405979}
    checks.close(f"the cost of {what}", cost, 2.2217937, mistakes=slips)
    checks.that(not tf.is_tensor(cost), "loss_and_gradients: .numpy() makes a number of the cost, which is a tensor")
    checks.keys(f"grads of {what}", grads, ["dW1", "db1", "dW2", "db2"])
    checks.close(f"dW1 of {what}", grads["dW1"], [[-1.0886986, -0.3658082], [1.8257009, 0.7267372]], m=4)
    checks.close(f"db2 of {what}", grads["db2"], [[-0.1762159], [0.416874], [-0.2406581]], m=4)
    ### BEGIN HIDDEN TESTS

    def with_course_1(X, Y, parameters):
        AL, caches = dense.deep_forward(X, parameters, "softmax")
        Z = caches[-1][3]
        losses = np.logaddexp.reduce(Z, axis=0) - np.sum(Y * Z, axis=0)
        return float(np.mean(losses)), dense.deep_backward(AL, Y, caches)

    def network(rng, n_0, n, m, L):
        dims = [n_0, *rng.integers(2, 7, L - 1).tolist(), n]
        shapes = {f"{key}{i}": (dims[i], dims[i - 1] if key == "W" else 1) for i in range(1, L + 1) for key in "Wb"}
        parameters = {key: rng.normal(0, 0.8, shapes[key]) for key in rng.permutation(list(shapes)).tolist()}
        Y = rng.dirichlet(np.ones(n), m).T.copy() if m % 2 else np.eye(n)[rng.integers(0, n, m)].T
        return rng.normal(0, 1, (n_0, m)), Y, parameters

    X, Y, parameters = network(np.random.default_rng(80), 3, 4, 6, 2)
    whole = {key: np.rint(2 * value).astype(int) for key, value in parameters.items()}
    sure = {"W1": np.array([[0.0], [21.0]]), "b1": np.zeros((2, 1))}
    still = parameters | {"b1": 0 * parameters["b1"]}
    others = {
        "with scores of about 1000": (X, Y, {key: 30 * value for key, value in parameters.items()}),
        "with hidden scores of exactly 0": (X * [[1, 0, 1, 0, 1, 1]], Y, still),
        "with whole numbers everywhere": (np.rint(X).astype(int), np.eye(4, dtype=int)[:, [0, 1, 3, 3, 2, 0]], whole),
        "with a loss of 1e-9": (np.ones((1, 1)), np.array([[0], [1]]), sure),
    }
    domain = {"real": {"X": 30}, "types": ["X", "parameters"], "returns": ["cost", "grads"], "cases": others}
    sizes = {"n_0": 60, "n": 40, "m": 330, "L": 11}
    checks.agrees(loss_and_gradients, with_course_1, network, sizes=sizes, atol=1e-11, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. A training loop of your own
#
# *How do tape, batches and optimiser work together?*
#
# An optimiser such as `tf.keras.optimizers.Adam(learning_rate)` keeps the averages of the gradients, and `optimizer.apply_gradients(pairs)` takes one step, where `pairs` are (gradient, variable). It must live as long as the training: a new one in each step or epoch has forgotten its averages.
# Keras writes the step of Adam for each entry of a variable $w$ with the gradient $g$ as
#
# $$v \leftarrow 0.9 v + 0.1 g, \qquad s \leftarrow 0.999 s + 0.001 g^2, \qquad w \leftarrow w - \alpha \frac{\sqrt{1 - 0.999^t}}{1 - 0.9^t} \cdot \frac{v}{\sqrt{s} + 10^{-7}} ,$$
#
# with $t = 1, 2, \dots$ over the whole training. In lesson 04 you added $\epsilon$ after the correction of $s$; here it comes before, and is $10^{-7}$. Where gradients are not tiny, both are nearly the same. And Keras keeps $\alpha$, 0.9 and 0.999 as float32: its $1 - 0.999$ is wrong in the fifth digit. It does not matter for training, but two implementations agree to about five digits only.
#
# **The cost of an epoch.** The batches differ in size. Add up the **total loss**, cost times size, over the batches, and divide by the number of all examples.
#
# *On paper.* A batch of 2 examples with the cost 0.7, then one of 1 example with the cost 0.4: the cost of the epoch is $(2 \cdot 0.7 + 0.4) / 3 = 0.6$. The mean of the two batches would be 0.55.
#
# ### Exercise 7: `train`
#
# Your `loss_and_gradients` holds the tape already. It wants arrays and gives arrays: `variable.numpy()` and `tf.constant(gradient)` go to and fro.


# %% exercise="train"
def train(parameters, epochs, learning_rate):
    """Trains a network with Adam, batch by batch.

    Args:
        parameters: the first parameters, as for loss_and_gradients.
        epochs: a list of epochs, as `batches` makes it: each is a list of one or more batches (X, Y), with X of shape
            (n_0, b) and Y of shape (n_L, b). One step is taken for each batch, in this order. b may differ.
        learning_rate: a float > 0.

    Returns:
        A tuple (trained, costs). trained: a dict of new arrays with the keys of parameters. costs: a list with one
        float for each epoch, the mean of the losses of all its examples, each computed just before the step of its
        batch. Adam is that of Keras with its defaults, as in the formula above. All numbers are float64, and right to
        4 digits (or 0.0001), because a Keras optimiser keeps its own numbers in float32.

    Example:
        With parameters of zeros, two classes and one epoch of one batch, costs is [0.6931].
    """
    # 1. The parameters as variables; one optimiser.
    # 2. For each batch: cost and gradients, then a step. Does each gradient meet its own variable?
    # 3. After each epoch: which mean?
    ### BEGIN SOLUTION
    variables = {key: tf.Variable(value, dtype=tf.float64) for key, value in parameters.items()}
    optimizer, costs = tf.keras.optimizers.Adam(learning_rate), []
    for batches in epochs:
        total = 0
        for X, Y in batches:
            cost, grads = loss_and_gradients(X, Y, {key: variable.numpy() for key, variable in variables.items()})
            optimizer.apply_gradients((tf.constant(grads[f"d{key}"]), each) for key, each in variables.items())
            total += cost * X.shape[1]
        m = sum(X.shape[1] for X, _ in batches)
        costs.append(total / m)  # equivalent "1e-08 added under the division": four digits are asked
    return {key: variable.numpy() for key, variable in variables.items()}, costs
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# A dict `variables` as in exercise 6, and the optimiser before all loops. Two loops: over the epochs, and over the batches of an epoch.
#
# `optimizer.apply_gradients([(tf.constant(grads[f"d{key}"]), variables[key]) for key in variables])`. With `total` and the number of examples, both 0 at the beginning of an epoch, the cost of the epoch is their quotient.
# </details>

# %% check="train" points=4
with checks.exercise("train"):
    zeros = {"W1": np.zeros((2, 1)), "b1": np.zeros((2, 1))}
    epoch = [(np.array([[1.0, 2.0]]), np.array([[1, 0], [0, 1]])), (np.array([[3.0]]), np.array([[0], [1]]))]
    checks.unchanged(train, zeros, [epoch], 0.1)
    what = "train(zeros, [epoch, epoch], 0.1), an epoch of 2 + 1 examples"
    trained, costs = checks.results(what, train(zeros, [epoch, epoch], 0.1), ["trained", "costs"])
    slips = {"the mean over the batches is not that over the examples": 0.5653189, "divide by the examples": 1.823785}
    checks.close(f"costs[0] of {what}", costs[0], 0.6079283, rtol=1e-4, mistakes=slips)
    checks.that(not any(map(tf.is_tensor, costs)), "train: .numpy() makes numbers of the costs, which are tensors")
    slips = {"the optimiser must live through all epochs": [[-0.1607222], [0.1607222]]}
    slips |= {"this is after one epoch": [[-0.1877702], [0.1877702]], "uphill": [[0.3266707], [-0.3266707]]}
    checks.close(f"W1 of {what}", trained["W1"], [[-0.3266707], [0.3266707]], rtol=1e-4, mistakes=slips)
    checks.close(f"costs[1] of {what}", costs[1], 0.4982923, rtol=1e-4)
    ### BEGIN HIDDEN TESTS

    def by_hand(parameters, epochs, learning_rate):
        t, costs, held = 0, [], {key: value.astype(float) for key, value in parameters.items()}
        v, s = ({key: np.zeros(value.shape) for key, value in held.items()} for _ in range(2))
        for epoch in epochs:
            losses = []
            for X, Y in epoch:
                AL, caches = dense.deep_forward(X, held, "softmax")
                Z, grads, t = caches[-1][3], dense.deep_backward(AL, Y, caches), t + 1
                losses += (np.logaddexp.reduce(Z, axis=0) - np.sum(Y * Z, axis=0)).tolist()
                size = learning_rate * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
                for key in held:
                    v[key] = 0.9 * v[key] + 0.1 * grads[f"d{key}"]
                    s[key] = 0.999 * s[key] + 0.001 * grads[f"d{key}"] ** 2
                    held[key] = held[key] - size * v[key] / (np.sqrt(s[key]) + 1e-7)
            costs.append(sum(losses) / len(losses))
        return held, costs

    def setting(rng, n_0, n, m, L, steps):
        dims = [n_0, *rng.integers(2, 6, L - 1).tolist(), n]
        shapes = {f"{key}{i}": (dims[i], dims[i - 1] if key == "W" else 1) for i in range(1, L + 1) for key in "Wb"}
        parameters = {key: rng.normal(0, 0.8, shapes[key]) for key in rng.permutation(list(shapes)).tolist()}
        sizes = [m, *rng.integers(1, 5, steps - 1).tolist()]
        pairs = [(rng.normal(0, 1, (n_0, b)), np.eye(n)[:, rng.integers(0, n, b)].copy()) for b in sizes]
        epochs = [pairs[: (steps + 1) // 2], pairs[(steps + 1) // 2 :]][: min(steps, 2)]
        return parameters, epochs, float(rng.uniform(0.005, 0.1))

    parameters, (few, more), _ = setting(np.random.default_rng(81), 3, 4, 6, 2, 4)
    soft = [(X, 0.8 * Y + 0.05) for X, Y in few]
    line = [(np.array([[1, 2, -1]]), np.array([[1, 0, 0], [0, 1, 1]])), (np.array([[4]]), np.array([[1], [0]]))]
    tiny = [(np.array([[1e-6, -2e-6, 3e-7]]), np.array([[1.0, 0, 0], [0, 1, 1]]))]
    start = {"W1": np.array([[0.3], [-0.2]]), "b1": np.array([[0.0], [0.1]])}
    others = {
        "with soft labels": (parameters, [soft, more], 0.05),
        "with tiny gradients": (start, [tiny, tiny, tiny], 0.1),
        "with whole numbers": ({"W1": np.array([[1], [0]]), "b1": np.array([[0], [2]])}, [line, line[1:], line], 0.1),
        "with 105 epochs": (start, [tiny + line[:1]] + 104 * [line[1:]], 0.01),
        "with an epoch of 104 batches": (start, [52 * line], 0.003),
        "with a rate of 0.5": (parameters, [few, more, few], 0.5),
        "with scores of about 1000": ({key: 30 * value for key, value in parameters.items()}, [few, more], 0.02),
    }
    names, sizes = ["trained", "costs"], {"n_0": 20, "n": 12, "m": 130, "L": (1, 11), "steps": (1, 6)}
    checks.agrees(train, by_hand, setting, sizes=sizes, returns=names, cases=others, rtol=1e-4, atol=1e-4)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the small digits: 64 pixels, 64 hidden units, 10 classes, 12 epochs of batches of 256, three seeds.


# %%
X_train, X_test = (images.reshape(len(images), -1).T / 16 for images in (small.X_train, small.X_test))
Y_train = np.eye(10)[:, small.Y_train[0]]


def accuracy(parameters):
    """The share of the test pictures that are right."""
    return np.mean(dense.deep_forward(X_test, parameters, "softmax")[0].argmax(axis=0) == small.Y_test[0])


histories = {}
for seed in tqdm(range(3), desc="seeds", file=sys.stdout):
    first = initialize_parameters([64, 64, 10], seed)
    trained, histories[seed] = train(first, batches(small.X_train, small.Y_train, 10, 16, 256, 12, seed), 0.01)
    histories[seed, "accuracy"] = accuracy(trained)
print("right of 359 test pictures, own loop with Adam:", *(f"{histories[seed, 'accuracy']:.1%}" for seed in range(3)))

# %% [markdown]
# *What to notice.* More than 94 % are right in each seed, as many as in lesson 03 within two points (one point is less than four pictures). No derivative was written by hand.
#
# ## 8. Keras
#
# *What does the same look like in the short form?*
#
# **Keras** is the part of TensorFlow that most people use. It has layers, losses, optimisers and the training loop:
#
# ```python
# model = tf.keras.Sequential([tf.keras.Input((n_x,)), tf.keras.layers.Dense(64, activation="relu"), ...])
# model.compile(optimizer, loss)              # what to minimise, and how
# run = model.fit(X, Y, batch_size=..., epochs=..., verbose=0)
# ```
#
# Short code has defaults that one must know:
#
# - Examples are **rows**. A `Dense` layer computes $X W + b$ with a *kernel* $W$ of shape $(n_\text{in}, n_\text{out})$, the transposed one of ours, and $b$ of shape $(n_\text{out},)$. `model.get_weights()` is the list kernel, bias, kernel, bias, … of arrays; `model.set_weights(list)` puts such a list in.
# - `Dense` has no activation unless told. `CategoricalCrossentropy()` expects probabilities; for scores write `from_logits=True`. (If the last layer is a softmax, Keras finds the scores before it.)
# - `fit` takes batches of 32 and **shuffles** them, unless told: `batch_size=…`, `shuffle=False`.
# - `run.history["loss"]` has one number for each epoch: the mean over the examples, each before the step of its batch, as in your `train`.
#
# Does Keras really do what you did in NumPy? With the same start and the same batches in the same order, it must come to the same parameters, as far as float32 goes.
#
# ### Exercise 8: `train_with_keras`


# %% exercise="train_with_keras"
def train_with_keras(parameters, X, Y, learning_rate, size, epochs):
    """Mini-batch gradient descent with Keras: plain SGD, the batches in the order of the examples in each epoch.

    Args:
        parameters: the first parameters of a network as for loss_and_gradients (ReLU in the hidden layers, then scores);
            its keys in any order.
        X: examples as columns, shape (n_0, m); Y: labels, shape (n_L, m); each column adds up to 1. Both of floats.
        learning_rate: a float > 0; epochs: how often all batches come, a whole number from 1 to 50.
        size: a batch has the next `size` examples, the last one of an epoch what is left; it may be larger than m.

    Returns:
        A tuple (trained, costs). trained: a dict with the keys and shapes of parameters. costs: a list with one
        number for each epoch, the mean of the losses of all examples, each computed just before the step of its
        batch; the loss is the cross-entropy of the softmax of the scores, without any limit.
        All may be float32, and must be right to 4 digits (or 0.00001).

    Example:
        With parameters of zeros, two classes, size >= m and one epoch, costs is [0.6931].
    """
    # 1. The layers: how many units, which activation? Put the parameters in, in the shapes of Keras.
    # 2. Which loss, which optimiser? Train: rows, batches, order.
    # 3. The weights, back in our shapes.
    ### BEGIN SOLUTION
    L, model = len(parameters) // 2, tf.keras.Sequential([tf.keras.Input((len(X),))])
    for layer in range(1, L + 1):
        units, activation = len(parameters[f"b{layer}"]), "relu" if layer < L else None
        model.add(tf.keras.layers.Dense(units, activation=activation))
        model.layers[-1].set_weights([parameters[f"W{layer}"].T, parameters[f"b{layer}"][:, 0]])
    loss = tf.keras.losses.CategoricalCrossentropy(from_logits=True)
    model.compile(tf.keras.optimizers.SGD(learning_rate), loss)
    run = model.fit(X.T, Y.T, batch_size=size, epochs=epochs, shuffle=False, verbose=0)  # equivalent "0 → 1": it prints
    weights = model.get_weights()
    trained = {f"W{layer}": weights[2 * layer - 2].T for layer in range(1, L + 1)}
    trained |= {f"b{layer}": weights[2 * layer - 1][:, None] for layer in range(1, L + 1)}
    return trained, run.history["loss"]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The network begins with `tf.keras.Input((n_0,))`. Layer l has `len(parameters[f"b{l}"])` units. A list such as `[parameters["W1"].T, parameters["b1"][:, 0], parameters["W2"].T, …]`, in order of the layers, goes to `model.set_weights`.
#
# `model.compile(tf.keras.optimizers.SGD(learning_rate), tf.keras.losses.CategoricalCrossentropy(from_logits=True))`, then `model.fit` with `X.T`, `Y.T`, the batch size, the epochs and `shuffle=False`. Afterwards entry `2 * l - 2` of `model.get_weights()` is the kernel of layer l, and the next one its bias, which becomes a column with `[:, None]`.
# </details>

# %% check="train_with_keras" points=3
with checks.exercise("train_with_keras"):
    zeros = {"W1": np.zeros((2, 1)), "b1": np.zeros((2, 1))}
    X, Y = np.array([[1.0, 2.0, 3.0, -1.0]]), np.array([[1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 1.0, 0.0]])
    what = "train_with_keras(zeros, X, Y, 0.3, 3, 2), m = 4"
    trained, costs = checks.results(what, train_with_keras(zeros, X, Y, 0.3, 3, 2), ["trained", "costs"])
    checks.keys(f"trained of {what}", trained, ["W1", "b1"])
    checks.that(not any(map(tf.is_tensor, costs)), "train_with_keras: costs must be numbers, not tensors")
    checks.that(
        not zeros["W1"].any() and X[0, 2] == 3, "train_with_keras: leave the arrays of the arguments as they are"
    )
    slips = {"these are batches of 4, not of 3": [0.6931472, 0.5223169]}
    checks.close(f"costs of {what}", np.array(costs), [0.6584492, 0.4340621], rtol=1e-4, mistakes=slips)
    checks.close(f"W1 of {what}", trained["W1"], [[-0.4412976], [0.4412976]], rtol=1e-4)
    checks.close(f"b1 of {what}", trained["b1"], [[0.1877117], [-0.1877117]], rtol=1e-4)
    ### BEGIN HIDDEN TESTS

    def in_numpy(parameters, X, Y, learning_rate, size, epochs):
        costs = []
        for _ in range(epochs):
            losses = []
            for x, y in zip(*(np.split(each, range(size, X.shape[1], size), axis=1) for each in (X, Y)), strict=True):
                AL, caches = dense.deep_forward(x, parameters, "softmax")
                losses += (np.logaddexp.reduce(caches[-1][3], axis=0) - np.sum(y * caches[-1][3], axis=0)).tolist()
                parameters = dense.update(parameters, dense.deep_backward(AL, y, caches), learning_rate)
            costs.append(np.mean(losses))
        return parameters, costs

    def hold(words, parameters, *others):
        for array in (*parameters.values(), *others[:2]):
            array.flags.writeable = False
        before, what = dict(parameters), f"train_with_keras {words}"
        trained, costs = checks.results(what, train_with_keras(parameters, *others), ["trained", "costs"])
        wanted, expected = in_numpy(before, *others)
        checks.equal(f"the keys of trained of {what}", sorted(trained), sorted(wanted))
        for key, value in wanted.items():
            checks.close(f"{key} of {what}", trained[key], value, rtol=1e-4, atol=1e-5)
            checks.that(parameters.get(key) is before[key], f"{what}: it changes the dict parameters; fill a new one")
        checks.length(f"costs of {what}", costs, len(expected))
        checks.close(f"costs of {what}", np.array(costs), expected, rtol=1e-4, atol=1e-5)
        return trained, costs

    def network(dims, m, seed):
        rng = np.random.default_rng(seed)
        keys = rng.permutation([f"{key}{layer}" for layer in range(1, len(dims)) for key in "Wb"]).tolist()
        shapes = {key: (dims[int(key[1:])], dims[int(key[1:]) - 1] if key[0] == "W" else 1) for key in keys}
        parameters = {key: rng.normal(0, 0.7, shape) for key, shape in shapes.items()}
        return parameters, rng.normal(0, 1, (dims[0], m)), np.eye(dims[-1])[:, rng.integers(0, dims[-1], m)].copy()

    parameters, X, Y = network([3, 5, 4], 107, 90)
    found = hold("with L = 2, m = 107, size = 40, 3 epochs", parameters, X, Y, 0.2, 40, 3)
    kept = [found[0]["W1"].copy(), list(found[1])]
    X, Y, soft = X[:, :6], Y[:, :6], 0.8 * Y[:, :6] + 0.05
    hold("with soft labels, size = 100 and m = 6", parameters, X, soft, 0.5, 100, 2)
    same = np.array_equal(kept[0], found[0]["W1"]) and kept[1] == list(found[1])
    checks.that(same, "train_with_keras: a second call changes what the first one returned; make new arrays")
    far = {key: 40 * value for key, value in parameters.items()}
    hold("with scores of about 1000", far, X, Y, 0.02, 6, 1)
    hold("with layers of 4, 4 and 4 units and m = 4", *network([4, 4, 4], 4, 91), 0.3, 2, 2)
    hold("with L = 10", *network([2, *range(3, 12), 3], 5, 92), 0.01, 2, 1)
    hold("with one class, one unit, one example", *network([1, 1, 1], 1, 93), 0.3, 1, 1)
    hold("with 50 epochs", *network([2, 3], 4, 94), 0.1, 3, 50)
    ### END HIDDEN TESTS

# %% [markdown]
# The same training in NumPy, with the functions of course 1 and softmax at the output; then both on the small digits, with three seeds.


# %%
def train_in_numpy(parameters, X, Y, learning_rate, size, epochs):
    """What train_with_keras does, by hand."""
    costs = []
    for _ in range(epochs):
        total = 0
        for first in range(0, X.shape[1], size):
            batch, labels = X[:, first : first + size], Y[:, first : first + size]
            AL, caches = dense.deep_forward(batch, parameters, "softmax")
            total += dense.deep_cost(AL, labels, "softmax") * batch.shape[1]
            parameters = dense.update(parameters, dense.deep_backward(AL, labels, caches), learning_rate)
        costs.append(total / X.shape[1])
    return parameters, costs


runs = {"NumPy": train_in_numpy, "Keras": train_with_keras}
costs, right, seconds = {}, {}, {}
for seed in tqdm(range(3), desc="seeds", file=sys.stdout):
    for name, training in runs.items():
        first, start = initialize_parameters([64, 64, 10], seed), perf_counter()
        trained, costs[name, seed] = training(first, X_train, Y_train, 0.5, 64, 12)
        seconds[name, seed], right[name, seed] = (perf_counter() - start) / 12, accuracy(trained)
for name in runs:
    print(f"{name}: right of 359 test pictures", *(f"{right[name, seed]:.1%}" for seed in range(3)))
apart = [np.max(np.abs(np.subtract(costs["NumPy", seed], costs["Keras", seed]))) for seed in range(3)]
print(f"largest difference of the costs: {max(apart):.0e}")
ratios = [seconds["Keras", seed] / seconds["NumPy", seed] for seed in range(3)]
print("an epoch with Keras takes", *(f"{ratio:.0f}" for ratio in ratios), "times as long as with NumPy")

# %%
for number, (name, style) in enumerate({"NumPy": "-", "Keras": ":"}.items()):
    plt.plot(costs[name, 0], style, color=plots.COLORS[number], linewidth=2 + 2 * number, label=f"{name}, SGD")
plt.plot(histories[0], "--", color=plots.COLORS[2], label="own loop, Adam (other batches)")
plt.gca().set(title="NumPy and Keras: the same costs, epoch by epoch", xlabel="epoch", ylabel="mean loss")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* The costs agree to better than 0.001 in each seed, and the accuracies within one picture; all are above 95 %, as in lesson 03. They must agree: it is the same computation, once in float64 and once in float32.
# But an epoch with Keras took more than ten times as long. Most of it is not arithmetic: before and after each epoch and each batch Keras prepares data, metrics and callbacks, and the first step builds a graph. The next section takes this apart.
#
# ## 9. What a framework costs, and when it pays
#
# *Why is it slower here, and why does everybody use it?*
#
# In eager execution each operation is a call through several layers of software, which costs some hundredths of a millisecond or more before any number is computed, and the tape records it. NumPy's call is much shorter. **`tf.function`** removes most of this: it calls a Python function once, with tensors without values, and makes a **graph** of all its operations; later calls run the whole graph at once. It is the same tracing as in `map` (section 4).
# This is also the usual form of a training step, with the tape in the loop and nothing going to and fro:


# %%
def framework_step(variables, X, Y):
    with tf.GradientTape() as tape:
        Z = variables["W2"] @ tf.nn.relu(variables["W1"] @ X + variables["b1"]) + variables["b2"]
        cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, Z, axis=0))
    for key, gradient in tape.gradient(cost, variables).items():
        variables[key].assign_sub(0.1 * gradient)
    return cost


def numpy_step(parameters, X, Y):
    AL, caches = dense.deep_forward(X, parameters, "softmax")
    parameters.update(dense.update(parameters, dense.deep_backward(AL, Y, caches), 0.1))


def milliseconds(step):
    """The median time of a call, after two that do not count."""
    times, begin = [], perf_counter()
    while len(times) < 7 or perf_counter() - begin < 0.15:
        start = perf_counter()
        step()
        times.append(1000 * (perf_counter() - start))
    return np.median(times[2:])


# %%
rng, units = np.random.default_rng(0), [16, 64, 256, 1024]
X, Y = rng.random((784, 64)), np.eye(10)[:, rng.integers(0, 10, 64)]
times = {name: [] for name in ("NumPy", "eager", "tf.function", "tf.function, float32")}
for n in tqdm(units, file=sys.stdout):
    first = initialize_parameters([784, n, 10], 0)
    times["NumPy"].append(milliseconds(lambda first=dict(first): numpy_step(first, X, Y)))
    for dtype in (tf.float64, tf.float32):
        variables = {key: tf.Variable(value, dtype=dtype) for key, value in first.items()}
        batch = tf.constant(X, dtype), tf.constant(Y, dtype)
        if dtype == tf.float64:
            times["eager"].append(milliseconds(lambda v=variables, b=batch: framework_step(v, *b)))
        compiled = tf.function(lambda inputs, labels, v=variables: framework_step(v, inputs, labels))
        name = "tf.function" if dtype == tf.float64 else "tf.function, float32"
        times[name].append(milliseconds(lambda f=compiled, b=batch: f(*b)))

# %%
for (name, found), style in zip(times.items(), ("o-", "s--", "^-.", "v:"), strict=True):
    print(f"{name:21}", *(f"{each:8.2f} ms" for each in found))
    plt.loglog(units, found, style, label=name)
ratio = np.array(times["tf.function"]) / np.array(times["NumPy"])
print("tf.function / NumPy:", *(f"{each:.1f}" for each in ratio))
print("eager / tf.function:", *(f"{each:.1f}" for each in np.array(times["eager"]) / np.array(times["tf.function"])))
plt.gca().set(xlabel="hidden units", ylabel="milliseconds a step", xticks=units, xticklabels=units)
plt.title(f"tf.function / NumPy: {ratio[0]:.1f} times as long with 16 units, {ratio[-1]:.1f} with 1024", fontsize=11)
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* One step on 64 pictures of 784 pixels, in float64 unless the name says float32. Numbers depend on the machine; in our runs these held each time:
#
# - With 16 units, eager execution took more than four times as long as the same code under `tf.function`. A decorator is a cheap remedy. The price: the first call traces, which takes a tenth of a second or more, and so does each call with a new shape or another Python number.
# - With 16 units, NumPy was the fastest of all. The network is too small to keep the framework busy: its calls cost more than its arithmetic.
# - As the network grows, the ratio of `tf.function` to NumPy falls, and float32 gains most. With 1,024 units the arithmetic decides.
#
# So nobody needs TensorFlow for 64 pixels. It is for networks of millions of parameters, where a graphics processor does the arithmetic and nobody wants to derive or debug a backward pass.

# %% [markdown]
# ## What you built
#
# - `minimize`, `sigmoid` and `linear_function`: derivatives from a tape, with variables, watched constants, and a gradient to begin with;
# - `batches`: a chain of `tf.data` that scales, shuffles and groups pictures;
# - `initialize_parameters`, `loss_and_gradients` and `train`: Glorot's weights, and a training loop in which no derivative is written by hand;
# - `train_with_keras`: the same in Keras, with the costs of NumPy.
#
# ## On your own
#
# - Give `minimize` any polynomial: `x` of shape $(n, 1)$. Then the cost $\cos(w) + w^2 / 20$; from which starts does it end in which valley?
# - Write `train` with the tape in the loop and the step under `tf.function`. How much faster is an epoch? Count how often Python enters the function (a `print` in it tells).
# - In `loss_and_gradients`, take the softmax of the scores before the loss, so that it is applied twice. How much slower does the training become? Would you have noticed?
# - *Hard.* Two tapes, one inside the other, give second derivatives. Compute the Hessian-vector product of [week 2, lesson 04](../week2_optimization/04_learning_rate_decay_and_saddle_points.ipynb) for `loss_and_gradients` and compare it with differences of gradients, in float64 and in float32.
#
# ## In practice
#
# PyTorch needs no `with` block: each tensor with `requires_grad` records, as yours in lesson 04. Its `torch.compile` is like `tf.function`. Keras 3 runs on TensorFlow, PyTorch or JAX, with the same code. For real training data stay in float32 or less (bfloat16 on graphics processors), `Dataset.prefetch` prepares the next batches while the processor computes, and `model.fit` takes a dataset directly.
#
# ## References
#
# - M. Abadi et al. (2016), *TensorFlow: a system for large-scale machine learning*, OSDI.
# - X. Glorot and Y. Bengio (2010), *Understanding the difficulty of training deep feedforward neural networks*, AISTATS.
# - P. Micikevicius et al. (2018), *Mixed precision training*, ICLR.
