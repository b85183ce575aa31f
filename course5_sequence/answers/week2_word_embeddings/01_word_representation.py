# %% wrong="embed" says="IndexError"
def embed(E, indices):
    return np.take(E, indices, axis=1)


# %% wrong="embed" says="one word"
def embed(E, indices):
    if np.any(indices < 0) or np.any(indices >= E.shape[1]):
        raise IndexError("no such word")
    return np.take(E, np.atleast_1d(indices), axis=1)


# %% wrong="embed" says="expected shape"
def embed(E, indices):
    if np.any(indices < 0) or np.any(indices >= E.shape[1]):
        raise IndexError("no such word")
    return E.T[indices]


# %% wrong="embed" says="memory"
def embed(E, indices):
    if np.any(indices < 0) or np.any(indices >= E.shape[1]):
        raise IndexError("no such word")
    return E[:, int(indices)] if indices.ndim == 0 else E[:, indices]


# %% wrong="embed" says="expected an IndexError, got the answer"
def embed(E, indices):
    if np.any(indices < 0):
        raise IndexError("no such word")
    return np.take(E, indices, axis=1, mode="clip")


# %% wrong="embed" says="with indices of shape (0,)"
def embed(E, indices):
    if indices.min() < 0 or indices.max() >= E.shape[1]:
        raise IndexError("no such word")
    return np.take(E, indices, axis=1)


# %% wrong="embed" says="got float64"
def embed(E, indices):
    if np.any(indices < 0) or np.any(indices >= E.shape[1]):
        raise IndexError("no such word")
    return np.take(E, indices, axis=1).astype(float)


# %% alternative="embed"
def embed(E, indices):
    flat = indices.reshape(-1)
    if any(not 0 <= k < E.shape[1] for k in flat.tolist()):
        raise IndexError("an index is no word")
    one_hot = (np.arange(E.shape[1])[:, None] == flat).astype(E.dtype)
    return (E @ one_hot).reshape(E.shape[0], *indices.shape)


# %% alternative="embed"
def embed(E, indices):
    found = np.empty((E.shape[0], *indices.shape), dtype=E.dtype)
    for place, k in np.ndenumerate(indices):
        if k < 0:
            raise IndexError(k)
        found[(slice(None), *place)] = E[:, k]
    return found


# %% wrong="cosine_similarity" says="not by that of u alone"
def cosine_similarity(u, V):
    return u @ V / (np.linalg.norm(u) or 1)


# %% wrong="cosine_similarity" says="not finite"
def cosine_similarity(u, V):
    return u @ V / (np.linalg.norm(u) * np.linalg.norm(V, axis=0))


# %% wrong="cosine_similarity" says="the similarities of (3, 4)"
def cosine_similarity(u, V):
    return u @ V / (np.linalg.norm(u) * np.linalg.norm(V))


# %% wrong="cosine_similarity" says="those of a u of length 5e-12"
def cosine_similarity(u, V):
    return u @ V / (np.linalg.norm(u) * np.linalg.norm(V, axis=0) + 1e-12)


# %% wrong="cosine_similarity" says="not 1"
def cosine_similarity(u, V):
    lengths = np.linalg.norm(u) * np.linalg.norm(V, axis=0)
    return np.abs(u @ V) / np.where(lengths == 0, 1, lengths)


# %% wrong="cosine_similarity" says="cosine distance"
def cosine_similarity(u, V):
    lengths = np.linalg.norm(u) * np.linalg.norm(V, axis=0)
    return 1 - u @ V / np.where(lengths == 0, 1, lengths)


# %% wrong="cosine_similarity" says="with only short vectors"
def cosine_similarity(u, V):
    lengths = np.linalg.norm(u) * np.linalg.norm(V, axis=0)
    return u @ V / np.maximum(lengths, 1e-15)


# %% alternative="cosine_similarity"
def cosine_similarity(u, V):
    found = []
    for v in V.T:
        length = (np.sum(np.square(u, dtype=float)) * np.sum(np.square(v, dtype=float))) ** 0.5
        found.append(float(np.dot(u, v) / length) if length > 0 else 0.0)
    return np.array(found)


# %% alternative="cosine_similarity"
def cosine_similarity(u, V):
    def unit(A):
        lengths = np.sqrt(np.einsum("i...,i...->...", A, A))
        return np.divide(A, lengths, out=np.zeros(A.shape), where=lengths > 0)

    u, V = np.array(u, dtype=float), np.array(V, dtype=float)
    return np.einsum("i,ij->j", unit(u), unit(V))


# %% wrong="nearest" says="the 2 nearest words to (3, 4)"
def nearest(u, words, E, k, excluded):
    similarity = cosine_similarity(u, E)
    return [(words[j], float(similarity[j])) for j in np.argsort(similarity) if words[j] not in excluded][:k]


# %% wrong="nearest" says="the 2 nearest, without d"
def nearest(u, words, E, k, excluded):
    similarity = cosine_similarity(u, E)
    return [(words[j], float(similarity[j])) for j in np.argsort(-similarity)[:k] if words[j] not in excluded]


# %% wrong="nearest" says="the 2 nearest, without d"
def nearest(u, words, E, k, excluded):
    similarity = cosine_similarity(u, E)
    order = np.argsort(-similarity)[len(excluded) :]
    return [(words[j], float(similarity[j])) for j in order][:k]


# %% wrong="nearest" says="expected a tuple of 2 results"
def nearest(u, words, E, k, excluded):
    similarity = cosine_similarity(u, E)
    return [words[j] for j in np.argsort(-similarity) if words[j] not in excluded][:k]


# %% wrong="nearest" says="expected 3 entries, got 2"
def nearest(u, words, E, k, excluded):
    similarity = cosine_similarity(u, E)
    low = {word.lower() for word in excluded}
    return [(words[j], float(similarity[j])) for j in np.argsort(-similarity) if words[j].lower() not in low][:k]


# %% wrong="nearest" says="the 2 nearest words to (3, 4)"
def nearest(u, words, E, k, excluded):
    similarity = u @ E
    return [(words[j], float(similarity[j])) for j in np.argsort(-similarity) if words[j] not in excluded][1 : k + 1]


# %% wrong="nearest" says="the 9 nearest, without d"
def nearest(u, words, E, k, excluded):
    similarity = cosine_similarity(u, E)
    for word in excluded:
        if word in words:
            similarity[list(words).index(word)] = -1
    return [(words[j], float(similarity[j])) for j in np.argsort(-similarity)][:k]


# %% alternative="nearest"
def nearest(u, words, E, k, excluded):
    found = {}
    for word, v in zip(words, E.T, strict=True):
        if word not in set(excluded):
            length = np.linalg.norm(u) * np.linalg.norm(v)
            found[word] = v @ u / length if length else 0.0
    return sorted(found.items(), key=lambda pair: pair[1], reverse=True)[:k]


# %% alternative="nearest"
def nearest(u, words, E, k, excluded):
    left = [j for j, word in enumerate(words) if not any(word == other for other in excluded)]
    similarity = cosine_similarity(u, E[:, left])
    result = []
    for j in similarity.argsort()[::-1]:
        if len(result) == k:
            break
        result.append((words[left[j]], similarity[j]))
    return result


# %% wrong="nearest" says="nearest"
def nearest(u, words, E, k, excluded):
    similarity = cosine_similarity(u, E)
    forbidden = set()
    try:
        for word in excluded:
            forbidden.add(words.index(word))
    except ValueError:
        pass
    return [(words[i], similarity[i]) for i in np.argsort(-similarity) if i not in forbidden][:k]


# %% wrong="analogy" says="expected 'cats', got 'cat'"
def analogy(a, b, c, words, E):
    column = {word: E[:, k] for k, word in enumerate(words)}
    return nearest(column[b] - column[a] + column[c], words, E, 1, ())[0][0]


# %% wrong="analogy" says="man is to woman as king is to"
def analogy(a, b, c, words, E):
    column = {word: E[:, k] for k, word in enumerate(words)}
    return nearest(column[a] - column[b] + column[c], words, E, 1, (a, b, c))[0][0]


# %% wrong="analogy" says="expected a KeyError, got ValueError"
def analogy(a, b, c, words, E):
    a_, b_, c_ = (E[:, list(words).index(word)] for word in (a, b, c))
    return nearest(b_ - a_ + c_, words, E, 1, (a, b, c))[0][0]


# %% wrong="analogy" says="the unknown word"
def analogy(a, b, c, words, E):
    a, b, c = a.lower(), b.lower(), c.lower()
    column = {word: E[:, k] for k, word in enumerate(words)}
    return nearest(column[b] - column[a] + column[c], words, E, 1, (a, b, c))[0][0]


# %% wrong="analogy" says="should hold the unknown word"
def analogy(a, b, c, words, E):
    if not {a, b, c} <= set(words):
        raise KeyError("unknown")
    column = {word: E[:, k] for k, word in enumerate(words)}
    return nearest(column[b] - column[a] + column[c], words, E, 1, (a, b, c))[0][0]


# %% wrong="analogy" says="expected"
def analogy(a, b, c, words, E):
    column = {word: E[:, k] for k, word in enumerate(words)}
    return list(nearest(column[b] - column[a] + column[c], words, E, 1, (a, b, c))[0])


# %% wrong="analogy" says="expected"
def analogy(a, b, c, words, E):
    k = {word: k for k, word in enumerate(words)}
    scores = E.T @ (E[:, k[b]] - E[:, k[a]] + E[:, k[c]])
    return max(set(words) - {a, b, c}, key=lambda word: scores[k[word]])


# %% alternative="analogy"
def analogy(a, b, c, words, E):
    for word in (a, b, c):
        if word not in words:
            raise KeyError(f"{word} is not in the vocabulary")
    words = list(words)
    i, j, k = words.index(a), words.index(b), words.index(c)
    target = E[:, j] - E[:, i] + E[:, k]
    scores = target @ E / np.where(np.any(E != 0, axis=0), np.sqrt((E * E).sum(axis=0)), 1)
    scores = np.array(scores, dtype=float)
    scores[[i, j, k]] = -np.inf
    return words[int(np.argmax(scores))]


# %% alternative="analogy"
def analogy(a, b, c, words, E):
    table = dict(zip(words, np.asarray(E, dtype=float).T, strict=True))
    target = table[b] - table[a] + table[c]
    best = None
    for word, v in table.items():
        if word in (a, b, c):
            continue
        value = cosine_similarity(target, v.reshape(-1, 1))[0]
        if best is None or value > best[0]:
            best = value, word
    return best[1]


# %% wrong="co_occurrence_matrix" says="the distinct words, sorted"
def co_occurrence_matrix(corpus, window):
    words = list(dict.fromkeys(word for sentence in corpus for word in sentence))
    M = np.zeros((len(words), len(words)))
    for sentence in corpus:
        for t, word in enumerate(sentence):
            for other in sentence[max(0, t - window) : t] + sentence[t + 1 : t + 1 + window]:
                M[words.index(word), words.index(other)] += 1
    return words, M


# %% wrong="co_occurrence_matrix" says="a place is not in its own window"
def co_occurrence_matrix(corpus, window):
    words = sorted({word for sentence in corpus for word in sentence})
    M = np.zeros((len(words), len(words)))
    for sentence in corpus:
        for t, word in enumerate(sentence):
            for other in sentence[max(0, t - window) : t + 1 + window]:
                M[words.index(word), words.index(other)] += 1
    return words, M


# %% wrong="co_occurrence_matrix" says="words before count too"
def co_occurrence_matrix(corpus, window):
    words = sorted({word for sentence in corpus for word in sentence})
    M = np.zeros((len(words), len(words)))
    for sentence in corpus:
        for t, word in enumerate(sentence):
            for other in sentence[t + 1 : t + 1 + window]:
                M[words.index(word), words.index(other)] += 1
    return words, M


# %% wrong="co_occurrence_matrix" says="the window ends where the sentence ends"
def co_occurrence_matrix(corpus, window):
    text = [word for sentence in corpus for word in sentence]
    words = sorted(set(text))
    M = np.zeros((len(words), len(words)))
    for t, word in enumerate(text):
        for other in text[max(0, t - window) : t] + text[t + 1 : t + 1 + window]:
            M[words.index(word), words.index(other)] += 1
    return words, M


# %% wrong="co_occurrence_matrix" says="rows hot and tea"
def co_occurrence_matrix(corpus, window):
    words = sorted({word for sentence in corpus for word in sentence})
    M = np.zeros((len(words), len(words)))
    for sentence in corpus:
        for t, word in enumerate(sentence):
            for other in sentence[max(0, t - window) : t] + sentence[t + 1 : t + 1 + window]:
                M[words.index(word), words.index(other)] = 1
    return words, M


# %% wrong="co_occurrence_matrix" says="row hot with window 3"
def co_occurrence_matrix(corpus, window):
    words = sorted({word for sentence in corpus for word in sentence})
    M = np.zeros((len(words), len(words)))
    for sentence in corpus:
        for t, word in enumerate(sentence):
            for other in sentence[max(0, t - window) : t] + sentence[t + 1 : t + 1 + window]:
                if other != word:
                    M[words.index(word), words.index(other)] += 1
    return words, M


# %% wrong="co_occurrence_matrix" says="rows hot and tea"
def co_occurrence_matrix(corpus, window):
    words = sorted({word for sentence in corpus for word in sentence})
    M = np.zeros((len(words), len(words)))
    for sentence in corpus:
        for t, word in enumerate(sentence):
            for other in sentence[t - window : t] + sentence[t + 1 : t + 1 + window]:
                M[words.index(word), words.index(other)] += 1
    return words, M


# %% alternative="co_occurrence_matrix"
def co_occurrence_matrix(corpus, window):
    words = sorted(set().union(*map(set, corpus)))
    place = {word: k for k, word in enumerate(words)}
    M = np.zeros((len(words), len(words)), dtype=int)
    for sentence in corpus:
        indices = np.array([place[word] for word in sentence], dtype=int)
        for gap in range(1, min(window, len(sentence) - 1) + 1):
            np.add.at(M, (indices[:-gap], indices[gap:]), 1)
            np.add.at(M, (indices[gap:], indices[:-gap]), 1)
    return words, M


# %% alternative="co_occurrence_matrix"
def co_occurrence_matrix(corpus, window):
    counts, distinct = {}, set()
    for sentence in corpus:
        distinct.update(sentence)
        for s, one in enumerate(sentence):
            for t, other in enumerate(sentence):
                if 0 < abs(s - t) <= window:
                    counts[one, other] = counts.get((one, other), 0) + 1
    distinct = sorted(distinct)
    rows = [[counts.get((one, other), 0) for other in distinct] for one in distinct]
    return [distinct, np.array(rows, dtype=float).reshape(len(distinct), len(distinct))]


# %% wrong="reduce_to_k_dim" says="subtract the mean word first"
def reduce_to_k_dim(X, k):
    _, s, Vt = np.linalg.svd(X, full_matrices=False)
    return s[:k, None] * Vt[:k]


# %% wrong="reduce_to_k_dim" says="the singular value is missing"
def reduce_to_k_dim(X, k):
    return np.linalg.svd(X - X.mean(axis=1, keepdims=True), full_matrices=False)[2][:k]


# %% wrong="reduce_to_k_dim" says="the mean goes over the words"
def reduce_to_k_dim(X, k):
    _, s, Vt = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    return s[:k, None] * Vt[:k]


# %% wrong="reduce_to_k_dim" says="expected shape (1, 3), got shape (3, 1)"
def reduce_to_k_dim(X, k):
    _, s, Vt = np.linalg.svd(X - X.mean(axis=1, keepdims=True), full_matrices=False)
    return (s[:k, None] * Vt[:k]).T


# %% wrong="reduce_to_k_dim" says="its sizes"
def reduce_to_k_dim(X, k):
    centred = X - X.mean(axis=1, keepdims=True)
    values, axes = np.linalg.eigh(centred @ centred.T)
    return axes[:, -k:].T @ centred


# %% wrong="reduce_to_k_dim" says="made positive"
def reduce_to_k_dim(X, k):
    centred = X - X.mean(axis=1, keepdims=True)
    centred = centred / centred.std(axis=1, keepdims=True)
    _, s, Vt = np.linalg.svd(centred, full_matrices=False)
    return s[:k, None] * Vt[:k]


# %% wrong="reduce_to_k_dim" says="its sizes"
def reduce_to_k_dim(X, k):
    centred = X - X.mean(axis=1, keepdims=True)
    return np.resize(np.linalg.norm(centred, axis=0) * np.sign(centred[0]), (k, X.shape[1]))


# %% alternative="reduce_to_k_dim"
def reduce_to_k_dim(X, k):
    centred = np.array(X, dtype=float)
    centred -= centred.mean(axis=1)[:, None]
    values, axes = np.linalg.eigh(centred @ centred.T)
    return axes[:, np.argsort(-values)[:k]].T @ centred


# %% alternative="reduce_to_k_dim"
def reduce_to_k_dim(X, k):
    rows = X.T - X.T.mean(axis=0)
    U, s, Vt = np.linalg.svd(rows)
    return -(rows @ Vt.T[:, :k]).T


# %% wrong="window_vectors" says="the word before comes first"
def window_vectors(E, indices, h):
    padded = np.pad(E[:, indices], ((0, 0), (h, h)))
    return np.concatenate([padded[:, 2 * h - j : 2 * h - j + len(indices)] for j in range(2 * h + 1)])


# %% wrong="window_vectors" says="the last word does not stand before the first"
def window_vectors(E, indices, h):
    return np.concatenate([np.roll(E[:, indices], h - j, axis=1) for j in range(2 * h + 1)])


# %% wrong="window_vectors" says="keep each vector together"
def window_vectors(E, indices, h):
    padded, T_x = np.pad(E[:, indices], ((0, 0), (h, h))), len(indices)
    return np.stack([padded[:, j : j + T_x] for j in range(2 * h + 1)], axis=1).reshape(-1, T_x)


# %% wrong="window_vectors" says="zeros, not word 0"
def window_vectors(E, indices, h):
    padded = np.pad(indices, h)
    return np.concatenate([E[:, padded[j : j + len(indices)]] for j in range(2 * h + 1)])


# %% wrong="window_vectors" says="window_vectors(E, [1, 3, 0], 0)"
def window_vectors(E, indices, h):
    h = h or 1
    padded = np.pad(E[:, indices], ((0, 0), (h, h)))
    return np.concatenate([padded[:, j : j + len(indices)] for j in range(2 * h + 1)])


# %% wrong="window_vectors" says="window_vectors(E, [1, 3, 0], 1)"
def window_vectors(E, indices, h):
    padded = np.pad(E[:, indices], ((0, 0), (h, h)), mode="edge")
    return np.concatenate([padded[:, j : j + len(indices)] for j in range(2 * h + 1)])


# %% alternative="window_vectors"
def window_vectors(E, indices, h):
    columns = []
    for t in range(len(indices)):
        column = []
        for place in range(t - h, t + h + 1):
            inside = 0 <= place < len(indices)
            column += E[:, indices[place]].tolist() if inside else [0.0] * E.shape[0]
        columns.append(column)
    return np.array(columns, dtype=float).T


# %% alternative="window_vectors"
def window_vectors(E, indices, h):
    with_zeros = np.column_stack([E, np.zeros(E.shape[0])])
    padded = np.full(len(indices) + 2 * h, E.shape[1])
    padded[h : len(padded) - h] = indices
    windows = np.arange(2 * h + 1)[:, None] + np.arange(len(indices))
    found = with_zeros[:, padded[windows]]
    return found.transpose(1, 0, 2).reshape(-1, len(indices))


# %% equivalent="embed" mutant="number type of the first argument" why="the number type of E is asked for"


# %% equivalent="co_occurrence_matrix" mutant="square results transposed" why="the counts are symmetric"


# %% equivalent="co_occurrence_matrix" mutant="float32 inside" why="small counts are exact in float32"


# %% equivalent="co_occurrence_matrix" mutant="rounded to six places" why="counts are whole"


# %% equivalent="window_vectors" mutant="number type of the first argument" why="the number type of E will do"


# %% equivalent="reduce_to_k_dim" mutant="its argument handed back" why="Y need not be a new array"
