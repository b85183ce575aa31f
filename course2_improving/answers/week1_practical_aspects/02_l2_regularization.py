# %% wrong="squared_norm" says="the biases are counted too"
def squared_norm(parameters):
    return sum(np.sum(value**2) for value in parameters.values())


# %% wrong="squared_norm" says="this is the root of the sum"
def squared_norm(parameters):
    return np.sqrt(sum(np.sum(value**2) for key, value in parameters.items() if key[0] == "W"))


# %% wrong="squared_norm" says="this is the sum of the norms; square them"
def squared_norm(parameters):
    return sum(np.linalg.norm(value) for key, value in parameters.items() if key[0] == "W")


# %% wrong="squared_norm" says="the absolute values are added"
def squared_norm(parameters):
    return sum(np.sum(np.abs(value)) for key, value in parameters.items() if key[0] == "W")


# %% wrong="squared_norm" says="squared_norm(parameters)"
def squared_norm(parameters):
    return 19.0


# %% wrong="squared_norm" says="squared_norm(parameters)"
def squared_norm(parameters):
    return sum(np.sum(parameters[key] ** 2) for key in ("W1", "W2") if key in parameters)


# %% alternative="squared_norm"
def squared_norm(parameters):
    total = 0.0
    for layer in range(1, len(parameters) // 2 + 1):
        for row in parameters["W" + str(layer)]:
            for weight in row:
                total += float(weight) ** 2
    return total


# %% alternative="squared_norm"
def squared_norm(parameters):
    return sum(np.linalg.norm(parameters[f"W{i + 1}"]) ** 2 for i in range(len(parameters) // 2))


# %% wrong="cost_with_l2" says="the penalty is missing"
def cost_with_l2(AL, Y, parameters, lambd, output="sigmoid"):
    if lambd < 0:
        raise ValueError
    return dense.deep_cost(AL, Y, output)


# %% wrong="cost_with_l2" says="here it is lambd / m"
def cost_with_l2(AL, Y, parameters, lambd, output="sigmoid"):
    return dense.deep_cost(AL, Y, output) + lambd / Y.shape[1] * squared_norm(parameters)


# %% wrong="cost_with_l2" says="needs brackets"
def cost_with_l2(AL, Y, parameters, lambd, output="sigmoid"):
    return dense.deep_cost(AL, Y, output) + lambd / 2 * Y.shape[1] * squared_norm(parameters)


# %% wrong="cost_with_l2" says="the mean over the examples is missing"
def cost_with_l2(AL, Y, parameters, lambd, output="sigmoid"):
    return dense.deep_cost(AL, Y, output) + lambd / 2 * squared_norm(parameters)


# %% wrong="cost_with_l2" says="expected a ValueError, got the answer"
def cost_with_l2(AL, Y, parameters, lambd, output="sigmoid"):
    return dense.deep_cost(AL, Y, output) + lambd / (2 * Y.shape[1]) * squared_norm(parameters)


# %% wrong="cost_with_l2" says="cost_with_l2(AL, Y, parameters, lambd, output)"
def cost_with_l2(AL, Y, parameters, lambd, output="sigmoid"):
    if lambd < 0:
        raise ValueError
    return dense.deep_cost(AL, Y) + lambd / (2 * Y.shape[1]) * squared_norm(parameters)


# %% alternative="cost_with_l2"
def cost_with_l2(AL, Y, parameters, lambd, output="sigmoid"):
    if not lambd >= 0:
        raise ValueError("a negative strength")
    n_L, m = np.shape(Y)
    penalty = 0.0
    for layer in range(1, len(parameters) // 2 + 1):
        penalty += float((np.asarray(parameters[f"W{layer}"], dtype=float) ** 2).sum())
    return (m * dense.deep_cost(AL, Y, output) + 0.5 * lambd * penalty) / m


# %% alternative="cost_with_l2"
def cost_with_l2(AL, Y, parameters, lambd, output="sigmoid"):
    if lambd < 0:
        raise ValueError
    weights = np.concatenate([np.ravel(value) for key, value in parameters.items() if "W" in key])
    return np.add(dense.deep_cost(AL, Y, output), np.dot(weights, weights) * lambd / Y.shape[1] / 2.0)


# %% wrong="backward_with_l2" says="the penalty is missing"
def backward_with_l2(AL, Y, caches, lambd):
    return dense.deep_backward(AL, Y, caches)


# %% wrong="backward_with_l2" says="the 2 is gone"
def backward_with_l2(AL, Y, caches, lambd):
    grads = dense.deep_backward(AL, Y, caches)
    for layer, cache in enumerate(caches, 1):
        grads[f"dW{layer}"] += lambd / (2 * Y.shape[1]) * cache[1]
    return grads


# %% wrong="backward_with_l2" says="m is missing"
def backward_with_l2(AL, Y, caches, lambd):
    grads = dense.deep_backward(AL, Y, caches)
    for layer, cache in enumerate(caches, 1):
        grads[f"dW{layer}"] += lambd * cache[1]
    return grads


# %% wrong="backward_with_l2" says="a bias has no penalty"
def backward_with_l2(AL, Y, caches, lambd):
    grads = dense.deep_backward(AL, Y, caches)
    for layer, cache in enumerate(caches, 1):
        grads[f"dW{layer}"] += lambd / Y.shape[1] * cache[1]
        grads[f"db{layer}"] += lambd / Y.shape[1] * cache[2]
    return grads


# %% wrong="backward_with_l2" says="backward_with_l2(AL, Y, caches, lambd)"
def backward_with_l2(AL, Y, caches, lambd):
    grads = dense.deep_backward(AL, Y, caches)
    for layer in (1, 2):
        grads[f"dW{layer}"] = grads[f"dW{layer}"] + lambd / Y.shape[1] * caches[layer - 1][1]
    return grads


# %% wrong="backward_with_l2" says="in place"
def backward_with_l2(AL, Y, caches, lambd):
    grads = dense.deep_backward(AL, Y, caches)
    for layer, (_, W, _, _) in enumerate(caches, 1):
        W *= lambd / Y.shape[1]
        grads[f"dW{layer}"] = grads[f"dW{layer}"] + W
    return grads


# %% alternative="backward_with_l2"
def backward_with_l2(AL, Y, caches, lambd):
    grads, dZ, m = {}, AL - Y, AL.shape[1]
    for layer in reversed(range(len(caches))):
        A_prev, W, b, Z = caches[layer]
        grads["dW" + str(layer + 1)] = (np.dot(dZ, A_prev.T) + lambd * W) / m
        grads["db" + str(layer + 1)] = dZ.mean(axis=1).reshape(-1, 1)
        if layer:
            dZ = np.where(caches[layer - 1][3] > 0, W.T @ dZ, 0)
    return grads


# %% alternative="backward_with_l2"
def backward_with_l2(AL, Y, caches, lambd):
    plain, strength = dense.deep_backward(AL, Y, caches), lambd / Y.shape[1]
    return {key: plain[key] + (strength * caches[int(key[2:]) - 1][1] if key[1] == "W" else 0) for key in plain}


# %% wrong="decayed_update" says="the weights do not shrink"
def decayed_update(parameters, grads, learning_rate, lambd, m):
    return {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}


# %% wrong="decayed_update" says="m is missing"
def decayed_update(parameters, grads, learning_rate, lambd, m):
    kept = {"W": 1 - learning_rate * lambd, "b": 1}
    return {key: kept[key[0]] * value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}


# %% wrong="decayed_update" says="alpha is missing"
def decayed_update(parameters, grads, learning_rate, lambd, m):
    kept = {"W": 1 - lambd / m, "b": 1}
    return {key: kept[key[0]] * value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}


# %% wrong="decayed_update" says="a bias does not shrink"
def decayed_update(parameters, grads, learning_rate, lambd, m):
    kept = 1 - learning_rate * lambd / m
    return {key: kept * value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}


# %% wrong="decayed_update" says="first shrink the weight, then subtract the whole step"
def decayed_update(parameters, grads, learning_rate, lambd, m):
    kept = {"W": 1 - learning_rate * lambd / m, "b": 1}
    return {key: kept[key[0]] * (value - learning_rate * grads[f"d{key}"]) for key, value in parameters.items()}


# %% wrong="decayed_update" says="changes its argument parameters in place"
def decayed_update(parameters, grads, learning_rate, lambd, m):
    for key in parameters:
        if key[0] == "W":
            parameters[key] = parameters[key] * (1 - learning_rate * lambd / m)
        parameters[key] = parameters[key] - learning_rate * grads[f"d{key}"]
    return parameters


# %% wrong="decayed_update" says="decayed_update(parameters, grads, learning_rate, lambd, m)"
def decayed_update(parameters, grads, learning_rate, lambd, m):
    return {"W1": np.array([[2.45, -0.95]]), "b1": np.array([[1.5]])}


# %% alternative="decayed_update"
def decayed_update(parameters, grads, learning_rate, lambd, m):
    moved = {key: np.array(value, dtype=float) for key, value in parameters.items()}
    for key in moved:
        if key.startswith("W"):
            moved[key] -= learning_rate * lambd / m * parameters[key]
        moved[key] -= learning_rate * np.asarray(grads["d" + key])
    return moved


# %% alternative="decayed_update"
def decayed_update(parameters, grads, learning_rate, lambd, m):
    moved = {}
    for layer in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        moved[f"W{layer}"] = W - learning_rate * (grads[f"dW{layer}"] + lambd * W / m)
        moved[f"b{layer}"] = b - learning_rate * grads[f"db{layer}"]
    return moved


# %% wrong="choose_lambda" says="of two equal errors the stronger penalty wins"
def choose_lambda(lambdas, train, error):
    trained = {lambd: train(lambd) for lambd in sorted(lambdas)}
    errors = {lambd: error(parameters) for lambd, parameters in trained.items()}
    best = min(errors, key=errors.get)
    return best, trained[best], errors


# %% wrong="choose_lambda" says="train was called 6 times"
def choose_lambda(lambdas, train, error):
    errors = {lambd: error(train(lambd)) for lambd in lambdas}
    best = min(lambdas, key=lambda lambd: (errors[lambd], -lambd))
    return best, train(best), errors


# %% wrong="choose_lambda" says="this is the highest error"
def choose_lambda(lambdas, train, error):
    trained = {lambd: train(lambd) for lambd in lambdas}
    errors = {lambd: error(parameters) for lambd, parameters in trained.items()}
    best = max(lambdas, key=lambda lambd: errors[lambd])
    return best, trained[best], errors


# %% wrong="choose_lambda" says="expected a ValueError"
def choose_lambda(lambdas, train, error):
    best, kept, errors = None, None, {}
    for lambd in sorted(lambdas):
        parameters = train(lambd)
        errors[lambd] = error(parameters)
        if best is None or errors[lambd] <= errors[best]:
            best, kept = lambd, parameters
    return best, kept, errors


# %% wrong="choose_lambda" says="with errors above 1"
def choose_lambda(lambdas, train, error):
    if not lambdas:
        raise ValueError
    best, kept, errors, lowest = lambdas[0], None, {}, 1.0
    for lambd in sorted(lambdas):
        parameters = train(lambd)
        errors[lambd] = error(parameters)
        if kept is None or errors[lambd] <= lowest:
            best, kept, lowest = lambd, parameters, min(lowest, errors[lambd])
    return best, kept, errors


# %% wrong="choose_lambda" says="with errors that differ by 1e-12"
def choose_lambda(lambdas, train, error):
    if not lambdas:
        raise ValueError
    trained = {lambd: train(lambd) for lambd in lambdas}
    errors = {lambd: error(parameters) for lambd, parameters in trained.items()}
    close = [lambd for lambd in lambdas if np.isclose(errors[lambd], min(errors.values()))]
    return max(close), trained[max(close)], errors


# %% alternative="choose_lambda"
def choose_lambda(lambdas, train, error):
    if len(lambdas) == 0:
        raise ValueError("empty")
    best, kept, errors = None, None, {}
    for lambd in sorted(lambdas):
        parameters = train(lambd)
        errors[lambd] = error(parameters)
        if best is None or errors[lambd] <= errors[best]:
            best, kept = lambd, parameters
    return [best, kept, errors]


# %% alternative="choose_lambda"
def choose_lambda(lambdas, train, error):
    rows = []
    for lambd in lambdas:
        parameters = train(lambd)
        rows.append((lambd, parameters, error(parameters)))
    if not rows:
        raise ValueError
    lowest = min(row[2] for row in rows)
    best, parameters, _ = max((row for row in rows if row[2] == lowest), key=lambda row: row[0])
    return best, parameters, {row[0]: row[2] for row in rows}


# %% wrong="soft_threshold" says="this is a hard threshold"
def soft_threshold(V, t):
    return np.where(np.abs(V) > t, V, 0)


# %% wrong="soft_threshold" says="below 0 it must be added"
def soft_threshold(V, t):
    return np.where(np.abs(V) > t, V - t, 0)


# %% wrong="soft_threshold" says="must stop at 0 and not pass it"
def soft_threshold(V, t):
    return V - np.sign(V) * t


# %% wrong="soft_threshold" says="the side is lost"
def soft_threshold(V, t):
    return np.maximum(np.abs(V) - t, 0)


# %% wrong="soft_threshold" says="as in ReLU"
def soft_threshold(V, t):
    return np.maximum(V - t, 0)


# %% wrong="soft_threshold" says="expected a ValueError, got the answer"
def soft_threshold(V, t):
    return np.sign(V) * np.maximum(np.abs(V) - t, 0)


# %% wrong="soft_threshold" says="with whole numbers in V"
def soft_threshold(V, t):
    if t < 0:
        raise ValueError
    moved = np.zeros_like(V)
    moved[V > t] = V[V > t] - t
    moved[V < -t] = V[V < -t] + t
    return moved


# %% alternative="soft_threshold"
def soft_threshold(V, t):
    if t < 0:
        raise ValueError("t must not be negative")
    moved = np.zeros(V.shape)
    for place in np.ndindex(V.shape):
        v = float(V[place])
        if v > t:
            moved[place] = v - t
        elif v < -t:
            moved[place] = v + t
    return moved


# %% alternative="soft_threshold"
def soft_threshold(V, t):
    if not t >= 0:
        raise ValueError
    return V - np.clip(V, -t, t)


# %% equivalent="decayed_update" mutant="number type of the first argument" why="the parameters are floats"
# %% equivalent="choose_lambda" mutant="one object for all results" why="its results hold no arrays of its own"
