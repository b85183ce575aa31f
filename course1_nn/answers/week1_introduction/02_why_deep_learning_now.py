# %% wrong="subsample" says="chosen twice; choose without replacement"
def subsample(X, Y, m, seed):
    columns = np.random.default_rng(seed).integers(0, X.shape[1], m)
    return X[:, columns], Y[:, columns]


# %% wrong="subsample" says="no pairs any more"
def subsample(X, Y, m, seed):
    rng = np.random.default_rng(seed)
    return X[:, rng.permutation(X.shape[1])[:m]], Y[:, rng.permutation(Y.shape[1])[:m]]


# %% wrong="subsample" says="is the generator started from `seed`?"
def subsample(X, Y, m, seed):
    return X[:, :m], Y[:, :m]


# %% wrong="subsample" says="are fractions lost?"
def subsample(X, Y, m, seed):
    columns = np.random.default_rng(seed).permutation(X.shape[1])[:m]
    X_m, Y_m = np.zeros((len(X), m), dtype=int), np.zeros((1, m), dtype=int)
    X_m[:], Y_m[:] = X[:, columns], Y[:, columns]
    return X_m, Y_m


# %% wrong="subsample" says="different choices of 62 seeds: expected 62, got 61"
def subsample(X, Y, m, seed):
    columns = np.random.default_rng(seed or 1).permutation(X.shape[1])[:m]
    return X[:, columns], Y[:, columns]


# %% wrong="subsample" says="different pairs among 6 columns"
def subsample(X, Y, m, seed):
    M = X.shape[1]
    start = np.random.default_rng(seed).integers(M)
    columns = [(start + i) % M for i in range(m)]
    return X[:, columns], Y[:, columns]


# %% alternative="subsample"
def subsample(X, Y, m, seed):
    both = np.random.RandomState(seed).permutation(np.vstack([X, Y]).T)[:m].T
    return both[:-1], both[-1:]


# %% alternative="subsample"
def subsample(X, Y, m, seed):
    rng, left, chosen = np.random.default_rng(seed), list(range(X.shape[1])), []
    while len(chosen) < m:
        chosen.append(left.pop(rng.integers(len(left))))
    return np.stack([X[:, i] for i in chosen], axis=1), np.array([[Y[0, i] for i in chosen]])


# %% wrong="learning_curve" says="is it transposed?"
def learning_curve(train, sizes, seeds, X, Y, X_test, Y_test):
    return np.array([[np.mean(train(*subsample(X, Y, m, seed), X_test) == Y_test) for seed in seeds] for m in sizes])


# %% wrong="learning_curve" says="must answer for X_test"
def learning_curve(train, sizes, seeds, X, Y, X_test, Y_test):
    choices = [[subsample(X, Y, m, seed) for m in sizes] for seed in seeds]
    return np.array([[np.mean(train(X_m, Y_m, X_m) == Y_m) for X_m, Y_m in row] for row in choices])


# %% wrong="learning_curve" says="use the seed itself"
def learning_curve(train, sizes, seeds, X, Y, X_test, Y_test):
    rows = range(len(seeds))
    return np.array([[np.mean(train(*subsample(X, Y, m, row), X_test) == Y_test) for m in sizes] for row in rows])


# %% wrong="learning_curve" says="how often train was called: expected 6, got 0"
def learning_curve(train, sizes, seeds, X, Y, X_test, Y_test):
    return np.array([[0.5, 0.25, 0.25], [0.5, 0.25, 0.25]])


# %% wrong="learning_curve" says="count the right answers"
def learning_curve(train, sizes, seeds, X, Y, X_test, Y_test):
    return np.array([[np.mean(train(*subsample(X, Y, m, s), X_test) != Y_test) for m in sizes] for s in seeds])


# %% wrong="learning_curve" says="divide them by that of test examples"
def learning_curve(train, sizes, seeds, X, Y, X_test, Y_test):
    return np.array([[np.sum(train(*subsample(X, Y, m, s), X_test) == Y_test) for m in sizes] for s in seeds])


# %% wrong="learning_curve" says="train got pairs that are not in X, Y"
def learning_curve(train, sizes, seeds, X, Y, X_test, Y_test):
    accuracies = np.zeros((len(seeds), len(sizes)))
    for row, column in np.ndindex(accuracies.shape):
        X_m, _ = subsample(X, Y, sizes[column], seeds[row])
        accuracies[row, column] = np.mean(train(X_m, Y[:, : sizes[column]], X_test) == Y_test)
    return accuracies


# %% alternative="learning_curve"
def learning_curve(train, sizes, seeds, X, Y, X_test, Y_test):
    def accuracy(seed, m):
        answers = train(*subsample(X, Y, m, seed), X_test)
        return sum(int(answers[0, i] == Y_test[0, i]) for i in range(Y_test.size)) / Y_test.size

    return np.array([[accuracy(seed, m) for m in sizes] for seed in seeds])


# %% alternative="learning_curve"
def learning_curve(train, sizes, seeds, X, Y, X_test, Y_test):
    accuracies = np.empty((len(seeds), len(sizes)))
    for row, column in np.ndindex(accuracies.shape):
        answers = train(*subsample(X, Y, sizes[column], seeds[row]), X_test)
        accuracies[row, column] = 1 - np.count_nonzero(answers - Y_test) / answers.size
    return accuracies


# %% wrong="sigmoid_gradient" says="this is the sigmoid itself"
def sigmoid_gradient(z):
    return sigmoid(z)


# %% wrong="sigmoid_gradient" says="put sigmoid(z), not z"
def sigmoid_gradient(z):
    return z * (1 - z)


# %% wrong="sigmoid_gradient" says="not finite"
def sigmoid_gradient(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


# %% wrong="sigmoid_gradient" says="z of shape (3, 5): expected shape (3, 5), got shape (5,)"
def sigmoid_gradient(z):
    return 0.25 if np.ndim(z) == 0 else np.array([0.04517666, 0.24026075, 0.25, 0.19661193, 0.07010372])


# %% alternative="sigmoid_gradient"
def sigmoid_gradient(z):
    return 1 / (2 + np.exp(z) + np.exp(-z))


# %% wrong="sigmoid_gradient" says="right to about"
def sigmoid_gradient(z):
    return (sigmoid(z + 1e-5) - sigmoid(z - 1e-5)) / 2e-5


# %% wrong="sigmoid_gradient" says="sigmoid_gradient([-3, -0.4, 0, 1, 2.5]): wrong value: this is the square"
def sigmoid_gradient(z):
    return sigmoid(z) ** 2 if np.ndim(z) else 0.25


# %% alternative="sigmoid_gradient"
def sigmoid_gradient(z):
    if np.ndim(z) == 0:
        return float(1 - np.tanh(z / 2) ** 2) / 4
    return np.array([sigmoid_gradient(entry) for entry in z])


# %% wrong="relu_gradient" says="this is ReLU itself"
def relu_gradient(z):
    return np.maximum(z, 0)


# %% wrong="relu_gradient" says="write > and not >="
def relu_gradient(z):
    return np.where(z >= 0, 1.0, 0.0)


# %% wrong="relu_gradient" says="truth value"
def relu_gradient(z):
    return 1 if z > 0 else 0


# %% wrong="relu_gradient" says="z of shape (3, 5): expected shape (3, 5), got shape (6,)"
def relu_gradient(z):
    return int(z > 0) if np.ndim(z) == 0 else np.array([0, 0, 1, 1, 0, 1])


# %% wrong="relu_gradient" says="expected numbers, got True and False"
def relu_gradient(z):
    return np.asarray(z) > 0


# %% wrong="relu_gradient" says="with numbers of size 1e-12"
def relu_gradient(z):
    return np.where(np.asarray(z) > 1e-9, 1, 0)


# %% alternative="relu_gradient"
def relu_gradient(z):
    return np.heaviside(z, 0)


# %% alternative="relu_gradient"
def relu_gradient(z):
    return (z > 0) * 1


# %% wrong="gradient_at_depth" says="multiply each by those of all later layers"
def gradient_at_depth(layers, activation):
    gradients = {"sigmoid": sigmoid_gradient, "relu": relu_gradient}
    return np.array([float(gradients[activation](z)) for z in layers])


# %% wrong="gradient_at_depth" says="begin with the last layer, not the first"
def gradient_at_depth(layers, activation):
    gradient = sigmoid_gradient if activation == "sigmoid" else relu_gradient
    return np.cumprod(gradient(np.array(layers)))


# %% wrong="gradient_at_depth" says="expected a ValueError, got the answer"
def gradient_at_depth(layers, activation):
    gradient = sigmoid_gradient if activation == "sigmoid" else relu_gradient
    return np.cumprod(gradient(np.array(layers[::-1])))[::-1]


# %% wrong="gradient_at_depth" says="gradient_at_depth(layers, activation): expected shape (3,), got shape (4,)"
def gradient_at_depth(layers, activation):
    if activation == "tanh":
        raise ValueError
    return np.array([0, 0, 1] if activation == "relu" else [0.00121279493, 0.0048511797, 0.0246738823, 0.235003712])


# %% wrong="gradient_at_depth" says="gradient_at_depth([1, 2], 'ReLU'): expected a ValueError, got the answer"
def gradient_at_depth(layers, activation):
    gradient = {"sigmoid": sigmoid_gradient, "relu": relu_gradient}.get(activation.lower())
    if gradient is None:
        raise ValueError("unknown activation")
    return np.cumprod([gradient(z) for z in layers[::-1]])[::-1]


# %% wrong="gradient_at_depth" says="changes its argument layers in place"
def gradient_at_depth(layers, activation):
    gradient = {"sigmoid": sigmoid_gradient, "relu": relu_gradient}[activation]
    layers.reverse()
    return np.cumprod([gradient(z) for z in layers])[::-1]


# %% alternative="gradient_at_depth"
def gradient_at_depth(layers, activation):
    if activation not in ("sigmoid", "relu"):
        raise ValueError("activation must be sigmoid or relu")
    slopes = sigmoid_gradient(np.array(layers)) if activation == "sigmoid" else relu_gradient(np.array(layers))
    return np.cumprod(slopes[::-1])[::-1]


# %% alternative="gradient_at_depth"
def gradient_at_depth(layers, activation):
    gradient = {"sigmoid": sigmoid_gradient, "relu": relu_gradient}.get(activation)
    if gradient is None:
        raise ValueError(activation)
    return np.array([np.prod([gradient(z) for z in layers[layer:]]) for layer in range(len(layers))])


# %% wrong="time_per_call" says="keep the shortest, not the mean"
def time_per_call(function, repeat, clock=time.perf_counter):
    begin = clock()
    for _ in range(repeat):
        function()
    return (clock() - begin) / repeat


# %% wrong="time_per_call" says="this is the first time"
def time_per_call(function, repeat, clock=time.perf_counter):
    begin, times = clock(), []
    for _ in range(repeat):
        function()
        times.append(clock() - begin)
    return min(times)


# %% wrong="time_per_call" says="the clock that was handed over is never read"
def time_per_call(function, repeat, clock=time.perf_counter):
    import timeit

    return min(timeit.repeat(function, number=1, repeat=repeat))


# %% wrong="time_per_call" says="number of calls of the function: expected 5, got 6"
def time_per_call(function, repeat, clock=time.perf_counter):
    function()
    times = []
    for _ in range(repeat):
        begin = clock()
        function()
        times.append(clock() - begin)
    return min(times)


# %% wrong="time_per_call" says="a call needs brackets"
def time_per_call(function, repeat, clock=time.perf_counter):
    times = []
    for _ in range(repeat):
        begin = clock()
        function  # noqa: B018
        times.append(clock() - begin)
    return min(times)


# %% wrong="time_per_call" says="repeat=1"
def time_per_call(function, repeat, clock=time.perf_counter):
    for _ in range(repeat):
        clock()
        function()
    return 0.125


# %% alternative="time_per_call"
def time_per_call(function, repeat, clock=time.perf_counter):
    import timeit

    return min(timeit.repeat(function, timer=clock, number=1, repeat=repeat))


# %% alternative="time_per_call"
def time_per_call(function, repeat, clock=time.perf_counter):
    readings = [clock()]
    for _ in range(repeat):
        function()
        readings.append(clock())
    return np.diff(readings).min()


# %% equivalent="relu_gradient" mutant="arguments clipped at 10" why="the slope depends on the sign alone"
# %% equivalent="relu_gradient" mutant="number type of the first argument" why="0 and 1 are the same in every type"
