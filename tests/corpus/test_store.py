import json
import multiprocessing
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from admitting import a_document, admit_all, admit_and_die
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import (
    Document,
    digest,
    document_from_json,
    document_to_json,
)
from corpus.errors import PasserelleError, SchemaError, StoreDamagedError
from corpus.near_duplicates import bands
from corpus.store import (
    BriefEntry,
    Followed,
    IngestOutcome,
    OvertakenError,
    RefusedDraft,
    ReviewEntry,
    Store,
    WrittenFile,
    admit,
    all_forgotten,
    approved_brief,
    attempts,
    begin_attempt,
    briefs_waiting,
    check,
    documents,
    find_brief,
    find_brief_of,
    find_document,
    find_document_entry,
    followed_sources,
    forget,
    forgotten_briefs,
    keep_brief,
    keep_document,
    keep_followed,
    keep_review,
    known_items,
    last_written,
    mark_published,
    open_store,
    outcomes,
    put_off,
    quarantined,
    record_item,
    record_outcome,
    record_refused_draft,
    record_written,
    refused_drafts,
    release,
    reviews_of,
    reviews_since,
    sent_back,
    settled_earlier,
    tables,
    undrafted,
    unfollow,
    unpublished,
    versions_of,
)


def a_brief(document: Document, edition: str = "one", text: str = "Shade cools.") -> BriefEntry:
    body = json.dumps({"text": text})
    return BriefEntry(f"b-{document.id}", edition, document.id, "staff", "en", "draft", body)


def a_review(brief: BriefEntry, decision: str = "approve", at: str = "08:00") -> ReviewEntry:
    return ReviewEntry(
        brief.brief_id,
        brief.edition,
        brief.sha256,
        decision,  # type: ignore[arg-type]
        "the reviewer",
        [{"segment": "s1", "language": "en", "text": "Shade cools streets."}],
        "clear",
        f"2024-06-01T{at}:00-04:00",
        ["en"],
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path}/new/folder/passerelle.db")


# Documents


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.dictionaries(st.sampled_from(["doi", "pmid"]), st.text(max_size=5), max_size=2),
)
def test_a_document_survives_its_json_to_the_letter(
    words: str, identifiers: dict[str, str]
) -> None:
    document = replace(a_document(), title=words, identifiers=identifiers)
    assert document_from_json(document_to_json(document)) == document


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"blocks": 3}', "[" * 100_000])
def test_other_json_is_refused_as_no_document_in_one_line(text: str) -> None:
    with pytest.raises(SchemaError, match=r"^x\.json: not a document") as info:
        document_from_json(text, "x.json")
    assert "\n" not in str(info.value)


def test_a_kept_document_is_found_by_id_and_by_sha256(store: Store) -> None:
    document = a_document()
    keep_document(store, document, "one")
    keep_document(store, document, "one")
    assert find_document(store, document.id) == document
    assert find_document(store, document.sha256) == document
    assert find_document(store, document.id, "two") is None
    assert find_document(store, "0" * 16) is None
    assert [entry.source for entry in documents(store)] == ["shade.xml"]


def test_the_text_that_a_brief_is_anchored_in_outlives_a_better_reader(store: Store) -> None:
    document = a_document()
    better = replace(document, title="Shade on Main Street: a trial")
    keep_document(store, document, "one")
    keep_document(store, better, "two")
    assert find_document(store, document.id, "one") == document
    assert find_document(store, document.id) == better
    assert len(documents(store)) == 1


# What becomes of a source


def test_new_bytes_are_added_and_the_same_bytes_are_a_duplicate(store: Store) -> None:
    document = a_document()
    assert admit(store, document, "/inbox/a.xml", "one").state == "added"
    again = admit(store, document, "/inbox/copy.xml", "one")
    assert (again.state, again.document_id) == ("duplicate", document.id)
    assert "shade.xml" in again.reason


def test_the_same_doi_with_other_content_is_an_update(store: Store) -> None:
    admit(store, a_document("First version.", doi="10.5555/ABC"), "/inbox/v1.xml", "one")
    second = admit(store, a_document("Second version.", doi="10.5555/abc"), "/inbox/v2.xml", "one")
    assert second.state == "updated"


def test_other_content_in_the_same_place_is_an_update(store: Store) -> None:
    admit(store, a_document("First version."), "/inbox/a.xml", "one")
    assert admit(store, a_document("Second version."), "/inbox/a.xml", "one").state == "updated"
    assert admit(store, a_document("Another."), "/inbox/b.xml", "one").state == "added"


def test_a_second_try_records_nothing_twice(store: Store) -> None:
    outcome = IngestOutcome("/inbox/a.pdf", "quarantined", "encrypted", "f" * 64, None, "one")
    record_outcome(store, outcome)
    record_outcome(store, outcome)
    assert outcomes(store) == [outcome]
    assert outcomes(store, "f" * 64) == [outcome]
    assert outcomes(store, "e" * 64) == []


def test_a_quarantined_source_is_known_by_its_bytes_its_place_and_the_edition(
    store: Store,
) -> None:
    outcome = IngestOutcome("/inbox/a.pdf", "quarantined", "encrypted", "f" * 64, None, "one")
    record_outcome(store, outcome)
    assert quarantined(store, "f" * 64, "/inbox/a.pdf", "one") == outcome
    assert quarantined(store, "f" * 64, "/inbox/a.pdf", "two") is None
    assert quarantined(store, "f" * 64, "/inbox/renamed.txt", "one") is None


def test_what_was_admitted_before_a_crash_is_there_after_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/passerelle.db"
    process = multiprocessing.get_context("spawn").Process(target=admit_and_die, args=(url,))
    process.start()
    process.join()
    assert process.exitcode == 9
    store = open_store(url)
    assert find_document(store, a_document().id) == a_document()
    assert [outcome.state for outcome in outcomes(store)] == ["added"]


def test_two_programs_at_once_add_each_document_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/passerelle.db"
    processes = [
        multiprocessing.get_context("spawn").Process(target=admit_all, args=(url, place))
        for place in ("/a", "/b")
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    states = [outcome.state for outcome in outcomes(open_store(url))]
    assert sorted(states) == ["added"] * 20 + ["duplicate"] * 20


# Versions of one work


LONG = " ".join(f"On day {n} the shaded street was {n % 7} degrees cooler." for n in range(60))


def admit_alike(store: Store, words: str, location: str, published: str = "") -> IngestOutcome:
    document = replace(a_document(words), published=published or None)
    return admit(store, document, location, "one", bands(document))


def test_nearly_the_same_words_are_one_work_and_the_newest_is_preferred(store: Store) -> None:
    preprint = admit_alike(store, LONG, "/inbox/preprint.xml", published="2023")
    article = LONG.replace("On day 3 the", "On the third day, the")
    later = admit_alike(store, article, "/inbox/article.xml", published="2024-02")
    assert (preprint.state, later.state) == ("added", "updated")
    assert "nearly the same words as shade.xml" in later.reason
    [link] = versions_of(store, later.document_id or "")
    assert (link.older, link.newer) == (preprint.document_id, later.document_id)
    assert waiting(store) == [later.document_id]  # one draft, of the newest
    oldest = admit_alike(store, LONG + " So it was.", "/inbox/draft.xml", published="2022")
    assert "newer, and preferred" in oldest.reason
    assert waiting(store) == [later.document_id]
    other = admit_alike(store, LONG.replace("street", "bus stop, in winter,"), "/inbox/o.xml")
    assert other.state == "added"


def test_a_draft_of_an_older_version_leaves_the_queue_when_the_newer_has_one(store: Store) -> None:
    half, whole = a_document("Half of a"), a_document("Half of a file, and the rest.")
    admit(store, half, "/inbox/a.xml", "one")
    first = keep_brief(store, a_brief(half))
    admit(store, whole, "/inbox/a.xml", "one")
    assert briefs_waiting(store) == [first]  # until there is something in its place
    second = keep_brief(store, a_brief(whole))
    assert briefs_waiting(store) == [second]


def test_an_older_version_is_drafted_where_the_newer_can_not_be(store: Store) -> None:
    half, whole = a_document("Half of a"), a_document("Half of a file, and the rest.")
    admit(store, half, "/inbox/a.xml", "one")
    admit(store, whole, "/inbox/a.xml", "one")
    record_refused_draft(store, RefusedDraft(whole.id, "one", "staff", "en", "tells of nothing"))
    assert waiting(store) == [half.id]


def test_a_doi_is_one_however_it_is_written(store: Store) -> None:
    admit(store, a_document("First.", doi="https://doi.org/10.5555/ABC"), "/inbox/v1.xml", "one")
    second = admit(store, a_document("Second.", doi="doi:10.5555/abc"), "/inbox/v2.xml", "one")
    assert (second.state, "the same DOI 10.5555/abc" in second.reason) == ("updated", True)


# Forgetting


def test_a_forgotten_document_leaves_nothing_of_itself_and_all_of_the_others(store: Store) -> None:
    gone, kept = a_document("Forget me."), a_document("Keep me.")
    for document in (gone, kept):
        admit(store, document, f"/inbox/{document.id}.xml", "one")
        brief = keep_brief(store, a_brief(document))
        keep_review(store, a_review(brief), "the approved text")
        deliver(store, brief)
    told = forget(store, gone.id)
    assert told.briefs == (f"b-{gone.id}",)
    assert told.locations == (f"/inbox/{gone.id}.xml",)
    assert told.rows == {
        "approved_briefs": 1,
        "briefs": 1,
        "documents": 1,
        "outcomes": 1,
        "reviews": 1,
        "written_files": 1,
    }
    with store.engine.connect() as connection:
        for table in tables.METADATA.sorted_tables:
            if table.name != "forgotten_briefs":
                rows = connection.execute(table.select()).all()
                assert not any(gone.id in str(value) for row in rows for value in row), table.name
    assert [entry.id for entry in documents(store)] == [kept.id]
    assert forgotten_briefs(store) == [f"b-{gone.id}"]
    assert forgotten_briefs(store, before=datetime.now(UTC) - timedelta(minutes=1)) == []
    assert forgotten_briefs(store, before=datetime.now(UTC) + timedelta(minutes=1)) != []
    all_forgotten(store, told.briefs)
    assert forgotten_briefs(store) == []


def test_nothing_of_a_forgotten_document_is_left_in_the_file(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    for document in (a_document("Elderberries cool Elm Street."), a_document("Keep me.")):
        admit(store, document, f"/inbox/{document.id}.xml", "one")
    forget(store, a_document("Elderberries cool Elm Street.").id)
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Keep me." in held
    assert b"Elderberries" not in held


# What is still to draft


def waiting(store: Store, edition: str = "one", audience: str = "staff") -> list[str]:
    return undrafted(store, audience, edition, "/out")


def deliver(store: Store, brief: BriefEntry) -> None:
    path = f"/out/{brief.brief_id}.json"
    record_written(store, [WrittenFile(path, brief.sha256, brief.edition, "2" * 64)])


def test_a_document_waits_until_its_brief_is_made_and_written_for_that_audience_and_edition(
    store: Store,
) -> None:
    first, second = a_document(), a_document("Another paper.")
    for document in (first, second):
        keep_document(store, document, "one")
    keep_document(store, first, "two")  # read again: still one document, still the first
    assert waiting(store) == [first.id, second.id]
    brief = keep_brief(store, a_brief(first))
    assert waiting(store) == [first.id, second.id]
    deliver(store, brief)
    assert waiting(store) == [second.id]
    assert waiting(store, "two") == [first.id, second.id]
    assert waiting(store, audience="elected") == [first.id, second.id]
    assert undrafted(store, "staff", "one", "/elsewhere") == [first.id, second.id]


def test_a_refused_draft_does_not_wait_but_in_another_edition_or_for_another_audience(
    store: Store,
) -> None:
    document = a_document()
    keep_document(store, document, "one")
    refused = RefusedDraft(document.id, "one", "staff", "en", "tells of nothing")
    record_refused_draft(store, refused)
    record_refused_draft(store, refused)
    assert refused_drafts(store) == [refused]
    assert waiting(store) == []
    assert waiting(store, "two") == waiting(store, audience="elected") == [document.id]
    keep_brief(store, a_brief(document))  # made after all, by hand: it is still to be written
    assert waiting(store) == [document.id]


@pytest.mark.parametrize(
    ("decision", "left"), [("approve", True), ("reject", True), ("revise", False)]
)
def test_what_a_person_has_settled_waits_for_no_later_edition(
    store: Store, decision: str, left: bool
) -> None:
    document = a_document()
    keep_document(store, document, "one")
    brief = keep_brief(store, a_brief(document))
    keep_review(store, a_review(brief, decision))
    assert waiting(store) == [document.id]  # settled or not, it was never written
    deliver(store, brief)
    assert waiting(store) == []
    assert waiting(store, "two") == ([] if left else [document.id])
    assert settled_earlier(store, "staff", "two") == int(left)
    assert settled_earlier(store, "staff", "one") == settled_earlier(store, "public", "two") == 0


# Briefs and reviews


def test_a_brief_is_found_by_its_id_and_by_what_it_was_made_for(store: Store) -> None:
    brief = keep_brief(store, a_brief(a_document()))
    assert find_brief(store, brief.brief_id) == brief
    assert find_brief_of(store, brief.document_id, "staff", "en", "one") == brief
    assert find_brief_of(store, brief.document_id, "staff", "fr", "one") is None
    assert find_brief_of(store, brief.document_id, "staff", "en", "two") is None
    assert find_brief(store, "none") is None


def test_a_new_edition_stands_beside_the_old_one(store: Store) -> None:
    old = keep_brief(store, a_brief(a_document(), "one"))
    new = keep_brief(store, a_brief(a_document(), "two", "Shade cools a lot."))
    assert find_brief(store, old.brief_id, "one") == old
    assert find_brief(store, old.brief_id) == new
    assert briefs_waiting(store) == [new]


def test_a_brief_that_somebody_reviewed_is_never_replaced(store: Store) -> None:
    brief = keep_brief(store, a_brief(a_document()))
    changed = keep_brief(store, a_brief(a_document(), text="Shade may cool."))
    assert changed.json != brief.json
    keep_review(store, a_review(changed))
    kept = keep_brief(store, a_brief(a_document(), text="Quite another text."))
    assert (kept.json, kept.status) == (changed.json, "approved")


def test_a_review_is_added_once_and_names_the_text_it_decided_on(store: Store) -> None:
    brief = keep_brief(store, a_brief(a_document()))
    first = keep_review(store, a_review(brief, "revise"))
    assert keep_review(store, a_review(brief, "revise")) == first
    later = replace(a_review(brief, "approve", "09:30"), after=first.number)
    second = keep_review(store, later)
    assert reviews_of(store, brief.brief_id) == [first, second]
    assert reviews_since(store, first.number) == [second]
    found = find_brief(store, brief.brief_id)
    assert found is not None
    assert found.status == "approved"
    assert found.sha256 == first.brief_sha256 == digest(found.json.encode())


def test_a_decision_on_a_text_that_has_changed_is_refused(store: Store) -> None:
    shown = keep_brief(store, a_brief(a_document()))
    keep_brief(store, a_brief(a_document(), text="Shade may cool."))
    with pytest.raises(PasserelleError, match="has changed since it was shown"):
        keep_review(store, a_review(shown))
    assert reviews_of(store, shown.brief_id) == []


def test_a_decision_on_no_brief_is_refused(store: Store) -> None:
    with pytest.raises(PasserelleError, match="no such brief"):
        keep_review(store, a_review(a_brief(a_document())))


def test_a_decided_brief_waits_no_more_even_where_a_new_edition_says_the_same(
    store: Store,
) -> None:
    brief = keep_brief(store, a_brief(a_document()))
    other = keep_brief(store, a_brief(a_document("Another paper.")))
    assert briefs_waiting(store) == [brief, other]
    keep_review(store, a_review(brief, "reject"))
    assert briefs_waiting(store) == [other]
    keep_brief(store, a_brief(a_document(), "two"))
    assert briefs_waiting(store) == [other]


def test_a_brief_that_was_sent_back_waits_until_it_is_settled(store: Store) -> None:
    brief = keep_brief(store, a_brief(a_document()))
    keep_review(store, a_review(brief, "revise"))
    assert [entry.brief_id for entry in briefs_waiting(store)] == [brief.brief_id]
    assert sent_back(store) == [brief.brief_id]
    revised = keep_brief(store, a_brief(a_document(), "revised", "Shade cools a lot."))
    assert briefs_waiting(store) == [revised]
    with pytest.raises(OvertakenError, match="the reviewer decided first"):
        keep_review(store, a_review(revised, "approve", "09:30"))
    [first] = reviews_of(store, brief.brief_id)
    keep_review(store, replace(a_review(revised, "approve", "09:30"), after=first.number))
    assert briefs_waiting(store) == []


def test_the_same_decision_a_moment_later_is_one(store: Store) -> None:
    brief = keep_brief(store, a_brief(a_document()))
    keep_review(store, a_review(brief, "approve", "08:00"), "the approved text")
    keep_review(store, a_review(brief, "approve", "08:05"), "the approved text")
    assert [review.at for review in reviews_of(store, brief.brief_id)] == [
        "2024-06-01T08:00:00-04:00"
    ]


def test_an_approved_text_is_kept_with_its_decision_until_it_is_published(store: Store) -> None:
    brief = keep_brief(store, a_brief(a_document()))
    assert approved_brief(store, brief.brief_id) is None
    keep_review(store, a_review(brief), "the approved text")
    kept = approved_brief(store, brief.brief_id)
    assert kept is not None
    assert (kept.json, kept.brief_sha256) == ("the approved text", brief.sha256)
    assert unpublished(store) == [brief.brief_id]  # and here the program was killed
    assert mark_published(store, kept)
    assert unpublished(store) == []
    entry = find_brief(store, brief.brief_id)
    assert entry is not None
    assert entry.status == "published"
    assert briefs_waiting(store) == []


# Files and the database itself


def test_a_damaged_file_is_told_as_such_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "passerelle.db"
    store = open_store(f"sqlite:///{file}")
    for number in range(50):
        keep_document(store, a_document(f"{LONG} {number}"), "one")
    check(store)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.engine.dispose()
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * 40_000 + whole[48_192:])
    with pytest.raises(StoreDamagedError, match=r"is damaged \(.*put back your last copy") as info:
        check(open_store(f"sqlite:///{file}"))
    assert "\n" not in str(info.value)


def test_the_store_and_the_folder_made_for_it_are_their_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "home" / "passerelle.db"
    keep_document(open_store(f"sqlite:///{file}"), a_document(), "one")
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in file.parent.iterdir()} == {0o600}


@pytest.mark.parametrize(("before", "after"), [(0o644, 0o600), (0o666, 0o600), (0o640, 0o640)])
def test_a_store_that_was_open_to_everybody_is_narrowed_and_a_group_s_rights_stay(
    tmp_path: Path, before: int, after: int
) -> None:
    file = tmp_path / "passerelle.db"
    open_store(f"sqlite:///{file}").engine.dispose()
    file.chmod(before)
    open_store(f"sqlite:///{file}")
    assert file.stat().st_mode & 0o777 == after


def test_the_last_thing_written_at_a_path_is_remembered(store: Store) -> None:
    first = WrittenFile("/out/b.md", "1" * 64, "one", "2" * 64)
    second = WrittenFile("/out/b.md", "1" * 64, "two", "3" * 64)
    record_written(store, [first])
    record_written(store, [second])
    assert last_written(store, "/out/b.md") == second
    assert last_written(store, "/out/c.md") is None


def test_a_store_opened_again_holds_what_was_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/passerelle.db"
    keep_document(open_store(url), a_document(), "one")
    assert find_document(open_store(url), a_document().id) == a_document()


def test_a_store_is_opened_and_read_while_somebody_writes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/passerelle.db"
    keep_document(open_store(url), a_document(), "one")
    with closing(sqlite3.connect(tmp_path / "passerelle.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert find_document(open_store(url), a_document().id) == a_document()


def test_a_wrong_address_is_one_line_without_its_password(tmp_path: Path) -> None:
    folder = tmp_path / "folder.db"
    folder.mkdir()
    text = tmp_path / "notes.db"
    text.write_text("These are notes and not a database. " * 100)
    for url in (
        "not an address",
        "mysql://analyst:s3cret@host/db",
        "postgresql+psycopg://analyst:s3cret@127.0.0.1:1/db",
        f"sqlite:///{folder}",
        f"sqlite:///{text}",
        f"sqlite:///{text}/below/passerelle.db",
    ):
        with pytest.raises(PasserelleError) as info:
            open_store(url)
        assert "\n" not in str(info.value)
        assert "s3cret" not in str(info.value)


def test_who_asks_to_be_left_alone_is_left_alone_so_long(store: Store) -> None:
    asked = begin_attempt(store, "e" * 64, "one", "fetch", "https://town.example/a.xml")
    put_off(store, asked, "answered 429", counts=False, least=3600)
    [kept] = [one for one in attempts(store, "one") if one.subject == "e" * 64]
    seconds = (datetime.fromisoformat(kept.next_at) - datetime.now(UTC)).total_seconds()
    assert 3500 < seconds <= 3600


def test_the_store_does_the_same_on_postgresql(
    new_postgresql_database: Callable[[], str],
) -> None:
    store = open_store(new_postgresql_database())
    document = a_document("A text.")
    assert admit(store, document, "/inbox/a.xml", "one").state == "added"
    assert admit(store, document, "/inbox/b.xml", "one").state == "duplicate"
    assert find_document_entry(store, document.sha256) is not None
    brief = keep_brief(store, a_brief(document))
    keep_review(store, a_review(brief))
    keep_review(store, a_review(brief))
    assert len(reviews_of(store, brief.brief_id)) == 1
    written = WrittenFile(f"/out/{brief.brief_id}.md", brief.sha256, "one", "2" * 64)
    record_written(store, [written, written])
    assert last_written(store, written.path) == written

    first = begin_attempt(store, "f" * 64, "one", "read", "/inbox/c.xml")
    put_off(store, first, "short of memory", counts=False)
    [attempt] = attempts(store, "one")
    assert (attempt.unfinished, attempt.tries, attempt.reason) == (0, 1, "short of memory")
    assert release(store, ["/inbox/c.xml"], "one") == 1
    later = admit_alike(store, LONG, "/inbox/long.xml")
    assert admit_alike(store, LONG + " So it was.", "/inbox/longer.xml").state == "updated"
    assert waiting(store) == [document.id, versions_of(store, later.document_id or "")[0].newer]
    keep_followed(store, Followed("trees", "feed", "https://example.org/feed"))
    keep_followed(store, Followed("trees", "feed", "https://example.org/feed", paused=True))
    record_item(store, "trees", "1")
    record_item(store, "trees", "1")
    assert known_items(store, "trees", ["1", "2"]) == {"1"}
    assert [source.paused for source in followed_sources(store)] == [True]
    unfollow(store, "trees")
    assert forget(store, document.id).rows["reviews"] == 1
    assert find_document(store, document.id) is None
