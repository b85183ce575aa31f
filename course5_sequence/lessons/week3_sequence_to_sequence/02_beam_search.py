# %% [markdown]
# You will write beam search, the algorithm that looks for the likeliest sentence, and run it on a model of film reviews and on a network that says numbers in words.
# Then you will find out what was wrong in a wrong sentence: the search or the model.

# %% [markdown]
# ## What you will be able to do
#
# - write beam search, with sentences that end at different lengths;
# - normalise scores by length, and say what this changes;
# - run a beam through a recurrent network, all its sentences in one step;
# - choose the width B of a beam from measured scores and times;
# - find out by error analysis whether the search or the model made a mistake.
#
# **What you need:** [sequence to sequence](01_sequence_to_sequence.ipynb) for encoder, decoder and greedy search; [language models and sampling](../week1_recurrent_networks/03_language_models_and_sampling.ipynb) for sums of logarithms; the layers of [GRU and LSTM](../week1_recurrent_networks/04_gru_and_lstm.ipynb), which are imported here.

# %%
import re
import sys
from collections import Counter
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import sequences as layers
from shared_utils.nn.gru import gru_backward, gru_cell_forward, gru_forward
from shared_utils.nn.optimisers import adam_step, clip_grad_norm

plots.use_style()

# The probabilities of the symbols 0, 1, 2 after each beginning of a sentence: the worked example of section 1.
PAPER = {(): (0.1, 0.5, 0.4), (1,): (0.3, 0.36, 0.34), (2,): (0.9, 0.06, 0.04)}
PAPER |= {(1, 1): (0.5, 0.3, 0.2), (1, 2): (0.8, 0.15, 0.05)}


def on_paper(prefix):
    """The logarithms of the probabilities of the next symbol, shape (3,)."""
    return np.log(np.array(PAPER.get(prefix, (0.8, 0.1, 0.1))))


# %% [markdown]
# ## 1. Keep the best B
#
# *How can we find a likely sentence without trying all of them?*
#
# A model gives the probability of each next symbol, $P(y^{\langle t \rangle} \mid x, y^{\langle 1 \rangle}, \dots, y^{\langle t-1 \rangle})$. We want the sentence with the largest
#
# $$\log P(y \mid x) = \sum_{t=1}^{T_y} \log P\left(y^{\langle t \rangle} \mid x, y^{\langle 1 \rangle}, \dots, y^{\langle t-1 \rangle}\right) .$$
#
# **Greedy search** takes the likeliest symbol at each step. It may miss, because a good first word can lead to a bad sentence. **Exhaustive search** tries all sentences, and there are far too many. **Beam search** stands between them. It keeps the **B** likeliest beginnings, the **beam**:
#
# 1. Start with one beginning: the empty one, with $\log P = 0$.
# 2. Extend each beginning of the beam by each symbol. Its $\log P$ grows by the logarithm of the probability of that symbol.
# 3. Of all these, keep the B likeliest. Go back to 2.
#
# Symbol 0 is **`<EOS>`**, the end of the sentence. A beginning that ends with it is a **finished** sentence. It is not extended any more. It **keeps its place** with its $\log P$, and the others must beat it. We stop when all sentences of the beam are finished, or after `T_max` steps.
#
# With B = 1 this is greedy search.
#
# *On paper.* Three symbols: 0 is the end.
#
# | after | 0 | 1 | 2 |
# |---|---|---|---|
# | nothing | 0.1 | 0.5 | 0.4 |
# | 1 | 0.3 | 0.36 | 0.34 |
# | 2 | 0.9 | 0.06 | 0.04 |
# | 1 1 | 0.5 | 0.3 | 0.2 |
# | 1 2 | 0.8 | 0.15 | 0.05 |
#
# B = 2, first step: keep "1" (0.5) and "2" (0.4). Second step: there are six extensions, "2 0" with $0.4 \cdot 0.9 = 0.36$, "1 1" with 0.18, "1 2" with 0.17, "1 0" with 0.15, and two small ones. Keep "2 0" and "1 1". Third step: "2 0" is finished and stays at 0.36. The best extension of "1 1" is "1 1 0" with 0.09. The beam is "2 0", "1 1 0". Greedy search finds "1 1 0" only, with a quarter of the probability.
#
# ### Exercise 1: `beam_search`
#
# An argument of this function is a function. `log_prob(prefix)` is the model: it takes the beginning of a sentence as a tuple, and returns the logarithms of the probabilities of all next symbols.


# %% exercise="beam_search"
def beam_search(log_prob, B, T_max):
    """The sentences that beam search keeps at its end.

    Args:
        log_prob: a function. log_prob(prefix) takes a tuple of whole numbers that holds no 0, perhaps an empty tuple,
            and returns the logarithms of the probabilities of the next symbol, shape (n_y,), floats <= 0. -inf means
            that a symbol is impossible; at least one symbol is possible. Do not change the array that it returns.
        B: the width of the beam, a whole number >= 1.
        T_max: the largest length of a sentence, the 0 at its end included, a whole number >= 1.

    Returns:
        sentences: a list of at most B lists of whole numbers, the likeliest first. Finished ones end with 0; others
            have T_max symbols. Impossible ones are never kept. There are fewer than B only if no more are possible.
        log_p: the logarithms of their probabilities, an array of shape (len(sentences),).
        No two sentences, or beginnings of sentences, are equally likely in what you are asked.
    """
    # 1. The beam holds the empty beginning. 2. At each step: who is finished stays, all others are extended.
    # 3. Of all of them together, keep the best B.
    ### BEGIN SOLUTION
    beam = [(0, ())]
    for _ in range(T_max):
        candidates = [(log_p, prefix) for log_p, prefix in beam if prefix[-1:] == (0,)]
        for log_p, prefix in beam:
            if prefix[-1:] != (0,):
                log_y_hat = log_prob(prefix)
                possible = [int(k) for k in np.argsort(-log_y_hat)[:B] if log_y_hat[k] > -np.inf]
                candidates += [(log_p + log_y_hat[k], (*prefix, k)) for k in possible]
        beam = sorted(candidates, reverse=True)[:B]
    return [list(prefix) for _, prefix in beam], np.array([log_p for log_p, _ in beam])
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Keep the beam as a list of pairs (logarithm, tuple of symbols). `(*prefix, k)` is a tuple with one symbol more. `prefix[-1:] == (0,)` is True for a finished sentence, and causes no error for the empty one.
# </details>
#
# <details><summary>Hint 2</summary>
#
# At each step make a new list `candidates`. A finished sentence goes into it as it is. Any other one goes into it once for each possible symbol. `sorted(candidates, reverse=True)[:B]` are the best B.
# </details>
#
# <details><summary>Hint 3</summary>
#
# With thousands of symbols, this is slow. No more than B extensions of one beginning can be among the best B of all. So `np.argsort(-log_y_hat)[:B]` gives the only symbols that matter.
# </details>

# %% check="beam_search" points=3
with checks.exercise("beam_search"):
    checks.unchanged(beam_search, on_paper, 2, 3)
    names = ["sentences", "log_p"]
    for B, best, p in ((1, [[1, 1, 0]], [0.09]), (2, [[2, 0], [1, 1, 0]], [0.36, 0.09])):
        sentences, log_p = checks.results(f"beam_search(on_paper, {B}, 3)", beam_search(on_paper, B, 3), names)
        checks.equal(f"the sentences with B = {B}", [list(each) for each in sentences], best)
        checks.close(f"log_p with B = {B}", log_p, np.log(p), mistakes={"the logarithms": p})
    sentences, log_p = beam_search(on_paper, 3, 3)
    checks.equal("the sentences with B = 3", [list(each) for each in sentences], [[2, 0], [1, 2, 0], [1, 1, 0]])
    sentences, log_p = beam_search(on_paper, 2, 2)
    checks.equal("the sentences with B = 2, T_max = 2", [list(each) for each in sentences], [[2, 0], [1, 1]])
    checks.close("their log_p", log_p, np.log([0.36, 0.18]))
    ### BEGIN HIDDEN TESTS
    from itertools import product

    def table(seed, n_y, impossible=0.0, ends=0.0, wide=2.0):
        def log_prob(prefix):
            if not isinstance(prefix, tuple) or 0 in prefix:
                raise ValueError(f"log_prob was asked about {prefix!r}: only tuples without a 0, please")
            rng = np.random.default_rng([seed, *prefix])
            z = wide * rng.normal(0, 1, n_y) + ends * (np.arange(n_y) == 0)
            z[rng.random(n_y) < impossible] = -np.inf
            z[rng.integers(n_y)] = 0.5
            found = z - np.logaddexp.reduce(z)
            found.flags.writeable = False
            return found

        return log_prob

    def endless(prefix):
        return np.array([-np.inf, -0.5 - 0.001 * len(prefix), -1.0])

    def level_by_level(log_prob, B, T_max):
        values = {(): 0.0}
        for _ in range(T_max):
            grown = {}
            for prefix, value in values.items():
                if prefix and prefix[-1] == 0:
                    grown[prefix] = value
                    continue
                for symbol, more in enumerate(log_prob(prefix).tolist()):
                    if np.isfinite(more):
                        grown[*prefix, symbol] = value + more
            limit = sorted(grown.values())[-B:][0]
            values = {prefix: value for prefix, value in grown.items() if value >= limit}
        ranking = sorted(values, key=values.get)[::-1]
        return [list(prefix) for prefix in ranking], np.array([values[prefix] for prefix in ranking])

    def model(rng, n_y, B, T_max):
        return table(int(rng.integers(1, 10**6)), n_y, ends=float(rng.integers(0, 3))), B, T_max

    cases = {f"model {k}, B = {B}": (table(k, 4, 0.2, 1), B, 6) for k in range(6) for B in (1, 2, 3, 8)}
    cases |= {f"with {p:.0%} impossible symbols": (table(9, 5, p), 4, 5) for p in (0.5, 0.9, 1.0)}
    cases |= {
        "with more than the possible sentences": (table(3, 3), 1000, 3),
        "with B = 300": (table(4, 7, 0, 1), 300, 4),
    }
    cases |= {"with ends that are likely": (table(5, 4, 0, 4), 3, 50), "with 300 symbols": (table(6, 300), 2, 6)}
    cases |= {"without ends": (endless, 2, 130), "far from equal": (table(8, 4, 0, 0, 300.0), 3, 6)}
    cases |= {"where all but one symbol are very improbable": (table(8, 4, 0, 0, 3000.0), 4, 3)}
    sizes = {"n_y": (2, 60), "B": 20, "T_max": 12}
    checks.agrees(beam_search, level_by_level, model, sizes=sizes, returns=names, cases=cases)
    for seed in range(3):  # a wide beam is exhaustive search
        log_prob, every = table(seed, 3), {}
        for symbols in product(range(3), repeat=4):
            said = symbols[: symbols.index(0) + 1] if 0 in symbols else symbols
            every[said] = sum(log_prob(said[:t])[symbol] for t, symbol in enumerate(said))
        sentences, _ = beam_search(log_prob, len(every), 4)
        ranking = [list(said) for said in sorted(every, key=every.get, reverse=True)]
        checks.equal(f"all {len(every)} sentences of 3 symbols", [list(each) for each in sentences], ranking)
    ### END HIDDEN TESTS

# %% [markdown]
# Here is the worked example as a tree. The thick blue branches are those that the beam keeps.

# %%
figure, axis = plt.subplots(figsize=(8, 4))
place = {(): 4.0, (0,): 7.5, (1,): 5.0, (2,): 1.0, (1, 0): 7, (1, 1): 5.5, (1, 2): 3.5, (2, 0): 2, (2, 1): 1, (2, 2): 0}
place |= {(1, 1, 0): 6.5, (1, 1, 1): 5.5, (1, 1, 2): 4.5}
kept = {tuple(each) for steps in (1, 2, 3) for each in beam_search(on_paper, 2, steps)[0]}
for prefix, height in place.items():
    if prefix:
        color, width = ("#0072B2", 2.5) if prefix in kept else ("#BBBBBB", 1)
        before, p = place[prefix[:-1]], np.exp(sum(on_paper(prefix[:t])[k] for t, k in enumerate(prefix)))
        axis.plot([len(prefix) - 1, len(prefix)], [before, height], color=color, linewidth=width, linestyle="-")
        text = " ".join(map(str, prefix)) + f":  {p:.3f}"
        style = {"color": "black" if prefix in kept else "#666666", "bbox": {"color": "white", "pad": 1.5}}
        axis.text(len(prefix) + 0.03, height, text, va="center", zorder=3, **style)
axis.text(-0.05, 4, "start", ha="right", va="center")
axis.set(
    xlim=(-0.4, 3.6), xticks=[0, 1, 2, 3], yticks=[], xlabel="symbols", title='Greedy search never sees "2 0" (B = 2)'
)
axis.grid(False)
plt.show()

# %% [markdown]
# *What to notice.* In words: from the start, "1" and "2" are kept; then "2 0" and "1 1"; at last "2 0" and "1 1 0". After one step "1" is ahead, and greedy search forgets "2". The beam still has it.
#
# **A wide beam is exhaustive search.** If B is at least the number of all sentences, nothing is ever dropped. A narrow beam has no such guarantee: it may drop the beginning of the best sentence. It can even happen that a beam of 3 ends with a worse sentence than a beam of 2.
#
# ### A model of film reviews
#
# Now a model of real sentences: 5,558 sentences of film reviews. It looks at the last two words. It mixes what was counted after these two words (60 %), after the last word (30 %), and anywhere (10 %). Words that occur only once or twice are impossible.

# %%
reviews = [re.findall("[a-z]+(?:'[a-z]+)?", text.lower()) for text in data.load_sentiment().x_train]
counted = Counter(word for review in reviews for word in review)
vocabulary = ["<EOS>", *sorted(word for word, count in counted.items() if count >= 3)]
number = {word: k for k, word in enumerate(vocabulary)}
anywhere, after, total = np.zeros(len(vocabulary)), {}, sum(counted.values())
for review in reviews:
    symbols = [0, 0, *(number.get(word, -1) for word in review), 0]
    for t, symbol in enumerate(symbols[2:], 2):
        if symbol >= 0:
            anywhere[symbol] += 1 / total
            for context in (tuple(symbols[t - 2 : t]), (symbols[t - 1],)):
                after.setdefault(context, Counter())[symbol] += 1
after = {context: (np.array(list(seen)), np.array(list(seen.values()))) for context, seen in after.items()}


# %%
def next_word(prefix):
    """The logarithms of the probabilities of the next word of a review, shape (n_y,)."""
    p, words = 0.1 * anywhere, (0, 0, *prefix)
    for context, share in ((words[-2:], 0.6), (words[-1:], 0.3)):
        if context in after:
            symbols, counts = after[context]
            p[symbols] += share * counts / counts.sum()
    return np.log(p / p.sum())


def as_text(sentence, words=vocabulary):
    return " ".join(words[k] for k in sentence)


for B in (1, 3, 10, 30):
    sentences, log_p = beam_search(next_word, B, 20)
    print(f"B = {B:2}   log P = {log_p[0]:6.2f}   {as_text(sentences[0])}")

# %% [markdown]
# *What to notice.* Greedy search runs in a circle: after "is a movie that" the likeliest words are "is a movie that". A beam of 3 finds a sentence that is far likelier: "the film", then the end. A beam of 30 finds one that is likelier still: **the empty sentence**. $\log P$ grows with B here, and the result becomes less useful. So the search does its work. It is the **aim** that is wrong: each word multiplies the probability by a number below 1, so that short sentences win.
#
# ## 2. Normalise by length
#
# *How do we compare sentences of different lengths?*
#
# The lecture divides the sum of logarithms by a power of the length $T_y$, which counts `<EOS>` too:
#
# $$\text{score}(y) = \frac{1}{T_y^{\alpha}} \sum_{t=1}^{T_y} \log P\left(y^{\langle t \rangle} \mid x, y^{\langle 1 \rangle}, \dots, y^{\langle t-1 \rangle}\right) .$$
#
# With $\alpha = 0$ it is $\log P$ itself. With $\alpha = 1$ it is the mean logarithm of a symbol. In between, $\alpha = 0.7$ is often used. There is no theory behind $\alpha$: it is a hyperparameter, to be tried on a development set.
#
# *On paper.* Two sentences, $\log P = -4$ with 4 symbols and $\log P = -6.3$ with 9 symbols. $\alpha = 0$: $-4$ and $-6.3$, the short one wins. $\alpha = 0.5$: $-2$ and $-2.1$, the short one wins by a little. $\alpha = 1$: $-1$ and $-0.7$, the long one wins.
#
# ### Exercise 2: `length_normalise`


# %% exercise="length_normalise"
def length_normalise(log_p, T, alpha):
    """The scores of sentences, normalised by their lengths.

    Args:
        log_p: logarithms of probabilities, shape (k,), floats or whole numbers <= 0.
        T: the lengths of the sentences, their 0 included, whole numbers >= 1 or floats, shape (k,).
        alpha: the exponent of the length, a number from 0 to 2.

    Returns:
        Shape (k,).
    """
    # One line.
    ### BEGIN SOLUTION
    return log_p / T**alpha
    ### END SOLUTION


# %% check="length_normalise" points=1
with checks.exercise("length_normalise"):
    log_p, T = np.array([-4.0, -6.3, -2.5]), np.array([4, 9, 1])
    checks.unchanged(length_normalise, log_p, T, 0.5)
    slips = {
        "divide by the power of the length": [-8, -18.9, -2.5],
        "divided by the length, without alpha": [-1, -0.7, -2.5],
    }
    slips |= {"alpha is an exponent": [-2, -1.4, -5]}
    checks.close("alpha = 0.5", length_normalise(log_p, T, 0.5), [-2, -2.1, -2.5], mistakes=slips)
    checks.close("alpha = 1", length_normalise(log_p, T, 1), [-1, -0.7, -2.5])
    checks.close("alpha = 0.7", length_normalise(log_p, T, 0.7), [-1.515717, -1.353227, -2.5], rtol=1e-5)
    checks.close("alpha = 0", length_normalise(log_p, T, 0), [-4, -6.3, -2.5])
    ### BEGIN HIDDEN TESTS

    def one_by_one(log_p, T, alpha):
        return np.array([float(a) * np.exp(-alpha * np.log(float(b))) for a, b in zip(log_p, T, strict=True)])

    def scored(rng, k):
        return -3 * rng.random(k), rng.integers(1, 30, k), float(rng.random())

    rng = np.random.default_rng(1)
    cases = {f"with alpha = {alpha}": (-rng.random(5), rng.integers(1, 9, 5), alpha) for alpha in (0, 0.7, 1, 2, 1.5)}
    cases |= {"with whole numbers and alpha = 1": (np.array([-4, -7, -5]), np.array([3, 2, 4]), 1)}
    cases |= {"with lengths that are no whole numbers": (-rng.random(3), np.array([2.5, 1.25, 7.75]), 0.8)}
    cases |= {"with lengths of thousands": (-rng.random(4), np.array([5000, 1, 70000, 3]), 0.7)}
    cases |= {"with certain sentences": (np.array([0.0, -1.0]), np.array([3, 2]), 0.6)}
    cases |= {"with small logarithms": (-1e5 * rng.random(3), np.array([9, 1, 4]), 0.9)}
    checks.agrees(length_normalise, one_by_one, scored, sizes={"k": 1100}, types=["log_p", "T"], cases=cases)
    ### END HIDDEN TESTS

# %% [markdown]
# Which sentence of the beam do we take? One more rule is needed. A sentence that was cut off at `T_max` is no sentence, and its score lacks the probability of an end. So we choose among the **finished** ones. Only if there is none, we choose among all.
#
# *On paper.* The beam "1 2 2", "3 0", "2 1 1 0" with $\log P = -1, -4, -6$. "1 2 2" is not finished. With $\alpha = 0$, "3 0" wins with $-4$. With $\alpha = 1$, "2 1 1 0" wins with $-6 / 4 = -1.5$ against $-2$.
#
# ### Exercise 3: `choose`


# %% exercise="choose"
def choose(sentences, log_p, alpha):
    """The sentence of a beam with the best normalised score.

    Args:
        sentences: a list of lists of whole numbers, each of length 1 or more. Where a 0 occurs, it is the last one,
            and the sentence is finished.
        log_p: the logarithms of their probabilities, shape (len(sentences),), in any order.
        alpha: the exponent of the length, a number from 0 to 2.

    Returns:
        A list of whole numbers: the best of the finished sentences; if none is finished, the best of all. The 0 counts
        as a part of the length, and stays at the end. No two scores are equal in what you are asked, but two
        probabilities may be.
    """
    # 1. Scores of all. 2. Who may be chosen? 3. The best of these.
    ### BEGIN SOLUTION
    scores = length_normalise(log_p, np.array([len(sentence) for sentence in sentences]), alpha)
    finished = [k for k, sentence in enumerate(sentences) if sentence[-1] == 0]
    return sentences[max(finished or range(len(sentences)), key=lambda k: scores[k])]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `finished = [k for k, sentence in enumerate(sentences) if sentence[-1] == 0]` are the numbers of the finished ones. An empty list counts as False: `finished or range(len(sentences))`. `max(numbers, key=lambda k: scores[k])` is the number with the best score.
# </details>

# %% check="choose" points=2
with checks.exercise("choose"):
    sentences, log_p = [[1, 2, 2], [3, 0], [2, 1, 1, 0]], np.array([-1.0, -4, -6])
    checks.unchanged(choose, sentences, log_p, 1)
    checks.equal("the choice with alpha = 0", list(choose(sentences, log_p, 0)), [3, 0])
    checks.equal("the choice with alpha = 1", list(choose(sentences, log_p, 1)), [2, 1, 1, 0])
    near = np.array([-1.0, -4, -9.5])
    checks.equal("the choice with log_p -1, -4, -9.5, alpha = 1", list(choose(sentences, near, 1)), [3, 0])
    open_ones = [[1, 2, 2], [3, 1], [2, 1, 1, 3]]
    checks.equal("the choice if none is finished, alpha = 0", list(choose(open_ones, log_p, 0)), [1, 2, 2])
    checks.equal(
        "and with log_p -4, -2, -3, alpha = 1", list(choose(open_ones, log_p[[1, 0, 0]] - [0, 1, 2], 1)), [2, 1, 1, 3]
    )
    ### BEGIN HIDDEN TESTS

    def by_sorting(sentences, log_p, alpha):
        ranking = []
        for sentence, value in zip(sentences, log_p.tolist(), strict=True):
            ranking.append((0 in sentence, value * float(len(sentence)) ** -alpha, sentence))
        return sorted(ranking, key=lambda entry: entry[:2])[-1][2]

    def beam_of(rng, k, T, ends=0.5, alpha=None):
        found = []
        for _ in range(k):
            sentence = rng.integers(1, 30, rng.integers(1, T + 1)).tolist()
            found.append([*sentence[:-1], 0] if rng.random() < ends else sentence)
        return found, -9 * rng.random(k), float(rng.random()) if alpha is None else alpha

    rng = np.random.default_rng(2)
    cases = {f"draw {j}, alpha {a}": (*beam_of(rng, 6, 9)[:2], a) for j in range(6) for a in (0, 0.7, 1, 2)}
    cases |= {f"draw {j}, none finished": beam_of(rng, 5, 9, 0) for j in range(6)}
    cases |= {f"draw {j}, all finished": beam_of(rng, 5, 9, 1) for j in range(6)}
    cases |= {"with an empty sentence": ([[0], [4, 0]], np.array([-3.0, -5.0]), 1.0)}
    cases |= {f"draw {j}, small logarithms": (*beam_of(rng, 5, 9)[:1], -1e7 * rng.random(5), 0.5) for j in range(6)}
    even, odd = [[1, 2, 0], [3, 4, 1, 0], [2, 0]], [[1, 2, 3], [4, 1], [2, 2, 2, 2]]
    cases |= {f"with equal log_p, alpha {a}": (even, np.array([-2.0, -2, -2]), a) for a in (0.5, 1)}
    cases |= {"with a certain sentence": ([[2, 0], [1, 2, 0]], np.array([0.0, -3]), 1)}
    cases |= {"with none finished, alpha 1": ([[1], [1, 2, 2]], np.array([-1.0, -2.4]), 1)}
    tiny = -2e-3 - 1e-9 * np.array([1, 0, 2])
    cases |= {"with scores near each other": (even, tiny, 0), "and none finished": (odd, tiny, 0)}
    cases |= {f"draw {j}, many not finished": beam_of(rng, 300, 9, 0) for j in range(4)}
    domain = {"new": False, "apart": False, "cases": cases}
    checks.agrees(choose, by_sorting, beam_of, sizes={"k": 300, "T": 120}, **domain)
    ### END HIDDEN TESTS

# %%
widths = (1, 2, 3, 5, 10, 20, 30)
beams = {B: beam_search(next_word, B, 20) for B in widths}
figure, axis = plt.subplots(figsize=(7, 4))
for alpha, line in ((0, "o-"), (0.7, "s--"), (1, "^:")):
    chosen = [choose(*beams[B], alpha) for B in widths]
    axis.plot(widths, [len(each) for each in chosen], line, label=f"α = {alpha}")
    print(f"alpha = {alpha}, B = 30:   {as_text(chosen[-1])}")
axis.set(xscale="log", xticks=widths, xticklabels=widths, xlabel="width B of the beam", ylim=(0, 21))
axis.set_yticks(range(0, 21, 5))
axis.minorticks_off()
axis.set(ylabel="length of the chosen sentence", title="Without normalisation, a wide beam ends at once")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* The curve of $\alpha = 0$ falls from 20 words, the circle of greedy search, to 1, the end alone. With $\alpha = 0.7$ and $\alpha = 1$ a beam of 30 finds real sentences. They are made of pieces of reviews: after two rare words the model has seen only one way to go on, so each word of the copy is very likely, and a long copy has a good mean. So normalisation pushes the other way, towards long and certain sentences. Neither is "right".
#
# ## 3. The whole beam in one step
#
# *How does a beam run through a recurrent network?*
#
# `beam_search` asks for one beginning after the other, and a recurrent network would have to read each of them from its start. Two things make it fast:
#
# - the network keeps its **state** for each sentence of the beam, so that a step needs only the last symbol;
# - the $k$ sentences of the beam are a batch: the states are the columns of an array $(n_a, k)$.
#
# A step of the network gives an array of logarithms $(n_y, k)$: entry $(i, j)$ is that of symbol $i$ after sentence $j$. Adding $\log P$ of each sentence to its column gives $n_y \cdot k$ sums, and we need the best B of them all. Each has a **parent**, the column, and a **symbol**, the row.
#
# *On paper.* Again the second step of the example. $P$ of the sentences "1" and "2": 0.5 and 0.4.
#
# $$\begin{pmatrix} 0.3 & 0.9 \\ 0.36 & 0.06 \\ 0.34 & 0.04 \end{pmatrix} \text{ with the columns times 0.5 and 0.4:} \begin{pmatrix} 0.15 & 0.36 \\ 0.18 & 0.024 \\ 0.17 & 0.016 \end{pmatrix}$$
#
# The best four are 0.36, 0.18, 0.17, 0.15: parents 1, 0, 0, 0 and symbols 0, 1, 2, 0.
#
# ### Exercise 4: `best_extensions`


# %% exercise="best_extensions"
def best_extensions(log_p, log_y_hat, B):
    """The best B of all extensions of k sentences by one symbol, without a loop.

    Args:
        log_p: the logarithms of the probabilities of the sentences, shape (k,), floats or whole numbers from -1e6 to 0.
        log_y_hat: those of the next symbol after each of them, shape (n_y, k), floats from -1e6 to 0, or -inf where a
            symbol is impossible; at least one entry is not.
        B: how many, a whole number >= 1.

    Returns:
        parents: the columns of the best extensions, whole numbers, shape (b,).
        symbols: their rows, whole numbers, shape (b,).
        log_p_new: the sums of the logarithms, shape (b,), the largest first.
        b is B, or the number of possible extensions if there are fewer. No two sums are equal in what you are asked,
        apart from -inf.
    """
    # 1. All sums. 2. The places of the best, in one long row. 3. Row and column of each; without the impossible ones.
    ### BEGIN SOLUTION
    sums = log_p + log_y_hat
    best = np.argsort(-sums, axis=None)[: min(B, np.sum(sums > -np.inf))]
    symbols, parents = np.unravel_index(best, sums.shape)
    return parents, symbols, sums[symbols, parents]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.argsort(-sums, axis=None)` sorts all entries as one long row, and gives their numbers in it. `np.unravel_index(numbers, sums.shape)` turns these numbers into rows and columns. Take no more than `np.sum(sums > -np.inf)` of them.
# </details>

# %% check="best_extensions" points=2
with checks.exercise("best_extensions"):
    log_p, log_y_hat = np.log([0.5, 0.4]), np.log([[0.3, 0.9], [0.36, 0.06], [0.34, 0.04]])
    checks.unchanged(best_extensions, log_p, log_y_hat, 4)
    answer = best_extensions(log_p, log_y_hat, 4)
    names = ["parents", "symbols", "log_p_new"]
    parents, symbols, log_p_new = checks.results("best_extensions(log_p, log_y_hat, 4)", answer, names)
    checks.shape("log_p_new", log_p_new, (4,))
    right = np.log([0.36, 0.18, 0.17, 0.15])
    slips = {"add the log_p of each sentence": np.log([0.9, 0.36, 0.34, 0.3]), "the largest first": right[::-1]}
    slips |= {"the smallest were taken": np.log([0.016, 0.024, 0.15, 0.17]), "take logarithms": np.exp(right)}
    checks.close("log_p_new", log_p_new, right, mistakes=slips)
    checks.close("parents", parents, [1, 0, 0, 0], mistakes={"these are the symbols": [0, 1, 2, 0]})
    checks.close("symbols", symbols, [0, 1, 2, 0])
    finished = np.array([[0, -1], [-np.inf, -2]])
    parents, symbols, _ = best_extensions(np.array([-4, -1]), finished, 9)
    checks.close("parents of the three possible ones, B = 9", parents, [1, 1, 0])
    checks.close("symbols of the three possible ones", symbols, [0, 1, 0])
    ### BEGIN HIDDEN TESTS

    def by_a_sorted_list(log_p, log_y_hat, B):
        ranking = []
        for symbol, row in enumerate(log_y_hat.tolist()):
            ranking += [(log_p[j] + value, j, symbol) for j, value in enumerate(row) if value != -np.inf]
        ranking = sorted(ranking, reverse=True)[:B]
        columns = zip(*ranking, strict=True)
        log_p_new, parents, symbols = (np.array(list(column)) for column in columns)
        return parents, symbols, log_p_new

    def extended(rng, n_y, k, B, impossible=0.0, size=3.0):
        log_y_hat = -size * rng.random((n_y, k))
        log_y_hat[rng.random((n_y, k)) < impossible] = -np.inf
        log_y_hat[rng.integers(n_y), rng.integers(k)] = -0.1234
        return -size * rng.random(k), log_y_hat, B

    rng = np.random.default_rng(3)
    cases = {
        f"with {p:.0%} impossible, B = {B}": extended(rng, 5, 4, B, p) for p in (0.3, 0.8, 1) for B in (1, 6, 19, 50)
    }
    cases |= {
        "with 2,000 extensions, B = 1500": extended(rng, 40, 50, 1500),
        "with B = 1 of 3,000": extended(rng, 1000, 3, 1),
    }
    cases |= {"with small logarithms": extended(rng, 4, 3, 5, 0, 1e6), "near 0": extended(rng, 4, 3, 5, 0, 1e-9)}
    cases |= {"with whole numbers in log_p": (np.array([-2, 0, -1]), *extended(rng, 4, 3, 5)[1:])}
    cases |= {"with one parent alone": (np.array([-5.0, -0.5, -7.0]), -rng.random((4, 3)), 3)}
    cases |= {"with a certain symbol": (np.array([-1.0, -2.0]), np.array([[0.0, -np.inf], [-np.inf, 0.0]]), 3)}
    near = np.array([[-3.0, -3.00000001], [-3.00000002, -2.99999999]])
    cases |= {"with sums that are nearly equal": (np.array([-1.0, -1.0]), near, 3)}
    cases |= {"with sums of nearly -2e6": (np.array([-1e6, -999_999.0]), np.array([[-1e6, -999_000], [-5.0, -7]]), 4)}
    sizes = {"n_y": 103, "k": 101, "B": 110}
    checks.agrees(best_extensions, by_a_sorted_list, extended, sizes=sizes, returns=names, cases=cases, apart=False)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the whole search. The network is again an argument: `step(state, last)` takes the states $(n_a, k)$ and the last symbols $(k,)$, and returns the logarithms $(n_y, k)$ and the new states $(n_a, k)$. Before the first word, `last` is 0, as everywhere in this course: the end of the sentence before.
#
# Two things need care. **The states must follow the sentences.** After the choice, column $j$ belongs to the sentence whose parent is `parents[j]`, so the states are `state[:, parents]`. The same parent may occur several times, or not at all. **A finished sentence** must stay as it is: in its column every symbol gets $-\infty$, and symbol 0 gets 0. Then it has exactly one extension, with the same $\log P$. Do not append a second 0 to the sentence.
#
# *On paper.* In the third step of the example the columns belong to "2 0" and "1 1". The first one becomes $(0, -\infty, -\infty)$, the second one is $\log(0.5, 0.3, 0.2)$. The best two: $\log 0.36 + 0$ with parent 0, and $\log 0.18 + \log 0.5$ with parent 1.
#
# ### Exercise 5: `beam_search_states`


# %% exercise="beam_search_states"
def beam_search_states(step, state, B, T_max):
    """Beam search through a network that keeps a state for each sentence; all sentences of the beam in one step.

    Args:
        step: a function. step(state, last) takes states, shape (n_a, k), and the last symbols, whole numbers, shape
            (k,), k >= 1. It returns two new arrays, which you may change: log_y_hat, shape (n_y, k), with -inf where a
            symbol is impossible (never all of them), and the new states, shape (n_a, k). Each column is computed from
            the same column of its arguments.
        state: the state before the first step, shape (n_a, 1), of any number type; the last symbol before it is 0.
        B, T_max: as for beam_search.

    Returns:
        sentences, log_p: as from beam_search. step is never called more than T_max times.
    """
    # 1. One sentence without a symbol. 2. Step; finished ones can only stay. 3. The best extensions.
    # 4. Sentences and states of the parents, and the new symbols. 5. Are all finished?
    ### BEGIN SOLUTION
    sentences, log_p, last = [[]], np.zeros(1), np.zeros(1, int)
    finished = np.array([False])
    for _ in range(T_max):
        log_y_hat, state = step(state, last)
        log_y_hat[:, finished] = -np.inf
        log_y_hat[0, finished] = 0
        parents, last, log_p = best_extensions(log_p, log_y_hat, B)
        pairs = np.transpose([parents, last])
        sentences = [sentences[j] + [int(k)] * (not finished[j]) for j, k in pairs]
        state, finished = state[:, parents], last == 0
        if finished.all():  # equivalent "dropped: if finished.all():": the break only saves time
            break
    return sentences, log_p
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Keep four things for each sentence: the list of its symbols, its `log_p`, its last symbol, and its column of `state`. A sentence is finished if its last symbol is 0, but not at the start: keep an array `finished` of True and False, at first `[False]`.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `log_y_hat[:, finished] = -np.inf`, then `log_y_hat[0, finished] = 0`. After `parents, last, log_p = best_extensions(log_p, log_y_hat, B)`, build the list of new sentences from `sentences[j] + [k]`, or `sentences[j]` alone where the parent `j` is finished. Then `state = state[:, parents]` and `finished = last == 0`.
# </details>

# %% check="beam_search_states" points=3
with checks.exercise("beam_search_states"):
    # The state 0 stands for nothing, 1 for "1", 2 for "2", 3 for "1 1", 4 for "1 2", 9 for all others.
    following, beginnings = {(0, 1): 1, (0, 2): 2, (1, 1): 3, (1, 2): 4}, [(), (1,), (2,), (1, 1), (1, 2)]

    def paper_step(state, last):
        state = np.array([following.get(pair, 9 * (pair != (0, 0))) for pair in zip(state[0], last, strict=True)])[None]
        rows = [on_paper(beginnings[k]) if k < 5 else np.log([0.8, 0.1, 0.1]) for k in state[0]]
        return np.stack(rows, axis=1), state

    names, start = ["sentences", "log_p"], np.zeros((1, 1), int)
    checks.unchanged(beam_search_states, paper_step, start, 2, 3)
    for B, best, p in ((1, [[1, 1, 0]], [0.09]), (2, [[2, 0], [1, 1, 0]], [0.36, 0.09])):
        sentences, log_p = checks.results(f"B = {B}", beam_search_states(paper_step, start, B, 3), names)
        checks.equal(f"the sentences with B = {B}", [list(each) for each in sentences], best)
        checks.close(f"log_p with B = {B}", log_p, np.log(p))
    sentences, _ = beam_search_states(paper_step, start, 3, 3)
    checks.equal("the sentences with B = 3", [list(each) for each in sentences], [[2, 0], [1, 2, 0], [1, 1, 0]])
    ### BEGIN HIDDEN TESTS

    def network(rng, n_y, n_a, ends=0.0, impossible=0.0, scale=1.0):
        W, E = scale * rng.normal(0, 1, (n_a, n_a)) / n_a**0.5, rng.normal(0, 2, (n_a, n_y))
        W_y, b_y = 3 * rng.normal(0, 1, (n_y, n_a)), rng.normal(0, 1, (n_y, 1)) + ends * np.eye(n_y, 1)
        b_y[1:][rng.random((n_y - 1, 1)) < impossible] = -np.inf

        def step(state, last):
            state, last = np.asarray(state), np.asarray(last)
            if state.shape != (n_a, len(last)):
                raise ValueError(f"{len(last)} last symbols for states of shape {state.shape}")
            state = np.tanh(W @ state + E[:, last])
            z = W_y @ state + b_y
            return z - np.log(np.sum(np.exp(z), axis=0)), state

        return step

    def once_only(rng):
        step = network(rng, 5, 4, 2)

        def again(state, last):
            log_y_hat, new = step(state[1:], last)
            log_y_hat[0, (state[0] == 0) & (np.asarray(last) == 0)] = -np.inf
            return log_y_hat, np.concatenate([np.zeros((1, len(last))), new])

        return again

    def from_the_start(step, state, B, T_max):
        beam = {(): 0.0}
        for _ in range(T_max):
            grown = {prefix: value for prefix, value in beam.items() if 0 in prefix}
            for prefix, value in beam.items():
                if 0 not in prefix:
                    now = state
                    for symbol in (0, *prefix):
                        log_y_hat, now = step(now, np.array([symbol]))
                    for symbol, more in enumerate(log_y_hat[:, 0].tolist()):
                        grown[*prefix, symbol] = value + more
            ranking = sorted((prefix for prefix in grown if grown[prefix] > -np.inf), key=grown.get, reverse=True)[:B]
            beam = {prefix: grown[prefix] for prefix in ranking}
        return [list(prefix) for prefix in beam], np.array(list(beam.values()))

    def search(rng, n_y, n_a, B, T_max, ends=0.0, impossible=0.0):
        return network(rng, n_y, n_a, ends, impossible), rng.normal(0, 1, (n_a, 1)), B, T_max

    rng = np.random.default_rng(4)
    cases = {f"network {k}": search(rng, 5, 4, 1 + k % 5, 8, ends=k % 4) for k in range(16)}
    cases |= {f"network {k} with impossible symbols": search(rng, 6, 3, 4, 6, 1, 0.5) for k in range(4)}
    cases |= {"without ends": search(rng, 3, 4, 3, 9, -60), "with likely ends": search(rng, 4, 4, 3, 60, 6)}
    cases |= {"with 130 steps": (network(rng, 3, 2, -60, 0, 0.2), np.ones((2, 1)), 2, 130)}
    far = network(rng, 4, 3, 0, 0, 0.01)
    cases |= {f"with a large state, B = {B}": (far, 60 * rng.normal(0, 1, (3, 1)), B, 3) for B in (1, 2, 3, 4, 5)}
    cases |= {f"with no second 0, B = {B}": (once_only(rng), np.eye(5, 1), B, 6) for B in (1, 3)}
    cases |= {"with 300 symbols": search(rng, 300, 3, 3, 4), "with more than the sentences": search(rng, 3, 3, 200, 3)}
    domain = {"returns": names, "cases": cases, "apart": False, "atol": 1e-10}
    checks.agrees(
        beam_search_states, from_the_start, search, sizes={"n_y": (2, 50), "n_a": 120, "B": 20, "T_max": 9}, **domain
    )
    calls = []

    def counted_step(state, last):
        calls.append(len(last))
        return paper_step(state, last)

    for T_max in (1, 2, 3):
        calls.clear()
        beam_search_states(counted_step, start, 2, T_max)
        told = f"with T_max = {T_max}, step was called {len(calls)} times; all sentences go in one call"
        checks.that(len(calls) <= T_max, told)
    checks.that(max(calls) <= 2, f"with B = 2, step got {max(calls)} sentences at once; keep no more than B")
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. A network that says numbers
#
# *What does a wider beam bring, and what does it cost?*
#
# A task on which greedy search must err. In English, 1506 is "fifteen hundred and six", or "one thousand five hundred and six". Let 40 % of people say the first. The other 60 % say the second, in four ways, 15 % each: "one thousand five hundred …", "one thousand **and** …", "one thousand **plus** …", "one thousand **,** …". The first word "one" is likelier than "fifteen" (60 to 40). But the **sentence** with "fifteen" is likelier than each of the four others (40 to 15). We ask for what most people say: the test set wants "fifteen hundred and six".
#
# The network is an encoder and a decoder as in lesson 01: a GRU of 96 units reads the four digits, its last state is the first state of another GRU, which writes words. It is trained on 4,000 numbers in single precision (float32), for about ten seconds.

# %%
SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
SMALL += "seventeen eighteen nineteen".split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(n):
    """The words of a whole number from 0 to 999."""
    if n >= 100:
        return [SMALL[n // 100], "hundred"] + (["and", *in_words(n % 100)] if n % 100 else [])
    if n >= 20:
        return [TENS[n // 10]] + ([SMALL[n % 10]] if n % 10 else [])
    return [SMALL[n]]


def ways(n):
    """The five ways to say a number from 1100 to 9999: the one with 40 %, then four with 15 % each."""
    hundreds = in_words(n // 100) + ["hundred"] + (["and", *in_words(n % 100)] if n % 100 else [])
    return [hundreds] + [
        [SMALL[n // 1000], "thousand", *join, *in_words(n % 1000)] for join in ([], ["and"], ["plus"], [","])
    ]


# %%
rng = np.random.default_rng(0)
numbers = rng.permutation([n for n in range(1100, 10000) if n // 100 % 10 > 0])[:4500]
said = [ways(n)[rng.choice(5, p=[0.4, 0.15, 0.15, 0.15, 0.15]) if j < 4000 else 0] for j, n in enumerate(numbers)]
words = ["<EOS>", *sorted({word for sentence in said for word in sentence})]
digits = np.array([[int(digit) for digit in str(n)] for n in numbers])
y, mask = np.zeros((4500, 10), int), np.zeros((4500, 10), np.float32)
for j, sentence in enumerate(said):
    y[j, : len(sentence)], mask[j, : len(sentence) + 1] = [words.index(word) for word in sentence], 1
for j in (0, 1, 4000):
    print(numbers[j], "->", " ".join(said[j]), "(test)" if j >= 4000 else "")


# %%
def initialize(rng, n_y, n_e=48, n_a=96):
    """Parameters of encoder ("x_"), decoder ("y_"), embeddings of digits and words, and the scores; float32."""
    shapes = {f"{side}_W_{gate}": (n_a, n_a + n_e) for side in "xy" for gate in "urc"} | {"W_ya": (n_y, n_a)}
    shapes |= {f"{side}_b_{gate}": (n_a, 1) for side in "xy" for gate in "urc"} | {"b_y": (n_y, 1)}
    shapes |= {"E_x": (n_e, 10), "E_y": (n_e, n_y)}
    scale = {key: 0.3 if key[0] == "E" else shape[1] ** -0.5 * ("W" in key) for key, shape in shapes.items()}
    return {key: (scale[key] * rng.normal(0, 1, shape)).astype(np.float32) for key, shape in shapes.items()}


def side(parameters, name):
    return {key[2:]: value for key, value in parameters.items() if key.startswith(f"{name}_")}


def encode(parameters, x):
    """All states (n_a, m, T_x) of the encoder, and its caches."""
    a0 = np.zeros((len(parameters["x_b_u"]), len(x)), np.float32)
    return gru_forward(layers.embedding_forward(parameters["E_x"], x), a0, side(parameters, "x"))


# %%
def gradients(parameters, x, y, mask):
    """The gradients of the mean loss of the real steps, by "d" + key."""
    states, x_caches = encode(parameters, x)
    before = np.hstack([0 * y[:, :1], y[:, :-1]])
    e = layers.embedding_forward(parameters["E_y"], before)
    a, y_caches = gru_forward(e, states[:, :, -1], side(parameters, "y"))
    _, dz = layers.temporal_softmax_loss(layers.temporal_affine_forward(a, parameters), y, mask)
    da, grads = layers.temporal_affine_backward(dz, a, parameters)
    de, da0, y_grads = gru_backward(da, y_caches)
    dstates = np.zeros_like(states)
    dstates[:, :, -1] = da0
    dx, _, x_grads = gru_backward(dstates, x_caches)
    for name, part in (("x", x_grads), ("y", y_grads)):
        grads |= {f"d{name}_{key[1:]}": value for key, value in part.items()}
    grads["dE_x"] = layers.embedding_backward(dx, x, 10)
    return grads | {"dE_y": layers.embedding_backward(de, before, len(dz))}


# %%
rng, steps = np.random.default_rng(1), 900
parameters = initialize(rng, len(words))
v, s = ({f"d{key}": np.zeros_like(value) for key, value in parameters.items()} for _ in "vs")
for t in tqdm(range(1, steps + 1), desc="training", file=sys.stdout):
    batch = rng.choice(4000, 64, replace=False)
    grads, _ = clip_grad_norm(gradients(parameters, digits[batch], y[batch], mask[batch]), 3.0)
    rate = 0.004 * (1 - 0.95 * t / steps)
    parameters, v, s = adam_step(parameters, grads, v, s, t, rate)
decoder = side(parameters, "y")


def step(state, last):
    """One step of the decoder: log_y_hat (n_y, k) in double precision, and the new states (n_a, k)."""
    state, _ = gru_cell_forward(parameters["E_y"][:, last], state, decoder)
    z = (parameters["W_ya"] @ state + parameters["b_y"]).astype(float)
    z -= z.max(axis=0)
    return z - np.log(np.sum(np.exp(z), axis=0)), state


starts = encode(parameters, digits[4000:])[0][:, :, -1]
for j, B in ((0, 1), (0, 2), (1, 1), (1, 2), (2, 1), (2, 2)):
    found, log_p = beam_search_states(step, starts[:, j : j + 1], B, 16)
    print(f"B = {B}   {numbers[4000 + j]} -> {as_text(found[0], words):60}   P = {np.exp(log_p[0]):.3f}")

# %%
references = [y[j, : int(mask[j].sum())].tolist() for j in range(4000, 4500)]
widths, searched, seconds = (1, 2, 3, 5, 10, 30), {}, {}
for B in tqdm(widths, desc="searching", file=sys.stdout):
    begin = perf_counter()
    searched[B] = [beam_search_states(step, start[:, None], B, 16) for start in starts.T]
    seconds[B] = perf_counter() - begin
    searched[B] = [([list(each) for each in found], log_p) for found, log_p in searched[B]]
exact = {B: np.mean([found[0] == y for (found, _), y in zip(searched[B], references, strict=True)]) for B in widths}
mean = {B: np.mean([log_p[0] for _, log_p in searched[B]]) for B in widths}
print("    B   exact   mean log P   time")
for B in widths:
    print(f"{B:5}   {exact[B]:5.3f}   {mean[B]:10.3f}   {seconds[B] / seconds[1]:4.1f} times that of B = 1")
figure, axes = plt.subplots(1, 2, figsize=(8, 3.5))
for axis, values in zip(axes, (exact, {B: seconds[B] / seconds[1] for B in widths}), strict=True):
    axis.plot(widths, list(values.values()), "o-")
    axis.set(xscale="log", xticks=widths, xticklabels=widths, xlabel="width B of the beam")
    axis.minorticks_off()
axes[0].set(ylim=(0, 1), ylabel="share of exact answers", title="A beam of 2 finds what is to be found")
axes[1].set(ylim=(0, None), ylabel="time (that of B = 1 is 1)", title="More sentences only cost time")
plt.show()

# %% [markdown]
# *What to notice.* From B = 1 to B = 2 the share of exact answers more than doubles, as the second beginning survives the first word. After that, almost nothing: this task needs two beginnings, hardly more. Time grows more slowly than B (measured times vary), since one step of a batch of ten costs little more than one step of a single sentence. How many B are needed depends on the task: the lecture names 10 for a product, and 100 or 1,000 for research papers. Measure it, as here.
#
# And more than a quarter of the answers is still wrong. Would a wider beam help? The figures say no. The next section shows how to know this **without** trying wider beams.
#
# ## 5. Whose fault is it?
#
# *Search or model: what should be improved?*
#
# The lecture's **error analysis**: take sentences on which the answer $\hat y$ is wrong. A human gives the right one, $y^*$. Ask the model for both probabilities.
#
# - $P(y^* \mid x) > P(\hat y \mid x)$: the model knew better, and the search did not find $y^*$. The **beam search** is at fault.
# - $P(y^* \mid x) \le P(\hat y \mid x)$: the model itself prefers the wrong sentence. The **model** is at fault: no better search would choose $y^*$.
#
# If the search maximised a score normalised by length, compare the **normalised scores** instead. The shares of both faults say where to work: make B larger, or improve the model.
#
# *On paper.* Four sentences, $\alpha = 0$.
#
# | $y^*$ | $\hat y$ | $\log P(y^*)$ | $\log P(\hat y)$ | fault |
# |---|---|---|---|---|
# | 1 0 | 1 0 | -1 | -1 | none: it is right |
# | 2 3 1 0 | 2 0 | -5 | -4 | model |
# | 3 0 | 3 1 1 1 0 | -2 | -4.5 | beam |
# | 1 3 0 | 3 1 0 | -3 | -3 | model |
#
# Beam $\frac13$, model $\frac23$. With $\alpha = 1$ the scores of the second row are $-5/4$ and $-4/2$: now it is the beam's fault. Those of the third row are $-1$ and $-0.9$: now it is the model's. So the verdict depends on $\alpha$, the aim of the search.
#
# ### Exercise 6: `error_analysis`


# %% exercise="error_analysis"
def error_analysis(rows, alpha):
    """Which share of the wrong answers is the fault of beam search, and which is the fault of the model.

    Args:
        rows: a list of tuples (y_star, y_hat, log_p_star, log_p_hat), one for each sentence: the right sentence and the
            answer, lists of whole numbers that end with their only 0; and the logarithms of their probabilities,
            numbers < 0.
        alpha: the exponent of the length in the score of the search, a number from 0 to 2.

    Returns:
        beam, model: two numbers that add up to 1, shares of the wrong answers alone. If both scores are equal, it is
        the model's fault. (Scores of sentences of different lengths are equal only for alpha = 0.)

    Raises:
        ValueError: no answer is wrong.
    """
    # 1. The wrong answers. 2. Both scores of each. 3. How often is that of the right sentence larger?
    ### BEGIN SOLUTION
    wrong = [row for row in rows if row[0] != row[1]]
    if not wrong:
        raise ValueError("no answer is wrong")
    faults = [star / len(y_star) ** alpha > hat / len(y_hat) ** alpha for y_star, y_hat, star, hat in wrong]
    beam = sum(faults) / len(faults)
    return beam, 1 - beam
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Go through the rows with `for y_star, y_hat, log_p_star, log_p_hat in rows:`. Leave the row out if both lists are equal. `len(y_star)` is the length that belongs to `log_p_star`. Logarithms are negative: $-1 > -2$.
# </details>

# %% check="error_analysis" points=2
with checks.exercise("error_analysis"):
    rows = [([1, 0], [1, 0], -1.0, -1.0), ([2, 3, 1, 0], [2, 0], -5.0, -4.0), ([3, 0], [3, 1, 1, 1, 0], -2.0, -4.5)]
    rows += [([1, 3, 0], [3, 1, 0], -3.0, -3.0)]
    checks.unchanged(error_analysis, rows, 0)
    answer = checks.results("error_analysis(rows, 0)", error_analysis(rows, 0), ["beam", "model"])
    slips = {"only wrong answers count": [1 / 4, 3 / 4], "these are the model's and the beam's": [2 / 3, 1 / 3]}
    slips |= {"shares, not counts": [1, 2]}
    checks.close("the shares with alpha = 0", np.array(answer), [1 / 3, 2 / 3], mistakes=slips)
    one = error_analysis(rows[1:2], 1), error_analysis(rows[2:3], 1)
    checks.close("the second row alone, alpha = 1", np.array(one[0]), [1, 0])
    checks.close("the third row alone, alpha = 1", np.array(one[1]), [0, 1])
    half = [([3, 1, 1, 1, 0], [2, 0], -9.0, -5.0)], [([3, 1, 1, 1, 0], [2, 0], -7.0, -5.0)]
    checks.close("lengths 5 and 2, log P -9 and -5, alpha = 0.5", np.array(error_analysis(half[0], 0.5)), [0, 1])
    checks.close("lengths 5 and 2, log P -7 and -5, alpha = 0.5", np.array(error_analysis(half[1], 0.5)), [1, 0])
    checks.raises("no wrong answer", ValueError, error_analysis, rows[:1], 0)
    ### BEGIN HIDDEN TESTS

    def one_after_the_other(rows, alpha):
        count = Counter()
        for y_star, y_hat, log_p_star, log_p_hat in rows:
            if tuple(y_star) != tuple(y_hat):
                long, short = float(len(y_star)), float(len(y_hat))
                same = long == short or alpha == 0
                beam = log_p_star > log_p_hat if same else log_p_star * short**alpha > log_p_hat * long**alpha
                count["beam" if beam else "model"] += 1
        total = count["beam"] + count["model"]
        return count["beam"] / total, count["model"] / total

    def answers(rng, m, T, alpha=None, size=3.0):
        rows = [([2, 0], [1, 0], -1.5, -1.25)]
        for _ in range(m):
            y_star, y_hat = ([*rng.integers(1, 4, rng.integers(0, T + 1)).tolist(), 0] for _ in "ab")
            y_hat = list(y_star) if rng.random() < 0.3 else y_hat
            values = -size * (1e-3 + rng.random(2)) * [len(y_star), len(y_hat)]
            values = values if rng.random() < 0.7 and y_star != y_hat else values[[0, 0]]
            rows.append((y_star, y_hat, float(values[0]), float(values[1])))
        rows = [rows[j] for j in rng.permutation(len(rows))]
        return rows, float(rng.random()) if alpha is None else alpha

    rng = np.random.default_rng(5)
    cases = {f"draw {j}, alpha = {a}": answers(rng, 12, 5, a) for j in range(4) for a in (0, 0.3, 0.7, 1, 2)}
    cases |= {f"with logarithms of about {-s:g}": answers(rng, 30, 6, 0.5, s) for s in (1e-6, 1e-3, 500, 1e6)}
    cases |= {"with the beam's faults alone": ([([1, 0], [2, 0], -1.0, -2.0)] * 3, 0.7)}
    near = [([1, 0], [2, 0], -5.0, -5.0 - 1e-9), ([2, 0], [1, 0], -5.0, -5.0 + 1e-9), ([3, 0], [1, 0], -5.0, -4.0)]
    cases |= {"with scores that are nearly equal": (near, 0)}
    whole = [([1, 3, 0], [2, 0], -5, -4), ([2, 0], [1, 1, 0], -3, -4)]
    cases |= {f"with whole numbers, alpha {alpha}": (whole, alpha) for alpha in (0, 0.5, 1)}
    cases |= {"with words of two digits": ([([1, 12, 0], [11, 2, 0], -1.0, -2.0), ([1, 2, 0], [12, 0], -3.0, -2.0)], 0)}
    cases |= {"with a wrong empty answer": ([([4, 4, 0], [0], -3.5, -2.0), ([4, 4, 0], [0], -9.0, -2.0)], 1)}
    cases |= {
        "with an answer that only begins right": ([([4, 1, 0], [4, 0], -3.0, -2.5), ([4, 0], [4, 1, 0], -2.0, -4.0)], 0)
    }
    sizes = {"m": 1200, "T": 103}
    checks.agrees(error_analysis, one_after_the_other, answers, sizes=sizes, returns=["beam", "model"], cases=cases)
    rows = [([k, 0], [k, 0], -1.0, -2.0) for k in range(1, 5)]
    checks.raises("four right answers", ValueError, error_analysis, rows, 0.7)
    ### END HIDDEN TESTS


# %%
def log_probability(state, sentence):
    """The logarithm of the probability that the network gives to a sentence."""
    total, last = 0.0, 0
    for symbol in sentence:
        log_y_hat, state = step(state, np.array([last]))
        total, last = total + log_y_hat[symbol, 0], symbol
    return total


log_p_star = [log_probability(start[:, None], y_star) for start, y_star in zip(starts.T, references, strict=True)]
examples, tables = list(zip(references, log_p_star, range(500), strict=True)), {}
print("  B   alpha   exact   fault of the beam   fault of the model")
for B, alpha in ((1, 0), (2, 0), (10, 0), (10, 0.7), (10, 1)):
    tables[B, alpha] = rows = []
    for y_star, star, j in examples:
        found, log_p = searched[B][j]
        y_hat = list(choose(found, log_p, alpha))
        rows.append((y_star, y_hat, star, float(log_p[found.index(y_hat)])))
    beam, model = error_analysis(rows, alpha)
    right = np.mean([row[0] == row[1] for row in rows])
    print(f"{B:3}   {alpha:5}   {right:5.3f}   {beam:17.1%}   {model:18.1%}")

# %%
print("  number   log P of y*   log P of y_hat   fault   y_hat")
wrong = [(numbers[4000 + j], row) for j, row in enumerate(tables[2, 0]) if row[0] != row[1]]
for n, (_, y_hat, star, hat) in wrong[:8]:
    print(f"{n:8}   {star:11.2f}   {hat:14.2f}   {'beam ' if star > hat else 'model'}   {as_text(y_hat, words)}")
another = np.mean([[words[k] for k in y_hat[:-1]] in ways(n)[1:] for n, (_, y_hat, _, _) in wrong])
print(f"{another:.0%} of the wrong answers say the right number in another way")

# %% [markdown]
# *What to notice.* With B = 1, more than half of the mistakes are the **search's**. That says: use a wider beam. With B = 2 nearly all mistakes are the **model's**, 97 % or more. That says: stop widening the beam, and improve the model. Both agree with the curve of section 4, but the table needed a single B. The lines of the second table show the verdict for each sentence, as in the lecture's table.
#
# What is wrong with the model? Nearly all of its wrong answers say the right number, in a way that only 15 % of people use. So it has learned numbers; what it has not learned well is **how often** each way is used. It saw each number only once, said in one way. More ways of saying the same number would help.
#
# In this task, normalising by length makes it **worse**: the wrong answers with "thousand" are the longer ones, and $\alpha$ helps them. The verdict then is "model" nearly always, as it is the aim that is wrong. So $\alpha$ does not always help: it did with film reviews, and it does harm here.
#
# ## 6. Search or draw?
#
# *Why do chat programs not use a beam?*
#
# A translation should be the likeliest one. A story should not. Compare what the search finds with sentences that are **drawn** from the same model, word by word, each word with its probability (as in week 1, lesson 03).

# %%
rng = np.random.default_rng(2)


def draw(T_max):
    """A sentence drawn word by word from the model of film reviews, and the logarithm of its probability."""
    sentence, total = [], 0.0
    while len(sentence) < T_max and sentence[-1:] != [0]:
        log_y_hat = next_word(tuple(sentence))
        sentence.append(int(rng.choice(len(log_y_hat), p=np.exp(log_y_hat))))
        total += log_y_hat[sentence[-1]]
    return sentence, total


print("drawn:")
for _ in range(5):
    sentence, total = draw(20)
    print(f"{total:8.1f}   {as_text(sentence)}")
print("the beam of 10:")
found, log_p = beams[10]
for sentence, total in list(zip(found, log_p, strict=True))[:5]:
    print(f"{total:8.1f}   {as_text(sentence)}")
print("repeated words in 100 drawn sentences and in the one of greedy search:")
for name, several in (("drawn", [draw(20)[0] for _ in range(100)]), ("greedy", [beams[1][0][0]])):
    print(f"{name:>8}   {np.mean([1 - len(set(each)) / len(each) for each in several]):.0%}")

# %% [markdown]
# *What to notice.* Most drawn sentences are far less likely than the one that was found, and more like reviews: their words vary, and nothing runs in a circle. The likeliest sentence is not a *typical* one, just as a thousand throws of a coin that falls on heads a little more often never show a thousand heads, although this is the likeliest single series. Search where there is one right answer: translation, speech, the answer of a calculation. Draw where many answers are good.

# %% [markdown]
# ## What you built
#
# - `beam_search`: the likeliest B beginnings at each step, with finished sentences that keep their places; with a wide beam it is exhaustive search, and with B = 1 greedy search.
# - `length_normalise` and `choose`: scores of sentences with different lengths, and the best finished one.
# - `best_extensions` and `beam_search_states`: the whole beam as a batch, with states that follow their sentences.
# - `error_analysis`: whose fault a wrong sentence is.

# %% [markdown]
# ## On your own
#
# 1. Take `next_word` after a beginning of your own, `lambda prefix: next_word((number["the"], number["plot"], *prefix))`. At which B does the sentence become shortest?
# 2. In `beam_search_states`, take `state` instead of `state[:, parents]`. What does the network of section 4 say now, and with which B does the mistake not show?
# 3. Find a table of probabilities for which a beam of 3 ends with a worse sentence than a beam of 2. (Four symbols and three steps are enough.)
# 4. *Coverage penalty.* With attention (lesson 04), a translation can leave out words of the input, or repeat them. Wu and others (2016) add $\beta \sum_i \log \min\left(\sum_t \alpha^{\langle t, i \rangle}, 1\right)$ to the score, where $\alpha^{\langle t, i \rangle}$ is the attention of output $t$ to input $i$. Why is it 0 if each input word got a total attention of 1 or more? Add it to the decoder of lesson 04.
# 5. *Really hard.* Beam search gives no guarantee. With an upper bound of what a beginning can still reach ($\log P$ cannot grow), a search can be exact: always extend the likeliest beginning that was found so far, and stop when it is finished. Write it with `heapq`. How many calls of `log_prob` does it need on film reviews, and on numbers, to *prove* that the beam's answer is the likeliest? (Stahlberg and Byrne did this for translation, and found that the likeliest translation is often the empty one.)

# %% [markdown]
# ## In practice
#
# - `model.generate(..., num_beams=4, length_penalty=0.7, early_stopping=True)` of the library `transformers` is this search, for a whole batch of inputs at once. Its `length_penalty` is our $\alpha$. It keeps finished sentences in a list of their own, so that B others can go on; ours take places in the beam.
# - `num_beams=1, do_sample=True, temperature=0.8, top_p=0.95` draws instead.
# - For translation, B is 4 to 6 in most systems. Wider beams often make translations *worse*, as they find the short, likely sentences that section 1 showed.
#
# ## References
#
# - Course 5, week 3, lectures 3 to 5.
# - A. Graves (2012), *Sequence Transduction with Recurrent Neural Networks*: a beam search over the outputs of a network.
# - I. Sutskever, O. Vinyals and Q. V. Le (2014), *Sequence to Sequence Learning with Neural Networks*: a beam of 2 brings most of the gain.
# - Y. Wu and others (2016), *Google's Neural Machine Translation System*: length normalisation and coverage penalty.
# - F. Stahlberg and B. Byrne (2019), *On NMT Search Errors and Model Errors: Cat Got Your Tongue?*: exact search often finds the empty translation.
# - A. Holtzman and others (2020), *The Curious Case of Neural Text Degeneration*: why likely text is dull.
