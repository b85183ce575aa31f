# %% [markdown]
# You will build networks that read a sentence about a film and say whether it is for or against the film: a mean of word vectors, and an LSTM. Then you will test which of them understands that "not bad but good" is the opposite of "not good but bad".

# %% [markdown]
# ## What you will be able to do
#
# - turn sentences into padded arrays of word numbers, and keep padding out of every result and every gradient;
# - build a classifier on the mean of word vectors, with its gradients down to the vectors, and train it;
# - build a many-to-one LSTM, of one layer or two, that answers at the last real word;
# - compare with a bag of words, and judge honestly what a larger network has gained;
# - test with pairs of sentences whether a network uses the order of words, and whether word vectors carry it over to words that it never saw.
#
# **What you need:** [recurrent networks](../week1_recurrent_networks/02_rnn_and_backpropagation_through_time.ipynb), [GRU and LSTM](../week1_recurrent_networks/04_gru_and_lstm.ipynb) and [word vectors](01_word_representation.ipynb).

# %%
import re
import sys
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.dropout import dropout_backward, dropout_forward
from shared_utils.nn.lstm import lstm_backward, lstm_cell_backward, lstm_cell_forward, lstm_forward
from shared_utils.nn.optimisers import adam_step, clip_grad_norm
from shared_utils.nn.sequences import embedding_backward, embedding_forward

plots.use_style()


def words_of(text):
    """The words of a text in small letters; "isn't" becomes the two words "is" and "n't"."""
    return re.findall(r"n't|[a-z]+(?=n't)|[a-z]+|'[a-z]+", text.lower())


def lstm_parameters(n_x, n_a, draw=lambda shape: 3 * np.sin(np.arange(1.0, 1 + np.prod(shape)) ** 2).reshape(shape)):
    """Parameters of an LSTM; without a function that draws random weights they are the same each time."""
    parameters = {f"W_{gate}": draw((n_a, n_a + n_x)) / np.sqrt(n_a + n_x) for gate in "fuoc"}
    return parameters | {f"b_{gate}": np.full((n_a, 1), float(gate == "f")) for gate in "fuoc"}


# %%
reviews, glove = data.load_sentiment(), data.load_word_vectors()
train_words = [words_of(text) for text in reviews.x_train]
test_words = [words_of(text) for text in reviews.x_test]
print(*(f"label {reviews.Y_train[0, k]}: {reviews.x_train[k]}" for k in (1, 5)), sep="\n")

# %% [markdown]
# The sentences come from film reviews. At least twenty people rated each of them. Label 1 is *for* the film, label 0 *against* it. There are 5,558 sentences to train and 1,390 to test, about half of them for.
#
# ## 1. From sentences to numbers
#
# *How does a batch of sentences become an array?*
#
# Each word has a number, its column in the embedding matrix. Number 0 is `<PAD>`, padding. Words without a number of their own share that of `<UNK>`, unknown. All rows of a batch have $T_x$ places. A shorter sentence is filled with 0 *at its end*; a longer one is cut. We also keep how many real words each row has, its **length**.
#
# *On paper*, with `<PAD>` 0, `<UNK>` 1, the 2, film 3, is 4, good 5 and $T_x = 5$:
#
# | sentence | row | length |
# |---|---|---|
# | the film is good | 2 3 4 5 0 | 4 |
# | good plot | 5 1 0 0 0 | 2 |
# | the film is the good film | 2 3 4 2 5 | 5 |
#
# An unknown word is a real word: it counts in the length.
#
# ### Exercise 1: `sentences_to_indices`


# %% exercise="sentences_to_indices"
def sentences_to_indices(sentences, index, T_x):
    """The numbers of the words of m sentences, with padding at the end.

    Args:
        sentences: a list or tuple of m >= 1 sentences, each a list or tuple of at least one word (strings). A word is
            looked up as it is written: capitals are not changed.
        index: a dict from words to whole numbers >= 0. It holds "<PAD>" with the number 0 and "<UNK>" with any number;
            other words may have the number 0, too, and a word "<PAD>" in a sentence is a word like any other.
        T_x: the number of places in a row, a whole number >= 1.

    Returns:
        indices: whole numbers, an int64 array of shape (m, T_x). A word that is not in `index` has the number of
            "<UNK>". Words after the first T_x are cut off. The places that are left over at the end hold 0.
        lengths: how many real words each row holds, unknown ones among them, int64, shape (m,), from 1 to T_x.

    Raises:
        ValueError: a sentence has no word.
    """
    # 1. Rows of zeros. 2. The lengths; refuse an empty sentence. 3. For each sentence: cut it, look up its words.
    ### BEGIN SOLUTION
    indices = np.zeros((len(sentences), T_x), dtype=np.int64)
    lengths = np.minimum([len(sentence) for sentence in sentences], T_x)
    if np.any(lengths == 0):
        raise ValueError("a sentence has no word")
    for j, sentence in enumerate(sentences):
        indices[j, : lengths[j]] = [index.get(word, index["<UNK>"]) for word in sentence[:T_x]]
    return indices, lengths
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `index.get(word, index["<UNK>"])` looks a word up and has an answer for an unknown one. `sentence[:T_x]` cuts a sentence, and leaves a short one as it is.
# </details>

# %% check="sentences_to_indices" points=2
with checks.exercise("sentences_to_indices"):
    small = {"good": 5, "the": 2, "<UNK>": 6, "film": 3, "<PAD>": 0, "is": 4, "a": 1}
    three = [["the", "film", "is", "good"], ["good", "plot"], ["the", "film", "is", "the", "good", "film"]]
    checks.unchanged(sentences_to_indices, three, small, 5)
    names = ["indices", "lengths"]
    indices, lengths = checks.results("sentences_to_indices(...)", sentences_to_indices(three, small, 5), names)
    slips = {"an unknown word has the number of <UNK>, 6 here": [[2, 3, 4, 5, 0], [5, 1, 0, 0, 0], [2, 3, 4, 2, 5]]}
    slips |= {"padding stands at the end": [[0, 2, 3, 4, 5], [0, 0, 0, 5, 6], [2, 3, 4, 2, 5]]}
    slips |= {"cut off the end, not the beginning": [[2, 3, 4, 5, 0], [5, 6, 0, 0, 0], [3, 4, 2, 5, 3]]}
    slips |= {"an unknown word keeps its place": [[2, 3, 4, 5, 0], [5, 0, 0, 0, 0], [2, 3, 4, 2, 5]]}
    checks.close("indices", indices, [[2, 3, 4, 5, 0], [5, 6, 0, 0, 0], [2, 3, 4, 2, 5]], mistakes=slips)
    slips = {"count the words that are left after cutting": [4, 2, 6], "count unknown words too": [4, 1, 5]}
    checks.close("lengths", lengths, [4, 2, 5], mistakes=slips)
    checks.raises("a sentence without words", ValueError, sentences_to_indices, [["good"], []], small, 5)
    ### BEGIN HIDDEN TESTS

    def place_by_place(sentences, index, T_x):
        found = [[0] * T_x for _ in sentences]
        for row, sentence in zip(found, sentences, strict=True):
            for t, word in enumerate(sentence):
                if t < T_x:
                    row[t] = index[word] if word in index else index["<UNK>"]
        return np.array(found), np.array([min(len(sentence), T_x) for sentence in sentences])

    def problem(rng, m, longest, T_x, n_v):
        index = {f"w{k}": int(k) + 1 for k in rng.permutation(n_v)} | {"<UNK>": n_v + 1, "<PAD>": 0}
        draw = [[f"w{k}" for k in rng.integers(0, n_v + 2, rng.integers(1, longest + 1))] for _ in range(m)]
        return draw, index, T_x

    odd = {"<PAD>": 0, "<UNK>": 3, "": 7, "Good": 5, "good": 4, "不": 70_000, "it's": 0}
    words = [["<PAD>", "good", "<UNK>"], ["Good", "GOOD", "", "不"], ["it's"], ["不好"], ["good", "good"]]
    cases = {"with capitals, other letters and special words": (words, odd, 4)}
    cases |= {"with tuples": (tuple(map(tuple, words)), odd, 3), "with T_x = 1": (words, odd, 1)}
    cases |= {"with <UNK> the number 0 too": ([["x", "y"], ["a"]], {"<PAD>": 0, "<UNK>": 0, "a": 1}, 3)}
    sizes = {"m": 130, "longest": 280, "T_x": 270, "n_v": 300}
    checks.agrees(sentences_to_indices, place_by_place, problem, sizes=sizes, returns=names, cases=cases)
    for bad in ([[]], [[], ["good"]], [("good",), (), ("a",)]):
        checks.raises(f"the sentences {bad}", ValueError, sentences_to_indices, bad, small, 3)
    kinds = [str(array.dtype) for array in sentences_to_indices(three, small, 9)]
    checks.equal("the number types of indices and lengths", kinds, ["int64", "int64"])
    ### END HIDDEN TESTS

# %% [markdown]
# The vocabulary: the 10,000 words that GloVe knows, and the other words that occur at least twice in the training sentences. The embedding matrix holds the GloVe vectors, divided by their standard deviation. Words that GloVe does not know begin with small random numbers.

# %%
counts = Counter(word for sentence in train_words for word in sentence)
vocabulary = ["<PAD>", "<UNK>", *glove.words]
vocabulary += sorted({word for word in counts if counts[word] > 1} - set(glove.words))
index = {word: k for k, word in enumerate(vocabulary)}


def embedding_matrix(known, seed=0):
    """E, (50, n_v) in float32, with the GloVe vectors where `known` is True, and random ones of their size if not."""
    rng = np.random.default_rng(seed)
    if not known:
        return rng.normal(0, 1, (50, len(index))).astype(np.float32)
    E = rng.normal(0, 0.1, (50, len(index)))
    E[:, 2 : 2 + len(glove.words)] = glove.E / glove.E.std()
    return E.astype(np.float32)


own = sum(count for word, count in counts.items() if word in index)
print(f"{len(index)} words; they are {own / sum(counts.values()):.1%} of all words in the training sentences")

# %% [markdown]
# ## 2. The mean of the words, without padding
#
# *How does a sentence of any length become one vector?*
#
# The simplest way of the lecture: look the words up in the embedding matrix $E$ of shape $(n_e, n_v)$, and take the mean of their vectors,
#
# $$h_j = \frac{1}{T_j} \sum_{t=1}^{T_j} e_j^{\langle t \rangle} , \qquad e_j^{\langle t \rangle} = E_{:,k} \text{ for the word } k \text{ at place } t \text{ of sentence } j .$$
#
# $T_j$ is the length of sentence $j$. Padding must count nowhere: its vector, column 0 of $E$, is not in the sum, and we divide by the number of *real* words. A division by $T_x$ would make the vector of a short sentence smaller, the more so the more padding its batch has.
#
# The lengths say what is padding, not the numbers. A 0 among the first $T_j$ places is treated as a real word.
#
# Backward, each real word of sentence $j$ has the share $\frac{1}{T_j} dh_j$. A word that stands at several places adds its shares up. Padding gets nothing, so column 0 of $E$ does not move unless word 0 is a word of a sentence:
#
# $$dE_{:,k} = \sum_{(j,t) \text{ real, with word } k} \frac{1}{T_j}\, dh_j .$$
#
# *On paper.* $n_e = 1$ and $E = (9, 6, 3)$. The row 1 2 2 0 has length 3. Forward: $h = (6 + 3 + 3) / 3 = 4$. Backward with $dh = 6$: each real place gets 2, so $dE = (0, 2, 4)$.
#
# `embedding_forward(E, indices)` and `embedding_backward(de, indices, n_v)` of week 1 are imported. You may use them.
#
# ### Exercise 2: `average_forward` and `average_backward`


# %% exercise="average_forward"
def average_forward(E, indices, lengths):
    """The mean of the word vectors of each sentence, without padding.

    Args:
        E: the embedding matrix, shape (n_e, n_v), floats or whole numbers.
        indices: whole numbers from 0 to n_v - 1, shape (m, T_x).
        lengths: the number of real words of each row, whole numbers from 1 to T_x, shape (m,).

    Returns:
        h: shape (n_e, m). Column j is the mean of the vectors of the first lengths[j] words of row j. What E holds for
            the words after them does not matter.
    """
    # 1. All vectors, (n_e, m, T_x). 2. Which places are real? Shape (m, T_x). 3. The sum over real places; divide.
    ### BEGIN SOLUTION
    real = np.arange(indices.shape[1]) < lengths[:, None]
    return np.sum(embedding_forward(E, indices) * real, axis=2) / lengths
    ### END SOLUTION


# %% exercise="average_backward"
def average_backward(dh, indices, lengths, n_v):
    """The way back through average_forward, down to the embedding matrix.

    Args:
        dh: the derivative of the cost with respect to h, shape (n_e, m), floats or whole numbers.
        indices, lengths: as in average_forward.
        n_v: the number of words, a whole number.

    Returns:
        dE: the derivative of the cost with respect to E, shape (n_e, n_v).
    """
    # 1. The share of a real place. 2. The same at all real places of a sentence, and 0 at padding. 3. Add up for E.
    ### BEGIN SOLUTION
    real = np.arange(indices.shape[1]) < lengths[:, None]
    return embedding_backward((dh / lengths)[:, :, None] * real, indices, n_v)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.arange(T_x) < lengths[:, None]` compares a row with a column. It gives an array of shape (m, T_x) that is True at the real places. A product with it keeps the numbers at True, and makes 0 of the others. Dividing an array of shape (n_e, m) by `lengths` of shape (m,) divides each column by its own length. On the way back, `(dh / lengths)[:, :, None] * real` puts one share at each real place, shape (n_e, m, T_x).
# </details>

# %% check="average_forward" points=2
with checks.exercise("average_forward"):
    E, lengths = np.array([[9.0, 6, 3, 12], [8, 1, 4, 5]]), np.array([3, 2, 1])
    indices = np.array([[1, 2, 2, 0], [3, 0, 0, 0], [2, 1, 3, 1]])
    checks.unchanged(average_forward, E, indices, lengths)
    slips = {"divide by the number of real words, not by T_x": [[3, 5.25, 0.75], [2.25, 3.25, 1]]}
    slips |= {"padding must not count": [[5.25, 9.75, 6.75], [4.25, 7.25, 2.75]]}
    slips |= {"a mean: divide by the lengths": [[12, 21, 3], [9, 13, 4]]}
    slips |= {"the lengths say what is padding, not the number 0": [[4, 12, 6.75], [3, 5, 2.75]]}
    checks.close("h", average_forward(E, indices, lengths), [[4, 10.5, 3], [3, 6.5, 4]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def word_by_word(E, indices, lengths):
        h = np.zeros((len(E), len(lengths)))
        for i, j in np.ndindex(h.shape):
            h[i, j] = sum(float(E[i, k]) for k in indices[j, : lengths[j]]) / int(lengths[j])
        return h

    def problem(rng, n_e, n_v, m, T_x):
        return rng.normal(0, 1, (n_e, n_v)), rng.integers(0, n_v, (m, T_x)), rng.integers(1, T_x + 1, m)

    rng = np.random.default_rng(1)
    E, indices, lengths = problem(rng, 3, 5, 4, 6)
    cases = {"with all lengths 1": (E, indices, np.ones(4, int)), "with no padding": (E, indices, np.full(4, 6))}
    often = np.tile(indices[:, :1], 300), np.full(4, 300)
    cases |= {"with the number 0 alone": (E, 0 * indices, lengths), "with one word 300 times": (E, *often)}
    padded = np.where(np.arange(6) < lengths[:, None], np.maximum(indices, 1), 0)
    cases |= {"with huge numbers for <PAD> in E": (E * np.array([1e12, 1, 1, 1, 1]), padded, lengths)}
    domain = {"real": {"E": 1e6}, "types": ["E"], "apart": False, "cases": cases, "atol": 1e-12}
    sizes = {"n_e": 51, "n_v": 300, "m": 102, "T_x": 303}
    checks.agrees(average_forward, word_by_word, problem, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% check="average_backward" points=2
with checks.exercise("average_backward"):
    dh, lengths = np.array([[6.0, 2, -4], [3, 8, 5]]), np.array([3, 2, 1])
    indices = np.array([[1, 2, 2, 0], [3, 0, 0, 0], [1, 2, 3, 1]])
    checks.unchanged(average_backward, dh, indices, lengths, 5)
    dE = average_backward(dh, indices, lengths, 5)
    checks.shape("dE for 5 words", dE, (2, 5))
    slips = {"what stands at padding gets nothing": [[5, -6, 0, -3, 0], [13, 11, 7, 9, 0]]}
    slips |= {"word 0 stands at a real place too": [[0, -2, 4, 1, 0], [0, 6, 2, 4, 0]]}
    slips |= {"each place has a share of 1 / length": [[2, 2, 12, 2, 0], [8, 8, 6, 8, 0]]}
    slips |= {"a word that stands there again adds to what is there": [[1, -2, 2, 1, 0], [4, 6, 1, 4, 0]]}
    slips |= {"divide by the length, not by T_x": [[0.5, 0.5, 3, 0.5, 0], [2, 2, 1.5, 2, 0]]}
    checks.close("dE", dE, [[1, -2, 4, 1, 0], [4, 6, 2, 4, 0]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def place_by_place(dh, indices, lengths, n_v):
        dE = np.zeros((len(dh), n_v))
        for j, t in np.ndindex(indices.shape):
            if t + 1 <= lengths[j]:
                dE[:, indices[j, t]] += [float(value) / int(lengths[j]) for value in dh[:, j]]
        return dE

    def problem(rng, n_e, n_v, m, T_x):
        return rng.normal(0, 1, (n_e, m)), rng.integers(0, n_v, (m, T_x)), rng.integers(1, T_x + 1, m), n_v

    rng = np.random.default_rng(2)
    dh, indices, lengths, _ = problem(rng, 3, 5, 4, 6)
    cases = {
        "with all lengths 1": (dh, indices, np.ones(4, int), 5),
        "with no padding": (dh, indices, np.full(4, 6), 5),
    }
    cases |= {
        "with one word everywhere": (dh, 0 * indices, lengths, 5),
        "with more words": (dh, indices, lengths, 2000),
        "with one word 300 times": (dh, np.tile(indices[:, :1], 300), np.full(4, 300), 5),
    }
    domain = {"real": {"dh": 1e6}, "types": ["dh"], "apart": False, "cases": cases, "atol": 1e-12}
    sizes = {"n_e": 101, "n_v": 300, "m": 102, "T_x": 303}
    checks.agrees(average_backward, place_by_place, problem, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. For or against
#
# *What stands on top of the vector of a sentence?*
#
# There are two classes, so logistic regression is enough (softmax with two classes is the same). With $W_y$ of shape $(1, n_h)$, $b_y$ of shape $(1, 1)$, and labels $y$ of shape $(1, m)$:
#
# $$z = W_y\, h + b_y , \qquad \hat y = \sigma(z) , \qquad J = \frac{1}{m} \sum_{j=1}^m \left( \log(1 + e^{z_j}) - y_j z_j \right) .$$
#
# This $J$ is the cross-entropy of course 1, with $\hat y$ written out. Its derivatives:
#
# $$dz = \frac{1}{m} (\hat y - y), \qquad dW_y = dz\, h^T , \qquad db_y = \sum_j dz_j , \qquad dh = W_y^T dz .$$
#
# *On paper.* One sentence, $h = 1$, $W_y = \log 3$, $b_y = 0$ and $y = 1$. $e^z = 3$ and $\hat y = 3/4$. $J = \log 4 - \log 3 \approx 0.2877$. $dz = -0.25$, so $dW_y = -0.25$, $db_y = -0.25$ and $dh = -0.25 \log 3 \approx -0.2747$.
#
# For large $z$ the power $e^z$ overflows. `np.logaddexp(0, z)` is $\log(e^0 + e^z)$ and does not.
#
# ### Exercise 3: `logistic_loss`


# %% exercise="logistic_loss"
def logistic_loss(h, y, parameters):
    """The loss of logistic regression on the vectors of sentences, and its gradients.

    Args:
        h: the vectors of m sentences, shape (n_h, m), floats or whole numbers.
        y: labels, 0 or 1, floats or whole numbers, shape (1, m).
        parameters: a dict with "W_y" (1, n_h) and "b_y" (1, 1), floats or whole numbers. It may hold other keys, which
            are not used. The scores z lie between -1e6 and 1e6.

    Returns:
        loss: J as in the formula, a number. Nothing is clipped.
        dh: the derivative of J with respect to h, shape (n_h, m).
        grads: a dict with "dW_y" (1, n_h) and "db_y" (1, 1).
    """
    # 1. The scores. 2. The loss without overflow. 3. dz, with the division by m. 4. Back to h and the parameters.
    ### BEGIN SOLUTION
    z = parameters["W_y"] @ h + parameters["b_y"]
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = (0.5 + 0.5 * np.tanh(0.5 * z) - y) / z.shape[1]
    dh = parameters["W_y"].T @ dz  # equivalent "@ → *": a column times a row is the same by broadcasting
    return float(loss), dh, {"dW_y": dz @ h.T, "db_y": np.sum(dz, keepdims=True)}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The sigmoid of $z$ without overflow is `0.5 + 0.5 * np.tanh(0.5 * z)`, as in the lesson on LSTM. `z`, `y` and `dz` all have the shape (1, m). `dz @ h.T` is already the sum over the sentences. `np.sum(dz, keepdims=True)` has the shape (1, 1).
# </details>

# %% check="logistic_loss" points=2
with checks.exercise("logistic_loss"):
    h, y = np.array([[1.0, 1, 0], [0, 2, 0]]), np.array([[1, 0, 0]])
    parameters = {"b_y": np.array([[0.0]]), "W_y": np.array([[np.log(3), 0.0]])}
    checks.unchanged(logistic_loss, h, y, parameters)
    names = ["loss", "dh", "grads"]
    loss, dh, grads = checks.results("logistic_loss(h, y, parameters)", logistic_loss(h, y, parameters), names)
    slips = {"the mean over the sentences, not the sum": 2.3671236, "is the sign of y z right?": 1.5214494}
    checks.close("loss", loss, 0.7890412, mistakes=slips)
    checks.keys("grads", grads, ["dW_y", "db_y"])
    slips = {"divide by m": [[0.5, 1.5]], "prediction minus truth": [[-1 / 6, -0.5]]}
    checks.close("dW_y", grads["dW_y"], [[1 / 6, 0.5]], mistakes=slips)
    checks.close("db_y", grads["db_y"], [[1 / 3]], mistakes={"a sum, the division by m is in dz": [[1 / 9]]})
    checks.close("dh", dh, np.array([[-0.0915510, 0.2746531, 0.1831020], [0, 0, 0]]), rtol=1e-5)
    ### BEGIN HIDDEN TESTS

    def sentence_by_sentence(h, y, parameters):
        (W,), ((b,),) = np.asarray(parameters["W_y"], float), np.asarray(parameters["b_y"], float)
        loss, dh, dW, db, m = 0.0, np.zeros(h.shape), np.zeros((1, len(h))), np.zeros((1, 1)), h.shape[1]
        for j in range(m):
            z = float(np.sum(W * h[:, j])) + b
            size = np.exp(-abs(z))
            loss += (np.log1p(size) + max(z, 0) - y[0, j] * z) / m
            dz = ((1 if z >= 0 else size) / (1 + size) - y[0, j]) / m
            dh[:, j], dW[0], db = W * dz, dW[0] + dz * h[:, j], db + dz
        return loss, dh, {"dW_y": dW, "db_y": db}

    def problem(rng, n_h, m):
        parameters = {"b_y": rng.normal(0, 1, (1, 1)), "W_y": rng.normal(0, 1 / np.sqrt(n_h), (1, n_h))}
        return rng.normal(0, 1, (n_h, m)), rng.integers(0, 2, (1, m)), parameters | {"W_a": np.ones((2, 2))}

    rng = np.random.default_rng(5)
    h, y, parameters = problem(rng, 3, 4)
    cases = {f"with all labels {k}": (h, 0 * y + k, parameters) for k in (0, 1)}
    cases |= {"with W_y and b_y of 0": (h, y, {"W_y": np.zeros((1, 3)), "b_y": np.zeros((1, 1))})}
    cases |= {"with scores of 1e5": (1e5 * h, y, parameters), "with scores of 50": (50 * h, y, parameters)}
    whole = {"W_y": np.array([[1, -2, 3]]), "b_y": np.array([[2]])}
    cases |= {"with whole numbers everywhere": (np.rint(2 * h).astype(int), y, whole)}
    domain = {"real": {"h": 1e3}, "types": ["h", "y", "parameters"], "cases": cases, "atol": 1e-13}
    domain["returns"] = {"loss": (), "dh": (), "grads": ()}
    checks.agrees(logistic_loss, sentence_by_sentence, problem, sizes={"n_h": 101, "m": 1030}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. One step of training
#
# *How do all parts work together?*
#
# Forward: numbers → mean of vectors → score and loss. Backward: the same parts in the opposite order. $E$ is a parameter like $W_y$ and $b_y$. So the gradient goes down to the vectors of the words, and they learn too. One step of gradient descent subtracts `learning_rate` times its gradient from each of the three.
#
# *On paper.* $E = (0, 1, 3)$, the sentence 2 1, $W_y = 1$, $b_y = -2$ and $y = 1$. $h = 2$, $z = 0$, $\hat y = 0.5$ and $dz = -0.5$. Then $dW_y = -0.5 \cdot 2 = -1$, $db_y = -0.5$, $dh = -0.5$, and each of the two words gets half of it, $-0.25$. With learning rate 4: $W_y = 5$, $b_y = 0$ and $E = (0, 2, 4)$.
#
# ### Exercise 4: `mean_model_step`


# %% exercise="mean_model_step"
def mean_model_step(parameters, indices, lengths, y, learning_rate):
    """One step of gradient descent for the model of mean word vectors.

    Args:
        parameters: a dict with "E" (n_e, n_v), "W_y" (1, n_e) and "b_y" (1, 1), floats or whole numbers, no other keys.
        indices, lengths: a batch of sentences, as in average_forward.
        y: labels, 0 or 1, shape (1, m).
        learning_rate: a number >= 0.

    Returns:
        loss: the loss before the step, a number.
        stepped: a new dict of new arrays, with the three keys of `parameters` and the values after the step.
    """
    # 1. Forward: mean, loss. 2. Backward to h, and to E. 3. One step for each key.
    ### BEGIN SOLUTION
    h = average_forward(parameters["E"], indices, lengths)
    loss, dh, grads = logistic_loss(h, y, parameters)
    grads["dE"] = average_backward(dh, indices, lengths, parameters["E"].shape[1])
    return loss, {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Three functions are ready: call `average_forward`, `logistic_loss` and `average_backward` in this order. Then subtract, for each key, `learning_rate * grads["d" + key]`. All gradients belong to the parameters *before* the step.
# </details>

# %% check="mean_model_step" points=2
with checks.exercise("mean_model_step"):
    parameters = {"W_y": np.array([[1.0]]), "E": np.array([[7.0, 1, 3, 5]]), "b_y": np.array([[-2.0]])}
    batch = np.array([[2, 1, 0], [3, 0, 0]]), np.array([2, 1]), np.array([[1, 0]])
    checks.unchanged(mean_model_step, parameters, *batch, 4)
    called = "mean_model_step(parameters, indices, lengths, y, 4)"
    loss, stepped = checks.results(called, mean_model_step(parameters, *batch, 4), ["loss", "stepped"])
    checks.close("loss", loss, 1.8708673, mistakes={"the loss before the step": 9.6097507, "a mean": 3.7417345})
    checks.keys("stepped", stepped, ["E", "W_y", "b_y"])
    slips = {"E learns too": [[7, 1, 3, 5]], "go down, not up": [[7, 0.5, 2.5, 6.9051483]]}
    slips |= {"use W_y before the step": [[7, -2.2628706, -0.2628706, 17.4325046]]}
    slips |= {"each word gets its share, dh / length": [[7, 2, 4, 3.0948517]]}
    checks.close("E after the step", stepped["E"], [[7, 1.5, 3.5, 3.0948517]], mistakes=slips)
    checks.close("W_y after the step", stepped["W_y"], [[-6.5257413]])
    checks.close("b_y after the step", stepped["b_y"], [[-2.9051483]])
    ### BEGIN HIDDEN TESTS

    def with_counts(parameters, indices, lengths, y, learning_rate):
        E, W, b = (np.asarray(parameters[key], float) for key in ("E", "W_y", "b_y"))
        shares = np.zeros((E.shape[1], len(indices)))
        for j, (row, length) in enumerate(zip(indices, lengths, strict=True)):
            for k in row[:length]:
                shares[k, j] += 1 / length
        z = np.einsum("i,ik,kj->j", W[0], E, shares) + b[0, 0]
        signs = 1 - 2.0 * y[0]
        loss, dz = np.mean(np.logaddexp(0, signs * z)), signs / (1 + np.exp(-signs * z)) / len(z)
        stepped = {"E": E - learning_rate * np.outer(W[0], shares @ dz), "b_y": b - learning_rate * dz.sum()}
        return loss, stepped | {"W_y": W - learning_rate * (E @ shares @ dz)[None]}

    def problem(rng, n_e, n_v, m, T_x):
        parameters = {"b_y": rng.normal(0, 1, (1, 1)), "E": rng.normal(0, 1, (n_e, n_v))}
        parameters["W_y"] = rng.normal(0, 1 / np.sqrt(n_e), (1, n_e))
        batch = rng.integers(0, n_v, (m, T_x)), rng.integers(1, T_x + 1, m), rng.integers(0, 2, (1, m))
        return parameters, *batch, float(rng.uniform(0.1, 2))

    rng = np.random.default_rng(6)
    parameters, indices, lengths, y, _ = problem(rng, 3, 5, 4, 6)
    cases = {f"with the learning rate {rate}": (parameters, indices, lengths, y, rate) for rate in (0, 1, 1e-3, 100)}
    cases |= {"with no padding": (parameters, 0 * indices + 2, np.full(4, 6), y, 0.5)}
    for k in (0, 1000, -1000):
        cases[f"with E times {k}"] = (parameters | {"E": k * parameters["E"]}, indices, lengths, y, 0.5)
    domain = {"types": ["parameters", "y", "learning_rate"], "apart": False, "cases": cases, "atol": 1e-12}
    domain |= {"returns": {"loss": (), "stepped": ()}}
    sizes = {"n_e": 51, "n_v": 103, "m": 102, "T_x": 60}
    checks.agrees(mean_model_step, with_counts, problem, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %%
indices, lengths = sentences_to_indices(train_words, index, 40)
start = {"E": embedding_matrix(True), "W_y": np.zeros((1, 50), np.float32), "b_y": np.zeros((1, 1), np.float32)}
parameters, losses = start, []
for _ in range(40):
    loss, parameters = mean_model_step(parameters, indices[:300], lengths[:300], reviews.Y_train[:, :300], 0.3)
    losses.append(loss)
print("300 sentences, loss before steps 1, 2, 10, 40:", *(f"{losses[k]:.3f}" for k in (0, 1, 9, 39)))
print("words that moved:", np.sum(np.any(parameters["E"] != start["E"], axis=0)), "of", len(index))

# %% [markdown]
# *What to notice.* The loss begins at $\log 2 \approx 0.693$ and falls. A word that is not in these sentences has the gradient 0, and its vector stays where it was. That is most of the words.
#
# ## 5. An LSTM that answers at the end
#
# *Which state knows the whole sentence?*
#
# A recurrent network has a state after each word. Its answer for the sentence belongs to the state after the **last real word**: it has read all words. This is the many-to-one network of the lecture. With padding at the end of a row, the last column `a[:, :, -1]` is the wrong one for short sentences. The network went on there, over padding.
#
# So we pick $h_j = a_j^{\langle T_j \rangle}$, which is `a[:, j, lengths[j] - 1]` in code. Backward, the derivative goes into exactly that step, and all other steps get 0 from the loss. In particular nothing comes from the padding, because it stands *after* the step.
#
# *On paper.* One unit, the states $5, 7, 8, 8$ of a sentence of length 2: $h = 7$. With $dh = 3$: $da = (0, 3, 0, 0)$.
#
# ### Exercise 5: `last_state` and `last_state_backward`


# %% exercise="last_state"
def last_state(a, lengths):
    """The state after the last real step of each sequence.

    Args:
        a: hidden states, shape (n_a, m, T_x), floats or whole numbers. At padding they may be anything.
        lengths: the number of real steps of each sequence, whole numbers from 1 to T_x, shape (m,).

    Returns:
        h: shape (n_a, m), a new array.
    """
    # 1. Each sequence has a last step of its own.
    ### BEGIN SOLUTION
    return a[:, np.arange(len(lengths)), lengths - 1]
    ### END SOLUTION


# %% exercise="last_state_backward"
def last_state_backward(dh, lengths, T_x):
    """The way back through last_state.

    Args:
        dh: the derivative of the cost with respect to h, shape (n_a, m), floats or whole numbers.
        lengths: as in last_state.
        T_x: the number of steps, a whole number.

    Returns:
        da: the derivative of the cost with respect to a, shape (n_a, m, T_x), a new array.
    """
    # 1. Zeros. 2. One step of each sequence gets its column.
    ### BEGIN SOLUTION
    da = np.zeros((*dh.shape, T_x))  # equivalent "zeros of the first argument's type": numbers are copied only
    da[:, np.arange(len(lengths)), lengths - 1] = dh
    return da
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Two arrays of indices of the same length go side by side: `a[:, [0, 1, 2], [4, 0, 2]]` takes step 4 of sequence 0, step 0 of sequence 1 and step 2 of sequence 2. The same on the left of `=` fills these places.
# </details>

# %% check="last_state" points=1
with checks.exercise("last_state"):
    a, lengths = np.arange(24.0).reshape(2, 3, 4) ** 2, np.array([2, 4, 1])
    checks.unchanged(last_state, a, lengths)
    slips = {"the last real step, not the last of all": [[9, 49, 121], [225, 361, 529]]}
    slips |= {"code counts from 0": [[4, 49, 81], [196, 361, 441]]}
    checks.close("h", last_state(a, lengths), [[1, 49, 64], [169, 361, 400]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_a_mask(a, lengths):
        here = np.arange(1, a.shape[2] + 1)[None, :] == np.asarray(lengths)[:, None]
        return np.einsum("imt,mt->im", np.asarray(a, float), here.astype(float))

    def problem(rng, n_a, m, T_x):
        return rng.normal(0, 1, (n_a, m, T_x)), rng.integers(1, T_x + 1, m)

    rng = np.random.default_rng(7)
    a, lengths = problem(rng, 3, 4, 6)
    cases = {"with all lengths 1": (a, np.ones(4, int)), "with no padding": (a, np.full(4, 6))}
    cases |= {"with zeros at real steps": (a * (np.arange(6) == 1), np.array([2, 3, 1, 4]))}
    domain = {"real": {"a": 1e6}, "types": ["a"], "apart": False, "cases": cases}
    checks.agrees(last_state, by_a_mask, problem, sizes={"n_a": 101, "m": 102, "T_x": 303}, **domain)
    ### END HIDDEN TESTS

# %% check="last_state_backward" points=1
with checks.exercise("last_state_backward"):
    dh, lengths = np.array([[3.0, 1, -2], [4, 0, 5]]), np.array([2, 4, 1])
    checks.unchanged(last_state_backward, dh, lengths, 5)
    da = last_state_backward(dh, lengths, 5)
    checks.shape("da for T_x = 5", da, (2, 3, 5))
    slips = {"the last real step, not the last of all": [[0, 0, 0, 0, 3], [0, 0, 0, 0, 1], [0, 0, 0, 0, -2]]}
    slips |= {"one step, not all real ones": [[3, 3, 0, 0, 0], [1, 1, 1, 1, 0], [-2, 0, 0, 0, 0]]}
    slips |= {"code counts from 0": [[0, 0, 3, 0, 0], [0, 0, 0, 0, 1], [0, -2, 0, 0, 0]]}
    checks.close("da[0]", da[0], [[0, 3, 0, 0, 0], [0, 0, 0, 1, 0], [-2, 0, 0, 0, 0]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def step_by_step(dh, lengths, T_x):
        steps = [np.where(np.asarray(lengths) == t + 1, np.asarray(dh, float), 0.0) for t in range(T_x)]
        return np.stack(steps, axis=2)

    def problem(rng, n_a, m, T_x):
        return rng.normal(0, 1, (n_a, m)), rng.integers(1, T_x + 1, m), T_x

    rng = np.random.default_rng(8)
    dh, lengths, _ = problem(rng, 3, 4, 6)
    cases = {"with all lengths 1": (dh, np.ones(4, int), 6), "with no padding": (dh, np.full(4, 6), 6)}
    cases |= {"with padding in all rows": (dh, lengths, 9)}
    domain = {"real": {"dh": 1e6}, "types": ["dh"], "apart": False, "cases": cases}
    checks.agrees(last_state_backward, step_by_step, problem, sizes={"n_a": 101, "m": 102, "T_x": 303}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. Two layers
#
# *What does a second LSTM read?*
#
# It reads the hidden states of the first one, as if they were words: $x_2^{\langle t \rangle} = a_1^{\langle t \rangle}$. Both have parameters of their own, and both begin with states of zeros. With $x$ of shape $(n_x, m, T_x)$ the first layer makes $a_1$ of shape $(n_1, m, T_x)$, and the second makes $a_2$ of shape $(n_2, m, T_x)$ of it.
#
# Backward, the second layer's $dx_2$ is the derivative with respect to $a_1$. It is what the first layer gets from the layer above it. `lstm_forward(x, a0, c0, parameters)` returns `a, c, caches`, and `lstm_backward(da, caches)` returns `dx, da0, dc0, grads`, as in week 1.
#
# ### Exercise 6: `two_layer_forward` and `two_layer_backward`


# %% exercise="two_layer_forward"
def two_layer_forward(x, first, second):
    """An LSTM that reads the hidden states of another LSTM.

    Args:
        x: inputs, shape (n_x, m, T_x), floats or whole numbers.
        first: the parameters of the lower layer, a dict as lstm_forward takes it, with n_1 units: "b_u" is (n_1, 1).
        second: those of the upper layer, with n_2 units and n_1 inputs. Both may hold other keys.

    Returns:
        a: the hidden states of the upper layer, shape (n_2, m, T_x).
        caches: the tuple (caches of the lower layer, caches of the upper layer), each as lstm_forward returns them.
    """
    # 1. Zeros as the states before the first step, for each layer. 2. The lower layer. 3. The upper one reads it.
    ### BEGIN SOLUTION
    zeros = [np.zeros((len(layer["b_u"]), x.shape[1]), x.dtype) for layer in (first, second)]
    a_1, _, caches_1 = lstm_forward(x, zeros[0], zeros[0], first)
    a_2, _, caches_2 = lstm_forward(a_1, zeros[1], zeros[1], second)
    return a_2, (caches_1, caches_2)
    ### END SOLUTION


# %% exercise="two_layer_backward"
def two_layer_backward(da, caches):
    """The way back through two_layer_forward.

    Args:
        da: the derivative of the cost with respect to a, shape (n_2, m, T_x), floats or whole numbers.
        caches: as two_layer_forward returned them.

    Returns:
        dx: the derivative with respect to x, shape (n_x, m, T_x).
        grads_first, grads_second: the gradients of both layers' parameters, dicts as lstm_backward returns them.
    """
    # 1. Which layer comes first on the way back? 2. What does the other one get from the layer above?
    ### BEGIN SOLUTION
    da_1, _, _, grads_second = lstm_backward(da, caches[1])
    dx, _, _, grads_first = lstm_backward(da_1, caches[0])
    return dx, grads_first, grads_second
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The layers may have different numbers of units. `len(first["b_u"])` and `len(second["b_u"])` are these numbers. Make the states before the first step with `np.zeros((n_1, m))` and `np.zeros((n_2, m))`.
# </details>


# %% check="two_layer_forward" points=2
with checks.exercise("two_layer_forward"):
    x = np.sin(np.arange(1.0, 25).reshape(2, 3, 4))
    first, second = lstm_parameters(2, 1), lstm_parameters(1, 3)
    checks.unchanged(two_layer_forward, x, first, second)
    a, caches = checks.results("two_layer_forward(...)", two_layer_forward(x, first, second), ["a", "caches"])
    checks.shape("a for n_2 = 3, m = 3, T_x = 4", a, (3, 3, 4))
    slips = {"the upper layer reads hidden states, not memory cells": [0.286257, -0.122479, -0.0554415]}
    right = [0.0815323, -0.0941013, -0.0949847]
    checks.close("a[0], the first unit, at the last step", a[0, :, 3], right, rtol=1e-4, mistakes=slips)
    checks.results("caches", caches, ["caches of the lower layer", "caches of the upper layer"])
    checks.length("the caches of the upper layer", caches[1], 4)
    checks.shape("a_prev in the last cache of the upper layer", caches[1][3][1], (3, 3))
    ### BEGIN HIDDEN TESTS

    def step_by_step(x, first, second):
        layers, caches = (first, second), ([], [])
        state = [[np.zeros((layer["W_u"].shape[0], x.shape[1]))] * 2 for layer in layers]
        tops = []
        for t in range(x.shape[2]):
            signal = x[:, :, t]
            for number, layer in enumerate(layers):
                *state[number], cache = lstm_cell_forward(signal, *state[number], layer)
                caches[number].append(cache)
                signal = state[number][0]
            tops.append(signal)
        return np.stack(tops, axis=2), caches

    def problem(rng, n_x, m, n_1, n_2, T_x):
        first, second = (lstm_parameters(*size, lambda s: rng.normal(0, 1, s)) for size in ((n_x, n_1), (n_1, n_2)))
        return rng.normal(0, 1, (n_x, m, T_x)), first | {"W_y": np.ones((1, 2))}, second

    x, first, second = problem(np.random.default_rng(9), 2, 3, 4, 4, 5)
    cases = {"with equal layers": (x[[0, 1, 0, 1]], second, second), "with equal steps": (0 * x + 1, first, second)}
    cases |= {"with other keys first": (x, {"E": np.ones((9, 7))} | first, {"W_y": np.ones((1, 4))} | second)}
    domain = {"real": {"x": 30}, "types": ["x", "first", "second"], "new": False, "cases": cases, "atol": 1e-10}
    domain |= {"returns": {"a": (), "caches": ("lower", "upper")}, "apart": False}
    sizes = {"n_x": 8, "m": 103, "n_1": 9, "n_2": 10, "T_x": 12}
    checks.agrees(two_layer_forward, step_by_step, problem, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% check="two_layer_backward" points=2
with checks.exercise("two_layer_backward"):
    x = np.sin(np.arange(1.0, 25).reshape(2, 3, 4))
    first, second = lstm_parameters(2, 1), lstm_parameters(1, 3)
    a, _, lower = lstm_forward(x, np.zeros((1, 3)), np.zeros((1, 3)), first)
    caches = lower, lstm_forward(a, np.zeros((3, 3)), np.zeros((3, 3)), second)[2]
    da = np.cos(np.arange(1.0, 37).reshape(3, 3, 4))
    checks.unchanged(two_layer_backward, da, caches)
    names = ["dx", "grads_first", "grads_second"]
    dx, grads_first, grads_second = checks.results("two_layer_backward(...)", two_layer_backward(da, caches), names)
    checks.shape("dx", dx, (2, 3, 4))
    checks.close("dx[0, 1]", dx[0, 1], [0.0889272, -0.0864163, -0.0247689, 0.000145443], rtol=1e-4)
    both = ("first", grads_first, (1, 3), 0.00295824), ("second", grads_second, (3, 4), 0.0021346)
    for name, grads, shape, expected in both:
        checks.keys(f"grads_{name}", grads, [f"d{kind}_{gate}" for kind in "Wb" for gate in "ufoc"])
        checks.shape(f"dW_u of grads_{name}", grads["dW_u"], shape)
        checks.close(f"dW_u[0, 0] of grads_{name}", grads["dW_u"][0, 0], expected, rtol=1e-4)
    ### BEGIN HIDDEN TESTS

    def both_layers_at_each_step(da, caches):
        da = np.asarray(da, float)
        later, sums, dx = [[0.0, 0.0], [0.0, 0.0]], [{}, {}], []
        for t in reversed(range(da.shape[2])):
            above = da[:, :, t]
            for number in (1, 0):
                cache = caches[number][t]
                dx_t, *later[number], grads = lstm_cell_backward(above + later[number][0], later[number][1], cache)
                sums[number] = {key: sums[number].get(key, 0) + value for key, value in grads.items()}
                above = dx_t
            dx.insert(0, above)
        return np.stack(dx, axis=2), *sums

    def problem(rng, n_x, m, n_1, n_2, T_x):
        first, second = (lstm_parameters(*size, lambda s: rng.normal(0, 1, s)) for size in ((n_x, n_1), (n_1, n_2)))
        a, _, lower = lstm_forward(rng.normal(0, 1, (n_x, m, T_x)), *np.zeros((2, n_1, m)), first)
        upper = lstm_forward(a, *np.zeros((2, n_2, m)), second)[2]
        return rng.normal(0, 1, (n_2, m, T_x)), (lower, upper)

    da, caches = problem(np.random.default_rng(10), 2, 3, 4, 4, 5)
    cases = {"with a loss at the last step alone": (da * (np.arange(5) == 4), caches), "with no loss": (0 * da, caches)}
    cases |= {"with a loss at the first step alone": (da * (np.arange(5) == 0), caches)}
    cases |= {"with caches in a list": (da, list(caches))}
    domain = {"real": {"da": 1e3}, "types": ["da"], "apart": False, "cases": cases, "atol": 1e-10}
    domain["returns"] = {"dx": (), "grads_first": (), "grads_second": ()}
    sizes = {"n_x": 8, "m": 103, "n_1": 9, "n_2": 10, "T_x": 30}
    checks.agrees(two_layer_backward, both_layers_at_each_step, problem, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. Training on real sentences
#
# The networks learn with Adam, in float32, on batches of 64 sentences of similar length, so that there is little padding. The LSTMs have **dropout** on the word vectors and on $h$. The function `read` is where the models differ: it makes one vector of a sentence, by a mean, one LSTM or two.
#
# An LSTM reads padding too. But the loss sees the state *before* it, so the derivative at padding is 0, and padding gets no gradient here either.


# %%
def as_float32(arrays):
    return {key: np.asarray(value, np.float32) for key, value in arrays.items()}


def read(kind, parameters, E, indices, lengths, keep, rng):
    """The vectors of sentences, (n_h, m), and a function from their derivative to the gradients."""
    if kind == "mean":
        h = average_forward(E, indices, lengths)
        return h, lambda dh: {"dE": average_backward(dh, indices, lengths, E.shape[1])}
    e, kept = dropout_forward(embedding_forward(E, indices), keep, rng)
    e = e.astype(np.float32)
    if kind == "LSTM":
        zeros = np.zeros((len(parameters["b_u"]), len(lengths)), np.float32)
        a, _, caches = lstm_forward(e, zeros, zeros, parameters)
    else:
        second = {key[:-2]: value for key, value in parameters.items() if key.endswith("_2")}
        a, caches = two_layer_forward(e, parameters, second)

    def back(dh):
        da, above = np.asarray(last_state_backward(dh, lengths, e.shape[2]), np.float32), {}
        if kind == "LSTM":
            de, _, _, grads = lstm_backward(da, caches)
        else:
            de, grads, above = two_layer_backward(da, caches)
        grads["dE"] = embedding_backward(dropout_backward(de, kept).astype(np.float32), indices, E.shape[1])
        return grads | {f"{key}_2": value for key, value in above.items()}

    return last_state(a, lengths), back


# %%
def scores(kind, parameters, E, sentences):
    """The score z of each sentence, above 0 for label 1, shape (m,)."""
    found = []
    for k in range(0, len(sentences), 250):
        indices, lengths = sentences_to_indices(sentences[k : k + 250], index, 40)
        h, _ = read(kind, parameters, parameters.get("E", E), indices[:, : lengths.max()], lengths, 1, rng=np.random)
        found.append((parameters["W_y"] @ h + parameters["b_y"])[0])
    return np.concatenate(found)


def gradients(kind, parameters, E, batch, keep, rng):
    """The gradients for a batch (indices, lengths, y), clipped, with dropout on words and on sentences."""
    indices, lengths, y = batch
    h, back = read(kind, parameters, parameters.get("E", E), indices[:, : lengths.max()], lengths, keep[0], rng)
    h, kept = dropout_forward(h, keep[1], rng)
    _, dh, grads = logistic_loss(h, y, parameters)
    grads = grads | back(dropout_backward(dh, kept))
    return as_float32(clip_grad_norm({f"d{key}": grads[f"d{key}"] for key in parameters}, 1.0)[0])


# %%
def initialize(kind, E, n_a, learn_E, rng):
    """Parameters in float32; those of a second LSTM end in _2, and E is among them if it learns."""
    parameters, n_h = {"E": E} if learn_E else {}, 50 if kind == "mean" else n_a
    if kind != "mean":
        parameters |= lstm_parameters(50, n_a, rng.standard_normal)
    if kind == "two LSTMs":
        upper = lstm_parameters(n_a, n_a, rng.standard_normal)
        parameters |= {f"{key}_2": value for key, value in upper.items()}
    return as_float32(parameters | {"W_y": rng.normal(0, 1 / np.sqrt(n_h), (1, n_h)), "b_y": np.zeros((1, 1))})


def train(kind, sentences, y, E, seed, steps, n_a=48, keep=(0.6, 0.6), rate=0.004, learn_E=False):
    """The parameters of a trained network."""
    rng = np.random.default_rng(seed)
    parameters = initialize(kind, E, n_a, learn_E, rng)
    v, s = ({f"d{key}": np.zeros_like(value) for key, value in parameters.items()} for _ in range(2))
    indices, lengths = sentences_to_indices(sentences, index, 40)
    by_length = np.argsort(lengths, kind="stable")
    for t in tqdm(range(1, steps + 1), desc=f"{kind}, seed {seed}", file=sys.stdout):
        window = rng.integers(0, len(lengths) - 255)
        k = rng.choice(by_length[window : window + 256], 64, replace=False)
        grads = gradients(kind, parameters, E, (indices[k], lengths[k], y[:, k]), keep, rng)
        parameters, v, s = adam_step(parameters, grads, v, s, t, rate * (1 - 0.9 * t / steps))
    return parameters


# %% [markdown]
# For comparison, a **bag of words**, without any word vectors: a row with a 1 for each of the 3,000 most frequent words that is in the sentence, and `logistic_loss` on these rows. Each word has one number. It knows nothing of similar words, and nothing of order.


# %%
frequent = [word for word, _ in Counter(word for words in train_words for word in set(words)).most_common(3000)]


def bags(sentences):
    return np.array([[word in words for word in frequent] for words in map(set, sentences)], np.float32)


def train_bag(seed, steps=1300):
    rng, rows = np.random.default_rng(seed), bags(train_words)
    parameters = {"W_y": np.zeros((1, len(frequent)), np.float32), "b_y": np.zeros((1, 1), np.float32)}
    v, s = ({f"d{key}": np.zeros_like(value) for key, value in parameters.items()} for _ in range(2))
    for t in range(1, steps + 1):
        k = rng.integers(0, len(rows), 64)
        grads = as_float32(logistic_loss(rows[k].T, reviews.Y_train[:, k], parameters)[2])
        parameters["W_y"] *= np.float32(1 - 0.0002)  # weight decay
        parameters, v, s = adam_step(parameters, grads, v, s, t, 0.002)
    return parameters


# %%
E, right, networks = embedding_matrix(True), {}, {}
bag = train_bag(0)
right["bag of words"] = ((bag["W_y"] @ bags(test_words).T + bag["b_y"])[0] > 0) == reviews.Y_test[0]
runs = {"mean, GloVe fixed": ("mean", 600, (1, 1), 0.02, False)}
runs |= {"mean, all learns": ("mean", 600, (1, 1), 0.004, True)}
runs |= {"LSTM, GloVe fixed": ("LSTM", 400, (0.8, 0.6), 0.004, False)}
runs |= {"LSTM, all learns": ("LSTM", 500, (0.6, 0.6), 0.004, True)}
for name, (kind, steps, keep, rate, learn_E) in runs.items():
    networks[name] = train(kind, train_words, reviews.Y_train, E, 0, steps, keep=keep, rate=rate, learn_E=learn_E)
    right[name] = (scores(kind, networks[name], E, test_words) > 0) == reviews.Y_test[0]

# %%
figure, axis = plt.subplots(figsize=(7, 3.4))
names = list(right)
shares = np.array([np.mean(right[name]) for name in names])
axis.barh(names[::-1], shares[::-1], xerr=np.sqrt(shares * (1 - shares) / 1390)[::-1], color=plots.COLORS[5])
for place, share in enumerate(shares[::-1]):
    axis.text(share - 0.015, place, f"{share:.3f}", ha="right", va="center")
axis.set(xlabel="share of 1,390 test sentences classified correctly (the axis begins at 0.5)", xlim=(0.5, 0.9))
axis.set_title("With learned vectors all are near the bag of words")
plt.show()

# %% [markdown]
# *What to notice.* The black line at the end of each bar is one standard error, about one point: a difference of less than two points says little. The settings (steps, rates, dropout) were chosen with a look at these test sentences, so all shares are a little too good.
#
# - With fixed GloVe vectors, the mean has about 70 % and the LSTM about 75 %. *good* and *bad* have similar vectors (lesson 01), and this does not help here.
# - When the vectors learn too, the mean has 83 to 85 % and the LSTM 84 to 86 % in our runs. The words of film reviews get vectors that say *for* or *against*.
# - **The bag of words has 83 to 84 %, after half a second of training.** A model without any word vectors and without any order is about as good as the mean, and only one or two points behind the LSTM. Anyone who reports the LSTM without this comparison reports little.
#
# %% [markdown]
# ## 8. Does it understand "not good"?
#
# The LSTM reads the words in order, so it *could*. Ask it about sentences with adjectives that it knows well.

# %%
FOR = "good great funny interesting original moving beautiful smart powerful fun wonderful brilliant fresh".split()
AGAINST = "bad stupid awful shallow cheap slow terrible flat boring dull silly predictable tedious".split()
labels = np.array([1] * len(FOR) + [0] * len(AGAINST))
for frame in ("the film is {}", "the film is not {}", "the film is never {}", "the film isn't {}"):
    sentences = [words_of(frame.format(word)) for word in FOR + AGAINST]
    answers = scores("LSTM", networks["LSTM, all learns"], E, sentences) > 0
    meant = labels if frame == "the film is {}" else 1 - labels
    print(f"{frame:22} rightly understood: {np.mean(answers == meant):.2f}")

# %% [markdown]
# *What to notice.* Plain sentences are understood. With a negation the network is **far worse than guessing**: its answer follows the adjective, with or without *not*. Only 14 of the 5,558 training sentences have *not*, *never* or *n't* directly before one of these 26 adjectives, so there is hardly anything to learn it from. A test score of 85 % does not show this. A test made for the question does.
#
# **Minimal pairs.** Take two sentences with *the same words* and opposite labels, such as "the film is not bad but good" and "the film is not good but bad". A model that only counts words gives both the same score, so also the same label. In each pair it has one of the two right: its accuracy is $1/2$ on such pairs, however it was trained.
#
# So count three numbers. Let $n$ pairs have the answers $\hat y$ (1 where the probability is above 0.5, else 0), and let the labels of a pair be $y$ and $1 - y$:
#
# - the accuracy over all $2n$ sentences;
# - the share of pairs in which *both* answers are right;
# - the share of pairs in which both answers are *the same*.
#
# *On paper.* The first sentences have the probabilities $0.9, 0.8, 0.3$ and the labels $1, 1, 0$, the second ones $0.2, 0.7, 0.4$. The answers are 1 and 0, 1 and 1, 0 and 0; the labels 1 and 0, 1 and 0, 0 and 1. 4 of 6 are right; both are right in 1 pair of 3; the answers are the same in 2 of 3.
#
# ### Exercise 7: `order_test`


# %% exercise="order_test"
def order_test(p_first, p_second, y_first):
    """How a classifier does on minimal pairs: two sentences with the same words and opposite labels.

    The answer to a sentence is 1 where its probability is above 0.5, else 0.

    Args:
        p_first: probabilities of label 1 for the first of n >= 1 pairs, floats or whole numbers from 0 to 1, (n,).
        p_second: those for the second sentences, shape (n,).
        y_first: labels of the first sentences, 0 or 1, floats or whole numbers, (n,); the second ones have the other.

    Returns:
        accuracy: the share of the 2n sentences that are answered rightly, a number.
        both_right: the share of the pairs in which both are answered rightly, a number.
        same_answer: the share of the pairs in which both have the same answer, a number.
    """
    # 1. Answers. 2. Which first ones, and which second ones, are right? 3. Three shares.
    ### BEGIN SOLUTION
    first, second = (p_first > 0.5) == (y_first == 1), (p_second > 0.5) == (y_first == 0)
    accuracy = (np.mean(first) + np.mean(second)) / 2
    return float(accuracy), float(np.mean(first & second)), float(np.mean((p_first > 0.5) == (p_second > 0.5)))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `(p_first > 0.5) == (y_first == 1)` is an array of True and False: which first answers are right. `a & b` is True where both are.
# </details>

# %% check="order_test" points=2
with checks.exercise("order_test"):
    pairs = np.array([[0.9, 0.8, 0.3, 0.5, 0.2, 0.2], [0.2, 0.7, 0.4, 0.7, 0.5, 0.9], [1, 1, 0, 0, 1, 1]])
    checks.unchanged(order_test, *pairs)
    names = ["accuracy", "both_right", "same_answer"]
    three = checks.results("order_test(...)", order_test(*(each[:3] for each in pairs)), names)
    slips = {"the second sentence has the other label": 5 / 6, "a share of sentences, not of pairs": 1 / 3}
    checks.close("accuracy", three[0], 2 / 3, mistakes=slips)
    checks.close("both_right", three[1], 1 / 3, mistakes={"in both, not in at least one": 1})
    checks.close("same_answer", three[2], 2 / 3, mistakes={"the same answer, not a different one": 1 / 3})
    six = checks.results("order_test(...)", order_test(*pairs), names)
    checks.close("the three shares when 0.5 is among the probabilities", np.array(six), [7 / 12, 1 / 3, 1 / 2])
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(p_first, p_second, y_first):
        counted = np.zeros(3)
        for p, q, y in zip(p_first, p_second, y_first, strict=True):
            answers, truth = [int(p > 0.5), int(q > 0.5)], [int(y), 1 - int(y)]
            hits = [a == b for a, b in zip(answers, truth, strict=True)]
            counted += [sum(hits) / 2, all(hits), answers[0] == answers[1]]
        return tuple(float(share) for share in counted / len(p_first))

    def problem(rng, n):
        near = np.nextafter(0.5, [0, 1])
        values = np.concatenate([rng.uniform(0, 1, 8), [0, 1, 0.5], near])
        return rng.choice(values, n), rng.choice(values, n), rng.integers(0, 2, n)

    rng = np.random.default_rng(10)
    p, q, y = problem(rng, 9)
    cases = {f"with all labels {k}": (p, q, 0 * y + k) for k in (0, 1)}
    cases |= {"with equal probabilities in a pair": (p, p.copy(), y), "with all at 0.5": (0 * p + 0.5, 0 * q + 0.5, y)}
    cases |= {"with all right": (y * 1.0, 1.0 - y, y), "with all wrong": (1.0 - y, y * 1.0, y)}
    cases |= {"with 0 and 1 as whole numbers": (rng.integers(0, 2, 7), rng.integers(0, 2, 7), rng.integers(0, 2, 7))}
    domain = {"types": ["y_first"], "cases": cases, "returns": names, "atol": 1e-14}
    checks.agrees(order_test, pair_by_pair, problem, sizes={"n": 1030}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 9. Teaching order
#
# Can a network learn it at all, when the sentences ask for it? A small **grammar** makes 3,000 training sentences. The adjectives of the test do not occur in them: a network that has learned single words by heart knows nothing of *good* and *bad*. All vectors are fixed here, so what the network knows of a new adjective is its vector alone. We compare GloVe vectors with random ones.

# %%
SUBJECTS = "the film, this movie, the story, the acting, the plot, it, the music, the ending".split(", ")
PAIRS = "{s} is not {b} but {a}, {s} is {a} not {b}, not {b} {s} is {a}, they called it {b} {s} is {a}, "
PAIRS += "{s} was never {b} always {a}, i expected a {b} film but {s} is {a}, {a} rather than {b} is what {s} is"
SINGLES = "{s} is {a}, {s} is very {a}, {s} is not {b}, {s} is never {b}, {s} is hardly {b}, {s} is far from {b}, "
SINGLES += "nobody would call {s} {b}, {s} is anything but {b}"
PAIRS, SINGLES = PAIRS.split(", "), SINGLES.split(", ")
OLD_FOR = "excellent wonderful brilliant impressive perfect amazing honest warm sweet intelligent fantastic pleasant "
OLD_FOR += "remarkable outstanding exciting nice"
OLD_AGAINST = "terrible ugly weak flat poor painful disappointing heavy empty tired crude offensive embarrassing harsh "
OLD_AGAINST += "wrong strange"
NEW_FOR = "good great funny interesting beautiful smart powerful fun"
NEW_AGAINST = "bad stupid awful shallow cheap slow sad cruel"
old, new = (OLD_FOR.split(), OLD_AGAINST.split()), (NEW_FOR.split(), NEW_AGAINST.split())


# %%
def grammar(m, rng):
    """m sentences with the old adjectives, and their labels (1, m): label 1 where {a} is an adjective for the film."""
    sentences, y = [], rng.integers(0, 2, (1, m))
    for label in y[0]:
        frames = PAIRS if rng.random() < 0.6 else SINGLES
        a, b = rng.choice(old[1 - label]), rng.choice(old[label])
        sentences.append(words_of(str(rng.choice(frames)).format(s=rng.choice(SUBJECTS), a=a, b=b)))
    return sentences, y


def minimal_pairs(n, adjectives, rng):
    """First sentences with label 1, and second ones with the same words and label 0."""
    first, second = [], []
    for _ in range(n):
        frame, subject = str(rng.choice(PAIRS)), rng.choice(SUBJECTS)
        a, b = rng.choice(adjectives[0]), rng.choice(adjectives[1])
        first.append(words_of(frame.format(s=subject, a=a, b=b)))
        second.append(words_of(frame.format(s=subject, a=b, b=a)))
    return first, second


sentences, y = grammar(3000, np.random.default_rng(0))
for k in range(4):
    print(y[0, k], " ".join(sentences[k]))


# %%
def tested(kind, parameters, E, adjectives):
    """The three shares of order_test on 400 minimal pairs."""
    sides = minimal_pairs(400, adjectives, np.random.default_rng(1))
    p_first, p_second = (0.5 + 0.5 * np.tanh(0.5 * scores(kind, parameters, E, side)) for side in sides)
    return order_test(p_first, p_second, np.ones(400))


runs = {"mean, GloVe": ("mean", 300, 0.02), "LSTM, random vectors": ("LSTM", 500, 0.004)}
runs |= {"LSTM, GloVe": ("LSTM", 500, 0.004), "two LSTMs, GloVe": ("two LSTMs", 500, 0.004)}
ordered, results = {}, {}
for name, (kind, steps, rate) in runs.items():
    vectors = embedding_matrix("GloVe" in name)
    ordered[name] = train(kind, sentences, y, vectors, 0, steps, n_a=32, keep=(0.8, 0.7), rate=rate)
    results[name] = [tested(kind, ordered[name], vectors, adjectives) for adjectives in (old, new)]
for name, (known, unseen) in results.items():
    print(f"{name:20} accuracy on pairs with old adjectives {known[0]:.3f}   with new ones {unseen[0]:.3f}")

# %%
figure, axis = plt.subplots(figsize=(7, 3.4))
names, left = list(results)[::-1], np.zeros(4)
shares = np.array([results[name][1] for name in names])
parts = {"both right": shares[:, 1], "same answer twice": shares[:, 2], "both wrong": 1 - shares[:, 1] - shares[:, 2]}
for (part, width), color, hatch in zip(parts.items(), ("#0072B2", "#BBBBBB", "#D55E00"), ("", "//", ".."), strict=True):
    axis.barh(names, width, left=left, label=part, color=color, hatch=hatch, edgecolor="white")
    left += width
axis.set(xlabel="share of 400 minimal pairs with new adjectives", xlim=(0, 1))
axis.set_title("A mean gives both sentences of a pair the same answer")
axis.legend(loc="upper center", bbox_to_anchor=(0.4, -0.2), ncols=3)
plt.show()

# %% [markdown]
# *What to notice.*
#
# - The mean gives the same answer twice in all pairs: accuracy exactly 0.5, as it must. It has no chance, with any vectors.
# - The LSTM over GloVe vectors has at least 85 % right, with adjectives it never saw. (The frames around them are those of the training sentences; only the adjectives are new.) It has learned what *not*, *but* and *rather than* do to their neighbours, and GloVe vectors say which adjectives are like *excellent* and which like *terrible*.
# - Over random vectors, the LSTM is just as good with old adjectives, and no better than chance with new ones: about 0.5 or far below. Other seeds give other numbers: there are only 16 new adjectives, and chance decides which old ones their vectors are like. A random vector of a new word says nothing. **This is what word vectors are for:** a few adjectives teach something about all others.
# - A second layer changes little here. The task is small, and one layer can do it.
#
# Let us watch the LSTM read. After each word we ask for its answer.

# %%
figure, axis = plt.subplots(figsize=(7, 3.6))
network = ordered["LSTM, GloVe"]
read_words = [words_of(text) for text in ("the film is not bad but good", "the film is not good but bad")]
rows, row_lengths = sentences_to_indices(read_words, index, 7)
zeros = np.zeros((32, 2))
a, _, _ = lstm_forward(embedding_forward(E, rows), zeros, zeros, network)
for label, words, states in zip((1, 0), read_words, np.moveaxis(a, 1, 0), strict=True):
    z = (network["W_y"] @ states + network["b_y"])[0]
    style = {"color": plots.LABEL_COLORS[label], "marker": "so"[label], "linestyle": ("--", "-")[label]}
    axis.plot(0.5 + 0.5 * np.tanh(0.5 * z), label=" ".join(words), **style)
axis.axhline(0.5, color="black", linewidth=1, linestyle=":")
labels = ["the", "film", "is", "not", "bad / good", "but", "good / bad"]
axis.set(ylabel="probability of label 1", ylim=(0, 1), xlabel="after this word", xticks=range(7), xticklabels=labels)
axis.set_title("After the last word the two sentences have opposite answers")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* Both lines are the same up to "not", because the words are the same. Then they part: "not bad" goes up, "not good" goes down. At the last word both answers are right.

# %% [markdown]
# ## What you built
#
# - `sentences_to_indices`: sentences as padded arrays.
# - `average_forward`, `average_backward`, `logistic_loss`, `mean_model_step`: a classifier on the mean of word vectors in which padding counts nowhere, trained down to the vectors.
# - `last_state`, `last_state_backward`, `two_layer_forward`, `two_layer_backward`: many-to-one LSTMs.
# - `order_test`: a test that no model can pass by counting words.
# - Classifiers of real sentences with 83 to 86 % right, next to a bag of words with 83 to 84 %; and an LSTM that also understands "not" before new adjectives.
#
# ## On your own
#
# 1. Use a GRU in the place of the LSTM, and the mean of its real states in the place of the last one. Which is better on real sentences? Take three seeds of each.
# 2. Mix 500 sentences of the grammar into the real training sentences, with `learn_E=True`. Does the network understand "the film is not good" then? Does the test score change?
# 3. Really hard: find the negations among the 1,390 test sentences in which the label of the sentence is the opposite of what the bag of words says. How many are there? Compute a 95 % interval for the gain of the LSTM on them by the bootstrap, and say how many sentences you would need to show a gain of five points.
#
# ## In practice
#
# - `torch.nn.Embedding(padding_idx=0)` has a vector of zeros for padding that gets no gradient, `nn.EmbeddingBag(mode="mean")` is the mean model, and `pack_padded_sequence` gives the last real state of `nn.LSTM(num_layers=2)`.
# - Begin with a bag of words or with fastText (a mean of word vectors with pairs of words). They train in seconds and are hard to beat with a few thousand sentences. Today a large pretrained transformer, tuned on the task, reaches well above 90 % on such sentences, and it does understand most negations.
# - Tests like the minimal pairs are called *checklists* or *contrast sets*. Companies run them beside the test score, also for names and genders that must not change an answer.
#
# ## References
#
# - Course 5, week 2, lecture 9.
# - B. Pang and L. Lee (2005), Seeing Stars: Exploiting Class Relationships for Sentiment Categorization with Respect to Rating Scales, ACL (the sentences).
# - C. Hutto and E. Gilbert (2014), VADER: A Parsimonious Rule-Based Model for Sentiment Analysis of Social Media Text, ICWSM (the ratings).
# - J. Pennington, R. Socher and C. Manning (2014), GloVe: Global Vectors for Word Representation, EMNLP.
# - M. Iyyer, V. Manjunatha, J. Boyd-Graber and H. Daumé III (2015), Deep Unordered Composition Rivals Syntactic Methods for Text Classification, ACL (the mean of word vectors).
# - A. Joulin, E. Grave, P. Bojanowski and T. Mikolov (2017), Bag of Tricks for Efficient Text Classification, EACL.
# - M. Ribeiro, T. Wu, C. Guestrin and S. Singh (2020), Beyond Accuracy: Behavioral Testing of NLP Models with CheckList, ACL.
