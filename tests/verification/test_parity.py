"""A translation says what its segment says, as far as two languages can be compared by lists."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

from dataclasses import replace

import pytest
from pairs import beside, reasons

from corpus.document import Language
from corpus.registry import functions
from pipelines.verification.pair import Pair, Rule
from pipelines.verify import ACROSS, RULES

RULES_ACROSS: dict[str, Rule] = functions(
    {**ACROSS, "translated_numbers": RULES["translated_numbers"]}
)


def named(text: str, translation: str, language: Language = "en") -> list[str]:
    """The rules that name something in a translation."""
    pair = beside(text, text, language=language, translation=translation)
    return [rule for rule, check in RULES_ACROSS.items() if reasons(check, pair)]


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        # numbers, in words and digits, with units and thousands
        ("We asked 1,513 people in 4 cities.", "Nous avons interrogé 1 513 personnes dans quatre villes."),
        ("Costs rose by $2.7 billion.", "Les coûts ont augmenté de 2,7 milliards de dollars."),
        ("It is done once a day.", "C’est fait 1 fois par jour."),
        ("In week six, 6 to 8 people came.", "La sixième semaine, de six à huit personnes sont venues."),
        ("Over 1.4K people came.", "Plus de 1 400 personnes sont venues."),
        ("See section 6.2.9 of version v3.2.1.", "Voir la section 6.2.9 de la version v3.2.1."),
        ("The layer DCS.PR.2021-2040_P50 is shown.", "La couche DCS.PR.2021-2040_P50 est présentée."),
        ("It opens at 2 p.m. in winter.", "En hiver, cela ouvre à 14 h."),
        ("It is between 20 and 25 years old.", "Cela date d’il y a 20 à 25 ans."),
        # negation by grammar and by turn of phrase
        ("Only two answered before it became dark.", "Deux personnes seulement ont répondu avant qu’il ne fasse noir."),
        ("There is insufficient evidence.", "Il n’y a pas assez de preuves."),
        ("Get in touch with us.", "N’hésitez pas à nous écrire."),
        ("It is a not-for-profit body.", "C’est un organisme sans but lucratif."),
        ("More than ever before.", "Plus que jamais auparavant."),
        # hedges, conditions, restrictors
        ("Rents will probably fall.", "Les loyers vont sans doute baisser."),
        ("Odds are that it rains.", "Il pleuvra peut-être."),
        ("Only one hospital has beds.", "Il n’y a qu’un hôpital qui ait des lits."),
        ("You will be able to vote in June.", "Vous pourrez voter en juin."),
        ("I’m afraid that it might fall.", "Je crains que cela tombe."),
        ("The shares rose from 20% up to 30%.", "Les parts sont passées de 20 % à 30 %."),
        ("It is the largest beside the smallest.", "C’est le plus grand comparé au plus petit."),
        ("They have waited so long.", "Ils attendent depuis si longtemps."),
        ("Ask whether it works.", "Demandez si cela fonctionne."),
        ("Read the report.", "Lisez le rapport (en anglais seulement)."),
        # degrees of words that have a side of their own
        ("It is less difficult.", "C’est plus facile."),
        ("Break it into smaller steps.", "Décomposez-le en étapes plus petites."),
        # acronyms, terms, names
        ("The GC and the PTs agree.", "Le gouvernement du Canada et les provinces et territoires sont d’accord."),
        ("Greenhouse gas emissions in the United States fell.", "Les émissions de GES ont baissé aux États-Unis."),
        ("WIS2 is open.", "WIS2 est ouvert."),
    ],
)  # fmt: skip
def test_what_two_languages_say_each_in_its_way_raises_nothing(text: str, translation: str) -> None:
    assert named(text, translation) == []
    assert named(translation, text, "fr") == []


@pytest.mark.parametrize(
    ("rule", "text", "translation"),
    [
        ("translated_numbers", "It fell by 12%.", "Cela a baissé de 13 %."),
        ("translated_numbers", "It is 12 km away.", "C’est à 12 m d’ici."),
        ("negation", "Rents did not fall.", "Les loyers ont baissé."),
        ("negation", "Rents fell.", "Les loyers n’ont pas baissé."),
        ("negation", "They did not go, and it isn’t ready.", "Ils ne sont pas partis et elle est prête."),
        ("hedges", "Shade may reduce falls.", "L’ombre réduit les chutes."),
        ("hedges", "New fees will cause delays in spring.", "De nouveaux frais peuvent causer des retards au printemps."),
        ("translated_numbers", "It opens at 2 p.m.", "Cela ouvre à 15 h."),
        ("translated_numbers", "See section 6.2.9.", "Voir la section 6.2.8."),
        ("complete", "People who ask for help, such as tenants in old houses, speak 190 languages.",
         "Les gens qui demandent de l’aide parlent 190 langues."),
        ("hedges", "Shade reduces falls.", "L’ombre réduit peut-être les chutes."),
        ("left_out", "Only tenants were asked.", "Les locataires ont été interrogés."),
        ("left_out", "At least two labs agree.", "Deux laboratoires sont d’accord."),
        ("modality", "It works if the pipe is dry.", "Le système marche, et le tuyau est sec."),
        ("direction", "Rents increased.", "Les loyers ont diminué."),
        ("direction", "It is easier to see.", "C’est plus difficile à voir."),
        ("direction", "Rents fell before the vote.", "Les loyers ont baissé après le vote."),
        ("direction", "Most tenants left.", "Peu de locataires sont partis."),
        ("direction", "Children may use it.", "Les enfants doivent l’utiliser."),
        ("strength", "Shade was associated with fewer falls.", "L’ombre a réduit les chutes."),
        ("scope", "Rents fell in British Columbia.", "Les loyers ont baissé en Nouvelle-Écosse."),
        ("relations", "It opened in March 2020.", "Le centre a ouvert en juin 2020."),
        ("terms", "The report of Health Canada is out.", "Le rapport de Statistique Canada est sorti."),
        ("terms", "Long-term care costs more.", "Le transport actif coûte plus cher."),
        ("names", "She met Kamloops and Brampton.", "Elle a rencontré Kamloops et Okafor."),
        ("names", "They went with Northgate officers to the meeting that it had called for in Whitehorse.",
         "La réunion qu’il a demandée a eu lieu à Whitehorse, où ils sont allés avec des agents de Okafor."),
        ("complete", "See the CMIP6 model.", "Voir le modèle CNIP6."),
        ("complete", "The two towns share a road.", "Les deux villes villes ont une route."),
        ("complete", "They said that it was the end of the road.", "Elles ont dit that it was the end of the road."),
    ],
)  # fmt: skip
def test_a_fault_of_each_kind_is_named(rule: str, text: str, translation: str) -> None:
    assert rule in named(text, translation)


def test_a_reason_names_the_words_on_both_sides() -> None:
    pair = beside("Rents increased.", "Rents increased.", translation="Les loyers ont diminué.")
    assert "its translation turns “increased” into “diminué”" in reasons(
        RULES_ACROSS["direction"], pair
    )


def test_what_is_turned_is_told_once() -> None:
    pair = beside(
        "Calls rose by 17%.", "Calls rose by 17%.", translation="Les appels ont diminué de 17 %."
    )
    assert len(reasons(RULES_ACROSS["direction"], pair)) == 1


def test_a_term_that_isnt_used_is_a_doubt() -> None:
    text = "The labour shortage is over."
    pair = beside(text, text, translation="Le manque est fini.")
    (why,) = reasons(RULES_ACROSS["terms"], pair)
    assert why == (
        "its translation has no accepted form of “labour shortage” (“pénurie de main-d’œuvre”)"
    )


@pytest.mark.parametrize("origin", ["template", "source"])
def test_fixed_text_and_what_stays_the_same_is_no_translation(origin: str) -> None:
    text = "Rents in 2019 may not fall if only tenants pay."
    pair = beside(text, text, translation="Les loyers en Ontario ont augmenté, augmenté.")

    def any_named(of: Pair) -> list[str]:
        return [rule for rule, check in RULES_ACROSS.items() if reasons(check, of)]

    assert any_named(pair)
    target = replace(pair.segment.target, origin=origin)
    assert any_named(replace(pair, segment=replace(pair.segment, target=target))) == []
    assert any_named(beside(text, text)) == []
