"""The pictures of the desk in ``docs``: ``python tests/helpers/desk_pictures.py ADDRESS FOLDER``.

In: the address of a desk with drafts of the samples waiting. Out: the queue, and a draft in which a
wrong number is being refused, in both languages, as PNG of few colours.
"""

from __future__ import annotations

import sys
from pathlib import Path

import analyst
from PIL import Image
from playwright.sync_api import expect, sync_playwright

#: The line that is edited, and the number in it that is made wrong.
LINE = {"en": ("s4", "12", "15"), "fr": ("s3", "228", "238")}
TITLES = {"en": "Street trees, sidewalk shade", "fr": "Déminéraliser les cours"}


def main(address: str, folder: Path) -> None:
    """Take the pictures."""
    with sync_playwright() as playwright:
        chromium = analyst.browser()
        browser = playwright.chromium.launch(executable_path=chromium, args=list(analyst.FLAGS))
        for language, (line, right, wrong) in LINE.items():
            size = {"width": 1280, "height": 860}
            page = browser.new_page(viewport=size, locale=language)  # type: ignore[arg-type]
            page.goto(f"{address}/desk")
            keep(page.screenshot(), folder / f"desk-queue-{language}.png")
            page.get_by_role("link", name=TITLES[language]).click()
            words = page.locator(f"[id='{line}/{language}']")
            before = words.input_value()
            words.fill(before.replace(right, wrong))
            badge = page.locator(f"#l-{line} .badge.refused")
            expect(badge).to_be_visible(timeout=240_000)
            page.locator(f"#l-{line}").evaluate("line => line.scrollIntoView({block: 'center'})")
            page.wait_for_timeout(600)
            keep(page.screenshot(), folder / f"desk-draft-{language}.png")
            words.fill(before)
            page.wait_for_timeout(2000)
            page.close()
        browser.close()


def keep(picture: bytes, place: Path) -> None:
    """Keep a picture in 64 colours: text stays sharp, and the file small."""
    place.write_bytes(picture)
    with Image.open(place) as image:
        image.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(place, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
