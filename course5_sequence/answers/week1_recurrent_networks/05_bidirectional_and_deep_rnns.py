# %% wrong="reverse_valid" says="the padding must stay at the end"
def reverse_valid(x, lengths):
    return x[:, :, ::-1].copy()


# %% wrong="reverse_valid" says="reverse their steps"
def reverse_valid(x, lengths):
    return x[:, ::-1].copy()


# %% wrong="reverse_valid" says="padding is copied"
def reverse_valid(x, lengths):
    result = np.zeros_like(x)
    for j, length in enumerate(lengths):
        result[:, j, :length] = x[:, j, :length][:, ::-1]
    return result


# %% wrong="reverse_valid" says="the padding keeps its order"
def reverse_valid(x, lengths):
    result = np.empty_like(x)
    for j, length in enumerate(lengths):
        result[:, j, :length] = x[:, j, :length][:, ::-1]
        result[:, j, length:] = x[:, j, length:][:, ::-1]
    return result


# %% wrong="reverse_valid" says="changes its argument x in place"
def reverse_valid(x, lengths):
    for j, length in enumerate(lengths):
        x[:, j, :length] = x[:, j, :length][:, ::-1].copy()
    return x


# %% wrong="reverse_valid" says="keep the number type of x"
def reverse_valid(x, lengths):
    result = np.array(x, dtype=float)
    for j, length in enumerate(lengths):
        result[:, j, :length] = x[:, j, :length][:, ::-1]
    return result


# %% alternative="reverse_valid"
def reverse_valid(x, lengths):
    lengths, t = np.asarray(lengths).astype(int)[:, None], np.arange(x.shape[2])
    source = np.where(t < lengths, lengths - 1 - t, t)
    return np.take_along_axis(x, source[None], axis=2)


# %% alternative="reverse_valid"
def reverse_valid(x, lengths):
    parts = []
    for x_j, n in zip(np.moveaxis(x, 1, 0), lengths, strict=True):
        parts.append(np.concatenate([np.flip(x_j[:, :n], axis=1), x_j[:, n:]], axis=1))
    return np.stack(parts, axis=1)


# %% wrong="birnn_forward" says="it read the padding first"
def birnn_forward(x, lengths, forward, backward):
    a0 = np.zeros((len(forward["b_c"]), x.shape[1]))
    from_left, left = gru_forward(x, a0, forward)
    from_right, right = gru_forward(x[:, :, ::-1], a0, backward)
    a = np.concatenate([from_left, from_right[:, :, ::-1]])
    return a * real_steps(lengths, x.shape[2]), (left, right, lengths)


# %% wrong="birnn_forward" says="reverse its states back"
def birnn_forward(x, lengths, forward, backward):
    a0 = np.zeros((len(forward["b_c"]), x.shape[1]))
    from_left, left = gru_forward(x, a0, forward)
    from_right, right = gru_forward(reverse_valid(x, lengths), a0, backward)
    return np.concatenate([from_left, from_right]) * real_steps(lengths, x.shape[2]), (left, right, lengths)


# %% wrong="birnn_forward" says="it must read x reversed"
def birnn_forward(x, lengths, forward, backward):
    a0 = np.zeros((len(forward["b_c"]), x.shape[1]))
    from_left, left = gru_forward(x, a0, forward)
    from_right, right = gru_forward(x, a0, backward)
    return np.concatenate([from_left, from_right]) * real_steps(lengths, x.shape[2]), (left, right, lengths)


# %% wrong="birnn_forward" says="it has parameters of its own"
def birnn_forward(x, lengths, forward, backward):
    a0 = np.zeros((len(forward["b_c"]), x.shape[1]))
    from_left, left = gru_forward(x, a0, forward)
    from_right, right = gru_forward(reverse_valid(x, lengths), a0, forward)
    a = np.concatenate([from_left, reverse_valid(from_right, lengths)])
    return a * real_steps(lengths, x.shape[2]), (left, right, lengths)


# %% wrong="birnn_forward" says="at padding a is 0"
def birnn_forward(x, lengths, forward, backward):
    a0 = np.zeros((len(forward["b_c"]), x.shape[1]))
    from_left, left = gru_forward(x, a0, forward)
    from_right, right = gru_forward(reverse_valid(x, lengths), a0, backward)
    return np.concatenate([from_left, reverse_valid(from_right, lengths)]), (left, right, lengths)


# %% wrong="birnn_forward" says="the first network comes first"
def birnn_forward(x, lengths, forward, backward):
    a0 = np.zeros((len(forward["b_c"]), x.shape[1]))
    from_left, left = gru_forward(x, a0, forward)
    from_right, right = gru_forward(reverse_valid(x, lengths), a0, backward)
    a = np.concatenate([reverse_valid(from_right, lengths), from_left])
    return a * real_steps(lengths, x.shape[2]), (left, right, lengths)


# %% wrong="birnn_forward" says="backward_caches"
def birnn_forward(x, lengths, forward, backward):
    a0 = np.zeros((len(forward["b_c"]), x.shape[1]))
    from_left, left = gru_forward(x, a0, forward)
    from_right, right = gru_forward(reverse_valid(x, lengths), a0, backward)
    a = np.concatenate([from_left, reverse_valid(from_right, lengths)])
    return a * real_steps(lengths, x.shape[2]), (left, right[::-1], lengths)


# %% alternative="birnn_forward"
def birnn_forward(x, lengths, forward, backward):
    n_a, m, T_x = forward["b_u"].shape[0], x.shape[1], x.shape[2]
    results = [
        gru_forward(each, np.zeros((n_a, m)), parameters)
        for each, parameters in ((x, forward), (reverse_valid(x, lengths), backward))
    ]
    a = np.zeros((2 * n_a, m, T_x))
    for j in range(m):
        for t in range(lengths[j]):
            a[:n_a, j, t] = results[0][0][:, j, t]
            a[n_a:, j, t] = results[1][0][:, j, lengths[j] - 1 - t]
    return a, (results[0][1], results[1][1], lengths)


# %% alternative="birnn_forward"
def birnn_forward(x, lengths, forward, backward):
    start = 0.0 * forward["b_c"] + np.zeros(x.shape[1])
    c_left, left = gru_forward(x, start, forward)
    c_right, right = gru_forward(reverse_valid(x, lengths), start, backward)
    a = np.vstack((c_left, reverse_valid(c_right, lengths)))
    return [np.where(real_steps(lengths, x.shape[-1]), a, 0.0), [left, right, lengths]]


# %% wrong="birnn_backward" says="the way through the second network is missing"
def birnn_backward(da, caches):
    from_left, from_right = np.split(da * real_steps(caches[2], da.shape[2]), 2)
    dx, _, left = gru_backward(from_left, caches[0])
    _, _, right = gru_backward(reverse_valid(from_right, caches[2]), caches[1])
    return dx, left, right


# %% wrong="birnn_backward" says="add the two ways"
def birnn_backward(da, caches):
    from_left, from_right = np.split(da * real_steps(caches[2], da.shape[2]), 2)
    dx, _, left = gru_backward(from_left, caches[0])
    dx, _, right = gru_backward(reverse_valid(from_right, caches[2]), caches[1])
    return reverse_valid(dx, caches[2]), left, right


# %% wrong="birnn_backward" says="reverse its dx back"
def birnn_backward(da, caches):
    from_left, from_right = np.split(da * real_steps(caches[2], da.shape[2]), 2)
    dx, _, left = gru_backward(from_left, caches[0])
    more, _, right = gru_backward(reverse_valid(from_right, caches[2]), caches[1])
    return dx + more, left, right


# %% wrong="birnn_backward" says="reverse the lower half of da"
def birnn_backward(da, caches):
    from_left, from_right = np.split(da * real_steps(caches[2], da.shape[2]), 2)
    dx, _, left = gru_backward(from_left, caches[0])
    more, _, right = gru_backward(from_right, caches[1])
    return dx + reverse_valid(more, caches[2]), left, right


# %% wrong="birnn_backward" says="padding of da has no effect"
def birnn_backward(da, caches):
    from_left, from_right = np.split(da, 2)
    dx, _, left = gru_backward(from_left, caches[0])
    more, _, right = gru_backward(reverse_valid(from_right, caches[2]), caches[1])
    return dx + reverse_valid(more, caches[2]), left, right


# %% wrong="birnn_backward" says="this is the mean of two ways"
def birnn_backward(da, caches):
    from_left, from_right = np.split(da * real_steps(caches[2], da.shape[2]), 2)
    dx, _, left = gru_backward(from_left, caches[0])
    more, _, right = gru_backward(reverse_valid(from_right, caches[2]), caches[1])
    return (dx + reverse_valid(more, caches[2])) / 2, left, right


# %% wrong="birnn_backward" says="db_c in forward_grads"
def birnn_backward(da, caches):
    from_left, from_right = np.split(da * real_steps(caches[2], da.shape[2]), 2)
    dx, _, left = gru_backward(from_left, caches[0])
    more, _, right = gru_backward(reverse_valid(from_right, caches[2]), caches[1])
    return dx + reverse_valid(more, caches[2]), right, left


# %% alternative="birnn_backward"
def birnn_backward(da, caches):
    left, right, lengths = caches
    n_a = da.shape[0] // 2
    da = np.where(real_steps(lengths, da.shape[-1]), da, 0.0)
    dx, _, grads = gru_backward(da[:n_a], left)
    more, _, more_grads = gru_backward(reverse_valid(da, lengths)[n_a:], right)
    dx = np.array(dx, dtype=float)
    for j, n in enumerate(lengths):
        for t in range(n):
            dx[:, j, t] += more[:, j, n - 1 - t]
    return [dx, dict(grads), dict(more_grads)]


# %% wrong="tag_entities" says="expected 1 entries, got 4"
def tag_entities(indices, lengths, E, forward, backward, output, kinds):
    a, _ = birnn_forward(embedding_forward(E, indices), lengths, forward, backward)
    best = temporal_affine_forward(a, output).argmax(axis=0)
    return [[kinds[k] for k in row] for row in best]


# %% wrong="tag_entities" says="expected 3 entries, got"
def tag_entities(indices, lengths, E, forward, backward, output, kinds):
    a, _ = birnn_forward(embedding_forward(E, indices), lengths, forward, backward)
    best = temporal_affine_forward(a, output).argmax(axis=0)
    return [kinds[k] for row, n in zip(best, lengths, strict=True) for k in row[:n]]


# %% wrong="tag_entities" says="the tags of the text 1, 0, -1"
def tag_entities(indices, lengths, E, forward, backward, output, kinds):
    a, _ = birnn_forward(embedding_forward(E, indices), lengths, forward, backward)
    best = temporal_affine_forward(a, output).argmax(axis=0)
    return [list(row[:n]) for row, n in zip(best, lengths, strict=True)]


# %% wrong="tag_entities" says="where two scores are equal"
def tag_entities(indices, lengths, E, forward, backward, output, kinds):
    a, _ = birnn_forward(embedding_forward(E, indices), lengths, forward, backward)
    best = len(kinds) - 1 - temporal_affine_forward(a, output)[::-1].argmax(axis=0)
    return [[kinds[k] for k in row[:n]] for row, n in zip(best, lengths, strict=True)]


# %% wrong="tag_entities" says="where two scores are equal"
def tag_entities(indices, lengths, E, forward, backward, output, kinds):
    a, _ = birnn_forward(embedding_forward(E, indices), lengths, forward, backward)
    best = (np.einsum("ya,amt->ymt", output["W_ya"], a)).argmax(axis=0)
    return [[kinds[k] for k in row[:n]] for row, n in zip(best, lengths, strict=True)]


# %% alternative="tag_entities"
def tag_entities(indices, lengths, E, forward, backward, output, kinds):
    a = birnn_forward(E[:, indices], lengths, forward, backward)[0]
    scores = np.tensordot(output["W_ya"], a, axes=1) + output["b_y"][:, :, None]
    result = []
    for j in range(len(lengths)):
        result.append([])
        for t in range(lengths[j]):
            best = 0
            for k in range(len(kinds)):
                if scores[k, j, t] > scores[best, j, t]:
                    best = k
            result[-1].append(kinds[best])
    return result


# %% wrong="tag_entities" says="with tiny scores"
def tag_entities(indices, lengths, E, forward, backward, output, kinds):
    a, _ = birnn_forward(embedding_forward(E, indices), lengths, forward, backward)
    scores = temporal_affine_forward(a, output)
    shares = np.exp(scores - scores.max(axis=0))
    best = (shares / shares.sum(axis=0)).argmax(axis=0)
    return [[kinds[k] for k in best[j, :n]] for j, n in enumerate(lengths)]


# %% wrong="entity_spans" says="the entities of d O m O y y y y"
def entity_spans(tags):
    spans, start = [], 0
    for t in range(1, len(tags)):
        if tags[t] != tags[start]:
            if tags[start] != "O":
                spans.append((start, t, tags[start]))
            start = t
    return spans


# %% wrong="entity_spans" says="the entities of d O m O y y y y"
def entity_spans(tags):
    spans, start = [], 0
    for t in range(1, len(tags) + 1):
        if t == len(tags) or tags[t] != tags[start]:
            if tags[start] != "O":
                spans.append((start, t - 1, tags[start]))
            start = t
    return spans


# %% wrong="entity_spans" says="the entities of d O m O y y y y"
def entity_spans(tags):
    spans, start = [], 0
    for t in range(1, len(tags) + 1):
        if t == len(tags) or tags[t] != tags[start]:
            spans.append((start, t, tags[start]))
            start = t
    return spans


# %% wrong="entity_spans" says="the entities of d d m O m"
def entity_spans(tags):
    spans, start = [], None
    for t, tag in enumerate([*tags, "O"]):
        if tag == "O" and start is not None:
            spans.append((start, t, tags[start]))
            start = None
        elif tag != "O" and start is None:
            start = t
    return spans


# %% wrong="entity_spans" says="the entities of no tags"
def entity_spans(tags):
    spans, start = [], 0
    for t in range(1, len(tags)):
        if tags[t] != tags[start]:
            spans.append((start, t, tags[start]))
            start = t
    spans.append((start, len(tags), tags[start] if tags else "O"))
    return [span for span in spans if span[2] != "O" or not tags]


# %% wrong="entity_spans" says="tags"
def entity_spans(tags):
    spans, start = [], 0
    for t in range(1, len(tags) + 1):
        if t == len(tags) or tags[t] != tags[start]:
            if not tags[start].startswith("O"):
                spans.append((start, t, tags[start]))
            start = t
    return spans


# %% alternative="entity_spans"
def entity_spans(tags):
    from itertools import groupby

    spans, t = [], 0
    for kind, run in groupby(tags):
        n = len(list(run))
        spans += [(t, t + n, kind)] * (kind != "O")
        t += n
    return spans


# %% alternative="entity_spans"
def entity_spans(tags):
    spans = []
    for t, tag in enumerate(tags):
        if tag == "O":
            continue
        if spans and spans[-1][1] == t and spans[-1][2] == tag:
            spans[-1] = (spans[-1][0], t + 1, tag)
        else:
            spans.append((t, t + 1, tag))
    return spans


# %% wrong="entity_f1" says="by character"
def entity_f1(true_tags, predicted_tags):
    pairs = [pair for both in zip(true_tags, predicted_tags, strict=True) for pair in zip(*both, strict=True)]
    right = sum(p == q for p, q in pairs) / len(pairs)
    return right, right, right


# %% wrong="entity_f1" says="this is the recall"
def entity_f1(true_tags, predicted_tags):
    spans = [
        [(j, *s) for j, tags in enumerate(each) for s in entity_spans(tags)] for each in (true_tags, predicted_tags)
    ]
    right = len(set(spans[0]) & set(spans[1]))
    precision, recall = right / max(len(spans[0]), 1), right / max(len(spans[1]), 1)
    return precision, recall, 2 * right / (len(spans[0]) + len(spans[1]))


# %% wrong="entity_f1" says="kind and stop must be right"
def entity_f1(true_tags, predicted_tags):
    true, predicted = (
        {(j, *span[:2]) for j, tags in enumerate(each) for span in entity_spans(tags)}
        for each in (true_tags, predicted_tags)
    )
    right = len(true & predicted)
    return right / len(predicted), right / len(true), 2 * right / (len(true) + len(predicted))


# %% wrong="entity_f1" says="not the mean over texts"
def entity_f1(true_tags, predicted_tags):
    precisions, recalls = [], []
    for truth, guess in zip(true_tags, predicted_tags, strict=True):
        truth, guess = set(entity_spans(truth)), set(entity_spans(guess))
        precisions.append(len(truth & guess) / max(len(guess), 1))
        recalls.append(len(truth & guess) / max(len(truth), 1))
    p, r = np.mean(precisions), np.mean(recalls)
    return p, r, 2 * p * r / (p + r)


# %% wrong="entity_f1" says="not the mean of both"
def entity_f1(true_tags, predicted_tags):
    true, predicted = (
        {(j, *span) for j, tags in enumerate(each) for span in entity_spans(tags)}
        for each in (true_tags, predicted_tags)
    )
    p, r = len(true & predicted) / max(len(predicted), 1), len(true & predicted) / max(len(true), 1)
    return p, r, (p + r) / 2


# %% wrong="entity_f1" says="where nothing was predicted"
def entity_f1(true_tags, predicted_tags):
    true, predicted = (
        {(j, *span) for j, tags in enumerate(each) for span in entity_spans(tags)}
        for each in (true_tags, predicted_tags)
    )
    p, r = len(true & predicted) / len(predicted) if predicted else 1.0, len(true & predicted) / max(len(true), 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


# %% wrong="entity_f1" says="with one text and two"
def entity_f1(true_tags, predicted_tags):
    true, predicted = (
        {(j, *span) for j, tags in enumerate(each) for span in entity_spans(tags)}
        for each in (true_tags, predicted_tags)
    )
    p, r = len(true & predicted) / max(len(predicted), 1), len(true & predicted) / max(len(true), 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


# %% wrong="entity_f1" says="expected about"
def entity_f1(true_tags, predicted_tags):
    if [len(tags) for tags in true_tags] != [len(tags) for tags in predicted_tags]:
        raise ValueError
    true, predicted = ([span for tags in each for span in entity_spans(tags)] for each in (true_tags, predicted_tags))
    right = sum(min(true.count(span), predicted.count(span)) for span in set(true))
    p, r = right / max(len(predicted), 1), right / max(len(true), 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


# %% alternative="entity_f1"
def entity_f1(true_tags, predicted_tags):
    if len(true_tags) != len(predicted_tags):
        raise ValueError("texts")
    found, wanted, right = 0, 0, 0
    for j in range(len(true_tags)):
        if len(true_tags[j]) != len(predicted_tags[j]):
            raise ValueError("tags")
        true, guess = entity_spans(true_tags[j]), entity_spans(predicted_tags[j])
        wanted += len(true)
        found += len(guess)
        for span in guess:
            if span in true:
                right += 1
    p = right / found if found > 0 else 0
    r = right / wanted if wanted > 0 else 0
    f1 = 2 * right / (found + wanted) if found + wanted > 0 else 0
    return [p, r, f1]


# %% alternative="entity_f1"
def entity_f1(true_tags, predicted_tags):
    if [*map(len, true_tags)] != [*map(len, predicted_tags)]:
        raise ValueError("not the same texts")
    true, predicted = (
        {(j, *span) for j, tags in enumerate(each) for span in entity_spans(tags)}
        for each in (true_tags, predicted_tags)
    )
    p, r = (len(true & predicted) / len(each) if each else 0.0 for each in (predicted, true))
    return p, r, 2 / (1 / p + 1 / r) if p and r else 0.0


# %% wrong="deep_rnn_forward" says="layer 2 must read the states of layer 1"
def deep_rnn_forward(x, layers):
    caches = []
    for parameters in layers:
        a, cache = gru_forward(x, np.zeros((len(parameters["b_c"]), x.shape[1])), parameters)
        caches.append(cache)
    return a, caches


# %% wrong="deep_rnn_forward" says="the lowest layer comes first"
def deep_rnn_forward(x, layers):
    a, caches = x, []
    for parameters in layers[::-1]:
        a, cache = gru_forward(a, np.zeros((len(parameters["b_c"]), x.shape[1])), parameters)
        caches.append(cache)
    return a, caches


# %% wrong="deep_rnn_forward" says="layer 2 begins with 0"
def deep_rnn_forward(x, layers):
    a, caches, a0 = x, [], np.zeros((len(layers[0]["b_c"]), x.shape[1]))
    for parameters in layers:
        a, cache = gru_forward(a, a0, parameters)
        a0 = a[:, :, -1]
        caches.append(cache)
    return a, caches


# %% wrong="deep_rnn_forward" says="these are the states of layer 1"
def deep_rnn_forward(x, layers):
    a, cache = gru_forward(x, np.zeros((len(layers[0]["b_c"]), x.shape[1])), layers[0])
    return a, [cache] * len(layers)


# %% wrong="deep_rnn_forward" says="caches: expected 2 entries"
def deep_rnn_forward(x, layers):
    a, caches = x, []
    for parameters in layers:
        a, cache = gru_forward(a, np.zeros((len(parameters["b_c"]), x.shape[1])), parameters)
        caches += cache
    return a, caches


# %% wrong="deep_rnn_forward" says="deep_rnn_forward"
def deep_rnn_forward(x, layers):
    a, caches, a0 = x, [], np.zeros((len(layers[0]["b_c"]), x.shape[1]))
    for parameters in layers:
        a, cache = gru_forward(a, a0, parameters)
        caches.append(cache)
    return a, caches


# %% alternative="deep_rnn_forward"
def deep_rnn_forward(x, layers):
    own, *others = layers
    a, cache = gru_forward(x, np.zeros((own["b_u"].shape[0], x.shape[1])), own)
    if not others:
        return a, [cache]
    top, caches = deep_rnn_forward(a, others)
    return top, [cache, *caches]


# %% alternative="deep_rnn_forward"
def deep_rnn_forward(x, layers):
    m, caches, below = x.shape[1], [], [x]
    for k in range(len(layers)):
        states, steps, state = [], [], 0.0 * layers[k]["b_c"] @ np.ones((1, m))
        for t in range(x.shape[2]):
            one, cache = gru_forward(below[-1][:, :, t : t + 1], state, layers[k])
            state = one[:, :, 0]
            states.append(state)
            steps.extend(cache)
        below.append(np.stack(states, axis=2))
        caches.append(steps)
    return [below[-1], caches]


# %% wrong="deep_rnn_backward" says="through layer 2 alone"
def deep_rnn_backward(da, caches):
    dx, _, own = gru_backward(da, caches[-1])
    return dx, [gru_backward(da, cache)[2] for cache in caches]


# %% wrong="deep_rnn_backward" says="through layer 1 alone"
def deep_rnn_backward(da, caches):
    grads = []
    for cache in reversed(caches):
        dx, _, own = gru_backward(da, cache)
        grads.insert(0, own)
    return dx, grads


# %% wrong="deep_rnn_backward" says="the lowest layer comes first"
def deep_rnn_backward(da, caches):
    grads = []
    for cache in reversed(caches):
        da, _, own = gru_backward(da, cache)
        grads.append(own)
    return da, grads


# %% wrong="deep_rnn_backward" says="dx"
def deep_rnn_backward(da, caches):
    grads = []
    for cache in caches:
        da, _, own = gru_backward(da, cache)
        grads.append(own)
    return da, grads


# %% wrong="deep_rnn_backward" says="grads"
def deep_rnn_backward(da, caches):
    grads = {}
    for cache in reversed(caches):
        da, _, own = gru_backward(da, cache)
        grads = own | grads
    return da, grads


# %% alternative="deep_rnn_backward"
def deep_rnn_backward(da, caches):
    *lower, top = caches
    dx, _, own = gru_backward(da, top)
    if not lower:
        return dx, [own]
    dx, grads = deep_rnn_backward(dx, lower)
    return dx, [*grads, own]


# %% alternative="deep_rnn_backward"
def deep_rnn_backward(da, caches):
    grads, d = [None] * len(caches), 1.0 * da
    for k in range(len(caches) - 1, -1, -1):
        result = gru_backward(d, caches[k])
        d, grads[k] = result[0], dict(result[2])
    return [d, grads]


# %% equivalent="reverse_valid" mutant="number type of the first argument" why="the number type of x is asked for"

# %% equivalent="birnn_forward" mutant="its argument handed back" why="the caches hold the arguments themselves"

# %% equivalent="birnn_backward" mutant="square results transposed" why="no result with two axes is square, but for 1 by 1"


# %% wrong="birnn_backward" says="derivatives that cancel"
def birnn_backward(da, caches):
    left_caches, right_caches, lengths = caches
    real = real_steps(lengths, da.shape[2]) & (da.sum(axis=0) != 0)
    upper, lower = np.split(da * real, 2)
    dx, _, left = gru_backward(upper, left_caches)
    dx_right, _, right = gru_backward(reverse_valid(lower, lengths), right_caches)
    return dx + reverse_valid(dx_right, lengths), left, right


# %% equivalent="deep_rnn_forward" mutant="its argument handed back" why="the caches hold the arguments themselves"

# %% equivalent="deep_rnn_backward" mutant="square results transposed" why="no result with two axes is square, but for 1 by 1"
