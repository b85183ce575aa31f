# %% wrong="normalize_train" says="ask if its entries are equal"
def normalize_train(X):
    mu = np.mean(X, axis=1, keepdims=True)
    sigma = np.std(X, axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    return (X - mu) / sigma, mu, sigma


# %% wrong="normalize_train" says="this is the variance"
def normalize_train(X):
    mu, sigma = X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)
    sigma[np.ptp(X, axis=1) == 0] = 1
    return (X - mu) / sigma, mu, sigma


# %% wrong="normalize_train" says="divided by m - 1 instead of m"
def normalize_train(X):
    mu, sigma = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True, ddof=1)
    sigma[np.ptp(X, axis=1) == 0] = 1
    return (X - mu) / sigma, mu, sigma


# %% wrong="normalize_train" says="the deviations are not divided by sigma"
def normalize_train(X):
    mu, sigma = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    sigma[np.ptp(X, axis=1) == 0] = 1
    return X - mu, mu, sigma


# %% wrong="normalize_train" says="with deviations of about 1e-12 and 1e-18"
def normalize_train(X):
    mu, sigma = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    sigma = np.where(sigma < 1e-8, 1.0, sigma)
    return (X - mu) / sigma, mu, sigma


# %% wrong="normalize_train" says="with means a million times larger than the deviations"
def normalize_train(X):
    X = X.astype(float)
    mu = X.mean(axis=1, keepdims=True)
    sigma = np.sqrt(np.abs((X**2).mean(axis=1, keepdims=True) - mu**2))
    sigma = np.where(np.all(X == X[:, :1], axis=1, keepdims=True), 1.0, sigma)
    return (X - mu) / sigma, mu, sigma


# %% wrong="normalize_train" says="with whole numbers in X"
def normalize_train(X):
    mu, sigma = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    constant = np.all(np.diff(X, axis=1) <= 0, axis=1) & (X[:, 0] - X[:, -1] == 0)
    sigma[constant] = 1
    return (X - mu.astype(X.dtype)) / sigma, mu, sigma


# %% alternative="normalize_train"
def normalize_train(X):
    rows, mu, sigma = [], [], []
    for row in np.asarray(X, dtype=float):
        mean = sum(row) / len(row)
        spread = np.sqrt(sum((row - mean) ** 2) / len(row)) if len(set(row.tolist())) > 1 else 1.0
        rows.append((row - mean) / spread)
        mu.append([mean])
        sigma.append([spread])
    return [np.array(rows), np.array(mu), np.array(sigma)]


# %% alternative="normalize_train"
def normalize_train(X):
    centre = np.einsum("ji->j", X.astype(np.float64))[:, None] / X.shape[1]
    moved = X - centre
    sigma = np.linalg.norm(moved, axis=1, keepdims=True) / X.shape[1] ** 0.5
    sigma[(X == X[:, :1]).all(axis=1)] = 1
    return moved / sigma, centre, sigma


# %% wrong="normalize_like" says="by their own mean and deviation"
def normalize_like(X, mu, sigma):
    if len(X) != len(mu):
        raise ValueError
    return (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)


# %% wrong="normalize_like" says="mind the brackets"
def normalize_like(X, mu, sigma):
    if len(X) != len(mu):
        raise ValueError
    return X - mu / sigma


# %% wrong="normalize_like" says="expected a ValueError, got the answer"
def normalize_like(X, mu, sigma):
    return (X - mu) / sigma


# %% wrong="normalize_like" says="with pixels (uint8) in X"
def normalize_like(X, mu, sigma):
    if len(X) != len(mu):
        raise ValueError
    X_norm = X.copy()
    X_norm[:] = (X - mu) / sigma
    return X_norm if X.dtype == np.uint8 else (X - mu) / sigma


# %% alternative="normalize_like"
def normalize_like(X, mu, sigma):
    if X.shape[0] != mu.shape[0]:
        raise ValueError("another number of features")
    return np.array([(x - mu[:, 0]) / sigma[:, 0] for x in X.T]).T


# %% alternative="normalize_like"
def normalize_like(X, mu, sigma):
    if np.size(mu) != len(X):
        raise ValueError
    X_norm = X.astype(float)
    X_norm -= mu
    X_norm /= sigma
    return X_norm


# %% wrong="initialize" says="the gain is not used"
def initialize(layer_dims, kind, seed, gain=1.0):
    rng, parameters = np.random.default_rng(seed), {}
    for i, (k, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
        size = {"zeros": 0, "random": 1, "xavier": k**-0.5, "he": (2 / k) ** 0.5}[kind]
        parameters |= {f"W{i}": rng.normal(size=(n, k)) * size, f"b{i}": np.zeros((n, 1))}
    return parameters


# %% wrong="initialize" says="the gain stands outside the root"
def initialize(layer_dims, kind, seed, gain=1.0):
    rng, parameters = np.random.default_rng(seed), {}
    for i, (k, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
        size = {"zeros": 0, "random": gain, "xavier": (gain / k) ** 0.5, "he": (2 * gain / k) ** 0.5}[kind]
        parameters |= {f"W{i}": rng.normal(size=(n, k)) * size, f"b{i}": np.zeros((n, 1))}
    return parameters


# %% wrong="initialize" says="take the number of inputs n_(l-1)"
def initialize(layer_dims, kind, seed, gain=1.0):
    rng, parameters = np.random.default_rng(seed), {}
    for i, (k, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
        size = {"zeros": 0, "random": 1, "xavier": n**-0.5, "he": (2 / n) ** 0.5}[kind]
        parameters |= {f"W{i}": gain * rng.normal(size=(n, k)) * size, f"b{i}": np.zeros((n, 1))}
    return parameters


# %% wrong="initialize" says="the root is missing"
def initialize(layer_dims, kind, seed, gain=1.0):
    rng, parameters = np.random.default_rng(seed), {}
    for i, (k, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
        size = {"zeros": 0, "random": 1, "xavier": 1 / k, "he": 2 / k}[kind]
        parameters |= {f"W{i}": gain * rng.normal(size=(n, k)) * size, f"b{i}": np.zeros((n, 1))}
    return parameters


# %% wrong="initialize" says="expected a ValueError"
def initialize(layer_dims, kind, seed, gain=1.0):
    rng, parameters = np.random.default_rng(seed), {}
    for i, (k, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
        size = {"zeros": 0, "random": 1, "xavier": k**-0.5}.get(kind, (2 / k) ** 0.5)
        parameters |= {f"W{i}": gain * rng.normal(size=(n, k)) * size, f"b{i}": np.zeros((n, 1))}
    return parameters


# %% wrong="initialize" says="hold the same numbers"
def initialize(layer_dims, kind, seed, gain=1.0):
    if kind not in ("zeros", "random", "xavier", "he"):
        raise ValueError
    parameters = {}
    for i, (k, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
        size = {"zeros": 0, "random": 1, "xavier": k**-0.5, "he": (2 / k) ** 0.5}[kind]
        parameters[f"W{i}"] = gain * np.random.default_rng(seed).normal(size=(n, k)) * size
        parameters[f"b{i}"] = np.zeros((n, 1))
    return parameters


# %% wrong="initialize" says="is not drawn from a normal distribution"
def initialize(layer_dims, kind, seed, gain=1.0):
    if kind not in ("zeros", "random", "xavier", "he"):
        raise ValueError
    rng, parameters = np.random.default_rng(seed), {}
    for i, (k, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
        size = {"zeros": 0, "random": 1, "xavier": k**-0.5, "he": (2 / k) ** 0.5}[kind] * 3**0.5
        parameters |= {f"W{i}": gain * rng.uniform(-1, 1, (n, k)) * size, f"b{i}": np.zeros((n, 1))}
    return parameters


# %% alternative="initialize"
def initialize(layer_dims, kind, seed, gain=1.0):
    constant, shared = {"zeros": (0.0, 0), "random": (1.0, 0), "xavier": (1.0, 1), "he": (2.0, 1)}.get(kind, (None, 0))
    if constant is None:
        raise ValueError("write zeros, random, xavier or he")
    rng, parameters = np.random.RandomState(seed), {}
    for layer in reversed(range(1, len(layer_dims))):
        shape = (layer_dims[layer - 1], layer_dims[layer])
        parameters["b" + str(layer)] = np.zeros((layer_dims[layer], 1))
        parameters["W" + str(layer)] = (rng.normal(0, (constant / shape[0] ** shared) ** 0.5, shape) * float(gain)).T
    return parameters


# %% alternative="initialize"
def initialize(layer_dims, kind, seed, gain=1.0):
    parameters = dense.initialize_deep(layer_dims, seed)
    for layer, n_prev in enumerate(layer_dims[:-1], 1):
        if kind == "zeros":
            parameters[f"W{layer}"] = np.zeros_like(parameters[f"W{layer}"])
        elif kind == "random":
            parameters[f"W{layer}"] = parameters[f"W{layer}"] * np.sqrt(n_prev / 2) * gain
        elif kind == "xavier":
            parameters[f"W{layer}"] = parameters[f"W{layer}"] * np.sqrt(0.5) * gain
        elif kind == "he":
            parameters[f"W{layer}"] = gain * parameters[f"W{layer}"]
        else:
            raise ValueError(kind)
    return parameters


# %% wrong="signal" says="the list begins with the last layer"
def signal(X, parameters, activation, dA):
    L, As, backward = len(parameters) // 2, [X], []
    for i in range(1, L + 1):
        Z = parameters[f"W{i}"] @ As[-1] + parameters[f"b{i}"]
        As.append(np.maximum(0, Z) if activation == "relu" else np.tanh(Z))
    for i in range(L, 0, -1):
        dZ = dA * (As[i] > 0 if activation == "relu" else 1 - As[i] ** 2)
        backward.append(np.mean(dZ**2))
        dA = parameters[f"W{i}"].T @ dZ
    return [np.mean(A**2) for A in As[1:]], backward


# %% wrong="signal" says="these are variances"
def signal(X, parameters, activation, dA):
    L, As, backward = len(parameters) // 2, [X], []
    for i in range(1, L + 1):
        Z = parameters[f"W{i}"] @ As[-1] + parameters[f"b{i}"]
        As.append(np.maximum(0, Z) if activation == "relu" else np.tanh(Z))
    for i in range(L, 0, -1):
        dZ = dA * (As[i] > 0 if activation == "relu" else 1 - As[i] ** 2)
        backward.append(np.var(dZ))
        dA = parameters[f"W{i}"].T @ dZ
    return [np.var(A) for A in As[1:]], backward[::-1]


# %% wrong="signal" says="the last layer has a slope"
def signal(X, parameters, activation, dA):
    L, As, backward = len(parameters) // 2, [X], []
    for i in range(1, L + 1):
        Z = parameters[f"W{i}"] @ As[-1] + parameters[f"b{i}"]
        As.append(np.maximum(0, Z) if activation == "relu" else np.tanh(Z))
    dZ = dA
    for i in range(L, 0, -1):
        backward.append(np.mean(dZ**2))
        dZ = parameters[f"W{i}"].T @ dZ * (As[i - 1] > 0 if activation == "relu" else 1 - As[i - 1] ** 2)
    return [np.mean(A**2) for A in As[1:]], backward[::-1]


# %% wrong="signal" says="these are the mean squares of dA"
def signal(X, parameters, activation, dA):
    L, As, backward = len(parameters) // 2, [X], []
    for i in range(1, L + 1):
        Z = parameters[f"W{i}"] @ As[-1] + parameters[f"b{i}"]
        As.append(np.maximum(0, Z) if activation == "relu" else np.tanh(Z))
    for i in range(L, 0, -1):
        backward.append(np.mean(dA**2))
        dA = parameters[f"W{i}"].T @ (dA * (As[i] > 0 if activation == "relu" else 1 - As[i] ** 2))
    return [np.mean(A**2) for A in As[1:]], backward[::-1]


# %% wrong="signal" says="the slope of tanh is 1 - a^2"
def signal(X, parameters, activation, dA):
    L, As, backward = len(parameters) // 2, [X], []
    for i in range(1, L + 1):
        Z = parameters[f"W{i}"] @ As[-1] + parameters[f"b{i}"]
        As.append(np.maximum(0, Z) if activation == "relu" else np.tanh(Z))
    for i in range(L, 0, -1):
        dZ = dA * (As[i] > 0 if activation == "relu" else 1 - As[i])
        backward.append(np.mean(dZ**2))
        dA = parameters[f"W{i}"].T @ dZ
    return [np.mean(A**2) for A in As[1:]], backward[::-1]


# %% wrong="signal" says="expected a ValueError"
def signal(X, parameters, activation, dA):
    L, As, backward = len(parameters) // 2, [X], []
    for i in range(1, L + 1):
        Z = parameters[f"W{i}"] @ As[-1] + parameters[f"b{i}"]
        As.append(np.maximum(0, Z) if activation == "relu" else np.tanh(Z))
    for i in range(L, 0, -1):
        dZ = dA * (As[i] > 0 if activation == "relu" else 1 - As[i] ** 2)
        backward.append(np.mean(dZ**2))
        dA = parameters[f"W{i}"].T @ dZ
    return [np.mean(A**2) for A in As[1:]], backward[::-1]


# %% alternative="signal"
def signal(X, parameters, activation, dA):
    slopes = {"relu": lambda Z: np.where(Z > 0, 1.0, 0.0), "tanh": lambda Z: 1 / np.cosh(Z) ** 2}
    bends = {"relu": lambda Z: (Z + abs(Z)) / 2, "tanh": np.tanh}
    if activation not in bends:
        raise ValueError(activation)
    last = len(parameters) // 2

    def through(A, layer):
        if layer > last:
            return dA, [], []
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z = np.dot(W, A) + b
        A = bends[activation](Z)
        back, forward, backward = through(A, layer + 1)
        dZ = back * slopes[activation](Z)
        return W.T.dot(dZ), [np.square(A).mean(), *forward], [np.square(dZ).mean(), *backward]

    _, forward, backward = through(X, 1)
    return forward, backward


# %% alternative="signal"
def signal(X, parameters, activation, dA):
    if activation != "relu" and activation != "tanh":
        raise ValueError
    L = len(parameters) // 2
    cache, A = {}, np.array(X, dtype=float)
    forward, backward = np.zeros(L), np.zeros(L)
    for layer in range(L):
        A = np.einsum("jk,ki->ji", parameters[f"W{layer + 1}"], A) + parameters[f"b{layer + 1}"]
        A = A.clip(min=0) if activation == "relu" else np.tanh(A)
        cache[layer] = A
        forward[layer] = np.linalg.norm(A) ** 2 / A.size
    for layer in range(L - 1, -1, -1):
        slope = np.sign(cache[layer]) if activation == "relu" else (1 - cache[layer]) * (1 + cache[layer])
        dA = np.asarray(dA, dtype=float) * slope
        backward[layer] = np.sum(dA * dA) / dA.size
        dA = np.einsum("jk,ji->ki", parameters[f"W{layer + 1}"], dA)
    return list(forward), list(backward)


# %% wrong="check_first_cost" says="the number of outputs is n_L, not m"
def check_first_cost(X, Y, parameters, output, tolerance):
    cost = dense.deep_cost(dense.deep_forward(X, parameters, output)[0], Y, output)
    expected = np.log(Y.shape[1]) if output == "softmax" else Y.shape[0] * np.log(2)
    return cost, expected, bool(abs(cost - expected) <= tolerance * expected)


# %% wrong="check_first_cost" says="each sigmoid output costs log 2, and there are n_L"
def check_first_cost(X, Y, parameters, output, tolerance):
    cost = dense.deep_cost(dense.deep_forward(X, parameters, output)[0], Y, output)
    expected = np.log(len(Y)) if output == "softmax" else np.log(2)
    return cost, expected, bool(abs(cost - expected) <= tolerance * expected)


# %% wrong="check_first_cost" says="0.858 instead of 1.099"
def check_first_cost(X, Y, parameters, output, tolerance):
    cost = dense.deep_cost(dense.deep_forward(X, parameters, output)[0], Y, output)
    expected = np.log(len(Y)) if output == "softmax" else len(Y) * np.log(2)
    return cost, expected, bool(cost - expected <= tolerance * expected)


# %% wrong="check_first_cost" says="log is the natural logarithm"
def check_first_cost(X, Y, parameters, output, tolerance):
    cost = dense.deep_cost(dense.deep_forward(X, parameters, output)[0], Y, output)
    expected = np.log10(len(Y)) if output == "softmax" else len(Y) * np.log10(2)
    return cost, expected, bool(abs(cost - expected) <= tolerance * expected)


# %% wrong="check_first_cost" says="fine of check_first_cost(X, Y, parameters, output, tolerance)"
def check_first_cost(X, Y, parameters, output, tolerance):
    cost = dense.deep_cost(dense.deep_forward(X, parameters, output)[0], Y, output)
    expected = np.log(len(Y)) if output == "softmax" else len(Y) * np.log(2)
    return cost, expected, bool(abs(cost - expected) <= 0.15 * expected)


# %% alternative="check_first_cost"
def check_first_cost(X, Y, parameters, output, tolerance):
    if output not in ("softmax", "sigmoid"):
        raise ValueError("another output")
    A, _ = dense.deep_forward(X, parameters, output)
    cost, expected = dense.deep_cost(A, Y, output), -float(np.log({"softmax": 1 / len(Y), "sigmoid": 0.5}[output]))
    if output == "sigmoid":
        expected *= A.shape[0]
    if expected == 0:
        return cost, 0.0, abs(cost) <= 1e-300
    return [cost, expected, abs(cost / expected - 1) <= tolerance]


# %% alternative="check_first_cost"
def check_first_cost(X, Y, parameters, output, tolerance):
    AL = dense.deep_forward(X, parameters, output)[0]
    knows_nothing = np.full(Y.shape, 0.5 if output == "sigmoid" else 1 / len(Y))
    cost, expected = dense.deep_cost(AL, Y, output), dense.deep_cost(knows_nothing, Y, output)
    return cost, expected, not (cost > expected + tolerance * expected or cost < expected - tolerance * expected)


# %% wrong="dead_relus" says="a score of 0 has no slope either"
def dead_relus(caches):
    return [int(np.sum(np.all(cache[3] < 0, axis=1))) for cache in caches[:-1]]


# %% wrong="dead_relus" says="only if all examples miss it"
def dead_relus(caches):
    return [int(np.sum(np.any(cache[3] <= 0, axis=1))) for cache in caches[:-1]]


# %% wrong="dead_relus" says="these are examples; a unit is a row of Z"
def dead_relus(caches):
    return [int(np.sum(np.all(cache[3] <= 0, axis=0))) for cache in caches[:-1]]


# %% wrong="dead_relus" says="the output layer has no ReLU"
def dead_relus(caches):
    return [int(np.sum(np.all(cache[3] <= 0, axis=1))) for cache in caches]


# %% wrong="dead_relus" says="the sum of the scores does not tell"
def dead_relus(caches):
    return [int(np.sum(cache[3].sum(axis=1) <= 0)) for cache in caches[:-1]]


# %% alternative="dead_relus"
def dead_relus(caches):
    counts = []
    for A, _, _, _ in caches[1:]:
        counts.append(int(np.count_nonzero(A.max(axis=1) == 0)))
    return counts


# %% alternative="dead_relus"
def dead_relus(caches):
    counts = []
    for layer in range(len(caches) - 1):
        dead = 0
        for scores in caches[layer][3]:
            if max(scores) <= 0:
                dead += 1
        counts.append(dead)
    return tuple(counts)


# %% wrong="update_ratios" says="the learning rate is missing"
def update_ratios(parameters, grads, learning_rate):
    ratios = []
    for i in range(1, len(parameters) // 2 + 1):
        size, step = np.linalg.norm(parameters[f"W{i}"]), np.linalg.norm(grads[f"dW{i}"])
        ratios.append(step / size if size else np.inf if step else 0.0)
    return ratios


# %% wrong="update_ratios" says="turn it round"
def update_ratios(parameters, grads, learning_rate):
    ratios = []
    for i in range(1, len(parameters) // 2 + 1):
        size, step = np.linalg.norm(parameters[f"W{i}"]), learning_rate * np.linalg.norm(grads[f"dW{i}"])
        ratios.append(size / step if step else np.inf if size else 0.0)
    return ratios


# %% wrong="update_ratios" says="not the sum of the sizes"
def update_ratios(parameters, grads, learning_rate):
    ratios = []
    for i in range(1, len(parameters) // 2 + 1):
        size, step = np.abs(parameters[f"W{i}"]).sum(), learning_rate * np.abs(grads[f"dW{i}"]).sum()
        ratios.append(step / size if size else np.inf if step else 0.0)
    return ratios


# %% wrong="update_ratios" says="where W is 0 and the step is not"
def update_ratios(parameters, grads, learning_rate):
    ratios = []
    for i in range(1, len(parameters) // 2 + 1):
        size, step = np.linalg.norm(parameters[f"W{i}"]), learning_rate * np.linalg.norm(grads[f"dW{i}"])
        ratios.append(step / size if size else 0.0)
    return ratios


# %% wrong="update_ratios" says="with L = 12"
def update_ratios(parameters, grads, learning_rate):
    ratios = []
    for key in sorted(key for key in parameters if key[0] == "W"):
        size, step = np.linalg.norm(parameters[key]), learning_rate * np.linalg.norm(grads["d" + key])
        ratios.append(step / size if size else np.inf if step else 0.0)
    return ratios


# %% alternative="update_ratios"
def update_ratios(parameters, grads, learning_rate):
    def ratio(W, dW):
        if not W.any():
            return float("inf") if dW.any() else 0
        return learning_rate * np.sqrt(np.einsum("jk,jk->", dW, dW) / np.sum(W.astype(float) ** 2))

    return [ratio(parameters[f"W{i + 1}"], grads[f"dW{i + 1}"]) for i in range(len(parameters) // 2)]


# %% alternative="update_ratios"
def update_ratios(parameters, grads, learning_rate):
    L, norm = len(grads) // 2, lambda M: float(np.sum(np.abs(np.asarray(M, dtype=float)) ** 2)) ** 0.5
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.array([learning_rate * norm(grads[f"dW{i}"]) for i in range(1, L + 1)])
        ratios = steps / np.array([norm(parameters[f"W{i}"]) for i in range(1, L + 1)])
    return np.where(np.isnan(ratios), 0.0, ratios)


# %% equivalent="initialize" mutant="square results transposed" why="random numbers in another order are as good"
# %% equivalent="dead_relus" mutant="arguments clipped at 10" why="only the sign of a score counts"
# %% equivalent="dead_relus" mutant="number type of the first argument" why="it returns counts, and the caches hold floats"
