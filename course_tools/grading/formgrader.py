"""A guard for Formgrader, an extension of the Jupyter server that `course lab` starts.

Its pages write what their address names into their text and their scripts as it is. A link to such an address, from
anywhere, would run with the rights of the instructor's JupyterLab.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from nbgrader.server_extensions.formgrader.base import BaseHandler
from tornado import web

from course_tools.grading.submissions import is_name

NAMED = ("student_id", "assignment_id", "notebook_id")


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    BaseHandler.render = names_alone(BaseHandler.render)


def names_alone(render: Callable[..., str]) -> Callable[..., str]:
    """Formgrader's method `render`, which finds no page whose address holds anything but names."""

    @wraps(render)
    def guarded(self: BaseHandler, template: str, **values: Any) -> str:
        if not all(is_name(values[key]) for key in NAMED if key in values):
            raise web.HTTPError(404)
        return render(self, template, **values)

    return guarded
