"""A number may be told rounded, as a fraction or as a difference, where that is right."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pairs import beside, reasons

from corpus.document import Language
from pipelines.verification.figures import same_numbers

CASES = [
    # language, evidence, text, whether the number follows
    ("en", "Of the wells, 12% were dry.", "About one in eight wells was dry.", True),
    ("en", "Of the wells, 12% were dry.", "One in eight wells was dry.", False),  # not exactly
    ("en", "Of the wells, 25% were dry.", "A quarter of the wells were dry.", True),
    ("en", "Of the wells, 12% were dry.", "About a quarter of the wells were dry.", False),
    ("en", "29 of 240 wells were dry.", "About 12% of the wells were dry.", True),
    ("en", "The app had 48,730 users.", "Nearly 49,000 people used the app.", True),
    ("en", "The app had 48,730 users.", "More than 48,000 people used the app.", True),
    ("en", "The app had 48,730 users.", "More than 49,000 people used the app.", False),
    # differences
    ("en", "Canopy went from 22% to 31%.", "Canopy grew by 9 percentage points.", True),
    ("en", "Canopy went from 22% to 31%.", "Canopy grew by 9%.", False),
    ("en", "Counts fell from 1,840 to 1,012 cars.", "There were 828 fewer cars.", True),
    ("en", "Counts fell from 1,840 to 1,012 cars.", "There were 838 fewer cars.", False),
    ("en", "Rents rose from 2015 to 2023.", "Rents rose in eight years.", True),
    # times
    ("en", "Visits were 1.4 times as high.", "Visits were 40% higher.", True),
    ("en", "Visits went from 305 to 610.", "Visits doubled.", True),
    ("en", "It took a decade.", "It took ten years.", True),
    ("fr", "Parmi les puits, 14 % étaient à sec.", "Environ un puits sur sept était à sec.", True),
    ("fr", "Parmi les puits, 14 % étaient à sec.", "Environ un puits sur trois était à sec.", False),
    ("fr", "Les visites sont passées de 305 à 610.", "Les visites ont doublé.", True),
    ("fr", "Le taux est passé de 26 % à 34 %.", "Le taux a monté de 8 points de pourcentage.", True),
    # other units, halves, counts of a share, what lacks
    ("fr", "Le traitement a duré trois semaines.", "Le traitement a duré 21 jours.", True),
    ("fr", "Le traitement a duré trois semaines.", "Le traitement a duré 22 jours.", False),
    ("en", "The pipe runs for 1.5 km.", "The pipe runs for 1,500 m.", True),
    ("en", "The loan ran for 18 months.", "The loan ran for 540 days.", False),  # months vary
    ("en", "The cost was recovered in 6.5 years.", "The cost was recovered in six and a half years.", True),
    ("fr", "La panne a duré 36 heures.", "La panne a duré un jour et demi.", True),
    ("en", "Of the 1,480 households, 70% had work.", "Of the 1,480 households, 1,036 had work.", True),
    ("en", "Of the 1,480 households, 70% had work.", "Of the 1,480 households, 1,136 had work.", False),
    ("en", "Bus use was back to 88% of its level.", "Bus use was 12% below its level.", True),
    ("en", "Bus use was back to 88% of its level.", "Bus use was 12% above its level.", False),
    ("en", "Checks took 2.3 hours a week.", "Checks took just over 2 hours a week.", True),
    ("en", "Checks took 2.3 hours a week.", "Checks took just over 3 hours a week.", False),
    # what one number leaves, where only one side denies
    ("en", "Of the 96 systems, 41 were tested.", "Of the 96 systems, 55 were not tested.", True),
    ("en", "Of the 96 systems, 41 were tested.", "Of the 96 systems, 55 were tested.", False),
    ("en", "We saw no owls at 41 of the 60 sites.", "Owls were seen at 19 of the 60 sites.", True),
    # what the second of two numbers counts is told with the first
    ("fr", "Les membres ont pris 4,6 mesures, contre 2,9 pour les autres.", "Les autres ont pris 2,9 mesures.", True),
    ("fr", "Ils sortaient entre minuit et quatre heures.", "Ils sortaient de minuit à 4 h.", True),
    ("en", "They had a 2.1-point lower score.", "Their score was 2.1 points lower.", True),
    # a part of a part, and of the rest
    ("en", "Half of the wells were tested, and a quarter of them were dry.", "One well in eight was tested and dry.", True),
    ("en", "Half of the wells were tested, and a quarter of them were dry.", "One well in six was tested and dry.", False),
    ("fr", "La moitié des puits ont été testés; le cinquième d’entre eux étaient à sec.", "Un puits sur dix était à sec.", True),
    # shares that a word tells, of a hundred, with words between
    ("en", "The median stay was 12 days.", "Half of the stays took no more than 12 days.", True),
    ("en", "Every second well was dry.", "50% of the wells were dry.", True),
    ("en", "Of every 100 wells tested, 34 were dry.", "Some 34% of the wells were dry.", True),
    ("en", "Sales fell by a fifth.", "Sales fell by 20%.", True),
    ("fr", "Elles tenaient 70 % des emplois de bureau.", "Elles tenaient sept emplois de bureau sur dix.", True),
    ("fr", "Elles tenaient 70 % des emplois de bureau.", "Elles tenaient huit emplois de bureau sur dix.", False),
    ("fr", "Sur 100 000 puits, 38 étaient à sec.", "Les puits étaient à sec à 38 %.", False),
    ("fr", "Le taux est passé de 18 % à 12 %.", "Le taux a baissé du tiers.", True),
    # as much again, from the other side
    ("fr", "Les locataires y mettent 34 %, le double des propriétaires.", "Les propriétaires y mettent 17 %.", True),
    ("fr", "Les lampes ont coûté 40 $, dont la moitié en transport.", "Le transport a coûté 20 $.", True),
    # between two dates
    ("en", "It was due in March and held in September.", "It was held six months late.", True),
    ("en", "It was due in March and held in September.", "It was held seven months late.", False),
    ("en", "The ice left on 22 March, once on 4 April.", "The ice left 13 days earlier.", True),
    ("fr", "Presque tous sont venus les deux premiers jours.", "Presque tous sont venus dans les 48 premières heures.", True),
    ("en", "It took 9 days instead of 14.", "It took five days less.", True),
]  # fmt: skip


@pytest.mark.parametrize(("language", "evidence", "text", "follows"), CASES)
def test_a_number_follows_from_those_of_the_evidence(
    language: Language, evidence: str, text: str, follows: bool
) -> None:
    assert (reasons(same_numbers, beside(text, evidence, language=language)) == []) is follows


@given(st.integers(100, 900), st.integers(100, 900))
@settings(max_examples=30, deadline=None)
def test_a_difference_is_told_only_where_it_is_right(one: int, two: int) -> None:
    assume(one != two)
    low, high = sorted((one, two))
    evidence = f"Counts fell from {high} to {low} cars."
    right = reasons(same_numbers, beside(f"There were {high - low} fewer cars.", evidence))
    wrong = reasons(same_numbers, beside(f"There were {high - low + 7} fewer cars.", evidence))
    assert right == []
    assert wrong or high - low + 7 in (low, high)
