"""Claim strength by words that can be named, alike in both languages."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Language
from pipelines.brief import STRENGTHS
from pipelines.claims.strength import hedges, judgements, negations, strength, wording
from pipelines.language.lexicon import entries
from pipelines.suites import evaluate

ENGLISH = [
    ("Shade was associated with fewer calls.", "correlational"),
    ("Calls were 12% lower on shaded streets.", "correlational"),
    ("Calls decreased by 12% over five summers.", "correlational"),
    ("An increased risk of falls was seen in winter.", "correlational"),
    ("Tenants of older buildings were more likely to report mould.", "correlational"),
    ("Income predicted how often families used the park.", "correlational"),
    ("No difference was found between the two districts.", "correlational"),
    ("Noise was an independent risk factor for poor sleep.", "correlational"),
    ("Bus use was higher in towns with night service than in towns without it.", "correlational"),
    ("Shade may be associated with fewer calls.", "correlational"),
    ("Shade may reduce heat stress.", "conditional"),
    ("Night buses could prevent crashes.", "conditional"),
    ("Planting appears to lower indoor temperatures.", "conditional"),
    ("Rent support probably contributes to stable schooling.", "conditional"),
    ("Could noisy streets cause poor sleep in older tenants?", "conditional"),
    ("The plan has the potential to reduce emissions.", "conditional"),
    ("Shade reduced heat stress.", "causal"),
    ("Paving leads to flooding.", "causal"),
    ("Speed limits cut crash deaths by a third.", "causal"),
    ("Daily walks improve memory", "causal"),
    ("Indoor temperatures were lowered by the trees.", "causal"),
    ("The vouchers did not reduce rents.", "causal"),
    ("Reading clubs play an important role in preventing loneliness.", "causal"),
    ("The new route had a strong effect on ridership.", "causal"),
    ("These findings suggest that shade improves sleep.", "causal"),
    ("The survey took place in June.", "none"),
    ("Further studies are needed to examine the effect of shade on sleep.", "none"),
    ("Cities should reduce paving.", "none"),
    ("The design cannot establish that shade reduces illness.", "none"),
    ("We examined the effect of shade on sleep.", "none"),
    ("It is unclear whether shade reduces illness.", "none"),
    ("Previous research has shown that noise raises stress.", "none"),
    ("More than 80 residents answered.", "none"),
    ("These results may improve our understanding of shade.", "none"),
]

FRENCH = [
    ("L’ombre était associée à moins d’appels.", "correlational"),
    ("La température y a diminué de 1,4 °C.", "correlational"),
    ("Le revenu était corrélé à l’espérance de vie.", "correlational"),
    ("Les élèves qui marchent à l’école avaient de meilleurs résultats que les autres.",
     "correlational"),
    ("Le taux d’asthme était plus élevé près des autoroutes.", "correlational"),
    ("Les aînés vivant seuls étaient plus susceptibles d’être hospitalisés.", "correlational"),
    ("Nous avons observé un lien entre le bruit et l’hypertension.", "correlational"),
    ("Le tabagisme est un facteur de risque de chute.", "correlational"),
    ("Le risque de blessure était moindre dans les quartiers à 30 km/h.", "correlational"),
    ("L’âge prédit la durée du séjour.", "correlational"),
    ("La participation variait selon le revenu.", "correlational"),
    ("Les deux groupes présentaient des résultats semblables.", "correlational"),
    ("Il existe une forte corrélation entre la densité et le transport collectif.",
     "correlational"),
    ("Les ménages à faible revenu déclaraient davantage de problèmes de moisissures.",
     "correlational"),
    ("Aucune différence n’a été observée entre les deux villes.", "correlational"),
    ("L’ombre a réduit le stress thermique.", "causal"),
    ("Le pavage entraîne des inondations.", "causal"),
    ("La mesure a amélioré la qualité de l’air.", "causal"),
    ("La chaleur est réduite par les arbres.", "causal"),
    ("Les nouvelles pistes cyclables ont entraîné une hausse des déplacements à vélo.", "causal"),
    ("Le programme a permis de diminuer les expulsions.", "causal"),
    ("L’isolation contribue à la baisse des factures.", "causal"),
    ("Les inondations sont dues à l’imperméabilisation des sols.", "causal"),
    ("Le couvert forestier a un effet direct sur la température.", "causal"),
    ("Les refuges de jour jouent un rôle important dans la prévention des surdoses.", "causal"),
    ("L’intervention était efficace pour prévenir les chutes.", "causal"),
    ("Les résultats montrent que la formation améliore la rétention.", "causal"),
    ("L’allocation n’a pas réduit le taux d’emploi.", "causal"),
    ("Le bruit nuit au sommeil.", "causal"),
    ("La fermeture de l’usine a provoqué une hausse du chômage.", "causal"),
    ("Les toits verts protègent les résidents contre la chaleur.", "causal"),
    ("Le péage a fait baisser la circulation.", "causal"),
    ("Le supplément de revenu offre un soulagement aux familles.", "causal"),
    ("L’ombre pourrait réduire le stress thermique.", "conditional"),
    ("La verdure peut réduire le stress.", "conditional"),
    ("L’exercice semble améliorer la mémoire.", "conditional"),
    ("Le télétravail réduirait les émissions.", "conditional"),
    ("La mesure a probablement diminué les accidents.", "conditional"),
    ("Ces logements pourraient contribuer à la stabilité des familles.", "conditional"),
    ("Le programme aurait un effet sur la santé mentale.", "conditional"),
    ("L’éclairage peut avoir un impact sur la sécurité.", "conditional"),
    ("L’enquête a eu lieu en juin.", "none"),
    ("D’autres études sont nécessaires pour déterminer l’effet de l’ombre.", "none"),
    ("Il faut réduire le pavage.", "none"),
    ("L’étude ne permet pas d’affirmer que l’ombre réduit les malaises.", "none"),
    ("Les villes doivent réduire la vitesse.", "none"),
    ("Cette étude visait à évaluer l’effet du péage sur la circulation.", "none"),
    ("Nous avons examiné si la densité influence la marche.", "none"),
    ("Il reste à déterminer si la mesure réduit les coûts.", "none"),
    ("L’échantillon comptait 412 ménages de trois villes.", "none"),
    ("Les entrevues ont été menées en 2021.", "none"),
    ("Nous recommandons d’augmenter le financement.", "none"),
    ("Des travaux sont requis pour comprendre l’influence du bruit.", "none"),
    ("La plupart des répondants connaissaient le programme.", "none"),
    ("Le projet a reçu du financement du ministère.", "none"),
    ("Le comité a rencontré des organismes communautaires.", "none"),
    ("On sait que le tabac cause le cancer.", "none"),
    ("Des études antérieures ont montré que le bruit augmente le stress.", "none"),
    ("Un arbre a été planté pour réduire la chaleur.", "none"),
]  # fmt: skip

CASES = [("en", *case) for case in ENGLISH] + [("fr", *case) for case in FRENCH]


@pytest.mark.parametrize(("language", "text", "level"), CASES)
def test_the_words_give_the_strength(language: Language, text: str, level: str) -> None:
    assert strength(text, language) == level


@pytest.mark.parametrize(
    ("language", "text", "rule", "words"),
    [
        ("en", "Shade may reduce heat stress.", "causal verb", ("may", "reduce")),
        ("en", "Heat was linked to more calls.", "association verb", ("linked",)),
        ("en", "Cities should reduce paving.", "recommended", ("should",)),
        ("fr", "La verdure peut réduire le stress.", "causal verb", ("peut", "réduire")),
        ("fr", "Il faut réduire le pavage.", "asked for", ("faut",)),
        ("en", "The survey took place in June.", "", ()),
    ],
)
def test_a_decision_names_its_rule_and_its_words(
    language: Language, text: str, rule: str, words: tuple[str, ...]
) -> None:
    judgement = judgements(text, language)[0]
    assert (judgement.rule, judgement.words) == (rule, words)


def test_a_negation_over_the_claim_is_named() -> None:
    assert judgements("The vouchers did not reduce rents.", "en")[0].denied == ("not",)
    assert judgements("L’allocation n’a pas réduit le chômage.", "fr")[0].denied == ("n’", "pas")


def test_asking_for_research_hides_no_stronger_verb() -> None:
    text = "Further research is needed to determine whether shade reduces illness."
    assert strength(text, "en") == "none"
    assert wording(text, "en") == "causal"
    assert strength("Shade reduces illness; further research is needed.", "en") == "causal"


_SUBJECTS = {
    "en": ["Shade", "The new bus route", "Rent support", "Daily exercise"],
    "fr": ["L’ombre", "Le nouveau trajet", "L’aide au loyer", "L’exercice quotidien"],
}
_CLAIMS = {
    "en": [
        ("reduces heat stress", "reduce heat stress"),
        ("improves sleep", "improve sleep"),
        ("leads to fewer calls", "lead to fewer calls"),
        ("is associated with better sleep", "be associated with better sleep"),
        ("has a strong effect on school marks", "have a strong effect on school marks"),
    ],
    "fr": [
        ("réduit le stress", "réduire le stress"),
        ("améliore le sommeil", "améliorer le sommeil"),
        ("entraîne une baisse des appels", "entraîner une baisse des appels"),
        ("est associée à un meilleur sommeil", "être associée à un meilleur sommeil"),
        ("a un effet sur les notes", "avoir un effet sur les notes"),
    ],
}
_HEDGES = {
    "en": ["may", "might", "could", "may possibly", "appears to", "seems to"],
    "fr": ["peut", "pourrait", "semble", "pourrait possiblement"],
}


@st.composite
def _pairs(draw: st.DrawFn) -> tuple[Language, str, str]:
    """A language, a claim, and the same claim with a hedge."""
    language: Language = draw(st.sampled_from(["en", "fr"]))
    subject = draw(st.sampled_from(_SUBJECTS[language]))
    finite, bare = draw(st.sampled_from(_CLAIMS[language]))
    hedge = draw(st.sampled_from(_HEDGES[language]))
    return language, f"{subject} {finite}.", f"{subject} {hedge} {bare}."


@settings(max_examples=60, deadline=None)
@given(_pairs())
def test_a_hedge_never_raises_a_claim(pair: tuple[Language, str, str]) -> None:
    language, plain, hedged = pair
    for measure in (strength, wording):
        assert STRENGTHS.index(measure(hedged, language)) <= STRENGTHS.index(
            measure(plain, language)
        )


@settings(max_examples=30, deadline=None)
@given(_pairs())
def test_the_words_are_never_weaker_than_the_claim(pair: tuple[Language, str, str]) -> None:
    language, *texts = pair
    for text in texts:
        assert STRENGTHS.index(wording(text, language)) >= STRENGTHS.index(strength(text, language))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.sampled_from(["en", "fr"]))
def test_any_text_is_judged(text: str, language: Language) -> None:
    assert strength(text, language) in STRENGTHS


def test_hedges_and_negations_are_named() -> None:
    assert hedges("It may reach about 40 mm.", "en") == ["may", "about"]
    assert negations("It did not, and cannot, reach it.", "en") == ["not", "cannot"]
    assert hedges("Cela pourrait atteindre environ 40 mm.", "fr") == ["pourrait", "environ"]
    assert negations("Cela n’a pas changé.", "fr") == ["n", "pas"]


def test_words_of_the_lexicon_stand_in_one_class_of_claim_only() -> None:
    for language in ("en", "fr"):
        lists = entries("strength", language)
        both = set(lists["cause"]["verbs"]) & set(lists["association"]["verbs"])
        assert not both, (language, both)


@pytest.mark.shared_data
@pytest.mark.parametrize(("name", "floor"), [("pubmed", 0.75), ("press", 0.72)])
def test_strength_agrees_with_annotators(
    shared_data: Path, tmp_path: Path, name: str, floor: float
) -> None:
    import lzma

    path = shared_data / "claim_strength" / f"{name}_dev.jsonl.xz"
    lines = lzma.decompress(path.read_bytes()).decode("utf-8").splitlines()
    part = tmp_path / "part.jsonl"
    part.write_text("\n".join(lines[1::6]), encoding="utf-8")
    assert evaluate("strength", part)["macro_f1"] >= floor - 0.06  # a sixth of the lines


def test_a_label_outside_the_levels_is_told(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text('{"sentence": "Shade reduces stress.", "label": 7}\n', encoding="utf-8")
    with pytest.raises(Exception, match="none of 0 to 3"):
        evaluate("strength", path)
