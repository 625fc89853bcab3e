"""What a sentence adds at its end becomes a sentence that says what it is about, or stays."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from rewording import added, each, lost

from corpus.document import Language
from pipelines.rewrite.additions import (
    split_examples,
    split_participle,
    split_reason,
    split_relative,
)

A_RELATIVE_CLAUSE: list[tuple[Language, str, str]] = [
    # a noun right before it, of the verb's number, that nothing else could be meant by
    ("en", "The town bought three buses, which were old and slow.",
           "The town bought three buses. These buses were old and slow."),
    ("en", "The town hired a nurse, who works at the old clinic.",
           "The town hired a nurse. This nurse works at the old clinic."),
    ("en", "The town hired two nurses, who work at the old clinic.",
           "The town hired two nurses. These nurses work at the old clinic."),
    ("en", "They opened a street market, which was seen by many people.",
           "They opened a street market. This street market was seen by many people."),
    ("en", "The town built a pool, which can be reached by bus.",
           "The town built a pool. This pool can be reached by bus."),
    ("fr", "La ville a fermé les piscines, qui sont vieilles et petites.",
           "La ville a fermé les piscines. Ces piscines sont vieilles et petites."),
    # a modal tells no number: the noun's is taken where there is but one
    ("en", "The council met a nurse, who may work at the clinic.",
           "The council met a nurse. This nurse may work at the clinic."),
    ("en", "The town built a pool for the bus driver, which may cool the street.",
           "The town built a pool for the bus driver. This may cool the street."),
    # what may come of all that was said
    ("en", "The fees rose in May, which is bad for the riders.",
           "The fees rose in May. This is bad for the riders."),
    ("en", "The pool was closed (in May), which is a shock to riders.",
           "The pool was closed (in May). This is a shock to riders."),
    ("en", "It sold the pool in 2019, which is a shock to riders.",
           "It sold the pool in 2019. This is a shock to riders."),
    ("en", "The town closed the pool, which had an effect on swimmers.",
           "The town closed the pool. This had an effect on swimmers."),
    ("en", "The council planted trees, which lowers the heat in the street.",
           "The council planted trees. This lowers the heat in the street."),
    ("en", "The council planted trees, which have an effect on the heat.",
           "The council planted trees. These have an effect on the heat."),
    ("en", "The council will close the pool, which cools the street.",
           "The council will close the pool. This cools the street."),
    # only a thing has a roof, is of the plural, or reduces in the plural
    ("en", "The town closed the pool, which had a blue roof.",
           "The town closed the pool. This pool had a blue roof."),
    ("en", "The town closed the pools, which had blue roofs.",
           "The town closed the pools. These pools had blue roofs."),
    ("en", "The town sold the pools, which reduce the noise at night.",
           "The town sold the pools. These pools reduce the noise at night."),
    # a noun that belongs to another one, or is joined to it
    ("en", "The town built a street with trees, which cool the whole north.",
           "The town built a street with trees. These trees cool the whole north."),
    ("en", "The council sold maps of the pool, which were blue and small.",
           "The council sold maps of the pool. These were blue and small."),
    ("en", "The town sold a pool and three buses, which were old and slow.",
           "The town sold a pool and three buses. These were old and slow."),
    # a verb in "been" and the like, a predicate, a past that tells no number
    ("en", "The council sold the bus, which had been used at night.",
           "The council sold the bus. This bus had been used at night."),
    ("en", "The council sold the bus, which ran well and at night.",
           "The council sold the bus. This ran well and at night."),
    ("en", "The council sold the bus, which may be a shock to its riders.",
           "The council sold the bus. This bus may be a shock to its riders."),
    ("en", "The council sold the bus, which is bad for its riders.",
           "The council sold the bus. This is bad for its riders."),
    ("en", "The council sold the buses, which are bad for the streets.",
           "The council sold the buses. These buses are bad for the streets."),
    ("en", "The council bought maps of the tree, which were put in the park.",
           "The council bought maps of the tree. These were put in the park."),
    # more words behind it, none of which tells whom or what for
    ("fr", "La ville invite les écoles, qui connaissent la rue, à la piscine.",
           "La ville invite les écoles. Ces écoles connaissent la rue, à la piscine."),
    # within a sentence
    ("en", "The nurse, who works at night, left the clinic.",
           "The nurse left the clinic. The nurse works at night."),
    ("en", "The nurses, who work at night, left the clinic.",
           "The nurses left the clinic. The nurses work at night."),
    ("en", "A pool, which is old and small, was closed in May.",
           "A pool was closed in May. It is old and small."),
    ("en", "The nurse, who works at night, has left.",
           "The nurse has left. The nurse works at night."),
    ("fr", "La piscine, qui est vieille et petite, a fermé en mai.",
           "La piscine a fermé en mai. La piscine est vieille et petite."),
]  # fmt: skip
KEPT_RELATIVE: list[tuple[Language, str]] = [
    # no comma: it limits the noun
    ("en", "The town built a pool which cools the street in summer."),
    ("en", "The nurse who works at night left the clinic."),
    ("en", "The nurse, who works at night left the clinic."),
    ("en", "The nurse here who works at night, left the clinic."),
    ("en", "The nurse (who works at night) left the clinic."),
    # a half of three words
    ("en", "The town opened, which cools the street in summer."),
    ("en", "The council closed the pool, which cools it."),
    ("en", "The nurse, who works nights, left the clinic."),
    # the pronoun isn't the subject
    ("en", "The town built a pool, in which the children swim daily."),
    ("en", "The town built a pool, which the children like very much."),
    ("fr", "La ville a fermé la piscine, que les enfants aiment beaucoup."),
    # what stands before it is no sentence, or leaves a colon open
    ("en", "A new pool in town, which cools the street in summer."),
    ("en", "The council closed one thing: the pool, which cools the street."),
    ("en", "The town built a pool (in May, which cools the street well)."),
    # the sentence goes on behind it
    ("en", "We ask the town, which knows the street, to act at once."),
    ("en", "The council closed the pool, which cools the street, to save water."),
    ("fr", "La ville demande au conseil, qui connaît la rue, d’agir en mai."),
    ("fr", "La ville demande au conseil, qui connaît la rue, de fermer la piscine."),
    ("fr", "La ville a prié les écoles, qui connaissent la rue, de fermer la piscine."),
    ("fr", "La ville aide les écoles, qui connaissent la rue, à fermer la piscine."),
    # which of two things is meant isn't clear
    ("en", "The town built a pool for the bus drivers, which may cool the street."),
    ("en", "The council planted a tree for its drivers, which cost a lot."),
    ("en", "The council sold pools, which made the riders angry."),
    ("en", "The council met the nurse of the clinic, who works at night."),
    ("en", "The town met the nurses and the doctors, who work at the clinic."),
    ("en", "The council met drivers of the bus, who work at night."),
    ("en", "The council met a driver and a nurse, who work at night."),
    ("en", "The council bought three buses, which ran well and at night."),
    ("en", "The council sold the buses, which may be bad for the streets."),
    ("en", "The council sold buses, which had an effect on its riders."),
    ("fr", "La ville a fermé la piscine de l’école, qui est vieille et petite."),
    # a noun that names nothing, or a name
    ("en", "The town has no pool, which keeps the children at home."),
    ("en", "The town met Ann, who works at the old clinic."),
    # an adverb right before it
    ("en", "The pool was closed again, which is a shock to riders."),
    # a condition, a denial or a view: its outcome is no fact
    ("en", "If the fees rise, the riders leave, which hurts the town."),
    ("en", "The council did not close the pool, which cools the street."),
    ("en", "The town said that fees fell, which helped the older riders."),
    # a bracket that stays open
    ("en", "The town grew (it bought three buses, which were old and slow) in May."),
    # two clauses about it
    ("en", "The nurse, who works at night and who lives in town, who is old, left the clinic."),
    # within a sentence: an opening, a denial, a subject that isn't known
    ("en", "Today the nurse, who works at night, left the clinic."),
    ("en", "The mayor and the nurse, who works at night, left the clinic."),
    ("en", "The nurse, whom we met at night, left the clinic."),
    ("en", "The pool, being old and small, was closed in May."),
    ("en", "The nurse, who works at night, did not leave the clinic."),
    ("en", "The nurse, who works at night, left the clinic!"),
    ("en", "A nurse, who works at night, left the clinic."),
    ("en", "No pool, which cools the street, opened in May."),
]
A_PARTICIPLE: list[tuple[Language, str, str]] = [
    # what it means
    ("en", "Trees lowered the heat in summer, suggesting that shade helps the town.",
           "Trees lowered the heat in summer. This suggests that shade helps the town."),
    ("en", "Trees lowered the heat, suggesting that shade helps.",
           "Trees lowered the heat. This suggests that shade helps."),
    ("en", "Trees lowered the heat in summer, suggesting how shade helps the town.",
           "Trees lowered the heat in summer. This suggests how shade helps the town."),
    ("en", "Trees lowered the heat in summer, confirming the hopes of the town.",
           "Trees lowered the heat in summer. This confirms the hopes of the town."),
    ("fr", "Les arbres ont abaissé la chaleur, suggérant que l’ombre aide la ville.",
           "Les arbres ont abaissé la chaleur. Cela suggère que l’ombre aide la ville."),
    ("fr", "Les arbres ont abaissé la chaleur, confirmant les espoirs de la ville.",
           "Les arbres ont abaissé la chaleur. Cela confirme les espoirs de la ville."),
    # what came of it, in the tense of the sentence
    ("en", "The council sold the pool, reducing the debt of the town.",
           "The council sold the pool. This reduced the debt of the town."),
    ("en", "The council sells the pool, reducing the debt of the town.",
           "The council sells the pool. This reduces the debt of the town."),
    ("en", "The council had sold the pool, reducing the debt of the town.",
           "The council had sold the pool. This reduced the debt of the town."),
    ("en", "The council may sell the pool, reducing the debt of the town.",
           "The council may sell the pool. This may reduce the debt of the town."),
    ("en", "The town is planting trees, reducing the heat in the street.",
           "The town is planting trees. This reduces the heat in the street."),
    ("en", "Trees were planted by the town, reducing the heat in the street.",
           "Trees were planted by the town. This reduced the heat in the street."),
    ("en", "The council reduced the use of cars, thereby improving the air of the town.",
           "The council reduced the use of cars. This improved the air of the town."),
    # of the clause that it is said of, and not of the first one
    ("en", "The council sold the pool and it will close the park, reducing the debt of the town.",
           "The council sold the pool and it will close the park. This will reduce the debt of the town."),
    ("fr", "La rue a des arbres, ce qui aide les aînés de la ville.",
           "La rue a des arbres. Cela aide les aînés de la ville."),
    ("fr", "Les arbres ont abaissé la chaleur, ce qui aide les aînés de la ville.",
           "Les arbres ont abaissé la chaleur. Cela aide les aînés de la ville."),
]  # fmt: skip
KEPT_PARTICIPLE: list[tuple[Language, str]] = [
    # what is still to come confirms nothing yet
    ("en", "A letter will go out to each town, confirming that the benches are kept."),
    # no comma, or a half of three words
    ("en", "Trees lowered the heat in summer suggesting that shade helps the town."),
    ("en", "The council sold the pool, reducing the debt."),
    ("en", "The pool closed, reducing the debt of the town."),
    ("fr", "Les arbres ont abaissé la chaleur ce qui aide les aînés de la ville."),
    ("fr", "Les arbres ont abaissé la chaleur, ce qui aide."),
    ("fr", "Les arbres grandissent, ce qui aide les aînés de la ville."),
    # a sentence that isn't whole without it
    ("en", "Sales of the pool, suggesting that it is poor in May."),
    ("en", "The council sold one thing: the pool, suggesting that it is poor."),
    ("fr", "Dans la nouvelle rue du nord, ce qui aide les aînés de la ville."),
    # in brackets, or at the beginning
    ("en", "The council sold the pool (it was old, reducing the debt of it)."),
    ("en", "Suggesting that shade helps, the town planted trees in the street."),
    ("fr", "Les arbres (ils abaissent la chaleur, ce qui aide les aînés) sont vieux."),
    # what may describe a noun: maps show
    ("en", "Trees lowered the heat in summer, showing the worth of shade."),
    ("fr", "Les arbres ont abaissé la chaleur, montrant l’utilité de l’ombre en été."),
    # a participle of no list, or one of several
    ("en", "The town planted trees, cooling the street and the squares."),
    ("en", "The council sold the pool, reducing the debt and causing a shock."),
    # no object
    ("en", "The council sold the pool, suggesting, as we know, that it is poor."),
    ("en", "The council sold the pool, suggesting, to all, a debt of the town."),
    ("en", "The council sold the pool, indicating to the town in May."),
    # a subject of its own
    ("en", "The council sold the pool, it reducing the debt of the town."),
    # the sentence goes on behind it
    ("en", "The council sold the pool, reducing the debt of the town, and left."),
    ("en", "The council sold the pool, suggesting the debt of the town, and left."),
    # a present perfect: when it came about isn't clear
    ("en", "The council has sold the pool, reducing the debt of the town."),
    # a denial, a condition, a view
    ("en", "The council may not sell the pool, reducing the debt of the town."),
    ("en", "The council did not sell the pool, reducing the debt of the town."),
    ("en", "The council sells the pool if it rains, reducing the debt of the town."),
    ("en", "The council said that it sold the pool, reducing the debt of the town."),
    ("fr", "Les arbres abaissent la chaleur quand il pleut, ce qui aide les aînés."),
    # another pronoun
    ("fr", "Les arbres ont abaissé la chaleur, ce que les aînés de la ville aiment."),
]
EXAMPLES: list[tuple[Language, str, str]] = [
    ("en", "The council planted many trees, including oaks and elms of the north.",
           "The council planted many trees. These include oaks and elms of the north."),
    ("en", "The council planted many trees, including oaks and elms.",
           "The council planted many trees. These include oaks and elms."),
    ("en", "The council planted trees here, including oaks and elms of the north.",
           "The council planted trees here. These include oaks and elms of the north."),
]  # fmt: skip
KEPT_EXAMPLES: list[tuple[Language, str]] = [
    # no "including"
    ("en", "The council planted many trees, oaks and elms of the north."),
    # one thing has no examples, and so has what isn't there
    ("en", "The council planted a tree, including oaks and elms of the north."),
    ("en", "The council planted no trees, including oaks and elms of the north."),
    ("en", "The council did not plant trees, including oaks and elms of the north."),
    # no comma, or a half of three words
    ("en", "The council planted many trees including oaks and elms of the north."),
    ("en", "Trees grew, including oaks and elms of the north."),
    ("en", "The council planted many trees, including two oaks."),
    # no sentence without them
    ("en", "Many trees of the north, including oaks and elms of the town."),
    ("en", "Including oaks and elms, the council planted many trees."),
    ("en", "The council planted trees (many of them, including oaks and elms of the north)."),
    # a whole clause among them
    ("en", "The council planted many trees, including oaks, and the elms grew."),
    # a condition
    ("en", "The council plants trees if it can buy any, including oaks and elms of the north."),
    ("fr", "La ville a planté des arbres, including des chênes et des ormes."),
]
A_REASON: list[tuple[Language, str, str]] = [
    ("en", "The council closed the pool because the fees rose in May.",
           "The council closed the pool. This is because the fees rose in May."),
    ("en", "The council closed the pool, because the fees rose in May.",
           "The council closed the pool. This is because the fees rose in May."),
    ("fr", "La ville a fermé la piscine, car les frais ont monté en mai.",
           "La ville a fermé la piscine. Car les frais ont monté en mai."),
    ("fr", "La ville a fermé la piscine car les frais ont monté en mai.",
           "La ville a fermé la piscine. Car les frais ont monté en mai."),
]  # fmt: skip
KEPT_REASON: list[tuple[Language, str]] = [
    # no "because"
    ("en", "The council closed the pool once the fees rose in May."),
    ("en", "The council closed the pool, and the fees rose in May."),
    # what limits the reason stands before it
    ("en", "The council closed the pool only because the fees rose in May."),
    ("en", "The council closed the pool not because the fees rose in May."),
    ("en", "The council closed the pool — because the fees rose in May."),
    # a half of three words
    ("en", "The council left because the fees rose in May."),
    ("en", "The council closed the pool because fees rose."),
    # no clause
    ("en", "The council closed the pool because of the fees in May."),
    ("fr", "Le car de la ville est dans la rue."),
    # other places
    ("en", "Because the fees rose in May, the council closed the pool."),
    ("en", "The council closed the pool (it was old because the fees rose)."),
    # a denial, a condition, a view
    ("en", "The council did not close the pool because the fees rose in May."),
    ("en", "If it rains, the council closes the pool because the street floods."),
    ("en", "The council thinks the pool closed because the fees rose in May."),
    ("fr", "La ville n’a pas fermé la piscine, car les frais ont monté en mai."),
    ("fr", "Si la ville ferme la piscine, les gens partent, car les rues sont vides."),
]
ALL = [*A_RELATIVE_CLAUSE, *A_PARTICIPLE, *EXAMPLES, *A_REASON]


@pytest.mark.parametrize(("language", "text", "wanted"), A_RELATIVE_CLAUSE)
def test_a_relative_clause_says_again_what_it_is_about(
    language: Language, text: str, wanted: str
) -> None:
    assert each(text, language, split_relative) == [wanted]


@pytest.mark.parametrize(("language", "text"), KEPT_RELATIVE)
def test_a_relative_clause_that_could_be_about_more_stays(language: Language, text: str) -> None:
    assert each(text, language, split_relative) == []


@pytest.mark.parametrize(("language", "text", "wanted"), A_PARTICIPLE)
def test_what_it_means_or_brought_becomes_a_sentence(
    language: Language, text: str, wanted: str
) -> None:
    assert each(text, language, split_participle) == [wanted]


@pytest.mark.parametrize(("language", "text"), KEPT_PARTICIPLE)
def test_a_participle_that_is_of_a_noun_or_no_fact_stays(language: Language, text: str) -> None:
    assert each(text, language, split_participle) == []


@pytest.mark.parametrize(("language", "text", "wanted"), EXAMPLES)
def test_examples_at_the_end_become_a_sentence(language: Language, text: str, wanted: str) -> None:
    assert each(text, language, split_examples) == [wanted]


@pytest.mark.parametrize(("language", "text"), KEPT_EXAMPLES)
def test_examples_of_one_thing_or_of_none_stay(language: Language, text: str) -> None:
    assert each(text, language, split_examples) == []


@pytest.mark.parametrize(("language", "text", "wanted"), A_REASON)
def test_a_reason_becomes_a_sentence(language: Language, text: str, wanted: str) -> None:
    assert each(text, language, split_reason) == [wanted]


@pytest.mark.parametrize(("language", "text"), KEPT_REASON)
def test_a_reason_that_is_limited_or_denied_stays(language: Language, text: str) -> None:
    assert each(text, language, split_reason) == []


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [rows[0] for rows in (A_RELATIVE_CLAUSE, A_PARTICIPLE, EXAMPLES, A_REASON)],
)
def test_a_sentence_before_it_changes_nothing(language: Language, text: str, wanted: str) -> None:
    steps = (split_relative, split_participle, split_examples, split_reason)
    assert each(f"It rained a lot in May. {text}", language, *steps) == [
        f"It rained a lot in May. {wanted}"
    ]


@pytest.mark.parametrize(("language", "text", "wanted"), ALL)
def test_the_second_sentence_has_the_words_of_the_first_and_a_pointer(
    language: Language, text: str, wanted: str
) -> None:
    assert len(added(text, wanted, language)) <= 1  # the verb of a participle
    assert lost(text, wanted) <= {"which", "who", "qui", "ce", "thereby", *_ing(text)}


def _ing(text: str) -> list[str]:
    return [word for word in text.lower().strip(".").split() if word.endswith(("ing", "ant"))]
