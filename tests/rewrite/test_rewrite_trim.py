"""What carries no claim goes; what the sentence needs stays, to the letter."""

# ruff: noqa: E501 (tables of sentences)

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Language
from pipelines.rewrite.loop import rewrite
from pipelines.rewrite.steps import Cleaning, Context, tidy
from pipelines.rewrite.trim import drop_citation, drop_opener, drop_pointer, drop_statistic

NAMES = frozenset({"roy", "smith", "côté", "lee", "canada"})


def trimmed(text: str, language: Language = "en") -> str:
    return rewrite(text, Context(language, "paper", NAMES), lambda text: True)[0]


GOES = [
    ("Rates fell [3, 5–7] in July.", "Rates fell in July."),
    ("Rates fell [39], [48] and rose [42], [49], [50], too.", "Rates fell and rose, too."),
    ("Rates fell (see Smith, 2019; Lee, 2020a, b).", "Rates fell."),
    ("Rates fell (Roy & Smith, in press) and rose.", "Rates fell and rose."),
    ("Rates fell (Fig. 2A; see Table S1).", "Rates fell."),
    ("Rates fell (Figure 3—figure supplement 2).", "Rates fell."),
    ("As shown in Figure 3B, rates fell.", "Rates fell."),
    ("Rates fell (adjusted β = 0.71; 95% CI 0.6–0.8; p < .01).", "Rates fell."),
    ("Rates fell (t(34) = 2.1, p = .04).", "Rates fell."),
    ("Rates fell (P < 0.001 for all).", "Rates fell."),
    ("Rates fell (Figure 5 and associated source data files).", "Rates fell."),
    ("Rates fell (Fig. 2; n = 25; p < 0.05).", "Rates fell (n = 25)."),
    ("Rates were higher (12% v. 25%; p < 0.01).", "Rates were higher (12% v. 25%)."),
    ("However, the rate fell.", "The rate fell."),
    ("It should be noted that rates fell.", "Rates fell."),
    ("It is also worth noting that rates fell.", "Rates fell."),
    ("It was found that rates fell.", "Rates fell."),
    ("In the present study, rates fell.", "Rates fell."),
    ("A limitation of our study is that rates fell.", "Rates fell."),
    ("A total of 40 people came from a total of 3 towns.", "40 people came from 3 towns."),
    ("Ages did not differ (P-trend, 0.41).", "Ages did not differ."),
    ("Rates fell (P for trend = 0.03).", "Rates fell."),
    ("Rates fell (p for interaction <0.001) in men.", "Rates fell in men."),
    ("Rates should fall (prediction 1).", "Rates should fall."),
    ("Rates fell with age (Models 2 and 3).", "Rates fell with age."),
    ("Rates fell (Hypothesis 1a, Table 3).", "Rates fell."),
    ("It was hypothesized that rates fall (H2) here.", "It was hypothesized that rates fall here."),
    ("Rates fell (see Methods).", "Rates fell."),
    ("Rates fell (see the Discussion section for details).", "Rates fell."),
    ("Rates fell (described in Materials and Methods).", "Rates fell."),
    ("Rates fell (see below).", "Rates fell."),
]
STAYS = [
    # what only looks like an announcement
    "It has been found that rates fell.",
    "It should be checked that rates fell.",
    "It is important that rates fall.",
    "In this study of rats, rates fell.",
    "In an earlier study, rates fell.",
    "One limitation is known: rates fell.",
    "They asked 20 people each time, for a total of 60.",
    "A total of all rates fell.",
    "Hydrogen (H2) was used.",
    "Patients had diabetes (type 2).",
    "Pain was worse (grade 3).",
    "Rates fell (in later models).",
    "Rates fell (below 3).",
    "As shown in [4], rates fell.",
    "Recent reviews such as [34, 39–45] agree.",
    "Rates were taken from (Smith, 2019).",
    "Values lie in the interval [0, 1] here.",
    "Values differ [[56], pp. 57–59].",
    "F[1,2] was 6.44 for E(t) and P(k).",
    "Levels of 2,2′,4,4′-TetraBDE, [Ca2+] and (E)-2-hexenal were low.",
    "Thyroxine (T4) and vitamin (B12) were low.",
    "Rates fell by 12 units (or 5%).",
    "Rates fell (95% of women, Smith et al. 2019).",
    "Rates fell in one year (Canada, 2016).",
    "Three tools (maps) and two guides (methods) were used.",
    "The sample was small (n = 25).",
    "However, pH fell.",
    "Thus, mRNA levels and p < 0.05 held.",
    "First, second and third graders took part.",
    "The standard error of the mean (SEM) and organic matter (g) are given.",
]
FRENCH_GOES = [
    ("Il est important de noter que les taux ont baissé.", "Les taux ont baissé."),
    ("Dans la présente étude, les taux ont baissé.", "Les taux ont baissé."),
    ("Les taux baissent (Roy et Côté, 2019).", "Les taux baissent."),
    ("Les taux baissent (tableau 1 ; IC à 95 % : 0,9–1,9 ; p < 0,001).", "Les taux baissent."),
    ("Toutefois, l’effet est nul (fig. 2).", "L’effet est nul."),
]
FRENCH_STAYS = [
    "Comme le montre (Roy, 2019), les taux baissent.",
    "Les taux varient (12 % contre 25 %).",
    "Les taux varient (et 12 %).",
    "La baisse atteint 32,5 points (étendue : 12 à 58).",
]


#: What each step does by itself: "" where it leaves the text alone.
ALONE: list[tuple[Cleaning, Language, str, str]] = [
    # behind a number and a full stop; an address; what shows a figure
    (drop_citation, "en", "Rates will fall by 2031.[1]", "Rates will fall by 2031."),
    (drop_pointer, "en", "Rates fell (www.town.example/rates).", "Rates fell."),
    (drop_pointer, "en", "Rates fell (dotted curves around 1 in Fig. 4A-B).", "Rates fell."),
    # spreads of what is compared, of an age; a bracket that holds a spread alone
    (drop_statistic, "en", "It was 21.1 ± 7.8 days vs. 20.9 ± 7.5 days.",
     "It was 21.1 days vs. 20.9 days."),
    (drop_statistic, "en", "Men, aged 44.9 ± 15.2 years, came.",
     "Men, aged 44.9 years on average, came."),
    (drop_statistic, "en", "Rates (±SD) fell to 1.8 (±1).", "Rates fell to 1.8."),
    (drop_statistic, "en", "The tide rose by 3 ± 1 cm.", ""),
    # the count of a share goes, that of people is bare, any other keeps its sign
    (drop_statistic, "en", "58% of men (n=1449/2500) came.", "58% of men came."),
    (drop_statistic, "en", "Most were women (n = 346).", "Most were women (346)."),
    # a symbol of a test's own; ranges inside square brackets
    (drop_statistic, "en", "Counts fell (zWXN = 2.45).", "Counts fell."),
    (drop_statistic, "en", "Rates fell (odds ratio [OR] [95 % CI], 0.8 [0.7–0.9]).", "Rates fell."),
    (drop_statistic, "en", "Rates fell(OR = 0.60,95%CI:0.41–0.86,P = 0.006).", "Rates fell."),
    # a bracket that stands close to its word
    (drop_citation, "en", "Rates[3] fell.", "Rates fell."),
    (drop_citation, "en", "It[3] fell.", ""),
    (drop_citation, "en", "Rates fell “so”[3].", ""),
    (drop_citation, "en", "Rates fell “again”[3].", "Rates fell “again”."),
    (drop_citation, "en", "The [3]-fold rate fell.", ""),
    (drop_citation, "en", "The [3]rd rate fell.", ""),
    (drop_citation, "en", "It [3] fell.", "It fell."),
    # what joins a sentence to one that isn't told
    (drop_opener, "en", "Rates were also lower in towns.", "Rates were lower in towns."),
    (drop_opener, "en", "Rates fell and sales also fell.", ""),
    (drop_opener, "en", "The short survey is another limitation.", "The short survey is a limitation."),
    (drop_opener, "en", "A third important limitation is its size.", "An important limitation is its size."),
    (drop_opener, "en", "Another town fell.", ""),
    (drop_opener, "fr", "Une autre limite est sa taille.", "Une limite est sa taille."),
    (drop_opener, "fr", "Les taux sont également plus bas.", "Les taux sont plus bas."),
    (drop_pointer, "en", "Rates fell (Additional file 2: Figure S1).", "Rates fell."),
    # raised in print, glued to its word where a file was flattened
    (drop_citation, "en", "Rates fell in the streets.12,13", "Rates fell in the streets."),
    (drop_citation, "en", "Rates fell (see the table).4 5", "Rates fell (see the table)."),
    (drop_citation, "en", "In Sweden,6 as in the town,7 8 rates fell.", "In Sweden, as in the town, rates fell."),
    (drop_citation, "en", "Rates fell by 1,200 and by 3.12 points.", ""),
    (drop_citation, "fr", "Les taux baissent en ville.12", "Les taux baissent en ville."),
    # at the very beginning, or after a word that leans on it: then none goes
    (drop_citation, "en", "[3] Rates fell.", ""),
    (drop_citation, "en", "Rates fell [3], as in [4].", ""),
    (drop_citation, "en", "Rates fell [0] times.", ""),
    (drop_citation, "en", "Rates fell [3] and rose [4].", "Rates fell and rose."),
    # bounds, and brackets in brackets
    (drop_citation, "en", "The rate ranged [3, 5].", ""),
    (drop_citation, "en", "The rates [[3]] fell.", ""),
    # an author and a year, and nothing else
    (drop_citation, "en", "Rates fell [Roy et al., 2019].", "Rates fell."),
    (drop_citation, "en", "Rates fell (Roy et al.).", ""),
    (drop_citation, "en", "Rates fell (Roy et al., May 2019).", ""),
    (drop_citation, "en", "Rates fell (Roy et al. asked 2019).", ""),
    (drop_citation, "en", "Rates fell (et al., 2019).", ""),
    (drop_citation, "en", "Rates fell (see also Roy et al., 2019).", "Rates fell."),
    (drop_citation, "en", "Rates fell (Roy et al., see 2019).", ""),
    (drop_citation, "en", "Rates fell (Doe and colleagues, 2019).", "Rates fell."),
    # one author only where the reference list has the name
    (drop_citation, "en", "Rates fell (Roy, 2019).", "Rates fell."),
    (drop_citation, "en", "Rates fell (Doe, 2019).", ""),
    (drop_citation, "en", "Rates fell (Doe, Roy, 2019).", "Rates fell."),
    (drop_citation, "en", "Rates fell (Ministry of Forests 2019).", "Rates fell."),
    (drop_citation, "en", "Rates fell (Statistics Canada, 2021).", "Rates fell."),
    (drop_citation, "en", "Rates fell (Hurricane Fiona, 2022).", ""),
    (drop_citation, "fr", "Les taux baissent (Institut de la statistique du Québec, 2021).", "Les taux baissent."),
    # a place is no author, unless another one stands beside it
    (drop_citation, "en", "Rates fell (Canada et al., 2019).", ""),
    (drop_citation, "en", "Rates fell (Canada & Roy, 2019).", "Rates fell."),
    # several works: a year alone goes on, anything else stays
    (drop_citation, "en", "Rates fell (Roy et al., 2019; 2020).", "Rates fell."),
    (drop_citation, "en", "Rates fell (2019; 2020).", ""),
    (drop_citation, "en", "Rates fell (2019).", ""),
    (drop_citation, "en", "Rates fell (Roy et al., 2019; n = 5).", ""),
    (drop_citation, "en", "Rates fell (a lot) in towns (Roy et al., 2019).", "Rates fell (a lot) in towns."),
    # pointers
    (drop_pointer, "en", "Rates fell (Fig. 2).", "Rates fell."),
    (drop_pointer, "en", "Rates fell (see Fig. 2; n = 5).", "Rates fell (n = 5)."),
    (drop_pointer, "en", "Rates fell (a lot; n = 5).", ""),
    (drop_pointer, "en", "Rates fell (a lot; Fig. 2; n = 5).", "Rates fell (a lot; n = 5)."),
    (drop_pointer, "en", "Rates fell [Table 1].", "Rates fell."),
    (drop_pointer, "en", "Rates fell in (Fig. 2).", ""),
    (drop_pointer, "en", "See Table 2, rates fell (Fig. 3).", "rates fell."),
    (drop_pointer, "en", "Rates fell, see Table 2, too.", ""),
    (drop_pointer, "fr", "Les taux baissent (voir le tableau 2).", "Les taux baissent."),
    # statistics
    (drop_statistic, "en", "Rates fell (p < 0.05).", "Rates fell."),
    (drop_statistic, "en", "Rates fell [p < 0.05].", "Rates fell."),
    (drop_statistic, "en", "Rates fell the year after (P = 0.48).", ""),
    (drop_statistic, "en", "Rates did not change (P = 0.48).", "Rates did not change."),
    (drop_statistic, "fr", "Les taux baissent (p = 0,07).", ""),
    (drop_statistic, "en", "Mean age was 51.0 ± 10.6 years (n = 25).", "Mean age was 51.0 years (n = 25)."),
    (drop_statistic, "en", "The stay was 41 ± 22 months.", ""),
    (drop_statistic, "en", "Sales rose by 2 points (95% CI −0.02 to 4.5).", ""),
    (drop_statistic, "en", "The risk rose (OR 1.4; 95% CI 0.9 to 2.1).", ""),
    (drop_statistic, "en", "The risk did not rise (OR 1.4; 95% CI 0.9 to 2.1).", "The risk did not rise."),
    (drop_statistic, "en", "Rates fell (r = −0.469 and −0.523 respectively, P < 0.001).", "Rates fell."),
    (drop_statistic, "en", "Rates fell (4% and 7%, respectively).", ""),
    (drop_statistic, "en", "The ratio was (OR 0.71).", ""),
    (drop_statistic, "en", "It rose (1.8 points, 0.9 to 2.7).", "It rose (1.8 points)."),
    (drop_statistic, "en", "It fell (−2.8%, −4.3% to −1.3%).", "It fell (−2.8%)."),
    (drop_statistic, "en", "They came (40 men, 18 to 65).", ""),
    (drop_statistic, "fr", "Il a monté (1,8 point; 0,9 à 2,7).", "Il a monté (1,8 point)."),
    (drop_statistic, "en", "Rates fell (p < 0.05 in women).", ""),
    (drop_statistic, "en", "Rates fell (p < 0.05 7).", ""),
    (drop_statistic, "en", "Rates fell (OR 0.71 p < 0.05).", "Rates fell."),
    (drop_statistic, "en", "Rates fell (12%; p < 0.05).", "Rates fell (12%)."),
    (drop_statistic, "en", "Rates fell (p < 0.05, 12%).", "Rates fell (12%)."),
    (drop_statistic, "en", "Rates fell (4%, 7%; p < 0.05).", "Rates fell (4%, 7%)."),
    (drop_statistic, "en", "It fell (−3.2; 95% CI −4.4 to −2.0).", "It fell (−3.2)."),
    (drop_statistic, "fr", "Il a baissé (−3,2; IC à 95 % : −4,4 à −2,0).", "Il a baissé (−3,2)."),
    (drop_statistic, "en", "Rates fell (paired t-test).", "Rates fell."),
    (drop_statistic, "en", "Rates fell (for all).", ""),
    (drop_statistic, "en", "Rates fell (n = 25; n = 30).", ""),
    (drop_statistic, "en", "Rates fell (n = 25; p < 0.05; n = 30).", "Rates fell (n = 25; n = 30)."),
    (drop_statistic, "en", "Rates fell (a lot).", ""),
    # openers
    (drop_opener, "en", "However, the rate fell.", "the rate fell."),
    (drop_opener, "en", "However the rate fell.", ""),
    (drop_opener, "en", "However,the rate fell.", ""),
    (drop_opener, "en", "The rate, however, fell.", ""),
    (drop_opener, "en", "First, the rate fell.", "the rate fell."),
    (drop_opener, "en", "First, second graders came.", ""),
    (drop_opener, "en", "However, second graders came.", "second graders came."),
    (drop_opener, "en", "However, pH fell.", ""),
    (drop_opener, "en", "However, DNA was lost.", "DNA was lost."),
]  # fmt: skip


@pytest.mark.parametrize(("step", "language", "text", "wanted"), ALONE)
def test_a_step_takes_its_own_away_and_no_more(
    step: Cleaning, language: Language, text: str, wanted: str
) -> None:
    assert step(text, Context(language, "paper", NAMES)) == (wanted or text)


@pytest.mark.parametrize(("before", "after"), GOES)
def test_citations_pointers_statistics_and_openers_go(before: str, after: str) -> None:
    assert trimmed(before) == after


@pytest.mark.parametrize("text", STAYS)
def test_what_the_sentence_needs_stays(text: str) -> None:
    assert trimmed(text) == text


@pytest.mark.parametrize(("before", "after"), FRENCH_GOES)
def test_they_go_in_french(before: str, after: str) -> None:
    assert trimmed(before, "fr") == after


@pytest.mark.parametrize("text", FRENCH_STAYS)
def test_what_the_sentence_needs_stays_in_french(text: str) -> None:
    assert trimmed(text, "fr") == text


def test_a_refused_step_leaves_no_trace() -> None:
    text = "However, rates fell [3]."
    assert rewrite(text, Context("en", "paper"), lambda text: False) == (text, ())


def test_nothing_inside_a_quotation_is_touched() -> None:
    text = "One said: “However, it fell [3]”, and ‘we don’t [4]’."
    assert trimmed(text) == text


def test_half_a_quotation_is_left_alone() -> None:
    assert trimmed("“However, we wait [3].") == "“However, we wait [3]."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("rates fell ( ) , here .", "Rates fell, here."),
        ("values [.5, .7] and main() hold", "Values [.5, .7] and main() hold"),
        ("pH and mRNA", "pH and mRNA"),
        ("α-subunits fell", "α-subunits fell"),
        ("unc-116 fell", "unc-116 fell"),
        ("n = 30 mice", "n = 30 mice"),
        ("l’eau monte", "L’eau monte"),
        ("à Montréal", "À Montréal"),
    ],
)
def test_tidying_mends_only_what_removals_leave(before: str, after: str) -> None:
    assert tidy(before) == after


@given(st.text(alphabet="ab (.,;)[]12–%=p", max_size=40), st.sampled_from(["en", "fr"]))
@settings(deadline=None)
def test_a_step_never_fails_and_never_adds(text: str, language: Language) -> None:
    changed = trimmed(text, language)
    assert set(changed.lower()) <= set(text.lower())
    assert len(changed) <= len(text)


def test_a_surname_and_a_year_are_a_citation_where_nothing_lists_the_cited() -> None:
    text = "Rates fell (Doe, 2019)."
    assert drop_citation(text, Context("en", "paper")) == "Rates fell."
    assert drop_citation(text, Context("en", "paper", NAMES)) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Rates were 0.34 (95% confidence interval [95% CI] 0.22–0.52) and 0.30.",
         "Rates were 0.34 and 0.30."),
        ("It rose (Group 1 vs. Group 2: p = 0.0003; Group 1 vs. Group 3: p < 0.0001).", "It rose."),
        ("Men aged 45 [IQR 39,51] and women aged 40 [32,46] came.",
         "Men aged 45 and women aged 40 came."),
        ("In the second wave (2020–2021) they walked 8 days (IQR 5–12).",
         "In the second wave (2020–2021) they walked 8 days."),
        ("Falls rose in winter (p=0·32).", "Falls rose in winter (p=0·32)."),
        ("There was no difference (ES 0·15, 95% CI −0·23 to 0·53).",
         "There was no difference (ES 0·15)."),
        ("It was linked to age<55(OR = 0.54,95%CI:0.31–0.96,P = 0.034), and to place.",
         "It was linked to age<55, and to place."),
        # what is counted beside a test stays, as does what the statistic belongs to
        ("It rose (in Rivebelle: p = 0.03, 12 men).", "It rose (in Rivebelle: p = 0.03, 12 men)."),
        ("It rose (n1 = 6, n2 = 5: p < 0.01).", "It rose (n1 = 6, n2 = 5: p < 0.01)."),
        ("Rates [odds ratio] fell.", "Rates [odds ratio] fell."),
    ],
)  # fmt: skip
def test_a_statistic_goes_with_its_short_form_and_its_groups(text: str, plain: str) -> None:
    assert trimmed(text, "en") == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Conclusion A large share of people walk.", "A large share of people walk."),
        ("Results 58.0% of men walked.", "58.0% of men walked."),
        ("Conclusions The program works.", "The program works."),
        ("4 5 6 Although it is cold, people walk.", "Although it is cold, people walk."),
        ("Results A and B were equal.", "Results A and B were equal."),
        ("Results 1 and 2 hold.", "Results 1 and 2 hold."),
        ("Participants who came walked.", "Participants who came walked."),
        ("4 Although it is cold, people walk.", "4 Although it is cold, people walk."),
    ],
)
def test_a_label_that_ran_into_its_sentence_goes(text: str, plain: str) -> None:
    assert trimmed(text, "en") == plain
