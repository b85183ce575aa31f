"""Formgrader's pages, as `course lab` serves them."""

import os
import subprocess
import sys

import pytest
from jinja2 import DictLoader, Environment
from nbgrader.server_extensions.formgrader.base import BaseHandler
from tornado import web

from course_tools.grading.formgrader import names_alone
from course_tools.lab import CONFIG


class Page:
    settings = {"nbgrader_jinja2_env": Environment(loader=DictLoader({"page": "{{ student_id }} {{ count }}"}))}


def test_a_page_holds_names_as_before():
    shown = names_alone(BaseHandler.render)
    assert shown(Page(), "page", student_id="李雷", assignment_id="week2_optimization", count="<b>") == "李雷 <b>"
    assert shown(Page(), "page", count=2) == " 2"


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "x\\", '";alert(1)//', "a b", ""])
@pytest.mark.parametrize("key", ["student_id", "assignment_id", "notebook_id"])
def test_an_address_that_is_no_name_has_no_page(key, name):
    with pytest.raises(web.HTTPError) as error:
        names_alone(BaseHandler.render)(Page(), "page", **{key: name})
    assert error.value.status_code == 404


FIND = """
from jupyter_server.serverapp import ServerApp
server = ServerApp()
server.load_config_file()
server.find_server_extensions()
print(server.jpserver_extensions)
"""


def test_the_server_of_course_lab_loads_the_guard():
    environment = os.environ | {"JUPYTER_CONFIG_PATH": str(CONFIG)}
    told = subprocess.run([sys.executable, "-P", "-c", FIND], env=environment, capture_output=True, text=True)
    assert "'course_tools.grading.formgrader': True" in told.stdout, told.stderr
