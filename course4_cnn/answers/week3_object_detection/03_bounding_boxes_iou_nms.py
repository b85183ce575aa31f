# %% wrong="convert_boxes" says="this is half the size"
def convert_boxes(boxes, to):
    first, last = boxes[:, :2], boxes[:, 2:]
    if to == "center":
        return np.hstack([(first + last) / 2, (last - first) / 2])
    return np.hstack([first - last, first + last])


# %% wrong="convert_boxes" says="half the size on each side"
def convert_boxes(boxes, to):
    first, last = boxes[:, :2], boxes[:, 2:]
    if to == "center":
        return np.hstack([(first + last) / 2, last - first])
    return np.hstack([first - last, first + last])


# %% wrong="convert_boxes" says="expected a ValueError"
def convert_boxes(boxes, to):
    first, last = boxes[:, :2], boxes[:, 2:]
    if to == "center":
        return np.hstack([(first + last) / 2, last - first])
    return np.hstack([first - last / 2, first + last / 2])


# %% wrong="convert_boxes" says="whole numbers"
def convert_boxes(boxes, to):
    if to not in ("center", "corner"):
        raise ValueError("form")
    result = boxes.copy()
    if to == "center":
        result[:, :2] = (boxes[:, :2] + boxes[:, 2:]) / 2
        result[:, 2:] = boxes[:, 2:] - boxes[:, :2]
        bad = result[:, 2:] < 0
    else:
        result[:, :2] = boxes[:, :2] - boxes[:, 2:] / 2
        result[:, 2:] = boxes[:, :2] + boxes[:, 2:] / 2
        bad = boxes[:, 2:] < 0
    if bad.any():
        raise ValueError("size")
    return result


# %% wrong="convert_boxes" says="without boxes"
def convert_boxes(boxes, to):
    rows = []
    for a, b, c, d in boxes:
        if to == "center" and a <= c and b <= d:
            rows.append([(a + c) / 2, (b + d) / 2, c - a, d - b])
        elif to == "corner" and c >= 0 and d >= 0:
            rows.append([a - c / 2, b - d / 2, a + c / 2, b + d / 2])
        else:
            raise ValueError("no box")
    return np.array(rows)


# %% alternative="convert_boxes"
def convert_boxes(boxes, to):
    half = np.array([[0.5, 0, 0.5, 0], [0, 0.5, 0, 0.5], [-1, 0, 1, 0], [0, -1, 0, 1]])
    if to == "center":
        result = boxes @ half.T
        sizes = boxes[:, 2:] >= boxes[:, :2]
    elif to == "corner":
        result = boxes @ np.linalg.inv(half).T
        sizes = boxes[:, 2:] >= 0
    else:
        raise ValueError(to)
    if not np.all(sizes):
        raise ValueError("size below 0")
    return result


# %% alternative="convert_boxes"
def convert_boxes(boxes, to):
    rows = []
    for a, b, c, d in boxes:
        if to == "center" and a <= c and b <= d:
            rows.append([(a + c) / 2, (b + d) / 2, c - a, d - b])
        elif to == "corner" and c >= 0 and d >= 0:
            rows.append([a - c / 2, b - d / 2, a + c / 2, b + d / 2])
        else:
            raise ValueError("no box")
    if to not in ("center", "corner"):
        raise ValueError(to)
    return np.array(rows, dtype=float).reshape(len(boxes), 4)


# %% wrong="encode_grid" says="the place in the cell"
def encode_grid(boxes, labels, n_classes, size, cells):
    Y = np.zeros((*cells, 5 + n_classes))
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        x, y = (x1 + x2) / 2 * cells[1] / size[1], (y1 + y2) / 2 * cells[0] / size[0]
        if not (0 <= x <= cells[1] and 0 <= y <= cells[0]):
            raise ValueError("outside")
        row, column = min(int(y), cells[0] - 1), min(int(x), cells[1] - 1)
        if not Y[row, column, 0]:
            Y[row, column, :5] = 1, x, y, (x2 - x1) * cells[1] / size[1], (y2 - y1) * cells[0] / size[0]
            Y[row, column, 5 + label] = 1
    return Y


# %% wrong="encode_grid" says="a cell that was taken"
def encode_grid(boxes, labels, n_classes, size, cells):
    Y = np.zeros((*cells, 5 + n_classes))
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        x, y = (x1 + x2) / 2 * cells[1] / size[1], (y1 + y2) / 2 * cells[0] / size[0]
        if not (0 <= x <= cells[1] and 0 <= y <= cells[0]):
            raise ValueError("outside")
        row, column = min(int(y), cells[0] - 1), min(int(x), cells[1] - 1)
        if not Y[row, column, 0]:
            Y[row, column, :5] = 1, x - column, y - row, (x2 - x1) * cells[1] / size[1], (y2 - y1) * cells[0] / size[0]
        Y[row, column, 5 + label] = 1
    return Y


# %% wrong="encode_grid" says="the first box in the list"
def encode_grid(boxes, labels, n_classes, size, cells):
    Y = np.zeros((*cells, 5 + n_classes))
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        x, y = (x1 + x2) / 2 * cells[1] / size[1], (y1 + y2) / 2 * cells[0] / size[0]
        if not (0 <= x <= cells[1] and 0 <= y <= cells[0]):
            raise ValueError("outside")
        row, column = min(int(y), cells[0] - 1), min(int(x), cells[1] - 1)
        Y[row, column] = 0
        Y[row, column, :5] = 1, x - column, y - row, (x2 - x1) * cells[1] / size[1], (y2 - y1) * cells[0] / size[0]
        Y[row, column, 5 + label] = 1
    return Y


# %% wrong="encode_grid" says="row 0, column 2"
def encode_grid(boxes, labels, n_classes, size, cells):
    Y = np.zeros((*cells, 5 + n_classes))
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        x, y = (x1 + x2) / 2 * cells[1] / size[1], (y1 + y2) / 2 * cells[0] / size[0]
        if not (0 <= x <= cells[1] and 0 <= y <= cells[0]):
            raise ValueError("outside")
        row, column = max(int(np.ceil(y)) - 1, 0), max(int(np.ceil(x)) - 1, 0)
        if not Y[row, column, 0]:
            Y[row, column, :5] = 1, x - column, y - row, (x2 - x1) * cells[1] / size[1], (y2 - y1) * cells[0] / size[0]
            Y[row, column, 5 + label] = 1
    return Y


# %% wrong="encode_grid" says="expected a ValueError"
def encode_grid(boxes, labels, n_classes, size, cells):
    Y = np.zeros((*cells, 5 + n_classes))
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        x, y = (x1 + x2) / 2 * cells[1] / size[1], (y1 + y2) / 2 * cells[0] / size[0]
        row, column = max(min(int(y), cells[0] - 1), 0), max(min(int(x), cells[1] - 1), 0)
        if not Y[row, column, 0]:
            Y[row, column, :5] = 1, x - column, y - row, (x2 - x1) * cells[1] / size[1], (y2 - y1) * cells[0] / size[0]
            Y[row, column, 5 + label] = 1
    return Y


# %% wrong="encode_grid" says="with centres on lines and edges"
def encode_grid(boxes, labels, n_classes, size, cells):
    Y = np.zeros((*cells, 5 + n_classes))
    scale = np.array([cells[1] / size[1], cells[0] / size[0]] * 2)
    for (x, y, w, h), label in zip(convert_boxes(boxes, "center") * scale, labels, strict=True):
        if not (0 <= x <= cells[1] and 0 <= y <= cells[0]):
            raise ValueError("outside")
        if not Y[int(y), int(x), 0]:
            Y[int(y), int(x), :5] = 1, x % 1, y % 1, w, h
            Y[int(y), int(x), 5 + label] = 1
    return Y


# %% alternative="encode_grid"
def encode_grid(boxes, labels, n_classes, size, cells):
    high, wide = size[0] / cells[0], size[1] / cells[1]
    Y = np.zeros((*cells, 5 + n_classes))
    for number in reversed(range(len(boxes))):
        x1, y1, x2, y2 = (float(k) for k in boxes[number])
        x, y = (x1 + x2) / 2, (y1 + y2) / 2
        if x < 0 or y < 0 or x > size[1] or y > size[0]:
            raise ValueError("outside")
        column = cells[1] - 1 if x == size[1] else int(x * cells[1] // size[1])
        row = cells[0] - 1 if y == size[0] else int(y * cells[0] // size[0])
        vector = [
            1,
            x / wide - column,
            y / high - row,
            (x2 - x1) / wide,
            (y2 - y1) / high,
            *np.eye(n_classes)[labels[number]],
        ]
        Y[row, column] = vector
    return Y


# %% alternative="encode_grid"
def encode_grid(boxes, labels, n_classes, size, cells):
    rows, columns = cells
    scale = np.array([columns, rows]) / np.array([size[1], size[0]])
    middles, sizes = (boxes[:, :2] + boxes[:, 2:]) / 2 * scale, (boxes[:, 2:] - boxes[:, :2]) * scale
    if np.any(middles < 0) or np.any(middles > [columns, rows]):
        raise ValueError("a centre is outside")
    places = np.minimum(middles.astype(int), [columns - 1, rows - 1])
    _, first = np.unique(places, axis=0, return_index=True)
    Y = np.zeros((rows, columns, 5 + n_classes))
    for k in first:
        column, row = places[k]
        Y[row, column, 0] = 1
        Y[row, column, 1:3] = middles[k] - places[k]
        Y[row, column, 3:5] = sizes[k]
        Y[row, column, 5 + labels[k]] = 1
    return Y


# %% wrong="decode_grid" says="these are centre and size"
def decode_grid(grid, size, least):
    scores, labels = grid[..., 0] * grid[..., 5:].max(axis=2), grid[..., 5:].argmax(axis=2)
    rows, columns = np.indices(grid.shape[:2])
    scale = np.array([size[1], size[0]] * 2) / (list(grid.shape[1::-1]) * 2)
    boxes = np.stack([grid[..., 1] + columns, grid[..., 2] + rows, grid[..., 3], grid[..., 4]], axis=2) * scale
    return boxes[scores >= least], scores[scores >= least], labels[scores >= least]


# %% wrong="decode_grid" says="add the cell's row and column"
def decode_grid(grid, size, least):
    scores, labels = grid[..., 0] * grid[..., 5:].max(axis=2), grid[..., 5:].argmax(axis=2)
    scale = np.array([size[1], size[0]] * 2) / (list(grid.shape[1::-1]) * 2)
    boxes = grid[..., 1:5] * scale
    boxes = np.concatenate([boxes[..., :2] - boxes[..., 2:] / 2, boxes[..., :2] + boxes[..., 2:] / 2], axis=2)
    return boxes[scores >= least], scores[scores >= least], labels[scores >= least]


# %% wrong="decode_grid" says="times p_c"
def decode_grid(grid, size, least):
    scores, labels = grid[..., 5:].max(axis=2), grid[..., 5:].argmax(axis=2)
    rows, columns = np.indices(grid.shape[:2])
    scale = np.array([size[1], size[0]] * 2) / (list(grid.shape[1::-1]) * 2)
    boxes = np.stack([grid[..., 1] + columns, grid[..., 2] + rows, grid[..., 3], grid[..., 4]], axis=2) * scale
    boxes = np.concatenate([boxes[..., :2] - boxes[..., 2:] / 2, boxes[..., :2] + boxes[..., 2:] / 2], axis=2)
    good = (scores >= least) & (grid[..., 0] > 0)
    return boxes[good], scores[good], labels[good]


# %% wrong="decode_grid" says="with equal classes"
def decode_grid(grid, size, least):
    classes = grid[..., 5:]
    scores, labels = grid[..., 0] * classes.max(axis=2), classes.shape[2] - 1 - classes[..., ::-1].argmax(axis=2)
    rows, columns = np.indices(grid.shape[:2])
    scale = np.array([size[1], size[0]] * 2) / (list(grid.shape[1::-1]) * 2)
    boxes = np.stack([grid[..., 1] + columns, grid[..., 2] + rows, grid[..., 3], grid[..., 4]], axis=2) * scale
    boxes = np.concatenate([boxes[..., :2] - boxes[..., 2:] / 2, boxes[..., :2] + boxes[..., 2:] / 2], axis=2)
    return boxes[scores >= least], scores[scores >= least], labels[scores >= least]


# %% alternative="decode_grid"
def decode_grid(grid, size, least):
    boxes, scores, labels = [], [], []
    for row in range(len(grid)):
        for column in range(len(grid[0])):
            p, x, y, w, h = grid[row, column, :5]
            label = int(np.argmax(grid[row, column, 5:]))
            score = p * grid[row, column, 5 + label]
            if score >= least:
                high, wide = size[0] / len(grid), size[1] / len(grid[0])
                x, y = (column + x) * wide, (row + y) * high
                boxes.append([x - w * wide / 2, y - h * high / 2, x + w * wide / 2, y + h * high / 2])
                scores.append(score)
                labels.append(label)
    return np.array(boxes, dtype=float).reshape(-1, 4), np.array(scores, dtype=float), np.array(labels, dtype=int)


# %% alternative="decode_grid"
def decode_grid(grid, size, least):
    rows, columns, _ = grid.shape
    flat = grid.reshape(rows * columns, -1)
    products = flat[:, :1] * flat[:, 5:]
    keep = np.flatnonzero(products.max(axis=1) >= least)
    places = np.column_stack([keep % columns, keep // columns])
    unit = np.array([size[1] / columns, size[0] / rows])
    middle, half = (places + flat[keep, 1:3]) * unit, flat[keep, 3:5] * unit / 2
    return np.hstack([middle - half, middle + half]), products[keep].max(axis=1), flat[keep, 5:].argmax(axis=1)


# %% wrong="iou" says="without + 1"
def iou(box, boxes):
    if np.any(box[2:] < box[:2]) or np.any(boxes[:, 2:] < boxes[:, :2]):
        raise ValueError("corners")
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2]) + 1
    intersection = np.prod(np.maximum(sides, 0), axis=1)
    area = lambda b: np.prod(b[..., 2:] - b[..., :2] + 1, axis=-1)  # noqa: E731
    return intersection / (area(box) + area(boxes) - intersection)


# %% wrong="iou" says="counted twice"
def iou(box, boxes):
    if np.any(box[2:] < box[:2]) or np.any(boxes[:, 2:] < boxes[:, :2]):
        raise ValueError("corners")
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    intersection = np.prod(np.maximum(sides, 0), axis=1)
    return intersection / (np.prod(box[2:] - box[:2]) + np.prod(boxes[:, 2:] - boxes[:, :2], axis=1))


# %% wrong="iou" says="two sides below 0"
def iou(box, boxes):
    if np.any(box[2:] < box[:2]) or np.any(boxes[:, 2:] < boxes[:, :2]):
        raise ValueError("corners")
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    intersection = np.maximum(np.prod(sides, axis=1), 0)
    union = np.prod(box[2:] - box[:2]) + np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) - intersection
    return intersection / np.where(union == 0, 1, union)


# %% wrong="iou" says="share of the first box"
def iou(box, boxes):
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    return np.prod(np.maximum(sides, 0), axis=1) / np.prod(box[2:] - box[:2])


# %% wrong="iou" says="not finite"
def iou(box, boxes):
    if np.any(box[2:] < box[:2]) or np.any(boxes[:, 2:] < boxes[:, :2]):
        raise ValueError("corners")
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    intersection = np.prod(np.maximum(sides, 0), axis=1)
    with np.errstate(all="ignore"):
        return intersection / (np.prod(box[2:] - box[:2]) + np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) - intersection)


# %% wrong="iou" says="about 1e-9"
def iou(box, boxes):
    if np.any(box[2:] < box[:2]) or np.any(boxes[:, 2:] < boxes[:, :2]):
        raise ValueError("corners")
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    intersection = np.prod(np.maximum(sides, 0), axis=1)
    union = np.prod(box[2:] - box[:2]) + np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) - intersection
    return intersection / np.maximum(union, 1e-12)


# %% alternative="iou"
def iou(box, boxes):
    values = []
    for x1, y1, x2, y2 in np.vstack([box, boxes]):
        if x1 > x2 or y1 > y2:
            raise ValueError("corners")
        wide, high = min(x2, box[2]) - max(x1, box[0]), min(y2, box[3]) - max(y1, box[1])
        common = wide * high if wide > 0 and high > 0 else 0
        values.append(
            common / ((x2 - x1) * (y2 - y1) + (box[2] - box[0]) * (box[3] - box[1]) - common) if common else 0
        )
    return np.array(values[1:], dtype=float)


# %% alternative="iou"
def iou(box, boxes):
    x1, y1, x2, y2 = np.asarray(boxes, dtype=float).T
    a1, b1, a2, b2 = np.asarray(box, dtype=float)
    if a1 > a2 or b1 > b2 or (x1 > x2).any() or (y1 > y2).any():
        raise ValueError("corners are exchanged")
    common = np.clip(np.fmin(x2, a2) - np.fmax(x1, a1), 0, None) * np.clip(np.fmin(y2, b2) - np.fmax(y1, b1), 0, None)
    union = (x2 - x1) * (y2 - y1) + (a2 - a1) * (b2 - b1) - common
    return np.divide(common, union, out=np.zeros(len(boxes)), where=union > 0)


# %% wrong="nms" says="was dropped before"
def nms(boxes, scores, overlap, labels=None):
    order = np.argsort(-scores, kind="stable")
    kept = []
    for place, row in enumerate(order):
        before = order[:place]
        same = np.ones(place, dtype=bool) if labels is None else labels[before] == labels[row]
        if not np.any((iou(boxes[row], boxes[before]) > overlap) & same):
            kept.append(row)
    return np.array(kept, dtype=int)


# %% wrong="nms" says="the best score comes first"
def nms(boxes, scores, overlap, labels=None):
    left, kept = np.argsort(-scores, kind="stable"), []
    while len(left):
        best, left = left[0], left[1:]
        kept.append(best)
        same = np.ones(len(left), dtype=bool) if labels is None else labels[left] == labels[best]
        left = left[(iou(boxes[best], boxes[left]) <= overlap) | ~same]
    return np.sort(np.array(kept, dtype=int))


# %% wrong="nms" says="labels 1, 1, 0, 1"
def nms(boxes, scores, overlap, labels=None):
    left, kept = np.argsort(-scores, kind="stable"), []
    while len(left):
        best, left = left[0], left[1:]
        kept.append(best)
        left = left[iou(boxes[best], boxes[left]) <= overlap]
    return np.array(kept, dtype=int)


# %% wrong="nms" says="with an IoU equal to overlap"
def nms(boxes, scores, overlap, labels=None):
    left, kept = np.argsort(-scores, kind="stable"), []
    while len(left):
        best, left = left[0], left[1:]
        kept.append(best)
        same = np.ones(len(left), dtype=bool) if labels is None else labels[left] == labels[best]
        left = left[(iou(boxes[best], boxes[left]) < overlap) | ~same]
    return np.array(kept, dtype=int)


# %% wrong="nms" says="values are wrong"
def nms(boxes, scores, overlap, labels=None):
    left, kept = np.argsort(scores, kind="stable")[::-1], []
    while len(left):
        best, left = left[0], left[1:]
        kept.append(best)
        same = np.ones(len(left), dtype=bool) if labels is None else labels[left] == labels[best]
        left = left[(iou(boxes[best], boxes[left]) <= overlap) | ~same]
    return np.array(kept, dtype=int)


# %% wrong="nms" says="nms(boxes, scores, overlap, labels)"
def nms(boxes, scores, overlap, labels=None):
    scores, kept = scores.astype(float), []
    while np.any(scores > 0):
        best = int(np.argmax(scores))
        kept.append(best)
        same = np.ones(len(boxes), dtype=bool) if labels is None else labels == labels[best]
        scores[(iou(boxes[best], boxes) > overlap) & same] = 0
        scores[best] = 0
    return np.array(kept, dtype=int)


# %% alternative="nms"
def nms(boxes, scores, overlap, labels=None):
    waiting = sorted(range(len(boxes)), key=lambda row: -scores[row])
    kept = []
    for row in waiting:
        rivals = [other for other in kept if labels is None or labels[other] == labels[row]]
        if not rivals or max(iou(boxes[row], boxes[rivals])) <= overlap:
            kept.append(row)
    return np.array(kept, dtype=int)


# %% alternative="nms"
def nms(boxes, scores, overlap, labels=None):
    alive = [True] * len(boxes)
    kept = []
    while any(alive):
        best = max((row for row in range(len(boxes)) if alive[row]), key=lambda row: scores[row])
        kept.append(best)
        alive[best] = False
        shares = iou(boxes[best], boxes)
        for row in range(len(boxes)):
            if shares[row] > overlap and (labels is None or labels[row] == labels[best]):
                alive[row] = False
    return np.array(kept, dtype=int)


# %% wrong="true_positives" says="found only once"
def true_positives(boxes, scores, truth, least):
    return np.array([len(truth) > 0 and np.max(iou(box, truth)) >= least for box in boxes], dtype=bool)


# %% wrong="true_positives" says="not the best IoU"
def true_positives(boxes, scores, truth, least):
    right = np.zeros(len(boxes), dtype=bool)
    for box in truth:
        shares = iou(box, boxes)
        if len(boxes) and shares.max() >= least:
            right[np.argmax(shares)] = True
    return right


# %% wrong="true_positives" says="with IoUs equal to least"
def true_positives(boxes, scores, truth, least):
    right, free = np.zeros(len(boxes), dtype=bool), list(range(len(truth)))
    for row in np.argsort(-scores, kind="stable"):
        shares = iou(boxes[row], truth[free])
        if free and shares.max() > least:
            right[row] = True
            free.pop(int(np.argmax(shares)))
    return right


# %% wrong="true_positives" says="true_positives(boxes, scores, truth, least)"
def true_positives(boxes, scores, truth, least):
    right, free = np.zeros(len(boxes), dtype=bool), list(range(len(truth)))
    for row in np.argsort(scores, kind="stable")[::-1]:
        shares = iou(boxes[row], truth[free])
        if free and shares.max() >= least:
            right[row] = True
            free.pop(int(np.argmax(shares)))
    return right


# %% wrong="true_positives" says="true_positives"
def true_positives(boxes, scores, truth, least):
    right, taken = np.zeros(len(boxes), dtype=bool), set()
    for row in np.argsort(-scores, kind="stable"):
        if len(truth):
            shares = iou(boxes[row], truth)
            best = int(np.argmax(shares))
            if shares[best] >= least and best not in taken:
                right[row] = True
                taken.add(best)
    return right


# %% alternative="true_positives"
def true_positives(boxes, scores, truth, least):
    right, free = [False] * len(boxes), list(range(len(truth)))
    for row in sorted(range(len(boxes)), key=lambda row: -scores[row]):
        if free:
            shares = list(iou(boxes[row], truth[free]))
            if max(shares) >= least:
                right[row] = True
                del free[shares.index(max(shares))]
    return np.array(right, dtype=bool)


# %% alternative="true_positives"
def true_positives(boxes, scores, truth, least):
    table = np.array([iou(box, truth) for box in boxes]).reshape(len(boxes), len(truth))
    right = np.zeros(len(boxes), dtype=bool)
    for row in np.lexsort((np.arange(len(boxes)), -scores)):
        if table.shape[1] and table[row].max() >= least:
            right[row] = True
            table[:, table[row].argmax()] = -1
    return right


# %% wrong="average_precision" says="the dips are not filled up"
def average_precision(right, scores, n_truth):
    if n_truth < 1:
        raise ValueError("nothing")
    found = np.cumsum(right[np.argsort(-scores, kind="stable")].astype(int))
    precision, recall = found / np.arange(1, len(found) + 1), found / n_truth
    return float(np.sum(np.diff(recall, prepend=0) * precision))


# %% wrong="average_precision" says="divide by n_truth"
def average_precision(right, scores, n_truth):
    if n_truth < 1:
        raise ValueError("nothing")
    found = np.cumsum(right[np.argsort(-scores, kind="stable")].astype(int))
    precision, recall = found / np.arange(1, len(found) + 1), found / max(right.sum(), 1)
    return float(np.sum(np.diff(recall, prepend=0) * np.maximum.accumulate(precision[::-1])[::-1]))


# %% wrong="average_precision" says="equal scores come in together"
def average_precision(right, scores, n_truth):
    if n_truth < 1:
        raise ValueError("nothing")
    found = np.cumsum(right[np.argsort(-scores, kind="stable")].astype(int))
    precision, recall = found / np.arange(1, len(found) + 1), found / n_truth
    return float(np.sum(np.diff(recall, prepend=0) * np.maximum.accumulate(precision[::-1])[::-1]))


# %% wrong="average_precision" says="expected a ValueError"
def average_precision(right, scores, n_truth):
    area, before = 0.0, 0.0
    points = [(np.sum(right[scores >= t]), np.sum(scores >= t)) for t in np.unique(scores)[::-1]]
    for k, (found, _) in enumerate(points):
        area += (found / n_truth - before) * max(a / b for a, b in points[k:])
        before = found / n_truth
    return area


# %% alternative="average_precision"
def average_precision(right, scores, n_truth):
    if n_truth < 1:
        raise ValueError("there is nothing to find")
    area, best, after = 0.0, 0.0, None
    for t in np.unique(scores):
        kept = scores >= t
        found = int(np.sum(right[kept]))
        if after is not None:
            area += (after - found) * best
        best = max(best, found / int(np.sum(kept)))
        after = found
    return (area + (after or 0) * best) / n_truth


# %% alternative="average_precision"
def average_precision(right, scores, n_truth):
    if n_truth < 1:
        raise ValueError("there is nothing to find")
    points = []
    for t in sorted(set(scores.tolist()))[::-1]:
        kept = [hit for hit, score in zip(right, scores, strict=True) if score >= t]
        points.append((sum(bool(hit) for hit in kept), len(kept)))
    area = 0
    for k in range(len(points)):
        step = points[k][0] - (points[k - 1][0] if k else 0)
        area += step / n_truth * max(found / total for found, total in points[k:])
    return area


# %% wrong="ap_over_thresholds" says="mean of the pictures"
def ap_over_thresholds(pictures, thresholds):
    values = []
    for least in thresholds:
        each = [average_precision(true_positives(b, s, t, least), s, len(t)) for b, s, t in pictures]
        values.append(np.mean(each))
    return np.array(values)


# %% wrong="ap_over_thresholds" says="without boxes is missed"
def ap_over_thresholds(pictures, thresholds):
    pictures = [picture for picture in pictures if len(picture[0])]
    scores, n = np.concatenate([s for _, s, _ in pictures]), sum(len(t) for *_, t in pictures)
    values = []
    for least in thresholds:
        values.append(average_precision(np.concatenate([true_positives(*p, least) for p in pictures]), scores, n))
    return np.array(values)


# %% wrong="ap_over_thresholds" says="ap_over_thresholds"
def ap_over_thresholds(pictures, thresholds):
    boxes, scores, truth = (np.concatenate(parts) for parts in zip(*pictures, strict=True))
    return np.array(
        [average_precision(true_positives(boxes, scores, truth, t), scores, len(truth)) for t in thresholds]
    )


# %% wrong="ap_over_thresholds" says="right but in the wrong places"
def ap_over_thresholds(pictures, thresholds):
    scores, n = np.concatenate([s for _, s, _ in pictures]), sum(len(t) for *_, t in pictures)
    values = []
    for least in sorted(thresholds):
        values.append(average_precision(np.concatenate([true_positives(*p, least) for p in pictures]), scores, n))
    return np.array(values)


# %% alternative="ap_over_thresholds"
def ap_over_thresholds(pictures, thresholds):
    values = []
    for least in thresholds:
        hits, scores, n = [], [], 0
        for boxes, own, truth in pictures:
            hits.extend(true_positives(boxes, own, truth, least))
            scores.extend(own)
            n += len(truth)
        values.append(average_precision(np.array(hits, dtype=bool), np.array(scores, dtype=float), n))
    return np.array(values)


# %% alternative="ap_over_thresholds"
def ap_over_thresholds(pictures, thresholds):
    count = sum(truth.shape[0] for _, _, truth in pictures)

    def value(least):
        found = [
            (hit, score) for b, s, t in pictures for hit, score in zip(true_positives(b, s, t, least), s, strict=True)
        ]
        hits, scores = zip(*found, strict=True) if found else ((), ())
        return average_precision(np.array(hits, dtype=bool), np.array(scores, dtype=float), count)

    return np.fromiter(map(value, thresholds), dtype=float)


# %% equivalent="decode_grid" mutant="number type of the first argument" why="the grid is of floats"


# %% equivalent="ap_over_thresholds" mutant="arguments clipped at 10" why="thresholds are at most 1"
