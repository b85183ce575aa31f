"""The smooth L1 loss, for boxes and landmarks whose labels may be wrong by a lot.

Source: R. Girshick (2015), Fast R-CNN, ICCV; P. Huber (1964), Robust Estimation of a Location Parameter.
"""

import numpy as np

TAUGHT_IN = "course4_cnn/week3_object_detection/01_localization_and_landmarks"


def smooth_l1(error: np.ndarray, beta: float) -> tuple[np.ndarray, np.ndarray]:
    """The loss of each error, error² / (2 beta) below beta and |error| - beta / 2 from there on, and its derivative.

    Args:
        error: of any shape.
        beta: above 0.

    Returns:
        The losses and their derivatives (from -1 to 1), each of the shape of error.

    Raises:
        ValueError: beta is 0 or negative.
    """
    if beta <= 0:
        raise ValueError(f"beta must be above 0, not {beta}")
    distance = np.abs(error)
    losses = np.where(distance < beta, error**2.0 / (2 * beta), distance - beta / 2)
    return losses, np.clip(error / beta, -1, 1)
