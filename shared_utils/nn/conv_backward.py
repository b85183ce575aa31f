"""The backward pass of a convolutional layer as two matrix products; float32 stays float32."""

import numpy as np

from shared_utils.nn.conv import col2im, im2col

TAUGHT_IN = "course4_cnn/week1_convolutions/04_pooling_and_a_complete_network"


def conv_backward(
    dZ: np.ndarray, A_prev: np.ndarray, W: np.ndarray, stride: int, pad: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The derivatives of the cost with respect to pictures, filters and biases.

    Args:
        dZ: the derivative with respect to what conv_forward_fast returned, (m, n_H, n_W, n_C).
        A_prev, W, stride, pad: as conv_forward_fast was given them.

    Returns:
        dA_prev, dW and db, of the shapes of A_prev, W and b; dW and db are sums over the examples, not divided by m.
    """
    f, n_C = len(W), W.shape[3]
    dZ = dZ.reshape(-1, n_C)
    dW = (im2col(A_prev, f, stride, pad).T @ dZ).reshape(W.shape)
    dA_prev = col2im(dZ @ W.reshape(-1, n_C).T, A_prev.shape, f, stride, pad)
    return dA_prev, dW, dZ.sum(axis=0)
