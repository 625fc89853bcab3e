"""What the talk before a sentence named that the sentence may lean on."""

import pytest

from corpus.document import Language
from models.antecedents import WITHIN, Talk, antecedents, candidates
from models.parsing import parse
from models.training.fit_antecedents import Choice, choices, fitted
from models.training.fit_points import named

SAID: list[tuple[str, str]] = [
    ("Ann", "Good morning, and thank you for coming in this weather."),
    ("Ann", "We would like to hear about the bus shelters on Mill Road."),
    ("Bo", "We put up six bus shelters with a green roof last spring."),
    ("Cy", "What do they cost?"),
]
DITS: list[tuple[str, str]] = [
    ("Ann", "Bonjour à tous, et merci d'être venus."),
    ("Ann", "Parlons de la navette fluviale."),
    ("Bo", "La navette fluviale transporte les élèves du port depuis le printemps."),
    ("Cy", "Combien est-ce qu'elle coûte ?"),
]


def talk(said: list[tuple[str, str]], language: Language = "en") -> Talk:
    return Talk([parse(text, language) for _, text in said], [who for who, _ in said])


def texts(own: Talk, index: int) -> list[str]:
    return [own.docs[one.place].text[one.start : one.end] for one in antecedents(own, index)]


@pytest.mark.parametrize(
    ("said", "language", "likeliest"),
    [(SAID, "en", "bus shelters"), (DITS, "fr", "navette fluviale")],
)
def test_what_the_talk_returned_to_is_likeliest(
    said: list[tuple[str, str]], language: Language, likeliest: str
) -> None:
    own = talk(said, language)
    assert likeliest in texts(own, 3)[0]
    assert sum(one.probability for one in antecedents(own, 3)) == pytest.approx(1.0)


def test_phrases_are_words_of_the_sentences_before_without_articles_each_once() -> None:
    own = talk(SAID)
    found = texts(own, 3)
    assert len({one.lower() for one in found}) == len(found)
    assert all(any(one in text for _, text in SAID[:3]) for one in found)
    assert not [one for one in found if one.lower().startswith(("the ", "a ", "this "))]


@pytest.mark.parametrize(
    ("before", "language", "absent"),
    [
        ("We have three concerns in terms of bridges.", "en", ("terms", "concerns", "three")),
        ("The rate of this went from £40 to 12 dollars.", "en", ("40", "£", "12", "this")),
        ("Il y a deux sortes de problèmes sur ce pont.", "fr", ("sorte", "problème", "deux")),
    ],
)
def test_what_says_nothing_leans_itself_or_counts_is_no_phrase(
    before: str, language: Language, absent: tuple[str, ...]
) -> None:
    own = talk([("Ann", before), ("Bo", "Why?")], language)
    assert not [one for one in texts(own, 1) for word in absent if word in one]


def test_what_the_sentence_names_itself_is_told_there() -> None:
    said = [("Ann", "The ferry needs an engine."), ("Bo", "The engine is late because of it.")]
    assert texts(talk(said), 1) == ["ferry"]


def test_only_so_many_sentences_before_are_heard_and_the_first_leans_on_nothing() -> None:
    said = [("Ann", "The ferry is late."), *[("Bo", "Yes, it is.")] * WITHIN, ("Cy", "Why?")]
    assert candidates(talk(said), len(said) - 1) == []
    assert antecedents(talk(said), 0) == []


def test_it_is_learned_from_what_readers_named() -> None:
    own = talk(SAID)
    label = {"sentence": named(SAID[3][1]), "named": [[named(SAID[2][1]), 15, 27]]}
    nothing = {"sentence": named(SAID[0][1]), "named": []}
    found: list[Choice] = list(choices("a.vtt", own.docs, own.speakers, [label, nothing]))
    ((chosen, right),) = [(one.words, one.right) for one in found]
    assert {"bus", "shelters"} in [
        set(words) for words, yes in zip(chosen, right, strict=True) if yes
    ]
    model = fitted(found * 6)
    odds = model.scores(found[0].rows)[:, 0]
    assert right[int(odds.argmax())]
