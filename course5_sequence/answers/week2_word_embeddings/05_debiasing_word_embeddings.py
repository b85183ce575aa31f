# %% wrong="bias_direction" says="it points from the second"
def bias_direction(A, B):
    D = B - A
    g = np.linalg.svd(D)[0][:, 0]
    return -g * np.sign(np.sum(g @ D))


# %% wrong="bias_direction" says="length must be 1"
def bias_direction(A, B):
    D = B - A
    g = np.linalg.svd(D)[0][:, 0]
    g = g * np.sign(np.sum(g @ D))
    return g / np.abs(g).max()


# %% wrong="bias_direction" says="subtract the mean"
def bias_direction(A, B):
    D = B - A
    D = D - D.mean(axis=1, keepdims=True)
    g = np.linalg.svd(D)[0][:, 0]
    return g * np.sign(np.sum(g @ (B - A)) + 1e-30)


# %% wrong="bias_direction" says="this is their mean"
def bias_direction(A, B):
    D = (B - A).mean(axis=1)
    return D / np.linalg.norm(D)


# %% wrong="bias_direction" says="bias_direction(A, B)"
def bias_direction(A, B):
    D = B - A
    g = np.linalg.svd(D)[0][:, 0]
    return g if (g @ D)[0] > 0 else -g


# %% wrong="bias_direction" says="long differences count more"
def bias_direction(A, B):
    D = B - A
    D = D / np.maximum(np.linalg.norm(D, axis=0), 1e-12)
    g = np.linalg.svd(D)[0][:, 0]
    return g * np.sign(np.sum(g @ D))


# %% alternative="bias_direction"
def bias_direction(A, B):
    D = np.asarray(B - A, float)
    values, U = np.linalg.eigh(D @ D.T)
    g = U[:, np.argmax(values)]
    return -g if (g @ D).sum() < 0 else g


# %% alternative="bias_direction"
def bias_direction(A, B):
    D = (B - A) / np.abs(B - A).max()
    _, _, Vt = np.linalg.svd(D.T, full_matrices=False)
    g = Vt[0]
    return g / np.linalg.norm(g) * (1 if sum(float(g @ d) for d in D.T) > 0 else -1)


# %% wrong="neutralize" says="divide by the square of the length"
def neutralize(V, g):
    return V - np.outer(g, g @ V)


# %% wrong="neutralize" says="not by the length"
def neutralize(V, g):
    return V - np.outer(g, g @ V) / np.linalg.norm(g)


# %% wrong="neutralize" says="this is the part along g"
def neutralize(V, g):
    return np.outer(g, g @ V) / (g @ g)


# %% wrong="neutralize" says="neutralize(V, g)"
def neutralize(V, g):
    return V - np.outer(g, g @ V) / (g @ g + 1e-12)


# %% wrong="neutralize" says="with g = (1, 1)"
def neutralize(V, g):
    V = V.astype(float)
    V[np.argmax(np.abs(g))] = 0
    return V


# %% alternative="neutralize"
def neutralize(V, g):
    unit = g / np.linalg.norm(g)
    return (np.eye(len(g)) - unit[:, None] * unit) @ V


# %% alternative="neutralize"
def neutralize(V, g):
    unit = np.asarray(g, float) / np.sqrt(np.sum(np.asarray(g, float) ** 2))
    return np.stack([v - np.dot(v, unit) * unit for v in V.T], axis=1)


# %% wrong="equalize" says="on the other side"
def equalize(a, b, g):
    unit = g / np.linalg.norm(g)
    mu = (a + b) / 2
    common = mu - (mu @ unit) * unit
    along = np.sqrt(1 - common @ common) * unit
    return common + along, common - along


# %% wrong="equalize" says="length must be 1"
def equalize(a, b, g):
    unit = g / np.linalg.norm(g)
    mu = (a + b) / 2
    common = mu - (mu @ unit) * unit
    return common + ((a - mu) @ unit) * unit, common + ((b - mu) @ unit) * unit


# %% wrong="equalize" says="it keeps its own part"
def equalize(a, b, g):
    unit = g / np.linalg.norm(g)
    mu = (a + b) / 2
    common = mu - (mu @ unit) * unit
    return common + (a @ unit) * unit, common + (b @ unit) * unit


# %% wrong="equalize" says="out of the mean"
def equalize(a, b, g):
    unit = g / np.linalg.norm(g)
    mu = (a + b) / 2
    common = mu - (mu @ unit) * unit
    along = np.sqrt(1 - common @ common) * unit
    return mu + np.sign((a - mu) @ unit) * along, mu + np.sign((b - mu) @ unit) * along


# %% wrong="equalize" says="of equalize(a, b, g)"
def equalize(a, b, g):
    unit = g / np.linalg.norm(g)
    mu = (a + b) / 2
    common = mu - (mu @ unit) * unit
    along = np.sqrt(1 - common @ common) * unit
    return common + np.sign(a @ unit) * along, common + np.sign(b @ unit) * along


# %% alternative="equalize"
def equalize(a, b, g):
    unit = g / np.linalg.norm(g)
    mu = (a + b) / 2
    common = mu - (mu @ unit) * unit
    length = float(max(0, 1 - np.sum(common**2))) ** 0.5
    first = 1 if a @ unit > b @ unit else -1
    return common + first * length * unit, common - first * length * unit


# %% alternative="equalize"
def equalize(a, b, g):
    g = np.asarray(g, float)
    g = g / np.abs(g).max()
    projections = [np.dot(e, g) / np.dot(g, g) * g for e in (a, b)]
    common = ((a - projections[0]) + (b - projections[1])) / 2
    difference = projections[0] - projections[1]
    along = difference / np.linalg.norm(difference) * np.sqrt(1 - np.linalg.norm(common) ** 2)
    return [common + along, common - along]


# %% wrong="associations" says="cosines, not products"
def associations(W, A, B):
    return np.mean(W.T @ A, axis=1) - np.mean(W.T @ B, axis=1)


# %% wrong="associations" says="means, not sums"
def associations(W, A, B):
    W, A, B = (V / np.linalg.norm(V, axis=0) for V in (W, A, B))
    return np.sum(W.T @ A, axis=1) - np.sum(W.T @ B, axis=1)


# %% wrong="associations" says="A minus B"
def associations(W, A, B):
    W, A, B = (V / np.linalg.norm(V, axis=0) for V in (W, A, B))
    return np.mean(W.T @ B, axis=1) - np.mean(W.T @ A, axis=1)


# %% wrong="associations" says="associations(W, A, B)"
def associations(W, A, B):
    a, b = A.mean(axis=1), B.mean(axis=1)
    lengths = np.linalg.norm(W, axis=0)
    return a @ W / lengths / np.linalg.norm(a) - b @ W / lengths / np.linalg.norm(b)


# %% wrong="associations" says="associations(W, A, B)"
def associations(W, A, B):
    W, A, B = (V / (np.linalg.norm(V, axis=0) + 1e-8) for V in (W, A, B))
    return np.mean(W.T @ A, axis=1) - np.mean(W.T @ B, axis=1)


# %% alternative="associations"
def associations(W, A, B):
    W, A, B = (V / np.linalg.norm(V, axis=0) for V in (W, A, B))
    return (A.mean(axis=1) - B.mean(axis=1)) @ W


# %% alternative="associations"
def associations(W, A, B):
    def cosine(x, y):
        return float(x @ y) / (np.linalg.norm(x) * np.linalg.norm(y))

    W, A, B = (np.asarray(V, float) for V in (W, A, B))
    return np.array([np.mean([cosine(w, a) for a in A.T]) - np.mean([cosine(w, b) for b in B.T]) for w in W.T])


# %% wrong="effect_size" says="that with n - 1"
def effect_size(s_X, s_Y):
    return (np.mean(s_X) - np.mean(s_Y)) / np.std(np.concatenate([s_X, s_Y]))


# %% wrong="effect_size" says="not Y minus X"
def effect_size(s_X, s_Y):
    return (np.mean(s_Y) - np.mean(s_X)) / np.std(np.concatenate([s_X, s_Y]), ddof=1)


# %% wrong="effect_size" says="not by the variance"
def effect_size(s_X, s_Y):
    return (np.mean(s_X) - np.mean(s_Y)) / np.var(np.concatenate([s_X, s_Y]), ddof=1)


# %% wrong="effect_size" says="effect_size of"
def effect_size(s_X, s_Y):
    pooled = np.sqrt((np.var(s_X, ddof=1) + np.var(s_Y, ddof=1)) / 2)
    return (np.mean(s_X) - np.mean(s_Y)) / pooled


# %% alternative="effect_size"
def effect_size(s_X, s_Y):
    both = np.append(s_X, s_Y) * 1.0
    both -= both.mean()
    k = len(s_X)
    return (both[:k].mean() - both[k:].mean()) / np.sqrt(both @ both / (len(both) - 1))


# %% alternative="effect_size"
def effect_size(s_X, s_Y):
    import statistics

    both = [float(s) for s in s_X] + [float(s) for s in s_Y]
    return (statistics.mean(both[: len(s_X)]) - statistics.mean(both[len(s_X) :])) / statistics.stdev(both)


# %% wrong="effect_size" says="with numbers of about 1e-12"
def effect_size(s_X, s_Y):
    deviation = np.std(np.concatenate([s_X, s_Y]), ddof=1)
    if deviation < 1e-9:
        return 0.0
    return (np.mean(s_X) - np.mean(s_Y)) / deviation


# %% wrong="permutation_p" says="an equal difference counts"
def permutation_p(s_X, s_Y):
    both, n_X = np.concatenate([s_X, s_Y]), len(s_X)
    observed = np.mean(s_X) - np.mean(s_Y)
    chosen = np.array(list(combinations(range(len(both)), n_X)))
    sums = both[chosen].sum(axis=1)
    differences = sums / n_X - (both.sum() - sums) / len(s_Y)
    return np.mean(differences > observed + 1e-9)


# %% wrong="permutation_p" says="not smaller ones"
def permutation_p(s_X, s_Y):
    both, n_X = np.concatenate([s_X, s_Y]), len(s_X)
    observed = np.mean(s_X) - np.mean(s_Y)
    chosen = np.array(list(combinations(range(len(both)), n_X)))
    sums = both[chosen].sum(axis=1)
    differences = sums / n_X - (both.sum() - sums) / len(s_Y)
    return np.mean(differences <= observed + 1e-9)


# %% wrong="permutation_p" says="not their absolute values"
def permutation_p(s_X, s_Y):
    both, n_X = np.concatenate([s_X, s_Y]), len(s_X)
    observed = np.mean(s_X) - np.mean(s_Y)
    chosen = np.array(list(combinations(range(len(both)), n_X)))
    sums = both[chosen].sum(axis=1)
    differences = sums / n_X - (both.sum() - sums) / len(s_Y)
    return np.mean(np.abs(differences) >= abs(observed) - 1e-9)


# %% wrong="permutation_p" says="equal numbers are different words"
def permutation_p(s_X, s_Y):
    both, n_X = [*s_X, *s_Y], len(s_X)
    observed = np.mean(s_X) - np.mean(s_Y)
    chosen = set(combinations(sorted(both), n_X))
    found = [sum(each) / n_X - (sum(both) - sum(each)) / len(s_Y) >= observed - 1e-9 for each in chosen]
    return sum(found) / len(found)


# %% wrong="permutation_p" says="permutation_p"
def permutation_p(s_X, s_Y):
    rng, both, k = np.random.default_rng(0), np.concatenate([s_X, s_Y]), len(s_X)
    observed, count = np.mean(s_X) - np.mean(s_Y), 0
    for _ in range(300):
        dealt = rng.permutation(both)
        count += dealt[:k].mean() - dealt[k:].mean() >= observed - 1e-9
    return count / 300


# %% alternative="permutation_p"
def permutation_p(s_X, s_Y):
    both, k = np.append(s_X, s_Y).tolist(), len(s_X)
    threshold = sum(both[:k]) / k - sum(both[k:]) / len(s_Y) - 1e-9
    reached = total = 0
    for rest in combinations(range(len(both)), len(s_Y)):
        other = [both[j] for j in rest]
        total += 1
        reached += (sum(both) - sum(other)) / k - sum(other) / len(s_Y) >= threshold
    return reached / total


# %% alternative="permutation_p"
def permutation_p(s_X, s_Y):
    both, k = np.concatenate([s_X, s_Y]) * 1.0, len(s_X)
    threshold, count = np.sum(s_X) - 1e-9 * k * len(s_Y) / len(both), 0
    for places in combinations(range(len(both)), k):
        count += both[list(places)].sum() >= threshold
    return count / comb(len(both), k)


# %% equivalent="equalize" mutant="squeezed" why="vectors have at least two numbers"

# %% equivalent="permutation_p" mutant="only the first 100" why="at most 14 words are asked for"
