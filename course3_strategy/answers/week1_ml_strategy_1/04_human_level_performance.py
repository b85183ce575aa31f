# %% wrong="diagnose" says="expected about 0.045"
def diagnose(human_errors, train_error, dev_error):
    best = np.median(human_errors)
    bias, variance = train_error - best, dev_error - train_error
    if train_error < best:
        return "unknown", bias, variance
    return ("bias" if bias >= variance else "variance"), bias, variance


# %% wrong="diagnose" says="not the largest"
def diagnose(human_errors, train_error, dev_error):
    best = max(human_errors)
    bias, variance = train_error - best, dev_error - train_error
    if train_error < best:
        return "unknown", bias, variance
    return ("bias" if bias >= variance else "variance"), bias, variance


# %% wrong="diagnose" says="expected 'bias', got"
def diagnose(human_errors, train_error, dev_error):
    best = min(human_errors)
    bias, variance = train_error - best, dev_error - best
    if train_error < best:
        return "unknown", bias, variance
    return ("bias" if bias >= variance else "variance"), bias, variance


# %% wrong="diagnose" says="expected 'unknown'"
def diagnose(human_errors, train_error, dev_error):
    best = min(human_errors)
    bias, variance = train_error - best, dev_error - train_error
    return ("bias" if bias >= variance else "variance"), bias, variance


# %% wrong="diagnose" says="expected"
def diagnose(human_errors, train_error, dev_error):
    best = human_errors[-1]
    bias, variance = train_error - best, dev_error - train_error
    if train_error < best:
        return "unknown", bias, variance
    return ("bias" if bias >= variance else "variance"), bias, variance


# %% wrong="diagnose" says="expected"
def diagnose(human_errors, train_error, dev_error):
    best = min(human_errors)
    bias, variance = train_error - best, dev_error - train_error
    if train_error < best:
        return "unknown", bias, variance
    return ("bias" if bias > variance else "variance"), bias, variance


# %% wrong="diagnose" says="expected"
def diagnose(human_errors, train_error, dev_error):
    best = min(human_errors)
    bias, variance = train_error - best, dev_error - train_error
    if train_error <= best:
        return "unknown", bias, variance
    return ("bias" if bias >= variance else "variance"), bias, variance


# %% wrong="diagnose" says="expected about -"
def diagnose(human_errors, train_error, dev_error):
    best = min(human_errors)
    bias, variance = max(0, train_error - best), max(0, dev_error - train_error)
    if train_error < best:
        return "unknown", bias, variance
    return ("bias" if bias >= variance else "variance"), bias, variance


# %% alternative="diagnose"
def diagnose(human_errors, train_error, dev_error):
    gaps = np.diff([np.min(human_errors), train_error, dev_error])
    arm = ("bias", "variance")[int(gaps[1] > gaps[0])]
    return ("unknown" if gaps[0] < 0 else arm, *gaps)


# %% alternative="diagnose"
def diagnose(human_errors, train_error, dev_error):
    bayes = human_errors[0]
    for error in human_errors:
        if error < bayes:
            bayes = error
    arm = "bias"
    if dev_error - train_error > train_error - bayes:
        arm = "variance"
    if bayes > train_error:
        arm = "unknown"
    return [arm, train_error - bayes, dev_error - train_error]


# %% wrong="cohen_kappa" says="by chance is missing"
def cohen_kappa(first, second):
    return np.mean(first == second)


# %% wrong="cohen_kappa" says="divide by 1 - p_e"
def cohen_kappa(first, second):
    chance = sum(np.mean(first == k) * np.mean(second == k) for k in np.unique(first))
    return np.mean(first == second) - chance


# %% wrong="cohen_kappa" says="not 1 over"
def cohen_kappa(first, second):
    chance = 1 / len(np.unique([first, second]))
    return (np.mean(first == second) - chance) / (1 - chance)


# %% wrong="cohen_kappa" says="where all is one label"
def cohen_kappa(first, second):
    chance = sum(np.mean(first == k) * np.mean(second == k) for k in np.unique(first))
    return (np.mean(first == second) - chance) / (1 - chance + 1e-12)


# %% wrong="cohen_kappa" says="also agree on the second label"
def cohen_kappa(first, second):
    chance = np.mean(first == first[0]) * np.mean(second == first[0])
    return (np.mean(first == second) - chance) / (1 - chance) if chance < 1 else 1.0


# %% wrong="cohen_kappa" says="expected"
def cohen_kappa(first, second):
    both = np.concatenate([first, second])
    chance = sum(np.mean(both == k) ** 2 for k in np.unique(both))
    return (np.mean(first == second) - chance) / (1 - chance) if chance < 1 else 1.0


# %% wrong="cohen_kappa" says="expected"
def cohen_kappa(first, second):
    observed = np.mean(first == second)
    chance = sum(np.mean(first == k) * np.mean(second == k) for k in range(max(first.max(), second.max()) + 1))
    return max(0.0, (observed - chance) / (1 - chance)) if chance < 1 else 1.0


# %% wrong="cohen_kappa" says="with labels far apart"
def cohen_kappa(first, second):
    observed = np.mean(first == second)
    chance = sum(np.mean(first == k) * np.mean(second == k) for k in range(max(first.max(), second.max()) + 1))
    return (observed - chance) / (1 - chance) if chance < 1 else 1.0


# %% alternative="cohen_kappa"
def cohen_kappa(first, second):
    names = np.union1d(first, second)
    table = np.zeros((len(names), len(names)))
    np.add.at(table, (np.searchsorted(names, first), np.searchsorted(names, second)), 1 / len(first))
    chance = table.sum(axis=0) @ table.sum(axis=1)
    if len(names) == 1:
        return 1
    return 1 - (1 - np.trace(table)) / (1 - chance)


# %% alternative="cohen_kappa"
def cohen_kappa(first, second):
    m = len(first)
    agree = sum(a == b for a, b in zip(first, second, strict=True))
    chance = sum(int((second == a).sum()) for a in first)
    if chance == m * m:
        return 1.0
    return (m * agree - chance) / (m * m - chance)


# %% wrong="majority_vote" says="no vote is not a vote"
def majority_vote(votes):
    found = [np.unique(column, return_counts=True) for column in votes.T]
    return np.array([values[np.argmax(counts)] for values, counts in found])


# %% wrong="majority_vote" says="nobody voted"
def majority_vote(votes):
    counts = np.array([(votes == k).sum(axis=0) for k in range(votes.max() + 1)])
    return counts.argmax(axis=0)


# %% wrong="majority_vote" says="the smallest"
def majority_vote(votes):
    chosen = []
    for column in votes.T:
        given = [int(v) for v in column if v >= 0]
        chosen.append(max(given, key=given.count) if given else -1)
    return np.array(chosen)


# %% wrong="majority_vote" says="expected"
def majority_vote(votes):
    K = votes.max() + 1
    counts = np.array([(votes == k).sum(axis=0) for k in range(K)])
    return np.where(counts.max(axis=0) > len(votes) / 2, counts.argmax(axis=0), -1)


# %% wrong="majority_vote" says="expected"
def majority_vote(votes):
    return np.array([np.median(column[column >= 0]) if (column >= 0).any() else -1 for column in votes.T]).astype(int)


# %% wrong="majority_vote" says="ValueError"
def majority_vote(votes):
    counts = np.array([(votes == k).sum(axis=0) for k in range(votes.max() + 1)])
    return np.where(counts.max(axis=0) > 0, counts.argmax(axis=0), -1)


# %% alternative="majority_vote"
def majority_vote(votes):
    chosen = np.full(votes.shape[1], -1)
    for i in range(votes.shape[1]):
        given = votes[:, i][votes[:, i] > -1]
        if given.size:
            chosen[i] = np.bincount(given).argmax()
    return chosen


# %% alternative="majority_vote"
def majority_vote(votes):
    result = []
    for column in zip(*votes.tolist(), strict=True):
        tally = {}
        for vote in sorted(column):
            if vote != -1:
                tally[vote] = tally.get(vote, 0) + 1
        result.append(max(tally, key=tally.get) if tally else -1)
    return np.array(result)


# %% wrong="estimate_confusions" says="if the truth is k"
def estimate_confusions(votes, posteriors, alpha):
    K = posteriors.shape[1]
    counts = alpha + np.einsum("ik,jil->jkl", posteriors, votes[:, :, None] == np.arange(K))
    return posteriors.mean(axis=0), (counts / counts.sum(axis=2, keepdims=True)).transpose(0, 2, 1)


# %% wrong="estimate_confusions" says="alpha is missing"
def estimate_confusions(votes, posteriors, alpha):
    K = posteriors.shape[1]
    counts = 1e-12 + np.einsum("ik,jil->jkl", posteriors, votes[:, :, None] == np.arange(K))
    return posteriors.mean(axis=0), counts / counts.sum(axis=2, keepdims=True)


# %% wrong="estimate_confusions" says="each row adds up to 1"
def estimate_confusions(votes, posteriors, alpha):
    K = posteriors.shape[1]
    counts = alpha + np.einsum("ik,jil->jkl", posteriors, votes[:, :, None] == np.arange(K))
    return posteriors.mean(axis=0), counts / counts.sum(axis=1, keepdims=True)


# %% wrong="estimate_confusions" says="a mean over the examples"
def estimate_confusions(votes, posteriors, alpha):
    K = posteriors.shape[1]
    counts = alpha + np.einsum("ik,jil->jkl", posteriors, votes[:, :, None] == np.arange(K))
    return posteriors.sum(axis=0), counts / counts.sum(axis=2, keepdims=True)


# %% wrong="estimate_confusions" says="who never voted"
def estimate_confusions(votes, posteriors, alpha):
    K = posteriors.shape[1]
    counts = alpha + np.einsum("ik,jil->jkl", posteriors, votes[:, :, None] % K == np.arange(K))
    return posteriors.mean(axis=0), counts / counts.sum(axis=2, keepdims=True)


# %% wrong="estimate_confusions" says="confusions of annotator 0"
def estimate_confusions(votes, posteriors, alpha):
    K = posteriors.shape[1]
    certain = np.eye(K)[posteriors.argmax(axis=1)]
    counts = alpha + np.einsum("ik,jil->jkl", certain, votes[:, :, None] == np.arange(K))
    return posteriors.mean(axis=0), counts / counts.sum(axis=2, keepdims=True)


# %% alternative="estimate_confusions"
def estimate_confusions(votes, posteriors, alpha):
    a, (m, K) = len(votes), posteriors.shape
    confusions = np.zeros((a, K, K))
    for j in range(a):
        for answer in range(K):
            confusions[j, :, answer] = posteriors[votes[j] == answer].sum(axis=0) + alpha
        for truth in range(K):
            confusions[j, truth] /= confusions[j, truth].sum()
    return posteriors.sum(axis=0) / m, confusions


# %% alternative="estimate_confusions"
def estimate_confusions(votes, posteriors, alpha):
    K = posteriors.shape[1]
    padded = np.eye(K + 1)[votes][:, :, :K]
    found = [posteriors.T @ said + alpha for said in padded]
    return np.average(posteriors, axis=0), np.array([c / c.sum(axis=1)[:, None] for c in found])


# %% wrong="posteriors_of" says="no vote is not a vote"
def posteriors_of(votes, shares, confusions):
    logarithms = np.tile(np.log(shares), (votes.shape[1], 1))
    for vote, confusion in zip(votes, confusions, strict=True):
        logarithms += np.log(confusion[:, vote]).T
    posteriors = np.exp(logarithms - logarithms.max(axis=1, keepdims=True))
    return posteriors / posteriors.sum(axis=1, keepdims=True)


# %% wrong="posteriors_of" says="belong to the truth"
def posteriors_of(votes, shares, confusions):
    logarithms = np.tile(np.log(shares), (votes.shape[1], 1))
    for vote, confusion in zip(votes, confusions, strict=True):
        voted = vote >= 0
        logarithms[voted] += np.log(confusion[vote[voted]])
    posteriors = np.exp(logarithms - logarithms.max(axis=1, keepdims=True))
    return posteriors / posteriors.sum(axis=1, keepdims=True)


# %% wrong="posteriors_of" says="the shares"
def posteriors_of(votes, shares, confusions):
    logarithms = np.zeros((votes.shape[1], len(shares)))
    for vote, confusion in zip(votes, confusions, strict=True):
        voted = vote >= 0
        logarithms[voted] += np.log(confusion[:, vote[voted]]).T
    posteriors = np.exp(logarithms - logarithms.max(axis=1, keepdims=True))
    return posteriors / posteriors.sum(axis=1, keepdims=True)


# %% wrong="posteriors_of" says="1,500 annotators"
def posteriors_of(votes, shares, confusions):
    products = np.tile(shares, (votes.shape[1], 1))
    for vote, confusion in zip(votes, confusions, strict=True):
        voted = vote >= 0
        products[voted] = products[voted] * confusion[:, vote[voted]].T
    return products / (products.sum(axis=1, keepdims=True) + 1e-300)


# %% wrong="posteriors_of" says="posteriors"
def posteriors_of(votes, shares, confusions):
    total = np.tile(shares, (votes.shape[1], 1))
    for vote, confusion in zip(votes, confusions, strict=True):
        voted = vote >= 0
        total[voted] += confusion[:, vote[voted]].T
    return total / total.sum(axis=1, keepdims=True)


# %% wrong="posteriors_of" says="posteriors"
def posteriors_of(votes, shares, confusions):
    logarithms = np.tile(np.log(shares), (votes.shape[1], 1))
    for vote, confusion in zip(votes, confusions, strict=True):
        voted = vote >= 0
        logarithms[voted] += np.log(confusion[:, vote[voted]]).T
    return np.exp(logarithms)


# %% alternative="posteriors_of"
def posteriors_of(votes, shares, confusions):
    m, K = votes.shape[1], len(shares)
    extended = np.concatenate([confusions, np.ones((len(votes), K, 1))], axis=2)
    found = np.empty((m, K))
    for i in range(m):
        terms = np.log(extended[np.arange(len(votes)), :, votes[:, i]]).sum(axis=0) + np.log(shares)
        weights = np.exp(terms - terms.max())
        found[i] = weights / weights.sum()
    return found


# %% wrong="posteriors_of" says="where the last thousand votes turn it"
def posteriors_of(votes, shares, confusions):
    posteriors = np.repeat(np.asarray(shares, dtype=float)[None], votes.shape[1], axis=0)
    posteriors /= posteriors.sum(axis=1, keepdims=True)
    for j, row in enumerate(votes):
        for i, vote in enumerate(row):
            if vote != -1:
                posteriors[i] *= confusions[j][:, vote]
                posteriors[i] /= posteriors[i].sum()
    return posteriors


# %% wrong="pictures_needed" says="before the logarithm"
def pictures_needed(sizes, errors, bayes_error, target):
    if target <= bayes_error:
        return np.inf
    slope, height = np.polyfit(np.log(sizes), np.log(errors), 1)
    return np.exp((np.log(target) - height) / slope)


# %% wrong="pictures_needed" says="from the target, too"
def pictures_needed(sizes, errors, bayes_error, target):
    if target <= bayes_error:
        return np.inf
    slope, height = np.polyfit(np.log(sizes), np.log(errors - bayes_error), 1)
    return np.exp((np.log(target) - height) / slope)


# %% wrong="pictures_needed" says="for the target 0.1"
def pictures_needed(sizes, errors, bayes_error, target):
    slope, height = np.polyfit(np.log(sizes), np.log(errors - bayes_error), 1)
    return np.exp((np.log(max(target - bayes_error, 1e-9)) - height) / slope)


# %% wrong="pictures_needed" says="not only the first and the last"
def pictures_needed(sizes, errors, bayes_error, target):
    if target <= bayes_error:
        return np.inf
    u, w = np.log(sizes), np.log(errors - bayes_error)
    slope = (w[-1] - w[0]) / (u[-1] - u[0])
    return np.exp((np.log(target - bayes_error) - w[0]) / slope + u[0])


# %% wrong="pictures_needed" says="expected"
def pictures_needed(sizes, errors, bayes_error, target):
    if target <= bayes_error:
        return np.inf
    slope, height = np.polyfit(np.log(sizes), np.log(errors - bayes_error), 1)
    return np.ceil(np.exp((np.log(target - bayes_error) - height) / slope))


# %% wrong="pictures_needed" says="expected"
def pictures_needed(sizes, errors, bayes_error, target):
    if target <= bayes_error:
        return np.inf
    slope, height = np.polyfit(sizes, np.log(errors - bayes_error), 1)
    return (np.log(target - bayes_error) - height) / slope


# %% alternative="pictures_needed"
def pictures_needed(sizes, errors, bayes_error, target):
    if not target > bayes_error:
        return float("inf")
    u, w = np.log(np.asarray(sizes, dtype=float)), np.log(errors - bayes_error)
    n = len(u)
    u0, w0 = sum(u) / n, sum(w) / n
    c = -sum((a - u0) * (b - w0) for a, b in zip(u, w, strict=True)) / sum((a - u0) ** 2 for a in u)
    a = np.exp(w0 + c * u0)
    return (a / (target - bayes_error)) ** (1 / c)


# %% alternative="pictures_needed"
def pictures_needed(sizes, errors, bayes_error, target):
    if target <= bayes_error:
        return np.inf
    slope, height = np.polyfit(np.log(sizes), np.log(errors - bayes_error), 1)
    return np.exp((np.log(target - bayes_error) - height) / slope)


# %% wrong="expected_gains" says="minus the human error"
def expected_gains(report, rates):
    c = report["category_errors"]
    gaps = {"bigger_network": report["train_error"]}
    gaps["more_data"] = report["train_dev_error"] - report["train_error"]
    gaps["user_data"] = report["dev_error"] - report["train_dev_error"]
    gaps["synthesise"] = c["blurred"] + c["shifted"]
    gaps["clean_labels"] = report["wrong_labels"]
    gaps["regularise"] = report["wrong_labels"] * (1 - report["one_way"])
    gaps["change_metric"] = report["dev_cost"] - report["dev_error"]
    return {action: rates[action] * max(0, gaps[action]) for action in report["possible"]}


# %% wrong="expected_gains" says="train-dev and not dev"
def expected_gains(report, rates):
    c = report["category_errors"]
    gaps = {"bigger_network": report["train_error"] - report["human_error"]}
    gaps["more_data"] = report["dev_error"] - report["train_error"]
    gaps["user_data"] = report["dev_error"] - report["train_dev_error"]
    gaps["synthesise"] = c["blurred"] + c["shifted"]
    gaps["clean_labels"] = report["wrong_labels"]
    gaps["regularise"] = report["wrong_labels"] * (1 - report["one_way"])
    gaps["change_metric"] = report["dev_cost"] - report["dev_error"]
    return {action: rates[action] * max(0, gaps[action]) for action in report["possible"]}


# %% wrong="expected_gains" says="the actions of"
def expected_gains(report, rates):
    c = report["category_errors"]
    gaps = {"bigger_network": report["train_error"] - report["human_error"]}
    gaps["more_data"] = report["train_dev_error"] - report["train_error"]
    gaps["user_data"] = report["dev_error"] - report["train_dev_error"]
    gaps["synthesise"] = c["blurred"] + c["shifted"]
    gaps["clean_labels"] = report["wrong_labels"]
    gaps["regularise"] = report["wrong_labels"] * (1 - report["one_way"])
    gaps["change_metric"] = report["dev_cost"] - report["dev_error"]
    return {action: rates[action] * max(0, gap) for action, gap in gaps.items()}


# %% wrong="expected_gains" says="gain of regularise"
def expected_gains(report, rates):
    c = report["category_errors"]
    gaps = {"bigger_network": report["train_error"] - report["human_error"]}
    gaps["more_data"] = report["train_dev_error"] - report["train_error"]
    gaps["user_data"] = report["dev_error"] - report["train_dev_error"]
    gaps["synthesise"] = c["blurred"] + c["shifted"]
    gaps["clean_labels"] = report["wrong_labels"]
    gaps["regularise"] = report["wrong_labels"] * report["one_way"]
    gaps["change_metric"] = report["dev_cost"] - report["dev_error"]
    return {action: rates[action] * max(0, gaps[action]) for action in report["possible"]}


# %% wrong="expected_gains" says="gain of synthesise"
def expected_gains(report, rates):
    c = report["category_errors"]
    gaps = {"bigger_network": report["train_error"] - report["human_error"]}
    gaps["more_data"] = report["train_dev_error"] - report["train_error"]
    gaps["user_data"] = report["dev_error"] - report["train_dev_error"]
    gaps["synthesise"] = sum(c.values()) - c["plain"]
    gaps["clean_labels"] = report["wrong_labels"]
    gaps["regularise"] = report["wrong_labels"] * (1 - report["one_way"])
    gaps["change_metric"] = report["dev_cost"] - report["dev_error"]
    return {action: rates[action] * max(0, gaps[action]) for action in report["possible"]}


# %% wrong="expected_gains" says="expected about 0"
def expected_gains(report, rates):
    c = report["category_errors"]
    gaps = {"bigger_network": report["train_error"] - report["human_error"]}
    gaps["more_data"] = report["train_dev_error"] - report["train_error"]
    gaps["user_data"] = report["dev_error"] - report["train_dev_error"]
    gaps["synthesise"] = c["blurred"] + c["shifted"]
    gaps["clean_labels"] = report["wrong_labels"]
    gaps["regularise"] = report["wrong_labels"] * (1 - report["one_way"])
    gaps["change_metric"] = report["dev_cost"] - report["dev_error"]
    return {action: rates[action] * gaps[action] for action in report["possible"]}


# %% wrong="expected_gains" says="expected about 0"
def expected_gains(report, rates):
    c = report["category_errors"]
    gaps = {"bigger_network": report["train_error"] - report["human_error"]}
    gaps["more_data"] = report["train_dev_error"] - report["train_error"]
    gaps["user_data"] = report["dev_error"] - report["train_dev_error"]
    gaps["synthesise"] = c["blurred"] + c["shifted"]
    gaps["clean_labels"] = report["wrong_labels"]
    gaps["regularise"] = report["wrong_labels"] * (1 - report["one_way"])
    gaps["change_metric"] = report["dev_cost"] - report["dev_error"]
    return {action: rates[action] * abs(gaps[action]) for action in report["possible"]}


# %% wrong="expected_gains" says="with a negative rate"
def expected_gains(report, rates):
    c = report["category_errors"]
    gaps = {"bigger_network": report["train_error"] - report["human_error"]}
    gaps["more_data"] = report["train_dev_error"] - report["train_error"]
    gaps["user_data"] = report["dev_error"] - report["train_dev_error"]
    gaps["synthesise"] = c["blurred"] + c["shifted"]
    gaps["clean_labels"] = report["wrong_labels"]
    gaps["regularise"] = report["wrong_labels"] * (1 - report["one_way"])
    gaps["change_metric"] = report["dev_cost"] - report["dev_error"]
    return {action: max(0, rates[action] * gaps[action]) for action in report["possible"]}


# %% alternative="expected_gains"
def expected_gains(report, rates):
    e = [report[name] for name in ("human_error", "train_error", "train_dev_error", "dev_error", "dev_cost")]
    names = ("bigger_network", "more_data", "user_data", "change_metric")
    gaps = dict(zip(names, np.maximum(np.diff(e), 0), strict=True))
    wrong, kinds = report["wrong_labels"], report["category_errors"]
    gaps.update(clean_labels=wrong, regularise=wrong - wrong * report["one_way"])
    gaps["synthesise"] = kinds["shifted"] + kinds["blurred"]
    gains = {}
    for action in report["possible"]:
        gains[action] = gaps[action] * rates[action]
    return gains


# %% alternative="expected_gains"
def expected_gains(report, rates):
    def gap(action):
        if action in ("clean_labels", "regularise"):
            return report["wrong_labels"] * (1 if action == "clean_labels" else 1 - report["one_way"])
        if action == "synthesise":
            return report["category_errors"]["blurred"] + report["category_errors"]["shifted"]
        after, before = {
            "bigger_network": ("train_error", "human_error"),
            "more_data": ("train_dev_error", "train_error"),
            "user_data": ("dev_error", "train_dev_error"),
            "change_metric": ("dev_cost", "dev_error"),
        }[action]
        return report[after] - report[before]

    return {action: rates[action] * gap(action) if gap(action) > 0 else 0.0 for action in report["possible"]}


# %% wrong="decide" says="is asked"
def decide(report, rates):
    return report["possible"][0]


# %% wrong="decide" says="is asked"
def decide(report, rates):
    wishes = ("bigger_network", "more_data", "regularise", "user_data", "change_metric")
    return next(action for action in wishes if action in report["possible"])


# %% wrong="decide" says="is asked"
def decide(report, rates):
    gains = expected_gains(report, rates)
    return min(gains, key=gains.get)


# %% wrong="decide" says="is asked"
def decide(report, rates):
    gains = expected_gains(report, dict.fromkeys(rates, 1.0))
    return max(gains, key=gains.get)


# %% wrong="decide" says="the policy gave"
def decide(report, rates):
    return "clean_labels" if report["wrong_labels"] > 0.05 else "user_data"


# %% wrong="decide" says="on projects 16 to 31"
def decide(report, rates):
    wishes = ("user_data", "clean_labels", "bigger_network")
    return next(action for action in wishes if action in report["possible"])


# %% alternative="decide"
def decide(report, rates):
    best, most = None, -1.0
    for action, gain in expected_gains(report, rates).items():
        if gain > most:
            best, most = action, gain
    return best


# %% alternative="decide"
def decide(report, rates):
    gains = expected_gains(report, rates)
    return sorted(report["possible"], key=lambda action: gains[action])[-1]


# %% equivalent="majority_vote" mutant="number type of the first argument" why="both are whole numbers"
