"""An analyst at the browser: what a person sees and does in Prefect's pages, a method a gesture.

Everything is found by what a person goes by: roles, labels and words. Each step can be kept as a
picture.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import servers
from playwright.sync_api import Locator, Page, TimeoutError, expect, sync_playwright

#: Chromium, as Debian and others call it.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
#: No sandbox, which root can't have; nothing asked of the world outside.
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
#: A line's mark in the form, and a mark with the line's words behind it.
MARK = r"\[s\d+\]"
MARKED = re.compile(rf"^({MARK}) (\S.*)$", re.MULTILINE)
#: Milliseconds for a page to show what it was asked for, on a busy machine.
PAGE_TIME = 30_000
#: Milliseconds for a run to be picked up, to load the models and to end.
RUN_TIME = 400_000


def browser() -> str | None:
    """Where a Chromium is; None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@contextmanager
def at_the_browser(
    executable: str, pages: str, pictures: Path, language: str = "en-CA"
) -> Iterator[Analyst]:
    """An analyst before a fresh browser; where the test fails, what they saw last is kept."""
    pictures.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PAGE_TIME)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        page = chromium.new_page(viewport={"width": 1200, "height": 1000}, locale=language)
        page.set_default_timeout(PAGE_TIME)
        try:
            yield Analyst(page, pages, pictures)
        except BaseException:
            page.screenshot(path=pictures / "where-it-failed.png")
            raise
        finally:
            chromium.close()


@dataclass(frozen=True)
class Analyst:
    """Somebody who knows the words on the pages, and nothing of what is behind them."""

    page: Page
    pages: str
    """Where the pages are, as ``passerelle serve`` tells it."""
    pictures: Path

    def keep_picture(self, name: str) -> None:
        """Keep what is seen once the page is filled."""
        expect(self.page.locator(".animate-pulse")).to_have_count(0)
        self.page.screenshot(path=self.pictures / f"{name}.png")

    # A draft on demand

    def open_draft_form(self) -> Locator:
        """Open the form that asks for a draft."""
        self.page.goto(f"{self.pages}/deployments")
        self.page.get_by_role("link", name="draft-brief").first.click()
        self.page.get_by_role("button", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Quick run").click()
        return self.page.get_by_role("dialog", name="Run Deployment")

    def start_draft(self, form: Locator) -> None:
        """Send that form off, and wait on the run's page until the draft is made."""
        view = self.page.get_by_role("link", name="View run")
        press(form.get_by_role("button", name="Run"), view)
        view.click()
        self._wait_for_state("Completed")

    # The queue, and a draft in it

    def open_queue(self) -> Locator:
        """Open the queue; the drafts that wait in it."""
        self._open_queue()
        waiting = self.page.get_by_role("link", name="review-")
        expect(waiting.first).to_be_visible()
        return waiting

    def finds_nothing_waiting(self, title: str) -> None:
        """Open the queue, where a draft no longer is."""
        self._open_queue()
        expect(self.page.get_by_text(re.compile(r"^\d+ Flow runs?$"))).to_be_visible()
        waiting = self.page.get_by_role("link", name="review-")
        expect(waiting.filter(has_text=title)).to_have_count(0)

    def open_draft(self, title: str) -> None:
        """Open the page of a draft that waits in the queue."""
        self.open_queue().filter(has_text=title).first.click()
        expect(self._brief_link()).to_be_visible()
        expect(self.page.get_by_text("has not yet generated any")).to_be_visible()

    def read_draft(self) -> Locator:
        """Follow the link on a draft's page to the brief beside its evidence."""
        self.page.goto(self._brief_link().get_attribute("href") or "")
        brief = self.page.get_by_role("tabpanel", name="Artifact")
        expect(brief.get_by_role("heading").first).to_be_visible()
        return brief

    def open_evidence(self, brief: Locator, words: str) -> None:
        """Open what folds over some words of a brief.

        Prefect's page draws an artifact again when it has asked for it again, and what was open
        is closed then: so it is opened until the words are seen.
        """
        fold = brief.locator("details").filter(has_text=words).last

        def is_open() -> bool:
            if fold.get_attribute("open") is None:
                fold.locator("summary").first.click()
            return brief.get_by_text(words).is_visible()

        servers.wait_until(is_open, words, PAGE_TIME / 1000)

    def open_form(self) -> Form:
        """Open the form on a draft's page."""
        self.page.get_by_role("button", name="Open menu").first.click()
        self.page.get_by_role("menuitem", name="Resume").click()
        dialog = self.page.get_by_role("dialog", name="Resume Flow Run")
        expect(dialog.get_by_label("Your name")).to_be_visible()
        return Form(self.page, dialog)

    def wait_to_be_asked_again(self, words: str) -> Form:
        """Look at a draft's page until its form says what is wrong with the answer before."""
        forms: list[Form] = []

        def is_asked() -> bool:
            self.page.reload()
            expect(self.page.get_by_role("tab", name="Logs")).to_be_visible()
            if self.page.get_by_text("Suspended", exact=True).count():
                forms.append(self.open_form())
            return bool(forms) and forms[-1].dialog.get_by_text(words).count() > 0

        servers.wait_until(is_asked, words, RUN_TIME / 1000)
        return forms[-1]

    def wait_to_be_told(self, words: str) -> None:
        """Stay on a draft's page until its run has ended, and read what came of the answer."""
        self._wait_for_state("Completed")
        self.page.get_by_role("tab", name="Details").click()
        expect(self.page.get_by_text(words).first).to_be_visible()

    def _open_queue(self) -> None:
        self.page.goto(f"{self.pages}/runs?state=Suspended,Paused")

    def _brief_link(self) -> Locator:
        return self.page.get_by_role("link", name="/artifacts/artifact/").first

    def _wait_for_state(self, state: str) -> None:
        expect(self.page.get_by_role("tab", name="Logs")).to_be_visible()  # of a run's page alone
        expect(self.page.get_by_text(state, exact=True).first).to_be_visible(timeout=RUN_TIME)


@dataclass(frozen=True)
class Form:
    """The form of a draft that waits, open."""

    page: Page
    dialog: Locator

    def choose(self, field: str, answer: str) -> None:
        """Choose one of the answers that a field offers."""
        self.dialog.get_by_role("button", name=f"Select {field}").click()
        offered = self.page.get_by_role("option")
        offered.filter(has_text=answer).click()
        expect(offered).to_have_count(0)

    def write(self, field: str, words: str) -> None:
        """Fill in a field."""
        self.dialog.get_by_label(field).fill(words)

    def edit(self, area: str, was: str, becomes: str) -> None:
        """Change some words in a text area."""
        box = self.dialog.get_by_label(area)
        text = box.input_value()
        assert was in text, f"{area}: {text}"
        box.fill(text.replace(was, becomes))

    def line_with_a_number(self) -> str:
        """The first line, without its mark, that tells a number."""
        texts = [box.input_value() for box in self.dialog.get_by_role("textbox").all()]
        lines: list[tuple[str, str]] = MARKED.findall("\n".join(texts))
        return next(words for _, words in lines if re.search(r"\d", words))

    def correct(self, was: str, becomes: str) -> None:
        """Change some words in whatever text area has them."""
        boxes = self.dialog.get_by_role("textbox").all()
        box, text = next((box, text) for box in boxes if was in (text := box.input_value()))
        box.fill(text.replace(was, becomes))

    def translate(self, french: Mapping[str, str]) -> None:
        """Write the French of each line that waits for it, by telling words of its English."""
        boxes = self.dialog.get_by_role("textbox").all()
        texts = [box.input_value() for box in boxes]
        english = dict(MARKED.findall("\n".join(texts)))
        for box, text in zip(boxes, texts, strict=True):
            lines = [line.strip() for line in text.splitlines()]
            box.fill(
                "\n".join(f"{line} {translated(english, line, french)}".strip() for line in lines)
            )

    def send(self, seen: str = "Flow run resumed") -> None:
        """Send it in; what is seen then."""
        resume = self.dialog.get_by_role("button", name="Resume", exact=True)
        press(resume, self.page.get_by_text(seen))


def translated(english: Mapping[str, str], line: str, french: Mapping[str, str]) -> str:
    """What is to stand behind a line of the form: nothing, where it isn't a mark alone."""
    if not (alone := re.fullmatch(MARK, line)):
        return ""
    told = english[alone[0]]
    found = [words for telling, words in french.items() if telling in told]
    assert len(found) == 1, f"no French for: {told}"
    return found[0]


def press(button: Locator, seen: Locator) -> None:
    """Press a button and, as the page may pass over it without a word, press it once more."""
    for _ in range(3):
        if seen.count() == 0:
            button.click()
        with suppress(TimeoutError):
            seen.wait_for(timeout=PAGE_TIME / 3)
            return
    expect(seen).to_be_visible()
