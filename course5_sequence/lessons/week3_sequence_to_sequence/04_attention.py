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
# *What do the nearest examples say?*
#
# Here is the oldest kind of attention (Nadaraya and Watson, 1964). Known are $n$ points $x_i$ with values $y_i$. What is the value at a new point $q$? Take a **mean of all** $y_i$, in which near points count more:
#
# $$\hat y(q) = \sum_{i=1}^{n} \alpha_i(q)\, y_i , \qquad \alpha_i(q) = \frac{\exp(e_i)}{\sum_j \exp(e_j)}, \qquad e_i = -\frac{(q - x_i)^2}{2 w^2} .$$
#
# The words of today: $q$ is a **query**, the $x_i$ are **keys**, the $y_i$ are **values**, the $e_i$ are **energies**, and the $\alpha_i$ are the **attention weights**. They are not negative and add up to 1. The width $w$ says what "near" means.
#
# *On paper.* Keys 0 and 1 with values 10 and 20, $w = 1$. The query 0 has energies 0 and $-\frac12$, weights $\frac{1}{1 + 0.607} = 0.622$ and $0.378$, and the answer $6.22 + 7.56 = 13.78$. With $w = 0.1$ the second energy is $-50$, and the answer is 10.
#
# ### Exercise 1: `kernel_regression`


# %% exercise="kernel_regression"
def kernel_regression(queries, x, y, width):
    """The values at new points: means of the known values, weighted by how near they are.

    Args:
        queries: new points, shape (k,), floats or whole numbers.
        x, y: known points and their values, shape (n,) each, n >= 1, floats or whole numbers.
        width: a number from 1e-4 to 1e4. The energies lie between -1e10 and 0: each exponential alone may be 0 in
            float64, and the weights are right all the same.

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
    slips = {
        "weights add up to 1": [22.130613, 26.065307, 0],
        "the energy is minus the square": [16.224593, 13.775407, 10],
    }
    slips |= {"the 2 in front of the squared width": [12.689414, 17.310586, 20]}
    checks.close("its values", found, [13.775407, 16.224593, 20], rtol=1e-6, mistakes=slips)
    slips = {"the width must be squared": [10.066929, 19.933071, 20]}
    checks.close("with width 0.1", kernel_regression(queries, x, y, 0.1), [10, 20, 20], mistakes=slips)
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
    cases = {f"with width {width}": (queries, x, y, width) for width in (1e-3, 0.1, np.int64(2), 100.0, 1e4)}
    cases |= {
        "with queries far from all keys": (queries + 1e5, x, y, 1.0),
        "with equal keys": (queries, 0 * x + 1, y, 1.0),
    }
    cases |= {"with queries that are keys": (x.copy(), x, y, 0.01), "with one point": (queries, x[:1], y[:1], 0.5)}
    two = np.array([0.0, 1.0])
    cases |= {
        "with a huge far value": (two[:1], two, np.array([1, 1e30]), 0.1),
        "midway": (two[1:] / 2, two, 2 * two, 1e-3),
    }
    cases |= {
        "with points near 1e8": (queries + 1e8, x + 1e8, y, 1.0),
        "with width 1e-4": (1e-4 * queries, 1e-4 * x, y, 1e-4),
    }
    domain = {"real": {"y": 1e6}, "types": ["queries", "x", "y"], "cases": cases}
    checks.agrees(kernel_regression, query_by_query, points, sizes={"k": 1030, "n": 1030}, atol=1e-12, **domain)
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
    slips = {
        "padding has the energy 0 here, not the weight 0": [0.25, 0.5, 0.25],
        "padding got a weight": [1 / 8, 1 / 4, 5 / 8],
    }
    slips |= {"the real steps add up to 1": [1 / 8, 1 / 4, 0], "each sequence by itself": [0.25, 2 / 3, 0]}
    slips |= {"subtract the largest energy of each row, not of each column": [0.25, 0.75, 0]}
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
    cases = {
        "with padding anywhere": (e, anywhere),
        "with one real step in each": (e, (np.arange(6) == 3) + np.zeros((4, 1))),
    }
    cases |= {f"with energies of about {size:g}": (size * e, mask) for size in (1e-9, 100, 1e6)}
    cases |= {
        "with energies far from 0": (e + 1e5, mask),
        "far below 0": (e - 1e6, mask),
        "with equal energies": (0 * e - 9, mask),
    }
    cases |= {
        "with huge energies at padding": (e + 1e6 * (1 - mask), mask),
        "with low ones": (e - 1e6 * (1 - mask), mask),
    }
    domain = {"real": {"e": 300}, "types": ["e"], "apart": False, "cases": cases}
    checks.agrees(masked_softmax, row_by_row, energies, sizes={"m": 105, "T": 130}, **domain)
    checks.equal(
        "the weights at padding",
        masked_softmax(e, anywhere)[anywhere == 0].tolist(),
        [0.0] * sum(anywhere.ravel() == 0),
    )
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
    from_a = np.tensordot(parameters["W_a"], a, axes=1)
    u = np.tanh((parameters["W_s"] @ s)[:, :, None] + from_a)
    return np.einsum("k,kmt->mt", parameters["v"][0], u), u
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.tensordot(W_a, a, axes=1)` multiplies each step by the matrix, and has the shape $(n_k, m, T)$. (`np.einsum("ka,amt->kmt", W_a, a)` does the same, more slowly.) `(W_s @ s)[:, :, None]` has the shape $(n_k, m, 1)$ and is added to all steps.
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
    cases |= {"with states of 0": (0 * s, a, parameters), "with large numbers": (1e4 * s, 1e4 * a, parameters)}
    domain = {"real": {"s": 30, "a": 30}, "types": ["s", "a", "parameters"], "cases": cases, "returns": ["e", "u"]}
    sizes = {"n_s": 103, "n_a": 101, "n_k": 102, "m": 104, "T": 105}
    checks.agrees(alignment_energies, step_by_step, decoder, sizes=sizes, atol=1e-13, **domain)
    linear = (parameters["W_s"] @ s)[:, :, None] + np.tensordot(parameters["W_a"], a, axes=1)
    small = alignment_energies(1e-20 * s, 1e-20 * a, parameters)[1]
    checks.close("1e20 times u for states and steps of size 1e-20", 1e20 * small, linear)
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
    slips = {"padding has a part in it": [[-0.0616066, 0.1688731], [0.6625151, 0.8311269]]}
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
    huge = {
        f"with vectors of {size:g} at padding": (s, a + size * (1 - mask), mask, parameters) for size in (1e3, 1e30)
    }
    cases = huge | {"without padding": (s, a, 0 * mask + 1, parameters)}
    anywhere = np.array([[0, 1, 1, 0, 1, 1], [0, 0, 0, 1, 0, 1]])
    for size in (9, 2000, -2000):
        cases[f"with a sharp softmax, v times {size}"] = s, a, anywhere, parameters | {"v": size * parameters["v"]}
    cases |= {"with padding anywhere": (s, a, anywhere, parameters)}
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
# Why the root? If the numbers of $q$ and $k$ have mean 0 and variance 1 and are independent, the variance of $q \cdot k$ is $n$. With $n = 256$ the standard deviation is $\sqrt{256} = 16$: energies of 16 and $-16$ are common. Then softmax gives nearly all weight to one step, and its gradient is nearly 0. Divided by $\sqrt n$, the variance is 1 for every $n$.
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


# %% [markdown]
# <details><summary>Hint</summary>
#
# `q[:, :, None]` has the shape $(n, m, 1)$, so `q[:, :, None] * k` has that of the keys. Over which axis is the dot product the sum?
# </details>

# %% check="scaled_dot_energies" points=1
with checks.exercise("scaled_dot_energies"):
    q, k = np.array([[1, 2], [3, 0], [0, 1]]), np.arange(18).reshape(3, 2, 3) % 5
    checks.unchanged(scaled_dot_energies, q, k)
    found = scaled_dot_energies(q, k)
    checks.shape("scaled_dot_energies(q, k)", found, (2, 3))
    slips = {"the scale is missing": [3, 7, 11], "the root of n, not n": [1, 7 / 3, 11 / 3]}
    slips |= {"n is the length of q, not the number of sequences": [2.1213203, 4.9497475, 7.7781746]}
    checks.close("the first row", found[0], [1.7320508, 4.0414519, 6.3508530], mistakes=slips)
    checks.close("the second row", found[1], [3.4641016, 5.1961524, 1.1547005])
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
    print(
        f"n = {n:4}: the largest of 20 weights, mean over 300 queries: {largest[0]:.2f} without scale, {largest[1]:.2f} with it"
    )

# %% [markdown]
# *What to notice.* Without the scale, a larger $n$ puts nearly all weight on one step, before anything was learned. With it the weights are alike for all $n$.
#
# ## 6. Backward
#
# *How does the network learn where to look?*
#
# Let $dc$ of shape $(n_a, m)$ be the derivative of the loss with respect to the context. We go back, for each sequence:
#
# 1. **Weights.** The context is $\sum \alpha_t a_t$, so $d\alpha_t = dc \cdot a_t$, and each $a_t$ gets its first part, $\alpha_t\, dc$.
# 2. **Softmax.** $de_t = \alpha_t \left(d\alpha_t - \sum_{t'} \alpha_{t'}\, d\alpha_{t'}\right)$. At padding $\alpha = 0$, so $de = 0$ without any mask.
# 3. **Energies.** With $z$ for the sum inside the tanh: $dz_t = (v^T de_t) * (1 - u_t * u_t)$, where $*$ multiplies entry by entry, of shape $(n_k,)$, and $dv = \sum de_t\, u_t^T$ over all sequences and steps.
# 4. **Both sources.** The state acts on all steps: $ds = W_s^T \sum_t dz_t$. Each $a_t$ gets a **second** part, $W_a^T dz_t$. And $dW_s = \sum_t dz_t\, s^T$, $dW_a = \sum_t dz_t\, a_t^T$, over all sequences.
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
        da: shape (n_a, m, T), the sum of its two parts.
        grads: a dict with "dW_s", "dW_a" and "dv", each of the shape of its parameter; sums over the sequences.
    """
    # 1. Weights. 2. Softmax. 3. Energies. 4. Both sources, and the parameters.
    ### BEGIN SOLUTION
    s, a, u, weights, parameters = cache
    dweights = np.einsum("am,amt->mt", dcontext, a)
    de = weights * (dweights - np.sum(weights * dweights, axis=1, keepdims=True))
    dz = parameters["v"].T[:, :, None] * de * (1 - u**2)
    da = dcontext[:, :, None] * weights + np.tensordot(parameters["W_a"].T, dz, axes=1)
    grads = {"dW_s": dz.sum(axis=2) @ s.T, "dW_a": np.tensordot(dz, a, axes=((1, 2), (1, 2)))}
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
# `parameters["v"].T[:, :, None] * de` has the shape $(n_k, m, T)$. $W_s$ meets the sum of $dz$ over the steps. For $dW_a$, `np.tensordot(dz, a, axes=((1, 2), (1, 2)))` sums over sequences and steps.
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
    checks.close("da[1, 1]", found[1][1, 1], [0.3158620, -1.6608505, 0.0959736], rtol=1e-5)
    checks.keys("grads", found[2], ["dW_s", "dW_a", "dv"])
    checks.shape("dW_s", found[2]["dW_s"], (3, 2))
    checks.close("dW_s[2]", found[2]["dW_s"][2], [0.2053869, -0.0448995], rtol=1e-5)
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
        mask = rng.permuted(mask, axis=1) if n_s == 2 else mask
        s, a = rng.normal(0, 1, (n_s, m)), rng.normal(0, 1, (n_a, m, T))
        if whole:
            s, a = np.rint(2 * s).astype(int), np.rint(2 * a).astype(int)
            parameters = {key: np.rint(2 * value).astype(int) for key, value in parameters.items()}
        _, u, powers = context_of(mask)(s, a, *(parameters[key] for key in ("W_s", "W_a", "v")))
        return rng.normal(0, 1, (n_a, m)), (s, a, u, powers / powers.sum(axis=1, keepdims=True), parameters)

    rng = np.random.default_rng(6)
    cases = {
        "with a sharp softmax": decoder(rng, 2, 3, 4, 3, 5, 8.0),
        "with whole numbers": decoder(rng, 2, 3, 4, 3, 5, whole=True),
    }
    cases |= {"with one step": decoder(rng, 2, 3, 4, 3, 1), "with long sequences": decoder(rng, 2, 3, 2, 2, 105)}
    dcontext, (s, a, u, _, parameters) = decoder(rng, 2, 3, 4, 1, 2)
    parameters["v"] *= 14 / (parameters["v"] @ (u[:, 0, 0] - u[:, 0, 1]))
    weights = 1 / (1 + np.exp([[-14.0, 14]]))
    cases |= {"with a weight of 8e-7": (dcontext, (s, a, u, weights, parameters))}
    cases |= {"with many sequences": decoder(rng, 2, 2, 2, 102, 2), "with 101 units": decoder(rng, 2, 2, 101, 1, 2)}
    domain = {"real": {"dcontext": 1e6}, "types": ["dcontext"], "apart": False, "cases": cases, "atol": 1e-12}
    domain["returns"] = {"ds": (), "da": (), "grads": ()}
    sizes = {"n_s": 6, "n_a": 7, "n_k": 6, "m": 5, "T": 7}
    checks.agrees(attention_backward, by_complex_steps, decoder, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. One step of the decoder
#
# *How are context, state and output put together?*
#
# The decoder writes one symbol after the other. At each step it first looks at the input, with its **old** state: that gives the context. Then a GRU takes a step; its input is the symbol before *and* the context. The scores come from the **new** state and the same context:
#
# $$\text{context} = \text{attention}(s^{\langle t-1 \rangle}, a), \qquad s^{\langle t \rangle} = \text{GRU}\left(\begin{bmatrix} e_{y^{\langle t-1 \rangle}} \\ \text{context} \end{bmatrix}, s^{\langle t-1 \rangle}\right), \qquad z^{\langle t \rangle} = W_{ya} \begin{bmatrix} s^{\langle t \rangle} \\ \text{context} \end{bmatrix} + b_y .$$
#
# $e_y$ is the column $y$ of a matrix $E_y$ of shape $(n_e, n_y + 1)$. Its last column, the one with the index $n_y$, stands for "nothing was written yet".
#
# ### Exercise 7: `decode_step`


# %% exercise="decode_step"
def decode_step(y_prev, s_prev, a, mask, parameters):
    """One step of a decoder with attention.

    Args:
        y_prev: the symbol before in each sequence, whole numbers from 0 to n_y, shape (m,); n_y stands for no symbol.
        s_prev: the states before, float (n_s, m).
        a, mask: as in one_step_attention.
        parameters: a dict with "E_y" (n_e, n_y + 1), "W_ya" (n_y, n_s + n_a), "b_y" (n_y, 1), those of
            alignment_energies, and "W_u", "W_r", "W_c" (n_s, n_s + n_e + n_a) and "b_u", "b_r", "b_c" (n_s, 1) of
            gru_cell_forward.

    Returns:
        z: scores, shape (n_y, m).
        s: the states after the step, shape (n_s, m).
        caches: the tuple (cache of the attention, cache of the GRU).
    """
    # 1. The attention, with the old state. 2. The input of the GRU, the symbol on top. 3. Scores, the state on top.
    ### BEGIN SOLUTION
    context, looked = one_step_attention(s_prev, a, mask, parameters)
    s, moved = gru_cell_forward(np.concatenate([parameters["E_y"][:, y_prev], context]), s_prev, parameters)
    return parameters["W_ya"] @ np.concatenate([s, context]) + parameters["b_y"], s, (looked, moved)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `gru_cell_forward(x_t, s_prev, parameters)` returns the new state and a cache. `np.concatenate([top, bottom])` puts arrays of shapes $(n_1, m)$ and $(n_2, m)$ on top of each other.
# </details>

# %% check="decode_step" points=2
with checks.exercise("decode_step"):

    def random_decoder(rng, n_y, n_e, n_s, n_a, m, T, n_k=3):
        shapes = {"E_y": (n_e, n_y + 1), "W_ya": (n_y, n_s + n_a), "b_y": (n_y, 1), "v": (1, n_k)}
        shapes |= {"W_s": (n_k, n_s), "W_a": (n_k, n_a)} | {f"b_{gate}": (n_s, 1) for gate in "urc"}
        shapes |= {f"W_{gate}": (n_s, n_s + n_e + n_a) for gate in "urc"}
        parameters = {key: rng.normal(0, shape[1] ** -0.5, shape) for key, shape in shapes.items()}
        mask = (np.arange(T) < rng.integers(1, T + 1, (m, 1))).astype(float)
        return rng.integers(0, n_y + 1, m), rng.normal(0, 1, (n_s, m)), rng.normal(0, 1, (n_a, m, T)), mask, parameters

    given = random_decoder(np.random.default_rng(9), 4, 2, 3, 2, 2, 4)
    checks.unchanged(decode_step, *given)
    z, s, caches = checks.results("decode_step(...)", decode_step(*given), ["z", "s", "caches"])
    slips = {"the symbol stands on top of the context": [-0.5542262, 0.7131917, 0.2197859]}
    slips |= {"the GRU reads the context too": [-0.662083, 0.5183033, 0.3625779]}
    slips |= {"symbol y has column y of E_y": [-0.6586347, 0.4796801, 0.2992223]}
    checks.close("s[:, 0]", s[:, 0], [-0.7077962, 0.6504781, 0.258233], rtol=1e-5, mistakes=slips)
    slips = {"the scores come from the new state": [2.9230099, -0.569562, -1.2243295, -0.6404901]}
    slips |= {"the state stands on top of the context": [1.5497667, -1.7046147, -0.6980223, 0.0780166]}
    slips |= {"the scores get the context that the GRU got": [2.6922595, -0.5113378, -1.2445873, -0.7189948]}
    checks.close("z[:, 0]", z[:, 0], [2.6800193, -0.5145533, -1.2531428, -0.7180706], rtol=1e-5, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def sequence_by_sequence(y_prev, s_prev, a, mask, parameters):
        get, z, s, caches = parameters.get, [], [], one_step_attention(s_prev, a, mask, parameters)[1]
        sigmoid = lambda score: 0.5 + 0.5 * np.tanh(score / 2)  # noqa: E731
        inputs, gates = [], []
        for j, y in enumerate(y_prev):
            real = mask[j] == 1
            e = get("v")[0] @ np.tanh((get("W_s") @ s_prev[:, j])[:, None] + get("W_a") @ a[:, j][:, real])
            context = a[:, j][:, real] @ (np.exp(e - e.max()) / np.exp(e - e.max()).sum())
            x = np.append(get("E_y")[:, y], context)
            u, r = (sigmoid(get(f"W_{gate}") @ np.append(s_prev[:, j], x) + get(f"b_{gate}")[:, 0]) for gate in "ur")
            c = np.tanh(get("W_c") @ np.append(r * s_prev[:, j], x) + get("b_c")[:, 0])
            s.append(u * c + (1 - u) * s_prev[:, j])
            z.append(get("W_ya") @ np.append(s[-1], context) + get("b_y")[:, 0])
            inputs, gates = [*inputs, x], [*gates, (u, r, c)]
        moved = (np.array(inputs).T, s_prev, *(np.array(each).T for each in zip(*gates, strict=True)), parameters)
        return np.array(z).T, np.array(s).T, (caches, moved)

    rng = np.random.default_rng(8)
    cases = {
        "with many sequences": random_decoder(rng, 3, 2, 3, 2, 104, 3),
        "with long ones": random_decoder(rng, 3, 2, 3, 2, 2, 110),
    }
    cases |= {
        "with 101 units": random_decoder(rng, 3, 2, 101, 2, 2, 3),
        "with 120 symbols": random_decoder(rng, 120, 2, 3, 2, 9, 3),
    }
    start = random_decoder(rng, 3, 2, 3, 2, 4, 3)
    cases |= {
        "where nothing was written": (np.full(4, 3), *start[1:]),
        "with the symbol 0": (np.zeros(4, int), *start[1:]),
    }
    cases |= {"with states of 0": (start[0], 0 * start[1], *start[2:])}
    for size in (1e3, -1e3):
        cases[f"with gate scores of {size:g}"] = (
            *start[:4],
            start[4] | {key: start[4][key] + size for key in ("b_u", "b_r")},
        )
    cases |= {"with large numbers": (start[0], 30 * start[1], 30 * start[2], *start[3:])}
    domain = {"types": ["a"], "apart": False, "cases": cases, "new": False, "atol": 1e-13}
    domain["returns"] = {"z": (), "s": (), "caches": ("the cache of the attention", "the cache of the GRU")}
    sizes = {"n_y": 9, "n_e": 6, "n_s": 7, "n_a": 8, "m": 6, "T": 7}
    checks.agrees(decode_step, sequence_by_sequence, random_decoder, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 8. Reading dates
#
# *Can one network read "Monday, November 3, 2025", "3 novembre 2025" and "2025年11月3日"?*
#
# The data: 5,000 dates in each of three languages, with the same date as `2025-11-03`. No day of the test set occurs in the training set. The network reads characters.
#
# As **encoder** we take a small one that needs no recurrence: for each position the vectors of five neighbouring characters, one dense layer, and a learned vector for the position. You get it with its gradients, which are those of a dense layer and of an embedding.

# %%
texts = [text for each in pairs.values() for text in each.source_train]
symbols = ["<PAD>", *sorted({character for text in texts for character in text})]
number, T_MAX = {symbol: k for k, symbol in enumerate(symbols)}, max(map(len, texts)) + 2
digits = "0123456789-"


def as_indices(some):
    """Whole numbers (m, T) with 0 after the end, and the mask; a character that was never seen counts as symbol 1."""
    x = np.zeros((len(some), max(map(len, some))), int)
    for j, text in enumerate(some):
        x[j, : len(text)] = [number.get(character, 1) for character in text]
    return x, (x > 0).astype(np.float32)


# %%
def initialize(rng):
    shapes = {"E": (24, len(symbols)), "W_h": (64, 120), "b_h": (64, 1), "P": (64, T_MAX), "E_y": (16, 12)}
    shapes |= {"W_s": (32, 64), "W_a": (32, 64), "v": (1, 32), "W_ya": (11, 128), "b_y": (11, 1)}
    shapes |= {f"W_{gate}": (64, 64 + 16 + 64) for gate in "urc"} | {f"b_{gate}": (64, 1) for gate in "urc"}
    scale = {"E": 0.5, "P": 0.1, "E_y": 0.5}
    sizes = {key: scale.get(key, shape[1] ** -0.5 * (key[0] != "b")) for key, shape in shapes.items()}
    return {key: (sizes[key] * rng.normal(0, 1, shape)).astype(np.float32) for key, shape in shapes.items()}


# %%
def encode(parameters, x):
    """What the encoder makes of each character, (64, m, T), and the windows of five characters that it saw."""
    e = np.pad(layers.embedding_forward(parameters["E"], x), ((0, 0), (0, 0), (2, 2)))
    windows = np.concatenate([e[:, :, k : k + x.shape[1]] for k in range(5)])
    z = (parameters["W_h"] @ windows.reshape(120, -1) + parameters["b_h"]).reshape(64, *x.shape)
    return np.tanh(z + parameters["P"][:, None, : x.shape[1]]), windows


# %%
def encode_backward(da, a, windows, x, parameters):
    """The gradients of the encoder."""
    dz, T = da * (1 - a**2), x.shape[1]
    flat, dP = dz.reshape(64, -1), np.zeros_like(parameters["P"])
    dP[:, :T] = dz.sum(axis=1)
    dwindows = (parameters["W_h"].T @ flat).reshape(windows.shape)
    de = np.zeros((24, len(x), T + 4), da.dtype)
    for k in range(5):
        de[:, :, k : k + T] += dwindows[24 * k : 24 * (k + 1)]
    dE = layers.embedding_backward(de[:, :, 2:-2], x, len(symbols))
    return {"dW_h": flat @ windows.reshape(120, -1).T, "db_h": flat.sum(axis=1, keepdims=True), "dP": dP, "dE": dE}


# %% [markdown]
# The decoder takes ten steps of *your* `decode_step`. While it trains, the symbol before is the true one; when it is tested, it is the likeliest one that the network wrote itself. On the way back, $da$ is added up over all ten steps.


# %%
def decode(parameters, a, mask, y=None):
    """Ten steps: scores (11, m, 10), the caches of all steps, and the symbols before; y are the true symbols, if known."""
    y_prev, s = np.full(len(mask), 11), np.zeros((64, len(mask)), a.dtype)
    z, caches = [], []
    for t in range(10):
        scores, s, both = decode_step(y_prev, s, a, mask, parameters)
        z.append(scores)
        caches.append((*both, y_prev, s))
        y_prev = scores.argmax(axis=0) if y is None else y[:, t]
    return np.stack(z, axis=2), caches


# %%
def network_gradients(parameters, x, mask, y):
    """The loss of a batch and all gradients."""
    a, windows = encode(parameters, x)
    z, caches = decode(parameters, a, mask, y)
    loss, dz = layers.temporal_softmax_loss(z, y, np.ones(y.shape))
    grads, da, ds = {f"d{key}": np.zeros_like(value) for key, value in parameters.items()}, np.zeros_like(a), 0
    for t in reversed(range(10)):
        looked, moved, y_prev, s = caches[t]
        context = moved[0][16:]
        d_both = parameters["W_ya"].T @ dz[:, :, t]
        dx, ds, more = gru_cell_backward(d_both[:64] + ds, moved)
        ds_looked, da_t, attention = attention_backward(d_both[64:] + dx[16:], looked)
        more |= attention | {
            "dW_ya": dz[:, :, t] @ np.concatenate([s, context]).T,
            "db_y": dz[:, :, t].sum(axis=1)[:, None],
        }
        more["dE_y"] = layers.embedding_backward(dx[:16, :, None], y_prev[:, None], 12)
        ds, da = ds + ds_looked, da + da_t
        grads |= {key: grads[key] + value for key, value in more.items()}
    return loss, grads | encode_backward(da, a, windows, x, parameters)


# %%
targets = [text for each in pairs.values() for text in each.target_train]
Y = np.array([[digits.index(character) for character in text] for text in targets])


def train(gradients, steps, seed, m=64):
    """A network after some steps of Adam with a falling rate, in float32."""
    rng = np.random.default_rng(seed)
    parameters = initialize(rng)
    v, s = ({f"d{key}": np.zeros_like(value) for key, value in parameters.items()} for _ in range(2))
    for t in tqdm(range(1, steps + 1), desc="training", file=sys.stdout):
        chosen = rng.integers(0, len(texts), m)
        _, grads = gradients(parameters, *as_indices([texts[k] for k in chosen]), Y[chosen])
        grads = {key: value.astype(np.float32) for key, value in clip_grad_norm(grads, 5.0)[0].items()}
        parameters, v, s = adam_step(parameters, grads, v, s, t, 0.008 * (1 - 0.95 * t / steps))
    return parameters


# %%
def translate(parameters, some):
    x, mask = as_indices(some)
    z, caches = decode(parameters, encode(parameters, x)[0], mask)
    return ["".join(digits[k] for k in row) for row in z.argmax(axis=0)], np.stack(
        [cache[0][3] for cache in caches], axis=1
    )


parameters = train(network_gradients, 400, 0)
for language, each in pairs.items():
    written, _ = translate(parameters, each.source_test)
    right = [one == other for one, other in zip(written, each.target_test, strict=True)]
    wrong = [k for k in range(len(right)) if not right[k]]
    turned = sum(
        written[k] == f"{each.target_test[k][:5]}{each.target_test[k][8:]}-{each.target_test[k][5:7]}" for k in wrong
    )
    print(
        f"{language}: {np.mean(right):.3f} of 1,000 new dates right; day and month exchanged in {turned} of {len(wrong)}"
    )
    print("".join(f"    {each.source_test[k]} = {written[k]}, not {each.target_test[k]}\n" for k in wrong[:2]), end="")

# %% [markdown]
# *What to notice.* Most dates are right. "2/6/2004" is the 6th of February in our (American) English texts and the 2nd of June in French, and the network is not told which language it reads. Nobody could know. So 100 % is impossible here, and a large part of the wrong answers are such dates, with day and month exchanged. In others the network mixes both ways of reading, or errs.
#
# ## 9. Is it the attention?
#
# *What if the decoder cannot choose where to look?*
#
# With $v = 0$ all energies are 0, and all real steps get the same weight: the context is the plain mean of the whole input, at each step of the decoder. Everything else stays the same.


# %%
def without_attention(parameters, x, mask, y):
    loss, grads = network_gradients(parameters | {"v": 0 * parameters["v"]}, x, mask, y)
    return loss, grads | {"dv": 0 * parameters["v"]}


plain = train(without_attention, 400, 0)
plain["v"] = 0 * plain["v"]
for name, network in (("with attention", parameters), ("plain mean", plain)):
    shares = {
        language: np.mean([*map(str.__eq__, translate(network, each.source_test)[0], each.target_test)])
        for language, each in pairs.items()
    }
    print(f"{name:15}", "   ".join(f"{language} {share:.3f}" for language, share in shares.items()))

# %% [markdown]
# *What to notice.* With the plain mean the network is far worse in all three languages, after the same number of steps. The mean holds which characters were there and, by the vectors of the positions, also a little of where. To write down ten digits one needs more than that.
#
# ## 10. Where does it look?
#
# The weights of the ten steps are a map: a row for each character that is written, a column for each one that is read.

# %%
text = "Thursday, September 17, 2043"
written, maps = translate(parameters, [text])
figure, axis = plt.subplots(figsize=(8, 4))
axis.imshow(maps[0], cmap="Blues", aspect="auto")
axis.set(xticks=range(len(text)), xticklabels=list(text), yticks=range(10), yticklabels=list(written[0]))
axis.set(
    xlabel="characters that are read",
    ylabel="written",
    title="Each part of the date is written while looking at its place",
)
axis.grid(False)
plt.show()

for text in ("2043年9月17日", "17 septembre 2043", "2043-09-17"):
    written, maps = translate(parameters, [text])
    looks = "  ".join(f"{w}←{text[k]}" for w, k in zip(written[0], maps[0].argmax(axis=1), strict=True))
    print(f"{text} = {written[0]}:   {looks}")

# %% [markdown]
# *What to notice.* For the year the network looks at the end of the English and French texts, for the month at its name or number, for the day before or after it, where the language puts it. The darkest place may be a neighbour of the right character: a vector of the encoder holds five characters. In the lines below the picture, the arrow points from the character with the largest weight. The last text is in the form of the answer. Such a date never occurred in training, and it shows what the network does with something new. (No text has the character "-", so that the network reads it as some other one.)
#
# A word of care. A map shows where the mean comes from. It is not a proof of *why* the network decided so.

# %% [markdown]
# ## What you built
#
# - `kernel_regression`: attention from before neural networks.
# - `masked_softmax`, `alignment_energies` and `one_step_attention`: weights that a network learns, and a context.
# - `scaled_dot_energies`: the energies of the Transformer, and why they have a scale.
# - `attention_backward`: exact gradients to state, input and all weights.
# - `decode_step`, and with it a translator of dates in three languages.
#
# ## On your own
#
# 1. Replace the additive energies by `scaled_dot_energies` of $W_q s$ and $W_k a$. You need the way back: $dq = \sum_t de_t\, k_t / \sqrt n$, $dk_t = de_t\, q / \sqrt n$. Which of the two learns faster?
# 2. Put the name of the language in front of each date, as one more symbol. Which errors are gone?
# 3. Really hard: **self-attention**. Let each position of the input look at all positions with dot products, in place of the five-character windows, with several heads. That is the encoder of a Transformer. Does it need the vectors of the positions? Try without them.
#
# ## In practice
#
# - `torch.nn.functional.scaled_dot_product_attention` is section 5 with values, heads and masks; `torch.nn.MultiheadAttention` adds the matrices. Today's programs compute it in blocks, so that the table of all weights is never stored.
# - Nearly all large models are made of scaled dot products. For large $n$, additive attention is a little better than dot products without a scale, and slower.
# - A mask that is forgotten, or applied after the softmax, is a common fault. The test: change what stands at padding. Nothing may change in the result.
#
# ## References
#
# - Course 5, week 3, lectures 7 and 8.
# - E. Nadaraya (1964), On Estimating Regression, Theory of Probability and Its Applications 9; G. Watson (1964), Smooth Regression Analysis, Sankhyā A 26.
# - D. Bahdanau, K. Cho and Y. Bengio (2015), Neural Machine Translation by Jointly Learning to Align and Translate, ICLR.
# - K. Xu and others (2015), Show, Attend and Tell: Neural Image Caption Generation with Visual Attention, ICML.
# - A. Vaswani and others (2017), Attention Is All You Need, NeurIPS.
# - S. Jain and B. Wallace (2019), Attention Is Not Explanation, NAACL; S. Wiegreffe and Y. Pinter (2019), Attention Is Not Not Explanation, EMNLP.
