# %% wrong="is_overlapping" says="which touches both"
def is_overlapping(segment, others):
    start, end = segment
    return any(start <= other_end and other_start <= end for other_start, other_end in others)


# %% wrong="is_overlapping" says="is_overlapping((5, 9), [(6, 8), (0, 3)]), around (6, 8)"
def is_overlapping(segment, others):
    start, end = segment
    return any(low <= start < high or low < end <= high for low, high in others)


# %% wrong="is_overlapping" says="is_overlapping((2, 5), [(6, 8), (0, 3)]): expected True"
def is_overlapping(segment, others):
    start, end = segment
    for low, high in others:
        return start < high and low < end
    return False


# %% wrong="is_overlapping" says="is_overlapping((3, 7), [(6, 8), (0, 3)]): expected True"
def is_overlapping(segment, others):
    start, _ = segment
    return any(low <= start < high for low, high in others)


# %% wrong="is_overlapping" says="is `return` missing?"
def is_overlapping(segment, others):
    for low, high in others:
        if segment[0] < high and low < segment[1]:
            return True


# %% alternative="is_overlapping"
def is_overlapping(segment, others):
    steps = set(range(*segment))
    return not all(steps.isdisjoint(range(*other)) for other in others)


# %% alternative="is_overlapping"
def is_overlapping(segment, others):
    found = False
    for other in others:
        apart = segment[1] <= other[0] or other[1] <= segment[0]
        found = found or not apart
    return found


# %% wrong="insert_audio_clip" says="add the clip; here it replaces the background"
def insert_audio_clip(background, clip, segments, rng):
    length = clip.shape[1]
    free = [s for s in range(background.shape[1] - length + 1) if not is_overlapping((s, s + length), segments)]
    if not free:
        raise ValueError("no place")
    start, x = int(rng.choice(free)), background.copy()
    x[:, start : start + length] = clip
    return x, (start, start + length)


# %% wrong="insert_audio_clip" says="changes its argument background in place"
def insert_audio_clip(background, clip, segments, rng):
    length = clip.shape[1]
    free = [s for s in range(background.shape[1] - length + 1) if not is_overlapping((s, s + length), segments)]
    if not free:
        raise ValueError("no place")
    start = int(rng.choice(free))
    background[:, start : start + length] += clip
    return background, (start, start + length)


# %% wrong="insert_audio_clip" says="expected about 225 for each of 1, 2, 3, 4"
def insert_audio_clip(background, clip, segments, rng):
    length = clip.shape[1]
    free = [s for s in range(background.shape[1] - length + 1) if not is_overlapping((s, s + length), segments)]
    if not free:
        raise ValueError("no place")
    x = background.copy()
    x[:, free[0] : free[0] + length] += clip
    return x, (free[0], free[0] + length)


# %% wrong="insert_audio_clip" says="expected about 225 for each of 1, 2, 3, 4"
def insert_audio_clip(background, clip, segments, rng):
    length = clip.shape[1]
    free = [s for s in range(background.shape[1] - length + 1) if not is_overlapping((s, s + length), segments)]
    if not free:
        raise ValueError("no place")
    start, x = free[rng.integers(max(1, len(free) - 1))], background.copy()
    x[:, start : start + length] += clip
    return x, (start, start + length)


# %% wrong="insert_audio_clip" says="with no place for two steps: expected a ValueError"
def insert_audio_clip(background, clip, segments, rng):
    length, x = clip.shape[1], background.copy()
    for _ in range(1000):
        start = int(rng.integers(background.shape[1] - length + 1))
        if not is_overlapping((start, start + length), segments):
            break
    x[:, start : start + length] += clip
    return x, (start, start + length)


# %% wrong="insert_audio_clip" says="no place was found"
def insert_audio_clip(background, clip, segments, rng):
    length, x = clip.shape[1], background.copy()
    if length > background.shape[1]:
        raise ValueError("too long")
    for _ in range(20):
        start = int(rng.integers(background.shape[1] - length + 1))
        if not is_overlapping((start, start + length), segments):
            x[:, start : start + length] += clip
            return x, (start, start + length)
    raise ValueError("no place was found")


# %% alternative="insert_audio_clip"
def insert_audio_clip(background, clip, segments, rng):
    T, length = background.shape[1], clip.shape[1]
    busy = np.zeros(T + 1)
    for start, end in segments:
        busy[start:end] = 1
    before = np.concatenate([[0], np.cumsum(busy[:T])])
    free = np.flatnonzero(before[length:] == before[: max(0, T + 1 - length)]) if length <= T else []
    if len(free) == 0:
        raise ValueError("no place")
    start = free[int(rng.random() * len(free))]
    return background + np.pad(clip, ((0, 0), (start, T - start - length))), [start, start + length]


# %% alternative="insert_audio_clip"
def insert_audio_clip(background, clip, segments, rng):
    T, length = background.shape[1], clip.shape[1]
    if all(is_overlapping((s, s + length), segments) for s in range(T - length + 1)):
        raise ValueError("no place")
    start = rng.integers(0, T - length, endpoint=True)
    while is_overlapping((start, start + length), segments):
        start = rng.integers(0, T - length, endpoint=True)
    x = np.array(background, dtype=float)
    for t in range(length):
        x[:, start + t] = x[:, start + t] + clip[:, t]
    return x, (start, start + length)


# %% wrong="insert_ones" says="it is labelled too"
def insert_ones(y, segment_end, steps):
    y = y.copy()
    y[segment_end + 1 : segment_end + 1 + steps] = 1
    return y


# %% wrong="insert_ones" says="steps are wanted, not one"
def insert_ones(y, segment_end, steps):
    y = y.copy()
    if segment_end < len(y):
        y[segment_end] = 1
    return y


# %% wrong="insert_ones" says="the ones come after the end"
def insert_ones(y, segment_end, steps):
    y = y.copy()
    y[segment_end - steps : segment_end] = 1
    return y


# %% wrong="insert_ones" says="the labels that were there are lost"
def insert_ones(y, segment_end, steps):
    t = np.arange(len(y))
    return np.where((t >= segment_end) & (t < segment_end + steps), 1.0, 0.0)


# %% wrong="insert_ones" says="one step too many"
def insert_ones(y, segment_end, steps):
    y = y.copy()
    y[segment_end : segment_end + steps + 1] = 1
    return y


# %% wrong="insert_ones" says="changes its argument y in place"
def insert_ones(y, segment_end, steps):
    y[segment_end : segment_end + steps] = 1
    return y


# %% alternative="insert_ones"
def insert_ones(y, segment_end, steps):
    t = np.arange(len(y))
    return np.where((t >= segment_end) & (t < segment_end + steps), 1, y)


# %% alternative="insert_ones"
def insert_ones(y, segment_end, steps):
    labels = list(y)
    for t in range(segment_end, min(segment_end + steps, len(labels))):
        labels[t] = 1
    return np.array(labels)


# %% wrong="create_training_example" says="x holds the words of two and three steps apart"
def create_training_example(background, positives, negatives, rng, steps):
    x, y, segments = background.copy(), np.zeros(background.shape[1]), []
    for clip in positives:
        x, segment = insert_audio_clip(x, clip, [], rng)
        segments.append(segment)
        y = insert_ones(y, segment[1], steps)
    for clip in negatives:
        x, segment = insert_audio_clip(x, clip, [], rng)
        segments.append(segment)
    return x, y, segments


# %% wrong="create_training_example" says="x holds the words of two and three steps apart"
def create_training_example(background, positives, negatives, rng, steps):
    x, y, segments = background.copy(), np.zeros(background.shape[1]), []
    for k, clip in enumerate(positives + negatives):
        x, segment = insert_audio_clip(background, clip, segments, rng)
        segments.append(segment)
        if k < len(positives):
            y = insert_ones(y, segment[1], steps)
    return x, y, segments


# %% wrong="create_training_example" says="the first label 1"
def create_training_example(background, positives, negatives, rng, steps):
    x, y, segments = background.copy(), np.zeros(background.shape[1]), []
    for clip in positives + negatives:
        x, segment = insert_audio_clip(x, clip, segments, rng)
        segments.append(segment)
        y = insert_ones(y, segment[1], steps)
    return x, y, segments


# %% wrong="create_training_example" says="how many labels are 1"
def create_training_example(background, positives, negatives, rng, steps):
    x, y, segments = background.copy(), np.zeros(background.shape[1]), []
    for k, clip in enumerate(positives + negatives):
        x, segment = insert_audio_clip(x, clip, segments, rng)
        segments.append(segment)
        if k < len(positives):
            y = insert_ones(y, segment[1], 12)
    return x, y, segments


# %% wrong="create_training_example" says="segment of the trigger word"
def create_training_example(background, positives, negatives, rng, steps):
    x, y, segments = background.copy(), np.zeros(background.shape[1]), []
    for k, clip in enumerate(positives + negatives):
        x, segment = insert_audio_clip(x, clip, segments, rng)
        segments = segments + [segment]
        if k < len(positives):
            y = insert_ones(y, segment[1], steps)
    return x, y, segments[::-1]


# %% wrong="create_training_example" says="the first label 1"
def create_training_example(background, positives, negatives, rng, steps):
    x, y, segments = background.copy(), np.zeros(background.shape[1]), []
    for k, clip in enumerate(positives + negatives):
        x, segment = insert_audio_clip(x, clip, segments, rng)
        segments.append(segment)
        if k < len(positives):
            y = insert_ones(y, segment[0], steps)
    return x, y, segments


# %% alternative="create_training_example"
def create_training_example(background, positives, negatives, rng, steps):
    x, y, segments = np.array(background), np.zeros(background.shape[1]), []
    for clip in positives:
        x, segment = insert_audio_clip(x, clip, segments, rng)
        segments.append(segment)
    for clip in negatives:
        x, segment = insert_audio_clip(x, clip, segments, rng)
        segments.append(segment)
    for _, end in segments[: len(positives)]:
        y[end : end + steps] = 1
    return x, y, segments


# %% alternative="create_training_example"
def create_training_example(background, positives, negatives, rng, steps):
    T, segments = background.shape[1], []
    x = 1.0 * background
    for clip in [*positives, *negatives]:
        length = clip.shape[1]
        free = [s for s in range(T - length + 1) if all(s + length <= a or b <= s for a, b in segments)]
        if len(free) == 0:
            raise ValueError("no place")
        start = free[rng.integers(len(free))]
        x += np.hstack([np.zeros((len(x), start)), clip, np.zeros((len(x), T - start - length))])
        segments.append([start, start + length])
    y = [float(any(0 <= t - end < steps for _, end in segments[: len(positives)])) for t in range(T)]
    return [x, np.array(y), segments]


# %% wrong="trigger_forward" says="where is ReLU?"
def trigger_forward(x, parameters):
    h = np.tensordot(parameters["W1"], x, axes=1) + parameters["b1"][:, :, None]
    c, _ = gru_forward(h, np.zeros((len(parameters["b_u"]), x.shape[1])), parameters)
    return 1 / (1 + np.exp(-temporal_affine_forward(c, parameters)[0]))


# %% wrong="trigger_forward" says="the sigmoid is missing"
def trigger_forward(x, parameters):
    h = np.maximum(0, np.tensordot(parameters["W1"], x, axes=1) + parameters["b1"][:, :, None])
    c, _ = gru_forward(h, np.zeros((len(parameters["b_u"]), x.shape[1])), parameters)
    return temporal_affine_forward(c, parameters)[0]


# %% wrong="trigger_forward" says="the output layer is missing"
def trigger_forward(x, parameters):
    h = np.maximum(0, np.tensordot(parameters["W1"], x, axes=1) + parameters["b1"][:, :, None])
    c, _ = gru_forward(h, np.zeros((len(parameters["b_u"]), x.shape[1])), parameters)
    return c[0]


# %% wrong="trigger_forward" says="expected shape (2, 3), got shape (1, 2, 3)"
def trigger_forward(x, parameters):
    h = np.maximum(0, np.tensordot(parameters["W1"], x, axes=1) + parameters["b1"][:, :, None])
    c, _ = gru_forward(h, np.zeros((len(parameters["b_u"]), x.shape[1])), parameters)
    return 1 / (1 + np.exp(-temporal_affine_forward(c, parameters)))


# %% wrong="trigger_forward" says="trigger_forward"
def trigger_forward(x, parameters):
    h = np.maximum(0, np.tensordot(parameters["W1"], x, axes=1))
    c, _ = gru_forward(h, np.zeros((len(parameters["b_u"]), x.shape[1])), parameters)
    return 1 / (1 + np.exp(-temporal_affine_forward(c, parameters)[0]))


# %% alternative="trigger_forward"
def trigger_forward(x, parameters):
    c_t, found = np.zeros((parameters["W_u"].shape[0], x.shape[1])), []
    for t in range(x.shape[2]):
        h_t = parameters["W1"] @ x[:, :, t] + parameters["b1"]
        h_t = h_t * (h_t > 0)
        both = np.vstack([c_t, h_t])
        gate_u = 1 / (1 + np.exp(-parameters["W_u"] @ both - parameters["b_u"]))
        gate_r = 1 / (1 + np.exp(-parameters["W_r"] @ both - parameters["b_r"]))
        c_tilde = np.tanh(parameters["W_c"] @ np.vstack([gate_r * c_t, h_t]) + parameters["b_c"])
        c_t = gate_u * c_tilde + (1 - gate_u) * c_t
        z = parameters["W_ya"] @ c_t + parameters["b_y"]
        found.append((np.exp(-np.logaddexp(0, -z)))[0])
    return np.stack(found, axis=1)


# %% alternative="trigger_forward"
def trigger_forward(x, parameters):
    n_x, m, T_x = x.shape
    h = (parameters["W1"] @ x.reshape(n_x, m * T_x) + parameters["b1"]).reshape(-1, m, T_x).clip(min=0)
    c = gru_forward(h, np.zeros((parameters["W_c"].shape[0], m)), parameters)[0]
    z = temporal_affine_forward(c, parameters).squeeze(0)
    return 1 / (1 + np.exp(-z))


# %% wrong="detect_chimes" says="at the last of in_a_row = 2 steps"
def detect_chimes(probabilities, threshold, in_a_row, refractory):
    chimes = []
    for t, probability in enumerate(probabilities):
        if probability > threshold and (not chimes or t - chimes[-1] >= refractory):
            chimes.append(t)
    return chimes


# %% wrong="detect_chimes" says="0.5 is not larger than 0.5"
def detect_chimes(probabilities, threshold, in_a_row, refractory):
    chimes, above = [], 0
    for t, probability in enumerate(probabilities):
        above = above + 1 if probability >= threshold else 0
        if above >= in_a_row and (not chimes or t - chimes[-1] >= refractory):
            chimes.append(t)
    return chimes


# %% wrong="detect_chimes" says="after a chime comes the refractory time"
def detect_chimes(probabilities, threshold, in_a_row, refractory):
    high = probabilities > threshold
    return [t for t in range(in_a_row - 1, len(high)) if high[t - in_a_row + 1 : t + 1].all()]


# %% wrong="detect_chimes" says="it may chime again"
def detect_chimes(probabilities, threshold, in_a_row, refractory):
    chimes, above = [], 0
    for t, probability in enumerate(probabilities):
        above = above + 1 if probability > threshold else 0
        if above >= in_a_row and (not chimes or t - chimes[-1] > refractory):
            chimes.append(t)
    return chimes


# %% wrong="detect_chimes" says="it may chime again"
def detect_chimes(probabilities, threshold, in_a_row, refractory):
    chimes, above = [], 0
    for t, probability in enumerate(probabilities):
        above = above + 1 if probability > threshold else 0
        if above == in_a_row and (not chimes or t - chimes[-1] >= refractory):
            chimes.append(t)
    return chimes


# %% wrong="detect_chimes" says="the same for 0.9 five times"
def detect_chimes(probabilities, threshold, in_a_row, refractory):
    chimes = []
    for t in range(1, len(probabilities)):
        both = probabilities[t] > threshold and probabilities[t - 1] > threshold
        if both and (not chimes or t - chimes[-1] >= refractory):
            chimes.append(t)
    return chimes


# %% alternative="detect_chimes"
def detect_chimes(probabilities, threshold, in_a_row, refractory):
    high, chimes, t = np.asarray(probabilities) > threshold, [], in_a_row - 1
    while t < len(high):
        if np.all(high[t - in_a_row + 1 : t + 1]):
            chimes.append(t)
            t += refractory
        else:
            t += 1
    return chimes


# %% alternative="detect_chimes"
def detect_chimes(probabilities, threshold, in_a_row, refractory):
    total = np.concatenate([[0], np.cumsum(probabilities > threshold)])
    ready = np.flatnonzero(total[in_a_row:] - total[:-in_a_row] == in_a_row) + in_a_row - 1
    chimes, last = [], -np.inf
    for t in ready:
        if t >= last + refractory:
            chimes.append(t)
            last = t
    return chimes


# %% wrong="precision_recall" says="answer each end once"
def precision_recall(chimes, ends, early, late):
    right, false_alarms, found = 0, [], 0
    for clip, (clip_chimes, clip_ends) in enumerate(zip(chimes, ends, strict=True)):
        for chime in clip_chimes:
            if any(end - early <= chime <= end + late for end in clip_ends):
                right += 1
            else:
                false_alarms.append((clip, chime))
        found += sum(any(end - early <= chime <= end + late for chime in clip_chimes) for end in clip_ends)
    all_chimes, all_ends = sum(map(len, chimes)), sum(map(len, ends))
    return right / all_chimes if all_chimes else 1.0, found / all_ends if all_ends else 1.0, false_alarms


# %% wrong="precision_recall" says="this is the recall"
def precision_recall(chimes, ends, early, late):
    right, false_alarms = 0, []
    for clip, (clip_chimes, clip_ends) in enumerate(zip(chimes, ends, strict=True)):
        waiting = list(clip_ends)
        for chime in clip_chimes:
            answered = [end for end in waiting if end - early <= chime <= end + late]
            if answered:
                waiting.remove(answered[0])
                right += 1
            else:
                false_alarms.append((clip, chime))
    all_chimes, all_ends = sum(map(len, chimes)), sum(map(len, ends))
    return right / all_ends if all_ends else 1.0, right / all_chimes if all_chimes else 1.0, false_alarms


# %% wrong="precision_recall" says="a chime may also come early"
def precision_recall(chimes, ends, early, late):
    right, false_alarms = 0, []
    for clip, (clip_chimes, clip_ends) in enumerate(zip(chimes, ends, strict=True)):
        waiting = list(clip_ends)
        for chime in clip_chimes:
            answered = [end for end in waiting if end <= chime <= end + late]
            if answered:
                waiting.remove(answered[0])
                right += 1
            else:
                false_alarms.append((clip, chime))
    all_chimes, all_ends = sum(map(len, chimes)), sum(map(len, ends))
    return right / all_chimes if all_chimes else 1.0, right / all_ends if all_ends else 1.0, false_alarms


# %% wrong="precision_recall" says="changes its argument ends in place"
def precision_recall(chimes, ends, early, late):
    all_chimes, all_ends = sum(map(len, chimes)), sum(map(len, ends))
    right, false_alarms = 0, []
    for clip, (clip_chimes, waiting) in enumerate(zip(chimes, ends, strict=True)):
        for chime in clip_chimes:
            answered = [end for end in waiting if end - early <= chime <= end + late]
            if answered:
                waiting.remove(answered[0])
                right += 1
            else:
                false_alarms.append((clip, chime))
    return right / all_chimes if all_chimes else 1.0, right / all_ends if all_ends else 1.0, false_alarms


# %% wrong="precision_recall" says="ZeroDivisionError"
def precision_recall(chimes, ends, early, late):
    right, false_alarms = 0, []
    for clip, (clip_chimes, clip_ends) in enumerate(zip(chimes, ends, strict=True)):
        waiting = list(clip_ends)
        for chime in clip_chimes:
            answered = [end for end in waiting if end - early <= chime <= end + late]
            if answered:
                waiting.remove(answered[0])
                right += 1
            else:
                false_alarms.append((clip, chime))
    return right / sum(map(len, chimes)), right / sum(map(len, ends)), false_alarms


# %% alternative="precision_recall"
def precision_recall(chimes, ends, early, late):
    n_chimes = n_ends = right = 0
    wrong = []
    for j in range(len(chimes)):
        used = [False] * len(ends[j])
        for chime in chimes[j]:
            n_chimes += 1
            for k in range(len(ends[j])):
                if not used[k] and ends[j][k] - early <= chime and chime <= ends[j][k] + late:
                    used[k] = True
                    right += 1
                    break
            else:
                wrong.append([j, chime])
        n_ends += len(used)
    return (right / n_chimes if n_chimes > 0 else 1), (right / n_ends if n_ends > 0 else 1), wrong


# %% alternative="precision_recall"
def precision_recall(chimes, ends, early, late):
    false_alarms, misses = [], 0
    for clip in range(len(chimes)):
        rest = list(ends[clip])
        for chime in chimes[clip]:
            k = next((k for k, end in enumerate(rest) if -early <= chime - end <= late), None)
            if k is None:
                false_alarms.append((clip, chime))
            else:
                del rest[k]
        misses += len(rest)
    n, all_ends = sum(len(c) for c in chimes), sum(len(e) for e in ends)
    precision = np.divide(n - len(false_alarms), n) if n else 1.0
    return precision, (all_ends - misses) / all_ends if all_ends else 1.0, false_alarms


# %% equivalent="insert_audio_clip" mutant="number type of the first argument" why="both arrays hold floats"

# %% equivalent="insert_ones" mutant="number type of the first argument" why="1 is a number of each type"

# %% equivalent="create_training_example" mutant="number type of the first argument" why="all arrays hold floats"
