# %% [markdown]
# You will measure how word vectors learned the prejudices of the texts that they were made of, and you will take a direction out of them.
# Then you will test honestly what that removes and what it does not.

# %% [markdown]
# ## What you will be able to do
#
# - find the direction in which pairs such as *he* and *she* differ;
# - neutralise words and equalise pairs, the two steps of Bolukbasi and others (2016);
# - measure an association by a test with an effect size and an exact p-value (WEAT);
# - say what neutralising removes, what it leaves, and why one number is not a proof of fairness.
#
# **What you need:** [word representation](01_word_representation.ipynb), which explains embedding matrices, cosine similarity and analogies.
#
# A word before you begin. This lesson is about gender, because there are many pairs of words for it, and because its method was published for it. It treats gender as one line with two ends, which people are not. Vectors hold prejudices about origin, religion and age as well.

# %%
from itertools import combinations
from math import comb

import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()

words, E = data.load_word_vectors()
E, place = E.astype(float), {word: k for k, word in enumerate(words)}
print("embedding matrix:", E.shape)


def vectors(some):
    """The columns of E for some words, (n_e, n)."""
    return E[:, [place[word] for word in some]]


# %% [markdown]
# ## 1. The bias direction
#
# *In which direction do "he" and "she" differ?*
#
# The difference $e_{\text{she}} - e_{\text{he}}$ holds more than gender: each word has uses of its own. But $e_{\text{woman}} - e_{\text{man}}$, $e_{\text{daughter}} - e_{\text{son}}$ and others have something in common. The lecture takes their mean. The article takes the direction that fits **all differences best**.
#
# Let $d_i = b_i - a_i$, for pairs $(a_i, b_i)$, $i = 1, \dots, k$. We look for the vector $g$ of length 1 for which the sum of the squares
#
# $$\sum_{i=1}^{k} (g \cdot d_i)^2$$
#
# is largest. It is the first left singular vector of the matrix $D = [d_1, \dots, d_k]$ of shape $(n_e, k)$. Singular vectors come with any sign. We choose the sign for which $\sum_i g \cdot d_i$ is **positive**, so that $g$ points from the $a$ to the $b$.
#
# Note that we do not subtract the mean of the $d_i$, as a principal component analysis would. What they have in common is just what we look for.
#
# *On paper.* Two pairs in two dimensions with $d_1 = (2, 1)$ and $d_2 = (1, 2)$. The best direction is $(1, 1) / \sqrt 2$: both have the product $3/\sqrt 2$ with it. If the two words of the second pair are exchanged, $d_2 = (-1, -2)$, the line is the same. But the sum of products is then 0, and no sign makes it positive. So keep the order within pairs.
#
# ### Exercise 1: `bias_direction`


# %% exercise="bias_direction"
def bias_direction(A, B):
    """The direction in which the words of pairs differ.

    Args:
        A, B: the vectors of the first and of the second words of k pairs, shape (n_e, k) each, k >= 1, floats or whole
            numbers. Column i of both is pair i. One direction fits best, and the sum of its products with the
            differences is not 0.

    Returns:
        g: shape (n_e,), of length 1. The sum of its products with the differences B - A is positive.
    """
    # 1. The differences. 2. The first left singular vector. 3. Its sign.
    ### BEGIN SOLUTION
    D = B - A
    g = np.linalg.svd(D, full_matrices=False)[0][:, 0]  # equivalent "False → True": the first column is the same
    sign = np.sign(np.sum(g @ D))  # equivalent "sum → mean": the same sign
    return g * sign  # equivalent "* → /": by 1 or -1
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `U, s, Vt = np.linalg.svd(D, full_matrices=False)`: the columns of `U` are the left singular vectors, the first one belongs to the largest singular value. `g @ D` has a product for each pair.
# </details>

# %% check="bias_direction" points=2
with checks.exercise("bias_direction"):
    A, B = np.array([[1, 0, 4], [2, 5, 0], [0, 1, 1]]), np.array([[4, 1, 6], [3, 8, 2], [0, 1, 1]])
    checks.unchanged(bias_direction, A, B)
    g = bias_direction(A, B)
    checks.shape("bias_direction(A, B)", g, (3,))
    half = np.sqrt(0.5)
    slips = {"it points from the second words to the first": [-half, -half, 0], "its length must be 1": [1, 1, 0]}
    slips |= {"do not subtract the mean of the differences": [half, -half, 0]}
    slips |= {"do not subtract the mean of the differences; and the sign": [-half, half, 0]}
    checks.close("g", g, [half, half, 0], mistakes=slips)
    D, slips = np.array([[2.88, 1.16], [2.84, 2.88]]), {"this is their mean, of length 1": [0.576913, 0.816806]}
    slips |= {"long differences count more than short ones": [0.554397, 0.832253]}
    g = bias_direction(np.zeros((2, 2)), D)
    checks.close("g for the differences (2.88, 2.84), (1.16, 2.88)", g, [0.6, 0.8], rtol=1e-5, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_powers(A, B):
        D = np.asarray(B, float) - np.asarray(A, float)
        C = D @ D.T / np.linalg.norm(D) ** 2
        for _ in range(60):  # the square of the square of ...: what is not the first direction vanishes
            C = C @ C
            C /= np.trace(C)
        g = C[:, np.argmax(np.linalg.norm(C, axis=0))]
        g = g / np.linalg.norm(g)
        return g if np.sum(g @ D) > 0 else -g

    def pairs(rng, n_e, k):
        A, common = rng.normal(0, 1, (n_e, k)), rng.normal(0, 3, (n_e, 1)) + 1
        return A, A + common + rng.normal(0, 1, (n_e, k))

    rng = np.random.default_rng(1)
    A, B = pairs(rng, 5, 4)
    cases = {
        "with pairs exchanged": (B, A),
        "with one pair exchanged": (np.hstack([B[:, :1], A[:, 1:]]), np.hstack([A[:, :1], B[:, 1:]])),
    }
    cases |= {"with vectors far from 0": (A + 1e4, B + 1e4), "with small differences": (A, A + 1e-4 * (B - A))}
    cases |= {"with large vectors": (1e6 * A, 1e6 * B), "with small vectors": (1e-6 * A, 1e-6 * B)}
    vote = np.outer([3.0, 1, 0, 0, 1], [1.0, -0.1, -0.1, -0.1]) + 0.01 * A
    cases |= {
        "with one long difference against three short ones": (A, A + vote),
        "with tiny vectors": (1e-13 * A, 1e-13 * B),
        "with tiny vectors, exchanged": (1e-13 * B, 1e-13 * A),
    }
    near = np.linalg.qr(rng.normal(0, 1, (5, 5)))[0][:, :2] * [1, 0.97]
    cases |= {"with two directions that fit nearly as well": (A[:, :2], A[:, :2] + near)}
    cases |= {"with differences of one line": (A, A + np.outer([1, -2, 3, 0, 1], [1.0, 2, -0.5, 4]))}
    cases |= {"with two of three equal": (A[:, :3], A[:, :3] + np.array([[3.0, 3, 0]] * 2 + [[0, 0, 1]] * 3))}
    domain = {"types": ["A", "B"], "cases": cases, "apart": False, "atol": 1e-11}
    checks.agrees(bias_direction, by_powers, pairs, sizes={"n_e": 110, "k": 105}, **domain)
    ### END HIDDEN TESTS

# %%
pairs = "he she, man woman, boy girl, father mother, son daughter, brother sister, himself herself, male female"
pairs = [pair.split() for pair in (pairs + ", his her, husband wife").split(", ")]
A, B = (vectors([pair[side] for pair in pairs]) for side in (0, 1))
g = bias_direction(A, B)
share = np.sum((g @ (B - A)) ** 2) / np.sum((B - A) ** 2)
print(f"one direction of 50 holds {share:.0%} of the squares of the ten differences")


def cosines(V, g):
    """The cosine of each column of V with g."""
    return g @ V / np.linalg.norm(V, axis=0) / np.linalg.norm(g)


jobs = "captain coach boss manager architect politician president officer engineer banker scientist poet lawyer"
jobs = (
    jobs + " professor driver carpenter soldier farmer surgeon journalist doctor teacher artist dancer singer nurse"
).split()
leaning = dict(sorted(zip(jobs, cosines(vectors(jobs), g), strict=True), key=lambda pair: pair[1]))
figure, axis = plt.subplots(figsize=(7, 5))
axis.barh(list(leaning), list(leaning.values()), color=["C0" if value < 0 else "C1" for value in leaning.values()])
axis.tick_params(axis="y", labelsize=8)
axis.set(xlabel="cosine with g: left like he, right like she", title="Jobs lean, though their meaning has no gender")
plt.show()

# %% [markdown]
# *What to notice.* A single direction holds most of what the ten pairs differ by. And the names of jobs lie along it: *captain*, *coach* and *boss* on the side of *he*, *nurse* on the side of *she*. Nobody wrote that down. It was counted in texts.
#
# ## 2. Neutralise
#
# *How do we take a direction out of a word?*
#
# *Nurse* should have no part along $g$. The part of a vector $e$ along $g$ is its projection, and we subtract it:
#
# $$e^{\text{bias}} = \frac{e \cdot g}{\lVert g \rVert^2}\, g, \qquad e^{\text{neutral}} = e - e^{\text{bias}} .$$
#
# With $\lVert g \rVert^2$ below, $g$ may have any length. Afterwards $e^{\text{neutral}} \cdot g = 0$: the word is at a right angle to $g$.
#
# *On paper.* $g = (0, 2)$, $e = (3, 5)$: $e \cdot g = 10$, $\lVert g \rVert^2 = 4$, so $e^{\text{bias}} = 2.5 \cdot (0, 2) = (0, 5)$ and $e^{\text{neutral}} = (3, 0)$.
#
# ### Exercise 2: `neutralize`


# %% exercise="neutralize"
def neutralize(V, g):
    """Takes the part along g out of each word.

    Args:
        V: vectors as columns, shape (n_e, n), floats or whole numbers.
        g: a direction of any length but 0, shape (n_e,), floats or whole numbers. Its numbers may be as small as 1e-9.

    Returns:
        The neutral vectors, shape (n_e, n).
    """
    # 1. A product for each column. 2. The part along g. 3. What is left.
    ### BEGIN SOLUTION
    return V - np.outer(g, g @ V) / (g @ g)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `g @ V` has one product for each column, shape $(n,)$. `np.outer(g, products)` has the shape $(n_e, n)$: each column is $g$ times the product of this column.
# </details>

# %% check="neutralize" points=2
with checks.exercise("neutralize"):
    V, g_two = np.array([[3, 1, -2], [5, -2, 0]]), np.array([0, 2])
    checks.unchanged(neutralize, V, g_two)
    found = neutralize(V, g_two)
    checks.shape("neutralize(V, g)", found, (2, 3))
    slips = {"divide by the square of the length": [[3, 1, -2], [-15, 6, 0]]}
    slips |= {"divide by the square of the length, not by the length": [[3, 1, -2], [-5, 2, 0]]}
    slips |= {"this is the part along g; subtract it": [[0, 0, 0], [5, -2, 0]]}
    checks.close("neutralize(V, g) with g = (0, 2)", found, [[3, 1, -2], [0, 0, 0]], mistakes=slips)
    checks.close("with g = (1, 1)", neutralize(V, np.array([1, 1])), [[-1, 1.5, -1], [1, -1.5, 1]])
    ### BEGIN HIDDEN TESTS

    def column_by_column(V, g):
        V, g = np.asarray(V, float), np.asarray(g, float)
        length = float(np.sqrt(np.sum(g * g)))
        unit, result = g / length, np.zeros(V.shape)
        for j in range(V.shape[1]):
            along = sum(float(x) * float(y) for x, y in zip(V[:, j], unit, strict=True))
            result[:, j] = [float(x) - along * float(y) for x, y in zip(V[:, j], unit, strict=True)]
        return result

    def some(rng, n_e, n):
        return rng.normal(0, 1, (n_e, n)), rng.normal(0, 2, n_e)

    rng = np.random.default_rng(2)
    V, g_some = some(rng, 5, 4)
    cases = {f"with g of about {size:g}": (V, size * g_some) for size in (1e-9, 1e-3, 1e3, 1e9)}
    small = neutralize(1e-12 * V, g_some)
    checks.close("words of 1e-12, times 1e12", 1e12 * small, column_by_column(V, g_some))
    cases |= {"with words along g": (np.outer(g_some, [1.0, -2, 0, 3]), g_some)}
    cases |= {"with words at right angles": (column_by_column(V, g_some), g_some)}
    cases |= {"with whole numbers everywhere": (np.rint(3 * V).astype(int), np.rint(3 * g_some).astype(int))}
    domain = {"real": {"V": 1e6}, "types": ["V", "g"], "cases": cases, "atol": 1e-10}
    checks.agrees(neutralize, column_by_column, some, sizes={"n_e": (2, 110), "n": 1030}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. Equalise
#
# *Which words keep their gender?*
#
# *Father* and *mother* must differ in gender: that is what they mean. But they may differ in **nothing else**. If *grandmother* is nearer to *babysitter* than *grandfather* is, that is a prejudice as well. So both words of a pair get the same vector at right angles to $g$, and opposite parts along $g$.
#
# Let $a$ and $b$ have length 1. With their mean $\mu = (a + b)/2$ and the parts along $g$ of all three, $a^{B}, b^{B}, \mu^{B}$ (as in section 2):
#
# $$\mu^{\perp} = \mu - \mu^{B}, \qquad a' = \mu^{\perp} + \sqrt{1 - \lVert \mu^{\perp} \rVert^2} \; \frac{a^{B} - \mu^{B}}{\lVert a^{B} - \mu^{B} \rVert}, \qquad b' = \mu^{\perp} + \sqrt{1 - \lVert \mu^{\perp} \rVert^2} \; \frac{b^{B} - \mu^{B}}{\lVert b^{B} - \mu^{B} \rVert} .$$
#
# The root makes the new vectors as long as the old ones: 1. Each neutral word now has the same cosine with $a'$ and with $b'$.
#
# *On paper.* $g = (0, 3)$, $a = (0.6, -0.8)$, $b = (0.8, 0.6)$. $\mu = (0.7, -0.1)$, $\mu^B = (0, -0.1)$, $\mu^\perp = (0.7, 0)$. $a^B - \mu^B = (0, -0.7)$ has the direction $(0, -1)$. So $a' = (0.7, -\sqrt{0.51})$ and $b' = (0.7, \sqrt{0.51})$, with $\sqrt{0.51} \approx 0.714$.
#
# ### Exercise 3: `equalize`


# %% exercise="equalize"
def equalize(a, b, g):
    """Makes the two words of a pair differ along g alone.

    Args:
        a, b: vectors of length 1, shape (n_e,), n_e >= 2, floats or whole numbers. Their parts along g differ by at least
            1e-9, and one of them is 1e-3 or more in size.
        g: a direction of any length but 0, shape (n_e,), floats or whole numbers.

    Returns:
        a_new, b_new: vectors of length 1, shape (n_e,) each.
    """
    # 1. The mean, and its two parts. 2. In which direction along g does each word lie from the mean?
    # 3. The common part, and as much along g as the length needs.
    ### BEGIN SOLUTION
    unit = g / np.linalg.norm(g)
    mu = (a + b) / 2
    common = mu - (mu @ unit) * unit
    along = np.sqrt(1 - common @ common) * unit
    return common + np.sign((a - mu) @ unit) * along, common + np.sign((b - mu) @ unit) * along
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# $a^B - \mu^B$ lies along $g$. Divided by its length it is $g / \lVert g \rVert$ or $-g / \lVert g \rVert$; the sign of $(a - \mu) \cdot g$ tells which.
# </details>

# %% check="equalize" points=2
with checks.exercise("equalize"):
    a, b, g_two = np.array([0.6, -0.8]), np.array([0.8, 0.6]), np.array([0, 3])
    checks.unchanged(equalize, a, b, g_two)
    a_new, b_new = checks.results("equalize(a, b, g)", equalize(a, b, g_two), ["a_new", "b_new"])
    slips = {"its part along g is on the other side": [0.7, 0.7141428], "its length must be 1": [0.7, -0.7]}
    slips |= {"take the part along g out of the mean": [0.7, -0.8141428], "it keeps its own part along g": [0.7, -0.8]}
    checks.close("a_new", a_new, [0.7, -0.7141428], rtol=1e-6, mistakes=slips)
    checks.close("b_new", b_new, [0.7, 0.7141428], rtol=1e-6)
    a_new, b_new = equalize(np.array([1, 0]), np.array([0.6, -0.8]), np.array([1, 1]))
    checks.close("a_new of (1, 0), (0.6, -0.8), g = (1, 1)", a_new, [0.9741657, -0.2258343], rtol=1e-6)
    checks.close("b_new of (1, 0), (0.6, -0.8), g = (1, 1)", b_new, [0.2258343, -0.9741657], rtol=1e-6)
    ### BEGIN HIDDEN TESTS

    def as_the_article_writes(a, b, g):
        g = np.asarray(g, float)
        part = lambda e: np.dot(e, g) / np.dot(g, g) * g  # noqa: E731
        mu = (a + b) / 2
        perpendicular = mu - part(mu)
        length = (1 - np.sum(perpendicular**2)) ** 0.5
        return tuple(perpendicular + length * (part(e) - part(mu)) / np.linalg.norm(part(e) - part(mu)) for e in (a, b))

    def pair(rng, n_e):
        a, b, g_some = rng.normal(0, 1, (3, n_e))
        return a / np.linalg.norm(a), b / np.linalg.norm(b), 2 * g_some

    rng = np.random.default_rng(3)
    a, b, g_some = pair(rng, 5)
    cases = {f"with g of about {size:g}": (a, b, size * g_some) for size in (-1, 1e-9, 1e-3, 1e9)}
    near, nearer = a + 1e-3 * g_some, a + 1e-7 * g_some
    cases |= {"with the words exchanged": (b, a, g_some), "with words that are opposite": (a, -a, g_some)}
    cases |= {"with words near each other": (a, near / np.linalg.norm(near), g_some)}
    up = a * np.sign(a @ g_some) + 0.3 * g_some
    cases |= {"with both words on one side": (a * np.sign(a @ g_some), up / np.linalg.norm(up), g_some)}
    cases |= {
        "with a whole-number g": (a, b, np.array([0, 0, 1, 0, 0])),
        "along -g": (a, b, np.array([0, 0, -2, 0, 0])),
    }
    cases["with whole numbers everywhere"] = np.array([1, 0, 0]), np.array([0, 1, 0]), np.array([1, -1, 1])
    domain = {
        "types": ["g"],
        "cases": cases,
        "apart": False,
        "returns": ["a_new", "b_new"],
        "atol": 1e-11,
    }
    checks.agrees(equalize, as_the_article_writes, pair, sizes={"n_e": (2, 120)}, **domain)
    found = equalize(a, nearer / np.linalg.norm(nearer), g_some)
    right = as_the_article_writes(a, nearer / np.linalg.norm(nearer), g_some)
    checks.close("with words that differ by about 1e-7", np.array(found), np.array(right), rtol=1e-6)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the whole matrix. First all vectors are divided by their lengths. The words of our pairs and some others, such as *queen* or *pregnant*, have a gender by their meaning. They are left as they are, and the pairs are equalised. All other words are neutralised. (The article finds such words with a classifier; we wrote a list.)

# %%
U = E / np.linalg.norm(E, axis=0)
g = bias_direction(*(U[:, [place[pair[side]] for pair in pairs]] for side in (0, 1)))
gendered = (
    "king queen prince princess actor actress uncle aunt grandfather grandmother lady ladies gentleman men women boys"
)
gendered += (
    " girls him pregnant pregnancy girlfriend boyfriend sons daughters brothers sisters fathers mothers kings queens"
)
gendered += (
    " wives husbands widow bride mrs. ms. mr. sir lord duke pope priest monk nun bishop businessman chairman spokesman"
)
gendered += " spokeswoman chairwoman congressman dad mom guy guys males females kingdom gay lesbian nephew niece"
keep = np.isin(words, gendered.split() + [word for pair in pairs for word in pair])
N = U.copy()
N[:, ~keep] = neutralize(U[:, ~keep], g)
N /= np.linalg.norm(N, axis=0)
for first, second in pairs:
    N[:, place[first]], N[:, place[second]] = equalize(U[:, place[first]], U[:, place[second]], g)


def neighbours(word, M):
    found = np.argsort(-(M[:, place[word]] @ M))[1:6]
    return ", ".join(words[k] for k in found)


for word in ("nurse", "captain", "doctor"):
    print(f"{word:8} before: {neighbours(word, U)}\n{'':8} after:  {neighbours(word, N)}")
    he, she = (N[:, place[word]] @ N[:, place[other]] for other in ("he", "she"))
    print(f"{'':8} cosine with he {he:.4f}, with she {she:.4f}")

# %% [markdown]
# *What to notice.* Among the neighbours of *nurse* was *pregnant*; afterwards there are more people who work in a hospital. Each neutral word now has exactly the same cosine with *he* as with *she*.
#
# ## 4. A test of associations
#
# *How do we know whether a prejudice is there, and whether it is gone?*
#
# Psychologists measure hidden associations by how fast people sort words. Caliskan, Bryson and Narayanan (2017) made a test of this kind for word vectors, the **word embedding association test** (WEAT). It has two sets of **targets**, $X$ and $Y$, say words of career and words of family, and two sets of **attributes**, $A$ and $B$, say names of men and names of women. The association of a word $w$ with the attributes is
#
# $$s(w) = \frac{1}{|A|} \sum_{a \in A} \cos(w, a) - \frac{1}{|B|} \sum_{b \in B} \cos(w, b) .$$
#
# It is positive if $w$ is nearer to $A$.
#
# *On paper.* $w = (1, 0)$; $A$ holds $(2, 0)$ and $(0, 3)$, with cosines 1 and 0; $B$ holds $(-1, 0)$ alone, with cosine $-1$. So $s(w) = 0.5 - (-1) = 1.5$.
#
# ### Exercise 4: `associations`


# %% exercise="associations"
def associations(W, A, B):
    """How much nearer each word is to the attributes A than to the attributes B.

    Args:
        W, A, B: vectors as columns, shapes (n_e, n), (n_e, n_A), (n_e, n_B), floats or whole numbers; no column is 0,
            but columns may be as short as 1e-9.

    Returns:
        s of each word, shape (n,).
    """
    # 1. All columns to length 1. 2. Cosines of all words with all attributes. 3. Two means.
    ### BEGIN SOLUTION
    W, A, B = (V / np.linalg.norm(V, axis=0) for V in (W, A, B))
    return np.mean(W.T @ A, axis=1) - np.mean(W.T @ B, axis=1)
    ### END SOLUTION


# %% check="associations" points=2
with checks.exercise("associations"):
    W, A_two, B_two = np.array([[1, 0, 3], [0, 2, 4]]), np.array([[2, 0], [0, 3]]), np.array([[-1], [0]])
    checks.unchanged(associations, W, A_two, B_two)
    found = associations(W, A_two, B_two)
    checks.shape("associations(W, A, B)", found, (3,))
    slips = {
        "cosines, not products": [2, 3, 12],
        "means, not sums": [2, 1, 2],
        "A minus B, not B minus A": [-1.5, -0.5, -1.3],
    }
    slips |= {"each attribute must have length 1 before the mean": [1.5547, 0.83205, 1.59846]}
    checks.close("associations(W, A, B)", found, [1.5, 0.5, 1.3], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def word_by_word(W, A, B):
        def cosine(x, y):
            x, y = np.asarray(x, float), np.asarray(y, float)
            return float(np.dot(x / np.sqrt(np.dot(x, x)), y / np.sqrt(np.dot(y, y))))

        near = lambda w, V: sum(cosine(w, v) for v in V.T) / V.shape[1]  # noqa: E731
        return np.array([near(w, A) - near(w, B) for w in W.T])

    def sets(rng, n_e, n, n_A, n_B):
        return tuple(rng.normal(0, 1, (n_e, size)) for size in (n, n_A, n_B))

    rng = np.random.default_rng(4)
    W, A_some, B_some = sets(rng, 5, 6, 3, 4)
    lengths = 10.0 ** np.array([-9, -3, 0, 2, 4, 6])
    cases = {"with words of very different lengths": (W * lengths, A_some, B_some)}
    cases |= {"with attributes of different lengths": (W, A_some * [1e-9, 1, 1e6], B_some)}
    cases |= {
        "with equal attributes": (W, A_some, A_some.copy()),
        "with an attribute three times": (W, A_some[:, [0, 1, 1, 1]], B_some),
        "with words that are attributes": (A_some.copy(), A_some, B_some),
    }
    whole = tuple(1 + np.rint(3 * V).astype(int) ** 2 for V in (W, A_some, B_some))
    cases |= {"with whole numbers everywhere": whole}
    sizes = {"n_e": (2, 105), "n": 150, "n_A": 104, "n_B": 103}
    checks.agrees(associations, word_by_word, sets, sizes=sizes, cases=cases, types=["W", "A", "B"], atol=1e-12)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. Effect size and p-value
#
# *Is the difference large, and could it be chance?*
#
# Let $s_X$ and $s_Y$ hold the associations of the two sets of targets. The **effect size** says how many standard deviations their means are apart. The deviation is that of all target words together, with one less than their number in the denominator:
#
# $$d = \frac{\text{mean}(s_X) - \text{mean}(s_Y)}{\text{std}(s_X \cup s_Y)} , \qquad \text{std}(s)^2 = \frac{1}{n - 1} \sum_{i=1}^{n} (s_i - \bar s)^2 .$$
#
# Equal numbers of different words are all kept in the union. With two sets of equal size $d$ lies between $-2$ and $2$; with sets of different sizes it can be larger.
#
# With seven words in each set, as in the last two tests below, a large effect may be luck. So we ask: if the 14 words were dealt into two sets of seven **at random**, how often would the difference of the means be as large or larger? There are $\binom{14}{7} = 3432$ ways to deal, and we try all of them. The share is the **p-value** of a **permutation test**. The real way is one of them, so the p-value is never 0.
#
# *On paper.* $s_X = (3, 1)$, $s_Y = (2, 0)$. The means are 2 and 1. All four: mean 1.5, squares of differences $2.25 + 0.25 + 0.25 + 2.25 = 5$, std $\sqrt{5/3} = 1.291$, $d = 0.775$. The six ways to choose two of four: 3 1 (difference 1), 3 2 (2), 3 0 (0), 1 2 (0), 1 0 (−2), 2 0 (−1). Two of six are at least 1, so $p = 1/3$.
#
# ### Exercise 5: `effect_size`


# %% exercise="effect_size"
def effect_size(s_X, s_Y):
    """How far apart the associations of two sets of targets are, in standard deviations.

    Args:
        s_X, s_Y: associations, shapes (n_X,) and (n_Y,), floats or whole numbers; not all of them are equal.

    Returns:
        d as in the formula, a number.
    """
    # 1. Two means. 2. The deviation of all together.
    ### BEGIN SOLUTION
    return (np.mean(s_X) - np.mean(s_Y)) / np.std(np.concatenate([s_X, s_Y]), ddof=1)
    ### END SOLUTION


# %% [markdown]
# ### Exercise 6: `permutation_p`


# %% exercise="permutation_p"
def permutation_p(s_X, s_Y):
    """The share of all ways to deal the words into two sets for which the difference of means is as large or larger.

    Args:
        s_X, s_Y: associations, shapes (n_X,) and (n_Y,), floats or whole numbers from -1000 to 1000; at most 14
            words together.

    Returns:
        A number above 0, at most 1. All ways to choose n_X words are tried, each once, and equal numbers still belong
        to different words. A difference of means that is smaller by less than 1e-9 counts as equally large.
    """
    # 1. The difference as it is. 2. All ways to choose n_X of all numbers. 3. The share that reaches it.
    ### BEGIN SOLUTION
    both, n_X = np.concatenate([s_X, s_Y]), len(s_X)
    chosen = np.array(list(combinations(range(len(both)), n_X)))  # equivalent "range ends at 100": at most 14 words
    sums = both[chosen].sum(axis=1)
    differences = sums / n_X - (both.sum() - sums) / len(s_Y)
    least = np.mean(s_X) - np.mean(s_Y) - 1e-9
    return np.mean(differences >= least)  # equivalent ">= → >": no difference lies there
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `itertools.combinations(range(n), n_X)` goes through all ways to choose `n_X` of the numbers 0 to `n - 1`. Let it choose *places*, not values: so equal values stay apart. The words that are not chosen are the other set; their sum is the sum of all minus the sum of the chosen.
# </details>

# %% check="effect_size" points=1
with checks.exercise("effect_size"):
    s_X, s_Y = np.array([3.0, 1, 2]), np.array([2.0, 0, 1, 0])
    checks.unchanged(effect_size, s_X, s_Y)
    slips = {"the deviation is that with n - 1": 1.213406, "X minus Y, not Y minus X": -1.123401}
    slips |= {"divide by the deviation, not by the variance": 1.009615}
    found = effect_size(s_X, s_Y)
    checks.close("effect_size of (3, 1, 2) and (2, 0, 1, 0)", found, 1.123401, rtol=1e-5, mistakes=slips)
    checks.close("of (3, 1) and (2, 0)", effect_size(s_X[:2], s_Y[:2]), 0.7745967, rtol=1e-6)
    ### BEGIN HIDDEN TESTS

    def by_sums(s_X, s_Y):
        both = [float(s) for s in (*s_X, *s_Y)]
        centre = sum(both) / len(both)
        variance = sum((s - centre) ** 2 for s in both) / (len(both) - 1)
        return float((sum(both[: len(s_X)]) / len(s_X) - sum(both[len(s_X) :]) / len(s_Y)) / variance**0.5)

    def numbers(rng, n_X, n_Y):
        return rng.normal(0.5, 1, n_X), rng.normal(0, 1, n_Y)

    s_X, s_Y = numbers(np.random.default_rng(5), 5, 4)
    cases = {f"with numbers of about {size:g}": (size * s_X, size * s_Y) for size in (1e-7, 1e-12, 1e-30)}
    cases |= {"with numbers far from 0": (s_X + 1e4, s_Y + 1e4)}
    cases |= {"with equal numbers within each set": (np.array([2.0, 2]), np.array([1.0, 1, 1]))}
    cases |= {
        "with one number against eight zeros": (np.ones(1), np.zeros(8)),
        "the reverse": (np.zeros(9), np.ones(2)),
    }
    cases |= {"with equal means": (np.array([1.0, 3]), np.array([2.0, 2])), "with one word each": (s_X[:1], s_Y[:1])}
    domain = {"types": ["s_X", "s_Y"], "cases": cases, "atol": 1e-10}
    checks.agrees(effect_size, by_sums, numbers, sizes={"n_X": 105, "n_Y": 1030}, **domain)
    ### END HIDDEN TESTS

# %% check="permutation_p" points=2
with checks.exercise("permutation_p"):
    s_X, s_Y = np.array([3, 1]), np.array([2, 0])
    checks.unchanged(permutation_p, s_X, s_Y)
    slips = {
        "an equal difference counts, too": 1 / 6,
        "count all ways once, the real one, too": 1 / 5,
        "count larger differences, not smaller ones": 5 / 6,
    }
    slips |= {"compare the differences, not their absolute values": 2 / 3}
    checks.close("permutation_p of (3, 1) and (2, 0)", permutation_p(s_X, s_Y), 1 / 3, mistakes=slips)
    found = permutation_p(np.array([2, 5]), np.array([2, 1, 0]))
    checks.close("of (2, 5) and (2, 1, 0)", found, 2 / 10, mistakes={"equal numbers are different words": 1 / 7})
    ### BEGIN HIDDEN TESTS

    def by_signs(s_X, s_Y):
        both = [float(s) for s in (*s_X, *s_Y)]
        n, k, reached = len(both), len(s_X), 0
        observed = sum(both[:k]) / k - sum(both[k:]) / (n - k)
        for number in range(2**n):
            if number.bit_count() == k:
                first = [both[j] for j in range(n) if number >> j & 1]
                second = [both[j] for j in range(n) if not number >> j & 1]
                reached += sum(first) / k - sum(second) / (n - k) >= observed - 1e-9
        return reached / comb(n, k)

    def numbers(rng, n_X, n_Y):
        if rng.random() < 0.5:
            return rng.integers(0, 4, n_X) / 4, rng.integers(0, 4, n_Y) / 4
        return rng.normal(0.5, 1, n_X), rng.normal(0, 1, n_Y)

    s_X, s_Y = numbers(np.random.default_rng(6), 4, 5)
    cases = {"with all equal": (np.ones(3), np.ones(2)), "with negative differences": (s_Y - 1, s_X)}
    cases |= {"with tenths, whose sums are rounded": (np.array([0.3, 0.1, 0.2]), np.array([0.1, 0.3, 0.2, 0.6]))}
    cases |= {"with small numbers": (1e-3 * s_X, 1e-3 * s_Y), "with large numbers": (100 * s_X, 100 * s_Y)}
    cases |= {"with 14 words": numbers(np.random.default_rng(8), 7, 7)}
    near = np.array([1, 0.2]), np.array([0.2 - 5e-7, 0])
    cases |= {
        "with differences near each other": near,
        "with numbers of about 1e-9": (np.array([8e-10]), np.array([0.0])),
    }
    cases |= {"with 12 words": numbers(np.random.default_rng(7), 6, 6), "with one word each": (s_X[:1], s_Y[:1])}
    cases |= {
        "with one against many": (s_X[:1], np.append(s_Y, s_Y)),
        "many against one": (np.append(s_X, s_Y), s_X[:1]),
    }
    cases |= {"with whole numbers": (np.array([3, 1, 2]), np.array([2, 0, 1, 5]))}
    domain = {"cases": cases, "apart": False}
    checks.agrees(permutation_p, by_signs, numbers, sizes={"n_X": 6, "n_Y": 5}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. Before and after
#
# *What did neutralising remove?*
#
# Four tests. The first one has nothing to do with gender: instruments and weapons, with pleasant and unpleasant words. It shows that the test finds what everybody expects. The other three have career and family, or science and the arts, against words or names for men and women.

# %%
sets = {
    "instruments": "guitar piano drum bass horn organ",
    "weapons": "gun sword rifle bomb missile tank",
    "pleasant": "freedom health love peace friend heaven pleasure honest lucky gift miracle happy paradise vacation",
    "unpleasant": "abuse crash murder accident death grief poison assault disaster hatred tragedy divorce jail ugly",
    "career": "executive management professional corporation salary office business",
    "family": "home parents children family marriage wedding relatives",
    "science": "science technology physics chemistry nasa experiment",
    "arts": "poetry art shakespeare dance literature novel",
    "male words": "male man boy brother he him his son",
    "female words": "female woman girl sister she her daughter mother",
    "male names": "john paul mike kevin steve greg jeff bill",
    "female names": "amy joan lisa sarah diana kate ann donna",
}
tests = [("instruments", "weapons", "pleasant", "unpleasant"), ("science", "arts", "male words", "female words")]
tests += [("career", "family", "male words", "female words"), ("career", "family", "male names", "female names")]
for names in tests:
    print(f"{names[0]} and {names[1]}, {names[2]} and {names[3]}")
    for when, M in (("before", U), ("after", N)):
        X, Y, A, B = (M[:, [place[word] for word in sets[name].split()]] for name in names)
        s_X, s_Y = associations(X, A, B), associations(Y, A, B)
        print(f"    {when:6} effect {effect_size(s_X, s_Y):+.2f}   p = {permutation_p(s_X, s_Y):.4f}")

# %% [markdown]
# *What to notice.* Before, all effects are large and the p-values small. The first test hardly changes: neutralising took out what it was asked to, not everything. The effects of the other three become smaller, **but none is gone**, and with names hardly anything has changed. How can that be? All names and all words of career were neutralised, and have no part along $g$ any more.
#
# ## 7. What is left
#
# *Where does the prejudice hide?*
#
# A word that is used by men and women differently is used differently in many ways, and only one direction was taken out. Gonen and Goldberg (2019) gave this test. Of the 5,000 most frequent words without those of gender, take the 200 that leaned most to each side *before* neutralising. Can one tell *after* it from which side a word came? We show half of them with their side, and ask for the others: which of the two means is nearer?

# %%
lean = cosines(U, g)
plain = [k for k in range(5000) if not keep[k]]
ends = sorted(plain, key=lambda k: lean[k])
like_he, like_she = ends[:200], ends[-200:]
print("like he: ", ", ".join(words[k] for k in like_he[:12]))
print("like she:", ", ".join(words[k] for k in like_she[:-13:-1]))
labels = np.repeat([0, 1], 200)


def recovered(M, seed):
    """The share of 200 of the words whose side is found by the nearer of two means, those of the other 200."""
    V, order = M[:, like_he + like_she].T, np.random.default_rng(seed).permutation(400)
    known, asked = order[:200], order[200:]
    means = np.array([V[known][labels[known] == side].mean(axis=0) for side in (0, 1)])
    nearer = ((V[asked][:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    return np.mean(nearer == labels[asked])


shares = {when: [recovered(M, seed) for seed in range(5)] for when, M in (("before", U), ("after", N))}
for when, found in shares.items():
    print(f"{when:6} side recovered: {np.round(found, 2)}   (guessing: 0.5)")

# %% [markdown]
# *What to notice.* Before, nearly every word is found: no wonder, for one direction tells the sides apart. After neutralising that direction is gone, and yet about three of four words are still found. The words keep their company: words of sport and war here, words of family and body there. Gonen and Goldberg call it *lipstick on a pig*.

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 4))
for axis, (when, M) in zip(axes, (("before", U), ("after", N)), strict=True):
    V = M[:, like_he + like_she]
    V = V - V.mean(axis=1, keepdims=True)
    map_of_words = np.linalg.svd(V, full_matrices=False)[0][:, :2].T @ V
    for side, marker in ((0, "o"), (1, "^")):
        axis.plot(*map_of_words[:, labels == side], marker, markersize=3, label=("like he", "like she")[side])
    axis.set(title=f"{when} neutralising", xlabel="first axis", ylabel="second axis")
axes[0].legend()
figure.suptitle("Neutralised words of the two sides overlap, but they do not mix")
plt.show()


# %% [markdown]
# *What to notice.* On the two axes along which these 400 words differ most, the two sides are apart before. Afterwards they overlap, but circles and triangles still have regions of their own.
#
# Is the repair at least harmless? The analogies of lesson 01 tell what else may have been damaged.


# %%
def solved(M):
    """The share of analogies that M answers, of at most 200 questions a section."""
    right = []
    for questions in data.load_analogies().values():
        a, b, c, d = np.array([[place[word] for word in question] for question in questions[:200]]).T
        scores = M.T @ (M[:, b] - M[:, a] + M[:, c])
        scores[[a, b, c], np.arange(len(a))] = -9
        right += list(scores.argmax(axis=0) == d)
    return np.mean(right)


print(f"analogies right: before {solved(U):.3f}, after {solved(N):.3f}")

# %% [markdown]
# *What to notice.* No fewer analogies are right than before. So neutralising costs nothing here. It removes what it names. It does not make the vectors fair. A test that finds nothing would not prove it either: it sees only what its words ask for. If a system decides about people, test **its decisions**, for each group, on real cases.

# %% [markdown]
# ## What you built
#
# - `bias_direction`: the line along which pairs of words differ.
# - `neutralize` and `equalize`: no part along the line for some words, opposite parts for others.
# - `associations`, `effect_size` and `permutation_p`: WEAT, a test with an exact p-value.
# - A measurement before and after, and a test of what is left.
#
# ## On your own
#
# 1. Neutralise *all* words, *he* and *she* too. What happens to the section *family* of the analogies?
# 2. Vectors hold prejudices about countries as well. Which pairs of words could give a direction, and which test would show it?
# 3. Really hard: **iterative nullspace projection** (Ravfogel and others, 2020) trains a classifier for the side, takes its direction out, trains the next one on what is left, and so on. Write it with logistic regression. After how many directions is the side no longer found on words that were not used, and how many analogies are right then?
#
# ## In practice
#
# - Today's models make a vector for each word *in its sentence*. The same associations are found there, and also in what models write. Neutralising one direction is no longer usual; one works on the data, on the training, and on tests of the outcome.
# - Report effect size *and* p-value, and the words that were used. With other words the result may differ.
# - Laws in many countries forbid decisions that put a group at a disadvantage, whatever the vectors look like.
#
# ## References
#
# - Course 5, week 2, lecture 10.
# - T. Bolukbasi, K.-W. Chang, J. Zou, V. Saligrama and A. Kalai (2016), Man Is to Computer Programmer as Woman Is to Homemaker? Debiasing Word Embeddings, NeurIPS.
# - A. Caliskan, J. Bryson and A. Narayanan (2017), Semantics Derived Automatically from Language Corpora Contain Human-like Biases, Science 356.
# - H. Gonen and Y. Goldberg (2019), Lipstick on a Pig: Debiasing Methods Cover up Systematic Gender Biases in Word Embeddings but Do Not Remove Them, NAACL.
# - S. Ravfogel, Y. Elazar, H. Gonen, M. Twiton and Y. Goldberg (2020), Null It Out: Guarding Protected Attributes by Iterative Nullspace Projection, ACL.
