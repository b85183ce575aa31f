"""What the check cells of the lessons are made of; CONTRIBUTING.md shows each word in use."""

from shared_utils.checks.frame import exercise
from shared_utils.checks.values import CheckFailed, close, equal, gradient, raises, shape, that, unchanged

__all__ = ["CheckFailed", "close", "equal", "exercise", "gradient", "raises", "shape", "that", "unchanged"]
