"""A notice that comes in after the briefs of its paper: whoever decides on them is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from drafts import a_document, a_draft_of

from corpus.document import Relation
from corpus.store import BriefEntry, Store, admit, open_store
from passerelle import batches, decisions, nights
from passerelle.settings import settings

pytestmark = [pytest.mark.usefixtures("home"), pytest.mark.sandboxed]

DOI = "10.5555/shade.2024"
NOTICE = """<article article-type="retraction" xmlns:xlink="http://www.w3.org/1999/xlink">
<front><journal-meta/><article-meta>
<title-group><article-title>Retraction: Shade on Main Street</article-title></title-group>
<related-article related-article-type="retracted-article" ext-link-type="doi"
 xlink:href="{doi}"/>
<abstract><p>The authors withdraw the paper because two towns were counted twice.</p></abstract>
</article-meta></front>
<body><p>The authors withdraw the paper because two towns were counted twice.</p></body>
</article>"""


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(settings().database_url)


@pytest.fixture
def entry(store: Store) -> BriefEntry:
    document = replace(a_document("Shade on Main Street"), identifiers={"doi": DOI})
    return a_draft_of(store, document)


def notice(home: Path, doi: str) -> str:
    path = home / "inbox" / f"notice-{doi.rpartition('.')[2]}.xml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(NOTICE.format(doi=doi), encoding="utf-8")
    return str(path)


def notes(entry: BriefEntry, store: Store, language: str = "en") -> list[str]:
    asked = decisions.first_question(entry, store)
    return [note.words("fr" if language == "fr" else "en") for note in asked.notes]


def test_who_reviews_a_draft_is_told_of_a_retraction_that_came_in_since(
    home: Path, store: Store, entry: BriefEntry
) -> None:
    assert notes(entry, store) == []
    place = notice(home, DOI)
    nights.take_in([place], store)
    assert notes(entry, store) == [
        f"A retraction of this paper has come in: {place}. Don’t publish what it reports; take "
        "back what is published."
    ]
    assert notes(entry, store, "fr")[0].startswith("Une rétractation de cet article est arrivée")


def test_the_night_names_the_briefs_that_a_notice_is_about(
    home: Path, store: Store, entry: BriefEntry
) -> None:
    [arrival] = nights.take_in([notice(home, DOI)], store)
    assert arrival["state"] == "quarantined"
    assert arrival["reason"].endswith(f"the briefs made from it: {entry.brief_id} (draft)")


def test_a_notice_that_names_its_paper_by_the_index_finds_it_too(home: Path, store: Store) -> None:
    document = replace(a_document("Shade on Main Street"), identifiers={"pmid": "81"})
    kept = a_draft_of(store, document)
    path = home / "inbox" / "notice.xml"
    path.parent.mkdir(parents=True, exist_ok=True)
    told = NOTICE.format(doi="81").replace('ext-link-type="doi"', 'ext-link-type="pmid"')
    path.write_text(told, encoding="utf-8")
    [arrival] = nights.take_in([str(path)], store)
    assert arrival["reason"].endswith(f"the briefs made from it: {kept.brief_id} (draft)")
    assert notes(kept, store)[0].startswith("A retraction of this paper has come in")


def test_a_notice_about_another_paper_says_nothing_of_this_one(
    home: Path, store: Store, entry: BriefEntry
) -> None:
    [arrival] = nights.take_in([notice(home, "10.5555/other.2024x")], store)
    assert arrival["reason"].endswith("at the briefs made from it")
    assert notes(entry, store) == []


def test_a_copy_that_does_not_say_so_is_no_way_round_another_versions_retraction(
    home: Path, store: Store, entry: BriefEntry
) -> None:
    """A manuscript from a repository seldom says that its paper was retracted since."""
    marked = replace(
        a_document("Shade on Main Street, as the journal has it now"),
        identifiers={"doi": DOI},
        relations=(Relation("retracted_by", "doi", "10.5555/notice.1"),),
        source="journal.xml",
    )
    admit(store, marked, "journal.xml", batches.edition())
    first, *others = notes(entry, store)
    assert first == (
        "Another version of this paper says that it has been retracted: journal.xml. Don’t "
        "publish what it reports; take back what is published."
    )
    assert len(others) == 1, "and that there is another version"
    assert notes(entry, store, "fr")[0].startswith("Une autre version de cet article indique")


def test_a_paper_that_comes_in_after_its_retraction_is_drafted_as_retracted(
    home: Path, store: Store
) -> None:
    nights.take_in([notice(home, DOI)], store)
    shaded = "Streets with trees were cooler than streets without, and more people walked there. "
    path = home / "inbox" / "paper.xml"
    path.write_text(
        "<article article-type='research-article'><front><article-meta>"
        f"<article-id pub-id-type='doi'>{DOI}</article-id>"
        "<title-group><article-title>Shade on Main Street</article-title></title-group>"
        f"<abstract><p>{shaded * 3}</p></abstract>"
        f"</article-meta></front><body><sec><title>Results</title><p>{shaded * 3}</p></sec></body>"
        "</article>",
        encoding="utf-8",
    )
    [arrival] = nights.take_in([str(path)], store)
    assert arrival["state"] == "added"
    [drafted] = nights.draft_documents(nights.undrafted(store), store)["drafted"]
    told = (settings().outbox / f"{drafted['brief']}.md").read_text(encoding="utf-8")
    assert "has been retracted" in told
    assert "cooler than" not in told


def test_a_notice_about_a_paper_is_told_of_its_preprint_too(home: Path, store: Store) -> None:
    preprint = a_document("Shade on Main Street, a preprint")
    article = replace(a_document("Shade on Main Street"), identifiers={"doi": DOI})
    for version in (preprint, article):  # one after the other in the same place
        admit(store, version, "shade.xml", batches.edition())
    kept = a_draft_of(store, preprint)
    before = notes(kept, store)
    nights.take_in([notice(home, DOI)], store)
    new = [note for note in notes(kept, store) if note not in before]
    assert [note.startswith("Another version of this paper says that it has") for note in new] == [
        True
    ]
