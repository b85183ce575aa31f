# %% wrong="stratified_split" says="of class"
def stratified_split(Y, fractions, seed):
    if min(fractions) <= 0 or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError
    m = Y.shape[1]
    cuts = np.rint(np.cumsum(fractions)[:-1] * m).astype(int)
    return np.split(np.random.default_rng(seed).permutation(m), cuts)


# %% wrong="stratified_split" says="expected a ValueError"
def stratified_split(Y, fractions, seed):
    rng, parts = np.random.default_rng(seed), [[] for _ in fractions]
    for label in np.unique(Y):
        members = rng.permutation(np.flatnonzero(Y[0] == label))
        pieces = np.split(members, np.rint(np.cumsum(fractions)[:-1] * len(members)).astype(int))
        for part, piece in zip(parts, pieces, strict=True):
            part.append(piece)
    return [np.concatenate(part) for part in parts]


# %% wrong="stratified_split" says="ValueError"
def stratified_split(Y, fractions, seed):
    if min(fractions) <= 0 or sum(fractions) != 1:
        raise ValueError("the fractions must add up to 1")
    rng, parts = np.random.default_rng(seed), [[] for _ in fractions]
    for label in np.unique(Y):
        members = rng.permutation(np.flatnonzero(Y[0] == label))
        pieces = np.split(members, np.rint(np.cumsum(fractions)[:-1] * len(members)).astype(int))
        for part, piece in zip(parts, pieces, strict=True):
            part.append(piece)
    return [np.concatenate(part) for part in parts]


# %% wrong="stratified_split" says="make rng before the loop"
def stratified_split(Y, fractions, seed):
    if min(fractions) <= 0 or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError
    parts = [[] for _ in fractions]
    for label in np.unique(Y):
        members = np.random.default_rng(seed).permutation(np.flatnonzero(Y[0] == label))
        pieces = np.split(members, np.rint(np.cumsum(fractions)[:-1] * len(members)).astype(int))
        for part, piece in zip(parts, pieces, strict=True):
            part.append(piece)
    return [np.concatenate(part) for part in parts]


# %% wrong="stratified_split" says="the draw in one class repeats in the next"
def stratified_split(Y, fractions, seed):
    if min(fractions) <= 0 or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError
    parts = [[] for _ in fractions]
    for label in np.unique(Y):
        members = np.flatnonzero(Y[0] == label)
        pieces = np.split(members, np.rint(np.cumsum(fractions)[:-1] * len(members)).astype(int))
        for part, piece in zip(parts, pieces, strict=True):
            part.append(piece)
    return [np.concatenate(part) for part in parts]


# %% wrong="stratified_split" says="gives another answer when called again"
def stratified_split(Y, fractions, seed):
    if min(fractions) <= 0 or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError
    parts = [[] for _ in fractions]
    for label in np.unique(Y):
        members = np.random.permutation(np.flatnonzero(Y[0] == label))
        pieces = np.split(members, np.rint(np.cumsum(fractions)[:-1] * len(members)).astype(int))
        for part, piece in zip(parts, pieces, strict=True):
            part.append(piece)
    return [np.concatenate(part) for part in parts]


# %% wrong="stratified_split" says="of a class with"
def stratified_split(Y, fractions, seed):
    if min(fractions) <= 0 or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError
    rng, parts = np.random.default_rng(seed), [[] for _ in fractions]
    for label in np.unique(Y):
        members = rng.permutation(np.flatnonzero(Y[0] == label)).tolist()
        for part, fraction in zip(parts[:-1], fractions, strict=False):
            for _ in range(int(fraction * np.sum(Y == label))):
                part.append(members.pop())
        parts[-1] += members
    return [np.array(part, dtype=int) for part in parts]


# %% alternative="stratified_split"
def stratified_split(Y, fractions, seed):
    total = 0.0
    for fraction in fractions:
        if not fraction > 0:
            raise ValueError("not above 0")
        total += fraction
    if not 1 - 1e-6 <= total <= 1 + 1e-6:
        raise ValueError("not 1")
    order = np.random.default_rng(seed).permutation(Y.shape[1]).tolist()
    parts = [[] for _ in fractions]
    for label in set(Y[0].tolist()):
        members = [i for i in order if Y[0, i] == label]
        begin, share = 0, 0.0
        for number, fraction in enumerate(fractions):
            share += fraction
            end = len(members) if number == len(fractions) - 1 else int(share * len(members) + 1e-9)
            parts[number] += members[begin:end]
            begin = end
    return [np.array(sorted(part), dtype=int) for part in parts]


# %% alternative="stratified_split"
def stratified_split(Y, fractions, seed):
    fractions = np.array(fractions, dtype=float)
    if (fractions <= 0).any() or not np.isclose(fractions.sum(), 1, rtol=0, atol=1e-6):
        raise ValueError
    rng = np.random.RandomState(seed)
    owner = np.empty(Y.size, dtype=int)
    for label in np.unique(Y):
        where = np.where(Y.ravel() == label)[0]
        rng.shuffle(where)
        places = (np.arange(len(where)) + 0.5) / len(where)
        owner[where] = np.minimum(np.searchsorted(np.cumsum(fractions), places), len(fractions) - 1)
    return tuple(np.flatnonzero(owner == number) for number in range(len(fractions)))


# %% wrong="find_duplicates" says="in the order of their first columns"
def find_duplicates(X):
    return np.unique(X, axis=1, return_inverse=True)[1].ravel()


# %% wrong="find_duplicates" says="compare whole columns, not the first row"
def find_duplicates(X):
    numbers = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in X[0].tolist()])


# %% wrong="find_duplicates" says="without gaps"
def find_duplicates(X):
    columns = [tuple(column) for column in X.T.tolist()]
    return np.array([columns.index(column) for column in columns])


# %% wrong="find_duplicates" says="the order of the rows matters"
def find_duplicates(X):
    numbers = {}
    return np.array([numbers.setdefault(tuple(sorted(column)), len(numbers)) for column in X.T.tolist()])


# %% wrong="find_duplicates" says="with 0.0 and -0.0"
def find_duplicates(X):
    numbers = {}
    return np.array([numbers.setdefault(column.tobytes(), len(numbers)) for column in X.T])


# %% wrong="find_duplicates" says="with columns that differ by 1e-12"
def find_duplicates(X):
    firsts, groups = [], []
    for column in X.T:
        for number, first in enumerate(firsts):
            if np.allclose(column, first):
                groups.append(number)
                break
        else:
            groups.append(len(firsts))
            firsts.append(column)
    return np.array(groups)


# %% wrong="find_duplicates" says="find_duplicates(X)"
def find_duplicates(X):
    return np.array([0, 1, 0, 2, 1, 3, 4])


# %% alternative="find_duplicates"
def find_duplicates(X):
    groups = np.full(X.shape[1], -1)
    count = 0
    for i in range(X.shape[1]):
        if groups[i] < 0:
            groups[(X == X[:, i : i + 1]).all(axis=0)] = count
            count += 1
    return groups


# %% alternative="find_duplicates"
def find_duplicates(X):
    _, first, inverse = np.unique(X + 0, axis=1, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=int)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[np.ravel(inverse)]


# %% wrong="k_fold_indices" says="that is a leak"
def k_fold_indices(groups, k, seed):
    if not 2 <= k <= len(np.unique(groups)):
        raise ValueError
    m = len(groups)
    folds = np.array_split(np.random.default_rng(seed).permutation(m), k)
    return [(np.setdiff1d(np.arange(m), fold), np.sort(fold)) for fold in folds]


# %% wrong="k_fold_indices" says="shuffle the groups"
def k_fold_indices(groups, k, seed):
    names = np.unique(groups)
    if not 2 <= k <= len(names):
        raise ValueError
    pairs = []
    for fold in np.array_split(names, k):
        inside = np.isin(groups, fold)
        pairs.append((np.flatnonzero(~inside), np.flatnonzero(inside)))
    return pairs


# %% wrong="k_fold_indices" says="must hold all 9 together"
def k_fold_indices(groups, k, seed):
    names = np.unique(groups)
    if not 2 <= k <= len(names):
        raise ValueError
    names = np.random.default_rng(seed).permutation(names)
    return [
        (np.flatnonzero(~np.isin(groups, fold)), np.array([list(groups).index(g) for g in fold]))
        for fold in np.array_split(names, k)
    ]


# %% wrong="k_fold_indices" says="expected a ValueError"
def k_fold_indices(groups, k, seed):
    names = np.random.default_rng(seed).permutation(np.unique(groups))
    pairs = []
    for fold in np.array_split(names, k):
        inside = np.isin(groups, fold)
        pairs.append((np.flatnonzero(~inside), np.flatnonzero(inside)))
    return pairs


# %% wrong="k_fold_indices" says="fold 0 has"
def k_fold_indices(groups, k, seed):
    names = np.random.default_rng(seed).permutation(np.unique(groups))
    if not 2 <= k <= len(names):
        raise ValueError
    size, pairs = len(names) // k, []
    for number in range(k):
        end = (number + 1) * size if number < k - 1 else len(names)
        inside = np.isin(groups, names[number * size : end][: size if number else 1])
        pairs.append((np.flatnonzero(~inside), np.flatnonzero(inside)))
    return pairs


# %% wrong="k_fold_indices" says="gives another answer when called again"
def k_fold_indices(groups, k, seed):
    names = np.unique(groups)
    if not 2 <= k <= len(names):
        raise ValueError
    np.random.shuffle(names)
    pairs = []
    for fold in np.array_split(names, k):
        inside = np.isin(groups, fold)
        pairs.append((np.flatnonzero(~inside), np.flatnonzero(inside)))
    return pairs


# %% alternative="k_fold_indices"
def k_fold_indices(groups, k, seed):
    known = groups.tolist()
    names = sorted(set(known))
    if k < 2 or k > len(names):
        raise ValueError("a k that does not suit the groups")
    np.random.default_rng(seed).shuffle(names)
    fold_of = {name: place % k for place, name in enumerate(names)}
    pairs = []
    for fold in range(k):
        dev = [i for i, name in enumerate(known) if fold_of[name] == fold]
        train = [i for i, name in enumerate(known) if fold_of[name] != fold]
        pairs.append([np.array(train), np.array(dev)])
    return tuple(pairs)


# %% alternative="k_fold_indices"
def k_fold_indices(groups, k, seed):
    names, member = np.unique(groups, return_inverse=True)
    if k not in range(2, len(names) + 1):
        raise ValueError
    rng = np.random.RandomState(seed)
    fold_of = np.arange(len(names)) % k
    rng.shuffle(fold_of)
    fold = fold_of[member]
    return [(np.where(fold != number)[0], np.where(fold == number)[0][::-1].copy()) for number in range(k)]


# %% wrong="diagnose" says="it is measured from the Bayes error"
def diagnose(train_error, dev_error, bayes_error=0.0, small=2.0):
    bias, variance = train_error, dev_error - train_error
    names = {(True, True): "both", (True, False): "high bias", (False, True): "high variance"}
    return bias, variance, names.get((bias > small, variance > small), "neither")


# %% wrong="diagnose" says="it is measured from the training error"
def diagnose(train_error, dev_error, bayes_error=0.0, small=2.0):
    bias, variance = train_error - bayes_error, dev_error - bayes_error
    names = {(True, True): "both", (True, False): "high bias", (False, True): "high variance"}
    return bias, variance, names.get((bias > small, variance > small), "neither")


# %% wrong="diagnose" says="a gap of exactly 2"
def diagnose(train_error, dev_error, bayes_error=0.0, small=2.0):
    bias, variance = train_error - bayes_error, dev_error - train_error
    names = {(True, True): "both", (True, False): "high bias", (False, True): "high variance"}
    return bias, variance, names.get((bias >= small, variance >= small), "neither")


# %% wrong="diagnose" says="diagnosis of diagnose(9, 4)"
def diagnose(train_error, dev_error, bayes_error=0.0, small=2.0):
    bias, variance = train_error - bayes_error, dev_error - train_error
    names = {(True, True): "both", (True, False): "high bias", (False, True): "high variance"}
    return bias, variance, names.get((abs(bias) > small, abs(variance) > small), "neither")


# %% wrong="diagnose" says="diagnosis of diagnose"
def diagnose(train_error, dev_error, bayes_error=0.0, small=2.0):
    bias, variance = train_error - bayes_error, dev_error - train_error
    if bias > small:
        return bias, variance, "high bias"
    return bias, variance, "high variance" if variance > small else "neither"


# %% wrong="diagnose" says="diagnosis of diagnose"
def diagnose(train_error, dev_error, bayes_error=0.0, small=2.0):
    bias, variance = train_error - bayes_error, dev_error - train_error
    names = {(True, True): "both", (True, False): "high bias", (False, True): "high variance"}
    return bias, variance, names.get((bias > 2, variance > 2), "neither")


# %% alternative="diagnose"
def diagnose(train_error, dev_error, bayes_error=0.0, small=2.0):
    high = [
        name
        for name, gap in (("bias", train_error - bayes_error), ("variance", dev_error - train_error))
        if gap > small
    ]
    told = "neither" if not high else "both" if len(high) == 2 else f"high {high[0]}"
    return [float(train_error) - float(bayes_error), float(dev_error) - float(train_error), told]


# %% alternative="diagnose"
def diagnose(train_error, dev_error, bayes_error=0.0, small=2.0):
    high_bias = train_error > bayes_error + small
    high_variance = dev_error > train_error + small
    index = 2 * int(high_bias) + int(high_variance)
    gaps = np.diff([bayes_error, train_error, dev_error])
    return gaps[0], gaps[1], ("neither", "high variance", "high bias", "both")[index]


# %% wrong="recipe_step" says="the bias comes first"
def recipe_step(diagnosis, n_h, m, n_h_max, m_max):
    if diagnosis not in ("high bias", "high variance", "both", "neither"):
        raise ValueError
    if diagnosis in ("high bias", "both"):
        n_h = min(2 * n_h, n_h_max)
    if diagnosis in ("high variance", "both"):
        m = min(2 * m, m_max)
    return n_h, m


# %% wrong="recipe_step" says="the bias comes first"
def recipe_step(diagnosis, n_h, m, n_h_max, m_max):
    if diagnosis not in ("high bias", "high variance", "both", "neither"):
        raise ValueError
    if diagnosis in ("high variance", "both"):
        return n_h, min(2 * m, m_max)
    return (min(2 * n_h, n_h_max) if diagnosis == "high bias" else n_h), m


# %% wrong="recipe_step" says="a bigger network helps against bias"
def recipe_step(diagnosis, n_h, m, n_h_max, m_max):
    if diagnosis not in ("high bias", "high variance", "both", "neither"):
        raise ValueError
    if diagnosis == "high bias":
        return n_h, min(2 * m, m_max)
    return (
        (n_h, min(2 * m, m_max))
        if diagnosis == "high variance"
        else (min(2 * n_h, n_h_max) if diagnosis == "both" else n_h, m)
    )


# %% wrong="recipe_step" says="there are only 150"
def recipe_step(diagnosis, n_h, m, n_h_max, m_max):
    if diagnosis not in ("high bias", "high variance", "both", "neither"):
        raise ValueError
    if diagnosis in ("high bias", "both"):
        return 2 * n_h if 2 * n_h <= n_h_max else n_h, m
    if diagnosis == "high variance":
        return n_h, 2 * m if 2 * m <= m_max else m
    return n_h, m


# %% wrong="recipe_step" says="more data do not help against bias"
def recipe_step(diagnosis, n_h, m, n_h_max, m_max):
    if diagnosis not in ("high bias", "high variance", "both", "neither"):
        raise ValueError
    if diagnosis in ("high bias", "both") and n_h < n_h_max:
        return min(2 * n_h, n_h_max), m
    return n_h, m if diagnosis == "neither" else min(2 * m, m_max)


# %% wrong="recipe_step" says="expected a ValueError"
def recipe_step(diagnosis, n_h, m, n_h_max, m_max):
    if diagnosis in ("high bias", "both"):
        n_h = min(2 * n_h, n_h_max)
    elif diagnosis == "high variance":
        m = min(2 * m, m_max)
    return n_h, m


# %% alternative="recipe_step"
def recipe_step(diagnosis, n_h, m, n_h_max, m_max):
    match diagnosis:
        case "high bias" | "both":
            n_h = n_h_max if 2 * n_h > n_h_max else 2 * n_h
        case "high variance":
            m = m_max if 2 * m > m_max else 2 * m
        case "neither":
            pass
        case _:
            raise ValueError(f"what is {diagnosis}?")
    return [n_h, m]


# %% alternative="recipe_step"
def recipe_step(diagnosis, n_h, m, n_h_max, m_max):
    factors = {"high bias": (2, 1), "both": (2, 1), "high variance": (1, 2), "neither": (1, 1)}
    if diagnosis not in factors:
        raise ValueError
    doubled = np.array([n_h, m]) * factors[diagnosis]
    return tuple(np.minimum(doubled, [n_h_max, m_max]))


# %% wrong="learning_curve" says="measure on the examples that the model was trained on"
def learning_curve(fit, error, X, Y, X_dev, Y_dev, sizes):
    models = [fit(X[:, :m], Y[:, :m]) for m in sizes]
    return np.array([error(p, X, Y) for p in models], float), np.array([error(p, X_dev, Y_dev) for p in models], float)


# %% wrong="learning_curve" says="this is the dev error"
def learning_curve(fit, error, X, Y, X_dev, Y_dev, sizes):
    models = [(fit(X[:, :m], Y[:, :m]), m) for m in sizes]
    train = np.array([error(p, X[:, :m], Y[:, :m]) for p, m in models], float)
    return np.array([error(p, X_dev, Y_dev) for p, m in models], float), train


# %% wrong="learning_curve" says="use all dev examples"
def learning_curve(fit, error, X, Y, X_dev, Y_dev, sizes):
    models = [(fit(X[:, :m], Y[:, :m]), m) for m in sizes]
    train = np.array([error(p, X[:, :m], Y[:, :m]) for p, m in models], float)
    return train, np.array([error(p, X_dev[:, :m], Y_dev[:, :m]) for p, m in models], float)


# %% wrong="learning_curve" says="fit must get the first 1, 2 and 4 columns"
def learning_curve(fit, error, X, Y, X_dev, Y_dev, sizes):
    train = [error(fit(X[:, :m], Y[:, :m]), X[:, :m], Y[:, :m]) for m in sizes]
    dev = [error(fit(X[:, :m], Y[:, :m]), X_dev, Y_dev) for m in sizes]
    return np.array(train, float), np.array(dev, float)


# %% wrong="learning_curve" says="fit must get the first 1, 2 and 4 columns"
def learning_curve(fit, error, X, Y, X_dev, Y_dev, sizes):
    models = [(fit(X[:m], Y[:m]), m) for m in sizes]
    train = np.array([error(p, X[:, :m], Y[:, :m]) for p, m in models], float)
    return train, np.array([error(p, X_dev, Y_dev) for p, m in models], float)


# %% wrong="learning_curve" says="the values are right but in the wrong places"
def learning_curve(fit, error, X, Y, X_dev, Y_dev, sizes):
    models = [(fit(X[:, :m], Y[:, :m]), m) for m in sorted(sizes)]
    train = np.array([error(p, X[:, :m], Y[:, :m]) for p, m in models], float)
    return train, np.array([error(p, X_dev, Y_dev) for p, m in models], float)


# %% alternative="learning_curve"
def learning_curve(fit, error, X, Y, X_dev, Y_dev, sizes):
    curves = np.zeros((2, len(sizes)))
    for place, m in enumerate(sizes):
        few = np.arange(X.shape[1]) < m
        model = fit(X[:, few], Y[:, few])
        curves[:, place] = error(model, X[:, few], Y[:, few]), error(model, X_dev, Y_dev)
    return curves[0], curves[1]


# %% alternative="learning_curve"
def learning_curve(fit, error, X, Y, X_dev, Y_dev, sizes):
    def point(m):
        examples = np.copy(X[:, :m]), np.copy(Y[:, :m])
        model = fit(*examples)
        return float(error(model, *examples)), float(error(model, X_dev, Y_dev))

    train, dev = zip(*map(point, sizes), strict=True)
    return np.asarray(train), np.asarray(dev)


# %% wrong="bias_variance" says="square at each point first"
def bias_variance(P, Y):
    return (P.mean() - Y.mean()) ** 2, P.var(axis=0).mean(), Y.var(axis=0).mean()


# %% wrong="bias_variance" says="the square is missing"
def bias_variance(P, Y):
    return np.mean(P.mean(axis=0) - Y.mean(axis=0)), P.var(axis=0).mean(), Y.var(axis=0).mean()


# %% wrong="bias_variance" says="divide by R, not by R - 1"
def bias_variance(P, Y):
    return np.mean((P.mean(axis=0) - Y.mean(axis=0)) ** 2), P.var(axis=0, ddof=1).mean(), Y.var(axis=0, ddof=1).mean()


# %% wrong="bias_variance" says="the spread is over the models"
def bias_variance(P, Y):
    return np.mean((P.mean(axis=0) - Y.mean(axis=0)) ** 2), P.var(axis=1).mean(), Y.var(axis=1).mean()


# %% wrong="bias_variance" says="this is the standard deviation"
def bias_variance(P, Y):
    return np.mean((P.mean(axis=0) - Y.mean(axis=0)) ** 2), P.std(axis=0).mean(), Y.std(axis=0).mean()


# %% wrong="bias_variance" says="bias_variance(P, Y)"
def bias_variance(P, Y):
    return 8.5, 4 / 3, 6.5


# %% alternative="bias_variance"
def bias_variance(P, Y):
    m, parts = P.shape[1], [0.0, 0.0, 0.0]
    for j in range(m):
        p, y = [float(v) for v in P[:, j]], [float(v) for v in Y[:, j]]
        mean_p, mean_y = sum(p) / len(p), sum(y) / len(y)
        parts[0] += (mean_p - mean_y) ** 2 / m
        parts[1] += sum((v - mean_p) ** 2 for v in p) / len(p) / m
        parts[2] += sum((v - mean_y) ** 2 for v in y) / len(y) / m
    return parts


# %% alternative="bias_variance"
def bias_variance(P, Y):
    P, Y = np.asarray(P, dtype=float), np.asarray(Y, dtype=float)
    p, y = P.mean(axis=0, keepdims=True), Y.mean(axis=0, keepdims=True)
    return np.square(p - y).mean(), np.einsum("rj,rj->", P - p, P - p) / P.size, ((Y - y) ** 2).sum() / Y.size


# %% equivalent="stratified_split" mutant="number type of the first argument" why="labels and indices are whole numbers"
# %% equivalent="k_fold_indices" mutant="number type of the first argument" why="groups and indices are whole numbers"
