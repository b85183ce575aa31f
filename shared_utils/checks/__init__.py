"""What the check cells of the lessons are made of; CONTRIBUTING.md shows each word in use."""

from shared_utils.checks import waiting
from shared_utils.checks.agreement import agrees
from shared_utils.checks.aliases import unchanged
from shared_utils.checks.derivatives import along, complex_step
from shared_utils.checks.draws import equally_probable, uniform
from shared_utils.checks.frame import exercise
from shared_utils.checks.values import (
    CheckFailed,
    close,
    equal,
    gradient,
    gradients,
    keys,
    length,
    raises,
    results,
    shape,
    that,
    whole,
)

__all__ = [
    "CheckFailed",
    "agrees",
    "along",
    "close",
    "complex_step",
    "equal",
    "equally_probable",
    "exercise",
    "gradient",
    "gradients",
    "keys",
    "length",
    "raises",
    "results",
    "shape",
    "that",
    "unchanged",
    "uniform",
    "whole",
]

waiting.install()
