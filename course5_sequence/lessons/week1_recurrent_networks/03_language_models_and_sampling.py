# %% [markdown]
# You will write a language model: a recurrent network that says how likely the next character is. It will invent names of plants and animals, and it will write Chinese quatrains.

# %% [markdown]
# ## What you will be able to do
#
# - tell the types of recurrent networks apart by the lengths of inputs and outputs;
# - compute the probability of a whole sentence and the perplexity of a model, without underflow;
# - build a language model by counting, and show that a small network learns the same numbers;
# - train a recurrent model with clipped gradients, and compare it honestly with counting;
# - sample new sequences with temperature, top-k and nucleus sampling, and say what each of them changes.
#
# **What you need:** [recurrent networks and backpropagation through time](02_rnn_and_backpropagation_through_time.ipynb), whose layers are imported here; from course 2 [softmax](../../../course2_improving/release/week3_tuning_batchnorm_frameworks/03_softmax_classifier.ipynb) and [Adam](../../../course2_improving/release/week2_optimization/03_momentum_rmsprop_adam.ipynb).

# %%
import sys
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import sequences as layers
from shared_utils.nn.optimisers import adam_step
from shared_utils.nn.recurrent import rnn_backward, rnn_cell_forward, rnn_forward

plots.use_style()
names = [name.lower() for name in data.load_genus_names()]


def initialize(rng, n_v, n_e, n_a):
    """Parameters of a language model of n_v symbols, with vectors of n_e numbers and n_a units; float32."""
    shapes = {"E": (n_e, n_v), "W_aa": (n_a, n_a), "W_ax": (n_a, n_e), "b_a": (n_a, 1), "W_ya": (n_v, n_a)}
    shapes["b_y"] = (n_v, 1)
    scale = {key: 0.3 if key == "E" else shape[1] ** -0.5 * (key[0] == "W") for key, shape in shapes.items()}
    return {key: (scale[key] * rng.normal(0, 1, shape)).astype(np.float32) for key, shape in shapes.items()}


def scores(parameters, y):
    """The scores (n_v, m, T) of each next symbol, and what backpropagation needs."""
    e = np.pad(parameters["E"][:, y[:, :-1]], ((0, 0), (0, 0), (1, 0)))
    a, caches = rnn_forward(e, np.zeros((len(parameters["W_aa"]), len(y)), e.dtype), parameters)
    return layers.temporal_affine_forward(a, parameters), (a, caches)


def network_gradients(parameters, y, mask):
    """The mean loss of the real steps, and its gradients by "d" + key."""
    z, (a, caches) = scores(parameters, y)
    loss, dz = layers.temporal_softmax_loss(z, y, mask)
    da, grads = layers.temporal_affine_backward(dz, a, parameters)
    de, _, more = rnn_backward(da, caches)
    dE = layers.embedding_backward(de[:, :, 1:], y[:, :-1], len(z)) if y.shape[1] > 1 else 0 * parameters["E"]
    return loss, grads | more | {"dE": dE}


# %% [markdown]
# ## 1. Types of recurrent networks
#
# *When does the network read, and when does it answer?*
#
# | type | inputs, outputs | example |
# |---|---|---|
# | one-to-one | $T_x = T_y = 1$ | a picture and its class: no sequence at all |
# | one-to-many | $T_x = 1$, $T_y$ free | a genre and a melody |
# | many-to-one | $T_x$ free, $T_y = 1$ | a sentence and its rating |
# | many-to-many | $T_y = T_x$ | a word and whether it belongs to a name, at each step |
# | encoder-decoder | $T_x$ and $T_y$ free, not always equal | a sentence and its translation |
#
# The lecture calls the last two both many-to-many. They need different networks: with different lengths the network must first read everything. One example is not enough to tell them apart. A translation may happen to have as many words as the sentence. So look at all examples of a task, and take the **first row of the table that fits all of them**.
#
# *On paper.* Four examples with $T_x = 5, 3, 1, 4$ and $T_y = 5, 3, 1, 4$: many-to-many. With $T_y = 5, 3, 2, 4$: encoder-decoder, because of the third example alone. With $T_x = T_y = 1$ in all of them: one-to-one, the first row that fits.
#
# ### Exercise 1: `rnn_type`


# %% exercise="rnn_type"
def rnn_type(T_x, T_y):
    """The type of recurrent network that a task needs: the first row of the table that fits all examples.

    Args:
        T_x, T_y: the lengths of input and output of each example, whole numbers >= 1, shape (m,) each.

    Returns:
        "one-to-one", "one-to-many", "many-to-one", "many-to-many" or "encoder-decoder".
    """
    # 1. What holds for all inputs, and for all outputs? 2. Go down the table.
    ### BEGIN SOLUTION
    one_in, one_out = np.all(T_x == 1), np.all(T_y == 1)
    if one_in or one_out:
        return ("one" if one_in else "many") + "-to-" + ("one" if one_out else "many")
    return "many-to-many" if np.array_equal(T_x, T_y) else "encoder-decoder"
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.all(T_x == 1)` is True where every input has a single step. Test the rows of the table in their order.
# </details>

# %% check="rnn_type" points=1
with checks.exercise("rnn_type"):
    lengths, ones = np.array([5, 3, 1, 4]), np.array([1, 1, 1, 1])
    checks.unchanged(rnn_type, lengths, ones)
    checks.equal("T_x and T_y 5, 3, 1, 4", rnn_type(lengths, lengths), "many-to-many")
    checks.equal("T_x 5, 3, 1, 4 and T_y 5, 3, 2, 4", rnn_type(lengths, np.array([5, 3, 2, 4])), "encoder-decoder")
    checks.equal("T_x 5, 3, 1, 4 and T_y 1, 1, 1, 1", rnn_type(lengths, ones), "many-to-one")
    checks.equal("T_x 1, 1, 1, 1 and T_y 5, 3, 1, 4", rnn_type(ones, lengths), "one-to-many")
    checks.equal("T_x and T_y 1, 1, 1, 1", rnn_type(ones, ones), "one-to-one")
    ### BEGIN HIDDEN TESTS

    def row_by_row(T_x, T_y):
        pairs = [(int(x), int(y)) for x, y in zip(T_x, T_y, strict=True)]
        rows = {"one-to-one": lambda x, y: x == y == 1, "one-to-many": lambda x, y: x == 1}
        rows |= {"many-to-one": lambda x, y: y == 1, "many-to-many": lambda x, y: x == y}
        return [*(name for name, fits in rows.items() if all(fits(*pair) for pair in pairs)), "encoder-decoder"][0]

    def task(rng, m, kind):
        T_x, T_y, ones = rng.integers(1, 4, m), rng.integers(1, 4, m), np.ones(m, int)
        return ((ones, ones), (ones, T_y), (T_x, ones), (T_x, T_x.copy()), (T_x, T_y), (T_x, T_x[::-1].copy()))[kind]

    cases = {"with one output of two": (np.array([1, 1, 1]), np.array([1, 2, 1]))}
    cases |= {"with one input of two": (np.array([1, 1, 2]), np.array([1, 1, 1]))}
    cases |= {"with outputs longer by one": (np.array([2, 3]), np.array([3, 4]))}
    late = 3 - np.eye(300, dtype=int)[200]
    cases |= {"with one that differs after 200 others": (np.full(300, 3), late), "for all alike": (late, late.copy())}
    cases |= {"with one longer output": (np.array([1, 1, 1]), np.array([1, 1, 300]))}
    checks.agrees(rnn_type, row_by_row, task, sizes={"m": 2000, "kind": (0, 5)}, cases=cases)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. A language model by counting
#
# *How likely is a sentence?*
#
# A **language model** gives a probability to each sentence $y^{\langle 1 \rangle}, \dots, y^{\langle T \rangle}$. It does so step by step:
#
# $$P(y^{\langle 1 \rangle}, \dots, y^{\langle T \rangle}) = \prod_{t=1}^{T} P\left(y^{\langle t \rangle} \mid y^{\langle 1 \rangle}, \dots, y^{\langle t-1 \rangle}\right) .$$
#
# This rule is always true. A model that looks at the **last symbol only** is called a **bigram** model: $P(y^{\langle t \rangle} \mid y^{\langle t-1 \rangle})$. It needs a table of $n_v \times n_v$ numbers, and the numbers can be counted.
#
# Our sentences are names, and our symbols are characters. Symbol 0 is **`<EOS>`**, the end of a name; 1 to 26 are the letters. What stands *before* the first letter? The end of the name before: also symbol 0. So row 0 of the table says how names begin.
#
# With $c_{ij}$, how often symbol $j$ comes after symbol $i$, and with $k \ge 0$ that is added to each count, so that nothing is impossible:
#
# $$P_{ij} = \frac{c_{ij} + k}{\sum_{l} (c_{il} + k)} .$$
#
# If $k = 0$ and a symbol $i$ never comes before another, its row would be $0/0$. Then we know nothing, and each symbol gets $1/n_v$.
#
# *On paper.* Three symbols, two sentences: "1 1 0" and "2 1 0". Row 0: 1 and 2, once each. Row 1: once 1, twice 0. Row 2: once 1. With $k = 0$ the rows are $(0, \frac12, \frac12)$, $(\frac23, \frac13, 0)$ and $(0, 1, 0)$. With $k = 1$ the last one is $(\frac14, \frac12, \frac14)$.
#
# ### Exercise 2: `bigram_model`


# %% exercise="bigram_model"
def bigram_model(y, mask, n_v, k):
    """The probabilities of the next symbol after each symbol, by counting.

    Args:
        y: the symbols of m sentences, whole numbers from 0 to n_v - 1, shape (m, T). Each ends with 0 (which may also
            stand before, if n_v is 1), and then comes padding, which may be any symbols.
        mask: 1 for the symbols of a sentence, its end included, 0 for padding, floats, shape (m, T); the first step is
            always 1.
        n_v: the number of symbols, a whole number >= 1.
        k: what is added to each count, a number >= 0.

    Returns:
        P: shape (n_v, n_v). P[i, j] is the probability of j after i. Before the first symbol of each sentence stands 0.
        Each row adds up to 1.
    """
    # 1. What stands before each symbol? 2. Count pairs, the same pair many times, without padding. 3. Shares.
    ### BEGIN SOLUTION
    before = np.hstack([np.zeros((len(y), 1), int), y[:, :-1]])
    counts, real = np.full((n_v, n_v), float(k)), mask == 1
    np.add.at(counts, (before[real], y[real]), 1)
    totals = counts.sum(axis=1, keepdims=True)
    return np.where(totals > 0, counts, 1) / np.where(totals > 0, totals, n_v)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Put a column of zeros in front of `y`, and leave the last column out: that is what stands before. `counts[before, y] += 1` counts a pair only once. `np.add.at(counts, (before, y), 1)` counts all of them; a loop does too. Boolean indexing with `mask == 1` leaves padding out.
# </details>

# %% check="bigram_model" points=2
with checks.exercise("bigram_model"):
    y, mask = np.array([[1, 1, 0, 2], [2, 1, 0, 2]]), np.array([[1.0, 1, 1, 0], [1, 1, 1, 0]])
    checks.unchanged(bigram_model, y, mask, 3, 1)
    slips = {"padding was counted": [[0, 0.25, 0.75], [2 / 3, 1 / 3, 0], [0, 1, 0]]}
    slips |= {"the beginning is missing": [[1 / 3, 1 / 3, 1 / 3], [2 / 3, 1 / 3, 0], [0, 1, 0]]}
    slips |= {"each pair must count as often as it occurs": [[0, 0.5, 0.5], [0.5, 0.5, 0], [0, 1, 0]]}
    slips |= {"rows and columns are exchanged": [[0, 1, 0], [1 / 3, 1 / 3, 1 / 3], [1, 0, 0]]}
    right = [[0, 1 / 2, 1 / 2], [2 / 3, 1 / 3, 0], [0, 1, 0]]
    checks.close("P with k = 0", bigram_model(y, mask, 3, 0), right, mistakes=slips)
    checks.close("the last row with k = 1", bigram_model(y, mask, 3, 1)[2], [1 / 4, 1 / 2, 1 / 4])
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(y, mask, n_v, k):
        P = np.zeros((n_v, n_v))
        counted = Counter()
        for sentence, real in zip(y.tolist(), mask.tolist(), strict=True):
            symbols = [0] + [symbol for symbol, one in zip(sentence, real, strict=True) if one]
            counted.update(zip(symbols, symbols[1:], strict=False))
        for i in range(n_v):
            total = sum(counted[i, j] for j in range(n_v)) + k * n_v
            P[i] = [(counted[i, j] + k) / total if total else 1 / n_v for j in range(n_v)]
        return P

    def sentences(rng, m, T, n_v, k=None):
        y, lengths = rng.integers(0, n_v, (m, T)), rng.integers(1, T + 1, (m, 1))
        y[np.arange(T) < lengths - 1] = rng.integers(min(1, n_v - 1), n_v, np.sum(np.minimum(lengths - 1, T)))
        y[np.arange(m), lengths[:, 0] - 1] = 0
        return y, (np.arange(T) < lengths).astype(float), n_v, float(rng.integers(0, 3) / 2) if k is None else k

    rng = np.random.default_rng(2)
    cases = {f"with k = {k}": sentences(rng, 6, 7, 5, k) for k in (0, 0.0, 1e-20, 1e-6, 1, 3, 1000)}
    cases |= {"with 300 symbols": sentences(rng, 90, 9, 300, 0), "with 1,100 sentences": sentences(rng, 1100, 5, 4, 0)}
    cases |= {"with k = 0.1 and symbols that do not occur": sentences(rng, 2, 3, 9, 0.1)}
    cases |= {"with empty sentences": (np.zeros((3, 2), int), np.array([[1.0, 0]] * 3), 3, 0)}
    cases |= {"with a symbol many times": (np.array([[1] * 40 + [0]] * 9), np.ones((9, 41)), 2, 0)}
    sizes = {"m": 102, "T": 105, "n_v": 101}
    checks.agrees(bigram_model, pair_by_pair, sentences, sizes=sizes, cases=cases, apart=False)
    ### END HIDDEN TESTS


# %%
def as_indices(sentences, symbols):
    """Whole numbers (m, T), with 0 after the end of each sentence, and a mask that has a 1 at the first of these 0."""
    number = {symbol: k for k, symbol in enumerate(symbols)}
    T = max(map(len, sentences)) + 1
    y, mask = np.zeros((len(sentences), T), int), np.zeros((len(sentences), T), np.float32)
    for j, sentence in enumerate(sentences):
        y[j, : len(sentence)] = [number.get(symbol, 1) for symbol in sentence]
        mask[j, : len(sentence) + 1] = 1
    return y, mask


letters = ["<EOS>", *"abcdefghijklmnopqrstuvwxyz"]
y, mask = as_indices(names, letters)
y_train, mask_train, y_test, mask_test = y[:3274], mask[:3274], y[3274:], mask[3274:]
P = bigram_model(y_train, mask_train, 27, 0.1)
figure, axis = plt.subplots(figsize=(6, 5))
axis.imshow(P, cmap="Blues")
axis.set(xticks=range(27), xticklabels=[".", *letters[1:]], yticks=range(27), yticklabels=[".", *letters[1:]])
axis.set(xlabel="the next symbol (. is the end)", ylabel="after", title="In names of genera, u comes after q")
axis.grid(False)
plt.show()

# %% [markdown]
# *What to notice.* Each row adds up to 1; darker is likelier. After `q` nearly always comes `u`. Names often end after `a` or `s`.
#
# **A network learns the same**, here from 500 names. Take scores $z_j = B_{ij}$ after symbol $i$: a matrix $B$ of $n_v \times n_v$ numbers, and no memory. With softmax and cross-entropy, gradient descent should find the table, for the shares of the training set have the lowest mean cross-entropy of all tables.

# %%
few, mask_few = y_train[:500], mask_train[:500]
B, before = np.zeros((27, 27)), np.hstack([np.zeros((500, 1), int), few[:, :-1]])
by_counting = bigram_model(few, mask_few, 27, 0)
for step in range(401):
    loss, dz = layers.temporal_softmax_loss(layers.embedding_forward(B.T, before), few, mask_few)
    if step in (0, 10, 100, 400):
        P_net = np.exp(B) / np.exp(B).sum(axis=1, keepdims=True)
        print(f"step {step:3}: loss {loss:.4f}   mean difference {np.abs(P_net - by_counting).mean():.4f}")
    B -= 50 * layers.embedding_backward(dz, before, 27).T
real = mask_few == 1
print(f"loss by counting: {-np.mean(np.log(by_counting[before[real], few[real]])):.4f}")

# %% [markdown]
# *What to notice.* The loss of the network comes down to that of counting, and the table comes near. So counting *is* a trained model. But a table for the last three symbols already has $27^4$ numbers, and most of them are never seen. A recurrent network keeps what it needs of the whole past in its state.
#
# ## 3. Probability and perplexity
#
# *How do we say how good a language model is?*
#
# The scores $z^{\langle t \rangle}$ of a step become probabilities by softmax. A sentence multiplies the probabilities of its symbols. With 400 symbols of probability 0.1 that is $10^{-400}$, which is 0 in floating point. So we **add logarithms**. With the true symbols $y_j^{\langle t \rangle}$ of sentence $j$,
#
# $$\log P(\text{sentence } j) = \sum_{t} \text{mask}_{j,t} \, \log \hat y^{\langle t \rangle}_{y_j^{\langle t \rangle},\, j} .$$
#
# Longer sentences have smaller probabilities. To compare models we take the mean over all $N$ real steps and turn it back into a number of choices, the **perplexity**:
#
# $$\text{perplexity} = \exp\left(-\frac{1}{N} \sum_j \log P(\text{sentence } j)\right) .$$
#
# A model that is always undecided between 5 symbols has the perplexity 5. Its base-2 logarithm is the number of **bits** per symbol.
#
# *On paper.* Two sentences of the symbols 0 and 1: probabilities $\frac12, \frac14$ for the true symbols of the first one, and $\frac12$ for the only real step of the second one. The logarithms of their probabilities are $\log \frac18$ and $\log \frac12$. $N = 3$, and the perplexity is $\left(\frac18 \cdot \frac12\right)^{-1/3} = 16^{1/3} \approx 2.52$.
#
# ### Exercise 3: `sentence_log_probabilities` and `perplexity`


# %% exercise="sentence_log_probabilities"
def sentence_log_probabilities(z, y, mask):
    """The logarithm of the probability of each sentence.

    Args:
        z: scores, shape (n_y, m, T), floats or whole numbers, from -1e6 to 1e6.
        y: the symbols of the sentences, whole numbers from 0 to n_y - 1, shape (m, T).
        mask: 1 for a real step, 0 for padding, which may stand anywhere, floats or whole numbers, shape (m, T).

    Returns:
        Natural logarithms, shape (m,), right also where they are as low as -100000. A sentence without a real step has 0.
    """
    # 1. Logarithms of softmax, without overflow. 2. Those of the true symbols. 3. Sums over the real steps.
    ### BEGIN SOLUTION
    log_y_hat = z - np.max(z, axis=0)
    log_y_hat = log_y_hat - np.log(np.sum(np.exp(log_y_hat), axis=0))
    true = np.take_along_axis(log_y_hat, y[None], axis=0)[0]
    return np.sum(true * mask, axis=1)
    ### END SOLUTION


# %% exercise="perplexity"
def perplexity(z, y, mask):
    """The perplexity of a model on several sentences, over all their real steps together.

    Args:
        z, y, mask: as in sentence_log_probabilities; at least one step is real. The perplexity is below 1e300.

    Returns:
        A number >= 1.
    """
    # 1. All logarithms together. 2. The mean over the real steps, and back.
    ### BEGIN SOLUTION
    return np.exp(-np.sum(sentence_log_probabilities(z, y, mask)) / np.sum(mask))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# $\log \hat y_k = z_k - \log \sum_i e^{z_i}$, after the largest score of each step was subtracted from all scores of the step. `np.take_along_axis(log_y_hat, y[None], axis=0)[0]` picks the true symbols; it has the shape $(m, T)$.
# </details>

# %% check="sentence_log_probabilities" points=2
with checks.exercise("sentence_log_probabilities"):
    z = np.log(np.array([[[1, 1, 2], [4, 1, 3]], [[1, 3, 5], [4, 2, 1]]]))
    y, mask = np.array([[0, 0, 1], [1, 0, 0]]), np.array([[1, 1, 0], [1, 0, 0]])
    checks.unchanged(sentence_log_probabilities, z, y, mask)
    found = sentence_log_probabilities(z, y, mask)
    checks.shape("sentence_log_probabilities(z, y, mask)", found, (2,))
    slips = {"padding must not count": [-2.415914, -2.079442], "the sum, not the mean": [-1.039721, -0.693147]}
    slips |= {"logarithms of the probabilities, not the scores": [0, 1.386294], "its sign is wrong": np.log([8, 2])}
    slips |= {"log of the probabilities, not the probabilities": [1 / 8, 1 / 2]}
    checks.close("their values", found, -np.log([8, 2]), mistakes=slips)
    far = sentence_log_probabilities(1000 * z, y, mask)
    checks.close("with scores 1000 times as large", far, [-1000 * np.log(3) - np.log(2), -np.log(2)])
    ### BEGIN HIDDEN TESTS

    def step_after_step(z, y, mask):
        found = np.zeros(len(y))
        for j, t in np.ndindex(y.shape):
            if mask[j, t]:
                scores = [float(score) for score in z[:, j, t]]
                own = scores[y[j, t]]
                top = max(scores)
                found[j] += (own - top) - np.log(sum(np.exp(score - top) for score in scores))
        return found

    def scored(rng, n_y, m, T):
        mask = np.arange(T) < rng.integers(1, T + 1, (m, 1))
        return rng.normal(0, 1, (n_y, m, T)), rng.integers(0, n_y, (m, T)), mask.astype(float)

    rng = np.random.default_rng(3)
    z, y, mask = scored(rng, 3, 4, 5)
    cases = {f"with scores of about {size:g}": (size * z, y, mask) for size in (1e-9, 30, 1e3, 1e6)}
    cases |= {"with scores far from 0": (z + 1e5, y, mask), "with one symbol": (z[:1], 0 * y, mask)}
    cases |= {"with a sentence without a real step": (z, y, mask * np.array([[1], [0], [1], [1]]))}
    cases |= {"with steps real in the middle": (z, y, rng.integers(0, 2, (4, 5))), "with ties": (np.rint(z), y, mask)}
    cases |= {"with 2,000 steps": scored(rng, 3, 2, 2000), "large at padding": (z + 1e5 * (1 - mask), y, mask)}
    domain = {"real": {"z": 1e5}, "types": ["z"], "apart": False, "cases": cases, "atol": 1e-13}
    checks.agrees(sentence_log_probabilities, step_after_step, scored, sizes={"n_y": 101, "m": 103, "T": 102}, **domain)
    ### END HIDDEN TESTS

# %% check="perplexity" points=1
with checks.exercise("perplexity"):
    z = np.log(np.array([[[1, 1, 2], [4, 1, 3]], [[1, 3, 5], [4, 2, 1]]]))
    y, mask = np.array([[0, 0, 1], [1, 0, 0]]), np.array([[1, 1, 0], [1, 0, 0]])
    checks.unchanged(perplexity, z, y, mask)
    slips = {"divide by the real steps, not all steps": 16 ** (1 / 6), "divide by the steps, not the sentences": 4.0}
    slips |= {"all steps together, not a mean over sentences": (8**0.5 + 2) / 2, "where is exp?": np.log(16) / 3}
    slips |= {"its sign is wrong": 16 ** (-1 / 3)}
    checks.close("perplexity(z, y, mask)", perplexity(z, y, mask), 16 ** (1 / 3), mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def from_all_steps(z, y, mask):
        losses = []
        for j, t in zip(*np.nonzero(mask), strict=True):
            differences = [float(score) - float(z[y[j, t], j, t]) for score in z[:, j, t]]
            top = max(differences)
            losses.append(top + np.log(sum(np.exp(each - top) for each in differences)))
        return float(np.exp(sum(losses) / len(losses)))

    rng, z = np.random.default_rng(4), np.random.default_rng(5).normal(0, 1, (4, 2, 2000))
    cases = {"with 2,000 steps": (z, rng.integers(0, 4, (2, 2000)), rng.integers(0, 2, (2, 2000)))}
    cases["with scores of about 100"] = 50 * z[:, :, :9], rng.integers(0, 4, (2, 9)), np.ones((2, 9))
    cases |= {"with one unlikely symbol": (np.array([[[0.0]], [[300.0]]]), np.zeros((1, 1), int), np.ones((1, 1)))}
    cases |= {"where all scores are equal": (np.full((7, 2, 3), 2.5), np.zeros((2, 3), int), np.eye(2, 1) * np.ones(3))}

    def scored(rng, n_y, m, T):
        mask = np.arange(T) < rng.integers(1, T + 1, (m, 1))
        return rng.normal(0, 1, (n_y, m, T)), rng.integers(0, n_y, (m, T)), mask.astype(float)

    domain = {"types": ["z"], "apart": False, "cases": cases}
    checks.agrees(perplexity, from_all_steps, scored, sizes={"n_y": 101, "m": 103, "T": 102}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. Clipping gradients
#
# *What if a gradient explodes?*
#
# Lesson 02 showed that gradients can grow from step to step. One such step of training, and the network has forgotten everything. So gradients are **clipped**, in one of two ways:
#
# - **by value**: every number below $-c$ becomes $-c$, every number above $c$ becomes $c$. The direction of the gradient may change.
# - **by norm**: let $\lVert g \rVert$ be the root of the sum of *all* squares, over all arrays of gradients together. If it is above $c$, multiply everything by $c / \lVert g \rVert$. The direction stays.
#
# *On paper.* Gradients $(3, 0)$ and $(-4)$, $c = 2$. By value: $(2, 0)$ and $(-2)$. By norm: $\lVert g \rVert = \sqrt{9 + 16} = 5$, the factor is 0.4, and the result is $(1.2, 0)$ and $(-1.6)$.
#
# ### Exercise 4: `clip_by_value` and `clip_by_norm`


# %% exercise="clip_by_value"
def clip_by_value(grads, limit):
    """Gradients whose numbers lie between -limit and limit.

    Args:
        grads: a dict of arrays of one axis or more, floats or whole numbers.
        limit: a number > 0.

    Returns:
        A new dict with the same keys and new arrays of the same shapes.
    """
    # 1. Each array by itself.
    ### BEGIN SOLUTION
    return {key: np.clip(value, -limit, limit) for key, value in grads.items()}
    ### END SOLUTION


# %% exercise="clip_by_norm"
def clip_by_norm(grads, limit):
    """Gradients whose norm, over all arrays together, is at most limit.

    Args:
        grads: a dict of arrays of one axis or more, floats or whole numbers. All may be 0.
        limit: a number > 0.

    Returns:
        A new dict with the same keys and new arrays of the same shapes. If the norm is at most limit, the numbers are
        those of grads. Nothing is added to the norm.
    """
    # 1. One norm for all arrays. 2. Is it too large? 3. One factor for all.
    ### BEGIN SOLUTION
    norm = np.sqrt(sum(np.sum(np.square(value, dtype=float)) for value in grads.values()))
    factor = float(limit / norm) if norm > limit else 1  # equivalent "> → >=": the factor is 1 there
    return {key: value * factor for key, value in grads.items()}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.clip(value, -limit, limit)` returns a new array. For the norm, add `np.sum(value**2)` over all arrays, then take the root. If the norm is 0, do not divide.
# </details>

# %% check="clip_by_value" points=1
with checks.exercise("clip_by_value"):
    grads = {"dW": np.array([[3.0, 0, -0.5]]), "db": np.array([-4.0])}
    checks.unchanged(clip_by_value, grads, 2)
    found = clip_by_value(grads, 2)
    checks.keys("clip_by_value(grads, 2)", found, ["dW", "db"])
    checks.close("dW", found["dW"], [[2, 0, -0.5]])
    checks.close("db", found["db"], [-2], mistakes={"also what is below -2": [-4], "its sign is wrong": [2]})
    ### BEGIN HIDDEN TESTS

    def number_by_number(grads, limit):
        clipped = {key: [max(-limit, min(limit, each)) for each in value.ravel()] for key, value in grads.items()}
        return {key: np.reshape(clipped[key], value.shape) * 1.0 for key, value in grads.items()}

    def gradients(rng, k, n):
        shapes = [(n, 3), (n, 1), (2, 1, n), (n,)]
        grads = {f"d{'WbaE'[j % 4]}_{j}": rng.normal(0, 1, shapes[j % 4]) for j in range(k)}
        return grads, float(rng.uniform(0.3, 1.2))

    grads, limit = gradients(np.random.default_rng(5), 5, 4)
    small = {key: value * 1e-9 for key, value in grads.items()}
    cases = {"with nothing to clip": (grads, 100.0), "with tiny gradients": (small, 1e-9), "with limit 1": (grads, 1)}
    large = {key: value * 1e9 for key, value in grads.items()}
    cases |= {"with gradients of about 1e9": (large, 5.0), "and a large limit": (large, 1e8)}
    domain = {"real": {"grads": 1e9}, "types": ["grads"], "cases": cases}
    checks.agrees(clip_by_value, number_by_number, gradients, sizes={"k": 12, "n": 300}, **domain)
    ### END HIDDEN TESTS

# %% check="clip_by_norm" points=1
with checks.exercise("clip_by_norm"):
    grads = {"dW": np.array([[3.0, 0]]), "db": np.array([-4.0])}
    checks.unchanged(clip_by_norm, grads, 2)
    found = clip_by_norm(grads, 2)
    checks.keys("clip_by_norm(grads, 2)", found, ["dW", "db"])
    slips = {"one norm for all arrays together; and not by value": [[2, 0]]}
    checks.close("dW", found["dW"], [[1.2, 0]], mistakes=slips)
    checks.close("db", found["db"], [-1.6])
    slips = {"only if it is too large": [[3.6, 0]]}
    checks.close("dW with limit 6", clip_by_norm(grads, 6)["dW"], [[3, 0]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_one_vector(grads, limit):
        norm = float(np.linalg.norm(np.concatenate([np.ravel(value) * 1.0 for value in grads.values()])))
        return {key: np.asarray(value, float) / (max(norm, limit) / limit) for key, value in grads.items()}

    def gradients(rng, k, n):
        shapes = [(n, 3), (n, 1), (2, 1, n), (n,)]
        grads = {f"d{'WbaE'[j % 4]}_{j}": rng.normal(0, 1, shapes[j % 4]) for j in range(k)}
        return grads, float(rng.uniform(0.3, 1.2))

    grads, limit = gradients(np.random.default_rng(6), 5, 4)
    cases = {f"with limit {each}": (grads, each) for each in (1, 1e-3, 3.0, 100.0, 1000)}
    for size in (1e-9, 1e-5, 1e9, 1e60):
        scaled = {key: value * size for key, value in grads.items()}
        cases |= {f"with gradients of about {size:g}": (scaled, size), "and a larger limit": (scaled, 100.0 * size)}
    cases |= {"with gradients of 0": ({key: 0 * value for key, value in grads.items()}, 0.5)}
    cases |= {"where one array is large": (grads | {"db_1": grads["db_1"] + 50}, 5.0)}
    cases |= {"with a norm that is the limit": ({"da": np.array([3.0]), "db": np.array([[4.0, 0]])}, 5)}
    domain = {"real": {"grads": 1e9}, "types": ["grads"], "cases": cases}
    checks.agrees(clip_by_norm, by_one_vector, gradients, sizes={"k": 12, "n": 300}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. Training
#
# *How does a recurrent network become a language model?*
#
# At each step its input is the symbol before, and its true answer is the symbol itself: $x^{\langle t \rangle} = y^{\langle t-1 \rangle}$. As in the lecture, $x^{\langle 1 \rangle}$ is a vector of zeros. Each symbol has a vector in the matrix $E$. The set-up cell has three functions that put the layers of lesson 02 together: `initialize`, `scores` and `network_gradients(parameters, y, mask)`, which returns the loss and its gradients. Read them once.
#
# One step of training: gradients, clipped **by norm**, and a step of Adam. `adam_step(parameters, grads, v, s, t, learning_rate)` from course 2 returns new parameters, `v` and `s`, where $t$ counts the steps from 1.
#
# ### Exercise 5: `optimize`


# %% exercise="optimize"
def optimize(parameters, v, s, y, mask, t, learning_rate, limit):
    """One step of training a language model.

    Args:
        parameters: a dict, as initialize makes it.
        v, s: the averages of Adam before the step, dicts with an array for each key, under "d" + key.
        y, mask: sentences and their mask, as network_gradients takes them.
        t: the number of the step, from 1.
        learning_rate: a number > 0.
        limit: the largest norm of the gradients, to which they are clipped, a number > 0.

    Returns:
        loss: the loss before the step, a number.
        parameters, v, s: after the step, new dicts.
    """
    # 1. Loss and gradients. 2. Clip. 3. Adam.
    ### BEGIN SOLUTION
    loss, grads = network_gradients(parameters, y, mask)
    return loss, *adam_step(parameters, clip_by_norm(grads, limit), v, s, t, learning_rate)
    ### END SOLUTION


# %% [markdown]
# ### Exercise 6: `model`
#
# The whole training is a loop over batches. Adam's averages begin with zeros, in the shapes of the parameters.


# %% exercise="model"
def model(parameters, batches, learning_rate, limit):
    """Trains a language model, one step of optimize for each batch.

    Args:
        parameters: a dict of arrays, as initialize makes it.
        batches: a list of pairs (y, mask), at least one.
        learning_rate, limit: as in optimize, the same at each step.

    Returns:
        parameters: after all steps, a dict.
        losses: a list of numbers, the loss before each step.
    """
    # 1. v and s of zeros, by "d" + key. 2. A step for each batch, counted from 1.
    ### BEGIN SOLUTION
    v = {f"d{key}": np.zeros_like(value) for key, value in parameters.items()}
    s, losses = {key: np.zeros_like(value) for key, value in v.items()}, []
    for t, (y, mask) in enumerate(batches, start=1):
        loss, parameters, v, s = optimize(parameters, v, s, y, mask, t, learning_rate, limit)
        losses.append(loss)
    return parameters, losses
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint for both</summary>
#
# `optimize` is three calls: `network_gradients`, `clip_by_norm`, `adam_step`. In `model`, `enumerate(batches, start=1)` counts from 1. Hand `parameters`, `v` and `s` of each step to the next one.
# </details>

# %% check="optimize" points=2
with checks.exercise("optimize"):
    rng = np.random.default_rng(7)
    parameters = {key: value.astype(float) for key, value in initialize(rng, 4, 2, 3).items()}
    v, s = ({f"d{key}": np.zeros(value.shape) for key, value in parameters.items()} for _ in range(2))
    y, mask = np.array([[1, 2, 0], [3, 0, 0]]), np.array([[1.0, 1, 1], [1, 1, 0]])
    checks.unchanged(optimize, parameters, v, s, y, mask, 1, 0.1, 0.25)
    found = optimize(parameters, v, s, y, mask, 1, 0.1, 0.25)
    loss, new, v_new, s_new = checks.results("optimize(...)", found, ["loss", "parameters", "v", "s"])
    checks.close("the loss", loss, 1.270334, rtol=1e-5)
    checks.keys("the parameters", new, list(parameters))
    norm = np.sqrt(sum(np.sum(np.square(each)) for each in v_new.values()))
    slips = {"clip the gradients, by norm, before Adam": 0.0433473}
    checks.close("the norm of v after one step with limit 0.25", norm, 0.025, mistakes=slips)
    _, new, _, _ = optimize(new, v_new, s_new, y, mask, 2, 0.1, 0.25)
    right, slips = [0.181199, -0.153131, -0.185188, -0.193156], {"t is 1": [0.209119, -0.171399, -0.214479, -0.225186]}
    checks.close("b_y after a second step with t = 2", new["b_y"][:, 0], right, rtol=1e-4, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_hand(parameters, v, s, y, mask, t, learning_rate, limit):
        before, keys = np.hstack([np.zeros_like(y[:, :1]), y[:, :-1]]), list(parameters)

        def loss_of(*arrays):
            given, total = dict(zip(keys, arrays, strict=True)), 0
            for j in range(len(y)):
                a = 0 * given["b_a"][:, 0]
                for t in np.flatnonzero(mask[j]):
                    e = given["E"][:, before[j, t]] * (t > 0)
                    a = np.tanh(given["W_aa"] @ a + given["W_ax"] @ e + given["b_a"][:, 0])
                    z = given["W_ya"] @ a + given["b_y"][:, 0]
                    total = total + np.log(np.sum(np.exp(z))) - z[y[j, t]]
            return total / mask.sum()

        grads = dict(zip(keys, checks.complex_step(loss_of, *parameters.values()), strict=True))
        norm = sum(np.sum(each**2) for each in grads.values()) ** 0.5
        new, v_new, s_new = {}, {}, {}
        for key in keys:
            g = grads[key] * min(1, limit / norm)
            v_new[f"d{key}"] = 0.9 * v[f"d{key}"] + 0.1 * g
            s_new[f"d{key}"] = 0.999 * s[f"d{key}"] + 0.001 * g * g
            root = np.sqrt(s_new[f"d{key}"] / (1 - 0.999**t)) + 1e-8
            new[key] = parameters[key] - learning_rate * v_new[f"d{key}"] / (1 - 0.9**t) / root
        return float(loss_of(*parameters.values())), new, v_new, s_new

    def training(rng, n_v, m, T):
        parameters = {key: value.astype(float) for key, value in initialize(rng, n_v, 2, 3).items()}
        v = {f"d{key}": 0.1 * rng.normal(0, 1, value.shape) for key, value in parameters.items()}
        s = {key: value**2 + 0.01 for key, value in v.items()}
        mask = (np.arange(T) < rng.integers(1, T + 1, (m, 1))).astype(float)
        return parameters, v, s, rng.integers(0, n_v, (m, T)), mask, 1 + (m + T) % 5, 0.05, (0.1, 5.0)[(m + n_v) % 2]

    rng = np.random.default_rng(8)
    arguments = training(rng, 4, 3, 5)
    cases = {f"with limit {limit}": (*arguments[:7], limit) for limit in (0.01, 0.3, 1, 100.0)}
    cases |= {f"with t = {t}": (*arguments[:5], t, *arguments[6:]) for t in (1, 2, 1000)}
    cases |= {f"with learning rate {rate}": (*arguments[:6], rate, 0.2) for rate in (1e-6, 1, 30.0)}
    cases |= {"with 103 sentences": training(rng, 3, 103, 1), "with sentences of 104": training(rng, 3, 1, 104)}
    names_of = {"loss": (), "parameters": (), "v": (), "s": ()}
    domain = {"apart": False, "cases": cases, "returns": names_of, "atol": 1e-12}
    checks.agrees(optimize, by_hand, training, sizes={"n_v": (2, 5), "m": 4, "T": 6}, **domain)
    ### END HIDDEN TESTS

# %% check="model" points=2
with checks.exercise("model"):
    rng = np.random.default_rng(9)
    parameters = {key: value.astype(float) for key, value in initialize(rng, 4, 2, 3).items()}
    batches = [(np.array([[1, 2, 0]]), np.ones((1, 3))), (np.array([[3, 0, 0]]), np.array([[1.0, 1, 0]]))]
    checks.unchanged(model, parameters, batches, 0.1, 0.25)
    called = "model(parameters, batches, 0.1, 0.25)"
    new, losses = checks.results(called, model(parameters, batches, 0.1, 0.25), ["parameters", "losses"])
    checks.length("the losses", losses, 2)
    checks.close("the loss before the first step", losses[0], 1.672508, rtol=1e-5)
    slips = {"hand the new parameters to the next step": 1.384142}
    checks.close("the loss before the second step", losses[1], 1.483359, rtol=1e-5, mistakes=slips)
    checks.close("b_y after both", new["b_y"].ravel(), [0.190179, 0.039726, 0.030960, -0.061952], rtol=1e-4)
    ### BEGIN HIDDEN TESTS

    def step_by_step(parameters, batches, learning_rate, limit):
        v, s = ({f"d{key}": 0.0 * value for key, value in parameters.items()} for _ in range(2))
        losses = []
        for t in range(len(batches)):
            loss, grads = network_gradients(parameters, *batches[t])
            norm = sum(np.sum(value**2) for value in grads.values()) ** 0.5
            clipped = {key: value * min(1, limit / norm) for key, value in grads.items()}
            parameters, v, s = adam_step(parameters, clipped, v, s, t + 1, learning_rate)
            losses.append(float(loss))
        return parameters, losses

    def training(rng, k, m, T):
        parameters = {key: value.astype(float) for key, value in initialize(rng, 4, 1 + m % 2, 2 + m % 2).items()}
        batches = []
        for _ in range(k):
            mask = (np.arange(T) < rng.integers(1, T + 1, (m, 1))).astype(float)
            batches.append((rng.integers(0, 4, (m, T)), mask))
        return parameters, batches, (0.05, 0.01)[k % 2], (0.1, 5.0)[(m + T) % 2]

    parameters, batches, *_ = training(np.random.default_rng(10), 6, 3, 5)
    cases = {"with the same batch again and again": (parameters, [batches[0]] * 5, 0.05, 1.0)}
    cases |= {"with batches of different sizes": (parameters, [*batches, *training(rng, 3, 2, 7)[1]], 0.05, 5)}
    cases |= {"with a rate at which the loss rises": (parameters, batches, 30.0, 1.0)}
    cases |= {"with batches of 103 sentences": training(rng, 2, 103, 2)}
    cases |= {"with a limit that clips nothing": (parameters, batches, 0.05, 1000)}
    domain = {"apart": False, "cases": cases, "returns": ["parameters", "losses"], "rtol": 1e-8, "atol": 1e-10}
    checks.agrees(model, step_by_step, training, sizes={"k": 110, "m": 4, "T": 6}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Training on 3,274 names, 64 in a batch, in three parts with falling rates. The other 364 names are for the test. Against what do we compare? Counting can look at more than one symbol before. `backoff_bits` counts what follows after each context of up to `order - 1` symbols, and it mixes longer and shorter contexts: the more often a context was seen, the more it counts.


# %%
def random_batches(y, mask, m, steps, rng):
    chosen = [rng.integers(0, len(y), m) for _ in range(steps)]
    return [(y[k, : int(mask[k].sum(axis=1).max())], mask[k, : int(mask[k].sum(axis=1).max())]) for k in chosen]


def backoff_bits(train, test, n_v, order):
    """Bits per symbol of a model that counts contexts; sentences are lists of symbols that end with 0."""
    counts = [{} for _ in range(order)]
    for sentence in train:
        past = [0, *sentence]
        for t in range(1, len(past)):
            for n in range(min(order, t + 1)):
                counts[n].setdefault(tuple(past[t - n : t]), Counter())[past[t]] += 1
    bits, symbols = 0, 0
    for sentence in test:
        past = [0, *sentence]
        for t in range(1, len(past)):
            p = 1 / n_v
            for n in range(min(order, t + 1)):
                if seen := counts[n].get(tuple(past[t - n : t])):
                    total = sum(seen.values())
                    weight = total / (total + 3 * len(seen)) if n else 0.99
                    p = weight * seen[past[t]] / total + (1 - weight) * p
            bits, symbols = bits - np.log2(p), symbols + 1
    return bits / symbols


# %%
rng = np.random.default_rng(0)
parameters, losses = initialize(rng, 27, 27, 64), []
for rate in tqdm((0.005, 0.002, 0.0005), desc="training", file=sys.stdout):
    parameters, more = model(parameters, random_batches(y_train, mask_train, 64, 500, rng), rate, 5.0)
    losses += more

train, test = ([[*map(letters.index, name), 0] for name in some] for some in (names[:3274], names[3274:]))
bits = {"27 symbols, all equally likely": np.log2(27)}
bits |= {f"counting, {n} characters before": backoff_bits(train, test, 27, n + 1) for n in (0, 1, 2, 3)}
bits["recurrent network"] = np.log2(perplexity(scores(parameters, y_test)[0], y_test, mask_test))
for name, value in bits.items():
    print(f"{name:32} {value:.2f} bits per character   perplexity {2**value:5.2f}")

# %% [markdown]
# *What to notice.* The network beats counting with two characters before. It does **not** beat counting with three: from only 3,000 names of some nine letters, contexts of three characters tell nearly everything. Whoever shows a network should show this line too. In long texts it is the other way round, as long contexts are hardly ever seen twice.
#
# Now let the model judge. For each word, the logarithm of its probability:

# %%
words = ["tyrannosaurus", "pistacia", "saurosaurus", "learning", "aicatsip", "surusonnaryt", "qqqq"]
y_words, mask_words = as_indices(words, letters)
judged = sentence_log_probabilities(scores(parameters, y_words)[0], y_words, mask_words)
rows = zip(words, judged, mask_words.sum(axis=1), strict=True)
for word, value, steps in sorted(rows, key=lambda row: -row[1] / row[2]):
    print(f"{word:14} log P = {value:7.2f}   per step {value / steps:6.2f}")

# %% [markdown]
# *What to notice.* The words are in the order of the means per step, because longer words have smaller probabilities. Those that look like names of a genus come first. The same letters in reverse order are much less likely.
#
# ## 6. From scores to a choice
#
# *How bold should a model be?*
#
# To invent a name, we let the model say how likely each next symbol is, and draw one. Three ways change the distribution before the draw:
#
# - **Temperature** $\tau > 0$: softmax of $z / \tau$. A low temperature makes the likely symbols even likelier; with $\tau \to 0$ the likeliest is always taken (equally likely ones share). A high one makes all more alike. $\tau = 1$ is the model itself.
# - **Top-k**: keep the $k$ likeliest symbols, give 0 to all others, and divide by the sum.
# - **Nucleus** (top-p): keep as many of the likeliest symbols as are needed until their probabilities add up to at least a given *mass*, give 0 to all others, and divide by the sum. Where the model is sure, one symbol may be enough; where it is not, many are kept.
#
# *On paper.* Probabilities $(0.5, 0.3, 0.15, 0.05)$. Top-2: $(0.625, 0.375, 0, 0)$. Nucleus with mass 0.7: $0.5$ is not enough, $0.5 + 0.3 = 0.8$ is; the same two are kept. With mass 0.9: three, divided by 0.95. Temperature 0.5 squares the probabilities, as $e^{z/0.5} = (e^z)^2$: $(0.25, 0.09, 0.0225, 0.0025)$ divided by their sum 0.365.
#
# ### Exercise 7: `with_temperature`, `keep_top_k` and `keep_nucleus`


# %% exercise="with_temperature"
def with_temperature(z, temperature):
    """The probabilities of the next symbol at a temperature.

    Args:
        z: scores, shape (n_v,), floats or whole numbers, from -1e6 to 1e6.
        temperature: a number, 1e-3 or more, or else 0 or less, which is an error.

    Returns:
        Probabilities, shape (n_v,), with the sum 1.

    Raises:
        ValueError: the temperature is 0 or below.
    """
    # 1. Which temperatures are impossible? 2. Softmax without overflow.
    ### BEGIN SOLUTION
    if temperature <= 0:
        raise ValueError("the temperature must be above 0")
    powers = np.exp((z - np.max(z)) / temperature)
    return powers / np.sum(powers)
    ### END SOLUTION


# %% exercise="keep_top_k"
def keep_top_k(p, k):
    """The k likeliest symbols alone.

    Args:
        p: probabilities, shape (n_v,), floats, with the sum 1.
        k: a whole number >= 1; it may be larger than n_v, and then all symbols are kept.

    Returns:
        Probabilities, shape (n_v,), with the sum 1. Of equally likely symbols the one with the lower number is kept
        first.
    """
    # 1. Which symbols are the likeliest? 2. 0 for all others. 3. The sum.
    ### BEGIN SOLUTION
    kept = np.zeros(len(p))  # equivalent "zeros of the first argument's type": p holds floats
    best = np.argsort(-p, kind="stable")[:k]
    kept[best] = p[best]
    return kept / np.sum(kept)
    ### END SOLUTION


# %% exercise="keep_nucleus"
def keep_nucleus(p, mass):
    """The fewest of the likeliest symbols whose probabilities add up to at least mass.

    Args:
        p: probabilities, shape (n_v,), floats, with the sum 1.
        mass: a number above 0 and below 1. No sum of the likeliest probabilities is nearer to it than 1e-9, so
            rounding does not matter.

    Returns:
        Probabilities, shape (n_v,), with the sum 1. Of equally likely symbols the one with the lower number is kept
        first. At least one symbol is kept.
    """
    # 1. From the likeliest on, add up. 2. How many are needed? 3. The same as for top-k.
    ### BEGIN SOLUTION
    order = np.argsort(-p, kind="stable")
    return keep_top_k(p, 1 + np.sum(np.cumsum(p[order]) < mass))  # equivalent "< → <=": no sum lies there
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.argsort(-p, kind="stable")` is the order from the likeliest on; *stable* leaves equal ones in the order of their numbers. `np.cumsum` adds up from the first on: count how many of the sums are below the mass, and take one more.
# </details>

# %% check="with_temperature" points=1
with checks.exercise("with_temperature"):
    z = np.log(np.array([1, 6, 3]))
    checks.unchanged(with_temperature, z, 0.5)
    checks.close("temperature 1", with_temperature(z, 1), [0.1, 0.6, 0.3])
    slips = {"divide by the temperature, do not multiply": np.sqrt([1, 6, 3]) / np.sum(np.sqrt([1, 6, 3]))}
    checks.close("temperature 0.5", with_temperature(z, 0.5), np.array([1, 36, 9]) / 46, mistakes=slips)
    checks.close("temperature 0.001", with_temperature(z, 0.001), [0, 1, 0])
    checks.raises("temperature 0", ValueError, with_temperature, z, 0)
    ### BEGIN HIDDEN TESTS

    def score_by_score(z, temperature):
        values = [float(each) / temperature for each in z]
        return np.array([1 / sum(np.exp(np.minimum(other - each, 700)) for other in values) for each in values])

    def draw(rng, n_v):
        return rng.normal(0, 1, n_v), float(rng.uniform(0.3, 3))

    z = np.random.default_rng(11).normal(0, 1, 7)
    cases = {f"with temperature {each}": (z, each) for each in (0.01, 0.1, 1, 2, 10, 1000.0)}
    cases |= {"with large scores": (1e6 * z, 1e6), "with equal scores": (0 * z + 4, 0.005), "far off": (z - 1e5, 1.0)}
    checks.agrees(with_temperature, score_by_score, draw, sizes={"n_v": 300}, types=["z"], cases=cases, atol=1e-12)
    for temperature in (0, 0.0, -1, -0.5, -1e-9):
        checks.raises(f"temperature {temperature}", ValueError, with_temperature, z, temperature)
    ### END HIDDEN TESTS

# %% check="keep_top_k" points=1
with checks.exercise("keep_top_k"):
    p = np.array([0.05, 0.5, 0.15, 0.3])
    checks.unchanged(keep_top_k, p, 2)
    slips = {"divide by the sum": [0, 0.5, 0, 0.3], "the likeliest, not the least likely": [0.25, 0, 0.75, 0]}
    checks.close("the 2 likeliest", keep_top_k(p, 2), [0, 0.625, 0, 0.375], mistakes=slips)
    checks.close("the 9 likeliest of 4", keep_top_k(p, 9), p)
    equal = keep_top_k(np.array([0.25, 0.25, 0.25, 0.25]), 1)
    checks.close("of equal ones that with the lowest number", equal, [1, 0, 0, 0], mistakes={"exactly k": [0.25] * 4})
    ### BEGIN HIDDEN TESTS

    def one_after_another(p, k):
        left, kept = {j: float(each) for j, each in enumerate(p)}, {}
        while left and len(kept) < k:
            best = max(left, key=lambda j: (left[j], -j))
            kept[best] = left.pop(best)
        return np.array([kept.get(j, 0.0) / sum(kept.values()) for j in range(len(p))])

    def draw(rng, n_v, k):
        weights = rng.integers(1, 5, n_v) if rng.random() < 0.5 else rng.exponential(1, n_v)
        return weights / weights.sum(), k

    p = np.array([0.1, 0.2, 0.2, 0.1, 0.2, 0.2])
    cases = {f"with {k} of six with ties": (p, k) for k in range(1, 8)}
    cases |= {"with some of 0": (np.array([0.75, 0, 0.25, 0]), 3), "with one certain": (np.array([0, 0, 1.0]), 1)}
    cases |= {"with tiny ones": (np.array([1 - 3e-12, 1e-12, 2e-12]), 2), "with a NumPy integer": (p, np.int64(3))}
    checks.agrees(keep_top_k, one_after_another, draw, sizes={"n_v": 300, "k": 40}, cases=cases, atol=1e-15)
    ### END HIDDEN TESTS

# %% check="keep_nucleus" points=2
with checks.exercise("keep_nucleus"):
    p = np.array([0.05, 0.5, 0.15, 0.3])
    checks.unchanged(keep_nucleus, p, 0.7)
    slips = {"0.5 is not enough": [0, 1, 0, 0], "divide by the sum": [0, 0.5, 0, 0.3]}
    slips |= {"no more than are needed": [0, 10 / 19, 3 / 19, 6 / 19], "go from the likeliest on": [0.1, 0, 0.3, 0.6]}
    checks.close("mass 0.7", keep_nucleus(p, 0.7), [0, 0.625, 0, 0.375], mistakes=slips)
    checks.close("mass 0.2", keep_nucleus(p, 0.2), [0, 1, 0, 0], mistakes={"at least one is kept": [0, 0, 0, 0]})
    ### BEGIN HIDDEN TESTS

    def until_it_is_enough(p, mass):
        total, kept = 0.0, []
        for j in sorted(range(len(p)), key=lambda j: (-p[j], j)):
            kept.append(j)
            total += float(p[j])
            if total >= mass:
                break
        return np.array([p[j] / sum(p[i] for i in kept) if j in kept else 0.0 for j in range(len(p))])

    def draw(rng, n_v):
        weights = rng.integers(1, 5, n_v) if rng.random() < 0.5 else rng.exponential(1, n_v)
        return weights / weights.sum(), float(rng.uniform(0.05, 0.95))

    p = np.array([0.1, 0.2, 0.2, 0.1, 0.2, 0.2])
    cases = {f"with mass {mass} and ties": (p, mass) for mass in (0.01, 0.15, 0.25, 0.5, 0.7, 0.85, 0.95, 0.999)}
    tiny, near = np.array([1 - 3e-6, 1e-6, 2e-6]), np.array([0.5 - 1e-7, 0.3, 0.2 + 1e-7])
    cases |= {"one certain": (np.array([0, 0, 1.0]), 0.99), "tiny ones": (tiny, 0.9999985), "nearly": (near, 0.5)}
    checks.agrees(keep_nucleus, until_it_is_enough, draw, sizes={"n_v": 300}, cases=cases, atol=1e-15)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. Sampling a sequence
#
# *How does the model write?*
#
# It starts with a vector of zeros (not the vector of symbol 0) and a state of zeros. At each step it draws a symbol, and the vector of this symbol is the **input of the next step**. It stops when it draws `<EOS>`, symbol 0, or when the sequence is long enough.
#
# `choose` says what is done to the scores before the draw, for example `lambda z: keep_top_k(with_temperature(z, 1), 5)`. It takes scores of shape $(n_v,)$ and returns probabilities of the same shape.
#
# ### Exercise 8: `sample`


# %% exercise="sample"
def sample(parameters, choose, longest, rng):
    """A new sequence of symbols, drawn from a language model. The first input and the first state are zeros.

    Args:
        parameters: a dict with "E" (n_e, n_v), "W_aa", "W_ax", "b_a", "W_ya" and "b_y", as initialize makes it.
        choose: a function that takes scores (n_v,) and returns the probabilities (n_v,) of the next symbol.
        longest: the largest number of symbols, a whole number >= 1.
        rng: a NumPy generator, which goes on. All that is random comes from it; how it is used is up to you.

    Returns:
        A list of whole numbers, the symbols without the final 0; it may be empty.
    """
    # 1. A first input and a first state. 2. One step of the cell, scores, probabilities, a draw.
    # 3. Is it the end? If not, the vector of the symbol is the next input.
    ### BEGIN SOLUTION
    a_t, x_t = np.zeros((len(parameters["W_aa"]), 1)), np.zeros((len(parameters["E"]), 1))  # equivalent "1 → 2": alike
    symbols = []
    while len(symbols) < longest:
        a_t, _ = rnn_cell_forward(x_t, a_t, parameters)
        p = choose((parameters["W_ya"] @ a_t + parameters["b_y"])[:, 0])
        symbol = int(rng.choice(len(p), p=p))
        if symbol == 0:
            break
        symbols.append(symbol)
        x_t = parameters["E"][:, [symbol]]
    return symbols
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `rnn_cell_forward(x_t, a_t, parameters)` with `x_t` of shape $(n_e, 1)$ returns the new state of shape $(n_a, 1)$ and a cache, which you do not need. The scores are $W_{ya} a + b_y$. `rng.choice(len(p), p=p)` draws a number from 0 to $n_v - 1$ with the probabilities `p`. `parameters["E"][:, [symbol]]` is a column of shape $(n_e, 1)$.
# </details>

# %% check="sample" points=3
with checks.exercise("sample"):
    chain = {"E": np.eye(4)[1:], "W_aa": np.zeros((3, 3)), "W_ax": np.eye(3), "b_a": np.zeros((3, 1))}
    chain["W_ya"] = 60 * np.array([[-1.0, -1, 1], [-1, 0, 0], [1, 0, 0], [0, 1, 0]])
    chain["b_y"] = np.array([[0.0], [20], [0], [0]])
    call = (chain, lambda z: with_temperature(z, 1), 9, np.random.default_rng(0))
    slips = {"the first step has its draw too": [2, 3], "stop before 0 is added": [1, 2, 3, 0]}
    checks.equal("a model that must say 1, 2, 3 and the end", list(sample(*call)), [1, 2, 3])
    checks.equal("the same, at most 2 symbols", list(sample(*call[:2], 2, np.random.default_rng(0))), [1, 2])
    checks.equal("with a choose that wants 2", list(sample(chain, lambda z: np.eye(4)[2], 3, call[3])), [2, 2, 2])
    often = {tuple(sample(chain, lambda z: np.ones(4) / 4, 3, call[3])) for _ in range(60)}
    checks.that(len(often) > 9, "draw with the probabilities that choose returns, anew at each step")
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(12)
    parameters = {key: 2.0 * value for key, value in initialize(rng, 4, 3, 5).items()}
    parameters |= {"b_y": np.array([[0.3], [-0.5], [0.4], [0.1]]), "b_a": -0.3 * rng.normal(0, 1, (5, 1))}
    before = {key: value.copy() for key, value in parameters.items()}

    def softened(z, temperature=1):
        powers = np.exp(np.subtract(z, np.max(z)) / temperature)
        return powers / powers.sum()

    def probabilities_after(past, temperature):
        a, e = np.zeros(5), np.zeros(3)
        for symbol in [*past, None]:
            a = np.tanh(parameters["W_aa"] @ a + parameters["W_ax"] @ e + parameters["b_a"][:, 0])
            e = e if symbol is None else parameters["E"][:, symbol]
        return softened(parameters["W_ya"] @ a + parameters["b_y"][:, 0], temperature)

    for temperature in (1, 0.6):
        rng, bold = np.random.default_rng(13), lambda z, tau=temperature: softened(z, tau)
        drawn = [list(sample(parameters, bold, 4, rng)) for _ in range(1500)]
        checks.that(all(len(each) < 5 and 0 not in each for each in drawn), "at most `longest` symbols, and no 0")
        for past in ([], [2], [3], [2, 3], [2, 2, 3]):
            after = [(each + [0])[len(past)] for each in drawn if each[: len(past)] == past]
            p, n = probabilities_after(past, temperature), len(after)
            for symbol in range(4):
                share, error = after.count(symbol) / n, 5 * np.sqrt(p[symbol] * (1 - p[symbol]) / n) + 1 / n
                words = f"after {past} the symbol {symbol} came in {share:.2f} of {n} draws, its probability is {p[symbol]:.2f}"
                checks.that(abs(share - p[symbol]) < error, words)
    checks.that(all(np.array_equal(parameters[key], before[key]) for key in before), "the parameters must not change")
    rngs = map(np.random.default_rng, (1, 1, 2))
    again = [[list(sample(parameters, softened, 30, rng)) for _ in range(20)] for rng in rngs]
    checks.that(again[0] == again[1], "the same state of rng must give the same sequence")
    checks.that(again[2] != again[0], "another seed of rng must give another sequence")
    place = np.random.get_state()[2]
    sample(parameters, softened, 30, np.random.default_rng(1))
    checks.that(np.random.get_state()[2] == place, "draw from rng, not from np.random")
    always = {key: 0 * value for key, value in chain.items()}
    for longest in (1, 3, 150):
        found = list(sample(always, lambda z: np.eye(4)[2], longest, np.random.default_rng(0)))
        checks.equal(f"a model that always says 2, longest = {longest}", found, [2] * longest)
    first = sample(always, lambda z: np.array([0, 0, 1.0, 0]), 2, np.random.default_rng(0))
    sample(always, lambda z: np.array([0, 1.0, 0, 0]), 2, np.random.default_rng(0))
    checks.equal("a sequence after another one was drawn", list(first), [2, 2])
    wide = {key: np.repeat(value, 2, axis=0)[::2] for key, value in initialize(rng, 130, 3, 5).items()}
    many = [len(sample(wide, lambda z: softened(z, 0.02), 5, rng)) for _ in range(40)]
    checks.that(max(many) <= 5, "at most `longest` symbols with 130 of them, in float32")
    wide["b_y"][120] = 90
    for value in wide.values():
        value.setflags(write=False)
    found = list(sample(wide, lambda z: keep_top_k(softened(z, 0.1), 1), 3, np.random.default_rng(0)))
    checks.equal("one of 130 symbols, from scattered read-only arrays", found, [120] * 3)
    checks.equal("a model that ends at once", list(sample(always, lambda z: np.eye(4)[0], 5, rng)), [])
    ### END HIDDEN TESTS


# %%
def invent(choose, count, seed):
    rng = np.random.default_rng(seed)
    return ["".join(letters[k] for k in sample(parameters, choose, 20, rng)) for _ in range(count)]


ways = {f"temperature {tau}": lambda z, tau=tau: with_temperature(z, tau) for tau in (0.1, 0.5, 1, 2)}
ways["top 5"] = lambda z: keep_top_k(with_temperature(z, 1), 5)
ways["nucleus of 0.8"] = lambda z: keep_nucleus(with_temperature(z, 1), 0.8)
for way, choose in ways.items():
    invented = invent(choose, 100, 1)
    different, known = len(set(invented)), np.mean([name in names for name in invented])
    print(f"{way:15} {', '.join(invented[:5])}\n{'':15} different: {different} of 100   in the data: {known:.0%}")

# %% [markdown]
# *What to notice.* With temperature 0.1 the model says the same names again and again. With 1 nearly all are different; hardly any of them is in the data, and most look right. With 2 there are many that no botanist would take. Top-k and nucleus sampling leave out the unlikely letters, and the names stay various.
#
# ## 8. Chinese quatrains
#
# *Can the same network learn a form?*
#
# A quatrain of the Tang dynasty has four lines of five characters: five, "，", five, "。", and the same again. Our data hold 3,707 of them, in traditional characters. A symbol is now one of the 798 most frequent characters, or □ for all others. A model that counts two characters before hardly ever keeps the form: it does not know where in a line it is. Does our network? Nobody tells it about lines. 450 steps, without anything new.

# %%
poems = data.load_quatrains()
frequent = [character for character, _ in Counter("".join(poems[:3336])).most_common(798)]
characters = ["<EOS>", "□", *frequent]
y_poems, mask_poems = as_indices(poems, characters)
rng = np.random.default_rng(0)
poet, batches = initialize(rng, 800, 64, 96), random_batches(y_poems[:3336], mask_poems[:3336], 64, 450, rng)
for begin in tqdm(range(0, 450, 50), desc="training the poet", file=sys.stdout):
    rate = 0.006 if begin < 300 else 0.002
    poet, _ = model(poet, batches[begin : begin + 50], rate, 5.0)
tested = scores(poet, y_poems[3336:])[0], y_poems[3336:], mask_poems[3336:]
print(f"perplexity on 371 new poems: {perplexity(*tested):.0f}   (800 symbols)")


# %%
def keeps_the_form(poem):
    marks = [poem[k] for k in (5, 11, 17, 23)] if len(poem) == 24 else []
    return marks == ["，", "。", "，", "。"] and sum(character in "，。" for character in poem) == 4


def no_unknown(z):
    return with_temperature(np.where(np.arange(len(z)) == 1, -1e5, z), 0.8)


def two_before(rng):
    """A poem from counting: a random poem of the data goes on wherever the last two characters occur."""
    text = "^^"
    while len(text) < 40 and (following := continued.get(text[-2:])):
        text += following[rng.integers(len(following))]
    return text[2:].rstrip("$")


continued = {}
for poem in poems[:3336]:
    for k in range(len(poem) + 1):
        continued.setdefault(f"^^{poem}$"[k : k + 2], []).append(f"{poem}$"[k])
rng = np.random.default_rng(2)
written = ["".join(characters[k] for k in sample(poet, no_unknown, 30, rng)) for _ in range(60)]
counted = [two_before(rng) for _ in range(60)]
print(f"form kept: network {np.mean([keeps_the_form(poem) for poem in written]):.0%}", end="   ")
print(f"counting {np.mean([keeps_the_form(poem) for poem in counted]):.0%}\n")
for poem in [poem for poem in written if keeps_the_form(poem)][:3]:
    print(poem[:12], poem[12:], sep="\n", end="\n\n")

# %% [markdown]
# *What to notice.* More than half of the poems have exactly four lines of five characters, with the right marks. So the state counts: the network knows how many characters it has written, 24 steps long. Counting the last two characters almost never keeps the form. But read the lines: pairs of characters make sense, whole sentences do not. A form is easier to learn than a meaning.

# %% [markdown]
# ## What you built
#
# - `rnn_type`: which network fits a task.
# - `bigram_model`: a language model by counting, and what a network without memory learns.
# - `sentence_log_probabilities` and `perplexity`: how likely a sentence is, and how good a model.
# - `clip_by_value`, `clip_by_norm`, `optimize` and `model`: training that an exploding gradient cannot ruin.
# - `with_temperature`, `keep_top_k`, `keep_nucleus` and `sample`: new names, and quatrains.
#
# ## On your own
#
# 1. A melody is a sequence too. Write the notes of a folk song as symbols (pitch and length together), transpose it to all keys for more data, and let the model go on from the first bar.
# 2. Really hard: the network does not beat counting with three characters before. **Mix** both: $p = \lambda p_{\text{network}} + (1 - \lambda) p_{\text{counting}}$, with $\lambda$ chosen on names that neither has seen. Is the mixture better than each of them, and why?
#
# ## In practice
#
# - Large language models are trained with exactly this loss on pieces of words, and they are compared by perplexity. It can only be compared between models with the same symbols: a perplexity per character and one per word say different things.
# - `torch.nn.utils.clip_grad_norm_` clips by norm, and adds 1e-6 to the norm. Nearly all training of large models clips by norm with a limit of about 1.
# - Programs that write text offer `temperature`, `top_k` and `top_p`; top_p is the nucleus.
# - A model may hand out its training data word for word. Count it, as we did with the names.
#
# ## References
#
# - Course 5, week 1, lectures 5 to 7.
# - C. Shannon (1948), A Mathematical Theory of Communication, Bell System Technical Journal 27 (section 3 samples English by counting).
# - R. Pascanu, T. Mikolov and Y. Bengio (2013), On the Difficulty of Training Recurrent Neural Networks, ICML (clipping by norm).
# - A. Holtzman, J. Buys, L. Du, M. Forbes and Y. Choi (2020), The Curious Case of Neural Text Degeneration, ICLR (nucleus sampling).
