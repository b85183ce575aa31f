# %% wrong="grid_search_points" says="the last name must change fastest"
def grid_search_points(grid):
    points = [{}]
    for name, values in grid.items():
        points = [point | {name: value} for value in values for point in points]
    return points


# %% wrong="grid_search_points" says="expected 6 entries"
def grid_search_points(grid):
    return [dict(zip(grid, values, strict=True)) for values in zip(*grid.values(), strict=False)]


# %% wrong="grid_search_points" says="a combination comes twice"
def grid_search_points(grid):
    points, point = [], {}

    def fill(names):
        if not names:
            points.append(point)
            return
        for value in grid[names[0]]:
            point[names[0]] = value
            fill(names[1:])

    fill(list(grid))
    return points


# %% wrong="grid_search_points" says="has changed its type"
def grid_search_points(grid):
    points = [{}]
    for name, values in grid.items():
        own = [value if isinstance(value, str) else float(value) for value in values]
        points = [point | {name: value} for point in points for value in own]
    return points


# %% wrong="grid_search_points" says="width and act"
def grid_search_points(grid):
    points = [{}]
    for name in sorted(grid):
        points = [point | {name: value} for point in points for value in sorted(grid[name])]
    return points


# %% wrong="grid_search_points" says="with a value that stands in its list twice"
def grid_search_points(grid):
    points = [{}]
    for name, values in grid.items():
        points = [point | {name: value} for point in points for value in dict.fromkeys(values)]
    return points


# %% alternative="grid_search_points"
def grid_search_points(grid):
    from itertools import product

    return [dict(zip(grid.keys(), values, strict=True)) for values in product(*grid.values())]


# %% alternative="grid_search_points"
def grid_search_points(grid):
    if not grid:
        return [{}]
    *first, last = grid
    points = grid_search_points({name: grid[name] for name in first})
    return tuple({**point, last: value} for point in points for value in grid[last])


# %% wrong="random_search_points" says="values come again"
def random_search_points(box, n, rng):
    for low, high in box.values():
        if low > high:
            raise ValueError
    point = {name: rng.uniform(low, high) for name, (low, high) in box.items()}
    return [dict(point) for _ in range(n)]


# %% wrong="random_search_points" says="are not independent of each other"
def random_search_points(box, n, rng):
    if any(low > high for low, high in box.values()):
        raise ValueError
    return [{name: low + u * (high - low) for name, (low, high) in box.items()} for u in rng.random(n)]


# %% wrong="random_search_points" says="its range is"
def random_search_points(box, n, rng):
    if any(low > high for low, high in box.values()):
        raise ValueError
    return [{name: low + high * rng.random() for name, (low, high) in box.items()} for _ in range(n)]


# %% wrong="random_search_points" says="its range is"
def random_search_points(box, n, rng):
    if any(low > high for low, high in box.values()):
        raise ValueError
    return [{name: float(rng.integers(low, high + 1)) for name, (low, high) in box.items()} for _ in range(n)]


# %% wrong="random_search_points" says="rng with another seed must give other points"
def random_search_points(box, n, rng):
    if any(low > high for low, high in box.values()):
        raise ValueError
    own = np.random.default_rng(0)
    return [{name: own.uniform(low, high) for name, (low, high) in box.items()} for _ in range(n)]


# %% wrong="random_search_points" says="another answer when called again"
def random_search_points(box, n, rng):
    if any(low > high for low, high in box.values()):
        raise ValueError
    return [{name: np.random.uniform(low, high) for name, (low, high) in box.items()} for _ in range(n)]


# %% wrong="random_search_points" says="are not spread as they should be"
def random_search_points(box, n, rng):
    if any(low > high for low, high in box.values()):
        raise ValueError
    middle = {name: ((low + high) / 2, (high - low) / 6) for name, (low, high) in box.items()}
    draw = lambda name: float(np.clip(rng.normal(*middle[name]), *box[name]))  # noqa: E731
    return [{name: draw(name) for name in box} for _ in range(n)]


# %% wrong="random_search_points" says="expected a ValueError, got the answer"
def random_search_points(box, n, rng):
    return [{name: rng.uniform(min(ends), max(ends)) for name, ends in box.items()} for _ in range(n)]


# %% alternative="random_search_points"
def random_search_points(box, n, rng):
    low, high = np.array(list(box.values()), dtype=float).T
    if (low > high).any():
        raise ValueError("upside down")
    table = low + (high - low) * rng.random((n, len(box)))
    return [dict(zip(box, row.tolist(), strict=True)) for row in table]


# %% alternative="random_search_points"
def random_search_points(box, n, rng):
    columns = {}
    for name in box:
        low, high = box[name]
        if high < low:
            raise ValueError(name)
        columns[name] = high - (high - low) * rng.random(n)
    return [{name: columns[name][i] for name in reversed(list(box))} for i in range(n)]


# %% wrong="trials_needed" says="round up"
def trials_needed(share, confidence):
    return int(np.log(1 - confidence) / np.log(1 - share))


# %% wrong="trials_needed" says="the smallest n is one less"
def trials_needed(share, confidence):
    return int(np.log(1 - confidence) / np.log(1 - share)) + 2


# %% wrong="trials_needed" says="2 trials give exactly 0.75"
def trials_needed(share, confidence):
    return int(np.log(1 - confidence) / np.log(1 - share)) + 1


# %% wrong="trials_needed" says="these are 1 / share trials"
def trials_needed(share, confidence):
    return round(1 / share)


# %% wrong="trials_needed" says="expected a whole number"
def trials_needed(share, confidence):
    return np.ceil(np.log(1 - confidence) / np.log(1 - share))


# %% wrong="trials_needed" says="share and confidence are exchanged"
def trials_needed(share, confidence):
    return int(np.ceil(np.log(1 - share) / np.log(1 - confidence)))


# %% wrong="trials_needed" says="expected a ValueError"
def trials_needed(share, confidence):
    n = 1
    while (1 - share) ** n > 1 - confidence and n < 10**6:
        n += 1
    return n


# %% wrong="trials_needed" says="trials_needed(share, confidence)"
def trials_needed(share, confidence):
    if not (0 < share <= 1 and 0 <= confidence < 1):
        raise ValueError
    return next(n for n in range(1, 1000) if 1 - (1 - share) ** n >= confidence) if share > 0.01 else 299


# %% alternative="trials_needed"
def trials_needed(share, confidence):
    from math import ceil, log1p

    if share <= 0 or share > 1 or confidence < 0 or confidence >= 1:
        raise ValueError("no share, or no confidence")
    return 1 if share == 1 else max(1, ceil(log1p(-confidence) / log1p(-share)))


# %% alternative="trials_needed"
def trials_needed(share, confidence):
    if not 0 < share <= 1 or not 0 <= confidence < 1:
        raise ValueError
    chances = 1 - (1 - share) ** np.arange(1, 100001)
    return np.flatnonzero(chances >= confidence)[0] + 1


# %% wrong="sample_log_uniform" says="the numbers are uniform, but their logarithms should be"
def sample_log_uniform(low, high, n, rng):
    if not 0 < low <= high:
        raise ValueError
    return rng.uniform(low, high, n)


# %% wrong="sample_log_uniform" says="are below 0.01, expected about 50 %"
def sample_log_uniform(low, high, n, rng):
    if not 0 < low <= high:
        raise ValueError
    return np.exp(rng.uniform(np.log10(low), np.log10(high), n))


# %% wrong="sample_log_uniform" says="the numbers go from"
def sample_log_uniform(low, high, n, rng):
    if not 0 < low <= high:
        raise ValueError
    return rng.uniform(np.log10(low), np.log10(high), n)


# %% wrong="sample_log_uniform" says="are below 0.001, expected about 25"
def sample_log_uniform(low, high, n, rng):
    if not 0 < low <= high:
        raise ValueError
    first, last = np.log10(low), np.log10(high)
    return 10 ** np.clip(rng.normal((first + last) / 2, (last - first) / 6, n), first, last)


# %% wrong="sample_log_uniform" says="values come again"
def sample_log_uniform(low, high, n, rng):
    if not 0 < low <= high:
        raise ValueError
    return rng.choice(np.geomspace(low, high, 1000), n)


# %% wrong="sample_log_uniform" says="expected a ValueError"
def sample_log_uniform(low, high, n, rng):
    return 10 ** rng.uniform(*sorted([np.log10(low), np.log10(high)]), n)


# %% wrong="sample_log_uniform" says="rng with another seed must give others"
def sample_log_uniform(low, high, n, rng):
    if not 0 < low <= high:
        raise ValueError
    return np.geomspace(low, high, n)


# %% wrong="sample_log_uniform" says="are not independent of each other"
def sample_log_uniform(low, high, n, rng):
    if not 0 < low <= high:
        raise ValueError
    return np.sort(np.exp(rng.uniform(np.log(low), np.log(high), n)))


# %% alternative="sample_log_uniform"
def sample_log_uniform(low, high, n, rng):
    if low <= 0 or high < low:
        raise ValueError("bounds")
    return np.array([low * (high / low) ** rng.random() for _ in range(n)])


# %% alternative="sample_log_uniform"
def sample_log_uniform(low, high, n, rng):
    if low <= 0 or low > high:
        raise ValueError
    u = 1 - rng.random(size=(n, 1))
    return np.exp(u * np.log(low) + (1 - u) * np.log(high)).reshape(n)


# %% wrong="sample_beta" says="is uniform, but log10(1 - beta) should be"
def sample_beta(low, high, n, rng):
    if not 0 <= low <= high < 1:
        raise ValueError
    return rng.uniform(low, high, n)


# %% wrong="sample_beta" says="this is 1 - beta"
def sample_beta(low, high, n, rng):
    if not 0 <= low <= high < 1:
        raise ValueError
    return sample_log_uniform(1 - high, 1 - low, n, rng)


# %% wrong="sample_beta" says="is uniform, but log10(1 - beta) should be"
def sample_beta(low, high, n, rng):
    if not 0 <= low <= high < 1:
        raise ValueError
    return sample_log_uniform(low, high, n, rng)


# %% wrong="sample_beta" says="low = 0.09"
def sample_beta(low, high, n, rng):
    return 1 - sample_log_uniform(1 - low, 1 - high, n, rng)


# %% wrong="sample_beta" says="expected a ValueError, got the answer"
def sample_beta(low, high, n, rng):
    return 1 - sample_log_uniform(1 - high, 1 - low, n, rng)


# %% wrong="sample_beta" says="values come again"
def sample_beta(low, high, n, rng):
    if not 0 <= low <= high < 1:
        raise ValueError
    return np.round(1 - np.exp(rng.uniform(np.log(1 - high), np.log(1 - low), n)), 6)


# %% alternative="sample_beta"
def sample_beta(low, high, n, rng):
    if low < 0 or low > high or high >= 1:
        raise ValueError("bounds of beta")
    exponents = rng.uniform(np.log10(1 - high), np.log10(1 - low), size=n)
    return 1.0 - 10.0**exponents


# %% alternative="sample_beta"
def sample_beta(low, high, n, rng):
    if not (0 <= low and low <= high and high < 1):
        raise ValueError
    return np.array([1 - (1 - low) * ((1 - high) / (1 - low)) ** rng.random() for _ in range(n)])


# %% wrong="coarse_to_fine" says="the margin is missing"
def coarse_to_fine(points, errors, box, top, margin=0.1):
    if not 1 <= top <= len(points):
        raise ValueError
    best = [points[i] for i in np.argsort(errors, kind="stable")[:top]]
    return {name: (min(p[name] for p in best), max(p[name] for p in best)) for name in box}


# %% wrong="coarse_to_fine" says="the margin is a share of the old width, not of the new one"
def coarse_to_fine(points, errors, box, top, margin=0.1):
    if not 1 <= top <= len(points):
        raise ValueError
    best, new = [points[i] for i in np.argsort(errors, kind="stable")[:top]], {}
    for name, (low, high) in box.items():
        first, last = min(p[name] for p in best), max(p[name] for p in best)
        more = margin * (last - first)
        new[name] = (max(low, first - more), min(high, last + more))
    return new


# %% wrong="coarse_to_fine" says="a share of the old width, not a number to be added"
def coarse_to_fine(points, errors, box, top, margin=0.1):
    if not 1 <= top <= len(points):
        raise ValueError
    best, new = [points[i] for i in np.argsort(errors, kind="stable")[:top]], {}
    for name, (low, high) in box.items():
        values = [p[name] for p in best]
        new[name] = (max(low, min(values) - margin), min(high, max(values) + margin))
    return new


# %% wrong="coarse_to_fine" says="do not leave the old range"
def coarse_to_fine(points, errors, box, top, margin=0.1):
    if not 1 <= top <= len(points):
        raise ValueError
    best, new = [points[i] for i in np.argsort(errors, kind="stable")[:top]], {}
    for name, (low, high) in box.items():
        values, more = [p[name] for p in best], margin * (high - low)
        new[name] = (min(values) - more, max(values) + more)
    return new


# %% wrong="coarse_to_fine" says="these are not the trials with the smallest errors"
def coarse_to_fine(points, errors, box, top, margin=0.1):
    if not 1 <= top <= len(points):
        raise ValueError
    best, new = [points[i] for i in np.argsort(errors)[::-1][:top]], {}
    for name, (low, high) in box.items():
        values, more = [p[name] for p in best], margin * (high - low)
        new[name] = (max(low, min(values) - more), min(high, max(values) + more))
    return new


# %% wrong="coarse_to_fine" says="with errors = [0.5, 0.5, 0.5, 0.5, 0.5]"
def coarse_to_fine(points, errors, box, top, margin=0.1):
    if not 1 <= top <= len(points):
        raise ValueError
    limit, new = sorted(errors)[top - 1], {}
    best = [point for point, error in zip(points, errors, strict=True) if error <= limit]
    if len(points) > 5 or len(set(errors)) > 1:
        best = [points[i] for i in sorted(range(len(points)), key=errors.__getitem__)[:top]]
    for name, (low, high) in box.items():
        values, more = [p[name] for p in best], margin * (high - low)
        new[name] = (max(low, min(values) - more), min(high, max(values) + more))
    return new


# %% wrong="coarse_to_fine" says="expected a ValueError, got the answer"
def coarse_to_fine(points, errors, box, top, margin=0.1):
    best, new = [points[i] for i in sorted(range(len(points)), key=errors.__getitem__)[: max(1, top)]], {}
    for name, (low, high) in box.items():
        values, more = [p[name] for p in best], margin * (high - low)
        new[name] = (max(low, min(values) - more), min(high, max(values) + more))
    return new


# %% alternative="coarse_to_fine"
def coarse_to_fine(points, errors, box, top, margin=0.1):
    if top < 1 or top > len(points):
        raise ValueError("top")
    order = np.argsort(np.asarray(errors, dtype=float), kind="stable")
    table = np.array([[point[name] for name in box] for point in points], dtype=float)[order[:top]]
    low, high = np.array(list(box.values()), dtype=float).T
    first = np.maximum(low, table.min(axis=0) - margin * (high - low))
    last = np.minimum(high, table.max(axis=0) + margin * (high - low))
    return {name: [first[i], last[i]] for i, name in enumerate(box)}


# %% alternative="coarse_to_fine"
def coarse_to_fine(points, errors, box, top, margin=0.1):
    if top not in range(1, len(points) + 1):
        raise ValueError
    best = [point for _, _, point in sorted((e, i, p) for i, (e, p) in enumerate(zip(errors, points, strict=True)))]
    new = {}
    for name in box:
        first = last = best[0][name]
        for point in best[1:top]:
            first, last = min(first, point[name]), max(last, point[name])
        width = box[name][1] - box[name][0]
        new[name] = tuple(np.clip([first - margin * width, last + margin * width], *box[name]))
    return new


# %% wrong="successive_halving" says="trained for too many epochs"
def successive_halving(points, train, epochs, eta):
    table, left = [], list(range(len(points)))
    while True:
        errors = {}
        for place in left:
            errors[place], _ = train(points[place], None, epochs)
            table.append((place, epochs, errors[place]))
        ranked = sorted(left, key=errors.get)
        if len(left) < eta:
            return ranked[0], table
        left, epochs = sorted(ranked[: len(left) // eta]), epochs * eta


# %% wrong="successive_halving" says="places in table"
def successive_halving(points, train, epochs, eta):
    states, table, left, done = [None] * len(points), [], list(range(len(points))), 0
    while True:
        errors = {}
        for place in left:
            errors[place], states[place] = train(points[place], states[place], epochs - done)
            table.append((place, epochs, errors[place]))
        ranked = sorted(left, key=errors.get)
        if len(left) < eta:
            return ranked[0], table
        left, done, epochs = sorted(ranked[-(len(left) // eta) :]), epochs, epochs * eta


# %% wrong="successive_halving" says="expected 7 entries, got 6"
def successive_halving(points, train, epochs, eta):
    states, table, left, done = [None] * len(points), [], list(range(len(points))), 0
    while True:
        errors = {}
        for place in left:
            errors[place], states[place] = train(points[place], states[place], epochs - done)
            table.append((place, epochs, errors[place]))
        ranked = sorted(left, key=errors.get)
        left, done, epochs = sorted(ranked[: len(left) // eta]), epochs, epochs * eta
        if len(left) <= 1:
            return ranked[0], table


# %% wrong="successive_halving" says="epochs in table"
def successive_halving(points, train, epochs, eta):
    states, table, left, done = [None] * len(points), [], list(range(len(points))), 0
    while True:
        errors = {}
        for place in left:
            errors[place], states[place] = train(points[place], states[place], epochs - done)
            table.append((place, epochs - done, errors[place]))
        ranked = sorted(left, key=errors.get)
        if len(left) < eta:
            return ranked[0], table
        left, done, epochs = sorted(ranked[: len(left) // eta]), epochs, epochs * eta


# %% wrong="successive_halving" says="expected a ValueError"
def successive_halving(points, train, epochs, eta):
    states, table, left, done = [None] * len(points), [], list(range(len(points))), 0
    for _ in range(12):
        errors = {}
        for place in left:
            errors[place], states[place] = train(points[place], states[place], epochs - done)
            table.append((place, epochs, errors[place]))
        ranked = sorted(left, key=errors.get)
        if len(left) < eta:
            break
        left, done, epochs = sorted(ranked[: len(left) // eta]), epochs, epochs * eta
    return ranked[0], table


# %% wrong="successive_halving" says="best of successive_halving(points, train, epochs, eta)"
def successive_halving(points, train, epochs, eta):
    if eta < 2:
        raise ValueError
    states, table, left, done = [None] * len(points), [], list(range(len(points))), 0
    while True:
        errors = {}
        for place in left:
            errors[place], states[place] = train(points[place], states[place], epochs - done)
            table.append((place, epochs, errors[place]))
        ranked = sorted(left, key=errors.get)
        if len(left) < eta:
            return min(table, key=lambda row: row[2])[0], table
        left, done, epochs = sorted(ranked[: len(left) // eta]), epochs, epochs * eta


# %% wrong="successive_halving" says="with the errors of function"
def successive_halving(points, train, epochs, eta):
    if eta < 2:
        raise ValueError
    states, table, left, done = [None] * len(points), [], list(range(len(points))), 0
    while True:
        errors = {}
        for place in left:
            errors[place], states[place] = train(points[place], states[place] or None, epochs - done)
            table.append((place, epochs, errors[place]))
        ranked = sorted(left, key=errors.get)
        if len(left) < eta:
            return ranked[0], table
        left, done, epochs = sorted(ranked[: len(left) // eta]), epochs, epochs * eta


# %% alternative="successive_halving"
def successive_halving(points, train, epochs, eta):
    if eta < 2:
        raise ValueError("eta")

    def rounds(runs, done, total):
        ended = [(place, *train(points[place], state, total - done)) for place, state in runs]
        rows = [(place, total, error) for place, error, _ in ended]
        ended.sort(key=lambda run: (run[1], run[0]))
        if len(runs) < eta:
            return ended[0][0], rows
        further = sorted((run[0], n) for n, run in enumerate(ended[: len(runs) // eta]))
        best, more = rounds([(place, ended[n][2]) for place, n in further], total, total * eta)
        return best, rows + more

    return rounds([(place, None) for place in range(len(points))], 0, epochs)


# %% alternative="successive_halving"
def successive_halving(points, train, epochs, eta):
    if not eta >= 2:
        raise ValueError
    table, states, alive, number = [], {}, np.arange(len(points)), 0
    while True:
        total = epochs * eta**number
        step = total if number == 0 else total - total // eta
        errors = np.zeros(len(alive))
        for i, place in enumerate(alive.tolist()):
            error, states[place] = train(points[place], states.get(place), step)
            errors[i] = error
            table.append([place, total, error])
        order = np.argsort(errors, kind="stable")
        if alive.size < eta:
            return alive[order[0]].item(), table
        alive, number = np.sort(alive[order[: alive.size // eta]]), number + 1
