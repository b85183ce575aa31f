"""Batch norm of pictures by way of their channels, and what it refuses."""

import numpy as np
import pytest

from shared_utils.nn.batch_norm import batchnorm_forward, batchnorm_inference


def test_pictures_are_normalised_by_channel():
    pictures = np.random.default_rng(0).normal(2, 3, size=(4, 5, 6, 3))
    gamma, beta = np.array([[1.0], [2.0], [-1.0]]), np.array([[0.0], [1.0], [5.0]])
    Z_tilde, _ = batchnorm_forward(pictures.reshape(-1, 3).T, gamma, beta)
    normalised = Z_tilde.T.reshape(pictures.shape)
    for channel in range(3):
        own = pictures[..., channel]
        expected = gamma[channel] * (own - own.mean()) / np.sqrt(own.var() + 1e-5) + beta[channel]
        np.testing.assert_allclose(normalised[..., channel], expected)


@pytest.mark.parametrize("wrong", [np.ones(3), np.ones((1, 3)), np.ones((2, 1))])
def test_a_scale_that_is_no_column_is_refused(wrong):
    Z, beta = np.ones((3, 3)), np.zeros((3, 1))
    with pytest.raises(ValueError, match="gamma has shape"):
        batchnorm_forward(Z, wrong, beta)
    with pytest.raises(ValueError, match="mu has shape"):
        batchnorm_inference(Z, beta, beta, {"mu": wrong, "var": beta})
