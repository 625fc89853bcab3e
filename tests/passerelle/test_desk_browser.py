"""An analyst's morning at the desk in a real Chromium, in both languages; nothing bars anybody.

The desk alone is served, with its own child process and the real checks. Pictures are kept in
``build/screenshots``, or in the folder that ``SCREENSHOTS`` names. Whether a page bars somebody is
asked of axe-core (``tests/fixtures/axe-core``), by the rules of WCAG 2.1, levels A and AA.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import analyst
import httpx
import pytest
import servers
from drafts import COOLER, a_draft
from playwright.sync_api import Page, expect, sync_playwright
from translating import translated

from corpus.store import BriefEntry, open_store, reviews_of

pytestmark = pytest.mark.served

ROOT = Path(__file__).resolve().parents[2]
PICTURES = Path(os.environ.get("SCREENSHOTS") or ROOT / "build" / "screenshots")
AXE = (ROOT / "tests" / "fixtures" / "axe-core" / "axe.min.js").read_text("utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
#: Milliseconds for the child to load its models on a busy machine.
MODELS = 240_000

#: What the pages say in each language.
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "queue": "What waits for you",
        "refused": "refused",
        "kept": "kept",
        "saved": "Saved",
        "reason": "has the number “3”",
        "name": "Your name",
        "approve": "Approve in English",
        "again": "Not published yet",
        "approved": "Approved by Ada Martin",
        "comment": "Comment",
        "reject": "Reject",
        "rejected": "Rejected by Ada Martin",
        "nothing": "Nothing waits",
        "home": "A translation has come home",
        "take": "Take it in",
    },
    "fr": {
        "queue": "Ce qui vous attend",
        "refused": "refusée",
        "kept": "gardée",
        "saved": "Enregistré",
        "reason": "contient le nombre",
        "name": "Votre nom",
        "approve": "Approuver en anglais",
        "again": "Pas encore publiée",
        "approved": "Approuvée par Ada Martin",
        "comment": "Commentaire",
        "reject": "Rejeter",
        "rejected": "Rejetée par Ada Martin",
        "nothing": "Rien n’attend",
        "home": "Une traduction est arrivée",
        "take": "La recevoir",
    },
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def desk(chromium: str, home: Path) -> Iterator[str]:
    """The desk on that home; its address."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PASSERELLE_")}
    environment = {**kept, "PASSERELLE_HOME": str(home), "HF_HUB_OFFLINE": "1"}
    environment["PYTHONPATH"] = str(ROOT)
    port = servers.free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, str(ROOT / "tests" / "helpers" / "desk_alone.py"), str(port)]

    def answers() -> bool:
        try:
            return httpx.get(f"{address}/desk/static/desk.svg", timeout=5).is_success
        except httpx.HTTPError:
            return False

    with servers.running(command, home / "desk.log", env=environment):
        servers.wait_until(answers, "the desk", 240)
        yield address


@contextmanager
def at_the_desk(chromium: str, language: str, **how: Any) -> Iterator[Page]:
    PICTURES.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=analyst.PAGE_TIME)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(analyst.FLAGS))
        page = browser.new_page(
            **{"viewport": {"width": 1440, "height": 900}, **how}, locale=language
        )
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Policy" in said.text else None)
        try:
            yield page
            assert wrong == []
        except BaseException:
            page.screenshot(path=PICTURES / "desk-where-it-failed.png")
            raise
        finally:
            browser.close()


def bars(page: Page) -> list[str]:
    """What bars somebody from a page: each rule of axe-core that is broken, and where."""
    page.evaluate(AXE)
    found = page.evaluate("levels => axe.run(document, {runOnly: levels})", LEVELS)
    return [f"{one['id']}: {[n['target'] for n in one['nodes']]}" for one in found["violations"]]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_analysts_morning(chromium: str, desk: str, home: Path, language: str) -> None:
    store = open_store(f"sqlite:///{home / 'passerelle.db'}")
    study, other = (a_draft(store, f"{title} ({language})") for title in ("Shade", "Benches"))
    said = WORDS[language]
    with at_the_desk(chromium, language) as page:
        page.goto(f"{desk}/desk")
        expect(page.get_by_role("heading", name=said["queue"])).to_be_visible()
        assert bars(page) == []
        page.screenshot(path=PICTURES / f"desk-queue-{language}.png")

        page.get_by_role("link", name=f"Shade ({language})").click()
        line = page.locator("#l-s2")
        page.locator("body").press("j")
        page.keyboard.press("j")
        expect(page.locator("#l-s3")).to_be_focused()
        page.keyboard.press("k")
        expect(line).to_be_focused()
        expect(page.locator("mark.is-here")).to_have_text(COOLER)
        page.keyboard.press("e")
        words = page.locator("[id='s2/en']")
        expect(words).to_be_focused()
        assert bars(page) == []

        words.fill(COOLER.replace("2 degrees", "3 degrees"))
        expect(line.locator(".badge")).to_have_text(said["refused"], timeout=MODELS)
        expect(line.locator("[data-reasons]")).to_contain_text(said["reason"])
        expect(line.locator("[data-saved]")).to_have_text(said["saved"])
        assert bars(page) == []
        page.screenshot(path=PICTURES / f"desk-draft-{language}.png")
        page.reload()
        expect(words).to_have_value(COOLER.replace("2 degrees", "3 degrees"))
        expect(line.locator(".badge")).to_have_text(said["refused"])

        page.get_by_label(said["name"]).fill("Ada Martin")
        page.get_by_role("button", name=said["approve"]).click()
        expect(page.get_by_role("alert")).to_contain_text(said["again"])
        assert reviews_of(store, study.brief_id) == []
        words.fill(COOLER.replace("2 degrees", "4 degrees"))
        page.reload()  # at once, before anything was sent
        expect(words).to_have_value(COOLER.replace("2 degrees", "4 degrees"))
        words.fill(COOLER)
        expect(line.locator(".badge")).to_have_text(said["kept"])

        page.keyboard.press("Control+Enter")
        page.keyboard.press("Enter")
        expect(page.locator(".came")).to_contain_text(said["approved"])
        expect(page.frame_locator("iframe").get_by_text(COOLER).first).to_be_visible()
        assert bars(page) == []
        page.screenshot(path=PICTURES / f"desk-approved-{language}.png")
        published = home / "outbox" / "published"
        assert (published / f"{study.brief_id}.html").is_file()

        out = (published / f"{study.brief_id}.xlf").read_bytes()
        wrong = home / f"home-{language}.xlf"
        wrong.write_bytes(translated(out, {"s2": "Les rues étaient plus fraîches de 3 degrés."}))
        page.get_by_text(said["home"]).click()
        page.set_input_files("#translation", str(wrong))
        page.get_by_role("button", name=said["take"]).click()
        expect(page.get_by_role("main")).to_contain_text("s2:", timeout=MODELS)
        with page.expect_download() as saved:
            page.get_by_role("link", name=f"{study.brief_id}-again.xlf").click()
        assert b"xliff" in Path(saved.value.path()).read_bytes()
        assert bars(page) == []
        page.go_back()

        page.locator("[data-next]").click()
        expect(page.get_by_role("heading", name=f"Benches ({language})")).to_be_visible()
        page.get_by_label(said["comment"], exact=True).fill("Not for us.")
        page.get_by_role("button", name=said["reject"], exact=True).click()
        expect(page.locator(".came")).to_contain_text(said["rejected"])
        [review] = reviews_of(store, other.brief_id)
        assert (review.decision, review.comment) == ("reject", "Not for us.")
        page.goto((published / f"{study.brief_id}.html").as_uri())
        assert bars(page) == []


def test_a_telephone_shows_all_of_it(chromium: str, desk: str, home: Path) -> None:
    draft: BriefEntry = a_draft(open_store(f"sqlite:///{home / 'passerelle.db'}"), "Narrow")
    size = {"width": 390, "height": 844}
    with at_the_desk(chromium, "fr", viewport=size) as page:
        for name, where in (
            ("queue", "/desk"),
            ("draft", f"/desk/drafts/{draft.brief_id}"),
            ("start", "/desk/start"),
            ("decided", "/desk/decided"),
        ):
            page.goto(desk + where)
            assert page.evaluate("document.documentElement.scrollWidth") == size["width"], name
            assert bars(page) == [], name
            page.screenshot(path=PICTURES / f"desk-{name}-telephone.png", full_page=True)
