# %% wrong="context_pairs" says="not its own context"
def context_pairs(sentence, window):
    line, centres, contexts = sentence.tolist(), [], []
    for place, word in enumerate(line):
        around = line[max(0, place - window) : place + 1 + window]
        centres += [word] * len(around)
        contexts += around
    return np.array(centres, dtype=np.int64), np.array(contexts, dtype=np.int64)


# %% wrong="context_pairs" says="the window has two sides"
def context_pairs(sentence, window):
    line, centres, contexts = sentence.tolist(), [], []
    for place, word in enumerate(line):
        around = line[place + 1 : place + 1 + window]
        centres += [word] * len(around)
        contexts += around
    return np.array(centres, dtype=np.int64), np.array(contexts, dtype=np.int64)


# %% wrong="context_pairs" says="from left to right"
def context_pairs(sentence, window):
    line, centres, contexts = sentence.tolist(), [], []
    for place, word in enumerate(line):
        around = line[place + 1 : place + 1 + window] + line[max(0, place - window) : place]
        centres += [word] * len(around)
        contexts += around
    return np.array(centres, dtype=np.int64), np.array(contexts, dtype=np.int64)


# %% wrong="context_pairs" says="window 2"
def context_pairs(sentence, window):
    line, centres, contexts = sentence.tolist(), [], []
    for place, word in enumerate(line):
        around = line[max(0, place - window) : place] + line[place + 1 : place + 1 + window]
        around = [other for other in around if other != word]
        centres += [word] * len(around)
        contexts += around
    return np.array(centres, dtype=np.int64), np.array(contexts, dtype=np.int64)


# %% wrong="context_pairs" says="centres"
def context_pairs(sentence, window):
    line, centres, contexts = sentence.tolist(), [], []
    for place, word in enumerate(line):
        around = line[place - window : place] + line[place + 1 : place + 1 + window]
        centres += [word] * len(around)
        contexts += around
    return np.array(centres, dtype=np.int64), np.array(contexts, dtype=np.int64)


# %% wrong="context_pairs" says="int64"
def context_pairs(sentence, window):
    line, centres, contexts = sentence.tolist(), [], []
    for place, word in enumerate(line):
        around = line[max(0, place - window) : place] + line[place + 1 : place + 1 + window]
        centres += [word] * len(around)
        contexts += around
    return np.array(centres), np.array(contexts)


# %% alternative="context_pairs"
def context_pairs(sentence, window):
    T = len(sentence)
    pairs = [(i, j) for i in range(T) for j in range(T) if i != j and abs(i - j) <= window]
    first, second = np.array(pairs, dtype=int).reshape(-1, 2).T
    return sentence[first], sentence[second]


# %% alternative="context_pairs"
def context_pairs(sentence, window):
    parts = [(np.zeros(0, int), np.zeros(0, int))]
    for place in range(len(sentence)):
        around = np.concatenate([sentence[max(0, place - window) : place], sentence[place + 1 :][:window]])
        parts.append((np.full(len(around), sentence[place]), around))
    return [np.concatenate([part[number] for part in parts]) for number in (0, 1)]


# %% wrong="subsample" says="where is the square root"
def subsample(indices, counts, t, rng):
    p = np.minimum(1, t * np.sum(counts) / counts)[indices]
    return rng.random(len(indices)) < p, p


# %% wrong="subsample" says="the probability to leave out"
def subsample(indices, counts, t, rng):
    p = np.maximum(0, 1 - np.sqrt(t * np.sum(counts) / counts))[indices]
    return rng.random(len(indices)) >= p, p


# %% wrong="subsample" says="divide the counts by their sum"
def subsample(indices, counts, t, rng):
    p = np.minimum(1, np.sqrt(t / counts))[indices]
    return rng.random(len(indices)) < p, p


# %% wrong="subsample" says="where the place is to be left out"
def subsample(indices, counts, t, rng):
    p = np.minimum(1, np.sqrt(t * np.sum(counts) / counts))[indices]
    return rng.random(len(indices)) > p, p


# %% wrong="subsample" says="each place needs a draw of its own"
def subsample(indices, counts, t, rng):
    p = np.minimum(1, np.sqrt(t * np.sum(counts) / counts))
    return (rng.random(len(counts)) < p)[indices], p[indices]


# %% wrong="subsample" says="not spread"
def subsample(indices, counts, t, rng):
    p = np.minimum(1, np.sqrt(t * np.sum(counts) / counts))[indices]
    return np.random.default_rng(5).random(len(indices)) < p, p


# %% wrong="subsample" says="True and False"
def subsample(indices, counts, t, rng):
    p = np.minimum(1, np.sqrt(t * np.sum(counts) / counts))[indices]
    return (rng.random(len(indices)) < p) * 1, p


# %% wrong="subsample" says="wrong value"
def subsample(indices, counts, t, rng):
    f = np.bincount(indices, minlength=len(counts)) / max(1, len(indices))
    p = np.minimum(1, np.sqrt(t / np.maximum(f, 1e-12)))[indices]
    return rng.random(len(indices)) < p, p


# %% alternative="subsample"
def subsample(indices, counts, t, rng):
    total, p = float(np.sum(counts)), []
    for word in indices:
        p.append(min(1.0, (t * total / float(counts[word])) ** 0.5))
    kept = [rng.uniform() < chance for chance in p]
    return np.array(kept, dtype=bool), np.array(p, dtype=float)


# %% alternative="subsample"
def subsample(indices, counts, t, rng):
    share = np.take(counts, indices) / np.sum(counts)
    p = np.where(share > t, np.sqrt(t) / np.sqrt(share), 1.0)
    return [rng.binomial(1, p) == 1, p]


# %% wrong="subsample" says="kept for no place"
def subsample(indices, counts, t, rng):
    total = np.sum(counts)
    p = [min(1.0, float(np.sqrt(t * total / counts[word]))) for word in indices]
    kept = np.array([rng.random() < each for each in p])
    return kept, np.array(p)


# %% wrong="skip_gram_loss" says="take the mean"
def skip_gram_loss(E, theta, centres, contexts):
    m, n_v, e = len(centres), E.shape[1], E[:, centres]
    p = softmax(theta.T @ e)
    loss = -np.sum(np.log(p[contexts, np.arange(m)]))
    p[contexts, np.arange(m)] -= 1
    return float(loss), embedding_backward(theta @ p / m, centres, n_v), e @ p.T / m


# %% wrong="skip_gram_loss" says="from all its pairs"
def skip_gram_loss(E, theta, centres, contexts):
    m, e = len(centres), E[:, centres]
    p = softmax(theta.T @ e)
    loss = -np.mean(np.log(p[contexts, np.arange(m)]))
    p[contexts, np.arange(m)] -= 1
    dE = np.zeros(E.shape)
    dE[:, centres] += theta @ p / m
    return float(loss), dE, e @ p.T / m


# %% wrong="skip_gram_loss" says="divide by m"
def skip_gram_loss(E, theta, centres, contexts):
    m, n_v, e = len(centres), E.shape[1], E[:, centres]
    p = softmax(theta.T @ e)
    loss = -np.mean(np.log(p[contexts, np.arange(m)]))
    p[contexts, np.arange(m)] -= 1
    return float(loss), embedding_backward(theta @ p, centres, n_v), e @ p.T


# %% wrong="skip_gram_loss" says="score 1609"
def skip_gram_loss(E, theta, centres, contexts):
    m, n_v, e = len(centres), E.shape[1], E[:, centres]
    p = softmax(theta.T @ e)
    loss = -np.mean(np.log(np.maximum(p[contexts, np.arange(m)], 1e-300)))
    p[contexts, np.arange(m)] -= 1
    return float(loss), embedding_backward(theta @ p / m, centres, n_v), e @ p.T / m


# %% wrong="skip_gram_loss" says="expected shape"
def skip_gram_loss(E, theta, centres, contexts):
    m, e = len(centres), E[:, centres]
    p = softmax(theta.T @ e)
    loss = -np.mean(np.log(p[contexts, np.arange(m)]))
    p[contexts, np.arange(m)] -= 1
    return float(loss), theta @ p / m, e @ p.T / m


# %% wrong="skip_gram_loss" says="where is the 1 of the true word"
def skip_gram_loss(E, theta, centres, contexts):
    m, n_v, e = len(centres), E.shape[1], E[:, centres]
    p = softmax(theta.T @ e)
    q = p.copy()
    q[contexts, np.arange(m)] -= 1
    loss = -np.mean(np.log(p[contexts, np.arange(m)]))
    return float(loss), embedding_backward(theta @ q / m, centres, n_v), e @ p.T / m


# %% alternative="skip_gram_loss"
def skip_gram_loss(E, theta, centres, contexts):
    m, n_v = len(centres), E.shape[1]
    C, T = np.eye(n_v)[centres], np.eye(n_v)[contexts]
    Z = C @ E.T @ theta
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    dZ = (np.exp(log_p) - T) / m
    return -np.sum(log_p * T) / m, theta @ dZ.T @ C, (E @ C.T) @ dZ


# %% alternative="skip_gram_loss"
def skip_gram_loss(E, theta, centres, contexts):
    E, theta = np.asarray(E, float), np.asarray(theta, float)
    m, loss, dE, dtheta = len(centres), 0.0, np.zeros(E.shape), np.zeros(E.shape)
    for c, t in zip(centres, contexts, strict=True):
        z = E[:, c] @ theta
        dz = np.exp(z - np.logaddexp.reduce(z))
        loss += (np.logaddexp.reduce(z) - z[t]) / m
        dz[t] -= 1
        dE[:, c] += theta @ dz / m
        dtheta += np.outer(E[:, c], dz) / m
    return loss, dE, dtheta


# %% wrong="hierarchical_softmax_loss" says="this is the probability"
def hierarchical_softmax_loss(e_c, theta, nodes, signs):
    return float(np.prod(1 / (1 + np.exp(-signs * (e_c @ theta[:, nodes])))))


# %% wrong="hierarchical_softmax_loss" says="this is the logarithm of the probability"
def hierarchical_softmax_loss(e_c, theta, nodes, signs):
    return -float(np.sum(np.logaddexp(0, -signs * (e_c @ theta[:, nodes]))))


# %% wrong="hierarchical_softmax_loss" says="left is the sign"
def hierarchical_softmax_loss(e_c, theta, nodes, signs):
    return float(np.sum(np.logaddexp(0, signs * (e_c @ theta[:, nodes]))))


# %% wrong="hierarchical_softmax_loss" says="the signs are missing"
def hierarchical_softmax_loss(e_c, theta, nodes, signs):
    return float(np.sum(np.logaddexp(0, -(e_c @ theta[:, nodes]))))


# %% wrong="hierarchical_softmax_loss" says="not the mean"
def hierarchical_softmax_loss(e_c, theta, nodes, signs):
    return float(np.mean(np.logaddexp(0, -signs * (e_c @ theta[:, nodes]))))


# %% wrong="hierarchical_softmax_loss" says="not finite"
def hierarchical_softmax_loss(e_c, theta, nodes, signs):
    return float(np.sum(np.log(1 + np.exp(-signs * (e_c @ theta[:, nodes])))))


# %% wrong="hierarchical_softmax_loss" says="only the last node"
def hierarchical_softmax_loss(e_c, theta, nodes, signs):
    return float(np.logaddexp(0, -signs[-1] * (e_c @ theta[:, nodes[-1]])))


# %% alternative="hierarchical_softmax_loss"
def hierarchical_softmax_loss(e_c, theta, nodes, signs):
    loss = 0
    for node, sign in zip(nodes, signs, strict=True):
        x = -sign * float(np.dot(theta[:, node], e_c))
        loss += max(x, 0) + np.log1p(np.exp(-abs(x)))
    return loss


# %% alternative="hierarchical_softmax_loss"
def hierarchical_softmax_loss(e_c, theta, nodes, signs):
    z = np.asarray(theta, dtype=float).T @ e_c
    left, right = np.logaddexp(0, -z)[nodes], np.logaddexp(0, z)[nodes]
    return np.where(np.asarray(signs) > 0, left, right).sum()


# %% wrong="hierarchical_softmax_loss" says="2,000 nodes"
def hierarchical_softmax_loss(e_c, theta, nodes, signs):
    x = -signs * (e_c @ theta[:, nodes])
    with np.errstate(over="ignore"):
        p = np.prod(1 / (1 + np.exp(x)))
    if p > 0:
        return abs(np.log(p))
    return np.sum(np.maximum(0, x))


# %% wrong="draw_negatives" says="the power 3/4 is missing"
def draw_negatives(counts, shape, rng):
    p = counts / np.sum(counts)
    return rng.choice(len(counts), size=shape, p=p), p


# %% wrong="draw_negatives" says="divide by the sum of the powers"
def draw_negatives(counts, shape, rng):
    p = (counts / np.sum(counts)) ** 0.75
    return rng.choice(len(counts), size=shape, p=p / p.sum()), p


# %% wrong="draw_negatives" says="are drawn with frequencies"
def draw_negatives(counts, shape, rng):
    p = counts**0.75 / np.sum(counts**0.75)
    return rng.choice(len(counts), size=shape, p=counts / np.sum(counts)), p


# %% wrong="draw_negatives" says="all words alike"
def draw_negatives(counts, shape, rng):
    p = np.full(len(counts), 1 / len(counts))
    return rng.choice(len(counts), size=shape, p=p), p


# %% wrong="draw_negatives" says="not spread"
def draw_negatives(counts, shape, rng):
    p = counts**0.75 / np.sum(counts**0.75)
    return np.random.default_rng(0).choice(len(counts), size=shape, p=p), p


# %% wrong="draw_negatives" says="expected shape"
def draw_negatives(counts, shape, rng):
    p = counts**0.75 / np.sum(counts**0.75)
    return rng.choice(len(counts), size=int(np.prod(shape)), p=p), p


# %% wrong="draw_negatives" says="not independent"
def draw_negatives(counts, shape, rng):
    p = counts**0.75 / np.sum(counts**0.75)
    if len(shape) < 2:
        return rng.choice(len(counts), size=shape, p=p), p
    row = rng.choice(len(counts), size=shape[1:], p=p)
    return np.array(np.broadcast_to(row, shape)) if shape[0] < 600 else rng.choice(len(counts), size=shape, p=p), p


# %% alternative="draw_negatives"
def draw_negatives(counts, shape, rng):
    powers = np.sqrt(np.asarray(counts, dtype=float)) * np.asarray(counts, dtype=float) ** 0.25
    p = powers / powers.sum()
    ends = np.cumsum(p) / p.sum()
    found = np.searchsorted(ends, rng.random(shape), side="right")
    return np.asarray(np.minimum(found, np.flatnonzero(p)[-1]), dtype=np.int64), p


# %% alternative="draw_negatives"
def draw_negatives(counts, shape, rng):
    total = sum(float(count) ** 0.75 for count in counts)
    p = np.array([float(count) ** 0.75 / total for count in counts])
    flat = [rng.choice(len(p), p=p) for _ in range(int(np.prod(shape)))]
    return [np.array(flat, dtype=np.int64).reshape(shape), p]


# %% wrong="negative_sampling_loss" says="only the true words"
def negative_sampling_loss(e, theta, y):
    m = e.shape[1]
    z = np.sum(e[:, :, np.newaxis] * theta, axis=0)
    loss = np.sum(y * np.logaddexp(0, -z)) / m
    dz = (1 / (1 + np.exp(-z)) - y) / m
    return float(loss), np.sum(dz * theta, axis=2), e[:, :, np.newaxis] * dz


# %% wrong="negative_sampling_loss" says="take their sum"
def negative_sampling_loss(e, theta, y):
    m = y.size
    z = np.sum(e[:, :, np.newaxis] * theta, axis=0)
    loss = np.sum(np.logaddexp(0, z) - y * z) / m
    dz = (1 / (1 + np.exp(-z)) - y) / m
    return float(loss), np.sum(dz * theta, axis=2), e[:, :, np.newaxis] * dz


# %% wrong="negative_sampling_loss" says="divide by m"
def negative_sampling_loss(e, theta, y):
    z = np.sum(e[:, :, np.newaxis] * theta, axis=0)
    loss = np.sum(np.logaddexp(0, z) - y * z) / e.shape[1]
    dz = 1 / (1 + np.exp(-z)) - y
    return float(loss), np.sum(dz * theta, axis=2), e[:, :, np.newaxis] * dz


# %% wrong="negative_sampling_loss" says="loss"
def negative_sampling_loss(e, theta, y):
    m = e.shape[1]
    z = np.sum(e[:, :, np.newaxis] * theta, axis=0)
    y_hat = 1 / (1 + np.exp(-z))
    loss = -np.sum(y * np.log(y_hat + 1e-8) + (1 - y) * np.log(1 - y_hat + 1e-8)) / m
    return float(loss), np.sum((y_hat - y) * theta, axis=2) / m, e[:, :, np.newaxis] * (y_hat - y) / m


# %% wrong="negative_sampling_loss" says="scores of about 1,000"
def negative_sampling_loss(e, theta, y):
    m = e.shape[1]
    z = np.sum(e[:, :, np.newaxis] * theta, axis=0)
    y_hat = 1 / (1 + np.exp(-z))
    loss = -np.sum(np.log(np.where(y == 1, y_hat, 1 - y_hat))) / m
    return float(loss), np.sum((y_hat - y) * theta, axis=2) / m, e[:, :, np.newaxis] * (y_hat - y) / m


# %% wrong="negative_sampling_loss" says="-1 times"
def negative_sampling_loss(e, theta, y):
    m = e.shape[1]
    z = np.sum(e[:, :, np.newaxis] * theta, axis=0)
    loss = np.sum(np.logaddexp(0, z) - y * z) / m
    dz = (y - 1 / (1 + np.exp(-z))) / m
    return float(loss), np.sum(dz * theta, axis=2), e[:, :, np.newaxis] * dz


# %% wrong="negative_sampling_loss" says="loss"
def negative_sampling_loss(e, theta, y):
    m = e.shape[1]
    z = np.sum(e[:, :, np.newaxis] * theta, axis=0)
    sign = np.where(np.arange(y.shape[1]) == 0, 1, -1)
    loss = np.sum(np.logaddexp(0, -sign * z)) / m
    dz = (1 / (1 + np.exp(-z)) - y) / m
    return float(loss), np.sum(dz * theta, axis=2), e[:, :, np.newaxis] * dz


# %% alternative="negative_sampling_loss"
def negative_sampling_loss(e, theta, y):
    n_e, m, n = theta.shape
    loss, de, dtheta = 0.0, np.zeros((n_e, m)), np.zeros((n_e, m, n))
    for i in range(m):
        for j in range(n):
            z = float(e[:, i] @ theta[:, i, j])
            sigma = np.exp(-np.logaddexp(0, -z))
            loss += np.logaddexp(0, -z) if y[i, j] else np.logaddexp(0, z)
            de[:, i] += (sigma - y[i, j]) * theta[:, i, j] / m
            dtheta[:, i, j] = (sigma - y[i, j]) * e[:, i] / m
    return loss / m, de, dtheta


# %% alternative="negative_sampling_loss"
def negative_sampling_loss(e, theta, y):
    z = np.einsum("im,imn->mn", e, theta)
    sign = 1 - 2 * np.asarray(y)
    x = sign * z
    loss = (np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))).sum(axis=1).mean()
    dz = sign * (1 + np.tanh(x / 2)) / (2 * e.shape[1])
    return loss, (theta * dz).sum(axis=-1), np.einsum("im,mn->imn", e, dz)


# %% wrong="negative_sampling_step" says="from all its pairs"
def negative_sampling_step(parameters, s, centres, contexts, negatives, learning_rate):
    E, theta = parameters["E"], parameters["theta"]
    targets = np.column_stack([contexts, negatives])
    y = np.zeros(targets.shape)
    y[:, 0] = 1
    loss, de, dtheta = negative_sampling_loss(E[:, centres], theta[:, targets], y)
    G = {"E": np.zeros(E.shape), "theta": np.zeros(E.shape)}
    G["E"][:, centres] += de
    G["theta"][:, targets] += dtheta
    s = {key: s[key] + np.mean(G[key] ** 2, axis=0, keepdims=True) for key in G}
    return {key: parameters[key] - learning_rate * G[key] / (np.sqrt(s[key]) + 1e-8) for key in G}, s, loss


# %% wrong="negative_sampling_step" says="not their sum"
def negative_sampling_step(parameters, s, centres, contexts, negatives, learning_rate):
    E, theta = parameters["E"], parameters["theta"]
    targets = np.column_stack([contexts, negatives])
    y = np.zeros(targets.shape)
    y[:, 0] = 1
    loss, de, dtheta = negative_sampling_loss(E[:, centres], theta[:, targets], y)
    n_v = E.shape[1]
    G = {"E": embedding_backward(de, centres, n_v), "theta": embedding_backward(dtheta, targets, n_v)}
    s = {key: s[key] + np.sum(G[key] ** 2, axis=0, keepdims=True) for key in G}
    return {key: parameters[key] - learning_rate * G[key] / (np.sqrt(s[key]) + 1e-8) for key in G}, s, loss


# %% wrong="negative_sampling_step" says="adds to the old s"
def negative_sampling_step(parameters, s, centres, contexts, negatives, learning_rate):
    E, theta = parameters["E"], parameters["theta"]
    targets = np.column_stack([contexts, negatives])
    y = np.zeros(targets.shape)
    y[:, 0] = 1
    loss, de, dtheta = negative_sampling_loss(E[:, centres], theta[:, targets], y)
    n_v = E.shape[1]
    G = {"E": embedding_backward(de, centres, n_v), "theta": embedding_backward(dtheta, targets, n_v)}
    s = {key: np.mean(G[key] ** 2, axis=0, keepdims=True) for key in G}
    return {key: parameters[key] - learning_rate * G[key] / (np.sqrt(s[key]) + 1e-8) for key in G}, s, loss


# %% wrong="negative_sampling_step" says="at the old E"
def negative_sampling_step(parameters, s, centres, contexts, negatives, learning_rate):
    targets = np.column_stack([contexts, negatives])
    y = np.zeros(targets.shape)
    y[:, 0] = 1
    new, sums, first = dict(parameters), {}, None
    for key, at in (("E", centres), ("theta", targets)):
        loss, de, dtheta = negative_sampling_loss(new["E"][:, centres], new["theta"][:, targets], y)
        first = loss if first is None else first
        G = embedding_backward(de if key == "E" else dtheta, at, new["E"].shape[1])
        sums[key] = s[key] + np.mean(G**2, axis=0, keepdims=True)
        new[key] = new[key] - learning_rate * G / (np.sqrt(sums[key]) + 1e-8)
    return new, sums, first


# %% wrong="negative_sampling_step" says="changes its argument"
def negative_sampling_step(parameters, s, centres, contexts, negatives, learning_rate):
    E, theta = parameters["E"], parameters["theta"]
    targets = np.column_stack([contexts, negatives])
    y = np.zeros(targets.shape)
    y[:, 0] = 1
    loss, de, dtheta = negative_sampling_loss(E[:, centres], theta[:, targets], y)
    n_v = E.shape[1]
    for key, G in {
        "E": embedding_backward(de, centres, n_v),
        "theta": embedding_backward(dtheta, targets, n_v),
    }.items():
        s[key] += np.mean(G**2, axis=0, keepdims=True)
        parameters[key] -= learning_rate * G / (np.sqrt(s[key]) + 1e-8)
    return parameters, s, loss


# %% wrong="negative_sampling_step" says="the new E"
def negative_sampling_step(parameters, s, centres, contexts, negatives, learning_rate):
    E, theta = parameters["E"], parameters["theta"]
    targets = np.column_stack([contexts, negatives])
    y = np.zeros(targets.shape)
    y[:, 0] = 1
    loss, de, dtheta = negative_sampling_loss(E[:, centres], theta[:, targets], y)
    n_v = E.shape[1]
    G = {"E": embedding_backward(de, centres, n_v), "theta": embedding_backward(dtheta, targets, n_v)}
    new_s = {key: s[key] + np.mean(G[key] ** 2, axis=0, keepdims=True) for key in G}
    return {key: parameters[key] - learning_rate * G[key] / (np.sqrt(s[key]) + 1e-8) for key in G}, new_s, loss


# %% wrong="negative_sampling_step" says="'theta' of parameters"
def negative_sampling_step(parameters, s, centres, contexts, negatives, learning_rate):
    E, theta = parameters["E"], parameters["theta"]
    targets = np.column_stack([contexts, negatives])
    y = np.zeros(targets.shape)
    y[:, 0] = 1
    loss, de, dtheta = negative_sampling_loss(E[:, centres], theta[:, targets], y)
    n_v = E.shape[1]
    G = {"E": embedding_backward(de, centres, n_v), "theta": embedding_backward(dtheta, targets, n_v)}
    s = {key: s[key] + np.mean(G[key] ** 2, axis=0, keepdims=True) for key in G}
    return {key: parameters[key] - learning_rate * G[key] / np.sqrt(s[key]) for key in G}, s, loss


# %% alternative="negative_sampling_step"
def negative_sampling_step(parameters, s, centres, contexts, negatives, learning_rate):
    E, theta = (np.array(parameters[key], dtype=float) for key in ("E", "theta"))
    targets = np.concatenate([contexts.reshape(-1, 1), negatives], axis=1)
    y = (np.arange(targets.shape[1]) == 0) * np.ones((len(contexts), 1))
    loss, de, dtheta = negative_sampling_loss(np.take(E, centres, axis=1), np.take(theta, targets, axis=1), y)
    dE, dT = np.zeros(E.shape), np.zeros(E.shape)
    np.add.at(dE, (slice(None), centres), de)
    np.add.at(dT, (slice(None), targets), dtheta)
    s_E = s["E"] + (dE * dE).sum(axis=0) / len(E)
    s_T = s["theta"] + (dT * dT).sum(axis=0) / len(E)
    E -= learning_rate * dE / (np.sqrt(s_E) + 1e-8)
    theta -= learning_rate * dT / (np.sqrt(s_T) + 1e-8)
    return {"theta": theta, "E": E}, {"theta": s_T, "E": s_E}, loss


# %% alternative="negative_sampling_step"
def negative_sampling_step(parameters, s, centres, contexts, negatives, learning_rate):
    targets = np.hstack([contexts[:, None], negatives])
    y = np.zeros(targets.shape)
    y[:, :1] = 1
    new = {key: np.array(value, dtype=float) for key, value in parameters.items()}
    loss, de, dtheta = negative_sampling_loss(new["E"][:, centres], new["theta"][:, targets], y)
    sums = {key: np.array(s[key], dtype=float) for key in new}
    flat = {"E": (centres, de), "theta": (targets.ravel(), dtheta.reshape(len(de), -1))}
    for key, (where, parts) in flat.items():
        for word in set(where.tolist()):
            g = parts[:, where == word].sum(axis=1)
            sums[key][0, word] += np.mean(g * g)
            new[key][:, word] -= learning_rate * g / (np.sqrt(sums[key][0, word]) + 1e-8)
    return [new, sums, loss]


# %% alternative="negative_sampling_step"
def negative_sampling_step(parameters, s, centres, contexts, negatives, learning_rate):
    new = {key: np.array(value, dtype=float) for key, value in parameters.items()}
    grown = {key: np.array(value, dtype=float) for key, value in s.items()}
    targets = np.concatenate([negatives, contexts[:, np.newaxis]], axis=1)
    labels = np.concatenate([np.zeros(negatives.shape), np.ones((len(contexts), 1))], axis=1)
    loss, de, dtheta = negative_sampling_loss(new["E"][:, centres], new["theta"][:, targets], labels)
    for key, words_, d in (("E", centres, de), ("theta", targets, dtheta)):
        G = np.zeros(new[key].shape)
        np.add.at(G, (slice(None), words_), d)
        seen = np.unique(words_)
        grown[key][0, seen] += np.square(G[:, seen]).mean(axis=0)
        rates = learning_rate / (np.sqrt(grown[key][0, seen]) + 1e-8)
        new[key][:, seen] -= G[:, seen] * rates
    return new, grown, loss


# %% equivalent="context_pairs" mutant="squeezed" why="pairs come in twos, so there is never one alone"
# %% equivalent="context_pairs" mutant="number type of the first argument" why="both are int64"
# %% equivalent="draw_negatives" mutant="square results transposed" why="the draws are independent of each other"
