"""Digits that are harder to read: blurred, shifted, faint or unclear, by a seeded generator."""

import numpy as np

CORRUPTIONS = ("blurred", "shifted", "faint")


def halved(pictures: np.ndarray) -> np.ndarray:
    """Pictures (..., n_H, n_W) halved by the means of four pixels; an odd last row or column is left out."""
    n_H, n_W = pictures.shape[-2] // 2, pictures.shape[-1] // 2
    return pictures[..., : 2 * n_H, : 2 * n_W].reshape(*pictures.shape[:-2], n_H, 2, n_W, 2).mean(axis=(-3, -1))


def half_size(images: np.ndarray) -> np.ndarray:
    """Pictures (m, n_H, n_W) as `halved` makes them, in float32."""
    return halved(images).astype(np.float32)


def unclear(
    images: np.ndarray, labels: np.ndarray, share: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pictures of which some are unclear: the mean of two with different labels, and one of the two labels by chance.

    Nobody can know which one, so the Bayes error that this plants is half of the share of unclear pictures.

    Args:
        images: (m, n_H, n_W). labels: (m,).
        share: of the pictures that are paired with another one, 0 to 1; unclear are those whose labels differ.
        rng: the same state gives the same pictures.

    Returns:
        The pictures and their labels, new arrays, and which pictures are unclear, True and False (m,).
    """
    other = rng.permutation(len(images))
    mixed = (rng.random(len(images)) < share) & (labels != labels[other])
    images = np.where(mixed[:, None, None], (images + images[other]) / 2, images)
    return images, np.where(mixed & (rng.random(len(images)) < 0.5), labels[other], labels), mixed


def corrupt(images: np.ndarray, kind: str, rng: np.random.Generator) -> np.ndarray:
    """Pictures as a worse camera takes them.

    Args:
        images: (m, n_H, n_W), 0 (ground) to 1 (ink).
        kind: "blurred" (means over 9 x 9 pixels, the middle weighing more, and noise of standard deviation 0.15),
            "shifted" (by up to 4 pixels in both directions; what leaves at one side comes in at the other), or "faint"
            (light ink on dark ground become dark ink on light ground, with a third of the contrast).
        rng: the same state gives the same pictures.

    Returns:
        float32 (m, n_H, n_W), a new array; with noise some pixels are below 0 or above 1.

    Raises:
        ValueError: another kind.

    Source:
        D. Hendrycks and T. Dietterich (2019), Benchmarking Neural Network Robustness to Common Corruptions and
        Perturbations, ICLR.
    """
    images = images.astype(np.float32)
    if kind == "blurred":
        for axis in (1, 2, 1, 2):
            images = sum(np.roll(images, step, axis) for step in range(-2, 3)) / np.float32(5)
        return images + rng.normal(0, 0.15, images.shape).astype(np.float32)
    if kind == "shifted":
        steps = rng.integers(-4, 5, (len(images), 2))
        return np.array([np.roll(image, step, (0, 1)) for image, step in zip(images, steps, strict=True)])
    if kind == "faint":
        return np.float32(0.75) - np.float32(0.35) * images
    raise ValueError(f"unknown kind {kind!r}: write {', '.join(map(repr, CORRUPTIONS))}")
