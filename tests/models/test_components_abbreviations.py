"""A text's own definitions say what its abbreviations stand for."""

# ruff: noqa: E501 (tables of sentences)

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Language
from models.components.abbreviations import abbreviations, long_form


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("The land surface temperature (LST) fell.", "en", {"LST": "land surface temperature"}),
        ("The WHO (World Health Organization) said so.", "en", {"WHO": "World Health Organization"}),
        ("l’OMS (Organisation mondiale de la Santé)", "fr", {"OMS": "Organisation mondiale de la Santé"}),
        ("l’indice de défavorisation matérielle (IDM)", "fr", {"IDM": "indice de défavorisation matérielle"}),
        ("le PIB (produit intérieur brut)", "fr", {"PIB": "produit intérieur brut"}),
        ("many trees (MT), then microtubules (MTs)", "en", {"MT": "many trees"}),
        ("a xenotropic murine leukaemia virus-related virus (XMRV)", "en", {"XMRV": "xenotropic murine leukaemia virus-related virus"}),
        ("the mitochondrial DNA (mtDNA) and the geriatric depression scale (GDS-15)", "en",
         {"mtDNA": "mitochondrial DNA", "GDS-15": "geriatric depression scale"}),
        ("the quality outcome framework (QOF; a UK programme)", "en", {"QOF": "quality outcome framework"}),
        ("the old market and a green roof of vines (XMRV)", "en", {}),
        ("the city of Rivebelle (ABC) and EWT (n = 3)", "en", {}),
        ("TAB (of the first day) and OMS (rien de tel)", "en", {}),
    ],
)  # fmt: skip
def test_definitions_are_read_in_both_orders(
    text: str, language: Language, found: dict[str, str]
) -> None:
    assert {item.short: item.long for item in abbreviations(text, language)} == found


def test_a_plural_stands_for_the_same() -> None:
    known = abbreviations("The low-emission zone (LEZ) was tested.", "en")
    assert long_form("LEZs", known) == long_form("LEZ", known) == "low-emission zone"
    assert long_form("zone", known) is None


@settings(deadline=None)
@given(st.text(alphabet="ABCabc (),’'-s \u00a0é", max_size=60), st.sampled_from(["en", "fr"]))
def test_a_definition_holds_both_its_forms(text: str, language: Language) -> None:
    for item in abbreviations(text, language):
        written = text[item.start : item.end]
        assert item.short in written
        assert " ".join(item.long.split()) in " ".join(written.split())


def test_the_component_gives_tokens_and_spans_their_long_form() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("passerelle_abbreviations")
    doc = nlp("Land surface temperature (LST) fell. LST rose again.")
    assert doc[-4]._.long_form == doc[-4:-3]._.long_form == "Land surface temperature"
    assert doc[-2]._.long_form is None
