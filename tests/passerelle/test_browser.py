"""What an analyst does in a browser, from a paper in the inbox to the published brief.

In Prefect's own forms, in both languages, and as a newcomer at the desk, in French; more of the
desk is in ``test_desk_browser``.

The real ``passerelle serve``, with a home of its own, and a real Chromium. Every step is kept as a
picture in ``build/screenshots``, or in the folder that ``SCREENSHOTS`` names.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import analyst
import pytest
import servers
from playwright.sync_api import expect

pytestmark = pytest.mark.served

ROOT = Path(__file__).resolve().parents[2]
PICTURES = Path(os.environ.get("SCREENSHOTS") or ROOT / "build" / "screenshots")

PAPER = "street-trees.xml"
EXCHANGE = "heat-exchange.vtt"
FRENCH_PAPER = "ilots-de-chaleur.xml"
FRENCH_EXCHANGE = "echange-eaux-pluviales.vtt"

#: An English sentence of the draft, and a reviewer's way of saying it.
FOUND = (
    "In 31 units that lost at least 5 percentage points of canopy, calls rose by 17% relative to "
    "matched units."
)
REWORDED = (
    "Calls rose by 17% relative to matched units in 31 units that lost at least 5 percentage "
    "points of canopy."
)

#: A reviewer's French, by telling words of the line that it translates.
FRENCH = {
    "Street canopy was linked to fewer": "Le couvert d’arbres des rues était associé à moins "
    "d’appels liés à la chaleur le jour, mais pas la nuit.",
    "among the deadliest weather hazards": "La chaleur extrême est parmi les dangers "
    "météorologiques les plus meurtriers des pays tempérés, et son fardeau est réparti de façon "
    "inégale dans les villes.",
    "27% lower": "Dans le quart des unités où le couvert est le plus grand, le taux était plus bas "
    "de 27 % que dans le quart où il est le plus petit.",
    "12% lower": "Chaque hausse de 10 points de pourcentage du couvert d’arbres des rues était "
    "associée à un taux d’appels liés à la chaleur plus bas de 12 %.",
    "night-time air temperature": "Les rues ombragées étaient plus fraîches de 0,9 °C "
    "l’après-midi. Mais la température de l’air la nuit ne différait pas.",
    "In 31 units": "Dans 31 unités qui ont perdu au moins 5 points de pourcentage de couvert, les "
    "appels ont augmenté de 17 % par rapport à des unités semblables.",
    "ash trees were felled": "Dans les 31 unités où des frênes ont été abattus, le couvert moyen "
    "est passé de 21,8 % en 2019 à 14,1 % en 2021, une perte de 7,7 points de pourcentage.",
    "Keeping mature trees": "Conserver les arbres matures compte au moins autant que d’en planter.",
    "negative control": "Le couvert n’était pas associé au résultat témoin négatif. Le risque "
    "était plus bas de 1 %. La vraie valeur pourrait se situer entre 4 % de moins et 2 % de plus.",
    "In the sub-study": "Dans la sous-étude, la température de l’air l’après-midi (12:00–17:59) "
    "était plus basse de 0,9 °C sur les segments ombragés que sur les autres.",
    "should not be the only measure": "Les arbres ne devraient pas être la seule mesure.",
    "cooling indoors": "Le couvert devrait compléter, et non remplacer, le rafraîchissement des "
    "logements.",
    "may not apply to arid regions": "Les résultats ne s’appliquent peut-être pas aux régions "
    "arides, aux grandes villes ni aux milieux ruraux.",
    "Dispatch codes": "Les codes de répartition sont attribués pendant l’appel et manquent "
    "probablement des malaises dus à la chaleur qui se présentent comme un autre problème. Nous ne "
    "savons pas si de telles erreurs varient selon le couvert.",
    "all 14 municipalities": "Les chercheurs ont étudié les 14 municipalités d’Estmere dont la "
    "population est de 40 000 à 200 000.",
    "linked 6,180": "Les chercheurs ont relié 6 180 appels liés à la chaleur, de six étés "
    "(2017–2022), à 412 unités de voisinage de 14 municipalités de la province d’Estmere.",
    "forestry branch": "Intérêts : W.S. travaille au service des forêts de l’une des municipalités "
    "étudiées.",
    "Sidewalk shade can be widened": "On peut agrandir plus vite l’ombre des trottoirs avec des "
    "auvents et des abris aux arrêts d’autobus. Mais les chercheurs n’ont pas évalué de telles "
    "structures.",
    "modelled from a provincial survey": "La part des logements qui ont la climatisation (AC) a "
    "été modélisée à partir d’une enquête provinciale. Elle est incertaine pour les petites "
    "unités.",
    "measured canopy once": "Les chercheurs n’ont mesuré le couvert qu’une fois dans la plupart "
    "des unités. Un seul survol ne peut pas saisir la croissance, l’élagage ni la sécheresse.",
    "AC: air conditioning": "AC : climatisation",
    "trees caused the difference": "La plantation pourrait réduire les malaises dus à la chaleur "
    "là où le couvert est maintenant bas. Mais le plan de l’étude des chercheurs ne peut pas "
    "établir que les arbres ont causé la différence.",
    "1,236,000 residents": "Ensemble, elles comptaient 1 236 000 habitants au recensement de 2021, "
    "de 42 300 dans la plus petite à 176 800 dans la plus grande.",
}


@pytest.fixture(scope="module")
def home(chromium: str, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with a paper and two exchanges in its inbox."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "inbox").mkdir()
    for name in (PAPER, EXCHANGE, FRENCH_EXCHANGE):
        shutil.copy(samples / name, folder / "inbox")
    return folder


@pytest.fixture(scope="module")
def pages(home: Path) -> Iterator[str]:
    """``passerelle serve`` on that home; where its pages are."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment = {
        **{name: value for name, value in kept.items() if not name.startswith("PASSERELLE_")},
        "PASSERELLE_HOME": str(home),
        "PASSERELLE_SCHEDULE": "0 2 1 1 *",  # a night in the midst of the test would draft it all
        "PYTHONUNBUFFERED": "1",
    }
    said = home / "serve.txt"
    command = [str(Path(sys.executable).with_name("passerelle")), "serve"]
    command += ["--port", str(servers.free_port())]

    def is_served() -> bool:
        assert process.poll() is None, said.read_text("utf-8")
        return "Passerelle is running" in said.read_text("utf-8")

    with servers.running(command, said, env=environment) as process:
        servers.wait_until(is_served, "passerelle serve", 420)
        address = re.search(r"^Pages +(\S+)$", said.read_text("utf-8"), re.MULTILINE)
        assert address is not None
        yield address[1]


def test_a_paper_is_drafted_edited_put_right_and_published_in_both_languages(
    chromium: str, pages: str, home: Path
) -> None:
    with analyst.at_the_browser(chromium, pages, PICTURES) as someone:
        wish = someone.open_draft_form()
        wish.get_by_label("source").fill(PAPER)
        someone.keep_picture("01-ask-for-a-draft")
        someone.start_draft(wish)
        someone.keep_picture("02-drafted")

        assert someone.open_queue().count() == 1
        someone.keep_picture("03-queue")
        someone.open_draft("Street trees")
        someone.keep_picture("04-draft-in-the-queue")

        brief = someone.read_draft()
        expect(brief).to_contain_text("associated with a 12% lower rate of heat-related calls")
        someone.keep_picture("05-brief")
        someone.open_evidence(brief, "95% CI 0.83–0.93")
        someone.keep_picture("06-evidence")

        someone.open_draft("Street trees")
        form = someone.open_form()
        someone.keep_picture("07-form")
        form.send(seen="'decision' is a required property")
        someone.keep_picture("08-no-decision")

        form.choose("Decision", "approve")
        form.write("Your name", "Ada Martin")
        form.choose("Publish in", "English and French")
        form.translate(FRENCH)
        form.edit("Ce que cela pourrait signifier", "la seule mesure", "l’unique mesure")
        form.edit("What the paper says", FOUND, REWORDED)
        form.edit("What the paper says", "a 12% lower rate", "a 13% lower rate")
        someone.keep_picture("09-edited")
        form.send()

        form = someone.wait_to_be_asked_again("has the number “13”, which its evidence lacks")
        someone.keep_picture("10-asked-again")
        assert not published(home)
        form.choose("Decision", "approve")
        form.write("Your name", "Ada Martin")
        form.choose("Publish in", "English and French")
        form.edit("What the paper says", "a 13% lower rate", "a 12% lower rate")
        someone.keep_picture("11-put-right")
        form.send()

        someone.wait_to_be_told("Approved by Ada Martin")
        someone.keep_picture("12-approved")
        someone.finds_nothing_waiting("Street trees")

        written = published(home)
        assert {path.suffix for path in written} >= {".md", ".html", ".docx"}
        [text] = [path.read_text("utf-8") for path in written if path.suffix == ".md"]
        assert REWORDED in text
        assert "a 12% lower rate" in text
        assert "Les arbres ne devraient pas être l’unique mesure." in text
        assert "À traduire" not in text


def test_an_exchange_is_rejected_and_nothing_of_it_is_published(
    chromium: str, pages: str, home: Path
) -> None:
    with analyst.at_the_browser(chromium, pages, PICTURES) as someone:
        before = published(home)
        wish = someone.open_draft_form()
        wish.get_by_label("source").fill(EXCHANGE)
        someone.start_draft(wish)

        someone.open_draft("heat, street trees")
        form = someone.open_form()
        form.choose("Decision", "reject")
        form.write("Your name", "Ada Martin")
        form.write("Comment", "The recording was not meant to be summed up.")
        someone.keep_picture("13-reject")
        form.send()

        someone.wait_to_be_told("Rejected by Ada Martin")
        someone.keep_picture("14-rejected")
        someone.finds_nothing_waiting("heat, street trees")
        assert published(home) == before


def test_a_french_exchange_is_put_right_and_published_in_french(
    chromium: str, pages: str, home: Path
) -> None:
    with analyst.at_the_browser(chromium, pages, PICTURES, "fr-CA") as someone:
        before = published(home)
        wish = someone.open_draft_form()
        wish.get_by_label("source").fill(FRENCH_EXCHANGE)
        someone.start_draft(wish)

        someone.open_draft("eaux pluviales")
        form = someone.open_form()
        right = form.line_with_a_number()
        wrong = re.sub(r"\d+(?=\D*$)", "97", right)
        form.choose("Decision", "approuver")
        form.write("Your name", "Ada Martin")
        form.choose("Publish in", "French only")
        form.correct(right, wrong)
        someone.keep_picture("15-edited-in-french")
        form.send()

        form = someone.wait_to_be_asked_again("contient le nombre")
        someone.keep_picture("16-asked-again-in-french")
        assert published(home) == before
        form.choose("Decision", "approuver")
        form.write("Your name", "Ada Martin")
        form.choose("Publish in", "French only")
        form.correct(wrong, right)
        form.send()

        someone.wait_to_be_told("Approuvée par Ada Martin")
        someone.keep_picture("17-approved-in-french")
        [text] = [one.read_text("utf-8") for one in published(home) if one not in before
                  and one.suffix == ".md"]  # fmt: skip
        assert text.index("L’essentiel") < text.index("The bottom line")
        assert wrong not in text


def test_a_newcomer_drafts_corrects_approves_and_finds_the_page_at_the_desk(
    chromium: str, pages: str, home: Path, samples: Path
) -> None:
    with analyst.at_the_browser(chromium, pages, PICTURES, "fr-CA") as someone:
        before, page = published(home), someone.page
        page.goto(pages.removesuffix("/v2"))
        page.get_by_role("link", name="Rédiger du nouveau").first.click()
        page.set_input_files("input[type=file]", samples / FRENCH_PAPER)
        someone.keep_picture("18-start")
        page.get_by_role("button", name="Rédiger", exact=True).click()
        expect(page.get_by_role("heading", name="En rédaction")).to_be_visible()
        draft = page.get_by_role("link", name="Lire l’ébauche")
        expect(draft).to_be_visible(timeout=analyst.RUN_TIME)
        expect(page.get_by_role("heading", name="La rédaction est terminée")).to_be_visible()
        someone.keep_picture("19-drafted-at-the-desk")
        draft.click()

        told = page.locator("[data-line]").filter(has=page.locator("textarea", has_text="%")).first
        line = page.locator(f"#{told.get_attribute('id')}")
        words = line.locator("textarea").first
        right = words.input_value()
        words.fill(re.sub(r"\d+(?=\s%)", "99", right, count=1))
        expect(line.locator(".badge")).to_have_text("refusée", timeout=analyst.RUN_TIME)
        page.get_by_label("Votre nom").fill("Ada Martin")
        page.get_by_role("button", name="Approuver en français").click()
        expect(page.get_by_role("alert")).to_contain_text("Pas encore publiée")
        someone.keep_picture("20-refused-at-the-desk")
        page.get_by_role("alert").get_by_role("link").first.click()
        expect(line).to_be_focused()
        line.get_by_role("button", name="Annuler").click()
        expect(words).to_have_value(right)
        expect(line.locator(".badge")).to_have_text("gardée")
        page.get_by_role("button", name="Approuver en français").click()

        expect(page.locator(".came")).to_contain_text("Approuvée par Ada Martin")
        someone.keep_picture("21-published-at-the-desk")
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Ouvrir la page seule").click()
        expect(opened.value.get_by_text(right).first).to_be_visible()
        new = {path.suffix for path in published(home) if path not in before}
        assert new >= {".md", ".html", ".docx", ".xlf", ".json"}


def published(home: Path) -> list[Path]:
    """What stands where approved briefs are published."""
    return sorted(path for path in home.glob("outbox/published/**/*") if path.is_file())
