"""What was seen, said, planned or advised is told as that, and as nothing surer."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from pairs import beside, reasons

from corpus.document import Language
from pipelines.verification.modality import modality

NO_HARM = "There was no evidence of more bleeding in the treated group, but the interval was wide."
AUCUN = "Aucune preuve d’un risque accru n’a été trouvée dans le groupe traité."
SAID = "Residents said that the buses were late on most mornings."
PLANNED = "The council plans to install 40 benches by 2030."
CITED = "Okafor et al. (2018) reported that gardens lowered rents; our survey found no change."

CASES = [
    # language, evidence, text, how each reason begins
    # what wasn't seen
    ("en", NO_HARM, "No evidence of more bleeding was found in the treated group.", []),
    ("en", NO_HARM, "There was no more bleeding in the treated group.", ["says with “no” that it isn’t so"]),
    ("en", NO_HARM, "The treatment is safe, with no evidence of bleeding.", ["calls it “safe”"]),
    ("en", "Rents did not rise.", "There was no rise in rents.", []),
    ("fr", AUCUN, "On n’a trouvé aucune preuve d’un risque accru dans le groupe traité.", []),
    ("fr", AUCUN, "Il n’y a pas de risque accru dans le groupe traité.", ["nie"]),
    # what is asked
    ("en", "Can the town confirm, given the snow, that the buses will run?", "Can the town confirm, given the snow.", ["tells as said"]),
    ("en", "Can the town confirm that the buses will run?", "Can the town confirm that the buses will run?", []),
    ("en", "Can the town confirm that the buses will run?", "The town was asked whether the buses will run.", []),
    ("fr", "Qui paiera les bancs de la gare?", "La ville paiera les bancs de la gare.", ["affirme ce que"]),
    # significance
    ("en", "Yields were higher, but not significantly (p = 0.2).", "Yields were significantly higher.", ["says “significantly”"]),
    ("en", "Yields were higher (p < 0.01).", "Yields were significantly higher.", []),
    ("en", "Yields did not differ significantly.", "No significant difference in yields was found.", []),
    # what others say
    ("en", SAID, "According to residents, the buses were late on most mornings.", []),
    ("en", SAID, "The buses were late on most mornings.", ["tells as so"]),
    ("en", CITED, "A 2018 study found that gardens lowered rents.", []),
    ("en", CITED, "The researchers found that gardens lowered rents.", ["tells as so"]),
    ("en", "The mayor argued that the gardens lowered rents.", "The gardens lowered rents.", ["tells as so"]),
    ("en", "The mayor argued that the gardens lowered rents.", "In the mayor’s view the gardens lowered rents.", []),
    ("en", "The authors believe that the gardens lowered rents.", "The gardens may have lowered rents.", []),
    ("fr", "Les pêcheuses affirment que les phoques déchirent les filets.", "Les phoques déchirent les filets.", ["présente comme un fait"]),
    # what is to come
    ("en", PLANNED, "By 2030 the council is to install 40 benches.", []),
    ("en", PLANNED, "The council has installed 40 benches.", ["tells as done"]),
    ("en", "Rents fell in the towns.", "Rents will fall in the towns.", ["tells with “will”"]),
    ("fr", "La ville prévoit planter 40 arbres.", "La ville a planté 40 arbres.", ["présente comme fait"]),
    # advice, certainty, limits
    ("en", "Councils could pair charges with rebates.", "Councils should pair charges with rebates.", ["says “should”"]),
    ("en", "The authors recommend rebates.", "Councils should give rebates.", []),
    ("en", "The results suggest that shade helps.", "The results clearly suggest that shade helps.", ["says “clearly”"]),
    ("en", "Slope and rain were associated with floods.", "Only slope was associated with floods.", ["says “only”"]),
    ("fr", "Le conseil pourrait élargir le projet.", "Le conseil devrait élargir le projet.", ["dit «\u00a0devrait"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "evidence", "text", "begins"), CASES)
def test_what_is_so_is_told_in_the_manner_of_its_evidence(
    language: Language, evidence: str, text: str, begins: list[str]
) -> None:
    from pipelines.language.reasons import told

    found = [
        told(why, language) for why in reasons(modality, beside(text, evidence, language=language))
    ]
    assert len(found) == len(begins)
    assert all(why.startswith(start) for why, start in zip(found, begins, strict=True))
