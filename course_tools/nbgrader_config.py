"""The nbgrader configuration that all five courses share; each course folder's `nbgrader_config.py` applies it."""

import os
from pathlib import Path

from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, GetGrades, LimitOutput, SaveAutoGrades
from traitlets.config import Config

from course_tools.grading.feedback import FeedbackPage
from course_tools.grading.nbgrader_step import Judge
from course_tools.grading.workers import CAN_JUDGE
from course_tools.syllabus import ROOT

# Students on a machine of their own need none; a class shares one, which its instructor names.
EXCHANGE = Path(os.environ.get("COURSE_EXCHANGE", ROOT / ".exchange"))


def configure(c: Config, config_file: str) -> None:
    """Sets nbgrader up for the course whose folder holds `config_file`."""
    folder = Path(config_file).resolve().parent
    c.CourseDirectory.course_id = folder.name
    c.CourseDirectory.root = str(folder)
    c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}
    if CAN_JUDGE:
        # The judge repairs and executes the submission; nbgrader records what came of it.
        c.Autograde.sanitize_preprocessors = [Judge]
        c.Autograde.autograde_preprocessors = [LimitOutput, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata]
        c.Judge.root = str(folder.parent)
        c.ExchangeFactory.collect = "course_tools.grading.exchange.Collect"
        c.ExchangeFactory.release_feedback = "course_tools.grading.exchange.ReleaseFeedback"
    else:
        c.Execute.timeout = 30
        c.Execute.shutdown_kernel = "immediate"
        # A kernel's start-up notes would fail a check: nbgrader takes anything on stderr for an error.
        c.Execute.extra_arguments = ["--HistoryManager.hist_file=:memory:", "--log-level=40"]
    c.GenerateFeedback.exporter_class = FeedbackPage
    c.GenerateFeedback.preprocessors = [GetGrades]
    configure_exchange(c)


def configure_exchange(c: Config) -> None:
    """Where assignments are released to and fetched from: one folder for all five courses."""
    c.Exchange.root = str(EXCHANGE)
    c.Exchange.path_includes_course = True
    c.Exchange.assignment_dir = str(ROOT / "workspace")
