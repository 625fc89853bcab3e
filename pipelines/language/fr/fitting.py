"""Whether a plain French word fits the place of a hard one: gender, auxiliaries, prepositions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Span, Token

from pipelines.language.fr.articles import contracted, forms_of
from pipelines.language.splices import Change, Splice
from pipelines.language.wordlists import Forms, PlainWord, rows
from pipelines.language.words import plain_form

#: Parts of speech whose words change their form.
INFLECTED = frozenset({"VERB", "NOUN", "ADJ"})
#: Verbs whose compound tenses take « être »: these and those that end in one of them.
_WITH_ETRE = (
    "aller", "venir", "arriver", "partir", "entrer", "rester", "demeurer", "naître", "mourir",
    "décéder", "tomber", "retourner",
)  # fmt: skip
_WITH_AVOIR = ("répartir", "prévenir", "convenir", "subvenir", "contrevenir")
_REFLEXIVE = ("se", "s'", "nous", "vous", "me", "te", "m'", "t'")
#: Between what goes with one preposition and what it is said again for.
_AGAIN = ("et", "ou", "ni", "mais", "non", "que")


def form_place(pos: str, words: int) -> int:
    """Which of the words of a phrase carries its form: the first."""
    return 0


def takes(head: Token, after: Token | None, entry: PlainWord) -> bool:
    """Whether a word may give its place to the plain one; ``after`` follows its phrase."""
    return entry.pos != "VERB" or not (_reflexive(head) or _other_auxiliary(head, entry))


def _reflexive(verb: Token) -> bool:
    """Whether a verb is said with "se", which the plain one might not bear."""
    before = verb.nbor(-1) if verb.i > 0 else None
    return any(
        plain_form(child) in _REFLEXIVE and child.dep_.startswith("expl") for child in verb.lefts
    ) or (before is not None and plain_form(before) in ("se", "s'"))


def _other_auxiliary(verb: Token, entry: PlainWord) -> bool:
    """Whether a compound tense needs another auxiliary: « est venu », « a réussi »."""
    first = (text.split()[0] for text in (entry.hard, entry.plain))
    hard, plain = (word.endswith(_WITH_ETRE) and word not in _WITH_AVOIR for word in first)
    past = "Part" in verb.morph.get("VerbForm", []) and "Past" in verb.morph.get("Tense", [])
    return hard != plain and past


def sure(verb: Token, form: str, made: Forms) -> bool:
    """Whether the tree agrees with the form of a verb: in French the form itself tells."""
    return True


@cache
def _genders() -> dict[str, str]:
    """The gender of the list's plain nouns."""
    return {noun: gender for noun, gender in rows("noun_gender", "fr", 2)}


def gender(head: Token, entry: PlainWord) -> str | None:
    """The gender of the plain word; None where it isn't known, or isn't that of the hard one."""
    if entry.pos != "NOUN":
        return ""
    own = _genders().get(entry.plain.split()[0], "")
    return own if own and head.morph.get("Gender", [own]) == [own] else None


def phrases(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The ways in which a phrase may stand in a text, with the article that its last word holds."""
    for form, article in forms_of(words[-1]).items():
        yield (*words[:-1], form), article


def with_tail(words: str, tail: str) -> str:
    """The plain words and the article that the hard ones' contraction held."""
    first, _, last = words.rpartition(" ")
    if tail and first and last in ("de", "à"):
        return f"{first} {contracted(last, tail)}"
    return f"{words} {tail}" if tail else words


def said_again(place: Span, words: str) -> Change | None:
    """What to take out where a phrase's preposition is said again: « afin de … et de … ».

    Nothing where it isn't, or where the plain words have it too. Before an infinitive that goes
    with the first it can go; None where that is in doubt: « en fonction du lieu et de l’heure ».
    """
    last, kept = plain_form(place[-1]), words.lower().replace("’", "'").split()[-1]
    family = next((forms for one in ("de", "à") if last in (forms := forms_of(one))), {})
    first = place.doc[place.end] if place.end < len(place.doc) else None
    if not family or kept in family or kept.startswith("d'") or first is None:
        return ()
    splices: list[Splice] = []
    for token in place.doc[place.end + 1 : place.sent.end - 1]:
        if plain_form(token) not in family:
            continue
        beside, doing = plain_form(token.nbor(-1)), _infinitive(token.nbor(1))
        if doing and _infinitive(first) and beside in (*_AGAIN, ","):
            splices.append(Splice(token.idx, token.idx + len(token.text_with_ws), ""))
        elif beside in _AGAIN or doing:
            return None
    return tuple(splices)


def _infinitive(token: Token) -> bool:
    """Whether an infinitive begins here: « faciliter », « mieux servir », « les réduire »."""
    while token.pos_ in ("ADV", "PRON") and token.i + 1 < token.sent.end:
        token = token.nbor(1)
    return "Inf" in token.morph.get("VerbForm", [])
