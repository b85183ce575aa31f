# %% wrong="sentences_to_indices" says="an unknown word has the number of <UNK>"
def sentences_to_indices(sentences, index, T_x):
    indices, lengths = np.zeros((len(sentences), T_x), dtype=np.int64), np.zeros(len(sentences), dtype=np.int64)
    for j, sentence in enumerate(sentences):
        if not sentence:
            raise ValueError("empty")
        row = [index.get(word, 1) for word in sentence[:T_x]]
        indices[j, : len(row)], lengths[j] = row, len(row)
    return indices, lengths


# %% wrong="sentences_to_indices" says="padding stands at the end"
def sentences_to_indices(sentences, index, T_x):
    indices, lengths = np.zeros((len(sentences), T_x), dtype=np.int64), np.zeros(len(sentences), dtype=np.int64)
    for j, sentence in enumerate(sentences):
        if not sentence:
            raise ValueError("empty")
        row = [index.get(word, index["<UNK>"]) for word in sentence[:T_x]]
        indices[j, T_x - len(row) :], lengths[j] = row, len(row)
    return indices, lengths


# %% wrong="sentences_to_indices" says="cut off the end, not the beginning"
def sentences_to_indices(sentences, index, T_x):
    indices, lengths = np.zeros((len(sentences), T_x), dtype=np.int64), np.zeros(len(sentences), dtype=np.int64)
    for j, sentence in enumerate(sentences):
        if not sentence:
            raise ValueError("empty")
        row = [index.get(word, index["<UNK>"]) for word in sentence[-T_x:]]
        indices[j, : len(row)], lengths[j] = row, len(row)
    return indices, lengths


# %% wrong="sentences_to_indices" says="count the words that are left after cutting"
def sentences_to_indices(sentences, index, T_x):
    indices, lengths = np.zeros((len(sentences), T_x), dtype=np.int64), np.zeros(len(sentences), dtype=np.int64)
    for j, sentence in enumerate(sentences):
        if not sentence:
            raise ValueError("empty")
        row = [index.get(word, index["<UNK>"]) for word in sentence[:T_x]]
        indices[j, : len(row)], lengths[j] = row, len(sentence)
    return indices, lengths


# %% wrong="sentences_to_indices" says="count unknown words too"
def sentences_to_indices(sentences, index, T_x):
    indices, lengths = np.zeros((len(sentences), T_x), dtype=np.int64), np.zeros(len(sentences), dtype=np.int64)
    for j, sentence in enumerate(sentences):
        if not sentence:
            raise ValueError("empty")
        row = [index.get(word, index["<UNK>"]) for word in sentence[:T_x]]
        indices[j, : len(row)], lengths[j] = row, sum(word in index for word in sentence[:T_x])
    return indices, lengths


# %% wrong="sentences_to_indices" says="expected a ValueError"
def sentences_to_indices(sentences, index, T_x):
    indices, lengths = np.zeros((len(sentences), T_x), dtype=np.int64), np.zeros(len(sentences), dtype=np.int64)
    for j, sentence in enumerate(sentences):
        row = [index.get(word, index["<UNK>"]) for word in sentence[:T_x]]
        indices[j, : len(row)], lengths[j] = row, len(row)
    return indices, lengths


# %% wrong="sentences_to_indices" says="with capitals, other letters and special words"
def sentences_to_indices(sentences, index, T_x):
    indices, lengths = np.zeros((len(sentences), T_x), dtype=np.int64), np.zeros(len(sentences), dtype=np.int64)
    for j, sentence in enumerate(sentences):
        if not sentence:
            raise ValueError("empty")
        row = [index.get(word.lower(), index["<UNK>"]) for word in sentence[:T_x]]
        indices[j, : len(row)], lengths[j] = row, len(row)
    return indices, lengths


# %% wrong="sentences_to_indices" says="lengths of sentences_to_indices"
def sentences_to_indices(sentences, index, T_x):
    if not all(sentences):
        raise ValueError("empty")
    rows = [[index.get(word, index["<UNK>"]) for word in sentence[:T_x]] for sentence in sentences]
    indices = np.array([row + [0] * (T_x - len(row)) for row in rows])
    return indices, np.sum(indices > 0, axis=1)


# %% alternative="sentences_to_indices"
def sentences_to_indices(sentences, index, T_x):
    rows, lengths = [], []
    for sentence in sentences:
        if len(sentence) < 1:
            raise ValueError("a sentence needs a word")
        padded = list(sentence[:T_x])
        lengths.append(len(padded))
        row = [index[word] if word in index else index["<UNK>"] for word in padded]
        while len(row) < T_x:
            row.append(0)
        rows.append(row)
    return [np.array(rows, dtype=np.int64), np.array(lengths, dtype=np.int64)]


# %% alternative="sentences_to_indices"
def sentences_to_indices(sentences, index, T_x):
    lengths = np.minimum([len(sentence) for sentence in sentences], T_x)
    if lengths.min() == 0:
        raise ValueError("a sentence needs a word")
    indices = np.full((len(sentences), T_x), 0)
    indices[np.arange(T_x) < lengths[:, None]] = [
        index.get(word, index["<UNK>"]) for sentence in sentences for word in sentence[:T_x]
    ]
    return indices, lengths


# %% wrong="sentences_to_indices" says="the sentences"
def sentences_to_indices(sentences, index, T_x):
    if [] in sentences:
        raise ValueError("a sentence has no word")
    indices = np.zeros((len(sentences), T_x), np.int64)
    lengths = np.array([min(len(sentence), T_x) for sentence in sentences], np.int64)
    for j, sentence in enumerate(sentences):
        for t, word in enumerate(sentence[:T_x]):
            indices[j, t] = index.get(word, index["<UNK>"])
    return indices, lengths


# %% wrong="average_forward" says="divide by the number of real words, not by T_x"
def average_forward(E, indices, lengths):
    real = np.arange(indices.shape[1]) < lengths[:, None]
    return np.mean(E[:, indices] * real, axis=2)


# %% wrong="average_forward" says="padding must not count"
def average_forward(E, indices, lengths):
    return np.mean(E[:, indices], axis=2)


# %% wrong="average_forward" says="a mean: divide by the lengths"
def average_forward(E, indices, lengths):
    real = np.arange(indices.shape[1]) < lengths[:, None]
    return np.sum(E[:, indices] * real, axis=2)


# %% wrong="average_forward" says="h: "
def average_forward(E, indices, lengths):
    return np.sum(E[:, indices] * (indices > 0), axis=2) / lengths


# %% wrong="average_forward" says="with huge numbers for <PAD> in E"
def average_forward(E, indices, lengths):
    padding = np.arange(indices.shape[1]) >= lengths[:, None]
    return (np.sum(E[:, indices], axis=2) - np.sum(E[:, indices] * padding, axis=2)) / lengths


# %% alternative="average_forward"
def average_forward(E, indices, lengths):
    columns = [E[:, row[:length]].mean(axis=1) for row, length in zip(indices, lengths, strict=True)]
    return np.stack(columns, axis=1)


# %% alternative="average_forward"
def average_forward(E, indices, lengths):
    weights = (np.arange(indices.shape[1])[None, :] < lengths[:, None]) / np.asarray(lengths, float)[:, None]
    return np.einsum("emt,mt->em", np.take(E, indices, axis=1), weights)


# %% wrong="average_forward" says="one word 300 times"
def average_forward(E, indices, lengths):
    counts = np.zeros((E.shape[1], len(lengths)), np.uint8)
    for j, length in enumerate(lengths):
        np.add.at(counts[:, j], indices[j, :length], 1)
    return E @ counts.astype(float) / lengths


# %% wrong="average_backward" says="what stands at padding gets nothing"
def average_backward(dh, indices, lengths, n_v):
    shares = np.repeat((dh / lengths)[:, :, None], indices.shape[1], axis=2)
    return embedding_backward(shares, indices, n_v)


# %% wrong="average_backward" says="word 0 stands at a real place too"
def average_backward(dh, indices, lengths, n_v):
    real = np.arange(indices.shape[1]) < lengths[:, None]
    dE = embedding_backward((dh / lengths)[:, :, None] * real, indices, n_v)
    dE[:, 0] = 0
    return dE


# %% wrong="average_backward" says="each place has a share of 1 / length"
def average_backward(dh, indices, lengths, n_v):
    real = np.arange(indices.shape[1]) < lengths[:, None]
    return embedding_backward(dh[:, :, None] * real, indices, n_v)


# %% wrong="average_backward" says="a word that stands there again adds"
def average_backward(dh, indices, lengths, n_v):
    dE = np.zeros((len(dh), n_v))
    for j, length in enumerate(lengths):
        dE[:, indices[j, :length]] += (dh[:, j] / length)[:, None]
    return dE


# %% wrong="average_backward" says="divide by the length, not by T_x"
def average_backward(dh, indices, lengths, n_v):
    real = np.arange(indices.shape[1]) < lengths[:, None]
    return embedding_backward(dh[:, :, None] * real / indices.shape[1], indices, n_v)


# %% wrong="average_backward" says="expected shape (2, 5), got shape (2, 4)"
def average_backward(dh, indices, lengths, n_v):
    real = np.arange(indices.shape[1]) < lengths[:, None]
    return embedding_backward((dh / lengths)[:, :, None] * real, indices, np.max(indices) + 1)


# %% alternative="average_backward"
def average_backward(dh, indices, lengths, n_v):
    dE = np.zeros((dh.shape[0], n_v))
    for j in range(len(lengths)):
        for t in range(lengths[j]):
            dE[:, indices[j, t]] += dh[:, j] / lengths[j]
    return dE


# %% alternative="average_backward"
def average_backward(dh, indices, lengths, n_v):
    shares = np.stack([np.bincount(row[:n], minlength=n_v) / n for row, n in zip(indices, lengths, strict=True)])
    return dh @ shares


# %% wrong="logistic_loss" says="the mean over the sentences, not the sum"
def logistic_loss(h, y, parameters):
    z = parameters["W_y"] @ h + parameters["b_y"]
    dz = (0.5 + 0.5 * np.tanh(0.5 * z) - y) / z.shape[1]
    loss = np.sum(np.logaddexp(0, z) - y * z)
    return loss, parameters["W_y"].T @ dz, {"dW_y": dz @ h.T, "db_y": np.sum(dz, axis=1, keepdims=True)}


# %% wrong="logistic_loss" says="is the sign of y z right?"
def logistic_loss(h, y, parameters):
    z = parameters["W_y"] @ h + parameters["b_y"]
    dz = (0.5 + 0.5 * np.tanh(0.5 * z) - y) / z.shape[1]
    loss = np.mean(np.logaddexp(0, z) + y * z)
    return loss, parameters["W_y"].T @ dz, {"dW_y": dz @ h.T, "db_y": np.sum(dz, axis=1, keepdims=True)}


# %% wrong="logistic_loss" says="divide by m"
def logistic_loss(h, y, parameters):
    z = parameters["W_y"] @ h + parameters["b_y"]
    dz = 0.5 + 0.5 * np.tanh(0.5 * z) - y
    loss = np.mean(np.logaddexp(0, z) - y * z)
    return loss, parameters["W_y"].T @ dz, {"dW_y": dz @ h.T, "db_y": np.sum(dz, axis=1, keepdims=True)}


# %% wrong="logistic_loss" says="prediction minus truth"
def logistic_loss(h, y, parameters):
    z = parameters["W_y"] @ h + parameters["b_y"]
    dz = (y - 0.5 - 0.5 * np.tanh(0.5 * z)) / z.shape[1]
    loss = np.mean(np.logaddexp(0, z) - y * z)
    return loss, parameters["W_y"].T @ dz, {"dW_y": dz @ h.T, "db_y": np.sum(dz, axis=1, keepdims=True)}


# %% wrong="logistic_loss" says="a sum, the division by m is in dz"
def logistic_loss(h, y, parameters):
    z = parameters["W_y"] @ h + parameters["b_y"]
    dz = (0.5 + 0.5 * np.tanh(0.5 * z) - y) / z.shape[1]
    loss = np.mean(np.logaddexp(0, z) - y * z)
    return loss, parameters["W_y"].T @ dz, {"dW_y": dz @ h.T, "db_y": np.mean(dz, axis=1, keepdims=True)}


# %% wrong="logistic_loss" says="with large numbers in h"
def logistic_loss(h, y, parameters):
    z = parameters["W_y"] @ h + parameters["b_y"]
    y_hat = 0.5 + 0.5 * np.tanh(0.5 * z)
    safe = np.clip(y_hat, 1e-15, 1 - 1e-15)
    loss, dz = -np.mean(y * np.log(safe) + (1 - y) * np.log1p(-safe)), (y_hat - y) / z.shape[1]
    return loss, parameters["W_y"].T @ dz, {"dW_y": dz @ h.T, "db_y": np.sum(dz, axis=1, keepdims=True)}


# %% alternative="logistic_loss"
def logistic_loss(h, y, parameters):
    W, b, m = parameters["W_y"], parameters["b_y"], h.shape[1]
    z = np.einsum("ik,kj->ij", W, h) + b
    power = np.exp(-np.abs(z))
    y_hat = np.where(z >= 0, 1, power) / (1 + power)
    loss = np.sum(np.maximum(z, 0) - y * z + np.log1p(power)) / m
    dz = (y_hat - y) / m
    return loss, np.outer(W[0], dz[0]), {"db_y": np.array([[dz.sum()]]), "dW_y": np.sum(h * dz, axis=1)[None, :]}


# %% alternative="logistic_loss"
def logistic_loss(h, y, parameters):
    z = parameters["W_y"] @ h + parameters["b_y"]
    signs = np.where(np.asarray(y) == 1, -1.0, 1.0)
    losses = np.logaddexp(0.0, signs * z)
    dz = signs * np.exp(-np.logaddexp(0.0, -signs * z)) / z.size
    grads = {"dW_y": dz.dot(np.asarray(h).T), "db_y": dz.sum().reshape(1, 1)}
    return np.mean(losses), parameters["W_y"].T.dot(dz), grads


# %% wrong="mean_model_step" says="E learns too"
def mean_model_step(parameters, indices, lengths, y, learning_rate):
    loss, _, grads = logistic_loss(average_forward(parameters["E"], indices, lengths), y, parameters)
    stepped = {key: parameters[key] - learning_rate * grads[f"d{key}"] for key in ("W_y", "b_y")}
    return loss, {"E": parameters["E"].copy(), **stepped}


# %% wrong="mean_model_step" says="go down, not up"
def mean_model_step(parameters, indices, lengths, y, learning_rate):
    loss, dh, grads = logistic_loss(average_forward(parameters["E"], indices, lengths), y, parameters)
    grads["dE"] = average_backward(dh, indices, lengths, parameters["E"].shape[1])
    return loss, {key: parameters[key] + learning_rate * grads[f"d{key}"] for key in parameters}


# %% wrong="mean_model_step" says="use W_y before the step"
def mean_model_step(parameters, indices, lengths, y, learning_rate):
    h = average_forward(parameters["E"], indices, lengths)
    loss, _, grads = logistic_loss(h, y, parameters)
    stepped = {key: parameters[key] - learning_rate * grads[f"d{key}"] for key in ("W_y", "b_y")}
    z = parameters["W_y"] @ h + parameters["b_y"]
    dh = stepped["W_y"].T @ ((0.5 + 0.5 * np.tanh(0.5 * z) - y) / z.shape[1])
    dE = average_backward(dh, indices, lengths, parameters["E"].shape[1])
    return loss, {"E": parameters["E"] - learning_rate * dE, **stepped}


# %% wrong="mean_model_step" says="the loss before the step"
def mean_model_step(parameters, indices, lengths, y, learning_rate):
    _, dh, grads = logistic_loss(average_forward(parameters["E"], indices, lengths), y, parameters)
    grads["dE"] = average_backward(dh, indices, lengths, parameters["E"].shape[1])
    stepped = {key: parameters[key] - learning_rate * grads[f"d{key}"] for key in parameters}
    return logistic_loss(average_forward(stepped["E"], indices, lengths), y, stepped)[0], stepped


# %% wrong="mean_model_step" says="W_y after the step"
def mean_model_step(parameters, indices, lengths, y, learning_rate):
    loss, dh, grads = logistic_loss(average_forward(parameters["E"], indices, lengths), y, parameters)
    grads["dE"] = average_backward(dh, indices, lengths, parameters["E"].shape[1])
    return loss, {key: parameters[key] - learning_rate * grads[f"d{key}"] * (key == "E") for key in parameters}


# %% alternative="mean_model_step"
def mean_model_step(parameters, indices, lengths, y, learning_rate):
    E, W_y, b_y = parameters["E"], parameters["W_y"], parameters["b_y"]
    loss, dh, grads = logistic_loss(average_forward(E, indices, lengths), y, {"W_y": W_y, "b_y": b_y})
    stepped = {"b_y": b_y - learning_rate * grads["db_y"], "W_y": W_y - learning_rate * grads["dW_y"]}
    stepped["E"] = np.array(E, float)
    stepped["E"] -= learning_rate * average_backward(dh, indices, lengths, E.shape[1])
    return [loss, stepped]


# %% alternative="mean_model_step"
def mean_model_step(parameters, indices, lengths, y, learning_rate):
    E, W_y, b_y = (np.asarray(parameters[key], float) for key in ("E", "W_y", "b_y"))
    shares = np.zeros((len(indices), E.shape[1]))
    for j, length in enumerate(lengths):
        np.add.at(shares[j], indices[j, :length], 1 / length)
    h = E @ shares.T
    z = W_y @ h + b_y
    dz = (0.5 + 0.5 * np.tanh(z / 2) - y) / len(indices)
    loss = np.mean(np.logaddexp(0, z) - y * z)
    stepped = {"E": E - learning_rate * W_y.T @ dz @ shares, "W_y": W_y - learning_rate * dz @ h.T}
    return loss, {**stepped, "b_y": b_y - learning_rate * np.sum(dz)}


# %% wrong="last_state" says="the last real step, not the last of all"
def last_state(a, lengths):
    return a[:, :, -1].copy()


# %% wrong="last_state" says="code counts from 0"
def last_state(a, lengths):
    return a[:, np.arange(len(lengths)), np.minimum(lengths, a.shape[2] - 1)]


# %% wrong="last_state" says="expected shape (2, 3), got shape (2, 3, 3)"
def last_state(a, lengths):
    return a[:, :, lengths - 1]


# %% wrong="last_state" says="h: "
def last_state(a, lengths):
    return a[:, :, np.max(lengths) - 1].copy()


# %% alternative="last_state"
def last_state(a, lengths):
    return np.stack([a[:, j, int(n) - 1] for j, n in enumerate(lengths)], axis=-1)


# %% alternative="last_state"
def last_state(a, lengths):
    steps = np.broadcast_to((lengths - 1)[None, :, None], (a.shape[0], a.shape[1], 1))
    return np.take_along_axis(a, steps, axis=2)[:, :, 0].copy()


# %% wrong="last_state_backward" says="the last real step, not the last of all"
def last_state_backward(dh, lengths, T_x):
    da = np.zeros((*dh.shape, T_x))
    da[:, :, -1] = dh
    return da


# %% wrong="last_state_backward" says="one step, not all real ones"
def last_state_backward(dh, lengths, T_x):
    return dh[:, :, None] * (np.arange(T_x) < lengths[:, None])


# %% wrong="last_state_backward" says="code counts from 0"
def last_state_backward(dh, lengths, T_x):
    return dh[:, :, None] * (np.arange(T_x) == lengths[:, None])


# %% wrong="last_state_backward" says="expected shape (2, 3, 5), got shape (2, 3, 4)"
def last_state_backward(dh, lengths, T_x):
    da = np.zeros((*dh.shape, np.max(lengths)))
    da[:, np.arange(len(lengths)), lengths - 1] = dh
    return da


# %% alternative="last_state_backward"
def last_state_backward(dh, lengths, T_x):
    return dh[:, :, None] * (np.arange(1, T_x + 1) == lengths[:, None])


# %% alternative="last_state_backward"
def last_state_backward(dh, lengths, T_x):
    da = np.zeros((dh.shape[0], dh.shape[1], T_x))
    for j, length in enumerate(lengths):
        da[:, j, length - 1] += dh[:, j]
    return da


# %% wrong="two_layer_forward" says="reads hidden states, not memory cells"
def two_layer_forward(x, first, second):
    states = [np.zeros((len(layer["b_u"]), x.shape[1])) for layer in (first, second)]
    _, c_1, caches_1 = lstm_forward(x, states[0], states[0], first)
    a_2, _, caches_2 = lstm_forward(c_1, states[1], states[1], second)
    return a_2, (caches_1, caches_2)


# %% wrong="two_layer_forward" says="expected shape (3, 3, 4), got shape (1, 3, 4)"
def two_layer_forward(x, first, second):
    states = [np.zeros((len(layer["b_u"]), x.shape[1])) for layer in (first, second)]
    a_1, _, caches_1 = lstm_forward(x, states[0], states[0], first)
    _, _, caches_2 = lstm_forward(a_1, states[1], states[1], second)
    return a_1, (caches_1, caches_2)


# %% wrong="two_layer_forward" says="a[0], the first unit"
def two_layer_forward(x, first, second):
    states = [np.zeros((len(layer["b_u"]), x.shape[1])) for layer in (first, second)]
    a_1, _, caches_1 = lstm_forward(x, states[0], states[0], first)
    _, c_2, caches_2 = lstm_forward(a_1, states[1], states[1], second)
    return c_2, (caches_1, caches_2)


# %% wrong="two_layer_forward" says="a_prev in the last cache of the upper layer"
def two_layer_forward(x, first, second):
    states = [np.zeros((len(layer["b_u"]), x.shape[1])) for layer in (first, second)]
    a_1, _, caches_1 = lstm_forward(x, states[0], states[0], first)
    a_2, _, caches_2 = lstm_forward(a_1, states[1], states[1], second)
    return a_2, (caches_2, caches_1)


# %% alternative="two_layer_forward"
def two_layer_forward(x, first, second):
    caches = []
    signal = x
    for layer in (first, second):
        zeros = np.zeros((layer["W_f"].shape[0], x.shape[1]))
        signal, _, of_layer = lstm_forward(signal, zeros, zeros.copy(), layer)
        caches.append(of_layer)
    return signal, tuple(caches)


# %% alternative="two_layer_forward"
def two_layer_forward(x, first, second):
    n_1, n_2, m = first["b_o"].size, second["b_o"].size, x.shape[1]
    lower, upper, tops = [], [], []
    a_1, c_1, a_2, c_2 = np.zeros((n_1, m)), np.zeros((n_1, m)), np.zeros((n_2, m)), np.zeros((n_2, m))
    for t in range(x.shape[2]):
        a_1, c_1, cache = lstm_cell_forward(x[:, :, t], a_1, c_1, first)
        lower.append(cache)
        a_2, c_2, cache = lstm_cell_forward(a_1, a_2, c_2, second)
        upper.append(cache)
        tops.append(a_2)
    return [np.stack(tops, axis=2), [lower, upper]]


# %% wrong="two_layer_backward" says="dW_u of grads_first: expected shape (1, 3)"
def two_layer_backward(da, caches):
    da_1, _, _, grads_second = lstm_backward(da, caches[1])
    dx, _, _, grads_first = lstm_backward(da_1, caches[0])
    return dx, grads_second, grads_first


# %% wrong="two_layer_backward" says="expected shape (2, 3, 4), got shape (1, 3, 4)"
def two_layer_backward(da, caches):
    da_1, _, _, grads_second = lstm_backward(da, caches[1])
    _, _, _, grads_first = lstm_backward(da_1, caches[0])
    return da_1, grads_first, grads_second


# %% wrong="two_layer_backward" says="dx[0, 1]"
def two_layer_backward(da, caches):
    da_1, _, _, grads_second = lstm_backward(da, caches[1])
    only_last = np.zeros(da_1.shape)
    only_last[:, :, -1] = da_1[:, :, -1]
    dx, _, _, grads_first = lstm_backward(only_last, caches[0])
    return dx, grads_first, grads_second


# %% wrong="two_layer_backward" says="of grads_first"
def two_layer_backward(da, caches):
    da_1, _, _, grads_second = lstm_backward(da, caches[1])
    dx, _, _, grads_first = lstm_backward(da_1, caches[0])
    return dx, {key: value / da.shape[2] for key, value in grads_first.items()}, grads_second


# %% alternative="two_layer_backward"
def two_layer_backward(da, caches):
    found, signal = [], da
    for of_layer in reversed(caches):
        signal, _, _, grads = lstm_backward(signal, of_layer)
        found.insert(0, grads)
    return (signal, *found)


# %% alternative="two_layer_backward"
def two_layer_backward(da, caches):
    lower, upper = caches
    later = [0.0] * 4
    dx, first, second = [], {}, {}
    for t in range(da.shape[2] - 1, -1, -1):
        above, later[0], later[1], grads = lstm_cell_backward(da[:, :, t] + later[0], later[1], upper[t])
        second = {key: value + second.get(key, 0) for key, value in grads.items()}
        dx_t, later[2], later[3], grads = lstm_cell_backward(above + later[2], later[3], lower[t])
        first = {key: value + first.get(key, 0) for key, value in grads.items()}
        dx.append(dx_t)
    return np.stack(dx[::-1], axis=-1), first, second


# %% wrong="order_test" says="the second sentence has the other label"
def order_test(p_first, p_second, y_first):
    first, second = (p_first > 0.5) == y_first, (p_second > 0.5) == y_first
    same = np.mean((p_first > 0.5) == (p_second > 0.5))
    return (np.mean(first) + np.mean(second)) / 2, np.mean(first & ~second), same


# %% wrong="order_test" says="a share of sentences, not of pairs"
def order_test(p_first, p_second, y_first):
    first, second = (p_first > 0.5) == y_first, (p_second > 0.5) == 1 - y_first
    return np.mean(first & second), np.mean(first & second), np.mean((p_first > 0.5) == (p_second > 0.5))


# %% wrong="order_test" says="in both, not in at least one"
def order_test(p_first, p_second, y_first):
    first, second = (p_first > 0.5) == y_first, (p_second > 0.5) == 1 - y_first
    same = np.mean((p_first > 0.5) == (p_second > 0.5))
    return (np.mean(first) + np.mean(second)) / 2, np.mean(first | second), same


# %% wrong="order_test" says="the same answer, not a different one"
def order_test(p_first, p_second, y_first):
    first, second = (p_first > 0.5) == y_first, (p_second > 0.5) == 1 - y_first
    same = np.mean((p_first > 0.5) != (p_second > 0.5))
    return (np.mean(first) + np.mean(second)) / 2, np.mean(first & second), same


# %% wrong="order_test" says="the three shares when 0.5 is among the probabilities"
def order_test(p_first, p_second, y_first):
    first, second = (p_first > 0.5) == y_first, (p_second >= 0.5) == 1 - y_first
    same = np.mean((p_first > 0.5) == (p_second >= 0.5))
    return (np.mean(first) + np.mean(second)) / 2, np.mean(first & second), same


# %% wrong="order_test" says="accuracy"
def order_test(p_first, p_second, y_first):
    first, second = np.round(p_first) == y_first, np.round(p_second) == 1 - y_first
    same = np.mean(p_first == p_second)
    return np.mean(first), np.mean(first & second), same


# %% alternative="order_test"
def order_test(p_first, p_second, y_first):
    right, both, same = 0, 0, 0
    for p, q, y in zip(p_first, p_second, y_first, strict=True):
        one, two = (1 if p > 0.5 else 0), (1 if q > 0.5 else 0)
        right += int(one == y) + int(two == 1 - y)
        both += one == y and two == 1 - y
        same += one == two
    n = len(y_first)
    return [right / (2 * n), both / n, same / n]


# %% alternative="order_test"
def order_test(p_first, p_second, y_first):
    answers = np.array([p_first, p_second]) > 0.5
    hits = answers == np.array([y_first, 1 - y_first], dtype=bool)
    return hits.mean(), hits.all(axis=0).mean(), (answers[0] == answers[1]).mean()


# %% equivalent="last_state" mutant="number type of the first argument" why="it picks numbers and computes none"

# %% equivalent="last_state_backward" mutant="number type of the first argument" why="it copies numbers and computes none"

# %% equivalent="two_layer_forward" mutant="its argument handed back" why="the caches hold the arguments themselves"

# %% equivalent="two_layer_backward" mutant="square results transposed" why="a weight matrix has more columns than rows"
