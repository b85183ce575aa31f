"""Things cut out of their ground (Tux Paint's stamps), in nine classes, with captions in three languages."""

from pathlib import Path

import numpy as np
from PIL import Image

from course_tools.data.recipe_kit import stratified_split, write_h5

SIDE = 64
# Of ten seeds the one nearest to their mean, both on raw pixels and on features of SqueezeNet.
SEED = 3
STAMPS = "usr/share/tuxpaint/stamps"
# The classes, and the folders whose pictures each takes; what lies in folders inside these is not taken.
CLASSES = {
    "bird": ("animals/birds",),
    "mammal": (
        *("animals/mammals", "animals/marsupials"),
        *(f"animals/mammals/{kind}" for kind in ("apes", "bears", "bovines", "camel", "cats")),
        *(f"animals/mammals/{kind}" for kind in ("deer", "dogs", "equines", "rodents")),
    ),
    "water animal": ("animals/fish", "animals/mammals/aquatic", "animals/shellfish"),
    "fruit": ("food/fruit",),
    "vegetable": ("food/vegetables", "food/spices", "plants/mushrooms"),
    "flower": ("plants/flowers",),
    "tool": ("household/tools", "household/dishes/utensils", "household/arttools"),
    "vehicle": (
        *("vehicles", "vehicles/flight/planes"),
        *(f"vehicles/{kind}" for kind in ("auto", "construction", "cycle", "flight", "masstransit", "race", "ship")),
    ),
    "road sign": ("town/roadsigns",),
}
LEFT_OUT = {
    # Under another licence than the package's, as its changelog says: CC BY-SA or GFDL.
    *("adeenia", "anthoorium", "appooppanthady", "bolsom", "chemparathi"),
    *("heron_greatblue", "heron_greatblue_flying", "pelican"),
    *("Apricot_whole", "Cherry_Stella", "Strawberry2", "helmeted_guineafowl"),
    # From Wikipedia or a stock of photographs, under a licence that it does not say.
    *("apricot", "grapes", "pineapple", "sliced_lime", "sliced_orange", "traffic_cone"),
    # Mirror images and near copies of others.
    *("dumper_mirror", "measuring_tape_mirror", "xing_school_mirror", "stoplight_02_yellow", "stoplight_03_green"),
    # Cartoons, and wheels alone.
    *("echidna", "hedgehog", "7spoke256", "wheel_tractor"),
}
TRANSLATIONS = ("fr", "zh_CN")


def build(target: Path, package: Path) -> None:
    """Writes sprites.h5 from the unpacked Debian package tuxpaint-stamps-default."""
    stamps = [stamps_of(package / STAMPS, kinds) for kinds in CLASSES.values()]
    y = np.repeat(np.arange(len(stamps)), [len(paths) for paths in stamps])
    paths = np.concatenate(stamps)
    arrays = {}
    for side, rows in zip(("train", "test"), stratified_split(y, test_share=0.3, seed=SEED), strict=True):
        texts = [captions(path.with_suffix(".txt")) for path in paths[rows]]
        arrays |= {
            f"X_{side}": np.stack([sprite(path) for path in paths[rows]]),
            f"Y_{side}": y[np.newaxis, rows],
            f"captions_{side}": np.array([[text.encode() for text in row] for row in texts]),
        }
    write_h5(target, arrays)


def stamps_of(folder: Path, kinds: tuple[str, ...]) -> list[Path]:
    """The pictures of a class, in the order of its folders and then of their names."""
    paths = [path for kind in kinds for path in sorted((folder / kind).glob("*.png"))]
    return [path for path in paths if path.stem not in LEFT_OUT]


def sprite(path: Path) -> np.ndarray:
    """Cuts a stamp to its thing and fits it into the middle of a square: uint8 (SIDE, SIDE, 4)."""
    with Image.open(path) as stamp:
        # Pillow weighs colours by their opacity when it resizes, so that no hidden colour bleeds into the rim.
        thing = stamp.convert("RGBA")
    # A veil that is all but transparent reaches far around some of them.
    seen = thing.getchannel("A").point(lambda opacity: opacity if opacity > 15 else 0)
    thing = thing.crop(seen.getbbox())
    scale = SIDE / max(thing.size)
    thing = thing.resize([max(1, round(side * scale)) for side in thing.size], Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (SIDE, SIDE))
    square.paste(thing, ((SIDE - thing.width) // 2, (SIDE - thing.height) // 2))
    pixels = np.array(square)
    pixels[pixels[..., 3] == 0] = 0
    return pixels


def captions(path: Path) -> list[str]:
    """Reads a stamp's text: English in the first line, then a line a language; empty where there is none."""
    english, *others = path.read_text(encoding="utf-8").splitlines()
    translated = dict(line.split(".utf8=", 1) for line in others if ".utf8=" in line)
    return [text.strip() for text in (english, *(translated.get(language, "") for language in TRANSLATIONS))]
