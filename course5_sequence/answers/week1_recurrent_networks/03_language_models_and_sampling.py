# %% wrong="rnn_type" says="T_x 5, 3, 1, 4 and T_y 5, 3, 2, 4"
def rnn_type(T_x, T_y):
    kinds = {(True, True): "one-to-one", (True, False): "one-to-many", (False, True): "many-to-one"}
    return kinds.get((T_x[0] == 1, T_y[0] == 1), "many-to-many" if T_x[0] == T_y[0] else "encoder-decoder")


# %% wrong="rnn_type" says="many-to-many"
def rnn_type(T_x, T_y):
    if np.any(T_x == 1):
        return "one-to-one" if np.any(T_y == 1) else "one-to-many"
    if np.any(T_y == 1):
        return "many-to-one"
    return "many-to-many" if np.array_equal(T_x, T_y) else "encoder-decoder"


# %% wrong="rnn_type" says="T_x and T_y 1, 1, 1, 1"
def rnn_type(T_x, T_y):
    if np.array_equal(T_x, T_y):
        return "many-to-many"
    if np.all(T_x == 1):
        return "one-to-many"
    return "many-to-one" if np.all(T_y == 1) else "encoder-decoder"


# %% wrong="rnn_type" says="expected 'encoder-decoder', got 'many-to-many'"
def rnn_type(T_x, T_y):
    if np.all(T_x == 1) or np.all(T_y == 1):
        return ("one" if np.all(T_x == 1) else "many") + "-to-" + ("one" if np.all(T_y == 1) else "many")
    return "many-to-many" if np.array_equal(np.sort(T_x), np.sort(T_y)) else "encoder-decoder"


# %% alternative="rnn_type"
def rnn_type(T_x, T_y):
    if max(T_x) == max(T_y) == 1:
        return "one-to-one"
    if max(T_x) == 1:
        return "one-to-many"
    if max(T_y) == 1:
        return "many-to-one"
    return "many-to-many" if not np.abs(T_x - T_y).any() else "encoder-decoder"


# %% alternative="rnn_type"
def rnn_type(T_x, T_y):
    examples = set(zip(T_x.tolist(), T_y.tolist(), strict=True))
    if all(x == y for x, y in examples):
        return "one-to-one" if examples == {(1, 1)} else "many-to-many"
    if {x for x, _ in examples} == {1}:
        return "one-to-many"
    return "many-to-one" if {y for _, y in examples} == {1} else "encoder-decoder"


# %% wrong="bigram_model" says="padding was counted"
def bigram_model(y, mask, n_v, k):
    before = np.hstack([np.zeros((len(y), 1), int), y[:, :-1]])
    counts = np.full((n_v, n_v), float(k))
    np.add.at(counts, (before, y), 1)
    totals = counts.sum(axis=1, keepdims=True)
    return np.where(totals > 0, counts, 1) / np.where(totals > 0, totals, n_v)


# %% wrong="bigram_model" says="each pair must count as often"
def bigram_model(y, mask, n_v, k):
    before = np.hstack([np.zeros((len(y), 1), int), y[:, :-1]])
    counts, real = np.full((n_v, n_v), float(k)), mask == 1
    counts[before[real], y[real]] += 1
    totals = counts.sum(axis=1, keepdims=True)
    return np.where(totals > 0, counts, 1) / np.where(totals > 0, totals, n_v)


# %% wrong="bigram_model" says="the beginning is missing"
def bigram_model(y, mask, n_v, k):
    counts, real = np.full((n_v, n_v), float(k)), mask[:, 1:] == 1
    np.add.at(counts, (y[:, :-1][real], y[:, 1:][real]), 1)
    totals = counts.sum(axis=1, keepdims=True)
    return np.where(totals > 0, counts, 1) / np.where(totals > 0, totals, n_v)


# %% wrong="bigram_model" says="rows and columns are exchanged"
def bigram_model(y, mask, n_v, k):
    before = np.hstack([np.zeros((len(y), 1), int), y[:, :-1]])
    counts, real = np.full((n_v, n_v), float(k)), mask == 1
    np.add.at(counts, (y[real], before[real]), 1)
    totals = counts.sum(axis=1, keepdims=True)
    return np.where(totals > 0, counts, 1) / np.where(totals > 0, totals, n_v)


# %% wrong="bigram_model" says="the last row with k = 1"
def bigram_model(y, mask, n_v, k):
    before = np.hstack([np.zeros((len(y), 1), int), y[:, :-1]])
    counts, real = np.zeros((n_v, n_v)), mask == 1
    np.add.at(counts, (before[real], y[real]), 1)
    totals = counts.sum(axis=1, keepdims=True)
    return np.where(totals > 0, counts, 1) / np.where(totals > 0, totals, n_v)


# %% wrong="bigram_model" says="with m = T = n_v"
def bigram_model(y, mask, n_v, k):
    before = np.hstack([np.zeros((len(y), 1), int), y[:, :-1]])
    counts, real = np.full((n_v, n_v), float(k)), mask == 1
    np.add.at(counts, (before[real], y[real]), 1)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-12)


# %% alternative="bigram_model"
def bigram_model(y, mask, n_v, k):
    counts = np.zeros((n_v, n_v))
    for j in range(y.shape[0]):
        previous = 0
        for t in range(int(mask[j].sum())):
            counts[previous, y[j, t]] += 1
            previous = y[j, t]
    counts += k
    P = np.ones((n_v, n_v)) / n_v
    for i, row in enumerate(counts):
        if row.sum() != 0:
            P[i] = row / row.sum()
    return P


# %% alternative="bigram_model"
def bigram_model(y, mask, n_v, k):
    shifted = np.roll(y, 1, axis=1)
    shifted[:, 0] = 0
    codes = (shifted * n_v + y)[mask > 0]
    counts = np.bincount(codes, minlength=n_v * n_v).reshape(n_v, n_v) + k
    totals = counts.sum(axis=1)
    rows = [row / total if total else [1 / n_v] * n_v for row, total in zip(counts, totals, strict=True)]
    return np.array(rows)


# %% wrong="bigram_model" says="k = 0.1"
def bigram_model(y, mask, n_v, k):
    before = np.hstack([np.zeros((len(y), 1), int), y[:, :-1]])
    counts = np.zeros((n_v, n_v))
    np.add.at(counts, (before[mask == 1], y[mask == 1]), 1)
    counts += k
    total = counts.sum(axis=1, keepdims=True)
    P = counts / np.maximum(total, 1)
    P[total[:, 0] == 0] = 1 / n_v
    return P


# %% wrong="sentence_log_probabilities" says="padding must not count"
def sentence_log_probabilities(z, y, mask):
    log_y_hat = z - z.max(axis=0)
    log_y_hat = log_y_hat - np.log(np.exp(log_y_hat).sum(axis=0))
    true = np.take_along_axis(log_y_hat, y[None], axis=0)[0]
    return true.sum(axis=1)


# %% wrong="sentence_log_probabilities" says="the sum, not the mean"
def sentence_log_probabilities(z, y, mask):
    log_y_hat = z - z.max(axis=0)
    log_y_hat = log_y_hat - np.log(np.exp(log_y_hat).sum(axis=0))
    true = np.take_along_axis(log_y_hat, y[None], axis=0)[0]
    return (true * mask).sum(axis=1) / mask.sum(axis=1)


# %% wrong="sentence_log_probabilities" says="its sign is wrong"
def sentence_log_probabilities(z, y, mask):
    log_y_hat = z - z.max(axis=0)
    log_y_hat = log_y_hat - np.log(np.exp(log_y_hat).sum(axis=0))
    true = np.take_along_axis(log_y_hat, y[None], axis=0)[0]
    return -(true * mask).sum(axis=1)


# %% wrong="sentence_log_probabilities" says="log of the probabilities"
def sentence_log_probabilities(z, y, mask):
    log_y_hat = z - z.max(axis=0)
    log_y_hat = log_y_hat - np.log(np.exp(log_y_hat).sum(axis=0))
    true = np.take_along_axis(log_y_hat, y[None], axis=0)[0]
    return np.exp((true * mask).sum(axis=1))


# %% wrong="sentence_log_probabilities" says="not the scores"
def sentence_log_probabilities(z, y, mask):
    return (np.take_along_axis(z, y[None], axis=0)[0] * mask).sum(axis=1)


# %% wrong="sentence_log_probabilities" says="1000 times"
def sentence_log_probabilities(z, y, mask):
    y_hat = np.exp(z) / np.exp(z).sum(axis=0)
    return (np.log(np.take_along_axis(y_hat, y[None], axis=0)[0]) * mask).sum(axis=1)


# %% alternative="sentence_log_probabilities"
def sentence_log_probabilities(z, y, mask):
    rows, columns = np.indices(y.shape)
    log_sum = np.logaddexp.reduce(np.asarray(z, float), axis=0)
    return np.einsum("jt,jt->j", z[y, rows, columns] - log_sum, np.asarray(mask, float))


# %% alternative="sentence_log_probabilities"
def sentence_log_probabilities(z, y, mask):
    found = []
    for j in range(len(y)):
        total = 0.0
        for t in range(y.shape[1]):
            if mask[j, t]:
                scores = z[:, j, t] - z[y[j, t], j, t]
                total -= scores.max() + np.log(np.sum(np.exp(scores - scores.max())))
        found.append(total)
    return np.array(found)


# %% wrong="perplexity" says="not all steps"
def perplexity(z, y, mask):
    return np.exp(-np.sum(sentence_log_probabilities(z, y, mask)) / mask.size)


# %% wrong="perplexity" says="not the sentences"
def perplexity(z, y, mask):
    return np.exp(-np.mean(sentence_log_probabilities(z, y, mask)))


# %% wrong="perplexity" says="not a mean over sentences"
def perplexity(z, y, mask):
    return np.mean(np.exp(-sentence_log_probabilities(z, y, mask) / mask.sum(axis=1)))


# %% wrong="perplexity" says="where is exp?"
def perplexity(z, y, mask):
    return -np.sum(sentence_log_probabilities(z, y, mask)) / np.sum(mask)


# %% wrong="perplexity" says="its sign is wrong"
def perplexity(z, y, mask):
    return np.exp(np.sum(sentence_log_probabilities(z, y, mask)) / np.sum(mask))


# %% wrong="perplexity" says="perplexity(z, y, mask)"
def perplexity(z, y, mask):
    return np.prod(np.exp(sentence_log_probabilities(z, y, mask))) ** (-1 / mask.sum()) + 1e-6


# %% alternative="perplexity"
def perplexity(z, y, mask):
    loss, _ = layers.temporal_softmax_loss(np.asarray(z, float), y, mask)
    return float(np.exp(loss))


# %% alternative="perplexity"
def perplexity(z, y, mask):
    bits = sum(-value / np.log(2) for value in sentence_log_probabilities(z, y, mask))
    return 2 ** (bits / np.count_nonzero(mask))


# %% wrong="perplexity" says="unlikely symbol"
def perplexity(z, y, mask):
    mean = -np.sum(sentence_log_probabilities(z, y, mask)) / np.sum(mask)
    return np.exp(min(mean, 50.0))


# %% wrong="clip_by_value" says="also what is below -2"
def clip_by_value(grads, limit):
    return {key: np.minimum(value, limit) for key, value in grads.items()}


# %% wrong="clip_by_value" says="expected about -0.5, got 0.5"
def clip_by_value(grads, limit):
    return {key: np.minimum(np.abs(value), limit) for key, value in grads.items()}


# %% wrong="clip_by_value" says="in place"
def clip_by_value(grads, limit):
    for value in grads.values():
        np.clip(value, -limit, limit, out=value)
    return grads


# %% wrong="clip_by_value" says="dW"
def clip_by_value(grads, limit):
    return {key: limit * np.sign(value) for key, value in grads.items()}


# %% alternative="clip_by_value"
def clip_by_value(grads, limit):
    clipped = {}
    for key in grads:
        clipped[key] = np.where(grads[key] > limit, limit, np.where(grads[key] < -limit, -limit, grads[key]))
    return clipped


# %% alternative="clip_by_value"
def clip_by_value(grads, limit):
    return dict((key, np.minimum(np.maximum(value, -limit), limit)) for key, value in grads.items())


# %% wrong="clip_by_norm" says="one norm for all arrays"
def clip_by_norm(grads, limit):
    norms = {key: np.linalg.norm(value) for key, value in grads.items()}
    return {key: value * min(1, limit / max(norms[key], 1e-300)) for key, value in grads.items()}


# %% wrong="clip_by_norm" says="only if it is too large"
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.sum(value**2) for value in grads.values()))
    return {key: value * limit / norm for key, value in grads.items()}


# %% wrong="clip_by_norm" says="dW"
def clip_by_norm(grads, limit):
    norm = sum(np.sum(value**2.0) for value in grads.values())
    return {key: value * min(1, limit / max(norm, 1e-300)) for key, value in grads.items()}


# %% wrong="clip_by_norm" says="in place"
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.sum(value**2.0) for value in grads.values()))
    for value in grads.values():
        value *= min(1, limit / max(norm, 1e-300))
    return grads


# %% wrong="clip_by_norm" says="clip_by_norm(grads, limit)"
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.sum(value**2.0) for value in grads.values()))
    return {key: value * min(1, limit / (norm + 1e-6)) for key, value in grads.items()}


# %% alternative="clip_by_norm"
def clip_by_norm(grads, limit):
    everything = np.concatenate([value.ravel() for value in grads.values()]).astype(float)
    norm = np.linalg.norm(everything)
    return {key: value * 1.0 if norm <= limit else value / (norm / limit) for key, value in grads.items()}


# %% alternative="clip_by_norm"
def clip_by_norm(grads, limit):
    total = 0.0
    for value in grads.values():
        total += float(np.vdot(1.0 * value, 1.0 * value))
    if total**0.5 <= limit:
        return {key: np.array(value) for key, value in grads.items()}
    return {key: limit / total**0.5 * value for key, value in grads.items()}


# %% wrong="optimize" says="clip the gradients, by norm"
def optimize(parameters, v, s, y, mask, t, learning_rate, limit):
    loss, grads = network_gradients(parameters, y, mask)
    return loss, *adam_step(parameters, grads, v, s, t, learning_rate)


# %% wrong="optimize" says="clip the gradients, by norm"
def optimize(parameters, v, s, y, mask, t, learning_rate, limit):
    loss, grads = network_gradients(parameters, y, mask)
    return loss, *adam_step(parameters, clip_by_value(grads, limit), v, s, t, learning_rate)


# %% wrong="optimize" says="the loss"
def optimize(parameters, v, s, y, mask, t, learning_rate, limit):
    _, grads = network_gradients(parameters, y, mask)
    new, v, s = adam_step(parameters, clip_by_norm(grads, limit), v, s, t, learning_rate)
    return network_gradients(new, y, mask)[0], new, v, s


# %% wrong="optimize" says="t is 1"
def optimize(parameters, v, s, y, mask, t, learning_rate, limit):
    loss, grads = network_gradients(parameters, y, mask)
    return loss, *adam_step(parameters, clip_by_norm(grads, limit), v, s, 1, learning_rate)


# %% wrong="optimize" says="of optimize("
def optimize(parameters, v, s, y, mask, t, learning_rate, limit):
    loss, grads = network_gradients(parameters, y, np.ones(y.shape))
    _, grads = network_gradients(parameters, y, mask) if mask[0].all() else (0, grads)
    loss, _ = network_gradients(parameters, y, mask)
    return loss, *adam_step(parameters, clip_by_norm(grads, limit), v, s, t, learning_rate)


# %% alternative="optimize"
def optimize(parameters, v, s, y, mask, t, learning_rate, limit):
    loss, grads = network_gradients(parameters, y, mask)
    clipped = clip_by_norm(grads, limit)
    v = {key: 0.9 * v[key] + 0.1 * clipped[key] for key in v}
    s = {key: 0.999 * s[key] + 0.001 * clipped[key] ** 2 for key in s}
    new = {}
    for key, value in parameters.items():
        root = np.sqrt(s[f"d{key}"] / (1 - 0.999**t)) + 1e-8
        new[key] = value - learning_rate * v[f"d{key}"] / (1 - 0.9**t) / root
    return loss, new, v, s


# %% alternative="optimize"
def optimize(parameters, v, s, y, mask, t, learning_rate, limit):
    found = network_gradients(parameters, y, mask)
    result = adam_step(parameters, clip_by_norm(found[1], limit), v, s, t, learning_rate)
    return [float(found[0])] + list(result)


# %% wrong="model" says="hand the new parameters"
def model(parameters, batches, learning_rate, limit):
    v = {f"d{key}": np.zeros_like(value) for key, value in parameters.items()}
    s, losses = {key: np.zeros_like(value) for key, value in v.items()}, []
    for t, (y, mask) in enumerate(batches, start=1):
        loss, new, v, s = optimize(parameters, v, s, y, mask, t, learning_rate, limit)
        losses.append(loss)
    return new, losses


# %% wrong="model" says="b_y after both"
def model(parameters, batches, learning_rate, limit):
    v = {f"d{key}": np.zeros_like(value) for key, value in parameters.items()}
    s, losses = {key: np.zeros_like(value) for key, value in v.items()}, []
    for y, mask in batches:
        loss, parameters, v, s = optimize(parameters, v, s, y, mask, 1, learning_rate, limit)
        losses.append(loss)
    return parameters, losses


# %% wrong="model" says="b_y after both"
def model(parameters, batches, learning_rate, limit):
    v = {f"d{key}": np.zeros_like(value) for key, value in parameters.items()}
    s, losses = {key: np.zeros_like(value) for key, value in v.items()}, []
    for t, (y, mask) in enumerate(batches, start=1):
        loss, parameters, _, _ = optimize(parameters, v, s, y, mask, t, learning_rate, limit)
        losses.append(loss)
    return parameters, losses


# %% wrong="model" says="the losses: expected 2"
def model(parameters, batches, learning_rate, limit):
    v = {f"d{key}": np.zeros_like(value) for key, value in parameters.items()}
    s, losses = {key: np.zeros_like(value) for key, value in v.items()}, []
    for t, (y, mask) in enumerate(batches, start=1):
        loss, parameters, v, s = optimize(parameters, v, s, y, mask, t, learning_rate, limit)
    losses.append(loss)
    return parameters, losses


# %% alternative="model"
def model(parameters, batches, learning_rate, limit):
    v, s = ({"d" + key: 0 * parameters[key] for key in parameters} for _ in (1, 2))
    t, losses = 0, []
    while t < len(batches):
        loss, parameters, v, s = optimize(parameters, v, s, *batches[t], t + 1, learning_rate, limit)
        t += 1
        losses += [float(loss)]
    return parameters, losses


# %% alternative="model"
def model(parameters, batches, learning_rate, limit):
    v = {f"d{key}": np.zeros(value.shape) for key, value in parameters.items()}
    s = {f"d{key}": np.zeros(value.shape) for key, value in parameters.items()}
    losses = np.zeros(len(batches))
    for k in range(len(batches)):
        y, mask = batches[k]
        losses[k], parameters, v, s = optimize(parameters, v, s, y, mask, k + 1, learning_rate, limit)
    return parameters, list(losses)


# %% wrong="with_temperature" says="do not multiply"
def with_temperature(z, temperature):
    if temperature <= 0:
        raise ValueError("above 0")
    powers = np.exp((z - z.max()) * temperature)
    return powers / powers.sum()


# %% wrong="with_temperature" says="temperature 0.001"
def with_temperature(z, temperature):
    if temperature <= 0:
        raise ValueError("above 0")
    return np.exp(z / temperature) / np.exp(z / temperature).sum()


# %% wrong="with_temperature" says="expected a ValueError"
def with_temperature(z, temperature):
    z = (z - z.max()) / max(temperature, 1e-9)
    return np.exp(z) / np.exp(z).sum()


# %% wrong="with_temperature" says="temperature 0.5"
def with_temperature(z, temperature):
    if temperature <= 0:
        raise ValueError("above 0")
    p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    return np.clip(p / temperature, 0, 1)


# %% alternative="with_temperature"
def with_temperature(z, temperature):
    if temperature <= 0:
        raise ValueError("above 0")
    z = np.asarray(z, float) / temperature
    return np.exp(z - np.logaddexp.reduce(z))


# %% alternative="with_temperature"
def with_temperature(z, temperature):
    if not temperature > 0:
        raise ValueError(temperature)
    top = max(z)
    powers = [np.exp(float(each - top) / temperature) for each in z]
    return np.array([power / sum(powers) for power in powers])


# %% wrong="keep_top_k" says="divide by the sum"
def keep_top_k(p, k):
    kept = np.zeros(len(p))
    best = np.argsort(-p, kind="stable")[:k]
    kept[best] = p[best]
    return kept


# %% wrong="keep_top_k" says="not the least likely"
def keep_top_k(p, k):
    kept = np.zeros(len(p))
    best = np.argsort(p, kind="stable")[:k]
    kept[best] = p[best]
    return kept / kept.sum()


# %% wrong="keep_top_k" says="exactly k"
def keep_top_k(p, k):
    kept = np.where(p >= np.sort(p)[::-1][min(k, len(p)) - 1], p, 0)
    return kept / kept.sum()


# %% wrong="keep_top_k" says="of equal ones that with the lowest number"
def keep_top_k(p, k):
    kept = np.zeros(len(p))
    best = np.argsort(p, kind="stable")[::-1][:k]
    kept[best] = p[best]
    return kept / kept.sum()


# %% wrong="keep_top_k" says="IndexError"
def keep_top_k(p, k):
    kept, left = np.zeros(len(p)), np.array(p)
    for _ in range(k):
        j = np.argsort(-left, kind="stable")[0] if left.max() > -1 else len(p)
        kept[j], left[j] = p[j], -1
    return kept / kept.sum()


# %% alternative="keep_top_k"
def keep_top_k(p, k):
    ranks = [(-value, j) for j, value in enumerate(p)]
    best = {j for _, j in sorted(ranks)[:k]}
    kept = np.array([value if j in best else 0 for j, value in enumerate(p)])
    return kept / kept.sum()


# %% alternative="keep_top_k"
def keep_top_k(p, k):
    worse = np.lexsort((np.arange(len(p)), -p))[k:]
    kept = p.copy()
    kept[worse] = 0
    return kept / sum(kept)


# %% wrong="keep_top_k" says="with some of 0"
def keep_top_k(p, k):
    rest, q = p.copy(), np.zeros(len(p))
    for _ in range(min(k, len(p))):
        likeliest = np.argmax(rest)
        q[likeliest] = rest[likeliest]
        rest[likeliest] = 0
    return q / q.sum()


# %% wrong="keep_nucleus" says="0.5 is not enough"
def keep_nucleus(p, mass):
    order = np.argsort(-p, kind="stable")
    return keep_top_k(p, max(np.sum(np.cumsum(p[order]) < mass), 1))


# %% wrong="keep_nucleus" says="no more than are needed"
def keep_nucleus(p, mass):
    order = np.argsort(-p, kind="stable")
    return keep_top_k(p, 2 + np.sum(np.cumsum(p[order]) < mass))


# %% wrong="keep_nucleus" says="mass 0.7"
def keep_nucleus(p, mass):
    order = np.argsort(p, kind="stable")
    kept = np.zeros(len(p))
    best = order[: 1 + np.sum(np.cumsum(p[order]) < mass)]
    kept[best] = p[best]
    return kept / kept.sum()


# %% wrong="keep_nucleus" says="divide by the sum"
def keep_nucleus(p, mass):
    order = np.argsort(-p, kind="stable")
    kept = np.zeros(len(p))
    best = order[: 1 + np.sum(np.cumsum(p[order]) < mass)]
    kept[best] = p[best]
    return kept


# %% wrong="keep_nucleus" says="mass"
def keep_nucleus(p, mass):
    kept = np.where(p >= mass / len(p), p, 0)
    return kept / kept.sum()


# %% alternative="keep_nucleus"
def keep_nucleus(p, mass):
    kept, total = np.zeros(len(p)), 0
    for j in sorted(range(len(p)), key=lambda j: -p[j]):
        if total >= mass:
            break
        kept[j] = p[j]
        total += p[j]
    return kept / total


# %% alternative="keep_nucleus"
def keep_nucleus(p, mass):
    k = 1
    while np.sort(p)[::-1][:k].sum() < mass:
        k += 1
    return keep_top_k(p, k)


# %% wrong="sample" says="expected [1, 2, 3], got [1, 2, 3, 0]"
def sample(parameters, choose, longest, rng):
    a_t, x_t, symbols = np.zeros((len(parameters["W_aa"]), 1)), np.zeros((len(parameters["E"]), 1)), []
    while len(symbols) < longest:
        a_t, _ = rnn_cell_forward(x_t, a_t, parameters)
        p = choose((parameters["W_ya"] @ a_t + parameters["b_y"])[:, 0])
        symbol = int(rng.choice(len(p), p=p))
        symbols.append(symbol)
        if symbol == 0:
            break
        x_t = parameters["E"][:, [symbol]]
    return symbols


# %% wrong="sample" says="a model that must say 1, 2, 3"
def sample(parameters, choose, longest, rng):
    a_t, x_t, symbols = np.zeros((len(parameters["W_aa"]), 1)), np.zeros((len(parameters["E"]), 1)), []
    while len(symbols) < longest:
        a_t, _ = rnn_cell_forward(x_t, a_t, parameters)
        p = choose((parameters["W_ya"] @ a_t + parameters["b_y"])[:, 0])
        symbol = int(rng.choice(len(p), p=p))
        if symbol == 0:
            break
        symbols.append(symbol)
    return symbols


# %% wrong="sample" says="at most 2 symbols"
def sample(parameters, choose, longest, rng):
    a_t, x_t, symbols = np.zeros((len(parameters["W_aa"]), 1)), np.zeros((len(parameters["E"]), 1)), []
    while len(symbols) <= longest:
        a_t, _ = rnn_cell_forward(x_t, a_t, parameters)
        p = choose((parameters["W_ya"] @ a_t + parameters["b_y"])[:, 0])
        symbol = int(rng.choice(len(p), p=p))
        if symbol == 0:
            break
        symbols.append(symbol)
        x_t = parameters["E"][:, [symbol]]
    return symbols


# %% wrong="sample" says="anew at each step"
def sample(parameters, choose, longest, rng):
    a_t, x_t, symbols = np.zeros((len(parameters["W_aa"]), 1)), np.zeros((len(parameters["E"]), 1)), []
    while len(symbols) < longest:
        a_t, _ = rnn_cell_forward(x_t, a_t, parameters)
        p = choose((parameters["W_ya"] @ a_t + parameters["b_y"])[:, 0])
        symbol = int(np.argmax(p))
        if symbol == 0:
            break
        symbols.append(symbol)
        x_t = parameters["E"][:, [symbol]]
    return symbols


# %% wrong="sample" says="its probability is"
def sample(parameters, choose, longest, rng):
    a_t, x_t, symbols = np.zeros((len(parameters["W_aa"]), 1)), np.zeros((len(parameters["E"]), 1)), []
    while len(symbols) < longest:
        a_t, _ = rnn_cell_forward(x_t, 0 * a_t, parameters)
        p = choose((parameters["W_ya"] @ a_t + parameters["b_y"])[:, 0])
        symbol = int(rng.choice(len(p), p=p))
        if symbol == 0:
            break
        symbols.append(symbol)
        x_t = parameters["E"][:, [symbol]]
    return symbols


# %% wrong="sample" says="the same state of rng"
def sample(parameters, choose, longest, rng):
    a_t, x_t, symbols = np.zeros((len(parameters["W_aa"]), 1)), np.zeros((len(parameters["E"]), 1)), []
    while len(symbols) < longest:
        a_t, _ = rnn_cell_forward(x_t, a_t, parameters)
        p = choose((parameters["W_ya"] @ a_t + parameters["b_y"])[:, 0])
        symbol = int(np.random.default_rng().choice(len(p), p=p))
        if symbol == 0:
            break
        symbols.append(symbol)
        x_t = parameters["E"][:, [symbol]]
    return symbols


# %% wrong="sample" says="with a choose that wants 2"
def sample(parameters, choose, longest, rng):
    a_t, x_t, symbols = np.zeros((len(parameters["W_aa"]), 1)), np.zeros((len(parameters["E"]), 1)), []
    while len(symbols) < longest:
        a_t, _ = rnn_cell_forward(x_t, a_t, parameters)
        p = with_temperature((parameters["W_ya"] @ a_t + parameters["b_y"])[:, 0], 1)
        symbol = int(rng.choice(len(p), p=p))
        if symbol == 0:
            break
        symbols.append(symbol)
        x_t = parameters["E"][:, [symbol]]
    return symbols


# %% alternative="sample"
def sample(parameters, choose, longest, rng):
    a, x, symbols = np.zeros(len(parameters["W_aa"])), np.zeros(len(parameters["E"])), []
    for _ in range(longest):
        a = np.tanh(parameters["W_aa"] @ a + parameters["W_ax"] @ x + parameters["b_a"][:, 0])
        p = choose(parameters["W_ya"] @ a + parameters["b_y"][:, 0])
        symbol = min(int(np.searchsorted(np.cumsum(p), rng.random(), side="right")), len(p) - 1)
        if symbol == 0:
            return symbols
        symbols.append(symbol)
        x = parameters["E"][:, symbol]
    return symbols


# %% alternative="sample"
def sample(parameters, choose, longest, rng):
    def go_on(x_t, a_t, left):
        if left == 0:
            return []
        a_t, _ = rnn_cell_forward(x_t, a_t, parameters)
        z = parameters["W_ya"] @ a_t + parameters["b_y"]
        symbol = rng.multinomial(1, choose(z.ravel())).argmax()
        return [int(symbol), *go_on(parameters["E"][:, [symbol]], a_t, left - 1)] if symbol else []

    return go_on(np.zeros((len(parameters["E"]), 1)), np.zeros((len(parameters["W_aa"]), 1)), longest)


# %% equivalent="optimize" mutant="number type of the first argument" why="the parameters of a network are no whole numbers"

# %% equivalent="model" mutant="number type of the first argument" why="the parameters of a network are no whole numbers"


# %% wrong="model" says="model"
def model(parameters, batches, learning_rate, limit, v={}, s={}):  # noqa: B006
    for key, value in parameters.items():
        v.setdefault(f"d{key}", np.zeros(value.shape))
        s.setdefault(f"d{key}", np.zeros(value.shape))
    losses = []
    for t, (y, mask) in enumerate(batches, start=1):
        loss, parameters, v, s = optimize(parameters, v, s, y, mask, t, learning_rate, limit)
        losses.append(loss)
    return parameters, losses


# %% equivalent="sample" mutant="number type of the first argument" why="the symbols are whole numbers anyway"


# %% wrong="sample" says="the symbol"
def sample(parameters, choose, longest, rng):
    E, W_aa, W_ax = parameters["E"], parameters["W_aa"], parameters["W_ax"]
    x, a, symbols = np.zeros(len(E)), np.zeros(len(W_aa)), []
    for _ in range(longest):
        a = np.tanh(W_ax @ x + W_aa @ a)
        p = choose(parameters["W_ya"] @ a + parameters["b_y"][:, 0])
        symbol = int(rng.choice(len(p), p=p))
        if symbol == 0:
            break
        symbols.append(symbol)
        x = E[:, symbol]
    return symbols
