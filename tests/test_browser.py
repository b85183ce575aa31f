"""JupyterLab as a learner uses it, in a real browser: open a lesson, answer, run, Validate, see the score."""

import re
import shutil

import pytest

from tests.conftest import jupyterlab

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt install chromium)")
# Without these a browser in a container does not start, or calls home.
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WRONG = "def relu(z):\n    return z"
RIGHT = "def relu(z):\n    return np.maximum(z, 0)"


@pytest.fixture(scope="module")
def page(clone):
    playwright = pytest.importorskip("playwright.sync_api")
    with jupyterlab(clone) as address, playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.set_default_timeout(60_000)
        page.goto(address)
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        yield page
        browser.close()


def cell_with(page, text):
    """The code cell that holds `text`, scrolled into sight: the notebook keeps only the cells near the view."""
    cell = page.locator(".jp-CodeCell", has_text=text).first
    for _ in range(100):
        if cell.count():
            cell.scroll_into_view_if_needed()
            return cell
        page.mouse.move(700, 500)
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(100)
    raise AssertionError(f"no cell holds {text}")


def write(page, cell, text):
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def output_of(page, cell):
    """Runs the cell and gives its output as text."""
    before = cell.locator(".jp-InputPrompt").inner_text()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    for _ in range(300):
        page.wait_for_timeout(200)
        if cell.locator(".jp-InputPrompt").inner_text() not in (before, "[*]:"):
            page.wait_for_timeout(300)
            output = cell.locator(".jp-OutputArea")
            return output.inner_text() if output.count() else ""
    raise AssertionError("the cell did not finish within a minute")


def test_a_learner_answers_validates_and_sees_the_score(page):
    output_of(page, cell_with(page, "import matplotlib.pyplot"))
    exercise = cell_with(page, "def relu")
    write(page, exercise, WRONG)
    output_of(page, exercise)
    wrong = output_of(page, cell_with(page, 'with checks.exercise("relu")'))
    assert wrong.strip().startswith("CheckFailed: relu(-2): wrong value: a negative number must become 0")
    assert "\n" not in wrong.strip()

    exercise = cell_with(page, "def relu")
    write(page, exercise, RIGHT)
    output_of(page, exercise)
    right = output_of(page, cell_with(page, 'with checks.exercise("relu")'))
    assert right.strip() == "relu: 4 checks passed"

    page.get_by_role("main", name="Main Content").get_by_text("Validate", exact=True).click()
    dialog = page.locator(".jp-Dialog", has_text="Validation Results")
    dialog.wait_for()
    found = dialog.inner_text()
    assert "neuron is still a stub" in found and "relu is still a stub" not in found
    dialog.get_by_text("Ok").click()

    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(2000)
    score = output_of(page, cell_with(page, "grade()"))
    assert "01_neuron_and_supervised_learning: 1 of 11 points" in score
    assert re.search(r"\+ relu +1 / 1  passed", score)
    assert "save (Ctrl+S)" not in score
