"""What authors and instructors run: building, proving and grading the lessons."""

import os
import sys
from pathlib import Path

# nbgrader starts `alembic`, and Jupyter its commands, by name: they stand beside this Python, activated or not.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
