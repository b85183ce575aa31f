# %% wrong="features" says="the ReLU is missing after the last"
def features(X, parameters, layers):
    if not 0 <= layers < len(parameters) // 2:
        raise ValueError("no such layer")
    Z = A = np.array(X, dtype=float)
    for layer in range(1, layers + 1):
        Z = parameters[f"W{layer}"] @ A + parameters[f"b{layer}"]
        A = np.maximum(0, Z)
    return Z


# %% wrong="features" says="expected shape (3, 3)"
def features(X, parameters, layers):
    if not 0 <= layers < len(parameters) // 2:
        raise ValueError("no such layer")
    A = np.array(X, dtype=float)
    for layer in range(1, max(layers, 2 if layers else 1)):
        A = np.maximum(0, parameters[f"W{layer}"] @ A + parameters[f"b{layer}"])
    return A


# %% wrong="features" says="ValueError"
def features(X, parameters, layers):
    A = np.array(X, dtype=float)
    for layer in range(1, layers + 1):
        A = np.maximum(0, parameters[f"W{layer}"] @ A + parameters[f"b{layer}"])
    return A


# %% wrong="features" says="in the memory of the argument X"
def features(X, parameters, layers):
    if not 0 <= layers < len(parameters) // 2:
        raise ValueError("no such layer")
    for layer in range(1, layers + 1):
        X = np.maximum(0, parameters[f"W{layer}"] @ X + parameters[f"b{layer}"])
    return X


# %% wrong="features" says="of 12 layers"
def features(X, parameters, layers):
    if not 0 <= layers < len(parameters) // 2:
        raise ValueError("no such layer")
    A, names = np.array(X, dtype=float), sorted(parameters)
    half = len(names) // 2
    for weight, bias in list(zip(names[:half], names[half:], strict=True))[:layers]:
        A = np.maximum(0, parameters[weight] @ A + parameters[bias])
    return A


# %% alternative="features"
def features(X, parameters, layers):
    if layers < 0 or 2 * layers >= len(parameters):
        raise ValueError(layers)
    if layers == 0:
        return np.array(X, dtype=float)
    Z = np.einsum("ij,jm->im", parameters[f"W{layers}"], features(X, parameters, layers - 1)) + parameters[f"b{layers}"]
    return np.where(Z > 0, Z, 0.0)


# %% alternative="features"
def features(X, parameters, layers):
    if layers not in range(len(parameters) // 2):
        raise ValueError(f"{layers}?")
    columns = []
    for x in np.transpose(X):
        a = x.astype(float).reshape(-1, 1)
        for k in range(layers):
            z = np.dot(parameters["W" + str(k + 1)], a) + parameters["b" + str(k + 1)]
            a = (z + abs(z)) / 2
        columns.append(a)
    return np.hstack(columns)


# %% wrong="transfer_network" says="not only the new layers"
def transfer_network(source, k, classes, seed):
    L = len(source) // 2
    if not 0 <= k < L:
        raise ValueError("no such k")
    sizes = [source[f"W{layer}"].shape[1] for layer in range(1, L + 1)] + [classes]
    new = initialize_deep(sizes[k:], seed)
    result = {key: value.copy() for key, value in source.items() if int(key[1:]) <= k}
    return result | {f"{key[0]}{int(key[1:]) + k}": value for key, value in new.items()}


# %% wrong="transfer_network" says="it is drawn anew"
def transfer_network(source, k, classes, seed):
    L = len(source) // 2
    if not 0 <= k < L:
        raise ValueError("no such k")
    sizes = [source[f"W{layer}"].shape[1] for layer in range(1, L + 1)] + [classes]
    new = initialize_deep(sizes, seed)
    return {key: (new if int(key[1:]) > k + 1 else source)[key].copy() for key in source}


# %% wrong="transfer_network" says="in the memory of the argument source"
def transfer_network(source, k, classes, seed):
    L = len(source) // 2
    if not 0 <= k < L:
        raise ValueError("no such k")
    sizes = [source[f"W{layer}"].shape[1] for layer in range(1, L + 1)] + [classes]
    new = initialize_deep(sizes, seed)
    return {key: (new if int(key[1:]) > k else source)[key] for key in source}


# %% wrong="transfer_network" says="expected shape (4, 2)"
def transfer_network(source, k, classes, seed):
    L = len(source) // 2
    if not 0 <= k < L:
        raise ValueError("no such k")
    sizes = [source["W1"].shape[1]] + [len(source[f"b{layer}"]) for layer in range(1, L + 1)]
    new = initialize_deep(sizes, seed)
    return {key: (new if int(key[1:]) > k else source)[key].copy() for key in source}


# %% wrong="transfer_network" says="ValueError"
def transfer_network(source, k, classes, seed):
    L = len(source) // 2
    sizes = [source[f"W{layer}"].shape[1] for layer in range(1, L + 1)] + [classes]
    new = initialize_deep(sizes, seed)
    return {key: (new if int(key[1:]) > k or int(key[1:]) == L else source)[key].copy() for key in source}


# %% wrong="transfer_network" says="layers"
def transfer_network(source, k, classes, seed):
    L = len(source) // 2
    if not 0 <= k < L:
        raise ValueError("no such k")
    sizes = [source[f"W{layer}"].shape[1] for layer in range(1, L + 1)] + [classes]
    new = initialize_deep(sizes, seed)
    return {key: (new if int(key[1]) > k else source)[key].copy() for key in source}


# %% alternative="transfer_network"
def transfer_network(source, k, classes, seed):
    L = max(int(key[1:]) for key in source)
    if k < 0 or k > L - 1:
        raise ValueError(f"k = {k}")
    sizes = [source["W1"].shape[1]]
    for layer in range(1, L):
        sizes.append(source[f"W{layer}"].shape[0])
    sizes.append(classes)
    result = initialize_deep(sizes, seed)
    for layer in range(1, k + 1):
        for letter in ("W", "b"):
            result[f"{letter}{layer}"] = np.array(source[f"{letter}{layer}"], dtype=float)
    return result


# %% alternative="transfer_network"
def transfer_network(source, k, classes, seed):
    L = len(source) // 2
    if k not in range(L):
        raise ValueError(f"k = {k}")
    rng = np.random.default_rng(seed)
    result = {}
    for layer in range(1, L + 1):
        n, n_prev = source[f"W{layer}"].shape
        n = n if layer < L else classes
        draws = rng.normal(size=(n, n_prev)) * np.sqrt(2 / n_prev)
        old = layer <= k
        result[f"W{layer}"] = source[f"W{layer}"] + 0.0 if old else draws
        result[f"b{layer}"] = source[f"b{layer}"] + 0.0 if old else np.zeros((n, 1))
    return result


# %% wrong="freeze_and_retrain" says="divide by m"
def freeze_and_retrain(X, labels, source, classes, learning_rate, steps):
    L = len(source) // 2
    F, Y = features(X, source, L - 1), np.eye(classes)[:, labels]
    W, b = np.zeros((classes, len(F))), np.zeros((classes, 1))
    for _ in range(steps):
        Z = W @ F + b
        A = np.exp(Z - Z.max(axis=0))
        dZ = A / A.sum(axis=0) - Y
        W, b = W - learning_rate * dZ @ F.T, b - learning_rate * dZ.sum(axis=1, keepdims=True)
    return {key: np.array(value) for key, value in source.items()} | {f"W{L}": W, f"b{L}": b}


# %% wrong="freeze_and_retrain" says="b2 after one step"
def freeze_and_retrain(X, labels, source, classes, learning_rate, steps):
    L, m = len(source) // 2, len(labels)
    F, Y = features(X, source, L - 1), np.eye(classes)[:, labels]
    W, b = np.zeros((classes, len(F))), np.zeros((classes, 1))
    for _ in range(steps):
        A = np.exp(W @ F + b)
        W = W - learning_rate * (A / A.sum(axis=0) - Y) / m @ F.T
        A = np.exp(W @ F + b)
        b = b - learning_rate * ((A / A.sum(axis=0) - Y) / m).sum(axis=1, keepdims=True)
    return {key: np.array(value) for key, value in source.items()} | {f"W{L}": W, f"b{L}": b}


# %% wrong="freeze_and_retrain" says="scores in the thousands"
def freeze_and_retrain(X, labels, source, classes, learning_rate, steps):
    L, m = len(source) // 2, len(labels)
    F, Y = features(X, source, L - 1), np.eye(classes)[:, labels]
    W, b = np.zeros((classes, len(F))), np.zeros((classes, 1))
    for _ in range(steps):
        A = np.exp(W @ F + b)
        dZ = (A / A.sum(axis=0) - Y) / m
        W, b = W - learning_rate * dZ @ F.T, b - learning_rate * dZ.sum(axis=1, keepdims=True)
    return {key: np.array(value) for key, value in source.items()} | {f"W{L}": W, f"b{L}": b}


# %% wrong="freeze_and_retrain" says="in the memory of the argument source"
def freeze_and_retrain(X, labels, source, classes, learning_rate, steps):
    L, m = len(source) // 2, len(labels)
    F, Y = features(X, source, L - 1), np.eye(classes)[:, labels]
    W, b = np.zeros((classes, len(F))), np.zeros((classes, 1))
    for _ in range(steps):
        Z = W @ F + b
        A = np.exp(Z - Z.max(axis=0))
        dZ = (A / A.sum(axis=0) - Y) / m
        W, b = W - learning_rate * dZ @ F.T, b - learning_rate * dZ.sum(axis=1, keepdims=True)
    return source | {f"W{L}": W, f"b{L}": b}


# %% wrong="freeze_and_retrain" says="W2 after one step"
def freeze_and_retrain(X, labels, source, classes, learning_rate, steps):
    L, m = len(source) // 2, len(labels)
    F, Y = features(X, source, L - 1), np.eye(classes)[:, labels]
    W, b = np.ones((classes, len(F))) * np.arange(classes)[:, None], np.zeros((classes, 1))
    for _ in range(steps):
        Z = W @ F + b
        A = np.exp(Z - Z.max(axis=0))
        dZ = (A / A.sum(axis=0) - Y) / m
        W, b = W - learning_rate * dZ @ F.T, b - learning_rate * dZ.sum(axis=1, keepdims=True)
    return {key: np.array(value) for key, value in source.items()} | {f"W{L}": W, f"b{L}": b}


# %% alternative="freeze_and_retrain"
def freeze_and_retrain(X, labels, source, classes, learning_rate, steps):
    L = len(source) // 2
    F = np.vstack([features(X, source, L - 1), np.ones((1, len(labels)))])
    head = np.zeros((classes, len(F)))
    for _ in range(steps):
        scores = head @ F
        log_sum = np.logaddexp.reduce(scores, axis=0)
        odds = np.exp(scores - log_sum)
        odds[labels, np.arange(len(labels))] -= 1
        head = head - learning_rate * np.einsum("km,nm->kn", odds, F) / len(labels)
    result = {key: value + 0.0 for key, value in source.items()}
    result[f"W{L}"], result[f"b{L}"] = head[:, :-1].copy(), head[:, -1:].copy()
    return result


# %% alternative="freeze_and_retrain"
def freeze_and_retrain(X, labels, source, classes, learning_rate, steps):
    def softmax(z):
        e = np.exp(z - max(z))
        return e / sum(e)

    L = max(int(key[1:]) for key in source)
    rows = [np.array(column) for column in features(X, source, L - 1).T]
    W, b = np.zeros((classes, rows[0].size)), np.zeros(classes)
    for _ in range(steps):
        errors = [softmax(W @ row + b) - np.eye(classes)[label] for row, label in zip(rows, labels, strict=True)]
        W = W - learning_rate * np.mean([np.outer(e, row) for e, row in zip(errors, rows, strict=True)], axis=0)
        b = b - learning_rate * np.mean(errors, axis=0)
    new = {f"W{L}": W, f"b{L}": b.reshape(-1, 1)}
    return {key: new[key] if key in new else source[key].copy() for key in source}


# %% wrong="fine_tune" says="W2 had already made its step"
def fine_tune(X, labels, parameters, learning_rates, steps):
    L, m = len(parameters) // 2, len(labels)
    if len(learning_rates) != L:
        raise ValueError("rates")
    new = {key: value * 1.0 for key, value in parameters.items()}
    Y = np.eye(len(new[f"b{L}"]))[:, labels]
    for _ in range(steps):
        A = [features(X, new, layer) for layer in range(L)]
        Z = new[f"W{L}"] @ A[-1] + new[f"b{L}"]
        odds = np.exp(Z - Z.max(axis=0))
        dZ = (odds / odds.sum(axis=0) - Y) / m
        for layer in range(L, 0, -1):
            new[f"W{layer}"] = new[f"W{layer}"] - learning_rates[layer - 1] * dZ @ A[layer - 1].T
            new[f"b{layer}"] = new[f"b{layer}"] - learning_rates[layer - 1] * dZ.sum(axis=1, keepdims=True)
            dZ = (new[f"W{layer}"].T @ dZ) * (A[layer - 1] > 0)
    return new


# %% wrong="fine_tune" says="W2 after one step"
def fine_tune(X, labels, parameters, learning_rates, steps):
    L, m = len(parameters) // 2, len(labels)
    if len(learning_rates) != L:
        raise ValueError("rates")
    new = {key: value * 1.0 for key, value in parameters.items()}
    Y = np.eye(len(new[f"b{L}"]))[:, labels]
    for _ in range(steps):
        A = [features(X, new, layer) for layer in range(L)]
        Z = new[f"W{L}"] @ A[-1] + new[f"b{L}"]
        odds = np.exp(Z - Z.max(axis=0))
        dZ, grads = (odds / odds.sum(axis=0) - Y) / m, {}
        for layer in range(L, 0, -1):
            grads |= {f"W{layer}": dZ @ A[layer - 1].T, f"b{layer}": dZ.sum(axis=1, keepdims=True)}
            dZ = (new[f"W{layer}"].T @ dZ) * (A[layer - 1] > 0)
        for key in new:
            new[key] = new[key] - learning_rates[-int(key[1:])] * grads[key]
    return new


# %% wrong="fine_tune" says="the derivative of ReLU is missing"
def fine_tune(X, labels, parameters, learning_rates, steps):
    L, m = len(parameters) // 2, len(labels)
    if len(learning_rates) != L:
        raise ValueError("rates")
    new = {key: value * 1.0 for key, value in parameters.items()}
    Y = np.eye(len(new[f"b{L}"]))[:, labels]
    for _ in range(steps):
        A = [features(X, new, layer) for layer in range(L)]
        Z = new[f"W{L}"] @ A[-1] + new[f"b{L}"]
        odds = np.exp(Z - Z.max(axis=0))
        dZ = (odds / odds.sum(axis=0) - Y) / m
        for layer in range(L, 0, -1):
            dW, db = dZ @ A[layer - 1].T, dZ.sum(axis=1, keepdims=True)
            dZ = new[f"W{layer}"].T @ dZ
            new[f"W{layer}"] = new[f"W{layer}"] - learning_rates[layer - 1] * dW
            new[f"b{layer}"] = new[f"b{layer}"] - learning_rates[layer - 1] * db
    return new


# %% wrong="fine_tune" says="divide by m"
def fine_tune(X, labels, parameters, learning_rates, steps):
    L = len(parameters) // 2
    if len(learning_rates) != L:
        raise ValueError("rates")
    new = {key: value * 1.0 for key, value in parameters.items()}
    Y = np.eye(len(new[f"b{L}"]))[:, labels]
    for _ in range(steps):
        A = [features(X, new, layer) for layer in range(L)]
        Z = new[f"W{L}"] @ A[-1] + new[f"b{L}"]
        odds = np.exp(Z - Z.max(axis=0))
        dZ = odds / odds.sum(axis=0) - Y
        for layer in range(L, 0, -1):
            dW, db = dZ @ A[layer - 1].T, dZ.sum(axis=1, keepdims=True)
            dZ = (new[f"W{layer}"].T @ dZ) * (A[layer - 1] > 0)
            new[f"W{layer}"] = new[f"W{layer}"] - learning_rates[layer - 1] * dW
            new[f"b{layer}"] = new[f"b{layer}"] - learning_rates[layer - 1] * db
    return new


# %% wrong="fine_tune" says="ValueError"
def fine_tune(X, labels, parameters, learning_rates, steps):
    L, m = len(parameters) // 2, len(labels)
    rates = [*learning_rates, *[0] * L]
    new = {key: value * 1.0 for key, value in parameters.items()}
    Y = np.eye(len(new[f"b{L}"]))[:, labels]
    for _ in range(steps):
        A = [features(X, new, layer) for layer in range(L)]
        Z = new[f"W{L}"] @ A[-1] + new[f"b{L}"]
        odds = np.exp(Z - Z.max(axis=0))
        dZ = (odds / odds.sum(axis=0) - Y) / m
        for layer in range(L, 0, -1):
            dW, db = dZ @ A[layer - 1].T, dZ.sum(axis=1, keepdims=True)
            dZ = (new[f"W{layer}"].T @ dZ) * (A[layer - 1] > 0)
            new[f"W{layer}"] = new[f"W{layer}"] - rates[layer - 1] * dW
            new[f"b{layer}"] = new[f"b{layer}"] - rates[layer - 1] * db
    return new


# %% wrong="fine_tune" says="with the rates [1, 0, 0]"
def fine_tune(X, labels, parameters, learning_rates, steps):
    L, m = len(parameters) // 2, len(labels)
    if len(learning_rates) != L:
        raise ValueError("rates")
    new = {key: value * 1.0 for key, value in parameters.items()}
    Y = np.eye(len(new[f"b{L}"]))[:, labels]
    for _ in range(steps):
        A = [features(X, new, layer) for layer in range(L)]
        Z = new[f"W{L}"] @ A[-1] + new[f"b{L}"]
        odds = np.exp(Z - Z.max(axis=0))
        dZ = (odds / odds.sum(axis=0) - Y) / m
        for layer in range(L, 0, -1):
            if learning_rates[layer - 1] == 0:
                break
            dW, db = dZ @ A[layer - 1].T, dZ.sum(axis=1, keepdims=True)
            dZ = (new[f"W{layer}"].T @ dZ) * (A[layer - 1] > 0)
            new[f"W{layer}"] = new[f"W{layer}"] - learning_rates[layer - 1] * dW
            new[f"b{layer}"] = new[f"b{layer}"] - learning_rates[layer - 1] * db
    return new


# %% alternative="fine_tune"
def fine_tune(X, labels, parameters, learning_rates, steps):
    L = len(parameters) // 2
    if len(learning_rates) != L:
        raise ValueError("rates")

    def backward(layer, A, now, grads):
        """The derivative in A, the input of this layer."""
        Z = now[f"W{layer}"] @ A + now[f"b{layer}"]
        if layer == L:
            Z = Z - Z.max(axis=0)
            dZ = np.exp(Z - np.log(np.exp(Z).sum(axis=0)))
            dZ[labels, range(len(labels))] -= 1
            dZ = dZ / len(labels)
        else:
            dZ = np.where(Z > 0, backward(layer + 1, np.maximum(Z, 0), now, grads), 0)
        grads[f"W{layer}"], grads[f"b{layer}"] = dZ @ A.T, dZ.sum(axis=1).reshape(-1, 1)
        return now[f"W{layer}"].T @ dZ

    now = {key: np.array(value, dtype=float) for key, value in parameters.items()}
    for _ in range(steps):
        grads = {}
        backward(1, X, now, grads)
        now = {key: value - learning_rates[int(key[1:]) - 1] * grads[key] for key, value in now.items()}
    return now


# %% alternative="fine_tune"
def fine_tune(X, labels, parameters, learning_rates, steps):
    if 2 * len(learning_rates) != len(parameters):
        raise ValueError(f"{len(learning_rates)} rates")
    W = [parameters[f"W{k + 1}"].astype(float) for k in range(len(learning_rates))]
    b = [parameters[f"b{k + 1}"].astype(float) for k in range(len(learning_rates))]
    while steps > 0:
        outputs = [X]
        for weight, bias in zip(W, b, strict=True):
            outputs.append(weight.dot(np.maximum(outputs[-1], 0) if len(outputs) > 1 else X) + bias)
        scores = outputs[-1]
        d = np.array([[1 / np.exp(np.minimum(c - s, 700)).sum() for s in c] for c in scores.T]).T
        d = d - (np.arange(len(d))[:, None] == labels)
        slopes = []
        for k in range(len(W) - 1, -1, -1):
            before = np.maximum(outputs[k], 0) if k else X
            slopes.insert(0, (np.tensordot(d, before, (1, 1)) / X.shape[1], d.mean(axis=1, keepdims=True)))
            d = W[k].T.dot(d) * (outputs[k] > 0)
        W = [weight - rate * slope for weight, rate, (slope, _) in zip(W, learning_rates, slopes, strict=True)]
        b = [bias - rate * slope for bias, rate, (_, slope) in zip(b, learning_rates, slopes, strict=True)]
        steps -= 1
    return {f"W{k + 1}": value for k, value in enumerate(W)} | {f"b{k + 1}": value for k, value in enumerate(b)}


# %% wrong="when_to_transfer" says="divide by n - 1"
def when_to_transfer(transfer, scratch, critical):
    if len(transfer) != len(scratch) or len(transfer) < 2:
        raise ValueError("pairs")
    d = np.asarray(transfer, dtype=float) - np.asarray(scratch, dtype=float)
    gain, error = d.mean(), d.std() / np.sqrt(len(d))
    return (
        gain,
        error,
        "transfer" if gain > critical * error else "scratch" if -gain > critical * error else "undecided",
    )


# %% wrong="when_to_transfer" says="divide by the root of n"
def when_to_transfer(transfer, scratch, critical):
    if len(transfer) != len(scratch) or len(transfer) < 2:
        raise ValueError("pairs")
    d = np.asarray(transfer, dtype=float) - np.asarray(scratch, dtype=float)
    gain, error = d.mean(), d.std(ddof=1)
    return (
        gain,
        error,
        "transfer" if gain > critical * error else "scratch" if -gain > critical * error else "undecided",
    )


# %% wrong="when_to_transfer" says="the pairs count"
def when_to_transfer(transfer, scratch, critical):
    if len(transfer) != len(scratch) or len(transfer) < 2:
        raise ValueError("pairs")
    gain = np.mean(transfer) - np.mean(scratch)
    error = np.sqrt((np.var(transfer, ddof=1) + np.var(scratch, ddof=1)) / len(transfer))
    return (
        gain,
        error,
        "transfer" if gain > critical * error else "scratch" if -gain > critical * error else "undecided",
    )


# %% wrong="when_to_transfer" says="both sides are equal"
def when_to_transfer(transfer, scratch, critical):
    if len(transfer) != len(scratch) or len(transfer) < 2:
        raise ValueError("pairs")
    d = np.asarray(transfer, dtype=float) - np.asarray(scratch, dtype=float)
    gain, error = d.mean(), d.std(ddof=1) / np.sqrt(len(d))
    return gain, error, "undecided" if abs(gain) < critical * error else "transfer" if gain > 0 else "scratch"


# %% wrong="when_to_transfer" says="uint8"
def when_to_transfer(transfer, scratch, critical):
    if len(transfer) != len(scratch) or len(transfer) < 2:
        raise ValueError("pairs")
    d = np.asarray(transfer) - np.asarray(scratch)
    gain, error = d.mean(), d.std(ddof=1) / np.sqrt(len(d))
    return (
        gain,
        error,
        "transfer" if gain > critical * error else "scratch" if -gain > critical * error else "undecided",
    )


# %% wrong="when_to_transfer" says="ValueError"
def when_to_transfer(transfer, scratch, critical):
    d = np.array([a - b for a, b in zip(np.array(transfer, float), np.array(scratch, float), strict=False)])
    gain, error = d.mean(), d.std(ddof=1) / np.sqrt(len(d))
    return (
        gain,
        error,
        "transfer" if gain > critical * error else "scratch" if -gain > critical * error else "undecided",
    )


# %% alternative="when_to_transfer"
def when_to_transfer(transfer, scratch, critical):
    n = len(transfer)
    if n != len(scratch) or n < 2:
        raise ValueError("pairs")
    d = [float(a) - float(b) for a, b in zip(transfer, scratch, strict=True)]
    gain = sum(d) / n
    error = (sum((value - gain) ** 2 for value in d) / (n * (n - 1))) ** 0.5
    if abs(gain) <= critical * error:
        return gain, error, "undecided"
    return gain, error, "scratch" if gain < 0 else "transfer"


# %% alternative="when_to_transfer"
def when_to_transfer(transfer, scratch, critical):
    if min(len(transfer), len(scratch)) < 2 or len(transfer) - len(scratch):
        raise ValueError("pairs")
    d = np.subtract(transfer, scratch, dtype=float)
    gain, error = float(np.mean(d)), float(np.sqrt(np.var(d, ddof=1) / d.size))
    sign = int(gain > critical * error) - int(gain < -critical * error)
    return [gain, error, {1: "transfer", -1: "scratch", 0: "undecided"}[sign]]


# %% wrong="multitask_loss" says="not finite"
def multitask_loss(Z, Y, known, weights):
    m = Z.shape[1]
    losses = known * weights * (np.logaddexp(0, Z) - Y * Z)
    return np.sum(losses) / m, known * weights * ((1 + np.tanh(Z / 2)) / 2 - Y) / m


# %% wrong="multitask_loss" says="counts unknown labels as 0"
def multitask_loss(Z, Y, known, weights):
    m, Y = Z.shape[1], np.where(known, Y, 0)
    return np.sum(weights * (np.logaddexp(0, Z) - Y * Z)) / m, weights * ((1 + np.tanh(Z / 2)) / 2 - Y) / m


# %% wrong="multitask_loss" says="not by the number of known labels"
def multitask_loss(Z, Y, known, weights):
    counts, Y = weights * np.where(known, 1.0, 0.0) / max(np.sum(known), 1), np.where(known, Y, 0)
    return np.sum(counts * (np.logaddexp(0, Z) - Y * Z)), counts * ((1 + np.tanh(Z / 2)) / 2 - Y)


# %% wrong="multitask_loss" says="the weights are missing"
def multitask_loss(Z, Y, known, weights):
    counts, Y = np.where(known, 1.0, 0.0) / Z.shape[1], np.where(known, Y, 0)
    return np.sum(counts * (np.logaddexp(0, Z) - Y * Z)), weights * counts * ((1 + np.tanh(Z / 2)) / 2 - Y)


# %% wrong="multitask_loss" says="1000"
def multitask_loss(Z, Y, known, weights):
    counts, Y = weights * np.where(known, 1.0, 0.0) / Z.shape[1], np.where(known, Y, 0)
    S = 1 / (1 + np.exp(-1.0 * Z))
    return -np.sum(counts * (Y * np.log(S) + (1 - Y) * np.log(1 - S))), counts * (S - Y)


# %% wrong="multitask_loss" says="1000"
def multitask_loss(Z, Y, known, weights):
    counts, Y = weights * np.where(known, 1.0, 0.0) / Z.shape[1], np.where(known, Y, 0)
    S = np.clip(1 / (1 + np.exp(-1.0 * Z)), 1e-15, 1 - 1e-15)
    return -np.sum(counts * (Y * np.log(S) + (1 - Y) * np.log(1 - S))), counts * (S - Y)


# %% wrong="multitask_loss" says="dZ"
def multitask_loss(Z, Y, known, weights):
    counts, Y = weights * np.where(known, 1.0, 0.0) / Z.shape[1], np.where(known, Y, 0)
    return np.sum(counts * (np.logaddexp(0, Z) - Y * Z)), counts * (Y - (1 + np.tanh(Z / 2)) / 2)


# %% alternative="multitask_loss"
def multitask_loss(Z, Y, known, weights):
    n_y, m = Z.shape
    J, dZ = 0.0, np.zeros((n_y, m))
    for j in range(n_y):
        seen = np.asarray(known[j]) == 1
        z, y, w = Z[j, seen].astype(float), Y[j, seen].astype(float), float(weights[j, 0])
        J += w * np.sum(np.logaddexp(0, np.where(y == 1, -z, z))) / m
        e = np.exp(-np.abs(z))
        dZ[j, seen] = w * (np.where(z >= 0, 1, e) / (1 + e) - y) / m
    return J, dZ


# %% alternative="multitask_loss"
def multitask_loss(Z, Y, known, weights):
    there = np.nonzero(known)
    z, sign = np.array(Z[there], dtype=float), np.where(Y[there] > 0.5, 1.0, -1.0)
    share = np.broadcast_to(weights, Z.shape)[there] / np.shape(Z)[1]
    dZ = np.zeros(Z.shape)
    dZ[there] = -share * sign * np.exp(-np.logaddexp(0, sign * z))
    return float(share @ np.logaddexp(0, -sign * z)), dZ


# %% wrong="train_multitask" says="has divided by m already"
def train_multitask(X, Y, known, weights, parameters, learning_rate, steps):
    W1, b1, W2, b2 = (parameters[key] * 1.0 for key in ("W1", "b1", "W2", "b2"))
    costs = []
    for _ in range(steps):
        A1 = np.maximum(0, W1 @ X + b1)
        J, dZ2 = multitask_loss(W2 @ A1 + b2, Y, known, weights)
        dZ2 = dZ2 / X.shape[1]
        dZ1 = (W2.T @ dZ2) * (A1 > 0)
        W2, b2 = W2 - learning_rate * dZ2 @ A1.T, b2 - learning_rate * dZ2.sum(axis=1, keepdims=True)
        W1, b1 = W1 - learning_rate * dZ1 @ X.T, b1 - learning_rate * dZ1.sum(axis=1, keepdims=True)
        costs.append(J)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, costs


# %% wrong="train_multitask" says="W2 had already made its step"
def train_multitask(X, Y, known, weights, parameters, learning_rate, steps):
    W1, b1, W2, b2 = (parameters[key] * 1.0 for key in ("W1", "b1", "W2", "b2"))
    costs = []
    for _ in range(steps):
        A1 = np.maximum(0, W1 @ X + b1)
        J, dZ2 = multitask_loss(W2 @ A1 + b2, Y, known, weights)
        W2, b2 = W2 - learning_rate * dZ2 @ A1.T, b2 - learning_rate * dZ2.sum(axis=1, keepdims=True)
        dZ1 = (W2.T @ dZ2) * (A1 > 0)
        W1, b1 = W1 - learning_rate * dZ1 @ X.T, b1 - learning_rate * dZ1.sum(axis=1, keepdims=True)
        costs.append(J)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, costs


# %% wrong="train_multitask" says="the derivative of ReLU is missing"
def train_multitask(X, Y, known, weights, parameters, learning_rate, steps):
    W1, b1, W2, b2 = (parameters[key] * 1.0 for key in ("W1", "b1", "W2", "b2"))
    costs = []
    for _ in range(steps):
        A1 = np.maximum(0, W1 @ X + b1)
        J, dZ2 = multitask_loss(W2 @ A1 + b2, Y, known, weights)
        dZ1 = W2.T @ dZ2
        W2, b2 = W2 - learning_rate * dZ2 @ A1.T, b2 - learning_rate * dZ2.sum(axis=1, keepdims=True)
        W1, b1 = W1 - learning_rate * dZ1 @ X.T, b1 - learning_rate * dZ1.sum(axis=1, keepdims=True)
        costs.append(J)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, costs


# %% wrong="train_multitask" says="J before this step"
def train_multitask(X, Y, known, weights, parameters, learning_rate, steps):
    W1, b1, W2, b2 = (parameters[key] * 1.0 for key in ("W1", "b1", "W2", "b2"))
    costs = []
    for _ in range(steps):
        A1 = np.maximum(0, W1 @ X + b1)
        J, dZ2 = multitask_loss(W2 @ A1 + b2, Y, known, weights)
        dZ1 = (W2.T @ dZ2) * (A1 > 0)
        W2, b2 = W2 - learning_rate * dZ2 @ A1.T, b2 - learning_rate * dZ2.sum(axis=1, keepdims=True)
        W1, b1 = W1 - learning_rate * dZ1 @ X.T, b1 - learning_rate * dZ1.sum(axis=1, keepdims=True)
        costs.append(multitask_loss(W2 @ np.maximum(0, W1 @ X + b1) + b2, Y, known, weights)[0])
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, costs


# %% wrong="train_multitask" says="1,200 steps"
def train_multitask(X, Y, known, weights, parameters, learning_rate, steps):
    W1, b1, W2, b2 = (parameters[key] * 1.0 for key in ("W1", "b1", "W2", "b2"))
    costs = []
    for _ in range(min(steps, 1000)):
        A1 = np.maximum(0, W1 @ X + b1)
        J, dZ2 = multitask_loss(W2 @ A1 + b2, Y, known, weights)
        dZ1 = (W2.T @ dZ2) * (A1 > 0)
        W2, b2 = W2 - learning_rate * dZ2 @ A1.T, b2 - learning_rate * dZ2.sum(axis=1, keepdims=True)
        W1, b1 = W1 - learning_rate * dZ1 @ X.T, b1 - learning_rate * dZ1.sum(axis=1, keepdims=True)
        costs.append(J)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, costs


# %% alternative="train_multitask"
def train_multitask(X, Y, known, weights, parameters, learning_rate, steps):
    def step(now):
        Z1 = now["W1"] @ X + now["b1"]
        A1 = np.where(Z1 > 0, Z1, 0)
        J, dZ2 = multitask_loss(now["W2"] @ A1 + now["b2"], Y, known, weights)
        dZ1 = np.where(Z1 > 0, np.einsum("jn,jm->nm", now["W2"], dZ2), 0)
        grads = {"W1": dZ1 @ X.T, "b1": dZ1.sum(1)[:, None], "W2": dZ2 @ A1.T, "b2": dZ2.sum(1)[:, None]}
        return {key: now[key] - learning_rate * grads[key] for key in grads}, J

    now, costs = {key: np.array(parameters[key], dtype=float) for key in parameters}, []
    while len(costs) < steps:
        now, J = step(now)
        costs.append(J)
    return now, costs


# %% alternative="train_multitask"
def train_multitask(X, Y, known, weights, parameters, learning_rate, steps):
    inputs = np.vstack([X, np.ones((1, X.shape[1]))])
    first = np.hstack([parameters["W1"], parameters["b1"]]).astype(float)
    heads = np.hstack([parameters["W2"], parameters["b2"]]).astype(float)
    costs = np.zeros(steps)
    for step in range(steps):
        hidden = np.maximum(first @ inputs, 0)
        outputs = np.vstack([hidden, np.ones((1, X.shape[1]))])
        costs[step], d = multitask_loss(heads @ outputs, Y, known, weights)
        back = (heads[:, :-1].T @ d) * np.sign(hidden)
        first, heads = first - learning_rate * back @ inputs.T, heads - learning_rate * d @ outputs.T
    named = {"W1": first[:, :-1], "b1": first[:, -1:], "W2": heads[:, :-1], "b2": heads[:, -1:]}
    return {key: value.copy() for key, value in named.items()}, list(costs)
