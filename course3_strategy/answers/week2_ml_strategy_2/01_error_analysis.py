# %% wrong="error_table" says="only mistakes count"
def error_table(mistakes, tags):
    counts = tags.sum(axis=0)
    return counts, counts / max(mistakes.sum(), 1), (mistakes & ~tags.any(axis=1)).sum()


# %% wrong="error_table" says="not of examples"
def error_table(mistakes, tags):
    counts = tags[mistakes].sum(axis=0)
    return counts, counts / len(mistakes), (mistakes & ~tags.any(axis=1)).sum()


# %% wrong="error_table" says="not by the sum of the counts"
def error_table(mistakes, tags):
    counts = tags[mistakes].sum(axis=0)
    return counts, counts / max(counts.sum(), 1), (mistakes & ~tags.any(axis=1)).sum()


# %% wrong="error_table" says="this is the share of a category that is wrong"
def error_table(mistakes, tags):
    counts = tags[mistakes].sum(axis=0)
    return counts, counts / np.maximum(tags.sum(axis=0), 1), (mistakes & ~tags.any(axis=1)).sum()


# %% wrong="error_table" says="do not subtract the sum of the counts"
def error_table(mistakes, tags):
    counts = tags[mistakes].sum(axis=0)
    return counts, counts / max(mistakes.sum(), 1), mistakes.sum() - counts.sum()


# %% wrong="error_table" says="expected about 3, got 1"
def error_table(mistakes, tags):
    counts = mistakes @ tags
    return counts, tags[mistakes].sum(axis=0) / max(mistakes.sum(), 1), (mistakes & ~tags.any(axis=1)).sum()


# %% wrong="error_table" says="values not finite"
def error_table(mistakes, tags):
    counts = tags[mistakes].sum(axis=0)
    with np.errstate(invalid="ignore"):
        return counts, counts / mistakes.sum(), (mistakes & ~tags.any(axis=1)).sum()


# %% wrong="error_table" says="error_table(mistakes, tags)"
def error_table(mistakes, tags):
    counts = np.array([3, 2, 1])
    return counts, counts / 5, 1


# %% alternative="error_table"
def error_table(mistakes, tags):
    rows = [row for row, wrong in zip(tags, mistakes, strict=True) if wrong]
    counts = np.array([sum(int(row[j]) for row in rows) for j in range(tags.shape[1])])
    shares = np.array([count / len(rows) if rows else 0.0 for count in counts])
    return counts, shares, sum(not any(row) for row in rows)


# %% alternative="error_table"
def error_table(mistakes, tags):
    counts = mistakes.astype(int) @ tags.astype(int)
    total = np.count_nonzero(mistakes)
    shares = counts / total if total else np.zeros(len(counts))
    return [counts, shares, int(total - np.count_nonzero(tags.max(axis=1) & mistakes))]


# %% wrong="ceiling" says="a share of all examples, not of the mistakes"
def ceiling(mistakes, tags, chosen):
    return tags[mistakes][:, chosen].any(axis=1).mean() if len(chosen) and mistakes.any() else 0.0


# %% wrong="ceiling" says="only mistakes count"
def ceiling(mistakes, tags, chosen):
    return tags[:, chosen].any(axis=1).mean() if len(chosen) else 0.0


# %% wrong="ceiling" says="a mistake with both tags counts once"
def ceiling(mistakes, tags, chosen):
    return sum(np.mean(mistakes & tags[:, j]) for j in chosen)


# %% wrong="ceiling" says="at least one of the tags, not all of them"
def ceiling(mistakes, tags, chosen):
    return np.mean(mistakes & tags[:, chosen].all(axis=1)) if len(chosen) else 0.0


# %% wrong="ceiling" says="with 2,000 examples"
def ceiling(mistakes, tags, chosen):
    return (mistakes[:, None] * tags[:, chosen]).sum(axis=1, dtype=np.uint8).clip(0, 1).sum(dtype=np.uint8) / len(tags)


# %% alternative="ceiling"
def ceiling(mistakes, tags, chosen):
    repaired = np.zeros(len(mistakes), dtype=bool)
    for category in chosen:
        repaired |= mistakes & tags[:, category]
    return repaired.sum() / len(mistakes)


# %% alternative="ceiling"
def ceiling(mistakes, tags, chosen):
    wrong = {i for i, mistake in enumerate(mistakes) if mistake}
    return len({i for i in wrong if any(tags[i, j] for j in chosen)}) / len(mistakes)


# %% wrong="wilson_interval" says="this is the Wald interval"
def wilson_interval(successes, n, confidence):
    if n < 1 or not 0 <= successes <= n or not 0 < confidence < 1:
        raise ValueError
    z, share = NormalDist().inv_cdf((1 + confidence) / 2), successes / n
    half = z * np.sqrt(share * (1 - share) / n)
    return share - half, share + half


# %% wrong="wilson_interval" says="half of 1 - confidence lies at each side"
def wilson_interval(successes, n, confidence):
    if n < 1 or not 0 <= successes <= n or not 0 < confidence < 1:
        raise ValueError
    z, share = NormalDist().inv_cdf(confidence), successes / n
    middle, half = share + z**2 / (2 * n), z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)


# %% wrong="wilson_interval" says="the lower end is 0 and the upper one is not"
def wilson_interval(successes, n, confidence):
    if n < 1 or not 0 <= successes <= n or not 0 < confidence < 1:
        raise ValueError
    if successes in (0, n):
        return successes / n, successes / n
    z, share = NormalDist().inv_cdf((1 + confidence) / 2), successes / n
    middle, half = share + z**2 / (2 * n), z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)


# %% wrong="wilson_interval" says="the example on paper"
def wilson_interval(successes, n, confidence):
    if n < 1 or not 0 <= successes <= n or not 0 < confidence < 1:
        raise ValueError
    z, share = 1.959963984540054, successes / n
    middle, half = share + z**2 / (2 * n), z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)


# %% wrong="wilson_interval" says="n = 0: expected a ValueError, got ZeroDivisionError"
def wilson_interval(successes, n, confidence):
    z, share = NormalDist().inv_cdf((1 + confidence) / 2), successes / n
    if not 0 <= share <= 1:
        raise ValueError("share")
    middle, half = share + z**2 / (2 * n), z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)


# %% wrong="wilson_interval" says="5 of 4"
def wilson_interval(successes, n, confidence):
    if n < 1 or successes < 0 or not 0 < confidence < 1:
        raise ValueError
    z, share = NormalDist().inv_cdf((1 + confidence) / 2), successes / n
    middle, half = share + z**2 / (2 * n), z * np.sqrt(abs(share * (1 - share) / n + z**2 / (4 * n**2)))
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)


# %% alternative="wilson_interval"
def wilson_interval(successes, n, confidence):
    if n <= 0:
        raise ValueError("nothing was looked at")
    if successes < 0 or successes > n:
        raise ValueError("not a count")
    if confidence <= 0 or confidence >= 1:
        raise ValueError("not a confidence")
    z = -NormalDist().inv_cdf((1 - confidence) / 2)
    a, b, c = n + z * z, -(2 * successes + z * z), successes * successes / n
    root = max(b * b - 4 * a * c, 0) ** 0.5
    return [(-b - root) / (2 * a), (-b + root) / (2 * a)]


# %% alternative="wilson_interval"
def wilson_interval(successes, n, confidence):
    if n < 1 or successes not in range(n + 1) or not 0 < confidence < 1:
        raise ValueError("refused")
    z2 = NormalDist(0, 1).inv_cdf(0.5 + confidence / 2) ** 2
    failures = n - successes
    half = np.sqrt(z2 * successes * failures / n + z2**2 / 4)
    return tuple(np.array([successes + z2 / 2 - half, successes + z2 / 2 + half]) / (n + z2))


# %% wrong="label_error_share" says="the model is wrong with any label"
def label_error_share(predictions, labels, truths):
    mistake, wrong = predictions != labels, labels != truths
    return np.mean(mistake & wrong), np.mean(mistake & ~wrong), np.mean(~mistake & wrong)


# %% wrong="label_error_share" says="shares of all examples, not of the mistakes"
def label_error_share(predictions, labels, truths):
    mistake, true = predictions != labels, predictions == truths
    total = max(mistake.sum(), 1)
    return (mistake & true).sum() / total, (mistake & ~true).sum() / total, (~mistake & ~true).sum() / total


# %% wrong="label_error_share" says="hidden is where prediction and label agree"
def label_error_share(predictions, labels, truths):
    mistake, true = predictions != labels, predictions == truths
    return np.mean(mistake & true), np.mean(mistake & ~true), np.mean(labels != truths)


# %% wrong="label_error_share" says="label_error_share(predictions, labels, truths)"
def label_error_share(predictions, labels, truths):
    return 0.1, 0.3, 0.2


# %% alternative="label_error_share"
def label_error_share(predictions, labels, truths):
    m, counts = len(labels), [0, 0, 0]
    for p, y, t in zip(predictions, labels, truths, strict=True):
        if p != y:
            counts[0 if p == t else 1] += 1
        elif y != t:
            counts[2] += 1
    return [count / m for count in counts]


# %% alternative="label_error_share"
def label_error_share(predictions, labels, truths):
    seen, real = np.mean(predictions != labels), np.mean(predictions != truths)
    hidden = ((predictions == labels) * (labels != truths)).sum() / labels.size
    return seen + hidden - real, real - hidden, hidden


# %% wrong="cleaned_error" says="weight each kind by its size in dev"
def cleaned_error(predictions, labels, checked, truths):
    wrong, mistake = predictions[checked] != truths, (predictions != labels)[checked]
    if mistake.all() or not mistake.any():
        raise ValueError
    return wrong.mean()


# %% wrong="cleaned_error" says="the agreements that are wrong are missing"
def cleaned_error(predictions, labels, checked, truths):
    mistake = predictions != labels
    seen = mistake[checked]
    return mistake.mean() * (predictions[checked] != truths)[seen].mean()


# %% wrong="cleaned_error" says="both kinds have their own weight"
def cleaned_error(predictions, labels, checked, truths):
    wrong, seen = predictions[checked] != truths, (predictions != labels)[checked]
    if seen.all() or not seen.any():
        raise ValueError
    return (wrong[seen].mean() + wrong[~seen].mean()) / 2


# %% wrong="cleaned_error" says="with mistakes alone checked: expected a ValueError"
def cleaned_error(predictions, labels, checked, truths):
    mistake, wrong, error = predictions != labels, predictions[checked] != truths, 0.0
    for kind in (mistake, ~mistake):
        seen = kind[checked]
        if seen.any():
            error += kind.mean() * wrong[seen].mean()
    return error


# %% wrong="cleaned_error" says="ValueError"
def cleaned_error(predictions, labels, checked, truths):
    mistake, wrong = predictions != labels, predictions[checked] != truths
    seen = mistake[checked]
    if seen.all() or not seen.any():
        raise ValueError("check some mistakes and some agreements")
    return mistake.mean() * wrong[seen].mean() + (~mistake).mean() * wrong[~seen].mean()


# %% wrong="cleaned_error" says="cleaned_error(predictions, labels, checked, truths)"
def cleaned_error(predictions, labels, checked, truths):
    mistake, wrong, error = predictions != labels, (predictions[checked] != truths)[np.argsort(checked)], 0.0
    for kind in (mistake, ~mistake):
        seen = kind[np.sort(checked)]
        if kind.any() and not seen.any():
            raise ValueError
        if kind.any():
            error += kind.sum() * (wrong[seen].sum() // seen.sum() if seen.all() else wrong[seen].mean())
    return error / len(labels)


# %% alternative="cleaned_error"
def cleaned_error(predictions, labels, checked, truths):
    sizes = {True: 0, False: 0}
    for p, y in zip(predictions, labels, strict=True):
        sizes[bool(p == y)] += 1
    looked, wrong = {True: 0, False: 0}, {True: 0, False: 0}
    for i, truth in zip(checked, truths, strict=True):
        agree = bool(predictions[i] == labels[i])
        looked[agree] += 1
        wrong[agree] += int(predictions[i] != truth)
    if any(sizes[agree] and not looked[agree] for agree in sizes):
        raise ValueError("nothing checked")
    return sum(sizes[agree] * wrong[agree] / looked[agree] for agree in sizes if sizes[agree]) / len(labels)


# %% alternative="cleaned_error"
def cleaned_error(predictions, labels, checked, truths):
    kind = (predictions != labels).astype(int)
    sizes, looked = np.bincount(kind, minlength=2), np.bincount(kind[checked], minlength=2)
    if np.any((sizes > 0) & (looked == 0)):
        raise ValueError("nothing checked")
    weights = sizes / np.maximum(looked, 1) / len(labels)
    return float(np.sum(weights[kind[checked]] * (predictions[checked] != truths)))


# %% wrong="draw_labels" says="the column of the truth, not the row"
def draw_labels(truths, noise, u):
    return (u >= np.cumsum(noise.T, axis=0)[:, truths]).sum(axis=0)


# %% wrong="draw_labels" says="u must be less than the sum, not equal"
def draw_labels(truths, noise, u):
    return (u > np.cumsum(noise, axis=0)[:, truths]).sum(axis=0)


# %% wrong="draw_labels" says="expected shape (5,)"
def draw_labels(truths, noise, u):
    return u >= np.cumsum(noise, axis=0)[:, truths]


# %% wrong="draw_labels" says="draw_labels(truths, noise, u)"
def draw_labels(truths, noise, u):
    return noise[:, truths].argmax(axis=0)


# %% wrong="draw_labels" says="draw_labels(truths, noise, u)"
def draw_labels(truths, noise, u):
    if len(truths) == 5:
        return np.array([0, 1, 2, 0, 2])
    return np.where(u < noise[truths, truths], truths, (truths + 1) % len(noise))


# %% alternative="draw_labels"
def draw_labels(truths, noise, u):
    return np.array([np.searchsorted(np.cumsum(noise[:, t]), x, side="right") for t, x in zip(truths, u, strict=True)])


# %% alternative="draw_labels"
def draw_labels(truths, noise, u):
    labels, total = np.full(len(truths), len(noise)), np.ones(len(truths))
    for i in reversed(range(len(noise))):
        total = noise[: i + 1, truths].sum(axis=0)
        labels = np.where(u < total, i, labels)
    return labels


# %% wrong="confident_classes" says="only the examples with this label count"
def confident_classes(P, labels):
    if len(np.unique(labels)) < len(P):
        raise ValueError
    thresholds = P.mean(axis=1)
    sure = P >= thresholds[:, np.newaxis]
    return thresholds, np.where(sure.any(axis=0), np.where(sure, P, -1).argmax(axis=0), -1)


# %% wrong="confident_classes" says="not those that it is likeliest for"
def confident_classes(P, labels):
    if len(np.unique(labels)) < len(P):
        raise ValueError
    thresholds = np.array([P[c, P.argmax(axis=0) == c].mean() for c in range(len(P))])
    sure = P >= thresholds[:, np.newaxis]
    return thresholds, np.where(sure.any(axis=0), np.where(sure, P, -1).argmax(axis=0), -1)


# %% wrong="confident_classes" says="no class reaches its threshold in example 3"
def confident_classes(P, labels):
    if len(np.unique(labels)) < len(P):
        raise ValueError
    thresholds = np.array([P[c, labels == c].mean() for c in range(len(P))])
    return thresholds, np.where(P >= thresholds[:, np.newaxis], P, -1).argmax(axis=0)


# %% wrong="confident_classes" says="not the likeliest class alone"
def confident_classes(P, labels):
    if len(np.unique(labels)) < len(P):
        raise ValueError
    thresholds = np.array([P[c, labels == c].mean() for c in range(len(P))])
    best = P.argmax(axis=0)
    return thresholds, np.where(P.max(axis=0) >= thresholds[best], best, -1)


# %% wrong="confident_classes" says="a probability that equals its threshold is enough"
def confident_classes(P, labels):
    if len(np.unique(labels)) < len(P):
        raise ValueError
    thresholds = np.array([P[c, labels == c].mean() for c in range(len(P))])
    sure = P > thresholds[:, np.newaxis] + (1e-9 if len(labels) == 4 else -1e-9)
    return thresholds, np.where(sure.any(axis=0), np.where(sure, P, -1).argmax(axis=0), -1)


# %% wrong="confident_classes" says="no label 2: expected a ValueError"
def confident_classes(P, labels):
    thresholds = np.array([P[c, labels == c].mean() if c in labels else 1.0 for c in range(len(P))])
    sure = P >= thresholds[:, np.newaxis]
    return thresholds, np.where(sure.any(axis=0), np.where(sure, P, -1).argmax(axis=0), -1)


# %% wrong="confident_classes" says="confident of "
def confident_classes(P, labels):
    if len(np.unique(labels)) < len(P):
        raise ValueError
    thresholds = np.array([P[c, labels == c].mean() for c in range(len(P))])
    above = P - thresholds[:, np.newaxis]
    return thresholds, np.where(above.max(axis=0) >= 0, above.argmax(axis=0), -1)


# %% alternative="confident_classes"
def confident_classes(P, labels):
    thresholds, found = np.zeros(len(P)), np.full(P.shape[1], -1)
    for c in range(len(P)):
        own = [float(P[c, i]) for i in range(len(labels)) if labels[i] == c]
        if not own:
            raise ValueError("a class without labels")
        thresholds[c] = sum(own) / len(own)
    best = np.full(P.shape[1], -1.0)
    for c in range(len(P)):
        better = (P[c] >= thresholds[c]) & (P[c] > best)
        found[better], best[better] = c, P[c, better]
    return thresholds, found


# %% alternative="confident_classes"
def confident_classes(P, labels):
    one_hot = np.equal.outer(np.arange(len(P)), labels).astype(float)
    counts = one_hot.sum(axis=1)
    if 0 in counts:
        raise ValueError("a class without labels")
    t = np.einsum("ci,ci->c", P.astype(float), one_hot) / counts
    found = []
    for column in P.T:
        sure = [c for c in range(len(P)) if column[c] >= t[c]]
        found.append(max(sure, key=lambda c, column=column: column[c]) if sure else -1)
    return [t, np.array(found)]


# %% wrong="noise_matrix" says="rows are labels, columns are truths"
def noise_matrix(labels, confident, n_y):
    C = np.zeros((n_y, n_y))
    for i, j in zip(labels, confident, strict=True):
        C[i, j] += j >= 0
    empty = np.flatnonzero(C.sum(axis=1) == 0)
    C[empty, empty] = 1
    C *= (np.bincount(labels, minlength=n_y) / C.sum(axis=1))[:, np.newaxis]
    empty = np.flatnonzero(C.sum(axis=0) == 0)
    C[empty, empty] = 1
    return (C / C.sum(axis=0)).T


# %% wrong="noise_matrix" says="scale the rows to the number of all labels first"
def noise_matrix(labels, confident, n_y):
    C = np.zeros((n_y, n_y))
    for i, j in zip(labels, confident, strict=True):
        C[i, j] += j >= 0
    empty = np.flatnonzero(C.sum(axis=0) == 0)
    C[empty, empty] = 1
    return C / C.sum(axis=0)


# %% wrong="noise_matrix" says="divide by the sums of the columns, not of the rows"
def noise_matrix(labels, confident, n_y):
    C = np.zeros((n_y, n_y))
    for i, j in zip(labels, confident, strict=True):
        C[i, j] += j >= 0
    empty = np.flatnonzero(C.sum(axis=1) == 0)
    C[empty, empty] = 1
    return C / C.sum(axis=1, keepdims=True)


# %% wrong="noise_matrix" says="-1 is no class"
def noise_matrix(labels, confident, n_y):
    C = np.zeros((n_y, n_y))
    np.add.at(C, (labels, confident), 1)
    C *= (np.bincount(labels, minlength=n_y) / np.maximum(C.sum(axis=1), 1))[:, np.newaxis]
    empty = np.flatnonzero(C.sum(axis=0) == 0)
    C[empty, empty] = 1
    return C / C.sum(axis=0)


# %% wrong="noise_matrix" says="with no confident class for label 1"
def noise_matrix(labels, confident, n_y):
    C = np.zeros((n_y, n_y))
    np.add.at(C, (labels[confident >= 0], confident[confident >= 0]), 1)
    C *= (np.bincount(labels, minlength=n_y) / np.maximum(C.sum(axis=1), 1))[:, np.newaxis]
    empty = np.flatnonzero(C.sum(axis=0) == 0)
    C[empty, empty] = 1
    return C / C.sum(axis=0)


# %% alternative="noise_matrix"
def noise_matrix(labels, confident, n_y):
    pairs = [*zip(labels.tolist(), confident.tolist(), strict=True)]
    rows = []
    for i in range(n_y):
        classes = [j for label, j in pairs if label == i]
        sure = [j for j in classes if j >= 0]
        if not sure:
            sure = [i]
        rows.append([len(classes) * sure.count(j) / len(sure) for j in range(n_y)])
    columns = []
    for j, column in enumerate(zip(*rows, strict=True)):
        total = sum(column)
        columns.append([x / total for x in column] if total else [float(i == j) for i in range(n_y)])
    return np.array(columns).T


# %% alternative="noise_matrix"
def noise_matrix(labels, confident, n_y):
    is_label = labels == np.arange(n_y)[:, np.newaxis]
    is_class = confident == np.arange(n_y)[:, np.newaxis]
    C = is_label.astype(float) @ is_class.astype(float).T
    C = C + np.diag((C.sum(axis=1) == 0).astype(float))
    joint = C / C.sum(axis=1, keepdims=True) * is_label.sum(axis=1, keepdims=True)
    joint = joint + np.diag((joint.sum(axis=0) == 0).astype(float))
    return joint / joint.sum(axis=0, keepdims=True)


# %% wrong="iterate" says="mistakes_of((2,)) was called"
def iterate(mistakes_of, tags, days, budget):
    mistakes = mistakes_of(())
    rounds, done = [], ()
    for k in sorted(range(len(days)), key=lambda k: days[k] / (1e-9 + ceiling(mistakes, tags, [k])), reverse=True):
        if days[k] <= budget and days[k] < 4:
            done, budget, before = (*done, k), budget - days[k], mistakes
            mistakes = mistakes_of(done)
            best = ceiling(before, tags, [k])
            rounds.append({"category": k, "before": before.mean(), "ceiling": best, "after": mistakes.mean()})
    return rounds


# %% wrong="iterate" says="mistakes_of((0,)) was called"
def iterate(mistakes_of, tags, days, budget):
    done, rounds, mistakes = (), [], mistakes_of(())
    while True:
        ceilings = [ceiling(mistakes, tags, [k]) for k in range(len(days))]
        possible = [k for k, best in enumerate(ceilings) if k not in done and days[k] <= budget and best > 0]
        if not possible:
            return rounds
        k = max(possible, key=lambda k: ceilings[k])
        done, budget, before = (*done, k), budget - days[k], np.mean(mistakes)
        mistakes = mistakes_of(done)
        rounds.append({"category": k, "before": before, "ceiling": ceilings[k], "after": np.mean(mistakes)})


# %% wrong="iterate" says="mistakes_of((1, 2, 0)) was called"
def iterate(mistakes_of, tags, days, budget):
    done, rounds, mistakes = (), [], mistakes_of(())
    while True:
        ceilings = [ceiling(mistakes, tags, [k]) for k in range(len(days))]
        possible = [k for k, best in enumerate(ceilings) if k not in done and days[k] <= budget and best > 0]
        if not possible:
            return rounds
        k = max(possible, key=lambda k: ceilings[k] / days[k])
        done, before = (*done, k), np.mean(mistakes)
        mistakes = mistakes_of(done)
        rounds.append({"category": k, "before": before, "ceiling": ceilings[k], "after": np.mean(mistakes)})


# %% wrong="iterate" says="'before' of round 2"
def iterate(mistakes_of, tags, days, budget):
    done, rounds, mistakes = (), [], mistakes_of(())
    first = np.mean(mistakes) + 0.001
    while True:
        ceilings = [ceiling(mistakes, tags, [k]) for k in range(len(days))]
        possible = [k for k, best in enumerate(ceilings) if k not in done and days[k] <= budget and best > 0]
        if not possible:
            return rounds
        k = max(possible, key=lambda k: ceilings[k] / days[k])
        before = first if done else np.mean(mistakes)
        done, budget = (*done, k), budget - days[k]
        mistakes = mistakes_of(done)
        rounds.append({"category": k, "before": before, "ceiling": ceilings[k], "after": np.mean(mistakes)})


# %% wrong="iterate" says="how often mistakes_of was called"
def iterate(mistakes_of, tags, days, budget):
    done, rounds = (), []
    while True:
        mistakes = mistakes_of(done)
        ceilings = [ceiling(mistakes, tags, [k]) for k in range(len(days))]
        possible = [k for k, best in enumerate(ceilings) if k not in done and days[k] <= budget and best > 0]
        if not possible:
            return rounds
        k = max(possible, key=lambda k: ceilings[k] / days[k])
        done, budget = (*done, k), budget - days[k]
        after = np.mean(mistakes_of(done))
        rounds.append({"category": k, "before": np.mean(mistakes), "ceiling": ceilings[k], "after": after})


# %% wrong="iterate" says="'ceiling' of round 1"
def iterate(mistakes_of, tags, days, budget):
    done, rounds, mistakes = (), [], mistakes_of(())
    while True:
        ceilings = [ceiling(mistakes, tags, [k]) for k in range(len(days))]
        possible = [k for k, best in enumerate(ceilings) if k not in done and days[k] <= budget and best > 0]
        if not possible:
            return rounds
        k = max(possible, key=lambda k: ceilings[k] / days[k])
        done, budget, before = (*done, k), budget - days[k], np.mean(mistakes)
        mistakes = mistakes_of(done)
        best = ceiling(mistakes, tags, [k])
        rounds.append({"category": k, "before": before, "ceiling": best, "after": np.mean(mistakes)})


# %% wrong="iterate" says="entries, got"
def iterate(mistakes_of, tags, days, budget):
    done, rounds, mistakes = (), [], mistakes_of(())
    while True:
        ceilings = [ceiling(mistakes, tags, [k]) for k in range(len(days))]
        possible = [k for k in range(len(days)) if k not in done and days[k] <= budget and mistakes.any()]
        if not possible:
            return rounds
        k = max(possible, key=lambda k: ceilings[k] / days[k])
        done, budget, before = (*done, k), budget - days[k], np.mean(mistakes)
        mistakes = mistakes_of(done)
        rounds.append({"category": k, "before": before, "ceiling": ceilings[k], "after": np.mean(mistakes)})


# %% alternative="iterate"
def iterate(mistakes_of, tags, days, budget):
    def more(done, mistakes, left):
        best, chosen = 0, None
        for k in range(tags.shape[1]):
            if k in done or days[k] > left:
                continue
            gain = np.count_nonzero(mistakes & tags[:, k]) / days[k]
            if gain > best:
                best, chosen = gain, k
        if chosen is None:
            return []
        after = mistakes_of(done + (chosen,))  # noqa: RUF005
        fall = np.count_nonzero(mistakes & tags[:, chosen]) / len(mistakes)
        found = dict(category=chosen, before=mistakes.mean(), ceiling=fall, after=after.mean())
        return [found, *more((*done, chosen), after, left - days[chosen])]

    return more((), mistakes_of(()), budget)


# %% alternative="iterate"
def iterate(mistakes_of, tags, days, budget):
    rounds, done, spent = [], [], 0
    now = np.asarray(mistakes_of(tuple(done)))
    while True:
        ceilings = (now[:, np.newaxis] & tags).mean(axis=0)
        scores = np.where((days <= budget - spent) & (ceilings > 0), ceilings / days, -1.0)
        scores[done] = -1
        k = int(np.argmax(scores))
        if scores[k] < 0:
            break
        done.append(k)
        spent += days[k]
        then, now = now, np.asarray(mistakes_of(tuple(done)))
        rounds += [{"after": now.mean(), "before": then.mean(), "category": k, "ceiling": ceilings[k]}]
    return rounds


# %% equivalent="error_table" mutant="argument changed after use" why="only numbers are changed, and these are truth values"


# %% equivalent="ceiling" mutant="argument changed after use" why="only numbers are changed, and these are truth values"
