"""Gradients by complex steps against formulas."""

import numpy as np

from shared_utils.checks.derivatives import complex_step


def test_complex_steps_give_gradients_to_all_digits():
    rng = np.random.default_rng(3)
    W, x, b = rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), np.array(0.7)
    dW, dx, db = complex_step(lambda W, x, b: np.tanh(W @ x + b) ** 2, W, x, b)
    A = np.tanh(W @ x + b)
    dZ = 2 * A * (1 - A**2)
    np.testing.assert_allclose(dW, dZ @ x.T, rtol=1e-13)
    np.testing.assert_allclose(dx, W.T @ dZ, rtol=1e-13)
    np.testing.assert_allclose(db, dZ.sum(), rtol=1e-13)
    assert db.shape == ()
    (whole,) = complex_step(lambda x: x**3, np.array([2, -3]))
    np.testing.assert_allclose(whole, [12, 27], rtol=1e-15)
