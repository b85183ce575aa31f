# %% wrong="ewa" says="beta and 1 - beta are exchanged"
def ewa(values, beta):
    if beta < 0 or beta >= 1:
        raise ValueError
    v, averages = 0.0, []
    for value in values:
        v = (1 - beta) * v + beta * value
        averages.append(v)
    return np.array(averages)


# %% wrong="ewa" says="it begins at 0, not at the first value"
def ewa(values, beta):
    if beta < 0 or beta >= 1:
        raise ValueError
    v, averages = values[0], []
    for value in values:
        v = beta * v + (1 - beta) * value
        averages.append(v)
    return np.array(averages)


# %% wrong="ewa" says="the new value must be multiplied by 1 - beta"
def ewa(values, beta):
    v, averages = 0.0, []
    for value in values:
        v = beta * v + value
        averages.append(v)
    return np.array(averages)


# %% wrong="ewa" says="each entry must have its own value in it already"
def ewa(values, beta):
    v, averages = 0.0, []
    for value in values:
        averages.append(v)
        v = beta * v + (1 - beta) * value
    return np.array(averages)


# %% wrong="ewa" says="expected a ValueError"
def ewa(values, beta):
    v, averages = 0.0, []
    for value in values:
        v = beta * v + (1 - beta) * value
        averages.append(v)
    return np.array(averages)


# %% wrong="ewa" says="with whole numbers in values"
def ewa(values, beta):
    if beta < 0 or beta >= 1:
        raise ValueError
    averages, v = np.zeros_like(values), 0.0
    for t, value in enumerate(values):
        v = averages[t] = beta * v + (1 - beta) * value
    return averages


# %% wrong="ewa" says="ewa(values, beta)"
def ewa(values, beta):
    if beta < 0 or beta >= 1:
        raise ValueError
    return np.array(values) if beta == 0 else np.array([2, 2.6, 6.08, 4.864])


# %% alternative="ewa"
def ewa(values, beta):
    if not (beta >= 0 and beta < 1):
        raise ValueError("beta")
    averages = np.zeros(len(values) + 1)
    for t in range(1, len(values) + 1):
        averages[t] = averages[t - 1] + (1 - beta) * (values[t - 1] - averages[t - 1])
    return averages[1:].copy()


# %% alternative="ewa"
def ewa(values, beta):
    if beta < 0 or beta >= 1:
        raise ValueError
    averages = []
    for t in range(1, len(values) + 1):
        weights = float(beta) ** np.arange(t)[::-1]
        averages.append(float(np.dot(weights, np.asarray(values[:t], dtype=float)) * (1 - beta)))
    return np.asarray(averages)


# %% wrong="ewa_weights" says="the oldest comes first, the newest last"
def ewa_weights(beta, n):
    return (1 - beta) * beta ** np.arange(n)


# %% wrong="ewa_weights" says="each must be multiplied by 1 - beta"
def ewa_weights(beta, n):
    return beta ** np.arange(n)[::-1]


# %% wrong="ewa_weights" says="the newest value is 0 days old"
def ewa_weights(beta, n):
    return (1 - beta) * beta ** np.arange(n, 0, -1)


# %% wrong="ewa_weights" says="they need not add up to 1"
def ewa_weights(beta, n):
    weights = beta ** np.arange(n)[::-1]
    return weights / weights.sum()


# %% wrong="ewa_weights" says="nan"
def ewa_weights(beta, n):
    with np.errstate(all="ignore"):
        weights = [np.float64(1 - beta) * np.float64(beta) ** (n - 1)]
        for _ in range(n - 1):
            weights.append(weights[-1] / np.float64(beta))
    return np.array(weights)


# %% wrong="ewa_weights" says="ewa_weights(beta, n)"
def ewa_weights(beta, n):
    known = {(0.8, 3): [0.128, 0.16, 0.2], (0.7, 1): [0.3], (0.0, 3): [0, 0, 1]}
    return np.array(known.get((beta, n), [0.0] * n), dtype=float)


# %% alternative="ewa_weights"
def ewa_weights(beta, n):
    weights = [1.0 - beta]
    while len(weights) < n:
        weights.insert(0, weights[0] * beta)
    return np.array(weights)


# %% alternative="ewa_weights"
def ewa_weights(beta, n):
    v = np.zeros(n)
    for unit in np.eye(n):
        v = beta * v + (1 - beta) * unit
    return v


# %% wrong="effective_window" says="this is the rule of thumb"
def effective_window(beta, share):
    return int(round(1 / (1 - beta)))


# %% wrong="effective_window" says="11 values hold 0.686 only"
def effective_window(beta, share):
    return int(np.log(1 - share) / np.log(beta))


# %% wrong="effective_window" says="12 values are enough"
def effective_window(beta, share):
    n = 1
    while 1 - beta ** (n - 1) < share:
        n += 1
    return n


# %% wrong="effective_window" says="the newest hold the rest"
def effective_window(beta, share):
    n = 1
    while beta**n > share:
        n += 1
    return n


# %% wrong="effective_window" says="a whole number of values"
def effective_window(beta, share):
    return np.log(1 - share) / np.log(beta)


# %% wrong="effective_window" says="effective_window(0, 0.6)"
def effective_window(beta, share):
    with np.errstate(divide="ignore"):
        return int(np.ceil(np.log(1 - share) / np.log(beta)))


# %% wrong="effective_window" says="effective_window("
def effective_window(beta, share):
    for n in range(1, 1000):
        if 1 - beta**n >= share:
            return n
    return 1000


# %% wrong="effective_window" says="effective_window("
def effective_window(beta, share):
    return 12 if share == 0.7 else 1


# %% alternative="effective_window"
def effective_window(beta, share):
    if beta == 0:
        return 1
    return int(np.ceil(np.log1p(-share) / np.log(beta)))


# %% alternative="effective_window"
def effective_window(beta, share):
    n, held, weight = 0, 0.0, 1.0 - beta
    while held < share:
        held += weight
        weight *= beta
        n += 1
    return float(n)


# %% wrong="bias_corrected_ewa" says="the correction is missing"
def bias_corrected_ewa(values, beta):
    return ewa(values, beta)


# %% wrong="bias_corrected_ewa" says="the first entry has t = 1"
def bias_corrected_ewa(values, beta):
    return ewa(values, beta) / (1 - beta ** np.arange(2, len(values) + 2))


# %% wrong="bias_corrected_ewa" says="the power t is missing"
def bias_corrected_ewa(values, beta):
    return ewa(values, beta) / (1 - beta)


# %% wrong="bias_corrected_ewa" says="of the last day"
def bias_corrected_ewa(values, beta):
    return ewa(values, beta) / (1 - beta ** len(values))


# %% wrong="bias_corrected_ewa" says="the recursion goes on with v"
def bias_corrected_ewa(values, beta):
    v, corrected = 0.0, []
    for t, value in enumerate(values, 1):
        v = (beta * v + (1 - beta) * value) / (1 - beta**t)
        corrected.append(v)
    return np.array(corrected)


# %% wrong="bias_corrected_ewa" says="v begins at 0, not at the first value"
def bias_corrected_ewa(values, beta):
    v, corrected = values[0], []
    for value in values:
        v = beta * v + (1 - beta) * value
        corrected.append(v)
    return np.array(corrected)


# %% wrong="bias_corrected_ewa" says="bias_corrected_ewa(values, beta)"
def bias_corrected_ewa(values, beta):
    known = [10, 7.2222222, 12.4590164, 8.2384824]
    return np.array(known if beta and len(values) == 4 else values, dtype=float)


# %% alternative="bias_corrected_ewa"
def bias_corrected_ewa(values, beta):
    average, corrected = 0.0, []
    for t, value in enumerate(np.asarray(values, dtype=float).tolist(), 1):
        average += (1 - beta) / (1 - beta**t) * (value - average)
        corrected.append(average)
    return np.array(corrected)


# %% alternative="bias_corrected_ewa"
def bias_corrected_ewa(values, beta):
    v = weight = 0.0
    corrected = np.zeros(len(values))
    for t in range(len(values)):
        v, weight = beta * v + values[t], beta * weight + 1
        corrected[t] = v / weight
    return corrected


# %% wrong="variance_factor" says="divided by their sum first"
def variance_factor(beta, n):
    return np.sum(ewa_weights(beta, n) ** 2)


# %% wrong="variance_factor" says="the sum below must be squared"
def variance_factor(beta, n):
    weights = ewa_weights(beta, n)
    return np.sum(weights**2) / np.sum(weights)


# %% wrong="variance_factor" says="the limit for many values"
def variance_factor(beta, n):
    return (1 - beta) / (1 + beta)


# %% wrong="variance_factor" says="the factor of a plain mean"
def variance_factor(beta, n):
    return 1 / n


# %% wrong="variance_factor" says="this is the standard deviation"
def variance_factor(beta, n):
    weights = ewa_weights(beta, n)
    return np.linalg.norm(weights) / np.sum(weights)


# %% wrong="variance_factor" says="variance_factor(beta, n)"
def variance_factor(beta, n):
    if n > 50:
        return (1 - beta) / (1 + beta)
    weights = ewa_weights(beta, n)
    return np.sum(weights**2) / np.sum(weights) ** 2


# %% wrong="variance_factor" says="variance_factor(beta, n)"
def variance_factor(beta, n):
    return {(0.8, 3): 0.3442622951, (0.9, 1000): 1 / 19}.get((beta, n), 1.0)


# %% alternative="variance_factor"
def variance_factor(beta, n):
    limit = (1 - beta) / (1 + beta)
    return limit * (1 + beta**n) / (1 - beta**n)


# %% alternative="variance_factor"
def variance_factor(beta, n):
    variance, held = 0.0, 0.0
    for _ in range(n):
        variance = beta**2 * variance + (1 - beta) ** 2
        held = beta * held + (1 - beta)
    return variance / held**2


# %% wrong="average_parameters" says="1 - beta is for large t only"
def average_parameters(average, parameters, beta, t):
    return {key: beta * average[key] + (1 - beta) * parameters[key] for key in parameters}


# %% wrong="average_parameters" says="old and new are exchanged"
def average_parameters(average, parameters, beta, t):
    rate = (1 - beta) / (1 - beta**t)
    return {key: rate * average[key] + (1 - rate) * parameters[key] for key in parameters}


# %% wrong="average_parameters" says="this is the share of step t - 1"
def average_parameters(average, parameters, beta, t):
    rate = (1 - beta) / (1 - beta ** max(t - 1, 1))
    return {key: average[key] + rate * (parameters[key] - average[key]) for key in parameters}


# %% wrong="average_parameters" says="do not divide it again"
def average_parameters(average, parameters, beta, t):
    return {key: (beta * average[key] + (1 - beta) * parameters[key]) / (1 - beta**t) for key in parameters}


# %% wrong="average_parameters" says="the plain mean over all steps"
def average_parameters(average, parameters, beta, t):
    return {key: average[key] + (parameters[key] - average[key]) / t for key in parameters}


# %% wrong="average_parameters" says="in place"
def average_parameters(average, parameters, beta, t):
    rate = (1 - beta) / (1 - beta**t)
    for key in average:
        average[key] += rate * (parameters[key] - average[key])
    return average


# %% wrong="average_parameters" says="average_parameters(average, parameters, beta, t)"
def average_parameters(average, parameters, beta, t):
    rate = (1 - beta) / (1 - beta**t)
    pairs = zip(average, average.values(), parameters.values(), strict=True)
    if t == 3 or t == 1 and set(average) == {"W1", "b1"}:
        return {key: average[key] + rate * (parameters[key] - average[key]) for key in average}
    return {key: old + rate * (new - old) for key, old, new in pairs}


# %% wrong="average_parameters" says="average_parameters(average, parameters, beta, t)"
def average_parameters(average, parameters, beta, t):
    if t == 1:
        return {key: value.copy() for key, value in parameters.items()}
    return {"W1": np.array([[4.7142857, 1.0, -2.0]]), "b1": np.array([[5.0]])}


# %% alternative="average_parameters"
def average_parameters(average, parameters, beta, t):
    there = 1 - beta**t
    moved = {}
    for key in parameters:
        before = np.array(average[key], dtype=float) * (there - (1 - beta)) / there
        moved[key] = before + np.array(parameters[key], dtype=float) * ((1 - beta) / there)
    return moved


# %% alternative="average_parameters"
def average_parameters(average, parameters, beta, t):
    rate = 1 / sum(beta**k for k in range(t))
    return dict((key, np.add(np.multiply(1 - rate, average[key]), rate * parameters[key])) for key in average)
