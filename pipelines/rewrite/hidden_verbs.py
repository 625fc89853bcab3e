"""``unhide_verb``: a verb hidden in a noun says what is done: "conducted an assessment of" to
"assessed", "an assessment of the streets was carried out" to "the streets were assessed".

In: a parsed text. Out: one change a place. Only where the light verb, an article, the noun and
its preposition stand side by side: an adjective, a number or a "no" says something that the verb
would lose. The nouns are data (``hidden_verbs.tsv``), as are articles and auxiliaries
(``rewrite.toml``); nominalizations without a light verb ("the reduction of emissions") stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from corpus.document import Language
from pipelines.claims.cue_rules import dependents, has
from pipelines.language.inflection import forms, transfer
from pipelines.language.joins import forms_of, joined
from pipelines.language.lexicon import entries, listed
from pipelines.language.splices import Change, Replacement, Splice, end_of, instead
from pipelines.language.typography import cased
from pipelines.language.wordlists import HiddenVerb, hidden_verbs
from pipelines.language.words import plain_form
from pipelines.rewrite.steps import Context

_AUXILIARIES = ("aux", "aux:pass", "aux:tense")


@dataclass(frozen=True, slots=True)
class _Place:
    """A noun of the list with the light verb that carries it and its preposition."""

    entry: HiddenVerb
    light: str
    verb: Token
    verb_end: int
    """The token after the verb and its particle."""
    noun: Token
    kept: str
    """The preposition that the verb keeps, "" for none."""
    article: str
    """What a French preposition melted with the next article leaves: "le" of « du »."""
    next: int
    """The first token after the preposition."""


def unhide_verb(parsed: Doc, context: Context) -> Iterator[Change]:
    """Light verbs with a noun of action, replaced by the verb that the noun hides.

    Raises ``ModelMissingError``, ``WordListError``.
    """
    language = context.language
    for noun in parsed:
        for entry in _index(language).get(plain_form(noun), ()):
            place = _place(noun, entry, language)
            change = _change(place, language) if place else None
            if change:
                yield change
                break


@cache
def _index(language: Language) -> dict[str, tuple[HiddenVerb, ...]]:
    """The entries under every form of their nouns."""
    found: dict[str, tuple[HiddenVerb, ...]] = {}
    for entry in hidden_verbs(language):
        for form in set(forms(entry.noun, "NOUN", language).values()):
            found[form] = (*found.get(form, ()), entry)
    return found


def _place(noun: Token, entry: HiddenVerb, language: Language) -> _Place | None:
    """The noun's verb and preposition, where it has both and nothing more of its own."""
    verb = noun.head
    if noun.dep_ not in ("obj", "nsubj:pass") or noun.i + 2 >= len(noun.doc) or verb == noun:
        return None
    if any(child.dep_ not in ("det", "nmod", "acl", "obl", "mark", "case", "ccomp", "obl:arg")
           for child in noun.children):  # fmt: skip
        return None
    light = next((words for words in entry.light if _is_light(verb, words, language)), None)
    preposition = _preposition(noun.nbor(), entry, language)
    if light is None or preposition is None:
        return None
    kept, article = preposition
    after = noun.doc[noun.i + 2]
    if plain_form(after) in entry.not_before or "Rel" in after.morph.get("PronType", []):
        return None
    end = verb.i + len(light.split())
    return _Place(entry, light, verb, end, noun, kept, article, after.i)


def _is_light(verb: Token, words: str, language: Language) -> bool:
    """Whether a verb is a form of the light verb, its particle beside it."""
    first, *rest = words.split()
    after = verb.doc[verb.i + 1 : verb.i + 1 + len(rest)]
    return (
        plain_form(verb) in forms(first, "VERB", language).values()
        and [token.lower_ for token in after] == rest
    )


def _preposition(token: Token, entry: HiddenVerb, language: Language) -> tuple[str, str] | None:
    """What a preposition becomes, and the article that it leaves; None where it isn't known."""
    form = plain_form(token)
    for before, after in entry.prepositions:
        melted = forms_of(before, language)
        if form in melted:
            return (token.text, "") if after == before else (after, melted[form])
    return None


def _change(place: _Place, language: Language) -> Change | None:
    if place.noun.dep_ == "obj" and place.noun.i > place.verb.i:
        return _active(place, language)
    return _passive(place, language) if place.noun.dep_ == "nsubj:pass" else None


def _article_or_none(tokens: list[Token], language: Language) -> bool:
    articles = listed("rewrite", language, "articles")
    return not tokens or (len(tokens) == 1 and plain_form(tokens[0]) in articles)


def _active(place: _Place, language: Language) -> Change | None:
    """ "conducted an assessment of the" to "assessed the"."""
    doc = place.noun.doc
    between = list(doc[place.verb_end : place.noun.i])
    if not _article_or_none(between, language) or place.verb.text[:1].isupper():
        return None
    verb, *rest = place.entry.verb.split()
    form = transfer(
        plain_form(place.verb), place.light.split()[0], verb, "VERB", language, place.verb.morph
    )
    thing = _opening(place, language)
    if form is None or thing is None:
        return None
    words = " ".join([form, *rest, *([place.kept] if place.kept else []), *thing])
    return joined(doc, Replacement(place.verb.i, place.next, words), language)


def _opening(place: _Place, language: Language) -> list[str] | None:
    """The article that French puts before the thing, once the preposition is gone."""
    after = place.noun.doc[place.next]
    if place.article:
        return [place.article]
    if language == "en" or place.kept or after.pos_ in ("DET", "NUM", "PROPN"):
        return []
    if after.pos_ in ("NOUN", "ADJ") and has(after, "Number", "Plur"):
        return ["des"]
    return None


def _passive(place: _Place, language: Language) -> Change | None:
    """ "An assessment of the streets was carried out" to "The streets were assessed"."""
    things = [child for child in place.noun.children if child.dep_ == "nmod"]
    auxiliaries = dependents(place.verb, *_AUXILIARIES)
    if len(things) != 1 or not auxiliaries or place.kept:
        return None
    thing, helper = things[0], min(auxiliaries, key=lambda token: token.i)
    before = [token for token in place.noun.lefts]
    named = thing.doc[place.next : helper.i]
    whole = all(token == thing or thing.is_ancestor(token) for token in named)
    if not _article_or_none(before, language) or not whole or thing.pos_ == "PRON":
        return None
    if any(token.pos_ == "PUNCT" for token in named) or thing.i not in range(place.next, helper.i):
        return None
    agreed, participle = _agreed(helper, thing, language), _participle(place, thing, language)
    opening = _opening(place, language)
    if agreed is None or participle is None or opening is None:
        return None
    last = thing.doc[place.verb_end - 1]
    return (
        _subject(place, opening),
        *([agreed] if agreed.text != helper.text else []),
        Splice(place.verb.idx, end_of(last), participle),
    )


def _subject(place: _Place, opening: list[str]) -> Splice:
    """The noun and its preposition go; what follows begins the sentence if they did."""
    start = place.noun.left_edge if any(place.noun.lefts) else place.noun
    first = place.noun.doc[place.next]
    glue = "" if opening and opening[0].endswith("’") else " "
    words = (f"{opening[0]}{glue}" if opening else "") + first.text
    return Splice(start.idx, end_of(first), cased(words, start.text))


def _several(thing: Token) -> bool:
    return has(thing, "Number", "Plur") or bool(dependents(thing, "conj"))


def _agreed(helper: Token, thing: Token, language: Language) -> Splice | None:
    """The first auxiliary in the number of the new subject."""
    for pair in entries("rewrite", language)["auxiliaries"]:
        if helper.lower_ in pair:
            return instead(helper, pair[_several(thing)])
    return instead(helper, helper.text) if language == "en" and helper.tag_ == "MD" else None


def _participle(place: _Place, thing: Token, language: Language) -> str | None:
    verb, *rest = place.entry.verb.split()
    made = forms(verb, "VERB", language)
    if language == "en":
        return " ".join([made["part"], *rest])
    gender = thing.morph.get("Gender", [])
    if rest or gender not in (["Masc"], ["Fem"]) or dependents(thing, "conj"):
        return None
    ending = ("f" if gender == ["Fem"] else "m") + ("p" if _several(thing) else "s")
    return made[f"part.past.{ending}"]
