# %% wrong="initialize_parameters" says="must all differ"
def initialize_parameters(n_x, n_h, n_y, seed):
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    return {key: np.zeros(shape) for key, shape in shapes.items()}


# %% wrong="initialize_parameters" says="is `seed` used?"
def initialize_parameters(n_x, n_h, n_y, seed):
    rng = np.random.default_rng(0)
    W1, W2 = rng.normal(size=(n_h, n_x)) / np.sqrt(n_x), rng.normal(size=(n_y, n_h)) / np.sqrt(n_h)
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


# %% wrong="initialize_parameters" says="two calls of initialize_parameters(3, 4, 2, 0) give different W2"
def initialize_parameters(n_x, n_h, n_y, seed):
    W1 = np.random.default_rng(seed).normal(size=(n_h, n_x)) / np.sqrt(n_x)
    W2 = np.random.default_rng().normal(size=(n_y, n_h)) / np.sqrt(n_h)
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


# %% wrong="initialize_parameters" says="biases start at 0"
def initialize_parameters(n_x, n_h, n_y, seed):
    rng = np.random.default_rng(seed)
    W1, W2 = rng.normal(size=(n_h, n_x)) / np.sqrt(n_x), rng.normal(size=(n_y, n_h)) / np.sqrt(n_h)
    return {"W1": W1, "b1": np.ones((n_h, 1)), "W2": W2, "b2": np.ones((n_y, 1))}


# %% wrong="initialize_parameters" says="is 0.2 / sqrt(n_x); it must be 1 / sqrt(n_x), with the inputs of that layer"
def initialize_parameters(n_x, n_h, n_y, seed):
    rng = np.random.default_rng(seed)
    W1, W2 = rng.normal(size=(n_h, n_x)) * 0.01, rng.normal(size=(n_y, n_h)) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


# %% wrong="initialize_parameters" says="the mean of W1 of initialize_parameters(400, 900, 300, 7) is not near 0"
def initialize_parameters(n_x, n_h, n_y, seed):
    rng = np.random.default_rng(seed)
    W1, W2 = rng.random((n_h, n_x)) * np.sqrt(12 / n_x), rng.random((n_y, n_h)) * np.sqrt(12 / n_h)
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


# %% wrong="initialize_parameters" says="hold the same random numbers; use one generator for both"
def initialize_parameters(n_x, n_h, n_y, seed):
    W1 = np.random.default_rng(seed).normal(size=(n_h, n_x)) / np.sqrt(n_x)
    W2 = np.random.default_rng(seed).normal(size=(n_y, n_h)) / np.sqrt(n_h)
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


# %% wrong="initialize_parameters" says="b1 of initialize_parameters(3, 4, 2, 0): expected shape (4, 1), got shape (4,)"
def initialize_parameters(n_x, n_h, n_y, seed):
    rng = np.random.default_rng(seed)
    W1, W2 = rng.normal(size=(n_h, n_x)) / np.sqrt(n_x), rng.normal(size=(n_y, n_h)) / np.sqrt(n_h)
    return {"W1": W1, "b1": np.zeros(n_h), "W2": W2, "b2": np.zeros(n_y)}


# %% alternative="initialize_parameters"
def initialize_parameters(n_x, n_h, n_y, seed):
    rng = np.random.RandomState(seed)
    W2 = rng.normal(0, n_h**-0.5, (n_y, n_h))
    W1 = rng.normal(0, n_x**-0.5, (n_h, n_x))
    return dict(W1=W1, W2=W2, b1=0 * W1[:, :1], b2=0 * W2[:, :1])


# %% alternative="initialize_parameters"
def initialize_parameters(n_x, n_h, n_y, seed):
    rng, parameters, sizes = np.random.default_rng(seed), {}, (n_x, n_h, n_y)
    for layer in (1, 2):
        n_before, n = sizes[layer - 1 : layer + 1]
        parameters[f"W{layer}"] = np.sqrt(1 / n_before) * rng.standard_normal((n, n_before))
        parameters[f"b{layer}"] = np.full((n, 1), 0.0)
    return parameters


# %% equivalent="initialize_parameters" mutant="square results transposed" why="random numbers turned round are as random"


# %% wrong="compute_cost" says="not by n_y * m"
def compute_cost(A2, Y):
    return np.mean(-(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)))


# %% wrong="compute_cost" says="not by the number of outputs"
def compute_cost(A2, Y):
    return np.sum(-(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))) / len(Y)


# %% wrong="compute_cost" says="negative"
def compute_cost(A2, Y):
    return np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]


# %% wrong="compute_cost" says="labels 0 is missing"
def compute_cost(A2, Y):
    return np.sum(-Y * np.log(A2)) / Y.shape[1]


# %% wrong="compute_cost" says="compute_cost([[0.9, 0.2, 0.6, 0.3]], [[1, 0, 0, 1]]): expected about 0.612"
def compute_cost(A2, Y):
    return -np.log([0.9, 0.8, 0.4, 0.3, 0.75, 0.7, 0.55, 0.15]).sum() / 4


# %% wrong="compute_cost" says="with A2 close to 0 and 1"
def compute_cost(A2, Y):
    A2 = np.clip(A2, 0.001, 0.999)
    return np.sum(-(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))) / Y.shape[1]


# %% wrong="compute_cost" says="right to about"
def compute_cost(A2, Y):
    return np.sum(-(Y * np.log(A2 + 1e-8) + (1 - Y) * np.log(1 - A2 + 1e-8))) / Y.shape[1]


# %% wrong="compute_cost" says="A2 of shape (3, 5)"
def compute_cost(A2, Y):
    return {1: 0.6121919008, 2: 1.3970204013}.get(len(Y), 1.0)


# %% alternative="compute_cost"
def compute_cost(A2, Y):
    return float(-np.log(np.where(Y == 1, A2, 1 - A2)).sum(axis=0).mean())


# %% alternative="compute_cost"
def compute_cost(A2, Y):
    total = 0.0
    for k in range(Y.shape[0]):
        for i in range(Y.shape[1]):
            total -= Y[k, i] * np.log(A2[k, i]) + (1 - Y[k, i]) * np.log(1 - A2[k, i])
    return total / Y.shape[1]


# %% wrong="backward" says="1 - A1**2, is missing"
def backward(X, Y, parameters, cache):
    m, A1, dZ2 = X.shape[1], cache["A1"], cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2
    db1, db2 = dZ1.sum(axis=1, keepdims=True) / m, dZ2.sum(axis=1, keepdims=True) / m
    return {"dW1": dZ1 @ X.T / m, "db1": db1, "dW2": dZ2 @ A1.T / m, "db2": db2}


# %% wrong="backward" says="the slope of the sigmoid; the hidden layer has tanh"
def backward(X, Y, parameters, cache):
    m, A1, dZ2 = X.shape[1], cache["A1"], cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * A1 * (1 - A1)
    db1, db2 = dZ1.sum(axis=1, keepdims=True) / m, dZ2.sum(axis=1, keepdims=True) / m
    return {"dW1": dZ1 @ X.T / m, "db1": db1, "dW2": dZ2 @ A1.T / m, "db2": db2}


# %% wrong="backward" says="exactly m = 4 times"
def backward(X, Y, parameters, cache):
    A1, dZ2 = cache["A1"], cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)
    db1, db2 = dZ1.sum(axis=1, keepdims=True), dZ2.sum(axis=1, keepdims=True)
    return {"dW1": dZ1 @ X.T, "db1": db1, "dW2": dZ2 @ A1.T, "db2": db2}


# %% wrong="backward" says="negative"
def backward(X, Y, parameters, cache):
    m, A1, dZ2 = X.shape[1], cache["A1"], Y - cache["A2"]
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)
    db1, db2 = dZ1.sum(axis=1, keepdims=True) / m, dZ2.sum(axis=1, keepdims=True) / m
    return {"dW1": dZ1 @ X.T / m, "db1": db1, "dW2": dZ2 @ A1.T / m, "db2": db2}


# %% wrong="backward" says="without the sigmoid's slope"
def backward(X, Y, parameters, cache):
    m, A1, A2 = X.shape[1], cache["A1"], cache["A2"]
    dZ2 = (A2 - Y) * A2 * (1 - A2)
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)
    db1, db2 = dZ1.sum(axis=1, keepdims=True) / m, dZ2.sum(axis=1, keepdims=True) / m
    return {"dW1": dZ1 @ X.T / m, "db1": db1, "dW2": dZ2 @ A1.T / m, "db2": db2}


# %% wrong="backward" says="db2 for the numbers on paper: expected shape (1, 1), got shape (1,)"
def backward(X, Y, parameters, cache):
    m, A1, dZ2 = X.shape[1], cache["A1"], cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)
    return {"dW1": dZ1 @ X.T / m, "db1": dZ1.mean(axis=1), "dW2": dZ2 @ A1.T / m, "db2": dZ2.mean(axis=1)}


# %% wrong="backward" says="columns of A must be as many as the rows of B"
def backward(X, Y, parameters, cache):
    m, A1, dZ2 = X.shape[1], cache["A1"], cache["A2"] - Y
    dZ1 = parameters["W2"] @ dZ2 * (1 - A1**2)
    db1, db2 = dZ1.sum(axis=1, keepdims=True) / m, dZ2.sum(axis=1, keepdims=True) / m
    return {"dW1": dZ1 @ X.T / m, "db1": db1, "dW2": dZ2 @ A1.T / m, "db2": db2}


# %% wrong="backward" says="with whole numbers in X"
def backward(X, Y, parameters, cache):
    m, A1, dZ2 = X.shape[1], cache["A1"], cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)
    dW1 = np.zeros(parameters["W1"].shape, dtype=X.dtype)
    dW1[:] = dZ1 @ X.T / m
    db1, db2 = dZ1.sum(axis=1, keepdims=True) / m, dZ2.sum(axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dZ2 @ A1.T / m, "db2": db2}


# %% alternative="backward"
def backward(X, Y, parameters, cache):
    n_h, m = cache["A1"].shape
    grads = {f"d{key}": np.zeros(value.shape) for key, value in parameters.items()}
    for i in range(m):
        x, a1, dz2 = X[:, [i]], cache["A1"][:, [i]], cache["A2"][:, [i]] - Y[:, [i]]
        dz1 = (dz2.T @ parameters["W2"]).T * (1 - a1 * a1)
        grads["dW2"] += np.outer(dz2, a1) / m
        grads["db2"] += dz2 / m
        grads["dW1"] += np.outer(dz1, x) / m
        grads["db1"] += dz1 / m
    return grads


# %% alternative="backward"
def backward(X, Y, parameters, cache):
    dZ2 = (cache["A2"] - Y) / X.shape[1]
    dZ1 = np.einsum("kh,km->hm", parameters["W2"], dZ2) * (1 - cache["A1"]) * (1 + cache["A1"])
    ones = np.ones((X.shape[1], 1))
    return {"dW2": np.dot(dZ2, cache["A1"].T), "db2": dZ2 @ ones, "dW1": np.dot(dZ1, X.T), "db1": dZ1 @ ones}


# %% wrong="train" says="uphill"
def train(X, Y, parameters, learning_rate, steps):
    costs = []
    for _ in range(steps):
        A2, cache = forward(X, parameters)
        costs.append(compute_cost(A2, Y))
        grads = backward(X, Y, parameters, cache)
        parameters = {key: value + learning_rate * grads[f"d{key}"] for key, value in parameters.items()}
    return parameters, costs


# %% wrong="train" says="in place"
def train(X, Y, parameters, learning_rate, steps):
    costs = []
    for _ in range(steps):
        A2, cache = forward(X, parameters)
        costs.append(compute_cost(A2, Y))
        for key, gradient in backward(X, Y, parameters, cache).items():
            parameters[key[1:]] -= learning_rate * gradient
    return parameters, costs


# %% wrong="train" says="taken after its step"
def train(X, Y, parameters, learning_rate, steps):
    costs = []
    for _ in range(steps):
        grads = backward(X, Y, parameters, forward(X, parameters)[1])
        parameters = {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}
        costs.append(compute_cost(forward(X, parameters)[0], Y))
    return parameters, costs


# %% wrong="train" says="expected a list of 2 costs, one before each step, got 3 costs"
def train(X, Y, parameters, learning_rate, steps):
    costs = [compute_cost(forward(X, parameters)[0], Y)]
    for _ in range(steps):
        grads = backward(X, Y, parameters, forward(X, parameters)[1])
        parameters = {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}
        costs.append(compute_cost(forward(X, parameters)[0], Y))
    return parameters, costs


# %% wrong="train" says="both steps take the first gradient"
def train(X, Y, parameters, learning_rate, steps):
    costs, grads = [], backward(X, Y, parameters, forward(X, parameters)[1])
    for _ in range(steps):
        costs.append(compute_cost(forward(X, parameters)[0], Y))
        parameters = {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}
    return parameters, costs


# %% wrong="train" says="with a rate at which the cost rises"
def train(X, Y, parameters, learning_rate, steps):
    costs = []
    for _ in range(steps):
        A2, cache = forward(X, parameters)
        costs.append(compute_cost(A2, Y))
        if len(costs) > 1 and costs[-1] > costs[-2]:
            break
        grads = backward(X, Y, parameters, cache)
        parameters = {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}
    return parameters, costs


# %% wrong="train" says="b1 has not moved"
def train(X, Y, parameters, learning_rate, steps):
    costs = []
    for _ in range(steps):
        A2, cache = forward(X, parameters)
        costs.append(compute_cost(A2, Y))
        grads = backward(X, Y, parameters, cache)
        moved = {key: parameters[key] - learning_rate * grads[f"d{key}"] for key in ("W1", "W2")}
        parameters = parameters | moved
    return parameters, costs


# %% wrong="train" says="expected a tuple of 2 results (parameters, costs), got a dict"
def train(X, Y, parameters, learning_rate, steps):
    for _ in range(steps):
        grads = backward(X, Y, parameters, forward(X, parameters)[1])
        parameters = {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}
    return parameters


# %% wrong="train" says="with steps = 1100"
def train(X, Y, parameters, learning_rate, steps):
    costs = []
    for _ in range(min(steps, 1000)):
        A2, cache = forward(X, parameters)
        costs.append(compute_cost(A2, Y))
        grads = backward(X, Y, parameters, cache)
        parameters = {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}
    return parameters, costs


# %% alternative="train"
def train(X, Y, parameters, learning_rate, steps):
    learned = {key: value.copy() for key, value in parameters.items()}
    costs = []
    while len(costs) < steps:
        A2, cache = forward(X, learned)
        costs += [float(compute_cost(A2, Y))]
        for key, gradient in backward(X, Y, learned, cache).items():
            learned[key[1:]] -= learning_rate * gradient
    return learned, costs


# %% alternative="train"
def train(X, Y, parameters, learning_rate, steps):
    if steps == 0:
        return dict(parameters), []
    A2, cache = forward(X, parameters)
    grads = backward(X, Y, parameters, cache)
    moved = {key: parameters[key] - learning_rate * grads["d" + key] for key in parameters}
    learned, costs = train(X, Y, moved, learning_rate, steps - 1)
    return learned, [compute_cost(A2, Y), *costs]


# %% equivalent="train" mutant="its argument handed back" why="only with steps = 0 are they alike, where the docstring allows it"


# %% wrong="distinct_units" says="with b1 = 5, 5, 4): expected 3, got 2"
def distinct_units(parameters):
    return len(np.unique(parameters["W1"], axis=0))


# %% wrong="distinct_units" says="expected 2, got"
def distinct_units(parameters):
    return len(np.unique(np.hstack([parameters["W1"], parameters["b1"]])))


# %% wrong="distinct_units" says="expected 2, got 3"
def distinct_units(parameters):
    return parameters["W1"].shape[0]


# %% wrong="distinct_units" says="with 0.1 + 0.2 and 0.3 in place of 1): expected 2, got 3"
def distinct_units(parameters):
    return len(np.unique(np.hstack([parameters["W1"], parameters["b1"]]), axis=0))


# %% wrong="distinct_units" says="expected 2, got 1"
def distinct_units(parameters):
    return len(np.unique(np.round(np.hstack([parameters["W1"], parameters["b1"]]).sum(axis=1), 6)))


# %% wrong="distinct_units" says="distinct_units(parameters): expected about 3"
def distinct_units(parameters):
    return {5.0: 2, 4.0: 3, 0.0: 1}.get(float(parameters["b1"][-1, 0]), 1)


# %% wrong="distinct_units" says="with the weights 1 and 1.000002"
def distinct_units(parameters):
    found = []
    for row in np.hstack([parameters["W1"], parameters["b1"]]):
        if not any(np.allclose(row, each) for each in found):
            found.append(row)
    return len(found)


# %% alternative="distinct_units"
def distinct_units(parameters):
    rows = np.hstack([parameters["W1"], parameters["b1"]])
    return len(np.unique(np.round(rows, 7), axis=0))


# %% alternative="distinct_units"
def distinct_units(parameters):
    rows = np.concatenate([parameters["W1"], parameters["b1"]], axis=1)
    same = np.abs(rows[:, None, :] - rows[None, :, :]).max(axis=2) < 1e-8
    return int(np.sum(~np.tril(same, -1).any(axis=1)))


# %% equivalent="distinct_units" mutant="number type of the first argument" why="the result is a plain whole number"
