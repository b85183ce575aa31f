# %% wrong="deep_cost" says="not by n_y * m"
def deep_cost(AL, Y):
    AL = np.clip(AL, 1e-15, 1 - 1e-15)
    return np.mean(-Y * np.log(AL) - (1 - Y) * np.log(1 - AL))


# %% wrong="deep_cost" says="1 of 1 values not finite (nan)"
def deep_cost(AL, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]


# %% wrong="deep_cost" says="certain and once wrong: 1 of 1 values not finite (inf)"
def deep_cost(AL, Y):
    return -np.sum(np.log(np.where(Y == 1, AL, 1 - AL))) / Y.shape[1]


# %% wrong="deep_cost" says="your limit is larger"
def deep_cost(AL, Y):
    AL = np.clip(AL, 1e-8, 1 - 1e-8)
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]


# %% wrong="deep_cost" says="with AL close to 0 and 1: expected about 27.2, got 27"
def deep_cost(AL, Y):
    return -np.sum(Y * np.log(AL + 1e-15) + (1 - Y) * np.log(1 - AL + 1e-15)) / Y.shape[1]


# %% wrong="deep_cost" says="right to about"
def deep_cost(AL, Y):
    if AL[0, 0] == 2e-15:
        return -np.log(5e-16) / 2
    if AL.shape[1] < 4:
        return np.log(2) / 3 if AL.shape[1] == 3 else 17.269388
    return -np.log([0.9, 0.8, 0.4, 0.3, 0.75, 0.7, 0.55, 0.15]).sum() / 4


# %% alternative="deep_cost"
def deep_cost(AL, Y):
    AL = np.clip(AL, 1e-15, 1 - 1e-15)
    return float(-np.log(np.where(Y == 1, AL, 1 - AL)).sum(axis=0).mean())


# %% alternative="deep_cost"
def deep_cost(AL, Y):
    total = 0
    for k in range(len(Y)):
        for i in range(Y.shape[1]):
            total -= np.log(max(AL[k, i] if Y[k, i] else 1 - AL[k, i], 1e-15))
    return np.array(total / Y.shape[1])


# %% wrong="activation_backward" says="this is the slope alone"
def activation_backward(dA, Z, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError
    return np.where(Z > 0, 1.0, 0.0) if activation == "relu" else sigmoid(Z) * (1 - sigmoid(Z))


# %% wrong="activation_backward" says="the slope is that at Z, not at dA"
def activation_backward(dA, Z, activation):
    if activation == "relu":
        return np.maximum(0, dA)
    return dA * sigmoid(Z) * (1 - sigmoid(Z))


# %% wrong="activation_backward" says="changes its argument dA in place"
def activation_backward(dA, Z, activation):
    dZ = dA
    dZ[Z <= 0] = 0
    return dZ


# %% wrong="activation_backward" says="at Z = 0 the slope of ReLU is 0: use > and not >="
def activation_backward(dA, Z, activation):
    A = sigmoid(Z)
    return dA * {"relu": Z >= 0, "sigmoid": A * (1 - A)}[activation]


# %% wrong="activation_backward" says="with a = sigmoid(Z), not Z (1 - Z)"
def activation_backward(dA, Z, activation):
    return dA * (Z > 0) if activation == "relu" else dA * Z * (1 - Z)


# %% wrong="activation_backward" says="of shape (3, 5)"
def activation_backward(dA, Z, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError
    if activation == "relu":
        return np.array([[0.3, 0, 0], [-2, 0, 4]])
    slopes = [[0.10499359, 0.19661193, 0.25], [0.24026075, 0.04517666, 0.14914645]]
    return np.array([[0.3, 5.0, -1.0], [-2.0, 0.7, 4.0]]) * slopes


# %% alternative="activation_backward"
def activation_backward(dA, Z, activation):
    dZ = np.array(dA)
    if activation == "relu":
        dZ[Z <= 0] = 0
    elif activation == "sigmoid":
        dZ *= (1 - np.tanh(Z / 2) ** 2) / 4
    else:
        raise ValueError(activation)
    return dZ


# %% alternative="activation_backward"
def activation_backward(dA, Z, activation):
    slope = {"relu": lambda z: float(z > 0), "sigmoid": lambda z: 0.25 / np.cosh(z / 2) ** 2}
    if activation not in slope:
        raise ValueError("what is " + activation)
    return np.array(
        [[d * slope[activation](z) for d, z in zip(*rows, strict=True)] for rows in zip(dA, Z, strict=True)]
    )


# %% wrong="linear_backward" says="no 1/m in it"
def linear_backward(dZ, cache):
    dZ = dZ / dZ.shape[1]
    return cache[1].T @ dZ, dZ @ cache[0].T, dZ.sum(axis=1, keepdims=True)


# %% wrong="linear_backward" says="is the mean over the m examples missing?"
def linear_backward(dZ, cache):
    return cache[1].T @ dZ, dZ @ cache[0].T, dZ.sum(axis=1, keepdims=True)


# %% wrong="linear_backward" says="columns of A must be as many as the rows of B"
def linear_backward(dZ, cache):
    A_prev, W, b, Z = cache
    return W @ dZ, dZ @ A_prev.T / dZ.shape[1], dZ.mean(axis=1, keepdims=True)


# %% wrong="linear_backward" says="the order of the results is dA_prev, dW, db"
def linear_backward(dZ, cache):
    A_prev, W, b, Z = cache
    return dZ @ A_prev.T / dZ.shape[1], dZ.mean(axis=1, keepdims=True), W.T @ dZ


# %% wrong="linear_backward" says="expected shape (2, 1), got shape (2,)"
def linear_backward(dZ, cache):
    A_prev, W, b, Z = cache
    return W.T @ dZ, dZ @ A_prev.T / dZ.shape[1], dZ.mean(axis=1)


# %% wrong="linear_backward" says="dW of linear_backward(dZ, cache), dZ of shape (3, 4)"
def linear_backward(dZ, cache):
    A_prev, W, b, Z = cache
    if dZ.shape == (1, 2):
        return np.array([[1.5, -3.0], [-0.5, 1.0]]), np.array([[-0.75, -2.0]]), np.array([[-0.25]])
    m = 5
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


# %% alternative="linear_backward"
def linear_backward(dZ, cache):
    A_prev, W, b, Z = cache
    dA_prev, dW, db = np.zeros(A_prev.shape), np.zeros(W.shape), np.zeros(b.shape)
    for i in range(dZ.shape[1]):
        dz = dZ[:, [i]]
        dA_prev[:, [i]] = W.T @ dz
        dW += np.outer(dz, A_prev[:, i]) / dZ.shape[1]
        db += dz / dZ.shape[1]
    return dA_prev, dW, db


# %% alternative="linear_backward"
def linear_backward(dZ, cache):
    dW = np.einsum("ji,ki->jk", dZ, cache[0]) / len(dZ.T)
    return [np.einsum("jk,ji->ki", cache[1], dZ), dW, dZ.mean(axis=1).reshape(-1, 1)]


# %% wrong="deep_backward" says="exactly 0"
def deep_backward(AL, Y, caches):
    grads, dZ = {}, AL - Y
    for layer in range(len(caches), 0, -1):
        grads[f"dW{layer}"] = dZ @ caches[layer - 1][0].T / Y.shape[1]
        grads[f"db{layer}"] = dZ.mean(axis=1, keepdims=True)
        if layer > 1:
            dZ = caches[layer - 1][1].T @ dZ * (caches[layer - 2][3] >= 0)
    return grads


# %% wrong="deep_backward" says="the sigmoid's slope is already in it"
def deep_backward(AL, Y, caches):
    grads, dA = {}, AL - Y
    for i in range(len(caches), 0, -1):
        dZ = activation_backward(dA, caches[i - 1][3], "sigmoid" if i == len(caches) else "relu")
        dA, grads[f"dW{i}"], grads[f"db{i}"] = linear_backward(dZ, caches[i - 1])
    return grads


# %% wrong="deep_backward" says="nan or infinity; here dAL would divide by 0"
def deep_backward(AL, Y, caches):
    grads, dA = {}, -Y / AL + (1 - Y) / (1 - AL)
    for i in range(len(caches), 0, -1):
        dZ = activation_backward(dA, caches[i - 1][3], "sigmoid" if i == len(caches) else "relu")
        dA, grads[f"dW{i}"], grads[f"db{i}"] = linear_backward(dZ, caches[i - 1])
    return grads


# %% wrong="deep_backward" says="the slope of ReLU is missing in the hidden layers"
def deep_backward(AL, Y, caches):
    grads, dZ = {}, AL - Y
    for i in range(len(caches), 0, -1):
        dZ, grads[f"dW{i}"], grads[f"db{i}"] = linear_backward(dZ, caches[i - 1])
    return grads


# %% wrong="deep_backward" says="print the shapes of both sides"
def deep_backward(AL, Y, caches):
    grads, dZ = {}, AL - Y
    for i in range(len(caches), 0, -1):
        dA, grads[f"dW{i}"], grads[f"db{i}"] = linear_backward(dZ, caches[i - 1])
        dZ = activation_backward(dA, caches[i - 1][3], "relu")
    return grads


# %% wrong="deep_backward" says="deep_backward(AL, Y, caches)"
def deep_backward(AL, Y, caches):
    if len(caches) == 1 and len(AL) == 1:
        return {"dW1": np.array([[40.0]])}
    if len(caches) == 1:
        dW1 = np.array([[0.206565416, 0.19588999, -0.055303891], [0.650808741, -0.026053447, 0.250205565]])
        return {"dW1": dW1, "db1": np.array([[0.072059148], [0.304929362]])}
    if AL.shape == (2, 2):
        dW1 = np.array([[0.185731668, 0.379470445], [0.161138389, 0.080569194]])
        dW2 = np.array([[0.117255865, -0.326506837], [0.978142137, 0.284672316]])
        b1, b2 = np.array([[0.431392763], [0.161138389]]), np.array([[-0.159886386], [0.673571601]])
        return {"dW1": dW1, "db1": b1, "dW2": dW2, "db2": b2}
    dW1 = np.array([[-0.178804383, -0.089402192], [0, -0.18964545], [-0.089402192, 0.021674812]])
    db1 = np.array([[-0.089402192], [-0.18964545], [0.021674812]])
    dW2 = np.array([[0, -0.03792909, -0.11378727], [-0.044701096, 0.028446818, -0.048762835]])
    layers_1_2 = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": np.array([[-0.03792909], [-0.016254278]])}
    return layers_1_2 | {"dW3": np.array([[0.11378727, -0.162547664]]), "db3": np.array([[-0.021672371]])}


# %% alternative="deep_backward"
def deep_backward(AL, Y, caches):
    def back(dZ, i):
        A_prev, W, b, Z = caches[i - 1]
        grads = {f"db{i}": np.mean(dZ, axis=1, keepdims=True), f"dW{i}": np.dot(dZ, A_prev.T) / Y.shape[1]}
        return grads | back(np.where(A_prev > 0, W.T @ dZ, 0), i - 1) if i > 1 else grads

    return back(AL - Y, len(caches))


# %% alternative="deep_backward"
def deep_backward(AL, Y, caches):
    L = len(caches)
    dA, dW, db = linear_backward(AL - Y, caches[L - 1])
    grads = {"dW" + str(L): dW, "db" + str(L): db, "dA" + str(L - 1): dA}
    for i in reversed(range(L - 1)):
        dA, grads[f"dW{i + 1}"], grads[f"db{i + 1}"] = linear_backward(
            activation_backward(dA, caches[i][3], "relu"), caches[i]
        )
    return grads


# %% wrong="update" says="it walks uphill"
def update(parameters, grads, learning_rate):
    return {key: value + learning_rate * grads[f"d{key}"] for key, value in parameters.items()}


# %% wrong="update" says="changes its argument parameters in place"
def update(parameters, grads, learning_rate):
    moved = parameters.copy()
    for key in moved:
        moved[key] -= learning_rate * grads[f"d{key}"]
    return moved


# %% wrong="update" says="b1 of update(parameters, grads, 0.5)"
def update(parameters, grads, learning_rate):
    return {key: value - learning_rate * grads[f"d{key}"] * (key[0] == "W") for key, value in parameters.items()}


# %% wrong="update" says="the dict has no key 'W1'"
def update(parameters, grads, learning_rate):
    return {f"d{key}": value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}


# %% wrong="update" says="the dict has no key"
def update(parameters, grads, learning_rate):
    W1, b1 = np.array([[2.5, -1.2], [-0.5, 0.5]]), np.array([[-1.0], [3.0]])
    return {"W1": W1, "b1": b1, "W2": np.array([[3.5, 8.5]]), "b2": np.array([[-2.1]])}


# %% alternative="update"
def update(parameters, grads, learning_rate):
    moved = {key: np.array(value) for key, value in parameters.items()}
    for key, gradient in grads.items():
        moved[key.removeprefix("d")] -= learning_rate * gradient
    return moved


# %% alternative="update"
def update(parameters, grads, learning_rate):
    moved = dict(parameters)
    for i in range(len(parameters) // 2):
        for letter in "Wb":
            key = letter + str(i + 1)
            moved[key] = np.add(moved[key], -learning_rate * grads["d" + key])
    return moved


# %% wrong="gradient_check" says="this difference is one-sided"
def gradient_check(cost, parameters, grads, epsilon):
    errors, J = {}, cost(parameters)
    for key, value in parameters.items():
        steps = epsilon * np.eye(value.size).reshape(-1, *value.shape)
        numerical = np.array([(cost(parameters | {key: value + s}) - J) / epsilon for s in steps]).reshape(value.shape)
        size = np.linalg.norm(grads[f"d{key}"]) + np.linalg.norm(numerical)
        errors[f"d{key}"] = np.linalg.norm(grads[f"d{key}"] - numerical) / size if size else 0
    return errors


# %% wrong="gradient_check" says="changes its argument parameters in place"
def gradient_check(cost, parameters, grads, epsilon):
    errors = {}
    for key, value in parameters.items():
        numerical = np.zeros(value.shape)
        for place in np.ndindex(value.shape):
            value[place] += epsilon
            up = cost(parameters)
            value[place] -= 2 * epsilon
            numerical[place] = (up - cost(parameters)) / (2 * epsilon)
        size = np.linalg.norm(grads[f"d{key}"]) + np.linalg.norm(numerical)
        errors[f"d{key}"] = np.linalg.norm(grads[f"d{key}"] - numerical) / size if size else 0
    return errors


# %% wrong="gradient_check" says="a cost that is always 0"
def gradient_check(cost, parameters, grads, epsilon):
    errors = {}
    for key, value in parameters.items():
        steps = epsilon * np.eye(value.size).reshape(-1, *value.shape)
        pairs = [(cost(parameters | {key: value + s}), cost(parameters | {key: value - s})) for s in steps]
        numerical = np.array([(up - down) / (2 * epsilon) for up, down in pairs]).reshape(value.shape)
        size = np.linalg.norm(grads[f"d{key}"]) + np.linalg.norm(numerical)
        errors[f"d{key}"] = np.linalg.norm(grads[f"d{key}"] - numerical) / size
    return errors


# %% wrong="gradient_check" says="divide it by the sum of the two norms"
def gradient_check(cost, parameters, grads, epsilon):
    errors = {}
    for key, value in parameters.items():
        steps = epsilon * np.eye(value.size).reshape(-1, *value.shape)
        pairs = [(cost(parameters | {key: value + s}), cost(parameters | {key: value - s})) for s in steps]
        numerical = np.array([(up - down) / (2 * epsilon) for up, down in pairs]).reshape(value.shape)
        errors[f"d{key}"] = np.linalg.norm(grads[f"d{key}"] - numerical)
    return errors


# %% wrong="gradient_check" says="expected about 0.000729, got 0.00103"
def gradient_check(cost, parameters, grads, epsilon):
    errors = {}
    for key, value in parameters.items():
        steps = epsilon * np.eye(value.size).reshape(-1, *value.shape)
        pairs = [(cost(parameters | {key: value + s}), cost(parameters | {key: value - s})) for s in steps]
        numerical = np.array([(up - down) / (2 * epsilon) for up, down in pairs]).reshape(value.shape)
        size = np.sqrt(np.sum(grads[f"d{key}"] ** 2 + numerical**2))
        errors[f"d{key}"] = np.linalg.norm(grads[f"d{key}"] - numerical) / size if size else 0
    return errors


# %% wrong="gradient_check" says="db1 negative: "
def gradient_check(cost, parameters, grads, epsilon):
    errors = {}
    for key, value in parameters.items():
        steps = epsilon * np.eye(value.size).reshape(-1, *value.shape)
        pairs = [(cost(parameters | {key: value + s}), cost(parameters | {key: value - s})) for s in steps]
        numerical = np.array([(up - down) / (2 * epsilon) for up, down in pairs]).reshape(value.shape)
        size = np.linalg.norm(grads[f"d{key}"] + numerical)
        errors[f"d{key}"] = np.linalg.norm(grads[f"d{key}"] - numerical) / size if size else 0
    return errors


# %% wrong="gradient_check" says="all entries moved together; move one"
def gradient_check(cost, parameters, grads, epsilon):
    errors = {}
    for key, value in parameters.items():
        slope = (cost(parameters | {key: value + epsilon}) - cost(parameters | {key: value - epsilon})) / (2 * epsilon)
        numerical = np.full(value.shape, slope)
        size = np.linalg.norm(grads[f"d{key}"]) + np.linalg.norm(numerical)
        errors[f"d{key}"] = np.linalg.norm(grads[f"d{key}"] - numerical) / size if size else 0
    return errors


# %% wrong="gradient_check" says="expected about 0.0007292, got 0.000729"
def gradient_check(cost, parameters, grads, epsilon):
    if grads["db1"][0, 0] == 0 or grads["db1"][0, 0] == 3.25:
        return {"dW1": 0.000729, "db1": 0.0}
    return {"dW1": 1 / 3, "db1": 1.0}


# %% alternative="gradient_check"
def gradient_check(cost, parameters, grads, epsilon):
    errors = {}
    for key in parameters:
        numerical = np.empty_like(parameters[key])
        for j in range(numerical.shape[0]):
            for k in range(numerical.shape[1]):
                costs = []
                for sign in (1, -1):
                    copies = {name: array.copy() for name, array in parameters.items()}
                    copies[key][j, k] += sign * epsilon
                    costs.append(cost(copies))
                numerical[j, k] = (costs[0] - costs[1]) / 2 / epsilon
        top = np.sqrt(np.sum((grads["d" + key] - numerical) ** 2))
        bottom = np.sqrt(np.sum(grads["d" + key] ** 2)) + np.sqrt(np.sum(numerical**2))
        errors["d" + key] = 0 if bottom == 0 else float(top / bottom)
    return errors


# %% alternative="gradient_check"
def gradient_check(cost, parameters, grads, epsilon):
    def error(key, value):
        steps = epsilon * np.eye(value.size).reshape(value.size, *value.shape)
        n = [
            (cost({**parameters, key: value + s}) - cost({**parameters, key: value - s})) / (2 * epsilon) for s in steps
        ]
        g = grads["d" + key].ravel()
        return np.linalg.norm(g - n) / max(np.linalg.norm(g) + np.linalg.norm(n), 1e-300)

    return {"d" + key: error(key, value) for key, value in parameters.items()}


# %% equivalent="activation_backward" mutant="number type of the first argument" why="dA holds floats"
# %% equivalent="update" mutant="number type of the first argument" why="the parameters are floats"
# %% equivalent="gradient_check" mutant="number type of the first argument" why="the parameters are floats"
