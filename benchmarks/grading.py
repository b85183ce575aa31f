"""How fast grading is: nbgrader as it comes, the course's own with one and two workers, and the floor under both.

    python benchmarks/grading.py          # 60 submissions of the lessons of week 2 of course 1, about ten minutes
    python benchmarks/grading.py courses  # the second lesson of the second week of each course, from two students
    python benchmarks/grading.py memory   # the coordinator's memory at 100 and at 2,000 submissions
    python benchmarks/grading.py attacks  # how long 200 students wait, alone and beside every attack of the tests
    python benchmarks/grading.py hogs     # what 50 students get alone, and beside 50 who take all processor time

The floor is the same cells (set-up, answers, checks) executed in an already warm process, one forked child a notebook.
nbgrader executes all cells, the course's grader leaves out the demonstrations that the learner has not touched.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import click
import nbformat
import yaml

from course_tools.authoring.build import build
from course_tools.demo import answer_notebook
from course_tools.grading import gradebook
from course_tools.grading.classwork import ClassRun
from course_tools.grading.workers import hired
from course_tools.judge import warm_process
from course_tools.judge.sandbox import Limits
from course_tools.syllabus import ROOT, Notebook, written
from tests.conftest import ANSWERS, LESSON, SYLLABUS
from tests.grading.test_workers import BUSY, HOG
from tests.judge import attacks

WEEK = "week2_neural_network_basics"
SHIPPED = Limits()
STOCK = "c = get_config()\nc.CourseDirectory.course_id = '{}'\nc.Execute.timeout = 300\n"


@click.command()
@click.argument("what", type=click.Choice(["speed", "courses", "memory", "attacks", "hogs"]), default="speed")
def main(what: str) -> None:
    """Measures grading; the module's docstring says what."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("syllabus.yml", "README.md"):
            shutil.copy(ROOT / name, root)
        for book in second_lessons() if what == "courses" else [book for book in written() if book.week == WEEK]:
            for kind in ("lessons", "answers"):
                file = Path(book.course, kind, book.week, f"{book.name}.py")
                (root / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / file, root / file)
            shutil.copy(ROOT / book.course / "nbgrader_config.py", root / book.course)
        if what in ("attacks", "hogs"):
            add_attacked_lesson(root)
        build(root)
        books = written(root)
        if what == "memory":
            memory(books, root)
        elif what == "attacks":
            company(books, root)
        elif what == "hogs":
            hogs(books[0], root)
        else:
            speed(books, root, 2 if what == "courses" else 12)


def second_lessons() -> list[Notebook]:
    """The second lesson of the second week of each course."""
    courses: dict[str, dict[str, list[Notebook]]] = {}
    for book in written():
        courses.setdefault(book.course, {}).setdefault(book.week, []).append(book)
    return [list(weeks.values())[1][1] for weeks in courses.values()]


def speed(books: list[Notebook], root: Path, students: int) -> None:
    """Prints the table of one run, slowest first."""
    hand_in(books, students)
    count = students * len(books)
    # First, as what grading leaves in this process would slow the children that are forked from it.
    lowest = floor(books, students)
    rows = [("nbgrader autograde as it comes", stock(books, root))]
    for workers in (1, 2):
        rows.append((f"course grade, workers: {workers}", ours(root, workers)[0]))
    rows.append(("floor: the same cells in a warm process", lowest))
    print(f"{count} submissions ({len(books)} notebooks of {students} students), {os.cpu_count()} cores\n")
    print("| what | seconds | a minute | times nbgrader | times the floor |")
    print("|---|---|---|---|---|")
    for what, seconds in rows:
        ratios = f"{rows[0][1] / seconds:.1f} | {seconds / rows[3][1]:.2f}"
        print(f"| {what} | {seconds:.1f} | {60 * count / seconds:.0f} | {ratios} |")
    waits = [own(book, root) for book in books]
    for what, seconds in zip(("score shown", "score recorded, feedback made"), zip(*waits, strict=True), strict=True):
        print(f"a learner's own notebook, {what}: after {min(seconds):.1f} to {max(seconds):.1f} s")


def memory(books: list[Notebook], root: Path) -> None:
    """Prints the largest memory of the coordinator (a process of its own) at 100 and at 2,000 submissions."""
    for students in (20, 400):
        hand_in(books, students)
        child = os.fork()
        if child == 0:
            seconds, graded = ours(root, 2)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{graded} submissions in {seconds:.0f} s: the coordinator took {peak:.0f} MiB at most", flush=True)
            os._exit(0)
        os.waitpid(child, 0)


def add_attacked_lesson(root: Path) -> None:
    """Puts the lesson that the attacks are made for first into the week."""
    syllabus = yaml.safe_load((root / "syllabus.yml").read_text(encoding="utf-8"))
    [own] = yaml.safe_load(SYLLABUS)["courses"][0]["weeks"][0]["notebooks"]
    [week] = [week for week in syllabus["courses"][0]["weeks"] if week["id"] == WEEK]
    week["notebooks"].insert(0, own)
    (root / "syllabus.yml").write_text(yaml.safe_dump(syllabus, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for folder, text in (("lessons", LESSON), ("answers", ANSWERS)):
        (root / "course1_nn" / folder / WEEK / f"{own['id']}.py").write_text(text, encoding="utf-8")


def company(books: list[Notebook], root: Path, students: int = 200) -> None:
    """Prints when the last of a class had its grades, alone and beside the attacks, which are judged first."""
    attacked, *own = books
    hand_in(own, students)
    alone, grades = waited(root, students * len(own))
    for name, attack in attacks.ATTACKS.items():
        path = root / "course1_nn" / "submitted" / f"attack_{name}" / WEEK / f"{attacked.name}.ipynb"
        attacks.write(attack, attacked.release, path, root, 9)
    beside, again = waited(root, students * len(own))
    print(f"{students} students, {len(grades)} notebooks, two workers: {alone:.0f} s until the last has its grade")
    print(f"with {len(attacks.ATTACKS)} attacks beside them: {beside:.0f} s, {beside / alone:.2f} times as long")
    print(f"the grades of {sum(again.get(key) != grade for key, grade in grades.items())} notebooks are other ones")


def hogs(book: Notebook, root: Path, students: int = 50) -> None:
    """Prints how many of those who need much time get other points beside as many others who take all there is."""
    grades = []
    for suffix, answer in (("", BUSY), ("-hog", HOG)):
        for number in range(students):
            path = root / "course1_nn" / "submitted" / f"student{number:04}{suffix}" / WEEK / f"{book.name}.ipynb"
            attacks.write(attacks.Attack("", answer), book.release, path, root, 9)
        seconds, found = waited(root, students, Limits(seconds=4))
        company = " beside as many hogs" if suffix else ""
        print(f"{students} busy students{company}: {seconds:.0f} s, points {', '.join(set(found.values()))}")
        grades.append(found)
    alone, beside = grades
    print(f"{sum(beside[key] != grade for key, grade in alone.items())} of them got other points")


class Graded(Exception):
    """Every student has a grade; what is left are attacks that are late, each judged alone."""


def waited(root: Path, notebooks: int, limits: Limits = SHIPPED) -> tuple[float, dict[str, str]]:
    """Seconds until so many notebooks of students had a grade, and what each got."""
    grades = {}

    def said(line: str) -> None:
        who, notebook, grade = [*line.split("  "), "", ""][:3]
        if re.fullmatch(r"student\d+", who):
            grades[f"{who} {notebook}"] = grade
            if len(grades) == notebooks:
                raise Graded(time.perf_counter() - start)

    start = time.perf_counter()
    try:
        ours(root, 2, said, limits)
    except Graded as end:
        return end.args[0], grades
    sys.exit(f"only {len(grades)} of {notebooks} notebooks have a grade")


def hand_in(books: Iterable[Notebook], students: int) -> None:
    """Each student's answers, every third student's with a mistake; what an earlier run graded is gone."""
    for book in books:
        course = book.root / book.course
        for name in ("autograded", ".graded", "gradebook.db"):
            path = course / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        for number in range(students):
            path = course / "submitted" / f"student{number:04}" / book.week / f"{book.name}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            answer_notebook(book, path, mistakes=("sigmoid", "forward_graph") if number % 3 == 0 else ())


def stock(books: list[Notebook], root: Path) -> float:
    """Seconds of `nbgrader autograde` with nbgrader's own settings."""
    seconds = 0.0
    for name, week in dict.fromkeys((book.course, book.week) for book in books):
        course = root / "stock" / name
        for kind in ("source", "submitted"):
            shutil.copytree(root / name / kind, course / kind)
        (course / "nbgrader_config.py").write_text(STOCK.format(name))
        nbgrader = [sys.executable, "-m", "nbgrader"]
        options = {"cwd": course, "check": True, "capture_output": True}
        subprocess.run([*nbgrader, "generate_assignment", week], **options)
        start = time.perf_counter()
        subprocess.run([*nbgrader, "autograde", week], **options)
        seconds += time.perf_counter() - start
    return seconds


def ours(
    root: Path, workers: int, say: Callable[[str], None] = lambda line: None, limits: Limits = SHIPPED
) -> tuple[float, int]:
    """Seconds of `course grade` over the class, the start of the workers included, and how many it graded.

    The lessons are entered in a new gradebook before, as `generate_assignment` does it for nbgrader.
    """
    courses = dict.fromkeys(root / book.course for book in written(root))
    for course in courses:
        for name in ("autograded", ".graded"):
            shutil.rmtree(course / name, ignore_errors=True)
        (course / "gradebook.db").unlink(missing_ok=True)
    for book in written(root):
        gradebook.record(book)
    start = time.perf_counter()
    this = ClassRun([course / "submitted" for course in courses], root=root)
    with hired(workers, "isolate", limits) as judge:
        this.grade(judge, say)
    return time.perf_counter() - start, this.graded


def own(book: Notebook, root: Path) -> tuple[float, float]:
    """Seconds of `course grade` on one notebook, as `grade()` calls it: until its score is shown, and until its end."""
    notebook = root / "workspace" / book.course / book.week / f"{book.name}.ipynb"
    notebook.parent.mkdir(parents=True, exist_ok=True)
    answer_notebook(book, notebook)
    shutil.copytree(ROOT / "course_tools", root / "course_tools", dirs_exist_ok=True)
    command = [sys.executable, "-u", "-m", "course_tools", "grade", str(notebook)]
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout.readline().startswith(f"{book.name}: ")
        shown = time.perf_counter() - start
        run.communicate()
    assert run.returncode == 0
    return shown, time.perf_counter() - start


def floor(books: list[Notebook], students: int) -> float:
    """Seconds of the cells alone: each notebook in a forked child of this process, where everything is loaded."""
    # What a warm process loads has been loaded with its module.
    shell = warm_process.shell
    warm = shell.start()
    sources = []
    for book in books:
        code = [cell for cell in nbformat.read(book.source, 4).cells if cell.cell_type == "code"]
        sources.append([cell.source for number, cell in enumerate(code) if number == 0 or "nbgrader" in cell.metadata])
    start = time.perf_counter()
    for _ in range(students):
        for cells in sources:
            child = os.fork()
            if child == 0:
                for source in cells:
                    shell.run(warm, source)
                os._exit(0)
            os.waitpid(child, 0)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
