"""A notice that comes in after the briefs of its paper: whoever decides on them is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from drafts import a_document, a_draft_of

from corpus.document import Relation
from corpus.store import BriefEntry, ReviewEntry, Store, admit, keep_review, open_store
from passerelle import batches, decisions, late_notices, nights
from passerelle.desk import waiting_list
from passerelle.settings import settings
from pipelines import verify
from pipelines.brief import from_json
from pipelines.reading.reading import readings_of

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


# Files that were written before a notice came in


SINCE = "This notice came in after this brief was published: the paper has been retracted."
SINCE_FR = (
    "Cet avis est arrivé après la publication de la synthèse\u00a0: l’article a été rétracté."
)
PLAIN = "This paper has been retracted. Do not rely on what it reports."


def approve(entry: BriefEntry, store: Store, at: str = "2024-06-01T09:00:00+00:00") -> None:
    review = ReviewEntry(
        entry.brief_id, entry.edition, entry.sha256, "approve", "Ana", [], "", at, ["en"]
    )
    keep_review(store, review, entry.json)
    decisions.publish(entry.brief_id, store)


def published(entry: BriefEntry, form: str) -> Path:
    return settings().published / f"{entry.brief_id}.{form}"


def test_a_published_brief_says_first_that_a_notice_came_in_after_it(
    home: Path, store: Store, entry: BriefEntry
) -> None:
    approve(entry, store)
    before = {form: published(entry, form).read_bytes() for form in batches.PUBLISHED_FORMATS}
    assert nights.renew(store) == [], "as long as there is no notice"
    place = notice(home, DOI)
    nights.take_in([place], store)
    [told] = nights.renew(store)
    assert (told["brief"], told["status"], told["since"]) == (
        entry.brief_id,
        "published",
        [place],
    )
    assert sorted(told["written"]) == [
        str(published(entry, form)) for form in ("docx", "html", "json", "md")
    ]
    page = published(entry, "html").read_text(encoding="utf-8")
    first = page.index(SINCE)
    assert first < page.index(SINCE_FR) < page.index("12% fewer calls")
    assert published(entry, "xlf").read_bytes() == before["xlf"], "which is a translator's"
    brief = from_json(published(entry, "json").read_bytes())
    assert brief.segments[0].origin == "template"
    assert brief.segments[1:] == from_json(entry.json).segments, "the approved text is as it was"
    kept = decisions.read(entry, store)[1].values()
    assert all(check.passed for check in verify.verify(brief, readings_of(kept)))
    assert nights.renew(store) == [], "doing it twice is once"


def test_a_file_that_cannot_be_written_keeps_no_other_from_being_so_and_comes_again(
    home: Path, store: Store, entry: BriefEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(entry, store)
    nights.take_in([notice(home, DOI)], store)
    put_whole, page = batches.put_whole, published(entry, "html")

    def put_but_one(path: Path, content: bytes) -> None:
        if path == page:
            raise OSError(28, "No space left on device")
        put_whole(path, content)

    with monkeypatch.context() as full:
        full.setattr(batches, "put_whole", put_but_one)
        [told] = nights.renew(store)
    assert [Path(path).suffix for path in told["written"]] == [".docx", ".json", ".md"]
    assert len(told["failed"]) == 1
    assert str(page) in told["failed"][0]
    [again] = nights.renew(store)
    assert again["written"] == [str(page)]


def test_an_edited_copy_of_a_published_brief_is_left_and_told_once(
    home: Path, store: Store, entry: BriefEntry
) -> None:
    approve(entry, store)
    ours = published(entry, "md").read_bytes()
    mine = ours.decode() + "\nMy own remark.\n"
    published(entry, "md").write_text(mine, encoding="utf-8")
    published(entry, "docx").unlink()
    nights.take_in([notice(home, DOI)], store)
    [told] = nights.renew(store)
    assert told["edited"] == [str(published(entry, "md"))]
    assert published(entry, "md").read_text(encoding="utf-8") == mine
    assert not published(entry, "docx").exists(), "what somebody removed stays away"
    assert nights.renew(store) == []
    published(entry, "md").write_bytes(ours)
    [back] = nights.renew(store)
    assert back["written"] == [str(published(entry, "md"))], "our own words, put back"
    published(entry, "md").write_text(mine, encoding="utf-8")
    decisions.publish(entry.brief_id, store)
    [aside] = settings().published.glob("*.edited-*.md")
    assert aside.read_text(encoding="utf-8") == mine
    assert SINCE in published(entry, "md").read_text(encoding="utf-8")


def test_a_brief_approved_after_the_notice_came_in_does_not_call_it_late(
    home: Path, store: Store, entry: BriefEntry
) -> None:
    nights.take_in([notice(home, DOI)], store)
    approve(entry, store, at="2199-01-01T09:00:00+00:00")
    page = published(entry, "md").read_text(encoding="utf-8")
    assert PLAIN in page
    assert SINCE not in page


def test_a_draft_that_waits_and_its_row_in_the_queue_show_the_notice(
    home: Path, store: Store, entry: BriefEntry
) -> None:
    settings().outbox.mkdir(parents=True)
    batches._write(entry, store, settings().outbox)
    assert [row.summary.needs for row in waiting_list.rows(store)] == [()]
    nights.take_in([notice(home, DOI)], store)
    [told] = nights.renew(store)
    assert told["status"] == "draft"
    page = (settings().outbox / f"{entry.brief_id}.html").read_text(encoding="utf-8")
    assert page.index(PLAIN) < page.index("12% fewer calls")
    assert [row.summary.needs for row in waiting_list.rows(store)] == [("retracted_by",)]


def test_a_brief_of_another_version_is_flagged_too(home: Path, store: Store) -> None:
    preprint = a_document("Shade on Main Street, a preprint")
    article = replace(a_document("Shade on Main Street"), identifiers={"doi": DOI})
    for version in (preprint, article):
        admit(store, version, "shade.xml", batches.edition())
    kept = a_draft_of(store, preprint)
    approve(kept, store)
    nights.take_in([notice(home, DOI)], store)
    [told] = nights.renew(store)
    assert told["brief"] == kept.brief_id
    page = published(kept, "md").read_text(encoding="utf-8")
    assert "another version of the paper has been retracted" in page
    assert "une autre version de l’article a été rétractée" in page


def test_a_version_marked_by_its_publisher_flags_the_brief_of_the_one_before(
    store: Store, entry: BriefEntry
) -> None:
    approve(entry, store)
    corrected = replace(
        a_document("Shade on Main Street, as corrected"),
        identifiers={"doi": DOI},
        relations=(Relation("corrected_by", "doi", "10.5555/notice.2"),),
        source="journal.xml",
    )
    admit(store, corrected, "journal.xml", batches.edition())
    [told] = nights.renew(store)
    assert told["since"] == ["journal.xml"]
    assert "another version of the paper has been corrected" in published(entry, "md").read_text(
        encoding="utf-8"
    )


def test_a_brief_that_says_so_itself_is_told_nothing_twice(
    home: Path, store: Store, entry: BriefEntry
) -> None:
    nights.take_in([notice(home, DOI)], store)
    once = late_notices.flagged(from_json(entry.json), store)
    assert late_notices.flagged(once, store) == once


def test_the_digest_names_what_was_written_again_and_what_was_not() -> None:
    night = nights.Night(
        drafted=[],
        refused=[],
        put_off=[],
        kept_aside=[],
        arrived=[],
        noticed=[
            nights.Noticed(
                brief="shade-1",
                title="Shade",
                status="published",
                since=["notice.xml"],
                by_notice=True,
                written=["/out/shade-1.html"],
                edited=["/out/shade-1.md"],
                failed=[],
            )
        ],
        left_alone=0,
        waiting=0,
        seconds={},
    )
    assert not nights.is_quiet(night)
    page = nights.digest_of(night)
    assert "Notices and newer versions of what was there before" in page
    assert "| a notice: notice\\.xml | /out/shade-1\\.html | /out/shade-1\\.md |" in page
    lines = "\n".join(nights.told(night))
    assert "written again under a banner, after a notice: notice.xml: /out/shade-1.html" in lines
    assert "edited, so left without a banner, after a notice: notice.xml: /out/shade-1.md" in lines


# Drafts whose document has a newer version


NEWER = "A newer version of this document has come in since. Use the brief of that one."
NEWER_FR = "Une version plus récente de ce document est arrivée depuis."


def a_version(store: Store, title: str) -> BriefEntry:
    """The draft of one version, as what came in at one place after the other."""
    document = replace(a_document(title), source=f"{title}.md")
    admit(store, document, "shade.xml", batches.edition())
    entry = a_draft_of(store, document)
    settings().outbox.mkdir(parents=True, exist_ok=True)
    batches._write(entry, store, settings().outbox)
    return entry


def page_of(entry: BriefEntry) -> str:
    return (settings().outbox / f"{entry.brief_id}.md").read_text(encoding="utf-8")


def test_the_outbox_says_which_draft_is_of_an_older_version(store: Store) -> None:
    older = a_version(store, "Shade, first")
    assert nights.renew(store) == []
    newer = a_version(store, "Shade, second")
    [told] = nights.renew(store)
    assert (told["brief"], told["by_notice"]) == (older.brief_id, False)
    assert told["since"] == ["Shade, second.md"]
    assert NEWER in page_of(older)
    assert NEWER_FR in page_of(older)
    assert NEWER not in page_of(newer)
    assert nights.renew(store) == []
    [row] = waiting_list.rows(store)
    assert (row.draft.brief_id, row.summary.version, row.summary.needs) == (
        newer.brief_id,
        "newest",
        (),
    )


def test_a_brief_that_was_approved_stays_as_it_is_when_a_newer_version_comes(store: Store) -> None:
    older = a_version(store, "Shade, first")
    approve(older, store)
    a_version(store, "Shade, second")
    assert nights.renew(store) == []
    assert NEWER not in page_of(older)
    assert NEWER not in published(older, "md").read_text(encoding="utf-8")


def test_an_older_draft_waits_marked_as_long_as_the_newer_version_has_none(store: Store) -> None:
    older = a_version(store, "Shade, first")
    assert [row.summary.needs for row in waiting_list.rows(store)] == [()]
    admit(store, a_document("Shade, second"), "shade.xml", batches.edition())
    nights.renew(store)
    [row] = waiting_list.rows(store)
    assert (row.draft.brief_id, row.summary.needs) == (older.brief_id, ("older_version",))


def test_a_retraction_weighs_more_than_a_newer_version(home: Path, store: Store) -> None:
    older = a_version(store, "Shade, first")
    newer = replace(a_document("Shade, second"), identifiers={"doi": DOI})
    admit(store, newer, "shade.xml", batches.edition())
    nights.renew(store)
    nights.take_in([notice(home, DOI)], store)
    [told] = nights.renew(store)
    assert told["by_notice"]
    assert "Another version of this paper has been retracted." in page_of(older)
    assert NEWER not in page_of(older)
