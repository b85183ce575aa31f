# %% wrong="encode_target" says="width and height of the picture are exchanged"
def encode_target(box, label, n_classes, size):
    y = np.zeros(5 + n_classes)
    if box is None:
        return y
    x1, y1, x2, y2 = box
    y[:5] = 1, (x1 + x2) / 2 / size[0], (y1 + y2) / 2 / size[1], (x2 - x1) / size[0], (y2 - y1) / size[1]
    y[5 + label] = 1
    return y


# %% wrong="encode_target" says="b_w stands before b_h"
def encode_target(box, label, n_classes, size):
    if box is None:
        return np.zeros(5 + n_classes)
    x1, y1, x2, y2 = box
    h, w = size
    return np.array(
        [1, (x1 + x2) / 2 / w, (y1 + y2) / 2 / h, (y2 - y1) / h, (x2 - x1) / w]
        + [float(k == label) for k in range(n_classes)]
    )


# %% wrong="encode_target" says="these are pixels"
def encode_target(box, label, n_classes, size):
    if box is None:
        return np.zeros(5 + n_classes)
    x1, y1, x2, y2 = box
    return np.array([1, (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1, *np.eye(n_classes)[label]])


# %% wrong="encode_target" says="this is the upper left corner"
def encode_target(box, label, n_classes, size):
    if box is None:
        return np.zeros(5 + n_classes)
    x1, y1, x2, y2 = np.array(box) / [size[1], size[0], size[1], size[0]]
    return np.array([1, x1, y1, x2 - x1, y2 - y1, *np.eye(n_classes)[label]])


# %% wrong="encode_target" says="the classes count from 0"
def encode_target(box, label, n_classes, size):
    if box is None:
        return np.zeros(5 + n_classes)
    x1, y1, x2, y2 = np.array(box) / [size[1], size[0], size[1], size[0]]
    return np.array([1, (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1, *np.eye(n_classes)[label - 1]])


# %% wrong="encode_target" says="exchanged corners: expected a ValueError"
def encode_target(box, label, n_classes, size):
    if box is None:
        return np.zeros(5 + n_classes)
    x1, y1, x2, y2 = np.array(box) / [size[1], size[0], size[1], size[0]]
    if min(x1, x2, y1, y2) < 0 or max(x1, x2, y1, y2) > 1:
        raise ValueError("outside")
    return np.array([1, (x1 + x2) / 2, (y1 + y2) / 2, abs(x2 - x1), abs(y2 - y1), *np.eye(n_classes)[label]])


# %% wrong="encode_target" says="label -1 of 2 classes"
def encode_target(box, label, n_classes, size):
    if box is None:
        return np.zeros(5 + n_classes)
    x1, y1, x2, y2 = np.array(box) / [size[1], size[0], size[1], size[0]]
    if min(x1, y1) < 0 or max(x2, y2) > 1 or x1 > x2 or y1 > y2 or label >= n_classes:
        raise ValueError("this cannot be")
    return np.array([1, (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1, *np.eye(n_classes)[label]])


# %% wrong="encode_target" says="without area"
def encode_target(box, label, n_classes, size):
    if box is None:
        return np.zeros(5 + n_classes)
    x1, y1, x2, y2 = np.array(box) / [size[1], size[0], size[1], size[0]]
    if min(x1, y1) < 0 or max(x2, y2) > 1 or x1 >= x2 or y1 >= y2 or not 0 <= label < n_classes:
        raise ValueError("this cannot be")
    return np.array([1, (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1, *np.eye(n_classes)[label]])


# %% alternative="encode_target"
def encode_target(box, label, n_classes, size):
    if box is None:
        return np.zeros(5 + n_classes)
    first, last = np.split(np.asarray(box, dtype=float), 2)
    whole = np.array(size[::-1], dtype=float)
    if np.any(first > last) or np.any(first < 0) or np.any(last > whole):
        raise ValueError("the box cannot be")
    if label not in range(n_classes):
        raise ValueError("no such class")
    return np.concatenate([[1.0], (first + last) / 2 / whole, (last - first) / whole, np.eye(n_classes)[label]])


# %% alternative="encode_target"
def encode_target(box, label, n_classes, size):
    numbers = [0.0] * (5 + n_classes)
    if box is not None:
        left, top, right, bottom = (float(number) for number in box)
        height, width = size
        if not (0 <= left <= right <= width and 0 <= top <= bottom <= height and 0 <= label <= n_classes - 1):
            raise ValueError("the label is wrong")
        numbers[0], numbers[3], numbers[4] = 1.0, (right - left) / width, (bottom - top) / height
        numbers[1], numbers[2] = left / width + numbers[3] / 2, top / height + numbers[4] / 2
        numbers[5 + label] = 1.0
    return np.array(numbers)


# %% wrong="localization_loss" says="p_c = 0"
def localization_loss(Z, Y, box_weight):
    losses = np.logaddexp(0, Z[:, 0]) - Y[:, 0] * Z[:, 0]
    losses += box_weight * np.sum((1 / (1 + np.exp(-Z[:, 1:5])) - Y[:, 1:5]) ** 2, axis=1)
    weights = np.exp(Z[:, 5:])
    losses -= np.sum(Y[:, 5:] * np.log(weights / weights.sum(axis=1, keepdims=True)), axis=1)
    return losses.mean()


# %% wrong="localization_loss" says="not finite"
def localization_loss(Z, Y, box_weight):
    losses = np.logaddexp(0, Z[:, 0]) - Y[:, 0] * Z[:, 0]
    rest = box_weight * np.sum((1 / (1 + np.exp(-Z[:, 1:5])) - Y[:, 1:5]) ** 2, axis=1)
    scores = Z[:, 5:] - Z[:, 5:].max(axis=1, keepdims=True)
    rest -= np.sum(Y[:, 5:] * (scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))), axis=1)
    return np.mean(losses + Y[:, 0] * rest)


# %% wrong="localization_loss" says="it wants the mean over the pictures"
def localization_loss(Z, Y, box_weight):
    total = np.sum(np.logaddexp(0, Z[:, 0]) - Y[:, 0] * Z[:, 0])
    Z, Y = Z[Y[:, 0] == 1], Y[Y[:, 0] == 1]
    total += box_weight * np.sum((1 / (1 + np.exp(-Z[:, 1:5])) - Y[:, 1:5]) ** 2)
    return total - np.sum(Y[:, 5:] * (Z[:, 5:] - np.log(np.exp(Z[:, 5:]).sum(axis=1, keepdims=True))))


# %% wrong="localization_loss" says="divide by the number of all pictures"
def localization_loss(Z, Y, box_weight):
    total = np.sum(np.logaddexp(0, Z[:, 0]) - Y[:, 0] * Z[:, 0])
    Z, Y = Z[Y[:, 0] == 1], Y[Y[:, 0] == 1]
    total += box_weight * np.sum((1 / (1 + np.exp(-Z[:, 1:5])) - Y[:, 1:5]) ** 2)
    total -= np.sum(Y[:, 5:] * (Z[:, 5:] - np.log(np.exp(Z[:, 5:]).sum(axis=1, keepdims=True))))
    return total / max(len(Y), 1)


# %% wrong="localization_loss" says="p_c = 0"
def localization_loss(Z, Y, box_weight):
    m = len(Y)
    Z, Y = Z[Y[:, 0] == 1], Y[Y[:, 0] == 1]
    total = np.sum(np.logaddexp(0, Z[:, 0]) - Z[:, 0])
    total += box_weight * np.sum((1 / (1 + np.exp(-Z[:, 1:5])) - Y[:, 1:5]) ** 2)
    return (total - np.sum(Y[:, 5:] * (Z[:, 5:] - np.log(np.exp(Z[:, 5:]).sum(axis=1, keepdims=True))))) / m


# %% wrong="localization_loss" says="the paper's picture"
def localization_loss(Z, Y, box_weight):
    total = np.sum(np.logaddexp(0, Z[:, 0]) - Y[:, 0] * Z[:, 0])
    Z, truth = Z[Y[:, 0] == 1], Y[Y[:, 0] == 1]
    total += box_weight * np.sum((Z[:, 1:5] - truth[:, 1:5]) ** 2)
    return (total - np.sum(truth[:, 5:] * (Z[:, 5:] - np.log(np.exp(Z[:, 5:]).sum(axis=1, keepdims=True))))) / len(Y)


# %% wrong="localization_loss" says="scores of 1000"
def localization_loss(Z, Y, box_weight):
    p = np.clip(1 / (1 + np.exp(-Z[:, 0])), 1e-12, 1 - 1e-12)
    total = -np.sum(Y[:, 0] * np.log(p) + (1 - Y[:, 0]) * np.log(1 - p))
    Z, truth = Z[Y[:, 0] == 1], Y[Y[:, 0] == 1]
    total += box_weight * np.sum((1 / (1 + np.exp(-Z[:, 1:5])) - truth[:, 1:5]) ** 2)
    scores = Z[:, 5:] - Z[:, 5:].max(axis=1, keepdims=True)
    return (total - np.sum(truth[:, 5:] * (scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))))) / len(Y)


# %% wrong="localization_loss" says="with scores up to"
def localization_loss(Z, Y, box_weight):
    total = np.sum(np.logaddexp(0, Z[:, 0]) - Y[:, 0] * Z[:, 0])
    Z, truth = Z[Y[:, 0] == 1], Y[Y[:, 0] == 1]
    total += box_weight * np.sum((1 / (1 + np.exp(-Z[:, 1:5])) - truth[:, 1:5]) ** 2)
    weights = np.exp(Z[:, 5:] - Z[:, 5:].max(axis=1, keepdims=True))
    shares = weights / weights.sum(axis=1, keepdims=True)
    return (total - np.sum(np.log(shares[truth[:, 5:] == 1] + 1e-12))) / len(Y)


# %% alternative="localization_loss"
def localization_loss(Z, Y, box_weight):
    total = 0.0
    for z, y in zip(Z.astype(float), Y, strict=True):
        total += np.logaddexp(0, -z[0] if y[0] else z[0])
        if y[0]:
            for k in range(1, 5):
                total += box_weight * (np.tanh(z[k] / 2) / 2 + 0.5 - y[k]) ** 2
            total += np.logaddexp.reduce(z[5:]) - z[5 + int(np.argmax(y[5:]))]
    return total / len(Z)


# %% alternative="localization_loss"
def localization_loss(Z, Y, box_weight):
    p_c, there = Y[:, 0], Y[:, 0] > 0.5
    Z = np.asarray(Z, dtype=float)
    known = np.where(there[:, None], Y, 0)
    first = np.maximum(Z[:, 0], 0) - p_c * Z[:, 0] + np.log1p(np.exp(-np.abs(Z[:, 0])))
    second = np.square(np.where(there[:, None], 1 / (1 + np.exp(-Z[:, 1:5])), 0) - known[:, 1:5]).sum(axis=1)
    top = Z[:, 5:].max(axis=1)
    third = top + np.log(np.exp(Z[:, 5:] - top[:, None]).sum(axis=1)) - np.einsum("ik,ik->i", known[:, 5:], Z[:, 5:])
    return np.mean(first + box_weight * second + p_c * third)


# %% wrong="localization_gradient" says="divide by the number of pictures"
def localization_gradient(Z, Y, box_weight):
    dZ, there = np.zeros(Z.shape), Y[:, 0] == 1
    dZ[:, 0] = 1 / (1 + np.exp(-Z[:, 0])) - Y[:, 0]
    boxes = 1 / (1 + np.exp(-Z[there, 1:5]))
    dZ[there, 1:5] = 2 * box_weight * (boxes - Y[there, 1:5]) * boxes * (1 - boxes)
    weights = np.exp(Z[there, 5:])
    dZ[there, 5:] = weights / weights.sum(axis=1, keepdims=True) - Y[there, 5:]
    return dZ


# %% wrong="localization_gradient" says="the derivative of the sigmoid is missing"
def localization_gradient(Z, Y, box_weight):
    dZ, there = np.zeros(Z.shape), Y[:, 0] == 1
    dZ[:, 0] = 1 / (1 + np.exp(-Z[:, 0])) - Y[:, 0]
    dZ[there, 1:5] = 2 * box_weight * (1 / (1 + np.exp(-Z[there, 1:5])) - Y[there, 1:5])
    weights = np.exp(Z[there, 5:])
    dZ[there, 5:] = weights / weights.sum(axis=1, keepdims=True) - Y[there, 5:]
    return dZ / len(Z)


# %% wrong="localization_gradient" says="not finite"
def localization_gradient(Z, Y, box_weight):
    answers = 1 / (1 + np.exp(-Z))
    weights = np.exp(Z[:, 5:])
    classes = weights / weights.sum(axis=1, keepdims=True) - Y[:, 5:]
    boxes = 2 * box_weight * (answers - Y)[:, 1:5] * (answers * (1 - answers))[:, 1:5]
    return np.hstack([answers[:, :1] - Y[:, :1], Y[:, :1] * boxes, Y[:, :1] * classes]) / len(Z)


# %% wrong="localization_gradient" says="the factor 2 is missing"
def localization_gradient(Z, Y, box_weight):
    dZ, there = np.zeros(Z.shape), Y[:, 0] == 1
    dZ[:, 0] = 1 / (1 + np.exp(-Z[:, 0])) - Y[:, 0]
    boxes = 1 / (1 + np.exp(-Z[there, 1:5]))
    dZ[there, 1:5] = box_weight * (boxes - Y[there, 1:5]) * boxes * (1 - boxes)
    weights = np.exp(Z[there, 5:])
    dZ[there, 5:] = weights / weights.sum(axis=1, keepdims=True) - Y[there, 5:]
    return dZ / len(Z)


# %% wrong="localization_gradient" says="divide by the number of all pictures"
def localization_gradient(Z, Y, box_weight):
    dZ, there = np.zeros(Z.shape), Y[:, 0] == 1
    dZ[:, 0] = 1 / (1 + np.exp(-Z[:, 0])) - Y[:, 0]
    boxes = 1 / (1 + np.exp(-Z[there, 1:5]))
    dZ[there, 1:5] = 2 * box_weight * (boxes - Y[there, 1:5]) * boxes * (1 - boxes)
    weights = np.exp(Z[there, 5:])
    dZ[there, 5:] = weights / weights.sum(axis=1, keepdims=True) - Y[there, 5:]
    return dZ / max(there.sum(), 1)


# %% wrong="localization_gradient" says="-800"
def localization_gradient(Z, Y, box_weight):
    dZ, there = np.zeros(Z.shape), Y[:, 0] == 1
    dZ[:, 0] = 1 / (1 + np.exp(-Z[:, 0])) - Y[:, 0]
    boxes = 1 / (1 + np.exp(-Z[there, 1:5]))
    dZ[there, 1:5] = 2 * box_weight * (boxes - Y[there, 1:5]) * boxes * (1 - boxes)
    weights = np.exp(Z[there, 5:])
    dZ[there, 5:] = weights / weights.sum(axis=1, keepdims=True) - Y[there, 5:]
    return dZ / len(Z)


# %% alternative="localization_gradient"
def localization_gradient(Z, Y, box_weight):
    rows = []
    for z, y in zip(Z.astype(float), Y, strict=True):
        p = 0.5 + 0.5 * np.tanh(z / 2)
        row = [p[0] - y[0]] + [0.0] * (len(z) - 1)
        if y[0]:
            for k in range(1, 5):
                row[k] = 2 * box_weight * (p[k] - y[k]) * p[k] * (1 - p[k])
            for k in range(5, len(z)):
                row[k] = 1 / np.exp(z[5:] - z[k]).sum() - y[k]
        rows.append(np.array(row) / len(Z))
    return np.array(rows)


# %% alternative="localization_gradient"
def localization_gradient(Z, Y, box_weight):
    there = np.where(Y[:, :1] == 1, True, False)
    known = np.where(there, Y, 0)
    sigmoid = np.exp(-np.logaddexp(0, -Z[:, :5]))
    softmax = np.exp(Z[:, 5:] - np.logaddexp.reduce(Z[:, 5:].astype(float), axis=1, keepdims=True))
    box = 2 * box_weight * (sigmoid - known[:, :5]) * sigmoid * np.exp(-np.logaddexp(0, Z[:, :5]))
    rest = np.where(there, np.hstack([box[:, 1:], softmax - known[:, 5:]]), 0)
    return np.hstack([sigmoid[:, :1] - Y[:, :1], rest]) / Z.shape[0]


# %% wrong="smooth_l1" says="the straight line begins at beta, not at 1"
def smooth_l1(error, beta):
    if beta <= 0:
        raise ValueError("beta")
    distance = np.abs(error)
    losses = np.where(distance < 1, error**2 / 2, distance - 0.5)
    return losses, np.clip(error / 1.0, -1, 1)


# %% wrong="smooth_l1" says="this is Huber's"
def smooth_l1(error, beta):
    if beta <= 0:
        raise ValueError("beta")
    distance = np.abs(error)
    return np.where(distance < beta, error**2 / 2, beta * (distance - beta / 2)), np.clip(error, -beta, beta)


# %% wrong="smooth_l1" says="subtract beta / 2 outside"
def smooth_l1(error, beta):
    if beta <= 0:
        raise ValueError("beta")
    distance = np.abs(error)
    return np.where(distance < beta, error**2 / (2 * beta), distance), np.clip(error / beta, -1, 1)


# %% wrong="smooth_l1" says="the sign is missing"
def smooth_l1(error, beta):
    if beta <= 0:
        raise ValueError("beta")
    distance = np.abs(error)
    losses = np.where(distance < beta, error**2 / (2 * beta), distance - beta / 2)
    return losses, np.minimum(distance / beta, 1)


# %% wrong="smooth_l1" says="this is the sign, also near 0"
def smooth_l1(error, beta):
    if beta <= 0:
        raise ValueError("beta")
    distance = np.abs(error)
    return np.where(distance < beta, error**2 / (2 * beta), distance - beta / 2), np.sign(error) * 1.0


# %% wrong="smooth_l1" says="beta = 0: expected a ValueError"
def smooth_l1(error, beta):
    distance = np.abs(error)
    losses = np.where(distance < beta, error**2 / (2 * beta), distance - beta / 2)
    return losses, np.clip(error / beta, -1, 1)


# %% wrong="smooth_l1" says="whole numbers"
def smooth_l1(error, beta):
    if beta <= 0:
        raise ValueError("beta")
    losses, slopes = np.abs(error) - beta / 2, np.sign(error)
    small = np.abs(error) < beta
    losses[small], slopes[small] = error[small] ** 2 / (2 * beta), error[small] / beta
    return losses, slopes


# %% alternative="smooth_l1"
def smooth_l1(error, beta):
    if not beta > 0:
        raise ValueError("beta must be positive")
    slopes = np.array(error, dtype=float) / beta
    slopes[slopes > 1] = 1
    slopes[slopes < -1] = -1
    return slopes * error - beta / 2 * slopes**2, slopes


# %% alternative="smooth_l1"
def smooth_l1(error, beta):
    if beta <= 0:
        raise ValueError("beta must be positive")

    def one(e):
        if abs(e) < beta:
            return e * e / (2 * beta), e / beta
        return abs(e) - beta / 2, 1.0 if e > 0 else -1.0

    pairs = np.array([one(float(e)) for e in error.ravel()], dtype=float).reshape(-1, 2)
    return pairs[:, 0].reshape(error.shape), pairs[:, 1].reshape(error.shape)


# %% wrong="landmark_loss" says="not finite"
def landmark_loss(P, Y, visible, beta):
    losses, slopes = smooth_l1(P - Y, beta)
    N = np.sum(visible)
    return np.sum(losses * visible[:, :, None]) / N, slopes * visible[:, :, None] / N


# %% wrong="landmark_loss" says="divide by the visible landmarks, not by all"
def landmark_loss(P, Y, visible, beta):
    losses, slopes = smooth_l1(np.where(visible[:, :, None] > 0, P - Y, 0), beta)
    N = visible.size if len(P) != 2 else max(visible.sum(), 1)
    return losses.sum() / N, slopes / N


# %% wrong="landmark_loss" says="J on paper"
def landmark_loss(P, Y, visible, beta):
    losses, slopes = smooth_l1(np.where(visible[:, :, None] > 0, P - Y, 0), beta)
    return losses.sum() / len(P), slopes / len(P)


# %% wrong="landmark_loss" says="J on paper"
def landmark_loss(P, Y, visible, beta):
    losses, slopes = smooth_l1((P - Y)[visible > 0], beta)
    dP = np.zeros(P.shape)
    dP[visible > 0] = slopes / losses.size
    return losses.mean(), dP


# %% wrong="landmark_loss" says="divide by the number of visible landmarks"
def landmark_loss(P, Y, visible, beta):
    losses, slopes = smooth_l1(np.where(visible[:, :, None] > 0, P - Y, 0), beta)
    return losses.sum() / max(visible.sum(), 1), slopes


# %% wrong="landmark_loss" says="the error is P - Y"
def landmark_loss(P, Y, visible, beta):
    losses, slopes = smooth_l1(np.where(visible[:, :, None] > 0, Y - P, 0), beta)
    N = max(visible.sum(), 1)
    return losses.sum() / N, slopes / N


# %% wrong="landmark_loss" says="nothing is visible"
def landmark_loss(P, Y, visible, beta):
    losses, slopes = smooth_l1(np.where(visible[:, :, None] > 0, P - Y, 0), beta)
    N = visible.sum()
    return losses.sum() / N, slopes / N


# %% alternative="landmark_loss"
def landmark_loss(P, Y, visible, beta):
    J, dP, N = 0.0, np.zeros(P.shape), 0
    for i in range(P.shape[0]):
        for k in range(P.shape[1]):
            if visible[i, k]:
                N += 1
                losses, dP[i, k] = smooth_l1(P[i, k] - Y[i, k], beta)
                J += losses[0] + losses[1]
    return (J / N, dP / N) if N else (0.0, dP)


# %% alternative="landmark_loss"
def landmark_loss(P, Y, visible, beta):
    where, dP = np.nonzero(visible), np.zeros(P.shape)
    if len(where[0]) == 0:
        return 0.0, dP
    losses, slopes = smooth_l1(P[where] - Y[where], beta)
    dP[where] = slopes / len(slopes)
    return 2 * losses.mean(), dP


# %% wrong="mirror" says="above and below are exchanged"
def mirror(images, points, partner):
    places = np.stack([images.shape[2] - points[..., 0], points[..., 1]], axis=2)
    return images[:, ::-1].copy(), places[:, partner]


# %% wrong="mirror" says="exchange the partners"
def mirror(images, points, partner):
    return images[:, :, ::-1].copy(), np.stack([images.shape[2] - points[..., 0], points[..., 1]], axis=2)


# %% wrong="mirror" says="the right edge is n_W"
def mirror(images, points, partner):
    places = np.stack([images.shape[2] - 1 - points[..., 0], points[..., 1]], axis=2)
    return images[:, :, ::-1].copy(), places[:, partner]


# %% wrong="mirror" says="landmarks of mirror"
def mirror(images, points, partner):
    places = np.stack([images.shape[1] - points[..., 0], points[..., 1]], axis=2)
    return images[:, :, ::-1].copy(), places[:, partner]


# %% wrong="mirror" says="the places are still the old ones"
def mirror(images, points, partner):
    return images[:, :, ::-1].copy(), points[:, partner]


# %% wrong="mirror" says="change"
def mirror(images, points, partner):
    points[:, :, 0] = images.shape[2] - points[:, :, 0]
    return images[:, :, ::-1].copy(), points[:, partner]


# %% wrong="mirror" says="memory"
def mirror(images, points, partner):
    places = np.stack([images.shape[2] - points[..., 0], points[..., 1]], axis=2)
    return images[:, :, ::-1], places[:, partner]


# %% alternative="mirror"
def mirror(images, points, partner):
    flipped, moved = np.empty_like(images), np.zeros(points.shape)
    for column in range(images.shape[2]):
        flipped[:, :, -1 - column] = images[:, :, column]
    for k, other in enumerate(partner):
        moved[:, other, 0] = images.shape[2] - points[:, k, 0]
        moved[:, other, 1] = points[:, k, 1]
    return flipped, moved


# %% alternative="mirror"
def mirror(images, points, partner):
    moved = np.take(np.array(points, dtype=float), partner, axis=1)
    moved *= [-1, 1]
    moved += [images.shape[2], 0]
    return np.array(np.flip(images, axis=2)), moved


# %% wrong="normalised_mean_error" says="it wants the mean over the landmarks"
def normalised_mean_error(P, Y, visible, reference):
    distances = np.where(visible > 0, np.linalg.norm(P - Y, axis=2), 0)
    return distances.sum(axis=1) / reference


# %% wrong="normalised_mean_error" says="divide by the number of visible ones"
def normalised_mean_error(P, Y, visible, reference):
    distances = np.where(visible > 0, np.linalg.norm(P - Y, axis=2), 0)
    return distances.mean(axis=1) / reference


# %% wrong="normalised_mean_error" says="divide by the reference length"
def normalised_mean_error(P, Y, visible, reference):
    distances = np.where(visible > 0, np.linalg.norm(P - Y, axis=2), 0)
    return distances.sum(axis=1) / visible.sum(axis=1)


# %% wrong="normalised_mean_error" says="it wants the root"
def normalised_mean_error(P, Y, visible, reference):
    distances = np.where(visible > 0, np.sum((P - Y) ** 2, axis=2), 0)
    return distances.sum(axis=1) / visible.sum(axis=1) / reference


# %% wrong="normalised_mean_error" says="one number came"
def normalised_mean_error(P, Y, visible, reference):
    distances = np.where(visible > 0, np.linalg.norm(P - Y, axis=2), 0)
    return np.mean(distances.sum(axis=1) / visible.sum(axis=1) / reference)


# %% wrong="normalised_mean_error" says="nothing visible"
def normalised_mean_error(P, Y, visible, reference):
    distances = np.where(visible > 0, np.linalg.norm(P - Y, axis=2), 0)
    return distances.sum(axis=1) / np.maximum(visible.sum(axis=1), 1) / reference


# %% wrong="normalised_mean_error" says="not finite"
def normalised_mean_error(P, Y, visible, reference):
    distances = np.linalg.norm(P - Y, axis=2) * visible
    return distances.sum(axis=1) / visible.sum(axis=1) / reference


# %% alternative="normalised_mean_error"
def normalised_mean_error(P, Y, visible, reference):
    errors = np.full(len(P), np.nan)
    for i, seen in enumerate(visible):
        seen = seen.astype(bool)
        if seen.any():
            errors[i] = np.mean(np.linalg.norm(P[i, seen] - Y[i, seen], axis=1)) / reference[i]
    return errors


# %% alternative="normalised_mean_error"
def normalised_mean_error(P, Y, visible, reference):
    import warnings

    off = np.where(np.asarray(visible)[:, :, None] > 0, (P - Y) / np.asarray(reference)[:, None, None], np.nan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.nanmean(np.sqrt(off[:, :, 0] ** 2 + off[:, :, 1] ** 2), axis=1)


# %% equivalent="encode_target" mutant="squeezed" why="the result has one axis and at least six entries"
# %% equivalent="encode_target" mutant="only the first 100" why="a box has four numbers"
