"""Single words that one woman recorded for a telephone exchange, as the names of their files say them."""

from pathlib import Path

from course_tools.data.recipe_kit import write_h5
from course_tools.data.sound import packed, read_wave, trimmed

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
ONES += "seventeen eighteen nineteen twenty".split()
TENS = {10 * k: word for k, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), start=3)}
DAYS = "sunday monday tuesday wednesday thursday friday saturday".split()
MONTHS = "january february march april may june july august september october november december".split()
SPELLING = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec"
SPELLING = (SPELLING + " romeo sierra tango uniform victor whiskey x-ray yankee zulu").split()
OTHERS = "activated cancelled disabled enabled extension goodbye hello hours location lowercase minute minutes"
OTHERS = (OTHERS + " number removed second seconds sorry time uppercase").split()

FILES = {f"digits/{number}": word for number, word in [*enumerate(ONES), *TENS.items()]}
FILES |= {f"digits/{word}": word for word in "hundred thousand million billion minus today tomorrow yesterday".split()}
FILES |= {f"digits/day-{k}": word for k, word in enumerate(DAYS)} | {f"digits/mon-{k}": w for k, w in enumerate(MONTHS)}
FILES |= {f"letters/{letter}": letter for letter in "abcdefghijklmnopqrstuvwxyz"}
# November is a month already.
FILES |= {f"phonetic/{word[0]}_p": word for word in SPELLING if word not in MONTHS}
FILES |= {word: word for word in OTHERS}


def build(target: Path, package: Path) -> None:
    """Writes spoken_words.h5 from the unpacked Debian package asterisk-core-sounds-en-wav."""
    folder = package / "usr/share/asterisk/sounds/en_US_f_Allison"
    write_h5(
        target,
        packed((trimmed(read_wave(folder / f"{file}.wav")), word, "Allison Smith") for file, word in FILES.items()),
    )
