import pytest

from corpus.document import LANGUAGES, Language
from pipelines.language.declarations import declaration, declared, in_kinds

NONE = ("No competing interests are declared.", "Aucun intérêt concurrent n’est déclaré.")
NO_ROLE = (
    "The funders had no role in the study or in the decision to publish.",
    "Les bailleurs de fonds n’ont joué aucun rôle dans l’étude ni dans la décision de publier.",
)

TOLD: list[tuple[Language, str, tuple[str, str]]] = [
    ("en", "The authors declare that they have no competing interests.", NONE),
    ("en", "All authors have declared that no competing interests exist.", NONE),
    ("en", "The author reports no competing interests.", NONE),
    ("fr", "Les auteures déclarent n’avoir aucun intérêt concurrent.", NONE),
    (
        "en",
        "The funders had no role in study design, data collection and analysis, decision to "
        "publish, or preparation of the manuscript.",
        NO_ROLE,
    ),
    (
        "en",
        "The sponsor had no role in the design of the study or in the writing of the report.",
        (
            "The funders had no role in study design or writing the paper.",
            "Les bailleurs de fonds n’ont joué aucun rôle dans la conception de l’étude ni dans la "
            "rédaction de l’article.",
        ),
    ),
    (
        "fr",
        "L’organisme n’a joué aucun rôle dans la conception de l’étude ou la décision de publier.",
        (
            "The funders had no role in study design or the decision to publish.",
            "L’organisme n’a joué aucun rôle dans la conception de l’étude ou la décision de "
            "publier.",
        ),
    ),
    (
        "en",
        "This study was funded by the Estmere Health Fund (grant 12-7) and by the Town of Estmere.",
        (
            "Estmere Health Fund (grant 12-7); Town of Estmere.",
            "Estmere Health Fund (subvention 12-7); Town of Estmere.",
        ),
    ),
    (
        "fr",
        "Cette étude a été financée par le Fonds rivebellois pour le climat (subvention 42).",
        (
            "Fonds rivebellois pour le climat (grant 42).",
            "Fonds rivebellois pour le climat (subvention 42).",
        ),
    ),
    (
        "en",
        "The views expressed are those of the author(s) and not necessarily those of the Estmere "
        "Health Fund or the Town of Estmere.",
        (
            "The views are the authors’ own, not necessarily those of: Estmere Health Fund; Town "
            "of Estmere.",
            "Les opinions sont celles des auteurs, et pas nécessairement celles de : Estmere Health"
            " Fund; Town of Estmere.",
        ),
    ),
    (
        "en",
        "This work was supported in part by the Estmere Health Fund.",
        ("In part: Estmere Health Fund.", "En partie : Estmere Health Fund."),
    ),
    (
        "en",
        "This work was supported by grants 12-7 and 12-9 from the Estmere Health Fund to A.L.",
        (
            "Estmere Health Fund (grant 12-7, 12-9, to A.L).",
            "Estmere Health Fund (subvention 12-7, 12-9, à A.L).",
        ),
    ),
    (
        "en",
        "A.L. and B.M. are employed by Estmere Paints Ltd.",
        (
            "Employer of A.L., B.M.: Estmere Paints Ltd.",
            "Employeur de A.L., B.M. : Estmere Paints Ltd.",
        ),
    ),
    (
        "en",
        "AL: Reviewing editor, eJournal.",
        ("On the editorial board of eJournal: AL.", "À la rédaction de eJournal : AL."),
    ),
    ("fr", "Les auteur·e·s déclarent n’avoir aucun intérêt concurrent.", NONE),
]


@pytest.mark.parametrize(("language", "sentence", "told"), TOLD)
def test_what_every_paper_declares_is_told_in_both_languages(
    language: Language, sentence: str, told: tuple[str, str]
) -> None:
    both = declaration(sentence, language)
    assert both is not None
    assert tuple(both[code] for code in LANGUAGES) == told


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        # an interest; one that is partly denied; more than names; a part that isn't known
        ("en", "A. L. advises the company that makes the paint."),
        ("en", "The authors declare no competing interests except the patent."),
        ("en", "This work was funded by a bequest that the hospital manages."),
        ("en", "This work was funded by the Estmere Fund, which makes the paint."),
        ("en", "The funders had no role in study design or the choice of towns."),
        ("en", "The funders had a role in study design."),
        ("en", "Recruitment was supported by the Estmere Fund."),
        ("en", "A.L. was employed by Estmere Paints Ltd until 2019."),
        ("en", "This work was supported in part by Estmere Paints, which makes the paint."),
        ("fr", "Cette étude a été financée par le Fonds, qui fabrique la peinture."),
        ("fr", "Cette étude a été financée par le Fonds (subvention fictive 42)."),
    ],
)
def test_what_says_more_keeps_its_own_words(language: Language, sentence: str) -> None:
    assert declaration(sentence, language) is None


def test_one_sentence_without_a_form_leaves_all_to_a_translator() -> None:
    first, second = "The authors declare no competing interests.", "A. L. owns the company."
    assert declared([first], "interests", "en") == {
        "en": "Interests: No competing interests are declared.",
        "fr": "Intérêts\u00a0: Aucun intérêt concurrent n’est déclaré.",
    }
    assert declared([first, second], "interests", "en") is None
    assert declared([], "interests", "en") is None


@pytest.mark.parametrize(
    ("language", "statement", "kinds"),
    [
        (
            "en",
            ["Estmere Hospital holds a patent on the filter.", "R. L. is paid for talks."],
            ("patents; advice or talks; fees", "brevets; conseils ou conférences; honoraires"),
        ),
        (
            "en",
            ["A. L. founded Estmere Paints.", "There are no patents to declare."],
            (
                "owning, running or holding shares in a company",
                "propriété, direction ou actions d’une entreprise",
            ),
        ),
        (
            "fr",
            [
                "A. L. est salariée de Peintures Estmere.",
                "R. L. préside le conseil d’administration.",
            ],
            ("employment; posts in organizations", "emploi; fonctions dans des organismes"),
        ),
    ],
)
def test_a_long_statement_of_interests_is_told_by_its_kinds_and_never_by_one_it_denies(
    language: Language, statement: list[str], kinds: tuple[str, str]
) -> None:
    both = in_kinds(statement, language)
    assert both is not None
    assert both["en"] == f"Interests: {kinds[0]}. The paper’s own statement tells more."
    assert both["fr"] == f"Intérêts\u00a0: {kinds[1]}. La déclaration de l’article en dit plus."


def test_a_statement_that_denies_all_names_no_kind() -> None:
    assert in_kinds(["A. L. received no fees.", "Neither owns shares."], "en") is None
