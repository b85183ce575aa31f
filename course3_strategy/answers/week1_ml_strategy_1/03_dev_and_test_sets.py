# %% wrong="shuffle_split" says="different results"
def shuffle_split(m, n_dev, n_test, rng):
    if n_dev + n_test > m:
        raise ValueError("too few")
    return np.arange(n_dev), np.arange(n_dev, n_dev + n_test)


# %% wrong="shuffle_split" says="is there twice"
def shuffle_split(m, n_dev, n_test, rng):
    if n_dev + n_test > m:
        raise ValueError("too few")
    return rng.permutation(m)[:n_dev], rng.permutation(m)[:n_test]


# %% wrong="shuffle_split" says="expected 2 entries"
def shuffle_split(m, n_dev, n_test, rng):
    if n_dev + n_test > m:
        raise ValueError("too few")
    order = rng.permutation(m)
    return order[:n_dev], order[n_dev:]


# %% wrong="shuffle_split" says="expected a ValueError"
def shuffle_split(m, n_dev, n_test, rng):
    order = rng.permutation(m)
    return order[:n_dev], order[n_dev : n_dev + n_test]


# %% wrong="shuffle_split" says="draw from rng"
def shuffle_split(m, n_dev, n_test, rng):
    if n_dev + n_test > m:
        raise ValueError("too few")
    order = np.random.permutation(m)
    return order[:n_dev], order[n_dev : n_dev + n_test]


# %% wrong="shuffle_split" says="different results"
def shuffle_split(m, n_dev, n_test, rng):
    if n_dev + n_test > m:
        raise ValueError("too few")
    order = np.sort(rng.permutation(m)[: n_dev + n_test])
    return order[:n_dev], order[n_dev:]


# %% wrong="shuffle_split" says="different results"
def shuffle_split(m, n_dev, n_test, rng):
    if n_dev + n_test > m:
        raise ValueError("too few")
    order = np.roll(np.arange(m), rng.integers(m))
    return order[:n_dev], order[n_dev : n_dev + n_test]


# %% alternative="shuffle_split"
def shuffle_split(m, n_dev, n_test, rng):
    if m < n_dev + n_test:
        raise ValueError("too few")
    chosen = rng.choice(m, n_dev + n_test, replace=False).tolist()
    return chosen[:n_dev], chosen[n_dev:]


# %% alternative="shuffle_split"
def shuffle_split(m, n_dev, n_test, rng):
    if m - n_dev < n_test:
        raise ValueError("too few")
    order = np.argsort(rng.random(m))
    return [order[m - n_dev :], order[:n_test]]


# %% wrong="stratified_halves" says="the regions in dev"
def stratified_halves(regions, rng):
    order = rng.permutation(len(regions))
    half = (len(regions) + 1) // 2
    return order[:half], order[half:]


# %% wrong="stratified_halves" says="the regions in dev"
def stratified_halves(regions, rng):
    dev, test = [], []
    for region in np.unique(regions):
        places = rng.permutation(np.flatnonzero(regions == region))
        dev.extend(places[: len(places) // 2])
        test.extend(places[len(places) // 2 :])
    return dev, test


# %% wrong="stratified_halves" says="different results"
def stratified_halves(regions, rng):
    dev, test = [], []
    for region in np.unique(regions):
        places = np.flatnonzero(regions == region)
        dev.extend(places[::2])
        test.extend(places[1::2])
    return dev, test


# %% wrong="stratified_halves" says="different results"
def stratified_halves(regions, rng):
    dev, test, seed = [], [], int(rng.integers(2))
    for region in np.unique(regions):
        places = np.flatnonzero(regions == region)
        half = (len(places) + 1) // 2
        dev.extend(places[:half] if seed else places[len(places) - half :])
        test.extend(places[half:] if seed else places[: len(places) - half])
    return dev, test


# %% wrong="stratified_halves" says="all positions"
def stratified_halves(regions, rng):
    dev, test = [], []
    for region in np.unique(regions):
        places = np.flatnonzero(regions == region)
        half = (len(places) + 1) // 2
        dev.extend(rng.permutation(places)[:half])
        test.extend(rng.permutation(places)[half:])
    return dev, test


# %% wrong="stratified_halves" says="another answer when called again"
def stratified_halves(regions, rng):
    rng = np.random.default_rng()
    dev, test = [], []
    for region in np.unique(regions):
        places = rng.permutation(np.flatnonzero(regions == region))
        half = (len(places) + 1) // 2
        dev.extend(places[:half])
        test.extend(places[half:])
    return dev, test


# %% alternative="stratified_halves"
def stratified_halves(regions, rng):
    order, seen, dev, test = rng.permutation(len(regions)), {}, [], []
    for place in order.tolist():
        region = regions[place].item()
        seen[region] = not seen.get(region, False)
        (dev if seen[region] else test).append(place)
    return np.array(dev, dtype=int), np.array(test, dtype=int)


# %% alternative="stratified_halves"
def stratified_halves(regions, rng):
    is_dev = np.zeros(len(regions), dtype=bool)
    for region in set(regions.tolist()):
        places = np.array([k for k, each in enumerate(regions.tolist()) if each == region])
        is_dev[rng.choice(places, -(-len(places) // 2), replace=False)] = True
    return np.flatnonzero(is_dev), np.flatnonzero(~is_dev)


# %% wrong="dev_size_for" says="round up"
def dev_size_for(delta, confidence):
    if not 0 < delta <= 1 or not 0 < confidence < 1:
        raise ValueError("no answer")
    return int(-2 * np.log(1 - confidence) / delta**2)


# %% wrong="dev_size_for" says="numbers from -1 to 1"
def dev_size_for(delta, confidence):
    if not 0 < delta <= 1 or not 0 < confidence < 1:
        raise ValueError("no answer")
    return int(np.ceil(-np.log(1 - confidence) / (2 * delta**2)))


# %% wrong="dev_size_for" says="one side"
def dev_size_for(delta, confidence):
    if not 0 < delta <= 1 or not 0 < confidence < 1:
        raise ValueError("no answer")
    return int(np.ceil(2 * np.log(2 / (1 - confidence)) / delta**2))


# %% wrong="dev_size_for" says="whole number"
def dev_size_for(delta, confidence):
    if not 0 < delta <= 1 or not 0 < confidence < 1:
        raise ValueError("no answer")
    return np.ceil(-2 * np.log(1 - confidence) / delta**2)


# %% wrong="dev_size_for" says="expected a ValueError"
def dev_size_for(delta, confidence):
    return int(np.ceil(-2 * np.log(1 - confidence) / max(delta, 1e-9) ** 2))


# %% wrong="dev_size_for" says="expected"
def dev_size_for(delta, confidence):
    if not 0 < delta < 1 or not 0 < confidence < 1:
        raise ValueError("no answer")
    return 1 + int(np.ceil(-2 * np.log(1 - confidence) / delta**2))


# %% alternative="dev_size_for"
def dev_size_for(delta, confidence):
    if delta <= 0 or delta > 1:
        raise ValueError("delta")
    if confidence <= 0 or confidence >= 1:
        raise ValueError("confidence")
    n = 2 / delta / delta * np.log(1 / (1 - confidence))
    return -int(-n // 1)


# %% alternative="dev_size_for"
def dev_size_for(delta, confidence):
    if not (delta > 0 and delta <= 1 and confidence > 0 and confidence < 1):
        raise ValueError("no such size")
    n = int(-2 * np.log1p(-confidence) / delta**2) + 1
    while n > 1 and np.exp(-(n - 1) * delta**2 / 2) <= 1 - confidence:
        n -= 1
    return n


# %% wrong="paired_size" says="z has one side"
def paired_size(only_A, only_B, confidence):
    if only_A == only_B or not 0.5 < confidence < 1:
        raise ValueError("no answer")
    delta, z = only_A - only_B, NormalDist().inv_cdf((1 + confidence) / 2)
    return max(1, int(np.ceil(z**2 * (only_A + only_B - delta**2) / delta**2)))


# %% wrong="paired_size" says="the same examples"
def paired_size(only_A, only_B, confidence):
    if only_A == only_B or not 0.5 < confidence < 1:
        raise ValueError("no answer")
    delta, z = only_A - only_B, NormalDist().inv_cdf(confidence)
    return max(1, int(np.ceil(z**2 * (only_A * (1 - only_A) + only_B * (1 - only_B)) / delta**2)))


# %% wrong="paired_size" says="goes off"
def paired_size(only_A, only_B, confidence):
    if only_A == only_B or not 0.5 < confidence < 1:
        raise ValueError("no answer")
    delta, z = only_A - only_B, NormalDist().inv_cdf(confidence)
    return max(1, int(np.ceil(z**2 * (only_A + only_B) / delta**2)))


# %% wrong="paired_size" says="always A alone"
def paired_size(only_A, only_B, confidence):
    if only_A == only_B or not 0.5 < confidence < 1:
        raise ValueError("no answer")
    delta, z = only_A - only_B, NormalDist().inv_cdf(confidence)
    return int(np.ceil(z**2 * (only_A + only_B - delta**2) / delta**2))


# %% wrong="paired_size" says="expected a ValueError"
def paired_size(only_A, only_B, confidence):
    if only_A == only_B or not 0 < confidence < 1:
        raise ValueError("no answer")
    delta, z = only_A - only_B, NormalDist().inv_cdf(confidence)
    return max(1, int(np.ceil(z**2 * (only_A + only_B - delta**2) / delta**2)))


# %% wrong="paired_size" says="only_A=0.04, only_B=0.06"
def paired_size(only_A, only_B, confidence):
    if only_A <= only_B or not 0.5 < confidence < 1:
        raise ValueError("no answer")
    delta, z = only_A - only_B, NormalDist().inv_cdf(confidence)
    return max(1, int(np.ceil(z**2 * (only_A + only_B - delta**2) / delta**2)))


# %% alternative="paired_size"
def paired_size(only_A, only_B, confidence):
    delta = abs(only_A - only_B)
    if delta == 0:
        raise ValueError("equal models")
    if confidence <= 0.5 or confidence >= 1:
        raise ValueError("confidence")
    v = only_A * (1 - only_A) + only_B * (1 - only_B) + 2 * only_A * only_B
    z = -NormalDist().inv_cdf(1 - confidence)
    n = (z / delta) ** 2 * v
    return int(n) + (n > int(n)) if n > 0 else 1


# %% alternative="paired_size"
def paired_size(only_A, only_B, confidence):
    if not only_A != only_B or not confidence > 0.5 or not confidence < 1:
        raise ValueError("no answer")
    values, chances = np.array([1, -1, 0]), np.array([only_A, only_B, 1 - only_A - only_B])
    mean = values @ chances
    v = (values - mean) ** 2 @ chances
    needed = -(-(NormalDist(0, 1).inv_cdf(confidence) ** 2) * v // mean**2)
    return int(needed) or 1


# %% wrong="paired_power" says="both ends"
def paired_power(n, only_A, only_B, alpha):
    discordant, power = only_A + only_B, 0.0
    if discordant == 0:
        return power
    for d, chance in enumerate(binomial(n, discordant)):
        split = binomial(d, max(only_A, only_B) / discordant)
        power += chance * split[d - rejection_limit(d, alpha) :].sum()
    return power


# %% wrong="paired_power" says="weighted by its probability"
def paired_power(n, only_A, only_B, alpha):
    if only_A + only_B == 0:
        return 0.0
    k, split = rejection_limit(n, alpha), binomial(n, only_A / (only_A + only_B))
    return split[: k + 1].sum() + split[n - k :].sum()


# %% wrong="paired_power" says="ZeroDivisionError"
def paired_power(n, only_A, only_B, alpha):
    power = 0.0
    for d, chance in enumerate(binomial(n, only_A + only_B)):
        k, split = rejection_limit(d, alpha), binomial(d, only_A / (only_A + only_B))
        power += chance * (split[: k + 1].sum() + split[d - k :].sum())
    return power


# %% wrong="paired_power" says="paired_power(1000"
def paired_power(n, only_A, only_B, alpha):
    discordant = only_A + only_B
    if discordant == 0:
        return 0.0
    if n < 10:
        found = [only_A**n + only_B**n if n >= 6 else 0, 0.0625][n == 7]
        return found
    d = round(n * discordant)
    k, split = rejection_limit(d, alpha), binomial(d, only_A / discordant)
    return split[: k + 1].sum() + split[d - k :].sum()


# %% wrong="paired_power" says="expected"
def paired_power(n, only_A, only_B, alpha):
    discordant, power = only_A + only_B, 0.0
    if discordant == 0:
        return power
    for d, chance in enumerate(binomial(n, discordant)):
        k, split = rejection_limit(d, 0.05), binomial(d, only_A / discordant)
        power += chance * (split[: k + 1].sum() + split[d - k :].sum())
    return power


# %% wrong="paired_power" says="expected"
def paired_power(n, only_A, only_B, alpha):
    discordant, power = only_A + only_B, 0.0
    if discordant == 0:
        return power
    for d, chance in enumerate(binomial(n, discordant)):
        k, split = rejection_limit(d, alpha), binomial(d, only_A)
        power += chance * (split[: k + 1].sum() + split[d - k :].sum())
    return power


# %% alternative="paired_power"
def paired_power(n, only_A, only_B, alpha):
    if only_A == 0 and only_B == 0:
        return 0
    counts = np.arange(n + 1)
    chances = binomial(n, only_A + only_B)
    missed = 0.0
    for d in counts:
        k = rejection_limit(int(d), alpha)
        missed += chances[d] * binomial(d, only_B / (only_A + only_B))[k + 1 : d - k].sum()
    return 1 - missed


# %% alternative="paired_power"
def paired_power(n, only_A, only_B, alpha):
    share = only_A / (only_A + only_B) if only_A else 0.0
    total = []
    for d, chance in enumerate(binomial(n, only_A + only_B)):
        if chance < 1e-18:
            continue
        k = rejection_limit(d, alpha)
        total += [chance * p for b, p in enumerate(binomial(d, share)) if min(b, d - b) <= k]
    return float(np.sum(total))


# %% wrong="weighted_error" says="not by m"
def weighted_error(mistakes, weights):
    if not np.any(weights):
        raise ValueError("no weight")
    return np.mean(weights * mistakes)


# %% wrong="weighted_error" says="not by those of the mistakes"
def weighted_error(mistakes, weights):
    if not np.any(weights):
        raise ValueError("no weight")
    return weights[mistakes].mean()


# %% wrong="weighted_error" says="expected a ValueError"
def weighted_error(mistakes, weights):
    return np.sum(weights * mistakes) / max(np.sum(weights), 1e-12)


# %% wrong="weighted_error" says="not the rest"
def weighted_error(mistakes, weights):
    if not np.any(weights):
        raise ValueError("no weight")
    return weights[~mistakes].sum() / weights.sum()


# %% wrong="weighted_error" says="tiny weights"
def weighted_error(mistakes, weights):
    if np.sum(weights) < 1e-6:
        raise ValueError("no weight")
    return np.sum(weights * mistakes) / np.sum(weights)


# %% alternative="weighted_error"
def weighted_error(mistakes, weights):
    total = sum(weights.tolist())
    if total == 0:
        raise ValueError("no weight")
    return sum(w for w, wrong in zip(weights.tolist(), mistakes, strict=True) if wrong) / total


# %% alternative="weighted_error"
def weighted_error(mistakes, weights):
    if np.max(weights) == 0:
        raise ValueError("no weight")
    return np.average(mistakes.astype(float), weights=weights)


# %% wrong="flipped_share" says="leave out the tied pair"
def flipped_share(errors, costs):
    k = len(errors)
    flips = sum((errors[i] - errors[j]) * (costs[i] - costs[j]) < 0 for i in range(k) for j in range(i))
    if flips == 0 and len(set(errors.tolist())) == 1:
        raise ValueError("no pair")
    return flips / (k * (k - 1) / 2)


# %% wrong="flipped_share" says="not those that agree"
def flipped_share(errors, costs):
    signs = np.sign(np.subtract.outer(errors, errors)) * np.sign(np.subtract.outer(costs, costs))
    if not signs.any():
        raise ValueError("no pair")
    return np.sum(signs > 0) / np.sum(signs != 0)


# %% wrong="flipped_share" says="with tiny numbers"
def flipped_share(errors, costs):
    products = np.subtract.outer(errors, errors) * np.subtract.outer(costs, costs)
    if not products.any():
        raise ValueError("no pair")
    return np.sum(products < 0) / np.sum(products != 0)


# %% wrong="flipped_share" says="expected a ValueError"
def flipped_share(errors, costs):
    signs = np.sign(np.subtract.outer(errors, errors)) * np.sign(np.subtract.outer(costs, costs))
    return np.sum(signs < 0) / max(1, np.sum(signs != 0))


# %% wrong="flipped_share" says="expected"
def flipped_share(errors, costs):
    order = np.argsort(errors, kind="stable")
    c, e = costs[order], errors[order]
    decided = (e[:-1] != e[1:]) & (c[:-1] != c[1:])
    if not decided.any():
        raise ValueError("no pair")
    return np.mean((c[:-1] > c[1:])[decided])


# %% wrong="flipped_share" says="expected"
def flipped_share(errors, costs):
    flips = pairs = 0
    for i in range(len(errors)):
        for j in range(i):
            if errors[i] != errors[j]:
                pairs += 1
                flips += (errors[i] < errors[j]) != (costs[i] < costs[j])
    if pairs == 0:
        raise ValueError("no pair")
    return flips / pairs


# %% alternative="flipped_share"
def flipped_share(errors, costs):
    first, second = np.triu_indices(len(errors), 1)
    metric, users = np.sign(errors[first] - errors[second]), np.sign(costs[first] - costs[second])
    both = (metric != 0) & (users != 0)
    if both.sum() == 0:
        raise ValueError("no pair")
    return float(np.mean(metric[both] != users[both]))


# %% alternative="flipped_share"
def flipped_share(errors, costs):
    found = []
    models = sorted(zip(errors.tolist(), costs.tolist(), strict=True))
    for place, (error, cost) in enumerate(models):
        found += [cost > later for worse, later in models[place + 1 :] if worse > error and later != cost]
    if not found:
        raise ValueError("no pair")
    return found.count(True) / len(found)


# %% wrong="luck_of_the_best" says="best dev error"
def luck_of_the_best(n, error, looks):
    at_least = np.cumsum(binomial(n, error)[::-1])[::-1]
    return np.sum(at_least[1:] ** looks) / n


# %% wrong="luck_of_the_best" says="share of n"
def luck_of_the_best(n, error, looks):
    at_least = np.cumsum(binomial(n, error)[::-1])[::-1]
    return error - np.sum(at_least[1:] ** looks)


# %% wrong="luck_of_the_best" says="j begins at 1"
def luck_of_the_best(n, error, looks):
    at_least = np.cumsum(binomial(n, error)[::-1])[::-1]
    return error - np.sum(at_least**looks) / n


# %% wrong="luck_of_the_best" says="fewest mistakes"
def luck_of_the_best(n, error, looks):
    up_to = np.cumsum(binomial(n, error))
    return error - np.sum(1 - up_to[:-1] ** looks) / n


# %% wrong="luck_of_the_best" says="all K models"
def luck_of_the_best(n, error, looks):
    at_least = np.cumsum(binomial(n, error)[::-1])[::-1]
    return error - np.sum(at_least[1:]) / n


# %% wrong="luck_of_the_best" says="expected"
def luck_of_the_best(n, error, looks):
    return np.sqrt(np.log(looks) / (2 * n))


# %% alternative="luck_of_the_best"
def luck_of_the_best(n, error, looks):
    chances = binomial(n, error)
    return error - sum(chances[j:].sum() ** looks for j in range(1, n + 1)) / n


# %% alternative="luck_of_the_best"
def luck_of_the_best(n, error, looks):
    tails = [*np.cumsum(binomial(n, error)[::-1])[::-1], 0.0]
    smallest = [tails[j] ** looks - tails[j + 1] ** looks for j in range(n + 1)]
    return sum((error - j / n) * chance for j, chance in enumerate(smallest)) + error * (1 - sum(smallest))


# %% wrong="ladder" says="not with the last error"
def ladder(errors, step):
    reports, last, before = [], np.inf, np.inf
    for error in errors:
        if before - error >= step:
            last = error
        before = error
        reports.append(last)
    return reports


# %% wrong="ladder" says="exactly the step"
def ladder(errors, step):
    reports, last = [], np.inf
    for error in errors:
        if last - error > step:
            last = error
        reports.append(last)
    return reports


# %% wrong="ladder" says="a small gain"
def ladder(errors, step):
    return np.minimum.accumulate(errors)


# %% wrong="ladder" says="expected"
def ladder(errors, step):
    reports, last = [], 1.0 + step
    for error in errors:
        if last - error >= step:
            last = error
        reports.append(last)
    return reports


# %% wrong="ladder" says="expected"
def ladder(errors, step):
    reports, last = [], np.inf
    for error in errors:
        if abs(last - error) >= step:
            last = error
        reports.append(last)
    return reports


# %% wrong="ladder" says="expected"
def ladder(errors, step):
    reports, last = [], np.inf
    for error in errors:
        if last - error >= step:
            last = error
            reports.append(last)
    return reports


# %% alternative="ladder"
def ladder(errors, step):
    reports = np.array(errors, dtype=float)
    for k in range(1, len(reports)):
        if not reports[k - 1] - reports[k] >= step:
            reports[k] = reports[k - 1]
    return reports


# %% alternative="ladder"
def ladder(errors, step):
    if len(errors) == 0:
        return []
    reports = [float(errors[0])]
    for error in errors[1:].tolist():
        reports.append(error if error <= reports[-1] - step else reports[-1])
    return reports


# %% equivalent="ladder" mutant="number type of the first argument" why="each report is one of the errors"
