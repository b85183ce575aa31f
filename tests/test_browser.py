"""JupyterLab as a learner uses it, in a real browser: open a lesson, answer, run, Validate, see the score."""

import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import CHROMIUM_OPTIONS, jupyterlab

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt install chromium)")
api = pytest.importorskip("playwright.sync_api")
# However slow the machine is: each wait ends when what it waits for is there.
LONGEST = 120_000  # milliseconds
WRONG = "def relu(z):\n    return z"
CHECK = "# Check of relu: run this cell (Shift+Enter)"
RIGHT = "def relu(z):\n    return np.maximum(z, 0)"


@pytest.fixture(scope="module")
def page(clone):
    # Left to itself the notebook keeps only the cells near the view, and a cell is found by scrolling.
    settings = Path(os.environ["JUPYTERLAB_SETTINGS_DIR"], "@jupyterlab/notebook-extension/tracker.jupyterlab-settings")
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"windowingMode": "none"}')
    api.expect.set_options(timeout=LONGEST)
    with jupyterlab(clone) as address, api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.set_default_timeout(LONGEST)
        with seen(page):
            page.goto(address)
            page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        yield page
        browser.close()


@contextmanager
def seen(page):
    """Adds to an error what stands on the page: its tabs, dialogs and status, and each cell's prompt and output."""
    parts = ".lm-TabBar-tabLabel, .jp-Dialog, #jp-main-statusbar, .jp-InputPrompt, .jp-OutputArea"
    try:
        yield
    except Exception as error:
        shown = " | ".join(" ".join(text.split()) for text in page.locator(parts).all_inner_texts() if text.strip())
        error.add_note(f"On the page {page.url} ({page.title()}): {shown}")
        raise


def cell_with(page, text):
    """The code cell that holds `text`."""
    return page.locator(".jp-CodeCell", has_text=text).first


def write(page, cell, text):
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def output_of(page, cell):
    """Runs the cell, waits for its end, and gives the place of its output."""
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    prompt.click()
    page.keyboard.press("Control+Enter")
    api.expect(prompt).not_to_have_text(before)
    api.expect(prompt).to_have_text(re.compile(r"\[\d+\]"))
    return cell.locator(".jp-OutputArea")


def test_a_learner_answers_validates_and_sees_the_score(page):
    with seen(page):
        output_of(page, cell_with(page, "import matplotlib.pyplot"))
        exercise, check = cell_with(page, "def relu"), cell_with(page, CHECK)
        write(page, exercise, WRONG)
        for _ in ("the exercise", "its hint", "its check"):
            page.keyboard.press("Shift+Enter")
        wrong = check.locator(".jp-OutputArea-output")
        api.expect(wrong).to_contain_text("CheckFailed: relu(-2): wrong value: a negative number must become 0")
        assert wrong.inner_text().strip().startswith("CheckFailed: ") and "\n" not in wrong.inner_text().strip()
        api.expect(check.locator(".cm-content")).not_to_be_visible()
        check.get_by_text(CHECK).click()
        api.expect(check.locator(".cm-content")).to_contain_text("checks.close")

        write(page, exercise, RIGHT)
        output_of(page, exercise)
        api.expect(output_of(page, check)).to_have_text(re.compile(r"relu: \d checks passed"))

        page.get_by_role("main", name="Main Content").get_by_text("Validate", exact=True).click()
        dialog = page.locator(".jp-Dialog", has_text="Validation Results")
        api.expect(dialog).to_contain_text("neuron is still a stub")
        api.expect(dialog).not_to_contain_text("relu is still a stub")
        dialog.get_by_text("Ok").click()
        api.expect(dialog).to_have_count(0)

        page.keyboard.press("Escape")
        with page.expect_response(lambda answer: answer.request.method == "PUT" and "/api/contents/" in answer.url):
            page.keyboard.press("Control+s")
        score = output_of(page, cell_with(page, "grade()"))
        api.expect(score).to_contain_text("01_neuron_and_supervised_learning: 1 of 11 points")
        api.expect(score).to_contain_text(re.compile(r"\+ relu +1 / 1  passed"))
        api.expect(score).not_to_contain_text("save (Ctrl+S)")
