"""What a class's grading does with what is handed in, and how an instructor lives with it."""

import json
import os
import subprocess
import sys

import nbformat
import pytest

from course_tools.demo import answer_notebook
from course_tools.grading import gradebook
from course_tools.grading.classwork import ClassRun, _alone
from course_tools.grading.record import SECRET
from course_tools.grading.submissions import Submission
from course_tools.grading.workers import hired
from course_tools.judge.repair import Unreadable
from course_tools.judge.sandbox import Limits
from course_tools.nbgrader_runs import RunFailed
from tests.classroom import (
    RIGHT,
    grade,
    scores,
    submission,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a class is graded on Linux")


def test_a_class_is_graded_once_and_again_only_where_it_changed(course):
    first = grade(course, workers=2)
    assert (first.graded, first.unchanged, first.problems) == (8, 0, [])
    assert scores(course) == RIGHT
    assert first.lines[0].startswith("note: others on this machine could read")
    assert "the student is new in the gradebook" in first.lines[1]
    folders = [course.root / "course1_nn" / name for name in ("source", "submitted", "autograded", "gradebook.db")]
    assert not any(folder.stat().st_mode & 0o077 for folder in folders)
    answer_notebook(course, submission(course, "student1"))
    second = grade(course)
    assert (second.graded, second.unchanged) == (1, 7)
    assert scores(course) == RIGHT | {"student1": 3.0}
    assert second.lines == ["student1  week1/01_double  3 / 3"]


def test_what_stands_elsewhere_or_cannot_be_named_is_said_and_stops_nothing(course):
    astray = submission(course, "student0").parents[1] / f"{course.name}.ipynb"
    deeper = submission(course, "student0").parent / course.name / "mine.ipynb"
    odd = submission(course, "[a]")
    newline = submission(course, "a\nb")
    for path in (astray, deeper, odd, newline):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(submission(course, "student0").read_bytes())
    run = grade(course)
    assert run.graded == 8 and scores(course) == RIGHT
    problems = {line.split(".ipynb")[0].rsplit("/", 1)[1]: line for line in run.problems}
    assert len(run.problems) == 4 and "so it was left alone" in problems["mine"]
    assert sum("rename the folder" in line for line in run.problems) == 2


def test_what_one_learner_hands_in_stops_nobody_elses(course):
    submission(course, "student0").unlink()
    submission(course, "student0").mkdir()
    submission(course, "student1").with_name("timestamp.txt").write_text("yesterday")
    submission(course, "student2").with_name("timestamp.txt").write_bytes(b"\xff")
    broken = json.loads(submission(course, "student4").read_text())
    broken["cells"].insert(1, {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "half a pair: \ud83d"})
    submission(course, "student4").write_text(json.dumps(broken))
    run = grade(course)
    assert (run.graded, len(run.problems)) == (5, 3)
    assert "student0" in run.problems[0] and "is not a file" in run.problems[0]
    assert all("timestamp.txt" in line and "2026-01-31" in line for line in run.problems[1:])
    with gradebook.opened(course) as book:
        assert book.find_submission(course.week, "student4").score == 3
    submission(course, "student1").with_name("timestamp.txt").write_text("2026-01-31 12:00:00 UTC")
    assert grade(course).graded == 1


def test_work_that_is_taken_back_while_a_run_goes_on_stops_nothing(course):
    this = ClassRun([course.root / "course1_nn" / "submitted"], root=course.root)
    submission(course, "student3").unlink()
    with hired(1, "isolate", Limits()) as judge:
        this.grade(judge, lambda line: None)
    assert this.graded == 7 and "student3" in this.problems[0] and "cannot be read" in this.problems[0]


def test_odd_names_and_files_stop_nothing(course):
    for student in ("a\nb", "\x1b[2J", os.fsdecode(b"\xd5\xc5")):
        submission(course, student).parent.mkdir(parents=True)
        submission(course, student).write_bytes(submission(course, "student0").read_bytes())
    for student in ("pipe", "large"):
        submission(course, student).parent.mkdir(parents=True)
    os.mkfifo(submission(course, "pipe"))
    with submission(course, "large").open("wb") as file:
        file.truncate(65 * 2**20)
    run = grade(course)
    assert run.graded == 8 and scores(course) == RIGHT
    assert all(line.isprintable() for line in run.problems) and len(run.problems) == 5
    assert sum("rename the folder" in line for line in run.problems) == 3
    assert any("is not a file" in line for line in run.problems)
    assert any("is larger than 64 MiB" in line for line in run.problems)


def test_work_handed_in_while_a_run_goes_on_is_graded_by_the_next(course):
    this = ClassRun([course.root / "course1_nn" / "submitted"], root=course.root)
    with hired(1, "isolate", Limits()) as judge:

        def meanwhile(tasks):
            for number, found in enumerate(judge(tasks)):
                if number == 0:
                    answer_notebook(course, submission(course, found[0][0].student), mistakes=("quadruple",))
                    changed.append(found[0][0].student)
                yield found

        changed = []
        this.grade(meanwhile, lambda line: None)
    assert (grade(course).graded, scores(course)[changed[0]]) == (1, 2.0)


def test_two_runs_do_not_write_at_once(course):
    with _alone([course]), pytest.raises(RunFailed, match="another run is grading course1_nn"):
        grade(course)
    assert grade(course).graded == 8


def test_what_the_instructor_gave_by_hand_and_lateness_stay(course):
    late = submission(course, "student0").with_name("timestamp.txt")
    late.write_text("2031-01-02 03:04:05 UTC")
    late.with_name(SECRET).write_text("abc")
    grade(course)
    # Without it nbgrader cannot release the feedback.
    assert (course.root / "course1_nn" / "autograded" / "student0" / course.week / SECRET).read_text() == "abc"
    with gradebook.opened(course) as book:
        grades = book.find_submission_notebook(course.name, course.week, "student1").grades
        next(each for each in grades if each.name == "double_check").manual_score = 1.5
        book.db.commit()
        assert book.find_submission(course.week, "student0").timestamp.year == 2031
    notebook = nbformat.read(submission(course, "student1"), 4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("I tried again."))
    nbformat.write(notebook, submission(course, "student1"))
    assert grade(course).graded == 1
    assert scores(course)["student1"] == 2.5


def test_a_notebook_that_is_missing_counts_zero_and_comes_back(course):
    grade(course)
    gone = submission(course, "student2").rename(course.root / "kept.ipynb")
    assert grade(course).graded == 0
    assert scores(course) == RIGHT
    gone.rename(submission(course, "student2"))
    assert grade(course).unchanged == 8


NAMES = [
    "李雷",
    "José",
    "राम",
    "Ωmega",
    "1a",
    "a.b_c-d@e+f",
    "Zoë O'Neil",
    " a",
    "a ",
    "=cmd",
    "@sum",
    "-x",
    "<b>",
    "a,b",
    "a;b",
]


def test_names_are_letters_and_digits_of_any_script(course):
    for student in NAMES:
        path = submission(course, student)
        path.parent.mkdir(parents=True)
        path.write_bytes(submission(course, "student0").read_bytes())
    run = grade(course, workers=2)
    assert run.graded == 8 + 6 and scores(course) == RIGHT
    assert len(run.problems) == 9 and all("rename the folder" in line for line in run.problems)


def test_what_was_meant_as_a_notebook_is_graded_or_named(course):
    text = submission(course, "student0").read_bytes()
    for student, name in (("safari", "{}.ipynb.json"), ("windows", "{}.ipynb.txt"), ("loud", "{}.IPYNB")):
        path = submission(course, student)
        path.parent.mkdir(parents=True)
        path.with_name(name.format(course.name)).write_bytes(text)
    submission(course, "student0").with_name(f"{course.name}.ipynb.json").write_bytes(text)
    for student in ("packed", "empty", "kept"):
        submission(course, student).parent.mkdir(parents=True)
    submission(course, "packed").with_suffix(".zip").write_bytes(b"PK")
    (submission(course, "kept").parent / ".ipynb_checkpoints").mkdir()
    (submission(course, "kept").parent / ".ipynb_checkpoints" / f"{course.name}-checkpoint.ipynb").write_bytes(text)
    run = grade(course)
    assert run.graded == 8 + 3 and scores(course) == RIGHT
    assert sum("handed in as" in line and "3 / 3" in line for line in run.lines) == 3
    assert sum("holds no notebook" in line for line in run.problems) == 3
    assert sum("stands beside it" in line for line in run.problems) == 1 and len(run.problems) == 4


def test_a_byte_order_mark_is_no_damage(course):
    path = submission(course, "student0")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert grade(course).problems == [] and scores(course) == RIGHT


def test_the_instructors_own_notebook_is_no_submission(course):
    submission(course, "student0").write_bytes(course.source.read_bytes())
    run = grade(course)
    assert run.graded == 7 and "hand in the learner's" in run.problems[0]


def test_a_file_beside_the_notebook_is_not_imported_by_who_grades(course, monkeypatch, tmp_path):
    folder, sign = submission(course, "student0").parent, tmp_path / "ran"
    names = ["msgpack", "numpy", "json", "course_tools", "shared_utils", "nbformat", "click", "sitecustomize", "tqdm"]
    for name in names:
        (folder / f"{name}.py").write_text(f"open({str(sign)!r}, 'a').write('{name} ')\nraise SystemExit\n")
    monkeypatch.chdir(folder)
    assert grade(course).graded == 8 and scores(course) == RIGHT
    assert not sign.exists()


@pytest.mark.parametrize(
    "text, recorded",
    [
        ("2026-02-02 22:58:23 UTC", "2026-02-02 22:58:23"),
        ("2026-02-02 22:58:23", "2026-02-02 22:58:23"),
        ("2026-02-02 22:58:23.948203 America/Los_Angeles", "2026-02-03 06:58:23.948203"),
        ("2026-02-02 23:58:23 +0100", "2026-02-02 22:58:23"),
        ("2026-02-02 23:58:23+01:00", "2026-02-02 22:58:23"),
        ("2026-02-02T22:58:23Z", "2026-02-02 22:58:23"),
        ("2026-02-02 22:58:23 Mars/Phobos", None),
        ("Monday, February 2, 2026 11:58:23 PM CET", None),
        ("03.02.2026 22:58", None),
        ("2026-02-02 22:58:23 ../../etc/passwd", None),
        ("2026-02-02 22:58:23 UTC UTC", None),
        ("2026-02-02 22:58:23+01:00 UTC", None),
        ("2026-02-02 22:58:23 +01:00 Europe/Berlin", None),
    ],
)
def test_a_time_is_read_as_it_is_meant_or_refused(course, text, recorded):
    submission(course, "student0").with_name("timestamp.txt").write_text(text)
    this = Submission(course, "student0", submission(course, "student0"))
    if recorded is None:
        with pytest.raises(Unreadable, match="beyond doubt"):
            this.timestamp  # noqa: B018
    else:
        assert this.timestamp.startswith(recorded) and this.timestamp.endswith(" UTC")


def test_a_terminal_that_cannot_show_a_name_stops_nothing():
    code = "from course_tools.cli import course, click; import sys\n"
    code += "try: course(['status', '--help'])\nexcept SystemExit: click.echo('李雷')"
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert ran.returncode == 0 and "Traceback" not in ran.stderr
