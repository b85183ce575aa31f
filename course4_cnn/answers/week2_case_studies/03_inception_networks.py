# %% wrong="conv1x1" says="the biases are missing"
def conv1x1(A_prev, W, b):
    if W.shape[:3] != (1, 1, A_prev.shape[3]):
        raise ValueError("filters that do not fit")
    return A_prev @ W[0, 0]


# %% wrong="conv1x1" says="add the bias once"
def conv1x1(A_prev, W, b):
    if W.shape[:3] != (1, 1, A_prev.shape[3]):
        raise ValueError("filters that do not fit")
    return sum(A_prev[..., c : c + 1] * W[0, 0, c] + b for c in range(A_prev.shape[3]))


# %% wrong="conv1x1" says="expected a ValueError"
def conv1x1(A_prev, W, b):
    return A_prev @ W[0, 0] + b


# %% wrong="conv1x1" says="expected shape (3, 1, 2, 2), got shape (6, 2)"
def conv1x1(A_prev, W, b):
    if W.shape[:3] != (1, 1, A_prev.shape[3]):
        raise ValueError("filters that do not fit")
    return A_prev.reshape(-1, A_prev.shape[3]) @ W[0, 0] + b


# %% wrong="conv1x1" says="do not loop over pixels"
def conv1x1(A_prev, W, b):
    if W.shape[:3] != (1, 1, A_prev.shape[3]):
        raise ValueError("filters that do not fit")
    Z = np.zeros((*A_prev.shape[:3], W.shape[3]))
    for place in np.ndindex(A_prev.shape[:3]):
        Z[place] = A_prev[place] @ W[0, 0] + b
    return Z


# %% wrong="conv1x1" says="conv1x1(A_prev, W, b)"
def conv1x1(A_prev, W, b):
    if W.shape[:3] != (1, 1, A_prev.shape[3]):
        raise ValueError("filters that do not fit")
    return A_prev @ W[0, 0] + b * (len(b) < 5)


# %% alternative="conv1x1"
def conv1x1(A_prev, W, b):
    if W.shape[0] != 1 or W.shape[1] != 1 or W.shape[2] != A_prev.shape[-1]:
        raise ValueError("filters that do not fit")
    return np.einsum("mhwc,ck->mhwk", A_prev, W[0, 0]) + np.asarray(b, dtype=float)


# %% alternative="conv1x1"
def conv1x1(A_prev, W, b):
    if W.shape[:2] != (1, 1):
        raise ValueError("not of 1 x 1")
    return conv_forward_fast(A_prev, W, b, stride=1, pad=0)


# %% alternative="conv1x1"
def conv1x1(A_prev, W, b):
    _, _, n_C_prev, n_C = W.shape
    if W.size != n_C_prev * n_C or n_C_prev != A_prev.shape[3]:
        raise ValueError("filters that do not fit")
    maps = []
    for k in range(n_C):
        z = np.full(A_prev.shape[:3], float(b[k]))
        for c in range(n_C_prev):
            z += W[0, 0, c, k] * A_prev[..., c].astype(float)
        maps.append(z)
    return np.stack(maps, axis=-1)


# %% wrong="path_cost" says="the biases are missing"
def path_cost(n_H, n_W, n_C, layers):
    weights = 0
    for f, filters in layers:
        weights += f * f * n_C * filters
        n_C = filters
    return weights, n_H * n_W * weights


# %% wrong="path_cost" says="one bias for each filter, not for each layer"
def path_cost(n_H, n_W, n_C, layers):
    weights = 0
    for f, filters in layers:
        weights += f * f * n_C * filters
        n_C = filters
    return weights + len(layers), n_H * n_W * weights


# %% wrong="path_cost" says="the second layer gets 2 channels, not 3"
def path_cost(n_H, n_W, n_C, layers):
    weights = sum(f * f * n_C * filters for f, filters in layers)
    return weights + sum(filters for _, filters in layers), n_H * n_W * weights


# %% wrong="path_cost" says="biases are added, not multiplied"
def path_cost(n_H, n_W, n_C, layers):
    parameters = 0
    for f, filters in layers:
        parameters += (f * f * n_C + 1) * filters
        n_C = filters
    return parameters, n_H * n_W * parameters


# %% wrong="path_cost" says="a filter has f times f weights for each channel"
def path_cost(n_H, n_W, n_C, layers):
    parameters = multiplications = 0
    for f, filters in layers:
        parameters += (f * f * n_C + 1) * filters
        multiplications += n_H * n_W * f * n_C * filters
        n_C = filters
    return parameters, multiplications


# %% wrong="path_cost" says="expected a whole number"
def path_cost(n_H, n_W, n_C, layers):
    parameters, multiplications = 0.0, 0.0
    for f, filters in layers:
        parameters += (f * f * n_C + 1) * filters
        multiplications += n_H * n_W * f * f * n_C * filters
        n_C = filters
    return parameters, multiplications


# %% alternative="path_cost"
def path_cost(n_H, n_W, n_C, layers):
    if not layers:
        return 0, 0
    (f, filters), *rest = layers
    parameters, multiplications = path_cost(n_H, n_W, filters, rest)
    return parameters + (f**2 * n_C + 1) * filters, multiplications + n_H * n_W * f**2 * n_C * filters


# %% alternative="path_cost"
def path_cost(n_H, n_W, n_C, layers):
    channels = [n_C] + [filters for _, filters in layers]
    weights = [f * f * a * b for (f, _), a, b in zip(layers, channels, channels[1:], strict=False)]
    return [sum(weights) + sum(channels[1:]), n_H * n_W * sum(weights)]


# %% wrong="inception_forward" says="outside is minus infinity"
def inception_forward(A_prev, parameters):
    p = parameters
    P = pool_forward(np.pad(A_prev / 1, ((0, 0), (1, 1), (1, 1), (0, 0))), 3, 1, "max")
    A3r = np.maximum(conv1x1(A_prev, p["W3r"], p["b3r"]), 0)
    A5r = np.maximum(conv1x1(A_prev, p["W5r"], p["b5r"]), 0)
    three = conv_forward_fast(A3r, p["W3"], p["b3"], 1, 1)
    five = conv_forward_fast(A5r, p["W5"], p["b5"], 1, 2)
    A = np.concatenate([conv1x1(A_prev, p["W1"], p["b1"]), three, five, conv1x1(P, p["Wp"], p["bp"])], axis=3)
    A = np.maximum(A, 0)
    return A, {"A_prev": A_prev, "P": P, "A3r": A3r, "A5r": A5r, "A": A}


# %% wrong="inception_forward" says="the last ReLU is missing"
def inception_forward(A_prev, parameters):
    p = parameters
    P = pool_forward(np.pad(A_prev / 1, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf), 3, 1, "max")
    A3r = np.maximum(conv1x1(A_prev, p["W3r"], p["b3r"]), 0)
    A5r = np.maximum(conv1x1(A_prev, p["W5r"], p["b5r"]), 0)
    three = conv_forward_fast(A3r, p["W3"], p["b3"], 1, 1)
    five = conv_forward_fast(A5r, p["W5"], p["b5"], 1, 2)
    A = np.concatenate([conv1x1(A_prev, p["W1"], p["b1"]), three, five, conv1x1(P, p["Wp"], p["bp"])], axis=3)
    return A, {"A_prev": A_prev, "P": P, "A3r": A3r, "A5r": A5r, "A": A}


# %% wrong="inception_forward" says="the ReLU after each reduction is missing"
def inception_forward(A_prev, parameters):
    p = parameters
    P = pool_forward(np.pad(A_prev / 1, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf), 3, 1, "max")
    A3r = conv1x1(A_prev, p["W3r"], p["b3r"])
    A5r = conv1x1(A_prev, p["W5r"], p["b5r"])
    three = conv_forward_fast(A3r, p["W3"], p["b3"], 1, 1)
    five = conv_forward_fast(A5r, p["W5"], p["b5"], 1, 2)
    A = np.concatenate([conv1x1(A_prev, p["W1"], p["b1"]), three, five, conv1x1(P, p["Wp"], p["bp"])], axis=3)
    A = np.maximum(A, 0)
    return A, {"A_prev": A_prev, "P": P, "A3r": A3r, "A5r": A5r, "A": A}


# %% wrong="inception_forward" says="expected shape (1, 1, 3, 4)"
def inception_forward(A_prev, parameters):
    p = parameters
    P = pool_forward(np.pad(A_prev / 1, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf), 3, 1, "max")
    A3r = np.maximum(conv1x1(A_prev, p["W3r"], p["b3r"]), 0)
    A5r = np.maximum(conv1x1(A_prev, p["W5r"], p["b5r"]), 0)
    three = conv_forward_fast(A3r, p["W3"], p["b3"], 1, 1)
    five = conv_forward_fast(A5r, p["W5"], p["b5"], 1, 2)
    A = np.maximum(conv1x1(A_prev, p["W1"], p["b1"]) + three + five + conv1x1(P, p["Wp"], p["bp"]), 0)
    return A, {"A_prev": A_prev, "P": P, "A3r": A3r, "A5r": A5r, "A": A}


# %% wrong="inception_forward" says="A3r in the cache"
def inception_forward(A_prev, parameters):
    p = parameters
    P = pool_forward(np.pad(A_prev / 1, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf), 3, 1, "max")
    A3r = np.maximum(conv1x1(A_prev, p["W3r"], p["b3r"]), 0)
    A5r = np.maximum(conv1x1(A_prev, p["W5r"], p["b5r"]), 0)
    three = conv_forward_fast(A3r, p["W3"], p["b3"], 1, 1)
    five = conv_forward_fast(A5r, p["W5"], p["b5"], 1, 2)
    A = np.concatenate([conv1x1(A_prev, p["W1"], p["b1"]), three, five, conv1x1(P, p["Wp"], p["bp"])], axis=3)
    A = np.maximum(A, 0)
    return A, {"A_prev": A_prev, "P": P, "A3r": A5r, "A5r": A3r, "A": A}


# %% wrong="inception_forward" says="A of inception_forward(A_prev, parameters)"
def inception_forward(A_prev, parameters):
    p = parameters
    P = pool_forward(np.pad(A_prev / 1, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf), 3, 1, "max")
    A3r = np.maximum(conv1x1(A_prev, p["W3r"], p["b3r"]), 0)
    A5r = np.maximum(conv1x1(A_prev, p["W5r"], p["b5r"]), 0)
    three = conv_forward_fast(A3r, p["W3"][::-1], p["b3"], 1, 1)
    five = conv_forward_fast(A5r, p["W5"], p["b5"], 1, 2)
    A = np.concatenate([conv1x1(A_prev, p["W1"], p["b1"]), three, five, conv1x1(P, p["Wp"], p["bp"])], axis=3)
    A = np.maximum(A, 0)
    return A, {"A_prev": A_prev, "P": P, "A3r": A3r, "A5r": A5r, "A": A}


# %% wrong="inception_forward" says="with numbers below -1000 in A_prev"
def inception_forward(A_prev, parameters):
    p = parameters
    P = pool_forward(np.pad(A_prev / 1, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-999), 3, 1, "max")
    A3r = np.maximum(conv1x1(A_prev, p["W3r"], p["b3r"]), 0)
    A5r = np.maximum(conv1x1(A_prev, p["W5r"], p["b5r"]), 0)
    three = conv_forward_fast(A3r, p["W3"], p["b3"], 1, 1)
    five = conv_forward_fast(A5r, p["W5"], p["b5"], 1, 2)
    A = np.concatenate([conv1x1(A_prev, p["W1"], p["b1"]), three, five, conv1x1(P, p["Wp"], p["bp"])], axis=3)
    A = np.maximum(A, 0)
    return A, {"A_prev": A_prev, "P": P, "A3r": A3r, "A5r": A5r, "A": A}


# %% alternative="inception_forward"
def inception_forward(A_prev, parameters):
    p = {key: np.asarray(value, dtype=float) for key, value in parameters.items()}
    edge = np.pad(A_prev.astype(float), ((0, 0), (1, 1), (1, 1), (0, 0)), mode="edge")
    P = np.lib.stride_tricks.sliding_window_view(edge, (3, 3), axis=(1, 2)).max(axis=(4, 5))

    def layer(X, key):
        return np.clip(conv_forward_fast(X, p[f"W{key}"], p[f"b{key}"], 1, len(p[f"W{key}"]) // 2), 0, None)

    cache = {"P": P, "A5r": layer(A_prev, "5r"), "A3r": layer(A_prev, "3r"), "A_prev": A_prev.copy()}
    parts = layer(A_prev, "1"), layer(cache["A3r"], "3"), layer(cache["A5r"], "5"), layer(P, "p")
    n = sum(part.shape[3] for part in parts)
    A, first = np.zeros((*A_prev.shape[:3], n)), 0
    for part in parts:
        A[..., first : first + part.shape[3]] = part
        first += part.shape[3]
    return [A, cache | {"A": A, "parts": parts}]


# %% alternative="inception_forward"
def inception_forward(A_prev, parameters):
    def layer(X, key):
        W, b = parameters["W" + key], parameters["b" + key]
        (m, n_H, n_W, _), f, n_C = X.shape, W.shape[0], W.shape[3]
        X = np.pad(X.astype(float), [(0, 0), (f // 2, f // 2), (f // 2, f // 2), (0, 0)])
        Z = np.zeros((m, n_H, n_W, n_C)) + b
        for u in range(f):
            for v in range(f):
                Z += X[:, u : u + n_H, v : v + n_W] @ W[u, v]
        Z[Z < 0] = 0
        return Z

    P = A_prev.astype(float)
    for axis in (1, 2):
        n = P.shape[axis]
        lower, upper = np.take(P, range(1, n), axis), np.take(P, range(n - 1), axis)
        last, first = np.take(P, [n - 1], axis), np.take(P, [0], axis)
        P = np.maximum(P, np.maximum(np.concatenate([lower, last], axis), np.concatenate([first, upper], axis)))
    A3r, A5r = layer(A_prev, "3r"), layer(A_prev, "5r")
    A = np.concatenate((layer(A_prev, "1"), layer(A3r, "3"), layer(A5r, "5"), layer(P, "p")), -1)
    return A, dict(A_prev=A_prev, P=P, A3r=A3r, A5r=A5r, A=A)


# %% wrong="inception_backward" says="the ReLU of the reductions is missing"
def inception_backward(dA, cache, parameters):
    p, X, grads = parameters, cache["A_prev"], {}
    parts = np.split(dA * (cache["A"] > 0), np.cumsum([len(p["b1"]), len(p["b3"]), len(p["b5"])]), axis=3)
    total, grads["dW1"], grads["db1"] = conv_backward(parts[0], X, p["W1"], 1, 0)
    for key, part in (("3", parts[1]), ("5", parts[2])):
        d, grads[f"dW{key}"], grads[f"db{key}"] = conv_backward(part, cache[f"A{key}r"], p[f"W{key}"], 1, int(key) // 2)
        d, grads[f"dW{key}r"], grads[f"db{key}r"] = conv_backward(d, X, p[f"W{key}r"], 1, 0)
        total = total + d
    dP, grads["dWp"], grads["dbp"] = conv_backward(parts[3], cache["P"], p["Wp"], 1, 0)
    around = np.pad(X / 1, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf)
    return total + pool_backward(dP, around, 3, 1, "max")[:, 1:-1, 1:-1], grads


# %% wrong="inception_backward" says="the last ReLU is missing"
def inception_backward(dA, cache, parameters):
    p, X, grads = parameters, cache["A_prev"], {}
    parts = np.split(dA, np.cumsum([len(p["b1"]), len(p["b3"]), len(p["b5"])]), axis=3)
    total, grads["dW1"], grads["db1"] = conv_backward(parts[0], X, p["W1"], 1, 0)
    for key, part in (("3", parts[1]), ("5", parts[2])):
        d, grads[f"dW{key}"], grads[f"db{key}"] = conv_backward(part, cache[f"A{key}r"], p[f"W{key}"], 1, int(key) // 2)
        d = d * (cache[f"A{key}r"] > 0)
        d, grads[f"dW{key}r"], grads[f"db{key}r"] = conv_backward(d, X, p[f"W{key}r"], 1, 0)
        total = total + d
    dP, grads["dWp"], grads["dbp"] = conv_backward(parts[3], cache["P"], p["Wp"], 1, 0)
    around = np.pad(X / 1, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf)
    return total + pool_backward(dP, around, 3, 1, "max")[:, 1:-1, 1:-1], grads


# %% wrong="inception_backward" says="the branch of the pooling is missing"
def inception_backward(dA, cache, parameters):
    p, X, grads = parameters, cache["A_prev"], {}
    parts = np.split(dA * (cache["A"] > 0), np.cumsum([len(p["b1"]), len(p["b3"]), len(p["b5"])]), axis=3)
    total, grads["dW1"], grads["db1"] = conv_backward(parts[0], X, p["W1"], 1, 0)
    for key, part in (("3", parts[1]), ("5", parts[2])):
        d, grads[f"dW{key}"], grads[f"db{key}"] = conv_backward(part, cache[f"A{key}r"], p[f"W{key}"], 1, int(key) // 2)
        d = d * (cache[f"A{key}r"] > 0)
        d, grads[f"dW{key}r"], grads[f"db{key}r"] = conv_backward(d, X, p[f"W{key}r"], 1, 0)
        total = total + d
    _, grads["dWp"], grads["dbp"] = conv_backward(parts[3], cache["P"], p["Wp"], 1, 0)
    return total, grads


# %% wrong="inception_backward" says="that has been through a ReLU"
def inception_backward(dA, cache, parameters):
    p, X, grads = parameters, cache["A_prev"], {}
    parts = np.split(dA * (cache["A"] > 0), np.cumsum([len(p["b1"]), len(p["b3"]), len(p["b5"])]), axis=3)
    total, grads["dW1"], grads["db1"] = conv_backward(parts[0], X, p["W1"], 1, 0)
    for key, part in (("3", parts[1]), ("5", parts[2])):
        d, grads[f"dW{key}"], grads[f"db{key}"] = conv_backward(part, cache[f"A{key}r"], p[f"W{key}"], 1, int(key) // 2)
        d = d * (cache[f"A{key}r"] > 0)
        d, grads[f"dW{key}r"], grads[f"db{key}r"] = conv_backward(d, X, p[f"W{key}r"], 1, 0)
        total = total + d
    dP, grads["dWp"], grads["dbp"] = conv_backward(parts[3], cache["P"], p["Wp"], 1, 0)
    outside = 0 if X.min() >= 0 else -np.inf
    around = np.pad(X / 1, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=outside)
    return total + pool_backward(dP, around, 3, 1, "max")[:, 1:-1, 1:-1], grads


# %% wrong="inception_backward" says="equal numbers in the windows"
def inception_backward(dA, cache, parameters):
    p, X, grads = parameters, cache["A_prev"], {}
    parts = np.split(dA * (cache["A"] > 0), np.cumsum([len(p["b1"]), len(p["b3"]), len(p["b5"])]), axis=3)
    total, grads["dW1"], grads["db1"] = conv_backward(parts[0], X, p["W1"], 1, 0)
    for key, part in (("3", parts[1]), ("5", parts[2])):
        d, grads[f"dW{key}"], grads[f"db{key}"] = conv_backward(part, cache[f"A{key}r"], p[f"W{key}"], 1, int(key) // 2)
        d = d * (cache[f"A{key}r"] > 0)
        d, grads[f"dW{key}r"], grads[f"db{key}r"] = conv_backward(d, X, p[f"W{key}r"], 1, 0)
        total = total + d
    dP, grads["dWp"], grads["dbp"] = conv_backward(parts[3], cache["P"], p["Wp"], 1, 0)
    around = np.pad(X / 1, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf)
    turned = pool_backward(dP[:, ::-1, ::-1], around[:, ::-1, ::-1], 3, 1, "max")  # the last one of equal numbers
    return total + turned[:, ::-1, ::-1][:, 1:-1, 1:-1], grads


# %% wrong="inception_backward" says="dW1: 1 of 1 values"
def inception_backward(dA, cache, parameters):
    p, X, grads = parameters, cache["A_prev"], {}
    parts = np.split(dA * (cache["A"] > 0), np.cumsum([len(p["b1"]), len(p["b3"]), len(p["b5"])]), axis=3)
    total, grads["dW1"], grads["db1"] = conv_backward(parts[0], X, p["W1"], 1, 0)
    for key, part in (("3", parts[1]), ("5", parts[2])):
        d, grads[f"dW{key}"], grads[f"db{key}"] = conv_backward(part, cache[f"A{key}r"], p[f"W{key}"], 1, int(key) // 2)
        d = d * (cache[f"A{key}r"] > 0)
        d, grads[f"dW{key}r"], grads[f"db{key}r"] = conv_backward(d, X, p[f"W{key}r"], 1, 0)
        total = total + d
    dP, grads["dWp"], grads["dbp"] = conv_backward(parts[3], cache["P"], p["Wp"], 1, 0)
    around = np.pad(X / 1, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf)
    grads = {key: value / X.shape[2] for key, value in grads.items()}
    return total + pool_backward(dP, around, 3, 1, "max")[:, 1:-1, 1:-1], grads


# %% wrong="inception_backward" says="with dicts whose keys come in another order"
def inception_backward(dA, cache, parameters):
    p, X, grads = parameters, cache["A_prev"], {}
    widths = [len(b) for key, b in p.items() if key in ("b1", "b3", "b5")]
    parts = np.split(dA * (cache["A"] > 0), np.cumsum(widths), axis=3)
    total, grads["dW1"], grads["db1"] = conv_backward(parts[0], X, p["W1"], 1, 0)
    for key, part in (("3", parts[1]), ("5", parts[2])):
        d, grads[f"dW{key}"], grads[f"db{key}"] = conv_backward(part, cache[f"A{key}r"], p[f"W{key}"], 1, int(key) // 2)
        d = d * (cache[f"A{key}r"] > 0)
        d, grads[f"dW{key}r"], grads[f"db{key}r"] = conv_backward(d, X, p[f"W{key}r"], 1, 0)
        total = total + d
    dP, grads["dWp"], grads["dbp"] = conv_backward(parts[3], cache["P"], p["Wp"], 1, 0)
    around = np.pad(X / 1, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf)
    return total + pool_backward(dP, around, 3, 1, "max")[:, 1:-1, 1:-1], grads


# %% alternative="inception_backward"
def inception_backward(dA, cache, parameters):
    X, grads = np.asarray(cache["A_prev"], dtype=float), {}

    def back(dZ, X, key):
        W, f = parameters[f"W{key}"], len(parameters[f"W{key}"])
        (_, n_H, n_W, _), edge = X.shape, f // 2
        framed = np.pad(X, [(0, 0), (edge, edge), (edge, edge), (0, 0)])
        windows = np.lib.stride_tricks.sliding_window_view(framed, (f, f), axis=(1, 2))
        grads[f"dW{key}"] = np.einsum("mhwcuv,mhwk->uvck", windows, dZ, optimize=True)
        grads[f"db{key}"] = dZ.sum((0, 1, 2))
        d = np.zeros(framed.shape)
        for u, v in np.ndindex(f, f):
            d[:, u : u + n_H, v : v + n_W] += np.einsum("mhwk,ck->mhwc", dZ, W[u, v])
        return d[:, edge : edge + n_H, edge : edge + n_W]

    dZ = np.where(cache["A"] > 0, dA, 0.0)
    a = len(parameters["b1"])
    b = a + len(parameters["b3"])
    c = b + len(parameters["b5"])
    one = back(dZ[..., :a], X, "1")
    three = back(np.where(cache["A3r"] > 0, back(dZ[..., a:b], cache["A3r"], "3"), 0.0), X, "3r")
    five = back(np.where(cache["A5r"] > 0, back(dZ[..., b:c], cache["A5r"], "5"), 0.0), X, "5r")
    low = X.min() - 1
    around = np.pad(X, [(0, 0), (1, 1), (1, 1), (0, 0)], constant_values=low)
    pooled = pool_backward(back(dZ[..., c:], cache["P"], "p"), around, 3, 1, "max")
    return [one + three + five + pooled[:, 1 : X.shape[1] + 1, 1 : X.shape[2] + 1], grads]


# %% alternative="inception_backward"
def inception_backward(dA, cache, parameters):
    X, p = cache["A_prev"], parameters
    _, cache = inception_forward(X, p)
    dZ, d, g = dA.astype(float), np.zeros(X.shape), {}
    dZ[cache["A"] <= 0] = 0
    first = 0
    for key in ("1", "3", "5", "p"):
        mine = dZ[:, :, :, first : first + p[f"W{key}"].shape[3]]
        first += mine.shape[3]
        source = {"1": X, "3": cache["A3r"], "5": cache["A5r"], "p": cache["P"]}[key]
        back, g[f"dW{key}"], g[f"db{key}"] = conv_backward(mine, source, p[f"W{key}"], 1, len(p[f"W{key}"]) // 2)
        if key in ("3", "5"):
            back = back * (source > 0)
            back, g[f"dW{key}r"], g[f"db{key}r"] = conv_backward(back, X, p[f"W{key}r"], 1, 0)
        if key != "p":
            d += back
    m, n_H, n_W, n_C = X.shape
    for i, h, w, c in np.ndindex(m, n_H, n_W, n_C):
        places = [(r, s) for r in (h - 1, h, h + 1) for s in (w - 1, w, w + 1) if 0 <= r < n_H and 0 <= s < n_W]
        r, s = max(places, key=lambda place: X[i, place[0], place[1], c])
        d[i, r, s, c] += back[i, h, w, c]
    return d, g


# %% wrong="depthwise_forward" says="each channel has a filter of its own"
def depthwise_forward(A_prev, W, b, stride, pad):
    if stride < 1 or W.shape[2] != A_prev.shape[3]:
        raise ValueError("does not fit")
    maps = [conv_forward_fast(A_prev[..., [c]], W[:, :, [[0]]], b[[c]], stride, pad) for c in range(len(b))]
    return np.concatenate(maps, axis=3)


# %% wrong="depthwise_forward" says="do not add over the channels"
def depthwise_forward(A_prev, W, b, stride, pad):
    if stride < 1 or W.shape[2] != A_prev.shape[3]:
        raise ValueError("does not fit")
    return np.tile(conv_forward_fast(A_prev, W[..., None], np.zeros(1), stride, pad), (1, 1, 1, len(b))) + b


# %% wrong="depthwise_forward" says="the biases are missing"
def depthwise_forward(A_prev, W, b, stride, pad):
    if stride < 1 or W.shape[2] != A_prev.shape[3]:
        raise ValueError("does not fit")
    maps = [conv_forward_fast(A_prev[..., [c]], W[:, :, [[c]]], 0 * b[[c]], stride, pad) for c in range(len(b))]
    return np.concatenate(maps, axis=3)


# %% wrong="depthwise_forward" says="do not turn the filter"
def depthwise_forward(A_prev, W, b, stride, pad):
    if stride < 1 or W.shape[2] != A_prev.shape[3]:
        raise ValueError("does not fit")
    maps = [conv_forward_fast(A_prev[..., [c]], W[::-1, ::-1, [[c]]], b[[c]], stride, pad) for c in range(len(b))]
    return np.concatenate(maps, axis=3)


# %% wrong="depthwise_forward" says="one channel, two filters: expected a ValueError"
def depthwise_forward(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    f, X = len(W), np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    if f > min(X.shape[1:3]):
        raise ValueError("filter too large")
    n_H, n_W = ((n - f) // stride + 1 for n in X.shape[1:3])
    positions = np.ndindex(f, f)
    return b + sum(X[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride] * W[u, v] for u, v in positions)


# %% wrong="depthwise_forward" says="stride 0: expected a ValueError"
def depthwise_forward(A_prev, W, b, stride, pad):
    f, n_C = W.shape[1:]
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    if f > min(X.shape[1:3]) or n_C != X.shape[3]:
        raise ValueError("does not fit")
    n_H, n_W = ((n - f) // stride + 1 for n in X.shape[1:3])
    positions = np.ndindex(f, f)
    return b + sum(X[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride] * W[u, v] for u, v in positions)


# %% wrong="depthwise_forward" says="expected a ValueError"
def depthwise_forward(A_prev, W, b, stride, pad):
    f, n_C = W.shape[1:]
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    if stride < 1 or f > X.shape[1] or n_C != X.shape[3]:
        raise ValueError("does not fit")
    n_H, n_W = (max(0, (n - f) // stride + 1) for n in X.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, n_C)) + b
    for i, h, w, c in np.ndindex(Z.shape):
        Z[i, h, w, c] += np.sum(X[i, h * stride : h * stride + f, w * stride : w * stride + f, c] * W[:, :, c])
    return Z


# %% alternative="depthwise_forward"
def depthwise_forward(A_prev, W, b, stride, pad):
    if stride < 1 or W.shape[2] != A_prev.shape[3]:
        raise ValueError("does not fit")
    maps = [conv_forward_fast(A_prev[..., [c]], W[:, :, [[c]]], b[[c]], stride, pad) for c in range(len(b))]
    return np.concatenate(maps, axis=3)


# %% alternative="depthwise_forward"
def depthwise_forward(A_prev, W, b, stride, pad):
    f, _, n_C = W.shape
    X = np.pad(A_prev.astype(float), ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    if stride <= 0 or f > X.shape[1] or f > X.shape[2] or n_C != X.shape[3]:
        raise ValueError("does not fit")
    windows = np.lib.stride_tricks.sliding_window_view(X, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    return np.einsum("mhwcuv,uvc->mhwc", windows, W) + b


# %% alternative="depthwise_forward"
def depthwise_forward(A_prev, W, b, stride, pad):
    f, _, n_C = W.shape
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    if stride < 1 or n_C != n_C_prev or f > n_H_prev + 2 * pad or f > n_W_prev + 2 * pad:
        raise ValueError("does not fit")
    full = np.zeros((f, f, n_C, n_C), dtype=W.dtype)
    for c in range(n_C):
        full[:, :, c, c] = W[:, :, c]
    return conv_forward_fast(A_prev, full, b, stride, pad)


# %% wrong="inverted_residual" says="the shortcut is missing"
def inverted_residual(A_prev, parameters, stride):
    p = parameters
    wide = np.clip(conv1x1(A_prev, p["We"], p["be"]), 0, 6)
    wide = np.clip(depthwise_forward(wide, p["Wd"], p["bd"], stride, 1), 0, 6)
    return conv1x1(wide, p["Wp"], p["bp"])


# %% wrong="inverted_residual" says="no number above 6"
def inverted_residual(A_prev, parameters, stride):
    p = parameters
    wide = np.maximum(conv1x1(A_prev, p["We"], p["be"]), 0)
    wide = np.maximum(depthwise_forward(wide, p["Wd"], p["bd"], stride, 1), 0)
    A = conv1x1(wide, p["Wp"], p["bp"])
    return A + A_prev if stride == 1 and A.shape == A_prev.shape else A


# %% wrong="inverted_residual" says="no activation function after the projection"
def inverted_residual(A_prev, parameters, stride):
    p = parameters
    wide = np.clip(conv1x1(A_prev, p["We"], p["be"]), 0, 6)
    wide = np.clip(depthwise_forward(wide, p["Wd"], p["bd"], stride, 1), 0, 6)
    A = np.maximum(conv1x1(wide, p["Wp"], p["bp"]), 0)
    return A + A_prev if stride == 1 and A.shape == A_prev.shape else A


# %% wrong="inverted_residual" says="no activation function after the sum"
def inverted_residual(A_prev, parameters, stride):
    p = parameters
    wide = np.clip(conv1x1(A_prev, p["We"], p["be"]), 0, 6)
    wide = np.clip(depthwise_forward(wide, p["Wd"], p["bd"], stride, 1), 0, 6)
    A = conv1x1(wide, p["Wp"], p["bp"])
    return np.maximum(A + A_prev, 0) if stride == 1 and A.shape == A_prev.shape else A


# %% wrong="inverted_residual" says="the shortcut is for stride 1 only"
def inverted_residual(A_prev, parameters, stride):
    p = parameters
    wide = np.clip(conv1x1(A_prev, p["We"], p["be"]), 0, 6)
    wide = np.clip(depthwise_forward(wide, p["Wd"], p["bd"], stride, 1), 0, 6)
    A = conv1x1(wide, p["Wp"], p["bp"])
    return A + A_prev if A.shape == A_prev.shape else A


# %% wrong="inverted_residual" says="with n_C = 1"
def inverted_residual(A_prev, parameters, stride):
    p = parameters
    wide = np.clip(conv1x1(A_prev, p["We"], p["be"]), 0, 6)
    wide = np.clip(depthwise_forward(wide, p["Wd"], p["bd"], stride, 1), 0, 6)
    A = conv1x1(wide, p["Wp"], p["bp"])
    fits = stride == 1 and (A.shape == A_prev.shape or 1 in (A.shape[3], A_prev.shape[3]))
    return A + A_prev if fits else A


# %% alternative="inverted_residual"
def inverted_residual(A_prev, parameters, stride):
    def relu6(Z):
        return np.minimum(np.maximum(Z, 0), 6)

    wide = relu6(conv_forward_fast(A_prev, parameters["We"], parameters["be"], 1, 0))
    filters = parameters["Wd"]
    n_h = filters.shape[2]
    full = np.zeros((3, 3, n_h, n_h))
    full[:, :, np.arange(n_h), np.arange(n_h)] = filters
    wide = relu6(conv_forward_fast(wide, full, parameters["bd"], stride, 1))
    A = np.einsum("mhwc,ck->mhwk", wide, parameters["Wp"][0, 0]) + np.asarray(parameters["bp"], dtype=float)
    if stride == 1 and parameters["Wp"].shape[3] == A_prev.shape[3]:
        A += A_prev
    return A


# %% alternative="inverted_residual"
def inverted_residual(A_prev, parameters, stride):
    p = {key: np.array(value, dtype=float) for key, value in parameters.items()}
    X = A_prev.astype(float)
    X = X @ p["We"].squeeze((0, 1)) + p["be"]
    X = np.where(X < 0, 0, np.where(X > 6, 6, X))
    X = np.concatenate([depthwise_forward(x[None], p["Wd"], p["bd"], stride, 1) for x in X])
    X = np.where(X < 0, 0, np.where(X > 6, 6, X))
    X = X @ p["Wp"].squeeze((0, 1)) + p["bp"]
    return X + (A_prev if stride == 1 and p["We"].shape[2] == len(p["bp"]) else 0)


# %% wrong="inverted_residual_cost" says="batch norm has two numbers for each filter"
def inverted_residual_cost(n_H, n_W, n_C_prev, n_C, t, stride):
    n_h, small = t * n_C_prev, -(-n_H // stride) * -(-n_W // stride)
    expand, depthwise, project = n_C_prev * n_h * (t > 1), 9 * n_h, n_h * n_C
    parameters = expand + depthwise + project + n_h * (1 + (t > 1)) + n_C
    return parameters, n_H * n_W * expand + small * (depthwise + project)


# %% wrong="inverted_residual_cost" says="the numbers of batch norm are missing"
def inverted_residual_cost(n_H, n_W, n_C_prev, n_C, t, stride):
    n_h, small = t * n_C_prev, -(-n_H // stride) * -(-n_W // stride)
    expand, depthwise, project = n_C_prev * n_h * (t > 1), 9 * n_h, n_h * n_C
    return expand + depthwise + project, n_H * n_W * expand + small * (depthwise + project)


# %% wrong="inverted_residual_cost" says="the expansion works on the large picture"
def inverted_residual_cost(n_H, n_W, n_C_prev, n_C, t, stride):
    n_h, small = t * n_C_prev, -(-n_H // stride) * -(-n_W // stride)
    expand, depthwise, project = n_C_prev * n_h * (t > 1), 9 * n_h, n_h * n_C
    parameters = expand + depthwise + project + 2 * n_h * (1 + (t > 1)) + 2 * n_C
    return parameters, small * (expand + depthwise + project)


# %% wrong="inverted_residual_cost" says="the size is rounded up"
def inverted_residual_cost(n_H, n_W, n_C_prev, n_C, t, stride):
    n_h, small = t * n_C_prev, (n_H // stride) * (n_W // stride)
    expand, depthwise, project = n_C_prev * n_h * (t > 1), 9 * n_h, n_h * n_C
    parameters = expand + depthwise + project + 2 * n_h * (1 + (t > 1)) + 2 * n_C
    return parameters, n_H * n_W * expand + small * (depthwise + project)


# %% wrong="inverted_residual_cost" says="nothing to expand"
def inverted_residual_cost(n_H, n_W, n_C_prev, n_C, t, stride):
    n_h, small = t * n_C_prev, -(-n_H // stride) * -(-n_W // stride)
    expand, depthwise, project = n_C_prev * n_h, 9 * n_h, n_h * n_C
    parameters = expand + depthwise + project + 4 * n_h + 2 * n_C
    return parameters, n_H * n_W * expand + small * (depthwise + project)


# %% wrong="inverted_residual_cost" says="the multiplications of inverted_residual_cost"
def inverted_residual_cost(n_H, n_W, n_C_prev, n_C, t, stride):
    n_h, small = t * n_C_prev, -(-n_H // stride) * -(-n_W // stride)
    expand, depthwise, project = n_C_prev * n_h * (t > 1), 9 * n_h, n_h * n_C
    parameters = expand + depthwise + project + 2 * n_h * (1 + (t > 1)) + 2 * n_C
    small = small if stride < 3 else -(-n_H // 2) * -(-n_W // 2)
    return parameters, n_H * n_W * expand + small * (depthwise + project)


# %% alternative="inverted_residual_cost"
def inverted_residual_cost(n_H, n_W, n_C_prev, n_C, t, stride):
    high, wide = len(range(0, n_H, stride)), (n_W + stride - 1) // stride
    n_h = n_C_prev * t
    layers = [(high * wide, 9, n_h), (high * wide, n_h, n_C)]
    if t != 1:
        layers.insert(0, (n_H * n_W, n_C_prev, n_h))
    parameters = sum(n * (seen + 2) for _, seen, n in layers)
    return [parameters, sum(places * seen * n for places, seen, n in layers)]


# %% alternative="inverted_residual_cost"
def inverted_residual_cost(n_H, n_W, n_C_prev, n_C, t, stride):
    n_h = n_C_prev * t
    high, wide = (n_H - 1) // stride + 1, (n_W - 1) // stride + 1
    weights, multiplications = path_cost(n_H, n_W, n_C_prev, [(1, n_h)] if t > 1 else [])
    parameters = weights + (n_h if t > 1 else 0)
    last, more = path_cost(high, wide, n_h, [(1, n_C)])
    return parameters + 9 * n_h + 2 * n_h + last + n_C, multiplications + high * wide * 9 * n_h + more


# %% equivalent="inception_forward" mutant="its argument handed back" why="the cache may hold A_prev itself"
