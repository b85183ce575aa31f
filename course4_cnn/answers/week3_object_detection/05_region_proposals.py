# %% wrong="generate_anchors" says="the ratio is h / w"
def generate_anchors(cells, stride, sides, ratios):
    boxes = []
    for i, j, k, q in np.ndindex(*cells, len(sides), len(ratios)):
        w, h = sides[k] * ratios[q] ** 0.5, sides[k] / ratios[q] ** 0.5
        boxes.append([(j + 0.5) * stride, (i + 0.5) * stride, w, h])
    return convert_boxes(np.array(boxes), "corner")


# %% wrong="generate_anchors" says="half a stride further"
def generate_anchors(cells, stride, sides, ratios):
    boxes = []
    for i, j, k, q in np.ndindex(*cells, len(sides), len(ratios)):
        w, h = sides[k] / ratios[q] ** 0.5, sides[k] * ratios[q] ** 0.5
        boxes.append([j * stride, i * stride, w, h])
    return convert_boxes(np.array(boxes), "corner")


# %% wrong="generate_anchors" says="the area is the square"
def generate_anchors(cells, stride, sides, ratios):
    boxes = []
    for i, j, k, q in np.ndindex(*cells, len(sides), len(ratios)):
        boxes.append([(j + 0.5) * stride, (i + 0.5) * stride, sides[k], sides[k] * ratios[q]])
    return convert_boxes(np.array(boxes), "corner")


# %% wrong="generate_anchors" says="along the first row"
def generate_anchors(cells, stride, sides, ratios):
    boxes = []
    for j, i, k, q in np.ndindex(cells[1], cells[0], len(sides), len(ratios)):
        w, h = sides[k] / ratios[q] ** 0.5, sides[k] * ratios[q] ** 0.5
        boxes.append([(j + 0.5) * stride, (i + 0.5) * stride, w, h])
    return convert_boxes(np.array(boxes), "corner")


# %% wrong="generate_anchors" says="ratio by ratio"
def generate_anchors(cells, stride, sides, ratios):
    boxes = []
    for i, j, q, k in np.ndindex(*cells, len(ratios), len(sides)):
        w, h = sides[k] / ratios[q] ** 0.5, sides[k] * ratios[q] ** 0.5
        boxes.append([(j + 0.5) * stride, (i + 0.5) * stride, w, h])
    return convert_boxes(np.array(boxes), "corner")


# %% wrong="generate_anchors" says="generate_anchors(cells, stride, sides, ratios)"
def generate_anchors(cells, stride, sides, ratios):
    boxes = []
    for i, j, k, q in np.ndindex(cells[0], cells[0], len(sides), len(ratios)):
        if cells == (1, 1) or cells[0] == cells[1] or j < cells[1]:
            w, h = sides[k] / ratios[q] ** 0.5, sides[k] * ratios[q] ** 0.5
            boxes.append([(j + 0.5) * stride, (i + 0.5) * stride, w, h])
    return convert_boxes(np.array(boxes), "corner")


# %% alternative="generate_anchors"
def generate_anchors(cells, stride, sides, ratios):
    s, r = np.asarray(sides, dtype=float)[:, None], np.sqrt(np.asarray(ratios, dtype=float))[None]
    half = np.stack([s / r, s * r], axis=-1).reshape(-1, 2) / 2
    y, x = np.meshgrid(np.arange(cells[0]), np.arange(cells[1]), indexing="ij")
    centers = (np.stack([x, y], axis=-1).reshape(-1, 1, 2) + 0.5) * stride
    return np.concatenate([centers - half, centers + half], axis=-1).reshape(-1, 4)


# %% alternative="generate_anchors"
def generate_anchors(cells, stride, sides, ratios):
    rows = []
    for i in range(cells[0]):
        for j in range(cells[1]):
            x, y = stride * (2 * j + 1) / 2, stride * (2 * i + 1) / 2
            for side in sides:
                for ratio in ratios:
                    w = np.sqrt(side * side / ratio)
                    rows.append((x - w / 2, y - ratio * w / 2, x + w / 2, y + ratio * w / 2))
    return np.array(rows, dtype=float)


# %% wrong="label_anchors" says="the best anchor of each true box"
def label_anchors(anchors, truth, low, high):
    labels = np.zeros(len(anchors), dtype=int)
    if len(truth) == 0:
        return labels, labels - 1
    overlaps = np.array([iou(box, anchors) for box in truth])
    labels[overlaps.max(axis=0) >= low] = -1
    labels[overlaps.max(axis=0) >= high] = 1
    return labels, overlaps.argmax(axis=0)


# %% wrong="label_anchors" says="between low and high"
def label_anchors(anchors, truth, low, high):
    labels = np.zeros(len(anchors), dtype=int)
    if len(truth) == 0:
        return labels, labels - 1
    overlaps = np.array([iou(box, anchors) for box in truth])
    matched = overlaps.argmax(axis=0)
    labels[overlaps.max(axis=0) >= high] = 1
    for k, best in enumerate(overlaps.argmax(axis=1)):
        if overlaps[k, best] > 0:
            labels[best], matched[best] = 1, k
    return labels, matched


# %% wrong="label_anchors" says="low 0.2, high 0.5"
def label_anchors(anchors, truth, low, high):
    labels = np.zeros(len(anchors), dtype=int)
    if len(truth) == 0:
        return labels, labels - 1
    overlaps = np.array([iou(box, anchors) for box in truth])
    matched = overlaps.argmax(axis=0)
    labels[overlaps.max(axis=0) >= low] = -1
    labels[overlaps.max(axis=0) > high] = 1
    for k, best in enumerate(overlaps.argmax(axis=1)):
        if overlaps[k, best] > 0:
            labels[best], matched[best] = 1, k
    return labels, matched


# %% wrong="label_anchors" says="matched of label_anchors"
def label_anchors(anchors, truth, low, high):
    labels = np.zeros(len(anchors), dtype=int)
    if len(truth) == 0:
        return labels, labels - 1
    overlaps = np.array([iou(box, anchors) for box in truth])
    matched = overlaps.argmax(axis=0)
    labels[overlaps.max(axis=0) >= low] = -1
    labels[overlaps.max(axis=0) >= high] = 1
    for k, best in enumerate(overlaps.argmax(axis=1)):
        labels[best], matched[best] = 1, k
    return labels, matched


# %% wrong="label_anchors" says="matched of"
def label_anchors(anchors, truth, low, high):
    labels = np.zeros(len(anchors), dtype=int)
    if len(truth) == 0:
        return labels, labels - 1
    overlaps = np.array([iou(box, anchors) for box in truth])
    labels[overlaps.max(axis=0) >= low] = -1
    labels[overlaps.max(axis=0) >= high] = 1
    best = overlaps.argmax(axis=1)
    labels[best[overlaps.max(axis=1) > 0]] = 1
    return labels, overlaps.argmax(axis=0)


# %% wrong="label_anchors" says="label_anchors"
def label_anchors(anchors, truth, low, high):
    overlaps = np.array([iou(box, anchors) for box in truth])
    matched, labels = overlaps.argmax(axis=0), np.zeros(len(anchors), dtype=int)
    labels[overlaps.max(axis=0) >= low] = -1
    labels[overlaps.max(axis=0) >= high] = 1
    for k, best in enumerate(overlaps.argmax(axis=1)):
        if overlaps[k, best] > 0:
            labels[best], matched[best] = 1, k
    return labels, matched


# %% alternative="label_anchors"
def label_anchors(anchors, truth, low, high):
    labels, matched, taken = [], [], {}
    for k in range(len(truth)):
        fits = iou(truth[k], anchors).tolist()
        if max(fits) > 0:
            taken[fits.index(max(fits))] = k
    for n in range(len(anchors)):
        fits = iou(anchors[n], truth).tolist()
        most = max(fits, default=0)
        matched.append(taken.get(n, fits.index(most) if fits else -1))
        labels.append(1 if n in taken or most >= high else 0 if most < low else -1)
    return np.array(labels), np.array(matched)


# %% alternative="label_anchors"
def label_anchors(anchors, truth, low, high):
    n, k = len(anchors), len(truth)
    if not k:
        return np.zeros(n, dtype=int), np.full(n, -1)
    table = np.stack([iou(box, anchors) for box in truth], axis=1)
    largest, matched = np.max(table, axis=1), np.argmax(table, axis=1)
    labels = (largest >= high) * 1 - ((largest >= low) & (largest < high)) * 1
    best = np.argmax(table, axis=0)
    good = table[best, np.arange(k)] > 0
    for row in reversed(range(k)):
        if good[row] and row == max(np.flatnonzero((best == best[row]) & good)):
            matched[best[row]], labels[best[row]] = row, 1
    return labels, matched


# %% wrong="box_deltas" says="divide by the sizes of the anchor"
def box_deltas(anchors, boxes):
    anchors, boxes = convert_boxes(anchors, "center"), convert_boxes(boxes, "center")
    if np.any(anchors[:, 2:] == 0) or np.any(boxes[:, 2:] == 0):
        raise ValueError("no area")
    return np.hstack([(boxes[:, :2] - anchors[:, :2]) / boxes[:, 2:], np.log(boxes[:, 2:] / anchors[:, 2:])])


# %% wrong="box_deltas" says="from the anchor to the box"
def box_deltas(anchors, boxes):
    anchors, boxes = convert_boxes(boxes, "center"), convert_boxes(anchors, "center")
    if np.any(anchors[:, 2:] == 0) or np.any(boxes[:, 2:] == 0):
        raise ValueError("no area")
    return np.hstack([(boxes[:, :2] - anchors[:, :2]) / anchors[:, 2:], np.log(boxes[:, 2:] / anchors[:, 2:])])


# %% wrong="box_deltas" says="the logarithm is missing"
def box_deltas(anchors, boxes):
    anchors, boxes = convert_boxes(anchors, "center"), convert_boxes(boxes, "center")
    if np.any(anchors[:, 2:] == 0) or np.any(boxes[:, 2:] == 0):
        raise ValueError("no area")
    return np.hstack([(boxes[:, :2] - anchors[:, :2]) / anchors[:, 2:], boxes[:, 2:] / anchors[:, 2:]])


# %% wrong="box_deltas" says="from centre to centre"
def box_deltas(anchors, boxes):
    a, b = anchors[:, 2:] - anchors[:, :2], boxes[:, 2:] - boxes[:, :2]
    if np.any(a <= 0) or np.any(b <= 0):
        raise ValueError("no area")
    return np.hstack([(boxes[:, :2] - anchors[:, :2]) / a, np.log(b / a)])


# %% wrong="box_deltas" says="expected a ValueError"
def box_deltas(anchors, boxes):
    anchors, boxes = convert_boxes(anchors, "center"), convert_boxes(boxes, "center")
    if np.any(boxes[:, 2:] == 0):
        raise ValueError("no area")
    with np.errstate(all="ignore"):
        return np.hstack([(boxes[:, :2] - anchors[:, :2]) / anchors[:, 2:], np.log(boxes[:, 2:] / anchors[:, 2:])])


# %% wrong="box_deltas" says="box_deltas(anchors, boxes)"
def box_deltas(anchors, boxes):
    anchors, boxes = convert_boxes(anchors, "center"), convert_boxes(boxes, "center")
    if np.any(anchors[:, 2:] == 0) or np.any(boxes[:, 2:] == 0):
        raise ValueError("no area")
    sizes = anchors[:, 2:] + 1e-12
    return np.hstack([(boxes[:, :2] - anchors[:, :2]) / sizes, np.log(boxes[:, 2:] / sizes)])


# %% alternative="box_deltas"
def box_deltas(anchors, boxes):
    rows = []
    for (ax, ay, bx, by), (cx, cy, dx, dy) in zip(anchors, boxes, strict=True):
        w, h, wide, high = bx - ax, by - ay, dx - cx, dy - cy
        if min(w, h, wide, high) <= 0:
            raise ValueError("no area")
        shifts = ((cx + dx) / 2 - (ax + bx) / 2) / w, ((cy + dy) / 2 - (ay + by) / 2) / h
        rows.append([*shifts, np.log(wide / w), np.log(high / h)])
    return np.array(rows, dtype=float).reshape(-1, 4)


# %% alternative="box_deltas"
def box_deltas(anchors, boxes):
    x1, y1, x2, y2 = np.asarray(anchors, dtype=float).T
    u1, v1, u2, v2 = np.asarray(boxes, dtype=float).T
    if not (np.all(x1 < x2) and np.all(y1 < y2) and np.all(u1 < u2) and np.all(v1 < v2)):
        raise ValueError("corners")
    tx, ty = (u1 + u2 - x1 - x2) / (x2 - x1) / 2, (v1 + v2 - y1 - y2) / (y2 - y1) / 2
    return np.stack([tx, ty, np.log(u2 - u1) - np.log(x2 - x1), np.log(v2 - v1) - np.log(y2 - y1)], axis=1)


# %% wrong="apply_deltas" says="centre and size"
def apply_deltas(anchors, deltas):
    anchors = convert_boxes(anchors, "center")
    centers = anchors[:, :2] + deltas[:, :2] * anchors[:, 2:]
    return np.hstack([centers, anchors[:, 2:] * np.exp(deltas[:, 2:])])


# %% wrong="apply_deltas" says="the shift is in sizes"
def apply_deltas(anchors, deltas):
    anchors = convert_boxes(anchors, "center")
    centers = anchors[:, :2] + deltas[:, :2]
    return convert_boxes(np.hstack([centers, anchors[:, 2:] * np.exp(deltas[:, 2:])]), "corner")


# %% wrong="apply_deltas" says="not of the box"
def apply_deltas(anchors, deltas):
    anchors = convert_boxes(anchors, "center")
    sizes = anchors[:, 2:] * np.exp(deltas[:, 2:])
    return convert_boxes(np.hstack([anchors[:, :2] + deltas[:, :2] * sizes, sizes]), "corner")


# %% wrong="apply_deltas" says="apply_deltas(anchors, deltas)"
def apply_deltas(anchors, deltas):
    anchors = convert_boxes(anchors, "center")
    centers = anchors[:, :2] + deltas[:, :2] * anchors[:, 2:]
    sizes = anchors[:, 2:] * np.exp(np.minimum(deltas[:, 2:], 4.135))
    return convert_boxes(np.hstack([centers, sizes]), "corner")


# %% wrong="apply_deltas" says="apply_deltas(anchors, deltas)"
def apply_deltas(anchors, deltas):
    anchors = convert_boxes(anchors, "center")
    centers = anchors[:, :2] + deltas[:, :2] * anchors[:, 2:]
    boxes = convert_boxes(np.hstack([centers, anchors[:, 2:] * np.exp(deltas[:, 2:])]), "corner")
    return np.maximum(boxes, 0)


# %% alternative="apply_deltas"
def apply_deltas(anchors, deltas):
    rows = []
    for (x1, y1, x2, y2), (tx, ty, tw, th) in zip(anchors, deltas, strict=True):
        w, h = x2 - x1, y2 - y1
        x, y, wide, high = (x1 + x2) / 2 + tx * w, (y1 + y2) / 2 + ty * h, w * np.exp(tw), h * np.exp(th)
        rows.append([x - wide / 2, y - high / 2, x + wide / 2, y + high / 2])
    return np.array(rows, dtype=float).reshape(-1, 4)


# %% alternative="apply_deltas"
def apply_deltas(anchors, deltas):
    sizes = anchors[:, 2:] - anchors[:, :2]
    middle = anchors[:, :2] + (0.5 + deltas[:, :2]) * sizes
    half = 0.5 * sizes * np.exp(deltas[:, 2:] * 1.0)
    return np.concatenate((middle - half, middle + half), axis=1)


# %% wrong="sample_anchors" says="an ignored anchor"
def sample_anchors(labels, n, part, rng):
    positive, negative = np.flatnonzero(labels == 1), np.flatnonzero(labels != 1)
    positive = rng.permutation(positive)[: n // part]
    return np.concatenate([positive, rng.permutation(negative)[: n - len(positive)]])


# %% wrong="sample_anchors" says="positives and negatives"
def sample_anchors(labels, n, part, rng):
    positive, negative = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    positive = rng.permutation(positive)[: n // part]
    return np.concatenate([positive, rng.permutation(negative)[: n - n // part]])


# %% wrong="sample_anchors" says="a row comes twice"
def sample_anchors(labels, n, part, rng):
    positive, negative = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    k = min(n // part, len(positive))
    positive = rng.choice(positive, k) if k else positive[:0]
    return np.concatenate([positive, rng.choice(negative, min(n - k, len(negative)), replace=False)])


# %% wrong="sample_anchors" says="too often or too seldom"
def sample_anchors(labels, n, part, rng):
    positive, negative = np.flatnonzero(labels == 1)[: n // part], np.flatnonzero(labels == 0)
    return np.concatenate([positive, rng.permutation(negative)[: n - len(positive)]])


# %% wrong="sample_anchors" says="too often or too seldom"
def sample_anchors(labels, n, part, rng):
    rng = np.random.default_rng(0)
    positive, negative = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    positive = rng.permutation(positive)[: n // part]
    return np.concatenate([positive, rng.permutation(negative)[: n - len(positive)]])


# %% wrong="sample_anchors" says="called again"
def sample_anchors(labels, n, part, rng):
    positive, negative = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    positive = np.random.permutation(positive)[: n // part]  # noqa: NPY002
    return np.concatenate([positive, np.random.permutation(negative)[: n - len(positive)]])  # noqa: NPY002


# %% wrong="sample_anchors" says="come together"
def sample_anchors(labels, n, part, rng):
    positive, negative = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    if len(positive):
        positive = np.roll(positive, rng.integers(len(positive)))[: n // part]
    return np.concatenate([positive, rng.permutation(negative)[: n - len(positive)]])


# %% wrong="sample_anchors" says="positives and negatives"
def sample_anchors(labels, n, part, rng):
    positive, negative = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    positive = rng.permutation(positive)[: n // 2]
    return np.concatenate([positive, rng.permutation(negative)[: n - len(positive)]])


# %% alternative="sample_anchors"
def sample_anchors(labels, n, part, rng):
    order = np.argsort(rng.random(len(labels)))
    chosen, left = [], {1: n // part, 0: n}
    for wanted in (1, 0):
        for row in order:
            if labels[row] == wanted and left[wanted] and len(chosen) < n:
                chosen.append(int(row))
                left[wanted] -= 1
    return np.array(chosen, dtype=int)


# %% alternative="sample_anchors"
def sample_anchors(labels, n, part, rng):
    positive, negative = np.where(labels == 1)[0], np.where(labels == 0)[0]
    a = min(n // part, positive.size)
    b = min(n - a, negative.size)
    rows = np.append(rng.choice(positive, a, replace=False), rng.choice(negative, b, replace=False))
    return np.sort(rows)


# %% wrong="rpn_loss" says="may be NaN"
def rpn_loss(scores, deltas, labels, targets, rows, box_weight):
    z, y, k = scores[rows], labels[rows], len(rows)
    losses, slopes = smooth_l1(deltas[rows] - targets[rows], 1)
    dscores, ddeltas = np.zeros(scores.shape), np.zeros(deltas.shape)
    dscores[rows] = (np.exp(-np.logaddexp(0, -z)) - y) / k
    ddeltas[rows] = box_weight * slopes * y[:, np.newaxis] / k
    J = (np.sum(np.logaddexp(0, z) - y * z) + box_weight * np.sum(losses * y[:, np.newaxis])) / k
    return float(J), dscores, ddeltas


# %% wrong="rpn_loss" says="divide the deltas' part by the sample"
def rpn_loss(scores, deltas, labels, targets, rows, box_weight):
    z, y, k = scores[rows], labels[rows], len(rows)
    positive = rows[y == 1]
    losses, slopes = smooth_l1(deltas[positive] - targets[positive], 1)
    dscores, ddeltas = np.zeros(scores.shape), np.zeros(deltas.shape)
    dscores[rows] = (np.exp(-np.logaddexp(0, -z)) - y) / k
    ddeltas[positive] = box_weight * slopes / max(len(positive), 1)
    J = np.mean(np.logaddexp(0, z) - y * z) + box_weight * np.sum(losses) / max(len(positive), 1)
    return float(J), dscores, ddeltas


# %% wrong="rpn_loss" says="divide by the sample"
def rpn_loss(scores, deltas, labels, targets, rows, box_weight):
    z, y, k = scores[rows], labels[rows], len(scores)
    positive = rows[y == 1]
    losses, slopes = smooth_l1(deltas[positive] - targets[positive], 1)
    dscores, ddeltas = np.zeros(scores.shape), np.zeros(deltas.shape)
    dscores[rows] = (np.exp(-np.logaddexp(0, -z)) - y) / k
    ddeltas[positive] = box_weight * slopes / k
    J = (np.sum(np.logaddexp(0, z) - y * z) + box_weight * np.sum(losses)) / k
    return float(J), dscores, ddeltas


# %% wrong="rpn_loss" says="scores up to 1000"
def rpn_loss(scores, deltas, labels, targets, rows, box_weight):
    z, y, k = scores[rows], labels[rows], len(rows)
    positive = rows[y == 1]
    losses, slopes = smooth_l1(deltas[positive] - targets[positive], 1)
    dscores, ddeltas = np.zeros(scores.shape), np.zeros(deltas.shape)
    with np.errstate(all="ignore"):
        a = 1 / (1 + np.exp(-z))
        log_loss = -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))
    dscores[rows] = (a - y) / k
    ddeltas[positive] = box_weight * slopes / k
    return float((log_loss + box_weight * np.sum(losses)) / k), dscores, ddeltas


# %% wrong="rpn_loss" says="ddeltas of"
def rpn_loss(scores, deltas, labels, targets, rows, box_weight):
    z, y, k = scores[rows], labels[rows], len(rows)
    positive = rows[y == 1]
    losses, slopes = smooth_l1(deltas[positive] - targets[positive], 1)
    dscores, ddeltas = np.zeros(scores.shape), np.zeros(deltas.shape)
    dscores[rows] = (np.exp(-np.logaddexp(0, -z)) - y) / k
    ddeltas[positive] = slopes / k
    J = (np.sum(np.logaddexp(0, z) - y * z) + box_weight * np.sum(losses)) / k
    return float(J), dscores, ddeltas


# %% wrong="rpn_loss" says="dscores of"
def rpn_loss(scores, deltas, labels, targets, rows, box_weight):
    z, y, k = scores[rows], labels[rows], len(rows)
    positive = rows[y == 1]
    losses, slopes = smooth_l1(deltas[positive] - targets[positive], 1)
    ddeltas = np.zeros(deltas.shape)
    ddeltas[positive] = box_weight * slopes / k
    dscores = (np.exp(-np.logaddexp(0, -scores)) - labels) / k
    J = (np.sum(np.logaddexp(0, z) - y * z) + box_weight * np.sum(losses)) / k
    return float(J), dscores, ddeltas


# %% alternative="rpn_loss"
def rpn_loss(scores, deltas, labels, targets, rows, box_weight):
    k, J, dscores, ddeltas = len(rows), 0.0, np.zeros(len(scores)), np.zeros((len(scores), 4))
    for i in rows:
        z = scores[i]
        if labels[i] == 1:
            J += np.logaddexp(0, -z)
            dscores[i] = -np.exp(-np.logaddexp(0, z)) / k
            e = deltas[i] - targets[i]
            J += box_weight * np.sum(np.where(np.abs(e) < 1, e**2 / 2, np.abs(e) - 0.5))
            ddeltas[i] = box_weight * np.clip(e, -1, 1) / k
        else:
            J += np.logaddexp(0, z)
            dscores[i] = np.exp(-np.logaddexp(0, -z)) / k
    return J / k, dscores, ddeltas


# %% alternative="rpn_loss"
def rpn_loss(scores, deltas, labels, targets, rows, box_weight):
    sampled = np.zeros(len(scores), dtype=bool)
    sampled[rows] = True
    positive = sampled & (labels == 1)
    error = np.where(positive[:, None], deltas - targets, 0.0)
    losses, slopes = smooth_l1(error, 1.0)
    log_loss = np.maximum(scores, 0) - (labels == 1) * scores + np.log1p(np.exp(-np.abs(scores)))
    sigmoid = 0.5 * (1 + np.tanh(scores / 2))
    J = (log_loss[sampled].sum() + box_weight * losses.sum()) / sampled.sum()
    dscores = np.where(sampled, sigmoid - (labels == 1), 0) / sampled.sum()
    return J, dscores, box_weight * slopes / sampled.sum()


# %% wrong="proposals" says="nothing is left"
def proposals(anchors, scores, deltas, size, before, overlap, after):
    boxes = np.clip(apply_deltas(anchors, deltas), 0, [size[1], size[0], size[1], size[0]])
    rows = np.argsort(-scores, kind="stable")[:before]
    rows = rows[nms(boxes[rows], scores[rows], overlap)][:after]
    return boxes[rows], scores[rows]


# %% wrong="proposals" says="row 1 has no area"
def proposals(anchors, scores, deltas, size, before, overlap, after):
    boxes = np.clip(apply_deltas(anchors, deltas), 0, [size[1], size[0], size[1], size[0]])
    rows = np.argsort(-scores, kind="stable")[:before]
    rows = rows[np.all(boxes[rows, :2] < boxes[rows, 2:], axis=1)]
    rows = rows[nms(boxes[rows], scores[rows], overlap)][:after]
    return boxes[rows], scores[rows]


# %% wrong="proposals" says="n_W in x"
def proposals(anchors, scores, deltas, size, before, overlap, after):
    boxes = np.clip(apply_deltas(anchors, deltas), 0, [*size, *size])
    rows = np.flatnonzero(np.all(boxes[:, :2] < boxes[:, 2:], axis=1))
    rows = rows[np.argsort(-scores[rows], kind="stable")][:before]
    rows = rows[nms(boxes[rows], scores[rows], overlap)][:after]
    return boxes[rows], scores[rows]


# %% wrong="proposals" says="cut the boxes off"
def proposals(anchors, scores, deltas, size, before, overlap, after):
    moved = apply_deltas(anchors, deltas)
    boxes = np.clip(moved, 0, [size[1], size[0], size[1], size[0]])
    rows = np.flatnonzero(np.all(boxes[:, :2] < boxes[:, 2:], axis=1))
    rows = rows[np.argsort(-scores[rows], kind="stable")][:before]
    rows = rows[nms(boxes[rows], scores[rows], overlap)][:after]
    return moved[rows], scores[rows]


# %% wrong="proposals" says="proposals"
def proposals(anchors, scores, deltas, size, before, overlap, after):
    boxes = np.clip(apply_deltas(anchors, deltas), 0, [size[1], size[0], size[1], size[0]])
    rows = np.flatnonzero(np.all(boxes[:, :2] < boxes[:, 2:], axis=1))
    rows = rows[np.argsort(-scores[rows], kind="stable")][:before]
    rows = nms(boxes[rows], scores[rows], overlap)[:after]
    return boxes[rows], scores[rows]


# %% wrong="proposals" says="with slim boxes"
def proposals(anchors, scores, deltas, size, before, overlap, after):
    boxes = np.clip(apply_deltas(anchors, deltas), 0, [size[1], size[0], size[1], size[0]])
    rows = np.flatnonzero(np.all(boxes[:, 2:] - boxes[:, :2] > 1e-3, axis=1))
    rows = rows[np.argsort(-scores[rows], kind="stable")][:before]
    rows = rows[nms(boxes[rows], scores[rows], overlap)][:after]
    return boxes[rows], scores[rows]


# %% alternative="proposals"
def proposals(anchors, scores, deltas, size, before, overlap, after):
    boxes = apply_deltas(anchors, deltas).copy()
    boxes[:, 0::2] = np.minimum(np.maximum(boxes[:, 0::2], 0), size[1])
    boxes[:, 1::2] = np.minimum(np.maximum(boxes[:, 1::2], 0), size[0])
    good = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) > 0
    boxes, scores = boxes[good], scores[good]
    order = np.argsort(-scores, kind="stable")[:before]
    boxes, scores = boxes[order], scores[order]
    kept = nms(boxes, scores, overlap)
    return boxes[kept][:after], scores[kept][:after]


# %% alternative="proposals"
def proposals(anchors, scores, deltas, size, before, overlap, after):
    n_H, n_W = size
    moved, best = apply_deltas(anchors, deltas), []
    for row in sorted(range(len(anchors)), key=lambda row: -scores[row]):
        x1, y1, x2, y2 = moved[row]
        box = [max(0, min(x1, n_W)), max(0, min(y1, n_H)), max(0, min(x2, n_W)), max(0, min(y2, n_H))]
        if box[0] < box[2] and box[1] < box[3] and len(best) < before:
            best.append((row, np.array(box, dtype=float)))
    kept = []
    for row, box in best:
        if len(kept) < after and all(iou(box, other[1][np.newaxis])[0] <= overlap for other in kept):
            kept.append((row, box))
    return np.array([box for _, box in kept]).reshape(-1, 4), scores[[row for row, _ in kept]]


# %% wrong="roi_pool" says="the end of a bin is rounded up"
def roi_pool(features, box, stride, bins):
    n_H, n_W, n_C = features.shape
    c1, r1 = np.clip(np.floor(box[:2] / stride), 0, [n_W - 1, n_H - 1]).astype(int)
    c2, r2 = np.clip(np.ceil(box[2:] / stride), [c1 + 1, r1 + 1], [n_W, n_H]).astype(int)
    part, pooled = features[r1:r2, c1:c2], np.zeros((bins, bins, n_C))
    h, w = part.shape[:2]
    for i, j in np.ndindex(bins, bins):
        some = part[i * h // bins : max((i + 1) * h // bins, i * h // bins + 1)]
        pooled[i, j] = some[:, j * w // bins : max((j + 1) * w // bins, j * w // bins + 1)].max(axis=(0, 1))
    return pooled


# %% wrong="roi_pool" says="rows before columns"
def roi_pool(features, box, stride, bins):
    n_H, n_W, n_C = features.shape
    c1, r1 = np.clip(np.floor(box[:2] / stride), 0, [n_W - 1, n_H - 1]).astype(int)
    c2, r2 = np.clip(np.ceil(box[2:] / stride), [c1 + 1, r1 + 1], [n_W, n_H]).astype(int)
    part, pooled = features[r1:r2, c1:c2], np.zeros((bins, bins, n_C))
    h, w = part.shape[:2]
    for i, j in np.ndindex(bins, bins):
        rows, columns = slice(i * h // bins, -(-(i + 1) * h // bins)), slice(j * w // bins, -(-(j + 1) * w // bins))
        pooled[j, i] = part[rows, columns].max(axis=(0, 1))
    return pooled


# %% wrong="roi_pool" says="numbers below 0"
def roi_pool(features, box, stride, bins):
    n_H, n_W, n_C = features.shape
    c1, r1 = np.clip(np.floor(box[:2] / stride), 0, [n_W - 1, n_H - 1]).astype(int)
    c2, r2 = np.clip(np.ceil(box[2:] / stride), [c1 + 1, r1 + 1], [n_W, n_H]).astype(int)
    part, pooled = features[r1:r2, c1:c2], np.zeros((bins, bins, n_C))
    h, w = part.shape[:2]
    for i, j in np.ndindex(bins, bins):
        rows, columns = slice(i * h // bins, -(-(i + 1) * h // bins)), slice(j * w // bins, -(-(j + 1) * w // bins))
        pooled[i, j] = np.maximum(pooled[i, j], part[rows, columns].max(axis=(0, 1)))
    return pooled


# %% wrong="roi_pool" says="this is the mean"
def roi_pool(features, box, stride, bins):
    n_H, n_W, n_C = features.shape
    c1, r1 = np.clip(np.floor(box[:2] / stride), 0, [n_W - 1, n_H - 1]).astype(int)
    c2, r2 = np.clip(np.ceil(box[2:] / stride), [c1 + 1, r1 + 1], [n_W, n_H]).astype(int)
    part, pooled = features[r1:r2, c1:c2], np.zeros((bins, bins, n_C))
    h, w = part.shape[:2]
    for i, j in np.ndindex(bins, bins):
        rows, columns = slice(i * h // bins, -(-(i + 1) * h // bins)), slice(j * w // bins, -(-(j + 1) * w // bins))
        pooled[i, j] = part[rows, columns].mean(axis=(0, 1))
    return pooled


# %% wrong="roi_pool" says="with the box"
def roi_pool(features, box, stride, bins):
    c1, r1 = np.maximum(np.floor(box[:2] / stride), 0).astype(int)
    c2, r2 = np.ceil(box[2:] / stride).astype(int)
    part, pooled = features[r1:r2, c1:c2], np.zeros((bins, bins, features.shape[2]))
    h, w = part.shape[:2]
    for i, j in np.ndindex(bins, bins):
        rows, columns = slice(i * h // bins, -(-(i + 1) * h // bins)), slice(j * w // bins, -(-(j + 1) * w // bins))
        if part[rows, columns].size:
            pooled[i, j] = part[rows, columns].max(axis=(0, 1))
    return pooled


# %% wrong="roi_pool" says="roi_pool"
def roi_pool(features, box, stride, bins):
    n_H, n_W, n_C = features.shape
    c1, r1 = np.clip(np.round(box[:2] / stride), 0, [n_W - 1, n_H - 1]).astype(int)
    c2, r2 = np.clip(np.round(box[2:] / stride), [c1 + 1, r1 + 1], [n_W, n_H]).astype(int)
    part, pooled = features[r1:r2, c1:c2], np.zeros((bins, bins, n_C))
    h, w = part.shape[:2]
    for i, j in np.ndindex(bins, bins):
        rows, columns = slice(i * h // bins, -(-(i + 1) * h // bins)), slice(j * w // bins, -(-(j + 1) * w // bins))
        pooled[i, j] = part[rows, columns].max(axis=(0, 1))
    return pooled


# %% alternative="roi_pool"
def roi_pool(features, box, stride, bins):
    def edges(low, high, n):
        first = min(max(int(low // stride), 0), n - 1)
        end = max(min(int(-(-high // stride)), n), first + 1)
        span = end - first
        return [(first + b * span // bins, first + (b * span + span + bins - 1) // bins) for b in range(bins)]

    rows, columns = edges(box[1], box[3], len(features)), edges(box[0], box[2], len(features[0]))
    tall = np.stack([features[a:b].max(axis=0) for a, b in rows])
    return np.stack([tall[:, a:b].max(axis=1) for a, b in columns], axis=1)


# %% alternative="roi_pool"
def roi_pool(features, box, stride, bins):
    n_H, n_W, n_C = features.shape
    x1, y1, x2, y2 = (float(k) / stride for k in box)
    left, top = max(0, min(int(np.floor(x1)), n_W - 1)), max(0, min(int(np.floor(y1)), n_H - 1))
    right, bottom = max(left + 1, min(int(np.ceil(x2)), n_W)), max(top + 1, min(int(np.ceil(y2)), n_H))
    pooled = np.full((bins, bins, n_C), -np.inf)
    for r in range(top, bottom):
        for c in range(left, right):
            for i in range(bins):
                for j in range(bins):
                    h, w, a, b = bottom - top, right - left, r - top, c - left
                    inside = i * h // bins <= a < np.ceil((i + 1) * h / bins)
                    if inside and j * w // bins <= b < np.ceil((j + 1) * w / bins):
                        pooled[i, j] = np.maximum(pooled[i, j], features[r, c])
    return pooled


# %% equivalent="box_deltas" mutant="its argument handed back" why="deltas are equal to the boxes only without rows"

# %% equivalent="roi_pool" mutant="number type of the first argument" why="a largest number is one of the features"
