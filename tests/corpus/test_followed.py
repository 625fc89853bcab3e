"""Followed sources against a server of the test's own that speaks their formats, and errs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus import followed as followed_module
from corpus import sources as sources_module
from corpus.errors import MachineError, PasserelleError, UnreadableError
from corpus.readers import read_bytes
from corpus.readers.notices import refuse_notice
from corpus.settings_base import read_again
from corpus.store import Store, documents, followed_sources, open_store
from passerelle import batches, following, nights
from passerelle.settings import settings

PAPER = """# Shade on {street}

## Results

Streets with more trees were cooler in the afternoon than streets without them, on {street} most.
"""
LONG = "Streets with more trees were cooler in the afternoon than streets without them. " * 5

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>New papers</title>
<item><guid>1</guid><link>{site}/page-1</link>
<enclosure url="{site}/elm.txt" type="text/plain" length="1"/></item>
<item><guid>2</guid><link>{site}/oak.txt</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>New papers</title>
<link rel="next" href="atom-2"/>
<entry><id>a</id><link href="elm.txt"/></entry></feed>"""
ATOM_2 = """<feed xmlns="http://www.w3.org/2005/Atom"><title>New papers</title>
<entry><id>b</id><link href="oak.txt"/></entry></feed>"""

OAI = """<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<responseDate>2024-05-17T02:00:00Z</responseDate><request>x</request>{body}</OAI-PMH>"""
DC = """<record><header><identifier>oai:x:{id}</identifier>
<datestamp>2024-05-01</datestamp></header>
<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Shade</dc:title>
<dc:identifier>{place}</dc:identifier></oai_dc:dc></metadata></record>"""
JATS = """<record><header><identifier>oai:x:jats</identifier>
<datestamp>2024-05-02</datestamp></header>
<metadata><article xmlns=""><front><article-meta><title-group><article-title>Shade cools streets
</article-title></title-group></article-meta></front><body><p>Streets with trees were cooler in the
afternoon than streets without any trees were.</p></body></article></metadata></record>"""
DELETED = (
    """<record><header status="deleted"><identifier>oai:x:old</identifier></header></record>"""
)


#: Answers that aren't of the form that was asked for, or lead round and round.
ODD = {
    "/nothing": "",
    "/null/works": '{"results": null}',
    "/fields/works": '{"results": [null, 5, {"id": null, "title": 5, "authorships": [null, {}],'
    ' "abstract_inverted_index": {"a": "x"}, "best_oa_location": []}], "meta": []}',
    "/words/crossref": '{"message": "Resource not found."}',
    "/fields/crossref": '{"message": {"items": [null, {"DOI": 5, "title": null, "link": "x",'
    ' "update-to": [3]}, {"title": ["A"], "published": {"date-parts": [[null]]}, "author":'
    ' [{"family": null}], "abstract": "<jats:p>a</b>\\u0001"}]}}',
    "/list/crossref": "[1, 2]",
    "/again/oai": OAI.format(
        body="<ListRecords><resumptionToken>same</resumptionToken></ListRecords>"
    ),
    "/again/rss": ATOM_2.replace("<title>", '<link rel="next" href="rss"/><title>'),
    "/elsewhere/rss": RSS.replace("{site}/oak.txt", "javascript:alert(1)"),
}


@dataclass
class Site:
    """What the server is to answer, and what it was asked."""

    address: str = ""
    asked: list[str] = field(default_factory=list)
    busy: int = 0
    """How many questions are answered with 503 first."""
    half: bool = False
    """Whether a body ends before it is whole."""

    def paths(self) -> list[str]:
        return [urlsplit(path).path for path in self.asked]

    def answer(self, path: str, query: dict[str, str]) -> str | None:
        texts = {"/rss": RSS, "/atom": ATOM, "/atom-2": ATOM_2}
        if path in texts:
            return texts[path].replace("{site}", self.address)
        if path in ("/elm.txt", "/oak.txt"):
            return PAPER.format(street=path[1:4].title() + " Street")
        if path == "/oai":
            return OAI.format(body=self.oai(query))
        if path in ODD:
            return ODD[path].replace("{site}", self.address)
        if path.startswith(("/works", "/crossref")):
            return json.dumps(self.works(path, query))
        return None

    def oai(self, query: dict[str, str]) -> str:
        if query.get("from") == "2024-05-17":
            return '<error code="noRecordsMatch">nothing</error>'
        if query.get("resumptionToken") == "page 2":
            return f"<ListRecords>{JATS}<resumptionToken/></ListRecords>"
        if query.get("set") == "none":
            return '<error code="badArgument">no such set</error>'
        first = DC.format(id=1, place=f"{self.address}/elm.txt") + DELETED
        return f"<ListRecords>{first}<resumptionToken>page 2</resumptionToken></ListRecords>"

    def works(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        words = {
            word: [at] for at, word in enumerate(f"{n}{w}" for n, w in enumerate(LONG.split()))
        }
        work = {"id": "W1", "doi": "https://doi.org/10.5555/1", "title": "Shade",
                "publication_date": "2024-05-01", "abstract_inverted_index": words}  # fmt: skip
        article = {"DOI": "10.5555/2", "title": ["Shade"], "indexed": {"date-time": "2024-06-01T0"},
                   "abstract": f"<jats:p>{LONG}</jats:p>",
                   "published": {"date-parts": [[2024, 5]]}}  # fmt: skip
        if path.startswith("/crossref"):
            return {"message": {"items": [article] if query["cursor"] == "*" else [],
                                "next-cursor": "two"}}  # fmt: skip
        if path != "/works":
            return work
        pages = {"*": ([work], "two"), "two": ([{**work, "id": "W2", "best_oa_location": {
            "pdf_url": f"{self.address}/oak.txt"}}], None)}  # fmt: skip
        results, cursor = pages[query["cursor"]]
        return {"results": results, "meta": {"next_cursor": cursor}}


@pytest.fixture
def site(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    made = Site()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            parts = urlsplit(self.path)
            if made.busy:
                made.busy -= 1
                self.send_response(503)
                self.send_header("Retry-After", "0")
                self.end_headers()
                return
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            text = made.answer(parts.path, query)
            if text is None or self.headers.get("If-None-Match") == '"1"':
                self.send_response(404 if text is None else 304)
                self.end_headers()
                return
            body = text.encode()
            self.send_response(200)
            self.send_header("ETag", '"1"')
            self.send_header("Content-Length", str(len(body) + made.half))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_address[1]}"
    monkeypatch.setenv("PASSERELLE_ALLOW_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("PASSERELLE_FETCH_PAUSE_SECONDS", "0")
    monkeypatch.setattr(sources_module, "RETRY_SECONDS", 0.0)
    read_again()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(settings().database_url)


def followed(store: Store, kind: str, place: str, query: str = "") -> list[tuple[str, str]]:
    """What comes of following a source once: names and states."""
    following.add(store, "source", kind, place, query)
    return look_again(store)


def look_again(store: Store) -> list[tuple[str, str]]:
    [source] = followed_sources(store)
    return [(Path(label).name, outcome.state) for label, outcome in following.follow(source, store)]


@pytest.mark.parametrize("path", ["/rss", "/atom"])
def test_a_feed_s_documents_come_in_once_from_all_its_pages(
    site: Site, store: Store, path: str
) -> None:
    expected = [("elm.txt", "added"), ("oak.txt", "added")]
    assert followed(store, "feed", site.address + path) == expected
    site.asked.clear()
    assert look_again(store) == []
    assert site.paths() == [path]  # asked whether it has changed, which it hasn't
    assert followed_sources(store)[0].told == "0 new"


def test_a_repository_is_harvested_page_by_page_and_from_where_it_was(
    site: Site, store: Store
) -> None:
    came = followed(store, "oai", f"{site.address}/oai", "set=heat")
    assert [state for _, state in came] == ["added", "added"]  # an address, and a record in JATS
    assert [entry.title for entry in documents(store)][1] == "Shade cools streets"
    site.asked.clear()
    assert look_again(store) == []
    assert "from=2024-05-17" in site.asked[0]
    assert "set=heat" in site.asked[0]


@pytest.mark.parametrize(("kind", "path"), [("oai", "/oai"), ("openalex", "/works")])
def test_pages_that_one_night_does_not_reach_come_with_the_next(
    site: Site, store: Store, monkeypatch: pytest.MonkeyPatch, kind: str, path: str
) -> None:
    monkeypatch.setattr("corpus.followed.MOST_PAGES", 1)
    query = "" if kind == "oai" else "search=shade"
    assert [state for _, state in followed(store, kind, site.address + path, query)] == ["added"]
    assert "the rest comes with the next one" in followed_sources(store)[0].told
    assert [state for _, state in look_again(store)] == ["added"]
    assert followed_sources(store)[0].told == "1 new"
    assert look_again(store) == []


def test_a_harvest_whose_place_is_forgotten_begins_again(
    site: Site, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = site.oai
    forgotten = '<error code="badResumptionToken">too old</error>'
    monkeypatch.setattr("corpus.followed.MOST_PAGES", 1)
    followed(store, "oai", f"{site.address}/oai")
    monkeypatch.setattr(
        site, "oai", lambda query: forgotten if "resumptionToken" in query else whole(query)
    )
    assert look_again(store) == []
    monkeypatch.setattr(site, "oai", whole)
    monkeypatch.setattr("corpus.followed.MOST_PAGES", 2)
    assert [state for _, state in look_again(store)] == ["added"]


def test_a_harvest_that_was_cut_short_is_caught_up(
    site: Site, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = site.oai

    def cut(query: dict[str, str]) -> str:
        return "" if "resumptionToken" not in query else "<broken"

    monkeypatch.setattr(site, "oai", lambda query: whole(query) if not cut(query) else "<broken")
    came = followed(store, "oai", f"{site.address}/oai")
    assert [state for _, state in came] == ["added", "quarantined"]
    assert came[-1][0] == "source"
    monkeypatch.undo()
    monkeypatch.setenv("PASSERELLE_ALLOW_PRIVATE_ADDRESSES", "true")
    read_again()
    assert [state for _, state in look_again(store)] == ["added"]  # the page that was missed alone


@pytest.mark.parametrize(
    ("kind", "place", "query", "states"),
    [
        ("openalex", "/works", "search=shade", ["added", "added"]),
        ("openalex", "/works", "10.5555/1", ["added"]),
        ("crossref", "/crossref", "query=shade", ["added"]),
        ("address", "/elm.txt", "", ["added"]),
    ],
)
def test_services_are_asked_by_query_or_doi_and_pages_whether_they_changed(
    site: Site, store: Store, kind: str, place: str, query: str, states: list[str]
) -> None:
    came = followed(store, kind, site.address + place, query)
    assert [state for _, state in came] == states
    assert look_again(store) == []
    if kind != "address":
        assert documents(store)[0].title == "Shade"


MARKED: dict[str, Any] = {
    "openalex": {
        "id": "W9", "doi": "https://doi.org/10.5555/9", "title": "Shade", "is_retracted": True,
        "abstract_inverted_index": {f"{n}{w}": [n] for n, w in enumerate(LONG.split())},
        "best_oa_location": {"pdf_url": "https://journal.example/9.pdf"},
    },
    "crossref": {
        "DOI": "10.5555/9", "title": ["Shade"], "abstract": f"<jats:p>{LONG}</jats:p>",
        "updated-by": [{"type": "retraction", "DOI": "10.5555/n"}],
        "link": [{"content-type": "application/pdf", "URL": "https://journal.example/9.pdf"}],
    },
}  # fmt: skip


@pytest.mark.parametrize("service", ["openalex", "crossref"])
def test_what_a_service_knows_of_a_retraction_comes_beside_the_file_that_may_not_say_so(
    service: str,
) -> None:
    items = {"openalex": followed_module._openalex_work, "crossref": followed_module._crossref_work}
    file, record = items[service](MARKED[service])
    assert file.address == "https://journal.example/9.pdf"
    document = read_bytes(record.content or b"", record.name)
    assert document.identifiers["doi"] == "10.5555/9"
    assert [relation.kind for relation in document.relations] == ["retracted_by"]


@pytest.mark.parametrize(
    ("update", "kind"),
    [
        ("retraction", "retraction"), ("withdrawal", "retraction"), ("erratum", "correction"),
        ("expression_of_concern", "expression of concern"),
    ],
)  # fmt: skip
def test_a_notice_that_crossref_names_is_refused_with_the_article_that_it_concerns(
    update: str, kind: str
) -> None:
    work = {"DOI": "10.5555/n", "title": ["Notice about shade in the streets"],
            "update-to": [{"type": update, "DOI": "10.5555/9"}]}  # fmt: skip
    [record] = followed_module._crossref_work(work)
    document = read_bytes(record.content or b"", record.name)
    with pytest.raises(UnreadableError, match=rf"\({kind}\) about https://doi.org/10.5555/9;"):
        refuse_notice(document, record.name)


def test_a_server_that_is_busy_is_waited_for_and_one_that_stays_so_is_left_for_another_night(
    site: Site, store: Store
) -> None:
    site.busy = 2
    assert [state for _, state in followed(store, "feed", f"{site.address}/rss")] == ["added"] * 2
    site.busy = 99
    assert look_again(store) == [("source", "waiting")]
    assert "answered 503" in followed_sources(store)[0].told


def test_a_body_that_ends_too_soon_is_not_taken_for_the_whole(site: Site, store: Store) -> None:
    site.half = True
    with pytest.raises(MachineError, match="can't be fetched"):
        sources_module.fetch(f"{site.address}/elm.txt", "elm", tries=2)
    assert followed(store, "feed", f"{site.address}/rss") == [("source", "waiting")]
    assert documents(store) == []


@pytest.mark.parametrize(
    ("kind", "place", "became"),
    [
        ("feed", "/nothing", "no feed"),
        ("openalex", "/null/works", "another form"),
        ("openalex", "/fields/works", ""),
        ("crossref", "/words/crossref", "another form"),
        ("crossref", "/fields/crossref", ""),
        ("crossref", "/list/crossref", "another form"),
        ("oai", "/again/oai", "the same page again"),
    ],
)
def test_an_odd_answer_is_told_in_one_line_or_passed_over(
    site: Site, store: Store, kind: str, place: str, became: str
) -> None:
    query = "search=shade" if kind in ("openalex", "crossref") else "set=heat"
    came = followed(store, kind, site.address + place, "" if kind == "feed" else query)
    assert [state for _, state in came] == (["quarantined"] if became else [])
    told = followed_sources(store)[0].told
    assert became in told
    assert "internal error" not in told
    assert len(site.asked) <= 2


def test_a_feed_that_leads_back_to_itself_is_read_once(site: Site, store: Store) -> None:
    came = followed(store, "feed", f"{site.address}/again/rss")
    assert [state for _, state in came] == ["quarantined"]  # its entry leads nowhere
    assert site.paths().count("/again/rss") == 1


def test_what_a_feed_names_is_fetched_from_the_web_alone(site: Site, store: Store) -> None:
    came = followed(store, "feed", f"{site.address}/elsewhere/rss")
    assert [state for _, state in came] == ["added", "quarantined"]


@pytest.mark.parametrize(
    ("day", "kept"), [("2024-05-01", "2024-05-01"), ("2999-01-01", ""), ("soon", "")]
)
def test_a_work_announced_for_later_does_not_end_the_looking(
    site: Site, store: Store, monkeypatch: pytest.MonkeyPatch, day: str, kept: str
) -> None:
    answer = {"results": [{"id": "W", "publication_date": day}], "meta": {}}
    monkeypatch.setattr(site, "works", lambda path, query: answer)
    followed(store, "openalex", f"{site.address}/works", "search=shade")
    assert json.loads(followed_sources(store)[0].mark).get("from", "") == kept


def test_what_is_wrong_with_one_source_reaches_no_other(site: Site, store: Store) -> None:
    following.add(store, "a-set", "oai", f"{site.address}/oai", "set=none")
    following.add(store, "b-text", "feed", f"{site.address}/elm.txt")
    following.add(store, "c-gone", "feed", f"{site.address}/nothing")
    following.add(store, "d-feed", "feed", f"{site.address}/rss")
    following.add(store, "e-paused", "feed", f"{site.address}/atom")
    following.pause(store, "e-paused", True)
    arrived = nights.follow_sources(store)
    assert [(item["source"].rpartition("/")[2], item["state"]) for item in arrived] == [
        ("a-set", "quarantined"),
        ("b-text", "quarantined"),
        ("c-gone", "quarantined"),
        ("elm.txt", "added"),
        ("oak.txt", "added"),
    ]
    assert "/atom" not in site.paths()


def test_a_source_is_tried_without_taking_anything_in_and_wrong_ones_are_one_line(
    site: Site, store: Store, tmp_path: Path
) -> None:
    lines = following.told(store, "try", "new", "feed", f"{site.address}/rss")
    assert lines[1:] == [f"{site.address}/elm.txt", f"{site.address}/oak.txt"]
    assert not documents(store)
    assert not followed_sources(store)
    for kind, place in (("feed", "no address"), ("folder", f"{tmp_path}/none"), ("openalex", "")):
        with pytest.raises(PasserelleError) as told:
            following.add(store, "new", kind, place)
        assert "\n" not in str(told.value)
    with pytest.raises(PasserelleError, match="no such source"):
        following.remove(store, "new")


def test_what_is_followed_is_listed_in_both_languages(site: Site, store: Store) -> None:
    assert following.told(store, "list", "") == [
        "No source is followed.",
        "Aucune source n’est suivie.",
    ]
    following.add(store, "trees", "feed", f"{site.address}/rss")
    following.add(store, "works", "openalex", "", "search=heat|trees")
    following.pause(store, "works", True)
    nights.follow_sources(store)
    english, paused, french, _ = following.told(store, "list", "")
    assert english.startswith(f"trees · feed · {site.address}/rss · 2 new · 20")
    assert paused == "works · OpenAlex · search=heat|trees · paused"
    assert french.startswith(f"trees · fil · {site.address}/rss · nouveautés\u00a0: 2 · 20")
    page = following.as_markdown(store)
    assert page.index("## Sources that the nights") < page.index("## Sources que les nuits")
    assert "| works | OpenAlex | search=heat\\|trees | suspendue |" in page
    with pytest.raises(PasserelleError, match="add what"):
        following.told(store, "add", "")


def test_a_folder_is_followed_like_the_inbox(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.md").write_text(PAPER.format(street="Elm Street"))
    following.add(store, "reports", "folder", str(folder))
    places = nights.new_sources(nights.watched_sources(store), store)
    assert [item["state"] for item in nights.take_in(places, store)] == ["added"]
    assert nights.new_sources(nights.watched_sources(store), store) == []
    assert batches.held_back(store) == []
