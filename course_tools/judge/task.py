"""What a worker is given and what it gives back: plain text, so that both can cross as a line of JSON."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Task:
    """Judging one answer.

    Attributes:
        lesson: the id of the lesson, course/week/name.
        source, release: the texts of its two notebooks.
        answer: the text of the learner's file, and `name` how messages call that file.
        needs: the package that the lesson needs; "" for most.
        hurried: whether it gets only a part of its time, and no more once it is late: then it will be judged again.
    """

    lesson: str
    source: str
    release: str
    answer: str
    name: str
    needs: str = ""
    hurried: bool = False


@dataclass(frozen=True)
class Result:
    """What came of a task.

    Attributes:
        notebook: the executed notebook's text; empty if the answer could not be judged.
        notes: what was mended in it, a sentence each.
        problem: why it could not be judged; empty if it was.
        late: whether its time was over somewhere, perhaps only because others took it.
    """

    notebook: str = ""
    notes: list[str] = field(default_factory=list)
    problem: str = ""
    late: bool = False
