# %% wrong="rnn_cell_forward" says="the bias is missing"
def rnn_cell_forward(x_t, a_prev, parameters):
    W_aa, W_ax, b_a = (parameters[key] for key in ("W_aa", "W_ax", "b_a"))
    a_t = np.tanh(W_aa @ a_prev + W_ax @ x_t)
    return a_t, (x_t, a_prev, a_t, parameters)


# %% wrong="rnn_cell_forward" says="W_aa was transposed"
def rnn_cell_forward(x_t, a_prev, parameters):
    W_aa, W_ax, b_a = (parameters[key] for key in ("W_aa", "W_ax", "b_a"))
    a_t = np.tanh(W_aa.T @ a_prev + W_ax @ x_t + b_a)
    return a_t, (x_t, a_prev, a_t, parameters)


# %% wrong="rnn_cell_forward" says="the sigmoid; here it is tanh"
def rnn_cell_forward(x_t, a_prev, parameters):
    W_aa, W_ax, b_a = (parameters[key] for key in ("W_aa", "W_ax", "b_a"))
    a_t = 1 / (1 + np.exp(-(W_aa @ a_prev + W_ax @ x_t + b_a)))
    return a_t, (x_t, a_prev, a_t, parameters)


# %% wrong="rnn_cell_forward" says="the state before is missing"
def rnn_cell_forward(x_t, a_prev, parameters):
    W_aa, W_ax, b_a = (parameters[key] for key in ("W_aa", "W_ax", "b_a"))
    a_t = np.tanh(W_ax @ x_t + b_a)
    return a_t, (x_t, a_prev, a_t, parameters)


# %% wrong="rnn_cell_forward" says="where is tanh?"
def rnn_cell_forward(x_t, a_prev, parameters):
    W_aa, W_ax, b_a = (parameters[key] for key in ("W_aa", "W_ax", "b_a"))
    a_t = W_aa @ a_prev + W_ax @ x_t + b_a
    return a_t, (x_t, a_prev, a_t, parameters)


# %% wrong="rnn_cell_forward" says="the cache"
def rnn_cell_forward(x_t, a_prev, parameters):
    W_aa, W_ax, b_a = (parameters[key] for key in ("W_aa", "W_ax", "b_a"))
    a_t = np.tanh(W_aa @ a_prev + W_ax @ x_t + b_a)
    return a_t, (x_t, a_prev, parameters)


# %% wrong="rnn_cell_forward" says="a_t in the cache"
def rnn_cell_forward(x_t, a_prev, parameters):
    W_aa, W_ax, b_a = (parameters[key] for key in ("W_aa", "W_ax", "b_a"))
    a_t = np.tanh(W_aa @ a_prev + W_ax @ x_t + b_a)
    return a_t, (x_t, a_prev, W_aa @ a_prev + W_ax @ x_t + b_a, parameters)


# %% alternative="rnn_cell_forward"
def rnn_cell_forward(x_t, a_prev, parameters):
    W_a = np.hstack([parameters["W_aa"], parameters["W_ax"]])
    a_t = np.tanh(W_a @ np.vstack([a_prev, x_t]) + parameters["b_a"])
    return a_t, (x_t, a_prev, a_t, parameters)


# %% alternative="rnn_cell_forward"
def rnn_cell_forward(x_t, a_prev, parameters):
    z = np.einsum("ij,jm->im", parameters["W_aa"], a_prev) + np.einsum("ij,jm->im", parameters["W_ax"], x_t)
    z = np.asarray(z, float)
    z += parameters["b_a"]
    a_t = np.tanh(z)
    return [a_t, (x_t.copy(), a_prev.copy(), a_t.copy(), dict(parameters))]


# %% wrong="rnn_forward" says="hand the new state to the next step"
def rnn_forward(x, a0, parameters):
    steps = [rnn_cell_forward(x[:, :, t], a0, parameters) for t in range(x.shape[2])]
    return np.stack([a_t for a_t, _ in steps], axis=2), [cache for _, cache in steps]


# %% wrong="rnn_forward" says="begin with a0, not with zeros"
def rnn_forward(x, a0, parameters):
    a_t, states, caches = np.zeros(a0.shape), [], []
    for t in range(x.shape[2]):
        a_t, cache = rnn_cell_forward(x[:, :, t], a_t, parameters)
        states.append(a_t)
        caches.append(cache)
    return np.stack(states, axis=2), caches


# %% wrong="rnn_forward" says="begin with the first step"
def rnn_forward(x, a0, parameters):
    a_t, states, caches = a0, [], []
    for t in reversed(range(x.shape[2])):
        a_t, cache = rnn_cell_forward(x[:, :, t], a_t, parameters)
        states.append(a_t)
        caches.append(cache)
    return np.stack(states[::-1], axis=2), caches[::-1]


# %% wrong="rnn_forward" says="expected shape (1, 2, 3), got shape (3, 1, 2)"
def rnn_forward(x, a0, parameters):
    a_t, states, caches = a0, [], []
    for t in range(x.shape[2]):
        a_t, cache = rnn_cell_forward(x[:, :, t], a_t, parameters)
        states.append(a_t)
        caches.append(cache)
    return np.array(states), caches


# %% wrong="rnn_forward" says="expected shape (1, 2, 3), got shape (1, 2, 4)"
def rnn_forward(x, a0, parameters):
    states, caches = [a0], []
    for t in range(x.shape[2]):
        a_t, cache = rnn_cell_forward(x[:, :, t], states[-1], parameters)
        states.append(a_t)
        caches.append(cache)
    return np.stack(states, axis=2), caches


# %% wrong="rnn_forward" says="a of its only unit"
def rnn_forward(x, a0, parameters):
    a, caches, a_t = np.zeros((*a0.shape, x.shape[2]), a0.dtype), [], a0
    for t in range(x.shape[2]):
        a_t, cache = rnn_cell_forward(x[:, :, t], a_t, parameters)
        a[:, :, t] = a_t
        caches.append(cache)
    return a, caches


# %% alternative="rnn_forward"
def rnn_forward(x, a0, parameters):
    a, caches = np.zeros((a0.shape[0], a0.shape[1], x.shape[2])), []
    before = a0
    for t, x_t in enumerate(np.moveaxis(x, 2, 0)):
        a[:, :, t], cache = rnn_cell_forward(x_t, before, parameters)
        before = a[:, :, t].copy()
        caches.append(cache)
    return a, caches


# %% alternative="rnn_forward"
def rnn_forward(x, a0, parameters):
    from_inputs = np.einsum("ik,kmt->imt", parameters["W_ax"], x) + parameters["b_a"][:, :, None]
    state, states = a0, [a0]
    for t in range(x.shape[2]):
        state = np.tanh(parameters["W_aa"] @ state + from_inputs[..., t])
        states.append(state)
    caches = [(x[..., t], states[t], states[t + 1], parameters) for t in range(x.shape[2])]
    return np.array(states[1:]).transpose(1, 2, 0), caches


# %% wrong="embedding_forward" says="with the index -1"
def embedding_forward(E, indices):
    return E[:, indices]


# %% wrong="embedding_forward" says="with the index -1"
def embedding_forward(E, indices):
    if np.max(indices) >= E.shape[1]:
        raise IndexError("no such word")
    return E[:, indices]


# %% wrong="embedding_forward" says="expected shape (2, 2, 3)"
def embedding_forward(E, indices):
    if np.min(indices) < 0 or np.max(indices) >= E.shape[1]:
        raise IndexError("no such word")
    return E.T[indices].transpose(2, 1, 0)


# %% wrong="embedding_forward" says="embedding_forward(E, indices)"
def embedding_forward(E, indices):
    if np.min(indices) < 0 or np.max(indices) >= E.shape[1]:
        raise IndexError("no such word")
    return E.T[indices]


# %% alternative="embedding_forward"
def embedding_forward(E, indices):
    n_v = E.shape[1]
    if not all(0 <= k < n_v for k in np.ravel(indices)):
        raise IndexError("no such word")
    one_hot = np.eye(n_v, dtype=E.dtype)[indices]
    return np.einsum("ev,mtv->emt", E, one_hot)


# %% alternative="embedding_forward"
def embedding_forward(E, indices):
    return np.moveaxis(np.take(E.T, indices.astype(np.uint64), axis=0), 2, 0) if (indices >= 0).all() else E[:, 10**9]


# %% wrong="embedding_backward" says="a word that stands there again adds"
def embedding_backward(de, indices, n_v):
    dE = np.zeros((len(de), n_v))
    dE[:, indices] += de
    return dE


# %% wrong="embedding_backward" says="not the mean"
def embedding_backward(de, indices, n_v):
    dE = np.zeros((n_v, len(de)))
    np.add.at(dE, indices.ravel(), de.reshape(len(de), -1).T)
    return dE.T / np.maximum(np.bincount(indices.ravel(), minlength=n_v), 1)


# %% wrong="embedding_backward" says="expected shape (2, 4), got shape (2, 3)"
def embedding_backward(de, indices, n_v):
    dE = np.zeros((np.max(indices) + 1, len(de)))
    np.add.at(dE, indices.ravel(), de.reshape(len(de), -1).T)
    return dE.T


# %% wrong="embedding_backward" says="expected shape (2, 4), got shape (4, 2)"
def embedding_backward(de, indices, n_v):
    dE = np.zeros((n_v, len(de)))
    np.add.at(dE, indices.ravel(), de.reshape(len(de), -1).T)
    return dE


# %% alternative="embedding_backward"
def embedding_backward(de, indices, n_v):
    dE = np.zeros((de.shape[0], n_v))
    for j in range(indices.shape[0]):
        for t in range(indices.shape[1]):
            dE[:, indices[j, t]] += de[:, j, t]
    return dE


# %% alternative="embedding_backward"
def embedding_backward(de, indices, n_v):
    return np.array([np.bincount(indices.ravel(), weights=row.ravel(), minlength=n_v) for row in de])


# %% alternative="embedding_backward"
def embedding_backward(de, indices, n_v):
    return np.stack([np.sum(de * (indices == k), axis=(1, 2)) for k in range(n_v)], axis=1) * 1.0


# %% wrong="temporal_affine_forward" says="the bias is missing"
def temporal_affine_forward(a, parameters):
    return np.einsum("ya,amt->ymt", parameters["W_ya"], a)


# %% wrong="temporal_affine_forward" says="expected shape (3, 1, 2)"
def temporal_affine_forward(a, parameters):
    return np.stack([parameters["W_ya"] @ a[:, :, t] + parameters["b_y"] for t in range(a.shape[2])])


# %% wrong="temporal_affine_forward" says="z of its only sequence"
def temporal_affine_forward(a, parameters):
    z = parameters["W_ya"] @ a.reshape(len(a), -1) + parameters["b_y"]
    return z.reshape(len(z), a.shape[2], a.shape[1]).transpose(0, 2, 1)[:, :, ::-1]


# %% wrong="temporal_affine_forward" says="temporal_affine_forward(a, parameters)"
def temporal_affine_forward(a, parameters):
    return np.einsum("ya,amt->ymt", parameters["W_ya"], a[:, :1]) + parameters["b_y"][:, :, None]


# %% alternative="temporal_affine_forward"
def temporal_affine_forward(a, parameters):
    return np.stack([parameters["W_ya"] @ a[:, :, t] + parameters["b_y"] for t in range(a.shape[2])], axis=2)


# %% alternative="temporal_affine_forward"
def temporal_affine_forward(a, parameters):
    z = parameters["W_ya"].dot(a.reshape(a.shape[0], -1)) + parameters["b_y"]
    return z.reshape(-1, *a.shape[1:])


# %% alternative="temporal_affine_forward"
def temporal_affine_forward(a, parameters):
    return np.tensordot(parameters["W_ya"], a, axes=1) + np.reshape(parameters["b_y"], (-1, 1, 1))


# %% wrong="temporal_affine_backward" says="the last step alone"
def temporal_affine_backward(dz, a, parameters):
    da = np.einsum("ya,ymt->amt", parameters["W_ya"], dz)
    return da, {"dW_ya": dz[:, :, -1] @ a[:, :, -1].T, "db_y": dz.sum(axis=(1, 2))[:, None]}


# %% wrong="temporal_affine_backward" says="the mean over the steps"
def temporal_affine_backward(dz, a, parameters):
    da = np.einsum("ya,ymt->amt", parameters["W_ya"], dz)
    return da, {"dW_ya": np.einsum("ymt,amt->ya", dz, a) / dz.shape[2], "db_y": dz.sum(axis=(1, 2))[:, None]}


# %% wrong="temporal_affine_backward" says="the last step alone"
def temporal_affine_backward(dz, a, parameters):
    da = np.einsum("ya,ymt->amt", parameters["W_ya"], dz)
    return da, {"dW_ya": np.einsum("ymt,amt->ya", dz, a), "db_y": dz[:, :, -1].sum(axis=1, keepdims=True)}


# %% wrong="temporal_affine_backward" says="expected shape (3, 1), got shape (3,)"
def temporal_affine_backward(dz, a, parameters):
    da = np.einsum("ya,ymt->amt", parameters["W_ya"], dz)
    return da, {"dW_ya": np.einsum("ymt,amt->ya", dz, a), "db_y": dz.sum(axis=(1, 2))}


# %% wrong="temporal_affine_backward" says="dW_ya"
def temporal_affine_backward(dz, a, parameters):
    da = np.einsum("ya,ymt->amt", parameters["W_ya"], dz)
    return da, {"W_ya": np.einsum("ymt,amt->ya", dz, a), "b_y": dz.sum(axis=(1, 2))[:, None]}


# %% wrong="temporal_affine_backward" says="dW_ya"
def temporal_affine_backward(dz, a, parameters):
    da = np.einsum("ya,ymt->amt", parameters["W_ya"], dz)
    return da, {
        "dW_ya": np.einsum("ymt,amt->ya", dz, a) / dz.shape[1] if dz.shape[1] > 1 else np.einsum("ymt,amt->ya", dz, a),
        "db_y": dz.sum(axis=(1, 2))[:, None],
    }


# %% alternative="temporal_affine_backward"
def temporal_affine_backward(dz, a, parameters):
    flat, states = dz.reshape(len(dz), -1), a.reshape(len(a), -1)
    da = (parameters["W_ya"].T @ flat).reshape(a.shape)
    return da, {"db_y": flat.sum(axis=1, keepdims=True), "dW_ya": flat @ states.T}


# %% alternative="temporal_affine_backward"
def temporal_affine_backward(dz, a, parameters):
    da, dW, db = np.zeros(a.shape), np.zeros(parameters["W_ya"].shape), np.zeros((len(dz), 1))
    for t in range(dz.shape[2]):
        da[:, :, t] = parameters["W_ya"].T @ dz[:, :, t]
        dW += dz[:, :, t] @ a[:, :, t].T
        db += dz[:, :, t].sum(axis=1, keepdims=True)
    return da, dict(dW_ya=dW, db_y=db)


# %% wrong="temporal_softmax_loss" says="padding must not count"
def temporal_softmax_loss(z, y, mask):
    N = mask.sum()
    if N == 0:
        raise ValueError("no step")
    z = z - z.max(axis=0)
    log_y_hat = z - np.log(np.exp(z).sum(axis=0))
    truth = np.arange(len(z))[:, None, None] == y
    return -np.mean(np.sum(truth * log_y_hat, axis=0)), mask * (np.exp(log_y_hat) - truth) / N


# %% wrong="temporal_softmax_loss" says="the mean over the real steps, not the sum"
def temporal_softmax_loss(z, y, mask):
    N = mask.sum()
    if N == 0:
        raise ValueError("no step")
    z = z - z.max(axis=0)
    log_y_hat = z - np.log(np.exp(z).sum(axis=0))
    truth = np.arange(len(z))[:, None, None] == y
    return -np.sum(mask * np.sum(truth * log_y_hat, axis=0)), mask * (np.exp(log_y_hat) - truth)


# %% wrong="temporal_softmax_loss" says="not the sequences"
def temporal_softmax_loss(z, y, mask):
    N = mask.sum()
    if N == 0:
        raise ValueError("no step")
    z = z - z.max(axis=0)
    log_y_hat = z - np.log(np.exp(z).sum(axis=0))
    truth = np.arange(len(z))[:, None, None] == y
    return -np.sum(mask * np.sum(truth * log_y_hat, axis=0)) / len(y), mask * (np.exp(log_y_hat) - truth) / len(y)


# %% wrong="temporal_softmax_loss" says="its sign is wrong"
def temporal_softmax_loss(z, y, mask):
    N = mask.sum()
    if N == 0:
        raise ValueError("no step")
    z = z - z.max(axis=0)
    log_y_hat = z - np.log(np.exp(z).sum(axis=0))
    truth = np.arange(len(z))[:, None, None] == y
    return np.sum(mask * np.sum(truth * log_y_hat, axis=0)) / N, mask * (np.exp(log_y_hat) - truth) / N


# %% wrong="temporal_softmax_loss" says="dz is 0 at padding"
def temporal_softmax_loss(z, y, mask):
    N = mask.sum()
    if N == 0:
        raise ValueError("no step")
    z = z - z.max(axis=0)
    log_y_hat = z - np.log(np.exp(z).sum(axis=0))
    truth = np.arange(len(z))[:, None, None] == y
    return -np.sum(mask * np.sum(truth * log_y_hat, axis=0)) / N, (np.exp(log_y_hat) - truth) / N


# %% wrong="temporal_softmax_loss" says="divide by the number of real steps"
def temporal_softmax_loss(z, y, mask):
    N = mask.sum()
    if N == 0:
        raise ValueError("no step")
    z = z - z.max(axis=0)
    log_y_hat = z - np.log(np.exp(z).sum(axis=0))
    truth = np.arange(len(z))[:, None, None] == y
    return -np.sum(mask * np.sum(truth * log_y_hat, axis=0)) / N, mask * (np.exp(log_y_hat) - truth)


# %% wrong="temporal_softmax_loss" says="scores 1000 times as large"
def temporal_softmax_loss(z, y, mask):
    N = mask.sum()
    if N == 0:
        raise ValueError("no step")
    y_hat = np.exp(z) / np.exp(z).sum(axis=0)
    truth = np.arange(len(z))[:, None, None] == y
    return -np.sum(mask * np.log(np.sum(truth * y_hat, axis=0))) / N, mask * (y_hat - truth) / N


# %% wrong="temporal_softmax_loss" says="expected a ValueError"
def temporal_softmax_loss(z, y, mask):
    N = max(mask.sum(), 1)
    z = z - z.max(axis=0)
    log_y_hat = z - np.log(np.exp(z).sum(axis=0))
    truth = np.arange(len(z))[:, None, None] == y
    return -np.sum(mask * np.sum(truth * log_y_hat, axis=0)) / N, mask * (np.exp(log_y_hat) - truth) / N


# %% alternative="temporal_softmax_loss"
def temporal_softmax_loss(z, y, mask):
    if not np.any(mask):
        raise ValueError("nothing to learn from")
    top = np.max(z, axis=0, keepdims=True)
    log_sum = top + np.log(np.sum(np.exp(z - top), axis=0, keepdims=True))
    rows, columns = np.indices(y.shape)
    losses = log_sum[0] - z[y, rows, columns]
    dz = np.exp(z - log_sum)
    dz[y, rows, columns] -= 1
    return float(np.average(losses, weights=mask)), dz * (mask / np.sum(mask))


# %% alternative="temporal_softmax_loss"
def temporal_softmax_loss(z, y, mask):
    real = [(j, t) for j in range(y.shape[0]) for t in range(y.shape[1]) if mask[j, t]]
    if len(real) == 0:
        raise ValueError("no real step")
    total, dz = 0, np.zeros(z.shape)
    for j, t in real:
        scores = z[:, j, t] - max(z[:, j, t])
        total -= scores[y[j, t]] - np.log(np.exp(scores).sum())
        dz[:, j, t] = np.exp(scores) / np.exp(scores).sum() / len(real)
        dz[y[j, t], j, t] -= 1 / len(real)
    return total / len(real), dz


# %% wrong="rnn_cell_backward" says="the derivative of tanh is missing"
def rnn_cell_backward(da_t, cache):
    x_t, a_prev, a_t, parameters = cache
    dz = da_t * 1.0
    grads = {"dW_aa": dz @ a_prev.T, "dW_ax": dz @ x_t.T, "db_a": dz.sum(axis=1, keepdims=True)}
    return parameters["W_ax"].T @ dz, parameters["W_aa"].T @ dz, grads


# %% wrong="rnn_cell_backward" says="it is 1 - a_t squared"
def rnn_cell_backward(da_t, cache):
    x_t, a_prev, a_t, parameters = cache
    dz = da_t * (1 - a_t)
    grads = {"dW_aa": dz @ a_prev.T, "dW_ax": dz @ x_t.T, "db_a": dz.sum(axis=1, keepdims=True)}
    return parameters["W_ax"].T @ dz, parameters["W_aa"].T @ dz, grads


# %% wrong="rnn_cell_backward" says="W_aa must be transposed"
def rnn_cell_backward(da_t, cache):
    x_t, a_prev, a_t, parameters = cache
    dz = da_t * (1 - a_t**2)
    grads = {"dW_aa": dz @ a_prev.T, "dW_ax": dz @ x_t.T, "db_a": dz.sum(axis=1, keepdims=True)}
    return parameters["W_ax"].T @ dz, parameters["W_aa"] @ dz, grads


# %% wrong="rnn_cell_backward" says="with the state before, not after"
def rnn_cell_backward(da_t, cache):
    x_t, a_prev, a_t, parameters = cache
    dz = da_t * (1 - a_t**2)
    grads = {"dW_aa": dz @ a_t.T, "dW_ax": dz @ x_t.T, "db_a": dz.sum(axis=1, keepdims=True)}
    return parameters["W_ax"].T @ dz, parameters["W_aa"].T @ dz, grads


# %% wrong="rnn_cell_backward" says="not the mean"
def rnn_cell_backward(da_t, cache):
    x_t, a_prev, a_t, parameters = cache
    dz = da_t * (1 - a_t**2)
    grads = {"dW_aa": dz @ a_prev.T, "dW_ax": dz @ x_t.T, "db_a": dz.mean(axis=1, keepdims=True)}
    return parameters["W_ax"].T @ dz, parameters["W_aa"].T @ dz, grads


# %% wrong="rnn_cell_backward" says="expected shape (2, 1), got shape (2,)"
def rnn_cell_backward(da_t, cache):
    x_t, a_prev, a_t, parameters = cache
    dz = da_t * (1 - a_t**2)
    grads = {"dW_aa": dz @ a_prev.T, "dW_ax": dz @ x_t.T, "db_a": dz.sum(axis=1)}
    return parameters["W_ax"].T @ dz, parameters["W_aa"].T @ dz, grads


# %% wrong="rnn_cell_backward" says="dW_ax"
def rnn_cell_backward(da_t, cache):
    x_t, a_prev, a_t, parameters = cache
    dz = da_t * (1 - a_t**2)
    grads = {"dW_aa": dz @ a_prev.T, "dW_ax": dz @ x_t.T / len(dz), "db_a": dz.sum(axis=1, keepdims=True)}
    return parameters["W_ax"].T @ dz, parameters["W_aa"].T @ dz, grads


# %% alternative="rnn_cell_backward"
def rnn_cell_backward(da_t, cache):
    x_t, a_prev, a_t, parameters = cache
    dz = da_t - da_t * a_t * a_t
    W_a = np.concatenate([parameters["W_aa"], parameters["W_ax"]], axis=1)
    both, d_both, n_a = np.concatenate([a_prev, x_t]), W_a.T @ dz, len(a_t)
    dW_a = dz @ both.T
    grads = {"db_a": dz @ np.ones((dz.shape[1], 1)), "dW_ax": dW_a[:, n_a:], "dW_aa": dW_a[:, :n_a]}
    return d_both[n_a:], d_both[:n_a], grads


# %% alternative="rnn_cell_backward"
def rnn_cell_backward(da_t, cache):
    x_t, a_prev, a_t, parameters = cache
    dz = np.einsum("im,im->im", da_t, 1 - a_t * a_t)
    grads = {"dW_aa": np.einsum("im,jm->ij", dz, a_prev), "dW_ax": np.einsum("im,jm->ij", dz, x_t)}
    grads["db_a"] = np.einsum("im->i", dz).reshape(-1, 1)
    back = [np.einsum("ij,im->jm", parameters[key], dz) for key in ("W_ax", "W_aa")]
    return [*back, grads]


# %% wrong="rnn_cell_backward" says="a state of zeros before"
def rnn_cell_backward(da_t, cache):
    x_t, a_prev, a_t, parameters = cache
    dz = da_t * (1 - a_t**2)
    da_prev = parameters["W_aa"].T @ dz if np.any(a_prev) else np.zeros(a_prev.shape)
    grads = {"dW_aa": dz @ a_prev.T, "dW_ax": dz @ x_t.T, "db_a": dz.sum(axis=1, keepdims=True)}
    return parameters["W_ax"].T @ dz, da_prev, grads


# %% wrong="rnn_backward" says="nothing came from the right"
def rnn_backward(da, caches):
    dx, da_next, grads = [], 0, {"dW_aa": 0, "dW_ax": 0, "db_a": 0}
    for t in reversed(range(len(caches))):
        dx_t, da_next, step = rnn_cell_backward(da[:, :, t], caches[t])
        dx.insert(0, dx_t)
        grads = {key: grads[key] + step[key] for key in grads}
    return np.stack(dx, axis=2), da_next, grads


# %% wrong="rnn_backward" says="the order of the steps"
def rnn_backward(da, caches):
    dx, da_next, grads = [], 0, {"dW_aa": 0, "dW_ax": 0, "db_a": 0}
    for t in reversed(range(len(caches))):
        dx_t, da_next, step = rnn_cell_backward(da[:, :, t] + da_next, caches[t])
        dx.append(dx_t)
        grads = {key: grads[key] + step[key] for key in grads}
    return np.stack(dx, axis=2), da_next, grads


# %% wrong="rnn_backward" says="dW_aa"
def rnn_backward(da, caches):
    dx, da_next, grads = [], 0, {"dW_aa": 0, "dW_ax": 0, "db_a": 0}
    for t in reversed(range(len(caches))):
        dx_t, da_next, step = rnn_cell_backward(da[:, :, t] + da_next, caches[t])
        dx.insert(0, dx_t)
        grads = step if t == len(caches) - 1 else grads
    return np.stack(dx, axis=2), da_next, grads


# %% wrong="rnn_backward" says="add the steps up; this is the first one"
def rnn_backward(da, caches):
    dx, da_next, grads = [], 0, {"dW_aa": 0, "dW_ax": 0, "db_a": 0}
    for t in reversed(range(len(caches))):
        dx_t, da_next, step = rnn_cell_backward(da[:, :, t] + da_next, caches[t])
        dx.insert(0, dx_t)
        grads = step
    return np.stack(dx, axis=2), da_next, grads


# %% wrong="rnn_backward" says="dx"
def rnn_backward(da, caches):
    dx, da_next, grads = [], 0, {"dW_aa": 0, "dW_ax": 0, "db_a": 0}
    for t in range(len(caches)):
        dx_t, da_next, step = rnn_cell_backward(da[:, :, t] + da_next, caches[t])
        dx.append(dx_t)
        grads = {key: grads[key] + step[key] for key in grads}
    return np.stack(dx, axis=2), da_next, grads


# %% wrong="rnn_backward" says="from the last step"
def rnn_backward(da, caches):
    dx, da_next, grads, first = [], 0, {"dW_aa": 0, "dW_ax": 0, "db_a": 0}, None
    for t in reversed(range(len(caches))):
        dx_t, da_next, step = rnn_cell_backward(da[:, :, t] + da_next, caches[t])
        first = da_next if first is None else first
        dx.insert(0, dx_t)
        grads = {key: grads[key] + step[key] for key in grads}
    return np.stack(dx, axis=2), first, grads


# %% alternative="rnn_backward"
def rnn_backward(da, caches):
    T_x, parameters = len(caches), caches[0][3]
    dz, later = [None] * T_x, np.zeros(da.shape[:2])
    for t in range(T_x - 1, -1, -1):
        dz[t] = (da[:, :, t] + later) * (1 - caches[t][2] ** 2)
        later = parameters["W_aa"].T @ dz[t]
    dx = np.stack([parameters["W_ax"].T @ each for each in dz], axis=-1)
    dW_aa = sum(each @ cache[1].T for each, cache in zip(dz, caches, strict=True))
    dW_ax = sum(each @ cache[0].T for each, cache in zip(dz, caches, strict=True))
    return dx, later, {"dW_aa": dW_aa, "dW_ax": dW_ax, "db_a": sum(dz).sum(axis=1, keepdims=True)}


# %% alternative="rnn_backward"
def rnn_backward(da, caches):
    def back_from(t, from_right):
        dx_t, da_prev, grads = rnn_cell_backward(da[..., t] + from_right, caches[t])
        if t == 0:
            return [dx_t], da_prev, grads
        dx, da0, others = back_from(t - 1, da_prev)
        return [*dx, dx_t], da0, {key: grads[key] + others[key] for key in grads}

    dx, da0, grads = back_from(len(caches) - 1, np.zeros(da.shape[:2]))
    return np.stack(dx, axis=2), da0, grads


# %% equivalent="rnn_cell_forward" mutant="its argument handed back" why="the cache may hold the arguments themselves"

# %% equivalent="rnn_forward" mutant="its argument handed back" why="the caches may hold the arguments themselves"


# %% wrong="rnn_forward" says="zeros in the first steps"
def rnn_forward(x, a0, parameters):
    T_x = x.shape[2]
    state, states, caches = a0, [], []
    for t in range(T_x):
        before = state
        state, cache = rnn_cell_forward(x[:, :, t], before, parameters)
        states.append(state)
        caches.append(cache)
        if np.array_equal(state, before):
            rest = range(t + 1, T_x)
            states += [state for _ in rest]
            caches += [(x[:, :, r], state, state, parameters) for r in rest]
            break
    return np.stack(states, axis=2), caches


# %% equivalent="embedding_forward" mutant="number type of the first argument" why="the same numbers are asked for"


# %% wrong="embedding_forward" says="values have changed"
def embedding_forward(E, indices, remembered={}):  # noqa: B006
    if np.any(indices < 0) or np.any(indices >= E.shape[1]):
        raise IndexError("an index is outside")
    key = (id(E), indices.shape, indices.tobytes())
    if key not in remembered:
        remembered[key] = (E, E[:, indices])
    return remembered[key][1].copy()


# %% equivalent="embedding_backward" mutant="number type of the first argument" why="sums of whole numbers are whole"
