# %% wrong="build_vocabulary" says="equally frequent words stand in alphabetical order"
def build_vocabulary(sentences, size):
    if size < 3:
        raise ValueError
    counts = Counter(word for words in sentences for word in words if word not in ("<PAD>", "<UNK>", "<EOS>"))
    return ["<PAD>", "<UNK>", "<EOS>", *[word for word, _ in counts.most_common(size - 3)]]


# %% wrong="build_vocabulary" says="the words of size 7"
def build_vocabulary(sentences, size):
    if size < 3:
        raise ValueError
    counts = Counter(word for words in sentences for word in words if word not in ("<PAD>", "<UNK>", "<EOS>"))
    return ["<PAD>", "<UNK>", "<EOS>", *sorted(counts, key=lambda word: (-counts[word], word))[:size]]


# %% wrong="build_vocabulary" says="with special entries among the words"
def build_vocabulary(sentences, size):
    if size < 3:
        raise ValueError
    counts = Counter(word for words in sentences for word in words)
    return ["<PAD>", "<UNK>", "<EOS>", *sorted(counts, key=lambda word: (-counts[word], word))[: size - 3]]


# %% wrong="build_vocabulary" says="expected a ValueError"
def build_vocabulary(sentences, size):
    counts = Counter(word for words in sentences for word in words if word not in ("<PAD>", "<UNK>", "<EOS>"))
    return ["<PAD>", "<UNK>", "<EOS>", *sorted(counts, key=lambda word: (-counts[word], word))][:size]


# %% wrong="build_vocabulary" says="the words of size 7"
def build_vocabulary(sentences, size):
    if size < 3:
        raise ValueError
    words = sorted({word for words in sentences for word in words} - {"<PAD>", "<UNK>", "<EOS>"})
    return ["<PAD>", "<UNK>", "<EOS>", *words][:size]


# %% wrong="build_vocabulary" says="entry"
def build_vocabulary(sentences, size):
    if size < 3:
        raise ValueError
    special = ["<PAD>", "<UNK>", "<EOS>"]
    counts = Counter(word for words in sentences for word in set(words) if word not in special)
    return special + sorted(counts, key=lambda word: (-counts[word], word))[: size - 3]


# %% alternative="build_vocabulary"
def build_vocabulary(sentences, size):
    if size <= 2:
        raise ValueError(f"size {size} is too small")
    counts = {}
    for sentence in sentences:
        for word in sentence:
            counts[word] = counts.get(word, 0) + 1
    for special in ("<PAD>", "<UNK>", "<EOS>"):
        counts.pop(special, None)
    ordered = sorted(counts)
    ordered.sort(key=counts.get, reverse=True)  # sorting is stable
    vocabulary = ["<PAD>", "<UNK>", "<EOS>"]
    vocabulary.extend(ordered)
    return vocabulary[:size]


# %% alternative="build_vocabulary"
def build_vocabulary(sentences, size):
    if size < 3:
        raise ValueError
    words = [word for sentence in sentences for word in sentence if word not in {"<PAD>", "<UNK>", "<EOS>"}]
    groups = {}
    for word, count in Counter(words).items():
        groups.setdefault(count, set()).add(word)
    found = [word for count in sorted(groups, reverse=True) for word in sorted(groups[count])]
    return list(("<PAD>", "<UNK>", "<EOS>", *found[: size - 3]))


# %% wrong="build_vocabulary" says="with <UNK> as a frequent word"
def build_vocabulary(sentences, size):
    if size < 3:
        raise ValueError("size is below 3")
    counts = Counter(word for words in sentences for word in words)
    del counts["<PAD>"], counts["<EOS>"]
    return ["<PAD>", "<UNK>", "<EOS>"] + sorted(counts, key=lambda word: (-counts[word], word))[: size - 3]


# %% wrong="encode" says="<EOS> is missing"
def encode(sentences, vocabulary):
    index = {word: k for k, word in enumerate(vocabulary)}
    return [[index.get(word, index["<UNK>"]) for word in words] for words in sentences]


# %% wrong="encode" says="it is not left out"
def encode(sentences, vocabulary):
    index = {word: k for k, word in enumerate(vocabulary)}
    return [[index[word] for word in [*words, "<EOS>"] if word in index] for words in sentences]


# %% wrong="encode" says="with special entries elsewhere"
def encode(sentences, vocabulary):
    index = {word: k for k, word in enumerate(vocabulary)}
    return [[index.get(word, 1) for word in words] + [2] for words in sentences]


# %% wrong="encode" says="the dog ran"
def encode(sentences, vocabulary):
    index = {word: k for k, word in enumerate(vocabulary)}
    return [[index.get(word, 0) for word in words] + [index["<EOS>"]] for words in sentences]


# %% wrong="encode" says="with special entries elsewhere, entry 0"
def encode(sentences, vocabulary):
    index = {word: k for k, word in enumerate(vocabulary)}
    return [[index.get(word) or index["<UNK>"] for word in words] + [index["<EOS>"]] for words in sentences]


# %% wrong="encode" says="expected 3 entries"
def encode(sentences, vocabulary):
    index = {word: k for k, word in enumerate(vocabulary)}
    return [[index.get(word, index["<UNK>"]) for word in words] + [index["<EOS>"]] for words in sentences if words]


# %% alternative="encode"
def encode(sentences, vocabulary):
    encoded = []
    for words in sentences:
        row = []
        for word in words:
            row.append(vocabulary.index(word if word in vocabulary else "<UNK>"))
        row.append(vocabulary.index("<EOS>"))
        encoded.append(row)
    return encoded


# %% alternative="encode"
def encode(sentences, vocabulary):
    index = dict(zip(vocabulary, range(len(vocabulary)), strict=True))

    def look(word):
        try:
            return index[word]
        except KeyError:
            return index["<UNK>"]

    return [list(map(look, (*words, "<EOS>"))) for words in sentences]


# %% wrong="pad_and_mask" says="padding stands at the end"
def pad_and_mask(sequences):
    lengths = np.array([len(sequence) for sequence in sequences])
    if not lengths.all():
        raise ValueError
    T_x = lengths.max()
    indices = np.array([[0] * (T_x - len(sequence)) + list(sequence) for sequence in sequences])
    return indices, (np.arange(T_x) >= T_x - lengths[:, None]).astype(float), lengths


# %% wrong="pad_and_mask" says="follows the lengths, not the indices"
def pad_and_mask(sequences):
    lengths = np.array([len(sequence) for sequence in sequences])
    if not lengths.all():
        raise ValueError
    indices = np.array([list(sequence) + [0] * (lengths.max() - len(sequence)) for sequence in sequences])
    return indices, (indices != 0).astype(float), lengths


# %% wrong="pad_and_mask" says="1 is a real step"
def pad_and_mask(sequences):
    lengths = np.array([len(sequence) for sequence in sequences])
    if not lengths.all():
        raise ValueError
    indices = np.array([list(sequence) + [0] * (lengths.max() - len(sequence)) for sequence in sequences])
    return indices, (np.arange(lengths.max()) >= lengths[:, None]).astype(float), lengths


# %% wrong="pad_and_mask" says="expected a ValueError"
def pad_and_mask(sequences):
    lengths = np.array([len(sequence) for sequence in sequences])
    indices = np.array([list(sequence) + [0] * (lengths.max() - len(sequence)) for sequence in sequences])
    return indices, (np.arange(lengths.max()) < lengths[:, None]).astype(float), lengths


# %% wrong="pad_and_mask" says="the number type of indices"
def pad_and_mask(sequences):
    lengths = np.array([len(sequence) for sequence in sequences])
    if not lengths.all():
        raise ValueError
    indices, mask = np.zeros((2, len(lengths), lengths.max()))
    for i, sequence in enumerate(sequences):
        indices[i, : len(sequence)], mask[i, : len(sequence)] = sequence, 1
    return indices, mask, lengths


# %% wrong="pad_and_mask" says="the number type of mask"
def pad_and_mask(sequences):
    lengths = np.array([len(sequence) for sequence in sequences])
    if not lengths.all():
        raise ValueError
    indices = np.array([list(sequence) + [0] * (lengths.max() - len(sequence)) for sequence in sequences])
    return indices, (np.arange(lengths.max()) < lengths[:, None]).astype(int), lengths


# %% alternative="pad_and_mask"
def pad_and_mask(sequences):
    if any(len(sequence) == 0 for sequence in sequences):
        raise ValueError("empty")
    T_x = max(map(len, sequences))
    indices = np.array([list(sequence) + [0] * (T_x - len(sequence)) for sequence in sequences], dtype=np.int64)
    lengths = np.array(list(map(len, sequences)), dtype=np.int64)
    return indices, (np.arange(T_x)[None, :] < lengths.reshape(-1, 1)).astype(np.float64), lengths


# %% alternative="pad_and_mask"
def pad_and_mask(sequences):
    lengths = [len(sequence) for sequence in sequences]
    if min(lengths) < 1:
        raise ValueError("a sequence has no steps")
    real = np.tile(np.arange(max(lengths)), (len(lengths), 1)) < np.array(lengths)[:, np.newaxis]
    indices = np.zeros(real.shape, dtype=np.int64)
    indices[real] = [k for sequence in sequences for k in sequence]
    return [indices, np.where(real, 1.0, 0.0), np.array(lengths, dtype="int64")]


# %% wrong="one_hot_sequence" says="(4, 2, 3)"
def one_hot_sequence(indices, n_x):
    if indices.min() < 0 or indices.max() >= n_x:
        raise ValueError
    return np.eye(n_x)[indices]


# %% wrong="one_hot_sequence" says="expected a ValueError"
def one_hot_sequence(indices, n_x):
    if indices.max() >= n_x:
        raise ValueError
    return np.eye(n_x)[:, indices]


# %% wrong="one_hot_sequence" says="an index 3 with n_x = 3"
def one_hot_sequence(indices, n_x):
    if indices.min() < 0:
        raise ValueError
    return np.eye(n_x)[:, indices]


# %% wrong="one_hot_sequence" says="X of indices (2, 3) with n_x = 4"
def one_hot_sequence(indices, n_x):
    return (
        (np.arange(n_x)[:, None, None] == indices) * 1.0 * (indices > 0)
        if n_x > 9
        else np.eye(n_x)[indices.T].T[:, :, :2]
    )


# %% wrong="one_hot_sequence" says="second step"
def one_hot_sequence(indices, n_x):
    if indices.min() < 0 or indices.max() >= n_x:
        raise ValueError
    return np.eye(n_x)[:, indices] * (indices > 0)


# %% wrong="one_hot_sequence" says="X with n_x = 6"
def one_hot_sequence(indices, n_x):
    if indices.min() < 0 or indices.max() >= n_x:
        raise ValueError
    return np.eye(indices.max() + 1)[:, indices]


# %% wrong="one_hot_sequence" says="the number type of X"
def one_hot_sequence(indices, n_x):
    if indices.min() < 0 or indices.max() >= n_x:
        raise ValueError
    return np.eye(n_x, dtype=int)[:, indices]


# %% alternative="one_hot_sequence"
def one_hot_sequence(indices, n_x):
    if np.any(indices < 0) or np.any(indices > n_x - 1):
        raise ValueError("an index does not belong to the vocabulary")
    m, T_x = indices.shape
    X = np.zeros((n_x, m, T_x))
    for i in range(m):
        for t in range(T_x):
            X[indices[i, t], i, t] = 1
    return X


# %% alternative="one_hot_sequence"
def one_hot_sequence(indices, n_x):
    if not ((indices >= 0) & (indices < n_x)).all():
        raise ValueError
    rows, columns = np.indices(indices.shape)
    X = np.zeros((n_x,) + indices.shape, dtype=float)
    X[indices, rows, columns] = 1.0
    return X


# %% wrong="entity_targets" says="stop itself is not in the name"
def entity_targets(T_x, spans):
    y, tags = np.zeros(T_x), ["O"] * T_x
    for start, stop, kind in spans:
        y[start : stop + 1] = 1
        tags[start : stop + 1] = [f"B-{kind}"] + [f"I-{kind}"] * (stop - start)
    return y, tags


# %% wrong="entity_targets" says="three names side by side"
def entity_targets(T_x, spans):
    y, tags = np.zeros(T_x), ["O"] * T_x
    for start, stop, kind in sorted(spans):
        for t in range(start, stop):
            tags[t] = ("I-" if t > 0 and tags[t - 1][2:] == kind else "B-") + kind
            y[t] = 1
    return y, tags


# %% wrong="entity_targets" says="two names that share word 2: expected a ValueError"
def entity_targets(T_x, spans):
    y, tags = np.zeros(T_x), ["O"] * T_x
    for start, stop, kind in spans:
        if not 0 <= start < stop <= T_x:
            raise ValueError
        y[start:stop] = 1
        tags[start:stop] = [f"B-{kind}"] + [f"I-{kind}"] * (stop - start - 1)
    return y, tags


# %% wrong="entity_targets" says="ends after the last word: expected a ValueError"
def entity_targets(T_x, spans):
    y, tags = np.zeros(T_x), ["O"] * T_x
    for start, stop, kind in spans:
        if y[start:stop].any():
            raise ValueError
        y[start:stop] = 1
        for t in range(start, min(stop, T_x)):
            tags[t] = f"{'B' if t == start else 'I'}-{kind}"
    return y, tags


# %% wrong="entity_targets" says="count from 0"
def entity_targets(T_x, spans):
    y, tags = np.zeros(T_x), ["O"] * T_x
    for start, stop, kind in spans:
        y[start + 1 : stop + 1] = 1
        tags[start + 1 : stop + 1] = [f"B-{kind}"] + [f"I-{kind}"] * (stop - start - 1)
    return y, tags


# %% wrong="entity_targets" says="expected a ValueError"
def entity_targets(T_x, spans):
    y, tags = np.zeros(T_x), ["O"] * T_x
    for start, stop, kind in spans:
        if stop > T_x or y[start:stop].any():
            raise ValueError
        y[start:stop] = 1
        tags[start:stop] = [f"B-{kind}"] + [f"I-{kind}"] * (stop - start - 1)
    return y, tags


# %% alternative="entity_targets"
def entity_targets(T_x, spans):
    owner = {}
    for start, stop, kind in spans:
        if start < 0 or stop > T_x or stop <= start:
            raise ValueError("not in the sentence")
        for t in range(start, stop):
            if t in owner:
                raise ValueError("two names share a word")
            owner[t] = ("B-" if t == start else "I-") + kind
    return np.array([float(t in owner) for t in range(T_x)]), [owner.get(t, "O") for t in range(T_x)]


# %% alternative="entity_targets"
def entity_targets(T_x, spans):
    cover, begin, kinds = np.zeros(T_x, dtype=int), np.zeros(T_x, dtype=bool), [""] * T_x
    for start, stop, kind in sorted(spans):
        if start < 0 or T_x < stop or start >= stop:
            raise ValueError
        cover[start:stop] += 1
        begin[start] = True
        for t in range(start, stop):
            kinds[t] = kind
    if cover.max() > 1:
        raise ValueError
    tags = []
    for t in range(T_x):
        tags.append("O" if not cover[t] else ("B-" + kinds[t] if begin[t] else "I-" + kinds[t]))
    return (cover.astype(np.float64), tags)


# %% wrong="dense_inputs" says="a padded step was added"
def dense_inputs(X, mask):
    return X.sum(axis=2) * 1.0, (X * mask).transpose(2, 0, 1).reshape(-1, X.shape[1])


# %% wrong="dense_inputs" says="the sum, not the mean"
def dense_inputs(X, mask):
    real = X * mask
    return real.sum(axis=2) / mask.sum(axis=1), real.transpose(2, 0, 1).reshape(-1, X.shape[1])


# %% wrong="dense_inputs" says="a padded step is still there"
def dense_inputs(X, mask):
    return (X * mask).sum(axis=2), X.transpose(2, 0, 1).reshape(-1, X.shape[1]) * 1.0


# %% wrong="dense_inputs" says="step by step, not entry by entry"
def dense_inputs(X, mask):
    real = X * mask
    return real.sum(axis=2), real.transpose(0, 2, 1).reshape(-1, X.shape[1])


# %% wrong="dense_inputs" says="transpose first"
def dense_inputs(X, mask):
    real = X * mask
    return real.sum(axis=2), real.reshape(-1, X.shape[1])


# %% wrong="dense_inputs" says="bag"
def dense_inputs(X, mask):
    real = X * mask
    return real.max(axis=2), real.transpose(2, 0, 1).reshape(-1, X.shape[1])


# %% alternative="dense_inputs"
def dense_inputs(X, mask):
    bag = np.einsum("kit,it->ki", X, mask)
    return bag, np.concatenate([X[:, :, t] * mask[:, t] for t in range(X.shape[2])], axis=0)


# %% alternative="dense_inputs"
def dense_inputs(X, mask):
    n_x, m, T_x = X.shape
    bag, positions = np.zeros((n_x, m)), np.zeros((n_x * T_x, m))
    for t in range(T_x):
        x_t = np.where(mask[:, t] == 1, X[:, :, t], 0)
        bag += x_t
        positions[t * n_x : (t + 1) * n_x] = x_t
    return [bag, positions]


# %% wrong="apply_merges" says="a token goes into one merge only"
def apply_merges(tokens, merges):
    for first, second in merges:
        merged, used = [], False
        for place, token in enumerate(tokens):
            if tokens[place : place + 2] == [first, second]:
                merged.append(first + second)
                used = True
            elif used and token == second:
                used = False
            else:
                merged.append(token)
                used = False
        tokens = merged
    return list(tokens)


# %% wrong="apply_merges" says="tokens are compared, not letters"
def apply_merges(tokens, merges):
    tokens = list(tokens)
    for first, second in merges:
        place = 0
        while place < len(tokens) - 1:
            if tokens[place] + tokens[place + 1] == first + second:
                tokens[place : place + 2] = [first + second]
            place += 1
    return tokens


# %% wrong="apply_merges" says="each merge is carried out once"
def apply_merges(tokens, merges):
    tokens, before = list(tokens), None
    while tokens != before:
        before = list(tokens)
        for first, second in merges:
            place = 0
            while place < len(tokens) - 1:
                if tokens[place : place + 2] == [first, second]:
                    tokens[place : place + 2] = [first + second]
                place += 1
    return tokens


# %% wrong="apply_merges" says="lowest with five merges"
def apply_merges(tokens, merges):
    text = " ".join(tokens)
    for first, second in merges[::-1]:
        text = text.replace(f"{first} {second}", first + second)
    return text.split(" ")


# %% wrong="apply_merges" says="apply_merges(tokens, merges)"
def apply_merges(tokens, merges):
    text = " ".join(tokens)
    for first, second in merges:
        text = text.replace(f"{first} {second}", first + second)
    return text.split()


# %% wrong="apply_merges" says="changes its argument tokens in place"
def apply_merges(tokens, merges):
    for first, second in merges:
        place = 0
        while place < len(tokens) - 1:
            if tokens[place : place + 2] == [first, second]:
                tokens[place : place + 2] = [first + second]
            place += 1
    return tokens


# %% alternative="apply_merges"
def apply_merges(tokens, merges):
    tokens = list(tokens)
    for first, second in merges:
        place = 0
        while place < len(tokens) - 1:
            if tokens[place] == first and tokens[place + 1] == second:
                tokens[place : place + 2] = [first + second]
            place += 1
    return tokens


# %% alternative="apply_merges"
def apply_merges(tokens, merges):
    result = tuple(tokens)
    for pair in merges:
        done, waiting = [], None
        for token in result:
            if waiting is not None and (waiting, token) == tuple(pair):
                done.append(waiting + token)
                waiting = None
            else:
                if waiting is not None:
                    done.append(waiting)
                waiting = token
        result = tuple(done if waiting is None else [*done, waiting])
    return list(result)


# %% wrong="apply_merges" says="with the tokens ab c"
_kept = {}


def apply_merges(tokens, merges):
    key = "".join(tokens), tuple(tuple(pair) for pair in merges)
    if key not in _kept:
        now = list(tokens)
        for first, second in merges:
            place = 0
            while place < len(now) - 1:
                if now[place] == first and now[place + 1] == second:
                    now[place : place + 2] = [first + second]
                place += 1
        _kept[key] = now
    return list(_kept[key])


# %% wrong="learn_bpe" says="of equally frequent pairs take the smallest"
def learn_bpe(counts, k):
    splits, merges = {word: [*word, "</w>"] for word in counts}, []
    for _ in range(k):
        pairs = Counter()
        for word, tokens in splits.items():
            for pair in zip(tokens, tokens[1:], strict=False):
                pairs[pair] += counts[word]
        if not pairs:
            break
        merges.append(max(pairs, key=lambda pair: (pairs[pair], pair)))
        splits = {word: apply_merges(tokens, merges[-1:]) for word, tokens in splits.items()}
    return merges


# %% wrong="learn_bpe" says="counts n times"
def learn_bpe(counts, k):
    splits, merges = {word: [*word, "</w>"] for word in counts}, []
    for _ in range(k):
        pairs = Counter(pair for tokens in splits.values() for pair in zip(tokens, tokens[1:], strict=False))
        if not pairs:
            break
        merges.append(min(pairs, key=lambda pair: (-pairs[pair], pair)))
        splits = {word: apply_merges(tokens, merges[-1:]) for word, tokens in splits.items()}
    return merges


# %% wrong="learn_bpe" says="the second merge"
def learn_bpe(counts, k):
    pairs = Counter()
    for word in counts:
        tokens = [*word, "</w>"]
        for pair in zip(tokens, tokens[1:], strict=False):
            pairs[pair] += counts[word]
    return sorted(pairs, key=lambda pair: (-pairs[pair], pair))[:k]


# %% wrong="learn_bpe" says="learn_bpe({'ab': 1}, 9)"
def learn_bpe(counts, k):
    splits, merges = {word: [*word, "</w>"] for word in counts}, []
    for _ in range(k):
        pairs = Counter()
        for word, tokens in splits.items():
            for pair in zip(tokens, tokens[1:], strict=False):
                pairs[pair] += counts[word]
        if not pairs or max(pairs.values()) < 2:
            break
        merges.append(min(pairs, key=lambda pair: (-pairs[pair], pair)))
        splits = {word: apply_merges(tokens, merges[-1:]) for word, tokens in splits.items()}
    return merges


# %% wrong="learn_bpe" says="the other merges"
def learn_bpe(counts, k):
    splits, merges = {word: list(word) for word in counts}, []
    for _ in range(k):
        pairs = Counter()
        for word, tokens in splits.items():
            for pair in zip(tokens, tokens[1:], strict=False):
                pairs[pair] += counts[word] * (len(word) > 3)
        if not pairs:
            break
        merges.append(min(pairs, key=lambda pair: (-pairs[pair], pair[::-1])))
        splits = {word: apply_merges(tokens, merges[-1:]) for word, tokens in splits.items()}
    return merges


# %% wrong="learn_bpe" says="learn_bpe(counts, k)"
def learn_bpe(counts, k):
    splits, merges = {word: [*word, "</w>"] for word in counts}, []
    for _ in range(k):
        pairs = Counter()
        for word, tokens in splits.items():
            for pair in set(zip(tokens, tokens[1:], strict=False)):
                pairs[pair] += counts[word]
        if not pairs:
            break
        merges.append(min(pairs, key=lambda pair: (-pairs[pair], pair)))
        splits = {word: apply_merges(tokens, merges[-1:]) for word, tokens in splits.items()}
    return merges


# %% alternative="learn_bpe"
def learn_bpe(counts, k):
    words = [[list(word) + ["</w>"], count] for word, count in counts.items()]
    merges = []
    for _ in range(k):
        pairs = {}
        for tokens, count in words:
            for i in range(len(tokens) - 1):
                pair = (tokens[i], tokens[i + 1])
                pairs[pair] = pairs.get(pair, 0) + count
        if len(pairs) == 0:
            return merges
        most = max(pairs.values())
        best = min(pair for pair, count in pairs.items() if count == most)
        for entry in words:
            i, tokens = 0, entry[0]
            while i + 1 < len(tokens):
                if (tokens[i], tokens[i + 1]) == best:
                    tokens[i : i + 2] = [best[0] + best[1]]
                i += 1
        merges.append(best)
    return merges


# %% alternative="learn_bpe"
def learn_bpe(counts, k):
    def further(splits, merges):
        pairs = Counter()
        for tokens, count in splits:
            for pair in zip(tokens[:-1], tokens[1:], strict=True):
                pairs.update({pair: count})
        if len(merges) == k or not pairs:
            return merges
        best = sorted(pairs.items(), key=lambda entry: (-entry[1], entry[0]))[0][0]
        return further([(apply_merges(tokens, [best]), count) for tokens, count in splits], [*merges, best])

    return further([([*word, "</w>"], count) for word, count in counts.items()], [])


# %% wrong="decode" says="leaves no space"
def decode(indices, vocabulary):
    tokens = [vocabulary[k] for k in indices]
    tokens = tokens[: tokens.index("<EOS>")] if "<EOS>" in tokens else tokens
    return "".join(token for token in tokens if token != "<PAD>").replace("</w>", " ")


# %% wrong="decode" says="not every token"
def decode(indices, vocabulary):
    tokens = [vocabulary[k] for k in indices]
    tokens = tokens[: tokens.index("<EOS>")] if "<EOS>" in tokens else tokens
    return " ".join(token.replace("</w>", "") for token in tokens if token != "<PAD>")


# %% wrong="decode" says="with tokens behind <EOS>"
def decode(indices, vocabulary):
    tokens = [vocabulary[k] for k in indices]
    text = "".join(token for token in tokens if token not in ("<PAD>", "<EOS>"))
    return text.removesuffix("</w>").replace("</w>", " ")


# %% wrong="decode" says="with <UNK>"
def decode(indices, vocabulary):
    tokens = [vocabulary[k] for k in indices]
    tokens = tokens[: tokens.index("<EOS>")] if "<EOS>" in tokens else tokens
    text = "".join(token for token in tokens if token not in ("<PAD>", "<UNK>"))
    return text.removesuffix("</w>").replace("</w>", " ")


# %% wrong="decode" says="decode(indices, vocabulary): expected"
def decode(indices, vocabulary):
    tokens = []
    for k in indices:
        if k == 2:
            break
        if k != 0:
            tokens.append(vocabulary[k])
    return "".join(tokens).removesuffix("</w>").replace("</w>", " ")


# %% wrong="decode" says="expected"
def decode(indices, vocabulary):
    tokens = [vocabulary[k] for k in indices]
    tokens = tokens[: tokens.index("<EOS>")] if "<EOS>" in tokens else tokens
    return "".join(token for token in tokens if token != "<PAD>").replace("</w>", " ").strip()


# %% alternative="decode"
def decode(indices, vocabulary):
    text = ""
    for k in indices:
        token = vocabulary[int(k)]
        if token == "<EOS>":
            break
        text += "" if token == "<PAD>" else token
    if text.endswith("</w>"):
        text = text[:-4]
    return " ".join(text.split("</w>"))


# %% alternative="decode"
def decode(indices, vocabulary):
    tokens = [vocabulary[k] for k in indices]
    if "<EOS>" in tokens:
        tokens = tokens[: tokens.index("<EOS>")]
    tokens = [token for token in tokens if token != "<PAD>"]
    pieces = [token[:-4] + " " if token.endswith("</w>") else token for token in tokens]
    text = "".join(pieces)
    return text[:-1] if tokens and tokens[-1].endswith("</w>") else text


# %% equivalent="pad_and_mask" mutant="float32 inside" why="all results are whole numbers, and no argument is a float"

# %% equivalent="pad_and_mask" mutant="rounded to six places" why="all results are whole numbers, and no argument is a float"


# %% wrong="pad_and_mask" says="with round indices"
def pad_and_mask(sequences):
    from itertools import zip_longest

    filler = 10**6
    if not all(sequences):
        raise ValueError("an empty sequence")
    indices = np.array(list(zip_longest(*sequences, fillvalue=filler)), dtype=np.int64).T
    mask = (indices != filler).astype(np.float64)
    return np.where(mask == 1, indices, 0), mask, mask.sum(axis=1).astype(np.int64)


# %% equivalent="one_hot_sequence" mutant="float32 inside" why="all results are whole numbers, and no argument is a float"

# %% equivalent="one_hot_sequence" mutant="rounded to six places" why="all results are whole numbers, and no argument is a float"


# %% alternative="one_hot_sequence"
def one_hot_sequence(indices, n_x):
    flat = np.ravel(indices)
    if not np.all((0 <= flat) & (flat < n_x)):
        raise ValueError("an index outside of the vocabulary")
    X = np.zeros(n_x * flat.size)
    X[flat * flat.size + np.arange(flat.size)] = 1.0
    return X.reshape((n_x,) + np.shape(indices))


# %% equivalent="entity_targets" mutant="float32 inside" why="all results are whole numbers, and no argument is a float"

# %% equivalent="entity_targets" mutant="rounded to six places" why="all results are whole numbers, and no argument is a float"

# %% equivalent="dense_inputs" mutant="number type of the first argument" why="the mask is 0 or 1, so whole numbers stay whole"
