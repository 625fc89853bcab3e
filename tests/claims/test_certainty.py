"""How sure a reader may be: the kind of study, lowered by hedges, with the words for both."""

import pytest
from fixtures.texts import document, paper

from corpus.document import Language, Passage
from models.study_kind import Judged
from pipelines.claims.certainty import SURE, certainty, foretells, rate
from pipelines.reading.reading import Reading


@pytest.mark.parametrize(
    ("design", "hedged", "level"),
    [
        ("meta_analysis", False, "high"),
        ("randomized", True, "moderate"),
        ("cohort", False, "moderate"),
        ("qualitative", True, "very_low"),
        ("unknown", False, None),
    ],
)
def test_the_kind_of_study_gives_the_level_and_a_hedge_lowers_it(
    design: str, hedged: bool, level: str | None
) -> None:
    assert certainty(design, hedged) == level


def test_a_hedge_never_raises_the_level() -> None:
    order = ("very_low", "low", "moderate", "high")
    for design in ("meta_analysis", "randomized", "quasi", "cohort", "cross_sectional", "review"):
        plain, hedged = certainty(design, False), certainty(design, True)
        assert plain is not None
        assert hedged is not None
        assert order.index(hedged) <= order.index(plain)


def test_an_admitted_limit_lowers_the_level_and_is_named() -> None:
    title = "Shade and sleep: a randomized controlled trial"
    limit = "A limitation of our study is that the sample size was small."
    firm = paper(("Results", "Shade was associated with 20 more minutes of sleep."), title=title)
    limited = paper(("Limitations", limit), title=title)
    assert rate(Reading(firm)).level == "high"
    rating = rate(Reading(limited))
    assert (rating.level, rating.limits) == ("moderate", ("small_sample",))


def test_findings_that_may_not_hold_elsewhere_are_as_sure_where_they_hold() -> None:
    title = "L’ombre et le sommeil : un essai contrôlé randomisé"
    text = "Une limite de cette étude : les résultats ne sont pas généralisables à d’autres villes."
    made = document(
        [Passage(title, "title"), Passage(text, "paragraph", "Limites")],
        language="fr",
        title=title,
    )
    rating = rate(Reading(made))
    assert (rating.level, rating.limits) == ("high", ("narrow",))


@pytest.mark.parametrize(
    ("limit", "named"),
    [
        ("We interviewed only a small number of people.", ("small_sample",)),
        # of some of them only
        ("There was a small number of people aged 60 or more.", ()),
        ("Our results should be interpreted with caution.", ("caution",)),
        ("Drug B should be used with caution.", ()),
        ("The study was underpowered for falls.", ("bias",)),
        ("This limits how far our results can be generalized.", ("narrow",)),
        ("All people came from a single institution.", ("narrow",)),
        ("All people were recruited from one industrial city.", ("narrow",)),
    ],
)
def test_each_kind_of_limit_is_named_by_what_the_authors_say(
    limit: str, named: tuple[str, ...]
) -> None:
    title = "Shade and sleep: a randomized controlled trial"
    rating = rate(Reading(paper(("Limitations", limit), title=title)))
    assert rating.limits == named
    assert rating.level == ("high" if named in ((), ("narrow",)) else "moderate")


@pytest.mark.parametrize(
    ("abstract", "level"),
    [
        ("We searched three databases for trials of shade.", "high"),
        ("We did an integrated analysis of safety data from our ten trials.", "moderate"),
        ("We brought together qualitative studies of what residents say.", "low"),
    ],
)
def test_a_review_starts_where_what_it_brings_together_stands(abstract: str, level: str) -> None:
    made = paper(("Abstract", abstract), title="Shade in towns: a systematic review")
    assert rate(Reading(made)).level == level


@pytest.mark.parametrize(
    ("language", "title", "abstract", "level"),
    [
        ("en", "Shade and falls: a cohort study", "We followed 900 residents.", "moderate"),
        ("en", "Shade and falls: a cohort study", "We looked at charts retrospectively.", "low"),
        ("en", "Shade and falls: a cohort study", "A pilot study in one town.", "low"),
        ("en", "Shade and falls: a cohort study", "The town has a pilot program.", "moderate"),
        ("en", "Shade and falls: a randomized controlled trial", "A pilot trial.", "moderate"),
        ("en", "Shade and falls: a randomized controlled trial", "Retrospectively registered.",
         "high"),
        ("fr", "L’ombre et les chutes : une étude de cohorte", "Nous avons suivi 900 personnes.",
         "moderate"),
        ("fr", "L’ombre et les chutes : une étude de cohorte", "C’est une analyse rétrospective.",
         "low"),
        ("fr", "L’ombre et les chutes : une étude de cohorte", "C’est une étude pilote.", "low"),
    ],
)  # fmt: skip
def test_a_study_that_looks_back_or_is_a_first_one_starts_a_step_lower(
    language: Language, title: str, abstract: str, level: str
) -> None:
    section = {"en": "Abstract", "fr": "Résumé"}[language]
    passages = [Passage(title, "title"), Passage(abstract, "paragraph", section)]
    made = document(passages, language=language, title=title)
    rating = rate(Reading(made))
    assert rating.level == level
    assert bool(rating.modest) is (level != certainty(rating.design, False))


@pytest.mark.parametrize(
    ("title", "language", "asks"),
    [
        ("Predicting falls among residents of shaded towns", "en", True),
        ("Validation of a scale of shade", "en", True),
        ("Predictors of falls in shaded towns", "en", False),
        ("Shade and falls", "en", False),
        ("Prédire les chutes dans les villes ombragées", "fr", True),
        ("Validité d’une échelle d’ombre", "fr", True),
        ("L’ombre et les chutes", "fr", False),
    ],
)
def test_a_title_tells_who_asks_how_well_something_predicts_or_measures(
    title: str, language: Language, asks: bool
) -> None:
    assert foretells(title, language) is asks


def test_a_rating_names_the_words_for_it() -> None:
    made = paper(
        ("Results", "Shade was associated with 20 more minutes of sleep."),
        ("Limitations", "A limitation of our study is that the sample size was small."),
        title="Shade and sleep: a randomized controlled trial",
    )
    rating = rate(Reading(made), ["Shade may help older people to sleep."])
    assert rating.level == "low"
    assert rating.design == "randomized"
    assert "randomized controlled trial" in rating.design_words
    assert rating.hedges == ("may",)


@pytest.mark.parametrize(
    ("language", "title", "design", "words"),
    [
        ("en", "Shade and sleep: a randomized controlled trial", "randomized",
         ("randomized controlled trial",)),
        ("fr", "L’ombre et le sommeil : une étude de cohorte prospective", "cohort",
         ("étude de cohorte prospective",)),
        ("en", "Shade and sleep: study protocol for a randomised controlled trial", "protocol",
         ("study protocol",)),
        ("en", "What residents say of shade: a systematic review of qualitative studies",
         "meta_analysis", ("systematic review",)),
        ("fr", "L’ombre et le sommeil : protocole d’une étude randomisée", "protocol",
         ("protocole d’une étude",)),
        ("en", "Protocol for a systematic review of shade", "protocol", ("protocol for a",)),
        ("fr", "Notes de terrain", "unknown", ()),
    ],
)  # fmt: skip
def test_a_title_that_says_the_design_decides_in_both_languages(
    language: Language, title: str, design: str, words: tuple[str, ...]
) -> None:
    made = document([Passage(title, "title")], language=language, title=title)
    rating = rate(Reading(made), [])
    assert (rating.design, rating.design_words) == (design, words)
    assert rating.hedges == ()


def test_what_a_paper_compares_itself_with_is_not_its_design() -> None:
    """A cohort study whose abstract speaks of trials; chance decided nothing in it."""
    made = paper(
        ("Abstract", "We compared our estimates with those of randomized controlled trials."),
        ("Abstract", "Randomized controlled trials gave similar rates in each group."),
        ("Methods", "Patients were followed from the first visit to the last."),
        title="Rates of falls in shaded towns: new resident cohort study",
    )
    assert rate(Reading(made)).design == "cohort"


def test_a_plan_is_no_finding_to_be_sure_of() -> None:
    made = paper(
        ("Abstract", "A systematic review and meta-analysis found no agreed set of outcomes."),
        ("Methods", "Three rounds of questions will be sent to experts."),
        title="Outcomes of shade trials: study protocol for an agreed set",
    )
    rating = rate(Reading(made))
    assert (rating.design, rating.level) == ("protocol", None)


def test_to_be_quite_sure_takes_more_than_even_odds() -> None:
    made = paper(("Results", "Shade was associated with sleep."), title="Shade and sleep")
    for probability, design in ((SURE - 0.01, "unknown"), (SURE, "randomized")):
        reading = Reading(made)
        vars(reading)["kind"] = Judged("randomized", probability, ())
        assert rate(reading).design == design


def test_less_is_enough_where_chance_formed_the_groups_in_so_many_words() -> None:
    lots = "Participants of each street were randomly assigned to shade or none."
    made = paper(("Methods", lots), title="Shade and sleep")
    reading = Reading(made)
    vars(reading)["kind"] = Judged("randomized", SURE - 0.1, ())
    assert (rate(reading).design, rate(reading).level) == ("randomized", "moderate")
