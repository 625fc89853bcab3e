"""Hard words become plain ones, in the same form and only in the sense that is safe."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wordfreq import zipf_frequency

from models.parsing import parse
from pipelines.language.fr import fitting
from pipelines.language.wordlists import PlainWord, WordListError, guards, plain_words, rows
from pipelines.rewrite import plain_words as module
from pipelines.rewrite.changes import apply, overlap
from pipelines.rewrite.plain_words import plain_word
from pipelines.rewrite.steps import Context

EN = Context("en", "paper")


def plain(text: str) -> str:
    return apply(text, plain_word(parse(text, "en"), EN))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "The physicians subsequently utilized a new approach.",
            "The doctors later used a new approach.",
        ),
        ("An individual with asthma lives nearby.", "A person with asthma lives nearby."),
        (
            "Individuals with diabetes were less likely to participate.",
            "People with diabetes were less likely to take part.",
        ),
        (
            "Numerous studies have demonstrated that shade lowers temperature.",
            "Many studies have shown that shade lowers temperature.",
        ),
        ("Prior to the visit, staff were paid.", "Before the visit, staff were paid."),
        (
            "In order to mitigate the risk, the city constructed 12 basins.",
            "To reduce the risk, the city built 12 basins.",
        ),
        ("The physician's office purchased an automobile.", "The doctor's office bought a car."),
        ("A majority of respondents reside in cities.", "Most respondents live in cities."),
        ("The majority of the streets were dry.", "Most of the streets were dry."),
        ("The program enables people to relocate.", "The program allows people to move."),
        ("We inspected approximately 40 sites annually.", "We inspected about 40 sites each year."),
        ("Deaths among infants declined by 3%.", "Deaths among babies declined by 3%."),
        ("The rate may decrease by 2030.", "The rate may fall by 2030."),
        (
            "Emissions were lower as the proportion of grain decreased.",
            "Emissions were lower as the share of grain decreased.",
        ),
        ("The harm was negligible, i.e. below 1%.", "The harm was very small, that is, below 1%."),
        ("An entire street was closed.", "A whole street was closed."),
        ("The sample was not sufficient.", "The sample was not enough."),
        ("The city implemented the policy.", "The city put in place the policy."),
        ("Furthermore, the cost was high.", "Also, the cost was high."),
        (
            "Smoking was significantly associated with stroke.",
            "Smoking was significantly linked to stroke.",
        ),
        ("Diseases associated with heat rose.", "Diseases linked to heat rose."),
        ("The water was found to be unsafe.", "The water was unsafe."),
        ("The trees may potentially lower the heat.", "The trees may lower the heat."),
        ("There was insufficient evidence.", "There was not enough evidence."),
        ("Socioeconomic factors count.", "Social and economic factors count."),
        ("An additional cost was paid.", "A further cost was paid."),
        ("Age and sex were taken into consideration.", "Age and sex were considered."),
    ],
)
def test_a_hard_word_becomes_plain_in_the_same_form(before: str, after: str) -> None:
    assert plain(before) == after


@pytest.mark.parametrize(
    ("context", "before", "after"),
    [
        (EN, "Few individuals with a short coat were seen.", "Few people with a short coat were seen."),
        (EN, "Individuals living uphill were larger.", "People living uphill were larger."),
        (Context("fr", "paper"), "Les individus nés au printemps pèsent plus.", "Les gens nés au printemps pèsent plus."),
    ],
)  # fmt: skip
def test_individuals_are_people_where_the_paper_is_about_some(
    context: Context, before: str, after: str
) -> None:
    def reworded(context: Context) -> str:
        return apply(before, plain_word(parse(before, context.language), context))

    assert reworded(context) == after
    assert reworded(replace(context, people=False)) == before


@pytest.mark.parametrize(
    "text",
    [
        "The difference was statistically significant.",  # a term of statistics
        "The Individual Learning Account helps.",  # a name
        "Mutant individuals died.",  # not people
        "The model was implemented in Python.",  # another sense
        "The city implemented it.",  # a pronoun that would have to move
        "Owners are required to clear the snow.",  # a duty, not a need
        "Four participating Australian hospitals took part.",  # a participle before its noun
        "The majority of whom were old.",
        "See Additional file 1.",
        "A sufficient number of sites took part.",  # "an enough number"
        "No additional effect was seen.",
        "The device was more feasible at scale.",
        "He identified as a farmer.",
        "The principal component was kept.",
        "A well-utilized path.",
        "The majority of disadvantaged children stayed.",  # not those most disadvantaged
        "Noise may be revealed at large scale as disorder.",  # "shown as" says another thing
        "The ward was UTILIZED.",
        "The water was not found to be unsafe.",  # it may be
        "Insufficient data were at hand.",
        "Pulmonary hypertension was rare.",  # another illness
        "The regulation of genes was slow.",  # no rule
    ],
)
def test_another_sense_a_name_or_a_term_stays(text: str) -> None:
    assert plain(text) == text


def test_also_is_not_said_twice() -> None:
    text = "Moreover, the city also planted trees."
    assert plain(text) == text


def test_a_quotation_that_is_held_is_not_touched() -> None:
    text = "Prior to the visit, staff said \ue000 and utilized the map."
    assert plain(text) == "Before the visit, staff said \ue000 and used the map."


def test_a_plain_single_word_is_more_frequent_than_the_hard_one() -> None:
    """Guarded by frequency: at least 0.3 on the Zipf scale (wordfreq), so twice as frequent."""
    rarer = [
        (entry.hard, entry.plain)
        for entry in plain_words("en")
        if not re.search(r"[ .]", entry.hard + entry.plain)
        and zipf_frequency(entry.plain, "en") - zipf_frequency(entry.hard, "en") < 0.3
    ]
    assert rarer == []


def test_the_list_is_long_and_has_no_entry_twice() -> None:
    entries = plain_words("en")
    keys = [(entry.hard, entry.pos, entry.guards) for entry in entries]
    assert len(entries) >= 450
    assert len(keys) == len(set(keys))


#: Words that say how strong a claim is: none of them may come of a word that says less.
_STRONG = {
    "cause", "prove", "always", "never", "all", "every", "must", "certain", "certainly", "clearly",
    "significant", "significantly", "dramatic", "dramatically", "strongly", "confirm",
}  # fmt: skip


def test_no_plain_word_claims_more_than_the_hard_one() -> None:
    for entry in plain_words("en"):
        if entry.hard in ("at all times", "in a significant manner"):
            continue
        bold = _STRONG & (set(entry.plain.split()) - set(entry.hard.split()))
        assert not bold - {"every"}, entry
        assert "every" not in bold or entry.hard.startswith("on a"), entry


def test_a_guard_that_nobody_knows_is_said_with_its_place() -> None:
    with pytest.raises(WordListError, match=r"hard.*no guard is called 'befor=x'"):
        guards("befor=x", "plain_words.en.tsv, 'hard'")


def test_a_line_without_columns_is_said_with_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "bad.tsv").write_text("# note\none column\n", encoding="utf-8")
    monkeypatch.setattr("pipelines.language.lexicon.resources.files", lambda package: tmp_path)
    with pytest.raises(WordListError, match=r"bad\.tsv, line 2: 1 columns"):
        list(rows("bad", "en", 3))


# Guards and places, each with a list of its own


def own(*entries: tuple[str, str, str, str]) -> tuple[PlainWord, ...]:
    """Hard word, part of speech, plain word, guards."""
    return tuple(
        PlainWord(hard, pos, easy, guards(held, "a test")) for hard, pos, easy, held in entries
    )


@pytest.fixture
def listing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """What becomes of a text with these entries alone."""

    def made(text: str, *entries: tuple[str, str, str, str]) -> str:
        listed = own(*entries)
        monkeypatch.setattr(module, "plain_words", lambda language: listed)
        module._index.cache_clear()
        return plain(text)

    yield made
    module._index.cache_clear()


USE, SHOW, GIVE = (
    ("utilize", "VERB", "use"),
    ("demonstrate", "VERB", "show"),
    ("grant", "VERB", "give"),
)
DOCTOR, LATER, FIT = (
    ("physician", "NOUN", "doctor"),
    ("subsequently", "ADV", "later"),
    ("feasible", "ADJ", "possible"),
)
MANY, BEFORE = ("a number of", "-", "many"), ("prior to", "-", "before")
#: A guard, where it lets the word go, and where it doesn't.
GUARDED: list[tuple[str, tuple[str, str, str], list[str], list[str]]] = [
    ("before=DET", USE, ["Staff utilize the map."], ["Staff utilize maps.", "Staff utilize"]),
    ("before=COMMA", LATER, ["Subsequently, staff left."], ["Staff left subsequently."]),
    ("before=.", LATER, ["Staff left subsequently.", "Staff left subsequently"],
     ["Subsequently, staff left."]),
    ("before=be", DOCTOR, ["The physician was old.", "The physician is old."], ["The physician came."]),
    ("before=came", DOCTOR, ["The physician came."], ["The physician left."]),
    ("not_before=of", DOCTOR, ["The physician came.", "He is a physician"], ["The physician of the town came."]),
    ("not_before=.", DOCTOR, ["The physician came."], ["He is a physician.", "He is a physician"]),
    ("after=the", DOCTOR, ["The physician came.", "It is the physician."], ["A physician came.", "Physicians came."]),
    ("after=.", DOCTOR, ["It rained. Physicians came."], ["Physicians came.", "A physician came."]),
    ("not_after=the", DOCTOR, ["A physician came.", "Physicians came."], ["The physician came."]),
    ("not_after=.", DOCTOR, ["Physicians came.", "A physician came."], ["It rained. Physicians came."]),
    ("not_with=map", USE, ["Staff utilize the pool.", "Staff utilize the pool. The map is old."],
     ["Staff utilize the map.", "By the map, staff utilize the pool."]),
    ("not_with=pools", USE, ["Staff utilize the pool."], ["Staff utilize pools."]),
    ("not_with=utilize", USE, ["Staff utilize pools."], ["Staff utilize pools and utilize parks."]),
    ("object=pool", USE,
     ["Staff utilize the pool.", "Staff utilize pools.", "The pool was utilized by staff.", "The pool utilized by staff is old."],
     ["Staff utilize the park.", "The pool utilizes parks.", "Staff utilize."]),
    ("object", SHOW, ["They demonstrate it.", "They demonstrate that it works."], ["They demonstrate well."]),
    ("subject=staff,crew", USE,
     ["Staff utilize pools.", "The staff came and utilized the pools.", "A majority of the staff utilized the pools.",
      "Staff that utilize pools came."],
     ["Towns utilize pools.", "Staff hope to utilize pools.", "Staff came and towns utilized pools."]),
    ("no_object", SHOW, ["They demonstrate well."], ["They demonstrate it.", "They demonstrate that it works."]),
    ("active", GIVE, ["The town may grant a pool."], ["The pool was granted.", "Staff were granted a pool."]),
    ("clause", SHOW, ["They demonstrate that it works."], ["They demonstrate it."]),
    ("no_clause", SHOW, ["They demonstrate it."], ["They demonstrate that it works."]),
    ("counts", MANY, ["A number of trees fell.", "A number of large trees fell.", "A number of street trees fell.", "A number of quite old tall green trees fell."],
     ["A number of really quite old tall green trees fell.", "A number of old and green trees fell.", "A number of rain fell.", "A number of, trees fell.", "A number of in trees fell.", "It is a number of"]),
    ("singular", DOCTOR, ["A physician came."], ["The physicians came."]),
    ("plural", DOCTOR, ["The physicians came."], ["A physician came."]),
    ("bare", DOCTOR, ["The physician came."],
     ["The old physician came.", "The two physicians came.", "The town physician came."]),
    ("start", LATER, ["Subsequently, staff left.", "It rained. Subsequently, staff left.", "“Subsequently, staff left."],
     ["Staff left subsequently."]),
    ("not_start", LATER, ["Staff left subsequently."], ["Subsequently, staff left."]),
    ("attributive", FIT, ["A feasible plan was made.", "A feasible new plan was made."], ["The plan is feasible.", "It is a feasible, new plan."]),
    ("predicative", FIT, ["The plan is feasible."], ["A feasible plan was made.", "A very feasible plan was made."]),
]  # fmt: skip


@pytest.mark.parametrize(("guard", "entry", "goes", "stays"), GUARDED)
def test_a_guard_keeps_a_word_to_its_safe_place(
    guard: str,
    entry: tuple[str, str, str],
    goes: list[str],
    stays: list[str],
    listing: Callable[..., str],
) -> None:
    for text in stays:
        assert listing(text, (*entry, guard)) == text
    for text in goes:
        assert entry[2] in listing(text, (*entry, guard)).lower()


PLACED: list[tuple[str, str, str, str, str]] = [
    ("physician", "NOUN", "doctor", "The nurse, a physician, came.", "The nurse, a doctor, came."),
    ("physician", "NOUN", "doctor", "“Physicians came.”", "“Doctors came.”"),
    ("physician", "NOUN", "doctor", "Physicians came.", "Doctors came."),
    ("physician", "NOUN", "doctor", "He came – physicians left.", "He came – doctors left."),
    ("medical practitioner", "NOUN", "doctor", "Medical practitioners came.", "Doctors came."),
    ("constitute", "VERB", "make up", "They constituted half of it.", "They made up half of it."),
    ("prior to", "-", "before", "It rained prior to the visit.", "It rained before the visit."),
    ("i.e.", "-", "that is,", "It is low, i.e., below one.", "It is low, that is, below one."),
    ("i.e.", "-", "that is,", "It is low, i.e. below one.", "It is low, that is, below one."),
    ("i.e.", "-", "that is,", "It is low, i.e.", "It is low, that is,"),
]  # fmt: skip
#: Part of a compound, a name, capitals, the end of a text, another part of speech.
UNPLACED = [
    ("physician", "NOUN", "doctor", "A nurse-physician came."),
    ("physician", "NOUN", "doctor", "A nurse–physician came."),
    ("physician", "NOUN", "doctor", "A nurse/physician came."),
    ("physician", "NOUN", "doctor", "A physician-led walk."),
    ("physician", "NOUN", "doctor", "A physician/nurse came."),
    ("physician", "NOUN", "doctor", "The Physician came."),
    ("physician", "NOUN", "doctor", "PHYSICIANS came."),
    ("physician", "NOUN", "doctor", "The PHYSICIAN came."),
    ("prior to", "-", "before", "It rained prior To the visit."),
    ("prior to", "-", "before", "It rained PRIOR TO the visit."),
    ("prior to", "-", "before", "It rained prior"),
    ("prior to", "-", "before", "It rained prior the visit."),
    ("result", "VERB", "end", "The results came."),
    ("result", "NOUN", "end", "It resulted well."),
]


@pytest.mark.parametrize(("hard", "pos", "easy", "before", "after"), PLACED)
def test_a_word_changes_where_it_stands_as_a_word(
    hard: str, pos: str, easy: str, before: str, after: str, listing: Callable[..., str]
) -> None:
    assert listing(before, (hard, pos, easy, "")) == after


@pytest.mark.parametrize(("hard", "pos", "easy", "text"), UNPLACED)
def test_a_word_stays_where_it_is_part_of_something(
    hard: str, pos: str, easy: str, text: str, listing: Callable[..., str]
) -> None:
    assert listing(text, (hard, pos, easy, "")) == text


def test_the_longest_phrase_wins_then_the_first_in_the_list(listing: Callable[..., str]) -> None:
    entries = [
        ("prior", "-", "first", ""),
        ("prior to", "-", "before", ""),
        ("prior", "-", "x", ""),
    ]
    assert listing("It rained prior to noon, prior.", *entries) == "It rained before noon, first."


def test_the_next_entry_is_tried_where_one_does_not_fit(listing: Callable[..., str]) -> None:
    entries = [("physician", "NOUN", "doctor", "plural"), ("physician", "NOUN", "healer", "")]
    assert listing("A physician came.", *entries) == "A healer came."


def test_a_word_of_a_phrase_is_not_changed_again(listing: Callable[..., str]) -> None:
    entries = [("prior to", "-", "before", ""), ("to", "-", "for", ""), ("noon", "-", "twelve", "")]
    assert listing("It rained prior to noon, to me.", *entries) == (
        "It rained before twelve, for me."
    )


FR = Context("fr", "paper")


@pytest.mark.parametrize(
    "text",
    [
        "Le projet se poursuit au sein du Québec.",
        "Les trois paliers de gouvernement paient.",
        "Les cartes existent à l’échelle mondiale, nationale et locale.",
        "La règle s’applique dans le cadre de la politique sur l’eau.",
        "Le règlement est adopté à l’unanimité.",
    ],
)
def test_french_stays_where_the_plain_word_would_be_another_or_a_calque(text: str) -> None:
    assert apply(text, plain_word(parse(text, "fr"), FR)) == text


#: A few pairs of every kind, so that French grammar is tested whatever the list holds.
FRENCH = tuple(
    PlainWord(hard, pos, easy, ())
    for hard, pos, easy in (
        ("effectuer", "VERB", "faire"),
        ("débuter", "VERB", "commencer"),
        ("démontrer", "VERB", "montrer"),
        ("élaborer", "VERB", "préparer"),
        ("réduire", "VERB", "abaisser"),
        ("afin de", "-", "pour"),
        ("au sein de", "-", "dans"),
        ("préalablement à", "-", "avant"),
        ("en raison de", "-", "à cause de"),
        ("individu", "NOUN", "personne"),
        ("ampleur", "NOUN", "taille"),
        ("dispositif", "NOUN", "outil"),
        ("onéreux", "ADJ", "coûteux"),
        ("convier", "VERB", "inviter"),
        ("apercevoir", "VERB", "voir"),
        ("parvenir à", "VERB", "réussir à"),
    )
)


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    monkeypatch.setattr(module, "plain_words", lambda language: FRENCH)
    monkeypatch.setattr(
        fitting, "_genders", lambda: {"personne": "Fem", "taille": "Fem", "outil": "Masc"}
    )
    module._index.cache_clear()
    yield lambda text: apply(text, plain_word(parse(text, "fr"), FR))
    module._index.cache_clear()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "La ville effectue des travaux afin d’agir vite.",
            "La ville fait des travaux pour agir vite.",
        ),
        (
            "La ville effectue des travaux afin d'agir vite.",
            "La ville fait des travaux pour agir vite.",
        ),
        (
            "Les travaux effectués au sein du quartier sont coûteux.",
            "Les travaux faits dans le quartier sont coûteux.",
        ),
        ("Nous avons mesuré l’ampleur du problème.", "Nous avons mesuré la taille du problème."),
        (
            "Le coût du dispositif est connu, car ce dispositif est récent.",
            "Le coût de l’outil est connu, car cet outil est récent.",
        ),
        (
            "Le dispositif a permis d’élaborer un plan.",
            "L’outil a permis de préparer un plan.",
        ),
        (
            "Préalablement au projet et préalablement à l’étude, rien n’a été fait.",
            "Avant le projet et avant l’étude, rien n’a été fait.",
        ),
        (
            "En raison du bruit et en raison d’erreurs, le site a fermé.",
            "À cause du bruit et à cause d’erreurs, le site a fermé.",
        ),
        (
            "Les appareils onéreux et une mesure onéreuse.",
            "Les appareils coûteux et une mesure coûteuse.",
        ),
        (
            "Les résultats démontrent que le projet débutera en 2020.",
            "Les résultats montrent que le projet commencera en 2020.",
        ),
        ("On cherche à réduire le bruit.", "On cherche à abaisser le bruit."),
        ("La ville choisit de réduire le bruit.", "La ville choisit d’abaisser le bruit."),
    ],
)
def test_french_forms_elision_and_articles_are_right(
    french: Callable[[str], str], before: str, after: str
) -> None:
    assert french(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "Ce tronçon convient à tout le monde.",  # « convenir »
        "La ville s’aperçoit de l’erreur.",  # a reflexive verb
        "La ville est parvenue à un accord.",  # « est », where « réussir » takes « avoir »
    ],
)
def test_a_french_verb_with_another_sense_or_auxiliary_stays(
    french: Callable[[str], str], text: str
) -> None:
    assert french(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Elle est venue afin de planter des arbres et de les arroser.",
            "Elle est venue pour planter des arbres et les arroser.",
        ),
        (
            "La ville agit afin de servir les gens, d’offrir des soins et de limiter les coûts.",
            "La ville agit pour servir les gens, offrir des soins et limiter les coûts.",
        ),
        ("Il y en a au sein du conseil et des comités.", None),
        ("Il y en a au sein de l’école.", "Il y en a dans l’école."),
        ("La ville agit afin de limiter le risque de tomber et de se blesser.", None),
        ("La ville agit afin de limiter le bruit et de la poussière.", None),
    ],
)
def test_a_french_preposition_said_twice_is_not_left_half(
    french: Callable[[str], str], before: str, after: str | None
) -> None:
    assert french(before) == (after or before)


def test_a_french_noun_never_changes_gender(french: Callable[[str], str]) -> None:
    text = "Les individus âgés ont besoin de services."
    assert french(text) == text


_WORDS = st.sampled_from(
    ["the", "a", "an", "physician", "utilized", "entire", "novel", "prior", "to", "numerous",
     "individuals", "with", "in", "order", ",", ".", "approximately", "40", "7.5%", "majority",
     "of", "city", "subsequently", "e.g.", "and", "not", "demonstrate", "trees"]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=14))
def test_changes_never_overlap_and_no_number_or_negation_goes(words: list[str]) -> None:
    text = " ".join(words)
    changes = list(plain_word(parse(text, "en"), EN))
    for index, one in enumerate(changes):
        assert not any(overlap(one, other) for other in changes[:index])
    after = apply(text, changes)
    for kept in ("40", "7.5%", "not"):
        assert after.count(kept) == text.count(kept)


def test_a_long_form_before_its_abbreviation_keeps_its_words() -> None:
    context = Context("en", "paper", long_forms={"CPD": "chronic pulmonary disease"})
    text = "Many had chronic pulmonary disease (CPD) and pulmonary disease."
    changed = apply(text, plain_word(parse(text, "en"), context))
    assert "chronic pulmonary disease (CPD)" in changed
    assert "and lung disease" in changed
