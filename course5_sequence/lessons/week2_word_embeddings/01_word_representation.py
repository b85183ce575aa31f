# %% [markdown]
# You will give words vectors in which similar words are near each other, and let these vectors answer questions such as "man is to woman as king is to what?".
# Then you will teach a classifier to find names of people and places from a few sentences, also names that it has never seen.

# %% [markdown]
# ## What you will be able to do
#
# - say what a one-hot vector cannot say about a word, and look up a word in an embedding matrix without a product;
# - measure how similar two words are, and find the nearest words of a word;
# - solve analogies with vectors, and judge honestly where this works and where it fails;
# - count which words stand near each other, and draw a map of words with principal component analysis;
# - carry word vectors over to a task with few labels: named entity recognition.
#
# **What you need:** [sequence data and notation](../week1_recurrent_networks/01_sequence_data_and_notation.ipynb); [softmax](../../../course2_improving/release/week3_tuning_batchnorm_frameworks/03_softmax_classifier.ipynb) and [Adam](../../../course2_improving/release/week2_optimization/03_momentum_rmsprop_adam.ipynb) from course 2.

# %%
import sys
import time

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.optimisers import adam_step, initialize_adam
from shared_utils.nn.softmax import softmax

plots.use_style()

words, E = data.load_word_vectors()
index = {word: k for k, word in enumerate(words)}
print(f"{len(words)} words, the most frequent first: {' '.join(words[:12])} ...")
print("E:", E.shape, E.dtype, f"  king is word {index['king']}, queen is word {index['queen']}")

# %% [markdown]
# The vectors are **GloVe** vectors (Pennington, Socher and Manning, 2014). They were learned from 6,000 million words of news and Wikipedia. [Lesson 03](03_glove.ipynb) shows how. In this lesson we use them, and ask what they know.
#
# All words are in small letters, and punctuation marks and numbers are words too.
#
# ## 1. From one-hot vectors to an embedding matrix
#
# *How does a network get a word?*
#
# So far each word was a **one-hot vector** $o_k$ of $n_v$ numbers, where $n_v$ is the size of the vocabulary: a 1 in place $k$, and 0 everywhere else. Two problems come with it.
#
# - Between any two different words the product $o_j^T o_k$ is 0, and the distance is $\sqrt 2$. So *orange* is as far from *apple* as from *king*. What a network learns about "orange juice" says nothing about "apple juice".
# - The vectors are long: 10,000 numbers here, of which 9,999 are 0.
#
# A **word embedding** gives each word a short vector $e_k$ of $n_e$ numbers (50 here), nearly all of them not 0, so that similar words get similar vectors. You know the idea from [face recognition](../../../course4_cnn/release/week4_faces_and_style/01_one_shot_and_siamese_networks.ipynb), with one difference: a face network makes a vector of any new picture, but a word embedding has a fixed table of words. The table is the **embedding matrix** $E$ of shape $(n_e, n_v)$. Column $k$ belongs to word $k$, and the lecture writes
#
# $$e_k = E \, o_k , \qquad (n_e, 1) = (n_e, n_v) (n_v, 1) .$$
#
# *On paper.* With three words and $n_e = 2$,
#
# $$\begin{pmatrix} 5 & 7 & 1 \\ 0 & 2 & 6 \end{pmatrix} \begin{pmatrix} 0 \\ 1 \\ 0 \end{pmatrix} = \begin{pmatrix} 5 \cdot 0 + 7 \cdot 1 + 1 \cdot 0 \\ 0 \cdot 0 + 2 \cdot 1 + 6 \cdot 0 \end{pmatrix} = \begin{pmatrix} 7 \\ 2 \end{pmatrix} .$$
#
# The product picks a column. It costs $n_e n_v$ multiplications, 500,000 for our $E$, and nearly all of them are with 0. Nobody computes it like this: a **lookup** copies the $n_e = 50$ numbers of the column and multiplies nothing.

# %%
one_hot = np.zeros(len(words), dtype=np.float32)
one_hot[index["king"]] = 1
start = time.perf_counter()
for _ in range(200):
    product = E @ one_hot
between = time.perf_counter()
for _ in range(200):
    column = E[:, index["king"]].copy()
end = time.perf_counter()
print("the same numbers:", np.array_equal(product, column), " e_king begins with", column[:4].round(2))
print(f"product: {(between - start) / 200:.1e} s   lookup: {(end - between) / 200:.1e} s")

# %% [markdown]
# A batch of sentences is an array `indices` of whole numbers, of shape $(m, T_x)$. The lookup of all its words gives an array of shape $(n_e, m, T_x)$, the layout of sequences in week 1. One word or one sentence is the same with fewer axes.
#
# NumPy has a trap here. The index $-1$ is no word, but NumPy takes it for the last column and says nothing. So the lookup should refuse it.
#
# ### Exercise 1: `embed`


# %% exercise="embed"
def embed(E, indices):
    """The vectors of words, looked up in an embedding matrix.

    Args:
        E: embedding matrix, shape (n_e, n_v), n_e >= 1, n_v >= 1, floats or whole numbers.
        indices: whole numbers, an int64 array of any shape: () for one word, (T_x,) for a sentence, (m, T_x) for a
            batch, or more axes. It may be empty, such as shape (0,) or (3, 0).

    Returns:
        A new array of shape (n_e, *indices.shape): the vector of each word lies along the first axis.
        It has the number type of E: float32 stays float32.

    Raises:
        IndexError: an index is below 0, or n_v or more.
    """
    # 1. Refuse what is no word. 2. Take the columns, as a copy.
    ### BEGIN SOLUTION
    if np.any(indices < 0):
        raise IndexError("an index below 0 is no word")
    return np.take(E, indices, axis=1)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `E[:, indices]` takes a column for each index, and the axes of `indices` take the place of the second axis. `np.take(E, indices, axis=1)` does the same. With an array of indices both make a new array; with a plain number, as in `E[:, 3]`, it would be a part of `E`.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.any(indices < 0)` is also right for an empty array; `indices.min()` is not. NumPy refuses an index that is too large by itself, with an IndexError.
# </details>

# %% check="embed" points=2
with checks.exercise("embed"):
    small = np.array([[5.0, 7, 1, 3], [0, 2, 6, 4], [9, 8, -1, -3]])
    batch = np.array([[1, 3], [2, 2], [0, 1], [1, 0], [3, 3]])
    checks.unchanged(embed, small, batch)
    checks.close("embed(E, 1), one word", embed(small, np.array(1)), [7, 2, 8])
    checks.close("embed(E, [2, 0])", embed(small, np.array([2, 0])), [[1, 5], [6, 0], [-1, 9]])
    checks.shape("embed(E, indices of shape (5, 2))", embed(small, batch), (3, 5, 2))
    checks.close("the last word of each sentence", embed(small, batch)[:, :, 1][1], [4, 6, 2, 0, 4])
    for wrong in (-1, 4):
        checks.raises(f"embed with the index {wrong} among 4 words", IndexError, embed, small, np.array([2, wrong]))
    ### BEGIN HIDDEN TESTS

    def number_by_number(E, indices):
        found = np.zeros((len(E), *indices.shape))
        for place in np.ndindex(*indices.shape):
            for row, numbers in enumerate(E):
                found[(row, *place)] = numbers[int(indices[place])]
        return found

    def problem(rng, n_e, n_v, m, T_x):
        return rng.normal(0, 1, (n_e, n_v)), rng.integers(0, n_v, (m, T_x))

    rng = np.random.default_rng(1)
    square, deep = rng.normal(0, 1, (6, 6)), rng.integers(0, 6, (2, 3, 4, 5))
    cases = {"with one word": (square, np.array(4)), "with word 0": (square, np.array(0)), "4 axes": (square, deep)}
    cases |= {
        f"with indices of shape {s}": (square, np.zeros(s, dtype=int)) for s in ((0,), (3, 0), (1,), (1, 1), (0, 2))
    }
    cases |= {"with a sentence": (square, np.array([5, 0, 5, 5, 1])), "the same word": (square, np.full((2, 3), 5))}
    cases |= {"with numbers of all sizes": (square * 10.0 ** np.arange(-150, 150, 50), np.arange(6))}
    domain = {"real": {"E": 1e6}, "types": ["E"], "cases": cases, "rtol": 0}
    checks.agrees(embed, number_by_number, problem, sizes={"n_e": 60, "n_v": 1030, "m": 12, "T_x": 30}, **domain)
    for kind in (np.float32, np.float64, np.int64):
        found = embed(rng.integers(-9, 9, (3, 5)).astype(kind), np.array([[4, 0]]))
        checks.that(found.dtype == kind, f"embed(E, indices) with E of {kind.__name__}: got {found.dtype}")
    large = embed(np.array([[2**53 + 1, 1]]), np.array([0]))
    checks.equal("embed([[2**53 + 1, 1]], [0])", int(large[0, 0]), 2**53 + 1)
    for bad in ([-6], [[0, 1], [6, 2]], [[5, 5, -1]], [10**9], [-(10**9)]):
        checks.raises(f"the indices {bad} among 6 words", IndexError, embed, square, np.array(bad))
    for bad in (-1, 6):
        checks.raises(f"the one index {bad} among 6 words", IndexError, embed, square, np.array(bad))
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. How similar are two words?
#
# *When do two vectors say the same?*
#
# The **cosine similarity** of $u$ and $v$ is the cosine of the angle between them:
#
# $$\operatorname{sim}(u, v) = \frac{u^T v}{\lVert u \rVert_2 \, \lVert v \rVert_2} , \qquad \lVert u \rVert_2 = \sqrt{u_1^2 + \dots + u_{n_e}^2} .$$
#
# It is 1 where both point in the same direction, 0 at a right angle, and $-1$ in opposite directions. The lengths do not count. That is good, because the length of a word vector also depends on how frequent the word is. The squared distance $\lVert u - v \rVert^2$ is the other choice of the lecture; it counts lengths too, and it measures how *un*like two words are.
#
# A vector of zeros has no direction. We say that its similarity to any vector is 0.
#
# *On paper.* $u = (3, 4)$ has length 5. With $v_1 = (4, 3)$: $\frac{12 + 12}{5 \cdot 5} = 0.96$. With $v_2 = (-8, 6)$: $\frac{-24 + 24}{50} = 0$. With $v_3 = (-6, -8)$: $\frac{-18 - 32}{5 \cdot 10} = -1$. With $v_4 = (5, 12)$: $\frac{15 + 48}{5 \cdot 13} = 0.969$.
#
# ### Exercise 2: `cosine_similarity`


# %% exercise="cosine_similarity"
def cosine_similarity(u, V):
    """The cosine similarity of one vector with each column of a matrix.

    Args:
        u: a vector, shape (n_e,), n_e >= 1, floats or whole numbers.
        V: n vectors as columns, shape (n_e, n), n >= 0, floats or whole numbers.
        Vectors may be as short as 1e-12 or as long as 1e12, and some may be exactly 0.

    Returns:
        sim(u, V[:, j]) for each j, shape (n,), floats. No small number is added to a length.
        It is 0 where u or the column is exactly 0.
    """
    # 1. All products with u at once. 2. All lengths. 3. Divide, where the divisor is not 0.
    ### BEGIN SOLUTION
    lengths = np.linalg.norm(u) * np.linalg.norm(V, axis=0)
    return u @ V / np.where(lengths == 0, 1, lengths)  # equivalent "1 → 2": 0 divided by any number
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `u @ V` has the shape `(n,)`. `np.linalg.norm(V, axis=0)` has the length of each column.
# </details>
#
# <details><summary>Hint 2</summary>
#
# Where a length is 0, the product is 0 as well. Put a 1 in place of the 0 before you divide: `np.where(lengths == 0, 1, lengths)`.
# </details>

# %% check="cosine_similarity" points=2
with checks.exercise("cosine_similarity"):
    u, V = np.array([3.0, 4]), np.array([[4.0, -8, -6, 5, 0], [3, 6, -8, 12, 0]])
    checks.unchanged(cosine_similarity, u, V)
    slips = {"divide by both lengths, not by that of u alone": [4.8, 0, -10, 12.6, 0]}
    slips |= {"divide by both lengths, not by that of v alone": [4.8, 0, -5, 63 / 13, 0]}
    slips |= {"lengths are roots of sums of squares": [24 / 625, 0, -0.02, 63 / 4225, 0]}
    slips |= {"opposite directions have -1, not 1": [0.96, 0, 1, 63 / 65, 0]}
    slips |= {"this is the cosine distance, 1 - sim": [0.04, 1, 2, 2 / 65, 1]}
    right = [0.96, 0, -1, 63 / 65, 0]
    checks.close("the similarities of (3, 4) with five vectors", cosine_similarity(u, V), right, mistakes=slips)
    checks.close("those of a u that is 0", cosine_similarity(0 * u, V), [0, 0, 0, 0, 0])
    checks.close("those of a u of length 5e-12", cosine_similarity(1e-12 * u, V), right)
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(u, V):
        found = np.zeros(V.shape[1])
        for j in range(V.shape[1]):
            v = [float(x) for x in V[:, j]]
            if any(v) and any(float(x) for x in u):
                largest, top = max(map(abs, v)), max(abs(float(x)) for x in u)
                v, w = [x / largest for x in v], [float(x) / top for x in u]
                product = sum(x * y for x, y in zip(w, v, strict=True))
                found[j] = product / sum(x * x for x in v) ** 0.5 / sum(x * x for x in w) ** 0.5
        return found

    def problem(rng, n_e, n):
        V = rng.normal(0, 1, (n_e, n))
        V[:, rng.random(n) < 0.1] = 0
        return rng.normal(0, 1, n_e), V

    rng = np.random.default_rng(2)
    u, V = rng.normal(0, 1, 4), rng.normal(0, 1, (4, 9))
    cases = {"with columns of all lengths": (u, V * 10.0 ** np.linspace(-12, 12, 9)), "with no column": (u, V[:, :0])}
    cases |= {f"with u times {scale:g}": (scale * u, V) for scale in (1e-12, 1e-6, 1e6, 1e12)}
    cases |= {"with only short vectors": (1e-12 * u, 1e-12 * V), "with only long vectors": (1e12 * u, 1e12 * V)}
    cases |= {"with whole numbers everywhere": (np.array([1, -2, 3]), rng.integers(-3, 4, (3, 50)))}
    cases |= {"with large whole numbers": (np.array([10**6, -(10**6)]), rng.integers(-(10**6), 10**6, (2, 5)))}
    cases |= {
        "with a first column of 0": (u, V * (np.arange(9) > 0)),
        "with a last one of 0": (u, V * (np.arange(9) < 8)),
    }
    cases |= {"with a square V": (u, V[:, :4]), "with V = -u": (u, -u[:, None])}
    domain = {"real": {"u": 1e6, "V": 1e6}, "types": ["u", "V"], "cases": cases, "atol": 1e-14}
    checks.agrees(cosine_similarity, pair_by_pair, problem, sizes={"n_e": 130, "n": 260}, **domain)
    ### END HIDDEN TESTS

# %%
pairs = "france italy, king queen, good bad, hot cold, rich poor, orange red, orange juice, orange apple, bank money"
pairs += ", bank river, dog cat, dog minister, king three"
for pair in pairs.split(", "):
    one, other = pair.split()
    print(f"{one:7} {other:9} {cosine_similarity(E[:, index[one]], E[:, [index[other]]])[0]:.2f}")
rng = np.random.default_rng(0)
chance = [cosine_similarity(E[:, k], E[:, rng.integers(0, len(words), 200)]) for k in rng.integers(0, len(words), 100)]
low, middle, high = np.percentile(chance, [5, 50, 95])
print(f"two words drawn at random: {middle:.2f} in the middle, 90 % of them from {low:.2f} to {high:.2f}")

# %% [markdown]
# *What to notice.* A similarity means nothing alone; compare it with that of random words, which is about 0.2 here and not 0. And look at *good* and *bad*, *hot* and *cold*, *rich* and *poor*: opposites are more similar than 95 % of random pairs. They occur in the same places of sentences, and this is all that the vectors have seen. *Similar* means "used alike", not "means the same".
#
# A word has one vector for all its meanings. *orange* is near *red* and also near *juice*.
#
# ## 3. The nearest words
#
# *Which words are most like a vector?*
#
# We compare it with all columns of $E$ and sort. The nearest word to $e_{\text{king}}$ is *king* itself, with similarity 1. So we must be able to **exclude** words: those of the question.
#
# *On paper.* The words *a, b, c, d* have the vectors $(4, 3)$, $(-8, 6)$, $(-6, -8)$, $(5, 12)$ of section 2, and $u = (3, 4)$. The similarities are $0.96$, $0$, $-1$ and $0.969$. The two nearest: *d*, then *a*. Without *d*: *a*, then *b*.
#
# ### Exercise 3: `nearest`


# %% exercise="nearest"
def nearest(u, words, E, k, excluded):
    """The k words whose vectors are most similar to u.

    Args:
        u: a vector, shape (n_e,), floats or whole numbers.
        words: a list or tuple of n_v >= 1 different strings.
        E: their vectors as columns, shape (n_e, n_v), floats or whole numbers; some may be 0, as in cosine_similarity.
        k: a whole number >= 1; it may be larger than n_v.
        excluded: a list or tuple of strings, perhaps empty, that must not be in the result. Strings that are not in `words` are
            ignored. Small and capital letters are different.

    Returns:
        A list of pairs (word, similarity), tuples of a string and a number, the most similar first. It has k pairs,
        or fewer if fewer words are left. Words of equal similarity may come in any order.
    """
    # 1. One similarity for each word. 2. Sort, the largest first. 3. Leave out the excluded ones, keep k.
    ### BEGIN SOLUTION
    similarity = cosine_similarity(u, E)
    order = np.argsort(-similarity)
    return [(words[j], float(similarity[j])) for j in order if words[j] not in excluded][:k]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.argsort` sorts from small to large; sort `-similarity`.
# </details>
#
# <details><summary>Hint 2</summary>
#
# Leave words out *before* you cut to `k`. Otherwise fewer than `k` remain.
# </details>

# %% check="nearest" points=2
with checks.exercise("nearest"):
    u, E4 = np.array([3.0, 4]), np.array([[4.0, -8, -6, 5], [3, 6, -8, 12]])
    checks.unchanged(nearest, u, ["a", "b", "c", "d"], E4, 2, ["d"])
    found = nearest(u, ["a", "b", "c", "d"], E4, 2, [])
    checks.length("the 2 nearest words", found, 2)
    two = [checks.results("each entry", each, ("word", "similarity")) for each in found]
    checks.equal("the 2 nearest words to (3, 4)", [word for word, _ in two], ["d", "a"])
    checks.close("their similarities", np.array([number for _, number in two]), [63 / 65, 0.96])
    rest = nearest(u, ["a", "b", "c", "d"], E4, 2, ["d", "x"])
    checks.equal("the 2 nearest, without d", [word for word, _ in rest], ["a", "b"])
    rest = nearest(u, ("a", "b", "c", "d"), E4, 9, ("d",))
    checks.equal("the 9 nearest, without d", [word for word, _ in rest], ["a", "b", "c"])
    ### BEGIN HIDDEN TESTS

    def by_one_after_the_other(u, words, E, k, excluded):
        left = {}
        for word, v in zip(words, np.asarray(E, dtype=float).T, strict=True):
            if all(word != other for other in excluded):
                size = np.sqrt(np.dot(v, v)) * np.sqrt(np.dot(np.asarray(u, dtype=float), u))
                left[word] = float(np.dot(v, u) / size) if size else 0.0
        found = []
        while left and len(found) < k:
            best = max(left, key=left.get)
            found.append((best, left.pop(best)))
        return found

    def problem(rng, n_e, n_v, k):
        words = [f"{'w' * int(rng.integers(1, 4))}{number}" for number in rng.permutation(n_v)]
        out = ["unknown", *rng.choice(words, int(rng.integers(0, 3))).tolist(), words[0].upper()]
        one, other = [(list, tuple), (tuple, list), (list, list)][int(rng.integers(0, 3))]
        return 20 * rng.normal(0, 1, n_e), one(words), 20 * rng.normal(0, 1, (n_e, n_v)), k, other(out)

    rng = np.random.default_rng(3)
    u, E9 = rng.normal(0, 1, 4), rng.normal(0, 1, (4, 9))
    names = ["Rome", "rome", "new york", "", "北京", "rom", "romes", "u.s.", "-"]
    zero = E9.copy()
    zero[:, 6] = 0
    cases = {
        f"with {out} left out": (u, names, E9, 4, out) for out in (["rome"], ("Rome", ""), ("北京", "-"), names[:6])
    }
    cases |= {"with u that is a column of E": (E9[:, 3].copy(), names, E9, 3, ["rom"])}
    cases |= {
        "with u along a column of E": (2.0 * E9[:, 5], names, E9, 2, []),
        "k = 1": (E9[:, 0].copy(), names, E9, 1, []),
    }
    cases |= {"with all words left out": (u, names, E9, 3, names), "with k = n_v": (u, names, E9, 9, [])}
    cases |= {"with a vector of zeros in E": (u, names, zero, 9, ()), "k = 100": (u, names, E9, 100, ["rom"])}
    twins = [["a", "b", "c", "d"], ["d", "c", "b", "a"]]
    for order in twins:
        found = nearest(np.array([1.0, 0]), order, np.array([[3.0, 3, 3, 1], [4.0, 4, 4, 0]]), 9, [])
        checks.equal("the words with three equal vectors among them", sorted(word for word, _ in found), list("abcd"))
    cases |= {"with vectors of all lengths": (u, tuple(names), E9 * 10.0 ** np.linspace(-9, 9, 9), 5, [])}
    cases |= {
        "with negative similarities only": (
            -E9.sum(axis=1),
            names[:2],
            np.abs(E9[:, :2]) + 9 * E9.sum(axis=1)[:, None],
            2,
            [],
        )
    }
    domain = {"types": ["u", "E"], "cases": cases}
    checks.agrees(nearest, by_one_after_the_other, problem, sizes={"n_e": (2, 60), "n_v": 300, "k": 40}, **domain)
    ### END HIDDEN TESTS

# %%
for word in ("monday", "china", "beijing", "apple", "blue", "walked", "good"):
    found = nearest(E[:, index[word]], words, E, 6, [word])
    print(f"{word:9}", "  ".join(f"{other} {number:.2f}" for other, number in found))

# %% [markdown]
# *What to notice.* Days are near days, and colours near colours. But *apple* is among computers here. The vectors were learned from news, in small letters, where *apple* is mostly the company. A vector knows the texts that it comes from, not the world.
#
# ## 4. Analogies
#
# *man is to woman as king is to what?*
#
# The vectors show something that nobody asked for: some relations between words are **differences** of vectors (Mikolov, Yih and Zweig, 2013). The difference $e_{\text{woman}} - e_{\text{man}}$ is similar to $e_{\text{queen}} - e_{\text{king}}$: their cosine is 0.60. So we can add the one to *king* and look where we arrive. For "$a$ is to $b$ as $c$ is to $d$":
#
# $$d = \arg\max_{w \, \notin \, \{a, b, c\}} \; \operatorname{sim}(e_w, \; e_b - e_a + e_c) .$$
#
# Look at the words under $\arg\max$: the three words of the question cannot be the answer. This rule is easy to overlook, and it matters, as you will see.
#
# *On paper*, $n_e = 2$: *man* $(1, 1)$, *woman* $(1, 3)$, *king* $(6, 1)$, *queen* $(5, 3)$, *apple* $(-2, 1)$. The target is $(1, 3) - (1, 1) + (6, 1) = (6, 3)$. Its similarity to *queen* is $\frac{39}{\sqrt{45} \sqrt{34}} = 0.997$. (To *king* it is $0.956$, to *woman* $0.707$.)
#
# ### Exercise 4: `analogy`


# %% exercise="analogy"
def analogy(a, b, c, words, E):
    """The word d in "a is to b as c is to d", as the vectors see it.

    Args:
        a, b, c: strings, the words of the question; two of them, or all three, may be the same word.
        words: a list or tuple of n_v different strings, at least one of them not in the question.
        E: their vectors as columns, shape (n_e, n_v), floats or whole numbers; some may be 0, as in cosine_similarity.

    Returns:
        The word, a string, that is none of a, b, c and whose vector is most similar to e_b - e_a + e_c, by the cosine.
        Where several are equally similar, any of them.

    Raises:
        KeyError: a, b or c is not in `words`; the error's text holds the word. Small and capital letters are different.
    """
    # 1. The columns of the three words; refuse an unknown one. 2. The target. 3. The nearest word, without the three.
    ### BEGIN SOLUTION
    column = {word: E[:, k] for k, word in enumerate(words)}
    target = column[b] - column[a] + column[c]
    return nearest(target, words, E, 1, (a, b, c))[0][0]  # equivalent "1 → 2": only the first one is taken
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# A dict from words to places raises the KeyError by itself: `place = {word: k for k, word in enumerate(words)}`. The method `words.index(a)` raises a ValueError.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `nearest(target, words, E, 1, (a, b, c))` is a list of one pair.
# </details>

# %% check="analogy" points=2
with checks.exercise("analogy"):
    six = ["apple", "bird", "cat", "cats", "birds", "Bird"]
    E6 = np.array([[-2.0, 1, 6, 6, 2, 5], [1, 5, 1, 3, 5, 7]])
    checks.unchanged(analogy, "bird", "birds", "cat", six, E6)
    checks.equal("bird is to birds as cat is to", analogy("bird", "birds", "cat", six, E6), "cats")
    checks.equal("cat is to cats as bird is to", analogy("cat", "cats", "bird", six, E6), "birds")
    checks.equal("birds is to bird as cats is to", analogy("birds", "bird", "cats", tuple(six), E6), "cat")
    five, E5 = ["king", "boat", "queen", "man", "woman"], np.array([[6, 6, 5, 1, 1], [1, -2, 3, 1, 3]])
    found = analogy("man", "woman", "king", five, E5)
    checks.equal("man is to woman as king is to", found, "queen")
    checks.raises('the unknown word "Cat"', KeyError, analogy, "bird", "birds", "Cat", six, E6)
    ### BEGIN HIDDEN TESTS

    def by_trying_each(a, b, c, words, E):
        E = np.asarray(E, dtype=float)
        place = [[k for k, word in enumerate(words) if word == name][0] for name in (a, b, c)]
        target = [row[place[1]] - row[place[0]] + row[place[2]] for row in E]
        best, answer = -np.inf, None
        for k, word in enumerate(words):
            if k not in place:
                length = np.sqrt(np.dot(E[:, k], E[:, k]) * np.dot(target, target))
                value = np.dot(E[:, k], target) / length if length else 0.0
                if value > best:
                    best, answer = value, word
        return answer

    def problem(rng, n_e, n_v):
        words = [f"{'w' * int(rng.integers(1, 4))}{number}" for number in rng.permutation(n_v)]
        E, (a, b, c) = 20 * rng.normal(0, 1, (n_e, n_v)), rng.choice(n_v, 3, replace=bool(rng.random() < 0.3))
        # A question's word is often the nearest of all.
        E[:, c] *= rng.choice([1.0, 4.0])
        return words[a], words[b], words[c], words if rng.random() < 0.5 else tuple(words), E

    rng = np.random.default_rng(4)
    names, E9 = ["Rome", "rome", "new york", "", "北京", "rom", "romes", "u.s.", "-"], rng.normal(0, 1, (6, 9))
    lengths = 10.0 ** np.linspace(-3, 3, 9)
    cases = {f"with the words {abc}": (*abc, names, E9) for abc in (("Rome", "rome", "rom"), ("", "北京", "-"))}
    cases |= {f"with the words {abc}": (*abc, names, E9) for abc in (("rom",) * 3, ("rom", "rom", "u.s."))}
    cases |= {f"with the words {abc}": (*abc, names, E9) for abc in (("rom", "u.s.", "rom"), ("-", "rome", "rome"))}
    cases |= {
        f"with vectors of all lengths, {k}": (*rng.choice(names, 3).tolist(), names, E9 * lengths) for k in range(9)
    }
    cases |= {f"with vectors of other lengths, {k}": (*names[k : k + 3], names, E9 / lengths) for k in range(7)}
    E4 = np.array([[1.0, 2, 3, -4], [0, 1, 0, 0]])
    cases |= {"where the only other word is opposite": ("a", "b", "c", ["a", "b", "c", "d"], E4)}
    cases |= {"with one number a word": ("b", "c", "d", list("bcda"), np.array([[1.0, 2, 3, -1]]))}
    cases |= {
        "with words beside E in float32": ("a", "b", "c", list("abcde"), rng.normal(0, 1, (5, 5)).astype(np.float32))
    }
    twins = ["king", "rex", "man", "queen"], np.array([[5.0, 5, 1, 5], [1, 1, 1, 4]])
    cases |= {"with a twin of c": ("man", "man", "king", *twins), "of b": ("man", "king", "man", *twins)}
    cases |= {
        f"with a vector of zeros for {names[k]!r}": ("rome", "rom", "-", names, E9 * (np.arange(9) != k))
        for k in (0, 1, 8)
    }
    cases |= {
        "with vectors of zeros alone but d": (
            "a",
            "b",
            "c",
            list("abcxd"),
            np.eye(5) * [1, 1, 1, 0, 0] + np.eye(5)[::-1] / 9,
        )
    }
    domain = {"types": ["E"], "cases": cases, "apart": False}
    checks.agrees(analogy, by_trying_each, problem, sizes={"n_e": (3, 60), "n_v": (4, 300)}, **domain)
    for place in range(3):
        question = ["rome", "u.s.", "rom"]
        for name in ("moon", "ROME", "new", "rome "):
            question[place] = name
            checks.raises(f"the unknown word {name!r}", KeyError, analogy, *question, names, E9)
            try:
                analogy(*question, names, E9)
            except KeyError as error:
                checks.that(name in str(error), f"the text of the KeyError should hold the unknown word {name!r}")
    ### END HIDDEN TESTS

# %%
questions = [
    "man woman king",
    "france paris japan",
    "small smaller large",
    "japan yen china",
    "good bad hot",
    "walk walked go",
]
for question in questions:
    a, b, c = question.split()
    target = E[:, index[b]] - E[:, index[a]] + E[:, index[c]]
    with_all = " ".join(word for word, _ in nearest(target, words, E, 3, []))
    print(f"{a} : {b} = {c} : {analogy(a, b, c, words, E):10} nothing excluded: {with_all}")

# %% [markdown]
# *What to notice.* The right word comes out often, not always: *walk : walked = go :* should give *went*. Now look at the words after *nothing excluded*. Without the rule, the nearest word to *woman - man + king* is *king* itself. The textbook's example works because *king* is forbidden.
#
# So let us measure. The course has 6,605 questions of the well-known test set of word2vec (Mikolov and others, 2013), those whose four words are all in our vocabulary, in 14 sections. All questions of a section go through **one matrix product**: `T` has a target in each column, `unit` holds all words with length 1, and `T.T @ unit` has a row of 10,000 scores for each question. We count three things:
#
# - your way: the three words excluded;
# - the same with nothing excluded, and how often the nearest word is then $b$ or $c$;
# - a lazy answer: the word nearest to $c$ (the three words excluded). It does not look at $a$ and $b$ at all.
#
# The last column, *parallel*, is the mean cosine similarity of the two differences $e_b - e_a$ and $e_d - e_c$ of a question. It is 1 if a relation is exactly one direction, and about 0 if it is none.


# %%
unit = E / np.linalg.norm(E, axis=0)


def judge_section(asked):
    """For questions (n, 4) as word indices: the answers, and the five columns of the table."""
    a, b, c, d = asked.T
    rows = np.arange(len(asked))[:, None]
    T = E[:, b] - E[:, a] + E[:, c]
    scores = T.T @ unit
    plain = scores.argmax(axis=1)
    scores[rows, asked[:, :3]] = -np.inf
    answers = scores.argmax(axis=1)
    lazy = unit[:, c].T @ unit
    lazy[rows, asked[:, :3]] = -np.inf
    one, other = E[:, b] - E[:, a], E[:, d] - E[:, c]
    parallel = np.sum(one * other, axis=0) / np.linalg.norm(one, axis=0) / np.linalg.norm(other, axis=0)
    columns = [answers == d, plain == d, plain == b, plain == c, lazy.argmax(axis=1) == d, parallel]
    return answers, np.mean(columns, axis=1)


# %%
sections, judged, same = data.load_analogies(), {}, []
for name, asked in sections.items():
    asked = np.array([[index[word] for word in question] for question in asked])
    answers, judged[name] = judge_section(asked)
    for k in range(0, len(asked), 200):
        same.append(analogy(*(words[i] for i in asked[k, :3]), words, E) == words[answers[k]])
print(f"your analogy gives the same word as the matrix product in {sum(same)} of {len(same)} questions")

sizes = np.array([len(asked) for asked in sections.values()])
overall = sizes @ np.array(list(judged.values())) / sizes.sum()
print(f"\n{'section':29} questions  right  nothing excluded: right     b     c   lazy  parallel")
sizes = {name: len(asked) for name, asked in sections.items()} | {"all questions": sizes.sum()}
for name, (right, plain, *own, lazy, parallel) in [*judged.items(), ("all questions", overall)]:
    numbers = f"{right:6.2f} {plain:24.2f} {own[0]:5.2f} {own[1]:5.2f} {lazy:6.2f} {parallel:9.2f}"
    print(f"{name:29} {sizes[name]:9} {numbers}")

# %%
order = sorted(judged, key=lambda name: judged[name][0])
heights = np.arange(len(order))
figure, axis = plt.subplots(figsize=(8, 5))
for shift, k, color, label in ((0.2, 0, 0, "the question's words excluded"), (-0.2, 1, 1, "nothing excluded")):
    axis.barh(heights + shift, [judged[name][k] for name in order], 0.38, color=plots.COLORS[color], label=label)
axis.plot([judged[name][4] for name in order], heights, "k|", ms=14, mew=2, label="lazy: the word nearest to c")
axis.set_yticks(heights, order, fontsize=8)
axis.set(
    xlabel="share of the questions that are right",
    xlim=(0, 1),
    title="Nationalities and capitals are directions, opposites are none",
)
axis.legend(fontsize=8, loc="lower right")
plt.show()

# %% [markdown]
# *What to notice.* The picture has two bars and a black mark for each section, the best section at the top.
#
# - It works for nationalities (97 %), for the family (87 %) and for capitals (82 % and 76 %), and the lazy answer reaches at most 27 % there. For these relations there is one direction in the space: two differences have a cosine of 0.6 to 0.75. (That alone is not enough. See cities and their states: 0.49, and yet few answers are right.)
# - It fails for states of cities, adverbs, currencies and opposites: less than a quarter is right. A city has many neighbours and one state. And an opposite is used like its word: the cosine of two such differences is 0.2, so there is hardly a common direction.
# - In *gram5-present-participle* and *gram8-plural* the lazy answer is as good as the analogy, up to 3 points. There the vectors know that *bird* and *birds* are near each other; the direction "plural" adds nothing.
# - With nothing excluded, 38 % of all questions are right in place of 58 %, and in most of the others the nearest word is $c$ itself. In seven of the nine grammar sections that is so for more than half of all questions: the target is $e_c$ plus a difference, and often it stays near $e_c$ (Linzen, 2016).
#
# An analogy that works in a talk was chosen because it works. Believe a table of all questions, by section, with the lazy answer beside it. Also what the vectors say of people comes from their texts, prejudices included; [lesson 05](05_debiasing_word_embeddings.ipynb) measures and reduces them.
#
# ## 5. A word and its company
#
# *Where could such vectors come from?*
#
# "You shall know a word by the company it keeps" (Firth, 1957). We can count this company. Let the **window** be a number of places, such as 2. The **co-occurrence matrix** $M$ has a row and a column for each distinct word of a corpus, and
#
# $$M_{ij} = \text{how often word } j \text{ stands at most } \textit{window} \text{ places before or after word } i, \text{ in the same sentence.}$$
#
# Each occurrence of word $i$ counts by itself, and a place is not in its own window. So $M$ is symmetric: where $j$ is near $i$, $i$ is near $j$. If the same word stands at two places at most *window* apart, each of the two counts the other, and $M_{ii}$ grows by 2.
#
# *On paper.* The corpus has two sentences, *hot tea and hot milk* and *cold milk*. The distinct words in alphabetical order: *and, cold, hot, milk, tea*. With window 1:
#
# | | and | cold | hot | milk | tea |
# |---|---|---|---|---|---|
# | **and** | 0 | 0 | 1 | 0 | 1 |
# | **cold** | 0 | 0 | 0 | 1 | 0 |
# | **hot** | 1 | 0 | 0 | 1 | 1 |
# | **milk** | 0 | 1 | 1 | 0 | 0 |
# | **tea** | 1 | 0 | 1 | 0 | 0 |
#
# With window 2, *hot* and *and* meet once more (the first *hot*), also *tea* and the second *hot*, and *and* and *milk*. With window 3 the two *hot* see each other. *milk* of the first sentence and *cold* of the second one never meet.
#
# ### Exercise 5: `co_occurrence_matrix`


# %% exercise="co_occurrence_matrix"
def co_occurrence_matrix(corpus, window):
    """The distinct words of a corpus, and how often each two of them stand near each other.

    Args:
        corpus: a list of sentences, each a list of words (strings). Sentences may be empty, and so may the corpus.
            Words are compared as they are: small and capital letters are different, and "" is a word too.
        window: a whole number >= 1; it may be larger than a sentence is long.

    Returns:
        distinct_words: a list of the n distinct words, sorted as Python's sorted() does.
        M: counts as in the formula, an array of shape (n, n) of numbers; row and column i belong to distinct_words[i].
    """
    # 1. The words and their places in the matrix. 2. Each place of each sentence, with the places in its window.
    ### BEGIN SOLUTION
    distinct_words = sorted({word for sentence in corpus for word in sentence})
    place = {word: k for k, word in enumerate(distinct_words)}
    M = np.zeros((len(place), len(place)))
    for sentence in corpus:
        for t, word in enumerate(sentence):
            for other in sentence[max(0, t - window) : t] + sentence[t + 1 : t + 1 + window]:
                M[place[word], place[other]] += 1
    return distinct_words, M
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# A set holds each word once. A dict from words to their places in the sorted list saves many searches.
# </details>
#
# <details><summary>Hint 2</summary>
#
# The words before place `t` are `sentence[max(0, t - window) : t]`. Without the `max`, a negative start counts from the end.
# </details>

# %% check="co_occurrence_matrix" points=2
with checks.exercise("co_occurrence_matrix"):
    corpus = [["hot", "tea", "and", "hot", "milk"], ["cold", "milk"]]
    checks.unchanged(co_occurrence_matrix, corpus, 1)
    found, M = checks.results("co_occurrence_matrix(corpus, 1)", co_occurrence_matrix(corpus, 1), ("words", "M"))
    checks.that(not isinstance(found, np.ndarray) or found.ndim == 1, "the words come first, then M")
    checks.equal("the distinct words, sorted", list(found), ["and", "cold", "hot", "milk", "tea"])
    right = np.array([[0, 0, 1, 0, 1], [0, 0, 0, 1, 0], [1, 0, 0, 1, 1], [0, 1, 1, 0, 0], [1, 0, 1, 0, 0]])
    slips = {"a place is not in its own window": right + np.diag([1, 1, 2, 2, 1])}
    slips |= {"words before count too": [[0, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 1, 1], [0] * 5, [1, 0, 0, 0, 0]]}
    across = right + np.array([[0] * 5, [0, 0, 0, 1, 0], [0] * 5, [0, 1, 0, 0, 0], [0] * 5])
    slips |= {"the window ends where the sentence ends": across, "each meeting counts, once for each word": right * 2}
    checks.close("M with window 1", M, right, mistakes=slips)
    two = co_occurrence_matrix(corpus, 2)[1][[2, 4]]
    checks.close("rows hot and tea with window 2", two, [[2, 0, 0, 1, 2], [1, 0, 2, 0, 0]])
    checks.close("row hot with window 3", co_occurrence_matrix(corpus, 3)[1][2], [2, 0, 2, 1, 2])
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(corpus, window):
        distinct = sorted(dict.fromkeys(word for sentence in corpus for word in sentence))
        M = np.zeros((len(distinct), len(distinct)), dtype=int)
        for sentence in corpus:
            for s in range(len(sentence)):
                for t in range(len(sentence)):
                    if s != t and abs(s - t) <= window:
                        M[distinct.index(sentence[s]), distinct.index(sentence[t])] += 1
        return distinct, M

    def problem(rng, sentences, longest, n, window):
        pool = [f"{'aBc'[int(rng.integers(0, 3))]}{number}" for number in rng.permutation(n)]
        lengths = rng.integers(0, longest + 1, sentences)
        return [[pool[k] for k in rng.integers(0, n, length)] for length in lengths], window

    special = [["Tea", "tea", "", "北京", "tea"], [], ["-", "tea", "Tea", ""], ["é", "z", "e"]]
    cases = {f"with other words, window {w}": (special, w) for w in (1, 2, 3, 10, 10**6)}
    cases |= {"with no sentence": ([], 2), "with empty sentences": ([[], []], 1), "with one word": ([["tea"]], 3)}
    cases |= {f"with one word again and again, window {w}": ([["tea"] * 7, ["tea"]], w) for w in (1, 3, 6, 7)}
    cases |= {"with counts above 65,536": ([["tea"] * 300, ["tea", "pot"]], 300)}
    sentence = ["a", "b", "c", "d", "e", "a"]
    cases |= {"with one sentence": ([sentence], 4), "with the same list twice": ([sentence, sentence], 2)}
    sizes = {"sentences": (0, 40), "longest": (0, 25), "n": 280, "window": 12}
    checks.agrees(co_occurrence_matrix, pair_by_pair, problem, sizes=sizes, returns=("words", "M"), cases=cases)
    long = [[f"w{k * k % 307}" for k in range(1300)]]
    checks.close("M of 1,300 words, window 3", co_occurrence_matrix(long, 3)[1], pair_by_pair(long, 3)[1])
    ### END HIDDEN TESTS

# %%
corpus = """the hungry cat drinks milk / the hungry dog drinks water / a cat sleeps on the sofa
a dog sleeps on the sofa / we fly to paris today / we fly to rome today / they live in rome / they live in paris
the dog likes milk / the cat likes water / they fly to rome / we live in paris / a hungry dog sleeps
a hungry cat sleeps / we drive to rome / we drive to paris""".replace("\n", " / ")
sentences = [sentence.split() for sentence in corpus.split(" / ")]
distinct_words, M = co_occurrence_matrix(sentences, 2)
print(len(sentences), "sentences,", len(distinct_words), "distinct words; M:", M.shape)
for word in ("cat", "rome", "milk", "fly"):
    found = nearest(M[:, distinct_words.index(word)], distinct_words, M, 3, [word])
    print(f"{word:6}", "  ".join(f"{other} {number:.2f}" for other, number in found))

# %% [markdown]
# *What to notice.* A column of $M$ is already a word vector, made by counting alone. *cat* is near *dog*, and *milk* near *water*, though the two of a pair never stand in one sentence. They have the same neighbours. The nearest word to *rome* is *we*, and *paris* comes second. Both *we* and *rome* stand beside *fly*, *to* and *in*, and the window does not say which word comes first. These are few sentences.
#
# On real texts *the* and *of* have by far the largest counts. Lesson 03 starts from this matrix and does better.
#
# ## 6. A map of words
#
# *How can we look at vectors of 50 numbers?*
#
# We need $k = 2$ numbers for each word, and they should keep as much of the differences between words as possible. **Principal component analysis** (PCA) turns the space so that the first axis has the largest variance, the second one the largest of what remains, and so on. Let $X$ of shape $(n_e, n)$ hold $n$ words as columns.
#
# 1. Subtract the mean word $\mu = \frac{1}{n} \sum_j x_j$, of shape $(n_e, 1)$, from each column: $\tilde X = X - \mu$.
# 2. Write $\tilde X$ as a singular value decomposition $\tilde X = U S V^T$. The columns of $U$ are at right angles to each other and have length 1; $S$ is diagonal, with the singular values $s_1 \ge s_2 \ge \dots \ge 0$.
# 3. The coordinates of all words along the first $k$ axes are
#
# $$Y = U_k^T \tilde X = S_k V_k^T , \qquad (k, n) ,$$
#
# where $U_k$ holds the first $k$ columns of $U$. Axis $i$ has the share $s_i^2 / \sum_j s_j^2$ of all the variance.
#
# An axis has no sign: if $u$ is a column of $U$, then $-u$ (with $-v$) is as good. Your map may be the mirror image of somebody else's. Both are right, and the check takes both.
#
# *On paper.* Three words, $X = \begin{pmatrix} 0 & 3 & 9 \\ 0 & 4 & 12 \end{pmatrix}$. The mean is $(4, \; 5.33)$. All columns lie on one line through the mean, with the direction $(0.6, \; 0.8)$. Along it they stand at $0, 5, 15$, with the mean at $6.67$: $Y = (-6.67, \; -1.67, \; 8.33)$, or the negative of it.
#
# ### Exercise 6: `reduce_to_k_dim`


# %% exercise="reduce_to_k_dim"
def reduce_to_k_dim(X, k):
    """The coordinates of vectors along their first k principal axes.

    Args:
        X: n vectors as columns, shape (n_e, n), n_e >= 1, n >= 1, floats or whole numbers.
        k: a whole number from 1 to the smaller of n_e and n.

    Returns:
        Y, shape (k, n), floats: row i holds the coordinates along axis i, the axis with the largest variance first.
        The mean of X over its columns is at 0. Each row may have either sign, and axes of equal variance may be any
        that fit as well.
    """
    # 1. Subtract the mean column. 2. The singular value decomposition. 3. Coordinates along the first k axes.
    ### BEGIN SOLUTION
    centred = X - np.mean(X, axis=1, keepdims=True)
    _, s, Vt = np.linalg.svd(centred, full_matrices=False)  # equivalent "False → True": the first k rows are the same
    return s[:k, None] * Vt[:k]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.linalg.svd(centred, full_matrices=False)` returns $U$, the singular values as an array of one axis, and $V^T$ (not $V$).
# </details>
#
# <details><summary>Hint 2</summary>
#
# Row $i$ of $S_k V_k^T$ is $s_i$ times row $i$ of $V^T$: `s[:k, None] * Vt[:k]`.
# </details>

# %% check="reduce_to_k_dim" points=2
with checks.exercise("reduce_to_k_dim"):
    X = np.array([[0.0, 3, 9], [0, 4, 12]])
    checks.unchanged(reduce_to_k_dim, X, 1)
    found = reduce_to_k_dim(X, 1)
    checks.shape("reduce_to_k_dim(X, 1)", found, (1, 3))
    slips = {"subtract the mean word first": [[0, 5, 15]]}
    slips |= {"the singular value is missing": [[-0.617213, -0.154303, 0.771517]]}
    slips |= {"the mean goes over the words, for each coordinate": [[0, 0.707107, 2.12132]]}
    slips |= {"each coordinate has a mean of its own": [[-6.530245, -1.530272, 8.469675]]}
    slips |= {"the axis along which the words differ most comes first": [[0, 0, 0]]}
    found, right = found * np.sign(found[0, 2]), [[-20 / 3, -5 / 3, 25 / 3]]
    checks.close("Y with k = 1, made positive at the third word", found, right, mistakes=slips, rtol=1e-5)
    found = reduce_to_k_dim(np.array([[7.0, -5, -1, 3], [5, -1, 4, 0], [13, 1, 8, 6]]), 2)
    checks.shape("reduce_to_k_dim(X of shape (3, 4), 2)", found, (2, 4))
    checks.close("its sizes", np.abs(found), [[9, 9, 0, 0], [0, 0, 3, 3]], atol=1e-9)
    checks.close("its first two words differ along the axes by", np.abs(found[:, 0] - found[:, 1]), [18, 0], atol=1e-9)
    ### BEGIN HIDDEN TESTS

    def without_signs(X, k):
        Y = reduce_to_k_dim(X, k)
        checks.shape("Y", Y, (k, X.shape[1]))
        return Y @ Y.T, Y.T @ Y

    without_signs.__name__ = "reduce_to_k_dim"

    def by_eigenvectors(X, k):
        centred = np.array([[float(x) for x in row] for row in X])
        for row in centred:
            row -= sum(row) / len(row)
        values, axes = np.linalg.eigh(centred @ centred.T)
        Y = axes[:, ::-1][:, :k].T @ centred
        return np.diag(values[::-1][:k]), Y.T @ Y

    def problem(rng, n_e, n, k):
        # Axes of clearly different variance, turned at random.
        turned = np.linalg.qr(rng.normal(0, 1, (n_e, n_e)))[0] * 0.7 ** np.arange(n_e)
        return 3 * turned @ rng.normal(0, 1, (n_e, n)) + rng.normal(0, 2, (n_e, 1)), min(k, n_e, n)

    rng = np.random.default_rng(6)
    X = rng.normal(0, 1, (5, 40)) * np.array([[1.0], [8], [2], [16], [4]])
    cases = {f"with axes in another order, k = {k}": (X, k) for k in (1, 2, 3, 4, 5)}
    cases |= {f"with more axes than words, k = {k}": (X[:, :4], k) for k in (1, 2, 3, 4)}
    cases |= {"with one word": (X[:, :1], 1), "with equal words": (np.full((4, 6), 2.5), 3), "square": (X[:, :5], 2)}
    cases |= {"with tiny numbers": (1e-6 * X, 2), "with large numbers": (1e6 * X, 2), "far from 0": (X + 1e6, 2)}
    cases |= {"with axes of nearly equal variance": (X * np.array([[1], [1.25], [1], [0.61], [1]]), 2)}
    middle = np.array([[0.0, 3, -3, 1, -1], [0, 1, 1, -1, -1]])
    cases |= {"with the first word at the mean": (middle, 2), "with the last word there": (middle[:, ::-1].copy(), 2)}
    cases |= {"with whole numbers": (np.rint(X).astype(int), 2), "with words on a line": (np.outer(X[:, 0], X[0]), 1)}
    domain = {"sizes": {"n_e": 24, "n": 300, "k": 6}, "types": ["X"], "cases": cases, "returns": ("Y Y^T", "Y^T Y")}
    checks.agrees(without_signs, by_eigenvectors, problem, rtol=1e-7, atol=1e-20, **domain)
    checks.unchanged(reduce_to_k_dim, X, 3)
    ### END HIDDEN TESTS

# %%
groups = {"people": "man woman king queen prince princess boy girl", "animals": "dog cat horse fish bird"}
groups |= {"numbers": "one two hundred", "countries": "france germany china japan italy"}
groups |= {"capitals": "paris berlin beijing tokyo rome", "fruit": "apple orange fruit lemon cherry"}
shown = [word for names in groups.values() for word in names.split()]
X = embed(E, np.array([index[word] for word in shown])).astype(float)
Y = reduce_to_k_dim(X, 2)
figure, axis = plt.subplots(figsize=(8, 5))
start = 0
for (name, names), color, marker in zip(groups.items(), plots.COLORS, "osD^v*", strict=False):
    end = start + len(names.split())
    axis.scatter(*Y[:, start:end], c=color, marker=marker, label=name)
    for word, (x, y) in zip(names.split(), Y[:, start:end].T, strict=True):
        axis.annotate(word, (x, y), xytext=(4, 3), textcoords="offset points", fontsize=8)
    start = end
axis.set(
    xlabel="first axis",
    ylabel="second axis",
    title="Words of a kind lie together, though nobody told the vectors the kinds",
)
axis.legend(fontsize=8)
plt.show()
whole = np.sum((X - X.mean(axis=1, keepdims=True)) ** 2)
print(f"the two axes hold {np.sum(Y**2) / whole:.0%} of the variance of these {len(shown)} words")

# %%
links = (
    "france paris, germany berlin, china beijing, japan tokyo, italy rome, russia moscow, spain madrid, greece athens"
)
links = [pair.split() for pair in links.split(", ")]
Y = reduce_to_k_dim(embed(E, np.array([[index[word] for word in pair] for pair in links]).T.ravel()).astype(float), 2)
figure, axis = plt.subplots(figsize=(7, 4.2))
for k, pair in enumerate(links):
    country, capital = Y[:, k], Y[:, k + len(links)]
    axis.annotate("", capital, country, arrowprops={"arrowstyle": "->", "color": "gray"})
    for word, place, color in zip(pair, (country, capital), plots.COLORS, strict=False):
        axis.annotate(word, place, xytext=(4, 3), textcoords="offset points", color=color, fontsize=9)
axis.scatter(*Y, s=8, c="black")
axis.set(
    xlabel="first axis",
    ylabel="second axis",
    title="From a country (blue) to its capital (orange): nearly one direction",
)
plt.show()

# %% [markdown]
# *What to notice.* In the first map each kind of word has its region: people, animals and fruit, numbers, and countries with their capitals. Two axes hold only about 40 % of the variance, so words may overlap on the map that are apart in the space. In the second map the arrows from countries to capitals point in similar directions. That is the difference vector of section 4.
#
# The lecture shows maps made with **t-SNE**. It bends the space: it keeps neighbours together, but distances and directions between groups mean nothing any more. So do not look for parallel arrows in a t-SNE map.
#
# ## 7. Transfer: finding names with few labels
#
# *What is this good for?*
#
# **Named entity recognition** gives each word of a sentence a label: here 1 for the name of a person, 2 for the name of a place, 0 for all others. In "robert lives near boston" the labels are 1, 0, 0, 2. Labels are expensive, because people write them. Suppose that we have 20 or 100 labelled sentences. Most names of the world are not in them.
#
# This is **transfer learning**. Step 1: take vectors learned from a very large text without labels. Step 2: carry them over to the small labelled task. (Step 3 of the lecture, to go on training the vectors too, pays only if the labelled set is large.)
#
# Our classifier sees a word and its neighbours: the vectors of the words at the places $t - h, \dots, t + h$, one under the other:
#
# $$x_t = \begin{pmatrix} e_{t-h} \\ \vdots \\ e_t \\ \vdots \\ e_{t+h} \end{pmatrix}, \qquad \big((2h + 1) \, n_e, \; 1\big) .$$
#
# Before the first word and after the last one stand zeros. All columns of a sentence of $T_x$ words form a matrix of shape $((2h+1) n_e, \; T_x)$.
#
# *On paper*, with $n_e = 1$, $E = \begin{pmatrix} 5 & 7 & 1 & 3 \end{pmatrix}$, the sentence $1, 3, 0$ and $h = 1$. The words have the "vectors" 7, 3, 5:
#
# $$\begin{pmatrix} 0 & 7 & 3 \\ 7 & 3 & 5 \\ 3 & 5 & 0 \end{pmatrix} \begin{matrix} \text{the word before} \\ \text{the word itself} \\ \text{the word after} \end{matrix}$$
#
# ### Exercise 7: `window_vectors`


# %% exercise="window_vectors"
def window_vectors(E, indices, h):
    """For each word of a sentence the vectors of the words around it, one under the other.

    Args:
        E: embedding matrix, shape (n_e, n_v), floats or whole numbers.
        indices: the words of one sentence, whole numbers from 0 to n_v - 1, shape (T_x,), T_x >= 1.
        h: how many words to see on each side, a whole number >= 0; it may be larger than T_x.

    Returns:
        A new array of shape ((2 h + 1) n_e, T_x), numbers. Column t holds the vectors of the words at the places
        t - h, ..., t + h, in this order from top to bottom; zeros where there is no such place.
    """
    # 1. The vectors of the sentence, with h columns of zeros before and after. 2. 2 h + 1 pieces, each one place later.
    ### BEGIN SOLUTION
    T_x = len(indices)
    shape = E.shape[0], T_x + 2 * h  # equivalent "2 → 3": columns of zeros that are not used
    padded = np.zeros(shape)  # equivalent "zeros of the first argument's type": either will do
    padded[:, h : h + T_x] = embed(E, indices)
    return np.concatenate([padded[:, j : j + T_x] for j in range(2 * h + 1)])
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Write the vectors into the middle of a matrix of zeros of shape `(n_e, T_x + 2 * h)`. The columns from `0` to `T_x - 1` of it are the words `h` places before.
# </details>
#
# <details><summary>Hint 2</summary>
#
# Piece `j` is `padded[:, j : j + T_x]`, for `j` from 0 to `2 h`. `np.concatenate` puts them one under the other.
# </details>

# %% check="window_vectors" points=2
with checks.exercise("window_vectors"):
    E4, sentence = np.array([[5.0, 7, 1, 3], [0, 2, 6, 4]]), np.array([1, 3, 0])
    checks.unchanged(window_vectors, E4, sentence, 1)
    right = np.array([[0.0, 7, 3], [0, 2, 4], [7, 3, 5], [2, 4, 0], [3, 5, 0], [4, 0, 0]])
    around, word_0 = right.copy(), right.copy()
    around[:2, 0], around[4:, 2], word_0[:2, 0], word_0[4:, 2] = (5, 0), (7, 2), (5, 0), (5, 0)
    slips = {"the word before comes first": right[[4, 5, 2, 3, 0, 1]]}
    slips |= {"keep each vector together": right[[0, 2, 4, 1, 3, 5]]}
    slips |= {"the last word does not stand before the first": around}
    slips |= {"zeros, not word 0, where there is no word": word_0}
    checks.close("window_vectors(E, [1, 3, 0], 1)", window_vectors(E4, sentence, 1), right, mistakes=slips)
    checks.close("window_vectors(E, [1, 3, 0], 0)", window_vectors(E4, sentence, 0), [[7, 3, 5], [2, 4, 0]])
    found = window_vectors(E4, sentence, 2)
    checks.shape("window_vectors(E, [1, 3, 0], 2)", found, (10, 3))
    checks.close("its last column", found[:, 2], [7, 2, 3, 4, 5, 0, 0, 0, 0, 0])
    checks.close("its first column", found[:, 0], [0, 0, 0, 0, 7, 2, 3, 4, 5, 0])
    ### BEGIN HIDDEN TESTS

    def place_by_place(E, indices, h):
        n_e, T_x = len(E), len(indices)
        found = np.zeros(((2 * h + 1) * n_e, T_x))
        for t in range(T_x):
            for number, place in enumerate(range(t - h, t + h + 1)):
                if 0 <= place < T_x:
                    for row in range(n_e):
                        found[number * n_e + row, t] = E[row, indices[place]]
        return found

    def problem(rng, n_e, n_v, T_x, h):
        return rng.normal(0, 1, (n_e, n_v)), rng.integers(0, n_v, T_x), h

    rng = np.random.default_rng(7)
    E7 = rng.normal(0, 1, (3, 7))
    cases = {
        f"with h = {h} and {len(s)} words": (E7, np.array(s), h)
        for h in (0, 1, 3, 9)
        for s in ([6], [0, 0], [4, 6, 0, 5])
    }
    cases |= {"with an embedding of one number": (E7[:1], np.array([1, 2, 3]), 2)}
    cases |= {"with h = 70": (E7[:2], np.array([6, 0, 0, 5, 2]), 70), "square": (E7, np.arange(9) % 7, 1)}
    cases |= {"with one-hot words": (np.eye(6, dtype=int), np.array([5, 0, 0, 3]), 1)}
    sizes = {"n_e": 40, "n_v": 300, "T_x": 130, "h": (0, 6)}
    checks.agrees(window_vectors, place_by_place, problem, sizes=sizes, real={"E": 1e6}, types=["E"], cases=cases)
    ### END HIDDEN TESTS

# %% [markdown]
# The same function also makes the classifier's other input: with the identity matrix in place of $E$, each word is its one-hot vector. So we can compare the two fairly. Everything else is equal.
#
# **The task.** A small grammar makes the sentences. Where `P` stands comes the name of a person, for `L` a place, for `N` an ordinary noun, and for `?` any of the three. In nearly half of the patterns the context tells the kind; in the others only the word itself can. All names are in small letters, so capital letters do not help. The places are those of the analogy questions, and the nouns too. Half of each list occurs only in the training sentences and the other half only in the test sentences: **the test asks for names that the classifier has never seen.**

# %%
patterns = """we saw ? yesterday / i have read a lot about ? / they never talk about ? or ?
everybody likes ? more than ? / ? and ? are in the news / this is a picture of ? / ? was not what i expected
what do you know about ? / a letter about ? came today / he lives near L / the train to L is late
P said that it will rain / she met P in L / my friend P sells N / there are many N in L / we bought N there"""
patterns = patterns.replace("\n", " / ")
patterns = [pattern.split() for pattern in patterns.split(" / ")]
people = """john david michael james robert william richard thomas paul peter george mark steven daniel andrew brian
kevin martin alan simon mary anne susan karen jennifer elizabeth margaret sarah laura julia anna maria alice kate
lisa helen jane nancy diana carlos juan jose antonio pierre hans ivan boris ahmed mohammed ali hassan chen wang
zhang kim lee"""
sections_of_places = ("capital-common-countries", "capital-world", "city-in-state")
kinds = {"P": sorted(people.split())}
kinds["L"] = sorted({word for name in sections_of_places for question in sections[name] for word in question})
kinds["N"] = sorted({word for question in sections["gram8-plural"] for word in question})
small_words = sorted({word for pattern in patterns for word in pattern} - set("PLN?"))
known = [*small_words, *kinds["P"], *kinds["L"], *kinds["N"]]
print({kind: len(names) for kind, names in kinds.items()}, "  all words:", len(known))


def write_sentences(count, names, rng):
    """Sentences (a list of index arrays into `known`) and labels (a list of arrays): 1 person, 2 place, 0 other."""
    place, sentences, labels = {word: k for k, word in enumerate(known)}, [], []
    for number in rng.integers(0, len(patterns), count):
        slots = ["PLN"[rng.integers(3)] if word == "?" else word for word in patterns[number]]
        labels.append(np.array([{"P": 1, "L": 2}.get(slot, 0) for slot in slots]))
        sentences.append(np.array([place[rng.choice(names[slot]) if slot in names else slot] for slot in slots]))
    return sentences, labels


# %%
def train_tagger(X, y, steps=300, learning_rate=0.05, lambd=1e-3):
    """Softmax regression from windows X (n, m) to labels y (m,) by Adam, with L2 on W: W (3, n) and b (3, 1)."""
    parameters = {"W": np.zeros((3, len(X))), "b": np.zeros((3, 1))}
    v, s = initialize_adam(parameters)
    for t in range(1, steps + 1):
        dZ = (softmax(parameters["W"] @ X + parameters["b"]) - (np.arange(3)[:, None] == y)) / len(y)
        grads = {"dW": dZ @ X.T + lambd * parameters["W"], "db": dZ.sum(axis=1, keepdims=True)}
        parameters, v, s = adam_step(parameters, grads, v, s, t, learning_rate)
    return parameters


def judge_tagger(parameters, X, y):
    """Of the names: the share that got its label (recall), the share right of what was called a name, and F1."""
    said = (parameters["W"] @ X + parameters["b"]).argmax(axis=0)
    right = np.sum((said == y) & (y > 0))
    recall, precision = right / np.sum(y > 0), right / max(1, np.sum(said > 0))
    return recall, precision, 2 * recall * precision / max(recall + precision, 1e-9)


# %%
inputs = {"one-hot": np.eye(len(known)), "GloVe": embed(E, np.array([index[word] for word in known])).astype(float)}
counts, runs = (20, 50, 100, 200), [(seed, count) for seed in range(3) for count in (20, 50, 100, 200)]
F1 = {(kind, names): np.zeros((3, len(counts))) for kind in inputs for names in ("unseen", "seen")}
recalls = {kind: np.zeros((3, len(counts))) for kind in inputs}
for seed, count in tqdm(runs, desc="taggers", file=sys.stdout):
    rng = np.random.default_rng([seed, count])
    dealt = {kind: rng.permutation(names) for kind, names in kinds.items()}
    halves = [{kind: names[half::2] for kind, names in dealt.items()} for half in (0, 1)]
    train, seen, unseen = (write_sentences(n, halves[half], rng) for n, half in ((count, 0), (500, 0), (500, 1)))
    for kind, matrix in inputs.items():
        X, X_seen, X_unseen = (
            np.hstack([window_vectors(matrix, sentence, 1) for sentence in group[0]]) for group in (train, seen, unseen)
        )
        parameters, column = train_tagger(X, np.concatenate(train[1])), counts.index(count)
        F1[kind, "seen"][seed, column] = judge_tagger(parameters, X_seen, np.concatenate(seen[1]))[2]
        recalls[kind][seed, column], _, f1 = judge_tagger(parameters, X_unseen, np.concatenate(unseen[1]))
        F1[kind, "unseen"][seed, column] = f1
print("unseen names that were found, one row for each seed, with", counts, "training sentences")
for kind in inputs:
    print(kind, recalls[kind].round(2).tolist())

# %%
figure, axis = plt.subplots(figsize=(7, 4))
for (kind, names), values in F1.items():
    color, style = plots.COLORS[kind == "one-hot"], "-" if names == "unseen" else ":"
    axis.plot(counts, values.mean(axis=0), color=color, linestyle=style, marker="o", label=f"{kind}, {names} names")
    axis.scatter(np.tile(counts, 3), values.ravel(), s=9, color=color)
axis.set(
    xscale="log", xlabel="labelled sentences (log scale)", ylabel="F1 of the names (means and 3 seeds)", ylim=(0, 1.02)
)
axis.set_xticks(counts, counts)
axis.minorticks_off()
axis.set_title("Word vectors find names that were in no training sentence")
axis.legend(fontsize=8, loc="lower right")
plt.show()

# %%
count = 200
rng = np.random.default_rng(0)
sentences, labels = write_sentences(count, {kind: names[::2] for kind, names in kinds.items()}, rng)
place = {word: k for k, word in enumerate(known)}
taggers = {}
for kind, matrix in inputs.items():
    X = np.hstack([window_vectors(matrix, sentence, 1) for sentence in sentences])
    taggers[kind] = train_tagger(X, np.concatenate(labels))
train_words = {known[k] for sentence in sentences for k in sentence}
for word in ("anna", "amman", "buildings", "henderson", "eagles"):
    sentence, said = ["we", "saw", word, "yesterday"], {}
    for kind, matrix in inputs.items():
        X = window_vectors(matrix, np.array([place[each] for each in sentence]), 1)
        scores = taggers[kind]["W"] @ X + taggers[kind]["b"]
        said[kind] = ("other", "person", "place")[scores[:, 2].argmax()]
    seen = "seen" if word in train_words else "unseen"
    print(f"{' '.join(sentence):28} ({seen})  one-hot: {said['one-hot']:8} GloVe: {said['GloVe']}")

# %% [markdown]
# *What to notice.* In the picture, solid lines are names that were in no training sentence. F1 is the harmonic mean of precision and recall. With GloVe vectors the F1 of unseen names is above 0.9 from 50 sentences on. With one-hot words it stays below 0.75, also with 200 sentences. The weights of a word that was never seen are still 0, so a one-hot tagger can only use the words around it. In "the train to ..." that is enough; in "we saw ... yesterday" it is not. The dotted lines are names that were in the training half: one-hot words catch up slowly, name after name.
#
# How it works: the weights that find *john* and *mary* point to the region of the map where first names lie. *anna* lies there as well. Where the vectors mix kinds, the tagger errs too: here it takes the city *henderson* for a person, and *eagles* for a place. The vectors come from news, where a Henderson is mostly a person and the Eagles are the team of a city.
#
# The task is small and made by a grammar, so these numbers are not those of real newspapers. What carries over is the order: vectors learned without labels help most where labels are few. With very many labels the advantage shrinks.

# %% [markdown]
# ## What you built
#
# - `embed`: the product $E o$ without the product, for any batch of words.
# - `cosine_similarity` and `nearest`: which words are used alike.
# - `analogy`: directions that are relations, and a table that says where they fail.
# - `co_occurrence_matrix` and `reduce_to_k_dim`: vectors by counting, and a map of words.
# - `window_vectors`: features for a tagger that finds names it has never seen.
#
# ## On your own
#
# 1. **3CosMul** (Levy and Goldberg, 2014) replaces the sum by a product: $\arg\max_w \; \frac{s(w, b) \, s(w, c)}{s(w, a) + 0.001}$ with $s = (\text{sim} + 1)/2$, from 0 to 1. Which sections gain by it, and which lose?
# 2. Normalise all words to length 1 before you form $e_b - e_a + e_c$. Is the difference larger than that between two halves of the questions?
# 3. Draw the map of section 6 with t-SNE (`sklearn.manifold.TSNE`, perplexity 5 and 30, three seeds). What stays the same from map to map?
# 4. Really hard: go on training the vectors of the tagger too (step 3 of the lecture). You need the gradient with respect to $E$: sum what arrives at each word. With how many sentences does it begin to help on unseen names, and why does it hurt before?
#
# ## In practice
#
# - `torch.nn.Embedding(n_v, n_e)` is your `embed`, with words as rows and a backward pass; `from_pretrained(vectors, freeze=True)` carries vectors over.
# - `gensim.models.KeyedVectors` has `most_similar(positive=["king", "woman"], negative=["man"])`. It excludes the words of the question without a word about it, and it normalises each vector first.
# - To find the nearest among millions of vectors one does not compare all of them: libraries such as FAISS and HNSW search approximately. Databases of vectors are built on this.
# - Today's language models still begin with a lookup in an embedding matrix. Its "words" are pieces of words, and the later layers give *orange* another vector in each sentence.
#
# ## References
#
# - Course 5, week 2, lectures 1 to 4.
# - J. R. Firth (1957), A Synopsis of Linguistic Theory, 1930-1955.
# - T. Mikolov, W. Yih and G. Zweig (2013), Linguistic Regularities in Continuous Space Word Representations, NAACL.
# - T. Mikolov, K. Chen, G. Corrado and J. Dean (2013), Efficient Estimation of Word Representations in Vector Space, arXiv:1301.3781 (the questions).
# - J. Pennington, R. Socher and C. Manning (2014), GloVe: Global Vectors for Word Representation, EMNLP.
# - O. Levy and Y. Goldberg (2014), Linguistic Regularities in Sparse and Explicit Word Representations, CoNLL.
# - T. Linzen (2016), Issues in Evaluating Semantic Spaces Using Word Analogies, RepEval.
# - L. van der Maaten and G. Hinton (2008), Visualizing Data using t-SNE, Journal of Machine Learning Research 9.
