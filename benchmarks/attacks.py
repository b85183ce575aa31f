"""What nbgrader as it comes makes of the attacks that the tests hold this course's grader to: writes docs/attacks.md.

    python benchmarks/attacks.py        # about half an hour; as an ordinary user, never as root

The attacks are run for real, unprotected. So the script runs itself in process, mount and user namespaces of its own:
what kills everybody there kills nobody else. Each attack gets a course of its own, with an honest submission beside it.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry

from course_tools.authoring.build import build
from course_tools.demo import answer_notebook
from course_tools.syllabus import ROOT, Notebook, written
from tests.conftest import LESSON, SYLLABUS
from tests.judge import attacks

STOCK = "c = get_config()\nc.CourseDirectory.course_id = 'course1_nn'\nc.Execute.timeout = 5\n"
HEAD = """# Attacks on grading

Made by `benchmarks/attacks.py`. The exercises are worth 3 points. *Earned* is what the right parts of a submission are
worth (a file that is no notebook gets no grade, and a sentence), and what this course's grader gives it, each time
the tests run
([tests/judge/test_red_team.py](../tests/judge/test_red_team.py)): no hidden test leaks, nothing is changed, no
network reached, nothing left running, and the honest submissions beside each attack are graded.

nbgrader {version} executes a submission and its hidden tests in one kernel, as the user who grades.

| attack | earned | nbgrader gave | what else nbgrader let happen |
|---|---|---|---|
"""


def main() -> None:
    if os.geteuid() == 0 and os.getpid() != 1:
        sys.exit("run this as an ordinary user: it executes attacks")
    if os.getpid() != 1:
        inside = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount", "--mount-proc"]
        os.execvp(inside[0], [*inside, sys.executable, "-m", "benchmarks.attacks"])
    from nbgrader import __version__

    rows, better = [], 0
    for name, attack in attacks.ATTACKS.items():
        gave, events = tried(name, attack)
        earned = "no grade" if attack.earned is None else f"{attack.earned:g}"
        better += gave != earned or bool(events)
        rows.append(f"| {attack.what} | {earned} | {gave} | {'; '.join(events)} |")
        print(rows[-1], flush=True)
    text = HEAD.format(version=__version__) + "\n".join(rows)
    text += f"\n\nOf {len(rows)} attacks, {better} got other points than they earned, or did harm.\n"
    (ROOT / "docs" / "attacks.md").write_text(text, encoding="utf-8")


def tried(name: str, attack: attacks.Attack) -> tuple[str, list[str]]:
    """The points that nbgrader gave, and what else came of it, in words."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        book = project(Path(folder))
        course = book.root / book.course
        places = {who: course / "submitted" / who / book.week / f"{book.name}.ipynb" for who in ("alice", "zoe", name)}
        for who in ("alice", "zoe"):
            places[who].parent.mkdir(parents=True)
            answer_notebook(book, places[who])
        attacks.write(attack, book.release, places[name], book.root, listener.getsockname()[1])
        run(course, "generate_assignment", book.week, "--force")
        run(course, "autograde", book.week, f"--student={name}", "--force")
        run(course, "autograde", book.week, "--force")
        events = []
        found = {who: score(book, who) for who in places}
        if found["alice"] != "3" or found["zoe"] != "3":
            events.append(f"honest work beside it got {found['alice']} and {found['zoe']} of 3")
        events += outputs(course / "autograded" / name / book.week / f"{book.name}.ipynb")
        try:
            listener.accept()
            events.append("the network was reached")
        except TimeoutError:
            pass
        if attacks.ORPHAN in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout:
            events.append("a process was left running")
            subprocess.run(["pkill", "-9", "-f", attacks.ORPHAN])
        return found[name], events


def project(root: Path) -> Notebook:
    """The tests' small course with nbgrader's own settings."""
    (root / "syllabus.yml").write_text(SYLLABUS, encoding="utf-8")
    (root / "README.md").write_text("<!-- begin: made by course build -->\n<!-- end -->\n")
    lesson = root / "course1_nn" / "lessons" / "week1" / "01_double.py"
    lesson.parent.mkdir(parents=True)
    lesson.write_text(LESSON, encoding="utf-8")
    shutil.copy(ROOT / "course1_nn" / "nbgrader_config.py", root / "course1_nn")
    build(root)
    (root / "course1_nn" / "nbgrader_config.py").write_text(STOCK)
    return written(root)[0]


def run(course: Path, *arguments: str) -> None:
    """One nbgrader command; it may fail, be killed, or hang, which is then what it does."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    with subprocess.Popen(command, cwd=course, **options) as process:
        try:
            process.wait(timeout=90)
        except subprocess.TimeoutExpired:
            process.kill()


def score(book: Notebook, student: str) -> str:
    """The student's points in the gradebook, or that there are none."""
    with Gradebook(f"sqlite:///{book.root / book.course / 'gradebook.db'}") as gradebook:
        try:
            submission = gradebook.find_submission_notebook(book.name, book.week, student)
        except MissingEntry:
            return "no grade"
        if all(grade.auto_score is None for grade in submission.grades):
            return "no grade"
        return f"{submission.score:g}"


def outputs(path: Path) -> list[str]:
    """What the graded notebook shows that it should not."""
    if not path.exists():
        return []
    cells = nbformat.read(path, 4).cells
    text = str([output for cell in cells for output in cell.get("outputs", []) if output.output_type != "error"])
    text += str([cell.source for cell in cells if cell.cell_type == "markdown"])
    found = []
    if attacks.LEAK in text:
        found.append("a hidden test was read")
    elif "double(double(x))" in text:
        found.append("another's answer was read")
    if "WRITTEN" in text:
        found.append("files outside were written")
    if "TAKEN" in text:
        found.append("it was all taken")
    if "<script>" in text or "alert(1)" in text:
        found.append("a script was stored")
    if len(text) > 5e6:
        found.append(f"{len(text) / 1e6:.0f} MB of output were stored")
    return found


if __name__ == "__main__":
    main()
