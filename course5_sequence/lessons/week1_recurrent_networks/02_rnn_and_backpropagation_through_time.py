# %% [markdown]
# You will build a recurrent network from single steps, send gradients backward through time, and train it.
# It will learn to remember, and it will tell nine speakers apart by a single spoken vowel.

# %% [markdown]
# ## What you will be able to do
#
# - write a recurrent cell and run it over a batch of sequences, one step after the other;
# - write the layers around it: an embedding below, a score for each step above, and a loss that leaves padding out;
# - write backpropagation through time, and check it against differences;
# - say how far back in time a gradient reaches, and what follows for learning;
# - say what truncated backpropagation can learn and what it cannot.
#
# **What you need:** [sequence data and notation](01_sequence_data_and_notation.ipynb), which explains padding, masks and indices; from course 2 [softmax and cross-entropy](../../../course2_improving/release/week3_tuning_batchnorm_frameworks/03_softmax_classifier.ipynb), [Adam](../../../course2_improving/release/week2_optimization/03_momentum_rmsprop_adam.ipynb) and [gradient checking](../../../course2_improving/release/week1_practical_aspects/05_gradient_checking.ipynb).

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.optimisers import adam_step

plots.use_style()

vowels = data.load_vowels()
print("vowels to train:", vowels.X_train.shape, "  to test:", vowels.X_test.shape, "  (numbers, sequences, steps)")

# %% [markdown]
# ## 1. A network with a memory
#
# *How can a network read a sequence of any length?*
#
# It reads one step after the other, and it keeps a **hidden state** $a$, a vector of $n_a$ numbers. The state is its memory. At each step $t$ the new state is made of the old state and of the input $x^{\langle t \rangle}$:
#
# $$a^{\langle t \rangle} = \tanh\left(W_{aa}\, a^{\langle t-1 \rangle} + W_{ax}\, x^{\langle t \rangle} + b_a\right) .$$
#
# This is the **recurrent cell**. We work with $m$ sequences at once, one in each column:
#
# | name | shape | what |
# |---|---|---|
# | $x^{\langle t \rangle}$, `x_t` | $(n_x, m)$ | the inputs of step $t$ |
# | $a^{\langle t-1 \rangle}$, `a_prev` | $(n_a, m)$ | the states before the step |
# | $a^{\langle t \rangle}$, `a_t` | $(n_a, m)$ | the states after the step |
# | $W_{aa}$, $W_{ax}$, $b_a$ | $(n_a, n_a)$, $(n_a, n_x)$, $(n_a, 1)$ | the same numbers at every step |
#
# The lecture puts both matrices side by side, $W_a = [W_{aa} \;|\; W_{ax}]$, and both vectors on top of each other. That gives the same sums. We keep the matrices apart.
#
# *On paper*, with one unit, $W_{aa} = 0.5$, $W_{ax} = \log 2 \approx 0.693$ and $b_a = 0$. Begin with $a = 0$ and let $x = 1$: $\tanh(\log 2) = 0.6$. Let $x = 0$ in the next step: $\tanh(0.5 \cdot 0.6) \approx 0.291$. Once more $x = 0$: $\tanh(0.5 \cdot 0.291) \approx 0.145$. The state still knows that there was a 1, two steps ago, but it begins to forget.
#
# For the way back, later, we keep what the step has used and made: its **cache**.
#
# ### Exercise 1: `rnn_cell_forward`


# %% exercise="rnn_cell_forward"
def rnn_cell_forward(x_t, a_prev, parameters):
    """One step of a recurrent network.

    Args:
        x_t: the inputs of the step, shape (n_x, m), floats or whole numbers.
        a_prev: the hidden states before the step, shape (n_a, m), floats or whole numbers.
        parameters: a dict with "W_aa" (n_a, n_a), "W_ax" (n_a, n_x) and "b_a" (n_a, 1), floats or whole numbers. It may
            hold other keys, in any order, which are not used here.

    Returns:
        a_t: the hidden states after the step, shape (n_a, m).
        cache: the tuple (x_t, a_prev, a_t, parameters). It may hold the arguments themselves; copies are not needed.
    """
    # 1. The sum inside tanh. 2. The new state. 3. What will the way back need?
    ### BEGIN SOLUTION
    a_t = np.tanh(parameters["W_aa"] @ a_prev + parameters["W_ax"] @ x_t + parameters["b_a"])
    return a_t, (x_t, a_prev, a_t, parameters)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The product of $W_{aa}$ of shape $(n_a, n_a)$ and `a_prev` of shape $(n_a, m)$ is `parameters["W_aa"] @ a_prev`. The bias $(n_a, 1)$ is added to each column by broadcasting.
# </details>

# %% check="rnn_cell_forward" points=2
with checks.exercise("rnn_cell_forward"):
    unit = np.log(2)
    parameters = {"W_aa": unit * np.array([[1, -1], [0, 2]]), "W_ax": unit * np.array([[1], [-1]])}
    parameters["b_a"] = unit * np.array([[1], [0]])
    x_t, a_prev = np.array([[1, 0, -2]]), np.array([[1, 0, 2], [1, 1, 0]])
    checks.unchanged(rnn_cell_forward, x_t, a_prev, parameters)
    called = "rnn_cell_forward(x_t, a_prev, parameters)"
    a_t, cache = checks.results(called, rnn_cell_forward(x_t, a_prev, parameters), ["a_t", "cache"])
    slips = {"the bias is missing": [[0.6, -0.6, 0], [0.6, 0.882353, 0.882353]]}
    slips |= {"W_aa was transposed": [[0.969231, 0.6, 0.6], [0, 0.882353, 0]]}
    slips |= {"the sigmoid; here it is tanh": [[0.8, 0.5, 0.666667], [0.666667, 0.8, 0.8]]}
    slips |= {"the state before is missing": [[0.882353, 0.6, -0.6], [-0.6, 0, 0.882353]]}
    slips |= {"where is tanh?": unit * np.array([[2, 0, 1], [1, 2, 2]])}
    checks.close("a_t", a_t, [[15 / 17, 0, 0.6], [0.6, 15 / 17, 15 / 17]], mistakes=slips)
    found = checks.results("the cache", cache, ["x_t", "a_prev", "a_t", "parameters"])
    checks.close("a_t in the cache", found[2], a_t)
    ### BEGIN HIDDEN TESTS

    def unit_by_unit(x_t, a_prev, parameters):
        W_aa, W_ax, b_a = (np.asarray(parameters[key], float) for key in ("W_aa", "W_ax", "b_a"))
        a_t = np.zeros(a_prev.shape)
        for i, j in np.ndindex(a_t.shape):
            z = np.dot(W_aa[i], a_prev[:, j]) + np.dot(W_ax[i], x_t[:, j]) + b_a[i, 0]
            a_t[i, j] = 1 - 2 / (np.exp(2 * z) + 1) if z < 300 else 1.0
            if abs(z) < 1e-2:
                a_t[i, j] = np.sinh(z) / np.cosh(z)
        return a_t, (x_t, a_prev, a_t, parameters)

    def step(rng, n_a, n_x, m):
        parameters = {"b_a": rng.normal(0, 1, (n_a, 1)), "W_ya": rng.normal(0, 1, (3, n_a)), "b_y": np.ones((3, 1))}
        parameters |= {"W_ax": rng.normal(0, 1, (n_a, n_x)), "W_aa": rng.normal(0, 0.5, (n_a, n_a))}
        return rng.normal(0, 1, (n_x, m)), rng.uniform(-1, 1, (n_a, m)), parameters

    rng = np.random.default_rng(1)
    x_t, a_prev, parameters = step(rng, 3, 4, 5)
    small = {key: 1e-9 * value for key, value in parameters.items()}
    cases = {"with states above 1": (x_t, 20 * a_prev, small), "with tiny weights": (x_t, a_prev, small)}
    cases |= {"with weights of 0": (x_t, a_prev, {key: 0 * value for key, value in parameters.items()})}
    cases |= {"without other keys": (x_t, a_prev, {key: parameters[key] for key in ("W_aa", "W_ax", "b_a")})}
    whole = {key: np.rint(2 * value).astype(int) for key, value in parameters.items()}
    cases |= {"with whole numbers everywhere": (np.rint(x_t).astype(int), np.rint(a_prev).astype(int), whole)}
    domain = {"real": {"x_t": 100, "a_prev": 1}, "types": ["x_t", "a_prev", "parameters"], "cases": cases, "new": False}
    returns = {"a_t": (), "cache": ("x_t", "a_prev", "a_t", "parameters")}
    sizes = {"n_a": 102, "n_x": 101, "m": 130}
    checks.agrees(rnn_cell_forward, unit_by_unit, step, sizes=sizes, returns=returns, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. One step after the other
#
# *How does the cell become a network?*
#
# We use the same cell with the same parameters at every step, and hand the state on. A batch of sequences is an array $x$ of shape $(n_x, m, T_x)$: its last axis is time. `x[:, :, t]` is the input of one step. Formulas count the steps from 1 to $T_x$, code from 0 to $T_x - 1$. The state before the first step is $a^{\langle 0 \rangle}$, in code `a0`; most often it is all zeros.
#
# A network for images has one layer on top of the other, each with weights of its own. A recurrent network of $T_x$ steps is as deep as it is long, but it has only one set of weights. So it can read sequences of any length, and it has no new parameters for a longer one.
#
# ### Exercise 2: `rnn_forward`


# %% exercise="rnn_forward"
def rnn_forward(x, a0, parameters):
    """A recurrent network over all steps of a batch of sequences.

    Args:
        x: the inputs, shape (n_x, m, T_x), T_x >= 1, floats or whole numbers.
        a0: the hidden states before the first step, shape (n_a, m), floats or whole numbers.
        parameters: as in rnn_cell_forward.

    Returns:
        a: the hidden states after each of the steps, shape (n_a, m, T_x). a0 is not among them.
        caches: a list of T_x caches, of the first step first, each as rnn_cell_forward returns it.
    """
    # 1. The state before the first step. 2. For each step: the cell; keep state and cache. 3. Time is the last axis.
    ### BEGIN SOLUTION
    a_t, states, caches = a0, [], []
    for t in range(x.shape[2]):
        a_t, cache = rnn_cell_forward(x[:, :, t], a_t, parameters)
        states.append(a_t)
        caches.append(cache)
    return np.stack(states, axis=2), caches
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Collect the states in a list. At the end, `np.stack(states, axis=2)` makes an array of them with time as the last axis.
# </details>

# %% check="rnn_forward" points=2
with checks.exercise("rnn_forward"):
    parameters = {"W_aa": np.array([[0.5]]), "W_ax": np.array([[np.log(2)]]), "b_a": np.array([[0.0]])}
    x, a0 = np.array([[[1, 0, 0], [0, 1, 1]]]), np.array([[0, 1]])
    checks.unchanged(rnn_forward, x, a0, parameters)
    called = "rnn_forward(x, a0, parameters)"
    a, caches = checks.results(called, rnn_forward(x, a0, parameters), ["a", "caches"])
    checks.shape("a", a, (1, 2, 3))
    checks.length("the caches", caches, 3)
    slips = {"hand the new state to the next step": [[0.6, 0, 0], [0.462117, 0.831552, 0.831552]]}
    slips |= {"begin with a0, not with zeros": [[0.6, 0.291313, 0.144635], [0, 0.6, 0.758701]]}
    slips |= {"begin with the first step": [[0.6, 0, 0], [0.381523, 0.803681, 0.831552]]}
    right = [[0.6, 0.291313, 0.144635], [0.462117, 0.727881, 0.784547]]
    checks.close("a of its only unit", a[0], right, rtol=1e-5, mistakes=slips)
    checks.close("a_prev in the cache of the last step", caches[2][1], [[0.291313, 0.727881]], rtol=1e-5)
    ### BEGIN HIDDEN TESTS

    def sequence_by_sequence(x, a0, parameters):
        W_aa, W_ax, b_a = (np.asarray(parameters[key], float) for key in ("W_aa", "W_ax", "b_a"))
        a, (m, T_x) = np.zeros((len(a0), *x.shape[1:])), x.shape[1:]
        for j in range(m):
            state = a0[:, j]
            for t in range(T_x):
                z = np.einsum("ij,j->i", W_aa, state) + np.einsum("ij,j->i", W_ax, x[:, j, t]) + b_a[:, 0]
                state = a[:, j, t] = (1 - np.exp(-2 * np.abs(z))) / (1 + np.exp(-2 * np.abs(z))) * np.sign(z)
        before = [a0, *(a[:, :, t] for t in range(T_x))]
        return a, [(x[:, :, t], before[t], a[:, :, t], parameters) for t in range(T_x)]

    def batch(rng, n_a, n_x, m, T_x):
        parameters = {"b_a": rng.normal(0, 1, (n_a, 1)), "W_ax": rng.normal(0, 1, (n_a, n_x)), "b_y": np.ones((1, 1))}
        parameters["W_aa"] = rng.normal(0, 1 / np.sqrt(n_a), (n_a, n_a))
        return rng.normal(0, 1, (n_x, m, T_x)), rng.uniform(-1, 1, (n_a, m)), parameters

    rng = np.random.default_rng(2)
    x, a0, parameters = batch(rng, 3, 2, 4, 5)
    cases = {"with a state of zeros before": (x, 0 * a0, parameters), "with equal steps": (0 * x + 1, a0, parameters)}
    cases |= {"with equal sequences": (x[:, [1, 1, 1]], a0[:, [1, 1, 1]], parameters)}
    whole = {key: np.rint(2 * value).astype(int) for key, value in parameters.items()}
    cases |= {"with whole numbers everywhere": (np.rint(2 * x).astype(int), np.rint(2 * a0).astype(int), whole)}
    late = x * (np.arange(5) > 1), 0 * a0, parameters | {"b_a": 0 * parameters["b_a"]}
    cases |= {"with sequences of 1,100 steps": batch(rng, 2, 1, 2, 1100), "with zeros in the first steps": late}
    domain = {"real": {"x": 100, "a0": 1}, "types": ["x", "a0", "parameters"], "cases": cases, "new": False}
    returns = {"a": (), "caches": ("x_t", "a_prev", "a_t", "parameters")}
    sizes = {"n_a": 104, "n_x": 102, "m": 103, "T_x": 105}
    checks.agrees(rnn_forward, sequence_by_sequence, batch, sizes=sizes, returns=returns, atol=1e-12, **domain)
    again, _ = rnn_forward(x[:, :, 2:], rnn_forward(x[:, :, :2], a0, parameters)[0][:, :, -1], parameters)
    whole_run, _ = rnn_forward(x, a0, parameters)
    checks.close("a when the sequences are read in two parts", again, whole_run[:, :, 2:])
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. Words come in
#
# *How does a word become a vector?*
#
# Lesson 01 made a one-hot vector $o_k$ of word $k$: a single 1 among $n_v$ numbers. A matrix that multiplies it only picks a column. So we leave the product out, and pick the column. The **embedding matrix** $E$ has shape $(n_e, n_v)$, and its column $k$ is the vector of word $k$:
#
# $$e_k = E\, o_k = E_{:,k} .$$
#
# $E$ is learned like all other weights. What is its gradient? Word $k$ acts through each place where it stands. So **its gradient is the sum** of what comes back at all these places, and a word that is not in the batch gets 0:
#
# $$\frac{\partial J}{\partial E_{:,k}} = \sum_{(j,t) \text{ with word } k} \frac{\partial J}{\partial e_j^{\langle t \rangle}} .$$
#
# *On paper.* One sequence of the words 2, 0, 2, one number for each word, and $de = (10, 20, 30)$. Word 2 stands at two places: $dE = (20, 0, 40)$.
#
# NumPy has a trap on the way forward: index −1 is the *last* column. A wrong index would go unnoticed, so refuse it.
#
# ### Exercise 3: `embedding_forward` and `embedding_backward`


# %% exercise="embedding_forward"
def embedding_forward(E, indices):
    """The vectors of the words of a batch.

    Args:
        E: the embedding matrix, shape (n_e, n_v), floats or whole numbers.
        indices: the words of m sequences, whole numbers from 0 to n_v - 1, shape (m, T_x).

    Returns:
        e: shape (n_e, m, T_x), a new array of the number type of E. e[:, j, t] is the column of E that belongs to indices[j, t].

    Raises:
        IndexError: an index is below 0, or n_v or more.
    """
    # 1. Which wrong index does NumPy not refuse? 2. The columns.
    ### BEGIN SOLUTION
    if np.min(indices) < 0:
        raise IndexError("a word has a number below 0")
    return E[:, indices]  # NumPy itself refuses n_v and more
    ### END SOLUTION


# %% exercise="embedding_backward"
def embedding_backward(de, indices, n_v):
    """The gradient of the embedding matrix.

    Args:
        de: the derivative of the cost with respect to the result of embedding_forward, shape (n_e, m, T_x), floats or
            whole numbers.
        indices: as in embedding_forward; all are inside.
        n_v: the number of words, a whole number.

    Returns:
        dE: shape (n_e, n_v). Column k is the sum of de over all places where word k stands.
    """
    # 1. Zeros. 2. Each place adds to the column of its word, also when the word stands there a second time.
    ### BEGIN SOLUTION
    dE = np.zeros((n_v, len(de)))  # equivalent "zeros of the first argument's type": sums of whole numbers are whole
    np.add.at(dE, indices.ravel(), np.moveaxis(de, 0, 2).reshape(indices.size, len(de)))
    return dE.T
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Forward, `E[:, indices]` with an array of shape $(m, T_x)$ has the shape $(n_e, m, T_x)$. Backward, `dE[:, indices] += de` is **wrong**: where a word stands several times, NumPy keeps only the last one. `np.add.at(dE, ..., ...)` adds all of them. It is simplest with the words on the first axis. A loop over all places is right too.
# </details>

# %% check="embedding_forward" points=1
with checks.exercise("embedding_forward"):
    E, indices = np.array([[1.0, 2, 3, 4], [50, 60, 70, 80]]), np.array([[3, 0, 0], [1, 3, 2]])
    checks.unchanged(embedding_forward, E, indices)
    e = embedding_forward(E, indices)
    checks.shape("embedding_forward(E, indices)", e, (2, 2, 3))
    checks.close("e[0]", e[0], [[4, 1, 1], [2, 4, 3]])
    checks.close("e[1]", e[1], [[80, 50, 50], [60, 80, 70]])
    for index in (-1, -2, 4):
        checks.raises(f"with the index {index}", IndexError, embedding_forward, E, np.array([[0, index, 2]]))
    ### BEGIN HIDDEN TESTS

    def place_by_place(E, indices):
        e = np.zeros((len(E), *indices.shape), E.dtype)
        for j, t in np.ndindex(indices.shape):
            e[:, j, t] = [row[int(indices[j, t])] for row in E]
        return e

    def words(rng, n_e, n_v, m, T_x):
        return rng.normal(0, 1, (n_e, n_v)), rng.integers(0, n_v, (m, T_x))

    rng = np.random.default_rng(3)
    cases = {"with the same word everywhere": (rng.normal(0, 1, (3, 4)), np.full((2, 5), 3))}
    cases |= {"with 3,000 words": words(rng, 2, 3000, 40, 50)}
    domain = {"real": {"E": 1e6}, "types": ["E"], "cases": cases}
    checks.agrees(
        embedding_forward, place_by_place, words, sizes={"n_e": 101, "n_v": 103, "m": 102, "T_x": 104}, **domain
    )
    E = rng.normal(0, 1, (5, 3))
    for index in (3, 4, 100, -1, -3, -4):
        for place in ((0, 0), (1, 3), (1, 1)):
            indices = rng.integers(0, 3, (2, 4))
            indices[place] = index
            checks.raises(f"with the index {index} for 3 words", IndexError, embedding_forward, E, indices)
    ### END HIDDEN TESTS

# %% check="embedding_backward" points=2
with checks.exercise("embedding_backward"):
    de, indices = np.array([[[1.0, 2, 3], [10, 20, 30]], [[7, 0, 1], [2, 4, 6]]]), np.array([[2, 0, 2], [1, 2, 1]])
    checks.unchanged(embedding_backward, de, indices, 4)
    dE = embedding_backward(de, indices, 4)
    checks.shape("embedding_backward(de, indices, 4)", dE, (2, 4))
    slips = {"a word that stands there again adds to what is there": [[2, 30, 20, 0], [0, 6, 4, 0]]}
    slips |= {"the sum over the places of a word, not the mean": [[2, 20, 8, 0], [0, 4, 4, 0]]}
    slips |= {"all places, not only the first of each word": [[2, 10, 1, 0], [0, 2, 7, 0]]}
    checks.close("dE", dE, [[2, 40, 24, 0], [0, 8, 12, 0]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def with_one_hot_vectors(de, indices, n_v):
        flat = np.asarray(indices).ravel()
        one_hot = (flat[:, None] == np.arange(n_v)).astype(float)
        return np.asarray(de, float).reshape(len(de), flat.size) @ one_hot

    def gradients(rng, n_e, n_v, m, T_x):
        return rng.normal(0, 1, (n_e, m, T_x)), rng.integers(0, n_v, (m, T_x)), n_v

    rng = np.random.default_rng(4)
    cases = {"with the same word everywhere": (rng.normal(0, 1, (3, 2, 5)), np.full((2, 5), 3), 4)}
    cases |= {"with words that are not there": (rng.normal(0, 1, (3, 2, 5)), np.full((2, 5), 1), 9)}
    cases |= {"with no word twice": (rng.normal(0, 1, (3, 2, 5)), rng.permutation(10).reshape(2, 5), 10)}
    cases |= {"with 3,000 words": gradients(rng, 2, 3000, 40, 50), "with 300 words": gradients(rng, 2, 300, 40, 50)}
    domain = {"real": {"de": 1e6}, "types": ["de"], "apart": False, "cases": cases}
    sizes = {"n_e": 101, "n_v": 103, "m": 102, "T_x": 104}
    checks.agrees(embedding_backward, with_one_hot_vectors, gradients, sizes=sizes, atol=1e-12, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. A prediction at each step
#
# *What does the network say at each step?*
#
# The state is not the answer. A matrix $W_{ya}$ of shape $(n_y, n_a)$ and a bias $b_y$ of shape $(n_y, 1)$ make scores of it, the same matrix and bias at each step:
#
# $$z^{\langle t \rangle} = W_{ya}\, a^{\langle t \rangle} + b_y , \qquad \hat y^{\langle t \rangle} = \text{softmax}(z^{\langle t \rangle}) .$$
#
# Backward, let $dz$ of shape $(n_y, m, T_x)$ be the derivative of the cost with respect to the scores. Each state gets its part back through $W_{ya}$. The parameters act at all steps of all sequences, so their gradients are sums over both:
#
# $$da^{\langle t \rangle} = W_{ya}^T\, dz^{\langle t \rangle}, \qquad dW_{ya} = \sum_t dz^{\langle t \rangle} a^{\langle t \rangle T}, \qquad db_y = \sum_t \sum_j dz_j^{\langle t \rangle} .$$
#
# Here $dz_j^{\langle t \rangle}$ is the column of sequence $j$. There is no $1/m$ in these sums: the loss of the next section has already divided.
#
# ### Exercise 4: `temporal_affine_forward` and `temporal_affine_backward`


# %% exercise="temporal_affine_forward"
def temporal_affine_forward(a, parameters):
    """The scores at each step of each sequence.

    Args:
        a: the hidden states, shape (n_a, m, T_x), floats or whole numbers.
        parameters: a dict with "W_ya" (n_y, n_a) and "b_y" (n_y, 1), floats or whole numbers, and perhaps other keys.

    Returns:
        z: shape (n_y, m, T_x).
    """
    # 1. The product for all steps at once (or in a loop). 2. The bias has as many axes as the scores.
    ### BEGIN SOLUTION
    return np.einsum("ya,amt->ymt", parameters["W_ya"], a) + parameters["b_y"][:, :, None]
    ### END SOLUTION


# %% exercise="temporal_affine_backward"
def temporal_affine_backward(dz, a, parameters):
    """The way back through temporal_affine_forward.

    Args:
        dz: the derivative of the cost with respect to the scores, shape (n_y, m, T_x), floats or whole numbers.
        a, parameters: as in temporal_affine_forward.

    Returns:
        da: the derivative with respect to a, shape (n_a, m, T_x).
        grads: a dict with "dW_ya" (n_y, n_a) and "db_y" (n_y, 1).
    """
    # 1. Back to the states. 2. Sums over sequences and steps for both parameters.
    ### BEGIN SOLUTION
    da = np.einsum("ya,ymt->amt", parameters["W_ya"], dz)
    grads = {"dW_ya": np.einsum("ymt,amt->ya", dz, a), "db_y": np.sum(dz, axis=(1, 2))[:, None]}
    return da, grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.einsum("ya,amt->ymt", W, a)` multiplies and sums over the axis $a$, for every sequence and step. Or flatten: `a.reshape(n_a, -1)` has all steps of all sequences as columns; `@` works on it, and a second `reshape` brings the three axes back. A loop over the steps is right as well.
# </details>

# %% check="temporal_affine_forward" points=1
with checks.exercise("temporal_affine_forward"):
    parameters = {"W_ya": np.array([[1, 2], [0, -1], [3, 0]]), "b_y": np.array([[10], [20], [30]])}
    a = np.array([[[1, 2]], [[0, 5]]])
    checks.unchanged(temporal_affine_forward, a, parameters)
    z = temporal_affine_forward(a, parameters)
    checks.shape("temporal_affine_forward(a, parameters)", z, (3, 1, 2))
    slips = {"the bias is missing": [[1, 12], [0, -5], [3, 6]]}
    checks.close("z of its only sequence", z[:, 0], [[11, 22], [20, 15], [33, 36]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def step_by_step(a, parameters):
        W, b, z = parameters["W_ya"], parameters["b_y"], np.zeros((len(parameters["W_ya"]), *a.shape[1:]))
        for j, t in np.ndindex(a.shape[1:]):
            for k in range(len(W)):
                z[k, j, t] = float(np.dot(W[k], a[:, j, t])) + float(b[k, 0])
        return z

    def states(rng, n_y, n_a, m, T_x):
        parameters = {"b_y": rng.normal(0, 1, (n_y, 1)), "W_aa": np.ones((n_a, n_a)), "b_a": np.ones((n_a, 1))}
        parameters["W_ya"] = rng.normal(0, 1, (n_y, n_a))
        return rng.normal(0, 1, (n_a, m, T_x)), parameters

    a, parameters = states(np.random.default_rng(5), 3, 2, 4, 5)
    whole = {key: np.rint(3 * value).astype(int) for key, value in parameters.items()}
    cases = {"with whole numbers everywhere": (np.rint(3 * a).astype(int), whole)}
    cases |= {
        "with equal states": (0 * a + 0.5, parameters),
        "with a bias of 0": (a, parameters | {"b_y": np.zeros((3, 1))}),
    }
    domain = {"real": {"a": 1e6}, "types": ["a", "parameters"], "cases": cases, "atol": 1e-12}
    sizes = {"n_y": 103, "n_a": 101, "m": 102, "T_x": 104}
    checks.agrees(temporal_affine_forward, step_by_step, states, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% check="temporal_affine_backward" points=2
with checks.exercise("temporal_affine_backward"):
    parameters = {"W_ya": np.array([[1, 2], [0, -1], [3, 0]]), "b_y": np.array([[10], [20], [30]])}
    a, dz = np.array([[[1, 2]], [[0, 5]]]), np.array([[[1, 0]], [[4, -1]], [[0, 2]]])
    checks.unchanged(temporal_affine_backward, dz, a, parameters)
    called = "temporal_affine_backward(dz, a, parameters)"
    da, grads = checks.results(called, temporal_affine_backward(dz, a, parameters), ["da", "grads"])
    checks.shape("da", da, (2, 1, 2))
    checks.close("da of its only sequence", da[:, 0], [[1, 6], [-2, 1]])
    checks.keys("grads", grads, ["dW_ya", "db_y"])
    slips = {
        "the last step alone": [[0, 0], [-2, -5], [4, 10]],
        "the mean over the steps": [[0.5, 0], [1, -2.5], [2, 5]],
    }
    checks.close("dW_ya", grads["dW_ya"], [[1, 0], [2, -5], [4, 10]], mistakes=slips)
    checks.close("db_y", grads["db_y"], [[1], [3], [2]], mistakes={"the last step alone": [[0], [-1], [2]]})
    ### BEGIN HIDDEN TESTS

    def one_step_after_another(dz, a, parameters):
        W = parameters["W_ya"]
        da, dW, db = np.zeros(a.shape), np.zeros(W.shape), np.zeros((len(W), 1))
        for j, t in np.ndindex(a.shape[1:]):
            da[:, j, t] = [float(np.dot(W[:, i], dz[:, j, t])) for i in range(len(a))]
            dW += np.outer(dz[:, j, t], a[:, j, t])
            db += dz[:, j, t].reshape(-1, 1)
        return da, {"dW_ya": dW, "db_y": db}

    def way_back(rng, n_y, n_a, m, T_x):
        parameters = {"b_y": rng.normal(0, 1, (n_y, 1)), "W_aa": np.ones((n_a, n_a)), "b_a": np.ones((n_a, 1))}
        parameters["W_ya"] = rng.normal(0, 1, (n_y, n_a))
        return rng.normal(0, 1, (n_y, m, T_x)), rng.normal(0, 1, (n_a, m, T_x)), parameters

    dz, a, parameters = way_back(np.random.default_rng(6), 3, 2, 4, 5)
    whole = {key: np.rint(3 * value).astype(int) for key, value in parameters.items()}
    cases = {"with whole numbers everywhere": (np.rint(3 * dz).astype(int), np.rint(3 * a).astype(int), whole)}
    padded = dz * (np.arange(5) < np.array([[5], [3], [1], [2]]))
    cases |= {
        "with padding": (padded, a, parameters),
        "with a last step of 0": (dz * (np.arange(5) < 4), a, parameters),
    }
    domain = {"real": {"dz": 1e6, "a": 1e6}, "types": ["dz", "a", "parameters"], "cases": cases, "atol": 1e-11}
    sizes = {"n_y": 103, "n_a": 101, "m": 102, "T_x": 104}
    domain["returns"] = {"da": (), "grads": ()}
    checks.agrees(temporal_affine_backward, one_step_after_another, way_back, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. A loss that leaves padding out
#
# *Which steps count?*
#
# The lecture adds up the losses of all steps. The sequences of a batch have different lengths, and padding fills the short ones up. Padding must not count. The **mask** has a 1 for each real step and a 0 for padding. We take the mean over the real steps, so that the loss does not depend on how long sequences are. With $N = \sum_{j,t} \text{mask}_{j,t}$ real steps and true classes $y_j^{\langle t \rangle}$,
#
# $$J = -\frac{1}{N} \sum_{j,t} \text{mask}_{j,t} \, \log \hat y^{\langle t \rangle}_{y_j^{\langle t \rangle},\, j} , \qquad dz^{\langle t \rangle}_{k,j} = \frac{\text{mask}_{j,t}}{N} \left( \hat y^{\langle t \rangle}_{k,j} - [k = y_j^{\langle t \rangle}] \right) .$$
#
# The bracket $[k = y]$ is 1 for the true class and 0 for all others. You know "prediction minus truth" from softmax. Be careful with large scores: subtract the largest score of each step first, and compute $\log \hat y_k = z_k - \log \sum_i e^{z_i}$ without a division, so that no log of 0 occurs.
#
# *On paper.* Two classes, one sequence of two real steps and one of padding. Scores $(0, 0)$ and $(0, \log 3)$, true classes 0 and 1. The predictions are $(\frac12, \frac12)$ and $(\frac14, \frac34)$. $J = -\frac12 \left(\log \frac12 + \log \frac34\right) \approx 0.490$. The first column of $dz$ is $\frac12 \left(\frac12 - 1, \frac12\right) = (-0.25, 0.25)$, the second one $\frac12 \left(\frac14, \frac34 - 1\right) = (0.125, -0.125)$, the third one $(0, 0)$.
#
# ### Exercise 5: `temporal_softmax_loss`


# %% exercise="temporal_softmax_loss"
def temporal_softmax_loss(z, y, mask):
    """The mean cross-entropy of the real steps, and its derivative with respect to the scores.

    Args:
        z: scores, shape (n_y, m, T_y), floats or whole numbers, from -1e6 to 1e6.
        y: the true class of each step, whole numbers from 0 to n_y - 1, shape (m, T_y). At padding it may be any
            of these.
        mask: 1 for a real step, 0 for padding, as floats or whole numbers, shape (m, T_y). The zeros may stand
            anywhere in a sequence: a step that has no answer has a 0 too.

    Returns:
        loss: J as in the formula, a number. It is exact, also where a true class has a probability near 0: nothing is
            clipped.
        dz: shape (n_y, m, T_y). Where the mask is 0, dz is 0.

    Raises:
        ValueError: no step is real.
    """
    # 1. Is there a real step? 2. log of the predictions, without overflow. 3. The loss of the true classes, masked.
    # 4. Prediction minus truth, masked, divided.
    ### BEGIN SOLUTION
    N = np.sum(mask)
    if N == 0:
        raise ValueError("no step is real: the mask holds only zeros")
    z = z - np.max(z, axis=0)
    log_y_hat = z - np.log(np.sum(np.exp(z), axis=0))
    truth = np.arange(len(z))[:, None, None] == y
    loss = -np.sum(mask * np.sum(truth * log_y_hat, axis=0)) / N
    return loss, mask * (np.exp(log_y_hat) - truth) / N
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.max(z, axis=0)` has the shape $(m, T_y)$ and is subtracted from each class by broadcasting. So is `np.log(np.sum(np.exp(z), axis=0))`.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.arange(n_y)[:, None, None] == y` has the shape $(n_y, m, T_y)$: True at the true class. Multiplied, True counts as 1.
# </details>

# %% check="temporal_softmax_loss" points=2
with checks.exercise("temporal_softmax_loss"):
    z = np.log(np.array([[[1, 1, 1], [2, 2, 1]], [[1, 3, 8], [2, 4, 1]]]))
    y, mask = np.array([[0, 1, 0], [1, 0, 1]]), np.array([[1, 1, 0], [1, 0, 0]])
    checks.unchanged(temporal_softmax_loss, z, y, mask)
    loss, dz = checks.results("temporal_softmax_loss(z, y, mask)", temporal_softmax_loss(z, y, mask), ["loss", "dz"])
    slips = {"padding must not count": 0.943827, "the mean over the real steps, not the sum": 1.673976}
    slips |= {"the mean over the real steps, not the sequences": 0.836988, "its sign is wrong": -0.557992}
    slips |= {"divide by the real steps alone": 0.278996}
    checks.close("the loss", loss, 0.557992, rtol=1e-5, mistakes=slips)
    checks.shape("dz", dz, (2, 2, 3))
    slips = {"dz is 0 at padding": [[-1 / 6, 1 / 12, -8 / 27], [1 / 6, -2 / 9, 1 / 6]]}
    slips |= {"divide by the number of real steps": [[-0.5, 0.25, 0], [0.5, 0, 0]]}
    slips |= {"prediction minus truth": [[1 / 6, 1 / 12, 0], [1 / 6, 0, 0]]}
    checks.close("dz of class 0", dz[0], [[-1 / 6, 1 / 12, 0], [1 / 6, 0, 0]], mistakes=slips)
    found, _ = temporal_softmax_loss(1000 * z, y, mask)
    checks.close("the loss with scores 1000 times as large", found, 2 * np.log(2) / 3)
    checks.raises("with a mask of zeros", ValueError, temporal_softmax_loss, z, y, 0 * mask)
    ### BEGIN HIDDEN TESTS

    def place_after_place(z, y, mask):
        total, dz, N = 0.0, np.zeros(z.shape), sum(float(each) for each in mask.ravel())
        for j, t in zip(*np.nonzero(mask), strict=True):
            scores = [float(each) for each in z[:, j, t]]
            top = max(scores)
            log_sum = top + np.log(np.sum(np.exp(np.array(scores) - top)))
            total += log_sum - scores[y[j, t]]
            dz[:, j, t] = [np.exp(score - log_sum) / N for score in scores]
            others = [np.exp(score - log_sum) for k, score in enumerate(scores) if k != y[j, t]]
            dz[y[j, t], j, t] = -sum(others) / N
        return total / N, dz

    def scored(rng, n_y, m, T_y):
        lengths = rng.integers(1, T_y + 1, m)
        mask = (np.arange(T_y) < lengths[:, None]).astype(float)
        return rng.normal(0, 1, (n_y, m, T_y)), rng.integers(0, n_y, (m, T_y)), mask

    rng = np.random.default_rng(7)
    z, y, mask = scored(rng, 3, 4, 5)
    cases = {"where every step is real": (z, y, np.ones((4, 5))), "with one class": (z[:1], 0 * y, mask)}
    cases |= {"with a mask of whole numbers": (z, y, mask.astype(int))}
    only = np.zeros((4, 5))
    only[2, 1] = 1
    cases |= {"with one real step": (z, y, only), "with steps real in the middle": (z, y, rng.integers(0, 2, (4, 5)))}
    cases |= {"where a sequence has no real step": (z, y, mask * np.array([[1], [0], [1], [1]]))}
    cases |= {f"with scores of about {size:g}": (size * z, y, mask) for size in (1e-9, 40, 1e3, 1e6)}
    cases |= {"with scores far from 0": (z + 1e4, y, mask), "with scores far below 0": (z - 1e4, y, mask)}
    sure = 50.0 * (np.arange(3)[:, None, None] == y)
    cases |= {"with predictions that are right and sure": (sure, y, mask), "that are wrong and sure": (-sure, y, mask)}
    cases |= {"with large scores at padding": (z + 1e5 * (1 - mask), y, mask), "with ties": (np.rint(z), y, mask)}
    domain = {"types": ["z"], "apart": False, "cases": cases, "returns": ["loss", "dz"], "atol": 1e-13}
    domain["real"] = {"z": 1e5}
    checks.agrees(temporal_softmax_loss, place_after_place, scored, sizes={"n_y": 130, "m": 102, "T_y": 105}, **domain)
    loss, dz = temporal_softmax_loss(np.array([[[40.0]], [[0]]]), np.array([[0]]), np.array([[1.0]]))
    checks.close("dz of the other class where the prediction is right and sure", dz[1, 0, 0], np.exp(-40.0), atol=1e-25)
    for shape in ((1, 1), (2, 3)):
        zeros, some = np.zeros((2, *shape)), np.zeros(shape, int)
        checks.raises("with a mask of zeros", ValueError, temporal_softmax_loss, zeros, some, np.zeros(shape))
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. One step back
#
# *How does a state depend on the state before it?*
#
# Let $da^{\langle t \rangle}$ be the derivative of the loss with respect to the state $a^{\langle t \rangle}$, of shape $(n_a, m)$. The derivative of $\tanh z$ is $1 - \tanh^2 z$, and $\tanh z$ is the state itself. So the derivative with respect to the sum inside $\tanh$ is
#
# $$d\!z^{\langle t \rangle} = da^{\langle t \rangle} * \left(1 - a^{\langle t \rangle} * a^{\langle t \rangle}\right) ,$$
#
# with $*$ entry by entry. From here on everything is linear:
#
# $$dx^{\langle t \rangle} = W_{ax}^T\, d\!z^{\langle t \rangle}, \quad da^{\langle t-1 \rangle} = W_{aa}^T\, d\!z^{\langle t \rangle}, \quad dW_{aa} = d\!z^{\langle t \rangle} a^{\langle t-1 \rangle T}, \quad dW_{ax} = d\!z^{\langle t \rangle} x^{\langle t \rangle T}, \quad db_a = \sum_j d\!z_j^{\langle t \rangle} .$$
#
# (In this section $z$ is the sum inside the $\tanh$, not a score.)
#
# *On paper*, with the unit of section 1: $a^{\langle 2 \rangle} = 0.291$ and $da^{\langle 2 \rangle} = 1$ give $d\!z = 1 - 0.291^2 = 0.915$ and $da^{\langle 1 \rangle} = 0.5 \cdot 0.915 = 0.458$. The state of one step before counts less than half as much.
#
# ### Exercise 6: `rnn_cell_backward`


# %% exercise="rnn_cell_backward"
def rnn_cell_backward(da_t, cache):
    """The way back through one step of a recurrent network.

    Args:
        da_t: the derivative of the loss with respect to a_t, shape (n_a, m), floats or whole numbers.
        cache: the tuple (x_t, a_prev, a_t, parameters) that rnn_cell_forward returned.

    Returns:
        dx_t: the derivative with respect to x_t, shape (n_x, m).
        da_prev: the derivative with respect to a_prev, shape (n_a, m).
        grads: a dict with "dW_aa", "dW_ax" and "db_a", each of the shape of its parameter; sums over the m sequences.
    """
    # 1. Through tanh. 2. To the inputs and to the state before. 3. To the parameters.
    ### BEGIN SOLUTION
    x_t, a_prev, a_t, parameters = cache
    dz = da_t * (1 - a_t**2)
    grads = {"dW_aa": dz @ a_prev.T, "dW_ax": dz @ x_t.T, "db_a": np.sum(dz, axis=1, keepdims=True)}
    return parameters["W_ax"].T @ dz, parameters["W_aa"].T @ dz, grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Unpack the cache: `x_t, a_prev, a_t, parameters = cache`. The shapes tell which matrix is transposed: $dW_{aa}$ is $(n_a, n_a)$, so it is `dz @ a_prev.T`. `keepdims=True` keeps $db_a$ a column.
# </details>

# %% check="rnn_cell_backward" points=2
with checks.exercise("rnn_cell_backward"):
    unit = np.log(2)
    parameters = {"W_aa": np.array([[1, -1], [0, 2]]), "W_ax": np.array([[3], [-1]]), "b_a": np.array([[0], [0]])}
    x_t, a_prev = unit * np.array([[0, 1, -1]]), unit * np.array([[1, 0, 2], [1, 1, 0]])
    cache = (x_t, a_prev, np.array([[0, 15 / 17, -0.6], [15 / 17, 0.6, 0.6]]), parameters)
    da_t = np.array([[1, 0, 2], [0, 3, -1]])
    checks.unchanged(rnn_cell_backward, da_t, cache)
    names = ["dx_t", "da_prev", "grads"]
    dx_t, da_prev, grads = checks.results("rnn_cell_backward(da_t, cache)", rnn_cell_backward(da_t, cache), names)
    slips = {"the derivative of tanh is missing": [[3, -3, 7]], "it is 1 - a_t squared": [[3, -1.2, 10]]}
    checks.close("dx_t", dx_t, [[3, -1.92, 4.48]], mistakes=slips)
    slips = {"W_aa must be transposed": [[1, -1.92, 1.92], [0, 3.84, -1.28]]}
    checks.close("da_prev", da_prev, [[1, 0, 1.28], [-1, 3.84, -2.56]], mistakes=slips)
    checks.keys("grads", grads, ["dW_aa", "dW_ax", "db_a"])
    slips = {"with the state before, not after": [[-0.768, 1.650353], [2.078118, 0.768]]}
    checks.close("dW_aa", grads["dW_aa"], unit * np.array([[3.56, 1], [-1.28, 1.92]]), mistakes=slips)
    checks.close("dW_ax", grads["dW_ax"], unit * np.array([[-1.28], [2.56]]))
    checks.close("db_a", grads["db_a"], [[2.28], [1.28]], mistakes={"the sum, not the mean": [[0.76], [1.28 / 3]]})
    ### BEGIN HIDDEN TESTS

    def by_outer_products(da_t, cache):
        x_t, a_prev, a_t, parameters = cache
        W_aa, W_ax = parameters["W_aa"], parameters["W_ax"]
        dx_t, da_prev, dW_aa, dW_ax = (
            np.zeros(x_t.shape),
            np.zeros(a_prev.shape),
            np.zeros(W_aa.shape),
            np.zeros(W_ax.shape),
        )
        db_a = np.zeros((len(W_aa), 1))
        for j in range(da_t.shape[1]):
            dz = np.array(
                [float(d) * (1 - float(a)) * (1 + float(a)) for d, a in zip(da_t[:, j], a_t[:, j], strict=True)]
            )
            dx_t[:, j], da_prev[:, j] = np.einsum("i,ik->k", dz, W_ax), np.einsum("i,ik->k", dz, W_aa)
            dW_aa, dW_ax, db_a[:, 0] = (
                dW_aa + np.outer(dz, a_prev[:, j]),
                dW_ax + np.outer(dz, x_t[:, j]),
                db_a[:, 0] + dz,
            )
        return dx_t, da_prev, {"dW_aa": dW_aa, "dW_ax": dW_ax, "db_a": db_a}

    def after_a_step(rng, n_a, n_x, m, size=1.0):
        parameters = {
            "b_a": rng.normal(0, 1, (n_a, 1)),
            "W_ya": np.ones((2, n_a)),
            "W_ax": rng.normal(0, 1, (n_a, n_x)),
        }
        parameters["W_aa"] = rng.normal(0, 1 / np.sqrt(n_a), (n_a, n_a))
        x_t, a_prev = size * rng.normal(0, 1, (n_x, m)), rng.uniform(-1, 1, (n_a, m))
        z = parameters["W_aa"] @ a_prev + parameters["W_ax"] @ x_t + parameters["b_a"]
        return rng.normal(0, 1, (n_a, m)), (x_t, a_prev, np.tanh(z), parameters)

    rng, cases = np.random.default_rng(8), {}
    cases["with states near 1"] = after_a_step(rng, 3, 2, 4, 8.0)
    cases["with inputs that are 0"] = after_a_step(rng, 3, 2, 4, 0.0)
    da_t, (x_t, a_prev, _, parameters) = after_a_step(rng, 3, 2, 4)
    x_t, whole = np.rint(x_t).astype(int), {key: np.rint(2 * value).astype(int) for key, value in parameters.items()}
    first = np.tanh(parameters["W_ax"] @ x_t + parameters["b_a"])
    cases["with a state of zeros before"] = da_t, (x_t, 0 * a_prev, first, parameters)
    z = whole["W_aa"] @ np.rint(a_prev) + whole["W_ax"] @ x_t + whole["b_a"]
    cases["with whole numbers everywhere"] = (
        np.rint(da_t).astype(int),
        (x_t, np.rint(a_prev).astype(int), np.tanh(z), whole),
    )
    domain = {"real": {"da_t": 1e6}, "types": ["da_t"], "apart": False, "cases": cases, "atol": 1e-13}
    domain["returns"] = {"dx_t": (), "da_prev": (), "grads": ()}
    checks.agrees(
        rnn_cell_backward, by_outer_products, after_a_step, sizes={"n_a": 102, "n_x": 101, "m": 130}, **domain
    )
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. Backpropagation through time
#
# *How do all steps together get their gradients?*
#
# A state acts in two ways: it makes the prediction of its own step, and it makes the next state. So two derivatives arrive at it, one from above and one from the right, and they are **added**. We begin at the last step, where nothing comes from the right, and go back to the first one:
#
# $$da^{\langle t \rangle}_{\text{total}} = da^{\langle t \rangle}_{\text{from above}} + W_{aa}^T\, d\!z^{\langle t+1 \rangle} .$$
#
# The parameters are the same at each step, so their gradients are added up over all of them. This is **backpropagation through time** (Werbos, 1990).
#
# *On paper*, with the unit of section 1 and its states 0.6, 0.291, 0.145. Only the last step has a loss: $da = (0, 0, 1)$ from above.
#
# | step | total $da$ | $d\!z = da (1 - a^2)$ | to the step before, $0.5\, d\!z$ |
# |---|---|---|---|
# | 3 | 1 | 0.979 | 0.490 |
# | 2 | 0 + 0.490 | 0.448 | 0.224 |
# | 1 | 0 + 0.224 | 0.143 | 0.072 |
#
# The gradient of $W_{aa}$ is the sum of $d\!z$ times the state before: $0.979 \cdot 0.291 + 0.448 \cdot 0.6 + 0.143 \cdot 0 = 0.554$.
#
# ### Exercise 7: `rnn_backward`


# %% exercise="rnn_backward"
def rnn_backward(da, caches):
    """Backpropagation through time.

    Args:
        da: the derivative of the loss with respect to each state, from its own step's answer alone (not from later
            steps), shape (n_a, m, T_x), floats or whole numbers.
        caches: the list of T_x caches that rnn_forward returned.

    Returns:
        dx: the derivative with respect to the inputs, shape (n_x, m, T_x).
        da0: the derivative with respect to the states before the first step, shape (n_a, m).
        grads: a dict with "dW_aa", "dW_ax" and "db_a", sums over the sequences and the steps.
    """
    # 1. Nothing comes from the right into the last step. 2. For each step, the last one first: add what comes from
    # above and from the right; the cell; keep dx_t; add the gradients up. 3. The order of dx is that of the steps.
    ### BEGIN SOLUTION
    dx, da_next, grads = [], 0, {"dW_aa": 0, "dW_ax": 0, "db_a": 0}
    for t in reversed(range(len(caches))):
        dx_t, da_next, step = rnn_cell_backward(da[:, :, t] + da_next, caches[t])
        dx.insert(0, dx_t)
        grads = {key: grads[key] + step[key] for key in grads}
    return np.stack(dx, axis=2), da_next, grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `reversed(range(T_x))` counts from the last step to the first. Keep what a step hands back in a variable `da_next`; before the loop it is 0.
# </details>
#
# <details><summary>Hint 2</summary>
#
# In the loop: `dx_t, da_next, step = rnn_cell_backward(da[:, :, t] + da_next, caches[t])`. After the loop, `da_next` is $da^{\langle 0 \rangle}$.
# </details>

# %% check="rnn_backward" points=3
with checks.exercise("rnn_backward"):
    parameters = {"W_aa": np.array([[0.5]]), "W_ax": np.array([[np.log(2)]]), "b_a": np.array([[0.0]])}
    x, states = np.array([[[1, 0, 0]]]), np.array([0, 0.6, np.tanh(0.3), np.tanh(0.5 * np.tanh(0.3))]).reshape(4, 1, 1)
    caches = [(x[:, :, t], states[t], states[t + 1], parameters) for t in range(3)]
    da = np.array([[[0, 0, 1]]])
    checks.unchanged(rnn_backward, da, caches)
    names = ["dx", "da0", "grads"]
    dx, da0, grads = checks.results("rnn_backward(da, caches)", rnn_backward(da, caches), names)
    checks.shape("dx", dx, (1, 1, 3))
    slips = {"the order of the steps": [0.678647, 0.310528, 0.099369], "nothing came from the right": [0, 0, 0.678647]}
    checks.close("dx", dx[0, 0], [0.099369, 0.310528, 0.678647], rtol=1e-5, mistakes=slips)
    checks.close("da0", da0, [[0.071679]], rtol=1e-4, mistakes={"from the last step": [[0.48954]]})
    checks.keys("grads", grads, ["dW_aa", "dW_ax", "db_a"])
    slips = {"add the steps up; this is the first one": [[0]], "add them up; this is the last one": [[0.285212]]}
    checks.close("dW_aa", grads["dW_aa"], [[0.554016]], rtol=1e-5, mistakes=slips)
    dx, _, _ = rnn_backward(np.array([[[1, 0, 1]]]), caches)
    checks.close("dx where the first step has a loss too", dx[0, 0], [0.542983, 0.310528, 0.678647], rtol=1e-5)
    two = {"W_aa": np.array([[0.5, -0.2], [0.3, 0.1]]), "W_ax": np.array([[1, 0.2], [0, -1]]), "b_a": np.zeros((2, 1))}
    _, caches = rnn_forward(np.array([[[-1, 0]], [[1, 2]]]), np.array([[0.5], [-0.5]]), two)
    _, da0, grads = rnn_backward(np.array([[[0, 1]], [[3, 2]]]), caches)
    ### BEGIN HIDDEN TESTS

    def by_chains_of_jacobians(da, caches):
        T_x, parameters, da = len(caches), caches[0][3], np.asarray(da, float)
        dz, dx, da0 = np.zeros(da.shape), np.zeros((len(caches[0][0]), *da.shape[1:])), np.zeros(da.shape[:2])
        for j in range(da.shape[1]):
            slopes = [1 - np.asarray(cache[2], float)[:, j] ** 2 for cache in caches]
            for late in range(T_x):
                chain = slopes[late] * da[:, j, late]
                for t in range(late, -1, -1):
                    dz[:, j, t] += chain
                    reached = np.einsum("i,ik->k", chain, parameters["W_aa"])
                    chain = slopes[t - 1] * reached
                da0[:, j] += reached
            dx[:, j] = np.einsum("it,ik->kt", dz[:, j], parameters["W_ax"])
        x, before = (np.stack([cache[k] for cache in caches], axis=2) for k in (0, 1))
        grads = {"dW_aa": np.einsum("ijt,kjt->ik", dz, before), "dW_ax": np.einsum("ijt,kjt->ik", dz, x)}
        return dx, da0, grads | {"db_a": dz.sum(axis=2).sum(axis=1)[:, None]}

    def after_all_steps(rng, n_a, n_x, m, T_x, whole=False):
        shapes = {"W_ya": (2, n_a), "b_a": (n_a, 1), "W_ax": (n_a, n_x), "W_aa": (n_a, n_a)}
        parameters = {key: rng.normal(0, 0.9 / np.sqrt(shape[1]), shape) for key, shape in shapes.items()}
        da, x, state, caches = rng.normal(0, 1, (n_a, m, T_x)), rng.normal(0, 1, (n_x, m, T_x)), np.zeros((n_a, m)), []
        if whole:
            parameters = {key: np.rint(2 * value).astype(int) for key, value in parameters.items()}
            da, x = np.rint(2 * da).astype(int), np.rint(x).astype(int)
        for t in range(T_x):
            before = state if t else (n_x != 2) * rng.uniform(-1, 1, state.shape)
            state = np.tanh(parameters["W_aa"] @ before + parameters["W_ax"] @ x[:, :, t] + parameters["b_a"])
            caches.append((x[:, :, t], before, state, parameters))
        return da, caches

    rng = np.random.default_rng(9)
    da, caches = after_all_steps(rng, 3, 2, 4, 5)
    cases = {"with a loss at the last step alone": (da * (np.arange(5) == 4), caches)}
    cases |= {"with no loss at the last step": (da * (np.arange(5) < 4), caches), "with no loss": (0 * da, caches)}
    cases |= {"with a loss at the first step alone": (da * (np.arange(5) == 0), caches)}
    cases |= {"with whole numbers everywhere": after_all_steps(rng, 3, 2, 4, 5, whole=True)}
    cases |= {"with two steps": after_all_steps(rng, 3, 2, 4, 2), "with equal caches": (da, [caches[1]] * 5)}
    domain = {"real": {"da": 1e6}, "types": ["da"], "apart": False, "cases": cases, "atol": 1e-12}
    domain["returns"] = {"dx": (), "da0": (), "grads": ()}
    sizes = {"n_a": 102, "n_x": 101, "m": 103, "T_x": 104}
    checks.agrees(rnn_backward, by_chains_of_jacobians, after_all_steps, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# All parts together make a network. `network_gradients` runs it forward and backward. We compare its gradients with differences, as in course 2: each parameter is moved a little along a random direction.


# %%
def initialize(rng, n_x, n_a, n_y, n_v=None):
    """Parameters of a recurrent network, float32, with an embedding of n_v words below it if n_v is given."""
    shapes = {"W_aa": (n_a, n_a), "W_ax": (n_a, n_x), "b_a": (n_a, 1), "W_ya": (n_y, n_a), "b_y": (n_y, 1)}
    parameters = {key: rng.normal(0, 1 / np.sqrt(shape[1]), shape) * (key[0] == "W") for key, shape in shapes.items()}
    if n_v is not None:
        parameters["E"] = rng.normal(0, 1, (n_x, n_v))
    return {key: value.astype(np.float32) for key, value in parameters.items()}


def network_gradients(parameters, indices, y, mask):
    """The loss of a network with an embedding on a batch of words, its gradients, and its scores."""
    e = embedding_forward(parameters["E"], indices)
    a, caches = rnn_forward(e, np.zeros((len(parameters["W_aa"]), len(indices)), e.dtype), parameters)
    z = temporal_affine_forward(a, parameters)
    loss, dz = temporal_softmax_loss(z, y, mask)
    da, grads = temporal_affine_backward(dz, a, parameters)
    de, _, more = rnn_backward(da, caches)
    dE = embedding_backward(de, indices, parameters["E"].shape[1])
    return loss, grads | more | {"dE": dE}, z


# %%
rng = np.random.default_rng(0)
parameters = {key: value.astype(float) for key, value in initialize(rng, 3, 4, 5, n_v=6).items()}
indices, y = rng.integers(0, 6, (2, 7)), rng.integers(0, 5, (2, 7))
mask = (np.arange(7) < np.array([[7], [4]])).astype(float)
_, grads, _ = network_gradients(parameters, indices, y, mask)
for key, value in parameters.items():
    direction = rng.normal(0, 1, value.shape)
    up, down = (
        network_gradients(parameters | {key: value + step * direction}, indices, y, mask)[0] for step in (1e-5, -1e-5)
    )
    difference, ours = (up - down) / 2e-5, np.sum(grads[f"d{key}"] * direction)
    print(f"{key:5} difference {difference:+.9f}   our gradient {ours:+.9f}")

# %% [markdown]
# *What to notice.* The two columns agree to at least seven digits.
#
# ## 8. How far back does a gradient reach?
#
# *Does the first word of a long sentence still get a gradient from the last one?*
#
# Each step back multiplies by $W_{aa}^T$ and by $1 - a^2 \le 1$. If this makes the derivative smaller each time, it **vanishes**; if it makes it larger, it **explodes**. We take a random $W_{aa}$ of 32 units, a loss at the last of 41 steps alone, small inputs, and look at the size of $dx^{\langle t \rangle}$, step by step backward. Then we multiply $W_{aa}$ by one half, and by two.

# %%
rng = np.random.default_rng(0)
network = initialize(rng, 8, 32, 4)
x, da = rng.normal(0, 0.1, (8, 32, 41)), np.zeros((32, 32, 41))
da[:, :, -1] = rng.normal(0, 1, (32, 32))
figure, axis = plt.subplots(figsize=(7, 4))
for scale, style in ((2, "-"), (1, "--"), (0.5, ":")):
    _, caches = rnn_forward(x, np.zeros((32, 32)), network | {"W_aa": scale * network["W_aa"]})
    dx, _, _ = rnn_backward(da, caches)
    size = np.linalg.norm(dx, axis=(0, 1))[::-1]
    axis.semilogy(size / size[0], style, label=f"$W_{{aa}}$ times {scale}")
axis.set(xlabel="lag (steps before the loss)", ylabel="size of the gradient, lag 0 = 1")
axis.set_title("Going back in time, a gradient vanishes or explodes")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* With half the weights the line is nearly straight on this logarithmic scale: the size changes by about the same factor at each step, and after 20 steps it is near a millionth. With double weights it grows, hundreds of times over 40 steps. Only in between does it stay within about one order of magnitude, and training moves the weights. Lesson 04 has the cure.
#
# ## 9. Learning to remember
#
# *What does a network learn whose gradient vanishes?*
#
# A task without any words: four symbols come in a random order. At each step the network must say which symbol came `lag` steps before. The first `lag` steps have no answer, and the mask leaves them out. By guessing, one of four answers is right. Networks of 32 units train for 600 steps with Adam, in float32, which is faster than float64 and exact enough for learning.


# %%
def memory_batch(rng, lag, m, steps=12):
    """Sequences of random symbols from 0 to 3; the answers are the symbols of `lag` steps before; and the mask."""
    indices = rng.integers(0, 4, (m, lag + steps))
    mask = np.ones(indices.shape, np.float32)
    mask[:, :lag] = 0
    return indices, np.roll(indices, lag, axis=1), mask


def as_float32(grads):
    return {key: np.asarray(value, np.float32) for key, value in grads.items()}


def accuracy(z, y, mask):
    return np.sum((z.argmax(axis=0) == y) * mask) / np.sum(mask)


def learn_to_remember(lag, seed, gradients=network_gradients, steps=600):
    """The accuracy at new sequences, of a network that was trained to name the symbol of `lag` steps before."""
    rng = np.random.default_rng(seed)
    parameters = initialize(rng, 8, 32, 4, n_v=4)
    v, s = ({f"d{key}": np.zeros_like(value) for key, value in parameters.items()} for _ in range(2))
    for t in range(1, steps + 1):
        _, grads, _ = gradients(parameters, *memory_batch(rng, lag, 32))
        parameters, v, s = adam_step(parameters, as_float32(grads), v, s, t, 0.01)
    indices, y, mask = memory_batch(rng, lag, 500)
    return accuracy(network_gradients(parameters, indices, y, mask)[2], y, mask)


# %%
lags, remembered = (1, 2, 4, 8, 16), {}
for lag in tqdm(lags, desc="lags", file=sys.stdout):
    remembered[lag] = [learn_to_remember(lag, seed) for seed in range(2)]
for lag in lags:
    print(f"lag {lag:2}: accuracy of two networks {np.round(remembered[lag], 3)}   (guessing: 0.25)")

# %% [markdown]
# *What to notice.* Up to lag 4 the networks are perfect. At lag 8 a few answers in a hundred are wrong, or none. At lag 16 they only guess. The gradient that would teach them is too small, and the noise of the batches is larger.
#
# ## 10. Truncated backpropagation
#
# *What if a sequence is a whole book?*
#
# Backpropagation through time keeps the caches of all steps. A book has a million steps. **Truncated** backpropagation cuts the sequence into pieces of $k$ steps. The *state* is handed from piece to piece, so forward nothing is lost. But the *gradient* stops where a piece begins. We try lag 4 with pieces of 4 and of 5 steps.


# %%
def truncated_gradients(k):
    """A function like network_gradients whose gradients go back to the beginning of each piece of k steps."""

    def gradients(parameters, indices, y, mask):
        e = embedding_forward(parameters["E"], indices)
        state = np.zeros((len(parameters["W_aa"]), len(indices)), e.dtype)
        a, all_caches = rnn_forward(e, state, parameters)
        z = temporal_affine_forward(a, parameters)
        loss, dz = temporal_softmax_loss(z, y, mask)
        da, grads = temporal_affine_backward(dz, a, parameters)
        pieces = []
        for begin in range(0, e.shape[2], k):
            de, _, more = rnn_backward(da[:, :, begin : begin + k], all_caches[begin : begin + k])
            grads |= {key: grads.get(key, 0) + more[key] for key in more}
            pieces.append(de)
        return loss, grads | {"dE": embedding_backward(np.concatenate(pieces, axis=2), indices, 4)}, z

    return gradients


for k in (4, 5, 8):
    found = [learn_to_remember(4, seed, truncated_gradients(k)) for seed in range(2)]
    print(f"lag 4, pieces of {k} steps: accuracy of two networks {np.round(found, 3)}")

# %% [markdown]
# *What to notice.* With pieces of 4 steps, no piece holds both a symbol and its answer, and no gradient ever tells the networks to keep a symbol. So they only guess. With pieces of 5 steps, in each whole piece one answer of five is 4 steps after its symbol. That one is enough: the networks learn the task, because the parameters are the same at all steps. (Our code cuts only the gradient. A real program also forgets the caches of a piece, and that saves the memory.) So a truncated network *can use* a long memory, but it *learns* only from lags that fit into a piece.
#
# ## 11. Who speaks?
#
# *Which steps should have a loss?*
#
# Nine Japanese men spoke the vowel /ae/, again and again. A sequence has 7 to 29 steps of 12 numbers each, which describe 25.6 milliseconds of sound; a new step begins every 6.4 milliseconds. The network must say who speaks, one of nine. 270 sequences are there to train, 370 to test.
#
# One answer for a whole sequence is what the lecture calls *many-to-one*. The mask decides what that means. We try two:
#
# - **last**: a 1 at the last real step alone. The network answers when the sequence is over.
# - **all**: a 1 at every real step. The network must answer all the time.
#
# After training we ask both networks at the end, and also after only three steps, less than 40 milliseconds of sound.


# %%
mean = vowels.X_train.mean(axis=(1, 2), keepdims=True)
deviation = vowels.X_train.std(axis=(1, 2), keepdims=True)


def vowel_network(parameters, X, lengths, labels, mode):
    """Loss, gradients and scores on vowels; `mode` says which real steps have a loss, "last" or "all"."""
    x, steps = (X - mean) / deviation, np.arange(X.shape[2])
    mask = steps == lengths[:, None] - 1 if mode == "last" else steps < lengths[:, None]
    a, caches = rnn_forward(x, np.zeros((32, x.shape[1]), np.float32), parameters)
    z = temporal_affine_forward(a, parameters)
    loss, dz = temporal_softmax_loss(z, np.tile(labels.T, (1, len(steps))), mask.astype(np.float32))
    da, grads = temporal_affine_backward(dz, a, parameters)
    return loss, grads | rnn_backward(da, caches)[2], z


def train_on_vowels(mode, seed, steps=300):
    rng = np.random.default_rng(seed)
    parameters = initialize(rng, 12, 32, 9)
    v, s = ({f"d{key}": np.zeros_like(value) for key, value in parameters.items()} for _ in range(2))
    for t in range(1, steps + 1):
        k = rng.permutation(270)[:64]
        batch = vowels.X_train[:, k], vowels.T_train[k], vowels.Y_train[:, k]
        _, grads, _ = vowel_network(parameters, *batch, mode)
        parameters, v, s = adam_step(parameters, as_float32(grads), v, s, t, 0.01)
    return parameters


# %%
answers = {}
for mode in ("last", "all"):
    for seed in range(2):
        trained = train_on_vowels(mode, seed)
        z = vowel_network(trained, vowels.X_test, vowels.T_test, vowels.Y_test, mode)[2].argmax(axis=0)
        right = z == vowels.Y_test.T
        answers[mode, seed] = right
        end = np.mean(right[np.arange(370), vowels.T_test - 1])
        print(f"loss at {mode:4} steps: right at the end {end:.3f}   after three steps {np.mean(right[:, 2]):.3f}")

# %%
figure, axis = plt.subplots(figsize=(7, 4))
for mode, style in (("last", "--"), ("all", "-")):
    shares = [np.mean(answers[mode, 0][vowels.T_test > t, t]) for t in range(20)]
    axis.plot(np.arange(1, 21), shares, style, label=f"trained with a loss at {mode} steps")
axis.set(xlabel="steps heard", ylabel="share of speakers named rightly", ylim=(0, 1), xticks=range(0, 21, 5))
axis.set_title("A network answers early only if it was asked early")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* At the end both name more than 90 % of the speakers. After three steps the network with a loss at the last step names less than half of them, and the other one more than 85 %. Nothing in the sound is different. The network does at each step what its loss asked for, and nothing more.

# %% [markdown]
# ## What you built
#
# - `rnn_cell_forward` and `rnn_forward`: one cell, used at every step.
# - `embedding_forward` and `embedding_backward`, `temporal_affine_forward` and `temporal_affine_backward`: the layers below and above.
# - `temporal_softmax_loss`: a loss that leaves padding out, or asks at chosen steps.
# - `rnn_cell_backward` and `rnn_backward`: backpropagation through time, equal to differences to seven digits.
# - Networks that remember four symbols back, and name speakers by a vowel.
#
# ## On your own
#
# 1. Start $W_{aa}$ with the identity matrix and use ReLU in the place of tanh (Le, Jaitly and Hinton, 2015). How long a lag does this network learn?
# 2. Let the network for vowels read the sequences backward. Take care of the padding: it must stay at the end.
# 3. Really hard: **real-time recurrent learning** (Williams and Zipser, 1989) needs no way back. It carries $\partial a^{\langle t \rangle} / \partial W_{aa}$ forward, an array of shape $(n_a, n_a, n_a)$ for each sequence. Write it, and compare it with `rnn_backward`. What does a step cost? Where is it better although it costs more?
#
# ## In practice
#
# - `torch.nn.RNN` and `tf.keras.layers.SimpleRNN` are `rnn_forward`; `nn.Embedding` is the embedding. PyTorch has two biases in the cell, which do the work of one. Padding is packed away with `pack_padded_sequence`, or masked as here.
# - A loss for padding is forgotten easily, and nothing fails: the score only looks too good, as padding is easy to predict. Test your loss with a batch in which only the padding differs.
# - Language models on long texts were trained with truncated backpropagation, with pieces of 35 to a few hundred steps. PyTorch cuts the gradient with `state.detach()`.
#
# ## References
#
# - Course 5, week 1, lectures 3 and 4.
# - J. Elman (1990), Finding Structure in Time, Cognitive Science 14.
# - P. Werbos (1990), Backpropagation Through Time: What It Does and How to Do It, Proceedings of the IEEE 78.
# - R. Williams and D. Zipser (1989), A Learning Algorithm for Continually Running Fully Recurrent Neural Networks, Neural Computation 1.
# - R. Williams and J. Peng (1990), An Efficient Gradient-Based Algorithm for On-Line Training of Recurrent Network Trajectories, Neural Computation 2.
# - R. Pascanu, T. Mikolov and Y. Bengio (2013), On the Difficulty of Training Recurrent Neural Networks, ICML.
# - Q. Le, N. Jaitly and G. Hinton (2015), A Simple Way to Initialize Recurrent Networks of Rectified Linear Units, arXiv:1504.00941.
# - M. Kudo, J. Toyama and M. Shimbo (1999), Multidimensional Curve Classification Using Passing-Through Regions, Pattern Recognition Letters 20 (the vowels).
