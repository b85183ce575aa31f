# %% wrong="cooccurrence" says="counts 1 / d"
def cooccurrence(corpus, window, n_v):
    X = np.zeros((n_v, n_v))
    for sentence in corpus:
        for d in range(1, min(window + 1, len(sentence))):
            np.add.at(X, (sentence[:-d], sentence[d:]), 1)
    return X + X.T


# %% wrong="cooccurrence" says="words before count too"
def cooccurrence(corpus, window, n_v):
    X = np.zeros((n_v, n_v))
    for sentence in corpus:
        for d in range(1, min(window + 1, len(sentence))):
            np.add.at(X, (sentence[:-d], sentence[d:]), 1 / d)
    return X


# %% wrong="cooccurrence" says="may be a pair again"
def cooccurrence(corpus, window, n_v):
    X = np.zeros((n_v, n_v))
    for sentence in corpus:
        for s, word in enumerate(sentence):
            for t in range(max(0, s - window), min(len(sentence), s + window + 1)):
                if s != t:
                    X[word, sentence[t]] = max(X[word, sentence[t]], 1 / abs(s - t))
    return X


# %% wrong="cooccurrence" says="a sentence ends the window"
def cooccurrence(corpus, window, n_v):
    X, line = np.zeros((n_v, n_v)), np.concatenate(corpus)
    for d in range(1, min(window + 1, len(line))):
        np.add.at(X, (line[:-d], line[d:]), 1 / d)
    return X + X.T


# %% wrong="cooccurrence" says="both of two equal words"
def cooccurrence(corpus, window, n_v):
    X = np.zeros((n_v, n_v))
    for sentence in corpus:
        for d in range(1, min(window + 1, len(sentence))):
            np.add.at(X, (sentence[:-d], sentence[d:]), 1 / d)
    return X + X.T - np.diag(np.diag(X))


# %% wrong="cooccurrence" says="twice at one distance"
def cooccurrence(corpus, window, n_v):
    X = np.zeros((n_v, n_v))
    for sentence in corpus:
        for d in range(1, min(window + 1, len(sentence))):
            X[sentence[:-d], sentence[d:]] += 1 / d
    return X + X.T


# %% alternative="cooccurrence"
def cooccurrence(corpus, window, n_v):
    X = np.zeros(n_v * n_v)
    for sentence in corpus:
        places = np.arange(len(sentence))
        gap = np.abs(places[:, None] - places)
        s, t = np.nonzero((gap > 0) & (gap <= window))
        X += np.bincount(sentence[s] * n_v + sentence[t], weights=1 / gap[s, t], minlength=n_v * n_v)
    return X.reshape(n_v, n_v)


# %% alternative="cooccurrence"
def cooccurrence(corpus, window, n_v):
    counts = {}
    for sentence in corpus:
        line = sentence.tolist()
        for s, word in enumerate(line):
            for distance, other in enumerate(line[s + 1 : s + 1 + window], start=1):
                for pair in ((word, other), (other, word)):
                    counts[pair] = counts.get(pair, 0.0) + 1 / distance
    X = np.zeros((n_v, n_v))
    for pair, count in counts.items():
        X[pair] = count
    return X


# %% wrong="cooccurrence_ratios" says="divide each row by its sum first"
def cooccurrence_ratios(X, i, j):
    if np.sum(X[i]) == 0 or np.sum(X[j]) == 0:
        raise ValueError("no co-occurrences")
    with np.errstate(divide="ignore", invalid="ignore"):
        return X[i] / X[j]


# %% wrong="cooccurrence_ratios" says="word j stands below the line"
def cooccurrence_ratios(X, i, j):
    if np.sum(X[i]) == 0 or np.sum(X[j]) == 0:
        raise ValueError("no co-occurrences")
    with np.errstate(divide="ignore", invalid="ignore"):
        return (X[j] / np.sum(X[j])) / (X[i] / np.sum(X[i]))


# %% wrong="cooccurrence_ratios" says="expected inf"
def cooccurrence_ratios(X, i, j):
    if np.sum(X[i]) == 0 or np.sum(X[j]) == 0:
        raise ValueError("no co-occurrences")
    return (X[i] / np.sum(X[i])) / (X[j] / np.sum(X[j]) + 1e-12)


# %% wrong="cooccurrence_ratios" says="expected nan"
def cooccurrence_ratios(X, i, j):
    if np.sum(X[i]) == 0 or np.sum(X[j]) == 0:
        raise ValueError("no co-occurrences")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num((X[i] / np.sum(X[i])) / (X[j] / np.sum(X[j])), nan=1, posinf=np.inf)


# %% wrong="cooccurrence_ratios" says="ValueError"
def cooccurrence_ratios(X, i, j):
    with np.errstate(divide="ignore", invalid="ignore"):
        return (X[i] / np.sum(X[i])) / (X[j] / np.sum(X[j]))


# %% wrong="cooccurrence_ratios" says="ratio itself, not its logarithm"
def cooccurrence_ratios(X, i, j):
    if np.sum(X[i]) == 0 or np.sum(X[j]) == 0:
        raise ValueError("no co-occurrences")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(X[i] / np.sum(X[i])) - np.log(X[j] / np.sum(X[j]))


# %% alternative="cooccurrence_ratios"
def cooccurrence_ratios(X, i, j):
    above, below = np.asarray(X[i], float), np.asarray(X[j], float)
    if not above.any() or not below.any():
        raise ValueError("no co-occurrences")
    found = np.where(above > 0, np.inf, np.nan)
    there = below > 0
    found[there] = above[there] / below[there] * (below.sum() / above.sum())
    return found


# %% alternative="cooccurrence_ratios"
def cooccurrence_ratios(X, i, j):
    def probabilities(row):
        total = sum(float(x) for x in row)
        if total == 0:
            raise ValueError("no co-occurrences")
        return [float(x) / total for x in row]

    pairs = zip(probabilities(X[i]), probabilities(X[j]), strict=True)
    return np.array([a / b if b > 0 else (np.inf if a > 0 else np.nan) for a, b in pairs])


# %% wrong="ppmi_svd" says="natural logarithm"
def ppmi_svd(X, k, power):
    columns = np.sum(X, axis=0) ** power
    chance = np.sum(X, axis=1, keepdims=True) * (columns / np.sum(columns))
    M = np.log2(np.maximum(np.divide(X, chance, out=np.zeros(X.shape), where=chance > 0), 1))
    U, sigma, _ = np.linalg.svd(M)
    return M, (U[:, :k] * sigma[:k]).T


# %% wrong="ppmi_svd" says="power belongs to the columns"
def ppmi_svd(X, k, power):
    rows = np.sum(X, axis=1, keepdims=True) ** power
    chance = np.sum(X, axis=0) * (rows / np.sum(rows))
    M = np.log(np.maximum(np.divide(X, chance, out=np.zeros(X.shape), where=chance > 0), 1))
    U, sigma, _ = np.linalg.svd(M)
    return M, (U[:, :k] * sigma[:k]).T


# %% wrong="ppmi_svd" says="multiply by the singular values"
def ppmi_svd(X, k, power):
    columns = np.sum(X, axis=0) ** power
    chance = np.sum(X, axis=1, keepdims=True) * (columns / np.sum(columns))
    M = np.log(np.maximum(np.divide(X, chance, out=np.zeros(X.shape), where=chance > 0), 1))
    U, _, _ = np.linalg.svd(M)
    return M, U[:, :k].T


# %% wrong="ppmi_svd" says="no square root of the singular values"
def ppmi_svd(X, k, power):
    columns = np.sum(X, axis=0) ** power
    chance = np.sum(X, axis=1, keepdims=True) * (columns / np.sum(columns))
    M = np.log(np.maximum(np.divide(X, chance, out=np.zeros(X.shape), where=chance > 0), 1))
    U, sigma, _ = np.linalg.svd(M)
    return M, (U[:, :k] * np.sqrt(sigma[:k])).T


# %% wrong="ppmi_svd" says="E^T E"
def ppmi_svd(X, k, power):
    columns = np.sum(X, axis=0) ** power
    chance = np.sum(X, axis=1, keepdims=True) * (columns / np.sum(columns))
    M = np.log(np.maximum(np.divide(X, chance, out=np.zeros(X.shape), where=chance > 0), 1))
    _, sigma, Vt = np.linalg.svd(M)
    return M, sigma[:k, None] * Vt[:k]


# %% wrong="ppmi_svd" says="not finite"
def ppmi_svd(X, k, power):
    columns = np.sum(X, axis=0) ** power
    with np.errstate(divide="ignore", invalid="ignore"):
        M = np.log(np.maximum(X / (np.sum(X, axis=1, keepdims=True) * (columns / np.sum(columns))), 1))
    U, sigma, _ = np.linalg.svd(np.nan_to_num(M))
    return M, (U[:, :k] * sigma[:k]).T


# %% alternative="ppmi_svd"
def ppmi_svd(X, k, power):
    X = np.asarray(X, float)
    S, weights = X.sum(), X.sum(axis=0) ** power
    with np.errstate(divide="ignore", invalid="ignore"):
        pmi = np.log(X / S) - np.log(X.sum(axis=1) / S)[:, None] - np.log(weights / weights.sum())
    M = np.where((X > 0) & (pmi > 0), pmi, 0)
    U, sigma, Vt = np.linalg.svd(M, full_matrices=False)
    return [M, -(U[:, :k] @ np.diag(sigma[:k])).T]


# %% alternative="ppmi_svd"
def ppmi_svd(X, k, power):
    n_v, rows = len(X), X.sum(axis=1)
    q = np.array([float(total) ** power for total in X.sum(axis=0)])
    q = q / q.sum()
    M = np.zeros((n_v, n_v))
    for i in range(n_v):
        for j in range(n_v):
            if X[i, j] > 0:
                M[i, j] = max(np.log(X[i, j] / rows[i] / q[j]), 0)
    _, _, Vt = np.linalg.svd(M)
    return M, (M @ Vt[:k].T).T


# %% wrong="weighting" says="the power is missing"
def weighting(X, x_max, alpha):
    return np.where(X > 0, np.minimum(X / x_max, 1), 0)


# %% wrong="weighting" says="never be above 1"
def weighting(X, x_max, alpha):
    return np.where(X > 0, (X / x_max) ** alpha, 0)


# %% wrong="weighting" says="before the power"
def weighting(X, x_max, alpha):
    return np.where(X >= x_max, 1.0, X**alpha / x_max)


# %% wrong="weighting" says="also here"
def weighting(X, x_max, alpha):
    return np.minimum(X / x_max, 1) ** alpha


# %% wrong="weighting" says="from x_max on"
def weighting(X, x_max, alpha):
    return np.where((X > 0) & (X <= x_max), (X / x_max) ** alpha, 0)


# %% wrong="weighting" says="whole numbers"
def weighting(X, x_max, alpha):
    found = np.zeros_like(X)
    found[X > 0] = np.minimum(X[X > 0] / x_max, 1) ** alpha
    return found


# %% alternative="weighting"
def weighting(X, x_max, alpha):
    found = np.ones(np.shape(X))
    small = np.asarray(X) < x_max
    found[small] = (np.asarray(X, float)[small] / x_max) ** alpha
    found[np.asarray(X) == 0] = 0
    return found


# %% alternative="weighting"
def weighting(X, x_max, alpha):
    def f(x):
        if x == 0:
            return 0.0
        return (x / x_max) ** alpha if x < x_max else 1.0

    return np.array([f(float(x)) for x in np.ravel(X)]).reshape(np.shape(X))


# %% wrong="glove_loss" says="second bias is missing"
def glove_loss(parameters, X, weights):
    there = X > 0
    D = parameters["theta"].T @ parameters["E"] + parameters["b"]
    D = D - np.log(np.where(there, X, 1))
    G = np.where(there, 2 * weights * D, 0)
    grads = {"dtheta": parameters["E"] @ G.T, "dE": parameters["theta"] @ G}
    grads |= {"db": np.sum(G, axis=1, keepdims=True), "db_prime": np.sum(G, axis=0, keepdims=True)}
    return float(np.sum(G * D) / 2), grads


# %% wrong="glove_loss" says="the slope has a 2"
def glove_loss(parameters, X, weights):
    there = X > 0
    D = parameters["theta"].T @ parameters["E"] + parameters["b"] + parameters["b_prime"]
    D = D - np.log(np.where(there, X, 1))
    G = np.where(there, weights * D, 0)
    grads = {"dtheta": parameters["E"] @ G.T, "dE": parameters["theta"] @ G}
    grads |= {"db": np.sum(G, axis=1, keepdims=True), "db_prime": np.sum(G, axis=0, keepdims=True)}
    return float(np.sum(G * D)), grads


# %% wrong="glove_loss" says="theta belongs to the rows"
def glove_loss(parameters, X, weights):
    there = X > 0
    D = parameters["theta"].T @ parameters["E"] + parameters["b"] + parameters["b_prime"]
    D = D - np.log(np.where(there, X, 1))
    G = np.where(there, 2 * weights * D, 0)
    grads = {"dtheta": parameters["E"] @ G, "dE": parameters["theta"] @ G.T}
    grads |= {"db": np.sum(G, axis=1, keepdims=True), "db_prime": np.sum(G, axis=0, keepdims=True)}
    return float(np.sum(G * D) / 2), grads


# %% wrong="glove_loss" says="with a weight of 9"
def glove_loss(parameters, X, weights):
    D = parameters["theta"].T @ parameters["E"] + parameters["b"] + parameters["b_prime"]
    D = D - np.log(np.where(X > 0, X, 1))
    G = 2 * weights * D
    grads = {"dtheta": parameters["E"] @ G.T, "dE": parameters["theta"] @ G}
    grads |= {"db": np.sum(G, axis=1, keepdims=True), "db_prime": np.sum(G, axis=0, keepdims=True)}
    return float(np.sum(G * D) / 2), grads


# %% wrong="glove_loss" says="where are the weights"
def glove_loss(parameters, X, weights):
    there = X > 0
    D = parameters["theta"].T @ parameters["E"] + parameters["b"] + parameters["b_prime"]
    D = np.where(there, D - np.log(np.where(there, X, 1)), 0)
    G = 2 * D
    grads = {"dtheta": parameters["E"] @ G.T, "dE": parameters["theta"] @ G}
    grads |= {"db": np.sum(G, axis=1, keepdims=True), "db_prime": np.sum(G, axis=0, keepdims=True)}
    return float(np.sum(G * D) / 2), grads


# %% wrong="glove_loss" says="tiny counts"
def glove_loss(parameters, X, weights):
    there = X > 0
    D = parameters["theta"].T @ parameters["E"] + parameters["b"] + parameters["b_prime"]
    D = D - np.log(np.maximum(X, 1e-8))
    G = np.where(there, 2 * weights * D, 0)
    grads = {"dtheta": parameters["E"] @ G.T, "dE": parameters["theta"] @ G}
    grads |= {"db": np.sum(G, axis=1, keepdims=True), "db_prime": np.sum(G, axis=0, keepdims=True)}
    return float(np.sum(G * D) / 2), grads


# %% wrong="glove_loss" says="the sum, not the mean"
def glove_loss(parameters, X, weights):
    there = X > 0
    D = parameters["theta"].T @ parameters["E"] + parameters["b"] + parameters["b_prime"]
    D = D - np.log(np.where(there, X, 1))
    G = np.where(there, 2 * weights * D, 0) / X.size
    grads = {"dtheta": parameters["E"] @ G.T, "dE": parameters["theta"] @ G}
    grads |= {"db": np.sum(G, axis=1, keepdims=True), "db_prime": np.sum(G, axis=0, keepdims=True)}
    return float(np.sum(G * D) / 2), grads


# %% alternative="glove_loss"
def glove_loss(parameters, X, weights):
    theta, E = np.asarray(parameters["theta"], float), np.asarray(parameters["E"], float)
    rows, columns = np.nonzero(X)
    D = np.einsum("kp,kp->p", theta[:, rows], E[:, columns])
    D = D + parameters["b"][rows, 0] + parameters["b_prime"][0, columns] - np.log(X[rows, columns])
    f = weights[rows, columns]
    slopes = 2.0 * f * D
    grads = {f"d{key}": np.zeros(np.shape(value)) for key, value in parameters.items()}
    np.add.at(grads["dtheta"].T, rows, (slopes * E[:, columns]).T)
    np.add.at(grads["dE"].T, columns, (slopes * theta[:, rows]).T)
    np.add.at(grads["db"][:, 0], rows, slopes)
    np.add.at(grads["db_prime"][0], columns, slopes)
    return np.dot(f, D**2), grads


# %% alternative="glove_loss"
def glove_loss(parameters, X, weights):
    with np.errstate(divide="ignore"):
        L = np.log(X)
    D = np.einsum("ki,kj->ij", parameters["theta"], parameters["E"]) + parameters["b"] + parameters["b_prime"] - L
    D[np.asarray(X) == 0] = 0
    G = D * weights * 2
    ones = np.ones((len(G), 1))
    return [
        (D * D * weights).sum(),
        {
            "db_prime": ones.T @ G,
            "db": G @ ones,
            "dE": np.einsum("ki,ij->kj", parameters["theta"], G),
            "dtheta": np.einsum("kj,ij->ki", parameters["E"], G),
        },
    ]


# %% wrong="adagrad_step" says="add the square"
def adagrad_step(parameters, grads, s, learning_rate):
    s = {key: s[key] + grads[f"d{key}"] for key in parameters}
    steps = {key: learning_rate * grads[f"d{key}"] / (np.sqrt(np.abs(s[key])) + 1e-8) for key in parameters}
    return {key: parameters[key] - steps[key] for key in parameters}, s


# %% wrong="adagrad_step" says="new s stands under the root"
def adagrad_step(parameters, grads, s, learning_rate):
    new = {key: s[key] + grads[f"d{key}"] ** 2 for key in parameters}
    steps = {key: learning_rate * grads[f"d{key}"] / (np.sqrt(s[key]) + 1e-8) for key in parameters}
    return {key: parameters[key] - steps[key] for key in parameters}, new


# %% wrong="adagrad_step" says="adds to the old s"
def adagrad_step(parameters, grads, s, learning_rate):
    s = {key: grads[f"d{key}"] ** 2 for key in parameters}
    steps = {key: learning_rate * grads[f"d{key}"] / (np.sqrt(s[key]) + 1e-8) for key in parameters}
    return {key: parameters[key] - steps[key] for key in parameters}, s


# %% wrong="adagrad_step" says="go against the gradient"
def adagrad_step(parameters, grads, s, learning_rate):
    s = {key: s[key] + grads[f"d{key}"] ** 2 for key in parameters}
    steps = {key: learning_rate * grads[f"d{key}"] / (np.sqrt(s[key]) + 1e-8) for key in parameters}
    return {key: parameters[key] + steps[key] for key in parameters}, s


# %% wrong="adagrad_step" says="after a gradient of 1e-8"
def adagrad_step(parameters, grads, s, learning_rate):
    s = {key: s[key] + grads[f"d{key}"] ** 2 for key in parameters}
    steps = {key: learning_rate * grads[f"d{key}"] / np.sqrt(s[key] + 1e-8) for key in parameters}
    return {key: parameters[key] - steps[key] for key in parameters}, s


# %% wrong="adagrad_step" says="the root is missing"
def adagrad_step(parameters, grads, s, learning_rate):
    s = {key: s[key] + grads[f"d{key}"] ** 2 for key in parameters}
    steps = {key: learning_rate * grads[f"d{key}"] / (s[key] + 1e-8) for key in parameters}
    return {key: parameters[key] - steps[key] for key in parameters}, s


# %% wrong="adagrad_step" says="not finite"
def adagrad_step(parameters, grads, s, learning_rate):
    s = {key: s[key] + grads[f"d{key}"] ** 2 for key in parameters}
    with np.errstate(invalid="ignore"):
        steps = {key: learning_rate * grads[f"d{key}"] / np.sqrt(s[key]) for key in parameters}
    return {key: parameters[key] - steps[key] for key in parameters}, s


# %% alternative="adagrad_step"
def adagrad_step(parameters, grads, s, learning_rate):
    new, sums = {}, {}
    for key, value in parameters.items():
        g = np.asarray(grads["d" + key], dtype=float)
        sums[key] = np.square(g) + s[key]
        new[key] = value - learning_rate / (sums[key] ** 0.5 + 1e-8) * g
    return new, sums


# %% alternative="adagrad_step"
def adagrad_step(parameters, grads, s, learning_rate):
    new = {key: np.array(value, dtype=float) for key, value in parameters.items()}
    sums = {key: np.array(s[key], dtype=float) for key in new}
    for key in new:
        for place in np.ndindex(new[key].shape):
            g = float(grads[f"d{key}"][place])
            sums[key][place] += g**2
            new[key][place] -= learning_rate * g / (np.sqrt(sums[key][place]) + 1e-8)
    return [new, sums]


# %% wrong="combine" says="half the sum"
def combine(parameters):
    return parameters["E"] + parameters["theta"]


# %% wrong="combine" says="do not round"
def combine(parameters):
    return (parameters["E"] + parameters["theta"]) // 2


# %% wrong="combine" says="E alone"
def combine(parameters):
    return parameters["E"].astype(float)


# %% wrong="combine" says="expected shape"
def combine(parameters):
    return np.concatenate([parameters["E"], parameters["theta"]])


# %% alternative="combine"
def combine(parameters):
    return np.mean([parameters["theta"], parameters["E"]], axis=0)


# %% alternative="combine"
def combine(parameters):
    theta = np.array(parameters["theta"], dtype=float)
    return theta + 0.5 * (parameters["E"] - theta)


# %% equivalent="cooccurrence" mutant="square results transposed" why="X is symmetric"
