"""What a translator is promised: their file comes home, is checked line by line, and nothing of
it is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from drafts import FEWER, a_brief, a_document, a_draft
from translating import saved, translated, tree, units, write
from typer.testing import CliRunner

from corpus.document import digest
from corpus.store import (
    BriefEntry,
    Store,
    approved_brief,
    find_brief,
    keep_brief,
    keep_document,
    open_store,
    returned_file,
    reviews_of,
)
from passerelle import batches, decisions, recollection
from passerelle.cli import app
from passerelle.settings import settings
from passerelle.standing import standing_text
from pipelines.brief import from_json, to_json
from pipelines.render import render

pytestmark = pytest.mark.usefixtures("home")

RIGHT = {
    "s1": "Davantage d’ombre était associée à 12\u00a0% d’appels de moins au sujet de la chaleur.",
    "s2": "Les rues avec plus d’arbres étaient plus fraîches de 2 degrés l’après-midi.",
    "s3": "La température de l’air la nuit ne différait pas.",
}


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(settings().database_url)


@pytest.fixture
def entry(store: Store) -> BriefEntry:
    return a_draft(store)


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def sent_out(entry: BriefEntry, version: str = "2.1") -> str:
    return run("export", entry.brief_id, "--format", "xliff", "--xliff-version", version)[1]


def home_file(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "from the translator.xlf"
    path.write_bytes(content)
    return str(path)


@pytest.mark.parametrize("version", ["2.1", "1.2"])
def test_a_translation_comes_home_and_is_published_side_by_side(
    entry: BriefEntry, store: Store, tmp_path: Path, version: str
) -> None:
    assert run("review", entry.brief_id, "--approve", "--reviewer", "A. Tester")[0] == 0
    file = home_file(tmp_path, translated(sent_out(entry, version), RIGHT))
    code, out, err = run("import-translation", file, "--json")
    assert (code, err) == (0, "")
    [told] = json.loads(out)["files"]
    assert (told["counts"], told["ready"]) == ({"translated": 3}, True)
    assert run("review", entry.brief_id, "--approve", "--reviewer", "B. Tester")[0] == 0
    kept = approved_brief(store, entry.brief_id)
    assert kept is not None
    brief = from_json(kept.json)
    assert brief.status == "published"
    assert {s.id: s.target.text for s in brief.segments} == RIGHT
    assert {(s.target.state, s.target.origin) for s in brief.segments} == {("final", "translator")}
    page = (settings().published / f"{entry.brief_id}.html").read_text()
    assert RIGHT["s2"] in page
    assert reviews_of(store, entry.brief_id)[-1].edits[0]["origin"] == "translator"


def test_what_a_check_names_is_told_in_both_languages_and_goes_back_with_notes(
    entry: BriefEntry, tmp_path: Path
) -> None:
    wrong = RIGHT | {
        "s1": RIGHT["s1"].replace("12\u00a0%", "21 %"),
        "s3": "La température de l’air la nuit différait.",
    }
    report = tmp_path / "look again.xlf"
    file = home_file(tmp_path, translated(sent_out(entry), wrong))
    code, out, err = run("import-translation", file, "--report", str(report))
    assert code == 1
    assert "1 lines taken over" in out
    first, second = err.splitlines()
    assert "s1: its translation" in first
    assert "lacks the number 12" in first
    assert "omet le nombre 12" in first
    assert f"“{FEWER}” → “{wrong['s1']}”" in first
    assert "s3: its translation leaves out" in second
    again = tree(report.read_bytes())
    assert list(units(again)) == ["s1", "s3"]
    for id, unit in units(again).items():
        write(unit, RIGHT[id])
    assert run("import-translation", home_file(tmp_path, saved(again)))[0] == 0


def test_what_is_missing_doubled_or_of_no_line_is_told_and_the_file_is_kept(
    entry: BriefEntry, store: Store, tmp_path: Path
) -> None:
    root = tree(translated(sent_out(entry), RIGHT))
    found = units(root)
    parent = found["s2"].getparent()
    assert parent is not None
    parent.remove(found["s2"])
    twice = tree(saved(root))
    copy = units(twice)["s3"]
    write(copy, "La nuit, la température de l’air ne différait pas.")
    parent.append(copy)
    stranger = units(tree(translated(sent_out(entry), RIGHT)))["s1"]
    stranger.set("id", "s77")
    for source in stranger.iter("{*}source"):
        source.text, source[:] = "Something else altogether.", []
    for note in list(stranger.iter("{*}note")):
        note.text = "x"
    parent.append(stranger)
    content = saved(root)
    code, out, _ = run("import-translation", home_file(tmp_path, content), "--json")
    [file] = json.loads(out)["files"]
    assert code == 1
    assert {line["segment"]: line["state"] for line in file["lines"]} == {
        "s1": "translated", "s2": "missing", "s3": "doubled", "s77": "unknown",
    }  # fmt: skip
    assert returned_file(store, digest(content)) == content


def test_words_that_changed_since_are_shown_and_the_old_translation_goes_back_beside_them(
    entry: BriefEntry, store: Store, tmp_path: Path
) -> None:
    file = translated(sent_out(entry), RIGHT)
    document = a_document()
    brief = a_brief(document)
    shorter = FEWER.replace("More shade was", "More shade in summer was")
    segments = (replace(brief.segments[0], text=shorter), *brief.segments[1:])
    keep_brief(store, replace(entry, json=to_json(replace(brief, segments=segments))))
    report = tmp_path / "again.xlf"
    code, _, err = run("import-translation", home_file(tmp_path, file), "--report", str(report))
    assert code == 1
    assert "“… shade was …” is now “… shade in summer was …”" in err
    assert "«" in err
    [unit] = units(tree(report.read_bytes())).values()
    assert RIGHT["s1"] in [one.text for one in unit.iter("{*}target")]


def test_a_person_s_later_words_stay_unless_the_file_is_to_replace_them(
    entry: BriefEntry, store: Store, tmp_path: Path
) -> None:
    theirs = "Une ombre plus grande était associée à 12 % d’appels de moins au sujet de la chaleur."
    question = decisions.first_question(entry, store)
    texts = {**question.texts, "bottom_line": {"fr": f"[s1] {theirs}"}}
    wording = tmp_path / "texts.json"
    wording.write_text(json.dumps({"texts": texts}))
    approved = run(
        "review", entry.brief_id, "--approve", "--reviewer", "A", "--texts", str(wording)
    )
    assert approved[0] == 0
    file = home_file(tmp_path, translated(sent_out(entry), RIGHT))
    code, _, err = run("import-translation", file)
    assert code == 1
    assert "s1: was worded by a person since" in err
    brief = standing_text(entry, store)
    assert [s.target.text for s in brief.segments] == [theirs, RIGHT["s2"], RIGHT["s3"]]
    assert run("import-translation", file, "--replace")[0] == 0
    brief = standing_text(entry, store)
    assert brief.segments[0].target.text == RIGHT["s1"]


def test_the_form_of_a_reviewer_who_opened_it_before_takes_no_translation_back(
    entry: BriefEntry, store: Store, tmp_path: Path
) -> None:
    before = decisions.first_question(entry, store)
    assert before.texts["findings"]["fr"] == "[s2]\n[s3]"
    run("import-translation", home_file(tmp_path, translated(sent_out(entry), RIGHT)))
    after = decisions.first_question(entry, store)
    assert after.texts["bottom_line"]["fr"] == f"[s1] {RIGHT['s1']}"
    own = "[s2]\n[s3] La nuit, la température de l’air ne différait pas."
    texts = {**before.texts, "findings": {**before.texts["findings"], "fr": own}}
    at = "2030-01-01T00:00:00+00:00"
    answer = decisions.Answer(
        "approve", "A. Tester", at, before.shown, languages=("en", "fr"), texts=texts
    )
    outcome = decisions.decide(entry, before, answer, store)
    assert outcome.approved is not None, outcome.question
    targets = {s.id: (s.target.text, s.target.origin) for s in outcome.approved.segments}
    assert targets["s2"] == (RIGHT["s2"], "translator")
    assert targets["s3"] == ("La nuit, la température de l’air ne différait pas.", "reviewer")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "not well-formed XML"),
        (b"<html><body/></html>", "no XLIFF or TMX but <html>"),
        (b'<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file', "cut short"),
        (
            b'<!DOCTYPE xliff [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
            b'<xliff version="1.2"><file>&b;</file></xliff>',
            "declares entities",
        ),
        (
            b'<!DOCTYPE xliff SYSTEM "file:///etc/passwd"><xliff version="1.2"><file/></xliff>',
            "no units",
        ),
        (b'<xliff version="3.0"/>', "version 3.0"),
        (b'<tmx version="1.4"><header srclang="en"/><body/></tmx>', "no pair"),
        (b"PK\x03\x04 and then nothing", "damaged"),
    ],
)
def test_a_damaged_foreign_or_hostile_file_costs_one_line(
    content: bytes, told: str, tmp_path: Path
) -> None:
    code, _, err = run("import-translation", home_file(tmp_path, content))
    assert code == 1
    assert told in err
    assert err.count("\n") == 1


def test_a_file_of_another_brief_or_language_costs_one_line_and_is_kept(
    entry: BriefEntry, store: Store, tmp_path: Path
) -> None:
    whole = translated(sent_out(entry), RIGHT)
    strange = whole.replace(entry.brief_id.encode(), b"elsewhere-1234")
    code, _, err = run("import-translation", home_file(tmp_path, strange))
    assert (code, err.count("\n")) == (1, 1)
    assert "elsewhere-1234" in err
    assert returned_file(store, digest(strange)) == strange
    assert (
        run("import-translation", home_file(tmp_path, strange), "--brief", entry.brief_id)[0] == 0
    )
    german = whole.replace(b'trgLang="fr"', b'trgLang="de"')
    code, _, err = run("import-translation", home_file(tmp_path, german))
    assert (code, err.count("\n")) == (1, 1)
    assert "from en to de" in err


def test_a_folder_is_read_file_by_file_and_a_bad_one_keeps_no_other(
    entry: BriefEntry, tmp_path: Path
) -> None:
    folder = tmp_path / "back"
    folder.mkdir()
    root = tree(translated(sent_out(entry), RIGHT))
    for part, ids in (("a", ("s1",)), ("b", ("s2", "s3"))):
        half = tree(saved(root))
        for id, unit in units(half).items():
            parent = unit.getparent()
            if id not in ids and parent is not None:
                parent.remove(unit)
        (folder / f"{part}.xlf").write_bytes(saved(half))
    (folder / "c.xlf").write_bytes(b"<broken")
    code, out, err = run("import-translation", str(folder))
    assert (code, err.count("\n")) == (1, 1)
    assert "c.xlf" in err
    assert out.count("every line is there") == 2


# The memory


def test_a_second_brief_is_filled_from_what_was_approved_and_never_counts_as_translated(
    entry: BriefEntry, store: Store, tmp_path: Path
) -> None:
    file = home_file(tmp_path, translated(sent_out(entry), RIGHT))
    code, out, _ = run("import-translation", file, "--approve", "--reviewer", "A. Tester")
    assert code == 0, out
    other = a_brief(a_document("More on Main Street"))
    second = recollection.filled(to_json(other), other.id, store)
    filled = from_json(second)
    assert {s.target.text for s in filled.segments} == set(RIGHT.values())
    assert {(s.target.state, s.target.origin) for s in filled.segments} == {
        ("initial", "memory:100")
    }
    xliff = tree(render(filled, "xlf"))
    assert len(list(xliff.iter("{urn:oasis:names:tc:xliff:matches:2.0}match"))) == 3
    keep_document(store, a_document("More on Main Street"), batches.edition())
    draft = keep_brief(store, replace(entry, brief_id=other.id, json=second, status="draft"))
    assert "\n" not in decisions.first_question(draft, store).texts["bottom_line"]["fr"]
    assert decisions.first_question(draft, store).texts["bottom_line"]["fr"] == "[s1]"
    assert "memory" in run("export", other.id, "--format", "json")[1]


def test_five_mistakes_are_told_corrected_published_and_remembered(
    entry: BriefEntry, store: Store, tmp_path: Path
) -> None:
    """The whole way: out, home with mistakes, back to the translator, published, and again."""
    assert run("review", entry.brief_id, "--approve", "--reviewer", "A. Tester")[0] == 0
    wrong = {
        "s1": "Davantage d’ombre a réduit de 21 % les appels.",  # a number, and a cause for a link
        "s2": "Les rues avec moins d’arbres étaient plus fraîches de 2 jours.",  # a side, a unit
        "s3": "La température de l’air la nuit différait: oui.",  # a denial; a blank lacks
    }
    report = tmp_path / "look again.xlf"
    file = home_file(tmp_path, translated(sent_out(entry), wrong))
    code, out, err = run("import-translation", file, "--report", str(report))
    assert code == 1
    told = dict(zip(wrong, err.splitlines(), strict=True))
    assert "has the number 21" in told["s1"]
    assert "(causal)" in told["s1"]
    assert "turns" in told["s2"]
    assert "2 days" in told["s2"] or "2 day" in told["s2"]
    assert "leaves out" in told["s3"]
    assert "s3: typography · typographie: a blank is wanted before “:”" in out
    again = tree(report.read_bytes())
    notes = [str(note.text) for note in units(again)["s3"].iter("{*}note")]
    assert any("il manque une espace" in note for note in notes)
    for id, unit in units(again).items():
        write(unit, RIGHT[id])
    corrected = home_file(tmp_path, saved(again))
    assert run("import-translation", corrected, "--approve", "--reviewer", "B. Tester")[0] == 0
    assert RIGHT["s1"] in (settings().published / f"{entry.brief_id}.html").read_text()
    other = a_brief(a_document("More on Main Street"))
    second = from_json(recollection.filled(to_json(other), other.id, store))
    assert {s.target.text for s in second.segments} == set(RIGHT.values())


def test_a_memory_goes_out_as_tmx_and_comes_home_into_another_store(
    entry: BriefEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import-translation", home_file(tmp_path, translated(sent_out(entry), RIGHT)))
    memory = tmp_path / "ours.tmx"
    assert run("export", entry.brief_id, "--format", "tmx", "--out", str(memory))[0] == 0
    code, out, _ = run("import-translation", str(memory))
    assert code == 0
    assert "3 pairs, 3 of them new" in out
    assert "0 of them new" in run("import-translation", str(memory))[1]
    store = open_store(settings().database_url)
    assert find_brief(store, entry.brief_id) is not None
    offered = recollection.offers(a_brief(a_document("Elsewhere")), store)
    assert [offered[id][0].target for id in ("s1", "s2", "s3")] == list(RIGHT.values())
