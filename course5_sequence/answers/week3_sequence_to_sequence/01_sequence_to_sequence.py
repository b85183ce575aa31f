# %% wrong="encode" says="padding was read too"
def encode(x, lengths, parameters):
    e = embedding_forward(parameters["E"], x)
    a, caches = gru_forward(e, np.zeros((len(parameters["b_u"]), len(x))), parameters)
    return a[:, :, -1], caches


# %% wrong="encode" says="this is the first step"
def encode(x, lengths, parameters):
    e = embedding_forward(parameters["E"], x)
    a, caches = gru_forward(e, np.zeros((len(parameters["b_u"]), len(x))), parameters)
    return a[:, :, 0], caches


# %% wrong="encode" says="a"
def encode(x, lengths, parameters):
    e = embedding_forward(parameters["E"], x)
    a, caches = gru_forward(e, np.zeros((len(parameters["b_u"]), len(x))), parameters)
    return a[:, np.arange(len(x)), lengths - 2], caches


# %% wrong="encode" says="a of encode"
def encode(x, lengths, parameters):
    e = embedding_forward(parameters["E"], x)
    a, caches = gru_forward(e, np.zeros((len(parameters["b_u"]), len(x))), parameters)
    state = np.zeros(a.shape[:2])
    for t in range(x.shape[1]):
        state = np.where((t < lengths) & (x[:, t] > 0), a[:, :, t], state)
    return state, caches


# %% alternative="encode"
def encode(x, lengths, parameters):
    state = np.zeros((len(parameters["b_u"]), len(x)))
    last, caches = state.copy(), []
    for t in range(x.shape[1]):
        state, cache = gru_cell_forward(parameters["E"][:, x[:, t]], state, parameters)
        last = np.where(t < lengths, state, last)
        caches.append(cache)
    return last, caches


# %% alternative="encode"
def encode(x, lengths, parameters):
    a, caches = gru_forward(np.take(parameters["E"], x, axis=1), np.zeros((parameters["b_c"].size, len(x))), parameters)
    return [np.stack([a[:, j, length - 1] for j, length in enumerate(lengths)], axis=1), caches]


# %% wrong="decode_step" says="the bias is missing"
def decode_step(y_prev, s_prev, parameters):
    s, _ = gru_cell_forward(parameters["E"][:, y_prev], s_prev, parameters)
    return parameters["W_ya"] @ s, s


# %% wrong="decode_step" says="scores come from the new state"
def decode_step(y_prev, s_prev, parameters):
    s, _ = gru_cell_forward(parameters["E"][:, y_prev], s_prev, parameters)
    return parameters["W_ya"] @ s_prev + parameters["b_y"], s


# %% wrong="decode_step" says="these are the states before"
def decode_step(y_prev, s_prev, parameters):
    s, _ = gru_cell_forward(parameters["E"][:, y_prev], s_prev, parameters)
    return parameters["W_ya"] @ s + parameters["b_y"], s_prev.copy()


# %% alternative="decode_step"
def decode_step(y_prev, s_prev, parameters):
    one_hot = np.eye(parameters["E"].shape[1])[:, y_prev]
    s, _ = gru_cell_forward(parameters["E"] @ one_hot, s_prev, parameters)
    return np.einsum("ya,am->ym", parameters["W_ya"], s) + parameters["b_y"], s


# %% alternative="decode_step"
def decode_step(y_prev, s_prev, parameters):
    s, _ = gru_forward(parameters["E"][:, y_prev][:, :, None], s_prev, parameters)
    return [temporal_affine_forward(s, parameters)[:, :, 0], s[:, :, 0]]


# %% wrong="decode_forward" says="move the targets by one step"
def decode_forward(s0, y, parameters):
    s, caches = gru_forward(embedding_forward(parameters["E"], y), s0, parameters)
    return temporal_affine_forward(s, parameters), (y, s, caches)


# %% wrong="decode_forward" says="the first input is <BOS>"
def decode_forward(s0, y, parameters):
    y_in = np.zeros(y.shape, int)
    y_in[:, 1:] = y[:, :-1]
    s, caches = gru_forward(embedding_forward(parameters["E"], y_in), s0, parameters)
    return temporal_affine_forward(s, parameters), (y_in, s, caches)


# %% wrong="decode_forward" says="the GRU begins with s0"
def decode_forward(s0, y, parameters):
    y_in = np.full(y.shape, parameters["E"].shape[1] - 1)
    y_in[:, 1:] = y[:, :-1]
    s, caches = gru_forward(embedding_forward(parameters["E"], y_in), 0.0 * s0, parameters)
    return temporal_affine_forward(s, parameters), (y_in, s, caches)


# %% wrong="decode_forward" says="y_in"
def decode_forward(s0, y, parameters):
    y_in = np.roll(y, -1, axis=1)
    y_in[:, -1] = parameters["E"].shape[1] - 1
    s, caches = gru_forward(embedding_forward(parameters["E"], y_in), s0, parameters)
    return temporal_affine_forward(s, parameters), (y_in, s, caches)


# %% alternative="decode_forward"
def decode_forward(s0, y, parameters):
    y_in = np.column_stack([np.full(len(y), len(parameters["b_y"])), y])[:, :-1]
    s, z, states, caches = s0, [], [], []
    for t in range(y.shape[1]):
        s, cache = gru_cell_forward(parameters["E"][:, y_in[:, t]], s, parameters)
        z.append(parameters["W_ya"] @ s + parameters["b_y"])
        states.append(s)
        caches.append(cache)
    return np.stack(z, axis=2), (y_in, np.stack(states, axis=2), caches)


# %% alternative="decode_forward"
def decode_forward(s0, y, parameters):
    y_in = np.roll(y, 1, axis=1)
    y_in[:, 0] = len(parameters["W_ya"])
    s, caches = gru_forward(np.take(parameters["E"], y_in, axis=1), s0, parameters)
    z = np.einsum("ya,amt->ymt", parameters["W_ya"], s) + parameters["b_y"][:, :, None]
    return [z, [y_in, s, caches]]


# %% wrong="log_probability" says="padding was counted"
def log_probability(z, y, mask):
    z = z - z.max(axis=0)
    log_p = z - np.log(np.exp(z).sum(axis=0))
    return log_p[(y, *np.indices(y.shape))].sum(axis=1)


# %% wrong="log_probability" says="<EOS> belongs to the sentence"
def log_probability(z, y, mask):
    z = z - z.max(axis=0)
    log_p = z - np.log(np.exp(z).sum(axis=0))
    return (log_p[(y, *np.indices(y.shape))] * (y > 0)).sum(axis=1)


# %% wrong="log_probability" says="where is the softmax?"
def log_probability(z, y, mask):
    return (z[(y, *np.indices(y.shape))] * mask).sum(axis=1)


# %% wrong="log_probability" says="take the logarithm"
def log_probability(z, y, mask):
    z = z - z.max(axis=0)
    log_p = z - np.log(np.exp(z).sum(axis=0))
    return np.exp((log_p[(y, *np.indices(y.shape))] * mask).sum(axis=1))


# %% wrong="log_probability" says="a sum, not a mean"
def log_probability(z, y, mask):
    z = z - z.max(axis=0)
    log_p = z - np.log(np.exp(z).sum(axis=0))
    return (log_p[(y, *np.indices(y.shape))] * mask).sum(axis=1) / mask.sum(axis=1)


# %% wrong="log_probability" says="the value for a very unlikely sentence"
def log_probability(z, y, mask):
    p = np.exp(z - z.max(axis=0))
    p = p / p.sum(axis=0)
    return (np.log(np.maximum(p[(y, *np.indices(y.shape))], 1e-12)) * mask).sum(axis=1)


# %% alternative="log_probability"
def log_probability(z, y, mask):
    total = np.zeros(len(y))
    for j in range(len(y)):
        for t in np.flatnonzero(mask[j]):
            total[j] += float(z[y[j, t], j, t]) - np.logaddexp.reduce(np.asarray(z[:, j, t], float))
    return total


# %% alternative="log_probability"
def log_probability(z, y, mask):
    true = np.take_along_axis(z, y[None], axis=0)
    worse = np.logaddexp.reduce(np.asarray(z - true, float), axis=0)
    return -np.einsum("mt,mt->m", worse, mask)


# %% wrong="masked_loss" says="a mean over sentences, not over words"
def masked_loss(z, y, mask):
    p = np.exp(z - z.max(axis=0))
    dz = p / p.sum(axis=0)
    dz[(y, *np.indices(y.shape))] -= 1
    return -log_probability(z, y, mask).sum() / mask.sum(), dz * (mask / mask.sum())


# %% wrong="masked_loss" says="divide by m, not by the words"
def masked_loss(z, y, mask):
    p = np.exp(z - z.max(axis=0))
    dz = p / p.sum(axis=0)
    dz[(y, *np.indices(y.shape))] -= 1
    return -log_probability(z, y, mask).mean(), dz * (mask / mask.sum())


# %% wrong="masked_loss" says="divide by m"
def masked_loss(z, y, mask):
    p = np.exp(z - z.max(axis=0))
    dz = p / p.sum(axis=0)
    dz[(y, *np.indices(y.shape))] -= 1
    return -log_probability(z, y, mask).mean(), dz * mask


# %% wrong="masked_loss" says="at padding"
def masked_loss(z, y, mask):
    p = np.exp(z - z.max(axis=0))
    dz = p / p.sum(axis=0)
    dz[(y, *np.indices(y.shape))] -= 1
    return -log_probability(z, y, mask).mean(), dz / len(y)


# %% wrong="masked_loss" says="minus 1 at the true word"
def masked_loss(z, y, mask):
    p = np.exp(z - z.max(axis=0))
    return -log_probability(z, y, mask).mean(), p / p.sum(axis=0) * mask / len(y)


# %% alternative="masked_loss"
def masked_loss(z, y, mask):
    one_hot = np.arange(len(z))[:, None, None] == y
    e = np.exp(z - z.max(axis=0, keepdims=True))
    dz = (e / e.sum(axis=0, keepdims=True) - one_hot) * mask / mask.shape[0]
    return -sum(log_probability(z, y, mask)) / len(mask), dz


# %% alternative="masked_loss"
def masked_loss(z, y, mask):
    dz, loss = np.zeros(z.shape), 0.0
    for j, t in zip(*np.nonzero(mask), strict=True):
        scores = z[:, j, t].astype(float)
        log_p = scores - np.logaddexp.reduce(scores)
        loss -= log_p[y[j, t]]
        dz[:, j, t] = np.exp(log_p)
        dz[y[j, t], j, t] -= 1
    return loss / len(y), dz / len(y)


# %% wrong="sequence_gradients" says="the decoder read y_in, not y"
def sequence_gradients(x, lengths, y, mask, encoder, decoder):
    s0, read = encode(x, lengths, encoder)
    z, (y_in, s, written) = decode_forward(s0, y, decoder)
    loss, dz = masked_loss(z, y, mask)
    ds, d_decoder = temporal_affine_backward(dz, s, decoder)
    de, ds0, gates = gru_backward(ds, written)
    d_decoder |= gates | {"dE": embedding_backward(de, y, decoder["E"].shape[1])}
    da = np.zeros((len(s0), *x.shape))
    da[:, np.arange(len(x)), lengths - 1] = ds0
    de, _, gates = gru_backward(da, read)
    return loss, gates | {"dE": embedding_backward(de, x, encoder["E"].shape[1])}, d_decoder


# %% wrong="sequence_gradients" says="ds0 enters at the last real step"
def sequence_gradients(x, lengths, y, mask, encoder, decoder):
    s0, read = encode(x, lengths, encoder)
    z, (y_in, s, written) = decode_forward(s0, y, decoder)
    loss, dz = masked_loss(z, y, mask)
    ds, d_decoder = temporal_affine_backward(dz, s, decoder)
    de, ds0, gates = gru_backward(ds, written)
    d_decoder |= gates | {"dE": embedding_backward(de, y_in, decoder["E"].shape[1])}
    da = np.zeros((len(s0), *x.shape))
    da[:, :, -1] = ds0
    de, _, gates = gru_backward(da, read)
    return loss, gates | {"dE": embedding_backward(de, x, encoder["E"].shape[1])}, d_decoder


# %% wrong="sequence_gradients" says="ds0 enters at one step only"
def sequence_gradients(x, lengths, y, mask, encoder, decoder):
    s0, read = encode(x, lengths, encoder)
    z, (y_in, s, written) = decode_forward(s0, y, decoder)
    loss, dz = masked_loss(z, y, mask)
    ds, d_decoder = temporal_affine_backward(dz, s, decoder)
    de, ds0, gates = gru_backward(ds, written)
    d_decoder |= gates | {"dE": embedding_backward(de, y_in, decoder["E"].shape[1])}
    de, _, gates = gru_backward(np.repeat(ds0[:, :, None], x.shape[1], axis=2), read)
    return loss, gates | {"dE": embedding_backward(de, x, encoder["E"].shape[1])}, d_decoder


# %% wrong="sequence_gradients" says="d_encoder"
def sequence_gradients(x, lengths, y, mask, encoder, decoder):
    s0, read = encode(x, lengths, encoder)
    z, (y_in, s, written) = decode_forward(s0, y, decoder)
    loss, dz = masked_loss(z, y, mask)
    ds, d_decoder = temporal_affine_backward(dz, s, decoder)
    de, ds0, gates = gru_backward(ds, written)
    d_decoder |= gates | {"dE": embedding_backward(de, y_in, decoder["E"].shape[1])}
    return loss, {}, d_decoder


# %% alternative="sequence_gradients"
def sequence_gradients(x, lengths, y, mask, encoder, decoder):
    s0, read = encode(x, lengths, encoder)
    z, cache = decode_forward(s0, y, decoder)
    loss, dz = masked_loss(z, y, mask)
    d_decoder = {"db_y": dz.sum(axis=(1, 2))[:, None], "dW_ya": np.einsum("ymt,amt->ya", dz, cache[1])}
    de, ds0, gates = gru_backward(np.einsum("ya,ymt->amt", decoder["W_ya"], dz), cache[2])
    d_decoder = gates | d_decoder
    one_hot = cache[0][:, :, None] == np.arange(decoder["E"].shape[1])
    d_decoder["dE"] = np.einsum("emt,mtv->ev", de, one_hot.astype(float))
    da = ds0[:, :, None] * (np.arange(x.shape[1]) == lengths[:, None] - 1)
    de, _, d_encoder = gru_backward(da, read)
    d_encoder["dE"] = np.zeros(encoder["E"].shape)
    for j, t in np.ndindex(x.shape):
        d_encoder["dE"][:, x[j, t]] += de[:, j, t]
    return loss, d_encoder, d_decoder


# %% alternative="sequence_gradients"
def sequence_gradients(x, lengths, y, mask, encoder, decoder):
    s0, read = encode(x, lengths, encoder)
    z, (y_in, s, written) = decode_forward(s0, y, decoder)
    loss, dz = masked_loss(z, y, mask)
    ds, out = temporal_affine_backward(dz, s, decoder)
    de, ds0, gates = gru_backward(ds, written)
    d_decoder = dict(**out, **gates, dE=embedding_backward(de, y_in, len(decoder["b_y"]) + 1))
    da = np.zeros((len(s0),) + x.shape)
    for j, length in enumerate(lengths):
        da[:, j, length - 1] += ds0[:, j]
    de, _, gates = gru_backward(da, read)
    return [loss, dict(**gates, dE=embedding_backward(de, x, encoder["E"].shape[1])), d_decoder]


# %% wrong="greedy_decode" says="read what was written before"
def greedy_decode(s0, parameters, T):
    m = s0.shape[1]
    y, log_p, going = np.zeros((m, T), int), np.zeros(m), np.ones(m, bool)
    word, s = np.full(m, parameters["E"].shape[1] - 1), s0
    for t in range(T):
        z, s = decode_step(word, s, parameters)
        y[:, t] = np.where(going, z.argmax(axis=0), 0)
        log_p += log_probability(z[:, :, None], y[:, t : t + 1], going[:, None])
        going = going & (y[:, t] != 0)
    return y, log_p


# %% wrong="greedy_decode" says="<EOS> counts too"
def greedy_decode(s0, parameters, T):
    m = s0.shape[1]
    y, log_p, going = np.zeros((m, T), int), np.zeros(m), np.ones(m, bool)
    word, s = np.full(m, parameters["E"].shape[1] - 1), s0
    for t in range(T):
        z, s = decode_step(word, s, parameters)
        word = np.where(going, z.argmax(axis=0), 0)
        y[:, t] = word
        going = going & (word != 0)
        log_p += log_probability(z[:, :, None], word[:, None], going[:, None])
    return y, log_p


# %% wrong="greedy_decode" says="take the logarithm"
def greedy_decode(s0, parameters, T):
    m = s0.shape[1]
    y, log_p, going = np.zeros((m, T), int), np.zeros(m), np.ones(m, bool)
    word, s = np.full(m, parameters["E"].shape[1] - 1), s0
    for t in range(T):
        z, s = decode_step(word, s, parameters)
        word = np.where(going, z.argmax(axis=0), 0)
        y[:, t] = word
        log_p += log_probability(z[:, :, None], word[:, None], going[:, None])
        going = going & (word != 0)
    return y, np.exp(log_p)


# %% wrong="greedy_decode" says="greedy_decode"
def greedy_decode(s0, parameters, T):
    m = s0.shape[1]
    y, log_p = np.zeros((m, T), int), np.zeros(m)
    word, s = np.full(m, parameters["E"].shape[1] - 1), s0
    for t in range(T):
        z, s = decode_step(word, s, parameters)
        word = z.argmax(axis=0)
        y[:, t] = word
        log_p += log_probability(z[:, :, None], word[:, None], np.ones((m, 1)))
        if np.any(word == 0):
            break
    return y, log_p


# %% alternative="greedy_decode"
def greedy_decode(s0, parameters, T):
    y, log_p = np.zeros((s0.shape[1], T), int), []
    for j, row in enumerate(y):
        word, s, total = [len(parameters["b_y"])], s0[:, [j]], 0.0
        for t in range(T):
            z, s = decode_step(np.array(word), s, parameters)
            word = [int(np.argmax(z))]
            total += z.max() - np.logaddexp.reduce(z[:, 0])
            row[t] = word[0]
            if word[0] == 0:
                break
        log_p.append(total)
    return y, np.array(log_p)


# %% alternative="greedy_decode"
def greedy_decode(s0, parameters, T):
    m, s, word, written, scores = s0.shape[1], s0, None, [], []
    word = np.repeat(len(parameters["b_y"]), m)
    for _ in range(T):
        z, s = decode_step(word, s, parameters)
        word = np.argmax(z, axis=0)
        written.append(word)
        scores.append(z)
    y = np.array(written).T
    before = np.cumsum(y == 0, axis=1) - (y == 0)
    mask = (before == 0).astype(float)
    return [y * (before == 0), log_probability(np.stack(scores, axis=2), y, mask)]


# %% wrong="exhaustive_search" says="this is what greedy search finds"
def exhaustive_search(s0, parameters, T):
    y, log_p = greedy_decode(s0, parameters, T)
    return y[0], log_p[0]


# %% wrong="exhaustive_search" says="log_p: expected"
def exhaustive_search(s0, parameters, T):
    best = (-np.inf, None)
    for k in range(T):
        for words in itertools.product(range(1, len(parameters["b_y"])), repeat=k):
            y = np.array([[*words, *[0] * (T - k)]])
            z, _ = decode_forward(s0, y, parameters)
            log_p = log_probability(z, y, (np.arange(T) <= k)[None])[0]
            if log_p > best[0]:
                best, without = (log_p, y[0]), log_probability(z, y, (np.arange(T) < k)[None])[0]
    return best[1], without


# %% wrong="exhaustive_search" says="y"
def exhaustive_search(s0, parameters, T):
    words = list(itertools.product(range(len(parameters["b_y"])), repeat=T))
    y = np.array(words)
    z, _ = decode_forward(np.repeat(s0, len(y), axis=1), y, parameters)
    log_p = log_probability(z, y, np.ones(y.shape))
    return y[log_p.argmax()], log_p.max()


# %% wrong="exhaustive_search" says="T = 1"
def exhaustive_search(s0, parameters, T):
    best, best_log_p = np.zeros(T, int), -np.inf
    for k in range(1, max(T, 2)):
        words = list(itertools.product(range(1, len(parameters["b_y"])), repeat=k))
        y = np.zeros((len(words), k + 1), int)
        y[:, :k] = words
        z, _ = decode_forward(np.repeat(s0, len(y), axis=1), y, parameters)
        log_p = log_probability(z, y, np.ones(y.shape))
        if log_p.max() > best_log_p:
            best, best_log_p = np.zeros(T, int), log_p.max()
            best[: k + 1] = y[log_p.argmax()][:T]
    return best, best_log_p


# %% alternative="exhaustive_search"
def exhaustive_search(s0, parameters, T):
    n_y, ended = len(parameters["b_y"]), []

    def grow(words, s, total):
        z, s = decode_step(np.array([words[-1] if words else n_y]), s, parameters)
        log_p = total + z[:, 0] - np.logaddexp.reduce(z[:, 0])
        ended.append((log_p[0], words))
        if len(words) < T - 1:
            for word in range(1, n_y):
                grow([*words, word], s, log_p[word])

    grow([], s0, 0.0)
    log_p, words = max(ended)
    return np.array(words + [0] * (T - len(words))), float(log_p)


# %% alternative="exhaustive_search"
def exhaustive_search(s0, parameters, T):
    rows = []
    for words in itertools.product(range(len(parameters["b_y"])), repeat=T - 1):
        if all(later == 0 for word, later in itertools.pairwise(words) if word == 0):
            rows.append([*words, 0])
    y = np.array(rows)
    z, _ = decode_forward(s0 + np.zeros((1, len(y))), y, parameters)
    mask = np.arange(T) <= (y > 0).sum(axis=1)[:, None]
    log_p = log_probability(z, y, mask.astype(int))
    k = int(np.argmax(log_p))
    return [y[k], log_p[k]]


# %% equivalent="encode" mutant="its argument handed back" why="the caches may hold the arguments themselves"

# %% equivalent="decode_forward" mutant="its argument handed back" why="the caches may hold the arguments themselves"
