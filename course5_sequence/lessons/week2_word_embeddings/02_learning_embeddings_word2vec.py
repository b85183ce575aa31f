# %% [markdown]
# You will learn word vectors yourself, from about 190,000 words of plain text in which nobody has marked anything.
# You will build Word2Vec: pairs of neighbouring words, three ways to predict one from the other, and the training.

# %% [markdown]
# ## What you will be able to do
#
# - turn text into a task with labels that cost nothing: guess a word that stands near;
# - write the loss and the gradient of skip-gram with the full softmax, and say why it is slow;
# - write two ways out: hierarchical softmax and negative sampling;
# - draw the words that are kept, and the negative examples, from the right distributions;
# - train word vectors, and compare them honestly with counting and with vectors from much more text.
#
# **What you need:** [word representation](01_word_representation.ipynb); [the embedding layer](../week1_recurrent_networks/02_rnn_and_backpropagation_through_time.ipynb) of week 1; [logistic regression](../../../course1_nn/release/week2_neural_network_basics/01_logistic_regression.ipynb) and [softmax](../../../course2_improving/release/week3_tuning_batchnorm_frameworks/03_softmax_classifier.ipynb).

# %%
import heapq
import re
import sys
import time
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.sequences import embedding_backward, embedding_forward
from shared_utils.nn.softmax import softmax

plots.use_style()

texts = [part for work in ("hamlet", "sonnets") for part in data.load_shakespeare(work).split("\n\n")]
for pairs in (data.load_verse_pairs(), data.load_phrase_pairs("de")):
    texts += [*pairs.source_train, *pairs.source_test]
reviews = data.load_sentiment()
texts += [*reviews.x_train, *reviews.x_test]
split = [re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower()) for text in texts]
all_counts = Counter(word for sentence in split for word in sentence)
words = [word for word, _ in all_counts.most_common(1500)]
index, counts = {word: k for k, word in enumerate(words)}, np.array([all_counts[word] for word in words])
sentences = [np.array([index[word] for word in each if word in index], dtype=np.int64) for each in split]
print(f"{sum(all_counts.values())} words, {len(all_counts)} different ones")
print(f"the {len(words)} most frequent make {counts.sum() / sum(all_counts.values()):.0%} of the text")

# %% [markdown]
# The text is all the English of this course: *Hamlet*, the sonnets, short sentences of the Bible, names of emoji, and sentences from film reviews. We keep the 1,500 most frequent words. The other words are left out of the sentences. The rarest of the kept words occurs 14 times.
#
# 190,000 words are very little. GloVe read 6,000 million. So we cannot expect the vectors of the last lesson, and we will measure how near we come.
#
# ## 1. A task that labels itself
#
# *Where do the labels come from?*
#
# Bengio and others (2003) learned word vectors with a **neural language model**: look up the vectors of the last four words, stack them, and let a network with one hidden layer and a softmax predict the next word. The embedding matrix $E$ is learned together with the weights. The word to predict is the **target**, and the words that it is predicted from are the **context**.
#
# A language model needs the words before. If we only want good vectors, other contexts will do: four words on the left and four on the right, the last word only, or **one word that stands near**. The last one is the simplest, and it works well. It is called **skip-gram** (Mikolov and others, 2013). (**CBOW**, its sister, predicts the middle word from the mean of the vectors around it.)
#
# The two words of a pair have several names:
#
# | | the word that we predict *from* | the word that we predict |
# |---|---|---|
# | the lecture, and our formulas | the context $c$ | the target $t$ |
# | papers | the **centre** of a window | one of its **contexts** |
# | our code | `centres` | `contexts` |
#
# So every place of a sentence is a centre once. Each word at most `window` places away from it, on either side, makes one pair (centre, context). The window ends where the sentence ends.
#
# *On paper.* The sentence is `[4, 7, 4, 9]` and the window is 1. The centre 4 at the first place has one context, 7. The centre 7 has two, 4 and 4. The second 4 has 7 and 9. The 9 has 4. That is six pairs: $(4, 7), (7, 4), (7, 4), (4, 7), (4, 9), (9, 4)$.
#
# ### Exercise 1: `context_pairs`


# %% exercise="context_pairs"
def context_pairs(sentence, window):
    """All pairs of a centre and one of its contexts in a sentence.

    Args:
        sentence: the words of one sentence, an int64 array of shape (T,), T >= 0.
        window: how many places a context may be away from its centre, on each side, a whole number >= 0; it may be
            larger than T.

    Returns:
        centres, contexts: two int64 arrays of shape (n,), where n is the number of pairs; n may be 0. The centres come
        in the order of the sentence, and the contexts of each centre from left to right. A place is not its own
        context, but the same word at another place is.
    """
    # 1. For each place, the words before and after it that are near enough. 2. The centre once for each of them.
    ### BEGIN SOLUTION
    line, centres, contexts = sentence.tolist(), [], []
    for place, word in enumerate(line):
        around = line[max(0, place - window) : place] + line[place + 1 : place + 1 + window]
        centres += [word] * len(around)
        contexts += around
    return np.array(centres, dtype=np.int64), np.array(contexts, dtype=np.int64)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# With `line = sentence.tolist()`, the words before place `i` are `line[max(0, i - window) : i]`. Without `max`, a start below 0 would count from the end.
# </details>
#
# <details><summary>Hint 2</summary>
#
# Collect two lists, and make arrays of them at the end. `np.array([], dtype=np.int64)` keeps the number type when there is no pair.
# </details>

# %% check="context_pairs" points=2
with checks.exercise("context_pairs"):
    line, called = np.array([4, 7, 4, 9]), "context_pairs([4, 7, 4, 9], 1)"
    checks.unchanged(context_pairs, line, 1)
    centres, contexts = checks.results(called, context_pairs(line, 1), ["centres", "contexts"])
    checks.that(np.size(centres) != 10, f"{called}: got 10 pairs, expected 6: a place is not its own context")
    checks.that(np.size(centres) != 3, f"{called}: got 3 pairs, expected 6: the window has two sides")
    checks.close("centres", centres, [4, 7, 7, 4, 4, 9])
    checks.close("contexts", contexts, [7, 4, 4, 7, 9, 4], mistakes={"from left to right": [7, 4, 4, 9, 7, 4]})
    centres, contexts = context_pairs(line, 2)
    checks.that(np.size(centres) != 8, "window 2: the same word at another place is a context")
    checks.close("centres with window 2", centres, [4, 4, 7, 7, 7, 4, 4, 4, 9, 9])
    checks.close("contexts with window 2", contexts, [7, 4, 4, 4, 9, 4, 7, 9, 7, 4])
    checks.shape("centres of a sentence of one word", context_pairs(line[:1], 3)[0], (0,))
    ### BEGIN HIDDEN TESTS

    def by_places(sentence, window):
        places = np.arange(len(sentence))
        gap = np.abs(places[:, None] - places)
        first, second = np.nonzero((gap > 0) & (gap <= window))
        return sentence[first], sentence[second]

    def problem(rng, T, window):
        return rng.integers(0, 7, T), window

    cases = {f"with the words {s} and window {w}": (np.array(s, dtype=int), w) for s in ([], [3], [0, 0, 0], [5, 2, 5])
             for w in (0, 1, 2, 50)}  # fmt: skip
    cases |= {"with numbers of words above 1,000": (np.arange(3000, 2980, -1), 4)}
    cases |= {f"with window {w} in 120 words": (np.arange(120) % 11, w) for w in (40, 119, 200)}
    sizes = {"T": (0, 300), "window": (0, 9)}
    checks.agrees(context_pairs, by_places, problem, sizes=sizes, returns=["centres", "contexts"], cases=cases)
    for size, window in ((0, 2), (1, 2), (6, 0), (6, 2)):
        for name, found in zip(["centres", "contexts"], context_pairs(np.arange(size), window), strict=True):
            what = f"{name} of context_pairs with T = {size}, window = {window}"
            checks.that(found.dtype == np.int64, f"{what}: expected an array of int64, got {found.dtype}")
    ### END HIDDEN TESTS

# %%
example = np.array([index[word] for word in "to be or not to be".split()])
for window in (1, 2):
    centres, contexts = context_pairs(example, window)
    shown = ", ".join(f"({words[c]}, {words[t]})" for c, t in zip(centres[:9], contexts[:9], strict=True))
    print(f"window {window}: {len(centres)} pairs: {shown}, ...")

# %% [markdown]
# *What to notice.* Nobody has labelled anything, and still every pair is an example with a label: input *to*, label *be*. The task is impossible to do well, because many words can stand near *to*. That does not matter. We do not want the predictions. We want the vectors that make them as good as they can be.
#
# ## 2. Frequent words
#
# *Must we learn from every "the"?*
#
# The four words *the*, *and*, *a* and *of* make 18 % of the words that are left in our sentences. A pair such as (*king*, *the*) says little about *king*, because *the* stands near every noun. Word2Vec therefore leaves out frequent words at random, before it makes the pairs. This is **subsampling**. If the word $w$ makes the share $f_w$ of the text (here of the words that are left), each of its places is kept with probability
#
# $$p_w = \min\left(1, \sqrt{t / f_w}\right) ,$$
#
# with a threshold $t$. Words with $f_w \le t$ are always kept. With $f_w = 100\, t$ one place in ten is kept. Each place is decided by itself, and in each epoch anew.
#
# *On paper.* Four words have counts 50, 32, 10 and 8, so $f = (0.5, 0.32, 0.1, 0.08)$. With $t = 0.08$: $\sqrt{0.08/0.5} = 0.4$, then $\sqrt{0.08 / 0.32} = 0.5$, then $\sqrt{0.8} \approx 0.894$, and $1$.
#
# ### Exercise 2: `subsample`


# %% exercise="subsample"
def subsample(indices, counts, t, rng):
    """Which places of a text are kept, drawn at random, so that frequent words are kept less often.

    Args:
        indices: the words of the text, int64, shape (n,), n >= 0, from 0 to n_v - 1.
        counts: how often each word occurs in all texts, shape (n_v,), whole numbers or floats above 0. The share f of
            a word is its count divided by the sum of all counts. (`indices` may be a small part of the texts.)
        t: the threshold, a number above 0; it may be above 1.
        rng: a NumPy Generator, from which all draws come.

    Returns:
        kept: a boolean array of shape (n,), True where the place is kept. Each place is drawn by itself, also where
            the same word comes again.
        p: the probability with which each place was kept, shape (n,), min(1, sqrt(t / f)) of its word.
    """
    # 1. The share of each word, and its probability. 2. The probability of each place. 3. One draw for each place.
    ### BEGIN SOLUTION
    f = counts / np.sum(counts)
    p = np.minimum(1, np.sqrt(t / f))[indices]
    return rng.random(len(indices)) < p, p  # equivalent "< → <=": a draw is equal to p with probability 0
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `probabilities[indices]` gives the probability of the word at each place, from an array with one probability for each word.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `rng.random(n) < p` is True with probability `p`, at each place by itself.
# </details>

# %% check="subsample" points=2
with checks.exercise("subsample"):
    line, four, rng = np.array([3, 0, 1, 2, 3, 1, 0]), np.array([50, 32, 10, 8]), np.random.default_rng(0)
    checks.unchanged(subsample, line, four, 0.08, rng)
    called = "subsample([3, 0, 1, 2, 3, 1, 0], [50, 32, 10, 8], 0.08, rng)"
    kept, p = checks.results(called, subsample(line, four, 0.08, rng), ["kept", "p"])
    right = np.array([1, 0.4, 0.5, 0.894427, 1, 0.5, 0.4])
    slips = {"where is the square root?": right**2, "this is the probability to leave out": 1 - right}
    slips |= {"divide the counts by their sum": right / 10}
    share = np.array([0.52915, 0.52915, 0.52915, 0.748331, 0.52915, 0.52915, 0.52915])
    slips |= {"the share is that in all texts; use counts alone": share}
    checks.close("p", p, right, rtol=1e-5, mistakes=slips)
    checks.close("p with t = 10", subsample(line, four, 10, rng)[1], np.ones(7))
    checks.shape("kept", kept, (7,))
    checks.that(kept.dtype == bool, f"kept: expected True and False, got numbers of type {kept.dtype}")
    many = subsample(np.repeat([0, 3], 4000), four, 0.08, rng)[0]
    often = many[:4000].mean()
    checks.that(0 < often < 1, "each place needs a draw of its own, also where the same word comes again")
    checks.that(abs(often - 0.6) > 0.04, "word 0: kept is True where the place is to be left out")
    checks.that(abs(often - 0.4) < 0.04, f"word 0: kept is True for {100 * often:.0f} %, not for 40 %")
    checks.that(bool(many[4000:].all()), "word 3 has p = 1, so all its places are kept")
    ### BEGIN HIDDEN TESTS

    def probabilities(indices, counts, t):
        return subsample(indices, counts, t, np.random.default_rng(0))[1]

    def place_by_place(indices, counts, t):
        total = sum(float(count) for count in counts)
        found = np.zeros(len(indices))
        for place, word in enumerate(indices):
            share = float(counts[word]) / total
            found[place] = 1.0 if share <= t else (t / share) ** 0.5
        return found

    def problem(rng, n, n_v):
        return rng.integers(0, n_v, n), rng.integers(1, 400, n_v), float(10 ** rng.uniform(-3, 0))

    own = np.random.default_rng(2)
    zipf = 100000 // np.arange(1, 1201)
    cases = {f"with t = {t:g}": (own.integers(0, 1200, 40), zipf, t) for t in (1e-9, 1e-5, 1e-3, 0.5, 1, 1.0, 30)}
    cases |= {"with counts above 10^10": (np.array([1, 0, 2]), np.array([10**12, 10**11, 5]), 1e-4)}
    cases |= {"with one word": (np.zeros(5, dtype=int), np.array([9]), 0.25), "no place": (zipf[:0], zipf, 0.1)}
    cases |= {"with counts that are shares": (np.array([0, 1, 1]), np.array([0.9, 0.1]), 0.3)}
    checks.agrees(
        probabilities, place_by_place, problem, sizes={"n": (0, 1100), "n_v": 300}, types=["counts"], cases=cases
    )
    checks.equal("kept for no place, its type", str(subsample(zipf[:0], zipf, 0.1, own)[0].dtype), "bool")
    texts_drawn = {
        "one word": (np.zeros(7, dtype=int), np.array([6, 4]), 0.1),
        "one place": (np.array([1]), zipf, 1e-3),
    }
    texts_drawn |= {"many words": (own.integers(0, 1200, 1500), zipf, 1e-3), "all kept": (np.arange(90), zipf, 2)}
    texts_drawn |= {"repeated": (np.repeat([0, 5, 2], 50), zipf[:9], 0.01)}
    rare = [subsample(np.zeros(3000, int), np.array([9, 1]), 1e-6, own)[0].sum() for _ in range(20)]
    checks.that(20 < sum(rare) < 120, f"60,000 places with p = 0.00105: {sum(rare)} are kept, expected about 63")
    for number, (what, (line, counts_drawn, t)) in enumerate(texts_drawn.items()):
        rng = np.random.default_rng(20 + number)
        calls = np.array(
            [subsample(line, counts_drawn, t, rng)[0] for _ in range(max(40, min(3000, 30000 // len(line))))]
        )
        p, u = place_by_place(line, counts_drawn, t), own.random(calls.shape)
        checks.that(calls.dtype == bool, "kept: expected a boolean array")
        checks.uniform(f"kept of {what}, called again and again", np.where(calls, u * p, p + u * (1 - p)))
    again = [subsample(np.arange(200), zipf, 1e-4, np.random.default_rng(seed))[0] for seed in (3, 3, 4)]
    checks.that(np.array_equal(*again[:2]), "the same state of rng should give the same draws: draw from rng alone")
    checks.that(not np.array_equal(*again[1:]), "another rng should give other draws: draw from rng")
    ### END HIDDEN TESTS

# %%
threshold = 1e-3
flat = np.concatenate(sentences)
kept, p = subsample(flat, counts, threshold, np.random.default_rng(0))
print(f"of {len(flat)} places {kept.mean():.0%} are kept")
figure, axis = plt.subplots(figsize=(7, 3.8))
shares = counts / counts.sum()
axis.scatter(shares[flat[:4000]], p[:4000], s=8)
for word in ("the", "of", "not", "king"):
    place = np.flatnonzero(flat == index[word])[0]
    axis.annotate(word, (shares[index[word]], p[place]), xytext=(5, 5), textcoords="offset points")
axis.axvline(threshold, color=plots.COLORS[1], linestyle="--", label="threshold t")
axis.set(xscale="log", xlabel="share of the text (log scale)", ylabel="probability to be kept", ylim=(0, 1.05))
axis.set_title("The more frequent a word, the fewer of its places are kept")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* Words to the left of the dashed line are always kept. Of *the*, fewer than one place in five is kept. About 60 % of all places are left, and of the pairs only about half. There is a second effect: since the left-out words disappear before the pairs are made, a window of five reaches farther. Mikolov and others report better vectors with it. Our text is so small that each pair counts: at the same number of steps our vectors come out a little better *without* it. We keep it because it is a part of Word2Vec; the first task of *On your own* tries both.
#
# ## 3. Skip-gram with the full softmax
#
# *How likely is the word t near the word c?*
#
# Each word $j$ has two vectors: $e_j$, column $j$ of $E$, used when it is the centre, and $\theta_j$, column $j$ of a matrix $\Theta$, used when it is the word to be predicted. Both matrices have the shape $(n_e, n_v)$. The score of word $j$ is $z_j = \theta_j^T e_c$, and the softmax over all words makes probabilities of the scores:
#
# $$p(t \mid c) = \frac{\exp(\theta_t^T e_c)}{\sum_{j=1}^{n_v} \exp(\theta_j^T e_c)} , \qquad \mathcal{L} = -\log p(t \mid c) .$$
#
# This is softmax regression with $e_c$ as the input. So the derivative with respect to the scores is what you know: $dz_j = p(j \mid c) - 1\{j = t\}$. The scores depend on both matrices:
#
# $$d\theta_j = dz_j \, e_c , \qquad de_c = \sum_{j=1}^{n_v} dz_j \, \theta_j .$$
#
# For $m$ pairs we take the mean of the losses. If a word is the centre of several pairs, its column of $dE$ is the **sum** of what they give, each with $1/m$. The columns of words that are no centre are 0.
#
# *On paper*, $n_e = 1$, $e_c = 1$ and $\theta = (0, \log 2, \log 5)$. The exponentials are $1, 2, 5$, so the probabilities are $\frac18, \frac14, \frac58$. Let $t$ be the second word. The loss is $\log 4 \approx 1.386$. Then $dz = (\frac18, -\frac34, \frac58)$. This is also $d\theta$, because $e_c = 1$. And $de_c = -\frac34 \log 2 + \frac58 \log 5 \approx 0.486$.
#
# ### Exercise 3: `skip_gram_loss`


# %% exercise="skip_gram_loss"
def skip_gram_loss(E, theta, centres, contexts):
    """The mean loss of skip-gram with the softmax over all words, and its gradients.

    Args:
        E: the vectors of words as centres, shape (n_e, n_v), floats or whole numbers.
        theta: the vectors of words as contexts, shape (n_e, n_v), floats or whole numbers.
        centres, contexts: m >= 1 pairs of words, int64, each of shape (m,), from 0 to n_v - 1. Words may come again.

    Returns:
        loss: the mean over the pairs of -log p(context | centre), a number. It is exact and finite also where scores
            are 1,000 apart or more, and so are the derivatives.
        dE, dtheta: its derivatives with respect to E and theta, shape (n_e, n_v) each. They are arrays of floats, also
            where E and theta hold whole numbers.
    """
    # 1. The scores (n_v, m). 2. The loss, from the logarithm of the sum. 3. dz. 4. Back to theta and to the centres.
    ### BEGIN SOLUTION
    m, n_v = len(centres), E.shape[1]
    e = E[:, centres]
    z = theta.T @ e
    highest = z.max(axis=0)
    log_sum = highest + np.log(np.sum(np.exp(z - highest), axis=0))
    pairs = contexts, np.arange(m)
    loss = np.mean(log_sum - z[pairs])
    dz = softmax(z)
    dz[pairs] -= 1
    dz /= m
    return float(loss), embedding_backward(theta @ dz, centres, n_v), e @ dz.T
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `E[:, centres]` is $(n_e, m)$, one column for each pair. `theta.T @ E[:, centres]` holds all scores. `softmax` from course 2 is imported, and it is made for columns.
# </details>
#
# <details><summary>Hint 2</summary>
#
# $-\log p(t \mid c) = \log \sum_j \exp(z_j) - z_t$. Subtract the largest score in each column before `np.exp`, and add it again after the logarithm. The scores of the contexts are `z[contexts, np.arange(m)]`.
# </details>
#
# <details><summary>Hint 3</summary>
#
# `dE[:, centres] += ...` keeps only one of the pairs of a word that comes again. `embedding_backward(de, centres, n_v)` from week 1 adds them all up, for `de` of shape $(n_e, m)$. It gives an array of shape $(n_e, n_v)$.
# </details>

# %% check="skip_gram_loss" points=3
with checks.exercise("skip_gram_loss"):
    E3, theta3 = np.array([[1.0, 0, 2], [0, 1, 1]]), np.log([[1.0, 2, 5], [3, 1, 1]])
    centres, contexts = np.array([0, 1, 0, 1]), np.array([1, 0, 2, 2])
    checks.unchanged(skip_gram_loss, E3, theta3, centres, contexts)
    found = skip_gram_loss(E3, theta3, centres, contexts)
    loss, dE, dtheta = checks.results("skip_gram_loss(E, theta, centres, contexts)", found, ["loss", "dE", "dtheta"])
    checks.close("loss", loss, 0.99414, rtol=1e-5, mistakes={"the sum over the pairs; take the mean": 3.976562})
    right = np.array([[0.013946, -0.172101, 0], [0.068663, 0.054931, 0]])
    slips = {"add up what a word gets from all its pairs": [[-0.107563, -0.28723, 0], [0.034332, 0.164792, 0]]}
    checks.close("dE", dE, right, rtol=5e-5, mistakes={**slips, "the pairs count in full; divide by m": 4 * right})
    slips = {"where is the 1 of the true word?": [[0.0625, 0.125, 0.3125], [0.3, 0.1, 0.1]]}
    checks.close("dtheta", dtheta, [[0.0625, -0.125, 0.0625], [0.05, 0.1, -0.15]], mistakes=slips)
    far = skip_gram_loss(1000 * E3, theta3, np.array([0]), np.array([0]))[0]
    checks.close("the loss with a score 1609 above that of the context", far, 1609.437912)
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(E, theta, centres, contexts):
        E, theta = np.array(E, dtype=float), np.array(theta, dtype=float)
        loss, dE, dtheta = 0.0, np.zeros(E.shape), np.zeros(E.shape)
        for c, t in zip(centres.tolist(), contexts.tolist(), strict=True):
            z = [float(np.dot(theta[:, j], E[:, c])) for j in range(E.shape[1])]
            log_sum = np.logaddexp.reduce(z)
            loss += log_sum - z[t]
            for j, score in enumerate(z):
                slope = np.exp(score - log_sum) - (j == t)
                dtheta[:, j] += slope * E[:, c] / len(centres)
                dE[:, c] += slope * theta[:, j] / len(centres)
        return loss / len(centres), dE, dtheta

    def problem(rng, n_e, n_v, m):
        E, theta = rng.normal(0, 1, (n_e, n_v)), rng.normal(0, 1, (n_e, n_v))
        return E, theta, rng.integers(0, n_v, m), rng.integers(0, n_v, m)

    rng = np.random.default_rng(3)
    E5, theta5, c5, t5 = problem(rng, 3, 5, 8)
    cases = {"with one centre in all pairs": (E5, theta5, np.full(8, 4), t5), "square": problem(rng, 4, 4, 4)}
    cases |= {"with one context in all pairs": (E5, theta5, c5, np.full(8, 2))}
    cases |= {"with pairs (j, j)": (E5, theta5, c5, c5)}
    twins = 1000 * np.eye(3)[:, [0, 0, 1, 2, 2]], np.eye(3)[:, [0, 0, 1, 2, 2]]
    cases |= {"with equal large scores": (*twins, c5, t5)}
    cases |= {"with scores of some thousands": (300 * E5, 10 * theta5, c5, t5), "E = theta": (E5, E5.copy(), c5, t5)}
    cases |= {"with whole numbers everywhere": (np.rint(2 * E5).astype(int), np.rint(3 * theta5).astype(int), c5, t5)}
    domain = {"real": {"E": 1e3, "theta": 1e3}, "types": ["E", "theta"], "cases": cases, "atol": 1e-13}
    domain |= {"returns": ["loss", "dE", "dtheta"]}
    checks.agrees(skip_gram_loss, pair_by_pair, problem, sizes={"n_e": 130, "n_v": 260, "m": 1050}, **domain)

    def mean_loss(E, theta):
        z = theta.T @ E[:, c5]
        return np.mean(np.log(np.exp(z).sum(axis=0)) - z[t5, np.arange(8)])

    found = skip_gram_loss(E5, theta5, c5, t5)
    for name, derivative, right in zip(
        ["dE", "dtheta"], found[1:], checks.complex_step(mean_loss, E5, theta5), strict=True
    ):
        checks.close(f"{name}, the derivative of the loss", derivative, right)
    ### END HIDDEN TESTS

# %%
rng = np.random.default_rng(0)
E0 = (rng.random((50, len(words))) - 0.5) / 50
theta0 = np.zeros(E0.shape)
start_pairs = [context_pairs(sentence, 2) for sentence in sentences[:2000]]
centres, contexts = (np.concatenate(part)[:1000] for part in zip(*start_pairs, strict=True))
loss, dE, dtheta = skip_gram_loss(E0, theta0, centres, contexts)
print(f"loss before any training: {loss:.3f}   log({len(words)}) = {np.log(len(words)):.3f}")
print(f"columns that are not 0: dE {np.any(dE != 0, axis=0).sum()}, dtheta {np.any(dtheta != 0, axis=0).sum()}")

# %% [markdown]
# *What to notice.* With $\Theta = 0$ every word has the probability $1/n_v$, so the loss is $\log n_v$. And the gradient of $\Theta$ has **no zero column**. For each pair, all $n_v$ vectors $\theta_j$ enter the sum under the fraction, and all of them are moved. That is 1,500 here, and often a million in practice. (All columns of $dE$ are 0 at the start, because $\Theta$ is 0. They change later, because $\Theta$ moves in the first step.)
#
# ## 4. Hierarchical softmax
#
# *Must we compute all scores to get one probability?*
#
# No. Put the words on the leaves of a **binary tree**. Each inner node $n$ has a vector $\theta_n$, and it is a small logistic regression: go left with probability $\sigma(\theta_n^T e_c)$, go right with the rest, which is $1 - \sigma(z) = \sigma(-z)$. The probability of a word is the product along its path from the root to the leaf. With the sign $s_n = 1$ for left and $s_n = -1$ for right,
#
# $$p(t \mid c) = \prod_{n \text{ on the path to } t} \sigma\left(s_n \, \theta_n^T e_c\right) , \qquad \mathcal{L} = -\log p(t \mid c) = \sum_{n} \log\left(1 + \exp(- s_n \, \theta_n^T e_c)\right) .$$
#
# The probabilities of all words add up to 1 without a sum under a fraction: each node passes on all of what it gets, a part to the left and the rest to the right. A balanced tree of $n_v$ words has about $\log_2 n_v$ nodes on a path.
#
# *On paper.* The root, node 0, has the word A on the left, and node 1 on the right. Node 1 has B on the left and C on the right. Let $\theta_0^T e_c = \log 3$ and $\theta_1^T e_c = \log 4$, so that $\sigma = 0.75$ and $0.8$. Then $p(A) = 0.75$, $p(B) = 0.25 \cdot 0.8 = 0.2$ and $p(C) = 0.25 \cdot 0.2 = 0.05$. The sum is 1. The losses are $\log \frac43$, $\log 5$ and $\log 20$.
#
# ### Exercise 4: `hierarchical_softmax_loss`


# %% exercise="hierarchical_softmax_loss"
def hierarchical_softmax_loss(e_c, theta, nodes, signs):
    """The loss -log p(t | c) of one pair, by the path to the word t in a binary tree.

    Args:
        e_c: the vector of the centre, shape (n_e,), floats or whole numbers.
        theta: the vectors of all inner nodes of the tree as columns, shape (n_e, n_inner), floats or whole numbers.
        nodes: the inner nodes on the path from the root to t, int64, shape (depth,), depth >= 0, from 0 to n_inner - 1,
            all different, in any order of numbers.
        signs: for each of them 1 where the path goes left and -1 where it goes right, shape (depth,), whole numbers
            or floats.

    Returns:
        The loss, a number >= 0. It is finite and right for scores of any size; with depth 0 it is 0.
    """
    # 1. The scores of the nodes on the path. 2. One logistic loss for each node, with its sign; their sum.
    ### BEGIN SOLUTION
    z = e_c @ theta[:, nodes]
    return float(np.sum(np.logaddexp(0, -signs * z)))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `theta[:, nodes]` is $(n_e, \text{depth})$. Only these columns are needed.
# </details>
#
# <details><summary>Hint 2</summary>
#
# $\log(1 + e^x)$ overflows for $x = 1000$ if you write it like this. `np.logaddexp(0, x)` is $\log(e^0 + e^x)$, computed safely.
# </details>

# %% check="hierarchical_softmax_loss" points=2
with checks.exercise("hierarchical_softmax_loss"):
    e_c, tree, called = np.array([1.0, 2]), np.log([[7.0, 3, 1], [2, 1, 2]]), hierarchical_softmax_loss
    one, two = np.array([1]), np.array([1, 2])
    checks.unchanged(called, e_c, tree, two, np.array([-1, 1]))
    slips = {"this is the probability; the loss is -log of it": 0.75, "left is the sign +1": np.log(4)}
    slips |= {"this is the logarithm of the probability": np.log(0.75)}
    checks.close(
        "the loss of A, by score log 3 to the left", called(e_c, tree, one, one), np.log(4 / 3), mistakes=slips
    )
    slips = {"the signs are missing": 0.510826}
    slips |= {"the sum, not the mean": np.log(5) / 2}
    slips |= {"only the last node": np.log(1.25)}
    found = called(e_c, tree, two, np.array([-1, 1]))
    checks.close("the loss of B, right, then left", found, np.log(5), mistakes=slips)
    checks.close("the loss of C, right, then right", called(e_c, tree, two, np.array([-1, -1])), np.log(20))
    far = called(1000 * e_c, tree, one, one), called(-1000 * e_c, tree, one, one)
    checks.close("the losses of A with scores of 1,099 and -1,099", np.array(far), [0, 1098.612289])
    ### BEGIN HIDDEN TESTS

    def node_by_node(e_c, theta, nodes, signs):
        loss = 0.0
        for node, sign in zip(nodes.tolist(), signs.tolist(), strict=True):
            score = sign * sum(float(a) * float(b) for a, b in zip(e_c, theta[:, node], strict=True))
            loss += np.log1p(np.exp(-score)) if score > 0 else -score + np.log1p(np.exp(score))
        return loss

    def problem(rng, n_e, n_inner, depth):
        nodes = rng.permutation(max(n_inner, depth))[:depth] % n_inner
        return rng.normal(0, 1, n_e), rng.normal(0, 1, (n_e, n_inner)), nodes, 2 * rng.integers(0, 2, depth) - 1

    rng = np.random.default_rng(4)
    e4, tree4, _, _ = problem(rng, 4, 6, 3)
    none = np.zeros(0, dtype=int)
    cases = {"with depth 0": (e4, tree4, none, none), "node 0 alone": (e4, tree4, np.array([0]), np.array([-1]))}
    cases |= {"with the last node": (e4, tree4, np.array([5]), np.array([1]))}
    cases |= {"signs": (e4, tree4, np.array([3, 1]), np.array([1.0, -1.0]))}
    cases |= {
        f"with scores times {scale:g}": (scale * e4, tree4, np.array([4, 0, 2]), np.array([1, -1, 1]))
        for scale in (1e-9, 20, 300, 1e5)
    }
    cases |= {
        f"with scores times {scale:g}, all the same sign": (scale * tree4[:, 1], tree4, np.array([1]), np.array([1]))
        for scale in (1, 3, 5, 1e4)
    }
    cases["with a path of 2,000 nodes"] = np.ones(1), np.zeros((1, 2000)), np.arange(2000), np.ones(2000)
    domain = {"real": {"e_c": 1e3, "theta": 1e3}, "types": ["e_c", "theta", "signs"], "cases": cases, "atol": 1e-12}
    sizes = {"n_e": 130, "n_inner": 300, "depth": (0, 40)}
    checks.agrees(hierarchical_softmax_loss, node_by_node, problem, sizes=sizes, apart=False, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Any tree gives probabilities. Word2Vec takes the **Huffman tree**, in which frequent words have short paths. It is built from the leaves: join the two nodes with the smallest counts into a new one, whose count is their sum, and go on until one node is left. This one is the root.


# %%
def huffman_paths(counts):
    """For each word the path (nodes, signs) in the Huffman tree; the last inner node, n_v - 2, is the root."""
    n_v, children, paths = len(counts), {}, {}
    heap = [(int(count), word) for word, count in enumerate(counts)]
    heapq.heapify(heap)
    for node in range(n_v, 2 * n_v - 1):
        (first, left), (second, right) = heapq.heappop(heap), heapq.heappop(heap)
        children[node] = left, right
        heapq.heappush(heap, (first + second, node))
    paths[heap[0][1]] = [], []
    for node in reversed(children):
        nodes, signs = paths[node]
        for child, sign in zip(children[node], (1, -1), strict=True):
            paths[child] = [*nodes, node - n_v], [*signs, sign]
    return [tuple(np.array(part, dtype=int) for part in paths[word]) for word in range(n_v)]


paths = huffman_paths(counts)
rng = np.random.default_rng(0)
e_c, tree = rng.normal(0, 1, 50), rng.normal(0, 1, (50, len(words) - 1))
total = sum(np.exp(-hierarchical_softmax_loss(e_c, tree, *path)) for path in paths)
print(f"the probabilities of all {len(words)} words, with random vectors, add up to {total:.12f}")
for word in ("the", "king", words[-1]):
    nodes, signs = paths[index[word]]
    print(f"{word:8} {len(nodes):2} nodes, " + "".join("left " if sign > 0 else "right " for sign in signs))
depths = np.array([len(nodes) for nodes, _ in paths])
mean_depth = np.sum(depths * counts) / counts.sum()
print(
    f"mean length of the path of a place of the text: {mean_depth:.1f}   log2({len(words)}) = {np.log2(len(words)):.1f}"
)

# %% [markdown]
# *What to notice.* The vectors are random, and still the sum is 1. That is a property of the tree and not of the numbers. One pair needs fewer than 10 scores on average in place of 1,500.
#
# The price: a tree is hard to use on a processor that likes large matrix products. And the words under one node share its vector, whether they are used alike or not. Today negative sampling is used more often.
#
# ## 5. Words that are not there
#
# *Can we turn one question with 1,500 answers into a few questions with two answers?*
#
# That is **negative sampling**. We do not ask which word stands near *orange*. We ask: is (*orange*, *juice*) a pair of the text, yes or no? The true pair gets the label 1. For each true pair we draw $k$ words at random and give the pairs (*orange*, *king*), (*orange*, *book*), … the label 0. These are the **negatives**. The lecture recommends $k = 5$ to $20$ for small data and $2$ to $5$ for large data.
#
# From which distribution? If we take the shares $f_j$ of the text, nearly all negatives are *the*, *of* and *and*. If all words are equally likely, the negatives do not look like text. Mikolov and others found by trial that something between the two is best:
#
# $$p_j = \frac{f_j^{3/4}}{\sum_{i=1}^{n_v} f_i^{3/4}} .$$
#
# The counts may stand in place of the shares, because a common factor cancels.
#
# *On paper.* Counts 81, 16, 1. To the power $\frac34$: 27, 8, 1, which add up to 36. So $p = (0.75, 0.222, 0.028)$, where the shares are $(0.827, 0.163, 0.010)$. The rare word is drawn 2.7 times as often as its share says.
#
# By chance a negative can be the true context, or come twice. We leave it so. It is rare and does little harm.
#
# ### Exercise 5: `draw_negatives`


# %% exercise="draw_negatives"
def draw_negatives(counts, shape, rng):
    """Words drawn from the noise distribution.

    Args:
        counts: how often each word occurs, shape (n_v,), n_v >= 1, whole numbers or floats >= 0, at least one of them
            above 0. A word with count 0 is never drawn.
        shape: the shape of the result, a tuple of at least one whole number >= 0, such as (m, k).
        rng: a NumPy Generator, from which all draws come.

    Returns:
        negatives: the words drawn, an int64 array of this shape, each entry drawn by itself: word j with
            probability p_j. A word may come again.
        p: the noise distribution, shape (n_v,): counts to the power 3/4, divided by their sum.
    """
    # 1. The power, and then the sum. 2. Draw numbers of words with these probabilities.
    ### BEGIN SOLUTION
    weights = np.power(counts, 0.75)
    p = weights / np.sum(weights)
    return rng.choice(len(counts), size=shape, p=p), p
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `rng.choice(n, size=shape, p=p)` draws whole numbers from 0 to `n - 1`, with replacement.
# </details>

# %% check="draw_negatives" points=2
with checks.exercise("draw_negatives"):
    four, rng = np.array([81, 0, 16, 1]), np.random.default_rng(0)
    checks.unchanged(draw_negatives, four, (3, 2), rng)
    found = draw_negatives(four, (600, 20), rng)
    negatives, p = checks.results("draw_negatives([81, 0, 16, 1], (600, 20), rng)", found, ["negatives", "p"])
    slips = {"the power 3/4 is missing": np.array([81, 0, 16, 1]) / 98, "they must add up to 1": [27, 0, 8, 1]}
    slips |= {"divide by the sum of the powers": np.array([27, 0, 8, 1]) / 98**0.75}
    slips |= {"all words alike; frequent ones come more often": np.full(4, 0.25)}
    checks.close("p", p, [0.75, 0, 2 / 9, 1 / 36], mistakes=slips)
    checks.shape("negatives", negatives, (600, 20))
    checks.that(negatives.dtype == np.int64, f"negatives: expected int64, got {negatives.dtype}")
    often = np.array([np.mean(negatives == j) for j in range(4)])
    checks.that(
        np.abs(often - p).max() < 0.03, f"the words are drawn with frequencies {often.round(3)}, expected {p.round(3)}"
    )
    ### BEGIN HIDDEN TESTS

    def distribution(counts):
        return draw_negatives(counts, (2,), np.random.default_rng(0))[1]

    def by_logarithms(counts):
        powers = [np.exp(0.75 * np.log(float(count))) if count > 0 else 0.0 for count in counts]
        return np.array([power / sum(powers) for power in powers])

    def problem(rng, n_v):
        return rng.integers(1, 3000, n_v)

    zipf = 100000 // np.arange(1, 1201)
    cases = {"with counts of 0": (np.array([0, 5, 0, 2, 0]),)}
    cases |= {"with counts of very different size": (np.array([1, 10**12, 30]),)}
    cases |= {"with counts that are shares": (np.array([0.7, 0.2, 0.1]),)}
    cases |= {"with one word above 0": (np.array([0, 0, 4]),)}
    cases |= {"with 1,200 words": (zipf,), "with equal counts": (np.full(6, 3),)}
    checks.agrees(distribution, by_logarithms, problem, sizes={"n_v": 1300}, types=["counts"], cases=cases)
    own, draws = np.random.default_rng(5), {(1,): np.array([5, 0, 3]), (7, 3): np.array([0, 9, 4, 1]), (40, 5): zipf}
    for number, (shape, counts_drawn) in enumerate((draws | {(3, 4, 2): zipf[::-1].copy(), (1500,): zipf[:9]}).items()):
        rng, ends = np.random.default_rng(50 + number), np.concatenate([[0], np.cumsum(by_logarithms(counts_drawn))])
        calls = np.array(
            [draw_negatives(counts_drawn, shape, rng)[0] for _ in range(max(40, min(3000, 30000 // np.prod(shape))))]
        )
        what = f"draw_negatives(counts, {shape}, rng)"
        checks.shape(what, calls[0], shape)
        checks.that(calls.dtype == np.int64, f"{what}: expected int64")
        checks.that(0 <= calls.min() and calls.max() < len(counts_drawn), f"{what}: the words are 0 to n_v - 1")
        checks.that(bool(np.all(counts_drawn[calls] > 0)), f"{what}: a word with count 0 was drawn")
        u = ends[calls] + own.random(calls.shape) * np.diff(ends)[calls]
        checks.uniform(f"{what}, the words by their distribution", u.reshape(len(calls), -1))
    rare = np.sum(draw_negatives(np.array([10**6, 16]), (60_000,), own)[0])
    checks.that(4 < rare < 50, f"60,000 draws of a word with p = 0.00025: it comes {rare} times, expected about 15")
    for shape in ((0,), (3, 0), (0, 5), (), (1, 1)):
        checks.shape(f"negatives of shape {shape}", np.asarray(draw_negatives(zipf, shape, own)[0]), shape)
    again = [draw_negatives(zipf, (60,), np.random.default_rng(seed))[0] for seed in (3, 3, 4)]
    checks.that(np.array_equal(*again[:2]), "the same state of rng should give the same draws: draw from rng alone")
    checks.that(not np.array_equal(*again[1:]), "another rng should give other draws: draw from rng")
    ### END HIDDEN TESTS

# %%
negatives, p = draw_negatives(counts, (4, 5), np.random.default_rng(0))
for row in negatives:
    print("five negatives:", ", ".join(words[k] for k in row))
shown = ["the", "not", "king", "heaven", words[-1]]
figure, axis = plt.subplots(figsize=(7, 3.8))
for number, (name, values) in enumerate({"share of the text": shares, "noise, power 3/4": p}.items()):
    axis.bar(
        np.arange(5) + 0.28 * (number - 1),
        [values[index[w]] for w in shown],
        0.28,
        color=plots.COLORS[number],
        label=name,
    )
axis.bar(np.arange(5) + 0.28, 1 / len(words), 0.28, color=plots.COLORS[2], hatch="//", label="all words alike")
axis.set_xticks(range(5), shown)
axis.set(yscale="log", ylabel="probability (log scale)", xlabel="word")
axis.set_title("The noise distribution lies between the text and equal chances")
axis.legend(fontsize=9)
plt.show()

# %% [markdown]
# *What to notice.* The middle bar of each word stands between the two others. The power $\frac34$ takes from *the* and gives to the rare words. They get negatives too, and this keeps their vectors $\theta$ from growing without end.
#
# ## 6. The loss of negative sampling
#
# *What does one pair with its negatives cost?*
#
# Take one true pair and $k$ negatives: $k + 1$ words $j$, each with a label $y_j$, one 1 and $k$ times 0. For each of them we do **logistic regression**, which you know from course 1, with the input $e_c$ and the weights $\theta_j$:
#
# $$\hat y_j = \sigma(\theta_j^T e_c) , \qquad \mathcal{L} = - \sum_{j} \Big( y_j \log \hat y_j + (1 - y_j) \log (1 - \hat y_j) \Big) .$$
#
# There is no sum over all words. In each step only $k + 1$ of the $n_v$ logistic regressions are trained. The derivative with respect to a score is $dz_j = \hat y_j - y_j$, and
#
# $$d\theta_j = dz_j \, e_c , \qquad de_c = \sum_{j} dz_j \, \theta_j .$$
#
# For a batch of $m$ pairs the arrays are: $e$ of shape $(n_e, m)$; the vectors $\theta$ that were looked up, of shape $(n_e, m, k + 1)$; labels and scores of shape $(m, k + 1)$. We sum over the words of a pair and take the mean over the pairs.
#
# *On paper*, one pair with $n_e = 1$, $e_c = 1$, and three words with scores $\log 3$, $0$ and $-\log 4$. Their $\hat y$ are $0.75$, $0.5$ and $0.2$. The first is the true one. The loss is $-\log 0.75 - \log 0.5 - \log 0.8 = \log \frac{10}{3} \approx 1.204$, and $dz = (-0.25, 0.5, 0.2)$.
#
# ### Exercise 6: `negative_sampling_loss`


# %% exercise="negative_sampling_loss"
def negative_sampling_loss(e, theta, y):
    """The loss of negative sampling for a batch, and its gradients with respect to the vectors that were looked up.

    Args:
        e: the vectors of the centres, shape (n_e, m), m >= 1, floats or whole numbers.
        theta: for each pair the vectors of its words, true and negative, shape (n_e, m, n), n >= 1, floats or whole
            numbers.
        y: their labels, 0 or 1, shape (m, n), whole numbers or floats. The 1 may stand anywhere, and a row may hold
            none or several: each word is a logistic regression of its own.

    Returns:
        loss: the sum over the n words of each pair, the mean over the m pairs, a number. It is finite and right for
            scores of any size, and so are the derivatives.
        de: its derivative with respect to e, shape (n_e, m).
        dtheta: its derivative with respect to theta, shape (n_e, m, n).
    """
    # 1. The scores (m, n). 2. The loss, without log(0). 3. dz, with the mean. 4. Back to e and to theta.
    ### BEGIN SOLUTION
    m = e.shape[1]
    z = np.sum(e[:, :, np.newaxis] * theta, axis=0)
    loss = np.sum(np.logaddexp(0, np.where(y == 1, -z, z))) / m
    dz = (1 / (1 + np.exp(-z)) - y) / m
    de = np.einsum("mn,imn->im", dz, theta)
    return float(loss), de, e[:, :, np.newaxis] * dz
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `e[:, :, np.newaxis] * theta` has the shape $(n_e, m, n)$. Its sum over the first axis holds the scores, of shape $(m, n)$.
# </details>
#
# <details><summary>Hint 2</summary>
#
# $-\log \sigma(z) = \log(1 + e^{-z})$ and $-\log(1 - \sigma(z)) = \log(1 + e^{z})$. `np.logaddexp(0, x)` is $\log(1 + e^x)$ without overflow.
# </details>
#
# <details><summary>Hint 3</summary>
#
# With `dz` of shape $(m, n)$: `np.sum(dz * theta, axis=2)` is `de`, and `e[:, :, np.newaxis] * dz` is `dtheta`.
# </details>

# %% check="negative_sampling_loss" points=3
with checks.exercise("negative_sampling_loss"):
    e = np.array([[1.0, 0, 2], [0, 1, 1]])
    th = np.log([[[3.0, 0.25], [7, 5], [1, 2]], [[2, 5], [4, 3], [3, 1]]])
    y = np.array([[1, 0], [0, 1], [1, 0]])
    checks.unchanged(negative_sampling_loss, e, th, y)
    found = negative_sampling_loss(e, th, y)
    loss, de, dtheta = checks.results("negative_sampling_loss(e, theta, y)", found, ["loss", "de", "dtheta"])
    slips = {"the sum over the pairs; take the mean": 4.305066, "the mean over the words; take their sum": 0.717511}
    slips |= {"only the true words; the negatives count too": 0.287682}
    checks.close("loss", loss, 1.435022, rtol=1e-5, mistakes=slips)
    right = [[-0.183971, 0.38479, 0.184839], [0.049534, 0.278128, -0.091551]]
    slips = {"the pairs count in full; divide by m": 3 * np.array(right)}
    checks.close("de", de, right, rtol=2e-5, mistakes=slips)
    right = np.array([[[-1, 0.8], [0, 0], [-2, 6.4]], [[0, 0], [3.2, -1], [-1, 3.2]]]) / 12
    checks.close("dtheta", dtheta, right, mistakes={"the pairs count in full; divide by m": 3 * right})
    far = negative_sampling_loss(1000 * e, th, y)[0]
    checks.close("the loss with scores of about 1,000", far, 924.196241)
    ### BEGIN HIDDEN TESTS

    def word_by_word(e, theta, y):
        e, theta = np.array(e, dtype=float), np.array(theta, dtype=float)
        loss, de, dtheta = 0.0, np.zeros(e.shape), np.zeros(theta.shape)
        for i, j in np.ndindex(*y.shape):
            sign = 1.0 if y[i, j] else -1.0
            score = sign * float(np.dot(e[:, i], theta[:, i, j]))
            chance = np.exp(-np.logaddexp(0, score))
            loss += np.logaddexp(0, -score)
            de[:, i] -= sign * chance * theta[:, i, j] / len(y)
            dtheta[:, i, j] = -sign * chance * e[:, i] / len(y)
        return loss / len(y), de, dtheta

    def problem(rng, n_e, m, n):
        y = np.zeros((m, n), dtype=int)
        y[np.arange(m), rng.integers(0, n, m)] = 1
        return rng.normal(0, 1, (n_e, m)), rng.normal(0, 1, (n_e, m, n)), y

    rng = np.random.default_rng(6)
    e6, theta6, y6 = problem(rng, 3, 5, 4)
    cases = {f"with labels that are all {label}": (e6, theta6, np.full((5, 4), label)) for label in (0, 1)}
    cases |= {"with several 1 in a row": (e6, theta6, rng.integers(0, 2, (5, 4))), "cube": problem(rng, 4, 4, 4)}
    cases |= {f"with e times {scale:g}": (scale * e6, theta6, y6) for scale in (1e-9, 30, 300, 1e5)}
    cases |= {"with whole numbers everywhere": (np.rint(2 * e6).astype(int), np.rint(2 * theta6).astype(int), y6)}
    domain = {"real": {"e": 1e3, "theta": 1e3}, "types": ["e", "theta", "y"], "cases": cases, "atol": 1e-13}
    domain |= {"returns": ["loss", "de", "dtheta"]}
    checks.agrees(negative_sampling_loss, word_by_word, problem, sizes={"n_e": 130, "m": 1050, "n": 120}, **domain)

    def mean_loss(e, theta):
        z = (e[:, :, None] * theta).sum(axis=0)
        return (np.log(1 + np.exp(z)) - y6 * z).sum() / 5

    found = negative_sampling_loss(e6, theta6, y6)
    for name, derivative, right in zip(
        ["de", "dtheta"], found[1:], checks.complex_step(mean_loss, e6, theta6), strict=True
    ):
        checks.close(f"{name}, the derivative of the loss", derivative, right)
    ### END HIDDEN TESTS

# %% [markdown]
# How much time does this save? We take vocabularies of several sizes with random vectors, and 256 pairs. We measure the time of one loss with its gradients: over all words with your `skip_gram_loss`, and with 5 negatives for each pair with the look-up and your `negative_sampling_loss`. We try each three times and keep the shortest time.

# %%
vocabularies, m, k = (500, 1500, 5000, 20000), 256, 5
seconds = {"full softmax": [], "5 negatives": []}
rng = np.random.default_rng(0)
labels = np.tile(np.eye(1, k + 1, dtype=np.float32), (m, 1))
for n_v in vocabularies:
    E_try, theta_try = (rng.normal(0, 0.1, (50, n_v)).astype(np.float32) for _ in range(2))
    centres, contexts, drawn = (rng.integers(0, n_v, shape) for shape in (m, m, (m, k)))
    targets, tried = np.column_stack([contexts, drawn]), {name: [] for name in seconds}
    for _ in range(3):
        start = time.perf_counter()
        skip_gram_loss(E_try, theta_try, centres, contexts)
        between = time.perf_counter()
        negative_sampling_loss(embedding_forward(E_try, centres), embedding_forward(theta_try, targets), labels)
        end = time.perf_counter()
        tried["full softmax"].append(between - start)
        tried["5 negatives"].append(end - between)
    for name, values in tried.items():
        seconds[name].append(min(values))
ratios = np.array(seconds["full softmax"]) / seconds["5 negatives"]
for n_v, ratio in zip(vocabularies, ratios, strict=True):
    print(f"{n_v:6} words: the full softmax takes {ratio:.0f} times as long")
figure, axis = plt.subplots(figsize=(7, 3.8))
for name, values in seconds.items():
    axis.plot(vocabularies, 1000 * np.array(values), marker="o", label=name)
axis.set(xscale="log", yscale="log", xlabel="words in the vocabulary", ylabel="milliseconds for 256 pairs")
axis.set_title("Negative sampling stays cheap when the vocabulary grows")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* The softmax line rises with the vocabulary, and the other one rises much less. (Both axes are logarithmic. Negative sampling computes the same number of scores for any vocabulary, but looking up columns takes longer in a larger matrix.) With 20,000 words the full softmax takes more than 20 times as long, if both functions work with arrays and not with loops. For an epoch the ratio is the same, because the number of pairs is the same.
#
# ## 7. Training
#
# *How do the vectors move?*
#
# A step takes a batch of pairs and their negatives. It looks up the vectors, computes loss and gradients, and brings the gradients back to the two matrices: if a word comes several times in the batch, its column gets the **sum**. Let $G$ of shape $(n_e, n_v)$ be the gradient of one of the matrices, and $g_j$ its column for word $j$.
#
# With one learning rate for all words, frequent words would move too far, or rare words hardly at all. **AdaGrad** (Duchi, Hazan and Singer, 2011) gives each entry a rate of its own: it adds up the squares of the entry's gradients, and divides by the root of the sum. (RMSprop has a moving average in place of the sum.) We give one rate to each word, from the mean of the squares over its entries. So we keep one number $s_j$ for each word, and $w_j$ is its column of $E$ or of $\Theta$:
#
# $$s_j \leftarrow s_j + \frac{1}{n_e} \lVert g_j \rVert^2 , \qquad w_j \leftarrow w_j - \alpha \, \frac{g_j}{\sqrt{s_j} + 10^{-8}} ,$$
#
# where the new $s_j$ stands under the root. A word that does not occur in the batch has $g_j = 0$, and nothing changes for it.
#
# *On paper*, $n_e = 2$, $s_j = 2$, $g_j = (4, -2)$, $\alpha = 0.3$. The mean of the squares is $10$, so the new $s_j$ is $12$, and $w_j$ moves by $-0.3 \cdot (4, -2) / 3.464 = (-0.346, 0.173)$.
#
# ### Exercise 7: `negative_sampling_step`


# %% exercise="negative_sampling_step"
def negative_sampling_step(parameters, s, centres, contexts, negatives, learning_rate):
    """One step of training with negative sampling, by AdaGrad with one rate for each word, as in the formulas.

    Both matrices take their gradients at the old values.

    Args:
        parameters: a dict with "E" (n_e, n_v), vectors of centres, and "theta" (n_e, n_v), floats or whole numbers.
        s: a dict with "E" and "theta", each of shape (1, n_v), floats or whole numbers >= 0: the sums of
            squares so far.
        centres, contexts: m >= 1 true pairs, int64, shape (m,) each, from 0 to n_v - 1. Words may come again.
        negatives: the negatives of each pair, int64, shape (m, k), k >= 0, from 0 to n_v - 1. A negative may be equal
            to the context or to another negative; it counts each time.
        learning_rate: a float or a whole number; it may be 0 or negative.

    Returns:
        parameters, s: new dicts with new arrays, of the same keys and shapes.
        loss: the loss before the step, a number, as negative_sampling_loss gives it for the labels 1 for the context
            and 0 for the negatives.
    """
    # 1. The words of each pair, (m, 1 + k), and their labels. 2. Look up, loss, gradients. 3. Add up for each word.
    # 4. AdaGrad for both matrices.
    ### BEGIN SOLUTION
    E, theta = parameters["E"], parameters["theta"]
    targets = np.column_stack([contexts, negatives])
    y = np.zeros(targets.shape, dtype=E.dtype)
    y[:, 0] = 1
    loss, de, dtheta = negative_sampling_loss(E[:, centres], theta[:, targets], y)
    n_v = E.shape[1]
    G = {"E": embedding_backward(de, centres, n_v), "theta": embedding_backward(dtheta, targets, n_v)}
    s = {key: s[key] + np.mean(G[key] ** 2, axis=0) for key in G}
    new = {key: parameters[key] - learning_rate * G[key] / (np.sqrt(s[key]) + 1e-8) for key in G}
    return new, s, loss
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.column_stack([contexts, negatives])` puts the context before the negatives: shape $(m, 1 + k)$. So the labels are 1 in the first column and 0 elsewhere. `theta[:, targets]` has the shape that `negative_sampling_loss` wants.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `embedding_backward(dtheta, targets, n_v)` adds up all places of each word, for indices of any shape. It gives $(n_e, n_v)$.
# </details>
#
# <details><summary>Hint 3</summary>
#
# `np.mean(G ** 2, axis=0)` has the shape $(n_v,)$. Added to `s["E"]` of shape $(1, n_v)$ it gives $(1, n_v)$. Compute both gradients before you change one of the matrices.
# </details>

# %% check="negative_sampling_step" points=3
with checks.exercise("negative_sampling_step"):
    small = {"E": np.array([[1.0, 0, 2, 1], [0, 1, 1, 3]]), "theta": np.log([[1.0, 2, 3, 5], [3, 1, 4, 2]])}
    s = {"E": np.array([[0.0, 1, 2, 3]]), "theta": np.array([[1.0, 0, 0.5, 2]])}
    centres, contexts, negatives = np.array([0, 1, 0]), np.array([1, 0, 2]), np.array([[2, 3], [3, 3], [1, 0]])
    checks.unchanged(negative_sampling_step, small, s, centres, contexts, negatives, 0.3)
    found = negative_sampling_step(small, s, centres, contexts, negatives, 0.3)
    new, s_new, loss = checks.results("negative_sampling_step(...)", found, ["parameters", "s", "loss"])
    checks.keys("parameters", new, ["E", "theta"])
    checks.keys("s", s_new, ["E", "theta"])
    checks.close("loss", loss, 2.715956, rtol=1e-5)
    slips = {"add up what a word gets from all its pairs": [[0.004235, 1.27927, 2, 3]]}
    slips |= {"the mean of the squares, not their sum": [[0.868185, 1.558541, 2, 3]]}
    slips |= {"AdaGrad adds to the old s": [[0.434093, 0.27927, 0, 0]]}
    checks.close("the new s of E", s_new["E"], [[0.434093, 1.27927, 2, 3]], rtol=1e-4, mistakes=slips)
    slips = {"the gradient of theta is that at the old E": [[1.013707, 0.00158537, 0.500954, 2.049603]]}
    right = [[1.017361, 0.006173, 0.513889, 2.137346]]
    checks.close("the new s of theta", s_new["theta"], right, rtol=1e-4, mistakes=slips)
    checks.close("the new E", new["E"], [[0.677995, -0.189728, 2, 1], [-0.276248, 0.942572, 1, 3]], rtol=1e-5)
    right = [[-0.049572, 0.268883, 1.028864, 1.552437], [1.123398, 0, 1.386294, 0.601946]]
    checks.close("the new theta", new["theta"], right, rtol=1e-4)
    ### BEGIN HIDDEN TESTS

    def word_by_word(parameters, s, centres, contexts, negatives, learning_rate):
        old = {key: np.array(value, dtype=float) for key, value in parameters.items()}
        G, loss = {key: np.zeros(value.shape) for key, value in old.items()}, 0.0
        for c, t, others in zip(centres.tolist(), contexts.tolist(), negatives.tolist(), strict=True):
            for sign, j in [(1.0, t)] + [(-1.0, other) for other in others]:
                score = sign * float(np.dot(old["E"][:, c], old["theta"][:, j]))
                slope = -sign * np.exp(-np.logaddexp(0, score)) / len(centres)
                loss += np.logaddexp(0, -score) / len(centres)
                G["E"][:, c] += slope * old["theta"][:, j]
                G["theta"][:, j] += slope * old["E"][:, c]
        sums, n_e = {key: np.array(s[key], dtype=float) for key in G}, len(old["E"])
        for key in G:
            for j in range(old["E"].shape[1]):
                sums[key][0, j] += float(np.dot(G[key][:, j], G[key][:, j])) / n_e
                old[key][:, j] -= learning_rate * G[key][:, j] / (sums[key][0, j] ** 0.5 + 1e-8)
        return old, sums, loss

    def problem(rng, n_e, n_v, m, k):
        parameters = {key: rng.normal(0, 1, (n_e, n_v)) for key in ("theta", "E")}
        s = {key: rng.exponential(0.02, (1, n_v)) for key in ("E", "theta")}
        return parameters, s, rng.integers(0, n_v, m), rng.integers(0, n_v, m), rng.integers(0, n_v, (m, k)), 0.3

    rng = np.random.default_rng(7)
    one, s7, c7, t7, n7, _ = problem(rng, 3, 5, 6, 4)
    zero = {key: np.zeros((1, 5)) for key in s7}
    start = {"E": 0.01 * one["E"], "theta": np.zeros((3, 5))}
    cases = {"with s = 0": (one, zero, c7, t7, n7, 0.1)}
    cases |= {"theta = 0 and s = 0": (start, zero, c7, t7 % 2, 2 + n7 % 3, 0.5)}
    cases |= {"with one centre": (one, s7, np.full(6, 2), t7, n7, 0.1)}
    cases |= {"one word": (one, s7, c7 * 0, c7 * 0, n7 * 0, 0.1)}
    cases |= {"with negatives equal to the contexts": (one, s7, c7, t7, np.column_stack([t7, t7]), 0.1)}
    cases |= {f"with the rate {rate}": (one, s7, c7, t7, n7, rate) for rate in (0, 1, 0.001, -0.2)}
    cases |= {"with no negatives": (one, s7, c7, t7, n7[:, :0], 0.1)}
    cases |= {"k = 130": (one, s7, c7[:1], t7[:1], n7.reshape(1, -1), 0.2)}
    tiny = {"E": 1e-6 * one["E"], "theta": 1e-6 * one["theta"]}
    cases |= {"with tiny vectors": (tiny, zero, c7, t7, n7, 0.1), "other keys": (one | {}, s7 | {}, c7, t7, n7, 0.1)}
    domain = {"real": {"parameters": 30}, "types": ["parameters", "s"], "cases": cases, "atol": 1e-12, "rtol": 1e-8}
    domain |= {"returns": {"parameters": (), "s": (), "loss": ()}}
    sizes = {"n_e": 60, "n_v": 260, "m": 1050, "k": (0, 30)}
    checks.agrees(negative_sampling_step, word_by_word, problem, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Everything is ready. An epoch draws the places that are kept, then a window from 1 to 5 for each sentence, and makes the pairs. (With a window that changes, near words come more often than far ones.) Then the pairs are shuffled and cut into batches of 2,048. $\Theta$ starts at 0 and $E$ with small random numbers.
#
# To judge the vectors we ask which words are neighbours. We take 500 words that are not among the 50 most frequent, and for each of them its 10 nearest of the 500, by cosine. How many of the 10 are also among the 10 nearest by the **GloVe** vectors of the last lesson? By chance it is $10/499 \approx 0.020$ of them. GloVe is no truth, but it has read 30,000 times as much.
#
# The training takes 10 to 20 seconds. If the bar shows fewer than 20 steps a second, one of your functions loops over the pairs.


# %%
glove_words, E_glove = data.load_word_vectors()
glove_index = {word: k for k, word in enumerate(glove_words)}
judged = [k for k, word in enumerate(words) if k >= 50 and len(word) > 2 and word in glove_index][:500]


def ten_nearest(E):
    """For each column of E (n_e, n) the 10 other columns of largest cosine: (n, 10)."""
    unit = E / np.maximum(np.linalg.norm(E, axis=0), 1e-12)
    similarity = unit.T @ unit
    np.fill_diagonal(similarity, -2)
    return np.argsort(-similarity, axis=1)[:, :10]


glove_nearest = ten_nearest(E_glove[:, [glove_index[words[k]] for k in judged]])


def shared_neighbours(E):
    """The share of the 10 neighbours of the judged words that they also have by GloVe."""
    return np.mean([len(set(a) & set(b)) for a, b in zip(ten_nearest(E[:, judged]), glove_nearest, strict=True)]) / 10


def pairs_of_an_epoch(rng):
    """Centres and contexts of all sentences, subsampled, with a window from 1 to 5 for each sentence, shuffled."""
    kept, ends = subsample(flat, counts, threshold, rng)[0], np.cumsum([len(sentence) for sentence in sentences])[:-1]
    left = [sentence[stays] for sentence, stays in zip(sentences, np.split(kept, ends), strict=True)]
    pairs = [context_pairs(sentence, int(rng.integers(1, 6))) for sentence in left]
    centres, contexts = (np.concatenate(part) for part in zip(*pairs, strict=True))
    order = rng.permutation(len(centres))
    return centres[order], contexts[order]


# %%
rng, steps, batch = np.random.default_rng(1), 900, 2048
parameters = {"E": (rng.random((50, len(words))) - 0.5) / 50, "theta": np.zeros((50, len(words)))}
parameters = {key: value.astype(np.float32) for key, value in parameters.items()}
s = {key: np.zeros((1, len(words)), dtype=np.float32) for key in parameters}
losses, judged_at, judgements, place, epochs = [], [0], [shared_neighbours(parameters["E"])], 0, 0
centres = contexts = np.zeros(0, dtype=int)
for step in tqdm(range(steps), desc="steps", file=sys.stdout):
    if place + batch > len(centres):
        centres, contexts = pairs_of_an_epoch(rng)
        place, epochs = 0, epochs + 1
    now = slice(place, place + batch)
    negatives = draw_negatives(counts, (batch, 5), rng)[0]
    rate = 0.3 * (1 - 0.9 * step / steps)
    parameters, s, loss = negative_sampling_step(parameters, s, centres[now], contexts[now], negatives, rate)
    place += batch
    losses.append(loss)
    if (step + 1) % 100 == 0:
        judged_at.append(step + 1)
        judgements.append(shared_neighbours(parameters["E"]))
E_learned = parameters["E"].astype(float)
print(
    f"{epochs} epochs begun, {steps * batch} pairs; "
    f"loss {losses[0]:.2f} at the first step, {np.mean(losses[-100:]):.2f} at the end"
)
print(f"shared neighbours: {judgements[0]:.3f} before, {judgements[-1]:.3f} after; by chance 0.020")

# %% [markdown]
# Now the competitor that learns nothing: **counting**, from the last lesson. We count how often two words are a pair with window 5, and call the share of all pairs $p(c, t)$. The **positive pointwise mutual information** (PPMI) compares it with what we would see if the words stood anywhere:
#
# $$M_{ct} = \max\left(0, \log \frac{p(c, t)}{p(c) \, q(t)}\right) ,$$
#
# with the noise distribution $q$ of the power $\frac34$. Then a singular value decomposition makes 50 numbers for each word. The [next lesson](03_glove.ipynb) looks at this more closely. It fits well here: Levy and Goldberg (2014) showed that negative sampling with enough dimensions has its best values at $\theta_t^T e_c = \log \frac{p(c, t)}{p(c) q(t)} - \log k$.

# %%
start = time.perf_counter()
pairs = [context_pairs(sentence, 5) for sentence in sentences]
centres, contexts = (np.concatenate(part) for part in zip(*pairs, strict=True))
together = np.bincount(centres * len(words) + contexts, minlength=len(words) ** 2).reshape(len(words), -1)
q = together.sum(axis=0) ** 0.75
chance = together.sum(axis=1, keepdims=True) * (q / q.sum())
M = np.log(np.maximum(together / np.maximum(chance, 1e-12), 1))
U, sigma, _ = np.linalg.svd(M)
E_counted = (U[:, :50] * sigma[:50]).T
counting = shared_neighbours(E_counted)
print(f"counting: shared neighbours {counting:.3f}, in {time.perf_counter() - start:.0f} s")

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.6))
smooth = np.convolve(losses, np.ones(20) / 20, mode="valid")
left.plot(np.arange(len(smooth)) + 20, smooth)
left.axhline(6 * np.log(2), color=plots.COLORS[6], linestyle=":", label="all answers 0.5: 6 log 2")
left.set(xlabel="step", ylabel="loss, mean of 20 steps (axis not from 0)", title="The loss falls, and stays high")
left.legend(fontsize=8)
right.plot(judged_at, judgements, marker="o", label="skip-gram, negative sampling")
right.axhline(counting, color=plots.COLORS[1], linestyle="--", label="counting (PPMI + SVD)")
right.axhline(0.02, color=plots.COLORS[6], linestyle=":", label="by chance")
right.set(
    xlabel="step", ylabel="share of 10 neighbours as in GloVe", ylim=(0, 0.17), title="Neighbours become sensible"
)
right.legend(fontsize=8, loc="upper right")
plt.show()

# %%
unit = {name: E / np.linalg.norm(E, axis=0) for name, E in {"learned": E_learned, "counted": E_counted}.items()}
for word in "king woman seven eyes film good funny father".split():
    for name, vectors in unit.items():
        order = np.argsort(-(vectors.T @ vectors[:, index[word]]))[1:7]
        print(f"{word:8} {name}: {', '.join(words[k] for k in order)}")

# %% [markdown]
# *What to notice.*
#
# - The vectors learned something real: they share more than 3 times as many neighbours with GloVe as by chance. *woman* has *man*, *girl* or *boy* near it, numbers are near *seven*, and *king* is among the persons of *Hamlet*. This is the only king that the text knows.
# - They are far from GloVe. About half of the lists make sense, and those of *good* and *film* hold many small words that say little. Analogies would be hopeless, and we do not try them. The method is the one that was used on 100,000 million words. The text is what is missing.
# - **Counting is as good or better here**, and it takes a few seconds. Nothing is wrong with your code. On small texts this is what one finds. Negative sampling wins where the table of all pairs no longer fits into memory and the text comes as a stream.
# - The loss falls from $6 \log 2 \approx 4.16$ to about 2.4 and no further. It cannot become 0: many words can follow a word, and some negatives could be true. Its small stairs are the beginnings of epochs: the pairs come again, and the vectors have already fitted them a little. That is overfitting, as one expects of a small text.

# %% [markdown]
# ## What you built
#
# - `context_pairs` and `subsample`: examples with labels from plain text.
# - `skip_gram_loss`: the softmax over all words with its gradients, and the reason why it is slow.
# - `hierarchical_softmax_loss`: the probability of a word as a product along a path.
# - `draw_negatives`, `negative_sampling_loss`, `negative_sampling_step`: Word2Vec as it is used.
#
# ## On your own
#
# 1. Train without subsampling (`threshold = 1`), with the same number of steps. On our small text the share of neighbours is about 0.10, a little better than with it. Which reason of section 2 remains? Compare the number of pairs in an epoch.
# 2. Write **CBOW**: the input is the mean of the vectors around a place, and the word at the place is predicted. Where does the gradient go now?
# 3. Write the gradient of `hierarchical_softmax_loss` with respect to $e_c$ and $\theta$, and train with it. Then build the tree at random. Does the Huffman tree give better vectors, or is it only faster?
# 4. Build the Huffman tree yourself, without `heapq`: sort the words once, and keep two queues.
# 5. Really hard: Bengio's model. Stack the vectors of the last four words, add a hidden layer with tanh and a softmax, and train $E$ with it. Which neighbours does it find, and how long does an epoch take?
#
# ## In practice
#
# - `gensim.models.Word2Vec(sentences, vector_size=100, window=5, sg=1, negative=5, sample=1e-3, ns_exponent=0.75)` is this lesson, in C. It updates after each pair, with a rate that falls from 0.025, and draws a window for each centre. `hs=1, negative=0` is hierarchical softmax with the Huffman tree.
# - Its authors' code keeps a place with probability $\sqrt{t/f} + t/f$, a little more than the paper says.
# - **fastText** (Bojanowski and others, 2017) adds vectors for pieces of words, so that a new word gets a vector too.
# - Negative sampling lives on. Contrastive learning of images and texts also asks which of many pairs is the true one.
#
# ## References
#
# - Course 5, week 2, lectures 5 to 7.
# - Y. Bengio, R. Ducharme, P. Vincent and C. Jauvin (2003), A Neural Probabilistic Language Model, Journal of Machine Learning Research 3.
# - F. Morin and Y. Bengio (2005), Hierarchical Probabilistic Neural Network Language Model, AISTATS.
# - J. Duchi, E. Hazan and Y. Singer (2011), Adaptive Subgradient Methods for Online Learning and Stochastic Optimization, Journal of Machine Learning Research 12.
# - T. Mikolov, K. Chen, G. Corrado and J. Dean (2013), Efficient Estimation of Word Representations in Vector Space, arXiv:1301.3781.
# - T. Mikolov, I. Sutskever, K. Chen, G. Corrado and J. Dean (2013), Distributed Representations of Words and Phrases and their Compositionality, NeurIPS.
# - O. Levy and Y. Goldberg (2014), Neural Word Embedding as Implicit Matrix Factorization, NeurIPS.
# - P. Bojanowski, E. Grave, A. Joulin and T. Mikolov (2017), Enriching Word Vectors with Subword Information, TACL.
