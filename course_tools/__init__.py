"""What authors and instructors run: building, proving and grading the lessons.

Four rooms, each with its map in its `__init__`:
    authoring/  chapters and answers → notebooks, and the proof of their checks
    data/       recipes → datasets, and what they are good for
    judge/      one notebook, judged: the answers in a sandbox, the checks beside it; knows no gradebook
    grading/    files → judge → gradebook and feedback

The ground floor, which imports none of them: `syllabus` (what exists, and where), `marks` (the names of graded cells),
`taught` (which lesson may import what), `nbgrader_runs` (nbgrader's steps). The entrances: `cli` (the command
`course`), `lab`, `kit`, `demo`, `testing`, `nbgrader_config`, and `__main__`, which makes the environment first.
"""

import os
import sys
from pathlib import Path

# nbgrader starts `alembic`, and Jupyter its commands, by name: they stand beside this Python, activated or not.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
