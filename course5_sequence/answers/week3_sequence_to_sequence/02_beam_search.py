# %% wrong="beam_search" says="the sentences with B = 2"
def beam_search(log_prob, B, T_max):
    prefix, total = (), 0.0
    while len(prefix) < T_max and prefix[-1:] != (0,):
        log_y_hat = log_prob(prefix)
        k = int(np.argmax(log_y_hat))
        prefix, total = (*prefix, k), total + log_y_hat[k]
    return [list(prefix)], np.array([total])


# %% wrong="beam_search" says="the sentences with B = 2"
def beam_search(log_prob, B, T_max):
    beam = [(0.0, ())]
    for _ in range(T_max):
        candidates = []
        for log_p, prefix in beam:
            log_y_hat = log_prob(prefix)
            candidates += [(log_p + log_y_hat[k], (*prefix, k)) for k in range(len(log_y_hat))]
        beam = sorted(candidates, reverse=True)[:B]
    return [list(prefix) for _, prefix in beam], np.array([log_p for log_p, _ in beam])


# %% wrong="beam_search" says="the logarithms"
def beam_search(log_prob, B, T_max):
    beam = [(1.0, ())]
    for _ in range(T_max):
        candidates = [each for each in beam if each[1][-1:] == (0,)]
        for p, prefix in beam:
            if prefix[-1:] != (0,):
                y_hat = np.exp(log_prob(prefix))
                candidates += [(p * y_hat[k], (*prefix, k)) for k in range(len(y_hat)) if y_hat[k] > 0]
        beam = sorted(candidates, reverse=True)[:B]
    return [list(prefix) for _, prefix in beam], np.array([p for p, _ in beam])


# %% wrong="beam_search" says="T_max = 2"
def beam_search(log_prob, B, T_max):
    beam = [(0.0, ())]
    while any(prefix[-1:] != (0,) for _, prefix in beam) and len(max(prefix for _, prefix in beam)) <= 3:
        candidates = [each for each in beam if each[1][-1:] == (0,)]
        for log_p, prefix in beam:
            if prefix[-1:] != (0,):
                log_y_hat = log_prob(prefix)
                candidates += [(log_p + log_y_hat[k], (*prefix, k)) for k in range(len(log_y_hat))]
        beam = sorted(candidates, reverse=True)[:B]
    return [list(prefix) for _, prefix in beam], np.array([log_p for log_p, _ in beam])


# %% wrong="beam_search" says="expected"
def beam_search(log_prob, B, T_max):
    beam, done = [(0.0, ())], []
    for _ in range(T_max):
        candidates = []
        for log_p, prefix in beam:
            log_y_hat = log_prob(prefix)
            for k in range(len(log_y_hat)):
                if log_y_hat[k] > -np.inf:
                    (candidates if k else done).append((log_p + log_y_hat[k], (*prefix, k)))
        beam = sorted(candidates, reverse=True)[:B]
    beam = sorted(done + beam, reverse=True)[:B]
    return [list(prefix) for _, prefix in beam], np.array([log_p for log_p, _ in beam])


# %% wrong="beam_search" says="impossible symbols"
def beam_search(log_prob, B, T_max):
    beam = [(0.0, ())]
    for _ in range(T_max):
        candidates = [each for each in beam if each[1][-1:] == (0,)]
        for log_p, prefix in beam:
            if prefix[-1:] != (0,):
                log_y_hat = log_prob(prefix)
                candidates += [(log_p + log_y_hat[k], (*prefix, k)) for k in range(len(log_y_hat))]
        beam = sorted(candidates, reverse=True)[:B]
    return [list(prefix) for _, prefix in beam], np.array([log_p for log_p, _ in beam])


# %% alternative="beam_search"
def beam_search(log_prob, B, T_max):
    sentences, log_p = [[]], np.array([0.0])
    for _ in range(T_max):
        grown, values = [], []
        for sentence, value in zip(sentences, log_p, strict=True):
            if sentence and sentence[-1] == 0:
                grown.append(sentence)
                values.append(value)
            else:
                log_y_hat = log_prob(tuple(sentence))
                grown += [sentence + [k] for k in range(len(log_y_hat))]
                values += list(value + log_y_hat)
        values = np.array(values)
        best = [j for j in np.argsort(-values)[:B] if values[j] > -np.inf]
        sentences, log_p = [grown[j] for j in best], values[best]
    return sentences, log_p


# %% alternative="beam_search"
def beam_search(log_prob, B, T_max):
    import heapq

    beam = {(): 0.0}
    while any(0 not in prefix and len(prefix) < T_max for prefix in beam):
        pool = {}
        for prefix, value in beam.items():
            if 0 in prefix:
                pool[prefix] = value
                continue
            for k, more in enumerate(log_prob(prefix)):
                if np.isfinite(more):
                    pool[prefix + (k,)] = value + float(more)
        beam = dict(heapq.nlargest(B, pool.items(), key=lambda pair: pair[1]))
    return [list(prefix) for prefix in beam], np.array(list(beam.values()))


# %% wrong="length_normalise" says="divided by the length, without alpha"
def length_normalise(log_p, T, alpha):
    return log_p / T


# %% wrong="length_normalise" says="divide by the power"
def length_normalise(log_p, T, alpha):
    return log_p * T**alpha


# %% wrong="length_normalise" says="alpha is an exponent"
def length_normalise(log_p, T, alpha):
    return log_p / (alpha * T)


# %% wrong="length_normalise" says="alpha = 1"
def length_normalise(log_p, T, alpha):
    return log_p / np.sqrt(T)


# %% wrong="length_normalise" says="alpha = 0.5"
def length_normalise(log_p, T, alpha):
    return log_p / ((5 + T) / 6) ** alpha


# %% alternative="length_normalise"
def length_normalise(log_p, T, alpha):
    return np.asarray(log_p, float) * np.power(np.asarray(T, float), -alpha)


# %% alternative="length_normalise"
def length_normalise(log_p, T, alpha):
    return np.array([value / float(length) ** alpha for value, length in zip(log_p, T, strict=True)])


# %% wrong="length_normalise" says="with lengths that are no whole numbers"
def length_normalise(log_p, T, alpha):
    lengths = np.asarray(T, dtype=int)
    return log_p / lengths.astype(float) ** alpha


# %% wrong="choose" says="alpha = 0"
def choose(sentences, log_p, alpha):
    scores = length_normalise(log_p, np.array([len(sentence) for sentence in sentences]), alpha)
    return sentences[int(np.argmax(scores))]


# %% wrong="choose" says="alpha = 1"
def choose(sentences, log_p, alpha):
    finished = [k for k, sentence in enumerate(sentences) if sentence[-1] == 0]
    return sentences[max(finished or range(len(sentences)), key=lambda k: log_p[k])]


# %% wrong="choose" says="with log_p -4, -2, -3"
def choose(sentences, log_p, alpha):
    scores = length_normalise(log_p, np.array([len(sentence) for sentence in sentences]), alpha)
    return max(zip(scores, sentences, strict=True), key=lambda pair: (pair[1][-1] == 0, pair[0] * (pair[1][-1] == 0)))[
        1
    ]


# %% wrong="choose" says="none is finished"
def choose(sentences, log_p, alpha):
    finished = [k for k, sentence in enumerate(sentences) if sentence[-1] == 0]
    if not finished:
        return sentences[-1]
    return sentences[max(finished, key=lambda k: log_p[k] / len(sentences[k]) ** alpha)]


# %% wrong="choose" says="expected"
def choose(sentences, log_p, alpha):
    lengths = np.array([max(len(sentence) - 1, 1) for sentence in sentences])
    finished = [k for k, sentence in enumerate(sentences) if sentence[-1] == 0]
    return sentences[max(finished or range(len(sentences)), key=lambda k: log_p[k] / lengths[k] ** alpha)]


# %% alternative="choose"
def choose(sentences, log_p, alpha):
    lengths = np.array(list(map(len, sentences)))
    scores = np.asarray(log_p) / lengths**alpha
    finished = np.array([sentence[-1] == 0 for sentence in sentences])
    if finished.any():
        scores = np.where(finished, scores, -np.inf)
    return list(sentences[np.argmax(scores)])


# %% alternative="choose"
def choose(sentences, log_p, alpha):
    best, best_key = None, None
    for sentence, value in zip(sentences, log_p, strict=True):
        key = (0 in sentence, value / len(sentence) ** alpha)
        if best is None or key > best_key:
            best, best_key = sentence, key
    return best


# %% wrong="best_extensions" says="add the log_p of each sentence"
def best_extensions(log_p, log_y_hat, B):
    best = np.argsort(-log_y_hat, axis=None)[:B]
    symbols, parents = np.unravel_index(best, log_y_hat.shape)
    return parents, symbols, log_y_hat[symbols, parents]


# %% wrong="best_extensions" says="these are the symbols"
def best_extensions(log_p, log_y_hat, B):
    sums = log_p + log_y_hat
    best = np.argsort(-sums, axis=None)[: min(B, np.sum(sums > -np.inf))]
    symbols, parents = np.unravel_index(best, sums.shape)
    return symbols, parents, sums[symbols, parents]


# %% wrong="best_extensions" says="the largest first"
def best_extensions(log_p, log_y_hat, B):
    sums = log_p + log_y_hat
    best = np.argsort(sums, axis=None)[-B:]
    symbols, parents = np.unravel_index(best, sums.shape)
    return parents, symbols, sums[symbols, parents]


# %% wrong="best_extensions" says="logarithms"
def best_extensions(log_p, log_y_hat, B):
    products = np.exp(log_p + log_y_hat)
    best = np.argsort(-products, axis=None)[: min(B, np.sum(products > 0))]
    symbols, parents = np.unravel_index(best, products.shape)
    return parents, symbols, products[symbols, parents]


# %% wrong="best_extensions" says="possible ones"
def best_extensions(log_p, log_y_hat, B):
    sums = log_p + log_y_hat
    symbols, parents = np.unravel_index(np.argsort(-sums, axis=None)[:B], sums.shape)
    return parents, symbols, sums[symbols, parents]


# %% wrong="best_extensions" says="log_p_new"
def best_extensions(log_p, log_y_hat, B):
    sums = log_p + log_y_hat
    symbols = sums.argmax(axis=0)
    parents = np.argsort(-sums.max(axis=0))[:B]
    return parents, symbols[parents], sums.max(axis=0)[parents]


# %% alternative="best_extensions"
def best_extensions(log_p, log_y_hat, B):
    n_y, k = log_y_hat.shape
    entries = [(log_p[j] + log_y_hat[i, j], j, i) for j in range(k) for i in range(n_y)]
    entries = sorted((entry for entry in entries if entry[0] > -np.inf), key=lambda entry: -entry[0])[:B]
    log_p_new, parents, symbols = zip(*entries, strict=True)
    return np.array(parents), np.array(symbols), np.array(log_p_new)


# %% alternative="best_extensions"
def best_extensions(log_p, log_y_hat, B):
    flat = (log_y_hat.T + log_p[:, None]).ravel()
    order = np.argsort(flat)[::-1]
    order = order[np.isfinite(flat[order])][:B]
    parents, symbols = np.divmod(order, len(log_y_hat))
    return parents, symbols, flat[order]


# %% wrong="beam_search_states" says="the sentences with B = 2"
def beam_search_states(step, state, B, T_max):
    sentences, log_p, last = [[]], np.zeros(1), np.zeros(1, int)
    for _ in range(T_max):
        log_y_hat, state = step(state, last)
        parents, last, log_p = best_extensions(log_p, log_y_hat, B)
        sentences = [sentences[j] + [int(k)] for j, k in zip(parents, last, strict=True)]
        state = state[:, parents]
    return sentences, log_p


# %% wrong="beam_search_states" says="the sentences with B = 2"
def beam_search_states(step, state, B, T_max):
    sentences, log_p, last, finished = [[]], np.zeros(1), np.zeros(1, int), np.array([False])
    for _ in range(T_max):
        log_y_hat, state = step(state, last)
        log_y_hat[:, finished] = -np.inf
        log_y_hat[0, finished] = 0
        parents, last, log_p = best_extensions(log_p, log_y_hat, B)
        sentences = [sentences[j] + [int(k)] for j, k in zip(parents, last, strict=True)]
        state, finished = state[:, parents], last == 0
    return sentences, log_p


# %% wrong="beam_search_states" says="expected"
def beam_search_states(step, state, B, T_max):
    sentences, log_p, last, finished = [[]], np.zeros(1), np.zeros(1, int), np.array([False])
    for _ in range(T_max):
        log_y_hat, state = step(state, last)
        log_y_hat[:, finished] = -np.inf
        log_y_hat[0, finished] = 0
        parents, last, log_p = best_extensions(log_p, log_y_hat, B)
        sentences = [sentences[j] + [int(k)] * (not finished[j]) for j, k in zip(parents, last, strict=True)]
        state, finished = np.repeat(state[:, :1], len(last), axis=1), last == 0
        if finished.all():
            break
    return sentences, log_p


# %% wrong="beam_search_states" says="log_p with B = 2"
def beam_search_states(step, state, B, T_max):
    sentences, log_p, last, finished = [[]], np.zeros(1), np.zeros(1, int), np.array([False])
    for _ in range(T_max):
        log_y_hat, state = step(state, last)
        log_y_hat[1:, finished] = -np.inf
        parents, last, log_p = best_extensions(log_p, log_y_hat, B)
        sentences = [sentences[j] + [int(k)] * (not finished[j]) for j, k in zip(parents, last, strict=True)]
        state, finished = state[:, parents], last == 0
        if finished.all():
            break
    return sentences, log_p


# %% wrong="beam_search_states" says="expected"
def beam_search_states(step, state, B, T_max):
    sentences, log_p, last, finished = [[]], np.zeros(1), np.zeros(1, int), np.array([False])
    for _ in range(T_max):
        log_y_hat, state = step(state, last)
        log_y_hat[:, finished] = -np.inf
        log_y_hat[0, finished] = 0
        parents, last, log_p = best_extensions(log_p, log_y_hat, B)
        sentences = [sentences[j] + [int(k)] * (not finished[j]) for j, k in zip(parents, last, strict=True)]
        state, finished = state[:, parents], last == 0
        if finished.any():
            break
    return sentences, log_p


# %% wrong="beam_search_states" says="all sentences go in one call"
def beam_search_states(step, state, B, T_max):
    beam = [(0.0, [], state)]
    for _ in range(T_max):
        grown = []
        for value, sentence, own in beam:
            if sentence[-1:] == [0]:
                grown.append((value, sentence, own))
                continue
            log_y_hat, new = step(own, np.array([sentence[-1] if sentence else 0]))
            for k in np.flatnonzero(log_y_hat[:, 0] > -np.inf):
                grown.append((value + log_y_hat[k, 0], [*sentence, int(k)], new))
        beam = sorted(grown, key=lambda entry: -entry[0])[:B]
        if all(sentence[-1] == 0 for _, sentence, _ in beam):
            break
    return [sentence for _, sentence, _ in beam], np.array([value for value, _, _ in beam])


# %% alternative="beam_search_states"
def beam_search_states(step, state, B, T_max):
    sentences, log_p, t = [()], np.zeros(1), 0
    while t < T_max and not all(sentence[-1:] == (0,) for sentence in sentences):
        t += 1
        last = np.array([sentence[-1] if sentence else 0 for sentence in sentences])
        log_y_hat, state = step(state, last)
        done = [bool(sentence) and sentence[-1] == 0 for sentence in sentences]
        stay = np.full(len(log_y_hat), -np.inf)
        stay[0] = 0
        log_y_hat = np.where(done, stay[:, None], log_y_hat)
        parents, symbols, log_p = best_extensions(log_p, log_y_hat, B)
        sentences = [sentences[j] if done[j] else (*sentences[j], k) for j, k in zip(parents, symbols, strict=True)]
        state = np.take(state, parents, axis=1)
    return [list(sentence) for sentence in sentences], log_p


# %% wrong="error_analysis" says="only wrong answers count"
def error_analysis(rows, alpha):
    if all(row[0] == row[1] for row in rows):
        raise ValueError("no answer is wrong")
    beam = np.mean([star / len(y) ** alpha > hat / len(y_hat) ** alpha for y, y_hat, star, hat in rows])
    return beam, 1 - beam


# %% wrong="error_analysis" says="the model's and the beam's"
def error_analysis(rows, alpha):
    wrong = [row for row in rows if row[0] != row[1]]
    if not wrong:
        raise ValueError("no answer is wrong")
    beam = np.mean([star / len(y) ** alpha <= hat / len(y_hat) ** alpha for y, y_hat, star, hat in wrong])
    return beam, 1 - beam


# %% wrong="error_analysis" says="shares, not counts"
def error_analysis(rows, alpha):
    wrong = [row for row in rows if row[0] != row[1]]
    if not wrong:
        raise ValueError("no answer is wrong")
    beam = sum(star / len(y) ** alpha > hat / len(y_hat) ** alpha for y, y_hat, star, hat in wrong)
    return beam, len(wrong) - beam


# %% wrong="error_analysis" says="alpha = 1"
def error_analysis(rows, alpha):
    wrong = [row for row in rows if row[0] != row[1]]
    if not wrong:
        raise ValueError("no answer is wrong")
    beam = np.mean([star > hat for _, _, star, hat in wrong])
    return beam, 1 - beam


# %% wrong="error_analysis" says="alpha = 0"
def error_analysis(rows, alpha):
    wrong = [row for row in rows if row[0] != row[1]]
    if not wrong:
        raise ValueError("no answer is wrong")
    beam = np.mean([star / len(y) ** alpha >= hat / len(y_hat) ** alpha for y, y_hat, star, hat in wrong])
    return beam, 1 - beam


# %% wrong="error_analysis" says="no wrong answer"
def error_analysis(rows, alpha):
    wrong = [row for row in rows if row[0] != row[1]]
    if not wrong:
        return 0, 0
    beam = np.mean([star / len(y) ** alpha > hat / len(y_hat) ** alpha for y, y_hat, star, hat in wrong])
    return beam, 1 - beam


# %% alternative="error_analysis"
def error_analysis(rows, alpha):
    beam = model = 0
    for y_star, y_hat, log_p_star, log_p_hat in rows:
        if y_star == y_hat:
            continue
        lengths = np.array([len(y_star), len(y_hat)])
        star, hat = length_normalise(np.array([log_p_star, log_p_hat]), lengths, alpha)
        if star > hat:
            beam += 1
        else:
            model += 1
    if beam + model == 0:
        raise ValueError("there is no mistake to analyse")
    return beam / (beam + model), model / (beam + model)


# %% alternative="error_analysis"
def error_analysis(rows, alpha):
    kinds = [np.sign(a * len(y) ** -alpha - b * len(z) ** -alpha) > 0 for y, z, a, b in rows if list(y) != list(z)]
    if len(kinds) < 1:
        raise ValueError("no wrong answer")
    return np.count_nonzero(kinds) / len(kinds), np.count_nonzero(np.logical_not(kinds)) / len(kinds)


# %% equivalent="choose" mutant="number type of the first argument" why="symbols 3 and 3.0 are equal"


# %% wrong="choose" says="with a certain sentence"
def choose(sentences, log_p, alpha):
    finished = [k for k, sentence in enumerate(sentences) if sentence[-1] == 0]
    best = answer = None
    for k in finished or range(len(sentences)):
        score = log_p[k] / len(sentences[k]) ** alpha
        if not best or score > best:
            best, answer = score, sentences[k]
    return answer
