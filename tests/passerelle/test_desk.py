"""What the desk promises, asked as a browser would: nothing typed is lost or overwritten."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import desk_checks
import pytest
from drafts import COOLER, a_draft
from fastapi.testclient import TestClient
from translating import translated

from corpus.document import LANGUAGES
from corpus.store import (
    BriefEntry,
    Store,
    assignee,
    keep_brief,
    keep_summaries,
    open_store,
    reviews_of,
    typed_now,
)
from passerelle import decisions
from passerelle.desk import desk_words, front, pages, sign_in, waiting_list
from passerelle.settings import settings
from pipelines.brief import Edit, from_json, to_json

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(settings().database_url)


@pytest.fixture
def entry(store: Store) -> BriefEntry:
    return a_draft(store)


@pytest.fixture(autouse=True)
def _checks_in_this_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with desk_checks.in_this_process(monkeypatch):
        yield


class Browser:
    """One window, with its cookies."""

    def __init__(self, language: str = "en", window: str = "w1") -> None:
        self.client = TestClient(pages.desk(), base_url="http://127.0.0.1:4200")
        self.client.headers["accept-language"] = language
        self.window = window
        self.seen: dict[str, int] = {}

    def get(self, address: str) -> Any:
        found = self.client.get(address)
        if token := re.search(r'name="token" value="(\w+)"', found.text):
            self.token = token[1]
        return found

    def open(self, entry: BriefEntry) -> str:
        page = self.get(f"/desk/drafts/{entry.brief_id}")
        assert page.status_code == 200, page.text
        for place, number in re.findall(r'data-place="(\S+)" data-number="(\d+)"', page.text):
            self.seen[place] = int(number)
        return str(page.text)

    def post(self, address: str, **form: Any) -> Any:
        sent = self.client.post(address, data={"token": self.token, **form})
        return sent

    def tell(self, entry: BriefEntry, what: str, **message: Any) -> Any:
        headers = {"x-desk-token": self.token, "accept": "application/json"}
        sent = self.client.post(
            f"/desk/drafts/{entry.brief_id}/{what}",
            json={"sha256": entry.sha256, "window": self.window, **message},
            headers=headers,
        )
        return sent

    def type(self, entry: BriefEntry, place: str, text: str, **more: Any) -> Any:
        message = {"place": place, "text": text, "seen": self.seen.get(place, 0), **more}
        answer = self.tell(entry, "typed", **message)
        if answer.status_code == 200:
            self.seen[place] = answer.json()["number"]
        return answer

    def decide(self, entry: BriefEntry, decision: str, **form: Any) -> Any:
        form = {"sha256": entry.sha256, "reviewer": "Ada Martin", "decision": decision, **form}
        return self.post(f"/desk/drafts/{entry.brief_id}/decision", **form)


def textarea(page: str, place: str) -> str:
    """What stands in a place of a page."""
    found = re.search(rf'<textarea id="{place}"[^>]*>([^<]*)</textarea>', page)
    assert found is not None, place
    return found[1].replace("&#39;", "’")


# Nothing typed is lost


def test_what_is_typed_survives_reload_restart_and_another_window(
    store: Store, entry: BriefEntry
) -> None:
    browser = Browser()
    browser.open(entry)
    assert browser.type(entry, "s2/en", "Streets were cooler.").status_code == 200
    assert browser.type(entry, "s2/fr", "Les rues étaient plus fraîches.").status_code == 200
    assert browser.type(entry, "comment", "shorter").status_code == 200
    assert browser.type(entry, "s2/note", "How much cooler?").status_code == 200
    front.open_once.cache_clear()  # a new server
    page = Browser(window="w2").open(entry)
    assert textarea(page, "s2/en") == "Streets were cooler."
    assert textarea(page, "s2/fr") == "Les rues étaient plus fraîches."
    assert textarea(page, "comment") == "shorter"
    assert textarea(page, "s2/note") == "How much cooler?"


def test_what_is_said_of_a_line_is_kept_with_the_decision(store: Store, entry: BriefEntry) -> None:
    browser = Browser()
    browser.open(entry)
    browser.type(entry, "s2/note", "How much cooler?")
    said = browser.decide(entry, "reject", comment="Not for us.", **{"s3/note": "At night?"})
    assert "Rejected by Ada Martin" in said.text
    [review] = reviews_of(store, entry.brief_id)
    assert review.comment == "Not for us.\ns2: How much cooler?\ns3: At night?"


def test_fifty_reloads_closes_restarts_and_second_windows_lose_nothing(
    store: Store, entry: BriefEntry
) -> None:
    windows = [Browser(window=f"w{n}") for n in range(3)]
    for window in windows:
        window.open(entry)
    typed: dict[str, list[str]] = {"s2/en": [], "s3/en": [], "s3/fr": []}
    for n in range(50):
        window, place = windows[n % 3], sorted(typed)[n % len(typed)]
        text = f"Typed {n}, in {window.window}."
        answer = window.type(entry, place, text)
        if answer.status_code == 409:  # another window was faster: look, then say which holds
            newest = answer.json()["newest"]
            assert newest["text"] == typed[place][-1]
            window.seen[place] = newest["number"]
            assert window.type(entry, place, text).status_code == 200
        typed[place].append(text)
        if n % 5 == 0:
            front.open_once.cache_clear()
        page = Browser(window="look").open(entry)
        assert textarea(page, place) == text
    for place, texts in typed.items():
        query = {"place": place, "sha256": entry.sha256}
        found = windows[0].client.get(f"/desk/drafts/{entry.brief_id}/history", params=query)
        kept = found.json()["texts"]
        assert [text for text in texts if text in kept] == [
            text for n, text in enumerate(texts) if text in kept
        ]
        assert kept[-1] == texts[-1]
        assert kept[0] == (COOLER if place == "s2/en" else kept[0])


def test_a_window_that_has_not_seen_the_newest_text_overwrites_nothing(
    entry: BriefEntry,
) -> None:
    one, two = Browser(window="one"), Browser(window="two")
    one.open(entry)
    two.open(entry)
    one.type(entry, "s2/en", "From the first window.")
    answer = two.type(entry, "s2/en", "From the second window.")
    assert answer.status_code == 409
    assert answer.json()["newest"]["text"] == "From the first window."
    assert textarea(one.open(entry), "s2/en") == "From the first window."


def test_one_can_go_back_to_what_was_typed_before(
    entry: BriefEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.store.desk.SAME_ROW_SECONDS", -1)
    browser = Browser()
    browser.open(entry)
    for text in ("First.", "Second.", ""):
        browser.type(entry, "s2/en", text)
    query = {"place": "s2/en", "sha256": entry.sha256}
    found = browser.client.get(f"/desk/drafts/{entry.brief_id}/history", params=query)
    assert found.json()["texts"] == [COOLER, "First.", "Second.", ""]


def test_what_the_page_had_not_sent_yet_is_kept_before_it_is_decided(
    store: Store, entry: BriefEntry
) -> None:
    browser = Browser()
    browser.open(entry)
    sent = browser.decide(entry, "revise", **{"s2/en": "Typed a moment ago.", "s1/en": "Shade."})
    assert "told=" in str(sent.url)  # a comment is missing
    assert "what the next draft should do otherwise" in sent.text
    typed = {one.place: one.text for one in typed_now(store, entry.brief_id, entry.sha256)}
    assert typed == {"s2/en": "Typed a moment ago.", "s1/en": "Shade."}


def test_a_page_that_asks_again_is_reloaded_without_the_old_form(
    store: Store, entry: BriefEntry
) -> None:
    browser = Browser()
    browser.open(entry)
    asked = browser.decide(entry, "revise", **{"s2/en": "Typed a moment ago."})
    browser.open(entry)
    browser.type(entry, "s2/en", "Typed since.")
    again = browser.client.get(str(asked.url))  # what a browser does on reload
    assert "what the next draft should do otherwise" in again.text
    assert textarea(again.text, "s2/en") == "Typed since."


def test_text_of_a_draft_that_was_made_anew_is_still_kept(store: Store, entry: BriefEntry) -> None:
    browser = Browser()
    browser.open(entry)
    brief = from_json(entry.json)
    later = replace(entry, edition="later", json=to_json(replace(brief, audience="public")))
    browser.decide(entry, "reject", comment="no")  # so that the text itself stays in the store
    keep_brief(store, later)
    assert browser.type(entry, "s2/en", "Typed in an old page.").status_code == 200
    answer = browser.tell(entry, "check", places=[{"place": "s2/en", "text": "x"}])
    assert answer.status_code == 409
    assert "made anew" in answer.json()["error"]


# Two reviewers


@pytest.fixture
def two(entry: BriefEntry, monkeypatch: pytest.MonkeyPatch) -> tuple[Browser, Browser]:
    """Two reviewers who have signed in."""
    monkeypatch.setattr(sign_in, "_COST", (2**4, 8, 1))
    for name in ("Ada Martin", "Rémi Côté"):
        sign_in.add_reviewer(name, f"the password of {name}", "reviewer")
    found = []
    for n, name in enumerate(("Ada Martin", "Rémi Côté")):
        browser = Browser(window=f"window-{n}")
        browser.get("/desk/sign-in")
        sent = browser.post(
            "/desk/sign-in", name=name, password=f"the password of {name}", back="/desk"
        )
        assert sent.status_code == 200, sent.text
        browser.open(entry)
        found.append(browser)
    return found[0], found[1]


def test_two_reviewers_see_each_other_and_keep_their_own_words(
    entry: BriefEntry, two: tuple[Browser, Browser]
) -> None:
    ada, remi = two
    ada.type(entry, "s2/en", "Ada’s words.")
    remi.type(entry, "s2/en", "Rémi’s words.")
    ada.tell(entry, "here")
    told = remi.tell(entry, "here").json()
    assert told["others"] == ["Ada Martin"]
    assert told["typed"] == [{"reviewer": "Ada Martin", "place": "s2/en", "text": "Ada’s words."}]
    assert textarea(ada.open(entry), "s2/en") == "Ada’s words."
    assert textarea(remi.open(entry), "s2/en") == "Rémi’s words."
    ada.tell(entry, "here", gone=True)
    assert remi.tell(entry, "here").json()["others"] == []


def test_who_has_the_page_open_learns_that_it_was_decided(
    entry: BriefEntry, two: tuple[Browser, Browser]
) -> None:
    ada, remi = two
    assert ada.decide(entry, "reject", comment="Not ours.").status_code == 200
    assert "Rejected by Ada Martin" in remi.tell(entry, "here").json()["news"]


# Deciding


def test_an_untouched_draft_is_approved_with_one_button(store: Store, entry: BriefEntry) -> None:
    browser = Browser()
    page = browser.open(entry)
    for words in ("Results", COOLER):
        assert words in page  # each line's evidence, and the source itself
    sent = browser.decide(entry, "approve")
    assert sent.status_code == 200
    assert "Approved by Ada Martin" in sent.text
    [review] = reviews_of(store, entry.brief_id)
    assert (review.reviewer, review.languages, review.edits) == ("Ada Martin", ["en"], [])
    shown = browser.get(f"/desk/briefs/{entry.brief_id}/page")
    assert COOLER in shown.text
    assert "sandbox" in shown.headers["content-security-policy"]
    assert "unsafe" not in sent.headers["content-security-policy"]
    assert (settings().published / f"{entry.brief_id}.html").is_file()
    for form in ("docx", "xlf"):
        file = browser.get(f"/desk/briefs/{entry.brief_id}/files/{form}")
        assert file.headers["content-disposition"].startswith("attachment")


def test_a_wrong_number_is_refused_as_it_is_typed_and_when_it_is_sent(
    store: Store, entry: BriefEntry
) -> None:
    browser = Browser("fr")
    browser.open(entry)
    wrong = COOLER.replace("2 degrees", "3 degrees")
    typed = {"place": "s2/en", "text": wrong}
    told = browser.tell(entry, "check", places=[typed]).json()
    assert told["verdict"] == "refused"
    assert re.fullmatch(r"niveau \d+,\d", told["grade"])  # of the words as they are typed
    assert "«\u00a03\u00a0»" in told["reasons"][0]["text"]
    browser.type(entry, "s2/en", wrong)
    sent = browser.decide(entry, "approve")
    assert "told=" in str(sent.url)
    assert "Pas encore publiée" in sent.text
    assert '<a href="#l-s2">s2</a>' in sent.text  # each note leads to its line
    assert reviews_of(store, entry.brief_id) == []
    assert textarea(sent.text, "s2/en") == wrong
    browser.open(entry)
    browser.type(entry, "s2/en", COOLER.replace("Streets with more trees", "Shaded streets"))
    told = browser.tell(entry, "check", places=[{"place": "s2/en", "text": COOLER}]).json()
    assert told == {"verdict": "", "reasons": []}


def test_a_decision_that_comes_second_is_refused_and_told(store: Store, entry: BriefEntry) -> None:
    browser, other = Browser(), Browser(window="w2")
    browser.open(entry)
    other.open(entry)
    other.decide(entry, "reject", comment="Not ours.", reviewer="Rémi Côté", after="0")
    sent = browser.decide(entry, "approve", after="0")
    assert "told=" in str(sent.url)
    assert "Rémi Côté" in sent.text
    [review] = reviews_of(store, entry.brief_id)
    assert review.decision == "reject"
    again = browser.get(f"/desk/drafts/{entry.brief_id}?again=1").text
    [known] = re.findall(r'name="after" value="(\d+)"', again)
    assert "Approved by Ada Martin" in browser.decide(entry, "approve", after=known).text


def test_what_was_published_is_taken_back_for_a_reason(store: Store, entry: BriefEntry) -> None:
    browser = Browser()
    browser.open(entry)
    browser.decide(entry, "approve")
    page = settings().published / f"{entry.brief_id}.html"
    back = f"/desk/briefs/{entry.brief_id}/unpublish"
    assert "Say why" in browser.post(back, reviewer="Ada Martin").text
    assert COOLER in page.read_text("utf-8")
    sent = browser.post(back, reviewer="Ada Martin", comment="The study was retracted.")
    assert "Taken back by Ada Martin" in sent.text
    assert COOLER not in page.read_text("utf-8")
    assert "The study was retracted." in page.read_text("utf-8")


def test_each_line_is_overruled_for_a_reason_of_its_own(store: Store, entry: BriefEntry) -> None:
    browser = Browser()
    browser.open(entry)
    browser.type(entry, "s2/en", COOLER.replace("2", "3"), overruled="A misprint; see the table.")
    assert browser.decide(entry, "approve").status_code == 200
    [review] = reviews_of(store, entry.brief_id)
    assert [edit["overruled"] for edit in review.edits] == ["A misprint; see the table."]


def test_a_line_that_is_left_out_is_left_out_in_both_languages(
    store: Store, entry: BriefEntry
) -> None:
    browser = Browser()
    browser.open(entry)
    browser.type(entry, "s3/fr", "La nuit, rien.")
    browser.type(entry, "s3/en", "")
    assert browser.decide(entry, "approve").status_code == 200
    [review] = reviews_of(store, entry.brief_id)
    assert [(edit["segment"], edit["text"]) for edit in review.edits] == [("s3", "")]


def test_the_preview_shows_the_page_in_the_reviewers_words(entry: BriefEntry) -> None:
    browser = Browser()
    browser.open(entry)
    browser.type(entry, "s2/en", "In the afternoon streets with more trees were 2 degrees cooler.")
    shown = browser.get(f"/desk/drafts/{entry.brief_id}/preview")
    assert "In the afternoon streets with more trees" in shown.text
    assert "unsafe-inline" in shown.headers["content-security-policy"]


def test_one_of_the_next_best_sentences_is_offered(entry: BriefEntry) -> None:
    browser = Browser()
    assert browser.get(f"/desk/drafts/{entry.brief_id}/candidates").json() == {"candidates": []}


# What was decided


def test_what_was_decided_is_found_again_by_its_title(store: Store, entry: BriefEntry) -> None:
    browser = Browser()
    assert "Nothing here." in browser.get("/desk/decided").text
    browser.open(entry)
    browser.decide(entry, "approve")
    listed = browser.get("/desk/decided").text
    assert f'href="/desk/briefs/{entry.brief_id}"' in listed
    assert "Approved by Ada Martin" in listed
    assert "It is published." in listed
    assert entry.brief_id in browser.get("/desk/decided?text=main+STREET").text
    assert entry.brief_id not in browser.get("/desk/decided?text=benches").text


def test_who_decides_once_more_is_asked_again_without_losing_their_way(
    store: Store, entry: BriefEntry
) -> None:
    browser = Browser()
    browser.open(entry)
    browser.decide(entry, "reject", comment="Not ours.")
    again = browser.get(f"/desk/drafts/{entry.brief_id}?again=1").text
    [known] = re.findall(r'name="after" value="(\d+)"', again)
    assert 'name="again" value="1"' in again
    browser.type(entry, "s2/en", COOLER.replace("2 degrees", "3 degrees"))
    asked = browser.decide(entry, "approve", after=known, again="1")
    assert "Not published yet" in asked.text
    assert f'name="after" value="{known}"' in asked.text
    browser.type(entry, "s2/en", COOLER)
    done = browser.decide(entry, "approve", after=known, again="1")
    assert "Approved by Ada Martin" in done.text


# The queue


def test_the_queue_tells_drafts_of_one_title_apart(store: Store, entry: BriefEntry) -> None:
    again = keep_brief(store, replace(entry, brief_id=f"{entry.brief_id}-2", audience="public"))
    page = Browser().get("/desk").text
    assert page.count(">Shade on Main Street</a>") == 2
    for one in (entry, again):
        assert f'class="id">{one.brief_id[-8:]}<' in page
    assert "The public" in page
    assert "shade.md" in page


def test_the_queue_is_searched_filtered_sorted_and_paged(store: Store) -> None:
    for n in range(60):
        a_draft(store, f"Étude {n:03}")
    browser = Browser()
    first = browser.get("/desk?order=title").text
    assert re.findall(r">(Étude \d+)</a>", first) == [f"Étude {n:03}" for n in range(50)]
    assert "page 1 of 2" in first
    last = browser.get("/desk?order=title&page=2").text
    assert re.findall(r">(Étude \d+)</a>", last) == [f"Étude {n:03}" for n in range(50, 60)]
    assert re.findall(r">(Étude \d+)</a>", browser.get("/desk?text=etude+057").text) == [
        "Étude 057"
    ]
    assert "0 of them fit" in browser.get("/desk?audience=elected").text


def test_a_draft_leads_to_the_next_and_the_one_before(store: Store) -> None:
    three = [a_draft(store, f"Study {n}") for n in range(3)]
    page = Browser().open(three[1])
    assert f'rel="prev" href="/desk/drafts/{three[0].brief_id}"' in page
    assert f'rel="next" href="/desk/drafts/{three[2].brief_id}"' in page
    assert "Queue: 2 of 3" in page


def test_several_are_given_to_somebody_or_rejected_for_one_reason(store: Store) -> None:
    three = [a_draft(store, f"Study {n}") for n in range(3)]
    chosen = [one.brief_id for one in three[:2]]
    browser = Browser()
    browser.get("/desk")
    browser.post("/desk/queue", chosen=chosen, what="assign", to="Rémi Côté")
    assert [assignee(store, one.brief_id) for one in three] == ["Rémi Côté", "Rémi Côté", ""]
    sent = browser.post("/desk/queue", chosen=chosen, what="reject", reviewer="Ada")
    assert (sent.status_code, len(decisions.waiting(store))) == (422, 3)
    browser.post("/desk/queue", chosen=chosen, what="reject", reviewer="Ada", reason="Too old.")
    assert [one.brief_id for one in decisions.waiting(store)] == [three[2].brief_id]
    [review] = reviews_of(store, chosen[0])
    assert (review.reviewer, review.comment) == ("Ada", "Too old.")


def test_what_needs_attention_is_said(store: Store, entry: BriefEntry) -> None:
    summary = waiting_list.rows(store)[0].summary
    worse = replace(summary, refused=1, unsure=2, certainty="low", notice="retracted_by")
    told = json.dumps(
        {
            "form": waiting_list._FORM,
            **{name: getattr(worse, name) for name in waiting_list.Summary.__slots__},
        }
    )
    keep_summaries(store, {(entry.brief_id, entry.sha256): told})
    page = Browser().get("/desk?needs=any").text
    for words in ("Retracted", "1 refused", "2 unsure", "Low certainty"):
        assert words in page
    assert "Shade on Main Street" not in Browser().get("/desk?needs=none").text


# Both languages


def test_every_word_is_there_in_both_languages_with_the_same_places() -> None:
    for group, entries in desk_words.table().items():
        for name, texts in entries.items():
            assert sorted(texts) == sorted(LANGUAGES), (group, name)
            places = [sorted(re.findall(r"\{\w+\}", texts[code])) for code in LANGUAGES]
            assert places[0] == places[1], (group, name)
            assert "'" not in "".join(texts.values()), (group, name)


def test_the_pages_speak_the_language_that_was_chosen(entry: BriefEntry) -> None:
    browser = Browser("fr-CA,fr;q=0.9")
    assert "Ce qui vous attend" in browser.get("/desk").text
    assert "What waits for you" in browser.get("/desk?language=en").text
    assert "What waits for you" in browser.get("/desk").text  # and remembered
    assert '<html lang="en">' in browser.open(entry)


def test_edits_of_an_earlier_draft_stand_in_the_next(entry: BriefEntry) -> None:
    from passerelle.desk.typed_lines import edits_typed

    brief = from_json(entry.json)
    carried = [Edit("s2", "en", "Carried over.")]
    assert edits_typed(brief, [], carried) == carried


# A translation comes home

RIGHT = {
    "s1": "Davantage d’ombre était associée à 12\u00a0% d’appels de moins au sujet de la chaleur.",
    "s2": "Les rues avec plus d’arbres étaient plus fraîches de 2 degrés l’après-midi.",
    "s3": "La température de l’air la nuit ne différait pas.",
}


def sent_home(browser: Browser, entry: BriefEntry, words: dict[str, str]) -> Any:
    """What the desk says of the file that went out with an approval, translated so."""
    back = f"/desk/briefs/{entry.brief_id}"
    out = browser.get(f"{back}/files/xlf").content
    browser.get(back)
    file = {"file": ("home.xlf", translated(out, words), "application/xliff+xml")}
    return browser.client.post(f"{back}/translation", data={"token": browser.token}, files=file)


def test_a_translation_is_taken_in_and_its_mistakes_are_told(
    store: Store, entry: BriefEntry
) -> None:
    browser = Browser()
    browser.open(entry)
    browser.decide(entry, "approve")
    wrong = sent_home(browser, entry, RIGHT | {"s2": RIGHT["s2"].replace("2 degrés", "3 degrés")})
    assert wrong.status_code == 200
    assert "2 lines taken over" in wrong.text
    assert "s2: " in wrong.text
    assert "-again.xlf" in wrong.text
    right = sent_home(browser, entry, RIGHT)
    assert "Every line is there in both languages" in right.text
    assert "-again.xlf" not in right.text


def test_a_file_that_is_no_translation_is_told_in_one_line(store: Store, entry: BriefEntry) -> None:
    browser = Browser("fr")
    browser.open(entry)
    browser.decide(entry, "approve")
    back = f"/desk/briefs/{entry.brief_id}"
    browser.get(back)
    file = {"file": ("notes.xlf", b"<html>no</html>", "text/html")}
    sent = browser.client.post(f"{back}/translation", data={"token": browser.token}, files=file)
    assert sent.status_code == 409
    assert "notes.xlf" in sent.text
    none = browser.client.post(f"{back}/translation", data={"token": browser.token})
    assert "Choisissez d’abord le fichier" in none.text
    page = browser.get(f"/desk/briefs/{entry.brief_id}").text
    assert "Une traduction est arrivée" in page
