# %% [markdown]
# You will write attention, forward and backward, and train a network that reads dates in three languages.
# Its attention shows which characters it looks at while it writes.

# %% [markdown]
# ## What you will be able to do
#
# - see attention as a mean whose weights depend on a question;
# - write energies, a softmax that leaves padding out, and a context vector;
# - send gradients back through all of them;
# - compare additive attention with scaled dot products, and say what the scale is for;
# - build one step of a decoder with attention, train it, and read its map.
#
# **What you need:** [sequence to sequence](01_sequence_to_sequence.ipynb), which explains encoder and decoder; [GRU](../week1_recurrent_networks/04_gru_and_lstm.ipynb), whose cell is imported here; [masks and the loss over time](../week1_recurrent_networks/02_rnn_and_backpropagation_through_time.ipynb).

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import sequences as layers
from shared_utils.nn.gru import gru_cell_backward, gru_cell_forward
from shared_utils.nn.optimisers import adam_step, clip_grad_norm

plots.use_style()

pairs = {language: data.load_date_pairs(language) for language in ("en", "fr", "zh")}
for language, each in pairs.items():
    print(language, "  ".join(f"{x} = {y}" for x, y in zip(each.source_train[:2], each.target_train, strict=False)))

# %% [markdown]
# ## 1. A mean that depends on a question
#
# *What do near examples say?*
#
# Here is the oldest kind of attention (Nadaraya and Watson, 1964). Known are $n$ points $x_i$ with values $y_i$. What is the value at a new point $q$? Take a **mean of all** $y_i$, in which near points count more:
#
# $$\hat y(q) = \sum_{i=1}^{n} \alpha_i(q)\, y_i , \qquad \alpha_i(q) = \frac{\exp(e_i)}{\sum_j \exp(e_j)}, \qquad e_i = -\frac{(q - x_i)^2}{2 w^2} .$$
#
# The words of today: $q$ is a **query**, the $x_i$ are **keys**, the $y_i$ are **values**, the $e_i$ are **energies**, and the $\alpha_i$ are the **attention weights**. They are positive and add up to 1. The width $w$ says what "near" means.
#
# *On paper.* Keys 0 and 1 with values 10 and 20, $w = 1$. The query 0 has energies 0 and $-\frac12$, weights $\frac{1}{1 + 0.607} = 0.622$ and $0.378$, and the answer $6.22 + 7.55 = 13.78$. With $w = 0.1$ the second energy is $-50$, and the answer is 10.
#
# ### Exercise 1: `kernel_regression`


# %% exercise="kernel_regression"
def kernel_regression(queries, x, y, width):
    """The values at new points: means of the known values, weighted by how near they are.

    Args:
        queries: new points, shape (k,), floats or whole numbers.
        x, y: known points and their values, shape (n,) each, n >= 1, floats or whole numbers.
        width: a number > 0. It may be so small that all exponentials are below the smallest number: the weights are
            exact all the same.

    Returns:
        Shape (k,), one value for each query.
    """
    # 1. Energies of all queries with all keys. 2. Softmax for each query, without underflow. 3. Means.
    ### BEGIN SOLUTION
    e = -((queries[:, None] - x) ** 2) / (2 * width**2)
    weights = np.exp(e - np.max(e, axis=1, keepdims=True))
    return weights @ y / np.sum(weights, axis=1)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `queries[:, None] - x` has the shape $(k, n)$: all differences. Subtract the largest energy of each row before `np.exp`, as always in softmax: a query far from all keys would get $0/0$.
# </details>

# %% check="kernel_regression" points=1
with checks.exercise("kernel_regression"):
    queries, x, y = np.array([0, 1, 100]), np.array([0, 1]), np.array([10, 20])
    checks.unchanged(kernel_regression, queries, x, y, 1)
    found = kernel_regression(queries, x, y, 1)
    checks.shape("kernel_regression(queries, x, y, 1)", found, (3,))
    slips = {"weights add up to 1": [22.130613, 26.065307, 0], "the energy is minus the square": [16.224593, 13.775407, 10]}
    slips |= {"the 2 in front of the squared width": [12.689414, 17.310586, 20]}
    checks.close("its values", found, [13.775407, 16.224593, 20], rtol=1e-6, mistakes=slips)
    checks.close("with width 0.1", kernel_regression(queries, x, y, 0.1), [10, 20, 20])
    ### BEGIN HIDDEN TESTS

    def query_by_query(queries, x, y, width):
        answers = []
        for q in queries:
            powers = [-0.5 * ((float(q) - float(key)) / width) ** 2 for key in x]
            weights = [np.exp(power - max(powers)) for power in powers]
            answers.append(sum(w * float(value) for w, value in zip(weights, y, strict=True)) / sum(weights))
        return np.array(answers)

    def points(rng, k, n):
        return rng.normal(0, 1, k), rng.normal(0, 1, n), rng.normal(0, 1, n), float(rng.uniform(0.3, 2))

    queries, x, y, _ = points(np.random.default_rng(1), 5, 4)
    cases = {f"with width {width}": (queries, x, y, width) for width in (1e-3, 0.1, 1, 3, 100.0, 1e4)}
    cases |= {"with queries far from all keys": (queries + 1e3, x, y, 1.0), "with equal keys": (queries, 0 * x + 1, y, 1.0)}
    cases |= {"with queries that are keys": (x.copy(), x, y, 0.01), "with one point": (queries, x[:1], y[:1], 0.5)}
    domain = {"real": {"y": 1e6}, "types": ["queries", "x", "y"], "cases": cases}
    checks.agrees(kernel_regression, query_by_query, points, sizes={"k": 103, "n": 1030}, atol=1e-12, **domain)
    ### END HIDDEN TESTS

# %%
rng = np.random.default_rng(0)
x = np.sort(rng.uniform(0, 6, 50))
y = np.sin(x) + 0.2 * rng.normal(0, 1, 50)
line = np.linspace(0, 6, 200)
figure, axis = plt.subplots(figsize=(7, 4))
axis.plot(x, y, "o", markersize=4, label="known points")
for width, style in ((0.05, ":"), (0.4, "-"), (3, "--")):
    axis.plot(line, kernel_regression(line, x, y, width), style, label=f"width {width}")
axis.set(xlabel="x", ylabel="y", title="A mean of all values, weighted by nearness")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* A small width listens to the nearest point alone, noise included. A large one takes the mean of everything, whatever is asked. In this lesson **the network itself will learn** what "near" means.
#
# ## 2. Softmax without padding
#
# *How do weights leave padding out?*
#
# The sequences of a batch have different lengths. Padding must get the weight 0, and the weights of the **real** steps add up to 1:
#
# $$\alpha_{j,t} = \frac{\text{mask}_{j,t} \exp(e_{j,t})}{\sum_{t'} \text{mask}_{j,t'} \exp(e_{j,t'})} .$$
#
# It is wrong to multiply the *energies* by the mask: an energy of 0 is not a weight of 0. It is also wrong to mask *after* a softmax over all steps: then the sum is below 1.
#
# *On paper.* Energies $(\log 1, \log 2, \log 5)$, mask $(1, 1, 0)$: weights $(\frac13, \frac23, 0)$.
#
# ### Exercise 2: `masked_softmax`


# %% exercise="masked_softmax"
def masked_softmax(e, mask):
    """Attention weights: for each sequence a softmax over its real steps.

    Args:
        e: energies, shape (m, T), floats or whole numbers, from -1e6 to 1e6, also at padding.
        mask: 1 for a real step, 0 for padding, floats or whole numbers, shape (m, T). Each row has at least one 1; they
            may stand anywhere.

    Returns:
        Weights, shape (m, T). Each row adds up to 1, and is exactly 0 at padding.
    """
    # 1. Which energy makes a weight of 0? 2. Without overflow, also if padding has the largest energy. 3. The sum.
    ### BEGIN SOLUTION
    e = np.where(mask == 1, e, -np.inf)
    weights = np.exp(e - np.max(e, axis=1, keepdims=True))
    return weights / np.sum(weights, axis=1, keepdims=True)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# $e^{-\infty} = 0$. So put `-np.inf` where the mask is 0, *before* the largest energy of the row is subtracted.
# </details>

# %% check="masked_softmax" points=2
with checks.exercise("masked_softmax"):
    e, mask = np.log(np.array([[1, 2, 5], [3, 1, 4]])), np.array([[1, 1, 0], [1, 1, 1]])
    checks.unchanged(masked_softmax, e, mask)
    found = masked_softmax(e, mask)
    checks.shape("masked_softmax(e, mask)", found, (2, 3))
    slips = {"padding has the energy 0 here, not the weight 0": [0.25, 0.5, 0.25], "padding got a weight": [1 / 8, 1 / 4, 5 / 8]}
    slips |= {"the real steps add up to 1": [1 / 8, 1 / 4, 0], "each sequence by itself": [0.25, 2 / 3, 0]}
    checks.close("the first row", found[0], [1 / 3, 2 / 3, 0], mistakes=slips)
    checks.close("the second row", found[1], [3 / 8, 1 / 8, 1 / 2])
    found = masked_softmax(np.array([[-5000.0, -5000.0, 5000.0]]), mask[:1])
    checks.close("a row with a huge energy at padding", found, [[0.5, 0.5, 0]])
    ### BEGIN HIDDEN TESTS

    def row_by_row(e, mask):
        weights = np.zeros(e.shape)
        for j, row in enumerate(e):
            real = np.flatnonzero(mask[j])
            for t in real:
                weights[j, t] = 1 / sum(np.exp(min(float(row[other]) - float(row[t]), 700.0)) for other in real)
        return weights

    def energies(rng, m, T):
        return rng.normal(0, 1, (m, T)), (np.arange(T) < rng.integers(1, T + 1, (m, 1))).astype(float)

    rng = np.random.default_rng(2)
    e, mask = energies(rng, 4, 6)
    anywhere = np.maximum(rng.integers(0, 2, (4, 6)), np.arange(6) == 3)
    cases = {"with padding anywhere": (e, anywhere), "with one real step in each": (e, (np.arange(6) == 3) + np.zeros((4, 1)))}
    cases |= {f"with energies of about {size:g}": (size * e, mask) for size in (1e-9, 100, 1e6)}
    cases |= {"with energies far from 0": (e + 1e5, mask), "far below 0": (e - 1e6, mask), "with equal energies": (0 * e - 9, mask)}
    cases |= {"with huge energies at padding": (e + 1e6 * (1 - mask), mask), "with low ones": (e - 1e6 * (1 - mask), mask)}
    domain = {"real": {"e": 300}, "types": ["e"], "apart": False, "cases": cases}
    checks.agrees(masked_softmax, row_by_row, energies, sizes={"m": 105, "T": 130}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. Energies that are learned
#
# *How does a decoder say which step it needs?*
#
# The encoder has made a vector $a^{\langle t' \rangle}$ of each step of the input. The decoder is about to write its next symbol, and its state is $s$. A small network gives the energy of each step, with $n_k$ hidden units (Bahdanau, Cho and Bengio, 2015):
#
# $$u^{\langle t' \rangle} = \tanh\left(W_s\, s + W_a\, a^{\langle t' \rangle}\right), \qquad e^{\langle t' \rangle} = v\, u^{\langle t' \rangle} .$$
#
# | name | shape | what |
# |---|---|---|
# | $s$ | $(n_s, m)$ | the state of the decoder: the query |
# | $a$ | $(n_a, m, T)$ | what the encoder made of each step: keys and values |
# | $W_s$, $W_a$, $v$ | $(n_k, n_s)$, $(n_k, n_a)$, $(1, n_k)$ | the same at all steps |
# | $u$, $e$ | $(n_k, m, T)$, $(m, T)$ | hidden units and energies |
#
# This is **additive** attention: query and key are added before the tanh. The lecture draws this little network without naming its weights.
#
# *On paper*, with one of everything: $W_s = W_a = \log 2$, $v = 5$, $s = 1$. A step with $a = 0$ has $u = \tanh(\log 2) = 0.6$ and the energy 3. One with $a = -1$ has the energy 0.
#
# ### Exercise 3: `alignment_energies`


# %% exercise="alignment_energies"
def alignment_energies(s, a, parameters):
    """The energy of each step of the input, for one step of the decoder.

    Args:
        s: the states of the decoder, shape (n_s, m), floats or whole numbers.
        a: what the encoder made of the steps, shape (n_a, m, T), floats or whole numbers.
        parameters: a dict with "W_s" (n_k, n_s), "W_a" (n_k, n_a) and "v" (1, n_k), and perhaps other keys.

    Returns:
        e: energies, shape (m, T).
        u: hidden units, shape (n_k, m, T).
    """
    # 1. The part of s has no time axis: give it one. 2. The part of a, for all steps. 3. tanh, and v.
    ### BEGIN SOLUTION
    from_a = np.einsum("ka,amt->kmt", parameters["W_a"], a)
    u = np.tanh((parameters["W_s"] @ s)[:, :, None] + from_a)
    return np.einsum("k,kmt->mt", parameters["v"][0], u), u
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.einsum("ka,amt->kmt", W_a, a)` multiplies each step by the matrix. `(W_s @ s)[:, :, None]` has the shape $(n_k, m, 1)$ and is added to all steps.
# </details>

# %% check="alignment_energies" points=2
with checks.exercise("alignment_energies"):
    unit = np.log(2)
    parameters = {"W_s": unit * np.array([[1, 0], [0, 1], [1, -1]]), "W_a": unit * np.array([[0, 1], [1, 0], [0, 1]])}
    parameters["v"] = np.array([[1, -1, 2]])
    s, a = np.array([[1, 0], [2, 1]]), np.array([[[0, 1, -1], [1, 0, 2]], [[1, 0, 0], [0, 1, -1]]])
    checks.unchanged(alignment_energies, s, a, parameters)
    e, u = checks.results("alignment_energies(...)", alignment_energies(s, a, parameters), ["e", "u"])
    checks.shape("e", e, (2, 3))
    checks.shape("u", u, (3, 2, 3))
    slips = {"the state of the decoder is missing": [1.8, -0.6, 0.6], "where is tanh?": [0, -2.772589, -1.386294]}
    slips |= {"where is v?": [1.764706, 0.969231, 0.6]}
    checks.close("e of the first sequence", e[0], [0, -1.5692308, -1.2], rtol=1e-6, mistakes=slips)
    checks.close("e of the second sequence", e[1], [-2.0823529, 0, -3.3339367], rtol=1e-6)
    ### BEGIN HIDDEN TESTS

    def step_by_step(s, a, parameters):
        W_s, W_a, v = (np.asarray(parameters[key], float) for key in ("W_s", "W_a", "v"))
        u = np.zeros((len(W_s), *a.shape[1:]))
        for j, t in np.ndindex(a.shape[1:]):
            both = np.concatenate([s[:, j], a[:, j, t]]).astype(float)
            z = np.array([np.dot(row, both) for row in np.hstack([W_s, W_a])])
            small = np.exp(-2 * np.abs(z))
            u[:, j, t] = np.sign(z) * -np.expm1(-2 * np.abs(z)) / (1 + small)
        return np.sum(v.T[:, :, None] * u, axis=0), u

    def decoder(rng, n_s, n_a, n_k, m, T):
        shapes = {"v": (1, n_k), "W_ya": (2, 2), "W_a": (n_k, n_a), "W_s": (n_k, n_s)}
        parameters = {key: rng.normal(0, shape[1] ** -0.5, shape) for key, shape in shapes.items()}
        return rng.normal(0, 1, (n_s, m)), rng.normal(0, 1, (n_a, m, T)), parameters

    s, a, parameters = decoder(np.random.default_rng(3), 3, 4, 5, 2, 6)
    whole = {key: np.rint(2 * value).astype(int) for key, value in parameters.items()}
    cases = {"with whole numbers everywhere": (np.rint(s).astype(int), np.rint(a).astype(int), whole)}
    cases |= {"with equal steps": (s, 0 * a + 0.5, parameters), "with tiny numbers": (1e-9 * s, 1e-9 * a, parameters)}
    cases |= {"with states of 0": (0 * s, a, parameters), "with large numbers": (30 * s, 30 * a, parameters)}
    domain = {"real": {"s": 30, "a": 30}, "types": ["s", "a", "parameters"], "cases": cases, "returns": ["e", "u"]}
    sizes = {"n_s": 103, "n_a": 101, "n_k": 102, "m": 104, "T": 105}
    checks.agrees(alignment_energies, step_by_step, decoder, sizes=sizes, atol=1e-13, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. One step of attention
#
# *What does the decoder get?*
#
# The energies become weights, and the weights make a mean of the vectors of the encoder. This mean is the **context** of this step of the decoder:
#
# $$\alpha = \text{masked softmax}(e, \text{mask}), \qquad \text{context}_j = \sum_{t'} \alpha_{j,t'}\, a_j^{\langle t' \rangle} .$$
#
# Its shape is $(n_a, m)$, however long the input is.
#
# *On paper.* Weights $(0.9, 0.1, 0)$ and vectors $(1, 0)$, $(0, 10)$, $(7, 7)$: the context is $(0.9, 1)$. The third step is padding, and what stands there does not matter.
#
# ### Exercise 4: `one_step_attention`


# %% exercise="one_step_attention"
def one_step_attention(s, a, mask, parameters):
    """The context of one step of the decoder.

    Args:
        s, a, parameters: as in alignment_energies.
        mask: as in masked_softmax.

    Returns:
        context: shape (n_a, m).
        cache: the tuple (s, a, u, weights, parameters), with weights of shape (m, T). It may hold the arguments
            themselves.
    """
    # 1. Energies. 2. Weights. 3. A mean over the steps.
    ### BEGIN SOLUTION
    e, u = alignment_energies(s, a, parameters)
    weights = masked_softmax(e, mask)
    return np.einsum("mt,amt->am", weights, a), (s, a, u, weights, parameters)
    ### END SOLUTION


# %% check="one_step_attention" points=1
with checks.exercise("one_step_attention"):
    unit = np.log(2)
    parameters = {"W_s": unit * np.array([[1, 0], [0, 1], [1, -1]]), "W_a": unit * np.array([[0, 1], [1, 0], [0, 1]])}
    parameters["v"] = np.array([[1, -1, 2]])
    s, a = np.array([[1, 0], [2, 1]]), np.array([[[0, 1, -1], [1, 0, 2]], [[1, 0, 0], [0, 1, -1]]])
    mask = np.array([[1, 1, 0], [1, 1, 1]])
    checks.unchanged(one_step_attention, s, a, mask, parameters)
    names = ["context", "cache"]
    context, cache = checks.results("one_step_attention(...)", one_step_attention(s, a, mask, parameters), names)
    checks.shape("the context", context, (2, 2))
    slips = {"padding has a part in it": [[-0.061607, 0.168873], [0.662515, 0.831127]]}
    slips |= {"this is a sum, not a weighted mean": [[1, 3], [1, 0]], "weights are missing": [[0.5, 1], [0.5, 0]]}
    right = [[0.1723261, 0.1688731], [0.8276739, 0.8311269]]
    checks.close("the context", context, right, rtol=1e-6, mistakes=slips)
    weights = checks.results("the cache", cache, ["s", "a", "u", "weights", "parameters"])[3]
    checks.close("the weights of the first sequence", weights[0], [0.8276739, 0.1723261, 0], rtol=1e-6)
    ### BEGIN HIDDEN TESTS

    def step_by_step(s, a, mask, parameters):
        W_s, W_a, v = (np.asarray(parameters[key], float) for key in ("W_s", "W_a", "v"))
        context, u, weights = np.zeros((len(a), a.shape[1])), np.zeros((len(W_s), *a.shape[1:])), np.zeros(mask.shape)
        for j in range(a.shape[1]):
            u[:, j] = np.tanh((W_s @ s[:, j])[:, None] + W_a @ a[:, j])
            e, real = v[0] @ u[:, j], np.flatnonzero(mask[j])
            weights[j, real] = np.exp(e[real] - e[real].max()) / np.sum(np.exp(e[real] - e[real].max()))
            for t in real:
                context[:, j] += weights[j, t] * a[:, j, t]
        return context, (s, a, u, weights, parameters)

    def decoder(rng, n_s, n_a, n_k, m, T):
        shapes = {"v": (1, n_k), "W_ya": (2, 2), "W_a": (n_k, n_a), "W_s": (n_k, n_s)}
        parameters = {key: rng.normal(0, shape[1] ** -0.5, shape) for key, shape in shapes.items()}
        mask = (np.arange(T) < rng.integers(1, T + 1, (m, 1))).astype(float)
        return rng.normal(0, 1, (n_s, m)), rng.normal(0, 1, (n_a, m, T)), mask, parameters

    s, a, mask, parameters = decoder(np.random.default_rng(4), 3, 4, 5, 2, 6)
    cases = {"with large vectors at padding": (s, a + 1e3 * (1 - mask), mask, parameters), "without padding": (s, a, 0 * mask + 1, parameters)}
    cases |= {"with a sharp softmax": (s, a, mask, parameters | {"v": 100 * parameters["v"]})}
    cases |= {"with a vector for each of 40 heads": decoder(np.random.default_rng(5), 2, 40, 3, 4, 4)}
    domain = {"real": {"s": 30, "a": 30}, "types": ["s", "a"], "apart": False, "cases": cases, "new": False}
    domain["returns"] = {"context": (), "cache": ("s", "a", "u", "weights", "parameters")}
    sizes = {"n_s": 103, "n_a": 101, "n_k": 102, "m": 104, "T": 105}
    checks.agrees(one_step_attention, step_by_step, decoder, sizes=sizes, atol=1e-13, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. Another energy: dot products
#
# *Is there a simpler way to compare a query with a key?*
#
# If query $q$ and key $k$ have the same size $n$, their **dot product** is an energy without any parameters. It needs one product of matrices, and no tanh. The Transformer (Vaswani and others, 2017) is built on it, with a scale:
#
# $$e^{\langle t' \rangle} = \frac{q \cdot k^{\langle t' \rangle}}{\sqrt n} .$$
#
# Why the root? If the numbers of $q$ and $k$ have mean 0 and variance 1 and are independent, the variance of $q \cdot k$ is $n$. With $n = 256$ energies of 16 and $-16$ are common, softmax takes one step alone, and its gradient is nearly 0. Divided by $\sqrt n$, the variance is 1 for every $n$.
#
# *On paper.* $q = (1, 2, 0, 2)$ and $k = (3, 1, 5, 0)$: $q \cdot k = 5$, $\sqrt 4 = 2$, so $e = 2.5$.
#
# ### Exercise 5: `scaled_dot_energies`


# %% exercise="scaled_dot_energies"
def scaled_dot_energies(q, k):
    """Energies by dot products, for one step of a decoder.

    Args:
        q: queries, shape (n, m), floats or whole numbers.
        k: keys, shape (n, m, T), floats or whole numbers.

    Returns:
        Energies, shape (m, T).
    """
    # 1. A product for each sequence and step. 2. The scale.
    ### BEGIN SOLUTION
    return np.einsum("nm,nmt->mt", q, k) / np.sqrt(len(q))
    ### END SOLUTION


# %% check="scaled_dot_energies" points=1
with checks.exercise("scaled_dot_energies"):
    q, k = np.array([[1, 2], [3, 0], [0, 1], [2, 2]]), np.arange(24).reshape(4, 2, 3) % 5
    checks.unchanged(scaled_dot_energies, q, k)
    found = scaled_dot_energies(q, k)
    checks.shape("scaled_dot_energies(q, k)", found, (2, 3))
    slips = {"the scale is missing": [9, 15, 11], "the root of n, not n": [2.25, 3.75, 2.75]}
    checks.close("the first row", found[0], [4.5, 7.5, 5.5], mistakes=slips)
    checks.close("the second row", found[1], [4, 6.5, 4])
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(q, k):
        n, m, T = k.shape
        products = [[sum(float(q[i, j]) * float(k[i, j, t]) for i in range(n)) for t in range(T)] for j in range(m)]
        return np.array(products) * n**-0.5

    def queries_and_keys(rng, n, m, T):
        return rng.normal(0, 1, (n, m)), rng.normal(0, 1, (n, m, T))

    domain = {"real": {"q": 1e6, "k": 1e6}, "types": ["q", "k"], "atol": 1e-12}
    checks.agrees(scaled_dot_energies, pair_by_pair, queries_and_keys, sizes={"n": 110, "m": 102, "T": 105}, **domain)
    ### END HIDDEN TESTS

# %%
rng = np.random.default_rng(1)
for n in (4, 64, 1024):
    e = scaled_dot_energies(rng.normal(0, 1, (n, 300)), rng.normal(0, 1, (n, 300, 20)))
    ones = np.ones(e.shape)
    largest = [masked_softmax(energies, ones).max(axis=1).mean() for energies in (e * np.sqrt(n), e)]
    print(f"n = {n:4}: the largest of 20 weights, mean over 300 queries: {largest[0]:.2f} without scale, {largest[1]:.2f} with it")

# %% [markdown]
# *What to notice.* Without the scale, a larger $n$ puts nearly all weight on one step, before anything was learned. With it the weights are alike for all $n$.
#
# ## 6. Backward
#
# *How does the network learn where to look?*
#
# Let $dc$ of shape $(n_a, m)$ be the derivative of the loss with respect to the context. We go back, for each sequence:
#
# 1. **Weights.** The context is $\sum \alpha_t a_t$, so $d\alpha_t = dc \cdot a_t$, and each $a_t$ gets $\alpha_t\, dc$.
# 2. **Softmax.** $de_t = \alpha_t \left(d\alpha_t - \sum_{t'} \alpha_{t'}\, d\alpha_{t'}\right)$. At padding $\alpha = 0$, so $de = 0$ without any mask.
# 3. **Energies.** With $z$ for the sum inside the tanh: $d\!z_t = v^T de_t * (1 - u_t * u_t)$, of shape $(n_k,)$, and $dv = \sum de_t\, u_t^T$ over all sequences and steps.
# 4. **Both sources.** The state acts on all steps: $ds = W_s^T \sum_t d\!z_t$. Each $a_t$ gets a **second** part, $W_a^T d\!z_t$. And $dW_s = \sum_t d\!z_t\, s^T$, $dW_a = \sum_t d\!z_t\, a_t^T$, over all sequences.
#
# *On paper.* Weights $(0.5, 0.5)$, $dc = 1$, $a = (4, 2)$, one of everything: $d\alpha = (4, 2)$, their weighted mean is 3, $de = (0.5 \cdot 1,\; 0.5 \cdot (-1)) = (0.5, -0.5)$. More weight for the larger $a$ makes the context, and with it the loss, larger.
#
# ### Exercise 6: `attention_backward`


# %% exercise="attention_backward"
def attention_backward(dcontext, cache):
    """The way back through one_step_attention.

    Args:
        dcontext: the derivative of the loss with respect to the context, shape (n_a, m), floats or whole numbers.
        cache: the tuple (s, a, u, weights, parameters) that one_step_attention returned.

    Returns:
        ds: shape (n_s, m).
        da: shape (n_a, m, T), both parts together.
        grads: a dict with "dW_s", "dW_a" and "dv", each of the shape of its parameter; sums over the sequences.
    """
    # 1. Weights. 2. Softmax. 3. Energies. 4. Both sources, and the parameters.
    ### BEGIN SOLUTION
    s, a, u, weights, parameters = cache
    dweights = np.einsum("am,amt->mt", dcontext, a)
    de = weights * (dweights - np.sum(weights * dweights, axis=1, keepdims=True))
    dz = parameters["v"].T[:, :, None] * de * (1 - u**2)
    da = dcontext[:, :, None] * weights + np.einsum("ka,kmt->amt", parameters["W_a"], dz)
    grads = {"dW_s": np.einsum("kmt,sm->ks", dz, s), "dW_a": np.einsum("kmt,amt->ka", dz, a)}
    return parameters["W_s"].T @ dz.sum(axis=2), da, grads | {"dv": np.einsum("mt,kmt->k", de, u)[None]}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.einsum("am,amt->mt", dcontext, a)` is $d\alpha$. For the softmax, sum $\alpha\, d\alpha$ over the steps with `keepdims=True`.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `parameters["v"].T[:, :, None] * de` has the shape $(n_k, m, T)$. In every other line, write the axes: what does not stand on the right of the arrow of `einsum` is summed.
# </details>

# %% check="attention_backward" points=3
with checks.exercise("attention_backward"):
    unit = np.log(2)
    parameters = {"W_s": unit * np.array([[1, 0], [0, 1], [1, -1]]), "W_a": unit * np.array([[0, 1], [1, 0], [0, 1]])}
    parameters["v"] = np.array([[1, -1, 2]])
    s, a = np.array([[1, 0], [2, 1]]), np.array([[[0, 1, -1], [1, 0, 2]], [[1, 0, 0], [0, 1, -1]]])
    cache = one_step_attention(s, a, np.array([[1, 1, 0], [1, 1, 1]]), parameters)[1]
    dcontext, names = np.array([[1, 2], [3, -1]]), ["ds", "da", "grads"]
    checks.unchanged(attention_backward, dcontext, cache)
    found = checks.results("attention_backward(dcontext, cache)", attention_backward(dcontext, cache), names)
    checks.close("ds", found[0], [[0.0596054, -0.2490149], [-0.1741700, 0.4613428]], rtol=1e-5)
    slips = {"this is only the part through the context": [0.8276739, 0.1723261, 0]}
    slips |= {"this is only the part through the energies": [-0.0437873, 0.0119806, 0]}
    checks.close("da[0, 0]", found[1][0, 0], [0.7838867, 0.1843067, 0], rtol=1e-5, mistakes=slips)
    checks.keys("grads", found[2], ["dW_s", "dW_a", "dv"])
    checks.close("dW_a[0]", found[2]["dW_a"][0], [0.3013287, -0.3243024], rtol=1e-5)
    checks.close("dv", found[2]["dv"], [[-0.2827131, 0.1131662, -0.1384835]], rtol=1e-5)
    ### BEGIN HIDDEN TESTS

    def context_of(mask):
        def context(s, a, W_s, W_a, v):
            u = np.tanh((W_s @ s)[:, :, None] + np.einsum("ka,amt->kmt", W_a, a))
            powers = np.exp(np.einsum("k,kmt->mt", v[0], u)) * mask
            return np.einsum("amt,mt->am", a, powers / powers.sum(axis=1)[:, None]), u, powers

        return context

    def by_complex_steps(dcontext, cache):
        s, a, _, weights, parameters = cache
        given = s, a, *(parameters[key] for key in ("W_s", "W_a", "v"))
        context = context_of(weights > 0)
        ds, da, dW_s, dW_a, dv = checks.complex_step(lambda *each: dcontext * context(*each)[0], *given)
        return ds, da, {"dW_s": dW_s, "dW_a": dW_a, "dv": dv}

    def decoder(rng, n_s, n_a, n_k, m, T, sharp=1.0, whole=False):
        shapes = {"v": (1, n_k), "W_ya": (2, 2), "W_a": (n_k, n_a), "W_s": (n_k, n_s)}
        parameters = {key: rng.normal(0, shape[1] ** -0.5, shape) for key, shape in shapes.items()}
        parameters["v"] = sharp * parameters["v"]
        mask = np.arange(T) < rng.integers(1, T + 1, (m, 1))
        s, a = rng.normal(0, 1, (n_s, m)), rng.normal(0, 1, (n_a, m, T))
        if whole:
            s, a = np.rint(2 * s).astype(int), np.rint(2 * a).astype(int)
            parameters = {key: np.rint(2 * value).astype(int) for key, value in parameters.items()}
        _, u, powers = context_of(mask)(s, a, *(parameters[key] for key in ("W_s", "W_a", "v")))
        return rng.normal(0, 1, (n_a, m)), (s, a, u, powers / powers.sum(axis=1, keepdims=True), parameters)

    rng = np.random.default_rng(6)
    cases = {"with a sharp softmax": decoder(rng, 2, 3, 4, 3, 5, 8.0), "with whole numbers": decoder(rng, 2, 3, 4, 3, 5, whole=True)}
    cases |= {"with one step": decoder(rng, 2, 3, 4, 3, 1), "with long sequences": decoder(rng, 2, 3, 2, 2, 105)}
    cases |= {"with many sequences": decoder(rng, 2, 2, 2, 102, 2), "with 101 units": decoder(rng, 2, 2, 101, 1, 2)}
    domain = {"real": {"dcontext": 1e6}, "types": ["dcontext"], "apart": False, "cases": cases, "atol": 1e-12}
    domain["returns"] = {"ds": (), "da": (), "grads": ()}
    sizes = {"n_s": 6, "n_a": 7, "n_k": 6, "m": 5, "T": 7}
    checks.agrees(attention_backward, by_complex_steps, decoder, sizes=sizes, **domain)
    ### END HIDDEN TESTS
