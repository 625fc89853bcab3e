"""Splitting: both halves stand alone, and nothing that holds for both is lost."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rewording import added, each, lost, sentences

from corpus.document import Language
from models.parsing import parse
from pipelines.rewrite.changes import apply
from pipelines.rewrite.split import (
    split_colon,
    split_connector,
    split_coordination,
    split_semicolon,
    split_subordinate,
    split_that,
)
from pipelines.rewrite.steps import Context

SPLITS = (
    split_semicolon,
    split_connector,
    split_colon,
    split_coordination,
    split_that,
    split_subordinate,
)

AT_A_SEMICOLON: list[tuple[Language, str, str]] = [
    ("en", "The fees rose in 2019; the number of riders stayed the same.",
           "The fees rose in 2019. The number of riders stayed the same."),
    ("en", "The fees rose again; the riders stayed home.",
           "The fees rose again. The riders stayed home."),
    ("en", "The fees rose in 2019; the number of riders (the whole town) stayed the same.",
           "The fees rose in 2019. The number of riders (the whole town) stayed the same."),
    ("en", "The fees rose in 2019; however, the number of riders stayed the same.",
           "The fees rose in 2019. But the number of riders stayed the same."),
    ("en", "The fees rose in 2019; but the number of riders stayed the same.",
           "The fees rose in 2019. But the number of riders stayed the same."),
    ("en", "The fees rose in 2019; and the number of riders stayed the same.",
           "The fees rose in 2019. The number of riders stayed the same."),
    ("en", "The fees rose in 2019; so the number of riders fell.",
           "The fees rose in 2019. So the number of riders fell."),
    ("fr", "Les arbres abaissent la chaleur en été ; les bancs offrent un lieu de repos aux aînés.",
           "Les arbres abaissent la chaleur en été. Les bancs offrent un lieu de repos aux aînés."),
]  # fmt: skip
AT_A_CONNECTOR: list[tuple[Language, str, str]] = [
    ("en", "The fees rose in 2019, however, the number of riders stayed the same.",
           "The fees rose in 2019. But the number of riders stayed the same."),
    ("en", "The fees rose in 2019, thus, the number of riders fell.",
           "The fees rose in 2019. So the number of riders fell."),
    ("fr", "Les arbres abaissent la chaleur, toutefois, les bancs restent vides en été.",
           "Les arbres abaissent la chaleur. Mais les bancs restent vides en été."),
]  # fmt: skip
KEPT_AT_A_CONNECTOR: list[tuple[Language, str]] = [
    # inside one clause, or a half that is no sentence
    ("en", "The fees of the town, however, rose again in 2019."),
    ("en", "Unlike the other towns, however, we raised the fees in 2019."),
    ("en", "The fees rose in 2019, however, by only a small amount."),
    # a condition that may hold for both
    ("en", "If the fees rise in 2019, however, the number of riders falls."),
]
KEPT_AT_A_SEMICOLON: list[tuple[Language, str]] = [
    # a half of three words
    ("en", "The fees rose; the number of riders stayed the same."),
    ("en", "The fees rose in 2019; the riders stayed."),
    # several semicolons: a list
    ("en", "The fees rose in 2019; the number of riders fell; the buses ran empty."),
    # inside brackets, or one bracket across the halves
    ("en", "The fees (they rose in 2019; the riders stayed at home) were lowered again."),
    ("en", "The town raised the fees [in 2019; the riders stayed at home] once more."),
    # one half is no sentence
    ("en", "The fees rose in 2019; the riders at the north end of the town."),
    ("en", "A higher fee in 2019; the number of riders stayed the same."),
    ("en", "The fees rose in 2019; because the number of riders had fallen."),
    ("en", "The fees rose in the town; which the riders had feared."),
    # a condition or a list's colon holds for both
    ("en", "If the fees rise again, the riders stay home; the buses run empty."),
    ("en", "The town found two things: the fees rose; the number of riders fell."),
    # a joint that no second sentence begins with, or that doesn't stand beside its subject
    ("en", "The fees rose in 2019; or the number of riders fell."),
    ("en", "The fees rose in 2019; but in May the number of riders fell."),
    ("fr", "Si les frais montent encore, les gens restent chez eux ; les autobus sont vides."),
]
AT_A_COLON: list[tuple[Language, str, str]] = [
    ("en", "The results are clear: the trees lowered the heat in summer.",
           "The results are clear. The trees lowered the heat in summer."),
    ("en", "The town is happy: it planted two trees.",
           "The town is happy. It planted two trees."),
    ("en", "However, the results are clear: the trees lowered the heat in summer.",
           "However, the results are clear. The trees lowered the heat in summer."),
    ("en", "A limit of the study is the lack of national data: this kept us from looking at a wider population.",
           "A limit of the study is the lack of national data. This kept us from looking at a wider population."),
    ("fr", "Les résultats sont clairs : les arbres réduisent la chaleur dans les rues.",
           "Les résultats sont clairs. Les arbres réduisent la chaleur dans les rues."),
]  # fmt: skip
KEPT_AT_A_COLON: list[tuple[Language, str]] = [
    ("en", "It is clear: the trees lowered the heat in summer."),
    ("en", "The town is happy: it planted trees."),
    # what opens the sentence may hold for both halves
    ("en", "In this town the results are clear: the trees lowered the heat in summer."),
    # the second half doesn't begin with its subject
    ("en", "The results are clear: in summer, the trees lowered the heat in the streets."),
    ("en", "The town has one rule: if a tree falls, the town plants another one."),
    ("en", "The town has two aims: plant more trees and lower the heat."),
    ("en", "The results are clear: (the trees lowered the heat in summer)."),
    ("en", "The results are clear: “the trees lowered the heat in summer”."),
    # a title
    ("en", "The results for the town: the trees lowered the heat in summer."),
    # what somebody said, asked or thought
    ("en", "The mayor of the town said: the trees lowered the heat in summer."),
    ("en", "The question of the day was this: the trees lowered the heat too little."),
    ("en", "One tenant said: the street floods in spring, and the council does nothing."),
    ("fr", "Le maire a dit ceci : les arbres rafraîchissent les rues en été."),
    # more than one mark, or a mark in brackets
    ("en", "The results are clear: the trees lowered the heat; the lawns did not."),
    ("en", "The results are clear: the trees lowered the heat: the lawns did not."),
    ("en", "The town (its results are clear: the trees lowered the heat) plants more."),
]
AT_THAT: list[tuple[Language, str, str]] = [
    ("en", "The town learned that trees help, and that the lawns dry out.",
           "The town learned that trees help. The town learned that the lawns dry out."),
    ("en", "The town has learned that trees help, and that lawns dry out in summer.",
           "The town has learned that trees help. The town has learned that lawns dry out in summer."),
    ("en", "We think that trees help the town, and that they cost less than lawns.",
           "We think that trees help the town. We think that they cost less than lawns."),
    ("en", "I think that trees help the town, and that lawns dry out in summer.",
           "I think that trees help the town. I think that lawns dry out in summer."),
    ("en", "They told us that trees help, and that lawns dry out in summer.",
           "They told us that trees help. They told us that lawns dry out in summer."),
    ("en", "They may have learned that trees help, and that lawns dry out in summer.",
           "They may have learned that trees help. They may have learned that lawns dry out in summer."),
    ("en", "The researchers recommend that councils plant trees, and that budgets for watering be approved each year.",
           "The researchers recommend that councils plant trees. The researchers recommend that budgets for watering be approved each year."),
    ("fr", "Nous pensons que les arbres aident la ville et que les pelouses sèchent en été.",
           "Nous pensons que les arbres aident la ville. Nous pensons que les pelouses sèchent en été."),
]  # fmt: skip
KEPT_AT_THAT: list[tuple[Language, str]] = [
    # a half of three words
    ("en", "The town learned that trees help, and that lawns help."),
    # more than a few words before the first "that"
    ("en", "The town has now also learned that trees help, and that lawns dry out in summer."),
    ("en", "They learned two years ago that trees help, and that lawns dry out in summer."),
    (
        "en",
        "The mayor told the town council of Estmere that trees help, and that lawns dry out in summer.",
    ),
    # a negation, an opening or a pair of words holds for both
    ("en", "The town did not learn that trees help, and that lawns dry out in summer."),
    ("en", "In May the town learned that trees help, and that lawns dry out in summer."),
    ("en", "However, the town learned that trees help, and that lawns dry out in summer."),
    ("en", "The town learned that both trees help, and that lawns dry out in summer."),
    # a subject that can't be said again
    ("en", "Each town learned that trees help, and that lawns dry out in summer."),
    ("en", "Town staff learned that trees help, and that lawns dry out in summer."),
    ("en", "The mayor, who is old, learned that trees help, and that lawns dry out in summer."),
    # another joint, another "that", none before
    ("en", "The town learned that trees help, or that lawns dry out in summer."),
    ("en", "The town learned that trees help, and that is good for lawns in summer."),
    ("en", "The city learned that trees help, and that is why they planted more."),
    ("en", "We learned why trees help the town, and that lawns dry out in summer."),
    ("en", "Learning that trees help, and that lawns dry out in summer, takes time."),
    ("en", "The city that learned that trees help, and that planted them, is cool."),
]
AT_A_JOINT: list[tuple[Language, str, str]] = [
    ("en", "The trees lowered the heat in summer, and the lawns held the rain in spring.",
           "The trees lowered the heat in summer. The lawns held the rain in spring."),
    ("en", "The trees lowered the heat in summer, but the lawns held the rain in spring.",
           "The trees lowered the heat in summer. But the lawns held the rain in spring."),
    ("en", "The trees lowered the heat in summer, so the lawns held the rain in spring.",
           "The trees lowered the heat in summer. So the lawns held the rain in spring."),
    ("en", "The trees lowered heat, and the lawns held the rain.",
           "The trees lowered heat. The lawns held the rain."),
    ("en", "However, the trees lowered the heat, and the lawns held the rain in spring.",
           "However, the trees lowered the heat. The lawns held the rain in spring."),
    ("en", "The trees lowered the heat and cleaned the air, and the birds came to the town.",
           "The trees lowered the heat and cleaned the air. The birds came to the town."),
    ("en", "The council fed the birds, the bees and the trees, and it watered them in May.",
           "The council fed the birds, the bees and the trees. It watered them in May."),
    ("fr", "Le programme a réduit les coûts dans 30 villes, et les résidents ont fréquenté les parcs plus souvent.",
           "Le programme a réduit les coûts dans 30 villes. Les résidents ont fréquenté les parcs plus souvent."),
    ("fr", "Les arbres ont abaissé la chaleur en été, mais ils n’ont pas changé le bruit.",
           "Les arbres ont abaissé la chaleur en été. Mais ils n’ont pas changé le bruit."),
]  # fmt: skip
KEPT_AT_A_JOINT: list[tuple[Language, str]] = [
    # what is said between "have" and what is had
    (
        "fr",
        "Nous réservons les bancs aux enfants, parce que nous avons, "
        "et c'est le choix que vous laissez, un parc avec dix bancs.",
    ),
    # no comma, a half of three words, or no subject beside the joint
    ("en", "The trees lowered the heat in summer and the lawns held the rain in spring."),
    ("en", "The trees lowered the heat, and lawns held rain."),
    ("en", "The trees lowered the heat in summer, and in spring the lawns held the rain."),
    # another joint
    ("en", "The trees lowered the heat in summer, or the lawns held the rain in spring."),
    # what stands at the beginning or at the end may hold for both
    ("en", "In summer, the trees lowered the heat, and the lawns held the rain in spring."),
    ("en", "In older men, the drug lowered blood pressure and the diet lowered weight."),
    ("en", "The trees lowered the heat in summer, and the lawns held the rain if it was warm."),
    ("fr", "Chez les hommes âgés, le médicament a abaissé la tension et le régime le poids."),
    ("fr", "Si la ville plante des arbres, la chaleur baisse, et les aînés sortent plus."),
    # words that tie the halves
    ("en", "Both the trees lowered the heat in summer, and the lawns held the rain in spring."),
    ("en", "The costs rose by 12% and the visits fell by 8%, respectively, in the two towns."),
    # what is said or found
    ("en", "The town said that the trees lowered the heat, and that the lawns held the rain."),
    ("en", "The town said the trees lowered the heat, and the lawns held the rain in spring."),
    ("en", "We think that the fees fell, and the number of riders stayed the same."),
    # a bracket, a denial that takes up the first half, a list of three
    ("en", "The trees (they lowered the heat in summer, and the lawns held the rain) are old."),
    ("en", "The trees lowered the heat in summer, and no lawn held the rain in spring."),
    ("en", "The trees lowered the heat, cleaned the air, and the lawns held the rain in spring."),
]
A_SUBJECT_SAID_AGAIN: list[tuple[Language, str, str]] = [
    ("en", "The trees lowered the heat in summer and cleaned the air in the streets.",
           "The trees lowered the heat in summer. The trees cleaned the air in the streets."),
    ("en", "The trees lowered the heat in summer, and cleaned the air in the streets.",
           "The trees lowered the heat in summer. The trees cleaned the air in the streets."),
    ("en", "The trees lowered the heat in summer but did not change the noise on the street.",
           "The trees lowered the heat in summer. But the trees did not change the noise on the street."),
    ("en", "The trees lowered the heat in summer and greatly cleaned the air in the streets.",
           "The trees lowered the heat in summer. The trees greatly cleaned the air in the streets."),
    ("en", "The trees lowered the heat and cleaned the air, but fed no birds of the town.",
           "The trees lowered the heat and cleaned the air. But the trees fed no birds of the town."),
    # the auxiliary is said again with it, where both predicates share it
    ("en", "The trees will lower the heat in summer and clean the air in the streets.",
           "The trees will lower the heat in summer. The trees will clean the air in the streets."),
    ("en", "The trees were planted along the river and watered by the children.",
           "The trees were planted along the river. The trees were watered by the children."),
    ("en", "The buses are serving the north of the town and reaching the park of it.",
           "The buses are serving the north of the town. The buses are reaching the park of it."),
    ("en", "The trees have lowered the heat in the town and have cleaned the air in the streets.",
           "The trees have lowered the heat in the town. The trees have cleaned the air in the streets."),
    ("en", "The council is old for its town and was helped by the bees.",
           "The council is old for its town. The council was helped by the bees."),
    # a pronoun where the noun phrase is long or says "a"
    ("en", "A tree lowered the heat in summer and cleaned the air in the streets.",
           "A tree lowered the heat in summer. It cleaned the air in the streets."),
    ("en", "Trees lowered the heat in summer and cleaned the air in the streets.",
           "Trees lowered the heat in summer. They cleaned the air in the streets."),
    ("en", "The trees and the lawns fed the birds of the town but helped no bees of it.",
           "The trees and the lawns fed the birds of the town. But they helped no bees of it."),
    ("en", "The trees on the north side of the river lowered the heat but cleaned the air too little.",
           "The trees on the north side of the river lowered the heat. But they cleaned the air too little."),
    ("en", "A bus serves the north of the town and reaches the park of it.",
           "A bus serves the north of the town. It reaches the park of it."),
    ("en", "A line of buses was built in the north and was served by two drivers.",
           "A line of buses was built in the north. It was served by two drivers."),
    # no capital behind "But", unless it is a name's
    ("en", "The council fed the birds of the town but helped no bees of it.",
           "The council fed the birds of the town. But the council helped no bees of it."),
    ("en", "Estmere fed the birds of the town but helped no bees of it.",
           "Estmere fed the birds of the town. But Estmere helped no bees of it."),
    ("en", "Estmere’s council fed the birds of the town but helped no bees of it.",
           "Estmere’s council fed the birds of the town. But Estmere’s council helped no bees of it."),
    ("en", "I planted trees along the river in spring but watered them too little in summer.",
           "I planted trees along the river in spring. But I watered them too little in summer."),
    # "also" and "then" don't hold for what follows
    ("en", "The trees also lowered the heat in summer and cleaned the air in the streets.",
           "The trees also lowered the heat in summer. The trees cleaned the air in the streets."),
    ("en", "The council then fed the birds of the town but helped no bees of it.",
           "The council then fed the birds of the town. But the council helped no bees of it."),
    # each half says its own when
    ("en", "The trees lowered the heat by two degrees and cleaned the air during the summer.",
           "The trees lowered the heat by two degrees. The trees cleaned the air during the summer."),
    ("fr", "La nouvelle clinique a raccourci les délais et a réduit le coût de chaque visite.",
           "La nouvelle clinique a raccourci les délais. La nouvelle clinique a réduit le coût de chaque visite."),
    ("fr", "Les arbres ont abaissé la chaleur en été et nettoyé l’air des rues.",
           "Les arbres ont abaissé la chaleur en été. Les arbres ont nettoyé l’air des rues."),
    ("fr", "Le nouveau centre du nord de la ville a raccourci les délais et a réduit le coût de chaque visite.",
           "Le nouveau centre du nord de la ville a raccourci les délais. Il a réduit le coût de chaque visite."),
    ("fr", "Une clinique a raccourci les délais et a réduit le coût de chaque visite.",
           "Une clinique a raccourci les délais. Elle a réduit le coût de chaque visite."),
    ("fr", "La ville et la province ont ouvert une clinique en 2015 mais ont fermé une école.",
           "La ville et la province ont ouvert une clinique en 2015. Mais elles ont fermé une école."),
    ("fr", "Nous avons planté des arbres au bord de l’eau et avons arrosé les pelouses.",
           "Nous avons planté des arbres au bord de l’eau. Nous avons arrosé les pelouses."),
    ("fr", "La clinique a été ouverte en 2015 et fermée par la ville dix ans plus tard.",
           "La clinique a été ouverte en 2015. La clinique a été fermée par la ville dix ans plus tard."),
]  # fmt: skip
A_SUBJECT_NOT_SAID_AGAIN: list[tuple[Language, str]] = [
    # "cleaned the air" is three words
    ("en", "The trees lowered the heat of the town and cleaned the air."),
    # a negation holds for both
    ("en", "The trees did not lower the heat in summer and cleaned the air in the streets."),
    ("en", "The drug did not lower blood pressure or change weight in the first year."),
    ("en", "The council did not close the pool and did not reduce the hours of the library."),
    ("en", "No tree lowered the heat in summer and cleaned the air in the streets."),
    ("fr", "Les arbres n’ont pas abaissé la chaleur en été et ont nettoyé l’air des rues."),
    ("fr", "Le conseil n’a pas fermé la piscine et n’a pas réduit les heures d’ouverture."),
    # so may an adverb, an opening, a time or a condition at the end
    ("en", "The trees often lowered the heat in summer and cleaned the air in the streets."),
    ("en", "The council always fed the birds of the town but helped no bees of it."),
    ("en", "The trees lowered the heat of the town and cleaned the air when it rained."),
    ("en", "The trees lowered the heat and cleaned the air during the summer."),
    ("en", "The council fed the birds of the town and helped the bees among the trees."),
    ("en", "The bus serves the north of the town and reaches the park at noon."),
    ("fr", "La clinique a souvent raccourci les délais et a réduit le coût de chaque visite."),
    # nobody can be called so again
    ("en", "Each clinic opened a new ward and hired two nurses."),
    ("en", "One tree fed the birds of the town but helped no bees of it."),
    ("en", "A patient planted trees along the river and watered them in the summer."),
    ("en", "This feeds the birds of the town but helps no bees of the park."),
    ("fr", "Chaque clinique a ouvert une salle et a engagé deux infirmières."),
    # "It" with "were", "They" with "was"
    ("en", "A line of buses was built in the north and were served by two drivers."),
    ("en", "Buses of one line were built in the north and was served by two drivers."),
    # what shares less, or more, than its subject
    ("en", "The trees have grown in the town and become tall in a few years."),
    ("en", "The town wanted to lower the heat in summer and to clean the air."),
    ("en", "The town found that trees lowered the heat in summer and cleaned the air."),
    ("en", "The bus has served the north of the town and reaches the park of it."),
    # what takes up the first half
    ("en", "The trees lowered the heat in summer and then cleaned the air in the streets."),
    ("en", "The trees lowered the heat in summer and even cleaned the air in the streets."),
    ("en", "The council fed the birds of the town and so helped the bees of it."),
    ("en", "The council fed the birds of the town and not the bees of it."),
    ("fr", "La clinique a raccourci les délais, et ainsi a réduit le coût de chaque visite."),
    # a list of three, and commas that may make one
    ("en", "The trees lowered the heat, cleaned the air and fed the birds of the town."),
    ("en", "The council fed the birds, helped the bees, and watered the trees in May."),
    ("en", "The council fed the birds, the bees and the trees, and watered them in May."),
    ("en", "The council fed the birds of the town and, in May, helped the bees."),
    # a clause that limits who did it
    ("en", "Tenants who had moved twice reported more stress than other tenants."),
    ("fr", "Les locataires qui ont déménagé deux fois ont signalé plus de stress."),
]
AT_A_CONTRAST: list[tuple[Language, str, str]] = [
    ("en", "The fees rose in 2019, whereas the number of riders stayed the same.",
           "The fees rose in 2019. But the number of riders stayed the same."),
    ("en", "The fees rose in 2019, while the number of riders stayed the same.",
           "The fees rose in 2019. But the number of riders stayed the same."),
    ("en", "The fees rose in 2019, although the number of riders stayed the same.",
           "The fees rose in 2019. But the number of riders stayed the same."),
    ("en", "The fees rose in 2019, though the number of riders stayed the same.",
           "The fees rose in 2019. But the number of riders stayed the same."),
    ("en", "The fees rose again, whereas the riders stayed.",
           "The fees rose again. But the riders stayed."),
    ("en", "Although the fees rose in 2019, the number of riders stayed the same.",
           "The fees rose in 2019. But the number of riders stayed the same."),
    ("en", "Though the fees rose in 2019, the number of riders stayed the same.",
           "The fees rose in 2019. But the number of riders stayed the same."),
    ("en", "Even though the fees rose in 2019, the number of riders stayed the same.",
           "The fees rose in 2019. But the number of riders stayed the same."),
    ("fr", "La rive nord a perdu de nombreux emplois, alors que la rive sud en a gagné.",
           "La rive nord a perdu de nombreux emplois. Mais la rive sud en a gagné."),
    ("fr", "La rive nord a perdu des emplois, tandis que la rive sud en a gagné.",
           "La rive nord a perdu des emplois. Mais la rive sud en a gagné."),
]  # fmt: skip
KEPT_AT_A_CONTRAST: list[tuple[Language, str]] = [
    # no comma, or a half of three words
    ("en", "The fees rose in 2019 whereas the number of riders stayed the same."),
    ("en", "The fees rose again, whereas riders stayed."),
    ("en", "The fees rose, whereas the number of riders stayed the same."),
    ("fr", "La rive nord a perdu des emplois alors que la rive sud en a gagné."),
    ("fr", "La rive nord a perdu des emplois, alors la rive sud en a gagné."),
    # an opening, a condition, a pair of words
    ("en", "In the north, the fees rose in 2019, whereas the number of riders stayed the same."),
    ("en", "The fees rose in 2019, whereas the number of riders fell when it rained."),
    ("en", "Although the fees rose when it rained, the number of riders stayed the same."),
    ("en", "The fees both rose in 2019, whereas the number of riders stayed the same."),
    ("fr", "Dans le nord, la ville a perdu des emplois, alors que la rive sud en a gagné."),
    ("fr", "La rive nord a perdu des emplois, alors que la rive sud en gagne si tout va bien."),
    # the second half doesn't begin with its subject, or has none
    ("en", "The fees rose in 2019, whereas in May the number of riders stayed the same."),
    ("en", "The fees rose in 2019, whereas staying home was cheap for the riders."),
    ("en", "The fees rose in 2019, while keeping the number of riders the same."),
    ("en", "Although the fees rose in 2019, in the north the number of riders fell."),
    ("en", "Although higher in 2019, the fees of the town were paid by the riders."),
    ("fr", "La rive nord a perdu des emplois, alors que dans le sud la ville en a gagné."),
    # other places
    ("en", "Whereas the fees rose in 2019, the number of riders stayed the same."),
    ("en", "The fees (they rose in 2019, whereas the number of riders stayed the same) are high."),
    ("en", "Although the fees rose in 2019 the number of riders stayed the same."),
    ("en", "Although the fees rose in 2019, the number of riders stayed the same!"),
    ("en", "Although for riders the fees rose in 2019, the number of riders stayed the same."),
    ("en", "Even if the fees rose in 2019, the number of riders stayed the same."),
]


@pytest.mark.parametrize(("language", "text", "wanted"), AT_A_SEMICOLON)
def test_a_semicolon_ends_a_sentence(language: Language, text: str, wanted: str) -> None:
    assert each(text, language, split_semicolon) == [wanted]


@pytest.mark.parametrize(("language", "text"), KEPT_AT_A_SEMICOLON)
def test_a_semicolon_stays_where_a_half_cannot_stand(language: Language, text: str) -> None:
    assert each(text, language, split_semicolon) == []


@pytest.mark.parametrize(("language", "text", "wanted"), AT_A_CONNECTOR)
def test_a_word_that_only_joins_ends_a_sentence(language: Language, text: str, wanted: str) -> None:
    assert each(text, language, split_connector) == [wanted]


@pytest.mark.parametrize(("language", "text"), KEPT_AT_A_CONNECTOR)
def test_a_word_that_joins_within_a_clause_stays(language: Language, text: str) -> None:
    assert each(text, language, split_connector) == []


@pytest.mark.parametrize(("language", "text", "wanted"), AT_A_COLON)
def test_a_colon_ends_a_sentence(language: Language, text: str, wanted: str) -> None:
    assert each(text, language, split_colon) == [wanted]


@pytest.mark.parametrize(("language", "text"), KEPT_AT_A_COLON)
def test_a_colon_before_a_list_a_title_or_speech_stays(language: Language, text: str) -> None:
    assert each(text, language, split_colon) == []


@pytest.mark.parametrize(("language", "text", "wanted"), AT_THAT)
def test_who_thinks_it_is_said_again(language: Language, text: str, wanted: str) -> None:
    assert each(text, language, split_that) == [wanted]


@pytest.mark.parametrize(("language", "text"), KEPT_AT_THAT)
def test_a_second_that_stays_beside_the_first(language: Language, text: str) -> None:
    assert each(text, language, split_that) == []


@pytest.mark.parametrize(("language", "text", "wanted"), AT_A_JOINT)
def test_a_second_clause_becomes_a_sentence(language: Language, text: str, wanted: str) -> None:
    assert each(text, language, split_coordination) == [wanted]


@pytest.mark.parametrize(("language", "text", "wanted"), A_SUBJECT_SAID_AGAIN)
def test_a_second_predicate_gets_its_subject(language: Language, text: str, wanted: str) -> None:
    assert each(text, language, split_coordination) == [wanted]


@pytest.mark.parametrize(("language", "text"), [*KEPT_AT_A_JOINT, *A_SUBJECT_NOT_SAID_AGAIN])
def test_what_holds_for_both_halves_keeps_them_together(language: Language, text: str) -> None:
    assert each(text, language, split_coordination) == []


@pytest.mark.parametrize(("language", "text", "wanted"), AT_A_CONTRAST)
def test_a_contrast_becomes_a_sentence_with_but(language: Language, text: str, wanted: str) -> None:
    assert each(text, language, split_subordinate) == [wanted]


@pytest.mark.parametrize(("language", "text"), KEPT_AT_A_CONTRAST)
def test_a_contrast_that_leans_on_more_stays(language: Language, text: str) -> None:
    assert each(text, language, split_subordinate) == []


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        rows[0]
        for rows in (
            AT_A_SEMICOLON,
            AT_A_COLON,
            AT_THAT,
            AT_A_JOINT,
            A_SUBJECT_SAID_AGAIN,
            AT_A_CONTRAST,
        )
    ],
)
def test_a_sentence_before_it_changes_nothing(language: Language, text: str, wanted: str) -> None:
    before = "It rained a lot in May."
    assert each(f"{before} {text}", language, *SPLITS) == [f"{before} {wanted}"]


ALL = [
    *AT_A_SEMICOLON, *AT_A_CONNECTOR, *AT_A_COLON, *AT_THAT, *AT_A_JOINT, *A_SUBJECT_SAID_AGAIN,
    *AT_A_CONTRAST,
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), ALL)
def test_a_split_loses_nothing_but_a_joint_and_adds_nothing_of_its_own(
    language: Language, text: str, wanted: str
) -> None:
    assert added(text, wanted, language) == set()
    assert lost(text, wanted) <= {
        *["and", "although", "though", "even", "whereas", "while", "et"],
        *["alors", "tandis", "que", "however", "thus", "toutefois"],
    }


@pytest.mark.parametrize(("language", "text", "wanted"), [row for row in ALL if row[0] == "en"])
def test_a_split_leaves_no_space_to_mend(language: Language, text: str, wanted: str) -> None:
    parsed, context = parse(text, language), Context(language, "paper")
    assert wanted in [apply(text, [change]) for step in SPLITS for change in step(parsed, context)]


@settings(max_examples=20, deadline=None)
@given(
    first=st.sampled_from(["The fees rose in 2019", "The trees lowered the heat in summer"]),
    joint=st.sampled_from([", and ", ", but ", "; ", ", whereas ", ", so "]),
    second=st.sampled_from(["the riders stayed", "the number of visits to the pool fell by 8%"]),
    end=st.sampled_from([".", " in June."]),
)
def test_every_split_ends_each_sentence_and_begins_it_with_a_capital(
    first: str, joint: str, second: str, end: str
) -> None:
    for split in each(first + joint + second + end, "en", *SPLITS):
        told = sentences(split)
        assert len(told) == 2
        assert all(one[0].isupper() and one.endswith(".") for one in told)
        assert re.findall(r"\d+", split) == re.findall(r"\d+", first + joint + second + end)


def test_a_quotation_is_neither_touched_nor_moved() -> None:
    text = "The mayor said \ue000, and the council, which met in May, agreed to the plan."
    assert all(split.count("\ue000") == 1 for split in each(text, "en", *SPLITS))
