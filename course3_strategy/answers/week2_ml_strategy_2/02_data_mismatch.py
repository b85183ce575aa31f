# %% wrong="make_train_dev_split" says="source and target examples in train"
def make_train_dev_split(n_source, n_target, target_in_train, n_train_dev, n_dev, rng):
    if target_in_train + n_dev > n_target or n_train_dev > n_source + target_in_train:
        raise ValueError("not enough")
    order = rng.permutation(n_source + n_target)
    ends = np.cumsum([n_source + target_in_train - n_train_dev, n_train_dev, n_dev])
    return dict(zip(["train", "train_dev", "dev", "test"], np.split(order, ends), strict=True))


# %% wrong="make_train_dev_split" says="source and target examples in train"
def make_train_dev_split(n_source, n_target, target_in_train, n_train_dev, n_dev, rng):
    if target_in_train + n_dev > n_target or n_train_dev > n_source + target_in_train:
        raise ValueError("not enough")
    target = n_source + rng.permutation(n_target)
    source = rng.permutation(n_source)
    mixed = np.concatenate([source, target[:target_in_train]])
    return {
        "train": mixed[n_train_dev:],
        "train_dev": mixed[:n_train_dev],
        "dev": target[target_in_train : target_in_train + n_dev],
        "test": target[target_in_train + n_dev :],
    }


# %% wrong="make_train_dev_split" says="source and target examples in train"
def make_train_dev_split(n_source, n_target, target_in_train, n_train_dev, n_dev, rng):
    if target_in_train + n_dev > n_target or n_train_dev > n_source + target_in_train:
        raise ValueError("not enough")
    target = n_source + rng.permutation(n_target)
    mixed = rng.permutation(np.concatenate([np.arange(n_source), target[:target_in_train]]))
    return {
        "train": mixed[n_train_dev:],
        "train_dev": mixed[:n_train_dev],
        "dev": target[target_in_train : target_in_train + n_dev],
        "test": target[target_in_train + n_dev :],
    }


# %% wrong="make_train_dev_split" says="more often than others"
def make_train_dev_split(n_source, n_target, target_in_train, n_train_dev, n_dev, rng):
    if target_in_train + n_dev > n_target or n_train_dev > n_source + target_in_train:
        raise ValueError("not enough")
    source, target = rng.permutation(n_source), n_source + np.arange(n_target)
    k = round(n_train_dev * target_in_train / (n_source + target_in_train))
    held = target[target_in_train:]
    return {
        "train": np.concatenate([source[n_train_dev - k :], target[k:target_in_train]]),
        "train_dev": np.concatenate([source[: n_train_dev - k], target[:k]]),
        "dev": held[:n_dev],
        "test": held[n_dev:],
    }


# %% wrong="make_train_dev_split" says="all numbers of"
def make_train_dev_split(n_source, n_target, target_in_train, n_train_dev, n_dev, rng):
    if target_in_train + n_dev > n_target or n_train_dev > n_source + target_in_train:
        raise ValueError("not enough")
    source, target = rng.permutation(n_source), n_source + rng.permutation(n_target)
    k = round(n_train_dev * target_in_train / (n_source + target_in_train))
    return {
        "train": np.concatenate([source, target[:target_in_train]]),
        "train_dev": np.concatenate([source[: n_train_dev - k], target[:k]]),
        "dev": target[target_in_train : target_in_train + n_dev],
        "test": target[target_in_train + n_dev :],
    }


# %% wrong="make_train_dev_split" says="expected about"
def make_train_dev_split(n_source, n_target, target_in_train, n_train_dev, n_dev, rng):
    if target_in_train + n_dev > n_target or n_train_dev > n_source + target_in_train:
        raise ValueError("not enough")
    source, target = rng.permutation(n_source), n_source + rng.permutation(n_target)
    k = n_train_dev * target_in_train // (n_source + target_in_train)
    return {
        "train": np.concatenate([source[n_train_dev - k :], target[k:target_in_train]]),
        "train_dev": np.concatenate([source[: n_train_dev - k], target[:k]]),
        "dev": target[target_in_train : target_in_train + n_dev],
        "test": target[target_in_train + n_dev :],
    }


# %% wrong="make_train_dev_split" says="expected a ValueError"
def make_train_dev_split(n_source, n_target, target_in_train, n_train_dev, n_dev, rng):
    source, target = rng.permutation(n_source), n_source + rng.permutation(n_target)
    k = round(n_train_dev * target_in_train / (n_source + target_in_train))
    return {
        "train": np.concatenate([source[n_train_dev - k :], target[k:target_in_train]]),
        "train_dev": np.concatenate([source[: n_train_dev - k], target[:k]]),
        "dev": target[target_in_train : target_in_train + n_dev],
        "test": target[target_in_train + n_dev :],
    }


# %% wrong="make_train_dev_split" says="more often than others"
def make_train_dev_split(n_source, n_target, target_in_train, n_train_dev, n_dev, rng):
    if target_in_train + n_dev > n_target or n_train_dev > n_source + target_in_train:
        raise ValueError("not enough")
    source = np.roll(np.arange(n_source), rng.integers(n_source))
    target = n_source + np.roll(np.arange(n_target), rng.integers(n_target))
    k = round(n_train_dev * target_in_train / (n_source + target_in_train))
    return {
        "train": np.concatenate([source[n_train_dev - k :], target[k:target_in_train]]),
        "train_dev": np.concatenate([source[: n_train_dev - k], target[:k]]),
        "dev": target[target_in_train : target_in_train + n_dev],
        "test": target[target_in_train + n_dev :],
    }


# %% alternative="make_train_dev_split"
def make_train_dev_split(n_source, n_target, target_in_train, n_train_dev, n_dev, rng):
    both = n_source + target_in_train
    if n_dev > n_target - target_in_train or n_train_dev > both:
        raise ValueError("not enough")
    held = rng.choice(np.arange(n_source, n_source + n_target), n_target - target_in_train, replace=False)
    dev = rng.choice(held, n_dev, replace=False)
    test = np.setdiff1d(held, dev)
    in_train = np.setdiff1d(np.arange(n_source, n_source + n_target), held)
    k = int(n_train_dev * target_in_train / both + 0.5)
    train_dev = np.append(
        rng.choice(n_source, n_train_dev - k, replace=False), rng.choice(in_train, k, replace=False)
    ).astype(int)
    train = np.setdiff1d(np.append(np.arange(n_source), in_train), train_dev)
    return {"test": test, "dev": dev, "train_dev": np.sort(train_dev), "train": train}


# %% alternative="make_train_dev_split"
def make_train_dev_split(n_source, n_target, target_in_train, n_train_dev, n_dev, rng):
    if target_in_train + n_dev > n_target or n_train_dev > n_source + target_in_train:
        raise ValueError("not enough")
    source = sorted(range(n_source), key=lambda _: rng.random())
    target = sorted(range(n_source, n_source + n_target), key=lambda _: rng.random())
    parts = {"train": [], "train_dev": [], "dev": [], "test": []}
    k = int(np.rint(n_train_dev * target_in_train / (n_source + target_in_train)))
    for number, index in enumerate(source):
        parts["train_dev" if number < n_train_dev - k else "train"].append(index)
    for number, index in enumerate(target):
        if number < target_in_train:
            parts["train_dev" if number < k else "train"].append(index)
        else:
            parts["dev" if number < target_in_train + n_dev else "test"].append(index)
    return {name: np.array(part, dtype=int) for name, part in parts.items()}


# %% wrong="gap_table" says="expected about"
def gap_table(human, train, train_dev, dev, test):
    if not all(0 <= e <= 1 for e in (human, train, train_dev, dev, test)):
        raise ValueError("no share")
    return {
        "avoidable bias": train - human,
        "variance": dev - train,
        "data mismatch": dev - train_dev,
        "overfitting to dev": test - dev,
    }


# %% wrong="gap_table" says="negative of the expected"
def gap_table(human, train, train_dev, dev, test):
    if not all(0 <= e <= 1 for e in (human, train, train_dev, dev, test)):
        raise ValueError("no share")
    levels = [human, train, train_dev, dev, test]
    names = ["avoidable bias", "variance", "data mismatch", "overfitting to dev"]
    return {name: abs(b - a) for name, a, b in zip(names, levels, levels[1:], strict=False)}


# %% wrong="gap_table" says="avoidable bias"
def gap_table(human, train, train_dev, dev, test):
    if not all(0 <= e <= 1 for e in (human, train, train_dev, dev, test)):
        raise ValueError("no share")
    return {
        "avoidable bias": train,
        "variance": train_dev - train,
        "data mismatch": dev - train_dev,
        "overfitting to dev": test - dev,
    }


# %% wrong="gap_table" says="ValueError"
def gap_table(human, train, train_dev, dev, test):
    names = ["avoidable bias", "variance", "data mismatch", "overfitting to dev"]
    return dict(zip(names, np.diff([human, train, train_dev, dev, test]), strict=True))


# %% wrong="gap_table" says="has no key"
def gap_table(human, train, train_dev, dev, test):
    if not all(0 <= e <= 1 for e in (human, train, train_dev, dev, test)):
        raise ValueError("no share")
    return {"bias": train - human, "variance": train_dev - train, "mismatch": dev - train_dev, "overfit": test - dev}


# %% alternative="gap_table"
def gap_table(human, train, train_dev, dev, test):
    levels = np.array([human, train, train_dev, dev, test], dtype=float)
    if np.any((levels < 0) | (levels > 1)):
        raise ValueError("no share")
    names = ["avoidable bias", "variance", "data mismatch", "overfitting to dev"]
    return dict(zip(names, levels[1:] - levels[:-1], strict=True))


# %% alternative="gap_table"
def gap_table(human, train, train_dev, dev, test):
    gaps, before = {}, human
    steps = {"avoidable bias": train, "variance": train_dev, "data mismatch": dev, "overfitting to dev": test}
    if not 0 <= human <= 1:
        raise ValueError("no share")
    for name, error in steps.items():
        if not 0 <= error <= 1:
            raise ValueError("no share")
        gaps[name], before = float(error) - float(before), error
    return gaps


# %% wrong="diagnose" says="largest of diagnose"
def diagnose(gaps):
    order = ["avoidable bias", "variance", "data mismatch", "overfitting to dev"]
    return max(order, key=lambda name: abs(gaps[name])), [name for name in order if gaps[name] < 0]


# %% wrong="diagnose" says="largest of diagnose"
def diagnose(gaps):
    order = ["avoidable bias", "variance", "data mismatch", "overfitting to dev"]
    return max(order, key=lambda name: gaps[name]), [name for name in order if gaps[name] < 0]


# %% wrong="diagnose" says="largest of diagnose"
def diagnose(gaps):
    order = ["avoidable bias", "variance", "data mismatch", "overfitting to dev"]
    largest = sorted(order, key=lambda name: gaps[name])[-1]
    return (largest if gaps[largest] > 0 else None), [name for name in order if gaps[name] < 0]


# %% wrong="diagnose" says="negative of diagnose"
def diagnose(gaps):
    order = ["avoidable bias", "variance", "data mismatch", "overfitting to dev"]
    largest = max(order, key=lambda name: gaps[name])
    return (largest if gaps[largest] > 0 else None), [name for name in order if gaps[name] <= 0]


# %% wrong="diagnose" says="of diagnose"
def diagnose(gaps):
    largest = max(gaps, key=gaps.get)
    return (largest if gaps[largest] > 0 else None), [name for name in gaps if gaps[name] < 0]


# %% wrong="diagnose" says="expected a tuple"
def diagnose(gaps):
    order = ["avoidable bias", "variance", "data mismatch", "overfitting to dev"]
    largest = max(order, key=lambda name: gaps[name])
    return largest if gaps[largest] > 0 else None


# %% alternative="diagnose"
def diagnose(gaps):
    order = ("avoidable bias", "variance", "data mismatch", "overfitting to dev")
    values = np.array([gaps[name] for name in order])
    largest = order[values.argmax()] if values.max() > 0 else None
    return [largest, [order[k] for k in np.flatnonzero(values < 0)]]


# %% alternative="diagnose"
def diagnose(gaps):
    best, value, below = None, 0, []
    for name in ("avoidable bias", "variance", "data mismatch", "overfitting to dev"):
        if gaps[name] > value:
            best, value = name, gaps[name]
        elif gaps[name] < 0:
            below.append(name)
    return best, below


# %% wrong="synthesize" says="10 dB are a factor of 10 in power"
def synthesize(clean, noise, starts, snr):
    clean, noise = clean.astype(float), noise.astype(float)
    used = noise[(starts[:, None] + np.arange(clean.shape[1])) % len(noise)]
    power = np.mean(used**2, axis=1)
    if np.any(power == 0):
        raise ValueError("silent")
    gain = np.sqrt(np.mean(clean**2, axis=1) / power) / 10 ** (snr / 10)
    return clean + gain[:, None] * used


# %% wrong="synthesize" says="weaker, not stronger"
def synthesize(clean, noise, starts, snr):
    clean, noise = clean.astype(float), noise.astype(float)
    used = noise[(starts[:, None] + np.arange(clean.shape[1])) % len(noise)]
    power = np.mean(used**2, axis=1)
    if np.any(power == 0):
        raise ValueError("silent")
    gain = np.sqrt(np.mean(clean**2, axis=1) / power * 10 ** (snr / 10))
    return clean + gain[:, None] * used


# %% wrong="synthesize" says="each row has its own gain"
def synthesize(clean, noise, starts, snr):
    clean, noise = clean.astype(float), noise.astype(float)
    used = noise[(starts[:, None] + np.arange(clean.shape[1])) % len(noise)]
    if np.any(np.all(used == 0, axis=1)):
        raise ValueError("silent")
    return clean + np.sqrt(np.mean(clean**2) / np.mean(used**2) / 10 ** (snr / 10)) * used


# %% wrong="synthesize" says="expected about"
def synthesize(clean, noise, starts, snr):
    clean, noise = clean.astype(float), noise.astype(float)
    used = noise[(starts[:, None] + np.arange(clean.shape[1])) % len(noise)]
    if np.any(np.all(used == 0, axis=1)):
        raise ValueError("silent")
    gain = np.sqrt(np.mean(clean**2, axis=1) / np.mean(noise**2) / 10 ** (snr / 10))
    return clean + gain[:, None] * used


# %% wrong="synthesize" says="squares of int16 overflow"
def synthesize(clean, noise, starts, snr):
    used = noise[(starts[:, None] + np.arange(clean.shape[1])) % len(noise)]
    if np.any(np.all(used == 0, axis=1)):
        raise ValueError("silent")
    gain = np.sqrt(np.mean(clean * clean, axis=1) / np.mean(used * used, axis=1) / 10 ** (snr / 10))
    return clean + gain[:, None] * used


# %% wrong="synthesize" says="expected a ValueError"
def synthesize(clean, noise, starts, snr):
    clean, noise = clean.astype(float), noise.astype(float)
    used = noise[(starts[:, None] + np.arange(clean.shape[1])) % len(noise)]
    power = np.maximum(np.mean(used**2, axis=1), 1e-300)
    gain = np.sqrt(np.mean(clean**2, axis=1) / power / 10 ** (snr / 10))
    return clean + gain[:, None] * used


# %% wrong="synthesize" says="expected"
def synthesize(clean, noise, starts, snr):
    clean, noise = clean.astype(float), noise.astype(float)
    used = noise[(starts[:, None] + np.arange(clean.shape[1])) % len(noise)]
    if np.any(np.all(used == 0, axis=1)):
        raise ValueError("silent")
    gain = clean.std(axis=1) / (used.std(axis=1) + 1e-12) / 10 ** (snr / 20)
    return clean + gain[:, None] * used


# %% alternative="synthesize"
def synthesize(clean, noise, starts, snr):
    T = clean.shape[1]
    rows = []
    for x, s in zip(clean, starts, strict=True):
        u = np.resize(np.roll(noise, -s), T).astype(np.float64)
        if not u.any():
            raise ValueError("silent")
        x = x.astype(np.float64)
        rows.append(x + np.linalg.norm(x) / np.linalg.norm(u) / 10 ** (snr / 20) * u)
    return np.array(rows)


# %% alternative="synthesize"
def synthesize(clean, noise, starts, snr):
    x = np.asarray(clean, dtype=float)
    long = np.tile(np.asarray(noise, dtype=float), 2 + x.shape[1] // len(noise))
    u = np.stack([long[s : s + x.shape[1]] for s in starts])
    powers = np.einsum("mt,mt->m", u, u)
    if not np.all(powers):
        raise ValueError("silent")
    factor = np.einsum("mt,mt->m", x, x) / (powers * 10 ** (snr / 10))
    return x + u * factor[:, np.newaxis] ** 0.5


# %% wrong="two_sample_data" says="these are the columns to fit"
def two_sample_data(X_train, X_dev):
    h = min(X_train.shape[1], X_dev.shape[1]) // 2
    X = np.concatenate([X_train[:, :h], X_dev[:, :h]], axis=1)
    return X, np.repeat([0, 1], h), X.copy(), np.repeat([0, 1], h)


# %% wrong="two_sample_data" says="1 stands for dev"
def two_sample_data(X_train, X_dev):
    h = min(X_train.shape[1], X_dev.shape[1]) // 2
    X_fit = np.concatenate([X_train[:, :h], X_dev[:, :h]], axis=1)
    X_held = np.concatenate([X_train[:, h : 2 * h], X_dev[:, h : 2 * h]], axis=1)
    return X_fit, np.repeat([1, 0], h), X_held, np.repeat([1, 0], h)


# %% wrong="two_sample_data" says="expected shape"
def two_sample_data(X_train, X_dev):
    a, b = X_train.shape[1] // 2, X_dev.shape[1] // 2
    X_fit = np.concatenate([X_train[:, :a], X_dev[:, :b]], axis=1)
    X_held = np.concatenate([X_train[:, a : 2 * a], X_dev[:, b : 2 * b]], axis=1)
    return X_fit, np.repeat([0, 1], [a, b]), X_held, np.repeat([0, 1], [a, b])


# %% wrong="two_sample_data" says="expected"
def two_sample_data(X_train, X_dev):
    h = min(X_train.shape[1], X_dev.shape[1]) // 2
    X_fit = np.concatenate([X_train[:, :h], X_dev[:, :h]], axis=1)
    X_held = np.concatenate([X_train[:, -h:], X_dev[:, -h:]], axis=1)
    return X_fit, np.repeat([0, 1], h), X_held, np.repeat([0, 1], h)


# %% wrong="two_sample_data" says="expected"
def two_sample_data(X_train, X_dev):
    h = X_dev.shape[1] // 2
    X_fit = np.concatenate([X_train[:, :h], X_dev[:, :h]], axis=1)
    X_held = np.concatenate([X_train[:, h : 2 * h], X_dev[:, h : 2 * h]], axis=1)
    return X_fit, np.repeat([0, 1], h), X_held, np.repeat([0, 1], h)


# %% wrong="two_sample_data" says="whole numbers"
def two_sample_data(X_train, X_dev):
    h = min(X_train.shape[1], X_dev.shape[1]) // 2
    labels = np.concatenate([np.zeros(h), np.ones(h)])
    X_fit = np.concatenate([X_train[:, :h], X_dev[:, :h]], axis=1)
    X_held = np.concatenate([X_train[:, h : 2 * h], X_dev[:, h : 2 * h]], axis=1)
    return X_fit, labels, X_held, labels.copy()


# %% alternative="two_sample_data"
def two_sample_data(X_train, X_dev):
    h = min(len(X_train.T), len(X_dev.T)) // 2
    labels = (np.arange(2 * h) >= h).astype(int)
    halves = [np.hstack([X[:, k * h : (k + 1) * h] for X in (X_train, X_dev)]) for k in (0, 1)]
    return halves[0], labels, halves[1], labels.copy()


# %% alternative="two_sample_data"
def two_sample_data(X_train, X_dev):
    h = min(X_train.shape[1], X_dev.shape[1]) // 2
    out = []
    for begin in (0, h):
        X = np.zeros((len(X_train), 2 * h), dtype=np.result_type(X_train, X_dev))
        for j in range(h):
            X[:, j] = X_train[:, begin + j]
            X[:, h + j] = X_dev[:, begin + j]
        out += [X, np.array([0] * h + [1] * h)]
    return tuple(out)


# %% wrong="two_sample_p_value" says="exactly 4"
def two_sample_p_value(correct, n):
    if not 0 <= correct <= n or n < 1:
        raise ValueError("impossible")
    return math.comb(int(n), int(correct)) / 2 ** int(n)


# %% wrong="two_sample_p_value" says="at least 4 includes 4"
def two_sample_p_value(correct, n):
    if not 0 <= correct <= n or n < 1:
        raise ValueError("impossible")
    return sum(math.comb(int(n), k) for k in range(int(correct) + 1, int(n) + 1)) / 2 ** int(n)


# %% wrong="two_sample_p_value" says="this is two-sided"
def two_sample_p_value(correct, n):
    if not 0 <= correct <= n or n < 1:
        raise ValueError("impossible")
    return min(1, 2 * sum(math.comb(int(n), k) for k in range(int(correct), int(n) + 1)) / 2 ** int(n))


# %% wrong="two_sample_p_value" says="times 2**200"
def two_sample_p_value(correct, n):
    if not 0 <= correct <= n or n < 1:
        raise ValueError("impossible")
    return 1 - sum(math.comb(int(n), k) / 2 ** int(n) for k in range(int(correct)))


# %% wrong="two_sample_p_value" says="with 1,000 of them"
def two_sample_p_value(correct, n):
    if not 0 <= correct <= n or n < 1:
        raise ValueError("impossible")
    return sum(math.comb(n, k) for k in range(correct, n + 1)) / 2**n


# %% wrong="two_sample_p_value" says="expected a ValueError"
def two_sample_p_value(correct, n):
    return sum(math.comb(int(n), k) for k in range(int(correct), int(n) + 1)) / 2 ** int(n)


# %% wrong="two_sample_p_value" says="normal approximation"
def two_sample_p_value(correct, n):
    if not 0 <= correct <= n or n < 1:
        raise ValueError("impossible")
    return 0.5 * math.erfc((correct - n / 2) / math.sqrt(n / 2))


# %% alternative="two_sample_p_value"
def two_sample_p_value(correct, n):
    if correct < 0 or correct > n or n < 1:
        raise ValueError("impossible")
    n, log_half = int(n), math.log(0.5)
    logs = [
        math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) + n * log_half
        for k in range(int(correct), n + 1)
    ]
    top = max(logs)
    return math.exp(top) * math.fsum(math.exp(value - top) for value in logs)


# %% alternative="two_sample_p_value"
def two_sample_p_value(correct, n):
    correct, n = int(correct), int(n)
    if n <= 0 or correct not in range(n + 1):
        raise ValueError("impossible")
    row, total = 1, 0
    for k in range(n - correct + 1):  # of n, k wrong answers
        total += row
        row = row * (n - k) // (k + 1)
    return total / (1 << n)


# %% wrong="importance_weights" says="odds alone"
def importance_weights(p_dev, n_train, n_dev):
    p = p_dev.astype(float)
    if np.any(p < 0) or np.any(p >= 1):
        raise ValueError("no probability")
    return p / (1 - p)


# %% wrong="importance_weights" says="wrong way around"
def importance_weights(p_dev, n_train, n_dev):
    p = p_dev.astype(float)
    if np.any(p < 0) or np.any(p >= 1):
        raise ValueError("no probability")
    return p / (1 - p) * n_dev / n_train


# %% wrong="importance_weights" says="divide by 1 - p"
def importance_weights(p_dev, n_train, n_dev):
    p = p_dev.astype(float)
    if np.any(p < 0) or np.any(p >= 1):
        raise ValueError("no probability")
    return p * n_train / n_dev


# %% wrong="importance_weights" says="float32"
def importance_weights(p_dev, n_train, n_dev):
    if np.any(p_dev < 0) or np.any(p_dev >= 1):
        raise ValueError("no probability")
    return p_dev / (1 - p_dev) * n_train / n_dev


# %% wrong="importance_weights" says="expected a ValueError"
def importance_weights(p_dev, n_train, n_dev):
    p = p_dev.astype(float)
    return p / (1 - p) * n_train / n_dev


# %% wrong="importance_weights" says="near 1"
def importance_weights(p_dev, n_train, n_dev):
    if np.any(p_dev < 0) or np.any(p_dev >= 1):
        raise ValueError("no probability")
    p = np.minimum(p_dev.astype(float), 0.9999)
    return p / (1 - p) * n_train / n_dev


# %% alternative="importance_weights"
def importance_weights(p_dev, n_train, n_dev):
    found = []
    for p in p_dev.tolist():
        if not 0 <= p < 1:
            raise ValueError("no probability")
        found.append(n_train * p / (n_dev * (1 - p)))
    return np.array(found)


# %% alternative="importance_weights"
def importance_weights(p_dev, n_train, n_dev):
    p = np.array(p_dev, dtype=np.float64)
    if p.min() < 0 or p.max() >= 1:
        raise ValueError("no probability")
    return np.divide(p, n_dev) / np.divide(1 - p, n_train)


# %% wrong="weighted_estimate" says="not by m"
def weighted_estimate(mistakes, weights):
    if np.any(weights < 0) or weights.sum() == 0:
        raise ValueError("weights")
    error = np.mean(weights * mistakes)
    spread = np.sqrt(np.sum(weights**2 * (mistakes - error) ** 2)) / weights.sum()
    return error, spread, weights.sum() ** 2 / np.sum(weights**2)


# %% wrong="weighted_estimate" says="square the weights, too"
def weighted_estimate(mistakes, weights):
    if np.any(weights < 0) or weights.sum() == 0:
        raise ValueError("weights")
    total = weights.sum()
    error = np.sum(weights * mistakes) / total
    return error, np.sqrt(np.sum(weights * (mistakes - error) ** 2)) / total, total**2 / np.sum(weights**2)


# %% wrong="weighted_estimate" says="the root is missing"
def weighted_estimate(mistakes, weights):
    if np.any(weights < 0) or weights.sum() == 0:
        raise ValueError("weights")
    total = weights.sum()
    error = np.sum(weights * mistakes) / total
    return error, np.sum(weights**2 * (mistakes - error) ** 2) / total**2, total**2 / np.sum(weights**2)


# %% wrong="weighted_estimate" says="square the sum"
def weighted_estimate(mistakes, weights):
    if np.any(weights < 0) or weights.sum() == 0:
        raise ValueError("weights")
    total = weights.sum()
    error = np.sum(weights * mistakes) / total
    return error, np.sqrt(np.sum(weights**2 * (mistakes - error) ** 2)) / total, total / np.sum(weights**2)


# %% wrong="weighted_estimate" says="this counts the weights"
def weighted_estimate(mistakes, weights):
    if np.any(weights < 0) or weights.sum() == 0:
        raise ValueError("weights")
    total = weights.sum()
    error = np.sum(weights * mistakes) / total
    return error, np.sqrt(np.sum(weights**2 * (mistakes - error) ** 2)) / total, np.count_nonzero(weights)


# %% wrong="weighted_estimate" says="expected a ValueError"
def weighted_estimate(mistakes, weights):
    total = weights.sum()
    error = np.sum(weights * mistakes) / total
    return error, np.sqrt(np.sum(weights**2 * (mistakes - error) ** 2)) / total, total**2 / np.sum(weights**2)


# %% wrong="weighted_estimate" says="expected a ValueError"
def weighted_estimate(mistakes, weights):
    weights = weights.astype(float)
    total = weights.sum()
    if total <= 0:
        raise ValueError("weights")
    error = np.sum(weights * mistakes) / total
    return error, np.sqrt(np.sum(weights**2 * (mistakes - error) ** 2)) / total, total**2 / np.sum(weights**2)


# %% wrong="weighted_estimate" says="uint8"
def weighted_estimate(mistakes, weights):
    if np.any(weights < 0) or not weights.any():
        raise ValueError("weights")
    total = weights.sum()
    error = np.sum(weights * mistakes) / total
    return error, np.sqrt(np.sum((weights * (mistakes - error)) ** 2)) / total, total**2 / np.sum(weights**2)


# %% alternative="weighted_estimate"
def weighted_estimate(mistakes, weights):
    if weights.min() < 0 or not weights.any():
        raise ValueError("weights")
    shares = weights / weights.sum()
    error = shares @ mistakes
    return error, np.linalg.norm(shares * (mistakes - error)), 1 / (shares @ shares)


# %% alternative="weighted_estimate"
def weighted_estimate(mistakes, weights):
    if min(weights) < 0 or max(weights) == 0:
        raise ValueError("weights")
    total, error, squares, spread = 0.0, 0.0, 0.0, 0.0
    for wrong, w in zip(mistakes.tolist(), weights.tolist(), strict=True):
        total, squares, error = total + w, squares + w * w, error + w * wrong
    error /= total
    for wrong, w in zip(mistakes.tolist(), weights.tolist(), strict=True):
        spread += (w * (wrong - error)) ** 2
    return [error, spread**0.5 / total, total * total / squares]
