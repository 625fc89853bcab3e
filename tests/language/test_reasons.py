"""Why something is refused is told alike in both languages, whatever words it speaks of."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.language.lexicon import table
from pipelines.language.reasons import reason, told

ROOT = Path(__file__).resolve().parents[2]
REASONS: dict[str, dict[str, str]] = table("reasons")["reasons"]
ENTRIES = [
    pytest.param(entry, id=name)
    for group in ("reasons", "came")
    for name, entry in table("reasons")[group].items()
]


def places(text: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", text)


def unfilled(text: str) -> list[str]:
    """The words around the places of a text."""
    return re.split(r"\{\w+\}", text)


# -- the table -----------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_reason_is_there_in_both_languages_with_the_same_places(
    entry: dict[str, str],
) -> None:
    assert set(entry) - {"doubt", "sure"} == {"en", "fr"}
    assert entry["en"] != entry["fr"]
    assert sorted(places(entry["en"])) == sorted(places(entry["fr"]))
    assert len(places(entry["en"])) == len(set(places(entry["en"])))


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_reason_reads_on_after_the_line_that_it_is_about(entry: dict[str, str]) -> None:
    for text in (entry["en"], entry["fr"]):
        assert not text[0].isupper()
        assert not text.endswith((".", "!", "?", " "))


@pytest.mark.parametrize("entry", ENTRIES)
def test_each_language_has_its_typography(entry: dict[str, str]) -> None:
    assert not re.search("['\"«»]", entry["en"])
    assert not re.search("['\"“”]", entry["fr"])
    assert not re.search(r"[^\u00a0][:%»]|«(?!\u00a0)|\s[;!?]", entry["fr"])


def test_no_two_reasons_can_be_taken_for_each_other() -> None:
    ends = [(name, unfilled(entry["en"])) for name, entry in REASONS.items()]
    first = [ends.pop(0)[0] for _ in range(4)]  # which are read before all others
    assert first == ["overruled", "confirmed", "likely_other", "freely"]
    for n, (name, one) in enumerate(ends):
        for other, two in ends[n + 1 :]:
            begin_alike = one[0].startswith(two[0]) or two[0].startswith(one[0])
            end_alike = one[-1].endswith(two[-1]) or two[-1].endswith(one[-1])
            assert not (begin_alike and end_alike), (name, other)


def test_every_value_that_a_number_word_has_is_told_in_french() -> None:
    path = ROOT / "models" / "components" / "number_words.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    values = {value for code in ("en", "fr") for value in words[code].values()}
    assert {value for value in values if not value.isdigit()} == set(table("reasons")["number"])


def test_section_names_are_told_apart_in_english() -> None:
    names = [label["en"] for label in table("labels")["section"].values()]
    assert len(names) == len(set(names))


# -- the code ------------------------------------------------------------------------------------


def reasons_made() -> Iterator[tuple[str, set[str | None]]]:
    """Name and places of every reason that the code gives."""
    for path in sorted((ROOT / "pipelines").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "reason":
                (name,) = node.args
                either = [name.body, name.orelse] if isinstance(name, ast.IfExp) else [name]
                given = {keyword.arg for keyword in node.keywords}
                yield from ((known, given) for one in either for known in names_meant(one, given))


def names_meant(name: ast.expr, given: set[str | None]) -> list[str]:
    """The reason that is named, or those with such places that a composed name can be."""
    if isinstance(name, ast.Constant):
        return [str(name.value)]
    assert isinstance(name, ast.JoinedStr)
    parts = [
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
        for part in name.values
    ]
    composed = re.compile("".join(parts))
    return [
        known
        for known in REASONS
        if composed.fullmatch(known) and set(places(REASONS[known]["en"])) == given
    ]


def test_the_code_gives_every_reason_of_the_table_and_no_other() -> None:
    made = list(reasons_made())
    assert {name for name, _ in made} == set(REASONS)
    for name, given_places in made:
        wanted = set(places(REASONS[name]["en"]))
        spread = None in given_places  # **counts
        assert given_places - {None} <= wanted if spread else given_places == wanted, name


# -- there and back ------------------------------------------------------------------------------


def test_what_stands_in_quotation_marks_is_the_brief_s_own() -> None:
    given_reason = reason("direction_turned", word="none", there="1.5")
    assert given_reason == "says “none” where its evidence says “1.5”"
    assert told(given_reason, "en") == given_reason
    assert told(given_reason, "fr") == (
        "dit «\u00a0none\u00a0» là où sa preuve dit «\u00a01.5\u00a0»"
    )


@pytest.mark.parametrize(
    ("english", "french"),
    [
        (
            "other content than slow.md, under the same DOI 10.5555/a; that one is newer, and "
            "preferred",
            "contenu différent de slow.md, sous le même DOI 10.5555/a; l’autre est plus récent, et "
            "préféré",
        ),
        (
            "other content than before, in the same place; this one is newer, and preferred",
            "contenu différent de celui d’avant, au même endroit; celui-ci est plus récent, et "
            "préféré",
        ),
        (
            "nearly the same words as a.md (87% of both)",
            "presque les mêmes mots que a.md (87\u00a0% des deux)",
        ),
        ("3 new", "nouveautés\u00a0: 3"),
        ("https://a.example: answered 404", "https://a.example: answered 404"),
    ],
)
def test_what_became_of_a_source_is_told_in_both_languages(english: str, french: str) -> None:
    assert told(english, "en", "came") == english
    assert told(english, "fr", "came") == french


@pytest.mark.parametrize(
    ("english", "french"),
    [
        (
            reason("claims_more", said_strength="causal", known_strength="none"),
            "va plus loin que sa preuve (affirmation\u00a0: causale, preuve\u00a0: aucun lien)",
        ),
        (
            reason("translation_number_lost", number="-0.9 °C"),
            "sa traduction omet le nombre -0,9\u00a0°C",
        ),
        (
            reason("number_more_often", number="about ten"),
            "contient le nombre dizaine plus souvent que sa preuve",
        ),
        (
            reason("unit_differs", amount="12 %", unit="no unit or points"),
            "contient «\u00a012 %\u00a0», mais l’unité est différente dans sa preuve\u00a0: "
            "aucune ou points",
        ),
        (
            reason("of_another_section", mark="s4", section="What is not known", line="Deserts."),
            "[s4] fait partie de «\u00a0Ce que l’on ne sait pas\u00a0»; retirez d’ici la "
            "ligne «\u00a0Deserts.\u00a0»",
        ),
        (
            reason("overruled", reason=reason("translation_number_lost", number="3"), why="Three."),
            "sa traduction omet le nombre 3 — maintenu par la personne qui a révisé\u00a0: Three.",
        ),
        (
            "is rude — overruled by the reviewer: It isn’t.",
            "is rude — maintenu par la personne qui a révisé\u00a0: It isn’t.",
        ),
    ],
)
def test_what_the_program_says_itself_is_told_in_french(english: str, french: str) -> None:
    assert told(english, "fr") == french


@pytest.mark.parametrize(
    "text", ["", "“led to” is causal", "{number}", "says “x", "18% isn’t there"]
)
def test_the_reason_of_another_tool_is_shown_as_it_is(text: str) -> None:
    assert told(text, "fr") == told(text, "en") == text


def test_no_text_takes_long_to_read() -> None:
    text = "says “" + "” where its evidence says “" * 20_000
    assert told(text, "fr") == text


#: What a place of each kind may hold, in English and in French.
KNOWN = {
    "strength": {"causal": "causale", "none": "aucun lien"},
    "language": {"English": "anglais"},
    "unit": {"no unit": "aucune", "km": "km", "km or no unit": "km ou aucune"},
    "number": {"1.5": "1,5", "12 %": "12\u00a0%", "half": "demi", "7": "7"},
    "section": {"Context": "Contexte"},
    "reason": {
        "its translation lacks the number 7": "sa traduction omet le nombre 7",
        "its own": "its own",
    },
}
PIECES = [word for entry in REASONS.values() for word in unfilled(entry["en"]) if word]
WORDS = st.lists(
    st.text(max_size=8)
    | st.sampled_from(
        [*PIECES, "{word}", "{", "}}", "”", "“", "\\", "(.*)", "$", "]", "\n", "\\1"]
    ),
    max_size=5,
).map("".join)


@st.composite
def filled(draw: st.DrawFn) -> tuple[str, dict[str, str], dict[str, str]]:
    """A reason's name and what is put in its places, in English and in French."""
    name = draw(st.sampled_from(sorted(REASONS)))
    english: dict[str, str] = {}
    french: dict[str, str] = {}
    for place in places(REASONS[name]["en"]):
        known: dict[str, Any] | None = KNOWN.get(place.rpartition("_")[2])
        value = draw(st.sampled_from(sorted(known)) if known else WORDS)
        english[place], french[place] = value, known[value] if known else value
    return name, english, french


@given(filled())
def test_a_reason_is_told_in_french_whatever_its_places_hold(
    one: tuple[str, dict[str, str], dict[str, str]],
) -> None:
    name, english, french = one
    entry = REASONS[name]
    written = reason(name, **english)
    # Where a value holds the very words that end its place, the text can be read in two ways.
    for place, after in zip(places(entry["en"])[:-1], unfilled(entry["en"])[1:], strict=False):
        assume((english[place] + after).index(after) == len(english[place]))
    assume(name == "overruled" or unfilled(REASONS["overruled"]["en"])[1] not in written)
    expected = re.sub(r"\{(\w+)\}", lambda match: french[match[1]], entry["fr"])
    assert told(written, "fr") == expected
