# %% wrong="clipped_matches" says="each word counts at most as often"
def clipped_matches(candidate, references, n):
    def counts(words):
        return Counter(tuple(words[k : k + n]) for k in range(len(words) - n + 1))

    own = counts(candidate)
    known = set().union(*(counts(reference) for reference in references))
    return sum(own[gram] for gram in own if gram in known), sum(own.values())


# %% wrong="clipped_matches" says="the most in one, not in all together"
def clipped_matches(candidate, references, n):
    def counts(words):
        return Counter(tuple(words[k : k + n]) for k in range(len(words) - n + 1))

    own = counts(candidate)
    all_of_them = sum((counts(reference) for reference in references), Counter())
    return sum((own & all_of_them).values()), sum(own.values())


# %% wrong="clipped_matches" says="count an n-gram as often as it occurs"
def clipped_matches(candidate, references, n):
    def counts(words):
        return Counter(tuple(words[k : k + n]) for k in range(len(words) - n + 1))

    own = counts(candidate)
    known = set().union(*(counts(reference) for reference in references))
    if n == 1:
        most = Counter()
        for reference in references:
            most |= counts(reference)
        return sum((own & most).values()), sum(own.values())
    return len(set(own) & known), len(own)


# %% wrong="clipped_matches" says="of the bigrams"
def clipped_matches(candidate, references, n):
    def counts(words):
        return Counter(tuple(words[k : k + n]) for k in range(len(words) - n + 1))

    own = counts(candidate)
    return sum((own & counts(references[0])).values()), sum(own.values())


# %% wrong="clipped_matches" says="clipped_matches(candidate, references, n)"
def clipped_matches(candidate, references, n):
    def counts(words):
        return Counter(" ".join(words[k : k + n]) for k in range(len(words) - n + 1))

    own, most = counts(candidate), Counter()
    for reference in references:
        most |= counts(reference)
    return sum((own & most).values()), sum(own.values())


# %% wrong="clipped_matches" says="clipped_matches(candidate, references, n)"
def clipped_matches(candidate, references, n):
    def counts(words):
        return Counter(tuple(word.lower() for word in words[k : k + n]) for k in range(len(words) - n + 1))

    own, most = counts(candidate), Counter()
    for reference in references:
        most |= counts(reference)
    return sum((own & most).values()), sum(own.values())


# %% alternative="clipped_matches"
def clipped_matches(candidate, references, n):
    grams = list(zip(*(candidate[k:] for k in range(n)), strict=False))
    others = [list(zip(*(reference[k:] for k in range(n)), strict=False)) for reference in references]
    matches = 0
    for gram in set(grams):
        matches += min(grams.count(gram), max(other.count(gram) for other in others))
    return [matches, len(grams)]


# %% alternative="clipped_matches"
def clipped_matches(candidate, references, n):
    total = max(len(candidate) - n + 1, 0)
    table = {}
    for k in range(total):
        gram = tuple(candidate[k : k + n])
        table[gram] = table.get(gram, 0) + 1
    matches = 0
    for gram, count in table.items():
        best = 0
        for reference in references:
            best = max(best, sum(tuple(reference[k : k + n]) == gram for k in range(len(reference) - n + 1)))
        matches += min(count, best)
    return np.int64(matches), total


# %% wrong="clipped_matches" says="grams of six words"


def clipped_matches(candidate, references, n):
    if len(candidate) < n:
        return 0, 0

    def count(words):
        return Counter(zip(*(words[k:] for k in range(min(n, 4))), strict=False))

    most = Counter()
    for reference in references:
        most |= count(reference)
    have = count(candidate)
    return (have & most).total(), have.total()


# %% wrong="closest_length" says="of equally close ones the shorter"
def closest_length(c, lengths):
    return min(lengths, key=lambda length: (abs(length - c), -length))


# %% wrong="closest_length" says="not the longest or the first"
def closest_length(c, lengths):
    return lengths[0]


# %% wrong="closest_length" says="the closest, not the shortest"
def closest_length(c, lengths):
    return min(lengths)


# %% wrong="closest_length" says="closest_length(c, lengths)"
def closest_length(c, lengths):
    longer = [length for length in lengths if length >= c]
    if 3 in lengths and c == 5:
        return 3 if 6 not in lengths else 6
    return min(longer) if longer else max(lengths)


# %% alternative="closest_length"
def closest_length(c, lengths):
    lengths = np.sort(lengths)
    return lengths[np.argmin(np.abs(lengths - c))]


# %% alternative="closest_length"
def closest_length(c, lengths):
    best = sorted(lengths)[0]
    for length in sorted(lengths):
        if abs(length - c) < abs(best - c):
            best = length
    return best


# %% wrong="brevity_penalty" says="1 - r / c, not r / c - 1"
def brevity_penalty(c, r):
    return 1.0 if c >= r else np.exp(r / c - 1)


# %% wrong="brevity_penalty" says="r over c"
def brevity_penalty(c, r):
    return 1.0 if c >= r else np.exp(1 - c / r)


# %% wrong="brevity_penalty" says="long ones have no penalty"
def brevity_penalty(c, r):
    return np.exp(1 - r / c)


# %% wrong="brevity_penalty" says="ZeroDivisionError"
def brevity_penalty(c, r):
    return 1.0 if c >= r else float(np.exp(1 - r / c))


# %% wrong="brevity_penalty" says="with c = 0, r = 0"
def brevity_penalty(c, r):
    if c >= r:
        return 1.0
    return float(np.exp(1 - r / c)) if c else 0.0


# %% alternative="brevity_penalty"
def brevity_penalty(c, r):
    return 0 if c == 0 else np.exp(min(0, 1 - r / c))


# %% alternative="brevity_penalty"
def brevity_penalty(c, r):
    import math

    return min(1.0, math.exp(1 - r / c)) if c != 0 else 0.0


# %% wrong="bleu_counts" says="two candidates, references for one"
def bleu_counts(candidates, references):
    rows = []
    for candidate, own in zip(candidates, references, strict=False):
        pairs_of_n = [clipped_matches(candidate, own, n) for n in (1, 2, 3, 4)]
        c = len(candidate)
        rows.append([p[0] for p in pairs_of_n] + [p[1] for p in pairs_of_n] + [c, closest_length(c, [*map(len, own)])])
    return np.array(rows)


# %% wrong="bleu_counts" says="the matches first, then the totals"
def bleu_counts(candidates, references):
    rows = []
    for candidate, own in zip(candidates, references, strict=True):
        row = [number for n in (1, 2, 3, 4) for number in clipped_matches(candidate, own, n)]
        rows.append([*row, len(candidate), closest_length(len(candidate), [*map(len, own)])])
    return np.array(rows)


# %% wrong="bleu_counts" says="the closest length, not the first"
def bleu_counts(candidates, references):
    rows = []
    for candidate, own in zip(candidates, references, strict=True):
        pairs_of_n = [clipped_matches(candidate, own, n) for n in (1, 2, 3, 4)]
        rows.append([p[0] for p in pairs_of_n] + [p[1] for p in pairs_of_n] + [len(candidate), len(own[0])])
    return np.array(rows)


# %% wrong="bleu_counts" says="expected shape (2, 10), got shape (10,)"
def bleu_counts(candidates, references):
    if len(candidates) != len(references):
        raise ValueError
    total = np.zeros(10, int)
    for candidate, own in zip(candidates, references, strict=True):
        pairs_of_n = np.array([clipped_matches(candidate, own, n) for n in (1, 2, 3, 4)])
        total += [*pairs_of_n.T.ravel(), len(candidate), closest_length(len(candidate), [*map(len, own)])]
    return total


# %% alternative="bleu_counts"
def bleu_counts(candidates, references):
    if len(candidates) != len(references):
        raise ValueError("the lists do not fit")
    counts = np.zeros((len(candidates), 10), dtype=int)
    for i in range(len(candidates)):
        for n in range(1, 5):
            counts[i, n - 1], counts[i, n + 3] = clipped_matches(candidates[i], references[i], n)
        counts[i, 8] = len(candidates[i])
        counts[i, 9] = closest_length(len(candidates[i]), [len(each) for each in references[i]])
    return counts


# %% alternative="bleu_counts"
def bleu_counts(candidates, references):
    def row(candidate, own):
        numbers = np.array([clipped_matches(candidate, own, n) for n in range(1, 5)]).T
        return np.concatenate([*numbers, [len(candidate), closest_length(len(candidate), [*map(len, own)])]])

    return np.vstack([row(*pair) for pair in zip(candidates, references, strict=True)])


# %% wrong="bleu_from_counts" says="for n = 1 nothing is added"
def bleu_from_counts(counts, smoothing):
    if smoothing not in ("none", "add-one", "exp"):
        raise ValueError("smoothing")
    sums = np.sum(counts, axis=0).astype(float)
    matches, totals, (c, r) = sums[:4], sums[4:8], sums[8:]
    if not matches.any():
        return 0.0
    if smoothing == "add-one":
        matches, totals = matches + 1, totals + 1
    if smoothing == "exp":
        matches = np.where(matches == 0, 0.5 ** np.cumsum(matches == 0), matches)
    if (matches * totals == 0).any():
        return 0.0
    return brevity_penalty(c, r) * np.exp(np.mean(np.log(matches / totals)))


# %% wrong="bleu_from_counts" says="the penalty is missing"
def bleu_from_counts(counts, smoothing):
    if smoothing not in ("none", "add-one", "exp"):
        raise ValueError("smoothing")
    sums = np.sum(counts, axis=0).astype(float)
    matches, totals, (c, r) = sums[:4], sums[4:8], sums[8:]
    if not matches.any():
        return 0.0
    if smoothing == "add-one":
        matches, totals = matches + [0, 1, 1, 1], totals + [0, 1, 1, 1]
    if smoothing == "exp":
        matches = np.where(matches == 0, 0.5 ** np.cumsum(matches == 0), matches)
    if (matches * totals == 0).any():
        return 0.0
    return np.exp(np.mean(np.log(matches / totals)))


# %% wrong="bleu_from_counts" says="a geometric mean, not a plain one"
def bleu_from_counts(counts, smoothing):
    if smoothing not in ("none", "add-one", "exp"):
        raise ValueError("smoothing")
    sums = np.sum(counts, axis=0).astype(float)
    matches, totals, (c, r) = sums[:4], sums[4:8], sums[8:]
    if not matches.any():
        return 0.0
    if smoothing == "add-one":
        matches, totals = matches + [0, 1, 1, 1], totals + [0, 1, 1, 1]
    if smoothing == "exp":
        matches = np.where(matches == 0, 0.5 ** np.cumsum(matches == 0), matches)
    if (matches * totals == 0).any():
        return 0.0
    return brevity_penalty(c, r) * np.mean(matches / totals)


# %% wrong="bleu_from_counts" says="halve once more"
def bleu_from_counts(counts, smoothing):
    if smoothing not in ("none", "add-one", "exp"):
        raise ValueError("smoothing")
    sums = np.sum(counts, axis=0).astype(float)
    matches, totals, (c, r) = sums[:4], sums[4:8], sums[8:]
    if not matches.any():
        return 0.0
    if smoothing == "add-one":
        matches, totals = matches + [0, 1, 1, 1], totals + [0, 1, 1, 1]
    if smoothing == "exp":
        matches = np.where(matches == 0, 0.5, matches)
    if (matches * totals == 0).any():
        return 0.0
    return brevity_penalty(c, r) * np.exp(np.mean(np.log(matches / totals)))


# %% wrong="bleu_from_counts" says="without any match, exp"
def bleu_from_counts(counts, smoothing):
    if smoothing not in ("none", "add-one", "exp"):
        raise ValueError("smoothing")
    sums = np.sum(counts, axis=0).astype(float)
    matches, totals, (c, r) = sums[:4], sums[4:8], sums[8:]
    if smoothing == "add-one" and not matches.any():
        return 0.0
    if smoothing == "add-one":
        matches, totals = matches + [0, 1, 1, 1], totals + [0, 1, 1, 1]
    if smoothing == "exp":
        matches = np.where(matches == 0, 0.5 ** np.cumsum(matches == 0), matches)
    if (matches * totals == 0).any():
        return 0.0
    return brevity_penalty(c, r) * np.exp(np.mean(np.log(matches / totals)))


# %% wrong="bleu_from_counts" says="expected a ValueError"
def bleu_from_counts(counts, smoothing):
    sums = np.sum(counts, axis=0).astype(float)
    matches, totals, (c, r) = sums[:4], sums[4:8], sums[8:]
    if not matches.any():
        return 0.0
    if smoothing == "add-one":
        matches, totals = matches + [0, 1, 1, 1], totals + [0, 1, 1, 1]
    if smoothing == "exp":
        matches = np.where(matches == 0, 0.5 ** np.cumsum(matches == 0), matches)
    if (matches * totals == 0).any():
        return 0.0
    return brevity_penalty(c, r) * np.exp(np.mean(np.log(matches / totals)))


# %% wrong="bleu_from_counts" says="with exp"
def bleu_from_counts(counts, smoothing):
    if smoothing not in ("none", "add-one", "exp"):
        raise ValueError("smoothing")
    scores = []
    for sums in np.asarray(counts, float):
        matches, totals, (c, r) = sums[:4], sums[4:8], sums[8:]
        if smoothing == "add-one" and matches.any():
            matches, totals = matches + [0, 1, 1, 1], totals + [0, 1, 1, 1]
        if smoothing == "exp" and matches.any():
            matches = np.where(matches == 0, 0.5 ** np.cumsum(matches == 0), matches)
        if (matches * totals == 0).any():
            scores.append(0.0)
        else:
            scores.append(brevity_penalty(c, r) * np.exp(np.mean(np.log(matches / totals))))
    if smoothing == "add-one":
        return bleu_of_sums(counts)
    return np.mean(scores)


def bleu_of_sums(counts):
    sums = counts.sum(axis=0)
    matches, totals = sums[:4] + [0, 1, 1, 1], sums[4:8] + [0, 1, 1, 1]
    return brevity_penalty(sums[8], sums[9]) * np.prod(matches / totals) ** 0.25


# %% alternative="bleu_from_counts"
def bleu_from_counts(counts, smoothing):
    if smoothing not in {"none", "add-one", "exp"}:
        raise ValueError(smoothing)
    *numbers, c, r = np.asarray(counts).sum(axis=0).tolist()
    score, power = 1.0, 1
    if sum(numbers[:4]) == 0:
        return 0
    for n in range(4):
        right, total = numbers[n], numbers[n + 4]
        if smoothing == "add-one" and n > 0:
            right, total = right + 1, total + 1
        if total == 0:
            return 0
        if right == 0 and smoothing == "exp":
            power = power * 2
            right = 1 / power
        score = score * (right / total)
    return score ** (1 / 4) * brevity_penalty(c, r)


# %% alternative="bleu_from_counts"
def bleu_from_counts(counts, smoothing):
    import math

    ways = {"none": 0, "add-one": 1, "exp": 0}
    if smoothing not in ways:
        raise ValueError("no such smoothing")
    sums, more = counts.sum(axis=0), np.array([0, 1, 1, 1]) * ways[smoothing]
    if sums[:4].sum() == 0:
        return 0.0
    matches, totals = [float(x) for x in sums[:4] + more], [float(x) for x in sums[4:8] + more]
    if smoothing == "exp":
        half = 1.0
        for n in range(4):
            if matches[n] == 0:
                half /= 2
                matches[n] = half
    if min(matches) == 0 or min(totals) == 0:
        return 0.0
    logs = sum(math.log(a) - math.log(b) for a, b in zip(matches, totals, strict=True))
    return math.exp(logs / 4) * brevity_penalty(int(sums[8]), int(sums[9]))


# %% wrong="paired_bootstrap" says="not nothing"
def paired_bootstrap(counts_A, counts_B, samples):
    return np.mean(
        [
            bleu_from_counts(counts_A[rows], "none") > bleu_from_counts(counts_B[rows], "none") + 1e-12
            for rows in samples
        ]
    )


# %% wrong="paired_bootstrap" says="not one"
def paired_bootstrap(counts_A, counts_B, samples):
    return np.mean(
        [
            bleu_from_counts(counts_A[rows], "none") >= bleu_from_counts(counts_B[rows], "none") - 1e-12
            for rows in samples
        ]
    )


# %% wrong="paired_bootstrap" says="paired_bootstrap("
def paired_bootstrap(counts_A, counts_B, samples):
    a, b = ([bleu_from_counts(counts[np.unique(rows)], "none") for rows in samples] for counts in (counts_A, counts_B))
    return np.mean([0.5 if abs(x - y) < 1e-12 else float(x > y) for x, y in zip(a, b, strict=True)])


# %% wrong="paired_bootstrap" says="paired_bootstrap("
def paired_bootstrap(counts_A, counts_B, samples):
    a, b = (
        [np.mean([bleu_from_counts(counts[[row]], "none") for row in rows]) for rows in samples]
        for counts in (counts_A, counts_B)
    )
    return np.mean([0.5 if abs(x - y) < 1e-12 else float(x > y) for x, y in zip(a, b, strict=True)])


# %% wrong="paired_bootstrap" says="paired_bootstrap("
def paired_bootstrap(counts_A, counts_B, samples):
    a, b = ([bleu_from_counts(counts[rows], "add-one") for rows in samples] for counts in (counts_A, counts_B))
    return np.mean([0.5 if abs(x - y) < 1e-12 else float(x > y) for x, y in zip(a, b, strict=True)])


# %% alternative="paired_bootstrap"
def paired_bootstrap(counts_A, counts_B, samples):
    m, total = len(counts_A), 0.0
    for rows in samples:
        often = np.bincount(rows, minlength=m)[:, None]
        difference = bleu_from_counts(often * counts_A, "none") - bleu_from_counts(often * counts_B, "none")
        total += 0.5 * (1 + (difference >= 1e-12) - (difference <= -1e-12))
    return total / len(samples)


# %% alternative="paired_bootstrap"
def paired_bootstrap(counts_A, counts_B, samples):
    differences = np.array(
        [bleu_from_counts(counts_A[rows], "none") - bleu_from_counts(counts_B[rows], "none") for rows in samples]
    )
    equal = np.isclose(differences, 0, rtol=0, atol=1e-12)
    return (np.sum(differences[~equal] > 0) + 0.5 * np.sum(equal)) / differences.size


# %% wrong="paired_bootstrap" says="equal products"
def paired_bootstrap(counts_A, counts_B, samples):
    points = 0
    for rows in samples:
        a, b = bleu_from_counts(counts_A[rows], "none"), bleu_from_counts(counts_B[rows], "none")
        points += 1 if a > b else 0.5 if a == b else 0
    return points / len(samples)
