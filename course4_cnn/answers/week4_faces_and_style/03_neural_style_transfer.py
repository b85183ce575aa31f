# %% wrong="strongest_places" says="at most one place from each picture"
def strongest_places(A, k):
    order = np.argsort(-A.reshape(-1), kind="stable")[:k]
    places = np.stack(np.unravel_index(order, A.shape), axis=1)
    return places[A.reshape(-1)[order] > 0]


# %% wrong="strongest_places" says="this is column, row"
def strongest_places(A, k):
    peaks = A.max(axis=(1, 2))
    order = [i for i in np.argsort(-peaks, kind="stable") if peaks[i] > 0][:k]
    places = [(i, *np.unravel_index(A[i].argmax(), A[i].shape)[::-1]) for i in order]
    return np.array(places, dtype=int).reshape(-1, 3)


# %% wrong="strongest_places" says="nowhere above 0"
def strongest_places(A, k):
    order = np.argsort(-A.max(axis=(1, 2)), kind="stable")[:k]
    return np.array([(i, *np.unravel_index(A[i].argmax(), A[i].shape)) for i in order])


# %% wrong="strongest_places" says="of equal pictures"
def strongest_places(A, k):
    peaks = A.max(axis=(1, 2))
    order = [i for i in np.argsort(peaks, kind="stable")[::-1] if peaks[i] > 0][:k]
    places = [(i, *np.unravel_index(A[i].argmax(), A[i].shape)) for i in order]
    return np.array(places, dtype=int).reshape(-1, 3)


# %% wrong="strongest_places" says="where no unit is active"
def strongest_places(A, k):
    peaks = A.max(axis=(1, 2))
    order = [i for i in np.argsort(-peaks, kind="stable") if peaks[i] > 0][:k]
    return np.array([(i, *np.unravel_index(A[i].argmax(), A[i].shape)) for i in order], dtype=int)


# %% wrong="strongest_places" says="an array of whole numbers is wanted"
def strongest_places(A, k):
    peaks = A.max(axis=(1, 2))
    order = [i for i in np.argsort(-peaks, kind="stable") if peaks[i] > 0][:k]
    return np.array([(i, *np.unravel_index(A[i].argmax(), A[i].shape)) for i in order], dtype=float).reshape(-1, 3)


# %% alternative="strongest_places"
def strongest_places(A, k):
    candidates = []
    for i, a in enumerate(A):
        flat = a.ravel().tolist()
        if max(flat) > 0:
            number = flat.index(max(flat))
            candidates.append((max(flat), (i, number // a.shape[1], number % a.shape[1])))
    candidates.sort(key=lambda pair: pair[0], reverse=True)
    found = np.zeros((min(k, len(candidates)), 3), dtype=np.int64)
    for row, (_, place) in zip(found, candidates, strict=False):
        row[:] = place
    return found


# %% alternative="strongest_places"
def strongest_places(A, k):
    flat = A.reshape(len(A), -1)
    number = np.argmax(flat, axis=1)
    peaks = flat[np.arange(len(A)), number]
    table = np.stack([np.arange(len(A)), number // A.shape[2], number % A.shape[2]], axis=1)
    order = np.lexsort((np.arange(len(A)), -peaks))
    return table[order[peaks[order] > 0]][:k]


# %% wrong="ascent_step" says="clip the result"
def ascent_step(image, gradient, size):
    rms = np.sqrt(np.mean(np.square(gradient, dtype=float)))
    return image + (size * gradient / rms if rms else 0.0)


# %% wrong="ascent_step" says="this goes down"
def ascent_step(image, gradient, size):
    rms = np.sqrt(np.mean(np.square(gradient, dtype=float)))
    return np.clip(image - size * gradient / rms, 0, 255)


# %% wrong="ascent_step" says="take the mean of the squares"
def ascent_step(image, gradient, size):
    return np.clip(image + size * gradient / np.linalg.norm(gradient), 0, 255)


# %% wrong="ascent_step" says="divide by the root mean square"
def ascent_step(image, gradient, size):
    return np.clip(image + size * gradient, 0, 255)


# %% wrong="ascent_step" says="take the root of the mean square"
def ascent_step(image, gradient, size):
    return np.clip(image + size * gradient / np.mean(gradient**2), 0, 255)


# %% wrong="ascent_step" says="not finite"
def ascent_step(image, gradient, size):
    with np.errstate(all="ignore"):
        return np.clip(image + size * gradient / np.sqrt(np.mean(gradient**2)), 0, 255)


# %% wrong="ascent_step" says="with a tiny gradient"
def ascent_step(image, gradient, size):
    return np.clip(image + size * gradient / (np.sqrt(np.mean(gradient**2)) + 1e-20), 0, 255)


# %% alternative="ascent_step"
def ascent_step(image, gradient, size):
    g = np.asarray(gradient, dtype=float)
    length = np.linalg.norm(g)
    direction = g / length * np.sqrt(g.size) if length > 0 else np.zeros_like(g)
    return np.minimum(np.maximum(np.asarray(image, dtype=float) + size * direction, 0), 255)


# %% alternative="ascent_step"
def ascent_step(image, gradient, size):
    if not np.any(gradient):
        return 1.0 * image
    moved = image + gradient * (size / np.std(np.append(gradient, -gradient)))
    moved[moved < 0] = 0
    moved[moved > 255] = 255
    return moved


# %% wrong="content_cost" says="divide by the sum of the squares of the target"
def content_cost(a, target):
    return np.sum((a - target) ** 2), 2 * (a - target)


# %% wrong="content_cost" says="this is the lecture's 1/2"
def content_cost(a, target):
    return np.sum((a - target) ** 2) / 2, 1.0 * (a - target)


# %% wrong="content_cost" says="this is the mean"
def content_cost(a, target):
    return np.mean((a - target) ** 2), 2 * (a - target) / a.size


# %% wrong="content_cost" says="the factor 2 is missing"
def content_cost(a, target):
    size = np.sum(target**2)
    return np.sum((a - target) ** 2) / size, (a - target) / size


# %% wrong="content_cost" says="its sign is wrong"
def content_cost(a, target):
    size = np.sum(target**2)
    return np.sum((a - target) ** 2) / size, 2 * (target - a) / size


# %% wrong="content_cost" says="divide it by the size of the target as well"
def content_cost(a, target):
    return np.sum((a - target) ** 2) / np.sum(target**2), 2.0 * (a - target)


# %% alternative="content_cost"
def content_cost(a, target):
    error, size = np.subtract(a, target).ravel().astype(float), np.linalg.norm(np.ravel(target).astype(float)) ** 2
    return float(error @ error) / size, (error * (2 / size)).reshape(np.shape(a))


# %% alternative="content_cost"
def content_cost(a, target):
    a, target = a.astype(float), target.astype(float)
    size = np.einsum("ijk,ijk->", target, target)
    gradient = 2 * a / size - 2 * target / size
    return np.sum(gradient * (a - target)) / 2, gradient


# %% wrong="gram_matrix" says="divide by the number of places, 3"
def gram_matrix(a):
    V = a.reshape(-1, a.shape[2])
    return 1.0 * V.T @ V


# %% wrong="gram_matrix" says="divide by the number of places alone"
def gram_matrix(a):
    V = a.reshape(-1, a.shape[2])
    return V.T @ V / V.size


# %% wrong="gram_matrix" says="divide by the places, not by the channels"
def gram_matrix(a):
    V = a.reshape(-1, a.shape[2])
    return V.T @ V / a.shape[2]


# %% wrong="gram_matrix" says="no means are subtracted"
def gram_matrix(a):
    V = a.reshape(-1, a.shape[2])
    V = V - V.mean(axis=0)
    return V.T @ V / len(V)


# %% wrong="gram_matrix" says="expected shape (2, 2), got shape (3, 3)"
def gram_matrix(a):
    V = a.reshape(-1, a.shape[2])
    return V @ V.T / len(V)


# %% wrong="gram_matrix" says="of 2 x 2 places and 3 channels"
def gram_matrix(a):
    V = a.reshape(a.shape[2], -1) if a.shape[0] > 1 else a[0].T
    return V @ V.T / (a.shape[0] * a.shape[1])


# %% wrong="gram_matrix" says="of 2 x 2 places and 3 channels"
def gram_matrix(a):
    return a[0].T @ a[0] / len(a[0])


# %% alternative="gram_matrix"
def gram_matrix(a):
    return np.einsum("ijk,ijl->kl", a, a) / (a.shape[0] * a.shape[1])


# %% alternative="gram_matrix"
def gram_matrix(a):
    n_H, n_W, n_C = a.shape
    G = np.zeros((n_C, n_C))
    for row in a.astype(float):
        for place in row:
            G += np.outer(place, place)
    return G / (n_H * n_W)


# %% equivalent="gram_matrix" mutant="square results transposed" why="the matrix is symmetric"


# %% wrong="layer_style_cost" says="divide by the sum of the squares of the painting's matrix"
def layer_style_cost(a, gram_style):
    V, D = a.reshape(-1, a.shape[2]), gram_matrix(a) - gram_style
    return np.sum(D**2), (4 / len(V) * (V @ D)).reshape(a.shape)


# %% wrong="layer_style_cost" says="divide by the painting's, not by G's"
def layer_style_cost(a, gram_style):
    V, D, size = a.reshape(-1, a.shape[2]), gram_matrix(a) - gram_style, np.sum(gram_matrix(a) ** 2)
    return np.sum(D**2) / size, (4 / (len(V) * size) * (V @ D)).reshape(a.shape)


# %% wrong="layer_style_cost" says="this is half of it"
def layer_style_cost(a, gram_style):
    V, D, size = a.reshape(-1, a.shape[2]), gram_matrix(a) - gram_style, np.sum(gram_style**2)
    return np.sum(D**2) / size, (2 / (len(V) * size) * (V @ D)).reshape(a.shape)


# %% wrong="layer_style_cost" says="divide by the number of places"
def layer_style_cost(a, gram_style):
    V, D, size = a.reshape(-1, a.shape[2]), gram_matrix(a) - gram_style, np.sum(gram_style**2)
    return np.sum(D**2) / size, (4 / size * (V @ D)).reshape(a.shape)


# %% wrong="layer_style_cost" says="divide by the size of the painting's matrix"
def layer_style_cost(a, gram_style):
    V, D, size = a.reshape(-1, a.shape[2]), gram_matrix(a) - gram_style, np.sum(gram_style**2)
    return np.sum(D**2) / size, (4 / len(V) * (V @ D)).reshape(a.shape)


# %% wrong="layer_style_cost" says="its sign is wrong"
def layer_style_cost(a, gram_style):
    V, D, size = a.reshape(-1, a.shape[2]), gram_style - gram_matrix(a), np.sum(gram_style**2)
    return np.sum(D**2) / size, (4 / (len(V) * size) * (V @ D)).reshape(a.shape)


# %% wrong="layer_style_cost" says="shape"
def layer_style_cost(a, gram_style):
    V, D, size = a.reshape(-1, a.shape[2]), gram_matrix(a) - gram_style, np.sum(gram_style**2)
    return np.sum(D**2) / size, 4 / (len(V) * size) * (V @ D)


# %% alternative="layer_style_cost"
def layer_style_cost(a, gram_style):
    a = a.astype(float)
    D = np.einsum("ijk,ijl->kl", a, a) / (a.shape[0] * a.shape[1]) - gram_style
    size = float(np.linalg.norm(gram_style)) ** 2
    dG = 2 * D / size
    return float(np.linalg.norm(D)) ** 2 / size, (a @ dG + a @ dG.T) / (a.shape[0] * a.shape[1])


# %% alternative="layer_style_cost"
def layer_style_cost(a, gram_style):
    n_H, n_W, _ = a.shape
    S = np.array(gram_style, dtype=float)
    D = gram_matrix(a) - S
    J = sum(d * d for d in D.ravel()) / sum(s * s for s in S.ravel())
    gradient = np.array([[D @ place for place in row] for row in a.astype(float)])
    return J, gradient * 4 / (n_H * n_W) / np.sum(S * S)


# %% wrong="tv_cost" says="divide by how many numbers"
def tv_cost(image):
    x = np.array(image, dtype=float)
    gradient = np.zeros(x.shape)
    J = 0.0
    for axis in (0, 1):
        d = np.diff(x, axis=axis)
        J += np.sum(d**2)
        gradient += 2 * np.diff(np.concatenate([np.zeros_like(x.take([0], axis)), d], axis), axis=axis, append=0) * -1
    return J, gradient


# %% wrong="tv_cost" says="these are absolute differences"
def tv_cost(image):
    x = np.array(image, dtype=float)
    return (np.abs(np.diff(x, axis=0)).sum() + np.abs(np.diff(x, axis=1)).sum()) / x.size, np.zeros(x.shape)


# %% wrong="tv_cost" says="the differences downward are missing"
def tv_cost(image):
    x = np.array(image, dtype=float)
    across, gradient = np.diff(x, axis=1), np.zeros(x.shape)
    gradient[:, 1:] += 2 * across
    gradient[:, :-1] -= 2 * across
    return np.sum(across**2) / x.size, gradient / x.size


# %% wrong="tv_cost" says="a square gives a factor 2"
def tv_cost(image):
    x = np.array(image, dtype=float)
    across, down, gradient = np.diff(x, axis=1), np.diff(x, axis=0), np.zeros(x.shape)
    gradient[:, 1:] += across
    gradient[:, :-1] -= across
    gradient[1:] += down
    gradient[:-1] -= down
    return (np.sum(across**2) + np.sum(down**2)) / x.size, gradient / x.size


# %% wrong="tv_cost" says="each pair has two pixels"
def tv_cost(image):
    x = np.array(image, dtype=float)
    across, down, gradient = np.diff(x, axis=1), np.diff(x, axis=0), np.zeros(x.shape)
    gradient[:, :-1] -= 2 * across
    gradient[:-1] -= 2 * down
    return (np.sum(across**2) + np.sum(down**2)) / x.size, gradient / x.size


# %% wrong="tv_cost" says="its sign is wrong"
def tv_cost(image):
    x = np.array(image, dtype=float)
    across, down, gradient = np.diff(x, axis=1), np.diff(x, axis=0), np.zeros(x.shape)
    gradient[:, 1:] -= 2 * across
    gradient[:, :-1] += 2 * across
    gradient[1:] -= 2 * down
    gradient[:-1] += 2 * down
    return (np.sum(across**2) + np.sum(down**2)) / x.size, gradient / x.size


# %% wrong="tv_cost" says="with pixels (uint8)"
def tv_cost(image):
    across, down, gradient = np.diff(image, axis=1), np.diff(image, axis=0), np.zeros(image.shape)
    gradient[:, 1:] += 2.0 * across
    gradient[:, :-1] -= 2.0 * across
    gradient[1:] += 2.0 * down
    gradient[:-1] -= 2.0 * down
    return (np.sum(across**2.0) + np.sum(down**2.0)) / image.size, gradient / image.size


# %% alternative="tv_cost"
def tv_cost(image):
    x = np.pad(np.asarray(image, dtype=float), ((1, 1), (1, 1), (0, 0)), mode="edge")
    middle = x[1:-1, 1:-1]
    right, below = x[1:-1, 2:] - middle, x[2:, 1:-1] - middle
    laplacian = x[1:-1, 2:] + x[1:-1, :-2] + x[2:, 1:-1] + x[:-2, 1:-1] - 4 * middle
    return (np.sum(right * right) + np.sum(below * below)) / middle.size, -2 * laplacian / middle.size


# %% alternative="tv_cost"
def tv_cost(image):
    x = image.astype(float)
    n_H, n_W = x.shape[:2]
    J, gradient = 0.0, np.zeros_like(x)
    for i in range(n_H):
        for j in range(n_W):
            for other_i, other_j in ((i + 1, j), (i, j + 1)):
                if other_i < n_H and other_j < n_W:
                    d = x[other_i, other_j] - x[i, j]
                    J += np.sum(d * d)
                    gradient[other_i, other_j] += 2 * d
                    gradient[i, j] -= 2 * d
    return J / x.size, gradient / x.size


# %% wrong="train_step" says="clip it to 0"
def train_step(image, gradient, m, v, t, learning_rate, beta1=0.9, beta2=0.99, epsilon=1e-12):
    m, v = beta1 * m + (1 - beta1) * gradient, beta2 * v + (1 - beta2) * gradient**2
    return image - learning_rate * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon), m, v


# %% wrong="train_step" says="this goes up"
def train_step(image, gradient, m, v, t, learning_rate, beta1=0.9, beta2=0.99, epsilon=1e-12):
    m, v = beta1 * m + (1 - beta1) * gradient, beta2 * v + (1 - beta2) * gradient**2
    return image + learning_rate * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon), m, v


# %% wrong="train_step" says="without the correction"
def train_step(image, gradient, m, v, t, learning_rate, beta1=0.9, beta2=0.99, epsilon=1e-12):
    m = (beta1 * m + (1 - beta1) * gradient) / (1 - beta1**t)
    v = (beta2 * v + (1 - beta2) * gradient**2) / (1 - beta2**t)
    return np.clip(image - learning_rate * m / (np.sqrt(v) + epsilon), 0, 255), m, v


# %% wrong="train_step" says="this is beta1 g"
def train_step(image, gradient, m, v, t, learning_rate, beta1=0.9, beta2=0.99, epsilon=1e-12):
    m, v = (1 - beta1) * m + beta1 * gradient, beta2 * v + (1 - beta2) * gradient**2
    step = m / beta1 / (np.sqrt(v / (1 - beta2**t)) + epsilon)
    return np.clip(image - learning_rate * step, 0, 255), m, v


# %% wrong="train_step" says="the image after step 2"
def train_step(image, gradient, m, v, t, learning_rate, beta1=0.9, beta2=0.99, epsilon=1e-12):
    m, v = beta1 * m + (1 - beta1) * gradient, beta2 * v + (1 - beta2) * gradient**2
    return np.clip(image - learning_rate * m / (np.sqrt(v) + epsilon), 0, 255), m, v


# %% wrong="train_step" says="image of train_step"
def train_step(image, gradient, m, v, t, learning_rate, beta1=0.9, beta2=0.99, epsilon=1e-12):
    m, v = beta1 * m + (1 - beta1) * gradient, beta2 * v + (1 - beta2) * gradient**2
    step = m / (1 - beta1**t) / np.sqrt(v / (1 - beta2**t) + epsilon**2)
    return np.clip(image - learning_rate * step, 0, 255), m, v


# %% alternative="train_step"
def train_step(image, gradient, m, v, t, learning_rate, beta1=0.9, beta2=0.99, epsilon=1e-12):
    first = m + (1 - beta1) * (gradient - m)
    second = v + (1 - beta2) * (np.multiply(gradient, gradient) - v)
    root = (second / (1 - beta2**t)) ** 0.5
    moved = image - learning_rate / (1 - beta1**t) * (first / (root + epsilon))
    return np.where(moved < 0, 0.0, np.where(moved > 255, 255.0, moved)), first, second


# %% alternative="train_step"
def train_step(image, gradient, m, v, t, learning_rate, beta1=0.9, beta2=0.99, epsilon=1e-12):
    x, m, v = image.astype(float), m.astype(float), v.astype(float)
    for place in np.ndindex(x.shape):
        m[place] = beta1 * m[place] + (1 - beta1) * gradient[place]
        v[place] = beta2 * v[place] + (1 - beta2) * gradient[place] ** 2
        corrected_m, corrected_v = m[place] / (1 - beta1**t), v[place] / (1 - beta2**t)
        x[place] -= learning_rate * corrected_m / (corrected_v**0.5 + epsilon)
        x[place] = max(0.0, min(255.0, x[place]))
    return x, m, v
