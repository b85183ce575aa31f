# %% wrong="size_iou" says="not by the sum of both areas"
def size_iou(sizes, anchors):
    common = np.minimum(sizes[:, None], anchors).prod(axis=2)
    return common / (sizes.prod(axis=1)[:, None] + anchors.prod(axis=1))


# %% wrong="size_iou" says="not by the area of the size"
def size_iou(sizes, anchors):
    return np.minimum(sizes[:, None], anchors).prod(axis=2) / sizes.prod(axis=1)[:, None]


# %% wrong="size_iou" says="expected shape (3, 2)"
def size_iou(sizes, anchors):
    common = np.minimum(sizes, anchors[:, None]).prod(axis=2)
    return common / (sizes.prod(axis=1) + anchors.prod(axis=1)[:, None] - common)


# %% wrong="size_iou" says="of about 1e-09"
def size_iou(sizes, anchors):
    common = np.minimum(sizes[:, None], anchors).prod(axis=2)
    return common / (sizes.prod(axis=1)[:, None] + anchors.prod(axis=1) - common + 1e-16)


# %% wrong="size_iou" says="without sizes"
def size_iou(sizes, anchors):
    rows = []
    for w, h in sizes:
        common = np.minimum(w, anchors[:, 0]) * np.minimum(h, anchors[:, 1])
        rows.append(common / (w * h + anchors[:, 0] * anchors[:, 1] - common))
    return np.array(rows)


# %% alternative="size_iou"
def size_iou(sizes, anchors):
    table = np.empty((len(sizes), len(anchors)))
    for i, (w, h) in enumerate(sizes):
        for j, (a, b) in enumerate(anchors):
            common = min(w, a) * min(h, b)
            table[i, j] = common / (w * h + a * b - common)
    return table


# %% alternative="size_iou"
def size_iou(sizes, anchors):
    corners = np.hstack([np.zeros((len(anchors), 2)), anchors])
    found = [iou(np.array([0, 0, w, h]), corners) for w, h in sizes]
    return np.array(found, dtype=float).reshape(len(sizes), len(anchors))


# %% wrong="kmeans_anchors" says="not the one between points"
def kmeans_anchors(sizes, start, steps):
    anchors = start.astype(float)
    for _ in range(steps):
        nearest = np.argmin(np.sum((sizes[:, None] - anchors) ** 2, axis=2), axis=1)
        for j in np.unique(nearest):
            anchors[j] = sizes[nearest == j].mean(axis=0)
    return anchors


# %% wrong="kmeans_anchors" says="these are medians"
def kmeans_anchors(sizes, start, steps):
    anchors = start.astype(float)
    for _ in range(steps):
        nearest = np.argmax(size_iou(sizes, anchors), axis=1)
        for j in np.unique(nearest):
            anchors[j] = np.median(sizes[nearest == j], axis=0)
    return anchors


# %% wrong="kmeans_anchors" says="not finite"
def kmeans_anchors(sizes, start, steps):
    anchors = start.astype(float)
    for _ in range(steps):
        nearest = np.argmax(size_iou(sizes, anchors), axis=1)
        anchors = np.array([sizes[nearest == j].mean(axis=0) for j in range(len(anchors))])
    return anchors


# %% wrong="kmeans_anchors" says="an anchor without sizes stays"
def kmeans_anchors(sizes, start, steps):
    anchors = start.astype(float)
    for _ in range(steps):
        table = size_iou(sizes, anchors)
        mine = table == table.max(axis=1, keepdims=True)
        anchors = mine.T @ sizes / np.maximum(mine.sum(axis=0), 1)[:, None]
    return anchors


# %% wrong="kmeans_anchors" says="its argument start in place"
def kmeans_anchors(sizes, start, steps):
    for _ in range(steps):
        nearest = np.argmax(size_iou(sizes, start), axis=1)
        for j in np.unique(nearest):
            start[j] = sizes[nearest == j].mean(axis=0)
    return start


# %% wrong="kmeans_anchors" says="after one step"
def kmeans_anchors(sizes, start, steps):
    anchors = start.astype(float)
    nearest = np.argmax(size_iou(sizes, anchors), axis=1)
    for _ in range(steps):
        for j in np.unique(nearest):
            anchors[j] = sizes[nearest == j].mean(axis=0)
    return anchors


# %% wrong="kmeans_anchors" says="whole numbers"
def kmeans_anchors(sizes, start, steps):
    anchors = start.copy()
    for _ in range(steps):
        nearest = np.argmax(size_iou(sizes, anchors), axis=1)
        for j in np.unique(nearest):
            anchors[j] = sizes[nearest == j].mean(axis=0)
    return anchors


# %% alternative="kmeans_anchors"
def kmeans_anchors(sizes, start, steps):
    anchors = [tuple(float(side) for side in anchor) for anchor in start]
    for _ in range(steps):
        groups = {}
        for size in sizes:
            shares = list(size_iou(size[None], np.array(anchors))[0])
            groups.setdefault(shares.index(max(shares)), []).append(size)
        anchors = [tuple(np.mean(groups[j], axis=0)) if j in groups else anchor for j, anchor in enumerate(anchors)]
    return np.array(anchors)


# %% alternative="kmeans_anchors"
def kmeans_anchors(sizes, start, steps):
    if steps == 0:
        return np.array(start, dtype=float)
    nearest = (1 - size_iou(sizes, start)).argmin(axis=1)
    mine = np.eye(len(start))[nearest]
    counts = mine.sum(axis=0)[:, None]
    moved = np.where(counts > 0, mine.T @ sizes / np.maximum(counts, 1), start)
    return moved if np.array_equal(moved, start) else kmeans_anchors(sizes, moved, steps - 1)


# %% wrong="build_target" says="take logarithms"
def build_target(boxes, labels, n_classes, anchors, size, cells):
    target = np.zeros((*cells, len(anchors), 5 + n_classes))
    for (x, y, w, h), label in zip(convert_boxes(boxes, "center"), labels, strict=True):
        x, y = x * cells[1] / size[1], y * cells[0] / size[0]
        if w == 0 or h == 0 or not (0 <= x <= cells[1] and 0 <= y <= cells[0]):
            raise ValueError("a bad box")
        row, column = min(int(y), cells[0] - 1), min(int(x), cells[1] - 1)
        k = np.argmax(size_iou(np.array([[w, h]]), anchors))
        if target[row, column, k, 0] == 0:
            target[row, column, k, :5] = 1, x - column, y - row, w / anchors[k, 0], h / anchors[k, 1]
            target[row, column, k, 5 + label] = 1
    return target


# %% wrong="build_target" says="as compared with the anchor"
def build_target(boxes, labels, n_classes, anchors, size, cells):
    target = np.zeros((*cells, len(anchors), 5 + n_classes))
    for (x, y, w, h), label in zip(convert_boxes(boxes, "center"), labels, strict=True):
        k = np.argmax(size_iou(np.array([[w, h]]), anchors))
        x, y, w, h = x * cells[1] / size[1], y * cells[0] / size[0], w * cells[1] / size[1], h * cells[0] / size[0]
        row, column = min(int(y), cells[0] - 1), min(int(x), cells[1] - 1)
        if target[row, column, k, 0] == 0:
            target[row, column, k, :5] = 1, x - column, y - row, w, h
            target[row, column, k, 5 + label] = 1
    return target


# %% wrong="build_target" says="the first box in the list"
def build_target(boxes, labels, n_classes, anchors, size, cells):
    target = np.zeros((*cells, len(anchors), 5 + n_classes))
    for (x, y, w, h), label in zip(convert_boxes(boxes, "center"), labels, strict=True):
        x, y = x * cells[1] / size[1], y * cells[0] / size[0]
        if w == 0 or h == 0 or not (0 <= x <= cells[1] and 0 <= y <= cells[0]):
            raise ValueError("a bad box")
        row, column = min(int(y), cells[0] - 1), min(int(x), cells[1] - 1)
        k = np.argmax(size_iou(np.array([[w, h]]), anchors))
        target[row, column, k] = 0
        target[row, column, k, :5] = 1, x - column, y - row, np.log(w / anchors[k, 0]), np.log(h / anchors[k, 1])
        target[row, column, k, 5 + label] = 1
    return target


# %% wrong="build_target" says="in a corner"
def build_target(boxes, labels, n_classes, anchors, size, cells):
    target = np.zeros((*cells, len(anchors), 5 + n_classes))
    for (x, y, w, h), label in zip(convert_boxes(boxes, "center"), labels, strict=True):
        x, y = x * cells[1] / size[1], y * cells[0] / size[0]
        if w == 0 or h == 0 or not (0 <= x <= cells[1] and 0 <= y <= cells[0]):
            raise ValueError("a bad box")
        row, column = min(int(y), cells[0] - 1), min(int(x), cells[1] - 1)
        k = np.argmax(size_iou(np.array([[w, h]]), anchors))
        if target[row, column, k, 1:5].any() == 0:
            target[row, column, k] = 0
            target[row, column, k, :5] = 1, x - column, y - row, np.log(w / anchors[k, 0]), np.log(h / anchors[k, 1])
            target[row, column, k, 5 + label] = 1
    return target


# %% wrong="build_target" says="expected a ValueError"
def build_target(boxes, labels, n_classes, anchors, size, cells):
    target = np.zeros((*cells, len(anchors), 5 + n_classes))
    for (x, y, w, h), label in zip(convert_boxes(boxes, "center"), labels, strict=True):
        x, y = x * cells[1] / size[1], y * cells[0] / size[0]
        row, column = min(int(y), cells[0] - 1), min(int(x), cells[1] - 1)
        k = np.argmax(size_iou(np.array([[w, h]]), anchors))
        if target[row, column, k, 0] == 0:
            target[row, column, k, :5] = 1, x - column, y - row, np.log(w / anchors[k, 0]), np.log(h / anchors[k, 1])
            target[row, column, k, 5 + label] = 1
    return target


# %% wrong="build_target" says="with centres on lines and edges"
def build_target(boxes, labels, n_classes, anchors, size, cells):
    target = np.zeros((*cells, len(anchors), 5 + n_classes))
    for (x, y, w, h), label in zip(convert_boxes(boxes, "center"), labels, strict=True):
        x, y = x * cells[1] / size[1], y * cells[0] / size[0]
        if w == 0 or h == 0 or not (0 <= x <= cells[1] and 0 <= y <= cells[0]):
            raise ValueError("a bad box")
        k = np.argmax(size_iou(np.array([[w, h]]), anchors))
        vector = target[int(y), int(x), k]
        if vector[0] == 0:
            vector[:5] = 1, x % 1, y % 1, np.log(w / anchors[k, 0]), np.log(h / anchors[k, 1])
            vector[5 + label] = 1
    return target


# %% alternative="build_target"
def build_target(boxes, labels, n_classes, anchors, size, cells):
    high, wide = size[0] / cells[0], size[1] / cells[1]
    target = np.zeros((*cells, len(anchors), 5 + n_classes))
    for number in reversed(range(len(boxes))):
        x1, y1, x2, y2 = (float(k) for k in boxes[number])
        x, y, w, h = (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1
        if w <= 0 or h <= 0 or x < 0 or y < 0 or x > size[1] or y > size[0]:
            raise ValueError("a bad box")
        shares = []
        for a, b in anchors:
            common = min(w, a) * min(h, b)
            shares.append(common / (w * h + a * b - common))
        k = shares.index(max(shares))
        column = cells[1] - 1 if x == size[1] else int(x * cells[1] // size[1])
        row = cells[0] - 1 if y == size[0] else int(y * cells[0] // size[0])
        logs = [np.log(w) - np.log(anchors[k][0]), np.log(h) - np.log(anchors[k][1])]
        target[row, column, k] = [1, x / wide - column, y / high - row, *logs, *np.eye(n_classes)[labels[number]]]
    return target


# %% alternative="build_target"
def build_target(boxes, labels, n_classes, anchors, size, cells):
    centers = convert_boxes(boxes, "center")
    middles, sides = centers[:, :2] * (np.array(cells[::-1]) / np.array(size[::-1])), centers[:, 2:]
    if np.any(sides <= 0) or np.any(centers[:, :2] < 0) or np.any(centers[:, :2] > np.array(size[::-1])):
        raise ValueError("a bad box")
    places = np.minimum(middles.astype(int), np.array(cells[::-1]) - 1)
    best = size_iou(sides, anchors).argmax(axis=1)
    _, first = np.unique(np.column_stack([places, best]), axis=0, return_index=True)
    target = np.zeros((*cells, len(anchors), 5 + n_classes))
    where = places[first, 1], places[first, 0], best[first]
    onehot = np.eye(n_classes)[labels[first]]
    logs = np.log(sides[first] / anchors[best[first]])
    target[where] = np.hstack([np.ones((len(first), 1)), middles[first] - places[first], logs, onehot])
    return target


# %% wrong="decode_yolo" says="these are centre and size"
def decode_yolo(raw, anchors, size):
    row, column = np.indices(raw.shape[:2])
    s = 0.5 + 0.5 * np.tanh(raw[..., :3] / 2)
    x, y = (
        (s[..., 1] + column[..., None]) * size[1] / raw.shape[1],
        (s[..., 2] + row[..., None]) * size[0] / raw.shape[0],
    )
    boxes = np.stack([x, y, anchors[:, 0] * np.exp(raw[..., 3]), anchors[:, 1] * np.exp(raw[..., 4])], axis=3)
    odds = np.exp(raw[..., 5:] - raw[..., 5:].max(axis=3, keepdims=True))
    classes = s[..., :1] * odds / odds.sum(axis=3, keepdims=True)
    return boxes.reshape(-1, 4), classes.reshape(boxes.size // 4, -1)


# %% wrong="decode_yolo" says="add the cell's row and column"
def decode_yolo(raw, anchors, size):
    s = 0.5 + 0.5 * np.tanh(raw[..., :3] / 2)
    x, y = s[..., 1] * size[1] / raw.shape[1], s[..., 2] * size[0] / raw.shape[0]
    boxes = np.stack([x, y, anchors[:, 0] * np.exp(raw[..., 3]), anchors[:, 1] * np.exp(raw[..., 4])], axis=3)
    odds = np.exp(raw[..., 5:] - raw[..., 5:].max(axis=3, keepdims=True))
    classes = s[..., :1] * odds / odds.sum(axis=3, keepdims=True)
    return convert_boxes(boxes.reshape(-1, 4), "corner"), classes.reshape(boxes.size // 4, -1)


# %% wrong="decode_yolo" says="times p_c"
def decode_yolo(raw, anchors, size):
    row, column = np.indices(raw.shape[:2])
    s = 0.5 + 0.5 * np.tanh(raw[..., :3] / 2)
    x, y = (
        (s[..., 1] + column[..., None]) * size[1] / raw.shape[1],
        (s[..., 2] + row[..., None]) * size[0] / raw.shape[0],
    )
    boxes = np.stack([x, y, anchors[:, 0] * np.exp(raw[..., 3]), anchors[:, 1] * np.exp(raw[..., 4])], axis=3)
    odds = np.exp(raw[..., 5:] - raw[..., 5:].max(axis=3, keepdims=True))
    classes = odds / odds.sum(axis=3, keepdims=True)
    return convert_boxes(boxes.reshape(-1, 4), "corner"), classes.reshape(boxes.size // 4, -1)


# %% wrong="decode_yolo" says="not finite"
def decode_yolo(raw, anchors, size):
    row, column = np.indices(raw.shape[:2])
    s = 1 / (1 + np.exp(-raw[..., :3]))
    x, y = (
        (s[..., 1] + column[..., None]) * size[1] / raw.shape[1],
        (s[..., 2] + row[..., None]) * size[0] / raw.shape[0],
    )
    boxes = np.stack([x, y, anchors[:, 0] * np.exp(raw[..., 3]), anchors[:, 1] * np.exp(raw[..., 4])], axis=3)
    odds = np.exp(raw[..., 5:])
    classes = s[..., :1] * odds / odds.sum(axis=3, keepdims=True)
    return convert_boxes(boxes.reshape(-1, 4), "corner"), classes.reshape(boxes.size // 4, -1)


# %% wrong="decode_yolo" says="expected about"
def decode_yolo(raw, anchors, size):
    row, column = np.indices(raw.shape[:2])
    s = 0.5 + 0.5 * np.tanh(raw[..., :3] / 2)
    x, y = (
        (s[..., 1] + column[..., None]) * (size[1] // raw.shape[1]),
        (s[..., 2] + row[..., None]) * (size[0] // raw.shape[0]),
    )
    boxes = np.stack([x, y, anchors[:, 0] * np.exp(raw[..., 3]), anchors[:, 1] * np.exp(raw[..., 4])], axis=3)
    odds = np.exp(raw[..., 5:] - raw[..., 5:].max(axis=3, keepdims=True))
    classes = s[..., :1] * odds / odds.sum(axis=3, keepdims=True)
    return convert_boxes(boxes.reshape(-1, 4), "corner"), classes.reshape(boxes.size // 4, -1)


# %% alternative="decode_yolo"
def decode_yolo(raw, anchors, size):
    boxes, probabilities = [], []
    for row, column, k in np.ndindex(raw.shape[:3]):
        p, x, y, w, h = (float(t) for t in raw[row, column, k, :5])
        p, x, y = (1 / (1 + np.exp(-t)) if t > 0 else np.exp(t) / (1 + np.exp(t)) for t in (p, x, y))
        x, y = (column + x) * size[1] / raw.shape[1], (row + y) * size[0] / raw.shape[0]
        w, h = anchors[k, 0] * np.exp(w), anchors[k, 1] * np.exp(h)
        boxes.append([x - w / 2, y - h / 2, x + w / 2, y + h / 2])
        odds = np.exp(raw[row, column, k, 5:] - np.max(raw[row, column, k, 5:]))
        probabilities.append(p * odds / np.sum(odds))
    return np.array(boxes), np.array(probabilities)


# %% alternative="decode_yolo"
def decode_yolo(raw, anchors, size):
    rows, columns, A, n = raw.shape
    t = np.reshape(raw, (-1, n)).astype(float)
    cell, anchor = np.divmod(np.arange(len(t)), A)
    s = (1 + np.tanh(t[:, :3] / 2)) / 2
    s[:, 0] = np.exp(-np.logaddexp(0, -t[:, 0]))
    x, y = (s[:, 1] + cell % columns) / columns * size[1], (s[:, 2] + cell // columns) / rows * size[0]
    w, h = (anchors[anchor] * np.exp(t[:, 3:5])).T
    logs = t[:, 5:] - np.logaddexp.reduce(t[:, 5:], axis=1)[:, None]
    return np.column_stack([x - w / 2, y - h / 2, x + w / 2, y + h / 2]), s[:, :1] * np.exp(logs)


# %% wrong="yolo_loss" says="the weight of empty places"
def yolo_loss(raw, target, box_weight, empty_weight):
    p, t, s = target[..., 0], raw[..., 0], 0.5 + 0.5 * np.tanh(raw[..., 1:3] / 2)
    squares = ((s - target[..., 1:3]) ** 2).sum(axis=4) + ((raw[..., 3:5] - target[..., 3:5]) ** 2).sum(axis=4)
    classes = np.logaddexp.reduce(raw[..., 5:], axis=4) - (target[..., 5:] * raw[..., 5:]).sum(axis=4)
    return np.where(p == 1, np.logaddexp(0, -t) + box_weight * squares + classes, np.logaddexp(0, t)).sum() / len(raw)


# %% wrong="yolo_loss" says="no class in an empty place"
def yolo_loss(raw, target, box_weight, empty_weight):
    p, t, s = target[..., 0], raw[..., 0], 0.5 + 0.5 * np.tanh(raw[..., 1:3] / 2)
    squares = ((s - target[..., 1:3]) ** 2).sum(axis=4) + ((raw[..., 3:5] - target[..., 3:5]) ** 2).sum(axis=4)
    classes = np.logaddexp.reduce(raw[..., 5:], axis=4) - (target[..., 5:] * raw[..., 5:]).sum(axis=4)
    full = np.logaddexp(0, -t) + box_weight * squares
    return (np.where(p == 1, full, empty_weight * np.logaddexp(0, t)) + classes).sum() / len(raw)


# %% wrong="yolo_loss" says="the sigmoid of t_x and t_y"
def yolo_loss(raw, target, box_weight, empty_weight):
    p, t = target[..., 0], raw[..., 0]
    squares = ((raw[..., 1:5] - target[..., 1:5]) ** 2).sum(axis=4)
    classes = np.logaddexp.reduce(raw[..., 5:], axis=4) - (target[..., 5:] * raw[..., 5:]).sum(axis=4)
    full = np.logaddexp(0, -t) + box_weight * squares + classes
    return np.where(p == 1, full, empty_weight * np.logaddexp(0, t)).sum() / len(raw)


# %% wrong="yolo_loss" says="mean over the m examples missing"
def yolo_loss(raw, target, box_weight, empty_weight):
    p, t, s = target[..., 0], raw[..., 0], 0.5 + 0.5 * np.tanh(raw[..., 1:3] / 2)
    squares = ((s - target[..., 1:3]) ** 2).sum(axis=4) + ((raw[..., 3:5] - target[..., 3:5]) ** 2).sum(axis=4)
    classes = np.logaddexp.reduce(raw[..., 5:], axis=4) - (target[..., 5:] * raw[..., 5:]).sum(axis=4)
    full = np.logaddexp(0, -t) + box_weight * squares + classes
    return np.where(p == 1, full, empty_weight * np.logaddexp(0, t)).sum()


# %% wrong="yolo_loss" says="the same with t_p = -1000 and 1000"
def yolo_loss(raw, target, box_weight, empty_weight):
    p, s = target[..., 0], 0.5 + 0.5 * np.tanh(raw[..., :3] / 2)
    squares = ((s[..., 1:] - target[..., 1:3]) ** 2).sum(axis=4) + ((raw[..., 3:5] - target[..., 3:5]) ** 2).sum(axis=4)
    classes = np.logaddexp.reduce(raw[..., 5:], axis=4) - (target[..., 5:] * raw[..., 5:]).sum(axis=4)
    full = -np.log(s[..., 0] + 1e-15) + box_weight * squares + classes
    return np.where(p == 1, full, -empty_weight * np.log(1 - s[..., 0] + 1e-15)).sum() / len(raw)


# %% wrong="yolo_loss" says="expected about"
def yolo_loss(raw, target, box_weight, empty_weight):
    p, t, s = target[..., 0], raw[..., 0], 0.5 + 0.5 * np.tanh(raw[..., 1:3] / 2)
    squares = p * ((s - target[..., 1:3]) ** 2).sum(axis=4) + (
        (p[..., None] * raw[..., 3:5] - target[..., 3:5]) ** 2
    ).sum(axis=4)
    classes = p * np.logaddexp.reduce(raw[..., 5:], axis=4) - p * (target[..., 5:] * raw[..., 5:]).sum(axis=4)
    full = p * np.logaddexp(0, -t) + box_weight * squares + classes
    return (full + (1 - p) * empty_weight * np.logaddexp(0, t)).sum() / len(raw)


# %% alternative="yolo_loss"
def yolo_loss(raw, target, box_weight, empty_weight):
    full = target[..., 0] == 1
    own, true = raw[full].astype(float), target[full]
    classes = own[:, 5:] - own[:, 5:].max(axis=1, keepdims=True)
    log_softmax = classes - np.log(np.exp(classes).sum(axis=1, keepdims=True))
    predicted = np.hstack([(1 + np.tanh(own[:, 1:3] / 2)) / 2, own[:, 3:5]])
    loss = box_weight * np.sum(np.square(predicted - true[:, 1:5])) + np.sum(np.logaddexp(0, -own[:, 0]))
    loss -= np.sum(log_softmax[np.arange(len(own)), true[:, 5:].argmax(axis=1)])
    return (loss + empty_weight * np.sum(np.logaddexp(0, raw[~full][:, 0]))) / raw.shape[0]


# %% alternative="yolo_loss"
def yolo_loss(raw, target, box_weight, empty_weight):
    def softplus(t):
        return max(t, 0) + np.log1p(np.exp(-abs(t)))

    total = 0
    vectors = zip(raw.reshape(-1, raw.shape[-1]).tolist(), target.reshape(-1, raw.shape[-1]).tolist(), strict=True)
    for t, true in vectors:
        if true[0] == 0:
            total += empty_weight * softplus(t[0])
            continue
        total += softplus(-t[0])
        for k in (1, 2):
            total += box_weight * (np.exp(-softplus(-t[k])) - true[k]) ** 2
        for k in (3, 4):
            total += box_weight * (t[k] - true[k]) ** 2
        top = max(t[5:])
        total += top + np.log(sum(np.exp(score - top) for score in t[5:])) - t[5 + true[5:].index(1)]
    return total / len(raw)


# %% wrong="yolo_gradient" says="the chain rule"
def yolo_gradient(raw, target, box_weight, empty_weight):
    full, s = target[..., :1] == 1, 0.5 + 0.5 * np.tanh(raw[..., :3] / 2)
    odds = np.exp(raw[..., 5:] - raw[..., 5:].max(axis=4, keepdims=True))
    first = np.where(full, s[..., :1] - 1, empty_weight * s[..., :1])
    box = 2 * box_weight * (np.concatenate([s[..., 1:], raw[..., 3:5]], axis=4) - target[..., 1:5])
    rest = np.concatenate([box, odds / odds.sum(axis=4, keepdims=True) - target[..., 5:]], axis=4)
    return np.concatenate([first, np.where(full, rest, 0)], axis=4) / len(raw)


# %% wrong="yolo_gradient" says="the derivative of a square has a 2"
def yolo_gradient(raw, target, box_weight, empty_weight):
    full, s = target[..., :1] == 1, 0.5 + 0.5 * np.tanh(raw[..., :3] / 2)
    odds = np.exp(raw[..., 5:] - raw[..., 5:].max(axis=4, keepdims=True))
    first = np.where(full, s[..., :1] - 1, empty_weight * s[..., :1])
    box = box_weight * (np.concatenate([s[..., 1:], raw[..., 3:5]], axis=4) - target[..., 1:5])
    box[..., :2] *= s[..., 1:] * (1 - s[..., 1:])
    rest = np.concatenate([box, odds / odds.sum(axis=4, keepdims=True) - target[..., 5:]], axis=4)
    return np.concatenate([first, np.where(full, rest, 0)], axis=4) / len(raw)


# %% wrong="yolo_gradient" says="an empty place has no class"
def yolo_gradient(raw, target, box_weight, empty_weight):
    full, s = target[..., :1] == 1, 0.5 + 0.5 * np.tanh(raw[..., :3] / 2)
    odds = np.exp(raw[..., 5:] - raw[..., 5:].max(axis=4, keepdims=True))
    first = np.where(full, s[..., :1] - 1, empty_weight * s[..., :1])
    box = 2 * box_weight * (np.concatenate([s[..., 1:], raw[..., 3:5]], axis=4) - target[..., 1:5])
    box[..., :2] *= s[..., 1:] * (1 - s[..., 1:])
    classes = odds / odds.sum(axis=4, keepdims=True) - target[..., 5:]
    return np.concatenate([first, np.where(full, box, 0), classes], axis=4) / len(raw)


# %% wrong="yolo_gradient" says="mean over the m examples missing"
def yolo_gradient(raw, target, box_weight, empty_weight):
    full, s = target[..., :1] == 1, 0.5 + 0.5 * np.tanh(raw[..., :3] / 2)
    odds = np.exp(raw[..., 5:] - raw[..., 5:].max(axis=4, keepdims=True))
    first = np.where(full, s[..., :1] - 1, empty_weight * s[..., :1])
    box = 2 * box_weight * (np.concatenate([s[..., 1:], raw[..., 3:5]], axis=4) - target[..., 1:5])
    box[..., :2] *= s[..., 1:] * (1 - s[..., 1:])
    rest = np.concatenate([box, odds / odds.sum(axis=4, keepdims=True) - target[..., 5:]], axis=4)
    return np.concatenate([first, np.where(full, rest, 0)], axis=4)


# %% wrong="yolo_gradient" says="not finite"
def yolo_gradient(raw, target, box_weight, empty_weight):
    full, s = target[..., :1] == 1, 1 / (1 + np.exp(-raw[..., :3]))
    odds = np.exp(raw[..., 5:])
    first = np.where(full, s[..., :1] - 1, empty_weight * s[..., :1])
    box = 2 * box_weight * (np.concatenate([s[..., 1:], raw[..., 3:5]], axis=4) - target[..., 1:5])
    box[..., :2] *= s[..., 1:] * (1 - s[..., 1:])
    rest = np.concatenate([box, odds / odds.sum(axis=4, keepdims=True) - target[..., 5:]], axis=4)
    return np.concatenate([first, np.where(full, rest, 0)], axis=4) / len(raw)


# %% wrong="yolo_gradient" says="whole numbers"
def yolo_gradient(raw, target, box_weight, empty_weight):
    d, p, s = np.zeros_like(raw), target[..., :1] == 1, 0.5 + 0.5 * np.tanh(raw[..., :3] / 2)
    odds = np.exp(raw[..., 5:] - raw[..., 5:].max(axis=4, keepdims=True))
    d[..., :1] = np.where(p, s[..., :1] - 1, empty_weight * s[..., :1]) / len(raw)
    d[..., 1:3] = p * 2 * box_weight * (s[..., 1:] - target[..., 1:3]) * s[..., 1:] * (1 - s[..., 1:]) / len(raw)
    d[..., 3:5] = p * 2 * box_weight * (raw[..., 3:5] - target[..., 3:5]) / len(raw)
    d[..., 5:] = p * (odds / odds.sum(axis=4, keepdims=True) - target[..., 5:]) / len(raw)
    return d


# %% alternative="yolo_gradient"
def yolo_gradient(raw, target, box_weight, empty_weight):
    gradient = np.zeros(raw.shape)
    for where in np.ndindex(raw.shape[:-1]):
        t, true = raw[where].astype(float), target[where]
        s = (1 + np.tanh(t / 2)) / 2
        if true[0] == 0:
            gradient[where][0] = empty_weight * s[0]
        else:
            odds = np.exp(t[5:] - max(t[5:]))
            gradient[where][0] = s[0] - 1
            gradient[where][1:3] = 2 * box_weight * (s[1:3] - true[1:3]) * s[1:3] * (1 - s[1:3])
            gradient[where][3:5] = 2 * box_weight * (t[3:5] - true[3:5])
            gradient[where][5:] = odds / sum(odds) - true[5:]
    return gradient / raw.shape[0]


# %% alternative="yolo_gradient"
def yolo_gradient(raw, target, box_weight, empty_weight):
    m, full = len(raw), target[..., 0] == 1
    gradient = np.zeros(raw.shape)
    gradient[..., 0] = empty_weight * np.exp(-np.logaddexp(0, -raw[..., 0]))
    own, true = raw[full] * 1.0, target[full]
    s = np.exp(-np.logaddexp(0, -own[:, :3]))
    softmax = np.exp(own[:, 5:] - np.logaddexp.reduce(own[:, 5:], axis=1)[:, None])
    slopes = np.hstack([(s[:, 1:] - true[:, 1:3]) * s[:, 1:] * (1 - s[:, 1:]), own[:, 3:5] - true[:, 3:5]])
    gradient[full] = np.hstack([s[:, :1] - 1, 2 * box_weight * slopes, softmax - true[:, 5:]])
    return gradient / m


# %% wrong="yolo_filter" says="of other classes suppress nothing"
def yolo_filter(boxes, probabilities, least, overlap, most):
    scores, labels = probabilities.max(axis=1), probabilities.argmax(axis=1)
    counts = scores >= least
    boxes, scores, labels = boxes[counts], scores[counts], labels[counts]
    kept = nms(boxes, scores, overlap)[:most]
    return boxes[kept], scores[kept], labels[kept]


# %% wrong="yolo_filter" says="exactly 0.4 counts"
def yolo_filter(boxes, probabilities, least, overlap, most):
    scores, labels = probabilities.max(axis=1), probabilities.argmax(axis=1)
    counts = scores > least
    boxes, scores, labels = boxes[counts], scores[counts], labels[counts]
    kept = nms(boxes, scores, overlap, labels)[:most]
    return boxes[kept], scores[kept], labels[kept]


# %% wrong="yolo_filter" says="the best first"
def yolo_filter(boxes, probabilities, least, overlap, most):
    scores, labels = probabilities.max(axis=1), probabilities.argmax(axis=1)
    counts = scores >= least
    boxes, scores, labels = boxes[counts], scores[counts], labels[counts]
    kept = nms(boxes, scores, overlap, labels)[::-1][:most]
    return boxes[kept], scores[kept], labels[kept]


# %% wrong="yolo_filter" says="boxes of yolo_filter"
def yolo_filter(boxes, probabilities, least, overlap, most):
    scores, labels = probabilities.max(axis=1), probabilities.argmax(axis=1)
    counts = scores >= least
    kept = nms(boxes[counts], scores[counts], overlap, labels[counts])[:most]
    return boxes[kept], scores[counts][kept], labels[counts][kept]


# %% wrong="yolo_filter" says="with 40 boxes"
def yolo_filter(boxes, probabilities, least, overlap, most):
    scores, labels = probabilities.max(axis=1), probabilities.argmax(axis=1)
    counts = np.flatnonzero(scores >= least)
    counts = counts[np.argsort(-scores[counts], kind="stable")][: most + 2]
    kept = counts[nms(boxes[counts], scores[counts], overlap, labels[counts])[:most]]
    return boxes[kept], scores[kept], labels[kept]


# %% alternative="yolo_filter"
def yolo_filter(boxes, probabilities, least, overlap, most):
    kept = []
    for label in range(probabilities.shape[1]):
        rows = [r for r, p in enumerate(probabilities) if np.argmax(p) == label and p[label] >= least]
        if rows:
            best = nms(boxes[rows], probabilities[rows, label], overlap)
            kept += [(-probabilities[rows[k], label], rows[k], label) for k in best]
    kept = sorted(kept)[:most]
    rows, labels = [row for _, row, _ in kept], np.array([label for *_, label in kept], dtype=int)
    return boxes[rows].reshape(-1, 4), np.array([-score for score, *_ in kept], dtype=float), labels


# %% alternative="yolo_filter"
def yolo_filter(boxes, probabilities, least, overlap, most):
    scores = np.max(probabilities, axis=1)
    labels = np.array([list(row).index(max(row)) for row in probabilities], dtype=int)
    waiting, kept = [row for row in np.argsort(-scores, kind="stable") if scores[row] >= least], []
    while waiting and len(kept) < most:
        best = waiting.pop(0)
        kept.append(best)
        near = iou(boxes[best], boxes[waiting].reshape(-1, 4)) > overlap
        waiting = [row for row, close in zip(waiting, near, strict=True) if not close or labels[row] != labels[best]]
    kept = np.array(kept, dtype=int)
    return boxes[kept], scores[kept], labels[kept]
