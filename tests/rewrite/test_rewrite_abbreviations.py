"""Abbreviations are found where a paper defines them, and written out where the words fit."""

# ruff: noqa: E501 (tables of sentences)

import pytest

from corpus.document import Document, Language, Passage, assemble
from pipelines.reading.definitions import definitions, used
from pipelines.rewrite.steps import Context
from pipelines.rewrite.write_out import write_out_abbreviation


def document(text: str, language: Language = "en") -> Document:
    whole, blocks, anchors = assemble([Passage(text, "paragraph")])
    return Document(
        "a" * 16, "paper", language, None, (), {}, None, "x.md", "0" * 64, whole, blocks, anchors
    )


RIGHT = [
    ("the land surface temperature (LST) rose", "LST", "land surface temperature"),
    ("many graphene-based nanomaterials (GNMs) exist", "GNMs", "graphene-based nanomaterials"),
    ("a standard error of the mean (SEM) of 2", "SEM", "standard error of the mean"),
    ("an in situ hybridization (ISH) was done", "ISH", "in situ hybridization"),
    ("intracellular lipid inclusions (ILI) were seen", "ILI", "intracellular lipid inclusions"),
    ("of phospholipase C-γ1 (PLCγ1) here", "PLCγ1", "phospholipase C-γ1"),
    ("dimethyl sulfoxide (DMSO) was added", "DMSO", "dimethyl sulfoxide"),
    ("The Index of Multiple Deprivation (IMD) ranks", "IMD", "Index of Multiple Deprivation"),
    ("Rate ratios (RR) were low and rate ratios fell", "RR", "rate ratios"),
]
DOUBTFUL = [
    "named entity recognition problems (NER)",
    "the jasmonate-regulated sesquiterpene (E)-α-bergamotene (TAB)",
    "N-lauroylsarcosine, sodium taurodeoxycholate (NaTDC)",
    "to 95.0 °C and heat-resistance index (T_HRI)",
    "3-(meta-phenoxyphenyl)-1,3,4-oxadiazol-2(3H)",
    "oleic-albumin-dextrose-catalase enrichment (OADC)",
    "as m/z calcd for C32H64NO7S (M-H)",
    "the city of Rivebelle (ABC)",
]


@pytest.mark.parametrize(("text", "short", "long"), RIGHT)
def test_the_letters_spell_the_long_form(text: str, short: str, long: str) -> None:
    source = document(text)
    found = definitions(source)[short]
    assert found.long == long
    assert source.text[found.start : found.end].lower() == f"{long} ({short})".lower()


def test_half_a_quotation_is_no_part_of_a_long_form() -> None:
    found = definitions(document("some “highly infested colonies” (HIC) here"))
    assert found["HIC"].long == "highly infested colonies"


def test_what_everybody_knows_by_its_letters_is_not_written_out() -> None:
    assert definitions(document("their deoxyribonucleic acid (DNA) was read")) == {}


@pytest.mark.parametrize("text", DOUBTFUL)
def test_a_doubtful_long_form_is_worse_than_none(text: str) -> None:
    assert definitions(document(text)) == {}


def test_link_words_are_passed_over_in_french() -> None:
    text = "Nous avons estimé la différence de différences (DD) par été."
    assert definitions(document(text, "fr"))["DD"].long == "différence de différences"


LONG = {
    "LST": "land surface temperature",
    "MT": "microtubule",
    "MTs": "microtubules",
    "LCA": "life cycle assessment",
    "CI": "confidence intervals",
    "PANI": "polyaniline",
}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("LST fell; LST rose.", "Land surface temperature (LST) fell; LST rose."),
        ("The LST fell.", "The land surface temperature (LST) fell."),
        ("MT ends and MTs", "Microtubule (MT) ends and MTs"),
        ("plus-end MT-bound MTs", "plus-end MT-bound MTs"),
        ("An LCA was done.", "An LCA was done."),
        ("The CI was wide.", "The CI was wide."),
        ("PANI/GO fibres (of PANI) and PANI (PA) are used.", "PANI/GO fibres (of PANI) and PANI (PA) are used."),
        ("Land surface temperature (LST) fell.", "Land surface temperature (LST) fell."),
    ],
)  # fmt: skip
def test_the_first_use_is_written_out_where_the_words_fit(before: str, after: str) -> None:
    assert write_out_abbreviation(before, Context("en", "paper", long_forms=LONG)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("L’IDM est haut.", "L’indice de défavorisation matérielle (IDM) est haut."),
        ("les IC sont larges", "les IC sont larges"),
        ("un IC large", "un intervalle de confiance (IC) large"),
        ("le IC", "le IC"),
    ],
)
def test_french_articles_and_number_agree(before: str, after: str) -> None:
    longs = {"IDM": "indice de défavorisation matérielle", "IC": "intervalle de confiance"}
    assert write_out_abbreviation(before, Context("fr", "paper", long_forms=longs)) == after


def test_what_was_introduced_is_not_written_out_again() -> None:
    context = Context("en", "paper", long_forms=LONG, introduced=frozenset({"MTs"}))
    assert write_out_abbreviation("The MT grew.", context) == "The MT grew."


def test_an_abbreviation_inside_a_long_form_is_written_out_too_unless_it_is_known() -> None:
    longs = {"NSLBP": "non-specific LBP", "LBP": "low back pain"}
    new, told = (
        Context("en", "paper", long_forms=longs, introduced=frozenset(introduced))
        for introduced in ((), ("LBP",))
    )
    full = "It eases non-specific low back pain (NSLBP)."
    assert write_out_abbreviation("It eases NSLBP.", new) == full
    assert write_out_abbreviation("It eases NSLBP.", told) == "It eases non-specific LBP (NSLBP)."


def test_used_abbreviations_come_in_their_order() -> None:
    assert used("MTs and LST, PLST", ["LST", "MTs", "MT"]) == ["MTs", "LST"]
    assert used("LSTs of an MT", ["LST", "MTs"]) == ["LST", "MTs"]


#: Abbreviations that the brief knows, a text, and what it becomes.
KNOWN = [
    ((), "LST and LCAs fell; LST rose.", "Land surface temperature (LST) and life cycle assessments (LCAs) fell; LST rose."),
    (("LST",), "LST and an LCA fell.", "LST and an LCA fell."),
    (("LST",), "LST and PANI fell.", "LST and polyaniline (PANI) fell."),
    (("MTs",), "MT ends fell.", "MT ends fell."),
    (("MT",), "MTs fell.", "MTs fell."),
    ((), "MTs and MT ends fell.", "Microtubules (MTs) and MT ends fell."),
    ((), "The MT and MTs fell.", "The microtubule (MT) and MTs fell."),
    # an open bracket, one that is closed, and one behind it
    ((), "The heat (of LST) fell.", "The heat (of LST) fell."),
    ((), "The heat (here) of LST fell.", "The heat (here) of land surface temperature (LST) fell."),
    ((), "The LST (here) fell.", "The LST (here) fell."),
    ((), "The LST[3] fell.", "The LST[3] fell."),
    # part of a compound
    ((), "The day/LST fell.", "The day/LST fell."),
    ((), "The day–LST fell.", "The day–LST fell."),
    ((), "The LST-based map fell.", "The LST-based map fell."),
    ((), "The LST/heat map fell.", "The LST/heat map fell."),
    # a first word takes a capital, another one doesn't
    ((), "LST fell.", "Land surface temperature (LST) fell."),
    ((), "No LST fell.", "No land surface temperature (LST) fell."),
    # after one that doesn't fit comes one that does
    ((), "An LCA and PANI fell.", "An LCA and polyaniline (PANI) fell."),
]  # fmt: skip


@pytest.mark.parametrize(("introduced", "before", "after"), KNOWN)
def test_what_the_brief_knows_is_not_written_out_again(
    introduced: tuple[str, ...], before: str, after: str
) -> None:
    context = Context("en", "paper", long_forms=LONG, introduced=frozenset(introduced))
    assert write_out_abbreviation(before, context) == after
