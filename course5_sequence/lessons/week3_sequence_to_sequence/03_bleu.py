# %% [markdown]
# You will write BLEU, the score by which translations are compared, so that it agrees with the tool that researchers use.
# Then you will ask of two real systems which is better, and whether the difference may be luck.

# %% [markdown]
# ## What you will be able to do
#
# - count the n-grams of a translation that its references have, without counting any too often;
# - punish translations that are too short;
# - put both together to the BLEU score of a corpus, with one or several references, with or without smoothing;
# - test by a paired bootstrap whether one system is better than another;
# - say what BLEU sees and what it does not see.
#
# **What you need:** nothing but Python and NumPy; [beam search](02_beam_search.ipynb) says where translations come from.

# %%
import re
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()

pairs = data.load_verse_pairs()
print(len(pairs.target_train), "pairs to train, for example:", pairs.target_train[1], "=", pairs.source_train[1])

# %% [markdown]
# ## 1. Modified precision
#
# *How many words of a translation are right?*
#
# A translation from a machine is called a **candidate**, one from a person a **reference**. There are many good translations of a sentence, so there may be several references. In the lecture:
#
# - reference 1: the cat is on the mat
# - reference 2: there is a cat on the mat
# - candidate: the the the the the the the
#
# All seven words of the candidate occur in a reference. Its *precision* would be $7/7$, for a useless translation. The **modified precision** lets each word count at most as often as it occurs **in one reference**, the one that has it most often. "the" occurs twice in reference 1 and once in reference 2: it counts twice. So the modified precision is $2/7$.
#
# The same for pairs of neighbouring words, **bigrams**, and in general for **n-grams**, $n$ words in a row. With the count of an n-gram $g$ in the candidate and in each reference,
#
# $$\text{matches}_n = \sum_{g} \min\left(\text{count}(g, \text{candidate}),\; \max_{\text{references}} \text{count}(g, \text{reference})\right), \qquad \text{total}_n = \sum_g \text{count}(g, \text{candidate}) ,$$
#
# where $g$ runs over the different n-grams of the candidate. The modified precision is $\text{matches}_n / \text{total}_n$.
#
# *On paper.* Candidate "the cat the cat on the mat". Its bigrams: *the cat* 2, *cat the* 1, *cat on* 1, *on the* 1, *the mat* 1; total 6. In the references *the cat* occurs at most once, *cat the* never, the others once: matches $1 + 0 + 1 + 1 + 1 = 4$.
#
# We need both numbers and not only their ratio: soon they are added up over many sentences.
#
# ### Exercise 1: `clipped_matches`


# %% exercise="clipped_matches"
def clipped_matches(candidate, references, n):
    """How many n-grams of a candidate its references have (clipped, as in the text), and how many there are.

    Args:
        candidate: a list of words (strings), perhaps empty. "The" and "the" are different words.
        references: a list of at least one reference, each a list of words, perhaps empty.
        n: a whole number >= 1.

    Returns:
        A tuple of two whole numbers, matches and total. Both are 0 if the candidate has fewer than n words.
    """

    # 1. How often does each n-gram occur in a list? 2. The most that any reference has. 3. The smaller of both, added.
    ### BEGIN SOLUTION
    def counts(words):
        return Counter(tuple(words[k : k + n]) for k in range(len(words) - n + 1))

    most = Counter()
    for reference in references:
        most |= counts(reference)
    own = counts(candidate)
    return sum((own & most).values()), sum(own.values())
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# An n-gram is a tuple of words, `tuple(words[k : k + n])`. `collections.Counter` counts tuples.
# </details>
#
# <details><summary>Hint 2</summary>
#
# For two Counters, `a | b` takes the larger of both counts for each key, and `a & b` the smaller one.
# </details>

# %% check="clipped_matches" points=2
with checks.exercise("clipped_matches"):
    references = ["the cat is on the mat".split(), "there is a cat on the mat".split()]
    names, seven, twice = ["matches", "total"], ["the"] * 7, "the cat the cat on the mat".split()
    checks.unchanged(clipped_matches, twice, references, 2)
    slips = {
        "each word counts at most as often as in one reference": (7, 7),
        "the most in one, not in all together": (3, 7),
    }
    found = checks.results("clipped_matches(seven, references, 1)", clipped_matches(seven, references, 1), names)
    checks.close('matches and total of seven times "the"', np.array(found), [2, 7], mistakes=slips)
    slips = {"count an n-gram as often as it occurs": (4, 5), "at most as often as in one reference": (5, 6)}
    found = np.array(clipped_matches(twice, references, 2))
    checks.close("of the bigrams of the cat the cat on the mat", found, [4, 6], mistakes=slips)
    checks.close("of n-grams of 8 words", np.array(clipped_matches(twice, references, 8)), [0, 0])
    ### BEGIN HIDDEN TESTS

    def place_by_place(candidate, references, n):
        grams = [
            [sentence[k : k + n] for k in range(max(0, len(sentence) - n + 1))] for sentence in (candidate, *references)
        ]
        matches = 0
        for k, gram in enumerate(grams[0]):
            earlier = grams[0][:k].count(gram)
            matches += any(others.count(gram) > earlier for others in grams[1:])
        return matches, len(grams[0])

    def sentences(rng, length, r, n):
        vocabulary = ["a", "b", "B", "ab", "", "a b", "词"]
        draw = lambda size: [vocabulary[k] for k in rng.integers(0, 2 + rng.integers(0, 6), size)]  # noqa: E731
        return draw(length), [draw(max(0, length + int(rng.integers(-2, 3)))) for _ in range(r)], n

    rng = np.random.default_rng(1)
    cases = {"with an empty candidate": ([], [["a"]], 1), "with an empty reference": (["a", "a"], [[], ["a"]], 1)}
    cases |= {
        f"with {n}-grams of a candidate of three words": (["a", "b", "a"], [["a", "b", "a"]], n)
        for n in (1, 2, 3, 4, 5)
    }
    cases |= {
        "with words that join": (["a", "bc"], [["ab", "c"]], 2),
        "with a space in a word": (["a b", "c"], [["a", "b c"]], 2),
    }
    cases |= {"where the best reference is another one for each word": (list("aabb"), [list("aaab"), list("abbb")], 1)}
    cases |= {"with the same reference twice": (list("aab"), [list("ab"), list("ab")], 1)}
    cases |= {f"with {n}-grams of six words": (list("aaaaab"), [list("aaaaac")], n) for n in (4, 5, 6)}
    cases |= {f"draw {k}": sentences(rng, 9, 3, 1 + k % 3) for k in range(12)}
    sizes = {"length": (0, 120), "r": 5, "n": 4}
    checks.agrees(clipped_matches, place_by_place, sentences, sizes=sizes, cases=cases, returns=["matches", "total"])
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. Too short
#
# *What if a translation says only what it is sure of?*
#
# The candidate "the cat" has precision 1 in all n-grams that it has. But it leaves out half of the sentence. Counting what is missing (*recall*) is difficult with several references, which use different words. BLEU looks at the **length** instead.
#
# Let $c$ be the length of the candidate, and $r$ that of the reference whose length is **closest** to $c$. Of two that are equally close, the shorter one counts. The **brevity penalty** is a factor:
#
# $$BP = \begin{cases} 1 & \text{if } c \ge r \text{ and } c > 0 \\ e^{1 - r/c} & \text{if } 0 < c < r \\ 0 & \text{if } c = 0 \end{cases}$$
#
# A candidate that is too long has no penalty: the words that are too much already lower the precision.
#
# *On paper.* $c = 5$, references of 3, 7 and 9 words: 3 and 7 are equally close, so $r = 3$, and $BP = 1$. With references of 7 and 9 words $r = 7$, and $BP = e^{1 - 7/5} = e^{-0.4} \approx 0.670$.
#
# ### Exercise 2: `closest_length` and `brevity_penalty`


# %% exercise="closest_length"
def closest_length(c, lengths):
    """The length of the reference that is closest to the candidate's; of equally close ones the shorter.

    Args:
        c: the length of the candidate, a whole number >= 0.
        lengths: a list of at least one whole number >= 0, the lengths of the references.

    Returns:
        One of the lengths, a whole number.
    """
    # 1. How far is each? 2. What decides between two that are equally far?
    ### BEGIN SOLUTION
    return min(lengths, key=lambda length: (abs(length - c), length))
    ### END SOLUTION


# %% exercise="brevity_penalty"
def brevity_penalty(c, r):
    """The factor by which short translations lose.

    Args:
        c, r: lengths of candidate and reference, whole numbers >= 0.

    Returns:
        BP as in the formula, a number from 0 to 1; 0 for an empty candidate, whatever r is.
    """
    # 1. Empty? 2. Too short? The exponential. 3. Long enough.
    ### BEGIN SOLUTION
    if c == 0:
        return 0
    return np.exp(1 - r / c) if c < r else 1  # equivalent "< → <=": exp(0) is 1
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `min` takes a `key`: the smallest tuple `(distance, length)` wins, and the length only decides where distances are equal. In the penalty, test $c = 0$ before you divide; an empty candidate has the penalty 0, also if $r = 0$.
# </details>

# %% check="closest_length" points=1
with checks.exercise("closest_length"):
    checks.unchanged(closest_length, 5, [9, 7, 3])
    slips = {"of equally close ones the shorter": 7, "the closest, not the longest or the first": 9}
    checks.close("closest_length(5, [9, 7, 3])", closest_length(5, [9, 7, 3]), 3, mistakes=slips)
    checks.close("closest_length(5, [9, 7])", closest_length(5, [9, 7]), 7)
    checks.close(
        "closest_length(5, [3, 6])", closest_length(5, [3, 6]), 6, mistakes={"the closest, not the shortest": 3}
    )
    ### BEGIN HIDDEN TESTS

    def by_steps(c, lengths):
        for far in range(5000):
            for length in (c - far, c + far):
                if length in lengths:
                    return length

    def draw(rng, k, c):
        return c, rng.integers(0, 2 * c + 3, k).tolist()

    cases = {
        f"with c = {c} and {lengths}": (c, lengths)
        for c, lengths in ((0, [0]), (0, [3, 1]), (4, [5, 3, 5]), (7, [7, 7]))
    }
    cases |= {"with lengths in the thousands": (2000, [999, 3001, 3000, 1000])}
    cases |= {"with distances in the hundreds": (5000, [5600, 4399]), "the other way": (5000, [4400, 5601])}
    checks.agrees(closest_length, by_steps, draw, sizes={"k": 110, "c": (0, 130)}, cases=cases)
    ### END HIDDEN TESTS

# %% check="brevity_penalty" points=1
with checks.exercise("brevity_penalty"):
    slips = {"1 - r / c, not r / c - 1": np.exp(0.4), "r over c": np.exp(1 - 5 / 7), "a power of e": -0.4}
    checks.close("brevity_penalty(5, 7)", brevity_penalty(5, 7), 0.6703200, rtol=1e-6, mistakes=slips)
    checks.close(
        "brevity_penalty(7, 5)", brevity_penalty(7, 5), 1, mistakes={"long ones have no penalty": np.exp(2 / 7)}
    )
    checks.close("brevity_penalty(7, 7)", brevity_penalty(7, 7), 1)
    checks.close("brevity_penalty(0, 7)", brevity_penalty(0, 7), 0)
    ### BEGIN HIDDEN TESTS

    def by_powers(c, r):
        if c == 0:
            return 0.0
        return 1.0 if r <= c else float(np.e / (np.e ** (1 / c)) ** r)

    def draw(rng, c, r):
        return c, r

    cases = {
        f"with c = {c} and r = {r}": (c, r)
        for c, r in ((0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 1), (99, 100), (1, 200))
    }
    cases |= {"with a corpus": (50_000, 51_234), "with NumPy's whole numbers": (np.int64(40), np.int64(57))}
    cases |= {"with NumPy's zeros": (np.int64(0), np.int64(0)), "with NumPy's 0": (np.int64(0), np.int64(3))}
    checks.agrees(brevity_penalty, by_powers, draw, sizes={"c": (0, 300), "r": (0, 300)}, cases=cases)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. The score of a corpus
#
# *How do precisions and penalty become one number?*
#
# **BLEU** (Papineni and others, 2002) takes n-grams of 1 to 4 words. It is a score for a whole **corpus**: numbers are added up over all sentences *before* any ratio is taken. For each sentence we write ten numbers in a row:
#
# $$\text{matches}_1, \dots, \text{matches}_4, \quad \text{total}_1, \dots, \text{total}_4, \quad c, \quad r .$$
#
# Let all of these now be sums over the sentences. With $p_n = \text{matches}_n / \text{total}_n$,
#
# $$\text{BLEU} = BP(c, r) \cdot \exp\left(\frac14 \sum_{n=1}^{4} \log p_n\right) = BP(c, r) \cdot (p_1 p_2 p_3 p_4)^{1/4} .$$
#
# It lies between 0 and 1; most tools print 100 times as much.
#
# If one $p_n$ is 0, so is BLEU. In a corpus this hardly happens, in a single sentence often. **Smoothing** helps. Two ways are common:
#
# - **add-one** (Lin and Och, 2004): for $n = 2, 3, 4$ (not for 1) add 1 to the matches and 1 to the total.
# - **exp** (Chen and Cherry, 2014): go from $n = 1$ to $n = 4$. The first precision without matches becomes $\frac{1}{2\, \text{total}_n}$, the second one $\frac{1}{4\, \text{total}_n}$, then $\frac{1}{8\, \text{total}_n}$.
#
# Whatever the smoothing: if the candidates have **no** matches at all, not even single words, BLEU is 0. And if some $\text{total}_n$ is 0, because no candidate has $n$ words, BLEU is 0. With add-one, this is asked *after* the addition: for $n > 1$ a total of 0 has become 1, and one right single word scores $BP \cdot 1$.
#
# *On paper.* Sums of matches 3, 2, 1, 0 and of totals 4, 3, 2, 1, with $c = 4$, $r = 5$: $BP = e^{-1/4} \approx 0.779$. Without smoothing 0. Add-one: $\frac34 \cdot \frac34 \cdot \frac23 \cdot \frac12 = 0.1875$, its fourth root is 0.658, BLEU 0.512. Exp: $\frac34 \cdot \frac23 \cdot \frac12 \cdot \frac12 = 0.125$, root 0.595, BLEU 0.463.
#
# ### Exercise 3: `bleu_counts`


# %% exercise="bleu_counts"
def bleu_counts(candidates, references):
    """The ten numbers of each sentence.

    Args:
        candidates: a list of m candidates, each a list of words, perhaps empty.
        references: a list of m lists: references[i] holds at least one reference of candidate i.

    Returns:
        An array of whole numbers, shape (m, 10): in row i the matches for n = 1, 2, 3, 4, the totals for n = 1, 2, 3,
        4, the length of candidate i, and the length of its reference of closest length.

    Raises:
        ValueError: there are not as many candidates as lists of references.
    """
    # 1. Do the lists fit? 2. Four pairs of numbers for each sentence. 3. Two lengths.
    ### BEGIN SOLUTION
    rows = []
    for candidate, own in zip(candidates, references, strict=True):
        matches, totals = np.transpose([clipped_matches(candidate, own, n) for n in (1, 2, 3, 4)])
        c = len(candidate)
        rows.append([*matches, *totals, c, closest_length(c, [len(reference) for reference in own])])
    return np.array(rows)
    ### END SOLUTION


# %% [markdown]
# ### Exercise 4: `bleu_from_counts`


# %% exercise="bleu_from_counts"
def bleu_from_counts(counts, smoothing):
    """The BLEU score of a corpus.

    Args:
        counts: what bleu_counts returns, whole numbers, shape (m, 10), m >= 1.
        smoothing: "none", "add-one" or "exp".

    Returns:
        BLEU, a number from 0 to 1.

    Raises:
        ValueError: another smoothing.
    """
    # 1. Sums over the sentences. 2. When is it 0 in any case? 3. Four precisions, smoothed.
    # 4. Their geometric mean, and the penalty.
    ### BEGIN SOLUTION
    if smoothing not in ("none", "add-one", "exp"):
        raise ValueError(f'smoothing is "none", "add-one" or "exp", not {smoothing!r}')
    sums = np.sum(counts, axis=0).astype(float)
    matches, totals, (c, r) = sums[:4], sums[4:8], sums[8:]
    if not matches.any():
        return 0
    if smoothing == "add-one":
        matches, totals = matches + [0, 1, 1, 1], totals + [0, 1, 1, 1]
    if smoothing == "exp":
        matches = np.where(matches == 0, 0.5 ** np.cumsum(matches == 0), matches)
    if (matches * totals == 0).any():
        return 0
    return brevity_penalty(c, r) * np.exp(np.mean(np.log(matches / totals)))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint for both</summary>
#
# `zip(candidates, references, strict=True)` raises a ValueError if the lists have different lengths. In the score, `np.sum(counts, axis=0)` has ten numbers. For "exp", put $\frac12$, then $\frac14$, … in the place of the matches that are 0; the division by the total follows.
# </details>

# %% check="bleu_counts" points=2
with checks.exercise("bleu_counts"):
    references = [["the cat is on the mat".split(), "there is a cat on the mat".split()], ["hello there".split()]]
    candidates = ["the cat the cat on the mat".split(), "hello".split()]
    checks.unchanged(bleu_counts, candidates, references)
    counts = bleu_counts(candidates, references)
    checks.shape("bleu_counts(candidates, references)", counts, (2, 10))
    slips = {"the matches first, then the totals": [5, 7, 4, 6, 2, 5, 1, 4, 7, 7]}
    slips |= {"the closest length, not the first": [5, 4, 2, 1, 7, 6, 5, 4, 7, 6]}
    checks.close("row 0", counts[0], [5, 4, 2, 1, 7, 6, 5, 4, 7, 7], mistakes=slips)
    checks.close("row 1", counts[1], [1, 0, 0, 0, 1, 0, 0, 0, 1, 2])
    checks.raises("two candidates, references for one", ValueError, bleu_counts, candidates, references[:1])
    ### BEGIN HIDDEN TESTS

    def gram_by_gram(candidates, references):
        rows = np.zeros((len(candidates), 10), int)
        for i, candidate in enumerate(candidates):
            for n in (1, 2, 3, 4):
                left = [[reference[k : k + n] for k in range(len(reference) - n + 1)] for reference in references[i]]
                for k in range(len(candidate) - n + 1):
                    gram, rows[i, 3 + n] = candidate[k : k + n], rows[i, 3 + n] + 1
                    found = [grams.remove(gram) for grams in left if gram in grams]
                    rows[i, n - 1] += len(found) > 0
            lengths = sorted(len(reference) for reference in references[i])
            distances = [abs(length - len(candidate)) for length in lengths]
            rows[i, 8:] = len(candidate), lengths[distances.index(min(distances))]
        return rows

    def corpus(rng, m, length, r):
        draw = lambda size: ["abcd"[k] for k in rng.integers(0, 4, max(0, int(size)))]  # noqa: E731
        references = [[draw(length + rng.integers(-2, 3)) for _ in range(1 + (i + r) % r)] for i in range(m)]
        return [draw(length + rng.integers(-2, 3)) for _ in range(m)], references

    rng = np.random.default_rng(2)
    candidates, references = corpus(rng, 5, 8, 3)
    ten = corpus(rng, 10, 8, 2)
    cases = {
        "with an empty candidate": ([[], ["a"]], [[["a"]], [["a"]]]),
        "with the references": ([e[0] for e in references], references),
    }
    cases |= {
        "with long sentences": corpus(rng, 2, 120, 2),
        "with the same sentence twice": ([list("abca")] * 2, [[list("abcb")]] * 2),
    }
    cases |= {"with ten sentences": ten, "with more than 255 words": corpus(rng, 1, 300, 1)}
    checks.agrees(bleu_counts, gram_by_gram, corpus, sizes={"m": 130, "length": 12, "r": 4}, cases=cases, apart=False)
    sacrebleu = [["the clocks struck thirteen".split(), "he then ran upstairs".split()]]
    sacrebleu.append([["the clocks were striking thirteen".split(), "all clocks struck thirteen at once".split()]])
    sacrebleu[1].append(["he went up the stairs".split(), "quickly he ran up the stairs".split()])
    checks.close(
        "the sums that sacrebleu 2.6 has", np.sum(bleu_counts(*sacrebleu), axis=0), [6, 3, 1, 0, 8, 6, 4, 2, 8, 10]
    )
    for fewer in (1, 4):
        checks.raises("more references than candidates", ValueError, bleu_counts, candidates[:fewer], references)
        checks.raises("more candidates than references", ValueError, bleu_counts, candidates, references[:fewer])
    ### END HIDDEN TESTS

# %% check="bleu_from_counts" points=3
with checks.exercise("bleu_from_counts"):
    counts = np.array([[1, 1, 1, 0, 2, 1, 1, 0, 2, 2], [2, 1, 0, 0, 2, 2, 1, 1, 2, 3]])
    checks.unchanged(bleu_from_counts, counts, "add-one")
    checks.close("without smoothing", bleu_from_counts(counts, "none"), 0)
    slips = {"for n = 1 nothing is added": 0.520815, "the penalty is missing": 0.658037}
    slips |= {"a geometric mean, not a plain one": 0.519201}
    checks.close("with add-one", bleu_from_counts(counts, "add-one"), 0.512480, rtol=1e-5, mistakes=slips)
    checks.close("with exp", bleu_from_counts(counts, "exp"), 0.463078, rtol=1e-5)
    twice = np.array([[2, 1, 0, 0, 4, 3, 2, 1, 4, 4]])
    slips = {"halve once more for the second one without matches": 0.379918}
    checks.close(
        "with exp and two without matches", bleu_from_counts(twice, "exp"), 0.319472, rtol=1e-5, mistakes=slips
    )
    checks.raises('smoothing "add"', ValueError, bleu_from_counts, counts, "add")
    ### BEGIN HIDDEN TESTS

    def with_fractions(counts, smoothing):
        from fractions import Fraction

        sums = [sum(int(each) for each in column) for column in counts.T]
        product, halvings, (c, r) = Fraction(1), 0, sums[8:]
        if sum(sums[:4]) == 0:
            return 0.0
        for n in range(4):
            more = 1 if smoothing == "add-one" and n else 0
            right, total = sums[n] + more, sums[n + 4] + more
            if total == 0:
                return 0.0
            if right == 0 and smoothing == "exp":
                halvings += 1
                right = Fraction(1, 2**halvings)
            product *= Fraction(right) / total
        return float(product) ** 0.25 * (1.0 if c >= r else float(np.exp((c - r) / c)))

    def corpus(rng, m, longest, way):
        lengths = rng.integers(0, longest + 1, m)
        totals = np.maximum(lengths[:, None] - np.arange(4), 0)
        matches = np.minimum.accumulate(rng.integers(0, totals + 1), axis=1)
        r = np.maximum(lengths + rng.integers(-1, 3, m), 0)
        return np.hstack([matches, totals, lengths[:, None], r[:, None]]), ("none", "add-one", "exp")[way]

    rng, cases = np.random.default_rng(3), {}
    for way in ("none", "add-one", "exp"):
        cases[f"without any match, {way}"] = np.array([[0, 0, 0, 0, 4, 3, 2, 1, 4, 4]]), way
        cases[f"with words but no bigrams, {way}"] = np.array([[3, 0, 0, 0, 9, 8, 7, 6, 9, 12]]), way
        cases[f"with bigrams but no trigrams, {way}"] = np.array([[3, 1, 0, 0, 9, 8, 7, 6, 9, 9]]), way
        cases[f"with candidates of three words, {way}"] = np.array([[3, 2, 1, 0, 3, 2, 1, 0, 3, 3]]), way
        cases[f"with candidates of one word, {way}"] = np.array([[1, 0, 0, 0, 1, 0, 0, 0, 1, 1]]), way
        cases[f"with empty candidates, {way}"] = np.array([[0, 0, 0, 0, 0, 0, 0, 0, 0, 3]] * 2), way
        cases[f"with perfect candidates, {way}"] = np.array([[9, 8, 7, 6, 9, 8, 7, 6, 9, 9]] * 3), way
        cases[f"with long candidates, {way}"] = np.array([[9, 8, 7, 6, 12, 11, 10, 9, 12, 9]] * 3), way
        cases[f"with short candidates, {way}"] = np.array([[9, 8, 7, 6, 9, 8, 7, 6, 9, 30]] * 3), way
        cases[f"with a large corpus, {way}"] = 1000 * corpus(rng, 2000, 30, 0)[0], way
        cases |= {f"draw {k}, {way}": (corpus(rng, 3, 5, 0)[0], way) for k in range(8)}
    sizes = {"m": 130, "longest": 30, "way": (0, 2)}
    checks.agrees(bleu_from_counts, with_fractions, corpus, sizes=sizes, cases=cases, apart=False)
    theirs, sums = (
        {"none": 0, "add-one": 0.38077363273393885, "exp": 0.3047222741335143},
        [6, 3, 1, 0, 8, 6, 4, 2, 8, 10],
    )
    for way, score in theirs.items():
        checks.close(f"what sacrebleu 2.6 has with {way}", bleu_from_counts(np.array([sums]), way), score)
    for wrong in ("add", "Exp", "add one", "", None, "NONE", 1, "floor"):
        checks.raises(f"smoothing {wrong!r}", ValueError, bleu_from_counts, counts, wrong)
        checks.raises(f"smoothing {wrong!r}, no matches", ValueError, bleu_from_counts, 0 * counts, wrong)
    ### END HIDDEN TESTS

# %% [markdown]
# Do we agree with **sacrebleu**, the tool whose figures are printed in articles? Its version 2.6 was given two sentences once, with two references each. Its three figures stand in the cell.

# %%
candidates = ["the clocks struck thirteen".split(), "he then ran upstairs".split()]
references = [["the clocks were striking thirteen".split(), "all clocks struck thirteen at once".split()]]
references += [["he went up the stairs".split(), "quickly he ran up the stairs".split()]]
counts = bleu_counts(candidates, references)
print("sums:", counts.sum(axis=0))
for smoothing, theirs in (("none", 0.0), ("add-one", 38.077363273393885), ("exp", 30.47222741335143)):
    print(f"{smoothing:8} ours {100 * bleu_from_counts(counts, smoothing):.9f}   sacrebleu {theirs:.9f}")

# %% [markdown]
# ## 4. Two systems
#
# *Which one translates better?*
#
# Our data hold short verses of the Bible in Spanish and English. Two simple systems translate the 228 verses of the test set from Spanish to English:
#
# - **memory**: it looks for the Spanish verse of the training set whose words are most like those of the new one, and returns *its* English translation.
# - **word by word**: it learns from the pairs which English word goes with which Spanish word (the first model of Brown and others, 1993, in the cell), and translates each word by itself. It knows nothing of grammar, and a word that it never saw stays Spanish.
#
# A third system is *word by word* again, but it has learned from half of the pairs.


# %%
def tokens(text):
    """Words and marks of a text, in small letters."""
    return re.findall(r"\w+|[^\w\s]", text.lower())


def learn_words(sources, targets, rounds=8):
    """For each word of the sources the word of the targets that goes with it, by expectation maximisation."""
    rows = {word: k for k, word in enumerate(sorted({word for source in sources for word in source}))}
    columns = {word: k for k, word in enumerate(sorted({word for target in targets for word in target}))}
    table, names = np.ones((len(rows), len(columns)), np.float32), list(columns)
    for _ in range(rounds):
        counted = np.zeros_like(table)
        for source, target in zip(sources, targets, strict=True):
            place = np.ix_([rows[word] for word in source], [columns[word] for word in target])
            np.add.at(counted, place, table[place] / table[place].sum(axis=0))
        table = counted / counted.sum(axis=1, keepdims=True)
    return {word: names[table[k].argmax()] for word, k in rows.items()}


def remember(sentence, sources, targets):
    """The target of the source that shares most words with the sentence, for the lengths of both."""
    words = Counter(sentence)
    shared = [2 * (words & Counter(source)).total() / (len(sentence) + len(source)) for source in sources]
    return targets[int(np.argmax(shared))]


# %%
# The data call English the source; here we translate the other way round.
spanish, english = [*map(tokens, pairs.target_train)], [*map(tokens, pairs.source_train)]
spanish_test, truth = [*map(tokens, pairs.target_test)], [[tokens(text)] for text in pairs.source_test]
dictionary, half = learn_words(spanish, english), learn_words(spanish[:455], english[:455])
systems = {"memory": [remember(sentence, spanish, english) for sentence in spanish_test]}
systems["word by word"] = [[dictionary.get(word, word) for word in sentence] for sentence in spanish_test]
systems["with half the pairs"] = [[half.get(word, word) for word in sentence] for sentence in spanish_test]
counted = {name: bleu_counts(outputs, truth) for name, outputs in systems.items()}
for k in (4, 5):
    print("Spanish:", " ".join(spanish_test[k]), "\nEnglish:", " ".join(truth[k][0]))
    print("\n".join(f"    {name}: {' '.join(outputs[k])}" for name, outputs in systems.items()), "\n")
for name, counts in counted.items():
    sums = counts.sum(axis=0)
    shares = " ".join(f"{right / all_of_them:.3f}" for right, all_of_them in zip(sums[:4], sums[4:8], strict=True))
    score = 100 * bleu_from_counts(counts, "none")
    print(f"{name:20} BLEU {score:5.2f}   precisions {shares}   length {sums[8] / sums[9]:.3f} of the references")

# %% [markdown]
# *What to notice.* By BLEU, *memory* is a little ahead of *word by word*. But read the translations: *memory* writes perfect English about something else. Its n-grams of four words are real English, and some of them fit by luck, for the verses are full of "the son of". *Word by word* has more single words right. BLEU sees which words are alike, not what they mean.
#
# ## 5. Is it luck?
#
# *Would the same system win on other sentences?*
#
# The 228 sentences are a sample. With others the scores would differ. We cannot translate all Spanish sentences, but we can draw **new samples from our own**: 228 sentences with replacement, so that some come twice and others not at all. This is the **bootstrap**. It is **paired**: in each sample both systems are judged on the *same* sentences. The share of samples in which one system has the higher score tells how sure we are (Koehn, 2004).
#
# The sums over a sample only need the rows of the ten numbers. Nothing is translated again.
#
# *On paper.* Three sentences, two samples: rows 0, 0, 2 and rows 1, 2, 2. In the first sample, sentence 0 counts twice and sentence 1 not at all. If A has the higher BLEU in the first sample and both have the same in the second, the share of A is $(1 + 0.5)/2 = 0.75$.
#
# ### Exercise 5: `paired_bootstrap`


# %% exercise="paired_bootstrap"
def paired_bootstrap(counts_A, counts_B, samples):
    """The share of samples in which system A has the higher BLEU; equal scores count one half.

    Args:
        counts_A, counts_B: the ten numbers of each sentence for two systems, whole numbers, shape (m, 10) each.
        samples: n samples of k sentences each, whole numbers from 0 to m - 1, shape (n, k), n >= 1, k >= 1. k may
            differ from m, and a sentence may occur several times in a sample.

    Returns:
        A number from 0 to 1. BLEU is without smoothing. Scores (from 0 to 1) that differ by
        less than 1e-12 are equal: rounding must not decide.
    """
    # 1. For each sample: the rows of both systems. 2. Two scores. 3. Who wins?
    ### BEGIN SOLUTION
    wins = []
    for rows in samples:
        a, b = (bleu_from_counts(counts[rows], "none") for counts in (counts_A, counts_B))
        rounding = 1e-12  # equivalent "1e-12 → 2e-12": no difference lies there
        tie = abs(a - b) < rounding  # equivalent "< → <=": no difference lies there
        wins.append(0.5 if tie else float(a > b))  # equivalent "> → >=": ties are dealt with
    return np.mean(wins)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `counts[rows]` with an array of row numbers has these rows in this order, also one row several times.
# </details>

# %% check="paired_bootstrap" points=2
with checks.exercise("paired_bootstrap"):
    A = np.array([[9, 7, 5, 4, 9, 8, 7, 6, 9, 9], [4, 2, 1, 1, 8, 7, 6, 5, 8, 8], [6, 4, 3, 2, 9, 8, 7, 6, 9, 9]])
    B = np.array([[8, 6, 4, 3, 9, 8, 7, 6, 9, 9], [8, 6, 4, 3, 8, 7, 6, 5, 8, 8], [6, 4, 3, 2, 9, 8, 7, 6, 9, 9]])
    samples = np.array([[0, 0, 2], [1, 2, 2], [2, 2, 2], [0, 1, 2], [0, 0, 0]])
    checks.unchanged(paired_bootstrap, A, B, samples)
    slips = {"equal scores count one half, not nothing": 0.4, "equal scores count one half, not one": 0.6}
    checks.close("paired_bootstrap(A, B, samples)", paired_bootstrap(A, B, samples), 0.5, mistakes=slips)
    checks.close(
        "for the first and third sample",
        paired_bootstrap(A, B, samples[[0, 2]]),
        0.75,
        mistakes={"count where A wins, not B": 0.25},
    )
    ### BEGIN HIDDEN TESTS

    def sample_by_sample(counts_A, counts_B, samples):
        def score(counts, rows):
            sums = [sum(int(counts[row, k]) for row in rows) for k in range(10)]
            if 0 in sums[:8]:
                return 0.0
            product = np.prod([right / total for right, total in zip(sums[:4], sums[4:8], strict=True)])
            return float(product**0.25 * np.exp(min(0, 1 - sums[9] / sums[8])))

        wins = 0.0
        for rows in samples.tolist():
            difference = score(counts_A, rows) - score(counts_B, rows)
            wins += 0.5 if abs(difference) < 1e-12 else difference > 0
        return wins / len(samples)

    def systems_of(rng, m, n, k):
        lengths = rng.integers(4, 12, m)
        totals = lengths[:, None] - np.arange(4)
        two = []
        for _ in range(2):
            matches = np.minimum.accumulate(rng.integers(0, totals + 1), axis=1)
            two.append(np.hstack([matches, totals, lengths[:, None], lengths[:, None] + rng.integers(-1, 2, (m, 1))]))
        return *two, rng.integers(0, m, (n, k))

    rng = np.random.default_rng(4)
    A, B, samples = systems_of(rng, 9, 60, 9)
    cases = {"with equal systems": (A, A.copy(), samples), "with the systems exchanged": (B, A, samples)}
    cases |= {
        "with samples of one sentence": (A, B, samples[:, :1]),
        "with all sentences once": (A, B, np.arange(9)[None]),
    }
    cases |= {
        "with sentences in another order": (A, A[::-1].copy(), np.arange(9)[None]),
        "with no matches": (0 * A, 0 * B, samples),
    }
    sizes = {"m": 105, "n": 104, "k": 110}
    large = 10**7 * np.array([[9, 7, 5, 4, 9, 8, 7, 6, 9, 9]])
    low = np.array([[1, 1, 1, 1, 1000, 999, 998, 997, 1000, 1000]])
    once, lower = np.zeros((1, 1), int), low + [0, 0, 0, 0, 99, 99, 99, 99, 99, 99]
    cases |= {
        "with scores that hardly differ": (large, large - (np.arange(10) == 0), once),
        "low scores": (low, lower, once),
    }
    ways = np.array(
        [[[20, 12], [24, 10], [18, 10], [28, 6], [21, 8]], [[16, 15], [20, 12], [15, 12], [24, 7], [14, 12]]]
    )
    rest = np.tile([5, 3, 30, 29, 28, 27, 30, 30], (2, 5, 1))
    cases |= {"with equal products of other factors": (*np.concatenate([ways, rest], axis=2), np.arange(5)[:, None])}
    checks.agrees(paired_bootstrap, sample_by_sample, systems_of, sizes=sizes, cases=cases, apart=False)
    ### END HIDDEN TESTS

# %%
rng = np.random.default_rng(0)
samples = rng.integers(0, len(truth), (1000, len(truth)))
for one, other in (("memory", "word by word"), ("word by word", "with half the pairs")):
    share = paired_bootstrap(counted[one], counted[other], samples)
    print(f"{one!r} is ahead of {other!r} in {share:.1%} of 1,000 samples")

figure, axis = plt.subplots(figsize=(7, 4))
for name, style in zip(counted, ("-", "--", ":"), strict=True):
    scores = [100 * bleu_from_counts(counted[name][rows], "none") for rows in samples]
    axis.hist(scores, bins=np.arange(8, 23, 0.5), histtype="step", linestyle=style, linewidth=2, label=name)
axis.set(xlabel="BLEU (times 100) of a sample", ylabel="samples", title="The scores of samples overlap")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* *Memory* is ahead of *word by word* in the whole test set, but only in about two thirds of the samples: with 228 sentences we cannot say which is better. That *word by word* learns more from twice as many pairs is nearly certain. A common rule asks for 95 %.
#
# The histograms overlap more than these shares suggest. The samples differ in how difficult their sentences are, and this moves *all* systems together. The paired comparison does not suffer from that.

# %% [markdown]
# ## What you built
#
# - `clipped_matches`: n-grams that count at most as often as in one reference.
# - `closest_length` and `brevity_penalty`: the price of leaving words out.
# - `bleu_counts` and `bleu_from_counts`: BLEU as sacrebleu computes it, with two ways of smoothing.
# - `paired_bootstrap`: how sure it is that one system is better.
#
# ## On your own
#
# 1. Shuffle the words within each output of *word by word*. Which precisions change, and which one cannot?
# 2. **chrF** (Popović, 2015) compares n-grams of *characters* by precision and recall, $F = (1 + 2^2) \frac{P R}{2^2 P + R}$, with $P$ and $R$ as means over $n$ from 1 to 6, without spaces. Write it. Which of our two systems does it prefer, and why?
# 3. Really hard: let *word by word* choose, among the three likeliest translations of each word, by a bigram model of English that you count on the training set. Find the best sequence by dynamic programming. How much BLEU does it gain, and is the gain sure?
#
# ## In practice
#
# - Use sacrebleu, and report its signature, too. BLEU depends on how text is cut into words: figures from different tools cannot be compared.
# - A BLEU of 30 in one language pair says nothing about another pair, or about other texts.
# - Today, learned measures such as COMET are nearer to the judgement of people than BLEU. A person who reads both languages has the last word.
#
# ## References
#
# - Course 5, week 3, lecture 6.
# - K. Papineni, S. Roukos, T. Ward and W.-J. Zhu (2002), BLEU: A Method for Automatic Evaluation of Machine Translation, ACL.
# - C.-Y. Lin and F. Och (2004), ORANGE: A Method for Evaluating Automatic Evaluation Metrics for Machine Translation, COLING.
# - B. Chen and C. Cherry (2014), A Systematic Comparison of Smoothing Techniques for Sentence-Level BLEU, WMT.
# - P. Koehn (2004), Statistical Significance Tests for Machine Translation Evaluation, EMNLP.
# - M. Post (2018), A Call for Clarity in Reporting BLEU Scores, WMT (sacrebleu).
# - P. Brown, S. Della Pietra, V. Della Pietra and R. Mercer (1993), The Mathematics of Statistical Machine Translation, Computational Linguistics 19.
