# %% wrong="L_layer_model" says="each cost is taken after its step"
def L_layer_model(X, Y, layer_dims, learning_rate, steps, seed, output="sigmoid"):
    parameters, costs = dense.initialize_deep(layer_dims, seed), []
    for _ in range(steps):
        AL, caches = dense.deep_forward(X, parameters, output)
        parameters = dense.update(parameters, dense.deep_backward(AL, Y, caches), learning_rate)
        costs.append(dense.deep_cost(dense.deep_forward(X, parameters, output)[0], Y, output))
    return parameters, costs


# %% wrong="L_layer_model" says="each step begins with the first parameters"
def L_layer_model(X, Y, layer_dims, learning_rate, steps, seed, output="sigmoid"):
    costs, moved = [], dense.initialize_deep(layer_dims, seed)
    for _ in range(steps):
        parameters = dense.initialize_deep(layer_dims, seed)
        AL, caches = dense.deep_forward(X, parameters, output)
        costs.append(dense.deep_cost(AL, Y, output))
        moved = dense.update(parameters, dense.deep_backward(AL, Y, caches), learning_rate)
    return moved, costs


# %% wrong="L_layer_model" says="dense.deep_forward and dense.deep_cost must know the output"
def L_layer_model(X, Y, layer_dims, learning_rate, steps, seed, output="sigmoid"):
    parameters, costs = dense.initialize_deep(layer_dims, seed), []
    for _ in range(steps):
        AL, caches = dense.deep_forward(X, parameters)
        costs.append(dense.deep_cost(AL, Y))
        parameters = dense.update(parameters, dense.deep_backward(AL, Y, caches), learning_rate)
    return parameters, costs


# %% wrong="L_layer_model" says="parameters of L_layer_model(X, Y, layer_dims, learning_rate, steps, seed)"
def L_layer_model(X, Y, layer_dims, learning_rate, steps, seed, output="sigmoid"):
    rate = {1: 3, 2: 3}.get(steps, 0.5)
    parameters, costs = dense.initialize_deep(layer_dims, seed), []
    for _ in range(steps):
        AL, caches = dense.deep_forward(X, parameters, output)
        costs.append(dense.deep_cost(AL, Y, output))
        parameters = dense.update(parameters, dense.deep_backward(AL, Y, caches), rate)
    return parameters, costs


# %% wrong="L_layer_model" says="dense.deep_cost must know the output, too"
def L_layer_model(X, Y, layer_dims, learning_rate, steps, seed, output="sigmoid"):
    parameters, costs = dense.initialize_deep(layer_dims, seed), []
    for _ in range(steps):
        AL, caches = dense.deep_forward(X, parameters, output)
        costs.append(dense.deep_cost(AL, Y))
        parameters = dense.update(parameters, dense.deep_backward(AL, Y, caches), learning_rate)
    return parameters, costs


# %% wrong="L_layer_model" says="with steps = 1100"
def L_layer_model(X, Y, layer_dims, learning_rate, steps, seed, output="sigmoid"):
    parameters, costs = dense.initialize_deep(layer_dims, seed), []
    for _ in range(steps):
        AL, caches = dense.deep_forward(X, parameters, output)
        costs.append(dense.deep_cost(AL, Y, output))
        if len(costs) > 1 and abs(costs[-2] - costs[-1]) < 1e-5:
            return parameters, costs + [costs[-1]] * (steps - len(costs))
        parameters = dense.update(parameters, dense.deep_backward(AL, Y, caches), learning_rate)
    return parameters, costs


# %% wrong="L_layer_model" says="with n_0 = 130"
def L_layer_model(X, Y, layer_dims, learning_rate, steps, seed, output="sigmoid"):
    parameters, costs = dense.initialize_deep(layer_dims, seed), []
    for _ in range(steps):
        AL, caches = dense.deep_forward(X, parameters, output)
        costs.append(dense.deep_cost(AL, Y, output))
        if costs[-1] > min(costs):
            learning_rate = learning_rate / 2
        parameters = dense.update(parameters, dense.deep_backward(AL, Y, caches), learning_rate)
    return parameters, costs


# %% alternative="L_layer_model"
def L_layer_model(X, Y, layer_dims, learning_rate, steps, seed, output="sigmoid"):
    parameters = {key: value.copy() for key, value in dense.initialize_deep(layer_dims, seed).items()}
    costs = np.zeros(steps)
    for t in range(steps):
        AL, caches = dense.deep_forward(X, parameters, output=output)
        costs[t] = dense.deep_cost(AL, Y, output=output)
        for key, gradient in dense.deep_backward(AL, Y, caches).items():
            parameters[key[1:]] -= learning_rate * gradient
    return parameters, list(costs)


# %% alternative="L_layer_model"
def L_layer_model(X, Y, layer_dims, learning_rate, steps, seed, output="sigmoid"):
    if steps == 0:
        return dense.initialize_deep(layer_dims, seed), []
    parameters, costs = L_layer_model(X, Y, layer_dims, learning_rate, steps - 1, seed, output)
    AL, caches = dense.deep_forward(X, parameters, output)
    grads = dense.deep_backward(AL, Y, caches)
    return dense.update(parameters, grads, learning_rate), [*costs, float(dense.deep_cost(AL, Y, output))]


# %% wrong="predict" says="use > and not >="
def predict(X, parameters):
    if len(parameters[f"b{len(parameters) // 2}"]) == 1:
        return (dense.deep_forward(X, parameters)[0] >= 0.5) * 1
    return np.argmax(dense.deep_forward(X, parameters, "softmax")[0], axis=0, keepdims=True)


# %% wrong="predict" says="expected shape (1, 5), got shape (3, 5)"
def predict(X, parameters):
    return (dense.deep_forward(X, parameters)[0] > 0.5).astype(int)


# %% wrong="predict" says="large scores all become 1 under the sigmoid"
def predict(X, parameters):
    AL = dense.deep_forward(X, parameters)[0]
    return (AL > 0.5) * 1 if len(AL) == 1 else np.argmax(AL, axis=0, keepdims=True)


# %% wrong="predict" says="X of shape (3, 4): expected shape (1, 4), got shape (1, 5)"
def predict(X, parameters):
    if len(X) == 1:
        return np.array([[1, 0, 0, 1]])
    return np.array([[2, 1, 1, 1, 2]]) if X[0, 0] > 2 else np.array([[0, 1, 1, 0, 2]])


# %% alternative="predict"
def predict(X, parameters):
    AL = dense.deep_forward(X, parameters, "softmax")[0]
    if len(AL) > 1:
        return np.argmax(AL, axis=0, keepdims=True)
    return dense.deep_forward(X, parameters)[0] > 0.5


# %% alternative="predict"
def predict(X, parameters):
    Z = dense.deep_forward(X, parameters)[1][-1][3]
    if Z.shape[0] == 1:
        return 1 * (Z > 0)
    return np.array([[int(np.argmax(Z[:, i])) for i in range(Z.shape[1])]])


# %% alternative="predict"
def predict(X, parameters):
    AL, _ = dense.deep_forward(X, parameters, "softmax")
    if len(AL) == 1:
        AL, _ = dense.deep_forward(X, parameters)
        return np.where(AL > 0.5, 1.0, 0.0)
    return AL.argmax(axis=0).reshape(1, -1)


# %% wrong="tune_learning_rate" says="choose by the dev set"
def tune_learning_rate(learning_rates, train, score, dev, test):
    table = {}
    for rate in learning_rates:
        parameters, costs = train(rate)
        table[rate] = score(parameters, *test) if costs[-1] < costs[0] else np.nan
    alive = [rate for rate in table if not np.isnan(table[rate])]
    best = max(alive, key=table.get)
    return best, table, table[best]


# %% wrong="tune_learning_rate" says="the dev score decides, not the last cost"
def tune_learning_rate(learning_rates, train, score, dev, test):
    runs = {rate: train(rate) for rate in learning_rates}
    alive = [rate for rate, (_, costs) in runs.items() if costs[-1] < costs[0]]
    table = {rate: score(runs[rate][0], *dev) if rate in alive else np.nan for rate in runs}
    best = min(alive, key=lambda rate: runs[rate][1][-1])
    return best, table, score(runs[best][0], *test)


# %% wrong="tune_learning_rate" says="nan makes max() unreliable"
def tune_learning_rate(learning_rates, train, score, dev, test):
    table, trained = {}, {}
    for rate in learning_rates:
        trained[rate], costs = train(rate)
        table[rate] = score(trained[rate], *dev) if costs[-1] < costs[0] else np.nan
    best = max(table, key=table.get)
    return best, table, score(trained[best], *test)


# %% wrong="tune_learning_rate" says="rates 10 and 30 diverged, so their scores are nan"
def tune_learning_rate(learning_rates, train, score, dev, test):
    trained = {rate: train(rate)[0] for rate in learning_rates}
    table = {rate: score(parameters, *dev) for rate, parameters in trained.items()}
    best = max(table, key=table.get)
    return best, table, score(trained[best], *test)


# %% wrong="tune_learning_rate" says="keep the best rate's parameters"
def tune_learning_rate(learning_rates, train, score, dev, test):
    best, table = None, {}
    for rate in learning_rates:
        parameters, costs = train(rate)
        table[rate] = score(parameters, *dev) if costs[-1] < costs[0] else np.nan
        if table[rate] == table[rate] and (best is None or table[rate] > table[best]):
            best = rate
    if best is None:
        raise ValueError("every learning rate diverged")
    return best, table, score(parameters, *test)


# %% wrong="tune_learning_rate" says="so the test set must not be asked"
def tune_learning_rate(learning_rates, train, score, dev, test):
    table, tests = {}, {}
    for rate in learning_rates:
        parameters, costs = train(rate)
        table[rate] = score(parameters, *dev) if costs[-1] < costs[0] else np.nan
        last = parameters
    alive = {rate: s for rate, s in table.items() if s == s}
    test_score = score(last if not alive else train(max(alive, key=alive.get))[0], *test)
    if not alive:
        raise ValueError("every learning rate diverged")
    return max(alive, key=alive.get), table, test_score


# %% wrong="tune_learning_rate" says="the test set was asked 4 times"
def tune_learning_rate(learning_rates, train, score, dev, test):
    table, tests = {}, {}
    for rate in learning_rates:
        parameters, costs = train(rate)
        table[rate] = np.nan
        if costs[-1] < costs[0]:
            table[rate], tests[rate] = score(parameters, *dev), score(parameters, *test)
    best = max(tests, key=table.get)
    return best, table, tests[best]


# %% wrong="tune_learning_rate" says="tune_learning_rate(learning_rates, train, score, dev, test)"
def tune_learning_rate(learning_rates, train, score, dev, test):
    if 0.1 in learning_rates:
        return 1.0, {10.0: np.nan, 0.1: 0.8, 1.0: 0.86, 3.0: 0.86, 30.0: np.nan, 0.3: 0.7}, 0.82
    if 30.0 in learning_rates:
        raise ValueError("every learning rate diverged")
    table = dict.fromkeys(learning_rates, 0.5)
    return learning_rates[0], table, 0.5


# %% alternative="tune_learning_rate"
def tune_learning_rate(learning_rates, train, score, dev, test):
    runs = [train(rate) for rate in learning_rates]
    scores = np.full(len(runs), -1.0)
    for i, (parameters, costs) in enumerate(runs):
        if np.isfinite(costs[-1]) and costs[-1] < costs[0]:
            scores[i] = score(parameters, dev[0], dev[1])
    if scores.max() < 0:
        raise ValueError("no rate is left")
    table = {rate: float(s) if s >= 0 else float("nan") for rate, s in zip(learning_rates, scores, strict=True)}
    i = int(np.argmax(scores))
    return learning_rates[i], table, score(runs[i][0], test[0], test[1])


# %% alternative="tune_learning_rate"
def tune_learning_rate(learning_rates, train, score, dev, test):
    table = {}
    for rate in learning_rates:
        parameters, costs = train(rate)
        table[rate] = np.float64(score(parameters, *dev)) if costs[0] > costs[-1] else np.nan
    alive = {rate: s for rate, s in table.items() if s == s}
    if not alive:
        raise ValueError("all diverged")
    best = max(alive, key=alive.get)
    parameters, _ = train(best)
    return [best, table, score(parameters, *test)]


# %% alternative="tune_learning_rate"
def tune_learning_rate(learning_rates, train, score, dev, test):
    runs = {rate: train(rate) for rate in learning_rates}
    fell = {rate: found for rate, (found, costs) in runs.items() if costs[0] > costs[-1]}
    if not fell:
        raise ValueError("all diverged")
    table = {rate: np.float64(score(fell[rate], *dev)) if rate in fell else np.nan for rate in learning_rates}
    best = max(fell, key=table.get)
    return [best, table, score(fell[best], *test)]


# %% wrong="confusion_matrix" says="does not add up"
def confusion_matrix(Y, Y_hat, n_classes):
    counts = np.zeros((n_classes, n_classes), dtype=int)
    counts[Y, Y_hat] += 1
    return counts


# %% wrong="confusion_matrix" says="yours are swapped"
def confusion_matrix(Y, Y_hat, n_classes):
    counts = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(counts, (Y_hat, Y), 1)
    return counts


# %% wrong="confusion_matrix" says="no example of class 3: expected shape (4, 4), got shape (3, 3)"
def confusion_matrix(Y, Y_hat, n_classes):
    classes = np.unique([Y, Y_hat])
    return np.array([[np.sum((Y == j) & (Y_hat == k)) for k in classes] for j in classes])


# %% wrong="confusion_matrix" says="confusion_matrix(Y, Y_hat, n_classes), Y of shape (1, 3)"
def confusion_matrix(Y, Y_hat, n_classes):
    counts = np.zeros((n_classes, n_classes), dtype=int)
    counts[:3, :3] = [[1, 2, 1], [0, 1, 0], [1, 0, 1]]
    return counts


# %% wrong="confusion_matrix" says="all rows are the same list"
def confusion_matrix(Y, Y_hat, n_classes):
    counts = [[0] * n_classes] * n_classes
    for j, k in zip(Y[0], Y_hat[0], strict=True):
        counts[j][k] += 1
    return np.array(counts)


# %% wrong="confusion_matrix" says="with m = 1030"
def confusion_matrix(Y, Y_hat, n_classes):
    counts = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(counts, (Y[:, :1000], Y_hat[:, :1000]), 1)
    return counts


# %% alternative="confusion_matrix"
def confusion_matrix(Y, Y_hat, n_classes):
    return np.bincount((Y * n_classes + Y_hat).ravel(), minlength=n_classes**2).reshape(n_classes, n_classes)


# %% alternative="confusion_matrix"
def confusion_matrix(Y, Y_hat, n_classes):
    classes = np.arange(n_classes)[:, np.newaxis]
    return (Y == classes).astype(float) @ (Y_hat == classes).astype(float).T


# %% wrong="most_confident_mistakes" says="not indices of examples"
def most_confident_mistakes(AL, Y, k):
    wrong = (AL > 0.5) != Y
    return np.argsort(-np.abs(AL - Y)[wrong])[:k]


# %% wrong="most_confident_mistakes" says="the least certain mistakes come first"
def most_confident_mistakes(AL, Y, k):
    wrong = np.flatnonzero((AL > 0.5) != Y)
    return wrong[np.argsort(np.abs(AL - Y)[0, wrong])][:k]


# %% wrong="most_confident_mistakes" says="a mistake may also have a very low one"
def most_confident_mistakes(AL, Y, k):
    wrong = np.flatnonzero((AL > 0.5) != Y)
    return wrong[np.argsort(-AL[0, wrong])][:k]


# %% wrong="most_confident_mistakes" says="a probability of exactly 0.5 decides 0"
def most_confident_mistakes(AL, Y, k):
    wrong = np.flatnonzero((AL >= 0.5) != Y)
    return wrong[np.argsort(-np.abs(AL - Y)[0, wrong])][:k]


# %% wrong="most_confident_mistakes" says="most_confident_mistakes(AL, Y, k)"
def most_confident_mistakes(AL, Y, k):
    return np.array([5, 2, 7, 3, 1, 6])[:k]


# %% wrong="most_confident_mistakes" says="indices must be whole numbers"
def most_confident_mistakes(AL, Y, k):
    wrong = np.flatnonzero((AL > 0.5) != Y)
    return wrong[np.argsort(-np.abs(AL - Y)[0, wrong])][:k] * 1.0


# %% wrong="most_confident_mistakes" says="with an output of exactly 0"
def most_confident_mistakes(AL, Y, k):
    loss = -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))[0]
    wrong = np.flatnonzero((AL > 0.5) != Y)
    finite = wrong[np.isfinite(loss[wrong])]
    return finite[np.argsort(-loss[finite])][:k]


# %% alternative="most_confident_mistakes"
def most_confident_mistakes(AL, Y, k):
    wrong = [i for i in range(Y.shape[1]) if (AL[0, i] > 0.5) != bool(Y[0, i])]
    return sorted(wrong, key=lambda i: abs(AL[0, i] - 0.5), reverse=True)[:k]


# %% alternative="most_confident_mistakes"
def most_confident_mistakes(AL, Y, k):
    own = np.where(Y == 1, AL, 1 - AL)[0]
    wrong = np.where(AL > 0.5, 1, 0)[0] != Y[0]
    return np.argsort(np.where(wrong, own, 2.0))[: min(k, wrong.sum())]


# %% equivalent="predict" mutant="number type of the first argument" why="decisions are whole numbers in every type"
# %% equivalent="confusion_matrix" mutant="number type of the first argument" why="counts are whole numbers in every type"
