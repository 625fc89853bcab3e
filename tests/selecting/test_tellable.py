"""Whether a sentence of a paper can be told by itself."""

import pytest

from corpus.document import Language
from pipelines.selecting.tellable import (
    advice_of_others,
    balances,
    calls_for_research,
    defends,
    empty,
    formal,
    leans,
    miscounts,
    of_everybody,
    of_others,
    points_back,
    points_elsewhere,
    rare_share,
    tellable,
)


@pytest.mark.parametrize(
    "text",
    [
        "Figure 2 shows the change in walking by season.",
        "where x is the number of benches on a route.",
        "The rate was y = 3x + 2 in all of the towns.",
        "Did the benches help older people to walk more?",
        "Walking rose (see the second part of the table.",
        "Benches help.",
        "The benches that we counted were of three kinds:",
    ],
)
def test_a_sentence_that_cannot_stand_alone_is_not_told(text: str) -> None:
    assert not tellable(text, "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [("The walks increased with age.", "en"), ("Les bancs allongent les marches.", "fr")],
)
def test_five_words_may_tell_something(text: str, language: Language) -> None:
    assert tellable(text, language)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Of the 15 towns 12/15 (81%) had benches.", True),
        ("Among them, 40 of 50 residents (58%) walked.", True),
        ("Among them, 40 of 50 residents (80%) walked.", False),
        ("In 1,200 of the 3,600 homes (33.3%) somebody walked.", False),
        ("In one of three homes (34%) somebody walked.", False),
        ("On marche dans 5 des 12 villes (80,5 %).", True),
        ("On marche dans 5 des 12 villes (41,7 %).", False),
        ("Only 1 of 1 200 people (0.1%) fell near a bench.", False),
        ("In 12 of the 24 towns the rate (30%) rose last year.", False),
    ],
)
def test_a_share_that_its_count_does_not_make_is_seen(text: str, wrong: bool) -> None:
    assert miscounts(text) is wrong


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("The benches helped, above all among older residents.", False),
        ("Residents aged 60 and above walked further.", False),
        ("Rates stayed below 5% in the towns.", False),
        ("As described above, we counted benches.", True),
        ("The table below lists the towns.", True),
    ],
)
def test_what_stands_above_or_below_on_the_page_is_told_from_more_and_less(
    text: str, points: bool
) -> None:
    assert points_elsewhere(text, "en") is points


def test_a_plain_sentence_with_a_statistic_in_brackets_can_be_told() -> None:
    assert tellable("Walking rose by 12% in the second year (n = 840; p = 0.01).", "en")


def test_what_others_found_is_told_from_what_the_paper_found() -> None:
    assert of_others("Benches were linked to walking in Finland [7].", "en")
    assert of_others("Lind et al. report more walking.", "en")
    assert not of_others("As Lind et al. did, we found more walking.", "en")


@pytest.mark.parametrize(
    ("text", "language", "others"),
    [
        ("Earlier studies have shown that benches help.", "en", True),
        ("Consistent with earlier studies, we found that benches help.", "en", False),
        ("In a previous study, we showed that benches help.", "en", True),
        ("It has been shown that walking is good for the heart.", "en", True),
        ("Benches were associated with walking in our survey.", "en", False),
        ("Critics say that benches bring noise.", "en", True),
        ("Many residents say that benches bring noise.", "en", False),
        ("Les opposants soutiennent que les bancs font du bruit.", "fr", True),
        ("Des études antérieures montrent que les bancs aident.", "fr", True),
        (
            "Comme dans les études antérieures, nous avons constaté que les bancs aident.",
            "fr",
            False,
        ),
        ("Dans une étude précédente, nous avons montré que les bancs aident.", "fr", True),
    ],
)
def test_whose_result_a_sentence_tells(text: str, language: Language, others: bool) -> None:
    assert of_others(text, language) is others


@pytest.mark.parametrize(
    ("text", "language", "leaning"),
    [
        ("These effects were larger in winter.", "en", True),
        ("And they should say how long repairs take.", "en", True),
        ("And benches should stand in the shade.", "en", False),
        ("Et elles devraient dire combien de temps cela prend.", "fr", True),
        ("This approach worked in all of the towns.", "en", True),
        ("These results suggest that benches help.", "en", False),
        ("Most had no bench near their home.", "en", True),
        ("Seven feared that benches bring noise.", "en", True),
        ("Most residents had no bench near their home.", "en", False),
        ("This interrupted time series used counts of walkers from six towns.", "en", False),
        ("This retrospective, population-based cohort included 840 residents.", "en", False),
        ("This secondary analysis used counts of walkers.", "en", False),
        ("This study population was older than most.", "en", True),
        ("This analysis failed in one of the towns.", "en", True),
        ("Here, we show that benches help.", "en", False),
        ("It is observational: we compared towns.", "en", True),
        ("It is based on answers that residents gave.", "en", True),
        ("It was closely related to income.", "en", True),
        ("It was not possible to count the benches.", "en", False),
        ("It should also be noted, however, that winters were mild.", "en", False),
        ("Il est composé de trois parties.", "fr", True),
        ("Il n’est pas possible de compter les bancs.", "fr", False),
        ("Il y a peu de bancs dans les parcs.", "fr", False),
        ("Cette approche a fonctionné dans toutes les villes.", "fr", True),
        ("Ces résultats montrent que les bancs aident.", "fr", False),
        ("Cet essai montre que les bancs aident.", "fr", False),
        ("Ses effets sur la marche restent à démontrer.", "fr", True),
        ("Dans les autres villes, il a augmenté de 1,2 % seulement.", "fr", True),
        ("Dans les autres villes, il faut plus de bancs.", "fr", False),
        ("En octobre, 47 d’entre eux étaient morts.", "fr", True),
        ("Sans cette entente, des arbres risquent de mourir.", "fr", True),
        ("Des études devront déterminer si elle améliore la santé.", "fr", True),
        ("Des études devront déterminer si les bancs aident.", "fr", False),
    ],
)
def test_a_sentence_that_opens_on_the_one_before_is_known(
    text: str, language: Language, leaning: bool
) -> None:
    assert leans(text, language) is leaning


def test_plain_words_are_told_from_rare_ones_by_their_use() -> None:
    plain = rare_share("The towns put benches near the shops (unc-116; TPS10).", "en")
    rare = rare_share("Phyllotaxis arises from reiterative organogenesis.", "en")
    assert plain == 0.0
    assert rare >= 0.5
    assert rare_share("Les villes ont mis des bancs près des magasins.", "fr") == 0.0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This study has several limitations.", "en"),
        ("Our study has some important limitations.", "en"),
        ("Several limitations of this study should be noted.", "en"),
        ("The results of this study should be interpreted with these limitations.", "en"),
        ("None of the differences was significant.", "en"),
        ("This study has several limitations (Table 3; sample, clinics and towns).", "en"),
        ("Cette étude comporte plusieurs limites.", "fr"),
        ("Notre étude présente certaines limites.", "fr"),
        ("Plusieurs limites de cette recherche doivent être mentionnées.", "fr"),
        ("Provinces can help in three ways.", "en"),
        ("Benches matter to towns for several important reasons:", "en"),
        ("Les provinces peuvent aider de trois façons.", "fr"),
        ("Les bancs comptent pour plusieurs raisons.", "fr"),
    ],
)
def test_a_sentence_that_could_stand_in_any_paper_says_nothing(
    text: str, language: Language
) -> None:
    assert empty(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Our sample was drawn from one clinic.", "en"),
        ("The study was limited to women in small towns.", "en"),
        ("We could not measure walking at night.", "en"),
        ("Benches were associated with walking.", "en"),
        ("Walking rose by 12%.", "en"),
        ("Notre échantillon provenait d’une seule clinique.", "fr"),
        ("L’étude se limite aux femmes de petites villes.", "fr"),
        ("La marche de nuit n’a pas été mesurée.", "fr"),
    ],
)
def test_a_sentence_that_says_of_what_or_whom_says_something(text: str, language: Language) -> None:
    assert not empty(text, language)


@pytest.mark.parametrize(
    ("text", "language", "everybodys"),
    [
        ("Lenses differ, possibly reflecting our long lifespan.", "en", True),
        ("With our aging population, more benches are needed.", "en", True),
        ("Our findings suggest that benches help.", "en", False),
        ("In our present study, benches helped.", "en", False),
        ("Notre planète compte peu de bancs.", "fr", True),
        ("Nos principaux résultats indiquent que les bancs aident.", "fr", False),
    ],
)
def test_our_is_the_researchers_only_before_their_work(
    text: str, language: Language, everybodys: bool
) -> None:
    assert of_everybody(text, language) is everybodys


@pytest.mark.parametrize(
    ("text", "language", "calls"),
    [
        ("Larger studies of benches in winter are needed.", "en", True),
        ("These effects should be confirmed in other towns.", "en", True),
        ("We need to study how long the benches last.", "en", True),
        ("It was therefore important to count at night, too.", "en", True),
        ("Towns should place a bench every hundred metres.", "en", False),
        ("Councils need to repair benches within a month.", "en", False),
        ("There should be more large studies of benches in towns.", "en", True),
        ("The effects on falls should be further evaluated.", "en", True),
        ("Further investigations should be reserved for those who fall again.", "en", False),
        ("Il devrait y avoir davantage d’études sur les bancs.", "fr", True),
        ("Des évaluations comparables dans d’autres villes sont indispensables.", "fr", True),
        ("Une autre forme de banc devrait être mise à l’épreuve.", "fr", True),
        ("D’autres études sur les bancs en hiver sont nécessaires.", "fr", True),
        ("Ces effets devraient être confirmés dans d’autres villes.", "fr", True),
        ("Les villes devraient placer un banc tous les cent mètres.", "fr", False),
    ],
)
def test_a_call_for_research_is_no_advice(text: str, language: Language, calls: bool) -> None:
    assert calls_for_research(text, language) is calls


@pytest.mark.parametrize(
    ("text", "language", "others"),
    [
        ("The College of Planners recommends a bench at every stop.", "en", True),
        ("National guidelines for parks suggest shade over every bench.", "en", True),
        ("Benches without backs have been recommended for short stops.", "en", True),
        ("We recommend a bench at every stop.", "en", False),
        ("A bench at every stop is recommended.", "en", False),
        ("Based on these results, what was advised for parks fits stops, too.", "en", False),
        ("The residents who suggest a place for a bench should be heard.", "en", False),
        ("L’Association des urbanistes recommande un banc à chaque arrêt.", "fr", True),
        ("Des bancs sans dossier ont été recommandés pour les courts arrêts.", "fr", True),
        ("Nous recommandons un banc à chaque arrêt.", "fr", False),
    ],
)
def test_advice_of_a_body_that_is_named_is_somebody_elses(
    text: str, language: Language, others: bool
) -> None:
    assert advice_of_others(text, language) is others


@pytest.mark.parametrize(
    ("text", "language", "round_"),
    [
        ("However, our findings are likely generalizable to other towns.", "en", True),
        ("Despite the small number of towns, we found clear differences.", "en", True),
        ("Losses from the sample did not change our main results.", "en", True),
        ("The long follow-up is one of the strengths of the study.", "en", True),
        ("Thanks to the counters, we were able to count at night, too.", "en", True),
        ("To explore this possibility, we counted again in winter.", "en", True),
        ("A mild winter is unlikely to have influenced the walks.", "en", True),
        ("We were aware of this when we chose the towns.", "en", True),
        ("In spite of these limitations, the study is the first on benches.", "en", True),
        ("We were not able to count at night.", "en", False),
        ("The missing counts may have influenced the walks.", "en", False),
        ("Grâce aux compteurs, nous avons pu compter la nuit aussi.", "fr", True),
        ("Pour écarter cette possibilité, nous avons compté de nouveau en hiver.", "fr", True),
        ("Malgré ces limites, l’étude est la première sur les bancs.", "fr", True),
        ("Nous n’avons pas pu compter la nuit.", "fr", False),
        ("The size is a strength of the study, but few men took part.", "en", False),
        ("Although counters were blinded to the design, residents were not.", "en", False),
        ("We counted in few towns, and only in summer.", "en", False),
        ("Malgré le petit nombre de villes, nous avons observé de nets écarts.", "fr", True),
        ("Nous avons compté dans peu de villes.", "fr", False),
    ],
)
def test_what_turns_a_limit_round_admits_none(text: str, language: Language, round_: bool) -> None:
    assert defends(text, language) is round_


@pytest.mark.parametrize(
    ("text", "language", "leave"),
    [
        ("The survey was approved by the ethics committee of the region.", "en", True),
        ("All 84 residents gave written informed consent.", "en", True),
        ("The survey was carried out in line with the rules of the region.", "en", True),
        ("L’enquête a été menée conformément aux règles de la région.", "fr", True),
        ("We asked 84 residents of four small towns.", "en", False),
        ("Le projet a été approuvé par le comité d’éthique de la région.", "fr", True),
        ("Nous avons interrogé 84 personnes dans quatre villes.", "fr", False),
    ],
)
def test_leave_to_study_tells_nobody_who_was_studied(
    text: str, language: Language, leave: bool
) -> None:
    assert formal(text, language) is leave


@pytest.mark.parametrize(
    ("text", "language", "alike"),
    [
        ("There were no significant differences in age or sex between the towns.", "en", True),
        ("Baseline characteristics of both groups were similar.", "en", True),
        ("There was no significant difference in walking between the towns.", "en", False),
        ("Les caractéristiques des groupes étaient semblables.", "fr", True),
        ("La marche était semblable dans les deux villes.", "fr", False),
    ],
)
def test_that_groups_were_alike_to_begin_with_is_no_finding(
    text: str, language: Language, alike: bool
) -> None:
    assert balances(text, language) is alike


@pytest.mark.parametrize(
    ("language", "text", "back"),
    [
        ("en", "These tenants moved.", True),
        ("en", "This is the second paper of a series.", True),
        ("en", "In this real-world cohort of tenants, rents rose.", False),
        ("en", "We found in this retrospective analysis that rents rose.", False),
        ("en", "Tenants of 60 moved, and these tenants were many.", False),
        ("en", "For example, rents rose.", True),
        ("en", "Some rents (for example, of shops) rose.", False),
        ("fr", "Ces locataires ont déménagé.", True),
        ("fr", "Dans cette cohorte, les loyers ont augmenté.", False),
    ],
)
def test_what_points_back_names_neither_its_own_study_nor_what_it_has_told(
    language: Language, text: str, back: bool
) -> None:
    assert points_back(text, language) is back
