"""Gradients by complex steps against formulas."""

import numpy as np
import pytest

from shared_utils.checks import CheckFailed
from shared_utils.checks.derivatives import along, complex_step


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


def test_gradients_of_a_dict_stand_in_a_dict():
    parameters, x = {"W": np.array([[1, 2], [3, -1]]), "b": np.array([[0.5], [0.0]])}, np.array([[2.0], [-1.0]])
    dx, grads = complex_step(lambda x, p: (p["W"] @ x + p["b"]) ** 2, x, parameters)
    dZ = 2 * (parameters["W"] @ x + parameters["b"])
    np.testing.assert_allclose(dx, parameters["W"].T @ dZ, rtol=1e-13)
    np.testing.assert_allclose(grads["dW"], dZ @ x.T, rtol=1e-13)
    np.testing.assert_allclose(grads["db"], dZ, rtol=1e-13)


def test_a_wrong_entry_shows_along_a_direction():
    x, parameters = np.arange(200.0), {"w": np.ones(200)}
    gradients = np.ones(200) * 2 * x, {"dw": x**2}
    along("w x^2", lambda x, p: p["w"] * x**2, (x, parameters), gradients)
    gradients[1]["dw"][150] += 1
    with pytest.raises(CheckFailed, match="all gradients along one direction"):
        along("w x^2", lambda x, p: p["w"] * x**2, (x, parameters), gradients)
