# %% [markdown]
# You will turn real sentences into arrays: a vocabulary, padded batches with a mask, one-hot vectors, targets for names, and a byte-pair tokeniser that knows no unknown words.
# On the way you prove that a dense network over a bag of words cannot see the order of words, and measure what goes wrong when it gets all positions.

# %% [markdown]
# ## What you will be able to do
#
# - say $T_x$ and $T_y$ of a task, and read $x^{(i)\langle t \rangle}$;
# - build a vocabulary, and turn sentences into padded batches of indices with a mask;
# - write one-hot sequences, and the targets of named-entity recognition;
# - explain with an experiment why a dense network is the wrong tool for sequences;
# - learn byte-pair encoding from a text, split words that it never met, and join tokens again.
#
# **What you need:** [dense networks](../../../course1_nn/release/week4_deep_neural_networks/03_building_blocks_of_deep_networks.ipynb) from course 1 and [Adam](../../../course2_improving/release/week2_optimization/03_momentum_rmsprop_adam.ipynb) from course 2. Python's `re` finds words in a text, and `Counter` counts them.

# %%
import re
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.dense import deep_backward, deep_forward, initialize_deep
from shared_utils.nn.optimisers import adam_step, initialize_adam

plots.use_style()
reviews, phrases, vowels = data.load_sentiment(), data.load_phrase_pairs("zh"), data.load_vowels()


def words_of(text):
    """The words of a text in small letters, and its punctuation, a list of strings."""
    return re.findall(r"\w+(?:'\w+)?|[^\w\s]", text.lower())


train_words = [words_of(text) for text in reviews.x_train]
test_words = [words_of(text) for text in reviews.x_test]
print(reviews.x_train[1], "\n", train_words[1])

# %% [markdown]
# ## 1. Data that come one after the other
#
# *Which tasks have sequences, and how long are they?*
#
# In a sequence, the order carries meaning: the words of a sentence, the samples of a sound, the letters of a gene. $T_x$ is the number of steps of the input $x$, and $T_y$ that of the target $y$.
#
# | task | input $x$ | target $y$ | $T_x$ and $T_y$ |
# |---|---|---|---|
# | speech recognition | sound | words | both above 1, and they may differ |
# | music generation | nothing, or a first note | notes | $T_x$ is 0 or 1, $T_y$ is large |
# | sentiment classification | words | one rating | $T_y = 1$ |
# | DNA analysis | letters A, C, G, T | in or out of a gene, at each letter | $T_x = T_y$ |
# | machine translation | words | words of another language | both above 1, and they may differ |
# | activity in a video | pictures | one activity | $T_y = 1$ |
# | named-entity recognition | words | part of a name or not, at each word | $T_x = T_y$ |
#
# Some of these kinds are in the data of this course. The next cell counts their steps. In the vowels (who of nine men says them? $T_y = 1$) each step has 12 numbers. Their array has room for the longest vowel of the test data, too.

# %%
steps = {"words of a review": train_words, "words of an English phrase": [*map(words_of, phrases.source_train)]}
steps |= {"characters of its Chinese translation": phrases.target_train}
for unit, sequences in steps.items():
    print(f"{unit}: {min(map(len, sequences))} to {max(map(len, sequences))}")
print(f"steps of 6.4 ms in a spoken vowel: {vowels.T_train.min()} to {vowels.T_train.max()}, in an array", end=" ")
print("of shape (n_x, m, T_x) =", vowels.X_train.shape)

# %% [markdown]
# Two things are new compared with pictures. The examples have **different lengths**. And the input and the target may have different lengths, too.
#
# **Notation.** The step $t$ of a sequence stands in angle brackets, the number $i$ of the example in round ones:
#
# - $x^{(i)\langle t \rangle}$ is step $t$ of input $i$, a vector of $n_x$ numbers, for $t = 1, \dots, T_x^{(i)}$;
# - $y^{(i)\langle t \rangle}$ is step $t$ of target $i$, for $t = 1, \dots, T_y^{(i)}$.
#
# Formulas count from 1, and code counts from 0: $x^{\langle 1 \rangle}$ is `X[:, :, 0]`. A batch of $m$ sequences is an array of shape $(n_x, m, T_x)$. One step `x_t` of the whole batch has the shape $(n_x, m)$: examples are columns, as in course 1.
#
# ## 2. A vocabulary
#
# *How does a word become a number?*
#
# We list the words that we want to know, the **vocabulary**. The place of a word in this list is its **index**. A vocabulary is made from the training sentences only. Three entries are no words:
#
# - `<PAD>`, index 0, fills up short sentences (section 3);
# - `<UNK>`, index 1, stands for every word that is not in the vocabulary (unknown);
# - `<EOS>`, index 2, is the end of a sentence. A model that writes sentences says with it that it has finished.
#
# Rare words teach a model little, and every word costs memory. So the vocabulary keeps the most frequent words, up to a size that we choose.
#
# *On paper.* "the cat sat", "the dog sat", "a cat sat": *sat* comes three times, *cat* and *the* twice, *a* and *dog* once. Equally frequent words stand in the order of the alphabet, so a vocabulary of size 7 is `<PAD>`, `<UNK>`, `<EOS>`, *sat*, *cat*, *the*, *a*. The word *dog* has no place any more.
#
# ### Exercise 1: `build_vocabulary`


# %% exercise="build_vocabulary"
def build_vocabulary(sentences, size):
    """The entries of a vocabulary: three special ones, then the most frequent words.

    Args:
        sentences: a list of sentences, each a list of words (strings). Lists may be empty. Words are compared as they
            are: "The" and "the" are two words.
        size: the largest number of entries, the special ones included, a whole number.

    Returns:
        A list of different strings: "<PAD>", "<UNK>", "<EOS>", and then words, the most frequent first. Equally
        frequent words stand in the order in which Python sorts strings. There are fewer than `size` entries only if
        there are not enough words. Where a special entry occurs in the sentences as a word, it is left out: it stands
        in the list already.

    Raises:
        ValueError: size is below 3.

    Example:
        build_vocabulary([["b", "a"], ["c", "b"]], 5) is ["<PAD>", "<UNK>", "<EOS>", "b", "a"].
    """
    # 1. Refuse a size that is too small. 2. Count the words, without the special ones.
    # 3. Sort by two things: how often, downwards, and then the word itself. 4. Cut.
    ### BEGIN SOLUTION
    if size < 3:
        raise ValueError("the three special entries need a size of 3")
    special = ["<PAD>", "<UNK>", "<EOS>"]
    counts = Counter(word for words in sentences for word in words if word not in special)
    return special + sorted(counts, key=lambda word: (-counts[word], word))[: size - 3]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hints</summary>
#
# `Counter(word for words in sentences for word in words)` counts all words. Its `most_common` does not order equal counts by the alphabet: sort yourself.
#
# Python compares tuples part by part. With `key=lambda word: (-counts[word], word)` large counts come first, and the alphabet decides between equal ones.
# </details>

# %% check="build_vocabulary" points=2
with checks.exercise("build_vocabulary"):
    sentences = ["the cat sat".split(), "the dog sat".split(), "a cat sat".split()]
    checks.unchanged(build_vocabulary, sentences, 7)
    found = build_vocabulary(sentences, 7)
    checks.equal("the first three entries of size 7", list(found[:3]), ["<PAD>", "<UNK>", "<EOS>"])
    checks.that(list(found[3:]) != ["sat", "the", "cat", "dog"], "equally frequent words stand in alphabetical order")
    checks.equal("the words of size 7", list(found[3:]), ["sat", "cat", "the", "a"])
    checks.equal("the words of size 100", list(build_vocabulary(sentences, 100)[3:]), ["sat", "cat", "the", "a", "dog"])
    marked = list(build_vocabulary([["<EOS>", "b", "<EOS>"], ["<PAD>", "a", "b"]], 9))
    checks.equal("with special entries among the words", marked, ["<PAD>", "<UNK>", "<EOS>", "b", "a"])
    checks.raises("build_vocabulary(sentences, 2)", ValueError, build_vocabulary, sentences, 2)
    ### BEGIN HIDDEN TESTS

    def one_by_one(sentences, size):
        special = ["<PAD>", "<UNK>", "<EOS>"]
        every = [word for words in sentences for word in words if word not in special]
        often = {word: every.count(word) for word in sorted(set(every))}
        while often and len(special) < size:
            special.append(max(often, key=often.get))  # the first of equal ones
            del often[special[-1]]
        return special

    def problem(rng, m, longest, size):
        words = [*"b B ba 数 据 don't <unk> <UNK> <PAD> <EOS> z . 10 9".split(), "", "a b", *map(str, range(100, 120))]
        lengths = rng.integers(0, longest + 1, m)
        return [[words[k] for k in rng.integers(0, len(words), length)] for length in lengths], size

    many = [[f"w{k % 611}" for k in range(900)], [f"w{k}" for k in range(0, 611, 7)]]
    cases = {"with more than 300 words in a vocabulary": (many, 400), "with words to spare": (many, 10_000)}
    cases |= {"with no sentence": ([], 9), "with empty sentences": ([[], []], 9), "with one empty word": ([[""]], 9)}
    cases |= {"with special words, often": ([["<UNK>", "<PAD>"], ["<EOS>", "<unk>", "b", "<b>"] * 3], 5)}
    cases |= {"with <UNK> as a frequent word": ([["<UNK>", "<UNK>", "b"], ["<UNK>", "a"], ["<PAD>"] * 4], 9)}
    cases |= {"with counts of 300 and 301": ([["a"] * 300, ["b"] * 301], 9)}
    cases |= {"with one word in many sentences": ([["b", "a"], ["a", "b", "b"], ["c"] * 9, ["b"], ["a", "a"]], 6)}
    cases |= {"with capital letters": ([["The", "the", "THE", "the", "The", "b", "C", "a", "B"]], 9)}
    sizes = {"m": (0, 40), "longest": (0, 30), "size": (3, 50)}
    checks.agrees(build_vocabulary, one_by_one, problem, sizes=sizes, cases=cases)
    for size in (2, 1, 0, -1):
        checks.raises(f"size = {size}", ValueError, build_vocabulary, [["a"]], size)
    sentences = [["a", "b"], ["a"]]
    build_vocabulary(sentences, 4)
    sentences[1] += ["b", "b"]
    checks.equal("the words after the sentences have changed", build_vocabulary(sentences, 4)[3], "b")
    ### END HIDDEN TESTS

# %% [markdown]
# How large should the vocabulary be? We build five from the 5,558 training sentences, and count how many words of the 1,390 test sentences they do not know.

# %%
sizes = [100, 300, 1000, 3000, 10_000]
every = [word for words in test_words for word in words]
known = [set(build_vocabulary(train_words, size)) for size in sizes]
unknown = [100 * np.mean([word not in entries for word in every]) for entries in known]
print("entries:", sizes, "  unknown test words, %:", np.round(unknown, 1))
plt.semilogx(sizes, unknown, "o-")
plt.xlabel("size of the vocabulary (log scale)")
plt.ylabel("unknown test words, %")
plt.title("Even 10,000 entries leave some words unknown")
plt.ylim(0)
plt.show()

# %% [markdown]
# *What to notice.* The first 100 entries cover more than half of all words: *the*, *a*, *and*, the comma. After that each further step costs much: from 1,000 to 10,000 entries the unknown words fall from about 26 % to about 7 %. They never reach 0, because people always write names and words that nobody has written before. Section 7 has a way out.
#
# Now the other direction, from words to indices.
#
# *On paper*, with the vocabulary of size 7 above: "the dog ran" becomes $5, 1, 1, 2$. *dog* and *ran* are both `<UNK>`, and the network cannot tell them apart. The 2 at the end is `<EOS>`.
#
# ### Exercise 2: `encode`


# %% exercise="encode"
def encode(sentences, vocabulary):
    """The indices of the words of each sentence, and <EOS> at its end.

    Args:
        sentences: a list of sentences, each a list of words (strings). Lists may be empty.
        vocabulary: a list of different strings that holds "<UNK>" and "<EOS>", wherever they stand.

    Returns:
        A list with a list of whole numbers for each sentence: the index of each word in the vocabulary, that of
        "<UNK>" for a word that is not in it, and at the end that of "<EOS>". A word that is a special entry, such as
        "<PAD>", has its index like any other.

    Example:
        encode([["b", "q"]], ["<PAD>", "<UNK>", "<EOS>", "b"]) is [[3, 1, 2]].
    """
    # 1. A dict from each word to its index. 2. dict.get has a second argument for words that are not there.
    ### BEGIN SOLUTION
    index = {word: k for k, word in enumerate(vocabulary)}
    return [[index.get(word, index["<UNK>"]) for word in words] + [index["<EOS>"]] for words in sentences]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `vocabulary.index(word)` goes through the whole list for every word. `{word: k for k, word in enumerate(vocabulary)}` is made once and answers at once.
# </details>

# %% check="encode" points=1
with checks.exercise("encode"):
    vocabulary = ["<PAD>", "<UNK>", "<EOS>", "sat", "cat", "the", "a"]
    sentences = ["the dog ran".split(), "a cat sat the cat".split(), []]
    checks.unchanged(encode, sentences, vocabulary)
    found = encode(sentences, vocabulary)
    checks.length("encode of three sentences", found, 3)
    checks.that(list(found[0]) != [5, 1, 1], "<EOS> is missing at the end of a sentence")
    checks.that(list(found[0]) != [5, 2], "a word that is not in the vocabulary is <UNK>; it is not left out")
    checks.equal('"the dog ran"', list(found[0]), [5, 1, 1, 2])
    checks.equal('"a cat sat the cat"', list(found[1]), [6, 4, 3, 5, 4, 2])
    checks.equal("a sentence without words", list(found[2]), [2])
    ### BEGIN HIDDEN TESTS

    def place_after_place(sentences, vocabulary):
        known = lambda word: word if vocabulary.count(word) else "<UNK>"  # noqa: E731
        return [[vocabulary.index(known(word)) for word in [*words, "<EOS>"]] for words in sentences]

    def problem(rng, m, longest, n):
        words = ["b", "B", "ba", "", "数", "据", "a b", "<unk>", "z", ".", "10"] + [f"w{k}" for k in range(400)]
        vocabulary = ["<PAD>", "<UNK>", "<EOS>", *[words[k] for k in rng.permutation(len(words))[:n]]]
        words += ["<UNK>", "<PAD>", "<EOS>"]
        lengths = rng.integers(0, longest + 1, m)
        return [[words[k] for k in rng.integers(0, len(words), length)] for length in lengths], vocabulary

    mixed = ["b", "<EOS>", "a", "<UNK>"]
    cases = {"with special entries elsewhere": ([["a", "c", "b"], ["<UNK>"], ["<PAD>", "a"]], mixed)}
    cases |= {"with <UNK> first": ([["a", "c"]], ["<UNK>", "a", "<EOS>"]), "with <EOS> first": ([["a"]], mixed[1:])}
    cases |= {"with special entries alone": ([["a", "<EOS>", "b"], []], ["<PAD>", "<UNK>", "<EOS>"])}
    cases |= {"with capital letters": ([["The", "the", " the"]], ["<PAD>", "<UNK>", "<EOS>", "the"])}
    full = ["<EOS>", "a", "<PAD>", "<UNK>"]
    cases |= {"with no sentence": ([], mixed), "with <PAD> and <EOS> as words": ([["a", "<PAD>", "<EOS>"]], full)}
    for numbers in [numbers for arguments in cases.values() for numbers in encode(*arguments)]:
        checks.whole("the indices of a sentence", *numbers)
    checks.agrees(encode, place_after_place, problem, sizes={"m": (0, 30), "longest": 25, "n": (0, 380)}, cases=cases)
    words = ["a", "b"]
    encode([words], mixed)
    words[0] = mixed[2] = "q"
    checks.equal("the indices after word and vocabulary have changed", list(encode([words], mixed)[0]), [2, 0, 1])
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. Batches of different lengths
#
# *How do sentences of 3, 2 and 4 steps go into one array?*
#
# An array has no rows of different lengths. So we fill up all sentences to the longest one of the batch with the index 0, `<PAD>`. That is **padding**. The **mask** says where the sentence is real:
#
# $$\text{mask}_{i,t} = \begin{cases} 1 & \text{if } t \le T_x^{(i)}, \\ 0 & \text{else.} \end{cases}$$
#
# Whatever is computed later at a padded step gets multiplied by 0: it adds nothing to a sum or to a loss. `indices` and `mask` have the shape $(m, T_x)$, where $T_x$ is the largest of the $m$ lengths $T_x^{(i)}$.
#
# *On paper*, three sequences of lengths 3, 2 and 4:
#
# $$\begin{pmatrix} 5 & 1 & 2 & 0 \\ 3 & 2 & 0 & 0 \\ 4 & 6 & 5 & 2 \end{pmatrix}, \qquad \text{mask} = \begin{pmatrix} 1 & 1 & 1 & 0 \\ 1 & 1 & 0 & 0 \\ 1 & 1 & 1 & 1 \end{pmatrix}.$$
#
# The mask follows the lengths, not the indices. Words are never 0 here, unless a text holds "<PAD>" itself. But other sequences, DNA as the numbers 0 to 3 for example, have zeros as real steps.
#
# ### Exercise 3: `pad_and_mask`


# %% exercise="pad_and_mask"
def pad_and_mask(sequences):
    """One batch of sequences of different lengths: filled up at the end with 0, and a mask.

    Args:
        sequences: a list of m >= 1 lists of whole numbers >= 0. A 0 in a list is a real step.

    Returns:
        indices: int64 (m, T_x), where T_x is the length of the longest list.
        mask: float64 (m, T_x), 1 for a real step and 0 for padding.
        lengths: int64 (m,), the length of each list.

    Raises:
        ValueError: one of the lists is empty.
    """
    # 1. All lengths; refuse 0. 2. Two arrays of zeros. 3. Write each sequence into the beginning of its row.
    ### BEGIN SOLUTION
    lengths = np.array([len(sequence) for sequence in sequences], dtype=np.int64)
    if lengths.min() == 0:
        raise ValueError("every sequence needs at least one step")
    indices = np.zeros((len(lengths), lengths.max()), dtype=np.int64)
    mask = np.zeros(indices.shape)
    for i, sequence in enumerate(sequences):
        indices[i, : len(sequence)] = sequence
        mask[i, : len(sequence)] = 1
    return indices, mask, lengths
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hints</summary>
#
# `np.zeros((m, T_x), dtype=np.int64)` is a batch of padding alone. `indices[i, :len(sequence)] = sequence` writes a sequence into it.
#
# The mask without a loop: `np.arange(T_x)` is 0, 1, 2, … Compare it with each length as a column: `np.arange(T_x) < lengths[:, None]` has the shape $(m, T_x)$. Make float64 of True and False.
# </details>

# %% check="pad_and_mask" points=2
with checks.exercise("pad_and_mask"):
    sequences, names = [[5, 1, 2], [3, 2], [4, 6, 5, 2]], ("indices", "mask", "lengths")
    checks.unchanged(pad_and_mask, sequences)
    found = checks.results("pad_and_mask(sequences)", pad_and_mask(sequences), names)
    right = np.array([[5, 1, 2, 0], [3, 2, 0, 0], [4, 6, 5, 2]])
    before = {"padding stands at the end": [[0, 5, 1, 2], [0, 0, 3, 2], [4, 6, 5, 2]]}
    checks.close("indices", found[0], right, mistakes=before)
    padded = {"1 is a real step": right == 0}
    checks.close("mask", found[1], [[1, 1, 1, 0], [1, 1, 0, 0], [1, 1, 1, 1]], mistakes=padded)
    checks.close("lengths", found[2], [3, 2, 4])
    for name, array, wanted in zip(names, found, ("int64", "float64", "int64"), strict=True):
        checks.equal(f"the number type of {name}", str(array.dtype), wanted)
    zeros = checks.results("pad_and_mask([[0, 2, 0], [1]])", pad_and_mask([[0, 2, 0], [1]]), names)
    followed = {"the mask follows the lengths, not the indices": [[0, 1, 0], [1, 0, 0]]}
    checks.close("mask of [[0, 2, 0], [1]]", zeros[1], [[1, 1, 1], [1, 0, 0]], mistakes=followed)
    checks.raises("an empty sequence", ValueError, pad_and_mask, [[3], [], [1, 2]])
    ### BEGIN HIDDEN TESTS

    def step_by_step(sequences):
        steps = range(max(len(sequence) for sequence in sequences))
        indices = [[sequence[t] if t < len(sequence) else 0 for t in steps] for sequence in sequences]
        mask = [[1.0 if t < len(sequence) else 0.0 for t in steps] for sequence in sequences]
        return np.array(indices), np.array(mask), np.array([len(sequence) for sequence in sequences])

    def problem(rng, m, longest):
        return [[int(k) for k in rng.integers(0, 6, rng.integers(1, longest + 1))] for _ in range(m)]

    cases = {"with large indices": ([[3, 5_000_000_000], [70_000]],), "with one step": ([[4]],)}
    cases |= {"with round indices": ([[10**6, 1, 10**9], [999, 9999], [99_999, 1000, 100]],)}
    cases |= {"with a 0 as the only step": ([[0]],), "with zeros alone": ([[0, 0, 0], [0]],)}
    cases |= {"with equal lengths": ([[1, 2], [3, 4], [0, 5]],), "with the longest first": ([[1, 0, 0], [7], [8, 9]],)}
    cases |= {"with equal sequences": ([[1, 0], [1, 0], [1]],), "with the longest last": ([[2], [0, 1], [1, 2, 3]],)}
    sizes = {"m": 130, "longest": 120}
    checks.agrees(pad_and_mask, step_by_step, problem, sizes=sizes, returns=names, cases=cases)
    for sequences in ([[]], [[1, 2], []], [[], [1, 2]], [[], []]):
        checks.raises(f"pad_and_mask({sequences})", ValueError, pad_and_mask, sequences)
    for sequences in ([[1, 2], [3, 4]], [[0]], [[6] * 300] * 2, [[5_000_000_000, 1], [2]]):
        for name, array, wanted in zip(names, pad_and_mask(sequences), ("int64", "float64", "int64"), strict=True):
            checks.equal(f"the number type of {name} of {str(sequences)[:20]}", str(array.dtype), wanted)
    ### END HIDDEN TESTS

# %% [markdown]
# Padding costs time: a network computes at padded steps, too, and the mask throws the results away. Here are two ways to make batches of 64 from the training sentences: at random, and **by length**, where sentences of similar lengths come into one batch (also called *bucketing*).

# %%
vocabulary = build_vocabulary(train_words, 2000)
train_sequences = encode(train_words, vocabulary)
at_random = np.random.default_rng(1).permutation(len(train_sequences))
by_length = sorted(at_random, key=lambda i: len(train_sequences[i]))
figure, axes = plt.subplots(1, 2, sharey=True)
for axis, (name, order) in zip(axes, {"at random": at_random, "by length": by_length}.items(), strict=True):
    groups = [order[k : k + 64] for k in range(0, len(order), 64)]
    masks = [pad_and_mask([train_sequences[i] for i in group])[1] for group in groups]
    real = sum(mask.sum() for mask in masks) / sum(mask.size for mask in masks)
    print(f"{name}: {100 * (1 - real):.1f} % of all steps are padding")
    axis.imshow(masks[40], vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    axis.grid(False)
    axis.set(title=f"{name}: {100 * (1 - real):.0f} % padding", xlabel="step $t$")
axes[0].set_ylabel("sentence of batch 41")
figure.suptitle("Batches by length need hardly any padding (black)", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Each picture is the mask of one batch: a white row is as long as its sentence, and the picture on the right is all white. At random, one long sentence makes 64 long rows, and about half of the work is for nothing. By length all rows end at the same step, and almost no padding is left in all batches together. One then draws the *batches* in random order. The price: the sentences of a batch are less mixed than before.
#
# ## 4. One-hot sequences
#
# *Why not give the index itself to the network?*
#
# Index 1,000 is not a thousand times as much as index 1: the numbers of the words have no meaning. So $x^{\langle t \rangle}$ is a **one-hot** vector with one entry for each entry of the vocabulary: 1 at the index of the word, and 0 elsewhere. For a batch, with $n_x$ entries in the vocabulary,
#
# $$X_{k,i,t} = \begin{cases} 1 & \text{if } \text{indices}_{i,t} = k, \\ 0 & \text{else,} \end{cases} \qquad X \text{ of shape } (n_x, m, T_x) .$$
#
# *On paper*, $n_x = 4$, $m = 2$, $T_x = 3$, indices $\begin{pmatrix} 2 & 0 & 3 \\ 1 & 3 & 1 \end{pmatrix}$. The first step of both sentences, $(n_x, m)$, and the second one are
#
# $$x^{\langle 1 \rangle} = \begin{pmatrix} 0 & 0 \\ 0 & 1 \\ 1 & 0 \\ 0 & 0 \end{pmatrix}, \qquad x^{\langle 2 \rangle} = \begin{pmatrix} 1 & 0 \\ 0 & 0 \\ 0 & 0 \\ 0 & 1 \end{pmatrix}.$$
#
# NumPy reads index $-1$ as the last entry and says nothing. A wrong index should give an error, not a wrong vector.
#
# ### Exercise 4: `one_hot_sequence`


# %% exercise="one_hot_sequence"
def one_hot_sequence(indices, n_x):
    """The one-hot vectors of a batch of sequences.

    Args:
        indices: an array of whole numbers from 0 to n_x - 1, shape (m, T_x), m >= 1, T_x >= 1.
        n_x: the number of entries of the vocabulary, a whole number >= 1.

    Returns:
        X: float64 (n_x, m, T_x), as in the formula. A padded step has index 0 and is treated like any other.

    Raises:
        ValueError: an index is negative, or n_x or larger.
    """
    # 1. Refuse indices that are too small or too large. 2. A 1 in the right place of each example and step.
    ### BEGIN SOLUTION
    if indices.min() < 0 or indices.max() >= n_x:
        raise ValueError("an index is not in the vocabulary")
    return (np.arange(n_x)[:, None, None] == indices).astype(float)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hints</summary>
#
# Compare a column of all indices with the batch: `np.arange(n_x)[:, None, None] == indices` has the shape $(n_x, m, T_x)$.
#
# Another way: the identity matrix `np.eye(n_x)` has all one-hot vectors as columns, and `np.eye(n_x)[:, indices]` takes one for each example and step.
# </details>

# %% check="one_hot_sequence" points=2
with checks.exercise("one_hot_sequence"):
    indices = np.array([[2, 0, 3], [1, 3, 1]])
    checks.unchanged(one_hot_sequence, indices, 4)
    X = one_hot_sequence(indices, 4)
    checks.shape("X of indices (2, 3) with n_x = 4", X, (4, 2, 3))
    checks.close("the first step", X[:, :, 0], [[0, 0], [0, 1], [1, 0], [0, 0]])
    checks.close("the second step", X[:, :, 1], [[1, 0], [0, 0], [0, 0], [0, 1]])
    checks.equal("the number type of X", str(X.dtype), "float64")
    checks.shape("X with n_x = 6", one_hot_sequence(indices, 6), (6, 2, 3))
    checks.raises("an index 3 with n_x = 3", ValueError, one_hot_sequence, indices, 3)
    checks.raises("an index -1 with n_x = 4", ValueError, one_hot_sequence, np.array([[0, -1, 2]]), 4)
    ### BEGIN HIDDEN TESTS

    def word_by_word(indices, n_x):
        X = np.zeros((n_x, *indices.shape))
        for i, t in np.ndindex(indices.shape):
            X[int(indices[i, t]), i, t] += 1
        return X

    def problem(rng, n_x, m, T_x):
        return rng.integers(0, n_x, (m, T_x)), n_x

    rng = np.random.default_rng(3)
    cases = {"with index 0 alone": (np.zeros((3, 4), dtype=int), 5), "with the last index": (np.full((3, 2), 6), 7)}
    cases |= {"with fewer indices than entries": (rng.integers(0, 9, (4, 5)), 300)}
    checks.agrees(one_hot_sequence, word_by_word, problem, sizes={"n_x": 1030, "m": 110, "T_x": 105}, cases=cases)
    for wrong in ([[4, 0]], [[0], [-1]], [[-4, 1]], [[2, 9], [1, 1]], [[0, 0], [0, 4]], [[-5, 0]], [[2, 0], [1, 9]]):
        checks.raises(f"indices {wrong} with n_x = 4", ValueError, one_hot_sequence, np.array(wrong), 4)
    ### END HIDDEN TESTS

# %%
indices, _, _ = pad_and_mask(encode([test_words[1]], vocabulary))
print("sentence:", " ".join(test_words[1]), "\nindices:", indices[0].tolist())
print("what the network sees:", " ".join(vocabulary[k] for k in indices[0]))
figure, axis = plt.subplots(figsize=(7, 3.4))
axis.scatter(*np.nonzero(one_hot_sequence(indices, 2000)[:, 0].T), s=20)
axis.set(ylim=(2000, -60), ylabel="entry of the vocabulary", xlabel="step $t$ (from 0)")
axis.set_title("One 1 in each column, among 2,000 entries")
plt.show()
numbers = 64 * 55
print(
    f"a batch of 64 sentences with 55 steps: {2000 * numbers * 8 / 1e6:.0f} MB, its indices {numbers * 8 / 1e6:.2f} MB"
)

# %% [markdown]
# *What to notice.* Each point is a 1; all other entries of a column are 0. Frequent words lie at the top, because the vocabulary begins with them. One-hot vectors are good for formulas and wasteful in memory: the batch takes 56 MB, and its indices take 0.03 MB. So programs keep indices. For a one-hot vector $x$, the product $W x$ is just a column of $W$, and programs take this column. In the next lesson this becomes the *embedding layer*.
#
# ## 5. One target for each word
#
# *Which words belong to a name?*
#
# **Named-entity recognition** finds names of people, companies, places, times. It is the lecture's example of a task with $T_x = T_y$: $y^{\langle t \rangle} = 1$ if word $t$ is part of a name.
#
# | $t$ | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 |
# |---|---|---|---|---|---|---|---|---|---|
# | $x$ | Harry | Potter | and | Hermione | Granger | invented | a | new | spell |
# | $y^{\langle t \rangle}$ | 1 | 1 | 0 | 1 | 1 | 0 | 0 | 0 | 0 |
# | BIO tag | B-PER | I-PER | O | B-PER | I-PER | O | O | O | O |
#
# People who label a text mark **spans**: from where to where a name goes, and what kind it is. In code a span is `(start, stop, kind)`, counted from 0 and without `stop`, as in `words[start:stop]`. *Harry Potter* is `(0, 2, "PER")`.
#
# The 0/1 targets lose something. In "today Harry Hermione and Ron answered", the targets are $0, 1, 1, 0, 1, 0$: is *Harry Hermione* one person or two? **BIO tags** keep it: `B-` at the beginning of a name, `I-` inside it, `O` outside of all names. Two names side by side are `B-PER`, `B-PER`; one name of two words is `B-PER`, `I-PER`.
#
# ### Exercise 5: `entity_targets`


# %% exercise="entity_targets"
def entity_targets(T_x, spans):
    """The targets of named-entity recognition for one sentence.

    Args:
        T_x: the number of words, a whole number >= 1.
        spans: a list of names, each a tuple (start, stop, kind) in words counted from 0: the name is the words from
            start up to but not including stop, and kind is any string such as "PER". In any order; it may be empty.

    Returns:
        y: float64 (T_x,), 1 for a word in a name, 0 for another.
        tags: a list of T_x strings: "B-" + kind for the first word of a name, "I-" + kind for its other words, and
            "O" for all words outside of names.

    Raises:
        ValueError: two names share a word, a name has no words (start >= stop), or it begins before word 0 or ends
            after the last word.
    """
    # 1. Begin with zeros and "O". 2. For each span: refuse it, or write into both. 3. An entry that is no longer "O"?
    ### BEGIN SOLUTION
    y, tags = np.zeros(T_x), ["O"] * T_x
    for start, stop, kind in spans:
        if not 0 <= start < stop <= T_x or any(tag != "O" for tag in tags[start:stop]):
            raise ValueError(f"the name ({start}, {stop}) does not fit into {T_x} words, or overlaps another one")
        y[start:stop] = 1
        tags[start:stop] = [f"B-{kind}"] + [f"I-{kind}"] * (stop - start - 1)
    return y, tags
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `not 0 <= start < stop <= T_x` refuses spans outside of the sentence and empty ones. A name of $n$ words has the tags `["B-" + kind] + ["I-" + kind] * (n - 1)`.
# </details>

# %% check="entity_targets" points=2
with checks.exercise("entity_targets"):
    spans, names = [(3, 5, "PER"), (0, 2, "PER")], ("y", "tags")
    checks.unchanged(entity_targets, 9, spans)
    y, tags = checks.results("entity_targets(9, spans)", entity_targets(9, spans), names)
    slips = {"stop itself is not in the name": [1, 1, 1, 1, 1, 1, 0, 0, 0], "count from 0": [0, 1, 1, 0, 1, 1, 0, 0, 0]}
    checks.close("y of Harry Potter's sentence", y, [1, 1, 0, 1, 1, 0, 0, 0, 0], mistakes=slips)
    checks.equal("the number type of y", str(y.dtype), "float64")
    checks.equal("tags of Harry Potter's sentence", " ".join(tags), "B-PER I-PER O B-PER I-PER O O O O")
    y, tags = checks.results("three names", entity_targets(6, [(0, 3, "ORG"), (3, 4, "PER"), (4, 6, "PER")]), names)
    checks.equal("tags of three names side by side", " ".join(tags), "B-ORG I-ORG I-ORG B-PER B-PER I-PER")
    checks.raises("two names that share word 2", ValueError, entity_targets, 5, [(2, 4, "PER"), (0, 3, "LOC")])
    checks.raises("a name that ends after the last word", ValueError, entity_targets, 5, [(3, 6, "PER")])
    ### BEGIN HIDDEN TESTS

    def word_for_word(T_x, spans):
        tags = []
        for t in range(T_x):
            here = [(start, kind) for start, stop, kind in spans if start <= t and t < stop]
            tags.append(("B-" if here[0][0] == t else "I-") + here[0][1] if here else "O")
        return np.array([0.0 if tag == "O" else 1.0 for tag in tags]), tags

    def problem(rng, T_x, n):
        cuts = np.unique(rng.integers(0, T_x + 1, 2 * n))
        spans = [(int(a), int(b)) for a, b in zip(cuts[:-1], cuts[1:], strict=True) if rng.random() < 0.6]
        kinds = ("PER", "LOC", "an organisation, " * 9, "", "O", "地名", "B-X")
        return T_x, [(*spans[k], kinds[rng.integers(7)]) for k in rng.permutation(len(spans))]

    cases = {"without names": (4, []), "with one name for all words": (3, [(0, 3, "LOC")])}
    cases |= {"with one word": (1, [(0, 1, "PER")]), "with one word and no name": (1, [])}
    cases |= {"with the kind O": (4, [(0, 2, "O"), (2, 3, "O")]), "with a name of 200 words": (300, [(50, 250, "ORG")])}
    checks.agrees(entity_targets, word_for_word, problem, sizes={"T_x": 400, "n": (0, 60)}, returns=names, cases=cases)
    wrong = [[(0, 2, "A"), (1, 3, "A")], [(1, 3, "A"), (0, 2, "A")], [(0, 5, "A"), (2, 3, "B")], [(2, 3, "A")] * 2]
    wrong += [[(2, 3, "B"), (0, 5, "A")], [(2, 2, "A")], [(3, 2, "A")], [(-1, 2, "A")], [(4, 6, "A")], [(5, 6, "A")]]
    wrong += [[(0, 1, "A"), (0, 1, "B")], [(0, 0, "A")], [(5, 5, "A")], [(-2, -1, "A")], [(0, 3, "A"), (2, 3, "A")]]
    wrong += [[(0, 1, "O"), (0, 1, "O")]]
    wrong += [[(1, 3, ""), (2, 4, "")]]
    wrong += [[(0, 1, "A"), (2, 9, "A")]]
    wrong += [[(9, 12, "A")]]
    wrong += [[(0, 2, "A"), (3, 4, "A"), (1, 3, "A")]]
    for spans in wrong:
        checks.raises(f"entity_targets(5, {spans})", ValueError, entity_targets, 5, spans)
    checks.equal("the number type of y", str(entity_targets(2, [])[0].dtype), "float64")
    ### END HIDDEN TESTS

# %% [markdown]
# Each word may need words on both sides. *He said, "Teddy Roosevelt was a great president"* and *He said, "Teddy bears are on sale!"* begin in the same way, and only the fourth word tells whether *Teddy* is a person. A network for sequences must be able to carry information from one step to another.
#
# ## 6. Why not a dense network?
#
# *We have arrays now. What is wrong with giving them to the network of course 1?*
#
# A dense network wants one column of fixed length for each example. There are two ways to make one of $X$, of shape $(n_x, m, T_x)$. The mask takes out padded steps in both:
#
# - the **bag of words** adds up the steps, of shape $(n_x, m)$. It says how often each word occurs: $\text{bag}_{k,i} = \sum_{t=1}^{T_x} \text{mask}_{i,t} \, X_{k,i,t}$;
# - all **positions** are put below each other, of shape $(T_x \, n_x, m)$: step 1 in the first $n_x$ rows, step 2 in the next $n_x$, and so on. With $t$ and $k$ counted from 0 as in code, $\text{positions}_{t \, n_x + k, \, i} = \text{mask}_{i,t} \, X_{k,i,t}$.
#
# *On paper*, $n_x = 2$, $m = 1$, $T_x = 3$ and all steps real: $x^{\langle 1 \rangle} = (1, 0)$, $x^{\langle 2 \rangle} = (0, 1)$, $x^{\langle 3 \rangle} = (1, 0)$. The bag is $(2, 1)$, and the positions are $(1, 0, 0, 1, 1, 0)$. If the last step is padding, they are $(1, 1)$ and $(1, 0, 0, 1, 0, 0)$.
#
# ### Exercise 6: `dense_inputs`


# %% exercise="dense_inputs"
def dense_inputs(X, mask):
    """Two ways to make one column of each sequence of a batch.

    Args:
        X: a batch of sequences, shape (n_x, m, T_x), floats or whole numbers; one-hot or any other.
        mask: 1 for a real step and 0 for padding, floats or whole numbers, shape (m, T_x). Padding may stand anywhere.

    Returns:
        bag: the sum over the real steps, shape (n_x, m). Where X and mask hold whole numbers, so may the results.
        positions: all steps below each other, shape (T_x * n_x, m). Row t * n_x + k is entry k of step t (t from 0);
            zeros at padded steps.
    """
    # 1. The mask has no axis for k: broadcasting gives it one. 2. Which axis is summed?
    # 3. For the positions, the axes must come in the order t, k, i before reshape.
    ### BEGIN SOLUTION
    real = X * mask
    return real.sum(axis=2), real.transpose(2, 0, 1).reshape(X.shape[0] * X.shape[2], X.shape[1])
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hints</summary>
#
# `X * mask` multiplies shape $(n_x, m, T_x)$ by $(m, T_x)$: the mask is used for every $k$.
#
# `reshape` never moves an axis. First `transpose(2, 0, 1)`, which gives $(T_x, n_x, m)$, then `reshape(-1, m)`.
# </details>

# %% check="dense_inputs" points=2
with checks.exercise("dense_inputs"):
    X = np.array([[[1, 0, 1], [2, 3, 9]], [[0, 1, 0], [4, 5, 8]]])
    mask = np.array([[1.0, 1.0, 1.0], [1.0, 1.0, 0.0]])
    checks.unchanged(dense_inputs, X, mask)
    bag, positions = checks.results("dense_inputs(X, mask)", dense_inputs(X, mask), ("bag", "positions"))
    slips = {"a padded step was added": [[2, 14], [1, 17]], "the sum, not the mean": [[2 / 3, 2.5], [1 / 3, 4.5]]}
    checks.close("bag of two sequences", bag, [[2, 5], [1, 9]], mistakes=slips)
    right = np.array([[1, 2], [0, 4], [0, 3], [1, 5], [1, 0], [0, 0]])
    slips = {"a padded step is still there": [[1, 2], [0, 4], [0, 3], [1, 5], [1, 9], [0, 8]]}
    slips |= {"step by step, not entry by entry": right[[0, 2, 4, 1, 3, 5]]}
    slips |= {"reshape never moves an axis: transpose first": [[1, 0], [1, 2], [3, 0], [0, 1], [0, 4], [5, 0]]}
    checks.close("positions of two sequences", positions, right, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def step_after_step(X, mask):
        n_x, m, T_x = X.shape
        bag, positions = np.zeros((n_x, m)), np.zeros((n_x * T_x, m))
        for k, i, t in np.ndindex(X.shape):
            if mask[i, t]:
                bag[k, i] += X[k, i, t]
                positions[t * n_x + k, i] = X[k, i, t]
        return bag, positions

    def problem(rng, n_x, m, T_x):
        mask = np.arange(T_x) < rng.integers(1, T_x + 1, (m, 1))
        return rng.normal(0, 1, (n_x, m, T_x)), mask.astype(float)

    rng = np.random.default_rng(4)
    X, mask = problem(rng, 4, 5, 6)
    cases = {"with all steps real": (X, np.ones((5, 6))), "with one real step": (X, np.eye(6)[[0] * 5])}
    cases |= {"with padding between": (X, np.maximum(np.eye(6)[:5], np.eye(6)[[3] * 5]))}
    cases |= {"with a mask of whole numbers": (X, mask.astype(int)), "with n_x = m = T_x": problem(rng, 4, 4, 4)}
    cases |= {"with whole numbers": (rng.integers(-3, 4, (3, 4, 5)), problem(rng, 3, 4, 5)[1].astype(int))}
    cases |= {"with 300 equal steps": (np.full((2, 3, 300), 1), np.ones((3, 300)))}
    domain = {"real": {"X": 1e6}, "types": ["X"], "returns": ("bag", "positions"), "cases": cases}
    checks.agrees(dense_inputs, step_after_step, problem, sizes={"n_x": 104, "m": 105, "T_x": 24}, **domain)
    bag = dense_inputs(X, mask)[0]
    mixed = [rng.permutation(int(mask[i].sum())).tolist() + list(range(int(mask[i].sum()), 6)) for i in range(5)]
    again = dense_inputs(np.stack([X[:, i, mixed[i]] for i in range(5)], axis=1), mask)[0]
    checks.close("the bag of words in another order", again, bag)
    ### END HIDDEN TESTS

# %% [markdown]
# **The bag cannot see order, and this needs no experiment.** A sum does not depend on the order of what is added. "Not bad but good" and "not good but bad" have the same bag. A network computes the same output from the same input, whatever its weights are and however long it was trained. So of two such sentences with different labels it gets exactly one right.
#
# **The order test.** We write sentences such as "well i the film is not boring but fresh so": *the film is not … but …* with a bad word and a good word, $k$ filler words before it and some behind. The label is 1 if the good word comes last. In the training set $k$ is 0 to 3. A network has one hidden layer of 16 units. It is tested on new sentences at these places, and then at places to which the sentence is pushed by more filler words.


# %%
GOOD, BAD = "good great funny fresh warm bright".split(), "bad awful boring stale cold dull".split()
FILLERS = "well i think that we all know this one and so say they".split()


def film_sentences(m, places, rng):
    """`m` sentences with the phrase behind k filler words, k one of `places`; labels (1, m), 1 if "good" is last."""
    sentences, labels = [], rng.integers(0, 2, (1, m))
    for label in labels[0]:
        two = [str(rng.choice(GOOD)), str(rng.choice(BAD))]
        first, last = two[::-1] if label else two
        before, behind = (rng.choice(FILLERS, n).tolist() for n in (rng.choice(places), rng.integers(0, 4)))
        sentences.append([*before, *f"the film is not {first} but {last}".split(), *behind])
    return sentences, labels


def order_inputs(sentences, known, T_x=24):
    """The bag and the positions of sentences; one more row, of T_x steps, fills all up to T_x and is left out."""
    indices, mask, _ = pad_and_mask([*encode(sentences, known), [0] * T_x])
    return dense_inputs(one_hot_sequence(indices[:-1], len(known)), mask[:-1])


# %%
def train_dense(inputs, labels, seed, epochs=15):
    """A network with 16 hidden units, trained by Adam on batches of 50."""
    parameters, rng = initialize_deep([len(inputs), 16, 1], seed), np.random.default_rng(seed)
    (v, s), t = initialize_adam(parameters), 0
    for _ in range(epochs):
        for batch in np.split(rng.permutation(labels.shape[1]), labels.shape[1] // 50):
            t += 1
            AL, caches = deep_forward(inputs[:, batch], parameters)
            grads = deep_backward(AL, labels[:, batch], caches)
            parameters, v, s = adam_step(parameters, grads, v, s, t, 0.01)
    return parameters


def share_right(parameters, inputs, labels):
    """The share of the sentences for which the network says the right label."""
    return np.mean((deep_forward(inputs, parameters)[0] > 0.5) == labels)


twins = ["the film is not bad but good".split(), "the film is not good but bad".split()]
shifts, curves, known = range(12), [], build_vocabulary([GOOD, BAD, FILLERS, twins[0]], 100)
for seed in range(3):
    rng = np.random.default_rng(seed)
    sentences, labels = film_sentences(1000, range(4), rng)
    new, new_labels = film_sentences(1000, range(4), rng)
    nets = [train_dense(inputs, labels, seed) for inputs in order_inputs(sentences, known)]
    found = [share_right(*both, new_labels) for both in zip(nets, order_inputs(new, known), strict=True)]
    says = [deep_forward(x, net)[0][0].round(4) for net, x in zip(nets, order_inputs(twins, known), strict=True)]
    print(f"seed {seed}: bag {found[0]:.3f}, the twins {says[0]}; positions {found[1]:.3f}, the twins {says[1]}")
    moved = [film_sentences(400, [k], rng) for k in shifts]
    curves.append([share_right(nets[1], order_inputs(texts, known)[1], y) for texts, y in moved])

# %% [markdown]
# The *twins* are the two sentences "the film is not bad but good" and "the film is not good but bad"; the two numbers are the network's $\hat y$ for them. The bag says the same number twice, and its share of right answers is near 0.5. The net over positions is right about both, and about nearly all new sentences with $k$ from 0 to 3. So is it the tool that we look for? Push the sentence to the right:

# %%
figure, axis = plt.subplots()
axis.axvspan(-0.5, 3.5, color="0.9", label="places of the training set")
for seed, curve in enumerate(curves):
    axis.plot(shifts, curve, "o", linestyle=("-", "--", ":")[seed], label=f"positions, seed {seed}")
axis.axhline(0.5, color="black", linewidth=1, linestyle="-.", label="the bag, on sentences and their twins")
axis.set(xlabel="filler words before the sentence", ylabel="share right", ylim=(-0.05, 1.05))
axis.set_title("What is learned at one position is not known at another")
axis.legend(fontsize=8, loc="center left", bbox_to_anchor=(0.52, 0.72))
plt.show()

# %% [markdown]
# *What to notice.* At the four places of the training set the net is nearly perfect. With six or more filler words it guesses: both adjectives now stand at positions where no adjective stood in training, so their weights are still the random numbers of the beginning.
#
# With four or five filler words it is *wrong nearly always*. In training the first of the two adjectives stood at positions 4 to 7 (from 0), and the last one at 6 to 9. Now the first one stands at 8 or 9, where only *last* words have stood, and the net takes it for the last. It has not learned "the word behind *but*". It has learned "the word at position 8".
#
# The network has other weights for *good* at every position, and it must learn the word anew at each. A filter of course 4 has the same weights at every place of a picture. A sequence model needs the same idea: **the same weights at every step**.
#
# So the bag has few weights and no order; the positions have order and far too many weights, and they fix $T_x$. The recurrent network of the next lesson has order *and* shares its weights over all steps, for sentences of any length. Still, a bag of words is hard to beat where order matters little and data are few: task 2 of *On your own* tries both on the reviews.
#
# ## 7. Byte-pair encoding
#
# *Can we get rid of unknown words?*
#
# Letters instead of words would do: every English word is made of them. But then sentences have five times as many steps. **Byte-pair encoding** (Gage, 1994; for words Sennrich, Haddow and Birch, 2016) lies between both. It begins with letters and *learns* which of them to put together. Frequent words become one **token**, and rare ones fall into pieces. Large language models of today read tokens of this kind.
#
# A word is first a list of its letters and the sign `</w>`, the end of a word: `low` is `l o w </w>`. A **merge** is a pair of tokens, such as `(l, o)`. It is carried out from left to right: wherever the first token of the pair is followed by the second, both become one token. A token goes into at most one merge, so `(a, a)` makes `aa a` of `a a a`.
#
# To **encode** a word, carry out all learned merges on its letters, in the order in which they were learned. *On paper*, `lowest` with the merges `(e, s)`, `(es, t)`, `(est, </w>)`, `(l, o)`, `(lo, w)`:
#
# `l o w e s t </w>` → `l o w es t </w>` → `l o w est </w>` → `l o w est</w>` → `lo w est</w>` → `low est</w>`.
#
# ### Exercise 7: `apply_merges`


# %% exercise="apply_merges"
def apply_merges(tokens, merges):
    """Byte-pair encoding: carries out merges on tokens, one merge after the other.

    Args:
        tokens: a list of strings, none of them empty; the list may be empty.
        merges: a list of different pairs (first, second) of strings, in the order in which they are carried out; may
            be empty.

    Returns:
        A new list of strings. For each pair in turn, from left to right: where a token equals `first` and the next
        one equals `second`, the two become the one token first + second. Each pair finds what the pairs before it
        have left, and gets one turn.

    Example:
        apply_merges(["a", "b", "a", "b"], [("a", "b"), ("ab", "ab")]) is ["abab"].
    """
    # 1. For each pair: a new list. 2. Walk over the old one by its place; a merge takes two steps, else take one.
    ### BEGIN SOLUTION
    tokens = list(tokens)
    for first, second in merges:
        merged, place = [], 0
        while place < len(tokens):
            if tokens[place : place + 2] == [first, second]:
                merged.append(first + second)
                place += 2
            else:
                merged.append(tokens[place])
                place += 1
        tokens = merged
    return tokens
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hints</summary>
#
# `for` goes on by one step always. Use `while place < len(tokens)`, and add 2 to `place` after a merge and 1 otherwise.
#
# `tokens[place : place + 2] == [first, second]` compares two tokens at once. At the last token the slice has one entry only, and the comparison is False.
# </details>

# %% check="apply_merges" points=2
with checks.exercise("apply_merges"):
    merges = [("e", "s"), ("es", "t"), ("est", "</w>"), ("l", "o"), ("lo", "w")]
    lowest = ["l", "o", "w", "e", "s", "t", "</w>"]
    checks.unchanged(apply_merges, lowest, merges)
    checks.equal("lowest with five merges", list(apply_merges(lowest, merges)), ["low", "est</w>"])
    checks.equal("lowest with two merges", list(apply_merges(lowest, merges[:2])), ["l", "o", "w", "est", "</w>"])
    checks.equal("lowest without merges", list(apply_merges(lowest, [])), lowest)
    aaa = list(apply_merges(["a", "a", "a"], [("a", "a")]))
    checks.that(aaa != ["aa", "aa"], "a token goes into one merge only: a a a becomes aa a")
    checks.equal("a a a with (a, a)", aaa, ["aa", "a"])
    checks.equal("a b a b with (a, b)", list(apply_merges(["a", "b", "a", "b"], [("a", "b")])), ["ab", "ab"])
    other = list(apply_merges(["a", "b", "c"], [("ab", "c"), ("a", "b")]))
    checks.that(other != ["abc"], "each merge is carried out once, in the given order")
    checks.equal("a b c with (ab, c), then (a, b)", other, ["ab", "c"])
    whole = list(apply_merges(["ab", "c"], [("a", "bc")]))
    checks.that(whole != ["abc"], "tokens are compared, not letters: ab c has no a followed by bc")
    checks.equal("ab c with (a, bc)", whole, ["ab", "c"])
    ### BEGIN HIDDEN TESTS

    def by_recursion(tokens, merges):
        def merged(tokens, pair):
            if len(tokens) < 2:
                return tokens
            both = (tokens[0], tokens[1]) == pair
            return ["".join(tokens[: 1 + both]), *merged(tokens[1 + both :], pair)]

        return by_recursion(merged(tokens, merges[0]), merges[1:]) if merges else list(tokens)

    def problem(rng, n, k):
        letters = ["a", "b", "ab", "ba", "aa"] if n % 2 else ["a", "b", "</w>"]
        tokens = [letters[k] for k in rng.integers(0, len(letters), n)]
        pairs = [(first, second) for first in letters for second in letters]
        pairs += [(first + second, third) for first, second in pairs for third in letters]
        return tokens, [pairs[place] for place in rng.permutation(len(pairs))[:k]]

    cases = {f"with {n} times a": (["a"] * n, [("a", "a")]) for n in (1, 2, 4, 5, 7)}
    cases |= {"with (a, a) and (aa, aa)": (["a"] * 9, [("a", "a"), ("aa", "aa")]), "with no tokens": ([], [("a", "b")])}
    cases |= {"with 301 merges": (["a", "b"], [*[("x", str(number)) for number in range(300)], ("a", "b")])}
    cases |= {f"with the tokens {' '.join(t)}": (t, [("c", "a"), ("b", "c")]) for t in (["a", "b", "c"], ["ab", "c"])}
    cases |= {"with spaces in tokens": (["a", " ", "b", "a b", " "], [("a", " "), ("b", "a b"), ("a ", "ba b")])}
    cases |= {"with two spaces in a token": (["a  b", "a", "b", "  "], [("a", "b"), ("ab", "  ")])}
    cases |= {"with tokens that end alike": (["xa", "b", "a", "bx", "a", "b"], [("a", "b")])}
    cases |= {"with signs of patterns": ([".", "*", "a", "+", "."], [(".", "*"), ("+", "."), ("a", "+.")])}
    cases |= {"with 1,000 tokens": (["a", "b", "c", "b"] * 250, [("c", "b"), ("b", "cb"), ("a", "bcb")])}
    checks.agrees(apply_merges, by_recursion, problem, sizes={"n": (0, 120), "k": (0, 110)}, cases=cases)
    tokens = ["a", "b"]
    tokens[1:] = ["c", "b"]
    checks.equal("a c b, in a list that was a b", list(apply_merges(tokens, [("a", "b")])), ["a", "c", "b"])
    ### END HIDDEN TESTS

# %% [markdown]
# Where do the merges come from? From counting. Given words and how often each occurs,
#
# 1. split all words into letters and `</w>`;
# 2. count all pairs of neighbours, at each place where they stand, each as often as its word occurs;
# 3. the most frequent pair is the next merge; carry it out in all words;
# 4. go back to 2, until there are $k$ merges.
#
# *On paper*, with `low` 5 times, `lower` 2, `newest` 6 and `widest` 3 times (the example of Sennrich and others). The pairs `(e, s)`, `(s, t)` and `(t, </w>)` occur $6 + 3 = 9$ times. Among equally frequent pairs we take the one that Python sorts first: `(e, s)`. Now `newest` is `n e w es t </w>`, and `(es, t)` and `(t, </w>)` occur 9 times: `(es, t)` is next. Then `(est, </w>)`, 9 times, and `(l, o)`, $5 + 2 = 7$ times.
#
# ### Exercise 8: `learn_bpe`


# %% exercise="learn_bpe"
def learn_bpe(counts, k):
    """Learns k merges of byte-pair encoding from words.

    Args:
        counts: a dict: how often each word occurs, whole numbers >= 1. Words are strings without "</w>"; one may be
            empty, and so may the dict.
        k: how many merges are wanted, a whole number >= 0.

    Returns:
        A list of pairs (first, second) of strings, in the order in which they were learned. In the beginning a word is
        the list of its characters and "</w>". Each merge is the pair of neighbouring tokens that is most frequent at
        that time; of equally frequent pairs, the one that is smallest as a tuple of two strings. A word that occurs
        n times counts n times, and a pair counts at every place where it stands: "aaa" has the pair ("a", "a") twice.
        There are fewer than k merges only if no word has two tokens left.
    """
    # 1. The tokens of each word. 2. Count pairs of neighbours. 3. The best pair: the largest count, then the smallest
    # tuple. 4. Carry it out in each word; apply_merges can do that.
    ### BEGIN SOLUTION
    splits = {word: [*word, "</w>"] for word in counts}
    merges = []
    while len(merges) < k:
        pairs = Counter()
        for word, tokens in splits.items():
            for pair in zip(tokens, tokens[1:], strict=False):
                pairs[pair] += counts[word]
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        splits = {word: apply_merges(tokens, [best]) for word, tokens in splits.items()}
        merges.append(best)
    return merges
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hints</summary>
#
# `zip(tokens, tokens[1:])` gives each token with its right neighbour.
#
# `min(pairs, key=lambda pair: (-pairs[pair], pair))` is the pair with the largest count, and among equal ones the smallest tuple. It is the key of exercise 1 again. Keep the pair whole: `("a", "bc")` and `("ab", "c")` are two different pairs.
# </details>

# %% check="learn_bpe" points=3
with checks.exercise("learn_bpe"):
    counts = {"low": 5, "lower": 2, "newest": 6, "widest": 3}
    checks.unchanged(learn_bpe, counts, 4)
    found = learn_bpe(counts, 4)
    checks.length("learn_bpe(counts, 4)", found, 4)
    checks.that(not isinstance(found[0], str), "each merge is a pair of two tokens, not the token that they make")
    first = tuple(found[0])
    checks.that(first != ("t", "</w>"), "of equally frequent pairs take the smallest: (e, s) before (t, </w>)")
    checks.equal("the first merge", first, ("e", "s"))
    checks.equal("the second merge", tuple(found[1]), ("es", "t"))
    checks.equal("the other merges", [tuple(pair) for pair in found[2:]], [("est", "</w>"), ("l", "o")])
    often = [tuple(pair) for pair in learn_bpe({"ba": 1, "ca": 1, "xy": 5}, 1)]
    checks.that(often != [("a", "</w>")], "a word that occurs n times counts n times")
    checks.equal("learn_bpe({'ba': 1, 'ca': 1, 'xy': 5}, 1)", often, [("x", "y")])
    both = [tuple(pair) for pair in learn_bpe({"ab": 1}, 9)]
    checks.equal("learn_bpe({'ab': 1}, 9), which has two merges", both, [("a", "b"), ("ab", "</w>")])
    ### BEGIN HIDDEN TESTS

    def by_places(counts, k):
        words, merges = [([*word, "</w>"], often) for word, often in sorted(counts.items())], []
        while len(merges) < k and any(len(tokens) > 1 for tokens, _ in words):
            every = {}
            for tokens, often in words:
                for pair in [(tokens[place - 1], tokens[place]) for place in range(1, len(tokens))]:
                    every[pair] = every.get(pair, 0) + often
            merges.append(max(sorted(every), key=every.get))  # the first of equal ones
            for tokens, _ in words:
                place = 0
                while place < len(tokens) - 1:
                    if (tokens[place], tokens[place + 1]) == merges[-1]:
                        tokens[place : place + 2] = ["".join(merges[-1])]
                    place += 1
        return merges

    def problem(rng, n, longest, k):
        letters = "ab" if n % 2 else "abcd"
        words = ["".join(rng.choice(list(letters), rng.integers(0, longest + 1))) for _ in range(n)]
        return {word: int(rng.integers(1, 9)) for word in words}, k

    cases = {"without words": ({}, 3)}
    cases |= {"with an empty word": ({"": 4, "a": 1}, 5)}
    cases |= {"with an empty word alone": ({"": 4}, 3)}
    cases |= {f"with the word {word}": ({word: 2, "bc": 3}, 6) for word in ("aaa", "aaaa", "aaaaa")}
    cases |= {"with capital letters": ({"Ab": 2, "aB": 2, "AB": 2}, 6), "with Chinese": ({"数据": 2, "数学": 1}, 5)}
    cases |= {"with counts of billions": ({"ab": 4_000_000_001, "ba": 4_000_000_000, "bb": 1}, 6)}
    cases |= {"with spaces and signs": ({"a b": 2, "b a.": 2, "<unk>": 1, "</": 1}, 12)}
    cases |= {"with pairs that join alike": ({"abc": 2, "bcx": 3, "xab": 1, "abab": 2}, 12)}
    cases |= {"with one word of 300 letters": ({"abcbacbbca" * 30: 1}, 8)}
    words = {f"{k}": k for k in range(1, 301)}
    cases |= {"with 300 words": (words, 130), "with 300 words and k = 0": (words, 0)}
    sizes = {"n": (0, 40), "longest": (0, 12), "k": (0, 60)}
    checks.agrees(learn_bpe, by_places, problem, sizes=sizes, cases=cases)
    counts = {"ab": 2, "cd": 1}
    learn_bpe(counts, 1)
    counts["cd"] = 3
    checks.equal("the first merge after the counts have changed", tuple(learn_bpe(counts, 1)[0]), ("c", "d"))
    ### END HIDDEN TESTS

# %% [markdown]
# Now we learn 300 merges from the 2,000 most frequent words of the training reviews (words of letters only, without signs and numbers). This takes some seconds.

# %%
all_counts = Counter(word for words in train_words for word in words if word.isalpha() and word.isascii())
often = sorted(all_counts, key=lambda word: (-all_counts[word], word))[:2000]
merges = learn_bpe({word: all_counts[word] for word in often}, 300)
print("the first merges:", " ".join("+".join(pair) for pair in merges[:14]))
print("the last merges :", " ".join("+".join(pair) for pair in merges[-8:]), "\n")
for word in "the movie boring unwatchable filmmaking loveless zombies".split():
    place = "seen word" if word in often else "UNSEEN word"
    print(f"{word:12} ({place:11}) ->", "  ".join(apply_merges([*word, "</w>"], merges)))

# %%
unseen = sorted({word for words in test_words for word in words if word.isalpha() and word.isascii()} - set(often))
used = [word for words in test_words[:300] for word in words if word.isalpha() and word.isascii()]
numbers = [0, 10, 30, 100, 200, 300]
figure, axis = plt.subplots()
for name, words in (("words that BPE did not see", unseen[::4]), ("all words of 300 test sentences", used)):
    split = {word: [len(apply_merges([*word, "</w>"], merges[:n])) for n in numbers] for word in set(words)}
    means = np.mean([split[word] for word in words], axis=0)
    axis.plot(numbers, means, "o-" if words is used else "s--", label=name)
    print(f"{name}: {np.round(means, 2)} tokens a word")
axis.set(xlabel="merges", ylabel="tokens a word", ylim=0, title="Each merge makes texts shorter, frequent words most")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* The first merges are endings (`e</w>`, `s</w>`) and parts of *the*; later ones are words and endings such as `ing</w>`. A frequent word like *the* is a single token. A word that was never seen falls into pieces that often mean something, but not always: BPE counts, it knows no grammar. With 300 merges a word of a test sentence takes less than half as many tokens as it has letters (with `</w>`). Unseen words take nearly twice as many tokens as the average word.
#
# The number of merges sets the size of the vocabulary: letters, merges and the special entries. Here that is about 330 entries instead of 2,000, and no new word of these letters is unknown. Language models learn 30,000 to 200,000 merges.
#
# At last the way back. A model that writes gives indices, and people want to read a text.
#
# *On paper*, the vocabulary is `<PAD>`, `<UNK>`, `<EOS>`, `low`, `est</w>`, `a</w>`. The indices $5, 3, 4, 2, 0, 0$ are `a</w> low est</w> <EOS> <PAD> <PAD>`: the text "a lowest". Between `a</w>` and `low` is a space, because `</w>` ends a word, and none between `low` and `est</w>`.
#
# ### Exercise 9: `decode`


# %% exercise="decode"
def decode(indices, vocabulary):
    """The text that a sequence of token indices stands for.

    Args:
        indices: a list or a one-dimensional array of whole numbers >= 0, indices of the vocabulary; may be empty.
        vocabulary: a list of different tokens (strings) that holds "<PAD>", "<UNK>" and "<EOS>", wherever they stand.
            Other tokens are pieces of words; "</w>" at the end of a token ends a word, and stands nowhere else, nor
            do tokens such as "<" and "/w>" make it together.

    Returns:
        A string. What stands from the first "<EOS>" on is left out, and so is every "<PAD>". The other tokens are put
        together as they are, "<UNK>" too; then each "</w>" becomes one space, but one at the very end of the text
        goes without a space. There may be no "<EOS>" at all. Tokens are compared whole: the three tokens "<",
        "EOS" and ">" are ordinary text.
    """
    # 1. Indices to tokens, up to the first <EOS>. 2. Without <PAD>. 3. Put together; then spaces for "</w>".
    ### BEGIN SOLUTION
    tokens = []
    for k in indices:
        if vocabulary[k] == "<EOS>":
            break
        if vocabulary[k] != "<PAD>":
            tokens.append(vocabulary[k])
    return "".join(tokens).removesuffix("</w>").replace("</w>", " ")
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `"".join(tokens)` puts tokens together without spaces, and `text.replace("</w>", " ")` makes spaces. `text.removesuffix("</w>")` takes the last one away first, if there is one.
# </details>

# %% check="decode" points=1
with checks.exercise("decode"):
    vocabulary = ["<PAD>", "<UNK>", "<EOS>", "low", "est</w>", "a</w>", "</w>"]
    checks.unchanged(decode, [5, 3, 4, 2, 0, 0], vocabulary)
    text = decode([5, 3, 4, 2, 0, 0], vocabulary)
    checks.that(text != "a lowest ", 'the "</w>" at the very end leaves no space')
    checks.that(text != "a low est", "only </w> makes a space, not every token")
    checks.equal("decode([5, 3, 4, 2, 0, 0])", text, "a lowest")
    checks.equal("decode([3, 3, 6, 3], with no <EOS>", decode([3, 3, 6, 3], vocabulary), "lowlow low")
    checks.equal("decode([3, 6, 2, 5, 2]), with tokens behind <EOS>", decode([3, 6, 2, 5, 2], vocabulary), "low")
    checks.equal("decode([5, 3, 1, 6, 5]), with <UNK>", decode([5, 3, 1, 6, 5], vocabulary), "a low<UNK> a")
    ### BEGIN HIDDEN TESTS

    def letter_by_letter(indices, vocabulary):
        tokens = [vocabulary[int(k)] for k in indices] + ["<EOS>"]
        parts = "".join(token for token in tokens[: tokens.index("<EOS>")] if token != "<PAD>").split("</w>")
        return " ".join(parts[:-1] if len(parts) > 1 and parts[-1] == "" else parts)

    def problem(rng, n, v):
        pieces = ["</w>", "a", "b</w>", "数", "据</w>", "PAD", "EOS", "s", ",</w>", " "]
        pieces += [f"p{k}" + "</w>" * (k % 2) for k in range(300)]
        vocabulary = [*pieces[:v], "<PAD>", "<UNK>", "<EOS>"][:: -1 if n % 2 else 1]
        k = rng.integers(0, len(vocabulary), n)
        return [int(place) for place in k if vocabulary[place] != "<EOS>" or rng.random() < 0.1], vocabulary

    mixed = ["x</w>", "<EOS>", "y", "<PAD>", "<UNK>", " </w>", " "]
    given = [[], [1, 0, 2], [3, 3], [2, 3, 0, 3, 2], [4], [2, 6, 5, 0, 6], [2, 5], [0, 6], [0, 4], [0, 0, 2], [2, 0, 3]]
    cases = {f"with the indices {indices}": (indices, mixed) for indices in given}
    cases |= {f"with the array {indices}": (np.array(indices), mixed) for indices in given[1:]}
    fixed = np.array([0, 2, 3, 0])
    fixed.flags.writeable = False
    cases |= {"with a fixed array": (fixed, mixed), "with an array of 300 indices": (np.array([2, 0, 2] * 100), mixed)}
    cases |= {"with every second entry of an array": (np.array([0, 1, 2, 2, 2, 1])[::2], mixed)}
    parts = ["<", "EOS", ">", "PAD", "<PAD>", "<UNK>", "<EOS>"]
    cases |= {"with tokens that look special together": ([0, 3, 2, 0, 1, 2, 4, 0], parts)}
    checks.agrees(decode, letter_by_letter, problem, sizes={"n": (0, 130), "v": (1, 290)}, cases=cases)
    mixed[0] = "z</w>"
    checks.equal("decode([0, 2]) after the vocabulary has changed", decode([0, 2], mixed), "z y")
    ### END HIDDEN TESTS

# %% [markdown]
# All pieces together: text, words, tokens, indices, a padded batch, and back.

# %%
letters = [*"abcdefghijklmnopqrstuvwxyz", "</w>"]
entries = ["<PAD>", "<UNK>", "<EOS>", *letters, *dict.fromkeys(first + second for first, second in merges)]
texts = ["an unwatchable movie", "loveless zombies in space", "a café of filmmaking"]
tokens = [[part for word in words_of(text) for part in apply_merges([*word, "</w>"], merges)] for text in texts]
indices, mask, lengths = pad_and_mask(encode(tokens, entries))
for row, text, length in zip(indices, texts, lengths, strict=True):
    print(f"{text!r}: {length} steps\n   {row.tolist()}\n   back: {decode(row, entries)!r}")
print("a batch of shape", indices.shape, "over a vocabulary of", len(entries))

# %% [markdown]
# *What to notice.* Words that no vocabulary holds come back letter for letter. Only *é* is lost: it was not among our letters, so it is `<UNK>`. Real tokenisers begin with the 256 values of a byte instead of letters. Then nothing at all is unknown, neither *é* nor Chinese characters (nearly all have three bytes in UTF-8). That is where the *byte* in the name comes from.
#
# Chinese writes no spaces between words. There one first splits a sentence into words with another program, or takes every character as a step, or learns BPE on whole sentences.

# %% [markdown]
# ## What you built
#
# - `build_vocabulary` and `encode`: words become indices, unknown ones `<UNK>`, and each sentence ends with `<EOS>`.
# - `pad_and_mask` and `one_hot_sequence`: a batch of shape $(n_x, m, T_x)$, and which of its steps are real.
# - `entity_targets`: one target for each word, as 0/1 and as BIO tags.
# - `dense_inputs` and the order test: a bag of words is blind to order, and positions learn each word anew at each place.
# - `apply_merges`, `learn_bpe` and `decode`: a tokeniser without unknown words.
#
# ## On your own
#
# 1. Write `spans_of(tags)`, the inverse of `entity_targets`. What should it do with `O I-PER`, which a model may well say?
# 2. Train logistic regression on the reviews, on the bag of 2,000 words and on all positions. Read off the product of weights and one-hot vectors: `w[indices]`, and `w[indices + n_x * np.arange(T_x)]`. Expect more than 80 % of the test sentences for the bag, and near 70 % for the positions. Why does it even do harm to know the order here?
# 3. Really hard: `learn_bpe` counts all pairs anew for each merge. Keep the counts, and for each pair the set of words that have it. A merge then touches only these words. Learn 5,000 merges from all words of the reviews in less than 20 seconds, with exactly the same merges.
#
# ## In practice
#
# - Hugging Face's `tokenizers` learns BPE from gigabytes in minutes, and OpenAI's `tiktoken` applies it. Both work on bytes; a space belongs to the token behind it, and there is no `</w>`.
# - `torch.nn.utils.rnn.pad_sequence` pads with `batch_first=True` as you did, and `pack_padded_sequence` skips the padded steps. Frameworks put the axes as $(m, T_x, n_x)$ or $(T_x, m, n_x)$: look it up each time.
# - scikit-learn's `CountVectorizer` with `LogisticRegression` is the bag of words of section 6, with sparse arrays. Try it first: it takes a second.
# - The vocabulary belongs to the model. Save both together: a model with another vocabulary reads other words, and no error message says so.
#
# ## References
#
# - Course 5, week 1, lectures 1 and 2.
# - R. Sennrich, B. Haddow and A. Birch (2016), Neural Machine Translation of Rare Words with Subword Units, ACL.
# - P. Gage (1994), A New Algorithm for Data Compression, The C Users Journal.
# - L. Ramshaw and M. Marcus (1995), Text Chunking using Transformation-Based Learning (the BIO tags).
# - C. J. Hutto and E. Gilbert (2014), VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text, ICWSM; B. Pang and L. Lee (2005), Seeing Stars (the reviews).
