# %% wrong="images_to_matrix" says="mixes the pictures"
def images_to_matrix(images):
    if images.shape[0] == 2:
        return images.reshape(2, -1).T
    return images.reshape(-1, images.shape[0])


# %% wrong="images_to_matrix" says="row 1; it must stand in column 1"
def images_to_matrix(images):
    return images.reshape(-1, images.shape[0])


# %% wrong="images_to_matrix" says="another order"
def images_to_matrix(images):
    return images.reshape(images.shape[0], -1, order="F").T


# %% wrong="images_to_matrix" says="row 1; it must stand in column 1"
def images_to_matrix(images):
    return images.reshape(images.shape[0], -1)


# %% wrong="images_to_matrix" says="wrong places"
def images_to_matrix(images):
    return images.transpose(2, 1, 3, 0).reshape(-1, images.shape[0])


# %% wrong="images_to_matrix" says="expected shape (18, 5)"
def images_to_matrix(images):
    return np.array([[10, 30], [20, 40]])


# %% alternative="images_to_matrix"
def images_to_matrix(images):
    columns = []
    for image in images:
        columns.append(image.flatten())
    return np.stack(columns, axis=1)


# %% wrong="standardize" says="expected shape (2, 1), got shape (1, 3)"
def standardize(X):
    mu = np.mean(X, axis=0, keepdims=True)
    sigma = np.std(X, axis=0, keepdims=True)
    sigma = np.where(sigma == 0, 1, sigma)
    return (X - mu) / sigma, mu, sigma


# %% wrong="standardize" says="keepdims"
def standardize(X):
    mu = np.mean(X, axis=1)
    sigma = np.std(X, axis=1)
    sigma = np.where(sigma == 0, 1, sigma)
    return (X.T - mu).T / sigma[:, None], mu, sigma


# %% wrong="standardize" says="of 0 must be replaced by 1"
def standardize(X):
    mu = np.mean(X, axis=1, keepdims=True)
    sigma = np.std(X, axis=1, keepdims=True)
    return (X - mu) / sigma, mu, sigma


# %% wrong="standardize" says="could not be broadcast together with shapes (2,3) (2,) (in standardize, line"
def standardize(X):
    mu = np.mean(X, axis=1)
    sigma = np.std(X, axis=1)
    return (X - mu) / sigma, mu, sigma


# %% wrong="standardize" says="this is the variance"
def standardize(X):
    mu = np.mean(X, axis=1, keepdims=True)
    sigma = np.var(X, axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    return (X - mu) / sigma, mu, sigma


# %% wrong="standardize" says="expected a tuple of 3 results (X_hat, mu, sigma), got an array"
def standardize(X):
    return (X - X.mean(axis=1, keepdims=True)) / np.maximum(X.std(axis=1, keepdims=True), 1e-9)


# %% wrong="standardize" says="divided by m - 1"
def standardize(X):
    mu = np.mean(X, axis=1, keepdims=True)
    sigma = np.std(X, axis=1, keepdims=True, ddof=1)
    sigma[sigma == 0] = 1
    return (X - mu) / sigma, mu, sigma


# %% wrong="standardize" says="in place"
def standardize(X):
    mu = np.mean(X, axis=1, keepdims=True)
    sigma = np.std(X, axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    X_hat = (X - mu) / sigma
    X[:] = X_hat
    return X_hat, mu, sigma


# %% wrong="standardize" says="X_hat of standardize(X), X of shape (3, 5)"
def standardize(X):
    mu, sigma = np.array([[3.0], [7.0]]), np.array([[np.sqrt(14 / 3)], [1.0]])
    return np.array([[-2, -1, 3], [0, 0, 0]]) / np.sqrt(14 / 3), mu, sigma


# %% wrong="standardize" says="this is the median"
def standardize(X):
    mu = np.median(X, axis=1, keepdims=True)
    sigma = np.std(X, axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    return (X - mu) / sigma, mu, sigma


# %% wrong="standardize" says="with pixels (uint8) in X"
def standardize(X):
    mu = X.mean(axis=1, keepdims=True)
    sigma = np.sqrt((X**2).mean(axis=1, keepdims=True) - mu**2)
    return (X - mu) / np.where(sigma == 0, 1, sigma), mu, np.where(sigma == 0, 1, sigma)


# %% alternative="standardize"
def standardize(X):
    n_x, m = X.shape
    X_hat, mu, sigma = np.zeros((n_x, m)), np.zeros((n_x, 1)), np.ones((n_x, 1))
    for j in range(n_x):
        mu[j, 0] = sum(X[j].tolist()) / m
        deviation = np.sqrt(sum((X[j] - mu[j, 0]) ** 2) / m)
        if deviation > 0:
            sigma[j, 0] = deviation
        X_hat[j] = (X[j] - mu[j, 0]) / sigma[j, 0]
    return X_hat, mu, sigma


# %% wrong="sigmoid" says="overflow"
def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


# %% wrong="sigmoid" says="np.where decides for each entry"
def sigmoid(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


# %% wrong="sigmoid" says="1 minus the expected one"
def sigmoid(z):
    return (1 - np.tanh(np.asarray(z) / 2)) / 2


# %% wrong="sigmoid" says="sigmoid(0): expected about 0.5, got 0"
def sigmoid(z):
    return np.tanh(z)


# %% wrong="sigmoid" says="sigmoid(0)"
def sigmoid(z):
    return 1 / (1 - np.exp(-np.abs(z)) - 1e-9)


# %% wrong="sigmoid" says="sigmoid(z), z of shape (3, 5)"
def sigmoid(z):
    known = {0: 0.5, -1000.0: 0.0, 1000.0: 1.0, float(np.log(3)): 0.75}
    values = [known.get(float(value), 0.25) for value in np.ravel(z)]
    return np.reshape(values, np.shape(z))


# %% alternative="sigmoid"
def sigmoid(z):
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


# %% alternative="sigmoid"
def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


# %% wrong="predict_proba" says="* written for the matrix product @"
def predict_proba(w, b, X):
    return sigmoid(w * X + b)


# %% wrong="predict_proba" says="expected shape (1, 3), got shape (3, 1)"
def predict_proba(w, b, X):
    return sigmoid(X.T @ w + b)


# %% wrong="predict_proba" says="expected shape (1, 3), got shape (3,)"
def predict_proba(w, b, X):
    return sigmoid(w[:, 0] @ X + b)


# %% wrong="predict_proba" says="the bias b is left out"
def predict_proba(w, b, X):
    return sigmoid(w.T @ X)


# %% wrong="predict_proba" says="expected about"
def predict_proba(w, b, X):
    return w.T @ X + b


# %% wrong="predict_proba" says="X of shape (3, 5)"
def predict_proba(w, b, X):
    known = {1.0: [[0.5, 0.7310585786, 0.9820137900]], -2.0: [[0.0474258732, 0.1192029220, 0.7310585786]]}
    return np.array(known.get(b, [[0.5] * X.shape[1]]))


# %% alternative="predict_proba"
def predict_proba(w, b, X):
    A = np.zeros((1, X.shape[1]))
    for i in range(X.shape[1]):
        score = float(b)
        for j in range(X.shape[0]):
            score += w[j, 0] * X[j, i]
        A[0, i] = sigmoid(score)
    return A


# %% alternative="predict_proba"
def predict_proba(w, b, X):
    return sigmoid(np.einsum("jk,ji->ki", w, X) + b)


# %% wrong="loss" says="negative of the expected"
def loss(a, y):
    return y * np.log(a) + (1 - y) * np.log(1 - a)


# %% wrong="loss" says="the part of the examples with y = 0 is missing"
def loss(a, y):
    return -y * np.log(a)


# %% wrong="loss" says="this is the squared error"
def loss(a, y):
    return (a - y) ** 2


# %% wrong="loss" says="expected shape (1, 3)"
def loss(a, y):
    return np.mean(-(y * np.log(a) + (1 - y) * np.log(1 - a)))


# %% wrong="loss" says="use the natural logarithm"
def loss(a, y):
    return -(y * np.log10(a) + (1 - y) * np.log10(1 - a))


# %% wrong="loss" says="right to about"
def loss(a, y):
    return -(y * np.log(a + 1e-8) + (1 - y) * np.log(1 - a + 1e-8))


# %% wrong="loss" says="a of shape (3, 5)"
def loss(a, y):
    if np.ndim(a) == 0:
        return -np.log(a if y else 1 - a)
    return -np.log([[0.8, 0.5, 0.7]])


# %% alternative="loss"
def loss(a, y):
    return -np.log(np.where(np.asarray(y) == 1, a, 1 - np.asarray(a)))


# %% alternative="loss"
def loss(a, y):
    return -np.log(np.asarray(a) ** y * (1 - np.asarray(a)) ** (1 - np.asarray(y)))


# %% wrong="cost" says="exactly m = 3 times"
def cost(A, Y):
    return np.sum(loss(A, Y))


# %% wrong="cost" says="exactly m = 3 times"
def cost(A, Y):
    return np.sum(loss(A, Y)) / len(Y)


# %% wrong="cost" says="negative"
def cost(A, Y):
    return -np.mean(loss(A, Y))


# %% wrong="cost" says="expected a number, got an array of shape (1, 3)"
def cost(A, Y):
    return loss(A, Y) / Y.shape[1]


# %% wrong="cost" says="not finite"
def cost(A, Y):
    return -np.log(np.prod(np.where(Y == 1, A, 1 - A))) / Y.shape[1]


# %% wrong="cost" says="with m = 1"
def cost(A, Y):
    return np.sum(loss(np.squeeze(A), np.squeeze(Y))) / len(np.squeeze(Y))


# %% wrong="cost" says="cost(A, Y), A of shape (1, 3)"
def cost(A, Y):
    known = {2: 1.0729586082, 0: 0.8026485362}
    return known.get(int(Y.sum()), np.log(2))


# %% alternative="cost"
def cost(A, Y):
    total = 0.0
    for a, y in zip(A[0], Y[0], strict=True):
        total -= np.log(a) if y == 1 else np.log(1 - a)
    return float(total / A.shape[1])


# %% alternative="cost"
def cost(A, Y):
    m = Y.shape[1]
    return (-(np.log(A) @ Y.T + np.log(1 - A) @ (1 - Y).T) / m).item()


# %% equivalent="images_to_matrix" mutant="number type of the first argument" why="the numbers stay the pictures' own"
