import pytest

from course_tools.authoring import answers
from course_tools.authoring.lesson import LessonError, read

RIGHT = '# %% alternative="double"\ndef double(x):\n    return x + x\n'
SLIPS = [
    ('# %% wrong="doubel" says="half"\ndef doubel(x):\n    return x\n', 1, "has no exercise of this name"),
    (RIGHT + '# %% wrong="double"\ndef double(x):\n    return x\n', 4, 'needs says="…"'),
    (RIGHT + '# %% check="double" points=1\n', 4, "lessons/ may be its place"),
    (RIGHT + '# %% alternative="double"\ndef twice(x):\n    return x\n', 5, "must define `double`"),
    (RIGHT + '# %% alternative="double" says="half"\n', 4, "unknown mark `says`"),
    ('# %% equivalent="double" mutant="squeezes"\n', 1, "write equivalent="),
]


@pytest.mark.parametrize("text, line, message", SLIPS, ids=[slip[2] for slip in SLIPS])
def test_a_slip_is_named_with_file_and_line(book, text, line, message):
    book.answers.write_text(text, encoding="utf-8")
    with pytest.raises(LessonError) as error:
        answers.read(read(book.lesson))
    assert f"{book.answers}:{line}: " in str(error.value) and message in str(error.value)


def test_a_lesson_without_answers_is_told_where_they_belong(book):
    book.answers.unlink()
    with pytest.raises(LessonError, match="answers/week1/01_double.py is missing"):
        answers.read(read(book.lesson))


def test_quotes_in_a_mark_are_escaped_as_in_json(book):
    book.answers.write_text('# %% wrong="double" says="the \\"log\\" is missing"\ndef double(x): pass\n')
    [wrong] = answers.read(read(book.lesson)).of("wrong", "double")
    assert wrong.marks["says"] == 'the "log" is missing'
