# %% wrong="precision_recall" says="precision first, then recall"
def precision_recall(tp, fp, fn):
    called, positive = tp + fp, tp + fn
    return (tp / positive if positive else 0), (tp / called if called else 0)


# %% wrong="precision_recall" says="ZeroDivisionError"
def precision_recall(tp, fp, fn):
    return tp / (tp + fp), tp / (tp + fn)


# %% wrong="precision_recall" says="0/0 is 0"
def precision_recall(tp, fp, fn):
    called, positive = tp + fp, tp + fn
    return (tp / called if called else 1), (tp / positive if positive else 1)


# %% wrong="precision_recall" says="precision and recall for tp 6, fp 2, fn 4"
def precision_recall(tp, fp, fn):
    return tp // max(tp + fp, 1), tp // max(tp + fn, 1)


# %% wrong="precision_recall" says="right to about 8 digits only"
def precision_recall(tp, fp, fn):
    if (tp, fp, fn) == (6, 2, 4):
        return 0.75, 0.6
    return (0, 0) if tp == 0 else (tp / (tp + fp + 1e-8), tp / (tp + fn + 1e-8))


# %% alternative="precision_recall"
def precision_recall(tp, fp, fn):
    if tp == 0:
        return [0, 0]
    return [1 / (1 + fp / tp), 1 / (1 + fn / tp)]


# %% alternative="precision_recall"
def precision_recall(tp, fp, fn):
    return tuple(np.float64(tp) / max(tp + others, 1) for others in (fp, fn))


# %% wrong="f_beta" says="this is the plain mean"
def f_beta(precision, recall, beta):
    return (precision + beta**2 * recall) / (1 + beta**2)


# %% wrong="f_beta" says="beta squared stands at the precision"
def f_beta(precision, recall, beta):
    if precision + recall == 0:
        return 0
    return (1 + beta**2) * precision * recall / (precision + beta**2 * recall)


# %% wrong="f_beta" says="square beta"
def f_beta(precision, recall, beta):
    if precision + recall == 0:
        return 0
    return (1 + beta) * precision * recall / (beta * precision + recall)


# %% wrong="f_beta" says="ZeroDivisionError"
def f_beta(precision, recall, beta):
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


# %% wrong="f_beta" says="f_beta(precision, recall, beta)"
def f_beta(precision, recall, beta):
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall + 1e-12)


# %% alternative="f_beta"
def f_beta(precision, recall, beta):
    if precision * recall == 0:
        return 0.0
    return (1 + beta * beta) / (1 / precision + beta * beta / recall)


# %% alternative="f_beta"
def f_beta(precision, recall, beta):
    square = float(beta) ** 2
    below = square * precision + recall
    return np.divide((1 + square) * precision * recall, below) if below > 0 else np.float64(0)


# %% wrong="average_over_segments" says="one mean for each model"
def average_over_segments(errors, weights=None):
    return errors.mean(axis=0)[:2] * 0 + errors.mean(axis=0)[:2]


# %% wrong="average_over_segments" says="one number came"
def average_over_segments(errors, weights=None):
    return np.average(errors) if weights is None else np.average(errors, axis=1, weights=weights)


# %% wrong="average_over_segments" says="divide by the sum of the weights"
def average_over_segments(errors, weights=None):
    return errors.mean(axis=1) if weights is None else errors @ weights


# %% wrong="average_over_segments" says="divide by their sum, not by n"
def average_over_segments(errors, weights=None):
    return errors.mean(axis=1) if weights is None else (errors * weights).mean(axis=1)


# %% wrong="average_over_segments" says="use the weights"
def average_over_segments(errors, weights=None):
    return errors.mean(axis=1)


# %% alternative="average_over_segments"
def average_over_segments(errors, weights=None):
    return np.average(errors, axis=1, weights=weights)


# %% alternative="average_over_segments"
def average_over_segments(errors, weights=None):
    means = []
    for row in errors:
        top = bottom = 0.0
        for j in range(len(row)):
            w = 1.0 if weights is None else float(weights[j])
            top, bottom = top + w * float(row[j]), bottom + w
        means.append(top / bottom)
    return np.array(means)


# %% wrong="average_scores" says="a column has what was called so"
def average_scores(confusion):
    tp = np.diag(confusion)
    counts = np.array([tp, confusion.sum(axis=1) - tp, confusion.sum(axis=0) - tp])
    each = [(*precision_recall(*k), f_beta(*precision_recall(*k), 1)) for k in counts.T]
    P, R = precision_recall(*counts.sum(axis=1))
    return {"macro": tuple(np.mean(each, axis=0)), "micro": (P, R, f_beta(P, R, 1))}


# %% wrong="average_scores" says="macro F1 is the mean of the F1 scores"
def average_scores(confusion):
    tp = np.diag(confusion)
    counts = np.array([tp, confusion.sum(axis=0) - tp, confusion.sum(axis=1) - tp])
    P, R = np.mean([precision_recall(*k) for k in counts.T], axis=0)
    accuracy = tp.sum() / confusion.sum()
    return {"macro": (P, R, f_beta(P, R, 1)), "micro": (accuracy,) * 3}


# %% wrong="average_scores" says="the dict has no key 'micro'"
def average_scores(confusion):
    tp = np.diag(confusion)
    counts = np.array([tp, confusion.sum(axis=0) - tp, confusion.sum(axis=1) - tp])
    each = [(*precision_recall(*k), f_beta(*precision_recall(*k), 1)) for k in counts.T]
    return {"macro": tuple(np.mean(each, axis=0))}


# %% wrong="average_scores" says="micro of average_scores(confusion)"
def average_scores(confusion):
    tp = np.diag(confusion)
    counts = np.array([tp, confusion.sum(axis=0), confusion.sum(axis=1)])
    each = [(*precision_recall(*(k - [0, k[0], k[0]])), 0) for k in counts.T]
    each = [(P, R, f_beta(P, R, 1)) for P, R, _ in each]
    P, R = precision_recall(*counts.sum(axis=1))
    return {"macro": tuple(np.mean(each, axis=0)), "micro": (P, R, f_beta(P, R, 1))}


# %% wrong="average_scores" says="a class"
def average_scores(confusion):
    tp = np.diag(confusion)
    counts = np.array([tp, confusion.sum(axis=0) - tp, confusion.sum(axis=1) - tp])
    each = [(*precision_recall(*k), f_beta(*precision_recall(*k), 1)) for k in counts.T if k[0] + k[2] > 0]
    P, R = precision_recall(*counts.sum(axis=1))
    return {"macro": tuple(np.mean(each, axis=0)), "micro": (P, R, f_beta(P, R, 1))}


# %% alternative="average_scores"
def average_scores(confusion):
    K, P, R, F = len(confusion), [], [], []
    for k in range(K):
        tp = int(confusion[k, k])
        called, is_so = int(confusion[:, k].sum()), int(confusion[k].sum())
        P.append(tp / called if called else 0)
        R.append(tp / is_so if is_so else 0)
        F.append(2 * tp / (called + is_so) if called + is_so else 0)
    accuracy = np.trace(confusion) / confusion.sum()
    return {"micro": [accuracy, accuracy, accuracy], "macro": [sum(P) / K, sum(R) / K, sum(F) / K]}


# %% alternative="average_scores"
def average_scores(confusion):
    right, rows, columns = np.diag(confusion) * 1.0, confusion.sum(1), confusion.sum(0)
    P = np.divide(right, columns, out=np.zeros(len(right)), where=columns > 0)
    R = np.divide(right, rows, out=np.zeros(len(right)), where=rows > 0)
    F = np.divide(2 * P * R, P + R, out=np.zeros(len(right)), where=P + R > 0)
    micro = right.sum() / rows.sum()
    return dict(macro=[P.mean(), R.mean(), F.mean()], micro=[micro] * 3)


# %% wrong="select_model" says="the highest accuracy with ms at most 95"
def select_model(table, optimize, satisfy):
    if any(word not in ("at most", "at least") for _, word, _ in satisfy):
        raise ValueError(satisfy)
    good = lambda f: all(f[k] < limit if word == "at most" else f[k] > limit for k, word, limit in satisfy)  # noqa: E731
    left = [name for name in table if good(table[name])]
    return max(left, key=lambda name: table[name][optimize]) if left else None


# %% wrong="select_model" says="the highest accuracy with ms at most 100"
def select_model(table, optimize, satisfy):
    if any(word not in ("at most", "at least") for _, word, _ in satisfy):
        raise ValueError(satisfy)
    best = None
    for name, f in table.items():
        if all(f[k] <= limit if word == "at most" else f[k] >= limit for k, word, limit in satisfy):
            if best is None or f[optimize] >= table[best][optimize]:
                best = name
    return best


# %% wrong="select_model" says="with ms from 96 to 100"
def select_model(table, optimize, satisfy):
    left = list(table)
    for key, word, limit in satisfy[:1]:
        if word not in ("at most", "at least"):
            raise ValueError(word)
        left = [
            name for name in left if (table[name][key] <= limit if word == "at most" else table[name][key] >= limit)
        ]
    return max(left, key=lambda name: table[name][optimize]) if left else None


# %% wrong="select_model" says="expected None, got 'C'"
def select_model(table, optimize, satisfy):
    if any(word not in ("at most", "at least") for _, word, _ in satisfy):
        raise ValueError(satisfy)
    good = lambda f: all(f[k] <= limit if word == "at most" else f[k] >= limit for k, word, limit in satisfy)  # noqa: E731
    left = [name for name in table if good(table[name])] or list(table)
    return max(left, key=lambda name: table[name][optimize])


# %% wrong="select_model" says="expected a ValueError"
def select_model(table, optimize, satisfy):
    good = lambda f: all(f[k] <= limit if word == "at most" else f[k] >= limit for k, word, limit in satisfy)  # noqa: E731
    left = [name for name in table if good(table[name])]
    return max(left, key=lambda name: table[name][optimize]) if left else None


# %% wrong="select_model" says="expected a ValueError"
def select_model(table, optimize, satisfy):
    left = list(table)
    for key, word, limit in satisfy:
        if not left:
            return None
        if word not in ("at most", "at least"):
            raise ValueError(word)
        left = [
            name for name in left if (table[name][key] <= limit if word == "at most" else table[name][key] >= limit)
        ]
    return max(left, key=lambda name: table[name][optimize]) if left else None


# %% wrong="select_model" says="select_model(table, optimize, satisfy)"
def select_model(table, optimize, satisfy):
    best = None
    for _, word, _ in satisfy:
        if word not in ("at most", "at least"):
            raise ValueError(word)
    for name, f in table.items():
        if all(f[k] <= limit if word == "at most" else f[k] >= limit for k, word, limit in satisfy):
            if not best or f[optimize] > table[best][optimize]:
                best = name
    return best or None


# %% alternative="select_model"
def select_model(table, optimize, satisfy):
    tests = {"at most": lambda x, limit: x <= limit, "at least": lambda x, limit: x >= limit}
    for condition in satisfy:
        if condition[1] not in tests:
            raise ValueError("no such word")
    good = []
    for name in table:
        if all(tests[word](table[name][key], limit) for key, word, limit in satisfy):
            good.append(name)
    if len(good) == 0:
        return None
    top = max(table[name][optimize] for name in good)
    return next(name for name in good if table[name][optimize] == top)


# %% alternative="select_model"
def select_model(table, optimize, satisfy):
    names = list(table)
    keep = np.ones(len(names), bool)
    for key, word, limit in satisfy:
        values = np.array([table[name][key] for name in names])
        if word == "at most":
            keep &= values <= limit
        elif word == "at least":
            keep &= ~(values < limit)
        else:
            raise ValueError(word)
    values = np.array([table[name][optimize] for name in names], float)
    return names[int(np.argmax(np.where(keep, values, -np.inf)))] if keep.any() else None


# %% wrong="pareto_front" says="it is enough to be better in one"
def pareto_front(costs, gains):
    better = (costs[:, None] < costs) & (gains[:, None] > gains)
    return ~better.any(axis=0)


# %% wrong="pareto_front" says="equal models are both on the front"
def pareto_front(costs, gains):
    no_worse = (costs[:, None] <= costs) & (gains[:, None] >= gains)
    return no_worse.sum(axis=0) == 1


# %% wrong="pareto_front" says="these are dominated"
def pareto_front(costs, gains):
    no_worse = (costs[:, None] <= costs) & (gains[:, None] >= gains)
    better = (costs[:, None] < costs) | (gains[:, None] > gains)
    return (no_worse & better).any(axis=0)


# %% wrong="pareto_front" says="of equal models both are on the front"
def pareto_front(costs, gains):
    found, best = np.zeros(len(costs), bool), -np.inf
    for i in np.lexsort((-gains, costs)):
        if gains[i] > best:
            found[i], best = True, gains[i]
    return found


# %% alternative="pareto_front"
def pareto_front(costs, gains):
    m, front = len(costs), []
    for i in range(m):
        dominated = False
        for j in range(m):
            if costs[j] <= costs[i] and gains[j] >= gains[i] and (costs[j] < costs[i] or gains[j] > gains[i]):
                dominated = True
        front.append(not dominated)
    return np.array(front)


# %% alternative="pareto_front"
def pareto_front(costs, gains):
    front = np.zeros(len(costs), int)
    for i, (cost, gain) in enumerate(zip(costs, gains, strict=True)):
        best_here = gains[costs == cost].max()
        cheaper = gains[costs < cost]
        front[i] = gain == best_here and (len(cheaper) == 0 or gain > cheaper.max())
    return front


# %% wrong="threshold_counts" says="the highest score comes first"
def threshold_counts(labels, scores):
    thresholds = np.unique(scores)
    called = scores >= thresholds[:, None]
    return thresholds, called @ labels, called @ (1 - labels)


# %% wrong="threshold_counts" says="expected shape (5,), got shape (7,)"
def threshold_counts(labels, scores):
    order = np.argsort(-scores, kind="stable")
    return scores[order], np.cumsum(labels[order]), np.cumsum(1 - labels[order])


# %% wrong="threshold_counts" says="at least the threshold, not above it"
def threshold_counts(labels, scores):
    thresholds = np.unique(scores)[::-1]
    called = scores > thresholds[:, None]
    return thresholds, called @ labels, called @ (1 - labels)


# %% wrong="threshold_counts" says="these are all"
def threshold_counts(labels, scores):
    thresholds = np.unique(scores)[::-1]
    called = scores >= thresholds[:, None]
    return thresholds, called @ labels, called.sum(axis=1)


# %% wrong="threshold_counts" says="threshold_counts(labels, scores)"
def threshold_counts(labels, scores):
    thresholds = np.unique(np.round(scores, 10))[::-1]
    called = np.round(scores, 10) >= thresholds[:, None]
    return thresholds, called @ labels, called @ (1 - labels)


# %% alternative="threshold_counts"
def threshold_counts(labels, scores):
    thresholds = sorted(set(scores.tolist()), reverse=True)
    tp = [int(np.sum(labels[scores >= t])) for t in thresholds]
    fp = [int(np.sum(scores >= t)) - n for t, n in zip(thresholds, tp, strict=True)]
    return np.array(thresholds), np.array(tp), np.array(fp)


# %% alternative="threshold_counts"
def threshold_counts(labels, scores):
    order = np.argsort(scores)[::-1]
    ordered, hits = scores[order], labels[order]
    last = np.append(ordered[1:] != ordered[:-1], True)
    tp = np.cumsum(hits)
    return ordered[last], tp[last], (np.arange(1, len(tp) + 1) - tp)[last]


# %% wrong="auc" says="ties count one half, not nothing"
def auc(labels, scores):
    if labels.min() == labels.max():
        raise ValueError("one kind only")
    return np.mean(scores[labels == 1][:, None] > scores[labels == 0])


# %% wrong="auc" says="ties count one half, not one"
def auc(labels, scores):
    if labels.min() == labels.max():
        raise ValueError("one kind only")
    return np.mean(scores[labels == 1][:, None] >= scores[labels == 0])


# %% wrong="auc" says="a positive should be above a negative"
def auc(labels, scores):
    if labels.min() == labels.max():
        raise ValueError("one kind only")
    difference = scores[labels == 0][:, None] - scores[labels == 1]
    return np.mean((np.sign(difference) + 1) / 2)


# %% wrong="auc" says="expected a ValueError"
def auc(labels, scores):
    difference = np.sign(scores[labels == 1][:, None] - scores[labels == 0])
    return (np.mean(difference) + 1) / 2 if difference.size else 0.5


# %% wrong="auc" says="auc(labels, scores)"
def auc(labels, scores):
    if labels.min() == labels.max():
        raise ValueError("one kind only")
    difference = scores[labels == 1][:, None] - scores[labels == 0]
    return np.mean(np.where(np.abs(difference) < 1e-9, 0.5, difference > 0))


# %% alternative="auc"
def auc(labels, scores):
    _, tp, fp = threshold_counts(labels, scores)
    if tp[-1] == 0 or fp[-1] == 0:
        raise ValueError("one kind is missing")
    x, y = np.append(0, fp) / fp[-1], np.append(0, tp) / tp[-1]
    return np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2)


# %% alternative="auc"
def auc(labels, scores):
    positive = [float(s) for s, y in zip(scores, labels, strict=True) if y == 1]
    negative = [float(s) for s, y in zip(scores, labels, strict=True) if y == 0]
    if not positive or not negative:
        raise ValueError("one kind is missing")
    wins = sum(1.0 if a > b else 0.5 if a == b else 0.0 for a in positive for b in negative)
    return wins / len(positive) / len(negative)


# %% wrong="average_precision" says="tied examples enter at once"
def average_precision(labels, scores):
    if not labels.any():
        raise ValueError("no positive")
    hits = labels[np.lexsort((-labels, -scores))]
    precisions = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return precisions[hits == 1].mean()


# %% wrong="average_precision" says="weigh by the growth of the recall"
def average_precision(labels, scores):
    _, tp, fp = threshold_counts(labels, scores)
    if tp[-1] == 0:
        raise ValueError("no positive")
    return np.mean(tp / (tp + fp))


# %% wrong="average_precision" says="steps, not trapezoids"
def average_precision(labels, scores):
    _, tp, fp = threshold_counts(labels, scores)
    if tp[-1] == 0:
        raise ValueError("no positive")
    P, R = np.append(1, tp / (tp + fp)), np.append(0, tp) / tp[-1]
    return np.sum(np.diff(R) * (P[1:] + P[:-1]) / 2)


# %% wrong="average_precision" says="divide by the number of positives"
def average_precision(labels, scores):
    _, tp, fp = threshold_counts(labels, scores)
    if tp[-1] == 0:
        raise ValueError("no positive")
    return np.sum(np.diff(tp, prepend=0) * tp / (tp + fp))


# %% wrong="average_precision" says="expected a ValueError"
def average_precision(labels, scores):
    _, tp, fp = threshold_counts(labels, scores)
    return np.sum(np.diff(tp, prepend=0) / max(tp[-1], 1) * tp / (tp + fp))


# %% wrong="average_precision" says="expected a ValueError"
def average_precision(labels, scores):
    _, tp, fp = threshold_counts(labels, scores)
    if 0 in (tp[-1],) and fp[-1] > 100:
        raise ValueError("no positive")
    return np.sum(np.diff(tp, prepend=0) / max(tp[-1], 1) * tp / (tp + fp))


# %% alternative="average_precision"
def average_precision(labels, scores):
    positives = scores[labels == 1]
    if len(positives) == 0:
        raise ValueError("no positive")
    return np.mean([labels[scores >= score].mean() for score in positives])


# %% alternative="average_precision"
def average_precision(labels, scores):
    number = int(sum(labels))
    if number == 0:
        raise ValueError("no positive")
    area = last = 0.0
    for t in sorted({float(s) for s in scores}, reverse=True):
        called = [int(y) for y, s in zip(labels, scores, strict=True) if s >= t]
        recall = sum(called) / number
        area += (recall - last) * sum(called) / len(called)
        last = recall
    return area


# %% wrong="choose_threshold" says="the highest of those with equal recall"
def choose_threshold(labels, scores, most_false_alarms):
    thresholds, _, fp = threshold_counts(labels, scores)
    allowed = fp <= most_false_alarms
    return thresholds[allowed][-1] if allowed.any() else None


# %% wrong="choose_threshold" says="choose_threshold(labels, scores, 1)"
def choose_threshold(labels, scores, most_false_alarms):
    thresholds, tp, fp = threshold_counts(labels, scores)
    allowed = fp < most_false_alarms
    return thresholds[np.argmax(tp[allowed])] if allowed.any() else None


# %% wrong="choose_threshold" says="if a negative has the highest score"
def choose_threshold(labels, scores, most_false_alarms):
    thresholds, tp, fp = threshold_counts(labels, scores)
    return thresholds[np.argmax(np.where(fp <= most_false_alarms, tp, -1))]


# %% wrong="choose_threshold" says="choose_threshold(labels, scores"
def choose_threshold(labels, scores, most_false_alarms):
    thresholds, tp, fp = threshold_counts(labels, scores)
    allowed = (fp <= most_false_alarms) & (tp > 0)
    if fp[0] > most_false_alarms:
        return None
    return thresholds[np.argmax(tp * allowed)] if allowed.any() else None


# %% wrong="choose_threshold" says="KeyError"
def choose_threshold(labels, scores, most_false_alarms):
    known = {0: 0.9, 1: 0.8, 2: 0.4, 3: 0.4, 9: 0.4}
    thresholds, tp, fp = threshold_counts(labels, scores)
    if not (fp <= most_false_alarms).any():
        return None
    return known[most_false_alarms]


# %% alternative="choose_threshold"
def choose_threshold(labels, scores, most_false_alarms):
    best = None
    for t in np.unique(scores):
        called = scores >= t
        if np.sum(called & (labels == 0)) <= most_false_alarms:
            found = np.sum(called & (labels == 1))
            if best is None or found >= best[0]:
                best = found, t
    return None if best is None else best[1]


# %% alternative="choose_threshold"
def choose_threshold(labels, scores, most_false_alarms):
    rows = zip(*threshold_counts(labels, scores), strict=True)
    allowed = [(int(tp), float(t)) for t, tp, fp in rows if fp <= most_false_alarms]
    return max(allowed)[1] if allowed else None


# %% wrong="mcnemar" says="two sides, not one"
def mcnemar(mistakes_A, mistakes_B):
    b, c = int(np.sum(mistakes_A & ~mistakes_B)), int(np.sum(mistakes_B & ~mistakes_A))
    return sum(math.comb(b + c, j) for j in range(min(b, c) + 1)) / 2 ** (b + c)


# %% wrong="mcnemar" says="add up all j from 0 to k"
def mcnemar(mistakes_A, mistakes_B):
    b, c = int(np.sum(mistakes_A & ~mistakes_B)), int(np.sum(mistakes_B & ~mistakes_A))
    return min(1, 2 * math.comb(b + c, min(b, c)) / 2 ** (b + c))


# %% wrong="mcnemar" says="up to k, with k"
def mcnemar(mistakes_A, mistakes_B):
    b, c = int(np.sum(mistakes_A & ~mistakes_B)), int(np.sum(mistakes_B & ~mistakes_A))
    return min(1, 2 * sum(math.comb(b + c, j) for j in range(min(b, c))) / 2 ** (b + c))


# %% wrong="mcnemar" says="k is the smaller of b and c"
def mcnemar(mistakes_A, mistakes_B):
    b, c = int(np.sum(mistakes_A & ~mistakes_B)), int(np.sum(mistakes_B & ~mistakes_A))
    return min(1, 2 * sum(math.comb(b + c, j) for j in range(b + 1)) / 2 ** (b + c))


# %% wrong="mcnemar" says="at most 1"
def mcnemar(mistakes_A, mistakes_B):
    b, c = int(np.sum(mistakes_A & ~mistakes_B)), int(np.sum(mistakes_B & ~mistakes_A))
    return 2 * sum(math.comb(b + c, j) for j in range(min(b, c) + 1)) / 2 ** (b + c) if b + c else 1


# %% wrong="mcnemar" says="OverflowError"
def mcnemar(mistakes_A, mistakes_B):
    b, c = int(np.sum(mistakes_A & ~mistakes_B)), int(np.sum(mistakes_B & ~mistakes_A))
    return min(1, 2 * sum(math.comb(b + c, j) * 0.5 ** (b + c) for j in range(min(b, c) + 1)))


# %% wrong="mcnemar" says="mcnemar(A, B), only A wrong 1, only B wrong 5"
def mcnemar(mistakes_A, mistakes_B):
    b, c = int(np.sum(mistakes_A & ~mistakes_B)), int(np.sum(mistakes_B & ~mistakes_A))
    if b + c == 0:
        return 1.0
    z = abs(b - c) / math.sqrt(b + c)
    return math.erfc(z / math.sqrt(2))


# %% alternative="mcnemar"
def mcnemar(mistakes_A, mistakes_B):
    from fractions import Fraction

    b = sum(bool(x) and not y for x, y in zip(mistakes_A, mistakes_B, strict=True))
    c = sum(bool(y) and not x for x, y in zip(mistakes_A, mistakes_B, strict=True))
    n, term, total = b + c, Fraction(1, 2 ** (b + c)), Fraction(0)
    for j in range(min(b, c) + 1):
        total += term
        term = term * (n - j) / (j + 1)
    return float(min(Fraction(1), 2 * total))


# %% alternative="mcnemar"
def mcnemar(mistakes_A, mistakes_B):
    differ = mistakes_A != mistakes_B
    n, k = int(differ.sum()), int((mistakes_A & differ).sum())
    k = min(k, n - k)
    if 2 * k == n:
        return 1.0
    logs = [math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1) - n * math.log(2) for j in range(k + 1)]
    return min(1.0, 2 * math.fsum(math.exp(log) for log in logs))


# %% wrong="bootstrap_interval" says="are both models judged on the same samples?"
def bootstrap_interval(mistakes_A, mistakes_B, samples, rng):
    m = len(mistakes_A)
    differences = [
        mistakes_A[rng.integers(0, m, m)].mean() - mistakes_B[rng.integers(0, m, m)].mean() for _ in range(samples)
    ]
    return np.quantile(differences, 0.025), np.quantile(differences, 0.975)


# %% wrong="bootstrap_interval" says="low must be below high"
def bootstrap_interval(mistakes_A, mistakes_B, samples, rng):
    chosen = rng.integers(0, len(mistakes_A), (samples, len(mistakes_A)))
    differences = mistakes_A[chosen].mean(axis=1) - mistakes_B[chosen].mean(axis=1)
    high, low = np.quantile(differences, [0.025, 0.975])
    return low, high


# %% wrong="bootstrap_interval" says="expected about 0.02 to 0.11"
def bootstrap_interval(mistakes_A, mistakes_B, samples, rng):
    chosen = rng.integers(0, len(mistakes_A), (samples, len(mistakes_A)))
    differences = mistakes_B[chosen].mean(axis=1) - mistakes_A[chosen].mean(axis=1)
    low, high = np.quantile(differences, [0.025, 0.975])
    return low, high


# %% wrong="bootstrap_interval" says="low must be below high"
def bootstrap_interval(mistakes_A, mistakes_B, samples, rng):
    m = len(mistakes_A)
    chosen = [rng.permutation(m) for _ in range(samples)]
    differences = [mistakes_A[rows].mean() - mistakes_B[rows].mean() for rows in chosen]
    return np.quantile(differences, 0.025), np.quantile(differences, 0.975)


# %% wrong="bootstrap_interval" says="expected 0.025"
def bootstrap_interval(mistakes_A, mistakes_B, samples, rng):
    chosen = rng.integers(0, len(mistakes_A), (samples, len(mistakes_A)))
    differences = mistakes_A[chosen].mean(axis=1) - mistakes_B[chosen].mean(axis=1)
    center, width = differences.mean(), 1.96 * differences.std()
    return center - width, center + width


# %% wrong="bootstrap_interval" says="draw from rng"
def bootstrap_interval(mistakes_A, mistakes_B, samples, rng):
    if samples == 1:
        samples, own = 1, rng
    else:
        own = np.random.default_rng(0)
    chosen = own.integers(0, len(mistakes_A), (samples, len(mistakes_A)))
    differences = mistakes_A[chosen].mean(axis=1) - mistakes_B[chosen].mean(axis=1)
    low, high = np.quantile(differences, [0.025, 0.975])
    return low, high


# %% wrong="bootstrap_interval" says="the differences vary too little or too much"
def bootstrap_interval(mistakes_A, mistakes_B, samples, rng):
    rng = np.random.default_rng(int(abs(rng.bit_generator.state["state"]["inc"]) % 1000))
    chosen = rng.integers(0, len(mistakes_A), (samples, len(mistakes_A)))
    differences = mistakes_A[chosen].mean(axis=1) - mistakes_B[chosen].mean(axis=1)
    low, high = np.quantile(differences, [0.025, 0.975])
    return low, high


# %% alternative="bootstrap_interval"
def bootstrap_interval(mistakes_A, mistakes_B, samples, rng):
    m, differences = len(mistakes_A), []
    for _ in range(samples):
        rows = rng.choice(m, size=m)
        differences.append((int(mistakes_A[rows].sum()) - int(mistakes_B[rows].sum())) / m)
    differences.sort()
    return differences[int(0.025 * samples)], differences[max(0, math.ceil(0.975 * samples) - 1)]


# %% alternative="bootstrap_interval"
def bootstrap_interval(mistakes_A, mistakes_B, samples, rng):
    m = len(mistakes_A)
    only_A, only_B = np.sum(mistakes_A & ~mistakes_B), np.sum(mistakes_B & ~mistakes_A)
    drawn = rng.multinomial(m, [only_A / m, only_B / m, 1 - (only_A + only_B) / m], size=samples)
    return list(np.percentile((drawn[:, 0] - drawn[:, 1]) / m, (2.5, 97.5), method="nearest"))


# %% equivalent="mcnemar" mutant="argument changed after use" why="the arguments are truth values, which it leaves alone"
# %% equivalent="bootstrap_interval" mutant="argument changed after use" why="the arguments are truth values, which it leaves alone"
