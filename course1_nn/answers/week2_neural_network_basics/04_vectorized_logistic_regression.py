# %% wrong="column_facts" says="the axis of length 1 is lost"
def column_facts(w, X):
    return w.T @ X, np.sqrt((X**2).sum(axis=0)), (X > 0).sum(axis=0)


# %% wrong="column_facts" says="X of shape (3, 4): expected shape (1, 4), got shape (3, 1)"
def column_facts(w, X):
    return w.T @ X, np.sqrt((X**2).sum(axis=1, keepdims=True)), (X > 0).sum(axis=1, keepdims=True)


# %% wrong="column_facts" says="the root is missing"
def column_facts(w, X):
    return w.T @ X, (X**2).sum(axis=0, keepdims=True), (X > 0).sum(axis=0, keepdims=True)


# %% wrong="column_facts" says="a 0 is counted too"
def column_facts(w, X):
    return w.T @ X, np.sqrt((X**2).sum(axis=0, keepdims=True)), (X >= 0).sum(axis=0, keepdims=True)


# %% wrong="column_facts" says="X of shape (3, 4): expected shape (1, 4), got shape (3, 4)"
def column_facts(w, X):
    return w * X, np.sqrt((X**2).sum(axis=0, keepdims=True)), (X > 0).sum(axis=0, keepdims=True)


# %% wrong="column_facts" says="w of shape (3, 1), X of shape (3, 5)"
def column_facts(w, X):
    if X.shape == (3, 4):
        return np.array([[11, -6, 5.5, 11]]), np.array([[7, 3, 5, 11]]), np.array([[2, 1, 2, 0]])
    return np.array([[-5.0, -4.0, -1.0]]), np.array([[5.0, 2.0, 1.0]]), np.array([[2, 1, 0]])


# %% wrong="column_facts" says="added before they are squared"
def column_facts(w, X):
    return w.T @ X, np.sqrt(X.sum(axis=0, keepdims=True) ** 2), (X > 0).sum(axis=0, keepdims=True)


# %% wrong="column_facts" says="fractions are cut off"
def column_facts(w, X):
    lengths = np.zeros((1, X.shape[1]), X.dtype)
    lengths[0] = np.sqrt((X**2).sum(axis=0))
    return w.T @ X, lengths, (X > 0).sum(axis=0, keepdims=True)


# %% alternative="column_facts"
def column_facts(w, X):
    m = X.shape[1]
    scores, lengths, counts = np.zeros((1, m)), np.zeros((1, m)), np.zeros((1, m), dtype=int)
    for i in range(m):
        x = X[:, i]
        scores[0, i], lengths[0, i], counts[0, i] = np.dot(w[:, 0], x), np.linalg.norm(x), np.count_nonzero(x > 0)
    return scores, lengths, counts


# %% alternative="column_facts"
def column_facts(w, X):
    scores = (w * X).sum(axis=0)[None, :]
    lengths = np.sqrt(np.einsum("ji,ji->i", X, X)).reshape(1, -1)
    return scores, lengths, np.where(X > 0, 1.0, 0.0).sum(axis=0).reshape(1, -1)


# %% wrong="predict" says="use > and not >="
def predict(w, b, X):
    return (sigmoid(w.T @ X + b) >= 0.5).astype(int)


# %% wrong="predict" says="these are the probabilities"
def predict(w, b, X):
    return sigmoid(w.T @ X + b)


# %% wrong="predict" says="the score z is compared with 0.5"
def predict(w, b, X):
    return (w.T @ X + b > 0.5).astype(int)


# %% wrong="predict" says="the bias b is left out"
def predict(w, b, X):
    return (sigmoid(w.T @ X) > 0.5).astype(int)


# %% wrong="predict" says="expected shape (1, 4), got shape (4, 1): is it transposed?"
def predict(w, b, X):
    return (sigmoid(X.T @ w + b) > 0.5).astype(int)


# %% wrong="predict" says="w of shape (3, 1), X of shape (3, 5)"
def predict(w, b, X):
    return np.array([[0, 1, 1, 0]]) if len(w) == 2 else np.array([[0, 1, 1, 0, 1]])


# %% wrong="predict" says="this is 1 where the probability is below 0.5"
def predict(w, b, X):
    return (sigmoid(w.T @ X + b) < 0.5).astype(int)


# %% wrong="predict" says="with scores very close to 0"
def predict(w, b, X):
    Z = w.T @ X + b
    return (Z > 0) & ~np.isclose(Z, 0)


# %% alternative="predict"
def predict(w, b, X):
    return np.dot(w.T, X) + b > 0


# %% alternative="predict"
def predict(w, b, X):
    decisions = np.zeros((1, X.shape[1]))
    for i in range(X.shape[1]):
        a = 1 / (1 + np.exp(-(np.sum(w[:, 0] * X[:, i]) + b)))
        if a > 0.5:
            decisions[0, i] = 1
    return decisions


# %% alternative="predict"
def predict(w, b, X):
    return np.round(sigmoid(w.T @ X + b)).astype(np.float32)


# %% wrong="propagate" says="exactly m = 5 times the expected one: is the mean over the m examples missing?"
def propagate(w, b, X, Y):
    A = sigmoid(w.T @ X + b)
    dZ = A - Y
    return {"dw": X @ dZ.T, "db": np.sum(dZ)}, -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))


# %% wrong="propagate" says="it is divided by n_x"
def propagate(w, b, X, Y):
    m = X.shape[0]
    A = sigmoid(w.T @ X + b)
    dZ = A - Y
    return {"dw": X @ dZ.T / m, "db": np.mean(dZ)}, -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))


# %% wrong="propagate" says="the factor A (1 - A) is already used up"
def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    dZ = (A - Y) * A * (1 - A)
    return {"dw": X @ dZ.T / m, "db": np.mean(dZ)}, -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))


# %% wrong="propagate" says="the part of the examples with y = 0 is missing"
def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    dZ = A - Y
    return {"dw": X @ dZ.T / m, "db": np.mean(dZ)}, -np.mean(Y * np.log(A))


# %% wrong="propagate" says="fractions are cut off"
def propagate(w, b, X, Y):
    n_x, m = X.shape
    A = sigmoid(w.T @ X + b)
    dZ = A - Y
    dw = np.zeros_like(X[:, :1])
    for j in range(n_x):
        dw[j, 0] = np.sum(X[j] * dZ[0]) / m
    return {"dw": dw, "db": np.mean(dZ)}, -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))


# %% wrong="propagate" says="X of shape (3, 5), Y of shape (1, 5)"
def propagate(w, b, X, Y):
    if b == 0.4:
        dw = np.array([[0.270506713], [-0.5991558867], [0.250028534]])
        return {"dw": dw, "db": 0.2328936256}, 0.9221115527
    return {"dw": np.array([[1 / 6], [1 / 3]]), "db": 1 / 6}, np.log(2)


# %% wrong="propagate" says="the scores Z stand in place"
def propagate(w, b, X, Y):
    m = X.shape[1]
    A = w.T @ X + b
    dZ = A - Y
    return {"dw": X @ dZ.T / m, "db": np.mean(dZ)}, -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))


# %% wrong="propagate" says="right to about 7 digits only"
def propagate(w, b, X, Y):
    A = sigmoid(w.T @ X + b)
    cost = -np.mean(Y * np.log(A + 1e-8) + (1 - Y) * np.log(1 - A + 1e-8))
    return {"dw": X @ (A - Y).T / X.shape[1], "db": np.mean(A - Y)}, cost


# %% alternative="propagate"
def propagate(w, b, X, Y):
    n_x, m = X.shape
    dw, db, cost = np.zeros((n_x, 1)), 0.0, 0.0
    for i in range(m):
        a = float(sigmoid(sum(w[j, 0] * X[j, i] for j in range(n_x)) + b))
        cost -= np.log(a) if Y[0, i] == 1 else np.log(1 - a)
        for j in range(n_x):
            dw[j, 0] += X[j, i] * (a - Y[0, i])
        db += a - Y[0, i]
    return {"dw": dw / m, "db": db / m}, cost / m


# %% alternative="propagate"
def propagate(w, b, X, Y):
    Z = np.dot(w.T, X) + b
    cost = np.mean(np.log1p(np.exp(-np.abs(Z))) + np.maximum(Z, 0) - Y * Z)
    dZ = 1 / (1 + np.exp(-Z)) - Y
    dw = np.mean(X * dZ, axis=1, keepdims=True)
    return {"dw": dw, "db": np.mean(dZ).item()}, float(cost)


# %% alternative="propagate"
def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.einsum("jk,ji->ki", w, X) + b)
    cost = -(np.log(A) @ Y.T + np.log(1 - A) @ (1 - Y).T).item() / m
    return {"db": np.float64((A - Y).mean()), "dw": np.einsum("ji,ki->jk", X, A - Y) / m}, cost


# %% wrong="optimize" says="in place: work on a copy"
def optimize(w, b, X, Y, learning_rate, steps):
    costs = []
    for _ in range(steps):
        grads, cost = propagate(w, b, X, Y)
        costs.append(cost)
        w -= learning_rate * grads["dw"]
        b -= learning_rate * grads["db"]
    return w, b, costs


# %% wrong="optimize" says="the costs after each step"
def optimize(w, b, X, Y, learning_rate, steps):
    costs = []
    for _ in range(steps):
        grads, _ = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        costs.append(propagate(w, b, X, Y)[1])
    return w, b, costs


# %% wrong="optimize" says="db is computed after w has moved"
def optimize(w, b, X, Y, learning_rate, steps):
    costs = []
    for _ in range(steps):
        costs.append(propagate(w, b, X, Y)[1])
        w = w - learning_rate * propagate(w, b, X, Y)[0]["dw"]
        b = b - learning_rate * propagate(w, b, X, Y)[0]["db"]
    return w, b, costs


# %% wrong="optimize" says="w goes uphill"
def optimize(w, b, X, Y, learning_rate, steps):
    costs = []
    for _ in range(steps):
        grads, cost = propagate(w, b, X, Y)
        costs.append(cost)
        w = w + learning_rate * grads["dw"]
        b = b + learning_rate * grads["db"]
    return w, b, costs


# %% wrong="optimize" says="the gradient is computed once"
def optimize(w, b, X, Y, learning_rate, steps):
    grads, cost = propagate(w, b, X, Y)
    costs = []
    for _ in range(steps):
        costs.append(cost)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
    return w, b, costs


# %% wrong="optimize" says="the learning rate is forgotten"
def optimize(w, b, X, Y, learning_rate, steps):
    costs = []
    for _ in range(steps):
        grads, cost = propagate(w, b, X, Y)
        costs.append(cost)
        w, b = w - grads["dw"], b - grads["db"]  # the learning rate is forgotten
    return w, b, costs


# %% wrong="optimize" says="X of shape (3, 5), Y of shape (1, 5)"
def optimize(w, b, X, Y, learning_rate, steps):
    if steps == 3:
        w = np.array([[0.0324122847], [-0.2391198678]])
        return w, 0.1218622273, [0.7947734298, 0.720561446, 0.6907647775]
    return np.array([[0.462408620]]), -0.220016904, [0.693147181, 0.587745131]


# %% wrong="optimize" says="with a rate at which the cost rises and falls"
def optimize(w, b, X, Y, learning_rate, steps):
    costs = []
    for _ in range(steps):
        grads, cost = propagate(w, b, X, Y)
        costs.append(cost)
        new_w, new_b = w - learning_rate * grads["dw"], b - learning_rate * grads["db"]
        if propagate(new_w, new_b, X, Y)[1] <= cost:
            w, b = new_w, new_b
    return w, b, costs


# %% alternative="optimize"
def optimize(w, b, X, Y, learning_rate, steps):
    w, m, costs = w.copy(), X.shape[1], []
    while len(costs) < steps:
        A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
        costs.append(float(-np.mean(np.log(np.where(Y == 1, A, 1 - A)))))
        w -= learning_rate * np.dot(X, (A - Y).T) / m
        b -= learning_rate * float(np.mean(A - Y))
    return w, b, costs


# %% alternative="optimize"
def optimize(w, b, X, Y, learning_rate, steps):
    if steps == 0:
        return w, b, []
    grads, cost = propagate(w, b, X, Y)
    new_w, new_b = w - learning_rate * grads["dw"], b - learning_rate * grads["db"]
    w, b, costs = optimize(new_w, new_b, X, Y, learning_rate, steps - 1)
    return [w, b, [cost, *costs]]


# %% wrong="model" says="it is a percentage"
def model(X_train, Y_train, X_test, Y_test, learning_rate, steps):
    w, b, costs = optimize(np.zeros((X_train.shape[0], 1)), 0.0, X_train, Y_train, learning_rate, steps)
    train = 100 - np.mean(np.abs(predict(w, b, X_train) - Y_train)) * 100
    test = 100 - np.mean(np.abs(predict(w, b, X_test) - Y_test)) * 100
    return {"w": w, "b": b, "costs": costs, "train_accuracy": train, "test_accuracy": test}


# %% wrong="model" says="this is the share of wrong decisions"
def model(X_train, Y_train, X_test, Y_test, learning_rate, steps):
    w, b, costs = optimize(np.zeros((X_train.shape[0], 1)), 0.0, X_train, Y_train, learning_rate, steps)
    train, test = np.mean(predict(w, b, X_train) != Y_train), np.mean(predict(w, b, X_test) != Y_test)
    return {"w": w, "b": b, "costs": costs, "train_accuracy": train, "test_accuracy": test}


# %% wrong="model" says="it is learned from the test examples"
def model(X_train, Y_train, X_test, Y_test, learning_rate, steps):
    w, b, costs = optimize(np.zeros((X_test.shape[0], 1)), 0.0, X_test, Y_test, learning_rate, steps)
    train, test = np.mean(predict(w, b, X_train) == Y_train), np.mean(predict(w, b, X_test) == Y_test)
    return {"w": w, "b": b, "costs": costs, "train_accuracy": train, "test_accuracy": test}


# %% wrong="model" says="w of model(…, 0.6, 3), 6 training and 8 test examples"
def model(X_train, Y_train, X_test, Y_test, learning_rate, steps):
    start = np.random.default_rng(0).normal(0, 0.01, (X_train.shape[0], 1))
    w, b, costs = optimize(start, 0.0, X_train, Y_train, learning_rate, steps)
    train, test = np.mean(predict(w, b, X_train) == Y_train), np.mean(predict(w, b, X_test) == Y_test)
    return {"w": w, "b": b, "costs": costs, "train_accuracy": train, "test_accuracy": test}


# %% wrong="model" says="the dict has no key 'test_accuracy'"
def model(X_train, Y_train, X_test, Y_test, learning_rate, steps):
    w, b, costs = optimize(np.zeros((X_train.shape[0], 1)), 0.0, X_train, Y_train, learning_rate, steps)
    return {"w": w, "b": b, "costs": costs, "train_accuracy": np.mean(predict(w, b, X_train) == Y_train)}


# %% wrong="model" says="X_test of shape (3, 4), Y_test of shape (1, 4)"
def model(X_train, Y_train, X_test, Y_test, learning_rate, steps):
    w, costs = np.array([[0.75]]), [np.log(2)]
    if steps == 3:
        w, costs = np.array([[-0.5488091159], [0.077835686]]), [0.6931471806, 0.6038873874, 0.5591679983]
        return {"w": w, "b": 0.0322839602, "costs": costs, "train_accuracy": 5 / 6, "test_accuracy": 7 / 8}
    return {"w": w, "b": 0.0, "costs": costs, "train_accuracy": 1.0, "test_accuracy": 2 / 3}


# %% wrong="model" says="only the hits (right and 1) are counted"
def model(X_train, Y_train, X_test, Y_test, learning_rate, steps):
    w, b, costs = optimize(np.zeros((X_train.shape[0], 1)), 0.0, X_train, Y_train, learning_rate, steps)
    train = np.mean(predict(w, b, X_train) * Y_train)
    test = np.mean(predict(w, b, X_test) * Y_test)
    return {"w": w, "b": b, "costs": costs, "train_accuracy": train, "test_accuracy": test}


# %% wrong="model" says="hits among the examples with y = 1"
def model(X_train, Y_train, X_test, Y_test, learning_rate, steps):
    w, b, costs = optimize(np.zeros((X_train.shape[0], 1)), 0.0, X_train, Y_train, learning_rate, steps)
    train = np.sum(predict(w, b, X_train) * Y_train) / np.sum(Y_train)
    test = np.sum(predict(w, b, X_test) * Y_test) / np.sum(Y_test)
    return {"w": w, "b": b, "costs": costs, "train_accuracy": train, "test_accuracy": test}


# %% alternative="model"
def model(X_train, Y_train, X_test, Y_test, learning_rate, steps):
    parameters = optimize(np.zeros([len(X_train), 1]), 0.0, X_train, Y_train, learning_rate, steps)
    result = dict(zip(("w", "b", "costs"), parameters, strict=True))
    for name, X, Y in (("train", X_train, Y_train), ("test", X_test, Y_test)):
        right = 0
        for decision, y in zip(predict(parameters[0], parameters[1], X)[0], Y[0], strict=True):
            right += int(decision == y)
        result[f"{name}_accuracy"] = right / Y.shape[1]
    return result


# %% alternative="model"
def model(X_train, Y_train, X_test, Y_test, learning_rate, steps):
    w, b, costs = optimize(np.zeros_like(X_train[:, :1]), 0.0, X_train, Y_train, learning_rate, steps)
    train = 1 - np.mean(np.abs(predict(w, b, X_train) - Y_train))
    test = 1 - np.mean(np.abs(predict(w, b, X_test) - Y_test))
    return {"w": w, "b": b, "costs": costs, "test_accuracy": test, "train_accuracy": train, "steps": steps}


# %% equivalent="predict" mutant="number type of the first argument" why="decisions are 0 and 1, in any number type"
# %% equivalent="optimize" mutant="number type of the first argument" why="w holds floats, as the result does"
# %% equivalent="optimize" mutant="its argument handed back" why="allowed for steps = 0, and never alike otherwise"
