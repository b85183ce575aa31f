# %% [markdown]
# You will build an encoder and a decoder, send gradients through both, and train a translator of number words from English to German.
# Then you will count how often the likeliest next word does not lead to the likeliest sentence.

# %% [markdown]
# ## What you will be able to do
#
# - write an encoder, which puts a whole sentence into one vector, and a decoder, which writes a sentence from it;
# - train both with teacher forcing, and send the gradient from the decoder back into the encoder;
# - say what a conditional language model is, and compute how likely it finds a sentence;
# - write greedy search and exhaustive search, and say what is wrong with each of them.
#
# **What you need:** [language models](../week1_recurrent_networks/03_language_models_and_sampling.ipynb); [GRU](../week1_recurrent_networks/04_gru_and_lstm.ipynb), whose functions are imported here; [embeddings, masks and the loss over time](../week1_recurrent_networks/02_rnn_and_backpropagation_through_time.ipynb).

# %%
import itertools
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, plots
from shared_utils.grading import grade
from shared_utils.nn.gru import gru_backward, gru_cell_forward, gru_forward
from shared_utils.nn.optimisers import adam_step, clip_grad_norm
from shared_utils.nn.sequences import (
    embedding_backward,
    embedding_forward,
    temporal_affine_backward,
    temporal_affine_forward,
)

plots.use_style()

PAD, EOS = 0, 0  # number 0 is padding in a sentence that is read, and <EOS> in a sentence that is written


def random_networks(rng, n_v, n_y, n_e, n_a):
    """The parameters of an encoder and of a decoder, drawn at random: two dicts of float64 arrays."""
    gru = {f"W_{gate}": (n_a, n_a + n_e) for gate in "cru"} | {f"b_{gate}": (n_a, 1) for gate in "urc"}
    shapes = {"E": (n_e, n_v)} | gru, {"b_y": (n_y, 1)} | gru | {"W_ya": (n_y, n_a), "E": (n_e, n_y + 1)}
    return [{key: rng.normal(0, 1, shape) for key, shape in each.items()} for each in shapes]


# %% [markdown]
# ## 1. The encoder
#
# *How can a sentence of five words become one of seven?*
#
# The networks of week 1 write one output for each input, or one output for a whole sequence. In a translation, the number of words changes, and their order too. The idea (Sutskever, Vinyals and Le, 2014; Cho and others, 2014): one network, the **encoder**, reads the whole sentence. Its **last state** is a vector that must hold what the sentence means. A second network, the **decoder**, begins with this vector as its state, and writes.
#
# The lecture's second example works in the same way: a convolutional network makes a vector of a picture, and a decoder writes a caption from it.
#
# The encoder here is an embedding and a GRU:
#
# | name | shape | what |
# |---|---|---|
# | `x` | $(m, T_x)$ | the words of the sentences as numbers, 0 for padding at the end |
# | `lengths` | $(m,)$ | how many real words each sentence has |
# | `E` | $(n_e, n_v)$ | the embedding matrix: column $k$ is word $k$ |
# | `W_u`, `W_r`, `W_c` and `b_u`, `b_r`, `b_c` | $(n_a, n_a + n_e)$ and $(n_a, 1)$ | the GRU |
#
# The sentences of a batch have different lengths. The state that we want is the state of each sentence **after its own last real word**. If the GRU goes on over padding, it changes its state, and the translation of a sentence would depend on the other sentences of the batch.
#
# *On paper*, with one unit. Let both gates always be $\frac12$, and let the candidate be $\tanh(e)$: $a^{\langle t \rangle} = \frac12 \tanh(e) + \frac12 a^{\langle t-1 \rangle}$. Word 1 has $\tanh(e) = 0.6$, word 2 has $-0.8$, and padding has $0.8$. The sentence (1, 2) has the states $0.3$ and $-0.4 + 0.15 = -0.25$. The sentence (2, PAD) has the states $-0.4$ and $0.2$; its vector is $-0.4$.
#
# ### Exercise 1: `encode`


# %% exercise="encode"
def encode(x, lengths, parameters):
    """The encoder: the state of a GRU after the last real word of each sentence.

    Args:
        x: words, whole numbers from 0 to n_v - 1, shape (m, T_x). What stands after the end of a sentence has no effect
            on its state.
        lengths: the number of real words of each sentence, whole numbers from 1 to T_x, shape (m,).
        parameters: a dict with "E" (n_e, n_v), "W_u", "W_r", "W_c" (n_a, n_a + n_e) and "b_u", "b_r", "b_c" (n_a, 1).

    Returns:
        a: shape (n_a, m), the states. The state before the first word is all zeros.
        caches: the list of caches that gru_forward returns for all T_x steps of x as it is.
    """
    # 1. Vectors of the words. 2. The GRU over all steps, from zeros. 3. For each sentence, the step that is its last.
    ### BEGIN SOLUTION
    e = embedding_forward(parameters["E"], x)
    a0 = np.zeros((len(parameters["b_u"]), len(x)), e.dtype)
    a, caches = gru_forward(e, a0, parameters)
    return a[:, np.arange(len(x)), lengths - 1], caches
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `embedding_forward(E, x)` has the shape $(n_e, m, T_x)$. `gru_forward(e, a0, parameters)` returns states of the shape $(n_a, m, T_x)$ and the list of caches.
# </details>
#
# <details><summary>Hint 2</summary>
#
# The last real step of sentence $j$ has the index `lengths[j] - 1`. Two arrays of indices pick pairs: `a[:, [0, 1], [5, 3]]` is step 5 of sentence 0 and step 3 of sentence 1.
# </details>

# %% check="encode" points=2
with checks.exercise("encode"):
    half = {f"{kind}_{gate}": np.zeros((2, 4 if kind == "W" else 1)) for kind in "Wb" for gate in "urc"}
    half["W_c"] = np.array([[0, 0, 1, 0], [0, 0, 0, 1]])  # two units like the one on paper
    half["E"] = np.arctanh([[0.8, 0.6, -0.8, 0], [0, -0.6, 0.6, 0.8]])
    x, lengths = np.array([[1, 2, 3], [2, 3, 0], [3, 0, 0]]), np.array([3, 2, 1])
    checks.unchanged(encode, x, lengths, half)
    a, caches = checks.results("encode(x, lengths, parameters)", encode(x, lengths, half), ["a", "caches"])
    checks.shape("a", a, (2, 3))
    slips = {"padding was read too; take the last real step of each": [[-0.125, 0.3, 0.6], [0.475, 0.275, 0.1]]}
    slips |= {"this is the first step": [[0.3, -0.4, 0], [-0.3, 0.3, 0.4]]}
    checks.close("a", a, [[-0.125, -0.2, 0], [0.475, 0.55, 0.4]], mistakes=slips)
    checks.length("the caches", caches, 3)
    ### BEGIN HIDDEN TESTS

    def sentence_by_sentence(x, lengths, parameters):
        n_a, m = len(parameters["b_u"]), len(x)
        a, caches, state = np.zeros((n_a, m)), [], np.zeros((n_a, m))
        for t in range(x.shape[1]):
            state, cache = gru_cell_forward(
                np.stack([parameters["E"][:, word] for word in x[:, t]], 1), state, parameters
            )
            a[:, lengths == t + 1] = state[:, lengths == t + 1]
            caches.append(cache)
        return a, caches

    def sentences(rng, n_v, n_e, n_a, m, T_x):
        shapes = {f"W_{gate}": (n_a, n_a + n_e) for gate in "crux"} | {f"b_{gate}": (n_a, 1) for gate in "cru"}
        parameters = {key: rng.normal(0, 1, shape) for key, shape in ({"E": (n_e, n_v)} | shapes).items()}
        return rng.integers(0, n_v, (m, T_x)), rng.integers(1, T_x + 1, m), parameters

    rng = np.random.default_rng(1)
    x, lengths, parameters = sentences(rng, 9, 2, 3, 5, 7)
    cases = {"with one word in each": (x, np.ones(5, int), parameters)}
    cases |= {
        "with all lengths equal": (x, np.full(5, 7), parameters),
        "with equal words": (0 * x + 4, lengths, parameters),
    }
    cases |= {
        "with long sentences": sentences(rng, 5, 2, 3, 2, 1100),
        "with 300 words": sentences(rng, 300, 2, 3, 9, 5),
    }
    cases |= {"with large weights": (x, lengths, {key: 30 * value for key, value in parameters.items()})}
    cases |= {"with the word 0 inside": (x * (np.arange(7) % 2), lengths, parameters)}
    sizes = {"n_v": 12, "n_e": 6, "n_a": 7, "m": 102, "T_x": 8}
    names = {"a": (), "caches": ("x_t", "c_prev", "gate_u", "gate_r", "c_tilde", "parameters")}
    domain = {"types": ["parameters"], "cases": cases, "returns": names, "new": False, "atol": 1e-12}
    checks.agrees(encode, sentence_by_sentence, sentences, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. One step of the decoder
#
# *How does the decoder write a word?*
#
# The decoder is a language model, as in week 1: from its state and the word before it makes a new state, and from this a score for each word that may come next.
#
# $$s^{\langle t \rangle} = \text{GRU}\left(E_{:,\,y^{\langle t-1 \rangle}},\; s^{\langle t-1 \rangle}\right), \qquad z^{\langle t \rangle} = W_{ya}\, s^{\langle t \rangle} + b_y .$$
#
# There is one difference: its first state is not zero. It is the vector of the encoder, $s^{\langle 0 \rangle} = a$.
#
# What is written or read is a **sign**: a word, or one of two others. `<EOS>`, number 0, is *written* at the end of each sentence. `<BOS>` is *read* before the first word, when no word was written yet; it is never written. So there are $n_y$ scores, for `<EOS>` and $n_y - 1$ words, and `<BOS>` has the number $n_y$: the matrix `E` of the decoder has the shape $(n_e, n_y + 1)$, and its last column is `<BOS>`.
#
# *On paper*, with the unit of section 1: $s^{\langle 0 \rangle} = 0.4$, and `<BOS>` has $\tanh(e) = 0.6$. The new state is $0.3 + 0.2 = 0.5$. With $W_{ya} = (1, 4)^T$ and $b_y = (1, 0)^T$ the scores are $1.5$ for `<EOS>` and $2$ for the only word.
#
# ### Exercise 2: `decode_step`


# %% exercise="decode_step"
def decode_step(y_prev, s_prev, parameters):
    """One step of the decoder.

    Args:
        y_prev: the word before in each sentence, whole numbers from 0 to n_y, shape (m,). n_y stands for <BOS>.
        s_prev: the states before, shape (n_a, m), floats or whole numbers.
        parameters: a dict with "E" (n_e, n_y + 1), those of the GRU as in encode, "W_ya" (n_y, n_a) and
            "b_y" (n_y, 1).

    Returns:
        z: scores, shape (n_y, m).
        s: the states after the step, shape (n_a, m).
    """
    # 1. Vectors of the words before. 2. One step of the GRU. 3. Scores, from which state?
    ### BEGIN SOLUTION
    s, _ = gru_cell_forward(parameters["E"][:, y_prev], s_prev, parameters)
    return parameters["W_ya"] @ s + parameters["b_y"], s
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `gru_cell_forward(x_t, s_prev, parameters)` returns the new state and a cache, which is not needed here. `E[:, y_prev]` picks a column for each sentence.
# </details>

# %% check="decode_step" points=1
with checks.exercise("decode_step"):
    half = {f"{kind}_{gate}": np.zeros((2, 4 if kind == "W" else 1)) for kind in "Wb" for gate in "urc"}
    half |= {"W_c": np.array([[0, 0, 1, 0], [0, 0, 0, 1]]), "W_ya": np.array([[2, 1], [4, 0], [-2, 3], [0, -5]])}
    half |= {
        "E": np.arctanh([[0, 0.6, -0.8, 0.8, 0.6], [0.8, 0, 0.6, -0.6, -0.6]]),
        "b_y": np.array([[1], [0], [0.5], [0]]),
    }
    y_prev, s_prev = np.array([4, 1, 0]), np.array([[0.4, 0, -0.2], [0.2, 0.6, 0]])
    checks.unchanged(decode_step, y_prev, s_prev, half)
    z, s = checks.results("decode_step(y_prev, s_prev, parameters)", decode_step(y_prev, s_prev, half), ["z", "s"])
    checks.shape("z", z, (4, 3))
    checks.close("s", s, [[0.5, 0.3, -0.1], [-0.2, 0.3, 0.4]], mistakes={"these are the states before": s_prev})
    slips = {"the bias is missing": [0.8, 2, -1.6, 1], "scores come from the new state": [2, 1.6, 0.3, -1]}
    checks.close("the scores of the first sentence", z[:, 0], [1.8, 2, -1.1, 1], mistakes=slips)
    checks.close("the scores of the last sentence", z[:, 2], [1.2, -0.4, 1.9, -2])
    ### BEGIN HIDDEN TESTS

    def word_by_word(y_prev, s_prev, parameters):
        z, states = [], []
        for j, word in enumerate(y_prev):
            s, _ = gru_cell_forward(parameters["E"][:, [word]], s_prev[:, [j]], parameters)
            z.append(np.einsum("ya,a->y", parameters["W_ya"], s[:, 0]) + parameters["b_y"][:, 0])
            states.append(s[:, 0])
        return np.array(z).T, np.array(states).T

    def decoder(rng, n_y, n_e, n_a, m):
        shapes = {"b_y": (n_y, 1), "W_ya": (n_y, n_a)} | {f"W_{gate}": (n_a, n_a + n_e) for gate in "cru"}
        shapes |= {"E": (n_e, n_y + 1)} | {f"b_{gate}": (n_a, 1) for gate in "urc"}
        parameters = {key: rng.normal(0, 1, shape) for key, shape in shapes.items()}
        return rng.integers(0, n_y + 1, m), rng.normal(0, 1, (n_a, m)), parameters

    y_prev, s_prev, parameters = decoder(np.random.default_rng(2), 4, 2, 3, 5)
    cases = {"at the first word": (0 * y_prev + 4, s_prev, parameters), "after <EOS>": (0 * y_prev, s_prev, parameters)}
    cases |= {"with 300 words": decoder(np.random.default_rng(3), 300, 2, 3, 9)}
    domain = {"real": {"s_prev": 30}, "types": ["s_prev", "parameters"], "cases": cases, "returns": ["z", "s"]}
    sizes = {"n_y": 8, "n_e": 6, "n_a": 101, "m": 102}
    checks.agrees(decode_step, word_by_word, decoder, sizes=sizes, atol=1e-11, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. Teacher forcing
#
# *Which word does the decoder read while it is trained?*
#
# It could read what it wrote itself. But at the beginning it writes nonsense, and it would learn to go on after nonsense. So, in training, it reads the **true** word before. This is **teacher forcing**. The inputs are the targets, moved by one step:
#
# | step | 1 | 2 | 3 | 4 |
# |---|---|---|---|---|
# | target $y^{\langle t \rangle}$ | ein | und | zwanzig | `<EOS>` |
# | input $y^{\langle t-1 \rangle}$ | `<BOS>` | ein | und | zwanzig |
#
# There is a second gain: all inputs are known before the first step. A batch goes through the decoder as through any recurrent network, with `gru_forward` and `temporal_affine_forward`.
#
# The targets of a batch are filled with 0 after their end. This is `<EOS>` again, and a mask will tell the first `<EOS>`, which counts, from the filling, which does not.
#
# *On paper.* With $n_y = 5$, the targets $(3, 1, 0, 0)$ have the inputs $(5, 3, 1, 0)$.
#
# ### Exercise 3: `decode_forward`


# %% exercise="decode_forward"
def decode_forward(s0, y, parameters):
    """The decoder over all steps, with teacher forcing.

    Args:
        s0: the states before the first step, shape (n_a, m), floats or whole numbers.
        y: targets, whole numbers from 0 to n_y - 1, shape (m, T_y).
        parameters: as in decode_step.

    Returns:
        z: scores, shape (n_y, m, T_y); those of step t know the targets before step t, and no others.
        cache: the tuple (y_in, s, caches): the inputs, int64 (m, T_y); the states after each step, (n_a, m, T_y); the
            list of caches that gru_forward returns.
    """
    # 1. The inputs: <BOS> first. 2. Their vectors, and the GRU from s0. 3. Scores at all steps.
    ### BEGIN SOLUTION
    y_in = np.full(y.shape, parameters["E"].shape[1] - 1)
    y_in[:, 1:] = y[:, :-1]
    s, caches = gru_forward(embedding_forward(parameters["E"], y_in), s0, parameters)
    return temporal_affine_forward(s, parameters), (y_in, s, caches)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `<BOS>` has the number of the last column of `E`. Fill an array of the shape of `y` with it, then write `y[:, :-1]` into all columns but the first. `temporal_affine_forward(s, parameters)` gives the scores of all steps.
# </details>

# %% check="decode_forward" points=2
with checks.exercise("decode_forward"):
    half = {f"{kind}_{gate}": np.zeros((2, 4 if kind == "W" else 1)) for kind in "Wb" for gate in "urc"}
    half |= {"W_c": np.array([[0, 0, 1, 0], [0, 0, 0, 1]]), "W_ya": np.array([[2, 1], [4, 0], [-2, 3], [0, -5]])}
    half |= {
        "E": np.arctanh([[0, 0.6, -0.8, 0.8, 0.6], [0.8, 0, 0.6, -0.6, -0.6]]),
        "b_y": np.array([[1], [0], [0.5], [0]]),
    }
    s0, y = np.array([[0.4, 0], [0.2, 0.6]]), np.array([[1, 2, 0], [3, 0, 0]])
    checks.unchanged(decode_forward, s0, y, half)
    z, cache = checks.results("decode_forward(s0, y, parameters)", decode_forward(s0, y, half), ["z", "cache"])
    checks.shape("z", z, (4, 2, 3))
    y_in, s, caches = checks.results("the cache", cache, ["y_in", "s", "caches"])
    slips = {"move the targets by one step": y, "the first input is <BOS>": [[0, 1, 2], [0, 3, 0]]}
    checks.close("y_in", y_in, [[4, 1, 2], [4, 3, 0]], mistakes=slips)
    slips = {"the GRU begins with s0": [[1.3, 1.75, 0.875], [1.3, 1.65, 1.725]]}
    checks.close("the scores of <EOS>", z[0], [[1.8, 2, 1], [1.6, 1.8, 1.8]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def step_by_step(s0, y, parameters):
        s, inputs, z, states, caches = s0, np.full(len(y), len(parameters["b_y"])), [], [], []
        y_in = np.zeros(y.shape, int)
        for t in range(y.shape[1]):
            y_in[:, t] = inputs
            s, cache = gru_cell_forward(parameters["E"][:, inputs], s, parameters)
            z.append(np.einsum("ya,am->ym", parameters["W_ya"], s) + parameters["b_y"])
            states, caches, inputs = [*states, s], [*caches, cache], y[:, t]
        return np.stack(z, 2), (y_in, np.stack(states, 2), caches)

    def decoder(rng, n_y, n_e, n_a, m, T_y):
        shapes = {"b_y": (n_y, 1), "W_ya": (n_y, n_a)} | {f"W_{gate}": (n_a, n_a + n_e) for gate in "cru"}
        shapes |= {"E": (n_e, n_y + 1)} | {f"b_{gate}": (n_a, 1) for gate in "urc"}
        parameters = {key: rng.normal(0, 1, shape) for key, shape in shapes.items()}
        return rng.normal(0, 1, (n_a, m)), rng.integers(0, n_y, (m, T_y)), parameters

    rng = np.random.default_rng(4)
    s0, y, parameters = decoder(rng, 5, 2, 3, 4, 6)
    cases = {"with states of 0": (0 * s0, y, parameters), "with <EOS> at once": (s0, 0 * y, parameters)}
    cases |= {"with long sentences": decoder(rng, 5, 2, 3, 2, 1100), "with 300 words": decoder(rng, 300, 2, 3, 9, 5)}
    domain = {"real": {"s0": 30}, "types": ["s0", "parameters"], "cases": cases, "new": False, "atol": 1e-11}
    domain["returns"] = {"z": (), "cache": ("y_in", "s", "caches")}
    sizes = {"n_y": 8, "n_e": 6, "n_a": 7, "m": 102, "T_y": 9}
    checks.agrees(decode_forward, step_by_step, decoder, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. How likely is a sentence?
#
# *What does the decoder compute, taken as a whole?*
#
# The softmax of the scores of step $t$ is the probability of each word, given the input $x$ and the words before. The probability of the whole sentence is the product over its steps, and its logarithm is a sum:
#
# $$\log P(y \mid x) = \sum_{t=1}^{T_y} \log P\left(y^{\langle t \rangle} \mid x, y^{\langle 1 \rangle}, \ldots, y^{\langle t-1 \rangle}\right), \qquad \log P(k \mid \ldots) = z_k - \log \sum_{i} e^{z_i} .$$
#
# A language model gives $P(y)$. This one gives $P(y \mid x)$: it is a **conditional language model**. `<EOS>` is part of the sentence, so its probability belongs in the product. What is filled in after it does not. The **mask** is 1 for each word and for the first `<EOS>`, and 0 after that.
#
# *On paper.* Two steps and three signs. The exponentials of the scores are $(1, 2, 5)$ and $(3, 1, 2)$, and the sentence is $(2, 0)$. The probabilities are $\frac58$ and $\frac36$, the product is $\frac{5}{16}$, and the logarithm is $-1.163$.
#
# ### Exercise 4: `log_probability`


# %% exercise="log_probability"
def log_probability(z, y, mask):
    """The natural logarithm of the probability of each sentence.

    Args:
        z: scores, shape (n_y, m, T_y), floats or whole numbers from -1e6 to 1e6, also at padding.
        y: the words of the sentences, whole numbers from 0 to n_y - 1, shape (m, T_y); at padding any of them.
        mask: 1 for a real step, 0 for padding, which may stand anywhere, shape (m, T_y), any number type or bool. A
            sentence may be padding alone.

    Returns:
        Shape (m,): for each sentence the sum over its real steps. It is finite, also where the probability is smaller
        than the smallest number.
    """
    # 1. Logarithms of a softmax without overflow and without log(0). 2. Those of the words. 3. The real steps.
    ### BEGIN SOLUTION
    z = z - z.max(axis=0)
    log_p = z - np.log(np.exp(z).sum(axis=0))
    words = np.take_along_axis(log_p, y[None], axis=0)[0]
    return (words * mask).sum(axis=1)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Subtract the largest score of each step. Then take $z_k - \log \sum e^{z_i}$, and not the logarithm of a softmax: a softmax may be 0.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.take_along_axis(log_p, y[None], axis=0)[0]` picks entry `y[j, t]` at each place, and has the shape $(m, T_y)$.
# </details>

# %% check="log_probability" points=2
with checks.exercise("log_probability"):
    p = [[[1, 2, 1], [1, 1, 3], [8, 1, 1]], [[1, 2, 5], [3, 1, 2], [1, 1, 2]], [[1, 3, 1], [1, 1, 2], [1, 4, 5]]]
    z = np.moveaxis(np.log(np.array(p)), 2, 0)
    y, mask = np.array([[1, 2, 0], [2, 0, 0], [0, 0, 0]]), np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]])
    checks.unchanged(log_probability, z, y, mask)
    found = log_probability(z, y, mask)
    checks.shape("log_probability(z, y, mask)", found, (3,))
    slips = {
        "padding was counted": np.log([0.24, 5 / 64, 0.005]),
        "<EOS> belongs to the sentence": np.log([0.3, 5 / 8, 1]),
    }
    slips |= {
        "where is the softmax?": np.log([48, 15, 1]),
        "this is the probability; take the logarithm": [0.24, 5 / 16, 0.2],
    }
    slips |= {"a sum, not a mean": np.log([0.24, 5 / 16, 0.2]) / [3, 2, 1]}
    checks.close("its values", found, np.log([0.24, 5 / 16, 0.2]), mistakes=slips)
    found = log_probability(np.array([[[0, -5000]], [[5000, 0]]]), np.array([[0, 0]]), np.array([[1, 1]]))
    checks.close("the value for a very unlikely sentence", found, [-10000])
    ### BEGIN HIDDEN TESTS

    def word_by_word(z, y, mask):
        total = np.zeros(len(y))
        for j, t in np.ndindex(y.shape):
            if mask[j, t] == 1:
                scores = np.asarray(z[:, j, t], float)
                others = scores - scores[y[j, t]]
                total[j] -= np.logaddexp.reduce(others)
        return total

    def scored(rng, n_y, m, T_y):
        mask = np.arange(T_y) < rng.integers(1, T_y + 1, (m, 1))
        return rng.normal(0, 1, (n_y, m, T_y)), rng.integers(0, n_y, (m, T_y)), mask.astype(float)

    z, y, mask = scored(np.random.default_rng(5), 6, 4, 7)
    cases = {f"with scores of about {size:g}": (size * z, y, mask) for size in (1e-6, 100, 1e5)}
    cases |= {"with scores near 1e6": (z + 999_000, y, mask), "with all steps real": (z, y, 0 * mask + 1)}
    cases |= {"with huge scores at padding": (z + 9e5 * (1 - mask), y, mask), "with 0 everywhere": (0 * z, 0 * y, mask)}
    cases |= {"with a mask of whole numbers": (z, y, mask.astype(int))}
    cases |= {"with an empty sentence": (z, y, mask * [[1], [0], [1], [1]])}
    gaps = np.arange(28).reshape(4, 7) % 3 > 0
    cases |= {"with padding between real steps": (z, y, gaps * 1.0), "with a mask of True and False": (z, y, gaps)}
    cases |= {"with sentences of 1,100 words": scored(np.random.default_rng(6), 4, 2, 1100)}
    domain = {"real": {"z": 300}, "types": ["z"], "cases": cases, "atol": 1e-11}
    checks.agrees(log_probability, word_by_word, scored, sizes={"n_y": 104, "m": 103, "T_y": 12}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. The loss
#
# *What does training make small?*
#
# Training makes the true sentences likely. The loss of a batch is minus the mean log probability of its **sentences**, and its derivative with respect to the scores is the one of softmax, at the real steps:
#
# $$J = -\frac1m \sum_{j=1}^{m} \log P(y_j \mid x_j), \qquad \frac{\partial J}{\partial z_{k,j,t}} = \frac{\text{mask}_{j,t}}{m} \left(p_{k,j,t} - [\,k = y_{j,t}\,]\right) .$$
#
# $[\,k = y\,]$ is 1 if $k = y$ and 0 if not. In week 1 the loss was a mean over all real *words*. Here it is a mean over sentences, so that $e^{-J}$ is the (geometric) mean probability of a sentence.
#
# *On paper.* One sentence of one step, $p = (0.25, 0.5, 0.25)$, the target is 1: $J = \log 2$, and the derivative is $(0.25, -0.5, 0.25)$.
#
# ### Exercise 5: `masked_loss`


# %% exercise="masked_loss"
def masked_loss(z, y, mask):
    """Minus the mean log probability of the sentences of a batch, and its derivative.

    Args:
        z, y, mask: as in log_probability.

    Returns:
        loss: a number.
        dz: the derivative of the loss with respect to z, shape (n_y, m, T_y); exactly 0 at padding.
    """
    # 1. The loss, from the exercise before. 2. Softmax, minus 1 at the true word. 3. Mask and mean.
    ### BEGIN SOLUTION
    p = np.exp(z - z.max(axis=0))
    dz = p / p.sum(axis=0)
    dz[(y, *np.indices(y.shape))] -= 1
    return -log_probability(z, y, mask).mean(), dz * (mask / len(y)).astype(dz.dtype)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `log_probability` gives the loss. For the derivative make the softmax `p`. With `j, t = np.indices(y.shape)`, the entry of the true word is `p[y, j, t]` at all places at once.
# </details>

# %% check="masked_loss" points=2
with checks.exercise("masked_loss"):
    p = [[[1, 2, 1], [1, 1, 3], [8, 1, 1]], [[1, 2, 5], [3, 1, 2], [1, 1, 2]], [[1, 3, 1], [1, 1, 2], [1, 4, 5]]]
    z = np.moveaxis(np.log(np.array(p)), 2, 0)
    y, mask = np.array([[1, 2, 0], [2, 0, 0], [0, 0, 0]]), np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]])
    checks.unchanged(masked_loss, z, y, mask)
    loss, dz = checks.results("masked_loss(z, y, mask)", masked_loss(z, y, mask), ["loss", "dz"])
    slips = {"a mean over sentences, not over words": -np.log(0.015) / 6, "the sum; divide by m": -np.log(0.015)}
    checks.close("loss", loss, -np.log(0.015) / 3, mistakes=slips | {"its sign is wrong": np.log(0.015) / 3})
    checks.shape("dz", dz, (3, 3, 3))
    slips = {"divide by m": [0.25, -0.5, 0.25], "divide by m, not by the words": [1 / 24, -1 / 12, 1 / 24]}
    slips |= {"minus 1 at the true word": [1 / 12, 1 / 6, 1 / 12], "its sign is wrong": [-1 / 12, 1 / 6, -1 / 12]}
    checks.close("dz[:, 0, 0]", dz[:, 0, 0], [1 / 12, -1 / 6, 1 / 12], mistakes=slips)
    checks.close("dz[:, 2, 1], at padding", dz[:, 2, 1], [0, 0, 0])
    ### BEGIN HIDDEN TESTS

    def word_by_word(z, y, mask):
        loss, dz = 0.0, np.zeros(z.shape)
        for j, t in np.ndindex(y.shape):
            if mask[j, t] == 1:
                scores = np.asarray(z[:, j, t], float)
                log_p = scores - np.logaddexp.reduce(scores)
                loss -= log_p[y[j, t]] / len(y)
                dz[:, j, t] = (np.exp(log_p) - np.eye(len(z))[y[j, t]]) / len(y)
        return loss, dz

    def scored(rng, n_y, m, T_y):
        mask = np.arange(T_y) < rng.integers(1, T_y + 1, (m, 1))
        return rng.normal(0, 1, (n_y, m, T_y)), rng.integers(0, n_y, (m, T_y)), mask.astype(float)

    z, y, mask = scored(np.random.default_rng(7), 6, 4, 7)
    cases = {f"with scores of about {size:g}": (size * z, y, mask) for size in (1e-6, 100, 1e5)}
    cases |= {"with huge scores at padding": (z + 9e5 * (1 - mask), y, mask), "with 0 everywhere": (0 * z, 0 * y, mask)}
    cases |= {"with a mask of whole numbers": (z, y, mask.astype(int))}
    cases |= {"with an empty sentence": (z, y, mask * [[1], [0], [1], [1]])}
    cases |= {"with scores far below 0": (z - 9e5, y, mask), "with a mask of True and False": (z, y, mask > 0)}
    cases |= {"with padding between real steps": (z, y, (np.arange(28).reshape(4, 7) % 3 > 0) * 1.0)}
    domain = {"real": {"z": 300}, "types": ["z"], "cases": cases, "atol": 1e-11, "returns": ["loss", "dz"]}
    checks.agrees(masked_loss, word_by_word, scored, sizes={"n_y": 104, "m": 103, "T_y": 12}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. From the decoder back into the encoder
#
# *How does the encoder learn, although it has no targets?*
#
# Only the decoder has a loss. But its first state is the vector of the encoder. So the derivative $ds^{\langle 0 \rangle}$, which comes out of the decoder at its first step, **is** the derivative with respect to that vector. It enters the encoder at the last real step of each sentence, and nowhere else:
#
# $$da_{:,j,t} = \begin{cases} ds^{\langle 0 \rangle}_{:,j} & \text{if } t = \text{lengths}_j \\ 0 & \text{if not.} \end{cases}$$
#
# The whole way, forward and back:
#
# | forward | back |
# |---|---|
# | encoder: embedding, GRU | 5. `gru_backward` of $da$, `embedding_backward` |
# | the state at the last real step | 4. $da$ from $ds^{\langle 0 \rangle}$ |
# | decoder: embedding, GRU | 3. `gru_backward` gives $de$, $ds^{\langle 0 \rangle}$ and gradients; `embedding_backward` |
# | scores | 2. `temporal_affine_backward` gives $ds$ and gradients |
# | loss | 1. $dz$ |
#
# *On paper.* Two sentences of the lengths 3 and 1, one unit, $ds^{\langle 0 \rangle} = (0.5, -2)$. Then $da$ is $(0, 0, 0.5)$ for the first sentence and $(-2, 0, 0)$ for the second.
#
# ### Exercise 6: `sequence_gradients`


# %% exercise="sequence_gradients"
def sequence_gradients(x, lengths, y, mask, encoder, decoder):
    """The loss of a batch of pairs of sentences, and the gradients of encoder and decoder.

    Args:
        x, lengths: the sentences that are read, as in encode.
        y, mask: those that are written, as in masked_loss, padded at the end. T_x and T_y may differ.
        encoder, decoder: the parameters of encode and of decode_step, and no others.

    Returns:
        loss: a number, as in masked_loss.
        d_encoder: a dict with the gradient of each parameter of the encoder under "d" and its name, as "dE" or "dW_u".
        d_decoder: the same for the decoder.
    """
    # 1. Forward: encoder, decoder, loss. 2. Back through scores, GRU and embedding of the decoder.
    # 3. Where does ds0 enter the encoder? 4. Back through GRU and embedding of the encoder.
    ### BEGIN SOLUTION
    s0, read = encode(x, lengths, encoder)
    z, (y_in, s, written) = decode_forward(s0, y, decoder)
    loss, dz = masked_loss(z, y, mask)
    ds, d_decoder = temporal_affine_backward(dz, s, decoder)
    de, ds0, gates = gru_backward(ds, written)
    d_decoder |= gates | {"dE": embedding_backward(de, y_in, decoder["E"].shape[1])}
    da = np.zeros((len(s0), *x.shape), ds0.dtype)
    da[:, np.arange(len(x)), lengths - 1] = ds0
    de, _, gates = gru_backward(da, read)
    return loss, gates | {"dE": embedding_backward(de, x, encoder["E"].shape[1])}, d_decoder
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `temporal_affine_backward(dz, s, decoder)` returns `ds` and a dict with `dW_ya` and `db_y`. `gru_backward(ds, caches)` returns the derivatives with respect to the inputs and to the first state, and a dict of the six gradients. `embedding_backward(de, indices, number_of_columns)` returns the gradient of `E`.
# </details>
#
# <details><summary>Hint 2</summary>
#
# Make `da` of zeros, shape $(n_a, m, T_x)$. The same two arrays of indices that picked the states in `encode` now say where `ds0` is written. The decoder has read `y_in`, not `y`.
# </details>

# %% check="sequence_gradients" points=3
with checks.exercise("sequence_gradients"):

    def random_pairs(rng, n_v, n_y, n_e, n_a, m, T_x, T_y):
        networks = random_networks(rng, n_v, n_y, n_e, n_a)
        mask = (np.arange(T_y) < rng.integers(1, T_y + 1, (m, 1))).astype(float)
        x, y = rng.integers(0, n_v, (m, T_x)), rng.integers(0, n_y, (m, T_y))
        return x, rng.integers(1, T_x + 1, m), y, mask, *networks

    given, names = random_pairs(np.random.default_rng(0), 5, 4, 2, 3, 3, 4, 3), ["loss", "d_encoder", "d_decoder"]
    checks.unchanged(sequence_gradients, *given)
    loss, d_encoder, d_decoder = checks.results("sequence_gradients(...)", sequence_gradients(*given), names)
    checks.close("loss", loss, 4.8999769, rtol=1e-6)
    checks.keys("d_decoder", d_decoder, [f"d{key}" for key in given[5]])
    slips, found = {"the decoder read y_in, not y": [0.01699, -0.00586, 0.016235]}, d_decoder["dE"][0, :3]
    checks.close("dE[0, :3] of the decoder", found, [0.0044714, -0.0076714, -0.010804], rtol=1e-4, mistakes=slips)
    checks.keys("d_encoder", d_encoder, [f"d{key}" for key in given[4]])
    slips = {"ds0 enters at the last real step": [0.0326873, 0.0078581, 0.0288401]}
    slips |= {"ds0 enters at one step only": [0.2875599, 0.0271248, 0.0072803]}
    found = d_encoder["dE"][0, :3]
    checks.close("dE[0, :3] of the encoder", found, [0.0886005, 0.0085006, 0.0099212], rtol=1e-4, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(x, lengths, y, mask, encoder, decoder):
        m, n_a, total = len(x), len(decoder["b_u"]), 0.0
        sums = [{f"d{key}": np.zeros(value.shape) for key, value in each.items()} for each in (encoder, decoder)]
        for j in range(m):
            words, T_y = x[j, : lengths[j]], int(mask[j].sum())
            a, read = gru_forward(encoder["E"][:, None, words], np.zeros((n_a, 1)), encoder)
            y_in = np.array([len(decoder["b_y"]), *y[j, : T_y - 1]])
            s, written = gru_forward(decoder["E"][:, None, y_in], a[:, :, -1], decoder)
            z = decoder["W_ya"] @ s[:, 0] + decoder["b_y"]
            log_p = z - np.logaddexp.reduce(z, axis=0)
            target = np.arange(len(z))[:, None] == y[j, :T_y]
            total -= log_p[target].sum() / m
            dz = (np.exp(log_p) - target) / m
            e, s0, more = gru_backward((decoder["W_ya"].T @ dz)[:, None], written)
            more |= {"dW_ya": dz @ s[:, 0].T, "db_y": dz.sum(axis=1, keepdims=True)}
            more["dE"] = e[:, 0] @ (y_in[:, None] == np.arange(len(z) + 1))
            da = np.zeros(a.shape)
            da[:, :, -1] = s0
            e, _, early = gru_backward(da, read)
            early["dE"] = e[:, 0] @ (words[:, None] == np.arange(encoder["E"].shape[1]))
            for each, part in zip(sums, (early, more), strict=True):
                each |= {key: each[key] + part[key] for key in each}
        return total, *sums

    def draw(rng, n_v, n_y, n_a, m, T_x, T_y):
        return random_pairs(rng, n_v, n_y, 1 + n_a % 3, n_a, m, T_x, T_y)

    rng = np.random.default_rng(8)
    cases = {
        "with many pairs": random_pairs(rng, 5, 4, 2, 3, 104, 3, 4),
        "with long ones": random_pairs(rng, 5, 4, 2, 3, 2, 105, 103),
    }
    x, lengths, y, mask, encoder, decoder = random_pairs(rng, 5, 4, 2, 3, 3, 6, 5)
    cases |= {"with one word in each": (x, 0 * lengths + 1, y, mask, encoder, decoder)}
    large = {"E": 30 * encoder["E"]}, {"b_y": 30 * decoder["b_y"]}
    cases |= {"with large parameters": (x, lengths, y, mask, encoder | large[0], decoder | large[1])}
    cases |= {"with 300 words": random_pairs(rng, 300, 290, 2, 3, 9, 5, 6)}
    cases |= {"with equal words": (0 * x + 1, lengths, 0 * y + 2, mask, encoder, decoder)}
    cases |= {"without padding": (x, 0 * lengths + 6, y, 0 * mask + 1, encoder, decoder)}
    domain = {"apart": False, "cases": cases, "atol": 1e-12}
    domain["returns"] = {"loss": (), "d_encoder": (), "d_decoder": ()}
    sizes = {"n_v": 7, "n_y": 6, "n_a": 6, "m": 5, "T_x": 6, "T_y": 7}
    checks.agrees(sequence_gradients, pair_by_pair, draw, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. Greedy search
#
# *Which sentence does the trained network write?*
#
# In a test no true words are known. The simplest way is **greedy search**: at each step write the likeliest next word, read it in the next step, and stop after `<EOS>`.
#
# *On paper.* A decoder that knows only two words:
#
# | after | `<EOS>` | going | visiting |
# |---|---|---|---|
# | `<BOS>` | 0.1 | **0.5** | 0.4 |
# | going | **0.4** | 0.35 | 0.25 |
# | visiting | **0.9** | 0.05 | 0.05 |
#
# Greedy search writes "going" and then `<EOS>`, with the probability $0.5 \cdot 0.4 = 0.2$. Keep this number in mind.
#
# ### Exercise 7: `greedy_decode`


# %% exercise="greedy_decode"
def greedy_decode(s0, parameters, T):
    """Writes a sentence for each first state, always with the likeliest next word.

    Args:
        s0: first states, shape (n_a, m), floats or whole numbers.
        parameters: as in decode_step.
        T: the largest number of signs, <EOS> included, a whole number >= 1.

    Returns:
        y: int64 (m, T): the signs that are written, up to <EOS> or until there are T of them; 0 in all places after
            <EOS>. Of equally likely signs, the one with the smallest number.
        log_p: shape (m,), the natural logarithm of the probability of what is written; <EOS> counts if it is written,
            and nothing after it.
    """
    # 1. Before the first step: <BOS>, s0. 2. A step; the likeliest sign and its log probability.
    # 3. Which sentences still go on? 4. What was written is read next.
    ### BEGIN SOLUTION
    m = s0.shape[1]
    y = np.zeros((m, T), int)  # equivalent "zeros → ones": all of y is written
    log_p, going = np.zeros(m), np.ones(m, bool)
    word, s = np.full(m, parameters["E"].shape[1] - 1), s0
    for t in range(T):
        z, s = decode_step(word, s, parameters)
        word = np.where(going, z.argmax(axis=0), 0)
        y[:, t] = word
        log_p += log_probability(z[:, :, None], word[:, None], going[:, None])
        going = going & (word != 0)
    return y, log_p
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The sentences of a batch end at different steps. Keep an array `going` of truth values, which becomes False after `<EOS>`. All sentences take part in each step; those that have ended write 0 and add nothing.
# </details>
#
# <details><summary>Hint 2</summary>
#
# One step is a sentence of the length 1: `log_probability(z[:, :, None], word[:, None], going[:, None])` gives its log probability, and 0 for those that have ended.
# </details>

# %% check="greedy_decode" points=2
with checks.exercise("greedy_decode"):
    table = np.array([[1, 0.4, 0.9, 0.1], [0, 0.35, 0.05, 0.5], [0, 0.25, 0.05, 0.4]])
    chain = {f"W_{gate}": np.zeros((4, 8)) for gate in "ur"} | {"W_c": np.eye(8)[4:], "b_y": np.zeros((3, 1))}
    chain |= {"b_u": np.full((4, 1), 99.0), "b_r": np.zeros((4, 1)), "b_c": np.zeros((4, 1))}
    chain |= {"E": np.arctanh(0.5 * np.eye(4)), "W_ya": 2 * np.log(np.maximum(table, 1e-9))}
    s0 = np.array([[0.1, 0.3], [0, 0], [0, 0], [0, 0]])
    checks.unchanged(greedy_decode, s0, chain, 3)
    y, log_p = checks.results("greedy_decode(s0, parameters, 3)", greedy_decode(s0, chain, 3), ["y", "log_p"])
    checks.shape("y", y, (2, 3))
    checks.close("y", y, [[1, 0, 0], [1, 0, 0]], mistakes={"read what was written before": [[1, 1, 1], [1, 1, 1]]})
    slips = {"<EOS> counts too": np.log([0.5, 0.5]), "this is the probability; take the logarithm": [0.2, 0.2]}
    checks.close("log_p", log_p, np.log([0.2, 0.2]), mistakes=slips)
    _, log_p = checks.results("greedy_decode(s0, parameters, 1)", greedy_decode(s0, chain, 1), ["y", "log_p"])
    checks.close("log_p with T = 1", log_p, np.log([0.5, 0.5]))
    ### BEGIN HIDDEN TESTS

    def sentence_by_sentence(s0, parameters, T):
        y, log_p = np.zeros((s0.shape[1], T), int), np.zeros(s0.shape[1])
        for j in range(len(y)):
            s, word = s0[:, [j]], len(parameters["b_y"])
            for t in range(T):
                s, _ = gru_cell_forward(parameters["E"][:, [word]], s, parameters)
                scores = (parameters["W_ya"] @ s + parameters["b_y"])[:, 0]
                word = y[j, t] = int(np.flatnonzero(scores == scores.max())[0])
                log_p[j] -= np.logaddexp.reduce(scores - scores[word])
                if word == 0:
                    break
        return y, log_p

    def decoder(rng, n_y, n_e, n_a, m, T, end=0.5):
        shapes = {"b_y": (n_y, 1), "W_ya": (n_y, n_a)} | {f"W_{gate}": (n_a, n_a + n_e) for gate in "cru"}
        shapes |= {"E": (n_e, n_y + 1)} | {f"b_{gate}": (n_a, 1) for gate in "urc"}
        parameters = {key: rng.normal(0, 1, shape) for key, shape in shapes.items()}
        parameters["b_y"] = end * np.eye(n_y)[:, :1]
        return rng.normal(0, 1, (n_a, m)), parameters, T

    rng = np.random.default_rng(9)
    s0, parameters, _ = decoder(rng, 5, 2, 3, 6, 4)
    equal = parameters | {"W_ya": 0 * parameters["W_ya"], "b_y": 0 * parameters["b_y"]}
    two = equal | {"b_y": np.array([[0], [1], [0], [1], [1]])}
    cases = {"with equal scores": (s0, equal, 3), "with two likeliest words": (s0, two, 3)}
    never, at_once = (decoder(rng, 4, 2, 3, 5, T, end) for T, end in ((30, -99.0), (6, 99.0)))
    cases |= {"where no sentence ends": never, "where all end at once": at_once}
    cases |= {
        "with T = 1": (s0, parameters, 1),
        "with scores that differ little": (s0, equal | {"b_y": np.array([[0], [1], [1 + 1e-8], [1], [1]])}, 3),
        "with huge scores": (s0, parameters | {"W_ya": 1e4 * parameters["W_ya"]}, 9),
    }
    cases |= {"with whole numbers in s0": (np.rint(2 * s0).astype(int), parameters, 4)}
    doubt = parameters | {"W_ya": 0.1 * parameters["W_ya"], "b_y": -99 * np.eye(5, 1)}
    cases |= {"with 300 words": decoder(rng, 300, 2, 5, 9, 12), "with many steps": (s0, doubt, 600)}
    domain = {"apart": False, "cases": cases, "returns": ["y", "log_p"], "atol": 1e-11}
    sizes = {"n_y": 9, "n_e": 5, "n_a": 6, "m": 103, "T": 8}
    checks.equal("the number type of y", str(np.asarray(greedy_decode(s0, parameters, 3)[0]).dtype), "int64")
    checks.agrees(greedy_decode, sentence_by_sentence, decoder, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 8. A translator
#
# *Can it learn to put words in another order?*
#
# The task: number words from English to German, as separate pieces. German says the unit before the ten: "twenty one" is "ein und zwanzig". It says no "and" after "hundred".

# %%
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
EINER = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn"
).split()
ZEHNER = "- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()


def english(n):
    if n < 20:
        return [UNITS[n]]
    if n < 100:
        return [TENS[n // 10], *(english(n % 10) if n % 10 else [])]
    size, name = (1000, "thousand") if n >= 1000 else (100, "hundred")
    rest = [*(["and"] if n % size < 100 else []), *english(n % size)] if n % size else []
    return [*english(n // size), name, *rest]


def german(n, last=True):
    if n < 20:
        return ["eins" if n == 1 and last else EINER[n]]
    if n < 100:
        return [*([EINER[n % 10], "und"] if n % 10 else []), ZEHNER[n // 10]]
    size, name = (1000, "tausend") if n >= 1000 else (100, "hundert")
    return [*german(n // size, last=False), name, *(german(n % size, last) if n % size else [])]


# %%
rng = np.random.default_rng(0)
numbers = np.unique(np.concatenate([rng.integers(0, 1000, 600), rng.integers(1000, 1_000_000, 5400)]))
numbers = rng.permutation(numbers).tolist()
pairs = [(english(n), german(n)) for n in numbers]
train_pairs, test_pairs = pairs[:-500], pairs[-500:]
print(len(train_pairs), "pairs to train,", len(test_pairs), "other numbers to test; for example")
for n in (21, 7101):
    print(f"{n}: {' '.join(english(n))} -> {' '.join(german(n))}")


def as_indices(sentences, names, end):
    """Whole numbers (m, T), filled with 0, and the lengths; with end = 1 each sentence has an <EOS>, which counts."""
    lengths = np.array([len(sentence) + end for sentence in sentences])
    indices = np.zeros((len(sentences), lengths.max()), int)
    for row, sentence in zip(indices, sentences, strict=True):
        row[: len(sentence)] = [names.index(word) for word in sentence]
    return indices, lengths


def initialize(rng, n_v, n_y, n_e=48, n_a=96):
    """Encoder and decoder in float32."""
    scale = {"E": 0.3, "W": (n_a + n_e) ** -0.5, "b": 0}  # by the first letter of the name
    networks = random_networks(rng, n_v, n_y, n_e, n_a)
    return [{key: (scale[key[0]] * value).astype(np.float32) for key, value in each.items()} for each in networks]


# %% [markdown]
# Both networks have 96 units and embeddings of 48 numbers. They train together with Adam in float32, with batches of 64 pairs and a falling rate.


# %%
def train(pairs, steps, seed, m=64):
    """Encoder and decoder after some steps of Adam, the names of the words of both sides, and the losses."""
    rng, losses = np.random.default_rng(seed), []
    read, write = (sorted({word for pair in pairs for word in pair[side]}) for side in (0, 1))
    read, write = ["<PAD>", *read], ["<EOS>", *write]
    x, lengths = as_indices([pair[0] for pair in pairs], read, 0)
    y, ends = as_indices([pair[1] for pair in pairs], write, 1)
    mask = (np.arange(y.shape[1]) < ends[:, None]).astype(np.float32)
    networks = initialize(rng, len(read), len(write))
    v, s = ([{f"d{key}": np.zeros_like(value) for key, value in each.items()} for each in networks] for _ in "vs")
    for t in tqdm(range(1, steps + 1), desc="training", file=sys.stdout):
        some = rng.integers(0, len(pairs), m)
        T_x, T_y = lengths[some].max(), ends[some].max()
        batch = x[some, :T_x], lengths[some], y[some, :T_y], mask[some, :T_y]
        loss, *both = sequence_gradients(*batch, *networks)
        losses.append(loss)
        for k in (0, 1):
            grads = {key: value.astype(np.float32) for key, value in clip_grad_norm(both[k], 10.0)[0].items()}
            rate = 0.006 * (1 - 0.95 * t / steps)
            networks[k], v[k], s[k] = adam_step(networks[k], grads, v[k], s[k], t, rate)
    return *networks, read, write, losses


encoder, decoder, read, write, losses = train(train_pairs, 800, seed=0)


# %%
def translate(sentences, T=20):
    y, _ = greedy_decode(encode(*as_indices(sentences, read, 0), encoder)[0], decoder, T)
    return [[write[k] for k in row if k != EOS] for row in y]


answers = translate([pair[0] for pair in test_pairs])
right = [answer == pair[1] for answer, pair in zip(answers, test_pairs, strict=True)]
print(f"exactly right: {np.mean(right):.3f} of {len(right)} numbers that it never saw")
for k in [0, 1, *np.flatnonzero(np.logical_not(right))[:2]]:
    print("right" if right[k] else "wrong", "|", " ".join(test_pairs[k][0]), "->", " ".join(answers[k]))

figure, axis = plt.subplots()
axis.plot(np.convolve(losses, np.ones(20) / 20, "valid"))
axis.set(xlabel="steps of training", ylabel="loss of a sentence (nats), mean of 20", yscale="log")
axis.set_title("The loss of a sentence falls from tens of nats to less than one")
plt.show()

# %% [markdown]
# *What to notice.* At least 95 of 100 new numbers are translated without any fault, although none of them occurred in training. The order of the words is no problem: the decoder writes from a vector, not word for word. The faults are most often one or two words in a long number.
#
# Here is what the decoder finds likely at each step of one sentence.

# %%
sentence, target = english(54_321), german(54_321)
s0, _ = encode(*as_indices([sentence], read, 0), encoder)
z, _ = decode_forward(s0, as_indices([target], write, 1)[0], decoder)
p = np.exp(z[:, 0] - z[:, 0].max(axis=0))
p /= p.sum(axis=0)
shown = [write.index(word) for word in dict.fromkeys([*target, "<EOS>", "zwei", "dreißig", "eins"])]
figure, axis = plt.subplots(figsize=(8, 4.2))
image = axis.imshow(p[shown], cmap="Blues", aspect="auto", vmin=0, vmax=1)
axis.set(xticks=range(len(target) + 1), yticks=range(len(shown)), yticklabels=[write[k] for k in shown])
axis.set_xticklabels(["<BOS>", *target], rotation=40)
axis.set(
    xlabel="the word before, which is read",
    ylabel="the next word",
    title="The true next word gets most of the probability",
)
axis.grid(False)
figure.colorbar(image, label="probability")
plt.show()
print(" ".join(sentence), "->", " ".join(target))

# %% [markdown]
# *What to notice.* Each column is one step and has its dark field at the true next word: "vier", "und", "fünfzig", … After the same word "und" it writes "fünfzig" at one place and "zwanzig" at another, as its state says.
#
# ## 9. The likeliest sentence
#
# *Does the likeliest next word lead to the likeliest sentence?*
#
# We want the sentence with the largest $P(y \mid x)$. Look again at the table of section 7. Greedy search wrote "going `<EOS>`", with the probability 0.2. But "visiting `<EOS>`" has $0.4 \cdot 0.9 = 0.36$. The first word "going" looks better, and what comes after it is worse. Greedy search cannot go back.
#
# **Exhaustive search** computes the probability of every sentence. With $n_y - 1$ words and at most $T$ signs, `<EOS>` included, the number of complete sentences is
#
# $$\sum_{k=0}^{T-1} (n_y - 1)^k .$$
#
# *On paper.* For two words and $T = 3$ there are $1 + 2 + 4 = 7$: the empty one, "going", "visiting", and four of two words. The translator above knows 32 German pieces. For sentences of at most 10 pieces there are already about $10^{15}$.
#
# ### Exercise 8: `exhaustive_search`


# %% exercise="exhaustive_search"
def exhaustive_search(s0, parameters, T):
    """The likeliest of all complete sentences: those of at most T signs that end with <EOS>.

    Args:
        s0: the first state of one sentence, shape (n_a, 1), floats or whole numbers.
        parameters: as in decode_step, n_y >= 2.
        T: the largest number of signs, <EOS> included, a whole number from 1 to 20. There are at most 5,000 sentences;
            no two of them are equally likely.

    Returns:
        y: int64 (T,): the likeliest sentence, 0 from <EOS> on.
        log_p: the natural logarithm of its probability, a number.
    """
    # 1. All sentences of k words, for each k: itertools.product. 2. Their scores, all from the same state.
    # 3. Their log probabilities, <EOS> included. 4. The best of all lengths.
    ### BEGIN SOLUTION
    n_y, best, best_log_p = len(parameters["b_y"]), None, -np.inf
    for k in range(T):  # equivalent "range ends at 100": T is at most 20
        words = list(itertools.product(range(1, n_y), repeat=k))  # equivalent "1 → 0": these are never likelier
        y = np.zeros((len(words), T), int)
        y[:, :k] = words
        z, _ = decode_forward(np.repeat(s0, len(y), axis=1), y, parameters)
        log_p = log_probability(z, y, np.broadcast_to(np.arange(T) <= k, y.shape))
        if log_p.max() > best_log_p:  # equivalent "> → >=": no two are equally likely
            best, best_log_p = y[log_p.argmax()], log_p.max()
    return best, best_log_p
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `itertools.product(range(1, n_y), repeat=k)` gives all sentences of $k$ words; for $k = 0$ it gives the empty one, once. Each of them is a row of `y`, filled with 0. The first 0 is `<EOS>`.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.repeat(s0, len(y), axis=1)` gives the same first state to all of them. Then use `decode_forward` and `log_probability`. The mask is 1 for the first $k + 1$ signs.
# </details>

# %% check="exhaustive_search" points=2
with checks.exercise("exhaustive_search"):
    table = np.array([[1, 0.4, 0.9, 0.1], [0, 0.35, 0.05, 0.5], [0, 0.25, 0.05, 0.4]])
    chain = {f"W_{gate}": np.zeros((4, 8)) for gate in "ur"} | {"W_c": np.eye(8)[4:], "b_y": np.zeros((3, 1))}
    chain |= {"b_u": np.full((4, 1), 99.0), "b_r": np.zeros((4, 1)), "b_c": np.zeros((4, 1))}
    chain |= {"E": np.arctanh(0.5 * np.eye(4)), "W_ya": 2 * np.log(np.maximum(table, 1e-9))}
    s0 = np.array([[0.1], [0], [0], [0]])
    checks.unchanged(exhaustive_search, s0, chain, 3)
    y, log_p = checks.results("exhaustive_search(s0, parameters, 3)", exhaustive_search(s0, chain, 3), ["y", "log_p"])
    checks.shape("y", y, (3,))
    slips = {"this is what greedy search finds": [1, 0, 0], "sentences must be complete, with <EOS>": [1, 1, 1]}
    checks.close("y", y, [2, 0, 0], mistakes=slips | {"the probability of <EOS> counts too": [0, 0, 0]})
    checks.close("log_p", log_p, np.log(0.36))
    y, log_p = checks.results("exhaustive_search(s0, parameters, 1)", exhaustive_search(s0, chain, 1), ["y", "log_p"])
    checks.close("log_p with T = 1, where only the empty sentence fits", log_p, np.log(0.1))
    ### BEGIN HIDDEN TESTS

    def by_a_tree(s0, parameters, T):
        n_y, best = len(parameters["b_y"]), (-np.inf, [])

        def grow(words, s, total):
            nonlocal best
            s, _ = gru_cell_forward(parameters["E"][:, [words[-1] if words else n_y]], s, parameters)
            scores = (parameters["W_ya"] @ s + parameters["b_y"])[:, 0]
            scores = scores - np.logaddexp.reduce(scores)
            best = max(best, (total + scores[0], words))
            for word in range(1, n_y) if len(words) + 1 < T else ():
                grow([*words, word], s, total + scores[word])

        grow([], s0, 0.0)
        return np.array(best[1] + [0] * (T - len(best[1]))), best[0]

    def decoder(rng, n_y, n_e, n_a, T, end=-1.0):
        shapes = {"b_y": (n_y, 1), "W_ya": (n_y, n_a)} | {f"W_{gate}": (n_a, n_a + n_e) for gate in "cru"}
        shapes |= {"E": (n_e, n_y + 1)} | {f"b_{gate}": (n_a, 1) for gate in "urc"}
        parameters = {key: rng.normal(0, 2, shape) for key, shape in shapes.items()}
        parameters["b_y"] = end * np.eye(n_y)[:, :1] + rng.normal(0, 0.1, (n_y, 1))
        return rng.normal(0, 1, (n_a, 1)), parameters, T

    rng = np.random.default_rng(10)
    cases = {
        f"with {n_y - 1} words and T = {T}": decoder(rng, n_y, 3, 4, T) for n_y, T in ((2, 9), (3, 6), (5, 4), (300, 2))
    }
    s0, parameters, _ = decoder(rng, 4, 2, 3, 4)
    cases |= {"with whole numbers in s0": (np.array([[1], [-1], [0]]), parameters, 4)}
    table = np.array([[1, 0.01, 0.98, 0.2], [0, 0.01, 0.01, 0.79], [0, 0.98, 0.01, 0.01]])
    in_two = chain | {"W_ya": 2 * np.log(np.maximum(table, 1e-9))}
    cases |= {"where only the second word leads to a likely end": (np.zeros((4, 1)), in_two, 4)}
    late = 9.0 * np.eye(40)[:, :1] @ np.eye(41)[38:39] - np.linspace(0, 1, 40)[:, None]  # only word 38 leads to <EOS>
    wide = {f"W_{gate}": np.zeros((41, 82)) for gate in "ur"} | {
        "W_c": np.eye(82)[41:],
        "b_y": -9.0 * np.eye(40)[:, :1],
    }
    wide |= {"b_u": np.full((41, 1), 99.0), "b_r": np.zeros((41, 1)), "b_c": np.zeros((41, 1)), "W_ya": 2 * late}
    cases |= {
        "where a less likely word leads to the end": (np.zeros((41, 1)), wide | {"E": np.arctanh(0.5 * np.eye(41))}, 3)
    }
    cases |= {"with one sign": decoder(rng, 4, 2, 3, 1), "where <EOS> is unlikely": decoder(rng, 3, 2, 3, 5, -60.0)}
    cases |= {
        "where it is likely": decoder(rng, 4, 2, 3, 4, 9.0),
        "where all is very unlikely": decoder(rng, 3, 2, 3, 5, -2000.0),
    }
    domain = {"apart": False, "cases": cases, "returns": ["y", "log_p"], "atol": 1e-11}
    checks.equal("the number type of y", str(np.asarray(exhaustive_search(s0, parameters, 3)[0]).dtype), "int64")
    checks.agrees(exhaustive_search, by_a_tree, decoder, sizes={"n_y": (2, 4), "n_e": 5, "n_a": 6, "T": 4}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Let us count. We draw 200 small decoders at random, with four words and sentences of at most five signs: 341 sentences for each. We compare both searches.

# %%
rng, rows = np.random.default_rng(0), []
for _ in range(200):
    tiny = random_networks(rng, 1, 5, 4, 8)[1] | {"b_y": np.eye(5)[:, :1]}
    s0 = rng.uniform(-1, 1, (8, 1))
    (written, log_p), (best, best_log_p) = greedy_decode(s0, tiny, 5), exhaustive_search(s0, tiny, 5)
    rows.append((written[0, -1] == EOS, log_p[0], best_log_p, np.array_equal(written[0], best)))
complete, greedy, best, same = np.array(rows, float).T
ended = complete == 1
print(
    f"greedy search wrote a complete sentence in {ended.sum()} of 200 cases; in {np.sum(ended & (same == 0))} of these"
)
print(f"there is a likelier one. In the other {np.sum(~ended)} cases it had not come to <EOS> after five signs.")

figure, axis = plt.subplots(figsize=(6, 4.5))
axis.plot(greedy[ended], best[ended], "o", markersize=5, alpha=0.6)
axis.plot([-4, 0], [-4, 0], "--", label="both the same")
axis.set(xlabel="log probability, greedy search", ylabel="log probability, exhaustive search")
axis.set_title("Exhaustive search is sometimes better than greedy search, and never worse")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* No point lies under the line: exhaustive search cannot lose. In about a fifth of the complete cases the greedy sentence is not the likeliest. And in more than three of ten cases greedy search does not write `<EOS>` within the five signs.
#
# ## 10. The same with a trained network
#
# *Do such cases occur in practice?*
#
# They occur where the same thing can be said in several ways. Take numbers from 1,100 to 9,999 without those like 2,006, which have no hundreds. Four in ten people say 2,506 as "twenty five hundred and six". The others begin with "two thousand", and go on in four different ways. So the likeliest *sentence* has "hundred", with the probability 0.4 against 0.15 for each of the others. But the likeliest *first word* is that of the others, with 0.6.


# %%
def ways(n):
    """Five ways to say a number; the first is the likeliest."""
    hundreds = [*english(n // 100), "hundred", *(["and", *english(n % 100)] if n % 100 else [])]
    thousands = [*english(n // 1000), "thousand"]
    return [hundreds, *([*thousands, *joint, *english(n % 1000)] for joint in ([], ["and"], [","], ["plus"]))]


rng = np.random.default_rng(0)
spoken = [n for n in rng.permutation(np.arange(1100, 10_000)).tolist() if n // 100 % 10][:4500]
choices = rng.choice(5, 4500, p=[0.4, 0.15, 0.15, 0.15, 0.15])
pairs = [(list(str(n)), ways(n)[choice]) for n, choice in zip(spoken, choices, strict=True)]
print(*(" ".join(way) for way in ways(2506)), sep="\n")
encoder, decoder, read, write, _ = train(pairs[:4000], 500, seed=0)

# %%
new = spoken[4000:]
s0, _ = encode(*as_indices([list(str(n)) for n in new], read, 0), encoder)
written, greedy = greedy_decode(s0, decoder, 14)
log_p = []
for way in zip(*map(ways, new), strict=True):
    y, ends = as_indices(way, write, 1)
    log_p.append(log_probability(decode_forward(s0, y, decoder)[0], y, np.arange(y.shape[1]) < ends[:, None]))
log_p = np.array(log_p)
best, texts = log_p.max(axis=0), [[write[k] for k in row if k != EOS] for row in written]
print(
    f"greedy search wrote one of the five ways: {np.mean([t in ways(n) for t, n in zip(texts, new, strict=True)]):.3f}"
)
print(f"another of the five ways is likelier: {np.mean(best > greedy + 1e-3):.3f}")
for k in np.flatnonzero(best > greedy + 1e-3)[:3]:
    print(
        f"{np.exp(greedy[k]):.2f} {' '.join(texts[k])}",
        f"{np.exp(best[k]):.2f} {' '.join(ways(new[k])[log_p[:, k].argmax()])}",
        sep="  |  ",
    )

figure, axis = plt.subplots(figsize=(6, 4.5))
axis.plot(np.exp(greedy), np.exp(best), "o", markersize=4, alpha=0.5)
axis.plot([0, 0.8], [0, 0.8], "--", label="both the same")
axis.set(xlabel="probability of the greedy sentence", ylabel="probability of the likeliest of five ways")
axis.set_title("For many numbers greedy search misses a likelier sentence")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* The network has learned the numbers: nearly all that it writes is a right way to say them. But for more than four in ten of the new numbers it finds another way likelier than the one that greedy search wrote. The count is a lower bound, because only five sentences were compared. Should a point lie below the line, greedy search wrote none of the five. This is no fault of the network, which computes probabilities. It is a fault of the **search**. The next lesson repairs it with beam search.
#
# Why not draw a sentence at random, as in week 1? A good translation is wanted, and not a different one each time.

# %% [markdown]
# ## What you built
#
# - `encode`, `decode_step` and `decode_forward`: a sentence in, another sentence out, with teacher forcing.
# - `log_probability` and `masked_loss`: a conditional language model and what it is trained for.
# - `sequence_gradients`: the way back through decoder and encoder; with it a translator of number words.
# - `greedy_decode` and `exhaustive_search`: one is quick and often misses the best, the other is exact and far too slow.
#
# ## On your own
#
# 1. Sutskever and others read the input backwards: "one twenty" for "twenty one". Try it. Does the translator learn faster?
# 2. Train with only 500 or 2,000 pairs. How many pairs are needed for 90 %?
# 3. Really hard: exhaustive search that is quick. The probability of a sentence only falls when words are added. So a beginning that is already less likely than the best complete sentence can be dropped. Write this *branch and bound* for the network of section 10. How many steps of the decoder does it need, and which sentences are really the likeliest?
#
# ## In practice
#
# - In PyTorch the encoder is `torch.nn.GRU` with `pack_padded_sequence`, which does what our `lengths` do. `torch.nn.functional.cross_entropy(..., ignore_index=...)` is the mask, where padding has a number of its own: here it would leave out `<EOS>` too.
# - Today's translators are Transformers, where the decoder can look at all the states of the encoder. Loss, teacher forcing, `<EOS>` and search are the same.
# - A decoder that was trained with true words meets its own mistakes for the first time when it is used. This is called *exposure bias*.
#
# ## References
#
# - Course 5, week 3, lectures 1 and 2.
# - I. Sutskever, O. Vinyals and Q. Le (2014), Sequence to Sequence Learning with Neural Networks, NeurIPS.
# - K. Cho and others (2014), Learning Phrase Representations Using RNN Encoder-Decoder for Statistical Machine Translation, EMNLP.
# - O. Vinyals and others (2015), Show and Tell: A Neural Image Caption Generator, CVPR.
# - R. Williams and D. Zipser (1989), A Learning Algorithm for Continually Running Fully Recurrent Neural Networks, Neural Computation 1.
