# %% [markdown]
# You will train networks that read without being told where each symbol stands: first strips of handwritten digits, then spoken numbers.
# The key is a loss that adds up over all ways to place the symbols.

# %% [markdown]
# ## What you will be able to do
#
# - turn a sound wave into a spectrogram;
# - say what a path of symbols and blanks means;
# - compute the CTC loss by dynamic programming, in logarithms, and its gradient;
# - read the output of a network by its best path and by prefix beam search;
# - measure a recogniser by its error rate.
#
# **What you need:** [language models](../week1_recurrent_networks/03_language_models_and_sampling.ipynb) for sums of logarithms; [beam search](02_beam_search.ipynb); [masks](../week1_recurrent_networks/02_rnn_and_backpropagation_through_time.ipynb); from course 4 [convolutions in one dimension](../../../course4_cnn/release/week4_faces_and_style/04_convolutions_1d_and_3d.ipynb).

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Audio, display
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.optimisers import adam_step, clip_grad_norm

plots.use_style()

learned_voices, other_voices = data.load_trigger_words()
woman, man = data.load_spoken_words(), data.load_spoken_digits()
print(len(learned_voices.words), "recorded words,", learned_voices.rate, "numbers a second")

# %% [markdown]
# ## 1. From a wave to a spectrogram
#
# *What does a network hear?*
#
# A recording is a list of numbers, the pressure of the air, here 8,000 a second. Nobody can see a word in it. The ear measures how much there is of each *pitch*. So we cut the wave into short overlapping **frames** and ask of each frame which frequencies it holds.
#
# Frame $t$ begins at number $t \cdot \text{hop}$ and has `size` numbers; only whole frames count. Each frame is multiplied by a **window** $h$ that goes to 0 at both ends, so that the cuts are not heard as clicks. Then the discrete Fourier transform gives the power at `size // 2 + 1` frequencies from 0 to about half of the rate:
#
# $$S_{k,t} = \left| \sum_{n=0}^{\text{size}-1} h_n \, w_{t \cdot \text{hop} + n} \, e^{-2 \pi i k n / \text{size}} \right|^2 , \qquad h_n = \frac12 - \frac12 \cos\left(\frac{2 \pi n}{\text{size} - 1}\right) .$$
#
# *On paper.* size 3: the window is $(0, 1, 0)$, so only the middle number of each frame is left, and all powers are its square. For the wave $(5, 2, 7, 4, 1)$ and hop 1 there are three frames with the middle numbers 2, 7, 4: the powers 4, 49, 16, at both frequencies.
#
# ### Exercise 1: `spectrogram`


# %% exercise="spectrogram"
def spectrogram(wave, size, hop):
    """The power of each frequency in each frame of a wave.

    Args:
        wave: shape (n,), floats or whole numbers, also int16 as recordings have it.
        size: the length of a frame, a whole number >= 3.
        hop: the distance from one frame to the next, a whole number >= 1.

    Returns:
        Shape (size // 2 + 1, T), with T = 1 + (n - size) // hop whole frames.

    Raises:
        ValueError: the wave is shorter than one frame.
    """
    # 1. Long enough? 2. The frames, each times the window. 3. The squares of the absolute values.
    ### BEGIN SOLUTION
    if len(wave) < size:  # equivalent "dropped: if len(wave) < size:": NumPy raises a ValueError too
        raise ValueError(f"the wave has {len(wave)} numbers, a frame {size}")
    frames = np.array([wave[begin : begin + size] for begin in range(0, len(wave) - size + 1, hop)])
    return np.abs(np.fft.rfft(frames * np.hanning(size), axis=1)).T ** 2
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.hanning(size)` is the window, and `np.fft.rfft(frames, axis=1)` transforms each row; it has `size // 2 + 1` complex numbers. `np.abs` takes their absolute values.
# </details>

# %% check="spectrogram" points=2
with checks.exercise("spectrogram"):
    wave = np.array([5, 2, 7, 4, 1, 3, 0, 6])
    checks.unchanged(spectrogram, wave, 3, 1)
    found = spectrogram(wave[:5], 3, 1)
    checks.shape("spectrogram of 5 numbers, size 3, hop 1", found, (2, 3))
    slips = {
        "take the squares, not the absolute values": [[2, 7, 4], [2, 7, 4]],
        "multiply by the window first": [[196, 169, 144], [19, 19, 27]],
    }
    checks.close("its powers", found, [[4, 49, 16], [4, 49, 16]], mistakes=slips)
    found = spectrogram(wave, 4, 3)
    checks.shape("spectrogram of 8 numbers, size 4, hop 3", found, (3, 2))
    checks.close("its powers", found, [[45.5625, 9], [29.8125, 5.625], [14.0625, 2.25]])
    checks.raises("a wave of 8 numbers, size 9", ValueError, spectrogram, wave, 9, 1)
    ### BEGIN HIDDEN TESTS

    def frequency_by_frequency(wave, size, hop):
        T, n = 1 + (len(wave) - size) // hop, np.arange(size)
        window, powers = 0.5 - 0.5 * np.cos(2 * np.pi * n / (size - 1)), np.zeros((size // 2 + 1, T))
        for k, t in np.ndindex(powers.shape):
            frame = np.array([float(each) for each in wave[t * hop : t * hop + size]]) * window
            angles = 2 * np.pi * (k * n % size) / size
            powers[k, t] = (frame @ np.cos(angles)) ** 2 + (frame @ np.sin(angles)) ** 2
        return powers

    def sound(rng, size, hop, T, rest):
        return rng.normal(0, 1, size + (T - 1) * hop + min(rest, hop - 1)), size, hop

    rng = np.random.default_rng(1)
    loud = rng.integers(-32768, 32768, 40).astype(np.int16)
    cases = {"with int16": (loud, 8, 3), "with frames that do not overlap": (rng.normal(0, 1, 30), 5, 9)}
    cases |= {"with one frame": (rng.normal(0, 1, 7), 7, 2), "with int16 and many frames": (np.tile(loud, 60), 16, 7)}
    domain = {"real": {"wave": 1e4}, "types": ["wave"], "apart": False, "cases": cases, "atol": 1e-9}
    sizes = {"size": (3, 130), "hop": 101, "T": 103, "rest": (0, 5)}
    cases["with frames of 600"] = rng.normal(0, 1, 700), 600, 90
    checks.agrees(spectrogram, frequency_by_frequency, sound, sizes=sizes, **domain)
    wave = rng.normal(0, 1, 40)
    checks.close("a quiet wave, its powers times 1e12", 1e12 * spectrogram(1e-6 * wave, 8, 3), spectrogram(wave, 8, 3))
    for n, hop in ((1, 1), (7, 1), (5, 4), (7, 9)):
        checks.raises(f"a wave of {n} numbers, size 8, hop {hop}", ValueError, spectrogram, np.ones(n), 8, hop)
    ### END HIDDEN TESTS

# %% [markdown]
# Listen, or read on: a woman says "seven" in half a second. The word begins with a hiss, *s*, which lies above 3,000 hertz. The two vowels have their power in a few bands below 2,500, and the *v* between them is weak.

# %%
seven = woman.waves[woman.words.index("seven")]
display(Audio(seven, rate=woman.rate))
S = spectrogram(seven, 256, 80)
figure, axis = plt.subplots(figsize=(7, 4))
axis.imshow(np.log(S + 1e3), origin="lower", aspect="auto", cmap="magma", extent=(0, len(seven) / 8000, 0, 4000))
axis.set(xlabel="time in seconds", ylabel="frequency in hertz", title='The hiss of "seven" is high, its vowels are low')
axis.grid(False)
plt.show()

# %% [markdown]
# ## 2. What a path says
#
# *How can a network spell without knowing when?*
#
# A recording has, say, 100 steps, and its text 5 letters. Nobody has written down at which steps each letter is heard. **CTC**, connectionist temporal classification (Graves and others, 2006), lets the network say *something at each step*: a symbol, or the **blank**, symbol 0, "nothing new". A **path** is one symbol for each step. What it says is found in two moves:
#
# 1. runs of the same symbol become one symbol;
# 2. then all blanks go.
#
# The lecture's example, with `_` for the blank: `ttt_h_eee___ ___qqq__` says "the q" (the space is a symbol, too). The order matters: a blank between two equal symbols keeps them apart. `l_l` says "ll", and `lll` says "l".
#
# ### Exercise 2: `collapse`


# %% exercise="collapse"
def collapse(path):
    """What a path says.

    Args:
        path: symbols, whole numbers >= 0, shape (T,), T >= 1; 0 is the blank.

    Returns:
        A list of whole numbers >= 1, perhaps empty.
    """
    # 1. Where does a run begin? 2. Which of these are not blanks?
    ### BEGIN SOLUTION
    return [int(symbol) for t, symbol in enumerate(path) if symbol != 0 and (t == 0 or symbol != path[t - 1])]
    ### END SOLUTION


# %% check="collapse" points=1
with checks.exercise("collapse"):
    path = np.array([0, 3, 3, 0, 3, 5, 5, 0, 0, 2, 2])
    checks.unchanged(collapse, path)
    checks.equal("what 0 3 3 0 3 5 5 0 0 2 2 says", list(collapse(path)), [3, 3, 5, 2])
    checks.equal("what 4 4 0 0 says", list(collapse(np.array([4, 4, 0, 0]))), [4])
    checks.equal("what 0 0 says", list(collapse(np.array([0, 0]))), [])
    ### BEGIN HIDDEN TESTS

    def symbol_by_symbol(path):
        said, before = [], 0
        for symbol in path.tolist():
            if symbol != before and symbol > 0:
                said.append(symbol)
            before = symbol
        return said

    def draw(rng, T, n_y):
        return np.repeat(rng.integers(0, n_y, T), rng.integers(1, 4, T))

    rng = np.random.default_rng(2)
    cases = {f"draw {k}": (rng.integers(0, 3, 12),) for k in range(8)} | {"with one symbol": (np.array([7]),)}
    cases |= {"with symbols above 300": (np.array([301, 301, 0, 301, 1000, 1000]),), "with one run": (np.full(9, 2),)}
    cases |= {"with each symbol up to 130 twice": (np.repeat(np.arange(130), 2),)}
    checks.agrees(collapse, symbol_by_symbol, draw, sizes={"T": 600, "n_y": (2, 400)}, cases=cases)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. The loss
#
# *How likely is a text?*
#
# Many paths say the same text. Its probability is the **sum over all of them**. With the probabilities $p_{k,t}$ of symbol $k$ at step $t$,
#
# $$P(\text{text}) = \sum_{\text{paths that say it}} \; \prod_{t=1}^{T} p_{\text{path}_t,\, t} .$$
#
# There are far too many paths to list. But they share their beginnings. Write the $L$ labels with blanks around them: $2L + 1$ **places**, blank, label 1, blank, label 2, …, blank. A path walks through the places from left to right. From one step to the next it may
#
# - **stay** at its place;
# - go **one** place on;
# - go **two** places on, over a blank, if it goes from a label to a *different* label. (Between equal labels the blank is needed, and no way leads from one blank to the next.)
#
# It begins at one of the first two places, and ends at one of the last two. Let $\alpha_{s,t}$ be the probability of all ways to be at place $s$ after step $t$. Then
#
# $$\alpha_{s,t} = \left(\alpha_{s,t-1} + \alpha_{s-1,t-1} + [\text{two allowed}]\; \alpha_{s-2,t-1}\right) p_{\text{place}_s,\, t} , \qquad P(\text{text}) = \alpha_{2L,\,T} + \alpha_{2L+1,\,T} .$$
#
# A product of a hundred probabilities is too small for a computer. So we keep **logarithms**, and add with `np.logaddexp`, which computes $\log(e^x + e^y)$; an impossible place has $-\infty$.
#
# *On paper.* Two symbols, two steps: $p_{0} = (0.6, 0.5)$ and $p_1 = (0.4, 0.5)$. The text "1" is said by the paths 1 1, 1 0, 0 1: $0.2 + 0.2 + 0.3 = 0.7$. In the table: $\alpha_{\cdot,1} = (0.6, 0.4, 0)$, $\alpha_{\cdot,2} = (0.6 \cdot 0.5,\; (0.4 + 0.6) \cdot 0.5,\; (0 + 0.4) \cdot 0.5) = (0.3, 0.5, 0.2)$, and $0.5 + 0.2 = 0.7$.
#
# ### Exercise 3: `ctc_forward`


# %% exercise="ctc_forward"
def ctc_forward(log_p, labels):
    """The logarithm of the probability of a text.

    Args:
        log_p: logarithms of the probabilities of the symbols at each step, shape (n_y, T), floats from -1e4 to 0. The
            probabilities of a step need not add up to 1; take them as they are.
        labels: the text, whole numbers from 1 to n_y - 1, shape (L,), L >= 1.

    Returns:
        log_P: a number.
        log_alpha: shape (2 L + 1, T), -inf where alpha is 0.

    Raises:
        ValueError: the text does not fit into T steps: it needs one step for each label, and one more for each label
            that is equal to the one before.
    """
    # 1. Does it fit? 2. The places, and from where one may go two on. 3. The first step. 4. All other steps.
    # 5. The last two places.
    ### BEGIN SOLUTION
    T = log_p.shape[1]
    if len(labels) + np.sum(labels[1:] == labels[:-1]) > T:
        raise ValueError(f"{len(labels)} labels do not fit into {T} steps")
    places = np.zeros(2 * len(labels) + 1, int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = labels[1:] != labels[:-1]
    log_alpha = np.full((len(places), T), -np.inf)
    log_alpha[:2, 0] = log_p[places[:2], 0]
    for t in range(1, T):
        ways = log_alpha[:, t - 1].copy()
        ways[1:] = np.logaddexp(ways[1:], log_alpha[:-1, t - 1])
        ways[2:] = np.logaddexp(ways[2:], np.where(two[2:], log_alpha[:-2, t - 1], -np.inf))
        log_alpha[:, t] = ways + log_p[places, t]
    return np.logaddexp(log_alpha[-1, -1], log_alpha[-2, -1]), log_alpha
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `places[1::2] = labels` sets every second place. Two places on are allowed at the places of labels from the second label on, where the label differs from the one before.
# </details>
#
# <details><summary>Hint 2</summary>
#
# Start with the column of the step before; add the column moved down by one place, `ways[1:] = np.logaddexp(ways[1:], before[:-1])`; then the one moved by two, with `-np.inf` where it is not allowed. `np.logaddexp` of two $-\infty$ is $-\infty$, without a warning.
# </details>

# %% check="ctc_forward" points=3
with checks.exercise("ctc_forward"):
    log_p, labels = np.log(np.array([[0.6, 0.5], [0.4, 0.5]])), np.array([1])
    checks.unchanged(ctc_forward, log_p, labels)
    called = "ctc_forward(log_p, labels)"
    log_P, log_alpha = checks.results(called, ctc_forward(log_p, labels), ["log_P", "log_alpha"])
    checks.shape("log_alpha", log_alpha, (3, 2))
    slips = {"a path may also end with a label": np.log(0.2), "a path may also end with a blank": np.log(0.5)}
    slips |= {
        "a path may begin with a blank": np.log(0.4),
        "no jump leads from blank to blank": 0,
        "the logarithm": 0.7,
    }
    checks.close("log P of the text 1", log_P, np.log(0.7), mistakes=slips)
    checks.close("alpha after the last step", np.exp(log_alpha[:, 1]), [0.3, 0.5, 0.2])
    p = np.array([[0.2, 0.1, 0.3], [0.5, 0.6, 0.3], [0.3, 0.3, 0.4]])
    slips = {"between equal labels the blank is needed": np.log(0.321)}
    checks.close("log P of 1 1", ctc_forward(np.log(p), np.array([1, 1]))[0], np.log(0.015), mistakes=slips)
    slips = {"over a blank one may go to another label": np.log(0.02)}
    checks.close("log P of 1 2", ctc_forward(np.log(p), np.array([1, 2]))[0], np.log(0.293), mistakes=slips)
    checks.raises("1 1 in two steps", ValueError, ctc_forward, np.log(p[:, :2]), np.array([1, 1]))
    ### BEGIN HIDDEN TESTS

    def place_by_place(log_p, labels):
        places, rows = [0], []
        for label in labels.tolist():
            places += [label, 0]
        for t in range(log_p.shape[1]):
            rows.append([])
            for s, place in enumerate(places):
                ways = rows[-2][max(s - 1, 0) : s + 1] if t else [0.0] * (s < 2)
                if t and s % 2 and s > 1 and place != places[s - 2]:
                    ways = [*ways, rows[-2][s - 2]]
                top = max(ways, default=-np.inf)
                total = sum(np.exp(way - top) for way in ways) if top > -np.inf else 1.0
                rows[-1].append(float(log_p[place, t]) + top + np.log(total))
        return np.logaddexp(rows[-1][-1], rows[-1][-2]), np.array(rows).T

    def text(rng, n_y, L, more):
        labels = rng.integers(1, n_y, L)
        T = L + int(np.sum(labels[1:] == labels[:-1])) + more
        scores = rng.normal(0, 1, (n_y, T))
        return scores - np.log(np.exp(scores).sum(axis=0)), labels

    rng, cases = np.random.default_rng(3), {}
    for equal in ([1, 1], [2, 2, 2], [1, 2, 1, 2], [1, 2, 2, 1], [3]):
        log_p = text(rng, 4, 1, 8)[0]
        cases[f"with the text {equal}"] = log_p, np.array(equal)
    cases |= {
        f"with logarithms of about -{size}": (size * text(rng, 4, 3, 6)[0], np.array([3, 1, 1])) for size in (5, 20)
    }
    cases |= {
        "with 1,100 steps": text(rng, 3, 4, 1100),
        "with a text that just fits": (text(rng, 3, 5, 2)[0][:, :5], np.array([1, 2, 1, 2, 1])),
    }
    cases |= {"with equal probabilities": (np.full((3, 7), -np.log(3)), np.array([1, 1, 2]))}
    cases |= {"with 300 symbols": (text(rng, 300, 3, 4)[0], np.array([299, 44, 257]))}
    sure = np.where(np.arange(3)[:, None] == rng.integers(0, 3, 40), 0, -1e4)
    cases |= {f"with sure predictions, {n} steps": (sure[:, :n], np.array([1, 2] * (n // 4))) for n in (4, 9, 40)}
    cases["with 300 steps where nothing is likely"] = np.full((3, 300), -1e4), np.array([1, 2, 2])
    sizes = {"n_y": (2, 110), "L": 105, "more": (0, 20)}
    domain = {"apart": False, "cases": cases, "returns": ["log_P", "log_alpha"], "atol": 1e-10}
    checks.agrees(ctc_forward, place_by_place, text, sizes=sizes, **domain)
    for labels, T in (([1, 2], 1), ([1, 1], 2), ([2, 2, 2], 4), ([1, 2, 2], 3), ([1, 1, 2, 2], 5)):
        checks.raises(f"{labels} in {T} steps", ValueError, ctc_forward, np.full((3, T), -1.0), np.array(labels))
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. The gradient
#
# *Which scores should be larger?*
#
# The loss is $-\log P(\text{text})$. The network gives scores $z_{k,t}$, and $p$ is their softmax over the symbols. Let $\gamma_{k,t}$ be the share of $P(\text{text})$ that belongs to paths with symbol $k$ at step $t$. Then
#
# $$\frac{\partial}{\partial z_{k,t}} \left(-\log P(\text{text})\right) = p_{k,t} - \gamma_{k,t} .$$
#
# "Prediction minus truth", as always with softmax; only the truth is now shared among the symbols, by what the network itself thinks likely.
#
# How do we get $\gamma$? Let $\beta_{s,t}$ be the probability of all ways **to go on** from place $s$ after step $t$ to the end, so without step $t$ itself. Going backward in time, with $\beta_{s,T} = 1$ at the last two places and 0 elsewhere,
#
# $$\beta_{s,t} = \beta_{s,t+1}\, p_{\text{place}_s,\, t+1} + \beta_{s+1,t+1}\, p_{\text{place}_{s+1},\, t+1} + [\text{two allowed}]\; \beta_{s+2,t+1}\, p_{\text{place}_{s+2},\, t+1} ,$$
#
# $$\gamma_{k,t} = \frac{1}{P(\text{text})} \sum_{s \text{ with symbol } k} \alpha_{s,t}\, \beta_{s,t} .$$
#
# *On paper*, the example of section 3. After step 1: $\beta_{\cdot,1} = (0.5,\; 0.5 + 0.5,\; 0.5) = (0.5, 1, 0.5)$. $\alpha \beta = (0.3, 0.4, 0)$, their sum is 0.7 as it must be. $\gamma_{0,1} = 3/7$ and $\gamma_{1,1} = 4/7$: three of seven parts of the probability begin with the blank.
#
# ### Exercise 4: `ctc_gradient`


# %% exercise="ctc_gradient"
def ctc_gradient(log_p, labels):
    """The gradient of -log P(text) with respect to the scores whose log softmax is log_p.

    Args:
        log_p, labels: as in ctc_forward; the text fits. In each column of log_p the probabilities add up to 1.

    Returns:
        dz: shape (n_y, T).
    """
    # 1. alpha, from ctc_forward. 2. log beta, from the last step to the first. 3. The share of each place at each step.
    # 4. Add the places of a symbol; prediction minus share.
    ### BEGIN SOLUTION
    log_P, log_alpha = ctc_forward(log_p, labels)
    places = np.zeros(len(log_alpha), int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = labels[1:] != labels[:-1]
    log_beta = np.full(log_alpha.shape, -np.inf)
    log_beta[-2:, -1] = 0
    for t in range(log_p.shape[1] - 2, -1, -1):
        later = log_beta[:, t + 1] + log_p[places, t + 1]
        ways = later.copy()
        ways[:-1] = np.logaddexp(ways[:-1], later[1:])
        ways[:-2] = np.logaddexp(ways[:-2], np.where(two[2:], later[2:], -np.inf))
        log_beta[:, t] = ways
    dz = np.exp(log_p)
    np.subtract.at(dz, places, np.exp(log_alpha + log_beta - log_P))
    return dz
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# $\beta$ is $\alpha$ in a mirror: `later = log_beta[:, t + 1] + log_p[places, t + 1]`, and now the column is moved *up*. Whether one may go two places on depends on the place where one **arrives**.
# </details>
#
# <details><summary>Hint 2</summary>
#
# All blanks are the same symbol, and a label may occur several times: their shares are added. `np.subtract.at(dz, places, shares)` subtracts all of them, `dz[places] -= shares` only one.
# </details>

# %% check="ctc_gradient" points=3
with checks.exercise("ctc_gradient"):
    log_p, labels = np.log(np.array([[0.6, 0.5], [0.4, 0.5]])), np.array([1])
    checks.unchanged(ctc_gradient, log_p, labels)
    dz = ctc_gradient(log_p, labels)
    checks.shape("ctc_gradient(log_p, labels)", dz, (2, 2))
    right = np.array([[0.6 - 3 / 7, 0.5 - 2 / 7], [0.4 - 4 / 7, 0.5 - 5 / 7]])
    slips = {"its sign is wrong": -right, "add the shares of all blanks": [[0.6, 0.5 - 2 / 7], right[1]]}
    checks.close("dz for the text 1", dz, right, mistakes=slips)
    p = np.array([[0.2, 0.1, 0.3], [0.5, 0.6, 0.3], [0.3, 0.3, 0.4]])
    dz = ctc_gradient(np.log(p), np.array([1, 1]))
    checks.close("dz for 1 1: only one path says it", dz, p - [[0, 1, 0], [1, 0, 1], [0, 0, 0]])
    dz = ctc_gradient(np.log(p[:, :2]), np.array([1, 2]))
    checks.close("dz for 1 2 in two steps, without a blank", dz, p[:, :2] - [[0, 0], [1, 0], [0, 1]])
    ### BEGIN HIDDEN TESTS

    def by_complex_steps(log_p, labels):
        places = [0]
        for label in labels.tolist():
            places += [label, 0]

        def loss(z):
            p = np.exp(z) / np.sum(np.exp(z), axis=0)
            row, total = [1.0, 1.0] + [0.0] * (len(places) - 2), 0
            for t in range(z.shape[1]):
                if t:
                    ways = [0.0, 0.0, *row]
                    row = [
                        ways[s + 2] + ways[s + 1] + (ways[s] if s % 2 and s > 1 and places[s] != places[s - 2] else 0)
                        for s in range(len(places))
                    ]
                row = [value * p[place, t] for value, place in zip(row, places, strict=True)]
                scale = sum(np.real(value) for value in row)
                row, total = [value / scale for value in row], total + np.log(scale)
            return -np.log(row[-1] + row[-2]) - total

        return checks.complex_step(loss, np.asarray(log_p))[0]

    def text(rng, n_y, L, more):
        labels = rng.integers(1, n_y, L)
        T = L + int(np.sum(labels[1:] == labels[:-1])) + more
        scores = rng.normal(0, 1, (n_y, T))
        return scores - np.log(np.exp(scores).sum(axis=0)), labels

    rng, cases = np.random.default_rng(4), {}
    for equal in ([1, 1], [2, 2, 2], [1, 2, 1, 2], [1, 2, 2, 1], [3]):
        cases[f"with the text {equal}"] = text(rng, 4, 1, 6)[0], np.array(equal)
    cases |= {
        "with a text that just fits": (text(rng, 3, 4, 2)[0][:, :4], np.array([1, 2, 1, 2])),
        "with 110 steps": text(rng, 2, 2, 106),
    }
    sharp = 20 * rng.normal(0, 1, (3, 6))
    cases |= {"with sure predictions": (sharp - np.log(np.exp(sharp).sum(axis=0)), np.array([1, 2]))}
    cases |= {"with 104 symbols": text(rng, 104, 2, 1), "with 300": (text(rng, 300, 3, 1)[0], np.array([299, 44, 257]))}
    sizes = {"n_y": (2, 7), "L": 6, "more": (0, 6)}
    checks.agrees(ctc_gradient, by_complex_steps, text, sizes=sizes, cases=cases, apart=False, rtol=1e-8, atol=1e-11)
    sure, labels = np.where(np.arange(3)[:, None] == 0, 0, np.full((3, 40), -1e4)), np.array([1, 2] * 20)
    one_path = np.exp(sure) - (np.arange(3)[:, None] == labels)
    checks.close("with one path, of the logarithm -4e5", ctc_gradient(sure, labels), one_path)
    unlikely = np.array([[-1000.0, -1000], [-1000, -2000], [0, 0]])
    one_path = [[0, -1], [-1, 0], [1, 1]]
    checks.close("with logarithms of -1000 and -2000", ctc_gradient(unlikely, np.array([1])), one_path)
    no_blank = np.log(np.array([[0.2, 1e-13, 0.3], [0.5, 1 - 1e-13, 0.4], [0.3, 0, 0.3]]) + 1e-300)
    one_path = np.exp(no_blank) - [[0, 1, 0], [1, 0, 1], [0, 0, 0]]
    checks.close("with an unlikely blank between two equal labels", ctc_gradient(no_blank, np.array([1, 1])), one_path)
    log_p, labels = text(rng, 12, 110, 300)
    columns = ctc_gradient(log_p, labels).sum(axis=0)
    checks.close("with 110 labels, the sums over the symbols", columns, np.zeros(log_p.shape[1]), atol=1e-8)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. Reading
#
# *What is the likeliest text?*
#
# The quick way is the **best path**: the likeliest symbol at each step, collapsed. But the likeliest *path* need not say the likeliest *text*: many paths of another text may together have more probability. With $p_0 = (0.6, 0.6)$ and $p_1 = (0.4, 0.4)$ the best path is 0 0, with 0.36, and says nothing. The text "1" has $0.16 + 0.24 + 0.24 = 0.64$.
#
# **Prefix beam search** keeps the likeliest beginnings (prefixes) of *texts*. For each prefix it keeps two numbers: the probability of all paths so far that say it and end with a **blank**, and of those that end with its last **symbol**. They must be kept apart: the same symbol once more makes a new symbol of the text after a blank, but not after the symbol itself. At each step, from each prefix with $(\text{blank}, \text{symbol})$:
#
# - the prefix **stays**: with a blank at this step, $\text{blank}' \mathrel{+}= (\text{blank} + \text{symbol})\, p_0$; with its last symbol $k$ again, if it has one, $\text{symbol}' \mathrel{+}= \text{symbol} \cdot p_k$;
# - it is **extended** by a symbol $c$: if $c$ differs from its last symbol, or it has none, the longer prefix gets $\text{symbol}' \mathrel{+}= (\text{blank} + \text{symbol})\, p_c$; if $c$ is equal, only what ended with a blank can go there: $\text{symbol}' \mathrel{+}= \text{blank} \cdot p_c$.
#
# Different ways lead to the same prefix, and their parts are added. Then only the `width` prefixes with the largest $\text{blank} + \text{symbol}$ are kept. It begins with the empty prefix, $\text{blank} = 1$ and $\text{symbol} = 0$.
#
# *On paper*, the example above. After step 1: the empty prefix $(0.6, 0)$, "1" $(0, 0.4)$. After step 2: the empty one $(0.36, 0)$; "1" has $\text{blank} = 0.4 \cdot 0.6 = 0.24$ and $\text{symbol} = 0.4 \cdot 0.4 + 0.6 \cdot 0.4 = 0.4$, together 0.64; "1 1" has nothing, for "1" did not end with a blank.
#
# ### Exercise 5: `prefix_beam`


# %% exercise="prefix_beam"
def prefix_beam(log_p, width):
    """Reads by prefix beam search.

    Args:
        log_p: logarithms of the probabilities, as in ctc_forward, shape (n_y, T).
        width: how many prefixes are kept after each step, a whole number >= 1; all, if there are no more. No two
            prefixes with a probability above 0 are equally likely.

    Returns:
        labels: a list of whole numbers, the likeliest prefix after the last step, perhaps empty.
        log_P: the logarithm of its blank + symbol, a number.
    """
    # 1. The empty prefix. 2. For each step: every kept prefix stays and is extended. 3. Keep the best.
    ### BEGIN SOLUTION
    kept = {(): (0, -np.inf)}
    for log_q in log_p.T:
        new = {}

        def add(prefix, blank, symbol, new=new):
            old = new.get(prefix, (-np.inf, -np.inf))
            new[prefix] = np.logaddexp(old[0], blank), np.logaddexp(old[1], symbol)

        for prefix, (blank, symbol) in kept.items():
            both = np.logaddexp(blank, symbol)
            add(prefix, both + log_q[0], symbol + log_q[prefix[-1]] if prefix else -np.inf)
            for c in range(1, len(log_q)):
                add((*prefix, c), -np.inf, (blank if prefix[-1:] == (c,) else both) + log_q[c])
        best = sorted(new, key=lambda prefix, new=new: -np.logaddexp(*new[prefix]))[:width]
        kept = {prefix: new[prefix] for prefix in best}
    return list(best[0]), np.logaddexp(*kept[best[0]])
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# A dict from tuples of symbols to pairs of logarithms. For each step make a new, empty one; a small function that adds to a prefix in it helps, as several ways lead to the same prefix. `sorted(new, key=...)[:width]` gives the best keys.
# </details>

# %% check="prefix_beam" points=3
with checks.exercise("prefix_beam"):
    log_p = np.log(np.array([[0.6, 0.6], [0.4, 0.4]]))
    checks.unchanged(prefix_beam, log_p, 3)
    labels, log_P = checks.results("prefix_beam(log_p, 3)", prefix_beam(log_p, 3), ["labels", "log_P"])
    checks.equal("the labels", list(labels), [1])
    slips = {"different ways to the same prefix are added": np.log(0.4), "blank and symbol together": np.log(0.24)}
    checks.close("log P", log_P, np.log(0.64), mistakes=slips)
    checks.equal("the labels with width 1", list(prefix_beam(log_p, 1)[0]), [])
    p = np.array([[0.1, 0.7, 0.2], [0.8, 0.1, 0.6], [0.1, 0.2, 0.2]])
    labels, log_P = prefix_beam(np.log(p), 20)
    checks.equal("labels of three steps", list(labels), [1, 1])
    checks.close("their log P", log_P, np.log(0.336))
    ### BEGIN HIDDEN TESTS

    def with_paths(log_p, width):
        n_y, T = log_p.shape
        kept, groups = [((), 0)], {((), 0): 0.0}  # a prefix, and the last symbol of its paths
        for t in range(T):
            new = {}
            for prefix, last in kept:
                for symbol in range(n_y):
                    said = prefix if symbol in (0, last) else (*prefix, symbol)
                    value = groups[prefix, last] + log_p[symbol, t]
                    new[said, symbol] = np.logaddexp(new.get((said, symbol), -np.inf), value)
            totals = {}
            for (prefix, _), value in new.items():
                totals[prefix] = np.logaddexp(totals.get(prefix, -np.inf), value)
            best = sorted(totals, key=totals.get, reverse=True)[:width]
            groups = {key: value for key, value in new.items() if key[0] in best}
            kept = list(groups)
        return list(best[0]), float(totals[best[0]])

    def output(rng, n_y, T, width):
        scores = 2 * rng.normal(0, 1, (n_y, T))
        return scores - np.log(np.exp(scores).sum(axis=0)), width

    rng, cases = np.random.default_rng(5), {}
    for k in range(12):
        cases[f"draw {k}, two symbols"] = output(rng, 2, 7, 1 + k % 4)
        cases[f"draw {k}, three symbols"] = output(rng, 3, 6, (1, 2, 3, 500)[k % 4])
        cases[f"draw {k}, more symbols than the width"] = output(rng, 4 + k % 3, 9, 2 + k % 2)
    cases |= {
        "with 400 steps, all unlikely": (10 * output(rng, 3, 400, 3)[0], 3),
        "with 200 steps": output(rng, 3, 200, 4),
        "with 120 symbols": output(rng, 120, 4, 3),
    }
    cases |= {"with small logarithms": (50 * output(rng, 3, 9, 1)[0], 5), "with a width of 110": output(rng, 3, 6, 110)}
    p = np.full((12, 3), 0.001)
    p[[1, 11, 0], 0], p[0, 1], p[[0, 1], 2] = (0.35, 0.4, 0.24), 0.989, (0.55, 0.44)
    cases["with 1 1 and 11 for the same steps"] = np.log(p), 50
    sizes = {"n_y": (2, 9), "T": 12, "width": 9}
    domain = {"returns": ["labels", "log_P"], "cases": cases, "apart": False, "atol": 1e-11}
    checks.agrees(prefix_beam, with_paths, output, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. Errors
#
# *How good is a recogniser?*
#
# A text with one missing letter is not "all wrong". The **edit distance** (Levenshtein, 1966) counts the fewest changes that turn the truth into what was read: a symbol inserted, deleted, or replaced by another one. It is found by dynamic programming. With $D_{i,j}$ for the first $i$ symbols of the one and the first $j$ of the other,
#
# $$D_{i,j} = \min\left(D_{i-1,j} + 1, \; D_{i,j-1} + 1, \; D_{i-1,j-1} + [\text{symbols } i \text{ and } j \text{ differ}]\right), \qquad D_{i,0} = i, \quad D_{0,j} = j .$$
#
# The **error rate** of a corpus is the sum of all distances, divided by the number of symbols in the true texts. If the symbols are words, it is the word error rate. It may be above 1.
#
# *On paper.* Truth "1 2 3", read "1 3 4 4". Delete 2, insert 4 twice: three changes. With fewer? Neither 4 is in the truth: each takes an insertion or a replacement, so there are at least two changes. If there were two, one would be an insertion, as the text grew by one, and the other would put a 4 in the place of the 2, between 1 and 3. There is none. So the distance is 3. With a second text of five symbols that was read without a mistake, the error rate is $3/8$.
#
# ### Exercise 6: `edit_distance` and `error_rate`


# %% exercise="edit_distance"
def edit_distance(truth, read):
    """The fewest insertions, deletions and replacements that turn one list into the other.

    Args:
        truth, read: lists of symbols (all of them whole numbers, or strings such as words), perhaps empty.

    Returns:
        A whole number.
    """
    # 1. The row of an empty truth. 2. For each symbol of the truth a new row, from left to right.
    ### BEGIN SOLUTION
    row = list(range(len(read) + 1))
    for i, one in enumerate(truth, start=1):
        above, row = row, [i]
        for j, other in enumerate(read, start=1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one != other)))
    return row[-1]
    ### END SOLUTION


# %% exercise="error_rate"
def error_rate(truths, reads):
    """The error rate of a corpus.

    Args:
        truths, reads: lists of as many texts, each a list of symbols, perhaps empty. At least one truth has a symbol.

    Returns:
        A number >= 0.
    """
    # 1. All changes. 2. All true symbols.
    ### BEGIN SOLUTION
    pairs = zip(truths, reads, strict=True)  # equivalent "True → False": as many
    changes = sum(edit_distance(truth, read) for truth, read in pairs)
    return changes / sum(len(truth) for truth in truths)
    ### END SOLUTION


# %% check="edit_distance" points=2
with checks.exercise("edit_distance"):
    checks.unchanged(edit_distance, [1, 2, 3], [1, 3, 4, 4])
    checks.equal("the distance of 1 2 3 and 1 3 4 4", int(edit_distance([1, 2, 3], [1, 3, 4, 4])), 3)
    checks.equal("of kitten and sitting", int(edit_distance(list("kitten"), list("sitting"))), 3)
    checks.equal("of 1 2 3 and nothing", int(edit_distance([1, 2, 3], [])), 3)
    checks.equal("of 1 2 and 2 1", int(edit_distance([1, 2], [2, 1])), 2)
    checks.equal("of 1 2 3 4 and 2 3 4 1", int(edit_distance([1, 2, 3, 4], [2, 3, 4, 1])), 2)
    ### BEGIN HIDDEN TESTS

    def by_common_parts(truth, read):
        known = {}

        def distance(i, j):
            if i == len(truth) or j == len(read):
                return len(truth) - i + len(read) - j
            if (i, j) not in known:
                same = truth[i] == read[j]
                known[i, j] = (
                    distance(i + 1, j + 1)
                    if same
                    else 1 + min(distance(i + 1, j), distance(i, j + 1), distance(i + 1, j + 1))
                )
            return known[i, j]

        return distance(0, 0)

    def two(rng, i, j):
        kinds = int(rng.integers(1, 5))
        return rng.integers(0, kinds, i).tolist(), rng.integers(0, kinds, j).tolist()

    rng = np.random.default_rng(6)
    cases = {f"draw {k}": two(rng, 4 + k % 5, 6 + k % 3) for k in range(15)} | {"with nothing at all": ([], [])}
    cases |= {
        "with words": ("the cat sat".split(), "the cats sat up".split()),
        "with one symbol moved": ([1, 2, 3, 4, 5], [5, 1, 2, 3, 4]),
        "with three symbols moved": ([1, 2, 3, 4, 5, 6, 7, 8, 9], [4, 5, 6, 7, 8, 9, 1, 2, 3]),
    }
    cases |= {
        "with 300 symbols": ([1] * 300, [2] * 280),
        "with 12 of 40 moved": ([*range(40)], [*range(12, 40), *range(12)]),
    }
    cases |= {"with large symbols": ([1000, 2000], [1000, 3000, 2000]), "with the same twice": ([1, 1, 1], [1, 1])}
    checks.agrees(edit_distance, by_common_parts, two, sizes={"i": (0, 105), "j": (0, 110)}, cases=cases)
    ### END HIDDEN TESTS

# %% check="error_rate" points=1
with checks.exercise("error_rate"):
    truths, reads = [[1, 2, 3], [4, 4, 1, 2, 5]], [[1, 3, 4, 4], [4, 4, 1, 2, 5]]
    checks.unchanged(error_rate, truths, reads)
    slips = {"all changes by all symbols, not a mean of shares": 0.5, "divide by the true symbols": 1 / 3}
    checks.close(
        "error_rate(truths, reads)",
        error_rate(truths, reads),
        3 / 8,
        mistakes=slips | {"divide by the number of symbols, not of texts": 1.5},
    )
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(truths, reads):
        changes = symbols = 0
        for truth, read in zip(truths, reads, strict=True):
            table = np.add.outer(np.arange(len(truth) + 1), np.arange(len(read) + 1))
            for i, j in np.ndindex(len(truth), len(read)):
                replaced = table[i, j] + (truth[i] != read[j])
                table[i + 1, j + 1] = min(replaced, table[i, j + 1] + 1, table[i + 1, j] + 1)
            changes, symbols = changes + int(table[-1, -1]), symbols + len(truth)
        return changes / symbols

    def corpus(rng, m, longest):
        draw = lambda least: rng.integers(0, 3, rng.integers(least, longest + 1)).tolist()  # noqa: E731
        return [draw(1) for _ in range(m)], [draw(0) for _ in range(m)]

    cases = {"with an empty truth": ([[], [1]], [[2, 2], [1]]), "with a rate above 1": ([[1]], [[2, 2, 2]])}
    cases |= {"without mistakes": ([[1, 2], [3]], [[1, 2], [3]]), "where nothing was read": ([[1, 2], [3]], [[], []])}
    checks.agrees(error_rate, pair_by_pair, corpus, sizes={"m": 130, "longest": 9}, cases=cases, apart=False)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. Strips of digits
#
# *Does it learn to read?*
#
# First something that we can see. Three to six handwritten digits touch each other in a strip. The network gets a window of six columns at a time, one step for every two columns, and it is told which digits the strip holds, but not where. Symbol 0 is the blank, and digit $d$ is symbol $d + 1$.
#
# Training needs the loss of fifty strips at once. `ctc_batch`, two cells below, is *your* forward and backward pass for a whole batch: places are rows, sequences are columns, and no loop runs over the sequences. The cell after it compares the two.


# %%
def shifted(x, by):
    """The rows moved down by `by` places (up if negative), with -1e30 where nothing comes."""
    moved = np.full_like(x, -1e30)
    if by > 0:
        moved[by:] = x[:-by]
    else:
        moved[:by] = x[-by:]
    return moved


# %%
def ctc_batch(z, labels, counts, lengths):
    """The mean loss of a batch and its gradient; labels (m, L_max), counts and lengths (m,)."""
    n_y, m, T = z.shape
    log_p = z - z.max(axis=0)
    log_p = log_p - np.log(np.exp(log_p).sum(axis=0))
    places, sequence = np.zeros((2 * labels.shape[1] + 1, m), int), np.arange(m)
    places[1::2] = labels.T
    two = (places != 0) & (places != shifted(places.astype(float), 2)) & (np.arange(len(places)) > 1)[:, None]
    said = np.ascontiguousarray(np.moveaxis(log_p[places, sequence], 2, 0))
    alpha, beta = np.full_like(said, -1e30), np.full_like(said, -1e30)
    alpha[0, :2] = said[0, :2]
    for t in range(1, T):
        ways = np.logaddexp(alpha[t - 1], shifted(alpha[t - 1], 1))
        alpha[t] = np.logaddexp(ways, np.where(two, shifted(alpha[t - 1], 2), -1e30)) + said[t]
    end, arrive = np.full_like(said[0], -1e30), shifted(two.astype(float), -2) == 1
    end[2 * counts, sequence] = end[2 * counts - 1, sequence] = 0
    for t in range(T - 1, -1, -1):
        if t < T - 1:
            later = beta[t + 1] + said[t + 1]
            ways = np.logaddexp(later, shifted(later, -1))
            beta[t] = np.logaddexp(ways, np.where(arrive, shifted(later, -2), -1e30))
        beta[t] = np.where(t == lengths - 1, end, beta[t])
    log_P = np.logaddexp.reduce(alpha[lengths - 1, :, sequence].T + end)
    shares, dz = np.exp(np.minimum(alpha + beta - log_P, 0)), np.exp(log_p)
    for s in range(len(places)):
        dz[places[s], sequence] -= shares[:, s].T
    return -log_P.mean(), (dz * (np.arange(T) < lengths[:, None]) / m).astype(z.dtype)


# %%
rng = np.random.default_rng(0)
z, labels = rng.normal(0, 1, (4, 3, 9)), np.array([[1, 2, 2], [3, 1, 0], [1, 0, 0]])
counts, lengths = np.array([3, 2, 1]), np.array([9, 6, 4])
loss, dz = ctc_batch(z, labels, counts, lengths)
yours, difference = 0.0, 0.0
for j in range(3):
    z_j = z[:, j, : lengths[j]]
    log_p, text = z_j - np.log(np.exp(z_j).sum(axis=0)), labels[j, : counts[j]]
    yours -= ctc_forward(log_p, text)[0] / 3
    difference = max(difference, np.abs(dz[:, j, : lengths[j]] - ctc_gradient(log_p, text) / 3).max())
print(f"loss of the batch {loss:.9f}, yours {yours:.9f}; largest difference of the gradients {difference:.1e}")


# %% [markdown]
# The network, for digits and later for sound: a dense layer on each window, a convolution over `width` steps, and scores of eleven symbols. You know these layers from course 4.


# %%
def neighbours(x, width):
    """For each step the columns of `width` steps around it, on top of each other."""
    padded = np.pad(x, ((0, 0), (0, 0), (width // 2, width // 2)))
    return np.concatenate([padded[:, :, k : k + x.shape[2]] for k in range(width)])


def flat(x):
    return x.reshape(len(x), -1)


def initialize(rng, n_x, width):
    shapes = {"W1": (64, n_x), "W2": (128, 64 * width), "W3": (11, 128)}
    parameters = {
        key: (rng.normal(0, 1, shape) * (2 / shape[1]) ** 0.5).astype(np.float32) for key, shape in shapes.items()
    }
    return parameters | {f"b{k}": np.zeros((n, 1), np.float32) for k, n in ((1, 64), (2, 128), (3, 11))}


def network(parameters, x, width, keep=1.0, rng=None):
    """Scores (11, m, T), and what the way back needs; with dropout if keep is below 1."""
    a1, masks = np.maximum(parameters["W1"] @ flat(x) + parameters["b1"], 0).reshape(64, *x.shape[1:]), (1, 1)
    if keep < 1:
        masks = [((rng.random((n, *x.shape[1:])) < keep) / keep).astype(np.float32) for n in (64, 128)]
    near = neighbours(a1 * masks[0], width)
    a2 = np.maximum(parameters["W2"] @ flat(near) + parameters["b2"], 0).reshape(128, *x.shape[1:]) * masks[1]
    z = (parameters["W3"] @ flat(a2) + parameters["b3"]).reshape(11, *x.shape[1:])
    return z, (x, a1, masks, near, a2)


# %%
def network_backward(dz, cache, parameters, width):
    x, a1, masks, near, a2 = cache
    d2 = (parameters["W3"].T @ flat(dz)).reshape(a2.shape) * masks[1] * (a2 > 0)
    d_near = (parameters["W2"].T @ flat(d2)).reshape(near.shape)
    padded, T, half = np.zeros((64, x.shape[1], x.shape[2] + width - 1), x.dtype), x.shape[2], width // 2
    for k in range(width):
        padded[:, :, k : k + T] += d_near[64 * k : 64 * (k + 1)]
    d1 = padded[:, :, half : half + T] * masks[0] * (a1 > 0)
    layers = (("1", d1, x), ("2", d2, near), ("3", dz, a2))
    grads = {f"dW{k}": flat(d) @ flat(below).T for k, d, below in layers}
    return grads | {f"db{k}": flat(d).sum(axis=1, keepdims=True) for k, d, _ in layers}


# %%
def train(batch, n_x, width, steps, keep, seed, title):
    """A network trained by Adam on `steps` batches; batch(rng) gives x, labels, counts and lengths."""
    rng = np.random.default_rng(seed)
    parameters = initialize(rng, n_x, width)
    v, s = ({f"d{key}": np.zeros_like(value) for key, value in parameters.items()} for _ in range(2))
    for t in tqdm(range(1, steps + 1), desc=title, file=sys.stdout):
        x, *truth = batch(rng)
        z, cache = network(parameters, x, width, keep, rng)
        _, dz = ctc_batch(z, *truth)
        grads, _ = clip_grad_norm(network_backward(dz, cache, parameters, width), 5.0)
        grads = {key: value.astype(np.float32) for key, value in grads.items()}
        parameters, v, s = adam_step(parameters, grads, v, s, t, 0.006 * (1 - 0.9 * t / steps))
    return parameters


# %%
def judge(parameters, width, x, labels, counts, lengths):
    """The error rate of the best paths, what was read, and log p."""
    z, _ = network(parameters, x, width)
    log_p = z - z.max(axis=0)
    log_p = log_p - np.log(np.exp(log_p).sum(axis=0))
    reads = [collapse(log_p[:, j, :T].argmax(axis=0)) for j, T in enumerate(lengths)]
    return error_rate([row[:n].tolist() for row, n in zip(labels, counts, strict=True)], reads), reads, log_p


# %%
def draw_strips(X, Y, m, rng):
    """m strips of 14 rows, the windows of their steps, labels, counts and lengths."""
    counts, strips, labels = rng.integers(3, 7, m), np.zeros((m, 14, 80), np.float32), np.zeros((m, 6), int)
    columns = np.zeros(m, int)
    for j in range(m):
        left = rng.integers(0, 4)
        for k in range(counts[j]):
            i = rng.integers(len(X))
            part = strips[j, :, left : left + 14]
            part[...] = np.maximum(part, np.roll(X[i], rng.integers(-1, 2), axis=0))
            labels[j, k], columns[j] = Y[i] + 1, left + 14
            left += rng.integers(9, 13)
    strips += 0.08 * rng.normal(0, 1, strips.shape).astype(np.float32)
    windows = np.stack([strips[:, :, begin : begin + 6].reshape(m, 84).T for begin in range(0, 75, 2)], axis=2)
    return strips, np.ascontiguousarray(windows), labels, counts, (columns - 6) // 2 + 1


# %%
X_train, Y_train, X_test, Y_test = data.load_digits()
X_train, X_test = ((X[..., 0] / np.float32(255)).reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)) for X in (X_train, X_test))
rng = np.random.default_rng(0)
_, windows, *truth = draw_strips(X_train, Y_train[0], 4000, rng)
strips, *test = draw_strips(X_test, Y_test[0], 500, rng)


def some_strips(rng):
    k = rng.integers(0, 4000, 50)
    return windows[:, k, : truth[2][k].max()], *(each[k] for each in truth)


reader = train(some_strips, 84, 5, 500, 1.0, 0, "reading strips")
rate, reads, log_p = judge(reader, 5, *test)
_, labels, counts, lengths = test
right = [reads[j] == labels[j, : counts[j]].tolist() for j in range(500)]
print(f"500 new strips: error rate {rate:.3f}, strips without a mistake {np.mean(right):.2f}")
beam = [
    prefix_beam(log_p[:, j, : lengths[j]].astype(float), 4)[0] == labels[j, : counts[j]].tolist() for j in range(100)
]
print(
    f"of the first 100: best path {np.mean(right[:100]):.2f}, prefix beam of width 4 {np.mean(beam):.2f} without a mistake"
)

# %%
figure, axes = plt.subplots(2, 1, figsize=(8, 5), layout="constrained")
end = lengths[0] * 2 + 4
axes[0].imshow(strips[0, :, :end], cmap="gray_r", aspect="auto", extent=(0, end, 14, 0))
axes[0].set(title=f"Read as {' '.join(str(k - 1) for k in reads[0])}", xlabel="column", ylabel="row")
axes[1].imshow(np.exp(log_p[:, 0, : lengths[0]]), cmap="Blues", aspect="auto", extent=(2, end - 2, 10.5, -0.5))
axes[1].set(
    yticks=range(11),
    yticklabels=["blank", *"0123456789"],
    xlabel="column",
    title="Short peaks, and blanks between them",
)
for axis in axes:
    axis.grid(False)
plt.show()

# %% [markdown]
# *What to notice.* Nobody told the network where a digit stands, and yet its answers stand in the right order and at the right places, also where one of them is wrong. It says a digit for one or two steps and the blank for the rest: the peaks of CTC. Prefix beam search reads about as well as the best path here: where the network is sure, both agree.
#
# ## 8. Spoken numbers
#
# *Does the same program hear?*
#
# Nothing of the network and the loss changes, only the windows. A sequence is two to five spoken digits with pauses between them and the noise of a room, always by one voice. The twelve voices for training are synthetic ones. From the spectrogram we take the power in 20 bands, narrow for low tones and wide for high ones as in the ear (the *mel* scale), and its logarithm. From each band we subtract its mean over the sequence, for voices and rooms differ in their colour. A window has five frames, and there is a step each 40 milliseconds.
#
# We test on three groups: four *other* synthetic voices, and two real people, a woman and a man.


# %%
def digit_bank(clips, paces):
    """For each voice and digit the band powers of its recording, at several paces."""
    bank, names = {}, "zero one two three four five six seven eight nine".split()
    for wave, word, voice in zip(clips.waves, clips.words, clips.voices, strict=True):
        if word in names:
            wave = wave / np.sqrt(np.mean(np.square(wave, dtype=float))) * 3000
            for pace in paces:
                played = np.interp(np.arange(0, len(wave) - 1, pace), np.arange(len(wave)), wave)
                powers = (BANDS @ spectrogram(played, 256, 160)).astype(np.float32)
                bank.setdefault(voice, {}).setdefault(names.index(word), []).append(powers)
    return list(bank.values())


# %%
BANDS = data.mel_bands()
noise = (BANDS @ spectrogram(data.make_noise(60, seed=0).wave, 256, 160)).astype(np.float32)


# %%
def draw_speech(bank, m, rng):
    """m sequences of spoken digits: windows (100, m, T), labels, counts and lengths."""
    counts, labels, spoken = rng.integers(2, 6, m), np.zeros((m, 5), int), []
    for j in range(m):
        voice, parts = bank[rng.integers(len(bank))], [np.zeros((20, rng.integers(2, 12)), np.float32)]
        for k in range(counts[j]):
            digit = rng.integers(10)
            loud = np.float32(10 ** rng.uniform(-0.4, 0.4)) * voice[digit][rng.integers(len(voice[digit]))]
            parts += [loud, np.zeros((20, rng.integers(1, 12)), np.float32)]
            labels[j, k] = digit + 1
        powers = np.concatenate(parts, axis=1)
        begin = rng.integers(0, noise.shape[1] - powers.shape[1])
        powers = powers + noise[:, begin : begin + powers.shape[1]] * np.float32(10 ** rng.uniform(-1, 0.5))
        spoken.append((np.log(powers + 1) - np.log(powers + 1).mean(axis=1, keepdims=True)) / 3)
    frames = np.array([each.shape[1] for each in spoken])
    x = np.zeros((20, m, frames.max()), np.float32)
    for j, each in enumerate(spoken):
        x[:, j, : frames[j]] = each
    T = (x.shape[2] - 5) // 2 + 1
    windows = np.concatenate([x[:, :, k : k + 2 * T : 2][:, :, :T] for k in range(5)])
    return windows, labels, counts, (frames - 5) // 2 + 1


# %%
bank = digit_bank(learned_voices, np.linspace(0.85, 1.18, 5))
listener = train(lambda rng: draw_speech(bank, 32, rng), 100, 9, 400, 0.8, 1, "listening")
groups = {"other synthetic voices": other_voices, "a real woman": woman, "a real man": man}
heard = {}
for name, clips in groups.items():
    x, *truth = draw_speech(digit_bank(clips, [1.0]), 200, np.random.default_rng(1))
    heard[name] = judge(listener, 9, x, *truth), truth, x
    print(f"{name:22}: error rate {heard[name][0][0]:.3f} on 200 sequences")

# %%
(_, reads, log_p), (labels, counts, lengths), x = heard["a real woman"]
figure, axes = plt.subplots(2, 1, figsize=(8, 5), layout="constrained")
seconds = (0, lengths[0] * 0.04)
axes[0].imshow(x[40:60, 0, : lengths[0]], origin="lower", aspect="auto", cmap="magma", extent=(*seconds, 0, 20))
true = " ".join(str(k - 1) for k in labels[0, : counts[0]])
axes[0].set(
    title=f"Said: {true}. Heard: {' '.join(str(k - 1) for k in reads[0])}", ylabel="band", xlabel="time in seconds"
)
axes[1].imshow(np.exp(log_p[:, 0, : lengths[0]]), cmap="Blues", aspect="auto", extent=(*seconds, 10.5, -0.5))
axes[1].set(yticks=range(11), yticklabels=["blank", *"0123456789"], xlabel="time in seconds")
for axis in axes:
    axis.grid(False)
plt.show()

# %% [markdown]
# Listen to what it heard here, put together anew from the woman's recordings: first the true digits of the picture, without the noise.

# %%
waves = []
for k in labels[0, : counts[0]]:
    word = "zero one two three four five six seven eight nine".split()[k - 1]
    waves += [woman.waves[woman.words.index(word)], np.zeros(1600, np.int16)]
display(Audio(np.concatenate(waves), rate=woman.rate))

# %% [markdown]
# *What to notice.* On other synthetic voices most digits are right, about nine of ten in this run: they come from the same two programs. Real people are misheard far more often, and with another seed the rates of the two change by a lot. Twelve voices of two programs are not what people sound like. That is the difference between the data one trains on and the data one cares about (course 3), and the reason why real recognisers learn from thousands of hours of thousands of people.

# %% [markdown]
# ## What you built
#
# - `spectrogram`: power by frequency and time.
# - `collapse`, `ctc_forward` and `ctc_gradient`: a loss over all ways to place a text, exact in logarithms.
# - `prefix_beam`: texts, not paths.
# - `edit_distance` and `error_rate`: how good a recogniser is.
# - A reader of strips, and a listener that knows ten words.
#
# ## On your own
#
# 1. Say the digits yourself. Record them at 8,000 numbers a second, one file each, and test the network on your voice. Then add your voice to the training set.
# 2. In some strips digit $d$ is always followed by $d + 1$. Count such pairs on a training set, and give `prefix_beam` a **language model**: multiply the probability of an extension by $P(c \mid \text{last symbol})^{\lambda}$. How much does it gain?
# 3. Really hard: the blank and its peaks come from the loss. Put a bidirectional recurrent network in the place of the convolution ([week 1](../week1_recurrent_networks/05_bidirectional_and_deep_rnns.ipynb)). Are real voices understood better, and where are the peaks now?
#
# ## In practice
#
# - `torch.nn.CTCLoss` computes what `ctc_batch` does, from log-probabilities of shape $(T, m, n_y)$; but its mean first divides each loss by the length of its text; it returns infinity where a text does not fit, and has an option to put 0 there. A text that does not fit is nearly always a mistake in the data.
# - Recognisers of today either use CTC on a large Transformer, often trained first on speech without any text (wav2vec 2.0), or an encoder and decoder with attention (Whisper), or a *transducer*, which is CTC with a memory of what was said.
# - The lecture's phonemes, made by hand, are gone: networks go from sound to letters.
#
# ## References
#
# - Course 5, week 3, lecture 9.
# - A. Graves, S. Fernández, F. Gomez and J. Schmidhuber (2006), Connectionist Temporal Classification: Labelling Unsegmented Sequence Data with Recurrent Neural Networks, ICML.
# - A. Hannun, A. Maas, D. Jurafsky and A. Ng (2014), First-Pass Large Vocabulary Continuous Speech Recognition Using Bi-Directional Recurrent DNNs, arXiv:1408.2873 (prefix beam search).
# - V. Levenshtein (1966), Binary Codes Capable of Correcting Deletions, Insertions and Reversals, Soviet Physics Doklady 10.
# - A. Baevski, H. Zhou, A. Mohamed and M. Auli (2020), wav2vec 2.0, NeurIPS; A. Radford and others (2022), Robust Speech Recognition via Large-Scale Weak Supervision (Whisper), arXiv:2212.04356.
