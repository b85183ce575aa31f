"""Twenty words by sixteen synthetic voices: "activate" at three paces, and words that are not it."""

import ctypes
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import write_h5
from course_tools.data.sound import packed, read_wave, resampled, trimmed

TRIGGER, PACES = "activate", (0.8, 1.0, 1.25)
OTHERS = "zero one two three four five six seven eight nine".split()
OTHERS += "active captivate computer cultivate hello hesitate motivate music yesterday".split()
FLITE = ("awb", "kal16", "rms", "slt")
# An accent of English and a variant of the voice each, in eSpeak's words: six women and six men.
ESPEAK = ("en-us+m1", "en-us+m3", "en-us+f1", "en-us+f4", "en+m2", "en+f2", "en-gb-x-rp+m7", "en-gb-x-rp+f3")
ESPEAK += ("en-gb-scotland+m4", "en-gb-scotland+f5", "en-029+m5", "en-us-nyc+belinda")
# Of eSpeak's C interface, speak_lib.h.
_RETRIEVE, _RATE, _NORMAL_RATE, _CHARACTERS, _UTF8 = 1, 1, 175, 1, 1


def build(target: Path, flite: Path, libflite: Path, espeak: Path) -> None:
    """Writes trigger_words.h5 with the unpacked Debian packages flite and libflite1 and PyPI espeakng-loader."""
    write_h5(target, packed([*by_flite(flite, libflite), *by_espeak(espeak / "espeakng_loader")]))


def said() -> Iterator[tuple[str, float]]:
    """Yields what each voice says, and at which pace: 1 is its own, 2 would be twice as fast."""
    yield from ((TRIGGER, pace) for pace in PACES)
    yield from ((word, 1.0) for word in OTHERS)


def by_flite(program: Path, library: Path) -> Iterator[tuple[np.ndarray, str, str]]:
    """Yields each clip of the voices of flite: its wave, word and voice."""
    [folder] = library.glob("usr/lib/*")
    with tempfile.TemporaryDirectory() as place:
        spoken = Path(place, "spoken.wav")
        for voice in FLITE:
            for word, pace in said():
                stretch = f"duration_stretch={1 / pace}"
                command = [program / "usr/bin/flite", "-voice", voice, "--setf", stretch, "-t", word, "-o", spoken]
                subprocess.run(command, check=True, env=os.environ | {"LD_LIBRARY_PATH": str(folder)})
                yield trimmed(read_wave(spoken)), word, f"flite {voice}"


def by_espeak(folder: Path) -> Iterator[tuple[np.ndarray, str, str]]:
    """Yields each clip of the voices of eSpeak NG: its wave, word and voice."""
    library, samples = ctypes.CDLL(str(folder / "libespeak-ng.so")), []

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
    def collect(wave, size, events):
        samples.extend(wave[:size])
        return 0

    rate = library.espeak_Initialize(_RETRIEVE, 0, str(folder).encode(), 0)
    library.espeak_SetSynthCallback(collect)
    # eSpeak seeds the breath of its voices by the clock.
    library.espeak_ng_SetRandSeed(ctypes.c_long(1))
    for voice in ESPEAK:
        if library.espeak_SetVoiceByName(voice.encode()):
            raise ValueError(f"eSpeak has no voice {voice}")
        for word, pace in said():
            samples.clear()
            library.espeak_SetParameter(_RATE, round(_NORMAL_RATE * pace), 0)
            content = word.encode()
            library.espeak_Synth(content, ctypes.c_size_t(len(content) + 1), 0, _CHARACTERS, 0, _UTF8, None, None)
            library.espeak_Synchronize()
            yield trimmed(resampled(np.array(samples), rate)), word, f"espeak {voice}"
