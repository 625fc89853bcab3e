"""A place is told by its name in either language; a person of that name is none."""

# ruff: noqa: E501 (tables of sentences)

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Language
from models.components import rows
from models.components.places import places


def told(text: str, language: Language) -> list[tuple[str, str, str]]:
    return [(place.written, place.kind, place.region) for place in places(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Residents of Montréal and Toronto", "en", [("Montréal", "municipality", "QC"), ("Toronto", "municipality", "ON")]),
        ("in Quebec City, across Quebec", "en", [("Quebec City", "municipality", "QC"), ("Quebec", "province", "QC")]),
        ("à Québec et au Québec", "fr", [("Québec", "municipality", "QC"), ("Québec", "province", "QC")]),
        ("la Ville de Québec; Montréal, Québec et Sherbrooke", "fr", [("Québec", "municipality", "QC"), ("Montréal", "municipality", "QC"), ("Québec", "municipality", "QC"), ("Sherbrooke", "municipality", "QC")]),
        ("à Mexico, au Mexique", "fr", [("Mexico", "municipality", ""), ("Mexique", "country", "")]),
        ("in Mexico and in Mexico City", "en", [("Mexico", "country", ""), ("Mexico City", "municipality", "")]),
        ("in B.C. and P.E.I.", "en", [("B.C.", "province", "BC"), ("P.E.I.", "province", "PE")]),
        ("en C.-B., à T.-N.-L., à l’Î.-P.-É.", "fr", [("C.-B.", "province", "BC"), ("T.-N.-L.", "province", "NL"), ("Î.-P.-É.", "province", "PE")]),
        ("Moncton (N.-B.) et Gaspé (Qc)", "fr", [("Moncton", "municipality", "NB"), ("N.-B.", "province", "NB"), ("Gaspé", "municipality", "QC"), ("Qc", "province", "QC")]),
        ("aux États-Unis, de l’Inde", "fr", [("États-Unis", "country", ""), ("Inde", "country", "")]),
        ("the US, in Vermont and New England", "en", [("US", "country", ""), ("Vermont", "state", "US-VT")]),
        ("Toronto-based teams in Ottawa-Gatineau", "en", [("Toronto", "municipality", "ON"), ("Ottawa-Gatineau", "region", "CA")]),
    ],
)  # fmt: skip
def test_known_places_are_found_with_their_kind(
    text: str, language: Language, found: list[tuple[str, str, str]]
) -> None:
    assert told(text, language) == found


@pytest.mark.parametrize(
    ("text", "language", "name", "region"),
    [
        ("Rents rose in Hamilton.", "en", "Hamilton", "ON"),
        ("Victoria, B.C., has few rentals.", "en", "Victoria", "BC"),
        ("Ottawa, London and Windsor took part.", "en", "London", "ON"),
        ("The City of Regina paid.", "en", "Regina", "SK"),
        ("in London, UK", "en", "London", ""),
        ("in Cambridge, Massachusetts", "en", "Cambridge", "US-MA"),
        ("Les loyers ont monté à Laval.", "fr", "Laval", "QC"),
        ("à Montréal, Laval et Longueuil", "fr", "Laval", "QC"),
    ],
)
def test_a_guarded_name_counts_with_a_cue(
    text: str, language: Language, name: str, region: str
) -> None:
    assert (name, "municipality", region) in told(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hamilton et al. found more; so did Victoria and colleagues.", "en"),
        ("As Hamilton (2019) showed (London, 2018; Windsor 2020).", "en"),
        ("Hamilton has a theory. J. Hamilton and Dr. Regina Smith agree.", "en"),
        ("Councillor Milton asked; Victoria Roy answered.", "en"),
        ("Statistics Canada, the University of Toronto, the Paris Agreement", "en"),
        ("an epithelial PEI coating at US$5, in 300 B.C.", "en"),
        ("kits (Lonza, Basel, Switzerland) and (Acme Life Sciences, Vancouver, BC, Canada)", "en"),
        ("Laval et coll. (2019); l’Université Laval; Mme Regina Roy", "fr"),
        ("Statistique Canada, Hydro-Québec, l’Université de Montréal", "fr"),
        ("in the Region of Interest", "en"),
    ],
)
def test_persons_and_institutions_are_no_places(text: str, language: Language) -> None:
    assert told(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("the City of Rivebelle", "en", ("Rivebelle", "municipality", "")),
        ("in Port Aldery, Ontario", "en", ("Port Aldery", "municipality", "ON")),
        ("across Tarn County", "en", ("Tarn County", "county", "")),
        ("along the Grand River", "en", ("Grand River", "water", "")),
        ("near the St. Lawrence River", "en", ("St. Lawrence River", "water", "")),
        ("la ville de Rivebelle", "fr", ("Rivebelle", "municipality", "")),
        ("la MRC de Beauharnois-Salaberry", "fr", ("Beauharnois-Salaberry", "county", "")),
        ("à Coaticook (Québec)", "fr", ("Coaticook", "municipality", "QC")),
        ("la rivière Chaudière", "fr", ("rivière Chaudière", "water", "")),
    ],
)
def test_a_place_word_makes_an_unknown_name_a_place(
    text: str, language: Language, found: tuple[str, str, str]
) -> None:
    assert told(text, language)[0] == found


def test_every_known_place_has_its_name_in_both_languages() -> None:
    (place,) = places("en Colombie-Britannique", "fr")
    assert (place.en, place.fr) == ("British Columbia", "Colombie-Britannique")
    (place,) = places("across Nova Scotia", "en")
    assert (place.en, place.fr) == ("Nova Scotia", "Nouvelle-Écosse")


def test_all_provinces_and_territories_and_enough_municipalities_are_known() -> None:
    kinds = [row["kind"] for row in rows("regions")]
    assert (kinds.count("province"), kinds.count("territory"), kinds.count("state")) == (10, 3, 50)
    here = {row["region"] for row in rows("regions") if row["kind"] in ("province", "territory")}
    assert sum(row["region"] in here for row in rows("municipalities")) >= 150
    assert {row["region"] for row in rows("municipalities")} >= here


@pytest.mark.parametrize("file", ["municipalities", "regions", "countries"])
def test_no_place_stands_twice(file: str) -> None:
    names = [(row.get("region"), row["en"]) for row in rows(file)]
    assert len(names) == len(set(names))


PIECES = st.sampled_from(
    [
        "in", "à", "Hamilton", "Québec", "Ottawa", "B.C.", "Ont.", ",", "(", ")", "et", "and", "al.", "2019", "the", "City", "of",
        "ville", "de", "l’", "d’", "River", "Lake", "US", "New", "York", "St.", "John’s", "Ontario", "MRC", "Statistics", "Canada", "\n",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map(" ".join)),
    st.sampled_from(["en", "fr"]),
)
def test_places_come_in_order_and_are_written_in_the_text(text: str, language: Language) -> None:
    end = 0
    for place in places(text, language):
        assert end <= place.start < place.end <= len(text)
        assert text[place.start : place.end] == place.written
        end = place.end


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map(" ".join), st.sampled_from(["en", "fr"]))
def test_a_no_break_space_changes_no_place(text: str, language: Language) -> None:
    unbroken = text.replace(" ", "\u00a0")
    assert [(p.kind, p.region, p.start) for p in places(text, language)] == [
        (p.kind, p.region, p.start) for p in places(unbroken, language)
    ]


def test_the_component_labels_spans_of_a_blank_pipeline() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("passerelle_places")
    doc = nlp("À Moncton (N.-B.), à l’Île-du-Prince-Édouard et à Lévis.")
    assert [(span.label_, span._.place.en) for span in doc.spans["places"]] == [
        ("MUNICIPALITY", "Moncton"),
        ("PROVINCE", "New Brunswick"),
        ("PROVINCE", "Prince Edward Island"),
        ("MUNICIPALITY", "Lévis"),
    ]
