# %% wrong="find_cut" says="count from column 0"
def find_cut(pictures, first, last):
    if not 0 <= first < last <= pictures.shape[2]:
        raise ValueError("no window")
    return pictures.sum(axis=1)[:, first:last].argmin(axis=1)


# %% wrong="find_cut" says="the leftmost counts"
def find_cut(pictures, first, last):
    if not 0 <= first < last <= pictures.shape[2]:
        raise ValueError("no window")
    return last - 1 - pictures.sum(axis=1)[:, first:last][:, ::-1].argmin(axis=1)


# %% wrong="find_cut" says="only the columns of the window"
def find_cut(pictures, first, last):
    if not 0 <= first < last <= pictures.shape[2]:
        raise ValueError("no window")
    return pictures.sum(axis=1).argmin(axis=1)


# %% wrong="find_cut" says="not in the window"
def find_cut(pictures, first, last):
    if not 0 <= first < last <= pictures.shape[2]:
        raise ValueError("no window")
    return first + pictures.sum(axis=1)[:, first : last + 1].argmin(axis=1)


# %% wrong="find_cut" says="most ink"
def find_cut(pictures, first, last):
    if not 0 <= first < last <= pictures.shape[2]:
        raise ValueError("no window")
    return first + pictures.sum(axis=1)[:, first:last].argmax(axis=1)


# %% wrong="find_cut" says="expected a ValueError"
def find_cut(pictures, first, last):
    cuts = []
    for ink in pictures.sum(axis=1):
        window = list(ink[first:last]) or [0]
        cuts.append(first + window.index(min(window)))
    return np.array(cuts)


# %% wrong="find_cut" says="expected a ValueError"
def find_cut(pictures, first, last):
    if first >= last:
        raise ValueError("no window")
    return first + pictures.sum(axis=1)[:, max(0, first) : last].argmin(axis=1)


# %% alternative="find_cut"
def find_cut(pictures, first, last):
    if first < 0 or last <= first or last > len(pictures[0, 0]):
        raise ValueError("no such window")
    ink = np.einsum("mhw->mw", np.asarray(pictures, dtype=float))
    ink[:, :first] = np.inf
    ink[:, last:] = np.inf
    return np.argmin(ink, axis=1)


# %% alternative="find_cut"
def find_cut(pictures, first, last):
    columns = range(pictures.shape[2] + 1)
    if first not in columns or last not in columns or first >= last:
        raise ValueError("no such window")
    cuts = []
    for picture in pictures:
        ink = [float(np.sum(picture[:, column], dtype=float)) for column in range(first, last)]
        cuts.append(first + min(range(len(ink)), key=ink.__getitem__))
    return np.array(cuts)


# %% wrong="pair_error" says="share of wrong digits"
def pair_error(predictions, labels):
    wrong = predictions != labels
    return wrong.mean(), 1 - np.prod(1 - wrong.mean(axis=0))


# %% wrong="pair_error" says="one wrong digit spoils a pair"
def pair_error(predictions, labels):
    wrong = predictions != labels
    return wrong.all(axis=1).mean(), 1 - np.prod(1 - wrong.mean(axis=0))


# %% wrong="pair_error" says="do not simply add up"
def pair_error(predictions, labels):
    wrong = predictions != labels
    return wrong.any(axis=1).mean(), wrong.mean(axis=0).sum()


# %% wrong="pair_error" says="with two errors"
def pair_error(predictions, labels):
    wrong = predictions != labels
    return wrong.any(axis=1).mean(), np.prod(wrong.mean(axis=0))


# %% wrong="pair_error" says="different error rates"
def pair_error(predictions, labels):
    wrong = predictions != labels
    return wrong.any(axis=1).mean(), 1 - (1 - wrong.mean()) ** wrong.shape[1]


# %% wrong="pair_error" says="as if independent, of these"
def pair_error(predictions, labels):
    left, right = (predictions != labels).mean(axis=0)[:2]
    return (predictions != labels).any(axis=1).mean(), 1 - (1 - left) * (1 - right)


# %% wrong="pair_error" says="measured, of three wholes"
def pair_error(predictions, labels):
    wrong = predictions != labels
    return (wrong[:, 0] | wrong[:, 1]).mean(), 1 - np.prod(1 - wrong.mean(axis=0))


# %% alternative="pair_error"
def pair_error(predictions, labels):
    m, K = labels.shape
    spoilt = {i for i in range(m) for k in range(K) if predictions[i, k] != labels[i, k]}
    right = 1
    for k in range(K):
        right *= np.count_nonzero(predictions[:, k] == labels[:, k]) / m
    return [len(spoilt) / m, 1 - right]


# %% alternative="pair_error"
def pair_error(predictions, labels):
    right = (predictions == labels) * 1.0
    return 1 - float(np.mean(right.prod(axis=1))), float(1 - right.mean(axis=0).prod())


# %% wrong="component_ceilings" says="expected a list of 4"
def component_ceilings(stages, truths, start, error):
    return error(truths[-1]), [0.2, 0.4, 0.2], 1


# %% alternative="component_ceilings"
def component_ceilings(stages, truths, start, error):
    errors = []
    for k in range(len(stages) + 1):
        value = start
        for place, stage in enumerate(stages):
            value = truths[place] if place == k - 1 else stage(value)
        errors.append(error(value))
    gains = [errors[k] - errors[k + 1] for k in range(len(stages))]
    return errors, gains, gains.index(max(gains))


# %% wrong="component_ceilings" says="replace the first stage first"
def component_ceilings(stages, truths, start, error):
    errors, K = [], len(stages)
    for k in range(K + 1):
        value = start
        for place, stage in enumerate(stages):
            value = truths[place] if place >= K - k else stage(value)
        errors.append(error(value))
    gains = [errors[k] - errors[k + 1] for k in range(K)]
    return errors, gains, gains.index(max(gains))


# %% wrong="component_ceilings" says="compare with the error just before"
def component_ceilings(stages, truths, start, error):
    errors = []
    for k in range(len(stages) + 1):
        value = truths[k - 1] if k else start
        for stage in stages[k:]:
            value = stage(value)
        errors.append(error(value))
    gains = [errors[0] - after for after in errors[1:]]
    return errors, gains, gains.index(max(gains))


# %% wrong="component_ceilings" says="its sign is wrong"
def component_ceilings(stages, truths, start, error):
    errors = []
    for k in range(len(stages) + 1):
        value = truths[k - 1] if k else start
        for stage in stages[k:]:
            value = stage(value)
        errors.append(error(value))
    gains = np.diff(errors)
    return errors, gains, int(gains.argmin())


# %% wrong="component_ceilings" says="best, counted from 0"
def component_ceilings(stages, truths, start, error):
    errors = []
    for k in range(len(stages) + 1):
        value = truths[k - 1] if k else start
        for stage in stages[k:]:
            value = stage(value)
        errors.append(error(value))
    gains = -np.diff(errors)
    return errors, gains, int(gains.argmax()) + 1


# %% wrong="component_ceilings" says="best of"
def component_ceilings(stages, truths, start, error):
    errors = []
    for k in range(len(stages) + 1):
        value = truths[k - 1] if k else start
        for stage in stages[k:]:
            value = stage(value)
        errors.append(error(value))
    gains = -np.diff(errors)
    return errors, gains, len(gains) - 1 - int(gains[::-1].argmax())


# %% wrong="component_ceilings" says="errors"
def component_ceilings(stages, truths, start, error):
    errors = []
    for k in range(len(stages)):
        value = truths[k - 1] if k else start
        for stage in stages[k:]:
            value = stage(value)
        errors.append(error(value))
    gains = -np.diff([*errors, 0.0])
    return [*errors, 0.0], gains, int(gains.argmax())


# %% alternative="component_ceilings"
def component_ceilings(stages, truths, start, error):
    def rest(value, place):
        return error(value) if place == len(stages) else rest(stages[place](value), place + 1)

    errors = np.array([rest(start, 0), *(rest(truth, place) for place, truth in enumerate(truths, 1))], dtype=float)
    gains = errors[:-1] - errors[1:]
    return errors, gains, gains.argmax()


# %% alternative="component_ceilings"
def component_ceilings(stages, truths, start, error):
    reached = [start]
    for stage, truth in zip(stages, truths, strict=True):
        reached = [stage(value) for value in reached] + [truth]
    errors = [error(value) for value in reached]
    gains, best = [], 0
    for k in range(1, len(errors)):
        gains.append(errors[k - 1] - errors[k])
        if gains[-1] > gains[best]:
            best = k - 1
    return [errors, gains, best]


# %% wrong="error_through_stages" says="not the measured ones"
def error_through_stages(outcomes, mistakes, shares):
    if any(share > 0 and outcome not in outcomes for outcome, share in shares.items()):
        raise ValueError("never measured")
    added = {o: np.mean(mistakes * (outcomes == o)) for o in shares}
    return sum(added.values()), added


# %% wrong="error_through_stages" says="weighted by the shares"
def error_through_stages(outcomes, mistakes, shares):
    added = {o: np.mean(mistakes[outcomes == o]) for o in shares}
    return np.mean(list(added.values())), added


# %% wrong="error_through_stages" says="no error rate"
def error_through_stages(outcomes, mistakes, shares):
    added = {o: s * np.mean(outcomes[mistakes == 1] == o) for o, s in shares.items()}
    return sum(added.values()), added


# %% wrong="error_through_stages" says="not the right ones"
def error_through_stages(outcomes, mistakes, shares):
    added = {o: s * (1 - np.mean(mistakes[outcomes == o])) for o, s in shares.items()}
    return sum(added.values()), added


# %% wrong="error_through_stages" says="times its new share"
def error_through_stages(outcomes, mistakes, shares):
    rates = {o: np.mean(mistakes[outcomes == o]) for o in shares}
    return sum(shares[o] * rates[o] for o in shares), rates


# %% wrong="error_through_stages" says="with the share 0"
def error_through_stages(outcomes, mistakes, shares):
    for o, s in shares.items():
        if s > 0 and not (outcomes == o).any():
            raise ValueError("never measured")
    added = {o: s * np.mean(mistakes[outcomes == o]) for o, s in shares.items()}
    return np.nansum(list(added.values())), added


# %% wrong="error_through_stages" says="expected a ValueError"
def error_through_stages(outcomes, mistakes, shares):
    added = {o: s * np.mean(mistakes[outcomes == o]) if (outcomes == o).any() else 0.0 for o, s in shares.items()}
    return sum(added.values()), added


# %% alternative="error_through_stages"
def error_through_stages(outcomes, mistakes, shares):
    values, places, counts = np.unique(outcomes, return_inverse=True, return_counts=True)
    rates = np.bincount(places, weights=np.asarray(mistakes, dtype=float)) / counts
    known = dict(zip(values.tolist(), rates.tolist(), strict=True))
    added = {}
    for outcome, share in shares.items():
        if share and outcome not in known:
            raise ValueError("never measured")
        added[outcome] = share * known.get(outcome, 0.0)
    return float(np.sum(list(added.values()))), added


# %% alternative="error_through_stages"
def error_through_stages(outcomes, mistakes, shares):
    seen = {}
    for outcome, mistake in zip(outcomes, mistakes, strict=True):
        seen.setdefault(int(outcome), []).append(1 if mistake else 0)
    if {o for o, s in shares.items() if s > 0} - set(seen):
        raise ValueError("never measured")
    added = {o: s * sum(seen[o]) / len(seen[o]) if o in seen else 0 for o, s in shares.items()}
    return [sum(added.values()), added]


# %% wrong="crossover" says="interpolated in logarithms, too"
def crossover(sizes, first, second):
    if min(first) <= 0 or min(second) <= 0:
        raise ValueError("not above 0")
    d = np.log(first) - np.log(second)
    for k in range(len(d)):
        if d[k] == 0:
            return sizes[k]
        if k + 1 < len(d) and d[k] * d[k + 1] < 0:
            return sizes[k] + d[k] / (d[k] - d[k + 1]) * (sizes[k + 1] - sizes[k])


# %% wrong="crossover" says="the errors are interpolated"
def crossover(sizes, first, second):
    if min(first) <= 0 or min(second) <= 0:
        raise ValueError("not above 0")
    d, u = first - second, np.log(sizes)
    for k in range(len(d)):
        if d[k] == 0:
            return sizes[k]
        if k + 1 < len(d) and d[k] * d[k + 1] < 0:
            return np.exp(u[k] + d[k] / (d[k] - d[k + 1]) * (u[k + 1] - u[k]))


# %% wrong="crossover" says="not the last"
def crossover(sizes, first, second):
    if min(first) <= 0 or min(second) <= 0:
        raise ValueError("not above 0")
    d, u, found = np.log(first) - np.log(second), np.log(sizes), None
    for k in range(len(d)):
        if d[k] == 0:
            found = sizes[k]
        if k + 1 < len(d) and d[k] * d[k + 1] < 0:
            found = np.exp(u[k] + d[k] / (d[k] - d[k + 1]) * (u[k + 1] - u[k]))
    return found


# %% wrong="crossover" says="part of the way"
def crossover(sizes, first, second):
    if min(first) <= 0 or min(second) <= 0:
        raise ValueError("not above 0")
    d, u = np.log(first) - np.log(second), np.log(sizes)
    for k in range(len(d)):
        if d[k] == 0:
            return sizes[k]
        if k + 1 < len(d) and d[k] * d[k + 1] < 0:
            return np.exp(u[k] + d[k + 1] / (d[k + 1] - d[k]) * (u[k + 1] - u[k]))


# %% wrong="crossover" says="equal at the last size"
def crossover(sizes, first, second):
    if min(first) <= 0 or min(second) <= 0:
        raise ValueError("not above 0")
    d, u = np.log(first) - np.log(second), np.log(sizes)
    for k in range(len(d) - 1):
        if d[k] == 0:
            return sizes[k]
        if d[k] * d[k + 1] < 0:
            return np.exp(u[k] + d[k] / (d[k] - d[k + 1]) * (u[k + 1] - u[k]))


# %% wrong="crossover" says="equal at 10,000"
def crossover(sizes, first, second):
    if min(first) <= 0 or min(second) <= 0:
        raise ValueError("not above 0")
    d, u = np.log(first) - np.log(second), np.log(sizes)
    for k in range(len(d) - 1):
        if d[k] * d[k + 1] < 0:
            return np.exp(u[k] + d[k] / (d[k] - d[k + 1]) * (u[k + 1] - u[k]))


# %% wrong="crossover" says="expected a ValueError"
def crossover(sizes, first, second):
    d, u = np.log(first) - np.log(second), np.log(sizes)
    for k in range(len(d)):
        if d[k] == 0:
            return sizes[k]
        if k + 1 < len(d) and d[k] * d[k + 1] < 0:
            return np.exp(u[k] + d[k] / (d[k] - d[k + 1]) * (u[k + 1] - u[k]))


# %% wrong="crossover" says="without a crossing"
def crossover(sizes, first, second):
    if min(first) <= 0 or min(second) <= 0:
        raise ValueError("not above 0")
    d, u = np.log(first) - np.log(second), np.log(sizes)
    k = int(np.argmax(np.sign(d) != np.sign(d[0])))
    if d[0] == 0 or d[k] == 0:
        return sizes[k]
    return np.exp(u[k - 1] + d[k - 1] / (d[k - 1] - d[k]) * (u[k] - u[k - 1]))


# %% alternative="crossover"
def crossover(sizes, first, second):
    a, b, n = (np.asarray(values, dtype=float) for values in (first, second, sizes))
    if not ((a > 0).all() and (b > 0).all()):
        raise ValueError("not above 0")
    above = np.sign(a - b)
    changed = np.flatnonzero(above != above[0]) if above[0] else np.array([0])
    if changed.size == 0:
        return None
    k = changed[0]
    if above[k] == 0:
        return n[k]
    d = np.log(a / b)[k - 1 : k + 1]
    return float(n[k - 1] * (n[k] / n[k - 1]) ** (d[0] / (d[0] - d[1])))


# %% alternative="crossover"
def crossover(sizes, first, second):
    if any(e <= 0 for e in (*first, *second)):
        raise ValueError("not above 0")
    before = None
    for size, a, b in zip(sizes, first, second, strict=True):
        if a == b:
            return float(size)
        now = np.log(float(size)), np.log(float(a)) - np.log(float(b))
        if before and (before[1] > 0) is not bool(now[1] > 0):
            return np.exp((before[0] * now[1] - now[0] * before[1]) / (now[1] - before[1]))
        before = now[0], float(now[1])
    return None


# %% wrong="fit_gains" says="the penalty is missing"
def fit_gains(X, y, penalty):
    if penalty <= 0:
        raise ValueError("not above 0")
    return np.linalg.lstsq(X.T, y, rcond=None)[0]


# %% wrong="fit_gains" says="not multiplied by m"
def fit_gains(X, y, penalty):
    if penalty <= 0:
        raise ValueError("not above 0")
    m = len(y)
    return np.linalg.solve(X @ X.T / m + penalty * np.eye(len(X)), X @ y / m)


# %% wrong="fit_gains" says="the constant is penalised, too"
def fit_gains(X, y, penalty):
    if penalty <= 0:
        raise ValueError("not above 0")
    ridge = np.eye(len(X))
    ridge[0, 0] = 0
    return np.linalg.solve(X @ X.T + penalty * ridge, X @ y)


# %% wrong="fit_gains" says="not halved"
def fit_gains(X, y, penalty):
    if penalty <= 0:
        raise ValueError("not above 0")
    return np.linalg.solve(X @ X.T + penalty / 2 * np.eye(len(X)), X @ y)


# %% wrong="fit_gains" says="not squared"
def fit_gains(X, y, penalty):
    if penalty <= 0:
        raise ValueError("not above 0")
    return np.linalg.solve(X @ X.T + penalty**2 * np.eye(len(X)), X @ y)


# %% wrong="fit_gains" says="expected a ValueError"
def fit_gains(X, y, penalty):
    return np.linalg.solve(X @ X.T + penalty * np.eye(len(X)), X @ y)


# %% alternative="fit_gains"
def fit_gains(X, y, penalty):
    if not penalty > 0:
        raise ValueError("not above 0")
    U, s, Vt = np.linalg.svd(np.asarray(X, dtype=float), full_matrices=False)
    return U @ (s / (s**2 + penalty) * (Vt @ y))


# %% alternative="fit_gains"
def fit_gains(X, y, penalty):
    if penalty <= 0:
        raise ValueError("not above 0")
    A, b = np.zeros((len(X), len(X))), np.zeros(len(X))
    for x, target in zip(X.T.astype(float), y, strict=True):
        A += np.outer(x, x)
        b += float(target) * x
    for place in range(len(X)):
        A[place, place] += penalty
    return np.linalg.inv(A) @ b


# %% wrong="learn_policy" says="must return a function"
def learn_policy(experience, penalty):
    return {action for _, gains in experience for action in gains}


# %% wrong="learn_policy" says="the policy loses"
def learn_policy(experience, penalty):
    return lambda report: report["possible"][0]


# %% wrong="learn_policy" says="the policy loses"
def learn_policy(experience, penalty):
    weights = {}
    for action in {action for _, gains in experience for action in gains}:
        known = [(report_numbers(report), gains[action]) for report, gains in experience if action in gains]
        X = np.array([numbers for numbers, _ in known]).T
        weights[action] = fit_gains(X, np.array([gain for _, gain in known]), penalty)
    return lambda report: min(report["possible"], key=lambda action: weights[action] @ report_numbers(report))


# %% wrong="learn_policy" says="judged on 16 others, the policy loses"
def learn_policy(experience, penalty):
    total = {}
    for _, gains in experience:
        for action, gain in gains.items():
            total.setdefault(action, []).append(gain)
    return lambda report: max(report["possible"], key=lambda action: np.mean(total[action]))


# %% wrong="learn_policy" says="judged on 16 others, the policy loses"
def learn_policy(experience, penalty):
    def gaps_of(report):
        kinds = report["category_errors"]
        return {
            "bigger_network": max(0, report["train_error"] - report["human_error"]),
            "more_data": max(0, report["train_dev_error"] - report["train_error"]),
            "user_data": max(0, report["dev_error"] - report["train_dev_error"]),
            "synthesise": kinds["blurred"] + kinds["shifted"],
            "clean_labels": report["wrong_labels"],
            "regularise": report["wrong_labels"] * (1 - report["one_way"]),
            "change_metric": max(0, report["dev_cost"] - report["dev_error"]),
        }

    known = [(gaps_of(report)[action], gain, action) for report, gains in experience for action, gain in gains.items()]
    rates = {}
    for action in {name for _, _, name in known}:
        g, y = np.array([(gap, gain) for gap, gain, name in known if name == action]).T
        rates[action] = g @ y / (g @ g + 1e-12)
    return lambda report: max(report["possible"], key=lambda action: rates[action] * gaps_of(report)[action])


# %% wrong="learn_policy" says="policy"
def learn_policy(experience, penalty):
    weights = {}
    for action in {action for _, gains in experience for action in gains}:
        known = [(report_numbers(report), gains.get(action, 0.0)) for report, gains in experience]
        X = np.array([numbers for numbers, _ in known]).T
        weights[action] = fit_gains(X, np.array([gain for _, gain in known]), 100 * penalty)
    return lambda report: max(report["possible"], key=lambda action: weights[action] @ report_numbers(report))


# %% alternative="learn_policy"
def learn_policy(experience, penalty):
    examples = {}
    for report, gains in experience:
        for action, gain in gains.items():
            examples.setdefault(action, []).append(np.append(report_numbers(report), gain))
    learned = {}
    for action, rows in examples.items():
        table = np.array(rows)
        learned[action] = fit_gains(table[:, :-1].T, table[:, -1], penalty)

    def policy(report):
        promised = [float(np.dot(learned[action], report_numbers(report))) for action in report["possible"]]
        return report["possible"][int(np.argmax(promised))]

    return policy


# %% alternative="learn_policy"
def learn_policy(experience, penalty):
    numbers = np.array([report_numbers(report) for report, _ in experience])
    actions = sorted({action for _, gains in experience for action in gains})
    W = np.zeros((len(actions), numbers.shape[1]))
    for row, action in enumerate(actions):
        here = np.array([action in gains for _, gains in experience])
        y = np.array([gains[action] for _, gains in experience if action in gains])
        A = np.vstack([numbers[here], 0.3**0.5 * np.eye(numbers.shape[1])])
        W[row] = np.linalg.lstsq(A, np.append(y, np.zeros(numbers.shape[1])), rcond=None)[0]

    def policy(report):
        order = np.argsort(-(W @ report_numbers(report)))
        return next(actions[row] for row in order if actions[row] in report["possible"])

    return policy
