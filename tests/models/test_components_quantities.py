"""Every number says what it is, with the same value in both languages' typography."""

# ruff: noqa: E501 (tables of sentences)

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Language
from models.components import rows, table
from models.components.quantities import typed
from models.components.typed import TypedQuantity

NO_BREAK = "\u00a0"


def told(text: str, language: Language) -> list[tuple[str, str, str | None, str | None, str]]:
    return [(q.written, q.kind, q.low, q.high, q.unit) for q in typed(text, language)]


def one(written: str, kind: str, value: str, unit: str = "") -> tuple[str, str, str, str, str]:
    return written, kind, value, value, unit


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        # shares and points
        ("Rents rose by 12.5% in all.", "en", [one("12.5%", "PERCENT", "12.5", "%")]),
        ("Les loyers ont monté de 12,5 %.", "fr", [one("12,5 %", "PERCENT", "12.5", "%")]),
        ("ten per cent, 10 percent", "en", [one("ten per cent", "PERCENT", "10", "%"), one("10 percent", "PERCENT", "10", "%")]),
        ("dix-huit pour cent, 18 p. 100", "fr", [one("dix-huit pour cent", "PERCENT", "18", "%"), one("18 p. 100", "PERCENT", "18", "%")]),
        ("a gap of 3 percentage points", "en", [one("3 percentage points", "POINTS", "3", "points")]),
        ("un écart de 3,1 points de pourcentage", "fr", [one("3,1 points de pourcentage", "POINTS", "3.1", "points")]),
        # money
        ("It costs $5.2 million.", "en", [one("$5.2 million", "MONEY", "5200000", "$")]),
        ("CA$40 or US$30M", "en", [one("CA$40", "MONEY", "40", "CAD"), one("US$30M", "MONEY", "30000000", "USD")]),
        ("Cela coûte 5,2 M$.", "fr", [one("5,2 M$", "MONEY", "5200000", "$")]),
        ("3 millions de dollars canadiens, 40 000 $", "fr", [one("3 millions de dollars canadiens", "MONEY", "3000000", "CAD"), one("40 000 $", "MONEY", "40000", "$")]),
        ("paid $18 an hour", "en", [one("$18 an hour", "MONEY", "18", "$/hour")]),
        ("payés 18 $ l’heure", "fr", [one("18 $ l’heure", "MONEY", "18", "$/hour")]),
        # measures
        ("a drop of −1.4 °C over 12 months", "en", [one("−1.4 °C", "MEASURE", "-1.4", "°C"), one("12 months", "MEASURE", "12", "month")]),
        ("une baisse de −1,4 °C en douze mois", "fr", [one("−1,4 °C", "MEASURE", "-1.4", "°C"), one("douze mois", "MEASURE", "12", "month")]),
        ("a three-year plan for 30 km² at 50 µg/m³", "en", [one("three-year", "MEASURE", "3", "year"), one("30 km²", "MEASURE", "30", "km²"), one("50 µg/m³", "MEASURE", "50", "µg/m³")]),
        ("pour deux ans, 40 heures par semaine", "fr", [one("deux ans", "MEASURE", "2", "year"), one("40 heures par semaine", "MEASURE", "40", "hour/week")]),
        ("people aged 65, one year later", "en", [one("65", "MEASURE", "65", "year"), one("one year", "MEASURE", "1", "year")]),
        ("215 $ le mètre carré", "fr", [one("215 $ le mètre carré", "MONEY", "215", "$/m²")]),
        # numbers
        ("1,234 homes and a dozen schools", "en", [one("1,234", "NUMBER", "1234"), one("dozen", "NUMBER", "12")]),
        ("1 234 logements, une quarantaine d’écoles", "fr", [one("1 234", "NUMBER", "1234"), one("quarantaine", "NUMBER", "40")]),
        ("3.2 million residents", "en", [one("3.2 million", "NUMBER", "3200000")]),
        # ratios
        ("one in five households, 79 of 906", "en", [one("one in five", "RATIO", "1", "per 5"), one("79 of 906", "RATIO", "79", "per 906")]),
        ("un ménage sur cinq, 79 sur 906", "fr", [one("un ménage sur cinq", "RATIO", "1", "per 5"), one("79 sur 906", "RATIO", "79", "per 906")]),
        ("34.5 per 100,000 people", "en", [one("34.5 per 100,000", "RATIO", "34.5", "per 100000")]),
        ("34,5 pour 100 000 personnes", "fr", [one("34,5 pour 100 000", "RATIO", "34.5", "per 100000")]),
        ("two thirds of them; rents doubled", "en", [one("two thirds", "RATIO", "2", "per 3"), one("doubled", "RATIO", "2", "times")]),
        ("les deux tiers; 1,5 fois plus", "fr", [one("deux tiers", "RATIO", "2", "per 3"), one("1,5 fois", "RATIO", "1.5", "times")]),
        # statistics
        ("(OR = 1.32; 95% CI 1.10–1.58; p < 0.05)", "en", [one("OR = 1.32", "STATISTIC", "1.32", "OR"), ("95% CI 1.10–1.58", "STATISTIC", "1.10", "1.58", "95% CI"), ("p < 0.05", "STATISTIC", None, "0.05", "p")]),
        ("(IC à 95 % : 0,83 à 0,93; p = 0,03)", "fr", [("IC à 95 % : 0,83 à 0,93", "STATISTIC", "0.83", "0.93", "95% CI"), one("p = 0,03", "STATISTIC", "0.03", "p")]),
        ("t(34) = 2.10, r = -.45, n = 1,200", "en", [one("t(34) = 2.10", "STATISTIC", "2.10", "t"), one("r = -.45", "STATISTIC", "-0.45", "r"), one("n = 1,200", "STATISTIC", "1200", "n")]),
        # open ends and margins
        ("< 5 km, ≥ 65 years, 12.3 ± 0.4 kg", "en", [("< 5 km", "MEASURE", None, "5", "km"), ("≥ 65 years", "MEASURE", "65", None, "year"), ("12.3 ± 0.4 kg", "MEASURE", "11.9", "12.7", "kg")]),
    ],
)  # fmt: skip
def test_a_number_is_typed_with_its_value_and_unit(
    text: str, language: Language, found: list[tuple[str, str, str | None, str | None, str]]
) -> None:
    assert told(text, language) == found


@pytest.mark.parametrize(
    ("text", "language", "bounds"),
    [
        ("12–18 months", "en", ("12", "18", "month")),
        ("between 12 and 18 months", "en", ("12", "18", "month")),
        ("12- to 18-month", "en", ("12", "18", "month")),
        ("5% to 10%", "en", ("5", "10", "%")),
        ("$5 to $10 million", "en", ("5000000", "10000000", "$")),
        ("de 12 à 18 mois", "fr", ("12", "18", "month")),
        ("entre 5 et 10 km", "fr", ("5", "10", "km")),
        ("12 %–18 %", "fr", ("12", "18", "%")),
    ],
)
def test_two_numbers_make_a_range(
    text: str, language: Language, bounds: tuple[str, str, str]
) -> None:
    (found,) = typed(text, language)
    assert (found.kind, (found.low, found.high, found.unit)) == ("RANGE", bounds)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Use rose from 12% to 18%.", "en"),
        ("It fell from 30 to 20 km.", "en"),
        ("La part est passée de 12 % à 18 %.", "fr"),
    ],
)
def test_a_before_and_an_after_are_no_range(text: str, language: Language) -> None:
    assert "RANGE" not in {item.kind for item in typed(text, language)}


@pytest.mark.parametrize(
    ("text", "language", "dates"),
    [
        ("on April 12, 2023", "en", [("2023-04-12", "2023-04-12", "day")]),
        ("le 12 avril 2023", "fr", [("2023-04-12", "2023-04-12", "day")]),
        ("from 12 to 14 April 2023", "en", [("2023-04-12", "2023-04-14", "day")]),
        ("du 12 au 14 avril 2023, le 1er mai", "fr", [("2023-04-12", "2023-04-14", "day"), ("--05-01", "--05-01", "day")]),
        ("in March; between March and May 2021", "en", [("--03", "--03", "month"), ("2021-03", "2021-05", "month")]),
        ("en mars, de mars à mai 2021", "fr", [("--03", "--03", "month"), ("2021-03", "2021-05", "month")]),
        ("2019–2023, fiscal year 2023-24, Q2 2023", "en", [("2019", "2023", "year"), ("2023", "2024", "fiscal year"), ("2023-Q2", "2023-Q2", "quarter")]),
        ("exercice 2023-2024, le deuxième trimestre de 2021", "fr", [("2023", "2024", "fiscal year"), ("2021-Q2", "2021-Q2", "quarter")]),
        ("in 2016 and 2021; In 2016 researchers asked", "en", [("2016", "2016", "year"), ("2021", "2021", "year"), ("2016", "2016", "year")]),
        ("en 2019 300 personnes, été 2021", "fr", [("2019", "2019", "year"), ("2021-summer", "2021-summer", "season")]),
        ("the 1990s", "en", [("1990", "1999", "decade")]),
        ("11/15/2000, then 03/04/2001", "en", [("2000-11-15", "2000-11-15", "day"), ("2001", "2001", "year")]),
        ("les années 1990", "fr", [("1990", "1999", "decade")]),
        ("You may 5 not; 2016 households were asked", "en", []),
        ("Roy et al. (2019) and others (Côté, 2020; Lee 2021)", "en", []),
    ],
)  # fmt: skip
def test_dates_are_iso_as_far_as_they_are_written(
    text: str, language: Language, dates: list[tuple[str, str, str]]
) -> None:
    found = [item for item in typed(text, language) if item.kind == "DATE"]
    assert [(item.low, item.high, item.unit) for item in found] == dates


@pytest.mark.parametrize(
    ("text", "language", "time"),
    [
        ("at 14:30", "en", "14:30"),
        ("at 3 p.m.", "en", "15:00"),
        ("à 14 h 30", "fr", "14:30"),
        ("vers 15 h", "fr", "15:00"),
    ],
)
def test_times_of_day_are_no_ratios_and_no_durations(
    text: str, language: Language, time: str
) -> None:
    assert [(item.kind, item.low) for item in typed(text, language)] == [("TIME", time)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("PM2.5, COVID-19 and CO2 in Arp2/3", "en"),
        ("Fig. 3, Figures 2 and 3A, Table 4, Bill 21, type 2 diabetes", "en"),
        ("tableau 3, figures 2 et 3, projet de loi 96", "fr"),
        ("the 2nd, the 19th and the twenty-first", "en"),
        ("le 2e rang, la 1re fois, au XXIe siècle", "fr"),
        ("as shown before [12,13] and by others (4)", "en"),
        ("see https://example.org/2019/12 or 10.1000/182.5", "en"),
        ("amendments 9 and 10; call (819) 555-0142", "en"),
        ("one of them, and no one else", "en"),
        ("une des rues, l’un des deux", "fr"),
    ],
)
def test_digits_that_count_nothing_are_left_alone(text: str, language: Language) -> None:
    assert [item for item in typed(text, language) if item.written not in ("deux",)] == []


PIECES = st.sampled_from(
    [
        "12", "3.5", "3,5", "1,234", "1 234", "12%", "12 %", "$5", "5 $", "million", "−2", "<", "≥", "±", "–", "-", "/", ":", "(", ")",
        "p", "=", "CI", "IC", "between", "entre", "and", "et", "to", "à", "de", "from", "km", "months", "mois", "°C", "twelve", "vingt",
        "half", "moitié", "per", "pour", "in", "sur", "five", "cinq", "April", "avril", "2019", "2023", "Fig.", "l’heure", "PM2.5", "h", "30", "\n",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES).map("".join)
)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["en", "fr"]))
def test_quantities_come_in_order_and_are_written_in_the_text(
    text: str, language: Language
) -> None:
    end = 0
    for item in typed(text, language):
        assert end <= item.start < item.end <= len(text)
        assert text[item.start : item.end] == item.written
        end = item.end


def values(found: tuple[TypedQuantity, ...]) -> list[tuple[str | None, ...]]:
    return [(item.kind, item.low, item.high, item.unit) for item in found]


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["en", "fr"]))
def test_a_no_break_space_changes_no_value(text: str, language: Language) -> None:
    unbroken = text.replace(" ", NO_BREAK)
    assert values(typed(text, language)) == values(typed(unbroken, language))


@settings(deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from([" %", " $", " km"]))
def test_both_typographies_give_the_same_value(whole: int, cents: int, unit: str) -> None:
    english = f"{whole:,}.{cents:02}{unit.strip() if unit != ' km' else unit}"
    if unit == " $":
        english = f"${whole:,}.{cents:02}"
    french = f"{whole:,}".replace(",", "\u202f") + f",{cents:02}{unit}"
    assert values(typed(english, "en")) == values(typed(french, "fr"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_component_labels_whole_tokens_of_a_blank_pipeline(language: Language) -> None:
    nlp = spacy.blank(language)
    nlp.add_pipe("passerelle_quantities")
    doc = nlp("« 1 234,5 » : 12%–18% ; 3 km" if language == "fr" else "(1,234.5): 12%–18%; 3km")
    found = [(span.label_, span._.quantity.low) for span in doc.spans["quantities"]]
    assert found == [("NUMBER", "1234.5"), ("RANGE", "12"), ("MEASURE", "3")]
    assert [item.low for item in doc._.quantities] == ["1234.5", "12", "3"]
    assert all(span._.quantity.written in span.text for span in doc.spans["quantities"])


def test_units_have_one_name_whatever_the_language() -> None:
    units = table("units")["units"]
    symbols = [symbol for entry in units.values() for symbol in entry["symbols"]]
    assert len(symbols) == len(set(symbols))
    assert all(set(entry) == {"en", "fr", "symbols"} for entry in units.values())


@pytest.mark.parametrize("name", ["quantities", "dates"])
def test_both_languages_have_the_same_kinds_of_cues(name: str) -> None:
    optional = {"time_leads", "not_counted"}
    assert set(table(name)["en"]) - optional == set(table(name)["fr"]) - optional


def test_data_files_are_tables_with_a_heading() -> None:
    for name in ("municipalities", "regions", "countries"):
        assert all(None not in row and row["en"] and row["fr"] for row in rows(name))
