"""Terms are found in either language, however inflected, with what they are called in the other."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Language
from pipelines.language.lexicon import table_rows
from pipelines.language.terms import TermbaseError, own_terms, shipped, terms_in, used


def met(text: str, language: Language) -> list[tuple[str, str]]:
    other: Language = "fr" if language == "en" else "en"
    return [(one.written, one.term.terms[other]) for one in terms_in(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Greenhouse gases fell.", [("Greenhouse gases", "gaz à effet de serre")]),
        ("fr", "La collecte des données est finie.", [("collecte des données", "data collection")]),
        ("fr", "Les eaux usées débordent.", [("eaux usées", "wastewater")]),
        ("en", "Statistics Canada says so.", [("Statistics Canada", "Statistique Canada")]),
        ("en", "He services canada geese.", []),  # a name begins with a capital
        ("en", "The long-term care home.", [("long-term care home", "foyer de soins de longue durée")]),
        ("fr", "C’est fait par le biais d’un vote.", []),  # another sense
    ],
)  # fmt: skip
def test_a_term_is_found_in_its_place(
    language: Language, text: str, found: list[tuple[str, str]]
) -> None:
    assert met(text, language) == found
    assert all(text[one.start : one.end] == one.written for one in terms_in(text, language))


def test_any_form_counts_as_used() -> None:
    (term,) = (one for one in shipped() if one.key == "climate_change")
    assert used(term, "Les changements climatiques coûtent cher.", "fr")
    assert not used(term, "Le climat change.", "fr")


def test_the_termbase_is_large_and_has_each_term_once() -> None:
    keys = [cells[0] for _, cells in table_rows("terms")]
    english = [cells[3].lower() for _, cells in table_rows("terms") if cells[2] != "properNoun"]
    assert len(keys) >= 800
    assert len(set(keys)) == len(keys)
    assert len(set(english)) == len(english)


def test_terms_of_ones_own_are_read_from_both_formats(tmp_path: Path) -> None:
    (tmp_path / "ours.tsv").write_text("# ours\nrain gate\tvanne de pluie\n", encoding="utf-8")
    (tmp_path / "theirs.tbx").write_text(
        """<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
        <conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>ice road</term></termSec></langSec>
        <langSec xml:lang="fr-CA"><termSec><term>chemin vieux</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
        <termSec><term>route de glace</term></termSec></langSec></conceptEntry></body></text></tbx>""",
        encoding="utf-8",
    )  # fmt: skip
    terms = [(one.terms["en"], one.terms["fr"], one.forms["fr"]) for one in own_terms(tmp_path)]
    assert terms == [("rain gate", "vanne de pluie", ()), ("ice road", "route de glace", ())]


def test_a_line_that_is_no_term_is_named(tmp_path: Path) -> None:
    (tmp_path / "ours.tsv").write_text("a\tb\tc\n", encoding="utf-8")
    with pytest.raises(TermbaseError, match=r"ours.tsv, line 1: write key, domain"):
        own_terms(tmp_path)
    with pytest.raises(TermbaseError, match="no such folder"):
        own_terms(tmp_path / "none")
