# %% wrong="gradient_by_lag" says="the last step comes first"
def gradient_by_lag(g, caches, cell_backward):
    sizes = [np.linalg.norm(g)]
    for cache in caches:
        g = cell_backward(g, cache)[1]
        sizes.append(np.linalg.norm(g))
    return np.array(sizes)


# %% wrong="gradient_by_lag" says="expected shape (3,), got shape (2,)"
def gradient_by_lag(g, caches, cell_backward):
    sizes = []
    for cache in caches[::-1]:
        g = cell_backward(g, cache)[1]
        sizes.append(np.linalg.norm(g))
    return np.array(sizes)


# %% wrong="gradient_by_lag" says="dx_t is the first result"
def gradient_by_lag(g, caches, cell_backward):
    sizes = [np.linalg.norm(g)]
    for cache in caches[::-1]:
        g = cell_backward(g, cache)[0]
        sizes.append(np.linalg.norm(g))
    return np.array(sizes)


# %% wrong="gradient_by_lag" says="each step alone"
def gradient_by_lag(g, caches, cell_backward):
    backwards = [cell_backward(g, cache)[1] for cache in caches[::-1]]
    return np.array([np.linalg.norm(each) for each in [g, *backwards]])


# %% wrong="gradient_by_lag" says="g of shape (3, 5): 5 of 5 values are wrong"
def gradient_by_lag(g, caches, cell_backward):
    sizes = [np.linalg.norm(g, ord=2)]
    for cache in caches[::-1]:
        g = cell_backward(g, cache)[1]
        sizes.append(np.linalg.norm(g, ord=2))
    return np.array(sizes)


# %% wrong="gradient_by_lag" says="once a step, back in time"
def gradient_by_lag(g, caches, cell_backward):
    sizes = []
    for lag in range(len(caches) + 1):
        back = g
        for cache in caches[len(caches) - lag :][::-1]:
            back = cell_backward(back, cache)[1]
        sizes.append(np.sqrt(np.sum(back * back)))
    return np.array(sizes)


# %% alternative="gradient_by_lag"
def gradient_by_lag(g, caches, cell_backward):
    sizes = np.zeros(len(caches) + 1)
    sizes[0] = np.sqrt(np.sum(np.asarray(g, float) ** 2))
    for k in range(1, len(sizes)):
        g = cell_backward(g, caches[-k])[1]
        sizes[k] = np.sqrt((g * g).sum())
    return sizes


# %% alternative="gradient_by_lag"
def gradient_by_lag(g, caches, cell_backward):
    size = np.linalg.norm(g)
    if not caches:
        return np.array([size])
    _, g_prev, _ = cell_backward(g, caches[-1])
    return np.concatenate([[size], gradient_by_lag(g_prev, caches[:-1], cell_backward)])


# %% wrong="gradient_by_lag" says="the calls of cell_backward"
def gradient_by_lag(g, caches, cell_backward):
    sizes = np.zeros(len(caches) + 1)
    for k in range(len(caches) + 1):
        sizes[k] = np.sqrt(np.sum(np.square(g, dtype=float)))
        if sizes[k] == 0 or k == len(caches):
            break
        g = cell_backward(g, caches[-1 - k])[1]
    return sizes


# %% wrong="gru_cell_forward" says="gate_u belongs to the candidate"
def gru_cell_forward(x_t, c_prev, parameters):
    stacked = np.concatenate([c_prev, x_t])
    u, r = (sigmoid(parameters[f"W_{g}"] @ stacked + parameters[f"b_{g}"]) for g in "ur")
    c_tilde = np.tanh(parameters["W_c"] @ np.concatenate([r * c_prev, x_t]) + parameters["b_c"])
    return u * c_prev + (1 - u) * c_tilde, (x_t, c_prev, u, r, c_tilde, parameters)


# %% wrong="gru_cell_forward" says="the state stands above the input"
def gru_cell_forward(x_t, c_prev, parameters):
    stacked = np.concatenate([x_t, c_prev])
    u, r = (sigmoid(parameters[f"W_{g}"] @ stacked + parameters[f"b_{g}"]) for g in "ur")
    c_tilde = np.tanh(parameters["W_c"] @ np.concatenate([x_t, r * c_prev]) + parameters["b_c"])
    return u * c_tilde + (1 - u) * c_prev, (x_t, c_prev, u, r, c_tilde, parameters)


# %% wrong="gru_cell_forward" says="the candidate sees gate_r * c_prev"
def gru_cell_forward(x_t, c_prev, parameters):
    stacked = np.concatenate([c_prev, x_t])
    u, r = (sigmoid(parameters[f"W_{g}"] @ stacked + parameters[f"b_{g}"]) for g in "ur")
    c_tilde = np.tanh(parameters["W_c"] @ stacked + parameters["b_c"])
    return u * c_tilde + (1 - u) * c_prev, (x_t, c_prev, u, r, c_tilde, parameters)


# %% wrong="gru_cell_forward" says="before the matrix product"
def gru_cell_forward(x_t, c_prev, parameters):
    n_a, stacked = len(c_prev), np.concatenate([c_prev, x_t])
    u, r = (sigmoid(parameters[f"W_{g}"] @ stacked + parameters[f"b_{g}"]) for g in "ur")
    W_c = parameters["W_c"]
    c_tilde = np.tanh(r * (W_c[:, :n_a] @ c_prev) + W_c[:, n_a:] @ x_t + parameters["b_c"])
    return u * c_tilde + (1 - u) * c_prev, (x_t, c_prev, u, r, c_tilde, parameters)


# %% wrong="gru_cell_forward" says="gate_u of"
def gru_cell_forward(x_t, c_prev, parameters):
    stacked = np.concatenate([c_prev, x_t])
    u, r = (sigmoid(parameters[f"W_{g}"] @ stacked + parameters[f"b_{g}"]) for g in "ur")
    c_tilde = np.tanh(parameters["W_c"] @ np.concatenate([r * c_prev, x_t]) + parameters["b_c"])
    return u * c_tilde + (1 - u) * c_prev, (x_t, c_prev, r, u, c_tilde, parameters)


# %% alternative="gru_cell_forward"
def gru_cell_forward(x_t, c_prev, parameters):
    n_a = c_prev.shape[0]

    def score(gate, state):
        W = parameters["W_" + gate]
        return W[:, :n_a].dot(state) + W[:, n_a:].dot(x_t) + parameters["b_" + gate]

    gate_u, gate_r = 1 / (1 + np.exp(-score("u", c_prev).clip(-500))), sigmoid(score("r", c_prev))
    c_tilde = np.tanh(score("c", gate_r * c_prev))
    return c_prev + gate_u * (c_tilde - c_prev), (x_t, c_prev, gate_u, gate_r, c_tilde, parameters)


# %% alternative="gru_cell_forward"
def gru_cell_forward(x_t, c_prev, parameters):
    n_a, m = c_prev.shape
    W_ur = np.vstack([parameters["W_u"], parameters["W_r"]])
    gates = sigmoid(
        np.einsum("ij,jm->im", W_ur, np.vstack([c_prev, x_t])) + np.vstack([parameters["b_u"], parameters["b_r"]])
    )
    gate_u, gate_r = np.split(gates, 2)
    c_tilde = np.zeros((n_a, m))
    for i in range(m):
        c_tilde[:, i] = np.tanh(
            parameters["W_c"] @ np.r_[gate_r[:, i] * c_prev[:, i], x_t[:, i]] + parameters["b_c"][:, 0]
        )
    return np.multiply(gate_u, c_tilde) + c_prev - gate_u * c_prev, (x_t, c_prev, gate_u, gate_r, c_tilde, parameters)


# %% wrong="gru_forward" says="each step begins with the state after the step before"
def gru_forward(x, c0, parameters):
    found = [gru_cell_forward(x[:, :, t], c0, parameters) for t in range(x.shape[2])]
    return np.stack([c_t for c_t, _ in found], axis=2), [cache for _, cache in found]


# %% wrong="gru_forward" says="begin with c0"
def gru_forward(x, c0, parameters):
    states, caches, c_t = [], [], np.zeros_like(c0)
    for t in range(x.shape[2]):
        c_t, cache = gru_cell_forward(x[:, :, t], c_t, parameters)
        states.append(c_t)
        caches.append(cache)
    return np.stack(states, axis=2), caches


# %% wrong="gru_forward" says="expected shape (2, 3, 4), got shape (4, 2, 3)"
def gru_forward(x, c0, parameters):
    states, caches, c_t = [], [], c0
    for t in range(x.shape[2]):
        c_t, cache = gru_cell_forward(x[:, :, t], c_t, parameters)
        states.append(c_t)
        caches.append(cache)
    return np.array(states), caches


# %% wrong="gru_forward" says="expected 4 entries, got 1"
def gru_forward(x, c0, parameters):
    states, c_t = [], c0
    for t in range(x.shape[2]):
        c_t, cache = gru_cell_forward(x[:, :, t], c_t, parameters)
        states.append(c_t)
    return np.stack(states, axis=2), [cache]


# %% alternative="gru_forward"
def gru_forward(x, c0, parameters):
    n_x, m, T_x = x.shape
    c, caches = np.zeros((len(c0), m, T_x)), [None] * T_x
    for t in range(T_x):
        c[:, :, t], caches[t] = gru_cell_forward(x[..., t], c[:, :, t - 1].copy() if t > 0 else c0, parameters)
    return c, caches


# %% alternative="gru_forward"
def gru_forward(x, c0, parameters):
    c_t, cache = gru_cell_forward(x[:, :, 0], c0, parameters)
    if x.shape[2] == 1:
        return c_t[:, :, None].copy(), [cache]
    rest, caches = gru_forward(x[:, :, 1:], c_t, parameters)
    return np.concatenate([c_t[:, :, None], rest], axis=2), [cache, *caches]


# %% wrong="gru_cell_backward" says="1 - gate_u keeps is missing"
def gru_cell_backward(dc_t, cache):
    x_t, c_prev, u, r, c_tilde, p = cache
    n_a, seen, seen_c = len(c_prev), np.concatenate([c_prev, x_t]), np.concatenate([r * c_prev, x_t])
    dz_c, dz_u = dc_t * u * (1 - c_tilde**2), dc_t * (c_tilde - c_prev) * u * (1 - u)
    back = p["W_c"].T @ dz_c
    dz_r = back[:n_a] * c_prev * r * (1 - r)
    both = p["W_u"].T @ dz_u + p["W_r"].T @ dz_r
    grads = {"dW_u": dz_u @ seen.T, "dW_r": dz_r @ seen.T, "dW_c": dz_c @ seen_c.T}
    grads |= {
        "db_u": dz_u.sum(1, keepdims=True),
        "db_r": dz_r.sum(1, keepdims=True),
        "db_c": dz_c.sum(1, keepdims=True),
    }
    return both[n_a:] + back[n_a:], back[:n_a] * r + both[:n_a], grads


# %% wrong="gru_cell_backward" says="the way through gate_r is missing"
def gru_cell_backward(dc_t, cache):
    x_t, c_prev, u, r, c_tilde, p = cache
    n_a, seen, seen_c = len(c_prev), np.concatenate([c_prev, x_t]), np.concatenate([r * c_prev, x_t])
    dz_c, dz_u = dc_t * u * (1 - c_tilde**2), dc_t * (c_tilde - c_prev) * u * (1 - u)
    back = p["W_c"].T @ dz_c
    dz_r = back[:n_a] * c_prev * r * (1 - r)
    both = p["W_u"].T @ dz_u
    grads = {"dW_u": dz_u @ seen.T, "dW_r": dz_r @ seen.T, "dW_c": dz_c @ seen_c.T}
    grads |= {
        "db_u": dz_u.sum(1, keepdims=True),
        "db_r": dz_r.sum(1, keepdims=True),
        "db_c": dz_c.sum(1, keepdims=True),
    }
    return both[n_a:] + back[n_a:], dc_t * (1 - u) + back[:n_a] * r + both[:n_a], grads


# %% wrong="gru_cell_backward" says="where is gate_r?"
def gru_cell_backward(dc_t, cache):
    x_t, c_prev, u, r, c_tilde, p = cache
    n_a, seen, seen_c = len(c_prev), np.concatenate([c_prev, x_t]), np.concatenate([r * c_prev, x_t])
    dz_c, dz_u = dc_t * u * (1 - c_tilde**2), dc_t * (c_tilde - c_prev) * u * (1 - u)
    back = p["W_c"].T @ dz_c
    dz_r = back[:n_a] * c_prev * r * (1 - r)
    both = p["W_u"].T @ dz_u + p["W_r"].T @ dz_r
    grads = {"dW_u": dz_u @ seen.T, "dW_r": dz_r @ seen.T, "dW_c": dz_c @ seen_c.T}
    grads |= {
        "db_u": dz_u.sum(1, keepdims=True),
        "db_r": dz_r.sum(1, keepdims=True),
        "db_c": dz_c.sum(1, keepdims=True),
    }
    return both[n_a:] + back[n_a:], dc_t * (1 - u) + back[:n_a] + both[:n_a], grads


# %% wrong="gru_cell_backward" says="W_c met gate_r * c_prev"
def gru_cell_backward(dc_t, cache):
    x_t, c_prev, u, r, c_tilde, p = cache
    n_a, seen = len(c_prev), np.concatenate([c_prev, x_t])
    dz_c, dz_u = dc_t * u * (1 - c_tilde**2), dc_t * (c_tilde - c_prev) * u * (1 - u)
    back = p["W_c"].T @ dz_c
    dz_r = back[:n_a] * c_prev * r * (1 - r)
    both = p["W_u"].T @ dz_u + p["W_r"].T @ dz_r
    grads = {"dW_u": dz_u @ seen.T, "dW_r": dz_r @ seen.T, "dW_c": dz_c @ seen.T}
    grads |= {
        "db_u": dz_u.sum(1, keepdims=True),
        "db_r": dz_r.sum(1, keepdims=True),
        "db_c": dz_c.sum(1, keepdims=True),
    }
    return both[n_a:] + back[n_a:], dc_t * (1 - u) + back[:n_a] * r + both[:n_a], grads


# %% wrong="gru_cell_backward" says="expected shape (2, 1), got shape (2,)"
def gru_cell_backward(dc_t, cache):
    x_t, c_prev, u, r, c_tilde, p = cache
    n_a, seen, seen_c = len(c_prev), np.concatenate([c_prev, x_t]), np.concatenate([r * c_prev, x_t])
    dz_c, dz_u = dc_t * u * (1 - c_tilde**2), dc_t * (c_tilde - c_prev) * u * (1 - u)
    back = p["W_c"].T @ dz_c
    dz_r = back[:n_a] * c_prev * r * (1 - r)
    both = p["W_u"].T @ dz_u + p["W_r"].T @ dz_r
    grads = {"dW_u": dz_u @ seen.T, "dW_r": dz_r @ seen.T, "dW_c": dz_c @ seen_c.T}
    grads |= {"db_u": dz_u.sum(1), "db_r": dz_r.sum(1), "db_c": dz_c.sum(1)}
    return both[n_a:] + back[n_a:], dc_t * (1 - u) + back[:n_a] * r + both[:n_a], grads


# %% alternative="gru_cell_backward"
def gru_cell_backward(dc_t, cache):
    x_t, c_prev, u, r, c_tilde, p = cache
    n_a = c_prev.shape[0]
    du, dc_tilde = np.multiply(dc_t, c_tilde - c_prev), np.multiply(dc_t, u)
    dz = {"c": dc_tilde - dc_tilde * c_tilde**2, "u": du * u - du * u**2}
    ds = p["W_c"][:, :n_a].T.dot(dz["c"])
    dz["r"] = ds * c_prev * (r - r**2)
    dc_prev = dc_t - dc_tilde + r * ds
    dx_t = np.zeros(x_t.shape)
    grads = {}
    for gate in "cru":
        above = r * c_prev if gate == "c" else c_prev
        grads[f"dW_{gate}"] = np.hstack([dz[gate] @ above.T, dz[gate] @ x_t.T])
        grads[f"db_{gate}"] = dz[gate].sum(axis=1).reshape(-1, 1)
        dx_t = dx_t + p[f"W_{gate}"][:, n_a:].T @ dz[gate]
        if gate != "c":
            dc_prev = dc_prev + p[f"W_{gate}"][:, :n_a].T @ dz[gate]
    return dx_t, dc_prev, grads


# %% alternative="gru_cell_backward"
def gru_cell_backward(dc_t, cache):
    x_all, c_all, u_all, r_all, tilde_all, p = cache
    n_a, m = c_all.shape
    dx_t, dc_prev = np.zeros(x_all.shape), np.zeros((n_a, m))
    grads = {f"d{k}_{g}": np.zeros(p[f"{k}_{g}"].shape) for g in "urc" for k in "Wb"}
    for i in range(m):
        x, c, u, r, tilde, d = (z[:, i : i + 1] for z in (x_all, c_all, u_all, r_all, tilde_all, dc_t))
        through_c = d * u * (1 - tilde) * (1 + tilde)
        d_seen = p["W_c"].T @ through_c
        through_u, through_r = d * (tilde - c) * u * (1 - u), d_seen[:n_a] * c * r * (1 - r)
        into_gates = p["W_u"].T @ through_u + p["W_r"].T @ through_r
        dx_t[:, i : i + 1] = d_seen[n_a:] + into_gates[n_a:]
        dc_prev[:, i : i + 1] = d * (1 - u) + d_seen[:n_a] * r + into_gates[:n_a]
        for g, dz, above in (("u", through_u, c), ("r", through_r, c), ("c", through_c, r * c)):
            grads[f"dW_{g}"] += np.outer(dz, np.vstack([above, x]))
            grads[f"db_{g}"] += dz
    return dx_t, dc_prev, grads


# %% wrong="gru_cell_backward" says="gru_cell_backward"
def gru_cell_backward(dc_t, cache):
    def slope(gate):
        with np.errstate(all="ignore"):
            e = np.exp(-np.log(gate / (1 - gate)))
            return e / (1 + e) ** 2

    x_t, c_prev, gate_u, gate_r, c_tilde, p = cache
    n_a = len(c_prev)
    dz_c = dc_t * gate_u * (1 - c_tilde**2)
    dz_u = dc_t * (c_tilde - c_prev) * slope(gate_u)
    d_seen = p["W_c"].T @ dz_c
    dz_r = d_seen[:n_a] * c_prev * slope(gate_r)
    both = p["W_u"].T @ dz_u + p["W_r"].T @ dz_r
    dc_prev = dc_t * (1 - gate_u) + d_seen[:n_a] * gate_r + both[:n_a]
    stacked, reset = np.concatenate([c_prev, x_t]), np.concatenate([gate_r * c_prev, x_t])
    grads = {"dW_u": dz_u @ stacked.T, "dW_r": dz_r @ stacked.T, "dW_c": dz_c @ reset.T}
    grads |= {f"db_{k}": np.sum(dz, axis=1, keepdims=True) for k, dz in zip("urc", (dz_u, dz_r, dz_c), strict=True)}
    return both[n_a:] + d_seen[n_a:], dc_prev, grads


# %% wrong="gru_backward" says="add what comes back from the later step"
def gru_backward(dc, caches):
    steps = [gru_cell_backward(dc[:, :, t], caches[t]) for t in range(len(caches))]
    grads = {key: sum(step[2][key] for step in steps) for key in steps[0][2]}
    return np.stack([step[0] for step in steps], axis=2), steps[0][1], grads


# %% wrong="gru_backward" says="add dc[:, :, t] in each step"
def gru_backward(dc, caches):
    dx, dc_next, grads = [], dc[:, :, -1], {}
    for cache in caches[::-1]:
        dx_t, dc_next, step = gru_cell_backward(dc_next, cache)
        grads = {key: grads.get(key, 0) + step[key] for key in step}
        dx.insert(0, dx_t)
    return np.stack(dx, axis=2), dc_next, grads


# %% wrong="gru_backward" says="dx is in the order of time"
def gru_backward(dc, caches):
    dx, dc_next, grads = [], 0, {}
    for t in reversed(range(len(caches))):
        dx_t, dc_next, step = gru_cell_backward(dc[:, :, t] + dc_next, caches[t])
        grads = {key: grads.get(key, 0) + step[key] for key in step}
        dx.append(dx_t)
    return np.stack(dx, axis=2), dc_next, grads


# %% wrong="gru_backward" says="not the first alone"
def gru_backward(dc, caches):
    dx, dc_next = [], 0
    for t in reversed(range(len(caches))):
        dx_t, dc_next, grads = gru_cell_backward(dc[:, :, t] + dc_next, caches[t])
        dx.insert(0, dx_t)
    return np.stack(dx, axis=2), dc_next, grads


# %% alternative="gru_backward"
def gru_backward(dc, caches):
    n_a, m, T_x = dc.shape
    dx, d, total = np.zeros((len(caches[0][0]), m, T_x)), np.zeros((n_a, m)), None
    for t in range(T_x - 1, -1, -1):
        d = d + dc[:, :, t]
        dx[:, :, t], d, step = gru_cell_backward(d, caches[t])
        if total is None:
            total = {key: value.copy() for key, value in step.items()}
        else:
            for key in total:
                total[key] += step[key]
    return dx, d, total


# %% alternative="gru_backward"
def gru_backward(dc, caches):
    if len(caches) == 1:
        dx_t, dc0, grads = gru_cell_backward(dc[:, :, 0], caches[0])
        return dx_t[:, :, None], dc0, grads
    late, back, grads = gru_backward(dc[:, :, 1:], caches[1:])
    dx_t, dc0, first = gru_cell_backward(dc[:, :, 0] + back, caches[0])
    return np.concatenate([dx_t[:, :, None], late], axis=2), dc0, {key: first[key] + grads[key] for key in first}


# %% wrong="lstm_cell_forward" says="the forget gate, not 1 - gate_u"
def lstm_cell_forward(x_t, a_prev, c_prev, parameters):
    z = {g: parameters[f"W_{g}"] @ np.concatenate([a_prev, x_t]) + parameters[f"b_{g}"] for g in "ufoc"}
    u, f, o, c_tilde = sigmoid(z["u"]), sigmoid(z["f"]), sigmoid(z["o"]), np.tanh(z["c"])
    c_t = u * c_tilde + (1 - u) * c_prev
    return o * np.tanh(c_t), c_t, (x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, parameters)


# %% wrong="lstm_cell_forward" says="gate_u writes, gate_f keeps"
def lstm_cell_forward(x_t, a_prev, c_prev, parameters):
    z = {g: parameters[f"W_{g}"] @ np.concatenate([a_prev, x_t]) + parameters[f"b_{g}"] for g in "ufoc"}
    u, f, o, c_tilde = sigmoid(z["u"]), sigmoid(z["f"]), sigmoid(z["o"]), np.tanh(z["c"])
    c_t = f * c_tilde + u * c_prev
    return o * np.tanh(c_t), c_t, (x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, parameters)


# %% wrong="lstm_cell_forward" says="the gates see a_prev"
def lstm_cell_forward(x_t, a_prev, c_prev, parameters):
    z = {g: parameters[f"W_{g}"] @ np.concatenate([c_prev, x_t]) + parameters[f"b_{g}"] for g in "ufoc"}
    u, f, o, c_tilde = sigmoid(z["u"]), sigmoid(z["f"]), sigmoid(z["o"]), np.tanh(z["c"])
    c_t = u * c_tilde + f * c_prev
    return o * np.tanh(c_t), c_t, (x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, parameters)


# %% wrong="lstm_cell_forward" says="where is tanh?"
def lstm_cell_forward(x_t, a_prev, c_prev, parameters):
    z = {g: parameters[f"W_{g}"] @ np.concatenate([a_prev, x_t]) + parameters[f"b_{g}"] for g in "ufoc"}
    u, f, o, c_tilde = sigmoid(z["u"]), sigmoid(z["f"]), sigmoid(z["o"]), np.tanh(z["c"])
    c_t = u * c_tilde + f * c_prev
    return o * c_t, c_t, (x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, parameters)


# %% wrong="lstm_cell_forward" says="expected a tuple of 3 results"
def lstm_cell_forward(x_t, a_prev, c_prev, parameters):
    z = {g: parameters[f"W_{g}"] @ np.concatenate([a_prev, x_t]) + parameters[f"b_{g}"] for g in "ufoc"}
    u, f, o, c_tilde = sigmoid(z["u"]), sigmoid(z["f"]), sigmoid(z["o"]), np.tanh(z["c"])
    c_t = u * c_tilde + f * c_prev
    return o * np.tanh(c_t), (x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, parameters)


# %% alternative="lstm_cell_forward"
def lstm_cell_forward(x_t, a_prev, c_prev, parameters):
    n_a = len(a_prev)
    W = np.vstack([parameters["W_" + g] for g in "ufoc"])
    b = np.vstack([parameters["b_" + g] for g in "ufoc"])
    z = W[:, :n_a] @ a_prev + W[:, n_a:] @ x_t + b
    gates = 1 / (1 + np.exp(-np.clip(z[: 3 * n_a], -700, 700)))
    u, f, o = gates.reshape(3, n_a, -1)
    c_tilde = np.tanh(z[3 * n_a :])
    c_t = f * c_prev + u * c_tilde
    return np.tanh(c_t) * o, c_t, (x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, parameters)


# %% alternative="lstm_cell_forward"
def lstm_cell_forward(x_t, a_prev, c_prev, parameters):
    m = x_t.shape[1]
    columns = {g: [] for g in "ufoc"}
    for i in range(m):
        seen = np.array(list(a_prev[:, i]) + list(x_t[:, i]), dtype=float)
        for g in columns:
            columns[g].append(parameters[f"W_{g}"].dot(seen) + parameters[f"b_{g}"].ravel())
    z = {g: np.array(each).T for g, each in columns.items()}
    u, f, o = map(sigmoid, (z["u"], z["f"], z["o"]))
    c_tilde = np.tanh(z["c"])
    c_t = np.add(np.multiply(u, c_tilde), np.multiply(f, c_prev))
    return o * np.tanh(c_t), c_t, (x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, parameters)


# %% wrong="lstm_forward" says="the cell goes on from step to step too"
def lstm_forward(x, a0, c0, parameters):
    states, cells, caches, a_t = [], [], [], a0
    for t in range(x.shape[2]):
        a_t, c_t, cache = lstm_cell_forward(x[:, :, t], a_t, c0, parameters)
        states.append(a_t)
        cells.append(c_t)
        caches.append(cache)
    return np.stack(states, axis=2), np.stack(cells, axis=2), caches


# %% wrong="lstm_forward" says="not with zeros"
def lstm_forward(x, a0, c0, parameters):
    states, cells, caches, a_t, c_t = [], [], [], 0.0 * a0, 0.0 * c0
    for t in range(x.shape[2]):
        a_t, c_t, cache = lstm_cell_forward(x[:, :, t], a_t, c_t, parameters)
        states.append(a_t)
        cells.append(c_t)
        caches.append(cache)
    return np.stack(states, axis=2), np.stack(cells, axis=2), caches


# %% wrong="lstm_forward" says="c[0, 2, 3], after the last step"
def lstm_forward(x, a0, c0, parameters):
    states, cells, caches, a_t, c_t = [], [], [], a0, c0
    for t in range(x.shape[2]):
        a_t, c_t, cache = lstm_cell_forward(x[:, :, t], a_t, c_t, parameters)
        states.append(a_t)
        cells.append(c_t)
        caches.append(cache)
    return np.stack(cells, axis=2), np.stack(states, axis=2), caches


# %% wrong="lstm_forward" says="expected 4 entries, got 3"
def lstm_forward(x, a0, c0, parameters):
    a, c, caches = np.zeros((*a0.shape, x.shape[2])), np.zeros((*a0.shape, x.shape[2])), []
    a_t, c_t = a0, c0
    for t in range(x.shape[2]):
        a_t, c_t, cache = lstm_cell_forward(x[:, :, t], a_t, c_t, parameters)
        a[:, :, t], c[:, :, t] = a_t, c_t
        if t:
            caches.append(cache)
    return a, c, caches


# %% alternative="lstm_forward"
def lstm_forward(x, a0, c0, parameters):
    T_x = x.shape[2]
    a, c = np.empty((*a0.shape, T_x)), np.empty((*c0.shape, T_x))
    caches, state = [], (a0, c0)
    for t, x_t in enumerate(np.moveaxis(x, -1, 0)):
        *state, cache = lstm_cell_forward(x_t, *state, parameters)
        a[..., t], c[..., t] = state
        caches += [cache]
    return a, c, caches


# %% alternative="lstm_forward"
def lstm_forward(x, a0, c0, parameters):
    steps = [(a0, c0, None)]
    for t in range(x.shape[-1]):
        steps.append(lstm_cell_forward(x[:, :, t], steps[t][0], steps[t][1], parameters))
    a, c, caches = zip(*steps[1:], strict=True)
    return np.dstack(a), np.dstack(c), list(caches)


# %% wrong="lstm_cell_backward" says="the way through a_t is missing"
def lstm_cell_backward(da_t, dc_t, cache):
    x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, p = cache
    dz = {"u": dc_t * c_tilde * u * (1 - u), "f": dc_t * c_prev * f * (1 - f)}
    dz |= {"o": da_t * np.tanh(c_t) * o * (1 - o), "c": dc_t * u * (1 - c_tilde**2)}
    seen, back = np.concatenate([a_prev, x_t]), sum(p[f"W_{g}"].T @ dz[g] for g in dz)
    grads = {f"dW_{g}": dz[g] @ seen.T for g in dz} | {f"db_{g}": dz[g].sum(1, keepdims=True) for g in dz}
    return back[len(a_prev) :], back[: len(a_prev)], dc_t * f, grads


# %% wrong="lstm_cell_backward" says="tanh has the derivative"
def lstm_cell_backward(da_t, dc_t, cache):
    x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, p = cache
    dc_t = dc_t + da_t * o
    dz = {"u": dc_t * c_tilde * u * (1 - u), "f": dc_t * c_prev * f * (1 - f)}
    dz |= {"o": da_t * np.tanh(c_t) * o * (1 - o), "c": dc_t * u * (1 - c_tilde**2)}
    seen, back = np.concatenate([a_prev, x_t]), sum(p[f"W_{g}"].T @ dz[g] for g in dz)
    grads = {f"dW_{g}": dz[g] @ seen.T for g in dz} | {f"db_{g}": dz[g].sum(1, keepdims=True) for g in dz}
    return back[len(a_prev) :], back[: len(a_prev)], dc_t * f, grads


# %% wrong="lstm_cell_backward" says="times gate_f"
def lstm_cell_backward(da_t, dc_t, cache):
    x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, p = cache
    dc_t = dc_t + da_t * o * (1 - np.tanh(c_t) ** 2)
    dz = {"u": dc_t * c_tilde * u * (1 - u), "f": dc_t * c_prev * f * (1 - f)}
    dz |= {"o": da_t * np.tanh(c_t) * o * (1 - o), "c": dc_t * u * (1 - c_tilde**2)}
    seen, back = np.concatenate([a_prev, x_t]), sum(p[f"W_{g}"].T @ dz[g] for g in dz)
    grads = {f"dW_{g}": dz[g] @ seen.T for g in dz} | {f"db_{g}": dz[g].sum(1, keepdims=True) for g in dz}
    return back[len(a_prev) :], back[: len(a_prev)], dc_t, grads


# %% wrong="lstm_cell_backward" says="take both ways together"
def lstm_cell_backward(da_t, dc_t, cache):
    x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, p = cache
    both = dc_t + da_t * o * (1 - np.tanh(c_t) ** 2)
    dz = {"u": dc_t * c_tilde * u * (1 - u), "f": dc_t * c_prev * f * (1 - f)}
    dz |= {"o": da_t * np.tanh(c_t) * o * (1 - o), "c": dc_t * u * (1 - c_tilde**2)}
    seen, back = np.concatenate([a_prev, x_t]), sum(p[f"W_{g}"].T @ dz[g] for g in dz)
    grads = {f"dW_{g}": dz[g] @ seen.T for g in dz} | {f"db_{g}": dz[g].sum(1, keepdims=True) for g in dz}
    return back[len(a_prev) :], back[: len(a_prev)], both * f, grads


# %% wrong="lstm_cell_backward" says="dz_o is da_t times tanh(c_t)"
def lstm_cell_backward(da_t, dc_t, cache):
    x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, p = cache
    dc_t = dc_t + da_t * o * (1 - np.tanh(c_t) ** 2)
    dz = {"u": dc_t * c_tilde * u * (1 - u), "f": dc_t * c_prev * f * (1 - f)}
    dz |= {"o": da_t * np.tanh(c_t) * o * (1 - o), "c": dc_t * u * (1 - c_tilde**2)}
    seen, back = np.concatenate([a_prev, x_t]), sum(p[f"W_{g}"].T @ dz[g] for g in dz)
    dz["o"] = da_t * c_t * o * (1 - o)
    grads = {f"dW_{g}": dz[g] @ seen.T for g in dz} | {f"db_{g}": dz[g].sum(1, keepdims=True) for g in dz}
    return back[len(a_prev) :], back[: len(a_prev)], dc_t * f, grads


# %% wrong="lstm_cell_backward" says="changes its argument dc_t in place"
def lstm_cell_backward(da_t, dc_t, cache):
    x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, p = cache
    dc_t += da_t * o * (1 - np.tanh(c_t) ** 2)
    dz = {"u": dc_t * c_tilde * u * (1 - u), "f": dc_t * c_prev * f * (1 - f)}
    dz |= {"o": da_t * np.tanh(c_t) * o * (1 - o), "c": dc_t * u * (1 - c_tilde**2)}
    seen, back = np.concatenate([a_prev, x_t]), sum(p[f"W_{g}"].T @ dz[g] for g in dz)
    grads = {f"dW_{g}": dz[g] @ seen.T for g in dz} | {f"db_{g}": dz[g].sum(1, keepdims=True) for g in dz}
    return back[len(a_prev) :], back[: len(a_prev)], dc_t * f, grads


# %% alternative="lstm_cell_backward"
def lstm_cell_backward(da_t, dc_t, cache):
    x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, p = cache
    n_a, t = a_prev.shape[0], np.tanh(c_t)
    d = da_t * o / np.cosh(np.clip(c_t, -300, 300)) ** 2 + dc_t
    dz = np.vstack(
        [d * c_tilde * (u - u * u), d * c_prev * (f - f * f), da_t * t * (o - o * o), d * u * (1 - c_tilde**2)]
    )
    W = np.vstack([p["W_u"], p["W_f"], p["W_o"], p["W_c"]])
    dW = np.einsum("im,jm->ij", dz, np.vstack([a_prev, x_t]))
    grads = {f"dW_{g}": dW[k * n_a : (k + 1) * n_a].copy() for k, g in enumerate("ufoc")}
    for k, g in enumerate("ufoc"):
        grads[f"db_{g}"] = dz[k * n_a : (k + 1) * n_a].sum(axis=1)[:, None]
    return W[:, n_a:].T @ dz, W[:, :n_a].T @ dz, f * d, grads


# %% alternative="lstm_cell_backward"
def lstm_cell_backward(da_t, dc_t, cache):
    x_t, a_prev, c_prev, u, f, o, c_tilde, c_t, p = cache
    n_a, m = a_prev.shape
    dx_t, da_prev, dc_prev = np.zeros(x_t.shape), np.zeros((n_a, m)), np.zeros((n_a, m))
    grads = {
        f"d{key}": np.zeros_like(p[key], dtype=float)
        for key in [k + g for g in ("u", "f", "o", "c") for k in ("W_", "b_")]
    }
    for j in range(n_a):
        for i in range(m):
            t = np.tanh(c_t[j, i])
            d = dc_t[j, i] + da_t[j, i] * o[j, i] * (1 - t * t)
            dc_prev[j, i] = d * f[j, i]
            seen = np.append(a_prev[:, i], x_t[:, i])
            for g, dz in (
                ("u", d * c_tilde[j, i] * u[j, i] * (1 - u[j, i])),
                ("f", d * c_prev[j, i] * f[j, i] * (1 - f[j, i])),
                ("o", da_t[j, i] * t * o[j, i] * (1 - o[j, i])),
                ("c", d * u[j, i] * (1 - c_tilde[j, i] ** 2)),
            ):
                grads["dW_" + g][j] += dz * seen
                grads["db_" + g][j] += dz
                da_prev[:, i] += dz * p["W_" + g][j, :n_a]
                dx_t[:, i] += dz * p["W_" + g][j, n_a:]
    return dx_t, da_prev, dc_prev, grads


# %% wrong="lstm_backward" says="dc comes back from the later step too"
def lstm_backward(da, caches):
    dx, da_next, grads = [], 0, {}
    for t in reversed(range(len(caches))):
        dx_t, da_next, dc, step = lstm_cell_backward(da[:, :, t] + da_next, np.zeros(da.shape[:2]), caches[t])
        grads = {key: grads.get(key, 0) + step[key] for key in step}
        dx.append(dx_t)
    return np.stack(dx[::-1], axis=2), da_next, dc, grads


# %% wrong="lstm_backward" says="da comes back from the later step too"
def lstm_backward(da, caches):
    dx, dc, grads = [], np.zeros(da.shape[:2]), {}
    for t in reversed(range(len(caches))):
        dx_t, da_prev, dc, step = lstm_cell_backward(da[:, :, t], dc, caches[t])
        grads = {key: grads.get(key, 0) + step[key] for key in step}
        dx.append(dx_t)
    return np.stack(dx[::-1], axis=2), da_prev, dc, grads


# %% wrong="lstm_backward" says="dx is in the order of time"
def lstm_backward(da, caches):
    dx, da_next, dc_next, grads = [], 0, np.zeros(da.shape[:2]), {}
    for t in reversed(range(len(caches))):
        dx_t, da_next, dc_next, step = lstm_cell_backward(da[:, :, t] + da_next, dc_next, caches[t])
        grads = {key: grads.get(key, 0) + step[key] for key in step}
        dx.append(dx_t)
    return np.stack(dx, axis=2), da_next, dc_next, grads


# %% wrong="lstm_backward" says="not the first alone"
def lstm_backward(da, caches):
    dx, da_next, dc_next = [], 0, np.zeros(da.shape[:2])
    for t in reversed(range(len(caches))):
        dx_t, da_next, dc_next, grads = lstm_cell_backward(da[:, :, t] + da_next, dc_next, caches[t])
        dx.append(dx_t)
    return np.stack(dx[::-1], axis=2), da_next, dc_next, grads


# %% alternative="lstm_backward"
def lstm_backward(da, caches):
    n_a, m, T_x = da.shape
    dx = np.zeros((caches[0][0].shape[0], m, T_x))
    back, back_c, total = np.zeros((n_a, m)), np.zeros((n_a, m)), {}
    for t in range(T_x)[::-1]:
        dx[:, :, t], back, back_c, step = lstm_cell_backward(back + da[:, :, t], back_c, caches[t])
        for key, value in step.items():
            total[key] = total[key] + value if key in total else value
    return dx, back, back_c, total


# %% alternative="lstm_backward"
def lstm_backward(da, caches):
    zero, steps = np.zeros(da[:, :, 0].shape), []
    state = (zero, zero)
    for da_t, cache in zip(np.moveaxis(da, 2, 0)[::-1], caches[::-1], strict=True):
        dx_t, *state, step = lstm_cell_backward(da_t + state[0], state[1], cache)
        steps.append((dx_t, step))
    grads = {key: np.sum([step[key] for _, step in steps], axis=0) for key in steps[0][1]}
    return np.dstack([dx_t for dx_t, _ in steps][::-1]), state[0], state[1], grads


# %% wrong="memory_kept" says="the gate of step t itself does not count"
def memory_kept(gate_f):
    return np.cumprod(gate_f[:, :, ::-1], axis=2, dtype=float)[:, :, ::-1]


# %% wrong="memory_kept" says="those after t"
def memory_kept(gate_f):
    return np.cumprod(gate_f, axis=2, dtype=float)


# %% wrong="memory_kept" says="not the next one alone"
def memory_kept(gate_f):
    kept = np.ones(gate_f.shape)
    kept[:, :, :-1] = gate_f[:, :, 1:]
    return kept


# %% wrong="memory_kept" says="memory_kept(gate_f)"
def memory_kept(gate_f):
    so_far = np.cumprod(gate_f, axis=2, dtype=float)
    with np.errstate(all="ignore"):
        return np.nan_to_num(so_far[:, :, -1:] / so_far)


# %% wrong="memory_kept" says="keep small numbers"
def memory_kept(gate_f):
    kept = np.ones(gate_f.shape)
    kept[:, :, :-1] = np.cumprod(gate_f[:, :, :0:-1], axis=2)[:, :, ::-1]
    kept[kept < 1e-12] = 0
    return kept


# %% alternative="memory_kept"
def memory_kept(gate_f):
    later = np.concatenate([gate_f[:, :, 1:], np.ones((*gate_f.shape[:2], 1))], axis=2)
    return np.cumprod(later[:, :, ::-1], axis=2)[:, :, ::-1].copy()


# %% alternative="memory_kept"
def memory_kept(gate_f):
    n_a, m, T_x = gate_f.shape
    kept = np.zeros((n_a, m, T_x))
    for j in range(n_a):
        for i in range(m):
            share = 1.0
            for t in range(T_x - 1, -1, -1):
                kept[j, i, t] = share
                share *= gate_f[j, i, t]
    return kept


# %% wrong="memory_kept" says="with gates of 0"
def memory_kept(gate_f):
    safe = np.where(gate_f == 0, 1e-12, gate_f)
    product = np.cumprod(safe, axis=2)
    return product[:, :, -1:] / product


# %% equivalent="gru_cell_forward" mutant="its argument handed back" why="the caches hold the arguments themselves"


# %% equivalent="gru_forward" mutant="its argument handed back" why="the caches hold the arguments themselves"


# %% equivalent="lstm_cell_forward" mutant="its argument handed back" why="the caches hold the arguments themselves"


# %% wrong="lstm_cell_forward" says="other keys"
def lstm_cell_forward(x_t, a_prev, c_prev, parameters):
    weights = [parameters[key] for key in sorted(parameters) if key[0] == "W"]
    biases = [parameters[key] for key in sorted(parameters) if key[0] == "b"]
    seen = np.concatenate([a_prev, x_t])
    z_c, z_f, z_o, z_u = (W @ seen + b for W, b in list(zip(weights, biases, strict=False))[:4])
    gate_u, gate_f, gate_o, c_tilde = sigmoid(z_u), sigmoid(z_f), sigmoid(z_o), np.tanh(z_c)
    c_t = gate_u * c_tilde + gate_f * c_prev
    return gate_o * np.tanh(c_t), c_t, (x_t, a_prev, c_prev, gate_u, gate_f, gate_o, c_tilde, c_t, parameters)


# %% equivalent="lstm_forward" mutant="its argument handed back" why="the caches hold the arguments themselves"
