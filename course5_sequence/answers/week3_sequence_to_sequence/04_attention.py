# %% wrong="kernel_regression" says="weights add up to 1"
def kernel_regression(queries, x, y, width):
    e = -((queries[:, None] - x) ** 2) / (2 * width**2)
    return np.exp(e) @ y


# %% wrong="kernel_regression" says="the energy is minus the square"
def kernel_regression(queries, x, y, width):
    e = (queries[:, None] - x) ** 2 / (2 * width**2)
    e = np.exp(e - e.max(axis=1, keepdims=True))
    return e @ y / e.sum(axis=1)


# %% wrong="kernel_regression" says="the 2 in front"
def kernel_regression(queries, x, y, width):
    e = -((queries[:, None] - x) ** 2) / width**2
    e = np.exp(e - e.max(axis=1, keepdims=True))
    return e @ y / e.sum(axis=1)


# %% wrong="kernel_regression" says="its values"
def kernel_regression(queries, x, y, width):
    e = np.exp(-((queries[:, None] - x) ** 2) / (2 * width**2))
    return e @ y / (e.sum(axis=1) + 1e-9)


# %% wrong="kernel_regression" says="its values"
def kernel_regression(queries, x, y, width):
    e = np.exp(-((queries[:, None] - x) ** 2) / (2 * width**2))
    return e @ y / e.sum(axis=1)


# %% alternative="kernel_regression"
def kernel_regression(queries, x, y, width):
    answers = []
    for q in queries:
        d = (np.asarray(x, float) - q) ** 2
        weights = np.exp((d.min() - d) / (2 * width * width))
        answers.append(np.average(y, weights=weights))
    return np.array(answers)


# %% alternative="kernel_regression"
def kernel_regression(queries, x, y, width):
    e = -0.5 * (np.subtract.outer(queries, x) / width) ** 2
    logs = e - np.logaddexp.reduce(e, axis=1, keepdims=True)
    return np.einsum("kn,n->k", np.exp(logs), y)


# %% wrong="kernel_regression" says="kernel_regression"
def kernel_regression(queries, x, y, width):
    q = np.asarray(queries, float)[:, None]
    x = np.asarray(x, float)
    e = -(q**2 - 2 * q * x + x**2) / (2 * width**2)
    e = np.exp(e - e.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)) @ y


# %% wrong="kernel_regression" says="far from all keys"
def kernel_regression(queries, x, y, width):
    e = np.maximum(-((queries[:, None] - x) ** 2) / (2 * width**2), -1e6)
    e = np.exp(e - e.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)) @ y


# %% wrong="kernel_regression" says="with width 2"
def kernel_regression(queries, x, y, width):
    e = -0.5 * (queries[:, None] - x) ** 2 * width**-2
    e = e - e.max(axis=1, keepdims=True)
    w = np.exp(e)
    return (w * y).sum(axis=1) / w.sum(axis=1)


# %% wrong="kernel_regression" says="with k = 1030"
def kernel_regression(queries, x, y, width):
    result = np.zeros(len(queries))
    for k in range(max(1, len(queries) // 256)):
        part = slice(256 * k, 256 * (k + 1))
        e = -((queries[part, None] - x) ** 2) / (2 * width**2)
        w = np.exp(e - e.max(axis=1, keepdims=True))
        result[part] = w @ y / w.sum(axis=1)
    return result


# %% wrong="masked_softmax" says="padding has the energy 0 here"
def masked_softmax(e, mask):
    e = e * mask
    p = np.exp(e - e.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


# %% wrong="masked_softmax" says="padding got a weight"
def masked_softmax(e, mask):
    p = np.exp(e - e.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


# %% wrong="masked_softmax" says="the real steps add up to 1"
def masked_softmax(e, mask):
    p = np.exp(e - e.max(axis=1, keepdims=True))
    return mask * p / p.sum(axis=1, keepdims=True)


# %% wrong="masked_softmax" says="a row with a huge energy at padding"
def masked_softmax(e, mask):
    p = mask * np.exp(e - e.max(axis=1, keepdims=True))
    return p / (p.sum(axis=1, keepdims=True) + (p.sum(axis=1, keepdims=True) == 0))


# %% wrong="masked_softmax" says="each sequence by itself"
def masked_softmax(e, mask):
    e = np.where(mask == 1, e, -np.inf)
    p = np.exp(e - e.max())
    return p / p.sum(axis=0)


# %% wrong="masked_softmax" says="a row with a huge energy"
def masked_softmax(e, mask):
    e = np.where(mask == 1, e, -1e3)
    p = np.exp(e - e.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


# %% alternative="masked_softmax"
def masked_softmax(e, mask):
    weights = np.zeros(e.shape)
    for j in range(len(e)):
        real = mask[j] > 0
        powers = np.exp(e[j, real] - e[j, real].max())
        weights[j, real] = powers / powers.sum()
    return weights


# %% alternative="masked_softmax"
def masked_softmax(e, mask):
    logs = np.where(mask.astype(bool), e, -np.inf)
    return np.exp(logs - np.logaddexp.reduce(logs, axis=1)[:, None])


# %% wrong="masked_softmax" says="at padding"
def masked_softmax(e, mask):
    largest = np.where(mask > 0, e, -np.inf).max(axis=1, keepdims=True)
    shifted = np.where(mask > 0, e - largest, -50.0)
    weights = np.exp(shifted)
    return weights / weights.sum(axis=1, keepdims=True)


# %% wrong="alignment_energies" says="the state of the decoder is missing"
def alignment_energies(s, a, parameters):
    W_s, W_a, v = (parameters[key] for key in ("W_s", "W_a", "v"))
    u = np.tanh(np.einsum("ka,amt->kmt", W_a, a))
    return np.einsum("k,kmt->mt", v[0], u), u


# %% wrong="alignment_energies" says="where is tanh?"
def alignment_energies(s, a, parameters):
    W_s, W_a, v = (parameters[key] for key in ("W_s", "W_a", "v"))
    u = (W_s @ s)[:, :, None] + np.einsum("ka,amt->kmt", W_a, a)
    return np.einsum("k,kmt->mt", v[0], u), u


# %% wrong="alignment_energies" says="where is v?"
def alignment_energies(s, a, parameters):
    W_s, W_a, v = (parameters[key] for key in ("W_s", "W_a", "v"))
    u = np.tanh((W_s @ s)[:, :, None] + np.einsum("ka,amt->kmt", W_a, a))
    return u.sum(axis=0), u


# %% wrong="alignment_energies" says="expected shape (2, 3), got shape (1, 2, 3)"
def alignment_energies(s, a, parameters):
    W_s, W_a, v = (parameters[key] for key in ("W_s", "W_a", "v"))
    u = np.tanh((W_s @ s)[:, :, None] + np.einsum("ka,amt->kmt", W_a, a))
    return np.einsum("ok,kmt->omt", v, u), u


# %% wrong="alignment_energies" says="e of the"
def alignment_energies(s, a, parameters):
    W_s, W_a, v = (parameters[key] for key in ("W_s", "W_a", "v"))
    u = np.tanh((W_s @ s[:, :1])[:, :, None] + np.einsum("ka,amt->kmt", W_a, a))
    return np.einsum("k,kmt->mt", v[0], u), u


# %% alternative="alignment_energies"
def alignment_energies(s, a, parameters):
    W_s, W_a, v = (parameters[key] for key in ("W_s", "W_a", "v"))
    u = np.stack([np.tanh(W_s @ s + W_a @ a[:, :, t]) for t in range(a.shape[2])], axis=2)
    return np.stack([(v @ u[:, :, t])[0] for t in range(a.shape[2])], axis=1), u


# %% alternative="alignment_energies"
def alignment_energies(s, a, parameters):
    W_s, W_a, v = (parameters[key] for key in ("W_s", "W_a", "v"))
    both = np.concatenate([np.repeat(s[:, :, None], a.shape[2], axis=2), a])
    u = np.tanh(np.tensordot(np.hstack([W_s, W_a]), both, axes=1))
    return np.tensordot(v, u, axes=1)[0], u


# %% wrong="alignment_energies" says="1e20 times u"
def alignment_energies(s, a, parameters):
    z = (parameters["W_s"] @ s)[:, :, None] + np.tensordot(parameters["W_a"], a, axes=1)
    with np.errstate(over="ignore"):
        u = 1 - 2 / (np.exp(2 * z) + 1)
    return np.tensordot(parameters["v"], u, axes=1)[0], u


# %% wrong="one_step_attention" says="padding has a part in it"
def one_step_attention(s, a, mask, parameters):
    e, u = alignment_energies(s, a, parameters)
    weights = masked_softmax(e, np.ones(e.shape))
    return np.einsum("mt,amt->am", weights, a), (s, a, u, weights, parameters)


# %% wrong="one_step_attention" says="this is a sum"
def one_step_attention(s, a, mask, parameters):
    e, u = alignment_energies(s, a, parameters)
    weights = masked_softmax(e, mask)
    return (a * mask).sum(axis=2), (s, a, u, weights, parameters)


# %% wrong="one_step_attention" says="weights are missing"
def one_step_attention(s, a, mask, parameters):
    e, u = alignment_energies(s, a, parameters)
    weights = masked_softmax(e, mask)
    return (a * mask).sum(axis=2) / mask.sum(axis=1), (s, a, u, weights, parameters)


# %% wrong="one_step_attention" says="the weights of the first sequence"
def one_step_attention(s, a, mask, parameters):
    e, u = alignment_energies(s, a, parameters)
    weights = masked_softmax(e, mask)
    return np.einsum("mt,amt->am", weights, a), (s, a, u, e, parameters)


# %% alternative="one_step_attention"
def one_step_attention(s, a, mask, parameters):
    e, u = alignment_energies(s, a, parameters)
    weights = masked_softmax(e, mask)
    context = np.stack([a[:, j] @ weights[j] for j in range(a.shape[1])], axis=1)
    return [context, (s, a, u, weights, parameters)]


# %% alternative="one_step_attention"
def one_step_attention(s, a, mask, parameters):
    e, u = alignment_energies(s, a, parameters)
    weights = masked_softmax(e, mask)
    context = sum(a[:, :, t] * weights[:, t] for t in range(a.shape[2]))
    return context, (s.copy(), a.copy(), u, weights, dict(parameters))


# %% wrong="scaled_dot_energies" says="the scale is missing"
def scaled_dot_energies(q, k):
    return np.einsum("nm,nmt->mt", q, k) * 1.0


# %% wrong="scaled_dot_energies" says="the root of n, not n"
def scaled_dot_energies(q, k):
    return np.einsum("nm,nmt->mt", q, k) / len(q)


# %% wrong="scaled_dot_energies" says="0.866 times"
def scaled_dot_energies(q, k):
    return np.einsum("nm,nmt->mt", q, k) / 2.0


# %% wrong="scaled_dot_energies" says="expected shape (2, 3)"
def scaled_dot_energies(q, k):
    return np.einsum("nm,nmt->tm", q, k) / len(q) ** 0.5


# %% alternative="scaled_dot_energies"
def scaled_dot_energies(q, k):
    return (q[:, :, None] * k).sum(axis=0) / len(q) ** 0.5


# %% alternative="scaled_dot_energies"
def scaled_dot_energies(q, k):
    n, m, T = k.shape
    return np.array([q[:, j] / np.sqrt(n) @ k[:, j] for j in range(m)]).reshape(m, T)


# %% wrong="attention_backward" says="this is only the part through the context"
def attention_backward(dcontext, cache):
    s, a, u, weights, parameters = cache
    dweights = np.einsum("am,amt->mt", dcontext, a)
    de = weights * (dweights - np.sum(weights * dweights, axis=1, keepdims=True))
    dz = parameters["v"].T[:, :, None] * de * (1 - u**2)
    da = dcontext[:, :, None] * weights
    grads = {"dW_s": np.einsum("kmt,sm->ks", dz, s), "dW_a": np.einsum("kmt,amt->ka", dz, a)}
    grads["dv"] = np.einsum("mt,kmt->k", de, u)[None]
    return parameters["W_s"].T @ dz.sum(axis=2), da, grads


# %% wrong="attention_backward" says="this is only the part through the energies"
def attention_backward(dcontext, cache):
    s, a, u, weights, parameters = cache
    dweights = np.einsum("am,amt->mt", dcontext, a)
    de = weights * (dweights - np.sum(weights * dweights, axis=1, keepdims=True))
    dz = parameters["v"].T[:, :, None] * de * (1 - u**2)
    da = np.einsum("ka,kmt->amt", parameters["W_a"], dz)
    grads = {"dW_s": np.einsum("kmt,sm->ks", dz, s), "dW_a": np.einsum("kmt,amt->ka", dz, a)}
    grads["dv"] = np.einsum("mt,kmt->k", de, u)[None]
    return parameters["W_s"].T @ dz.sum(axis=2), da, grads


# %% wrong="attention_backward" says="ds"
def attention_backward(dcontext, cache):
    s, a, u, weights, parameters = cache
    dweights = np.einsum("am,amt->mt", dcontext, a)
    de = weights * (dweights)
    dz = parameters["v"].T[:, :, None] * de * (1 - u**2)
    da = dcontext[:, :, None] * weights + np.einsum("ka,kmt->amt", parameters["W_a"], dz)
    grads = {"dW_s": np.einsum("kmt,sm->ks", dz, s), "dW_a": np.einsum("kmt,amt->ka", dz, a)}
    grads["dv"] = np.einsum("mt,kmt->k", de, u)[None]
    return parameters["W_s"].T @ dz.sum(axis=2), da, grads


# %% wrong="attention_backward" says="ds"
def attention_backward(dcontext, cache):
    s, a, u, weights, parameters = cache
    dweights = np.einsum("am,amt->mt", dcontext, a)
    de = weights * (dweights - np.sum(weights * dweights, axis=1, keepdims=True))
    dz = parameters["v"].T[:, :, None] * de
    da = dcontext[:, :, None] * weights + np.einsum("ka,kmt->amt", parameters["W_a"], dz)
    grads = {"dW_s": np.einsum("kmt,sm->ks", dz, s), "dW_a": np.einsum("kmt,amt->ka", dz, a)}
    grads["dv"] = np.einsum("mt,kmt->k", de, u)[None]
    return parameters["W_s"].T @ dz.sum(axis=2), da, grads


# %% wrong="attention_backward" says="dv"
def attention_backward(dcontext, cache):
    s, a, u, weights, parameters = cache
    dweights = np.einsum("am,amt->mt", dcontext, a)
    de = weights * (dweights - np.sum(weights * dweights, axis=1, keepdims=True))
    dz = parameters["v"].T[:, :, None] * de * (1 - u**2)
    da = dcontext[:, :, None] * weights + np.einsum("ka,kmt->amt", parameters["W_a"], dz)
    grads = {"dW_s": np.einsum("kmt,sm->ks", dz, s), "dW_a": np.einsum("kmt,amt->ka", dz, a)}
    grads["dv"] = np.einsum("mt,kmt->k", de, u)
    return parameters["W_s"].T @ dz.sum(axis=2), da, grads


# %% wrong="attention_backward" says="dW_a"
def attention_backward(dcontext, cache):
    s, a, u, weights, parameters = cache
    dweights = np.einsum("am,amt->mt", dcontext, a)
    de = weights * (dweights - np.sum(weights * dweights, axis=1, keepdims=True))
    dz = parameters["v"].T[:, :, None] * de * (1 - u**2)
    da = dcontext[:, :, None] * weights + np.einsum("ka,kmt->amt", parameters["W_a"], dz)
    grads = {"dW_s": np.einsum("kmt,sm->ks", dz, s), "dW_a": np.einsum("kmt,amt->ka", dz, a) / a.shape[1]}
    grads["dv"] = np.einsum("mt,kmt->k", de, u)[None]
    return parameters["W_s"].T @ dz.sum(axis=2), da, grads


# %% wrong="attention_backward" says="da[0, 0]"
def attention_backward(dcontext, cache):
    s, a, u, weights, parameters = cache
    dweights = np.einsum("am,amt->mt", dcontext, a)
    weights = weights + 1e-9
    de = weights * (dweights - np.sum(weights * dweights, axis=1, keepdims=True))
    dz = parameters["v"].T[:, :, None] * de * (1 - u**2)
    da = dcontext[:, :, None] * weights + np.einsum("ka,kmt->amt", parameters["W_a"], dz)
    grads = {"dW_s": np.einsum("kmt,sm->ks", dz, s), "dW_a": np.einsum("kmt,amt->ka", dz, a)}
    grads["dv"] = np.einsum("mt,kmt->k", de, u)[None]
    return parameters["W_s"].T @ dz.sum(axis=2), da, grads


# %% alternative="attention_backward"
def attention_backward(dcontext, cache):
    s, a, u, weights, parameters = cache
    W_s, W_a, v = parameters["W_s"], parameters["W_a"], parameters["v"]
    ds, da = np.zeros(s.shape), np.zeros(a.shape)
    dW_s, dW_a, dv = np.zeros(W_s.shape), np.zeros(W_a.shape), np.zeros(v.shape)
    for j in range(a.shape[1]):
        alpha = weights[j]
        jacobian = np.diag(alpha) - np.outer(alpha, alpha)
        de = jacobian @ (a[:, j].T @ dcontext[:, j])
        da[:, j] += np.outer(dcontext[:, j], alpha)
        for t in range(a.shape[2]):
            dz = v[0] * de[t] * (1 - u[:, j, t] ** 2)
            dv[0] += de[t] * u[:, j, t]
            ds[:, j] += W_s.T @ dz
            da[:, j, t] += W_a.T @ dz
            dW_s += np.outer(dz, s[:, j])
            dW_a += np.outer(dz, a[:, j, t])
    return ds, da, {"dv": dv, "dW_s": dW_s, "dW_a": dW_a}


# %% alternative="attention_backward"
def attention_backward(dcontext, cache):
    s, a, u, weights, parameters = cache
    shape = a.shape
    context = (a * weights).sum(axis=2)
    de = weights * (np.einsum("am,amt->mt", dcontext, a) - (dcontext * context).sum(axis=0)[:, None])
    dz = (parameters["v"].reshape(-1, 1, 1) * de) * (1 - u) * (1 + u)
    flat = dz.reshape(len(dz), -1)
    da = (parameters["W_a"].T @ flat).reshape(shape) + dcontext[:, :, None] * weights[None]
    grads = dict(dW_a=flat @ a.reshape(len(a), -1).T, dW_s=dz.sum(axis=2) @ s.T, dv=(u * de).sum(axis=(1, 2))[None, :])
    return [parameters["W_s"].T @ dz.sum(axis=2), da, grads]


# %% wrong="attention_backward" says="with a sharp softmax, ds"
def attention_backward(dcontext, cache):
    s, a, u, weights, parameters = cache
    dweights = np.einsum("am,amt->mt", dcontext, a)
    de = weights * (dweights - (weights * dweights).sum(axis=1, keepdims=True))
    de = np.where(weights > 1e-6, de, 0)
    dz = parameters["v"].T[:, :, None] * de * (1 - u * u)
    da = weights * dcontext[:, :, None] + np.tensordot(parameters["W_a"].T, dz, axes=1)
    grads = {
        "dW_s": dz.sum(axis=2) @ s.T,
        "dW_a": np.tensordot(dz, a, axes=((1, 2), (1, 2))),
        "dv": np.tensordot(de, u, axes=((0, 1), (1, 2)))[None],
    }
    return parameters["W_s"].T @ dz.sum(axis=2), da, grads


# %% wrong="attention_backward" says="attention_backward"
def attention_backward(dcontext, cache):
    s, a, u, weights, parameters = cache
    W_s, W_a, v = (parameters[key] for key in ("W_s", "W_a", "v"))
    ds, da = np.zeros(s.shape), np.zeros(a.shape)
    grads = {"dW_s": np.zeros(W_s.shape), "dW_a": np.zeros(W_a.shape), "dv": np.zeros(v.shape)}
    for j in range(s.shape[1]):
        length = np.count_nonzero(weights[j])
        w, vectors, units = weights[j, :length], a[:, j, :length], u[:, j, :length]
        dw = dcontext[:, j] @ vectors
        de = w * (dw - w @ dw)
        dz = v.T * de * (1 - units**2)
        ds[:, j] = W_s.T @ dz.sum(axis=1)
        da[:, j, :length] = np.outer(dcontext[:, j], w) + W_a.T @ dz
        grads["dW_s"] += np.outer(dz.sum(axis=1), s[:, j])
        grads["dW_a"] += dz @ vectors.T
        grads["dv"] += de @ units.T
    return ds, da, grads


# %% wrong="decode_step" says="the symbol stands on top"
def decode_step(y_prev, s_prev, a, mask, parameters):
    context, looked = one_step_attention(s_prev, a, mask, parameters)
    s, moved = gru_cell_forward(np.concatenate([context, parameters["E_y"][:, y_prev]]), s_prev, parameters)
    return parameters["W_ya"] @ np.concatenate([s, context]) + parameters["b_y"], s, (looked, moved)


# %% wrong="decode_step" says="the GRU reads the context too"
def decode_step(y_prev, s_prev, a, mask, parameters):
    context, looked = one_step_attention(s_prev, a, mask, parameters)
    s, moved = gru_cell_forward(np.concatenate([parameters["E_y"][:, y_prev], 0 * context]), s_prev, parameters)
    return parameters["W_ya"] @ np.concatenate([s, context]) + parameters["b_y"], s, (looked, moved)


# %% wrong="decode_step" says="from the new state"
def decode_step(y_prev, s_prev, a, mask, parameters):
    context, looked = one_step_attention(s_prev, a, mask, parameters)
    s, moved = gru_cell_forward(np.concatenate([parameters["E_y"][:, y_prev], context]), s_prev, parameters)
    return parameters["W_ya"] @ np.concatenate([s_prev, context]) + parameters["b_y"], s, (looked, moved)


# %% wrong="decode_step" says="the state stands on top"
def decode_step(y_prev, s_prev, a, mask, parameters):
    context, looked = one_step_attention(s_prev, a, mask, parameters)
    s, moved = gru_cell_forward(np.concatenate([parameters["E_y"][:, y_prev], context]), s_prev, parameters)
    return parameters["W_ya"] @ np.concatenate([context, s]) + parameters["b_y"], s, (looked, moved)


# %% wrong="decode_step" says="that the GRU got"
def decode_step(y_prev, s_prev, a, mask, parameters):
    context, looked = one_step_attention(s_prev, a, mask, parameters)
    s, moved = gru_cell_forward(np.concatenate([parameters["E_y"][:, y_prev], context]), s_prev, parameters)
    context, _ = one_step_attention(s, a, mask, parameters)
    return parameters["W_ya"] @ np.concatenate([s, context]) + parameters["b_y"], s, (looked, moved)


# %% wrong="decode_step" says="z[:, 0]"
def decode_step(y_prev, s_prev, a, mask, parameters):
    context, looked = one_step_attention(s_prev, a, mask, parameters)
    s, moved = gru_cell_forward(np.concatenate([parameters["E_y"][:, y_prev], context]), s_prev, parameters)
    return parameters["W_ya"] @ np.concatenate([s, context]), s, (looked, moved)


# %% alternative="decode_step"
def decode_step(y_prev, s_prev, a, mask, parameters):
    context, looked = one_step_attention(s_prev, a, mask, parameters)
    written = np.take(parameters["E_y"], y_prev, axis=1)
    s, moved = gru_cell_forward(np.vstack((written, context)), s_prev, parameters)
    n_s = len(s)
    from_state, from_context = parameters["W_ya"][:, :n_s] @ s, parameters["W_ya"][:, n_s:] @ context
    return from_state + from_context + parameters["b_y"], s, (looked, moved)


# %% alternative="decode_step"
def decode_step(y_prev, s_prev, a, mask, parameters):
    context, looked = one_step_attention(s_prev, a, mask, parameters)
    one_hot = np.eye(parameters["E_y"].shape[1])[:, y_prev]
    s, moved = gru_cell_forward(np.r_[parameters["E_y"] @ one_hot, context], s_prev, parameters)
    z = np.einsum("yk,km->ym", parameters["W_ya"], np.r_[s, context]) + parameters["b_y"]
    return [z, s, [looked, moved]]


# %% equivalent="one_step_attention" mutant="its argument handed back" why="the cache may hold the arguments themselves"


# %% wrong="one_step_attention" says="sharp softmax"
def one_step_attention(s, a, mask, parameters):
    e, u = alignment_energies(s, a, parameters)
    weights = np.exp(e - e.max(axis=1, keepdims=True)) * mask
    weights = weights / weights.sum(axis=1, keepdims=True)
    return np.einsum("mt,amt->am", weights, a), (s, a, u, weights, parameters)


# %% wrong="one_step_attention" says="at padding"
def one_step_attention(s, a, mask, parameters):
    e, u = alignment_energies(s, a, parameters)
    weights = masked_softmax(e, mask)
    middle = a.mean(axis=2)
    context = middle + np.einsum("mt,amt->am", weights, a - middle[:, :, None])
    return context, (s, a, u, weights, parameters)


# %% wrong="one_step_attention" says="sharp softmax, v times 9"
def one_step_attention(s, a, mask, parameters):
    e, u = alignment_energies(s, a, parameters)
    weights = masked_softmax(e, mask)
    weights = np.where(weights < 1e-4, 0.0, weights)
    return (weights * a).sum(axis=2), (s, a, u, weights, parameters)


# %% equivalent="decode_step" mutant="its argument handed back" why="the caches may hold the arguments themselves"


# %% wrong="decode_step" says="gate scores"
def decode_step(y_prev, s_prev, a, mask, parameters):
    def sigmoid(z):
        return np.exp(z) / (1 + np.exp(z))

    context, looked = one_step_attention(s_prev, a, mask, parameters)
    x = np.concatenate([parameters["E_y"][:, y_prev], context])
    both = np.concatenate([s_prev, x])
    gate_u = sigmoid(parameters["W_u"] @ both + parameters["b_u"])
    gate_r = sigmoid(parameters["W_r"] @ both + parameters["b_r"])
    tilde = np.tanh(parameters["W_c"] @ np.concatenate([gate_r * s_prev, x]) + parameters["b_c"])
    s = gate_u * tilde + (1 - gate_u) * s_prev
    z = parameters["W_ya"] @ np.concatenate([s, context]) + parameters["b_y"]
    return z, s, (looked, (x, s_prev, gate_u, gate_r, tilde, parameters))


# %% wrong="decode_step" says="whole numbers in a"
def decode_step(y_prev, s_prev, a, mask, parameters):
    context, looked = one_step_attention(s_prev, a, mask, parameters)
    n_e = len(parameters["E_y"])
    x = np.empty((n_e + len(a), len(y_prev)), dtype=a.dtype)
    x[:n_e] = parameters["E_y"][:, y_prev]
    x[n_e:] = context
    s, moved = gru_cell_forward(x, s_prev, parameters)
    z = parameters["W_ya"] @ np.concatenate([s, context]) + parameters["b_y"]
    return z, s, (looked, moved)
