# %% wrong="softmax" says="each row adds up to 1 here"
def softmax(Z):
    exponentials = np.exp(Z - Z.max())
    return exponentials / exponentials.sum(axis=1, keepdims=True)


# %% wrong="softmax" says="all entries together add up to 1"
def softmax(Z):
    exponentials = np.exp(Z - Z.max())
    return exponentials / exponentials.sum()


# %% wrong="softmax" says="the division is missing"
def softmax(Z):
    return np.exp(Z)


# %% wrong="softmax" says="overflow"
def softmax(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=0)


# %% wrong="softmax" says="softmax([[1000, -1000]"
def softmax(Z):
    exponentials = np.exp(Z - np.max(Z))
    return exponentials / (exponentials.sum(axis=0) + 1e-300)


# %% wrong="softmax" says="small entries"
def softmax(Z):
    exponentials = np.exp(Z - Z.max(axis=0))
    return np.maximum(exponentials / exponentials.sum(axis=0), 1e-15)


# %% wrong="softmax" says="softmax(Z)"
def softmax(Z):
    if Z.max() == 1000:
        return np.array([[0.5, 1 / 3], [0.5, 1 / 3], [0, 1 / 3]])
    return np.array([[0.125, 0.5, 0.2, 0.375], [0.375, 0.2, 0.2, 0.0625], [0.5, 0.3, 0.6, 0.5625]])


# %% alternative="softmax"
def softmax(Z):
    A = []
    for z in np.asarray(Z, dtype=float).T:
        largest = max(z)
        e = [np.exp(score - largest) for score in z]
        A.append([each / sum(e) for each in e])
    return np.array(A).T


# %% alternative="softmax"
def softmax(Z):
    Z = Z - Z.max(axis=0)
    return np.exp(Z - np.log(np.einsum("ki->i", np.exp(Z))))


# %% wrong="one_hot" says="label 0 is the first row"
def one_hot(labels, n):
    if labels.min() < 0 or labels.max() >= n:
        raise ValueError
    Y = np.zeros((n, labels.size))
    for i, label in enumerate(labels[0]):
        Y[(label + 1) % n, i] = 1
    return Y


# %% wrong="one_hot" says="each label sets the whole row"
def one_hot(labels, n):
    Y = np.zeros((n, labels.shape[1]))
    Y[labels[0]] = 1
    return Y


# %% wrong="one_hot" says="is it transposed"
def one_hot(labels, n):
    return np.eye(n)[labels[0]]


# %% wrong="one_hot" says="one_hot([[1, -1]], 4): expected a ValueError"
def one_hot(labels, n):
    if labels.max() >= n:
        raise ValueError
    return np.eye(n)[:, labels[0]]


# %% wrong="one_hot" says="expected a ValueError, got IndexError"
def one_hot(labels, n):
    return np.eye(n)[:, labels[0]]


# %% wrong="one_hot" says="got True and False"
def one_hot(labels, n):
    if labels.min() < 0 or labels.max() >= n:
        raise ValueError
    return np.arange(n)[:, None] == labels


# %% wrong="one_hot" says="must hold floats"
def one_hot(labels, n):
    if labels.min() < 0 or labels.max() >= n:
        raise ValueError
    return (np.arange(n)[:, None] == labels).astype(int)


# %% wrong="one_hot" says="one_hot(labels, n)"
def one_hot(labels, n):
    if n == 2 or labels.min() < 0:
        raise ValueError
    return np.array([[0.0, 1, 0], [0, 0, 0], [1, 0, 1], [0, 0, 0]])


# %% alternative="one_hot"
def one_hot(labels, n):
    if not np.all((0 <= labels) & (labels < n)):
        raise ValueError("labels")
    return (np.arange(n)[:, None] == labels).astype(float)


# %% alternative="one_hot"
def one_hot(labels, n):
    Y = np.zeros((n, labels.shape[1]))
    for i, label in enumerate(labels.ravel().tolist()):
        if label not in range(n):
            raise ValueError(label)
        Y[label][i] = 1
    return Y


# %% equivalent="one_hot" mutant="float32 inside" why="0 and 1 are exact in float32"


# %% equivalent="one_hot" mutant="rounded to six places" why="the entries are 0 and 1"


# %% wrong="cross_entropy" says="sum over the examples, not their mean"
def cross_entropy(A, Y):
    return -np.sum(Y * np.log(np.maximum(A, 1e-15)))


# %% wrong="cross_entropy" says="not over all 9 entries"
def cross_entropy(A, Y):
    return -np.mean(Y * np.log(np.maximum(A, 1e-15)))


# %% wrong="cross_entropy" says="belong to the sigmoid"
def cross_entropy(A, Y):
    A = np.clip(A, 1e-15, 1 - 1e-15)
    return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1]


# %% wrong="cross_entropy" says="natural logarithm"
def cross_entropy(A, Y):
    return -np.sum(Y * np.log2(np.maximum(A, 1e-15))) / Y.shape[1]


# %% wrong="cross_entropy" says="minus sign is missing"
def cross_entropy(A, Y):
    return np.sum(Y * np.log(np.maximum(A, 1e-15))) / Y.shape[1]


# %% wrong="cross_entropy" says="not finite"
def cross_entropy(A, Y):
    return -np.sum(Y * np.log(A)) / Y.shape[1]


# %% wrong="cross_entropy" says="cross_entropy(A, Y)"
def cross_entropy(A, Y):
    true = A[Y.argmax(axis=0), np.arange(A.shape[1])]
    return -np.mean(np.log(np.maximum(true, 1e-15)))


# %% wrong="cross_entropy" says="probabilities near 1e-15"
def cross_entropy(A, Y):
    return -np.sum(Y * np.log(A + 1e-15)) / Y.shape[1]


# %% wrong="cross_entropy" says="cross_entropy(A, Y)"
def cross_entropy(A, Y):
    return 0.9378035722533454 if A.shape == (3, 3) else 17.269388197455342


# %% alternative="cross_entropy"
def cross_entropy(A, Y):
    losses = [-y @ np.log([max(p, 1e-15) for p in a]) for a, y in zip(A.T, Y.T, strict=True)]
    return float(np.mean(losses))


# %% alternative="cross_entropy"
def cross_entropy(A, Y):
    m = A.shape[1]
    return np.einsum("ki,ki->", -np.log(np.where(A < 1e-15, 1e-15, A)), Y) / m


# %% wrong="cross_entropy_from_logits" says="sum over the examples, not their mean"
def cross_entropy_from_logits(Z, Y):
    S = Z - Z.max(axis=0)
    return np.sum(Y * (np.log(np.exp(S).sum(axis=0)) - S))


# %% wrong="cross_entropy_from_logits" says="not over all 9 entries"
def cross_entropy_from_logits(Z, Y):
    S = Z - Z.max(axis=0)
    return np.mean(Y * (np.log(np.exp(S).sum(axis=0)) - S))


# %% wrong="cross_entropy_from_logits" says="score of the true class is missing"
def cross_entropy_from_logits(Z, Y):
    largest = Z.max(axis=0)
    return np.mean(largest + np.log(np.exp(Z - largest).sum(axis=0)))


# %% wrong="cross_entropy_from_logits" says="not the examples"
def cross_entropy_from_logits(Z, Y):
    S = Z - Z.max(axis=1, keepdims=True)
    return np.sum(Y * (np.log(np.exp(S).sum(axis=1, keepdims=True)) - S)) / Y.shape[1]


# %% wrong="cross_entropy_from_logits" says="the limit 1e-15 is still in it"
def cross_entropy_from_logits(Z, Y):
    return cross_entropy(softmax(Z), Y)


# %% wrong="cross_entropy_from_logits" says="overflow"
def cross_entropy_from_logits(Z, Y):
    return np.sum(Y * (np.log(np.sum(np.exp(Z), axis=0)) - Z)) / Y.shape[1]


# %% wrong="cross_entropy_from_logits" says="cross_entropy_from_logits(Z, Y)"
def cross_entropy_from_logits(Z, Y):
    S = Z - Z.max(axis=0)
    losses = np.log(np.exp(S).sum(axis=0)) - S
    return np.mean(losses[Y.argmax(axis=0), np.arange(Z.shape[1])])


# %% wrong="cross_entropy_from_logits" says="cross_entropy_from_logits(Z, Y)"
def cross_entropy_from_logits(Z, Y):
    return 1.6475129526 if Z.shape[1] == 3 else 1500.0


# %% alternative="cross_entropy_from_logits"
def cross_entropy_from_logits(Z, Y):
    return float(np.mean([y @ (np.logaddexp.reduce(z) - z) for z, y in zip(Z.T.astype(float), Y.T, strict=True)]))


# %% alternative="cross_entropy_from_logits"
def cross_entropy_from_logits(Z, Y):
    total = 0.0
    for i in range(Z.shape[1]):
        scores = [float(z) for z in Z[:, i]]
        top = max(scores)
        rest = np.log(sum(np.exp(z - top) for z in scores))
        total += sum(float(y) * ((top - z) + rest) for z, y in zip(scores, Y[:, i], strict=True))
    return total / Z.shape[1]


# %% wrong="softmax_loss_naive" says="not lambd / m"
def softmax_loss_naive(W, b, X, labels, lambd):
    m, Y = X.shape[1], one_hot(labels, len(W))
    Z = W @ X + b
    dZ = softmax(Z) - Y
    cost = cross_entropy_from_logits(Z, Y) + lambd / m * np.sum(W * W)
    return cost, dZ @ X.T / m + lambd / m * W, dZ.sum(axis=1, keepdims=True) / m


# %% wrong="softmax_loss_naive" says="added once for each example"
def softmax_loss_naive(W, b, X, labels, lambd):
    n, m = W.shape[0], X.shape[1]
    cost, dW, db = 0.0, np.zeros(W.shape), np.zeros((n, 1))
    for i in range(m):
        x, y = X[:, i : i + 1], one_hot(labels[:, i : i + 1], n)
        z = W @ x + b
        cost += cross_entropy_from_logits(z, y) + lambd / 2 * np.sum(W * W)
        dW += (softmax(z) - y) @ x.T + lambd * W
        db += softmax(z) - y
    return cost / m, dW / m, db / m


# %% wrong="softmax_loss_naive" says="the penalty is missing"
def softmax_loss_naive(W, b, X, labels, lambd):
    m, Y = X.shape[1], one_hot(labels, len(W))
    Z = W @ X + b
    dZ = softmax(Z) - Y
    cost = cross_entropy_from_logits(Z, Y) + lambd / (2 * m) * np.sum(W * W)
    return cost, dZ @ X.T / m, dZ.sum(axis=1, keepdims=True) / m


# %% wrong="softmax_loss_naive" says="this is y - a"
def softmax_loss_naive(W, b, X, labels, lambd):
    m, Y = X.shape[1], one_hot(labels, len(W))
    Z = W @ X + b
    dZ = Y - softmax(Z)
    cost = cross_entropy_from_logits(Z, Y) + lambd / (2 * m) * np.sum(W * W)
    return cost, dZ @ X.T / m + lambd / m * W, dZ.sum(axis=1, keepdims=True) / m


# %% wrong="softmax_loss_naive" says="b has no penalty"
def softmax_loss_naive(W, b, X, labels, lambd):
    m, Y = X.shape[1], one_hot(labels, len(W))
    Z = W @ X + b
    dZ = softmax(Z) - Y
    cost = cross_entropy_from_logits(Z, Y) + lambd / (2 * m) * np.sum(W * W)
    return cost, dZ @ X.T / m + lambd / m * W, dZ.sum(axis=1, keepdims=True) / m + lambd / m * b


# %% wrong="softmax_loss_naive" says="db of"
def softmax_loss_naive(W, b, X, labels, lambd):
    m, Y = X.shape[1], one_hot(labels, len(W))
    Z = W @ X + b
    dZ = softmax(Z) - Y
    cost = cross_entropy_from_logits(Z, Y) + lambd / (2 * m) * np.sum(W * W)
    return cost, dZ @ X.T / m + lambd / m * W, dZ.sum(axis=1, keepdims=True)


# %% wrong="softmax_loss_naive" says="with biases of 9,000"
def softmax_loss_naive(W, b, X, labels, lambd):
    m, Y = X.shape[1], one_hot(labels, len(W))
    Z = W @ X + b
    e = np.exp(Z - np.max(W @ X, axis=0))
    A = e / e.sum(axis=0)
    cost = cross_entropy_from_logits(Z, Y) + lambd / (2 * m) * np.sum(W * W)
    return cost, (A - Y) @ X.T / m + lambd / m * W, (A - Y).sum(axis=1, keepdims=True) / m


# %% alternative="softmax_loss_naive"
def softmax_loss_naive(W, b, X, labels, lambd):
    m, Y = X.shape[1], one_hot(labels, len(W))
    Z = W @ X + b
    dZ = (softmax(Z) - Y) / m
    penalty = lambd / 2 / m * np.linalg.norm(W) ** 2
    return cross_entropy_from_logits(Z, Y) + penalty, dZ @ X.T + lambd * W / m, dZ @ np.ones((m, 1))


# %% alternative="softmax_loss_naive"
def softmax_loss_naive(W, b, X, labels, lambd):
    (n, n_x), m = W.shape, X.shape[1]
    cost = lambd / 2 * sum(float(w) ** 2 for w in W.ravel())
    dW, db = [[lambd * float(w) for w in row] for row in W], [[0.0] for _ in range(n)]
    for i in range(m):
        z = [float(b[k, 0]) + sum(float(W[k, j]) * float(X[j, i]) for j in range(n_x)) for k in range(n)]
        e = [np.exp(score - max(z)) for score in z]
        true = labels[0, i]
        cost += max(z) - z[true] + np.log(sum(e))
        for k in range(n):
            slope = e[k] / sum(e) - (k == true)
            db[k][0] += slope
            for j in range(n_x):
                dW[k][j] += slope * X[j, i]
    return cost / m, np.array(dW) / m, np.array(db) / m


# %% wrong="softmax_loss" says="not lambd / m"
def softmax_loss(W, b, X, Y, lambd):
    m = X.shape[1]
    Z = W @ X + b
    dZ = softmax(Z) - Y
    cost = cross_entropy_from_logits(Z, Y) + lambd / m * np.sum(W * W)
    return cost, dZ @ X.T / m + lambd / m * W, dZ.sum(axis=1, keepdims=True) / m


# %% wrong="softmax_loss" says="labels may be soft"
def softmax_loss(W, b, X, Y, lambd):
    labels = Y.argmax(axis=0)[None]
    return softmax_loss_naive(W, b, X, labels, lambd)


# %% wrong="softmax_loss" says="the penalty is not divided by m"
def softmax_loss(W, b, X, Y, lambd):
    m = X.shape[1]
    Z = W @ X + b
    dZ = softmax(Z) - Y
    cost = cross_entropy_from_logits(Z, Y) + lambd / (2 * m) * np.sum(W * W)
    return cost, dZ @ X.T / m + lambd * W, dZ.sum(axis=1, keepdims=True) / m


# %% wrong="softmax_loss" says="this is Y - A"
def softmax_loss(W, b, X, Y, lambd):
    m = X.shape[1]
    Z = W @ X + b
    dZ = Y - softmax(Z)
    cost = cross_entropy_from_logits(Z, Y) + lambd / (2 * m) * np.sum(W * W)
    return cost, dZ @ X.T / m + lambd / m * W, dZ.sum(axis=1, keepdims=True) / m


# %% wrong="softmax_loss" says="the axis of length 1 is lost"
def softmax_loss(W, b, X, Y, lambd):
    m = X.shape[1]
    Z = W @ X + b
    dZ = softmax(Z) - Y
    cost = cross_entropy_from_logits(Z, Y) + lambd / (2 * m) * np.sum(W * W)
    return cost, dZ @ X.T / m + lambd / m * W, dZ.mean(axis=1)


# %% wrong="softmax_loss" says="cost of softmax_loss(W, b, X, Y, lambd)"
def softmax_loss(W, b, X, Y, lambd):
    m = X.shape[1]
    A = softmax(W @ X + b)
    cost = cross_entropy(A, Y) + lambd / (2 * m) * np.sum(W * W)
    return cost, (A - Y) @ X.T / m + lambd / m * W, (A - Y).sum(axis=1, keepdims=True) / m


# %% alternative="softmax_loss"
def softmax_loss(W, b, X, Y, lambd):
    m, cost, dW, db = X.shape[1], 0.0, lambd * W.astype(float), np.zeros(b.shape)
    for x, y in zip(X.T, Y.T, strict=True):
        z = W @ x + b[:, 0]
        top = z.max()
        cost += y @ (top - z) + np.log(np.exp(z - top).sum())
        dz = softmax(z[:, None])[:, 0] - y
        dW += np.outer(dz, x)
        db[:, 0] += dz
    return (cost + lambd / 2 * np.einsum("kj,kj->", W, W)) / m, dW / m, db / m


# %% alternative="softmax_loss"
def softmax_loss(W, b, X, Y, lambd):
    m = X.shape[1]
    V = np.concatenate([W, b], axis=1)
    U = np.concatenate([X, np.ones((1, m))])
    A = softmax(V @ U)
    dV = np.dot(A - Y, U.T) / m
    cost = cross_entropy_from_logits(V @ U, Y) + 0.5 * lambd * (np.asarray(W, float) ** 2).sum() / m
    return [cost, dV[:, :-1] + lambd * W / m, dV[:, -1].reshape(-1, 1)]


# %% wrong="as_logistic" says="this is for label 0"
def as_logistic(W, b):
    return (W[0] - W[1]).reshape(-1, 1), b[0, 0] - b[1, 0]


# %% wrong="as_logistic" says="the row of label 1 alone"
def as_logistic(W, b):
    return W[1].reshape(-1, 1).copy(), b[1, 0]


# %% wrong="as_logistic" says="the bias of label 1 alone"
def as_logistic(W, b):
    return (W[1] - W[0]).reshape(-1, 1), b[1, 0]


# %% wrong="as_logistic" says="transposed"
def as_logistic(W, b):
    return W[1:] - W[:1], b[1, 0] - b[0, 0]


# %% wrong="as_logistic" says="holds one number"
def as_logistic(W, b):
    return (W[1:] - W[:1]).T, b[1] - b[0]


# %% wrong="as_logistic" says="as_logistic(W, b)"
def as_logistic(W, b):
    return np.array([[2], [2.5], [-1]]), -0.5


# %% alternative="as_logistic"
def as_logistic(W, b):
    difference = np.array([[-1.0, 1.0]])
    return (difference @ W).T, (difference @ b).item()


# %% alternative="as_logistic"
def as_logistic(W, b):
    return np.array([[two - one] for one, two in zip(*W.tolist(), strict=True)]), float(b[1, 0]) - float(b[0, 0])


# %% wrong="train_network" says="costs[0] belongs to the first parameters"
def train_network(X, Y, parameters, learning_rate, steps):
    costs = []
    for _ in range(steps + 1):
        A, caches, L = X, [], len(parameters) // 2
        for layer in range(1, L + 1):
            W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
            Z = W @ A + b
            caches.append((A, W, b, Z))
            A = np.maximum(0, Z)
        costs.append(cross_entropy_from_logits(Z, Y))
        if len(costs) <= steps:
            parameters = dense.update(parameters, dense.deep_backward(softmax(Z), Y, caches), learning_rate)
    return parameters, costs[1:]


# %% wrong="train_network" says="this is one step, not two"
def train_network(X, Y, parameters, learning_rate, steps):
    costs, p = [], parameters
    for _ in range(steps):
        parameters = p
        A, caches, L = X, [], len(parameters) // 2
        for layer in range(1, L + 1):
            W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
            Z = W @ A + b
            caches.append((A, W, b, Z))
            A = np.maximum(0, Z)
        costs.append(cross_entropy_from_logits(Z, Y))
        p = dense.update(parameters, dense.deep_backward(softmax(Z), Y, caches), learning_rate)
    return parameters, costs


# %% wrong="train_network" says="goes uphill"
def train_network(X, Y, parameters, learning_rate, steps):
    costs, first = [], None
    for _ in range(steps):
        A, caches, L = X, [], len(parameters) // 2
        for layer in range(1, L + 1):
            W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
            Z = W @ A + b
            caches.append((A, W, b, Z))
            A = np.maximum(0, Z)
        costs.append(cross_entropy_from_logits(Z, Y))
        parameters = dense.update(parameters, dense.deep_backward(softmax(Z), Y, caches), -learning_rate)
    return parameters, [0.6931471806, 0.5187464376]


# %% wrong="train_network" says="L = 2"
def train_network(X, Y, parameters, learning_rate, steps):
    costs = []
    for _ in range(steps):
        A, caches, L = X, [], len(parameters) // 2
        for layer in range(1, L + 1):
            W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
            Z = W @ A + b
            caches.append((A, W, b, Z))
            A = Z
        costs.append(cross_entropy_from_logits(Z, Y))
        parameters = dense.update(parameters, dense.deep_backward(softmax(Z), Y, caches), learning_rate)
    return parameters, costs


# %% wrong="train_network" says="with L = 11"
def train_network(X, Y, parameters, learning_rate, steps):
    parameters, costs = {key: value.copy() for key, value in sorted(parameters.items())}, []
    L = len(parameters) // 2
    for _ in range(steps):
        A, caches = X, []
        for W, b in zip(list(parameters.values())[:L], list(parameters.values())[L:], strict=True):
            Z = W @ A + b
            caches.append((A, W, b, Z))
            A = np.maximum(0, Z)
        costs.append(cross_entropy_from_logits(Z, Y))
        parameters = dense.update(parameters, dense.deep_backward(softmax(Z), Y, caches), learning_rate)
    return parameters, costs


# %% wrong="train_network" says="with a rate at which the cost rises"
def train_network(X, Y, parameters, learning_rate, steps):
    costs = []
    for _ in range(steps):
        A, caches, L = X, [], len(parameters) // 2
        for layer in range(1, L + 1):
            W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
            Z = W @ A + b
            caches.append((A, W, b, Z))
            A = np.maximum(0, Z)
        costs.append(cross_entropy(softmax(Z), Y))
        parameters = dense.update(parameters, dense.deep_backward(softmax(Z), Y, caches), learning_rate)
    return parameters, costs


# %% alternative="train_network"
def train_network(X, Y, parameters, learning_rate, steps):
    p = {key: np.array(value, dtype=float) for key, value in parameters.items()}
    L, m, costs = len(p) // 2, X.shape[1], []
    for _ in range(steps):
        activations = [X]
        for n in range(1, L):
            activations.append(np.maximum(p[f"W{n}"] @ activations[-1] + p[f"b{n}"], 0))
        Z = p[f"W{L}"] @ activations[-1] + p[f"b{L}"]
        costs.append(float(cross_entropy_from_logits(Z, Y)))
        delta = (softmax(Z) - Y) / m
        for n in range(L, 0, -1):
            before = p[f"W{n}"].T @ delta * (activations[n - 1] > 0)
            p[f"W{n}"] = p[f"W{n}"] - learning_rate * delta @ activations[n - 1].T
            p[f"b{n}"] = p[f"b{n}"] - learning_rate * delta.sum(axis=1, keepdims=True)
            delta = before
    return p, costs


# %% alternative="train_network"
def train_network(X, Y, parameters, learning_rate, steps):
    if steps == 0:
        return parameters, []
    number = len(parameters) // 2
    A, caches = X, []
    for layer in range(number - 1):
        A, cache = dense.linear_activation_forward(A, parameters[f"W{layer + 1}"], parameters[f"b{layer + 1}"], "relu")
        caches += [cache]
    Z = np.dot(parameters[f"W{number}"], A) + parameters[f"b{number}"]
    caches += [(A, parameters[f"W{number}"], parameters[f"b{number}"], Z)]
    grads = dense.deep_backward(softmax(Z), Y, caches)
    after = {key: parameters[key] - learning_rate * grads["d" + key] for key in parameters}
    last, costs = train_network(X, Y, after, learning_rate, steps - 1)
    return last, [cross_entropy_from_logits(Z, Y), *costs]
